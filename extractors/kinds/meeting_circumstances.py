"""How and whether people met, by the words around the telling."""

from __future__ import annotations

import re

from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType
from schemas.kinds.meeting import Format, Status

SIDE, BODY, PERSON = (
    SYMBOLS[kind] for kind in (MentionType.SIDE, MentionType.ORGANISATION, MentionType.PERSON)
)
VIDEO = re.compile(
    "视频(?!讲话|声明|演讲|致辞|消息|片|截图|平台|网站|中说)|视讯|视像|线上|在线|连线|云会|网络会议|远程"
)
PHONE = re.compile("电话|通话|热线|通[了过上]话")
FACE = re.compile(
    "会见|会晤|会谈|会面|接见|召见|约见|拜会|拜见|晋见|接待|见面|面谈|面见|晤谈|碰面|碰头|面对面|记者|发布会|峰会|宴|仪式|访问|访华|出席|参加|主持|简报"
)
CANCELLED = re.compile("取消|叫停|告吹|不会举行|拒绝(?:会见|与|同|会晤)|搁置|推迟")
LATER = re.compile("后|并|期间|(?<!临)时")  # 会谈后取消了记者会: another act
PROPOSED = re.compile(
    "可能|愿意|(?<!志)愿(?![景望])|提议|建议|呼吁|希望|期待|期望|考虑|敦促|有意|准备好|做好(?:了)?准备|提出|邀请(?=[^，]{0,24}(?:访|出席|参加|与会|来|举行|会晤|会谈|会面))|欢迎[^，]{0,14}(?:访|来)|如果|若|争取|支持|应该|应当|需要|要求"
    "|才[会能愿可肯]|试图|尝试|寻求|谋求|设法|不排除|原则上|(?<![没意])想[要同与和跟去见]|一旦|倘若|假如|假设|除非|唯一|只有|可以|能够|必须|重申愿"
)
PLANNED = re.compile(
    "将(?![军领近其至])|(?<![主需重必只不])要(?=在|于|同|与|和(?!平)|访|去|再)|计划(?!(?:与|和)?(?:投资|发展|经济|国际|预算|财政)|部|署|委)|拟|定于|预计|预定|即将|准备|打算|安排|原定|有望|同意|商定|会在(?=下)|在下一?[次届](?=[^，。]{0,24}(?:峰会|会议|会晤|论坛))|下一?[轮次](?=[^，。]{0,4}(?:谈判|会谈|磋商|和谈|对话|会晤|会面))"
)
UPCOMING = re.compile(
    "^(?:在即|即将)|^(?:的)?(?:途中|路上|前夕)|^[^，。]{0,3}做(?:好)?准备|^作准备|^[^，。后时上中]{0,10}(?<!即)将(?=继续|于|在|会|举行|讨论|重点|恢复|如期)"
)
UNSURE = re.compile("^的?“?可能性|^(?:目前|最早|最快|也|将|仍|还)*(?:可能|有望|有可能|或将)(?!性)")
# Said of a meeting that is not to be: neither held nor planned nor denied as a fact.
UNWANTED = re.compile(
    "未能就(?:举行|召开)|没有(?:前往|去|会见|出席|参加)|(?<!不)排除|禁止|阻止|阻挠|阻拦|不出席|不参加|不参与|没有准备|没准备|不会|不愿|不想|不打算|无意|不再|是否|反对(?![党派])|拒绝直接|无法|不能|不可能|中止|停止|避免|破裂"
    "|(?:没有|并无|尚无|无)(?:任何|具体)?(?:计划|打算|安排|意愿|兴趣|必要|机会)|没有[^，。]{2,16}的(?:计划|安排|打算)|不(?:必|需要|应|该|可)(?!避免)|尚未|还没有?"
)
# The same behind it: 普京与泽连斯基的会晤目前没有安排.
UNWANTED_BEHIND = re.compile(
    "没有(?:安排|计划|可能|意义)|不可能|尚无|为时[尚过还]早|未能(?=[^，。；]{0,6}(?:举行|实现|成行|进行|如期|召开|安排|兑现|发生|会面|见面|会晤))|无望|毫无意义|不会(?:发生|举行)|还很遥远|不在日程"
)
ONGOING = re.compile(
    f"正在|(?:仍|还(?!在[{SIDE}{SYMBOLS[MentionType.PLACE]}])|目前|当前)在(?!.{0, 8}[前后])|继续举行|正(?=[与同和就举])"
)
# Set down for a day, and then not to be: 原定12日举行的磋商因台风而取消.
ORIGINALLY = re.compile("原[定订本拟]|原计划|本应|本来")
CALLED_OFF = re.compile(
    "取消|告吹|喊卡|叫停|泡了?汤|作罢|未能成行|没有?成行|没能成行|推迟|延期|延后|搁置|中止|落空|流产|夭折|不了了之|没有(?:举行|开成|实现)|未能(?:举行|实现)|不存在"
)
# Asked for and refused: 尝试与李强会面，惟遭到拒绝.
REFUSED = re.compile(
    "[^，。；]{0,14}[，,]?(?:但|惟|却|然而|不过|结果)[^，。；]{0,10}?(?:遭到?|被|受到?)[^，。；]{0,8}?(?:拒绝|回绝|婉拒|谢绝)|[^，。；]{0,6}?(?:遭到?|被)[^，。；]{0,6}?(?:拒绝|回绝|婉拒|谢绝)"
)
# A report of a meeting that is said to be false.
UNTRUE_BEHIND = re.compile(
    "^的?(?:说法|报道|消息|传闻|传言|报导)[^，。]{0,8}(?:不属实|不实|是假|失实|不准确|没有根据|毫无根据|并非事实|纯属|不符合事实)"
)
# A guest's own plans and doings, between the verb and the guest: 会见将出席峰会的…, 同正在访问的…会谈.
GUEST = re.compile(
    f"(?:(?<=见)|(?<=见了)|(?<=待)|(?<=待了)|(?<=晤)|(?<=[同与和跟]))(?:来|到访|应邀|应|正在|将|前来|赴|出席|参加|率|寻求|试图|力图|主张|负责|担任|即将|刚刚)[^，。；]{{0,50}}?的(?=[{PERSON}{SIDE}{BODY}])"
)


def without_guest(text: str) -> str:
    """Encoded text with what is told of a guest blotted out: 会见来华出席峰会并访华的…."""
    return GUEST.sub(lambda found: "＿" * len(found[0]), text)


def format_of(words: str) -> Format:
    """How people met, by the words between the parties and the end of the telling."""
    if VIDEO.search(words):
        return "video"
    if PHONE.search(words):
        return "phone"
    return "in_person" if FACE.search(words) else "unspecified"


def status_of(before: str, after: str) -> Status:
    """Whether a meeting was held, by the words before its verb and those up to the end of the clause."""
    if CANCELLED.search(before) or CANCELLED.search(LATER.split(after)[0]):
        return "cancelled"
    if PROPOSED.search(before) or UNSURE.search(after):
        return "proposed"
    if PLANNED.search(before) or UPCOMING.search(after):
        return "planned"
    return "ongoing" if ONGOING.search(before) else "held"
