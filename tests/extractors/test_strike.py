"""What Python adds to the rules of strikes: objects and places, sides, weapons, tolls, incidents, and what is none."""

from __future__ import annotations

import pytest

from extractors.kinds.strike_casualties import toll_in
from schemas import Strike


@pytest.fixture
def strikes(extract):
    def found(text: str, **options: str) -> list[Strike]:
        return extract(text, kind="strike", **options)

    return found


@pytest.fixture
def only(strikes):
    def found(text: str, **options: str) -> Strike:
        events = strikes(text, **options)
        assert len(events) == 1, [(event.target, event.place) for event in events]
        return events[0]

    return found


@pytest.mark.parametrize(
    ("text", "target", "place"),
    [
        ("乌军无人机4日袭击了萨拉托夫州的一座炼油厂。", "一座炼油厂", "萨拉托夫州"),
        ("俄军打击了乌军军用机场、弹药库等目标。", "军用机场、弹药库", None),
        ("俄军4日对位于波尔塔瓦州的乌克兰军用机场实施打击。", "军用机场", "波尔塔瓦州"),
        ("一架乌克兰无人机坠落在库尔斯克市的一栋公寓楼上。", "一栋公寓楼", "库尔斯克市"),
        ("乌克兰南部港口敖德萨的一座粮仓遭到俄军导弹袭击。", "一座粮仓", "敖德萨"),
        ("以军空袭黎巴嫩南部城市提尔的一辆汽车。", "一辆汽车", "提尔"),
        ("俄军打击了顿涅茨克地区克拉马托尔斯克的临时部署点。", "临时部署点", "克拉马托尔斯克"),
        ("乌军无人机袭击了俄罗斯库尔斯克机场。", "库尔斯克机场", "库尔斯克"),
        ("俄军袭击了苏梅州、哈尔科夫州等地的变电站。", "变电站", "苏梅州、哈尔科夫州"),
        ("俄军打击了乌军指挥所，以及存有导弹的弹药库。", "指挥所，以及存有导弹的弹药库", None),
        ("一艘悬挂巴拿马国旗的货轮当天在红海遭无人机袭击。", "一艘悬挂巴拿马国旗的货轮", "红海"),
        ("以军袭击加沙城的科威特广场，造成4人死亡。", "科威特广场", "加沙城"),
        ("俄军炮击埃涅尔戈达尔市的扎波罗热核电站。", "扎波罗热核电站", "埃涅尔戈达尔市"),
        ("以军对包括迈加齐难民营在内的多个难民营发动空袭。", "多个难民营", "迈加齐难民营"),
        ("以军炮击宰德地区的一处动物园。", "一处动物园", "宰德地区"),
        ("哈马斯称在加沙城与以军交火，击中以军坦克。", "以军坦克", "加沙城"),
        ("乌军在卢甘斯克击退俄军进攻，打击了俄军弹药库。", "俄军弹药库", None),
        ("一栋遭俄军导弹击中的居民楼位于基辅，4人死亡。", "居民楼", None),
        ("俄军炮击哈尔科夫警察总部，两人受伤。", "警察总部", "哈尔科夫"),
        ("俄军炮击南部城市Mykolaiv的一座行政大楼，两人受伤。", "一座行政大楼", "Mykolaiv"),
        ("俄军袭击了乌克兰第二大城市哈尔科夫的居民区。", "居民区", "哈尔科夫"),
        ("基辅的一座电视塔，昨晚被俄军导弹击中。", "一座电视塔", "基辅"),
        ("俄军包围了扎波罗热核电站。该核电站在半夜遭到俄军炮击。", "扎波罗热核电站", "扎波罗热"),
        ("乌军对克里米亚的袭击击中了占科伊的一座机场。", "一座机场", "占科伊"),
        ("一群志愿者在从哈尔科夫疏散动物时遭到俄军炮击，两人受伤。", "一群志愿者", "哈尔科夫"),
        ("首都的一家酒店附近，一枚炸弹在阿富汗喀布尔一座清真寺外爆炸，9人死亡。", "一座清真寺", "喀布尔"),
    ],
)
def test_the_object_is_taken_apart_into_target_and_place(only, text, target, place):
    event = only(text)
    assert (event.target, event.place) == (target, place)


