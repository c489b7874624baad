"""Deeds that words turn to: what a side is blamed for, what comes to light, whose raid is condemned.

对美军空袭一座营地予以谴责 names the attacker behind 对, 爆料…策划炸毁管道 a deed that was done, not a plan.
"""

from __future__ import annotations

import re

from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Mention, MentionType

TIME = SYMBOLS[MentionType.TIME]
TURNED_TO = re.compile("(?:对于?|就|针对|回应|谴责)$")
DEED = re.compile(
    f"(?:{TIME}|此前|日前|近日|近期|当天|多次|再次|持续|继续)*(?:空袭|轰炸|炮击|袭击|打击|攻击|炸毁)"
    "(?![的，。中后时]|一事|事件|行|予以|表示)"
)
# A deed done, with somebody's help or by a plot: 情报帮助乌军击沉了一艘军舰.
DONE = re.compile("(?:击|炸|摧|打|命|袭)[\u4e00-\u9fff]了")
# Deeds that come to light: 爆料美国策划炸毁管道.
REVEALED = re.compile("爆料|曝光|披露|揭露|揭秘|调查记者|真相")
# What is said of an attack that was made.
CONDEMNED = re.compile("谴责|抗议|痛斥")


def turned_to(sentence: Sentence, mention: Mention) -> bool:
    """Whether words turn to what a side did rather than against it: 针对以军此前轰炸港口."""
    text, at = sentence.encoded.text, sentence.encoded.position(mention.start)
    return DEED.match(text, at + 1) is not None and TURNED_TO.search(text, 0, at) is not None


def as_done(context: Context, sentence: Sentence, before: str, trigger: int, *, told: bool) -> str:
    """The words before a deed without those that would make it a mere plan or wish, where it was done.

    `told` says that an attack with a toll, or one that is the topic, may be condemned.
    """
    folded = context.reading.folded
    if DONE.match(folded, trigger):
        before = re.sub("帮助|协助|策划", "", before)
    if REVEALED.search(folded, sentence.start, sentence.end):
        before = before.replace("策划", "")
    if "负责" in folded[trigger : sentence.end]:
        before = before.replace("应对", "对")  # 应对袭击一处设施负责
    return CONDEMNED.sub("", before) if told else before
