"""From an article to its Reading: sentences with mentions that do not overlap."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from extractors.reading.boundaries import within_words
from extractors.reading.document import Outline, Reading, Sentence, is_digest, outline
from extractors.reading.encoding import encode
from extractors.reading.leaders import find_leaders, leader_side
from extractors.reading.lexicon import find_organisations, find_places, find_sides, find_weapons, look_up
from extractors.reading.mention import Mention, MentionType, Organisation, Place, side_code
from extractors.reading.money import find_money
from extractors.reading.name_tagger import NameSpan, NameTagger
from extractors.reading.people import People
from extractors.reading.quantities import find_quantities
from extractors.reading.script import fold
from extractors.reading.time_expressions import find_times
from schemas import Article

# Where mentions overlap the longer wins; at equal length the one named first here.
PRIORITY = {
    kind: rank
    for rank, kind in enumerate(
        (
            MentionType.MONEY,
            MentionType.TIME,
            MentionType.PERSON,
            MentionType.WEAPON,
            MentionType.ORGANISATION,
            MentionType.SIDE,
            MentionType.PLACE,
            MentionType.ORDINAL,
            MentionType.COUNT,
        )
    )
}
# The country whose home news makes up most of a Chinese archive.
# States that go by where they lie: 非洲国家, 太平洋岛国.
REGIONS = re.compile(
    "(?:非洲|拉美|加勒比|太平洋|阿拉伯|中亚|东南亚|南亚|中东|欧洲|海湾)(?:各|多|地区)?(?:国|岛国)"
)
HOME = "CN"
# Endings by which a tagged organisation is one that can act: 乌克兰国家铁路公司 but not 俄罗斯的.
SHORTEST_NAME = 2
# 拜登政府, 岸田内阁: the government called by who leads it.
GOVERNMENT = re.compile("(.{2,8})(?:政府|内阁|当局)")
# Verbs that the tagger sometimes takes into a name: 京会见.
VERBS = re.compile("会见|会谈|会晤|会面|举行|访问|出席|主持|表示|通话")
# The same at the beginning of a name: 空袭亚速钢铁厂.
STRIKING = re.compile("(?:空袭|袭击|炮击|轰炸|炸毁|摧毁|击中|攻击|打击)了?(?=[^，。；]{3})")
# A country in one letter with the next word's first: 美制, 黎多 before 地.
LETTER_AND_MORE = re.compile("[美俄德英法乌以伊黎叙也苏印巴日韩朝土中](?:制|多(?=[地个处名次]))")


@dataclass(frozen=True)
class Draft:
    """An article before its names are read: its sentences worth reading, those worth tagging, and what lexicons know."""

    article: Article
    whole: str
    folded: str
    digest: bool
    outlines: Sequence[Outline] = ()
    worth: Sequence[Outline] = ()
    listed: Sequence[Mention] = ()


class Reader:
    """Reads articles. Holds the name tagger, which costs about 0.2 s and 40 MB at first use.

    `gates` are the words, by kind, one of which a passage must hold to be read at all: reading names is costly,
    and most passages of a news archive cannot hold a fact.
    """

    def __init__(self, gates: Mapping[str, re.Pattern[str]] | None = None) -> None:
        self._gates = tuple((gates or {}).values())

    @cached_property
    def _tagger(self) -> NameTagger:
        return NameTagger()

    def read(self, article: Article, *, gated: bool = True) -> Reading:
        """The article's sentences with mentions of numbers, money, times, places, people, organisations, weapons.

        Passages that no gate lets through are left out, unless `gated` is false.
        """
        return next(self.read_many([article], gated=gated))

    def read_many(self, articles: Iterable[Article], *, gated: bool = True) -> Iterator[Reading]:
        """The readings of several articles in their order, each what `read` gives of it alone.

        Their names are tagged together, which takes half the time; all are held in memory at once.
        """
        drafts = [self._draft(article, gated=gated) for article in articles]
        names = iter(
            self._tagger.tag(
                [draft.folded[part.start : part.end] for draft in drafts for part in draft.worth]
            )
        )
        for draft in drafts:
            yield self._finished(draft, list(islice(names, len(draft.worth))))

    def _draft(self, article: Article, *, gated: bool) -> Draft:
        whole = article.title + "\n" + article.text
        folded = fold(whole)
        outlines = list(outline(whole, len(article.title)))
        digest = is_digest(whole, len(article.title), outlines)
        hits = self._hits(folded, outlines) if gated else outlines
        if gated:
            outlines = _let_through(outlines, hits)
        listed = [*find_places(folded), *find_sides(folded), *find_organisations(folded)] if outlines else []
        if gated:
            outlines = _abroad(folded, outlines, listed)
        worth = _worth_tagging(outlines, hits) if gated else outlines
        return Draft(article, whole, folded, digest, outlines, worth, listed)

    def _finished(self, draft: Draft, tagged: Sequence[Sequence[NameSpan]]) -> Reading:
        """The reading of an article whose sentences worth tagging have been tagged."""
        if not draft.outlines:
            return Reading(draft.article, draft.whole, draft.folded, ())
        names = [
            (part.start + start, part.start + end, label)
            for part, spans in zip(draft.worth, tagged, strict=True)
            for start, end, label in spans
        ]
        folded, outlines = draft.folded, draft.outlines
        encoded = [
            (part, found, encode(folded, part.start, part.end, found, heading=part.heading))
            for part, found in zip(outlines, _mentions(draft, names), strict=True)
        ]
        readable = (entry for entry in encoded if entry[2].text)  # a gloss alone is no sentence
        sentences = tuple(
            Sentence(index, part.start, part.end, part.paragraph, part.passage, part.heading, found, symbols)
            for index, (part, found, symbols) in enumerate(readable)
        )
        return Reading(draft.article, draft.whole, folded, sentences, draft.digest)

    def _hits(self, folded: str, outlines: Sequence[Outline]) -> Sequence[Outline]:
        """The sentences that hold a gate word: all of them where there are no gates."""
        gates = self._gates
        if not gates:
            return outlines
        return [part for part in outlines if any(gate.search(folded, part.start, part.end) for gate in gates)]


def _let_through(outlines: Sequence[Outline], hits: Sequence[Outline]) -> list[Outline]:
    """The sentences of passages with a hit, and the title; a hit in the title opens the first passage."""
    return _of_passages(outlines, {part.passage for part in hits})


def _of_passages(outlines: Sequence[Outline], passages: set[int]) -> list[Outline]:
    """The sentences of these passages, with the title, which goes with the first passage."""
    if 0 in passages:
        passages = passages | {1}
    return [part for part in outlines if part.passage in passages or (part.passage == 0 and passages)]


def _worth_tagging(outlines: Sequence[Outline], hits: Sequence[Outline]) -> list[Outline]:
    """Sentences whose names matter: the paragraphs that hold a gate word, and the first of their passage."""
    paragraphs = {part.paragraph for part in hits}
    first: dict[int, int] = {}
    for part in outlines:
        first.setdefault(part.passage, part.paragraph)
    return [
        part for part in outlines if part.paragraph in paragraphs or part.paragraph == first[part.passage]
    ]


def _mentions(draft: Draft, names: Sequence[tuple[int, int, str]]) -> list[tuple[Mention, ...]]:
    """The mentions of every sentence, in order and without overlap; names and words only where it is worth it."""
    folded = draft.folded
    affiliations = within_words(folded, draft.worth, draft.listed)
    taken = {(m.start, m.end) for m in affiliations}
    people = [(start, end) for start, end, label in names if label == "PER" and (start, end) not in taken]
    tagged = _tagged_names(folded, names, affiliations)
    bodies = [m for m in tagged if m.type is MentionType.ORGANISATION]
    found = [
        *affiliations,
        *tagged,
        *find_money(folded),
        *find_quantities(folded),
        *find_times(folded),
        *find_weapons(folded),
        *People(draft.article.local_date).compose(folded, people, [*affiliations, *bodies]),
    ]
    kept = longest(found)
    starts = [mention.start for mention in kept]
    return [
        tuple(
            mention
            for mention in kept[bisect_left(starts, part.start) : bisect_left(starts, part.end)]
            if mention.end <= part.end
        )
        for part in draft.outlines
    ]


def _abroad(folded: str, outlines: Sequence[Outline], listed: Sequence[Mention]) -> list[Outline]:
    """The sentences of passages that name a party other than China: no fact of ours is within one country of it.

    Half of what a gate word lets through in a Chinese archive is home news; its names need not be read.
    """
    named = [(mention.start, side_code(mention)) for mention in listed]
    named += find_leaders(folded) if outlines else []
    foreign = [start for start, side in named if side not in (None, HOME)]
    foreign = sorted(foreign + [found.start() for found in REGIONS.finditer(folded)])
    passages = {
        part.passage
        for part in outlines
        if (at := bisect_left(foreign, part.start)) < len(foreign) and foreign[at] < part.end
    }
    return _of_passages(outlines, passages)


def longest(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions without overlaps, longer ones first, in text order."""
    ranked = sorted(mentions, key=lambda m: (m.start - m.end, PRIORITY[m.type], m.start))
    occupied: set[int] = set()
    kept = []
    for mention in ranked:
        extent = range(mention.start, mention.end)
        if not occupied.intersection(extent):
            occupied.update(extent)
            kept.append(mention)
    return sorted(kept, key=lambda mention: mention.start)


