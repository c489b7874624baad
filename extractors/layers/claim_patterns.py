"""The wordings of claims: who says, reports, quotes or adds what, as patterns over encoded sentences.

The group `who` is the claimant, `verb` the verb of saying, `words` a claimant that no mention stands for.
"""

from __future__ import annotations

import re

from extractors.layers.speakers import SPEAKER, TIME

SAY = (
    "(?:的?(?:最新|初步)?(?:统计)?(?:数据|资料)(?:显示|表明)|发表声明称|发布消息[称说]|发布声明称|发布通报称|发表讲话称|报[道导][称说]|通报[称说]|声明[称说]|报告[称说]|"
    "补充[称说]|介绍说|回应[称说]|发[文帖]称|发文说|贴文说|发言称|告诉|"
    "表示|指出|宣布|宣称|声称|报告|报[道导]|通报|证实|透露|强调|补充(?![预法协拨条兵供给资弹])|写道|警告|确认|认为|披露|介绍|坦言|重申|承认|否认|谴责|恳求|示意|提议|坦承|答复|"
    "指责|指控|控诉|指称|呼吁|敦促|要求|承诺|预测|估计|估算|预估|预计|评估|直言|断言|发布|公布|公告|称(?![为号赞职呼之作])|说(?![明法服客])|表态|抱怨|解释|提到|谈到)"
)
# What may stand between a claimant and the verb: a time, a place, an occasion – no other act of the claimant.
ACT = "击攻袭毁拦落炸轰夺占撤俘退援助"
NO_SPEAKER = f"[^。！？；，{SPEAKER[1:-1]}]"
# The occasion of a statement names others who do not make it: 在与北约官员会面时, 接受德国记者采访时.
OCCASION = (
    rf"(?:在|接受|会见|会晤|与|同){NO_SPEAKER}{{0,8}}(?:{SPEAKER}{NO_SPEAKER}{{0,12}}?){{1,3}}?"
    r"(?:时|采访中|(?<=[讲话辞言])中|期间|之际|(?<=来)后|(?<=[谈话面见晤议])后|(?<=[户号台站体特议会坛式])上)"
)
ASIDE = rf"(?:[对向在就]{SPEAKER}|援引|救援|[^。！？；，{SPEAKER[1:-1]}{ACT}])"
# One occasion at most: of several, the engine would try every way to divide them.
BETWEEN = rf"{ASIDE}{{0,24}}?(?:{OCCASION}，?{ASIDE}{{0,12}}?)?"
# 泽连斯基的呼吁 is a noun, 政府下周将宣布 and 考虑承诺 have not been said yet.
NO_CLAIM = (
    "(?<![的将拟要])(?<!计划)(?<!准备)(?<!可能)(?<!打算)(?<!考虑)(?<!预计)"
    "(?<!未)(?<!未予)(?<!未经)(?<!不予)(?<!没有)(?<!拒绝)(?<!尚未)"
)
# What is to be announced has not been: 政府将在未来几天宣布, 总统拟于下周公布.
TO_BE_SAID = re.compile(
    "(?:(?<!即)将(?![领军其士])|即将|拟|计划|准备|打算|预计|可能|考虑|有望|定于|很快会)[^，]*(?:宣布|公布|发布|宣告|承诺)$"
)
OPENING = re.compile(
    rf"(?P<who>{SPEAKER}){BETWEEN}{NO_CLAIM}(?P<verb>{SAY})(?:的?(?:声明|消息|报告|讲话)(?:称|说|中称|中说))?"
)
ACCORDING = re.compile(
    rf"(?:据|根据|按照|来自)[^。！？；，{SPEAKER[1:-1]}]{{0,6}}?(?P<who>{SPEAKER})(?!{SPEAKER})[^。！？；，{ACT}]{{0,16}}?"
    r"(?:报[道导]|消息|报告|称|说|透露|数据|统计|公布|介绍|表示|声明|通报|评估|说法|的话)(?:称|说|显示)?"
)
# 记者从国防部获悉, 从警方了解到.
LEARNT = re.compile(
    rf"从(?P<who>{SPEAKER})[^。！？；，{SPEAKER[1:-1]}{ACT}]{{0,8}}?(?P<verb>获悉|了解到|得知|得到的消息)"
)
# The statement first, what it says behind a comma: 真主党3日发表声明，称其….
STATED = re.compile(
    rf"(?P<who>{SPEAKER})(?:{TIME}|[^。！？；，{SPEAKER[1:-1]}{ACT}]{{0,8}}?){{0,3}}(?:发表|发布|发出|发)了?(?:一份|一则|多份)?"
    r"(?:联合|书面|视频)?(?:声明|公告|视频|消息|战报|通报|文章)，(?P<verb>称|说|表示|指出|宣布|证实|否认|谴责|呼吁)"
)
HEADED = re.compile(rf"^(?:[0-9]+[.、．]，?)?(?P<who>{SPEAKER})(?:声明|消息|通报)?[：:]")
QUOTING = re.compile(rf"(?:援引|引述|引用|转述)[^。！？；，{SPEAKER[1:-1]}]{{0,10}}?(?P<who>{SPEAKER})")
ADDED = rf"(?:还|并|也|又|随后|同时|进一步|{TIME}|[^。！？；，{ACT}]{{0,6}}?){{0,3}}"
# Who spoke before goes on: 他说, 声明还称; the outlet, whoever spoke in between: 报道指出.
ANAPHOR = re.compile(
    rf"(?:^|[，。；]|并|据)(?P<who>他们|他|她|它|该(?:部门?|机构|组织|局|报告?|官员|发言人)|声明|报告|公告|通报|新闻稿|公报|[贴帖推]文|战报|军方报告|前者|后者|简报|"
    rf"(?P<press>该?报[导道]|消息|文章)){ADDED}(?P<verb>{SAY})"
)
# 根据声明，: whose statement the passage has just told.
BY_STATEMENT = re.compile(
    "(?:^|[，；])(?:根据|据|按照)(?:该|这份|上述)?(?P<who>(?:声明|公告|通报|新闻稿|公报)(?:内容|所述)?)(?=，)"
)
# The subject stays unsaid behind a full stop: 同时还宣布, 并强调说.
GOING_ON = re.compile(
    rf"^(?:{TIME}|同时|此外|另外|随后|最后)?，?(?:并且|并|还|也|又)(?:还|也)?(?:[^。！？；，{SPEAKER[1:-1]}{ACT}]{{0,4}}?){NO_CLAIM}(?P<verb>{SAY})"
)
# The subject stays unsaid: ，并补充说, ，同时还宣布.
CONTINUING = re.compile(
    rf"[，；](?:{TIME}|同时)?(?:并且|并|还|也|又|同时)(?:还|也)?(?:[^。！？；，{SPEAKER[1:-1]}{ACT}]{{0,6}}?){NO_CLAIM}(?P<verb>{SAY})"
)
CLOSING = re.compile(
    rf"[，,—-](?:该[国州省市县区镇村]|当地)?(?P<who>{SPEAKER})(?:{TIME}|[^。！？；，{SPEAKER[1:-1]}]{{0,10}}?){NO_CLAIM}(?P<verb>{SAY})(?:道|着)?[。！？；]?$"
)
# The source signs the statement behind a dash: ……——五角大楼, …… — 路透社援引一名官员.
SIGNED = re.compile(
    rf"(?P<dash>[—–―─－-]+) ?(?P<who>{SPEAKER})(?:(?:援引|引述|引用)[^。！？；，{SPEAKER[1:-1]}]{{0,10}}?(?P<inner>{SPEAKER}))?"
    "(?:的?(?:话|消息|报道|说法))?[。！？]?$"
)
CLOSING_ANAPHOR = re.compile(
    rf"[，,](?:他|她|他们|声明|报告)[^。！？；，]{{0,6}}?(?P<verb>{SAY})(?:道)?[。！？；]?$"
)
# The whole sentence says whose the quoted one before it is: “……。”俄国防部说。
ALONE = re.compile(
    rf"^(?P<who>{SPEAKER})(?:{TIME}|[^。！？；，{SPEAKER[1:-1]}]{{0,10}}?){NO_CLAIM}(?P<verb>{SAY})(?:道)?[。！？]?$"
)
# Claimants that no mention stands for: 据媒体报道, 当地救援部门说.
NAMELESS = (
    "(?P<words>(?:当地|地方|多家|[多几]家|国际|外国|西方)[\u4e00-\u9fff]{0,4}?(?:媒体|部门|当局|机构|居民|目击者|消息人士)|"
    "(?:消防|救援|卫生|应急|紧急服务|急救|执法|安全|司法)部门|目击者|知情人士|消息人士)"
)
CITED = re.compile(
    "据(?P<words>(?:当地|地方|[多几]家|国际|外国|西方|不愿透露姓名的)?(?:媒体|部门|当局|居民|村民|目击者|知情人士|消息人士|警方|军方))"
    "[^。！？；，]{0,8}?(?:报[道导]|消息|透露|介绍|描述)?(?:称|说)?(?=[，：])"
)
UNNAMED = re.compile(
    rf"(?:^|[，；]){NAMELESS}(?:{TIME}|[^。！？；，{SPEAKER[1:-1]}{ACT}]{{0,6}}?){NO_CLAIM}(?P<verb>{SAY})"
)
