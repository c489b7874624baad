"""The golden data keep their promises: quotes stand in the text, records fit the schemas, sums add up."""

from __future__ import annotations

import datetime
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from schemas import KINDS, EventBase

GOLDEN = Path(__file__).parents[1] / "golden"
EXAMPLES = Path(__file__).parents[2] / "examples"
# Passages of each kind, and those of all kinds that were written without sight of the rules.
FILES = (*KINDS, "independent", "essays")
ENVELOPE = {"kind", "evidence", "claimed_by", "modality", "when", "optional"}
ABSENT_BY_DEFAULT = {"comparison", "record_high"}  # written only where the text says so
MODALITY_OF = {"requested": "possible", "proposed": "possible", "planned": "planned"}
TRADITIONAL = re.compile("[烏無飛彈擊軍國稱與會說總統億灣蘭導電視]")
WEEKDAY = re.compile(r"(?:星期|周|週)([一二三四五六日天])[（(](\d{1,2})月(\d{1,2})日[)）]")
HEAD = re.compile(r"<!--(\d{13})-->\n\[(.+)\]\((https://[^\s)]+)\)\n------\n")
ENCODINGS = {"08-international-digest.md": "gb18030", "09-odesa-strikes.md": "utf-8-sig"}


def lines_of(kind: str) -> list[dict[str, Any]]:
    path = GOLDEN / f"{kind}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def as_event(record: dict[str, Any], whole: str) -> EventBase:
    """The record as the schema's event, with the envelope an extractor would have filled in."""
    evidence = [
        {"part": "text", "start": whole.index(quote), "end": whole.index(quote) + len(quote), "text": quote}
        for quote in record["evidence"]
    ]
    slots = {key: value for key, value in record.items() if key not in {"evidence", "claimed_by", "optional"}}
    claimant = {"name": record["claimed_by"]} if record["claimed_by"] else None
    envelope = {"id": "x", "article_id": "x", "found_by": "golden", "extractor_version": "0"}
    return KINDS[record["kind"]].model_validate(
        {**slots, **envelope, "evidence": evidence, "claimed_by": claimant}
    )


def verbatim(record: dict[str, Any]) -> Iterator[str]:
    """Every slot value that must be quoted from the text, as the records' contract has it."""
    yield from record["evidence"]
    if record["claimed_by"]:
        yield record["claimed_by"]
    yield from record.get("places", ())
    yield from record.get("items", ())
    yield from (part.get("place") or part.get("weapon") for part in record.get("breakdown", ()))
    for slot in ("place", "event", *(["target"] if record["kind"] == "strike" else [])):
        if record.get(slot):
            yield record[slot]
    for person in record.get("participants", ()):
        yield from (person[key] for key in ("name", "role") if person[key])


def check(record: dict[str, Any], whole: str, published: datetime.date) -> None:
    """One record against the text it was read from; the assertion messages name what is wrong."""
    slots = set(KINDS[record["kind"]].model_fields) - set(EventBase.model_fields)
    assert set(record) - ENVELOPE - ABSENT_BY_DEFAULT == slots - ENVELOPE - ABSENT_BY_DEFAULT
    missing = [value for value in verbatim(record) if value not in whole]
    assert not missing, f"not in the text: {missing}"
    as_event(record, whole)
    stage = record.get("stage") or record.get("status")
    if stage and record["modality"] != "denied":
        assert record["modality"] == MODALITY_OF.get(stage, "asserted")
    if record["when"] and record["modality"] == "asserted" and stage != "cancelled":
        start = datetime.date.fromisoformat(record["when"]["start"])
        assert start <= published, f"the fact of {start} lies after publication"
    if record.get("breakdown"):
        assert sum(part["value"] for part in record["breakdown"]) == record["count"]["value"]


