"""The sources searched this time, folded and indexed in memory.

The index is a row of segments, each self-contained: the words of its texts as numbers, one
after the other, and two ways in. Shingles of four words, thinned by winnowing (Schleimer,
Wilkerson, Aiken 2003), lead to runs of equal words: any seven words that stand verbatim share
at least one. Places of rarer words lead to loose versions and to short phrases. Segments are
built in threads, while the next sources are being read (`native/index.c`).

A *position* counts words across all segments; after the last word of each text stands one that
equals nothing, so no run of equal words leaves its text.
"""

from __future__ import annotations

import ctypes
import os
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from chrestomathy import native
from chrestomathy.errors import CollectionError
from chrestomathy.records import Searched, Source
from chrestomathy.textkit.fold import Hashes, Stems, hash_word
from chrestomathy.trace.claims import is_before
from chrestomathy.trace.english import PER_MILLION
from chrestomathy.trace.segment import Ids, Positions, Segment, SourceWords, StemTable

PRIOR_WORDS = 20_000
RARE_SHARE = 1e-5
"""Weight of the prior on word frequencies, and its share for a word in no table; by hand."""

FIRST_SEGMENT, LARGEST_SEGMENT = 8_000_000, 64_000_000
"""Characters of the first segment and of the largest; each is twice the one before, so that
two threads have work early. More segments cost every search, larger ones memory at a time."""


@dataclass(frozen=True, slots=True)
class Barred:
    """The sources that a passage must not be held against."""

    mask: NDArray[np.bool_]
    """Whether each source is barred, shape (n_sources,)."""
    index: native.Index
    """The index without them, as C sees it."""

    def __contains__(self, index: object) -> bool:
        return isinstance(index, int) and bool(self.mask[index])

    @property
    def address(self) -> int:
        """Where C finds the index."""
        return ctypes.addressof(self.index)


