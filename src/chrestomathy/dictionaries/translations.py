"""Which of several translations is the usual one, judged by the dictionary itself.

No list of frequencies is needed: a word that translates many headwords ("Regierung") is commoner
than one that translates a single one ("Gubernium").
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from chrestomathy.dictionaries.markup import shortened
from chrestomathy.grade.glosses.store import Entry, Sense
from chrestomathy.textkit.words import iter_words

COMMON = 0.5
"""What a translation's uses count, by the natural logarithm of their number."""
LONGEST_ENDING, SHORTEST_STEM = 2, 4
"""Letters of an ending ("Jahre", "Jahren"), and of what it leaves."""
RANK_COST, MARK_COST, WORD_COST = 0.3, 0.5, 0.5
"""What a translation loses by standing later in its line, by a label ("[med.]"), and by each
word more than one. Chosen by hand on fifty common words."""


class Translation(NamedTuple):
    """One translation of a headword."""

    headword: str
    gloss: str
    tag: str
    rank: int
    """Place in its line, from 0."""
    marked: int
    """Labels of its use or field."""
    clues: str
    usage: str = ""
    """Running text in the language of the glosses, from examples: it shows what is common."""


def weighed(translations: Iterable[Translation]) -> Iterator[Entry]:
    """Give every translation its weight; empty glosses are left out."""
    kept = [one for one in translations if one.gloss]
    counts = _count_uses(kept)
    for one in kept:
        weight = COMMON * math.log(1 + counts[one.gloss.lower()]) - RANK_COST * min(one.rank, 5)
        weight -= MARK_COST * min(one.marked, 3) + WORD_COST * one.gloss.count(" ")
        yield Entry(one.headword, Sense(shortened(one.gloss), one.tag, round(weight, 3), one.clues))


def _count_uses(translations: Iterable[Translation]) -> Counter[str]:
    """Count words in glosses and examples, each also under its beginnings (endings fall off)."""
    counts: Counter[str] = Counter()
    for one in translations:
        for text in (one.gloss, one.usage):
            words = [word.lower for word in iter_words(text)]
            counts.update(words)
            if len(words) > 1:
                counts[one.gloss.lower()] += text is one.gloss
    whole = dict(counts)
    for word, n in whole.items():
        for cut in range(1, LONGEST_ENDING + 1):
            if len(word) - cut >= SHORTEST_STEM:
                counts[word[:-cut]] += n
    return counts
