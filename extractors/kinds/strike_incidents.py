"""Incidents: which words belong to one strike, and who did it with what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractors.kinds.strike_blows import CLAUSE_MARK, Blow, blows_of, core_of
from extractors.kinds.strike_casualties import toll_in
from extractors.kinds.strike_objects import Struck
from extractors.kinds.strike_parties import AERIAL, actor, attacker_before, weapon_of
from extractors.kinds.strike_places import COUNT, WEAPON
from extractors.kinds.strike_targets import is_physical, is_routine
from extractors.kinds.strike_tolls import add_tolls
from extractors.kinds.strike_whereabouts import last_place_before, place_near, region_of
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.mention import Counted, MentionType, WeaponType
from extractors.rules.ruleset import Match, RuleSet
from schemas import Count

# What weapons do to what they were fired at.
LANDED = ("摧毁", "击中", "命中", "打中")
# Rules that tell an attack suffered, whoever did it.
ATTACKED = ("fell-on-object", "attack-told-before", "attack-with-toll", "died-in-attack", "died-in-attack-on")
# What an attack does to a place without hurting anybody that is counted.
EFFECT = re.compile("停电|断电|断水|火灾|大火|受损|损毁|毁坏|破坏|中断|伤亡|死伤|坍塌|倒塌")
# The attack that is the cause of what the clause goes on to tell.
CAUSED = re.compile("(?:袭击|空袭|炮击|攻击|轰炸|打击|行动)[^，。；]{0,6}(?:导致|造成|致使|使得)了?$")
CAUSE_CLAUSE = re.compile(
    "(?:由于|因|在|随着|受)[^，。；对向遭]*(?:袭击|空袭|炮击|攻击|轰炸|打击)(?:之?后|中|时|期间|影响)?，$"
)
# A sentence that goes on telling of the attack before: 此次袭击破坏了….
POINTING = re.compile("(?:此次|这次|这起|该起|袭击|空袭|轰炸|炮击|爆炸)")
BLOWN_UP = re.compile("炸[毁断塌]|引爆")
# A series of weapons that the match breaks off: 发射火箭弹 + 和导弹.
WEAPONS_ON = re.compile(f"(?:(?:、|和|与|及|以及){COUNT}?{WEAPON})+")


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
        if (
            previous is not None
            and _belongs(previous, blow)
            and not _another_acts(context, sentence, previous, blow)
        ):
            _join(context, sentence, previous, blow)
            continue
        incident = _open(context, sentence, blow, previous)
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
    first, last = sentence.encoded.span(blow.begin, blow.end)
    if sentence is not incident.sentence:
        incident.further.append((first, last))
        incident.weapon = incident.weapon or weapon_of(context, sentence, [(first, last)], new)
        return
    if incident.attacker is None:
        incident.attacker = _attacker(context, sentence, blow, new, sentence.encoded.starts[blow.verb], None)
    incident.first, incident.last = min(incident.first, first), max(incident.last, last)
    incident.weapon = incident.weapon or weapon_of(context, sentence, [(first, last)], new)


def _open(context: Context, sentence: Sentence, blow: Blow, previous: Incident | None) -> Incident | None:
    """A new incident from a blow, with place, attacker and weapon from the words around it."""
    encoded, struck = sentence.encoded, blow.struck
    first, last = encoded.span(blow.begin, max(blow.end, blow.begin + 1))
    trigger = encoded.starts[blow.verb] if blow.verb < len(encoded.starts) else first
    if (
        blow.match.rule.constants["shape"] == "none"
        and previous is None
        and toll_in(encoded, blow.begin, len(encoded.text)) is None
        and not (_is_placed(context, sentence, blow) and EFFECT.search(encoded.text, blow.verb))
    ):
        return None
    own_place = struck.place is not None and not struck.only_country
    clause = max(context.reading.folded.rfind(mark, sentence.start, trigger) for mark in CLAUSE_MARK) + 1
    core = core_of(blow)
    fell = encoded.starts[core] if core < len(encoded.starts) else trigger
    struck = place_near(context, sentence, struck, fell, previous.struck if previous else None)
    if struck.place is None and blow.match.rule.constants["shape"] == "none":
        struck = last_place_before(context, sentence, struck)
    series = WEAPONS_ON.match(encoded.text, blow.end)
    around = [(max(clause, sentence.start), encoded.span(blow.begin, series.end())[1] if series else last)]
    incident = Incident(sentence, blow.match.rule.name, struck, first, last, trigger)
    incident.counted, incident.many = _counts_attacks(blow.match)
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
    incident.attacker = _attacker(context, sentence, blow, struck, trigger, previous)
    if incident.weapon is None and context.reading.folded.startswith("其中", clause):
        incident.weapon = _weapon_before(context, sentence)
    if incident.rule == "object-exploded" and incident.weapon is None and incident.attacker is None:
        incident.weapon = _fire_near(context, sentence)
        incident.attacked = incident.weapon is not None
    return incident


def _cause_before(context: Context, sentence: Sentence, blow: Blow) -> str | None:
    """Whose attack the clause before gives as the cause: 由于俄军的炮击，一栋楼起火."""
    encoded = sentence.encoded
    cause = CAUSE_CLAUSE.search(encoded.text[: blow.begin])
    if cause is None:
        return None
    codes = [
        actor(context, mention)
        for mention in encoded.mentions_in(*cause.span())
        if mention.type in (MentionType.SIDE, MentionType.ORGANISATION)
    ]
    named = [code for code in codes if code]
    return named[0] if len(set(named)) == 1 else None


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


def _attacker(
    context: Context, sentence: Sentence, blow: Blow, struck: Struck, trigger: int, previous: Incident | None
) -> str | None:
    """Who struck: the agent of a passive, the subject of an active verb, or the subject carried on."""
    encoded = sentence.encoded
    shape = blow.match.rule.constants["shape"]
    if shape in ("before", "none") or (
        (shape == "between" and blow.match.rule.name in ("attack-with-toll", "died-in-attack-on"))
        or (shape == "behind" and "<suffer>" in blow.match.template)
    ):
        begin, end = encoded.span(blow.verb, max(blow.end, blow.verb + 1))
        agent: str | None = None
        for mention in sentence.mentions:
            if begin <= mention.start < end and mention.type in (MentionType.SIDE, MentionType.ORGANISATION):
                code = actor(context, mention)
                if code and (code not in struck.owners or "<suffer>" in blow.match.template):
                    agent = code  # the nearest to the verb
        if agent is not None:
            return agent
        cause = _cause_before(context, sentence, blow) if shape == "before" else None
        if cause is not None:
            return cause
        if shape == "before" and CAUSED.search(encoded.text, 0, blow.begin):
            claim = context.claim(sentence, trigger)
            opened = claim.start if claim is not None and claim.start >= sentence.start else sentence.start
            caused = attacker_before(context, sentence, opened, encoded.starts[blow.begin], struck)
            if caused is not None:
                return caused
        if shape == "before":
            return previous.attacker if previous and not struck.place else None
    claim = context.claim(sentence, trigger)
    begin = claim.start if claim is not None and claim.start >= sentence.start else sentence.start
    carried = previous is not None and previous.attacker is not None and previous.last <= trigger
    since = max(begin, previous.last) if previous is not None and carried else begin
    found = attacker_before(context, sentence, since, trigger, struck)
    if found is None and previous is not None:
        found = previous.attacker
    if found is None and claim is not None and begin == claim.start:
        speaker = actor(context, claim.speaker)
        if (
            speaker
            and shape in ("behind", "between")
            and speaker not in struck.owners
            and (struck.place_country != speaker or any(owner != speaker for owner in struck.owners))
        ):
            return speaker if blow.match.rule.name not in ("fell-on-object", "goal-of-attack") else None
    return found
