"""What pages are made of: texts in both languages, numbers in words, evidence marked, files that are not ours."""

from __future__ import annotations

import datetime
import hashlib
import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas import KINDS
from schemas.values import Modality, Precision, Qualifier, StrikeWeapon
from warehouse.audit.checks import CHECKS
from warehouse.audit.finding import SEVERITIES
from warehouse.facts.summary import Status
from warehouse.feed.page.drones import fitting_step
from warehouse.feed.page.evidence import pieces, quotations
from warehouse.feed.page.figures import days, interval, money, quantity
from warehouse.feed.page.language import ACCENTS, Texts, accent, catalogue, preferred
from warehouse.feed.page.strikes import REGIONS, Struck, fitting_window

PAGE = Path(__file__).parents[3] / "warehouse" / "feed" / "page"
VENDORED = (PAGE / "static" / "vendor", Path(__file__).parent / "vendor")
# Sections of the catalogue whose keys are codes: looked up by a variable.
CODED = {
    "nav", "kind", "status", "status_about", "number", "weapon", "outcome", "aid_type", "stage", "scope", "meeting_status",
    "format", "counted", "modality", "precision", "correction", "severity", "check", "filter",
}  # fmt: skip


def test_both_languages_have_every_text_with_the_same_gaps() -> None:
    for key, text in catalogue().items():
        assert set(text) == {"en", "zh"}, key
        assert all(text.values()), key
        gaps = [sorted(re.findall(r"\{(\w+)\}", each)) for each in text.values()]
        assert gaps[0] == gaps[1], key


def test_every_text_that_pages_ask_for_is_there_and_every_text_is_asked_for() -> None:
    sources = [
        path.read_text(encoding="utf-8") for path in PAGE.rglob("*") if path.suffix in (".py", ".html")
    ]
    asked = {key for source in sources for key in re.findall(r"[\"']([a-z_]+\.[a-z_]+)[\"']", source)}
    asked = {
        key for key in asked if key.partition(".")[0] in {each.partition(".")[0] for each in catalogue()}
    }
    files = {f"{path.stem}.{path.suffix[1:]}" for path in PAGE.rglob("*")}
    assert asked - files <= set(catalogue())
    unused = {key for key in catalogue() if key.partition(".")[0] not in CODED} - asked
    assert unused == {"audit.one_side", "audit.other_side"}  # of one name in a loop


@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("kind", tuple(KINDS)),
        ("status", get_args(Status)),
        ("modality", get_args(Modality)),
        ("precision", get_args(Precision)),
        ("weapon", get_args(StrikeWeapon)),
        ("severity", SEVERITIES),
        ("check", tuple(CHECKS)),
        ("number", tuple(each for each in get_args(Qualifier) if each not in ("exact", "range"))),
    ],
)
def test_every_code_has_a_word(section: str, codes: tuple[str, ...]) -> None:
    assert {f"{section}.{code}" for code in codes} <= set(catalogue())


def test_codes_of_the_slots_have_words() -> None:
    slots = {
        "outcome": ("attack_count", "outcome"),
        "aid_type": ("aid_announcement", "aid_type"),
        "stage": ("aid_announcement", "stage"),
        "meeting_status": ("meeting", "status"),
        "format": ("meeting", "format"),
    }
    for section, (kind, slot) in slots.items():
        codes = get_args(KINDS[kind].model_fields[slot].annotation)
        assert codes
        assert {f"{section}.{code}" for code in codes} <= set(catalogue())


@pytest.mark.parametrize(
    ("header", "language"),
    [
        (None, "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("en-GB,zh;q=0.9", "en"),
        ("de,zh-TW;q=0.5,en;q=0.1", "zh"),
        ("de", "en"),
        ("zh;q=0", "en"),
        ("zh;q=nonsense, *", "en"),
    ],
)
def test_the_language_is_the_one_the_browser_prefers(header: str | None, language: str) -> None:
    assert preferred(header) == language


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=60))
def test_every_side_has_a_colour_and_always_the_same(code: str) -> None:
    assert 1 <= accent(code) <= ACCENTS
    assert accent(code) == accent(code)


def test_both_sides_of_the_war_have_colours_of_their_own() -> None:
    assert len({accent(code) for code in ("UA", "RU", "US", "EU", "DE", "GB", "IL", "IR")}) == 8


