"""Words that tell no particular strike: civilians are bombed, an assault has failed, this attack is on everybody's lips.

Speeches and comments name what an army bombs without saying which house: 攻击平民构成战争罪, 不仅如此还轰炸医院. So do lists of
misdeeds. Such words are a strike only where a place, a toll, a time or a weapon goes with them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.layers.context import Context
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType

if TYPE_CHECKING:
    from extractors.kinds.strike_incidents import Incident

# Rules of an active verb: what suffers an attack (关键基础设施遭空袭) is told as news.
ACTIVE = ("hit-object", "attack-on-object")
WHOSE = (
    "(?:普通|无辜|手无寸铁的?|众多|大量|许多|很多|大批|关键|重要|重点|军事|民用|民生|平民|非军事|城市|社会|商业|公共|主要|基本|国家|住宅|居民|"
    "交通|当地|任何|各种|其他|其它|我们的?|他们的?|自己的?|本国|的)*"
)
PEOPLE_AND_HOUSES = (
    "(?:平民|民众|百姓|老百姓|人民|民居|儿童|妇女|孩子|老人|小孩|居民|无辜者|生命|平民区|居民区|住宅区|居住区|居民楼|住宅楼|住宅|民宅|民房|房屋|家园|"
    "建筑物?|楼房|公寓楼?|医院|学校|教堂|幼儿园|产房|医疗机构|教育机构|民用目标|平民目标|(?:民用|基础|军事|民生|医疗|公共)*设施|目标|城镇|城市|村庄|财产|文化遗产|人员)"
)
GENERAL = re.compile(
    f"{WHOSE}{PEOPLE_AND_HOUSES}(?:(?:、|和|与|及|以及|或|还有|甚至|老人|孩子){WHOSE}{PEOPLE_AND_HOUSES})*等?"
)
# Speech that judges, argues or lists misdeeds rather than reports.
REMARK = re.compile(
    "由于|因为|不仅|不只|甚至|行为|罪|违反|违背|谴责|指责|控诉|指控|证据|照片|故意|蓄意|可耻|野蛮|残忍|无耻|必须|应该|证明|我们|[？！]|"
    "没收|酷刑|谋杀|屠杀|强奸|掠夺|抢劫|种族|侵略|风险|意味|所谓"
)
# What an attack has done to people goes with it: 甚至轰炸医院造成大量伤亡.
HARMED = re.compile("(?:造成|导致|致|致使)[^，。；]{0,10}(?:死|伤|亡)")
TIME = SYMBOLS[MentionType.TIME]
# A thing that is no more than its number: 至少有一辆在战斗中被毁.
BARE_COUNT = re.compile(
    r"(?:至少|约|大约|也)?有?[0-9一二两三四五六七八九十百几多数]+[辆架门套艘枚](?:在战斗)?"
)
# Attacks on the ground that came to nothing.
FAILED = re.compile(
    "(?:没有|未能?|并未|均未|皆未)(?:取得|获得)?(?:成功|得逞|奏效|进展)|(?:以失败|都失败|均失败|被击退|被打退|遭击退|无功而返)"
)
# Only held to be possible, told behind: 对首都进行快速攻击是可能的.
POSSIBLE = re.compile(
    "(?:是|都|也|并非不)?(?:有|是)?可能的?(?=[，。；]|$)|(?:是|属)(?:不|无法)可避免|(?:的?(?:可能性|风险|危险))"
)
# The attack that everybody knows of: 未对此次舰艇遭袭一事作出反应.
POINTED = ("此次", "这次", "上述", "这起", "这一", "该起")
# Practice: an enemy in quotation marks, goals for show.
PRACTICE = re.compile(
    "“敌(?:人|军|方|舰|机)?”|模拟打击|发射训练|训练发射|靶场指定|战备演训|实弹(?:射击|打击|演练)|蓝军|红军|导调|打击演练"
)
# In flight, each with its number: 7架无人机、2枚导弹、1架直升机.
FLYING_PARTS = re.compile("[、，]|和|及|与")
FLYING = re.compile(r"[0-9一二两三四五六七八九十百多余]\s*[架枚]")
# What a clause before only holds possible goes for the next: 可能从境外出动，对各地发动袭击; 可以突破防线，并击中….
HELD_POSSIBLE = re.compile("有可能|还可能|也可能|可以(?!说|看|想)|能够|足以|可用于|可以用来")
# Aims hold only for what is joined on: 试图包围该市，并袭击…, but not 试图包围该市，对其炮击.
AIMED = re.compile("企图|试图|扬言|威胁要|计划|打算|准备")
JOINED = re.compile("(?:并(?!未|没|非|不)|且|而且|或|或者|以及|从而|进而)")
GOING_ON = re.compile(
    "(?:并(?!未|没|非|不)|且|而且|或|或者|以及|从而|进而|对|向|破坏|袭击|攻击|轰炸|摧毁|炮击|击中)"
)
DONE = re.compile("[^，。；]{0,12}(?:了|已|造成|导致)")
# What is said of an attack, not that there was one: 关于…的说法, 对…的攻击感到震惊.
SAID_OF = re.compile(
    "[^，。；]{0,6}(?:感到(?:震惊|愤怒|担忧|遗憾|不安|恐惧|骇然)|表示(?:谴责|关切|震惊|遗憾|愤慨|担忧|抗议)|予以(?:强烈)?谴责)"
)
REPORT = re.compile("(?:^|[，。；])(?:而|但|至于)?关于[^，。；]*$")
OF_REPORT = re.compile("[^，。；]{0,8}的(?:报告|报道|报导|消息|说法|传闻|指控|问题|传言|谣言|指责)")
# What people do who keep out of its way: 逃离轰炸.
AVOIDED = re.compile("(?:逃离|逃避|躲避|躲过|躲开|躲|避开|抵挡|逃脱|提防|防备)[了开]?[^，。；]{0,3}$")


def is_remark(context: Context, incident: Incident) -> bool:
    """Whether words speak of strikes in general, of what failed, was practised or kept away from, or of one known."""
    folded, sentence, struck = context.reading.folded, incident.sentence, incident.struck
    behind = folded[incident.last : sentence.end]
    clause = re.split("[，。；]", behind)[0]
    if PRACTICE.search(folded, sentence.start, sentence.end):
        return True
    harmed = incident.killed is not None or incident.injured is not None
    harmed = harmed or HARMED.search(folded, incident.trigger, sentence.end) is not None
    if harmed:
        return False
    if AVOIDED.search(folded, sentence.start, incident.trigger) or POSSIBLE.match(clause):
        return True
    known = incident.attacker is not None and struck.target is not None and incident.own_place
    if (SAID_OF.match(behind) and not known) or _only_possible(context, incident):
        return True
    if OF_REPORT.match(folded, incident.last) and REPORT.search(folded[sentence.start : incident.trigger]):
        return True
    if incident.rule == "attack-on-object" and incident.weapon is None and FAILED.search(behind):
        return True
    if struck.target is None:
        return False
    words = folded[slice(*struck.target)]
    if words.startswith(POINTED) and "袭" in folded[incident.trigger : incident.last]:
        return True
    return struck.place is None and (_is_general(incident, words) or _only_flies(words))


def _only_possible(context: Context, incident: Incident) -> bool:
    """Whether the clause goes on with what the one before holds possible, without a subject of its own."""
    folded, sentence = context.reading.folded, incident.sentence
    comma = folded.rfind("，", sentence.start, incident.trigger)
    if comma < 0 or not GOING_ON.match(folded, comma + 1):
        return False
    if incident.rule not in ACTIVE or DONE.match(folded, incident.trigger):
        return False
    begin = max(folded.rfind(mark, sentence.start, comma) for mark in "，。；：") + 1
    begin = max(begin, sentence.start)
    if JOINED.match(folded, comma + 1) and AIMED.search(folded, begin, comma):
        return True
    return HELD_POSSIBLE.search(folded, begin, comma) is not None


def _is_general(incident: Incident, words: str) -> bool:
    """Whether what was hit, at no place and no time, is civilians and houses at large, or a bare number."""
    if BARE_COUNT.fullmatch(words):
        return True
    if incident.rule not in ACTIVE or incident.weapon not in (None, "artillery"):
        return False
    text = incident.sentence.encoded.text
    if TIME in text or GENERAL.fullmatch(words) is None:
        return False
    return REMARK.search(text) is not None


def _only_flies(words: str) -> bool:
    """Whether everything destroyed is told by its number of aircraft and missiles."""
    parts = [part for part in FLYING_PARTS.split(words) if part]
    return len(parts) > 1 and all(FLYING.search(part) for part in parts)
