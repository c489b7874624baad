"""Findings of the audit, by how grave they are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from warehouse.audit.finding import SEVERITIES
from warehouse.audit.wording import told
from warehouse.feed.asked import AskedFindings
from warehouse.feed.conditions import together
from warehouse.feed.page.asked import Wanted, address_of
from warehouse.feed.page.figures import days, moment
from warehouse.feed.page.language import Texts
from warehouse.feed.question import Question

GRAVEST = "SELECT record FROM feed.finding ORDER BY gravity, first_said DESC, finding_id LIMIT ?"
COUNTS = "SELECT severity, count(*) FROM feed.finding WHERE {where} GROUP BY severity"
MOST_SUBJECTS = 6


def gravest(question: Question, most: int, texts: Texts) -> list[dict[str, Any]]:
    """The gravest findings, of equals the newest."""
    return [finding_row(json.loads(record), texts) for (record,) in question.tuples(GRAVEST, [most])]


def severities(question: Question, wanted: Wanted, texts: Texts) -> list[dict[str, Any]]:
    """Each severity, the gravest first, with how many findings have it: on the page of findings, of those asked for."""
    asked = (
        wanted.findings().model_copy(update={"severity": []}) if wanted.path == "/audit" else AskedFindings()
    )
    where, values = together(asked.conditions())
    counts = dict(question.tuples(COUNTS.format(where=where), values))
    return [
        {"code": code, "name": texts.code("severity", code), "count": counts.get(code, 0)}
        for code in SEVERITIES
    ]


def finding_row(finding: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    """A finding as a page shows it."""
    return {
        "id": finding["finding_id"],
        "severity": finding["severity"],
        "severity_word": texts.code("severity", finding["severity"]),
        "check": texts.code("check", finding["check"]),
        "kind_word": texts.code("kind", finding["kind"]),
        "message": told(finding["parts"]["code"], finding["parts"]["figures"], texts.language, texts.side),
        "days": days(finding["when"]),
        "said": moment(finding["first_said"]),
        "one_side": [_subject(each, texts) for each in finding["one_side"][:MOST_SUBJECTS]],
        "other_side": [_subject(each, texts) for each in finding["other_side"][:MOST_SUBJECTS]],
    }


def _subject(subject: Mapping[str, Any], texts: Texts) -> dict[str, Any]:
    fact = subject["fact_id"]
    return {
        "claimant": subject["claimed_by"] or texts("facts.article_itself"),
        "evidence": subject["evidence"],
        "said": moment(subject["said_from"]),
        "href": address_of("facts", fact) if fact else address_of("articles", subject["article_id"]),
    }
