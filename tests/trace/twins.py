"""The slow, obvious versions of what the C library does, one function each."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from chrestomathy.trace.align import (
    EXTEND_PASSAGE,
    EXTEND_SOURCE,
    KINDRED,
    OPEN,
    SUBSTITUTE,
    Ids,
    Op,
    Operation,
)
from chrestomathy.trace.search import (
    FORWARD_WORDS,
    GAP_BITS,
    JUMP_BITS,
    MARK_BITS,
    STEP_BITS,
    Run,
)


def align(
    a: Ids,
    b: Ids,
    *,
    weights: NDArray[np.float64],
    stems: tuple[Ids, Ids] | None = None,
    free_before: frozenset[int] = frozenset(),
    open_start: bool = False,
    open_end: bool = False,
) -> list[Op]:
    """Align as `chrestomathy.trace.align.align` does, from three whole tables of scores."""
    m, n = len(a), len(b)
    kindred = None if stems is None else stems[0][:, None] == stems[1][None, :]
    match, above, along = _fill(a, b, weights, kindred, free_before, open_start)
    j = n
    if open_end:
        last = np.maximum(np.maximum(match[m], above[m]), along[m])
        j = int(np.argmax(last))
    steps: list[tuple[Operation, int, int]] = []
    i = m
    tables = (match, above, along)
    state = int(np.argmax([table[i, j] for table in tables]))
    while i > 0 or (j > 0 and not (open_start and i == 0)):
        if state == 0 and i and j:
            same = a[i - 1] == b[j - 1]
            steps.append(("equal" if same else "replace", i - 1, j - 1))
            i, j = i - 1, j - 1
            state = int(np.argmax([table[i, j] for table in tables]))
        elif (state == 1 and i) or not j:
            steps.append(("insert", i - 1, j))
            i -= 1
            went = above[i, j] + EXTEND_PASSAGE if i else -np.inf
            began = max(match[i, j], along[i, j]) + OPEN
            state = 1 if went > began else (0 if match[i, j] >= along[i, j] else 2)
        else:
            free = i in free_before
            steps.append(("delete", i, j - 1))
            j -= 1
            went = along[i, j] + (0.0 if free else EXTEND_SOURCE)
            began = max(match[i, j], above[i, j]) + (0.0 if free else OPEN)
            state = 2 if went > began else (0 if match[i, j] >= above[i, j] else 1)
    return _merge(steps)


def _fill(
    a: Ids,
    b: Ids,
    weights: NDArray[np.float64],
    kindred: NDArray[np.bool_] | None,
    free_before: frozenset[int],
    open_start: bool,
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Fill the three tables of scores, each of shape (m + 1, n + 1).

    Returns:
        Best scores that end in a pair, in a word of the passage alone, of the source alone.
    """
    m, n = len(a), len(b)
    match = np.full((m + 1, n + 1), -np.inf)
    above = np.full((m + 1, n + 1), -np.inf)
    along = np.full((m + 1, n + 1), -np.inf)
    match[0, 0] = 0.0
    if open_start:
        match[0, :] = 0.0
    columns = np.arange(n + 1, dtype=np.float64)
    for i in range(m + 1):
        if i:
            best = np.maximum(np.maximum(match[i - 1], above[i - 1]), along[i - 1])
            gain = np.where(a[i - 1] == b, weights[i - 1], SUBSTITUTE)
            if kindred is not None:
                gain[kindred[i - 1] & (gain < 0)] = KINDRED * weights[i - 1]
            match[i, 1:] = best[:-1] + gain
            began = np.maximum(match[i - 1], along[i - 1]) + OPEN
            above[i] = np.maximum(began, above[i - 1] + EXTEND_PASSAGE)
        free = i in free_before
        extend, opening = (0.0, 0.0) if free else (EXTEND_SOURCE, OPEN)
        begun = np.maximum(match[i], above[i])
        running = np.maximum.accumulate(begun - extend * columns)
        along[i, 1:] = running[:-1] + opening + extend * (columns[1:] - 1)
    return match, above, along


def _merge(steps: Sequence[tuple[Operation, int, int]]) -> list[Op]:
    """Turn single steps, last first, into operations on stretches."""
    ops: list[Op] = []
    for op, i, j in reversed(steps):
        a1, b1 = i + (op != "delete"), j + (op != "insert")
        if ops and ops[-1].op == op:
            ops[-1] = Op(op, ops[-1].a0, a1, ops[-1].b0, b1)
        else:
            ops.append(Op(op, i, a1, j, b1))
    return ops


def chain(
    bits: NDArray[np.float64], marks: frozenset[int], bounds: NDArray[np.int64], runs: Sequence[Run]
) -> list[Run]:
    """Chain as `chrestomathy.trace.search.chain` does: each run in turn looks back at all before."""
    ordered = sorted(runs, key=lambda run: (run.i, run.i_end, run.j))
    if not ordered:
        return []
    totals = np.concatenate([[0.0], np.cumsum(bits)])
    i, j, length = np.array([(run.i, run.j, run.length) for run in ordered]).T
    i_end, j_end = i + length, j + length
    source = np.searchsorted(bounds, j, "right") - 1
    mark_after = np.array(
        [min((m for m in marks if m >= k), default=len(bits) + 2) for k in range(len(bits) + 1)]
    )
    best = totals[i_end] - totals[i]
    back: list[tuple[int, int]] = [(-1, 0)] * len(ordered)
    for b in range(1, len(ordered)):
        same = source[:b] == source[b]
        trim = np.maximum(0, i_end[:b] - i[b])
        overlap = np.minimum(j_end[:b] - j[b], length[b])
        trim = np.where(same & (j[:b] < j[b]), np.maximum(trim, overlap), trim)
        begin = i[b] + trim
        lost = begin - i_end[:b]
        shift = (j[b] + trim - j_end[:b]) - lost
        price = np.where(shift == 0, 0.0, GAP_BITS + STEP_BITS * np.abs(shift))
        price[shift > FORWARD_WORDS] = JUMP_BITS
        price[mark_after[i_end[:b]] <= begin] = MARK_BITS
        price[~same | (shift + lost < 0)] = JUMP_BITS
        score = best[:b] + totals[i_end[b]] - totals[np.minimum(begin, i_end[b])] - price - lost
        score[(trim >= length[b]) | (i[:b] >= i[b])] = -np.inf
        a = int(np.argmax(score))
        if score[a] > best[b]:
            best[b], back[b] = score[a], (a, int(trim[a]))
    at = int(np.argmax(best))
    path: list[Run] = []
    while at >= 0:
        before, lost_head = back[at]
        path.append(ordered[at].without_head(lost_head))
        at = before
    return path[::-1]


def heaviest_subsequence(gains: Sequence[Sequence[float]]) -> float:
    """Return the most that can be gained in order; `gains` has a row for each word of a source."""
    best = [0.0] * (len(gains[0]) + 1)
    for row in gains:
        last = best
        best = [0.0]
        for i, gain in enumerate(row):
            best.append(max(best[i], last[i + 1], last[i] + gain))
    return best[-1]
