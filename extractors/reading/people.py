"""People: offices, names, or both, composed into one mention with the side they represent.

“韩国国防部长金龙显” gives name, role and side, “普京总统” name and role; “基辅军事管理局负责人” role and side; a bare “奥斯汀”
takes role and side from its first full mention in the article, else the side from the lexicon of leaders.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extractors.reading.affiliations import Affiliations
from extractors.reading.descriptions import resolved
from extractors.reading.leaders import holder_of, leader_item, leader_names, leader_side, split_name
from extractors.reading.mention import Mention, MentionType, Organisation, Person
from extractors.reading.names import gloss_length, person_names, transcribed_name, transcribed_only
from extractors.reading.offices import dated_office, holder_by_office, office_runs
from extractors.reading.servants import master_of, serves_named

# Offices that only China has: with one of them nobody names the country.
CHINESE_OFFICE = re.compile(
    "国家副?主席|国务院|国务委员|全国人大|全国政协|中共|中国共产党|中央(?:政治局|军委|外办|外事|书记处|纪委|统战)|政治局常委"
)
HOME_OFFICES = {
    "CN": CHINESE_OFFICE,
    "TW": re.compile("行政院|立法院|监察院|考试院"),
    "HK": re.compile("政务司|财政司|律政司"),
}
# Parliaments that several states call so; whose it is, the name before it says.
BODIES_OF_SEVERAL = ("立法院", "行政院")
TAIWAN = re.compile("[台臺][湾灣北]|中华民国|民进党|国民党|两岸")
# Sides whose people bear names that are not transcribed letter by letter.
HAN_NAMES = {"CN", "TW", "HK", "MO", "JP", "KR", "KP", "VN", "SG"}
# Family names that stand for one person even where the article never spells the name out.
SURNAMES = {"习": "习近平", "赖": "赖清德"}
COORDINATORS = ("和", "与", "、", "及", "以及")
# A name that the article leaves in its own script: 乌克兰常驻联合国代表Sergiy Kyslytsya.
LATIN_NAME = re.compile(r" ?(?P<name>[A-Z][a-z\u00c0-\u024f'’-]+(?: [A-Z][A-Za-z.\u00c0-\u024f'’-]*){0,3})")
# Behind a person, somebody of the same side: 哈梅内伊的顾问韦拉亚提.
SAME_SIDE = (*COORDINATORS, "的")
# Whose leaders are of no one state: 美国总统拜登和欧洲领导人.
REGION = re.compile(
    "欧洲|西方|非洲|亚洲|中亚|拉美|拉丁美洲|中东|阿拉伯|海湾|北欧|东欧|波罗的海|盟国|各国|多国|其他|两国"
)
POPE = re.compile("罗?马?天?主?教?(?:教皇|教宗)")
# Ranks that follow the name of somebody whose office stands before it: 国防部长潘文江大将.
RANKS = {"大将", "上将", "中将", "少将", "准将", "上校", "中校", "少校", "元帅"}


@dataclass(frozen=True)
class Office:
    """An office in the text: where person, role and office begin, where it ends, and the side it belongs to.

    `direct` where nothing but a known country or body stands before it.
    """

    first: int
    role_start: int
    start: int
    end: int
    side: str | None
    direct: bool


@dataclass
class People:
    """The people of one article while it is being read: what is known of each name so far.

    `published` is the local day of publication; without it nobody is known by the office alone.
    """

    published: datetime.date | None = None
    known: dict[str, Person] = field(default_factory=dict)
    # Parts of the known names by which they are called later: 奥斯汀 of 劳埃德·奥斯汀, 岸田 of 岸田文雄.
    parts: dict[str, str] = field(default_factory=dict)
    # The words for the dated offices of each side, first seen first: 总理 of DE.
    offices: dict[tuple[str, str], str] = field(default_factory=dict)
    home: dict[str, re.Pattern[str]] = field(default_factory=lambda: dict(HOME_OFFICES))

    def compose(
        self, folded: str, tagged: Sequence[tuple[int, int]], affiliations: Sequence[Mention]
    ) -> list[Mention]:
        """Person mentions from tagged name spans and affiliations (sides, organisations, places), in text order."""
        affiliations = [mention for mention in affiliations if not _is_leader(mention)]
        self.home = _home_offices(folded)
        runs = office_runs(folded)
        names = _without_offices(person_names(folded, tagged, affiliations), runs)
        full, used = self._with_offices(folded, runs, names, Affiliations(folded, affiliations))
        found = [self._mention(folded, *span, person) for span, person in full]
        taken = {i for mention in found for i in range(mention.start, mention.end)}
        for start, end in names:
            if (start, end) not in used and start not in taken:
                found.append(self._mention(folded, start, end, Person(folded[start:end], None, None)))
        return resolved(folded, sorted(found, key=lambda mention: mention.start))

    def _with_offices(
        self,
        folded: str,
        runs: Sequence[tuple[int, int]],
        names: Sequence[tuple[int, int]],
        owners: Affiliations,
    ) -> tuple[list[tuple[tuple[int, int], Person]], set[tuple[int, int]]]:
        """People named with their office, with their extents; and the name spans used up by them."""
        by_start = dict(names)
        by_end = {end + gloss_length(folded, end): (start, end) for start, end in names}
        found: list[tuple[tuple[int, int], Person]] = []
        used: set[tuple[int, int]] = set()
        last: tuple[int, str | None] = (-1, None)
        for start, end in runs:
            office = _office(owners, start, end)
            before = by_end.get(office.first)
            if found and folded[start:end] in RANKS and before in used:
                (first, _), person = found.pop()  # 国防部长潘文江大将
                found.append(((first, end), person))
                continue
            if POPE.fullmatch(folded, start, end):
                office = replace(office, side="VA")
            joined = folded[max(last[0], 0) : office.first] in SAME_SIDE
            unsaid = office.side is None or office.side in BODIES_OF_SEVERAL
            inherited = unsaid and joined and not REGION.match(folded, office.first)
            if inherited:
                # 韩国外长赵兑烈和国防部长金容铉: the second is Korean too
                office = replace(office, side=last[1])
            name = _name_behind(folded, office, by_start)
            if name is None and before is not None and before not in used:
                name = before  # 奥拉夫·肖尔茨（Olaf Scholz）总理
            if name is not None and inherited and "·" in folded[slice(*name)]:
                known = leader_side(folded[slice(*name)], self.published)
                office = replace(office, side=known or office.side)  # 英国外交大臣…和国务卿安东尼·布林肯
            if before is not None and before not in used and serves_named(folded[office.start : end]):
                name = None if name == before else name  # 习近平主席特别代表丁薛祥
                used.add(before)
                side = self._side_of(folded[slice(*before)])
                office = replace(office, first=before[0], role_start=before[0], side=side)
            if name is not None:
                used.add(name)
            master = master_of(folded, found[-1], office.first, folded[office.start : end]) if found else None
            if master is not None:
                found.pop()
                office = replace(office, first=master[0], role_start=master[1], side=master[2])
            extent = (min(office.first, name[0]), max(end, name[1])) if name else (office.first, end)
            role = folded[office.role_start : end].removeprefix("的")
            person = self._remember(Person(folded[slice(*name)] if name else None, role, office.side))
            person = self._identified(folded, office, person)
            found.append((extent, person))
            last = (extent[1] + gloss_length(folded, extent[1]), person.side)
        return found, used

    def _side_of(self, name: str) -> str | None:
        """The side of somebody by name alone."""
        known = self.known.get(name)
        return (known and known.side) or leader_side(name, self.published)

    def _mention(self, folded: str, start: int, end: int, person: Person) -> Mention:
        """The mention of a person, completed by what the whole article says of the name."""
        return Mention(MentionType.PERSON, start, end, folded[start:end], self._completed(person))

    def _completed(self, person: Person) -> Person:
        """Role and side as the article's full mentions of the name have them, else as the lexicon has the side."""
        name = person.name
        if name is None:
            return person
        if len(name) == 1:
            name = self.parts.get(name) or SURNAMES.get(name, name)
        full = self.known.get(name) or self.known.get(self.parts.get(name, ""))
        side = person.side or (full.side if full else None) or leader_side(name, self.published)
        role = person.role or (full.role if full else None) or self._role_of_holder(name, side)
        return Person(
            name, role, side, leader_item(full.name if full and full.name else name, side, self.published)
        )

    def _role_of_holder(self, name: str, side: str | None) -> str | None:
        """The office that the article speaks of without a name, where it is this person's: 德国总理 … 朔尔茨."""
        if side is None or self.published is None:
            return None
        for (office, of), role in self.offices.items():
            holder = holder_of(office, of, self.published) if of == side else None
            if holder is not None and name in holder.names:
                return role
        return None

    def _identified(self, folded: str, office: Office, person: Person) -> Person:
        """The person with the Wikidata item of who bears the name, or held the office on the day of publication."""
        body, words = folded[office.first : office.start], folded[office.start : office.end]
        if person.name is not None or person.side is None or self.published is None or not office.direct:
            return person
        holder = holder_by_office(body, words, person.side, self.published)
        known = dated_office(words)
        if known:
            self.offices.setdefault((known, person.side), person.role or words)
        return replace(person, qid=holder.qid if holder else None)

    def _remember(self, person: Person) -> Person:
        """Keep what is said of a name first; the person with the side the name or the office implies."""
        name, role = person.name, person.role or ""
        if person.side is None or not person.side.isascii():  # nobody's, or a body's that no lexicon knows
            side = (leader_side(name, self.published) if name else None) or (
                next((code for code, offices in self.home.items() if offices.match(role)), person.side)
            )
            person = replace(person, side=side)
        if name is None or len(name) == 1:
            return person
        kept = self.known.get(name)
        if kept is None or (person.side and not kept.side):
            self.known[name] = person
        for part in _parts(name):
            self.parts.setdefault(part, name)
        return person


