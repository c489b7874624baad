"""Who receives by a match of a template: in its slots, the subject of getting, who asks, or whoever the article is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from extractors.kinds.aid_codes import channels, codes_of, is_receiver, is_rich, is_told_country
from extractors.kinds.aid_objects import VERBS, clause_start
from extractors.kinds.aid_parties import donors_before, subject_before
from extractors.kinds.aid_things import object_end
from extractors.layers.context import Context
from extractors.layers.speakers import speaker_side
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import MentionType, Side
from extractors.rules.ruleset import Match

SPEAKERS = "".join(SYMBOLS[kind] for kind in (MentionType.SIDE, MentionType.ORGANISATION, MentionType.PERSON))
PARTY = f"[{SPEAKERS}{SYMBOLS[MentionType.PLACE]}]"
# For whose sake help is given that names no recipient.
SAKE = re.compile(
    rf"(?:帮助|协助|支持|用于|声援|资助|援助|支援|保卫)(?P<who>{PARTY})|对(?P<whose>{PARTY})(?:战争|的?防务|战事)"
)
FOR_SAKE = re.compile(
    rf"为了?(?:进一步|更好地?|继续)?(?:帮助|协助|支持|声援|援助|支援|保卫)(?P<who>{PARTY})[^。，]{{0,12}}，"
)
AND = re.compile("并|还|也|同时|另")
ASKING_RULES = ("appeal-without-recipient",)
# Whose people they are where they have fled: 波兰的乌克兰难民.
FLED = re.compile(
    rf"(?:境内)?的(?P<who>[{SYMBOLS[MentionType.SIDE]}{SYMBOLS[MentionType.PLACE]}])(?:难民|灾民|流离失所)"
)
# How far behind the statement the words 帮助乌克兰 may stand.
SAKE_REACH = 24
# Who is asked for money to be given to others, never a recipient: 向国会提出拨款.
PARLIAMENT = re.compile("国会|议会|参议院|众议院|立法院|联邦议院")
GROUP = re.compile(
    rf"[向为给对](?:其他|其它|广大|有需要的|最)*(?P<who>(?:最不发达|最贫困|发展中|欠发达|不发达|脆弱|贫困|受影响的?|{SYMBOLS[MentionType.PLACE]})(?:国家和地区|国家|各国|岛国))"
)
ASKED = re.compile("提出|要求|呼吁|敦促|请求|恳求|演讲|讲话|施压|表示|致辞")


def usual_recipients(context: Context, matches: Iterable[Match]) -> tuple[str, ...]:
    """Who receives in an article with these matches, most often first: for statements that leave the recipient out."""
    named: Counter[str] = Counter()
    for match in matches:
        if not ASKED.search(match.encoded.text, match.first, match.last):
            named.update(recipients_of(context, match))
    for channel in channels():
        named.pop(channel, None)
    if not named:
        named = _often_named(context)
    return tuple(sorted(named, key=lambda code: (-named[code], code)))


def recipients_of(context: Context, match: Match) -> tuple[str, ...]:
    """The recipients a match names, without parliaments that are asked and names in quotation marks (“爱国者”)."""
    whole, slot = context.reading.whole, match.slots.get("recipients", ())
    fled = FLED.match(match.encoded.text, match.encoded.position(slot[-1].start) + 1) if slot else None
    if fled:
        return codes_of(match.encoded.mentions_in(*fled.span("who")), context.reading)
    named = [
        mention
        for mention in match.slots.get("recipients", ())
        if not PARLIAMENT.search(mention.words)
        and is_told_country(context, mention)
        and whole[mention.start - 1 : mention.start] != "“"
    ]
    return codes_of(named, context.reading)


def _often_named(context: Context) -> Counter[str]:
    """The countries an article is about that may receive: named at least half as often as the one named most."""
    sides = Counter(
        mention.value.code
        for sentence in context.reading.sentences
        for mention in sentence.mentions
        if isinstance(mention.value, Side) and mention.value.code not in channels()
    )
    givers, most = set(read_toml("aid.toml")["parties"]["givers"]), max(sides.values(), default=0)
    return Counter({code: n for code, n in sides.items() if code not in givers and 2 * n >= most})


def group_of(context: Context, match: Match) -> tuple[str, ...]:
    """The group of countries a match names, as written: 发展中国家, 中亚国家."""
    found = GROUP.search(match.encoded.text, match.first, match.last)
    return (context.reading.words(*match.encoded.span(*found.span("who"))),) if found else ()


def askers_of(context: Context, sentence: Sentence, match: Match) -> tuple[str, ...]:
    """Who asks for help: the party before the asking, never who is asked."""
    asked = codes_of(match.slots["donors"], context.reading)
    clause = clause_start(match.encoded.text, match.first)
    askers = donors_before(context.reading, sentence, match.first, asked, clause, firm=True)
    if not askers and AND.match(match.encoded.text, clause):  # 海地请求肯尼亚派警察，并向美国要求装甲车
        askers = subject_before(context.reading, sentence, clause, asked)
    askers = askers or donors_before(context.reading, sentence, clause, asked, firm=True)
    return tuple(code for code in askers if code.isascii())


def subject_of_getting(context: Context, match: Match) -> tuple[int, tuple[str, ...]]:
    """Where the statement of who receives begins, and who: the party nearest before the verb, its subject."""
    text, encoded = match.encoded.text, match.encoded
    verb = VERBS["got"].search(text, match.first, match.last)
    last = verb.start() if verb else match.first
    for at in range(last - 1, match.first, -1):
        mention = encoded.mentions[at]
        if mention is None or mention.type not in (MentionType.SIDE, MentionType.ORGANISATION):
            continue
        if text[at - 1] in "从由自、和与及" or text[at + 1] in "的、和与及":
            break
        return at, codes_of([mention], context.reading)
    return match.first, codes_of(match.slots["recipients"], context.reading)


def recipients_nearby(
    context: Context, sentence: Sentence, match: Match, usual: tuple[str, ...]
) -> tuple[str, ...]:
    """Recipients that the statement leaves out: a country for whose sake it is done, else the usual one."""
    encoded = sentence.encoded
    clause = clause_start(encoded.text, match.first)
    givers = donors_before(context.reading, sentence, match.last, (), clause)
    if match.rule.name in ASKING_RULES:  # 莫斯科要求北京提供支持
        askers = donors_before(context.reading, sentence, match.first, givers, clause, firm=True)
        if len(askers) == 1 and askers[0].isascii() and not is_rich(askers):
            return askers
    purpose = FOR_SAKE.search(encoded.text, 0, match.first)  # 为支持乌克兰，渥太华将提供…
    if purpose:
        codes = codes_of(encoded.mentions_in(*purpose.span("who")), context.reading)
        if codes and not set(codes) & set(givers):
            return codes
    reach = min(object_end(encoded.text, match.last) + SAKE_REACH, len(encoded.text))
    for found in SAKE.finditer(encoded.text, match.first, reach):
        codes = codes_of(
            encoded.mentions_in(*found.span("who" if found["who"] else "whose")), context.reading
        )
        if not set(codes) & set(givers):
            return codes
    named = next(((code,) for code in usual if code not in givers), ())
    claim = None if named or not givers else context.claim(sentence, encoded.starts[match.first])
    side = speaker_side(claim.speaker) if claim is not None else None
    # 尼泊尔外长说，印度承诺供应小麦
    return (side,) if side and side not in givers and is_receiver((side,)) else named
