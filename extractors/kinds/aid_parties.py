"""Who gives and who receives: the parties around a statement of help, as codes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from extractors.kinds.aid_codes import codes_of, is_medium, party_code, unnamed
from extractors.kinds.sides import enemies_of
from extractors.reading.document import Reading, Sentence
from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.lexicon import find_sides
from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import Mention, MentionType, Place, Side

PARTY = {MentionType.SIDE, MentionType.ORGANISATION, MentionType.PERSON, MentionType.PLACE}
JOINED = re.compile("(?:、|，|和|与|及|以及|，以及|连同)(?:其[它他]|一些|部分)?$")
# What a government does behind the name of its capital.
ACTS = re.compile("将|已|正|也|还|宣布|决定|同意|承诺|表示|拒绝|[向为]|提|批准|准备|计划|考虑|方面|当局")
# Who does so speaks of what others give.
OF_OTHERS = re.compile("警告|阻止|阻挠|通知|利用|要求|呼吁|敦促|促使|换取|告诉|说服|迫使|通过|指责|批评")
JOINING = re.compile("、|和|与|及|以及|连同")
# A party behind these words is where or with whom something happens, not who gives.
OBJECT_OF = re.compile(
    "(?:在|对|给|与|同|至|由于|(?<!理)由|撤出|退出|访问|到访|拜访|通过|透过|经由|抵达|感谢|针对|从|入侵|距|离|打击|攻击|介绍|告诉|来自|支持|援助|帮助|支援|用于|讨论|被冻结|冻结|关闭|制裁|击退|反击|应对|动用|个|位于|迫于|运往|送往|发往|派往)$"
)
# Who is given to in another clause gives nothing here: 向乌克兰提供600亿美元、向以色列提供….
GIVEN_TO = ("向", "给")
GIVING = re.compile("[^，。；、]{0,10}?(?:提供|捐赠|拨|交付|运送|给予)")
# A union goes by its name, whoever of it acts.
MEMBERS = ("各国", "多国", "成员国")
COUNT = SYMBOLS[MentionType.COUNT]
# 美国及其盟友 goes by the one that is named.
LEADER = re.compile(rf"[{SYMBOLS[MentionType.SIDE]}{SYMBOLS[MentionType.ORGANISATION]}](?:及其|和其|等)")
LED = re.compile(
    rf"[{SYMBOLS[MentionType.SIDE]}{SYMBOLS[MentionType.ORGANISATION]}](?:和|与|及|、)(?P<who>[{SYMBOLS[MentionType.SIDE]}{SYMBOLS[MentionType.ORGANISATION]}])的(?:其[他它])?[^，。]{{2,6}}$"
)
# What makes a party a subject though a preposition takes up its whole clause: 针对美国宣布向…一事.
SUBJECT = re.compile(
    rf"(?:等|等国|政府|方面|国家|成员国|{SYMBOLS[MentionType.TIME]}|近期|日前|已|再次|将|计划)*"
    "(?:宣布|承诺|决定|同意|批准|[向为给]|(?:提供|捐赠|援助|交付|给予)的)"
)
# 将通过国际组织运送 says by what way.
THROUGH = re.compile("(?:通过|透过|经由)[^，。]{0,8}$")
PLACE_OF = re.compile(
    "(?:通过|透过|经由|在|至|位于|抵达|访问|到访|拜访|通过|经由|从|入侵|个|运往|送往|发往|派往)$"
)
# What makes a party before it an attribute: 俄罗斯资产, 美国的要求.
ATTRIBUTE = re.compile(
    "资产|被?冻结?|工厂|的(?!成员|盟|伙伴)|入侵|边境|战场|境内|人民|的?难民|局势|危机|冲突|战争|首都|对|方向|军队的|总统府"
)
# What makes a party an attribute wherever it stands: 俄罗斯央行资产, 美墨边境.
PART_OF = re.compile("的?(?:央行)?(?:被?冻结的?)?(?:资产|边境|边界|战场|境内|局势|危机|冲突|战争)")
PERMITTING = re.compile("授权|允许|准许|批准")
OCCASION = re.compile(
    rf"(?:致信|致函|去信|写信给)(?P<to>[{SYMBOLS[MentionType.SIDE]}{SYMBOLS[MentionType.ORGANISATION]}{SYMBOLS[MentionType.PERSON]}]"
    rf"(?:[和、与][{SYMBOLS[MentionType.SIDE]}{SYMBOLS[MentionType.ORGANISATION]}{SYMBOLS[MentionType.PERSON]}])*)|"
    rf"(?:在|向|对|与|同|和|写给)(?P<who>[{SYMBOLS[MentionType.SIDE]}{SYMBOLS[MentionType.ORGANISATION]}{SYMBOLS[MentionType.PERSON]}])"
    "[^，。]{0,10}?(?:演讲|讲话|致辞|发言|通话|会谈|会晤|会见|会面|视频|信中|的信)"
)
# Bodies of a country that are not its state.
PRIVATE = re.compile("(?:民间组织|民间团体|慈善组织|慈善机构|志愿者组织|非政府组织|教会|基金会)")
# A name in Latin letters that heads a clause: a firm or charity.
LATIN = re.compile(
    "(?:此外，|同时，)?(?P<name>[A-Z][A-Za-z0-9&.\\-]{1,24})(?:公司|集团|基金会)?(?=则|已|将|也|还|宣布|承诺|[向为给]|捐|表示|正|计划)"
)
STOCKS = re.compile("的?(?:现有|军队)?(?:武器库|库存|储备|军火库)")


@lru_cache(maxsize=1)
def _pairs() -> Mapping[str, tuple[str, ...]]:
    """Two parties in one word: 欧美."""
    return {word: tuple(codes) for word, codes in read_toml("aid.toml")["parties"]["pairs"].items()}


def donors_before(
    reading: Reading,
    sentence: Sentence,
    last: int,
    recipients: tuple[str, ...],
    first: int = 0,
    *,
    firm: bool = False,
) -> tuple[str, ...]:
    """The parties nearest before an encoded position that can give: 荷兰和丹麦 in 荷兰和丹麦同意向乌克兰提供.

    A party that is only an attribute or an object (俄罗斯资产的收益, 感谢美国) gives where nobody else is named, and
    not at all where `firm`.
    """
    encoded = sentence.encoded
    recipients = (*recipients, *enemies_of(recipients))
    fallback: tuple[str, ...] = ()
    for at in range(last - 1, first - 1, -1):
        mention = encoded.mentions[at]
        if mention is None:
            words = _unnamed_ending(reading, encoded, at)
            union = encoded.mentions[at - len(words)] if words in MEMBERS and at >= len(words) else None
            if words is not None and union is not None and union.type is MentionType.ORGANISATION:
                code = party_code(union, reading)  # 欧盟各国
                return (code,) if code and code not in recipients else ()
            if words is not None and not THROUGH.search(encoded.text[: at + 1]):
                leader = LEADER.search(encoded.text[max(0, at - 8) : at])
                named = encoded.mentions[max(0, at - 8) + leader.start()] if leader else None
                code = party_code(named, reading) if named else None
                return (code,) if code else _with_leaders(encoded, at, words, recipients)
            continue
        if mention.type not in PARTY:
            continue
        pair = _pairs().get(mention.words[:2]) if mention.type is MentionType.PLACE else None
        if pair and not set(pair) & set(recipients):
            return pair
        code = party_code(mention, reading)
        if code is None or code in recipients or encoded.text[at + 1 : at + 3] in ("媒体", "官媒"):
            continue
        if is_medium(mention) or _is_given_to(encoded, at):
            continue
        if mention.type is MentionType.PLACE and not _is_country(mention) and not _acts(mention, encoded, at):
            continue
        private = PRIVATE.match(encoded.text, at + 1)
        if private:  # 塞尔维亚民间组织 is not Serbia
            return (mention.words + private.group(),)
        found = _with_joined(encoded, at, code, recipients)
        ahead = encoded.text[max(0, at - 3) : at]
        placed = PLACE_OF.search(ahead) is not None
        if STOCKS.match(encoded.text, at + 1):  # 从美国的武器库
            return found
        object_of = OBJECT_OF.search(ahead) is not None and (
            placed or not SUBJECT.match(encoded.text, at + 1)
        )
        attribute = at + 1 < last and ATTRIBUTE.match(encoded.text, at + 1) is not None
        if attribute or object_of:
            fallback = fallback or (() if placed else found)
            continue
        return found
    return () if firm else fallback


def foreign_name(encoded: Encoded, clause: int, last: int) -> tuple[str, ...]:
    """A giver by a name in Latin letters that heads its clause and that no lexicon knows: Skydio公司已向…捐赠."""
    named = LATIN.match(encoded.text, clause)
    return (named["name"],) if named and named.end() <= last else ()


def subject_before(
    reading: Reading, sentence: Sentence, last: int, recipients: tuple[str, ...], start: int = 0
) -> tuple[str, ...]:
    """Who gives by an earlier clause of the sentence: the first party in the nearest clause that names one.

    日本加入西方制裁的行列，并对乌克兰提供武器: Japan.
    """
    text = sentence.encoded.text
    while last > start:
        first = max(text.rfind("，", 0, last - 1) + 1, start)
        if OF_OTHERS.search(text, first, last):
            return ()
        for at in range(first, last):
            named = sentence.encoded.mentions[at] is not None and not JOINING.match(text, at + 1)
            if named and not PART_OF.match(text, at + 1):
                found = donors_before(reading, sentence, at + 1, recipients, first, firm=True)
                if found:
                    return found
        last = first
    return ()


def permitting(
    reading: Reading, sentence: Sentence, last: int, recipients: tuple[str, ...], first: int
) -> tuple[str, ...]:
    """Who lets unnamed others give: 美国授权各国向乌克兰移交战机."""
    permit = PERMITTING.search(sentence.encoded.text, first, last)
    return donors_before(reading, sentence, permit.start(), recipients, first) if permit else ()


def addressees(
    reading: Reading, encoded: Encoded, speaker: int, recipients: tuple[str, ...]
) -> tuple[str, ...]:
    """Whom a speaker asks by the occasion: 在美国国会的演讲中要求, 与日本首相通话时呼吁."""
    occasion = OCCASION.search(encoded.text, speaker)
    if occasion is None:
        return ()
    named = encoded.mentions_in(*occasion.span("to" if occasion["to"] else "who"))
    return tuple(code for code in codes_of(named, reading) if code not in recipients)


def with_places_joined(encoded: Encoded, named: Sequence[Mention], reading: Reading) -> tuple[str, ...]:
    """The codes of parties with countries joined behind that were read as places: 丹麦、英国和美国."""
    at, mentions = encoded.position(named[-1].start), list(named)
    while join := JOINING.match(encoded.text, at + 1):
        following = encoded.mentions[join.end()] if join.end() < len(encoded.text) else None
        sides = find_sides(following.words) if following is not None else []
        if not sides:
            break
        at = join.end()
        mentions.append(sides[0])
    return codes_of(mentions, reading)


def _unnamed_ending(reading: Reading, encoded: Encoded, at: int) -> str | None:
    """乌克兰的盟友, 西方国家, 国际社会 where such words end at an encoded position."""
    start = max(0, at - 6)
    for match in unnamed().finditer(encoded.text, start, at + 1):
        if match.end() == at + 1:
            return reading.words(*encoded.span(match.start(), match.end()))
    return None


def _with_leaders(encoded: Encoded, at: int, words: str, recipients: tuple[str, ...]) -> tuple[str, ...]:
    """Those who give among partners not named: 美国和北约的其他盟国 are America and NATO, else the partners' words."""
    led = LED.search(encoded.text, max(0, at - 12), at + 1)
    named = led and encoded.mentions[led.end("who") - 1]
    code = party_code(named) if named else None
    if led is None or code is None or code in recipients:
        return (words,)
    return _with_joined(encoded, led.end("who") - 1, code, recipients)


