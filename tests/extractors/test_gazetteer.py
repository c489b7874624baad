"""Places in text: which are found, how far they reach, what is known of them."""

from __future__ import annotations

from collections import Counter

import pytest

from extractors.reading.gazetteer import find_places, look_up
from extractors.reading.lexicon_files import LEXICON, MODEL, read_tsv
from extractors.reading.mention import Place
from extractors.reading.script import fold


def found(text: str) -> list[tuple[str, str | None, str]]:
    mentions = find_places(text)
    assert all(text[m.start : m.end] == m.words for m in mentions)
    return [(m.words, m.value.country, m.value.level) for m in mentions if isinstance(m.value, Place)]


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("俄军轰炸敖德萨州和哈尔科夫市。", [("敖德萨州", "UA", "region"), ("哈尔科夫市", "UA", "city")]),
        ("别尔哥罗德地区遭炮击", [("别尔哥罗德地区", "RU", "region")]),
        ("哈尔科夫传出爆炸声", [("哈尔科夫", "UA", "city")]),
        ("基辅州州长说", [("基辅州", "UA", "region")]),
        ("敖德萨市长到场", [("敖德萨", "UA", "city")]),
        ("基辅市中心着火", [("基辅", "UA", "city")]),
        ("加沙地带南部的拉法", [("加沙地带", "PS", "region"), ("拉法", "PS", "city")]),
        ("也门荷台达港与红海", [("荷台达港", "YE", "city"), ("红海", None, "area")]),
        ("苏贾镇附近", [("苏贾镇", "RU", "city")]),
        ("巴黎与华盛顿", [("巴黎", "FR", "city"), ("华盛顿", "US", "city")]),
        ("克里米亚半岛上空", [("克里米亚半岛", "UA", "region")]),
        ("顿涅茨克人民共和国", [("顿涅茨克人民共和国", "UA", "region")]),
        ("黑龙江省哈尔滨", [("黑龙江省", "CN", "region"), ("哈尔滨", "CN", "city")]),
    ],
)
def test_places_are_found_with_their_suffix(text: str, places: list[tuple[str, str | None, str]]) -> None:
    assert found(text) == places


@pytest.mark.parametrize(
    "spelling", ["扎波罗热", "札波罗热", "扎波里日亚", "奥德萨", "卡尔可夫", "卢汉斯克", "米科拉伊夫"]
)
def test_other_spellings_lead_to_the_same_unit(spelling: str) -> None:
    place = look_up(spelling + "州")
    assert place is not None
    assert (place.country, place.level) == ("UA", "region")


@pytest.mark.parametrize(
    "text",
    ["国防部长奥斯汀说", "哈马斯发言人", "大数据中心", "波兰总理图斯克", "穆罕默德·德拉卡尼", "团结与和平"],
)
def test_people_parties_and_words_are_no_places(text: str) -> None:
    assert found(text) == []


def test_a_short_name_inside_a_foreign_name_is_no_place() -> None:
    assert found("约翰·乌法斯基") == []
    assert found("乌法市发生爆炸") == [("乌法市", "RU", "city")]


def test_traditional_names_are_found_after_folding() -> None:
    assert found(fold("薩拉托夫州恩格斯市")) == [("萨拉托夫州", "RU", "region"), ("恩格斯市", "RU", "city")]


def test_an_unknown_name_has_no_place() -> None:
    assert look_up("无此地名") is None


def test_kyiv_the_city_is_not_kyiv_the_region() -> None:
    assert found("基辅市与基辅地区") == [("基辅市", "UA", "city"), ("基辅地区", "UA", "region")]


def test_a_city_carries_its_geonames_id_and_coordinates() -> None:
    place = look_up("哈尔科夫市")
    assert place is not None
    assert place.geonames_id == 706483
    assert place.latitude == pytest.approx(49.98, abs=0.1)


def test_hand_written_names_are_folded_and_belong_to_one_place_of_a_country_and_level() -> None:
    rows = read_tsv(LEXICON / "regions.tsv")
    names = [
        (row["country"], row["level"], name)
        for row in rows
        for name in dict.fromkeys((row["name"], *row["aliases"].split()))
    ]
    assert [name for _, _, name in names if fold(name) != name] == []
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_all_first_level_units_of_ukraine_and_russia_are_there() -> None:
    codes = {row["iso_3166_2"] for row in read_tsv(LEXICON / "regions.tsv")}
    assert len({code for code in codes if code.startswith("UA-")}) == 27
    assert len({code for code in codes if code.startswith("RU-")}) == 83


def test_coordinates_lie_on_the_globe() -> None:
    for path in (LEXICON / "regions.tsv", MODEL / "gazetteer.tsv"):
        for row in read_tsv(path):
            assert -90 <= float(row["latitude"]) <= 90, row
            assert -180 <= float(row["longitude"]) <= 180, row


def test_gazetteer_names_are_folded_sorted_and_unique_in_their_country() -> None:
    rows = read_tsv(MODEL / "gazetteer.tsv")
    names = [row["name"] for row in rows]
    assert names == sorted(names)
    assert len({(row["name"], row["country"]) for row in rows}) == len(rows)
    assert [name for name in names if fold(name) != name or len(name) < 2] == []
