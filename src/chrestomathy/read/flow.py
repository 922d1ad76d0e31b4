"""What a document's reader meets, in its order → one text with blocks.

DOCX, ODT, RTF and EPUB differ in their markup and agree in what it says: paragraphs with a
role, rows of cells, notes apart from the running text. Their readers tell a `Flow` of these,
and what a row or a paragraph that is set in amounts to is decided here, once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from chrestomathy.read.properties import Properties
from chrestomathy.read.styles import Role
from chrestomathy.records import Block, BlockKind

MAX_HEADING_CHARS = 300
"""Longest heading; a longer paragraph with a heading's level is text to which it was given."""
MAX_LEVEL = 6
"""Deepest level of a heading."""
MAX_CREDIT_CHARS = 300
"""Longest attribution."""
MAX_CELL_PARAGRAPHS = 3
"""Most paragraphs of a cell of a table of data; more, and the table lays out a page."""
MIN_SET_IN_CHARS = 40
"""Shortest paragraph that is a quotation by being set in from both sides alone."""
MAX_SET_IN_SHARE = 0.8
"""Where more paragraphs are set in, it is the document's manner and says nothing."""
_SPACES = re.compile(r"[\r\f\v][ \r\f\v]*|[ ][ \r\f\v]+")
DASH = re.compile(r"[—–―‒]|--|-\s|~\s")
"""How a line begins that says whose the words above are: `— Ada Quill`, not `-5`."""
_OPENING, _ENDING = "\"'“‘«„[(…", ".!?…)]\"'”’»。！？"
_SUPERSCRIPTS = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_POWER = re.compile(r"[+\-−]?[0-9n]{1,4}")
"""What a raised text must be to become raised characters: `2`, `-5`, not `nd`."""


SetIn = Literal["left", "both"] | None
"""From which sides a paragraph is set in."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A block before its place in the text is known."""

    kind: BlockKind
    level: int | None
    text: str
    set_in: SetIn = None
    """Whether it is set in from the margin, which may make it a quotation."""
    cite: str | None = None
    """The address that it gives as its source."""


class Written(Protocol):
    """What can be written as a block of a text."""

    @property
    def kind(self) -> BlockKind:
        """What it is."""

    @property
    def level(self) -> int | None:
        """Its level."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def cite(self) -> str | None:
        """The address that it gives as its source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """What a paragraph is, by its own properties and by its style's."""

    role: Role | None
    """What its style's name says."""
    own_outline: int | None = None
    """The level, from 1, that it has in the outline of the document, by itself."""
    outline: int | None = None
    """The same, by itself or by its style."""
    item: int | None = None
    """How deep in lists it is, from 1."""
    set_in: SetIn = None


@dataclass(frozen=True, slots=True)
class Content:
    """What a document holds."""

    entries: list[Entry]
    properties: Properties
    notes: tuple[str, ...] = ()
    """What was left out of the text."""


@dataclass(slots=True)
class _Row:
    cells: list[list[Entry]] = field(default_factory=list)


def raised(text: str) -> str:
    """Write a power with raised characters, 10² and not 102; anything else stays.

    Example:
        >>> raised("2"), raised("nd")
        ('²', 'nd')
    """
    return text.translate(_SUPERSCRIPTS) if _POWER.fullmatch(text.strip()) else text


def set_in(left: float | None, right: float | None, least: float) -> SetIn:
    """Tell from its margins whether a paragraph is set in."""
    if (left or 0) < least:
        return None
    return "both" if (right or 0) >= least else "left"


class Flow:
    """The blocks of a document while it is read.

    Rows, cells and notes nest as their elements do; closing what is not open does nothing,
    since documents may be damaged.
    """

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.notes: list[Entry] = []
        self._rows: list[_Row] = []
        self._into: list[list[Entry]] = [self.entries]

    def add(
        self,
        text: str,
        kind: BlockKind = "paragraph",
        level: int | None = None,
        *,
        set_in: SetIn = None,
    ) -> None:
        """Add a paragraph; one without words adds nothing, blank lines in it part it."""
        for piece in _pieces(text):
            if kind == "heading" and len(piece) > MAX_HEADING_CHARS:
                kind, level = "paragraph", None
            self._into[-1].append(Entry(kind, level, piece, set_in))

    def place(self, text: str, shape: Shape, told: Properties) -> None:
        """Add a paragraph as what its shape says; titles and the like are told of as well."""
        role = shape.role.name if shape.role else None
        if shape.role and role in ("heading", "title"):
            told.tell(role, text)
            self.add(text, "heading", min(MAX_LEVEL, shape.role.level or 1))
        elif shape.own_outline:
            self.add(text, "heading", min(MAX_LEVEL, shape.own_outline))
        elif role == "quote":
            self.add(text, "quote", 1)
        elif role == "attribution":
            self.add(text, "attribution")
        elif shape.outline:
            self.add(text, "heading", min(MAX_LEVEL, shape.outline))
        elif shape.item:
            self.add(text, "item", shape.item)
        else:
            if role:
                told.tell(role, text)
            self.add(text, set_in=shape.set_in)

    def open_row(self) -> None:
        """Begin a row of a table."""
        self._rows.append(_Row())

    def open_cell(self) -> None:
        """Begin a cell; outside of a row it begins nothing."""
        if self._rows:
            cell: list[Entry] = []
            self._rows[-1].cells.append(cell)
            self._into.append(cell)

    def close_cell(self) -> None:
        """End the innermost cell."""
        if self._rows and self._rows[-1].cells and self._into[-1] is self._rows[-1].cells[-1]:
            self._into.pop()

    def close_row(self, *, dropped: bool = False) -> None:
        """End a row: a block of kind "table", or its paragraphs where it lays out a page."""
        if self._rows:
            self.close_cell()
            row = self._rows.pop()
            if not dropped:
                self._into[-1].extend(_row_entries(row))

    def open_note(self) -> None:
        """Begin a footnote, an endnote: what follows stands apart from the running text."""
        self._into.append([])

    def close_note(self) -> None:
        """End it; its paragraphs become one block."""
        if len(self._into) > 1:
            text = "\n".join(one.text for one in self._into.pop())
            if text:
                self.notes.append(Entry("note", None, text))

    def finish(self) -> list[Entry]:
        """Decide what depends on the whole, and return the blocks, the notes last."""
        while self._rows:
            self.close_row()
        return [*credited(_with_quotations(self.entries)), *self.notes]


