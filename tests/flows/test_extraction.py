"""Poison articles: whatever one of them does to the extractor costs its own events and no others."""

from __future__ import annotations

import datetime
import importlib.util
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import ModuleType

import pytest

from flows.errors import ShiluError
from flows.extraction import REMEDIES, Extraction, Outcome
from flows.guard import Alarm, Bounds, OutOfTime, memory_bound
from schemas import Article

CHECKOUT = Path(__file__).parents[2]
PUBLISHED = datetime.datetime(2024, 3, 5, tzinfo=datetime.UTC)
TIGHT = Bounds(seconds=0.5, megabytes=200, events=100)
PATIENT = Bounds(seconds=60, megabytes=200, events=100)  # a busy machine takes its time to fill memory
CODES = {
    "死循环": "extraction_timeout",
    "回溯": "extraction_timeout",
    "卡死": "extraction_timeout",
    "膨胀": "extraction_memory",
    "崩溃": "extraction_crash",
    "故障": "extraction_failed",
    "刷屏": "extraction_failed",
}


def article(number: int, words: str = "") -> Article:
    text = f"{words}，击落了{number}架无人机。"
    return Article.of(source="某社", title="战报", text=text, published=PUBLISHED, key=f"a{number:03}")


def articles(poison: dict[int, str], count: int = 30) -> list[Article]:
    return [article(number, poison.get(number, "")) for number in range(count)]


def codes(outcomes: Sequence[Outcome]) -> dict[int, str]:
    """The failures, by the number of their article; all others must have given their event."""
    failed = {}
    for number, outcome in enumerate(outcomes):
        assert outcome.article.id == f"a{number:03}"
        if outcome.failure is None:
            assert [event.id for event in outcome.events], outcome
        else:
            assert outcome.events == ()
            failed[number] = outcome.code
    return failed


@pytest.fixture
def room(poisoned_room: Path) -> ModuleType:
    """The poisoned room in this process."""
    specification = importlib.util.spec_from_file_location("poisoned", poisoned_room / "extractors.py")
    assert specification is not None and specification.loader is not None
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


@pytest.mark.parametrize("words", ["死循环", "回溯", "膨胀", "故障", "刷屏"])
def test_in_this_process_a_poison_article_costs_its_own_events_only(room: ModuleType, words: str) -> None:
    bounds = PATIENT if words == "膨胀" else TIGHT
    outcomes = Extraction(extractor=room.Extractor(), bounds=bounds).outcomes(articles({7: words}))
    room.held.clear()
    assert codes(outcomes) == {7: CODES[words]}


def test_the_words_of_a_failure_name_the_limit_and_its_setting(room: ModuleType) -> None:
    poison = {0: "死循环", 1: "刷屏"}
    slow, many = Extraction(extractor=room.Extractor(), bounds=TIGHT).outcomes(articles(poison, 2))
    (swollen,) = Extraction(extractor=room.Extractor(), bounds=PATIENT).outcomes(articles({0: "膨胀"}, 1))
    room.held.clear()
    assert slow.failure == "reading it takes more than 0.5 s"
    assert "max_article_seconds" in REMEDIES[slow.code]
    assert swollen.failure == "reading it takes more than 200 MB of memory beyond the models"
    assert "max_article_memory_megabytes" in REMEDIES[swollen.code]
    assert many.failure is not None
    assert "2000 events" in many.failure and "max_article_events" in many.failure


@pytest.mark.usefixtures("poisoned_room")
def test_workers_that_hang_or_die_are_replaced_and_only_the_guilty_lose_their_events() -> None:
    poison = {3: "死循环", 25: "崩溃", 26: "故障", 48: "卡死", 70: "膨胀"}
    with Extraction(workers=2, bounds=Bounds(seconds=1.0, megabytes=200)) as extraction:
        first = extraction.begin(articles(poison, 90))
        ahead = extraction.begin(articles({}, 45))  # also under way when the pool breaks
        assert codes(first()) == {number: CODES[words] for number, words in poison.items()}
        assert codes(ahead()) == {}
        assert codes(extraction.outcomes(articles({1: "故障"}, 3))) == {1: "extraction_failed"}


@pytest.mark.usefixtures("poisoned_room")
def test_outside_the_main_thread_reading_is_left_to_a_process_that_can_be_ended() -> None:
    with Extraction(bounds=TIGHT) as extraction, ThreadPoolExecutor(1) as threads:
        outcomes = threads.submit(extraction.outcomes, articles({1: "死循环"}, 3)).result(timeout=120)
    assert codes(outcomes) == {1: "extraction_timeout"}


