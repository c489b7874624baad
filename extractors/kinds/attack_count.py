"""Attack counts: what the rules cannot say – coordination, parts of a total, directions, places, comparisons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.kinds.sides import opponent, side_code, sides_in
from extractors.layers.context import Context, Draft
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.lexicon import capitals
from extractors.reading.mention import Counted, Mention, MentionType, Place, Side, WeaponType
from extractors.rules.ruleset import Match, RuleSet
from schemas import Comparison, Count, Period, PlacePart

COUNT, WEAPON, SIDE, PLACE, TIME = (
    SYMBOLS[kind]
    for kind in (MentionType.COUNT, MentionType.WEAPON, MentionType.SIDE, MentionType.PLACE, MentionType.TIME)
)
PARTIES = SIDE + SYMBOLS[MentionType.ORGANISATION] + SYMBOLS[MentionType.PERSON]
AERIAL = {"drone", "missile", "guided_bomb", "rocket", "uncrewed_boat", "mixed"}
# Classifiers under which aerial weapons are counted; a number of anything else is no count of them.
WEAPON_UNITS = {"架", "枚", "次", "起", "艘", "轮", "波", "架次", "颗", "发", "枚次", "波次", "场", None}
ATTACK_UNITS = {"次", "起", "轮", "波", "回", "波次", "场"}
SIBLING = re.compile(
    rf"(?:、|和|及|以及|与|，以及|，|，还有|，和|，并|加上)(?:另外|另|还有|还)?{SIDE}?(?:的)?(?P<count>{COUNT})"
    rf"(?:{SIDE}(?:制|产|造)?)?(?:的|各类|各型|攻击)?(?P<weapon>{WEAPON})(?!中的|当中|之中)"
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
    place: Mention | None = None
    defence: bool = False  # told from the side that shoots down, also where the number is of those launched


def find(context: Context, rules: RuleSet) -> list[Draft]:
    """The attack counts of an article."""
    drafts: list[Draft] = []
    for sentence in context.reading.sentences:
        if COUNT not in sentence.encoded.text:
            continue
        found = _one_attack(context, list(_counts(context, sentence, rules)))
        parts = _parts(sentence)
        if parts and _is_list_of_parts(context, sentence, parts, found):
            total = _total_of(drafts, found, parts)
            if total is not None:
                drafts, found = _with_parts(context, drafts, found, total, parts, sentence)
        drafts.extend(draft for item in found for draft in _each(context, item, _draft(context, item)))
    return _without_repetition(context, drafts)


def _one_attack(context: Context, found: list[Found]) -> list[Found]:
    """发射267架，其中138架被击落: what was downed of a launched fleet has the launcher as its attacker."""
    launched = next((item for item in found if item.outcome == "launched" and not item.defence), None)
    if launched is None:
        return found
    attacker, _ = _direction(context, launched, None)
    return [
        replace(item, attacker=attacker) if item.defence and not item.attacker and item.count.start >= launched.count.start else item
        for item in found
    ]


def _each(context: Context, item: Found, draft: Draft) -> list[Draft]:
    """在A州和B州各击落1架: a record per place."""
    places = draft.slots["places"]
    if len(places) < 2 or not EACH.search(context.reading.folded, draft.evidence[0][0], item.count.start):
        return [draft]
    return [replace(draft, slots={**draft.slots, "places": (place,)}) for place in places]


EACH = re.compile("各(?:自|有)?(?:击落|拦截|摧毁|打掉|击毁)")


def _counts(context: Context, sentence: Sentence, rules: RuleSet) -> Iterator[Found]:
    """Counts in a sentence, one per number and outcome; the first rule that reads a number keeps it."""
    taken: dict[int, str] = {}
    for match in rules.matches(sentence.encoded):
        for item in _readings(context, sentence, match):
            free = item.count.start not in taken or (
                taken[item.count.start] == "all" and item.outcome == "launched" and not item.defence
            )
            if free and not _is_supply(context, item):
                taken[item.count.start] = "all" if match.rule.constants.get("also_launched") else "one"
                yield item


def _readings(context: Context, sentence: Sentence, match: Match) -> Iterator[Found]:
    """What one match says: its own count, and the counts coordinated with it."""
    count, weapon = match.one("count"), _weapon(context, sentence, match)
    if count is None or weapon is None or not _counts_weapons(count, match.rule.constants["outcome"]):
        return
    if match.rule.constants.get("inherits_weapon") and _counts_something_else(match, count):
        return
    if isinstance(count.value, Counted) and count.value.unit is None and _is_apart(match, count):
        return
    if match.rule.constants["outcome"] == "intercepted" and SOME_OF.search(context.reading.folded, count.end, match.span[1]):
        return
    outcome, start = match.rule.constants["outcome"], match.span[0]
    downing = DOWNING.search(context.reading.folded, context.clause(sentence, *match.span)[0], count.start)
    if downing and not RAIDING.search(context.reading.folded, downing.end(), count.start):
        start = min(start, downing.start())
    first = Found(
        sentence, count, _joint_weapon(match, weapon), outcome, match.rule.name, (start, match.span[1]),
        _attacker(match), match.one("place"), outcome not in ("launched", "attacks", "hit") or downing is not None,
    )  # fmt: skip
    yield first
    position = match.encoded.position(max(m.end for slot in ("count", "weapon") for m in match.slots.get(slot, ())) - 1) + 1
    while sibling := SIBLING.match(match.encoded.text, position):
        mention = match.encoded.mentions[sibling.start("count")]
        kind = match.encoded.mentions[sibling.start("weapon")]
        position = sibling.end()
        if mention is None or kind is None or not isinstance(kind.value, WeaponType) or kind.value.code not in AERIAL:
            continue
        yield replace(first, count=mention, weapon=kind.value, stretch=(start, kind.end))


# 75枚火箭弹…，大部分被拦截: how many were downed is not said.
SOME_OF = re.compile("大部分|大多|多数|部分|其中|一些|半数|除")
DOWNING = re.compile("击落|拦截|摧毁|打掉|击毁|打下|压制")
RAIDING = re.compile("用|发射|袭击[，了]|攻击[，了]")


def _is_apart(match: Match, count: Mention) -> bool:
    """A bare number that no weapon follows at once counts something else (约2.1万人口)."""
    weapon = match.one("weapon")
    return weapon is None or weapon.start - count.end > 2


def _counts_something_else(match: Match, count: Mention) -> bool:
    """击落1架俄军战机: a number without a weapon counts the known one only where nothing else follows it."""
    behind = match.encoded.text[match.encoded.position(count.start) + 1 :][:1]
    return match.last == match.encoded.position(count.start) + 1 and behind not in ("", *"，。；、！？")


def _weapon(context: Context, sentence: Sentence, match: Match) -> WeaponType | None:
    mention = match.one("weapon")
    if mention is not None and isinstance(mention.value, WeaponType):
        return mention.value if mention.value.code in AERIAL else None
    if match.rule.constants.get("inherits_weapon"):
        return _weapon_before(context, sentence, match.span[0])
    return WeaponType("mixed")  # 空袭 without a weapon named


def _joint_weapon(match: Match, weapon: WeaponType) -> WeaponType:
    """多枚导弹和火箭弹: one number over weapons of two sorts counts them mixed."""
    mention = match.one("weapon")
    if mention is None:
        return weapon
    further = JOINT.match(match.encoded.text, match.encoded.position(mention.start) + 1)
    other = match.encoded.mentions[further.end() - 1] if further else None
    if other is None or not isinstance(other.value, WeaponType) or other.value.code in (weapon.code, "artillery"):
        return weapon
    return WeaponType("mixed")


JOINT = re.compile(f"(?:和|及|与|、|以及)[^{COUNT}，。那该这]{{0,3}}?{WEAPON}")


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
    if outcome == "attacks" and value.count == Count(value=1, qualifier="exact"):
        return False  # 一次无人机攻击: an article, not a count
    return (value.unit in ATTACK_UNITS) == (outcome == "attacks") or value.unit is None


def _attacker(match: Match) -> str | None:
    for mention in match.slots.get("attacker", ()):
        code = side_code(mention)
        behind = match.encoded.text[match.encoded.position(mention.start) + 1 :][:1]
        if code and behind not in ("制", "产", "造", "式"):
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
    start = item.stretch[0]
    subject = _subject(context, item)
    if item.defence:
        agent = _agent(item)
        defender = next((side for side in (agent, subject, claimant_side) if side and side != item.attacker), None)
        attacker = item.attacker or opponent(defender, context)
        if attacker is None and claimant_side and claimant_side != subject:
            attacker = opponent(claimant_side, context)
        defender = defender if attacker is None or opponent(attacker, context) in (None, defender) else opponent(attacker, context)
        return attacker, defender if defender != attacker else None
    attacker = item.attacker or subject
    if attacker == claimant_side and PASSIVE.search(context.reading.folded, max(item.sentence.start, start - 20), item.count.start):
        attacker = item.attacker or opponent(claimant_side, context)
    aimed = [side for side in _aimed_at(context, item) if side != attacker]
    target = aimed[0] if aimed else opponent(attacker, context)
    if attacker is None and target:
        attacker = opponent(target, context)
    return attacker, target


PASSIVE = re.compile("遭|受到|被")
AIMED = re.compile(rf"(?:向|对|往|射向|飞向|飞往|攻击|袭击|打击|空袭|瞄准|轰炸|目标是)(?:着|了)?[^，。；]{{0,6}}?(?P<who>[{SIDE}{PLACE}])")


def _subject(context: Context, item: Found) -> str | None:
    """The party that acts: the one named in the verb's own clause, else the first one of the sentence."""
    claim = context.claim(item.sentence, item.stretch[0])
    floor = item.sentence.start
    if claim and claim.end == item.sentence.end and item.sentence.start <= claim.start <= item.stretch[0]:
        floor = claim.start
    clause = max(floor, context.clause(item.sentence, *item.stretch)[0])
    own = _acting(item.sentence, clause, item.stretch[0])
    earlier = _acting(item.sentence, floor, clause)
    return own[-1] if own else earlier[0] if earlier else None


