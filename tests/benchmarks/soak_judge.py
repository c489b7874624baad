"""What soak.py judges by: the memory of processes over time, and what came of each article of the publisher."""

from __future__ import annotations

import contextlib
import os
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from article_publisher import Told
from misbehaving import Server

PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
GROWTH_ALLOWED = 1.10  # the last third of the time against the one before,
NOISE = 20.0  # or so many megabytes


@dataclass
class Memory:
    """Resident megabytes over time: of processes that stay, by what they are, and the peak of each that comes and goes."""

    begin: float = field(default_factory=time.monotonic)
    staying: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    peaks: dict[int, tuple[float, float]] = field(default_factory=dict)

    def sample(self, root: int) -> None:
        """Look at a process and all that it started."""
        now = time.monotonic() - self.begin
        for pid, words in _family(root):
            with contextlib.suppress(OSError):  # it has ended meanwhile
                megabytes = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_BYTES / 1e6
                if (name := _what(words)) is not None:
                    self.staying[name].append((now, megabytes))
                else:
                    since, peak = self.peaks.get(pid, (now, 0.0))
                    self.peaks[pid] = (since, max(peak, megabytes))

    def thirds(
        self, samples: list[tuple[float, float]], of: Callable[[list[float]], float] = statistics.median
    ) -> list[float]:
        """The median, or what is asked for, of each third of the time."""
        end = max(now for now, _ in samples) + 1e-6
        parts: list[list[float]] = [[], [], []]
        for now, megabytes in samples:
            parts[int(3 * now / end)].append(megabytes)
        return [of(part) if part else float("nan") for part in parts]

    def show(self) -> bool:
        """Print all; whether it was flat."""
        flat = True
        for name, samples in sorted(self.staying.items()):
            step = max(1, len(samples) // 10)
            print(
                f"{name}: MB by minute", ", ".join(f"{now / 60:.0f}: {mb:.0f}" for now, mb in samples[::step])
            )
            _, middle, last = thirds = self.thirds(samples)
            print(f"{name}: median of each third {' '.join(f'{each:.0f}' for each in thirds)} MB")
            flat &= not last > max(middle * GROWTH_ALLOWED, middle + NOISE)
        if self.peaks:
            # Most find nothing new and load no models: the highest tell, not those in the middle.
            first, middle, last = self.thirds(list(self.peaks.values()), max)
            print(
                f"{len(self.peaks)} other processes: the highest peak by third {first:.0f} {middle:.0f} {last:.0f} MB"
            )
            before = max(first, middle)
            flat &= not last > max(before * GROWTH_ALLOWED, before + NOISE)
        return flat


def _family(root: int) -> list[tuple[int, str]]:
    parents: dict[int, int] = {}
    for path in Path("/proc").iterdir():
        if path.name.isdecimal():
            with contextlib.suppress(OSError):
                parents[int(path.name)] = int((path / "stat").read_text().rpartition(")")[2].split()[1])
    found = []
    for pid in parents:
        line, above = pid, set()
        while line not in (root, 0, 1) and line not in above:
            above.add(line)
            line = parents.get(line, 0)
        if line == root:
            with contextlib.suppress(OSError):
                found.append((pid, (Path(f"/proc/{pid}/cmdline").read_bytes()).replace(b"\0", b" ").decode()))
    return found


def _what(command: str) -> str | None:
    for mark, name in (
        ("soak_reader.py", "reader"),
        ("flows schedule", "schedule"),
        ("server start", "server"),
        ("uvicorn", "server"),
        ("resource_tracker", "resource tracker"),
    ):
        if mark in command:
            return name
    return None


@dataclass
class Account:
    """What came of the articles told of: in the warehouse, an issue, or missing; and what should not be."""

    articles: int
    without_events: int
    issues: Counter[str]
    missing: list[str]
    wrong: list[str]
    runs: tuple[int, ...]

    @classmethod
    def of(
        cls,
        told: dict[str, Told],
        texts: list[tuple[str, str]],
        issues: list[tuple[str, str]],
        counts: list[tuple[str, int]],
        wrong: list[str],
        runs: tuple[int, ...],
    ) -> Account:
        """Hold the warehouse against the truth."""
        had = dict(texts)
        with_issue = defaultdict(set)
        for address, code in issues:
            with_issue[address].add(code)
        events = defaultdict(list)
        for address, number in counts:
            events[address].append(number)
        wrong += [f"{url} twice" for url, times in Counter(url for url, _ in texts).items() if times > 1]
        wrong += [f"{url} was never published" for url in had if url not in told]
        missing: list[str] = []
        found: Counter[str] = Counter()
        for address, each in told.items():
            wanted = [] if each.broken else [each.number]
            if address in had:
                if events[address] != wanted:
                    wrong.append(f"{address} ({each.broken}) has events {events[address]}")
                if f"击落了{each.number}架" not in had[address]:
                    wrong.append(f"{address} has the text {had[address][:80]}")
                if each.broken and not with_issue[address]:
                    wrong.append(f"{address} ({each.broken}) has no issue")
            elif each.sent and each.is_kept:
                missing.append(f"{address} ({each.broken}) was sent; {with_issue[address]}")
            elif each.announced and not with_issue[address]:
                missing.append(f"{address} ({each.broken}) was told of")
            elif each.announced:
                found["; ".join(sorted(with_issue[address]))] += 1
        without = sum(1 for address in had if address in told and told[address].broken)
        return cls(len(had), without, found, missing, wrong, runs)

    def show(self, told: Collection[Told], server: Server) -> bool:
        """Print all; whether every article is accounted for."""
        print(
            f"written {len(told)}, told of {sum(each.announced for each in told)}, sent whole {sum(each.sent for each in told)}"
        )
        print(f"in the warehouse {self.articles}, of them broken and without events {self.without_events}")
        print(
            f"issues alone: {sum(self.issues.values())} {dict(self.issues)}; missing {len(self.missing)}; wrong {len(self.wrong)}"
        )
        print(
            "runs {}: inputs {}, added {}, changed {}, unchanged {}, duplicates {}, issues {}".format(
                *self.runs
            )
        )
        print("deeds", dict(sorted(server.deeds.items())), "asked inside", len(server.trespasses))
        for each in (*self.missing[:10], *self.wrong[:10]):
            print("  ", each)
        return not (self.missing or self.wrong or server.trespasses)
