"""How common a word is: English lemmas in order of frequency.

`data/frequency-en.tsv` is derived from wordfreq's English list (Robyn Speer; CC BY-SA 4.0,
`data/LICENCES.md`): the frequencies of a lemma's forms added up, names of persons and places
included as wordfreq has them. Columns: lemma, Zipf value times 100; the line number is the rank.
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


@lru_cache(maxsize=1)
def load_frequencies() -> dict[str, Frequency]:
    """Read the list: lemma → rank and Zipf value."""
    text = files(__package__).joinpath("data/frequency-en.tsv").read_text(encoding="utf-8")
    table = {}
    for rank, line in enumerate(text.splitlines(), 1):
        lemma, zipf = line.split("\t")
        table[lemma] = Frequency(rank, int(zipf) / 100)
    return table


def frequency_of(lemma: str) -> Frequency:
    """Return how common a lemma is; never raises.

    Example:
        >>> frequency_of("the").rank, frequency_of("qwxz").rank == UNSEEN_RANK
        (1, True)
    """
    return load_frequencies().get(lemma, Frequency(UNSEEN_RANK, UNSEEN_ZIPF))
