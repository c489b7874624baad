"""How well articles are found in pages, beside trafilatura and our reader of HTML each alone.

python tests/benchmarks/read_pages.py [--limit N]

The raw HTML of the corpora beside the checkout is set into four layouts of Chinese news sites – as it is, modern tags,
nested <div>, tables – with menu, sidebar, related links and footer. An article is whole where its paragraphs are those of
the archive parser, no more and no fewer.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import trafilatura

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP))

from flows.sources import Limits, page, read_items  # noqa: E402
from flows.sources.html import read_body  # noqa: E402
from flows.sources.item import Outlet, Refusal  # noqa: E402
from schemas import Article  # noqa: E402

SHARED = TOP.parent / "shared" / "corpus"
STAMP = "2024-03-05 10:20"
OUTLET = Outlet(zone=ZoneInfo("Asia/Shanghai"))
MENU = "".join(
    f'<li><a href="/{name}">{name}</a></li>' for name in ("首页", "国际", "国内", "财经", "体育", "视频")
)
NEWS = "".join(
    f'<li><a href="/{n}.html">{title}</a></li>'
    for n, title in enumerate(
        ("外长会谈在京举行", "央行宣布下调利率", "今年第三号台风生成", "两国签署贸易协定")
    )
)
FOOT = '<p>版权所有 某某网 未经授权不得转载</p><p>京ICP备00000000号</p><a href="/about">关于我们</a>'
LAYOUTS: dict[str, str] = {
    "bare": "<title>{title}</title>{body}",
    "tags": "<title>{title}_国际_某某网</title><header><nav><ul>{menu}</ul></nav></header><main><article><h1>{title}</h1>"
    "<div><span>{stamp}</span> 来源：某某网</div><div>{body}</div></article></main><aside><ul>{news}</ul></aside><footer>{foot}</footer>",
    "divs": "<title>{title}_某某网</title><div class='top'><ul>{menu}</ul></div><div class='w'><div class='l'><h1>{title}</h1>"
    "<p class='s'>{stamp} 来源：<a href='/'>某某网</a></p><div class='c'>{body}<p>责任编辑：李明</p></div></div><div class='r'>"
    "<h3>热门</h3><ul>{news}</ul></div></div><div><h2>相关新闻</h2><ul>{news}</ul></div><div class='f'>{foot}</div>",
    "tables": "<title>{title}</title><table><tr><td><ul>{menu}</ul></td></tr><tr><td><h1>{title}</h1>{stamp}</td></tr>"
    "<tr><td>{body}</td><td><ul>{news}</ul></td></tr></table>{foot}",
}  # fmt: skip


def articles(limit: int) -> Iterator[tuple[str, str, str, list[str]]]:
    """Site, title, raw HTML of the body, and its paragraphs as they should be read."""
    with gzip.open(SHARED / "cctv-2022-2024.jsonl.gz", "rt", encoding="utf-8") as lines:
        records = [json.loads(line) for line in lines]
    for record in records[:: max(len(records) // limit, 1)][:limit]:
        yield "cctv", record["title"], record["raw"], record["text"].split("\n")
    for item in read_items([SHARED / "voa-rfi"], limits=Limits(), passed_over=Counter()):
        assert isinstance(item.outcome, Article)
        raw = Path(item.path).read_text(encoding="utf-8").split("------", 1)[1]
        yield Path(item.path).name[:3], item.outcome.title, raw, item.outcome.text.split("\n")


def by_page(text: str) -> list[str]:
    """Ours: the way of sources."""
    said = page.Said(published=f"{STAMP}" if STAMP not in text else "")
    try:
        return page.parse(text.encode("gb18030"), Limits(), OUTLET, said).text.split("\n")
    except Refusal:
        return []


WAYS: dict[str, Callable[[str], list[str]]] = {
    "read_body alone": lambda text: list(read_body(text).paragraphs),
    "trafilatura alone": lambda text: (trafilatura.extract(text, include_comments=False) or "").split("\n"),
    "both (page.py)": by_page,
}


def _folded(paragraphs: list[str]) -> Counter[str]:
    return Counter(re.sub(r"\s", "", paragraph) for paragraph in paragraphs)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--limit", type=int, default=200, help="television items")
    chosen = list(articles(parser.parse_args().limit))
    for layout, template in LAYOUTS.items():
        for way, read in WAYS.items():
            whole: Counter[str] = Counter()
            hits = got_all = wanted_all = 0
            begin = time.perf_counter()
            for site, title, raw, wanted in chosen:
                text = template.format(title=title, body=raw, stamp=STAMP, menu=MENU, news=NEWS, foot=FOOT)
                got, want = _folded(read(f"<html>{text}</html>")), _folded(wanted)
                hits += (got & want).total()
                got_all += got.total()
                wanted_all += want.total()
                whole[site] += got == want
            milliseconds = 1000 * (time.perf_counter() - begin) / len(chosen)
            print(
                f"{layout:7} {way:18} precision {hits / max(got_all, 1):.3f} recall {hits / wanted_all:.3f} "
                f"whole {whole.total()}/{len(chosen)} {dict(whole)} {milliseconds:.1f} ms",
                flush=True,
            )


if __name__ == "__main__":
    main()
