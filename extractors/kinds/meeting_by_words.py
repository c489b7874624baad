"""Meetings that no rule tells of, read by linear models over the words of a sentence.

The rules say how meetings are told; news tells them in more ways than rules foresee. Whether a sentence with parties of two
sides states a meeting, and who of those named takes part, shows in many weak signs together. The models weigh them
(`extractors/model/meetings.json`, trained as `extractors/model/README.md` tells).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from extractors.kinds.meeting_authority import authority
from extractors.kinds.meeting_certainty import sums_up
from extractors.kinds.meeting_circumstances import UNWANTED, UNWANTED_BEHIND, format_of, without_guest
from extractors.kinds.meeting_event import event_of
from extractors.kinds.meeting_frames import Met
from extractors.kinds.meeting_likely import is_untold, status_told, taking_part, way_told
from extractors.kinds.meeting_merging import Telling, same_person, united
from extractors.kinds.meeting_parties import is_known, participants, sides
from extractors.kinds.meeting_place import place_of
from extractors.kinds.meeting_telling import DENIED, MODALITY, OVER_YEARS, is_tally
from extractors.kinds.meeting_when import is_history, own_time, when_met
from extractors.kinds.meeting_words import Statement, features_of_party, features_of_statement
from extractors.kinds.repetition import told_before
from extractors.layers.context import Context
from extractors.linear import LinearModel, load
from extractors.reading.encoding import SYMBOLS
from extractors.reading.lexicon_files import MODEL
from extractors.reading.mention import Mention, MentionType
from schemas import Participant

STATES = "".join(SYMBOLS[kind] for kind in (MentionType.SIDE, MentionType.PLACE))
MODELS = ("meeting", "party")
RULE = "by-its-words"
# A meeting is told where a sentence states one with this probability; a party takes part with more than even odds.
LIKELY, EVEN = 0.7, 0.5
# The words by which people meet, the surest first.
VERBS = (
    re.compile("会见|会晤|会谈|会面|通话|通电话|见面|晤谈|磋商|谈判|接见|拜会|面谈|对话"),
    re.compile(
        "会议|峰会|论坛|大会|访问|到访|访|接待|迎接|欢迎|电话|交流|讨论|协商|出席|参加|抵达|会|谈|见|晤"
    ),
)
MARKS, TITLE_MARKS = "，。！？；", "，。！？； \u3000"
# Who came is listed behind this: 来华出席开幕式的外国领导人有：…
LISTED = re.compile("[有括为]：$")
# Nothing is set down, or it is asked whether it is.
NO_PLAN = re.compile(
    "(?:没有|并无|尚无|暂无|无)[^，。；]{0,20}的?(?:计划|打算|安排|意愿|兴趣|必要|可能)|何时|是否"
)
# 访问南非、乌拉圭: no one place of theirs.
SEVERAL_PLACES = re.compile(f"访问?(?:了)?[{STATES}](?:、|和|与|及|并访问|以及)[{STATES}]")


@lru_cache(maxsize=1)
def _models() -> Mapping[str, LinearModel]:
    return load(MODEL / "meetings.json", MODELS)


def told_by_words(context: Context, tellings: Sequence[Telling]) -> Iterator[Telling]:
    """The meetings of sentences in which the rules see none, of people whom no telling has meeting."""
    seen = list(tellings)
    told = {
        found.index
        for one in tellings
        for offset in (one.evidence[0], one.evidence[1] - 1)
        if (found := context.reading.sentence_at(offset)) is not None
    }
    for sentence in context.reading.sentences:
        statement = Statement(context, sentence)
        if sentence.index in told or not statement.is_possible:
            continue
        likely = _models()["meeting"].probability(features_of_statement(statement))
        if likely < LIKELY:
            continue
        mentions = taking_part(statement, _likely_parties(statement))
        people = united((), [one for one in participants(context, mentions) if is_known(one)])
        if len(sides(people)) > 1 and told_before(seen, people, _is_told) is None:
            telling = _telling(statement, mentions, people, likely)
            if telling is not None:
                seen.append(telling)
                yield telling


def _likely_parties(statement: Statement) -> list[Mention]:
    rated = (
        (_models()["party"].probability(features_of_party(statement, party)), party.mention)
        for party in statement.parties
    )
    return [mention for likely, mention in rated if likely > EVEN]


def _is_told(people: Sequence[Participant], telling: Telling) -> bool:
    """Whether a telling has these people, or two of them, meeting, by sides or by name."""
    others = telling.people
    same = [one for one in people if any(same_person(one, other) for other in others)]
    if len(sides(same)) > 1:
        return True
    named = [one for one in people if one.name]
    others_named = len(sides(named)) > 1 and not same  # 朔尔茨总理 where the article is of his minister
    return sides(people) <= sides(others) and not others_named


def _telling(
    statement: Statement, mentions: Sequence[Mention], people: tuple[Participant, ...], likely: float
) -> Telling | None:
    context, sentence, encoded = statement.context, statement.sentence, statement.sentence.encoded
    text = without_guest(encoded.text)
    first, last = encoded.position(mentions[0].start), encoded.position(mentions[-1].start)
    verb, end = _verb(text, first, last)
    marks = TITLE_MARKS if sentence.heading else MARKS
    opening = max((text.rfind(mark, 0, first) for mark in marks), default=-1) + 1
    if LISTED.search(text, 0, opening):
        opening = max((text.rfind(mark, 0, opening - 1) for mark in marks), default=-1) + 1
    close = next((at for at in range(end, len(text)) if text[at] in marks), len(text))
    stretch = (mentions[0].start, encoded.span(first, max(end, last + 1))[1])
    met = Met(people, stretch)
    own = own_time(context, sentence, met, encoded.starts[verb])
    leading, behind = text[opening:end], text[end:close]
    clause, told_to = encoded.starts[opening], encoded.span(opening, close)[1]
    untold = is_untold(context.reading.folded[clause:told_to])
    if (
        is_history(context, own)
        or OVER_YEARS.search(text)
        or is_tally(own, context.reading.folded[clause:told_to])
        or untold
        or sums_up(context, people, (clause, told_to))
    ):
        return None
    status = status_told(context, sentence, leading, behind, clause=clause)
    denied = DENIED.search(leading) is not None
    if NO_PLAN.search(leading + behind) or UNWANTED_BEHIND.search(behind):
        return None
    if UNWANTED.search(leading) and status != "cancelled" and not denied:
        return None
    if status == "held" and own is not None and own.period is not None:
        status = "planned" if own.period.start > context.reading.published else status
    where = place_of(context, sentence, clause, told_to)
    where = None if SEVERAL_PLACES.search(text, opening, close) else where
    how = format_of(text[first:close])
    how = way_told(text[opening:close]) if how == "unspecified" else how
    return Telling(
        rule=RULE,
        people=people,
        format=how if how != "unspecified" or where is None else "in_person",
        status="held" if denied else status,
        modality="denied" if denied else MODALITY[status],
        place=where[0] if where and how != "phone" else None,
        event=event_of(context, sentence, stretch[0], told_to),
        when=when_met(context, sentence, clause, met, own, "cancelled" if denied else status),
        dated=bool(context.dates.in_sentence(sentence)) and sentence.passage > 0,
        claimed_by=authority(context, sentence, encoded.starts[verb], met),
        heading=sentence.heading,
        evidence=context.clause(sentence, *stretch),
        likelihood=likely,
    )


def _verb(text: str, first: int, last: int) -> tuple[int, int]:
    """The word of meeting: the first one behind the first party that the surest words give, else the second party."""
    for words in VERBS:
        found = words.search(text, first + 1)
        if found is not None:
            return found.span()
    return last, last + 1
