"""At which stage help is: asked for, proposed, planned, announced, approved, delivered or suspended.

The word furthest to the left governs the rest (考虑宣布 is proposed), with two exceptions: 已 and its like yield to
what follows (已承诺 is announced), and what stands behind the giving settles it (提供的坦克已运抵 is delivered).
"""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.reading.encoding import SYMBOLS
from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import MentionType
from schemas.values import Modality

MODALITY: dict[str, Modality] = {"requested": "possible", "proposed": "possible", "planned": "planned"}
# Boards decide for good: 世界银行董事会决定.
BOARD = re.compile("董事会|理事会|执董会")
# What a sentence is a remark on has been announced: 针对英国向乌克兰提供炮弹，…….
TOPIC = re.compile("^(?:针对|对于|关于|就|对)")
DENYING = re.compile(
    "否认|尚未|并未|从未|没有(?:向|对|给|为|提供)|未曾|无法实现|无法兑现|未能|驳斥|不存在|辟谣"
)
# The first character may be the 将 that takes the things up: 将坦克送抵.
AHEAD = re.compile("将|预计|即将|计划|有望")
# 通过向乌克兰提供武器 says how, 通过向乌克兰提供援助的法案 what was passed.
MEANS = re.compile(
    f"通过(?=[^，。；了]{{0,8}}?(?:船只?|货轮|陆路|海路|公路|铁路|口岸|渠道|机构|基金|机制|平台|方式|途径|公司|中间人|第三国|走廊|飞机|卡车|航班|{SYMBOLS[MentionType.ORGANISATION]})[向为给对])|"
    "通过(?=[向为给对]|提供|派遣|派出|联合|贷款|出售|采购|购买|捐|拨|增加|加强|加大|培训|训练|分享|上述|该(?![项]?(?:法|议|提|决|草|计|方|预|援|协))|这(?:一|种|个)(?:渠道|方式|账户|机制|办法|途径))"
)
WILL = re.compile("将|会|预计|即将|很快|定于|预定|预期")
PASSED = re.compile(
    "^[^，。]*(?:的[^，。的]{0,12}(?:法案|议案|决议|提案|草案|计划|方案|预算|法令)|法案|拨款)"
)
# 应乌方请求 gives the occasion and asks for nothing; 不断, 同意 and the like hold syllables of other words.
BILL = re.compile("(?:通过|批准|签署)[^，]{0,12}(?:法案|决议|议案|协议|法令|预算)")
OCCASION = re.compile(
    f"通过[^，。]{{1,20}}的(?:方式|形式|办法|手段|途径)|(?:通过|透过|经由)[{SYMBOLS[MentionType.PLACE]}{SYMBOLS[MentionType.ORGANISATION]}](?=[向为给对])|(?:通过|经由){SYMBOLS[MentionType.PLACE]}|"
    "(?:通过|经由)[^，。]{1,12}(?:货船|船只|货轮|渠道|边境|口岸|港口|铁路|公司|伙伴|盟友|组织|机构|平台|走廊|基金会?|倡议(?=提供|[向为给])|机制(?=提供|[向为给]))|拒绝(?:就|透露|评论|置评|说明)|"
    "应[^，]{1,12}(?:请求|要求|邀请)|按[^，]{0,8}要求|迫于[^，]{0,8}要求|根据[^，]{0,8}要求|以应对|"
    "(?:批准|承诺|宣布|公布|同意|决定)(?:提供|援助|捐赠|交付)?的(?=[^，。]{1,20}(?:已|正在|将))|"
    f"(?:以)?{SYMBOLS[MentionType.COUNT]}票?(?:赞成|反对|支持|弃权)、?|"
    "以满足[^，]{0,12}(?:需要|要求|需求)|(?<=的)(?:需要|要求|请求|希望|计划|呼吁|承诺)"
)


def is_told(earlier: str, clause: str, after: str) -> bool:
    """True where words before or behind a giving tell its stage."""
    clause = OCCASION.sub("", MEANS.sub("", clause))
    return bool(_governed(earlier + clause, "") or _settled(after, None))


@lru_cache(maxsize=1)
def _cues() -> re.Pattern[str]:
    return re.compile(
        "|".join(
            f"(?P<{stage}>{'|'.join(words)})" for stage, words in read_toml("aid.toml")["stages"].items()
        )
    )


