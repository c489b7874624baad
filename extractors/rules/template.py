"""Compiling rule templates to regular expressions over encoded sentences.

Notation: literal text; `[x]` optional; `(a|b)` alternatives; `<name>` any word of a word list, or a named phrase; `{slot}` a mention
fit for the slot, `{slot:type}` of that mention type only; a plural slot such as `{places}` takes a coordination
(A、B和C); `…` a gap inside the clause; `……` a gap inside the sentence. Gaps never swallow a number or an amount,
except a number of places (在六个地区).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extractors.reading.encoding import SYMBOLS, symbol_class
from extractors.reading.mention import MentionType

NUMBERS = SYMBOLS[MentionType.COUNT] + SYMBOLS[MentionType.MONEY]
# 在六个地区, 在三个俄罗斯城市: how many places it was is no number that a gap must stop at.
PLACE_WORDS = "地区|地方|州|城市|国家|方向|村|镇|区|省"
PLACE_COUNT = (
    rf"{SYMBOLS[MentionType.COUNT]}"
    rf"(?={SYMBOLS[MentionType.SIDE]}?的?(?:不同)?(?:{SYMBOLS[MentionType.PLACE]}|{PLACE_WORDS}))"
)
CLAUSE_GAP = rf"(?:[^。！？；，\n{NUMBERS}]|{PLACE_COUNT}){{0,12}}?"
SENTENCE_GAP = rf"(?:[^。！？；\n{NUMBERS}]|{PLACE_COUNT}){{0,40}}?"
# Words of a free-text slot: as many as the rest of the template leaves, within the clause.
FREE_TEXT = r"[^。！？；，\n]{1,40}?"
JOINERS = "(?:、|和|与|及|以及|，以及|并|跟|同|或)"
LIST_TAIL = "(?:等(?:多|各|[0-9一二两三四五六七八九十]+个?)?(?:地区|地|州|国|方向|城市|人)?)?"
TOKEN = re.compile(r"……|…|<(\w+)>|\{(\w+)(?::(\w+))?\}|([\[\](|)])|([^…<{\[\](|)]+)")


NAMED = re.compile(r"<(\w+)>")


class TemplateError(ValueError):
    """A template that cannot be compiled: says which rule, where, and what is wrong."""


@dataclass(frozen=True)
class SlotType:
    """What a slot accepts: mention types or words, and whether it takes a coordination of them."""

    types: frozenset[MentionType]
    plural: bool = False
    text: bool = False  # filled by a stretch of words, not by a mention


def compile_template(
    template: str,
    words: Mapping[str, Sequence[str]],
    phrases: Mapping[str, str],
    slots: Mapping[str, SlotType],
    where: str,
) -> re.Pattern[str]:
    """The regular expression of a template.

    `words` are the word lists of the rule file, `phrases` its named templates (`<name>` too), `slots` the slots
    of the kind; `where` names file and rule in errors. Raises TemplateError for an unknown word list or slot,
    unbalanced brackets, or phrases in a circle.
    """
    out: list[str] = []
    depth: list[str] = []
    seen: dict[str, int] = {}
    for token in _tokens(expand(template, phrases, where), where):
        gap, name, slot, only, bracket, literal = token
        if gap:
            out.append(SENTENCE_GAP if gap == "……" else CLAUSE_GAP)
        elif name:
            out.append(_word_list(name, words, where))
        elif slot:
            out.append(_slot(slot, only, slots, seen, where))
        elif bracket:
            out.append(_bracket(bracket, depth, where))
        else:
            out.append(re.escape(literal))
    if depth:
        raise TemplateError(f"{where}: template {template!r} leaves {depth[-1]!r} open")
    return re.compile("".join(out))


def expand(template: str, phrases: Mapping[str, str], where: str) -> str:
    """The template with its phrases written out; a phrase may use other phrases, three levels deep."""
    for _ in range(3):
        written = NAMED.sub(lambda m: f"({phrases[m[1]]})" if m[1] in phrases else m[0], template)
        if written == template:
            return template
        template = written
    raise TemplateError(
        f"{where}: phrases of {template!r} are nested too deep or in a circle; three levels are allowed"
    )


def _tokens(template: str, where: str) -> Iterator[tuple[str, str, str, str, str, str]]:
    position = 0
    while position < len(template):
        match = TOKEN.match(template, position)
        if match is None:
            raise TemplateError(f"{where}: template {template!r} cannot be read from {template[position:]!r}")
        text = match.group()
        gap = text if text.startswith("…") else ""
        yield gap, match[1] or "", match[2] or "", match[3] or "", match[4] or "", match[5] or ""
        position = match.end()


def _word_list(name: str, words: Mapping[str, Sequence[str]], where: str) -> str:
    if name not in words:
        raise TemplateError(f"{where}: no word list <{name}>; known are {', '.join(sorted(words))}")
    longest_first = sorted(words[name], key=lambda word: (-len(word), word))
    return "(?:" + "|".join(map(re.escape, longest_first)) + ")"


def _slot(slot: str, only: str, slots: Mapping[str, SlotType], seen: dict[str, int], where: str) -> str:
    if slot not in slots:
        raise TemplateError(f"{where}: no slot {{{slot}}}; the kind has {', '.join(sorted(slots))}")
    accepted = slots[slot].types
    if only:
        try:
            accepted = frozenset({MentionType(only)})
        except ValueError:
            known = ", ".join(MentionType)
            raise TemplateError(
                f"{where}: no mention type {only!r} in {{{slot}:{only}}}; known are {known}"
            ) from None
    seen[slot] = seen.get(slot, 0) + 1
    group = f"{slot}__{seen[slot]}"  # the same slot may stand in several alternatives
    if slots[slot].text and not only:
        return f"(?P<{group}>{FREE_TEXT})"
    one = symbol_class(accepted)
    if slots[slot].plural:
        return f"(?P<{group}>{one}(?:{JOINERS}?{one})*){LIST_TAIL}"
    return f"(?P<{group}>{one})"


def _bracket(bracket: str, depth: list[str], where: str) -> str:
    if bracket in "[(":
        depth.append(bracket)
        return "(?:"
    if bracket == "|":
        return "|"
    opener = "[" if bracket == "]" else "("
    if not depth or depth[-1] != opener:
        raise TemplateError(f"{where}: {bracket!r} closes nothing")
    depth.pop()
    return ")?" if bracket == "]" else ")"
