"""Reads a publisher that misbehaves, for as long as asked: memory must stay flat, and nothing be lost or doubled.

python tests/benchmarks/soak.py [--minutes 30] [--schedule] [--without-models] [--seed N] [--folder FOLDER]

A server on loopback has a feed of links, a feed of whole articles and a list of pages, writes new articles all the time and
answers half of all questions for a feed in one of the ways of misbehaving.py; a folder of files fills up and is gone at
times. They are read by one process that never ends and whose clock jumps, or with --schedule by `shilu schedule`, with a
Prefect server and a process for each run. At the end every article that was told of must be in the warehouse once, with the
one event it states, or stand as an issue. Without models the room that poisoned articles break reads (tests/flows), with
them a few articles too long or too full. Linux alone: memory is read from /proc.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP), str(TOP / "tests" / "benchmarks")]

from article_publisher import OUTLETS, Publisher, Told  # noqa: E402
from misbehaving import Server  # noqa: E402
from soak_judge import Account, Memory  # noqa: E402

import warehouse  # noqa: E402

DROP = "drop"  # the folder source, and the outlet of its articles
WRITE_SECONDS = 2.0  # between two articles
SERVER_AWAY = (170.0, 15.0)  # every so many seconds, for so many
FOLDER_AWAY = (45.0, 5.0)
ANSWER_SECONDS = 3
SAMPLE_SECONDS = 5.0
SETTLE_ROUNDS, SETTLE_SECONDS = 15, 10
MODELS, POISONED = "models", "poisoned room"
LIMITS = {
    "SHILU_MAX_ARTICLE_SECONDS": "4",
    "SHILU_MAX_ARTICLE_MEMORY_MEGABYTES": "300",
    "SHILU_MAX_ARTICLE_EVENTS": "60",
    "SHILU_MAX_ARTICLE_CHARACTERS": "99000",
    "SHILU_LOG_JSON": "1",
}


@dataclass
class Soak:
    """One soak in its folder."""

    folder: Path
    room: str
    scheduled: bool
    server: Server
    memory: Memory = field(default_factory=Memory)
    files: int = 0

    def prepare(self) -> None:
        """The sources, and the room that reads."""
        (self.folder / DROP).mkdir()
        base = f"http://127.0.0.1:{self.server.port}"
        tables = {
            "rss": f'type = "feed"\naddresses = ["{base}/rss"]\n',
            "atom": f'type = "feed"\nfull_text = true\naddresses = ["{base}/atom"]\n',
            "list": f'type = "pages"\nindexes = ["{base}/list"]\nlinks = "http://.*/list/[0-9]+[.]html"\n',
            DROP: f'type = "folder"\npaths = ["{self.folder / DROP}"]\n',
        }
        common = (
            'outlet = "某社"\nlanguage = "zh"\ntime_zone = "Asia/Shanghai"\ntrust = "none"\nallow_private = true\n'
            'schedule = "*/2 * * * *"\n'
        )
        limits = f"answer_seconds = {ANSWER_SECONDS}\nbody_megabytes = 2\nseconds_between_requests = 0.05\nattempts = 2\n"
        (self.folder / "sources.toml").write_text(
            "".join(
                f"[source.{name}]\n{table}{common}[source.{name}.limits]\n{limits}"
                for name, table in tables.items()
            ),
            encoding="utf-8",
        )
        if self.room == POISONED:
            (self.folder / "room").mkdir()
            shutil.copy(TOP / "tests" / "flows" / "poisoned_room.py", self.folder / "room" / "extractors.py")

    @property
    def environment(self) -> dict[str, str]:
        """What processes find."""
        path = [str(TOP)] if self.room == MODELS else [str(self.folder / "room"), str(TOP)]
        workers = "1" if self.room == MODELS else "2"  # native code hangs what has no process of its own
        return os.environ | LIMITS | {"PYTHONPATH": os.pathsep.join(path), "SHILU_WORKERS": workers}

    def start(self) -> subprocess.Popen[bytes]:
        """The reader, in the background."""
        if self.scheduled:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            command = ["-m", "flows", "schedule", "--port", str(port)]
        else:
            command = [str(TOP / "tests" / "benchmarks" / "soak_reader.py"), *OUTLETS, DROP]
        with (self.folder / "reader.log").open("wb") as log:
            return subprocess.Popen(
                [sys.executable, *command], cwd=self.folder, env=self.environment, stdout=log, stderr=log
            )

    def run(self, minutes: float) -> None:
        """So many minutes of it; raises where the reader ends by itself."""
        over = threading.Event()
        writers = [
            threading.Thread(target=each, args=(over,), daemon=True)
            for each in (self._write, self._take_server_away, self._take_folder_away)
        ]
        reader = self.start()
        for each in writers:
            each.start()
        until = time.monotonic() + minutes * 60
        try:
            while time.monotonic() < until:
                time.sleep(SAMPLE_SECONDS)
                self.memory.sample(reader.pid)
                if reader.poll() is not None:
                    raise SystemExit(f"the reader ended: {(self.folder / 'reader.log').read_text()[-3000:]}")
        finally:
            over.set()
            for each in writers:
                each.join()
            self.server.calm = True
            reader.send_signal(signal.SIGINT)
            reader.wait(120)

    def settle(self) -> None:
        """Read what is left from a server that behaves, until nothing is missing or time is up."""
        for _ in range(SETTLE_ROUNDS):
            for name in (*OUTLETS, DROP):
                command = [sys.executable, "-m", "flows", "run", "--source", name, "--no-prefect"]
                done = subprocess.run(
                    command, cwd=self.folder, env=self.environment, capture_output=True, check=False
                )
                assert done.returncode in (0, 3), done.stderr.decode()[-3000:]
            if not self.account().missing:
                return
            time.sleep(SETTLE_SECONDS)

    def account(self) -> Account:
        """What came of every article."""
        with warehouse.open(self.folder / "data" / "shilu.duckdb", read_only=True) as house:
            texts = house.query("SELECT url, text FROM article WHERE believed_until IS NULL").rows
            issues = house.query("SELECT coalesce(article.url, issue.path), code FROM issue LEFT JOIN article"
                                 " ON article.id = article_id").rows  # fmt: skip
            counts = house.query("SELECT article.url, count FROM attack_counts JOIN article ON article.id = article_id"
                                 " WHERE article.believed_until IS NULL").rows  # fmt: skip
            faults = [str(each) for each in house.faults()]
            running = house.query("SELECT id FROM run WHERE status = 'running'").rows
            runs = house.query("SELECT count(*), sum(inputs), sum(added), sum(changed), sum(unchanged), sum(duplicates),"
                               " sum(issues) FROM run").rows[0]  # fmt: skip
        return Account.of(
            self.server.publisher.articles, texts, issues, counts, [*faults, *map(str, running)], runs
        )

    def _write(self, over: threading.Event) -> None:
        turn = 0
        while not over.wait(WRITE_SECONDS):
            self.server.publisher.write(OUTLETS[turn % 3])
            turn += 1
            if turn % 5 == 0:
                self._write_file()

    def _write_file(self) -> None:
        told = [self.server.publisher.write(DROP) for _ in range(4)]
        lines = [_line(each) for each in told]
        lines.append(lines[0])
        if self.files % 10 == 0:
            lines.append("{")
        # Beside the folder first: no reader sees half a file.
        made = self.folder / "made.jsonl"
        made.write_text("\n".join(lines) + "\n", encoding="utf-8")
        for _ in range(100):
            if (self.folder / DROP).is_dir():
                break
            time.sleep(0.2)
        made.replace(self.folder / DROP / f"{self.files:06}.jsonl")
        self.files += 1
        for each in told:
            each.announced = each.sent = True

    def _take_server_away(self, over: threading.Event) -> None:
        every, seconds = SERVER_AWAY
        while not over.wait(every):
            self.server.vanish(seconds)

    def _take_folder_away(self, over: threading.Event) -> None:
        every, seconds = FOLDER_AWAY
        while not over.wait(every):
            (self.folder / DROP).rename(self.folder / "away")
            time.sleep(seconds)
            (self.folder / "away").rename(self.folder / DROP)
            self.server.deeds["folder away"] += 1


def _line(told: Told) -> str:
    record = {
        "url": told.address,
        "title": told.title,
        "text": "\n".join(each for each in told.paragraphs() if each),
        "published": told.published.isoformat(),
    }
    return json.dumps(record, ensure_ascii=False)


def main() -> None:
    """Print what came of it; ends with 1 where memory grew or an article is not accounted for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--schedule", action="store_true")
    parser.add_argument("--without-models", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="kept; must be empty or new")
    options = parser.parse_args()
    # A shell's background jobs ignore interrupts, and so would the reader, which is ended by one.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    room = POISONED if options.without_models else MODELS
    server = Server(Publisher(room, break_one_in=20), options.seed, ANSWER_SECONDS)
    with tempfile.TemporaryDirectory() as scratch:
        folder = (options.folder or Path(scratch) / "soak").resolve()
        folder.mkdir(parents=True, exist_ok=True)
        soak = Soak(folder, room, options.schedule, server)
        soak.prepare()
        soak.run(options.minutes)
        soak.settle()
        accounted = soak.account().show(server.publisher.articles.values(), server)
    flat = soak.memory.show()
    server.close()
    print(
        "all accounted for" if accounted else "NOT ALL ACCOUNTED FOR", "; memory", "flat" if flat else "GREW"
    )
    sys.exit(not (accounted and flat))


if __name__ == "__main__":
    main()
