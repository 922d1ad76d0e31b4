"""Words of paragraphs as arrays: where they stand, and what kind of word each is."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from chrestomathy import native
from chrestomathy.lift.lexicon import speech, words_of
from chrestomathy.lift.lexicon.speech import ABBREVIATED
from chrestomathy.lift.tagger.fields import MIND, SPEECH, Fields, fields_of
from chrestomathy.records import Span
from chrestomathy.textkit.characters import CLASSES, Places, codes_of
from chrestomathy.textkit.sentences import split_sentences

_ABBREVIATIONS = ABBREVIATED | words_of("Sens Reps No vs")
PRONOUNS = words_of(
    """
    i he she they we you it who his her their its our my your which him them us me himself herself
    themselves itself
    """
)
_FUNCTION = words_of(
    """
    the a an this that these those there to of in on at for with by from as if whether and or but
    nor because while when after before until since although though not no has have had having be
    is are was were been being will would could should can may might must do does did about against
    into over under than then so n't
    """
)
_DAYS = words_of(
    """
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday today yesterday tomorrow
    """
)
SAYING = words_of(speech.SAYING["en"])
OPENING, CLOSING = "“„«", "”»"
MAY_OPEN, MAY_CLOSE = OPENING + "\"‘'", CLOSING + "\"’'"
_STRAIGHT = '"'
HEADS = words_of("that to whether if for how what why as about of on")
"""What indirect content begins with."""
MAX_TYPES = 1 << 17
"""Words whose kind is remembered: 20 MB of them."""

KIND = np.dtype(
    [
        *((name, np.uint32) for name in ("word", "kind", "coarse", "shape", "three", "two")),
        ("saying", np.uint32), ("flags", np.uint32), ("low", np.uint64), ("power", np.uint64),
        ("head", np.uint32, 4),
    ]
)  # fmt: skip
"""What is known of a word wherever it stands, `chr_kind` of tagger.h.

Six hashes (of itself; of its fields and the coarser ones; of its shape; of its last three letters
and two), its rank as a verb of saying, flags, and what the linker spells its features from: a hash
of the word in lower case, `BASE` to its length, its first four letters.
"""
_ROW = struct.Struct("=8I2Q4I")
_HEAD = 4
_NONE = 0xFFFFFFFF
"""Behind the last letter, and behind the last sentence."""
BASE = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1


def hash_of(text: str) -> int:
    """Return a 32-bit hash that is the same on every machine."""
    return crc32(text.encode("utf-8", "surrogatepass"))


_THAT, _TO, _COMMA = (hash_of("word " + word) for word in ("that", "to", ","))


@lru_cache(maxsize=MAX_TYPES)
def _kind(token: str) -> bytes:
    """Return what is known of one word, a `KIND`."""
    low = token.lower().replace("’", "'")
    field: Fields | None = None
    kind: tuple[object, ...]
    if low in _FUNCTION or low in PRONOUNS:
        kind = ("function", low)
    elif low in _DAYS:
        kind = ("day",)
    elif not token[0].isalnum():
        kind = ("mark", token)
    elif token[0].isdigit():
        kind = ("number",)
    else:
        field = fields_of(low.removesuffix("'s"))
        if field is None and "-" in low:
            field = fields_of(low.rsplit("-", 1)[1])
        kind = field or ("unknown",)
    shape = re.sub(r"[a-zß-ÿ]+", "x", re.sub(r"[A-ZÀ-Þ]+", "X", re.sub(r"\d+", "9", token)))[:6]
    coarse = (field.verb, field.commonest) if field else kind
    word = hash_of("word " + low)
    lower = token.lower()
    return _ROW.pack(
        word,
        hash_of(f"kind {tuple(kind)}"),
        hash_of(f"coarse {tuple(coarse)}"),
        hash_of("shape " + shape),
        hash_of("three " + low[-3:]),
        hash_of("two " + low[-2:]),
        _saying(low, token, field),
        _flags(word, token, lower),
        reduce(lambda value, letter: (value * BASE + ord(letter)) & _MASK, lower, 0),
        pow(BASE, len(lower), 1 << 64),
        *(*map(ord, lower[:_HEAD]), *[_NONE] * (_HEAD - len(lower))),
    )


def _saying(low: str, token: str, field: Fields | None) -> int:
    """Rank a word as a verb of saying: 4 listed, 3 and 2 by WordNet, 1 of thinking, 0 none."""
    if low in SAYING:
        return 4
    if field is None or not token[0].islower():
        return 0
    if field.verb in SPEECH:
        return 3 if field.verb == SPEECH[0] else 2
    return int(field.verb in MIND)


def _flags(word: int, token: str, lower: str) -> int:
    """Return the flags of a word, in the order of tagger.h."""
    holds = (
        not lower[0].isalnum(), token[0].isupper(), lower in PRONOUNS, lower in HEADS,
        word == _THAT, word == _TO, word == _COMMA,
        token in OPENING, token in CLOSING, token in _STRAIGHT, lower in MAY_OPEN, lower in MAY_CLOSE,
    )  # fmt: skip
    return sum(1 << place for place, held in enumerate(holds) if held)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and marks of some paragraphs, n of them, in 32-bit numbers."""

    text: str
    starts: Places
    ends: Places
    paragraph: Places
    """Number of each token's paragraph, shape (n,)."""
    sentence: Places
    """First token of its sentence."""
    bounds: Places
    """First token of each paragraph, and n."""
    types: Places
    """Number of each token's type."""
    kinds: NDArray[np.void]
    """What is known of each type, shape (n_types,), `KIND`."""

    def __len__(self) -> int:
        return len(self.starts)

    @property
    def words(self) -> list[str]:
        """The words, spelt out."""
        places = zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        return [self.text[start:end] for start, end in places]

    def span(self, first: int, end: int) -> Span:
        """Return where a run of tokens stands in the text."""
        return Span(int(self.starts[first]), int(self.ends[end - 1]))

    def run(self, start: int, end: int) -> tuple[int, int]:
        """Return the tokens that a stretch of the text touches."""
        first = int(np.searchsorted(self.ends, start, "right"))
        return first, max(first, int(np.searchsorted(self.starts, end, "left")))

    def record(self) -> native.Words:
        """Return what the C library takes; it lives no longer than these arrays."""
        arrays = (self.kinds, self.types, self.paragraph, self.sentence, self.bounds)
        return native.Words(*map(native.at, arrays), len(self), len(self.bounds) - 1)


