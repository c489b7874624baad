"""What findings say: a code and its figures put in words, in the manner of a language. The words are in messages.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["en", "zh"]
Figures = Mapping[str, Any]
# Large numbers in Chinese, where they are whole to four places.
LARGE = ((1e8, "亿"), (1e4, "万"))
EXACT = 0.05
SHARE = "share_of_one"


def interval(low: float | None, high: float | None, unit: str = "") -> dict[str, Any]:
    """A figure: what a number leaves possible (`None`: open), of a currency or weapon."""
    return {"low": low, "high": high, "unit": unit}


def share(value: float) -> dict[str, float]:
    """A figure: a share of one, put as a percentage."""
    return {SHARE: value}


def code(section: str, name: str) -> dict[str, str]:
    """A figure: a code whose words are in a section of messages.toml; `side` for states, which are named by their code."""
    return {"section": section, "code": name}


def told(message: str, figures: Figures, language: Language = "en", side: Callable[[str], str] = str) -> str:
    """The message of a code with its figures. `side` names states and organisations.

    Raises KeyError for a code that there is not, and where a figure is missing.
    """
    teller = _Teller(language, side)
    return _text("message", message, language).format(
        **{name: teller.figure(name, value) for name, value in figures.items()}
    )


@lru_cache(maxsize=1)
def catalogue() -> dict[str, dict[str, dict[str, str]]]:
    """All words by section and code, in each language."""
    words: dict[str, dict[str, dict[str, str]]] = tomllib.loads(
        Path(__file__).with_name("messages.toml").read_text(encoding="utf-8")
    )
    return words


def _text(section: str, name: str, language: Language) -> str:
    return catalogue()[section][name][language]


class _Teller:
    """Puts figures in the words of a language."""

    def __init__(self, language: Language, side: Callable[[str], str]) -> None:
        self.language = language
        self.side = side

    def figure(self, name: str, value: Any) -> str:
        """A figure of any type in words."""
        if value is None:
            return self._word("an_article" if "speaker" in name else "some")
        if isinstance(value, list):
            return self._listed(name, value)
        if isinstance(value, Mapping):
            return self._compound(value)
        if isinstance(value, int | float):
            return self._plain(value)
        return self._coded(name, value)

    def _compound(self, value: Mapping[str, Any]) -> str:
        if SHARE in value:
            return f"{value[SHARE]:.0%}"
        if "section" in value:
            is_side = value["section"] == "side"
            return self.side(value["code"]) if is_side else self._coded(value["section"], value["code"])
        if "outcome" in value:
            return self._word(
                "lost", value=self._plain(value["value"]), outcome=self._coded("lost_as", value["outcome"])
            )
        if "name" in value:
            return self._word(
                "part", value=self._plain(value["value"]), name=self._coded("weapon", value["name"])
            )
        return self._interval(value["low"], value["high"], value["unit"])

    def _interval(self, low: float | None, high: float | None, unit: str) -> str:
        if low is None and high is None:
            words = self._word("some")
        elif low is None:
            words = self._word("at_most", value=self._plain(high))
        elif high is None:
            words = self._word("at_least", value=self._plain(low))
        elif low == high:
            words = self._plain(low)
        else:
            words = self._word("between", low=self._plain(low), high=self._plain(high))
        return f"{words} {self._coded('weapon', unit)}".strip()

    def _listed(self, name: str, values: list[Any]) -> str:
        words = [self.figure(name, each) for each in values]
        if name != "lost" or len(words) == 1:
            return self._word("comma").join(words)
        return self._word("and").join([self._word("comma").join(words[:-1]), words[-1]])

    def _plain(self, value: float | None) -> str:
        """A number with separators, decimals only where it has some; in Chinese by 万 and 亿."""
        if value is None:
            return self._word("some")
        for size, word in LARGE if self.language == "zh" else ():
            if value >= size and abs(round(value / size, 4) * size - value) < EXACT:
                return f"{value / size:,.4f}".rstrip("0").rstrip(".") + word
        return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"

    def _coded(self, section: str, name: str) -> str:
        """The word for a code; names, days and codes of no word are put as they are."""
        known = catalogue().get(section, {}).get(name)
        return known[self.language] if known else name

    def _word(self, name: str, /, **values: str) -> str:
        return _text("figure", name, self.language).format(**values)
