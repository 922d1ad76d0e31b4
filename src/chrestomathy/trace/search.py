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
from rapidfuzz.distance import LCSseq

from chrestomathy import native
from chrestomathy.textkit.fold import Hashes, Stems
from chrestomathy.trace.collection import Barred, Collection, Positions, shingles, wide

MOST_PER_SHINGLE = 128
"""Places looked at for one shingle; a stock phrase has more and says little."""
MOST_DIAGONALS = 96
MOST_RUNS = 96
MOST_PER_WORD = 400
MOST_PER_STEM = 4000
"""Places looked at for one rare word, and for one stem."""
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
    bits: NDArray[np.float64]
    """What each word tells, in bits, shape (n,)."""
    marks: frozenset[int]
    """Indices of words before which an ellipsis mark stands, 0..n."""
    barred: Barred
    """Sources that must not be matched."""

    def gain(self, start: int, end: int) -> float:
        """Return what a stretch of the passage tells, in bits."""
        return float(self.bits[start:end].sum())

    def marked(self, start: int, end: int) -> bool:
        """Tell whether a mark stands between two words (both ends included)."""
        return any(start <= mark <= end for mark in self.marks)


def seeded_runs(query: Query, collection: Collection) -> list[Run]:
    """Find runs of equal words by the passage's shingles."""
    keys = shingles(query.words)
    if not len(keys):
        return []
    table = collection.by_shingle
    firsts, lasts = table.ranges(keys)
    counts = np.minimum(lasts - firsts, MOST_PER_SHINGLE)
    hit = np.flatnonzero(counts)
    if not len(hit):
        return []
    spread = np.repeat(firsts[hit], counts[hit]) + _ranges(counts[hit])
    places = table.positions(spread)
    diagonals = places - np.repeat(hit, counts[hit])
    weights = np.repeat(1.0 / counts[hit], counts[hit])
    return _runs_on(query, collection, diagonals, places, weights, least=3)


