"""The analysts' table: which rows count, for which day, and for the whole country or a region."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

import warehouse
from warehouse.series.analysts_table import number_of, read_table, weapon_of, window_of

HEADING = "time_start,time_end,model,target,launched,destroyed,carrier,source\n"


@pytest.fixture
def read(tmp_path: Path):
    """The table of these rows."""

    def read_rows(*rows: str, heading: str = HEADING):
        path = tmp_path / "table.csv"
        path.write_text(heading + "\n".join(rows), encoding="utf-8")
        return read_table(path)

    return read_rows


def test_a_night_belongs_to_the_day_that_the_boundary_says(read):
    table = read("2026-03-03 18:00,2026-03-04 08:00,Shahed-136/131,Ukraine,9.0,7.0,,kpszsu/1")
    days = {name: {count.day.day for count in table.counts(name)} for name in ("start", "end", "night")}
    assert days == {"start": {3}, "end": {4}, "night": {3}}


def test_a_day_adds_up_its_windows_and_models_by_weapon_and_outcome(read):
    table = read(
        "2026-03-04,2026-03-04 08:00,Shahed-136/131,Ukraine,9.0,7.0,,kpszsu/1",
        "2026-03-04 20:00,2026-03-04 23:00,Shahed-136/131,Ukraine,5.0,5.0,,kpszsu/2",
        "2026-03-04,2026-03-04 08:00,Kalibr and Iskander-M,Ukraine,3.0,,,kpszsu/1",
    )
    values = {(count.weapon, count.outcome): count.value for count in table.counts("end")}
    assert values == {("drone", "launched"): 14, ("drone", "intercepted"): 12, ("missile", "launched"): 3}


def test_regions_count_only_where_nobody_counts_the_whole_country(read):
    whole = "2026-03-04,2026-03-04,Shahed-136/131,Ukraine,9.0,7.0,,kpszsu/1"
    south = "2026-03-04,2026-03-04,ZALA,south,2.0,2.0,,PvKPivden/1"
    east = "2026-03-04,2026-03-04,ZALA,east,1.0,1.0,,pvkshid/1"
    assert [count.value for count in read(whole, south).counts("end")] == [7, 9]
    assert [count.value for count in read(south, east).counts("end")] == [3, 3]
    assert read(whole, south).counts("end")[1].others == {
        2: "its report of ZALA alone",
        11: "its sum with the regions",
    }


def test_the_air_force_and_lists_of_places_speak_for_the_whole_country(read):
    table = read(
        "2026-03-04,2026-03-04,ZALA,Odesa oblast,2.0,,,kpszsu/1",
        "2026-03-04,2026-03-04,ZALA,A oblast and B oblast and C oblast,3.0,,,PvKPivden/1",
        "2026-03-04,2026-03-04,ZALA,A oblast and B oblast,4.0,,,PvKPivden/1",
    )
    assert [report.whole for report in table.reports] == [True, True, False]


def test_rows_that_cannot_be_compared_are_left_out_and_counted(read):
    table = read(
        "2026-03-04,2026-03-08,ZALA,south,2.0,2.0,,x/1",
        "2026-03-05,2026-03-04,ZALA,south,2.0,2.0,,x/2",
        "2026-03-04,2026-03-04,Balloon,south,2.0,2.0,,x/3",
        "2026-03-04,2026-03-04,ZALA,south,,,,x/4",
    )
    assert table.reports == ()
    assert table.left_out == {
        "a window of more than a day and a night": 1,
        "no number": 1,
        "no window": 1,
        "unknown model Balloon": 1,
    }


@pytest.mark.parametrize(
    ("model", "weapon"),
    [
        ("Shahed-136/131", "drone"),
        ("Orlan-10 and ZALA", "drone"),
        ("Unknown UAV", "drone"),
        ("Unknown Missile", "missile"),
        ("X-101/X-555 and Kalibr", "missile"),
        ("C-300/C-400", "missile"),
        ("Aerial Bomb", "guided_bomb"),
        ("Shahed-136/131 and Kalibr", None),
        ("Balloon", None),
        ("", None),
    ],
)
def test_a_model_is_known_by_its_words(model, weapon):
    assert weapon_of(model) == weapon


def test_moments_may_have_a_time_and_stray_spaces():
    window = window_of("2026-03-04  7:00", " 2026-03-05 ")
    assert window is not None
    assert (window.start, window.end, window.precision) == (
        datetime.date(2026, 3, 4),
        datetime.date(2026, 3, 5),
        "night",
    )
    assert window_of("4 March", "2026-03-05") is None
    assert window_of("2026-02-30", "2026-03-05") is None


def test_numbers_are_whole_and_not_negative():
    assert [number_of(words) for words in ("236.0", "7", "", "NaN", "-1", "2.5")] == [
        236,
        7,
        None,
        None,
        None,
        None,
    ]


def test_a_table_without_a_column_is_refused_with_the_columns_it_needs(read):
    with pytest.raises(
        warehouse.TableRefused, match=r"lacks the columns destroyed, source; the table must have"
    ):
        read("2026-03-04,2026-03-04,ZALA,south,1", heading="time_start,time_end,model,target,launched\n")


def test_a_file_in_another_encoding_is_refused(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes("time_start,型号\n".encode("gb18030"))
    with pytest.raises(warehouse.TableRefused, match="cannot be read as CSV in UTF-8"):
        read_table(path)
