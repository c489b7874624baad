"""Whose somebody is whom a clause names without a country: 该国外长, 总统府说……总统, 沙特投资大臣, 突总统, 行政院长."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractors.kinds.meeting_holders import SINGLE
from extractors.layers.context import Context
from extractors.layers.speakers import speaker_side
from extractors.reading.document import Sentence
from extractors.reading.lexicon import country_names
from extractors.reading.mention import Mention, MentionType, Organisation, Person, Side, side_code

# The country told last: 卡塔尔外交部说，该国首相……
OWN = re.compile("(?:该国|本国|我国|该组织|该集团|该机构|该联盟)(?:的|一名|一位)?$")
# What may stand between a country and an office of it.
REGION = ("特区", "特区政府", "特别行政区", "方面", "政府")
# Who is of somebody's family or staff stands for the same country: 特朗普女婿库什纳.
KIN = re.compile("(?:的)?(?P<what>女婿|之子|儿子|长子|女儿|胞弟|幕僚长)$")
# 卡塔尔工商大臣费萨尔, 韩国产业通商资源部长官安德根: of the country before the name of the department.
DEPARTMENT = re.compile("[^，。；、：“”（）同及会见访在向对于了说称]{1,14}$")
OFFICE = re.compile(
    "(?:副|第一副|次)?(?:部长|大臣|次官|国务卿|长官|长|官|相|监|次长|局长|署长|专员|顾问|代表|司令|秘书|主席|主任|行长|总裁)"
)
# Offices that only Hong Kong and only Taiwan have.
OF_HONG_KONG = re.compile(
    "(?:财政司|政务司|律政司)(?:副?司长)|(?:财经事务及库务|商务及经济发展|创新科技及工业|环境及生态|运输及物流|文化体育及旅游)局(?:副?局长)"
)
OF_TAIWAN = re.compile("(?:行政院|立法院|监察院|考试院)(?:副?院长|长)|陆委会|国安会秘书长")
# An article whose own authorities go without a name: 经济部次长 in a Taiwanese report.
AT_HOME = {
    "TW": re.compile("本报台北|中央社|行政院|立法院|我国外交部|与我(?:方|国)?断交"),
    "HK": re.compile("行政长官|政务司|特区政府"),
}
SULTAN = "苏丹"
RULER = re.compile("(?:[与同和、，]|会见|会晤)(?P<name>[\u4e00-\u9fff·]{2,8})$")
STATES = re.compile("(?P<n>[三四五六七])国(?:的)?$|(?P<m>[三四五六七])国")
STATES_BACK = 8  # sentences: so far back the states of 三国外长 are named together
LEADERS = re.compile("总统|总理|首相|国王|外长|外相|外交部长|防长|国防部长|领导人|元首|议长|首脑|埃米尔")


def owned(context: Context, sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, people of no known side as those of the country that the sentence has for them."""
    return [one for mention in mentions for one in _several(context, sentence, mention)]


def _several(context: Context, sentence: Sentence, mention: Mention) -> list[Mention]:
    """The mention with its country; 外长 of 三国外长 as one for each of the three named together before."""
    person = mention.value
    states = STATES.search(context.reading.folded, max(sentence.start, mention.start - 3), mention.start)
    if states is None and isinstance(person, Person):
        states = STATES.match(person.role or "")
    if not isinstance(person, Person) or person.name or person.side or states is None:
        return [_owned(context, sentence, mention)]
    number = "两三四五六七".index(states["n"] or states["m"]) + 2
    for other in reversed(
        context.reading.sentences[max(0, sentence.index - STATES_BACK) : sentence.index + 1]
    ):
        sides = [m for m in other.mentions if isinstance(m.value, Side) and m.end <= mention.start]
        for first in range(len(sides) - number, -1, -1):
            run = sides[first : first + number]
            gaps = {context.reading.folded[a.end : b.start] for a, b in pairwise(run)}
            codes = list(dict.fromkeys(side_code(m) for m in run))
            if gaps <= {"", "、", "和", "与", "同", "及"} and len(codes) == number:
                role = (person.role or "").removeprefix(states[0])
                return [replace(mention, value=replace(person, side=code, role=role)) for code in codes]
    return [_owned(context, sentence, mention)]


