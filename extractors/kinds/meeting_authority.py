"""On whose authority a meeting is told: a claim made in the sentence, or one that goes on from those before it."""

from __future__ import annotations

import re

from extractors.kinds.meeting_author import author
from extractors.kinds.meeting_frames import Met
from extractors.layers.claims import Claim, claimant
from extractors.layers.context import Context
from extractors.layers.speakers import speaker_side
from extractors.reading.document import Sentence
from extractors.reading.mention import Mention, Organisation, Person
from schemas import Claimant

# Words of those who speak at a meeting; the reporter has none of them.
SPOKEN = re.compile("我|你|您|先生|女士|阁下|殿下|陛下")
FIRST_PERSON = re.compile("我(?![国军方])")
REPORT = re.compile("报[道导]|消息|声明|公告|通报")
CALLING = re.compile("呼吁|敦促|要求|提议|建议|希望")
QUOTATION = re.compile("“[^”]*$")


def authority(context: Context, sentence: Sentence, offset: int, met: Met) -> Claimant | None:
    """Who says that people met, `None` where the article does.

    What a person or country says goes on in the next sentence only where it is plainly speech; else the reporter tells it, on the
    authority of the source the paragraph has named (据叙利亚通讯社报道……).
    """
    claim = context.claim(sentence, offset)
    if claim is None and FIRST_PERSON.search(context.reading.folded, sentence.start, met.stretch[1]):
        speaker = author(context, sentence)
        if speaker is not None:
            return claimant(context.reading, Claim(speaker.start, speaker.end, speaker, "", speaker.start))
    if claim is not None and claim.verb == "预计" and _takes_part(claim, met):
        return None  # 布林肯预计将会见王毅: it is expected of him
    if claim is None or claim in context.claims.made_in(sentence):
        return claimant(context.reading, claim)
    side = speaker_side(claim.speaker)
    if (
        side is not None
        and not CALLING.search(claim.verb)
        and all(person.side != side for person in met.people)
    ):
        return None  # what two others do is the reporter's
    if isinstance(claim.speaker.value, Organisation) or _is_speech(context, sentence, met):
        return claimant(context.reading, claim)
    return claimant(context.reading, _source(context, sentence))


def _takes_part(claim: Claim, met: Met) -> bool:
    speaker = claim.speaker.value
    return isinstance(speaker, Person) and any(speaker.name == person.name for person in met.people)


def _is_speech(context: Context, sentence: Sentence, met: Met) -> bool:
    """Whether the sentence is still what the person said: in quotation marks, in the first person, 习近平主席."""
    folded, end = context.reading.folded, met.stretch[1]
    if SPOKEN.search(folded, sentence.start, end) or QUOTATION.search(
        folded[max(0, sentence.start - 400) : end]
    ):
        return True
    return any(_is_addressed(mention) for mention in sentence.mentions if mention.start < end)


def _is_addressed(mention: Mention) -> bool:
    """Whether a person is called as those who speak call people: 习近平主席, not 国家主席习近平."""
    person = mention.value
    if not isinstance(person, Person) or person.name is None:
        return False
    return mention.words.startswith(person.name) and mention.words != person.name


def _source(context: Context, sentence: Sentence) -> Claim | None:
    """The outlet or body on whose report the paragraph relies, as its first claim tells."""
    for other in context.reading.sentences[max(0, sentence.index - 6) : sentence.index]:
        if other.paragraph != sentence.paragraph:
            continue
        for claim in context.claims.made_in(other):
            return claim if speaker_side(claim.speaker) is None or REPORT.search(claim.verb) else None
    return None
