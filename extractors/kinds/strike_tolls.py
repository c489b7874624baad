"""Which toll belongs to which incident: those told with it, and one told in a sentence behind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.kinds.strike_casualties import DIED as DEATH
from extractors.kinds.strike_casualties import HURT, Toll, toll_in
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.mention import Counted, MentionType, side_code

if TYPE_CHECKING:
    from extractors.kinds.strike_incidents import Incident

TOLD_LATER = re.compile(
    "袭击|空袭|爆炸|炮击|轰炸|攻击|目前|至少|已有|已经|遇袭|伤者|死者|死伤|伤亡|造成|火灾|事件|遇难|身亡|丧生|死亡|受伤"
)
# A sum over the whole war, not the toll of the attack before: 自入侵以来，已有3000名军人丧生.
SINCE = re.compile(
    "自[^，。；]{0,24}(?:以来|开始|之后|起)|(?:战争|冲突|入侵|战斗|侵略)[^，。；]{0,6}(?:以来|至今|期间)|总共|累计"
)
PEOPLE = ("名", "人", "位")
NAMED_NEAR = 2  # so far before a toll the side stands whose people died
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
        if toll is None:
            toll = _victims_told_first(
                sentence, incident, encoded.position(incident.trigger), max(first, last)
            )
        if toll is not None:
            _take(incident, toll, encoded.span(toll.first, toll.last))


def _victims_told_first(sentence: Sentence, incident: Incident, verb: int, last: int) -> Toll | None:
    """The number of the people who were hit, where they died of it: 两名记者在边境遭炮击身亡."""
    if incident.rule not in ("object-struck-by", *DIED) or incident.struck.target is None:
        return None
    encoded = sentence.encoded
    start = incident.struck.target[0]
    if not sentence.start <= start < sentence.end:
        return None
    at = encoded.position(start)
    mention = encoded.mentions[at]
    if mention is None or not isinstance(mention.value, Counted) or mention.value.unit not in PEOPLE:
        return None
    end = re.search("[，。；]|$", encoded.text[verb:last])
    end_of_clause = verb + (end.start() if end else 0)
    told = re.search(f"(?P<died>{DEATH})|{HURT}", encoded.text[verb:end_of_clause])
    if told is None:
        return None
    count = mention.value.count
    killed, injured = (count, None) if told["died"] else (None, count)
    return Toll(killed, injured, at, verb + told.end())


def _take(incident: Incident, toll: Toll, stretch: tuple[int, int]) -> None:
    incident.killed, incident.injured = incident.killed or toll.killed, incident.injured or toll.injured
    if stretch[0] >= incident.sentence.start and stretch[1] <= incident.sentence.end:
        incident.first, incident.last = min(incident.first, stretch[0]), max(incident.last, stretch[1])
    else:
        incident.further.append(stretch)


def _is_of_others(sentence: Sentence, toll: Toll, incident: Incident) -> bool:
    """Whether a toll is another side's: 造成以方至少350人死亡, behind a raid on Gaza."""
    named = sentence.encoded.mentions_in(max(0, toll.first - NAMED_NEAR), toll.first)
    sides = {side_code(mention) for mention in named if mention.type is MentionType.SIDE}
    country = incident.struck.place_country
    return bool(country and sides and country not in sides and incident.attacker in sides)


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
    folded = context.reading.folded
    if not TOLD_LATER.search(folded, sentence.start, sentence.end):
        return False
    if SINCE.search(folded, sentence.start, sentence.end):
        return False
    toll = toll_in(sentence.encoded, 0, len(sentence.encoded.text))
    if toll is None or _is_of_others(sentence, toll, last):
        return False
    _take(last, toll, (sentence.start, sentence.end))
    return True
