"""Whether words that look like a strike are one: real objects, real places, hostile, and not the daily routine."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors.kinds.sides import side_code
from extractors.kinds.strike_objects import PLACE, SIDE, Struck, read_chain
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.mention import Mention, MentionType, Person, Place
from extractors.reading.sides import country_names
from schemas.values import Modality

if TYPE_CHECKING:
    from extractors.kinds.strike import Incident

# Things that can be hit. What is none of these is no target: 打击犯罪, 攻击言论.
THING = re.compile(
    "设施|机场|[仓金车粮油水军火弹药武器械冷国]库|楼|房|屋|宅|学校|小学|中学|大学|医院|诊所|厂|电站|车站|水站|站点|加油站|变电|大桥|桥梁|桥|港|基地|舰|船|艇|油轮|货轮|邮轮|车辆|汽车|轿车|巴士|公交|"
    "列车|火车|卡车|坦克|系统|雷达|指挥所|指挥部|阵地|人员|士兵|军人|集结|集中区|聚集区|中心|建筑|村庄|村落|定居点|居民点|居民区|住宅|社区|街区|清真寺|教堂|公司|企业|"
    "铁路|公路|飞机|战机|直升机|营地|营房|据点|部署点|驻地|管道|管线|电网|线路|市场|商场|超市|酒店|旅馆|宾馆|监狱|法院|总部|机构|办公室|使馆|领馆|领事馆|大厦|"
    "公寓|民居|幼儿园|体育|广场|公园|剧院|影院|博物馆|图书馆|面包|餐馆|餐厅|咖啡|商店|仓储|储存|存放|储油|油罐|炼油|码头|船坞|船厂|大坝|水坝|水库|电视塔|发射塔|塔|火炮|榴弹炮|火箭炮|装备|"
    "武器|弹药|发射架|发射装置|发射器|发射场|装甲|步兵战车|平民|记者|车队|救护|难民|帐篷|收容|安置|分发点|避难|队伍|葬礼|哨所|哨站|检查站|隧道|地道|工事|掩体|碉堡|"
    "军队|部队|武装分子|指挥官|领导人|官员|目标|场所|地点|车间|实验室|反应堆|核电|机库|跑道|航站楼|教育|殡仪|墓地|农场|田|谷物|粮食|通信|电力|能源|变压器|控制点|有生力量|快艇|货船|商船|渔船|潜艇|巡洋舰|院子|屋顶|窗户|墙|"
    "地铁|电车|小巴|面包车|客车|皮卡|消防|警察局|派出所|议会|政府|部大楼|银行|邮局|疗养|宿舍|旅社|别墅|农舍|园区|工业区|矿|井|平台|电缆|光缆|天然气|燃料|军工|发动机|车库|号$|号[^召称]|炮$|机$|制造|生产|装配|组装|救援人员|员工"
)
# Words that belong to a sentence rather than to the name of a thing.
NO_THING = re.compile("进行|离开|出来|依赖|达到|计划|一般|通常|库存|射程|说法|列为|情报|^[这那]|紧张|造成|导致|没有|接受|正在|表示|认为|企图|行为|震惊|回应|提供|指出|执行|谴责|呼吁|调查|一事|随后|并称|争议")
# A particular facility: firm even without a place.
FACILITY = re.compile(
    "设施|机场|库|楼|房|屋|宅|学校|医院|厂|电站|车站|基站|桥|港|基地|舰|船|艇|油轮|货轮|储存|存放|仓|工业|企业|公司|铁路|列车|火车|中心|训练|营地|雇佣兵|雇佣军|发射|炼油|油|能源|军工|指挥|雷达|防空|电子战|导弹|通信|"
    "建筑|住宅|居民|定居点|社区|核电|部署点|驻地|总部|教堂|清真寺|码头|隧道|预警机|电视塔|管道|村|平民|难民|控制点|火箭炮系统"
)
# What armies report of every day: nothing particular was hit.
ROUTINE = re.compile(
    "人员|人力|装备|集中区|聚集区|集结地|集结点|集结区|有生力量|目标|士兵|军事?车辆?|军队|部队|乌军|俄军|军人|武器|技术|飞机|战机|直升机|军机|坦克|火炮|步兵战车|装甲车|装甲|榴弹炮|迫击炮|阵地|车辆|汽车|小组|"
    "单位|编队|力量|反坦克|自行|多管|皮卡|营|旅|多门|多辆|多个|多套|多处|和|及|与|、|其|的|以|等|敌|各|美制|德制|西方|外国|地点|部分|区域|地区"
)
ACCIDENT = re.compile(
    "地震|台风|飓风(?!火箭)|龙卷风|风暴(?!阴影|之影)|暴雨|洪水|洪灾|枪击|持枪|持刀|枪手|烟花|煤气|煤矿|矿井|锅炉|燃气|瓦斯|网络攻击|网络袭击|黑客|靶标|演习|演练|试射|试验|野火|林火|山火|火山|雷击|"
    "车祸|交通事故|列车脱轨|相撞|空难|客机|陨石|鲨鱼|疫情|病毒|犯罪|贩毒|走私|腐败|气旋|热带|刺伤|刺杀|纵火|寒流|暴风雪|抗议者|示威者|枪杀|飓风"
)
HOSTILE = re.compile(
    "导弹|飞弹|无人机|空袭|炮击|轰炸|火箭弹|炸弹|军(?!人家属)|武装|袭击|攻击|打击|遇袭|遭袭|战机|炸[毁断死成]|轰[烂毁]|胡塞|真主党|哈马斯|爆炸装置|航弹|击中|炮火|恐怖|自杀式"
)
# Said of what may come or is talked about, not of what was hit.
TALK = re.compile(
    "企图|试图|扬言|威胁(?:要|将)|警告|如果|若|一旦|假如|倘若|呼吁|要求|敦促|允许|授权|批准|同意|有权|合法|能够|可以|可用|用于|用以|用来|以便|旨在|为了|防止|避免|阻止|挫败|免受|免遭|抵御|防范|应对|停止|"
    "不再|停火|模拟|演练|针对.{0,6}威胁|有能力|考虑|讨论|计划|准备|打算|即将|下令|誓言|承诺|禁止|不应|不要|不得|不会|不能|支持.{0,8}使用|帮助|可能会|拒绝|暂停|放弃|训练|希望|必须|需要|担心|担忧|保护|保卫|会(?=.{0,3}$)|可(?!能)(?=.{0,3}$)|谴责|抗议|谋划|密谋|策划|指责.{0,10}计划"
)
NEVER = re.compile("没有(?!警告|预警|遇到)|并未|未(?=[^来经成知婚]{0,3}$|遭|受|被|击|造)|没(?=能)")
LISTED = re.compile("列为|合法|(?:打击|攻击|袭击)目标(?!是|为|包括)|的?能力")
PLANNED = re.compile("将(?=[^军领近其]{0,8}(?:打击|袭击|攻击|摧毁|轰炸|实施|发动))(?!.{0,12}(?:打死|炸毁|摧毁了))")
MAYBE = re.compile("可能|疑似|据信|或已|尚未证实|未经证实|涉嫌")
DENIED = re.compile("否认|并未|没有.{0,12}(?:受损|击中|打击|袭击|攻击)|未.{0,3}(?:击中|受损)|不属实|驳斥")
DOWNED = re.compile("击落|拦截|挫败|打掉|拦下")
PLACE_BEFORE = re.compile(rf"(?:在|位于|于|靠近)(?=[俄乌以叙黎]?[{PLACE}{SIDE}])|(?:在|位于|于)(?=(?:[东南西北]|首都|边境|前线))")
# A clause that only says where: 在黑海蛇岛以东海域，…
ADVERBIAL = re.compile("(?:^|[，；])在[^，；]{1,16}，$")
HERE = re.compile("该市|该州|该地区|该镇|该村|该区|该城|当地|其中")


def is_physical(words: str) -> bool:
    """Whether folded words name something that can be hit."""
    return THING.search(words) is not None and NO_THING.search(words) is None


def is_routine(words: str, bare: str) -> bool:
    """Whether a target, given with and without the names in it, is the routine of daily reports: men, equipment, assembly areas."""
    return FACILITY.search(words) is None and len(ROUTINE.sub("", bare)) <= 4


def happened(context: Context, sentence: Sentence, trigger: int, last: int, *, toll: bool) -> Modality | None:
    """The modality of a strike; `None` where it is only talked about: planned, feared, allowed, prevented."""
    folded = context.reading.folded
    start = max((folded.rfind(mark, sentence.start, trigger) for mark in "，。；：！？"), default=-1) + 1
    start = max(start, sentence.start)
    claim = context.claim(sentence, trigger)
    before = folded[start:trigger]
    if claim is not None and start <= claim.start < trigger:
        verb = folded[start : claim.start + 1]
        if "否认" in verb:
            return "denied"
        before = folded[claim.start + 1 : trigger]
    words = folded[start : max(last, trigger)]
    if claim is not None and claim.verb == "否认" or DENIED.search(before):
        return "denied"
    if TALK.search(before) or LISTED.search(folded, trigger, last + 3) or PLANNED.search(words):
        return None
    if NEVER.search(before) or (not toll and NEVER.search(folded, trigger, min(trigger + 5, last))):
        return None
    if MAYBE.search(before):
        return "possible" if re.search("了|已|造成|中", folded[trigger : trigger + 6]) else None
    return "asserted"


def is_warlike(context: Context, incident: Incident) -> bool:
    """Whether the words around speak of a hostile act rather than of an accident, a storm or a crime."""
    sentence = incident.sentence
    words = context.reading.folded[sentence.start : sentence.end]
    if ACCIDENT.search(words):
        return False
    if incident.attacker or incident.weapon:
        return True
    if not incident.explosion and HOSTILE.search(words):
        return True
    passage = context.reading.passage_of(sentence)
    near = "".join(context.reading.folded[s.start : s.end] for s in passage[:12])
    if incident.explosion or incident.rule == "object-damaged":
        return HOSTILE.search(near) is not None and ACCIDENT.search(near) is None and bool(incident.struck.place)
    return False


def goes_without_country(struck: Struck) -> Struck:
    """The object without a place that is no more than the country of its owner: 打击乌克兰能源设施."""
    if struck.only_country and struck.target and is_physical(struck.target_words):
        return replace(struck, place=None)
    return struck


def is_boilerplate(context: Context, incident: Incident) -> bool:
    """Whether nothing particular was hit: no object and no place, or men and equipment on some direction."""
    struck = incident.struck
    sentence = incident.sentence
    toll = incident.killed is not None or incident.injured is not None
    physical = struck.target is not None and is_physical(struck.target_words)
    if physical and incident.counted and struck.place is None and incident.many:
        return True
    if physical:
        if is_routine(struck.target_words, struck.bare_words):
            return not toll and (struck.place is None or struck.front or struck.only_country)
        return False
    if struck.place is None or (struck.front and not toll):
        return True
    if incident.counted and not toll:
        return True  # so many attacks or missiles on a region: a count, no strike
    if struck.target is not None and not incident.own_place and not toll:
        return True  # what was hit is no thing on the ground: 在黑海上空摧毁20枚导弹
    if incident.rule in ("fell-on-object", "object-damaged", "object-exploded", "attack-told-before"):
        return not toll
    if struck.only_country and not toll:
        return True
    folded = context.reading.folded
    return not toll and DOWNED.search(folded, sentence.start, sentence.end) is not None


def place_near(context: Context, sentence: Sentence, struck: Struck, trigger: int, previous: Struck | None) -> Struck:
    """The object with its place: from its own words, from 在… before the verb, from the clause before, or 该市."""
    if struck.place is not None and not struck.only_country and not struck.broad:
        return struck
    encoded = sentence.encoded
    at = encoded.position(trigger)
    begin = max(encoded.text.rfind(mark, 0, at) for mark in "，；：。") + 1
    if begin >= 2 and ADVERBIAL.search(encoded.text, 0, begin):
        begin = max(encoded.text.rfind(mark, 0, begin - 1) for mark in "，；：。") + 1
    for found in reversed(list(PLACE_BEFORE.finditer(encoded.text, begin, at))):
        chain = read_chain(encoded, found.end(), at)
        if chain.group:
            place = encoded.span(chain.group[0][0], chain.group[-1][1])
            owners = struck.owners
            return replace(struck, place=place, place_country=chain.country, front=chain.front, only_country=False, owners=owners)
    if previous is not None and previous.place is not None and not previous.only_country:
        return replace(struck, place=previous.place, place_country=previous.place_country, front=previous.front, only_country=False)
    words = context.reading.folded[sentence.start : sentence.end]
    if struck.here or HERE.search(words) or struck.place is None or struck.broad:
        named = _place_named_before(context, sentence, trigger, pointing=bool(struck.here or HERE.search(words)))
        if named is not None:
            span, country = named
            return replace(struck, place=span, place_country=country, only_country=False)
    return struck


def _place_named_before(context: Context, sentence: Sentence, trigger: int, *, pointing: bool) -> tuple[tuple[int, int], str | None] | None:
    """The place 该市 points back to, else the region of the official who speaks (苏梅州州长)."""
    claim = context.claim(sentence, trigger)
    words = context.reading.folded[sentence.start : sentence.end]
    kind = (HERE.search(words) or [""])[0]
    if claim is not None and isinstance(claim.speaker.value, Person):
        region = region_of(context, claim.speaker)
        if region is not None:
            return region, claim.speaker.value.side
    if not pointing:
        return None
    earlier = [s for s in context.reading.passage_of(sentence) if sentence.index - 2 <= s.index <= sentence.index]
    for one in reversed(earlier):
        for mention in reversed(one.mentions):
            if mention.end > trigger or mention.type is not MentionType.PLACE or mention.words.startswith("该"):
                continue
            if isinstance(mention.value, Place) and _fits(kind, mention):
                return (mention.start, mention.end), side_code(mention)
    return None


def _fits(pointer: str, mention: Mention) -> bool:
    """Whether a place is of the kind a pointer names: 该州, 该市."""
    assert isinstance(mention.value, Place)
    if pointer == "该州":
        return mention.words.endswith("州") or mention.value.level == "region"
    if pointer in ("该市", "该城"):
        return not mention.words.endswith(("州", "省")) and mention.value.level != "country"
    return True


REGION_OFFICE = re.compile("^(?P<region>.{2,12}?(?:州|地区|市|省|边疆区|区)?)(?:代理)?(?:州长|市长|省长|地区(?:行政)?(?:长官|官员)|行政长官|军事管理局|军政|地方官员|官员|区长)")


def region_of(context: Context, speaker: Mention) -> tuple[int, int] | None:
    """Offsets of the region in an official's mention: 苏梅州 in 苏梅州州长阿尔秋赫."""
    value = speaker.value
    if not isinstance(value, Person) or not value.role:
        return None
    words = context.reading.folded[speaker.start : speaker.end]
    found = REGION_OFFICE.match(words)
    if not found or found["region"] in country_names() or re.search("总统|国防|外交|总理|军方|司令|内务|部长", words):
        return None
    return speaker.start, speaker.start + found.end("region")
