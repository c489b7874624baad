"""Whose somebody is whom a clause names without a country: 该国外长, 本国官员, 总统府说……总统, 澳门特区行政长官."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.kinds.meeting_holders import SINGLE
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.mention import Mention, Organisation, Person, Side, side_code

# The country told last: 卡塔尔外交部说，该国首相……
OWN = re.compile("(?:该国|本国|我国|该组织|该集团|该机构|该联盟)(?:的|一名|一位)?$")
# What may stand between a country and an office of it.
REGION = ("特区", "特区政府", "特别行政区", "方面", "政府")
# Who is of somebody's family or staff stands for the same country: 特朗普女婿库什纳.
KIN = re.compile("(?:的)?(?P<what>女婿|之子|儿子|长子|女儿|胞弟|幕僚长)$")
# 卡塔尔工商大臣费萨尔: the minister is of the country before the name of his department.
MINISTER = re.compile("(?<=[^，。；、])[^，。；、：“和与同及会见访在向对于了的]{1,6}$")
MINISTERS = re.compile("(?:副|第一副)?(?:部长|大臣|次官|国务卿)")
# Offices that only Hong Kong has.
OF_HONG_KONG = re.compile("(?:财政司|政务司|律政司)(?:副?司长)|财经事务及库务局(?:副?局长)")


def owned(context: Context, sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, people of no known side as those of the country that the sentence has for them."""
    return [_owned(context, sentence, mention) for mention in mentions]


def _owned(context: Context, sentence: Sentence, mention: Mention) -> Mention:
    person = mention.value
    if not isinstance(person, Person) or mention.start < sentence.start:
        return mention
    folded = context.reading.folded
    minister = MINISTER.search(folded, sentence.start, mention.start)
    if minister is not None and MINISTERS.match(mention.words):
        country = next((m for m in sentence.mentions if m.end == minister.start()), None)
        if country is not None and isinstance(country.value, Side) and country.value.form == "country":
            role = f"{minister[0]}{person.role or ''}"
            value = replace(person, side=country.value.code, role=role)
            return replace(mention, start=country.start, value=value)
    if person.side is not None:
        return mention
    before = [m for m in sentence.mentions if m.end <= mention.start and side_code(m)]
    region = OF_HONG_KONG.search(folded, sentence.start, mention.end)
    if region is not None and region.start() <= mention.start < region.end():
        return replace(mention, value=replace(person, side="HK", role=region[0]))
    if not before:
        return mention
    last = before[-1]
    gap = folded[last.end : mention.start]
    kin = KIN.fullmatch(gap)
    if kin is not None and isinstance(last.value, Person) and person.role is None:
        role = f"{last.words}{gap}"
        return replace(mention, value=replace(person, side=side_code(last), role=role))
    own = OWN.search(folded, sentence.start, mention.start) is not None
    of_region = isinstance(last.value, Side) and gap in REGION
    if person.role and (own or of_region or _speaks_for(context, sentence, mention, person)):
        side = side_code(last)
        claim = context.claim(sentence, mention.start)
        if not own and not of_region and claim is not None:
            side = side_code(claim.speaker)
        return replace(mention, value=replace(person, side=side))
    return mention


def _speaks_for(context: Context, sentence: Sentence, mention: Mention, person: Person) -> bool:
    """Whether a ministry or a leader's office tells what its own leader does: 总统府5日说，哈桑总统将……"""
    claim = context.claim(sentence, mention.start)
    if claim is None or claim.speaker.end > mention.start or not SINGLE.search(person.role or ""):
        return False
    speaker = claim.speaker.value
    return isinstance(speaker, Organisation) and speaker.side is not None and claim.start >= sentence.start
