"""The sets of articles that the quality gate scores: our passages, the shipped examples, the shared gold.

`independent` are passages and `essays` whole articles of ours whose authors had seen neither rules nor passages for
them when they wrote.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from extractors import Extractor
from flows.scoring import Scores, read_gold, score
from flows.sources import read_inputs
from schemas import KINDS, Article, to_record

HERE = Path(__file__).parent
FLOORS_FILE = HERE / "floors.toml"
GOLDEN = HERE.parent / "golden"
EXAMPLES = HERE.parents[1] / "examples"
SHARED = HERE.parents[1].parent / "shared"

Record = dict[str, Any]
# By set and kind: event F1 and slot F1.
Figures = dict[str, dict[str, list[float]]]


def lines(path: Path) -> list[Record]:
    """The objects of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def scored(extractor: Extractor, articles: Iterable[Article], gold: dict[str, list[Record]]) -> Scores:
    """What is extracted from articles against their records."""
    texts: dict[str, Record] = {}
    records: dict[str, list[Record]] = {}
    for article in articles:
        texts[article.id] = {"id": article.id, "title": article.title, "text": article.text}
        records[article.id] = [to_record(event) for event in extractor.extract(article)]
    return score(texts, gold, records)


def golden(extractor: Extractor) -> dict[str, Scores]:
    """Our passages, by the kind that they are annotated for."""
    found = {}
    for kind in KINDS:
        found[kind] = _passages(extractor, kind)
        # A passage is annotated for its own kind alone.
        for other in set(KINDS) - {kind}:
            found[kind].kinds.pop(other)
    return found


def independent(extractor: Extractor) -> Scores:
    """Passages written without sight of the rules, for aid and meetings, annotated for all kinds."""
    return _passages(extractor, "independent")


def essays(extractor: Extractor) -> Scores:
    """Whole articles written without sight of the rules, dense with aid and meetings, annotated for all kinds."""
    return _passages(extractor, "essays")


def _passages(extractor: Extractor, name: str) -> Scores:
    articles, gold = [], {}
    for number, line in enumerate(lines(GOLDEN / f"{name}.jsonl")):
        moment = datetime.datetime.fromisoformat(f"{line['published']}T12:00:00+00:00")
        article = Article.of(
            source="golden", title=line["title"], text=line["text"], published=moment, key=f"{name}-{number}"
        )
        articles.append(article)
        gold[article.id] = line["records"]
    return scored(extractor, articles, gold)


def examples(extractor: Extractor) -> Scores:
    """The shipped examples."""
    expected = {line["file"]: line["records"] for line in lines(GOLDEN / "examples.jsonl")}
    articles, gold = [], {}
    for name, records in expected.items():
        (article,) = read_inputs([EXAMPLES / name])
        if not isinstance(article, Article):
            raise ValueError(f"{name}: {article}")
        articles.append(article)
        gold[article.id] = records
    return scored(extractor, articles, gold)


def shared_dev(extractor: Extractor) -> Scores:
    """The part of the shared gold that rules are not written on."""
    folder = SHARED / "gold"
    articles = [a for a in read_inputs([folder / "dev.articles.jsonl"]) if isinstance(a, Article)]
    return scored(extractor, articles, read_gold(folder / "dev.jsonl"))


def measure_all() -> Figures:
    """The figures of all sets that are present."""
    extractor = Extractor()
    passages, unseen, shipped = golden(extractor), independent(extractor), examples(extractor)
    whole = essays(extractor)
    found = {
        "golden": {kind: figures(passages[kind], kind) for kind in KINDS},
        "independent": {kind: figures(unseen, kind) for kind in KINDS},
        "essays": {kind: figures(whole, kind) for kind in KINDS},
        "examples": {kind: figures(shipped, kind) for kind in KINDS},
    }
    if SHARED.is_dir():
        dev = shared_dev(extractor)
        found["dev"] = {kind: figures(dev, kind) for kind in KINDS}
    return found


def figures(scores: Scores, kind: str) -> list[float]:
    """Event F1 and slot F1 of a kind."""
    report = scores.report()[kind]
    return [report["event"][2], report["slot"][2]]
