"""Names of people made whole: cut and missing ones repaired, with the side that well-known names stand for.

The tagger cuts transcribed names where a common word follows (泽连斯|基通话, 费萨尔通|电话). What helps are the names
the lexicon knows, and the customary characters of transcription with the words that may follow a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import Mention, MentionType
from extractors.reading.name_index import NameIndex

HAN = re.compile("[\u4e00-\u9fff]")
LATIN_GLOSS = re.compile(r"\s?[（(][^（）()\n]{1,60}[)）]")
# Letters of transcription that also begin the word behind a name: 普京当天, 费萨尔通电话, 马克龙于5日, 拜登11日.
FOLLOWING = (
    "当[天日地晚时]|通[话电过报]|于[0-9本上下去今昨明同当北华莫基巴东]|先后|今[天日晚]|明[天日确]|本[周月人次]|特别[向对会强]|"
    "曾[经于在与和同到对赴]|多[次年轮]|首次|同[日时一意样]|约[见定请谈]|亲[自赴]|时隔|达成|道[，：“]|希望|基于|南下|"
    "都[表认希会在是将对]|可[能以]|能[够否在]|[东北西南]约"
)
# Words behind a name whose first letter the tagger takes for its last.
SPANNING = re.compile("通[话电过]|于[0-9]|时[，说表称强指]|当[天日地晚]|先后|多次|曾[经于在]|同[日时]|达成")
# Words behind an office that are spelt in letters of transcription but are no name: 能源部长特别会议, 元首年内三次会晤.
NO_NAME = re.compile(
    f"(?:{FOLLOWING})|特别|年内|三[方次国]|多边|多[方国名位]|永久|本人|夏季|今年|明年|本届|亲密|安全|海外|东部|西部|南部|里约|"
    "曾|都|可|能|日本|以色列|埃及|法国|德国|泰国|马来|伊朗|伊拉克|土耳其|乌克兰"
)
LONGEST_NAME = 12
SHORTEST_NAME = 2


def person_names(
    folded: str, tagged: Iterable[tuple[int, int]], affiliations: Sequence[Mention]
) -> list[tuple[int, int]]:
    """Spans of people's names in order, without overlap: the tagger's and the lexicon's, made whole."""
    sides = sorted((m for m in affiliations if m.type is MentionType.SIDE), key=lambda m: m.start)
    starts = {m.start: m.end for m in sides}
    spans = [
        span
        for span in tagged
        if span[1] - span[0] >= SHORTEST_NAME and not _is_country(folded, span, starts)
    ]
    known = [(start, end) for start, end, found in _leaders().find(folded) if found]
    longest = sorted({*spans, *known}, key=lambda span: (span[0] - span[1], span[0]))
    taken: set[int] = set()
    kept = []
    for start, end in longest:
        if not taken.intersection(range(start, end)):
            taken.update(range(start, end))
            kept.append((start, end))
    return _joined(folded, sorted(kept))


def leader_side(name: str) -> str | None:
    """The side a well-known name stands for: 泽连斯基 and 弗拉基米尔·泽连斯基 for UA."""
    sides = _leader_sides()
    return sides.get(name) or sides.get(re.split("[·•-]", name)[-1])


def transcribed_name(folded: str, start: int) -> int:
    """Where a transcribed name beginning at `start` ends; `start` itself where none does.

    A name is two or more letters of transcription before a word that may follow a name.
    """
    run, follows = _transcription()
    found = run.match(folded, start, start + LONGEST_NAME)
    if found is None or NO_NAME.match(folded, start):
        return start
    for end in range(start + SHORTEST_NAME, found.end() + 1):
        if folded[end - 1] not in "·•-" and follows.match(folded, end):
            return end
    return start


def may_end(folded: str, end: int) -> bool:
    """Whether a name may end here: before a word that may follow names, or no letter of transcription."""
    return _transcription()[1].match(folded, end) is not None


def transcribed_only(words: str) -> bool:
    """Whether all letters are letters of transcription."""
    run, _ = _transcription()
    return run.fullmatch(words.rstrip("·•-")) is not None


def gloss_length(folded: str, at: int) -> int:
    """The length of the bracketed foreign spelling at an offset, 0 where there is none."""
    gloss = LATIN_GLOSS.match(folded, at)
    return gloss.end() - gloss.start() if gloss else 0


def _is_country(folded: str, span: tuple[int, int], sides: dict[int, int]) -> bool:
    """中德 tagged as a person is two sides; 尼日尔政 begins with a country."""
    start, end = span
    if start in sides and sides[start] - start > 1 and "·" not in folded[start:end]:
        return True
    at = start
    while at in sides and at < end:
        at = sides[at]
    return at >= end


def _joined(folded: str, names: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Names made whole: 安茨 + ·基维塞尔克 is one name; Latin spellings in brackets are none."""
    letters = read_toml("names.toml")["transliteration"]
    further = re.compile(rf"(?:[·•-][{letters}]{{1,8}})+")
    whole: list[tuple[int, int]] = []
    for first, end in names:
        start = first
        if whole and start < whole[-1][1]:
            continue
        words = folded[start:end]
        if words.strip() != words or not HAN.search(words):
            continue
        if whole and whole[-1][1] == start - 1 and folded[start - 1] in "·•-":
            start = whole.pop()[0]
        rest = further.match(folded, end)
        last = rest.end() if rest else end
        if last - start > SHORTEST_NAME and SPANNING.match(folded, last - 1):
            last -= 1  # 费萨尔通 before 电话
        if not may_end(folded, last) and leader_side(folded[start:last]) is None:
            last = max(last, transcribed_name(folded, start))
        whole.append((start, last))
    return whole


@lru_cache(maxsize=1)
def _transcription() -> tuple[re.Pattern[str], re.Pattern[str]]:
    letters = read_toml("names.toml")["transliteration"]
    run = re.compile(rf"[{letters}](?:[·•-]?[{letters}])*")
    return run, re.compile(rf"[^{letters}·•-]|$|(?:{FOLLOWING})")


@lru_cache(maxsize=1)
def _leader_sides() -> dict[str, str]:
    return {name: code for code, names in read_toml("leaders.toml")["names"].items() for name in names}


@lru_cache(maxsize=1)
def _leaders() -> NameIndex[bool]:
    apart = set(read_toml("leaders.toml")["only_as_names"]["words"])
    return NameIndex({name: name not in apart for name in _leader_sides()})
