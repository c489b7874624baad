"""The feed as one application: `create_app` puts addresses, errors and headers together."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.middleware.trustedhost import TrustedHostMiddleware

from warehouse.feed import documents, pages, routes
from warehouse.feed.headers import Guarded
from warehouse.feed.page.routes import add_pages
from warehouse.feed.problems import add_problems
from warehouse.feed.shelf import Shelf

# How long one question may take the database.
SECONDS = 10.0
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")
DESCRIPTION = """What Chinese-language news says, who says it, and in which words: facts, the events they are made of, series to plot and
findings of the audit, read from the published snapshot. docs/feed.md explains it with examples."""


def create_app(folder: Path, *, hosts: Sequence[str] = LOOPBACK, seconds: float = SECONDS) -> FastAPI:
    """The application that serves the snapshots published in `folder`, and changes to a newer one by itself.

    Requests must be for one of `hosts` ("*": any), so that no page of elsewhere reads the feed under a name of its own. A
    question that takes the database longer than `seconds` is given up with status 503.
    """
    shelf = Shelf(folder)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        yield
        shelf.close()

    app = FastAPI(
        title="Shilu 实录",
        description=DESCRIPTION,
        version=version("shilu"),
        openapi_url="/api/openapi.json",
        docs_url=None,  # they would load scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,
    )
    app.state.shelf = shelf
    app.state.seconds = seconds
    add_problems(app)
    app.include_router(routes.router)
    app.include_router(documents.router)
    add_pages(app)
    _describe(app)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)
    app.add_middleware(Guarded)
    return app


def _describe(app: FastAPI) -> None:
    """Let OpenAPI know our problems, and not the error page that FastAPI would send."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = made()
            parts = schema["components"]["schemas"]
            parts["Problem"] = pages.Problem.model_json_schema()
            for name in ("HTTPValidationError", "ValidationError"):
                parts.pop(name, None)
        assert app.openapi_schema is not None
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]
