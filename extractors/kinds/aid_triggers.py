"""Words of giving in a sentence, with the stretches and mentions around them that roles are read from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from extractors.kinds.aid_amounts import Help, helps
from extractors.kinds.aid_codes import parties_in
from extractors.kinds.aid_objects import clause_start
from extractors.kinds.aid_statement import Matched
from extractors.layers.context import Context
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType

PARTIES = "".join(SYMBOLS[kind] for kind in (MentionType.SIDE, MentionType.ORGANISATION, MentionType.PLACE))
COUNT, MONEY = SYMBOLS[MentionType.COUNT], SYMBOLS[MentionType.MONEY]
# Several parties side by side: 苏丹和乍得, 阿富汗赫拉特省, 30多个非洲国家.
WHO = rf"{COUNT}?(?:遭受[^，。]{{1,4}}的)?[{PARTIES}]+(?:(?:、|和|与|及|以及)[{PARTIES}]+)*"
# Purposes that go on behind a comma and may name who receives: ，救助苏丹难民; ，转交菲律宾灾民.
PURPOSE = re.compile(
    "，(?:将|以|用来|用于|用以|来|并|主要|专款|再|随后|全部|计划)*(?:透过[^，。]{1,16}|通过[^，。]{1,16})?"
    "(?:救助|帮助?|协助|助|支持|援助|资助|支援|用于|为|供|给|转交|转送|转运|分发|分送|分给|分配|发放|送交|交由|投放|改善|补贴|购买)"
)
MARKS = "，。；！？"


def clause_end(text: str, at: int) -> int:
    """Where the clause of an encoded position ends."""
    return next((i for i in range(at, len(text)) if text[i] in MARKS), len(text))


@dataclass(frozen=True)
class Trigger(Matched):
    """A word of giving in a sentence, with what its rule says of it."""

    context: Context

    @property
    def kind(self) -> str:
        """Its class: sum, purse, hand, move or get."""
        return str(self.says("roles"))

    @property
    def carries(self) -> bool:
        """True where who receives may be left to the statement before."""
        return bool(self.says("carries"))

    @property
    def strong(self) -> bool:
        """True where the word says by itself that something is given for nothing."""
        return bool(self.says("strong"))

    @property
    def first(self) -> int:
        """Where the word begins."""
        return self.match.first

    @property
    def last(self) -> int:
        """Where the word ends."""
        return self.match.last

    @cached_property
    def clause(self) -> int:
        """Where its clause begins."""
        return clause_start(self.text, self.first)

    @cached_property
    def close(self) -> int:
        """Where its clause ends."""
        return clause_end(self.text, self.last)

    @cached_property
    def purposes(self) -> int:
        """Where the clauses of purpose behind its clause end."""
        last = self.close
        while purpose := PURPOSE.match(self.text, last):
            last = clause_end(self.text, purpose.end())
        return last

    def parcels(self, first: int, last: int) -> list[Help]:
        """The amounts and things that a stretch of the sentence names."""
        found = helps(self.context.reading, self.encoded, first, last)
        return [parcel for parcel in found if parcel.amount or parcel.items]

    def codes(self, first: int, last: int) -> tuple[str, ...]:
        """The parties named in a stretch, groups of countries by their words."""
        return parties_in(self.context, self.encoded, first, last)
