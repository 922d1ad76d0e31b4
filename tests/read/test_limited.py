"""A reader in a child process: its answer, or one sentence on what it died of."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from chrestomathy.errors import InputError
from chrestomathy.read import limited
from chrestomathy.read.limited import run_limited
from chrestomathy.settings import ReadSettings

SETTINGS = ReadSettings()


@pytest.fixture(autouse=True)
def _tasks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Name the badly behaved readers of ``limited_tasks.py``."""
    folder = Path(__file__).parent
    monkeypatch.syspath_prepend(str(folder))
    names = [
        line.split("(")[0].removeprefix("def ")
        for line in (folder / "limited_tasks.py").read_text().splitlines()
        if line.startswith("def ")
    ]
    for name in names:
        monkeypatch.setitem(limited.TASKS, name, f"limited_tasks:{name}")


def _problem(task: str, data: bytes = b"", settings: ReadSettings = SETTINGS) -> InputError:
    with pytest.raises(InputError) as caught:
        run_limited(task, data, settings=settings)
    return caught.value


def test_the_answer_comes_back():
    """Bytes of any sort and size go in and come out."""
    data = bytes(range(256)) * 10_000
    assert run_limited("reverse", data, settings=SETTINGS) == data[::-1]
    assert run_limited("reverse", b"", settings=SETTINGS) == b""


def test_the_settings_reach_the_reader():
    """The child has the settings of the parent."""
    assert run_limited("settings_seen", b"", settings=ReadSettings(max_depth=7)) == b"7"


@pytest.mark.parametrize("task", ["loop_in_python", "loop_in_c"])
def test_an_endless_loop_is_stopped(task, measure):
    """A step that takes too long ends, in Python and in C, within two seconds."""
    with measure() as measured:
        problem = _problem(task)
    assert problem.what == "one page or part of it takes longer than 1.2 seconds"
    assert "max_step_s" in problem.fix
    assert measured.seconds < 2


def test_many_short_steps_may_take_longer_than_one():
    """A long document of quick pages is read; the clock starts anew at each."""
    settings = ReadSettings(max_step_s=0.6)
    data = b"5".rjust(40_000)  # its size earns it a second more
    assert run_limited("many_steps", data, settings=settings) == b"done"


def test_endless_short_steps_are_stopped():
    """A small file is not read for ever, however quick its pages are."""
    problem = _problem("endless_steps", settings=ReadSettings(max_step_s=0.3))
    assert problem.what.startswith("all of it takes longer than")
    assert problem.at
    assert problem.at.startswith("page or part ")


@pytest.mark.parametrize("task", ["fill_slowly", "fill_at_once"])
def test_too_much_memory_is_refused(task, measure):
    """A reader that eats memory ends below 300 MB."""
    with measure() as measured:
        problem = _problem(task)
    assert problem.what == "it needs more than 250 MB of memory"
    assert measured.megabytes < 300
    assert measured.seconds < 2


def test_memory_is_refused_to_a_child_that_cannot_look(measure, monkeypatch):
    """Where the machine is too busy for the watch, the system says no a little later."""
    boot = (
        "import sys; sys.path[:] = sys.argv[2:]; from importlib import import_module; "
        "limited = import_module('chrestomathy.read.limited'); "
        "limited._watch_memory = lambda allowed: None; limited.serve(sys.argv[1])"
    )
    monkeypatch.setattr(limited, "_BOOT", boot)
    with measure() as measured:
        problem = _problem("fill_slowly")
    assert problem.what == "it needs more than 250 MB of memory"
    assert measured.megabytes < 300


def test_a_crash_is_told():
    """A parser that crashes takes nobody with it."""
    problem = _problem("crash")
    assert problem.what == "it is damaged: its reader crashed by signal 11"
    assert problem.at == "page or part 2"


def test_a_child_that_leaves_without_a_word_is_told():
    """No answer is a problem, too, and half of one."""
    assert _problem("half_an_answer").what == "it is damaged: its reader crashed with status 0"
    assert _problem("leave").what == "it is damaged: its reader crashed with status 3"


def test_an_error_of_the_reader_is_told():
    """What the reader says is wrong comes through; what a parser raises becomes a sentence."""
    problem = _problem("refuse")
    assert (problem.what, problem.at) == ("it is encrypted", "page 3")
    assert problem.fix == "Save it without a password."
    assert _problem("stumble").what == "it is damaged: KeyError: 'Root\\n'"


def test_no_file_is_written(tmp_path):
    """The child cannot write to disk."""
    target = tmp_path / "out"
    problem = _problem("write_file", str(target).encode())
    assert problem.what.startswith("it is damaged: OSError")
    assert not target.exists() or target.read_bytes() == b""


def test_an_answer_without_end_is_refused(monkeypatch):
    """The parent takes no more than it can hold."""
    monkeypatch.setattr(limited, "MAX_ANSWER_BYTES", 100_000)
    assert len(run_limited("talk", b"90000", settings=SETTINGS)) == 90_000
    assert _problem("talk", b"1000000").what == "more than 100,000 bytes came out of it"


def test_a_child_that_sleeps_is_not_waited_for(monkeypatch):
    """A child that computes nothing is stopped as well."""
    monkeypatch.setattr(limited, "PATIENCE", 0.5)
    begun = time.monotonic()
    assert _problem("sleep").what == "it was not done in 1 seconds"
    assert time.monotonic() - begun < 10


def test_after_every_death_the_next_input_is_read():
    """A child that was killed breaks nothing for the next."""
    for task in ("loop_in_python", "fill_at_once", "crash", "leave", "stumble"):
        _problem(task, settings=ReadSettings(max_step_s=0.2))
        assert run_limited("reverse", b"abc", settings=SETTINGS) == b"cba"


def test_where_no_limits_can_be_set_nothing_is_read(monkeypatch):
    """A system without such limits is told so."""
    monkeypatch.delattr("signal.setitimer")
    assert "sets no limits" in _problem("reverse").what
