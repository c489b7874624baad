"""Every command, query and program in docs/feed.md runs on the shipped examples and finds something."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from flows.run import ingest_plain
from flows.settings import Settings

TOP = Path(__file__).parents[2]
DOCUMENT = (TOP / "docs" / "feed.md").read_text(encoding="utf-8")
SERVED = "127.0.0.1:8765"


def blocks(language: str) -> list[str]:
    """What the document has in a language."""
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT, re.S)


SHELL = [block for block in blocks("sh") if "serve" not in block]
SECONDS = 120


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the examples have been run, with `shilu` to call."""
    place = tmp_path_factory.mktemp("desk")
    ingest_plain([TOP / "examples"], Settings(database=place / "data" / "shilu.duckdb"))
    command = place / "bin" / "shilu"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m flows "$@"\n')
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    return place


@pytest.fixture(scope="module")
def address(desk: Path) -> Iterator[str]:
    """Where the examples are served."""
    command = [sys.executable, "-m", "flows", "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=desk, stderr=subprocess.PIPE, text=True, env=environment(desk)
    ) as server:
        try:
            assert server.stderr is not None
            match = re.search(r"http://(127\.0\.0\.1:\d+)/", server.stderr.readline())
            assert match is not None
            yield match[1]
        finally:
            server.terminate()


def environment(desk: Path) -> dict[str, str]:
    """What a shell at the desk knows."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("SHILU_")}
    return plain | {"PYTHONPATH": str(TOP), "PATH": f"{desk / 'bin'}{os.pathsep}{os.environ['PATH']}"}


@pytest.mark.parametrize("block", SHELL)
def test_a_command_of_the_document_works(desk: Path, address: str, block: str) -> None:
    if "curl" in block and shutil.which("curl") is None:
        pytest.skip("needs curl")
    for line in [block] if "$tag" in block else block.splitlines():
        strict = line.replace("curl -s", "curl -sS --fail").replace(SERVED, address)
        done = subprocess.run(
            ["sh", "-euc", strict], check=False, cwd=desk, env=environment(desk), capture_output=True, text=True, timeout=SECONDS
        )  # fmt: skip
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        written = re.search(r"--output (\S+)", line)
        told = (desk / written[1]).read_bytes() if written else done.stdout
        assert told, line
        if "/api/" in line and ".csv" not in line and "$tag" not in line:
            assert '"total":0' not in told and '"data":[]' not in told and '"features":[]' not in told, line


def test_a_tag_saves_an_answer(desk: Path, address: str) -> None:
    if shutil.which("curl") is None:
        pytest.skip("needs curl")
    (block,) = [block for block in SHELL if "$tag" in block]
    done = subprocess.run(
        ["sh", "-euc", block.replace(SERVED, address)],
        cwd=desk, env=environment(desk), capture_output=True, text=True, timeout=SECONDS, check=True,
    )  # fmt: skip
    assert done.stdout.splitlines()[-1] == "304"


@pytest.mark.parametrize("query", blocks("sql"))
def test_a_query_of_the_document_finds_rows(desk: Path, query: str) -> None:
    assert duckdb.sql(query.replace("data/shilu.published", str(desk / "data/shilu.published"))).fetchall()


@pytest.mark.parametrize("program", blocks("python"))
def test_a_program_of_the_document_runs(desk: Path, address: str, program: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", program.replace(SERVED, address)],
        check=False, cwd=desk, env=environment(desk), capture_output=True, text=True, timeout=SECONDS,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_the_document_names_every_address(address: str) -> None:
    from warehouse.feed.application import create_app  # noqa: PLC0415 - heavy

    for path in create_app(Path("nowhere")).openapi()["paths"]:
        plain = re.sub(r"\{(fact|event|article)_id\}", "{id}", path).removesuffix(".{suffix}")
        assert f"`{plain}`" in DOCUMENT, path
