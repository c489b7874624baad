"""Who receives: behind a preposition, as the object of a verb of helping, where goods go to, or in the statement before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.kinds.aid_codes import channels, codes_of, is_receiver
from extractors.kinds.aid_parties import donors_before, subject_before
from extractors.kinds.aid_topic import topic
from extractors.kinds.aid_triggers import COUNT, MONEY, PARTIES, WHO, Trigger
from extractors.layers.context import Draft
from extractors.layers.speakers import speaker_side
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType

PEOPLE = SYMBOLS[MentionType.PERSON]
# What may stand between the preposition and who receives: 为重建加沙, 给他们的盟友乌克兰.
WHOSE = rf"(?P<whose>[^，。{PARTIES}{PEOPLE}{MONEY}{COUNT}]{{0,8}}?)"
TO = re.compile(
    "(?P<how>(?<![面转导倾趋方])向|给予?|(?<![成认作因以较视称名])为|(?<![反面相敌应针])对|替|代|援助?|助|帮助?|救助|协助|资助|支援|支持|救济|赈济|驰援|重建|"
    "分给|(?:运|送|驶|开|飞|空运|发|派|寄|调)(?:往|抵|到|至|入|进|向|达|给|去|交)|抵达|进入|涌入|前往|空投|捐赠|捐助|捐给|赠送|赠|提供|借|拨给|供|转交|交给|移交|用于)"
    rf"(?:了|至|到|给)?{WHOSE}(?P<who>{WHO})"
)
# Verbs behind which a party is the receiver only where it stands right there: 捐赠乌克兰300台发电机.
DIRECT = re.compile("捐赠|捐助|赠送|赠|提供|借|供|转交|移交")
HELPS = re.compile("帮助?|协助|支持|助")
# Not whom help goes to but what it is for or against.
AGAINST = re.compile(
    "应对|抗|抵御|打击|反击|防|阻止|惩罚|制裁|遏|回应|报复|击|补充|通过|透过|访问|会见|在|从|与|因|攻|退出|经|购买|进口|收容|接收|接纳|弥补|取代|代替|离开|所|由|被|是|联合|协调|部署"
)
# A party that is an attribute of somebody else: 对俄罗斯的制裁, 向俄罗斯施压.
ELSE = re.compile(
    "的?(?:制裁|媒体|记者|入侵|侵略|威胁|施压|压力|袭击|攻击|发射|开战|宣战|发动|战争罪|口岸|港口|机场|边境|边界|表示|说|称|优先需求)|"
    "(?:政府|方面)?(?:(?:提供|捐赠|援助|捐助|划拨)的|提出|发出|递交|求援)"
)
# People in need, whom help is for whatever body it goes through.
NEED = re.compile("[^，。]{0,4}(?:灾民|难民|灾区|震区|受灾|地震|洪灾|旱区|流离失所|平民|民众|人民|重建)")
# Who receives by a pronoun: the speaker's own side, or whoever was meant before.
OWN = re.compile("我们|我国|我方|我军|咱们")
OWN_FOR = re.compile("[向为给对](?:我们|我国|我方|我军)")
MEANT = re.compile("该国|当地|灾区|灾民|难民|受灾|救灾|流离失所|其(?![中他它实次余])|他们|她们|该地区|对方")
PRONOUN = re.compile("[向为给对](?:该国|我国|我们|我方|其|他们)")
ASKS = re.compile("请求|恳请|恳求|呼吁|敦促|希望|要求|吁请|求援|急需")
HELP = re.compile("重建|援助|军援|捐|救济|救灾|救援|贷款|人道|赈")
IN_NEED = re.compile(
    rf"[向给为对](?P<who>(?:[^，。的{PARTIES}{PEOPLE}{MONEY}]{{2,8}}的)?(?:难民|灾民|流离失所者|受灾民众|受灾家庭|灾区))"
)
# With whom somebody who is to get a sum has agreed on it.
AGREED = re.compile(rf"(?:与|同|和)(?P<who>{WHO})[^，。]{{0,8}}(?:达成|签署|签订)[^，。]{{0,12}}，$")
# A clause of getting that leaves its subject to the one before.
ELIDED = re.compile(
    "(?:并|因此|由此|从而|因而|据此|[^，。]{0,6}(?:将|可|已|会|有望))[^，。\ue000-\uf8ff]{0,6}(?:获得|得到|收到|接收)"
)
SITE = re.compile(rf"在(?P<who>{WHO})")
# How many sentences back a statement may stand that names who receives.
REACH = 2
# Somebody is named for whom there is no code: 向每个受灾家庭发放.
SOMEBODY = re.compile("(?:向|给)[^，。]{2,16}?(?:提供|拨|捐|运|交|送|发放|追加)")


@dataclass(frozen=True)
class Receiver:
    """Who receives, where in the sentence that begins (nowhere where it was meant), and how well it fits."""

    codes: tuple[str, ...]
    first: int | None
    rank: int


def receiver_of(trigger: Trigger, donors: tuple[str, ...], earlier: Sequence[Draft]) -> Receiver | None:
    """Who receives what a trigger tells of: named nearest to it, else meant."""
    if trigger.kind == "get":
        codes = _subject(trigger)
        return Receiver(codes, None, 0) if codes else None
    if trigger.kind == "share":
        return Receiver(
            codes_of(trigger.match.slots["recipients"], trigger.context.reading), trigger.first, 0
        )
    named = [r for r in _named(trigger) if (not set(r.codes) & set(donors))]
    if named:
        return min(named, key=lambda receiver: receiver.rank)
    codes = tuple(code for code in _meant(trigger, earlier) if code not in donors)
    pronoun = PRONOUN.search(trigger.text, trigger.clause, trigger.first)
    return Receiver(codes, pronoun.start() if pronoun else None, 0) if codes else None


def _named(trigger: Trigger) -> Iterator[Receiver]:
    """The receivers that the clause and the purposes behind it name."""
    text, at, last = trigger.text, trigger.clause, trigger.purposes
    while found := TO.search(text, at, last):
        at = found.start() + 1
        if AGAINST.search(found["whose"]) or ELSE.match(text, found.end()):
            continue
        if DIRECT.fullmatch(found["how"]) and found["whose"]:
            continue
        if HELPS.fullmatch(found["how"]) and trigger.kind == "hand" and not trigger.strong:
            continue  # 提供的情报帮助乌军
        at = found.end()
        codes = _receivers(trigger.codes(*found.span("who")))
        rank = abs(found.start() - trigger.first) + 6 * bool(found["whose"])
        if NEED.match(text, found.end()) or found["how"] == "重建":
            rank -= 16
        if codes:
            yield Receiver(codes, found.start(), rank)
    if trigger.kind == "move":
        yield from _site(trigger)
    yield from _people_in_need(trigger)


def _people_in_need(trigger: Trigger) -> Iterator[Receiver]:
    """People in need that no country's name goes with, as written or by the country meant: 为边境地区的流离失所者."""
    for found in IN_NEED.finditer(trigger.text, trigger.clause, trigger.purposes):
        meant = topic(trigger.context, trigger.sentence)
        who = trigger.context.reading.words(*trigger.encoded.span(*found.span("who")))
        if meant or "的" in who or "境内" in who:
            yield Receiver(meant or (who,), found.start(), 50)


