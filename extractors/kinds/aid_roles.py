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
from extractors.kinds.aid_parties import donors_before
from extractors.kinds.aid_receivers import AGREED, Receiver, receiver_of
from extractors.kinds.aid_things import ORDINAL, WEAPON, object_end
from extractors.kinds.aid_triggers import COUNT, MONEY, PARTIES, WHO, Trigger
from extractors.layers.context import Draft

FRONTED = re.compile(
    "把|将(?!于|在|会|使|让|可|能|是|有|成|从|由|向|为|给|对|继续|再|陆续|分|对|帮|通过|透过|与)"
)
GIVING = "发出|派遣|运送|空运|运来|提供|援助|捐赠|援建|募集|筹款|派出|供应|赠送|捐助|划拨|拨付|捐|送给|送"
BY = re.compile(
    rf"由(?P<by>{WHO})[^，。]{{0,8}}?(?:{GIVING})|"
    rf"(?P<of>{WHO})(?:等(?:[^，。的]{{0,3}}国)?)?(?:政府|方面|国防部|军方)?(?:无偿|承诺|答应|原定[^，。的]{{0,4}})*(?:[向为给][{PARTIES}][^，。的]{{0,4}})?(?:{GIVING})(?:给[^，。]{{1,3}})?的|"
    rf"(?:来自|从)(?P<source>{WHO})(?P<goods>(?:等(?:[^，。的]{{0,3}}国)?)?(?:政府|方面)?的[^，。]{{0,10}}?(?:物资|援助|捐|救援|救灾|卡车))?"
)
CARRIER = re.compile(
    rf"(?P<who>{WHO})(?:军方|派出|派来|空军|海军)?的?{COUNT}?[^，。{COUNT}口岸边境]{{0,6}}?(?:飞机|运输机|军机|货机|货轮|货船|船只|船|车队|卡车|包机|专机|直升机|军舰)"
)
# Who gives was named just before: 该机构, 该国.
IT = re.compile(
    "(?<![向为给对把])(?:该|这个|这家)(?:国|署|机构|组织|基金|基金会|行|集团|公司|部门|会|团体)|它(?!们)"
)
GETS = re.compile("收到|接收|得到|获得")
# What goes to somebody because somebody gave it: 英国提供的坦克陆续抵达.
PROVIDED = re.compile("(?:提供|捐赠|援助|承诺|赠送|支援)的")
# Whose the goods are that arrive: 首批法国救援物资, 荷兰的首批战机.
OWNED = re.compile(
    rf"(?P<who>[{PARTIES}](?:[和、与][{PARTIES}])*)(?:政府|红十字会|红新月会)?(?:的|(?=[救援捐人赈{ORDINAL}]))[{ORDINAL}{COUNT}]{{0,2}}"
    rf"(?:[^，。的]{{0,6}}?(?:物资|坦克|战机|战斗机|火炮|导弹|系统|战车|装甲车|直升机|弹药)|{WEAPON})[^，。的]{{0,8}}$"
)
AFTER = re.compile("(?:之?后|以来|期间|之际)(?!续|勤|方|备)")
# What a cargo holds: 载有食品的卡车, 340辆卡车上装的是面粉.
# How who receives is joined behind what is given: 送武器给, 空投食品救助; a sum's purpose may name things.
HANDED = ("给予救援助支帮协资赈驰", "给予")
ARMS = re.compile("武器|坦克|战机|战斗机|火炮|榴弹炮|弹药|装甲车|防空|直升机|雷达|发射器")
ABSTRACT = re.compile(
    "了?(?:有力|强大|重要|更多|必要|积极|坚实|新|全面|力所能及)?的?(?:支持|助力|帮助|保障|动力|便利|机会|平台|支撑|服务|机遇)(?=[，。；]|$)"
)
PLAIN = re.compile("提供|派出|派遣|供应|分发|发放|给")
LOAD = re.compile("装的是|，包括|(?:[载装][有着著满载]+|运载|满载|运载|携带|搭载)了?")
VEHICLE = re.compile(
    f"的(?={COUNT}?(?:[^，。]{{0,4}})(?:卡车|货车|车队|车|飞机|包机|专机|运输机|货轮|船|军机))"
)
# Whatever comes beside one of these is done for money or at home.
TRADE = re.compile(
    "损失|造成|贸易|出口|进口|订单|合同|招标|成交|投资|融资|入股|收购|销售|出售|军售|商业|企业签|股份|股权|营收|罚款|产值|票房|交易|年薪|奖金|国债|签约"
)
# 接收并使用来自…的无人机 tells of things bought or taken.
TAKEN = re.compile("使用|缴获|购买|采购|进口")
BUYS = re.compile("购买|采购|购置|分发|生产")
# What goes to people in need: with one of these a movement of goods is one of relief.
RELIEF = re.compile(
    f"物资|援助|救援|救灾|人道|食品|食物|粮|面粉|小麦|大米|玉米|(?<![弹{WEAPON}])药|疫苗|医疗|医用|帐篷|毯|棉被|饮用水|饮水|罐头|奶粉|发电机|变压器|净水|救护车|血浆|塑料棚|口粮|饼干|捐赠|赈"
)
# Asked for or refused, help needs no amount: 不会为重建加沙掏钱, 恳请各国慷慨解囊.
ASKED_OR_REFUSED = re.compile("呼吁|敦促|恳|请|希望|要求|不会|不再|拒绝|无意|不愿|不打算|不肯")


