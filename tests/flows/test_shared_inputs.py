"""The parsers on the archived articles and on the gold's articles."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from flows.sources import Limits, read_items
from flows.sources.archive import body_of
from flows.sources.boilerplate import without_boilerplate
from schemas import Article

pytestmark = pytest.mark.shared


def articles(path: Path) -> dict[str, Article]:
    found = {}
    for item in read_items([path], limits=Limits(), passed_over=Counter()):
        assert isinstance(item.outcome, Article), item
        found[item.outcome.id] = item.outcome
    return found


@pytest.mark.parametrize("name", ["seeds", "corpus/voa-rfi"])
def test_every_archived_article_is_read_clean(shared: Path, name: str) -> None:
    folder = shared / name
    read = articles(folder)
    assert len(read) == len([path for path in folder.iterdir() if path.suffix in (".md", ".txt")])
    for article in read.values():
        assert (article.language, article.script) == ("zh", "Hans")
        assert not any(
            sign in article.text for sign in ("<", "&nbsp;", "feedx", "GMT", "本文参考", "本文依据", "  ")
        )
        assert not set(article.captions) & set(article.text.split("\n"))


@pytest.mark.parametrize("part", ["train", "dev"])
def test_gold_articles_keep_their_id_and_their_spelling(shared: Path, part: str) -> None:
    path = shared / "gold" / f"{part}.articles.jsonl"
    read = articles(path)
    with path.open(encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    assert list(read) == [record["id"] for record in records]
    for record in records:
        article = read[record["id"]]
        whole = record["title"] + "\n" + record["text"]
        assert article.title in whole
        assert all(paragraph in whole for paragraph in article.text.split("\n"))
        page = body_of(record["raw"] or "")
        if page:  # what the archive parser makes of the page is what the record's own lines give
            assert article.text.split("\n") == without_boilerplate(page.paragraphs)


@pytest.mark.parametrize("part", ["train", "dev"])
def test_gold_evidence_is_lost_with_captions_only(shared: Path, part: str) -> None:
    read = articles(shared / "gold" / f"{part}.articles.jsonl")
    with (shared / "gold" / f"{part}.jsonl").open(encoding="utf-8") as file:
        for entry in map(json.loads, file):
            article = read[entry["id"]]
            kept = "\n".join((article.title, article.text, *article.captions))
            for record in entry["records"]:
                assert all(quote in kept for quote in record["evidence"]), (entry["id"], record["evidence"])
