"""Who 我 is in an article that is a speech or letter throughout: the one whose signed article or address it gives."""

from __future__ import annotations

import re

from extractors.layers.context import Context
from extractors.reading.document import Sentence
from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import Mention, MentionType, Person

# 国家主席习近平在塞尔维亚《政治报》发表题为《……》的署名文章.
SIGNED = re.compile(
    rf"(?P<who>{SYMBOLS[MentionType.PERSON]})[^。；]{{0,40}}?(?:发表[^。]{{0,50}}?(?:署名文章|演讲|讲话|致辞|演说|贺词)|接受[^。]{{0,20}}?(?:书面|联合)采访|(?:致电|致信|复信|致贺电|致贺信|向[^，。]{{2,24}}致(?:贺电|贺信|慰问电|信))(?!谴责))"
)
AHEAD = 12  # sentences: nearer the beginning stands whose words an article gives


def author(context: Context, sentence: Sentence) -> Mention | None:
    """The person whose signed article or address the text before a sentence announces, else the title."""
    near = context.reading.sentences[: min(AHEAD, sentence.index)]
    for other in sorted(near, key=lambda other: other.passage == 0):
        found = SIGNED.search(other.encoded.text)
        person = other.encoded.mentions[found.start("who")] if found else None
        if person is not None and isinstance(person.value, Person) and person.value.name:
            return person
    return None