def _ranges(counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Count up from nought within each group: 2, 3 → 0 1 0 1 2."""
    starts = np.cumsum(counts) - counts
    return np.arange(counts.sum()) - np.repeat(starts, counts)


def _runs_on(
    query: Query,
    collection: Collection,
    diagonals: NDArray[np.int64],
    places: NDArray[np.int64],
    weights: NDArray[np.float64],
    *,
    least: int,
) -> list[Run]:
    """Read the runs of equal words off the diagonals that the places lie on.

    Args:
        query: The passage.
        collection: What is searched.
        diagonals: Position in the collection minus index in the passage, one a place.
        places: Positions in the collection; they tell which source a diagonal lies in.
        weights: What each place counts in choosing the diagonals.
        least: Fewest words of a run that is kept.
    """
    sources = np.searchsorted(collection.bounds, places, "right") - 1
    if query.barred.some:
        free = ~query.barred.mask[sources]
        diagonals, sources, weights = diagonals[free], sources[free], weights[free]
    lanes, lane = np.unique(np.stack([diagonals, sources]), axis=1, return_inverse=True)
    size = len(query.words)
    most = max(4, min(MOST_DIAGONALS, 4_000_000 // max(size, 1)))
    votes = np.bincount(lane.ravel(), weights, minlength=lanes.shape[1])
    chosen = np.argsort(-votes, kind="stable")[:most]
    diagonal, source = lanes[:, chosen, None]
    at = diagonal + np.arange(size)
    inside = (at >= collection.bounds[source]) & (at < collection.bounds[source + 1])
    same = np.zeros((len(chosen), size + 1), np.int8)
    same[:, :-1] = inside & (collection.words[at * inside] == query.words)
    edges = np.flatnonzero(np.diff(same.ravel(), prepend=0, append=0))
    starts, lengths = edges[::2], edges[1::2] - edges[::2]
    kept = lengths >= least
    lane_of, first = np.divmod(starts[kept], size + 1)
    begins = first + diagonal.ravel()[lane_of]
    rows = zip(first.tolist(), begins.tolist(), lengths[kept].tolist(), strict=True)
    runs = [Run(*row) for row in rows]
    runs.sort(key=lambda run: -query.gain(run.i, run.i_end))
    return runs[:MOST_RUNS]


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
        if end - start < 2:
            continue
        for source in sources:
            diagonals, places = _word_places(query, collection, start, end, source)
            if len(diagonals):
                part = Query(
                    query.words[start:end],
                    query.stems[start:end],
                    query.bits[start:end],
                    frozenset(),
                    query.barred,
                )
                runs = _runs_on(
                    part,
                    collection,
                    diagonals,
                    places,
                    np.ones(len(diagonals)),
                    least=min(3, end - start),
                )
                found += [Run(run.i + start, run.j, run.length) for run in runs[:8]]
    return found


def _word_places(
    query: Query, collection: Collection, start: int, end: int, source: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find the rarer words of a stretch in one source; diagonals count from the stretch."""
    low, high = int(collection.bounds[source]), int(collection.bounds[source + 1])
    diagonals, places = [], []
    rarest = np.argsort(-query.bits[start:end], kind="stable")[:12]
    for k in rarest.tolist():
        positions = collection.by_word.find(query.words[start + k])
        first, last = np.searchsorted(positions, [low, high])
        inside = positions[first:last][:MOST_PER_WORD]
        diagonals.append(inside - k)
        places.append(inside)
    return np.concatenate(diagonals), np.concatenate(places)


def uncovered(path: Sequence[Run], size: int) -> list[tuple[int, int]]:
    """Return the stretches of the passage that no run covers."""
    edges = [0]
    for run in path:
        edges += [run.i, run.i_end]
    edges.append(size)
    return [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b]


def verbatim_places(
    words: Hashes, collection: Collection, barred: Barred, most: int = 20_000
) -> Positions:
    """Return the positions in the collection where words stand in a row, in order."""
    counts = collection.by_word.counts(words)
    rarest = int(np.argmin(counts))
    if not counts[rarest]:
        return np.arange(0)
    at: Positions = collection.by_word.find(words[rarest], most) - rarest
    at = at[(at >= 0) & (at + len(words) <= len(collection.words))]
    for k in range(len(words)):
        at = at[collection.words[at + k] == words[k]]
        if not len(at):
            return at
    first = np.searchsorted(collection.bounds, at, "right")
    last = np.searchsorted(collection.bounds, at + len(words) - 1, "right")
    at, source = at[first == last], first[first == last] - 1
    return at[~barred.mask[source]] if barred.some else at


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of one source that shares rare words with the passage."""

    source: int
    start: int
    end: int
    """Positions in the whole collection."""
    share: float
    """What the shared stems tell, as a share of what the passage's rarest tell."""


def windows(query: Query, collection: Collection, most: int) -> list[Window]:
    """Find the places that share most rare stems with a passage, in any order.

    The vote of a stem is what it tells; a place is a step of the diagonal as wide as the
    passage, so that words may have moved, been added, left out or inflected otherwise.
    """
    size = len(query.words)
    step = max(16, size)
    stems, firsts = np.unique(query.stems, return_index=True)
    bits = collection.stem_information(stems)
    rarest = np.argsort(-bits, kind="stable")[: max(24, size // 2)]
    begins, ends = collection.by_stem.ranges(wide(stems[rarest]))
    counts = np.where(ends - begins <= MOST_PER_STEM, ends - begins, 0)
    if not counts.any():
        return []
    spread = np.repeat(begins, counts) + _ranges(counts)
    places = collection.by_stem.positions(spread) - np.repeat(firsts[rarest], counts)
    buckets, of_stem = places // step, np.repeat(np.arange(len(rarest)), counts)
    new = (np.diff(buckets, prepend=-1) != 0) | (np.diff(of_stem, prepend=-1) != 0)
    named, index = np.unique(buckets[new], return_inverse=True)
    totals = np.bincount(index, bits[rarest][of_stem[new]])
    totals[:-1] += totals[1:] * (np.diff(named) == 1)
    best = np.argpartition(-totals, min(8 * most, len(totals) - 1))[: 8 * most]
    best = best[np.argsort(-totals[best], kind="stable")]
    found: list[Window] = []
    for at in best.tolist():
        start = int(named[at]) * step
        window = _window(collection, start, step, size, float(totals[at] / bits[rarest].sum()))
        near = any(window.start < one.end and one.start < window.end for one in found)
        if window.source not in query.barred and window.start < window.end and not near:
            found.append(window)
        if len(found) == most:
            break
    return found


def common_share(query: Query, collection: Collection, window: Window) -> float:
    """Return the longest common subsequence of stems, as a share of the passage's words.

    A bound that is quickly found (Hyyrö 2004, by way of rapidfuzz): where few stems stand in
    order, no alignment will find many words.
    """
    held = collection.stems[window.start : window.end]
    return float(LCSseq.similarity(query.stems.tolist(), held.tolist()) / len(query.stems))


def densest(query: Query, collection: Collection, window: Window) -> tuple[int, int, int]:
    """Find the stretch of a window, no longer than the passage, that shares most stems with it.

    Returns:
        Where it begins and ends in the whole collection, and how many words it shares.
    """
    shared = np.isin(collection.stems[window.start : window.end], query.stems)
    counts = np.concatenate([[0], np.cumsum(shared)])
    size = min(len(query.words), len(shared))
    first = int(np.argmax(counts[size:] - counts[: len(counts) - size]))
    inside = first + np.flatnonzero(shared[first : first + size])
    if not len(inside):
        return window.start, window.start, 0
    return window.start + int(inside[0]), window.start + int(inside[-1]) + 1, len(inside)


def _window(collection: Collection, start: int, step: int, size: int, share: float) -> Window:
    """Return the window of two steps from `start` on, within the source that holds most of it."""
    middle = min(max(start + step + size // 2, 0), len(collection.words) - 1)
    source = collection.source_of(middle)
    low, high = int(collection.bounds[source]), int(collection.bounds[source + 1])
    return Window(source, max(low, start - 8), min(high, start + 2 * step + size + 8), share)
