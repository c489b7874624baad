"""`shilu train`: from annotated articles to the extractor's own models."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from extractors.training import Observation, load_observations
from flows.cli import cli
from flows.errors import ShiluError
from flows.training import annotated, lesson, log_loss, passages, reliability, sentences

GOLDEN = Path(__file__).parents[1] / "golden"
PASSAGES = [GOLDEN / f"{kind}.jsonl" for kind in ("attack_count", "strike")]


@pytest.fixture
def annotations(tmp_path: Path) -> tuple[Path, Path]:
    """Our passages on attack counts as annotated articles: a file of articles, a file of their records."""
    articles, gold = tmp_path / "articles.jsonl", tmp_path / "gold.jsonl"
    entries = [json.loads(line) for line in PASSAGES[0].read_text(encoding="utf-8").splitlines()]
    _write(
        articles,
        (
            {
                "id": f"p{i}",
                "title": entry["title"] or "战报",
                "text": entry["text"],
                "published": f"{entry['published']}T12:00:00+00:00",
            }
            for i, entry in enumerate(entries)
        ),
    )
    _write(gold, ({"id": f"p{i}", "records": entry["records"]} for i, entry in enumerate(entries)))
    return articles, gold


def _write(path: Path, objects: Any) -> None:
    path.write_text(
        "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in objects), encoding="utf-8"
    )


def train(*arguments: str | Path) -> str:
    result = CliRunner().invoke(cli, ["train", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.output


def test_training_writes_a_classifier_and_a_confidence_and_says_how_good_it_is(
    annotations: tuple[Path, Path], tmp_path: Path
) -> None:
    options = [word for path in PASSAGES for word in ("--passages", path)]
    told = train(*options, "--measure", *annotations, "--out", tmp_path / "model")
    assert "classifier: learned" in told and "log loss" in told and "expected right" in told
    assert (tmp_path / "model" / "kinds" / "model").is_file()
    weights = json.loads((tmp_path / "model" / "confidence.json").read_text(encoding="utf-8"))["weights"]
    assert "kind attack_count" in weights
    assert len(load_observations(tmp_path / "model" / "observations.tsv")) > 30


def test_training_twice_writes_the_same_bytes(annotations: tuple[Path, Path], tmp_path: Path) -> None:
    written = []
    for name in ("a", "b"):
        train("--passages", PASSAGES[0], "--measure", *annotations, "--out", tmp_path / name)
        folder = tmp_path / name
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        written.append([(path.relative_to(folder), path.read_bytes()) for path in files])
    assert written[0] == written[1]


def test_labelled_sentences_teach_meetings_and_remarks(tmp_path: Path) -> None:
    texts = [f"{host}总统5日会见{guest}外长。" for host in ("法国", "挪威") for guest in ("智利", "肯尼亚")]
    day = "2025-03-05T12:00:00+00:00"
    _write(
        tmp_path / "a.jsonl",
        ({"id": f"a{i}", "title": "会见", "text": t, "published": day} for i, t in enumerate(texts)),
    )
    people = [{"at": [3, 7]}, {"at": [11, 15]}]
    record = {"kind": "meeting", "participants": people}
    stated = [{"start": 3, "end": 3 + len(texts[0]), "records": [record]}]
    _write(tmp_path / "l.jsonl", [{"id": "a0", "kind": "meeting", "sentences": stated}])
    (tmp_path / "observations.tsv").write_text(
        "article_id\tkind\tright\tfeatures\na\tmeeting\t1\tx=1\n", "utf-8"
    )
    told = train("--sentences", tmp_path / "a.jsonl", tmp_path / "l.jsonl", "--out", tmp_path)
    assert "sentences: learned 1 for meetings and 0 for help, of 1 articles" in told
    assert (tmp_path / "meetings.json").is_file() and (tmp_path / "remarks.json").is_file()


@pytest.mark.parametrize("line", ["{", '{"id": "a9", "kind": "meeting", "sentences": []}', '{"id": "a0"}'])
def test_a_line_of_labels_that_cannot_be_used_is_named(tmp_path: Path, line: str) -> None:
    _write(
        tmp_path / "a.jsonl",
        [{"id": "a0", "title": "会见", "text": "会见。", "published": "2025-03-05T12:00:00+00:00"}],
    )
    (tmp_path / "l.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(ShiluError, match=r"l\.jsonl:1: no labelled sentences"):
        list(sentences(tmp_path / "a.jsonl", tmp_path / "l.jsonl"))


def test_confidence_can_be_fitted_again_without_the_articles(
    annotations: tuple[Path, Path], tmp_path: Path
) -> None:
    train("--measure", *annotations, "--out", tmp_path)
    before = (tmp_path / "confidence.json").read_bytes()
    (tmp_path / "confidence.json").unlink()
    train("--out", tmp_path)
    assert (tmp_path / "confidence.json").read_bytes() == before


def test_nothing_to_measure_on_is_said_with_the_remedy(tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["train", "--out", str(tmp_path)])
    assert result.exit_code == 2
    assert (
        "observations.tsv is missing; measure confidence on annotated articles with --measure"
        in result.output
    )


def test_an_unreadable_annotated_article_stops_the_training(tmp_path: Path) -> None:
    _write(tmp_path / "articles.jsonl", [{"id": "a", "title": "战报"}])
    _write(tmp_path / "gold.jsonl", [{"id": "a", "records": []}])
    with pytest.raises(ShiluError, match="cannot be read"):
        list(annotated(tmp_path / "articles.jsonl", tmp_path / "gold.jsonl"))


def test_articles_without_annotation_are_not_learned_from(
    annotations: tuple[Path, Path], tmp_path: Path
) -> None:
    _write(tmp_path / "some.jsonl", [{"id": "p1", "records": []}])
    assert [article.id for article, _ in annotated(annotations[0], tmp_path / "some.jsonl")] == ["p1"]


def test_a_lesson_keeps_which_records_a_reader_could_leave_out() -> None:
    ((article, _), *_) = passages(PASSAGES[1])
    records = [{"kind": "strike", "evidence": ["a", "b"], "optional": True}]
    (statement,) = lesson(article, records).statements
    assert (statement.kind, statement.quote, statement.optional) == ("strike", "a", True)


def test_the_reliability_table_counts_every_event_once() -> None:
    observed = [Observation("a", "strike", {}, right=right) for right in (True, False, True, True)]
    bands = reliability(observed, [0.2, 0.55, 0.95, 1.0])
    assert [(band.low, band.events, band.right) for band in bands] == [
        (0.0, 1, 1.0),
        (0.5, 1, 0.0),
        (0.95, 2, 1.0),
    ]
    assert sum(band.events for band in bands) == len(observed)


def test_a_sure_error_costs_more_than_a_doubtful_one() -> None:
    wrong = [Observation("a", "strike", {}, right=False)]
    assert log_loss(wrong, [0.99]) > log_loss(wrong, [0.6]) > 0
