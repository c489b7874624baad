"""From paths to items: which files are read, by which format, in which order."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from flows.errors import InputNotFoundError
from flows.sources import archive, jsonlines, page, warc
from flows.sources.item import NO_OUTLET, Item, Limits, Outlet, Refusal, shown
from schemas import Article


@dataclass(frozen=True, slots=True)
class Format:
    """A way articles are kept in files: the file name endings, and the reader of one file."""

    name: str
    extensions: tuple[str, ...]
    read: Callable[[Path, str, Limits, Outlet], Iterator[Item]]


# The list of formats: a new one is a file beside this and a line here.
FORMATS = (
    Format("archive", archive.EXTENSIONS, archive.read),
    Format("JSON Lines", jsonlines.EXTENSIONS, jsonlines.read),
    Format("page", page.EXTENSIONS, page.read),
    Format("WARC", warc.EXTENSIONS, warc.read),
)


def format_of(path: Path) -> Format | None:
    """The format a file name announces."""
    name = path.name.lower()
    return next((form for form in FORMATS if name.endswith(form.extensions)), None)


def read_items(
    paths: Iterable[Path],
    *,
    limits: Limits,
    passed_over: Counter[str],
    outlet: Outlet = NO_OUTLET,
    wanted: Callable[[Path], bool] = lambda _: True,
) -> Iterator[Item]:
    """Every input under `paths` as an item; folders in the order of their names, paths in the order given.

    `outlet` is what the source says of all of them; files that are not `wanted` are passed over. Raises
    `InputNotFoundError` at once where a path does not exist.
    """
    chosen = list(paths)
    for path in chosen:
        if not os.path.lexists(path):
            raise InputNotFoundError(f"{shown(path)}: no such file or folder; check the path")
    return _Walk(limits, passed_over, outlet, wanted).items(chosen)


@dataclass(frozen=True, slots=True)
class _Walk:
    """What goes along from folder to folder."""

    limits: Limits
    passed_over: Counter[str]
    outlet: Outlet
    wanted: Callable[[Path], bool]

    def items(self, paths: Iterable[Path]) -> Iterator[Item]:
        for path in paths:
            if path.is_dir():
                yield from self._folder(path)
            else:
                yield from self._file(path)

    def _folder(self, folder: Path) -> Iterator[Item]:
        """Depth first without recursion: folders may be nested deeper than Python's stack."""
        waiting = [folder]
        while waiting:
            path = waiting.pop()
            if path is not folder and path.name.startswith("."):
                self.passed_over["hidden"] += 1
            elif path.is_dir():
                if path.is_symlink() and path is not folder:  # it may lead back up
                    self.passed_over["linked folder"] += 1
                    continue
                try:
                    inside = sorted(path.iterdir(), reverse=True)
                except OSError as error:
                    yield Refusal(
                        "unreadable", f"the folder cannot be read: {error.strerror}; check its permissions"
                    ).item(shown(path))
                    continue
                waiting.extend(inside)
            elif format_of(path) is None:
                self.passed_over[path.suffix.lower() or "no extension"] += 1
            else:
                yield from self._file(path)

    def _file(self, path: Path) -> Iterator[Item]:
        name = shown(path)
        form = format_of(path)
        if form is None:
            known = ", ".join(extension for each in FORMATS for extension in each.extensions)
            yield Refusal(
                "unknown_format", f"no format has the ending {path.suffix!r}; give files ending in {known}"
            ).item(name)
        elif not path.is_file():  # a pipe or device would block, a dangling link has nothing to read
            yield Refusal(
                "unreadable", "is no regular file (a dangling link, pipe or device); give the file itself"
            ).item(name)
        elif not self.wanted(path):
            self.passed_over["read before"] += 1
        else:
            yield from (within(item, self.limits) for item in form.read(path, name, self.limits, self.outlet))


def within(item: Item, limits: Limits) -> Item:
    """The item, or the issue that its text is longer than any article's: one such would hold up a whole run."""
    article = item.outcome
    if not isinstance(article, Article) or len(article.text) <= limits.article_characters:
        return item
    return Refusal(
        "too_large",
        f"the text has {len(article.text)} characters, more than {limits.article_characters}; "
        "split it into its articles, or raise the setting max_article_characters",
    ).item(item.path, item.line)
