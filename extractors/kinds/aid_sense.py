"""What is an announcement of help, and what is only talk of it, a sale, or a word on who gives."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.kinds.aid_amounts import Help
from extractors.kinds.aid_codes import is_receiver, is_unnamed
from extractors.kinds.aid_frames import BARE, Frame
from extractors.kinds.aid_objects import clause_start
from extractors.kinds.aid_things import COUNT, MONEY, ORDINAL, TIME, UNSPECIFIC, WEAPON
from extractors.kinds.sides import enemies_of
from extractors.layers.context import Context
from extractors.reading.mention import Place

# Bills, budgets and schemes of help, which are news by what becomes of them.
BILL = re.compile(
    "拨款|法案|议案|提案|草案|预算|配套|(?:援助?(?:[一项的新\ue000-\uf8ff]{0,6})|军援|军事援助|援助)(?:计划|方案|资金|一揽子)"
)
CONDITIONAL = re.compile("如果|若(?!干)|假如|一旦|只要|除非|即使|倘若|要是|不论|无论")
SALE = re.compile(
    "签署合同|签约|银团|军售|出售|售予|售卖|采购合同|出口合同|供气|供油|商品|进出口|贸易|订单|销售|客户|商业合同|股权|资产转移|投资(?!基金)|融资租赁"
)
# What is done to what: nothing is given there.
STRUCK = re.compile("(?:打击|袭击|摧毁|击毁|空袭|轰炸|命中|瞄准|攻击)了?[^，。]{0,4}$")
DEALT = re.compile("^[^，。；]*(?:进行|实施|展开|发动)了?[^，。；]{0,6}(?:打击|袭击|空袭|轰炸|摧毁|攻击)")
# For what something is used, which tells of no giving: 被用来向…提供, 更容易向…输送.
PURPOSE = re.compile("(?:用来|用于|以便|能够|更容易|更难|从而|为了|旨在|便于|有助于|有利于|得以|足以|方便)$")
# What goes on about giving as such: 提供武器的做法, 援助的主要枢纽.
ACT_OF_GIVING = re.compile(
    "^[^，。；]*的(?:做法|行为|举动|行动|政策|可能性?|问题|障碍|一切障碍|通道|枢纽|中心|目的|原因|能力|机制|渠道|"
    "主要枢纽|重要枢纽|角色|作用|意愿|态度|立场|合法性|权利|义务|责任)"
)
DECIDED_ON = re.compile("^[^，。；]*的决定[^，。；]")
# Signs that a delivery without amount or thing is news: when, how often, that it is done.
# Signs that what somebody receives was given.
GIVEN = re.compile(f"援|捐|赠|提供|承诺|西方|来自|盟友|盟国|贷款|拨款|{ORDINAL}|物资")
HAPPENED = re.compile(
    f"已|了|曾|刚|正在|开始|陆续|先后|[{COUNT}{TIME}{ORDINAL}]|批|抵|运往|运送|启运|送去|送达|移交|拨付|仪式|秘密|首次|率先|紧急"
)
# Attitudes of many towards giving.
ATTITUDE = re.compile("支持(?=[^，的]{0,14}[向为给对])|赞成|主张|不赞成|反对|同情|讨论是否|争论")
# What states and firms deliver for money where nothing calls it help.
TRADE = re.compile("供应|供给|供货|输送|出口|停止|暂停|中断|切断|恢复")
GOODS_OF_TRADE = re.compile("煤炭|天然气|石油|原油|电力|燃油|柴油|汽油|芯片|部件|粮食|化肥")
# 运往乌克兰的武器 names weapons by where they go and tells of no giving, unless they arrive.
COUNTED = re.compile(f"运抵|送达|抵达|启运|交付|到位|到达|^[^，]*{COUNT}")
# Words about giving that make it no news: protests, fears, generalities.
OPINION = re.compile(
    "直至|直到|很少有|几乎没有|盗|走私|掠夺|反对|抗议|担心|担忧|是否|意味着(?![^，。]*(?:已|将))|只会|不应|借口|目的是|确保|保障|如何|发表评论|置评"
)
# An appeal to nobody in particular: 呼吁向…提供.
ASKS_NOBODY = re.compile("(?:呼吁|敦促|吁请|恳求)(?:立即|尽快|紧急)?$")
# What is said of giving as such, behind it: 向…提供核武器等同于….
JUDGED = re.compile(
    "等同于|算是|等于|力度|(?:行为|做法|举动|行动)[^，]{0,4}(?:视为|看作|称为)|承担责任|付出代价|已?失败|政策|只会|意味着|构成|违反|并不会|不会改变|无助于|是[^，。]{0,12}(?:原因|唯一|办法|方法)|是在|延长冲突|不能解决|方面都|"
    "发表评论|置评|的情况|将(?:对|会|给|造成|导致|产生|被[^，。]{0,6}视)"
)
# 必须立即提供坦克炮弹 is an opinion unless it asks somebody.
OUGHT = re.compile("应(?=继续|[向为给当该立])|必须|有必要")
KEPT_PROMISE = re.compile("落实|兑现|履行")
ASKS = re.compile("呼吁|要求|请求|敦促|恳求|吁请|催促|希望")
BLAMED = re.compile("批评|指责|谴责|抨击|警告|敦促")
# Money a state spends at home, of which help is a part: 2023财年综合拨款法案.
OWN_BUDGET = re.compile("综合拨款|财年[^，。]{0,8}(?:拨款法|预算)|年度预算|支出法案|国防预算|国防授权")
# Weapons given some time ago, met with on the battlefield.
MET = re.compile("拦截|击落|摧毁|打击|使用|缴获|发射|击毁|用")
ON_AND_ON = re.compile("不断|持续|一直|继续|源源|长期|大量|大规模")
# 第一个向乌克兰提供武器的国家 says who, not what.
RELATIVE = re.compile(
    "[^，。；]{1,16}的[^，。；的]{0,4}(?:国家|盟国|盟友|一方|机构)(?:之一)?(?=[，。；、和]|$)"
)
AID_NOUN = re.compile("援助|支持|军援|贷款|赠款|物资|支援|培训|训练|捐")
CALLED_AID = re.compile("无偿|免费|救济|救助|灾|难民|援助|军援|赠|捐|支援|驰援|人道")
# What calls goods on their way help, or arms.
CALLED_HELP = re.compile(
    "援|赠|捐|人道|救|赈|抗疫|防疫|疫苗|抗震|医疗|药|难民|灾|武器|装备|军|弹药|坦克|战机|系统|承诺|提供|同意|决定|物资|粮|食品|帐篷"
)
MOVED = re.compile("运|输送|发往|送[往到达抵]|抵达")
# Money that is given: 获得8.8亿美元拨款, but not 外国投资.
FUNDS = re.compile(f"{AID_NOUN.pattern}|拨款|资金|款项|援款")
# What makes of a statement what ought to be or is no more: 必须保证每天350辆卡车进入, 停止提出请求.
UNDONE = {
    "ask-for-aid": re.compile("停止|撤回|拒绝|不再|没有|从未"),
}
# What tells a package without amount or things from general support.
PACKAGE = re.compile(
    f"新一批|新一轮|一揽子|{ORDINAL}|新{COUNT}|援助计划|援助方案|军援计划|法案|"
    "军事|武器|装备|防空|防务|安全援助|紧急|人道|财政|贷款|经济|粮食|医疗|能源|重建"
)
NEW_PACKAGE = re.compile(f"新一批|一揽子|{ORDINAL}|新{COUNT}")
FURTHER = re.compile("(?:追加|额外|新增)[^，]{0,6}(?:援助|支援|军援)")
# What happens to a package that is delivered: 紧急粮食援助项目交接仪式.
HANDED = re.compile("(?:交接|移交|捐赠|发运|启运|交付)仪式|启运|起运|运抵|启程")
DECIDED = re.compile("宣布|公布|批准|签署|通过|启动|制定|起草|提出")
RICH = {
    "US",
    "GB",
    "DE",
    "FR",
    "EU",
    "NATO",
    "CA",
    "IT",
    "ES",
    "NL",
    "NO",
    "SE",
    "CH",
    "AT",
    "BE",
    "DK",
    "G7",
    "UN",
    "SA",
    "AE",
    "QA",
}
# How far before the governing clause a condition may stand.
CONDITION_REACH = 20


FIRM = re.compile("(?:银行|公司|集团|企业|交易所|俱乐部)$")
LETTER = re.compile("给[^，。]{2,30}?(?:回信|复信|写信|致信|去信|发来贺信)")


def is_conditional(frame: Frame) -> bool:
    """True where the giving hangs on a condition: 如果…. 一旦完成训练，将于6月交付19架 is a plan with a time or number."""
    last = max(frame.first, frame.given)
    found = CONDITIONAL.search(frame.text, max(0, frame.scope - CONDITION_REACH), last)
    if found is None:
        return False
    planned = found.group() == "一旦" and frame.text.find("将", frame.clause, last) >= 0
    return not (planned and re.search(f"[{COUNT}{TIME}]", frame.text[frame.clause : frame.end]))


def is_sale(frame: Frame) -> bool:
    """True where the statement is of a sale."""
    start = frame.scope if frame.rule == "aid-without-recipient" else frame.first
    if SALE.search(frame.text, start, frame.end):
        return True
    words = frame.text[frame.scope : frame.end]
    trade = TRADE.search(words) and GOODS_OF_TRADE.search(words)
    return bool(trade) and not CALLED_AID.search(words) and MONEY not in words


def is_told_of_the_past(context: Context, frame: Frame) -> bool:
    """True for history: the statement's clause, or else the one before, names times of more than five years ago alone."""
    starts = [frame.scope] + ([clause_start(frame.text, frame.scope - 1)] if frame.scope else [])
    spans = (frame.encoded.span(start, frame.end) for start in starts)
    return any(context.dates.are_history(frame.sentence, *span) for span in spans)


