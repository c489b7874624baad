"""How well reprints are told from articles in the same manner, on pairs of our own (reprints.jsonl).

Each line holds two articles, whether one is a reprint of the other, and which kind of pair it is: what a copy may
have gone through (Traditional characters, dateline, cut tail, merged into a longer report …), or what looks like a
copy and is none (the next day's communiqué, another region in the same template, a higher toll, a shared quote …).

    python tests/quality/test_reprints.py     prints the figures, and the pairs that are judged wrongly
"""

from __future__ import annotations

import datetime
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(TOP))

import pytest  # noqa: E402

import warehouse  # noqa: E402
from schemas import Article  # noqa: E402
from warehouse.origins import judge, read_wording  # noqa: E402

PAIRS = [
    json.loads(line) for line in (Path(__file__).parent / "reprints.jsonl").read_text("utf-8").splitlines()
]
LEAST_F1 = 0.97
# Where a value stands in another's stead: merging one of these would lose a fact.
TEMPLATES = {
    "next-day",
    "other-region",
    "other-person",
    "morning-evening",
    "higher-toll",
    "other-numbers",
    "boilerplate",
}


@dataclass
class Figures:
    """Pairs by (is a reprint, was found to be one), and the pairs judged wrongly."""

    pairs: Counter[tuple[bool, bool]] = field(default_factory=Counter)
    wrong: list[dict[str, Any]] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """Of reprints."""
        right, missed, false = (self.pairs[key] for key in ((True, True), (True, False), (False, True)))
        return 2 * right / (2 * right + missed + false)


def article(key: str, fields: dict[str, str]) -> Article:
    """One article of a pair."""
    published = datetime.datetime.fromisoformat(fields["published"])
    return Article.of(source=key, key=key, title=fields["title"], text=fields["text"], published=published)


def measure(path: Path) -> Figures:
    """Loads each pair as two articles, far in time from every other pair, and asks for their origins."""
    figures, articles = Figures(), []
    for number, pair in enumerate(PAIRS):
        for part in ("first", "second"):
            moved = article(f"{number:03}-{part}", pair[part])
            published = moved.published + datetime.timedelta(days=400 * number)
            articles.append((moved.model_copy(update={"published": published}), []))
    with warehouse.open(path) as house:
        house.load(articles, run_id="run-1", extractor_version="v")
        found = dict(house.query("SELECT article_id, origin_id FROM article_origins").rows)
    for number, pair in enumerate(PAIRS):
        is_found = found[f"{number:03}-second"] == found[f"{number:03}-first"]
        figures.pairs[pair["reprint"], is_found] += 1
        if pair["reprint"] != is_found:
            figures.wrong.append(pair)
    return figures


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    return measure(tmp_path_factory.mktemp("reprints") / "shilu.duckdb")


def test_reprints_are_found(figures: Figures) -> None:
    assert figures.f1 >= LEAST_F1, [(pair["kind"], pair["second"]["text"][:40]) for pair in figures.wrong]


def test_no_template_pair_is_merged(figures: Figures) -> None:
    merged = [pair["kind"] for pair in figures.wrong if pair["kind"] in TEMPLATES]
    assert not merged


def test_no_article_with_news_of_its_own_is_taken_for_a_reprint(figures: Figures) -> None:
    assert figures.pairs[False, True] == 0


def test_the_pairs_are_many_and_of_every_kind() -> None:
    kinds = {pair["kind"]: pair["reprint"] for pair in PAIRS}
    assert len(PAIRS) >= 100
    assert sum(pair["reprint"] for pair in PAIRS) >= 40 <= sum(not pair["reprint"] for pair in PAIRS)
    assert set(kinds) >= TEMPLATES | {"shared-quote", "own-reports", "digest"}
    assert sum(kinds.values()) >= 8


def test_the_judgement_does_not_depend_on_which_text_comes_first() -> None:
    for pair in PAIRS:
        one, other = (read_wording(pair[part]["text"]) for part in ("first", "second"))
        assert judge(one, other) == judge(other, one)


def main() -> None:
    """Prints the figures and the pairs that are judged wrongly."""
    import tempfile  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        figures = measure(Path(folder) / "shilu.duckdb")
    print(f"F1 {figures.f1:.3f}", dict(figures.pairs))
    for pair in figures.wrong:
        print(pair["kind"], pair["reprint"], pair["first"]["text"], pair["second"]["text"], sep="\n  ")


if __name__ == "__main__":
    main()
