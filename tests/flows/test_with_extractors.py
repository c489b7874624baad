"""The command line and the processes with the real extractors."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import extractors
import flows.extraction
from flows.cli import cli
from flows.extraction import Extraction
from flows.sources import read_inputs
from schemas import Article

SENTENCES = (
    "乌克兰空军说，防空部队5日夜间击落了12架俄罗斯无人机。",
    "俄罗斯国防部说，其防空部队在库尔斯克州击落了83架乌克兰无人机。",
    "天气晴好，两国边境平静。",
)


@pytest.fixture
def loaded_once(extractor: extractors.Extractor, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line extracts with the session's extractor."""
    monkeypatch.setattr(flows.extraction, "load_extractor", lambda: extractor)


def test_processes_give_what_one_process_gives_in_the_same_order(
    extractor: extractors.Extractor, archive_file: Callable[..., Path]
) -> None:
    for number in range(45):
        archive_file(f"in/{number:02}.md", body=f"<p>{SENTENCES[number % 3]}</p>")
    articles = [read for read in read_inputs([Path("in")]) if isinstance(read, Article)]
    alone = Extraction(extractor=extractor).outcomes(articles)
    with Extraction(workers=2) as many:
        assert many.outcomes(articles) == alone
    assert [outcome.article for outcome in alone] == articles
    assert sum(len(outcome.events) for outcome in alone) >= 30
    assert not any(outcome.failure for outcome in alone)


@pytest.mark.usefixtures("loaded_once")
def test_try_explains_a_sentence() -> None:
    result = CliRunner().invoke(cli, ["try", "attack_count", SENTENCES[0], "--published", "2024-03-06"])
    assert result.exit_code == 0, result.output
    assert "event: " in result.stdout and "count 12" in result.stdout
    assert CliRunner().invoke(cli, ["try", "meeting", SENTENCES[2]]).exit_code == 1


@pytest.mark.shared
@pytest.mark.usefixtures("loaded_once")
def test_extracted_records_name_the_source_article_and_quote_it(shared: Path) -> None:
    path = shared / "gold" / "dev.articles.jsonl"
    texts: dict[str, str] = {}
    with path.open(encoding="utf-8") as file:
        for record in map(json.loads, file):
            texts[record["id"]] = record["title"] + "\n" + record["text"]
    result = CliRunner().invoke(cli, ["extract", str(path)])
    assert result.exit_code == 0, result.stderr
    records: list[dict[str, Any]] = [json.loads(line) for line in result.stdout.splitlines()]
    assert records
    for record in records:
        assert all(evidence["text"] in texts[record["article_id"]] for evidence in record["evidence"])


def test_the_doctor_finds_the_models_able_to_read(extractor: extractors.Extractor) -> None:
    import flows.checkup  # noqa: PLC0415

    symptom = flows.checkup._models()
    assert (symptom.state, symptom.words) == ("ok", f"extractor {extractors.version()} reads")