class Collection:
    """Sources that passages are held against, ready to be searched.

    Attributes:
        sources: In the order that they were given.
        names: The collections that they come from, in order.
        segments: The index.
        bases: First position of each segment, and the end, shape (n_segments + 1,).
        text_bases: First source of each segment, and the end.
        bounds: First position of each source, and the end, shape (n_sources + 1,).
    """

    def __init__(
        self,
        segments: Sequence[Segment],
        sources: Sequence[Source],
        doubts: Sequence[Future[None]] = (),
    ) -> None:
        """Put segments together, and the sources whose texts they index, in the same order.

        Args:
            segments: The index.
            sources: Whose texts it indexes, segment after segment.
            doubts: What must have been checked before anything is looked up.

        Raises:
            CollectionError: No source has a word in it, or there is none.
        """
        self.segments, self.sources = tuple(segments), tuple(sources)
        self._doubts = tuple(doubts)
        self.names = tuple(dict.fromkeys(one.collection or "" for one in self.sources))
        sizes = [len(one.words) for one in self.segments]
        self.bases = np.concatenate([[0], np.cumsum(sizes, dtype=np.int64)])
        counts = [len(one.bounds) - 1 for one in self.segments]
        self.text_bases = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
        self.n_words = int(self.bases[-1]) - len(self.sources)
        if self.n_words <= 0:
            raise CollectionError(
                "the collection holds no words",
                fix="Name a folder of texts, or a JSON Lines file of source records.",
            )
        starts = [
            one.bounds[:-1] + base for one, base in zip(self.segments, self.bases, strict=False)
        ]
        self.bounds = np.concatenate([*starts, self.bases[-1:]]).astype(np.int64)
        self._bounds, self._text_bases = array("q", self.bounds), array("q", self.text_bases)
        addresses = [ctypes.addressof(one.record) for one in self.segments]
        self._addresses = np.array(addresses, np.uint64)
        self._barred: dict[tuple[str | None, str | None], Barred] = {}

    @classmethod
    def of(cls, sources: Iterable[Source]) -> Collection:
        """Fold and index any run of source records.

        Raises:
            CollectionError: No source has a word in it, or there is none.
        """
        kept: list[Source] = []
        return cls(list(index_in_threads(sources, kept)), kept)

    def assure(self) -> None:
        """Wait until what was read from disk is known to be what was written there.

        Raises:
            CollectionError: It is damaged.
        """
        for one in self._doubts:
            one.result()
        self._doubts = ()

    def segment_of(self, source: int) -> int:
        """Return the index of the segment that holds a source."""
        return bisect_right(self._text_bases, source) - 1

    def words_of(self, source: int) -> SourceWords:
        """Return the words of one source."""
        at = self.segment_of(source)
        index = source - self._text_bases[at]
        return SourceWords(self.sources[source].text, self.segments[at], index)

    def extent(self, source: int) -> tuple[int, int]:
        """Return the position of a source's first word, and the one after its last."""
        return self._bounds[source], self._bounds[source + 1] - 1

    def ids(self, source: int, start: int, end: int) -> Ids:
        """Return the ids of the words from one position up to another, within one source."""
        at = self.segment_of(source)
        base = int(self.bases[at])
        ids: Ids = self.segments[at].words[start - base : end - base]
        return ids

    def stems(self, source: int, start: int, end: int) -> Stems:
        """Return the stems of the words from one position up to another, within one source."""
        stems: Stems = self.segments[self.segment_of(source)].stems[self.ids(source, start, end)]
        return stems

    def look_up(self, words: Hashes) -> tuple[Ids, Positions]:
        """Return the ids of words, shape (n_segments, n), and how often each stands in all."""
        ids = np.empty((len(self.segments), len(words)), np.uint32)
        counts = np.empty(len(words), np.int64)
        words = np.ascontiguousarray(words)
        native.load().chr_ids(
            self.free.address, native.at(words), len(words), native.at(ids), native.at(counts)
        )
        return ids, counts

    @property
    def free(self) -> Barred:
        """The whole index, with no source barred."""
        return self.barred(None, None)

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
            known = self._barred[document, before] = Barred(mask, self._index(mask))
        return known

    def _index(self, mask: NDArray[np.bool_]) -> native.Index:
        record = native.Index(n=len(self.segments))
        record.segments, record.bases = native.at(self._addresses), native.at(self.bases)
        record.text_bases = native.at(self.text_bases)
        record.barred = native.at(mask) if mask.any() else None
        return record

    @cached_property
    def _by_document(self) -> dict[str, list[int]]:
        named: dict[str, list[int]] = {}
        for index, one in enumerate(self.sources):
            for name in {one.id, one.document} - {None}:
                named.setdefault(name or "", []).append(index)
        return named

    def source_of(self, position: int) -> int:
        """Return the index of the source that holds the word at a position."""
        return bisect_right(self._bounds, position) - 1

    def holds(self, word: str) -> bool:
        """Tell whether any source holds a folded word."""
        return bool(self.look_up(np.array([hash_word(word)], np.uint64))[1][0])

    def information(self, words: Hashes, counts: Positions) -> NDArray[np.float64]:
        """Return how much each word tells, in bits: -log2 of its probability.

        The probability is the word's share of the collection, smoothed by a prior (English
        function words from a table, any other word one in a hundred thousand) that weighs as
        much as `PRIOR_WORDS` words: a large collection hardly feels it, a page does.

        Args:
            words: Hashes.
            counts: How often each stands in the collection, as `look_up` says.
        """
        total = self.n_words + PRIOR_WORDS
        bits: NDArray[np.float64] = -np.log2((counts + PRIOR_WORDS * _prior(words)) / total)
        return bits

    @cached_property
    def by_stem(self) -> StemTable:
        """The word types of all segments in the order of their stems."""
        stems = np.concatenate([one.stems for one in self.segments])
        order = np.argsort(stems, kind="stable")
        sizes = [len(one.stems) for one in self.segments]
        segments = np.repeat(np.arange(len(sizes), dtype=np.uint32), sizes)[order]
        types = np.concatenate([np.arange(size, dtype=np.uint32) for size in sizes])[order]
        counts = np.concatenate([one.counts for one in self.segments])[order]
        before = np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
        return StemTable(stems[order], segments, types, before)

    def stem_information(self, counts: Positions) -> NDArray[np.float64]:
        """Return how much stems tell that stand so often, in bits."""
        bits: NDArray[np.float64] = -np.log2((counts + 1) / (self.n_words + PRIOR_WORDS))
        return bits

    @cached_property
    def unheard_bits(self) -> float:
        """What a word tells that no source holds and no table knows."""
        return float(-np.log2(PRIOR_WORDS * RARE_SHARE / (self.n_words + PRIOR_WORDS))) - 1e-9

    @property
    def size_bits(self) -> float:
        """How many bits it takes to name one place in the collection, at the least."""
        return float(np.log2(self.n_words + PRIOR_WORDS))

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
            words=sum(len(self.words_of(i)) for i in inside),
            speakers=len({self.sources[i].speaker for i in inside} - {None}),
            first_date=dates[0] if dates else None,
            last_date=dates[-1] if dates else None,
        )


def index_in_threads(sources: Iterable[Source], kept: list[Source]) -> Iterator[Segment]:
    """Index sources a segment at a time, in threads, and keep them in order."""
    waiting: list[Future[Segment]] = []
    texts: list[str] = []
    size, limit = 0, FIRST_SEGMENT
    with ThreadPoolExecutor(max(1, min(4, cores()))) as threads:
        for one in sources:
            kept.append(one)
            texts.append(one.text)
            size += len(one.text)
            if size >= limit:
                waiting.append(threads.submit(Segment.of, texts))
                texts, size, limit = [], 0, min(2 * limit, LARGEST_SEGMENT)
        last = [Segment.of(texts)] if texts else []
        yield from (one.result() for one in waiting)
        yield from last


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


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
