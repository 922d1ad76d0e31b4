"""Letter sequences of a text as one sparse hashed vector.

Endings and beginnings ("-ation", "inter-", "-ght") tell of a word's register where no list
knows the word. Each lemma within spaces is cut into runs of `SHORTEST` to `LONGEST` letters,
each run hashed into one of `BUCKETS` places (Weinberger et al. 2009), counts damped and weighted
by rarity as in tf-idf, the vector scaled to length 1. Names have no part in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

SHORTEST, LONGEST = 2, 5
BUCKETS = 1 << 15
"""Places for letter runs. With 2**15 the transfer between corpora is that of exact runs, and
the weights are 128 KB."""


class GramVector(NamedTuple):
    """A sparse vector over the buckets."""

    places: NDArray[np.int64]
    """Buckets that occur, ascending; shape (k,)."""
    values: NDArray[np.float64]
    """Their weights; length 1 together, or empty; shape (k,)."""


@lru_cache(maxsize=50_000)
def places_of(lemma: str) -> tuple[int, ...]:
    """Return the buckets of a word's letter runs, one for each occurrence."""
    padded = f" {lemma[:30]} "
    runs = [
        padded[i : i + n]
        for n in range(SHORTEST, LONGEST + 1)
        for i in range(max(1, len(padded) - n + 1))
    ]
    return tuple(crc32(run.encode()) % BUCKETS for run in (padded, *runs))


def gram_vector(lemmas: Iterable[str], rarity: NDArray[np.float64]) -> GramVector:
    """Return the vector of a text.

    Args:
        lemmas: The text's words.
        rarity: Inverse document frequency by bucket, shape (BUCKETS,).
    """
    raw = [place for lemma in lemmas for place in places_of(lemma)]
    places, counts = np.unique(np.array(raw, dtype=np.int64), return_counts=True)
    values = (1.0 + np.log(counts)) * rarity[places] if len(places) else np.zeros(0)
    length = float(np.sqrt(values @ values))
    return GramVector(places, values / length if length else values)
