"""At which stage the bill is that a sum or a statement belongs to: passed, or still before parliament."""

from __future__ import annotations

import re

from extractors.layers.context import Context
from extractors.reading.document import Sentence

BILL = re.compile("法案|议案|提案|草案|立法(?!院|委员|者|机构|会)|预算案|支出案|拨款案")
# The bill itself is what gives: 该立法将向…提供.
GIVES = re.compile(
    f"(?:{BILL.pattern})(?:文本)?(?:中|里|还|也)?(?:将|拟|旨在|授权|计划|包括|包含|涵盖|为|向)"
)
PASSED = re.compile(
    "(?:通过|签署|批准)了|已(?:经)?(?:获|正式)?(?:通过|签署|批准|成为法律)|获(?:得)?(?:通过|批准)|(?:通过|签署|批准)(?=[^，。]{0,24}(?:法案|议案|提案|法令|预算案))"
)
NOT_PASSED = re.compile(
    "(?:未|没有|尚待|等待|推动|呼吁|敦促|希望|争取|要求|如果|一旦|需要?|能否|将|可能|预计|计划|准备|拟|若|才能|之前|以前)[^，。]{0,16}(?:通过|签署|批准|表决|投票)"
)
# How many sentences back a bill may be named.
REACH = 3


def bill_stage(context: Context, sentence: Sentence) -> str | None:
    """The stage of the bill that a sentence or those before it in the passage tell of, `None` where they tell of none."""
    for told in (sentence, *reversed(context.reading.before(sentence, REACH))):
        text = told.encoded.text
        if BILL.search(text):
            passed = PASSED.search(text) is not None and NOT_PASSED.search(text) is None
            return "approved" if passed else "proposed"
    return None


def is_given_by_bill(text: str, first: int, last: int) -> bool:
    """True where the encoded stretch before a giving has a bill as what gives: 该立法将向…提供."""
    return GIVES.search(text, first, last) is not None
