"""Who takes part in a meeting: participants made of mentions, and the party that stands before the words of meeting."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractors.kinds.meeting_author import author
from extractors.kinds.meeting_roles import country_of, role_alone
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.lexicon import country_names
from extractors.reading.mention import Mention, MentionType, Organisation, Person, Place, Side
from extractors.reading.sides import short_side_codes
from extractors.rules.ruleset import Match
from schemas import Participant

PERSON, TIME = SYMBOLS[MentionType.PERSON], SYMBOLS[MentionType.TIME]
ORDINAL, PLACE = SYMBOLS[MentionType.ORDINAL], SYMBOLS[MentionType.PLACE]
BODIES = SYMBOLS[MentionType.SIDE] + SYMBOLS[MentionType.ORGANISATION]
# What follows a country or body and says who of it takes part; a delegation is the side itself.
TAIL = re.compile(
    "(?:[^，。；、和与同召会见在将于访\\n]{0,8}?)?(?P<role>驻[^，。\\n]{1,6}?(?:大使|临时代办|代办|公使|外交使节|使节)|代表团|谈判团队|谈判代表|政府代表|代表|高级官员|官员|高官|领导人|外长|防长|副外长|财长|元首|首脑|总统|总理|"
    "议员|立法者|外交官|特使|军方|双方|当局|政要)"
)
DELEGATION = {"代表团", "谈判团队", "双方", "当局", "军方"}
# Words before a party that make it no subject: 应普京邀请, 对美国, 据路透社, 在北约, 访问朝鲜.
GOVERNED = re.compile(
    "(?:应|对|向|据|根据|按照|遵照|依照|受|在|于|由|从|到|赴|抵|抵达|飞抵|前往|访问|出访|访|来|驻|离开|援引|给|为|自|因|随|陪同|欢迎|祝贺|感谢|告诉|会见|接见|代表)$"
)
INVITES = re.compile(
    "的?(?:共同)?(?:邀请|陪同|率领)|的(?:共同)?(?:提议|倡议|要求|斡旋|指示|命令|授权|委托|安排|调停|调解)|主持下"
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
PRONOUN_BACK = 3  # sentences: so far back stands whom 他 means
# A group an office may stand for although it has no code: 主要国际经济组织负责人, 中亚五国外长.
GROUP = re.compile(
    "(?!驻)[^，。]{2,}(?:组织|国家|[多各两三四五六七八九十]国|机构|集团|联盟|委员会|企业|武装|部队|共同市场|共同体|论坛)|欧洲|西方|海湾|非洲|中亚|拉美|北欧|波罗的海|太平洋岛国"
)


# 美俄代表团: two delegations in one word.
JOINT = re.compile(
    "(?P<short>[美俄乌中日韩朝英法德印巴以伊澳加欧]{2,3})(?:双方|两国|三国)?(?:代表团|谈判团队|谈判代表团)$"
)
# Whose leaders or officials take part together: 欧洲领导人.
REGION = re.compile(
    "(?:欧洲|西方|海湾|非洲|中亚|拉美|北欧|波罗的海|阿拉伯)(?:国家|各国|多国)?(?=领导人|官员|外长|防长|首脑)"
)


def participants(context: Context, mentions: Sequence[Mention]) -> list[Participant]:
    """The participants a coordination of mentions stands for.

    An office that closes a list of countries is each country's (中国、俄罗斯和伊朗三国副外长, 中俄元首); a country or body
    without one is a delegation.
    """
    found: list[Participant] = []
    bare: list[Mention] = []
    for index, mention in enumerate(mentions):
        value = mention.value
        if index and _belongs_to(context, mentions[index - 1], mention) and isinstance(value, Person):
            continue  # taken together with the office before it
        if isinstance(value, Person) and value.name is None:
            role = role_alone(value.role, value.side)
            found += [
                Participant(name=None, role=role, side=_code(other))
                for other in bare
                if _code(other) != value.side
            ]
            bare = []
            following = mentions[index + 1] if index + 1 < len(mentions) else None
            if following is not None and _belongs_to(context, mention, following):
                assert isinstance(following.value, Person)
                title = f"{value.role or ''}{following.value.role or ''}"
                found.append(
                    Participant(
                        name=following.value.name, role=role_alone(title, value.side), side=value.side
                    )
                )
                continue
            if following is not None and _announces_name(context, mention, following):
                continue
            region = REGION.match(value.role or "")
            if value.side is None and region is not None:
                found.append(Participant(name=None, role=(value.role or "")[region.end() :], side=region[0]))
                continue
            side = value.side or (None if found else _described_side(context, mention))
            if side is not None:
                found.append(Participant(name=None, role=role, side=side))
        elif isinstance(value, Person) and not _is_spouse(context, value):
            found.append(
                Participant(name=value.name, role=role_alone(value.role, value.side), side=value.side)
            )
        elif isinstance(value, Organisation) and (two := JOINT.match(value.name)) and not value.code:
            codes = short_side_codes()
            found += [
                Participant(name=None, role=None, side=codes[char]) for char in two["short"] if char in codes
            ]
        elif (
            isinstance(value, Side | Organisation)
            or _is_country(value)
            or _is_group_of_states(context, mention)
        ):
            bare.append(mention)
    return found + _delegations(context, bare)


def is_known(person: Participant) -> bool:
    """Whether it is somebody who represents a known side, or holds an office: no company, no party."""
    return person.side is not None and (
        person.side.isascii() or person.name is not None or GROUP.fullmatch(person.side) is not None
    )


def sides(found: Iterable[Participant]) -> set[str]:
    """The sides that participants represent; Hong Kong and Macao are China's own here."""
    return {"CN" if person.side in ("HK", "MO") else person.side for person in found if person.side}


