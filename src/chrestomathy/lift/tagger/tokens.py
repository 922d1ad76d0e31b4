"""Words of paragraphs as arrays: where they stand, and what kind of word each is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from chrestomathy.lift.lexicon import speech, words_of
from chrestomathy.lift.tagger.fields import MIND, SPEECH, Fields, fields_of
from chrestomathy.records import Span
from chrestomathy.textkit.sentences import sentences

Ints = NDArray[np.int64]
Hashes = NDArray[np.uint32]

TOKEN = re.compile(
    r"""
    (?:[A-Z]\.)+(?:[A-Z]\b)?                    # "U.S.", "J."
    | (?:Mr|Mrs|Ms|Dr|Sens?|Reps?|Gov|Gen|Prof|St|Jr|Sr|Lt|Col|Sgt|No|vs)\.
    | \w+(?:[’'`–-]\w+)*                        # "well-known", "didn’t", "mayor’s"
    | \.\.\. | --+
    | [^\w\s]
    """,
    re.VERBOSE,
)
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
MAX_TYPES = 1 << 17
"""Words whose kind is remembered."""


def hash_of(text: str) -> int:
    """Return a 32-bit hash that is the same on every machine."""
    return crc32(text.encode("utf-8", "surrogatepass"))


@lru_cache(maxsize=MAX_TYPES)
def _kind(token: str) -> tuple[int, ...]:
    """Return what the columns of `Tokens` hold of one word."""
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
    return (
        hash_of("word " + low),
        hash_of(f"kind {tuple(kind)}"),
        hash_of(f"coarse {tuple(coarse)}"),
        hash_of("shape " + shape),
        hash_of("three " + low[-3:]),
        hash_of("two " + low[-2:]),
        _saying(low, token, field),
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


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words and marks of some paragraphs, n of them."""

    text: str
    words: list[str]
    starts: Ints
    ends: Ints
    paragraph: Ints
    """Number of each token's paragraph, shape (n,)."""
    sentence: Ints
    """First token of its sentence."""
    bounds: Ints
    """First token of each paragraph, and n."""
    word: Hashes
    kind: Hashes
    coarse: Hashes
    shape: Hashes
    three: Hashes
    """Of the last three letters."""
    two: Hashes
    saying: Ints

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, end: int) -> Span:
        """Return where a run of tokens stands in the text."""
        return Span(int(self.starts[first]), int(self.ends[end - 1]))

    def run(self, start: int, end: int) -> tuple[int, int]:
        """Return the tokens that a stretch of the text touches."""
        first = int(np.searchsorted(self.ends, start, "right"))
        return first, max(first, int(np.searchsorted(self.starts, end, "left")))


def tokenize(text: str, paragraphs: Iterable[Sequence[int]]) -> Tokens:
    """Cut paragraphs into words and marks.

    Args:
        text: The document.
        paragraphs: Start and end of each, in order.
    """
    found: list[re.Match[str]] = []
    begins: list[int] = []
    bounds = [0]
    for start, end in paragraphs:
        held = list(TOKEN.finditer(text, start, end))
        if held:
            found += held
            bounds.append(len(found))
            begins += [start + first for first, _ in sentences(text[start:end])]
    words = [m[0] for m in found]
    places = np.array([m.span() for m in found], np.int64).reshape(len(found), 2)
    starts, ends = places[:, 0].copy(), places[:, 1].copy()
    edges = np.array(bounds, np.int64)
    firsts = np.searchsorted(starts, np.array([*begins, *starts[edges[:-1]]], np.int64))
    first = np.zeros(len(words), np.int64)
    first[firsts[firsts < len(words)]] = firsts[firsts < len(words)]
    numbers: dict[str, int] = {}
    types = np.array([numbers.setdefault(word, len(numbers)) for word in words], np.int64)
    kinds = np.array([_kind(word) for word in numbers], np.uint32).reshape(len(numbers), 7)[types]
    word, kind, coarse, shape, three, two = (np.ascontiguousarray(kinds[:, k]) for k in range(6))
    return Tokens(
        text=text,
        words=words,
        starts=starts,
        ends=ends,
        paragraph=np.repeat(np.arange(len(edges) - 1), np.diff(edges)),
        sentence=np.maximum.accumulate(first),
        bounds=edges,
        word=word,
        kind=kind,
        coarse=coarse,
        shape=shape,
        three=three,
        two=two,
        saying=kinds[:, 6].astype(np.int64),
    )
