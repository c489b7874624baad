"""Since when, where a happening is named instead of a date: 自俄乌冲突爆发以来, 自停火生效以来.

The start of Russia's war against Ukraine is the one happening whose date RECORDS gives. Since any other is a time
without a known start, unless the words hold a date of their own: 自9月23日冲突升级以来.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from extractors.reading.time_patterns import SCANNER
from extractors.reading.time_structure import Form
from extractors.reading.time_words import WORD_VALUES

UKRAINE = re.compile(r"俄乌|乌克兰|基辅|[俄乌]军|侵乌")
OTHER_WAR = re.compile(r"加沙|哈马斯|巴以|以色列|苏丹|也门|叙利亚|黎巴嫩|真主党|阿富汗|缅甸")
UP_TO_NOW = ("以来", "至今", "伊始")
# How far a sentence is followed to either side: one without an end must not make reading slow.
LONGEST_SENTENCE = 600


class Wars:
    """Which war the happenings named in a text belong to."""

    def __init__(self, text: str) -> None:
        self._text = text

    def values(self, kind: str, start: int, end: int) -> dict[str, Any] | None:
        """What a happening at [start, end) says, `None` where the words are to be read one by one."""
        if kind == "war" and self._concerns_ukraine(start, end):
            return {"form": Form.WAR}
        if not self._text.endswith(UP_TO_NOW, start, end) or self._holds_a_date(start, end):
            return None
        return {"form": Form.SINCE}

    def _concerns_ukraine(self, start: int, end: int) -> bool:
        """Whether the war meant is Russia's against Ukraine: by the words, else the sentence, else the text."""
        for lower, upper in ((start, end), self._sentence(start, end)):
            ours = UKRAINE.search(self._text, lower, upper)
            if ours or OTHER_WAR.search(self._text, lower, upper):
                return ours is not None
        return self._text_is_on_ukraine

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        lower, upper = max(0, start - LONGEST_SENTENCE), end + LONGEST_SENTENCE
        left = max(self._text.rfind(mark, lower, start) for mark in "。\n") + 1
        stops = (self._text.find(mark, end, upper) for mark in "。\n")
        return max(left, lower), min((stop for stop in stops if stop >= 0), default=upper)

    @cached_property
    def _text_is_on_ukraine(self) -> bool:
        return UKRAINE.search(self._text) is not None

    def _holds_a_date(self, start: int, end: int) -> bool:
        words = ((m.lastgroup or "", m[0]) for m in SCANNER.finditer(self._text, start + 1, end))
        return any(kind in WORD_VALUES and not WORD_VALUES[kind](found)[1] for kind, found in words)
