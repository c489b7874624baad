"""One record per meeting: tellings of the same meeting in title, lead and body joined."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from schemas import Claimant, Participant, Period
from schemas.kinds.meeting import Format, Status
from schemas.values import Modality


@dataclass(frozen=True)
class Telling:
    """A meeting as one sentence tells it; offsets count characters of the whole article."""

    rule: str
    people: tuple[Participant, ...]
    format: Format
    status: Status
    modality: Modality
    place: str | None
    event: str | None
    when: Period | None
    claimed_by: Claimant | None
    evidence: tuple[int, int]
    further: tuple[tuple[int, int], ...] = ()


def merged(tellings: Iterable[Telling]) -> list[Telling]:
    """The meetings told, each once: the fullest telling completed by the others."""
    kept: list[Telling] = []
    for telling in tellings:
        same = next((i for i, other in enumerate(kept) if _same_meeting(telling, other)), None)
        if same is None:
            kept.append(telling)
        else:
            kept[same] = _joined(kept[same], telling)
    return kept


def _same_meeting(a: Telling, b: Telling) -> bool:
    if _is_open(a.status) != _is_open(b.status) or (a.modality == "denied") != (b.modality == "denied"):
        return False
    if a.when and b.when and not (a.when.start <= b.when.end and b.when.start <= a.when.end):
        return False
    if "phone" in (a.format, b.format) and a.format != b.format:
        return False
    fewer, more = sorted((a.people, b.people), key=len)
    return all(any(same_person(one, other) for other in more) for one in fewer)


def _is_open(status: Status) -> bool:
    return status in ("planned", "proposed")


def same_person(a: Participant, b: Participant) -> bool:
    """Whether two participants can be one: the same side, and names or roles that do not speak against it."""
    if a.side != b.side:
        return False
    if a.name and b.name:
        return a.name == b.name or a.name.endswith(b.name) or b.name.endswith(a.name)
    if a.role and b.role:
        return a.role.endswith(b.role) or b.role.endswith(a.role) or "领导人" in a.role + b.role or "元首" in a.role + b.role
    return True


def _joined(a: Telling, b: Telling) -> Telling:
    first, second = (a, b) if _fullness(a) >= _fullness(b) else (b, a)
    further = second.evidence if (not first.place and second.place) else None
    return replace(
        first,
        people=_union(first.people, second.people),
        format=first.format if first.format != "unspecified" else second.format,
        place=first.place or second.place,
        event=first.event or second.event,
        when=first.when or second.when,
        further=(*first.further, *((further,) if further else ())),
    )


def _union(a: Sequence[Participant], b: Sequence[Participant]) -> tuple[Participant, ...]:
    """The people of both tellings, each with the fullest name and the first role given."""
    people = list(a)
    for other in b:
        same = next((i for i, one in enumerate(people) if same_person(one, other)), None)
        if same is None:
            people.append(other)
            continue
        one = people[same]
        name = max((one.name, other.name), key=lambda name: len(name or ""))
        people[same] = Participant(name=name, role=one.role or other.role, side=one.side)
    return tuple(people)


def _fullness(telling: Telling) -> tuple[int, int]:
    named = sum(bool(person.name) for person in telling.people)
    return named, bool(telling.when) + bool(telling.place) + bool(telling.event)
