"""The same claimant saying two things of one fact that exclude each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb

from warehouse.audit.current import rows
from warehouse.audit.finding import Severity, Suspicion
from warehouse.audit.wording import Figures, code, interval
from warehouse.facts.aid_likeness import ROUNDING

FACT = "hash(coalesce(fact_id, event_id))"
GROUPS = dict.fromkeys(("statement", "attack_count", "aid_announcement", "strike"), FACT)
# A voice is a claimant, or an article in its own words.
VOICE = "coalesce(claimed_by, 'article ' || origin_id)"
FIGURES = (
    ("current_attack_count", "count", "0", "NULL"),
    ("current_aid_announcement", "amount", str(ROUNDING), "amount_currency"),
    ("current_strike", "killed", "0", "NULL"),
    ("current_strike", "injured", "0", "NULL"),
)
# Each figure of a voice against the one it gave just before; the same two figures are told once a fact.
CHANGED = """
WITH told AS ({figures}), once AS (
    SELECT * FROM told
    QUALIFY row_number() OVER (PARTITION BY fact_id, voice, about, origin_id, low, high ORDER BY said_from, event_id) = 1
), compared AS (
    SELECT *, lag({{'event': event_id, 'origin': origin_id, 'low': low, 'high': high}}) OVER (
        PARTITION BY fact_id, voice, about ORDER BY said_from, event_id
    ) AS before
    FROM once
)
SELECT *, low * (1 - tolerance) > before.high * (1 + tolerance) AS rises,
    high * (1 + tolerance) < before.low * (1 - tolerance) AS falls
FROM compared WHERE rises OR falls
QUALIFY row_number() OVER (
    PARTITION BY fact_id, voice, about, least(low, before.low), greatest(high, before.high) ORDER BY said_from, event_id
) = 1
ORDER BY event_id, about
"""
FIGURE = """
SELECT fact_id, {voice} AS voice, claimed_by, origin_id, event_id, said_from, '{slot}' AS about,
    {slot}_low AS low, {slot}_high AS high, {tolerance}::DOUBLE AS tolerance, {unit} AS unit
FROM {table}
WHERE fact_id IS NOT NULL AND modality = 'asserted' AND {slot}_qualifier IS NOT NULL
"""
# Assertion and denial; blame for one attacker, then another.
TURNED = f"""
WITH told AS (
    SELECT fact_id, {VOICE} AS voice, claimed_by, event_id, said_from, origin_id, 'modality' AS about, modality AS said
    FROM current_statement WHERE modality IN ('asserted', 'denied')
    UNION ALL
    SELECT fact_id, {VOICE}, claimed_by, event_id, said_from, origin_id, 'attacker', attacker
    FROM current_strike WHERE attacker IS NOT NULL AND modality = 'asserted'
), compared AS (
    SELECT *, lag({{'event': event_id, 'said': said, 'origin': origin_id}}) OVER (
        PARTITION BY fact_id, voice, about ORDER BY said_from, event_id
    ) AS before
    FROM told WHERE fact_id IS NOT NULL
)
SELECT * FROM compared WHERE said <> before.said
QUALIFY row_number() OVER (
    PARTITION BY fact_id, voice, about, least(said, before.said), greatest(said, before.said)
    ORDER BY said_from, event_id
) = 1
ORDER BY event_id, about
"""


def find(connection: duckdb.DuckDBPyConnection) -> Iterator[Suspicion]:
    """Figures that exclude each other, assertion after denial, another attacker blamed.

    Within one text it is an error; a figure that is raised later is news more often than a contradiction.
    """
    figures = " UNION ALL ".join(
        FIGURE.format(voice=VOICE, slot=slot, tolerance=tolerance, unit=unit, table=table)
        for table, slot, tolerance, unit in FIGURES
    )
    for row in rows(connection, CHANGED.format(figures=figures)):
        now = interval(row["low"], row["high"], row["unit"] or "")
        before = interval(row["before"]["low"], row["before"]["high"], row["unit"] or "")
        yield _suspicion(row, before, now, "notice" if row["rises"] else "warning")
    for row in rows(connection, TURNED):
        section = "said" if row["about"] == "modality" else "side"
        yield _suspicion(row, code(section, row["before"]["said"]), code(section, row["said"]), "warning")


def _suspicion(row: dict[str, Any], before: Figures, now: Figures, severity: Severity) -> Suspicion:
    one_text = row["origin_id"] == row["before"]["origin"]
    figures = {"speaker": row["claimed_by"], "about": row["about"], "before": before, "now": now}
    return Suspicion(
        "error" if one_text else severity,
        "says_otherwise_in_one_text" if one_text else "says_otherwise",
        figures,
        (row["before"]["event"],),
        (row["event_id"],),
        about=row["about"],
    )
