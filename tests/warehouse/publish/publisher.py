"""A publisher in a process of its own, for the tests that kill one: python publisher.py DATABASE

Changes an article, publishes, says so, and begins again, until it is killed.
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from conftest import Wire

import warehouse


def main(database: Path) -> None:
    folder = warehouse.published_folder(database)
    with warehouse.open(database) as house:
        begin = house.query("SELECT coalesce(max(version), 0) FROM article").rows[0][0]
    print("open", flush=True)
    for number in itertools.count(begin + 1):
        with warehouse.open(database) as house:
            batch = Wire().batch(range(20), drones=number)
            house.load(batch, run_id=f"run-{number}", extractor_version="rules-1")
        warehouse.publish_snapshot(database, folder, keep=2)
        print(number, flush=True)


main(Path(sys.argv[1]))
