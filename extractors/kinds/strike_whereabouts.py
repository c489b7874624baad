"""Where a strike happened if the object's own words do not say: 在… before the verb, 该市, the region of the speaker."""

from __future__ import annotations

import re
from dataclasses import replace

from extractors.kinds.strike_objects import Struck
from extractors.kinds.strike_place_words import KIND_OF_QUARTER, PLACE, SIDE, UNKNOWN_KIND
from extractors.kinds.strike_places import Chain, read_chain
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS, Encoded
from extractors.reading.gazetteer import look_up, transliteration
from extractors.reading.mention import Mention, MentionType, Organisation, Person, Place, side_code
from extractors.reading.sides import country_names

CLAUSE_MARK = "，。！？；：,"
PERSON = SYMBOLS[MentionType.PERSON]
PLACE_BEFORE = re.compile(
    rf"(?:在|位于|于|靠近)(?:(?:[^，。；在的{PLACE}{SIDE}]{{2,6}}|被[{SIDE}]?[^，。；在的]{{2,4}})的)?(?=[俄乌以叙黎]?[{PLACE}{SIDE}])|(?:在|位于|于)(?=(?:[东南西北]|首都|边境|前线))"
)
# A place that nobody knows, told by its kind: 在宰通地区, 在阿布舒克难民营.
UNKNOWN_PLACE = re.compile(
    r"在(?!该|这|那|一|多|其|当|全|各|部分|前线|边境|周边|附近|农村|城市|沿海|不同|上述|此|本|同|某|任何|所|两|三)"
    rf"(?P<where>(?![^，]{{0,5}}[该其的了进入部队军打对向被和与])(?:[\u4e00-\u9fff]{{2,6}}?(?:{UNKNOWN_KIND.pattern})|{PERSON}(?:{KIND_OF_QUARTER.pattern})|首都(?:[东南西北]?郊[外区]?|市郊|近郊|附近|周边|外围)))(?![\u4e00-\u9fff]?[会政])"
)
UNKNOWN_NAME = re.compile(
    rf"在(?P<where>[{''.join(sorted(transliteration()))}]{{3,7}})(?=使用|打击|袭击|用|与|对|向|发动|遭|炮击|摧毁|击中|伏击|同)"
)
QUARTER = re.compile("[东南西北中]+部(?:地区|边境|边境地区)")  # 南部地区, tagged as a place
# What is done where the blow falls, when the clause before tells the place: 在X与以军交火，打击了….
CLAUSES_BACK = 2
# So many sentences back the place of an attack may have been told.
SENTENCES_BACK = 2
# A clause that tells what the one before led to: 在某港实施行动，导致俄军一艘舰受损.
OUTCOME = re.compile("导致|造成|致使|致|使得?|令")
# What armies do along a front: where they did it is not where they also struck.
FRONT_FIGHTING = re.compile("坚守|防御|排雷|击退|击溃|击落|拦截|控制|占领|解放|推进|阻击|进攻|攻势|进展")
ATTACKED = re.compile(
    rf"(?:对|针对|袭击|空袭|轰炸|炮击)(?=[{PLACE}{SIDE}])([^，。；]{{1,12}}?)(?:的|发动|进行|实施|，|$)"
)
# The places of the strike told before: 在这些地区打击了….
POINTING = re.compile(
    "在(?:这些|上述|以上|该等|那些)(?:地区|地方|地点|城市|城镇|村镇|村庄|区域|地)[^，。；]*$"
)
# A name the tagger took for a person's, where something was done: 在舒贾亚使用….
PERSON_PLACE = re.compile(
    f"在(?P<where>{PERSON})(?=使用|利用|动用|用|打击|袭击|炮击|摧毁|击中|伏击|开展|发动|遭)"
)
# A clause that only says where: 在黑海蛇岛以东海域，…
ADVERBIAL = re.compile("(?:^|[，；])在[^，；]{1,16}，$")
HERE = re.compile("该市|该州|该地区|该镇|该村|该区|该城|当地(?!时间)|其中")
REGION_OFFICE = re.compile(
    "^(?P<region>.{2,12}?(?:州|地区|市|省|边疆区|区)?)(?:代理|当地|地方)?(?:州长|市长|省长|地区(?:行政)?(?:长官|官员)|行政长官|军事管理局|军政|地方官员|官员|区长)"
)


