"""Many pages read in several processes, and handed on in the order in which they came.

Only what takes long is sent to them: pages, not plain texts, whose way there and back would
cost more than reading them. Nothing is started before there are enough pages.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import suppress
from itertools import chain

from chrestomathy.codec import Item
from chrestomathy.read.formats import JSONL, MARKDOWN, MBOX, PLAIN, WARC, format_of, read_raw
from chrestomathy.read.inputs import Raw, left_out
from chrestomathy.records import LeftOut
from chrestomathy.settings import ReadSettings

MIN_PAGES = 800
"""Fewest pages for which processes are started: each computes for a second before it reads its
first page. On two cores 480 pages took as long with two as alone (3.1 s), 2,400 pages two thirds of
it (8.1 s instead of 12.8)."""
MAX_WAITING_BYTES = 100_000_000
"""Most bytes of pages that wait to be read or to be handed on."""
BATCH = 4
"""Pages that are sent at once."""
_QUICK = (PLAIN, MARKDOWN, JSONL, WARC, MBOX)

_Found = list[Item | LeftOut]
_Job = Future[_Found] | Raw | LeftOut


def read_in_processes(
    raws: Iterable[Raw | LeftOut], *, settings: ReadSettings
) -> Iterator[Item | LeftOut]:
    """Read inputs as `read` does, in several processes where there are many pages.

    What is yielded, and in which order, is the same.
    """
    n_processes = min(settings.max_processes, os.cpu_count() or 1)
    first: list[Raw | LeftOut] = []
    n_pages = n_bytes = 0
    raws = iter(raws)
    if n_processes > 1:
        for raw in raws:
            first.append(raw)
            n_pages += _is_slow(raw)
            n_bytes += len(raw.data) if isinstance(raw, Raw) else 0
            if n_pages >= MIN_PAGES or n_bytes > MAX_WAITING_BYTES:
                break
    every = chain(first, raws)
    if n_pages < MIN_PAGES:
        for raw in every:
            yield from _read(raw, settings)
        return
    yield from _in_pool(every, n_processes, settings)


def _in_pool(
    raws: Iterable[Raw | LeftOut], n_processes: int, settings: ReadSettings
) -> Iterator[Item | LeftOut]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(n_processes, mp_context=context) as pool:
        jobs: deque[tuple[_Job, list[Raw]]] = deque()
        batch: list[Raw] = []
        n_waiting = 0

        def send() -> None:
            if batch:
                jobs.append((pool.submit(_read_batch, tuple(batch), settings), list(batch)))
                batch.clear()

        try:
            for raw in raws:
                if isinstance(raw, Raw) and _is_slow(raw):
                    batch.append(raw)
                    n_waiting += len(raw.data)
                    if len(batch) >= BATCH:
                        send()
                else:
                    send()
                    jobs.append((raw, []))
                while jobs and (n_waiting > MAX_WAITING_BYTES or len(jobs) > 4 * n_processes):
                    n_waiting -= sum(len(one.data) for one in jobs[0][1])
                    yield from _done(*jobs.popleft(), settings)
            send()
            while jobs:
                yield from _done(*jobs.popleft(), settings)
        finally:
            pool.shutdown(cancel_futures=True)


def _done(job: _Job, batch: list[Raw], settings: ReadSettings) -> Iterator[Item | LeftOut]:
    if not isinstance(job, Future):
        yield from _read(job, settings)
        return
    found: _Found | None = None
    with suppress(OSError, RuntimeError, MemoryError):  # a process that was killed
        found = job.result()
    if found is not None:
        yield from found
        return
    for raw in batch:
        yield left_out(
            raw.origin,
            "a process that read it was ended by the system",
            "Give it again, with max_processes = 1 under [read] in the settings.",
        )


def _read_batch(raws: tuple[Raw, ...], settings: ReadSettings) -> _Found:
    return [item for raw in raws for item in read_raw(raw, settings=settings)]


def _read(raw: Raw | LeftOut, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    if isinstance(raw, LeftOut):
        yield raw
    else:
        yield from read_raw(raw, settings=settings)


def _is_slow(raw: Raw | LeftOut) -> bool:
    return isinstance(raw, Raw) and raw.path is None and format_of(raw) not in _QUICK
