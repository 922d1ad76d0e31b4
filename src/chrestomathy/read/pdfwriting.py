"""Pieces → one text with blocks: note marks resolved, hyphens joined, pages gone over, places kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from chrestomathy.read.limited import Tick
from chrestomathy.read.pdfpages import (
    LINE_END_HYPHENS,
    LOWER,
    RAISE,
    Page,
)
from chrestomathy.read.pdfparts import NOTE, OTHER_SIZE, Laid, Piece
from chrestomathy.read.plain import RECOGNISED_CHARS
from chrestomathy.records import Block, Locus
from chrestomathy.textkit.languages import guess_language

GROUPS_A_STEP = 100
"""How many paragraphs are written before the child says that it goes on."""
_RAISED = re.compile(rf"{RAISE}([^{LOWER}]*){LOWER}")
_UNITS = re.compile(r"(?:\d|(?<![^\W_])(?:[kcmdµ]?m|ft|in|yd|mi|s|[b-hj-zB-HJ-Z]))\Z")
"""After these a raised figure is a power: 10², km², x²."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MAKE_COMPOUNDS = frozenset(("well", "self"))
"""English words that make compounds with a hyphen: `well-known`, `self-evident`."""
_COMPOUND = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+)*")
_LAST = re.compile(r"\w[\w’'-]*\Z")
_FIRST = re.compile(r"\w[\w’'-]*")


def resolve_marks(pages: list[list[Piece]], laid: Laid) -> None:
    """Leave the marks of notes out of the text; write powers with raised characters."""
    n_marks = 0
    rising = _rising_marks(pages)
    for some in pages:
        marks = {piece.mark for piece in some if piece.kind == "note"}
        for piece in some:
            for line in piece.lines:
                if RAISE not in line.text:
                    continue
                if piece.kind == "note" and (m := NOTE.match(line.text)) and m["raised"]:
                    line.text = f"{m['raised']} {line.text[m.end() :]}"
                line.text, n = _without_marks(line.text, marks, rising)
                n_marks += n
    if n_marks:
        laid.notes.append(f"{n_marks} footnote marks left out of the text")


def _rising_marks(pages: list[list[Piece]]) -> bool:
    """Tell whether a document's raised figures count notes, which may stand at its end."""
    found = [
        int(m[1])
        for some in pages
        for piece in some
        if piece.kind != "note"
        for line in piece.lines
        for m in _RAISED.finditer(line.text)
        if m[1].isdigit()
    ]
    steps = sum(b == a + 1 for a, b in pairwise(found))
    return len(found) >= 3 and steps >= 0.7 * (len(found) - 1)


def _without_marks(text: str, marks: set[str], rising: bool) -> tuple[str, int]:
    n_marks = 0

    def resolved(m: re.Match[str]) -> str:
        nonlocal n_marks
        mark, before = m[1], text[: m.start()]
        if mark in marks or (rising and mark.isdigit() and not _UNITS.search(before)):
            n_marks += 1
            return ""
        if mark.isdigit() and (_UNITS.search(before) or not before):
            return mark.translate(_SUPERSCRIPTS) if before else mark
        return mark if not mark.isdigit() else mark.translate(_SUPERSCRIPTS)

    return _RAISED.sub(resolved, text), n_marks


def write_text(
    pages: list[list[Piece]], names: Sequence[str], order: Sequence[Page], laid: Laid, tick: Tick
) -> None:
    """Write blocks one after another, each whole, and note pages and hyphens."""
    name_of = {page.number: f"p. {name}" for page, name in zip(order, names, strict=True)}
    words = _Words([line.text for some in pages for piece in some for line in piece.lines])
    blocks: list[Block] = []
    loci: list[Locus] = []
    hyphens: list[int] = []
    parts: list[str] = []
    at = n_kept = 0
    for number, group in enumerate(_groups(pages)):
        if number % GROUPS_A_STEP == 0:
            tick()
        if parts:
            parts.append("\n\n")
            at += 2
        start = at
        lines = [(line, i in piece.breaks) for piece in group for i, line in enumerate(piece.lines)]
        for k, (line, keeps_end) in enumerate(lines):
            after = lines[k + 1][0].text if k + 1 < len(lines) else ""
            text, joined = words.joined(line.text, after)
            if joined:
                hyphens.append(at + len(text))
            elif after:
                n_kept += text[-1:] == "-"
                space = text[-1:] == "-" or _is_dense(text, after)
                text += "\n" if keeps_end else "" if space else " "
            _add_locus(loci, name_of[line.page], at, at + len(text.rstrip()))
            parts.append(text)
            at += len(text)
        main = max(group, key=lambda piece: len(piece.lines))
        blocks.append(Block(kind=main.kind, level=main.level, start=start, end=at))
    laid.text = "".join(parts)
    laid.blocks = tuple(blocks)
    laid.loci = tuple(loci)
    laid.hyphens = tuple(hyphens)
    if hyphens or n_kept:
        laid.notes.append(f"{len(hyphens)} words joined that are parted at line ends")


