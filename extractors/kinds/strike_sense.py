"""Whether words that look like a strike are one: real objects, hostile acts, and not the daily routine of a front."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.kinds.strike_deeds import as_done
from extractors.kinds.strike_incidents import Incident
from extractors.kinds.strike_targets import is_goal_of_its_own, is_physical, is_routine, is_saying, vocabulary
from extractors.kinds.strike_war import is_of_the_war
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType
from schemas.values import Modality

NEVER = re.compile("不$|没有(?!警告|预警|遇到)|并未|未(?=[^来经成知婚]{0,3}$|遭|受|被|击|造)|没(?=能)")
LISTED = re.compile("列为|合法|(?:打击|攻击|袭击)目标(?!是|为|包括)|(?:打击|攻击|袭击|作战)的?能力")
PLANNED = re.compile(
    "将(?=[^军领近其]{0,8}(?:打击|袭击|攻击|摧毁|轰炸|实施|发动)|在[^，。；]{2,16}(?:展开|实施|发动|进行))(?!.{0,12}(?:打死|炸毁|摧毁了))"
)
MAYBE = re.compile("可能|疑似|据信|或已|尚未证实|未经证实|涉嫌")
# 否认这一说法，称…: what is said instead is asserted.
OTHERWISE = re.compile("[，；](?:并|而|反而|反)?(?:称|说|表示|强调|指出|坚称|声称|指责)")
DENIED = re.compile("否认|并未|没有.{0,12}(?:受损|击中|打击|袭击|攻击)|未.{0,3}(?:击中|受损)|不属实|驳斥")
# What an army has destroyed so far, one kind of equipment after the other.
TALLY = re.compile("[0-9一二两三四五六七八九十百千多余][架辆门套艘][^、，。]*")
LONG_TALLY = 3
# People hurt, if not counted apart: 造成4人死伤, 造成人员伤亡.
HARMED = re.compile("(?:造成|导致|致|致使)[^，。；]{0,10}(?:死伤|伤亡)")
SEA = re.compile("[海湾洋峡](?![\u4e00-\u9fff]*[市港城])|海域|水域|(?:海面|海里|海中|海上)$")
# An explosion that is told as an attack.
BOMBING = re.compile("爆炸性?(?:恐怖)?袭击")
SINGLE = re.compile("(?:一|1|该|两|2)[艘座处栋所家辆架个]")
DOWNED = re.compile("击落|拦截|挫败|打掉|拦下")

# Beside the words of the lexicon: what needs a look at its neighbours.
TALK = "|(?<!予)以(?:进一步)?$|威胁(?:要|将|$)|容易(?=.{0,8}$)|设计(?=用?[来于以]?$)"
TALK += "|针对.{0,6}威胁|支持.{0,8}使用|(?<![机社协议大委国宴理员])会(?![议谈见员])(?=.{0,6}$)|(?<![需主重必首])要(?=.{0,3}$)"
TALK += "|(?<![回响])应(?=.{0,2}$)|(?<![可性功核职智才产本])能(?=.{0,2}$)|毫不犹豫|协助|有助于|足以|期待|可(?!能)(?=.{0,3}$)"
TALK += "|指责.{0,10}计划"
ACCIDENT = "|飓风(?!火箭)|风暴(?!阴影|之影)"
HOSTILE = (
    f"|{SYMBOLS[MentionType.WEAPON]}|军(?!人家属)|炸[毁断死成]|(?:精确制导|高精度)武器|轰[烂毁]|击[毁沉]|弹药"
)
HOSTILE += "|(?:制造|实施|策划)了?[^，。；]{0,4}爆炸|人为破坏|蓄意破坏|炸药|引爆"


# What is supposed for the sake of argument, in an earlier clause of the sentence: 否则，当导弹击中核电站.
SUPPOSED = re.compile("否则|假如|假设|倘若|要是|万一|最坏的情况|某一?[枚架座个天]")
GENERALLY = re.compile("时，[^。；]{0,20}(?:会|将)")
# Wars of long ago, told on their anniversaries.
LONG_AGO = re.compile(
    "南联盟|二战|第二次世界大战|越战|越南战争|朝鲜战争|海湾战争|广岛|长崎|珍珠港|9·11|卢旺达大屠杀"
)
# An advance on the ground, which hits nothing that could be named: 向X进行小规模攻击.
ADVANCE = re.compile("推进|进攻|北上|南下|东进|西进|地面|小规模|反攻|攻势|突破|包围")
# A year named in a sentence, and how long ago what is told there is history.
YEAR = re.compile("(?<![0-9])(?P<year>1[89][0-9]{2}|20[0-9]{2})年")
HISTORY_YEARS = 5
DATED_BEHIND = re.compile("(?:是在?|发生[于在]|还?是)(?P<year>1[89][0-9]{2}|20[0-9]{2})年")
# What an attack means for a count, told of one that stands beside: 这是4月底以来首次遭到袭击.
RECKONING = re.compile("^这(?:是|也是|已是)[^。；]*(?:以来|首次|第[一二三四五六七八九十0-9]+次)")
NETWORKS = re.compile("[黑骇]客|网络(?:攻击|袭击)|网攻|资讯安全|网络安全")
# Attacks that hurt nobody on the ground.
PRACTICE = re.compile(
    "网络基础设施|网络系统|网站|网络攻击|网络袭击|黑客|靶标|演习|演练|试射|试验|信号干扰|干扰攻击"
)


def talk() -> re.Pattern[str]:
    """Words of what may come, is feared, allowed or prevented."""
    return vocabulary("talk", TALK)


def accident() -> re.Pattern[str]:
    """Words of harm that no enemy did."""
    return vocabulary("accidents", ACCIDENT)


def hostile() -> re.Pattern[str]:
    """Words of fighting."""
    return vocabulary("hostile", HOSTILE)


def happened(
    context: Context,
    sentence: Sentence,
    trigger: int,
    last: int,
    *,
    toll: bool,
    known: bool = False,
    goal: bool = False,
    topic: bool = False,
) -> Modality | None:
    """The modality of a strike; `None` where it is only talked about: planned, feared, allowed, prevented.

    `known` says that the attacker is: 由于以军轰炸 tells a strike, 由于设施受损 a reason. `goal` says that something
    became the goal of an attack, which is no list of what may be attacked, `topic` that something is said of an
    attack that was made: it may be condemned.
    """
    folded = context.reading.folded
    start = max((folded.rfind(mark, sentence.start, trigger) for mark in "，。；：！？"), default=-1) + 1
    start = max(start, sentence.start)
    claim = context.claim(sentence, trigger)
    before = folded[start:trigger]
    if claim is not None and start <= claim.start < trigger:
        verb = folded[start : claim.start + 1]
        if "否认" in verb:
            return "denied"
        before = folded[claim.start + 1 : trigger]
    words = folded[start : max(last, trigger)]
    if (
        claim is not None and claim.verb == "否认" and not OTHERWISE.search(folded, claim.start, trigger)
    ) or DENIED.search(before):
        return "denied"
    listed = not goal and LISTED.search(folded, trigger, last + 3)
    before = as_done(context, sentence, before, trigger, told=topic or toll)
    if talk().search(before) or listed or PLANNED.search(words):
        return None
    general = re.search("当[^，。；]{0,14}$", before) and GENERALLY.search(folded, last - 1, sentence.end)
    if general or SUPPOSED.search(folded, sentence.start, trigger):
        return None
    if not (toll or known) and before.startswith("由于"):
        return None
    if NEVER.search(before) or (not toll and NEVER.search(folded, trigger, min(trigger + 5, last))):
        return None
    if re.search("将(?:要|会|继续|再次|于)?$", before):
        return None
    if MAYBE.search(before):
        return "possible" if re.search("了|已|造成|中", folded[trigger : trigger + 6]) else None
    return "asserted"


def is_warlike(context: Context, incident: Incident, told: Sequence[Sentence] = ()) -> bool:
    """Whether the words around speak of a hostile act rather than of an accident, a storm or a crime.

    `told` are the sentences that tell the strikes before.
    """
    sentence = incident.sentence
    words = sentence.encoded.text  # without names: 瓦斯 is none in 塞瓦斯托波尔
    if _is_told_for_itself(context, incident):
        return False
    named = bool(incident.attacker and (incident.weapon or incident.attacked))
    if (
        PRACTICE.search(words)
        or _of_networks(context, incident)
        or (not named and _by_accident(context, sentence))
    ):
        return False
    if incident.attacker is None and vocabulary("crimes").search(words):
        return False
    if incident.attacker or incident.weapon:
        return True
    if not incident.explosion and (hostile().search(words) or _names_forces(sentence)):
        return True
    if incident.explosion or incident.rule in ("object-damaged", "object-struck-by"):
        return _in_a_war(context, incident, told)
    return False


def _in_a_war(context: Context, incident: Incident, told: Sequence[Sentence]) -> bool:
    """Whether the passage or article around something destroyed is of fighting, and says where or what it was.

    Behind a strike told just before, in the sentences `told`, what nothing places was destroyed by that one.
    """
    near = "".join(s.encoded.text for s in context.reading.passage_of(incident.sentence)[:12])
    if accident().search(near):
        return False
    if incident.struck.place and (hostile().search(near) or (incident.explosion and is_of_the_war(context))):
        return True
    before = context.reading.before(incident.sentence, 2)
    if incident.explosion or not is_physical(incident.struck.target_words):
        return False
    if incident.struck.place is None and any(sentence in told for sentence in before):
        return False
    return is_of_the_war(context) or any(hostile().search(sentence.encoded.text) for sentence in before)


def _is_told_for_itself(context: Context, incident: Incident) -> bool:
    """Whether words tell no strike of these days: an old war, peace that is broken, the first attack since a month."""
    sentence, folded = incident.sentence, context.reading.folded
    if LONG_AGO.search(folded, sentence.start, sentence.end) or is_history(context, incident):
        return True
    thing = incident.struck.target is not None and is_physical(incident.struck.target_words)
    if not thing and folded.startswith("破坏", incident.trigger):
        return True
    untold = incident.killed is None and incident.injured is None
    return untold and RECKONING.match(folded[sentence.start : sentence.end]) is not None


def _by_accident(context: Context, sentence: Sentence) -> bool:
    """Whether a sentence tells of harm that no enemy did; shots are an enemy's where both sides of a war are named."""
    words = sentence.encoded.text
    if {"RU", "UA"} <= context.first_named[sentence.passage].keys():
        words = words.replace("枪击", "")
    return accident().search(words) is not None