def is_business(frame: Frame) -> bool:
    """True where firms alone receive, and for a letter to those who help: no help between states or peoples."""
    if all(FIRM.search(code) for code in frame.recipients):
        return True
    return LETTER.search(frame.text, frame.clause) is not None


def is_talk(
    context: Context, frame: Frame, parcels: Sequence[Help], donors: tuple[str, ...], stage: str
) -> bool:
    """Opinions on giving and generalities (西方不断提供武器) are no announcements; an amount makes them news."""
    if any(parcel.amount is not None for parcel in parcels):
        return False
    named = [item for parcel in parcels for item in parcel.items]
    items = [context.reading.folded[start:end] for start, end in named]
    return _is_no_news(frame, stage) or _is_general(frame, items, donors, stage)


def _is_no_news(frame: Frame, stage: str) -> bool:
    """True where the giving is a means, an aim, a target, or only judged."""
    rest, behind = frame.text[frame.given :], frame.text[frame.match.last :]
    if frame.rule in UNDONE and UNDONE[frame.rule].search(frame.text, frame.scope, frame.match.last):
        return True
    if frame.text[: frame.first].endswith("通过") and stage != "approved":  # how something is done
        return True
    before = frame.text[: frame.first]
    if STRUCK.search(before) or (stage == "delivered" and PURPOSE.search(before)):
        return True
    if frame.text[frame.first] == "对" and DEALT.search(behind):  # 对用于运送武器的设施进行了打击
        return True
    if ACT_OF_GIVING.search(rest) and stage in ("delivered", "requested"):
        return True
    if stage == "delivered" and DECIDED_ON.search(rest):
        return True
    if frame.text[frame.first - 1 : frame.first] == "对":  # 对为军工厂提供能源的设施发动打击
        return True
    return frame.rule == "hand-over-to-recipient" and behind.startswith("的") and not COUNTED.search(behind)


