"""Counts with their classifiers, and ordinals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.reading.mention import Counted, Mention, MentionType
from extractors.reading.quantities import find_quantities
from extractors.reading.script import fold
from extractors.reading.units import UNIT_KINDS

NEWS_CHARACTERS = (
    "0123456789,. 一二两三十百千万亿数几多余上近约至到少最-架枚名人次起年月日第首批美元左右以（），。"
)


def counts(text: str) -> list[tuple[str, int | None, int | None, str, str | None]]:
    return [
        (m.words, m.value.count.value, m.value.count.high, m.value.count.qualifier, m.value.unit)
        for m in find_quantities(text)
        if isinstance(m.value, Counted)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("击落了83架无人机", ("83架", 83, None, "exact", "架")),
        ("发射2,023枚导弹", ("2,023枚", 2023, None, "exact", "枚")),
        ("摧毁29 枚导弹", ("29 枚", 29, None, "exact", "枚")),
        ("疏散1,100万人", ("1,100万人", 11_000_000, None, "exact", "人")),
        ("疏散8 000 万人", ("8 000 万人", 80_000_000, None, "exact", "人")),
        ("俘虏三百二十名士兵", ("三百二十名", 320, None, "exact", "名")),
        ("一架无人机坠毁", ("一架", 1, None, "exact", "架")),
        ("发射两枚导弹", ("两枚", 2, None, "exact", "枚")),
        ("16.5万人撤离", ("16.5万人", 165_000, None, "exact", "人")),
        ("造成至少六人死亡", ("至少六人", 6, None, "at_least", "人")),
        ("但至少有7人受伤", ("至少有7人", 7, None, "at_least", "人")),
        ("至少造成17人受伤", ("17人", 17, None, "at_least", "人")),
        ("向首都至少发射了5枚导弹", ("5枚", 5, None, "at_least", "枚")),
        ("不少于40架", ("不少于40架", 40, None, "at_least", "架")),
        ("出动100架以上", ("100架以上", 100, None, "at_least", "架")),
        ("投下约30枚炸弹", ("约30枚", 30, None, "about", "枚")),
        ("大约900枚", ("大约900枚", 900, None, "about", "枚")),
        ("有30人左右", ("30人左右", 30, None, "about", "人")),
        ("近百架", ("近百架", 100, None, "nearly", "架")),
        ("将近1000枚", ("将近1000枚", 1000, None, "nearly", "枚")),
        ("超过2千架", ("超过2千架", 2000, None, "more_than", "架")),
        ("发射逾31枚", ("逾31枚", 31, None, "more_than", "枚")),
        ("击落30多架", ("30多架", 30, None, "more_than", "架")),
        ("400 多名雇佣兵", ("400 多名", 400, None, "more_than", "名")),
        ("十余枚火箭弹", ("十余枚", 10, None, "more_than", "枚")),
        ("过百架", ("过百架", 100, None, "more_than", "架")),
        ("最多20架", ("最多20架", 20, None, "up_to", "架")),
        ("多达500架", ("多达500架", 500, None, "up_to", "架")),
        ("不到10人", ("不到10人", 10, None, "less_than", "人")),
        ("不足百人", ("不足百人", 100, None, "less_than", "人")),
        ("20至30架", ("20至30架", 20, 30, "range", "架")),
        ("20架至30架", ("20架至30架", 20, 30, "range", "架")),
        ("两三架", ("两三架", 2, 3, "range", "架")),
        ("数架战机", ("数架", None, None, "several", "架")),
        ("多枚火箭弹", ("多枚", None, None, "several", "枚")),
        ("发动多次空袭", ("多次", None, None, "several", "次")),
        ("好几艘", ("好几艘", None, None, "several", "艘")),
        ("若干辆", ("若干辆", None, None, "several", "辆")),
        ("数十架", ("数十架", None, None, "dozens", "架")),
        ("上百架", ("上百架", None, None, "hundreds", "架")),
        ("数百架次", ("数百架次", None, None, "hundreds", "架次")),
        ("上千枚", ("上千枚", None, None, "thousands", "枚")),
        ("数万人", ("数万人", 10_000, None, "more_than", "人")),
        ("62岁的居民", ("62岁", 62, None, "exact", "岁")),
        ("155毫米榴弹炮", ("155毫米", 155, None, "exact", "毫米")),
        ("发生一起袭击事件", ("一起", 1, None, "exact", "起")),
        ("发生三起爆炸", ("三起", 3, None, "exact", "起")),
        ("提供了30亿的援助", ("30亿", 3_000_000_000, None, "exact", None)),
        ("击毁三百坦克", ("三百", 300, None, "exact", None)),
        ("还有一架飞入邻国", ("一架", 1, None, "exact", "架")),
        ("另有10余名平民", ("10余名", 10, None, "more_than", "名")),
        ("只有五、六个村", ("五、六个", 5, 6, "range", "个")),
        ("来了三、四百人", ("三、四百人", 300, 400, "range", "人")),
        ("一二〇枚", ("一二〇枚", 120, None, "exact", "枚")),
        ("廿三人", ("廿三人", 23, None, "exact", "人")),
        ("壹佰伍拾套", ("壹佰伍拾套", 150, None, "exact", "套")),
        ("6套或以上", ("6套或以上", 6, None, "at_least", "套")),
        ("4人及以上", ("4人及以上", 4, None, "at_least", "人")),
        ("两百人不到", ("两百人不到", 200, None, "less_than", "人")),
        ("唯一一架", ("一架", 1, None, "exact", "架")),
        ("15万平方千米", ("15万平方千米", 150_000, None, "exact", "平方千米")),
        ("一百千瓦", ("一百千瓦", 100, None, "exact", "千瓦")),
        ("155mm榴弹炮", ("155mm", 155, None, "exact", "mm")),
        ("约五、六年", ("约五、六年", 5, 6, "range", "年")),
        ("百余年", ("百余年", 100, None, "more_than", "年")),
    ],
)
def test_a_count_has_value_qualifier_and_unit(text: str, expected: tuple[object, ...]) -> None:
    assert counts(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "2024年",
        "10月5日",
        "8时30分",
        "半数",
        "近半",
        "三成",
        "30%",
        "百分之三十",
        "S-300",
        "F-16战机",
        "米-17直升机",
        "与盟友一起行动",
        "愿同各方一道努力",
        "许多人",
        "很多次",
        "人民",
        "这一次",
        "每一架",
        "两国元首",
        "十分重要",
        "千万不要",
        "四川",
        "多方会谈",
        "数据",
        "3.5公里",
        "三年半",
        "两个半小时",
        "4.25亿美元",
        "30亿和4.89亿美元",
        "250万欧元（约3亿日元）",
        "810独立海军步兵旅",
        "星期三架桥",
        "每两名乘客",
        "每100分钟",
        "任何一架",
        "没有一架返航",
        "无一人生还",
        "他一度昏迷",
        "百姓四处躲避",
        "百年大计",
        "重千斤",
        "缺零件",
        "九一一事件",
        "回首二〇二三",
        "产量是去年的3倍",
        "“豹2”坦克",
    ],
)
def test_what_does_not_count_things_is_no_count(text: str) -> None:
    assert counts(text) == []


@pytest.mark.parametrize(
    ("text", "before"),
    [("北约30架战机", "30架"), ("附近30架战机", "30架"), ("最近30架战机", "30架"), ("条约10条", "10条")],
)
def test_the_end_of_another_word_is_no_qualifier(text: str, before: str) -> None:
    assert [(words, qualifier) for words, _, _, qualifier, _ in counts(text)] == [(before, "exact")]


def test_a_qualifier_before_the_first_number_of_a_series_qualifies_only_that() -> None:
    found = counts("发射了大约900枚炸弹，500架无人机和30枚导弹")
    assert [(words, qualifier) for words, _, _, qualifier, _ in found] == [
        ("大约900枚", "about"),
        ("500架", "exact"),
        ("30枚", "exact"),
    ]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("宣布第69批援助", "第69批", 69),
        ("首批物资运抵", "首批", 1),
        ("首次使用", "首次", 1),
        ("第三次会议", "第三次", 3),
        ("第二十一轮制裁", "第二十一轮", 21),
        ("名列第三", "第三", 3),
        ("开始第 4 轮投票", "第 4 轮", 4),
        ("第1701号决议", "第1701号", 1701),
    ],
)
def test_an_ordinal_is_its_number(text: str, words: str, value: int) -> None:
    assert find_quantities(text) == [
        Mention(MentionType.ORDINAL, text.index(words), text.index(words) + len(words), words, value)
    ]


def test_an_ordinal_may_share_its_mark_with_the_next() -> None:
    assert [(m.type, m.words, m.value) for m in find_quantities("第五、六批援助")] == [
        (MentionType.ORDINAL, "第五", 5),
        (MentionType.ORDINAL, "六批", 6),
    ]


@pytest.mark.parametrize("text", ["第一夫人", "第一时间", "第三方", "第三国", "首相", "首都", "第二天"])
def test_ordinal_words_that_rank_nothing_are_left_alone(text: str) -> None:
    assert find_quantities(text) == []


def test_units_say_what_they_count() -> None:
    assert {UNIT_KINDS[unit] for unit in ("架", "人", "起", "栋", "毫米", "小时")} == {
        "weapon",
        "person",
        "event",
        "object",
        "measure",
        "duration",
    }


@given(st.text(alphabet=NEWS_CHARACTERS, max_size=60) | st.text(max_size=60))
def test_mentions_are_stretches_of_the_text_in_order(text: str) -> None:
    found = find_quantities(text)
    assert [m.words for m in found] == [text[m.start : m.end] for m in found]
    assert all(m.words for m in found)
    assert found == sorted(found, key=lambda m: m.start)


@given(
    st.integers(min_value=1, max_value=999_999),
    st.sampled_from(["架", "枚", "名", "艘"]),
    st.sampled_from(["", " "]),
)
def test_any_count_with_a_classifier_is_read(number: int, unit: str, gap: str) -> None:
    assert [(value, got) for _, value, _, _, got in counts(f"击毁{number}{gap}{unit}目标")] == [
        (number, unit)
    ]


@pytest.mark.shared
def test_the_counts_of_the_training_gold_are_found_in_their_evidence(shared: Path) -> None:
    wanted = found = 0
    for line in (shared / "gold" / "train.jsonl").read_text(encoding="utf-8").splitlines():
        for record in json.loads(line)["records"]:
            read = {c[1:4] for quote in record["evidence"] for c in counts(fold(quote))}
            for slot in ("count", "killed", "injured"):
                gold = record.get(slot)
                if gold and gold["value"] != 0:  # 没有伤亡 is no number
                    wanted += 1
                    found += (gold["value"], gold.get("high"), gold["qualifier"]) in read
    assert found / wanted >= 0.99