_PACKED = np.array([int.from_bytes(one.encode()) for one in sorted(_ABBREVIATIONS)], np.uint64)
"""The abbreviations, a letter a byte."""
_KNOWN = native.at(CLASSES), native.at(_PACKED), len(_PACKED)


def tokenize(text: str, paragraphs: Iterable[Sequence[int]]) -> Tokens:
    """Cut paragraphs into words and marks.

    Words are letters and digits, with hyphens and apostrophes between them ("mayor’s"), and have
    the full stops of initials and abbreviations ("U.S.", "Mr."); "..." and "--" are one mark.

    Args:
        text: The document.
        paragraphs: Start and end of each, in order.
    """
    spans = np.array([*paragraphs], np.uint32).reshape(-1, 2)
    low, high = (spans[0, 0], spans[-1, 1]) if len(spans) else (0, 0)
    codes = codes_of(text[low:high])
    spans -= low
    begins = np.append(split_sentences(codes, spans)[:, 0], np.uint32(_NONE))
    arrays = np.empty((6, int((spans[:, 1] - spans[:, 0]).sum())), np.uint32)
    bounds = np.zeros(len(spans) + 1, np.uint32)
    given = native.Text(native.at(codes), *_KNOWN)
    cut = native.Cut(*map(native.at, arrays), native.at(bounds))
    if native.load().chr_tokens(given, native.at(spans), len(spans), native.at(begins), cut):
        raise MemoryError("no memory to cut a text into words")
    starts, ends, types, paragraph, sentence = arrays[:5, : cut.n]
    firsts = arrays[5, : cut.n_types]
    starts += low
    ends += low
    places = zip(starts[firsts].tolist(), ends[firsts].tolist(), strict=True)
    kinds = np.frombuffer(bytearray().join([_kind(text[a:b]) for a, b in places]), KIND)
    return Tokens(
        text, starts, ends, paragraph, sentence, bounds[: cut.n_paragraphs + 1], types, kinds
    )
