"""The audit: every check over what is said now, its findings in place of those of the audit before.

Only groups in which something changed are checked again. What a check finds in a group depends on the group alone, so
that the findings are those of checking everything.
"""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from warehouse.audit import current
from warehouse.audit.checks import CHECKS, Check
from warehouse.audit.finding import SEVERITIES, AuditCount, Finding, Subject, Suspicion
from warehouse.derivation import code_version, is_derived_by, record_derivation
from warehouse.transaction import registered, transaction

NAME = "findings"
KINDS_CHANGED = """
SELECT kind FROM arrived_statement
UNION SELECT kind FROM audited_statement WHERE event_id IN (SELECT event_id FROM audit_change)
UNION SELECT 'statement' FROM audit_change
"""
# The groups of changed statements, of what they were and of what they are.
GROUPS = """
SELECT '{check}' AS check_name, {key} AS key FROM audited_{name}
WHERE event_id IN (SELECT event_id FROM audit_change)
UNION ALL SELECT '{check}', {key} FROM arrived_{name}
"""
# The statements that these groups had in the audit before: on them rest the findings that may no longer hold.
MEMBERS = """
SELECT '{check}' AS check_name, event_id FROM audited_{name}
WHERE {key} IN (SELECT key FROM changed_group WHERE check_name = '{check}')
"""
HELD = """
SELECT id, severity, message FROM finding
WHERE (check_name, one_side[1].event_id) IN (SELECT (check_name, event_id) FROM group_before)
"""
# The statements of each side in the order in which the check gives them.
WRITE = """
INSERT INTO finding BY NAME
SELECT
    id, check_name, severity, first(kind) AS kind, message, parts::JSON AS parts,
    min(when_start) AS when_start, max(when_end) AS when_end, max(said_from) AS first_said,
    coalesce(list(subject ORDER BY ordinal) FILTER (side = 'one'), []) AS one_side,
    coalesce(list(subject ORDER BY ordinal) FILTER (side = 'other'), []) AS other_side
FROM (
    SELECT suspected.*, kind, when_start, when_end, said_from, {
        'event_id': event_id, 'fact_id': fact_id, 'article_id': article_id, 'claimed_by': claimed_by,
        'said_from': said_from, 'evidence': evidence
    } AS subject
    FROM suspected JOIN audited_statement USING (event_id)
)
GROUP BY id, check_name, severity, message, parts
ORDER BY id
"""
COLUMNS = (
    "id, check_name, severity, kind, message, when_start, when_end, first_said, one_side, other_side, parts"
)
READ = f"""
SELECT {COLUMNS} FROM finding
WHERE (len($checks) = 0 OR check_name IN (SELECT unnest($checks)))
    AND (len($severities) = 0 OR severity IN (SELECT unnest($severities)))
    AND ($kind IS NULL OR kind = $kind)
ORDER BY list_position(['error', 'warning', 'notice'], severity), check_name, first_said DESC, id
"""


def audit(connection: duckdb.DuckDBPyConnection) -> list[AuditCount]:
    """Bring all findings up to date, in one transaction; how many each check has."""
    with transaction(connection):
        version = code_version("audit", "facts")
        from_empty = not is_derived_by(connection, NAME, version)
        if from_empty:
            connection.execute("DELETE FROM finding")
            current.forget(connection)
            record_derivation(connection, NAME, version)
        with current.arriving(connection) as changes:
            if from_empty:
                current.renew(connection)
            if changes:
                _find_again(connection, whole=from_empty)
    counted = connection.execute("SELECT check_name, severity FROM finding").fetchall()
    by_severity = Counter(counted)
    return [AuditCount(name, *(by_severity[name, each] for each in SEVERITIES)) for name in CHECKS]


def _find_again(connection: duckdb.DuckDBPyConnection, *, whole: bool) -> None:
    """Run the checks over the groups in which something changed, and replace their findings."""
    kinds = {kind for (kind,) in connection.execute(KINDS_CHANGED).fetchall()}
    checks = {name: check for name, check in CHECKS.items() if whole or not kinds.isdisjoint(check.groups)}
    for table, query in (("changed_group", GROUPS), ("group_before", MEMBERS)):
        empty = " WHERE false" if whole else ""  # all groups are checked, and there are no findings yet
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS FROM ({_over(checks, query)}){empty}")
    current.take_up(connection)
    raised: dict[str, tuple[str, Suspicion]] = {}
    for name, check in checks.items():
        with current.shown(connection, name, check.groups, whole=whole):
            raised.update((each.finding_id(name), (name, each)) for each in check.find(connection))
    _write(connection, raised)
    for table in ("changed_group", "group_before"):
        connection.execute(f"DROP TABLE temp.{table}")


def _write(connection: duckdb.DuckDBPyConnection, raised: Mapping[str, tuple[str, Suspicion]]) -> None:
    """Replace the findings of the groups that were checked, but for those that say the same of the same statements."""
    from warehouse.audit.rows import id_table, suspicion_table  # noqa: PLC0415 - pyarrow is loaded by writers alone

    changed = {event for (event,) in connection.execute("SELECT event_id FROM audit_change").fetchall()}
    held = {name: told for name, *told in connection.execute(HELD).fetchall()}
    new = {
        name: (check, each)
        for name, (check, each) in raised.items()
        if held.get(name) != [each.severity, each.message] or not changed.isdisjoint(each.one + each.other)
    }
    ended = [name for name in held if name in new or name not in raised]
    with registered(connection, {"ended": id_table(ended), "suspected": suspicion_table(new)}):
        connection.execute("DELETE FROM finding WHERE id IN (SELECT id FROM ended)")
        connection.execute(WRITE)


def _over(checks: Mapping[str, Check], query: str) -> str:
    return " UNION ALL ".join(
        query.format(check=check, name=name, key=key)
        for check, each in checks.items()
        for name, key in each.groups.items()
    )


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
    check, parts = row.pop("check_name"), json.loads(row.pop("parts") or "{}")
    return Finding(check=check, parts=parts, **row | sides | {"first_said": _utc(row["first_said"])})


def _utc(moment: datetime.datetime) -> datetime.datetime:
    return moment.astimezone(datetime.UTC)


__all__ = ["audit", "found"]
