"""The sources searched this time, folded and indexed in memory.

All words of all sources lie in one long array of hashes, source after source. Two sorted
tables lead into it: every word (for how common it is, and for weak seeds), and shingles of
four words thinned by winnowing (Schleimer, Wilkerson, Aiken 2003), which guarantee that any
six words that stand verbatim share at least one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from chrestomathy.errors import CollectionError
from chrestomathy.records import Searched, Source
from chrestomathy.textkit.fold import Folded, Hashes, Stems, fold, hash_word, mix
from chrestomathy.trace.claims import is_before
from chrestomathy.trace.english import PER_MILLION

SHINGLE_WORDS = 4
WINNOW_WINDOW = 3
"""With windows of 3 shingles of 4 words, 6 words in common always share a shingle."""

PRIOR_WORDS = 20_000
RARE_SHARE = 1e-5
"""Weight of the prior on word frequencies, and its share for a word in no table; by hand."""

Positions = NDArray[np.int64]
"""Indices of words in the whole collection, shape (n,)."""


CHUNK = 1 << 20
"""Positions numbered at a time, so that no second array of all positions is made."""
_HIGH, _LOW = np.uint64(0xFFFFFFFF00000000), np.uint64(0x00000000FFFFFFFF)


@dataclass(frozen=True, slots=True)
class Table:
    """Positions by key, in one sorted array: half a key above, the position below.

    Sorting plain integers is several times faster than sorting an index of them. Two keys in
    four thousand million share their half; whoever looks a key up compares the words.
    """

    packed: Hashes
    """Shape (n,), sorted."""

    @classmethod
    def of(cls, keys: Hashes, positions: Hashes) -> Table:
        """Sort positions by their keys, and in order within equal keys."""
        packed = keys & _HIGH
        packed |= positions
        packed.sort()
        return cls(packed)

    @classmethod
    def of_all(cls, keys: Hashes) -> Table:
        """Sort the keys of all positions, of which each position has one; they are used up."""
        keys &= _HIGH
        for start in range(0, len(keys), CHUNK):
            stretch = keys[start : start + CHUNK]
            stretch |= np.arange(start, start + len(stretch), dtype=np.uint64)
        keys.sort()
        return cls(keys)

    def ranges(self, keys: Hashes) -> tuple[Positions, Positions]:
        """Return where each key's positions begin and end in `packed`."""
        firsts = np.searchsorted(self.packed, keys & _HIGH)
        return firsts, np.searchsorted(self.packed, keys | _LOW, "right")

    def counts(self, keys: Hashes) -> Positions:
        """Return how many positions each key has, shape as given."""
        firsts, lasts = self.ranges(keys)
        return lasts - firsts

    def positions(self, at: Positions | slice) -> Positions:
        """Return the positions that stand at places of `packed`."""
        positions: Positions = (self.packed[at] & _LOW).astype(np.int64)
        return positions

    def find(self, key: np.uint64, most: int | None = None) -> Positions:
        """Return the positions of one key in order, the first `most` of them."""
        first = int(np.searchsorted(self.packed, key & _HIGH))
        last = int(np.searchsorted(self.packed, key | _LOW, "right"))
        return self.positions(slice(first, last if most is None else min(last, first + most)))


def wide(stems: Stems) -> Hashes:
    """Widen stems to keys of a table."""
    keys = stems.astype(np.uint64)
    keys <<= np.uint64(32)
    return keys


def shingles(words: Hashes) -> Hashes:
    """Return the hash of every run of four words, shape (n - 3,) or empty."""
    size = len(words) - SHINGLE_WORDS + 1
    if size <= 0:
        return words[:0]
    multiplier = np.uint64(0xD6E8FEB86659FD93)
    hashes = words[:size].copy()
    for k in range(1, SHINGLE_WORDS):
        hashes *= multiplier
        hashes += words[k : k + size]
    return mix(hashes)