def is_history(context: Context, incident: Incident) -> bool:
    """Whether the last year named before a strike in its sentence lies more than five years back."""
    sentence = incident.sentence
    named = list(YEAR.finditer(context.reading.folded, sentence.start, incident.trigger))
    named = named or list(DATED_BEHIND.finditer(context.reading.folded, incident.trigger, sentence.end))[:1]
    return bool(named) and int(named[-1]["year"]) < context.reading.published.year - HISTORY_YEARS


def _of_networks(context: Context, incident: Incident) -> bool:
    """Whether an attack by nobody with nothing stands among attacks on networks."""
    if incident.attacker or incident.weapon:
        return False
    near = context.reading.before(incident.sentence, 2)
    return any(NETWORKS.search(sentence.encoded.text) for sentence in near)


def _names_forces(sentence: Sentence) -> bool:
    """Whether a sentence names the forces of a country: 乌军, 黑海舰队."""
    return any(getattr(mention.value, "form", "") == "forces" for mention in sentence.mentions)


def _at_sea(context: Context, incident: Incident) -> bool:
    """Whether weapons were fired at no more than a sea: 向亚丁湾发射导弹."""
    place = incident.struck.place
    return place is not None and SEA.search(context.reading.folded, *place) is not None


def _landed(context: Context, incident: Incident) -> bool:
    """Whether a weapon came down on a town or a part of it: 三枚导弹落在安东尼夫卡镇."""
    struck = incident.struck
    vague = struck.broad or struck.towns or struck.only_country or _at_sea(context, incident)
    return incident.rule == "fell-on-object" and bool(incident.weapon) and incident.own_place and not vague


