"""Who struck whom with what: attacker, side attacked and weapon of a strike, read from the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extractors.kinds.sides import AT_WAR, opponent
from extractors.kinds.strike_deeds import turned_to
from extractors.kinds.strike_objects import ACTORS, Struck
from extractors.kinds.strike_targets import vocabulary
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Mention, MentionType, Organisation, Person, Side, WeaponType, side_code
from schemas import Claimant

# Where these actors are at home: what is struck with them is struck there.
HOME = {
    "HAMAS": "PS",
    "PIJ": "PS",
    "HEZBOLLAH": "LB",
    "HOUTHI": "YE",
    "快速支援部队": "SD",
    "苏丹快速支援部队": "SD",
    "叙利亚民主军": "SY",
    "沙姆解放组织": "SY",
    "人民动员组织": "IQ",
    "伊拉克伊斯兰抵抗组织": "IQ",
    "青年党": "SO",
    "青年党武装": "SO",
    "博科圣地": "NG",
    "博科圣地武装": "NG",
    "巴武装组织": "PS",
    "巴武装派别": "PS",
    "巴武装组织派别": "PS",
    "巴多个武装派别": "PS",
    "巴勒斯坦武装组织": "PS",
    "巴勒斯坦武装派别": "PS",
    "巴勒斯坦多个武装派别": "PS",
    "加沙地带武装组织": "PS",
    "伊拉克民兵武装": "IQ",
}
# States whose enemy is plain without being named in every sentence.
SINGLE_ENEMY = {"RU", "UA"}
# States that strike in many countries: an enemy not named is not meant.
FAR_REACHING = {"US", "GB", "CN"}
STATE_CODE = 2  # so long are the codes of states
AERIAL = {"drone", "missile", "guided_bomb", "rocket", "uncrewed_boat", "mixed", "artillery"}
# A side behind one of these is no subject: 对乌军, 在俄罗斯, 向以色列.
NO_SUBJECT = set("对向在从由与和同将把于据针被遭")
OTHER_WEAPONS = (
    (re.compile("导弹部队"), "missile"),
    (re.compile("(?:高精度|精确(?:制导)?)[^，。；]{0,4}武器(?:和|、|及|以及)"), "unknown"),
    (re.compile("(?:火箭炮?|导弹)(?:和|、|及)炮兵|空军、炮兵"), "mixed"),
    (
        re.compile(
            "(?:空袭|轰炸|炮击)(?:和|、|及|与)(?:空袭|轰炸|炮击|炮轰|无人机|导弹|飞弹|火箭弹)"
            "|(?:无人机|导弹|飞弹|火箭弹)[^，。；]{0,3}(?:和|、|及|与)(?:空袭|轰炸|炮击)"
        ),
        "mixed",
    ),
    (
        re.compile(
            "炮击|炮轰|炮火|开炮|炮兵部队|炮兵(?=[^，。；阵连营旅部]{0,8}(?:袭击|攻击|打击|轰炸|轰击))|大炮"
        ),
        "artillery",
    ),
    (re.compile("水雷|地雷|汽车炸弹|爆炸装置"), "explosive"),
)
WEAPON, TIME, COUNT = (SYMBOLS[kind] for kind in (MentionType.WEAPON, MentionType.TIME, MentionType.COUNT))
WEAPON_NEXT = re.compile(rf"[^，。；]{{0,3}}?(?:{COUNT})?[^，。；]{{0,2}}?{WEAPON}")
SUBJECT_LEAD = re.compile(
    rf"(?:.{{0,10}}(?:称|说|表示|报道|指出|证实|通报|声称|宣布|消息))?(?:{TIME}|当天|其中|而|但|同时|此外|另外|据|继续|近期)*"
)
ADVERBS = re.compile(f"(?:{TIME}|还|又|也|再次|继续|正|已|随后|先后|成功|多次|当天|空军|战机)*")
MADE = re.compile("[制产造]")
ACTS = re.compile("(?:开始|继续|不断|再次|发动|对|向|轰炸|空袭|炮击|袭击|攻击)")
# What would part a side behind 在 from the verb: another deed, or the end of what 在 opens.
BOMBING = re.compile("[，的]|后|前|时")
# Who speaks, told before a colon, does not strike: 乌克兰某州州长：导弹击中….
OFFICE = re.compile("(?:长|人|员|席|理|使|局|厅|署|部门|部|社|报|台)：")
# Behind the verb of another deed a side is whom it was done to: 伏击两支以军部队, 击落俄军无人机, 驻有美军.
OBJECT_BEFORE = re.compile(
    f"(?:[击毁退落毙死伤灭炸袭攻轰截占]|驻有|支持|援助)[了的]?{COUNT}?[^，。；]{{0,2}}$|(?:向|针对)[^，。；]{{1,10}}$"
)


def weapon_of(
    context: Context, sentence: Sentence, stretches: Iterable[tuple[int, int]], struck: Struck
) -> str | None:
    """The weapon code told in the offset stretches, `mixed` for several, `None` where none is named."""
    codes: list[str] = []
    for first, last in stretches:
        for mention in sentence.mentions:
            if mention.type is not MentionType.WEAPON or not first <= mention.start < last:
                continue
            if struck.target and struck.target[0] <= mention.start < struck.target[1]:
                continue
            if isinstance(mention.value, WeaponType) and mention.value.code not in codes:
                codes.append(mention.value.code)
        words = context.reading.folded[first:last]
        for pattern, code in OTHER_WEAPONS:
            found = pattern.search(words)
            if found and code not in codes and not (code == "unknown" and not codes):
                inside = struck.target and struck.target[0] <= first + found.start() < struck.target[1]
                codes += [] if inside else [code]
    if not codes:
        return None
    return codes[0] if len(set(codes)) == 1 else "mixed"


# Bombs that are laid, not dropped.
LAID = re.compile("汽车|路边|自杀|爆炸装置|地雷|水雷|遥控|人体|装甲炸弹|引爆|炸药|爆炸物|埋设|安装")
AIRCRAFT = re.compile("(?:飞机|轰炸机)[^，。；]{0,10}(?:轰炸|炸)")


def from_the_air(words: str, weapon: str | None, attacker: str | None) -> str | None:
    """The weapon of a state's raid: its bombs and aircraft are `other`, for no code names them."""
    state = attacker is not None and len(attacker) == STATE_CODE
    if weapon == "explosive" and state and "炸弹" in words and not LAID.search(words):
        return "other"
    return "other" if weapon is None and AIRCRAFT.search(words) else weapon


