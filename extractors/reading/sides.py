"""Countries and their forces in running text: 乌克兰, 俄军, 基辅方面; one-character forms (俄乌, 访华)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import Mention, MentionType, Side
from extractors.reading.name_index import NameIndex
from extractors.reading.place_entries import place_names


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a match says: the sides in it as (offset, length, code), none for an ordinary word.

    A `compound` (俄对, 访华, 中美) only licenses a one-character form: a longer name inside it wins.
    """

    sides: tuple[tuple[int, int, str], ...] = ()
    compound: bool = False


MEETS = ("会见", "会晤", "会谈", "会面")
ORDINARY = Pattern()
# Prepositions behind which a pair of states stands as one: 为俄乌, 由中日.
BEFORE_PAIR = {"为", "与", "同", "跟", "和", "由"}
# One form for several states: which of them 巴方 or 乌方 means, the text says.
SHARED: dict[str, dict[str, str]] = {
    "巴": {"巴基斯坦": "PK", "巴勒斯坦": "PS", "巴西": "BR"},
    "乌": {"乌克兰": "UA", "乌拉圭": "UY", "乌兹别克斯坦": "UZ", "乌干达": "UG"},
    "埃": {"埃及": "EG", "埃塞俄比亚": "ET"},
}
# Forms of one character in a row before the words that count them: 美英法三国, 美德两国, 英法德等国.
ROW = re.compile("[美英法德俄日韩加意澳中乌以伊土波印巴朝荷]{2,7}(?=[两三四五六七]国|等[两三四五六七]?国)")
ROW_CODES = {"意": "IT", "荷": "NL"}  # forms that stand for a country nowhere else
# The short form of a country that the text names in full before: 突方, 突总统 in an article on 突尼斯. Not 西方, 新总统.
NAMED_SHORT = re.compile(
    "(?P<side>[突斐瓦汤萨基卡科约阿摩利肯津赞坦尼孟斯洪委智哥厄玻古缅柬塞吉塔蒙刚莫喀苏索爱捷挪瑞丹荷比葡希罗保克乔日法德老马新海立亚])"
    "(?:(?P<party>方(?![式案法针便位圆言能才阵程]))|(?=政府|副?总统|副?总理|首相|副?外长|外交部|国防部|防长|议长|卫生部|军方|央行|财长|财政部|内政部|议会))"
    "(?<![大节条公合签契上南北][^方])(?<![大节条公合签契上南北].方)"
    "(?<![无方非立司执道品宪刑医0-9一二三四五六七八九十同当次昨今生节假平][日法德])"
    "(?<![无方非立司执道品宪刑医0-9一二三四五六七八九十同当次昨今生节假平][日法德]方)"
)
# Before an office these are words of their own: 新总统, 上海政府.
PARTY_ALONE = frozenset("老马新海立亚")
# One at the head of a headline or clause before what a government does: 美拟向…, 英将提供….
HEAD = re.compile(
    "(?:^|(?<=[，。；：！？ \n┃|｜]))(?P<side>[美英法德日韩澳])"
    "(?=(?:将(?![军领士帅相才])|拟|欲|或将|宣布|宣称|承诺|同意|考虑|批准|建议|允许|敦促|呼吁|拒绝|不会|加码|计划|正考虑|再(?=[向对援次提])|周[一二三四五六日天])[\u4e00-\u9fff])"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A country's name and what follows it: `name_end` closes 乌克兰, `end` closes 乌克兰军队."""

    start: int
    name_end: int
    end: int
    side: Side


def find_sides(text: str) -> list[Mention]:
    """Sides named in folded text: country (乌克兰), forces (乌军, 乌克兰军队) or party (乌方, 基辅方面).

    One-character forms count only in the contexts that `countries.toml` lists. An organ's name (俄国防部)
    still yields its country here; where mentions overlap, the longer one is meant.
    """
    return [
        Mention(MentionType.SIDE, named.start, named.end, text[named.start : named.end], named.side)
        for named in named_sides(text)
    ]


@lru_cache(maxsize=4)
def named_sides(text: str) -> tuple[Named, ...]:
    """The same as `find_sides`, with the end of the bare name kept apart."""
    index = _index()
    after_numeral = read_toml("countries.toml")["short"]["no_digit_before"]
    found: list[Named] = []
    reached = 0
    for start in index.starts(text):
        if start < reached:
            continue
        match = _match_at(index, text, start)
        if match is None:
            continue
        end, pattern = match
        if pattern is ORDINARY:
            reached = end
        elif not pattern.compound:
            reached = _add(text, start, end, pattern.sides[0][2], found)
        elif text[start] not in after_numeral or not text[start - 1 : start].isdigit():
            reached = _read_compound(text, start, pattern, found)
    return _with_rows(text, found)


def _with_rows(text: str, found: list[Named]) -> tuple[Named, ...]:
    """The sides found with those that single characters in a row or at the head of a clause stand for."""
    codes = short_side_codes() | ROW_CODES
    more = [
        Named(at, at + 1, at + 1, Side(codes[text[at]]))
        for row in [*ROW.finditer(text), *HEAD.finditer(text)]
        for at in range(row.start(), row.end())
        if text[at] in codes
    ]
    more += _shortened(text)
    if not more:
        return tuple(found)
    covered = {named.start for named in more}
    kept = [named for named in found if covered.isdisjoint(range(named.start, named.end))]
    return tuple(sorted([*kept, *more], key=lambda named: named.start))


def _shortened(text: str) -> list[Named]:
    """Countries by their first character before an office or as 突方, where the text has the full name before."""
    found = []
    for short in NAMED_SHORT.finditer(text):
        at, letter, party = short.start(), short["side"], bool(short["party"])
        if letter in PARTY_ALONE and not party:
            continue
        if party and text.startswith("向", short.end()) and not _index().match_at(text, short.end() + 1):
            continue  # 日方 + 向汤加, but not 突方向 of nobody
        names = _names_by_letter()[letter]
        code = _last_named(text, at, names)
        if code is not None and any(0 <= text.find(name) < at for name in names):
            found.append(Named(at, at + 1, short.end(), Side(code, "party" if party else "country")))
    return found


@lru_cache(maxsize=1)
def _names_by_letter() -> dict[str, dict[str, str]]:
    """Country names of more than one character with their codes, by the first character."""
    letters: dict[str, dict[str, str]] = defaultdict(dict)
    for name, code in country_names().items():
        if len(name) > 1:
            letters[name[0]][name] = code
    return letters


def _match_at(index: NameIndex[Pattern], text: str, start: int) -> tuple[int, Pattern] | None:
    """The pattern at an offset; 德国 of 前往德国会见, where 德国会 would be a parliament."""
    found = index.match_at(text, start)
    if found is not None and text.startswith(MEETS, start + 2) and found[0] == start + 3:
        country = index.match_at(text[start : start + 2], 0)
        return (start + 2, country[1]) if country is not None else found
    if (
        found == (start + 3, ORDINARY)
        and text.startswith("方向", start + 1)
        and index.match_at(text, found[0])
    ):
        party = index.match_at(text[start : start + 2], 0)  # 中方 + 向老挝, not 中 + 方向
        return (start + 2, party[1]) if party is not None else found
    return found


def country_names() -> dict[str, str]:
    """Full country names with their ISO 3166-1 codes."""
    return {name: code for code, names in read_toml("countries.toml")["names"].items() for name in names}


def short_side_codes() -> dict[str, str]:
    """One-character forms with their codes; they mean the country only right before an office or organ."""
    return {form["char"]: form["code"] for form in read_toml("countries.toml")["short"]["form"]}


@lru_cache(maxsize=1)
def capitals() -> dict[str, str]:
    """Capitals that may stand for their state, with its code: 基辅 → UA."""
    return {name: code for code, names in read_toml("countries.toml")["capitals"].items() for name in names}


def _add(text: str, start: int, name_end: int, code: str, found: list[Named]) -> int:
    """Append the side with its form word, if one follows; the end of the mention."""
    form = _forms().match_at("\n" + text[name_end : name_end + 6], 0)
    end, kind = name_end, "country"
    if text.startswith("方向", name_end) and _index().match_at(text, name_end + 2):
        form = (2, "party")  # 美方 + 向乌克兰, not 美 + 方向
    if text.startswith(("军官员", "军火箭"), name_end):
        form = (2, "forces")  # 美军 + 官员, not 美 + 军官; 乌军 + 火箭弹, not 军火
    if form and form[1]:
        end, kind = name_end + form[0] - 1, form[1]
        if text.startswith(
            ("人员", "人力", "机场"), end - 1
        ):  # 俄军人员 is 俄军 and 人员, 乌军机场 乌军 and 机场
            end -= 1
    found.append(Named(start, name_end, end, Side(code, kind)))
    return end


def _read_compound(text: str, start: int, pattern: Pattern, found: list[Named]) -> int:
    """Read the sides of a compound; the offset from which reading goes on.

    A longer name inside it wins and is read from there: 对美国 is no 对美, 中法院 no 中法, 在华盛顿 no 在华; so does
    a pair behind a preposition (为俄乌 is no 为俄; but 援乌 of 援乌法案 is no 乌法).
    """
    for offset, length, _ in pattern.sides:
        inner = _match_at(_index(), text, start + offset) if offset else None
        if inner and (
            not inner[1].compound
            or inner[1].sides[0][:2] > (0, length)
            or (len(inner[1].sides) > len(pattern.sides) and text[start : start + offset] in BEFORE_PAIR)
        ):
            return start + offset
    reached = start + 1
    for offset, length, code in pattern.sides:
        at = start + offset
        by = SHARED.get(text[at], {}) if length == 1 else {}
        meant = _last_named(text, at, by) if code in by.values() else None
        reached = _add(text, at, at + length, meant or code, found)
    return reached


def _last_named(text: str, at: int, shared: dict[str, str]) -> str | None:
    """The state that a shared form means: the one named last before it, else first behind it, else none."""
    named = _named_of(text, tuple(shared))
    if len(named) < 2:
        return shared[named[0]] if named else None
    before = max(named, key=lambda name: text.rfind(name, 0, at))
    if text.rfind(before, 0, at) >= 0:
        return shared[before]
    return shared[min(named, key=lambda name: text.find(name, at))]


@lru_cache(maxsize=4)
def _named_of(text: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the names that a text holds."""
    return tuple(name for name in names if name in text)


@lru_cache(maxsize=1)
def _forms() -> NameIndex[str | None]:
    """Form words behind a newline, which stands for the name's end and makes each two characters or more."""
    forms = read_toml("countries.toml")["forms"]
    index: dict[str, str | None] = {"\n" + word: kind for kind in ("forces", "party") for word in forms[kind]}
    return NameIndex(index | {"\n" + word: None for word in forms["apart"]})


@lru_cache(maxsize=1)
def _index() -> NameIndex[Pattern]:
    """All patterns; of the same words in two lists, full names win over ordinary words over compounds."""
    data = read_toml("countries.toml")
    patterns: dict[str, Pattern] = {**_short_forms(), **_pairs()}
    patterns |= {
        name + word: Pattern(((0, len(name), code),), compound=True)
        for code, names in data["capitals"].items()
        for name in names
        for word in data["capital"]["speaks"]
    }
    organisations = read_toml("organisations.toml")
    apart: set[str] = set(data["ordinary"]["words"]) | place_names() - set(patterns)
    apart.update(*organisations["organisations"].values())
    apart.update(organisations["media"]["names"], organisations["as_written"]["names"])
    patterns |= {word: ORDINARY for word in sorted(apart) if len(word) > 1}
    patterns |= {name: Pattern(((0, len(name), code),)) for name, code in country_names().items()}
    return NameIndex(patterns)


def _short_forms() -> dict[str, Pattern]:
    short = read_toml("countries.toml")["short"]
    compounds: dict[str, Pattern] = {}
    for form in short["form"]:
        char, code, opens = form["char"], form["code"], form.get("open", False)
        heads = form.get("heads", short["heads"] + short["open_heads"] * opens) + form.get("extra_heads", [])
        visits = form.get("visits", short["visits"] + short["open_visits"] * opens)
        visits = visits + form.get("extra_visits", [])
        dropped = set(form.get("drop", ()))
        compounds |= {char + w: Pattern(((0, 1, code),), compound=True) for w in heads if w not in dropped}
        compounds |= {
            w + char: Pattern(((len(w), 1, code),), compound=True) for w in visits if w not in dropped
        }
    return compounds


def _pairs() -> dict[str, Pattern]:
    pairs = read_toml("countries.toml")["pairs"]
    by_char = {char: code for code, char in pairs["codes"].items()}
    return {
        word: Pattern(
            tuple(
                (i, 1, code)
                for i, code in enumerate(pairs["exceptions"].get(word) or [by_char[char] for char in word])
            ),
            compound=True,
        )
        for word in pairs["words"]
    }