# 捐助国, 捐款人 name who gives.
# Not given or not yet: 必须保证物资进入, 阻止物资进入; nor what became of it later: 捐赠的系统已被摧毁.
UNDONE = re.compile(
    "检查|扣押|拦截|搜查|没收|哄抢|必须|应该?(?=[有让当允])|保证|确保|允许|准许|阻止|阻碍|阻拦|阻挠|封锁|限制|禁止|等待(?!多日|已久|数)|如果|需要[^，。]{0,6}年|速度"
)
LETS = re.compile("允许|准许|开放|放行")
BASE = re.compile("[向给往到至抵][^，。]{0,10}?[的军事\ue000-\uf8ff](?:军事|空军|海军)?(?:基地|军营|驻地)")
NOT_GIVEN = re.compile("没有(?=[向对给把将为])|并未|从未")
DENIES = re.compile("否认|驳斥|澄清|辟谣")
# What helpers' gifts did in battle: 提供的情报帮助乌军击落运输机.
FOUGHT = re.compile("击落|击毁|击沉|摧毁|杀死|击毙|打击了")
LOST = re.compile("[^，。]{0,24}被[^，。]{0,10}(?:摧毁|击毁|击落|缴获|销毁|炸毁)")
REMARKED = re.compile(
    "[^，。]{0,14}(?:表示|深表|予以)[^，。]{0,4}(?:感谢|谢意|赞赏|欢迎|不满|谴责|抗议|遗憾|担忧|关切|反对)"
)
# Syllables of other words: 补给, 播送, 挑拨, 凭借.
OTHER_WORD = re.compile(
    "[补供自配]给|给[养付力]|[发播传遣护欢推断]送|送[别行葬命]|挑拨|拨[打开通]|[凭假]借|借[口助鉴以此机]|募捐|捐[躯税]"
)
GIVER = re.compile("国(?!家|际)|方(?!面|案)|者|人(?!道|员)|会议|大会|组织|机构|团体")


@dataclass(frozen=True)
class Roles:
    """The roles of a statement: encoded positions as in a frame, and who gives where the words around name them."""

    recipients: tuple[str, ...]
    donors: tuple[str, ...]
    first: int
    given: int
    start: int
    end: int


