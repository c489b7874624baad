"""Attack counts: what the rules cannot say – coordination, parts of a total, directions, places, comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.kinds.sides import opponent, side_code, sides_in
from extractors.layers.context import Context, Draft
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Counted, Mention, MentionType, Place, WeaponType
from extractors.rules.ruleset import Match, RuleSet
from schemas import Comparison, Count, Period, PlacePart

COUNT, WEAPON, SIDE, PLACE = (
    SYMBOLS[kind] for kind in (MentionType.COUNT, MentionType.WEAPON, MentionType.SIDE, MentionType.PLACE)
)
AERIAL = {"drone", "missile", "guided_bomb", "rocket", "uncrewed_boat", "mixed"}
# Classifiers under which aerial weapons are counted; a number of anything else is no count of them.
WEAPON_UNITS = {"架", "枚", "次", "起", "艘", "个", "轮", "波", "架次", "颗", "发", "台", "批", "套", "条", "枚次", "件", None}
ATTACK_UNITS = {"次", "起", "轮", "波", "回", "波次", "场"}
SIBLING = re.compile(
    rf"(?:、|和|及|以及|与|，以及|，|，还有|，和|，并|加上)(?:另外|另|还有|还)?{SIDE}?(?:的)?(?P<count>{COUNT})"
    rf"(?:{SIDE}(?:制|产|造)?)?(?:的|各类|各型|攻击)?(?P<weapon>{WEAPON})"
)
PART = re.compile(
    rf"(?:(?P<count_a>{COUNT}){WEAPON}?(?:[^{COUNT}{PLACE}。；，、]{{0,4}})?(?:在|于|飞越|位于)(?P<place_a>{PLACE}))"
    rf"|(?:(?:在|于)?(?P<place_b>{PLACE})(?:上空|境内|地区|方向|有|击落|击落了|摧毁|摧毁了|拦截|：|:)?(?P<count_b>{COUNT}))"
)
# A number that stands for what was bought, made or promised is no attack.
SUPPLY = re.compile("提供|交付|供应|生产|制造|采购|购买|订购|援助|捐赠|移交|储备|库存|培训|接收|出口|订单")
SUMMARY = re.compile("其中|包括|分别")


@dataclass(frozen=True)
class Found:
    """A count read off a sentence by a rule, before sides, places and parts are known."""

    sentence: Sentence
    count: Mention
    weapon: WeaponType
    outcome: str
    rule: str
    stretch: tuple[int, int]
    attacker: str | None


def find(context: Context, rules: RuleSet) -> list[Draft]:
    """The attack counts of an article."""
    drafts: list[Draft] = []
    for sentence in context.reading.sentences:
        if COUNT not in sentence.encoded.text:
            continue
        found = list(_counts(context, sentence, rules))
        parts = _parts(sentence)
        if parts and _is_list_of_parts(context, sentence, parts, found):
            total = _total_of(drafts, found, parts)
            if total is not None:
                drafts, found = _with_parts(context, drafts, found, total, parts, sentence)
        drafts.extend(_draft(context, item) for item in found)
    return _without_repetition(context, drafts)


def _counts(context: Context, sentence: Sentence, rules: RuleSet) -> Iterator[Found]:
    """Counts in a sentence, one per number and outcome; the first rule that reads a number keeps it."""
    taken: set[tuple[int, str]] = set()
    weapon_before: WeaponType | None = None
    for match in rules.matches(sentence.encoded):
        for item in _readings(context, sentence, match):
            key = (item.count.start, "")
            if key not in taken and not _is_supply(context, item):
                taken.add(key)
                yield item
    del weapon_before


def _readings(context: Context, sentence: Sentence, match: Match) -> Iterator[Found]:
    """What one match says: its own count, and the counts coordinated with it."""
    count, weapon = match.one("count"), _weapon(context, sentence, match)
    if count is None or weapon is None or not _counts_weapons(count, match.rule.constants["outcome"]):
        return
    attacker = _attacker(match)
    first = Found(sentence, count, weapon, match.rule.constants["outcome"], match.rule.name, match.span, attacker)
    yield first
    position = match.encoded.position(max(m.end for slot in ("count", "weapon") for m in match.slots.get(slot, ())) - 1) + 1
    while sibling := SIBLING.match(match.encoded.text, position):
        mention = match.encoded.mentions[sibling.start("count")]
        kind = match.encoded.mentions[sibling.start("weapon")]
        position = sibling.end()
        if mention is None or kind is None or not isinstance(kind.value, WeaponType) or kind.value.code not in AERIAL:
            continue
        yield replace(first, count=mention, weapon=kind.value, stretch=(match.span[0], kind.end))


def _weapon(context: Context, sentence: Sentence, match: Match) -> WeaponType | None:
    mention = match.one("weapon")
    if mention is not None and isinstance(mention.value, WeaponType):
        return mention.value if mention.value.code in AERIAL else None
    if match.rule.constants.get("inherits_weapon"):
        return _weapon_before(context, sentence, match.span[0])
    return WeaponType("mixed")  # 空袭 without a weapon named


def _weapon_before(context: Context, sentence: Sentence, offset: int) -> WeaponType | None:
    """The aerial weapon last counted before an offset, in this sentence or the one before it."""
    nearby = [s for s in context.reading.passage_of(sentence) if sentence.index - 1 <= s.index <= sentence.index]
    before = [m for s in nearby for m in s.mentions if m.type is MentionType.WEAPON and m.end <= offset]
    for mention in reversed(before):
        if isinstance(mention.value, WeaponType) and mention.value.code in AERIAL:
            return mention.value
    return None


def _counts_weapons(count: Mention, outcome: str) -> bool:
    value = count.value
    if not isinstance(value, Counted) or value.unit not in WEAPON_UNITS:
        return False
    return (value.unit in ATTACK_UNITS) == (outcome == "attacks") or value.unit is None


def _attacker(match: Match) -> str | None:
    for mention in match.slots.get("attacker", ()):
        code = side_code(mention)
        if code:
            return code
    return None


def _is_supply(context: Context, item: Found) -> bool:
    first, last = context.clause(item.sentence, *item.stretch)
    return SUPPLY.search(context.reading.folded, first, last) is not None and item.outcome in ("launched", "hit")


def _parts(sentence: Sentence) -> list[tuple[Mention, Mention]]:
    """(place, count) pairs of a sentence that lists how a total is spread over places."""
    pairs = []
    for part in PART.finditer(sentence.encoded.text):
        which = "a" if part["count_a"] else "b"
        place = sentence.encoded.mentions[part.start(f"place_{which}")]
        count = sentence.encoded.mentions[part.start(f"count_{which}")]
        if place is not None and count is not None and isinstance(count.value, Counted) and count.value.unit in ("架", "枚", None, "艘"):
            pairs.append((place, count))
    return pairs


def _is_list_of_parts(
    context: Context, sentence: Sentence, parts: Sequence[tuple[Mention, Mention]], found: Sequence[Found]
) -> bool:
    return len(parts) >= 2 or bool(parts and found and SUMMARY.search(context.reading.words(sentence.start, sentence.end)))


def _total_of(drafts: Sequence[Draft], found: Sequence[Found], parts: Sequence[tuple[Mention, Mention]]) -> int | None:
    """The total the parts belong to: -1 for a count of the same sentence, else an index into the drafts."""
    summed = sum(_value(count) for _, count in parts)
    listed = {count.start for _, count in parts}
    own = [item for item in found if item.count.start not in listed and _value(item.count) >= summed]
    if own:
        return -1
    for index in range(len(drafts) - 1, max(len(drafts) - 4, -1), -1):
        count = drafts[index].slots["count"]
        if count.value is not None and count.value >= summed > 0:
            return index
    return None


def _with_parts(
    context: Context,
    drafts: list[Draft],
    found: list[Found],
    total: int,
    parts: Sequence[tuple[Mention, Mention]],
    sentence: Sentence,
) -> tuple[list[Draft], list[Found]]:
    """The parts written into their total; the numbers of the parts are no counts of their own."""
    listed = {count.start for _, count in parts}
    breakdown = tuple(PlacePart(place=context.reading.words(p.start, p.end), value=_value(c)) for p, c in parts)
    places = tuple(part.place for part in breakdown)
    rest = [item for item in found if item.count.start not in listed]
    if total == -1:
        whole = max(rest, key=lambda item: _value(item.count))
        drafts.append(_fill(_draft(context, whole), breakdown, places, None))
        return drafts, [item for item in rest if item is not whole]
    evidence = (parts[0][1].start, max(m.end for pair in parts for m in pair))
    first = min(parts[0][0].start, parts[0][1].start)
    drafts[total] = _fill(drafts[total], breakdown, places, (min(first, evidence[0]), evidence[1]))
    return drafts, rest


def _fill(draft: Draft, breakdown: tuple[PlacePart, ...], places: tuple[str, ...], evidence: tuple[int, int] | None) -> Draft:
    slots = {**draft.slots, "breakdown": breakdown, "places": places}
    return replace(draft, slots=slots, evidence=draft.evidence + ((evidence,) if evidence else ()))


def _value(count: Mention) -> int:
    return count.value.count.value or 0 if isinstance(count.value, Counted) else 0


def _draft(context: Context, item: Found) -> Draft:
    assert isinstance(item.count.value, Counted)
    sentence, stretch = item.sentence, context.clause(item.sentence, *item.stretch)
    claimed = context.claimant(sentence, item.count.start)
    attacker, target = _direction(context, item, claimed.side if claimed else None)
    slots = {
        "attacker": attacker,
        "target": target,
        "weapon": item.weapon.code,
        "outcome": item.outcome,
        "count": item.count.value.count,
        "places": _places(context, item, stretch),
    }
    slots |= _comparison(context, item)
    return Draft(
        kind="attack_count",
        found_by=f"attack_count/{item.rule}",
        evidence=(stretch,),
        slots=slots,
        claimed_by=claimed,
        modality=context.modality(sentence, *item.stretch),
        when=_when(context, item),
    )


def _when(context: Context, item: Found) -> Period | None:
    return context.period(item.sentence, item.count.start, item.count.end)


def _direction(context: Context, item: Found, claimant_side: str | None) -> tuple[str | None, str | None]:
    """Who attacked whom: from the words, else by reversal – what one side shoots down is the other's."""
    before = sides_in(item.sentence, item.sentence.start, item.count.start)
    attacker = item.attacker
    if item.outcome in ("intercepted", "suppressed", "left_airspace"):
        defender = next((side for side in reversed(before) if side != attacker), None) or claimant_side
        if defender == attacker:
            defender = None
        attacker = attacker or opponent(defender, context)
        defender = defender or opponent(attacker, context)
        return attacker, (defender if defender != attacker else None)
    target = None
    rest = sides_in(item.sentence, item.count.end, item.sentence.end)
    if attacker is None and before:
        attacker = before[-1] if len(before) == 1 else before[0]
    others = [side for side in [*before, *rest] if side != attacker]
    target = others[-1] if others else opponent(attacker, context)
    if attacker is None and target:
        attacker = opponent(target, context)
    return attacker, target


