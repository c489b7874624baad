"""Strikes: what the rules cannot say – which words belong to one incident, what was hit and where, who did it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.kinds.strike_casualties import Toll, toll_in
from extractors.kinds.strike_objects import Struck, read_chain, read_object
from extractors.kinds.strike_parties import AERIAL, actor, attacked_side, attacker_before, enemy_of, weapon_of
from extractors.kinds.strike_sense import goes_without_country, happened, is_boilerplate, is_physical, is_routine, is_warlike, place_near
from extractors.layers.context import Context, Draft
from extractors.reading.document import Sentence
from extractors.reading.encoding import Encoded
from extractors.reading.mention import Counted, MentionType
from extractors.reading.sides import country_names
from extractors.rules.ruleset import Match, RuleSet
from schemas import Count

CLAUSE_MARK = "，。！？；：,"
# A verb behind one of these is no deed of its own: 发射场, 遭袭击后, 被击中的.
AFTERTHOUGHT = re.compile("^(?:和|与|及|、|还|也|造成|导致|致|已|中|的(?!一|[东南西北])|后|时|期间|目标|事件|行动|是|将|以|等|了|规模|方式|能力|开始|持续|之|过程|警报|力度|范围|计划|对象|任务|次数|效果|威胁|手段|在内|下|升级|并|而|，|群|力|依赖|需要)")
BLOWN_UP = re.compile("炸[毁断塌]|引爆")
SUFFERING = re.compile(r"(?:遭到|遭受|遭遇|遭|受到|被|免受|防止|避免|挨)[^，。；]{0,12}$")


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
    killed: Count | None = None
    injured: Count | None = None
    attacked: bool = False  # told as an attack suffered
    own_place: bool = False  # the place stands in the words of the object
    further: list[tuple[int, int]] = field(default_factory=list)


@dataclass(frozen=True)
class Blow:
    """A rule's match with its object read."""

    match: Match
    struck: Struck
    begin: int  # encoded positions of the verb's clause parts
    end: int
    verb: int


def find(context: Context, rules: RuleSet) -> list[Draft]:
    """The strikes of an article."""
    incidents: list[Incident] = []
    for sentence in context.reading.sentences:
        if _is_mere_heading(context, sentence) or not rules.gate.search(context.reading.folded, sentence.start, sentence.end):
            _add_toll_told_later(context, sentence, incidents)
            continue
        told = _incidents(context, sentence, rules, incidents)
        if all(_is_mere_toll(incident) for incident in told) and _add_toll_told_later(context, sentence, incidents):
            continue
        if not told:
            _add_toll_told_later(context, sentence, incidents)
        incidents.extend(told)
    drafts = [_draft(context, incident) for incident in incidents]
    return _without_repetition([draft for draft in drafts if draft is not None])


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


def _blows(context: Context, sentence: Sentence, rules: RuleSet) -> list[Blow]:
    """The matches of a sentence in order, each verb once."""
    taken: list[tuple[int, int]] = []
    found: list[Blow] = []
    for match in rules.matches(sentence.encoded):
        blow = _blow(context, sentence, match)
        if blow is None or any(a < blow.end and blow.verb < b for a, b in taken):
            continue
        taken.append((blow.verb, blow.end))
        found.append(blow)
    return sorted(found, key=lambda blow: blow.verb)


def _blow(context: Context, sentence: Sentence, match: Match) -> Blow | None:
    """The match with its object read; `None` where the words are no blow."""
    encoded, shape = match.encoded, match.rule.constants["shape"]
    if shape == "none":
        return Blow(match, _place_of_toll(encoded, match), match.first, match.last, match.first)
    start, stop = match.words["target"]
    first, last = encoded.position(start), encoded.position(stop - 1) + 1
    if shape == "before":
        first = _clause_start(context, sentence, match, first)
        if first >= last:
            return None
        struck = read_object(encoded, first, last)
        return Blow(match, struck, first, match.last, last)
    words = encoded.text[first:last]
    if shape == "behind":
        if AFTERTHOUGHT.match(words):
            return None
        if match.rule.name == "hit-object" and SUFFERING.search(encoded.text[max(0, match.first - 14) : match.first]):
            return None
        last = _with_series(encoded.text, last)
        return Blow(match, read_object(encoded, first, last), match.first, last, match.first)
    struck = read_object(encoded, first, last)
    if match.rule.name == "attack-with-toll" and struck.only_country and encoded.text[match.first] == "在":
        struck = Struck()  # 在乌克兰的无人机攻击中 names the attacker
    return Blow(match, struck, match.first, match.last, match.first)


