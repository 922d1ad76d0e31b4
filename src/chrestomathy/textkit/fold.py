"""Fold a text to words that can be compared, with a map back to the original.

One function serves passages and sources alike. What is folded, and nothing else, stands in
``docs/heuristics.md``: case, white space, quotation marks, dashes and hyphens between words,
punctuation, ligatures and long s, full-width forms, combining forms. Digits are kept apart,
and with them sign, decimal point, fraction bar and superscript. Three rewritings: ``1,000`` is
``1000``, ``%`` is ``per cent``, ``$5`` is ``5 dollars``; initials are joined (``U. S.`` is
``US``); a hyphen at a line's end joins. Scripts without spaces are taken by character.

How. Characters have classes, kept in a table that grows as they are met; words are where the
classes say, and only punctuation that touches a digit or a letter is looked at one by one. A
word's hash is taken over the UTF-8 bytes of what it folds to, eight at a time. Nearly all words
fold to as many ASCII letters as they have characters, and are hashed where they stand; the odd
ones (``Cæsar``, ``1,000``, ``U. S.``) are first written out side by side. So a whole book is
folded in a dozen passes of numpy. Words themselves are spelt out on demand (`Folded.word`),
which is also the slow, obvious twin that the tests hold the fast one against.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Offsets = NDArray[np.int64]
Places = NDArray[np.uint32]
Stems = NDArray[np.uint32]
Bytes = NDArray[np.uint8]
Kinds = NDArray[np.uint8]
Codes = NDArray[np.uint8] | NDArray[np.uint32]

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
_UNSEEN = 255
_SPECIAL = POINT
"""Classes from here on depend on what stands beside them."""

LONGEST = 256
"""Bytes of a word that are hashed eight at a time; a longer one, no word at all, by BLAKE2."""

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
    if code in INVISIBLE or character == SOFT_HYPHEN:
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
    if code in INVISIBLE or character == SOFT_HYPHEN:
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
    """Class and folded byte of each code point; filled as they are met."""

    def __init__(self) -> None:
        self.kinds = np.full(0x110000, _UNSEEN, np.uint8)
        self.bytes = np.zeros(0x110000, np.uint8)
        self.learn(range(0x250))
        self.ascii_kinds = self.kinds[:0x80].tobytes() + bytes(0x80)
        self.ascii_bytes = self.bytes[:0x80].tobytes() + bytes(0x80)

    def learn(self, codes: Iterable[int]) -> None:
        """Look characters up. Only those that fold to one ASCII letter or sign have a byte."""
        for code in codes:
            character = chr(code)
            self.kinds[code] = _class_of(character)
            folded = _spelt(character)
            if len(folded) == 1 and folded.isascii():
                self.bytes[code] = ord(folded)


def _spelt(character: str) -> str:
    """Return what a character stands for within a word."""
    if character in "%％":
        return "percent"
    if character in SLASHES:
        return "/"
    return "-" if character in "-−–" else fold_character(character)


_tables: list[_Tables] = []


def _get_tables() -> _Tables:
    if not _tables:
        _tables.append(_Tables())
    return _tables[0]


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
    spelt: dict[int, str] = field(default_factory=dict)
    """Words that are not spelt as they stand: "dollars" for a dollar sign."""

    def __len__(self) -> int:
        return len(self.hashes)

    def word(self, index: int) -> str:
        """Spell out one folded word."""
        known = self.spelt.get(index)
        if known is not None:
            return known
        return spell(self.text[self.starts[index] : self.ends[index]])

    def words(self, start: int = 0, end: int | None = None) -> list[str]:
        """Spell out the words from one index up to another."""
        return [self.word(i) for i in range(start, len(self) if end is None else end)]


def spell(piece: str) -> str:
    r"""Fold the stretch that one word stands in, character by character.

    Example:
        >>> [spell(w) for w in ("U. S.", "1,000", "−5.0", "per cent", "Don’t", "10²", "in-\nto")]
        ['us', '1000', '-5.0', 'percent', "don't", '10²', 'into']
    """
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


def fold(text: str) -> Folded:
    """Fold a text to words.

    Example:
        >>> fold("“The U. S. paid $5 million,” he said—10.5%.").words()
        ['the', 'us', 'paid', '5', 'million', 'dollars', 'he', 'said', '10.5', 'percent']
    """
    codes, kinds, plain = _classify(text)
    inner = kinds[4:-4]
    if codes.dtype != np.uint8 and np.isin(codes[codes >= 0x300], _COMBINING).any():
        composed = _COMPOSABLE.sub(_compose, text)
        if composed != text:
            return _fold_composed(text, composed)
    if (inner == HIDDEN).any():
        return _fold_visible(text, inner == HIDDEN)
    in_word, silent = _resolve(text, kinds)
    starts, ends, joined = _join(text, plain, *_edges(in_word, inner))
    hashes, stems = _hash_words(codes, plain, in_word, silent, starts, ends, joined)
    return _compact(text, inner, hashes, stems, starts, ends)


def _classify(text: str) -> tuple[Codes, Kinds, Bytes]:
    """Look every character up.

    Returns:
        The code points; their classes, with four separators before and after; the byte that
        each folds to or 0, with eight more behind.
    """
    tables = _get_tables()
    size = len(text)
    kinds = np.full(size + 8, SEPARATOR, np.uint8)
    plain = np.zeros(size + 8, np.uint8)
    if text.isascii():
        raw = text.encode("ascii")
        kinds[4:-4] = np.frombuffer(raw.translate(tables.ascii_kinds), np.uint8)
        plain[:-8] = np.frombuffer(raw.translate(tables.ascii_bytes), np.uint8)
        return np.frombuffer(raw, np.uint8), kinds, plain
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    narrow = codes.astype(np.uint8).tobytes()
    kinds[4:-4] = np.frombuffer(narrow.translate(tables.ascii_kinds), np.uint8)
    plain[:-8] = np.frombuffer(narrow.translate(tables.ascii_bytes), np.uint8)
    wide = np.flatnonzero(codes >= 0x80)
    found = tables.kinds[codes[wide]]
    if (found == _UNSEEN).any():
        tables.learn(np.unique(codes[wide][found == _UNSEEN]).tolist())
        found = tables.kinds[codes[wide]]
    kinds[4:-4][wide] = found
    plain[wide] = tables.bytes[codes[wide]]
    return codes, kinds, plain


_COMBINING = np.array([*range(0x300, 0x370), *range(0x591, 0x5C8), 0x3099, 0x309A, 0xFF9E, 0xFF9F])
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
    folded = fold(composed)
    ends = np.arange(len(text) + 1, dtype=np.uint32)
    for m in _COMPOSABLE.finditer(text):
        if _compose(m) != m[0]:
            ends[m.start() + 1 : m.end()] = m.end()
    return replace(folded, text=text, ends=ends[folded.ends])


def _fold_visible(text: str, hidden: NDArray[np.bool_]) -> Folded:
    """Fold a text without the characters that are not there, and map back to it.

    A soft hyphen at the end of a line is a hyphen; anywhere else it is not there.
    """
    shown = text.replace(SOFT_HYPHEN + "\n", "-\n").replace(SOFT_HYPHEN + "\r", "-\r")
    codes = np.frombuffer(shown.encode("utf-32-le", "surrogatepass"), np.uint32)
    kept = np.flatnonzero(~hidden | (codes == ord("-")))
    folded = fold(codes[kept].tobytes().decode("utf-32-le", "surrogatepass"))
    starts, ends = kept[folded.starts], kept[folded.ends - 1] + 1
    return replace(folded, text=text, starts=starts.astype(np.uint32), ends=ends.astype(np.uint32))


def _resolve(text: str, kinds: Kinds) -> tuple[NDArray[np.bool_], Offsets]:
    """Decide which characters belong to words, and which of those are silent.

    Args:
        text: The text.
        kinds: Classes, with four separators before and after.

    Returns:
        Whether each character is in a word, shape (len(text),); positions of those that are
        inside a word but fold to nothing.
    """
    inner = kinds[4:-4]
    in_word = (inner > SEPARATOR) & (inner < _SPECIAL)
    leads = (kinds[5:-3] != SEPARATOR) | (inner == SIGN) | (inner == SUPER)
    leads |= (inner == DOLLAR) | (inner == RELATION)
    special = np.flatnonzero((inner >= _SPECIAL) & leads)
    if not len(special):
        return in_word, special
    kind, before, after = inner[special], kinds[special + 3], kinds[special + 5]
    digit_before, digit_after = before == DIGIT, after == DIGIT
    letter_before = (before == LETTER) | digit_before
    free_before = ~letter_before & (before != SINGLE) & (before != SIGN) & (before != SUPER)
    amount_after = digit_after | (
        ((after == POINT) | (after == DOLLAR) | ((after == SIGN) & (kind == DOLLAR)))
        & (kinds[special + 6] == DIGIT)
    )
    spaced = (kind == DOLLAR) & (after == SEPARATOR) & (kinds[special + 6] == DIGIT)
    spaced[spaced] = [text[place + 1].isspace() for place in special[spaced].tolist()]
    grouped = (
        (kind == COMMA)
        & digit_before
        & digit_after
        & (kinds[special + 6] == DIGIT)
        & (kinds[special + 7] == DIGIT)
        & (kinds[np.minimum(special + 8, len(kinds) - 1)] != DIGIT)
        & ~(
            (kinds[special + 2] == DIGIT)
            & (kinds[special + 1] == DIGIT)
            & (kinds[special] == DIGIT)
        )
    )
    kept = (
        ((kind == POINT) & digit_after & (digit_before | free_before & (before != POINT)))
        | ((kind == SLASH) & digit_before & digit_after)
        | ((kind == APOSTROPHE) & letter_before & ((after == LETTER) | digit_after))
        | ((kind == SIGN) & free_before & amount_after)
        | ((kind == SUPER) & (digit_before | (before == SUPER)))
        | ((kind == DOLLAR) & amount_after)
        | spaced
        | grouped
    )
    rare = (kind == RELATION) | (kind == BRACKET) | ((kind == SUPER) & (before == LETTER))
    rare |= (kind == SIGN) & (before == SEPARATOR) & (after == SEPARATOR)
    joining = np.zeros(len(special), np.bool_)
    for i in np.flatnonzero(rare).tolist():
        kept[i] |= _is_kept(text, int(special[i]), int(kind[i]))
        joining[i] = kept[i] and kind[i] == BRACKET
    in_word[special[kept]] = True
    silent = [special[grouped | joining | (kind == DOLLAR) & kept], special[spaced] + 1]
    hyphens = special[(kind == SIGN) & (before == LETTER) & ~kept]
    silent += [_line_end(text, position) for position in hyphens.tolist()]
    hushed = np.concatenate(silent)
    in_word[hushed] = True
    return in_word, hushed


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


_LINE_END = re.compile(r"[-‐‑][ \t\r]*(?:\n\f?|\f\n?)[ \t]*(?=[^\W\d_A-Z])")


def _line_end(text: str, position: int) -> Offsets:
    """Return the positions of a line-end hyphen and the break after it, if it is one."""
    m = _LINE_END.match(text, position)
    return np.arange(position, m.end()) if m else np.arange(0)


def _edges(in_word: NDArray[np.bool_], kinds: Kinds) -> tuple[Offsets, Offsets]:
    """Return where words begin and end."""
    alone = (kinds == SINGLE) | (kinds == RELATION)
    opens = alone | (kinds == DOLLAR)
    opens[1:] &= alone[1:] | (kinds[:-1] != SIGN)
    begins = in_word.copy()
    begins[1:] &= ~in_word[:-1] | alone[:-1] | opens[1:]
    ends = in_word.copy()
    ends[:-1] &= ~in_word[1:] | begins[1:]
    return np.flatnonzero(begins), np.flatnonzero(ends) + 1


def _hash_words(
    codes: Codes,
    plain: Bytes,
    in_word: NDArray[np.bool_],
    silent: Offsets,
    starts: Offsets,
    ends: Offsets,
    joined: NDArray[np.bool_],
) -> tuple[Hashes, Hashes]:
    """Hash every word, and its stem."""
    plain[silent] = 0
    hashes, stems = hash_bytes(plain, starts, ends, np.minimum(ends, starts + STEM_CHARS))
    strange = np.flatnonzero(in_word & (plain[:-8] == 0))
    odd = joined.copy()
    odd[np.searchsorted(starts, strange, "right") - 1] = True
    in_word[silent] = False
    at = np.flatnonzero(odd)
    if len(at):
        written, begins, breaks, finishes = _written_out(codes, in_word, starts[at], ends[at])
        hashes[at], stems[at] = hash_bytes(written, begins, finishes, breaks)
    return hashes, stems


def _written_out(
    codes: Codes,
    in_word: NDArray[np.bool_],
    starts: Offsets,
    ends: Offsets,
) -> tuple[Bytes, Offsets, Offsets, Offsets]:
    """Write odd words out side by side, as UTF-8 of what they fold to.

    Returns:
        The bytes, with eight more behind, and where each word begins, its stem ends, and it
        ends.
    """
    lengths = ends - starts
    firsts = np.cumsum(lengths) - lengths
    at = np.arange(int(lengths.sum())) + np.repeat(starts - firsts, lengths)
    known, index = np.unique(codes[at], return_inverse=True)
    spelt = [_spelt(chr(code)).encode("utf-8", "surrogatepass") for code in known.tolist()]
    sizes = np.array([len(one) for one in spelt])[index] * in_word[at]
    offsets = np.concatenate([[0], np.cumsum(sizes)])
    written = np.zeros(int(offsets[-1]) + 8, np.uint8)
    longest = max(map(len, spelt))
    rows = np.frombuffer(b"".join(one.ljust(longest, b"\0") for one in spelt), np.uint8)
    rows = rows.reshape(len(spelt), longest)
    for k in range(longest):
        more = np.flatnonzero(sizes > k)
        written[offsets[more] + k] = rows[index[more], k]
    stem_ends = firsts + np.minimum(lengths, STEM_CHARS)
    return written, offsets[firsts], offsets[stem_ends], offsets[firsts + lengths]


_LOW_BYTES = np.array([(1 << 8 * n) - 1 for n in range(9)], np.uint64)
"""Masks that keep the first n of eight bytes."""


def hash_bytes(
    buffer: Bytes, starts: Offsets, ends: Offsets, stem_ends: Offsets
) -> tuple[Hashes, Hashes]:
    """Hash stretches of bytes, eight bytes at a time, and their heads.

    Args:
        buffer: Bytes, with eight more behind the last stretch.
        starts: Where the stretches begin, shape (n,).
        ends: Where they end.
        stem_ends: Where their heads end; of a head over eight bytes, eight count.
    """
    eights = np.ndarray(max(len(buffer) - 7, 0), "<u8", buffer, strides=(1,))
    sizes = ends - starts
    first = eights[starts]
    stems = mix(first & _LOW_BYTES[np.minimum(stem_ends - starts, 8)])
    hashes = mix(first & _LOW_BYTES[np.minimum(sizes, 8)])
    going = np.flatnonzero(sizes > 8)
    for done in range(8, LONGEST, 8):
        going = going[sizes[going] > done]
        if not len(going):
            break
        rest = np.minimum(sizes[going] - done, 8)
        chunk = eights[starts[going] + done] & _LOW_BYTES[rest]
        hashes[going] = mix(hashes[going] + (chunk ^ np.uint64(0x9E3779B97F4A7C15)))
    for i in np.flatnonzero(sizes > LONGEST).tolist():
        digest = hashlib.blake2b(buffer[starts[i] : ends[i]].tobytes(), digest_size=8).digest()
        hashes[i] = int.from_bytes(digest, "little")
    return hashes, stems


def mix(hashes: Hashes) -> Hashes:
    """Spread hashes over all 64 bits (the finaliser of SplitMix64, Steele et al. 2014)."""
    hashes = hashes ^ (hashes >> np.uint64(30))
    hashes *= np.uint64(0xBF58476D1CE4E5B9)
    hashes ^= hashes >> np.uint64(27)
    hashes *= np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


@lru_cache(maxsize=1 << 12)
def hash_word(word: str) -> int:
    """Return the hash that a folded word has in `Folded.hashes`."""
    data = word.encode("utf-8", "surrogatepass")
    buffer = np.frombuffer(data + bytes(8), np.uint8)
    size = np.array([len(data)])
    return int(hash_bytes(buffer, np.array([0]), size, size)[0][0])


_GAP_IN_INITIALS = re.compile(r"\.\s{0,3}")
_WHITE = re.compile(r"\s+")
_GAP_IN_PER_CENT = re.compile(r"\s*[\s‐‑-]\s*")


def _join(
    text: str, plain: Bytes, starts: Offsets, ends: Offsets
) -> tuple[Offsets, Offsets, NDArray[np.bool_]]:
    """Join initials (``U. S.``) and ``per cent``, which are one word each.

    Returns:
        Where the words begin and end then, and which of them were joined.
    """
    goes_on = np.zeros(len(starts), np.bool_)
    if len(starts):
        _mark_initials(text, plain, starts, ends, goes_on)
        _mark_per_cent(text, plain, starts, ends, goes_on)
    last = np.ones(len(starts), np.bool_)
    last[:-1] = ~goes_on[1:]
    heads = ~goes_on
    return starts[heads], ends[last], ~last[heads]


def _mark_initials(
    text: str, plain: Bytes, starts: Offsets, ends: Offsets, goes_on: NDArray[np.bool_]
) -> None:
    """Mark the letters that belong to the initial before them."""
    lone = np.flatnonzero(ends - starts == 1)
    lone = lone[plain[ends[lone]] == ord(".")]
    gap, last = "", -2  # the gap after an initial, without regard to which white space
    for i in lone.tolist():
        if i + 1 >= len(starts) or not text[starts[i]].isalpha():
            continue
        follows = gap if last == i else None
        gap, last = _WHITE.sub(" ", text[ends[i] : starts[i + 1]]), -2
        if ends[i + 1] - starts[i + 1] != 1 or not _GAP_IN_INITIALS.fullmatch(gap):
            continue
        stopped = text[ends[i + 1] : ends[i + 1] + 1] == "."
        if text[starts[i + 1]].isalpha() and (stopped or gap == ".") and follows in (None, gap):
            goes_on[i + 1] = True
            last = i + 1


def _mark_per_cent(
    text: str, plain: Bytes, starts: Offsets, ends: Offsets, goes_on: NDArray[np.bool_]
) -> None:
    """Mark "cent" after "per"."""
    lengths = ends - starts
    pairs = np.flatnonzero((lengths[:-1] == 3) & (lengths[1:] == 4))
    pairs = pairs[plain[starts[pairs]] == ord("p")]
    pairs = pairs[plain[starts[pairs + 1]] == ord("c")]
    for i in pairs.tolist():
        whole = text[starts[i] : ends[i + 1]].casefold()
        if whole[:3] == "per" and whole[-4:] == "cent":
            goes_on[i + 1] = bool(_GAP_IN_PER_CENT.fullmatch(whole[3:-4]))


def _compact(
    text: str,
    kinds: Kinds,
    hashes: Hashes,
    stems: Hashes,
    starts: Offsets,
    ends: Offsets,
) -> Folded:
    """Put words together, with ``$5`` as "5 dollars" and ``$5 million`` as "5 million dollars".

    The amount begins at the sign, and the word "dollars" stands where the amount stands.
    """
    amounts = np.flatnonzero(kinds == DOLLAR)
    first = np.searchsorted(starts, amounts, "right") - 1
    first = first[(first >= 0) & (amounts < ends[first])] if len(starts) else first[:0]
    spelt: dict[int, str] = {}
    if len(first):
        scaled = [_scaled(text, starts, ends, i) for i in first.tolist()]
        places = first + 1 + np.array(scaled)
        lone = [text[starts[i] : ends[i]].lstrip("$＄ \xa0\n") == "1" for i in first.tolist()]
        words = [
            "dollar" if one and not more else "dollars"
            for one, more in zip(lone, scaled, strict=True)
        ]
        spelt = {int(place) + k: words[k] for k, place in enumerate(places)}
        hashes = np.insert(hashes, places, np.array([*map(hash_word, words)], np.uint64))
        stems = np.insert(stems, places, np.uint64(hash_word("dollars"[:STEM_CHARS])))
        starts, ends = (
            np.insert(starts, places, starts[first]),
            np.insert(ends, places, ends[places - 1]),
        )
    return Folded(
        text,
        hashes,
        starts.astype(np.uint32),
        ends.astype(np.uint32),
        (stems >> np.uint64(32)).astype(np.uint32),
        spelt,
    )


def _scaled(text: str, starts: Offsets, ends: Offsets, i: int) -> bool:
    """Tell whether the word after an amount is its scale, as in "5 million"."""
    if i + 1 >= len(starts):
        return False
    if text[ends[i] : starts[i + 1]].replace("-", "").replace("‑", "").strip():
        return False
    word = text[starts[i + 1] : ends[i + 1]]
    return word.casefold() in SCALES or ("\n" in word and spell(word) in SCALES)
