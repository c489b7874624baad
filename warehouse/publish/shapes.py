"""What readers filter by, as SQL over the payload of an event whatever its kind: sides, places, countries, tags and words.

Where a payload has codes, places and words is read off the classes of the kinds.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from schemas import KINDS, Code
from warehouse.slots import slot_names

# Slots that name places, wherever they stand in a payload.
PLACE_SLOTS = {"place", "places"}
# Slots that say in which country a place of the payload is, the likeliest first: what is attacked; or what the attacker
# lost to the attacked before.
COUNTRY_SLOTS = ("target_country", "target", "attacker")
NO_WORDS = (int, float, bool, type(None))
# The way to a value in a payload: names of slots, `EACH` for every element of a list.
Way = tuple[str, ...]
EACH = "[*]"


def shapes_select(rows: str) -> str:
    """For each of `rows` (id, kind, payload): `sides`, the codes in the order of the alphabet; `places`, as they stand;
    `countries`, the likeliest first; `tags`, `slot:value` of every slot of words; `words`, all words there are.

    Each value once. Rows must be the rows of one query: a list without values is empty, never NULL.
    """
    return f"""SELECT
    id, kind,
    list_sort(list_distinct({_by_kind(_sides)})) AS sides,
    in_order({_by_kind(_places)}) AS places,
    in_order({_lists([_value((name,)) for name in COUNTRY_SLOTS])}) AS countries,
    {_by_kind(_tags)} AS tags,
    {_by_kind(_words)} AS words
FROM ({rows})"""


class _Ways(NamedTuple):
    codes: tuple[Way, ...]
    places: tuple[Way, ...]
    words: tuple[Way, ...]


@lru_cache(maxsize=64)
def ways(kind: str) -> _Ways:
    """Where the class of a kind has codes, places, and words of any sort."""
    fields = KINDS[kind].model_fields
    found = [each for name in slot_names(KINDS[kind]) for each in _leaves(_annotation(fields[name]), (name,))]
    codes = (way for way, annotation in found if annotation == Code)
    places = (way for way, _ in found if set(way) & PLACE_SLOTS)
    words = (way for way, annotation in found if _is_words(annotation))
    return _Ways(*(tuple(dict.fromkeys(each)) for each in (codes, places, words)))


def _annotation(field: FieldInfo) -> Any:
    """The type as it was written: pydantic takes `Annotated` apart at the top of a field."""
    annotation: Any = field.annotation
    for each in field.metadata:
        annotation = Annotated[annotation, each]
    return annotation


def _leaves(annotation: Any, way: Way) -> Iterator[tuple[Way, Any]]:
    """All values below a type that hold no others, each with the way to it."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated and annotation != Code:
        yield from _leaves(arguments[0], way)
    elif origin in (Union, types.UnionType):
        for member in arguments:
            yield from _leaves(member, way)
    elif origin is tuple:
        yield from _leaves(arguments[0], (*way, EACH))
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, field in annotation.model_fields.items():
            yield from _leaves(_annotation(field), (*way, name))
    else:
        yield way, annotation


def _is_words(annotation: Any) -> bool:
    """Whether values of a type are texts in JSON."""
    if get_origin(annotation) is Literal:
        return all(isinstance(value, str) for value in get_args(annotation))
    return annotation not in NO_WORDS


def _by_kind(lists: Callable[[str], Iterable[str]]) -> str:
    """A list for each kind, put together of lists."""
    cases = "".join(f" WHEN '{kind}' THEN {_lists(lists(kind))}" for kind in KINDS)
    return f"CASE kind{cases} ELSE []::VARCHAR[] END"


def _lists(lists: Iterable[str]) -> str:
    """One list without NULLs of several."""
    together = " || ".join(f"coalesce({each}, [])" for each in lists)
    return f"list_filter({together or '[]::VARCHAR[]'}, lambda value: value IS NOT NULL)"


def _value(way: Way) -> str:
    """The words at the end of a way, as a list."""
    path = "$" + "".join(step if step == EACH else f'."{step}"' for step in way)
    found = f"json_extract_string(payload, '{path}')"
    return found if EACH in way else f"[{found}]"


def _sides(kind: str) -> Iterator[str]:
    return (_value(way) for way in ways(kind).codes)


def _places(kind: str) -> Iterator[str]:
    return (_value(way) for way in ways(kind).places)


def _words(kind: str) -> Iterator[str]:
    return (_value(way) for way in ways(kind).words)


def _tags(kind: str) -> Iterator[str]:
    """Of the slots themselves, not of what is below them."""
    for way in ways(kind).words:
        if len(way) == 1 or way[1:] == (EACH,):
            yield f"list_transform({_value(way)}, lambda value: '{way[0]}:' || value)"
