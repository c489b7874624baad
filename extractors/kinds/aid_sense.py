"""What is material help: with an amount, things or a package, from somebody who can give – and no sale, no history."""

from __future__ import annotations

import re

from extractors.kinds.aid_amounts import Help
from extractors.kinds.aid_codes import is_receiver, is_rich
from extractors.kinds.aid_frames import BARE, Frame
from extractors.kinds.aid_objects import clause_start
from extractors.kinds.aid_roles import RELIEF
from extractors.kinds.aid_things import COUNT, MONEY, ORDINAL, TIME, WEAPON
from extractors.kinds.sides import enemies_of
from extractors.layers.context import Context
from extractors.reading.mention import Place

# Bills, budgets and schemes of help, which are news by what becomes of them.
BILL = re.compile(
    "拨款|法案|议案|提案|草案|预算|配套|(?:援助?(?:[一项的新\ue000-\uf8ff]{0,6})|军援|军事援助|援助)(?:计划|方案|资金|一揽子)"
)
CONDITIONAL = re.compile("如果|若(?!干)|假如|一旦|只要|除非|即使|倘若|要是|不论|无论")
SALE = re.compile(
    "签署合同|签约|银团|军售|(?<!或)出售(?!(?:或|和|、)(?:赠|捐|提供|移交))|售予|售卖|采购合同|出口合同|供气|供油|商品|进出口|贸易|订单|销售|客户|商业合同|股权|资产转移|投资(?!基金)|融资租赁"
)
# Signs that what somebody receives was given.
GIVEN = re.compile(f"援|捐|赠|提供|承诺|西方|来自|盟友|盟国|贷款|拨款|{ORDINAL}|物资")
# What states and firms deliver for money where nothing calls it help.
TRADE = re.compile("供应|供给|供货|输送|出口|停止|暂停|中断|切断|恢复")
GOODS_OF_TRADE = re.compile("煤炭|天然气|石油|原油|电力|燃油|柴油|汽油|芯片|部件|粮食|化肥")
# An appeal to nobody in particular: 呼吁向…提供.
ASKS_NOBODY = re.compile("(?:呼吁|敦促|吁请|恳求)(?:立即|尽快|紧急)?$")
# Money a state spends at home, of which help is a part: 2023财年综合拨款法案.
OWN_BUDGET = re.compile("综合拨款|财年[^，。]{0,8}(?:拨款法|预算)|年度预算|支出法案|国防预算|国防授权")
ON_AND_ON = re.compile("不断|持续|一直|继续|源源|长期|大量|大规模")
# 第一个向乌克兰提供武器的国家 says who, not what.
RELATIVE = re.compile(
    "[^，。；]{1,16}的[^，。；的]{0,4}(?:国家|盟国|盟友|一方|机构)(?:之一)?(?=[，。；、和]|$)"
)
AID_NOUN = re.compile("援助|支持|军援|贷款|赠款|物资|支援|培训|训练|捐")
CALLED_AID = re.compile("无偿|免费|救济|救助|灾|难民|援助|军援|赠|捐|支援|驰援|人道")
# What calls goods on their way help, or arms.
CALLED_HELP = re.compile(
    "援|赠|捐|人道|救|赈|抗疫|防疫|疫苗|抗震|医疗|药|难民|灾|武器|装备|军|弹药|坦克|战机|系统|承诺|提供|同意|决定|物资|粮|食品|帐篷|装甲|战车|炮|导弹|飞弹|无人机|直升机|战斗机|救护车|消防车|毛毯|棉被|被褥|净水"
)
ARRIVED = re.compile("运抵|运到|运至|送抵|送达|送到|送进|送入|运进|运入")
MOVED = re.compile("运|输送|发往|送[往到达抵]|抵达")
# Money that is given: 获得8.8亿美元拨款, but not 外国投资.
FUNDS = re.compile(f"{AID_NOUN.pattern}|拨款|资金|款项|援款")
# What tells a package without amount or things from general support.
PACKAGE = re.compile(
    f"新一批|新一轮|一揽子|{ORDINAL}|新{COUNT}|援助计划|援助方案|军援计划|法案|"
    "军事|武器|装备|致命|杀伤|防空|防务|安全援助|紧急|人道|财政|贷款|经济|粮食|医疗|能源|重建"
)
NEW_PACKAGE = re.compile(f"新一批|一揽子|{ORDINAL}|新{COUNT}")
FURTHER = re.compile("(?:追加|额外|新增)[^，]{0,6}(?:援助|支援|军援)")
# What happens to a package that is delivered: 紧急粮食援助项目交接仪式.
HANDED = re.compile("(?:交接|移交|捐赠|发运|启运|交付)仪式|启运|起运|运抵|启程")
DECIDED = re.compile("宣布|公布|批准|签署|通过|启动|制定|起草|提出")
# Verbs of deciding on help, and nouns for it that say more than support.
DECIDES = re.compile(
    "宣布|公布|推出|承诺|同意|答应|许诺|决定|批准|通过|签署|核准|授权|拒绝|停止|暂停|中止|冻结|否决|阻止|阻挠|取消"
)
HELP_NOUN = re.compile("援助|军援|支援(?!者)|贷款|赠款|资金(?!支持)|物资|捐款|拨款|援款")
ACCUSED = re.compile("指认|指控|指责|制裁|涉嫌|罪名")
# How far before the governing clause a condition may stand.
CONDITION_REACH = 20
# More help of a sort, asked of somebody: 敦促欧美增加军事援助.
ASKS_MORE = re.compile(
    "(?:呼吁|敦促|请求|恳求|促请|催促|吁请|要求)[^，。]{0,16}(?:增加|加强|加大|扩大|追加|加快|更多|进一步)[^，。]{0,10}"
    "(?:军事|武器|安全|防空|人道(?:主义)?|经济|财政|紧急)(?:援助|支持|支援)"
)
FIRM = re.compile("(?:银行|公司|集团|企业|交易所|俱乐部)$")
# How many or how much more is wanted: 七套“爱国者”系统, 更多防空导弹.
WANTED = re.compile(f"{COUNT}|更多|额外")
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
    trade = frame.rule != "work-for-recipient" and TRADE.search(words) and GOODS_OF_TRADE.search(words)
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