def _is_general(frame: Frame, items: Sequence[str], donors: tuple[str, ...], stage: str) -> bool:
    """True where help is spoken of in general: opinions, habits, arms of no sort."""
    scope, rest = frame.text[frame.scope : frame.given], frame.text[frame.given :]
    plain = all(UNSPECIFIC.match(item) for item in items)
    ought = OUGHT.search(scope) and not ASKS.search(scope)
    if ought and (stage == "delivered" or KEPT_PROMISE.search(scope) or (stage == "requested" and not items)):
        return True
    arms = plain and not any("物资" in item for item in items)
    if (
        arms
        and stage == "delivered"
        and not frame.receives
        and not HAPPENED.search(frame.text, frame.scope, frame.end)
    ):
        return True  # 美国向乌克兰提供武器 tells of no delivery
    if (
        plain
        and frame.kind_of_object is None
        and stage in ("delivered", "proposed")
        and ATTITUDE.search(scope)
    ):
        return True
    if OPINION.search(scope) or JUDGED.search(rest.partition("，")[0]):
        return True
    if stage == "suspended" and not any(code.isascii() or is_unnamed(code) for code in donors):
        return not AID_NOUN.search(rest)  # a firm stops its deliveries
    if stage == "announced" and plain and donors and all(is_unnamed(code) for code in donors):
        return True  # 西方升级对乌武器供应
    if stage != "delivered":
        return False
    if rest.startswith("的") and MET.search(scope):
        return True
    general = not re.search(f"已|物资|包机|{BILL.pattern}", scope + rest[:24])
    if frame.rule == "help-recipient" and plain and general:
        return True
    unnamed = all(is_unnamed(code) for code in donors)
    return plain and (unnamed or re.search(f"{ON_AND_ON.pattern}|{BLAMED.pattern}", scope) is not None)


