"""What the tagger looks at: for each word a hundred features, hashed to 32 bits.

A document becomes columns, one number a word in each: the word, the field that WordNet has it
in, how far the next verb of saying stands, whether it is in quotation marks. A template names
one to four columns, some of them of a neighbour, and its feature is their values mixed
(`native/tag.c`). The order of the templates is part of a model: a new one means new weights.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from chrestomathy import native
from chrestomathy.lift.tagger.tokens import CLOSING, OPENING, Ints, Tokens, hash_of

Columns = dict[str, NDArray[np.generic]]
Value = tuple[str, int]
"""A column, and which neighbour's: -1 is the word to the left."""

_STEPS = (1, 2, 3, 4, 6, 9, 14, 22)
"""Where distances in words part into classes."""
_FAR = 99
_EDGE = 6
"""From here on a distance to the sentence's edge is not told apart."""
LAST_WORDS = 7
"""How far from a sentence's end its last comma is looked for: "…, she said."."""
RANKS = {"thinks": 1, "speaks": 3, "listed": 4}
"""Least ranks of the verbs of saying that are looked for (`tokens`)."""
MOST_VALUES = 4
_THAT, _TO, _COMMA = (np.uint32(hash_of("word " + word)) for word in ("that", "to", ","))


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


def features(tokens: Tokens) -> NDArray[np.uint32]:
    """Return the hashed features of every word, shape (n_words, n_templates)."""
    n = len(tokens)
    made = np.empty((n, len(TEMPLATES)), np.uint32)
    if not n:
        return made
    columns = _columns(tokens)
    names = list(columns)
    values = np.stack([columns[name].astype(np.uint32) for name in names])
    plan = np.full((len(TEMPLATES), MOST_VALUES, 2), -1, np.int32)
    for k, template in enumerate(TEMPLATES):
        for j, (name, step) in enumerate(template):
            plan[k, j] = names.index(name), step
    paragraph = tokens.paragraph.astype(np.uint32)
    native.load().chr_features(
        native.at(values), n, native.at(paragraph), native.at(plan), len(TEMPLATES),
        native.at(made),
    )  # fmt: skip
    return made


def _columns(tokens: Tokens) -> Columns:
    """Make the columns of a document."""
    t, n = tokens, len(tokens)
    at = np.arange(n)
    begins = np.ones(n, bool)
    begins[1:] = t.sentence[1:] != t.sentence[:-1]
    firsts = np.flatnonzero(begins)
    number = np.cumsum(begins) - 1
    first, last = t.sentence, (np.append(firsts[1:], n) - 1)[number]
    quoted, depth = _quoted(t)
    rest = np.minimum(last - at, _EDGE)
    columns: Columns = {
        "word": t.word, "kind": t.kind, "coarse": t.coarse, "shape": t.shape, "three": t.three,
        "two": t.two, "quoted": quoted, "depth": depth, "rest": rest,
        "place": np.minimum(at - first, _EDGE), "last": rest == _EDGE, "first": at == first,
    }  # fmt: skip
    for name, rank in RANKS.items():
        columns |= _nearest(t, t.saying >= rank, name, at, last)
    columns |= _since(t, at, last)
    says = np.maximum.reduceat(t.saying, firsts)
    inside = np.add.reduceat(quoted, firsts)[number]
    comma = np.zeros(n, np.int64)  # how many words before the end the last one stands, if near
    for k in range(1, LAST_WORDS + 1):
        there = np.maximum(last - k, first)
        comma = np.maximum(comma, np.where(t.word[there] == _COMMA, k, 0))
    before = np.maximum(first - 1, 0)
    same = t.paragraph[before] == t.paragraph
    return columns | {
        "says": says[number],
        "share": np.where(inside == 0, 0, np.where(inside >= last - first - 1, 2, 1)),
        "comma": comma,
        "clause": t.saying[np.clip(last - comma + 2, 0, n - 1)],
        "firstword": t.word[first],
        "firstcoarse": t.coarse[first],
        "secondword": t.word[np.minimum(first + 1, n - 1)],
        "ended": np.where(same, t.saying[before] + 1, 0),
        "endquoted": quoted[before],
        "earlier": np.concatenate([[0], says[:-1]])[number],
    }


def _nearest(t: Tokens, holds: NDArray[np.bool_], name: str, at: Ints, last: Ints) -> Columns:
    """The nearest words of the sentence that something holds of: which, and how far."""
    before, after = _before(t, holds, at), _after(holds, at, last)
    left, right = before >= 0, after >= 0
    return {
        f"left_{name}": np.where(left, t.word[before], 1),
        f"right_{name}": np.where(right, t.word[after], 1),
        f"from_{name}": np.digitize(np.where(left, at - before, _FAR), _STEPS),
        f"to_{name}": np.digitize(np.where(right, after - at, _FAR), _STEPS),
        f"has_{name}": left,
        f"next_{name}": right,
    }


def _since(t: Tokens, at: Ints, last: Ints) -> Columns:
    """What stands between a word and the nearest verbs of saying."""
    says = t.saying >= RANKS["speaks"]
    before, after = _before(t, says, at), _after(says, at, last)
    commas = np.cumsum(t.word == _COMMA)
    since = np.where(before >= 0, commas - commas[before], 3)
    until = np.where(after >= 0, commas[after] - commas, 3)
    return {
        "since": np.minimum(since, 3),
        "until": np.minimum(until, 3),
        "that": _before(t, t.word == _THAT, at) > before,
        "tobe": _before(t, t.word == _TO, at) > before,
    }


def _before(t: Tokens, holds: NDArray[np.bool_], at: Ints) -> Ints:
    """Return the nearest earlier word of the sentence that something holds of, or -1."""
    nearest = np.maximum.accumulate(np.where(holds, at, -1))
    nearest = np.concatenate([[-1], nearest[:-1]])
    return np.where(nearest >= t.sentence, nearest, -1)


def _after(holds: NDArray[np.bool_], at: Ints, last: Ints) -> Ints:
    """Return the nearest later word of the sentence that something holds of, or -1."""
    n = len(at)
    nearest = np.minimum.accumulate(np.where(holds, at, n)[::-1])[::-1]
    nearest = np.concatenate([nearest[1:], [n]])
    return np.where(nearest <= last, nearest, -1)


def _quoted(tokens: Tokens) -> tuple[Ints, Ints]:
    """Tell of each word whether it stands in marks, and how many words behind the opening one."""
    quoted = np.zeros(len(tokens), np.int64)
    depth = np.zeros(len(tokens), np.int64)
    marks = [i for i, word in enumerate(tokens.words) if word in _MARKS]
    bounds: Sequence[int] = tokens.bounds.tolist()
    ends = iter(bounds[1:])
    end, opened = 0, -1
    for i in [*marks, len(tokens)]:
        while i >= end:  # the paragraph is over, and with it what was opened
            if opened >= 0:
                _fill(quoted, depth, opened, end)
                opened = -1
            if (end := next(ends, -1)) < 0:
                return quoted, depth
        word = tokens.words[i]
        closes = word in CLOSING or (word == '"' and opened >= 0)
        if opened >= 0 and closes:
            _fill(quoted, depth, opened, i + (word in CLOSING))
            opened = -1
        elif opened < 0 and not closes:
            opened = i
    return quoted, depth


_MARKS = frozenset(OPENING + CLOSING + '"')


def _fill(quoted: Ints, depth: Ints, first: int, end: int) -> None:
    quoted[first:end] = 1
    depth[first:end] = np.minimum(np.arange(end - first), 4)
