"""The layers over a reading: who says so, when, how firmly."""

from __future__ import annotations

import pytest

from extractors.layers.claims import speaker_side
from tests.extractors.asking import dated, day, people, said_by


@pytest.mark.parametrize(
    ("text", "words", "claimant"),
    [
        ("俄罗斯国防部4日称，俄军击落三架无人机。", "三架", "俄罗斯国防部"),
        ("据路透社报道，三架无人机被击落。", "三架", "路透社"),
        ("路透社援引乌克兰空军的消息说，三架无人机被击落。", "三架", "乌克兰空军"),
        ("三架无人机击中一座仓库，敖德萨州州长基珀称。", "三架", "基珀"),
        ("乌克兰总统泽连斯基在讲话中说，俄军发射了三枚导弹。", "三枚", "泽连斯基"),
        ("美国和韩国表示，将提供三架飞机。", "三架", "美国和韩国"),
        ("三架无人机被击落。", "三架", None),
        ("俄军向乌克兰发射三枚导弹。", "三枚", None),
        ("三枚导弹击中一座仓库，军方未予证实。", "三枚", None),
        ("美国财政部长耶伦3日在乌克兰说，将提供三架飞机。", "三架", "耶伦"),
        ("据美国媒体报道，美国政府下周将宣布提供三架飞机。", "三架", "美国媒体"),
        ("美国总统拜登3日在与乌克兰总统泽连斯基通话时称，将提供三架飞机。", "三架", "拜登"),
        ("伊朗外长在接受德国《晨星报》采访时表示，三架飞机失事。", "三架", "伊朗外长"),
        ("欧盟高级代表博雷利在其推特账户上表示，三架飞机失事。", "三架", "博雷利"),
        ("德国总理就乌克兰局势表示，将提供三架飞机。", "三架", "德国总理"),
        ("一位不愿透露姓名的美国官员估计，三架飞机失事。", "三架", "美国官员"),
        ("西方官员说，三架飞机失事。", "三架", "西方官员"),
        ("莫斯科任命的官员说，三架飞机失事。", "三架", "莫斯科任命的官员"),
        ("乌克兰敖德萨州官员称，俄军发射三架无人机。", "三架", "乌克兰敖德萨州官员"),
        ("美军官员3日证实，三架无人机坠毁。", "三架", "美军官员"),
        ("胡塞武装控制的马西拉电视台说，三架无人机坠毁。", "三架", "马西拉电视台"),
        ("据《边境纪事》3日报道，三架无人机坠毁。", "三架", "边境纪事"),
        ("【雅虎新闻】2月27日报道，三架无人机坠毁。", "三架", "雅虎新闻"),
        ("以媒称三架无人机坠毁。", "三架", "以媒"),
        ("哈马斯等武装组织3日称，击落三架无人机。", "三架", "哈马斯等武装组织"),
        ("塔斯社3日援引有关部门的消息报道说，三架无人机坠毁。", "三架", "塔斯社"),
        ("一份未经俄罗斯证实的清单上有三架飞机。", "三架", None),
    ],
)
def test_the_innermost_claimant_is_found(read, text, words, claimant):
    assert said_by(read(text), words) == claimant


@pytest.mark.parametrize(
    ("text", "name", "role", "side"),
    [
        ("哈爾科夫市長捷列霍夫說明情況。", "捷列霍夫", "哈尔科夫市长", "UA"),
        ("哥伦比亚总统科胡特发表讲话。", "科胡特", "总统", "CO"),
        ("国家副主席韩正在北京出席会议。", "韩正", "国家副主席", "CN"),
        ("国家主席习近平和来宾一起出席。", "习近平", "国家主席", "CN"),
        ("俄罗斯总统弗拉基米尔-普京出席。", "弗拉基米尔-普京", "总统", "RU"),
        ("英国国防部长本.华莱士出席。", "本.华莱士", "国防部长", "GB"),
        ("沙特阿拉伯王国王储兼首相穆罕默德出席。", "穆罕默德", "王储兼首相", "SA"),
        ("墨总统宣布停工一天。", None, "总统", "MX"),
    ],
)
def test_a_person_has_a_whole_name_and_a_side(read, text, name, role, side):
    assert people(read(text)) == [(name, role, side)]


@pytest.mark.parametrize(
    "text",
    [
        "吉方愿继续推进合作，埃中关系良好。",
        "以军空袭黎东部多地。",
        "货款以卢布支付。",
        "军乐团奏两国国歌。",
        "记者就马里乌波尔的情况提问。",
    ],
)
def test_parties_places_and_words_are_no_people(read, text):
    assert people(read(text)) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("巴勒斯坦总统出席会议。巴方表示欢迎。", "PS"),
        ("巴基斯坦总统出席会议。巴方表示欢迎。", "PK"),
        ("巴西总统出席会议。巴方表示欢迎。", "BR"),
        ("乌拉圭总统出席会议。乌方表示欢迎。", "UY"),
        ("乌克兰总统出席会议。乌方表示欢迎。", "UA"),
    ],
)
def test_a_form_that_states_share_means_the_one_named_before(read, text, code):
    context = read(text)
    (claim,) = context.claims.made_in(context.reading.sentences[-1])
    assert speaker_side(claim.speaker) == code


