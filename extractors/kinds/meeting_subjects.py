"""Who does what a clause tells: the party before the words of meeting, behind them, or in the sentence before."""

from __future__ import annotations

import re

from extractors.kinds.meeting_author import author
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Mention, MentionType, Organisation, Person, Side
from extractors.rules.ruleset import Match

PERSON, TIME = SYMBOLS[MentionType.PERSON], SYMBOLS[MentionType.TIME]
ORDINAL, PLACE = SYMBOLS[MentionType.ORDINAL], SYMBOLS[MentionType.PLACE]
BODIES = SYMBOLS[MentionType.SIDE] + SYMBOLS[MentionType.ORGANISATION]
# Words before a party that make it no subject: 应普京邀请, 对美国, 据路透社, 在北约, 访问朝鲜.
GOVERNED = re.compile(
    "(?:应|对|向|据|根据|按照|遵照|依照|受|在|于|由|从|到|赴|抵|抵达|飞抵|前往|访问|出访|访|来|驻|离开|援引|给|为|自|因|随|陪同|欢迎|祝贺|感谢|告诉|会见|接见|代表|展开|结束|开始|开启|完成|未经|征得)$"
)
INVITES = re.compile(
    "的?(?:共同)?(?:邀请|陪同|率领(?!的?[^，。]{0,8}(?:代表团|团队)))|的(?:共同)?(?:提议|倡议|要求|斡旋|指示|命令|授权|委托|安排|调停|调解)|主持下"
)
# What may stand between a country or body and its act of meeting.
ACTS = re.compile(
    rf"(?:[^，。；]{{0,6}}?(?:代表团|代表|官员|高官|方面|外长|领导人|元首|首脑|双方))?"
    rf"(?:{TIME}|[将在与同和于也还已会召举并再正曾随就计宣立则准愿可希考拟要应继联分先主参出前抵访通派向对接拒取])"
)
OCCASION = re.compile(f"{ORDINAL}?(?:定期|非正式|特别|视频)?(?:会晤|会议|峰会|理事会|会谈|对话会|论坛)")
# The same of a body with its members' office: 金砖国家领导人会晤期间, 北约防长会议上.
BODY_OCCASION = re.compile(
    f"(?:国家|成员国)?(?:领导人|外长|防长|财长|元首|首脑|部长)?{OCCASION.pattern}(?:期间|之际|间隙|上|时|中|后)"
)
# 在金正恩9月与普京举行峰会后: 在 governs the whole clause.
OCCASION_OF = re.compile(f"{TIME}?[与同和跟]{PERSON}[^，。；]{{0,20}}(?:后|时|期间|之际|前)")
PRONOUN = re.compile("(?<![其])(?:他|她)(?!们|国|人)")
HOUSE_OF = re.compile(f"[{PLACE}{BODIES}]的?$")
# 他与默茨、斯塔默磋商，还同莫迪交谈: those two are no subject.
SPOKEN_WITH = re.compile(f"[^{PERSON}{BODIES}、和][与同跟]$")
SEVERAL = re.compile("(?P<n>[三四五六七八九])(?:人|方|国领导人|位领导人)")
KIN = re.compile(f"{PERSON}的?(?:女婿|之子|儿子|长子|幕僚长)$")
SPOUSE = re.compile(f"{PERSON}[和与](?:夫人|丈夫)$")
SPOKESPERSON = re.compile("发言人|新闻秘书|新闻官")  # who tells what another does
# 麦康奈尔和其他参议员们突访: he whose name is told stands for them.
AND_OTHERS = re.compile(
    rf"{PERSON}(?:、|和|与|及|以及)(?:其他|其它|另外|多名|数名|几名|几位|一些|多位)[^，。；{PERSON}{BODIES}]{{0,8}}$"
)
PRONOUN_BACK = 3  # sentences: so far back stands whom 他 means


def subject(context: Context, sentence: Sentence, position: int) -> list[Mention]:
    """The party that stands before an encoded position: the nearest person or acting body, with those joined to it.

    他 and 她 stand for the person named before; an empty list where nobody can be found.
    """
    encoded = sentence.encoded
    for at in range(position - 1, -1, -1):
        mention, sign = encoded.mentions[at], encoded.text[at]
        if sign in "。；":
            break
        if mention is not None and (several := SEVERAL.fullmatch(mention.words)):
            people = _counted(context, sentence, at, "二三四五六七八九".find(several["n"]) + 2)
            if people:
                return people
        if mention is None:
            if sign in "他她" and PRONOUN.match(encoded.text, at):
                return _antecedent(context, sentence, at)
            if sign == "我" and encoded.text[at + 1 : at + 2] != "们":
                claim = context.claim(sentence, encoded.starts[at])
                speaker = claim.speaker if claim is not None else author(context, sentence)
                return [speaker] if speaker is not None else []
            continue
        if _acts(sentence, at):
            chain, first = _with_joined(sentence, at)
            spoken_with = first != at and SPOKEN_WITH.search(encoded.text, 0, first)
            if first == at or not (spoken_with or GOVERNED.search(encoded.text, max(0, first - 3), first)):
                return chain
    return []


def _counted(context: Context, sentence: Sentence, at: int, number: int) -> list[Mention]:
    """Whom 五人 stands for: exactly so many people by name in the last sentence that names more than one."""
    earlier = context.reading.sentences[max(0, sentence.index - PRONOUN_BACK) : sentence.index]
    for other in reversed(earlier):
        if other.passage != sentence.passage:
            break
        people = {
            m.value.name: m
            for m in other.mentions
            if isinstance(m.value, Person) and m.value.name and m.value.side
        }
        if len(people) > 1:
            return list(people.values()) if len(people) == number else []
    return []


