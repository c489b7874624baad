"""Who gives and who receives: the parties around a statement of help, as codes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractors.kinds.sides import side_code
from extractors.reading.document import Reading, Sentence
from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import Mention, MentionType, Organisation, Place, Side

PARTY = {MentionType.SIDE, MentionType.ORGANISATION, MentionType.PERSON, MentionType.PLACE}
JOINED = re.compile("(?:、|和|与|及|以及|，以及|连同)(?:其|一些|部分)?$")
# A party behind these words is where or with whom something happens, not who gives.
OBJECT_OF = re.compile("(?:在|对|与|同|至|由于|访问|到访|抵达|感谢|针对|从|入侵|距|离|支持|打击|攻击|介绍|告诉|来自)$")
SPECIFIC = 2


@lru_cache(maxsize=1)
def _unnamed() -> re.Pattern[str]:
    words = sorted(read_toml("aid.toml")["things"]["donors"], key=lambda word: (-len(word), word))
    side = SYMBOLS[MentionType.SIDE] + SYMBOLS[MentionType.ORGANISATION]
    return re.compile(rf"(?:[{side}]的|一些|部分)?(?:{'|'.join(words)})")


def codes_of(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """The codes of parties, in order, each once."""
    return tuple(dict.fromkeys(code for m in mentions if (code := party_code(m))))


def party_code(mention: Mention) -> str | None:
    """The code a mention stands for as giver or receiver; an organisation without code goes by its name."""
    code = side_code(mention)
    if code is None and isinstance(mention.value, Organisation):
        return None if is_organ(mention) else mention.words
    return code


def is_organ(mention: Mention) -> bool:
    """True for organs named without their country: 国防部, 政府, 国会."""
    return re.search("(?:部|政府|国会|议会|参议院|众议院|军方|国务院|媒体|社|报|台|网|党|大学)$", mention.words) is not None


def donors_before(reading: Reading, sentence: Sentence, last: int, recipients: tuple[str, ...]) -> tuple[str, ...]:
    """The parties nearest before an encoded position that can give: 荷兰和丹麦 in 荷兰和丹麦同意向乌克兰提供."""
    encoded = sentence.encoded
    for at in range(last - 1, -1, -1):
        mention = encoded.mentions[at]
        if mention is None:
            words = _unnamed_ending(reading, encoded, at)
            if words:
                return (words,)
            continue
        if mention.type not in PARTY or OBJECT_OF.search(encoded.text[max(0, at - 2) : at]):
            continue
        code = party_code(mention)
        if code is None or code in recipients or _is_medium(mention, encoded, at):
            continue
        if mention.type is MentionType.PLACE and not _is_country(mention):
            continue
        return _with_joined(encoded, at, code, recipients)
    return ()


def _unnamed_ending(reading: Reading, encoded: Encoded, at: int) -> str | None:
    """乌克兰的盟友, 西方国家, 国际社会 where such words end at an encoded position."""
    start = max(0, at - 6)
    for match in _unnamed().finditer(encoded.text, start, at + 1):
        if match.end() == at + 1:
            return reading.words(*encoded.span(match.start(), match.end()))
    return None


def _with_joined(encoded: Encoded, at: int, code: str, recipients: tuple[str, ...]) -> tuple[str, ...]:
    """The party and those joined to it: A、B和C."""
    found = [code]
    while at > 1:
        join = JOINED.search(encoded.text[max(0, at - 4) : at])
        before = at - (len(join.group()) if join else 0) - 1
        mention = encoded.mentions[before] if join and before >= 0 else None
        other = party_code(mention) if mention is not None and mention.type in PARTY else None
        if other is None or other in recipients:
            break
        found.insert(0, other)
        at = before
    return tuple(dict.fromkeys(found))


def _is_country(mention: Mention) -> bool:
    return isinstance(mention.value, Place) and mention.value.level == "country"


def _is_medium(mention: Mention, encoded: Encoded, at: int) -> bool:
    """News media report, they do not give."""
    if encoded.text[at + 1 : at + 3] in ("媒体", "官媒"):
        return True
    return isinstance(mention.value, Organisation) and (
        re.search("(?:社|报|台|媒体|新闻|时报|电视|广播|网)$", mention.words) is not None
    )


def is_bare(mention: Mention, donors: tuple[str, ...]) -> bool:
    """True for a country or union that announces by itself: 美国宣布, 欧盟宣布."""
    code = side_code(mention)
    if isinstance(mention.value, Side):
        return code in donors
    return isinstance(mention.value, Organisation) and mention.value.code is not None and mention.value.code in donors
