"""How common a word is, and how hard it is likely to be: English lemmas in order of frequency.

`data/frequency-en.tsv` is derived from wordfreq's English list (Robyn Speer; CC BY-SA 4.0,
`data/LICENCES.md`): the frequencies of a lemma's forms added up, names of persons and places
included as wordfreq has them. Columns: lemma, Zipf value times 100, predicted level times 100; the
line number is the rank. The level is predicted from frequency, length and the company a word
keeps (GloVe vectors, public domain), learnt from the level lists: so "hummus" stands near "pita",
not near "magnetite", which is as rare.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

UNSEEN_ZIPF = 1.5
"""Zipf value (log10 of occurrences per 10⁹ words) of a lemma that the list has not. The list
ends near 2.2; chosen by hand a little below its end."""

UNSEEN_RANK = 10**6


class Frequency(NamedTuple):
    """How common a lemma is."""

    rank: int
    """1 for the commonest; `UNSEEN_RANK` where the list has it not."""
    zipf: float
    """log10 of occurrences per thousand million words: 7 "the", 3 rare."""
    difficulty: float
    """Predicted level, 1 (A1) to 6 (C2); 0 where the list has it not."""


UNSEEN = Frequency(UNSEEN_RANK, UNSEEN_ZIPF, 0.0)


@lru_cache(maxsize=1)
def load_frequencies() -> dict[str, Frequency]:
    """Read the list: lemma → rank, Zipf value, predicted level."""
    text = files(__package__).joinpath("data/frequency-en.tsv").read_text(encoding="utf-8")
    table = {}
    for rank, line in enumerate(text.splitlines(), 1):
        lemma, zipf, difficulty = line.split("\t")
        table[lemma] = Frequency(rank, int(zipf) / 100, int(difficulty) / 100)
    return table


def frequency_of(lemma: str) -> Frequency:
    """Return how common a lemma is; never raises.

    Example:
        >>> frequency_of("the").rank, frequency_of("qwxz").rank == UNSEEN_RANK
        (1, True)
    """
    return load_frequencies().get(lemma, UNSEEN)
