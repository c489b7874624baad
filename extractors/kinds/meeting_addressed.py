"""Leaders who tell each other something, and so have spoken: 布林肯星期六对王毅说, 古特雷斯告诉泽连斯基.

Letters, speeches and posts that are addressed to somebody are no talks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractors.kinds.meeting_authority import authority
from extractors.kinds.meeting_circumstances import format_of, status_of
from extractors.kinds.meeting_frames import Met
from extractors.kinds.meeting_merging import Telling
from extractors.kinds.meeting_owners import owned
from extractors.kinds.meeting_parties import participants, sides
from extractors.kinds.meeting_place import place_of
from extractors.kinds.meeting_subjects import subject
from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Mention, MentionType, Person
from schemas import Participant

PERSON = SYMBOLS[MentionType.PERSON]
TELLS = re.compile(
    rf"(?:告诉|告知|提醒)了?(?P<told>{PERSON})(?!的|和|与|发言人)"
    rf"|[对向](?P<said>{PERSON}(?:[、和与]{PERSON})?)(?:明确|直接|当面|再次|重申|还)?(?:表示|说(?![明法服])|强调|重申|保证|承诺|指出|坦言)"
    rf"|(?:向|给)(?P<given>{PERSON})(?:移交|递交|转交|面交|赠送)"
)
# What is expressed to somebody from afar.
COURTESY = re.compile(
    "[^，。：]{0,10}(?:祝贺|慰问|感谢|谢意|欢迎|哀悼|敬意|不满|谴责|声援|支持|同情|遗憾|抗议|敬佩|问候|歉意|抱歉|愤怒|失望|反对|关切|担忧|悼念)"
)
# What is written or said to everybody is no talk, whomever it names.
MEDIUM = re.compile(
    "讲话|演讲|演说|致辞|信中|信函|来信|致信|致函|公开信|书信|电报|贺电|推特|推文|社交|脸书|电报频道|声明中|视频(?!通话|会)|采访|受访|文章|发言人|记者|咨文|联大|直播|短片|隔空|喊话|媒体|议会|国会|听证"
)
OFFICE = re.compile(
    "总统|总理|首相|主席|国王|外长|外相|外交部长|外交大臣|防长|国防部长|国防大臣|国务卿|秘书长|总书记|王储|总裁|高级代表|特使|议长|财长|元首"
)
CLAUSE = "，。；："


def addressed(context: Context) -> Iterator[Telling]:
    """The talks of two leaders that an article tells only by what one said to the other."""
    for sentence in context.reading.sentences:
        if sentence.passage == 0:
            continue
        for found in TELLS.finditer(sentence.encoded.text):
            telling = _telling(context, sentence, found)
            if telling is not None:
                yield telling


def _telling(context: Context, sentence: Sentence, found: re.Match[str]) -> Telling | None:
    encoded, folded = sentence.encoded, context.reading.folded
    group = found.lastgroup or "told"
    guests = [m for m in encoded.mentions_in(*found.span(group)) if m.type is MentionType.PERSON]
    hosts = subject(context, sentence, found.start())
    people = _leaders(context, sentence, hosts), _leaders(context, sentence, guests)
    if not all(people) or sides(people[0]) & sides(people[1]):
        return None
    own = [host.start for host in hosts if host.start >= sentence.start]
    span = (min([encoded.starts[found.start()], *own]), encoded.ends[found.end() - 1])
    before = encoded.text[max(0, found.start() - 8) : found.start()]
    if status_of(before, "") != "held" or re.search("[没未别]|不[会想愿]|[应要如]", before):
        return None
    if MEDIUM.search(folded, sentence.start, span[1]) or COURTESY.match(folded, span[1]):
        return None
    met = Met((*people[0], *people[1]), span)
    where = place_of(context, sentence, *span)
    words = folded[span[0] : span[1]]
    how = format_of(words)
    return Telling(
        rule="tells-another",
        people=met.people,
        format="in_person" if where and how == "unspecified" else how,
        status="held",
        modality="asserted",
        place=where[0] if where and how != "phone" else None,
        event=None,
        when=context.period(sentence, *span),
        dated=any(d.mention.start < span[1] for d in context.dates.in_sentence(sentence)),
        claimed_by=authority(context, sentence, span[0], met),
        evidence=context.clause(sentence, *span),
    )


def _leaders(context: Context, sentence: Sentence, mentions: Sequence[Mention]) -> tuple[Participant, ...]:
    """The mentions as participants, if each is somebody by name who speaks for a state or body."""
    known = owned(context, sentence, mentions)
    if not known or not all(_is_leader(mention) for mention in known):
        return ()
    return tuple(participants(context, known))


def _is_leader(mention: Mention) -> bool:
    person = mention.value
    if not isinstance(person, Person) or not person.name or not person.side:
        return False
    return person.role is None or OFFICE.search(person.role) is not None
