"""Events and kinds: their slots, their ids, and the record that users get."""

from __future__ import annotations

import datetime
import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from schemas import ENVELOPE, EVENT_ADAPTER, KINDS, EventBase, Span, event_id, json_schema, to_record

# The slots of each kind as the contract with users has them, in its order: whoever changes a schema changes
# what users read, and must say so here, in docs/records.md and in the changelog.
SLOTS = {
    "attack_count": (
        "attacker", "target", "weapon", "outcome", "count", "places", "breakdown", "comparison",
        "record_high",
    ),
    "aid_announcement": (
        "donors", "recipients", "aid_type", "stage", "amount", "scope", "package_number", "items",
    ),
    "meeting": ("participants", "format", "status", "place", "event"),
    "strike": ("attacker", "target_country", "weapon", "target", "place", "killed", "injured"),
}  # fmt: skip
CODES = {
    ("attack_count", "weapon"): {"drone", "missile", "guided_bomb", "rocket", "uncrewed_boat", "mixed"},
    ("attack_count", "outcome"): {"launched", "attacks", "intercepted", "suppressed", "hit", "left_airspace"},
    ("aid_announcement", "aid_type"): {
        "military", "financial", "humanitarian", "energy", "reconstruction", "unspecified",
    },
    ("aid_announcement", "stage"): {
        "requested", "proposed", "planned", "announced", "approved", "delivered", "suspended",
    },
    ("aid_announcement", "scope"): {"package", "cumulative", "program"},
    ("meeting", "format"): {"in_person", "phone", "video", "written", "unspecified"},
    ("meeting", "status"): {"held", "ongoing", "planned", "proposed", "cancelled"},
    ("strike", "weapon"): {
        "drone", "missile", "guided_bomb", "rocket", "uncrewed_boat", "mixed", "artillery", "explosive",
        "other", "unknown",
    },
}  # fmt: skip
FILLED: dict[str, dict[str, Any]] = {
    "attack_count": {
        "attacker": "RU", "target": "UA", "weapon": "drone", "outcome": "intercepted",
        "count": {"value": 52, "qualifier": "exact"}, "places": ["苏梅州"],
        "breakdown": [{"place": "苏梅州", "value": 52}],
        "comparison": {
            "to": "2024-09", "difference": {"value": 7, "qualifier": "nearly"}, "direction": "more",
        },
        "record_high": True,
    },
    "aid_announcement": {
        "donors": ["US"], "recipients": ["UA"], "aid_type": "military", "stage": "announced",
        "amount": {"value": 20, "high": 30, "qualifier": "range", "currency": "USD"}, "scope": "package",
        "package_number": 69, "items": ["防空拦截器"],
    },
    "meeting": {
        "participants": [
            {"name": "崔善姬", "role": "外相", "side": "KP"}, {"name": None, "role": None, "side": "RU"},
        ],
        "format": "in_person", "status": "held", "place": "平壤", "event": None,
    },
    "strike": {
        "attacker": None, "target_country": "UA", "weapon": "unknown", "target": "一栋公寓楼",
        "place": "苏梅州", "killed": {"value": None, "qualifier": "several"},
        "injured": {"value": 0, "qualifier": "exact"},
    },
}  # fmt: skip
SPAN = Span(start=4, end=7, text="无人机")


def event(kind: str, **changes: Any) -> EventBase:
    envelope: dict[str, Any] = {
        "id": "e1", "article_id": "a1", "evidence": [SPAN],
        "claimed_by": {"name": "乌克兰空军", "side": "UA"},
        "when": {"start": "2025-03-02", "end": "2025-03-03", "precision": "night"}, "found_by": "rule",
        "extractor_version": "0.1.0+00000000",
    }  # fmt: skip
    return EVENT_ADAPTER.validate_python({"kind": kind, **envelope, **FILLED[kind], **changes})


each_kind = pytest.mark.parametrize("kind", SLOTS)


def test_the_kinds_are_those_of_the_contract() -> None:
    assert list(KINDS) == list(SLOTS)
    assert ENVELOPE == (
        "id", "article_id", "evidence", "claimed_by", "modality", "when", "found_by", "confidence", "extractor_version",
    )  # fmt: skip


@each_kind
def test_a_kind_has_the_slots_of_the_contract_in_its_order(kind: str) -> None:
    slots = [name for name in KINDS[kind].model_fields if name not in ENVELOPE and name != "kind"]
    assert slots == list(SLOTS[kind])


