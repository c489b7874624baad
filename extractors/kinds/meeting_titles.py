"""People with several titles, or with one that the reading leaves apart from its country, as one mention each.

印度国家安全顾问、中印边界问题印方特别代表多瓦尔 is one man, 巴西农业和畜牧业部长法瓦罗 is Brazil's minister.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractors.kinds.meeting_roles import country_of
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS, symbol_class
from extractors.reading.lexicon import country_names
from extractors.reading.mention import Mention, MentionType, Organisation, Person, Side

PERSON = SYMBOLS[MentionType.PERSON]
PARTY = symbol_class((MentionType.PERSON, MentionType.SIDE, MentionType.ORGANISATION))
STOPS = "，。；：！？" + SYMBOLS[MentionType.TIME] + SYMBOLS[MentionType.COUNT]
# Between a country and the name of him whose office is the other's: 与中国同行李强会晤.
COUNTERPART = re.compile("的?(?:同行|同事|同僚)")
NEIGHBOUR = re.compile(f"的?(?:邻国|邻邦|盟国|盟友|近邻|伙伴国?|东邻|西邻|北邻|南邻)(?=[^，。；]){PERSON}")
SERVANT = re.compile(f"(?P<master>总统|总理|首相|国务院){PERSON}")
LOST = 10  # letters of a name at most that the reading has not taken for a part of it
# The rest of a title, from the party that opens it to the name; it holds no act and joins no other party.
REST = re.compile(
    rf"(?:(?!会见|会谈|会晤|会面|通话|举行|进行|访问|表示|率领|率|一行|夫妇|等|时|后|就|[与同和及]{PARTY}[^、]{{0,2}}(?:举|会|在))[^{STOPS}的在]){{0,26}}?(?P<who>{PERSON})"
)


def titled(context: Context, sentence: Sentence, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of a slot with titles joined to the name they lead to, which may stand behind the slot."""
    joined = _joined(context, mentions)
    if joined and (neighbour := _neighbour(sentence, joined[-1])) is not None:
        return [*joined[:-1], neighbour]
    if not joined or any(_is_named(mention) for mention in joined):
        return joined
    owner = joined[0]
    side = _side(owner)
    if side is None or (len(joined) > 1 and isinstance(owner.value, Side)):
        return joined
    encoded = sentence.encoded
    rest = REST.match(encoded.text, encoded.position(joined[-1].end - 1) + 1)
    who = encoded.mentions[rest.start("who")] if rest else None
    person = who.value if who is not None else None
    if who is None or not isinstance(person, Person) or person.name is None:
        return joined
    gap = context.reading.folded[joined[-1].end : who.start]
    if not _is_of(who, side) or (isinstance(owner.value, Side) and gap.startswith(("、", "和", "与", "及"))):
        return joined
    if isinstance(joined[-1].value, Person) and not gap.startswith("、"):
        if len(gap) > LOST:
            return joined
        whole = gap.endswith("·") or (len(gap) <= 2 and person.role is None)
        lost = gap if whole else ""  # 最高元首易|卜拉欣, not 总统外事|顾问博纳
        who = replace(who, value=replace(person, name=lost + person.name))
    elif COUNTERPART.fullmatch(gap):
        value = replace(person, side=side)
        return [
            replace(who, start=owner.start, words=context.reading.folded[owner.start : who.end], value=value)
        ]
    elif not isinstance(owner.value, Person) and person.role is None:
        return joined
    return [_one(context, owner, who, side)]


def _neighbour(sentence: Sentence, mention: Mention) -> Mention | None:
    """Who is told of behind words for a country's friends: 波兰总理莫拉维茨基 of 乌克兰邻国波兰总理莫拉维茨基."""
    if not isinstance(mention.value, Side):
        return None
    behind = sentence.encoded.position(mention.end - 1) + 1
    found = NEIGHBOUR.match(sentence.encoded.text, behind)
    if found:
        return sentence.encoded.mentions[found.end() - 1]
    served = SERVANT.match(sentence.encoded.text, behind)
    servant = sentence.encoded.mentions[served.end() - 1] if served else None
    if served is None or servant is None or not isinstance(servant.value, Person) or servant.value.name:
        return None
    role = served["master"] + servant.words  # 美国总统国家安全事务助理
    value = replace(servant.value, side=mention.value.code, role=role)
    return replace(servant, start=mention.start, value=value)


def whole_names(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, a name that the reading has cut in two as one: 阿莱克桑达尔·武契奇."""
    out: list[Mention] = []
    for mention in mentions:
        value, before = mention.value, out[-1] if out else None
        if (
            before is not None
            and before.end == mention.start
            and isinstance(before.value, Person)
            and before.value.role is None
            and isinstance(value, Person)
            and value.name
        ):
            whole = replace(value, name=before.words + value.name)
            out[-1] = replace(mention, start=before.start, words=before.words + mention.words, value=whole)
        else:
            out.append(mention)
    return out


def _joined(context: Context, mentions: Sequence[Mention]) -> list[Mention]:
    """Runs of offices without a name that close with a name, all of one side, as one mention each."""
    out: list[Mention] = []
    run: list[Mention] = []
    for mention in mentions:
        value = mention.value
        follows = run and context.reading.folded[run[-1].end : mention.start] in ("、", "")
        if run and not (follows and (isinstance(value, Organisation) or _is_of(mention, _side(run[0])))):
            out += run
            run = []
        if (isinstance(value, Person) and value.name is None) or (run and isinstance(value, Organisation)):
            run.append(mention)
        elif run:
            out.append(_one(context, run[0], mention, _side(run[0])))
            run = []
        else:
            out.append(mention)
    return out + run


def _one(context: Context, owner: Mention, who: Mention, side: str | None) -> Mention:
    """One mention from the first title to the name, with all titles as the role."""
    assert isinstance(who.value, Person)
    name = who.value.name or ""
    words = context.reading.folded[owner.start : who.end]
    role = words.removesuffix(name)
    country = next((c for c, code in country_names().items() if code == side and role.startswith(c)), "")
    role = role.removeprefix(country).removeprefix("的") or (who.value.role or "")
    return replace(who, start=owner.start, words=words, value=Person(name, role, side, who.value.qid))


def _is_of(mention: Mention, side: str | None) -> bool:
    """Whether somebody may be of a side: nobody else's by the words, and no office that only another country has."""
    value = mention.value
    if side is None or not isinstance(value, Person):
        return False
    if value.side in (None, side) or not value.side.isascii():
        return True
    return value.side == "CN" and not mention.words.startswith(
        ("中国", "中方", "国务院", "国家", "全国", "中共")
    )


def _is_named(mention: Mention) -> bool:
    return isinstance(mention.value, Person) and mention.value.name is not None


def _side(mention: Mention) -> str | None:
    value = mention.value
    if isinstance(value, Side):
        return value.code
    if isinstance(value, Organisation):
        return value.code or value.side or country_of(value.name)
    return value.side if isinstance(value, Person) else None
