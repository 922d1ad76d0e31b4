"""What the tagger looks at: for each word a hundred features, hashed to 32 bits.

A document becomes columns, one number a word in each: the word, the field that WordNet has it
in, how far the next verb of saying stands, whether it is in quotation marks. A template names
one to four columns, some of them of a neighbour, and its feature is their values mixed. Both are
made in `native/tag.c`. The order of the templates is part of a model: a new one means new weights.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from chrestomathy import native
from chrestomathy.lift.tagger.tokens import Tokens

Value = tuple[str, int]
"""A column, and which neighbour's: -1 is the word to the left."""

MOST_VALUES = 4
_REACH = 4
"""How far the neighbours stand that templates name."""


def _of_rank(rank: str) -> tuple[str, ...]:
    """The nearest verbs of saying of a rank or above: which, how far, whether there is one."""
    return tuple(f"{name}_{rank}" for name in ("left", "right", "from", "to", "has", "next"))


COLUMNS = (
    "word", "kind", "coarse", "shape", "three", "two", "quoted", "depth", "rest", "place", "last",
    "first", *_of_rank("thinks"), *_of_rank("speaks"), *_of_rank("listed"),
    "since", "until", "that", "tobe", "says", "share", "comma", "clause", "firstword",
    "firstcoarse", "secondword", "ended", "endquoted", "earlier",
)  # fmt: skip
"""In the order of tag.c. Hashes of the word; whether it is in marks and how deep; how far the
sentence's edges are; the verbs of saying on both sides of ranks 1, 3 and 4 (`tokens`); the words
since them; and of the whole sentence its highest rank, how much is in marks, where its last comma
is, how it begins, how the one before ended."""


def _around(column: str, reach: int) -> list[tuple[Value, ...]]:
    return [((column, step),) for step in range(-reach, reach + 1)]


def _together(*groups: str) -> list[tuple[Value, ...]]:
    """Read templates such as "word-1 word", a column with a neighbour's distance."""
    found = []
    for group in groups:
        values = []
        for one in group.split():
            name = one.rstrip("+-0123456789")
            values.append((name, int(one[len(name) :] or 0)))
        found.append(tuple(values))
    return found


def _saying(rank: str) -> list[tuple[Value, ...]]:
    """The nearest verbs of saying on both sides, of a rank or above."""
    return _together(
        *(
            group.replace("*", f"_{rank}")
            for group in (
                "left*", "right*", "from* has* quoted", "to* next* quoted", "from* to* quoted",
                "left* from*", "right* to*", "from* coarse", "to* coarse",
            )
        )
    )  # fmt: skip


TEMPLATES: tuple[tuple[Value, ...], ...] = (
    *_around("word", 3), *_around("kind", 3), *_around("coarse", 4),
    *_together(
        "shape", "shape-1", "shape+1", "three", "three-1", "three+1", "two",
        "word-1 word", "word word+1", "kind-1 kind", "kind kind+1", "word-1 kind", "kind word+1",
        "kind-2 kind-1", "kind+1 kind+2", "word-2 word-1", "word+1 word+2", "kind-1 kind kind+1",
        "coarse-2 coarse-1 coarse", "coarse coarse+1 coarse+2", "coarse-1 coarse coarse+1",
        "coarse-3 coarse-2 coarse-1 coarse", "coarse coarse+1 coarse+2 coarse+3",
        "quoted quoted-1 quoted+1", "quoted depth", "quoted word", "quoted quoted-1 coarse",
        "quoted quoted+1 coarse coarse+1",
        "place", "rest", "place kind", "place coarse quoted",
    ),
    *_saying("thinks"), *_saying("speaks"), *_saying("listed"),
    *_together(
        "since that has_speaks", "until to_speaks", "since until quoted has_speaks", "that tobe has_speaks coarse",
        "left_speaks that", "coarse+1 right_speaks",
        "says share quoted", "says coarse", "comma rest", "comma clause last quoted",
        "comma coarse", "firstword first", "firstcoarse coarse", "firstword secondword",
        "ended endquoted quoted", "earlier says quoted",
    ),
)  # fmt: skip
"""Grouped by what they look at: neighbours, marks, the sentence's edges, the verbs of saying,
the words since them, the sentence as a whole, the sentence before."""


def _plan() -> NDArray[np.int32]:
    """Lay the templates out as tag.c takes them, those with few values first."""
    rows = np.zeros((len(TEMPLATES), 2 + MOST_VALUES), np.int32)
    order = sorted(enumerate(TEMPLATES), key=lambda one: len(one[1]))
    for row, (number, template) in zip(rows, order, strict=True):
        row[:2] = number, len(template)
        for k, (name, step) in enumerate(template, 2):
            row[k] = step * len(COLUMNS) + COLUMNS.index(name)
    return rows


_ROWS = _plan()
PLAN = native.Plan(native.at(_ROWS), len(_ROWS))
"""The templates for the C library."""


def columns(tokens: Tokens) -> NDArray[np.uint32]:
    """Return the columns of a document, some rows for what is outside around each paragraph.

    Returns:
        Shape (n_words + `_REACH` * (n_paragraphs + 1), n_columns).
    """
    n = len(tokens) + _REACH * len(tokens.bounds)
    made = np.empty((n, len(COLUMNS)), np.uint32)
    native.load().chr_columns(tokens.record(), native.at(made))
    return made


def features(tokens: Tokens) -> NDArray[np.uint32]:
    """Return the hashed features of every word, shape (n_words, n_templates)."""
    made = np.empty((len(tokens), len(TEMPLATES)), np.uint32)
    values = columns(tokens)
    native.load().chr_features(tokens.record(), native.at(values), PLAN, native.at(made))
    return made
