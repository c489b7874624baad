"""Which tellings are of one strike: the headline, the lead and the body tell it in words of their own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractors.kinds.repetition import told_before
from extractors.kinds.strike_incidents import Incident
from extractors.layers.context import Draft
from extractors.reading.mention import MentionType
from extractors.reading.sides import country_names
from schemas import Period

MEASURE = re.compile("^(?:一?[个座处家栋所艘间架]|(?:这|那|该)[个座处家栋所艘间架]?)")
WITHOUT_COUNTRY = re.compile(
    "^(?:" + "|".join(sorted(country_names(), key=lambda name: (-len(name), name))) + "|俄|乌|以)"
)
ANOTHER = ("另", "其他", "其它", "其余")
TOPIC = "attack-as-topic"  # the rule of what is said of an attack
# A facility's name is longer than a town's by which two things may stand.
SHORTEST_WHOLE = 4
GLOSS = re.compile(r"[（(][^）)]*[）)]|[“”「」『』\"'‘’·‧ ]")
# Words of one meaning for a thing that was hit.
ONE_MEANING = (
    (re.compile("水力发电[站厂]|水电[站厂]|水电大坝|大坝|水坝"), "水坝"),
    (re.compile("核电[站厂]|核能?发电[站厂]"), "核电站"),
    (re.compile("(?:妇幼|妇产科?|产科|儿童)医院"), "医院"),
    (re.compile("(?:大?剧院|戏剧院|剧场)"), "剧院"),
    (re.compile("铁路(?:车站|站)|火车站|车站"), "车站"),
    (re.compile("弹药(?:仓库|储藏库|库)|军火库|武器库"), "弹药库"),
    (re.compile("油库|燃料(?:储存(?:设施|库)|仓库|库)|储油(?:设施|库)"), "油库"),
)


@dataclass(frozen=True)
class Telling:
    """A record and the incident it was made of."""

    draft: Draft
    incident: Incident

    @property
    def dated(self) -> bool:
        """Whether the sentence itself names a time, so that its day is no guess."""
        return any(mention.type is MentionType.TIME for mention in self.incident.sentence.mentions)


def without_repetition(tellings: Sequence[Telling]) -> list[Telling]:
    """One record where several sentences tell the same strike: the first telling stays, filled from the others."""
    kept: list[Telling] = []
    for telling in tellings:
        same = told_before(kept, telling, says_the_same)
        if same is None:
            kept.append(telling)
        else:
            kept[same] = replace(kept[same], draft=_fill(kept[same].draft, telling.draft))
    return [telling for telling in kept if not _says_less(telling, kept)]


def _says_less(telling: Telling, kept: Sequence[Telling]) -> bool:
    """Whether a telling only sums up, or speaks of, what its passage tells of the same sides: 多地遭袭, 对X的袭击令人震惊."""
    slots = telling.draft.slots
    summary = telling.incident.struck.towns and slots["target"] is None
    if not (summary or telling.incident.rule == TOPIC) or slots["killed"] or slots["injured"]:
        return False
    return any(
        other is not telling
        and not other.incident.struck.towns
        and other.incident.rule != TOPIC
        and (not summary or other.incident.sentence.passage == telling.incident.sentence.passage)
        and other.draft.slots["target_country"] == slots["target_country"]
        and _compatible(other.draft.slots["attacker"], slots["attacker"])
        for other in kept
    )


def _fill(first: Draft, second: Draft) -> Draft:
    """The first telling, with what it leaves open taken from the second."""
    slots = {
        slot: second.slots[slot] if value is None or value == "unknown" else value
        for slot, value in first.slots.items()
    }
    added = second.evidence if slots != first.slots else ()
    return replace(
        first, slots=slots, evidence=first.evidence + added,
        claimed_by=first.claimed_by or second.claimed_by, when=first.when or second.when,
    )  # fmt: skip


def says_the_same(a: Telling, b: Telling) -> bool:
    """Whether two tellings are of one strike, as far as both say."""
    one, other = a.draft, b.draft
    if one.modality != other.modality or not all(
        _compatible(one.slots[slot], other.slots[slot]) for slot in ("attacker", "killed", "injured")
    ):
        return False
    targets = (one.slots["target"], other.slots["target"])
    if _two_authorities(one, other) and (
        None in targets
        or (all(draft.slots["attacker"] is not None for draft in (one, other)) and _two_sides(one, other))
    ):
        return False
    if not _same_day(a, b):
        return False
    places = (one.slots["place"], other.slots["place"])
    if None in targets:
        return None not in places and alike(*places)
    if other.slots["target"].startswith(ANOTHER) or one.slots["target"].startswith(ANOTHER):
        return False
    if _part_of(one, other) or _part_of(other, one):
        return True
    if None not in places and not _places_agree(one, other):
        return False
    return alike(_core(one), _core(other))


def _two_authorities(one: Draft, other: Draft) -> bool:
    speakers = [draft.claimed_by.name if draft.claimed_by else None for draft in (one, other)]
    return None not in speakers and not alike(speakers[0] or "", speakers[1] or "")


def _two_sides(one: Draft, other: Draft) -> bool:
    """Whether two authorities may be of two sides, who tell of two strikes alike."""
    sides = {draft.claimed_by.side for draft in (one, other) if draft.claimed_by is not None}
    return len(sides) > 1 or None in sides


def _part_of(part: Draft, whole: Draft) -> bool:
    """Whether one object stands in the other as its place: 一个发电机组 in 扎波罗热核电站."""
    place = part.slots["place"]
    return place is not None and len(place) > SHORTEST_WHOLE and place == whole.slots["target"]


def _same_day(a: Telling, b: Telling) -> bool:
    one, other = a.draft.when, b.draft.when
    if _compatible(one, other) or one is None or other is None:
        return True
    return not (a.dated and b.dated) and (_within(one, other) or _within(other, one))


def _within(inner: Period, outer: Period) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _places_agree(one: Draft, other: Draft) -> bool:
    """Whether the places are alike, or one is named in the words of the other's object."""
    a, b = one.slots["place"], other.slots["place"]
    return alike(a, b) or a in (other.slots["target"] or "") or b in (one.slots["target"] or "")


def _core(draft: Draft) -> str:
    """The words of an object without glosses, its place, and with one word for one meaning."""
    words = GLOSS.sub("", draft.slots["target"])
    place = GLOSS.sub("", draft.slots["place"] or "")
    if place and len(words) > len(place) + 1:
        words = words.replace(place, "").removeprefix("的")
    for pattern, word in ONE_MEANING:
        words = pattern.sub(word, words)
    return words


def alike(a: str, b: str) -> bool:
    """Whether one of two names holds the other, but for the measure and the country before them."""
    bare_a, bare_b = (MEASURE.sub("", WITHOUT_COUNTRY.sub("", words)) for words in (a, b))
    a, b = (bare_a, bare_b) if bare_a and bare_b else (a, b)  # a country alone is like itself
    return a in b or b in a if bare_a and bare_b else a == b


def _compatible(a: object, b: object) -> bool:
    return a is None or b is None or a == b
