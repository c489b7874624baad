"""What a word of giving and a statement of help have in common: the sentence, the match of a rule, and what it says."""

from __future__ import annotations

from dataclasses import dataclass

from extractors.reading.document import Sentence
from extractors.reading.encoding import Encoded
from extractors.rules.ruleset import Match


@dataclass(frozen=True)
class Matched:
    """The match of a rule in a sentence."""

    sentence: Sentence
    match: Match

    @property
    def encoded(self) -> Encoded:
        """The encoded sentence."""
        return self.sentence.encoded

    @property
    def text(self) -> str:
        """The encoded sentence as a string."""
        return self.sentence.encoded.text

    @property
    def rule(self) -> str:
        """The name of the rule."""
        return self.match.rule.name

    def says(self, name: str) -> object:
        """What the rule says by one of its constants, `None` where it says nothing."""
        return self.match.rule.constants.get(name)