def is_rich(recipients: Sequence[str]) -> bool:
    """True for countries to which nothing goes as help unless the words call it so."""
    return set(recipients) <= RICH


def _arrives(frame: Frame, donors: tuple[str, ...]) -> bool:
    """True where counted goods reach people in need and nobody says whose they are: 加沙涌入915辆援助卡车."""
    if donors or frame.rule != "moving" or not is_receiver(frame.recipients):
        return False
    somewhere = any(
        isinstance(m.value, Place) for m in frame.encoded.mentions_in(frame.clause, len(frame.text))
    )
    return somewhere and COUNT in frame.text[frame.clause : max(frame.end, frame.given)]


def _lacks_party(frame: Frame, donors: tuple[str, ...], stage: str) -> bool:
    """True where nobody gives though the statement must name one, or whoever receives does not receive help."""
    rule, text = frame.rule, frame.text
    if not donors:
        asks = stage == "requested" and ASKS_NOBODY.search(text, frame.clause, frame.first) is not None
        gets = frame.receives and stage != "requested" and is_receiver(frame.recipients)
        if not (asks or gets) or rule == "getting":
            return True
        if rule == "recipient-gets-things" and not GIVEN.search(text, frame.clause, frame.end):
            return True  # 革命卫队接收新型导弹
        if rule == "recipient-gets-aid" and not FUNDS.search(text, frame.given, frame.end):
            return True
    if rule == "recipient-forces-are-trained" and not is_receiver(frame.recipients):
        return True
    return rule == "aid-without-recipient" and OWN_BUDGET.search(text, frame.first, frame.end) is not None


def is_help(frame: Frame, parcel: Help, donors: tuple[str, ...], stage: str) -> bool:
    """Material help needs an amount, things, or a package that can be told from others – and a donor."""
    if _arrives(frame, donors):
        return bool(parcel.items)
    if _lacks_party(frame, donors, stage):
        return False
    if RELATIVE.match(frame.text, frame.given) and "成为" not in frame.text[frame.scope : frame.first]:
        return False
    if set(donors) & enemies_of(frame.recipients):
        return False
    bare = stage not in ("announced", "approved") and parcel.amount is None
    if bare and is_rich(frame.recipients) and not CALLED_AID.search(frame.text, frame.scope, frame.end):
        return False
    if frame.rule == "hand-over-to-recipient" and parcel.amount is None and _is_trade(frame):
        return False
    if parcel.amount is not None or parcel.items:
        return True
    if frame.rule == "opening-the-purse":
        return stage == "suspended"
    return not (frame.by_roles or frame.rule in BARE) and _is_package(frame, donors, stage)


def _is_trade(frame: Frame) -> bool:
    """Civil goods that only go somewhere: 纺织品发往秘鲁 – nothing calls them help."""
    if not MOVED.search(frame.text, frame.first, frame.match.last):
        return False
    last = max(frame.match.last, frame.end)
    named = "".join(m.words for m in frame.encoded.mentions_in(0, frame.first))
    return WEAPON not in frame.text[:last] and not CALLED_HELP.search(frame.text[:last] + named)


def _is_package(frame: Frame, donors: tuple[str, ...], stage: str) -> bool:
    """True where the words tell a package without amount or things from others."""
    words = frame.text[frame.given if frame.kind_of_object is None else frame.first : frame.end]
    if BILL.search(words):  # 援助乌克兰的支出法案, 对乌克兰提供重建援助的预算案
        return True
    if not AID_NOUN.search(words):
        return False
    if stage in ("announced", "approved") and FURTHER.search(words):
        return True
    habit = stage in ("planned", "requested") and ON_AND_ON.search(frame.text, frame.scope, frame.given)
    if stage == "delivered" and HANDED.search(frame.text, frame.given):
        return True
    if stage == "delivered" or habit:  # 将继续提供军事支持 names no package
        return NEW_PACKAGE.search(words) is not None
    if stage == "requested" and not all(code.isascii() for code in donors):
        return False
    if frame.kind_of_object == "around" and stage not in ("suspended", "announced", "approved"):
        return DECIDED.search(frame.text, 0, frame.first) is not None and PACKAGE.search(words) is not None
    return PACKAGE.search(words) is not None


def names_amount(frame: Frame) -> bool:
    """True where what is given holds an amount of money."""
    return MONEY in frame.text[frame.start : frame.end]
