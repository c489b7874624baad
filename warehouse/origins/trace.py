"""Origins of what a load has touched: compared, traced to their beginning, and written where they changed.

An article is a copy of the earliest article that it agrees with, and its origin is where the chain of copies
begins. Each link depends on the two texts alone, the earliest of all links is the same in every order of
loading, and so is the chain.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.origins.compare import judge
from warehouse.origins.search import Candidates, Earlier, find_candidates, sign_touched
from warehouse.origins.wording import Wording, read_wording
from warehouse.transaction import registered

ORIGIN_SCHEMA = pa.schema(
    [
        ("article_id", pa.string()),
        ("article_version", pa.int32()),
        ("origin_id", pa.string()),
        ("copied_from", pa.string()),
        ("similarity", pa.float64()),
        ("reason", pa.string()),
    ]
)
IDS = pa.schema([("id", pa.string())])


@dataclass(frozen=True)
class Link:
    """What an article is a copy of, if of anything."""

    copied_from: str | None = None
    similarity: float = 1.0
    reason: str = "own"


def trace_origins(connection: duckdb.DuckDBPyConnection, *, run_id: str, moment: datetime.datetime) -> None:
    """Write the origins of the articles new or changed in this transaction, and of those whose origin they change.

    Articles that have no signature of this version yet are taken up as well. Cost follows the articles touched
    and what appeared around them in time.
    """
    if sign_touched(connection, moment):
        links = _new_links(connection, find_candidates(connection))
        _write(connection, _changed_rows(connection, links), run_id, moment)
        connection.execute("DROP TABLE searched; DROP TABLE asked")
    connection.execute("DROP TABLE touched")


def _new_links(connection: duckdb.DuckDBPyConnection, candidates: Candidates) -> dict[str, Link]:
    """The links of all that was searched, and of others where something earlier was found for them."""
    searched = {i for (i,) in connection.execute("SELECT id FROM searched").fetchall()}
    later = candidates.literal.keys() | candidates.near.keys()
    held = _held(connection, later - searched)
    texts = _Texts(connection, candidates.near)
    links = {article_id: Link() for article_id in searched}
    for article_id in sorted(later):
        best = held.get(article_id)
        literal = candidates.literal.get(article_id)
        if literal and (best is None or literal < best):
            best, links[article_id] = literal, Link(literal.article_id, 1.0, "equal")
        for earlier in candidates.near.get(article_id, ()):
            if best is not None and earlier >= best:
                break
            match = judge(texts[article_id], texts[earlier.article_id])
            if match:
                links[article_id] = Link(earlier.article_id, match.similarity, match.reason)
                break
    return links


def _held(connection: duckdb.DuckDBPyConnection, article_ids: Iterable[str]) -> dict[str, Earlier]:
    """What these articles are known to be copies of."""
    article_ids = set(article_ids)
    if not article_ids:
        return {}
    with registered(connection, {"wanted": _ids(article_ids)}):
        rows = connection.execute(
            """
            SELECT origin.article_id, epoch_us(article.published), article.id
            FROM origin JOIN article ON article.id = origin.copied_from AND article.believed_until IS NULL
            WHERE origin.believed_until IS NULL AND origin.article_id IN (SELECT id FROM wanted)
            """
        ).fetchall()
    return {article_id: Earlier(*earlier) for article_id, *earlier in rows}


class _Texts:
    """The wordings of current articles, fetched together and read when first asked for."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, near: Mapping[str, Iterable[Earlier]]) -> None:
        wanted = set(near).union(*({earlier.article_id for earlier in found} for found in near.values()))
        self._texts: dict[str, str] = {}
        if wanted:
            with registered(connection, {"wanted": _ids(wanted)}):
                rows = connection.execute(
                    """
                    SELECT id, "text" FROM article
                    WHERE believed_until IS NULL AND id IN (SELECT id FROM wanted)
                    """
                ).fetchall()
            self._texts = dict(rows)
        self._wordings: dict[str, Wording] = {}

    def __getitem__(self, article_id: str) -> Wording:
        if article_id not in self._wordings:
            self._wordings[article_id] = read_wording(self._texts[article_id])
        return self._wordings[article_id]


def _changed_rows(connection: duckdb.DuckDBPyConnection, links: Mapping[str, Link]) -> list[dict[str, Any]]:
    """The rows of `origin` that the links make other than they are: of their articles and of copies of these."""
    ends = {*links, *(link.copied_from for link in links.values() if link.copied_from)}
    with registered(connection, {"wanted": _ids(ends)}):
        rows = connection.execute(
            """
            SELECT article_id, article_version, origin_id, copied_from, similarity, reason FROM origin
            WHERE believed_until IS NULL AND origin_id IN (
                SELECT origin_id FROM origin
                WHERE believed_until IS NULL AND article_id IN (SELECT id FROM wanted)
            )
            """
        ).fetchall()
    current = {row[0]: row for row in rows}
    versions = {row[0]: row[1] for row in rows}
    versions |= dict(connection.execute("SELECT id, version FROM touched").fetchall())
    all_links = {row[0]: Link(*row[3:]) for row in rows} | dict(links)
    origins = _origins({article_id: link.copied_from for article_id, link in all_links.items()})
    changed = []
    for article_id in sorted(all_links):
        link, origin = all_links[article_id], origins[article_id]
        row = (article_id, versions[article_id], origin, link.copied_from, link.similarity, link.reason)
        if current.get(article_id) != row:
            changed.append(dict(zip(ORIGIN_SCHEMA.names, row, strict=True)))
    return changed


def _origins(copied_from: Mapping[str, str | None]) -> dict[str, str]:
    """Where the chain of copies of each article begins."""
    origins: dict[str, str] = {}
    for article_id in copied_from:
        chain = [article_id]
        while chain[-1] not in origins and (earlier := copied_from[chain[-1]]) is not None:
            chain.append(earlier)
        beginning = origins.get(chain[-1], chain[-1])
        origins |= dict.fromkeys(chain, beginning)
    return origins


def _write(
    connection: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]], run_id: str, moment: datetime.datetime
) -> None:
    with registered(connection, {"traced": pa.Table.from_pylist(rows, ORIGIN_SCHEMA)}):
        connection.execute(
            """
            UPDATE origin SET believed_until = greatest($moment, believed_from + INTERVAL 1 MICROSECOND)
            WHERE believed_until IS NULL AND article_id IN (SELECT article_id FROM traced)
            """,
            {"moment": moment},
        )
        connection.execute(
            """
            INSERT INTO origin BY NAME
            SELECT traced.*, $run_id AS run_id, greatest($moment, ended.believed_until) AS believed_from
            FROM traced LEFT JOIN (
                SELECT article_id, max(believed_until) AS believed_until FROM origin
                WHERE article_id IN (SELECT article_id FROM traced) GROUP BY article_id
            ) AS ended USING (article_id)
            ORDER BY article_id
            """,
            {"moment": moment, "run_id": run_id},
        )


def _ids(article_ids: Iterable[str]) -> pa.Table:
    return pa.Table.from_pylist([{"id": article_id} for article_id in sorted(article_ids)], IDS)
