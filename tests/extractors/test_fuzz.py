"""Texts that nobody would write: mixed scripts, controls, private-use characters, fragments of news in any order.

`test_evidence.py` asks where words stand in texts made of phrases. Here the characters themselves are hostile, and
none of them may pass for a mention: mention symbols are private-use characters, too.
"""

from __future__ import annotations

import datetime
import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from extractors import Extractor
from extractors.reading.encoding import SYMBOLS, encode
from extractors.reading.reader import Reader
from extractors.reading.script import fold
from schemas import KINDS, Article, EventBase

PUBLISHED = datetime.datetime(2025, 3, 5, 12, tzinfo=datetime.UTC)
KIND_OF_SYMBOL = {symbol: kind for kind, symbol in SYMBOLS.items()}
FRAGMENTS = [
    "乌克兰空军5日说，", "俄罗斯国防部3月4日通报称，", "据法新社援引一名官员报道，", "哈尔科夫州州长~在社交媒体上写道，",
    "防空部队夜间击落了其中41架，", "另有近20架无人机失踪，", "俄军前一晚发射了83架攻击无人机和6枚巡航导弹，",
    "在别尔哥罗德州上空拦截14架乌克兰无人机，", "库尔斯克州9架，布良斯克州5架，", "以军称拦截了二三十枚火箭弹，",
    "胡塞武装向红海一艘货船发射了数枚弹道导弹，", "敖德萨一座港口仓库遭无人机击中起火，",
    "一枚导弹落在扎波罗热的一栋公寓楼，造成至少4人死亡、二十余人受伤，其中有两名儿童。", "没有人员伤亡的报告。",
    "俄軍轟炸基輔一家醫院，", "造成三人喪生。", "美国政府宣布向乌克兰提供价值4.25亿美元的军事援助，",
    "包括“海马斯”火箭炮的弹药和155毫米炮弹。", "德國承諾再提供兩套「愛國者」防空系統，", "日本将提供约30亿日元紧急人道援助，",
    "欧盟批准了首批10亿欧元贷款，", "援助物资6日运抵约旦河西岸，", "挪威国防大臣呼吁盟国增加援助。",
    "国务卿鲁比奥星期二在利雅得会见了沙特王储，", "习近平主席同法国总统马克龙通电话，", "两国外长定于下周在伊斯坦布尔举行会谈，",
    "外交部長王毅5日在北京會見南韓外長，", "双方就双边关系交换了意见。", "泽连斯基（Volodymyr Zelensky）与斯塔默会谈后说，",
    "他补充说，", "克里姆林宫否认了这一说法。", "（3月3日）", "3日夜间至4日凌晨，", "自战争爆发以来，", "過去24小時，",
    "截至当地时间周一上午10时，", "去年同期", "第69批", "15％的设施", "2,023次", "“不！", "”他说。", "\n简讯\n", "\n1. ", "◆",
]  # fmt: skip
TRADITIONAL = "擊落無人機飛彈導彈烏克蘭會見總統億歐圓宣布援助襲擊臺灣薴乾後於嚐"
LATIN = "abcXYZéßİǅfiﬁÅøłñ"
ARABIC = "غزة١٢٣لا۴"
EMOJI = "🇺🇦👨‍👩‍👧🔥️⃣👍🏽"
COMBINING = "\u0301\u0308\u20e3\u0489\u3099\u302a\u200d\ufe0e\U000e0100"
INVISIBLE = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2069\u200e\u200f\u061c\u200b\u2060\ufeff\u00ad"
CONTROLS = "\x00\x01\x07\x08\x0b\x0c\x1b\x1c\x1d\x1e\x1f\x7f\x85\t\u2028\u2029\ufffc\ufffd\uffff"
PRIVATE = "".join(SYMBOLS.values()) + "\ue009\uf000\uf8ff\U000f0000\U0010fffd"
NUMERALS = "0123456789０１９零〇一二两三四五六七八九十百千万亿兆廿卅数几多余半Ⅳ①㈠㊀½²൧"
MARKS = "。！？；，、：…—（）()“”「」『』《》〔〕[]【】\"'·.,:-~～%％‰$€£¥₴/\\|＋ \u3000\u00a0"
CHARACTERS = st.one_of(
    *(
        st.text(alphabet, min_size=1, max_size=4)
        for alphabet in (TRADITIONAL, LATIN, ARABIC, EMOJI, COMBINING, INVISIBLE, CONTROLS, PRIVATE)
    ),
    st.text(NUMERALS, min_size=1, max_size=8),
    st.text(MARKS, min_size=1, max_size=3),
    st.text("俄乌美以中日韩军方州市架枚次人名年月日号", min_size=1, max_size=4),
    st.characters(exclude_categories=["Cs"], exclude_characters="\r"),
    st.sampled_from(["\n", "\n\n", "\n \n", " \n\u3000"]),
)
FRAGMENT = st.builds(lambda words, piece: words.replace("~", piece), st.sampled_from(FRAGMENTS), CHARACTERS)
HOSTILE = st.lists(CHARACTERS, max_size=40).map("".join)
NEWS = st.lists(FRAGMENT | FRAGMENT | FRAGMENT | CHARACTERS, max_size=14).map("".join)
TITLES = st.lists(FRAGMENT | CHARACTERS, max_size=3).map("".join)
# The first example loads the models; a machine that tests share is slow at odd moments.
unhurried = settings(deadline=None, max_examples=400, suppress_health_check=[HealthCheck.too_slow])