def _tagged_names(
    folded: str, names: Sequence[tuple[int, int, str]], known: Sequence[Mention]
) -> list[Mention]:
    """Places and organisations that only the tagger knows."""
    taken = {(m.start, m.end) for m in known}
    starts = {m.start for m in known}
    covered = {i: m.end for m in known for i in range(m.start, m.end)}
    inside = {i: m.end for m in known if m.type is MentionType.PLACE for i in range(m.start + 1, m.end)}
    # 京同新开发银行: a known organisation with more before it
    ends = {m.end for m in known if isinstance(m.value, Organisation) and m.value.code}
    found = []
    for first, end, tag in names:
        # a body tagged from the middle of a place begins behind it: 尤尼斯|纳赛尔医院
        start = inside[first] if tag == "ORG" and inside.get(first, end) < end else first
        struck = STRIKING.match(folded, start, end)  # 空袭 + 亚速钢铁厂
        start = struck.end() if struck else start
        words = folded[start:end]
        if (start, end) in taken or end - start < SHORTEST_NAME or VERBS.search(words):
            continue
        if tag == "LOC" and words.endswith(("峰会", "会议", "会谈")):
            continue
        if (letter := LETTER_AND_MORE.match(folded, start)) and letter.end() == end:
            continue
        town = tag == "ORG" and words.endswith(("市", "省", "州", "镇")) and look_up(words)
        label = "LOC" if town else tag  # 贝鲁特市 before 中心
        if label == "LOC" and any(i in covered for i in range(start, end)):
            found += _places_between(folded, start, end, covered)
        elif label == "LOC":
            place = look_up(words) or Place(words)
            found.append(Mention(MentionType.PLACE, start, end, words, place))
        elif (
            label == "ORG"
            and not _is_pair(start, end, starts)
            and end not in ends
            and not leader_side(words[:-1])
        ):
            side = _side_of_government(words)
            found.append(Mention(MentionType.ORGANISATION, start, end, words, Organisation(words, side)))
    return found


def _side_of_government(words: str) -> str | None:
    """The side of a government called by who leads it: US for 拜登政府."""
    leader = GOVERNMENT.fullmatch(words)
    return leader_side(leader[1]) if leader else None


def _places_between(folded: str, start: int, end: int, covered: dict[int, int]) -> list[Mention]:
    """Places in a tagged stretch that swallows known names: 巴黎 of 巴黎爱丽舍宫同法国, 明斯克 of 白俄罗斯明斯克."""
    found = []
    at = start
    while at < end:
        if at in covered:
            at = covered[at]
            continue
        last = next((i for i in range(at, end) if i in covered), end)
        place = look_up(folded[at:last])
        if place is not None:
            found.append(Mention(MentionType.PLACE, at, last, folded[at:last], place))
        at = last
    return found


def _is_pair(start: int, end: int, starts: set[int]) -> bool:
    """中阿, 中非: sides named by one character each."""
    return end - start == 2 and {start, start + 1} <= starts
