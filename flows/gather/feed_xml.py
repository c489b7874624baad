"""A feed's text as sound XML: what publishers break is mended, what is made to hold up a parser is refused.

feedparser falls back to a parser of its own on broken XML, which takes minutes on a few hundred kilobytes of tags. So
libxml2, which is fast and knows bounds, reads first, and feedparser gets what it has written.
"""

from __future__ import annotations

import html.entities
import re

from lxml import etree

from flows.sources.item import Refusal

PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
BARE = re.compile(r"&(?!#?\w{1,30};)")
MOST_ELEMENTS = 100_000


def sound_xml(text: str) -> tuple[bytes, str]:
    """The feed as XML without doctype, comments and entities, and what was broken beyond mending, if anything.

    Raises `Refusal` where nothing of it is XML, and where it has more elements than feeds have.
    """
    data = PROLOG.sub("", text).encode("utf-8", "ignore")
    trouble = ""
    try:
        root = etree.fromstring(data, _parser(recover=False))
    except etree.XMLSyntaxError:
        mended = _mended(data.decode())
        try:
            root = etree.fromstring(mended, _parser(recover=False))
        except etree.XMLSyntaxError as error:
            trouble = str(error)
            root = _recovered(mended)
    if root is None:
        raise Refusal("malformed", f"no feed: {trouble}; correct the address, or tell the publisher")
    if sum(1 for _ in root.iter(etree.Element)) > MOST_ELEMENTS:
        raise Refusal("too_large", f"more than {MOST_ELEMENTS} elements; no feed has so many entries")
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, etree.Entity, with_tail=False)
    return etree.tostring(root, encoding="utf-8"), trouble


def _recovered(data: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(data, _parser(recover=True))
    except etree.XMLSyntaxError:
        return None


def _parser(*, recover: bool) -> etree.XMLParser:
    # Entities stay unexpanded: some explode. No huge trees: nesting ends at 256.
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )


def _mended(text: str) -> bytes:
    """What publishers break most: entities of HTML, which XML does not know, and a bare &."""
    named = NAMED.sub(lambda match: html.entities.html5.get(f"{match[1]};", f"&amp;{match[1]};"), text)
    return BARE.sub("&amp;", named).encode("utf-8", "ignore")
