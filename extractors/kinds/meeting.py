"""Meetings: what the rules cannot say – who stands before the verb, circumstances, and one record per meeting."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.kinds.meeting_circumstances import (
    event_of,
    format_of,
    place_of,
    status_of,
    UNWANTED,
    without_guest,
)
from extractors.kinds.meeting_merging import Telling, merged, with_sides
from extractors.kinds.meeting_recalled import recalled
from extractors.kinds.meeting_parties import before_sentence, behind, is_known, participants, sides, subject
from extractors.layers.context import Context, Draft
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Mention, MentionType, Organisation, Person, Side
from extractors.reading.names import transcribed_only
from extractors.rules.ruleset import Match, RuleSet
from schemas import Participant, Period
from schemas.kinds.meeting import Status
from schemas.values import Modality

# A list of parties behind these is no subject: it is spoken with, invited or acted upon.
BEHIND_PREPOSITION = re.compile(
    "(?:与|同|和|跟|对|向|应|、|会见|接见|据|会见了|为|欢迎|从|由|的|在|于|抵达|访问|前往|赴|驻)$"
)
SAID = re.compile("表示|指出|强调|宣布|认为|[^通]称|说|透露|呼吁|，(?:与|同|和|并|还|又|随后)|并会见")
WITH_OTHERS = re.compile(
    f"[与同跟][{SYMBOLS[MentionType.PERSON]}{SYMBOLS[MentionType.SIDE]}{SYMBOLS[MentionType.ORGANISATION]}]"
)
# 主持中俄总理第二十九次定期会晤: the parties are part of the event's name.
IN_EVENT_NAME = re.compile("(?:主持|举行|出席|参加|召开|举办)了?$")
INVITED = re.compile("应[^，。]{0,20}邀请")
CLAUSE_START = re.compile("[，。！？；：“](?=[^，。！？；：“]*$)")
TITLE_PART = re.compile("[，。！？；：“ \u3000](?=[^，。！？；：“ \u3000]*$)")
UNLIKE = re.compile("[^，]{0,6}(?:不同|相比|一样|有关|无关)")
DENIED = re.compile("否认|从未|并未|未曾|没有(?:与|同|和|会|举行|进行)")
SEPARATELY = re.compile("分别|先后")
CO_ATTENDING = re.compile(
    f"[^，。；]{{0,6}}，(?P<people>[{SYMBOLS[MentionType.PERSON]}、和与及等]+)[也均都]?(?:出席|参加|与会)(?!会见|会谈)"
)
OFFICE_IN_EVENT = re.compile(
    "(?:[\u4e00-\u9fff]{0,6}(?:部长|外长|防长|财长|领导人|首脑|大使|元首))|外交部长|国防部长"
)
CAPTION = 40
OLDEST = 5  # years: what happened longer ago is history
MODALITY: dict[Status, Modality] = {
    "held": "asserted", "ongoing": "asserted", "cancelled": "asserted", "planned": "planned", "proposed": "possible",
}  # fmt: skip


def find(context: Context, rules: RuleSet) -> list[Draft]:
    """The meetings of an article: one record each, with the union of what its tellings say."""
    tellings = []
    for sentence in context.reading.sentences:
        if rules.gate.search(context.reading.folded, sentence.start, sentence.end):
            tellings += _tellings(context, sentence, rules)
    tellings += recalled(context, tellings)
    tellings = [complete for telling in tellings if (complete := with_sides(telling, tellings)) is not None]
    return [_draft(context, telling) for telling in merged(tellings)]


def _tellings(context: Context, sentence: Sentence, rules: RuleSet) -> list[Telling]:
    """What a sentence tells of meetings; of the readings of one verb the first stands."""
    found: list[Telling] = []
    taken: set[int] = set()
    for match in rules.matches(sentence.encoded, overlapping=True):
        if found and match.rule.constants["party"] == "attending":
            continue  # the conference is the occasion of the meeting told
        if taken.intersection(range(match.last - 2, match.last)):
            continue
        read = list(_read(context, sentence, match))
        if read:
            taken.update(range(match.last - 2, match.last))
            found += read
    return found


def _read(context: Context, sentence: Sentence, match: Match) -> Iterator[Telling]:
    """The meetings that one match tells of: several where somebody meets others one by one."""
    party = match.rule.constants["party"]
    named = match.slots.get("participants", ())
    folded = context.reading.folded
    gap = folded[named[-1].end : match.span[1]] if named else ""
    if named and party == "subject" and "，" in folded[match.span[0] : named[0].start]:
        return
    if party == "subject" and (SAID.search(gap) or UNLIKE.match(gap)):
        return
    if party == "attending" and (SAID.search(gap) or match.encoded.text.startswith("的", match.last)):
        return
    if party == "visiting" and not isinstance(named[0].value, Person):
        return
    hosts: list[Mention] = []
    if party == "inside":
        behind_named = match.encoded.text[match.encoded.position(named[-1].end) : match.last]
        before = match.encoded.mentions[match.first - 1] if match.first else None
        if before is not None and before.type is not MentionType.TIME:
            return  # the list begins earlier
        if (
            BEHIND_PREPOSITION.search(match.encoded.text, 0, match.first)
            or WITH_OTHERS.search(behind_named)
            or "，" in gap
        ):
            return
        if IN_EVENT_NAME.search(match.encoded.text, 0, match.first) and not any(_persons([m]) for m in named):
            return
        if match.encoded.text[: match.first].endswith("主持"):
            hosts = subject(context, sentence, match.first)
    elif party == "visited":
        if _side_of(named[0]) == _side_of(named[1]) or _visited(match) != _side_of(named[1]):
            return
    elif party == "subject" or not named:
        hosts = subject(context, sentence, match.first) or behind(context, sentence, match.last)
        hosts = hosts or before_sentence(context, sentence)
        hosts = [host for host in hosts if host not in named]
    if party == "visiting":
        hosts = _visitor(sentence, match)
    if match.encoded.text[match.first] == "和" and not _follows_party(match):
        return
    if party == "attending" and not all(isinstance(m.value, Person) for m in [*hosts, *named]):
        return
    left, right = participants(context, hosts), participants(context, named)
    if party == "bloc":
        left = _bloc(context, match)
    stretch = (min([match.span[0], *(h.start for h in hosts if h.start >= sentence.start)]), match.span[1])
    joining = _also_attending(context, sentence, match)
    right += participants(context, joining)
    if joining:
        stretch = (stretch[0], joining[-1].end + 2)
    elif party == "attending":
        right += _attending(context, sentence, match)
    if match.rule.constants.get("people") and sentence.passage and not (_persons(hosts) and _persons(named)):
        return
    separate = party == "subject" and len(right) > 1 and SEPARATELY.search(folded, stretch[0], named[0].start)
    for others in [[one] for one in right] if separate else [right]:
        people = _distinct([*left, *others])
        if _is_meeting(context, sentence, match, people, stretch):
            telling = _telling(context, sentence, match, people, stretch)
            if telling is not None and (party != "attending" or telling.status != "proposed"):
                yield telling


def _is_definite(context: Context, sentence: Sentence, stretch: tuple[int, int], *, dated: bool) -> bool:
    """Whether talks of nobody by name are more than a wish (愿同巴方加强对话); mere countries need a day or a place."""
    bounds = slice(sentence.encoded.position(stretch[0]), sentence.encoded.position(stretch[1] - 1) + 1)
    if status_of(sentence.encoded.text[bounds], "") == "proposed":
        return False
    known_day = any(d.mention.end <= stretch[1] for d in context.dates.in_sentence(sentence))
    return not dated or known_day or place_of(context, sentence, *stretch) is not None


def _persons(mentions: Sequence[Mention]) -> bool:
    """Whether all of them are people with a name."""
    return all(isinstance(m.value, Person) and m.value.name for m in mentions)


def _side_of(mention: Mention) -> str | None:
    return mention.value.side if isinstance(mention.value, Person) else None


def _visited(match: Match) -> str | None:
    countries = [m.value.code for m in match.slots.get("any", ()) if isinstance(m.value, Side)]
    return countries[0] if countries else None


def _follows_party(match: Match) -> bool:
    """和 joins the other party only behind the first one: 习近平和普京会谈, not 协议和美国讨论."""
    before = match.encoded.mentions[match.first - 1] if match.first else None
    return before is not None or match.encoded.text[max(0, match.first - 1)] in "他她我方"


def _bloc(context: Context, match: Match) -> list[Participant]:
    """The ministers of a bloc that meet, by their office: 外长 of 欧盟外长会议; nobody where it is no bloc."""
    body = match.one("participants")
    office = OFFICE_IN_EVENT.search(context.reading.folded, match.words["event"][0] - 3, match.span[1])
    if body is None or not isinstance(body.value, Organisation) or not body.value.code or office is None:
        return []
    return [Participant(name=None, role=office[0], side=body.value.code)]


def _telling(
    context: Context, sentence: Sentence, match: Match, people: list[Participant], stretch: tuple[int, int]
) -> Telling | None:
    """The telling with its circumstances; `None` where it is of no meeting (不愿与普京会面)."""
    folded = context.reading.folded
    opening = (TITLE_PART if sentence.passage == 0 else CLAUSE_START).search(
        folded, sentence.start, stretch[0]
    )
    clause = opening.end() if opening else sentence.start
    after = re.match("[^，。！？；]{0,20}", folded[stretch[1] :])
    tail = after[0] if after else ""
    verb = _verb_start(match, stretch)
    encoded = sentence.encoded
    bounds = slice(encoded.position(clause), encoded.position(stretch[1] - 1) + 1)
    leading = INVITED.sub("", without_guest(encoded.text)[bounds])
    status = status_of(leading, tail)
    denied = DENIED.search(leading) is not None
    if UNWANTED.search(leading) and status != "cancelled" and not denied:
        return None
    where = place_of(context, sentence, clause, min(stretch[1] + len(tail), sentence.end))
    return Telling(
        rule=match.rule.name,
        people=tuple(people),
        format=match.rule.constants.get("format") or format_of(folded[verb : stretch[1]] + tail[:4]),
        status="held" if denied else status,
        modality="denied" if denied else MODALITY[status],
        place=where[0] if where else None,
        event=event_of(context, sentence, stretch[0], min(stretch[1] + len(tail), sentence.end)),
        when=_when(context, sentence, (clause, stretch), "cancelled" if denied else status, people),
        dated=bool(context.dates.in_sentence(sentence)) and sentence.passage > 0,
        claimed_by=context.claimant(sentence, verb),
        evidence=_evidence(context, sentence, stretch, verb),
    )


def _verb_start(match: Match, stretch: tuple[int, int]) -> int:
    """Where the words of meeting begin: behind the subject, at the parties that stand with the verb."""
    named = match.slots.get("participants", ())
    if named and match.rule.constants["party"] in ("inside", "attending", "visiting"):
        return named[-1].end
    return max(match.span[0], stretch[0])


def _visitor(sentence: Sentence, match: Match) -> list[Mention]:
    """Who comes on an invitation: the first person behind it with a name, in a title with an office."""
    host = match.slots["participants"][-1]
    if len(match.slots["participants"]) > 1:
        return []
    guests = [
        m
        for m in sentence.mentions
        if m.start >= host.end
        and isinstance(m.value, Person)
        and m.value.side
        and m.value.side != _side_of(host)
    ]
    named = [m for m in guests if isinstance(m.value, Person) and m.value.name]
    return (named or guests)[:1]


def _attending(context: Context, sentence: Sentence, match: Match) -> list[Participant]:
    """The body or bloc whose conference it is: 北约 of 北约峰会, the ministers of 七国集团财长会议."""
    first, _ = match.words["event"]
    bodies = [m for m in sentence.mentions if first <= m.start < match.span[1] and _is_body(m)]
    return participants(context, bodies[-1:])


def _is_body(mention: Mention) -> bool:
    value = mention.value
    if isinstance(value, Person):
        return value.name is None and value.side is not None and len(value.side) > 2
    return isinstance(value, Organisation) and bool(value.code or value.side)


def _also_attending(context: Context, sentence: Sentence, match: Match) -> list[Mention]:
    """Who is named behind the comma as attending: ……会议，俄罗斯总统普京、印度总理莫迪出席."""
    found = CO_ATTENDING.match(match.encoded.text, match.last)
    if found is None:
        return []
    people = match.encoded.mentions_in(*found.span("people"))
    return [m for m in people if m.type is MentionType.PERSON]


def _distinct(people: list[Participant]) -> list[Participant]:
    kept: list[Participant] = []
    for person in people:
        if not any(
            person.name == other.name and person.side == other.side and person.role == other.role
            for other in kept
        ):
            kept.append(person)
    return kept


def _is_meeting(
    context: Context, sentence: Sentence, match: Match, people: list[Participant], stretch: tuple[int, int]
) -> bool:
    """Whether these people can have met: of two sides at least, each known; mere countries need a day or a place."""
    bloc = match.rule.constants["party"] == "bloc"
    unknown = [one for one in people if not is_known(one)]
    if len(unknown) == 1 and unknown[0].name and unknown[0].side is None and len(people) == 2:
        return True  # whose side the article may tell elsewhere
    if len(people) < 2 or unknown or (len(sides(people)) < 2 and not bloc):
        return False
    if any(one.name for one in people):
        return True
    return _is_definite(context, sentence, stretch, dated=not any(one.role for one in people))


def _when(
    context: Context,
    sentence: Sentence,
    where: tuple[int, tuple[int, int]],
    status: Status,
    people: list[Participant],
) -> Period | None:
    """The day of the meeting; of a planned one no day that belongs to the claim (佩斯科夫14日说，普京将……)."""
    clause, stretch = where
    if status in ("held", "ongoing"):
        period = _caption_day(context, sentence) or context.period(sentence, *stretch)
        own = [
            d
            for d in context.dates.in_sentence(sentence)
            if d.period is not None and d.mention.start < stretch[1]
        ]
        if not own and _recalls(context, sentence, stretch, people):
            return None
        if period is None and status == "ongoing":
            return Period(start=context.reading.published, end=context.reading.published, precision="day")
        old = period is not None and period.end.year < context.reading.published.year - OLDEST
        return None if old else period
    times = [d for d in context.dates.in_sentence(sentence) if d.mention.start < stretch[1]]
    claim = context.claim(sentence, stretch[1] - 1)
    if claim is not None and all(d.mention.end <= claim.start for d in times):
        return None
    if times and times[-1].mention.end <= clause:  # 20日抵达莫斯科，将举行会谈: the day of another act
        period = times[-1].period
        return period if period is not None and period.end >= context.reading.published else None
    return context.period(sentence, *stretch, future=True)


def _recalls(
    context: Context, sentence: Sentence, stretch: tuple[int, int], people: list[Participant]
) -> bool:
    """Whether a participant speaks of the meeting without saying when it was."""
    claim = context.claim(sentence, stretch[0])
    return (
        claim is not None
        and isinstance(claim.speaker.value, Person)
        and claim.speaker.value.side in sides(people)
    )


def _caption_day(context: Context, sentence: Sentence) -> Period | None:
    """The day in brackets behind the caption of a picture: ……交谈。（2024年10月22日）."""
    for other in context.reading.sentences:
        if (
            other.index == sentence.index + 1
            and context.reading.folded[other.start] in "（("
            and other.end - other.start < CAPTION
        ):
            return next((d.period for d in context.dates.in_sentence(other)), None)
    return None


def _evidence(context: Context, sentence: Sentence, stretch: tuple[int, int], verb: int) -> tuple[int, int]:
    """The telling with what opens its clause: the day before the subject, and who says so."""
    times = [m for m in sentence.mentions if m.type is MentionType.TIME and m.end <= stretch[0]]
    first = stretch[0]
    if times and context.reading.folded[times[-1].end : first] in ("", "，", ","):
        first = times[-1].start
    claim = context.claim(sentence, verb)
    if claim is not None and sentence.start <= claim.speaker.start < first:
        first = claim.speaker.start
    return context.clause(sentence, first, stretch[1])


def _draft(context: Context, telling: Telling) -> Draft:
    return Draft(
        kind="meeting",
        found_by=f"meeting/{telling.rule}",
        evidence=(telling.evidence, *telling.further),
        slots={
            "participants": tuple(_as_written(context, person) for person in telling.people),
            "format": telling.format,
            "status": telling.status,
            "place": _words(context, telling.place),
            "event": telling.event,
        },
        claimed_by=telling.claimed_by,
        modality=telling.modality,
        when=telling.when,
    )


def _as_written(context: Context, person: Participant) -> Participant:
    """The participant under the full name the article gives, in the article's own script."""
    name = person.name
    if name is not None and "·" not in name:
        fuller = re.findall(rf"(?:[\u4e00-\u9fff]{{1,8}}·)+{re.escape(name)}", context.reading.folded)
        given = [full for full in fuller if transcribed_only(full.removesuffix(name))]
        name = max(given, key=len, default=name)
    return Participant(name=_words(context, name), role=_words(context, person.role), side=person.side)


def _words(context: Context, folded: str | None) -> str | None:
    """Folded words as the article writes them."""
    at = context.reading.folded.find(folded) if folded else -1
    return context.reading.words(at, at + len(folded)) if folded and at >= 0 else folded