def _receivers(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The parties that can receive: states, groups of them, armed actors."""
    return tuple(
        code
        for code in codes
        if (
            code not in channels()
            if code.isascii()
            else re.search("国家|岛国|各国|邻国|部队|武装|军$|难民", code)
        )
    )


def _site(trigger: Trigger) -> Iterator[Receiver]:
    """Where goods arrive: 在阿勒颇卸下, 加沙走廊涌入."""
    for found in SITE.finditer(trigger.text, trigger.clause, trigger.close):
        codes = trigger.codes(*found.span("who"))
        if codes:
            yield Receiver(codes, found.start(), 100)
    if trigger.match.span and trigger.text.startswith("涌入", trigger.first):
        codes = trigger.codes(trigger.clause, trigger.first)
        if codes:
            yield Receiver(codes, trigger.clause, 50)


def _subject(trigger: Trigger) -> tuple[str, ...]:
    """Who receives as the subject of getting: 乌克兰收到, 该国已收到."""
    reading, sentence, clause = trigger.context.reading, trigger.sentence, trigger.clause
    if MEANT.search(trigger.text, clause, trigger.first):
        return donors_before(reading, sentence, clause, (), firm=True)
    if ELIDED.match(trigger.text, clause) and AGREED.search(
        trigger.text, 0, clause
    ):  # 埃及与国际货币基金组织达成协议，将获得…
        return subject_before(reading, sentence, clause, ())
    source = trigger.text.find("从", clause, trigger.first)
    return donors_before(reading, sentence, source if source >= 0 else trigger.first, (), clause, firm=True)


def _meant(trigger: Trigger, earlier: Sequence[Draft]) -> tuple[str, ...]:
    """Who receives where the clause names nobody: the speaker's own side, or whoever was meant before."""
    text, sentence = trigger.text, trigger.sentence
    claim = trigger.context.claim(sentence, trigger.encoded.starts[trigger.first])
    speaker = speaker_side(claim.speaker) if claim else None
    if OWN.search(text, trigger.last, trigger.close) or OWN_FOR.search(text, trigger.clause, trigger.first):
        return (speaker,) if speaker else ()
    if SOMEBODY.search(text, trigger.clause, trigger.close) and not MEANT.search(
        text, trigger.clause, trigger.first
    ):
        return ()
    if trigger.carries:
        for found in TO.finditer(text, 0, trigger.clause):
            if HELP.search(text, found.start(), found.end() + 8) and not AGAINST.search(found["whose"]):
                return trigger.codes(*found.span("who"))
    if ASKS.search(text, trigger.clause, trigger.first):
        asker = (speaker,) if speaker else _first_party(trigger)
        if asker and is_receiver(asker):
            return asker
    if PRONOUN.search(text, trigger.clause, trigger.first):
        if speaker and is_receiver((speaker,)):
            return (speaker,)
        before = trigger.codes(0, trigger.clause)[:1]  # 塞尔维亚照旧拿钱：欧盟批准向其拨付
        if before and is_receiver(before) and before[0].isascii():
            return before
    pronoun = MEANT.search(text, trigger.clause, trigger.purposes) is not None
    if not (trigger.carries or pronoun):
        return ()
    told = trigger.context.reading.sentence_at(earlier[-1].evidence[0][0]) if earlier else None
    same = told is not None and (told.passage == sentence.passage or told.heading)
    if told is not None and same and sentence.index - told.index <= REACH:
        return tuple(earlier[-1].slots["recipients"])
    return topic(trigger.context, sentence)


def _first_party(trigger: Trigger) -> tuple[str, ...]:
    """Who leads the sentence: the one that asks in 部长致信欧盟，请求提供."""
    codes = trigger.codes(0, trigger.first)
    return tuple(code for code in codes if code not in channels())[:1]
