"""What readers filter by, taken from the slots of an event whatever its kind: sides, places and folded words."""

from __future__ import annotations

import types
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

import opencc
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from schemas import KINDS, Code
from warehouse.slots import slot_names

# Slots that name places, wherever they stand in a payload.
PLACE_SLOTS = {"place", "places"}
# Slots that say in which country a place of the payload is, the likeliest first: what is attacked; or what the attacker
# lost to the attacked before.
COUNTRY_SLOTS = ("target_country", "target", "attacker")


BETWEEN = " | "
# Around an entry of an index; no text of news has it, and no question may.
MARK = "\x1f"
# The way to a value in a payload: names of slots, `EACH` for every element of a list.
Way = tuple[str, ...]
EACH = "*"


def sides_of(kind: str, slots: Mapping[str, Any]) -> list[str]:
    """The codes of states and organisations in the slots, each once, in the order of the alphabet."""
    return sorted({code for way in _ways(kind).codes for code in _follow(slots, way)})


def places_of(kind: str, slots: Mapping[str, Any]) -> list[str]:
    """The places named in the slots, as written, each once, in the order in which they stand."""
    return list(dict.fromkeys(place for way in _ways(kind).places for place in _follow(slots, way)))


class _Ways(NamedTuple):
    codes: tuple[Way, ...]
    places: tuple[Way, ...]


@lru_cache(maxsize=64)
def _ways(kind: str) -> _Ways:
    """Where the class of a kind has codes and places."""
    fields = KINDS[kind].model_fields
    found = [each for name in slot_names(KINDS[kind]) for each in _leaves(_annotation(fields[name]), (name,))]
    codes = (way for way, annotation in found if annotation == Code)
    places = (way for way, _ in found if set(way) & PLACE_SLOTS)
    return _Ways(tuple(dict.fromkeys(codes)), tuple(dict.fromkeys(places)))


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


def _follow(value: Any, way: Way) -> Iterator[str]:
    """The words at the end of a way; nothing where it is not filled."""
    for position, step in enumerate(way):
        if step == EACH:
            for each in value or ():
                yield from _follow(each, way[position + 1 :])
            return
        value = value.get(step)
        if value is None:
            return
    yield value


def countries_of(slots: Mapping[str, Any]) -> tuple[str, ...]:
    """The countries in which the places of the slots may be, the likeliest first."""
    return tuple(dict.fromkeys(slots[name] for name in COUNTRY_SLOTS if slots.get(name)))


def tags_of(slots: Mapping[str, Any]) -> list[str]:
    """`slot:value` for every slot that holds words or a list of words: what `slot=` filters by."""
    tags = []
    for name, value in slots.items():
        tags += [
            f"{name}:{each}"
            for each in (value if isinstance(value, list) else [value])
            if isinstance(each, str)
        ]
    return tags


def listed(values: Iterable[str]) -> str:
    """Values as one text: read by people, and searched for words that stand in one of them."""
    return BETWEEN.join(values)


def index(**values: Iterable[str]) -> str:
    """Exact values by name as one text, in which `entry` finds them; far faster than lists of the database."""
    return "".join(entry(name, value) for name, each in values.items() for value in each)


def entry(name: str, value: str) -> str:
    """A value as it stands in an index."""
    return f"{MARK}{name}={value}{MARK}"


def folded(words: str) -> str:
    """Words as they are searched: NFKC, Simplified, lower case, so that either script finds both."""
    return str(_to_simplified().convert(unicodedata.normalize("NFKC", words)).lower())


def searchable(parts: Iterable[str | None]) -> str:
    """The parts folded, each once, with a newline between them that no search crosses."""
    return folded("\n".join(dict.fromkeys(filter(None, parts))))


@lru_cache(maxsize=1)
def _to_simplified() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")
