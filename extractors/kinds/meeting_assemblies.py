"""Conferences without a list of guests: whose they are by their name (中阿峰会), who holds them, how many attend."""

from __future__ import annotations

import re
from functools import lru_cache

from extractors.kinds.meeting_blocs import BLOCS
from extractors.kinds.meeting_parties import participants
from extractors.kinds.meeting_roles import country_of
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS, symbol_class
from extractors.reading.lexicon import country_names
from extractors.reading.mention import MentionType, Organisation
from extractors.reading.sides import short_side_codes
from schemas import Participant

PARTY = symbol_class((MentionType.SIDE, MentionType.ORGANISATION, MentionType.PERSON))
# One letter for many states, in names of conferences: 中阿峰会, 中非领导人对话会, 俄非峰会, 中欧领导人会晤.
REGIONS = {"阿": "ARAB_LEAGUE", "非": "非洲国家", "欧": "EU", "拉": "拉美国家"}
LONG_REGIONS = {
    "阿拉伯国家": "ARAB_LEAGUE", "非洲": "非洲国家", "非洲国家": "非洲国家", "欧盟": "EU", "东盟": "ASEAN", "非盟": "AU",
    "拉共体": "CELAC", "中亚": "中亚国家", "中亚五国": "中亚国家", "东南欧": "东南欧", "北约": "NATO", "海合会": "GCC",
    "海湾阿拉伯国家合作委员会": "GCC",
    "阿拉伯": "ARAB_LEAGUE", "伊斯兰国家": "OIC", "伊斯兰": "OIC",
    "海湾国家": "海湾国家", "太平洋岛国": "太平洋岛国", "中东欧国家": "中东欧国家",
}  # fmt: skip
# What kinds of conference are called by two parties.
KIND = (
    "[^，。；：在于将举召与]{0,14}?(?:峰会|合作论坛|首脑会|联合会议|领导人会议|领导人会晤|对话会|外长会|防长会|财长会|部长级会议"
    "|定期会晤|战略对话|委员会第.{1,4}次|混委会|交流机制|联委会|高级别会议|部长会议|首脑会议)"
)
OPENS = "(?:第[^，。届次]{1,4}[届次]|首届|首次|新一届|本届|“|《)*"
# What is no meeting of states although it bears their names.
BUSINESS = re.compile(
    "博览会|商务|投资|媒体|智库|青年|企业|工商|商会|班列|铁路|物流|电影|艺术|文化|体育|运动|旅游|教育|大学|校长|科技|产业|展|民间|出版|妇女|政党|足球|智慧|地方|市长|学者|专家"
)
OFFICIALS = (
    "将领|军官|军事首长|防务官员|军方高官|军事高官|高级官员|领导人"
    "|国家元首|政府首脑|元首|首脑|外长|防长|部长|立法者|议员|官员|高官|代表|特使"
)
# How many states attend: 近20个国家和组织的代表, 40多个国家的军方高官, 约30个国家的200多名立法者.
CROWD = re.compile(
    r"(?P<side>(?:约|近|超过|逾)?\s?(?:[0-9]+|[一二三四五六七八九十百两]{1,4}|数十|几十)\s?[多余]?\s?个?(?:[^，。；0-9个的在将]{0,10}?(?:国家|成员国|盟友|盟国|伙伴国)|国(?!家))"
    r"(?:(?:和|及|以及|与)(?:国际|地区|区域)?组织)?)(?:(?:的|派)?(?:[^，。；的参出与]{0,8}名)?"
    rf"(?P<who>[^，。；的参出与0-9]{{0,6}}?(?:{OFFICIALS})))?"
)
JOINS = re.compile("[^，。；]{0,16}?(?:参加|出席|与会|开会|参会|聚会|会晤|会谈|通过并?签署)")
# A part of the world whose officials meet somebody together: 波罗的海三国领导人, 西方盟友.
REGIONAL = re.compile(
    "(?P<side>(?:欧洲|西方|太平洋|波罗的海|北欧|中亚|巴尔干|非洲|阿拉伯|海湾|拉美|东南亚|中东欧|加勒比|中美洲)(?:岛国|[三五]国|国家|各国|多国)?(?:盟[友国](?!领|的))?)"
    "(?:盟[友国])?(?:的)?(?P<who>领导人|外长|防长|财长|官员|高官)?"
)
CIVIL = re.compile(
    "各界|专家|学者|企业|商界|媒体|运动|学生|青年|机构|奥委会|政党|智库|残|艺术|参展|选手|观众|学员"
)
HOST = re.compile(
    rf"由(?P<by>{PARTY})[^，。；{PARTY[1:-1]}]{{0,6}}?(?:主办|发起|召集|主持|承办|倡议|举办|组织)"
    rf"|(?P<who>{PARTY})(?:主办|发起|召集|承办|倡议)的"
)
# What brings states together by its name, and who is told to be there.
INTERNATIONAL = re.compile("国际|峰会|首脑|捐助|捐款|认捐|援助|重建|复兴|世界|全球|领导人|部长|岛国|地区")
VOICE = re.compile(
    rf"(?P<who>{SYMBOLS[MentionType.PERSON]})[^，。；：{PARTY[1:-1]}]{{0,10}}?(?:在(?:会|会议|峰会|大会|开幕式|论坛|致辞)[上中]?|与会|到会|(?:向|对)会议|主持会议|致开幕)"
    rf"|(?:^|，)(?:在)?(?:会|会议|峰会|开幕式|大会)上，?(?P<then>{SYMBOLS[MentionType.PERSON]})"
)
VOICES = 6  # sentences behind a conference in which people speak at it
BEHIND = 1  # sentences: so far behind a conference those who attend are counted