def _acting(sentence: Sentence, start: int, end: int) -> list[str]:
    """Parties between two offsets that can be the subject: not behind 对, 打击, 的 and the like."""
    text = sentence.encoded
    found = []
    for position, mention in enumerate(text.mentions):
        if mention is None or not start <= mention.start < end or text.text[position - 1 : position] in OBJECT_MARKS:
            continue
        if mention.type is MentionType.PLACE:
            code = capitals().get(mention.words) if text.text[position - 1 : position] in OPENERS else None
        else:
            code = side_code(mention) if text.text[position] in PARTIES else None
        if code:
            found.append(code)
    return found


OBJECT_MARKS = set("对向往给击落毁退袭攻了为于在将把与")
OPENERS = {"", *"，。；：、说称道", TIME}


def _agent(item: Found) -> str | None:
    """Who downed it in a passive clause: 被俄防空系统击落."""
    text = item.sentence.encoded
    for found in re.finditer(f"[被遭由][^，。；]{{0,4}}?([{PARTIES}])", text.text):
        mention = text.mentions[found.start(1)]
        if mention is not None and item.stretch[0] <= mention.start < item.stretch[1]:
            return side_code(mention)
    return None


def _aimed_at(context: Context, item: Found) -> list[str]:
    """Sides the weapons were sent against: 向乌克兰发射, 袭击莫斯科."""
    text = item.sentence.encoded
    found = []
    for match in AIMED.finditer(text.text):
        mention = text.mentions[match.start("who")]
        code = side_code(mention) if mention is not None else None
        if code:
            found.append(code)
    places = [side_code(m) for m in item.sentence.mentions if m.type is MentionType.PLACE]
    return found + [code for code in places if code]


