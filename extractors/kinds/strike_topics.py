"""Attacks told by a noun, in a place, or by whom they killed: which of these words tell that a strike was made.

对X的空袭仍在继续 tells one, 需要对X的空袭 none; 在X发动空袭 one, 击退在X发动的14次袭击 none.
"""

from __future__ import annotations

import re

from extractors.kinds.strike_objects import Struck, read_object
from extractors.kinds.strike_place_words import WEAPON
from extractors.kinds.strike_targets import is_physical
from extractors.rules.ruleset import Match

# An attack that ends its sentence is a mere topic, unless the verb before says that it was made: 加强了对X的炮击.
MERE_TOPIC = re.compile(
    "(?:行动|事件|行为)?(?:[。；！？、”]|$|的|和(?!封锁|围困)|与|或|计划|能力|力度|威胁|风险|可能(?!使用|动用|是|造成)|准备|意图|将|会|应|都应|均应|都将|不应|必须|一旦|，如果|并不常见|通常|一般)"
)
TOLD_OF = re.compile(
    "(?:加强|加紧|加大|恢复|升级|继续|持续|承认|证实|否认|驳斥|谴责|痛斥|抗议|展开|发动|进行|实施|目睹|经历|发起|重启)了?(?:[^，。；对]{0,8})$"
)
# Means that kill from afar, without which people killed were none of a strike: 在地面战斗中打死数人.
FROM_AFAR = re.compile(
    f"空袭|轰炸|炮击|炮火|空中|战机|轰炸机|炸弹|炮弹|炮轰|袭击|攻击|打击|突袭|定点|爆炸|{WEAPON}"
)
ANY = re.compile("任何|一切|潜在|可能的|所谓")
KILLED = re.compile("打死|炸死|击毙|杀死|击杀")
PERFORM = 2  # so long are the verbs of 发动袭击


def kills_from_afar(match: Match) -> bool:
    """Whether the words before a killing tell of the means of a strike."""
    return FROM_AFAR.search(match.encoded.text, 0, match.first) is not None


def is_mere_topic(match: Match, struck: Struck, last: int) -> bool:
    """Whether a match whose object ends at the encoded position `last` tells no strike of its own, by its rule."""
    name, text = match.rule.name, match.encoded.text
    if name == "attack-with-toll":
        # 在18日的空袭中打死…: what follows tells who died
        return KILLED.search(text, match.last - 2) is not None and _is_nowhere(struck)
    if name == "attack-in-place":
        # 击退了在X发动的14次袭击
        return (
            (struck.place is None and not struck.here)
            or _is_no_thing(struck)
            or text.startswith("的", last + PERFORM)
        )
    return name == "attack-as-topic" and not _is_told(match, struck)


def whole_object(match: Match, short: Struck, first: int, last: int) -> tuple[Struck, int]:
    """The object up to the last 的 before the attack, where more of it follows the first: 对X州的Y镇的炮击."""
    encoded = match.encoded
    end = encoded.text.rfind("的", last + 1, match.last)
    if end < 0:
        return short, last
    whole = read_object(encoded, first, end)
    thing = whole.target is not None and is_physical(whole.target_words)
    town = whole.target is None and whole.place not in (None, short.place)
    return (whole, end) if thing or town else (short, last)


def _is_told(match: Match, struck: Struck) -> bool:
    """Whether an attack that is the topic of a sentence was made, and hit a place or thing that the words name."""
    text = match.encoded.text
    if ANY.search(text, match.first, match.last):
        return False  # 对该国船只的任何攻击
    thing = struck.target is not None and is_physical(struck.target_words)
    town = struck.place is not None and not struck.only_country and struck.target is None
    vague = text.startswith(("攻击", "打击"), match.last - 2) and WEAPON not in text[match.first : match.last]
    told = TOLD_OF.search(text, 0, match.first) or not MERE_TOPIC.match(text, match.last)
    return (thing or (town and not vague)) and bool(told)


def _is_no_thing(struck: Struck) -> bool:
    return struck.target is not None and not is_physical(struck.target_words)


def _is_nowhere(struck: Struck) -> bool:
    return struck.place is None and (struck.target is None or _is_no_thing(struck)) and not struck.here
