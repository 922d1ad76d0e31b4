"""Which of several translations is the usual one, judged by the dictionary itself.

No list of frequencies is needed: a word that translates many headwords ("Regierung") is commoner
than one that translates a single one ("Gubernium"), and one that stands in translations of longer
headwords is the usual one for their word.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
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


SUPPORT, MOST_LONGER = 1.3, 300
"""What standing in translations of longer headwords counts, by the logarithm of their number;
and how many of those are looked at."""


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
    capital: bool = False
    """The headword is printed with a capital."""


def weighed(translations: Iterable[Translation]) -> Iterator[Entry]:
    """Give every translation its weight; empty glosses are left out."""
    kept = [one for one in translations if one.gloss]
    counts = _count_uses(kept)
    for one in kept:
        weight = COMMON * math.log(1 + counts[one.gloss.lower()]) - RANK_COST * min(one.rank, 5)
        weight -= MARK_COST * min(one.marked, 3) + WORD_COST * one.gloss.count(" ")
        gloss = shortened(one.gloss)
        sense = Sense(gloss, one.tag, round(weight, 3), one.clues, one.capital)
        yield Entry(one.headword, sense)


def supported(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Raise what stands in translations of longer headwords with the same word.

    "Hafen" is the usual word for "harbour", since "harbour entrance" is "Hafeneinfahrt"; and 借
    the one for "borrow", since "to borrow money" is 借款.
    """
    kept = [(one.headword, one.sense) for one in entries if one.sense]
    longer: dict[str, list[str]] = defaultdict(list)
    for headword, sense in kept:
        words = headword.split()
        for word in set(words) if len(words) > 1 else ():
            if len(longer[word]) < MOST_LONGER:
                longer[word].append(sense.gloss.lower())
    for headword, sense in kept:
        stem = _stem(sense.gloss.lower())
        n = sum(stem in gloss for gloss in longer.get(headword, ()))
        weight = sense.weight + SUPPORT * math.log(1 + n)
        yield Entry(headword, sense._replace(weight=round(weight, 3)))


def _stem(word: str) -> str:
    """Cut an ending off; of a word with few letters nothing."""
    return word[: max(SHORTEST_STEM, len(word) - LONGEST_ENDING)]


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