def roles_of(trigger: Trigger, earlier: Sequence[Draft], taken: Sequence[tuple[int, int]]) -> Roles | None:
    """The roles around a trigger, `None` where it gives nothing, nobody receives, or it is told already."""
    if any(first <= trigger.first < last for first, last in taken) or _is_no_giving(trigger):
        return None
    donors = _named_donors(trigger)
    receiver = receiver_of(trigger, donors, earlier)
    if receiver is None:
        return None
    given = _given(trigger, receiver)
    if given is None:
        return None
    start, end = given
    if start >= trigger.first:  # what another statement tells ends what this one gives
        end = min([end, *(first for first, last in taken if start < first < end)])
    if any(start < last and first < end for first, last in taken) or not _fits(trigger, receiver, start, end):
        return None
    if TRADE.search(trigger.text, trigger.clause, max(end, trigger.last)):
        return None
    recipients = tuple(code for code in receiver.codes if code not in donors)
    begins = [trigger.first]
    if receiver.first is not None:
        begins.append(receiver.first)
    if trigger.clause <= start:
        begins.append(start)
    return Roles(recipients, donors, max(min(begins), trigger.clause), trigger.last, start, end)


def _is_no_giving(trigger: Trigger) -> bool:
    """True where the words around a trigger show that it tells of no giving."""
    text, first, last = trigger.text, trigger.first, trigger.last
    if GIVER.match(text, last) or OTHER_WORD.search(text, max(0, first - 1), last + 1):
        return True
    if trigger.kind == "move" and UNDONE.search(
        text, clause_start(text, max(trigger.clause - 1, 0)), trigger.close
    ):
        return True
    if text.startswith("送", first) and text[max(0, first - 1) : first] in ("运", "输"):
        return True  # a part of 运送, which is a word of moving
    if BASE.search(text, trigger.clause, trigger.close):
        return True  # 向位于伊拉克的军事基地运送石油: to the giver's own
    if LETS.search(text, trigger.clause, first):  # 以方允许卡车进入, 要求开放过境点以运送物资
        return True
    if NOT_GIVEN.search(text, trigger.clause, first) and not DENIES.search(text, 0, first):
        return True
    thanked = text.find("对", trigger.clause, first) >= 0 and REMARKED.match(text, last)
    return bool(thanked) or LOST.match(text, last) is not None


def _given(trigger: Trigger, receiver: Receiver) -> tuple[int, int] | None:
    """The stretch that names what is given, as the class of the trigger has it."""
    if trigger.kind == "share":
        return trigger.first, trigger.match.last
    if trigger.kind == "purse":
        asked = ASKED_OR_REFUSED.search(trigger.text, trigger.clause, trigger.first)
        return (trigger.last, trigger.close) if asked else None
    return next(
        (
            stretch
            for stretch in _stretches(trigger, receiver)
            if stretch[0] < stretch[1] and _fits(trigger, receiver, *stretch)
        ),
        None,
    )


def _stretches(trigger: Trigger, receiver: Receiver) -> Iterator[tuple[int, int]]:
    """Where what is given may stand: behind the trigger, fronted before it, the load, the topic of the sentence."""
    text, clause = trigger.text, trigger.clause
    end = object_end(text, trigger.last)
    if (
        receiver.first is not None
        and trigger.last < receiver.first < end
        and text[receiver.first] in HANDED[trigger.kind == "sum"]
    ):
        end = receiver.first  # 送武器给乌克兰
    if trigger.purposes > end and BUYS.search(text, end, trigger.purposes):
        end = trigger.purposes
    if ABSTRACT.match(text, trigger.last):  # 为当地发展提供助力
        return
    behind = (trigger.first if MONEY in text[trigger.first : trigger.last] else trigger.last, end)
    if trigger.kind in ("sum", "get"):
        yield behind
        return
    fronted = list(FRONTED.finditer(text, clause, trigger.first))
    if (
        PLAIN.fullmatch(text[trigger.first : trigger.last])
        and text[trigger.last : trigger.last + 1] not in "给予至到"
    ):
        fronted = []  # 将…提供给
    if fronted:
        yield fronted[-1].end(), trigger.first
    if trigger.kind == "move":
        yield from _loads(trigger)
        for opening in (PROVIDED, AFTER):  # 英国等国提供的坦克陆续抵达, 停火到期后首批物资进入加沙
            if found := opening.search(text, clause, trigger.first):
                yield found.end(), trigger.first
        yield clause, trigger.first
    yield behind
    before = clause
    for _ in range(2):
        if before and not fronted:
            before = clause_start(text, before - 1)
            close = text.find("，", before)
            if MONEY not in text[before:close] and COUNT in text[before:close]:
                yield before, close


