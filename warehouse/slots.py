"""The SQL of a kind's slots, read off its pydantic class: which columns there are and what type each has."""

from __future__ import annotations

import datetime
import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from schemas import ENVELOPE, EventBase, Quantity

# A type as DuckDB's from_json reads it: a name, [element] or {field: type}.
Structure = str | list[Any] | dict[str, Any]

QUALIFIERS: tuple[str, ...] = get_args(Quantity.model_fields["qualifier"].annotation)

SCALARS: dict[type, str] = {
    str: "VARCHAR",
    bool: "BOOLEAN",
    int: "BIGINT",
    float: "DOUBLE",
    datetime.date: "DATE",
    datetime.datetime: "TIMESTAMPTZ",
}


def slot_names(kind_class: type[EventBase]) -> list[str]:
    """The slots of a kind in order: its fields but for the envelope and the kind's own name."""
    return [name for name in kind_class.model_fields if name not in ENVELOPE and name != "kind"]


def payload_structure(kind_class: type[EventBase]) -> dict[str, Structure]:
    """The type of a kind's payload, for from_json."""
    fields = kind_class.model_fields
    return {
        slot: structure(fields[slot].annotation, f"{kind_class.__name__}.{slot}")
        for slot in slot_names(kind_class)
    }


def structure(annotation: Any, where: str) -> Structure:
    """The DuckDB type of a Python type; `where` names the field in the error.

    Raises TypeError for a type that has no column yet, such as a mapping.
    """
    annotation = _required(annotation)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (tuple, list):
        if origin is tuple and (len(arguments) != 2 or arguments[1] is not ...):
            raise TypeError(f"{where}: a tuple slot must be of the form tuple[X, ...], got {annotation}")
        return [structure(arguments[0], where)]
    if origin in (Union, types.UnionType):
        return _merged([structure(member, where) for member in arguments], where)
    if origin is Literal:
        return _merged([structure(type(value), where) for value in arguments], where)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return {
            name: structure(field.annotation, f"{where}.{name}")
            for name, field in annotation.model_fields.items()
        }
    if annotation in SCALARS:
        return SCALARS[annotation]
    raise TypeError(f"{where}: no column type for {annotation}; add it to warehouse/slots.py")


def slot_columns(kind_class: type[EventBase], payload: str) -> Iterator[tuple[str, str]]:
    """Each column that shows the slots of a kind, as name and SQL expression over the struct `payload`.

    A slot is one column of its type, except that a quantity is spread over several (`quantity_columns`).
    """
    for slot in slot_names(kind_class):
        value_class = _required(kind_class.model_fields[slot].annotation)
        expression = f'{payload}."{slot}"'
        if isinstance(value_class, type) and issubclass(value_class, Quantity):
            yield from quantity_columns(slot, value_class, expression)
        else:
            yield slot, expression


def quantity_columns(slot: str, value_class: type[Quantity], quantity: str) -> Iterator[tuple[str, str]]:
    """The columns of a quantity over the SQL struct `quantity`.

    `slot` is the number as named, `slot_qualifier` its qualifier; `slot_low`, `slot_best` and `slot_high` its
    interval (NULL is open; of a range `slot_high` is the end as named); then any further field of the class,
    such as `slot_currency`.
    """
    yield slot, f'{quantity}."value"'
    yield f"{slot}_qualifier", f'{quantity}."qualifier"'
    for end in ("low", "best", "high"):
        yield f"{slot}_{end}", interval_end(end, quantity)
    for name in value_class.model_fields:
        if name not in Quantity.model_fields:
            yield f"{slot}_{name}", f'{quantity}."{name}"'


def interval_end(end: str, quantity: str) -> str:
    """One end of `Quantity.interval` ("low", "best" or "high") as SQL over the struct `quantity`, a DOUBLE.

    Every qualifier but the range scales the number, or stands for fixed ones; the factors are asked of the
    Python property, so that both follow one convention.
    """
    value, high = f'{quantity}."value"::DOUBLE', f'{quantity}."high"::DOUBLE'
    cases = []
    for qualifier in QUALIFIERS:
        fixed = _word_quantity(qualifier)
        if qualifier == "range":
            result = {"low": value, "best": f"({value} + {high}) / 2", "high": high}[end]
        elif fixed is not None:
            result = _number(getattr(fixed.interval, end))
        else:
            factor = getattr(Quantity.model_validate({"value": 1, "qualifier": qualifier}).interval, end)
            result = value if factor == 1 else "NULL" if factor is None else f"{value} * {_number(factor)}"
        cases.append(f"WHEN '{qualifier}' THEN {result}")
    return f'CASE {quantity}."qualifier" {" ".join(cases)} END::DOUBLE'


def _word_quantity(qualifier: str) -> Quantity | None:
    """The quantity of a qualifier that goes without a numeral (数十); `None` where it needs one."""
    try:
        return Quantity.model_validate({"qualifier": qualifier})
    except ValidationError:
        return None


def _number(value: float | None) -> str:
    """A DOUBLE, cast from words: DuckDB reads a plain 0.9 as a DECIMAL."""
    return "NULL" if value is None else f"'{float(value)!r}'::DOUBLE"


def _required(annotation: Any) -> Any:
    """The type without `Annotated` and without `None`."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in (Union, types.UnionType):
        members = [member for member in get_args(annotation) if member is not type(None)]
        return _required(members[0]) if len(members) == 1 else Union[tuple(members)]  # noqa: UP007
    return annotation


def _merged(members: list[Structure], where: str) -> Structure:
    """One type for all members of a union: the wider number, or one struct with the fields of all."""
    first, *others = members
    merged = first
    for other in others:
        if {repr(merged), repr(other)} == {"'BIGINT'", "'DOUBLE'"}:
            merged = "DOUBLE"
        elif isinstance(merged, dict) and isinstance(other, dict):
            clashes = [name for name in merged if name in other and merged[name] != other[name]]
            if clashes:
                raise TypeError(
                    f"{where}: the members of the union disagree on the type of {', '.join(clashes)}"
                )
            merged = merged | other
        elif merged != other:
            raise TypeError(f"{where}: no column type for a union of {merged} and {other}")
    return merged