def _is_dense(text: str, after: str) -> bool:
    """Tell whether two lines are joined without a space, as in Chinese and Japanese."""
    return _is_wide(text[-1:]) and _is_wide(after[:1])


def _is_wide(character: str) -> bool:
    return (
        character != ""
        and unicodedata.east_asian_width(character) in "WF"
        and (not "\uac00" <= character <= "\ud7a3")
    )


def _add_locus(loci: list[Locus], name: str, start: int, end: int) -> None:
    if loci and loci[-1].ref == name:
        loci[-1] = Locus(name, loci[-1].start, end)
    else:
        loci.append(Locus(name, start, end))


def _groups(pages: list[list[Piece]]) -> list[list[Piece]]:
    """Put pieces that go on over columns and pages together; notes follow behind their page."""
    groups: list[list[Piece]] = []
    last: list[Piece] | None = None
    last_note: list[Piece] | None = None
    for some in pages:
        notes = [piece for piece in some if piece.kind == "note"]
        for piece in some:
            if piece.kind == "note":
                continue
            if last is not None and _goes_on(last[-1], piece):
                last.append(piece)
            else:
                last = [piece]
                groups.append(last)
        for note in notes:
            if last_note is not None and note.kind == "note" and not note.mark and note.open_start:
                last_note.append(note)
            else:
                last_note = [note]
                groups.append(last_note)
    return groups


def _goes_on(a: Piece, b: Piece) -> bool:
    """Tell whether a paragraph goes on in another column or on another page."""
    same = (
        a.kind == b.kind
        or {a.kind, b.kind} == {"item", "paragraph"}
        or ({a.kind, b.kind} == {"quote", "paragraph"} and len(b.lines) == 1)
    )
    if (
        not same
        or a.kind not in ("paragraph", "quote", "item")
        or not (a.open_end and b.open_start)
    ):
        return False
    last, first = a.lines[-1], b.lines[0]
    below = last.page == first.page and last.base < first.base and first.left <= last.right
    other = abs(last.size - first.size) > OTHER_SIZE * last.size
    return not (below or other or b.kind == "item")


class _Words:
    """The words of a document, to tell a hyphen of a compound from one of a line's end."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.whole: set[str] = set()
        self.compounds: set[str] = set()
        self.is_english = guess_language("\n".join(lines)[:RECOGNISED_CHARS]) == "en"
        is_parted = False
        for text in lines:
            words = [m[0].casefold() for m in _COMPOUND.finditer(text)]
            begin, is_parted = int(is_parted), text[-1:] in LINE_END_HYPHENS
            for word in words[begin : -1 if is_parted else None]:
                if "-" in word:
                    self.compounds.add(word)
                self.whole.update(word.split("-"))

    def joined(self, text: str, after: str) -> tuple[str, bool]:
        """Take the hyphen at a line's end away where it parts a word.

        Returns:
            The line as it is to be written, and whether a hyphen was taken away.
        """
        if not after or text[-1:] not in LINE_END_HYPHENS:
            return text.replace("\u2010", "-") if text.endswith("\u2010") else text, False
        stem = text[:-1]
        left, right = _LAST.search(stem), _FIRST.match(after)
        if left is None or right is None:
            return stem + ("-" if text[-1] != "\u00ad" else ""), False
        first, second = left[0].casefold(), right[0].casefold()
        head = first.rsplit("-", 1)[-1]
        if text[-1] == "\u00ad" or head + second in self.whole:
            return stem, True
        if f"{first}-{second}" in self.compounds or f"{head}-{second}" in self.compounds:
            return stem + "-", False
        if not right[0][0].islower() or not left[0][-1].isalpha() or "-" in first or "-" in second:
            return stem + "-", False
        return (stem + "-", False) if self._is_compound(head, second) else (stem, True)

    def _is_compound(self, first: str, second: str) -> bool:
        """Tell whether two words make no third, which only a dictionary can say."""
        if not self.is_english or len(first) < 2 or len(second) < 3:
            return False
        from simplemma import is_known

        if first in _MAKE_COMPOUNDS and len(second) >= 4:
            return second in self.whole or is_known(second, lang="en")
        both = first in self.whole and second in self.whole
        return both and not is_known(first + second, lang="en")
