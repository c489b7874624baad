"""Statements of help in a sentence: where the rules see one, who receives, and where what is given stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.kinds.aid_codes import channels, codes_of, is_receiver
from extractors.kinds.aid_objects import clause_start, object_of
from extractors.kinds.aid_recipients import (
    ASKED,
    PARTY,
    SPEAKERS,
    askers_of,
    group_of,
    recipients_nearby,
    recipients_of,
    subject_of_getting,
)
from extractors.kinds.aid_roles import roles_of
from extractors.kinds.aid_statement import Matched
from extractors.kinds.aid_things import things
from extractors.kinds.aid_topic import topic
from extractors.kinds.aid_triggers import Trigger
from extractors.kinds.aid_wants import partners_of, who_speaks, who_wants
from extractors.layers.context import Context, Draft
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType
from extractors.rules.ruleset import Match

# 为, 对 and 向 as ends of other words: 成为, 认为, 反对, 转向.
OTHER_WORD = re.compile(
    "(?:[成认作因以较视称名])为$|(?:反|面|相|敌|应)对$|(?:转|(?<!会)面|导|倾|趋|(?<!西)方)向$"
)
INNER = re.compile(rf"[向为给对](?P<who>{PARTY}(?:(?:、|和|与|及|以及){PARTY})*)")
# Rules for statements that name no recipient: their clause must name who gives.
BARE = ("gave-without-recipient", "gives-things")
NOT_IN_SLOTS = ("context", "subject", "group", "wanting")
BUT = re.compile("但是?|而是|不过|转而")
ALSO = re.compile(
    "(?:[^，。]{0,4}(?:再|另)(?=(?:提供|交付|捐|赠|送|运送|移交))|并且?|同时|此外|另外|还|也|但是?|而是?|不过|转而)(?:还|也)?(?:正在|正|开始|将|会|计划|考虑|准备|承诺|同意|拒绝|宣布|打算|(?<=再)|(?<=另))"
)
# 对俄方捐赠化肥表示感谢: the party is the giver.
REMARKED = re.compile(
    "[^，。]{0,14}(?:表示|深表|予以)[^，。]{0,4}(?:感谢|谢意|赞赏|欢迎|不满|谴责|抗议|遗憾|担忧|关切|反对)"
)
# 对乌克兰的弹药供应 names supplies, which another rule reads.
SUPPLIES = re.compile(
    "[的\ue000-\uf8ff][^，。]{0,6}(?:武器|弹药|军火|军备|装备|物资|导弹|燃料)的?(?:供应|输送|供给|交付|转让|运送|运输|分发|发放|派发|空投)$"
)
OF_SUM = re.compile(f"{PARTY}的(?:额外)?{SYMBOLS[MentionType.MONEY]}")
# 乌克兰需要的坦克 is an attribute.
WANTED_WHAT = re.compile("(?:迫切|急|亟)?需要?的(?!是)")
PARTIAL_SUM = re.compile(f"(?:其中(?:包括)?)?{SYMBOLS[MentionType.MONEY]}")
# 没有任何物资送入加沙.
NOTHING = re.compile(
    "(?:没有|无)(?:任何|一[辆批车]|丝毫)[^，。]{0,12}$|没有[^，。]{0,10}(?:物资|援助|食品|燃料|药品)[^，。]{0,4}$"
)
# 获得的材料 is an attribute.
GOT_WHAT = re.compile("(?:收到|获得|接收|得到)的")
# 接收并使用来自…的无人机 tells of things bought or taken.
TAKEN = re.compile("使用|缴获|购买|采购|进口")
# 向位于伊拉克的军事基地运送: to the giver's own.
# 准备运往阿富汗的直升机转运到乌克兰: where it was to go.
ATTRIBUTE = re.compile(
    f"的[^，。；]{{1,12}}?(?:转运|转交|运往|移交|转移|交给|提供给|送给|运到|送往)(?:给|到|至|往)?{PARTY}"
)
BASE = re.compile("[的军事\ue000-\uf8ff](?:基地|军营|驻地)")
BASE_OF = re.compile("[^，。；]{0,6}[的军事\ue000-\uf8ff](?:基地|军营|驻地)")
# 提供美制武器 names the maker, no recipient.
MADE_BY = re.compile("[制产式]|研制|设计|生产|在|驻|[0-9]")
# 捐助方 and 援助国 name who gives.
GIVER = re.compile("(?:方(?![面案式向法])|国(?![家际内民])|者|机构|组织|团体|委员会)")
# 军援乌克兰的国家 names who gave; 补充援乌的武器库存 fills the giver's own stocks.
WHO_HELPS = re.compile("的(?:国家|各国|盟国|盟友|政府|国际?组织|人士?(?=[，。；、]|$)|武器库|库存)")
REFILLS = re.compile("(?:补充|弥补|填补|补足|补给)[^，。；]{0,8}$")
# Not what is given: 向…提供 names to whom, 提供的清单 is an attribute.
NO_GIFT = re.compile("[向为给对]|(?:提供|交付|捐赠|赠送|移交|运送|供应|援助|支援|送出)的")


@dataclass(frozen=True)
class Frame(Matched):
    """A statement of help, in encoded positions.

    It begins at `first`; its clause at `clause`, what governs it at `scope`; the giving ends at `given`; what is given
    stands in [start, end).
    """

    recipients: tuple[str, ...]
    first: int
    given: int
    start: int
    end: int
    donors: tuple[str, ...] = ()

    @property
    def kind_of_object(self) -> str | None:
        """Where the rule says that what is given stands: `None` for right behind the giving."""
        kind = self.says("object")
        return None if kind is None else str(kind)

    @property
    def receives(self) -> bool:
        """True where the recipient is the subject: 乌克兰收到…."""
        return bool(self.says("gets")) or self.says("roles") == "get"

    @property
    def by_roles(self) -> bool:
        """True where the roles of the clause's mentions make the statement."""
        return self.says("roles") is not None

    @property
    def from_context(self) -> bool:
        """True where the statement leaves its recipient out."""
        return self.says("recipient") == "context"

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
        if BUT.match(self.text, clause):  # 不会移交导弹，但将提供防空系统
            return clause
        if clause and not any(sign in SPEAKERS for sign in self.text[clause : self.first]):
            before = clause_start(self.text, clause - 1)
            while before and PARTIAL_SUM.match(self.text, before):  # 其中1亿美元用于…，2亿美元用于…
                before = clause_start(self.text, before - 1)
            return before
        return clause


