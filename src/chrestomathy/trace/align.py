"""Align two runs of words: which word of the passage answers to which of the source.

Gotoh's algorithm (1982): matches weigh what their words tell, a gap costs more to open than to
go on, and where the passage has an ellipsis mark a gap in the source is free. A row of the
table is one pass of numpy, because the best gap along a row is a running maximum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from chrestomathy.textkit.fold import Hashes

SUBSTITUTE = -1.0
OPEN = -2.0
KINDRED = 0.5
EXTEND_PASSAGE = -0.35
EXTEND_SOURCE = -0.15
"""Costs of a changed word and of gaps, and the gain of a kindred word, in units of an ordinary word's match; chosen by hand so
that one changed word is a substitution and a dropped clause one gap."""

Operation = Literal["equal", "replace", "delete", "insert"]


@dataclass(frozen=True, slots=True)
class Op:
    """A stretch of the passage and the stretch of the source that answers to it, in words."""

    op: Operation
    a0: int
    a1: int
    b0: int
    b1: int


def align(
    a: Hashes,
    b: Hashes,
    *,
    weights: NDArray[np.float64],
    kindred: NDArray[np.bool_] | None = None,
    free_before: frozenset[int] = frozenset(),
    open_start: bool = False,
    open_end: bool = False,
) -> list[Op]:
    """Align the passage's words `a` with the source's words `b`.

    Args:
        a: Words of the passage, shape (m,); all of them are accounted for.
        b: Words of the source, shape (n,).
        weights: What a match of each word of `a` is worth, shape (m,).
        kindred: Which pairs of words share a stem, shape (m, n); such a pair is a replacement
            that costs nothing and gains `KINDRED` of a match.
        free_before: Indices in 0..m before which a gap in the source is free.
        open_start: The source may begin anywhere in `b`.
        open_end: The source may end anywhere in `b`.

    Returns:
        Operations in order; unused words of `b` at an open end are in none.
    """
    m, n = len(a), len(b)
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
    a: Hashes,
    b: Hashes,
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


def similarity(ops: Iterable[Op]) -> float:
    """Return 1 − word edits ÷ the longer side's words, 1 where nothing differs.

    Example:
        >>> similarity([Op("equal", 0, 3, 0, 3), Op("replace", 3, 4, 3, 4)])
        0.75
    """
    edits = passage = source = 0
    for op in ops:
        a, b = op.a1 - op.a0, op.b1 - op.b0
        passage, source = passage + a, source + b
        edits += max(a, b) if op.op != "equal" else 0
    return 1 - edits / max(passage, source, 1)
