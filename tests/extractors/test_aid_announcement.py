"""What rules cannot say of help: parties, sorts, parts, and one record per package."""

from __future__ import annotations

import datetime

import pytest

from extractors import Extractor
from schemas import AidAnnouncement, Article

PUBLISHED = datetime.datetime(2025, 3, 5, 12, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def aid(extractor: Extractor, text: str, title: str = "") -> list[AidAnnouncement]:
    article = Article.of(source="test", title=title, text=text, published=PUBLISHED)
    return [event for event in extractor.extract(article) if isinstance(event, AidAnnouncement)]


def only(extractor: Extractor, text: str, title: str = "") -> AidAnnouncement:
    (event,) = aid(extractor, text, title)
    return event


def test_joined_donors_and_recipients_make_one_record(extractor: Extractor) -> None:
    event = only(extractor, "瑞典和挪威4日宣布，将向约旦和黎巴嫩提供800万欧元人道主义援助。")
    assert (event.donors, event.recipients) == (("SE", "NO"), ("JO", "LB"))


def test_a_party_that_is_an_attribute_does_not_give(extractor: Extractor) -> None:
    event = only(extractor, "欧盟决定动用被冻结俄罗斯资产的收益向乌克兰提供14亿欧元军事援助。")
    assert event.donors == ("EU",)


def test_donors_without_a_name_are_given_as_written(extractor: Extractor) -> None:
    event = only(extractor, "泽连斯基恳求西方盟友提供更多防空系统，以帮助乌克兰抵御空袭。")
    assert event.donors == ("西方盟友",)
    assert event.recipients == ("UA",)


def test_the_inner_preposition_names_the_recipient(extractor: Extractor) -> None:
    event = only(extractor, "俄方就针对德国将向乌克兰提供“金牛座”导弹一事提出抗议。")
    assert (event.donors, event.recipients) == (("DE",), ("UA",))


def test_things_are_listed_as_written_with_their_numbers(extractor: Extractor) -> None:
    event = only(
        extractor, "波兰4日宣布向乌克兰提供新一批军事援助，包括14辆“豹2”坦克、两万发炮弹和夜视设备等。"
    )
    assert event.items == ("14辆“豹2”坦克", "两万发炮弹", "夜视设备")
    assert event.amount is None


def test_what_the_money_is_to_buy_is_listed(extractor: Extractor) -> None:
    event = only(extractor, "荷兰宣布向乌克兰提供3亿欧元，用于采购无人机和装甲车辆。")
    assert event.items == ("无人机", "装甲车辆")


def test_parts_with_amounts_of_their_own_are_records_beside_the_whole(extractor: Extractor) -> None:
    events = aid(
        extractor, "英国宣布向乌克兰提供3亿英镑军援，其中1亿英镑用于雷达，8000万英镑用于侦察无人机。"
    )
    assert [(event.amount.value, event.items) for event in events if event.amount] == [
        (300_000_000, ()),
        (100_000_000, ("雷达",)),
        (80_000_000, ("侦察无人机",)),
    ]


def test_the_next_sentence_adds_things_and_the_batch(extractor: Extractor) -> None:
    event = only(
        extractor,
        "美国国防部4日宣布向乌克兰提供2亿美元军事援助。这批援助包括防空导弹和火炮弹药。"
        "这是美国自2021年8月以来从库存中向乌克兰提供的第75批装备。",
    )
    assert event.items == ("防空导弹", "火炮弹药")
    assert event.package_number == 75
    assert event.scope == "package"
    assert len(event.evidence) == 3


def test_title_and_body_of_one_package_are_one_record_with_the_union_of_slots(extractor: Extractor) -> None:
    event = only(
        extractor,
        "韩国外交部4日表示，韩国将向苏丹提供1000万美元紧急人道主义援助，包括帐篷和药品。",
        title="韩国承诺援助苏丹1000万美元",
    )
    assert (event.stage, event.aid_type, event.items) == ("announced", "humanitarian", ("帐篷", "药品"))
    assert event.evidence[0].part == "text"


def test_a_total_so_far_is_cumulative_and_a_record_of_its_own(extractor: Extractor) -> None:
    events = aid(
        extractor,
        "丹麦4日宣布向乌克兰提供2亿欧元军援。自2022年2月以来，丹麦已向乌克兰提供约80亿欧元军事援助。",
    )
    assert [(event.scope, event.stage) for event in events] == [
        ("package", "announced"),
        ("cumulative", "delivered"),
    ]
    assert events[1].when is not None and events[1].when.end == PUBLISHED.date()


@pytest.mark.parametrize(
    ("words", "aid_type"),
    [
        ("2亿欧元军事援助", "military"),
        ("2亿欧元军事和人道主义援助", "unspecified"),
        ("2亿欧元财政援助", "financial"),
        ("2亿欧元粮食援助", "humanitarian"),
        ("2亿欧元资金用于修复电网", "energy"),
        ("2亿欧元重建资金", "reconstruction"),
        ("2亿欧元", "unspecified"),
    ],
)
def test_the_words_for_the_help_settle_its_type(extractor: Extractor, words: str, aid_type: str) -> None:
    assert only(extractor, f"意大利宣布向乌克兰提供{words}。").aid_type == aid_type


def test_help_by_a_lender_is_financial_and_the_lender_says_so(extractor: Extractor) -> None:
    event = only(extractor, "世界银行4日宣布向约旦提供4亿美元。")
    assert (event.donors, event.aid_type) == (("WORLD_BANK",), "financial")
    assert event.claimed_by is not None and event.claimed_by.name == "世界银行"


@pytest.mark.parametrize(
    "text",
    [
        "国际人士指出，西方不断向乌克兰提供武器只会延长冲突。",
        "示威者反对德国政府向乌克兰提供武器。",
        "北约重申将坚定支持乌克兰。",
        "美国国务院批准向波兰出售价值30亿美元的直升机。",
        "如果欧盟停止向乌克兰提供武器，冲突就会结束。",
        "各方应确保向加沙地带提供人道主义援助。",
        "英国是第一个向乌克兰提供反坦克导弹的国家。",
        "俄军击落一枚英国向乌克兰提供的“风暴阴影”导弹。",
        "江苏省向甘肃灾区捐赠500顶帐篷。",
        "双方就扩大对约旦的贸易和投资交换意见。",
    ],
)
def test_talk_about_giving_is_no_announcement(extractor: Extractor, text: str) -> None:
    assert aid(extractor, text) == []


@pytest.mark.parametrize(
    ("text", "donors", "recipients", "stage", "items"),
    [
        (
            "这6门榴弹炮，丹麦国防大臣4日说，将在本月交给乌克兰军队。",
            ("DK",),
            ("UA",),
            "planned",
            ("这6门榴弹炮",),
        ),
        (
            "科威特的两架货机4日在亚丁卸下25吨药品，运给也门灾民。",
            ("KW",),
            ("YE",),
            "delivered",
            ("25吨药品",),
        ),
        ("由挪威提供的40台发电机4日运抵摩尔多瓦。", ("NO",), ("MD",), "delivered", ("40台发电机",)),
        ("希腊总理4日说，希腊不会把自己的防空系统送给乌克兰。", ("GR",), ("UA",), "suspended", ("防空系统",)),
    ],
)
def test_roles_are_found_in_whatever_order_they_stand(
    extractor: Extractor,
    text: str,
    donors: tuple[str, ...],
    recipients: tuple[str, ...],
    stage: str,
    items: tuple[str, ...],
) -> None:
    event = only(extractor, text)
    assert (event.donors, event.recipients, event.stage) == (donors, recipients, stage)
    assert event.items == items


def test_who_receives_is_left_to_the_statement_before(extractor: Extractor) -> None:
    events = aid(extractor, "冰岛4日承诺向也门提供300万美元，瑞士认捐500万瑞士法郎。爱尔兰则送去两船面粉。")
    assert [(event.donors, event.recipients) for event in events] == [
        (("IS",), ("YE",)),
        (("CH",), ("YE",)),
        (("IE",), ("YE",)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "土耳其政府4日说，将再拨3亿里拉用于哈塔伊省灾后重建。",
        "法国一家银行4日与肯尼亚企业签约，提供2亿欧元贷款用于扩建港口。",
        "乌军方说，美国提供的情报帮助乌军4日击落一架轰炸机。",
        "欧盟的制裁给白俄罗斯造成约5亿美元损失。",
        "叙利亚认为，必须保证每天有50辆援助卡车进入伊德利卜。",
    ],
)
def test_what_is_no_help_between_states_gives_no_record(extractor: Extractor, text: str) -> None:
    assert aid(extractor, text) == []


def test_a_package_stays_open_for_the_sentences_that_tell_its_parts(extractor: Extractor) -> None:
    text = "欧盟委员会3日批准向摩尔多瓦提供3亿欧元援助。其中1亿欧元为赠款。另有2亿欧元贷款用于修建输电线路。"
    amounts = [event.amount.value for event in aid(extractor, text) if event.amount]
    assert amounts == [300_000_000, 100_000_000, 200_000_000]


def test_each_of_several_donors_gives_its_own_sum(extractor: Extractor) -> None:
    given = aid(extractor, "英国、美国3日分别宣布向乌克兰提供6亿英镑和8亿美元军事援助。")
    assert [(event.donors, event.amount and event.amount.currency) for event in given] == [
        (("GB",), "GBP"),
        (("US",), "USD"),
    ]


def test_the_country_a_passage_is_about_receives_where_nobody_is_named(extractor: Extractor) -> None:
    (given,) = aid(extractor, "阿富汗东部发生强烈地震，救援仍在进行。欧盟4日拨付了200万欧元。")
    assert (given.recipients, given.aid_type) == (("AF",), "humanitarian")


@pytest.mark.parametrize(
    ("text", "donors", "recipients"),
    [
        ("约旦外交部4日说，约方同意经陆路向加沙地带提供长期援助。", ("JO",), ("PS",)),
        ("埃及与会代表4日说，首批救援物资已从拉法口岸进入加沙地带。", (), ("PS",)),
        ("芬兰、希腊等国捐赠的装甲车4日陆续抵达乌克兰。", ("FI", "GR"), ("UA",)),
        ("首批法国救援物资4日抵达贝鲁特。", ("FR",), ("LB",)),
        ("日本为老挝援建的儿童医院4日启用。", ("JP",), ("LA",)),
        ("美国和北约的其他盟国已向乌克兰移交900枚防空导弹。", ("US", "NATO"), ("UA",)),
        ("韩国将拿出300万美元救助罗马尼亚的乌克兰难民。", ("KR",), ("UA",)),
        ("莫斯科已要求平壤提供大批弹药。", ("KP",), ("RU",)),
        ("为了支持乌克兰，加拿大4日承诺提供一批装甲车。", ("CA",), ("UA",)),
    ],
)
def test_help_without_a_sum_has_its_parties_however_they_are_told(
    extractor: Extractor, text: str, donors: tuple[str, ...], recipients: tuple[str, ...]
) -> None:
    event = only(extractor, text)
    assert (event.donors, event.recipients) == (donors, recipients)


@pytest.mark.parametrize(
    "text",
    [
        "瑞典首相4日承诺今后仍向乌克兰提供支持。",
        "俄罗斯外交部4日警告西方国家不要向乌克兰提供远程武器。",
        "荷兰陆军4日订购一批火箭弹，用来补充援助乌克兰以后的库存。",
        "瑞士国防部4日表示，正在研究与军援乌克兰的国家开展联合演习。",
    ],
)
def test_support_warnings_and_stocks_refilled_are_no_help(extractor: Extractor, text: str) -> None:
    assert aid(extractor, text) == []


def test_who_is_only_spoken_to_does_not_ask(extractor: Extractor) -> None:
    told = "荷兰4日向乌克兰交付火炮。泽连斯基说，他会向苏利文施压，要求美国提供射程更远的导弹。"
    _, event = aid(extractor, told)
    assert (event.stage, event.donors, event.recipients) == ("requested", ("US",), ("UA",))
