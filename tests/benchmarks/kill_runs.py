"""Kills runs by SIGKILL at random moments; after each a rerun must end with the content of an undisturbed run.

python tests/benchmarks/kill_runs.py [--kills N] [--seed N] [--articles N] [--workers N] [--without-models]

Each kill is of a run into a new warehouse, by the real command in a process of its own. The moments are drawn from the
time that an undisturbed run takes; the seed gives the same ones again. Without models an extractor of the tests reads,
which loads at once, so that more of the kills come while articles are loaded.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP))

import warehouse  # noqa: E402

SENTENCES = (
    "乌克兰空军{day}日说，防空部队夜间击落了{count}架俄罗斯无人机。",
    "俄罗斯国防部说，其防空部队在库尔斯克州击落了{count}架乌克兰无人机。",
    "美国宣布向乌克兰提供价值{count}亿美元的军事援助。",
    "天气晴好，两国边境平静。",
)
BATCH = 10  # articles a load: many loads, and so many moments between them
ENDED_WELL = (0, 3)  # 3: some inputs became issues


@dataclass
class Bench:
    """Inputs, and the processes that read them; `path` is put first on the path of these processes."""

    folder: Path
    workers: int = 1
    path: list[str] = field(default_factory=list)
    took: float = 0.0  # seconds of the undisturbed run
    wanted: str = ""  # the hash of what it left

    def write_inputs(self, articles: int) -> None:
        """So many articles, a line that is none, an article twice, and one that the poisoned room fails on."""
        lines = [self._line(number) for number in range(articles)]
        lines[articles // 2] = "{"
        lines.append(lines[0])
        lines.append(self._line(articles, "故障。"))
        (self.folder / "in.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def _line(self, number: int, extra: str = "") -> str:
        text = SENTENCES[number % 4].format(day=number % 28 + 1, count=number + 3) + extra
        record = {
            "id": f"a{number:05}",
            "source": "某社",
            "title": f"战报第{number}号",
            "text": text,
            "published": f"2024-03-{number % 28 + 1:02}T08:00:00Z",
        }
        return json.dumps(record, ensure_ascii=False)

    def run_undisturbed(self) -> None:
        """One run to its end, the measure of all others."""
        database = self.folder / "undisturbed.duckdb"
        self.took = self.finish(database)
        self.wanted = content(database)

    def start(self, database: Path) -> subprocess.Popen[bytes]:
        """A run into `database`, in the background."""
        command = [sys.executable, "-m", "flows", "run", "in.jsonl", "--no-prefect"]
        command += ["--workers", str(self.workers), "--database", str(database)]
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join([*self.path, str(TOP)]),
            "SHILU_BATCH_SIZE": str(BATCH),
        }
        return subprocess.Popen(
            command,
            cwd=self.folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def finish(self, database: Path) -> float:
        """A run into `database` to its end; the seconds it took."""
        begin = time.monotonic()
        run = self.start(database)
        _, errors = run.communicate(timeout=600)
        assert run.returncode in ENDED_WELL, errors.decode()
        return time.monotonic() - begin

    def kill(self, database: Path, after: float) -> bool:
        """A run into `database`, killed so many seconds after its start; whether it was still running."""
        run = self.start(database)
        try:
            run.wait(timeout=after)
        except subprocess.TimeoutExpired:
            run.kill()
        run.communicate()
        return run.returncode == -9


def content(database: Path) -> str:
    """The hash of what is believed; the warehouse must be sound and no run left as running."""
    with warehouse.open(database) as house:
        assert house.faults() == []
        assert {run.status for run in house.runs()} <= {"with_issues", "succeeded", "killed", "failed"}
        return house.content_hash()


def loaded(database: Path) -> int:
    """How many articles a killed run left behind."""
    try:
        with warehouse.open(database, read_only=True) as house:
            return house.counts()["articles"]
    except warehouse.WarehouseError:  # killed before there was a whole warehouse
        return 0


def trials(bench: Bench, kills: int, seed: int) -> Counter[str]:
    """Kill so many runs and rerun each; how many were killed before, while and after articles were loaded."""
    moments = random.Random(seed)
    found: Counter[str] = Counter()
    number = 0
    while found.total() - found["too late"] < kills:  # a run that had ended already was not killed
        number += 1
        database = bench.folder / f"{number}.duckdb"
        after = moments.uniform(0.1, 1.0) * bench.took
        was_running = bench.kill(database, after)
        articles = loaded(database)
        bench.finish(database)
        got = content(database)
        assert got == bench.wanted, (
            f"kill {number} of seed {seed}, after {after:.2f} s: {got} is not {bench.wanted}"
        )
        found["too late" if not was_running else "with articles" if articles else "without articles"] += 1
        database.unlink()
        print(
            f"kill {number}, after {after:.1f} s: {articles} articles were there",
            file=sys.stderr,
            flush=True,
        )
    return found


def main() -> None:
    """Print what came of it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--without-models", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), workers=options.workers)
        if options.without_models:
            shutil.copy(TOP / "tests" / "flows" / "poisoned_room.py", Path(folder) / "extractors.py")
            bench.path.append(folder)
        bench.write_inputs(options.articles)
        bench.run_undisturbed()
        begin = time.monotonic()
        found = trials(bench, options.kills, options.seed)
    print(
        f"{options.kills} kills in {time.monotonic() - begin:.0f} s, all reruns with the content of an undisturbed run"
    )
    for when, times in sorted(found.items()):
        print(f"{times:4} killed {when}")


if __name__ == "__main__":
    main()
