"""Who wants help, and from whom: 我们需要更多坦克, 它还想要美国的武器 – statements that name neither as asker and asked."""

from __future__ import annotations

import re

from extractors.kinds.aid_codes import codes_of, is_receiver, unnamed_donors
from extractors.kinds.aid_objects import clause_start
from extractors.kinds.aid_parties import addressees, donors_before, subject_before
from extractors.layers.context import Context
from extractors.layers.speakers import speaker_side
from extractors.reading.document import Sentence
from extractors.reading.mention import MentionType
from extractors.rules.ruleset import Match

# Whoever speaks speaks of the own side: 我们, 我国; else of somebody named before: 它, 该国.
OWN = re.compile("我们|我国|我方|我军")
ALSO = re.compile("(?:并|还|也|同时|此外)*")
NAMED_BEFORE = re.compile("它(?!们)|该国|其|他|她")
PARTY = {MentionType.SIDE, MentionType.ORGANISATION}


def who_wants(context: Context, sentence: Sentence, match: Match) -> tuple[str, ...]:
    """The side that wants what a match names, nobody where it is one that gives rather than receives."""
    text, encoded = match.encoded.text, match.encoded
    clause = clause_start(text, match.first)
    found: tuple[str, ...] = ()
    if OWN.search(text, clause, match.last):
        found = _speakers(context, sentence, encoded.starts[match.first])
    else:
        found = donors_before(context.reading, sentence, match.first, (), clause, firm=True)
        if not found and ALSO.fullmatch(text, clause, match.first):  # 泽连斯基与英国首相通话，请求武器支援
            found = subject_before(context.reading, sentence, clause, ())
        if not found and NAMED_BEFORE.search(text, clause, match.last):
            found = donors_before(context.reading, sentence, clause, (), firm=True)
            found = found or _speakers(context, sentence, encoded.starts[match.first])
    sides = tuple(code for code in found if code.isascii())
    spoken = _speakers(context, sentence, encoded.starts[match.first])
    if spoken and spoken != sides:  # others say what a country needs
        return ()
    return sides if len(sides) == 1 and is_receiver(sides) else ()


def who_speaks(context: Context, sentence: Sentence, match: Match) -> tuple[str, ...]:
    """The side of whoever says what a match tells, nobody where it is one that gives."""
    spoken = _speakers(context, sentence, match.encoded.starts[match.first])
    return spoken if is_receiver(spoken) else ()


def partners_of(
    context: Context, sentence: Sentence, match: Match
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who gives and who receives by a treaty on help: 尼泊尔与亚洲开发银行签署贷款协议, whichever is named first."""
    encoded, reading = match.encoded, context.reading
    clause = clause_start(encoded.text, match.first)
    partner = codes_of(
        [m for m in encoded.mentions_in(match.first, match.last) if m.type in PARTY][:1], reading
    )
    subject = donors_before(reading, sentence, match.first, partner, clause, firm=True)
    if not partner or not subject:
        return (), ()
    gives = not is_receiver(subject) or not _is_state(subject)
    if gives == (not is_receiver(partner) or not _is_state(partner)):
        return (), ()
    return (subject, partner) if gives else (partner, subject)


def _is_state(codes: tuple[str, ...]) -> bool:
    """True for states, which go by two letters."""
    return all(len(code) == len("UA") and code.isascii() for code in codes)


def _speakers(context: Context, sentence: Sentence, offset: int) -> tuple[str, ...]:
    claim = context.claim(sentence, offset)
    side = speaker_side(claim.speaker) if claim else None
    return (side,) if side else ()


def wanted_from(
    context: Context, sentence: Sentence, first: int, last: int, recipients: tuple[str, ...]
) -> tuple[str, ...]:
    """Whom the wish goes to: whose things they are (美国的武器), whom the speaker addresses, partners not named."""
    encoded, reading = sentence.encoded, context.reading
    inside = [m for m in encoded.mentions_in(first, last) if m.type in PARTY]
    of = tuple(code for code in codes_of(inside, reading) if code not in recipients)
    asked = of or addressees(reading, encoded, 0, recipients)
    if not asked:
        asked = unnamed_donors(reading, sentence, len(encoded.text))
    for before in reading.before(sentence, 2)[::-1]:
        asked = asked or addressees(reading, before.encoded, 0, recipients)
        asked = asked or unnamed_donors(reading, before, len(before.encoded.text))
    return asked
