"""Meetings: one record each, from what the rules match in title, lead and body.

Who meets whom is read in `meeting_match`, with `meeting_parties`; when, where and how in `meeting_telling`, with
`meeting_circumstances` and `meeting_visits`; what speakers recall in `meeting_recalled`; what rules leave in `meeting_by_words`; one
record is made of many tellings in `meeting_merging`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractors.kinds.meeting_addressed import addressed
from extractors.kinds.meeting_by_words import told_by_words
from extractors.kinds.meeting_company import with_company
from extractors.kinds.meeting_conferences import with_attendees
from extractors.kinds.meeting_holders import holders_of, with_names
from extractors.kinds.meeting_match import meetings_of
from extractors.kinds.meeting_merging import Telling, merged, once_each, with_sides
from extractors.kinds.meeting_occasion import on_occasion
from extractors.kinds.meeting_recalled import recalled
from extractors.kinds.meeting_row import in_a_row
from extractors.kinds.meeting_sequence import going_on
from extractors.kinds.meeting_telling import told
from extractors.kinds.meeting_visits import placed, visits_of
from extractors.layers.context import Context, Draft
from extractors.reading.document import Sentence
from extractors.rules.ruleset import Match, RuleSet
from schemas import Participant, Period

# A full name that comes so far behind a telling at most is still its name: the telling is of the lead.
NEAR_BEHIND = 60
# So many sentences behind his full name somebody's short one still stands for it.
NEAR = 6


def find(context: Context, rules: RuleSet) -> list[Draft]:
    """The meetings of an article: one record each, with the union of what its tellings say."""
    tellings: list[Telling] = []
    for sentence in context.reading.sentences:
        if rules.gate.search(context.reading.folded, sentence.start, sentence.end):
            tellings += _tellings(context, sentence, rules, tellings)
    tellings = [on_occasion(context, telling) for telling in going_on(context, tellings)]
    tellings += recalled(context, tellings)
    tellings += addressed(context)
    tellings += told_by_words(context, tellings)
    complete = [with_sides(telling, tellings) for telling in tellings]
    holders = holders_of(context) if tellings else {}
    meetings = merged(with_names(one, holders) for one in complete if one is not None)
    visits = visits_of(context) if meetings else ()
    return [_draft(context, _of_the_day(context, placed(context, telling, visits))) for telling in meetings]


def _tellings(
    context: Context, sentence: Sentence, rules: RuleSet, before: Sequence[Telling]
) -> list[Telling]:
    """What a sentence tells of meetings, after those told `before`; of the readings of one verb the first stands."""
    found: list[Telling] = []
    taken: set[int] = set()
    for match in rules.matches(sentence.encoded, overlapping=True):
        if _is_told(match, found):
            continue
        verb = range(match.last - 2, match.last)
        if taken.intersection(verb):
            continue
        read = [told(context, sentence, match, met) for met in meetings_of(context, sentence, match, before)]
        if any(read):
            taken.update(verb)
            whole = (
                with_company(context, sentence, match, telling) for telling in read if telling is not None
            )
            rows = (one for telling in whole for one in in_a_row(context, sentence, match, telling))
            found += [with_attendees(context, telling) for telling in rows]
    return found


def _is_told(match: Match, found: Sequence[Telling]) -> bool:
    """Whether a conference is the occasion of a meeting told in the sentence, or has been told itself."""
    party = match.rule.constants["party"]
    return (party == "attending" and bool(found)) or (
        party == "bloc" and any(telling.rule == match.rule.name for telling in found)
    )


def _of_the_day(context: Context, telling: Telling) -> Telling:
    """A meeting that only a headline tells, without a day, is news of the day."""
    sentence = context.reading.sentence_at(telling.evidence[0])
    if telling.when or telling.status != "held" or sentence is None or sentence.passage:
        return telling
    if telling.claimed_by is not None:
        return telling
    day = context.reading.published
    return replace(telling, when=Period(start=day, end=day, precision="day"))


def _draft(context: Context, telling: Telling) -> Draft:
    return Draft(
        kind="meeting",
        found_by=f"meeting/{telling.rule}",
        evidence=(telling.evidence, *telling.further),
        slots={
            "participants": tuple(
                _as_written(context, person, telling.evidence[1]) for person in once_each(telling.people)
            ),
            "format": telling.format,
            "status": telling.status,
            "place": _words(context, telling.place),
            "event": telling.event,
        },
        claimed_by=telling.claimed_by,
        modality=telling.modality,
        when=telling.when,
        likelihood=telling.likelihood,
    )


def _as_written(context: Context, person: Participant, told_at: int) -> Participant:
    """The participant under the full name the article gives near the telling, in the article's own script."""
    name = person.name
    full = context.full_names.get(name) if name is not None and "·" not in name else None
    if full is not None:
        at = context.reading.folded.rfind(full, 0, told_at + NEAR_BEHIND)
        given, told = context.reading.sentence_at(at), context.reading.sentence_at(told_at)
        near = at >= 0 and given is not None and told is not None and told.index - given.index <= NEAR
        name = full if near else name
    side = person.side if person.side is None or person.side.isascii() else _words(context, person.side)
    return Participant(name=_words(context, name), role=_words(context, person.role), side=side)


def _words(context: Context, folded: str | None) -> str | None:
    return context.reading.as_written(folded) if folded else folded