def _places(context: Context, item: Found, stretch: tuple[int, int]) -> tuple[str, ...]:
    """Places of the clause and, where it has none, of the clauses before it in the sentence."""
    mentions = [m for m in item.sentence.mentions if m.type is MentionType.PLACE and isinstance(m.value, Place)]
    inside = [m for m in mentions if stretch[0] <= m.start < stretch[1]]
    chosen = inside or [m for m in mentions if m.end <= stretch[0]]
    names: list[str] = []
    for mention in chosen:
        name = context.reading.words(mention.start, mention.end)
        if name not in names:
            names.append(name)
    return tuple(names)


HIGH = re.compile("最多|最高|创.{0,6}新高|创.{0,8}纪录|创.{0,8}记录|规模最大|历史新高")
DIFFERENCE = re.compile(
    rf"比(?P<to>{SYMBOLS[MentionType.TIME]})[^。；{COUNT}]{{0,14}}?(?P<word>高出|多出|多|增加|增加了|减少|减少了|少|下降)[^。；{COUNT}]{{0,4}}(?P<count>{COUNT})"
)


def _comparison(context: Context, item: Found) -> dict[str, object]:
    """`record_high` and `comparison`, from the rest of the sentence and the sentence behind it."""
    slots: dict[str, object] = {}
    following = [s for s in context.reading.passage_of(item.sentence) if s.index == item.sentence.index + 1 and s.paragraph == item.sentence.paragraph]
    if HIGH.search(context.reading.folded, item.count.end, item.sentence.end):
        slots["record_high"] = True
    for sentence in (item.sentence, *following):
        found = DIFFERENCE.search(sentence.encoded.text)
        if not found:
            continue
        to, count = (sentence.encoded.mentions[found.start(group)] for group in ("to", "count"))
        period = next((d.period for d in context.dates.in_sentence(sentence) if d.mention is to), None)
        if period is None or count is None or not isinstance(count.value, Counted) or count.start == item.count.start:
            continue
        direction = "fewer" if found["word"][0] in "减少下" else "more"
        slots["comparison"] = Comparison(to=_named(period), difference=count.value.count, direction=direction)
    return slots


