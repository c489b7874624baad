"""Blows: matches of the rules in one sentence, each with the object it names."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.kinds.strike_objects import Struck, read_object
from extractors.kinds.strike_phrases import without_adjunct, without_introduction, without_predicate
from extractors.kinds.strike_place_words import PLACE, SIDE, WEAPON
from extractors.kinds.strike_places import read_chain
from extractors.kinds.strike_reference import named_before, subject_before_comma, town_carried_on
from extractors.kinds.strike_targets import is_physical
from extractors.kinds.strike_topics import is_mere_topic, kills_from_afar, whole_object
from extractors.kinds.strike_victims import as_victim, who_died
from extractors.kinds.strike_whereabouts import CLAUSE_MARK, place_of_toll
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType
from extractors.rules.ruleset import Match, RuleSet

# A verb behind one of these is no deed of its own: 发射场, 遭袭击后, 被击中的.
AFTERTHOUGHT = re.compile(
    "^(?:导$|和|与|及|、|还|也|造成|导致|致|已|中|的(?!一|[东南西北])|后|时|期间|目标|事件|行动|行为|做法|举动|一事|是|将|以|等|了|规模|方式|能力|开始|持续|之|过程|警报|力度|范围|计划|对象|任务|次数|效果|威胁|手段|在内|下|升级|并|而|，|群|力|依赖|需要|者|仍|一直|显著|相当|则|带来|地点|命令|决定|可(?!能)|没有|只是|发生|声|波|前|风险|不(?:只|仅)|几乎|指示|所(?!有|在|[^，。；]*的)"
    "|(?:针对|瞄准)的|严重(?=[，。；]|$)|殆尽|惨重|阻[止碍挠]|妨碍|使|让|令|迫使|加剧|离|称为|名单|有(?!生|人)|(?:破坏|摧毁|击中|炸毁|命中)了|正在(?![^，。；]*的)|利于|滥炸|似乎|显示|表明|发生|动机|原因|受害|幸存|标志|正在?(?:阻|妨|使|让|摧毁|破坏|造成|导致)|杀死|打死|炸死|夺[走去]|引[发起](?!的)|切断)"
)
# A kind of weapon or a plan, no deed: 攻击直升机, 打击群.
COMPOUND = re.compile(
    f"(?:攻击|打击|突击)部队(?!的?(?:[驻集部基营]|阵地))|轰炸(?:机(?!场)|航空)|(?:攻击|打击)(?:直升机|机(?!场)|型|性|核?潜艇|舰队?|群|力|能力|武器|高超|{WEAPON})"
)
# 一栋遭导弹击中的公寓楼: the number before, the object behind.
COUNTED = re.compile(f"[{SYMBOLS[MentionType.COUNT]}]")
COUNT_ALONE = re.compile(f"[{SYMBOLS[MentionType.COUNT]}]{SYMBOLS[MentionType.TIME]}?$")
NAMED_BEHIND = re.compile("的([^，。；的]{2,12}?)(?=[，。；！？]|废墟|内|里|中|附近|现场|位于|在|$)")
# 炮击导致一座变电站受损: what was hit stands behind the cause.
CAUSED = re.compile("[^，。；]*(?:导致|造成|致使|使得)了?")
UNHARMED = re.compile(
    "(?:未|没有|没|不会|无)(?:能|有)?(?:对[^，。；]{1,8})?(?:导致|造成|致使|使得)[^，。；]{0,2}$"
)
# 遭空袭的地点包括一处避难所: the object is named behind, by a rule of its own.
GOAL_BEHIND = re.compile("的(?:地点|地区|目标|设施)(?:是|为|包括|有)")
# A second deed with an object of its own: 炸毁了窗户并破坏了里面的房间.
SECOND_DEED = re.compile(
    "(?:并|并且|而且|还|、)(?:严重)?(?:破坏|摧毁|损坏|炸毁|击中|击毁|击伤|打死|炸死|炸伤|打伤|引发|引燃|烧毁)"
)
# An attack that is ordered, feared or planned, not made: 对平民发动攻击的指示, 面临袭击的威胁.
NOT_MADE = re.compile(
    "的?(?:指示|命令|威胁|风险|危险|可能|计划|企图|意图|能力|准备|权利|方案|打算|设想)(?!中|下令|已|被)"
)
# A time that is no date, between an object and its verb: 该核电站在半夜遭到袭击.
WHEN_IN_WORDS = re.compile(
    "(?:在|于)?(?:半夜|午夜|深夜|夜间|夜里|凌晨|清晨|黎明前?|上午|下午|晚上|傍晚|周末)$"
)
# Another preposition inside what 在 opens: 在俄罗斯对城市的空袭中.
INNER_AIM = re.compile("(?:对|针对|向)")
# What an attack has hit, told right behind it.
HIT_NEXT = re.compile(
    "(?:就|直接|还|也|已经?|随后|成功)*(?:击中|命中|摧毁|炸毁)了?(?!至少|[^，。；]{0,3}目标)"
)
ATTRIBUTE = re.compile(
    "的(?!消息|报[道导]|视频|画面|照片|事件|情况|说法|时候|时刻|同时|一?[座栋个处所艘家名])"
)
# What is held by somebody is not struck by him: 对被以军占领的高地进行打击.
HELD = re.compile("(?:被|遭)[^，。；]{0,3}(?:占领|控制|围困|包围|吞并|封锁)的")
ATTRIBUTIVE = ("object-damaged", "object-struck-by")
OBJECT_NEXT = re.compile("了?[^，。；！？了]")
# Words behind a match by which it is no deed: 成为攻击目标的行为, a damaged thing as an attribute.
ONLY_POSSIBLE = re.compile("的(?:行为|风险|理由|可能|危险|原因)")
SHIP = re.compile("(?:[^，。；的]{0,6})“[^”]{1,8}”号[^，。；的在已被遭]{0,4}?(?:轮|船|舰|艇)")
ATTRIBUTED = 8  # so far behind 的 the place ends that was attacked
ATTACK = 2  # so long are the words for an attack
FALLING = 3  # so many characters of 坠落在 stand before the object
# An attack as a topic: 对联黎部队遭袭事件予以谴责.
TOPIC = re.compile("(?:针对|关于|对|就)(?=[^，。；]+$)")
SUFFERING = re.compile(r"(?:遭到|遭受|遭遇|遭|受到|被|免受|防止|避免|挨)[^，。；]{0,12}$")


@dataclass(frozen=True)
class Blow:
    """A rule's match with its object read."""

    match: Match
    struck: Struck
    begin: int  # encoded positions of the verb's clause parts
    end: int
    verb: int


