"""Who meets together and who one by one: 分别会见, guests of several states, hosts on visits of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.kinds.meeting_parties import sides
from extractors.layers.context import Context
from extractors.reading.mention import Person, side_code
from extractors.rules.ruleset import Match
from schemas import Participant

IN_TURN = re.compile("(?:争相|相继|接连|陆续|先后)(?:访问|到访|造访|前往|抵达|赴|突访|来到)")
SEPARATELY = re.compile("分别|先后")
EACH = re.compile("[^，。；]{0,14}?(?:分别|先后|各自|逐一|多次|双边)(?![^，。；]{0,4}(?:三方|共同))")
# A host receives guests of several states one by one, unless they come together.
RECEIVES = re.compile("会见|接见|会晤了")
TOGETHER = re.compile("集体|共同|一道|一起|一同|联合|代表团|三方|多方|率领|陪同")
ISO = 2  # characters of a state's code


def groups(
    context: Context, match: Match, hosts: list[Participant], guests: list[Participant], first: int
) -> Iterator[tuple[list[Participant], list[Participant]]]:
    """Hosts and guests as they meet: one by one (分别会见; guests on visits of their own) or together."""
    party = match.rule.constants["party"]
    named = match.slots.get("participants", ())
    if party == "visiting" and len(named) == 1 and len(hosts) > 1:
        yield from (([host], guests) for host in hosts)
    elif (
        party == "visiting" and len(sides(guests)) > 1
    ):  # hosts of several states, each with those of his own
        yield from (
            (hosts, [guest for guest in guests if guest.side == side])
            for side in dict.fromkeys(guest.side for guest in guests)
        )
    elif party == "subject" and len(sides(hosts)) > 1 and _are_separate(context, match, hosts):
        yield from (([host], guests) for host in hosts)
    elif party == "subject" and len(guests) > 1 and _is_separate(context, match, first):
        yield from ((hosts, [guest]) for guest in guests)
    else:
        yield hosts, guests


def _is_separate(context: Context, match: Match, first: int) -> bool:
    """Whether the guests are met one by one: 分别会见A和B, 同A和B分别通话, 与A和B多次通话."""
    named = match.slots["participants"]
    folded = context.reading.folded
    clause = max(folded.rfind("，", 0, named[0].start), folded.rfind("。", 0, named[0].start), first - 12)
    return (
        bool(SEPARATELY.search(folded, min(first, clause + 1), named[0].start))
        or bool(EACH.match(folded, named[-1].end, match.span[1]))
        or _receives_strangers(folded, match, first)
    )


def _receives_strangers(folded: str, match: Match, first: int) -> bool:
    """Whether a host receives people of several states, who do not come together: 会见埃及议长贾巴利和哈萨克斯坦议长."""
    named = match.slots["participants"]
    states = {side_code(one) for one in named}
    return (
        len(states) > 1
        and all(isinstance(one.value, Person) for one in named)
        and all(state is not None and len(state) == ISO for state in states)
        and RECEIVES.search(folded, match.span[0], named[0].start) is not None
        and TOGETHER.search(folded, first, named[-1].end) is None
    )


def _are_separate(context: Context, match: Match, hosts: Sequence[Participant]) -> bool:
    """Whether the hosts come each on a visit of his own: 约翰逊与冯德莱恩相继访问基辅，与泽连斯基会面."""
    folded = context.reading.folded
    start = max(folded.rfind(mark, 0, match.span[0]) for mark in "。！？；\n") + 1
    return (
        len(hosts) > 1
        and all(host.name for host in hosts)
        and bool(IN_TURN.search(folded, start, match.span[0]))
    )
