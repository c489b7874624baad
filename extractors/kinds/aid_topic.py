"""Whom a passage about help is about: the country in need that stands for who receives where a statement names nobody."""

from __future__ import annotations

import re
from collections import Counter

from extractors.kinds.aid_codes import is_receiver
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.mention import Mention, Person, Place, Side

# Words of a passage that tells of people in need, or of a state that asks for money.
NEED = re.compile(
    "援助|人道|救援|救灾|赈|灾民|灾区|灾情|震后|难民|饥荒|重建|捐款|捐助|捐赠|认捐|募捐|货币基金|世界银行|援外|军援|驰援|债务"
)
DISASTER = re.compile(
    "灾民|灾区|灾情|震后|地震|洪灾|洪水|台风|飓风|饥荒|粮食危机|疫情|人道(?:主义)?危机|难民(?!营?遭)"
)
# How many sentences before a statement may tell of the need.
NEED_REACH = 4
# How many times as often as any other it must be named.
LEAD = 2
COUNTRY_CODE = 2


def _code(mention: Mention) -> str | None:
    value = mention.value
    if isinstance(value, Side):
        return value.code
    if isinstance(value, Place):
        return value.country
    return value.side if isinstance(value, Person) else None


def topic(context: Context, sentence: Sentence) -> tuple[str, ...]:
    """The one country in need that the passage up to a sentence is about, nobody where none stands out."""
    reading = context.reading
    told = [other for other in reading.passage_of(sentence) if other.index <= sentence.index]
    if reading.sentences[0].heading and sentence.passage <= 1 and told[0].index:
        told = [reading.sentences[0], *told]
    if not any(NEED.search(reading.folded, other.start, other.end) for other in told):
        return ()
    named: Counter[str] = Counter()
    for other in told:
        codes = {code for m in other.mentions if (code := _code(m)) and len(code) == COUNTRY_CODE}
        named.update(code for code in codes if is_receiver((code,)))
    often = named.most_common(2)
    if not often or (len(often) > 1 and often[0][1] < LEAD * often[1][1]):
        return ()
    return (often[0][0],) if often[0][1] > 1 or len(often) == 1 else ()


def need_of(context: Context, sentence: Sentence) -> str:
    """The sort of help that the sentences before make of one that names none: humanitarian after a disaster."""
    reading = context.reading
    near = [reading.sentences[0], *reading.before(sentence, NEED_REACH), sentence]
    told = any(DISASTER.search(reading.folded, other.start, other.end) for other in near)
    return "humanitarian" if told else "unspecified"
