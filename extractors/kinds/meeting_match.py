"""Who meets whom by what a rule has matched: hosts before the verb, guests behind it, those who also attend."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractors.kinds.meeting_assemblies import assembled, crowd
from extractors.kinds.meeting_attending import also_attending, attending_parties, bloc_parties
from extractors.kinds.meeting_certainty import can_meet
from extractors.kinds.meeting_company import company
from extractors.kinds.meeting_frames import BEHIND_PREPOSITION, ELSEWHERE, Met, Parties, is_named
from extractors.kinds.meeting_gatherings import guests_of, name_of_gathering, not_held
from extractors.kinds.meeting_groups import groups
from extractors.kinds.meeting_invited import visited, visiting
from extractors.kinds.meeting_merging import Telling
from extractors.kinds.meeting_owners import owned
from extractors.kinds.meeting_pairs import the_two
from extractors.kinds.meeting_parties import participants
from extractors.kinds.meeting_reference import met_by_reference, of_the_visited
from extractors.kinds.meeting_subjects import PRONOUN, before_sentence, behind, subject, whose_clause
from extractors.kinds.meeting_titles import titled
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Mention, MentionType, Person, Side, side_code
from extractors.rules.ruleset import Match
from schemas import Participant

PARTY = "".join(SYMBOLS[kind] for kind in (MentionType.PERSON, MentionType.SIDE, MentionType.ORGANISATION))
WITH_OTHERS = re.compile(f"[与同跟][{PARTY}]")
# 主持中俄总理第二十九次定期会晤: the parties are part of the event's name.
IN_EVENT_NAME = re.compile("(?:主持|举行|出席|参加|召开|举办)了?$")
# Who hosts the talks of others takes part in them.
HOSTS = re.compile(f"(?:主持|主办|承办|斡旋)了?(?:[这该此]?[一]?[轮次场]|{SYMBOLS[MentionType.COUNT]})?$")
# Parties named as a topic, not as those who talk: 就巴以局势, 黎以冲突.
TOPIC = re.compile("(?:两国)?(?:局势|问题|关系|冲突|危机|协议|边境|战争|战事|贸易)")
# 在普京和特朗普通电话后: an occasion.
OCCASION_END = re.compile("之?后|时|期间|之际|中")
MEETING_OF = re.compile("会晤的|会见的|接待的")  # 在布鲁塞尔会晤的七国集团外长
ATTENDS = re.compile(
    "^等?[^，]{0,6}(?:出席|参加)(?!了?(?:会议|会谈)$)(?![^，]{0,20}(?:时|期间))|(?:访问|访华)并?(?:出席|参加)"
)
LOOSE_TALK = re.compile("(?:讨论|交流|接触|协商)$")
# Talks as an attribute of something else: 与乌克兰进行对话的国家.
ATTRIBUTE = re.compile(
    "的(?:国家|可能|前提|(?:关键|主要|基本|先决)?条件|机会|大门|意愿|必要|要求|呼声|立场|人士|准备|计划|想法|前景|提议|建议|倡议|重要性|方式|时机|渠道|路径|意义)"
    "|的[^，。]{0,8}(?:代表团|团队|小组)的?(?:成员|团长|负责人)|(?:进程|前景|可能性|事宜|筹备工作)|等?[^，。；]{0,3}机制"
)
# 与乌克兰难民家庭会面: these speak for no state.
CIVILIANS = re.compile(
    "(?:两国|双方)?(?:与会)?的?[^，。；与和]{0,4}?(?:嘉宾|友好人士|媒体|难民|民众|学生|家庭|平民|儿童|士兵|官兵|军人|商界|企业|运动员|专家|学者|记者|志愿|居民|侨民|青年|艺术家|球员)"
)
UNLIKE = re.compile("[^，]{0,6}(?:不同|相比|一样|有关|无关)")
# What may stand before a comma between the parties and their act: 俄乌代表周一在白俄罗斯，举行了……
CIRCUMSTANCES = re.compile("(?:[^，。在于]{0,8})?[在于][^，。]{1,12}，[^，]*$")
WISH = re.compile("(?:期待|愿意?|希望|乐于|准备)(?:再次|继续|早日)?$")
LIST = 3  # people
LEADING = re.compile("总统|总理|首相|国家主席|国王|外长|外交部长|防长|国防部长|财长|国务卿|领导人")
# 致电祝贺, 致电慰问: a telegram, no call.
TELEGRAM = re.compile("致电[^。]*(?:贺|慰问|哀悼|吊唁|悼念|敬意|节日)|(?:贺|慰问|唁)[^。]*致电|互致")


def meetings_of(
    context: Context, sentence: Sentence, match: Match, before: Sequence[Telling] = ()
) -> Iterator[Met]:
    """The meetings that one match tells of: several where somebody meets others one by one (分别会见)."""
    parties = _parties(context, sentence, match, before)
    if parties is not None:
        parties = replace(
            parties,
            hosts=titled(context, sentence, owned(context, sentence, parties.hosts)),
            guests=titled(context, sentence, owned(context, sentence, parties.guests)),
        )
    if parties is None or ATTRIBUTE.match(context.reading.folded, match.span[1]):
        return
    joining = also_attending(match)
    spoken = max((c.start for c in context.claims.made_in(sentence) if c.start <= match.span[0]), default=0)
    pronoun = PRONOUN.search(context.reading.folded, spoken, match.span[0]) if spoken else None
    nearest = pronoun.start() if pronoun else sentence.start  # 说他在周三与格奥尔基耶娃会面
    first = min([match.span[0], *(host.start for host in parties.hosts if host.start >= nearest)])
    stretch = (first, joining[-1].end + len("出席") if joining else match.span[1])
    hosts = participants(context, parties.hosts)
    if _may_be_visitor(match):
        parties = replace(parties, guests=of_the_visited(sentence, match, parties.guests))
    guests = [*parties.others, *participants(context, parties.guests), *participants(context, joining)]
    for some_hosts, some_guests in groups(context, match, hosts, guests, first):
        people = _distinct([*some_hosts, *some_guests])
        if can_meet(context, sentence, match, people, stretch):
            yield Met(tuple(people), stretch)


def _may_be_visitor(match: Match) -> bool:
    """Whether the rule is one whose subject may be on a visit to its guests."""
    return str(match.rule.constants["party"]) == "subject"


def _parties(context: Context, sentence: Sentence, match: Match, before: Sequence[Telling]) -> Parties | None:
    """Who meets whom as the rule's kind of party has it; `None` where the words only look like it."""
    named = match.slots.get("participants", ())
    gap = context.reading.folded[named[-1].end : match.span[1]] if named else ""
    party = match.rule.constants["party"]
    match party:
        case "inside":
            return _inside(context, sentence, match, gap)
        case "subject":
            return _with_subject(context, sentence, match, gap)
        case "attending":
            return attending_parties(context, sentence, match, gap)
        case "visiting":
            return visiting(context, sentence, match)
        case "visited":
            return visited(context, sentence, match)
        case "gathering" | "chairing" | "crowd":
            return _assembly(context, sentence, match)
        case "hosting":
            hosts = subject(context, sentence, match.first)
            return Parties(hosts, named) if hosts and named else None
        case "pronoun":
            met = met_by_reference(context, sentence, match)
            return Parties(met[0], met[1:]) if met else None
        case "bloc":
            return bloc_parties(context, sentence, match)
        case "pair":
            start, end = match.span
            unsaid = match.rule.name == "talks-go-on"
            words = context.reading.folded[start:end]
            pair = the_two(context, sentence, start, words, before, unsaid=unsaid)
            return Parties(others=pair) if pair else None
        case other:
            raise ValueError(f"meeting.toml: rule {match.rule.name!r} has the unknown party {other!r}")


