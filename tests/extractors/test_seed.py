"""The article the project began with: every fact right, field by field, and nothing false beside them."""

from __future__ import annotations

import pytest

from flows.sources import read_inputs
from schemas import KINDS, Article, to_record


def day(date: str) -> dict[str, str]:
    return {"start": date, "end": date, "precision": "day"}


def exactly(value: int) -> dict[str, object]:
    return {"value": value, "qualifier": "exact"}


FRIDAY = day("2024-11-01")
NINE_REGIONS = ["基洛夫格勒", "基辅", "切尔卡瑟", "文尼察", "日托米尔", "赫梅利尼茨基", "苏梅", "切尔尼戈夫", "波尔塔瓦"]  # fmt: skip
SIX_PARTS = {"库尔斯克地区": 36, "布良斯克地区": 20, "克里米亚": 12, "沃罗涅日地区": 8, "奥廖尔地区": 4, "别尔哥罗德地区": 3}  # fmt: skip


@pytest.fixture(scope="module")
def records(shared, extractor):
    (article,) = read_inputs([shared / "seeds"])
    assert isinstance(article, Article)
    return [to_record(event) for event in extractor.extract(article)]


def of_kind(records, kind):
    return [record for record in records if record["kind"] == kind]


def test_the_aid_package_is_the_69th_of_425_million_dollars_with_its_items(records):
    (package,) = of_kind(records, "aid_announcement")
    assert package["donors"] == ["US"] and package["recipients"] == ["UA"]
    assert package["amount"] == {"value": 425_000_000, "currency": "USD", "qualifier": "exact"}
    assert package["package_number"] == 69
    assert (package["aid_type"], package["stage"], package["scope"]) == ("military", "announced", "package")
    assert "、".join(package["items"]) in (
        "防空拦截器、火箭系统和火炮弹药、装甲车辆、反坦克武器",
        "防空拦截器、火箭系统、火炮弹药、装甲车辆、反坦克武器",
    )
    assert package["claimed_by"] == "美国国防部" and package["when"] == FRIDAY


def test_october_had_2023_attacks_the_most_so_far_and_nearly_700_more_than_september(records):
    october = next(r for r in of_kind(records, "attack_count") if r["count"] == exactly(2023))
    assert (october["attacker"], october["target"]) == ("RU", "UA")
    assert (october["weapon"], october["outcome"]) == ("drone", "attacks")
    assert october["when"] == {"start": "2024-10-01", "end": "2024-10-31", "precision": "month"}
    assert october["record_high"] is True
    assert october["comparison"] == {
        "to": "2024-09",
        "difference": {"value": 700, "qualifier": "nearly"},
        "direction": "more",
    }
    assert october["claimed_by"] == "基辅军方"
    assert any("近700次" in span["text"] for span in october["evidence"])


def test_6987_attacks_since_the_start_of_2024(records):
    year = next(r for r in of_kind(records, "attack_count") if r["count"] == exactly(6987))
    assert (year["attacker"], year["target"], year["outcome"]) == ("RU", "UA", "attacks")
    assert year["when"] == {"start": "2024-01-01", "end": "2024-11-02", "precision": "period"}
    assert year["claimed_by"] == "基辅军方"


def test_83_drones_fell_over_six_regions_with_all_six_parts(records):
    downed = next(r for r in of_kind(records, "attack_count") if r["count"] == exactly(83))
    assert (downed["attacker"], downed["target"], downed["outcome"]) == ("UA", "RU", "intercepted")
    assert {part["place"]: part["value"] for part in downed["breakdown"]} == SIX_PARTS
    assert downed["places"] == list(SIX_PARTS)
    assert downed["claimed_by"] == "俄罗斯国防部" and downed["when"] == FRIDAY


def test_31_drones_and_one_missile_fell_over_nine_regions(records):
    for weapon, count in (("drone", 31), ("missile", 1)):
        (downed,) = (
            r
            for r in of_kind(records, "attack_count")
            if r["weapon"] == weapon and r["count"] == exactly(count)
        )
        assert (downed["attacker"], downed["target"], downed["outcome"]) == ("RU", "UA", "intercepted")
        assert downed["places"] == NINE_REGIONS
        assert downed["claimed_by"] == "乌克兰空军" and downed["when"] == FRIDAY


def test_choe_and_lavrov_met_in_moscow_on_1_november(records):
    talks = next(
        r for r in of_kind(records, "meeting") if any(p["name"] == "崔善姬" for p in r["participants"])
    )
    assert talks["participants"] == [
        {"name": "崔善姬", "role": "外相", "side": "KP"},
        {"name": "谢尔盖·拉夫罗夫", "role": "外长", "side": "RU"},
    ]
    assert (talks["format"], talks["status"], talks["place"]) == ("in_person", "held", "莫斯科")
    assert talks["when"] == FRIDAY


def test_austin_briefed_with_his_south_korean_colleague(records):
    briefing = next(
        r for r in of_kind(records, "meeting") if any(p["side"] == "KR" for p in r["participants"])
    )
    told = [(p["name"], p["role"], p["side"]) for p in briefing["participants"]]
    assert ("劳埃德·奥斯汀", "国防部长", "US") in told and (None, "国防部长", "KR") in told
    assert (briefing["status"], briefing["place"], briefing["when"]) == ("held", "华盛顿", FRIDAY)


@pytest.mark.parametrize(
    ("target", "place", "attacker", "target_country", "weapon", "injured", "claimant"),
    [
        ("一栋公寓楼", "布良斯克市", "UA", "RU", "drone", exactly(1), "亚历山大·博戈马兹"),
        ("一个油库", "斯维特洛格勒市", "UA", "RU", "drone", None, "弗拉基米尔·弗拉基米罗夫"),
        ("一座消防站", "敖德萨", "RU", "UA", "missile", exactly(2), "奥莱·基珀"),
    ],
)
def test_each_strike_is_told_whole(
    records, target, place, attacker, target_country, weapon, injured, claimant
):
    (strike,) = (r for r in of_kind(records, "strike") if r["target"] == target)
    assert (strike["place"], strike["weapon"]) == (place, weapon)
    assert (strike["attacker"], strike["target_country"]) == (attacker, target_country)
    assert strike["injured"] == injured and strike["killed"] is None
    assert strike["claimed_by"] == claimant and strike["when"] == FRIDAY


def test_nothing_false_stands_beside_them(records):
    counts = {kind: len(of_kind(records, kind)) for kind in KINDS}
    assert counts == {"attack_count": 5, "aid_announcement": 1, "meeting": 2, "strike": 3}
