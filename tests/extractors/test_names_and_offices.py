"""People in running text: names, offices and sides, who is meant by a short form, and their Wikidata items."""

from __future__ import annotations

import pytest

from extractors.reading.mention import MentionType


def people(context):
    """The people mentioned: words, name, role and side."""
    found = [m for s in context.reading.sentences for m in s.mentions if m.type is MentionType.PERSON]
    return [(m.words, m.value.name, m.value.role, m.value.side) for m in found]


def items(context):
    """The Wikidata items of the people mentioned."""
    mentions = [m for s in context.reading.sentences for m in s.mentions]
    return [m.value.qid for m in mentions if m.type is MentionType.PERSON]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("俄外长致信。", [("俄外长", None, "外长", "RU")]),
        ("乌总统致信。", [("乌总统", None, "总统", "UA")]),
        ("以总理内塔尼亚胡致信。", [("以总理内塔尼亚胡", "内塔尼亚胡", "总理", "IL")]),
        ("土外长费丹致信。", [("土外长费丹", "费丹", "外长", "TR")]),
        ("土耳其外长费丹通了半小时电话。", [("土耳其外长费丹", "费丹", "外长", "TR")]),
        ("美国防长奥斯汀致信。", [("美国防长奥斯汀", "奥斯汀", "防长", "US")]),
        ("王毅外长致信。", [("王毅外长", "王毅", "外长", "CN")]),
        ("布林肯国务卿致信。", [("布林肯国务卿", "布林肯", "国务卿", "US")]),
        ("普京總統致信。", [("普京总统", "普京", "总统", "RU")]),
        ("五角大廈官員證實。", [("五角大厦官员", None, "五角大厦官员", "US")]),
        ("泰国副总理兼商业部长普坦致信。", [("泰国副总理兼商业部长普坦", "普坦", "副总理兼商业部长", "TH")]),
        ("乌克兰外长Dmytro Kuleba致信。", [("乌克兰外长Dmytro Kuleba", "Dmytro Kuleba", "外长", "UA")]),
        ("乌克兰的联合国大使Ivan致信。", [("乌克兰的联合国大使Ivan", "Ivan", "联合国大使", "UA")]),
        ("副总理兼外长马丁致信。", [("副总理兼外长马丁", "马丁", "副总理兼外长", None)]),
        ("新加坡外长维文致信。", [("新加坡外长维文", "维文", "外长", "SG")]),
        ("沙特高级别外交官致信。", [("沙特高级别外交官", None, "高级别外交官", "SA")]),
        ("越南国防部长潘文江大将致信。", [("越南国防部长潘文江大将", "潘文江", "国防部长", "VN")]),
        ("援助总额不变，其中将有两成用于住房。", []),
        ("墨西哥总统克劳迪娅·辛鲍姆致信。", [("墨西哥总统克劳迪娅·辛鲍姆", "克劳迪娅·辛鲍姆", "总统", "MX")]),
        ("教宗方济各致信。", [("教宗方济各", "方济各", "教宗", "VA")]),
        ("罗马天主教教宗方济各致信。", [("罗马天主教教宗方济各", "方济各", "罗马天主教教宗", "VA")]),
        ("教皇致信。", [("教皇", None, "教皇", "VA")]),
        ("文莱苏丹哈桑纳尔致信。", [("文莱苏丹哈桑纳尔", "哈桑纳尔", "文莱苏丹", "BN")]),
        ("他会见了泽连斯基总统。", [("泽连斯基总统", "泽连斯基", "总统", "UA")]),
        (
            "外长和美国驻乌克兰大使布林克到场。",
            [("外长", None, "外长", None), ("美国驻乌克兰大使布林克", "布林克", "驻乌克兰大使", "US")],
        ),
        (
            "挪威首相外交政策顾问特维特访华。",
            [("挪威首相外交政策顾问特维特", "特维特", "首相外交政策顾问", "NO")],
        ),
        (
            "美国总统国家安全事务助理沃伦与会。",
            [("美国总统国家安全事务助理沃伦", "沃伦", "总统国家安全事务助理", "US")],
        ),
        (
            "联合国秘书长也门问题特使格伦德贝里致信。",
            [("联合国秘书长也门问题特使格伦德贝里", "格伦德贝里", "联合国秘书长也门问题特使", "UN")],
        ),
        ("阿曼苏丹海赛姆致信。", [("阿曼苏丹海赛姆", "海赛姆", "阿曼苏丹", "OM")]),
        ("日本自民党干事长森山裕致信。", [("日本自民党干事长森山裕", "森山裕", "自民党干事长", "JP")]),
        (
            "美国总统拜登和欧洲领导人致信。",
            [("美国总统拜登", "拜登", "总统", "US"), ("欧洲领导人", None, "欧洲领导人", None)],
        ),
        ("将宣布一项4亿美元的对乌军援。", []),
        ("美国国防部长赞扬此举。", [("美国国防部长", None, "国防部长", "US")]),
        ("英国首相鲍里斯-约翰逊明天致辞。", [("英国首相鲍里斯-约翰逊", "鲍里斯-约翰逊", "首相", "GB")]),
    ],
)
def test_offices_names_and_sides_are_read_together(read, text, expected):
    assert people(read(text)) == expected


