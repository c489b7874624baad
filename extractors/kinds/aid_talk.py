"""What is only talk of giving: opinions, habits, purposes and acts of war on what is given."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.kinds.aid_amounts import Help
from extractors.kinds.aid_codes import is_unnamed
from extractors.kinds.aid_frames import Frame
from extractors.kinds.aid_sense import AID_NOUN, BILL, ON_AND_ON
from extractors.kinds.aid_things import COUNT, ORDINAL, TIME, UNSPECIFIC
from extractors.layers.context import Context

# What is done to what: nothing is given there.
STRUCK = re.compile("(?:打击|袭击|摧毁|击毁|空袭|轰炸|命中|瞄准|攻击)了?[^，。]{0,4}$")
DEALT = re.compile("^[^，。；]*(?:进行|实施|展开|发动)了?[^，。；]{0,6}(?:打击|袭击|空袭|轰炸|摧毁|攻击)")
# For what something is used, which tells of no giving: 被用来向…提供, 更容易向…输送.
PURPOSE = re.compile("(?:用来|用于|以便|能够|更容易|更难|从而|为了|旨在|便于|有助于|有利于|得以|足以|方便)$")
# What goes on about giving as such: 提供武器的做法, 援助的主要枢纽.
ACT_OF_GIVING = re.compile(
    "^[^，。；]*的(?:做法|行为|举动|行动|政策|可能性?|问题|障碍|一切障碍|通道|枢纽|中心|目的|原因|能力|机制|渠道|"
    "主要枢纽|重要枢纽|角色|作用|意愿|态度|立场|合法性|权利|义务|责任|速度|节奏|步伐|力度|频率|效率|进程|必要性|重要性|紧迫性|风险|后果|代价|成本)"
)
# 关于向…提供导弹的问题 is a topic and says not that they are given.
TOPIC_OF_GIVING = re.compile("(?:关于|就|围绕|对于|在)[^，。；]*$")
QUESTION = re.compile("^[^，。；]*的(?:问题|议题|话题|争论|争议|讨论|辩论)")
DECIDED_ON = re.compile("^[^，。；]*的决定[^，。；]")
# Signs that a delivery without amount or thing is news: when, how often, that it is done.
HAPPENED = re.compile(
    f"已|了|曾|刚|正在|开始|陆续|先后|[{COUNT}{TIME}{ORDINAL}]|批|抵|运往|运送|启运|送去|送达|移交|拨付|仪式|秘密|首次|率先|紧急"
)
# Attitudes of many towards giving.
ATTITUDE = re.compile("支持(?=[^，的]{0,14}[向为给对])|赞成|主张|不赞成|反对|同情|讨论是否|争论")
# 运往乌克兰的武器 names weapons by where they go and tells of no giving, unless they arrive.
COUNTED = re.compile(f"运抵|送达|抵达|启运|交付|到位|到达|^[^，]*{COUNT}")
# Words about giving that make it no news: protests, fears, generalities.
OPINION = re.compile(
    "不要(?=[^，。]{0,8}$)|不得(?=[向给对])|不(?:包含|包括|含)|直至|直到|很少有|几乎没有|盗|走私|掠夺|(?<!投票)(?<!表决)反对|抗议|担心|担忧|是否|意味着(?![^，。]*(?:已|将))|只会|不应|借口|目的是|确保|保障|如何|发表评论|置评"
)
# What is said of giving as such, behind it: 向…提供核武器等同于….
JUDGED = re.compile(
    "等同于|算是|等于|力度|(?:行为|做法|举动|行动)[^，]{0,4}(?:视为|看作|称为)|承担责任|付出代价|已?失败|政策|只会|意味着|构成|违反|并不会|不会改变|无助于|是[^，。]{0,12}(?:原因|唯一|办法|方法)|是在|延长冲突|不能解决|方面都|"
    "发表评论|置评|的情况|不可接受|无法接受|火上浇油|助长|不负责任|将(?:对|会|给|造成|导致|产生|引发|引起|带来|加剧|被[^，。]{0,6}视)"
)
# 必须立即提供坦克炮弹 is an opinion unless it asks somebody.
OUGHT = re.compile("应(?=继续|[向为给当该立])|必须|有必要")
KEPT_PROMISE = re.compile("落实|兑现|履行")
# An adversary's word for another's asking: 美国鼓动欧盟提供武器.
INCITES = re.compile("鼓动|唆使|怂恿|教唆|挑唆|撺掇")
ASKS = re.compile("呼吁|要求|请求|敦促|恳求|吁请|催促|希望")
FIRST = re.compile(f"[{ORDINAL}{COUNT}]")
NUMBERED = re.compile("(?:约|近|超过|逾|至少|共)?(?:[0-9二三四五六七八九十百千万两数几]|一(?!批|些))")
PROMISED = re.compile("(?:承诺|宣布|同意|答应|决定|许诺)[^，。的]{0,3}$")
BLAMED = re.compile("批评|指责|谴责|抨击|警告|敦促")
# Weapons given some time ago, met with on the battlefield.
MET = re.compile("拦截|击落|摧毁|打击|使用|缴获|发射|击毁|用")
# What makes of a statement what ought to be or is no more: 必须保证每天350辆卡车进入, 停止提出请求.
UNDONE = {
    "ask-for-aid": re.compile("停止|撤回|拒绝|不再|没有|从未"),
}


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
    if INCITES.search(frame.text, frame.scope, frame.given):
        return True
    if frame.text.startswith("随着", frame.clause):  # 随着飞行员接受培训的展开
        return True
    if QUESTION.search(rest) and TOPIC_OF_GIVING.search(before):
        return True
    if stage == "delivered" and DECIDED_ON.search(rest):
        return True
    if before.endswith("对") and not before.endswith(
        ("投票反对", "表决反对")
    ):  # 对为军工厂提供能源的设施发动打击
        return True
    attribute = frame.rule == "hand-over-to-recipient" and behind.startswith("的")
    return attribute and stage != "suspended" and not COUNTED.search(behind)  # 暂停了运往以色列的炸弹


def _is_general(frame: Frame, items: Sequence[str], donors: tuple[str, ...], stage: str) -> bool:
    """True where help is spoken of in general: opinions, habits, arms of no sort."""
    scope, rest = frame.text[frame.scope : frame.given], frame.text[frame.given :]
    plain = all(UNSPECIFIC.match(item) and not NUMBERED.match(item) for item in items)
    ought = OUGHT.search(scope) and not ASKS.search(scope)
    if ought and (stage == "delivered" or KEPT_PROMISE.search(scope) or (stage == "requested" and not items)):
        return True
    if not items and KEPT_PROMISE.search(scope):
        return True  # 落实承诺的人道援助: of what was promised before
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
    promised = PROMISED.search(frame.text, frame.clause, frame.first + 2)  # 多国答应提供重型武器
    if stage == "announced" and plain and donors and not promised and all(map(is_unnamed, donors)):
        return True  # 西方升级对乌武器供应
    if stage != "delivered":
        return False
    if rest.startswith("的") and MET.search(scope):
        return True
    general = not re.search(f"已|物资|包机|{BILL.pattern}", scope + rest[:24])
    if frame.rule == "help-recipient" and plain and general:
        return True
    if not donors and frame.rule == "moving" and FIRST.search(frame.text, frame.clause, frame.given):
        return False  # 首批物资进入加沙, 200辆满载物资的卡车驶入加沙
    unnamed = all(is_unnamed(code) for code in donors)
    return plain and (unnamed or re.search(f"{ON_AND_ON.pattern}|{BLAMED.pattern}", scope) is not None)
