"""Strikes: what the rules cannot say – which words belong to one incident, what was hit and where, who did it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.kinds.strike_incidents import Incident, incidents_of
from extractors.kinds.strike_means import by_agents
from extractors.kinds.strike_parties import (
    AERIAL,
    attacked_side,
    enemy_of,
    from_the_air,
    held_by,
    never_held,
)
from extractors.kinds.strike_reference import placed_by_passage
from extractors.kinds.strike_remarks import is_remark
from extractors.kinds.strike_repetition import Telling, without_repetition
from extractors.kinds.strike_sense import happened, is_boilerplate, is_warlike
from extractors.kinds.strike_targets import goes_without_country, is_physical
from extractors.kinds.strike_tolls import add_toll_told_later
from extractors.kinds.strike_war import (
    attacker_told_before,
    boaster,
    of_nobody_known,
    plain_attacker,
    struck_side,
)
from extractors.layers.context import Context, Draft
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType
from extractors.rules.ruleset import RuleSet
from schemas import Claimant

TIME = SYMBOLS[MentionType.TIME]
# Accusations, and the state of a town after weeks of war: 指责俄军轰炸了一所医院, 全城八成建筑被毁.
UNDATED = re.compile(
    "指责|控诉|指控|(?:变成|变为|化为|沦为|成为|成了)了?(?:一片)?废墟|[0-9]%[^，。；]{0,4}的[^，。；]{0,4}(?:建筑|房屋|住宅)"
)
# The article takes the word again.
ANEW = re.compile("据(?:报[道导]|悉|信|了解)|有消息|与此同时|另外|另据")
# So many strikes back the side of one that names none is looked for.
REACH = 8


def find(context: Context, rules: RuleSet) -> list[Draft]:
    """The strikes of an article."""
    incidents: list[Incident] = []
    for sentence in context.reading.sentences:
        if _is_mere_heading(context, sentence) or not rules.gate.search(
            context.reading.folded, sentence.start, sentence.end
        ):
            add_toll_told_later(context, sentence, incidents)
            continue
        told = incidents_of(context, sentence, rules, incidents)
        if all(_is_mere_toll(incident) for incident in told) and add_toll_told_later(
            context, sentence, incidents
        ):
            continue
        if not told:
            add_toll_told_later(context, sentence, incidents)
        incidents.extend(told)
    tellings: list[Telling] = []
    for incident in incidents:
        draft = _draft(context, incident, tellings)
        if draft is not None:
            tellings.append(Telling(draft, incident))
    return [_with_attacker(context, telling) for telling in without_repetition(tellings)]


def _is_mere_toll(incident: Incident) -> bool:
    """Whether an incident says no more than what an attack told before has done."""
    if incident.rule != "attack-told-before" or incident.struck.target is not None or incident.own_place:
        return False
    return incident.attacker is None or incident.struck.place is None


def _is_mere_heading(context: Context, sentence: Sentence) -> bool:
    """A title, or a heading with text of its own below; a brief of one line without a full stop is neither."""
    if context.reading.folded[sentence.end - 1] == "。":
        return False  # a numbered statement
    return sentence.heading and (sentence.passage == 0 or len(context.reading.passage_of(sentence)) > 1)


def _with_attacker(context: Context, telling: Telling) -> Draft:
    """The record, with the attacker that no telling of the strike names but the war makes plain."""
    draft = telling.draft
    if draft.slots["attacker"] is not None:
        return draft
    country = draft.slots["target_country"]
    enemy = plain_attacker(context, telling.incident, country, draft.claimed_by)
    return replace(draft, slots=draft.slots | {"attacker": enemy})


def _draft(context: Context, incident: Incident, earlier: Sequence[Telling]) -> Draft | None:
    """The incident as a record, `None` where it is none: planned, boilerplate, an accident, or nowhere.

    `earlier` are the strikes told before.
    """
    incident.struck = goes_without_country(incident.struck)
    sentence, struck = incident.sentence, incident.struck
    modality = happened(
        context,
        sentence,
        incident.trigger,
        incident.last,
        toll=incident.killed is not None or incident.injured is not None,
        known=incident.attacker is not None,
        goal=incident.rule == "was-goal-of-attack",
        topic=incident.rule == "attack-as-topic"
        or (incident.attacker is not None and struck.target is not None and is_physical(struck.target_words)),
    )
    before = [telling.incident.sentence for telling in earlier[-REACH:]]
    if modality is None or not is_warlike(context, incident, before):
        return None
    if is_boilerplate(context, incident) or is_remark(context, incident):
        return None
    claimed = context.claimant(sentence, incident.trigger)
    attacker = incident.attacker
    if attacker == "UA" and not struck.owners and never_held(context, struck):
        attacker = None  # nobody shells his own capital: the verb's subject was read wrongly
    held = held_by(context, attacker, struck, claimed)
    country = attacked_side(context, attacker, struck, claimed, held, sentence.passage)
    if country is None and attacker is None:
        told = [
            (telling.incident.sentence, telling.draft.slots["target_country"]) for telling in earlier[-REACH:]
        ]
        country = struck_side(context, incident, claimed, told)
    if (
        attacker is None
        and (incident.weapon in AERIAL or incident.attacked)
        and not of_nobody_known(incident)
    ):
        attacker = enemy_of(context, sentence, country)
    if attacker is None and incident.rule == "object-struck-by":
        attacker = boaster(claimed, country)
    reading = context.reading
    if attacker is None and incident.rule == "attack-told-before" and not incident.own_place:
        attacker = attacker_told_before(incident, earlier[-1:])
    weapon = from_the_air(reading.folded[sentence.start : incident.last], incident.weapon, attacker)
    if struck.place is None and country is not None:
        struck = placed_by_passage(context, incident, struck, country)
    slots = {
        "attacker": attacker,
        "target_country": country,
        "weapon": weapon or ("explosive" if _blown_up(context, incident, attacker) else "unknown"),
        "target": reading.words(*_with_quotes(reading.folded, *struck.target))
        if struck.target and is_physical(struck.target_words)
        else None,
        "place": reading.words(*_with_quotes(reading.folded, *struck.place)) if struck.place else None,
        "killed": incident.killed,
        "injured": incident.injured,
    }
    return Draft(
        kind="strike",
        found_by=f"strike/{incident.rule}",
        evidence=tuple(_evidence(context, incident)),
        slots=slots,
        claimed_by=None if claimed and _told_anew(context, incident, claimed, attacker) else claimed,
        modality=modality,
        when=None if _undated(incident) else context.period(sentence, incident.trigger, incident.last),
    )


def _blown_up(context: Context, incident: Incident, attacker: str | None) -> bool:
    """Whether something exploded that no army is said to have bombed."""
    secret = attacker is None or by_agents(context, incident.sentence, incident.trigger)
    return incident.explosion and secret


def _undated(incident: Incident) -> bool:
    """Whether words without a time accuse of what was done some day, or tell what a town has come to."""
    words = incident.sentence.encoded.text
    return TIME not in words and UNDATED.search(words) is not None


def _told_anew(context: Context, incident: Incident, claimed: Claimant, attacker: str | None) -> bool:
    """Whether a claim of an earlier sentence is over: the article dates or sources what it tells now by itself.

    What a side's own army has done it goes on to tell: 俄国防部称…。此外，俄军打击了….
    """
    sentence = incident.sentence
    claim = context.claim(sentence, incident.trigger)
    if claim is None or min(claim.start, claim.speaker.start) >= sentence.start or claimed.side == attacker:
        return False
    if claim.start >= sentence.start:
        return False  # 他还说, 声明称
    opening = sentence.encoded.text[: sentence.encoded.position(incident.trigger)]
    told = context.reading.folded[sentence.start : incident.trigger]
    dated = TIME in opening and "以来" not in told  # 自开战以来 dates nothing
    return dated or ANEW.match(opening) is not None


def _with_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch [start, end) with the quotation mark that it leaves open: “海湾”造船厂."""
    opened, closed = text.count("“", start, end), text.count("”", start, end)
    if closed > opened and text.startswith("“", start - 1):
        return start - 1, end
    return (start, end + 1) if opened > closed and text.startswith("”", end) else (start, end)


def _evidence(context: Context, incident: Incident) -> Iterator[tuple[int, int]]:
    """The clauses that carry the slots, then the sentence that tells the toll."""
    sentence, held = incident.sentence, [s for s in (incident.struck.target, incident.struck.place) if s]
    inside = [s for s in held if sentence.start <= s[0] < sentence.end]
    first = min([incident.first, *(s[0] for s in inside)])
    last = max([incident.last, *(s[1] for s in inside)])
    yield context.clause(sentence, first, last)
    yield from incident.further
