"""Envoys and advisers named by whom they serve: 联合国秘书长也门问题特使, 法国总统外交顾问."""

from __future__ import annotations

import re

from extractors.reading.mention import Person

SERVANT = re.compile("特使|特别代表|个人代表|顾问|助理|秘书|发言人|代表$")
# What the servant is in charge of: 总统|外交|顾问, 总统|气候问题|特使.
CHARGE = re.compile(
    "[\u4e00-\u9fff]{0,8}?(?:问题|事务|合作|外交|安全|政策|政治|经济|新闻|军事|能源|贸易|气候|法律|战略|人权|移民|首席|高级|私人|国际)"
)
MASTER = re.compile("(?:秘书长|总统|总理|首相|主席|国务卿|领袖|国王|部长|大臣)$")

# An office that begins with that of whom somebody serves, whose name stands before it: 习近平|主席特别代表.
OF_NAMED = re.compile(
    "(?:国家)?(?:主席|总统|总理|首相|国务卿|总书记|国王|秘书长)[\u4e00-\u9fff]{0,8}?(?:特使|特别代表|个人代表|顾问|助理|秘书|发言人)"
)


def serves_named(words: str) -> bool:
    """Whether the words of an office tell of somebody who serves the person named right before it."""
    return OF_NAMED.match(words) is not None


def master_of(
    folded: str, before: tuple[tuple[int, int], Person], first: int, words: str
) -> tuple[int, int, str] | None:
    """Where the office of whom somebody serves begins, where the servant's own role does, and the side.

    `before` is the person named before it, `first` the offset of the servant's office, `words` its words. Of 联合国秘书长也门问题特使
    the role is all of it; of 法国总统外交顾问 it begins behind the country.
    """
    (start, end), person = before
    if SERVANT.search(words) is None or person.name is not None or not person.side:
        return None
    if not MASTER.search(person.role or ""):
        return None
    if end == first:
        return start, start, person.side
    if CHARGE.fullmatch(folded, end, first):
        return start, end - len(person.role or ""), person.side
    return None