def _arrives(frame: Frame, donors: tuple[str, ...]) -> bool:
    """True where counted goods reach people in need and nobody says whose they are: 加沙涌入915辆援助卡车."""
    moved = frame.rule == "moving" or (
        frame.rule == "hand-over-to-recipient" and ARRIVED.search(frame.text, frame.first, frame.match.last)
    )
    if donors or not moved or not is_receiver(frame.recipients):
        return False
    somewhere = any(
        isinstance(m.value, Place) for m in frame.encoded.mentions_in(frame.clause, len(frame.text))
    )
    told = frame.text[frame.clause : max(frame.end, frame.given)]
    if frame.rule != "moving" and not RELIEF.search(told):
        return False  # 首批4台战斗机器人已运抵
    return (somewhere or frame.rule != "moving") and (COUNT in told or ORDINAL in told)


def _lacks_party(frame: Frame, donors: tuple[str, ...], stage: str) -> bool:
    """True where nobody gives though the statement must name one, or whoever receives does not receive help."""
    rule, text = frame.rule, frame.text
    if not donors:
        asks = stage == "requested" and ASKS_NOBODY.search(text, frame.clause, frame.first) is not None
        gets = frame.receives and stage != "requested" and is_receiver(frame.recipients)
        if rule == "recipient-wants-things":  # 我们还需要七套“爱国者”系统
            return not WANTED.search(text, frame.first, frame.end)
        if rule == "asks-for-more":
            return frame.sentence.heading
        if rule == "recipient-forces-learn":
            return not is_receiver(frame.recipients)
        if not (asks or gets) or rule == "getting":
            return True
        if rule == "recipient-gets-things" and not GIVEN.search(text, frame.clause, frame.end):
            return True  # 革命卫队接收新型导弹
        if rule == "recipient-gets-aid" and not FUNDS.search(text, frame.given, frame.end):
            return True
    if rule in ("recipient-forces-are-trained", "recipient-forces-learn") and not is_receiver(
        frame.recipients
    ):
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
    if frame.rule in ("asks-for-more", "work-for-recipient"):
        return True
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
    if frame.rule == "help-recipient" and DECIDES.search(frame.text, frame.clause, frame.first):
        words = frame.text[frame.first : frame.end]  # 公布援助乌克兰的又一项计划
    if BILL.search(words):  # 援助乌克兰的支出法案, 对乌克兰提供重建援助的预算案
        return True
    if stage in ("announced", "approved", "suspended") and _is_decided(frame, words):
        return True
    if not AID_NOUN.search(words):
        return False
    if stage == "requested" and ASKS_MORE.search(frame.text, frame.clause, max(frame.end, frame.match.last)):
        return True
    habit = stage in ("planned", "requested") and ON_AND_ON.search(frame.text, frame.scope, frame.given)
    if stage == "delivered" and HANDED.search(frame.text, frame.given):
        return True
    if stage == "delivered" or habit:  # 将继续提供军事支持 names no package
        return NEW_PACKAGE.search(words) is not None
    if stage == "requested" and not all(code.isascii() for code in donors):
        return False
    if frame.kind_of_object == "around" and stage not in ("suspended", "announced", "approved"):
        decided = DECIDED.search(frame.text, 0, frame.first) is not None
        return decided and PACKAGE.search(frame.text, frame.clause, frame.end) is not None
    return PACKAGE.search(words) is not None


def _is_decided(frame: Frame, words: str) -> bool:
    """True where somebody decides on help that goes by no sort: 同意向加沙提供持续性援助, never mere support."""
    before = frame.text[frame.scope : max(frame.first, frame.given)]
    if not DECIDES.search(before) or ACCUSED.search(before):
        return False
    return HELP_NOUN.search(words) is not None


def names_amount(frame: Frame) -> bool:
    """True where what is given holds an amount of money."""
    return MONEY in frame.text[frame.start : frame.end]
