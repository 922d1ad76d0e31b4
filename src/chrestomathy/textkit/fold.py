"""Fold a text to words that can be compared, with a map back to the original.

One function serves passages and sources alike. What is folded, and nothing else, stands in
``docs/heuristics.md``: case, white space, quotation marks, dashes and hyphens between words,
punctuation, ligatures and long s, full-width forms, combining forms. Digits are kept apart,
and with them sign, decimal point, fraction bar and superscript. Three rewritings: ``1,000`` is
``1000``, ``%`` is ``per cent``, ``$5`` is ``5 dollars``; initials are joined (``U. S.`` is
``US``); a hyphen at a line's end joins. Scripts without spaces are taken by character.

How. Characters have classes, kept in tables that grow as they are met; `native/fold.c` cuts the
words and hashes what they fold to, and asks back about the few signs that only a look at the
letters beside them can decide (`_is_kept`). Words themselves are spelt out on demand
(`Folded.word`), which is also the slow, obvious twin that the tests hold the fast one against.
"""

from __future__ import annotations

import ctypes
import re
import threading
import unicodedata
import weakref
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chrestomathy import native
from chrestomathy.errors import InternalError

Hashes = NDArray[np.uint64]
Places = NDArray[np.uint32]
Stems = NDArray[np.uint32]

APOSTROPHES = "'’‘ʼʻ′`´＇‛"
HYPHENS = "-‐‑"
SOFT_HYPHEN = "\xad"
SIGNS = "-−–+"
SLASHES = "/⁄"
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻"
INVISIBLE = frozenset(
    [*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0x061C]
)
"""Zero-width and bidirectional controls: ignored in comparing, flagged in verdicts."""
PAUSES = frozenset([*range(0x06D6, 0x06DD), 0x06DE, 0x06E9])
"""Signs of the Quran that tell where to pause: punctuation, though Unicode has them as marks."""
KEPT_SYMBOLS = "±×÷≤≥≠≈√∞&§‰‱"
"""Symbols that are words of their own; other signs count as punctuation."""
STEM_CHARS = 4
"""Characters at the head of a word that make its stem: "preach" and "preacheth" share it."""
SCALES = ("hundred", "thousand", "million", "billion", "trillion")

(
    SEPARATOR, LETTER, DIGIT, SINGLE, POINT, COMMA, APOSTROPHE, SIGN, SLASH, SUPER, DOLLAR, HIDDEN,
    RELATION, BRACKET,
) = range(14)  # fmt: skip
"""Classes of characters. `SINGLE` is a word by itself, `HIDDEN` is not there at all."""
_COMBINES, _HYPHEN, _WHITE, _CAPITAL = 0x10, 0x20, 0x40, 0x80
"""Flags beside a class: marks that may compose, hyphens of words, white space, ``A`` to ``Z``."""
_CLASS, _UNSEEN = 0x0F, 0xFF

# Scripts written without spaces: each character is a word.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff"
    r"\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd]"
)


@lru_cache(maxsize=1 << 16)
def fold_character(character: str) -> str:
    """Return what one character folds to; empty for what is not there.

    Example:
        >>> [fold_character(c) for c in "Æſﬁ９É"]
        ['ae', 's', 'fi', '9', 'e\u0301']
    """
    code = ord(character)
    if code in INVISIBLE or code in PAUSES or character == SOFT_HYPHEN:
        return ""
    if character in APOSTROPHES:
        return "'"
    if character in "Œœ":
        return "oe"
    if character in "Ææ":
        return "ae"
    compatible = 0xFB00 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFFEF or code in (0x132, 0x133)
    folded = unicodedata.normalize("NFKC", character) if compatible else character
    return unicodedata.normalize("NFD", folded.casefold())


@lru_cache(maxsize=1 << 16)
def _class_of(character: str) -> int:
    """Return the class of one character; a full-width form has that of its ASCII twin."""
    code = ord(character)
    if 0xFF01 <= code <= 0xFF5E:
        return _class_of(chr(code - 0xFEE0))
    if 0xFF66 <= code <= 0xFF9D:
        return SINGLE
    if code in INVISIBLE or code in PAUSES or character == SOFT_HYPHEN:
        return HIDDEN
    for members, kind in (
        (APOSTROPHES, APOSTROPHE),
        (SLASHES, SLASH),
        (SUPERSCRIPTS, SUPER),
        (HYPHENS + SIGNS, SIGN),
        ("=<>", RELATION),
        ("[]", BRACKET),
    ):
        if character in members:
            return kind
    named = {".": POINT, ",": COMMA, "$": DOLLAR, "%": SINGLE}.get(character)
    if named is not None:
        return named
    category = unicodedata.category(character)
    if _UNSPACED.match(character):
        return SINGLE
    if category == "Nd" or category == "No":
        return DIGIT
    if category[0] in "LMN":
        return LETTER
    if character in KEPT_SYMBOLS or category == "Sc":
        return SINGLE
    return SEPARATOR