def assembled(context: Context, sentence: Sentence, name: tuple[int, int] | None) -> list[Participant]:
    """Who meets at a conference by its name, its host and the number of states; nobody where that is one party."""
    words = context.reading.folded[slice(*name)] if name else ""
    if BUSINESS.search(words):
        return []
    found = by_name(words)
    found += [one for one in _hosts(context, sentence) if all(one.side != other.side for other in found)]
    found += [one for one in _bodies(sentence, name) if all(one.side != other.side for other in found)]
    if INTERNATIONAL.search(words):
        voices = _voices(context, sentence)
        found = [one for one in found if one.name or all(one.side != other.side for other in voices)]
        found += [one for one in voices if all(one.name != other.name for other in found)]
    for other in context.reading.sentences[sentence.index : sentence.index + 1 + BEHIND]:
        many = (
            crowd(context, other.start, other.end, joining=True)
            if other.passage == sentence.passage
            else None
        )
        if many is not None and all(many.side != one.side for one in found):
            found.append(many)
            break
    return found if len({one.side for one in found}) > 1 else []


def by_name(words: str) -> list[Participant]:
    """The two parties by whose names a conference is called: 首届中阿峰会, 俄罗斯—海合会战略对话会, 中非合作论坛."""
    found = _called().match(words)
    if found is None or BUSINESS.search(words):
        return []
    codes = {**country_names(), **LONG_REGIONS, **short_side_codes(), **REGIONS}
    sides = [codes[found[group]] for group in "abecd" if found[group]]
    return [Participant(name=None, role=None, side=side) for side in dict.fromkeys(sides)]


@lru_cache(maxsize=1)
def _called() -> re.Pattern[str]:
    short = "".join(sorted({*short_side_codes(), *REGIONS}))
    long_ = "|".join(sorted({*country_names(), *LONG_REGIONS}, key=lambda name: (-len(name), name)))
    return re.compile(
        f"{OPENS}(?:(?!{long_})(?P<a>[{short}])(?P<b>[{short}])(?P<e>[{short}])?|(?P<c>{long_})[—－–‐\\-、和](?P<d>{long_}))(?:两国|双边|国家)?{KIND}"
    )


def crowd(context: Context, start: int, end: int, *, joining: bool = False) -> Participant | None:
    """The many states whose officials meet between two offsets, as written: 约30个国家, 近20个国家和组织.

    With `joining` it must be said that they attend.
    """
    found = CROWD.search(context.reading.folded, start, end)
    if found is None:
        found = REGIONAL.match(context.reading.folded, start + 1, end)
        found = found if found is not None and (found["who"] or "盟" in found["side"]) else None
    if found is not None and joining and JOINS.match(context.reading.folded, found.end()) is None:
        return None
    if found is None or CIVIL.search(found[0]):
        return None
    return Participant(name=None, role=found["who"], side=found["side"].strip())


def _hosts(context: Context, sentence: Sentence) -> list[Participant]:
    """Who holds or has called a conference: 由哥伦比亚政府发起的……国际会议."""
    found = HOST.search(sentence.encoded.text)
    if found is None:
        return []
    mention = sentence.encoded.mentions[found.start("by" if found["by"] else "who")]
    hosts = participants(context, [mention]) if mention is not None else []
    return [host for host in hosts if host.side and host.side.isascii()]


def _voices(context: Context, sentence: Sentence) -> list[Participant]:
    """Who is told in the sentences behind a conference to speak or be there: 马克龙在会上说; 会上，科斯塔……."""
    found: dict[str, Participant] = {}
    for other in context.reading.sentences[sentence.index : sentence.index + 1 + VOICES]:
        if other.passage != sentence.passage:
            break
        for voice in VOICE.finditer(other.encoded.text):
            group = "who" if voice["who"] else "then"
            mention = other.encoded.mentions[voice.start(group)]
            for one in participants(context, [mention] if mention is not None else []):
                if one.name and one.side:
                    found.setdefault(one.name, one)
    return list(found.values())


def _bodies(sentence: Sentence, name: tuple[int, int] | None) -> list[Participant]:
    """The body of states whose conference it is: 北约 of 北约议会春季会议."""
    if name is None:
        return []
    bodies = [
        m.value
        for m in sentence.mentions
        if name[0] <= m.start < name[1] and isinstance(m.value, Organisation)
    ]
    codes = [code for body in bodies if (code := body.code or country_of(body.name)) in BLOCS]
    return [Participant(name=None, role=None, side=code) for code in codes[:1]]
