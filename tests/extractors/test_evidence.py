"""Whatever the text: words stand where offsets say, the same article gives the same bytes, nothing raises."""

from __future__ import annotations

import datetime
import functools
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extractors import Extractor
from extractors.reading.reader import Reader
from flows.sources import read_inputs
from schemas import Article, EventBase, Span, to_record

EXAMPLES = Path(__file__).parents[2] / "examples"
PUBLISHED = datetime.datetime(2025, 3, 5, 12, tzinfo=datetime.UTC)
# Fragments of news from which texts are put together at random, sense or nonsense.
PHRASES = [
    "乌克兰空军", "俄罗斯国防部", "俄軍", "烏軍", "真主党", "美国总统拜登", "外長王毅",
    "泽连斯基（Zelensky）", "习近平主席", "星期日夜间至星期一凌晨", "（3月3日）", "5日", "10月", "昨天",
    "過去24小時", "自战争爆发以来", "未来几周", "83架", "数十枚", "近700次", "二三十架", "十余架",
    "2，600枚", "４架", "一百多架", "4.25亿美元", "20至30億歐元", "第69批", "无人机", "無人機",
    "“匕首”高超音速导弹", "「海馬斯」火箭彈", "滑翔炸弹", "沙赫德", "居民楼", "油库", "电网",
    "库尔斯克州", "敖德薩", "别尔哥罗德州和布良斯克州", "基辅", "白俄罗斯", "紅海", "华盛顿", "发射了",
    "击落", "擊落並摧毀", "被拦截", "失踪", "击中", "命中", "袭击", "造成两人死亡、七人受伤",
    "没有人员伤亡", "起火", "会见", "會晤", "通电话", "举行会谈", "将访问", "取消", "提供军事援助", "承諾",
    "批准", "冻结", "运抵", "其中", "分别为", "表示", "称", "說", "据路透社报道", "援引", "否认", "可能",
    "计划", "将", "呼吁", "央视网消息：", "【国际】", "◆",
]  # fmt: skip
MARKS = [
    *"。！？；，、：…—（）()“”「」『』《》〔〕[]【】\"' \u3000\n0189１９.,:-~%·",
    "……",
    "\n\n",
    "。”",
    "）。",
]
PIECES = st.one_of(
    st.sampled_from(PHRASES),
    st.sampled_from(MARKS),
    st.from_regex(r"[0-9０-９一二三十百千万亿]{1,6}", fullmatch=True),
    st.text(min_size=1, max_size=3).map(lambda text: text.replace("\r", "")),
)
# Clauses as news has them, so that rules match and claims, dates and sides are filled; `~` is a piece.
CLAUSES = [
    "~乌克兰空军5日表示，", "据俄罗斯国防部称，", "路透社援引烏軍的話說，", "他說，",
    "美国总统拜登星期日宣布，", "“~”，州长~说。", "俄军夜间向~发射了~83架无人机，", "击落其中~52架，",
    "擊落~数十枚~飛彈，", "另有9架~失踪。", "27架无人机在~上空被击落。",
    "其中，21架在苏梅州~，14架在哈尔科夫州。", "~昨天对乌克兰发动2,023次无人机攻击。",
    "遭到三枚~导弹袭击，造成~两人死亡。", "将~向乌克兰提供~4.25亿美元军事援助。",
    "習近平主席~會見了~法國總統馬克宏。", "一架无人机击中~一栋居民楼，起火。",
]  # fmt: skip
CLAUSE = st.builds(
    lambda clause, piece: clause.replace("~", piece), st.sampled_from(CLAUSES), PIECES | st.just("")
)
NEWS = st.lists(st.booleans().flatmap(lambda b: CLAUSE if b else PIECES), max_size=30).map("".join)
TITLES = st.lists(PIECES, max_size=8).map("".join)
ANYTHING = st.text(max_size=200).map(lambda text: text.replace("\r", "\n"))
# The first example loads the models; a machine that tests share is slow at odd moments.
unhurried = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@functools.cache
def reader() -> Reader:
    return Reader()


