"""General remarks on help against particular announcements."""

from __future__ import annotations

import pytest

from extractors.kinds import rules_of
from extractors.kinds.aid_announcement import told_by_rules
from extractors.kinds.aid_remarks import features_of_giving, without_remarks


def told(context):
    return told_by_rules(context, rules_of("aid_announcement"))


def test_a_sentence_is_told_around_its_surest_word_of_giving(read) -> None:
    context = read("法国支持乌克兰，5日宣布向乌克兰提供两套防空系统。")
    features = features_of_giving(context, context.reading.sentences[-1])
    assert {"word 提供", "ends 2: 向〈side〉", "body"} <= features


def test_a_sentence_without_a_word_of_giving_has_no_features(read) -> None:
    context = read("法国总统马克龙5日发表讲话。")
    assert features_of_giving(context, context.reading.sentences[-1]) == set()


@pytest.mark.parametrize(
    "text", ["德国政府5日宣布，将向乌克兰提供10辆“豹”式坦克。", "日本5日向汤加运送200箱饮用水。"]
)
def test_particular_help_is_kept_with_its_likelihood(read, text) -> None:
    context = read(text)
    drafts = told(context)
    (kept,) = without_remarks(context, drafts)
    assert len(drafts) == 1 and kept.likelihood is not None and kept.likelihood > 0.5


def test_a_sum_is_no_remark(read) -> None:
    context = read("美国一直向乌克兰提供武器，去年提供了30亿美元军事援助。")
    drafts = [draft for draft in told(context) if draft.slots["amount"] is not None]
    assert drafts and without_remarks(context, drafts) == drafts


@pytest.mark.parametrize(
    "text", ["有塞尔维亚学者认为，西方应停止向乌克兰运送武器。", "美国5日继续向乌克兰提供情报和武器。"]
)
def test_a_remark_that_a_rule_takes_for_an_announcement_is_not_told(read, text) -> None:
    context = read(text)
    drafts = told(context)
    assert len(drafts) == 1 and without_remarks(context, drafts) == []