def _owned(context: Context, sentence: Sentence, mention: Mention) -> Mention:
    person = mention.value
    if mention.words == SULTAN and (sultan := _sultan(context, sentence, mention)) is not None:
        return sultan
    if mention.start < sentence.start:
        known = context.surnames.get(person.name or "") if isinstance(person, Person) else None
        lacking = known is not None and isinstance(person, Person) and person.side is None
        return replace(mention, value=known) if lacking else mention
    if isinstance(person, Organisation) and not (person.code or person.side):
        known = context.surnames.get(mention.words)  # 阿里, who is a company elsewhere
        return replace(mention, type=MentionType.PERSON, value=known) if known is not None else mention
    if not isinstance(person, Person):
        return mention
    minister = _of_department(context, sentence, mention, person)
    if minister is not None:
        return minister
    if person.side is not None:
        return mention
    folded = context.reading.folded
    for code, pattern in (("HK", OF_HONG_KONG), ("TW", OF_TAIWAN)):
        found = pattern.search(folded, max(sentence.start, mention.start - 12), mention.end)
        if found is not None and found.end() > mention.start:
            role = found[0] if code == "HK" else person.role
            return replace(mention, value=replace(person, side=code, role=role))
    side, role = _side_of(context, sentence, mention, person)
    if side is None:
        return mention
    return replace(mention, value=replace(person, side=side, role=role))


def _sultan(context: Context, sentence: Sentence, mention: Mention) -> Mention | None:
    """The ruler whose name stands before his title: 哈桑纳尔苏丹 is nobody of Sudan."""
    name = RULER.search(context.reading.folded, sentence.start, mention.start)
    known = context.surnames.get(name["name"]) if name is not None else None
    if name is None or known is None:
        return None
    value = replace(known, role=known.role or SULTAN)
    words = context.reading.folded[name.start("name") : mention.end]
    return replace(mention, type=MentionType.PERSON, start=name.start("name"), words=words, value=value)


def _of_department(context: Context, sentence: Sentence, mention: Mention, person: Person) -> Mention | None:
    """Somebody with his whole title where the reading has not joined it to its country: 沙特投资|大臣法利赫."""
    between = DEPARTMENT.search(context.reading.folded, sentence.start, mention.start)
    if between is None or (person.side is not None and not OFFICE.match(mention.words)):
        return None
    country = max(
        (
            m
            for m in sentence.mentions
            if between.start() <= m.end < mention.start and isinstance(m.value, Side)
        ),
        key=lambda m: m.end,
        default=None,
    )
    if country is None or not isinstance(country.value, Side) or country.value.form != "country":
        return None
    title = context.reading.folded[country.end : mention.start]
    if any(
        m.start >= country.end
        and m.end <= mention.start
        and m.type in (MentionType.PERSON, MentionType.TIME, MentionType.COUNT)
        for m in sentence.mentions
    ):
        inner = [m for m in sentence.mentions if country.end <= m.start and m.end <= mention.start]
        if not all(isinstance(m.value, Person) and m.value.name is None for m in inner):
            return None
    if title.startswith(("的", "与", "和")) or not (OFFICE.match(mention.words) or OFFICE.search(title[-3:])):
        return None
    name = person.name or ""
    role = title + mention.words.removesuffix(name) if name else title + (person.role or "")
    return replace(
        mention,
        start=country.start,
        value=replace(person, side=country.value.code, role=role),
    )


def _side_of(
    context: Context, sentence: Sentence, mention: Mention, person: Person
) -> tuple[str | None, str | None]:
    """The side of somebody whom no country's name precedes, and the role."""
    folded = context.reading.folded
    before = [m for m in sentence.mentions if m.end <= mention.start and side_code(m)]
    if before:
        last = before[-1]
        gap = folded[last.end : mention.start]
        kin = KIN.fullmatch(gap)
        if kin is not None and isinstance(last.value, Person) and person.role is None:
            return side_code(last), f"{last.words}{gap}"
        own = OWN.search(folded, sentence.start, mention.start) is not None
        of_region = isinstance(last.value, Side) and gap in REGION
        if person.role and (own or of_region):
            return side_code(last), person.role
    if person.name and (known := context.surnames.get(person.name)) is not None:
        return known.side, person.role or known.role
    if not person.role:
        return None, None
    claim = context.claim(sentence, mention.start)
    if claim is not None and claim.speaker.end <= mention.start and _speaks_for(claim.speaker, person):
        return speaker_side(claim.speaker), person.role
    short = _shortened(context, folded[mention.start - 1 : mention.start])
    if short is not None and LEADERS.match(mention.words):
        return short, person.role
    for code, pattern in AT_HOME.items():
        if not before and pattern.search(folded) is not None:
            return code, person.role
    return None, None


def _speaks_for(speaker: Mention, person: Person) -> bool:
    """Whether a ministry or a leader's office tells what its own people do: 英国外交部说，国务大臣拉特利将……."""
    value = speaker.value
    return (
        isinstance(value, Organisation)
        and value.side is not None
        and (bool(person.name) or bool(SINGLE.search(person.role or "")))
    )


def _shortened(context: Context, letter: str) -> str | None:
    """The country that one letter before an office stands for, where the article names one that begins so: 突总统."""
    codes = {
        code for name, code in country_names().items() if name[0] == letter and code in context.countries
    }
    return codes.pop() if len(codes) == 1 else None
