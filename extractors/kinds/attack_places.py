"""Where it happened: places of a count, and the parts of a total by place or weapon model."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.kinds.attack_numbers import Found
from extractors.kinds.attack_subjects import OPENERS
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.lexicon import capitals
from extractors.reading.mention import Counted, Mention, MentionType, Place, Side, WeaponType
from schemas import PlacePart, WeaponPart

COUNT, WEAPON, PLACE = (SYMBOLS[kind] for kind in (MentionType.COUNT, MentionType.WEAPON, MentionType.PLACE))
PART = re.compile(
    rf"(?:(?P<count_a>{COUNT}){WEAPON}?(?:[^{COUNT}{PLACE}。；，、]{{0,4}})?(?:在|于|飞越|位于)(?P<place_a>{PLACE}))"
    rf"|(?:(?:在|于)?(?P<place_b>{PLACE})(?:上空|境内|地区|方向|有|击落|击落了|摧毁|摧毁了|拦截|：|:)?(?P<count_b>{COUNT}))"
)
# 别尔哥罗德州和沃罗涅日州各17架: a part each.
PARTS_EACH = re.compile(
    rf"(?P<places>{PLACE}(?:(?:、|和|与|及|以及){PLACE})+)(?:上空|境内)?各(?:自|有|击落|拦截)?(?P<count>{COUNT})"
)
# 在该地区, 该州上空: the place named before.
ANAPHOR = re.compile(
    "该(?:州|地区|市|镇|城|省|区|边疆区|共和国|海域|村)|当地(?!时间|媒体|居民|官员|政府|救援|部门|警)"
)
TOTAL = re.compile("共|总共|一共|总计|合计|期间|其间|动用|使用|出动|发射")
# The place that an official is of: 别尔哥罗德州州长…，该州….
OFFICE = re.compile(
    "(?P<place>[\u4e00-\u9fff·]{2,12}?(?:州|地区|市|省|共和国))(?:州长|市长|省长|行政|军事|领导人|长)"
)
BLASTS = re.compile("爆炸|警报|防空|袭击|空袭|轰炸|基地")
# No place of its own: the name of a ship (“底特律号”), whence something came, a coast of what follows.
NAME_OF_SHIP = re.compile("[”’]?号|沿岸")
CONTINENTS = {"美欧", "欧美", "欧洲", "西方", "亚洲", "非洲", "中东"}
WHENCE = re.compile("来自$")
FURTHER = re.compile("(?:东北|西北|东南|西南|东|西|南|北|中)部(?:地区)?|海域|半岛|水域")
FRONT = re.compile(r"(?:、[^，。；]{1,24}?|和[^，。；、]{1,10})?(?:等(?:多个|地)?)?方向")
RAID = re.compile("遭|袭击|空袭|来袭|发射|攻击|轰炸")
# What one side did before it tells what it shot down: 对港口实施了打击，并击落27架.
DEALT = re.compile("(?<![针反])[对向朝][^，。；]*?(?:打击|袭击|空袭|炮击|攻击|轰炸)")
SUFFERING = re.compile("遭|受到|被|挫败|击退")
# What follows a capital that is meant as a place: 基辅遭…, 基辅等地, 基辅和敖德萨.
LOCATED = {"", *"遭受等市州上地、和，。及与当附", PLACE}
AFTERWARDS = re.compile(
    "(?:拦截|击落|攻击|袭击)[^。]{0,6}(?:发生在|位于|集中在)|还在|分别(?:在|位于|发生在)|残骸[^。，]{0,4}(?:落在|坠落在)"
)


@dataclass(frozen=True)
class Whereabouts:
    """Places as written, and the stretch that names them where it is not the count's own clause."""

    names: tuple[str, ...] = ()
    told_at: tuple[int, int] | None = None


def places(context: Context, item: Found, stretch: tuple[int, int]) -> Whereabouts:
    """Places of the clause; where it has none, of earlier clauses that tell the same attack, or of the next sentence."""
    mentions = [m for m in item.sentence.mentions if _is_place(item.sentence, m)]
    mentions = [m for m in mentions if not _is_front(context, m) and not _inside_claim(context, item, m)]
    mentions = [m for m in mentions if not _is_no_scene(context, m)]
    if item.outcome == "left_airspace":
        chosen = [item.place] if item.place is not None else []
        return Whereabouts(_names(context, chosen))
    chosen = _own([m for m in mentions if stretch[0] <= m.start < stretch[1]], item)
    if not chosen and ANAPHOR.search(context.reading.folded, *stretch):
        return _meant_before(context, item, stretch, mentions)
    if not chosen and _goes_on(context, item, stretch):
        chosen = [m for m in mentions if m.end <= stretch[0]]
    if item.place is not None and item.place not in chosen:
        chosen = [*chosen, item.place]
    if not chosen:
        return _told_after(context, item, stretch)
    told_at = (chosen[0].start, stretch[1]) if chosen[0].start < stretch[0] else None
    return Whereabouts(_names(context, chosen), told_at)


