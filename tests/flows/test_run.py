"""The main job without orchestration: every input is accounted for, whatever happens."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

import flows.run
import flows.steps
import warehouse
from flows.errors import InputNotFoundError
from flows.extraction import Extraction, Outcome
from flows.ledger import Ledger, Summary, UnaccountedError
from flows.progress import Silent
from flows.run import Steps, ingest_plain, run_ingest
from flows.settings import Settings, load_settings
from schemas import Article, Run

pytestmark = pytest.mark.usefixtures("stub")
ArchiveFile = Callable[..., Path]


@pytest.fixture
def small() -> Settings:
    """Batches of two, so that a few files make several."""
    return load_settings(batch_size=2)


def ingest(*paths: str, settings: Settings | None = None, **how: Any) -> Summary:
    summary = run_ingest([Path(path) for path in paths], settings or load_settings(), Silent(), **how)
    assert summary.ledger.missing == 0
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        assert house.runs(1) == [summary.run]
    return summary


def rows(sql: str) -> list[tuple[Any, ...]]:
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        return house.query(sql).rows


def record(article_id: str, text: str, published: str = "2024-03-05T08:00:00Z") -> str:
    fields = {"id": article_id, "source": "某社", "title": "战报", "text": text, "published": published}
    return json.dumps(fields, ensure_ascii=False) + "\n"


def test_a_run_loads_articles_with_their_events_and_records_itself(archive_file: ArchiveFile) -> None:
    for name in ("in/a.md", "in/b.md", "in/c.md"):
        archive_file(name)
    Path("in/x.csv").write_text("1")
    summary = ingest("in", settings=load_settings(batch_size=2))
    assert summary.run.status == "succeeded"
    assert (summary.run.inputs, summary.run.added) == (3, 3)
    assert summary.run.events == {"attack_count": 3}
    assert summary.passed_over_words == "1 (.csv 1)"
    assert rows("SELECT count(*) FROM attack_counts") == [(3,)]


def test_running_twice_changes_nothing_and_loads_no_models(archive_file: ArchiveFile, stub: Any) -> None:
    archive_file("in/a.md")
    ingest("in")
    assert stub.constructed == 1
    again = ingest("in")
    assert (again.run.added, again.run.changed, again.run.unchanged) == (0, 0, 1)
    assert stub.constructed == 1


def test_a_changed_article_counts_as_changed(archive_file: ArchiveFile) -> None:
    archive_file("in/a.md")
    ingest("in")
    archive_file("in/a.md", body="<p>国防部说，击落了13架无人机。</p>")
    assert ingest("in").run.changed == 1
    assert rows("SELECT count FROM attack_counts") == [(13,)]


def test_a_new_extractor_version_reads_again_and_the_run_counts_it_as_changed(
    archive_file: ArchiveFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive_file("in/a.md", body="<p>两国外长举行会谈。</p>")
    ingest("in")
    monkeypatch.setattr(flows.run.extractors, "version", lambda: "0.0.0+next")
    summary = ingest("in")
    assert (summary.ledger.reread, summary.run.changed, summary.run.unchanged) == (1, 1, 0)


def test_the_same_article_twice_is_a_duplicate(archive_file: ArchiveFile, small: Settings) -> None:
    archive_file("in/a.md", url="https://example.org/1")
    archive_file("in/b.md", url="https://example.org/1?utm_source=feed")
    archive_file("in/c.md", url="https://example.org/2")
    summary = ingest("in", "in/a.md", settings=small)
    assert (summary.run.inputs, summary.run.added, summary.run.duplicates, summary.run.issues) == (4, 2, 2, 0)


@pytest.mark.parametrize("order", [("old", "new"), ("new", "old")])
def test_of_two_texts_under_one_key_the_later_published_wins(order: Sequence[str]) -> None:
    lines = {
        "old": record("k", "击落了1架无人机。", "2024-03-05T08:00:00Z"),
        "new": record("k", "击落了2架无人机。", "2024-03-06T08:00:00Z"),
    }
    filler = "".join(record(f"f{i}", f"击落了{i}架无人机。") for i in range(5))
    Path("a.jsonl").write_text(lines[order[0]] + filler + lines[order[1]])
    summary = ingest("a.jsonl", settings=load_settings(batch_size=2))
    assert (summary.run.status, summary.run.added, summary.run.issues) == ("with_issues", 6, 1)
    assert rows("SELECT text FROM article WHERE id = 'k'") == [("击落了2架无人机。",)]
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        (issue,) = house.issues(run_id=summary.run.id)
    assert (issue["code"], issue["path"], issue["article_id"]) == ("conflicting_key", "a.jsonl", "k")
    assert issue["line"] == 1 + 6 * order.index("old")
    assert f"a.jsonl, line {1 + 6 * order.index('new')}" in issue["reason"]


def test_one_article_that_breaks_the_extractor_costs_only_its_own_events(archive_file: ArchiveFile) -> None:
    archive_file("in/a.md")
    archive_file("in/b.md", body="<p>故障，击落了1架无人机。</p>")
    archive_file("in/c.md")
    summary = ingest("in")
    assert (summary.run.added, summary.run.issues, summary.run.events) == (3, 1, {"attack_count": 2})
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        (issue,) = house.issues()
    assert (issue["code"], issue["path"]) == ("extraction_failed", "in/b.md")
    assert "ValueError: 故障 is more than" in issue["reason"]


def test_events_that_contradict_their_article_cost_only_that_article(archive_file: ArchiveFile) -> None:
    archive_file("in/a.md")
    archive_file("in/b.md", body="<p>国防部说，击落了7架无人机。</p>")

    class Shifting(Extraction):
        """Gives one article's events to a text they do not quote."""

        def begin(self, articles: Sequence[Article]) -> Callable[[], list[Outcome]]:
            first, second = super().begin(articles)()
            moved = first.events[0].model_copy(update={"id": "x", "article_id": second.article.id})
            return lambda: [first, Outcome(second.article, (moved,))]

    summary = ingest("in", extraction=Shifting())
    assert (summary.run.added, summary.run.issues, summary.run.events) == (2, 1, {"attack_count": 1})


