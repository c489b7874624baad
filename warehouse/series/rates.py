"""Rates of exchange from a CSV file: the one that Shilu ships, or the user's in its place."""

from __future__ import annotations

import csv
import datetime
import hashlib
import itertools
import math
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import duckdb

from warehouse.errors import TableRefused
from warehouse.transaction import registered, transaction

SHIPPED = Path(__file__).with_name("rates.csv")
LONG = ("date", "currency", "per_eur")
NO_RATE = {"", "N/A"}
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
CURRENCY = re.compile(r"[A-Z]{3}")


class Rate(NamedTuple):
    """How many units of a currency one euro was on a day."""

    currency: str
    day: datetime.date
    per_eur: float


def read_rates(path: Path) -> list[Rate]:
    """The rates in a CSV file, by currency and day.

    The file is laid out as the European Central Bank's (`Date,USD,JPY,…`, N/A where there is no rate), or as
    `date,currency,per_eur`; lines that begin with # are remarks. Raises TableRefused naming line, fault and remedy
    for unknown columns, a row without its day, a rate that is no number above 0, and two rates for one day.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise TableRefused(f"{path}: cannot be read as UTF-8 text: {error}; give a CSV file") from error
    lines = ["" if line.startswith("#") else line for line in text.splitlines()]
    reader = csv.reader(lines)
    filled = ((reader.line_num, row) for row in reader if any(cell.strip() for cell in row))
    header = next(filled, None)
    if header is None:
        raise TableRefused(f"{path}: holds no rates; write lines such as: date,currency,per_eur")
    names = [name.strip() for name in header[1]]
    rates = list(_long(path, filled) if tuple(names) == LONG else _wide(path, names, filled))
    if not rates:
        raise TableRefused(f"{path}: has a heading and no rates below it; add rows")
    rates.sort()
    for first, second in itertools.pairwise(rates):
        if first[:2] == second[:2]:
            raise TableRefused(
                f"{path}: two rates for {first.currency} on {first.day}: {first.per_eur:g}, {second.per_eur:g}; "
                "delete one"
            )
    return rates


def _long(path: Path, rows: Iterable[tuple[int, list[str]]]) -> Iterator[Rate]:
    for line, row in rows:
        where = f"{path}, line {line}"
        if len(row) != len(LONG):
            raise TableRefused(f"{where}: {len(row)} cells; write {len(LONG)}: {','.join(LONG)}")
        day, currency, number = (cell.strip() for cell in row)
        if not CURRENCY.fullmatch(currency) or currency == "EUR":
            raise TableRefused(
                f"{where}: currency is {currency!r}; write an ISO 4217 code such as USD, and none for the euro"
            )
        yield Rate(currency, _day(day, where), _number(number, f"{where}, {currency}"))


def _wide(path: Path, names: list[str], rows: Iterable[tuple[int, list[str]]]) -> Iterator[Rate]:
    while names and not names[-1]:
        names.pop()  # the bank ends every line with a comma
    currencies = names[1:]
    unknown = [name for name in currencies if not CURRENCY.fullmatch(name) or name == "EUR"]
    if not names or names[0] not in ("Date", "date") or unknown or not currencies:
        raise TableRefused(
            f"{path}: unknown columns {', '.join(map(repr, unknown or names[:3]))}; the heading must be "
            f"{','.join(LONG)}, or Date and then ISO 4217 codes such as USD, without EUR"
        )
    if len(set(currencies)) < len(currencies):
        raise TableRefused(f"{path}: two columns for one currency; delete one")
    for line, row in rows:
        where = f"{path}, line {line}"
        day = _day(row[0].strip(), where)
        numbers = [cell.strip() for cell in row[1:]]
        if len(numbers) < len(currencies) or any(numbers[len(currencies) :]):
            raise TableRefused(
                f"{where}: {len(numbers)} rates for {len(currencies)} currencies; write N/A where there is none"
            )
        for currency, number in zip(currencies, numbers, strict=False):
            if number not in NO_RATE:
                yield Rate(currency, day, _number(number, f"{where}, {currency}"))


def _day(words: str, where: str) -> datetime.date:
    if not words:
        raise TableRefused(f"{where}: the day is missing; write it as 2024-03-05")
    try:
        if not ISO_DAY.fullmatch(words):
            raise ValueError
        return datetime.date.fromisoformat(words)
    except ValueError:
        raise TableRefused(f"{where}: {words!r} is no day; write it as 2024-03-05") from None


def _number(words: str, where: str) -> float:
    try:
        number = float(words)
    except ValueError:
        number = math.nan
    if not (0 < number < math.inf):
        raise TableRefused(
            f"{where}: the rate is {words!r}; write a number above 0 with a decimal point: units for one euro"
        )
    return number


def replace_rates(connection: duckdb.DuckDBPyConnection, path: Path) -> int:
    """Put the rates of a file in place of all others; how many there are. Raises TableRefused as `read_rates`."""
    rates = read_rates(path)
    import pyarrow as pa  # noqa: PLC0415 - loaded by writers alone

    currencies, days, numbers = zip(*rates, strict=True)
    table = pa.table({"currency": currencies, "day": days, "per_eur": pa.array(numbers, pa.float64())})
    with transaction(connection), registered(connection, {"incoming_rates": table}):
        connection.execute("DELETE FROM rate")
        connection.execute("DELETE FROM rate_source")
        connection.execute("INSERT INTO rate BY NAME SELECT * FROM incoming_rates")
        connection.execute(
            "INSERT INTO rate_source VALUES (?, ?, ?)", [path.name, _checksum(path), path == SHIPPED]
        )
    return len(rates)


def bring_shipped_rates(connection: duckdb.DuckDBPyConnection) -> bool:
    """Fill the table where it is empty or holds Shilu's own rates of another version; True if so.

    The user's rates stay.
    """
    found = connection.execute("SELECT checksum, shipped FROM rate_source").fetchall()
    if found and (not found[0][1] or found[0][0] == _checksum(SHIPPED)):
        return False
    replace_rates(connection, SHIPPED)
    return True


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


__all__ = ["SHIPPED", "Rate", "bring_shipped_rates", "read_rates", "replace_rates"]
