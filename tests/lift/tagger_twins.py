"""Slow, obvious twins of what the C library does for the tagger."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from chrestomathy.lift.tagger.tokens import CLOSING, OPENING, Tokens, hash_of

Ints = NDArray[np.int64]
Columns = dict[str, NDArray[np.generic]]

TOKEN = re.compile(
    r"""
    (?:[A-Z]\.)+(?:[A-Z]\b)?                    # "U.S.", "J."
    | (?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Prof|St|Jr|Sr|Lt|Col|Sgt|No|vs)\.
    | \w+(?:[’'`–-]\w+)*                        # "well-known", "didn’t", "mayor’s"
    | \.\.\. | --+
    | [^\w\s]
    """,
    re.VERBOSE,
)


def words(text: str, paragraphs: Iterable[Sequence[int]]) -> list[tuple[int, int]]:
    """Cut paragraphs into words and marks."""
    return [m.span() for start, end in paragraphs for m in TOKEN.finditer(text, start, end)]


_STEPS = (1, 2, 3, 4, 6, 9, 14, 22)
"""Where distances in words part into classes."""
_FAR, _EDGE, _LAST_WORDS = 99, 6, 7
_RANKS = {"thinks": 1, "speaks": 3, "listed": 4}
_THAT, _TO, _COMMA = (np.uint32(hash_of("word " + word)) for word in ("that", "to", ","))


class Words:
    """The words of a document, what is known of each in an array."""

    def __init__(self, tokens: Tokens) -> None:
        self.saying = tokens.kinds["saying"][tokens.types].astype(np.int64)
        self.sentence = tokens.sentence.astype(np.int64)
        self.paragraph = tokens.paragraph
        held = (tokens.kinds[name][tokens.types] for name in NAMES)
        self.word, self.kind, self.coarse, self.shape, self.three, self.two = held


NAMES = ("word", "kind", "coarse", "shape", "three", "two")


def columns(tokens: Tokens) -> Columns:
    """Make the columns of a document, one number a word in each."""
    t, n = Words(tokens), len(tokens)
    at = np.arange(n)
    begins = np.ones(n, bool)
    begins[1:] = t.sentence[1:] != t.sentence[:-1]
    firsts = np.flatnonzero(begins)
    number = np.cumsum(begins) - 1
    first, last = t.sentence, (np.append(firsts[1:], n) - 1)[number]
    quoted, depth = _quoted(tokens)
    rest = np.minimum(last - at, _EDGE)
    columns: Columns = {
        "word": t.word, "kind": t.kind, "coarse": t.coarse, "shape": t.shape, "three": t.three,
        "two": t.two, "quoted": quoted, "depth": depth, "rest": rest,
        "place": np.minimum(at - first, _EDGE), "last": rest == _EDGE, "first": at == first,
    }  # fmt: skip
    for name, rank in _RANKS.items():
        columns |= _nearest(t, t.saying >= rank, name, at, last)
    columns |= _since(t, at, last)
    says = np.maximum.reduceat(t.saying, firsts)
    inside = np.add.reduceat(quoted, firsts)[number]
    comma = np.zeros(n, np.int64)  # how many words before the end the last one stands, if near
    for k in range(1, _LAST_WORDS + 1):
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


def _nearest(t: Words, holds: NDArray[np.bool_], name: str, at: Ints, last: Ints) -> Columns:
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


def _since(t: Words, at: Ints, last: Ints) -> Columns:
    """What stands between a word and the nearest verbs of saying."""
    says = t.saying >= _RANKS["speaks"]
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


def _before(t: Words, holds: NDArray[np.bool_], at: Ints) -> Ints:
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