def _places(context: Context, item: Found, stretch: tuple[int, int]) -> tuple[str, ...]:
    """Places of the clause; where it has none, of earlier clauses that tell the same attack."""
    mentions = [m for m in item.sentence.mentions if _is_place(item.sentence, m)]
    mentions = [m for m in mentions if not _is_front(context, m) and not _inside_claim(context, item, m)]
    chosen = [m for m in mentions if stretch[0] <= m.start < stretch[1]]
    if not chosen and _goes_on(context, item, stretch):
        chosen = [m for m in mentions if m.end <= stretch[0]]
    if item.place is not None and item.place not in chosen:
        chosen = [*chosen, item.place]
    return _names(context, chosen) or _places_told_after(context, item)


AFTERWARDS = re.compile("(?:拦截|击落)[^。]{0,6}(?:发生在|位于)|还在|分别在")


def _places_told_after(context: Context, item: Found) -> tuple[str, ...]:
    """Places of a sentence behind that says where the interceptions were (这些拦截发生在…)."""
    for sentence in context.reading.sentences[item.sentence.index + 1 : item.sentence.index + 2]:
        if sentence.passage == item.sentence.passage and item.outcome == "intercepted" and COUNT not in sentence.encoded.text:
            if AFTERWARDS.search(context.reading.folded, sentence.start, sentence.end):
                return _names(context, [m for m in sentence.mentions if m.type is MentionType.PLACE])
    return ()