@lru_cache(maxsize=1)
def _after() -> dict[str, re.Pattern[str]]:
    return {stage: re.compile("|".join(words)) for stage, words in read_toml("aid.toml")["after"].items()}


@lru_cache(maxsize=1)
def _delivering() -> re.Pattern[str]:
    return re.compile("|".join(read_toml("aid.toml")["verbs"]["delivering"]))


def stage_of(
    earlier: str, clause: str, given: str, after: str, claim_verb: str, *, counted: bool, so_far: bool
) -> tuple[str | None, Modality]:
    """The stage, `None` where somebody asks not to give, and the modality that follows from it.

    `clause` is what stands before the giving in its clause, `earlier` the clause before where that governs it;
    `given` the words of giving with what follows them at once, `after` the rest of the sentence, all encoded.
    `claim_verb` is the verb of saying over it, `counted` whether an amount or number is given, `so_far` whether it is
    the total up to now.
    """
    if MEANS.search(clause) and not PASSED.search(given + after):
        clause = MEANS.sub("", clause)
    clause, before = OCCASION.sub("", clause), OCCASION.sub("", earlier + clause)
    stage = _governed(clause, claim_verb)
    if stage == "announced" and BILL.search(earlier):
        stage = "approved"  # 通过法案，同意提供
    if stage == "announced" and BOARD.search(earlier + clause):
        stage = "approved"
    if stage in (None, "planned") and earlier:
        stage = _governed(before, claim_verb) or stage
    if stage == "unwanted":
        return None, "possible"
    if stage != "requested":
        stage = _settled(after, stage) or stage
    if stage is None and so_far:
        stage = "delivered"
    if stage is None:
        stage = _ungoverned(given, claim_verb, counted or TOPIC.match(clause) is not None)
    denied = DENYING.search(before)
    if denied and not (stage == "suspended" and denied.group() == "未能"):  # 迟迟未能通过援乌计划
        return ("delivered" if "尚未" in before else "planned"), "denied"
    return stage, MODALITY.get(stage, "asserted")


def _settled(after: str, stage: str | None) -> str | None:
    """The stage that the words behind the giving say, `None` where they say none."""
    for settled, pattern in _after().items():
        found = pattern.search(after)
        if found is None:
            continue
        if settled == "proposed":
            if stage in (None, "delivered", "planned"):
                return settled
        elif settled == "planned":
            goods = after.startswith("的") and "，" not in after[: found.start()]
            if stage in (None, "delivered") or (stage == "announced" and goods):  # 承诺提供的坦克将很快运到
                return settled
        elif settled == "arrived":
            if stage in (None, "delivered"):
                return "planned" if AHEAD.search(after, 1, found.start()) else "delivered"
        elif (settled == "suspended" or stage not in ("suspended", "proposed")) and (
            settled != "approved" or stage != "delivered"
        ):
            return settled
    return None


def _governed(before: str, claim_verb: str) -> str | None:
    cues = list(_cues().finditer(before))
    found = [str(match.lastgroup) for match in cues]
    if not found:
        return None
    if "suspended" in found:
        first = found[0]
        return "unwanted" if first in ("requested", "proposed") else "suspended"
    while len(found) > 1 and found[0] == "delivered":
        found.pop(0)
        cues.pop(0)
    first = found[0]
    if first == "planned":
        further = [stage for stage in found[1:] if stage in ("proposed", "requested", "approved")]
        if further == ["approved"] and WILL.match(cues[0].group()):
            return "planned"  # 将于下周批准, 定于9日签署
        if further:  # 准备批准: not decided yet
            return further[0] if further[0] != "approved" else "proposed"
        return "announced" if announces(claim_verb) else "planned"
    if first in ("announced", "approved"):
        if "approved" in found:
            return "approved"
        return "delivered" if found[-1] == "delivered" and found[-2:-1] == [first] else first
    return first


def _ungoverned(given: str, claim_verb: str, counted: bool) -> str:
    if re.search("呼吁|敦促|要求|请求|恳求", claim_verb):
        return "requested"
    if "了" in given[:6] or _delivering().search(given):
        return "delivered"
    if announces(claim_verb) or counted:
        return "announced"
    return "delivered"


def announces(claim_verb: str) -> bool:
    """True for verbs by which the speaker decides: 宣布, 承诺, 同意."""
    return re.search("宣布|承诺|同意|批准|决定|许诺|公布", claim_verb) is not None
