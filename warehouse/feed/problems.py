"""What the feed says when it cannot answer: problem details (RFC 9457), never a page of HTML or a traceback."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from http import HTTPStatus

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import HTTPException, RequestValidationError

from warehouse.errors import NothingPublished, SnapshotBroken
from warehouse.feed.question import TookTooLong

MEDIA_TYPE = "application/problem+json"
LOG = logging.getLogger("shilu.feed")


def refusal(status: HTTPStatus, detail: str) -> HTTPException:
    """The error to raise for a question that cannot be answered: why, and what to ask instead."""
    return HTTPException(status, detail)


def add_problems(app: FastAPI) -> None:
    """Let the application answer every error with problem details."""

    @app.exception_handler(HTTPException)
    async def refused(request: Request, error: HTTPException) -> Response:
        return problem(error.status_code, str(error.detail), error.headers)

    @app.exception_handler(404)
    async def unknown(request: Request, error: Exception) -> Response:
        detail = getattr(error, "detail", "")
        if not detail or detail == "Not Found":
            detail = f"there is nothing at {request.url.path}; /api/openapi.json lists what there is"
        return problem(404, detail)

    @app.exception_handler(405)
    async def not_allowed(request: Request, error: Exception) -> Response:
        return problem(405, "the feed can be read only: GET or HEAD", {"Allow": "GET, HEAD"})

    @app.exception_handler(RequestValidationError)
    async def misasked(request: Request, error: RequestValidationError) -> Response:
        return problem(422, _in_words(error))

    @app.exception_handler(NothingPublished)
    async def nothing(request: Request, error: NothingPublished) -> Response:
        detail = "nothing has been published yet; run `shilu run PATH`, or `shilu publish`"
        return problem(503, detail, {"Retry-After": "10"})

    @app.exception_handler(SnapshotBroken)
    async def broken(request: Request, error: SnapshotBroken) -> Response:
        LOG.error("%s", error)
        detail = "what is published cannot be served by this version of Shilu; run `shilu publish`"
        return problem(503, detail, {"Retry-After": "10"})

    @app.exception_handler(TookTooLong)
    async def too_long(request: Request, error: TookTooLong) -> Response:
        return problem(503, str(error), {"Retry-After": "10"})

    @app.exception_handler(Exception)
    async def failed(request: Request, error: Exception) -> Response:
        LOG.error("%s failed", request.url.path, exc_info=error)
        return problem(500, "the feed failed; its log says why")


def problem(status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """A response of problem details."""
    words = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    body = json.dumps(words, ensure_ascii=False)
    return Response(
        body, status, media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"} | dict(headers or {})
    )


def _in_words(error: RequestValidationError) -> str:
    """Each fault with where it is; what was sent is not repeated."""
    faults = []
    for each in error.errors()[:5]:
        where = ".".join(str(part) for part in each["loc"][1:]) or str(each["loc"][0])
        faults.append(f"{where}: {each['msg']}")
    return "; ".join(faults) + "; /api/openapi.json says what can be asked"