def place_near(
    context: Context, sentence: Sentence, struck: Struck, trigger: int, previous: Struck | None
) -> Struck:
    """The object with its place: from its own words, from 在… before the verb, from the clause before, or 该市."""
    if struck.place is not None and not struck.only_country and not struck.broad:
        return struck
    encoded = sentence.encoded
    at = encoded.position(trigger)
    begin = max(encoded.text.rfind(mark, 0, at) for mark in "，；：。") + 1
    if begin >= 2 and ADVERBIAL.search(encoded.text, 0, begin):
        begin = max(encoded.text.rfind(mark, 0, begin - 1) for mark in "，；：。") + 1
    chain = _stated_in(encoded, begin, at) or _stated_before(encoded, begin, at)
    if chain is not None:
        place = encoded.span(chain.group[0][0], chain.group[-1][1])
        return replace(
            struck, place=place, place_country=chain.country, front=chain.front, only_country=False
        )
    elsewhere = struck.only_country and previous is not None and previous.place_country not in struck.owners
    if previous is not None and previous.place is not None and not previous.only_country and not elsewhere:
        return replace(
            struck,
            place=previous.place,
            place_country=previous.place_country,
            front=previous.front,
            only_country=False,
        )
    if struck.place is None:
        chain = _attacked_in(encoded, at)
        if chain is not None:
            place = encoded.span(chain.group[0][0], chain.group[-1][1])
            return replace(struck, place=place, place_country=chain.country, front=chain.front)
    words = context.reading.folded[sentence.start : sentence.end]
    if struck.here or HERE.search(words) or struck.place is None or struck.broad:
        named = _place_named_before(
            context, sentence, trigger, pointing=bool(struck.here or HERE.search(words))
        )
        if named is not None:
            span, country = named
            return replace(struck, place=span, place_country=country, only_country=False)
    return struck


def points_back(encoded: Encoded, verb: int) -> bool:
    """Whether words before a verb point to the places of the strike told in a sentence before."""
    return POINTING.search(encoded.text[:verb]) is not None


def _stated_in(encoded: Encoded, begin: int, end: int) -> Chain | None:
    """The last place told with 在 in the encoded stretch [begin, end)."""
    for found in reversed(list(PLACE_BEFORE.finditer(encoded.text, begin, end))):
        chain = read_chain(encoded, found.end(), end)
        if chain.group:
            return chain
    unknown = UNKNOWN_PLACE.search(encoded.text, begin, end) or UNKNOWN_NAME.search(encoded.text, begin, end)
    person = PERSON_PLACE.search(encoded.text, begin, end) if unknown is None else None
    held = encoded.mentions[person.start("where")] if person else None
    if person and held and isinstance(held.value, Person) and not held.value.role and "·" not in held.words:
        return Chain(group=[person.span("where")])
    if unknown is None:
        return _quarter(encoded, begin, end)
    return Chain(group=[unknown.span("where")])


def _quarter(encoded: Encoded, begin: int, end: int) -> Chain | None:
    """A part of a country that stands for itself: 乌军在南部地区打击了…."""
    for at in range(begin + 1, end):
        mention = encoded.mentions[at]
        if mention is not None and encoded.text[at - 1] == "在" and QUARTER.fullmatch(mention.words):
            return Chain(group=[(at, at + 1)])
    return None


def _attacked_in(encoded: Encoded, verb: int) -> Chain | None:
    """The place that the same sentence says was attacked: 声称对喀布尔…的爆炸袭击负责，袭击造成…."""
    for found in ATTACKED.finditer(encoded.text, 0, verb):
        chain = read_chain(encoded, found.start(1), found.end(1))
        if chain.group and not chain.front:
            return chain
    return None


def _stated_before(encoded: Encoded, begin: int, verb: int) -> Chain | None:
    """The place of an earlier clause whose subject goes on: 以军在汗尤尼斯继续行动，摧毁了地道; no direction of a front."""
    if re.search(SIDE, encoded.text[begin:verb]) and not OUTCOME.match(encoded.text, begin):
        return None  # somebody acts, or is named, here: the clause stands for itself
    for _ in range(CLAUSES_BACK):
        if begin < 2 or encoded.text[begin - 1] != "，":
            return None
        end = begin - 1
        begin = max(encoded.text.rfind(mark, 0, end) for mark in "，；：。") + 1
        chain = None if FRONT_FIGHTING.search(encoded.text, begin, end) else _stated_in(encoded, begin, end)
        if chain is not None:
            return None if chain.front else chain
    return None


