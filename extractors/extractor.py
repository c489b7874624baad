"""From an article to its events: read once, apply the layers, let every kind find its events."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from extractors.confidence.confidence import Confidence
from extractors.kinds import FINDERS, rules_of
from extractors.layers.context import Context, Draft
from extractors.reading.document import Reading
from extractors.reading.lexicon_files import MODEL
from extractors.reading.reader import Reader
from extractors.rules.ruleset import Match
from extractors.version import version
from schemas import KINDS, Article, EventBase, event_id

# Articles read together, and how many characters they may have: more gain nothing and cost memory.
GROUP, GROUP_CHARACTERS = 64, 100_000


@dataclass(frozen=True)
class Explanation:
    """Why a sentence gives an event, or not: the rule and template that matched and the words in their slots."""

    rule: str
    template: str
    slots: dict[str, str]
    event: EventBase | None = None
    note: str = ""


@dataclass(frozen=True)
class Observed:
    """An event, and the features from which its confidence is computed."""

    event: EventBase
    features: Mapping[str, float]


@dataclass
class Extractor:
    """Finds events in articles. Pure: the same article and version give the same events.

    Building one is cheap; the models are loaded at the first article. `trained` is the folder of the models that
    `shilu train` makes; the version tells of those of this package.
    """

    version: str = field(default_factory=version)
    trained: Path = MODEL

    @cached_property
    def _reader(self) -> Reader:
        return Reader({kind: rules_of(kind).gate for kind in FINDERS})

    @cached_property
    def _confidence(self) -> Confidence:
        return Confidence(self.trained)

    def extract(self, article: Article) -> list[EventBase]:
        """The events of an article, in text order, each with verbatim evidence."""
        return self._events(self._reader.read(article))

    def extract_many(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[EventBase]]]:
        """Each article with its events, in the order given; a few dozen are taken from `articles` at a time."""
        for group in _groups(articles):
            for article, reading in zip(group, self._reader.read_many(group), strict=True):
                yield article, self._events(reading)

    def explain(self, kind: str, sentence: str, published: datetime.date) -> list[Explanation]:
        """What the rules of a kind see in a sentence published on a day: matches, then the events made of them."""
        if kind not in FINDERS:
            raise ValueError(f"no kind {kind!r}; known are {', '.join(FINDERS)}")
        moment = datetime.datetime.combine(published, datetime.time(12), datetime.UTC)
        article = Article.of(source="try", title="", text=sentence, published=moment)
        reading = self._reader.read(article, gated=False)
        context = Context(reading)
        matched = [
            Explanation(match.rule.name, match.template, _slot_words(reading.whole, match))
            for part in reading.sentences
            for match in rules_of(kind).matches(part.encoded)
        ]
        drafts = FINDERS[kind](context, rules_of(kind))
        events = self._finish(context, zip(drafts, self._confidence.of(context, drafts), strict=True))
        found = [Explanation(event.found_by, "", {}, event) for event in events]
        if not matched and not found:
            mentions = "、".join(f"{m.words} ({m.type})" for part in reading.sentences for m in part.mentions)
            found = [Explanation("", "", {}, None, f"no rule matched; mentions read: {mentions or 'none'}")]
        return matched + found

    def rules(self) -> list[str]:
        """The names of all rules, as events have them in `found_by`: `meeting/met-counterpart`."""
        return [f"{kind}/{rule.name}" for kind in FINDERS for rule in rules_of(kind).rules]

    def matches(self, articles: Iterable[Article]) -> Counter[str]:
        """How often the templates of each rule match in articles, whether or not an event comes of it."""
        matched: Counter[str] = Counter()
        for group in _groups(articles):
            for reading in self._reader.read_many(group):
                for kind in FINDERS:
                    for sentence in reading.sentences:
                        found = rules_of(kind).matches(sentence.encoded)
                        matched.update(f"{kind}/{match.rule.name}" for match in found)
        return matched

    def observe(self, articles: Iterable[Article]) -> Iterator[tuple[Article, list[Observed]]]:
        """Each article with all that is found in it, unlikely events too, and what confidence is computed from."""
        for group in _groups(articles):
            for article, reading in zip(group, self._reader.read_many(group), strict=True):
                found: list[Observed] = []
                if reading.sentences:
                    context = Context(reading)
                    drafts = _drafts(context)
                    events = self._finish(context, [(draft, None) for draft in drafts])
                    features = self._confidence.features(context, drafts)
                    found = [Observed(*pair) for pair in zip(events, features, strict=True)]
                yield article, found

    def _events(self, reading: Reading) -> list[EventBase]:
        """The events of an article that has been read, without those that are unlikely to be right."""
        if not reading.sentences:
            return []
        context = Context(reading)
        drafts = _drafts(context)
        rated = zip(drafts, self._confidence.of(context, drafts), strict=True)
        return self._finish(context, [(d, sure) for d, sure in rated if sure >= self._confidence.floor])

    def _finish(self, context: Context, rated: Iterable[tuple[Draft, float | None]]) -> list[EventBase]:
        """Drafts with their confidence as events, in the same order, with ids that stay the same from run to run."""
        ordinals: dict[tuple[str, int, int], int] = {}
        events = []
        for draft, confidence in rated:
            anchor = context.reading.span(*draft.evidence[0])
            place = (draft.kind, *draft.evidence[0])
            ordinals[place] = ordinals.get(place, -1) + 1
            events.append(
                KINDS[draft.kind](
                    id=event_id(context.reading.article.id, draft.kind, anchor, ordinals[place]),
                    article_id=context.reading.article.id,
                    evidence=tuple(context.reading.span(*stretch) for stretch in draft.evidence),
                    claimed_by=draft.claimed_by,
                    modality=draft.modality,
                    when=draft.when,
                    found_by=draft.found_by,
                    confidence=confidence,
                    extractor_version=self.version,
                    **draft.slots,
                )
            )
        return events


def _drafts(context: Context) -> list[Draft]:
    """What all kinds find, sorted by place."""
    order = {kind: rank for rank, kind in enumerate(KINDS)}
    drafts = [draft for kind, find in FINDERS.items() for draft in find(context, rules_of(kind))]
    return sorted(drafts, key=lambda draft: (draft.evidence[0], order[draft.kind]))


def _groups(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Articles in their order, so many together as are worth reading together."""
    group: list[Article] = []
    characters = 0
    for article in articles:
        group.append(article)
        characters += len(article.text)
        if len(group) == GROUP or characters >= GROUP_CHARACTERS:
            yield group
            group, characters = [], 0
    if group:
        yield group


def _slot_words(whole: str, match: Match) -> dict[str, str]:
    return {slot: whole[start:end] for slot, (start, end) in match.words.items()}
