"""Attack counts against each other: the sides that one leaves out, and one telling of one number."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from extractors.kinds.repetition import told_before
from extractors.layers.context import Context, Draft, in_heading
from schemas import Count, Period

DEFENDED = {"intercepted", "suppressed"}
# So high an exact number is no two days' in one article.
SINGULAR = 30
INFINITE = float("inf")


def with_sides(context: Context, drafts: list[Draft]) -> list[Draft]:
    """Counts whose words name no side at all are of the attack that the passage tells: 防空系统摧毁了18枚."""
    told = [(_passage(context, draft), draft.slots["attacker"], draft.slots["target"]) for draft in drafts]
    whole = [sides for sides in told if sides[1] and sides[2]]
    done = []
    for draft, (passage, attacker, target) in zip(drafts, told, strict=True):
        near = [sides[1:] for sides in whole if sides[0] == passage or not context.reading.digest]
        sides = attacker, target
        if attacker is None and target is None and near:
            sides = max(sorted(set(near)), key=near.count)
        elif target is None and draft.slots["outcome"] in DEFENDED:
            sides = attacker, next((aimed for sender, aimed in near if sender == attacker), None)
        done.append(replace(draft, slots={**draft.slots, "attacker": sides[0], "target": sides[1]}))
    return done


def _passage(context: Context, draft: Draft) -> int:
    sentence = context.reading.sentence_at(draft.evidence[0][0])
    return sentence.passage if sentence else -1


def without_repetition(context: Context, drafts: list[Draft]) -> list[Draft]:
    """One record where title, lead and body say the same: the fullest telling stays."""
    kept: list[Draft] = []
    for draft in drafts:
        same = told_before(kept, draft, partial(_says_the_same, context))
        if same is None:
            kept.append(draft)
        elif _rank(context, draft) > _rank(context, kept[same]):
            kept[same] = draft
    return kept


def _says_the_same(context: Context, a: Draft, b: Draft) -> bool:
    if any(a.slots[key] != b.slots[key] for key in ("weapon", "outcome")):
        return False
    if not _compatible(a.slots["attacker"], b.slots["attacker"]):
        return False
    count: Count = a.slots["count"]
    if a.slots["outcome"] == "left_airspace" and count == b.slots["count"] and _near(a.when, b.when):
        return not a.slots["places"] or not b.slots["places"] or a.slots["places"] == b.slots["places"]
    if count == b.slots["count"] and (count.value or 0) >= SINGULAR and _near(a.when, b.when):
        return True
    if count != b.slots["count"]:
        return _in_title(context, a, b) and _overlap(count, b.slots["count"])
    if count.value is not None and count.value > 9 and _compatible(a.when, b.when):
        return True
    return _in_title(context, a, b)


def _near(a: Period | None, b: Period | None) -> bool:
    """Whether two periods may be the same day told twice: the night, the day behind it, the day of the report."""
    if a is None or b is None:
        return True
    short = (a.end - a.start).days <= 1 and (b.end - b.start).days <= 1
    return short and abs((a.end - b.end).days) <= 1


def _in_title(context: Context, a: Draft, b: Draft) -> bool:
    return in_heading(context, a) or in_heading(context, b)


def _overlap(a: Count, b: Count) -> bool:
    """Whether two counts may be the same number (数十架 and 86架)."""
    one, other = a.interval, b.interval
    return (one.low or 0) <= (other.high or INFINITE) and (other.low or 0) <= (one.high or INFINITE)


def _compatible(a: object, b: object) -> bool:
    return a is None or b is None or a == b


def _rank(context: Context, draft: Draft) -> tuple[bool, int]:
    """The body's telling before the title's, then the fuller one."""
    return not in_heading(context, draft), sum(bool(value) for value in draft.slots.values()) + bool(
        draft.claimed_by
    ) + bool(draft.when)
