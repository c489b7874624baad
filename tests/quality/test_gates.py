"""What the gates put aside: no more than 0.2 % of the records of careful readers stand where nothing is read.

python tests/quality/test_gates.py     prints the figures of our passages and, where it is present, the shared gold
"""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from extractors.kinds import FINDERS, rules_of
from extractors.reading.reader import Reader
from flows.training import annotated
from schemas import Article

GOLDEN = Path(__file__).parents[1] / "golden"
SHARED = Path(__file__).parents[2].parent / "shared"
LARGEST_LOSS = 0.002

Annotation = tuple[Article, list[dict[str, Any]]]


@dataclass
class Loss:
    """Firm records, those whose evidence stands outside everything read, and the characters spared."""

    records: int = 0
    lost: list[str] = field(default_factory=list)
    characters: int = 0
    read: int = 0

    @property
    def share(self) -> float:
        return len(self.lost) / max(1, self.records)


def measure(annotations: Iterable[Annotation]) -> Loss:
    """The records that the gates lose, and how much they leave to read."""
    reader, loss = Reader({kind: rules_of(kind).gate for kind in FINDERS}), Loss()
    for article, records in annotations:
        reading = reader.read(article)
        loss.characters += len(reading.whole)
        loss.read += sum(sentence.end - sentence.start for sentence in reading.sentences)
        for record in records:
            if not record.get("optional"):
                loss.records += 1
                at = reading.whole.find(record["evidence"][0])
                if not any(
                    s.start < at + len(record["evidence"][0]) and at < s.end for s in reading.sentences
                ):
                    loss.lost.append(f"{article.id} {record['kind']}: {record['evidence'][0]}")
    return loss


def golden() -> Iterator[Annotation]:
    """Our own passages with the records of their kind."""
    for path in sorted(GOLDEN.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            entry = json.loads(line)
            if "text" in entry:
                moment = datetime.datetime.fromisoformat(f"{entry['published']}T12:00:00+00:00")
                key = f"{path.stem}-{number}"
                yield (
                    Article.of(
                        source="golden", title=entry["title"], text=entry["text"], published=moment, key=key
                    ),
                    entry["records"],
                )


def shared_gold(folder: Path) -> Iterator[Annotation]:
    """The shared gold, train and dev."""
    for name in ("train", "dev"):
        yield from annotated(folder / "gold" / f"{name}.articles.jsonl", folder / "gold" / f"{name}.jsonl")


def test_no_record_of_our_passages_is_put_aside():
    assert measure(golden()).lost == []


@pytest.mark.shared
def test_the_gates_lose_next_to_nothing_of_the_shared_gold(shared):
    loss = measure(shared_gold(shared))
    assert loss.records > 600
    assert loss.share <= LARGEST_LOSS, "\n".join(loss.lost)


if __name__ == "__main__":
    for name, annotations in (
        ("passages", golden()),
        ("gold", shared_gold(SHARED) if SHARED.is_dir() else ()),
    ):
        found = measure(annotations)
        read = found.read / max(1, found.characters)
        sys.stdout.write(
            f"{name}: {len(found.lost)} of {found.records} records put aside ({found.share:.4f}); "
            f"{read:.3f} of {found.characters} characters read\n"
        )
