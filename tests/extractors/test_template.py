"""Templates: what the notation means, and what is refused with which message."""

from __future__ import annotations

import pytest

from extractors.reading.encoding import SYMBOLS
from extractors.reading.mention import MentionType
from extractors.rules.ruleset import load_rules, read_example
from extractors.rules.slots import slots_of
from extractors.rules.template import TemplateError, compile_template

COUNT, WEAPON, SIDE, PLACE = (
    SYMBOLS[kind] for kind in (MentionType.COUNT, MentionType.WEAPON, MentionType.SIDE, MentionType.PLACE)
)
WORDS = {"shoot": ["击落", "击落并摧毁"]}
PHRASES = {"fleet": "{count}[{attacker}][的]{weapon}"}


def compiled(template: str):
    return compile_template(template, WORDS, PHRASES, slots_of("attack_count"), "test.toml: rule 'r'")


def test_the_longest_word_of_a_list_is_tried_first():
    assert compiled("<shoot>").match("击落并摧毁了").group() == "击落并摧毁"


def test_a_phrase_is_written_out_with_its_slots():
    found = compiled("<shoot>[了]<fleet>").search(f"昨晚击落了{COUNT}{SIDE}{WEAPON}")
    assert {slot for slot, value in found.groupdict().items() if value} == {
        "count__1",
        "attacker__1",
        "weapon__1",
    }


@pytest.mark.parametrize(
    ("template", "text", "matches"),
    [
        ("<shoot>…{count}", f"击落了飞来的{COUNT}", True),
        ("<shoot>…{count}", f"击落战机，损失{COUNT}", False),  # a clause gap stops at the comma
        ("<shoot>……{count}", f"击落战机，损失{COUNT}", True),  # a sentence gap does not
        ("<shoot>……{count}", f"击落战机。损失{COUNT}", False),
        ("<shoot>…{weapon}", f"击落{COUNT}战机和{WEAPON}", False),  # no gap swallows a number
        ("<shoot>…{weapon}", f"击落在{COUNT}地区的{WEAPON}", True),  # but a number of places it does
        ("(击落|拦截)[了]{count}", f"拦截{COUNT}", True),
    ],
)
def test_gaps_and_alternatives_mean_what_the_notation_says(template, text, matches):
    assert bool(compiled(template).search(text)) is matches


def test_a_plural_slot_takes_a_coordination():
    found = compiled("在{places}上空").search(f"在{PLACE}、{PLACE}和{PLACE}等三个州上空")
    assert found and found["places__1"].count(PLACE) == 3


@pytest.mark.parametrize(
    ("template", "complaint"),
    [
        ("<shot>{count}", "no word list <shot>; known are shoot"),
        ("<shoot>{counts}", "no slot {counts}"),
        ("{count:number}", "no mention type 'number'"),
        ("[<shoot>", "leaves '[' open"),
        ("<shoot>]", "']' closes nothing"),
        ("(<shoot>]", "']' closes nothing"),
    ],
)
def test_a_template_that_cannot_be_compiled_says_why(template, complaint):
    with pytest.raises(TemplateError, match=r"test\.toml: rule 'r'") as caught:
        compiled(template)
    assert complaint in str(caught.value)


def test_phrases_in_a_circle_are_refused():
    with pytest.raises(TemplateError, match="circle"):
        compile_template("<a>", {}, {"a": "<b>", "b": "<a>"}, slots_of("attack_count"), "test.toml")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("[words]\n", "`gate` is missing"),
        ('gate = ["x"]\n[word]\na = ["b"]\n', "unknown table"),
        ('gate = ["x"]\n[[rule]]\nname = "a"\ntemplates = ["x"]\n', "examples is missing"),
        (
            'gate = ["x"]\n' + 2 * '[[rule]]\nname = "a"\ntemplates = ["x"]\nexamples = ["x"]\n',
            "rule names must be unique",
        ),
    ],
)
def test_a_rule_file_that_is_wrong_says_what_is_wrong(tmp_path, content, complaint):
    path = tmp_path / "attack_count.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(TemplateError, match=complaint):
        load_rules(path, slots_of("attack_count"))


def test_an_example_gives_its_text_and_its_marked_slots():
    assert read_example("击落了{count:83架}{attacker:乌克兰}{weapon:无人机}") == (
        "击落了83架乌克兰无人机",
        [("count", "83架"), ("attacker", "乌克兰"), ("weapon", "无人机")],
    )


def test_the_slots_of_a_kind_follow_its_schema():
    slots = slots_of("attack_count")
    assert slots["count"].types == {MentionType.COUNT}
    assert slots["places"].plural and not slots["place"].plural
    assert "outcome" not in slots  # set by the rule, not by a mention
    assert slots_of("strike")["target"].text and not slots_of("attack_count")["target"].text
