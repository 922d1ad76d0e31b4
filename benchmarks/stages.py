"""Time every stage on the demonstration's texts, in one process and on one core.

Machines are shared and noisy, so each time also stands as a ratio to one fixed piece of work in
the same run: splitting the same text with Python's own ``str.split``.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

from chrestomathy import catalogue, demo
from chrestomathy.grade import grade
from chrestomathy.lift import lift
from chrestomathy.publish import publish
from chrestomathy.records import Passage
from chrestomathy.textkit.fold import fold
from chrestomathy.trace import Collection, trace_one

RUNS = 5


@dataclass(frozen=True, slots=True)
class Stages:
    """The figures of all stages and what they were measured on."""

    rows: list[tuple[str, str, float]]
    """Work, figure, time as a multiple of splitting the text."""
    megabytes: float
    n_passages: int
    split_mb_per_s: float
    """How fast ``str.split`` was."""


def median_s(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median time of a piece of work, in seconds."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def measure_stages() -> Stages:
    """Measure every stage."""
    addresses = list(catalogue.load_addresses())
    sources = [*catalogue.load_bible(), *catalogue.load_plays(), *addresses]
    texts = [one.text for one in sources]
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    unit = median_s(lambda: [text.split() for text in texts])
    rows: list[tuple[str, str, float]] = []

    def per_mb(name: str, work: Callable[[], object], size: float = megabytes) -> None:
        seconds = median_s(work)
        rows.append((name, f"{size / seconds:,.0f} MB/s", seconds * megabytes / size / unit))

    per_mb("fold", lambda: [fold(text) for text in texts])
    per_mb("fold and index", lambda: Collection.of(sources))
    documents = list(demo.documents_of(addresses))
    prose = sum(len(one.text.encode()) for one in documents) / 1e6
    found = list(lift(documents, settings=demo.SETTINGS.lift))
    per_mb("lift prose", lambda: list(lift(documents, settings=demo.SETTINGS.lift)), prose)

    collection = Collection.of(sources)
    passages = [one for one in found if isinstance(one, Passage)]
    times = []
    for passage in passages:
        begun = time.perf_counter()
        trace_one(passage, collection=collection, settings=demo.SETTINGS.trace)
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    middle, worst = times[len(times) // 2], times[int(len(times) * 0.99)]
    figure = f"median {middle:.2f} ms, p99 {worst:.1f} ms"
    rows.append(("trace a passage", figure, middle / unit / 1000))
    seconds = median_s(lambda: list(grade(passages, settings=demo.SETTINGS.grade)), 3)
    rows.append(("grade", f"{len(passages) / seconds:,.0f} passages/s", seconds / unit))
    edition = demo.demo_edition(progress=lambda *_: None, say=lambda _: None)
    seconds = median_s(lambda: publish(edition, ["html"]))
    figure = f"{len(edition.entries) / seconds:,.0f} passages/s"
    rows.append(("print a reader", figure, seconds / unit))
    seconds = median_s(lambda: demo.demo_edition(progress=lambda *_: None, say=lambda _: None), 3)
    rows.append(("the whole demonstration", f"{seconds:.1f} s", seconds / unit))
    return Stages(rows, megabytes, len(passages), megabytes / unit)