def _is_place(sentence: Sentence, mention: Mention) -> bool:
    if mention.type is MentionType.PLACE:
        at = sentence.encoded.position(mention.start)
        behind = sentence.encoded.text[at + 1 : at + 2]
        acts = mention.words in capitals() and sentence.encoded.text[at - 1 : at] in OPENERS and behind not in LOCATED
        return isinstance(mention.value, Place) and not acts
    at = sentence.encoded.position(mention.start)
    before, behind = sentence.encoded.text[at - 1], sentence.encoded.text[at + 1 : at + 4]
    if mention.type is MentionType.SIDE and isinstance(mention.value, Side) and mention.value.form == "country":
        part = FURTHER.match(behind)  # 以色列北部, but not 伊拉克东部迪亚拉省
        if part and behind[part.end() :][:1] != PLACE:
            return True
    return mention.type is MentionType.SIDE and mention.words in capitals() and before in "对向往"


def _goes_on(context: Context, item: Found, stretch: tuple[int, int]) -> bool:
    """Whether the clauses before speak of the same attack: 在敖德萨，乌军击落…; 基辅遭袭击，击落…; …，并击落…"""
    if context.reading.folded.startswith(("并", "同时"), stretch[0]):
        return True
    before = context.reading.folded[item.sentence.start : stretch[0]].rstrip("，")
    clause = before[before.rfind("，") + 1 :]
    weapons = [m for m in item.sentence.mentions if m.type is MentionType.WEAPON and m.end <= stretch[0]]
    return clause.startswith("在") and len(clause) < 20 or bool(weapons and RAID.search(before))


# What follows a capital that is meant as a place: 基辅遭…, 基辅等地, 基辅和敖德萨.
LOCATED = {"", *"遭受等市州上地、和，。及与当附", PLACE}
RAID = re.compile("遭|袭击|空袭|来袭|发射")


def _names(context: Context, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Places as written, with 西南部 and the like, each once."""
    names: dict[str, None] = {}
    for mention in mentions:
        further = FURTHER.match(context.reading.folded, mention.end)
        names[context.reading.words(mention.start, further.end() if further else mention.end)] = None
    return tuple(names)


FURTHER = re.compile("(?:东北|西北|东南|西南|东|西|南|北|中)部(?:地区)?|海域|半岛|水域")
FRONT = re.compile(r"(?:、[^，。；]{1,24}?|和[^，。；、]{1,10})?(?:等(?:多个|地)?)?方向")


def _is_front(context: Context, mention: Mention) -> bool:
    """A direction of the front (库皮扬斯克方向) is no place where weapons came down."""
    return FRONT.match(context.reading.folded, mention.end) is not None


def _inside_claim(context: Context, item: Found, mention: Mention) -> bool:
    """A place in the claimant's words (莫斯科市长称) is not where it happened."""
    claim = context.claim(item.sentence, item.count.start)
    return claim is not None and claim.speaker.end <= mention.start < claim.start <= item.count.start


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
        elif _rank(context, draft) > _rank(context, kept[same]):
            kept[same] = draft
    return kept


def _says_the_same(context: Context, a: Draft, b: Draft) -> bool:
    if any(a.slots[key] != b.slots[key] for key in ("weapon", "outcome")):
        return False
    if not _compatible(a.slots["attacker"], b.slots["attacker"]):
        return False
    count: Count = a.slots["count"]
    in_title = min(a.evidence[0][0], b.evidence[0][0]) < len(context.reading.article.title)
    if count != b.slots["count"]:
        return in_title and _overlap(count, b.slots["count"])
    return in_title or (count.value is not None and count.value > 9 and _compatible(a.when, b.when))


def _overlap(a: Count, b: Count) -> bool:
    """Whether two counts may be the same number (数十架 and 86架)."""
    one, other = a.interval, b.interval
    return (one.low or 0) <= (other.high or INFINITE) and (other.low or 0) <= (one.high or INFINITE)


INFINITE = float("inf")


def _compatible(a: object, b: object) -> bool:
    return a is None or b is None or a == b


def _rank(context: Context, draft: Draft) -> tuple[bool, int]:
    """The body's telling before the title's, then the fuller one."""
    in_body = draft.evidence[0][0] > len(context.reading.article.title)
    return in_body, sum(bool(value) for value in draft.slots.values()) + bool(draft.claimed_by) + bool(draft.when)