def _is_downing(incident: Incident) -> bool:
    """Whether what was hit flies, and nobody was hurt: 两架无人机被摧毁，无人伤亡."""
    flies = incident.struck.target is not None and not incident.struck.target_words
    return flies and incident.rule == "object-struck-by" and not _somebody_hurt(incident)


def _is_advance(context: Context, incident: Incident) -> bool:
    """Whether forces attack on the ground: 向X进行小规模攻击."""
    if incident.rule not in ("attack-on-object", "attack-in-place") or incident.weapon is not None:
        return False
    told = context.reading.folded[incident.trigger : incident.last]
    return "攻击" in told and ADVANCE.search(incident.sentence.encoded.text) is not None


def _somebody_hurt(incident: Incident) -> bool:
    return any(count is not None and count.value != 0 for count in (incident.killed, incident.injured))


def is_boilerplate(context: Context, incident: Incident) -> bool:
    """Whether nothing particular was hit: no object and no place, or men and equipment on some direction."""
    struck = incident.struck
    sentence = incident.sentence
    toll = incident.killed is not None or incident.injured is not None
    harmed = toll or HARMED.search(context.reading.folded, incident.trigger, sentence.end) is not None
    physical = struck.target is not None and is_physical(struck.target_words)
    tally = physical and struck.place is None and len(TALLY.findall(struck.target_words)) >= LONG_TALLY
    if physical and incident.counted and struck.place is None and incident.many:
        return SINGLE.match(struck.target_words) is None
    if (
        incident.fired
        and not toll
        and not physical
        and (struck.broad or struck.towns or _at_sea(context, incident))
    ):
        return True  # 向以色列北部发射火箭弹
    advance = not physical and _is_advance(context, incident)
    if _is_downing(incident) or (not toll and (tally or advance)):
        return True  # 167架飞机、790辆坦克、8艘船
    if physical:
        told = context.reading.folded[sentence.start : incident.last]
        own_goal = is_goal_of_its_own(struck, told, armed=incident.weapon is not None)
        if is_routine(struck.target_words, struck.bare_words) and not own_goal:
            return not toll and (struck.place is None or struck.front or struck.only_country)
        return False
    if struck.place is None or (struck.front and not toll):
        return True
    if incident.counted and not harmed:
        return True  # so many attacks or missiles on a region: a count, no strike
    if struck.target is not None and not toll and (not incident.own_place or is_saying(struck.target_words)):
        return True  # what was hit is no thing on the ground: 在黑海上空摧毁20枚导弹
    if incident.rule == "attack-told-before" and incident.attacker and incident.own_place:
        return False  # 袭击导致苏梅市停电
    bombing = BOMBING.search(context.reading.folded, incident.trigger, sentence.end)
    if incident.rule == "object-exploded" and (incident.attacked or bombing):
        return False  # 基辅发生爆炸, with missiles told around it; 某省发生爆炸袭击
    if incident.rule in ("fell-on-object", "object-damaged", "object-exploded", "attack-told-before"):
        told_before = incident.rule == "attack-told-before" and incident.attacker
        return not (harmed if told_before else toll or _landed(context, incident))
    if struck.only_country and not toll:
        return True
    folded = context.reading.folded
    return not toll and DOWNED.search(folded, sentence.start, sentence.end) is not None
