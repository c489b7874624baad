"""Attack counts: what the rules cannot say – totals and their parts, comparisons, one telling of one number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from extractors.kinds.attack_direction import direction
from extractors.kinds.attack_merging import with_sides, without_repetition
from extractors.kinds.attack_numbers import COUNT, Found, numbers_in
from extractors.kinds.attack_places import Part, breakdown, number, parts_in, places
from extractors.kinds.attack_scattered import scattered
from extractors.kinds.attack_sides import at_war
from extractors.kinds.sides import AT_WAR
from extractors.layers.context import Context, Draft
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Counted, MentionType, WeaponType, side_code
from extractors.rules.ruleset import RuleSet
from schemas import Comparison, Period

BELLIGERENTS = {side for pair in AT_WAR for side in pair}
SUMMARY = re.compile("其中|包括|分别")
EACH = re.compile("各(?:自|有)?(?:击落|拦截|摧毁|打掉|击毁)")
HIGH = re.compile("最多|最高|创.{0,6}新高|创.{0,8}纪录|创.{0,8}记录|规模最大|历史新高")
DIFFERENCE = re.compile(
    rf"[比较](?P<to>{SYMBOLS[MentionType.TIME]})[^。；{COUNT}]{{0,14}}?(?P<word>高出|多出|多|增加|增加了|减少|减少了|少|下降)[^。；{COUNT}]{{0,4}}(?P<count>{COUNT})"
)


def find(context: Context, rules: RuleSet) -> list[Draft]:
    """The attack counts of an article."""
    drafts: list[Draft] = []
    for sentence in context.reading.sentences:
        if COUNT not in sentence.encoded.text:
            continue
        found = _one_attack(context, list(numbers_in(context, sentence, rules)))
        found = [item for item in found if not _is_part(item, found)]
        parts = [part for part in parts_in(sentence) if part.value and not _is_sort(part, found)]
        if parts and _is_list_of_parts(context, sentence, parts, found):
            total = _total_of(drafts, found, parts)
            if total is not None:
                drafts, found = _with_parts(context, drafts, found, total, parts)
            else:
                drafts.extend(_placed(context, item) for item in scattered(context, sentence, parts, found))
        drafts.extend(draft for item in found for draft in _each(context, item, _draft(context, item)))
    return without_repetition(context, with_sides(context, drafts))


def _is_sort(part: Part, found: Sequence[Found]) -> bool:
    """Whether a part by weapon is counted on its own: of 58件空袭武器 52 were drones."""
    if not isinstance(part.by.value, WeaponType):
        return False
    return any(item.weapon.code == "mixed" and number(item.count) >= part.value for item in found)


def _placed(context: Context, item: Found) -> Draft:
    """The draft of a number whose place stands right beside it."""
    draft = _draft(context, item)
    if item.place is None:
        return draft
    written = context.reading.words(item.place.start, item.place.end)
    return replace(draft, slots={**draft.slots, "places": (written,)})


def _is_part(item: Found, found: Sequence[Found]) -> bool:
    """发射了480枚导弹，其中230枚是从境内发射的: how a total divides by where it came from."""
    if item.rule != "fleet-came-in" or item.outcome != "launched":
        return False
    return any(
        other.outcome == "launched"
        and other.weapon == item.weapon
        and other.count.start < item.count.start
        and number(other.count) > number(item.count) > 0
        for other in found
    )


def _one_attack(context: Context, found: list[Found]) -> list[Found]:
    """发射267架，其中138架被击落: what was downed of a launched fleet has the launcher as its attacker."""
    launched = [
        i for i in found if i.outcome == "left_airspace" or (i.outcome == "launched" and not i.defence)
    ]
    if not launched:
        return found
    attackers = [(direction(context, item, None)[0], item) for item in launched]
    attacker, first = next((told for told in attackers if told[0]), attackers[0])
    return [
        replace(item, attacker=attacker)
        if item.defence and not item.attacker and item.count.start >= first.count.start
        else item
        for item in found
    ]


def _each(context: Context, item: Found, draft: Draft) -> list[Draft]:
    """在A州和B州各击落1架: a record per place."""
    places = draft.slots["places"]
    if len(places) < 2 or not EACH.search(context.reading.folded, draft.evidence[0][0], item.count.start):
        return [draft]
    return [replace(draft, slots={**draft.slots, "places": (place,)}) for place in places]


def _is_list_of_parts(
    context: Context, sentence: Sentence, parts: Sequence[Part], found: Sequence[Found]
) -> bool:
    told = context.reading.words(sentence.start, sentence.end)
    return len(parts) >= 2 or bool(parts and found and SUMMARY.search(told))


def _total_of(drafts: Sequence[Draft], found: Sequence[Found], parts: Sequence[Part]) -> int | None:
    """The total the parts belong to: -1 for a count of the same sentence, else an index into the drafts."""
    summed = sum(part.value for part in parts)
    listed = {part.count.start for part in parts}
    if any(item.count.start not in listed and number(item.count) >= summed for item in found):
        return -1
    for index in range(len(drafts) - 1, max(len(drafts) - 4, -1), -1):
        count = drafts[index].slots["count"]
        if count.value is not None and count.value >= summed > 0:
            return index
    return None


def _with_parts(
    context: Context, drafts: list[Draft], found: list[Found], total: int, parts: Sequence[Part]
) -> tuple[list[Draft], list[Found]]:
    """The parts written into their total; the numbers of the parts are no counts of their own."""
    listed = {part.count.start for part in parts}
    rest = [item for item in found if item.count.start not in listed]
    if total == -1:
        whole = max(rest, key=lambda item: number(item.count))
        drafts.append(_reaching(_fill(context, _draft(context, whole), parts, None), parts))
        return drafts, [item for item in rest if item is not whole]
    ends = [
        offset for part in parts for offset in (part.by.start, part.by.end, part.count.start, part.count.end)
    ]
    drafts[total] = _fill(context, drafts[total], parts, (min(ends), max(ends)))
    return drafts, rest


def _reaching(draft: Draft, parts: Sequence[Part]) -> Draft:
    """The evidence from the total to the last of the parts behind it."""
    (start, end), *further = draft.evidence
    last = max(max(part.by.end, part.count.end) for part in parts)
    return replace(draft, evidence=((start, max(end, last)), *further))


def _fill(context: Context, draft: Draft, parts: Sequence[Part], evidence: tuple[int, int] | None) -> Draft:
    written = breakdown(context, parts)
    slots = {**draft.slots, "breakdown": written}
    if not any(isinstance(part.by.value, WeaponType) for part in parts):
        slots["places"] = tuple(context.reading.words(part.by.start, part.by.end) for part in parts)
    return replace(draft, slots=slots, evidence=draft.evidence + ((evidence,) if evidence else ()))


def _draft(context: Context, item: Found) -> Draft:
    sentence, stretch = item.sentence, context.clause(item.sentence, *item.stretch)
    claimed = context.claimant(sentence, item.count.start)
    attacker, target = direction(context, item, claimed)
    count = item.count.value
    assert isinstance(count, Counted)
    if item.outcome == "left_airspace":
        item, attacker, target = _entered(item, attacker, target, claimed.side if claimed else None)
    where = places(context, item, stretch)
    if where.told_at and where.told_at[1] == stretch[1]:
        stretch = where.told_at  # the clause, from its places on
    slots: dict[str, Any] = {
        "attacker": attacker,
        "target": target,
        "weapon": item.weapon.code,
        "outcome": item.outcome,
        "count": count.count,
        "places": where.names,
    }
    compared, further = _comparison(context, item)
    slots |= compared
    if where.told_at and where.told_at != stretch:
        further.append(where.told_at)
    return Draft(
        kind="attack_count",
        found_by=f"attack_count/{item.rule}",
        evidence=(stretch, *(other for other in further if other != stretch)),
        slots=slots,
        claimed_by=claimed,
        modality=context.modality(sentence, *item.stretch),
        when=context.period(sentence, item.count.start, item.count.end),
    )


def _entered(
    item: Found, attacker: str | None, target: str | None, claimant_side: str | None
) -> tuple[Found, str | None, str | None]:
    """Into the airspace of the side attacked is no leaving: 无人机闯入以色列领空 tells of one launched."""
    entered = side_code(item.place) if item.place else None
    ours = attacker is None and entered == claimant_side and entered in BELLIGERENTS
    if entered and (ours or entered == target or at_war(attacker, entered)):
        return replace(item, outcome="launched", place=None), attacker, entered
    return item, attacker, target


def _comparison(context: Context, item: Found) -> tuple[dict[str, Any], list[tuple[int, int]]]:
    """`record_high` and `comparison` with the stretches that say so, here or in the sentence behind."""
    slots: dict[str, Any] = {}
    evidence = []
    high = HIGH.search(context.reading.folded, item.count.end, item.sentence.end)
    if high:
        slots["record_high"] = True
        evidence.append(context.clause(item.sentence, *high.span()))
    for sentence in context.reading.sentences[item.sentence.index : item.sentence.index + 2]:
        found = DIFFERENCE.search(sentence.encoded.text)
        if not found or sentence.paragraph != item.sentence.paragraph:
            continue
        to, count = (sentence.encoded.mentions[found.start(group)] for group in ("to", "count"))
        period = next((d.period for d in context.dates.in_sentence(sentence) if d.mention is to), None)
        if period is None or count is None or not isinstance(count.value, Counted) or count is item.count:
            continue
        direction = "fewer" if found["word"][0] in "减少下" else "more"
        slots["comparison"] = Comparison(to=_named(period), difference=count.value.count, direction=direction)
        evidence.append(context.clause(sentence, *sentence.encoded.span(*found.span())))
    return slots, evidence


def _named(period: Period) -> str:
    """A period as a comparison names it: 2024, 2024-09 or 2024-09-01."""
    return period.start.isoformat()[: {"year": 4, "month": 7, "quarter": 7}.get(period.precision, 10)]
