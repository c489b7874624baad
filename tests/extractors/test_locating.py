"""Places of records on the map."""

from __future__ import annotations

import pytest

import extractors


@pytest.mark.parametrize(
    ("words", "countries", "name", "country"),
    [
        ("敖德萨", ("UA",), "敖德萨", "UA"),
        ("敖德萨州", ("UA", "RU"), "敖德萨", "UA"),
        ("哈尔科夫州的苏梅市", ("UA",), "苏梅", "UA"),
        ("安卡拉", (), "安卡拉", "TR"),
        ("蘇梅州", ("UA",), "苏梅", "UA"),
        ("顿涅茨克", ("RU", "UA"), "顿涅茨克", "UA"),  # held by one, of the other
    ],
)
def test_a_place_is_found_in_the_country_it_is_told_of(words, countries, name, country):
    place = extractors.locate(words, countries)
    assert place is not None and (place.name, place.country) == (name, country)
    assert -90 <= place.latitude <= 90 and -180 <= place.longitude <= 180


@pytest.mark.parametrize(
    ("words", "countries"),
    [("一座无名村庄", ("UA",)), ("敖德萨", ("IL", "PS")), ("", ()), ("<script>", ("UA",))],
)
def test_no_point_is_better_than_a_wrong_one(words, countries):
    assert extractors.locate(words, countries) is None


def test_codes_that_are_no_country_choose_none():
    assert extractors.locate("加沙城", ("HAMAS",)) == extractors.locate("加沙城")