def test_inputs_that_are_no_articles_are_issues_and_stay_in_the_warehouse(archive_file: ArchiveFile) -> None:
    archive_file("in/a.md")
    Path("in/b.md").write_text("")
    Path("in/c.jsonl").write_text("{\n" + record("n", "两国会谈。"))
    summary = ingest("in", settings=load_settings(batch_size=1))
    assert (summary.run.inputs, summary.run.added, summary.run.issues) == (4, 2, 2)
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        assert [(i["path"], i["line"], i["code"]) for i in house.issues()] == [
            ("in/b.md", None, "empty"),
            ("in/c.jsonl", 1, "malformed"),
        ]


def test_an_empty_folder_is_a_run_of_nothing() -> None:
    Path("in").mkdir()
    assert ingest("in").run.inputs == 0


def test_a_missing_path_is_refused_before_anything_is_written() -> None:
    with pytest.raises(InputNotFoundError):
        ingest_plain([Path("nowhere")], load_settings())
    assert not Path("data").exists()


@pytest.mark.parametrize("blow", [KeyboardInterrupt, OSError("disk full")])
def test_a_run_cut_short_is_recorded_as_failed_and_what_it_loaded_stays(
    archive_file: ArchiveFile, small: Settings, blow: BaseException | type[BaseException]
) -> None:
    for number in range(5):
        archive_file(f"in/{number}.md")
    loads = 0

    def load_once(*arguments: Any) -> flows.steps.Loaded:
        nonlocal loads
        loads += 1
        if loads == 2:
            raise blow
        return flows.steps.load(*arguments)

    with pytest.raises((KeyboardInterrupt, OSError)):
        run_ingest([Path("in")], small, Silent(), using=Steps(load=load_once))
    assert rows("SELECT status, added FROM run") == [("failed", 2)]
    assert rows("SELECT count(*) FROM article") == [(2,)]
    assert ingest("in", settings=small).run.added == 3


def test_the_size_of_batches_does_not_change_what_is_loaded(
    archive_file: ArchiveFile, tmp_path: Path
) -> None:
    for number in range(7):
        archive_file(f"in/{number}.md", body=f"<p>国防部说，击落了{number}架无人机。</p>")
    loaded = []
    for size in (1, 3, 300):
        database = tmp_path / f"{size}.duckdb"
        ingest_plain([Path("in")], load_settings(database=database, batch_size=size))
        with warehouse.open(database, read_only=True) as house:
            loaded.append(house.query("SELECT id, article_id, kind FROM event ORDER BY ALL").rows)
    assert loaded[0] == loaded[1] == loaded[2]
    assert len(loaded[0]) == 7


def test_an_input_that_goes_missing_is_a_mistake_of_ours() -> None:
    ledger = Ledger(inputs=3, added=1, refused=1)
    assert ledger.missing == 1
    with pytest.raises(UnaccountedError, match="1 of 3 inputs"):
        ledger.check()


def test_ingest_plain_returns_the_record(archive_file: ArchiveFile) -> None:
    run = ingest_plain([archive_file()], load_settings())
    assert isinstance(run, Run)
    assert run.finished is not None and run.finished.tzinfo == datetime.UTC


def test_an_article_that_takes_too_long_becomes_an_issue_and_is_loaded_without_events(
    archive_file: ArchiveFile, stub: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = stub.extract

    def hangs_on_one(self: Any, article: Article) -> Any:
        while "死循环" in article.text:
            pass
        return real(self, article)

    monkeypatch.setattr(stub, "extract", hangs_on_one)
    archive_file("in/a.md")
    archive_file("in/b.md", body="<p>死循环，击落了1架无人机。</p>")
    archive_file("in/c.md")
    summary = ingest("in", settings=load_settings(max_article_seconds=0.2))
    assert (summary.run.added, summary.run.issues, summary.run.events) == (3, 1, {"attack_count": 2})
    with warehouse.open(Path("data/shilu.duckdb"), read_only=True) as house:
        (issue,) = house.issues()
    assert (issue["code"], issue["path"]) == ("extraction_timeout", "in/b.md")
    assert "more than 0.2 s" in issue["reason"] and "max_article_seconds" in issue["reason"]


def test_a_run_killed_right_after_a_load_has_recorded_the_issues_of_the_articles_it_loaded(
    archive_file: ArchiveFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next run finds these articles unchanged and would never tell of them."""
    archive_file("in/a.md", body="<p>故障，击落了1架无人机。</p>")
    real = warehouse.Warehouse.load

    def killed(*arguments: Any, **options: Any) -> None:
        real(*arguments, **options)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(warehouse.Warehouse, "load", killed)
        ingest("in")
    assert ingest("in").run.unchanged == 1
    assert rows("SELECT code, article_id IS NOT NULL FROM issue") == [("extraction_failed", True)]
