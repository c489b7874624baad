"""An article's HTML body to paragraphs and captions.

Works on lxml's stream of tags, builds no tree and does not recurse: stray, unclosed and deeply nested tags
are daily fare in feeds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

SILENT = frozenset(
    {"script", "style", "template", "svg", "noscript", "head", "title", "select", "button", "textarea"}
)
# Players hold only a text for old browsers; but where one is left open, the article follows inside.
PLAYERS = frozenset({"video", "audio", "iframe", "object", "canvas"})
BLOCKS = frozenset({
    "p", "div", "section", "article", "header", "footer", "main", "aside", "nav", "h1", "h2", "h3", "h4",
    "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "tbody", "thead", "tr", "caption", "blockquote",
    "pre", "figure", "figcaption", "hr", "address", "form", "fieldset", "center", "html", "body",
})  # fmt: skip
CELLS = frozenset({"td", "th"})
CAPTIONS = frozenset({"figcaption", "caption"})
CAPTION_CLASS = re.compile(r"(^|[\s_-])(caption|photo-?credit|image-?credit|wp-caption-text)", re.IGNORECASE)
LONGEST_CAPTION = 400  # characters; whatever is longer is text set small

SPACES = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff\x00-\x08\x0e-\x1f\x7f]")
# A place before the first paragraph, "华盛顿 —": it belongs to the sentence that follows.
DATELINE = re.compile(r"[^。！？!?；;]{1,40}[—–―-]+")


@dataclass(frozen=True, slots=True)
class Body:
    """The readable parts of an article, in order, whitespace normalised."""

    paragraphs: tuple[str, ...]
    captions: tuple[str, ...]


def read_body(html: str) -> Body:
    """Paragraphs and captions of an HTML fragment; any text whatever is accepted."""
    # Bytes with the encoding said outright: a <meta charset> inside the fragment must not change it. Half
    # surrogates cannot be encoded and mean nothing.
    data = INVISIBLE.sub("", html).encode("utf-8", "ignore")
    if not data.strip():
        return Body((), ())
    collector = _Collector()
    parser = etree.HTMLParser(target=collector, encoding="utf-8", huge_tree=True, remove_pis=True)
    parser.feed(b"<div>" + data + b"</div>")
    parser.close()
    return Body(tuple(collector.paragraphs), tuple(collector.captions))


def normalise(text: str) -> str:
    """Runs of white space as one space, invisible characters gone, ends trimmed."""
    return SPACES.sub(" ", INVISIBLE.sub("", text)).strip()


@dataclass(slots=True)
class _Collector:
    """Receives lxml's parse events; a paragraph ends wherever a block begins or ends."""

    paragraphs: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    plain: bool = False  # whether the paragraph so far holds text outside <small>
    loose: bool = True  # whether the text stands outside <p>
    dateline: str = ""
    silent: list[str] = field(default_factory=list)
    small: int = 0
    player: list[bool] = field(
        default_factory=list
    )  # for each open player, whether a paragraph opened inside
    caption: list[str] = field(default_factory=list)  # tags open since a caption element began

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in SILENT:
            self.silent.append(tag)
        if tag in BLOCKS:
            self._flush(joins=tag == "p")
            self.loose = tag != "p"
            if self.player:
                self.player[-1] = True
        elif tag == "br":  # archives end paragraphs with two of them, sometimes with one
            self._flush(joins=False)
        elif tag in CELLS:
            self.pieces.append(" ")
        if tag in PLAYERS:
            self.player.append(False)
        self.small += tag == "small"
        if (
            self.caption
            or tag in CAPTIONS
            or (tag in BLOCKS and CAPTION_CLASS.search(attributes.get("class") or ""))
        ):
            self.caption.append(tag)

    def end(self, tag: str) -> None:
        if tag in BLOCKS:
            self._flush(joins=False)
            self.loose = True
        if tag in PLAYERS and self.player:
            self.player.pop()
        self.small -= tag == "small"
        if self.caption:
            self.caption.pop()
        if self.silent and tag == self.silent[-1]:
            self.silent.pop()

    def data(self, text: str) -> None:
        if self.silent or (self.player and not self.player[-1]):
            return
        self.pieces.append(text)
        self.plain = self.plain or (not self.small and bool(text.strip()))

    def comment(self, text: str) -> None:
        """Comments say nothing to the reader."""

    def close(self) -> None:
        self._flush(joins=False)
        if self.dateline:
            self.paragraphs.append(self.dateline)
            self.dateline = ""

    def _flush(self, *, joins: bool) -> None:
        """Ends a paragraph; `joins` where the next one may continue it, as after a loose dateline."""
        paragraph, plain = normalise("".join(self.pieces)), self.plain
        self.pieces, self.plain = [], False
        if not paragraph:
            return
        if (self.caption or not plain) and len(paragraph) <= LONGEST_CAPTION:
            self.captions.append(paragraph)
            return
        if self.dateline:
            paragraph, self.dateline = f"{self.dateline} {paragraph}", ""
        if joins and self.loose and DATELINE.fullmatch(paragraph):
            self.dateline = paragraph
            return
        self.paragraphs.append(paragraph)