def _place_of_toll(encoded: Encoded, match: Match) -> Struck:
    """The place told with a toll: 袭击在库尔斯克市造成…, 袭击造成库尔斯克州4人死亡."""
    at = encoded.text.find("在", match.first, match.last)
    for start, last in ((at + 1, match.last), (match.last, min(match.last + 8, len(encoded.text)))):
        if start > 0:
            chain = read_chain(encoded, start, last)
            if chain.group:
                place = encoded.span(chain.group[0][0], chain.group[-1][1])
                return Struck(place=place, owners=tuple(chain.owners), place_country=chain.country)
    return Struck()


def _with_series(text: str, last: int) -> int:
    """The end of an object whose last part stands behind a comma: 弹药库，以及存有导弹的仓库."""
    more = re.compile("，(?:以及|及|还有|和)([^，。；]{1,30})").match(text, last)
    return more.end() if more else last


def _clause_start(context: Context, sentence: Sentence, match: Match, first: int) -> int:
    """Where the clause begins whose subject was hit: behind a comma, a claim, or an earlier blow."""
    encoded = sentence.encoded
    start = max(encoded.text.rfind(mark, 0, max(first, 1)) for mark in CLAUSE_MARK) + 1
    stop = encoded.position(match.words["target"][1] - 1) + 1
    claim = context.claim(sentence, match.words["target"][1] - 1)
    if claim is not None and sentence.start <= claim.start < match.words["target"][1]:
        start = max(start, encoded.position(claim.start) + 1)
    inner = max(encoded.text.rfind(mark, start, stop) for mark in CLAUSE_MARK) + 1
    return max(start, inner)


def _incidents(context: Context, sentence: Sentence, rules: RuleSet, before: Sequence[Incident]) -> list[Incident]:
    """The incidents of one sentence: blows that tell of the same one are joined, tolls go to the one before them."""
    blows = _blows(context, sentence, rules)
    told: list[Incident] = []
    for index, blow in enumerate(blows):
        previous = told[-1] if told else None
        if previous is not None and _belongs(previous, blow) and not _another_acts(context, sentence, previous, blow):
            _join(context, sentence, previous, blow)
            continue
        incident = _open(context, sentence, blow, previous)
        if incident is None:
            continue
        if not told and before and _tells_more(before[-1], incident):
            _join(context, sentence, before[-1], blow)
            continue
        told.append(incident)
    _add_tolls(sentence, told)
    return told


