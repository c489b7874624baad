"""One spelling for many scripts: Traditional, full-width and typographic variants, folded in place.

Rules and lexicons are written in the folded form, articles keep their own; because folding replaces
characters one for one, an offset in the folded text is the same offset in the article.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import opencc

# CJK unified ideographs with extension A and the compatibility block: the characters that have variants.
_IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))
_COMPATIBILITY = ((0x2F00, 0x2FD5), (0xF900, 0xFAFF))

# Folded form of punctuation: clause marks and brackets full-width, what stands in numbers and codes ASCII.
_PUNCTUATION = {
    " ": "\u00a0\u1680\u202f\u205f\u3000\ufeff" + "".join(map(chr, range(0x2000, 0x200C))),
    "（": "(﹙", "）": ")﹚", "“": "「『〝﹁﹃", "”": "」』〞﹂﹄", "‘": "‛",
    "·": "•‧･・∙⋅", "-": "‐‑‒–−－﹣", "—": "―─﹘", "~": "～〜∼", "〇": "○◯",
    "，": "﹐", "；": ";﹔", "？": "?﹖", "！": "!﹗", "：": "﹕", "、": "､﹑", "。": "｡",
    "¥": "￥", "£": "￡", "%": "％﹪", ".": "．", "…": "⋯", "《": "〈", "》": "〉",
}  # fmt: skip
# A half-width comma or colon between digits (2,023 and 10:30) stays, elsewhere it is a clause mark.
_COMMA = re.compile(r"(?<![0-9]),|,(?![0-9])")
_COLON = re.compile(r"(?<![0-9]):|:(?![0-9])")
# A full stop after a closing quote or bracket ends a sentence; elsewhere it may be part of a name or number.
_STOP = re.compile(r"(?<=[”）])\.(?![0-9A-Za-z.])")


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """Character map for `str.translate`: Traditional to Simplified (OpenCC t2s), widths, punctuation."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF10, 0xFF5B) if chr(code - 0xFEE0).isalnum()}
    table |= {0xFF0B: "+", 0xFF0F: "/", 0xFF04: "$"}
    characters = [chr(code) for first, last in _IDEOGRAPHS for code in range(first, last + 1)]
    # One character a line: OpenCC's phrases cannot reach across, so each is converted alone.
    simplified = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    table |= {ord(a): b for a, b in zip(characters, simplified, strict=True) if a != b and len(b) == 1}
    for first, last in _COMPATIBILITY:
        for code in range(first, last + 1):
            plain = unicodedata.normalize("NFKC", chr(code))
            if len(plain) == 1 and ord(plain) != code:
                table[code] = table.get(ord(plain), plain)
    table[ord("砲")] = "炮"  # Taiwan's 砲擊, which OpenCC takes for a word of its own
    table |= {ord(variant): form for form, variants in _PUNCTUATION.items() for variant in variants}
    # 薴 → 苧 → 苎: follow such chains, so that folding twice changes nothing.
    return {code: table.get(ord(form), form) for code, form in table.items()}


def fold(text: str) -> str:
    """The text in Simplified characters and one form of punctuation, as long as it was.

    `len(fold(text)) == len(text)` always, and folding twice changes nothing. Digits and Latin letters become
    ASCII; every kind of space a plain one, newline and tab stay. Brackets become （ ）, corner quotes “ ”,
    middle dots ·, short dashes and minus signs -, long dashes —. Straight quotes stay, for they do not say
    which side they are on. Commas and colons become ， and ： except between digits. The character map is
    OpenCC's t2s (Apache-2.0) where it maps one character to one.
    """
    folded = text.translate(_table())
    if "," in folded:
        folded = _COMMA.sub("，", folded)
    if ":" in folded:
        folded = _COLON.sub("：", folded)
    if "." in folded:
        folded = _STOP.sub("。", folded)
    return folded
