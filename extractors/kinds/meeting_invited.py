"""Who comes on an invitation or a visit, and who receives him there: 应普京邀请，…; 马克龙访问波兰期间，图斯克……."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.kinds.meeting_author import author
from extractors.kinds.meeting_frames import Parties, is_named
from extractors.kinds.meeting_subjects import before_sentence, subject
from extractors.kinds.meeting_titles import whole_names
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.mention import Mention, Person, Side
from extractors.rules.ruleset import Match


def visiting(context: Context, sentence: Sentence, match: Match) -> Parties | None:
    """Who comes on an invitation: the first person behind it with a name, in a title with an office."""
    named = whole_names(match.slots["participants"])
    if not all(isinstance(m.value, Person) for m in named):
        return None
    if len(named) > 1 and "应" in context.reading.folded[named[0].end : named[1].start]:
        return Parties(named[:1], named[1:])
    host = named[-1]
    if not isinstance(host.value, Person):
        return None
    guests = [
        m for m in sentence.mentions if m.start >= host.end and _side_of(m) not in (None, host.value.side)
    ]
    if re.match("的?(?:共同|正式|盛情)?邀请，我", context.reading.folded[host.end :]):
        guests = []
    guests = [m for i, m in enumerate(guests) if all(other.start != m.end for other in guests[i + 1 :])]
    guests = [m for m in guests if is_named(m)] or guests or _invited(context, sentence, match, host)
    return Parties(_coordinated(context, guests), named)


def _invited(context: Context, sentence: Sentence, match: Match, host: Mention) -> list[Mention]:
    """Who follows an invitation where nobody is named behind it: the subject before it, or 我 of a signed article."""
    if "我" in context.reading.folded[host.end : match.span[1]]:
        speaker = author(context, sentence)
        return [speaker] if speaker is not None else []
    before = subject(context, sentence, match.first) or before_sentence(context, sentence)
    return [m for m in before if _side_of(m) not in (None, _side_of(host))]


def _coordinated(context: Context, mentions: Sequence[Mention]) -> list[Mention]:
    """The first of some mentions with those joined to it: 巴林国王、埃及总统和突尼斯总统."""
    joined = list(mentions[:1])
    for mention in mentions[1:]:
        if context.reading.folded[joined[-1].end : mention.start] not in ("、", "和", "以及", "与", "及"):
            break
        joined.append(mention)
    return joined


def visited(context: Context, sentence: Sentence, match: Match) -> Parties | None:
    """The guest and the host of a visit: 马克龙访问波兰期间，图斯克……; who flies in may be told in the sentence before."""
    named = match.slots["participants"]
    hosts = [m for m in named[1:] if _side_of(m) != _side_of(named[0])]
    if not hosts:  # 专机抵达时，泰国总理迎接
        guests = [
            m for m in before_sentence(context, sentence) if _side_of(m) not in (None, _side_of(named[0]))
        ]
        return Parties(guests[:1], named[:1]) if guests and len(match.slots) == 1 else None
    countries = [m.value.code for m in match.slots.get("any", ()) if isinstance(m.value, Side)]
    if _side_of(hosts[0]) is None or (countries and _side_of(hosts[0]) not in countries[:1]):
        return None
    return Parties(named[:1], hosts[:1])


def _side_of(mention: Mention) -> str | None:
    return mention.value.side if isinstance(mention.value, Person) else None