def test_a_claim_goes_on_in_its_paragraph_and_ends_with_it(read):
    context = read(
        "俄罗斯国防部4日称，俄军控制一座村庄。俄军还击落五架无人机。\n基辅当天平静，市内有七座桥。"
    )
    assert said_by(context, "五架") == "俄罗斯国防部"
    assert said_by(context, "七座") is None


def test_a_report_named_again_in_the_next_paragraph_is_the_same_claimants(read):
    context = read("乌克兰军方4日说，俄军发射九枚导弹。\n报告称，今年以来俄军共发射四百枚导弹。")
    assert said_by(context, "四百枚") == "乌克兰军方"


def test_claims_do_not_leak_from_one_brief_of_a_digest_into_the_next(read):
    context = read(
        "俄称打击多处目标\n俄罗斯国防部4日称，俄军打击了多处目标，并控制了一座村庄。\n"
        "苏丹冲突仍在继续\n首都喀土穆4日遭到三次空袭，当地居民正在撤离，多处街区断电。"
    )
    assert said_by(context, "三次") is None


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("俄军3日夜间发射九枚导弹。", "九枚", day("2025-03-03")),
        ("俄罗斯国防部3日称，俄军击落九架无人机。", "九架", day("2025-03-03")),
        ("俄军击落九架无人机。", "九架", None),
        ("这是自1994年3月2日以来的九次会面之一。3日，双方再次会面，击落九枚。", "九枚", day("2025-03-03")),
        ("这是战争爆发以来最多的一次，出动了九架无人机。", "九架", None),
        (
            "3日，基辅遭受冲突爆发以来俄军发动的最猛烈的轰炸。",
            "轰炸",
            day("2025-03-03"),
        ),
    ],
)
def test_a_fact_takes_the_nearest_date(read, text, words, expected):
    assert dated(read(text), words) == expected


def test_an_undated_statement_takes_the_day_its_claimant_last_spoke_on(read):
    context = read("俄罗斯国防部3日称，俄军取得进展。乌克兰军方2日称部队后撤。俄国防部还称，击落九架无人机。")
    assert dated(context, "九架") == day("2025-03-03")


def test_besides_goes_on_with_the_statement_past_what_was_told_in_between(read):
    context = read("俄罗斯国防部3日称，俄军取得进展。2日晚，俄军后撤。此外，俄军还击落九架无人机。")
    assert dated(context, "九架") == day("2025-03-03")


def test_the_time_of_what_a_statement_is_about_does_not_date_what_it_says(read):
    context = read("伊朗武装部队3日称，针对近期发生的爆炸事件，伊朗发射九枚导弹。")
    assert dated(context, "九枚") == day("2025-03-03")
    assert dated(read("针对2日发生的九次爆炸，警方展开调查。"), "九次") == day("2025-03-02")


def test_an_undated_brief_of_a_digest_is_of_the_digests_day(read):
    context = read("基辅恢复供电。\n俄军击落九架无人机。", title="俄乌战事汇总")
    assert dated(context, "九架") == day("2025-03-04")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("截至3.2 俄乌战事汇总（1）", "2025-03-02"),
        ("俄乌战事汇总(2.28)", "2025-02-28"),
        ("军费增3.2%：一周要闻汇总", "2025-03-04"),
        ("俄乌战事汇总(2.30)", "2025-03-04"),
    ],
)
def test_a_roundup_is_of_the_day_in_its_title(read, title, expected):
    assert dated(read("基辅恢复供电。\n俄军击落九架无人机。", title=title), "九架") == day(expected)


def test_history_does_not_date_a_fact(read):
    assert dated(read("1941年12月7日那样的空袭已持续三周，俄军发射了九枚导弹。"), "九枚") is None


def test_a_planned_fact_takes_the_next_such_day(read):
    context = read("双方将于10日在日内瓦会谈。")
    assert dated(context, "会谈", future=True) == day("2025-03-10")


@pytest.mark.parametrize(
    ("text", "words", "modality"),
    [
        ("美国向乌克兰提供坦克。", "提供", "asserted"),
        ("美国将向乌克兰提供坦克。", "提供", "planned"),
        ("美国考虑向乌克兰提供坦克。", "提供", "possible"),
        ("美国否认向乌克兰提供坦克。", "提供", "denied"),
        ("美国将军称，已向乌克兰提供坦克。", "提供", "asserted"),
    ],
)
def test_modality_is_read_from_the_clause(read, text, words, modality):
    context = read(text)
    start = context.reading.whole.index(words)
    assert context.modality(context.reading.sentences[0], start, start + len(words)) == modality


@pytest.mark.parametrize(
    ("text", "words", "clause"),
    [
        ("乌军称，该组织向“萨比娜”号货轮发射导弹。", "发射导弹", "该组织向“萨比娜”号货轮发射导弹"),
        ("州长说：“发射了导弹，击中大楼。”", "击中", "击中大楼"),
        ("他说“导弹击中了大楼”并否认其他。", "击中", "导弹击中了大楼"),
    ],
)
def test_a_quotation_closed_on_the_way_is_no_border_of_a_clause(read, text, words, clause):
    context = read(text)
    start = context.reading.whole.index(words)
    first, last = context.clause(context.reading.sentences[0], start, start + len(words))
    assert context.reading.words(first, last) == clause