def article_of(title: str, text: str) -> Article:
    """An article of any text: one character stands in where there is none, since empty ones are refused."""
    spoken = title if title.strip() or text.strip() else "。"
    return Article.of(source="made", title=spoken, text=text, published=PUBLISHED)


@functools.cache
def example_articles() -> dict[str, Article]:
    """The articles in examples/, by file name."""
    articles = {}
    for path in sorted(EXAMPLES.glob("*.md")):
        (article,) = read_inputs([path])
        assert isinstance(article, Article), article
        articles[path.name] = article
    return articles


def spans_of(event: EventBase) -> list[Span]:
    claimant = event.claimed_by.span if event.claimed_by else None
    return [*event.evidence, *([claimant] if claimant else [])]


def check_mentions(article: Article) -> None:
    reading = reader().read(article, gated=False)
    assert reading.whole == article.title + "\n" + article.text
    assert len(reading.folded) == len(reading.whole)
    end = 0
    for sentence in reading.sentences:
        assert end <= sentence.start < sentence.end <= len(reading.whole)
        end = sentence.end
        within = sentence.start
        for mention in sentence.mentions:
            assert reading.folded[mention.start : mention.end] == mention.words
            assert within <= mention.start < mention.end <= sentence.end, (
                "mentions overlap or leave the sentence"
            )
            within = mention.end
        encoded = sentence.encoded
        assert len(encoded.text) == len(encoded.starts) == len(encoded.ends) == len(encoded.mentions)


def check_events(article: Article, events: list[EventBase]) -> None:
    for event in events:
        assert event.article_id == article.id
        for span in spans_of(event):
            part = article.title if span.part == "title" else article.text
            assert part[span.start : span.end] == span.text
    assert len({event.id for event in events}) == len(events)


def as_bytes(events: list[EventBase]) -> bytes:
    return json.dumps([to_record(event) for event in events], ensure_ascii=False).encode(
        errors="surrogatepass"
    )


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("*.md")))
def test_mentions_and_evidence_of_an_example_article_stand_where_they_say(
    name: str, extractor: Extractor
) -> None:
    article = example_articles()[name]
    check_mentions(article)
    check_events(article, extractor.extract(article))


def test_example_articles_give_events_with_claimants_and_evidence_in_the_text(extractor: Extractor) -> None:
    """Keeps the checks above from passing over nothing."""
    events = [event for article in example_articles().values() for event in extractor.extract(article)]
    assert len(events) >= 20
    assert sum(event.claimed_by is not None and event.claimed_by.span is not None for event in events) >= 10
    assert all(span.text.strip() for event in events for span in spans_of(event))


def test_a_second_extractor_gives_the_same_bytes(extractor: Extractor) -> None:
    articles = list(example_articles().values())
    first = [as_bytes(extractor.extract(article)) for article in articles]
    again = Extractor()
    assert [as_bytes(again.extract(article)) for article in reversed(articles)] == first[::-1]


@unhurried
@given(title=TITLES, text=NEWS)
def test_mentions_of_any_text_stand_where_they_say(title: str, text: str) -> None:
    check_mentions(article_of(title, text))


@unhurried
@given(title=TITLES, text=NEWS)
def test_evidence_and_claimants_of_any_text_stand_where_they_say(
    extractor: Extractor, title: str, text: str
) -> None:
    article = article_of(title, text)
    events = extractor.extract(article)
    check_events(article, events)
    assert as_bytes(extractor.extract(article)) == as_bytes(events)


@unhurried
@given(title=ANYTHING, text=ANYTHING)
@example(title="", text="（" * 200)
@example(title="0", text="\ue000\ue001架\ue008击落\ue000")  # private-use characters are symbols of ours
@example(title="击落3架无人机", text="")
@example(title="\n", text="\n\n击落了3架无人机")
def test_no_text_breaks_the_extractor(extractor: Extractor, title: str, text: str) -> None:
    article = article_of(title, text)
    check_events(article, extractor.extract(article))