def _home_offices(folded: str) -> dict[str, re.Pattern[str]]:
    """The offices that only one place has, as far as the article speaks of it: other states have a 立法院 too."""
    return {code: offices for code, offices in HOME_OFFICES.items() if code != "TW" or TAIWAN.search(folded)}


def _is_leader(mention: Mention) -> bool:
    """Whether a well-known person's name has been taken for a body's: 会见了泽连斯基总统."""
    value = mention.value
    return isinstance(value, Organisation) and not value.code and leader_side(mention.words) is not None


def _parts(name: str) -> Iterable[str]:
    """By what a person is called after the first full mention: the last part, a Japanese or Chinese family name."""
    pieces = split_name(name)
    if len(pieces) > 1:
        yield pieces[-1]
    elif len(name) == 4:
        yield name[:2]
    if len(name) in (2, 3):
        yield name[0]


def _without_offices(
    names: Sequence[tuple[int, int]], runs: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Names cut where an office begins inside them: 习 in 习主席, 布林肯 in 布林肯国务卿."""
    inside = {i: start for start, end in runs for i in range(start, end)}
    cut = []
    for start, end in names:
        last = next((inside[i] for i in range(start, end) if i in inside), end)
        if last > start:
            cut.append((start, min(last, end)))
    return cut


def _office(owners: Affiliations, start: int, end: int) -> Office:
    """The office with its affiliation: the country, body or place named before it or at its beginning."""
    covering = owners.covering(start, end)  # 基辅军事管理局 + 负责人, where 军事管理局负责人 is an office too
    first, side, role_start = owners.before(covering if covering is not None else start)
    if side is None and first == start:
        side = owners.within(start, end)  # 克里姆林宫发言人
    return Office(first, role_start, start, end, side, owners.is_direct(first, start))


def _name_behind(folded: str, office: Office, by_start: dict[int, int]) -> tuple[int, int] | None:
    """The name right behind an office: one that was tagged, else one spelt in letters of transcription."""
    at = office.end
    for start in (
        at,
        at + 1 if folded[at : at + 1] in (" ", "\u3000") else at,
        at + gloss_length(folded, at),
    ):
        if start in by_start:
            return start, by_start[start]
    for start in (at + 1, at + 2):  # the tagger lost its first letters: 市长科|胡特
        if start in by_start and transcribed_only(folded[at : by_start[start]]):
            return at, by_start[start]
    latin = LATIN_NAME.match(folded, at)
    if latin:
        return latin.span("name")
    known = leader_names().match_at(folded, at)
    if known and leader_side(folded[at : known[0]]) == office.side:
        return at, known[0]  # 新加坡外长维文, a name that is a word elsewhere
    if office.side is not None and office.side not in HAN_NAMES:
        end = transcribed_name(folded, at)
        if end > at:
            return at, end
    return None
