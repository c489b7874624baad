"""How fast an archive is read, stage by stage and as a whole, and whether memory grows with its size.

python tests/benchmarks/read_archive.py [PATH] [--limit N]
                  PATH: JSON Lines or a folder of articles, by default a corpus beside the checkout
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import multiprocessing
import resource
import sys
import tempfile
import time
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP))

import warehouse  # noqa: E402
from extractors import Extractor  # noqa: E402
from extractors.extractor import GROUP  # noqa: E402
from extractors.kinds import FINDERS, rules_of  # noqa: E402
from extractors.reading.reader import Reader  # noqa: E402
from flows.run import ingest_plain  # noqa: E402
from flows.settings import Settings  # noqa: E402
from flows.sources import Limits, read_items  # noqa: E402
from schemas import Article, EventBase  # noqa: E402

CORPUS = TOP.parent / "shared" / "corpus" / "cctv-2022-2024.jsonl.gz"
BATCH = 300  # articles a load, as the main job has it
KILOBYTES = 1 if sys.platform == "linux" else 1024  # what getrusage counts memory in: macOS counts bytes


def first(path: Path, limit: int, folder: Path) -> list[Path]:
    """Inputs that hold the first `limit` articles of `path`: its lines copied to `folder`, or its files."""
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.is_file())[:limit]
    copy = folder / f"first-{limit}.jsonl"
    with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as lines, copy.open("wb") as out:
        out.writelines(itertools.islice(lines, limit))
    return [copy]


def row(stage: str, articles: int, seconds: float, rest: str = "") -> None:
    """Print one line of the table."""
    print(
        f"{stage:34} {articles:8,} {seconds:8.1f} s {articles / seconds:10,.1f} articles/s  {rest}",
        flush=True,
    )


def stages(inputs: list[Path], folder: Path) -> None:
    """Parse, extract and load in this process, one stage after the other."""
    begin = time.perf_counter()
    items = [item.outcome for item in read_items(inputs, limits=Limits(), passed_over=Counter())]
    articles = [outcome for outcome in items if isinstance(outcome, Article)]
    row("parse", len(items), time.perf_counter() - begin, f"{len(items) - len(articles)} issues")

    characters = sum(len(article.text) for article in articles)
    for stage, gated in (("read alone, every passage", False), ("read alone, behind the gates", True)):
        reader = Reader({kind: rules_of(kind).gate for kind in FINDERS})
        next(reader.read_many(articles[:1], gated=False))  # loads the models
        begin = time.perf_counter()
        for start in range(0, len(articles), GROUP):
            for _ in reader.read_many(articles[start : start + GROUP], gated=gated):
                pass
        took = time.perf_counter() - begin
        row(stage, len(articles), took, f"{characters / took:,.0f} characters/s")

    extractor = Extractor()
    extractor.extract(articles[0])  # loads rules and models
    pairs: list[tuple[Article, list[EventBase]]] = []
    begin = time.perf_counter()
    pairs.extend(extractor.extract_many(articles))
    took = time.perf_counter() - begin
    events = sum(len(found) for _, found in pairs)
    row(
        "read and extract, one process",
        len(pairs),
        took,
        f"{characters / took:,.0f} characters/s, {events} events",
    )

    # Of articles with one id the main job loads one; here the last.
    distinct = list({article.id: (article, found) for article, found in pairs}.values())
    begin = time.perf_counter()
    with warehouse.open(folder / "stages.duckdb") as house:
        for start in range(0, len(distinct), BATCH):
            part = distinct[start : start + BATCH]
            house.load(part, run_id="benchmark", extractor_version=extractor.version)
    row("load", len(distinct), time.perf_counter() - begin)


def whole_run(inputs: list[Path], database: Path, workers: int, answer: Connection) -> None:
    """The main job in a process of its own; answers with inputs, seconds, and peak memory in MB."""
    settings = Settings(database=database, workers=workers)
    begin = time.perf_counter()
    run = ingest_plain(inputs, settings)
    took = time.perf_counter() - begin
    own, child = (
        resource.getrusage(who).ru_maxrss / KILOBYTES / 1000
        for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    answer.send((run.inputs, took, own, child))
    answer.close()


def measure(inputs: list[Path], folder: Path, workers: int, name: str) -> None:
    """Run the main job from nothing and print its line."""
    context = multiprocessing.get_context("spawn")  # a forked child would inherit this process's memory peak
    ours, theirs = context.Pipe(duplex=False)
    database = folder / f"{name}-{workers}.duckdb"
    process = context.Process(target=whole_run, args=(inputs, database, workers, theirs))
    process.start()
    theirs.close()
    articles, took, own, child = ours.recv()
    process.join()
    memory = f"peak {own:,.0f} MB" + (f", a worker {child:,.0f} MB" if workers > 1 else "")
    row(f"main job, {workers} worker{'s'[: workers - 1]}, {name}", articles, took, memory)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--limit", type=int, default=2000, help="read so many articles [default: 2000]")
    options = parser.parse_args()
    if not options.path.exists():
        parser.error(f"{options.path}: no such file or folder; give the path of an archive")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        half, all_of_it = (first(options.path, n, folder) for n in (options.limit // 2, options.limit))
        stages(all_of_it, folder)
        for workers in (1, 2):
            measure(half, folder, workers, "half")
            measure(all_of_it, folder, workers, "all")


if __name__ == "__main__":
    main()
