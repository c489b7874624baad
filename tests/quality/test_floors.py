"""The quality gate: event F1 and slot F1 of every kind stay above their floors."""

from __future__ import annotations

import datetime
import json
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from extractors import Extractor
from flows.scoring import Scores, read_gold, score
from flows.sources import read_inputs
from schemas import KINDS, Article, to_record

HERE = Path(__file__).parent
GOLDEN = HERE.parent / "golden"
EXAMPLES = HERE.parents[1] / "examples"
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))

Record = dict[str, Any]


def lines(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def scored(extractor: Extractor, articles: Iterable[Article], gold: dict[str, list[Record]]) -> Scores:
    texts: dict[str, Record] = {}
    records: dict[str, list[Record]] = {}
    for article in articles:
        texts[article.id] = {"id": article.id, "title": article.title, "text": article.text}
        records[article.id] = [to_record(event) for event in extractor.extract(article)]
    return score(texts, gold, records)


@pytest.fixture(scope="module")
def golden(extractor) -> dict[str, Scores]:
    found = {}
    for kind in KINDS:
        articles, gold = [], {}
        for number, line in enumerate(lines(GOLDEN / f"{kind}.jsonl")):
            moment = datetime.datetime.fromisoformat(f"{line['published']}T12:00:00+00:00")
            article = Article.of(
                source="golden",
                title=line["title"],
                text=line["text"],
                published=moment,
                key=f"{kind}-{number}",
            )
            articles.append(article)
            gold[article.id] = line["records"]
        found[kind] = scored(extractor, articles, gold)
        # A passage is annotated for its own kind alone.
        for other in set(KINDS) - {kind}:
            found[kind].kinds.pop(other)
    return found


@pytest.fixture(scope="module")
def examples(extractor) -> Scores:
    expected = {line["file"]: line["records"] for line in lines(GOLDEN / "examples.jsonl")}
    articles, gold = [], {}
    for name, records in expected.items():
        (article,) = read_inputs([EXAMPLES / name])
        assert isinstance(article, Article), article
        articles.append(article)
        gold[article.id] = records
    return scored(extractor, articles, gold)


@pytest.fixture(scope="module")
def dev(shared, extractor) -> Scores:
    articles = [a for a in read_inputs([shared / "gold" / "dev.articles.jsonl"]) if isinstance(a, Article)]
    return scored(extractor, articles, read_gold(shared / "gold" / "dev.jsonl"))


def hold(scores: Scores, kind: str, floors: list[float]) -> None:
    figures = scores.report()[kind]
    event, slot = figures["event"][2], figures["slot"][2]
    worst = [d for d in scores.disagreements if d.kind == kind][:8]
    told = "\n".join(f"  {d.article_id} {d.what}: {d.quote}" for d in worst)
    assert event >= floors[0], f"{kind}: event F1 {event} is below its floor {floors[0]}\n{told}"
    assert slot >= floors[1], f"{kind}: slot F1 {slot} is below its floor {floors[1]}\n{told}"


@pytest.mark.parametrize("kind", KINDS)
def test_our_own_passages_are_read_above_their_floors(golden, kind):
    hold(golden[kind], kind, FLOORS["golden"][kind])


@pytest.mark.parametrize("kind", KINDS)
def test_the_shipped_examples_are_read_above_their_floors(examples, kind):
    hold(examples, kind, FLOORS["examples"][kind])


@pytest.mark.shared
@pytest.mark.parametrize("kind", KINDS)
def test_the_shared_gold_is_read_above_its_floors(dev, kind):
    hold(dev, kind, FLOORS["dev"][kind])


def test_every_kind_has_its_floors():
    assert all(set(FLOORS[name]) == set(KINDS) for name in ("golden", "examples", "dev"))
