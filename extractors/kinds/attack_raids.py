"""Numbers of attacks that name no weapon (15次集群打击, 73次袭击): which of them are raids from the air, and with what."""

from __future__ import annotations

import re

from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import (
    Counted,
    Mention,
    MentionType,
    Organisation,
    Side,
    WeaponType,
    side_code,
)

COUNT, WEAPON, SIDE = (SYMBOLS[kind] for kind in (MentionType.COUNT, MentionType.WEAPON, MentionType.SIDE))
AERIAL = {"drone", "missile", "guided_bomb", "rocket", "uncrewed_boat", "mixed"}
# What an attack is made with: 使用导弹和无人机等, 用此类导弹.
INSTRUMENT = re.compile(
    rf"(?:使用|动用|利用|通过|用|以)(?:[^{WEAPON}，。；]{{0,8}}?[{WEAPON}])"
    rf"(?P<more>(?:、|和|及|与|以及)[^{WEAPON}，。；、]{{0,6}}?[{WEAPON}])*(?P<further>等|、|和|及)?"
)
# Weapons of other sorts beside those named: 高精度武器和无人机.
SORTS = re.compile("武器|战机|飞机|火炮|大炮|迫击炮|炮弹|轰炸机")
# What was done with it before the attacks are counted: 用导弹打击了…，并发动多次空袭.
DONE = re.compile("打击|击落|摧毁|拦截|袭击|，并|，还|；")
# Fighting on the ground, and attacks that no weapon makes.
OTHER = re.compile(
    "击退|挫败|打退|抵御|粉碎|抵挡|进攻|攻势|交战|交火|战斗|地面|网络|恐怖|黑客|炮击|持刀|枪击|突击队|定居者|假旗|模拟|演练"
)
BACKGROUND = re.compile("曾|此前|以往|过去曾")
# So far behind its number the verb may stand: 两次遭到以军袭击.
VERB_WITHIN = 14
# Wars in which an unspecified 袭击 may as well be an assault of infantry.
FRONTS = {"RU", "UA"}
ATTACK_UNITS = {"次", "起", "轮", "波", "回", "波次", "场"}


def instrument(sentence: Sentence, offset: int) -> WeaponType | None:
    """What the attacks counted at an offset were made with, `None` where the sentence does not say."""
    text = sentence.encoded
    for found in INSTRUMENT.finditer(text.text):
        kinds = {
            mention.value.code
            for mention in text.mentions_in(*found.span())
            if isinstance(mention.value, WeaponType) and mention.value.code in AERIAL
        }
        between = text.text[found.end() : text.position(offset)]
        if text.text[found.start() - 1 : found.start()] == "、":
            continue  # 71次空袭、使用3000架无人机: a series of deeds
        if COUNT in text.text[text.position(offset) + 1 : found.start()]:
            continue  # 68次空袭，投下89枚航弹，动用了1200架无人机: told of others
        if not kinds or text.starts[found.start()] > offset + 24 or DONE.search(between):
            continue
        single = len(kinds) == 1 and not found["further"] and not SORTS.search(found.group())
        return WeaponType(kinds.pop() if single else "mixed")
    return None


def is_air_raid(context: Context, sentence: Sentence, count: Mention, end: int) -> bool:
    """Whether a number of attacks without a weapon counts raids from the air.

    打击 with a numeral is the word for strikes from afar; 袭击 and 攻击 are where weapons are named, and 袭击 where
    the sentence is not on a war with front lines.
    """
    if not isinstance(count.value, Counted) or count.value.unit not in ATTACK_UNITS:
        return False
    if count.value.count.qualifier == "several" or count.value.count.value == 1:
        return False
    folded = context.reading.folded
    first, last = context.clause(sentence, count.start, end)
    if OTHER.search(folded, first, last):
        return False
    words = folded[count.end : min(last, max(end, count.end + VERB_WITHIN))]
    if "打击" in words or "空袭" in words:
        return True
    if instrument(sentence, count.start) is not None:
        return True
    parties = {
        code
        for mention in sentence.mentions
        if isinstance(mention.value, Side | Organisation) and (code := side_code(mention))
    }
    return "袭击" in words and count.value.unit != "起" and bool(parties) and not parties & FRONTS


def is_background(context: Context, sentence: Sentence, count: Mention) -> bool:
    """Whether an indefinite number of attacks is told as what used to be (以军曾多次空袭叙境内目标)."""
    if not isinstance(count.value, Counted) or count.value.count.qualifier != "several":
        return False
    first, _ = context.clause(sentence, count.start, count.end)
    return BACKGROUND.search(context.reading.folded, first, count.start) is not None