def _inside(context: Context, sentence: Sentence, match: Match, gap: str) -> Parties | None:
    """All parties stand in one list: 美国和乌克兰代表团举行会谈."""
    text, named = match.encoded.text, match.slots["participants"]
    before = match.encoded.mentions[match.first - 1] if match.first else None
    of_their_own = text.startswith("举行的", match.first)  # 在马尼拉举行的菲律宾与马来西亚磋商
    if before is not None and before.type not in (MentionType.TIME, MentionType.ORDINAL) and not of_their_own:
        return None  # the list begins earlier
    occasion = text[: match.first].endswith("在") and OCCASION_END.match(text, match.last)
    if (BEHIND_PREPOSITION.search(text, 0, match.first) and not occasion) or TOPIC.match(gap):
        return None
    if "，" in gap and not _is_list(named) and not CIRCUMSTANCES.match(gap):
        return None
    if isinstance(named[-1].value, Side) and CIVILIANS.match(context.reading.folded, named[-1].end):
        return None
    if ATTENDS.search(gap) and named[0].start == match.span[0]:
        return None  # 莫迪、卢拉等出席会晤: guests of a conference told before
    if LOOSE_TALK.search(gap) and not any(isinstance(m.value, Person) for m in named):
        return None
    if WITH_OTHERS.search(text, match.encoded.position(named[-1].end), match.last):
        return None
    hosts = subject(context, sentence, match.first) if HOSTS.search(text, 0, match.first) else []
    if IN_EVENT_NAME.search(text, 0, match.first) and not any(is_named(m) for m in named):
        parties = {side_code(m) for m in named}
        if len(parties) < 2 or not hosts or any(side_code(m) in parties for m in hosts):
            return None  # 主持中俄总理会晤; but 埃尔多安主持了俄乌会谈
    return Parties(hosts, named)


