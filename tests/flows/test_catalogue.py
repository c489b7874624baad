"""sources.toml: what is accepted, and what is said of what is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.errors import SettingsError
from flows.gather import TYPES, load_sources, source_named, sources_file
from flows.gather.catalogue import SHIPPED_FILE
from flows.settings import load_settings

COMMON = 'outlet = "某社"\nlanguage = "zh"\ntime_zone = "Asia/Shanghai"\ntrust = "state agency"\n'
FEED = f'[source.rss]\ntype = "feed"\naddresses = ["https://example.org/rss"]\n{COMMON}'


def written(text: str) -> Path:
    path = Path("sources.toml")
    path.write_text(text, encoding="utf-8")
    return path


def refusal(text: str) -> str:
    with pytest.raises(SettingsError) as caught:
        load_sources(written(text))
    return str(caught.value)


def test_the_shipped_example_is_valid_and_asks_no_network() -> None:
    sources = load_sources(SHIPPED_FILE)
    assert sources and not any(source.asks_network for source in sources.values())
    assert sources_file(load_settings()) == SHIPPED_FILE


def test_a_file_of_the_user_goes_before_the_example_and_a_setting_before_both(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written(FEED)
    assert sources_file(load_settings()) == Path("sources.toml")
    monkeypatch.setenv("SHILU_SOURCES", "other.toml")
    assert sources_file(load_settings()) == Path("other.toml")
    with pytest.raises(SettingsError, match=r"other\.toml: cannot be read"):
        load_sources(Path("other.toml"))


def test_a_source_says_all_of_itself() -> None:
    text = FEED + (
        'schedule = "*/15 6-22 * * 1-5"\nallow_private = true\n[source.rss.limits]\narticles_per_run = 5\n'
        "[source.rss.expect]\nleast_articles_per_day = 3\nkinds_within_days = { attack_count = 2 }\n"
        "[source.rss.page]\nbody = \"//div[@id='text']\"\n"
    )
    source = load_sources(written(text))["rss"]
    assert source.would_ask() == ["https://example.org/rss"]
    assert (source.limits.articles_per_run, source.limits.attempts) == (5, 3)
    assert source.expect.kinds_within_days == {"attack_count": 2}
    outlet = source.said_of_articles
    assert (outlet.name, str(outlet.zone), outlet.marks.body) == (
        "某社",
        "Asia/Shanghai",
        "//div[@id='text']",
    )
    assert source_named("rss", load_settings()) == source


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("addresses", "adresses"), ["source.rss: adresses is no key; did you mean addresses?", "addresses is missing"]),
        (("[source.rss]", "[sources.rss]"), ["sources is no table of this file; did you mean source?"]),
        (('"feed"', '"fead"'), ["type 'fead' is none; did you mean feed?"]),
        (("type =", "typ ="), ["type is missing; write one of folder, feed, pages"]),
        (("Asia/Shanghai", "Asia/Shanghi"), ["'Asia/Shanghi' is no time zone; did you mean Asia/Shanghai?"]),
        (("https://example.org/rss", "file:///etc/passwd"), ["is no address of the web"]),
        (("https://example.org/rss", "https://a:b@example.org/"), ["is no address of the web"]),
        (('["https://example.org/rss"]', "[]"), ["addresses"]),
        (('trust = "state agency"\n', ""), ["source.rss: trust is missing; every source of type feed names it"]),
        (('"zh"', '"Chinese"'), ["language = 'Chinese'"]),
        (("rss]", "Meine Quelle]"), ["no valid TOML"]),
        (("[source.rss]", '[source."A b"]'), ["a name has small letters"]),
        (('outlet = "某社"', 'outlet = "某社"\nname = "x"'), ["name is the word after source."]),
        (('outlet = "某社"', 'outlet = "某社"\nschedule = "every hour"'), ["is no cron schedule; write five fields"]),
        (('outlet = "某社"', 'outlet = "某社"\nlimits = { atempts = 1 }'), ["limits.atempts is no key; did you mean attempts?"]),
        (('outlet = "某社"', 'outlet = "某社"\nlimits = { attempts = 0 }'), ["limits.attempts = 0: ", "greater than or equal to 1"]),
        (('outlet = "某社"', 'outlet = "某社"\nexpect = { least_articles = 1 }'), ["did you mean least_articles_per_day?"]),
        (('outlet = "某社"', 'outlet = "某社"\nexpect = { kinds_within_days = { atack_count = 1 } }'), ["did you mean attack_count?"]),
        (('outlet = "某社"', 'outlet = "某社"\npage = { body = "//div[" }'), ["'//div[' is no XPath"]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_its_place_and_the_nearest_right_word(
    change: Any, words: list[str]
) -> None:
    told = refusal(FEED.replace(*change))
    assert told.startswith("sources.toml: ")
    for each in words:
        assert each in told


def test_all_faults_are_told_at_once() -> None:
    told = refusal(FEED.replace("trust", "trast") + FEED.replace("rss]", "b]").replace('"feed"', '"page"'))
    assert "source.rss: trast is no key; did you mean trust?" in told
    assert "source.b: type 'page' is none; did you mean pages?" in told


@pytest.mark.parametrize(
    ("keys", "words"),
    [("", "neither addresses nor indexes"), ('indexes = ["https://example.org/"]', "indexes and links belong together"),
     ('indexes = ["https://example.org/"]\nlinks = "("', "no regular expression")],
)  # fmt: skip
def test_pages_must_lead_to_articles(keys: str, words: str) -> None:
    assert words in refusal(f'[source.p]\ntype = "pages"\n{keys}\n{COMMON}')


def test_an_unknown_source_is_refused_with_the_nearest() -> None:
    written(FEED)
    with pytest.raises(SettingsError, match=r"sources\.toml: has no source rs; did you mean rss\?"):
        source_named("rs", load_settings())


@given(st.sampled_from(sorted(TYPES)), st.text("abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=15))
def test_no_key_is_left_alone_silently(kind: str, key: str) -> None:
    model = TYPES[kind].model
    path = Path("generated.toml")
    path.write_text(f'[source.x]\ntype = "{kind}"\n{key} = 1\n', encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load_sources(path)
    assert key in model.model_fields or f"{key} is no key" in str(caught.value)
