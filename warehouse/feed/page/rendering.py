"""From what a page shows to HTML: templates, the reader's language and theme, and the pages of what went wrong."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any, Literal

import jinja2
from fastapi import Request, Response
from fastapi.exceptions import HTTPException
from pydantic import ValidationError

from warehouse.errors import NothingPublished, SnapshotBroken
from warehouse.feed.answering import answered
from warehouse.feed.page.asked import FILTERS, Wanted
from warehouse.feed.page.language import LANGUAGES, Language, Texts, preferred
from warehouse.feed.question import Question, TookTooLong
from warehouse.feed.shelf import Answer

HERE = Path(__file__).parent
STATIC = HERE / "static"
HTML = "text/html; charset=utf-8"
REMEMBERED = 365 * 24 * 3600  # seconds
THEMES = ("light", "dark")
# Controls, and marks that turn the direction of the words around them: no page shows them.
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
FACETS = """
SELECT name, value FROM (
    SELECT *, row_number() OVER (PARTITION BY name ORDER BY facts DESC, value) AS place FROM feed.facet
    WHERE name IN ('side', 'place')
) WHERE place <= 60 ORDER BY name, place
"""
Build = Callable[[Question, Wanted, Texts], Mapping[str, Any]]


@dataclass(frozen=True)
class Reader:
    """How a reader wants pages: language, and theme (`None`: as the system has it)."""

    language: Language
    theme: Literal["light", "dark"] | None

    @classmethod
    def of(cls, request: Request) -> Reader:
        """What the address says, else what was chosen before, else what the browser prefers."""
        asked, kept = request.query_params, request.cookies
        chosen = [each for each in (asked.get("lang"), kept.get("lang")) if each in LANGUAGES]
        language = _language(chosen[0]) if chosen else preferred(request.headers.get("accept-language"))
        theme = asked.get("theme") or kept.get("theme")
        return cls(language, "dark" if theme == "dark" else "light" if theme == "light" else None)


def _language(code: str | None) -> Language:
    return "zh" if code == "zh" else "en"


def shown(value: Any) -> Any:
    """A value as templates put it out: words without what would turn or hide those around them."""
    if not isinstance(value, str) or hasattr(value, "__html__"):
        return value
    return UNSEEN.sub("", value)


@lru_cache(maxsize=1)
def templates() -> jinja2.Environment:
    """The templates. Everything that they put out is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=shown,
    )
    environment.globals["asset"] = asset
    for name in environment.list_templates():
        environment.get_template(name)  # compiled before anybody waits for it
    return environment


@lru_cache(maxsize=64)
def asset(name: str) -> str:
    """The address of a static file; it changes with the file, so that browsers may keep it."""
    found = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?{found}"


async def page(request: Request, template: str, build: Build) -> Response:
    """The response with a page of the current snapshot; what went wrong is a page as well."""
    reader, wanted = Reader.of(request), Wanted.of(request)
    texts = Texts(reader.language)

    def work(question: Question) -> Answer:
        content = build(question, wanted, texts)
        html = _render(template, reader, wanted, texts, _frame(question, texts) | dict(content))
        return Answer(html.encode(), HTML)

    try:
        response = await answered(
            request, work, form="html", state=f"{reader.language}-{reader.theme}-{_look()}"
        )
        response.headers["Vary"] = "Accept-Encoding, Accept-Language, Cookie"
    except (HTTPException, ValidationError, NothingPublished, SnapshotBroken, TookTooLong) as error:
        response = _trouble(reader, wanted, texts, error)
    return _remembering(request, response)


@lru_cache(maxsize=1)
def _look() -> str:
    """A digest of templates and texts: another look is another page."""
    found = hashlib.sha256()
    for path in sorted(each for each in HERE.rglob("*") if each.suffix in (".html", ".toml", ".css", ".js")):
        found.update(path.read_bytes())
    return found.hexdigest()[:8]


def _frame(question: Question, texts: Texts) -> dict[str, Any]:
    """What every page shows: how new the snapshot is, and the values that filters suggest."""
    suggested: dict[str, list[str]] = {"side": [], "place": []}
    for name, value in question.tuples(FACETS):
        suggested[name].append(value)
    manifest = question.snapshot.manifest
    return {
        "newest": (manifest.newest_article or "")[:10],
        "snapshot": manifest.number,
        "suggested_sides": sorted(
            ((code, texts.side(code)) for code in suggested["side"]), key=lambda each: each[1]
        ),
        "suggested_places": suggested["place"],
    }


def _render(template: str, reader: Reader, wanted: Wanted, texts: Texts, content: Mapping[str, Any]) -> str:
    return (
        templates()
        .get_template(template)
        .render(t=texts, reader=reader, wanted=wanted, filters=FILTERS, link=wanted.link, **content)
    )


def _trouble(reader: Reader, wanted: Wanted, texts: Texts, error: Exception) -> Response:
    """The page that says what went wrong and what to do."""
    status, title, lines, commands = _explained(texts, error)
    frame: dict[str, Any] = {"newest": "", "snapshot": None, "suggested_sides": [], "suggested_places": []}
    content = frame | {"title": title, "lines": lines, "commands": commands}
    html = _render("trouble.html", reader, wanted, texts, content)
    return Response(html, status, media_type=HTML, headers={"Cache-Control": "no-store"})


def _explained(texts: Texts, error: Exception) -> tuple[int, str, list[str], list[tuple[str, str]]]:
    """Status, heading, lines, and commands with what they are for."""
    if isinstance(error, NothingPublished):
        commands = [
            (texts("trouble.nothing_do"), "shilu run examples"),
            (texts("trouble.nothing_or"), "shilu publish"),
        ]
        return 503, texts("trouble.nothing"), [], commands
    if isinstance(error, SnapshotBroken):
        return 503, texts("trouble.old"), [], [(texts("trouble.old_do"), "shilu publish")]
    if isinstance(error, TookTooLong):
        return 503, texts("trouble.slow"), [str(error)], []
    if isinstance(error, ValidationError):
        faults = [
            f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}" for each in error.errors()[:5]
        ]
        return 422, texts("trouble.misasked"), faults, []
    assert isinstance(error, HTTPException)
    titles = {HTTPStatus.NOT_FOUND: "trouble.missing", HTTPStatus.GONE: "fact.gone"}
    key = titles.get(HTTPStatus(error.status_code), "trouble.misasked")
    return error.status_code, texts(key), [str(error.detail)], []


def missing_page(request: Request, detail: str) -> Response:
    """The page for an address at which there is nothing."""
    reader = Reader.of(request)
    return _trouble(reader, Wanted.of(request), Texts(reader.language), HTTPException(404, detail))


def _remembering(request: Request, response: Response) -> Response:
    """The response, with a language or theme that the address chose kept for later."""
    for name, known in (("lang", LANGUAGES), ("theme", THEMES)):
        value = request.query_params.get(name)
        if value in known:
            response.set_cookie(name, str(value), max_age=REMEMBERED, samesite="lax", path="/")
    return response