class _Tables:
    """What fold.c knows of each code point; filled as they are met."""

    def __init__(self) -> None:
        self.kinds = np.full(0x110000, _UNSEEN, np.uint8)
        self.plain = np.zeros(0x110000, np.uint8)
        self.spelt_at = np.zeros(0x110000, np.uint32)
        self.spelt = bytearray(1)
        self.lock = threading.Lock()
        self.kept: list[object] = []
        self.record = native.FoldTables()
        self.learn(range(0x80))
        self.record.kinds, self.record.plain = native.at(self.kinds), native.at(self.plain)
        self.record.spelt_at = native.at(self.spelt_at)
        named = [_hash(word) for word in ("dollar", "dollars", "1", *SCALES)]
        self.record.dollar, self.record.dollars, self.record.one, *scales = named
        self.record.scales[:] = scales
        self.record.dollar_stem = int.from_bytes(b"dollars"[:STEM_CHARS], "little")

    def learn(self, codes: Iterable[int]) -> None:
        """Look characters up: class and flags, the one ASCII byte or the letters that it folds to.

        Spellings that other threads may be reading are kept.
        """
        with self.lock:
            for code in codes:
                character = chr(code)
                spelt = _spelt(character)
                if len(spelt) == 1 and spelt.isascii():
                    self.plain[code] = ord(spelt)
                elif spelt:
                    written = spelt.encode("utf-8", "surrogatepass")
                    self.spelt_at[code] = len(self.spelt)
                    self.spelt += bytes([len(written)]) + written
                if character.isspace():
                    self.plain[code] = code if character in "\n\f\r\t" else ord(" ")
                self.kinds[code] = _class_of(character) | _flags_of(character)
            pool = np.frombuffer(bytes(self.spelt), np.uint8)
            self.kept.append(pool)
            self.record.spelt = native.at(pool)


def _flags_of(character: str) -> int:
    """Return what fold.c needs to know of a character besides its class."""
    white = _WHITE * character.isspace()
    hyphen = _HYPHEN * (character in HYPHENS)
    capital = _CAPITAL * ("A" <= character <= "Z")
    return white | hyphen | capital | _COMBINES * (ord(character) in _COMBINING)


def _spelt(character: str) -> str:
    """Return what a character stands for within a word."""
    if character in "%％":
        return "percent"
    if character in SLASHES:
        return "/"
    if _class_of(character) == SIGN:
        return "+" if fold_character(character) == "+" else "-"
    return fold_character(character)


_get_tables = cache(_Tables)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as words: hashes to compare, and where each word stands in the original."""

    text: str
    hashes: Hashes
    """One 64-bit hash a word, shape (n,)."""
    starts: Places
    """Where each word begins in `text`, in code points, shape (n,)."""
    ends: Places
    """Where each word ends."""
    stems: Stems
    """One hash a word of its first `STEM_CHARS` characters: kindred words share it."""

    def __len__(self) -> int:
        return len(self.hashes)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a run of at least one word begins and ends in the text."""
        return int(self.starts[start]), int(self.ends[end - 1])

    def word(self, index: int) -> str:
        """Spell out one folded word."""
        return self.words(index, index + 1)[0]

    def words(self, start: int = 0, end: int | None = None) -> list[str]:
        """Spell out the words from one index up to another."""
        end = len(self) if end is None else end
        first = max(start - 1, 0)
        starts, ends = self.starts[first:end].tolist(), self.ends[first:end].tolist()
        return spell_words(self.text, starts, ends)[start - first :]


def spell_words(text: str, starts: list[int], ends: list[int]) -> list[str]:
    """Spell out neighbouring words.

    One that begins no later than the word before it is the
    "dollars" of an amount: it stands where the amount stands.
    """
    words: list[str] = []
    for k, (start, end) in enumerate(zip(starts, ends, strict=True)):
        if k and start <= starts[k - 1]:
            alone = start == starts[k - 1] and words[-1] == "1"
            words.append("dollar" if alone else "dollars")
        else:
            words.append(spell(text[start:end]))
    return words