def whose_clause(match: Match) -> list[Mention]:
    """Who a clause of meeting describes: 沙利文 of 20日到基辅与泽连斯基会面的美国国家安全顾问沙利文."""
    text, mentions = match.encoded.text, match.encoded.mentions
    found = re.compile(f"了?的{PERSON}").match(text, match.last)
    person = mentions[found.end() - 1] if found else None
    clause = max(text.rfind(mark, 0, match.first) for mark in "，。；：") + 1
    inside = any(isinstance(m.value, Person) for m in match.encoded.mentions_in(clause, match.first))
    return (
        [person]
        if person is not None and isinstance(person.value, Person) and person.value.name and not inside
        else []
    )


def behind(context: Context, sentence: Sentence, position: int) -> list[Mention]:
    """The party named behind a clause of circumstance: 在同秘鲁总统会谈时，习近平指出."""
    encoded = sentence.encoded
    following = re.compile(
        "[^，。；]{0,6}，|[^，。；]{0,20}(?:之际|期间|时|之?后|之?前|[会谈话]上|[会谈话晤面]中)，"
    ).match(encoded.text, position)
    if following is None:
        return []
    for at in range(following.end(), min(len(encoded.text), following.end() + 6)):
        mention = encoded.mentions[at]
        if mention is not None and mention.type is MentionType.PERSON:
            return [mention]
    return []


def before_sentence(context: Context, sentence: Sentence, back: int = 1) -> list[Mention]:
    """The person a sentence without a subject of its own goes on about: the first one of the sentence before.

    With `back` above 1, of that many sentences before, which may stand in other paragraphs: so far reaches 他.
    """
    for other in reversed(context.reading.sentences[max(0, sentence.index - back) : sentence.index]):
        if other.paragraph == sentence.paragraph or (back > 1 and other.passage == sentence.passage):
            for at, mention in enumerate(other.encoded.mentions):
                if mention is not None and mention.type is MentionType.PERSON and _acts(other, at):
                    return _with_joined(other, at)[0]
    return []


def _acts(sentence: Sentence, at: int) -> bool:
    """Whether the mention at an encoded position can be the subject of what follows."""
    mention, text = sentence.encoded.mentions[at], sentence.encoded.text
    if mention is None or isinstance(mention.value, Person | Side | Organisation) is False:
        return False
    first = at
    while not isinstance(mention.value, Person) and (
        house := HOUSE_OF.search(text, max(0, first - 2), first)
    ):
        first = house.start()  # 在喀山克里姆林宫, 在里加的国家艺术博物馆
    governed = GOVERNED.search(text, max(0, first - 3), first)
    if INVITES.match(text, at + 1) or (
        governed
        and not (
            governed[0] == "在"
            and isinstance(mention.value, Person | Side)
            and OCCASION_OF.match(text, at + 1)
        )
    ):
        return False
    before = text[max(0, at - 2)]
    if (
        at
        and text[at - 1] in "与同跟和"
        and before not in PERSON + BODIES + (TIME if text[at - 1] == "和" else "")
    ):
        return False  # ，与孙卫东讨论了此事，并会见了……
    if isinstance(mention.value, Person) and mention.value.name is None and OCCASION.match(text, at + 1):
        return False  # 出席金砖国家领导人会晤期间
    if isinstance(mention.value, Side | Organisation) and BODY_OCCASION.match(text, at + 1):
        return False
    if isinstance(mention.value, Person):
        return text[at + 1 : at + 2] != "的" or text[at + 2 : at + 3] not in ("", "母")
    return ACTS.match(text, at + 1) is not None


def _with_joined(sentence: Sentence, at: int) -> tuple[list[Mention], int]:
    """The mention with those coordinated before it (布林肯和国防部长奥斯汀, 中俄元首), and where they begin."""
    text, mentions = sentence.encoded.text, sentence.encoded.mentions
    first = mentions[at]
    assert first is not None
    leader = (
        AND_OTHERS.search(text, 0, at) if isinstance(first.value, Person) and not first.value.name else None
    )
    if leader is not None and (named := mentions[leader.start()]) is not None:
        first, at = named, leader.start()
    chain = [first]
    while at > 0:
        spouse = SPOUSE.search(text, max(0, at - 4), at)
        if spouse is not None and (husband := mentions[spouse.start()]) is not None:
            chain.insert(0, husband)
            at = spouse.start()
            continue
        kin = KIN.search(text, max(0, at - 4), at)
        at = kin.start() if kin else at  # 特使威特科夫与特朗普女婿库什纳
        step = 1 if text[at - 1] in PERSON + BODIES else 2
        if (
            at - step < 0
            or text[at - step] not in PERSON + BODIES
            or (step == 2 and text[at - 1] not in "、和与及同跟")
        ):
            break
        before = mentions[at - step]
        if before is None or (step == 1 and text[at - 1] == PERSON):
            break
        chain.insert(0, before)
        at -= step
    return chain, at


def _antecedent(context: Context, sentence: Sentence, at: int) -> list[Mention]:
    """The person a pronoun stands for: the first one of its sentence, else who speaks, else the sentence before."""
    for index in range(at):
        mention = sentence.encoded.mentions[index]
        if (
            mention is not None
            and isinstance(mention.value, Person)
            and not SPOKESPERSON.search(mention.value.role or "")
            and _acts(sentence, index)
        ):
            return [mention]
    claim = context.claim(sentence, sentence.encoded.starts[at])
    if (
        claim is not None
        and isinstance(claim.speaker.value, Person)
        and not SPOKESPERSON.search(claim.speaker.value.role or "")
    ):
        return [claim.speaker]
    return before_sentence(context, sentence, PRONOUN_BACK)