def _place_named_before(
    context: Context, sentence: Sentence, trigger: int, *, pointing: bool
) -> tuple[tuple[int, int], str | None] | None:
    """The place 该市 points back to, else the region of the official who speaks (苏梅州州长)."""
    claim = context.claim(sentence, trigger)
    words = context.reading.folded[sentence.start : sentence.end]
    kind = (HERE.search(words) or [""])[0]
    value = claim.speaker.value if claim is not None else None
    if claim is not None and isinstance(value, (Person, Organisation)):
        region = region_of(context, claim.speaker)
        if region is not None:
            return region, value.side
    if not pointing:
        return None
    for one in reversed([*context.reading.before(sentence, 2), sentence]):
        for mention in reversed(one.mentions):
            if (
                mention.end > trigger
                or mention.type is not MentionType.PLACE
                or mention.words.startswith("该")
            ):
                continue
            if isinstance(mention.value, Place) and _fits(kind, mention):
                return (mention.start, mention.end), side_code(mention)
    return None


def last_place_before(context: Context, sentence: Sentence, struck: Struck, trigger: int) -> Struck:
    """The victims of an attack whose place the words before have told: the town named last."""
    for one in reversed([*context.reading.before(sentence, SENTENCES_BACK), sentence]):
        for mention in reversed(one.mentions):
            if mention.end > trigger or context.reading.folded.startswith(
                ("当局", "官员", "政府"), mention.end
            ):
                continue
            if (
                mention.type is MentionType.PLACE
                and isinstance(mention.value, Place)
                and mention.value.country
            ):
                return replace(struck, place=(mention.start, mention.end), place_country=side_code(mention))
    return struck


def _fits(pointer: str, mention: Mention) -> bool:
    """Whether a place is of the kind a pointer names: 该州, 该市."""
    assert isinstance(mention.value, Place)
    if pointer == "该州":
        return mention.words.endswith("州") or mention.value.level == "region"
    if pointer in ("该市", "该城"):
        if SEA.search(mention.words):
            return False
        return not mention.words.endswith(("州", "省")) and mention.value.level != "country"
    return True


SEA = re.compile("[海洋湾]$|海峡$|海域$")
REGION_BODY = re.compile(
    "^(?P<region>[^的]{2,10}?(?:州|地区|市|省|地带)?)(?:卫生|民防|媒体办公室|市政厅|市政府|市议会|议会|军管|行政|政府|军事管理|军政|紧急|救援|检察|警方|当局|方面)"
)
REGION_KIND = re.compile("(?:州|省|市|区|县|镇|村|岛|加沙|共和国|首都|地带)$")


def region_of(context: Context, speaker: Mention) -> tuple[int, int] | None:
    """Offsets of the region in an official's mention: 苏梅州 in 苏梅州州长阿尔秋赫."""
    value = speaker.value
    if isinstance(value, Person) and not value.role:
        return None
    words = context.reading.folded[speaker.start : speaker.end]
    found = REGION_BODY.match(words) if isinstance(value, Organisation) else REGION_OFFICE.match(words)
    if (
        not found
        or found["region"] in country_names()
        or not (look_up(found["region"]) or REGION_KIND.search(found["region"]))
        or re.search("总统|国防|外交|总理|军方|司令|内务|部长", words)
    ):
        return None
    country = max((n for n in country_names() if found["region"].startswith(n)), key=len, default="")
    rest = found["region"][len(country) :]
    begin = speaker.start + (len(country) if len(rest) > 1 and look_up(rest) else 0)
    return begin, speaker.start + found.end("region")


def place_of_toll(encoded: Encoded, first: int, last: int) -> Struck:
    """The place told with a toll: 袭击在库尔斯克市造成…, 袭击造成库尔斯克州4人死亡."""
    of = _place_of_attack(encoded, first)
    if of is not None:
        return of
    at = encoded.text.find("在", first, last)
    for start, stop in ((at + 1, last), (last, min(last + 8, len(encoded.text)))):
        if start > 0:
            chain = read_chain(encoded, start, stop)
            if chain.group:
                place = encoded.span(chain.group[0][0], chain.group[-1][1])
                return Struck(place=place, owners=tuple(chain.owners), place_country=chain.country)
    return Struck()


def _place_of_attack(encoded: Encoded, verb: int) -> Struck | None:
    """The place whose attack is told: 北部城市苏梅及周边村镇的炮击造成…."""
    if encoded.text[verb - 1 : verb] != "的":
        return None
    begin = max(encoded.text.rfind(mark, 0, verb) for mark in CLAUSE_MARK) + 1
    for at in range(begin, verb - 1):
        chain = read_chain(encoded, at, verb)
        if chain.group and chain.end == verb and not chain.owners:
            place = encoded.span(chain.group[0][0], chain.group[-1][1])
            return Struck(place=place, place_country=chain.country)
    return None
