"""Which toll belongs to which incident: those told with it, and one told in a sentence behind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.kinds.strike_casualties import Toll, toll_in
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.mention import MentionType

if TYPE_CHECKING:
    from extractors.kinds.strike_incidents import Incident

TOLD_LATER = re.compile(
    "袭击|空袭|爆炸|炮击|轰炸|攻击|目前|至少|已有|已经|遇袭|伤者|死者|死伤|伤亡|造成|火灾|事件|遇难|身亡|丧生|死亡|受伤"
)
# Rules whose victims stand before the attack: 四名医生在…的空袭中丧生.
DIED = ("died-in-attack", "died-in-attack-on")


def add_tolls(sentence: Sentence, told: Sequence[Incident]) -> None:
    """Give each incident of a sentence the toll told between it and the next."""
    encoded = sentence.encoded
    for index, incident in enumerate(told):
        first = 0 if index == 0 and incident.rule in DIED else encoded.position(incident.trigger)
        last = encoded.position(told[index + 1].first) if index + 1 < len(told) else len(encoded.text)
        toll = toll_in(encoded, first, max(first, last))
        if toll is None and index == 0:
            toll = toll_in(encoded, 0, first)
        if toll is not None:
            _take(incident, toll, encoded.span(toll.first, toll.last))


def _take(incident: Incident, toll: Toll, stretch: tuple[int, int]) -> None:
    incident.killed, incident.injured = incident.killed or toll.killed, incident.injured or toll.injured
    if stretch[0] >= incident.sentence.start and stretch[1] <= incident.sentence.end:
        incident.first, incident.last = min(incident.first, stretch[0]), max(incident.last, stretch[1])
    else:
        incident.further.append(stretch)


def add_toll_told_later(context: Context, sentence: Sentence, incidents: Sequence[Incident]) -> bool:
    """Add a toll told in the sentence behind an incident that has none yet; whether it was added."""
    if not incidents or sentence.heading:
        return False
    last = incidents[-1]
    near = sentence.passage == last.sentence.passage and sentence.index - last.sentence.index <= 2
    if not near or (last.killed and last.injured) or sentence.paragraph - last.sentence.paragraph > 1:
        return False
    if any(mention.type is MentionType.PLACE for mention in sentence.mentions):
        return False
    if not TOLD_LATER.search(context.reading.folded, sentence.start, sentence.end):
        return False
    toll = toll_in(sentence.encoded, 0, len(sentence.encoded.text))
    if toll is None:
        return False
    _take(last, toll, (sentence.start, sentence.end))
    return True
