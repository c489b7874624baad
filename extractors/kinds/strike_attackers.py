"""Who struck: the agent of a passive, the subject of an active verb, the attack given as the cause, or the subject carried on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors.kinds.strike_blows import Blow
from extractors.kinds.strike_objects import Struck
from extractors.kinds.strike_parties import actor, attacker_before
from extractors.kinds.strike_tolls import DIED
from extractors.kinds.strike_whereabouts import CLAUSE_MARK
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.mention import MentionType

if TYPE_CHECKING:
    from extractors.kinds.strike_incidents import Incident

# The attack that is the cause of what the clause goes on to tell.
CAUSED = re.compile("(?:袭击|空袭|炮击|攻击|轰炸|打击|行动)[^，。；]{0,6}(?:导致|造成|致使|使得)了?$")
# Who tells of harm and does none.
CIVIL = re.compile(
    "公司|铁路|医院|紧急|救援|消防|警|卫生|电力|能源|媒体|通讯社|红十字|市长|州长|检察|监察|国务院|外交|白宫|航运|海事|教育|文化|联合国|议会"
)
# Templates in which somebody suffers the attack.
SUFFERED = re.compile("<suffer>|<befall>")
# Who speaks tells of his own deed: 乌方说它袭击了机场.
ITSELF = re.compile("[，“]?(?:它|其|他们|我军|我方|己方|该(?:组织|部队|武装)|我们)")
# The same in a clause of its own: 由于俄军的炮击，….
CAUSE_CLAUSE = re.compile(
    "(?:由于|因|在|随着|受)[^，。；对向遭]*(?:袭击|空袭|炮击|攻击|轰炸|打击)(?:之?后|中|时|期间|影响)?，$"
)


def attacker_of(
    context: Context, sentence: Sentence, blow: Blow, struck: Struck, trigger: int, previous: Incident | None
) -> str | None:
    """Who struck: the agent of a passive, the subject of an active verb, or the subject carried on."""
    shape = blow.match.rule.constants["shape"]
    if shape in ("before", "none") or (
        (shape == "between" and blow.match.rule.name in ("attack-with-toll", "died-in-attack-on"))
        or (shape in ("behind", "between") and SUFFERED.search(blow.match.template))
    ):
        agent = _agent(context, sentence, blow, struck)
        if agent is None and shape == "before":
            agent = _cause_before(context, sentence, blow) or _cause_within(
                context, sentence, blow, struck, trigger
            )
        if agent is not None:
            return agent
        if shape == "before":
            return previous.attacker if previous and not struck.place else None
    claim = context.claim(sentence, trigger)
    begin = claim.start if claim is not None and claim.start >= sentence.start else sentence.start
    carried = previous is not None and previous.attacker is not None and previous.last <= trigger
    since = max(begin, previous.last) if previous is not None and carried else begin
    if blow.match.rule.name in DIED:  # who died in an attack stands before it, not who made it
        trigger = max(since, clause_start(context.reading.folded, sentence, trigger))
    found = attacker_before(context, sentence, since, trigger, struck)
    speaker = None
    if claim is not None and begin == claim.start:
        speaker = None if CIVIL.search(claim.speaker.words) else actor(context, claim.speaker)
    newly = speaker is not None and previous is not None and begin >= previous.last
    if found is None and previous is not None and not newly:
        found = previous.attacker
    if (
        found is None
        and speaker is not None
        and shape in ("behind", "between")
        and speaker not in struck.owners
    ):
        itself = ITSELF.match(context.reading.folded, begin + 1, trigger) is not None
        elsewhere = struck.place_country != speaker or any(owner != speaker for owner in struck.owners)
        if itself or elsewhere:
            own_goal = blow.match.rule.name == "goal-of-attack" and not struck.owners
            return None if own_goal or blow.match.rule.name == "fell-on-object" else speaker
    return found


def _agent(context: Context, sentence: Sentence, blow: Blow, struck: Struck) -> str | None:
    """The side named in the words of the verb, nearest to it: 遭乌军炮击."""
    begin, end = sentence.encoded.span(blow.verb, max(blow.end, blow.verb + 1))
    if blow.match.rule.constants["shape"] == "between" and "target" in blow.match.words:
        end = min(end, blow.match.words["target"][0])  # 遭遇俄军对乌电网的袭击
    agent: str | None = None
    for mention in sentence.mentions:
        if begin <= mention.start < end and mention.type in (MentionType.SIDE, MentionType.ORGANISATION):
            code = actor(context, mention)
            if code and (code not in struck.owners or SUFFERED.search(blow.match.template)):
                agent = code
    return agent


def _cause_within(
    context: Context, sentence: Sentence, blow: Blow, struck: Struck, trigger: int
) -> str | None:
    """Whose attack the clause itself gives as the cause: 俄军的空袭导致一栋楼受损."""
    if not CAUSED.search(sentence.encoded.text, 0, blow.begin):
        return None
    claim = context.claim(sentence, trigger)
    opened = claim.start if claim is not None and claim.start >= sentence.start else sentence.start
    return attacker_before(context, sentence, opened, sentence.encoded.starts[blow.begin], struck)


def _cause_before(context: Context, sentence: Sentence, blow: Blow) -> str | None:
    """Whose attack the clause before gives as the cause: 由于俄军的炮击，一栋楼起火."""
    encoded = sentence.encoded
    cause = CAUSE_CLAUSE.search(encoded.text[: blow.begin])
    if cause is None:
        return None
    codes = [
        actor(context, mention)
        for mention in encoded.mentions_in(*cause.span())
        if mention.type in (MentionType.SIDE, MentionType.ORGANISATION)
    ]
    named = [code for code in codes if code]
    return named[0] if len(set(named)) == 1 else None


def clause_start(text: str, sentence: Sentence, offset: int) -> int:
    """The offset at which the clause of an offset begins."""
    return max(sentence.start, max(text.rfind(mark, sentence.start, offset) for mark in CLAUSE_MARK) + 1)
