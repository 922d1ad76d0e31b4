"""What the tests of bad input share: measuring, and a record of what was seen."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from timing import slowness

ATTACKS_FILE = "CHRESTOMATHY_ATTACKS"
"""Environment variable with the file that each attack adds a line of JSON to."""
POLL_SECONDS = 0.005

AttackRecord = Callable[[str, str, float, float], None]


@pytest.fixture
def attack_record() -> AttackRecord:
    """Return what notes an attack: its name, what happened, seconds, megabytes."""

    def record(name: str, what_happened: str, seconds: float, megabytes: float) -> None:
        path = os.environ.get(ATTACKS_FILE)
        if path:
            fields = {
                "name": name,
                "what_happened": what_happened,
                "seconds": round(seconds, 2),
                "megabytes": round(megabytes),
            }
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(json.dumps(fields, ensure_ascii=False) + "\n")

    return record


@dataclass
class Measured:
    """What a piece of work took, children included; complete once its block has ended."""

    seconds: float = 0.0
    """Of computing, or of waiting where the machine has nothing else to do: the less of both;
    divided by how much slower than usual this machine is just then, as shared ones are."""
    megabytes: float = 0.0
    """Most memory at any time beyond what this process had before."""


@pytest.fixture
def measure() -> Callable[[], object]:
    """Return a context manager that measures time and memory of the block under it."""
    return _measure


@contextmanager
def _measure() -> Iterator[Measured]:
    measured, done = Measured(), threading.Event()
    before = _resident(os.getpid())

    def watch() -> None:
        while not done.wait(POLL_SECONDS):
            children = sum(map(_resident, _children()))
            now = (_resident(os.getpid()) - before + children) / 1e6
            measured.megabytes = max(measured.megabytes, now)

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    slow_before = slowness()
    begun, computed = time.monotonic(), _computed()
    try:
        yield measured
    finally:
        seconds = min(time.monotonic() - begun, _computed() - computed)
        measured.seconds = seconds / max(slow_before, slowness())
        done.set()
        watcher.join()


def _computed() -> float:
    return sum(os.times()[:4])


def _children() -> list[int]:
    """List the children that run their own program: before that they show their parent's memory."""
    try:
        text = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text()
    except OSError:
        return []
    ours = _command(os.getpid())
    return [int(one) for one in text.split() if _command(int(one)) != ours]


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _resident(process: int) -> int:
    try:
        pages = Path(f"/proc/{process}/statm").read_bytes().split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
