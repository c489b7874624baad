"""Organisations in running text: whose an organ is, and Wikidata items."""

from __future__ import annotations

import re

import pytest

from extractors.reading.lexicon import find_organisations
from extractors.reading.lexicon_files import read_toml
from extractors.reading.mention import Organisation


def owners(text: str) -> list[tuple[str, str | None]]:
    return [(m.words, m.value.side) for m in find_organisations(text) if isinstance(m.value, Organisation)]


def items(text: str) -> list[str | None]:
    return [m.value.qid for m in find_organisations(text) if isinstance(m.value, Organisation)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("乌克兰空军称击落三架。空军还说", [("乌克兰空军", "UA"), ("空军", "UA")]),
        ("空军称击落三架。乌克兰空军还说", [("空军", None), ("乌克兰空军", "UA")]),
        (
            "俄国防部回应。乌克兰国防部否认。国防部称",
            [("俄国防部", "RU"), ("乌克兰国防部", "UA"), ("国防部", None)],
        ),
        (
            "俄国防部回应。\n乌克兰国防部否认。国防部称",
            [("俄国防部", "RU"), ("乌克兰国防部", "UA"), ("国防部", "UA")],
        ),
        ("俄国防部回应。外交部称", [("俄国防部", "RU"), ("外交部", None)]),
    ],
)
def test_an_organ_alone_is_whose_it_was_before_unless_two_have_it(text, expected):
    assert owners(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("联合国与北约", ["Q1065", "Q7184"]),
        ("欧盟委员会与欧盟", ["Q8880", "Q458"]),
        ("联合国安理会", ["Q37470"]),
        ("哈马斯", ["Q38799"]),
        ("胡塞武装", [None]),  # not verified
        ("俄国防部", [None]),
    ],
)
def test_organisations_have_their_wikidata_items(text, expected):
    assert items(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("巴勒斯坦武装组织称", ["巴勒斯坦武装组织"]),
        ("巴勒斯坦多个武装派别说", ["巴勒斯坦多个武装派别"]),
        ("加沙地带武装组织发射火箭弹", ["加沙地带武装组织"]),
        ("多个武装派别说", []),
    ],
)
def test_an_armed_group_is_named_with_where_it_comes_from_and_speaks_for_itself(text, expected):
    found = [m for m in find_organisations(text) if isinstance(m.value, Organisation)]
    assert [m.words for m in found] == expected
    assert [(m.value.code, m.value.side) for m in found] == [(name, None) for name in expected]


def test_items_of_organisations_are_wikidata_items_of_listed_names() -> None:
    data = read_toml("organisations.toml")
    codes = set(data["organisations"])
    names = {name for found in data["organisations"].values() for name in found}
    names |= set(data["as_written"]["names"])
    assert set(data["items"]) <= codes
    assert [name for found in data["named_items"].values() for name in found if name not in names] == []
    all_items = [*data["items"].values(), *data["named_items"]]
    assert [item for item in all_items if not re.fullmatch("Q[1-9][0-9]+", item)] == []
    assert len(all_items) == len(set(all_items))
