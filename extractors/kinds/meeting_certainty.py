"""Whether people can have met by what is said of them: of two sides, each known, and more than a wish to talk."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.kinds.meeting_blocs import BLOCS
from extractors.kinds.meeting_circumstances import status_of
from extractors.kinds.meeting_parties import is_known, sides
from extractors.kinds.meeting_place import place_of
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType
from extractors.rules.ruleset import Match
from schemas import Participant

REST = 16  # characters: so far behind the verb its day may stand, 会谈可能于21日恢复
# One of several rounds that has come to something is no mere wish: 第二轮谈判已经结束.
ROUND = re.compile(f"{SYMBOLS[MentionType.ORDINAL]}|[首上]轮|新一轮|最后一轮")
CONCLUDED = re.compile("结束|落幕|告吹|破裂|失败|未果|无果|未能|未达|没有|取得|达成")
# 俄乌第三轮停战谈判中: talks in which something came about were held.
IN_TALKS = re.compile("(?:谈判|会谈|和谈|磋商|对话|会晤)(?:中|上|期间|后|双方[^，]*)$")
HELD = re.compile("举行|展开|进行|开始|恢复|重启|启动")
BEGUN = re.compile("已经?(?:开始|结束|恢复|重启)|正在(?:进行|举行)")
# 出席了历届峰会: of no one conference.
EVERY = re.compile("所有|历届|历次|每届|每次|每年|多届")
# 同印尼、巴基斯坦等国领导人举行会谈会见 sums up many meetings, of which nobody is named.
SERIAL = re.compile(
    "会谈会见|会见会谈|双边(?:会|活)|一系列|系列(?:会见|会谈|会晤)|多场|众多|多位|频繁|密集|陆续|先后|相继|分别|逐一|会见"
)
UNNAMED = re.compile("领导人|政要|元首|首脑|领袖|政党")
OF_MANY = re.compile("(?:等|众多|多个?|各|几个)[^，。；]{0,6}(?:国|国家)的?(?:领导人|政要|元首|首脑)")
LOOSE_WORD = re.compile("(?:对话|交流|讨论|接触|谈判|磋商|沟通|协商|和谈)$")


def can_meet(
    context: Context, sentence: Sentence, match: Match, people: list[Participant], stretch: tuple[int, int]
) -> bool:
    """Whether these people can have met: of two sides at least, each known; mere countries need a day or a place."""
    if match.rule.constants["party"] in ("attending", "bloc") and EVERY.search(
        context.reading.folded, *stretch
    ):
        return False
    if sums_up(context, people, stretch):
        return False
    bloc = any(one.side in BLOCS and one.role and not one.name for one in people)
    unknown = [one for one in people if not is_known(one)]
    if len(unknown) == 1 and unknown[0].name and unknown[0].side is None and len(people) == 2:
        return True  # whose side the article may tell elsewhere
    if match.rule.constants["party"] == "hosting" and not unknown:
        return len(sides(people)) > 2
    if len(people) < 2 or unknown or (len(sides(people)) < 2 and not bloc):
        return False
    if any(one.name for one in people):
        return not _is_loose(context, sentence, match, people, stretch)
    return _is_definite(
        context,
        sentence,
        stretch,
        dated=not any(one.role for one in people),
        with_place=match.rule.constants["party"] == "inside",
    )


def sums_up(context: Context, people: Sequence[Participant], stretch: tuple[int, int]) -> bool:
    """Whether many meetings are summed up: somebody met the unnamed leaders of several states, one by one."""
    leaders = [one for one in people if one.name is None and UNNAMED.search(one.role or "")]
    others = [one for one in people if one.name]
    several = (
        len(sides(leaders)) > 1
        or any(one.side and not one.side.isascii() for one in leaders)
        or OF_MANY.search(context.reading.folded, *stretch) is not None
    )
    return (
        several
        and bool(leaders)
        and len(others) + len(leaders) == len(people)
        and len(others) <= 1
        and SERIAL.search(context.reading.folded, *stretch) is not None
    )


def _is_loose(
    context: Context, sentence: Sentence, match: Match, people: list[Participant], stretch: tuple[int, int]
) -> bool:
    """Whether it is only meant that somebody will talk with a country some day: 将继续与印度进行对话."""
    bare = any(one.name is None and one.role is None for one in people)
    if not bare or not LOOSE_WORD.search(match.encoded.text, match.first, match.last):
        return False
    before = sentence.encoded.text[max(0, match.first - 12) : match.last]
    open_ = status_of(before, "") in ("planned", "proposed", "ongoing")
    return open_ and not _is_definite(context, sentence, stretch, dated=True, open_too=True)


def _is_definite(
    context: Context,
    sentence: Sentence,
    stretch: tuple[int, int],
    *,
    dated: bool,
    open_too: bool = False,
    with_place: bool = False,
) -> bool:
    """Whether talks of nobody by name are more than a wish (愿同巴方加强对话); mere countries need a day or a place.

    `with_place`: talks that are only proposed count where it is said where (双方代表可能在日内瓦直接谈判).
    """
    bounds = slice(sentence.encoded.position(stretch[0]), sentence.encoded.position(stretch[1] - 1) + 1)
    told = sentence.encoded.text[bounds]
    if ROUND.search(told) and (
        IN_TALKS.search(told)
        or CONCLUDED.search(told)
        or (HELD.search(told) and status_of(told, "") == "held")
    ):
        return True
    if BEGUN.search(told):
        return True
    if not open_too and status_of(sentence.encoded.text[bounds], "") == "proposed":
        return with_place and place_of(context, sentence, *stretch) is not None
    clause_end = re.compile(f"[^，。；]{{0,{REST}}}").match(context.reading.folded, stretch[1])
    reach = clause_end.end() if clause_end else stretch[1]
    known_day = any(d.mention.end <= reach for d in context.dates.in_sentence(sentence))
    return not dated or known_day or place_of(context, sentence, *stretch) is not None
