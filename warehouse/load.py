"""Loading a batch of articles with their events: set-based, in one transaction, versions kept.

An article's text is versioned in `article`, who read it in `reading`, what it states in `event`, what it is a copy
of in `origin`. Belief ends by setting `believed_until`; nothing is overwritten. A re-read keeps the rows of events
found again unchanged.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb

from schemas import KINDS, Article, EventBase, Span
from warehouse.errors import LoadRefused
from warehouse.soundness import LISTED, doubles
from warehouse.transaction import registered, transaction

Batch = Sequence[tuple[Article, Sequence[EventBase]]]


@dataclass(frozen=True)
class LoadResult:
    """What a load did: articles per outcome, and the current events of the batch per kind (all kinds)."""

    added: int = 0
    changed: int = 0
    reread: int = 0
    unchanged: int = 0
    events: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))


# What happens to each article that is new, changed or read anew. Columns besides the content hash (address,
# publication time …) follow only then, so that one text reached on two ways does not change to and fro.
VERDICT = """
CREATE OR REPLACE TEMP TABLE verdict AS
SELECT
    incoming.id,
    CASE
        WHEN article.id IS NULL THEN 'added'
        WHEN article.content_hash <> incoming.content_hash THEN 'changed'
        ELSE 'reread'
    END AS outcome,
    outcome <> 'reread'
        OR article.source <> incoming.source
        OR article.url IS DISTINCT FROM incoming.url
        OR article.published <> incoming.published
        OR article.utc_offset_minutes <> incoming.utc_offset_minutes
        OR article.byline IS DISTINCT FROM incoming.byline
        OR article.language <> incoming.language
        OR article.script <> incoming.script
        OR article.captions <> incoming.captions AS renewed,
    coalesce(article.version, 0) + renewed::INTEGER AS article_version,
    reading.believed_from AS read_before
FROM incoming_article AS incoming
LEFT JOIN article ON article.id = incoming.id AND article.believed_until IS NULL
LEFT JOIN reading ON reading.article_id = incoming.id AND reading.believed_until IS NULL
"""

END_OF_BELIEF = (
    """
UPDATE article SET believed_until = $moment
WHERE believed_until IS NULL AND id IN (SELECT id FROM verdict WHERE renewed)
""",
    """
UPDATE reading SET believed_until = $moment
WHERE believed_until IS NULL AND article_id IN (SELECT id FROM verdict)
""",
    """
UPDATE event SET believed_until = $moment
WHERE believed_until IS NULL
    AND article_id IN (SELECT id FROM verdict)
    AND NOT EXISTS (
        SELECT 1 FROM incoming_event AS incoming JOIN verdict ON verdict.id = incoming.article_id
        WHERE NOT verdict.renewed AND incoming.article_id = event.article_id
            AND incoming.id = event.id AND incoming.content_hash = event.content_hash
    )
""",
)

# The events to write: those not kept from the reading before.
FRESH = """
CREATE OR REPLACE TEMP TABLE fresh AS
SELECT incoming.*, verdict.article_version, coalesce(earlier.version, 0) + 1 AS version
FROM incoming_event AS incoming
JOIN verdict ON verdict.id = incoming.article_id
LEFT JOIN (
    SELECT id, max(version) AS version FROM event WHERE id IN (SELECT id FROM incoming_event) GROUP BY id
) AS earlier ON earlier.id = incoming.id
WHERE NOT EXISTS (
    SELECT 1 FROM event
    WHERE event.believed_until IS NULL AND event.article_id = incoming.article_id
        AND event.id = incoming.id AND event.content_hash = incoming.content_hash
)
"""

BEGIN_OF_BELIEF = (
    """
INSERT INTO article BY NAME
SELECT incoming.*, verdict.article_version AS version, $run_id AS run_id, $moment AS believed_from
FROM incoming_article AS incoming JOIN verdict USING (id) WHERE verdict.renewed ORDER BY id
""",
    """
INSERT INTO reading BY NAME
SELECT id AS article_id, article_version, $extractor_version AS extractor_version, $run_id AS run_id,
    $moment AS believed_from
FROM verdict ORDER BY id
""",
    """
INSERT INTO event BY NAME
SELECT *, $run_id AS run_id, $moment AS believed_from FROM fresh ORDER BY article_id, id
""",
    """
