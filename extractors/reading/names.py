"""Names of people made whole: cut and missing ones repaired.

The tagger cuts transcribed names where a common word follows (泽连斯|基通话, 费萨尔通|电话). What helps are the names
the lexicon knows, and the customary characters of transcription with the words that may follow a name.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

from extractors.reading.leaders import JOINTS, leader_names, leader_side, leader_spans
from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import Mention, MentionType

# A side before one of these is a part of the country, no family name: 黎东部.
COMPASS = re.compile("(?:东|西|南|北|中|东南|东北|西南|西北)部|首都|境内")
# A country in one letter as a party, or with China: 吉方, 埃中; but 阿方索 is a name.
PARTY = re.compile(".(?:方(?![索斯济])|中$)")
# What the tagger takes for the end of a name: 韩正在, 习近平和, 索罗斯曾提.
TAIL = re.compile("曾[提说表指称]?$|博士$|教授$|先生$|女士$|将军$|[在与和同对向将]$")
AMBIGUOUS_TAILS = set("和同对向将")
HAN = re.compile("[\u4e00-\u9fff]")
LATIN_GLOSS = re.compile(r"\s?[（(][^（）()\n]{1,60}[)）]")
# Letters of transcription that also begin the word behind a name: 普京当天, 费萨尔通电话, 马克龙于5日, 拜登11日.
FOLLOWING = (
    "当[天日地晚时]|通[话电过报]|通了[^，。；]{0,12}电话|于[0-9本上下去今昨明同当北华莫基巴东]|先后|今[天日晚]|明[天日确]|本[周月人次]|特别[向对会强]|"
    "曾[经于在与和同到对赴]|多[次年轮]|首次|同[日时一意样]|约[见定请谈]|亲[自赴]|时隔|达成|道[，：“]|希望|基于|南下|"
    "发[表布言出动推文帖起]|都[表认希会在是将对]|可[能以]|能[够否在]|[东北西南]约"
)
# Words behind a name whose first letter the tagger takes for its last.
SPANNING = re.compile(
    "发[表布言出动推文帖起]|通[话电过]|通了[^，。；]{0,12}电话|于[0-9]|时[，说表称强指]|当[天日地晚]|先后|多次|曾[经于在]|同[日时]|达成"
)
# Words behind an office that are spelt in letters of transcription but are no name: 能源部长特别会议, 元首年内三次会晤.
NO_NAME = re.compile(
    f"(?:{FOLLOWING})|特别|年内|三[方次国]|多边|多[方国名位]|永久|本人|夏季|今年|明年|本届|亲密|安全|海外|东部|西部|南部|里约|"
    "曾|都|可|能|赞扬|赞同|赞成|日本|以色列|埃及|法国|德国|泰国|马来|伊朗|伊拉克|土耳其|乌克兰"
)
LONGEST_NAME = 20
SHORTEST_NAME = 2


def person_names(
    folded: str, tagged: Iterable[tuple[int, int]], affiliations: Sequence[Mention]
) -> list[tuple[int, int]]:
    """Spans of people's names in order, without overlap: the tagger's and the lexicon's, made whole."""
    sides = sorted((m for m in affiliations if m.type is MentionType.SIDE), key=lambda m: m.start)
    starts = {m.start: m.end for m in sides}
    bodies = {m.start: m.end for m in affiliations if m.type is MentionType.ORGANISATION}
    placed = {i: m for m in affiliations if m.type is MentionType.PLACE for i in range(m.start, m.end)}
    spans = [
        span
        for span in tagged
        if span[1] - span[0] >= SHORTEST_NAME
        and not _is_country(folded, span, starts)
        and not _is_no_name(folded, span)
        and not any(bodies.get(i, span[1] + 1) <= span[1] for i in range(*span))  # 黎真主党
        and not _is_piece(span, placed.get(span[0]))
        and not _are_several(folded, span)
    ]
    longest = sorted({*spans, *leader_spans(folded)}, key=lambda span: (span[0] - span[1], span[0]))
    taken: set[int] = set()
    kept = []
    for start, end in longest:
        if not taken.intersection(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end))
    return _joined(folded, sorted(kept), sorted(m.end for m in sides))


def transcribed_name(folded: str, start: int) -> int:
    """Where a transcribed name beginning at `start` ends; `start` itself where none does.

    A name is two or more letters of transcription before a word that may follow a name.
    """
    run, follows = _transcription()
    found = run.match(folded, start, start + LONGEST_NAME)
    if found is None or NO_NAME.match(folded, start):
        return start
    for end in range(start + SHORTEST_NAME, found.end() + 1):
        if folded[end - 1] not in JOINTS and follows.match(folded, end):
            return end
    return start


def may_end(folded: str, end: int) -> bool:
    """Whether a name may end here: before a word that may follow names, or no letter of transcription."""
    return _transcription()[1].match(folded, end) is not None


def transcribed_only(words: str) -> bool:
    """Whether all letters are letters of transcription."""
    run, _ = _transcription()
    return run.fullmatch(words.rstrip(JOINTS)) is not None


