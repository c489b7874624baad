"""Incidents: which words belong to one strike, and who did it with what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.kinds.strike_attackers import attacker_of
from extractors.kinds.strike_blows import Blow, blows_of, core_of
from extractors.kinds.strike_casualties import DIED as DEAD
from extractors.kinds.strike_casualties import toll_in
from extractors.kinds.strike_means import weapon_used
from extractors.kinds.strike_objects import Struck
from extractors.kinds.strike_parties import AERIAL, attacker_before, weapon_of
from extractors.kinds.strike_place_words import COUNT, WEAPON
from extractors.kinds.strike_targets import is_physical, is_routine
from extractors.kinds.strike_tolls import DIED, SINCE, add_tolls
from extractors.kinds.strike_victims import is_one_person, people_named, victims_of, with_named_victim
from extractors.kinds.strike_whereabouts import (
    CLAUSE_MARK,
    last_place_before,
    place_near,
    points_back,
    region_of,
)
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import Encoded
from extractors.reading.mention import Counted, MentionType, WeaponType, side_code
from extractors.rules.ruleset import Match, RuleSet
from schemas import Count

# What weapons do to what they were fired at.
LANDED = ("摧毁", "击中", "命中", "打中")
# Rules that tell an attack suffered, whoever did it.
ATTACKED = ("fell-on-object", "attack-told-before", "attack-with-toll", "died-in-attack", "died-in-attack-on")
# What an attack does to a place without hurting anybody that is counted.
EFFECT = re.compile("停电|断电|断水|火灾|大火|受损|损毁|毁坏|破坏|中断|伤亡|死伤|坍塌|倒塌")
THIS_ATTACK = re.compile("(?:这次|此次|本次|该次|这一|这起)[^，。；]{0,4}$|(?:这次|此次|本次|这起)(?=.$)")
TOLL_NEAR = 4  # so far behind 造成 the side stands whose people died
# A sentence that goes on telling of the attack before: 此次袭击破坏了….
POINTING = re.compile("(?:此次|这次|这起|该起|袭击|空袭|轰炸|炮击|爆炸)")
DEATH = re.compile(DEAD)
BLOWN_UP = re.compile("炸[毁断塌]|引爆")
# A series of weapons that the match breaks off: 发射火箭弹 + 和导弹.
WEAPONS_ON = re.compile(f"(?:(?:、|和|与|及|以及){COUNT}?(?:{WEAPON}|空袭|轰炸|炮击))+")


@dataclass
class Incident:
    """One strike while it is being put together from the clauses that tell it."""

    sentence: Sentence
    rule: str
    struck: Struck
    first: int  # offsets of what tells it
    last: int
    trigger: int
    attacker: str | None = None
    weapon: str | None = None
    explosion: bool = False
    counted: bool = False  # tells a number of attacks or weapons
    many: bool = False  # … and it is a large one
    fired: bool = False  # tells that weapons were fired at it, not that they hit
    killed: Count | None = None
    injured: Count | None = None
    attacked: bool = False  # told as an attack suffered
    own_place: bool = False  # the place stands in the words of the object
    further: list[tuple[int, int]] = field(default_factory=list)


def incidents_of(
    context: Context, sentence: Sentence, rules: RuleSet, before: Sequence[Incident]
) -> list[Incident]:
    """The incidents of one sentence: blows that tell of the same one are joined, tolls go to the one before them."""
    blows = blows_of(context, sentence, rules)
    told: list[Incident] = []
    for blow in blows:
        previous = told[-1] if told else None
        if previous is not None and blow.match.rule.name == "killed-in-attack":
            continue  # 空袭了X，打死3人: the toll of what is told
        if (
            previous is not None
            and _belongs(previous, blow)
            and not _another_acts(context, sentence, previous, blow)
        ):
            _join(context, sentence, previous, blow)
            continue
        incident = _open(context, sentence, blow, previous, before[-1] if before else None)
        if incident is None:
            continue
        if not told and before and _tells_more(before[-1], incident):
            _join(context, sentence, before[-1], blow)
            continue
        told.append(incident)
    add_tolls(sentence, told)
    return told


def _belongs(previous: Incident, blow: Blow) -> bool:
    """Whether a blow tells more of the incident before it."""
    struck = blow.struck
    if blow.match.rule.name == "goal-of-attack" and THIS_ATTACK.search(
        blow.match.encoded.text, 0, blow.verb + 1
    ):
        return True
    if struck.place and previous.struck.place and not struck.only_country:
        return False
    if struck.target is None:
        return not struck.place or previous.struck.place is None
    if previous.struck.target is None or not is_physical(previous.struck.target_words):
        return True
    # 袭击一个空军基地，摧毁了六架军机; 三处仓库受损
    consequence = blow.match.rule.constants["shape"] == "before" or is_routine(
        struck.target_words, struck.bare_words
    )
    verb = blow.match.encoded.text[blow.match.first : blow.match.first + 2]
    if previous.fired and verb in LANDED and not struck.place:
        return True
    return consequence and not struck.place


def _another_acts(context: Context, sentence: Sentence, previous: Incident, blow: Blow) -> bool:
    """Whether the verb has a subject of its own, other than who did what stands before: A遭B袭击，C空袭了D."""
    if "<suffer>" in blow.match.template and blow.match.rule.constants["shape"] == "before":
        agent = attacker_of(context, sentence, blow, blow.struck, sentence.encoded.starts[blow.verb], None)
        return None not in (agent, previous.attacker) and agent != previous.attacker
    if blow.match.rule.constants["shape"] not in ("behind", "between"):
        return False
    trigger = sentence.encoded.starts[blow.verb]
    begin = max(context.reading.folded.rfind(mark, sentence.start, trigger) for mark in CLAUSE_MARK) + 1
    own = attacker_before(context, sentence, max(begin, sentence.start), trigger, blow.struck)
    return own is not None and own != previous.attacker


def _tells_more(before: Incident, incident: Incident) -> bool:
    """Whether a sentence names the object of the strike that the sentence before placed."""
    struck = incident.struck
    return (
        before.sentence.passage == incident.sentence.passage
        and 1 <= incident.sentence.index - before.sentence.index <= 2
        and before.struck.target is None
        and before.struck.place is not None
        and struck.target is not None
        and not incident.own_place
        and incident.attacker in (None, before.attacker)
        and is_physical(struck.target_words)
        and (
            before.rule == "attack-told-before"
            or incident.rule not in ("hit-object", "attack-on-object")
            or POINTING.match(incident.sentence.encoded.text) is not None
        )
    )


def _join(context: Context, sentence: Sentence, incident: Incident, blow: Blow) -> None:
    """Take from a further blow what the incident lacks."""
    old, new = incident.struck, blow.struck
    if new.target and is_physical(new.target_words) and not (old.target and is_physical(old.target_words)):
        incident.struck = replace(
            old, target=new.target, target_words=new.target_words, bare_words=new.bare_words, owners=old.owners + new.owners,
            place=old.place or new.place, place_country=old.place_country or new.place_country,
            only_country=old.only_country and not new.place,
        )  # fmt: skip
    elif (
        new.place
        and not new.only_country
        and old.place is None
        and blow.match.rule.constants["shape"] == "before"
    ):
        incident.struck = replace(old, place=new.place, place_country=new.place_country, front=new.front)
    first, last = sentence.encoded.span(blow.begin, blow.end)
    if sentence is not incident.sentence:
        incident.further.append((first, last))
        incident.weapon = incident.weapon or weapon_of(context, sentence, [(first, last)], new)
        return
    if incident.attacker is None:
        incident.attacker = attacker_of(
            context, sentence, blow, new, sentence.encoded.starts[blow.verb], None
        )
    incident.first, incident.last = min(incident.first, first), max(incident.last, last)
    incident.weapon = incident.weapon or weapon_of(context, sentence, [(first, last)], new)


def _open(
    context: Context, sentence: Sentence, blow: Blow, previous: Incident | None, earlier: Incident | None
) -> Incident | None:
    """A new incident from a blow, with place, attacker and weapon from the words around it.

    `previous` is the incident before it in its sentence, `earlier` the last one of the sentences before.
    """
    encoded, struck = sentence.encoded, blow.struck
    first, last = encoded.span(blow.begin, max(blow.end, blow.begin + 1))
    trigger = encoded.starts[blow.verb] if blow.verb < len(encoded.starts) else first
    named = (
        with_named_victim(encoded, struck, blow.begin) if blow.match.rule.name == "died-in-attack" else None
    )
    struck = named or struck
    if (
        blow.match.rule.constants["shape"] == "none"
        and previous is None
        and toll_in(encoded, 0 if blow.match.rule.name in DIED else blow.begin, len(encoded.text)) is None
        and named is None
        and victims_of(encoded, struck, blow.begin) is struck
        and not (_is_placed(context, sentence, blow) and EFFECT.search(encoded.text, blow.verb))
    ):
        return None
    own_place = struck.place is not None and not struck.only_country
    clause = max(context.reading.folded.rfind(mark, sentence.start, trigger) for mark in CLAUSE_MARK) + 1
    core = core_of(blow)
    fell = encoded.starts[core] if core < len(encoded.starts) else trigger
    placing = previous or (earlier if earlier and points_back(encoded, blow.verb) else None)
    struck = place_near(context, sentence, struck, fell, placing.struck if placing else None)
    summed = SINCE.search(context.reading.folded, sentence.start, sentence.end)
    if struck.place is None and named is None and blow.match.rule.constants["shape"] == "none" and not summed:
        struck = _unless_elsewhere(
            encoded, blow, last_place_before(context, sentence, struck, trigger), struck
        )
    alone = earlier is None or earlier.sentence.passage != sentence.passage
    if blow.match.rule.name == "attack-told-before" and struck.place is None and previous is None and alone:
        struck = people_named(encoded, struck, blow.verb)
    if struck.place is None and named is None and blow.match.rule.name == "died-in-attack":
        struck = victims_of(encoded, struck, blow.begin)
    series = WEAPONS_ON.match(encoded.text, blow.end)
    around = [(max(clause, sentence.start), encoded.span(blow.begin, series.end())[1] if series else last)]
    incident = Incident(sentence, blow.match.rule.name, struck, first, last, trigger)
    incident.counted, incident.many = _counts_attacks(blow.match)
    dead = named is not None and DEATH.search(context.reading.folded, trigger, sentence.end) is not None
    if dead or (incident.rule == "killed-in-attack" and is_one_person(encoded, struck)):
        incident.killed = Count(value=1, qualifier="exact")
    incident.fired = blow.match.rule.name == "attack-on-object" and "weapon" in blow.match.slots
    told = context.reading.folded[trigger:last]
    incident.explosion = bool(blow.match.rule.constants.get("explosion")) or BLOWN_UP.search(told) is not None
    incident.attacked = incident.rule in ATTACKED or (
        "<attack>" in blow.match.template and "<suffer>" in blow.match.template
    )
    incident.own_place = own_place
    incident.weapon = weapon_of(context, sentence, around, struck)
    if incident.weapon is None and previous is None:
        claim = context.claim(sentence, trigger)
        begin = claim.start if claim is not None and claim.start >= sentence.start else sentence.start
        incident.weapon = weapon_of(context, sentence, [(begin, trigger)], struck)
    incident.attacker = attacker_of(context, sentence, blow, struck, trigger, previous)
    if incident.weapon is None:
        incident.weapon = weapon_used(context, sentence, struck, last, incident.attacker)
    if incident.weapon is None and context.reading.folded.startswith("其中", clause):
        incident.weapon = _weapon_before(context, sentence)
    if incident.rule == "object-exploded" and incident.weapon is None and incident.attacker is None:
        incident.weapon = _fire_near(context, sentence)
        incident.attacked = incident.weapon is not None
    return incident


def _unless_elsewhere(encoded: Encoded, blow: Blow, placed: Struck, struck: Struck) -> Struck:
    """The place told before, unless the toll is another side's: 火箭弹袭击造成以方350人死亡, behind a raid on Gaza."""
    harm = encoded.mentions_in(max(blow.begin, blow.end - 1), min(blow.end + TOLL_NEAR, len(encoded.text)))
    sides = {side_code(mention) for mention in harm if mention.type is MentionType.SIDE}
    return struck if placed.place_country and sides and placed.place_country not in sides else placed


