"""Run Chrestomathy once on one piece of work, in a process of its own, and print the figures.

Usage: ``python benchmarks/ours.py WORK.json [--index-only] [--cores N]``, or with ``--build`` or
``--open`` and a folder for a collection on disk. The cold time begins
after import and ends when the last verdict is there: reading the files, indexing, tracing. Then
every passage is traced a second time, each timed alone: the warm figures.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import sys
import time
from pathlib import Path
from typing import Any

BEGUN = time.perf_counter()

from chrestomathy import pipeline  # noqa: E402 - the clock must run before it
from chrestomathy.read import read_sources  # noqa: E402
from chrestomathy.settings import Settings  # noqa: E402
from chrestomathy.trace import collection as _collection  # noqa: E402
from chrestomathy.trace import trace_one, tracer  # noqa: E402

IMPORTED = time.perf_counter() - BEGUN
LOADED = (_collection, tracer)
"""What the verb loads when it is first used belongs to the import here."""


def main() -> None:
    """Measure and print one line of JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("work", type=Path)
    parser.add_argument("--index-only", action="store_true")
    parser.add_argument("--cores", type=int)
    parser.add_argument("--build", type=Path, help="a folder to make a collection in")
    parser.add_argument("--memory", type=int, default=1000, help="megabytes to make it with")
    parser.add_argument("--open", type=Path, help="a collection to open")
    chosen = parser.parse_args()
    if chosen.cores and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: chosen.cores])
    work = json.loads(chosen.work.read_text("utf-8"))
    if chosen.build:
        figures = build(work, chosen.build, chosen.memory)
    elif chosen.open:
        figures = opened(work, chosen.open)
    else:
        figures = index_alone(work) if chosen.index_only else whole(work)
    print(json.dumps(figures | {"import_s": IMPORTED, "rss_mb": peak_mb()}))


def whole(work: dict[str, Any]) -> dict[str, Any]:
    """Go from files to verdicts, then trace every passage again."""
    settings, tray = Settings(), pipeline.Tray()
    begun = time.perf_counter()
    collection = pipeline.load_collection(work["collections"], tray, settings=settings)
    loaded = time.perf_counter()
    items = pipeline.read_inputs([work["passages"]], tray, settings=settings.read)
    passages = list(pipeline.as_passages(items, tray, settings=settings))
    verdicts = [trace_one(one, collection=collection, settings=settings.trace) for one in passages]
    done = time.perf_counter()
    peak = peak_mb()
    warm = []
    for one in passages:
        start = time.perf_counter()
        trace_one(one, collection=collection, settings=settings.trace)
        warm.append((time.perf_counter() - start) * 1000)
    return {
        "seconds": done - begun,
        "load_s": loaded - begun,
        "trace_s": done - loaded,
        "cold_mb": peak,
        "warm_ms": warm,
        "wordings": [one.wording for one in verdicts],
        "spans": [[(p.source, p.start, p.end) for p in one.parts] for one in verdicts],
        "left_out": len(tray.left_out),
    }


def index_alone(work: dict[str, Any]) -> dict[str, Any]:
    """Index sources that are in memory already."""
    settings = Settings()
    begun = time.perf_counter()
    sources = [
        one for path in work["collections"] for one in read_sources(path, settings=settings.read)
    ]
    start = time.perf_counter()
    collection = _collection.Collection.of(sources)  # type: ignore[arg-type]
    done = time.perf_counter()
    return {
        "read_s": start - begun,
        "index_s": done - start,
        "index_mb": sum(one.n_bytes for one in collection.segments) / 1e6,
    }


def build(work: dict[str, Any], folder: Path, memory: int) -> dict[str, Any]:
    """Make a collection on disk."""
    from chrestomathy import library

    begun = time.perf_counter()
    library.build(
        str(folder), work["collections"], pipeline.Tray(), settings=Settings(),
        memory=memory * 1_000_000,
    )  # fmt: skip
    size = sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())
    return {"seconds": time.perf_counter() - begun, "disk_mb": size / 1e6}


def opened(work: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Open a collection on disk and trace one passage after the other."""
    settings, tray = Settings(), pipeline.Tray()
    items = pipeline.read_inputs([work["passages"]], tray, settings=settings.read)
    passages = list(pipeline.as_passages(items, tray, settings=settings))
    begun = time.perf_counter()
    collection = pipeline.load_collection([str(folder)], tray, settings=settings)
    done = time.perf_counter()
    trace_one(passages[0], collection=collection, settings=settings.trace)
    first = time.perf_counter()
    for one in passages:
        trace_one(one, collection=collection, settings=settings.trace)
    return {
        "open_s": done - begun,
        "first_s": first - done,
        "trace_s": time.perf_counter() - first,
    }


def peak_mb() -> float:
    """Return the most memory that this process held at once, and the largest of its children."""
    unit = 1e6 if sys.platform == "darwin" else 1e3
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    status = Path("/proc/self/status")
    if status.exists() and (m := re.search(r"VmHWM:\s+(\d+)", status.read_text())):
        own = int(m[1]) / 1e3  # the figure above begins with what the parent held
    spawned = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit
    return own + spawned


if __name__ == "__main__":
    main()
