"""The floors and ceilings of sources.toml, held against what came."""

from __future__ import annotations

import datetime
import logging
from typing import TYPE_CHECKING, Literal

import warehouse
from flows.errors import ExpectationBrokenError
from flows.logs import tell, told_as_json
from flows.progress import Progress
from flows.settings import Settings

if TYPE_CHECKING:
    from flows.gather import Source


def expectations_of(source: Source) -> list[warehouse.Expectation]:
    """What a source is held against, in the order of docs/sources.md."""
    expect = source.expect
    bounds: list[tuple[str, Literal["articles", "issues"], Literal["least", "most"], int | None]] = [
        ("least_articles_per_day", "articles", "least", expect.least_articles_per_day),
        ("most_articles_per_day", "articles", "most", expect.most_articles_per_day),
        ("most_issues_per_day", "issues", "most", expect.most_issues_per_day),
    ]
    found = [
        warehouse.Expectation(name, measured, end, bound, on_breach=expect.on_breach)
        for name, measured, end, bound in bounds
        if bound is not None
    ]
    for kind, days in sorted(expect.kinds_within_days.items()):
        found.append(
            warehouse.Expectation(
                f"kinds_within_days.{kind}", "events", "least", 1,
                days=days, kind=kind, on_breach=expect.on_breach,
            )
        )  # fmt: skip
    return found


def check_source(
    source: Source,
    settings: Settings,
    *,
    run_id: str | None = None,
    now: datetime.datetime | None = None,
) -> list[warehouse.Checked]:
    """Hold a source against its expectations now, and write down what came of it; `run_id` is the run before."""
    moment = now or datetime.datetime.now(datetime.UTC)
    with warehouse.open(settings.database, wait_seconds=settings.lock_wait_seconds) as house:
        return house.check_expectations(source.name, expectations_of(source), now=moment, run_id=run_id)


def hold(source: Source, settings: Settings, progress: Progress, run_id: str) -> None:
    """Check a source after a run of it, and tell what is broken.

    Raises `ExpectationBrokenError` where one of that is to fail the run.
    """
    checked = check_source(source, settings, run_id=run_id)
    breaches = [each for each in checked if each.outcome == "broken"]
    with told_as_json(wanted=settings.log_json):
        for each in breaches:
            tell(
                "expectation broken",
                level=logging.ERROR if each.on_breach == "fail" else logging.WARNING,
                run=run_id, source=source.name, expectation=each.expectation, found=each.found,
                bound=each.bound, since=each.since.isoformat(), on_breach=each.on_breach,
            )  # fmt: skip
    progress.breached(breaches)
    if failing := [each.message for each in breaches if each.on_breach == "fail"]:
        raise ExpectationBrokenError("; ".join(failing))