def frames_in(
    context: Context,
    sentence: Sentence,
    matches: Sequence[Match],
    usual: tuple[str, ...],
    earlier: Sequence[Draft],
) -> Iterator[Frame]:
    """The statements of a sentence from the matches of the rules in it, given in rule order.

    Where matches overlap, the first is meant. `usual` are the recipients of the article, most often named first.
    """
    taken: list[tuple[int, int]] = []
    told: list[tuple[int, int]] = []  # of those, what became a record: elsewhere the roles may still tell one
    triggers = sorted((m for m in matches if "roles" in m.rule.constants), key=lambda m: m.first)
    for match in (m for m in matches if "roles" not in m.rule.constants):
        if taken and match.rule.name in BARE and not _is_another(sentence.encoded.text, match.first, taken):
            continue  # 向乌克兰交付坦克，提供了培训: the first statement says it
        frame = _frame(context, sentence, match, usual)
        if frame is None or any(frame.first < end and start < frame.end for start, end in taken):
            continue
        taken.append((frame.first, frame.end))
        known = len(earlier)
        yield frame
        if len(earlier) > known:
            told.append((min(frame.first, frame.start), max(frame.end, match.last)))
    for match in triggers:
        frame = _labelled(context, sentence, match, earlier, told)
        if frame is not None:
            known = len(earlier)
            yield frame
            if len(earlier) > known:
                told.append((min(frame.first, frame.start), max(frame.end, frame.given)))


def _labelled(
    context: Context,
    sentence: Sentence,
    match: Match,
    earlier: Sequence[Draft],
    taken: Sequence[tuple[int, int]],
) -> Frame | None:
    """The statement around a trigger, from the roles of the mentions about it."""
    roles = roles_of(Trigger(sentence, match, context), earlier, taken)
    if roles is None:
        return None
    return Frame(
        sentence, match, roles.recipients, roles.first, roles.given, roles.start, roles.end, roles.donors
    )


def _is_another(text: str, first: int, taken: Sequence[tuple[int, int]]) -> bool:
    """True where a clause behind all statements so far says that something else is to be given: ，并正在考虑提供导弹."""
    clause = clause_start(text, first)
    return clause >= max(end for _, end in taken) and ALSO.match(text, clause) is not None


