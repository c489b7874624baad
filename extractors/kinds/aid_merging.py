"""One record per package: what title, lead and body say of the same help put together."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import Any

from extractors.kinds.aid_lessons import is_training, teaches_them
from extractors.kinds.aid_sorts import aid_type
from extractors.kinds.aid_things import UNSPECIFIC
from extractors.kinds.repetition import told_before
from extractors.layers.context import Context, Draft, in_heading
from extractors.reading.numerals import parse_numeral
from extractors.reading.script import fold
from schemas import Money

# More than what was told before: 瑞典也将提供7台发电机.
BESIDES = re.compile(
    "(?:也|还)(?:将|会|计划|准备|打算|决定|承诺|同意|宣布)(?:再|继续)?(?:[向为给对]|提供|捐|派|移交|运送)"
)
THESE = re.compile("这些|这批|该批|此批|上述|這些|這批|該批")
NUMBER = re.compile("[0-9,.，]*[0-9一二三四五六七八九十两百千万亿]+")
# A headline's word for things of a sort.
LOOSE = re.compile("^[^0-9一二三四五六七八九十百千万两]*(?:用品|物资|装备|设备)$")
NUMERAL = re.compile("[0-9一二三四五六七八九十百千万两]")
DECIDED = re.compile("宣布|承诺|同意|许诺|决定|答应|公布")
# How far a rounded amount of a headline may lie from the exact one.
ROUNDING = 0.1
# Tellings of one package name days no further apart.
DAYS_APART = 4
OPEN = {"announced", "planned", "approved", "proposed"}


def is_unspecific(item: str) -> bool:
    """True for a thing as written, in either script, that says no more than its sort: 武器彈藥."""
    return UNSPECIFIC.match(fold(item)) is not None


def _says_little(item: str) -> bool:
    return is_unspecific(item) or LOOSE.search(fold(item)) is not None


def add_to(
    draft: Draft, stretch: tuple[int, int], items: tuple[str, ...], amount: object, number: int | None
) -> Draft:
    """The draft with what a further sentence says of it; the sentence joins the evidence."""
    slots = dict(draft.slots)
    known = list(slots["items"])
    if items and all(map(_says_little, known)):  # 军事装备, told one by one in the next sentence
        known = []
    known = [thing for thing in known if not any(_counts(item, thing) for item in items)]
    slots["items"] = tuple(dict.fromkeys([*known, *items]))
    if items and slots["aid_type"] == "unspecified":  # 宣布援助乌克兰。援助内容：400门火炮
        slots["aid_type"] = aid_type(fold("、".join(items)), ())
    slots["amount"] = slots["amount"] or amount
    slots["package_number"] = slots["package_number"] or number
    return replace(draft, slots=slots, evidence=(*draft.evidence, stretch))


def _counts(item: str, thing: str) -> bool:
    """True where a thing told without a number is told again with one: 坦克, then 大约100辆坦克."""
    return item != thing and item.endswith(thing) and NUMERAL.search(item) is not None


def merged(context: Context, drafts: list[Draft]) -> list[Draft]:
    """The drafts with repetitions put together, the fullest telling of each kept as its evidence."""
    kept: list[Draft] = []
    for draft in drafts:
        same = told_before(kept, draft, partial(_same, context))
        if same is None:
            kept.append(draft)
        else:
            kept[same] = _united(context, kept[same], draft)
    return kept


def _same(context: Context, later: Draft, earlier: Draft) -> bool:
    a, b = earlier.slots, later.slots
    if _are_apart(context, later, earlier):
        return False
    if _is_bare(a) and not _is_bare(b) and a["stage"] == b["stage"] and a["aid_type"] == b["aid_type"]:
        return set(a["donors"]) == set(b["donors"])  # 宣布提供财政援助, told again with its sum
    if _goes_on(context, later, earlier) or _are_on_their_way(context, later, earlier):
        return True
    if teaches_them(context, later, earlier):
        return True
    if a["amount"] is not None and b["amount"] is not None:
        if in_heading(context, earlier):
            return _equal(a["amount"], b["amount"]) or _close(a["amount"], b["amount"])
        asked = {a["stage"], b["stage"]} & {"requested", "proposed"} and "approved" in (
            a["stage"],
            b["stage"],
        )
        return _equal(a["amount"], b["amount"]) and not asked  # what was asked for and what parliament passed
    if b["amount"] is None and b["items"] and THESE.match(b["items"][0]):
        return True  # 这些车辆将交付给乌克兰
    if _adds_nothing(a, b) and set(a["donors"]) & set(b["donors"]):
        stages = a["stage"] == b["stage"] or (b["stage"] == "delivered" and a["stage"] in OPEN)
        if stages and _same_passage(context, later, earlier):
            return True
    if is_training(a) and is_training(b) and not any(NUMERAL.search(item) for item in b["items"]):
        return True
    alike = _alike(a["items"], b["items"])
    stages = a["stage"] == b["stage"] or {a["stage"], b["stage"]} <= OPEN
    if in_heading(context, earlier):
        open_ = stages or (a["stage"] == "delivered" and b["stage"] in OPEN)
        nouns = any(_same_noun(x, y) for x in a["items"] for y in b["items"])
        vague = all(map(_says_little, a["items"]))
        fewer = set(b["recipients"]) < set(a["recipients"]) and bool(b["items"])
        return (
            open_
            and not fewer
            and (
                (vague and bool(a["items"]))
                or alike
                or ((nouns or vague or not b["items"]) and _types_meet(a, b))
            )
        )
    if not alike or not stages:
        return False
    counted = any(NUMERAL.search(x) and x in b["items"] for x in a["items"])
    held = b["amount"] is None and all(_alike(a["items"], (item,)) for item in b["items"])
    return (
        counted
        or (held and a["stage"] == b["stage"] and _same_passage(context, later, earlier))
        or (a["stage"] == b["stage"] and (a["amount"] is None) == (b["amount"] is None))
    )


def _same_noun(a: str, b: str) -> bool:
    """True where two names of things end or begin alike: 导弹, or 米格战机 and 米格-29战斗机."""
    return a[-2:] == b[-2:] or (a[:2] == b[:2] and not NUMERAL.search(a[:2]))


def _are_apart(context: Context, later: Draft, earlier: Draft) -> bool:
    """True where two tellings have other parties, a total against a package, other numbers or days."""
    a, b = earlier.slots, later.slots
    if not _meet(a["donors"], b["donors"]) or not set(a["recipients"]) & set(b["recipients"]):
        return True
    if (a["scope"] == "cumulative") != (b["scope"] == "cumulative"):
        return True
    if a["package_number"] and b["package_number"] and a["package_number"] != b["package_number"]:
        return True
    # A headline has no day of its own.
    return not in_heading(context, earlier) and _other_day(earlier, later)


def _is_bare(slots: dict[str, Any]) -> bool:
    """True where neither sum nor things nor a number tell the help."""
    return slots["amount"] is None and not slots["items"] and not slots["package_number"]


def _goes_on(context: Context, later: Draft, earlier: Draft) -> bool:
    """True where the sentence behind a sum names what it is for: 签署8亿美元军援。美国将向乌克兰提供毒刺导弹."""
    a, b = earlier.slots, later.slots
    if a["amount"] is None or b["amount"] is not None or not b["items"] or a["scope"] != "package":
        return False
    if set(a["donors"]) != set(b["donors"]) or set(a["recipients"]) != set(b["recipients"]):
        return False
    if a["stage"] not in ("announced", "approved") or b["stage"] not in ("announced", "planned"):
        return False
    if later.when not in (None, earlier.when) or later.claimed_by not in (None, earlier.claimed_by):
        return False  # 美方称，坦克将于下周交付: of another
    if BESIDES.search(context.reading.folded, *later.evidence[0]):
        return False
    if not _types_meet(a, b) or not _same_passage(context, later, earlier):
        return False
    first = context.reading.sentence_at(earlier.evidence[0][0])
    second = context.reading.sentence_at(later.evidence[0][0])
    return first is not None and second is not None and 0 < second.index - first.index <= 2


def _are_on_their_way(context: Context, later: Draft, earlier: Draft) -> bool:
    """True where two verbs of a sentence take the same goods: 8000顶帐篷从成田起飞，预计后天运抵太子港."""
    a, b = earlier.slots, later.slots
    if not a["items"] or a["items"] != b["items"] or a["amount"] != b["amount"]:
        return False
    stages = {a["stage"], b["stage"]} <= {"delivered", "planned", "announced"}
    places = [context.reading.sentence_at(draft.evidence[0][0]) for draft in (earlier, later)]
    return stages and places[0] is places[1]


def _other_day(a: Draft, b: Draft) -> bool:
    """True where two tellings name days that lie apart: 日本3月已决定提供1亿美元 and again 1亿美元 on 5 April."""
    if a.when is None or b.when is None:
        return False
    gap = max(a.when.start - b.when.end, b.when.start - a.when.end)
    return gap.days > DAYS_APART


def _adds_nothing(a: dict[str, Any], b: dict[str, Any]) -> bool:
    """True where a later telling names no amount, no batch and no thing: 参议院通过了这项法案, 美国向乌克兰提供武器."""
    vague = all(is_unspecific(item) for item in b["items"])
    return b["amount"] is None and b["package_number"] is None and vague and _types_meet(a, b)


def _same_passage(context: Context, later: Draft, earlier: Draft) -> bool:
    passages = {
        sentence.passage
        for draft in (later, earlier)
        if (sentence := context.reading.sentence_at(draft.evidence[0][0])) is not None
    }
    return len(passages) == 1


def _meet(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True where the donors may be the same; bodies without a code by a shorter and a longer name (日产, 日产汽车公司)."""
    if not a or not b or set(a) & set(b):
        return True
    return any(x in y or y in x for x in a for y in b if not x.isascii() and not y.isascii())


