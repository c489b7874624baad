"""What OpenAPI says of the answers: examples, forms, and what may go wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from warehouse.feed.formats import MEDIA_TYPES, Form

# An answer of each address, made from the shipped examples; tests hold it against the types.
EXAMPLES: dict[str, Any] = json.loads(Path(__file__).with_name("examples.json").read_text(encoding="utf-8"))
PROBLEM_TYPE = "application/problem+json"
Problems = dict[int | str, dict[str, Any]]
ABOUT_PROBLEMS = {
    404: "There is no such thing",
    406: "None of the forms asked for can be had here",
    410: "Taken back, or a cursor of other snapshots",
    422: "A parameter that is not as it must be",
    503: "Nothing published yet, or not answered in time",
}


def _schema(media_type: str) -> dict[str, str]:
    """What OpenAPI can say of a document: an object where it is JSON, else bytes."""
    return {
        "type": "object" if media_type.endswith("json") and media_type != MEDIA_TYPES["jsonl"] else "string"
    }


def told(name: str, *problems: int, forms: tuple[Form, ...] = ()) -> Problems:
    """What OpenAPI says of the answers of an address: an example, the other forms, and what may go wrong."""
    content: dict[str, Any] = {"application/json": {"example": EXAMPLES[name]}} if name in EXAMPLES else {}
    for form in forms:
        if form != "json":
            media_type = MEDIA_TYPES[form].partition(";")[0]
            content[media_type] = {"schema": _schema(media_type)}
    failures: Problems = {
        status: {
            "description": ABOUT_PROBLEMS[status],
            "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status in (*problems, 422, 503)
    }
    return {
        200: {"content": content},
        304: {"description": "As the `If-None-Match` header has it already"},
        **failures,
    }


def told_of_file(media_type: str, *problems: int) -> Problems:
    """The same of an answer that is a file or a document of its own."""
    found = told("", *problems)
    return found | {200: {"content": {media_type: {"schema": _schema(media_type)}}}}
