"""A writer in a process of its own, for the tests that lock or kill one.

python writer.py DATABASE hold    opens, says so, and holds the database until a line comes on stdin
python writer.py DATABASE load    loads batch after batch, each changing every article, until it is killed
python writer.py DATABASE read    opens to read only and holds it like `hold`
"""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

from conftest import Wire  # beside this script

import warehouse

ARTICLES = 300


def main(database: Path, mode: str) -> None:
    with warehouse.open(database, read_only=mode == "read") as house:
        print("open", flush=True)
        if mode != "load":
            sys.stdin.readline()
            return
        begin = house.query("SELECT coalesce(max(version), 0) FROM article").rows[0][0]
        for number in itertools.count(begin + 1):
            batch = Wire().batch(range(ARTICLES), drones=number)
            house.load(batch, run_id=f"run-{number}", extractor_version="rules-1")
            print(number, flush=True)


main(Path(sys.argv[1]), sys.argv[2])