def _belongs(previous: Incident, blow: Blow) -> bool:
    """Whether a blow tells more of the incident before it."""
    struck = blow.struck
    if struck.place and previous.struck.place and not struck.only_country:
        return False
    if struck.target is None:
        return not struck.place or previous.struck.place is None
    if previous.struck.target is not None and not struck.place:
        if blow.match.rule.constants["shape"] == "before" or is_routine(struck.target_words, struck.bare_words):
            return True  # 袭击一个空军基地，摧毁了六架军机; 三处仓库受损
    return previous.struck.target is None or not is_physical(previous.struck.target_words) or (
        blow.match.rule.name == "object-damaged" and struck.target_words in previous.struck.target_words
    )


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
        and incident.sentence.index - before.sentence.index == 1
        and before.struck.target is None
        and before.struck.place is not None
        and struck.target is not None
        and not incident.own_place
        and incident.attacker in (None, before.attacker)
        and is_physical(struck.target_words)
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
    if blow.match.rule.constants["shape"] == "none" and previous is None and toll_in(encoded, blow.begin, len(encoded.text)) is None:
        return None
    own_place = struck.place is not None and not struck.only_country
    clause = max(context.reading.folded.rfind(mark, sentence.start, trigger) for mark in CLAUSE_MARK) + 1
    struck = place_near(context, sentence, struck, trigger, previous.struck if previous else None)
    around = [(max(clause, sentence.start), last)]
    incident = Incident(sentence, blow.match.rule.name, struck, first, last, trigger)
    incident.counted, incident.many = _counts_attacks(blow.match)
    told = context.reading.folded[trigger:last]
    incident.explosion = bool(blow.match.rule.constants.get("explosion")) or BLOWN_UP.search(told) is not None
    incident.attacked = incident.rule == "fell-on-object" or "<attack>" in blow.match.template and "<suffer>" in blow.match.template
    incident.own_place = own_place
    incident.weapon = weapon_of(context, sentence, around, struck)
    if incident.weapon is None and previous is None:
        claim = context.claim(sentence, trigger)
        begin = claim.start if claim is not None and claim.start >= sentence.start else sentence.start
        incident.weapon = weapon_of(context, sentence, [(begin, trigger)], struck)
    incident.attacker = _attacker(context, sentence, blow, struck, trigger, previous)
    if incident.weapon is None and context.reading.folded.startswith("其中", clause):
        incident.weapon = _weapon_before(context, sentence)
    return incident


def _weapon_before(context: Context, sentence: Sentence) -> str | None:
    """The weapon of the sentence before, which 其中一枚 counts out."""
    earlier = [part for part in context.reading.passage_of(sentence) if part.index == sentence.index - 1]
    return weapon_of(context, earlier[0], [(earlier[0].start, earlier[0].end)], Struck()) if earlier else None


def _counts_attacks(match: Match) -> tuple[bool, bool]:
    """Whether a match holds a number of attacks or weapons (or fires at no object), and whether it is large."""
    counts = [m.value for m in match.slots.get("any", ()) if isinstance(m.value, Counted)]
    large = any(c.count.value is None or c.count.value >= 10 for c in counts)
    fired = match.rule.name == "attack-on-object" and "weapon" in match.slots
    return bool(counts) and match.rule.name != "attack-with-toll" or fired, large


def _attacker(
    context: Context, sentence: Sentence, blow: Blow, struck: Struck, trigger: int, previous: Incident | None
) -> str | None:
    """Who struck: the agent of a passive, the subject of an active verb, or the subject carried on."""
    encoded = sentence.encoded
    shape = blow.match.rule.constants["shape"]
    if shape in ("before", "none") or (shape == "between" and blow.match.rule.name == "attack-with-toll"):
        begin, end = encoded.span(blow.verb, max(blow.end, blow.verb + 1))
        for mention in sentence.mentions:
            if begin <= mention.start < end and mention.type in (MentionType.SIDE, MentionType.ORGANISATION):
                code = actor(context, mention)
                if code and code not in struck.owners:
                    return code
        if shape == "before":
            return previous.attacker if previous and not struck.place else None
    claim = context.claim(sentence, trigger)
    begin = claim.start if claim is not None and claim.start >= sentence.start else sentence.start
    found = attacker_before(context, sentence, begin, trigger, struck)
    if found is None and previous is not None:
        found = previous.attacker
    if found is None and claim is not None and begin == claim.start:
        speaker = actor(context, claim.speaker)
        if speaker and shape in ("behind", "between") and speaker not in struck.owners and struck.place_country != speaker:
            return speaker if blow.match.rule.name not in ("fell-on-object", "goal-of-attack") else None
    return found


def _add_tolls(sentence: Sentence, told: Sequence[Incident]) -> None:
    """Give each incident of a sentence the toll told between it and the next."""
    encoded = sentence.encoded
    for index, incident in enumerate(told):
        first = encoded.position(incident.trigger)
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


TOLD_LATER = re.compile("袭击|空袭|爆炸|炮击|轰炸|攻击|目前|至少|已有|已经|遇袭|伤者|死者|死伤|伤亡|造成|火灾|事件|遇难|身亡|丧生|死亡|受伤")


def _add_toll_told_later(context: Context, sentence: Sentence, incidents: Sequence[Incident]) -> bool:
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


