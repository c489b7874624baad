"""Who may give and receive a sum: the parties named around it, each with the features that tell its role."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from extractors.confidence.symbols import symbols_of
from extractors.kinds.aid_codes import is_medium, is_told_country, party_code
from extractors.kinds.aid_sum_words import Sum
from extractors.layers.context import Context, Draft
from extractors.reading.document import Sentence
from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import Mention, MentionType, Organisation

PARTY_TYPES = frozenset({MentionType.SIDE, MentionType.ORGANISATION, MentionType.PLACE, MentionType.PERSON})
# How many sentences back a party may be named, and how far the title counts.
REACH, TITLE = 4, 9
# Words between a party and a sum that tell of roles.
CUES = (
    "向", "对", "给", "为", "提供", "援助", "宣布", "承诺", "批准", "从", "由", "来自", "收到", "获得", "用于", "帮助", "支持",
    "请求", "呼吁", "的", "政府", "国会", "议会", "贷款", "捐",
)  # fmt: skip
CLOSE = 6
MANY = 4


@dataclass(frozen=True)
class Roles:
    """Who gives and receives by what the rules found: in the statement before, and anywhere in the article."""

    donors: frozenset[str]
    recipients: frozenset[str]
    any_donors: frozenset[str]
    any_recipients: frozenset[str]

    def features(self, code: str) -> Iterator[str]:
        """What that says of a party."""
        if code in self.donors:
            yield "gave just now"
        if code in self.recipients:
            yield "received just now"
        if code in self.any_donors:
            yield "gives elsewhere"
        if code in self.any_recipients:
            yield "receives elsewhere"


class Told:
    """What the rules told in an article, looked up by offset: a text may tell of thousands of sums."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self._drafts = drafts
        self._donors = frozenset(code for draft in drafts for code in draft.slots["donors"])
        self._recipients = frozenset(code for draft in drafts for code in draft.slots["recipients"])
        starts = sorted((draft.evidence[0][0], number) for number, draft in enumerate(drafts))
        self._starts = [start for start, _ in starts]
        # Of those that begin up to there the one found last.
        self._last = list(accumulate((number for _, number in starts), max))

    def __len__(self) -> int:
        return len(self._drafts)

    def before(self, offset: int) -> Roles:
        """The roles as they stand at an offset."""
        at = bisect_right(self._starts, offset)
        last = self._drafts[self._last[at - 1]].slots if at else {"donors": (), "recipients": ()}
        return Roles(frozenset(last["donors"]), frozenset(last["recipients"]), self._donors, self._recipients)


def candidates(sum_: Sum, by_rules: Told) -> dict[str, set[str]]:
    """The parties named around a sum, by code, with what all their mentions say of them."""
    context, told = sum_.context, by_rules.before(sum_.mention.start)
    found: dict[str, set[str]] = {}
    mentions: dict[str, int] = {}
    for distance, sentence in _sentences(sum_):
        for number, (at, mention, code) in enumerate(_parties(context, sentence)):
            where = _where(sum_, at) if distance == 0 else f"back {distance}"
            seen = found.setdefault(code, set())
            seen |= set(_features(sum_, sentence, at, mention, where, number))
            seen |= {f"{said} {where}" for said in told.features(code)}
            mentions[code] = mentions.get(code, 0) + 1
    for code in sorted(told.any_donors | told.any_recipients):
        found.setdefault(code, {"absent"})
    for code, seen in found.items():
        seen.update(told.features(code), _standing(context, code))
        seen.add(f"mentions {min(MANY - 1, mentions.get(code, 0))}")
    return found


def _sentences(sum_: Sum) -> Iterator[tuple[int, Sentence]]:
    """Where parties are looked for: the sentence, those before it in the passage, the title."""
    reading = sum_.context.reading
    yield 0, sum_.sentence
    yield from enumerate(reversed(reading.before(sum_.sentence, REACH)), 1)
    if sum_.sentence.passage != 0 and reading.titles:
        yield TITLE, reading.titles[0]


def _parties(context: Context, sentence: Sentence) -> Iterator[tuple[int, Mention, str]]:
    for at, mention in enumerate(sentence.encoded.mentions):
        if mention is None or mention.type not in PARTY_TYPES or is_medium(mention):
            continue
        if mention.type is MentionType.PLACE and not is_told_country(context, mention):
            continue
        code = party_code(mention, context.reading)
        if code is not None:
            yield at, mention, code


def _where(sum_: Sum, at: int) -> str:
    first, last = sum_.clause
    if at < sum_.at:
        return "clause before" if at >= first else "sentence before"
    return "clause behind" if at < last else "sentence behind"


def _features(
    sum_: Sum, sentence: Sentence, at: int, mention: Mention, where: str, number: int
) -> Iterator[str]:
    symbols = symbols_of(sentence)
    if sentence is sum_.sentence:
        low, high = sorted((at, sum_.at))
        between = "".join(symbols[low + 1 : high])
        yield from (f"{where} {cue}" for cue in CUES if cue in between)
        yield f"{where} distance {min(CLOSE, (high - low) // 4)}"
    field = where.split(" ", maxsplit=1)[0]
    left, right = symbols[at - 1] if at else "^", "".join(symbols[at + 1 : at + 3])
    yield where
    yield f"type {mention.type}"
    yield f"{where} type {mention.type}"
    yield f"left {left}"
    yield f"{where} left {left}"
    yield f"{field} left {left}"
    yield f"right {right}"
    yield f"right {right[:1]}"
    yield f"{field} right {right[:1]}"
    yield f"number {min(MANY - 1, number)}"
    yield f"{where} number {min(MANY - 1, number)}"
    if isinstance(mention.value, Organisation):
        yield "coded body" if mention.value.code else "body"


def _standing(context: Context, code: str) -> Iterator[str]:
    """What a party is in the article as a whole."""
    yield f"named {min(MANY, context.parties.get(code, 0))}"
    most = context.parties.most_common(1)
    if most and most[0][0] == code:
        yield "named most"
    titles = context.reading.titles
    if any(code == named for sentence in titles for _, _, named in _parties(context, sentence)):
        yield "in the title"
    yield "giver" if code in _givers() else "no usual giver"
    if not code.isascii():
        yield "without code"


def _givers() -> frozenset[str]:
    return frozenset(read_toml("aid.toml")["parties"]["givers"])
