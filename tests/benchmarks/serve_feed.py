"""How fast the feed answers: `shilu serve` on loopback, asked at a steady rate by readers who do not wait for each other.

python tests/benchmarks/serve_feed.py [--events 100000] [--database FILE] [--rate 200] [--seconds 30]

100,000 made-up events are some 50,000 facts. FILE is filled where it does not exist, and kept; without it everything is thrown
away. Each of a few hundred addresses, as of dashboards, is asked for once; then one of them at a time or, one time in four, a
fact at random, at the rate. One request in ten knows the answer already. A request's time runs from when it was due, so that a
server that falls behind shows.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlencode

TOP = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(TOP), str(TOP / "tests" / "benchmarks")]

import resolve_facts  # noqa: E402

import warehouse  # noqa: E402

PORT = 8799
CONNECTIONS = 64
WARM_UP_SECONDS = 3


@dataclass
class Times:
    """Seconds from due to done, by what was asked."""

    by_kind: dict[str, list[float]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    bytes: int = 0

    def show(self, seconds: float) -> None:
        """Print percentiles of each kind of question and of all."""
        every = [each for times in self.by_kind.values() for each in times]
        print(
            f"{len(every)} answers in {seconds:.1f} s, {len(every) / seconds:.0f} a second, {self.bytes / 1e6:.0f} MB"
        )
        print("statuses", dict(self.statuses))
        for name, times in [*sorted(self.by_kind.items()), ("all", every)]:
            ranked = sorted(times)
            p50, p90, p99 = (
                ranked[min(len(ranked) - 1, int(len(ranked) * part))] for part in (0.5, 0.9, 0.99)
            )
            print(
                f"{name:10} {len(ranked):6}  p50 {p50 * 1e3:7.1f} ms  p90 {p90 * 1e3:7.1f} ms  "
                f"p99 {p99 * 1e3:7.1f} ms  max {ranked[-1] * 1e3:7.1f} ms"
            )


class Connection:
    """One reader's connection, kept open."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls) -> Connection:
        return cls(*await asyncio.open_connection("127.0.0.1", PORT))

    async def get(self, address: str, tag: str | None = None) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of an answer."""
        known = f"If-None-Match: {tag}\r\n" if tag else ""
        self.writer.write(
            f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n{known}\r\n".encode()
        )
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {
            name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)
        }
        body = await self.reader.readexactly(int(headers.get("content-length", 0)))
        return int(head[0].split()[1]), headers, body


def addresses(chance: random.Random) -> list[tuple[str, str]]:
    """What dashboards and readers ask for, as kind of question and address."""
    kinds, sides = (
        ("attack_count", "aid_announcement", "meeting", "strike"),
        ("RU", "UA", "IL", "IR", "US", "YE"),
    )
    asked = [("status", "/api/status"), ("facets", "/api/facets"), ("atom", "/feed.atom")]
    for _ in range(120):
        parameters = {"limit": 50, "kind": chance.choice(kinds), "side": chance.choice(sides)}
        if chance.random() < 0.5:
            day = resolve_facts.FIRST.replace(month=chance.randint(1, 12), day=chance.randint(1, 28))
            parameters["from"] = day.isoformat()
        if chance.random() < 0.3:
            parameters["status"] = chance.choice(("contested", "single", "revised"))
        asked.append(("facts", f"/api/facts?{urlencode(parameters)}"))
    for place in chance.sample(resolve_facts.PLACES, 60):
        asked.append(("text", f"/api/facts?limit=50&text={quote(place)}"))
    for name in ("drones", "attacks", "aid", "aid-cumulative", "meetings"):
        asked.append(("series", f"/api/series/{name}"))
    for side in sides:
        asked += [
            ("series", f"/api/series/drones?step={step}&attacker={side}") for step in ("day", "week", "month")
        ]
    for kind in kinds:
        asked.append(("events", f"/api/events?limit=50&kind={kind}"))
    return asked


async def load(rate: float, seconds: float, fact_ids: list[str]) -> None:
    """Ask at the rate, and print how long answers took."""
    chance = random.Random(9)
    pool: asyncio.Queue[Connection] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        pool.put_nowait(await Connection.open())
    repeated = addresses(chance)
    tags: dict[str, str] = {}
    times = Times()
    await _cold(repeated)

    async def ask(kind: str, address: str, due: float, counted: bool) -> None:
        connection = await pool.get()
        knows = chance.random() < 0.1
        status, headers, body = await connection.get(address, tags.get(address) if knows else None)
        pool.put_nowait(connection)
        if counted:
            times.by_kind.setdefault(kind, []).append(time.perf_counter() - due)
            times.statuses[status] += 1
            times.bytes += len(body)
        tags[address] = headers["etag"]

    begin = time.perf_counter()
    under_way = set()
    for number in range(int(rate * (seconds + WARM_UP_SECONDS))):
        due = begin + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        if chance.random() < 0.25:
            kind, address = "fact", f"/api/facts/{chance.choice(fact_ids)}"
        else:
            kind, address = chance.choice(repeated)
        task = asyncio.create_task(ask(kind, address, due, due - begin > WARM_UP_SECONDS))
        under_way.add(task)
        task.add_done_callback(under_way.discard)
    await asyncio.gather(*under_way)
    times.show(time.perf_counter() - begin - WARM_UP_SECONDS)


async def _cold(asked: list[tuple[str, str]]) -> None:
    """Ask each address once, one after the other: what nobody has asked for since the snapshot was published."""
    times = Times()
    connection = await Connection.open()
    begin = time.perf_counter()
    for kind, address in asked:
        due = time.perf_counter()
        status, _, body = await connection.get(address)
        times.by_kind.setdefault(kind, []).append(time.perf_counter() - due)
        times.statuses[status] += 1
        times.bytes += len(body)
    print("asked for the first time, one after the other:")
    times.show(time.perf_counter() - begin)
    print("then at the rate:")


async def until_served(server: subprocess.Popen[bytes]) -> None:
    """Wait until the server answers."""
    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit("the server ended before it answered")
        try:
            await (await Connection.open()).get("/api/status")
            return
        except OSError:
            await asyncio.sleep(0.1)
    raise SystemExit("the server did not answer within a minute")


def main() -> None:
    """Fill, publish, serve, ask."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--database", type=Path)
    parser.add_argument("--rate", type=float, default=200)
    parser.add_argument("--seconds", type=float, default=30)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        database = options.database or Path(scratch) / "shilu.duckdb"
        if not database.exists():
            with warehouse.open(database) as house:
                resolve_facts.fill(house, options.events)
        if not warehouse.is_published(warehouse.published_folder(database)):
            begin = time.perf_counter()
            done = warehouse.publish_snapshot(database, warehouse.published_folder(database))
            size = sum(path.stat().st_size for path in done.version.iterdir()) / 1e6
            took = time.perf_counter() - begin
            print(
                f"published in {took:.1f} s: {done.manifest.counts['facts']} facts, {size:.0f} MB", flush=True
            )
        command = [sys.executable, "-m", "flows", "serve", "--database", str(database), "--port", str(PORT)]
        environment = os.environ | {"PYTHONPATH": str(TOP)}
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as server:
            try:
                asyncio.run(_measure(server, options.rate, options.seconds, database))
            finally:
                server.terminate()
                _, _, used = os.wait4(server.pid, 0)
                print(f"the server used {used.ru_utime + used.ru_stime:.1f} s of processor time")
                server.returncode = 0


async def _measure(server: subprocess.Popen[bytes], rate: float, seconds: float, database: Path) -> None:
    await until_served(server)
    pieces = warehouse.export_view(warehouse.published_folder(database), "facts", "jsonl")
    fact_ids = [json.loads(line)["fact_id"] for piece in pieces for line in piece.splitlines()]
    await load(rate, seconds, fact_ids)


if __name__ == "__main__":
    main()