def _own(chosen: list[Mention], item: Found) -> list[Mention]:
    """Of a series with a place for each number (在A州击落9架、在B州击落6架) those of this number."""
    counts = [m for m in item.sentence.mentions if _is_other(m, item.count)]
    last = max((m.end for m in counts if m.end <= item.count.start), default=0)
    following = min((m.start for m in counts if m.start >= item.count.end), default=item.sentence.end)
    near = [m for m in chosen if last <= m.start < item.count.start]
    ahead = [m for m in chosen if item.count.end <= m.start and following < item.sentence.end]
    behind = [m for m in chosen if m.start < last]
    return near if near and (ahead or behind) else chosen


def _is_other(mention: Mention, count: Mention) -> bool:
    """Whether a mention is another number of weapons."""
    return mention.type is MentionType.COUNT and mention is not count and _is_of_weapons(mention)


def _meant_before(
    context: Context, item: Found, stretch: tuple[int, int], mentions: Sequence[Mention]
) -> Whereabouts:
    """The place that 该地区 and 该州 stand for: the last one named before, here or in the two sentences before."""
    before = [m for m in mentions if m.end <= stretch[0]]
    for sentence in reversed(context.reading.before(item.sentence, 2)):
        before = before or [m for m in sentence.mentions if _is_place(sentence, m)]
    if not before:
        return _of_official(context, item, stretch)
    holder = context.reading.sentence_at(before[-1].start)
    told = context.clause(holder, before[-1].start, before[-1].end) if holder else None
    return Whereabouts(_names(context, before[-1:]), told)


def _of_official(context: Context, item: Found, stretch: tuple[int, int]) -> Whereabouts:
    """The region of the official who speaks."""
    for mention in item.sentence.mentions:
        office = OFFICE.match(context.reading.folded, mention.start, mention.end)
        if mention.type is MentionType.PERSON and mention.end <= stretch[0] and office:
            start, end = office.span("place")
            return Whereabouts((context.reading.words(start, end),), (mention.start, mention.end))
    return Whereabouts()


def _told_after(context: Context, item: Found, stretch: tuple[int, int]) -> Whereabouts:
    """Places of a clause or sentence behind that says where it was (大多数拦截发生在…)."""
    if item.outcome != "intercepted":
        return Whereabouts()
    here = AFTERWARDS.search(context.reading.folded, stretch[1], item.sentence.end)
    if here and context.reading.folded.find("，", stretch[1], here.start()) < stretch[1] + 1:
        found = [m for m in item.sentence.mentions if m.start >= here.end() and m.type is MentionType.PLACE]
        if found:
            return Whereabouts(_names(context, found), (here.start(), found[-1].end))
    for sentence in context.reading.sentences[item.sentence.index + 1 : item.sentence.index + 2]:
        same_story = sentence.passage == item.sentence.passage and COUNT not in sentence.encoded.text
        told = AFTERWARDS.search(context.reading.folded, sentence.start, sentence.end)
        if same_story and told:
            found = [m for m in sentence.mentions if m.type is MentionType.PLACE]
            return Whereabouts(_names(context, found), (sentence.start, sentence.end) if found else None)
    return Whereabouts()


def _is_no_scene(context: Context, mention: Mention) -> bool:
    """Whether a place is named as something else than where it happened."""
    folded = context.reading.folded
    if mention.type is not MentionType.PLACE:
        return False
    if mention.words in CONTINENTS:
        return True
    fragment = (
        mention.words.endswith("海域")
        and mention.words[0] in "东西南北"
        and folded[mention.start - 1] == "以"
    )
    return (
        fragment
        or NAME_OF_SHIP.match(folded, mention.end) is not None
        or WHENCE.search(folded, max(0, mention.start - 2), mention.start) is not None
    )


def _is_place(sentence: Sentence, mention: Mention) -> bool:
    if mention.type is MentionType.PLACE:
        at = sentence.encoded.position(mention.start)
        behind = sentence.encoded.text[at + 1 : at + 2]
        acts = (
            mention.words in capitals()
            and sentence.encoded.text[at - 1 : at] in OPENERS
            and behind not in LOCATED
        )
        return isinstance(mention.value, Place) and not acts
    at = sentence.encoded.position(mention.start)
    before, behind = sentence.encoded.text[at - 1], sentence.encoded.text[at + 1 : at + 6]
    if (
        mention.type is MentionType.SIDE
        and isinstance(mention.value, Side)
        and mention.value.form == "country"
    ):
        part = FURTHER.match(behind)  # 以色列北部, but not 伊拉克东部迪亚拉省 or 以色列南部的埃拉特
        if part and behind[part.end() :].lstrip("的")[:1] != PLACE:
            return True
    return mention.type is MentionType.SIDE and mention.words in capitals() and before in "对向往"


