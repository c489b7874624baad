"""What is planned to run when, without Prefect."""

from __future__ import annotations

import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.cron import checked_cron, next_times
from flows.errors import SettingsError
from flows.gather import load_sources
from flows.plan import plan
from flows.settings import load_settings

COMMON = 'outlet = "某社"\nlanguage = "zh"\ntime_zone = "Europe/Kyiv"\ntrust = "none"\npaths = ["in"]\n'


def sources(*tables: str) -> None:
    Path("sources.toml").write_text("".join(f"{table}{COMMON}" for table in tables), encoding="utf-8")


def test_each_source_and_each_job_of_upkeep_is_planned() -> None:
    sources('[source.a]\ntype = "folder"\nschedule = "*/15  6-22 * * 1-5"\n', '[source.b]\ntype = "folder"\n')
    planned = {each.deployment: each for each in plan(load_settings())}
    assert list(planned) == [
        "ingest/a",
        "ingest/b",
        "reprocess/older",
        "expect/expectations",
        "audit/findings",
        "publish/snapshot",
    ]
    a = planned["ingest/a"]
    assert (a.schedule, a.time_zone) == ("*/15 6-22 * * 1-5", "Europe/Kyiv")
    assert a.parameters == {"source": "a"}
    assert planned["ingest/b"].schedule is None


def test_settings_move_upkeep_and_an_empty_one_leaves_it_to_the_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHILU_AUDIT_SCHEDULE", "")
    monkeypatch.setenv("SHILU_PUBLISH_SCHEDULE", "0 6 * * MON")
    monkeypatch.setenv("SHILU_SCHEDULE_TIME_ZONE", "Asia/Shanghai")
    planned = {each.deployment: each for each in plan(load_settings())}
    assert planned["audit/findings"].schedule is None
    publish = planned["publish/snapshot"]
    assert (publish.schedule, publish.time_zone) == ("0 6 * * MON", "Asia/Shanghai")


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("SHILU_AUDIT_SCHEDULE", "daily", "five fields"),
        ("SHILU_AUDIT_SCHEDULE", "99 * * * *", "no cron schedule"),
        ("SHILU_SCHEDULE_TIME_ZONE", "Asia/Shanghia", "did you mean Asia/Shanghai?"),
    ],
)
def test_what_is_no_schedule_is_refused(
    variable: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert variable in str(caught.value) and words in str(caught.value)


@pytest.mark.parametrize("schedule", ["99 * * * *", "0 0 30 2 *", "* * * *", "a b c d e"])
def test_a_source_with_a_schedule_that_never_comes_round_is_refused(schedule: str) -> None:
    sources(f'[source.a]\ntype = "folder"\nschedule = "{schedule}"\n')
    with pytest.raises(SettingsError, match="no cron schedule"):
        load_sources(Path("sources.toml"))


def test_times_are_those_of_the_zone_also_where_its_clocks_change() -> None:
    eve = datetime.datetime(2025, 3, 29, 12, tzinfo=datetime.UTC)
    shown = [time.isoformat() for time in next_times("30 6 * * *", "Europe/Kyiv", eve, 2)]
    assert shown == ["2025-03-30T06:30:00+03:00", "2025-03-31T06:30:00+03:00"]
    assert eve.astimezone(ZoneInfo("Europe/Kyiv")).utcoffset() == datetime.timedelta(hours=2)


@given(
    st.integers(0, 59),
    st.integers(0, 23),
    st.datetimes(datetime.datetime(2024, 1, 1), datetime.datetime(2030, 1, 1)),
)
def test_a_daily_schedule_comes_round_within_a_day(minute: int, hour: int, after: datetime.datetime) -> None:
    after = after.replace(tzinfo=datetime.UTC)
    first, second = next_times(checked_cron(f"{minute} {hour} * * *"), "UTC", after, 2)
    assert after < first <= after + datetime.timedelta(days=1)
    assert second - first == datetime.timedelta(days=1)
    assert (first.minute, first.hour) == (minute, hour)
