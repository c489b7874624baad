"""Who takes part in a conference that a rule has matched: who attends it, whose it is, who else is named."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.kinds.meeting_assemblies import by_name
from extractors.kinds.meeting_author import author
from extractors.kinds.meeting_conferences import bloc_members, bloc_participants
from extractors.kinds.meeting_frames import BEHIND_PREPOSITION, ELSEWHERE, Parties, is_named
from extractors.kinds.meeting_parties import participants
from extractors.kinds.meeting_place import is_nobody
from extractors.kinds.meeting_subjects import before_sentence, behind, subject
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Mention, MentionType, Organisation, Person, Side, side_code
from extractors.rules.ruleset import Match

# Bodies of states that have no code: 南方共同市场.
UNION = re.compile("(?:共同市场|共同体|(?<!经济)(?<!安全)论坛|联盟|组织)$")
DASHED = re.compile(f"{SYMBOLS[MentionType.SIDE]}[—－-]$")
# Conferences named by the country they are about: 乌克兰防务联络小组, 乌克兰复兴会议.
CONFERENCE_ON = re.compile("联络小组|复兴|重建|和平峰会|援助|捐助")
# Fairs and conferences of business bring no ministers together.
FAIR = re.compile("博览会|商务|投资|媒体|智库|青年|企业|工商|论坛")
NOT_BEFORE_BLOC = "或非及前" + SYMBOLS[MentionType.COUNT]
ATTENDED = re.compile("(?:出席|参加|结束)了?$")  # 出席金砖国家领导人会晤期间会见……
TOPIC = re.compile("(?:^|[，。]|[^成造迁])(?:就|关于|围绕)$|(?:高度评价|积极评价|热议|解读|点赞|盛赞)$")
MET_THERE = re.compile(f"[与同和跟]{SYMBOLS[MentionType.PERSON]}")
CONVENES = re.compile("(?:召集|邀请|集合)了?$")
BRIEFING = re.compile("的[^，。]{0,3}(?:新闻发布会|记者会|简报会)")
PARTY = f"[{SYMBOLS[MentionType.PERSON]}{SYMBOLS[MentionType.SIDE]}、和与及等]"
CO_ATTENDING = re.compile(
    f"[^，。；]{{0,6}}，(?P<people>{PARTY}*{SYMBOLS[MentionType.PERSON]}{PARTY}*)[也均都]?(?:出席|参加|与会)(?!会见|会谈)"
)


def attending_parties(context: Context, sentence: Sentence, match: Match, gap: str) -> Parties | None:
    """People at a conference, with the body or bloc whose it is: 北约 of 北约峰会, the ministers of 七国集团财长会议."""
    follows = match.encoded.text[match.last : match.last + 10]
    if ELSEWHERE.search(gap) or (follows.startswith("的") and not BRIEFING.match(follows)):
        return None
    first, _ = match.words["event"]
    if TOPIC.search(match.encoded.text, 0, match.first):
        return None  # 就习近平出席……会议举行吹风会
    met_there = MET_THERE.search(match.encoded.text, match.encoded.position(first), match.last)
    if met_there and any(is_named(m) for m in match.encoded.mentions_in(*met_there.span())):
        return None  # 在白宫与特朗普会晤时: talks of two
    people = match.slots.get("participants", ()) or _attendant(context, sentence, match, first)
    if people and _is_farther(sentence, people[-1], first):
        people = subject(context, sentence, sentence.encoded.position(first))
    people = people or behind(context, sentence, match.last) or before_sentence(context, sentence)
    if not people or not all(isinstance(m.value, Person) and (m.value.name or m.value.side) for m in people):
        return None
    bodies = [m for m in sentence.mentions if first <= m.start < match.span[1] and _is_body(m)]
    if bodies and (members := bloc_members(context, bodies[-1], match.span[1])):
        return Parties(people, (), (members,))
    if not bodies and CONFERENCE_ON.search(match.encoded.text, match.encoded.position(first), match.last):
        bodies = [m for m in sentence.mentions if m.start == first and isinstance(m.value, Side)]
    if not bodies:  # 习近平出席中阿合作论坛部长级会议
        own = {side_code(person) for person in people}
        named = by_name(context.reading.folded[first : match.span[1]])
        return Parties(people, (), tuple(one for one in named if one.side not in own))
    return Parties(people, () if also_attending(match) else bodies[-1:])


def _attendant(context: Context, sentence: Sentence, match: Match, first: int) -> Sequence[Mention]:
    """Who attends where the template names nobody: the subject, or the author where he says 我 or 我们."""
    pronoun = match.encoded.text[match.first]
    if match.encoded.text.startswith("我们", match.first):
        claim = context.claim(sentence, match.span[0])
        speaker = claim.speaker if claim is not None else author(context, sentence)
        planning = match.template.startswith("我们")
        return [speaker] if planning and speaker is not None else []
    return subject(
        context, sentence, sentence.encoded.position(first) if pronoun in "我他她" else match.first
    )


def _is_farther(sentence: Sentence, person: Mention, offset: int) -> bool:
    """Whether somebody else with a name stands between a person and an offset: who attends is the nearer one."""
    return any(is_named(m) and person.end <= m.start and m.end <= offset for m in sentence.mentions)


def bloc_parties(context: Context, sentence: Sentence, match: Match) -> Parties | None:
    """The ministers or leaders of a bloc that meet: 外长 of 欧盟外长会议; with them whoever is named as attending."""
    body = match.one("participants")
    between = match.encoded.mentions_in(match.first + 1, match.last)
    if any(is_named(mention) and not is_nobody(mention) for mention in between):
        return None  # 七国集团领袖抵达后，约翰逊等与图斯克会谈
    if match.first and match.encoded.text[match.first - 1] in NOT_BEFORE_BLOC:
        return None
    if FAIR.search(match.encoded.text, match.first, match.last):
        return None
    if ATTENDED.search(match.encoded.text, 0, match.first):
        return None
    if body is not None and (hosts := _convened_by(context, sentence, match, body)):
        return Parties(hosts, [body])
    if body is None or BEHIND_PREPOSITION.search(match.encoded.text, 0, match.first):
        return None
    people = bloc_participants(context, sentence, body, match.last, match.span[1])
    if people and DASHED.search(match.encoded.text, 0, match.first):  # 中国—东盟外长会议
        partner = match.encoded.mentions[match.first - 2]
        people = participants(context, [partner] if partner is not None else []) + people[:1]
    return Parties((), (), tuple(people)) if people else None


def _convened_by(context: Context, sentence: Sentence, match: Match, body: Mention) -> list[Mention]:
    """Who calls the ministers or leaders of a bloc together: 拜登 of 拜登召集七国集团领导人举行视频会议."""
    if not isinstance(body.value, Person) or not CONVENES.search(match.encoded.text, 0, match.first):
        return []
    return subject(context, sentence, match.first)


def also_attending(match: Match) -> list[Mention]:
    """Who is named behind the comma as attending: ……会议，俄罗斯总统普京、印度总理莫迪出席."""
    found = CO_ATTENDING.match(match.encoded.text, match.last)
    if found is None:
        return []
    people = match.encoded.mentions_in(*found.span("people"))
    return [m for m in people if m.type in (MentionType.PERSON, MentionType.SIDE)]


def _is_body(mention: Mention) -> bool:
    value = mention.value
    if isinstance(value, Person):
        return value.name is None and value.side is not None and len(value.side) > 2
    return isinstance(value, Organisation) and bool(value.code or value.side or UNION.search(value.name))