INSERT INTO evidence BY NAME
SELECT incoming.*, fresh.version AS event_version
FROM incoming_evidence AS incoming JOIN fresh ON fresh.id = incoming.event_id
ORDER BY incoming.event_id, incoming.ordinal
""",
)

EVENTS_PER_KIND = """
SELECT kind, count(*) FROM event
WHERE believed_until IS NULL AND article_id IN (SELECT id FROM incoming_identity) GROUP BY kind
"""


def load(
    connection: duckdb.DuckDBPyConnection,
    batch: Batch,
    *,
    run_id: str,
    extractor_version: str,
    now: datetime.datetime,
    again: bool = False,
) -> LoadResult:
    """Load `batch` in one transaction; see `Warehouse.load`."""
    from warehouse.rows import identity_table  # noqa: PLC0415 - pyarrow is loaded by writers alone

    check_batch(batch, extractor_version)
    articles = [article for article, _ in batch]
    if again:
        unchanged = {article.id for article in articles} - current(connection, articles)
    else:
        unchanged = seen(connection, articles, extractor_version)  # stays true: nobody else can write
    anew = [(article, events) for article, events in batch if article.id not in unchanged]
    outcomes = _write(connection, anew, run_id, extractor_version, now) if anew else {}
    with registered(connection, {"incoming_identity": identity_table(articles)}):
        found = dict(connection.execute(EVENTS_PER_KIND).fetchall())
    events_per_kind = {kind: found.get(kind, 0) for kind in KINDS}
    return LoadResult(unchanged=len(unchanged), events=events_per_kind, **outcomes)


def _write(
    connection: duckdb.DuckDBPyConnection,
    batch: Batch,
    run_id: str,
    extractor_version: str,
    now: datetime.datetime,
) -> dict[str, int]:
    """Write articles of which none is unchanged; how many were added, changed and reread."""
    # pyarrow, opencc and the rest are loaded by writers alone
    from warehouse.origins import trace_origins  # noqa: PLC0415
    from warehouse.rows import article_table, event_tables  # noqa: PLC0415

    articles = article_table([article for article, _ in batch])
    events, evidence = event_tables([event for _, stated in batch for event in stated])
    incoming = {"incoming_article": articles, "incoming_event": events, "incoming_evidence": evidence}
    with registered(connection, incoming), transaction(connection):
        connection.execute(VERDICT)
        moment = _moment(connection, now)
        values = {"moment": moment, "run_id": run_id, "extractor_version": extractor_version}
        for statement in (*END_OF_BELIEF, FRESH, *BEGIN_OF_BELIEF):
            connection.execute(statement, {k: v for k, v in values.items() if f"${k}" in statement})
        trace_origins(connection, run_id=run_id, moment=moment)
        _refuse_faults(connection)
        outcomes = connection.execute("SELECT outcome, count(*) FROM verdict GROUP BY outcome").fetchall()
        connection.execute("DROP TABLE verdict; DROP TABLE fresh")
    return dict(outcomes)


def seen(
    connection: duckdb.DuckDBPyConnection, articles: Sequence[Article], extractor_version: str
) -> set[str]:
    """Ids of the articles whose text is current and was read by `extractor_version`."""
    from warehouse.rows import identity_table  # noqa: PLC0415 - pyarrow is loaded by writers alone

    if not articles:
        return set()
    with registered(connection, {"incoming_identity": identity_table(articles)}):
        rows = connection.execute(
            """
            SELECT DISTINCT incoming.id FROM incoming_identity AS incoming
            JOIN article ON article.id = incoming.id AND article.content_hash = incoming.content_hash
            JOIN reading ON reading.article_id = article.id AND reading.extractor_version = $extractor_version
            WHERE article.believed_until IS NULL AND reading.believed_until IS NULL
            """,
            {"extractor_version": extractor_version},
        ).fetchall()
    return {article_id for (article_id,) in rows}


def current(connection: duckdb.DuckDBPyConnection, articles: Sequence[Article]) -> set[str]:
    """Ids of the articles whose text is the current one."""
    from warehouse.rows import identity_table  # noqa: PLC0415 - pyarrow is loaded by writers alone

    with registered(connection, {"incoming_identity": identity_table(articles)}):
        rows = connection.execute(
            """
            SELECT DISTINCT incoming.id FROM incoming_identity AS incoming
            JOIN article ON article.id = incoming.id AND article.content_hash = incoming.content_hash
            WHERE article.believed_until IS NULL
            """
        ).fetchall()
    return {article_id for (article_id,) in rows}


def check_batch(batch: Batch, extractor_version: str) -> None:
    """Refuse a batch that would make the warehouse wrong, by LoadRefused (a ValueError).

    Article ids must be unique; every event must belong to its article, come from `extractor_version`, and
    quote the article at the offsets it gives.
    """
    articles: set[str] = set()
    events: dict[str, str] = {}
    for article, stated in batch:
        if article.id in articles:
            raise LoadRefused(f"article {article.id} is in the batch twice; pass each article once")
        articles.add(article.id)
        for event in stated:
            _check_event(event, article, extractor_version)
            if event.id in events:
                raise LoadRefused(
                    f"event {event.id} is in the batch twice (articles {events[event.id]} and {article.id}); "
                    "event ids must be unique, see schemas.event_id"
                )
            events[event.id] = article.id


def _check_event(event: EventBase, article: Article, extractor_version: str) -> None:
    where = f"article {article.id}, event {event.id} ({event.found_by})"
    if event.article_id != article.id:
        raise LoadRefused(f"{where}: the event belongs to article {event.article_id}; pair it with that one")
    if event.extractor_version != extractor_version:
        raise LoadRefused(
            f"{where}: found by extractor version {event.extractor_version}, but the load is of "
            f"{extractor_version}; load each version's events by themselves"
        )
    for span in event.evidence:
        _check_span(span, article, f"{where}: evidence")
    if event.claimed_by and event.claimed_by.span:
        _check_span(event.claimed_by.span, article, f"{where}: claimant")


def _check_span(span: Span, article: Article, where: str) -> None:
    words = (article.title if span.part == "title" else article.text)[span.start : span.end]
    if words != span.text:
        raise LoadRefused(
            f"{where} says {span.part}[{span.start}:{span.end}] is {span.text!r}, the article has {words!r}; "
            "the offsets are of another text, extract the article anew"
        )


def _moment(connection: duckdb.DuckDBPyConnection, now: datetime.datetime) -> datetime.datetime:
    """The time of this load: `now`, or just after the beliefs it ends where the clock is not past them."""
    latest = connection.execute("SELECT max(read_before) FROM verdict").fetchall()[0][0]
    return now if latest is None else max(now, latest + datetime.timedelta(microseconds=1))


def _refuse_faults(connection: duckdb.DuckDBPyConnection) -> None:
    faults = connection.execute(f"{doubles(touched=True)} ORDER BY ALL LIMIT {LISTED}").fetchall()
    if faults:
        listed = "; ".join(f"{rows} {what} {key}" for what, key, rows in faults)
        raise LoadRefused(f"the load would leave, where there must be one: {listed}; it was rolled back")
