"""Where the words of an object end: translated sentences put whole clauses between an object and its verb.

一群志愿者在从公园疏散动物时遭到袭击 was done to the volunteers; 袭击平民可构成战争罪 tells of civilians and goes on.
"""

from __future__ import annotations

import re

from extractors.kinds.strike_targets import is_physical
from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.mention import MentionType

TIME, PLACE, SIDE = (SYMBOLS[kind] for kind in (MentionType.TIME, MentionType.PLACE, MentionType.SIDE))
# What brings in the object of a passive, and is no part of it.
BEFORE_OBJECT = re.compile(
    "(?:[^的]*?(?:据说|据称|据悉|显示|看到|发现|曾?出现了?|表明|得知|当被问及)|可见|"
    "[^的]{0,6}(?:共|约|至少|已经?|分别|仍|也|还|亦|便|就|又)有(?!关|效|人|些))"
)
SHORT_OF_OBJECT = 2
# How a thing is there, between its name and the verb.
MANNER = re.compile(
    "(?:亦|同样|也有|已|已经|惨|过去|一直|各自|分别|相继|相应|统统|依然|仍然|仍|正|都|几乎全部|大多|很快|一样|随即|再次|均|完全或|也|却)+$"
)
# A preposition that opens where, when or under what the thing was hit.
ADJUNCT = re.compile(f"(?<![存所现驻位设停正包部内建处落])(?:在|从|自|因|随着|于(?={TIME}))|{TIME}在")
# What the end of an adjunct of circumstance looks like: 的战斗, 的攻击下, 时.
CIRCUMSTANCE = re.compile(
    "(?:战斗|交火|入侵|进攻|[袭攻打]击|空袭|轰炸|炮击|行动|冲突|战争|过程|期间|途中|之际)(?:中|下|里|后|时)?$|[时后下中]$"
)
# The same of a place: 在该港口, 从东部.
WHEREABOUTS = re.compile(f"(?:[{PLACE}{SIDE}]|该|这|当地|[东南西北])[^的]{{0,8}}")
# A purpose or outcome behind an object: 袭击火车站 + 以防止平民撤离.
PREDICATE = re.compile(
    "(?<=.)(?:一事|事件|行为|行动)?(?:予以|加以|负责|负有责任|表示|感到|提出)|(?<=.)(?:侵犯|违背|践踏)|以(?:求|防|便|阻|免|期|至|回应|报复)|(?<=.)发生(?:火灾|大火|爆炸)|(?<=[厂站库楼所房院])起火|从而|因此|进而|越来越|造成|导致|使用性|(?<=.)着火|包括使用|(?<=.)并(?=在|将|对|向|用|以|制|使|造|杀|逮|占)"
)
# What is told of an attack, not what it hit: 袭击平民的动机, 轰炸民居的真相.
TOPIC = re.compile(
    "的(?:难度|必要性|可行性|动机|影响|真相|事实|后果|罪行|责任|证据|指控|决定|理由|借口|原因|意图|说法|方式|手段|机会|做法|报告|细节)"
    "|可(?:构成|能)|构成|只能|都可能|尤其|被用|违反|(?<!隶)属于(?=恐怖|战争|非法|犯罪)|证明|说明|意味着|相当于|等同|令人|有令|有何|情况令|"
    "是(?:为了|战争|蓄意|犯罪|非法|对|违|恐怖|在)"
)


def without_introduction(text: str, first: int, last: int) -> int:
    """Where the object of a passive begins behind the words that bring it in: 显示 + 约有20栋住宅楼."""
    found = BEFORE_OBJECT.match(text, first, last)
    while found and last - found.end() >= SHORT_OF_OBJECT and found.end() > first:
        first = found.end()
        found = BEFORE_OBJECT.match(text, first, last)
    return first


def without_adjunct(encoded: Encoded, first: int, last: int) -> int:
    """Where the object of a passive ends before an adjunct of place, time or circumstance."""
    text = encoded.text
    manner = MANNER.search(text[first:last])
    if manner and manner.start() > 0:
        last = first + manner.start()
    for found in ADJUNCT.finditer(text, first + 1, last):
        behind = text[found.end() : last]
        circumstance = CIRCUMSTANCE.search(behind) or WHEREABOUTS.fullmatch(behind)
        if circumstance and is_physical(_words(encoded, first, found.start())):
            return found.start()
    return last


def without_predicate(encoded: Encoded, first: int, last: int) -> int | None:
    """Where the object of an active verb ends before a predicate; `None` where the attack is a mere topic."""
    text = encoded.text
    topic = TOPIC.search(text, first, last)
    if topic:
        return None
    found = PREDICATE.search(text, first + 1, last)
    return found.start() if found else last


def _words(encoded: Encoded, first: int, last: int) -> str:
    return "".join(
        held.words if held else sign
        for sign, held in zip(encoded.text[first:last], encoded.mentions[first:last], strict=True)
    )
