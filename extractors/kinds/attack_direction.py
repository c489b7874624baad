"""Who attacked whom: read from the words, else by reversal – what one side shoots down is the other's."""

from __future__ import annotations

import re

from extractors.kinds.attack_numbers import Found
from extractors.kinds.sides import opponent
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.lexicon import capitals
from extractors.reading.mention import MentionType, side_code

SIDE, PLACE, TIME = (SYMBOLS[kind] for kind in (MentionType.SIDE, MentionType.PLACE, MentionType.TIME))
PARTIES = SIDE + SYMBOLS[MentionType.ORGANISATION] + SYMBOLS[MentionType.PERSON]
COMING = re.compile(rf"来自(?P<who>[{PARTIES}])")
PASSIVE = re.compile("遭|受到|被")
AIMED = re.compile(
    rf"(?:向|对|往|射向|飞向|飞往|攻击|袭击|打击|空袭|瞄准|轰炸|目标是)(?:着|了)?[^，。；]{{0,6}}?(?P<who>[{SIDE}{PLACE}])"
)
# Words behind which a party is an object, and openings before which a capital is a party (莫斯科向…发射).
OBJECT_MARKS = set(SYMBOLS[MentionType.COUNT] + "对向往给击落毁退袭攻了为于在将把与")
OPENERS = {"", *"，。；：、说称道", TIME}


def direction(context: Context, item: Found, claimant_side: str | None) -> tuple[str | None, str | None]:
    """Attacker and target of a count: from the words, else by reversal – what one side shoots down is the other's."""
    sender = item.attacker or _sender(item)
    if item.defence:
        return _shot_down(context, item, sender, claimant_side)
    if PASSIVE.search(
        context.reading.folded, context.clause(item.sentence, *item.stretch)[0], item.count.start
    ):
        return _suffered(context, item, sender, claimant_side)
    attacker = sender or _subject(context, item)
    aimed = [side for side in _aimed_at(context, item) if side != attacker]
    target = aimed[0] if aimed else opponent(attacker, context)
    return attacker or opponent(target, context), target


def _shot_down(
    context: Context, item: Found, sender: str | None, claimant_side: str | None
) -> tuple[str | None, str | None]:
    """Told from the side that shoots: it defends itself against the sender, or against its enemy."""
    acting = next((side for side in (_agent(item), _subject(context, item)) if side and side != sender), None)
    defender = acting or (claimant_side if claimant_side != sender else None)
    attacker = sender or opponent(defender, context)
    if attacker is None and claimant_side != defender:
        attacker = opponent(claimant_side, context)
    target = defender if acting or opponent(attacker, context) is None else opponent(attacker, context)
    return attacker, target if target != attacker else None


def _suffered(
    context: Context, item: Found, sender: str | None, claimant_side: str | None
) -> tuple[str | None, str | None]:
    """Told from the side that is hit (基辅遭三枚导弹袭击): the sender is named, or plain, or nobody."""
    places = [
        code
        for mention in item.sentence.mentions
        if mention.start < item.count.start and (code := side_code(mention)) and code != sender
        and mention.type in (MentionType.PLACE, MentionType.SIDE)
    ]  # fmt: skip
    target = places[-1] if places else claimant_side if claimant_side != sender else opponent(sender, context)
    plain = opponent(target, context) if target in ("RU", "UA") else None
    return sender or plain, target


def _sender(item: Found) -> str | None:
    """Where the weapons came from, as the words say: 来自黎巴嫩方向的一架无人机, 从也门发射."""
    text = item.sentence.encoded
    for found in COMING.finditer(text.text):
        mention = text.mentions[found.start("who")]
        if mention is not None and item.stretch[0] - 12 <= mention.start < item.stretch[1] + 12:
            return side_code(mention)
    return None


def _subject(context: Context, item: Found) -> str | None:
    """The party that acts: the one named in the verb's own clause, else the first one of the sentence."""
    claim = context.claim(item.sentence, item.stretch[0])
    floor = item.sentence.start
    if claim and claim.end == item.sentence.end and item.sentence.start <= claim.start <= item.stretch[0]:
        floor = claim.start
    clause = max(floor, context.clause(item.sentence, *item.stretch)[0])
    own = _acting(item.sentence, clause, item.stretch[0])
    earlier = _acting(item.sentence, floor, clause)
    return own[-1] if own else earlier[0] if earlier else None


def _acting(sentence: Sentence, start: int, end: int) -> list[str]:
    """Parties between two offsets that can be the subject: not behind 对, 打击, 的 and the like."""
    text = sentence.encoded
    found = []
    for position, mention in enumerate(text.mentions):
        if (
            mention is None
            or not start <= mention.start < end
            or text.text[position - 1 : position] in OBJECT_MARKS
        ):
            continue
        if mention.type is MentionType.PLACE:
            code = capitals().get(mention.words) if text.text[position - 1 : position] in OPENERS else None
        else:
            code = side_code(mention) if text.text[position] in PARTIES else None
        if code:
            found.append(code)
    return found


def _agent(item: Found) -> str | None:
    """Who downed it in a passive clause: 被俄防空系统击落."""
    text = item.sentence.encoded
    for found in re.finditer(f"[被遭由][^，。；]{{0,4}}?([{PARTIES}])", text.text):
        mention = text.mentions[found.start(1)]
        if mention is not None and item.stretch[0] <= mention.start < item.stretch[1]:
            return side_code(mention)
    return None


def _aimed_at(context: Context, item: Found) -> list[str]:
    """Sides the weapons were sent against: 向乌克兰发射, 袭击莫斯科."""
    text = item.sentence.encoded
    found = []
    for match in AIMED.finditer(text.text):
        mention = text.mentions[match.start("who")]
        code = side_code(mention) if mention is not None else None
        if code:
            found.append(code)
    places = [side_code(m) for m in item.sentence.mentions if m.type is MentionType.PLACE]
    return found + [code for code in places if code]
