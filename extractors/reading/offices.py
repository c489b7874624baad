"""Office words: 总统, 国防部长, 外交部发言人, 副总理."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from extractors.reading.leaders import Holder, holder_of
from extractors.reading.lexicon_files import read_toml

# What stands between two offices of one person where the second's department is not in the lexicon.
FURTHER_DEPARTMENT = re.compile("兼[\u4e00-\u9fff和与]{2,9}")


@lru_cache(maxsize=1)
def office_pattern() -> re.Pattern[str]:
    """A pattern that finds offices in folded text, with ranks such as 副 that belong to the role (副总理).

    Words that only begin like an office (总统府, 领导人会晤) are no match. 前, 时任 and the like stay out.
    """
    data = read_toml("offices.toml")
    ranks = trie_pattern(data["prefixes"])
    offices = trie_pattern([*data["words"], *(d + h for d in data["departments"] for h in data["heads"])])
    begins = {word[0] for word in [*data["words"], *data["departments"], *data["prefixes"]]}
    first = "".join(sorted(re.escape(character) for character in begins))
    apart = trie_pattern(data["apart"])
    # 批准将F-16转让, 其中将包括, 会上将讨论, 至少将有: 将 (will) makes no rank of the syllable before it
    other = "(?<=[批核])准将|(?<=[其当集空])中将|(?<=[会本则实际])上将|(?<=[减缺至不])少将|(?<=[扩更])大将"
    return re.compile(rf"(?=[{first}])(?!{other})(?!{apart})(?:{ranks}){{0,2}}(?!{apart}){offices}(?:助理)?")


def office_runs(folded: str) -> list[tuple[int, int]]:
    """Offices in the text; those joined by 、 or 兼 (总理兼外长) as one."""
    runs: list[tuple[int, int]] = []
    for office in office_pattern().finditer(folded):
        start, end = office.span()
        if runs and start >= runs[-1][1] and _goes_on(folded, runs[-1][1], start):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def _goes_on(folded: str, end: int, start: int) -> bool:
    """Whether an office at `start` is one more of the same person: 总理兼外长, 副总理兼商业部长."""
    between = folded[end:start]
    if between in ("、", "兼", ""):
        return True
    return folded.startswith(("部长", "大臣"), start) and FURTHER_DEPARTMENT.fullmatch(between) is not None


def dated_office(words: str) -> str | None:
    """The office of `holders.toml` that words stand for: defence_minister for 国防大臣, none for 副国务卿."""
    return _posts().get(words)


def holder_by_office(body: str, words: str, side: str, day: datetime.date) -> Holder | None:
    """Who surely held the office on a day; `body` is what is written before it (主席 of 欧盟委员会)."""
    office = dated_office(body + words) or dated_office(words)
    return holder_of(office, side, day) if office else None


@lru_cache(maxsize=1)
def _posts() -> dict[str, str]:
    posts = read_toml("offices.toml")["posts"]
    return {word: office for office, words in posts.items() for word in words}


def trie_pattern(words: Iterable[str]) -> str:
    """A regular expression for any of the words, longest first, that shares their beginnings."""
    root: dict[str, Any] = {}
    for word in sorted(set(words)):
        node = root
        for character in word:
            node = node.setdefault(character, {})
        node[""] = {}
    return _node_pattern(root)


def _node_pattern(node: dict[str, Any]) -> str:
    branches = [
        re.escape(character) + _node_pattern(node[character]) for character in sorted(node) if character
    ]
    if not branches:
        return ""
    ends = "" in node
    body = branches[0] if len(branches) == 1 and not ends else "(?:" + "|".join(branches) + ")"
    return body + "?" if ends else body
