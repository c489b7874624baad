"""Where in a page the article stands: trafilatura says which text it is, the tree says which element holds it.

trafilatura (Apache-2.0) tells an article from menus and footers well, but merges paragraphs, loses short ones and
knows no captions; our own reader of HTML keeps those, but takes the whole page. So the one finds the element
and the other reads it. docs/decisions/0012-sources.md has the figures.
"""

from __future__ import annotations

import copy
import re

import trafilatura
from lxml import etree, html

from flows.sources.html import DATELINE, SILENT, Body, read_body

SENTENCE = re.compile(r"[。！？!?；;]|\.(?:\s|$)")
SPACE = re.compile(r"\s+")
# Elements that hold a page's furniture whatever stands in them.
FURNITURE = "|".join(f"descendant::{tag}" for tag in ("nav", "footer", "form", "*[@hidden]"))


def parse_tree(page: str) -> html.HtmlElement | None:
    """The page as a tree, `None` where there is no element in it."""
    # Bytes with the encoding said outright: what <meta> declares was settled before.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(page.encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def find_body(page: str, tree: html.HtmlElement) -> Body:
    """Paragraphs and captions of the article in a page; empty where trafilatura sees no article."""
    found = trafilatura.extract(page, include_comments=False, include_tables=True, fast=True)
    telling = SPACE.sub("", found or "")
    if not telling:
        return Body((), ())
    holder = _holder(tree, telling)
    body = Body((), ()) if holder is None else read_element(holder)
    # Of a page without an article trafilatura takes what there is: menus and buttons, which hold no sentence.
    return body if any(SENTENCE.search(paragraph) for paragraph in body.paragraphs) else Body((), ())


def read_element(element: html.HtmlElement) -> Body:
    """Paragraphs and captions of one element, its furniture left out."""
    alone = copy.deepcopy(element)
    for furniture in alone.xpath(FURNITURE):
        if furniture.getparent() is not None:
            furniture.drop_tree()
    return read_body(etree.tostring(alone, encoding="unicode", method="html", with_tail=False))


def _holder(tree: html.HtmlElement, telling: str) -> html.HtmlElement | None:
    """The element with the most text that trafilatura took, less the text it left; of equals the innermost."""
    worth: dict[html.HtmlElement, int] = {}
    best, most = None, 0
    for element in reversed(list(tree.iter(etree.Element))):  # children before their parents
        own = 0 if element.tag in SILENT else worth.pop(element, 0) + _worth(element.text, telling)
        if own > most:
            best, most = element, own
        parent = element.getparent()
        if parent is not None:
            worth[parent] = worth.get(parent, 0) + own + _worth(element.tail, telling)
    return best


def _worth(text: str | None, telling: str) -> int:
    folded = SPACE.sub("", text or "")
    # trafilatura loses "华盛顿 —" where it stands outside the paragraphs; it belongs to the first.
    return len(folded) if folded in telling or DATELINE.fullmatch(folded) else -len(folded)
