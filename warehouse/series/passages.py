"""Sentences of articles that hold a number of weapons, whether or not an event was read from them."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import duckdb

from schemas.values import Weapon

TEXTS = """
SELECT id, url, CAST(published AS DATE), title || chr(10) || "text" FROM article
WHERE believed_until IS NULL AND CAST(published AS DATE) BETWEEN ? AND ? AND regexp_matches("text", ?)
ORDER BY published, id
"""
# The events of an article by number: whether one is of the sides asked for, and the first of them in words.
EVENTS = """
SELECT
    article_id,
    count,
    bool_or(coalesce(attacker, ?) = ? AND coalesce(target, ?) = ?),
    min_by(event_id, event_id),
    min_by(concat_ws(' ', coalesce(attacker, '?'), '→', coalesce(target, '?'), weapon, outcome, when_end), event_id)
FROM attack_counts WHERE count IS NOT NULL GROUP BY article_id, count
"""
BATCH = 500
SENTENCE = re.compile(r"[^。！？；\n]+")
# How news counts and names each weapon, in both scripts.
WORDS: dict[Weapon, tuple[str, str]] = {
    "drone": ("架", "无人机|無人機"),
    "missile": ("枚发發", "导弹|導彈|飞弹|飛彈"),
    "guided_bomb": ("枚", "炸弹|炸彈"),
    "rocket": ("枚发發", "火箭"),
}
NUMBERS = {
    weapon: re.compile(rf"(?<![\d.,])(\d{{1,4}})\s*[多余餘]?\s*[{measures}]")
    for weapon, (measures, _) in WORDS.items()
}
NAMES = {weapon: re.compile(names) for weapon, (_, names) in WORDS.items()}
ANY_NAME = "|".join(names for _, names in WORDS.values())
# A sentence that names neither side is of another war. Sides that are not listed are not asked for.
SIDES = {"RU": "俄", "UA": "乌克兰|烏克蘭|乌军|烏軍|乌方|烏方|乌防|烏防|基辅|基輔"}


@dataclass(frozen=True)
class Passage:
    """A sentence with a number of weapons.

    `event_id` and `event` are of an event of that article with that number, `None` where there is none; `of_these_sides`
    says whether one of them is of the sides in question.
    """

    article_id: str
    url: str | None
    published: datetime.date
    sentence: str
    event_id: str | None
    event: str | None
    of_these_sides: bool


@dataclass
class News:
    """What the articles of some days say of the weapons of a war: passages by number, and the articles of each day."""

    passages: dict[tuple[Weapon, int], list[Passage]] = field(default_factory=lambda: defaultdict(list))
    articles: dict[tuple[Weapon, datetime.date], set[str]] = field(default_factory=lambda: defaultdict(set))

    def speaking(self, weapon: Weapon, days: Sequence[datetime.date]) -> int:
        """How many articles published on these days have a sentence on that weapon and one of the sides."""
        return len(set().union(*(self.articles.get((weapon, day), set()) for day in days)))


def read_news(
    connection: duckdb.DuckDBPyConnection,
    attacker: str,
    target: str,
    first: datetime.date,
    last: datetime.date,
) -> News:
    """The sentences on weapons and on one of the two sides, in articles published from `first` to `last`."""
    events = {
        (article_id, count): (event_id, words, ours)
        for article_id, count, ours, event_id, words in connection.execute(
            EVENTS, [attacker, attacker, target, target]
        ).fetchall()
    }
    known = [SIDES[side] for side in (attacker, target) if side in SIDES]
    of_the_war = re.compile("|".join(known) if len(known) > 1 else "")
    news = News()
    cursor = connection.execute(TEXTS, [first, last, ANY_NAME])
    while rows := cursor.fetchmany(BATCH):
        for article_id, url, published, text in rows:
            for sentence in filter(of_the_war.search, SENTENCE.findall(text)):
                for weapon, numbers in _numbers(sentence):
                    news.articles[weapon, published].add(article_id)
                    for value in numbers:
                        event = events.get((article_id, value), (None, None, False))
                        passage = Passage(article_id, url, published, sentence.strip(), *event)
                        news.passages[weapon, value].append(passage)
    return news


def _numbers(sentence: str) -> Iterator[tuple[Weapon, list[int]]]:
    """The weapons that a sentence names, each with the numbers counted in its measure words."""
    for weapon, numbers in NUMBERS.items():
        if NAMES[weapon].search(sentence):
            yield weapon, [int(number) for number in dict.fromkeys(numbers.findall(sentence))]
