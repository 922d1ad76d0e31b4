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

COMMON = 0.5
"""What each doubling of its use counts, as a natural logarithm."""
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


def weighed(translations: Iterable[Translation]) -> Iterator[Entry]:
    """Give every translation its weight; empty glosses are left out."""
    kept = [one for one in translations if one.gloss]
    counts = Counter(one.gloss for one in kept)
    for one in kept:
        weight = COMMON * math.log(1 + counts[one.gloss]) - RANK_COST * min(one.rank, 5)
        weight -= MARK_COST * min(one.marked, 3) + WORD_COST * one.gloss.count(" ")
        yield Entry(one.headword, Sense(shortened(one.gloss), one.tag, round(weight, 3), one.clues))
