"""Mentions: stretches of an article understood as values. Offsets count characters of the text that was read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from schemas import Count


class MentionType(StrEnum):
    """What a mention stands for; a template slot accepts some of these types."""

    COUNT = "count"  # a number with its unit: 83架, 数十枚, 两名
    MONEY = "money"  # 4.25亿美元
    ORDINAL = "ordinal"  # 第69批, 首批
    TIME = "time"  # 星期五(11月1日), 3日夜间至4日凌晨
    SIDE = "side"  # a country or its forces: 乌克兰, 俄方, 美军
    PLACE = "place"  # 库尔斯克州, 敖德萨
    ORGANISATION = "organisation"  # 俄国防部, 北约, 真主党
    PERSON = "person"  # an office, a name, or both: 韩国国防部长, 奥斯汀
    WEAPON = "weapon"  # 无人机, “匕首”高超音速导弹


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of one type. `value` holds what it means: see the value classes below and `schemas`."""

    type: MentionType
    start: int
    end: int
    words: str
    value: object


@dataclass(frozen=True, slots=True)
class Counted:
    """A count and the classifier or unit that follows it (架, 枚, 次, 人); `unit` is None for a bare number."""

    count: Count
    unit: str | None


@dataclass(frozen=True, slots=True)
class Side:
    """A country or other party by code; `form` tells 乌克兰 (country) from 乌军 (forces) and 乌方 (party)."""

    code: str
    form: str = "country"


@dataclass(frozen=True, slots=True)
class Place:
    """A place with what the gazetteer knows of it; unknown places have neither country nor id."""

    name: str
    country: str | None = None
    geonames_id: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    level: str = "city"  # country, region, city, area


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation and the side it speaks for; `code` where RECORDS gives it one (NATO, UN, HAMAS).

    `qid` is its Wikidata item, where the lexicon has one.
    """

    name: str
    side: str | None = None
    code: str | None = None
    qid: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """A person meant: name and office as written, and the side represented.

    `qid` is the person's Wikidata item, where the lexicon has one: by the name, or by office, side and the day of
    publication (the 美国国防部长 of November 2024 is Q941013).
    """

    name: str | None
    role: str | None
    side: str | None
    qid: str | None = None


@dataclass(frozen=True, slots=True)
class WeaponType:
    """A weapon word: its RECORDS code (drone, missile, …) and the model named, if any (沙赫德)."""

    code: str
    model: str | None = None


def side_code(mention: Mention) -> str | None:
    """The code a mention stands for as a party, `None` where it stands for nobody."""
    value = mention.value
    if isinstance(value, Side):
        return value.code
    if isinstance(value, Organisation):
        return value.code or value.side
    if isinstance(value, Person):
        return value.side
    if isinstance(value, Place):
        return value.country
    return None
