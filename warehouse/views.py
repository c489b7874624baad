"""The typed views: one per kind, its name and columns derived from `schemas.KINDS`."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping

import duckdb

from schemas import KINDS, EventBase
from warehouse.audit.definitions import audit_views
from warehouse.facts.definitions import MACROS as FACT_MACROS
from warehouse.facts.definitions import fact_views
from warehouse.series.definitions import SERIES_MACROS, SERIES_VIEWS
from warehouse.slots import payload_structure, slot_columns
from warehouse.transaction import transaction

# Views that are a selection of one kind: name, kind, condition.
SELECTIONS = (("drone_attack_counts", "attack_count", "weapon = 'drone'"),)
HISTORY = "event_history"
MACROS = FACT_MACROS | SERIES_MACROS

ARTICLE_COLUMNS = (
    ("source", "article.source"),
    ("url", "article.url"),
    ("title", "article.title"),
    ("published", "article.published"),
    ("claimed_by", "event.claimed_by"),
    ("claimant_side", "event.claimant_side"),
    ("modality", "event.modality"),
    ("when_start", "event.when_start"),
    ("when_end", "event.when_end"),
    ("when_precision", "event.when_precision"),
    ("evidence", 'evidence."text"'),
    ("found_by", "event.found_by"),
    ("confidence", "event.confidence"),
)


def view_name(kind: str) -> str:
    """The view of a kind: its name in the plural (`meetings`, `bodies`, `crashes`)."""
    if kind.endswith("y") and kind[-2:-1] not in "aeiou":
        return f"{kind[:-1]}ies"
    return f"{kind}es" if kind.endswith(("s", "x", "z", "ch", "sh")) else f"{kind}s"


def view_definitions(kinds: Mapping[str, type[EventBase]]) -> dict[str, str]:
    """Every view as name and SELECT, in the order in which they must be created.

    Raises TypeError where a slot has no column type or two columns of a kind share a name.
    """
    definitions = {view_name(kind): _kind_select(kind, kind_class) for kind, kind_class in kinds.items()}
    for name, kind, condition in SELECTIONS:
        if kind in kinds:
            definitions[name] = f"SELECT * FROM {view_name(kind)} WHERE {condition}"
    definitions[HISTORY] = _history_select()
    definitions |= fact_views(kinds) | audit_views(kinds)
    # Series are of the kinds of today; other kinds have facts and no series.
    return definitions | (SERIES_VIEWS if set(KINDS) <= set(kinds) else {})


def refresh_views(
    connection: duckdb.DuckDBPyConnection, *, read_only: bool, kinds: Mapping[str, type[EventBase]] = KINDS
) -> bool:
    """Create the views anew where the kinds no longer say what the views were created from; True if so.

    A reader cannot write: it puts temporary views of the same names before the outdated ones.
    """
    definitions = view_definitions(kinds)
    checksum = hashlib.sha256(json.dumps([definitions, MACROS]).encode()).hexdigest()
    recorded = dict(connection.execute("SELECT name, checksum FROM typed_view").fetchall())
    if recorded == dict.fromkeys(definitions, checksum):
        return False
    if read_only:
        for name, select in definitions.items():
            connection.execute(f'CREATE OR REPLACE TEMP VIEW "{name}" AS {select}')
        for name, (parameters, select) in MACROS.items():
            connection.execute(f"CREATE OR REPLACE TEMP MACRO {name}({parameters}) AS TABLE {select}")
        return True
    with transaction(connection):
        for name in recorded:
            connection.execute(f'DROP VIEW IF EXISTS "{name}"')
        connection.execute("DELETE FROM typed_view")
        for name, select in definitions.items():
            connection.execute(f'CREATE VIEW "{name}" AS {select}')
            connection.execute("INSERT INTO typed_view VALUES (?, ?)", [name, checksum])
        for name, (parameters, select) in MACROS.items():
            connection.execute(f"CREATE OR REPLACE MACRO {name}({parameters}) AS TABLE {select}")
    return True


def _kind_select(kind: str, kind_class: type[EventBase]) -> str:
    """The current events of one kind with typed columns."""
    columns = [
        ("event_id", "event.id"),
        ("article_id", "event.article_id"),
        *ARTICLE_COLUMNS,
        ("extractor_version", "reading.extractor_version"),
        *slot_columns(kind_class, "event.payload_struct"),
    ]
    shared = [name for name, times in Counter(name for name, _ in columns).items() if times > 1]
    if shared:
        raise TypeError(
            f"{kind_class.__name__}: two columns would be called {', '.join(shared)}; rename the slot"
        )
    structure = json.dumps(payload_structure(kind_class))
    return f"""SELECT
    {_listed(columns)}
FROM (
    SELECT *, from_json(payload, '{structure}') AS payload_struct
    FROM event WHERE kind = '{kind}' AND believed_until IS NULL
) AS event
JOIN article ON article.id = event.article_id AND article.version = event.article_version
JOIN reading ON reading.article_id = event.article_id AND reading.believed_until IS NULL
LEFT JOIN evidence
    ON evidence.event_id = event.id AND evidence.event_version = event.version AND evidence.ordinal = 1"""


def _history_select() -> str:
    """All events ever believed, the payload as JSON.

    `extractor_version` is the first that read the event so; later ones agreed until `believed_until`.
    """
    columns = [
        ("event_id", "event.id"),
        ("version", "event.version"),
        ("kind", "event.kind"),
        ("article_id", "event.article_id"),
        ("article_version", "event.article_version"),
        *ARTICLE_COLUMNS,
        ("extractor_version", "event.extractor_version"),
        ("payload", "event.payload"),
        ("run_id", "event.run_id"),
        ("believed_from", "event.believed_from"),
        ("believed_until", "event.believed_until"),
    ]
    return f"""SELECT
    {_listed(columns)}
FROM event
JOIN article ON article.id = event.article_id AND article.version = event.article_version
LEFT JOIN evidence
    ON evidence.event_id = event.id AND evidence.event_version = event.version AND evidence.ordinal = 1"""


def _listed(columns: list[tuple[str, str]]) -> str:
    return ",\n    ".join(f'{expression} AS "{name}"' for name, expression in columns)