def spell(piece: str) -> str:
    r"""Fold the stretch that one word stands in, character by character.

    Example:
        >>> [spell(w) for w in ("U. S.", "1,000", "−5.0", "per cent", "Don’t", "10²", "in-\nto")]
        ['us', '1000', '-5.0', 'percent', "don't", '10²', 'into']
    """
    if piece.isascii() and piece.isalnum():
        return piece.lower()
    if piece in ("%", "％"):
        return "percent"
    if not piece.isascii():
        piece = unicodedata.normalize("NFC", piece)
    piece = "".join(c for c in piece if _class_of(c) != HIDDEN)
    out: list[str] = []
    for i, c in enumerate(piece):
        before, after = piece[i - 1] if i else "", piece[i + 1 : i + 2]
        kind = _class_of(c)
        if kind in (LETTER, DIGIT, SINGLE, SUPER, RELATION):
            out.append(fold_character(c))
        elif kind == APOSTROPHE:
            if before and after:
                out.append("'")
        elif kind in (POINT, SLASH):
            if _is_digit(after) and (_is_digit(before) or kind == POINT):
                out.append("/" if kind == SLASH else fold_character(c))
        elif (
            kind == SIGN
            and c != "\xad"
            and not "".join(out)
            and (_is_digit(after) or after in ".$＄")
        ):
            out.append("+" if c == "+" else "-")
    return "".join(out)


def _is_digit(character: str) -> bool:
    return bool(character) and _class_of(character) == DIGIT


class Folder:
    """Room in which texts are folded one after the other; one thread at a time.

    Attributes:
        record: The words of the last text, as fold.c left them.
    """

    def __init__(self) -> None:
        """Make room that grows with the texts."""
        self._library = native.load()
        pointer = self._library.chr_folder_new()
        if not pointer:
            raise MemoryError("no memory to fold a text in")
        self.address = ctypes.addressof(pointer.contents)
        self.record = pointer.contents
        weakref.finalize(self, self._library.chr_folder_free, self.address)

    def fold(self, text: str, *, composed: bool = False) -> bool:
        """Fold a text; its words are in `record` then.

        Args:
            text: The text.
            composed: Its combining marks are composed as far as they can be.

        Returns:
            False where the text must first be composed, or rid of what cannot be seen: `fold`
            does that.
        """
        tables, data = _get_tables(), text.encode("utf-8", "surrogatepass")
        answer_at = answers = np.zeros(0, np.uint32)
        answered = False
        while True:
            result = self._library.chr_fold(
                self.address, ctypes.addressof(tables.record), data, len(data), composed,
                native.at(answer_at), native.at(answers), len(answers), answered,
            )  # fmt: skip
            if result >= 0:
                return True
            if result == _UNKNOWN:
                tables.learn({*self._asked().tolist()})
            elif result == _TO_JUDGE:
                answer_at, answered = self._asked(), True
                kinds = tables.kinds
                answers = np.array(
                    [_is_kept(text, i, kinds[ord(text[i])] & _CLASS) for i in answer_at.tolist()],
                    np.uint8,
                )
            elif result in (_TO_COMPOSE, _TO_UNCOVER):
                return False
            else:
                raise MemoryError(f"no memory to fold a text of {len(text):,} characters")

    def _asked(self) -> Places:
        return _copied(self.record.asked, self.record.n_asked, np.uint32)

    def folded(self, text: str) -> Folded:
        """Return the words of the last text, copied."""
        record, n = self.record, self.record.n_words
        return Folded(
            text,
            _copied(record.hash, n, np.uint64),
            _copied(record.start, n, np.uint32),
            _copied(record.end, n, np.uint32),
            _copied(record.stem, n, np.uint32),
        )


_UNKNOWN, _TO_JUDGE, _TO_COMPOSE, _TO_UNCOVER = -2, -3, -4, -5
"""What `chr_fold` returns where it cannot go on alone."""


def _copied(address: int | None, n: int, kind: type[np.generic]) -> NDArray[Any]:
    """Copy an array of the library."""
    array = np.empty(n, kind)
    if address and n:
        ctypes.memmove(native.at(array), address, array.nbytes)
    return array


_folders = threading.local()


def _folder() -> Folder:
    """Return this thread's room."""
    found: Folder | None = getattr(_folders, "one", None)
    if found is None:
        found = _folders.one = Folder()
    return found


def fold(text: str) -> Folded:
    """Fold a text to words.

    Example:
        >>> fold("“The U. S. paid $5 million,” he said—10.5%.").words()
        ['the', 'us', 'paid', '5', 'million', 'dollars', 'he', 'said', '10.5', 'percent']
    """
    folder = _folder()
    if folder.fold(text):
        return folder.folded(text)
    composed = _COMPOSABLE.sub(_compose, text)
    return _fold_visible(text) if composed == text else _fold_composed(text, composed)