# The towns behind those of a country that were hit: 空袭乌克兰多个城市，包括基辅.
INCLUDING = re.compile(f"，?(?:其中)?包括(?:首都)?(?=[{PLACE}{SIDE}])")


def blows_of(context: Context, sentence: Sentence, rules: RuleSet) -> list[Blow]:
    """The matches of a sentence in order, each verb once."""
    taken: list[tuple[int, int]] = []
    found: list[Blow] = []
    for match in rules.matches(sentence.encoded):
        blow = _blow(context, sentence, match)
        if blow is None and match.rule.constants["shape"] == "behind":
            swallowed = rules.further(match)  # 袭击不只破坏了发电站
            blow = _blow(context, sentence, swallowed) if swallowed is not None else None
        if blow is None:
            continue
        blow = _with_towns_named(blow)
        core = core_of(blow)
        if any(a < blow.end and core < b for a, b in taken):
            continue
        taken.append((core, blow.end))
        found.append(blow)
    return sorted(found, key=lambda blow: blow.verb)


def _with_towns_named(blow: Blow) -> Blow:
    """The blow with the towns it names behind for the place, where it hit several of a country."""
    encoded = blow.match.encoded
    named = INCLUDING.search(encoded.text, blow.match.last - 1) if blow.struck.towns else None
    if named is None or named.start() > blow.match.last:
        return blow
    chain = read_chain(encoded, named.end(), len(encoded.text))
    if not chain.group or chain.group[0][0] != named.end():
        return blow
    place = encoded.span(chain.group[0][0], chain.group[-1][1])
    return replace(blow, struck=replace(blow.struck, place=place), end=chain.group[-1][1])


