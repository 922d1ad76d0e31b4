"""Align two runs of words: which word of the passage answers to which of the source.

Gotoh's algorithm (1982), in C: matches weigh what their words tell, a gap costs more to open
than to go on, and where the passage has an ellipsis mark a gap in the source is free.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from chrestomathy import native
from chrestomathy.errors import InternalError

SUBSTITUTE = -1.0
OPEN = -2.0
KINDRED = 0.5
EXTEND_PASSAGE = -0.35
EXTEND_SOURCE = -0.15
"""Costs of a changed word and of gaps, and the gain of a kindred word, in units of an ordinary word's match; chosen by hand so
that one changed word is a substitution and a dropped clause one gap."""

Ids = NDArray[np.uint32]

Operation = Literal["equal", "replace", "delete", "insert"]


@dataclass(frozen=True, slots=True)
class Op:
    """A stretch of the passage and the stretch of the source that answers to it, in words."""

    op: Operation
    a0: int
    a1: int
    b0: int
    b1: int


_COSTS = native.Costs(SUBSTITUTE, OPEN, KINDRED, EXTEND_PASSAGE, EXTEND_SOURCE)
_OPERATIONS: tuple[Operation, ...] = ("equal", "replace", "delete", "insert")
"""As align.c numbers them."""


def align(
    a: Ids,
    b: Ids,
    *,
    weights: NDArray[np.float64],
    stems: tuple[NDArray[np.uint32], NDArray[np.uint32]] | None = None,
    free_before: frozenset[int] = frozenset(),
    open_start: bool = False,
    open_end: bool = False,
) -> list[Op]:
    """Align the passage's words `a` with the source's words `b`.

    Memory is a byte for each pair of words and a few rows of scores.

    Args:
        a: Ids of the passage's words, shape (m,); all of them are accounted for.
        b: Ids of the source's words, shape (n,).
        weights: What a match of each word of `a` is worth, shape (m,).
        stems: The stems of `a` and of `b`; words that differ and share one are kindred: a
            replacement that costs nothing and gains `KINDRED` of a match.
        free_before: Indices in 0..m before which a gap in the source is free.
        open_start: The source may begin anywhere in `b`.
        open_end: The source may end anywhere in `b`.

    Returns:
        Operations in order; unused words of `b` at an open end are in none.

    Raises:
        InternalError: There is no memory.
    """
    m, n = len(a), len(b)
    a, b = np.ascontiguousarray(a, np.uint32), np.ascontiguousarray(b, np.uint32)
    weights = np.ascontiguousarray(weights, np.float64)
    free = np.zeros(m + 1, np.uint8)
    free[list(free_before)] = 1
    a_stems, b_stems = (np.ascontiguousarray(one, np.uint32) for one in stems or (a, b))
    if not len(a) == len(weights) == len(a_stems) or len(b) != len(b_stems):
        what = f"an alignment of {m} and {n} words got weights or stems for others"
        raise InternalError(what, fix="Please report this.")
    found = np.empty((m + n, 5), np.int32)
    at = native.at
    count: int = native.load().chr_align(
        at(a), m, at(b), n, at(weights),
        at(a_stems) if stems else None, at(b_stems) if stems else None,
        at(free), open_start, open_end, _COSTS, at(found),
    )  # fmt: skip
    if count < 0:
        fix = "Close other programs, or trace a shorter passage."
        raise InternalError(f"no memory to align {m} with {n} words", fix=fix)
    return [Op(_OPERATIONS[op], *places) for op, *places in found[:count].tolist()]


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
