"""One segment of the index: the words of some texts as numbers, and the ways to find them.

`native/index.c` builds it and says what its arrays are. A segment never changes: it lives in
memory, or in a file that is mapped into memory, where the same arrays lie one after the other.
"""

from __future__ import annotations

import ctypes
import weakref
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from chrestomathy import native
from chrestomathy.textkit.fold import (
    Folder,
    Hashes,
    Places,
    Stems,
    fold,
    spell_words,
)
from chrestomathy.trace.glossary import kindred

Positions = NDArray[np.int64]
"""Indices of words in the whole collection, shape (n,)."""
Ids = NDArray[np.uint32]
"""Numbers of words, as one segment counts them; UNKNOWN of index.h is one that it lacks."""
MOST_POSTED = 4096
"""A word that a segment holds more often has no list of places (index.h)."""


ARRAYS = {
    "words": "n_positions", "steps": "n_positions", "anchors": "n_anchors", "odd_at": "n_odd",
    "odd_start": "n_odd", "odd_end": "n_odd", "bounds": "n_texts", "hashes": "n_types",
    "stems": "n_types", "counts": "n_types", "slots": "n_slots", "posting_ends": "n_types",
    "postings": "n_postings", "bucket_ends": "n_buckets", "shingles": "n_shingles",
}  # fmt: skip
"""The arrays of `chr_segment`, in the order of a file, and what tells how long each is;
`bounds` is longer by one."""
INDEX_VERSION = 2
"""To be raised with any change of folding, of the glossary or of the arrays: an index on disk
answers for the rules that it was made by. A test holds all three to this number."""
ALIGNMENT = 64
"""An array begins at a multiple of so many bytes."""


class Segment:
    """One part of the index; it never changes.

    Attributes:
        record: The arrays as C sees them.
        words: Id of every position, shape (n_positions,).
        bounds: First position of each text, and the end, shape (n_texts + 1,).
        hashes: Hash of each word type, shape (n_types,); type 0 is no word.
        stems: Stem of each type, of listed words that of their group (`glossary.kindred`).
        counts: Positions of each type.
    """

    def __init__(self, record: native.Segment, owner: object) -> None:
        """View the arrays of a record, which live as long as their owner."""
        self.record, self._owner = record, owner
        self.words, self.bounds = self._array("words"), self._array("bounds")
        self.hashes, self.stems = self._array("hashes"), self._array("stems")
        self.counts = self._array("counts")

    @classmethod
    def of(cls, texts: Sequence[str]) -> Segment:
        """Fold and index texts.

        Raises:
            MemoryError: There is not enough.
        """
        builder = _Builder(sum(map(len, texts)))
        for text in texts:
            builder.add(text)
        segment = cls(builder.finish(), builder)
        segment.stems[:] = kindred(segment.hashes, segment.stems)
        return segment

    @classmethod
    def mapped(cls, data: bytes | memoryview, lengths: Mapping[str, int]) -> Segment:
        """View the arrays in what `write` has written."""
        record = native.Segment(**lengths)
        begin = np.frombuffer(data, np.uint8).__array_interface__["data"][0]
        for name, offset, _ in _places(record):
            kind = type(getattr(record, name))
            setattr(record, name, ctypes.cast(begin + offset, kind))
        return cls(record, data)

    @property
    def lengths(self) -> dict[str, int]:
        """How long the arrays are, for `mapped`."""
        return {name: int(getattr(self.record, name)) for name in sorted({*ARRAYS.values()})}

    @property
    def n_bytes(self) -> int:
        """Bytes of all arrays."""
        return sum(size for _, _, size in _places(self.record))

    def write(self, file: BinaryIO) -> None:
        """Write the arrays, one after the other."""
        at = 0
        for name, offset, size in _places(self.record):
            file.write(bytes(offset - at))
            file.write(self._array(name).view(np.uint8).data)
            at = offset + size
        file.write(bytes(ALIGNMENT))

    def _array(self, name: str) -> NDArray[Any]:
        """View an array."""
        pointer = getattr(self.record, name)
        n = _length(self.record, name)
        if not n:
            return np.zeros(0, np.dtype(pointer._type_))
        held = (pointer._type_ * n).from_address(ctypes.addressof(pointer.contents))
        return np.frombuffer(held, np.dtype(pointer._type_))

    def locate(self, text: int, first: int, last: int) -> tuple[Places, Places]:
        """Return where the words from one position up to another stand in their text."""
        starts, ends = np.empty((2, max(last - first, 0)), np.uint32)
        native.load().chr_locate(
            ctypes.addressof(self.record), text, first, last, native.at(starts), native.at(ends)
        )
        return starts, ends


