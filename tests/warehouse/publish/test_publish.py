"""Publishing: whole or not at all, the same bytes for the same content, and nothing taken from under a reader."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

import warehouse
from schemas import Count
from warehouse.publish import publish as publishing
from warehouse.publish.folder import current_version, lease_current, versions_in
from warehouse.publish.manifest import read_manifest, verify


def files(version: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in version.glob("*.parquet")}


def facts(version: Path) -> int:
    with duckdb.connect(str(version / "shilu.duckdb"), read_only=True) as connection:
        return connection.execute("SELECT count(*) FROM facts").fetchall()[0][0]


def test_a_snapshot_is_as_its_manifest_says(fill, publish, folder):
    fill(1, 2, 3)
    done = publish()
    assert done.is_new and done.version == current_version(folder) == folder / "versions" / done.version.name
    manifest = verify(done.version)
    assert (manifest.number, manifest.previous, manifest.counts["articles"]) == (1, None, 3)
    assert manifest.newest_article == "2026-03-05T01:30:00Z"
    assert manifest.counts["facts"] == facts(done.version) > 0
    for file in manifest.files:
        if file.name.endswith(".parquet"):
            described = duckdb.sql(f"DESCRIBE FROM '{done.version / file.name}'").fetchall()
            assert [row[0] for row in described] == list(file.columns)
            assert duckdb.sql(f"SELECT count(*) FROM '{done.version / file.name}'").fetchall() == [
                (file.rows,)
            ]


def test_publishing_twice_changes_nothing(fill, publish, folder):
    fill(1, 2)
    first = publish()
    before = (first.version / "manifest.json").read_bytes()
    again = publish()
    assert not again.is_new
    assert again.version == first.version == current_version(folder)
    assert (again.version / "manifest.json").read_bytes() == before
    assert [path.name for path in (folder / "versions").iterdir()] == [first.version.name]


def test_the_order_of_loading_and_the_clock_do_not_show(fill, publish, wire, tmp_path):
    fill(1, 2, 3, 4)
    first = publish()
    database = tmp_path / "other" / "shilu.duckdb"
    with warehouse.open(database) as house:
        for number in (4, 2, 1, 3):
            article = wire.article(number)
            count = Count(value=40 + number, qualifier="exact")
            events = [wire.attack(article, count=count), wire.strike(article)]
            house.load([(article, events)], run_id=f"run-{number}", extractor_version="rules-1")
            house.resolve()
    second = warehouse.publish_snapshot(database, tmp_path / "elsewhere")
    assert second.manifest.content == first.manifest.content
    assert second.manifest.id == first.manifest.id
    assert files(second.version) == files(first.version)


def test_old_snapshots_go_but_for_those_that_are_read(fill, publish, folder):
    fill(1)
    publish(keep=2)
    with lease_current(folder) as lease:
        for number in (2, 3, 4):
            fill(number)
            done = publish(keep=2)
        kept = versions_in(folder)
        assert [read_manifest(version).number for version in kept] == [1, 3, 4]
        assert read_manifest(kept[2]).previous == read_manifest(kept[1]).id
        assert verify(lease.version).counts["articles"] == 1
        assert current_version(folder) == done.version
    assert publish(keep=2).removed == 1
    assert versions_in(folder) == kept[1:]
    assert verify(done.version).counts["articles"] == 4


def test_a_snapshot_that_duckdb_has_open_in_another_process_stays(fill, publish, folder):
    fill(1)
    first = publish(keep=1)
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True); print('open', flush=True); sys.stdin.readline()"
    reader = subprocess.Popen(
        [sys.executable, "-c", code, str(first.version / "shilu.duckdb")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert reader.stdout.readline() == "open\n"
        fill(2)
        second = publish(keep=1)
        assert versions_in(folder) == [first.version, second.version]
    finally:
        reader.communicate("\n")
    assert publish(keep=1).removed == 1
    assert versions_in(folder) == [second.version]


def test_a_failure_leaves_the_snapshot_before_and_the_next_one_clears_up(fill, publish, folder, monkeypatch):
    fill(1)
    first = publish()
    fill(2)
    with monkeypatch.context() as broken:
        broken.setattr(
            publishing, "_turn", lambda folder, version: (_ for _ in ()).throw(OSError("disk full"))
        )
        with pytest.raises(warehouse.PublishRefused, match=r"disk full; readers keep the snapshot they had"):
            publish()
    assert current_version(folder) == first.version
    assert len(versions_in(folder)) == 2  # made, and never published
    done = publish()
    assert done.manifest.number == 2
    assert versions_in(folder) == [first.version, done.version]


def test_a_second_publisher_is_refused_in_words(fill, database, folder):
    fill(1)
    folder.mkdir(parents=True)
    with (
        FileLock(folder / "publish.lock"),
        pytest.raises(warehouse.PublishRefused, match="another process has been publishing here for 0"),
    ):
        warehouse.publish_snapshot(database, folder, wait_seconds=0.05)


def test_what_is_not_there_is_told_with_the_remedy(database, folder, tmp_path):
    with pytest.raises(warehouse.WarehouseMissing, match="run `shilu run PATH` first"):
        warehouse.publish_snapshot(database, folder)
    assert not folder.exists()
    with pytest.raises(warehouse.NothingPublished, match="run `shilu publish`"):
        lease_current(folder)
    with pytest.raises(ValueError, match="keep must be 1 or more, got 0"):
        warehouse.publish_snapshot(database, folder, keep=0)


@pytest.mark.parametrize("older", ["schema", "logs"])
def test_after_a_snapshot_of_another_making_the_row_begins_anew(fill, publish, folder, older):
    fill(1)
    first = publish()
    path = first.version / "manifest.json"
    manifest = json.loads(path.read_text())
    if older == "schema":
        manifest["schema_version"] = 0
    else:  # as before there were logs of events, articles and findings
        del manifest["view_hashes"], manifest["last_sequences"]
    path.write_text(json.dumps(manifest))
    fill(2)
    done = publish()
    assert (done.manifest.number, done.manifest.previous) == (2, None)
    assert done.manifest.last_sequence == done.manifest.counts["facts"]
    assert verify(done.version)


def test_a_file_that_was_changed_is_found(fill, publish):
    fill(1)
    version = publish().version
    path = version / "facts.parquet"
    path.chmod(0o644)
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(
        warehouse.SnapshotBroken, match=r"facts\.parquet: missing or not as the manifest says"
    ):
        verify(version)


def test_the_warehouse_can_be_written_to_while_its_snapshot_is_read(fill, publish, folder):
    fill(1)
    publish()
    with (
        lease_current(folder) as lease,
        duckdb.connect(str(lease.version / "shilu.duckdb"), read_only=True) as read,
    ):
        fill(2, 3)
        assert read.execute("SELECT count(*) FROM feed.article").fetchall() == [(1,)]


def test_findings_are_those_of_the_published_facts(publish, database, wire):
    article = wire.article(1)
    parts = [part.model_copy(update={"value": 90}) for part in wire.attack(article).breakdown]
    count = wire.attack(article).count.model_copy(update={"value": 40, "qualifier": "exact"})
    with warehouse.open(database) as house:
        event = wire.attack(article, breakdown=tuple(parts), count=count)
        house.load([(article, [event])], run_id="r", extractor_version="rules-1")
    assert publish().manifest.counts["findings"] == 1