def _types_meet(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return a["aid_type"] == b["aid_type"] or "unspecified" in (a["aid_type"], b["aid_type"])


def _equal(a: Money, b: Money) -> bool:
    return (a.value, a.high, a.currency) == (b.value, b.high, b.currency)


def _close(a: Money, b: Money) -> bool:
    """True where a headline rounds: 50多亿 for 54.8亿."""
    if a.currency != b.currency or not a.value or not b.value or a.qualifier == b.qualifier:
        return False
    return abs(a.value - b.value) <= ROUNDING * max(a.value, b.value)


def _alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    return any(x in y or y in x or _plain(x) == _plain(y) for x in a for y in b)


def _plain(item: str) -> str:
    """A thing with its number in digits: 2万发炮弹 is 20000发炮弹."""
    number = NUMBER.match(item)
    value = parse_numeral(number.group()) if number else None
    return f"{value}{item[number.end() :].strip()}" if number and value is not None else item


def _united(context: Context, earlier: Draft, later: Draft) -> Draft:
    """Both as one: the telling of the text outweighs the title, a fuller one a bare one."""
    first, second = (later, earlier) if in_heading(context, earlier) else (earlier, later)
    slots = dict(first.slots)
    for name, value in second.slots.items():
        if (
            name == "stage"
            and value == "announced"
            and slots["stage"] == "planned"
            and _decides(context, second)
        ):
            slots["stage"] = "announced"
        elif name == "stage" and value == "delivered" and second.slots["items"] == first.slots["items"] != ():
            slots["stage"] = "delivered"  # on their way
        elif name == "items":
            known = slots["items"]
            if known and in_heading(context, second):
                continue  # a headline names them loosely
            slots["items"] = (
                *known,
                *(
                    item
                    for item in value
                    if not (known and (is_unspecific(item) or THESE.match(item)))
                    and not any(item in k or k in item for k in known)
                ),
            )
        elif not slots[name] or (name == "aid_type" and slots[name] == "unspecified"):
            slots[name] = value
    evidence = first.evidence if _covers(first, second) else (*first.evidence, *second.evidence)
    modality = "asserted" if slots["stage"] in ("announced", "delivered") else first.modality
    told = second.claimed_by if first.slots["stage"] == second.slots["stage"] else None
    claimed, when = first.claimed_by or told, first.when or second.when
    return replace(
        first, slots=slots, evidence=evidence[:3], modality=modality, claimed_by=claimed, when=when
    )


def _covers(first: Draft, second: Draft) -> bool:
    """True where the second telling adds no slot of its own, so its words are not needed as evidence."""
    if is_training(second.slots) and not is_training(first.slots):
        return False
    return all(first.slots[name] or not second.slots[name] for name in ("amount", "items", "package_number"))


def _decides(context: Context, draft: Draft) -> bool:
    """A headline or lead with 宣布 or 承诺 makes 表示将 an announcement."""
    return DECIDED.search(context.reading.folded, *draft.evidence[0]) is not None
