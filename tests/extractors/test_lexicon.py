"""The lexicon's data hold together, and its finders read what news writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

import pytest

from extractors.reading.gazetteer import place_names
from extractors.reading.lexicon import (
    country_names,
    find_organisations,
    find_sides,
    find_weapons,
    office_pattern,
    short_side_codes,
)
from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import Organisation, Side, WeaponType
from extractors.reading.name_index import NameIndex
from extractors.reading.script import fold
from schemas.values import StrikeWeapon

FILES = (
    "countries.toml",
    "organisations.toml",
    "offices.toml",
    "weapons.toml",
    "places.toml",
    "strikes.toml",
)
# All officially assigned codes of ISO 3166-1.
COUNTRY_CODES = """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """
ISO_3166 = frozenset(COUNTRY_CODES.split())
ORGANISATION_CODES = """
    EU NATO UN G7 G20 IMF WORLD_BANK EBRD OSCE AU ASEAN ARAB_LEAGUE WHO UNICEF WFP UNHCR ICRC IAEA SCO BRICS
    HAMAS HEZBOLLAH HOUTHI ISIS TALIBAN WAGNER
    """
RECORDS_CODES = frozenset(ORGANISATION_CODES.split())


def lists(data: object, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every list of words in a lexicon file, with where it stands."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from lists(value, f"{path}.{key}")
    elif isinstance(data, list) and data and isinstance(data[0], str):
        yield path, data
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from lists(value, f"{path}[{number}]")


@pytest.mark.parametrize("name", FILES)
def test_no_list_names_a_word_twice(name: str) -> None:
    twice = [
        (path, word) for path, words in lists(read_toml(name)) for word in words if words.count(word) > 1
    ]
    assert twice == []


@pytest.mark.parametrize("name", FILES)
def test_all_words_are_in_folded_form(name: str) -> None:
    assert [word for _, words in lists(read_toml(name)) for word in words if fold(word) != word] == []


def owners(table: dict[str, list[str]]) -> dict[str, list[str]]:
    """Words that stand under more than one code."""
    codes: dict[str, list[str]] = {}
    for code, words in table.items():
        for word in words:
            codes.setdefault(word, []).append(code)
    return {word: found for word, found in codes.items() if len(found) > 1}


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("countries.toml", "names"),
        ("countries.toml", "capitals"),
        ("organisations.toml", "organisations"),
        ("organisations.toml", "national"),
        ("weapons.toml", "words"),
    ],
)
def test_no_word_stands_under_two_codes(name: str, section: str) -> None:
    assert owners(read_toml(name)[section]) == {}


def test_every_iso_country_is_named_and_no_other() -> None:
    assert sorted(read_toml("countries.toml")["names"]) == sorted(ISO_3166)
    assert all(read_toml("countries.toml")["names"].values())


def test_every_country_code_used_is_an_iso_code() -> None:
    data: dict[str, Any] = read_toml("countries.toml")
    used = {*data["capitals"], *(form["code"] for form in data["short"]["form"])}
    used |= set(read_toml("organisations.toml")["national"])
    assert used <= ISO_3166
    assert set(data["pairs"]["codes"]) <= ISO_3166 | {"EU"}


def test_the_organisations_of_records_are_there() -> None:
    assert set(read_toml("organisations.toml")["organisations"]) >= RECORDS_CODES


def test_organisation_codes_are_no_country_codes_but_the_african_union() -> None:
    # RECORDS.md gives AU to the African Union; Australia's code is the same.
    assert set(read_toml("organisations.toml")["organisations"]) & ISO_3166 == {"AU"}


def test_weapon_codes_are_those_of_the_schema() -> None:
    data = read_toml("weapons.toml")
    assert {*data["words"], *(entry["code"] for entry in data["model"])} <= set(get_args(StrikeWeapon))


def test_each_pair_is_of_known_forms() -> None:
    pairs = read_toml("countries.toml")["pairs"]
    known = set(pairs["codes"].values())
    assert [word for word in pairs["words"] if not set(word) <= known] == []


def test_ordinary_words_are_no_names_of_places_or_countries() -> None:
    ordinary = set(read_toml("countries.toml")["ordinary"]["words"])
    assert sorted(ordinary & (place_names() | set(country_names()))) == []


def test_no_one_character_form_is_described_twice() -> None:
    forms = [form["char"] for form in read_toml("countries.toml")["short"]["form"]]
    assert len(forms) == len(set(forms)) == len(short_side_codes())


def sides(text: str) -> list[tuple[str, str, str]]:
    mentions = find_sides(text)
    assert all(text[m.start : m.end] == m.words for m in mentions)
    return [(m.words, m.value.code, m.value.form) for m in mentions if isinstance(m.value, Side)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("乌克兰向波兰求助", [("乌克兰", "UA", "country"), ("波兰", "PL", "country")]),
        ("乌克兰军队与俄军交火", [("乌克兰军队", "UA", "forces"), ("俄军", "RU", "forces")]),
        ("乌方称俄方违约", [("乌方", "UA", "party"), ("俄方", "RU", "party")]),
        ("基辅方面否认", [("基辅方面", "UA", "party")]),
        ("俄乌双方会谈", [("俄", "RU", "country"), ("乌", "UA", "country")]),
        ("埃尔多安为俄乌斡旋", [("俄", "RU", "country"), ("乌", "UA", "country")]),
        ("总理前往德国会见总统", [("德国", "DE", "country")]),
        ("援乌物资与对俄制裁", [("乌", "UA", "country"), ("俄", "RU", "country")]),
        ("对乌军发起进攻", [("乌军", "UA", "forces")]),
        ("拦截多枚乌军火箭弹", [("乌军", "UA", "forces")]),
        ("外长访华后赴美", [("华", "CN", "country"), ("美", "US", "country")]),
        ("中美日前会谈", [("中", "CN", "country"), ("美", "US", "country")]),
        ("美英法三国表态", [("美", "US", "country"), ("英", "GB", "country"), ("法", "FR", "country")]),
        ("美德两国宣布", [("美", "US", "country"), ("德", "DE", "country")]),
        ("今日要闻 美拟追加援助", [("美", "US", "country")]),
        ("巴以冲突", [("巴", "PS", "country"), ("以", "IL", "country")]),
        ("印巴边境", [("印", "IN", "country"), ("巴", "PK", "country")]),
        ("以军空袭黎真主党", [("以军", "IL", "forces"), ("黎", "LB", "country")]),
        ("沙乌地阿拉伯与纽西兰", [("沙乌地阿拉伯", "SA", "country"), ("纽西兰", "NZ", "country")]),
        ("美国防部与美国国防部", [("美", "US", "country"), ("美国", "US", "country")]),
        ("白俄罗斯与俄罗斯", [("白俄罗斯", "BY", "country"), ("俄罗斯", "RU", "country")]),
        ("赤道几内亚、几内亚比绍", [("赤道几内亚", "GQ", "country"), ("几内亚比绍", "GW", "country")]),
        ("莫斯科警告北约", [("莫斯科", "RU", "country")]),
        ("中方向老挝移交物资", [("中方", "CN", "party"), ("老挝", "LA", "country")]),
        (
            "日本表示，日方向汤加提供贷款",
            [("日本", "JP", "country"), ("日方", "JP", "party"), ("汤加", "TO", "country")],
        ),
        ("埃塞俄比亚求助后，埃方收到粮食", [("埃塞俄比亚", "ET", "country"), ("埃方", "ET", "party")]),
    ],
)
def test_sides_are_read_with_their_form(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert sides(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "可以军事手段解决", "以及其中一部分", "参加更加方便", "法律规定的方法", "立法方面", "完美方案",
        "美好生活", "对美好生活", "中间方向", "空中法院", "途中加速", "英雄精英",
        "道德与公德", "王朝阳光", "乌鲁木齐市", "乌鸦与乌云", "领土方面", "风波方起",
        "3日军方说", "平台与舞台", "在华盛顿会见", "抵莫斯科", "乌里扬诺夫斯克", "俄亥俄州",
        "巴黎市", "穆罕默德军", "加沙方向", "哈马斯称", "陆军方阵", "莫斯科下雪了",
        "北欧中部", "优秀传统美德", "，英将领名册", "19日方能成行", "无法方可",
    ],
)  # fmt: skip
def test_ordinary_words_name_no_side(text: str) -> None:
    assert sides(text) == []


def organisations(text: str) -> list[tuple[str, str | None, str | None]]:
    mentions = find_organisations(text)
    assert all(text[m.start : m.end] == m.words for m in mentions)
    return [(m.words, m.value.side, m.value.code) for m in mentions if isinstance(m.value, Organisation)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("俄国防部称", [("俄国防部", "RU", None)]),
        ("乌克兰武装部队总参谋部通报", [("乌克兰武装部队总参谋部", "UA", None)]),
        ("乌军方与乌空军", [("乌军方", "UA", None), ("乌空军", "UA", None)]),
        ("美国白宫和白宫", [("美国白宫", "US", None), ("白宫", "US", None)]),
        ("以色列国防军说", [("以色列国防军", "IL", None)]),
        ("国防部声明", [("国防部", None, None)]),
        ("基辅市军政管理局", [("基辅市军政管理局", "UA", None)]),
        ("乌克兰敖德萨州政府", [("乌克兰敖德萨州政府", "UA", None)]),
        ("北约与胡塞武装", [("北约", "NATO", "NATO"), ("胡塞武装", "HOUTHI", "HOUTHI")]),
        ("据路透社报道", [("路透社", None, None)]),
        ("美国驻乌克兰大使馆", [("美国驻乌克兰大使馆", "US", None)]),
        ("驻基辅大使馆关闭", []),
        ("联合国安理会", [("联合国安理会", "UN", "UN")]),
        ("俄联邦安全局拘捕一人", [("俄联邦安全局", "RU", None)]),
        ("国防部长发言", []),
        ("陆军战术导弹系统", []),
    ],
)
def test_organisations_take_their_owner_in(
    text: str, expected: list[tuple[str, str | None, str | None]]
) -> None:
    assert organisations(text) == expected


def weapons(text: str) -> list[tuple[str, str, str | None]]:
    mentions = find_weapons(text)
    assert all(text[m.start : m.end] == m.words for m in mentions)
    return [(m.words, m.value.code, m.value.model) for m in mentions if isinstance(m.value, WeaponType)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("击落83架无人机", [("无人机", "drone", None)]),
        ("“匕首”高超音速导弹", [("“匕首”高超音速导弹", "missile", "匕首")]),
        ("沙赫德型无人机", [("沙赫德型无人机", "drone", "沙赫德")]),
        ("“见证者”（Shahed）无人机", [("“见证者”（Shahed）无人机", "drone", "见证者")]),
        ("数架自杀式攻击型无人机", [("自杀式攻击型无人机", "drone", None)]),
        ("美制“海马斯”火箭弹", [("“海马斯”火箭弹", "rocket", "海马斯")]),
        ("两枚S-300防空导弹", [("S-300防空导弹", "missile", "S-300")]),
        ("R-360海王星反舰导弹", [("R-360海王星反舰导弹", "missile", "R-360")]),
        ("3枚M90火箭弹", [("M90火箭弹", "rocket", None)]),
        ("“竞技神”450型无人机", [("“竞技神”450型无人机", "drone", "竞技神")]),
        ("发射“伊斯坎德尔-M”", [("“伊斯坎德尔-M”", "missile", "伊斯坎德尔-M")]),
        ("制导航空炸弹和无人艇", [("制导航空炸弹", "guided_bomb", None), ("无人艇", "uncrewed_boat", None)]),
        ("100件空袭兵器", [("空袭兵器", "mixed", None)]),
        ("大口径火炮", [("火炮", "artillery", None)]),
        ("引爆汽车炸弹", [("汽车炸弹", "explosive", None)]),
        ("打击无人机和导弹", [("无人机", "drone", None), ("导弹", "missile", None)]),
        ("巡弋飞弹", [("巡弋飞弹", "missile", None)]),
        ("防空导弹系统、无人机工厂", []),
        ("“仍在使用西方部件”的无人机", [("无人机", "drone", None)]),
    ],
)
def test_weapons_are_read_with_model_and_modifiers(
    text: str, expected: list[tuple[str, str, str | None]]
) -> None:
    assert weapons(text) == expected


@pytest.mark.parametrize(
    ("text", "offices"),
    [
        ("美国国务卿布林肯", ["国务卿"]),
        ("外交部副部长与副总理", ["外交部副部长", "副总理"]),
        ("国防部发言人", ["国防部发言人"]),
        ("国家副主席、总书记", ["国家副主席", "总书记"]),
        ("全国人大常委会委员长", ["全国人大常委会委员长"]),
        ("武装部队总司令", ["武装部队总司令"]),
        ("总统府与总统办公室", []),
        ("领导人会晤，外长会议", []),
    ],
)
def test_offices_are_found_whole(text: str, offices: list[str]) -> None:
    assert [match.group() for match in office_pattern().finditer(text)] == offices


def test_a_name_of_one_character_is_refused() -> None:
    with pytest.raises(ValueError, match="two characters"):
        NameIndex({"俄": 1})


def test_the_longest_name_from_the_left_wins() -> None:
    index = NameIndex({"几内亚": 1, "几内亚比绍": 2, "比绍市": 3})
    assert list(index.find("在几内亚比绍市和几内亚")) == [(1, 6, 2), (8, 11, 1)]


def test_a_first_character_stands_for_a_country_only_where_the_full_name_came_before() -> None:
    assert [side.words for side in find_sides("欧盟主席访问突尼斯，将向突方提供贷款，突总统出席")] == [
        "欧盟",
        "突尼斯",
        "突方",
        "突",
    ][1:]
    assert find_sides("突方代表出席") == []
    assert find_sides("新总统与西方、官方、对方会谈") == []