@pytest.mark.parametrize(("kind", "slot"), CODES)
def test_a_coded_slot_takes_the_codes_of_the_contract(kind: str, slot: str) -> None:
    assert set(get_args(KINDS[kind].model_fields[slot].annotation)) == CODES[kind, slot]


@each_kind
def test_the_kind_of_an_event_chooses_its_class(kind: str) -> None:
    assert type(event(kind)) is KINDS[kind]


@each_kind
def test_an_event_is_frozen_and_refuses_unknown_slots(kind: str) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        event(kind).modality = "denied"
    with pytest.raises(ValidationError, match=r"surprise\n\s+Extra inputs are not permitted"):
        event(kind, surprise=1)


@each_kind
def test_an_event_without_evidence_is_refused(kind: str) -> None:
    with pytest.raises(ValidationError, match="evidence"):
        event(kind, evidence=[])


@pytest.mark.parametrize(("kind", "slot"), CODES)
def test_an_unknown_code_is_refused_by_slot_and_code(kind: str, slot: str) -> None:
    with pytest.raises(ValidationError, match=rf"{slot}(?s:.*)vanished"):
        event(kind, **{slot: "vanished"})


@each_kind
def test_a_record_can_be_made_an_event_again(kind: str) -> None:
    before = event(kind)
    record = json.loads(json.dumps(to_record(before), ensure_ascii=False))
    claimant = {"name": record.pop("claimed_by"), "side": "UA"}
    record["id"] = record.pop("event_id")
    assert EVENT_ADAPTER.validate_python({**record, "claimed_by": claimant}) == before


@each_kind
def test_a_record_has_the_envelope_and_every_slot(kind: str) -> None:
    record = to_record(event(kind))
    assert list(record) == [
        "article_id", "event_id", "kind", "evidence", "claimed_by", "modality", "when", *SLOTS[kind],
        "found_by", "confidence", "extractor_version",
    ]  # fmt: skip


def test_a_record_leaves_out_only_what_the_contract_calls_optional() -> None:
    record = to_record(event("attack_count", comparison=None, record_high=False, attacker=None, places=[]))
    assert set(SLOTS["attack_count"]) - set(record) == {"comparison", "record_high"}
    assert record["attacker"] is None
    assert record["places"] == []


def test_a_number_in_a_record_has_high_for_ranges_only_and_value_always() -> None:
    assert to_record(event("attack_count"))["count"] == {"value": 52, "qualifier": "exact"}
    assert to_record(event("aid_announcement"))["amount"]["high"] == 30
    assert to_record(event("strike"))["killed"] == {"value": None, "qualifier": "several"}
    assert to_record(event("attack_count"))["comparison"]["difference"] == {"value": 7, "qualifier": "nearly"}


def test_no_claimant_stays_null() -> None:
    assert to_record(event("strike", claimed_by=None))["claimed_by"] is None


def test_an_event_id_never_changes_between_versions_of_the_program() -> None:
    """These ids stand in databases and answers of users: a change here is a migration."""
    assert event_id("a1", "strike", SPAN, 0) == "f4eb24e18e1e09bb"


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a1", "a11", "1"]),
            st.sampled_from(list(SLOTS)),
            st.integers(0, 30),
            st.integers(0, 12),
        )
    )
)
def test_different_events_have_different_ids(keys: list[tuple[str, str, int, int]]) -> None:
    ids = {
        event_id(article, kind, Span(start=start, end=start + 1, text="机"), rank)
        for article, kind, start, rank in keys
    }
    assert len(ids) == len(set(keys))


def test_the_published_schema_lists_every_kind_with_its_definition() -> None:
    schema = json_schema()
    assert set(schema["discriminator"]["mapping"]) == set(SLOTS)
    for kind, pointer in schema["discriminator"]["mapping"].items():
        definition = schema["$defs"][pointer.rpartition("/")[2]]
        assert definition["properties"]["kind"]["const"] == kind
        assert set(SLOTS[kind]) <= set(definition["properties"])
        assert definition["description"] == KINDS[kind].__doc__.strip().replace("\n    ", "\n")  # type: ignore[union-attr]
    assert len(schema["oneOf"]) == len(SLOTS)


def test_dates_are_dates_not_moments() -> None:
    when = event("meeting").when
    assert when is not None
    assert type(when.start) is datetime.date
