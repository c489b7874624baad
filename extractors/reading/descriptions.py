"""Whom a description means: 这位朝鲜高级外交官 is 崔善姬 where nobody else of the side stood in between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.reading.mention import Mention, Person
from extractors.reading.offices import dated_office

# Words that point back to somebody named before.
POINTING = re.compile("(?:这|该)(?:位|名)$")
# How far back, in characters, that person may have been named.
FARTHEST = 600


def resolved(folded: str, people: Sequence[Mention]) -> list[Mention]:
    """The people in text order, descriptions that point back replaced by the person meant.

    The last person of the same side named or described before is meant; nobody where that one has no name either,
    or holds another office than the description says (这位总理 after a foreign minister).
    """
    found: list[Mention] = []
    for mention in people:
        meant = _meant(folded, mention, found)
        found.append(replace(mention, value=meant) if meant else mention)
    return found


def _meant(folded: str, mention: Mention, before: Sequence[Mention]) -> Person | None:
    """The person that a description means, `None` where it describes nobody named."""
    person, at = mention.value, mention.start
    if not isinstance(person, Person) or person.name or not POINTING.search(folded, max(0, at - 2), at):
        return None
    meant = _last_of_side(before, person.side, at)
    return meant if meant and _fits(person, meant) else None


def _last_of_side(people: Sequence[Mention], side: str | None, at: int) -> Person | None:
    for mention in reversed(people):
        if at - mention.end > FARTHEST:
            break
        if isinstance(mention.value, Person) and side in (None, mention.value.side):
            return mention.value if mention.value.name else None
    return None


def _fits(described: Person, person: Person) -> bool:
    office = dated_office(described.role or "")
    return office is None or office == dated_office(person.role or "")
