"""The audit: every check over what is said now, its findings in place of those of the audit before."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Sequence
from typing import Any

import duckdb

from warehouse.audit.checks import CHECKS
from warehouse.audit.current import laid_out
from warehouse.audit.finding import SEVERITIES, AuditCount, Finding, Subject, Suspicion
from warehouse.transaction import registered, transaction

# The statements of each side in the order in which the check gives them.
WRITE = """
INSERT INTO finding BY NAME
SELECT
    id, check_name, severity, first(kind) AS kind, message,
    min(when_start) AS when_start, max(when_end) AS when_end, max(said_from) AS first_said,
    coalesce(list(subject ORDER BY ordinal) FILTER (side = 'one'), []) AS one_side,
    coalesce(list(subject ORDER BY ordinal) FILTER (side = 'other'), []) AS other_side
FROM (
    SELECT suspected.*, kind, when_start, when_end, said_from, {
        'event_id': event_id, 'fact_id': fact_id, 'article_id': article_id, 'claimed_by': claimed_by,
        'said_from': said_from, 'evidence': evidence
    } AS subject
    FROM suspected JOIN current_statement USING (event_id)
)
GROUP BY id, check_name, severity, message
ORDER BY id
"""
READ = """
SELECT id, check_name, severity, kind, message, when_start, when_end, first_said, one_side, other_side FROM finding
WHERE (len($checks) = 0 OR check_name IN (SELECT unnest($checks)))
    AND (len($severities) = 0 OR severity IN (SELECT unnest($severities)))
    AND ($kind IS NULL OR kind = $kind)
ORDER BY list_position(['error', 'warning', 'notice'], severity), check_name, first_said DESC, id
"""


def audit(connection: duckdb.DuckDBPyConnection) -> list[AuditCount]:
    """Run all checks and replace all findings, in one transaction; how many each check has."""
    from warehouse.audit.rows import suspicion_table  # noqa: PLC0415 - pyarrow is loaded by writers alone

    with laid_out(connection):
        suspicions = {name: list(check(connection)) for name, check in CHECKS.items()}
        with registered(connection, {"suspected": suspicion_table(suspicions)}), transaction(connection):
            connection.execute("DELETE FROM finding")
            connection.execute(WRITE)
    return [_counted(name, raised) for name, raised in suspicions.items()]


def _counted(name: str, suspicions: Sequence[Suspicion]) -> AuditCount:
    by_severity = Counter(each.severity for each in suspicions)
    return AuditCount(name, *(by_severity[severity] for severity in SEVERITIES))


def found(
    connection: duckdb.DuckDBPyConnection,
    checks: Sequence[str],
    severities: Sequence[str],
    kind: str | None,
) -> list[Finding]:
    """The findings of these checks and severities (none: all) and of this kind: the gravest first, then by check."""
    values = {"checks": list(checks), "severities": list(severities), "kind": kind}
    cursor = connection.execute(READ, values)
    names = [column[0] for column in cursor.description or ()]
    return [_finding(dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _finding(row: dict[str, Any]) -> Finding:
    sides = {
        name: tuple(
            Subject(**subject | {"said_from": _utc(subject["said_from"])}) for subject in row.pop(name)
        )
        for name in ("one_side", "other_side")
    }
    check = row.pop("check_name")
    return Finding(check=check, **row | sides | {"first_said": _utc(row["first_said"])})


def _utc(moment: datetime.datetime) -> datetime.datetime:
    return moment.astimezone(datetime.UTC)


__all__ = ["audit", "found"]
