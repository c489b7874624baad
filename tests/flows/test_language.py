"""Language and script by counting characters."""

from __future__ import annotations

import pytest

from flows.sources.language import language_of, script_of, telling_characters


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("两国外长会谈。", "zh"),
        ("兩國外長會談。", "zh"),
        ("国防部（Ministry of Defence）说，USS Example 号已到港。", "zh"),
        ("参考报道说，会谈结束。标题为「会談が終わった」。两国外长随后签署了协议，并共同会见了记者。", "zh"),
        ("両国の外相が会談した。", "ja"),
        ("양국 외무장관이 회담했다.", "ko"),
        ("The ministers of the two countries met in the capital.", "en"),
        ("Les ministres des deux pays se sont rencontrés.", "und"),
        ("Министры встретились.", "und"),
        ("12,000 — 30%", "und"),
        ("", "und"),
    ],
)
def test_language_is_what_it_evidently_is(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("两国外长举行会谈，讨论乌克兰战争。", "Hans"),
        ("兩國外長舉行會談，討論烏克蘭戰爭。", "Hant"),
        ("皇后台里面只有", "unknown"),
        ("two countries", "unknown"),
        ("两国外长 兩國外長", "unknown"),
    ],
)
def test_script_is_told_by_characters_of_one_script_only(text: str, script: str) -> None:
    assert script_of(text) == script


def test_characters_of_both_scripts_tell_nothing() -> None:
    simplified, traditional = telling_characters()
    assert not simplified & traditional
    assert not set("后里台面只干松准几丑云") & (simplified | traditional)
    assert set("国军乌战导弹") <= simplified | set("弹导")
    assert set("國軍烏戰導彈") <= traditional