def _goes_on(context: Context, item: Found, stretch: tuple[int, int]) -> bool:
    """Whether the clauses before speak of the same attack: 在敖德萨，乌军击落…; 基辅遭袭击，击落…; …，并击落…"""
    before = context.reading.folded[item.sentence.start : stretch[0]].rstrip("，")
    clause = before[before.rfind("，") + 1 :]
    if context.reading.folded.startswith(("并", "同时"), stretch[0]):
        return not (item.defence and DEALT.search(clause) and not SUFFERING.search(clause))
    weapons = [m for m in item.sentence.mentions if m.type is MentionType.WEAPON and m.end <= stretch[0]]
    if TOTAL.match(context.reading.folded, stretch[0]) and RAID.search(clause):
        return True  # 对基辅发动空袭，共发射…
    if item.defence and "。" not in before and BLASTS.search(clause):
        return True  # 基辅凌晨发生多起爆炸，防空系统击落…
    return (clause.startswith("在") and len(clause) < 20) or bool(weapons and RAID.search(before))


def _names(context: Context, mentions: Sequence[Mention]) -> tuple[str, ...]:
    """Places as written, with 西南部 and the like, each once."""
    names: dict[str, None] = {}
    for mention in mentions:
        further = FURTHER.match(context.reading.folded, mention.end)
        names[context.reading.words(mention.start, further.end() if further else mention.end)] = None
    return tuple(names)


def _is_front(context: Context, mention: Mention) -> bool:
    """A direction of the front (库皮扬斯克方向) is no place where weapons came down."""
    return FRONT.match(context.reading.folded, mention.end) is not None


def _inside_claim(context: Context, item: Found, mention: Mention) -> bool:
    """A place in the claimant's words (莫斯科市长称) is not where it happened."""
    claim = context.claim(item.sentence, item.count.start)
    return claim is not None and claim.speaker.end <= mention.start < claim.start <= item.count.start


@dataclass(frozen=True)
class Part:
    """One part of a total: its number, and the place or weapon it is counted by."""

    count: Mention
    by: Mention

    @property
    def value(self) -> int:
        """The number of the part."""
        return number(self.count)


def number(count: Mention) -> int:
    """The plain number of a count mention, 0 for number words."""
    return count.value.count.value or 0 if isinstance(count.value, Counted) else 0


def parts_in(sentence: Sentence) -> list[Part]:
    """How a sentence spreads a total: by place (36架在A，20架在B) or by weapon model (包括52架“沙赫德”和31架…)."""
    text = sentence.encoded
    parts = []
    for found in PART.finditer(text.text):
        which = "a" if found["count_a"] else "b"
        place, count = (
            text.mentions[found.start(f"place_{which}")],
            text.mentions[found.start(f"count_{which}")],
        )
        if place is not None and count is not None and _is_of_weapons(count):
            parts.append(Part(count, place))
    for found in PARTS_EACH.finditer(text.text):
        count = text.mentions[found.start("count")]
        if count is not None and _is_of_weapons(count):
            parts = [part for part in parts if part.count is not count]
            parts += [Part(count, place) for place in text.mentions_in(*found.span("places"))]
    return sorted(parts, key=lambda part: part.by.start) or _by_model(sentence)


def _by_model(sentence: Sentence) -> list[Part]:
    text = sentence.encoded
    opening = INCLUDING.search(text.text)
    if opening is None:
        return []
    parts = []
    for found in MODEL_PART.finditer(text.text, opening.end()):
        count, weapon = text.mentions[found.start("count")], text.mentions[found.start("weapon")]
        if (
            count is not None
            and weapon is not None
            and isinstance(weapon.value, WeaponType)
            and weapon.value.model
        ):
            parts.append(Part(count, weapon))
    return parts


INCLUDING = re.compile("包括|包含|其中有|分为")
MODEL_PART = re.compile(f"(?P<count>{COUNT})(?P<weapon>{WEAPON})")


def _is_of_weapons(count: Mention) -> bool:
    return isinstance(count.value, Counted) and count.value.unit in ("架", "枚", "艘", None)


def _model_words(context: Context, mention: Mention, weapon: WeaponType) -> str:
    """The model as the article writes it (「見證者」), the words of the weapon where it has none."""
    at = mention.words.find(weapon.model) if weapon.model else -1
    if at < 0:
        return weapon.model or mention.words
    return context.reading.words(mention.start + at, mention.start + at + len(weapon.model or ""))


def breakdown(context: Context, parts: Sequence[Part]) -> tuple[PlacePart | WeaponPart, ...]:
    """The parts as a record writes them."""
    written: list[PlacePart | WeaponPart] = []
    for part in parts:
        value = part.by.value
        if isinstance(value, WeaponType):
            written.append(WeaponPart(weapon=_model_words(context, part.by, value), value=part.value))
        else:
            written.append(
                PlacePart(place=context.reading.words(part.by.start, part.by.end), value=part.value)
            )
    return tuple(written)