def test_processes_that_die_before_they_read_are_no_fault_of_an_article(poisoned_room: Path) -> None:
    (poisoned_room / "extractors.py").write_text("import os\nos._exit(9)\n")
    with (
        Extraction(workers=2) as extraction,
        pytest.raises(ShiluError, match=r"died before .* fewer workers than 2"),
    ):
        extraction.outcomes(articles({}, 3))


def test_the_error_of_models_that_do_not_load_is_told_as_it_is(poisoned_room: Path) -> None:
    (poisoned_room / "extractors.py").write_text("raise FileNotFoundError('no weights')\n")
    with Extraction(workers=2) as extraction, pytest.raises(FileNotFoundError, match="no weights"):
        extraction.outcomes(articles({}, 3))


def test_the_alarm_rings_again_where_a_destructor_swallowed_it(monkeypatch: pytest.MonkeyPatch) -> None:
    swallowed: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", lambda told: swallowed.append(told.exc_type))

    class Swallows:
        def __del__(self) -> None:
            wait(5)

    def wait(seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            pass

    with pytest.raises(OutOfTime), Alarm(0.1) as alarm:
        alarm.wind()
        Swallows()
        wait(5)
    assert swallowed == [OutOfTime]


def test_the_alarm_leaves_no_trace() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with Alarm(10) as alarm:
        alarm.wind()
        assert signal.getsignal(signal.SIGALRM) != before
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


def test_in_another_thread_there_is_no_alarm() -> None:
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(lambda: Alarm(0.01).__enter__().wind()).result() is None
    assert threading.current_thread() is threading.main_thread()
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how much memory is in use")
def test_the_bound_on_memory_is_lifted_afterwards() -> None:
    with memory_bound(100), pytest.raises(MemoryError):
        bytearray(200_000_000)
    assert len(bytearray(200_000_000)) == 200_000_000


def test_workers_end_with_a_parent_that_was_killed(poisoned_room: Path) -> None:
    """Else each killed run would leave processes behind that hold the models for ever."""
    script = (
        "import datetime, os, multiprocessing, time\n"
        "from schemas import Article\n"
        "from flows.extraction import Extraction\n"
        "if __name__ == '__main__':\n"
        "    moment = datetime.datetime(2024, 3, 5, tzinfo=datetime.UTC)\n"
        "    one = Article.of(source='x', title='', text='击落了1架无人机', published=moment)\n"
        "    Extraction(workers=2).outcomes([one] * 60)\n"
        "    print(*[child.pid for child in multiprocessing.active_children()], flush=True)\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    (poisoned_room / "killed.py").write_text(script)
    environment = os.environ | {"PYTHONPATH": f"{poisoned_room}{os.pathsep}{CHECKOUT}"}
    killed = subprocess.Popen(
        [sys.executable, str(poisoned_room / "killed.py")], stdout=subprocess.PIPE, text=True, env=environment
    )
    words, _ = killed.communicate(timeout=60)  # the pipe closes when the last process that holds it has ended
    assert killed.returncode == -signal.SIGKILL
    assert len(re.findall(r"\d+", words)) == 2


def test_an_alarm_waits_until_an_import_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module cut short stays half made, and with it all articles after the one that took too long would fail."""
    (tmp_path / "slow_to_import.py").write_text(
        "import time\nend = time.monotonic() + 0.5\nwhile time.monotonic() < end: pass\nis_whole = True\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(OutOfTime), Alarm(0.1) as alarm:
        alarm.wind()
        importlib.import_module("slow_to_import")
        while True:
            pass
    assert sys.modules.pop("slow_to_import").is_whole


def test_an_extractor_that_is_loaded_loads_nothing_more() -> None:
    """What it loaded with an article would count as that article's time and memory."""
    probe = """
import datetime, sys
from flows.extraction import load_extractor
from flows.sources import read_inputs
from pathlib import Path
articles = [each for each in read_inputs([Path(sys.argv[1])]) if hasattr(each, "text")]
extractor = load_extractor()
before = set(sys.modules)
read = [extractor.extract(each) for each in articles]
assert any(read)
print(sorted(set(sys.modules) - before))
"""
    done = subprocess.run(
        [sys.executable, "-c", probe, str(CHECKOUT / "examples")],
        cwd=CHECKOUT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
