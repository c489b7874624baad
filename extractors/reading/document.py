"""An article cut into passages, paragraphs and sentences, with its mentions.

Offsets count characters of `whole`, which is the title, a newline and the text. A *passage* is a stretch with one
subject: a plain article is one passage, a digest has one per brief, each opened by its heading.
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

from extractors.reading.encoding import Encoded
from extractors.reading.mention import Mention, MentionType, side_code
from schemas import Article, Span

# A text without punctuation is cut where no sentence of news is that long: every step stays linear.
LONGEST_SENTENCE = 600
SENTENCE = re.compile(rf"[^。！？；\n]{{1,{LONGEST_SENTENCE}}}(?:[。！？；]+[”’）)]*)?|[。！？；]+[”’）)]*")
# A heading is a short paragraph without closing punctuation that is followed by a longer one.
HEADING_LENGTH = 45
HEADING_END = re.compile(r"[。！？!?：:，,、；…—\-”）)]$")
# Titles of articles that are lists of unconnected news, and the numbers that open their items.
ROUNDUP = re.compile("汇总|简报|快讯|速览|要闻|一览|盘点|日报|滚动")
ITEM_MARK = re.compile(r"^\d{1,2}[.、．)）] ?(?=\D)")
HEADING_MARK = re.compile(r"^(?:◆|●|■|【|\d{1,2}[.、．])")
# Openings that every brief of an outlet carries: no part of the news itself, unless they name who reports it.
DATELINE = re.compile(
    r"^(?:央视网消息(?:（[^）]{1,12}）)?：|【[^】]{1,12}】(?!(?:[0-9]{1,2}月)?[0-9]{1,2}日?(?:报[道导]|援引)))"
)


@dataclass(frozen=True)
class Sentence:
    """A sentence with its place in the article, its mentions, and its encoded form."""

    index: int
    start: int
    end: int
    paragraph: int
    passage: int
    heading: bool
    mentions: tuple[Mention, ...]
    encoded: Encoded


@dataclass(frozen=True)
class Outline:
    """Where a sentence stands, before its mentions are known."""

    start: int
    end: int
    paragraph: int
    passage: int
    heading: bool


@dataclass(frozen=True)
class Reading:
    """An article as read. `folded` is `whole` in simplified script and half-width digits, offset for offset."""

    article: Article
    whole: str
    folded: str
    sentences: tuple[Sentence, ...]
    digest: bool = False  # several unconnected briefs: an undated one is of the digest's own day

    @property
    def published(self) -> datetime.date:
        """The local publication date, the anchor of relative dates."""
        return self.article.local_date

    def words(self, start: int, end: int) -> str:
        """The words as written between two offsets."""
        return self.whole[start:end]

    def as_written(self, folded: str) -> str:
        """Folded words as the article writes them where it has them first; unchanged where it has them nowhere."""
        if self.whole == self.folded:
            return folded
        if folded not in self._written:
            at = self.folded.find(folded)
            self._written[folded] = self.whole[at : at + len(folded)] if at >= 0 else folded
        return self._written[folded]

    def span(self, start: int, end: int) -> Span:
        """The evidence span of an offset range, which must lie within the title or within the text."""
        title_length = len(self.article.title)
        if end <= title_length:
            return Span(part="title", start=start, end=end, text=self.whole[start:end])
        shift = title_length + 1
        if start < shift:
            raise ValueError(f"{start}:{end} crosses from the title (up to {title_length}) into the text")
        return Span(part="text", start=start - shift, end=end - shift, text=self.whole[start:end])

    def passage_of(self, sentence: Sentence) -> Sequence[Sentence]:
        """All sentences of the same passage."""
        return self._by_passage[sentence.passage]

    @cached_property
    def titles(self) -> Sequence[Sentence]:
        """The sentences of the title."""
        return self._by_passage.get(0, ())

    def before(self, sentence: Sentence, count: int) -> Sequence[Sentence]:
        """The last `count` sentences of the same passage before this one, in order."""
        near = self.sentences[max(0, sentence.index - count) : sentence.index]
        return [other for other in near if other.passage == sentence.passage]

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds an offset, `None` between sentences and where none was read."""
        at = bisect_right(self._starts, offset) - 1
        return self.sentences[at] if at >= 0 and offset < self.sentences[at].end else None

    def named_before(self, mention: Mention) -> str | None:
        """The party that an earlier mention of the same type stands for whose words hold this one's (国会 in 美国国会)."""
        for words, (start, code) in self._parties.get(mention.type, {}).items():
            if mention.words in words:
                return code if start < mention.start else None
        return None

    @cached_property
    def _written(self) -> dict[str, str]:
        return {}

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _parties(self) -> dict[MentionType, dict[str, tuple[int, str]]]:
        """The words of mentions that stand for a party, by type: where they come first, and for whom."""
        named: dict[MentionType, dict[str, tuple[int, str]]] = {}
        for sentence in self.sentences:
            for mention in sentence.mentions:
                if code := side_code(mention):
                    named.setdefault(mention.type, {}).setdefault(mention.words, (mention.start, code))
        return named

    @cached_property
    def _by_passage(self) -> dict[int, list[Sentence]]:
        passages: dict[int, list[Sentence]] = {}
        for sentence in self.sentences:
            passages.setdefault(sentence.passage, []).append(sentence)
        return passages


