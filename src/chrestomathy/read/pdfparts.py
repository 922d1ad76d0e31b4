"""What stands between the lines of a PDF's pages and its text: flows, frames, pieces, measures."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from chrestomathy.read.pdfpages import (
    LOWER,
    RAISE,
    Line,
)
from chrestomathy.records import Block, BlockKind, Locus

OTHER_SIZE = 0.08
"""From what difference on a size is another, as a share of the text's."""
NOTE = re.compile(
    rf"(?:{RAISE}(?P<raised>[^{LOWER}]+){LOWER}|(?P<figure>\d{{1,3}})[.)]?(?=\s)|(?P<sign>[*∗†‡§¶]{{1,4}}))\s*"
)


@dataclass(slots=True)
class Laid:
    """A document laid out as one text."""

    text: str = ""
    blocks: tuple[Block, ...] = ()
    loci: tuple[Locus, ...] = ()
    hyphens: tuple[int, ...] = ()
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Frame:
    """The edges of a column."""

    left: float
    right: float
    straight: bool = True


@dataclass(slots=True)
class Flow:
    """Lines below one another."""

    lines: list[Line]
    frame: Frame = field(default_factory=lambda: Frame(0, 0))

    @property
    def page(self) -> int:
        """The number of its page."""
        return self.lines[0].page


@dataclass(slots=True)
class Piece:
    """Lines that make one block, or a part of one that goes on elsewhere."""

    lines: list[Line]
    kind: BlockKind
    level: int | None = None
    breaks: set[int] = field(default_factory=set)
    """Lines after which the line's end is kept, as in a verse."""
    open_start: bool = True
    """It may go on from the piece before: nothing shows that it begins here."""
    open_end: bool = True
    """It may go on in the next piece."""
    mark: str = ""
    """Of a note."""
    one_sided: bool = False
    """It is set in on the left only."""


@dataclass(slots=True)
class Measures:
    """What is usual in a document."""

    body: float
    pitch: float
    bold: bool
    pages: int

    def pitch_of(self, size: float) -> float:
        """Return how far apart lines of a size usually are."""
        return self.pitch * size / self.body