def _loads(trigger: Trigger) -> Iterator[tuple[int, int]]:
    """What a vehicle of the sentence is loaded with."""
    for load in LOAD.finditer(trigger.text):
        last = next(
            (i for i in range(load.end(), len(trigger.text)) if trigger.text[i] in "，。；"),
            len(trigger.text),
        )
        of = VEHICLE.search(trigger.text, load.end(), last)
        yield (
            load.end(),
            of.start() if of else min(last, trigger.first if trigger.first > load.end() else last),
        )


def _fits(trigger: Trigger, receiver: Receiver, first: int, last: int) -> bool:
    """True where a stretch names what a trigger of its class gives: money, counted things, goods of relief."""
    parcels = trigger.parcels(first, last)
    if FOUGHT.search(trigger.text, first, last):
        return False
    if trigger.kind == "purse":
        return True
    if trigger.kind == "get" and TAKEN.search(trigger.text, trigger.clause, trigger.close):
        return False
    if trigger.kind in ("sum", "get", "share"):
        return any(parcel.amount or (trigger.kind == "get" and parcel.items) for parcel in parcels)
    if not parcels:
        return False
    relief = RELIEF.search(trigger.text, first, last) is not None
    arms = WEAPON in trigger.text[first:last] or ARMS.search(trigger.text, first, last) is not None
    if trigger.kind == "move":
        provided = arms and any(
            of.search(trigger.text, trigger.clause, trigger.first) for of in (PROVIDED, OWNED)
        )
        told = not trigger.sentence.heading or re.search(f"[{COUNT}{ORDINAL}]", trigger.text[first:last])
        handed = arms and receiver.first is not None and trigger.text[receiver.first] == "给"
        return bool((relief or provided or handed) and told)  # 运送军火给乌克兰
    counted = COUNT in trigger.text[first:last] or any(parcel.amount for parcel in parcels)
    of_somebody = trigger.text.startswith("的", trigger.last) and not trigger.strong  # 使用美国提供的武器
    named = receiver.first is not None and (trigger.strong or relief or arms)
    return counted or (named and not of_somebody) or (trigger.strong and relief)


def _named_donors(trigger: Trigger) -> tuple[str, ...]:
    """Who gives where the words say so: 由X提供的, X援助的, 从X获得, 该机构."""
    text, clause = trigger.text, trigger.clause
    for found in BY.finditer(text, clause, trigger.close):
        if not found["source"] or trigger.kind == "get" or (trigger.kind == "move" and found["goods"]):
            return trigger.codes(*found.span("by" if found["by"] else "of" if found["of"] else "source"))
    if trigger.kind == "get":
        agreed = AGREED.search(text, 0, clause)
        return trigger.codes(*agreed.span("who")) if agreed else ()
    if trigger.kind == "move":
        before = clause_start(text, clause - 1) if clause else 0
        carrier = CARRIER.search(text, clause, trigger.first) or CARRIER.search(text, before, clause)
        if carrier:
            return trigger.codes(*carrier.span("who"))
        owned = OWNED.search(text, clause, trigger.first)
        if owned:
            return trigger.codes(*owned.span("who"))
    it = IT.search(text, clause, trigger.first)
    if it is None or GETS.search(text, it.end(), trigger.first):  # 该组织已收到进入加沙的物资
        return ()
    reading, sentence = trigger.context.reading, trigger.sentence
    named = donors_before(reading, sentence, it.start(), (), firm=True)
    for earlier in reading.before(sentence, 1):
        named = named or donors_before(reading, earlier, len(earlier.encoded.text), (), firm=True)
    return named
