"""Who takes part in a meeting: participants made of mentions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from extractors.kinds.meeting_roles import country_of, role_alone
from extractors.layers.context import Context
from extractors.reading.lexicon import country_names
from extractors.reading.mention import Mention, Organisation, Person, Place, Side
from extractors.reading.sides import short_side_codes
from schemas import Participant

# What follows a country or body and says who of it takes part; a delegation is the side itself.
TAIL = re.compile(
    "(?:[^，。；、和与同召会见在将于访\\n]{0,8}?)?(?P<role>驻[^，。\\n]{1,6}?(?:大使|临时代办|代办|公使|外交使节|使节)|代表团|谈判团队|谈判代表|政府代表|代表|高级官员|官员|高官|领导人|外长|防长|副外长|财长|元首|首脑|总统|总理|"
    "议员|立法者|外交官|特使|军方|双方|当局|政要)"
)
DELEGATION = {"代表团", "谈判团队", "双方", "当局", "军方"}
# A group an office may stand for although it has no code: 主要国际经济组织负责人, 中亚五国外长.
GROUP = re.compile(
    "(?:约|近|超过|逾)?[0-9]+[多余]?国|(?!驻)[^，。]{2,}(?:组织|国家|[多各两三四五六七八九十]国|机构|集团|联盟|委员会|企业|武装|部队|共同市场|共同体|论坛|解放运动|抵抗运动|解放阵线|快速支援部队|各派别?|反对派|民兵)|欧洲|西方|海湾|非洲|中亚|拉美|北欧|波罗的海|太平洋(?:岛国)?|东南欧|中东欧|加勒比|中美洲|东南亚|中东"
)


# 美俄代表团: two delegations in one word.
JOINT = re.compile(
    "(?P<short>[美俄乌中日韩朝英法德印巴以伊澳加欧]{2,3})(?:双方|两国|三国)?(?:经贸|贸易|军事|技术|高级别)*(?:代表团|谈判团队|谈判代表团|团队|经贸)$"
)
# Whose leaders or officials take part together: 欧洲领导人.
REGION = re.compile(
    "(?:欧洲|西方|海湾|非洲|中亚|拉美|北欧|波罗的海|阿拉伯)(?:国家|各国|多国)?(?=领导人|官员|外长|防长|首脑)"
)


def participants(context: Context, mentions: Sequence[Mention]) -> list[Participant]:
    """The participants a coordination of mentions stands for.

    An office that closes a list of countries is each country's (中国、俄罗斯和伊朗三国副外长, 中俄元首); a country or body
    without one is a delegation.
    """
    found: list[Participant] = []
    bare: list[Mention] = []
    for index, mention in enumerate(mentions):
        value = mention.value
        if index and _belongs_to(context, mentions[index - 1], mention) and isinstance(value, Person):
            continue  # taken together with the office before it
        if isinstance(value, Person) and value.name is None:
            role = role_alone(value.role, value.side)
            if bare and _has_own_office(context, bare[-1], mention):
                found += _delegations(context, bare)
            else:
                found += [
                    Participant(name=None, role=role, side=_code(other))
                    for other in bare
                    if _code(other) != value.side
                ]
            bare = []
            following = mentions[index + 1] if index + 1 < len(mentions) else None
            if following is not None and _belongs_to(context, mention, following):
                assert isinstance(following.value, Person)
                title = f"{value.role or ''}{following.value.role or ''}"
                found.append(
                    Participant(
                        name=following.value.name, role=role_alone(title, value.side), side=value.side
                    )
                )
                continue
            if following is not None and _announces_name(context, mention, following):
                continue
            region = REGION.match(value.role or "")
            if value.side is None and region is not None:
                found.append(Participant(name=None, role=(value.role or "")[region.end() :], side=region[0]))
                continue
            side = value.side or (None if found else _described_side(context, mention))
            if side is not None:
                found.append(Participant(name=None, role=role, side=side))
        elif isinstance(value, Person) and not (
            _is_spouse(context, value) or _hosts_couple(context, mentions, index)
        ):
            found.append(
                Participant(name=value.name, role=role_alone(value.role, value.side), side=value.side)
            )
        elif isinstance(value, Organisation) and (two := JOINT.match(value.name)) and not value.code:
            codes = short_side_codes()
            found += [
                Participant(name=None, role=None, side=codes[char]) for char in two["short"] if char in codes
            ]
        elif (
            isinstance(value, Side | Organisation)
            or _is_country(value)
            or _is_group_of_states(context, mention)
        ):
            bare.append(mention)
    return found + _delegations(context, bare)


def is_joint(mention: Mention) -> bool:
    """Whether one word names the delegations of two states: 美俄代表团."""
    return isinstance(mention.value, Organisation) and JOINT.match(mention.value.name) is not None


def is_known(person: Participant) -> bool:
    """Whether it is somebody who represents a known side, or holds an office: no company, no party."""
    return person.side is not None and (
        person.side.isascii() or person.name is not None or GROUP.fullmatch(person.side) is not None
    )


def sides(found: Iterable[Participant]) -> set[str]:
    """The sides that participants represent; Hong Kong and Macao are China's own here."""
    return {"CN" if person.side in ("HK", "MO") else person.side for person in found if person.side}


