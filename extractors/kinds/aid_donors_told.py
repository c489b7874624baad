"""Who gives where the statement does not name it: whose parliament a bill lies before, who was told to help before."""

from __future__ import annotations

import re

from extractors.kinds.aid_codes import codes_of
from extractors.kinds.aid_frames import Frame
from extractors.kinds.aid_sense import BILL
from extractors.kinds.aid_things import MONEY
from extractors.layers.context import Context, Draft
from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import MentionType

SCHEME = re.compile(
    "法案|议案|提案|草案|一揽子|该计划|这项计划|该方案|计划(?:内容)?(?:包括|将)|协议(?:内容)?(?:包括|将)|(?:该|这份|这项|根据)[^，。]{0,4}协议|该提议"
)
LAWMAKERS = re.compile("联邦议院|国民议会|上院|下院|国会|议会|议员|参议院|众议院|立法院|内阁")
# The same where no mention holds them.
CHAMBERS = re.compile("国会|众议院|参议院|议会|共和党|民主党|两党")
HIS = re.compile("[他她其](?:的)?(?:政府|内阁)")
LEADERS = {MentionType.PERSON, MentionType.SIDE, MentionType.ORGANISATION}
# How many sentences back the parliament may be named whose bill is told of.
LAWMAKERS_REACH = 8
# How many sentences back the donors may be named.
DONORS_REACH = 2
# How many sentences back a statement may stand that tells who helps the same.
TOLD_REACH = 3


def giver_before(context: Context, frame: Frame) -> tuple[str, ...]:
    """The giver or lender named last before a wish: 阿根廷争取基金组织提前拨款。阿方希望得到100亿美元."""
    data = read_toml("aid.toml")
    givers = {*data["parties"]["givers"], *data["types"]["lenders"]} - set(frame.recipients)
    for sentence in [frame.sentence, *context.reading.before(frame.sentence, DONORS_REACH)[::-1]]:
        named = [code for code in codes_of(sentence.mentions, context.reading) if code in givers]
        if named:
            return (named[-1],)
    return ()


def lawmakers(context: Context, frame: Frame) -> tuple[str, ...]:
    """Whose parliament a bill of help lies before, wherever in the sentence it is named: 法案在参议院受阻."""
    if not BILL.search(frame.text, frame.scope, frame.end):
        return ()
    reading, told = context.reading, False
    for sentence in [frame.sentence, *reading.before(frame.sentence, LAWMAKERS_REACH)[::-1]]:
        bodies = [m for m in sentence.mentions if LAWMAKERS.search(m.words)]
        codes = tuple(code for code in codes_of(bodies, reading) if code not in frame.recipients)
        if any(code.isascii() for code in codes):
            return tuple(code for code in codes if code.isascii())
        told = told or bool(bodies) or CHAMBERS.search(sentence.encoded.text) is not None
    return usual_giver(context, frame.recipients) if told else ()


def usual_giver(context: Context, recipients: tuple[str, ...]) -> tuple[str, ...]:
    """The giver an article is about: the one it names far more often than any other."""
    givers = set(read_toml("aid.toml")["parties"]["givers"]) - set(recipients)
    often = [(code, n) for code, n in context.parties.most_common() if code in givers]
    alone = often and (len(often) == 1 or often[0][1] >= 2 * often[1][1])
    return (often[0][0],) if alone else ()


def of_the_scheme(context: Context, frame: Frame, earlier: list[Draft]) -> tuple[str, ...]:
    """Who gives by a scheme that is the subject: 该法案将向…提供 – the donors told before, else whose parliament."""
    if not SCHEME.search(frame.text, frame.clause, frame.first):
        return ()
    told = context.reading.sentence_at(earlier[-1].evidence[0][0]) if earlier else None
    if told is not None and told.passage == frame.sentence.passage:
        return tuple(code for code in earlier[-1].slots["donors"] if code not in frame.recipients)
    for before in reversed(context.reading.before(frame.sentence, DONORS_REACH)):
        bodies = [m for m in before.mentions if LAWMAKERS.search(m.words)]
        if bodies:
            return tuple(code for code in codes_of(bodies, context.reading) if code not in frame.recipients)
        if "协议" in frame.text[frame.clause : frame.first]:  # 英国首相访问基辅，签署安全协议。该协议…
            parties = codes_of([m for m in before.mentions if m.type in LEADERS], context.reading)
            return tuple(code for code in parties if code not in frame.recipients)[:1]
    return ()


def of_his_government(context: Context, frame: Frame) -> tuple[str, ...]:
    """Whose 他的政府 it is: of the person or country that leads the sentence before."""
    if not HIS.search(frame.text, frame.clause, frame.first):
        return ()
    for before in context.reading.before(frame.sentence, 1):
        leading = next((m for m in before.mentions if m.type in LEADERS), None)
        return tuple(
            code
            for code in codes_of([leading] if leading else [], context.reading)
            if code not in frame.recipients
        )
    return ()


def told_before(context: Context, frame: Frame, earlier: list[Draft]) -> tuple[str, ...]:
    """Donors that a statement with a sum, a bill or counted things leaves out: those just told to help the same."""
    if not (MONEY in frame.text[frame.scope : frame.end] or BILL.search(frame.text, frame.scope, frame.end)):
        return ()
    same = [draft for draft in earlier if set(draft.slots["recipients"]) & set(frame.recipients)]
    told = context.reading.sentence_at(same[-1].evidence[-1][0]) if same else None
    if told is None or (told.passage != frame.sentence.passage and not told.heading):
        return ()
    near = frame.sentence.index - told.index <= TOLD_REACH or told.index == 0
    return tuple(same[-1].slots["donors"]) if near else ()
