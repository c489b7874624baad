"""Publishing, auditing and checking sources as Prefect flows, for schedules.

Deploy them by their module paths, `flows.upkeep.publish`, `flows.upkeep.audit` and `flows.upkeep.expect`.
"""

from __future__ import annotations

import warehouse
from flows.errors import ExpectationBrokenError
from flows.expecting import check_source
from flows.failing import told_as_failed
from flows.gather import load_sources, sources_file
from flows.orchestration import prepare
from flows.publishing import publish_warehouse
from flows.settings import load_settings

prepare(load_settings().prefect_home)

from prefect import flow  # noqa: E402 - reads its settings on import, so they come first
from prefect.artifacts import create_table_artifact  # noqa: E402

RETRIES, RETRY_SECONDS = 2, 60
AUDIT_ARTIFACT, EXPECT_ARTIFACT = "shilu-audit", "shilu-expectations"


@flow(
    name="publish",
    retries=RETRIES,
    retry_delay_seconds=RETRY_SECONDS,
    on_failure=[told_as_failed],
    on_crashed=[told_as_failed],
)
def publish(database: str | None = None) -> str:
    """Publish a snapshot of the warehouse; the name of the snapshot that is in force then."""
    return publish_warehouse(load_settings(database=database)).version.name


@flow(
    name="audit",
    retries=RETRIES,
    retry_delay_seconds=RETRY_SECONDS,
    on_failure=[told_as_failed],
    on_crashed=[told_as_failed],
)
def audit(database: str | None = None) -> dict[str, int]:
    """Bring facts up to date and check what is said against itself; how many findings each check has."""
    settings = load_settings(database=database)
    with warehouse.open(settings.database, wait_seconds=settings.lock_wait_seconds) as house:
        house.resolve()
        counts = {each.check: each.errors + each.warnings + each.notices for each in house.audit()}
    table = [{"check": check, "findings": found} for check, found in counts.items()]
    create_table_artifact(key=AUDIT_ARTIFACT, table=table, description="Findings of the last audit")
    return counts


# Not tried again: what did not come will not have come a minute later.
@flow(name="expect", on_failure=[told_as_failed], on_crashed=[told_as_failed])
def expect(database: str | None = None) -> int:
    """Hold all sources against their expectations, also those that have not been run; how many are broken.

    Raises `ExpectationBrokenError` where one of them is to fail.
    """
    settings = load_settings(database=database)
    sources = load_sources(sources_file(settings)).values()
    checked = [each for source in sources for each in check_source(source, settings)]
    table = [
        {
            "source": each.source,
            "expectation": each.expectation,
            "outcome": each.outcome,
            "words": each.message,
        }
        for each in checked
    ]
    create_table_artifact(key=EXPECT_ARTIFACT, table=table, description="Expectations of sources")
    broken = [each for each in checked if each.outcome == "broken"]
    if failing := [each.message for each in broken if each.on_breach == "fail"]:
        raise ExpectationBrokenError("; ".join(failing))
    return len(broken)
