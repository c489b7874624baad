"""Which of several places a name means: the country beside it says, else the countries its paragraph names."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from extractors.reading.place_entries import Candidate
from extractors.reading.sides import named_sides

# A town is out of question beside one so many times as large, unless its country stands right before the name.
COMPARABLE = 5


class PlaceContext:
    """The countries that a text names, by place; made once a text, asked for ambiguous names alone."""

    def __init__(self, text: str) -> None:
        self._breaks = [i for i, character in enumerate(text) if character == "\n"]
        self._ends: dict[int, str] = {}
        self._starts: dict[str, list[int]] = {}
        for named in named_sides(text):
            self._ends[named.name_end] = self._ends[named.end] = named.side.code
            self._starts.setdefault(named.side.code, []).append(named.start)
        self._text = text

    def choose(self, candidates: Sequence[Candidate], start: int, beside: str | None) -> Candidate:
        """The candidate meant at an offset; `beside` is the country of a place that ends right there, if any.

        A country right before the name decides (美国奥克兰). Else, among places of like size, the one whose
        country the paragraph names last before the name or first behind it, then the text; else the first.
        """
        of_country = {c.place.country: c for c in reversed(candidates) if c.place.country}
        at = start - 1 if self._text[start - 1 : start] == "的" else start
        owner = beside or self._ends.get(at)
        if owner in of_country:
            return of_country[owner]
        like = {
            country: c
            for country, c in of_country.items()
            if c.population * COMPARABLE >= candidates[0].population
        }
        if len(like) > 1:
            for lower, upper in (self._paragraph(start), (0, len(self._text))):
                nearest = min(self._named(like, start, lower, upper), default=None)
                if nearest:
                    return like[nearest[2]]
        return candidates[0]

    def _paragraph(self, start: int) -> tuple[int, int]:
        index = bisect_left(self._breaks, start)
        lower = self._breaks[index - 1] if index else 0
        upper = self._breaks[index] if index < len(self._breaks) else len(self._text)
        return lower, upper

    def _named(
        self, countries: dict[str, Candidate], start: int, lower: int, upper: int
    ) -> Iterator[tuple[bool, int, str]]:
        """Where the countries are named nearest within bounds: (behind, distance, country), before counts first."""
        for country in countries:
            starts = self._starts.get(country, [])
            index = bisect_right(starts, start)
            if index and starts[index - 1] >= lower:
                yield False, start - starts[index - 1], country
            if index < len(starts) and starts[index] < upper:
                yield True, starts[index] - start, country
