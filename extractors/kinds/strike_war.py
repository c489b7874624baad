"""Sides that a strike's own words leave open, from the war that its passage tells of.

Translated reports name the attacker once and go on in the passive: 另外五个车站被击中, 医院遭到炮击.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractors.kinds.sides import AT_WAR, opponent
from extractors.kinds.strike_parties import SINGLE_ENEMY
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from schemas import Claimant

if TYPE_CHECKING:
    from extractors.kinds.strike_incidents import Incident
    from extractors.kinds.strike_repetition import Telling

# So many sentences back the sides of a strike may have been told.
SENTENCES_BACK = 3
# Words of an attack, without which what burns or breaks may have done so by itself.
BLOW = re.compile(
    "袭击|空袭|攻击|轰炸|炮击|打击|击中|命中|摧毁|炸毁|导弹|飞弹|无人机|火箭弹|炮弹|炮火|轰击|特别行动|特种行动|入侵者|占领者"
)
# Attacks of which no army is plainly the author.
TERROR = re.compile("恐怖袭击|恐袭|恐怖分子|枪手|自杀式(?!无人机|攻击无人机)")
# How a side at war calls those who attack it.
ENEMY = re.compile("敌人|敌军|敌方|占领者|侵略者|入侵者|侵略军|占领军")
# Rules that tell what became of a thing, not that somebody struck it.
OUTCOMES = ("object-damaged", "object-exploded")


def of_nobody_known(incident: Incident) -> bool:
    """Whether an attack with no weapon of war is told as terror, by nobody named: no enemy at war is plainly meant."""
    return incident.weapon is None and TERROR.search(incident.sentence.encoded.text) is not None


def side_told_before(incident: Incident, earlier: Sequence[tuple[Sentence, str | None]]) -> str | None:
    """The country that the strikes told shortly before in the same passage hit, `None` where they hit several."""
    here = incident.sentence
    near = {
        country
        for sentence, country in earlier
        if country and sentence.passage == here.passage and here.index - sentence.index <= SENTENCES_BACK
    }
    return near.pop() if len(near) == 1 else None


def attacker_told_before(incident: Incident, earlier: Sequence[Telling]) -> str | None:
    """Who made the attack told just before in the passage, of which an attack told alone gives the toll."""
    here = incident.sentence
    for telling in earlier:
        there = telling.incident.sentence
        if there.passage == here.passage and here.index - there.index <= SENTENCES_BACK:
            return str(telling.draft.slots["attacker"] or "") or None
    return None


def struck_side(
    context: Context,
    incident: Incident,
    claimed: Claimant | None,
    earlier: Sequence[tuple[Sentence, str | None]],
) -> str | None:
    """The country of an object that nothing places: that of whose officials tell of it, else that struck just before.

    In the one war of which both sides' words are translated, the enemy is Russia's army.
    """
    if incident.struck.target is None:
        return None
    side = claimed.side if claimed is not None else None
    here = incident.sentence
    if ENEMY.search(context.reading.folded, here.start, incident.trigger) and "UA" in (
        side,
        *context.parties,
    ):
        return "UA"
    suffered = incident.rule in ("object-struck-by", "object-damaged", "was-goal-of-attack")
    if side in SINGLE_ENEMY and suffered:
        return side
    return side_told_before(incident, earlier) or _side_of_the_war(context, incident)


def _side_of_the_war(context: Context, incident: Incident) -> str | None:
    """Ukraine, where an article is of its war above all and something unnamed was struck there."""
    if incident.rule in ("fell-on-object", "bomb-exploded-at"):
        return None
    return "UA" if is_of_the_war(context) else None


def is_of_the_war(context: Context) -> bool:
    """Whether an article is of Russia's war in Ukraine above all."""
    common = {code for code, _ in context.parties.most_common(2)}
    return not context.reading.digest and common == {"RU", "UA"}


def boaster(claimant: Claimant | None, country: str | None) -> str | None:
    """Who struck if the enemy's own forces tell that it was struck: 俄国防部称，乌方16个机场被击中."""
    side = claimant.side if claimant is not None else None
    at_war = any({side, country} == {a, b} for a, b in AT_WAR)
    return side if claimant and at_war and re.search("国防|军|总参谋", claimant.name) else None


def plain_attacker(
    context: Context, incident: Incident, country: str | None, claimed: Claimant | None
) -> str | None:
    """The enemy of a country at war with one, where the passage names both; `None` where harm may have other causes."""
    if country not in SINGLE_ENEMY or of_nobody_known(incident):
        return None
    enemy = opponent(country, context)
    here = incident.sentence
    named = context.first_named[here.passage] if context.reading.digest else context.parties
    if enemy not in named:
        return enemy if ENEMY.search(context.reading.folded, here.start, incident.last) else None
    if claimed is not None and claimed.side == enemy and not incident.struck.owners:
        return None  # a depot in an occupied town, of which the other side tells
    if incident.rule in OUTCOMES or country != "UA":
        near = [*context.reading.before(incident.sentence, 1), incident.sentence]
        folded = context.reading.folded
        if not any(BLOW.search(folded, sentence.start, sentence.end) for sentence in near):
            return None
    return enemy
