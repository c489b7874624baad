"""Objects told apart from their verb: the subject before a comma, and 该核电站 for the plant named before."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.kinds.strike_objects import Struck, read_object
from extractors.kinds.strike_place_words import COUNT, LATIN
from extractors.kinds.strike_places import read_chain
from extractors.kinds.strike_targets import is_physical
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.mention import MentionType, Place

if TYPE_CHECKING:
    from extractors.kinds.strike_incidents import Incident

TIME = SYMBOLS[MentionType.TIME]
# What stands between the comma behind a subject and its verb: 非军事目标，继续 + 遭到攻击.
ADVERBS = re.compile(
    f"(?:{TIME}|在|于|继续|再次|再度|已经|已|也|又|还|均|都|则|便|就|随后|先后|接连|一直|仍然|仍|持续|多次|不断|每天|昨晚|"
    "当天|至今|目前|曾|同时|正|近日|最近|据说|据称|据信|据报道?|可能|似乎|全部|几乎)+"
)
SUBJECT_MARKS = "，。；：！？"
LONGEST_SUBJECT = 40
# What stands before a verb whose object an earlier clause names, 自入侵开始以来一直遭到, and what follows that name there.
NOTHING_NAMED = re.compile(f"(?:自[^，。；]{{1,12}}以来|{COUNT}|{ADVERBS.pattern}|遭|并|且)*")
OF_A_TOWN = "是位曾已距原作自有地一"
SITUATED = re.compile("位于|地处|坐落")
CLAUSES_BACK = 3  # so many clauses before the verb's
# A thing named before: 该核电站, 这座学校, 这个基地.
POINTING = re.compile("^(?:该|这[座家所个栋处艘间]|此)(?P<noun>[\u4e00-\u9fff]{2,6})$")
NAMING = (
    MentionType.PLACE,
    MentionType.SIDE,
    MentionType.ORGANISATION,
    MentionType.COUNT,
    MentionType.PERSON,
)
LINKS = "的市州镇村区县东南西北部最大一家座所处个栋"
# So many sentences back, and positions left of its noun, the thing may have been named.
SENTENCES_BACK, LONGEST_NAME = 6, 8


def subject_before_comma(encoded: Encoded, first: int, last: int) -> tuple[int, int] | None:
    """The stretch of a subject that a comma parts from its verb, where [first, last) holds adverbs alone."""
    text = encoded.text
    if first < 1 or text[first - 1] != "，" or (first < last and not ADVERBS.fullmatch(text, first, last)):
        return None
    stop = first - 1
    start = max(text.rfind(mark, 0, stop) for mark in SUBJECT_MARKS) + 1
    if not 0 < stop - start <= LONGEST_SUBJECT:
        return None
    struck = read_object(encoded, start, stop)
    return (start, stop) if struck.target and is_physical(struck.target_words) else None


def town_carried_on(encoded: Encoded, first: int, last: int) -> Struck | None:
    """The town that opens an earlier clause, where [first, last) before a verb names nothing: 该市位于X以北，一直遭到炮击."""
    text = encoded.text
    if first < 1 or text[first - 1] != "，" or not NOTHING_NAMED.fullmatch(text, first, last):
        return None
    end = first - 1
    for _ in range(CLAUSES_BACK):
        begin = max(text.rfind(mark, 0, end) for mark in SUBJECT_MARKS) + 1
        situated = SITUATED.search(text, begin, end)
        chain = read_chain(encoded, begin, situated.start() if situated else end)
        if chain.group and chain.group[0][0] == begin and not chain.front:
            if chain.end < end and text[chain.end] not in OF_A_TOWN:
                return None
            place = encoded.span(chain.group[0][0], chain.group[-1][1])
            return Struck(place=place, place_country=chain.country)
        name = LATIN.match(text, begin, end)
        if name and text[name.end() : name.end() + 1] in OF_A_TOWN:
            return Struck(place=encoded.span(*name.span()))
        if begin < 1 or text[begin - 1] != "，":
            return None
        end = begin - 1
    return None


def named_before(context: Context, sentence: Sentence, words: str) -> Struck | None:
    """The object that words such as 该核电站 point back to, `None` where they point to none."""
    pointing = POINTING.match(words)
    if pointing is None or not is_physical(pointing["noun"]):
        return None
    noun = pointing["noun"]
    folded = context.reading.folded
    for earlier in reversed(context.reading.before(sentence, SENTENCES_BACK)):
        at = folded.rfind(noun, earlier.start, earlier.end)
        if at < 0 or POINTING.match(folded[max(at - 1, 0) : at + len(noun)]):
            continue
        encoded = earlier.encoded
        first, last = encoded.position(at), encoded.position(at + len(noun) - 1) + 1
        begin = _name_start(encoded, first)
        struck = read_object(encoded, begin, last)
        if struck.target is not None and is_physical(struck.target_words):
            return replace(struck, here=False)
    return None


def _name_start(encoded: Encoded, first: int) -> int:
    """Where the names before a noun begin."""
    begin = first
    while begin > 0 and first - begin < LONGEST_NAME:
        held = encoded.mentions[begin - 1]
        if held is not None and held.type not in NAMING:
            break
        if held is None and encoded.text[begin - 1] not in LINKS:
            break
        begin -= 1
    return begin


# One thing that stands somewhere: 一座炼油厂, 居民区, 医院; no list, no fleet, nothing that goes to sea.
NO_ONE_THING = re.compile(
    "[、，]|和|及|等|[舰船艇]|号$|[多数几各两三四五六七八九十百千万0-9]+[余多]?[座家所栋个处枚架辆艘名]|全国|各地|全乌"
)
TOWN_NEAR = 2  # so many sentences back a town may have been told


def placed_by_passage(context: Context, incident: Incident, struck: Struck, country: str) -> Struck:
    """A single thing that nothing places, with the town or region told last before it, in the country that was hit."""
    if struck.target is None or context.reading.digest or NO_ONE_THING.search(struck.target_words):
        return struck
    for sentence in reversed([*context.reading.before(incident.sentence, TOWN_NEAR), incident.sentence]):
        for mention in reversed(sentence.mentions):
            value = mention.value
            if mention.start >= incident.trigger or not isinstance(value, Place):
                continue
            if value.country == country and value.level != "country" and mention.type is MentionType.PLACE:
                return replace(struck, place=(mention.start, mention.end), place_country=country)
    return struck
