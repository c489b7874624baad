"""kill -9 in the middle of publishing: readers find a whole snapshot, and the next publisher clears up."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb

import warehouse
from warehouse.publish.folder import lease_current, versions_in
from warehouse.publish.manifest import verify

ROOT = Path(__file__).parents[3]
PUBLISHER = Path(__file__).with_name("publisher.py")
KILLS = 3


def test_a_killed_publisher_leaves_a_whole_snapshot(database, folder):
    chance = random.Random(6)
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join(path for path in (str(ROOT), *sys.path) if path)
    }
    last = 0
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, str(PUBLISHER), str(database)],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            assert process.stdout.readline() == "open\n"
            assert (
                int(process.stdout.readline()) > 0
            )  # one is published: from now on there is something to break
            time.sleep(chance.uniform(0, 0.6))
        finally:
            process.send_signal(signal.SIGKILL)
            process.wait()
            process.stdout.close()
        with lease_current(folder) as lease:
            manifest = verify(lease.version)
            assert manifest.number > last
            last = manifest.number
            with duckdb.connect(str(lease.version / "shilu.duckdb"), read_only=True) as connection:
                assert connection.execute("SELECT count(*) FROM feed.article").fetchall() == [(20,)]
    done = warehouse.publish_snapshot(database, folder, keep=2)
    assert verify(done.version).counts["articles"] == 20
    assert len(versions_in(folder)) <= 2
    assert {path.name for path in (folder / "versions").iterdir()} == {
        each.name for each in versions_in(folder)
    }
