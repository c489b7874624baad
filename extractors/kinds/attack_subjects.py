"""Who acts in the clause of a count: a party by name, the one who speaks (该武装), the enemy, a militia, nobody."""

from __future__ import annotations

import re

from extractors.kinds.attack_aims import OBJECT
from extractors.kinds.attack_numbers import Found
from extractors.kinds.attack_sides import AFAR, enemy
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.lexicon import capitals, short_side_codes
from extractors.reading.mention import Mention, MentionType, side_code

TIME = SYMBOLS[MentionType.TIME]
PARTIES = "".join(SYMBOLS[kind] for kind in (MentionType.SIDE, MentionType.ORGANISATION, MentionType.PERSON))
# Somebody without a name, and whoever spoke: 袭击者使用…, 该武装向….
UNNAMED = re.compile(
    "(?P<militia>民兵(?:武装人员|武装组织|武装|组织))|袭击者|不明身份|身份不明|武装分子|武装人员|民兵|恐怖分子|不明|联军|盟军"
)
# Not the state: 伊拉克民兵武装.
MILITIA = re.compile("民兵(?:武装人员|武装组织|武装|组织)|反对派武装|反政府武装|叛军|武装组织")
SPEAKING = re.compile("(?:该武装|该组织|该团体|该运动|其武装|其成员|其部队|其(?![中他余间次])|我方|我军)")
ENEMY = re.compile("敌军|敌方|敌人|占领军|占领者|侵略者|入侵者|侵略军")
MADE = {"制", "产", "造"}  # 美制火箭炮
# Words behind which a party is an object, and openings before which a capital is a party (莫斯科向…发射).
OBJECT_MARKS = set(SYMBOLS[MentionType.COUNT] + "对向往给击落毁退袭攻了为于在将把与有")
# 从也门发射: where it came from; but 从俄罗斯战机发射.
WHENCE = {"从", "自"}
PLATFORM = re.compile("[^，。；]{0,4}(?:机|舰|艇|潜艇|船|基地)")
OPENERS = {"", *"，。；：、说称道", TIME}


def subject(context: Context, item: Found, claimant_side: str | None) -> tuple[str | None, bool, bool]:
    """The party that acts, whether somebody does that the words leave without a name, and whether the clause says so.

    The one named in the verb's own clause before its object, else the first one of the sentence.
    """
    claim = context.claim(item.sentence, item.stretch[0])
    floor = item.sentence.start
    if claim and claim.end == item.sentence.end and item.sentence.start <= claim.start <= item.stretch[0]:
        floor = claim.start
    clause = max(floor, context.clause(item.sentence, *item.stretch)[0])
    folded = context.reading.folded
    aimed = OBJECT.search(folded, clause, item.stretch[0])
    own = _acting(context, item.sentence, clause, aimed.start() if aimed else item.stretch[0])
    if own:
        return own[-1], False, True
    opening = _behind_times(item.sentence, clause)
    if SPEAKING.match(folded, opening):
        return claimant_side, False, True
    unnamed = UNNAMED.search(folded, clause, aimed.start() if aimed else item.stretch[0])
    if unnamed:
        return context.reading.words(*unnamed.span()) if unnamed["militia"] else None, True, True
    if folded.startswith("他们", opening):
        return (claimant_side if claimant_side in AFAR else None), True, True
    if ENEMY.match(folded, opening):
        return enemy(context, item.sentence, claimant_side), False, True
    earlier = _acting(context, item.sentence, floor, clause, opening=True)
    if not earlier and claimant_side not in AFAR:
        earlier = _acting(context, item.sentence, floor, clause)
    return (earlier[0] if earlier else None), False, False


def _behind_times(sentence: Sentence, start: int) -> int:
    """The offset behind the times that open a clause: 当天早些时候，该武装."""
    for mention in sentence.mentions:
        if mention.type is MentionType.TIME and mention.start == start:
            return mention.end
    return start


def _acting(
    context: Context, sentence: Sentence, start: int, end: int, *, opening: bool = False
) -> list[str]:
    """Parties between two offsets that can be the subject: not behind 对, 打击, 的 and the like.

    Of a pair that acts together (美英, 美国和英国) the first stands for both. `opening`: only those that open a clause.
    """
    text = sentence.encoded
    found: list[str] = []
    before: Mention | None = None
    for position, mention in enumerate(text.mentions):
        if (
            mention is None
            or not start <= mention.start < end
            or text.text[position - 1 : position] in OBJECT_MARKS
            or text.text[position + 1 : position + 2] in MADE
            or (text.text[position - 1 : position] in WHENCE and not PLATFORM.match(text.text, position + 1))
        ) or (opening and text.text[position - 1 : position] not in OPENERS):
            continue
        if mention.type is MentionType.PLACE:
            code = capitals().get(mention.words) if text.text[position - 1 : position] in OPENERS else None
        else:
            code = party(context, mention) if text.text[position] in PARTIES else None
        between = context.reading.folded[before.end : mention.start] if before is not None else "."
        paired = mention.type is MentionType.SIDE and between in ("", "和", "与", "、")
        if code and not paired:
            found.append(code)
        before = mention if code and mention.type is MentionType.SIDE else None
    return found


def acting_before(context: Context, item: Found) -> str | None:
    """Who acts in the sentences before, where the words name nobody (防空部队击落…, behind 乌军击退…)."""
    for sentence in reversed(context.reading.before(item.sentence, 2)):
        acting = _acting(context, sentence, sentence.start, sentence.end)
        if acting:
            return acting[0] if enemy(context, sentence, acting[0]) else None
    return None


def party(context: Context, mention: Mention) -> str | None:
    """The side of a party; of joint forces that no lexicon has (美英联军), of the one named first; militias as written."""
    code = side_code(mention)
    militia = MILITIA.match(context.reading.folded, mention.end) if mention.type is MentionType.SIDE else None
    if militia and context.reading.folded[militia.end() : militia.end() + 1] not in ("“", "（"):
        return context.reading.words(mention.start, militia.end())
    if code is None and mention.words.endswith(("联军", "军队", "空军", "海军")):
        return short_side_codes().get(mention.words[0])
    return code
