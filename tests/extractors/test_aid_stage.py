"""At which stage help is: by the word that governs the giving, and by who decides."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from schemas import AidAnnouncement, EventBase

Extract = Callable[..., list[EventBase]]


def only(extract: Extract, text: str) -> AidAnnouncement:
    (event,) = extract(text, kind="aid_announcement")
    assert isinstance(event, AidAnnouncement)
    return event


@pytest.mark.parametrize(
    ("text", "stage", "modality"),
    [
        ("法国国防部4日宣布，将向乌克兰提供12门自行火炮。", "announced", "asserted"),
        ("法国国防部长4日说，法国将向乌克兰提供12门自行火炮。", "planned", "planned"),
        ("法国通过第三国船只向乌克兰提供12门自行火炮。", "announced", "asserted"),
        ("法国准备宣布向乌克兰提供12门自行火炮。", "planned", "planned"),
        ("法国正考虑向乌克兰提供12门自行火炮。", "proposed", "possible"),
        ("法国议会批准向乌克兰提供12门自行火炮。", "approved", "asserted"),
        ("法国已向乌克兰交付12门自行火炮。", "delivered", "asserted"),
        ("法国承诺向乌克兰提供的12门自行火炮已全部运抵。", "delivered", "asserted"),
        ("法国暂停向乌克兰提供自行火炮。", "suspended", "asserted"),
        ("法国立场不变，不向乌克兰提供自行火炮。", "suspended", "asserted"),
        ("法国有意向乌克兰提供12门自行火炮。", "planned", "planned"),
        ("法国正通过翻新旧炮的方式，向乌克兰提供自行火炮。", "delivered", "asserted"),
        ("法国承诺向乌克兰提供的12门自行火炮将很快运到。", "planned", "planned"),
        ("泽连斯基敦促法国向乌克兰提供12门自行火炮。", "requested", "possible"),
        ("法国国防部4日否认法国计划向乌克兰提供自行火炮。", "planned", "denied"),
    ],
)
def test_the_governing_word_settles_stage_and_modality(
    extract: Extract, text: str, stage: str, modality: str
) -> None:
    event = only(extract, text)
    assert (event.stage, event.modality) == (stage, modality)
    assert (event.donors, event.recipients) == (("FR",), ("UA",))


def test_a_governments_request_to_its_own_parliament_is_a_proposal(extract: Extract) -> None:
    event = only(extract, "美国政府4日要求美国国会追加20亿美元资金，用于向乌克兰提供防空导弹。")
    assert (event.stage, event.donors) == ("proposed", ("US",))
    assert event.amount is not None and event.amount.value == 2_000_000_000


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("世界银行董事会决定，以2.5亿美元贷款支持斯里兰卡。", "approved"),
        ("欧盟和亚美尼亚4日签署协议，欧盟将向亚美尼亚提供1000万欧元援助。", "approved"),
        ("美国政府计划近期批准向乌克兰提供防空导弹系统。", "planned"),
        ("意大利议会准备批准向乌克兰提供防空导弹系统。", "proposed"),
        ("波兰外长4日提议，把14架战机移交给乌克兰。", "proposed"),
    ],
)
def test_who_decides_settles_the_stage_too(extract: Extract, text: str, stage: str) -> None:
    assert only(extract, text).stage == stage
