"""Meetings: who meets whom, what is no meeting, and one record for many tellings of one meeting."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable

import pytest

from extractors import Extractor
from schemas import Article
from schemas.kinds.meeting import Meeting

Meetings = Callable[..., list[Meeting]]


@functools.cache
def extractor() -> Extractor:
    return Extractor()


@pytest.fixture
def meetings() -> Meetings:
    def read(text: str, title: str = "要闻", published: str = "2025-09-05") -> list[Meeting]:
        moment = datetime.datetime.fromisoformat(f"{published}T19:00:00+08:00")
        article = Article.of(source="test", title=title, text=text, published=moment)
        return [event for event in extractor().extract(article) if isinstance(event, Meeting)]

    return read


def names(meeting: Meeting) -> list[str | None]:
    return [person.name for person in meeting.participants]


def sides(meeting: Meeting) -> list[str | None]:
    return [person.side for person in meeting.participants]


def test_title_lead_and_body_of_one_meeting_are_one_record(meetings: Meetings) -> None:
    found = meetings(
        "4日下午，国务院总理李强在北京同来华进行正式访问的新西兰总理拉克森举行会谈。\n会谈后，李强同拉克森共同会见记者。",
        title="李强同新西兰总理举行会谈",
    )
    assert [names(one) for one in found] == [["李强", "拉克森"]]
    assert found[0].place == "北京"
    assert found[0].when is not None and found[0].when.start == datetime.date(2025, 9, 4)
    assert found[0].evidence[0].part == "text"


def test_the_title_gives_the_side_of_a_guest_whom_the_text_only_names(meetings: Meetings) -> None:
    (meeting,) = meetings("欢迎仪式后，李强同古纳瓦德纳举行会谈。", title="李强同斯里兰卡总理会谈")
    assert [(p.name, p.side) for p in meeting.participants] == [("李强", "CN"), ("古纳瓦德纳", "LK")]
    assert meeting.participants[1].role == "总理"


def test_a_meeting_recalled_by_the_speakers_is_a_record_of_its_own(meetings: Meetings) -> None:
    first, second = meetings(
        "国家主席习近平4日在北京会见智利总统博里奇。习近平指出，去年11月，我和总统先生在利马会晤，成果丰硕。"
    )
    assert names(first) == names(second) == ["习近平", "博里奇"]
    assert second.place == "利马"
    assert second.claimed_by is not None and second.claimed_by.name == "习近平"
    assert second.when is not None and second.when.start == datetime.date(2024, 11, 1)


def test_guests_received_separately_are_a_record_each(meetings: Meetings) -> None:
    found = meetings("国务院总理李强4日在京分别会见马来西亚总理安瓦尔和津巴布韦总统姆南加古瓦。")
    assert [names(one) for one in found] == [["李强", "安瓦尔"], ["李强", "姆南加古瓦"]]
    assert {one.place for one in found} == {"京"}


def test_those_called_one_after_another_are_a_record_each(meetings: Meetings) -> None:
    found = meetings("乌克兰总统泽连斯基3日先后与法国总统马克龙、德国总理默茨通电话。")
    assert [sides(one) for one in found] == [["UA", "FR"], ["UA", "DE"]]


def test_the_nearest_actor_meets_not_the_one_who_tells(meetings: Meetings) -> None:
    (meeting,) = meetings("外交部发言人3日表示，法国总统马克龙将于下周在巴黎会见埃及总统塞西。")
    assert names(meeting) == ["马克龙", "塞西"]
    assert (meeting.status, meeting.modality) == ("planned", "planned")


def test_a_pronoun_stands_for_the_person_named_before(meetings: Meetings) -> None:
    (meeting,) = meetings("匈牙利外长西雅尔多2日抵达莫斯科。在莫斯科，他与俄罗斯外长拉夫罗夫举行会谈。")
    assert names(meeting) == ["西雅尔多", "拉夫罗夫"]


def test_two_ministers_of_each_side_are_four_participants(meetings: Meetings) -> None:
    (meeting,) = meetings(
        "美国国务卿鲁比奥和国防部长赫格塞思1日在华盛顿与菲律宾外长拉扎罗和国防部长特奥多罗举行“2+2”会谈。"
    )
    assert sides(meeting) == ["US", "US", "PH", "PH"]
    assert meeting.event == "“2+2”会谈"


def test_an_office_closing_a_list_of_countries_is_each_ones(meetings: Meetings) -> None:
    (meeting,) = meetings("法国、德国、波兰三国外长2日在魏玛举行会议。")
    assert [(p.role, p.side) for p in meeting.participants] == [
        ("外长", "FR"),
        ("外长", "DE"),
        ("外长", "PL"),
    ]


def test_a_conference_brings_its_body_as_participant(meetings: Meetings) -> None:
    (meeting,) = meetings("土耳其总统埃尔多安3日在海牙出席北约峰会时表示，土方将继续斡旋。")
    assert [(p.name, p.side) for p in meeting.participants] == [("埃尔多安", "TR"), (None, "NATO")]
    assert meeting.event == "北约峰会"


def test_what_a_guest_came_for_is_neither_place_nor_event(meetings: Meetings) -> None:
    (meeting,) = meetings("国家主席习近平4日在人民大会堂会见来华出席中非合作论坛北京峰会的多哥总统福雷。")
    assert (meeting.place, meeting.event) == ("人民大会堂", None)


def test_a_ceremony_of_welcome_is_a_meeting(meetings: Meetings) -> None:
    (meeting,) = meetings("4日上午，国务院总理李强在北京举行仪式，欢迎尼泊尔总理奥利对我国进行正式访问。")
    assert sides(meeting) == ["CN", "NP"]


@pytest.mark.parametrize(
    ("text", "status", "modality"),
    [
        ("特朗普与普京原定3日在布达佩斯举行的会晤已取消。", "cancelled", "asserted"),
        ("俄罗斯总统普京愿意在莫斯科与乌克兰总统泽连斯基见面。", "proposed", "possible"),
        ("美国和伊朗代表团正在马斯喀特举行会谈。", "ongoing", "asserted"),
        ("伊朗外交部否认外长阿拉格齐与美国特使威特科夫举行过会谈。", "held", "denied"),
    ],
)
def test_status_and_modality_go_together(meetings: Meetings, text: str, status: str, modality: str) -> None:
    (meeting,) = meetings(text)
    assert (meeting.status, meeting.modality) == (status, modality)


@pytest.mark.parametrize(
    "text",
    [
        "国家主席习近平4日致电苏林，祝贺越南国庆。",
        "俄罗斯总统普京3日在克里姆林宫会见莫斯科市长索比亚宁。",
        "国家主席习近平4日会见香港特别行政区行政长官李家超。",
        "中方愿同巴基斯坦加强对话和交流。",
        "普京表示，他不会与泽连斯基会面。",
        "国际人士积极评价习近平主席在二十国集团领导人峰会上的重要讲话。",
        "美国总统特朗普2008年曾在纽约会见过日本首相福田康夫。",
    ],
)
def test_what_is_no_meeting_of_two_sides_gives_none_or_no_day(meetings: Meetings, text: str) -> None:
    assert [one for one in meetings(text) if one.when is not None] == []


def test_the_day_of_a_claim_is_not_the_day_of_what_is_planned(meetings: Meetings) -> None:
    (meeting,) = meetings("佩斯科夫3日说，普京将在莫斯科会见美国特使威特科夫。")
    assert meeting.when is None
    assert meeting.claimed_by is not None and meeting.claimed_by.name == "佩斯科夫"


def test_names_and_places_are_given_in_the_script_of_the_article(meetings: Meetings) -> None:
    (meeting,) = meetings("美國總統川普3日在白宮與烏克蘭總統澤倫斯基會談。")
    assert names(meeting) == ["川普", "澤倫斯基"]
    assert meeting.place == "白宮"


def test_a_name_is_given_in_full_where_the_article_has_it(meetings: Meetings) -> None:
    (meeting,) = meetings("斯塔默3日在伦敦会见加拿大总理卡尼。会后，英国首相基尔·斯塔默说，双方谈到了贸易。")
    assert names(meeting) == ["基尔·斯塔默", "卡尼"]


def test_a_short_name_stands_for_the_full_one_given_nearby_alone(meetings):
    near = "法国总统埃马纽埃尔·马克龙4日发表讲话。马克龙当天在巴黎会见埃及总统塞西。"
    far = near.replace("马克龙当天", "市场反应平稳。" * 8 + "马克龙当天")
    assert [m.participants[0].name for m in meetings(near)] == ["埃马纽埃尔·马克龙"]
    assert [m.participants[0].name for m in meetings(far)] == ["马克龙"]


def test_the_author_of_a_signed_article_is_the_guest_who_says_so(meetings):
    found = meetings(
        "央视网消息：国家主席习近平在塞尔维亚媒体发表题为《友谊长存》的署名文章。文章全文如下：\n"
        "友谊长存\n中华人民共和国主席 习近平\n应武契奇总统邀请，我即将对塞尔维亚共和国进行国事访问。塞尔维亚是一个美丽的国家。"
    )
    visit = found[-1]
    assert {(p.name, p.side) for p in visit.participants} == {("习近平", "CN"), ("武契奇", "RS")}
    assert (visit.status, visit.claimed_by and visit.claimed_by.name) == ("planned", "习近平")


def test_conferences_attended_in_a_row_are_a_meeting_each(meetings: Meetings) -> None:
    found = meetings("巴西总统卢拉赴内罗毕出席二十国集团领导人特别峰会、非洲联盟峰会并对肯尼亚进行国事访问。")
    assert [(m.participants[-1].side, m.event) for m in found] == [
        ("G20", "二十国集团领导人特别峰会"),
        ("AU", "非洲联盟峰会"),
    ]


def test_people_of_the_same_states_met_earlier_are_another_meeting(meetings: Meetings) -> None:
    found = meetings(
        "国王5日会见德国外长瓦德富尔。越南总理范明政5日会见挪威外长艾德。去年11月，越南国家主席梁强同来访的挪威首相斯特勒深入交流。"
    )
    assert ["梁强", "斯特勒"] in [names(m) for m in found]
