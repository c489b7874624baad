"""How numbers are written in running text: one pattern that finds a numeral with 余, a range, or a word like 数十."""

from __future__ import annotations

import re

from extractors.reading.numerals import ARABIC
from extractors.reading.units import UNIT_STARTS, WHOLE_UNIT_STARTS

TO = r"(?:至|到|[-~—]{1,2})"

_DIGIT = "零〇一二两三四五六七八九壹贰叁柒捌玖"
_BIG = "百千万亿"
# 2200兆瓦 and 12千米 have the prefixes mega and kilo; 三千米 comes to the same either way.
_PREFIXABLE = "兆(?!瓦|赫|字节|比特|欧|帕|焦)|千(?!米|克|瓦|赫|字节|比特|卡(?!车))"
# 肆, 伍, 陆 and 拾 are words as well (放肆, 队伍, 大陆, 收拾): numerals only in the company of their like.
_CHARACTER = (
    rf"[{_DIGIT}廿卅十百万亿仟佰]|(?<=[{_DIGIT}])千|{_PREFIXABLE}|[肆伍陆](?=[拾佰仟])|(?<=[拾佰仟])[肆伍陆]"
    r"|拾(?=[壹贰叁肆伍陆柒捌玖万亿])|(?<=[壹贰叁肆伍陆柒捌玖])拾"
)
# 三点五亿; but 三点五分 and 三点一架 begin with a clock time, and whole things come in no fractions.
_POINT = (
    rf"(?:(?<=[{_DIGIT}十{_BIG}兆])点[{_DIGIT}]++"
    rf"(?![{_DIGIT}十百千分刻钟半国声{WHOLE_UNIT_STARTS.replace('个', '')}]|个(?!百分点))[万亿兆]*)?"
)
# Atomic: a numeral is never given back in parts, which would take exponential time over long runs of digits.
NUMERAL = rf"(?>(?:(?:{ARABIC})(?: ?(?:[百万亿]|{_PREFIXABLE}))?|{_CHARACTER})+){_POINT}"

NUMBER = re.compile(
    rf"(?P<first>{NUMERAL})"
    r"(?: ?(?P<more>多(?![哈瑙特米伦边数方党极样么久大])|余(?![波威下额震热党孽姚地量生音味款])"
    rf"|(?<=[十百千零拾佰仟])几(?![乎内])|(?<=[十百千0])来(?=[万亿{UNIT_STARTS}]))(?P<big>[万亿兆]*)"
    rf"| ?{TO} ?(?P<second>{NUMERAL})(?:[多余](?=[个名人架枚艘辆次座起]))?"
    # 五、六个: neighbours, and only before a unit (一、二类 are labels); 10与20之间
    r"|(?<=[二三四五六七八])、(?P<neighbour>[二三四五六七八九][十百千万亿]*)"
    rf"|[与和](?P<other>{NUMERAL})(?=[^，。；、！？\n]{{0,3}}间))?"
    r"|(?P<vague>成百上千|成千上万|数以(?P<tally>[十百千万亿]+)计"
    r"|(?:好几|(?<![少总人岁次参分指函系代基小])数|几|(?<![以晚加早海路马身船车])上(?=十?[百千万亿])"
    r"|(?<![完达组建形构造变生])成(?=[百千万]))(?P<scale>[十百千万亿]+)[多余]?)"
    r"|(?P<few>好几|若干|(?<![无少多总人岁次参分指函系代偶奇倍小整基])数|几"
    r"|(?<![许很众更最大诸繁居过太增至不好颇么甚偏极较尽])多)"
)
# The characters a number may begin with: a search for them passes quickly over all others.
NUMBER_START = re.compile(rf"[0-9{_DIGIT}廿卅十百千万亿肆伍陆拾好若数几上成多]")
