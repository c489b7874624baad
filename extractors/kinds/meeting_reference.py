"""Guests told by reference: 其 and 对方, 代表团 told before, and people of the country visited."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.kinds.meeting_owners import LEADERS
from extractors.kinds.meeting_parties import REGION
from extractors.kinds.meeting_subjects import subject
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.mention import Mention, Organisation, Person, Place, Side, side_code
from extractors.rules.ruleset import Match

GOES_TO = (
    "访问",
    "到访",
    "出访",
    "造访",
    "抵达",
    "对",
    "访",
    "前往",
    "飞往",
    "赴",
    "来到",
    "转往",
    "转抵",
    "飞抵",
    "抵",
)


def of_the_visited(sentence: Sentence, match: Match, guests: Sequence[Mention]) -> list[Mention]:
    """The guests, those of no known side as people of the country visited: 访问印尼，分别会见新任总统普拉博沃."""
    text = sentence.encoded.text
    places = {
        code
        for mention in sentence.encoded.mentions_in(0, match.first)
        if isinstance(mention.value, Place)
        and text[: sentence.encoded.position(mention.start)].endswith((*GOES_TO, "在"))
        and (code := side_code(mention))
    }
    visited = {
        code
        for mention in sentence.encoded.mentions_in(0, match.first)
        if isinstance(mention.value, Side)
        and text[: sentence.encoded.position(mention.start)].endswith(GOES_TO)
        and (code := side_code(mention))
    }
    of_town = not visited and len(places) == 1
    visited = visited or places
    if len(visited) != 1:
        return list(guests)
    side = visited.pop()
    return [
        replace(guest, value=replace(guest.value, side=side))
        if isinstance(guest.value, Person)
        and guest.value.side is None
        and guest.value.role
        and (LEADERS.match(guest.value.role) or not (of_town or REGION.match(guest.value.role)))
        else guest
        for guest in guests
    ]


REACH = 2  # sentences
# Who comes along is not whom they receive: 商务部长等陪同人员同机抵达。智利外长前来迎接。
COMPANION = re.compile("[^，。；]{0,6}(?:陪同|随行|同机)")


def met_by_reference(
    context: Context, sentence: Sentence, match: Match
) -> tuple[list[Mention], Mention] | None:
    """Who meets 他, 其 or 对方: the subject, and the person of another side named last before it."""
    if re.match(
        ".(?:(?:他|她|其|对方|后者)的|其(?:他|它|中|余|间|后|实))", match.encoded.text[match.first :]
    ):
        return None
    hosts = subject(context, sentence, match.first)
    if match.encoded.text[match.first : match.last].endswith(("代表团", "代表团一行")):
        delegation = _delegation_before(context, sentence, match)
        return (hosts, delegation) if delegation is not None and hosts else None
    sides = {side_code(host) for host in hosts}
    for other in (
        sentence,
        *reversed(context.reading.sentences[max(0, sentence.index - REACH) : sentence.index]),
    ):
        if other.passage != sentence.passage:
            break
        for mention in reversed(other.mentions):
            if (
                mention.end <= match.span[0]
                and isinstance(mention.value, Person)
                and mention.value.name
                and side_code(mention) not in {None, *sides}
                and not COMPANION.match(context.reading.folded, mention.end)
            ):
                return (hosts, mention) if hosts else None
    return None


def _delegation_before(context: Context, sentence: Sentence, match: Match) -> Mention | None:
    """The delegation named last before 会见了代表团, in the sentence or the one before."""
    for other in (
        sentence,
        *reversed(context.reading.sentences[max(0, sentence.index - 1) : sentence.index]),
    ):
        for mention in reversed(other.mentions):
            known = isinstance(mention.value, Organisation | Side) and mention.end <= match.span[0]
            if known and (
                mention.words.endswith("代表团") or context.reading.folded.startswith("代表团", mention.end)
            ):
                return mention
    return None
