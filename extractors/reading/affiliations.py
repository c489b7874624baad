"""Whose an office is: the country, body or place before it (韩国国防部长, 塔吉克斯坦议会上院议长)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.reading.mention import Mention, MentionType, Organisation, Place, Side
from extractors.reading.organisations import organ_words
from extractors.reading.sides import country_names, named_sides, short_side_codes

# Between the affiliation and the office: 美国新任国务卿, 俄罗斯的前总理.
MODIFIER = re.compile(
    r"(?:的|新任|现任|前任|前|时任|候任|代理|临时|常务|第一|首席|高级|一名|一位|多名|两名|几名|两国|三国|四国|五国|六国)+$"
)
# A body of the country that the lexicon does not know: 议会 in 塔吉克斯坦议会上院议长, 事务 in 朝鲜半岛事务特别代表.
BODY = re.compile(
    "(?:[^，。；：、！？“”（）\\s会见与同和在向对了将称说访问等并为被把从由及就晤谈0-9]{0,10}"
    "(?:议会|国会|国民议会|国民大会|人民议会|众议院|参议院|上院|下院|议院|联盟|委员会|集团|公司|组织|协会|机构|事务|问题|党|"
    "中央|法院|检察院|办公厅|武装部队|军队|舰队|战区|集团军|王室|政府|基金会|银行|大学|协调|合作|发展|安全|负责|最高会议|大会|阵线)){1,2}的?$"
)
FARTHEST_BODY = 18


def _short_form(words: str) -> str | None:
    """The country of a name of two characters or a form of one, right before an office."""
    return country_names().get(words) if len(words) == 2 else short_side_codes().get(words)


class Affiliations:
    """The sides, organisations and places of an article, by where they begin and end."""

    def __init__(self, folded: str, affiliations: Sequence[Mention]) -> None:
        self._folded = folded
        self._by_end = {m.end: m for m in sorted(affiliations, key=lambda m: m.end - m.start)}
        self._by_start = {m.start: m for m in sorted(affiliations, key=lambda m: m.start - m.end)}
        for named in named_sides(folded):  # 乌克兰 of 乌克兰武装部队, before 武装部队总司令
            name = folded[named.start : named.name_end]
            bare = Mention(MentionType.SIDE, named.start, named.name_end, name, Side(named.side.code))
            self._by_end.setdefault(named.name_end, bare)
        # 韩国国会韩中议员联盟, known to the tagger alone, is Korean by its first word.
        self._countries = {named.start: named.side.code for named in named_sides(folded)}
        self._countries |= {  # 古共中央 of 古共中央政治局
            m.start: m.value.side for m in affiliations if isinstance(m.value, Organisation) and m.value.side
        }
        self._places = {m.start: m.value.country for m in affiliations if isinstance(m.value, Place)}
        self._inside = {
            i: m.end
            for m in affiliations
            if m.type in (MentionType.ORGANISATION, MentionType.PLACE)
            for i in range(m.start + 1, m.end)
        }

    def covering(self, start: int, end: int) -> int | None:
        """Where the organisation or place ends that an office begins inside of: 州官员 in 敖德萨州 + 官员."""
        last = self._inside.get(start)
        return last if last is not None and last < end else None

    def within(self, start: int, end: int) -> str | None:
        """The side of the organisation or country that an office begins with: 克里姆林宫发言人, 文莱苏丹."""
        mention = self._by_start.get(start)
        if mention is None or mention.end > end:
            return None
        if isinstance(mention.value, Side):
            return mention.value.code
        if not isinstance(mention.value, Organisation):
            return None
        return mention.value.side or mention.value.code

    def is_direct(self, first: int, start: int) -> bool:
        """Whether all that stands before an office is a country or a body with a code: 美国, 俄, 北约."""
        mention = self._by_end.get(start)
        if mention is None:
            return _short_form(self._folded[first:start]) is not None
        value = mention.value
        known = isinstance(value, Side) or (isinstance(value, Organisation) and value.code is not None)
        return mention.start == first and known

    def before(self, start: int) -> tuple[int, str | None, int]:
        """The affiliation before an office: where the person begins, the side, and where the role begins.

        Who sends an envoy counts, not whither: 俄驻美大使 is Russia's.
        """
        first, side, role = self._owner(start)
        if self._folded[first - 1 : first] != "驻":
            return first, side, role
        sender = self._by_end.get(first - 1)
        code = short_side_codes().get(self._folded[first - 2 : first - 1]) if sender is None else None
        if code:
            return first - 2, code, first - 1
        return (*self._whose(sender, first - 1)[:2], first - 1) if sender else (first - 1, None, first - 1)

    def _owner(self, start: int) -> tuple[int, str | None, int]:
        at = start
        modifier = MODIFIER.search(self._folded, max(0, start - 8), start)
        if modifier and modifier.start() in self._by_end:
            at = modifier.start()
        mention = self._by_end.get(at)
        if mention is not None:
            return self._whose(mention, at)
        for length in (2, 1):  # 美国 of 美国防长, which reads 美 + 国防 too; 俄 of 俄外长
            code = _short_form(self._folded[max(0, at - length) : at])
            if code:
                return at - length, code, start
        return self._with_body(start)

    def _with_body(self, start: int) -> tuple[int, str | None, int]:
        """The affiliation before a body that the lexicon does not know."""
        for at in range(start - 2, max(0, start - FARTHEST_BODY), -1):
            mention = self._by_end.get(at)
            if mention is not None:
                if not BODY.fullmatch(self._folded, at, start):
                    break
                while (earlier := self._by_end.get(mention.start)) is not None:
                    mention = earlier  # 韩国国会 in 韩国国会韩中议员联盟会长
                return self._whose(mention, mention.end)
        return start, None, start

    def _whose(self, mention: Mention, at: int) -> tuple[int, str | None, int]:
        value = mention.value
        if isinstance(value, Side):
            return mention.start, value.code, at
        earlier = self._by_end.get(mention.start)
        if earlier is not None and isinstance(earlier.value, Side):
            return earlier.start, earlier.value.code, mention.start
        if earlier is not None and isinstance(earlier.value, Organisation) and earlier.value.side:
            return earlier.start, earlier.value.side, earlier.start
        if isinstance(value, Organisation):
            side = value.side or value.code
            if side is None and value.name in organ_words():  # 最高会议参议院主席: an organ, but whose
                first, side, _ = self._with_body(mention.start)
                return first, side, mention.start
            side = side or self._countries.get(mention.start) or self._places.get(mention.start)
            return mention.start, side or value.name, mention.start
        if isinstance(value, Place):
            return mention.start, value.country, mention.start
        return mention.start, None, mention.start
