"""What a passage's punctuation claims: ellipsis marks, editorial brackets, capitals, stops.

The words of a passage say what was said; its signs say how it was cut. This module reads the
signs, so that the judge knows which differences the page itself admits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from chrestomathy.records import Span
from chrestomathy.textkit.characters import CLOSERS, OPENERS
from chrestomathy.textkit.fold import INVISIBLE, Folded
from chrestomathy.textkit.sentences import ends_sentence

if TYPE_CHECKING:
    from chrestomathy.trace.segment import SourceWords

_DOTS = r"(?:[…⋯]+|\.(?:\s{0,2}\.){2,3})"
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
        first = word_index(folded, m.start())
        last = int(np.searchsorted(folded.starts, m.end(), "left"))
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
    start = int(folded.starts[0])
    bracketed = folded.text[start - 1 : start] == "[" and folded.text[start + 1 : start + 2] == "]"
    return folded.text[start].isupper() and not bracketed


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

    Notes and figures between the stop and the sentence do not count. A line that bears a
    number (a verse), a bullet or a speaker's name begins one, and so does the line after a
    heading, and a capital after an opening quotation mark.

    Example:
        >>> sentence_begins("One. Two", 5), sentence_begins("One two", 4)
        (True, False)
        >>> sentence_begins("He died.[3] Then", 12), sentence_begins("He said, “Go.”", 10)
        (True, True)
    """
    low = max(0, start - _NEAR)
    edge = low + len(text[low:start].rstrip(OPENERS + "*_ \t\r\n\xa0\u2028\u2029"))
    if edge == 0 or _has_blank_line(text[edge:start]):
        return True
    beside = text[edge:start]
    if (
        text[start : start + 1].isupper()
        and _OPENING_QUOTE.search(beside)
        and text[edge - 1] in ",:;"
    ):
        return True
    head = start
    while m := _BESIDE_BEFORE.search(text, max(low, edge - 130), edge):
        note = m["note"]
        if note is not None and not (note.isdecimal() or is_audience_note(note)):
            break
        edge = low + len(text[low : m.start()].rstrip(" \t\r\n\xa0"))
        if edge == 0 or _has_blank_line(text[edge : m.start()]):
            return True
        head = m.start()
    line = text[text.rfind("\n", low, head) + 1 : head]
    if _LABEL.fullmatch(line) and ("\n" in text[low:head] or not low):
        return True
    if not line.strip(OPENERS + "*_ \t") and _follows_heading(text, head):
        return True
    return _ends_before(text, edge, start)


def sentence_ends(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence of a source ends with the word ``text[start:end]``.

    An abbreviation in initials may end a sentence or not; where a capital follows, it may.
    A question or a cry within quotation marks ends with them.
    """
    if (note := _NOTE_AFTER.match(text, end)) and is_audience_note(note[1]):
        end = note.end()
    m = _STOP.match(text, end)
    if m is None:
        return not text[end : end + _NEAR].strip() or _has_blank_line(
            _NO_WORD.match(text, end)[0]  # type: ignore[index]
        )
    if "." in text[start:end] and _CAPITAL_NEXT.match(text, m.end()):
        return True
    if _CRY.search(m[0]):
        return True
    after = m.end()
    while (note := _BESIDE_AFTER.match(text, after)) and (
        note[1] is None or note[1].isdecimal() or is_audience_note(note[1])
    ):
        after = note.end()
    return _ends_before(text, m.end(), after)


_NEAR = 400
"""Characters looked at on either side of a place."""
_STOP = re.compile(r"[\"'”’»)\]}›」』\s]{0,3}[.!?…。！？]+[\"'”’»)\]}›」』]*")
_NO_WORD = re.compile(r"[\W_]*")
_CAPITAL_NEXT = re.compile(r"\W*[A-Z]|\s*$")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_OPENING_QUOTE = re.compile(r"[\"“„«‹「『‘]")
_CRY = re.compile(r"[!?][\"”’»›」』]")
_NOTE_AFTER = re.compile(r"\s*[\[(]([^\[\]()\n]{1,120})[\])]")
_BESIDE_AFTER = re.compile(
    r"\s*[\[(]([^\[\]()\n]{1,120})[\])]|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?<!\d[.])\d{1,3}(?=\s|$)"
)
"""What may stand after a stop: a note in brackets, a note's mark."""
_BESIDE_BEFORE = re.compile(
    r"""(?:
        [\[(](?P<note>[^\[\]()\n]{1,120})[\])]             # [Applause] [3] (2)
        | [⁰¹²³⁴⁵⁶⁷⁸⁹]+                                    # a note's mark
        | (?<=[.!?"”’])(?<!\d[.])\d{1,3}                   # the same, as a plain figure
        | [•‣▪◦●]
    )\s*$""",
    re.VERBOSE,
)
_LABEL = re.compile(
    r"[ \t]*(?:[\[({]?\d{1,3}(?:[:.]\d{1,3})?[\])}.]?|[A-Z][\w .’'-]{0,40}:)[ \t]*[\"“‘'*_]*"
)
"""What a line may begin with before its sentence: a verse number, a speaker's name."""


def _has_blank_line(gap: str) -> bool:
    return bool(_BLANK_LINE.search(gap))


def _follows_heading(text: str, start: int) -> bool:
    """Tell whether the line that holds an offset stands below a heading.

    A heading has no stop, and is in capitals, or stands alone above a line twice as long.
    """
    above, newline, _ = text[max(0, start - _NEAR) : start].rpartition("\n")
    rest, _, heading = above.rpartition("\n")
    heading = heading.strip()
    if not newline or not heading or len(heading) > 80 or heading[-1] in ".!?,;:—–-…":
        return False
    if heading.isupper():
        return True
    end = text.find("\n", start, start + _NEAR)
    line = text[start : end if end >= 0 else start + _NEAR]
    return not rest.rpartition("\n")[2].strip() and len(line) > max(60, 2 * len(heading))


def _ends_before(text: str, position: int, following: int) -> bool:
    """Tell whether a stop that ends a sentence stands just before a position.

    Args:
        text: The text.
        position: Where the stop and its closing marks end.
        following: Where the text goes on, beyond notes that do not count.
    """
    before = text[max(0, position - _NEAR) : position]
    near = before + text[following : following + _NEAR]
    if following > position and near[len(before) : len(before) + 1].strip():
        near = f"{before} {near[len(before) :]}"
    stop = core = len(before.rstrip(CLOSERS))
    while stop and near[stop - 1] in ".!?…。！？":
        stop -= 1
    return stop < core and ends_sentence(near, stop, len(before))


def spans_of(words: Folded | SourceWords, first: int, last: int) -> Span:
    """Return the stretch of text from one word up to another; empty where they are equal."""
    if first < last:
        return Span(*words.span(first, last))
    at = words.span(first - 1, first)[1] if first else 0
    return Span(at, at)
