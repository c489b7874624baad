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
FURNITURE = "|".join(
    f"descendant::{tag}" for tag in ("nav", "footer", "form", "script", "style", "*[@hidden]")
)
# Elements that are furniture where they hold little but links: menus, related articles, lists of headlines.
GROUPS = frozenset({"ul", "ol", "dl", "div", "p", "td"})
FEWEST_LINKS = 2
MOSTLY = 0.8  # of the characters of a group


def parse_tree(page: str) -> html.HtmlElement | None:
    """The page as a tree, `None` where there is no element in it."""
    # Bytes with the encoding said outright: what <meta> declares was settled before.
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(page.encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def weight(tree: html.HtmlElement) -> int:
    """The sum of all elements' depths, by which the time that trafilatura takes grows."""
    depths: dict[html.HtmlElement, int] = {}
    for element in tree.iter(etree.Element):  # parents before their children
        parent = element.getparent()
        depths[element] = depths.get(parent, 0) + 1 if parent is not None else 1
    return sum(depths.values())


def find_body(tree: html.HtmlElement) -> Body:
    """Paragraphs and captions of the article in a page; empty where trafilatura sees no article."""
    bare = copy.deepcopy(tree)
    _drop_furniture(bare)
    found = trafilatura.extract(
        copy.deepcopy(bare),
        include_comments=False,
        include_tables=True,
        fast=True,  # it works on what it is given
    )
    holder = _holder(bare, SPACE.sub("", found or ""))
    # An article of one sentence is too short for trafilatura: then what is marked as article is one.
    for element in (holder, *bare.iter("article", "main")):
        body = Body((), ()) if element is None else _read(element)
        # Of a page without an article trafilatura takes what there is: menus and buttons, which hold no sentence.
        if any(SENTENCE.search(paragraph) for paragraph in body.paragraphs):
            return body
    return Body((), ())


def read_element(element: html.HtmlElement) -> Body:
    """Paragraphs and captions of one element, its furniture left out."""
    alone = copy.deepcopy(element)
    _drop_furniture(alone)
    return _read(alone)


def _read(element: html.HtmlElement) -> Body:
    return read_body(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def _drop_furniture(tree: html.HtmlElement) -> None:
    furniture = [element for element in _groups_of_links(tree) if element is not tree]
    for element in (*tree.xpath(FURNITURE), *furniture):
        if element.getparent() is not None:
            element.drop_tree()


def _groups_of_links(tree: html.HtmlElement) -> list[html.HtmlElement]:
    """Groups that hold little but links. One pass, children before parents: pages may be nested deeply on purpose."""
    sums: dict[html.HtmlElement, tuple[int, int, int]] = {}  # characters, those of links, links
    found = []
    for element in reversed(list(tree.iter(etree.Element))):
        inside, linked, links = sums.pop(element, (0, 0, 0))
        characters = inside + _length(element.text)
        if element.tag == "a":
            linked, links = characters, int(characters > 0)
        elif element.tag in GROUPS and links >= FEWEST_LINKS and linked >= MOSTLY * characters:
            found.append(element)
        parent = element.getparent()
        if parent is not None:
            before = sums.get(parent, (0, 0, 0))
            mine = (characters + _length(element.tail), linked, links)
            sums[parent] = (before[0] + mine[0], before[1] + mine[1], before[2] + mine[2])
    return found


def _length(text: str | None) -> int:
    return len(SPACE.sub("", text)) if text else 0


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