def _is_placed(context: Context, sentence: Sentence, blow: Blow) -> bool:
    """Whether an attack that names no object is placed by its own words, or by the official who tells of it."""
    if blow.struck.place is not None:
        return True
    claim = context.claim(sentence, sentence.encoded.starts[blow.verb])
    return claim is not None and region_of(context, claim.speaker) is not None


def _fire_near(context: Context, sentence: Sentence) -> str | None:
    """What flies in the sentences around an explosion, `None` where nothing does or several things do."""
    sentences = context.reading.sentences
    around = [*context.reading.before(sentence, 2), *sentences[sentence.index : sentence.index + 2]]
    codes = {
        mention.value.code
        for other in around
        if other.passage == sentence.passage
        for mention in other.mentions
        if isinstance(mention.value, WeaponType) and mention.value.code in AERIAL - {"artillery"}
    }
    return codes.pop() if len(codes) == 1 else None


def _weapon_before(context: Context, sentence: Sentence) -> str | None:
    """The weapon of the sentence before, which 其中一枚 counts out."""
    earlier = context.reading.before(sentence, 1)
    return weapon_of(context, earlier[0], [(earlier[0].start, earlier[0].end)], Struck()) if earlier else None


def _counts_attacks(match: Match) -> tuple[bool, bool]:
    """Whether a match holds a number of attacks or weapons, and whether it is large."""
    told = [m.value for m in match.slots.get("any", ()) if isinstance(m.value, Counted)]
    counts = [c for c in told if c.count.value != 1]  # 一次袭击, 新一轮空袭 is the incident itself
    large = any(c.count.value is None or c.count.value > 100 for c in counts)
    return bool(counts) and match.rule.name in ("object-struck-by", "attack-on-object"), large