def credited(entries: Iterable[Entry]) -> list[Entry]:
    """Name attributions: a short line behind a quotation that begins with a dash.

    Lines of a dialogue begin with dashes, too; there the quotation itself does.
    """
    found: list[Entry] = []
    is_dialogue = False
    for one in entries:
        if one.kind in ("paragraph", "quote") and len(one.text) <= MAX_CREDIT_CHARS:
            dashed = DASH.match(one.text) is not None
            follows = bool(found) and found[-1].kind == "quote" and not is_dialogue
            if dashed and follows and not one.text.endswith(("?", "!")):
                one = Entry("attribution", None, one.text)
            else:
                is_dialogue = dashed
        found.append(one)
    return found


def join(entries: Iterable[Written]) -> tuple[str, tuple[Block, ...]]:
    r"""Write entries one after another, with a blank line between, and note their offsets.

    Example:
        >>> text, blocks = join([Entry("heading", 1, "On Water"), Entry("paragraph", None, "Wet.")])
        >>> text, [(b.kind, b.start, b.end) for b in blocks]
        ('On Water\n\nWet.', [('heading', 0, 8), ('paragraph', 10, 14)])
    """
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for one in entries:
        end = at + len(one.text)
        blocks.append(Block(kind=one.kind, level=one.level, start=at, end=end, cite=one.cite))
        parts.append(one.text)
        at = end + 2
    return "\n\n".join(parts), tuple(blocks)


def _pieces(text: str) -> list[str]:
    """Tidy a paragraph's white space and part it at blank lines."""
    pieces: list[list[str]] = [[]]
    for line in text.split("\n"):
        line = _SPACES.sub(" ", line).strip(" \t\xa0")
        if line:
            pieces[-1].append(line)
        elif pieces[-1]:
            pieces.append([])
    return ["\n".join(lines) for lines in pieces if lines]


def _row_entries(row: _Row) -> list[Entry]:
    """Make a block of a row whose cells hold a few words each, or else pass on what they hold."""
    filled = [cell for cell in row.cells if cell]
    if len(filled) < 2 or any(_lays_out(cell) for cell in filled):
        return [entry for cell in filled for entry in cell]
    texts = ["\n".join(entry.text for entry in cell) for cell in row.cells]
    return [Entry("table", None, "\t".join(texts).strip("\t"))]


def _lays_out(cell: list[Entry]) -> bool:
    plain = ("paragraph", "item", "heading")
    return len(cell) > MAX_CELL_PARAGRAPHS or any(entry.kind not in plain for entry in cell)


def _with_quotations(entries: list[Entry]) -> list[Entry]:
    """Take paragraphs for quotations that are set in, where most of the text is not.

    From both sides, that says enough; from the left alone, the paragraph before must end with a
    colon or be such a quotation itself.
    """
    prose = [one.set_in for one in entries if one.kind == "paragraph"]
    if len(prose) - prose.count(None) > MAX_SET_IN_SHARE * len(prose):
        return entries
    found: list[Entry] = []
    for one in entries:
        if one.kind == "paragraph" and one.set_in and _is_quotation(one, found):
            one = replace(one, kind="quote", level=1)
        found.append(one)
    return found


def _is_quotation(one: Entry, before: list[Entry]) -> bool:
    last = before[-1] if before else None
    if last is not None and last.kind == "quote" and last.set_in == one.set_in:
        return one.set_in == "both" or _is_prose(one.text)
    if one.set_in == "both":
        return len(one.text) >= MIN_SET_IN_CHARS
    announced = (
        last is not None
        and last.kind == "paragraph"
        and last.set_in is None
        and any(c.isalpha() for c in last.text)
    )
    return announced and before[-1].text.endswith((":", "：")) and _is_prose(one.text)


def _is_prose(text: str) -> bool:
    """Tell whether a paragraph is sentences, and neither a program nor an item without a bullet."""
    begins = text[0].isupper() or text[0] in _OPENING or not text[0].isascii()
    return begins and text[-1] in _ENDING and len(text) >= MIN_SET_IN_CHARS
