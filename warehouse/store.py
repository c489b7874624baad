"""The warehouse as the other rooms see it: one object over one database file."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from schemas import KINDS, Article, Ask, EventBase, Issue, Run
from warehouse import asks as asked
from warehouse import journal, lookup
from warehouse.audit.audit import audit, found
from warehouse.audit.finding import AuditCount, Finding
from warehouse.errors import QueryFailed
from warehouse.expectations import Checked, Expectation, check_expectations, current_expectations
from warehouse.facts.lookup import FactDetail, find_fact
from warehouse.facts.resolve import Resolution, resolve
from warehouse.fingerprint import content_hash, rows_hash
from warehouse.handle import Handle
from warehouse.load import Batch, LoadResult, load, seen
from warehouse.rereading import Selection, count_to_reread, to_reread
from warehouse.series.analysts_table import Boundary
from warehouse.series.comparison import Comparison, compare
from warehouse.series.rates import SHIPPED, replace_rates
from warehouse.soundness import Fault, faults
from warehouse.standing import Standing, standing


@dataclass(frozen=True)
class Table:
    """The answer to a query: names and SQL types of the columns, and the rows. Times are in UTC."""

    columns: list[str]
    types: list[str]
    rows: list[tuple[Any, ...]]


class Warehouse(Handle):
    """The warehouse in one DuckDB file. Open it with `warehouse.open`; use it from one thread at a time."""

    def load(
        self,
        batch: Batch,
        *,
        run_id: str,
        extractor_version: str,
        now: datetime.datetime | None = None,
        again: bool = False,
    ) -> LoadResult:
        """Load articles with the events read from them, in one transaction: all of the batch or nothing.

        An article already current with the same content hash, read by the same extractor version, is left as
        it is. A changed text or a new extractor version makes a new version from `now` (default: the clock)
        on; the rows before it keep the time until which they were believed, events that are found again
        unchanged in an unchanged article stay as they are. `again` is for events read anew of articles that the
        warehouse has: those whose text is no longer current are left out, and the version does not matter, so that
        the same one may correct itself. Raises LoadRefused (a ValueError) for a batch that
        contradicts itself: an article twice, an event of another article or version, evidence that the
        article does not have.
        """
        moment = datetime.datetime.now(datetime.UTC) if now is None else now
        if moment.tzinfo is None:
            raise ValueError(
                f"now must say its UTC offset, got {moment.isoformat()}; use datetime.now(datetime.UTC)"
            )
        with self._working("load", writes=True):
            return load(
                self._connection,
                batch,
                run_id=run_id,
                extractor_version=extractor_version,
                now=moment.astimezone(datetime.UTC),
                again=again,
            )

    def seen(self, articles: Sequence[Article], *, extractor_version: str) -> set[str]:
        """Ids of those articles that loading again would leave unchanged, so that they need not be read."""
        with self._working("look up articles"):
            return seen(self._connection, articles, extractor_version)

    def to_reread(
        self, selection: Selection, *, extractor_version: str, after: str = "", limit: int
    ) -> list[Article]:
        """Current articles to read again, by id, from the one behind `after` on; see `warehouse.rereading`."""
        with self._working("look for articles to read again"):
            return to_reread(self._connection, selection, extractor_version, after, limit)

    def count_to_reread(self, selection: Selection, *, extractor_version: str) -> int:
        """How many articles `to_reread` has in all."""
        with self._working("count articles to read again"):
            return count_to_reread(self._connection, selection, extractor_version)

    def resolve(self) -> Resolution:
        """Bring facts up to date with the events: at a cost that follows what is new, in one transaction."""
        with self._working("resolve facts", writes=True):
            return resolve(self._connection)

    def audit(self) -> list[AuditCount]:
        """Check what is said now against itself, in one transaction; how many findings each check has.

        Findings are those of checking everything, at a cost that follows what changed. Facts are taken as last resolved.
        """
        with self._working("audit", writes=True):
            return audit(self._connection)

    def findings(
        self, *, checks: Sequence[str] = (), severities: Sequence[str] = (), kind: str | None = None
    ) -> list[Finding]:
        """The findings of the last audit, the gravest first: of these checks, severities and kind, else of all."""
        with self._working("list findings"):
            return found(self._connection, checks, severities, kind)

    def replace_rates(self, path: Path | None = None) -> int:
        """Convert money by the rates in the CSV file `path` (`None`: those that Shilu ships); how many there are.

        Raises TableRefused naming line and remedy where the file is not as docs/series.md says.
        """
        with self._working("replace the rates", writes=True):
            return replace_rates(self._connection, SHIPPED if path is None else path)

    def compare_attacks(
        self,
        table: Path,
        *,
        attacker: str = "RU",
        target: str = "UA",
        first: datetime.date | None = None,
        last: datetime.date | None = None,
        boundary: Boundary | None = None,
    ) -> Comparison:
        """Hold the facts on weapons of `attacker` launched and intercepted against the analysts' CSV file `table`.

        Days run under `boundary`, by default that under which most numbers agree; those before `first` and after
        `last` are left out. Raises TableRefused naming what the file lacks.
        """
        with self._working("compare"):
            return compare(
                self._connection,
                table,
                attacker=attacker,
                target=target,
                first=first,
                last=last,
                boundary=boundary,
            )

    def record_run(self, run: Run) -> None:
        """Write the run, in place of what was recorded under its id before."""
        with self._working("record a run", writes=True):
            journal.record_run(self._connection, run)

    def end_killed_runs(self) -> list[str]:
        """Mark runs of this machine as killed that stand as running and whose process is gone; their ids."""
        with self._working("mark killed runs", writes=True):
            return journal.end_killed_runs(self._connection)

    def record_issues(self, run_id: str, issues: Sequence[Issue]) -> None:
        """Add issues to a run; those it has already are not added again."""
        with self._working("record issues", writes=True):
            journal.record_issues(self._connection, run_id, issues)

    def issues(self, *, run_id: str | None = None, limit: int | None = None) -> list[dict[str, Any]]:
        """Issues (`run_id` and the fields of `schemas.Issue`), newest run first, then by path and line."""
        with self._working("list issues"):
            return journal.recorded_issues(self._connection, run_id, limit)

    def runs(self, limit: int = 20) -> list[Run]:
        """The latest runs, newest first."""
        with self._working("list runs"):
            return journal.recorded_runs(self._connection, limit)

    def record_asks(self, asks: Sequence[Ask]) -> None:
        """Write what was asked of sources, in place of what was recorded of the same addresses before."""
        with self._working("record asks", writes=True):
            asked.record_asks(self._connection, asks)

    def asks(self, source: str) -> list[Ask]:
        """What is known of each address of a source, by address."""
        with self._working("list asks"):
            return asked.recorded_asks(self._connection, source)

    def check_expectations(
        self,
        source: str,
        expectations: Sequence[Expectation],
        *,
        now: datetime.datetime,
        run_id: str | None = None,
    ) -> list[Checked]:
        """Hold what came from a source against its floors and ceilings at `now`; write down and return what came of it.

        `run_id` is the run after which that happens. Floors say nothing of a source that is younger than their days.
        """
        with self._working("check expectations", writes=True):
            return check_expectations(self._connection, source, expectations, now=now, run_id=run_id)

    def expectations(self) -> list[Checked]:
        """What came of all expectations when they were last checked, by source and name."""
        with self._working("list expectations"):
            return current_expectations(self._connection)

    def event(self, event_id: str) -> tuple[Article, EventBase] | None:
        """The current event of this id and its article, `None` where there is none.

        The beginning of an id will do from four characters on; raises AmbiguousEvent (a LookupError) naming
        the candidates where it fits several.
        """
        with self._working("look up an event"):
            return lookup.find_event(self._connection, event_id)

    def fact(self, fact_id: str) -> FactDetail | None:
        """A fact with its members, the claims of each, and its versions; `None` where there is none.

        The beginning of an id will do from four characters on; raises AmbiguousFact (a LookupError) naming
        the candidates where it fits several.
        """
        with self._working("look up a fact"):
            return find_fact(self._connection, fact_id)

    def query(self, sql: str, parameters: Sequence[object] = ()) -> Table:
        """Run SQL and fetch all of the answer.

        On a read-only warehouse the SQL reaches nothing but the database: no files, no network, no settings.
        Raises QueryFailed with DuckDB's message.
        """
        self._check_open("query")
        try:
            cursor = self._connection.execute(sql, list(parameters))
            if cursor is None:  # DuckDB found no statement in it
                raise QueryFailed("the query is empty; write for instance: FROM meetings LIMIT 10")
            rows = cursor.fetchall()
        except duckdb.Error as error:
            raise QueryFailed(str(error)) from error
        description = cursor.description or []
        return Table([column[0] for column in description], [str(column[1]) for column in description], rows)

    def counts(self) -> dict[str, int]:
        """How many `articles` and events of each kind are current, how many `issues` and `runs` in all."""
        with self._working("count"):
            found = dict(
                self._connection.execute(
                    """
                    SELECT 'articles', count(*) FROM article WHERE believed_until IS NULL
                    UNION ALL SELECT kind, count(*) FROM event WHERE believed_until IS NULL GROUP BY kind
                    UNION ALL SELECT 'issues', count(*) FROM issue
                    UNION ALL SELECT 'runs', count(*) FROM run
                    """
                ).fetchall()
            )
        return {name: found.get(name, 0) for name in ("articles", *KINDS, "issues", "runs")}

    def standing(self, runs: int = 5) -> Standing:
        """How old the news is, how the last `runs` runs went, how large the file is."""
        with self._working("say how it stands"):
            return standing(self._connection, self.path, runs)

    def content_hash(self) -> str:
        """A hash of what is believed now: the same wherever the same articles were read by the same version.

        Runs, times of loading, the order of loading and past beliefs do not change it.
        """
        with self._working("hash the content"):
            return content_hash(self._connection)

    def rows_hash(self) -> str:
        """A hash of all rows of all tables: that of a true copy is the same."""
        with self._working("hash the rows"):
            return rows_hash(self._connection)

    def faults(self) -> list[Fault]:
        """What cannot be true of a warehouse and yet is of this one; empty where all is well."""
        with self._working("look for faults"):
            return faults(self._connection)
