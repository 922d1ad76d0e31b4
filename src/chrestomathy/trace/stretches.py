"""From a chain of runs to stretches: passage and source aligned word for word.

A stretch is a piece of the passage that goes forward through one source. What lies between the
runs of its chain is aligned in the small rectangles that are left, so the work is in
proportion to what differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from chrestomathy.trace.align import Op, align
from chrestomathy.trace.collection import Collection
from chrestomathy.trace.search import Query, Run, Window, is_jump

SPLICE_WORDS = 8
"""Fewest verbatim words of a piece that makes a splice (the contract's limit)."""
SLACK_WORDS = 8
MOST_CELLS = 2_000_000
"""Largest rectangle aligned, in pairs of words; a larger one is an insertion and a gap."""
MATCH_SCALE = 6.0
"""Bits that an ordinary word tells; a match weighs 0.5 to 2.5 of such words."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the passage that goes forward through one source."""

    source: int
    """Index in the collection."""
    ops: tuple[Op, ...]
    """In order; `a` counts the passage's words, `b` the source's own."""

    def matched(self) -> NDArray[np.int64]:
        """Return the indices of the passage's words that stand in the source."""
        pieces = [np.arange(op.a0, op.a1) for op in self.ops if op.op == "equal"]
        return np.concatenate(pieces) if pieces else np.arange(0)

    def extent(self) -> tuple[int, int]:
        """Return where the first and the last word of the source that answer stand."""
        held = [op for op in self.ops if op.op != "insert"]
        return held[0].b0, held[-1].b1

    def longest(self) -> int:
        """Return how many words its longest verbatim run has."""
        return max((op.a1 - op.a0 for op in self.ops if op.op == "equal"), default=0)

    def moved(self, source: int, shift: int) -> Stretch:
        """Return the same stretch in another source that holds the same words."""
        ops = tuple(replace(op, b0=op.b0 + shift, b1=op.b1 + shift) for op in self.ops)
        return Stretch(source, ops)


def match_weights(bits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what a match of each word is worth to the aligner."""
    return np.clip(bits / MATCH_SCALE, 0.5, 2.5)


def stretches_of(query: Query, collection: Collection, path: Sequence[Run]) -> list[Stretch]:
    """Align a chain of runs, piece by piece."""
    groups = _groups(query, collection, _at_marks(query, collection, path))
    weights = match_weights(query.bits)
    edges = _edges(query, collection, groups, weights)
    return [
        Stretch(
            collection.source_of(group[0].j),
            tuple(_align_group(query, collection, group, weights, start, end)),
        )
        for group, (start, end) in zip(groups, edges, strict=True)
    ]


def _at_marks(query: Query, collection: Collection, path: Sequence[Run]) -> list[Run]:
    """Move the joint of two runs to a mark that stands near it, where the words allow both.

    "the mill … and the ferry" may go on with "and" at the mill as well as at the ferry.
    """
    out = list(path)
    for k, right in enumerate(out[1:], 1):
        left = out[k - 1]
        if left.i_end != right.i or right.j < left.j_end or right.i in query.marks:
            continue
        for mark in query.marks:
            step = mark - right.i
            if -min(SLACK_WORDS, left.length) < step < 0:
                a, b = slice(mark, right.i), slice(right.j + step, right.j)
            elif 0 < step < min(SLACK_WORDS, right.length):
                a, b = slice(right.i, mark), slice(left.j_end, left.j_end + step)
            else:
                continue
            source = collection.source_of(b.start)
            come = query.ids[collection.segment_of(source), a]
            if np.array_equal(come, collection.ids(source, b.start, b.stop)):
                out[k - 1] = replace(left, length=left.length + step)
                out[k] = replace(
                    right, i=right.i + step, j=right.j + step, length=right.length - step
                )
                break
    return out


def _groups(query: Query, collection: Collection, path: Sequence[Run]) -> list[list[Run]]:
    """Part a chain at its jumps and leave out pieces too short to be a splice."""
    groups: list[list[Run]] = []
    for run in path:
        if groups and not is_jump(query, groups[-1][-1], run, collection):
            groups[-1].append(run)
        else:
            groups.append([run])
    if len(groups) == 1:
        return groups
    kept = [group for group in groups if _verbatim_words(group) >= SPLICE_WORDS]
    if not kept:
        kept = [max(groups, key=lambda group: sum(query.gain(r.i, r.i_end) for r in group))]
    return _rejoined(query, collection, kept)


def _rejoined(query: Query, collection: Collection, groups: Sequence[list[Run]]) -> list[list[Run]]:
    """Put neighbours together again that no jump parts once a piece between them is gone."""
    joined: list[list[Run]] = []
    for group in groups:
        if joined and not is_jump(query, joined[-1][-1], group[0], collection):
            joined[-1] += group
        else:
            joined.append(list(group))
    return joined


def _verbatim_words(group: Sequence[Run]) -> int:
    """Return the longest verbatim run of a group; runs that touch count as one."""
    longest = current = 0
    last: Run | None = None
    for run in group:
        touches = last is not None and (run.i, run.j) == (last.i_end, last.j_end)
        current = current + run.length if touches else run.length
        longest, last = max(longest, current), run
    return longest


def _edges(
    query: Query,
    collection: Collection,
    groups: Sequence[Sequence[Run]],
    weights: NDArray[np.float64],
) -> list[tuple[int, int]]:
    """Say which words of the passage belong to which piece; what lies between is shared out."""
    starts, ends = [0], []
    for left, right in pairwise(groups):
        first, last = left[-1].i_end, right[0].i
        cut = first
        marks = [mark for mark in query.marks if first <= mark <= last]
        if marks:
            cut = max(marks)
        elif first < last:
            tail = _tail(query, collection, left[-1], last, weights)
            cut = max((op.a1 for op in tail if op.op == "equal"), default=first)
        ends.append(cut)
        starts.append(cut)
    ends.append(len(query.words))
    return list(zip(starts, ends, strict=True))


def _align_group(
    query: Query,
    collection: Collection,
    group: Sequence[Run],
    weights: NDArray[np.float64],
    start: int,
    end: int,
) -> Iterable[Op]:
    """Align the words from `start` to `end` along the runs of one group."""
    base = int(collection.bounds[collection.source_of(group[0].j)])
    ops = _head(query, collection, group[0], start, weights)
    for before, run in zip([None, *group], group, strict=False):
        if before is not None:
            ops += _between(query, collection, before, run, weights)
        ops.append(Op("equal", run.i, run.i_end, run.j, run.j_end))
    ops += _tail(query, collection, group[-1], end, weights)
    return _joined(replace(op, b0=op.b0 - base, b1=op.b1 - base) for op in ops)


def _rectangle(
    query: Query,
    collection: Collection,
    a: tuple[int, int],
    b: tuple[int, int],
    weights: NDArray[np.float64],
    *,
    open_start: bool = False,
    open_end: bool = False,
) -> list[Op]:
    """Align one rectangle, in coordinates of the whole passage and the whole collection."""
    (a0, a1), (b0, b1) = a, b
    if a0 == a1 and (b0 == b1 or open_start or open_end):
        return []
    if a0 == a1:
        return [Op("delete", a0, a0, b0, b1)]
    at = b1 if open_start else b0
    if b0 == b1:
        return [Op("insert", a0, a1, at, at)]
    if (a1 - a0) * (b1 - b0) > MOST_CELLS:
        gap = [] if open_start or open_end else [Op("delete", a1, a1, b0, b1)]
        return [Op("insert", a0, a1, at, at), *gap]
    marks = frozenset(mark - a0 for mark in query.marks if a0 <= mark <= a1)
    source = collection.source_of(b0)
    ops = align(
        query.ids[collection.segment_of(source), a0:a1],
        collection.ids(source, b0, b1),
        weights=weights[a0:a1],
        free_before=marks,
        open_start=open_start,
        open_end=open_end,
    )
    return [Op(op.op, op.a0 + a0, op.a1 + a0, op.b0 + b0, op.b1 + b0) for op in ops]


def _between(
    query: Query, collection: Collection, before: Run, run: Run, weights: NDArray[np.float64]
) -> list[Op]:
    a, b = (before.i_end, run.i), (before.j_end, run.j)
    return _rectangle(query, collection, a, b, weights)


def _head(
    query: Query, collection: Collection, run: Run, start: int, weights: NDArray[np.float64]
) -> list[Op]:
    """Align the words before the first run with those before it in the source."""
    low, _ = collection.extent(collection.source_of(run.j))
    reach = run.i - start + SLACK_WORDS
    b = (max(low, run.j - reach), run.j)
    return _rectangle(query, collection, (start, run.i), b, weights, open_start=True)


def _tail(
    query: Query, collection: Collection, run: Run, end: int, weights: NDArray[np.float64]
) -> list[Op]:
    """Align the words after the last run with those after it in the source."""
    _, high = collection.extent(collection.source_of(run.j))
    reach = end - run.i_end + SLACK_WORDS
    b = (run.j_end, min(high, run.j_end + reach))
    return _rectangle(query, collection, (run.i_end, end), b, weights, open_end=True)


def _joined(ops: Iterable[Op]) -> list[Op]:
    """Put operations of one kind that touch together."""
    out: list[Op] = []
    for op in ops:
        last = out[-1] if out else None
        if last and last.op == op.op and (last.a1, last.b1) == (op.a0, op.b0):
            out[-1] = Op(op.op, last.a0, op.a1, last.b0, op.b1)
        elif op.a0 < op.a1 or op.b0 < op.b1:
            out.append(op)
    return out


def stretch_in(query: Query, collection: Collection, window: Window) -> Stretch | None:
    """Align a whole passage within one window of a source, where no seed helps.

    Here kindred words count as half a match: another translation inflects otherwise.
    """
    b0, b1 = window.start, window.end
    if len(query.words) * (b1 - b0) > MOST_CELLS:
        return None
    held = collection.stems(window.source, b0, b1)
    ops = align(
        query.ids[collection.segment_of(window.source)],
        collection.ids(window.source, b0, b1),
        weights=match_weights(query.bits),
        stems=(query.stems, held),
        free_before=query.marks,
        open_start=True,
        open_end=True,
    )
    shift = b0 - int(collection.bounds[window.source])
    local = [replace(op, b0=op.b0 + shift, b1=op.b1 + shift) for op in ops]
    if not any(op.op == "equal" for op in local):
        return None
    return Stretch(window.source, tuple(_joined(local)))


def kindred_words(stretch: Stretch, query: Query, collection: Collection) -> NDArray[np.int64]:
    """Return the indices of the passage's words that a kindred word of the source answers to."""
    base = int(collection.bounds[stretch.source])
    found = [np.arange(0)]
    for op in stretch.ops:
        if op.op == "replace" and op.a1 - op.a0 == op.b1 - op.b0:
            held = collection.stems(stretch.source, base + op.b0, base + op.b1)
            same = query.stems[op.a0 : op.a1] == held
            found.append(op.a0 + np.flatnonzero(same))
    return np.concatenate(found)