def _delegations(context: Context, bare: Sequence[Mention]) -> list[Participant]:
    """Countries and bodies as participants, with the role word that follows the last of them."""
    if not bare:
        return []
    tail = TAIL.match(context.reading.folded, bare[-1].end)
    role = tail["role"] if tail and tail["role"] not in DELEGATION else None
    found = []
    for mention in bare:
        own = role
        if own is None and isinstance(mention.value, Organisation) and not mention.value.code:
            own = role_alone(mention.value.name, mention.value.side) if mention.value.side else None
            own = None if mention.words.endswith(("代表团", "政府")) else own
        found.append(Participant(name=None, role=own, side=_code(mention)))
    return found


def _has_own_office(context: Context, last: Mention, office: Mention) -> bool:
    """Whether those who come of countries are told before an office of others: 越南等三国外长及东盟秘书长."""
    tail = TAIL.match(context.reading.folded, last.end, office.start)
    return tail is not None and tail.end() < office.start


def _code(mention: Mention) -> str:
    value = mention.value
    if isinstance(value, Side):
        return value.code
    if isinstance(value, Organisation):
        return value.code or value.side or country_of(value.name) or value.name
    if isinstance(value, Place):
        return country_names().get(value.name) or mention.words + "国家"
    raise TypeError(f"only sides and organisations have a code here, got {mention.type} {mention.words!r}")


def _is_country(value: object) -> bool:
    """Whether a place is a whole state: 美国 where the reading has taken it for a place."""
    return isinstance(value, Place) and value.name in country_names()


def _is_spouse(context: Context, person: Person) -> bool:
    """Somebody's wife or husband attends beside the principals: 习近平和夫人彭丽媛."""
    return any(context.reading.folded.startswith(person.name or "", at) for at in context.spouses)


def _hosts_couple(context: Context, mentions: Sequence[Mention], index: int) -> bool:
    """Whether the second of two receives a couple with the first: 习近平和彭丽媛为穆伊兹夫妇举行宴会."""
    if index != 1 or not isinstance(mentions[0].value, Person) or not isinstance(mentions[1].value, Person):
        return False
    first, second = mentions[0].value, mentions[1].value
    joined = context.reading.folded[mentions[0].end : mentions[1].start] in ("和", "与", "同")
    couple = re.compile("[^。；]{0,40}夫妇").match(context.reading.folded, mentions[1].end)
    return joined and first.side == second.side and second.role is None and bool(first.role) and bool(couple)


def _is_group_of_states(context: Context, mention: Mention) -> bool:
    """非洲多国政要, 海湾国家领导人: a region whose states take part together."""
    states = ("多国", "国政", "各国", "国家")
    return isinstance(mention.value, Place) and context.reading.folded.startswith(states, mention.end)


def _announces_name(context: Context, mention: Mention, following: Mention) -> bool:
    """An office that belongs to the person named behind the comma: 越共中央政治局委员、越南总理范明政."""
    if not isinstance(following.value, Person) or following.value.name is None:
        return False
    return context.reading.folded[mention.end : following.start] == "、"


def _belongs_to(context: Context, mention: Mention, following: Mention) -> bool:
    """An office right before another one with a name: 联合国秘书长叙利亚问题特使裴凯儒 speaks for 联合国."""
    if not isinstance(mention.value, Person) or mention.value.name or not mention.value.side:
        return False
    return (
        isinstance(following.value, Person) and bool(following.value.name) and mention.end == following.start
    )


def _described_side(context: Context, mention: Mention) -> str | None:
    """Whom an office without a known side stands for, in words: 主要国际经济组织 of 主要国际经济组织负责人."""
    before = re.search(
        r"[\u4e00-\u9fff]{3,14}$", context.reading.folded[max(0, mention.start - 14) : mention.start]
    )
    words = re.split("会见|接见|接待|举行|了|与|同|和|的|在|将|分别|要求", before[0])[-1] if before else ""
    return words if GROUP.fullmatch(words) else None
