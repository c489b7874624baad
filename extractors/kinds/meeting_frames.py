"""What a rule has matched of a meeting: the parties, and words by which a list of parties is no party to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Mention, MentionType, Person
from schemas import Participant

TIME = SYMBOLS[MentionType.TIME]
# A list of parties behind these is no subject: it is spoken with, invited or acted upon.
BEHIND_PREPOSITION = re.compile(
    f"(?:与|同|和|跟|对|向|应|、|会见|接见|据|会见了|为|欢迎|从|由|(?<!举行)(?<!召开)(?<!结束)(?<!进行)(?<!{TIME})的|在|于|抵达|访问|前往|赴|驻|就|围绕|关于|涉及|加强|促成)$"
)
# Between the parties and the verb: another statement, or another act.
ELSEWHERE = re.compile(
    "表示|指出|强调|宣布|认为|[^通]称|说|透露|呼吁|，(?:与|同|和|并|还|又|随后)|并会见|邀请|(?:会面|会谈|会晤|通话|见面)[^，]{0,4}，"
)


@dataclass(frozen=True)
class Met:
    """People who met, and the offsets of the words that say so."""

    people: tuple[Participant, ...]
    stretch: tuple[int, int]


@dataclass(frozen=True)
class Parties:
    """Mentions that meet: those before the verb and those in the rule's slot, with participants known otherwise."""

    hosts: Sequence[Mention] = ()
    guests: Sequence[Mention] = ()
    others: Sequence[Participant] = ()


def is_named(mention: Mention) -> bool:
    """Whether a mention gives a person's name."""
    return isinstance(mention.value, Person) and mention.value.name is not None
