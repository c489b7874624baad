"""What each model adds: event F1 and slot F1 with all of them, then without one of them.

    python tests/benchmarks/ablate_models.py [ARTICLES GOLD]     by default the shared gold's dev

Without `names` no name is known but those of the lexicons; without `words` short names are not held against word
boundaries; without `sums` help is what rules tell; without
`sentences` meetings are what rules tell, and remarks on help are told; without `confidence` unlikely events are told too.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP))

from extractors import Extractor  # noqa: E402
from extractors.confidence.confidence import Confidence  # noqa: E402
from extractors.kinds import aid_announcement, meeting  # noqa: E402
from extractors.reading import reader  # noqa: E402
from extractors.reading.name_tagger import NameTagger  # noqa: E402
from flows.scoring import Scores, read_articles, read_gold, score  # noqa: E402
from flows.sources import read_inputs  # noqa: E402
from schemas import Article, to_record  # noqa: E402

GOLD = TOP.parent / "shared" / "gold"


@contextmanager
def all_models() -> Iterator[None]:
    yield


@contextmanager
def without_names() -> Iterator[None]:
    with patch.object(NameTagger, "tag", lambda _self, texts: [[] for _ in texts]):
        yield


@contextmanager
def without_words() -> Iterator[None]:
    with patch.object(reader, "within_words", lambda _folded, _outlines, mentions: list(mentions)):
        yield


@contextmanager
def without_sums() -> Iterator[None]:
    with patch.object(aid_announcement, "with_sums", lambda _context, drafts: drafts):
        yield


@contextmanager
def without_sentences() -> Iterator[None]:
    with (
        patch.object(meeting, "told_by_words", lambda _context, _tellings: ()),
        patch.object(aid_announcement, "without_remarks", lambda _context, drafts: drafts),
    ):
        yield


@contextmanager
def without_confidence() -> Iterator[None]:
    with patch.object(Confidence, "floor", 0.0):
        yield


@contextmanager
def without_any() -> Iterator[None]:
    with without_names(), without_words(), without_sums(), without_sentences(), without_confidence():
        yield


VARIANTS: dict[str, Callable[[], object]] = {
    "all models": all_models,
    "without names": without_names,
    "without words": without_words,
    "without sums": without_sums,
    "without sentences": without_sentences,
    "without confidence": without_confidence,
    "without any": without_any,
}


def scored(articles: Path, gold: Path) -> tuple[Scores, float]:
    """The scores of one variant, and the seconds it read for."""
    extractor = Extractor()
    texts = [each for each in read_inputs([articles]) if isinstance(each, Article)]
    extractor.extract(texts[0])  # models are loaded before the clock starts
    begin = time.perf_counter()
    records = {
        each.id: [to_record(event) for event in events] for each, events in extractor.extract_many(texts)
    }
    took = time.perf_counter() - begin
    return score(read_articles(articles), read_gold(gold), records), took


def main() -> None:
    """Print the table."""
    files = [Path(name) for name in sys.argv[1:]] or [GOLD / "dev.articles.jsonl", GOLD / "dev.jsonl"]
    for name, variant in VARIANTS.items():
        with variant():  # type: ignore[attr-defined]
            scores, took = scored(*files)
        figures = "  ".join(
            f"{kind} {each['event'][2]:.3f} / {each['slot'][2]:.3f}" for kind, each in scores.report().items()
        )
        print(f"{name:20} {figures}  {took:.1f} s", flush=True)


if __name__ == "__main__":
    main()