def test_a_short_form_means_the_person_named_in_full_before(read):
    context = read("日本首相岸田文雄3日抵达。岸田随后离开。朝鲜外相崔善姬3日抵达。崔善姬随后离开。")
    assert people(context) == [
        ("日本首相岸田文雄", "岸田文雄", "首相", "JP"),
        ("岸田", "岸田", "首相", "JP"),
        ("朝鲜外相崔善姬", "崔善姬", "外相", "KP"),
        ("崔善姬", "崔善姬", "外相", "KP"),
    ]


def test_a_description_means_the_person_of_its_side_named_last(read):
    context = read("朝鲜外相崔善姬抵达莫斯科，会见普京总统。这位朝鲜高级外交官说，会谈顺利。")
    assert people(context)[-1] == ("朝鲜高级外交官", "崔善姬", "外相", "KP")


@pytest.mark.parametrize(
    "text",
    [
        "朝鲜外相崔善姬抵达。朝鲜官员说，会谈顺利。",  # points back to nobody
        "朝鲜外相崔善姬抵达。一名朝鲜官员随行。这位朝鲜官员说，会谈顺利。",  # the one in between
        "朝鲜外相崔善姬抵达。这位朝鲜总理说，会谈顺利。",  # another office
    ],
)
def test_a_description_that_fits_nobody_stays_without_a_name(read, text):
    assert people(read(text))[-1][1] is None


def test_an_office_named_alone_gives_its_holder_the_role(read):
    context = read("中方同德国总理举行会谈。朔尔茨表示感谢。", published="2023-11-05")
    assert people(context)[-1] == ("朔尔茨", "朔尔茨", "总理", "DE")


def test_a_persons_adviser_is_of_the_same_side(read):
    assert people(read("伊朗最高领袖哈梅内伊的顾问韦拉亚提致信。"))[-1][3] == "IR"


def test_the_head_of_a_citys_administration_is_of_its_country(read):
    assert people(read("基辅市军事管理局局长波普科通报情况。"))[0][3] == "UA"


@pytest.mark.parametrize(
    ("text", "published", "item"),
    [
        ("美国国防部长3日抵达。", "2024-11-05", "Q941013"),
        ("美国总统3日抵达。", "2024-11-05", "Q6279"),
        ("美国总统3日抵达。", "2025-03-04", "Q22686"),
        ("乌总统3日抵达。", "2025-03-04", "Q3874799"),
        ("北约秘书长3日抵达。", "2025-03-04", "Q57792"),
        ("欧盟委员会主席3日抵达。", "2025-03-04", "Q60772"),
        ("美国前总统3日抵达。", "2025-03-04", None),  # not who holds it today
        ("美国候任总统3日抵达。", "2024-12-04", None),
        ("美国副国务卿3日抵达。", "2024-12-04", None),
        ("美国国防部长赫格塞思3日抵达。", "2025-03-04", None),  # named, without a verified item
        ("澤連斯基3日抵達。", "2025-03-04", "Q3874799"),
        ("川普3日抵達。", "2024-03-04", "Q22686"),
        ("美国国务卿布林肯3日抵达。", "2025-03-04", "Q7821917"),
    ],
)
def test_people_have_the_wikidata_item_of_the_day(read, text, published, item):
    assert items(read(text, published=published)) == [item]