def article_of(title: str, text: str) -> Article:
    """An article of any text: one character stands in where there is none, since empty ones are refused."""
    spoken = title if title.strip() or text.strip() else "。"
    return Article.of(source="made", title=spoken, text=text, published=PUBLISHED)


def check_reading(reader: Reader, article: Article) -> None:
    """Sentences and mentions are in order and apart, words stand where offsets say, symbols are of mentions alone."""
    reading = reader.read(article, gated=False)
    assert reading.whole == f"{article.title}\n{article.text}"
    assert reading.folded == fold(reading.whole)
    at = 0
    for index, sentence in enumerate(reading.sentences):
        assert sentence.index == index
        assert at <= sentence.start < sentence.end <= len(reading.whole)
        assert sentence.end <= len(article.title) or sentence.start > len(article.title)
        at = sentence.start
        for mention in sentence.mentions:
            # The words are the folded ones: those of the article where it is in simplified script already.
            assert mention.words == reading.folded[mention.start : mention.end]
            assert at <= mention.start < mention.end <= sentence.end
            at = mention.end
        at = sentence.end
        encoded = sentence.encoded
        for symbol, mention in zip(encoded.text, encoded.mentions, strict=True):
            assert KIND_OF_SYMBOL.get(symbol) == (mention.type if mention else None)
        places = [sentence.start]
        for start, end in zip(encoded.starts, encoded.ends, strict=True):
            places += [start, end]
            assert start < end
        assert [*places, sentence.end] == sorted([*places, sentence.end])


def check_events(article: Article, events: list[EventBase]) -> None:
    """Evidence and claimants are verbatim, ids are the events' own."""
    parts = {"title": article.title, "text": article.text}
    for event in events:
        claimant = event.claimed_by.span if event.claimed_by else None
        for span in [*event.evidence, *([claimant] if claimant else [])]:
            assert parts[span.part][span.start : span.end] == span.text
        assert event.evidence
    assert len({event.id for event in events}) == len(events)


@unhurried
@given(title=TITLES, text=HOSTILE)
def test_hostile_characters_are_read_where_they_stand(reader: Reader, title: str, text: str) -> None:
    check_reading(reader, article_of(title, text))


@unhurried
@given(title=TITLES, text=NEWS)
def test_news_between_hostile_characters_is_read_where_it_stands(
    reader: Reader, title: str, text: str
) -> None:
    check_reading(reader, article_of(title, text))


@unhurried
@given(title=TITLES, text=NEWS)
@example(title="", text="美国国务卿布林肯\ue003会见\ue007")
@example(title="", text="俄军导弹击中\ue005的一栋居民楼，造成\ue000死亡。")
def test_news_between_hostile_characters_gives_verbatim_evidence(
    extractor: Extractor, title: str, text: str
) -> None:
    article = article_of(title, text)
    check_events(article, extractor.extract(article))


def test_an_encoded_sentence_has_no_symbol_without_a_mention() -> None:
    text = f"击落{''.join(SYMBOLS.values())}架"
    encoded = encode(text, 0, len(text), [])
    assert not set(encoded.text) & set(KIND_OF_SYMBOL)
    assert encoded.starts == tuple(range(len(text)))


@pytest.mark.parametrize(
    "template",
    [
        "乌克兰空军说，防空部队击落了{count}{weapon}，另有{count}无人机失踪。",
        "美国国务卿鲁比奥{time}会见{person}。法国总统马克龙同{person}举行会谈。",
        "美国{time}宣布向{side}提供{money}军事援助，包括{count}枚{weapon}。",
        "俄军导弹击中{place}的一栋居民楼，造成{count}死亡，{organisation}说。",
        "{time}，{person}说，乌军击落{ordinal}批{count}52架{side}无人机。",
    ],
)
def test_private_use_characters_are_read_like_any_other_unknown_one(
    extractor: Extractor, template: str
) -> None:
    forged = template.format_map({str(kind): symbol for kind, symbol in SYMBOLS.items()})
    plain = template.format_map({str(kind): "\ufffd" for kind in SYMBOLS})

    def told(text: str) -> list[tuple[str, str, int, int]]:
        events = extractor.extract(article_of("", text))
        return [(e.kind, e.found_by, e.evidence[0].start, e.evidence[0].end) for e in events]

    assert told(forged) == told(plain)


def test_fragments_in_any_order_give_events_of_every_kind(extractor: Extractor) -> None:
    """Keeps the checks above from passing over nothing."""
    chance = random.Random(5)
    kinds: Counter[str] = Counter()
    for _ in range(60):
        text = "".join(chance.choices(FRAGMENTS, k=12)).replace("~", "")
        article = article_of(chance.choice(FRAGMENTS), text)
        events = extractor.extract(article)
        check_events(article, events)
        kinds.update(event.kind for event in events)
    assert set(kinds) == set(KINDS)
    assert min(kinds.values()) >= 10, kinds
