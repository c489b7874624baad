"""A package named in one sentence whose parts later ones tell: 其中70亿克朗用于…, 该法案包括对乌克兰的610亿美元援助.

The package stays open while the sentences behind it go on about it: it says who gives, to whom, at which stage and on whose
word; each further sum of such a sentence is a part of it, with a recipient of its own where one is named beside the sum.
A bill or budget opens a package also where it names nobody who receives (950亿美元的援外法案): its parts may.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractors.kinds.aid_amounts import helps
from extractors.kinds.aid_codes import UNIONS, channels, is_bare, is_receiver, is_unnamed, parties_in
from extractors.kinds.aid_donors_told import usual_giver
from extractors.kinds.aid_parties import donors_before
from extractors.kinds.aid_scope import BRINGS
from extractors.kinds.aid_sorts import aid_type
from extractors.kinds.aid_stage import stage_of
from extractors.kinds.aid_things import MONEY, ORDINAL
from extractors.layers.context import Context, Draft
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType

PARTIES = "".join(SYMBOLS[kind] for kind in (MentionType.SIDE, MentionType.ORGANISATION, MentionType.PLACE))
SPEAKERS = PARTIES + SYMBOLS[MentionType.PERSON]
WHOLE = "(?:法案|议案|提案|预算案?|计划|方案|一揽子|援助|军援|拨款|资金|款项|贷款|协议|请求|配套|基金|安排)"
SAID = "(?:[^，。]{0,20}?(?:称|说|表示|指出|透露|显示|报道|介绍)，)?"
HOLDS = "(?:将|还|也|主要|总共|共|分别)*(?:包括|包含|涵盖|含有?|内含|分为|纳入|提供|拨出|拨款|划拨|拨|用于|分配|使用|安排|有)"
# A sentence goes on about the whole: 其中…, 该法案包括…, 援助将….
PART = re.compile(
    f"^{SAID}(?:(?:在|而|这)?(?:其中|当中)|这些?(?:主要)?(?:包括|包含)|(?:[该这项份]*)(?:法案|方案|计划|提案|协议)(?:当?中|里)，|(?:该|这|此|上述|新的?|最新的?|整个)[项笔份个揽子一新]*[^，。{MONEY}]{{0,12}}?{WHOLE}"
    f"[^，。{MONEY}]{{0,8}}?{HOLDS}|(?:援助|军援|具体|内容|{WHOLE})[^，。{PARTIES}{MONEY}]{{0,6}}?{HOLDS}|"
    f"(?:首|第[一二三四])[笔批期]|其余|余下|剩余|剩下|余额|{ORDINAL}[^，。]{{0,6}}?{MONEY})"
)
# A payment of the whole that is still to come: 首笔6000万美元将于8月拨付.
TRANCHE = re.compile(f"(?:首|第[一二三四])[笔批期]|其余|余下|剩余|剩下|余额|{ORDINAL}")
AHEAD = re.compile(f"(?:将|预计|计划|拟)(?:于|在)?{SYMBOLS[MentionType.TIME]}")
# The same within a sentence: …法案，其中200亿美元为军援.
INNER = re.compile(f"[，；：](?:而)?(?:其中|当中)|，(?:包括|分为|含)(?=[^。]*{MONEY}[^。]*{MONEY})")
# Or adds to it, unless somebody else gives: 另外50亿克朗…, 额外85亿美元的经济援助.
MORE = re.compile(
    f"^(?:另外|此外|另有|另|还有|以及|再加上|外加|同时)[，还将会有]*(?:包括|提供|有)?[^，。{SPEAKERS}{MONEY}]{{0,8}}?{MONEY}|"
    f"^(?:额外的?|约|近)?{MONEY}的?[^，。{SPEAKERS}]{{0,16}}?(?:援助|支持|贷款|赠款|支援|(?:将|会|则)?(?:主要)?(?:用于|用来|用以|作为|投向|投入|拨给))"
)
# A sum that is no part: the total, what it is compared with, what stays at home.
NO_PART = re.compile(
    "(?:总额|总计|共计|合计|累计|总共|规模|总值|总价值)[^，。]{0,6}$|(?:超过|超出|高于|低于|多于|少于|多出|相当于|增至|增加到|达到?)[^，。]{0,4}$"
)
AT_HOME = re.compile(
    "边境|边界|国内|本国|本土|移民|补充[^，。]{0,10}(?:库存|军备|储备)|重新补|美军|产能|工业基础"
)
# Who gives a part of what many give: 其中德国承诺10亿欧元.
OF_DONOR = re.compile(
    f"(?:[，；、]|其中|当中|而|另外?|以及|和|包括)*(?P<who>[{PARTIES}])(?:政府|方面)?(?:也|则|将|已|各|再)*"
    f"(?:认捐|承诺|捐[助出款赠]?|出资|提供|拨款|贡献|拿出|占|为)?了?{MONEY}"
)
BESIDE = re.compile("[，；、]|(?<=的)$")
# What opens a package without a recipient: sums of bills and budgets.
BILL = re.compile(
    f"{MONEY}[^，。；]{{0,20}}?(?:援外|援助|援款|外援|拨款|支出|补充|紧急|追加|国防)"
    "[^，。；]{0,12}?(?:法案|议案|提案|请求|预算案|方案|计划|资金)"
)
LAWS = re.compile("国会|议会|众议院|参议院|白宫|政府|内阁|立法院|总统|总理|首相")
# How many sentences a package stays open that nothing is said of.
REACH = 2


@dataclass(frozen=True)
class Package:
    """Who gives what to whom, at which stage and on whose word; told last in the sentence of that index."""

    told: int
    passage: int
    draft: Draft

    def is_open(self, sentence: Sentence) -> bool:
        """True where a sentence may still go on about it."""
        same = sentence.passage == self.passage or self.told == 0  # the title tells of the text below it
        return same and 0 < sentence.index - self.told <= REACH


def opened_by(sentence: Sentence, drafts: list[Draft]) -> Package | None:
    """The package that the statements of a sentence open: the first with a sum, else the first of them."""
    sums = [draft for draft in drafts if draft.slots["amount"] is not None]
    single = [draft for draft in (*sums, *drafts) if draft.slots["scope"] != "cumulative"]
    opening = next(iter([*single, *drafts]), None)
    return None if opening is None else Package(sentence.index, sentence.passage, opening)


def opened_by_bill(context: Context, sentence: Sentence) -> Package | None:
    """The package of a bill or budget that names nobody who receives: 众议院通过了950亿美元的援外法案."""
    text, encoded = sentence.encoded.text, sentence.encoded
    bill = BILL.search(text) if MONEY in text else None
    if bill is None:
        return None
    donors = donors_before(context.reading, sentence, bill.start(), (), firm=True)
    donors = donors if any(code.isascii() for code in donors) else usual_giver(context, ())
    if not donors or not LAWS.search("".join(m.words for m in encoded.mentions_in(0, bill.start()))):
        return None
    claim = context.claim(sentence, encoded.starts[bill.start()])
    verb = claim.verb if claim is not None and claim.start >= sentence.start else ""
    stage, modality = stage_of(
        "", text[: bill.start()], "", text[bill.start() :], verb, counted=True, so_far=False
    )
    if stage is None:
        return None
    if stage == "requested":
        stage = "proposed"
    slots = {
        "donors": donors,
        "recipients": (),
        "aid_type": "unspecified",
        "stage": stage,
        "amount": encoded.mentions[bill.start()].value,  # type: ignore[union-attr]
        "scope": "package",
        "package_number": None,
        "items": (),
    }
    when = context.period(sentence, sentence.start, encoded.ends[bill.end() - 1])
    draft = Draft(
        "aid_announcement",
        "aid_announcement/part",
        ((sentence.start, sentence.end),),
        slots,
        None,
        modality,
        when,
    )
    return Package(sentence.index, sentence.passage, draft)


def parts_told(context: Context, sentence: Sentence, package: Package) -> list[Draft]:
    """The parts of an open package that a sentence tells, none where it does not go on about it."""
    text = sentence.encoded.text
    if MONEY not in text or not (PART.match(text) or MORE.match(text)):
        return []
    return list(_parts(context, sentence, package))


def parts_within(
    context: Context, sentence: Sentence, told: Sequence[Draft], package: Package | None
) -> tuple[list[Draft], list[Draft]]:
    """The parts of a package that the sentence itself names, and what is told of it besides them.

    签署400亿美元援乌法案，其中200亿美元为军援: the statements read from the tail give way to its parts.
    """
    text, encoded = sentence.encoded.text, sentence.encoded
    inner = INNER.search(text) if text.count(MONEY) > 1 else None
    tail = inner.start() if inner else len(text)
    if MONEY not in text[:tail] or MONEY not in text[tail:]:
        return [], list(told)
    sums = [
        mention.value for mention in encoded.mentions_in(tail, len(text)) if mention.type is MentionType.MONEY
    ]
    kept = [draft for draft in told if draft.slots["amount"] not in sums]
    opened = opened_by(sentence, kept) or opened_by_bill(context, sentence) or package
    if opened is None or not (kept or opened.told == sentence.index):
        return [], list(told)
    parts = list(_parts(context, sentence, opened, tail))
    whole = [
        _for_all(context, sentence, _without_tail(context, sentence, d, tail), parts, tail) for d in kept
    ]
    return (parts, whole) if parts else ([], list(told))


def _for_all(context: Context, sentence: Sentence, draft: Draft, parts: Sequence[Draft], tail: int) -> Draft:
    """A whole that itself names nobody who receives, for all whom its parts name: 12亿美元，其中10亿给A，2亿给B."""
    named = parties_in(context, sentence.encoded, 0, tail)
    if set(draft.slots["recipients"]) & set(named):
        return draft
    received = dict.fromkeys(code for part in parts for code in part.slots["recipients"])
    return replace(draft, slots={**draft.slots, "recipients": tuple(received)})


def _without_tail(context: Context, sentence: Sentence, draft: Draft, tail: int) -> Draft:
    """A whole without what only its parts say: its words, and its sort by them."""
    start, end = draft.evidence[0]
    stop = sentence.encoded.ends[tail - 1]
    if not start < stop < end:
        return draft
    sort = aid_type(context.reading.folded[start:stop], draft.slots["donors"])
    return replace(
        draft, slots={**draft.slots, "aid_type": sort}, evidence=((start, stop), *draft.evidence[1:])
    )


def _parts(context: Context, sentence: Sentence, package: Package, begin: int = 0) -> Iterator[Draft]:
    encoded, head = sentence.encoded, package.draft
    for first, at, last in stretches(encoded.text):
        if at < begin:
            continue
        money = encoded.mentions[at]
        if money is None or money.value == head.slots["amount"] or NO_PART.search(encoded.text[:at]):
            continue
        if AT_HOME.search(context.reading.folded, *encoded.span(first, last)):
            continue
        donors = _donor_of_part(context, sentence, first, at, head)
        recipients = () if donors else recipients_of_part(context, sentence, first, last, head)
        recipients = recipients or (tuple(head.slots["recipients"]) if donors else ())
        if not recipients:
            continue
        start, end = encoded.span(first, last)
        words = context.reading.folded[start:end]
        parcel = helps(context.reading, encoded, first, last)[0]
        slots = {
            **head.slots,
            "donors": donors or head.slots["donors"],
            "recipients": tuple(map(context.reading.as_written, recipients)),
            "aid_type": sort_of_part(words, head),
            "amount": money.value,
            "package_number": None,
            "items": tuple(dict.fromkeys(context.reading.words(*item) for item in parcel.items)),
            "scope": _scope_of_part(context, sentence, package),
        }
        said = context.claim(sentence, start)
        claimed_by = head.claimed_by
        if (
            said is not None
            and said.start >= sentence.start
            and not is_bare(said.speaker, head.slots["donors"])
        ):
            claimed_by = context.claimant(sentence, start)
        when, modality = head.when, head.modality
        if TRANCHE.match(encoded.text, first) and AHEAD.search(encoded.text, first, last):
            slots["stage"], modality = "planned", "planned"
            when = context.period(sentence, start, end, future=True) or when
        yield replace(
            head,
            claimed_by=claimed_by,
            found_by="aid_announcement/part",
            slots=slots,
            evidence=((start, end),),
            when=when,
            modality=modality,
        )


def _donor_of_part(context: Context, sentence: Sentence, first: int, at: int, head: Draft) -> tuple[str, ...]:
    """Whose part of a pledge of many a sum is: 各方认捐75亿欧元，其中德国10亿欧元，美国6亿美元."""
    many = all(is_unnamed(code) or code in UNIONS for code in head.slots["donors"])
    found = OF_DONOR.match(sentence.encoded.text, first, at + 1) if many else None
    if found is None:
        return ()
    named = parties_in(context, sentence.encoded, *found.span("who"))
    return tuple(code for code in named if code not in head.slots["recipients"])


def _scope_of_part(context: Context, sentence: Sentence, package: Package) -> str:
    """A part of what was given so far was given so far too, but not of the help that brings the total there."""
    within = package.told == sentence.index or PART.match(sentence.encoded.text) is not None
    so_far = package.draft.slots["scope"] == "cumulative" and within
    brought = so_far and BRINGS.search(context.reading.folded, sentence.start, sentence.end)
    return "cumulative" if so_far and not brought else "package"


def sort_of_part(words: str, head: Draft) -> str:
    named = aid_type(words, ())
    return str(head.slots["aid_type"]) if named == "unspecified" and "项目" not in words else named


def stretches(text: str) -> Iterator[tuple[int, int, int]]:
    """For each sum of a sentence: where what is said of it begins, the sum, and where that ends."""
    sums = [found.start() for found in re.finditer(MONEY, text)]
    first = 0
    for number, at in enumerate(sums):
        marks = [i for i in range(first, at) if text[i] in "，；、"]
        first = marks[-1] + 1 if marks else first
        following = sums[number + 1] if number + 1 < len(sums) else None
        if following is None:
            last = len(text.rstrip("。！？；"))
        else:
            between = [i for i in range(at, following) if text[i] in "，；、"]
            joined = re.search("(?:以及|和|及|与)(?=[^，；、]*$)", text[at:following])
            last = between[-1] if between else at + joined.start() if joined else following
        yield first, at, last
        first = last


def recipients_of_part(
    context: Context, sentence: Sentence, first: int, last: int, head: Draft
) -> tuple[str, ...]:
    """Who receives a part: named beside its sum, else as the package has it."""
    named = tuple(
        code
        for code in parties_in(context, sentence.encoded, first, last)
        if code not in head.slots["donors"]
        and code not in channels()
        and (is_receiver((code,)) or code in head.slots["recipients"])
    )
    return named or tuple(head.slots["recipients"])
