"""What is served: how new, how much, and the values by which it can be filtered."""

from __future__ import annotations

import datetime

from warehouse.feed.changes import cursor_of
from warehouse.feed.question import Question
from warehouse.feed.shelf import Answer
from warehouse.publish.records import as_record, instant

# Of each facet the values that most facts have; the rest is found by searching.
MOST_VALUES = 300
NAMES = ("kind", "status", "side", "place", "claimant", "source")


def status_answer(question: Question, checked: datetime.datetime | None) -> Answer:
    """The state of the feed; `checked` is when the warehouse was last compared with the snapshot."""
    snapshot = question.snapshot
    manifest = snapshot.manifest
    facts: dict[str, dict[str, int]] = {}
    for kind, status, count in question.tuples(
        "SELECT kind, status, count(*) FROM feed.fact GROUP BY ALL ORDER BY ALL"
    ):
        facts.setdefault(kind, {})[status] = count
    findings: dict[str, dict[str, int]] = {}
    for check, severity, count in question.tuples(
        "SELECT check_name, severity, count(*) FROM feed.finding GROUP BY ALL ORDER BY ALL"
    ):
        findings.setdefault(check, {})[severity] = count
    ((first, last),) = question.tuples("SELECT min(when_start), max(when_end) FROM feed.fact")
    body = as_record(
        {
            "snapshot": manifest.id,
            "number": manifest.number,
            "schema_version": manifest.schema_version,
            "extractor_versions": manifest.extractor_versions,
            "newest_article": manifest.newest_article,
            "published": instant(snapshot.published),
            "checked": instant(checked),
            "facts_hash": manifest.facts_hash,
            "changes_cursor": cursor_of(manifest.last_sequence, manifest.id),
            "view_hashes": manifest.view_hashes,
            "changes_cursors": {
                of: cursor_of(last, manifest.id) for of, last in manifest.last_sequences.items()
            },
            "counts": manifest.counts,
            "facts": facts,
            "findings": findings,
            "first_day": first and first.isoformat(),
            "last_day": last and last.isoformat(),
        }
    )
    return Answer(body.encode(), "application/json")


def facets_answer(question: Question) -> Answer:
    """The values of each facet, those that most facts have first."""
    facets: dict[str, list[dict[str, object]]] = {name: [] for name in NAMES}
    for name, value, facts in question.tuples("FROM feed.facet ORDER BY name, facts DESC, value"):
        if len(facets[name]) < MOST_VALUES:
            facets[name].append({"value": value, "facts": facts})
    body = as_record({"snapshot": question.snapshot.manifest.id, "facets": facets})
    return Answer(body.encode(), "application/json")