@pytest.mark.parametrize(
    ("text", "attacker", "country", "weapon"),
    [
        ("俄军4日用导弹袭击敖德萨的一座仓库。", "RU", "UA", "missile"),
        ("俄罗斯国防部4日称，俄军击退乌军进攻，打击了乌军弹药库。", "RU", "UA", "unknown"),
        ("乌方无人机残骸坠落在图拉州一家工厂。", "UA", "RU", "drone"),
        ("以军炮击加沙城一所学校，造成5人死亡。", "IL", "PS", "artillery"),
        ("胡塞武装导弹4日击中红海一艘货轮，两名船员受伤。", "HOUTHI", None, "missile"),
        ("俄军使用高精度武器和无人机打击了乌军机场。", "RU", "UA", "mixed"),
        ("黎巴嫩真主党向海法一处以军基地发射火箭弹和导弹。", "HEZBOLLAH", "IL", "mixed"),
        ("邻近俄库尔斯克州的苏梅州一家医院遭俄罗斯炮击。", "RU", "UA", "artillery"),
        ("巴勒斯坦武装组织在拉法打击了以军车辆。", "巴勒斯坦武装组织", "IL", "unknown"),
        ("苏丹军队战机轰炸喀土穆一处市场。", "SD", "SD", "unknown"),
        ("美军在加勒比海对一艘船只发动打击，3人死亡。", "US", None, "unknown"),
        ("乌军导弹和无人机来袭。塞瓦斯托波尔市一座油库遭袭击。", "UA", "RU", "unknown"),
        ("快速支援部队4日炮击法希尔一家医院，造成6人死亡。", "快速支援部队", "SD", "artillery"),
        ("别尔哥罗德州一座大桥4日夜间被炸毁，两人受伤。", None, "RU", "explosive"),
        ("美军4日空袭也门萨那的一座发电站。", "US", "YE", "unknown"),
        ("俄军4日进攻苏梅州。当地一座变电站被炮火击中。", "RU", "UA", "artillery"),
        ("俄军4日袭击了苏梅州。乌克兰官员说，两座车站被毁，一名工人受伤。", "RU", "UA", "unknown"),
        ("“敌人的炮弹击中了一所小学，”乌克兰州长4日说。", "RU", "UA", "artillery"),
        ("俄军4日用集束炸弹袭击了敖德萨的一个车站。", "RU", "UA", "other"),
    ],
)
def test_sides_and_weapon_are_read_from_the_words_around(only, text, attacker, country, weapon):
    event = only(text)
    assert (event.attacker, event.target_country, event.weapon) == (attacker, country, weapon)


@pytest.mark.parametrize(
    ("text", "killed", "injured"),
    [
        ("造成3人死亡、14人受伤。", (3, "exact"), (14, "exact")),
        ("没有人员伤亡。", (0, "exact"), (0, "exact")),
        ("至少27名平民丧生，数十人受伤。", (27, "at_least"), (None, "dozens")),
        ("打死5人，打伤8人。", (5, "exact"), (8, "exact")),
        ("死亡人数已升至90人，另有约300人受伤。", (90, "exact"), (300, "about")),
        ("无人受伤。", None, (0, "exact")),
        ("两名消防员受轻伤，其中一人重伤。", None, (2, "exact")),
        ("目前没有透露伤亡情况。", None, None),
        ("造成50多人伤亡。", None, None),
        ("三栋房屋受损。", None, None),
        ("一名68岁的男子受伤。", None, (1, "exact")),
        ("5名医生在以军对一所医院的空袭中丧生。", (5, "exact"), None),
    ],
)
def test_the_toll_of_a_stretch_is_counted(read, text, killed, injured):
    encoded = read(text).reading.sentences[0].encoded
    toll = toll_in(encoded, 0, len(encoded.text))
    counts = (toll.killed, toll.injured) if toll else (None, None)
    assert tuple(count and (count.value, count.qualifier) for count in counts) == (killed, injured)


def test_clauses_of_one_incident_give_one_record(only):
    event = only("俄军4日凌晨用无人机袭击敖德萨市，一栋居民楼被击中，造成3人死亡、5人受伤。")
    assert (event.place, event.target, event.killed.value, event.injured.value) == (
        "敖德萨市",
        "一栋居民楼",
        3,
        5,
    )


def test_places_with_effects_of_their_own_give_a_record_each(strikes):
    events = strikes("俄军4日袭击库皮扬斯克，造成1人死亡；丘古耶夫当天遭无人机袭击，2人受伤。")
    assert [(e.place, e.killed and e.killed.value, e.injured and e.injured.value) for e in events] == [
        ("库皮扬斯克", 1, None),
        ("丘古耶夫", None, 2),
    ]