class _Builder:
    """The C library's builder, freed with this."""

    def __init__(self, n_characters: int) -> None:
        self._library = native.load()
        self._address = self._library.chr_builder_new(n_characters)
        if not self._address:
            raise MemoryError("no memory for an index")
        weakref.finalize(self, self._library.chr_builder_free, self._address)
        self._folder = Folder()

    def add(self, text: str) -> None:
        """Fold a text and take its words."""
        if self._folder.fold(text):
            failed = self._library.chr_builder_add_folded(self._address, self._folder.address)
        else:
            one = fold(text)
            failed = self._library.chr_builder_add(
                self._address, native.at(one.hashes), native.at(one.stems),
                native.at(one.starts), native.at(one.ends), len(one),
            )  # fmt: skip
        if failed:
            raise MemoryError("no memory for the index, or too many words for one segment")

    def finish(self) -> native.Segment:
        """Sort what leads to places, and return the arrays."""
        if self._library.chr_builder_finish(self._address):
            raise MemoryError("no memory for the index")
        record: native.Segment = self._library.chr_builder_segment(self._address).contents
        return record


def _length(record: native.Segment, name: str) -> int:
    return int(getattr(record, ARRAYS[name])) + (name == "bounds")


def _places(record: native.Segment) -> Iterator[tuple[str, int, int]]:
    """Say of each array where it begins in a file, and how many bytes it has."""
    offset = 0
    for name in ARRAYS:
        size = _length(record, name) * ctypes.sizeof(getattr(record, name)._type_)
        yield name, offset, size
        offset += -(-size // ALIGNMENT) * ALIGNMENT


@dataclass(frozen=True, slots=True)
class StemTable:
    """The word types of an index by their stems, a row for each type of each segment."""

    stems: Stems
    """Sorted, shape (n,)."""
    segments: Ids
    types: Ids
    before: Positions
    """How many positions the rows before each one have, shape (n + 1,)."""

    def rows(self, stems: Stems) -> tuple[Positions, Positions]:
        """Return the first row of each stem, and the one after its last."""
        return np.searchsorted(self.stems, stems), np.searchsorted(self.stems, stems, "right")


@dataclass(frozen=True, slots=True)
class SourceWords:
    """The words of one source, read from its segment as they are needed."""

    text: str
    segment: Segment
    index: int
    """Of the text in its segment."""

    @property
    def _first(self) -> int:
        return int(self.segment.bounds[self.index])

    def __len__(self) -> int:
        return int(self.segment.bounds[self.index + 1]) - self._first - 1

    def ids(self, start: int, end: int) -> Ids:
        """Return the ids of words."""
        ids: Ids = self.segment.words[self._first + start : self._first + end]
        return ids

    def hashes(self, start: int, end: int) -> Hashes:
        """Return the hashes of words."""
        hashes: Hashes = self.segment.hashes[self.ids(start, end)]
        return hashes

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a run of at least one word begins and ends in the text."""
        starts, ends = self._places(start, end)
        return int(starts[0]), int(ends[-1])

    def words(self, start: int, end: int) -> list[str]:
        """Spell out the words from one index up to another."""
        first = max(start - 1, 0)
        starts, ends = self._places(first, end)
        return spell_words(self.text, starts.tolist(), ends.tolist())[start - first :]

    def _places(self, start: int, end: int) -> tuple[Places, Places]:
        return self.segment.locate(self.index, self._first + start, self._first + end)
