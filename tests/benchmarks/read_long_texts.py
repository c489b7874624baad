"""How reading time grows with the length of a text: characters a second at four sizes, for texts of many shapes.

python tests/benchmarks/read_long_texts.py [--largest CHARACTERS] [--shape NAME] [--events]
                  --largest: the longest text; the others are a half, a quarter and an eighth of it
                  --shape: only shapes whose name holds this
                  --events: read as the extractor does, behind its gates, and find the events too

Every text is one article, read without gates. Time is that of the processor; it is linear where the last column, the
time for the longest text over that for its half, is about 2. A shape takes a minute or two.
"""

from __future__ import annotations

import argparse
import datetime
import random
import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import cycle
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP))

from extractors import Extractor  # noqa: E402
from extractors.reading.reader import Reader  # noqa: E402
from schemas import Article  # noqa: E402

LARGEST = 1_000_000
WARM_UP = 2_000
PUBLISHED = datetime.datetime(2025, 3, 5, 12, tzinfo=datetime.UTC)
NEWS = [
    "乌克兰空军5日说，防空部队击落了其中41架无人机，另有近20架失踪。", "俄军前一晚发射了83架攻击无人机和6枚巡航导弹。\n",
    "州长西涅古博夫说，一枚导弹落在哈尔科夫的一栋公寓楼，造成至少4人死亡。", "美国政府宣布提供价值4.25亿美元的军事援助。",
    "国务卿鲁比奥星期二在利雅得会见了沙特王储。", "俄羅斯國防部通報稱，3日夜間至4日凌晨攔截了無人機。\n",
    "救援人员整夜在瓦砾中搜寻，学校和商店关闭。", "他补充说，两国外长定于下周在伊斯坦布尔举行会谈。",
]  # fmt: skip
WORDS = [
    "乌克兰", "俄罗斯", "无人机", "导弹", "八十三架", "击落", "星期二", "州长", "伊万诺夫", "基辅", "敖德萨", "表示", "将", "的", "和",
    "4.25亿美元", "援助", "会见", "总统", "3月4日", "夜间", "两名", "国防部", "居民楼",
]  # fmt: skip


def repeated(words: str) -> Callable[[int], str]:
    """Texts of the same words again and again."""
    return lambda size: (words * (size // len(words) + 1))[:size]


def without_punctuation(size: int) -> str:
    """Words of news in one paragraph without any mark."""
    chance = random.Random(1)
    return "".join(chance.choices(WORDS, k=size))[:size]


def random_characters(size: int) -> str:
    """Chinese characters by chance."""
    return "".join(map(chr, random.Random(2).choices(range(0x4E00, 0x9FA6), k=size)))


def news(size: int) -> str:
    """Sentences of news in paragraphs."""
    return repeated("".join(NEWS))(size)


def facts(size: int) -> str:
    """News with other figures in every sentence, so that no record repeats another."""
    sentences = (
        f"乌克兰空军{i % 28 + 1}日说，击落了{i}架无人机。"
        f"一枚导弹击中基辅的一栋居民楼，造成{i}人受伤。"
        f"美国宣布向乌克兰提供价值{i}亿美元的军事援助。"
        f"俄罗斯外长{i % 28 + 1}日会见了伊朗总统。\n"
        for i in range(2, size // 70 + 3)
    )
    return "".join(sentences)[:size]


def sums(size: int) -> str:
    """Announcements of help with a sum each, as a year's table of them."""
    donors, recipients = (
        ["法国", "德国", "日本", "挪威", "英国"],
        ["乍得", "肯尼亚", "加纳", "尼日尔", "也门", "海地"],
    )
    sentences = (
        f"{donors[i % 5]}5日宣布向{recipients[i // 5 % 6]}提供{1000 + i}万美元人道援助。"
        for i in range(size // 20 + 1)
    )
    return "".join(sentences)[:size]


def lines(size: int) -> str:
    """Short lines, each of which may be a heading."""
    return "\n".join(line[:12] for _, line in zip(range(size // 10), cycle(NEWS), strict=False))[:size]


SHAPES: dict[str, Callable[[int], str]] = {
    "news": news,
    "facts": facts,
    "sums": sums,
    "short lines": lines,
    "without punctuation": without_punctuation,
    "random characters": random_characters,
    "repeated 国": repeated("国"),
    "repeated 一": repeated("一"),
    "repeated 自": repeated("自"),
    "repeated 、": repeated("、"),
    "repeated 9": repeated("9"),
    "repeated （": repeated("（"),
    "repeated “": repeated("“"),
    "repeated newline": lambda size: "国" + "\n" * (size - 1),
    "repeated space": lambda size: "国" + " " * (size - 1),
    "repeated 1、": repeated("1、"),
    "repeated 、国": repeated("、国"),
    "repeated 十亿": repeated("十亿"),
    "repeated 3月": repeated("3月"),
    "repeated 1,": repeated("1,"),
    "repeated 张三·": repeated("张三·"),
}


def seconds(read: Callable[[Article], object], text: str) -> float:
    """The processor time that a text takes."""
    article = Article.of(source="bench", title="", text=text, published=PUBLISHED)
    begun = time.process_time()
    read(article)
    return time.process_time() - begun


def main() -> None:
    """Read every shape at every size and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--largest", type=int, default=LARGEST, metavar="CHARACTERS")
    parser.add_argument("--shape", default="", metavar="NAME")
    parser.add_argument("--events", action="store_true")
    options = parser.parse_args()
    sizes = [options.largest // part for part in (8, 4, 2, 1)]
    read = Extractor().extract if options.events else partial(Reader().read, gated=False)
    seconds(read, news(WARM_UP))  # loads models and lexicons
    print(f"{'characters a second':24}" + "".join(f"{size:>12,}" for size in sizes) + f"{'time':>8}")
    for shape, text_of in SHAPES.items():
        if options.shape in shape:
            taken = [seconds(read, text_of(size)) for size in sizes]
            speeds = "".join(f"{size / spent:12,.0f}" for size, spent in zip(sizes, taken, strict=True))
            print(f"{shape:24}{speeds}{taken[-1] / taken[-2]:8.2f}", flush=True)


if __name__ == "__main__":
    main()
