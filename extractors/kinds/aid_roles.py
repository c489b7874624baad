"""Who gives what to whom around a word of giving: the roles of a clause's mentions, in whatever order they stand.

A trigger (捐, 送, 拿出, 运抵, 收到 …) tells of what class the statement is. What is given stands behind it, fronted by
把 or 将 before it, or as the topic of the sentence; who receives behind a preposition, as the object of a verb of helping,
as the place the goods go to, or in the statement before; who gives is the subject, or stands in 由X提供的, 从X获得.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.kinds.aid_objects import clause_start
from extractors.kinds.aid_parties import codes_of, is_medium
from extractors.kinds.aid_things import COUNT, MONEY, Help, helps, object_end
from extractors.layers.context import Context, Draft
from extractors.layers.speakers import speaker_side
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Mention, MentionType
from extractors.rules.ruleset import Match

PARTIES = "".join(SYMBOLS[kind] for kind in (MentionType.SIDE, MentionType.ORGANISATION, MentionType.PLACE))
PEOPLE = SYMBOLS[MentionType.PERSON]
WHO = rf"(?P<who>[{PARTIES}](?:(?:、|和|与|及|以及)[{PARTIES}])*)"
# What may stand between the preposition and who receives: 向遭受旱灾的索马里, 为重建加沙.
WHOSE = rf"(?P<whose>[^，。{PARTIES}{PEOPLE}{MONEY}{COUNT}]{{0,8}}?)"
TO = re.compile(
    r"(?P<how>(?<![面转导倾趋方])向|给予?|(?<![成认作因以较视称名])为|(?<![反面相敌应针])对|替|代|援助?|助|帮助?|救助|协助|资助|支援|支持|救济|赈济|驰援|"
    r"分给|(?:运|送|驶|开|飞|空运|发|派|寄|调)(?:往|抵|到|至|入|进|向|达|给|去|交)|抵达|进入|涌入|前往|空投|用于|落实到)"
    rf"(?:了|至|到|给)?{WHOSE}{WHO}"
)
# Not whom help goes to but what it is for or against.
AGAINST = re.compile("应对|抗|抵御|打击|反击|防|阻止|惩罚|制裁|遏|回应|报复|击|补充|通过|访问|会见|在|从|与|因|攻|退出|经|购买|进口|弥补|取代|代替|离开|所")
# A party that is an attribute of somebody else: 对俄罗斯的制裁, 向俄罗斯施压.
ELSE = re.compile("的?(?:制裁|媒体|记者|入侵|侵略|威胁|施压|压力|袭击|攻击|发射|开战|宣战|发动|战争罪|口岸|港口|机场|边境|边界|领导人说|表示|说|称)")
# Purposes that go on behind a comma and name who receives: ，救助苏丹难民; ，转交菲律宾灾民.
PURPOSE = re.compile(
    "，(?:将|以|用来|用于|用以|来|并|主要|再|随后|全部|计划)*(?:救助|帮助?|协助|支持|援助|资助|支援|用于|为|供|给|向|转交|转送|转运|分发|分送|分给|分配|发放|送交|交由|投放|运往|送往|改善|补贴|购买)"
)
# Who receives by a pronoun: the speaker's own side, or whoever was meant before.
OWN = re.compile("我们|我国|我方|我军|咱们")
MEANT = re.compile("该国|当地|灾区|灾民|难民|受灾|流离失所|其(?![中他它实次余])|他们|她们|该地区|两国|对方")
FRONTED = re.compile("把|将(?!于|在|会|从|由|向|为|给|对|继续|再|陆续|分)")
BY = re.compile(
    rf"由(?P<by>[{PARTIES}](?:(?:、|和|与|及|以及)[{PARTIES}])*)[^，。]{{0,8}}?(?:提供|援助|捐赠|援建|募集|筹款|派出|资助|捐|送)|"
    rf"(?P<of>[{PARTIES}](?:(?:、|和|与|及|以及)[{PARTIES}])*)(?:政府|方面|国防部|军方)?(?:提供|援助|捐赠|援建|募集|派出|供应|赠送|捐助|划拨|拨付|答应[^，。的]{{0,4}}|承诺[^，。的]{{0,4}}|原定[^，。的]{{0,6}})的|"
    rf"(?:来自|从)(?P<source>[{PARTIES}](?:(?:、|和|与|及|以及)[{PARTIES}])*)"
)
# Whatever comes behind one of these is done for money or at home.
TRADE = re.compile("贸易|出口|进口|订单|合同|招标|成交|投资|融资|入股|收购|销售|售|军售|贸易额|商业|企业签|股份|股权|营收|罚款|赔偿金|产值|票房|交易")


# What goes to people in need: with one of these a movement of goods is one of relief.
RELIEF = re.compile(
    "物资|援助|救援|救灾|人道|食品|食物|粮|面粉|小麦|大米|玉米|药|疫苗|医疗|医用|帐篷|毯|被|饮用水|饮水|罐头|奶粉|发电机|变压器|净水|救护车|血浆|塑料棚|棚|衣|口粮|饼干|捐|赈"
)
# How many sentences back a statement may stand that names who receives.
REACH = 2
@dataclass(frozen=True)
class Roles:
    """The roles of a statement: encoded positions as in a frame, and who gives where the words around name them."""

    recipients: tuple[str, ...]
    donors: tuple[str, ...]
    first: int
    given: int
    start: int
    end: int


@dataclass(frozen=True)
class Trigger:
    """A word of giving in a sentence, with what its rule says of it."""

    context: Context
    sentence: Sentence
    match: Match

    @property
    def text(self) -> str:
        """The encoded sentence."""
        return self.sentence.encoded.text

    @property
    def kind(self) -> str:
        """Its class: sum, hand, move or get."""
        return str(self.match.rule.constants["roles"])

    @property
    def carries(self) -> bool:
        """True where who receives may be left to the statement before."""
        return bool(self.match.rule.constants.get("carries"))

    @property
    def first(self) -> int:
        """Where the word begins."""
        return self.match.first

    @property
    def last(self) -> int:
        """Where the word ends."""
        return self.match.last

    @property
    def clause(self) -> int:
        """Where its clause begins."""
        return clause_start(self.text, self.first)

    def parcels(self, first: int, last: int) -> list[Help]:
        """The amounts and things that a stretch of the sentence names."""
        found = helps(self.context.reading, self.sentence.encoded, first, last)
        return [parcel for parcel in found if parcel.amount or parcel.items]

    def codes(self, first: int, last: int) -> tuple[str, ...]:
        """The parties named in a stretch."""
        named = [m for m in self.sentence.encoded.mentions_in(first, last) if not is_medium(m)]
        return codes_of(named, self.context.reading)


def roles_of(trigger: Trigger, earlier: Sequence[Draft], taken: Sequence[tuple[int, int]]) -> Roles | None:
    """The roles around a trigger, `None` where it gives nothing or nobody receives."""
    given = _given(trigger)
    if given is None or any(given[0] < last and first < given[1] for first, last in taken):
        return None
    start, end = given
    if TRADE.search(trigger.text, trigger.clause, max(end, trigger.last)):
        return None
    donors = _named_donors(trigger)
    recipients, first = _recipients(trigger, end, donors)
    recipients = recipients or _meant(trigger, end, earlier)
    recipients = tuple(code for code in recipients if code not in donors)
    if not recipients:
        return None
    if trigger.clause <= start < trigger.first:
        first = min(first, start)
    return Roles(recipients, donors, min(first, trigger.first), trigger.last, start, end)


def _given(trigger: Trigger) -> tuple[int, int] | None:
    """The stretch that names what is given: behind the trigger, fronted before it, or the topic of the sentence."""
    text, clause = trigger.text, trigger.clause
    behind = (trigger.last, object_end(text, trigger.last))
    fronted = list(FRONTED.finditer(text, clause, trigger.first))
    before = (fronted[-1].end() if fronted else clause, trigger.first)
    if trigger.kind in ("sum", "get") or (trigger.kind == "hand" and not fronted):
        order = [behind]
    else:
        order = [before, behind]
    if trigger.kind in ("move", "hand") and clause:
        order.append((clause_start(text, clause - 1), clause - 1))
    return next((stretch for stretch in order if stretch[0] < stretch[1] and _fits(trigger, *stretch)), None)


def _fits(trigger: Trigger, first: int, last: int) -> bool:
    """True where a stretch names what a trigger of its class gives: money, counted things, goods of relief."""
    parcels = trigger.parcels(first, last)
    if trigger.kind == "sum":
        return any(parcel.amount for parcel in parcels)
    if not parcels:
        return False
    if trigger.kind == "move":
        return RELIEF.search(trigger.text, first, last) is not None
    return COUNT in trigger.text[first:last] or any(parcel.amount for parcel in parcels)


def _named_donors(trigger: Trigger) -> tuple[str, ...]:
    """Who gives where the words say so: 由X提供的, X援助的, 从X获得."""
    found = BY.search(trigger.text, trigger.clause, clause_end(trigger.text, trigger.last))
    if found is None or (found["source"] and trigger.kind != "get"):
        return ()
    return trigger.codes(*found.span("by" if found["by"] else "of" if found["of"] else "source"))


def clause_end(text: str, at: int) -> int:
    """Where the clause of an encoded position ends."""
    return next((i for i in range(at, len(text)) if text[i] in "，。；！？"), len(text))


def _recipients(trigger: Trigger, end: int, donors: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
    """Who receives by a preposition or verb of the clause or of the purpose behind it, and where that begins."""
    best: tuple[int, tuple[str, ...], int] | None = None
    for found in _candidates(trigger, end):
        codes = tuple(code for code in trigger.codes(*found.span("who")) if code not in donors)
        score = abs(found.start() - trigger.first) + (6 if found["whose"] else 0)
        if codes and (best is None or score < best[0]):
            best = (score, codes, found.start())
    return (best[1], best[2]) if best else ((), trigger.first)


def _candidates(trigger: Trigger, end: int) -> Iterator[re.Match[str]]:
    text = trigger.text
    last = max(clause_end(text, trigger.last), end)
    while purpose := PURPOSE.match(text, last):
        last = clause_end(text, purpose.end())
    at = trigger.clause
    while found := TO.search(text, at, last):
        at = found.start() + 1
        if AGAINST.search(found["whose"]) or ELSE.match(text, found.end()):
            continue
        at = found.end()
        yield found


def _meant(trigger: Trigger, end: int, earlier: Sequence[Draft]) -> tuple[str, ...]:
    """Who receives where the clause names nobody: the speaker's own side, or who received in the statement before."""
    text, sentence = trigger.text, trigger.sentence
    if OWN.search(text, trigger.first, max(end, trigger.last)):
        claim = trigger.context.claim(sentence, sentence.encoded.starts[trigger.first])
        side = speaker_side(claim.speaker) if claim else None
        return (side,) if side else ()
    pronoun = MEANT.search(text, trigger.clause, end) is not None
    if not earlier or not (trigger.carries or pronoun):
        return ()
    told = trigger.context.reading.sentence_at(earlier[-1].evidence[0][0])
    if told is None or (told.passage != sentence.passage and not told.heading):
        return ()
    near = sentence.index - told.index <= REACH
    return tuple(earlier[-1].slots["recipients"]) if near else ()
