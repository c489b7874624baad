"""Pages of a list: where one ends is told by the last row itself, so that a newer snapshot moves no boundary."""

from __future__ import annotations

import base64
import binascii
import datetime
import json
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from warehouse.feed.problems import refusal

LONGEST_CURSOR = 400
Key = str | float | datetime.date | datetime.datetime


@dataclass(frozen=True)
class Order:
    """An order of rows, descending: by `column`, then by the id. `type` is the column's in SQL."""

    column: str
    type: str


@dataclass(frozen=True)
class Boundary:
    """The last row of a page: its value of the order's column (`None`: it has none) and its id."""

    key: Key | None
    row_id: str


def encode(order: str, boundary: Boundary) -> str:
    """The boundary as a word for an address."""
    key = boundary.key.isoformat() if isinstance(boundary.key, datetime.date) else boundary.key
    words = json.dumps([order, key, boundary.row_id], ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(words.encode()).decode().rstrip("=")


def decode(cursor: str, order: str, kind: Order) -> Boundary:
    """The boundary that a cursor of this order means. Raises HTTPException 422 for any other word."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        content = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
        name, key, row_id = content
        if name != order or not isinstance(row_id, str):
            raise ValueError("of another list")
        return Boundary(_key(key, kind.type), row_id)
    except (ValueError, TypeError, binascii.Error) as error:
        raise refusal(
            HTTPStatus.UNPROCESSABLE_ENTITY,
            "cursor: none that this list has given for this order; begin again without it",
        ) from error


def _key(key: Any, kind: str) -> Key | None:
    if key is None:
        return None
    if kind == "DOUBLE":
        if isinstance(key, bool) or not isinstance(key, int | float):
            raise ValueError("no number")
        return float(key)
    if kind in ("INTEGER", "BIGINT"):
        if isinstance(key, bool) or not isinstance(key, int) or abs(key) >= 2**31:
            raise ValueError("no number")
        return key
    if kind == "DATE":
        return datetime.date.fromisoformat(key)
    moment = datetime.datetime.fromisoformat(key)
    if moment.tzinfo is None:
        raise ValueError("no offset from UTC")
    return moment


def after(order: Order, id_column: str, boundary: Boundary) -> tuple[str, list[object]]:
    """The condition, with its values, that holds for the rows after a boundary. Rows without a value come last."""
    if boundary.key is None:
        return f"({order.column} IS NULL AND {id_column} < ?)", [boundary.row_id]
    condition = (
        f"({order.column} < ?::{order.type} OR ({order.column} = ?::{order.type} AND {id_column} < ?)"
        f" OR {order.column} IS NULL)"
    )
    return condition, [boundary.key, boundary.key, boundary.row_id]