def actor(context: Context, mention: Mention) -> str | None:
    """The attacker a mention names: a code of RECORDS.md, or the name as written."""
    value = mention.value
    if isinstance(value, Organisation) and value.code and value.code not in ACTORS and value.code.isascii():
        return None  # 联合国, 欧盟
    if isinstance(value, Person):
        return None
    return side_code(mention)


def attacker_before(
    context: Context, sentence: Sentence, first: int, last: int, struck: Struck
) -> str | None:
    """The subject of a striking verb: the nearest side before it in [first, last) that acts."""
    reading = context.reading
    held = [stretch for stretch in (struck.target, struck.place) if stretch]
    at = sentence.encoded.position(last)
    for office in OFFICE.finditer(reading.folded, first, last):
        first = office.end()
    chosen: str | None = None
    subject: str | None = None
    for mention in sentence.mentions:
        if not first <= mention.start < last or mention.type not in (
            MentionType.SIDE,
            MentionType.ORGANISATION,
        ):
            continue
        if any(start <= mention.start < end for start, end in held):
            continue
        before, after = (
            reading.folded[mention.start - 1 : mention.start],
            reading.folded[mention.end : mention.end + 1],
        )
        caused = reading.folded.startswith("由于", mention.start - 2) or (
            before == "在" and ACTS.match(reading.folded, mention.end) is not None  # 在俄军轰炸基辅后
        )
        caused = caused or turned_to(sentence, mention)
        if (before in NO_SUBJECT and not caused) or MADE.match(after) or _is_plain_organ(mention):
            continue
        if _is_location(reading.folded, mention):
            continue
        code = actor(context, mention)
        if code and caused and before == "在" and BOMBING.search(reading.folded, mention.end, last) is None:
            return code  # 在俄军开始轰炸港口前一小时
        if code and ADVERBS.fullmatch(
            sentence.encoded.text, sentence.encoded.position(mention.end - 1) + 1, at
        ):
            return code  # 确认以军当天袭击
        if code and _is_subject(sentence, mention, at):
            subject = code
        position = sentence.encoded.position(mention.start)
        if (
            code
            and code not in struck.owners
            and not OBJECT_BEFORE.search(sentence.encoded.text, 0, position)
        ):
            chosen = code if chosen is None or not _is_country_of(mention) else chosen
    return subject or chosen


def _is_subject(sentence: Sentence, mention: Mention, verb: int) -> bool:
    """Whether a side opens its clause, or owns the weapon that struck: 俄军……打击, 一架乌克兰无人机撞上."""
    encoded = sentence.encoded
    at = encoded.position(mention.start)
    if WEAPON_NEXT.match(encoded.text, at + 1) and not re.search("[，；]", encoded.text[at:verb]):
        return True
    before = re.split("[，。；：、]", encoded.text[:at])[-1]
    return SUBJECT_LEAD.fullmatch(before) is not None


