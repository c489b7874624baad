"""What public tools make of Chinese numbers: run by `read_quantities.py --baselines PYTHON` in another interpreter.

    python3 -m venv ../baselines && ../baselines/bin/pip install --upgrade pip
    ../baselines/bin/pip install --group baselines
    .venv/bin/python tests/benchmarks/read_quantities.py --baselines ../baselines/bin/python

Reads a JSON list of `{"words", "kind", "unit"}` from stdin and writes `{tool: answers}`. An answer is the list of what
the tool may be taken to mean, each `{"value", "high", "qualifiers", "currency"}`, empty where it knows nothing. Tools
that are not installed are named on stderr. Imports nothing of ours, and is read generously: tools that read numerals
only get the numeral alone and without separators, two numbers are taken for a range, all qualifiers are accepted that
may be meant, and a tool that names a currency without its code is taken to mean the one there.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
import warnings
from collections.abc import Callable
from typing import Any

Answers = list[dict[str, Any]]
Tool = Callable[[str, str, str | None], Answers]

NUMERAL = re.compile(
    "[0-9０-９.．,，零〇一二三四五六七八九十百千万亿两兩萬億兆壹贰叁肆伍陆柒捌玖拾佰仟廿卅点]+"
)
SEPARATOR = re.compile(r"[,，](?=[0-9０-９]{3})|(?<=[0-9０-９]) (?=[0-9万亿])")
ANY_CURRENCY = "any"  # of a tool that knows none, or does not give its code
CURRENCIES = {
    "元": "CNY", "人民币": "CNY", "美元": "USD", "欧元": "EUR", "英镑": "GBP", "日元": "JPY", "港元": "HKD", "港币": "HKD",
    "澳元": "AUD", "加元": "CAD", "加拿大元": "CAD", "新加坡元": "SGD", "新西兰元": "NZD", "新台币": "TWD", "台币": "TWD",
    "韩元": "KRW", "卢布": "RUB", "泰铢": "THB", "瑞士法郎": "CHF", "瑞典克朗": "SEK", "挪威克朗": "NOK", "丹麦克朗": "DKK",
    "澳门元": "MOP", "菲律宾比索": "PHP", "林吉特": "MYR", "印度卢比": "INR", "卢比": "INR", "越南盾": "VND", "印尼盾": "IDR",
    "日币": "JPY", "韩币": "KRW", "美金": "USD", "澳币": "AUD", "加币": "CAD", "镑": "GBP",
}  # fmt: skip


def meaning(value: float, high: float | None, qualifiers: list[str], currency: str | None) -> dict[str, Any]:
    """One thing that a tool may mean."""
    return {"value": value, "high": high, "qualifiers": qualifiers, "currency": currency}


def recognizers() -> Tool:
    """Recognizers-Text: numbers, ordinals and currencies; the Python edition has no ranges and no qualifiers."""
    numbers = importlib.import_module("recognizers_number")
    units = importlib.import_module("recognizers_number_with_unit")
    chinese = numbers.Culture.Chinese
    recognize = {
        "number": numbers.recognize_number,
        "ordinal": numbers.recognize_ordinal,
        "money": units.recognize_currency,
    }

    def ask(words: str, kind: str, unit: str | None) -> Answers:
        found = recognize[kind](words, chinese)
        told = [one.resolution for one in found if not any(_is_part(one, other) for other in found)]
        values = [float(one["value"]) for one in told if one and one.get("value")]
        currency = (told[0].get("isoCurrency") or ANY_CURRENCY) if told else None
        if len(values) == 2:
            return [meaning(values[0], values[1], ["range"], currency)]
        return [meaning(values[0], None, ["exact"], currency)] if len(values) == 1 else []

    return ask


def _is_part(one: Any, other: Any) -> bool:
    """Whether an entity is told again within a longer one: $5 of $5亿."""
    return one.text != other.text and other.start <= one.start and one.end <= other.end


def cn2an() -> Tool:
    """cn2an: the value of a numeral; knows no currencies, so the one there is taken to be meant."""
    tool = importlib.import_module("cn2an")

    def ask(words: str, kind: str, unit: str | None) -> Answers:
        numerals = NUMERAL.findall(SEPARATOR.sub("", words))
        values = [float(tool.cn2an(numeral, "smart")) for numeral in numerals]
        if len(values) == 2:
            return [meaning(values[0], values[1], ["range"], ANY_CURRENCY)]
        return [meaning(values[0], None, ["exact"], ANY_CURRENCY)] if len(values) == 1 else []

    return ask


def jionlp() -> Tool:
    """JioNLP: reads money, so counts are asked for in yuan; blur+ and blur- stand for all one-sided qualifiers."""
    tool = importlib.import_module("jionlp")
    qualifiers = {
        "accurate": ["exact"],
        "blur": ["about"],
        "blur+": ["at_least", "more_than"],
        "blur-": ["nearly", "less_than", "up_to"],
    }

    def ask(words: str, kind: str, unit: str | None) -> Answers:
        if kind != "money":
            plain = words.replace(unit, "") if unit else words
            words = (plain if kind == "number" else "".join(NUMERAL.findall(plain))) + "元"
        told = tool.parse_money(words)
        currency = CURRENCIES.get(told["case"])
        if isinstance(told["num"], str):
            return [meaning(float(told["num"]), None, qualifiers[told["definition"]], currency)]
        low, high = map(float, told["num"])
        return [meaning(low, high, ["range", "more_than"], currency)]

    return ask


TOOLS: dict[str, Callable[[], Tool]] = {"Recognizers-Text": recognizers, "cn2an": cn2an, "JioNLP": jionlp}


def answers(tool: Tool, questions: list[dict[str, Any]]) -> list[Answers]:
    """A tool's answer to every question; what it raises on, it does not know."""
    found: list[Answers] = []
    for question in questions:
        try:
            found.append(tool(question["words"], question["kind"], question["unit"]))
        except Exception:  # noqa: BLE001 - these tools raise errors of all types on words they do not know
            found.append([])
    return found


def main() -> None:
    """Answer the questions on stdin."""
    questions = json.load(sys.stdin)
    told: dict[str, list[Answers]] = {}
    warnings.simplefilter("ignore")
    out, sys.stdout = sys.stdout, sys.stderr  # some print a greeting when imported
    for name, opened in TOOLS.items():
        try:
            tool = opened()
        except ImportError as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
            continue
        told[name] = answers(tool, questions)
    json.dump(told, out)


if __name__ == "__main__":
    main()