def _draft(context: Context, incident: Incident) -> Draft | None:
    """The incident as a record, `None` where it is none: planned, boilerplate, an accident, or nowhere."""
    incident.struck = goes_without_country(incident.struck)
    sentence, struck = incident.sentence, incident.struck
    modality = happened(
        context, sentence, incident.trigger, incident.last, toll=incident.killed is not None or incident.injured is not None
    )
    if modality is None or not is_warlike(context, incident):
        return None
    if is_boilerplate(context, incident):
        return None
    claimed = context.claimant(sentence, incident.trigger)
    attacker = incident.attacker
    country = attacked_side(context, attacker, struck, claimed, struck.place_country)
    if attacker is None and (incident.weapon in AERIAL or incident.attacked):
        attacker = enemy_of(context, sentence, country)
    reading = context.reading
    slots = {
        "attacker": attacker,
        "target_country": country,
        "weapon": incident.weapon or ("explosive" if incident.explosion and attacker is None else "unknown"),
        "target": reading.words(*struck.target) if struck.target and is_physical(struck.target_words) else None,
        "place": reading.words(*struck.place) if struck.place else None,
        "killed": incident.killed,
        "injured": incident.injured,
    }
    return Draft(
        kind="strike",
        found_by=f"strike/{incident.rule}",
        evidence=tuple(_evidence(context, incident)),
        slots=slots,
        claimed_by=claimed,
        modality=modality,
        when=context.period(sentence, incident.trigger, incident.last),
    )


def _evidence(context: Context, incident: Incident) -> Iterator[tuple[int, int]]:
    """The clauses that carry the slots, then the sentence that tells the toll."""
    sentence, held = incident.sentence, [s for s in (incident.struck.target, incident.struck.place) if s]
    inside = [s for s in held if sentence.start <= s[0] < sentence.end]
    first = min([incident.first, *(s[0] for s in inside)])
    last = max([incident.last, *(s[1] for s in inside)])
    yield context.clause(sentence, first, last)
    for stretch in incident.further:
        yield stretch


def _without_repetition(drafts: Sequence[Draft]) -> list[Draft]:
    """One record where several sentences tell the same strike: the fullest telling stays."""
    kept: list[Draft] = []
    for draft in drafts:
        same = next((i for i, other in enumerate(kept) if _says_the_same(draft, other)), None)
        if same is None:
            kept.append(draft)
        else:
            kept[same] = _fill(kept[same], draft)
    return kept


def _fill(first: Draft, second: Draft) -> Draft:
    """The first telling, with what it leaves open taken from the second."""
    slots = {
        slot: second.slots[slot] if value is None or value == "unknown" else value for slot, value in first.slots.items()
    }
    added = second.evidence if slots != first.slots else ()
    return replace(
        first, slots=slots, evidence=first.evidence + added,
        claimed_by=first.claimed_by or second.claimed_by, when=first.when or second.when,
    )  # fmt: skip


def _says_the_same(a: Draft, b: Draft) -> bool:
    if not all(_compatible(a.slots[slot], b.slots[slot]) for slot in ("attacker", "killed", "injured")):
        return False
    speakers = [draft.claimed_by.name if draft.claimed_by else None for draft in (a, b)]
    if None not in speakers and None not in (a.slots["attacker"], b.slots["attacker"]) and not _alike(speakers[0] or "", speakers[1] or ""):
        return False
    if not _compatible(a.when, b.when) or a.modality != b.modality:
        return False
    places, targets = (a.slots["place"], b.slots["place"]), (a.slots["target"], b.slots["target"])
    if None not in places:
        return _alike(*places) and (None in targets or _alike(*targets))
    return None not in targets and _alike(*targets)


def _alike(a: str, b: str) -> bool:
    a, b = (WITHOUT_COUNTRY.sub("", words) for words in (a, b))
    return a in b or b in a


WITHOUT_COUNTRY = re.compile("^(?:" + "|".join(sorted(country_names(), key=lambda name: (-len(name), name))) + "|俄|乌|以)")


def _compatible(a: object, b: object) -> bool:
    return a is None or b is None or a == b