def subject(context: Context, sentence: Sentence, position: int) -> list[Mention]:
    """The party that stands before an encoded position: the nearest person or acting body, with those joined to it.

    他 and 她 stand for the person named before; an empty list where nobody can be found.
    """
    encoded = sentence.encoded
    for at in range(position - 1, -1, -1):
        mention, sign = encoded.mentions[at], encoded.text[at]
        if sign in "。；":
            break
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
            if first == at or not GOVERNED.search(encoded.text, max(0, first - 3), first):
                return chain
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
    following = re.compile("[^，。；]{0,6}，|[^，。；]{0,20}(?:之际|期间|时|之?后|之?前)，").match(
        encoded.text, position
    )
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
        governed and not (governed[0] == "在" and OCCASION_OF.match(text, at + 1))
    ):
        return False
    if at and text[at - 1] in "与同跟和" and text[max(0, at - 2)] not in PERSON + BODIES + TIME:
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
    chain = [first]
    while at > 0:
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
        if mention is not None and mention.type is MentionType.PERSON and _acts(sentence, index):
            return [mention]
    claim = context.claim(sentence, sentence.encoded.starts[at])
    if claim is not None and isinstance(claim.speaker.value, Person):
        return [claim.speaker]
    return before_sentence(context, sentence, PRONOUN_BACK)


def _delegations(context: Context, bare: Sequence[Mention]) -> list[Participant]:
    """Countries and bodies as participants, with the role word that follows the last of them."""
    if not bare:
        return []
    tail = TAIL.match(context.reading.folded, bare[-1].end)
    role = tail["role"] if tail and tail["role"] not in DELEGATION else None
    found = []
    for mention in bare:
        own = role
        if own is None and isinstance(mention.value, Organisation) and not mention.value.code:
            own = role_alone(mention.value.name, mention.value.side) if mention.value.side else None
            own = None if mention.words.endswith(("代表团", "政府")) else own
        found.append(Participant(name=None, role=own, side=_code(mention)))
    return found


def _code(mention: Mention) -> str:
    value = mention.value
    if isinstance(value, Side):
        return value.code
    if isinstance(value, Organisation):
        return value.code or value.side or country_of(value.name) or value.name
    if isinstance(value, Place):
        return country_names().get(value.name) or mention.words + "国家"
    raise TypeError(f"only sides and organisations have a code here, got {mention.type} {mention.words!r}")


def _is_country(value: object) -> bool:
    """Whether a place is a whole state: 美国 where the reading has taken it for a place."""
    return isinstance(value, Place) and value.name in country_names()


def _is_spouse(context: Context, person: Person) -> bool:
    """Somebody's wife or husband attends beside the principals: 习近平和夫人彭丽媛."""
    return any(context.reading.folded.startswith(person.name or "", at) for at in context.spouses)


def _is_group_of_states(context: Context, mention: Mention) -> bool:
    """非洲多国政要, 海湾国家领导人: a region whose states take part together."""
    states = ("多国", "国政", "各国", "国家")
    return isinstance(mention.value, Place) and context.reading.folded.startswith(states, mention.end)


def _announces_name(context: Context, mention: Mention, following: Mention) -> bool:
    """An office that belongs to the person named behind the comma: 越共中央政治局委员、越南总理范明政."""
    if not isinstance(following.value, Person) or following.value.name is None:
        return False
    return context.reading.folded[mention.end : following.start] == "、"


def _belongs_to(context: Context, mention: Mention, following: Mention) -> bool:
    """An office right before another one with a name: 联合国秘书长叙利亚问题特使裴凯儒 speaks for 联合国."""
    if not isinstance(mention.value, Person) or mention.value.name or not mention.value.side:
        return False
    return (
        isinstance(following.value, Person) and bool(following.value.name) and mention.end == following.start
    )


def _described_side(context: Context, mention: Mention) -> str | None:
    """Whom an office without a known side stands for, in words: 主要国际经济组织 of 主要国际经济组织负责人."""
    before = re.search(
        r"[\u4e00-\u9fff]{3,14}$", context.reading.folded[max(0, mention.start - 14) : mention.start]
    )
    words = re.split("会见|接见|接待|举行|了|与|同|和|的|在|将|分别|要求", before[0])[-1] if before else ""
    return words if GROUP.fullmatch(words) else None
