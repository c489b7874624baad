"""Settings from the environment and one file; what is misspelt is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.errors import SettingsError
from flows.settings import load_settings


def test_defaults_just_work() -> None:
    settings = load_settings()
    assert settings.database == Path("data/shilu.duckdb")
    assert settings.prefect_home == Path("data/prefect")
    assert (settings.batch_size, settings.workers) == (300, 1)


def test_the_file_in_the_working_directory_is_read(tmp_path: Path) -> None:
    (tmp_path / "shilu.toml").write_text('database = "x/y.duckdb"\nworkers = 3\n')
    settings = load_settings()
    assert (settings.database, settings.workers) == (Path("x/y.duckdb"), 3)


def test_the_environment_wins_over_the_file_and_an_override_over_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shilu.toml").write_text("workers = 3\nbatch_size = 10\n")
    monkeypatch.setenv("SHILU_WORKERS", "4")
    assert (load_settings().workers, load_settings().batch_size) == (4, 10)
    assert load_settings(workers=5).workers == 5
    assert load_settings(workers=None).workers == 4


def test_another_file_is_read_where_the_environment_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shilu.toml").write_text("workers = 3\n")
    (tmp_path / "other.toml").write_text("batch_size = 7\n")
    monkeypatch.setenv("SHILU_CONFIG", "other.toml")
    assert (load_settings().workers, load_settings().batch_size) == (1, 7)


def test_a_misspelt_name_in_the_file_is_refused_with_a_suggestion(tmp_path: Path) -> None:
    (tmp_path / "shilu.toml").write_text("batchsize = 10\n")
    with pytest.raises(
        SettingsError, match=r"shilu\.toml: batchsize is no setting; did you mean batch_size\?"
    ):
        load_settings()


def test_a_misspelt_variable_is_refused_with_a_suggestion(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHILU_WORKER", "2")
    with pytest.raises(SettingsError, match="SHILU_WORKER is no setting; did you mean SHILU_WORKERS"):
        load_settings()


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [("SHILU_WORKERS", "0", "greater than or equal to 1"), ("SHILU_BATCH_SIZE", "many", "valid integer")],
)
def test_a_value_out_of_bounds_names_its_variable(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, words: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(SettingsError, match=f"environment: {variable} = '{value}': .*{words}"):
        load_settings()


def test_a_value_out_of_bounds_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "shilu.toml").write_text("lock_wait_seconds = -1\n")
    with pytest.raises(SettingsError, match=r"shilu\.toml: lock_wait_seconds = -1: "):
        load_settings()


def test_an_override_is_checked_too() -> None:
    with pytest.raises(SettingsError, match="workers"):
        load_settings(workers=0)


def test_a_file_that_is_no_toml_or_absent_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shilu.toml").write_text("workers: 3\n")
    with pytest.raises(SettingsError, match=r"shilu\.toml: no valid TOML"):
        load_settings()
    monkeypatch.setenv("SHILU_CONFIG", "nowhere.toml")
    with pytest.raises(SettingsError, match=r"nowhere\.toml: cannot be read"):
        load_settings()