def outline(whole: str, title_length: int) -> Iterator[Outline]:
    """The sentences of an article in order, with paragraph and passage numbers; the title is passage 0.

    A heading or an item number opens a passage; in a roundup without either every paragraph is one.
    """
    yield from (
        Outline(start, end, 0, 0, heading=True)
        for start, end in _sentences(whole, 0, title_length)
        if end > start
    )
    passage, start = 1, title_length + 1
    paragraphs = _paragraphs(whole, start)
    headings = [
        _is_heading(whole[first:last], whole[slice(*following)] if following else None)
        for (first, last), following in zip_longest(paragraphs, paragraphs[1:])
    ]
    loose = ROUNDUP.search(whole, 0, title_length) is not None and not any(headings)
    for number, ((first, last), heading) in enumerate(zip(paragraphs, headings, strict=True), 1):
        if number > 1 and (heading or loose or ITEM_MARK.match(whole[first:last])):
            passage += 1
        for start, end in _sentences(whole, first, last):
            yield Outline(start, end, number, passage, heading)


def is_digest(whole: str, title_length: int, outlines: Sequence[Outline]) -> bool:
    """Whether an article is several unconnected briefs: three passages or more, or a title that says so."""
    last = outlines[-1].passage if outlines else 0
    return last >= 3 or ROUNDUP.search(whole, 0, title_length) is not None


def _paragraphs(whole: str, start: int) -> list[tuple[int, int]]:
    found = []
    for paragraph in re.finditer(r"[^\n]+", whole[start:]):
        first, last = start + paragraph.start(), start + paragraph.end()
        opening = DATELINE.match(whole[first:last])
        if opening:
            first += opening.end()
        if whole[first:last].strip():
            found.append((first, last))
    return found


def _is_heading(paragraph: str, following: str | None) -> bool:
    if HEADING_MARK.match(paragraph) and len(paragraph) <= HEADING_LENGTH:
        return True
    if following is None or len(paragraph.strip()) > HEADING_LENGTH or HEADING_END.search(paragraph.strip()):
        return False
    return "。" not in paragraph and len(following) > len(paragraph)


def _sentences(whole: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for sentence in SENTENCE.finditer(whole[start:end]):
        first, last = start + sentence.start(), start + sentence.end()
        while first < last and whole[first] in " \u3000\u00a0":
            first += 1
        while last > first and whole[last - 1] in " \u3000\u00a0":
            last -= 1
        if last > first:
            yield first, last
