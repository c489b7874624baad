"""Sums of help that no rule tells of: found by the words around them, with who gives and who receives."""

from __future__ import annotations

import pytest

from extractors.kinds import rules_of
from extractors.kinds.aid_announcement import told_by_rules
from extractors.kinds.aid_sum_parties import Told, candidates
from extractors.kinds.aid_sum_words import features_of_sum, sums_in
from extractors.kinds.aid_sums import RULE, with_sums


def sums(context):
    return [sum_ for sentence in context.reading.sentences for sum_ in sums_in(context, sentence)]


def told(context):
    return told_by_rules(context, rules_of("aid_announcement"))


def test_a_sum_knows_its_clause_and_its_place(read) -> None:
    context = read("世界银行5日开会。会议认可了这笔融资，其中2.5亿美元归肯尼亚，用来修复电网。")
    (sum_,) = sums(context)
    start, end = sum_.span
    assert context.reading.words(start, end) == "其中2.5亿美元归肯尼亚"
    assert (sum_.money.value, sum_.money.currency) == (250_000_000, "USD")


def test_what_stands_around_a_sum_is_told_without_names_and_figures(read) -> None:
    one, other = (
        features_of_sum(sums(read(text))[0], 0)
        for text in ("法国将向乍得提供3000万欧元援助。", "日本将向斐济提供7000万欧元援助。")
    )
    assert one == other
    assert "ends 2: 提供" in one and "behind: 援助" in one


def test_all_parties_around_a_sum_may_have_a_role_each_once(read) -> None:
    context = read("德国外长周二到访内罗毕。德国说，肯尼亚将得到4000万欧元。", title="德国与肯尼亚")
    found = candidates(sums(context)[0], Told(()))
    assert {"DE", "KE"} <= set(found)
    assert "in the title" in found["KE"] and "clause before" in found["KE"]
    assert "mentions 3" in found["DE"]


@pytest.mark.parametrize(
    ("text", "donors", "recipients", "amount"),
    [
        ("世界银行董事会正在审查对加纳的一项贷款，规模为5亿美元。", ("WORLD_BANK",), ("GH",), 500_000_000),
        ("国际货币基金组织给埃塞俄比亚的3.4亿美元当天到账。", ("IMF",), ("ET",), 340_000_000),
    ],
)
def test_a_sum_that_is_help_is_told_once_with_its_parties(extract, text, donors, recipients, amount) -> None:
    (event,) = extract(text, kind="aid_announcement")
    assert (event.donors, event.recipients, event.amount.value) == (donors, recipients, amount)


@pytest.mark.parametrize(
    "text",
    [
        "中国船舶集团5日同法国达飞海运签约，合同总额210亿元人民币。",
        "乌克兰拟利用欧洲资金向美国采购价值900亿美元的武器。",
        "加拿大去年从俄罗斯进口了价值2.3亿美元的能源产品。",
        "乌克兰国防部采购局长因收受300万美元贿赂被捕。",
        "洪水给巴基斯坦造成约100亿美元损失。",
    ],
)
def test_sums_of_trade_crime_and_damage_are_no_help(extract, text) -> None:
    assert extract(text, kind="aid_announcement") == []


def test_what_the_rules_tell_is_rated_and_not_told_again(read) -> None:
    context = read("法国5日宣布向乍得提供3000万欧元人道援助。这3000万欧元援助款将由世界粮食计划署使用。")
    drafts = told(context)
    rated = with_sums(context, drafts)
    assert len(rated) == len(drafts) == 1
    assert rated[0].likelihood is not None and rated[0].likelihood > 0.5
    assert rated[0].found_by != RULE


def test_a_draft_without_a_sum_stays_as_it_is(read) -> None:
    context = read("法国5日宣布向乍得提供12辆救护车。")
    assert with_sums(context, told(context)) == told(context)


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("加拿大总督29日签署6000亿加元的支出法案，内有40亿加元向乌克兰提供军事援助。", [4e9]),
        ("德国议会5日批准500亿欧元的预算案，向乌克兰提供10亿欧元援助。", [1e9]),
        ("以色列财政部5日从代征的税款里扣下3700万美元，没有转给巴勒斯坦。", []),
        ("英国国防部5日宣布购买价值6亿美元的导弹，补充援助乌克兰后见底的库存。", []),
    ],
)
def test_what_a_state_spends_on_itself_is_no_help(extract, text, amounts) -> None:
    assert [event.amount.value for event in extract(text, kind="aid_announcement")] == amounts


def test_of_sums_given_in_turn_each_has_its_own_donor(extract) -> None:
    text = "多国5日为加沙地带筹款。丹麦、挪威则分别加码1200万和2500万美元，支持巴勒斯坦平民。"
    found = {event.amount.value: event.donors for event in extract(text, kind="aid_announcement")}
    assert found[25_000_000] == ("NO",)


def test_a_sum_asked_of_donors_who_are_not_named_goes_by_their_words(extract) -> None:
    text = "联合国人道主义事务协调厅5日向各捐助方发出紧急呼吁，要求在三个月内为利比亚筹得6140万美元。"
    (event,) = extract(text, kind="aid_announcement")
    assert (event.donors, event.stage) == (("捐助方",), "requested")
