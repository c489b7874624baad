"""The addresses of what is a document of its own: feeds for feed readers, and the files of the snapshot."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, MutableMapping
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import FileResponse

from warehouse.feed.answering import answered
from warehouse.feed.asked import Kind
from warehouse.feed.described import told_of_file
from warehouse.feed.formats import MEDIA_TYPES
from warehouse.feed.problems import refusal
from warehouse.feed.shelf import Shelf, Snapshot
from warehouse.feed.syndication import ATOM_TYPE, JSON_FEED_TYPE, atom_feed, json_feed
from warehouse.publish.folder import MANIFEST

View = Annotated[
    str, Path(pattern=r"^[a-z_]{1,60}$", description="Name of a view, as the manifest lists them.")
]
router = APIRouter()


@router.get("/feed.json", response_class=Response, responses=told_of_file(JSON_FEED_TYPE))
async def newest_in_json(request: Request) -> Response:
    """The facts last reported, as a JSON Feed 1.1."""
    return await _json(request, None)


@router.get("/feed.atom", response_class=Response, responses=told_of_file(ATOM_TYPE))
async def newest_in_atom(request: Request) -> Response:
    """The facts last reported, as an Atom feed."""
    return await _atom(request, None)


@router.get("/feed/{kind}.json", response_class=Response, responses=told_of_file(JSON_FEED_TYPE))
async def newest_of_kind_in_json(request: Request, kind: Kind) -> Response:
    """The facts of one kind last reported, as a JSON Feed 1.1."""
    return await _json(request, kind)


@router.get("/feed/{kind}.atom", response_class=Response, responses=told_of_file(ATOM_TYPE))
async def newest_of_kind_in_atom(request: Request, kind: Kind) -> Response:
    """The facts of one kind last reported, as an Atom feed."""
    return await _atom(request, kind)


async def _json(request: Request, kind: str | None) -> Response:
    home = str(request.base_url)
    return await answered(request, lambda question: json_feed(question, kind, home), state=_short(home))


async def _atom(request: Request, kind: str | None) -> Response:
    home = str(request.base_url)
    return await answered(
        request, lambda question: atom_feed(question, kind, home), form="atom", state=_short(home)
    )


def _short(home: str) -> str:
    """A digest of the address under which we were asked: the links in a feed begin with it."""
    return hashlib.sha256(home.encode()).hexdigest()[:8]


@router.get("/api/export/manifest.json", response_class=Response, responses=told_of_file("application/json"))
async def manifest(request: Request) -> Response:
    """The files of the snapshot with their hashes, rows and columns."""
    return await _file(request, MANIFEST, "application/json")


@router.get(
    "/api/export/{view}.parquet",
    response_class=Response,
    responses=told_of_file(MEDIA_TYPES["parquet"], 404),
)
async def whole_view(request: Request, view: View) -> Response:
    """A whole view as Parquet, as it lies in the snapshot; parts of it by `Range`."""
    return await _file(request, f"{view}.parquet", MEDIA_TYPES["parquet"])


async def _file(request: Request, name: str, media_type: str) -> Response:
    shelf: Shelf = request.app.state.shelf
    snapshot = await shelf.borrow()
    try:
        files = {each.name: each.sha256 for each in snapshot.manifest.files} | {
            MANIFEST: snapshot.manifest.id
        }
        if name not in files:
            views = ", ".join(
                sorted(each.removesuffix(".parquet") for each in files if each.endswith(".parquet"))
            )
            raise refusal(
                HTTPStatus.NOT_FOUND, f"there is no view {name.partition('.')[0]!r}; views are {views}"
            )
        headers = {"ETag": f'"{files[name][:32]}"', "Cache-Control": "no-cache"}
        if request.headers.get("if-none-match") == headers["ETag"]:
            snapshot.give_back()
            return Response(status_code=304, headers=headers)
        return _HeldFile(snapshot, name, media_type, headers)
    except BaseException:
        snapshot.give_back()
        raise


class _HeldFile(FileResponse):
    """A file of a snapshot that is given back when the file has been sent, or the reader has gone."""

    def __init__(self, snapshot: Snapshot, name: str, media_type: str, headers: dict[str, str]) -> None:
        super().__init__(snapshot.path / name, media_type=media_type, headers=headers)
        self._snapshot = snapshot

    async def __call__(
        self,
        scope: MutableMapping[str, Any],
        receive: Callable[[], Awaitable[MutableMapping[str, Any]]],
        send: Callable[[MutableMapping[str, Any]], Awaitable[None]],
    ) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._snapshot.give_back()
