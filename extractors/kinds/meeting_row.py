"""Conferences attended one after the other, told in a row: 出席中国－阿拉伯国家峰会、中国－海合会峰会并访问沙特."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from extractors.kinds.meeting_assemblies import by_name
from extractors.kinds.meeting_conferences import bloc_members, bloc_of
from extractors.kinds.meeting_merging import Telling
from extractors.kinds.meeting_parties import is_known, participants
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.mention import Organisation
from extractors.rules.ruleset import Match
from schemas import Participant

KIND = "(?:峰会|会议|会晤|理事会|首脑会|领导人会|部长会)"
# The next one behind the first: its name begins where the joint ends; titles leave a space between.
NEXT = re.compile(
    f"(?:、|和|及|以及|与|，?并?(?:出席|参加)了?|[ \u3000])(?P<name>[^，。；、在 \u3000]{{2,40}}?{KIND}(?!室|厅|中心|主席))"
)
# The same in the article's own script.
FIRST = re.compile(f"^.{{2,40}}?(?:{KIND}|峰會|會議|會晤|理事會)(?=、|和|及|以及|与| |\u3000)")


def in_a_row(context: Context, sentence: Sentence, match: Match, telling: Telling) -> Iterator[Telling]:
    """The telling of a conference that people attend, and one for each further conference of another body behind it."""
    if match.rule.constants["party"] != "attending" or telling.rule != "attends-conference":
        yield telling
        return
    folded = context.reading.folded
    people = tuple(one for one in telling.people if one.name)
    known = {one.side for one in telling.people}
    own = FIRST.match(telling.event or "")
    yield replace(telling, event=own[0]) if own else telling
    at = match.span[1]
    while people and (found := NEXT.match(folded, at, sentence.end)):
        at = found.end()
        bodies = [one for one in _bodies(context, sentence, found.start("name"), at) if one.side not in known]
        if bodies:
            known.update(one.side for one in bodies)
            yield replace(
                telling,
                people=(*people, *bodies),
                event=context.reading.words(*found.span("name")),
                evidence=context.clause(sentence, telling.evidence[0], at),
            )


def _bodies(context: Context, sentence: Sentence, start: int, end: int) -> list[Participant]:
    """Whose conference it is: the bloc in its name, or the parties by whom it is called."""
    called = by_name(context.reading.folded[start:end])
    if called:
        return called
    inside = [m for m in sentence.mentions if start <= m.start < end]
    blocs = [m for m in inside if bloc_of(m)]
    if blocs:
        members = bloc_members(context, blocs[-1], end)
        return [members] if members else participants(context, blocs[-1:])
    bodies = [m for m in inside if isinstance(m.value, Organisation) and m.value.code]
    return [one for one in participants(context, bodies[-1:]) if is_known(one)]
