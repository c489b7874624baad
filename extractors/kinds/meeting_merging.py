"""One record per meeting: tellings of the same meeting in title, lead and body joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extractors.kinds.meeting_blocs import BLOCS, CONFERENCES
from extractors.kinds.repetition import REACH, told_before
from schemas import Claimant, Participant, Period
from schemas.kinds.meeting import Format, Status
from schemas.values import Modality

# One office under several names: 外长, 外交部长, 外相.
MINISTRIES = {
    "foreign": re.compile("^(?:外长|外相|外交部长|外交大臣|外务大臣)$"),
    "deputy foreign": re.compile("^(?:副外长|外交部副部长|副外相)$"),
    "defence": re.compile("^(?:防长|国防部长|国防大臣|防卫大臣|防卫相|防相|国防部长官)$"),
    "finance": re.compile("^(?:财长|财政部长|财政大臣|财相)$"),
}
# Of two tellings the more particular one counts.
FORMATS: tuple[Format, ...] = ("phone", "video", "written", "in_person", "unspecified")
LEADER = re.compile("总统|主席|总理|首相|国王|元首|领导人|总书记|首脑|王储|埃米尔|领袖")
# Who receives a guest beside the leaders of his country.
HOST = re.compile("议长|部长|大臣|州长|市长|省长|行长|外长|防长|委员长|书记|主任|副总统")
SPEAKERS = {"议长", "众议长", "众议院议长", "国会众议长", "国会众议院议长"}
VAGUE = re.compile("官员|高官|代表|负责人|部门|领导人|团队|特使$")
GENERIC = re.compile("元首|首脑|领导人|领袖")
PAIR = 2  # people
TRANSCRIBED = 3  # letters: shorter names differ by one and are two people's
# A role that ends so is one person's office, not a delegation's description.
OFFICE = re.compile("[长统理相臣员官表使人王书储卿]$|主席$")


@dataclass(frozen=True)
class Telling:
    """A meeting as one sentence tells it; offsets count characters of the whole article."""

    rule: str
    people: tuple[Participant, ...]
    format: Format
    status: Status
    modality: Modality
    place: str | None
    event: str | None
    when: Period | None
    dated: bool  # the sentence names the day itself
    claimed_by: Claimant | None
    evidence: tuple[int, int]
    further: tuple[tuple[int, int], ...] = ()
    heading: bool = False  # a title tells it, in few words
    likelihood: float | None = None  # the probability that a model gives it, where one has found it


def merged(tellings: Iterable[Telling]) -> list[Telling]:
    """The meetings told, each once: the fullest telling completed by the others."""
    kept: list[Telling] = []
    for telling in _one_by_one(list(tellings)):
        same = told_before(kept, telling, _same_meeting)
        if same is None:
            kept.append(telling)
        else:
            kept[same] = _joined(kept[same], telling)
    return kept


def _one_by_one(tellings: Sequence[Telling]) -> list[Telling]:
    """The tellings without a title that sums up several meetings of one (普京与泽连斯基先后同莫迪通话)."""
    pairs = [one.people for one in tellings if not one.heading and len(one.people) == PAIR]
    return [one for one in tellings if not (one.heading and _sums_up(one.people, pairs))]


def _sums_up(people: Sequence[Participant], pairs: Sequence[Sequence[Participant]]) -> bool:
    """Whether more than two people are told elsewhere to have met by two, each with the same one."""
    if len(people) <= PAIR:
        return False
    for host in people:
        met = [
            guest
            for guest in people
            if guest is not host
            and any(same_person(host, a) and same_person(guest, b) for x in pairs for a, b in (x, x[::-1]))
        ]
        if len(met) == len(people) - 1:
            return True
    return False


def with_sides(telling: Telling, tellings: Sequence[Telling]) -> Telling | None:
    """The telling with the side of a person whom it names alone, as the title or the main meeting tells it.

    “李强同斯里兰卡总理会谈” in the title gives 古纳瓦德纳 of the text his side; a president of whom nothing more is said in
    the talk of two countries is the guest's. `None` where nobody tells.
    """
    lone = next((one for one in telling.people if one.side is None), None)
    if lone is None:
        return telling
    other = next(one for one in telling.people if one is not lone)
    for known in tellings[:REACH]:
        if len(known.people) != 2 or any(one.side is None for one in known.people):
            continue
        guests = [one for one in known.people if one.side != other.side]
        hosts = [one for one in known.people if one.side == other.side]
        if len(guests) != 1 or not hosts:
            continue
        if guests[0].name is None and same_person(hosts[0], other):
            return _named(
                telling,
                lone,
                Participant(name=lone.name, role=lone.role or guests[0].role, side=guests[0].side),
            )
        if lone.role and (LEADER.search(lone.role) or HOST.search(lone.role)):
            return _named(telling, lone, Participant(name=lone.name, role=lone.role, side=guests[0].side))
    return None


def _named(telling: Telling, lone: Participant, found: Participant) -> Telling:
    return replace(telling, people=tuple(found if one is lone else one for one in telling.people))


def _same_meeting(a: Telling, b: Telling) -> bool:
    titled = a.heading != b.heading
    if (a.modality == "denied") != (b.modality == "denied"):
        return False
    if _is_open(a.status) != _is_open(b.status) and not titled:
        return False
    if (
        a.dated
        and b.dated
        and a.when
        and b.when
        and not (a.when.start <= b.when.end and b.when.start <= a.when.end)
    ):
        return False
    if _formats_differ(a, b) or _is_on_margins(a, b) or _is_on_margins(b, a):
        return False
    if _same_conference(a, b):
        return True
    fewer, more = sorted((a.people, b.people), key=len)
    return all(
        any(same_person(one, other) or (titled and _is_vague(one, other)) for other in more) for one in fewer
    )


def _is_vague(a: Participant, b: Participant) -> bool:
    """Whether a title calls somebody so vaguely that it may be anybody of the side: 以叙高级官员 of two ministers."""
    return a.side == b.side and any(
        one.name is None and (one.role is None or VAGUE.search(one.role) is not None) for one in (a, b)
    )


def _is_on_margins(talks: Telling, conference: Telling) -> bool:
    """Whether one telling is of two of those who attend the conference that the other tells of."""
    return (
        conference.rule in (*CONFERENCES, "guests-of-a-conference", "chairs-with-others")
        and talks.rule in ("talks-with", "receives-a-guest")
        and len(talks.people) == 2
        and all(person.name for person in talks.people)
        and (sum(bool(person.name) for person in conference.people) > PAIR or _has_body(conference, talks))
    )


def _has_body(conference: Telling, talks: Telling) -> bool:
    """Whether a conference is of a group of states that has no part in the talks: 中非合作论坛 beside 习近平会见盖莱."""
    sides = {person.side for person in talks.people}
    return any(person.name is None and person.side not in sides for person in conference.people)


def _same_conference(a: Telling, b: Telling) -> bool:
    """Whether two tellings name guests of one conference of a bloc."""
    if a.rule not in CONFERENCES or b.rule not in CONFERENCES:
        return False
    bodies = [{p.side for p in one.people if p.name is None and p.side in BLOCS} for one in (a, b)]
    if not bodies[0] & bodies[1]:
        return False
    names = [one.event or "" for one in (a, b)]
    return names[0] in names[1] or names[1] in names[0]


def _formats_differ(a: Telling, b: Telling) -> bool:
    """A call is no visit; but 会谈 without day or place may tell of a call as well."""
    if (
        a.format == b.format
        or "unspecified" in (a.format, b.format)
        or not {"phone", "video"} & {a.format, b.format}
    ):
        return False
    if {a.format, b.format} == {"phone", "video"}:
        return a.dated and b.dated
    return all(one.dated or one.place for one in (a, b) if one.format == "in_person")


def _is_open(status: Status) -> bool:
    return status in ("planned", "proposed")


def same_person(a: Participant, b: Participant) -> bool:
    """Whether two participants can be one: the same side, and names or roles that do not speak against it."""
    if a.side != b.side:
        return False
    if a.name and b.name:
        parts = [one.split("·") for one in (a.name, b.name)]
        if a.name in parts[1] or b.name in parts[0]:
            return True  # 普拉博沃 of 普拉博沃·苏比延多
        return a.name.endswith(b.name) or b.name.endswith(a.name) or _spelt_alike(a.name, b.name)
    return a.role is None or b.role is None or same_office(a.role, b.role)


def _spelt_alike(a: str, b: str) -> bool:
    """Whether two names transcribe one, a letter apart: 泽连斯基 and 泽伦斯基, 朔尔茨 and 肖尔茨."""
    a, b = a.rpartition("·")[2], b.rpartition("·")[2]
    return len(a) == len(b) >= TRANSCRIBED and sum(x != y for x, y in zip(a, b, strict=True)) <= 1


def same_office(a: str, b: str) -> bool:
    """Whether two roles can be one office: 外长 and 外交部长, 国家主席 and 主席; not 总统 and 总理."""
    if a.endswith(b) or b.endswith(a) or (a.rpartition("、")[2] == b.rpartition("、")[2]):
        return True  # 人民革命党中央总书记、国家主席 and 人革党中央总书记、国家主席
    if LEADER.search(a) and LEADER.search(b) and (GENERIC.search(a) or GENERIC.search(b)):
        return True
    parts, others = (re.split("[兼、]", role) for role in (a, b))
    if any(one and one in others for one in parts) or {a, b} <= SPEAKERS:
        return True  # 首相 and 首相兼外交大臣
    ministries = [
        next((word for word, pattern in MINISTRIES.items() if pattern.search(role)), None) for role in (a, b)
    ]
    if ministries[0] or ministries[1]:
        return ministries[0] == ministries[1]
    return not (OFFICE.search(a) and OFFICE.search(b))


def _joined(a: Telling, b: Telling) -> Telling:
    first, second = (a, b) if _fullness(a) >= _fullness(b) else (b, a)
    if first.heading and not second.heading and _is_open(first.status) != _is_open(second.status):
        first, second = second, first
    further = second.evidence if (not first.place and second.place) else None
    return replace(
        first,
        people=united(first.people, second.people),
        format=min(first.format, second.format, key=FORMATS.index),
        place=first.place or second.place,
        event=first.event or second.event,
        when=second.when if second.dated and not first.dated else first.when or second.when,
        dated=first.dated or second.dated,
        further=(*first.further, *((further,) if further else ())),
        heading=a.heading and b.heading,
    )


def united(a: Sequence[Participant], b: Sequence[Participant]) -> tuple[Participant, ...]:
    """The people of both tellings, each with the fullest name and the first role given."""
    people = list(a)
    for other in b:
        same = next((i for i, one in enumerate(people) if same_person(one, other)), None)
        if same is None:
            people.append(other)
            continue
        one = people[same]
        name = max((one.name, other.name), key=lambda name: len(name or ""))
        people[same] = Participant(name=name, role=one.role or other.role, side=one.side)
    return tuple(people)


def once_each(people: Sequence[Participant]) -> tuple[Participant, ...]:
    """Everybody with a name once, with the first role given, where a sentence names him as attending and again."""
    kept: list[Participant] = []
    for person in people:
        known = next(
            (
                i
                for i, one in enumerate(kept)
                if one.name and (one.name, one.side) == (person.name, person.side)
            ),
            None,
        )
        if known is None:
            kept.append(person)
        elif kept[known].role is None:
            kept[known] = person
    return tuple(kept)


def _fullness(telling: Telling) -> tuple[int, bool, int]:
    named = sum(bool(person.name) for person in telling.people)
    return named, telling.dated, bool(telling.place) + bool(telling.event)
