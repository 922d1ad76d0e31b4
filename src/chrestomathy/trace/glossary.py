"""Which words stand for each other in two versions of one text.

A second translation inflects otherwise, and a newer one replaces the words that have gone out
of use. Words are kindred that share a stem, their first four letters. What that does not see is
listed in `english.py`, as in the glossary at the end of an edition: short words, irregular
verbs, and older English. It is looked at only where a loose version is searched for; a kindred
word is still a changed word, that counts half as evidence for the place.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from chrestomathy.textkit.fold import Hashes, Stems, fold
from chrestomathy.trace import english


def _inflected(word: str) -> Iterator[str]:
    """List the regular forms of a short word, older ones too: cries, crieth, sinned, sins."""
    bases = [word, word + word[-1]]
    if word[-1] == "y":
        bases.append(word[:-1] + "i")
    elif word[-1] == "e":
        bases.append(word[:-1])
    for base in bases:
        yield from (base + ending for ending in english.INFLECTIONS)


@cache
def _table() -> tuple[Hashes, Stems]:
    """Return the hashes of the listed words, sorted, and the stem that each counts as."""
    counts_as = {form: word for word in english.SHORT_WORDS for form in (word, *_inflected(word))}
    for group in english.KINDRED:
        counts_as |= dict.fromkeys(group, group[0])
    words, heads = fold(" ".join(counts_as)), fold(" ".join(counts_as.values()))
    order = np.argsort(words.hashes)
    return words.hashes[order], heads.stems[order]


def kindred(words: Hashes, stems: Stems) -> Stems:
    """Return the stems of words, those of listed words replaced.

    Args:
        words: Hashes, shape (n,).
        stems: What `textkit.fold` says, shape (n,).
    """
    keys, counted = _table()
    at = np.minimum(np.searchsorted(keys, words), len(keys) - 1)
    kin: Stems = np.where(keys[at] == words, counted[at], stems)
    return kin
