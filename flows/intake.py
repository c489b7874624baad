"""From items to batches: duplicates and conflicting keys are settled before anything is extracted."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from flows.sources import Item
from schemas import Article, Issue


@dataclass(slots=True)
class Winner:
    """Of the inputs with one article id, the one to load: the latest published, then by content."""

    published: datetime.datetime
    content: str
    path: str
    line: int | None
    taken: bool = False

    @property
    def place(self) -> str:
        """Where it stands, for people."""
        return self.path if self.line is None else f"{self.path}, line {self.line}"


class Survey:
    """What a first pass over all inputs found. Holds a few words per article id, no texts.

    Settling conflicts beforehand makes the result independent of the order of inputs and the size of batches.
    """

    def __init__(self) -> None:
        self.inputs = 0
        self.passed_over: Counter[str] = (
            Counter()
        )  # files in folders that are of no format of ours, by extension
        self._winners: dict[str, Winner] = {}

    def add(self, item: Item) -> None:
        """Take note of one input."""
        self.inputs += 1
        article = item.outcome
        if isinstance(article, Article):
            best = self._winners.get(article.id)
            rank = (article.published_utc, article.content_hash)
            if best is None or rank > (best.published, best.content):
                self._winners[article.id] = Winner(*rank, item.path, item.line)

    def settle(self, item: Item) -> Article | Issue | None:
        """The article to load, the issue that stands for the input, or `None` for a duplicate."""
        article = item.outcome
        if isinstance(article, Issue):
            return article
        best = self._winners.get(article.id)
        if best is None:  # the file grew since the first pass
            best = self._winners[article.id] = Winner(
                article.published_utc, article.content_hash, item.path, item.line
            )
        if article.content_hash != best.content:
            return _conflict(item, article, best)
        if best.taken or article.published_utc != best.published:
            return None
        best.taken = True
        return article


class Batch:
    """Up to so many articles to load, with the issues and duplicates met on the way.

    `again` is for articles out of the warehouse: they are read although it has them.

    A plain class, not a dataclass: Prefect walks through the fields of dataclasses given to tasks, which for
    hundreds of articles costs more than the task.
    """

    __slots__ = ("again", "articles", "duplicates", "issues", "places")

    def __init__(self, *, again: bool = False) -> None:
        self.again = again
        self.articles: list[Article] = []
        self.issues: list[Issue] = []
        self.duplicates = 0
        self.places: dict[str, Item] = {}

    @property
    def inputs(self) -> int:
        """How many inputs the batch accounts for."""
        return len(self.articles) + len(self.issues) + self.duplicates


def next_batch(items: Iterator[Item], survey: Survey, size: int) -> Batch:
    """The next inputs until `size` articles or issues are together; an empty batch at the end."""
    batch = Batch()
    for item in items:
        settled = survey.settle(item)
        if settled is None:
            batch.duplicates += 1
        elif isinstance(settled, Issue):
            batch.issues.append(settled)
        else:
            batch.articles.append(settled)
            batch.places[settled.id] = item
        if len(batch.articles) + len(batch.issues) >= size:
            break
    return batch


def _conflict(item: Item, article: Article, best: Winner) -> Issue:
    return Issue(
        path=item.path,
        line=item.line,
        code="conflicting_key",
        article_id=article.id,
        reason=(
            f"article {article.id} (published {article.published.isoformat()}) stands with another text at "
            f"{best.place} (published {best.published.isoformat()}), which was loaded as the later one; "
            "give each article its own id"
        ),
    )
