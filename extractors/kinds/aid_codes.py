"""What a party is called in a record: its code, its own name, or the words for donors meant but not named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from extractors.layers.context import Context
from extractors.reading.document import Reading, Sentence
from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.lexicon import find_organisations, find_sides
from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import Mention, MentionType, Organisation, Person, Place, Side, side_code

COUNT = SYMBOLS[MentionType.COUNT]
# Unions of states, whose announcements are their own like those of a country.
UNIONS = {"EU", "NATO", "G7", "G20", "AU", "ASEAN", "ARAB_LEAGUE", "SCO", "BRICS", "UN"}
# State organs, which stand for their country, and bodies that go by their own name.
ORGAN = re.compile(
    "(?:部|政府|国会|议会|参议院|众议院|军方|国务院|媒体|社|报|台|网|党|大学|央行|委员会|立法者|内阁|当局)$"
)
# To these nothing goes as help unless the words call it so.
RICH = {"US", "CA", "GB", "DE", "FR", "IT", "ES", "NL", "BE", "AT", "CH", "NO", "SE", "DK", "SA", "AE", "QA"}
RICH |= {"EU", "NATO", "G7", "UN"}
# A group of countries goes by its words: 非洲国家, 太平洋岛国.
GROUP = re.compile("国家|岛国|各国|邻国")
VERB = re.compile("(?:建议|呼吁|敦促|要求|宣布|承诺|考虑)$")
BODY = re.compile("(?:红十字会|红新月会|基金会|公司|协会|集团|商会)$")


@lru_cache(maxsize=1)
def unnamed() -> re.Pattern[str]:
    """The words for donors meant but not named."""
    words = sorted(read_toml("aid.toml")["things"]["donors"], key=lambda word: (-len(word), word))
    side = SYMBOLS[MentionType.SIDE] + SYMBOLS[MentionType.ORGANISATION]
    return re.compile(
        rf"{SYMBOLS[MentionType.PLACE]}(?:国家|各国|多国)|(?:[{side}]的|一些|部分|其他)?(?:{'|'.join(words)})|(?:{COUNT}|一些|部分|其[他它]|有的)(?:国家|政府)"
    )


def codes_of(mentions: Sequence[Mention], reading: Reading | None = None) -> tuple[str, ...]:
    """The codes of parties, in order, each once; organs without a country take it from `reading`."""
    return tuple(dict.fromkeys(code for m in mentions if (code := party_code(m, reading))))


def party_code(mention: Mention, reading: Reading | None = None) -> str | None:
    """The code a mention stands for as giver or receiver; a body that is no state organ goes by its name."""
    value = mention.value
    if isinstance(value, Organisation) and value.code is None:
        if VERB.search(mention.words):  # 美建议土向乌提供: no body
            return None
        if BODY.search(mention.words):
            return mention.words
        if value.side is None:
            return _prefix_code(mention.words) or (
                owner_of(mention, reading) if ORGAN.search(mention.words) else mention.words
            )
    code = side_code(mention)
    if code is None and reading is not None and isinstance(value, Person) and value.name is None:
        return owner_of(mention, reading)
    if code is not None and not code.isascii():
        return _prefix_code(code) or code  # a member of 美国国会共和党
    return code


def _prefix_code(words: str) -> str | None:
    """The country or union a name begins with: 乌克兰医院, 欧盟某机构."""
    for found in (find_sides(words), find_organisations(words)):
        if found and found[0].start == 0:
            return side_code(found[0])
    return None


def parties_in(context: Context, encoded: Encoded, first: int, last: int) -> tuple[str, ...]:
    """The parties named in an encoded stretch, groups of countries by their words (30多个非洲国家)."""
    return tuple(dict.fromkeys(_parties_in(context, encoded, first, last)))


def _parties_in(context: Context, encoded: Encoded, first: int, last: int) -> Iterator[str]:
    reading = context.reading
    for at in range(first, last):
        mention = encoded.mentions[at]
        if mention is None or is_medium(mention) or mention.type is MentionType.COUNT:
            continue
        place = mention.value if isinstance(mention.value, Place) else None
        group = GROUP.match(encoded.text, at + 1) if place and place.country is None else None
        if group:
            begin = at - 1 if at > 0 and encoded.text[at - 1] == COUNT else at
            yield reading.words(*encoded.span(begin, group.end()))
        elif is_told_country(context, mention):
            yield from codes_of([mention], reading)


def is_told_country(context: Context, mention: Mention) -> bool:
    """True unless a place lies in a country that the article does not name: 南里奥格兰德州 of a brief on Brazil.

    The Palestinian territories go by their places.
    """
    place = mention.value
    if not isinstance(place, Place) or place.level == "country" or place.country in (None, "PS"):
        return True
    if mention.words in read_toml("aid.toml")["parties"]["capitals"]:  # 把战机移交给基辅
        return True
    return bool(find_sides(mention.words)) or place.country in context.countries


def owner_of(mention: Mention, reading: Reading | None) -> str | None:
    """The country of an organ or office named without it (国会, 国防部): that of its fuller name earlier in the article."""
    return reading.named_before(mention) if reading else None


def unnamed_donors(reading: Reading, sentence: Sentence, last: int) -> tuple[str, ...]:
    """乌克兰的盟友, 西方国家 anywhere before an encoded position: those an appeal of the sentence goes to."""
    found = list(unnamed().finditer(sentence.encoded.text, 0, last))
    return (reading.words(*sentence.encoded.span(*found[-1].span())),) if found else ()


def is_unnamed(code: str) -> bool:
    """True for donors meant but not named: 西方国家, 乌克兰的盟友."""
    return not code.isascii() and any(word in code for word in read_toml("aid.toml")["things"]["donors"])


def is_receiver(codes: Sequence[str]) -> bool:
    """True where none of the parties is one that gives rather than receives."""
    return not set(codes) & set(read_toml("aid.toml")["parties"]["givers"])


def is_rich(recipients: Sequence[str]) -> bool:
    """True for countries to which nothing goes as help unless the words call it so."""
    return set(recipients) <= RICH


@lru_cache(maxsize=1)
def channels() -> frozenset[str]:
    """Bodies that help goes through, or courts: no receivers."""
    return frozenset(read_toml("aid.toml")["parties"]["channels"])


def is_medium(mention: Mention) -> bool:
    """News media report, they do not give."""
    return isinstance(mention.value, Organisation) and (
        re.search(
            "(?:社|报|台|媒|媒体|新闻|时报|电视|广播|网|(?i:news|times|post|press|journal|media))$",
            mention.words,
        )
        is not None
    )


def is_bare(mention: Mention, donors: tuple[str, ...]) -> bool:
    """True for a country or union that announces by itself: 美国宣布, 欧盟宣布."""
    code = side_code(mention)
    if isinstance(mention.value, Side):
        return code in donors
    if not isinstance(mention.value, Organisation) or mention.words.endswith(("会", "部", "政府")):
        return False
    return mention.value.code in UNIONS and mention.value.code in donors
