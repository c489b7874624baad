"""Conferences of blocs of states: whose ministers or leaders meet, and who else is named as attending."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.kinds.meeting_blocs import BLOCS, CONFERENCES
from extractors.kinds.meeting_merging import Telling
from extractors.kinds.meeting_roles import role_alone
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Mention, MentionType, Organisation, Person
from schemas import Participant

PERSON, TIME = SYMBOLS[MentionType.PERSON], SYMBOLS[MentionType.TIME]
BEHIND = 4  # sentences: so far behind a conference its guests are listed
# Whom a conference brings together, by the words of its name or before it.
OFFICES = re.compile(
    "(?:[^，。；举行召开在于将了就的0-9]{1,8}?(?=部长|大臣))?"
    "(?:国防部长|外交部长|财政部长|部长|大臣|外长|防长|财长|领导人|首脑|元首|大使|高官|军事首长|总参谋长|国防参谋长|安全官员)"
)
BEFORE_OFFICE = re.compile(
    "^(?:[0-9一二三四五六七八九十两]+个?(?:成员)?国|成员国|各国|国家|的|紧急|特别|非正式|年度|举行|召开|了|将|在|于|次|和|届|就)+"
)
SUMMIT = re.compile("峰会|首脑会")
# Heads and speakers of the body itself hold no conference of it.
HEAD = re.compile("秘书长|主席|发言人|总裁|代表|官员|行长|专员|委员")
INTERNAL = re.compile("委员会|议会|执委会|秘书处|总部|法院|银行|安理会|大会|央行")
ATTENDING = re.compile(
    rf"(?P<people>{PERSON}(?:(?:、|和|与|及|以及|，)?{PERSON})*)(?:等(?:人)?)?(?:[^，。；]{{0,8}}?)(?:出席|与会|参加|参会|列席|应邀|主持)(?!会见|会谈)"
)
# The name of a bloc's conference, with nothing but its kind between: 七国集团外长会议, 金砖国家领导人第十七次会晤.
NAME = re.compile(
    "[^，。；举召了在将就于与同和的]{0,16}?(?:峰会|会议|理事会|首脑会|外长会议?|防长会议?|财长会议?|会晤|大会|对话会)"
)


def bloc_of(mention: Mention) -> str | None:
    """The code of the bloc that a mention names, or whose ministers it names together (七国集团外长)."""
    value = mention.value
    if isinstance(value, Organisation):
        return value.code if value.code in BLOCS and not INTERNAL.search(mention.words) else None
    if isinstance(value, Person) and value.name is None and not HEAD.search(value.role or ""):
        return value.side if value.side in BLOCS else None
    return None


def office_of(context: Context, body: Mention, end: int, *, summit: bool) -> str | None:
    """The office of those whom a bloc's conference brings together: 外长 of 欧盟外长会议, 农业部长."""
    if isinstance(body.value, Person):  # 七国集团外长
        return role_alone(body.value.role, body.value.side)
    rest = context.reading.folded[body.end : end]
    found = OFFICES.search(BEFORE_OFFICE.sub("", rest))
    if found is None and summit and SUMMIT.search(rest):
        return "领导人"
    return found[0] if found else None


def bloc_members(context: Context, body: Mention, end: int, *, summit: bool = False) -> Participant | None:
    """The members of a bloc that meet, by their office; `None` where no office is told or it is no bloc."""
    code = bloc_of(body)
    role = office_of(context, body, end, summit=summit) if code else None
    return Participant(name=None, role=role, side=code) if role else None


def bloc_participants(
    context: Context, sentence: Sentence, body: Mention, last: int, end: int
) -> list[Participant]:
    """The members of a bloc by their office, with those named as attending, else with the bloc itself."""
    members = bloc_members(context, body, end, summit=True)
    others = attending(sentence, last)
    if members is not None:
        return [members, *(others or [Participant(name=None, role=None, side=members.side)])]
    code = bloc_of(body)
    return [Participant(name=None, role=None, side=code), *others] if code and others else []


def name_of(context: Context, body: Mention, end: int) -> str | None:
    """The name of a bloc's conference that begins with the bloc, as written."""
    found = NAME.match(context.reading.folded, body.end, end)
    return context.reading.words(body.start, found.end()) if found else None


def attending(sentence: Sentence, position: int) -> list[Participant]:
    """Who is named behind an encoded position as attending: ……会议，俄罗斯总统普京、印度总理莫迪出席."""
    people = [
        mention
        for found in ATTENDING.finditer(sentence.encoded.text, position)
        for mention in sentence.encoded.mentions_in(*found.span("people"))
    ]
    return named(people) or in_office(people)


ATTENDEES = re.compile(
    rf"(?:{TIME}|，|当天|同日)*(?P<people>{PERSON}(?:(?:、|和|与|及|以及|，)?{PERSON})*)(?:等(?:人)?)?(?:(?:，以及|[和及与]来自)[^，。；]{{0,40}}?)?"
    r"(?:[^，。；]{0,8}?)(?:出席|与会|参加|参会|列席)(?:了|上述|本次|此次|当天)?(?:。|，|$|会议|会晤|峰会|活动|开幕式|论坛|对话会)"
)
# Far behind a conference only a list of so many states is of its guests.
FAR, MANY = 40, 3  # sentences, states


# 会议由南非总统拉马福萨主持，巴西总统卢拉……以及联合国秘书长古特雷斯等……出席.
CHAIRED = re.compile(
    rf"(?:会议|峰会|对话会|会晤|论坛)由(?P<people>{PERSON}主持，{PERSON}(?:[^。；：说称示]{{0,40}}?{PERSON}){{0,12}})"
    r"[^。；：说称示]{0,40}?(?:出席|与会|参加|参会)"
)


def with_attendees(context: Context, telling: Telling) -> Telling:
    """The telling of a conference with those whom the sentences behind it name as attending."""
    if telling.rule not in CONFERENCES or telling.status != "held":
        return telling
    sentence = context.reading.sentence_at(telling.evidence[0])
    if sentence is None or not sentence.passage:
        return telling
    for other in context.reading.sentences[sentence.index + 1 : sentence.index + 1 + FAR]:
        if other.passage != sentence.passage and other.index > sentence.index + BEHIND:
            break
        found = ATTENDEES.match(other.encoded.text) or CHAIRED.match(other.encoded.text)
        if found is None or other.heading:
            continue
        sides = {person.side for person in telling.people if person.name}
        people = named(other.encoded.mentions_in(*found.span("people")))
        people = [person for person in people if person.side not in sides]
        near = other.index <= sentence.index + BEHIND
        if len(people) > 1 and (near or len({person.side for person in people}) >= MANY):
            span = other.encoded.span(*found.span())
            met = [one for one in telling.people if one.name or one.role or one.side not in BLOCS]
            bodies = telling.people if len(met) < 1 else tuple(met)
            return replace(telling, people=(*bodies, *people), further=(*telling.further, span))
    return telling


def in_office(mentions: Sequence[Mention]) -> list[Participant]:
    """People told by their office alone: 乌克兰外长 of 乌克兰外长应邀出席."""
    return [
        Participant(name=None, role=role_alone(value.role, value.side), side=value.side)
        for value in (mention.value for mention in mentions)
        if isinstance(value, Person) and value.role and value.side and value.name is None
    ]


def named(mentions: Sequence[Mention]) -> list[Participant]:
    """The people with a name and a side among some mentions."""
    people = []
    for mention in mentions:
        value = mention.value
        if isinstance(value, Person) and value.name and value.side:
            people.append(Participant(name=value.name, role=value.role, side=value.side))
    return people
