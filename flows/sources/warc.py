"""WARC files, plain or compressed: the HTML pages that a crawl or an archive has kept, one article a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from flows.sources import page
from flows.sources.item import MEGABYTE, Item, Limits, Outlet, Refusal
from schemas import Article

EXTENSIONS = (".warc", ".warc.gz", ".warc.zst")
HTML_TYPES = ("text/html", "application/xhtml+xml")
OK = 200


def read(path: Path, name: str, limits: Limits, outlet: Outlet) -> Iterator[Item]:
    """The articles of a WARC file in order, an issue for each page that is none; `name` is the path as given.

    Inputs are answers with status 200 in HTML; requests, redirects, pictures and revisits are none. `line`
    counts the inputs.
    """
    number = 0
    try:
        with path.open("rb") as file:
            for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=False):
                if not record.is_http:
                    continue
                try:
                    answer = _answer(record, limits)
                    if not _is_page(answer):
                        continue
                    number += 1
                    yield Item(name, number, _article(record, answer, limits, outlet))
                except Refusal as refusal:
                    number += refusal.code == "too_large"
                    yield refusal.item(name, number or None)
    except Exception as error:  # noqa: BLE001 - fastwarc has no class of errors of its own
        # A broken archive fails in the middle: what came before stands, the rest is one issue.
        words = f"cannot be read after page {number}: {error}; check the file, or fetch it again"
        yield Refusal("unreadable", words).item(name)
        return
    if number == 0:
        yield Refusal("empty", "holds no pages in HTML with status 200; check that it is a WARC file").item(
            name
        )


def _answer(record: WarcRecord, limits: Limits) -> WarcRecord:
    """The record with its HTTP headers read and its body unpacked.

    Raises `Refusal` where it is larger than an article may be, `EOFError` where the file ends within it.
    """
    if record.content_length > limits.article_bytes:
        raise _too_large(limits)
    block = record.reader.read(record.content_length)
    if len(block) < record.content_length:
        raise EOFError("the file ends in the middle of a page")
    answer = WarcRecord()
    answer.init_headers(WarcRecordType.response)
    answer.is_http = True
    answer.set_bytes_content(block)
    answer.parse_http(auto_decode="all", strict_mode=False)
    return answer


def _is_page(answer: WarcRecord) -> bool:
    content_type = (answer.http_content_type or "").partition(";")[0].strip().lower()
    return answer.http_headers.status_code == OK and content_type in HTML_TYPES


def _article(record: WarcRecord, answer: WarcRecord, limits: Limits, outlet: Outlet) -> Article:
    data = answer.reader.read(limits.article_bytes + 1)
    if len(data) > limits.article_bytes:
        raise _too_large(limits)
    address = record.headers.get("WARC-Target-URI")
    if not address:
        raise Refusal("malformed", "the record has no WARC-Target-URI; nothing says where the page stood")
    said = page.Said(address=address.strip("<> "), content_type=answer.http_headers.get("Content-Type"))
    return page.parse(data, limits, outlet, said)


def _too_large(limits: Limits) -> Refusal:
    return Refusal(
        "too_large",
        f"larger than {limits.article_bytes / MEGABYTE:g} MB; raise max_article_megabytes in shilu.toml",
    )
