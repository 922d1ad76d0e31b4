"""A stretch of a page with one role, and the taking off of the marks around its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chrestomathy.lift.attribution import Claim
from chrestomathy.records import Span
from chrestomathy.textkit.marks import ALL_MARKS, in_marks, quotations

Role = Literal["text", "attribution", "name", "separator", "heading"]

SURE = 0.5
"""A line with a marker scores at least this to be an attribution by itself; by hand."""

MIN_BEHIND = 3
"""Most letters behind a quotation that are no words of their own; chosen by hand."""

MAX_INLINE = 200
"""Longest attribution on a line with its words, in characters; chosen by hand."""

ENDS = frozenset('.!?…”"’»。！？)')
"""What words end with, and a name or a title does not."""

MAX_PLAIN = 120
"""Longest line that the page's own marker alone makes an attribution; chosen by hand."""


@dataclass(slots=True)
class Chunk:
    """A stretch of a page with one role."""

    role: Role
    start: int
    end: int
    gap: bool
    """A blank line, or a new block, stands before it."""
    spans: tuple[Span, ...] = ()
    """Of a text: the words, marks and attribution taken off."""
    text: str = ""
    quoted: bool = False
    """It stands in quotation marks as a whole."""
    block_quote: bool = False
    claim: Claim | None = None
    claim_at: Span | None = None
    marker: str = ""
    where: str = ""
    """Of a text with an attribution in it: "after" or "before" its words."""
    level: int | None = None
    half: bool = False
    """Only one of its two outer marks is there."""
    credited: bool = False
    """An attribution that the file itself marks as one."""


def unmark(text: str, start: int, end: int) -> tuple[tuple[Span, ...], bool, bool]:
    """Take the outer quotation marks off a text; tell whether there were both, or one."""
    raw = text[start:end]
    if raw[-1:] in (".", ",") and raw[0] in ALL_MARKS and in_marks(raw[:-1]):
        raw, end = raw[:-1], end - 1  # «…», and the stop of the sentence behind it
    if not raw:
        return (), False, False
    if len(raw) > 2 and raw[0] in "*_" and raw[0] == raw[-1] and raw.count(raw[0]) == 2:
        return _trim(text, start + 1, end - 1), False, False  # emphasis, as Markdown has it
    first, last = raw[0] in ALL_MARKS, raw[-1] in ALL_MARKS
    whole = first and (in_marks(raw) or (last and raw.count(raw[0]) == 1))
    if whole:
        return _trim(text, start + 1, end - 1), True, False
    if last and not first and _odd(raw) and not _closes_own(raw):
        return _trim(text, start, end - 1), True, True
    if first and not last and _odd(raw) and not _closes_within(raw):
        return _trim(text, start + 1, end), True, True
    return (Span(start, end),), False, False


def _closes_own(raw: str) -> bool:
    """Tell whether the mark at a text's end closes a quotation within: als „Wortbruch“."""
    return any(one.closed and one.end == len(raw) for one in quotations(raw))


def _closes_within(raw: str) -> bool:
    """Tell whether the quotation that begins a text is closed, and words follow: “…”, so Keel."""
    outer = next((one for one in quotations(raw) if one.depth == 0), None)
    if outer is None or outer.start != 0 or not outer.closed:
        return False
    return sum(map(str.isalpha, raw[outer.end :])) > MIN_BEHIND


def _odd(raw: str) -> bool:
    """Tell whether a text has one outer mark more than it should."""
    if raw[-1] == '"' or raw[0] == '"':
        return raw.count('"') % 2 == 1
    opened = sum(raw.count(mark) for mark in "“«„")
    return opened != raw.count("”") + raw.count("»") and raw.count("'") < 2


def _trim(text: str, start: int, end: int) -> tuple[Span, ...]:
    piece = text[start:end]
    bare = piece.strip()
    if not bare:
        return ()
    lead = len(piece) - len(piece.lstrip())
    return (Span(start + lead, start + lead + len(bare)),)