def winnow(hashes: Hashes) -> Positions:
    """Return the positions kept by winnowing: the least hash of every window."""
    size = len(hashes) - WINNOW_WINDOW + 1
    if size <= 0:
        return np.arange(len(hashes))
    least = hashes[:size].copy()
    for k in range(1, WINNOW_WINDOW):
        np.minimum(least, hashes[k : k + size], out=least)
    kept = np.zeros(len(hashes), np.bool_)
    for k in range(WINNOW_WINDOW):
        kept[k : k + size] |= hashes[k : k + size] == least
    return np.flatnonzero(kept)


@dataclass(frozen=True, slots=True)
class Barred:
    """The sources that a passage must not be held against."""

    mask: NDArray[np.bool_]
    """Whether each source is barred, shape (n_sources,)."""
    some: bool

    @classmethod
    def of(cls, mask: NDArray[np.bool_]) -> Barred:
        """Remember whether any source is barred at all."""
        return cls(mask, bool(mask.any()))

    def __contains__(self, index: object) -> bool:
        return isinstance(index, int) and bool(self.mask[index])


class Collection:
    """Sources that passages are held against, ready to be searched.

    Attributes:
        sources: In the order that they were given.
        names: The collections that they come from, in order.
        words: Hash of every word of every source, shape (n_words,).
        stems: Hash of the head of every word, shape (n_words,).
        bounds: Where each source's words begin, shape (n_sources + 1,).
    """

    def __init__(self, sources: Sequence[Source]) -> None:
        """Fold and index sources.

        Raises:
            CollectionError: There are none, or none has a word in it.
        """
        self.sources = tuple(sources)
        self.names = tuple(dict.fromkeys(one.collection or "" for one in self.sources))
        folded = [fold(one.text) for one in self.sources]
        lengths = [len(one) for one in folded]
        if not sum(lengths):
            raise CollectionError(
                "the collection holds no words",
                fix="Name a folder of texts, or a JSON Lines file of source records.",
            )
        self.bounds = np.concatenate([[0], np.cumsum(lengths)])
        self.words = np.concatenate([one.hashes for one in folded])
        self.stems = np.concatenate([one.stems for one in folded])
        self.folded = tuple(
            self._shared(one, at) for one, at in zip(folded, self.bounds, strict=False)
        )
        self.by_word = Table.of_all(self.words.copy())
        self.by_shingle = self._shingle_table()
        self._barred: dict[tuple[str | None, str | None], Barred] = {}

    def _shared(self, folded: Folded, at: int) -> Folded:
        """Return a folded source whose words are a part of all words, not a copy."""
        stretch = slice(int(at), int(at) + len(folded))
        return replace(folded, hashes=self.words[stretch], stems=self.stems[stretch])

    @classmethod
    def of(cls, sources: Iterable[Source]) -> Collection:
        """Index any run of source records."""
        return cls(list(sources))

    def _shingle_table(self) -> Table:
        keys, positions = [], []
        for one, start in zip(self.folded, self.bounds.tolist(), strict=False):
            hashes = shingles(one.hashes)
            kept = winnow(hashes)
            keys.append(hashes[kept])
            positions.append((kept + start).astype(np.uint64))
        return Table.of(np.concatenate(keys), np.concatenate(positions))

    @cached_property
    def by_stem(self) -> Table:
        """Positions by stem; made when a passage first needs them."""
        return Table.of_all(wide(self.stems))

    @cached_property
    def ranks(self) -> list[int]:
        """The order of equal places: by date, then collection, then id."""
        keys = [
            (one.date or "9999", self.names.index(one.collection or ""), one.id)
            for one in self.sources
        ]
        order = sorted(range(len(keys)), key=lambda i: _date_key(keys[i]))
        ranks = [0] * len(keys)
        for rank, index in enumerate(order):
            ranks[index] = rank
        return ranks

    def barred(self, document: str | None, before: str | None) -> Barred:
        """Return the sources that a passage of a document must not be held against.

        Args:
            document: Id of the document; a source that is that document is barred.
            before: EDTF date; sources that are not surely older are barred. None: no source
                is barred for its date.
        """
        known = self._barred.get((document, before))
        if known is None:
            mask = np.zeros(len(self.sources), np.bool_)
            if document is not None:
                mask[self._by_document.get(document, [])] = True
            if before is not None:
                mask |= ~np.array([is_before(one.date, before) for one in self.sources])
            known = self._barred[document, before] = Barred.of(mask)
        return known

    @cached_property
    def _by_document(self) -> dict[str, list[int]]:
        named: dict[str, list[int]] = {}
        for index, one in enumerate(self.sources):
            for name in {one.id, one.document} - {None}:
                named.setdefault(name or "", []).append(index)
        return named

    def source_of(self, position: int) -> int:
        """Return the index of the source that holds the word at a position."""
        return int(np.searchsorted(self.bounds, position, "right")) - 1

    def holds(self, word: str) -> bool:
        """Tell whether any source holds a folded word."""
        return bool(self.by_word.counts(np.array([hash_word(word)], np.uint64))[0])

    def information(self, words: Hashes) -> NDArray[np.float64]:
        """Return how much each word tells, in bits: -log2 of its probability.

        The probability is the word's share of the collection, smoothed by a prior (English
        function words from a table, any other word one in a hundred thousand) that weighs as
        much as `PRIOR_WORDS` words: a large collection hardly feels it, a page does.
        """
        total = len(self.words) + PRIOR_WORDS
        counts = self.by_word.counts(words)
        bits: NDArray[np.float64] = -np.log2((counts + PRIOR_WORDS * _prior(words)) / total)
        return bits

    def stem_information(self, stems: Stems) -> NDArray[np.float64]:
        """Return how much each stem tells, in bits."""
        total = len(self.words) + PRIOR_WORDS
        bits: NDArray[np.float64] = -np.log2((self.by_stem.counts(wide(stems)) + 1) / total)
        return bits

    @cached_property
    def unheard_bits(self) -> float:
        """What a word tells that no source holds and no table knows."""
        return float(-np.log2(PRIOR_WORDS * RARE_SHARE / (len(self.words) + PRIOR_WORDS))) - 1e-9

    @property
    def size_bits(self) -> float:
        """How many bits it takes to name one place in the collection, at the least."""
        return float(np.log2(len(self.words) + PRIOR_WORDS))

    @property
    def searched(self) -> tuple[Searched, ...]:
        """What was searched, a record for each collection."""
        return tuple(self._searched(name) for name in self.names)

    def _searched(self, name: str) -> Searched:
        inside = [i for i, one in enumerate(self.sources) if (one.collection or "") == name]
        dates = sorted((one.date for i in inside if (one := self.sources[i]).date), key=_year_first)
        return Searched(
            name=name,
            sources=len(inside),
            words=sum(len(self.folded[i]) for i in inside),
            speakers=len({self.sources[i].speaker for i in inside} - {None}),
            first_date=dates[0] if dates else None,
            last_date=dates[-1] if dates else None,
        )


@cache
def _prior_table() -> tuple[Hashes, NDArray[np.float64]]:
    """Return the hashes of the commonest words, sorted, and their shares of running words."""
    rows = sorted((hash_word(word), n / 1e6) for word, n in PER_MILLION.items())
    return np.array([h for h, _ in rows], np.uint64), np.array([share for _, share in rows])


def _prior(words: Hashes) -> NDArray[np.float64]:
    keys, shares = _prior_table()
    at = np.minimum(np.searchsorted(keys, words), len(keys) - 1)
    prior: NDArray[np.float64] = np.where(keys[at] == words, shares[at], RARE_SHARE)
    return prior


def _year_first(date: str) -> tuple[int, str]:
    """Order EDTF dates in time, also before the year 1."""
    sign = -1 if date.startswith("-") else 1
    year = date.lstrip("-")[:4]
    return (sign * int(year) if year.isdigit() else 9999, date)


def _date_key(key: tuple[str, int, str]) -> tuple[tuple[int, str], int, str]:
    return _year_first(key[0]), key[1], key[2]
