"""How fast the warehouse loads: rows a second fresh, reloaded unchanged, re-read, and changed.

python tests/benchmarks/load_warehouse.py [ARTICLES]    with four events each, 25,000 articles by default
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP), str(TOP / "tests" / "warehouse")]

from conftest import Wire  # noqa: E402

import warehouse  # noqa: E402

BATCH = 5000


def timed(name: str, events: int, work: Callable[[], object]) -> None:
    """Run `work` and print how many events a second it came to."""
    begin = time.perf_counter()
    work()
    took = time.perf_counter() - begin
    print(f"{name:32} {took:8.2f} s {events / took:12,.0f} events/s", flush=True)


def main(articles: int) -> None:
    """Load `articles` articles with four events each in four ways, and query the views."""
    wire, events = Wire(), 4 * articles
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shilu.duckdb"
        with warehouse.open(path) as house:

            def load(version: str, drones: int) -> Callable[[], None]:
                numbers = [range(low, min(low + BATCH, articles)) for low in range(0, articles, BATCH)]
                batches = [wire.batch(part, version=version, drones=drones) for part in numbers]

                def work() -> None:
                    for batch in batches:
                        house.load(batch, run_id="benchmark", extractor_version=version)

                return work

            timed("fresh", events, load("rules-1", 5))
            timed("unchanged", events, load("rules-1", 5))
            timed("re-read, found the same", events, load("rules-2", 5))
            timed("changed", events, load("rules-2", 6))
            begin = time.perf_counter()
            total = house.query("SELECT sum(count_best) FROM attack_counts").rows[0][0]
            print(f"sum over the view: {total:,.0f} in {time.perf_counter() - begin:.2f} s")
        print(f"file: {path.stat().st_size / 1e6:.0f} MB")


main(int(sys.argv[1]) if len(sys.argv) > 1 else 25_000)
