"""What kind of thing an English word names: WordNet's lexicographer fields, in a small table.

`make train-lift` makes the table from an installed WordNet (Princeton University, its licence is
in `data/LICENSE-WORDNET`): for every single word and its regular forms the field of its first
verb and noun sense, whether it can be an adjective or an adverb, and which of the four it most
often is.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

SPEECH = (32, 100)
"""Fields of verbs: communication, first sense or one of the next two."""
MIND = (31, 101, 37)
"""Cognition, first sense or one of the next two, and emotion."""
TABLE = "words-en.npz"


class Fields(NamedTuple):
    """Fields of a word; 0 is none."""

    verb: int
    noun: int
    adjective: int
    adverb: int
    commonest: int
    """Which of the four it most often is."""


@cache
def _table() -> tuple[NDArray[np.uint32], NDArray[np.uint16], list[Fields]]:
    with (files(__package__) / "data" / TABLE).open("rb") as file, np.load(file) as held:
        kinds = [Fields(*map(int, row)) for row in held["kinds"]]
        return np.cumsum(held["steps"], dtype=np.uint32), held["kind"], kinds


def fields_of(word: str) -> Fields | None:
    """Return the fields of a word in lower case, or None where WordNet lacks it."""
    keys, kind, kinds = _table()
    key = crc32(word.encode())
    at = int(np.searchsorted(keys, key))
    return kinds[kind[at]] if at < len(keys) and keys[at] == key else None
