"""Organisations in running text: named ones (北约, 胡塞武装, 路透社) and organs of a side (俄国防部)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from extractors.reading.gazetteer import find_places
from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import Mention, MentionType, Organisation, Place
from extractors.reading.name_index import NameIndex
from extractors.reading.sides import named_sides, short_side_codes


@dataclass(frozen=True, slots=True)
class Body:
    """What the lexicon says of a name: its code, its side, or that it is an organ and may stand alone."""

    code: str | None = None
    side: str | None = None
    organ: bool = False
    alone: bool = True
    mission: bool = False
    press: bool = False
    armed: bool = False
    qid: str | None = None


@dataclass(frozen=True, slots=True)
class Owner:
    """What stands before an organ: where it begins and the side it means."""

    start: int
    side: str | None
    is_place: bool = False


NO_BODY = Body(alone=False)
REPORTING = re.compile(
    "[《【]([^《》【】，。；\n]{2,14})[》】](?=[^《》【】，。；：！？\n]{0,12}(?:报道|报导|刊文|援引)|网站(?:报道|援引))"
)


def find_organisations(text: str) -> list[Mention]:
    """Organisations named in folded text; the country or place before an organ is part of the mention.

    乌克兰武装部队总参谋部 is one mention with side UA, 布良斯克州政府 has the side of its place. An organ
    without owner (国防部, 军方) has side None: whose it is, the context says. News media speak for no side.
    """
    found = [(start, end, body) for start, end, body in _index().find(text) if body is not NO_BODY]
    owners = _owners(text) if found else {}
    mentions = []
    for start, end, body in found:
        owner = _owner_before(text, start, owners, armed=body.armed) if body.organ or body.side else None
        if owner and body.mission:
            owner = _sender(text, owner, owners)
        if body.organ and owner is None and not body.alone:
            continue
        side = body.side or body.code or (owner.side if owner and not body.press else None)
        if owner and body.side and owner.side != body.side:
            owner = None  # 俄罗斯白宫: not the owner, only a neighbour
        first = owner.start if owner else start
        name = text[first:end]
        # an armed group speaks and fights for itself, under the name it is given
        value = (
            Organisation(name, None, name) if body.armed else Organisation(name, side, body.code, body.qid)
        )
        mentions.append(Mention(MentionType.ORGANISATION, first, end, name, value))
    return _owned(text, mentions) + _media_in_marks(
        text, {i for start, end, _ in found for i in range(start, end)}
    )


def _owned(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions in text order, organs alone with the side of the same organ before them: 乌克兰空军 … 空军.

    The one in the same paragraph counts, else all of the text must agree; of two rivals' organs nobody's is meant.
    """
    owners: dict[str, set[str]] = {}
    lines: dict[tuple[int, str], set[str]] = {}
    line = 0
    reached = 0
    found = []
    for mention in mentions:
        line, reached = line + text.count("\n", reached, mention.start), mention.start
        value = mention.value
        organ = _organ_of(mention.words)
        if organ is None or not isinstance(value, Organisation) or value.code:
            found.append(mention)
            continue
        if value.side:
            owners.setdefault(organ, set()).add(value.side)
            lines.setdefault((line, organ), set()).add(value.side)
        else:
            near = lines.get((line, organ)) or owners.get(organ, set())
            side = next(iter(near)) if len(near) == 1 else None
            value = replace(value, side=side)
        found.append(replace(mention, value=value))
    return found


def _organ_of(words: str) -> str | None:
    """The longest organ that words end with: 空军 of 乌克兰空军."""
    return next((words[at:] for at in range(len(words)) if words[at:] in organ_words()), None)


@lru_cache(maxsize=1)
def organ_words() -> frozenset[str]:
    """The words for organs of a state or region: 国防部, 军方."""
    organs = read_toml("organisations.toml")["organs"]
    return frozenset((*organs["words"], *organs["alone"]))


def _media_in_marks(text: str, taken: set[int]) -> list[Mention]:
    """Media known only by the title marks around them and the report behind: 据《每日纪闻》4日报道."""
    return [
        Mention(MentionType.ORGANISATION, *title.span(1), title[1], Organisation(title[1], None))
        for title in REPORTING.finditer(text)
        if title.start(1) not in taken
    ]


def _owners(text: str) -> dict[int, Owner]:
    """Countries, forces and places by the offset at which they end; 乌克兰敖德萨州 counts as one owner."""
    owners: dict[int, Owner] = {}
    for named in named_sides(text):
        owner = owners[named.end] = owners[named.name_end] = Owner(named.start, named.side.code)
        if text.endswith("联邦", named.start, named.end):  # 瑞士联邦 ends in what 联邦政府 begins with
            owners.setdefault(named.end - len("联邦"), owner)
    for mention in find_places(text):
        if not isinstance(mention.value, Place):
            continue
        before = owners.get(mention.start)
        owners[mention.end] = before or Owner(mention.start, mention.value.country, is_place=True)
    return owners


def _owner_before(text: str, start: int, owners: dict[int, Owner], *, armed: bool = False) -> Owner | None:
    """The owner that ends right before `start`, or before a word such as 国家 or 联邦."""
    for word in ("", *read_toml("organisations.toml")["armed" if armed else "organs"]["between"]):
        at = start - len(word)
        if at > 0 and text.startswith(word, at) and at in owners:
            if word and owners[at].is_place:
                continue  # 大马士革的国防部: the place is where, not whose
            return owners[at]
    code = short_side_codes().get(text[start - 1 : start])
    if code and start in owners:
        return Owner(start - 1, code)
    return None


def _sender(text: str, owner: Owner, owners: dict[int, Owner]) -> Owner | None:
    """Who sends a mission: 美国 in 美国驻乌克兰大使馆; nobody known in 驻日大使馆 or 基辅大使馆."""
    if text[owner.start - 1 : owner.start] == "驻":
        return owners.get(owner.start - 1)
    return None if owner.is_place else owner


@lru_cache(maxsize=1)
def _index() -> NameIndex[Body]:
    data = read_toml("organisations.toml")
    organs = data["organs"]
    bodies = dict.fromkeys(organs["apart"], NO_BODY)
    # 国防部长 is an office, 国防部 an organ: the longer match keeps them apart.
    bodies |= {word + "长": NO_BODY for word in organs["words"] if word[-1] in "部院局会署厅"}
    bodies |= {word: Body(organ=True, alone=False) for word in organs["words"]}
    bodies |= {word: Body(organ=True) for word in organs["alone"]}
    bodies |= {word: Body(organ=True, alone=False, mission=True) for word in organs["missions"]}
    bodies |= {word: Body(organ=True, alone=False, press=True) for word in organs["press"]}
    bodies |= {word: Body(organ=True, alone=False, armed=True) for word in data["armed"]["words"]}
    bodies |= {name: Body(side=side) for side, names in data["national"].items() for name in names}
    bodies |= {name: Body() for name in data["media"]["names"]}
    items = {name: qid for qid, names in data["named_items"].items() for name in names}
    bodies |= {name: Body(code=name, qid=items.get(name)) for name in data["as_written"]["names"]}
    bodies |= {
        name: Body(code=code, qid=items.get(name) or data["items"].get(code))
        for code, names in data["organisations"].items()
        for name in names
    }
    return NameIndex({name: body for name, body in bodies.items() if len(name) > 1})
