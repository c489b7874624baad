"""People: offices, names, or both, composed into one mention with the side they represent.

“韩国国防部长金龙显” gives name, role and side; “基辅军事管理局负责人” role and side; a bare “奥斯汀” takes role and side
from its first full mention in the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extractors.reading.lexicon import office_pattern, short_side_codes
from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import Mention, MentionType, Organisation, Person, Place, Side

HAN = re.compile("[\u4e00-\u9fff]")
LATIN_GLOSS = re.compile(r"\s?[（(][^（）()\n]{1,60}[)）]")
# Between the affiliation and the office: 美国新任国务卿, 俄罗斯负责国防的副总理.
MODIFIER = re.compile(r"(?:的|新任|现任|前任|前|时任|候任|代理|临时|常务|第一|首席|高级|一名|一位|多名|两名|几名)+$")
JOINED_OFFICES = re.compile(r"[、兼]|和$")
NAME_AFTER_BREAK = re.compile(r"[ \u3000]?")


@dataclass
class People:
    """The people of one article while it is being read: what is known of each name so far."""

    known: dict[str, Person] = field(default_factory=dict)

    def compose(
        self, folded: str, names: Sequence[tuple[int, int]], affiliations: Sequence[Mention]
    ) -> list[Mention]:
        """Person mentions from name spans and affiliation mentions (sides, organisations, places), in text order."""
        names = whole_names(folded, names)
        offices = list(office_pattern().finditer(folded))
        by_end = {mention.end: mention for mention in sorted(affiliations, key=lambda m: m.end - m.start)}
        by_name_start = dict(names)
        found: list[Mention] = []
        used: set[tuple[int, int]] = set()
        last_side: tuple[int, str | None] = (-1, None)
        covering = [m for m in affiliations if m.type is MentionType.ORGANISATION]
        for start, end in _office_runs(folded, [(o.start(), o.end()) for o in offices]):
            over = next((m for m in covering if m.start < start < m.end < end), None)
            if over is not None:  # 基辅军事管理局 + 负责人, where 军事管理局负责人 is an office too
                first, side, role_start = _affiliation(folded, over.end, by_end)
            else:
                first, side, role_start = _affiliation(folded, start, by_end)
            if side is None and last_side[0] >= 0 and folded[last_side[0] : first] in ("和", "与", "、", "及", "以及"):
                side = last_side[1]  # 韩国外长赵兑烈和国防部长金容铉: the second office is Korean too
            name_start, name_end = _name_after(folded, end, by_name_start)
            name = folded[name_start:name_end] if name_end > name_start else None
            last = name_end if name else end
            person = Person(name, folded[role_start:end], side)
            if name:
                used.add((name_start, name_end))
                person = self._remember(name, person)
            found.append(Mention(MentionType.PERSON, first, last, folded[first:last], person))
            last_side = (last + gloss_length(folded, last), person.side)
        for start, end in names:
            if (start, end) not in used and not any(m.start <= start < m.end for m in found):
                name = folded[start:end]
                found.append(Mention(MentionType.PERSON, start, end, name, self._recall(name)))
        return sorted(found, key=lambda mention: mention.start)

    def _remember(self, name: str, person: Person) -> Person:
        earlier = self._recall(name)
        if earlier.side and not person.side:
            person = replace(person, side=earlier.side)
        kept = self.known.get(name)
        if kept is None or (person.side and not kept.side):
            self.known[name] = person
        return person

    def _recall(self, name: str) -> Person:
        """What earlier full mentions say of a name: 奥斯汀 after 劳埃德·奥斯汀, 崔 after 崔善姬."""
        if name in self.known:
            return replace(self.known[name], name=name)
        for full, person in self.known.items():
            parts = full.split("·")
            if name == parts[-1] or (len(name) >= 2 and (full.endswith(name) or name.endswith("·" + parts[-1]))):
                return replace(person, name=name)
        return Person(name, None, None)


def whole_names(folded: str, names: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Name spans made whole: 安茨 + ·基维塞尔克 is one name; Latin spellings in brackets are none."""
    letters = read_toml("names.toml")["transliteration"]
    further = re.compile(rf"(?:[·•-][{letters}]{{1,8}})+")
    whole: list[tuple[int, int]] = []
    for start, end in sorted(names):
        if whole and start < whole[-1][1]:
            continue
        words = folded[start:end]
        if words.strip() != words or not HAN.search(words):
            continue
        if whole and whole[-1][1] == start - 1 and folded[start - 1] in "·•-":
            start = whole.pop()[0]
        rest = further.match(folded, end)
        whole.append((start, rest.end() if rest else end))
    return whole


def _office_runs(folded: str, offices: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Offices joined by 、 or 兼 (总理兼外长) as one run."""
    runs: list[tuple[int, int]] = []
    for start, end in offices:
        if runs and start >= runs[-1][1] and folded[runs[-1][1] : start] in ("、", "兼", ""):
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def _affiliation(folded: str, start: int, by_end: dict[int, Mention]) -> tuple[int, str | None, int]:
    """The affiliation before an office: where the person begins, the side, and where the role begins."""
    at = start
    modifier = MODIFIER.search(folded, max(0, start - 8), start)
    if modifier and modifier.end() == start and modifier.start() in by_end:
        at = modifier.start()
    mention = by_end.get(at)
    if mention is None:
        code = short_side_codes().get(folded[at - 1 : at]) if at else None
        return (at - 1, code, start) if code else (start, None, start)
    value = mention.value
    if isinstance(value, Side):
        return mention.start, value.code, at
    if isinstance(value, Organisation):
        earlier = by_end.get(mention.start)
        side = value.side or value.code
        if earlier is not None and isinstance(earlier.value, Side):
            return earlier.start, earlier.value.code, mention.start
        return mention.start, side or value.name, mention.start
    if isinstance(value, Place):
        earlier = by_end.get(mention.start)
        if earlier is not None and isinstance(earlier.value, Side):
            return earlier.start, earlier.value.code, mention.start
        return mention.start, value.country, mention.start
    return start, None, start


def _name_after(folded: str, end: int, by_start: dict[int, int]) -> tuple[int, int]:
    for at in (end, end + 1, end + gloss_length(folded, end)):
        if at in by_start and (at == end or folded[end:at].strip() == "" or folded[end] in "（(、"):
            return at, by_start[at]
    return end, end


def gloss_length(folded: str, at: int) -> int:
    gloss = LATIN_GLOSS.match(folded, at)
    return gloss.end() - gloss.start() if gloss else 0
