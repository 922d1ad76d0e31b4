"""Time in tests, measured so that a busy or slow machine changes no result.

Only processor time counts, the least of several runs, divided by how much slower than usual the
machine is just then. Whether time grows with the text is told by a text several times as long.
"""

from __future__ import annotations

from collections.abc import Callable
from time import process_time
from typing import NamedTuple

import pytest

YARDSTICK_ROUNDS = 200_000
YARDSTICK_SECONDS = 0.014
"""What so many rounds of plain Python take on a machine of usual speed."""
FACTOR = 4
"""How many times as long the longer text is."""
MAX_GROWTH = FACTOR**1.5
"""Between linear time, which would be 4, and the square, which would be 16."""
ROUNDS = 6

timed = pytest.mark.flaky(reruns=2)
"""Marks a test that bounds time: a burst of noise while it ran gives it a second hearing."""


class Growth(NamedTuple):
    """How time grew with the text."""

    seconds: float
    """Of the longer text."""
    times: float
    """As many times as the shorter one took."""


def slowness() -> float:
    """Return how many times longer than usual plain Python takes here and now; at least 1."""
    begun, total = process_time(), 0
    for i in range(YARDSTICK_ROUNDS):
        total += i * i % 7
    return max(1.0, (process_time() - begun) / YARDSTICK_SECONDS)


def seconds(run: Callable[[], object]) -> float:
    """Return the processor time of one run, on a machine of usual speed."""
    before, begun = slowness(), process_time()
    run()
    took = process_time() - begun
    return took / max(before, slowness())


def growth(run: Callable[[int], object], size: int) -> Growth:
    """Return how much longer ``FACTOR`` times the size takes; as soon as it is little, that.

    Args:
        run: What is measured, for a size.
        size: The smaller size; a run of it should take a millisecond or more.
    """
    short = long = float("inf")
    for _ in range(ROUNDS):
        short = min(short, _processor_seconds(run, size))
        long = min(long, _processor_seconds(run, FACTOR * size))
        if long <= MAX_GROWTH * short:
            break
    return Growth(long, long / short)


def _processor_seconds(run: Callable[[int], object], size: int) -> float:
    begun = process_time()
    run(size)
    return process_time() - begun
