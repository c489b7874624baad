"""The texts of the interface in English and Chinese, and which of the two a reader wants."""

from __future__ import annotations

import tomllib
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")
DEFAULT: Language = "en"
ACCENTS = 12
HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def catalogue() -> dict[str, dict[str, str]]:
    """Every text by its key `section.name`, in each language."""
    sections = tomllib.loads((HERE / "texts.toml").read_text(encoding="utf-8"))
    return {f"{section}.{name}": text for section, texts in sections.items() for name, text in texts.items()}


@lru_cache(maxsize=1)
def _sides() -> dict[str, dict[str, Any]]:
    return tomllib.loads((HERE / "sides.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Texts:
    """The texts of one language."""

    language: Language

    def __call__(self, key: str, **values: object) -> str:
        """The text of a key with its gaps filled. Raises KeyError for a key that there is not."""
        text = catalogue()[key][self.language]
        return text.format(**values) if values else text

    def code(self, section: str, code: str | None) -> str:
        """The word for a code of a closed list; nothing for none."""
        return self(f"{section}.{code}") if code else ""

    def coded(self, section: str, code: str) -> str:
        """The word for a code of an address, which may be none of ours: then the code itself."""
        key = f"{section}.{code}"
        return self(key) if key in catalogue() else code

    def side(self, code: str) -> str:
        """The name of a state or organisation; a joint donor `DK+NL` is named by its members."""
        return "+".join(str(_sides().get(each, {}).get(self.language, each)) for each in code.split("+"))


def accent(code: str) -> int:
    """The number of the colour of a side, 1 to 12."""
    return int(_sides().get(code, {}).get("accent") or zlib.crc32(code.encode()) % ACCENTS + 1)


def preferred(header: str | None) -> Language:
    """The language that an `Accept-Language` header prefers among ours."""
    wanted: list[tuple[float, int, Language]] = []
    for position, each in enumerate((header or "").split(",")[:20]):
        tag, _, weight = each.strip().lower().partition(";")
        language = tag.strip().partition("-")[0]
        try:
            share = float(weight.strip().removeprefix("q=")) if weight else 1.0
        except ValueError:
            share = 0.0
        wanted += [(-share, position, known) for known in LANGUAGES if known == language and share > 0]
    return min(wanted)[2] if wanted else DEFAULT
