"""PDF files made by the tests: a writer of raw files and a small typesetter.

The typesetter fills lines with words as they fit, justified, with hyphens where a long word
does not, in one column or two, with running heads, page numbers and notes at the foot.
"""

from __future__ import annotations

import random
import zlib
from dataclasses import dataclass, field

WIDTHS = dict(
    zip(
        map(chr, range(32, 127)),
        map(
            int,
            """250 333 408 500 500 833 778 180 333 333 500 564 250 333 250 278 500 500 500 500 500
            500 500 500 500 500 278 278 564 564 564 444 921 722 667 667 722 611 556 722 722 333
            389 722 611 889 722 722 556 722 667 556 611 722 722 944 722 722 611 333 278 333 469
            500 333 444 500 444 500 444 333 500 500 278 278 500 278 778 500 500 500 500 333 389
            278 500 500 722 500 500 444 480 200 480 541""".split(),
        ),
        strict=True,
    )
)
"""Widths of the letters of Times, in thousandths of their size."""
FONTS = {"F1": "Times-Roman", "F2": "Times-Bold"}
VOCABULARY = (
    "river bridge morning window letter garden winter kettle ladder market harbour lantern "
    "teacher carpenter neighbour afternoon consideration understanding difference remember "
    "believe carry follow answer gather travel listen quiet narrow silver ancient gentle "
    "and the of with under before between without because although through against while"
).split()


def pdf(objects: list[bytes], *, root: int = 1, trailer: bytes = b"") -> bytes:
    """Write objects, numbered from 1, with their table."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for i, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root %d 0 R%s>>\n" % (len(objects) + 1, root, trailer)
    return bytes(out + b"startxref\n%d\n%%%%EOF\n" % start)


def stream(data: bytes, extra: bytes = b"", *, packed: bool = True) -> bytes:
    data = zlib.compress(data) if packed else data
    how = b"/Filter/FlateDecode" if packed else b""
    return b"<</Length %d%s%s>>\nstream\n%s\nendstream" % (len(data), how, extra, data)


def pages_pdf(
    contents: list[bytes],
    *,
    size: tuple[int, int] = (420, 595),
    page_extra: bytes = b"",
    root_extra: bytes = b"",
    more: list[bytes] | None = None,
    trailer: bytes = b"",
) -> bytes:
    """Write pages of given content; objects 3 and 4 are the fonts, `more` follow these."""
    fonts = [
        b"<</Type/Font/Subtype/Type1/BaseFont/%s/Encoding/WinAnsiEncoding>>" % name.encode()
        for name in FONTS.values()
    ]
    more = more or []
    first = 5 + len(more)
    kids = b" ".join(b"%d 0 R" % (first + 2 * i) for i in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % root_extra,
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(contents), kids),
        *fonts,
        *more,
    ]
    for i, content in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>%s>>"
            % (*size, first + 2 * i + 1, page_extra)
        )
        objects.append(stream(content))
    return pdf(objects, trailer=trailer)


def put(
    x: float, y: float, text: str, size: float = 11, font: str = "F1", spread: float = 0
) -> bytes:
    """Set one line with its baseline at a height from the page's foot."""
    escaped = (
        text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    )
    return b"BT /%s %g Tf %.3f Tw 1 0 0 1 %.2f %.2f Tm (%s) Tj ET\n" % (
        font.encode(),
        size,
        spread,
        x,
        y,
        escaped,
    )


def width(text: str, size: float) -> float:
    return sum(WIDTHS.get(c, 500) for c in text) * size / 1000


def sentences(n: int, seed: int) -> str:
    """Make sentences of our own words, the same for the same seed."""
    chance = random.Random(seed)
    made = []
    for _ in range(n):
        words = [chance.choice(VOCABULARY) for _ in range(chance.randint(7, 18))]
        made.append(" ".join(words).capitalize() + ".")
    return " ".join(made)


