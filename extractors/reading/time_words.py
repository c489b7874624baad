"""The single words that times are made of: 10月, 5日, 周五, 昨天, 夜间, 过去24小时, and what each says.

`SCANNER` finds them in one pass, its last group naming the kind; `WORD_VALUES[kind]` reads the words into
fields of `time_expressions.TimePoint` and says whether the word is weak: a time only beside another (三日).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from extractors.reading.numerals import parse_numeral

Values = tuple[dict[str, Any], bool]

YEAR_WORDS = {"前年": -2, "去年": -1, "今年": 0, "本年度": 0, "明年": 1, "后年": 2}


def _offsets(words: dict[int, str]) -> dict[str, int]:
    return {word: offset for offset, joined in words.items() for word in joined.split()}


# Days counted from publication, and days counted from the day the passage is about.
DAY_WORDS = _offsets(
    {
        -2: "前天 前晚",
        -1: "昨天 昨日 昨晚 昨夜 昨晨",
        0: "今天 今日 今晨 今早 今晚 今夜",
        1: "明天 明日 明晚 明早 明晨",
        2: "后天",
    }
)
PASSAGE_WORDS = _offsets(
    {
        -1: "前一天 前一日 前一晚",
        0: "当天 当日 当晚 当夜 同日 同一天 同天",
        1: "次日 次晨 翌日 第二天 隔天 隔日",
    }
)
_PARTS_OF_DAY = {
    "dawn": "凌晨 清晨 拂晓 黎明 早晨 早上 早间 清早 一早 晨 早",
    "morning": "上午",
    "noon": "中午 正午 午间 午",
    "afternoon": "下午 午后",
    "evening": "傍晚 黄昏 晚间 晚上 夜间 夜里 夜晚 深夜 午夜 子夜 半夜 入夜 晚些时候 晚 夜",
}
PARTS_OF_DAY = {word: part for part, words in _PARTS_OF_DAY.items() for word in words.split()}
WEEKDAYS = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6}
_NEAR = {"上上": -2, "上": -1, "本": 0, "这": 0, "当": 0, "下": 1}
SEASONS = "春夏秋冬"
_UNIT_WORDS = {
    "hour": "小时 钟头",
    "day": "昼夜 天 日",
    "night": "夜",
    "week": "周 星期 礼拜",
    "month": "月",
    "year": "年",
}
_UNITS = {word: unit for unit, words in _UNIT_WORDS.items() for word in words.split()}

_HOUR = r"(?:2[0-4]|1[0-9]|0?[0-9])"
_MINUTES = r"(?:[0-5]?[0-9]分|半|许|整|多)?"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9]|二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九元])"
_TO = r" ?(?:至|到|[-~—]) ?"
# 3日元 is money; 5号机组, 5号线 are things.
_NUMBERED = "机线楼文法令院卫车油航码公门舰船井核桥基仓营病球馆厅室站洞台案煤单水决"
_DAY_END = rf"(?:日(?![元圆币内]|本(?![周月报届台]))|号(?![{_NUMBERED}]))"
_NUMBER = r"(?:[0-9]{1,4}|[一二两三四五六七八九十]{1,4}|几|数|多)"
_LENGTH = r"(?:小时|钟头|昼夜|天|日|夜|周|星期|礼拜|月|年)"
_WAR = r"(?:战争|冲突|危机|战事|入侵|侵略|开战|特别军事行动)"
_NEAR_WEEK = r"(?:上上|上|(?<!日)本|这|下)个?"

_KINDS: dict[str, str] = {
    "war": (
        rf"(?:自从|自|从)[^，。；：！？、“”\n]{{0,24}}?{_WAR}[^，。；：！？、\n]{{0,14}}?(?:以来|至今|伊始)"
        r"|(?:俄乌|乌克兰)?(?:战争|冲突|危机|战事)(?:全面)?(?:爆发|开始|发生|升级)(?:之后|后|以来|至今|伊始)"
        r"|(?:俄罗斯|俄军|俄)?(?:全面|大规模)?(?:入侵|侵略)(?:乌克兰)?(?:伊始|以来|至今|之后|后)"
        r"|(?:俄乌|乌克兰)(?:战争|冲突|危机|战事)(?:以来|至今)|开战(?:以来|至今|之后|后|伊始)"
    ),
    "zone": (
        r"(?:当地|本地|北京|莫斯科|基辅|华盛顿|美东|美国东部|欧洲中部|格林尼治|格林威治|世界标准|东京|首尔"
        r"|台北|伦敦)时间"
    ),
    "iso": (
        r"(?<![0-9])[12][0-9]{3}(?P<separator>[-/.])(?:1[0-2]|0?[1-9])(?P=separator)"
        r"(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])"
    ),
    "year": (
        rf"(?<![0-9.,])[12][0-9]{{3}}(?:{_TO}[12][0-9]{{3}})? ?年(?![代级])"
        r"|[一二][〇零一二三四五六七八九]{3}年(?!代)|今年|去年|明年|前年(?!度)|后年|本年度"
    ),
    "month": (
        rf"(?<![0-9第个.每·]){_MONTH}(?:{_TO}{_MONTH})? ?月(?!份额)份?(?![球亮薪经饼票租均收供子花])"
        r"|(?:上|下|本|当|这)个?月(?![球亮薪经])"
    ),
    "quarter": r"(?:第?[一二三四1-4]|首|上|本)个?季度|[上下]半年",
    "part": (
        r"(?<=[年月])年?(?:[初末]|底)(?!始|步|级)|(?<=[年月份])[上中下]旬"
        r"|(?<![0-9一二两三四五六七八九十几数多])(?:[年月](?:初|底|末)|年内)"
        rf"|(?<=年)[{SEASONS}][季天]|[今去明][{SEASONS}]季?|[上中下]旬"
    ),
    "day": rf"(?<![0-9.,:第·]){_DAY}(?:(?:{_TO}|、){_DAY})? ?{_DAY_END}",
    "weekday": (
        rf"(?:{_NEAR_WEEK}|(?<![一二两三四五六七八九十几数每0-9环]))(?:星期|礼拜|周)[一二三四五六日天](?!本|名)"
    ),
    "week": rf"{_NEAR_WEEK}(?:星期|礼拜|周)(?![边围密转])末?|(?<![每一两])周末",
    "relative": (
        r"今[天日](?!俄罗斯|头条|网)|今[晨早晚夜]|昨[天日晚夜晨]|前[天晚](?!会)|明[天日晚早晨]|后天(?!性)"
        r"|当[天日晚夜](?![元制])|同(?:日|一天|天)(?!元)|次[日晨](?!元)|翌日|第二天|隔[天日]|前一[天日晚]"
    ),
    "daypart": (
        r"凌晨|清晨|拂晓|黎明|早晨|早上|早间|清早|上午|中午|正午|午间|下午|午后|傍晚|黄昏|晚间|晚上|夜间|夜里|夜晚"
        r"|深夜|午夜|子夜|半夜|入夜|(?<=[日号天一二三四五六）])(?:晚些时候|晚(?![会宴报年期餐辈点于婚安])"
        r"|夜(?![总色景市幕])|早(?![已就在日期前餐些报有])|晨(?![报跑间])|午(?![餐宴]))"
    ),
    "clock": (
        rf"(?<![0-9:.]){_HOUR} ?"
        rf"(?:时(?![候间代常而至期任段刻尚局])|点钟|点(?=半|许|整|[0-5]?[0-9]分|左右)){_MINUTES}"
        rf"|(?<=[晨午晚上间日])(?:{_HOUR}|[一二三四五六七八九十]{{1,3}}) ?[点时](?![候间]){_MINUTES}"
        rf"|(?<![0-9:]){_HOUR}:[0-5][0-9](?![0-9:])"
    ),
    "overnight": (
        r"连夜|昨[夜晚][至到]?今晨|(?:过去)?(?:一整|整|一)夜(?:之间|间|内|里)?(?=[，。]|[^，。]{0,12}[架枚次击袭炸射])|过去一夜"
        r"|整夜|彻夜|通宵|隔夜(?!利率|拆借)"
    ),
    "past": (
        rf"(?:在)?过去(?:的)? ?(?:整整)?{_NUMBER} ?多?(?:个|整)?(?:半)?{_LENGTH}(?:以来|[里内中间])?"
        rf"|(?<![附靠接将])(?:最近|近) ?{_NUMBER} ?(?:个|整)?{_LENGTH}(?:以来|[里内中来])?"
        r"|(?<![0-9第])(?:一天|一昼夜|24 ?小时|一周)(?:之)?内"
    ),
    "ago": (
        r"(?<![0-9.,过近])(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,4}|几|数|多) ?(?:多个?|个)?半?"
        r"(?:小时|钟头|天|周|星期|礼拜|(?<=个)月|(?<=半)月|年)多?(?:之|以)?前(?![往线后景任进])"
    ),
    "vague": (
        r"(?<!今)日前|近日|近期|近来|此前(?!一[天日晚])|前不久|不久前|不久后|最近|近年来?|近几年|连日来?|稍早前"
        rf"|(?:未来|今后|接下来)(?:的)? ?{_NUMBER} ?(?:个|整)?{_LENGTH}(?:[里内中])?"
    ),
}
_ORDER = (
    *("war", "zone", "ago", "past", "overnight", "vague", "iso", "year", "weekday", "week", "quarter"),
    *("month", "relative", "day", "clock", "part", "daypart"),
)
# The characters a time word may begin with, so that the scanner passes quickly over all others.
_FIRST = (
    "0123456789一二三四五六七八九十两几数多元第自从俄乌战冲危入侵全大开当本北莫基华美欧格世东首台伦"
    "今去明前后上下这年月周星礼昨同次翌隔凌清拂黎早午傍黄晚夜深子半连过整彻通在最近日此不稍未接晨"
    "正中春夏秋冬底末初"
)
SCANNER = re.compile(rf"(?=[{_FIRST}])(?:" + "|".join(f"(?P<{kind}>{_KINDS[kind]})" for kind in _ORDER) + ")")


def _numbers(words: str) -> list[int]:
    """The whole numbers in the words, in order."""
    values = (parse_numeral(n) for n in re.findall(r"[0-9]+|[零〇一二两三四五六七八九十]+", words))
    return [v for v in values if isinstance(v, int)]


def _year(words: str) -> Values:
    if words in YEAR_WORDS:
        return {"year_offset": YEAR_WORDS[words]}, False
    years = _numbers(words)
    if len(years) == 2 and years[0] < years[1]:
        return {"year": years[0], "year_end": years[1]}, False
    return {"year": years[-1]}, False


def _month(words: str) -> Values:
    if words[0] in _NEAR:
        return {"month_offset": _NEAR[words[0]]}, False
    months = _numbers(words.replace("元", "一"))
    if len(months) == 2 and months[0] < months[1]:
        return {"month": months[0], "month_end": months[1]}, False
    return {"month": months[-1]}, False


def _quarter(words: str) -> Values:
    if words.endswith("半年"):
        return {"half": 1 if words[0] == "上" else 2}, False
    if words[0] in "上本":
        return {"quarter_offset": _NEAR[words[0]]}, False
    return {"quarter": 1 if words[0] == "首" else _numbers(words)[0]}, False


def _part(words: str) -> Values:
    """初, 底, 旬 and seasons; 年初 alone stands for this year's, 月底 for this month's."""
    if words[0] in "今去明":
        return {"year_offset": YEAR_WORDS[words[0] + "年"], "part": words[1]}, False
    part = words[:1] if words.endswith("旬") else words[-1].replace("末", "底")
    if words[0] in SEASONS:
        return {"part": words[0]}, False
    if part == "内":
        return {"year_offset": 0}, False
    values: dict[str, Any] = {"part": part} | ({"month_offset": 0} if words[0] == "月" else {})
    return values, words[0] not in "年月"


def _day(words: str) -> Values:
    """5日, 11至13日, 5号; a Chinese single digit (三日) may as well be a duration."""
    days = _numbers(words)
    weak = not words[0].isdecimal() and len(words) == 2
    if len(days) == 2 and days[0] != days[1]:
        return {"day": days[0], "day_end": days[1]}, weak
    return {"day": days[-1]}, weak or words.endswith("号")


def _iso(words: str) -> Values:
    year, month, day = (int(n) for n in re.split(r"[-/.]", words))
    return {"year": year, "month": month, "day": day}, False


def _weekday(words: str) -> Values:
    values: dict[str, Any] = {"weekday": WEEKDAYS[words[-1]]}
    near = re.match(r"上上|[上本这下]", words)
    if near:
        values["week_offset"] = _NEAR[near[0]]
    return values, False


def _week(words: str) -> Values:
    near = re.match(r"上上|[上本这下]", words)
    values: dict[str, Any] = {"week_offset": _NEAR[near[0]]} if near else {}
    if words.endswith("末"):
        values["weekend"] = True
    return values, False


def _relative(words: str) -> Values:
    publication = words in DAY_WORDS
    offset = DAY_WORDS[words] if publication else PASSAGE_WORDS[words]
    values = {"day_offset": offset, "anchor": "publication" if publication else "passage"}
    part = PARTS_OF_DAY.get(words[-1])
    if part:
        values["part_of_day"] = part
    return values, False


def _daypart(words: str) -> Values:
    return {"part_of_day": PARTS_OF_DAY[words]}, len(words) == 1 or words == "晚些时候"


def _clock(words: str) -> Values:
    """The hour as a part of the day; hours after a word (晚8时) do not overrule it."""
    hour = _numbers(words)[0] if _numbers(words) else 12
    part = "dawn" if hour < 6 else "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"
    return {"part_of_day": part}, False


def _length(words: str) -> Values:
    """过去24小时, 三天前: how much of which unit; vague where no number is given (过去几天)."""
    unit = next(_UNITS[u] for u in _UNITS if u in words)
    numbers = _numbers(words)
    if not numbers or "多" in words or "半" in words:
        return {"form": "vague"}, False
    return {"form": "past", "length": numbers[0], "unit": unit}, False


def _ago(words: str) -> Values:
    values, weak = _length(words)
    return (values | {"form": "ago"} if values["form"] == "past" else values), weak


WORD_VALUES: dict[str, Callable[[str], Values]] = {
    "zone": lambda _: ({}, True),
    "iso": _iso,
    "year": _year,
    "month": _month,
    "quarter": _quarter,
    "part": _part,
    "day": _day,
    "weekday": _weekday,
    "week": _week,
    "relative": _relative,
    "daypart": _daypart,
    "clock": _clock,
    "overnight": lambda _: ({"form": "overnight"}, False),
    "past": _length,
    "ago": _ago,
    "vague": lambda _: ({"form": "vague"}, False),
}