def core_of(blow: Blow) -> int:
    """Where the words of the deed itself begin: 坠落在 of a weapon named clauses before, 目标是 behind an attack."""
    if blow.match.rule.name == "goal-of-attack":
        return blow.verb + ATTACK
    if blow.match.rule.name != "fell-on-object":
        return blow.verb
    return max(blow.verb, blow.match.encoded.position(blow.match.words["target"][0]) - FALLING)


def _blow(context: Context, sentence: Sentence, match: Match) -> Blow | None:
    """The match with its object read; `None` where the words are no blow."""
    encoded, shape = match.encoded, match.rule.constants["shape"]
    if (
        match.template.endswith("<attack>")
        and shape == "before"
        and HELD.search(encoded.text, match.first, match.last)
    ):
        return None
    if encoded.text.startswith(("爆炸性", "爆炸物"), match.first):
        return None  # a kind of weapon
    if encoded.text.startswith("性", match.last):
        return None  # 最具摧毁性的选项
    if shape == "none":
        return Blow(
            match, place_of_toll(encoded, match.first, match.last), match.first, match.last, match.first
        )
    if "<attack>" in match.template and shape != "behind" and NOT_MADE.match(encoded.text, match.last):
        return None
    start, stop = match.words["target"]
    first, last = encoded.position(start), encoded.position(stop - 1) + 1
    if shape == "before":
        return _suffered(context, sentence, match, first, last)
    if shape == "behind":
        dealt = _dealt(match, first, last)
        return replace(dealt, struck=_named(context, sentence, dealt.struck)) if dealt else None
    inner = INNER_AIM.search(encoded.text, first + 1, last - 1)
    if match.rule.name == "attack-with-toll" and encoded.text[match.first] == "在" and inner:
        first = inner.end()
    hits = match.template.endswith("<struck>") and OBJECT_NEXT.match(encoded.text, match.last)
    if hits or HIT_NEXT.match(encoded.text, match.last):
        return None  # 对城市的袭击击中了一所医院 tells of the hospital
    struck = read_object(encoded, first, last)
    if "{target}的" in match.template or "{target}(的" in match.template:
        struck, last = whole_object(match, struck, first, last)
    struck = _named(context, sentence, struck)
    if match.rule.name == "attack-with-toll" and struck.only_country and encoded.text[match.first] == "在":
        struck = Struck()  # 在乌克兰的无人机攻击中 names the attacker
    if is_mere_topic(match, struck, last) or (match.rule.name == "attack-in-place" and inner):
        return None
    return Blow(match, struck, match.first, match.last, match.first)


def _suffered(context: Context, sentence: Sentence, match: Match, first: int, last: int) -> Blow | None:
    """The blow whose object [first, last) stands before the verb."""
    encoded = match.encoded
    if GOAL_BEHIND.match(encoded.text, match.last):
        return None
    if match.rule.name == "was-goal-of-attack" and (
        encoded.text[last - 1] in "完达形组变" or ONLY_POSSIBLE.match(encoded.text, match.last)
    ):
        return None  # 完成了全部打击目标
    counted = COUNT_ALONE.search(encoded.text[first:last]) is not None
    if match.rule.name in ATTRIBUTIVE and not counted and ATTRIBUTE.match(encoded.text, match.last):
        return _attributed(match, first, last)  # 士兵站在损坏的军车附近
    first = _clause_start(context, sentence, match, first)
    cause = CAUSED.match(encoded.text, first, last)
    if cause and UNHARMED.search(cause[0]):
        return None  # 没有造成船只受损
    first = cause.end() if cause else first
    topic = TOPIC.search(encoded.text[first:last])
    if topic and encoded.text.startswith(("事件", "一事"), match.last):
        first += topic.end()
    subject = subject_before_comma(encoded, first, last)
    if subject is not None:
        return Blow(match, read_object(encoded, *subject), subject[0], match.last, last)
    town = town_carried_on(encoded, first, last) if match.rule.name == "object-struck-by" else None
    if town is not None:
        return Blow(match, town, first, match.last, last)
    first = without_introduction(encoded.text, first, last)
    if first >= last:
        return None
    dead = who_died(encoded, first, last, match.last)
    if dead is not None:
        return Blow(match, dead, first, match.last, last)
    end = without_adjunct(encoded, first, last)
    struck = read_object(encoded, first, end)
    if struck.target is None and struck.place is None and INNER_AIM.search(encoded.text, last, match.last):
        return None  # 由于遭遇俄军对电网的袭击
    struck = _named(context, sentence, struck)
    named = NAMED_BEHIND.match(encoded.text, match.last)
    if named and COUNT_ALONE.search(encoded.text[first:last]):
        behind = read_object(encoded, *named.span(1))
        struck = replace(
            struck, target=behind.target, target_words=behind.target_words, bare_words=behind.bare_words
        )
        return Blow(match, struck, first, named.end(1), last)
    return Blow(match, struck, first, match.last, last)


