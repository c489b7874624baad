"""What Python adds to the rules of attack counts: direction, coordination, places, parts, comparisons."""

from __future__ import annotations

import pytest

from schemas import AttackCount


@pytest.fixture
def attacks(extract):
    def found(text: str, **options: str) -> list[AttackCount]:
        return extract(text, kind="attack_count", **options)

    return found


def told(event: AttackCount) -> tuple[object, ...]:
    return event.count.value, event.weapon, event.outcome, event.attacker, event.target


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "乌克兰空军说，击落了66架俄罗斯无人机和两枚导弹。",
            [(66, "drone", "intercepted", "RU", "UA"), (2, "missile", "intercepted", "RU", "UA")],
        ),
        (
            "乌克兰空军说，俄罗斯发射了50架无人机，击落33架，另有9架失踪。",
            [
                (50, "drone", "launched", "RU", "UA"),
                (33, "drone", "intercepted", "RU", "UA"),
                (9, "drone", "suppressed", "RU", "UA"),
            ],
        ),
        (
            "以色列军方说，胡塞武装4日向以色列发射了3枚弹道导弹，均被拦截。",
            [(3, "missile", "intercepted", "HOUTHI", "IL"), (3, "missile", "launched", "HOUTHI", "IL")],
        ),
        ("俄罗斯国防部称，俄军防空系统拦截多枚美制“海马斯”火箭弹。", [(None, "rocket", "intercepted", "UA", "RU")]),
        ("俄方说，在图拉州摧毁多枚导弹和火箭弹。", [(None, "mixed", "intercepted", "UA", "RU")]),
        (
            "乌军击落了当晚发射的29枚导弹中的18枚。",
            [(29, "missile", "launched", "RU", "UA"), (18, "missile", "intercepted", "RU", "UA")],
        ),
    ],
)  # fmt: skip
def test_numbers_outcomes_and_sides_are_read(attacks, text, expected):
    key = lambda item: (item[0] or 0, item[2])  # noqa: E731
    assert sorted(map(told, attacks(text)), key=key) == sorted(expected, key=key)


@pytest.mark.parametrize(
    "text",
    [
        "英国将向乌克兰提供100架无人机。",
        "工厂每月生产三千架无人机。",
        "俄军击落一架乌军战机。",
        "该地区约2.1万人口逃离了无人机攻击。",
        "三名游客用无人机拍摄了日出。",
        "一次无人机攻击使居民撤离。",
    ],
)
def test_what_is_no_attack_is_not_counted(attacks, text):
    assert attacks(text) == []


def test_parts_that_a_later_sentence_lists_go_into_their_total(attacks):
    (event,) = attacks(
        "俄罗斯国防部说，夜间击落了12架乌克兰无人机。国防部说，7架无人机在布良斯克州被击落，5架在库尔斯克州。"
    )
    assert [(part.place, part.value) for part in event.breakdown] == [("布良斯克州", 7), ("库尔斯克州", 5)]
    assert event.places == ("布良斯克州", "库尔斯克州")
    assert len(event.evidence) == 2


def test_models_of_one_weapon_are_parts_of_it(attacks):
    (event,) = attacks("乌克兰空军说，俄军发射的83架无人机包括52架“沙赫德”和31架“格尔贝拉”。")
    assert [(part.weapon, part.value) for part in event.breakdown] == [("沙赫德", 52), ("格尔贝拉", 31)]


def test_each_place_with_a_number_of_its_own_is_a_record(attacks):
    events = attacks("俄国防部称，在卡卢加州和图拉州各击落1架乌克兰无人机。")
    assert [event.places for event in events] == [("卡卢加州",), ("图拉州",)]


def test_a_direction_of_the_front_is_no_place(attacks):
    (event,) = attacks("俄罗斯国防部4日称，俄军在库皮扬斯克、红利曼等方向打击乌军人员，击落六架无人机。")
    assert event.places == ()


def test_comparison_and_record_high_are_kept(attacks):
    (event,) = attacks(
        "乌克兰军方说，俄罗斯2月发动了1,500次无人机攻击，为开战以来最多。这一数字比1月的攻击数量高出近200次。"
    )
    assert event.record_high
    assert event.comparison is not None
    assert (event.comparison.to, event.comparison.difference.value, event.comparison.direction) == (
        "2025-01",
        200,
        "more",
    )


def test_title_and_body_tell_one_number_once(attacks):
    events = attacks("俄罗斯国防部4日称，俄防空系统夜间击落86架乌军无人机。", title="俄称击落数十架乌无人机")
    assert [event.count.value for event in events] == [86]
    assert events[0].evidence[0].part == "text"
