"""Scoring, by cases worked out by hand and against the published scorer."""

from __future__ import annotations

import copy
import json
import random
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from flows.cli import cli
from flows.errors import ShiluError
from flows.scoring import read_articles, read_gold, read_records, score
from flows.scoring.items import items_of, same

Record = dict[str, Any]
TEXT = "国防部说，击落了12架无人机。双方5日在河口市会谈。甲国宣布向乙国提供1亿美元援助。"
ARTICLES = {"a": {"id": "a", "title": "战报", "text": TEXT}}
DOWNED: Record = {
    "kind": "attack_count", "evidence": ["击落了12架无人机"], "claimed_by": "国防部", "modality": "asserted",
    "when": None, "attacker": None, "target": "RU", "weapon": "drone", "outcome": "intercepted",
    "count": {"value": 12, "qualifier": "exact"}, "places": ["库州"], "breakdown": [],
}  # fmt: skip
MEETING: Record = {
    "kind": "meeting", "evidence": ["双方5日在河口市会谈"], "claimed_by": None, "modality": "asserted",
    "when": {"start": "2024-03-05", "end": "2024-03-05", "precision": "day"}, "format": "in_person",
    "participants": [
        {"name": "李明", "role": "外长", "side": "CN"}, {"name": None, "role": "防长", "side": "FR"},
    ],
    "status": "held", "place": "河口市", "event": None,
}  # fmt: skip
AID: Record = {
    "kind": "aid_announcement", "evidence": ["甲国宣布向乙国提供1亿美元援助"], "claimed_by": None,
    "modality": "asserted", "when": None, "donors": ["US"], "recipients": ["UA"],
    "aid_type": "unspecified", "stage": "announced", "scope": "package",
    "amount": {"value": 1e8, "currency": "USD", "qualifier": "exact"}, "package_number": None, "items": [],
}  # fmt: skip
STRIKE: Record = {
    "kind": "strike", "evidence": ["击落了12架无人机"], "claimed_by": None, "modality": "asserted",
    "when": None, "attacker": "UA", "target_country": "RU", "weapon": "drone", "target": "油库",
    "place": None, "killed": {"value": 0, "qualifier": "exact"},
    "injured": {"value": None, "qualifier": "several"},
}  # fmt: skip


def changed(record: Record, **slots: Any) -> Record:
    return copy.deepcopy(record) | slots


def report(gold: list[Record], got: list[Record]) -> Record:
    return score(ARTICLES, {"a": gold}, {"a": got}).report()


def test_the_gold_against_itself_is_perfect() -> None:
    for kind, figures in report([DOWNED, MEETING, AID, STRIKE], [STRIKE, AID, MEETING, DOWNED]).items():
        assert figures["event"] == figures["slot"] == [1.0, 1.0, 1.0], kind
        assert figures["perfect"] == 1.0


def test_nothing_against_nothing_has_no_share_of_perfect_records() -> None:
    assert report([], [])["meeting"] == {
        "gold": 0, "predicted": 0, "event": [0.0, 0.0, 0.0], "slot": [0.0, 0.0, 0.0], "perfect": None,
        "slots": {},
    }  # fmt: skip


def test_a_wrong_key_slot_is_no_found_event_but_its_right_slots_count() -> None:
    figures = report([DOWNED], [changed(DOWNED, count={"value": 13, "qualifier": "exact"})])["attack_count"]
    assert figures["event"] == [0.0, 0.0, 0.0]
    assert figures["slots"]["weapon"] == 1.0 and figures["slots"]["count"] == 0.0


def test_evidence_elsewhere_pairs_only_records_that_agree_almost_wholly() -> None:
    elsewhere = changed(DOWNED, evidence=["会谈"])
    assert report([DOWNED], [elsewhere])["attack_count"]["event"] == [1.0, 1.0, 1.0]
    figures = report([DOWNED], [changed(elsewhere, places=[], target=None, claimed_by=None)])["attack_count"]
    assert (figures["gold"], figures["predicted"], figures["event"]) == (1, 1, [0.0, 0.0, 0.0])
    assert figures["slots"]["weapon"] == 0.0


def test_optional_gold_is_neither_rewarded_nor_punished() -> None:
    optional = changed(DOWNED, optional=True)
    for got in ([], [DOWNED]):
        figures = report([optional], got)["attack_count"]
        assert (figures["gold"], figures["predicted"]) == (0, 0)


def test_missed_and_spurious_records_cost_recall_and_precision() -> None:
    scores = score(ARTICLES, {"a": [DOWNED, MEETING]}, {"a": [MEETING, STRIKE]})
    figures = scores.report()
    assert figures["attack_count"]["event"] == [0.0, 0.0, 0.0] and figures["attack_count"]["gold"] == 1
    assert figures["strike"]["predicted"] == 1 and figures["strike"]["gold"] == 0
    assert [(each.kind, each.what) for each in scores.disagreements] == [
        ("attack_count", "missed"),
        ("strike", "spurious"),
    ]


def test_meetings_need_half_their_participants_and_at_least_two() -> None:
    one = changed(MEETING, participants=MEETING["participants"][:1])
    assert report([MEETING], [one])["meeting"]["event"][2] == 0.0
    renamed = changed(
        MEETING,
        participants=[
            {"name": "李明", "role": None, "side": None},
            {"name": None, "role": None, "side": "FR"},
        ],
    )
    assert report([MEETING], [renamed])["meeting"]["event"][2] == 1.0


def test_aid_without_an_amount_in_either_needs_none() -> None:
    bare = changed(AID, amount=None)
    assert report([bare], [bare])["aid_announcement"]["event"][2] == 1.0
    assert report([bare], [AID])["aid_announcement"]["event"][2] == 0.0


