"""How firmly: asserted, planned, possible or denied, read from the words around a fact's trigger."""

from __future__ import annotations

import re

from extractors.reading.document import Reading, Sentence
from schemas.values import Modality

DENIED = re.compile("否认|并未|从未|没有证据|不属实|驳斥|绝无|未曾")
POSSIBLE = re.compile(
    "可能|或许|也许|考虑|敦促|呼吁|希望|要求|请求|如果|若|假如|一旦|据信|疑似|尚未证实|未经证实|建议|提议|应该|应当|期望|讨论"
)
PLANNED = re.compile("将(?!军|领|近|其)|计划|拟|准备|打算|预计|即将|定于|有望|着手|拟于")
CLAUSE = re.compile("[，。！？；]")


def modality_of(reading: Reading, sentence: Sentence, start: int, end: int) -> Modality:
    """The modality of the stretch [start, end), read from it and from its clause up to it."""
    clause_start = sentence.start
    for mark in CLAUSE.finditer(reading.folded, sentence.start, start):
        clause_start = mark.end()
    text = reading.folded[clause_start:end]
    if DENIED.search(text):
        return "denied"
    if POSSIBLE.search(text):
        return "possible"
    if PLANNED.search(text):
        return "planned"
    return "asserted"