@pytest.mark.parametrize(
    ("slot", "english", "chinese"),
    [
        ({"qualifier": "exact", "value": 1234, "high": None}, "1,234", "1,234"),
        ({"qualifier": "nearly", "value": 700, "high": None}, "nearly 700", "近700"),
        ({"qualifier": "at_least", "value": 20, "high": None}, "at least 20", "至少20"),
        ({"qualifier": "more_than", "value": 450, "high": None}, "more than 450", "超过450"),
        ({"qualifier": "range", "value": 40, "high": 50}, "40–50", "40–50"),
        ({"qualifier": "dozens", "value": None, "high": None}, "dozens", "数十"),
        (
            {"qualifier": "about", "value": 2.5e9, "high": None, "currency": "EUR"},
            "about 2.5 bn EUR",
            "约25亿 EUR",
        ),
    ],
)
def test_numbers_keep_their_qualifier_in_words(slot: dict[str, object], english: str, chinese: str) -> None:
    assert quantity(slot, Texts("en")) == english
    assert quantity(slot, Texts("zh")) == chinese


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (0, "0 USD", "0 USD"),
        (500, "500 USD", "500 USD"),
        (90_000_000, "90 m USD", "9,000万 USD"),
        (169_000_000_000, "169 bn USD", "1,690亿 USD"),
        (1_250_000_000, "1.25 bn USD", "12.5亿 USD"),
    ],
)
def test_amounts_are_short(value: float, english: str, chinese: str) -> None:
    assert money(value, "USD", "en") == english
    assert money(value, "USD", "zh") == chinese


def test_an_interval_is_told_only_where_it_is_one() -> None:
    texts = Texts("en")
    assert interval({"low": 5, "high": 5, "unit": None}, texts) == ""
    assert interval({"low": None, "high": None, "unit": None}, texts) == ""
    assert interval({"low": 40, "high": None, "unit": None}, texts) == "possible: 40 to open"


def test_days_leave_out_what_both_ends_share() -> None:
    assert days({"start": "2025-03-02", "end": "2025-03-03"}) == "2025-03-02 – 03"
    assert days({"start": "2025-02-28", "end": "2025-03-03"}) == "2025-02-28 – 03-03"
    assert days({"start": "2024-12-31", "end": "2025-01-01"}) == "2024-12-31 – 2025-01-01"


def test_a_series_is_shown_by_a_step_that_can_be_read() -> None:
    day = datetime.date(2025, 1, 1)
    assert fitting_step(None, None) == "day"
    assert fitting_step(day, day + datetime.timedelta(days=90)) == "day"
    assert fitting_step(day, day + datetime.timedelta(days=400)) == "week"
    assert fitting_step(day, day + datetime.timedelta(days=2000)) == "month"


SPANS = st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60), st.sampled_from("abc")), max_size=6)


@given(st.text(max_size=50), SPANS)
def test_marking_changes_no_character_and_marks_just_the_spans(
    text: str, spans: list[tuple[int, int, str]]
) -> None:
    found = pieces(text, spans)
    assert "".join(piece.text for piece in found) == text
    marked = [bool(piece.events) for piece in found for _ in piece.text]
    wanted = [any(start <= at < end for start, end, _ in spans) for at in range(len(text))]
    assert marked == wanted


def test_a_long_paragraph_is_shown_around_its_evidence() -> None:
    text = "前" * 2000 + "证据" + "后" * 2000
    span = {"part": "text", "start": 2010, "end": 2012, "text": "证据"}
    ((before, context, evidence, after, ending),) = quotations(
        [span | {"paragraph": {"start": 10, "end": 10 + len(text), "text": text}}]
    )
    assert (evidence.text, bool(evidence.events)) == ("证据", True)
    assert len(context.text) == len(after.text) == 140
    assert "…" in before.text and "…" in ending.text


def test_the_map_shows_where_most_happens_and_never_a_single_point() -> None:
    assert fitting_window([]) == REGIONS["world"]
    west, north, width, height = fitting_window([Struck("基辅", 50.4, 30.5, 3, None)])
    assert west < 30.5 < west + width and north < -50.4 < north + height
    assert width > 9 and height > 5


@pytest.mark.parametrize("vendor", VENDORED, ids=["page", "tests"])
def test_files_that_are_not_ours_are_as_they_came_with_their_licences(vendor: Path) -> None:
    manifest = tomllib.loads((vendor / "MANIFEST.toml").read_text(encoding="utf-8"))
    told = {
        f"{folder}/{name}": value
        for folder, each in manifest.items()
        for name, value in each["sha256"].items()
    }
    there = {
        path.relative_to(vendor).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in vendor.rglob("*")
        if path.is_file() and path.name != "MANIFEST.toml"
    }
    assert there == told
    assert all(each["licence"] and f"{folder}/LICENSE" in there for folder, each in manifest.items())