@pytest.mark.parametrize(
    ("slot", "gold", "got", "agree"),
    [
        ("place", "库尔斯克州", "库尔斯克", True),
        ("place", "库尔斯克州", "别尔哥罗德州", False),
        ("place", "州", "市", False),
        ("claimed_by", "乌克兰空军", "乌克兰 空军", True),
        ("claimed_by", "乌克兰空军", "空军", False),
        ("donor", "US", "USA", False),
        ("object", "一座大型油库和旁边的仓库", "油库", False),
        ("weapon", "drone", "drones", False),
        ("part", ("库州", 3.0), ("库", 3.0), True),
        ("part", ("库州", 3.0), ("库州", 4.0), False),
        ("participant", ("李明", "CN", ""), ("李明", "US", "外长"), True),
        ("participant", ("李明", "CN", "外长"), ("王芳", "CN", "外长"), False),
        ("participant", ("", "CN", "外长"), ("王芳", "CN", "副外长"), True),
    ],
)
def test_when_two_values_are_the_same(slot: str, gold: Any, got: Any, agree: bool) -> None:
    assert same(slot, gold, got) is agree


def test_claimants_and_evidence_may_be_objects_or_words() -> None:
    spelled = changed(
        DOWNED, claimed_by={"name": "国防部", "side": "RU"}, evidence=[{"text": "12架无人机", "start": 9}]
    )
    assert items_of(spelled) == items_of(DOWNED)
    assert report([DOWNED], [spelled])["attack_count"]["perfect"] == 1.0


def test_gold_of_an_unknown_article_is_an_error() -> None:
    with pytest.raises(ShiluError, match="article b"):
        score(ARTICLES, {"b": []}, {})


def test_files_say_where_they_are_wrong(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": "a", "records": []}\n{"id": "b"}\n')
    with pytest.raises(ShiluError, match="line 2: records is missing"):
        read_gold(path)
    path.write_text("{\n")
    with pytest.raises(ShiluError, match="line 1: not JSON"):
        read_articles(path)


def test_the_command_scores_files_and_prints_disagreements(tmp_path: Path) -> None:
    for name, lines in {
        "articles": ARTICLES.values(),
        "gold": [{"id": "a", "records": [DOWNED, MEETING]}],
        "got": [DOWNED | {"article_id": "a"}],
    }.items():
        (tmp_path / name).write_text("".join(json.dumps(line) + "\n" for line in lines))
    arguments = ["score", "articles", "gold", "--predicted", "got"]
    shown = CliRunner().invoke(cli, [*arguments, "--errors", "5"])
    assert shown.exit_code == 0
    assert "[a] meeting missed" in shown.stdout and "双方5日在河口市会谈" in shown.stdout
    assert re.search(r"^meeting +missed +1$", shown.stdout, re.M)
    assert (
        "meeting missed"
        not in CliRunner().invoke(cli, [*arguments, "--errors", "5", "--kind", "strike"]).stdout
    )
    figures = json.loads(CliRunner().invoke(cli, [*arguments, "--json"]).stdout)
    assert figures["attack_count"]["event"] == [1.0, 1.0, 1.0] and figures["meeting"]["event"][1] == 0.0


def test_errors_are_classed_by_what_is_wrong() -> None:
    got = [changed(DOWNED, claimed_by=None, weapon="missile"), changed(MEETING, place="山城市"), STRIKE]
    found = score(ARTICLES, {"a": [DOWNED, MEETING, AID]}, {"a": got}).disagreements
    assert {(each.kind, each.group) for each in found} == {
        ("attack_count", "wrong key: claimed_by, weapon"),
        ("meeting", "differs: place_one"),
        ("aid_announcement", "missed"),
        ("strike", "spurious"),
    }


@pytest.mark.shared
@pytest.mark.parametrize("seed", range(3))
def test_figures_are_those_of_the_published_scorer(shared: Path, tmp_path: Path, seed: int) -> None:
    folder = shared / "gold"
    gold = read_gold(folder / "dev.jsonl")
    predicted = tmp_path / "predicted.jsonl"
    with predicted.open("w", encoding="utf-8") as out:
        for record in spoilt(gold, random.Random(seed)):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")
    files = [str(folder / "dev.articles.jsonl"), str(folder / "dev.jsonl"), str(predicted), "--json"]
    published = subprocess.run(
        [sys.executable, str(folder / "score.py"), *files], capture_output=True, text=True, check=True
    )
    ours = score(read_articles(folder / "dev.articles.jsonl"), gold, read_records(predicted)).report()
    assert json.loads(json.dumps(ours)) == json.loads(published.stdout)
    assert 0.3 < ours["strike"]["event"][2] < 0.99  # the predictions are neither perfect nor hopeless


def spoilt(gold: dict[str, list[Record]], chance: random.Random) -> list[Record]:
    """Gold records as a careless extractor gives them: lost, invented, slots cut, evidence moved."""
    found = []
    everything = [record for records in gold.values() for record in records]
    for article_id, records in gold.items():
        for record in records:
            if chance.random() < 0.15:
                continue
            copied = copy.deepcopy(record) | {"article_id": article_id}
            for slot in set(copied) - {"kind", "evidence", "article_id", "modality"}:
                if chance.random() < 0.15:
                    value = copied[slot]
                    copied[slot] = value[:-1] if isinstance(value, str | list) and value else None
            if chance.random() < 0.3:
                copied["evidence"] = [{"text": quote[2:], "start": 0} for quote in copied["evidence"]]
            if copied["claimed_by"] and chance.random() < 0.5:
                copied["claimed_by"] = {"name": copied["claimed_by"], "side": None}
            found.append(copied)
            if chance.random() < 0.1:
                found.append(copy.deepcopy(chance.choice(everything)) | {"article_id": article_id})
    return found
