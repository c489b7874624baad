"""Announcements of help: what is given, how much of it there is to be, and one record for what is told twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from schemas import AidAnnouncement, EventBase

Extract = Callable[..., list[EventBase]]


def aid(extract: Extract, text: str, title: str = "") -> list[AidAnnouncement]:
    found = extract(text, title=title, kind="aid_announcement")
    return [event for event in found if isinstance(event, AidAnnouncement)]


def only(extract: Extract, text: str) -> AidAnnouncement:
    (event,) = aid(extract, text)
    return event


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("法国向乌克兰提供包括自行火炮和雷达在内的武器装备。", ("自行火炮", "雷达")),
        ("法国向乌克兰提供可以击落无人机的防空导弹。", ("防空导弹",)),
        ("法国向乌克兰提供击落无人机和直升机的武器。", ("击落无人机和直升机的武器",)),
        ("法国将向乌克兰运送更多弹药。", ("更多弹药",)),
        ("法国向乌克兰提供瑞典生产的防空技术和火炮。", ("瑞典生产的防空技术", "火炮")),
        ("乌克兰向法国提出了武器支援请求。", ("武器",)),
        ("法国宣布以自行火炮的形式向乌克兰提供援助。", ("自行火炮",)),
    ],
)
def test_things_are_named_as_in_the_text(extract: Extract, text: str, items: tuple[str, ...]) -> None:
    assert only(extract, text).items == items


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("法国将移交6架“幻影”战机给乌克兰。", ("6架“幻影”战机",)),
        ("挪威宣布向乌克兰提供2亿克朗，内有10门榴弹炮、5辆救护车。", ("10门榴弹炮", "5辆救护车")),
        ("斯洛伐克宣布，军用、医疗物资已经运往乌克兰。", ("军用、医疗物资",)),
        ("德国决定推迟向乌克兰援助坦克。该计划涉及大约100辆坦克。", ("大约100辆坦克",)),
        ("德国国防部说，今年还会有数千名乌克兰军人在德国受训。", ("数千名乌克兰军人在德国受训",)),
        ("法国宣布向乌克兰提供10辆坦克，并为乌军人员提供训练。", ("10辆坦克", "训练")),
        (
            "丹麦4日签署对乌克兰1亿欧元军事援助计划。这些援助将包括20辆坦克；300架无人机和头盔；10门火炮等。",
            ("20辆坦克", "300架无人机", "头盔", "10门火炮"),
        ),
    ],
)
def test_things_are_read_to_their_ends(extract: Extract, text: str, items: tuple[str, ...]) -> None:
    assert only(extract, text).items == items


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("法国政府批准向乌克兰提供总额为3亿欧元的军事援助。", "package"),
        ("一年来，法国向乌克兰提供了约3亿欧元的军事援助。", "cumulative"),
        ("法国迄今向乌克兰提供了约3亿欧元的军事援助。", "cumulative"),
        ("法国将在2026年至2029年向乌克兰提供3亿欧元贷款。", "program"),
        ("法国将在一年内向乌克兰提供12门自行火炮。", "package"),
    ],
)
def test_scope_follows_the_time_of_the_help(extract: Extract, text: str, scope: str) -> None:
    assert only(extract, text).scope == scope


def test_goods_that_two_verbs_of_a_sentence_take_are_told_once(extract: Extract) -> None:
    text = "日本援助海地灾民的8000顶帐篷4日从成田机场启运，将于后天运抵太子港。"
    (event,) = aid(extract, text)
    assert (event.items, event.stage, event.modality) == (("8000顶帐篷",), "delivered", "asserted")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("中国援建老挝的医院等项目4日竣工。", ("医院",)),
        ("日本援建埃及海水淡化厂等项目4日竣工。", ("埃及海水淡化厂",)),
        ("韩国援建秘鲁的港口工程4日开工。", ("港口工程",)),
    ],
)
def test_what_is_built_for_another_country_is_the_thing(
    extract: Extract, text: str, items: tuple[str, ...]
) -> None:
    assert only(extract, text).items == items


def test_a_headline_of_goods_that_are_there_is_told_once_with_its_lead(extract: Extract) -> None:
    lead = "埃及媒体4日说，第二批救灾物资当天从陆路进入加沙。"
    (event,) = aid(extract, lead, title="第二批救灾物资进入加沙")
    assert event.stage == "delivered"


def test_what_is_called_unacceptable_is_not_told_as_given(extract: Extract) -> None:
    assert aid(extract, "塞尔维亚外长4日说，德国向乌克兰提供巡航导弹这样的武器“不可接受”。") == []
