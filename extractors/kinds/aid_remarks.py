"""General remarks on help (西方一直向乌克兰提供武器), told from particular announcements by the words of the sentence.

Both are made of the same words in the same order, and only particular announcements are records. Which one a sentence without a
sum is shows in many weak signs together, which a linear model weighs (`extractors/model/remarks.json`, trained as
`extractors/model/README.md` tells).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from extractors.confidence.symbols import HOME, runs, runs_around, symbols_of
from extractors.kinds.aid_codes import parties_in
from extractors.kinds.aid_things import object_end, things
from extractors.layers.context import Context, Draft
from extractors.linear import LinearModel, load
from extractors.reading.document import Sentence
from extractors.reading.lexicon_files import MODEL
from extractors.reading.mention import MentionType

MODELS = ("particular",)
# Under this probability of being a particular announcement a sentence is a remark.
REMARK = 0.2
# Words of giving, the surest first: a sentence is read around the first of the surest ones it has.
GIVING = (
    re.compile("提供|捐赠|赠送|捐助|捐献|援助|支援|捐款"),
    re.compile("运送|运抵|运往|送往|送达|交付|移交|供应|供给|派遣|派出|部署|输送|资助|给予|供武|援乌|军援|分发|发放"),
    re.compile("培训|训练|捐|赠|送|援"),
    re.compile("贷款|拨款|物资|武器|装备|支持|帮助|弹药|导弹|坦克"),
)  # fmt: skip
MARKS = "，。；！？"
# Longer sentences are lists; what they say of help no sum of words tells.
LONGEST = 600
MONEY = f"〈{MentionType.MONEY}〉"
MANY = 4


@lru_cache(maxsize=1)
def _models() -> Mapping[str, LinearModel]:
    return load(MODEL / "remarks.json", MODELS)


def without_remarks(context: Context, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without those of general remarks; one without a sum has its likelihood."""
    return [rated for draft in drafts if (rated := _rated(context, draft)) is not None]


def _rated(context: Context, draft: Draft) -> Draft | None:
    sentence = context.reading.sentence_at(draft.evidence[0][0])
    features = features_of_giving(context, sentence) if sentence is not None else set()
    if draft.slots["amount"] is not None or not features:
        return draft
    likely = _models()["particular"].probability(features)
    return replace(draft, likelihood=likely) if likely >= REMARK else None


def features_of_giving(context: Context, sentence: Sentence) -> set[str]:
    """What tells whether a sentence announces particular help; nothing where it has no word of giving, or is a list."""
    if sentence.end - sentence.start > LONGEST:
        return set()
    for words in GIVING:
        found = words.search(sentence.encoded.text)
        if found is not None:
            return set(_features(context, sentence, *found.span()))
    return set()


def _features(context: Context, sentence: Sentence, at: int, end: int) -> Iterator[str]:
    """The features of a sentence around the word of giving between two encoded positions."""
    encoded, symbols = sentence.encoded, symbols_of(sentence)
    first = next((i + 1 for i in range(at - 1, -1, -1) if symbols[i] in MARKS), 0)
    last = next((i for i in range(end, len(symbols)) if symbols[i] in MARKS), len(symbols))
    before, behind = symbols[first:at], symbols[end:last]
    yield f"word {''.join(symbols[at:end])}"
    for size in (1, 2, 3):
        yield f"ends {size}: {''.join(before[-size:])}"
        yield f"begins {size}: {''.join(behind[:size])}"
    yield from runs("before", before, (1, 2))
    yield from runs("behind", behind, (1, 2))
    yield from runs_around(context.reading, sentence)
    named = things(context.reading, encoded, end, object_end(encoded.text, end))
    yield f"things {min(MANY - 1, sum(1 for _ in named))}"
    codes = parties_in(context, encoded, 0, len(encoded.text))
    yield f"parties {min(MANY, len(codes))}"
    yield "home" if HOME in codes else "abroad"
    yield "heading" if sentence.heading else "body"
    yield f"sums {min(2, symbols.count(MONEY))}"
    yield f"clauses {min(MANY, sum(symbol in MARKS for symbol in symbols))}"