def test_two_sides_striking_in_one_sentence_are_two_records(strikes):
    events = strikes("以色列北部城镇基里亚特什莫纳遭到真主党火箭弹袭击，以军空袭了提尔的一座仓库。")
    assert [(e.attacker, e.weapon) for e in events] == [("HEZBOLLAH", "rocket"), ("IL", "unknown")]


def test_a_toll_in_the_next_sentence_joins_the_strike_before(only):
    event = only("俄军4日用导弹袭击苏梅州的一座市场。袭击造成4人死亡。")
    assert event.killed.value == 4
    assert [span.text for span in event.evidence][1] == "袭击造成4人死亡。"


def test_the_region_of_the_official_is_the_place_where_no_other_is_told(only):
    event = only("扎波罗热州州长费多罗夫4日说，俄军的一次袭击导致两人死亡，一栋房屋被毁。")
    assert (event.place, event.killed.value) == ("扎波罗热州", 2)


def test_that_city_points_back_to_the_city_named_before(only):
    event = only("利沃夫市长萨多维4日说，该市一所学校遭到俄军无人机袭击。")
    assert (event.place, event.target) == ("利沃夫", "一所学校")


def test_a_thing_told_in_other_words_is_no_second_strike(strikes):
    text = (
        "扎波罗热的第聂伯河水电站4日遭俄军导弹袭击。\n"
        "官员说，第聂伯河大坝4日遭到袭击后，交通中断。另一座大桥4日也遭俄军导弹袭击。"
    )
    assert [event.target for event in strikes(text)] == ["第聂伯河水电站", "另一座大桥"]


def test_a_sum_over_the_war_is_no_toll_of_the_attack_before(only):
    event = only("俄军4日炮击苏梅市一家医院。自入侵以来，已有3000名平民丧生。")
    assert event.killed is None


def test_the_innocent_are_not_nobody(only):
    assert only("俄军炮击苏梅市一家医院，造成数千名无辜平民伤亡。").killed is None


def test_title_and_body_telling_the_same_strike_give_one_record(only):
    text = "乌克兰军方称，乌军4日打击了俄罗斯萨马拉州的一座炼油厂。\n乌军打击了萨马拉州的炼油厂，引发大火。"
    assert only(text, title="乌称打击萨马拉州炼油厂").target == "一座炼油厂"


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("俄军可能打击了敖德萨的一座弹药库。", "possible"),
        ("俄罗斯国防部4日否认俄军击中基辅一家医院。", "denied"),
        ("俄军打击了敖德萨的一座弹药库。", "asserted"),
    ],
)
def test_how_firmly_a_strike_is_told(only, text, modality):
    assert only(text).modality == modality


@pytest.mark.parametrize(
    "text",
    [
        "俄罗斯国防部称，俄军在库皮扬斯克等方向打击乌军人员和武器装备。",
        "俄罗斯国防部称，俄军在别尔哥罗德州摧毁多架乌军无人机。",
        "俄军挫败了乌克兰对莫斯科的无人机袭击。",
        "乌军企图袭击克里米亚的一座机场。",
        "美国允许乌克兰打击俄罗斯境内的军事设施。",
        "一家烟花厂发生爆炸，造成9人死亡。",
        "台风袭击海南，数百栋房屋受损。",
        "警方打击犯罪团伙，捣毁多个窝点。",
        "里氏6级地震造成12人死亡，一座医院受损。",
        "乌克兰军队说，俄军向哈尔科夫州发射了20枚导弹。",
        "波兰境内的相关设施将被列为俄军的合法打击目标。",
        "俄军在别尔哥罗德州摧毁六架乌克兰无人机。",
        "墨西哥警方打击贩毒团伙，捣毁三处窝点。",
        "美军B-2轰炸机抵达关岛的一座基地。",
        "胡塞武装向亚丁湾发射导弹。",
        "乌克兰政府的网络系统再次遭到俄罗斯攻击。",
        "俄罗斯会毫不犹豫地攻击黑海的任何货船。",
        "当俄军导弹击中一座核电站时，整个欧洲都会受到威胁。",
        "俄军向斯拉维扬斯克推进，对该市进行小规模攻击。",
        "人权组织说，俄军轰炸医院的罪行必须受到惩罚。",
        "1999年，美军轰炸了贝尔格莱德的一座大楼。",
        "这是今年以来，敖德萨首次遭到如此规模的俄军袭击。",
        "乌克兰士兵站在被俄军损坏的军车附近。",
    ],
)
def test_what_is_no_strike_is_left_out(strikes, text):
    assert strikes(text) == []
