"""Rates of exchange: the shipped file, the user's in its place, and files that are refused."""

from __future__ import annotations

import datetime
from pathlib import Path

import duckdb
import pytest

import warehouse
from warehouse.series import rates
from warehouse.series.rates import SHIPPED, Rate, read_rates

DAY = datetime.date(2024, 3, 5)
MAIN_CURRENCIES = {"USD", "GBP", "JPY", "CNY", "CHF", "CAD", "AUD", "NOK", "SEK", "DKK", "PLN", "CZK", "KRW"}


@pytest.fixture
def written(tmp_path: Path):
    """A file of rates with this text."""

    def write(text: str) -> Path:
        path = tmp_path / "own.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_the_shipped_rates_cover_every_month_of_the_war_and_say_whence_they_are():
    found = read_rates(SHIPPED)
    dollars = [rate for rate in found if rate.currency == "USD"]
    months = {(rate.day.year, rate.day.month) for rate in dollars}
    assert {(year, month) for year in (2022, 2023, 2024, 2025) for month in range(1, 13)} <= months
    assert {rate.currency for rate in found} >= MAIN_CURRENCIES
    assert all(0.9 < rate.per_eur < 1.3 for rate in dollars)
    assert "European Central Bank" in SHIPPED.read_text(encoding="utf-8").partition("\nDate,")[0]


def test_both_layouts_say_the_same(written):
    long = read_rates(
        written("# mine\n\ndate,currency,per_eur\n2024-03-05,USD,1.0849\n2024-03-05,JPY,163.2\n")
    )
    wide = read_rates(
        written("Date,USD,JPY,RUB,\r\n2024-03-05,1.0849,163.2,N/A,\r\n2024-03-06,N/A,N/A,,\r\n")
    )
    assert long == wide == [Rate("JPY", DAY, 163.2), Rate("USD", DAY, 1.0849)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "holds no rates; write lines such as: date,currency,per_eur"),
        ("date,currency,per_eur\n", "a heading and no rates"),
        ("day,currency,rate\n2024-03-05,USD,1\n", r"unknown columns 'currency', 'rate'; the heading must be"),
        ("Date,USD,Dollar\n2024-03-05,1,1\n", r"unknown columns 'Dollar'"),
        ("Date,EUR\n2024-03-05,1\n", r"unknown columns 'EUR'"),
        ("Date,USD,USD\n2024-03-05,1,1\n", r"two columns for one currency"),
        ("# mine\ndate,currency,per_eur\n,USD,1.1\n", r"own\.csv, line 3: the day is missing"),
        ("Date,USD\n,1.1\n", r"line 2: the day is missing; write it as 2024-03-05"),
        ("Date,USD\n5.3.2024,1.1\n", r"line 2: '5\.3\.2024' is no day"),
        ("Date,USD\n2024-02-30,1.1\n", r"line 2: '2024-02-30' is no day"),
        ("Date,USD,GBP\n2024-03-05,1.1\n", r"line 2: 1 rates for 2 currencies; write N/A"),
        ("Date,USD\n2024-03-05,0\n", r"line 2, USD: the rate is '0'; write a number above 0"),
        ("date,currency,per_eur\n2024-03-05,USD,-1.1\n", r"line 2, USD: the rate is '-1\.1'"),
        ("date,currency,per_eur\n2024-03-05,USD,nan\n", r"line 2, USD: the rate is 'nan'"),
        ("date,currency,per_eur\n2024-03-05,USD\n", r"line 2: 2 cells; write 3"),
        ("date,currency,per_eur\n2024-03-05,dollar,1.1\n", r"line 2: currency is 'dollar'"),
        ("Date,USD\n2024-03-05,1.1\n2024-03-05,1.2\n", r"two rates for USD on 2024-03-05: 1\.1, 1\.2"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_line_and_remedy_and_the_old_rates_stay(
    house, written, text, words
):
    before = house.query("FROM rate ORDER BY ALL").rows
    with pytest.raises(warehouse.TableRefused, match=words):
        house.replace_rates(written(text))
    assert house.query("FROM rate ORDER BY ALL").rows == before


def test_a_file_in_another_encoding_is_refused(house, tmp_path):
    path = tmp_path / "own.csv"
    path.write_bytes("日期,USD\n".encode("gb18030"))
    with pytest.raises(warehouse.TableRefused, match="cannot be read as UTF-8"):
        house.replace_rates(path)


def test_a_new_warehouse_has_the_shipped_rates(house):
    assert house.query("SELECT name, shipped FROM rate_source").rows == [("rates.csv", True)]
    assert house.query("SELECT count(*) FROM rate").rows == [(len(read_rates(SHIPPED)),)]


def test_own_rates_replace_all_others_and_stay_until_the_shipped_ones_are_asked_for(database, written):
    with warehouse.open(database) as house:
        assert house.replace_rates(written("Date,USD\n2024-03-05,1.1\n")) == 1
    with warehouse.open(database) as house:
        assert house.query("FROM rate").rows == [("USD", DAY, 1.1)]
        assert house.query("SELECT name, shipped FROM rate_source").rows == [("own.csv", False)]
        house.replace_rates()
        assert house.query("SELECT name, shipped FROM rate_source").rows == [("rates.csv", True)]


def test_a_newer_shilu_brings_its_newer_rates(database, tmp_path, monkeypatch, written):
    warehouse.open(database).close()
    monkeypatch.setattr(rates, "SHIPPED", written("Date,USD\n2030-03-05,1.1\n"))
    with warehouse.open(database) as house:
        assert house.query("SELECT count(*) FROM rate").rows == [(1,)]


def test_opening_again_does_not_load_the_rates_again(database):
    warehouse.open(database).close()
    with duckdb.connect(str(database)) as connection:
        assert not rates.bring_shipped_rates(connection)