def _frame(context: Context, sentence: Sentence, match: Match, usual: tuple[str, ...]) -> Frame | None:
    encoded, text, first = sentence.encoded, sentence.encoded.text, match.first
    if OTHER_WORD.search(text, max(0, first - 2), first + 1):
        return None
    recipients, donors = recipients_of(context, match), tuple[str, ...]()
    inner = (
        list(INNER.finditer(text, first + 1, match.last)) if match.rule.name == "give-to-recipient" else []
    )
    if inner:  # 对北约国家将向乌克兰提供: the last preposition governs the giving
        first = inner[-1].start()
        recipients = codes_of(encoded.mentions_in(*inner[-1].span("who")), context.reading)
    if match.rule.constants.get("gets"):
        first, recipients = subject_of_getting(context, match)
    means = match.rule.constants.get("recipient")
    if means in NOT_IN_SLOTS:
        recipients = _not_in_slots(context, sentence, match, usual)
    if means == "partner":
        donors, recipients = partners_of(context, sentence, match)
    if _is_of_giver(match, recipients):  # 乌克兰财政部称，加拿大的24亿加元贷款已到账
        donors, recipients = recipients, who_speaks(context, sentence, match)
    if recipients and set(recipients) <= channels():  # help through a body: to whom the passage is about
        recipients = topic(context, sentence) or recipients
    if not recipients or (match.rule.constants.get("gets") and GOT_WHAT.search(text, first, match.last)):
        return None
    if _gives_nothing(match, first):
        return None
    given, start, end = object_of(context, match, first)
    got = match.rule.name == "recipient-gets-things"
    if got and not any(things(context.reading, match.encoded, start, max(end, start))):
        return None  # 获得来自50个国家的支持
    return Frame(sentence, match, recipients, first, given, start, max(end, start), donors)


def _not_in_slots(
    context: Context, sentence: Sentence, match: Match, usual: tuple[str, ...]
) -> tuple[str, ...]:
    """Who receives where no slot of the rule names it: as the rule says, the usual one, who asks, a group, who wants."""
    means = match.rule.constants["recipient"]
    if means == "context":
        return recipients_nearby(context, sentence, match, usual)
    if means == "subject":
        return askers_of(context, sentence, match)
    return group_of(context, match) if means == "group" else who_wants(context, sentence, match)


def _is_of_giver(match: Match, recipients: tuple[str, ...]) -> bool:
    """True where a sum goes by whoever gave it: 加拿大的24亿加元贷款."""
    owned = match.rule.name == "aid-to-recipient" and OF_SUM.match(match.encoded.text, match.first)
    return bool(owned) and bool(recipients) and not is_receiver(recipients)


def _gives_nothing(match: Match, first: int) -> bool:
    """True where the words around a match show that it tells of no giving."""
    text, rule, kind = match.encoded.text, match.rule.name, match.rule.constants.get("object")
    if GIVER.match(text, match.last):  # 呼吁捐助|方拿出10亿美元
        return True
    if BASE_OF.match(text, match.last) or BASE.search(text, first, match.last):
        return True
    if rule == "give-to-recipient":  # 对美国国会演讲时要求提供
        if text[first] == "对" and REMARKED.match(text, match.last):
            return True
        return any(noun.search(text[first : match.last]) for noun in (ASKED, SUPPLIES))
    if match.rule.constants.get("gets") and TAKEN.search(text, first, match.last):
        return True
    if rule == "hand-over-to-recipient":
        if NOTHING.search(text[:first]):
            return True
        if ATTRIBUTE.match(text, match.last):
            return True
        return MADE_BY.match(text, match.last) is not None
    priced = rule == "buys-for-recipient" and SYMBOLS[MentionType.MONEY] in text[:first]  # told by its sum
    if priced or (rule == "recipient-wants-things" and WANTED_WHAT.match(text, first)):
        return True
    if rule == "help-recipient":
        return bool(WHO_HELPS.match(text, match.last) or REFILLS.search(text, 0, first))
    if rule == "gives-things":
        return NO_GIFT.search(text, first, match.last) is not None
    if kind == "whole":  # 训练乌克兰军人的部队
        return text.startswith("的", match.last)
    return False
