"""A page as LIFT read it: every line with its role and the reason, for whoever asks why.

Told from what lifting gave, never from a second reading of the page: passages and their
attributions by their spans, what was left out by its reason, and what is covered by neither.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from chrestomathy.lift import Lifted
from chrestomathy.records import Attribution, Document, LeftOut, Passage, Span
from chrestomathy.textkit.marks import ALL_MARKS

MARKS = frozenset(ALL_MARKS)
NOTHING = "no part of a passage"
"""Why a stretch is left out that no rule names."""


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """One printed line of a page, or a stretch of it, with what LIFT took it for."""

    role: str
    """text, attribution, title, heading, separator or left out."""
    text: str
    numbers: tuple[int, ...] = ()
    """Which passages it belongs to, counted from 1."""
    reason: str = ""
    """Why; empty where the line goes on with the one before."""


@dataclass(slots=True)
class _Stretch:
    role: str
    reason: str
    numbers: list[int]
    told: bool = False


def explain_page(lifted: Lifted) -> list[str]:
    """Say what sort of page it was taken for, and what its template is.

    Returns:
        A few plain sentences, the kind of the page first.
    """
    found = lifted.page_type
    return [found.kind, *(f"{one.rule}: {one.detail}" for one in found.evidence)]


def explain_lines(document: Document, lifted: Lifted) -> Iterator[ExplainedLine]:
    """Tell line by line what a document was taken for.

    Example:
        >>> from chrestomathy.lift import lift_document
        >>> from chrestomathy.settings import LiftSettings
        >>> page = Document(id="d", origin="-", media_type="text/plain", blocks=(),
        ...     text="“Begin, and half is done.” – Ann Lee, 1903")
        >>> lifted = lift_document(page, settings=LiftSettings())
        >>> [(one.role, one.text) for one in explain_lines(page, lifted)]
        [('text', '“Begin, and half is done.”'), ('attribution', '– Ann Lee, 1903')]
    """
    stretches, owner = _painted(document, lifted)
    at = 0
    for line in document.text.splitlines(keepends=True):
        for start, end in _pieces(owner, document.text, at, at + len(line)):
            words = document.text[start:end].strip()
            stretch = stretches[owner[start]]
            numbers = tuple(stretch.numbers)
            reason = "" if stretch.told else stretch.reason
            if owner[start]:
                stretch.told = True
                yield ExplainedLine(stretch.role, words, numbers, reason)
            elif any(map(str.isalnum, words)):
                yield ExplainedLine("left out", words, (), NOTHING)
            elif words == line.strip():
                yield ExplainedLine("separator", words, (), "signs and no words")
        at += len(line)


def _painted(document: Document, lifted: Lifted) -> tuple[list[_Stretch], array[int]]:
    """Give every character the number of the stretch that it belongs to; 0 is none."""
    stretches = [_Stretch("left out", NOTHING, [])]
    owner = array("L", [0]) * len(document.text)

    def paint(span: Span, stretch: _Stretch) -> None:
        stretches.append(stretch)
        owner[slice(*span)] = array("L", [len(stretches) - 1]) * (span.end - span.start)

    for block in document.blocks:
        if block.kind == "heading":
            span = Span(block.start, block.end)
            paint(span, _Stretch("heading", "a heading of the document", []))
    for left_out in lifted.left_out:
        if left_out.span is not None:
            paint(left_out.span, _of_left_out(left_out))
    sources: dict[Span, _Stretch] = {}
    for number, passage in enumerate(lifted.passages, 1):
        claim = passage.attribution
        if claim.span is None:
            continue
        if claim.span in sources:
            sources[claim.span].numbers.append(number)
            continue
        sources[claim.span] = _Stretch("attribution", _claims(claim), [number])
        paint(claim.span, sources[claim.span])
    for number, passage in enumerate(lifted.passages, 1):
        one = _Stretch("text", _rule(passage), [number])
        for start, end in passage.spans:
            start -= document.text[start - 1 : start] in MARKS
            end += document.text[end : end + 1] in MARKS
            paint(Span(start, end), one)
    return stretches, owner


def _pieces(owner: array[int], text: str, start: int, end: int) -> Iterator[Span]:
    """Part a line where its characters pass from one stretch to the next.

    Marks and spaces between two stretches go with the one before.
    """
    cut = start
    for at in range(start + 1, end):
        if owner[at] == owner[at - 1]:
            continue
        if text[cut:at].strip():
            if owner[cut] or any(map(str.isalnum, text[cut:at])):
                yield Span(cut, at)
            elif owner[at]:
                owner[cut:at] = array("L", [owner[at]]) * (at - cut)
                continue
        cut = at
    if text[cut:end].strip():
        yield Span(cut, end)


def _of_left_out(left_out: LeftOut) -> _Stretch:
    role = next((name for name in ("title", "heading") if left_out.reason.startswith(name)), "")
    return _Stretch(role or "left out", left_out.reason, [])


def _rule(passage: Passage) -> str:
    """Say which rule made a passage, how sure it is, and what is odd about it."""
    flags = f"; {', '.join(passage.flags)}" if passage.flags else ""
    return f"{passage.rule}, {passage.confidence:.2f}{flags}"


def _claims(claim: Attribution) -> str:
    """Say what was read out of an attribution."""
    names = ("speaker", "role", "date", "kind", "occasion", "topic", "work", "locus", "place")
    known = [f"{name} {value}" for name in names if (value := getattr(claim, name))]
    return "; ".join(known) or "it names nobody"