def _is_list(named: Sequence[Mention]) -> bool:
    """Whether these are people of three sides or more, listed by name: they lead the sentence beyond a comma."""
    return (
        len(named) >= LIST and all(is_named(m) for m in named) and len({side_code(m) for m in named}) >= LIST
    )


def _is_leader(mention: Mention) -> bool:
    """Whether an office without a name is one that speaks for a state or a group of them: 乌克兰总统, 欧洲领导人."""
    return isinstance(mention.value, Person) and LEADING.search(mention.value.role or "") is not None


def _with_subject(context: Context, sentence: Sentence, match: Match, gap: str) -> Parties | None:
    """One party stands before the verb, the other with it: 王毅在北京会见拉夫罗夫."""
    named = match.slots["participants"]
    ceremony = match.rule.constants.get("people", False)
    before_guest = context.reading.folded[match.span[0] : named[0].start]
    visit = match.rule.constants.get("visit", False)
    if ("，" in before_guest and not ceremony and not visit) or MEETING_OF.match(before_guest):
        return None
    if ELSEWHERE.search(gap) or UNLIKE.match(gap) or not _follows_party(match):
        return None
    if isinstance(named[-1].value, Side) and CIVILIANS.match(context.reading.folded, named[-1].end):
        return None
    if match.encoded.text[match.first] == "和" and WITH_OTHERS.search(
        match.encoded.text, match.encoded.position(named[-1].end), match.last
    ):
        return None  # 斯塔默和默茨将与马克龙会谈: the two are one party
    hosts = whose_clause(match) or subject(context, sentence, match.first)
    hosts = hosts or behind(context, sentence, match.last)
    hosts = [host for host in hosts or before_sentence(context, sentence) if host not in named]
    in_text = sentence.passage > 0  # titles name offices alone
    unnamed = [m for m in [*hosts, *named] if not is_named(m)]
    if len(named) > 1 and _is_leader(named[-1]):  # 日本和韩国领导人
        unnamed = [m for m in unnamed if not isinstance(m.value, Side)]
    if ceremony and in_text and not all(_is_leader(m) for m in unnamed):
        return None
    if ceremony and unnamed and WISH.search(match.encoded.text, 0, match.first):
        return None
    if match.rule.name == "calls-by-telephone" and TELEGRAM.search(sentence.encoded.text):
        return None
    if "，" in gap and not any(isinstance(m.value, Person) for m in [*hosts, *named]):
        return None
    return Parties(hosts, named)


def _assembly(context: Context, sentence: Sentence, match: Match) -> Parties | None:
    """Who meets at a conference by its list of guests, its chair with those named behind it, or many states together."""
    if match.rule.constants["party"] == "crowd":
        return _with_many(context, sentence, match)
    if match.rule.constants["party"] == "chairing":
        others = company(sentence, match.last - 1, conference=True)
        return Parties(match.slots["participants"], others) if others else None
    guests = guests_of(context, sentence, match.last)
    if not guests and not_held(context, sentence, match):
        return None
    guests = guests or assembled(context, sentence, name_of_gathering(context, sentence, match))
    return Parties(others=guests) if guests else None


def _with_many(context: Context, sentence: Sentence, match: Match) -> Parties | None:
    """Somebody meets officials of many states: 奥斯汀与40多个国家的军事高官开会."""
    many = crowd(context, match.span[0], match.span[1])
    hosts = subject(context, sentence, match.first)
    return Parties(hosts=hosts, others=[many]) if many is not None and hosts else None


def _follows_party(match: Match) -> bool:
    """和 joins the other party only behind the first one: 习近平和普京会谈, not 协议和美国讨论."""
    if match.encoded.text[match.first] != "和":
        return True
    before = match.encoded.mentions[match.first - 1] if match.first else None
    return (
        before is not None
        or match.encoded.text[max(0, match.first - 1)]
        in "他她我方和曾将也还已又再先均都会要拟时经次在直别常续天并，"
    )


def _distinct(people: list[Participant]) -> list[Participant]:
    kept: list[Participant] = []
    for person in people:
        if not any(
            person.name == other.name and person.side == other.side and person.role == other.role
            for other in kept
        ):
            kept.append(person)
    return kept