@pytest.mark.parametrize("name", FILES)
def test_every_golden_record_validates_and_quotes_its_passage(name: str) -> None:
    for line in lines_of(name):
        assert set(line) == {"text", "published", "title", "records"}
        whole = line["title"] + "\n" + line["text"]
        for record in line["records"]:
            assert record["kind"] == name or name in ("independent", "essays")
            check(record, whole, datetime.date.fromisoformat(line["published"]))


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_enough_passages_near_misses_and_both_scripts(kind: str) -> None:
    lines = lines_of(kind)
    texts = [line["text"] for line in lines]
    assert len(lines) >= 30
    assert len(set(texts)) == len(texts)
    assert sum(not line["records"] for line in lines) >= 5
    assert sum(len(TRADITIONAL.findall(text)) >= 3 for text in texts) >= 3


@pytest.mark.parametrize("name", FILES)
def test_weekdays_in_brackets_agree_with_their_dates(name: str) -> None:
    for line in lines_of(name):
        year = int(line["published"][:4])
        for day, month, number in WEEKDAY.findall(line["text"]):
            date = datetime.date(year, int(month), int(number))
            assert "一二三四五六日"[date.weekday()] == day.replace("天", "日"), line["text"]


def test_golden_quotes_of_one_record_do_not_repeat() -> None:
    for name in FILES:
        for line in lines_of(name):
            for record in line["records"]:
                assert len(set(record["evidence"])) == len(record["evidence"])


def read_example(name: str) -> tuple[str, str, str, datetime.date]:
    """Title, address, words and publication date of an example, read without the program's own parser."""
    raw = (EXAMPLES / name).read_bytes().decode(ENCODINGS.get(name, "utf-8"))
    head = HEAD.match(raw)
    assert head, f"{name} does not begin as an archived article"
    published = datetime.datetime.fromtimestamp(int(head[1]) / 1000, datetime.UTC).date()
    body = re.sub(r'<small style="color: #999;">.*?</small>', "", raw[head.end() :])
    body = re.sub(r"</(?:p|div|blockquote)>|<br ?/?>", "\n", body)
    return head[2], head[3], html.unescape(re.sub(r"<[^>]+>", "", body)), published


def test_every_example_article_has_expected_records_and_no_other_file_does() -> None:
    listed = [entry["file"] for entry in lines_of("examples")]
    assert listed == sorted(path.name for path in EXAMPLES.glob("*.md"))
    assert len(listed) >= 16


@pytest.mark.parametrize("entry", lines_of("examples"), ids=lambda entry: entry["file"])
def test_expected_records_of_examples_validate_and_quote_their_article(entry: dict[str, Any]) -> None:
    title, url, text, published = read_example(entry["file"])
    assert re.match(r"https://(?:[a-z]+\.)?example\.(?:org|com)/", url)
    for record in entry["records"]:
        check(record, title + "\n" + text, published)


def test_examples_cover_all_kinds_silence_traditional_script_and_odd_encodings() -> None:
    entries = lines_of("examples")
    kinds = {record["kind"] for entry in entries for record in entry["records"]}
    assert kinds == set(KINDS)
    assert sum(not entry["records"] for entry in entries) >= 3
    assert sum(len(TRADITIONAL.findall(read_example(entry["file"])[2])) >= 10 for entry in entries) >= 3
    digest = (EXAMPLES / "08-international-digest.md").read_bytes()
    with pytest.raises(UnicodeDecodeError):
        digest.decode("utf-8")
    assert (EXAMPLES / "09-odesa-strikes.md").read_bytes().startswith(b"\xef\xbb\xbf")


def test_the_check_refuses_a_quote_that_is_not_in_the_text() -> None:
    line = lines_of("attack_count")[0]
    record = {**line["records"][0], "evidence": ["这句话不在文中"]}
    with pytest.raises(AssertionError, match="not in the text"):
        check(record, line["text"], datetime.date.fromisoformat(line["published"]))


def test_the_check_refuses_a_code_that_the_schema_does_not_know() -> None:
    line = lines_of("attack_count")[0]
    record = {**line["records"][0], "outcome": "vanished"}
    with pytest.raises(ValidationError, match="outcome"):
        check(record, line["text"], datetime.date.fromisoformat(line["published"]))