def _is_location(text: str, mention: Mention) -> bool:
    """俄罗斯南部, 乌克兰首都, 黎巴嫩媒体: a country as the place or owner of something else."""
    return (
        re.match(
            "(?:境内|腹地|纵深|[东南西北]|首都|领土|媒体|官员|本土|领空|方向)",
            text[mention.end : mention.end + 2],
        )
        is not None
    )


def _is_country_of(mention: Mention) -> bool:
    return isinstance(mention.value, Side) and mention.value.form == "country"


def _is_plain_organ(mention: Mention) -> bool:
    """An organisation that strikes nobody: neither forces nor an armed actor."""
    if not isinstance(mention.value, Organisation) or mention.value.code in ACTORS | set(HOME):
        return False
    return re.search("军|部队|武装|安全局|情报|特种|舰队|卫队|旅$|团$", mention.words) is None


def never_held(context: Context, struck: Struck) -> bool:
    """Whether the place struck is a town of Ukraine that was never in enemy hands."""
    return (
        struck.place is not None
        and vocabulary("never_held").search(context.reading.folded, *struck.place) is not None
    )


def held_by(context: Context, attacker: str | None, struck: Struck, claimant: Claimant | None) -> str | None:
    """The country of the place struck, or who holds it where its own army would else have struck it.

    Crimea under fire is Russian, and so is a town in Ukraine of whose shelling Russian officials tell.
    """
    country = struck.place_country
    if (
        struck.place is not None
        and attacker != "IL"
        and vocabulary("golan").search(context.reading.folded, *struck.place)
    ):
        return "IL"
    if country != "UA" or attacker not in (None, "UA"):
        return country
    crimea = (
        struck.place is not None
        and vocabulary("crimea").search(context.reading.folded, *struck.place) is not None
    )
    by_russia = attacker is None and claimant is not None and claimant.side == "RU"
    told_there = by_russia and not never_held(context, struck)
    return "RU" if crimea or told_there else country


def _enemy_in(context: Context, passage: int, enemies: set[str]) -> str | None:
    """The one enemy that a passage names, `None` where it names none or several: a digest tells of many wars."""
    named = [code for code in sorted(enemies) if code in context.first_named[passage]]
    return named[0] if len(named) == 1 else None


def attacked_side(
    context: Context,
    attacker: str | None,
    struck: Struck,
    claimant: Claimant | None,
    country: str | None,
    passage: int,
) -> str | None:
    """The country attacked: the owner of what was hit, else the country of the place, else the attacker's enemy."""
    owners = [HOME.get(code, code) for code in struck.owners]
    at_sea = (
        struck.place is not None and re.search("[海湾洋]", context.reading.words(*struck.place)) is not None
    )
    enemies = {b if a == attacker else a for a, b in AT_WAR if attacker in (a, b)}
    for code in owners:
        if code != attacker:
            return (
                "PS" if (code, attacker) == ("PK", "IL") else code
            )  # 巴方 is Palestine where Israel strikes
    if country and country != attacker:
        # Held towns: what Ukraine strikes in Donetsk is Russian, as the article presents it.
        return country
    if attacker is not None:
        single = len(enemies) == 1 and attacker not in FAR_REACHING
        enemy = _enemy_in(context, passage, enemies) or opponent(attacker, context)
        enemy = enemy or (next(iter(enemies)) if single else None)
        return HOME.get(enemy, enemy) if enemy else country  # at home: a war within one country
    if country:
        return country
    side = claimant.side if claimant and struck.place and not at_sea else None
    return side if side and len(side) == 2 and side not in FAR_REACHING else None


def enemy_of(context: Context, sentence: Sentence, side: str | None) -> str | None:
    """The plain enemy of a side that was struck from the air, `None` where the passage names none or several."""
    if side in SINGLE_ENEMY:
        return opponent(side, context)
    enemies = {b if a == side else a for a, b in AT_WAR if side in (a, b)}
    first = context.first_named[sentence.passage]
    named = [code for code in enemies if first.get(code, sentence.index + 1) <= sentence.index]
    near = {side_code(m) for m in sentence.mentions} & {HOME.get(code, code) for code in enemies} - {side}
    if near:  # on the border of one neighbour it is no enemy from another's country
        named = [code for code in named if HOME.get(code, code) in near]
    return named[0] if len(named) == 1 else None
