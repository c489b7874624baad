"""Which language and which Chinese script a text is in, by counting characters.

Language: a quarter of kana among ideographs and kana makes it Japanese (a Chinese text may cite a Japanese
headline); hangul in a fifth of all letters Korean; ideographs in a fifth of all letters Chinese (one
ideograph says as much as several Latin letters). Latin text with English function words is English;
everything else is `und` (ISO 639-2, undetermined).
"""

from __future__ import annotations

import re
from functools import cache

import opencc

from schemas import Script

SAMPLE = 4_000  # characters looked at: a long article does not change its language
HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
HANGUL = re.compile(r"[\uac00-\ud7a3]")
WORD = re.compile(r"[A-Za-z]+")
LETTER = re.compile(r"[^\W\d_]")
ENGLISH = frozenset({
    "a", "and", "are", "as", "at", "by", "for", "from", "has", "in", "is", "it", "of", "on", "said", "that",
    "the", "to", "was", "were", "will", "with",
})  # fmt: skip
CLEAR = 0.8  # share of the telling characters that settles the script


def language_of(text: str, otherwise: str | None = None) -> str:
    """ISO 639-1 code of the language; `otherwise`, else `und`, where it is not evident."""
    return _evident(text) or otherwise or "und"


def _evident(text: str) -> str | None:
    sample = text[:SAMPLE]
    letters = len(LETTER.findall(sample))
    han, kana, hangul = (len(pattern.findall(sample)) for pattern in (HAN, KANA, HANGUL))
    if not letters:
        return None
    if kana and kana >= 0.25 * (han + kana):
        return "ja"
    if hangul >= 0.2 * letters:
        return "ko"
    if han >= 0.2 * letters:
        return "zh"
    words = [word.lower() for word in WORD.findall(sample)]
    return "en" if words and sum(word in ENGLISH for word in words) >= 0.1 * len(words) else None


def script_of(text: str) -> Script:
    """`Hans` or `Hant` where the characters that only one script uses say so clearly, else `unknown`."""
    simplified_only, traditional_only = telling_characters()
    sample = text[:SAMPLE]
    simplified = sum(map(simplified_only.__contains__, sample))
    traditional = sum(map(traditional_only.__contains__, sample))
    telling = simplified + traditional
    if telling and simplified >= CLEAR * telling:
        return "Hans"
    if telling and traditional >= CLEAR * telling:
        return "Hant"
    return "unknown"


@cache
def telling_characters() -> tuple[frozenset[str], frozenset[str]]:
    """Characters only Simplified and only Traditional text uses.

    A character tells where OpenCC (Apache-2.0) converts it and the other side's national character set,
    Big5 or GB2312, does not hold it. The second condition excludes 后, 里, 台 and the like, which both
    scripts write.
    """
    return _telling("s2t", "t2s", other_side="big5"), _telling("t2s", "s2t", other_side="gb2312")


def _telling(convert: str, back: str, *, other_side: str) -> frozenset[str]:
    block = [chr(code) for code in range(0x4E00, 0xA000)]
    # One conversion call for all: line breaks keep the characters from forming phrases.
    there = opencc.OpenCC(convert).convert("\n".join(block)).split("\n")
    here = opencc.OpenCC(back).convert("\n".join(block)).split("\n")
    return frozenset(
        own
        for own, changed, kept in zip(block, there, here, strict=True)
        if changed != own and kept == own and not _encodable(own, other_side)
    )


def _encodable(character: str, charset: str) -> bool:
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
