"""Everything that a run needs, looked at before it fails for want of it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from pathlib import Path

import warehouse
from flows.errors import SettingsError
from flows.settings import load_settings
from schemas import Article
from warehouse import Symptom

# One sentence with an event that no version of the extractor may miss.
SENTENCE = "乌克兰空军5日说，防空部队夜间击落了12架无人机。"
WAIT_SECONDS = 2.0  # for a writer between two of its batches


def checkup(database: Path | None = None, *, models: bool = True) -> Iterator[Symptom]:
    """Settings, models and the warehouse, from outside to inside; `models` are tried on a sentence where wanted."""
    try:
        settings = load_settings(database=database)
    except SettingsError as error:
        yield Symptom("settings", "fault", str(error), "correct the variable or the file named")
        return
    yield Symptom("settings", "ok", f"warehouse {settings.database}, {settings.workers} workers")
    if models:
        yield _models()
    yield from warehouse.examine(settings.database, wait_seconds=WAIT_SECONDS)


def _models() -> Symptom:
    remedy = "install Shilu anew: the files of its package are missing, damaged or too old"
    try:
        import extractors  # noqa: PLC0415 - loads spaCy; only who asks pays

        moment = datetime.datetime(2024, 3, 6, 12, tzinfo=datetime.UTC)
        article = Article.of(source="none", title="", text=SENTENCE, published=moment)
        events = extractors.Extractor().extract(article)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the user asks about
        return Symptom("models", "fault", f"cannot be loaded: {type(error).__name__}: {error}", remedy)
    if not events:
        return Symptom("models", "fault", f"find nothing in {SENTENCE}", remedy)
    return Symptom("models", "ok", f"extractor {extractors.version()} reads")