def _named(period: Period) -> str:
    """A period as a comparison names it: 2024, 2024-09 or 2024-09-01."""
    return period.start.isoformat()[: {"year": 4, "month": 7, "quarter": 7}.get(period.precision, 10)]


def _without_repetition(context: Context, drafts: list[Draft]) -> list[Draft]:
    """One record where title, lead and body say the same: the fullest telling stays."""
    kept: list[Draft] = []
    for draft in drafts:
        same = next((i for i, other in enumerate(kept) if _says_the_same(context, draft, other)), None)
        if same is None:
            kept.append(draft)
        elif _fullness(draft) > _fullness(kept[same]):
            kept[same] = draft
    return kept


def _says_the_same(context: Context, a: Draft, b: Draft) -> bool:
    keys = ("weapon", "outcome", "count")
    if any(a.slots[key] != b.slots[key] for key in keys) or not _compatible(a.slots["attacker"], b.slots["attacker"]):
        return False
    in_title = min(a.evidence[0][0], b.evidence[0][0]) < len(context.reading.article.title)
    count: Count = a.slots["count"]
    return in_title or (count.value is not None and count.value > 9 and _compatible(a.when, b.when))


def _compatible(a: object, b: object) -> bool:
    return a is None or b is None or a == b


def _fullness(draft: Draft) -> int:
    return sum(bool(value) for value in draft.slots.values()) + bool(draft.claimed_by) + bool(draft.when)