def _with_joined(encoded: Encoded, at: int, code: str, recipients: tuple[str, ...]) -> tuple[str, ...]:
    """The party and those joined to it: A、B和C."""
    found = [code]
    while at > 0:
        join = JOINED.search(encoded.text[max(0, at - 4) : at])
        before = at - (len(join.group()) if join else 0) - 1
        if join and join.group() == "，" and not (before == 0 or encoded.text[before - 1] == "，"):
            break  # only of a bare list: 英国，丹麦，荷兰又分别提供
        mention = encoded.mentions[before] if before >= 0 and (join or _in_row(encoded, before)) else None
        other = party_code(mention) if mention is not None and mention.type in PARTY else None
        if other is None or other in recipients:
            break
        found.insert(0, other)
        at = before
    return tuple(dict.fromkeys(found))


def _in_row(encoded: Encoded, at: int) -> bool:
    """True for a form of one character, which may stand in a row: 美 of 美德两国."""
    mention = encoded.mentions[at]
    return mention is not None and isinstance(mention.value, Side) and len(mention.words) == 1


def _is_given_to(encoded: Encoded, at: int) -> bool:
    """True for who receives in a giving of its own: 向乌克兰提供600亿美元."""
    return encoded.text[max(0, at - 1) : at] in GIVEN_TO and GIVING.match(encoded.text, at + 1) is not None


def _is_country(mention: Mention) -> bool:
    return isinstance(mention.value, Place) and mention.value.level == "country"


def _acts(mention: Mention, encoded: Encoded, at: int) -> bool:
    """True where a capital stands for its government: 东京将提拨."""
    return (
        mention.words in read_toml("aid.toml")["parties"]["capitals"]
        and ACTS.match(encoded.text, at + 1) is not None
    )
