"""Towns that no gazetteer knows, by how their names are written and what follows them."""

from __future__ import annotations

from extractors.kinds.strike_place_words import COUNT, GLOSS, LATIN, OF_TOWNS, SUFFIX, TOWN, UNKNOWN_KIND
from extractors.reading.encoding import Encoded
from extractors.reading.gazetteer import transliteration
from extractors.reading.mention import MentionType, Person, side_code


def name_in_pieces(encoded: Encoded, at: int, last: int) -> int | None:
    """The end of a town's name that the tagger took for a person and a place: 哈雷特赛 + 义达镇."""
    first, second = encoded.mentions[at], encoded.mentions[at + 1] if at + 1 < last else None
    if first is None or second is None or first.type is not MentionType.PERSON:
        return None
    person = first.value
    unnamed = isinstance(person, Person) and not person.role and person.side is None
    if unnamed and second.type is MentionType.PLACE and TOWN.search(second.words) and not side_code(second):
        return at + 2
    return None


def unknown_name(encoded: Encoded, at: int, last: int) -> int | None:
    """The end of a foreign name that nobody knows, where its kind, 的, a number or the end follows it."""
    latin = LATIN.match(encoded.text, at, last)
    if latin and (
        latin.end() >= last
        or encoded.text[latin.end() : latin.end() + 1] in ("的", "市", "镇", "村", "区", "附", COUNT)
    ):
        kind = UNKNOWN_KIND.match(encoded.text, latin.end(), last)
        suffix = kind or SUFFIX.match(encoded.text, latin.end(), last)
        return suffix.end() if suffix else latin.end()
    letters, end = transliteration(), at
    while end < last and encoded.mentions[end] is None and encoded.text[end] in letters:
        end += 1
    written = end - at
    gloss = GLOSS.match(encoded.text, end, last) if written >= 2 else None
    end = gloss.end() if gloss else end
    kind = UNKNOWN_KIND.match(encoded.text, end, last)
    if kind and written >= 2:
        return kind.end()
    if written < (2 if encoded.text[at - 2 : at] in OF_TOWNS else 3):
        return None
    following = encoded.text[end : end + 1] if end < last else ""
    return end if following in ("", "的", "市", "镇", "村", COUNT) else None