@dataclass
class Setter:
    """Sets blocks on pages; what it has set is in `blocks`."""

    size: tuple[int, int] = (420, 595)
    columns: int = 1
    head: str = ""
    """Running head; `{n}` is the page's number."""
    chapter_heads: bool = False
    """The head is the last heading instead."""
    hyphenated: bool = True
    justified: bool = True
    indent: float = 14
    space: float = 0
    """Above a paragraph."""
    body: float = 10.5
    margin: int = 60
    blocks: list[tuple[str, str]] = field(default_factory=list)
    pages: list[bytes] = field(default_factory=list)

    def __post_init__(self) -> None:
        gutter = 20
        whole = self.size[0] - 2 * self.margin
        self.measure = (whole - gutter * (self.columns - 1)) / self.columns
        self.lefts = [self.margin + i * (self.measure + gutter) for i in range(self.columns)]
        self.column, self.notes, self.n_notes, self.chapter = 0, [], 0, ""
        self._new_page()

    def heading(self, text: str, size: float = 15) -> None:
        self.blocks.append(("heading", text))
        self.chapter = text
        self._need(60)
        self.y -= 14
        for line, _ in self._lines(text, size, self.measure):
            self.content += put(self._left, self.y, line, size, "F2")
            self.y -= 1.2 * size
        self.y -= 6

    def paragraph(self, text: str, *, note: str = "", indented: bool = True) -> None:
        self.blocks.append(("paragraph", text))
        self.y -= self.space
        self._set(text, self.indent if indented else 0, 0, note=note)

    def quote(self, text: str) -> None:
        self.blocks.append(("quote", text))
        self.y -= 7
        self._set(text, 0, 22)
        self.y -= 7

    def done(self) -> bytes:
        self._end_page()
        return pages_pdf(self.pages, size=self.size)

    @property
    def _left(self) -> float:
        return self.lefts[self.column]

    def _set(self, text: str, first: float, inner: float, *, note: str = "") -> None:
        lines = self._lines(text, self.body, self.measure - 2 * inner, first)
        for i, (line, is_last) in enumerate(lines):
            mark = bool(note) and is_last
            self._need(1.3 * self.body + (40 if mark else 0))
            begin = first if i == 0 else 0
            room = self.measure - 2 * inner - begin - width(line, self.body)
            spaces = line.count(" ")
            spread = room / spaces if self.justified and not is_last and spaces else 0
            x = self._left + inner + begin
            self.content += put(x, self.y, line, self.body, spread=spread)
            if mark:
                self.n_notes += 1
                end = x + width(line, self.body)
                self.content += put(end, self.y + 4, str(self.n_notes), 7)
                self.notes.append((self.n_notes, note))
                self.foot += 11 * len(self._lines(note, 8, self.measure - 12)) + 3
                self.blocks.append(("note", f"{self.n_notes} {note}"))
            self.y -= 1.3 * self.body

    def _lines(
        self, text: str, size: float, measure: float, first: float = 0
    ) -> list[tuple[str, bool]]:
        """Fill lines; a word that does not fit is parted where four letters of it stand."""
        lines, line, room = [], "", measure - first
        for word in text.split():
            longer = f"{line} {word}" if line else word
            if width(longer, size) <= room:
                line = longer
                continue
            rest = word
            if self.hyphenated and len(word) >= 9 and word.isalpha():
                begun = f"{line} {word[:5]}-"
                if width(begun, size) <= room:
                    line, rest = begun, word[5:]
            lines.append((line, False))
            line, room = rest, measure
        return [*lines, (line, True)]

    def _need(self, height: float) -> None:
        if self.y - height >= self.foot:
            return
        self._end_column()
        if self.column + 1 < self.columns:
            self.column += 1
            self.y, self.foot = self.top, self.margin
        else:
            self._end_page()
            self._new_page()

    def _end_column(self) -> None:
        y = self.foot - 12
        for number, note in self.notes:
            for i, (line, _) in enumerate(self._lines(note, 8, self.measure - 12)):
                if not i:
                    self.content += put(self._left, y + 3, str(number), 5.5)
                self.content += put(self._left + (6 if not i else 0), y, line, 8)
                y -= 11
        self.notes = []

    def _end_page(self) -> None:
        self._end_column()
        number = len(self.pages) + 1
        head = self.chapter.upper() if self.chapter_heads else self.head
        if head:
            self.content += put(self.margin, self.size[1] - 36, head.replace("{n}", str(number)), 9)
        self.content += put(self.size[0] / 2, 28, str(number), 9)
        self.pages.append(bytes(self.content))

    def _new_page(self) -> None:
        self.content, self.column = bytearray(), 0
        self.top = self.y = self.size[1] - self.margin - 10
        self.foot: float = self.margin