def gloss_length(folded: str, at: int) -> int:
    """The length of the bracketed foreign spelling at an offset, 0 where there is none."""
    gloss = LATIN_GLOSS.match(folded, at)
    return gloss.end() - gloss.start() if gloss else 0


def _is_country(folded: str, span: tuple[int, int], sides: dict[int, int]) -> bool:
    """中德 tagged as a person is two sides; 尼日尔政 begins with a country."""
    start, end = span
    if start in sides and sides[start] - start > 1 and "·" not in folded[start:end]:
        return True
    if start in sides and COMPASS.match(folded, sides[start], end):
        return True
    if start in sides and folded[start + 1 : end] == "军":  # 乌军 of 对乌军援
        return True
    at = start
    while at in sides and at < end:
        at = sides[at]
    return at >= end


def _joined(folded: str, names: Sequence[tuple[int, int]], sides: Sequence[int]) -> list[tuple[int, int]]:
    """Names made whole: 安茨 + ·基维塞尔克 is one name; Latin spellings in brackets are none."""
    letters = read_toml("names.toml")["transliteration"]
    further = re.compile(rf"(?:[{JOINTS}][{letters}]{{1,8}})+")
    whole: list[tuple[int, int]] = []
    for first, end in names:
        start = first
        if whole and start < whole[-1][1]:
            continue
        words = folded[start:end]
        if words.strip() != words or not HAN.search(words):
            continue
        if whole and _belong_together(folded, whole[-1], start, end):
            start = whole.pop()[0]
        rest = further.match(folded, end)
        last = rest.end() if rest else end
        if last - start > SHORTEST_NAME and SPANNING.match(folded, last - 1):
            last -= 1  # 费萨尔通 before 电话
        if not may_end(folded, last) and leader_side(folded[start:last]) is None:
            last = max(last, transcribed_name(folded, start))
        whole.append((start, _name_end(folded, start, last)))
    return whole


def _is_piece(span: tuple[int, int], place: Mention | None) -> bool:
    """马里 and 乌波尔 tagged in 马里乌波尔, or a piece of a place with more behind it."""
    if place is None or span == (place.start, place.end):
        return False
    return span[1] <= place.end or place.start < span[0]


def _is_no_name(folded: str, span: tuple[int, int]) -> bool:
    """Words and parties taken for people: 卢布, 吉方, 埃中, 库拉霍沃方 before 向."""
    start, end = span
    words = folded[start:end]
    return (
        words.startswith(tuple(read_toml("names.toml")["no_names"]))
        or PARTY.match(words) is not None
        or folded.startswith("方向", end - 1)
    )


def _are_several(folded: str, span: tuple[int, int]) -> bool:
    """拜登普京 tagged as one person is two known ones."""
    at, end = span
    names = 0
    while at < end and (known := leader_names().match_at(folded, at)):
        at, names = known[0], names + 1
    return at == end and names > 1


def _belong_together(folded: str, before: tuple[int, int], start: int, end: int) -> bool:
    """Whether two tagged names are one: 安茨 and ·基维塞尔克, 捷列 and 霍夫 right behind it."""
    if before[1] == start - 1:
        return folded[start - 1] in JOINTS
    first, second = folded[max(before[0], start - SHORTEST_NAME) : start], folded[start:end]
    known = leader_side(folded[slice(*before)]) or leader_side(second)
    return before[1] == start and known is None and transcribed_only(first + second)


def _name_end(folded: str, start: int, end: int) -> int:
    """Where a name ends for which the tagger gives `end`: without a word behind it, with all of a known last name."""
    joint = max(folded.rfind(mark, start, end) for mark in JOINTS)
    known = leader_names().match_at(folded, joint + 1) if joint > start else None
    if known and (known[0] >= end or may_end(folded, known[0])):
        return known[0]  # 弗拉基米尔-普|京, 鲍里斯-约翰逊 before 明天
    if folded.startswith("夫妇", end - 1) and end - start > SHORTEST_NAME:
        return end - 1  # 比奥|夫妇
    tail = TAIL.search(folded, start + SHORTEST_NAME, end)
    if tail and (tail.group() not in AMBIGUOUS_TAILS or leader_side(folded[start : tail.start()])):
        return tail.start()
    return end


def _first_name(folded: str, start: int, sides: Sequence[int]) -> int:
    """Where the first name before a known family name begins: 弗拉基米尔· behind 俄罗斯总统."""
    reached = bisect_right(sides, start)
    floor = max(sides[reached - 1] if reached else 0, start - LONGEST_NAME)
    letters = read_toml("names.toml")["transliteration"]
    found = re.search(rf"(?P<name>(?:[{letters}]{{1,8}}[·•])+)$", folded[floor:start])
    if found is None:
        return start
    first = floor + found.start("name")
    return first + 1 if folded[first - 1 : first + 1] in ("总理", "助理", "代理", "经理") else first


@lru_cache(maxsize=1)
def _transcription() -> tuple[re.Pattern[str], re.Pattern[str]]:
    letters = read_toml("names.toml")["transliteration"]
    run = re.compile(rf"[{letters}](?:[{JOINTS}]?[{letters}])*")
    return run, re.compile(rf"[^{letters}·•-]|$|(?:{FOLLOWING})")
