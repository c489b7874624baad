"""Statements of help in a sentence: where the rules see one, who receives, and where what is given stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from extractors.kinds.aid_parties import codes_of, donors_before, is_receiver
from extractors.kinds.aid_things import object_end, things
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import MentionType, Side
from extractors.rules.ruleset import Match

SPEAKERS = "".join(SYMBOLS[kind] for kind in (MentionType.SIDE, MentionType.ORGANISATION, MentionType.PERSON))
PARTY = f"[{SPEAKERS}{SYMBOLS[MentionType.PLACE]}]"
# 为, 对 and 向 as ends of other words: 成为, 认为, 反对, 转向.
OTHER_WORD = re.compile("(?:[成认作因以较视称名])为$|(?:反|面|相|敌|应)对$|(?:转|面|导|倾|趋|方)向$")
INNER = re.compile(rf"[向为给对](?P<who>{PARTY}(?:(?:、|和|与|及|以及){PARTY})*)")
# For whose sake help is given that names no recipient.
SAKE = re.compile(
    rf"(?:帮助|协助|支持|用于|声援|资助|援助|支援|保卫)(?P<who>{PARTY})|对(?P<whose>{PARTY})(?:战争|的?防务|战事)"
)
DISPOSAL = re.compile("[将把]")
# Rules for statements that name no recipient: their clause must name who gives.
BARE = ("gave-without-recipient", "gives-things")
END = ("", "，", "。", "；", "！", "？")
CLAUSE_MARKS = "，。；："
# How far behind the statement the words 帮助乌克兰 may stand.
SAKE_REACH = 24
HAND = re.compile("[捐送交派汇借](?![赠助献给出交达抵往到遣送款])|..")  # 捐, but 捐赠, 提供, 移交
# What closes the things given before the recipient is named: 捐赠100辆救护车给…, 提供发电机帮助….
HANDS_TO = re.compile("给予?|予|援助|支援|支持|资助|帮助|声援|救助|协助|驰援|捐助|赈济|救济")
# The verb behind which things stand where a rule names one of them.
VERBS = {
    "got": re.compile("收到|获得|接收到?|得到|获赠|迎来|拿到|接受"),
    "given": re.compile("提供|交付|捐赠|赠送|移交|运送|派遣|供应|援助|支援|送出|改送|送"),
}
# 获得的材料 is an attribute.
GOT_WHAT = re.compile("(?:收到|获得|接收|得到)的")
ASKED = re.compile("要求|呼吁|敦促|请求|恳求|演讲|讲话|施压|表示|致辞")
# 提供美制武器 names the maker, no recipient.
MADE_BY = re.compile("[制产式]|研制|设计|生产|在|驻|[0-9]")
TO_SOMEBODY = re.compile("[向为给对]")
# Where what goes to the recipient begins in its clause: 购买导弹提供给乌克兰.
TAKEN_UP = re.compile("购买|采购|订购|购置")


@dataclass(frozen=True)
class Frame:
    """A statement of help, in encoded positions.

    It begins at `first`; its clause at `clause`, what governs it at `scope`; the giving ends at `given`; what is given
    stands in [start, end).
    """

    sentence: Sentence
    match: Match
    recipients: tuple[str, ...]
    first: int
    given: int
    start: int
    end: int

    @property
    def encoded(self) -> Encoded:
        """The encoded sentence."""
        return self.sentence.encoded

    @property
    def text(self) -> str:
        """The encoded sentence as a string."""
        return self.sentence.encoded.text

    @property
    def rule(self) -> str:
        """The name of the rule."""
        return self.match.rule.name

    @property
    def kind_of_object(self) -> str | None:
        """Where the rule says that what is given stands: `None` for right behind the giving."""
        value: str | None = self.match.rule.constants.get("object")
        return value

    @property
    def receives(self) -> bool:
        """True where the recipient is the subject: 乌克兰收到…."""
        return bool(self.match.rule.constants.get("gets"))

    @property
    def from_context(self) -> bool:
        """True where the statement leaves its recipient out."""
        return self.match.rule.constants.get("recipient") == "context"

    @property
    def clause(self) -> int:
        """Where the clause of the statement begins."""
        return clause_start(self.text, self.first)

    @property
    def scope(self) -> int:
        """Where what governs the statement begins: its clause, and the one before where the clause has no subject."""
        if self.rule == "promised-without-recipient":
            return self.first
        clause = self.clause
        if clause and not any(sign in SPEAKERS for sign in self.text[clause : self.first]):
            return clause_start(self.text, clause - 1)
        return clause


def clause_start(text: str, at: int) -> int:
    """Where the clause of an encoded position begins."""
    return max(text.rfind(mark, 0, at) for mark in CLAUSE_MARKS) + 1


def frames_in(
    context: Context, sentence: Sentence, matches: Sequence[Match], usual: tuple[str, ...]
) -> Iterator[Frame]:
    """The statements of a sentence from the matches of the rules in it, given in rule order.

    Where matches overlap, the first is meant. `usual` are the recipients of the article, most often named first.
    """
    taken: list[tuple[int, int]] = []
    for match in matches:
        if taken and match.rule.name in BARE:
            continue  # 向乌克兰交付坦克，并提供了培训: the first statement says it
        frame = _frame(context, sentence, match, usual)
        if frame is None or any(frame.first < end and start < frame.end for start, end in taken):
            continue
        taken.append((frame.first, frame.end))
        yield frame


def usual_recipients(context: Context, matches: Iterable[Match]) -> tuple[str, ...]:
    """Who receives in an article with these matches, most often first: for statements that leave the recipient out."""
    named: Counter[str] = Counter()
    for match in matches:
        if not ASKED.search(match.encoded.text, match.first, match.last):
            named.update(codes_of(match.slots.get("recipients", ()), context.reading))
    if not named:
        named = _often_named(context)
    return tuple(sorted(named, key=lambda code: (-named[code], code)))


def _often_named(context: Context) -> Counter[str]:
    """The countries an article is about that may receive: named at least half as often as the one named most."""
    sides = Counter(
        mention.value.code
        for sentence in context.reading.sentences
        for mention in sentence.mentions
        if isinstance(mention.value, Side)
    )
    givers, most = set(read_toml("aid.toml")["parties"]["givers"]), max(sides.values(), default=0)
    return Counter({code: n for code, n in sides.items() if code not in givers and 2 * n >= most})


def _frame(context: Context, sentence: Sentence, match: Match, usual: tuple[str, ...]) -> Frame | None:
    encoded, text, first = sentence.encoded, sentence.encoded.text, match.first
    if OTHER_WORD.search(text[max(0, first - 1) : first + 1]):
        return None
    recipients = codes_of(match.slots.get("recipients", ()), context.reading)
    inner = (
        list(INNER.finditer(text, first + 1, match.last)) if match.rule.name == "give-to-recipient" else []
    )
    if inner:  # 对北约国家将向乌克兰提供: the last preposition governs the giving
        first = inner[-1].start()
        recipients = codes_of(encoded.mentions_in(*inner[-1].span("who")), context.reading)
    if match.rule.constants.get("gets"):
        first, recipients = _receiver(context, match)
    if match.rule.constants.get("recipient") == "context":
        recipients = _recipients_nearby(context, sentence, match, usual)
    if not recipients or (match.rule.constants.get("gets") and GOT_WHAT.search(text, first, match.last)):
        return None
    if match.rule.name == "give-to-recipient" and ASKED.search(text, first, match.last):
        return None  # 对美国国会演讲时要求提供
    if match.rule.name == "hand-over-to-recipient" and MADE_BY.match(text, match.last):
        return None
    if match.rule.constants.get("object") == "whole" and text.startswith("的", match.last):
        return None  # 训练乌克兰军人的部队
    if match.rule.name == "gives-things" and TO_SOMEBODY.search(text, first, match.last):
        return None
    if match.rule.name == "give-to-party-meant" and match.encoded.mentions[first + 2]:
        return None  # 向其乌克兰伙伴提供
    if match.rule.constants.get("object") == "between" and text.startswith("的", _behind_hand(text, first)):
        return None  # 美国提供的情报帮助乌克兰
    given, start, end = _object(context, match, first)
    return Frame(sentence, match, recipients, first, given, start, max(end, start))


def _behind_hand(text: str, first: int) -> int:
    """The position behind the word of giving that begins a statement."""
    hand = HAND.match(text, first)
    return hand.end() if hand else first


def _receiver(context: Context, match: Match) -> tuple[int, tuple[str, ...]]:
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


def _object(context: Context, match: Match, first: int) -> tuple[int, int, int]:
    """Where the giving ends, and the stretch that names what is given."""
    text, how, given = match.encoded.text, match.rule.constants, match.last
    kind, start, end = how.get("object"), match.last, object_end(text, match.last)
    clause = clause_start(text, first)
    if kind in ("before", "around"):
        start = clause
    if kind == "before":
        end = match.last
    if kind == "whole" or how.get("gets") or (how.get("recipient") == "context" and match.one("amount")):
        start = first
    if kind == "between":  # 捐赠100辆救护车给乌克兰
        begin = _behind_hand(text, first)
        closed = list(HANDS_TO.finditer(text, begin, match.last))
        return first, begin, closed[-1].start() if closed else match.last
    if kind == "money":
        return first, first, end
    if kind in VERBS:
        verb = VERBS[kind].search(text, first, match.last)
        given = start = verb.end() if verb else match.last
    if match.rule.name == "hand-over-to-recipient" and text[match.last : match.last + 1] in END:
        disposal = DISPOSAL.search(text, clause, first)
        if disposal and any(things(context.reading, match.encoded, disposal.end(), first)):
            return (
                disposal.start(),
                disposal.end(),
                first,
            )  # 将坦克移交给乌克兰, but not 坦克将于下周移交给乌克兰
        taken = list(TAKEN_UP.finditer(text, clause, first))
        start = taken[-1].end() if taken else clause
        if clause and not any(things(context.reading, match.encoded, start, first)):
            start = clause_start(text, clause - 1)  # 首批物资和弹药，已于22日运抵乌克兰
        return first, start, first
    if kind is None and text.startswith("的", start):
        start += 1
    return given, start, end


def _recipients_nearby(
    context: Context, sentence: Sentence, match: Match, usual: tuple[str, ...]
) -> tuple[str, ...]:
    """Recipients that the statement leaves out: a country for whose sake it is done, else the usual one."""
    encoded = sentence.encoded
    clause = clause_start(encoded.text, match.first)
    givers = donors_before(context.reading, sentence, match.last, (), clause)
    reach = min(object_end(encoded.text, match.last) + SAKE_REACH, len(encoded.text))
    for found in SAKE.finditer(encoded.text, match.first, reach):
        codes = codes_of(
            encoded.mentions_in(*found.span("who" if found["who"] else "whose")), context.reading
        )
        if not set(codes) & set(givers):
            return codes
    if match.rule.name == "give-to-party-meant":  # 乌克兰总统呼吁向该国提供
        before = codes_of(encoded.mentions_in(0, match.first), context.reading)
        near = [code for code in before if code.isascii() and code not in givers and is_receiver((code,))]
        if near:
            return (next((code for code in usual if code in near), near[-1]),)
    return next(((code,) for code in usual if code not in givers), ())