def _attributed(match: Match, first: int, last: int) -> Blow | None:
    """The place that an attack suffered stands before as an attribute: 前一晚遭到俄军袭击的敖德萨."""
    encoded, behind = match.encoded, match.last + 1
    if (
        "<suffer>" not in match.template
        or "<attack>" not in match.template
        or is_physical(read_object(encoded, first, last).target_words)
    ):
        return None
    chain = read_chain(encoded, behind, min(behind + ATTRIBUTED, len(encoded.text)))
    if not chain.group or chain.group[0][0] != behind:
        ship = SHIP.match(encoded.text, behind)
        return Blow(match, read_object(encoded, *ship.span()), first, ship.end(), last) if ship else None
    place = encoded.span(chain.group[0][0], chain.group[-1][1])
    return Blow(match, Struck(place=place, place_country=chain.country), first, chain.group[-1][1], last)


def _named(context: Context, sentence: Sentence, struck: Struck) -> Struck:
    """The object, or the one named before that its words point back to: 该核电站."""
    if struck.place is not None:
        return struck
    return named_before(context, sentence, struck.target_words or struck.bare_words) or struck


def _dealt(match: Match, first: int, last: int) -> Blow | None:
    """The blow whose object [first, last) stands behind the verb."""
    encoded = match.encoded
    if AFTERTHOUGHT.match(encoded.text[first:last]) or COMPOUND.match(encoded.text, match.first):
        return None
    before = encoded.text[max(0, match.first - 14) : match.first]
    if match.rule.name == "hit-object" and SUFFERING.search(before):
        return None
    if match.rule.name == "killed-in-attack" and not kills_from_afar(match):
        return None
    if encoded.text.startswith("后发生的", last) or encoded.text.startswith("后发生的", match.last - 1):
        return None  # 这是在导弹袭击警察总部后发生的
    second = SECOND_DEED.search(encoded.text, first, last)
    last = second.start() if second else _with_series(encoded.text, last)
    end = without_predicate(encoded, first, last)
    if end is None:
        return None
    last = end
    struck = read_object(encoded, first, last)
    if "，" in match.template and not struck.place and not COUNTED.search(encoded.text, first, last):
        return None  # 空袭，目标包括能源设施 speaks in general
    if match.rule.name == "killed-in-attack":
        head = encoded.mentions[last - 1]
        struck = as_victim(struck, named=head is not None and head.type is MentionType.PERSON)
    return Blow(match, struck, match.first, last, match.first)


def _with_series(text: str, last: int) -> int:
    """The end of an object whose last part stands behind a comma: 弹药库，以及存有导弹的仓库."""
    more = re.compile("，(?:以及|及|还有|和)([^，。；]{1,30})").match(text, last)
    return more.end() if more else last


def _clause_start(context: Context, sentence: Sentence, match: Match, first: int) -> int:
    """Where the clause begins whose subject was hit: behind a comma, a claim, or an earlier blow."""
    encoded = sentence.encoded
    start = max(encoded.text.rfind(mark, 0, max(first, 1)) for mark in CLAUSE_MARK) + 1
    stop = encoded.position(match.words["target"][1] - 1) + 1
    claim = context.claim(sentence, match.words["target"][1] - 1)
    if claim is not None and sentence.start <= claim.start < match.words["target"][1]:
        said = encoded.position(claim.start) + 1
        start = max(start, said) if said < stop else start  # 多地报告遭到袭击
    inner = max(encoded.text.rfind(mark, start, stop) for mark in CLAUSE_MARK) + 1
    return max(start, inner)
