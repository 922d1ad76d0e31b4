"""Find where a passage may stand: seeds, runs of equal words, and the best chain of runs.

1. Shingles of four words lead from the passage to places in the collection (`seeded_runs`).
2. Each place lies on a diagonal, source position minus passage position; along a diagonal the
   runs of equal words are read off in one comparison.
3. A chain of runs is the best way through the passage: it gains what the words tell and pays
   for gaps. Forward in one source a gap is cheap, at an ellipsis mark it is nearly free, and a
   jump to anywhere else costs as much as some four words tell: that is a splice
   (co-linear chaining, Abouelhoda and Ohlebusch 2005, with jumps).
4. What no seed reached is searched again by rare words (`weak_runs`, `windows`): short ends
   beyond an ellipsis, and other translations, which share rare words and few shingles.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chrestomathy import native
from chrestomathy.textkit.fold import Folded, Hashes, Stems
from chrestomathy.trace.align import KINDRED
from chrestomathy.trace.collection import Barred, Collection
from chrestomathy.trace.glossary import kindred
from chrestomathy.trace.segment import MOST_POSTED, Ids, Positions

MOST_PER_SHINGLE = 128
"""Places looked at for one shingle; a stock phrase has more and says little."""
MOST_DIAGONALS = 96
MOST_RUNS = 96
MOST_PER_WORD = 400
MOST_PER_STEM = 4000
"""Places looked at for one rare word, and for one stem."""
FEW_VERBATIM, MOST_VERBATIM = 64, 20_000
"""Room for verbatim places, at first and at the most."""
CANDIDATES = 96
"""Places that most votes name, in which it is asked what stands there."""
MOST_SOURCES = 16
"""Sources looked at within one place: a source may be shorter than the passage."""
MOST_STANDING = 8_000_000
"""Words of a passage times words of those places, at the most."""
SEED_WORDS = 12
"""Words of an uncovered stretch, the rarest, that are looked for in a source."""
assert MOST_PER_STEM <= MOST_POSTED
FORWARD_WORDS = 60
"""A longer step forward without a mark is a jump (the contract's limit)."""
JUMP_BITS = 34.0
"""Price of a jump: about four ordinary words; chosen on the labelled cases."""
MARK_BITS = 3.0
GAP_BITS = 5.0
STEP_BITS = 0.25
"""Prices of a step at a mark, of any shift between passage and source, and of each word."""


@dataclass(frozen=True, slots=True)
class Run:
    """Equal words: ``passage[i : i + length]`` and, in the whole collection, from `j` on."""

    i: int
    j: int
    length: int

    @property
    def i_end(self) -> int:
        """Where the run ends in the passage."""
        return self.i + self.length

    @property
    def j_end(self) -> int:
        """Where the run ends in the collection."""
        return self.j + self.length

    def without_head(self, words: int) -> Run:
        """Return the run without its first words."""
        return Run(self.i + words, self.j + words, self.length - words)


@dataclass(frozen=True, slots=True)
class Query:
    """A passage as the search needs it."""

    words: Hashes
    stems: Stems
    ids: Ids
    """Of each word in each segment, shape (n_segments, n)."""
    bits: NDArray[np.float64]
    """What each word tells, in bits, shape (n,)."""
    marks: frozenset[int]
    """Indices of words before which an ellipsis mark stands, 0..n."""
    barred: Barred
    """Sources that must not be matched."""

    @classmethod
    def of(cls, folded: Folded, marks: frozenset[int], barred: Barred, held: Collection) -> Query:
        """Look a passage's words up."""
        ids, counts = held.look_up(folded.hashes)
        bits = held.information(folded.hashes, counts)
        return cls(folded.hashes, kindred(folded.hashes, folded.stems), ids, bits, marks, barred)

    @property
    def totals(self) -> NDArray[np.float64]:
        """What the words before each index tell, shape (n + 1,)."""
        return np.concatenate([[0.0], np.cumsum(self.bits)])

    def gain(self, start: int, end: int) -> float:
        """Return what a stretch of the passage tells, in bits."""
        return float(self.bits[start:end].sum())

    def marked(self, start: int, end: int) -> bool:
        """Tell whether a mark stands between two words (both ends included)."""
        return any(start <= mark <= end for mark in self.marks)


_RUN = np.dtype([("i", np.int64), ("j", np.int64), ("length", np.int64), ("bits", np.float64)])
"""`chr_run` of search.c."""


def seeded_runs(query: Query) -> list[Run]:
    """Find runs of equal words by the passage's shingles, those that tell most first."""
    size, rows = len(query.words), np.empty(MOST_RUNS, _RUN)
    totals = query.totals
    found = native.load().chr_seeded_runs(
        query.barred.address, native.at(query.ids), size, native.at(totals), MOST_PER_SHINGLE,
        _most_lanes(size), 3, native.at(rows), MOST_RUNS,
    )  # fmt: skip
    return _runs(rows, found)


def _most_lanes(size: int) -> int:
    """Return how many diagonals are read: fewer of a passage as long as a book."""
    return max(4, min(MOST_DIAGONALS, 4_000_000 // max(size, 1)))


def _runs(rows: NDArray[np.void], found: int) -> list[Run]:
    if found < 0:
        raise MemoryError("no memory to search in")
    return [Run(i, j, length) for i, j, length, _ in rows[:found].tolist()]


_PRICES = native.Prices(JUMP_BITS, MARK_BITS, GAP_BITS, STEP_BITS, FORWARD_WORDS)


def chain(query: Query, collection: Collection, runs: Sequence[Run]) -> list[Run]:
    """Return the best way through the passage, as runs in its order that do not overlap.

    A run that overlaps the one before it loses its head.
    """
    ordered = sorted(runs, key=lambda run: (run.i, run.i_end, run.j))
    if not ordered:
        return []
    n = len(ordered)
    i = np.array([run.i for run in ordered], np.int64)
    j = np.array([run.j for run in ordered], np.int64)
    length = np.array([run.length for run in ordered], np.int64)
    source = (np.searchsorted(collection.bounds, j, "right") - 1).astype(np.int32)
    totals = np.concatenate([[0.0], np.cumsum(query.bits)])
    mark_after = _next_marks(query).astype(np.int32)
    back, trim, best = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n)
    arrays = [native.at(array) for array in (i, j, length, source, totals, mark_after)]
    found = [native.at(array) for array in (back, trim, best)]
    last: int = native.load().chr_chain(n, *arrays, _PRICES, *found)
    path: list[Run] = []
    while last >= 0:
        path.append(ordered[last].without_head(int(trim[last])))
        last = int(back[last])
    return path[::-1]


def _next_marks(query: Query) -> NDArray[np.int64]:
    """Return, for each place in the passage, where the next ellipsis mark stands."""
    size = len(query.words) + 1
    after = np.full(size + 1, size + 1)
    for mark in query.marks:
        after[mark] = mark
    return np.minimum.accumulate(after[::-1])[::-1]


def is_jump(query: Query, before: Run, after: Run, collection: Collection) -> bool:
    """Tell whether two runs of a chain lie in different stretches of source."""
    same = collection.source_of(before.j) == collection.source_of(after.j)
    stepped = after.j - before.j_end
    if not same or stepped < 0:
        return True
    lost = after.i - before.i_end
    return not query.marked(before.i_end, after.i) and stepped - lost > FORWARD_WORDS


def weak_runs(query: Query, collection: Collection, path: Sequence[Run]) -> list[Run]:
    """Search what a chain leaves uncovered again, within the sources that it touches.

    Short ends beyond an ellipsis have no shingle of their own; their words in a row, in a
    source that is already known, are enough.
    """
    sources = sorted({collection.source_of(run.j) for run in path})
    found: list[Run] = []
    for start, end in uncovered(path, len(query.words)):
        if end - start >= 2:
            for source in sources:
                found += _runs_in(query, collection, start, end, source)
    return found


def _runs_in(query: Query, collection: Collection, start: int, end: int, source: int) -> list[Run]:
    """Find a stretch's runs of equal words in one source, by its rarest words."""
    at = collection.segment_of(source)
    ids = query.ids[at, start:end]
    seeds = np.argsort(-query.bits[start:end], kind="stable")[:SEED_WORDS].astype(np.uint32)
    totals, rows = query.totals[start : end + 1], np.empty(8, _RUN)
    size = end - start
    found = native.load().chr_text_runs(
        query.barred.address, at, source - int(collection.text_bases[at]), native.at(ids), size,
        native.at(totals), native.at(seeds), len(seeds), MOST_PER_WORD, _most_lanes(size),
        min(3, size), native.at(rows), len(rows),
    )  # fmt: skip
    return [Run(run.i + start, run.j, run.length) for run in _runs(rows, found)]


def uncovered(path: Sequence[Run], size: int) -> list[tuple[int, int]]:
    """Return the stretches of the passage that no run covers."""
    edges = [0]
    for run in path:
        edges += [run.i, run.i_end]
    edges.append(size)
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def verbatim_places(ids: Ids, barred: Barred) -> Positions:
    """Return the positions in the collection where words stand in a row, in order.

    Args:
        ids: Of the words in each segment, shape (n_segments, n).
        barred: Sources that do not count.
    """
    ids, size = np.ascontiguousarray(ids), ids.shape[1]
    for most in (FEW_VERBATIM, MOST_VERBATIM):
        found = np.empty(most, np.int64)
        n = native.load().chr_find(
            barred.address, native.at(ids), size, size, native.at(found), most
        )
        if n < most:
            break
    return found[:n].copy()


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of one source that shares rare words with the passage."""

    source: int
    start: int
    end: int
    """Positions in the whole collection."""
    standing: float
    """What the words tell that stand there in the passage's order, kindred ones at half, in bits."""


def windows(query: Query, collection: Collection, most: int) -> list[Window]:
    """Find the places where most of a passage stands, words of the same stem included.

    Stems vote for places: the vote of a stem is what it tells, and a place is a step of the
    diagonal as wide as the passage, so that words may have moved, been added, left out or
    inflected otherwise. Of the places that most votes name, those are best where the passage's
    words stand in its order. Places do not overlap.
    """
    size = len(query.words)
    step = max(16, size)
    steps = _votes(
        query, collection, step, min(CANDIDATES, MOST_STANDING // (3 * step * size) + most)
    )
    sources, low, high = _parts_of(collection, steps * step - 8, steps * step + 2 * step + size + 8)
    standing = _standing(query, collection, sources, low, high)
    found: list[Window] = []
    for k in np.argsort(-standing, kind="stable").tolist():
        window = Window(int(sources[k]), int(low[k]), int(high[k]), float(standing[k]))
        near = any(window.start < one.end and one.start < window.end for one in found)
        if window.standing > 0 and window.source not in query.barred and not near:
            found.append(window)
        if len(found) == most:
            break
    return found


def _parts_of(
    collection: Collection, low: Positions, high: Positions
) -> tuple[Positions, Positions, Positions]:
    """Part stretches of the collection at the bounds of its sources; a source may be short.

    Returns:
        The source of each part, its first position, and the one after its last.
    """
    low, high = np.maximum(low, 0), np.minimum(high, int(collection.bases[-1]))
    first, last = np.searchsorted(collection.bounds, [low, high - 1], "right") - 1
    counts = np.minimum(last - first + 1, MOST_SOURCES)
    which = np.repeat(np.arange(len(low)), counts)
    sources = first[which] + _ranges(counts)
    return (
        sources,
        np.maximum(collection.bounds[sources], low[which]),
        np.minimum(collection.bounds[sources + 1] - 1, high[which]),
    )


def _standing(
    query: Query, collection: Collection, sources: Positions, low: Positions, high: Positions
) -> NDArray[np.float64]:
    """Return what of a passage stands in each stretch, in its order, in bits."""
    within = np.searchsorted(collection.text_bases, sources, "right") - 1
    bases = collection.bases[within]
    segments, starts, ends = (one.astype(np.uint32) for one in (within, low - bases, high - bases))
    standing = np.zeros(len(sources))
    failed = native.load().chr_standing(
        query.barred.address, native.at(query.ids), native.at(query.stems), native.at(query.bits),
        len(query.words), KINDRED, native.at(segments), native.at(starts), native.at(ends),
        len(sources), native.at(standing),
    )  # fmt: skip
    if failed:
        raise MemoryError("no memory to search in")
    return standing


def _votes(query: Query, collection: Collection, step: int, most: int) -> NDArray[np.int64]:
    """Let a passage's rarest stems vote for steps of the diagonal; return the best `most`."""
    stems, firsts = np.unique(query.stems, return_index=True)
    table = collection.by_stem
    low, high = table.rows(stems)
    held = table.before[high] - table.before[low]
    bits = collection.stem_information(held)
    rarest = np.argsort(-bits, kind="stable")[: max(24, len(query.words) // 2)]
    voting = rarest[(held[rarest] > 0) & (held[rarest] <= MOST_PER_STEM)]
    counts = (high - low)[voting]
    rows = np.repeat(low[voting], counts) + _ranges(counts)
    voter = np.repeat(voting, counts)
    segment, type_ = table.segments[rows], table.types[rows]
    first, told = firsts[voter], bits[voter]
    stem = voter.astype(np.uint32)
    named, votes = np.empty(most, np.int64), np.empty(most)
    found = native.load().chr_votes(
        query.barred.address, native.at(segment), native.at(type_), native.at(first),
        native.at(stem), native.at(told), len(rows), step, native.at(named), native.at(votes), most,
    )  # fmt: skip
    if found < 0:
        raise MemoryError("no memory to search in")
    return named[:found]


def _ranges(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count up from nought within each group: 2, 3 → 0 1 0 1 2."""
    starts = np.cumsum(counts) - counts
    return np.arange(counts.sum()) - np.repeat(starts, counts)


def densest(query: Query, collection: Collection, window: Window) -> tuple[int, int, int]:
    """Find the stretch of a window, no longer than the passage, that shares most stems with it.

    Returns:
        Where it begins and ends in the whole collection, and how many words it shares.
    """
    shared = np.isin(collection.stems(window.source, window.start, window.end), query.stems)
    counts = np.concatenate([[0], np.cumsum(shared)])
    size = min(len(query.words), len(shared))
    first = int(np.argmax(counts[size:] - counts[: len(counts) - size]))
    inside = first + np.flatnonzero(shared[first : first + size])
    if not len(inside):
        return window.start, window.start, 0
    return window.start + int(inside[0]), window.start + int(inside[-1]) + 1, len(inside)