_COMBINING = frozenset([*range(0x300, 0x370), *range(0x591, 0x5C8), 0x3099, 0x309A, 0xFF9E, 0xFF9F])
_COMPOSABLE = re.compile(
    r"[^\W\d_\u0300-\u036f][\u0300-\u036f\u0591-\u05c7]+"
    r"|[\u3040-\u30ff\uff66-\uff9d][\u3099\u309a\uff9e\uff9f]"
)
_FILLER = "\u2060"


def _compose(m: re.Match[str]) -> str:
    """Compose a letter with its marks, filled up to as many characters."""
    narrow = m[0][-1] in "\uff9e\uff9f"
    composed = unicodedata.normalize("NFKC" if narrow else "NFC", m[0])
    return composed.ljust(len(m[0]), _FILLER) if len(composed) < len(m[0]) else m[0]


def _fold_composed(text: str, composed: str) -> Folded:
    """Fold a text by its composed form, and map back to it: a word ends after its last mark."""
    folded = _fold_visible(composed)
    ends = np.arange(len(text) + 1, dtype=np.uint32)
    for m in _COMPOSABLE.finditer(text):
        if _compose(m) != m[0]:
            ends[m.start() + 1 : m.end()] = m.end()
    return replace(folded, text=text, ends=ends[folded.ends])


def _fold_visible(text: str) -> Folded:
    """Fold a composed text without the characters that are not there, and map back to it.

    A soft hyphen at the end of a line is a hyphen; anywhere else it is not there.
    """
    tables = _get_tables()
    shown = text.replace(SOFT_HYPHEN + "\n", "-\n").replace(SOFT_HYPHEN + "\r", "-\r")
    codes = np.frombuffer(shown.encode("utf-32-le", "surrogatepass"), np.uint32)
    tables.learn({*codes[tables.kinds[codes] == _UNSEEN].tolist()})
    kept = np.flatnonzero((tables.kinds[codes] & _CLASS) != HIDDEN)
    visible = codes[kept].tobytes().decode("utf-32-le", "surrogatepass")
    folder = _folder()
    if not folder.fold(visible, composed=True):
        raise InternalError("a visible text hides characters", fix="Please report this.")
    folded = folder.folded(visible)
    starts, ends = kept[folded.starts], kept[folded.ends - 1] + 1
    return replace(folded, text=text, starts=starts.astype(np.uint32), ends=ends.astype(np.uint32))


_OPERANDS = re.compile(r"(?<=[^\W_])\s?[=<>+]\s?[-−+]?\.?(?=\d)")
_POWER = re.compile(r"(?:\d\s?(?:[kcmdµ]?m|ft|in|yd|mi|s)|(?<![\w'’])[b-hj-zB-HJ-Z])$")
_BRACKETED = re.compile(r"\[([^\W\d_]{1,12})\](?=([^\W_])?)")
_NO_LETTERS = frozenset("sic recte thus applause laughter cheers laughs".split())
"""Bracketed words that are notes, even without a space beside them."""


def _is_kept(text: str, position: int, kind: int) -> bool:
    """Tell whether a rarer sign belongs to the words.

    A power after a unit or a variable does (m², x²), and so does a sign of relation or addition
    before a figure (5 < 6, 3 + 4). Brackets within a word (``[T]he``, ``judg[e]ment``) join it.
    """
    if kind == SUPER:
        return bool(_POWER.search(text[max(0, position - 6) : position]))
    if kind == BRACKET:
        opening = position if text[position] == "[" else text.rfind("[", 0, position)
        m = _BRACKETED.match(text, opening) if opening >= 0 else None
        if m is None or m[1].casefold() in _NO_LETTERS:
            return False
        joins = opening > 0 and text[opening - 1].isalpha()
        return joins if position == opening else m.end() == position + 1 and bool(m[2])
    before = position - 1 if text[position - 1 : position].isspace() else position
    return bool(_OPERANDS.match(text, max(before, 0)))


def _hash(word: str) -> int:
    data = word.encode("utf-8", "surrogatepass")
    hashed: int = native.load().chr_hash(data + bytes(8), len(data))
    return hashed


@lru_cache(maxsize=1 << 12)
def hash_word(word: str) -> int:
    """Return the hash that a folded word has in `Folded.hashes`."""
    return _hash(word)
