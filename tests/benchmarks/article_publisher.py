"""A publisher of made-up articles, sound and broken ones, that knows what it has told of and what went out whole."""

from __future__ import annotations

import datetime
import html
import random
import threading
from dataclasses import dataclass
from email.utils import format_datetime

OUTLETS = ("rss", "atom", "list")
BEIJING = datetime.timezone(datetime.timedelta(hours=8))
WINDOW = 60  # articles that a feed or list shows
FILLERS = (
    "发言人说，残骸损坏了一座仓库的屋顶，没有其他损失。",
    "当地居民表示，夜间多次听到巨大声响。",
    "气象部门预计，未来几天气温将继续下降。",
    "两国外交部门没有对此作出回应。",
    "铁路部门说，列车当天上午恢复运行。",
)
# Pages of which no article can be made, and texts that break a reader: what they say, and whether the article is kept.
BROKEN_PAGES = ("nested", "blank", "garbage", "bloated")
BROKEN_TEXTS = {
    "models": ("long", "many"),
    "poisoned room": ("死循环", "回溯", "卡死", "膨胀", "崩溃", "故障", "刷屏"),
}


@dataclass(slots=True)
class Told:
    """An article. `broken` says in which way; `announced` that its address was told, `sent` that it went out whole."""

    number: int
    outlet: str
    address: str
    broken: str = ""
    announced: bool = False
    sent: bool = False

    @property
    def is_kept(self) -> bool:
        """Whether the warehouse is to have it, if only without events."""
        return self.broken not in BROKEN_PAGES

    @property
    def published(self) -> datetime.datetime:
        """Spread over years, as an archive is."""
        return datetime.datetime(2023, 1, 1, 8, tzinfo=BEIJING) + datetime.timedelta(hours=7 * self.number)

    @property
    def title(self) -> str:
        return f"第{self.number}号战报"

    def paragraphs(self) -> list[str]:
        """Its text; the same each time."""
        chance = random.Random(self.number)
        words = [
            f"乌克兰空军{self.published.day}日说，防空部队当天夜间击落了{self.number}架无人机。",
            *chance.sample(FILLERS, 3),
        ]
        if self.broken == "long":
            words += [
                f"乌克兰空军{day % 28 + 1}日说，防空部队又击落了数架无人机和导弹。" for day in range(2800)
            ]
        elif self.broken == "many":
            words += [f"该部队{n % 28 + 1}日说，击落了{n + 20_000}架无人机。" for n in range(120)]
        elif self.broken == "bloated":
            words += FILLERS * 1500
        elif self.broken not in BROKEN_PAGES:
            words.append(self.broken)
        return words

    def page(self) -> bytes:
        """Its page; every other one in GB18030, as the page says itself."""
        if self.broken == "garbage":
            return random.Random(self.number).randbytes(4000)
        body = "".join(f"<p>{each}</p>" for each in self.paragraphs() if each)
        if self.broken == "nested":
            body = "<div>" * 60_000 + body
        elif self.broken == "blank":
            body = ""
        charset, codec = ("gb2312", "gb18030") if self.number % 2 else ("utf-8", "utf-8")
        head = f"<meta charset='{charset}'><title>{self.title}</title><meta name='pubdate' content='{self.published:%Y-%m-%d %H:%M}'>"
        return f"<html><head>{head}</head><body><h1>{self.title}</h1><div>{body}</div></body></html>".encode(
            codec
        )


class Publisher:
    """Its articles, by address and in the order of writing."""

    def __init__(self, room: str, break_one_in: int) -> None:
        self.articles: dict[str, Told] = {}
        self.lock = threading.Lock()
        self._texts = BROKEN_TEXTS[room]
        self._one_in = break_one_in
        self._base = ""

    def is_at(self, base: str) -> None:
        """Addresses begin so."""
        self._base = base

    def write(self, outlet: str) -> Told:
        """A new article; one in so many is broken, in each way in turn."""
        with self.lock:
            number = len(self.articles) + 10
            turn, rest = divmod(number, self._one_in)
            ways = self._texts if outlet in ("atom", "drop") else (*BROKEN_PAGES, *self._texts)
            broken = "" if rest else ways[turn % len(ways)]
            told = Told(number, outlet, f"{self._base}/{outlet}/{number}.html", broken)
            self.articles[told.address] = told
            return told

    def shown(self, outlet: str) -> list[Told]:
        """The latest articles of an outlet."""
        with self.lock:
            return [told for told in self.articles.values() if told.outlet == outlet][-WINDOW:]

    def index(self, outlet: str) -> tuple[bytes, list[Told]]:
        """The feed or list of an outlet as it is now, and what it tells of."""
        shown = self.shown(outlet)
        return {"rss": _rss, "atom": _atom, "list": _list}[outlet](shown), shown


def _rss(shown: list[Told]) -> bytes:
    items = "".join(
        f"<item><title>{told.title}</title><link>{told.address}</link><pubDate>{format_datetime(told.published)}</pubDate></item>"
        for told in shown
    )
    return (
        f"<?xml version='1.0' encoding='gb2312'?><rss version='2.0'><channel>{items}</channel></rss>".encode(
            "gb18030"
        )
    )


def _atom(shown: list[Told]) -> bytes:
    """Whole articles; the last one stands there twice, and the way it is written is right."""
    entries = "".join(
        f"<entry><id>tag:{told.number}</id><title>{told.title}</title><link href='{told.address}'/>"
        f"<updated>{told.published.isoformat()}</updated><content type='html'>"
        f"{html.escape(''.join(f'<p>{each}</p>' for each in told.paragraphs() if each))}</content></entry>"
        for told in [*shown, *shown[-1:]]
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>某社</title>{entries}</feed>".encode()


def _list(shown: list[Told]) -> bytes:
    links = "".join(f"<li><a href='{told.address}'>{told.title}</a>" for told in shown)
    return f"<html><meta charset='utf-8'><ul>{links}<li><a href='/about'>关于我们</a></ul></html>".encode()
