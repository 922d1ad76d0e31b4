"""What a passage's punctuation claims: ellipsis marks, editorial brackets, capitals, stops.

The words of a passage say what was said; its signs say how it was cut. This module reads the
signs, so that the judge knows which differences the page itself admits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from chrestomathy.records import Span
from chrestomathy.textkit.fold import INVISIBLE, Folded
from chrestomathy.textkit.sentences import CLOSERS, OPENERS, ends_sentence

_DOTS = r"(?:…+|\.(?:[ \xa0]?\.){2,3})"
ELLIPSIS = re.compile(
    rf"""
    \[\s*{_DOTS}\s*\]          # […]  [...]  [. . .]
    | \(\s*{_DOTS}\s*\)        # (…)  (...)
    | {_DOTS}                  # …  ...  . . .  ....
    | \*(?:[ \xa0]?\*){{2,}}   # * * *  ***
    """,
    re.VERBOSE,
)
"""An ellipsis mark. "etc." and "--" are none."""

_BRACKETS = re.compile(r"\[[^\[\]\n]{1,120}\]")
EDITORS_NOTES = re.compile(
    r"sic!?|emphasis (?:added|mine|ours|supplied|in (?:the )?original)|italics (?:added|mine|ours)"
    r"|translated|translation|recte|thus|!|\?",
    re.IGNORECASE,
)
"""Bracketed words that an editor adds beside the text, and that claim nothing of it."""
AUDIENCE_NOTES = re.compile(
    r"(?:(?:loud|great|long|continued|prolonged|general|renewed|some|more|and|laughter|applause"
    r"|cheers?|cheering|laughs?|boos?|booing|hear|standing|ovation|interruption|pause|audience"
    r"|members|applauds?|chant(?:s|ing)?|inaudible|crosstalk|music|silence|the|of|from|in"
    r"|gallery|house|congress|at|this|point|was|there|by)\W*)+",
    re.IGNORECASE,
)
"""Stage and audience notes as transcripts print them: [Laughter], [Applause], (Cheers)."""
_NOTE_CORE = re.compile(
    r"laugh|applau|cheer|boo|ovation|interruption|pause|chant|inaudible|crosstalk|hear",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of one passage, placed among its words."""

    marks: frozenset[int]
    """Indices of the words before which an ellipsis mark stands; 0 and n are the edges."""
    bracketed: tuple[tuple[int, int, bool], ...]
    """Stretches of words within editorial brackets, and whether they are mere notes."""
    begins: bool
    """It begins with a capital and no mark: it claims to begin a sentence."""
    ends: bool
    """It ends with . ! ? and no mark: it claims to end a sentence."""
    flags: tuple[str, ...]
    """``invisible``, ``bidi``: characters that a reader cannot see."""


def read_signs(folded: Folded) -> Signs:
    """Read the signs of a passage."""
    text, size = folded.text, len(folded)
    marks = {word_index(folded, m.start()) for m in ELLIPSIS.finditer(text)}
    bracketed = []
    for m in _BRACKETS.finditer(text):
        if ELLIPSIS.fullmatch(m[0]):
            continue
        first, last = word_index(folded, m.start()), word_index(folded, m.end())
        inner = m[0][1:-1].strip()
        note = bool(EDITORS_NOTES.fullmatch(inner)) or is_audience_note(inner)
        bracketed.append((first, last, note))
    return Signs(
        marks=frozenset(marks),
        bracketed=tuple(bracketed),
        begins=0 not in marks and _claims_beginning(folded),
        ends=size not in marks and _claims_end(text),
        flags=_hidden(text),
    )


def word_index(folded: Folded, offset: int) -> int:
    """Return how many words end at or before an offset."""
    return int(np.searchsorted(folded.ends, offset, "right"))


def is_audience_note(inner: str) -> bool:
    """Tell whether bracketed words are a stage or audience note.

    Example:
        >>> is_audience_note("Laughter and applause"), is_audience_note("of the House")
        (True, False)
    """
    return bool(AUDIENCE_NOTES.fullmatch(inner) and _NOTE_CORE.search(inner))


def _claims_beginning(folded: Folded) -> bool:
    if not len(folded):
        return False
    return folded.text[int(folded.starts[0])].isupper()


def _claims_end(text: str) -> bool:
    bare = text.rstrip().rstrip(CLOSERS + " ")
    return bare.endswith((".", "!", "?", "。", "！", "？"))


def _hidden(text: str) -> tuple[str, ...]:
    codes = {ord(c) for c in text if ord(c) in INVISIBLE}
    bidi = {
        c
        for c in codes
        if 0x202A <= c <= 0x202E or 0x2066 <= c <= 0x2069 or c in (0x200E, 0x200F, 0x61C)
    }
    flags = ["bidi"] * bool(bidi) + ["invisible"] * bool(codes - bidi)
    return tuple(flags)


def sentence_begins(text: str, start: int) -> bool:
    """Tell whether a sentence of a source begins at an offset.

    Example:
        >>> sentence_begins("One. Two", 5), sentence_begins("One two", 4)
        (True, False)
    """
    edge = start
    while edge and (
        text[edge - 1] in OPENERS or text[edge - 1].isspace() or text[edge - 1] in "*_"
    ):
        edge -= 1
    return edge == 0 or _has_blank_line(text[edge:start]) or _ends_before(text, edge)


def sentence_ends(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence of a source ends with the word ``text[start:end]``.

    An abbreviation in initials may end a sentence or not; where a capital follows, it may.
    """
    m = _STOP.match(text, end)
    if m is None:
        return not text[end:].strip() or _has_blank_line(_NO_WORD.match(text, end)[0])  # type: ignore[index]
    if "." in text[start:end] and _CAPITAL_NEXT.match(text, m.end()):
        return True
    return _ends_before(text, m.end())


_STOP = re.compile(r"[\"'”’»)\]}›」』\s]{0,3}[.!?…。！？]+[\"'”’»)\]}›」』]*")
_NO_WORD = re.compile(r"[\W_]*")
_CAPITAL_NEXT = re.compile(r"\W*[A-Z]|\s*$")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


def _has_blank_line(gap: str) -> bool:
    return bool(_BLANK_LINE.search(gap))


def _ends_before(text: str, position: int) -> bool:
    """Tell whether a stop that ends a sentence stands just before a position."""
    stop = core = len(text[:position].rstrip(CLOSERS))
    while stop and text[stop - 1] in ".!?…。！？":
        stop -= 1
    return stop < core and ends_sentence(text, stop, position)


def spans_of(folded: Folded, first: int, last: int) -> Span:
    """Return the stretch of text from one word up to another; empty where they are equal."""
    if first >= last:
        at = int(folded.ends[first - 1]) if first else 0
        return Span(at, at)
    return Span(int(folded.starts[first]), int(folded.ends[last - 1]))
