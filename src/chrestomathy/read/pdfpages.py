"""The pages of a PDF as lines with their places, through pdfium.

Runs in a child process (``limited.py``). pdfium gives characters in the order in which the file
draws them, which for nearly all files is the order of reading; here they become lines with
edges, baseline, size and weight. What the lines make together is ``pdflayout.py``'s business.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from chrestomathy.errors import InputError

RAISE, LOWER = "\ufdd0", "\ufdd1"
"""Stand around raised figures within a line until it is known whether they are a note's mark."""
LINE_END_HYPHENS = "-\u2010\u00ad\ufffe\u0002"
"""What stands for a hyphen at the end of a line; pdfium writes U+FFFE or U+0002 for one."""

MIN_RAISED_BY = 0.15
"""How far above the baseline a raised figure's lower edge stands at least, in sizes of the line."""
COLUMN_GAP = 2.0
"""Gap between two words, in sizes, from which on they are no neighbours: cells, columns."""
WIDE_LETTER = 0.75
"""Width of letters, in sizes, below which a word is surely not followed by such a gap."""
MAX_MARK_CHARS = 4
MANY_STROKES = 50
STRAIGHT = 0.1
"""How far a line may lean and still be upright, in quarters of a turn."""

_LINE = re.compile(r"[^\r\n\ufffe\u0002]*[\ufffe\u0002]?")
_WORD = re.compile(r"\S+")
_FIGURES = re.compile(
    rf"(?:\d{{1,{MAX_MARK_CHARS}}}|[*∗†‡§¶]{{1,{MAX_MARK_CHARS}}}|[a-z](?![^\s]))"
)
_LEFTWARD = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefe]")
"""Letters of scripts that are read from the right."""
_LEFTWARD_WORD = re.compile(
    r"[\u0590-\u065f\u066e-\u06ef\u06fa-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefe]{2,}"
)
"""Their words, without their figures, which run to the right."""
_PASSWORD, _SECURITY = 4, 5
"""Error codes of pdfium."""
_BOLD_NAME = re.compile(r"bold|black|heavy|demi|bx\d|\bcmb|bd(?:\b|_)", re.IGNORECASE)
"""`Times-Bold`, `CMBX12`, `MinionPro-Semibold`."""
_FONT_NAME_BYTES = 128


@dataclass(slots=True)
class Line:
    """One printed line, or one cell of it; the page's top is 0 and distances are in points."""

    text: str
    left: float = 0.0
    right: float = 0.0
    base: float = 0.0
    """Where its letters stand, from the page's top."""
    size: float = 0.0
    first: float = 0.0
    """Width of its first word."""
    bold: bool = False
    page: int = 0
    row: int = 0
    """Equal for the cells of one printed line."""
    is_row: bool = False
    """Its cells are joined by tabs."""
    leaning: bool = False
    """It runs another way than most of the page: a watermark, a stamp in the margin."""


@dataclass(slots=True)
class Page:
    """One page as it was read."""

    number: int
    """From 0."""
    width: float = 0.0
    height: float = 0.0
    label: str = ""
    """As the file numbers it; empty where it does not."""
    lines: list[Line] = field(default_factory=list)
    damaged: bool = False
    """It could not be opened."""
    drawn: bool = False
    """It has pictures or many strokes, which may show text."""


class OutlineEntry(NamedTuple):
    """A heading as the file's own table of contents names it."""

    title: str
    level: int
    page: int


class Pdf:
    """An open file."""

    def __init__(self, data: bytes) -> None:
        """Open a file.

        Raises:
            InputError: It needs a password, or it is no PDF that can be read.
        """
        pdfium.FPDF_InitLibraryWithConfig(
            pdfium.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=None)
        )
        self._data = ctypes.create_string_buffer(data, len(data))
        self.raw = pdfium.FPDF_LoadMemDocument64(self._data, len(data), None)
        if not self.raw:
            raise _cannot_open(pdfium.FPDF_GetLastError())
        self.n_pages = int(pdfium.FPDF_GetPageCount(self.raw))

    def read_page(self, number: int) -> Page:
        """Read the lines of one page."""
        page = Page(number, label=self._label(number))
        raw = pdfium.FPDF_LoadPage(self.raw, number)
        if not raw:
            page.damaged = True
            return page
        try:
            text = pdfium.FPDFText_LoadPage(raw)
            if text:
                try:
                    page.lines = _Reader(raw, text, number).lines()
                finally:
                    pdfium.FPDFText_ClosePage(text)
            page.drawn = not page.lines and _is_drawn(raw)
            page.width = float(pdfium.FPDF_GetPageWidthF(raw))
            page.height = float(pdfium.FPDF_GetPageHeightF(raw))
        finally:
            pdfium.FPDF_ClosePage(raw)
        return page

    def metadata(self, key: str) -> str:
        """Return a field of the document's information, such as ``Title``."""
        return _utf16(lambda out, n: pdfium.FPDF_GetMetaText(self.raw, key.encode(), out, n))

    def outline(self, *, most: int) -> Iterator[OutlineEntry]:
        """Walk the file's own table of contents, at most so many entries."""
        todo = [(pdfium.FPDFBookmark_GetFirstChild(self.raw, None), 1)]
        seen: set[int] = set()
        while todo and len(seen) < most:
            mark, level = todo.pop()
            address = ctypes.cast(mark, ctypes.c_void_p).value if mark else None
            if address is None or address in seen:
                continue
            seen.add(address)
            title = _utf16(partial(pdfium.FPDFBookmark_GetTitle, mark))
            where = pdfium.FPDFBookmark_GetDest(self.raw, mark)
            page = int(pdfium.FPDFDest_GetDestPageIndex(self.raw, where)) if where else -1
            yield OutlineEntry(title, level, page)
            todo.append((pdfium.FPDFBookmark_GetNextSibling(self.raw, mark), level))
            todo.append((pdfium.FPDFBookmark_GetFirstChild(self.raw, mark), level + 1))

    def render(self, number: int, *, dots_per_inch: int, most_pixels: int) -> bytes:
        """Draw a page in grey, as a PGM picture.

        Raises:
            InputError: The page cannot be opened.
        """
        raw = pdfium.FPDF_LoadPage(self.raw, number)
        if not raw:
            raise InputError("the page is damaged", at=f"page {number + 1}", fix=_SAVE_AGAIN)
        width, height = pdfium.FPDF_GetPageWidthF(raw), pdfium.FPDF_GetPageHeightF(raw)
        scale = min(dots_per_inch / 72, math.sqrt(most_pixels / max(1.0, width * height)))
        across, down = max(1, round(width * scale)), max(1, round(height * scale))
        bitmap = pdfium.FPDFBitmap_CreateEx(across, down, pdfium.FPDFBitmap_Gray, None, 0)
        try:
            pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, 0xFFFFFFFF)
            flags = pdfium.FPDF_ANNOT | pdfium.FPDF_GRAYSCALE
            pdfium.FPDF_RenderPageBitmap(bitmap, raw, 0, 0, across, down, 0, flags)
            stride = pdfium.FPDFBitmap_GetStride(bitmap)
            whole = ctypes.string_at(pdfium.FPDFBitmap_GetBuffer(bitmap), stride * down)
        finally:
            pdfium.FPDFBitmap_Destroy(bitmap)
            pdfium.FPDF_ClosePage(raw)
        rows = b"".join(whole[i * stride : i * stride + across] for i in range(down))
        return b"P5 %d %d 255\n" % (across, down) + rows

    def _label(self, number: int) -> str:
        return _utf16(lambda out, n: pdfium.FPDF_GetPageLabel(self.raw, number, out, n)).strip()


def _is_drawn(page: Any) -> bool:
    """Tell whether a page shows a picture, or strokes enough for letters."""
    count = int(pdfium.FPDFPage_CountObjects(page))
    few = range(min(count, MANY_STROKES))
    kinds = {pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, i)) for i in few}
    pictures = {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM}
    return count >= MANY_STROKES or bool(kinds & pictures)


_SAVE_AGAIN = "Open it in its own program and save it again, or as plain text."


def _cannot_open(code: int) -> InputError:
    if code == _PASSWORD:
        return InputError(
            "it is encrypted and needs a password", fix="Save a copy of it without a password."
        )
    if code == _SECURITY:
        return InputError(
            "it is protected in a way that is not known here",
            fix="Save a copy of it without protection.",
        )
    return InputError("it is damaged or no PDF", fix=_SAVE_AGAIN)


def _utf16(ask: Callable[[Any, int], int], *, most: int = 4096) -> str:
    """Ask pdfium for a short text in UTF-16, which it writes with a NUL behind it."""
    buffer = ctypes.create_string_buffer(most)
    length = min(int(ask(buffer, most)), most)
    return buffer.raw[: max(0, length - 2)].decode("utf-16-le", "replace")


class _Word(NamedTuple):
    """A word by the numbers of its characters, and its edges."""

    start: int
    end: int
    left: float
    right: float
    """Or the left edge of the word behind it, where no gap can stand between."""


class _Reader:
    """The characters of one page, and the questions that pdfium answers about each.

    Each question costs a microsecond, so a line asks few: where its words begin, and more
    about a word only where it might be followed by a gap.
    """

    def __init__(self, page: Any, text: Any, number: int) -> None:
        self.text, self.number = text, number
        self.turn = int(pdfium.FPDFPage_GetRotation(page))
        self.width = float(pdfium.FPDF_GetPageWidthF(page))
        self.height = float(pdfium.FPDF_GetPageHeightF(page))
        self.box = pdfium.FS_RECTF()
        self.matrix = pdfium.FS_MATRIX()
        self.tight = [ctypes.c_double() for _ in range(4)]
        self.x, self.y = ctypes.c_double(), ctypes.c_double()
        self.name = ctypes.create_string_buffer(_FONT_NAME_BYTES)
        self.flags = ctypes.c_int()
        self.bold_names: dict[bytes, bool] = {}
        self.rows = 0
        self.mirrored = False

    def lines(self) -> list[Line]:
        """Return the page's lines as they are drawn; most lines decide which way is up."""
        content = self._characters()
        every = [m for m in _LINE.finditer(content) if m[0].strip()]
        turns = [self._turn(m.start() + len(m[0]) - len(m[0].lstrip())) for m in every]
        if not turns:
            return []
        usual = Counter(turns).most_common(1)[0][0]
        if usual is not None and usual != self.turn:
            if (usual - self.turn) % 2:
                self.width, self.height = self.height, self.width
            self.turn = usual
        n_leftward = len(_LEFTWARD.findall(content))
        self.mirrored = 2 * n_leftward > sum(c.isalpha() for c in content)
        found: list[Line] = []
        for m, turn in zip(every, turns, strict=True):
            if turn == usual:
                found += self._cells(m[0], m.start())
            else:
                found.append(Line(_whole_characters(m[0].strip()), leaning=True, page=self.number))
        return found

    def _turn(self, i: int) -> int | None:
        """Return by how many quarters the page must be turned for a character to stand upright."""
        pdfium.FPDFText_GetMatrix(self.text, i, self.matrix)
        quarters = math.atan2(self.matrix.b, self.matrix.a) / (math.pi / 2)
        return round(quarters) % 4 if abs(quarters - round(quarters)) < STRAIGHT else None

    def _characters(self) -> str:
        """Return one character for each that pdfium counts."""
        count = pdfium.FPDFText_CountChars(self.text)
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        written = pdfium.FPDFText_GetText(self.text, 0, count, buffer)
        if written == count + 1:
            return "".join(map(chr, buffer[:count]))
        return "".join(
            chr(min(pdfium.FPDFText_GetUnicode(self.text, i), 0x10FFFF)) for i in range(count)
        )

    def _cells(self, line: str, at: int) -> Iterator[Line]:
        """Cut a line where two words stand too far apart."""
        spans = [(m.start() + at, m.end() + at) for m in _WORD.finditer(line)]
        size = self._usual_size(spans)
        words = list(self._without_gaps(spans, size))
        self.rows += 1
        begun = 0
        for i in range(1, len(words) + 1):
            if i < len(words) and words[i].left - words[i - 1].right < COLUMN_GAP * size:
                continue
            cell = words[begun:i]
            own = size if len(cell) == len(words) else self._usual_size(cell)
            yield self._line(cell, line[cell[0].start - at : cell[-1].end - at], own)
            begun = i

    def _without_gaps(self, words: list[tuple[int, int]], size: float) -> Iterator[_Word]:
        """Find where words begin and end; cut those that have a gap and no space in it.

        Where a word ends is asked only if a gap may follow it, or stand in it.
        """
        if self.mirrored:
            yield from self._mirrored_words(words)
            return
        lefts = [self._edges(start)[0] for start, _ in words]
        last_right = self._edges(words[-1][1] - 1)[1]
        for (start, end), left, following in zip(
            words, lefts, [*lefts[1:], last_right], strict=True
        ):
            room = following - left
            if room < (WIDE_LETTER * (end - start) + COLUMN_GAP / 2) * size:
                yield _Word(start, end, left, following)
                continue
            right = self._edges(end - 1)[1]
            if right - left < (WIDE_LETTER * (end - start) + COLUMN_GAP / 2) * size:
                yield _Word(start, end, left, right)
                continue
            for i in range(start + 1, end):
                here = self._edges(i)[0]
                before = self._edges(i - 1)[1]
                if here - before >= COLUMN_GAP * size:
                    yield _Word(start, i, left, before)
                    start, left = i, here
            yield _Word(start, end, left, right)

    def _mirrored_words(self, words: list[tuple[int, int]]) -> Iterator[_Word]:
        """Find the edges of words on a page that is read from the right; some run the other way."""
        for start, end in words:
            a, b = self._edges(start), self._edges(end - 1)
            yield _Word(start, end, min(a[0], b[0]), max(a[1], b[1]))

    def _turned(self, text: str, at: int) -> str:
        """Mend words whose letters pdfium gives from left to right though they are read leftward.

        Letters of one sign, such as lam with alef, keep their order.
        """

        def mended(m: re.Match[str]) -> str:
            places = [round(self._edges(at + i)[0], 1) for i in range(m.start(), m.end())]
            if (places[0] <= places[-1]) == self.mirrored:
                return m[0]
            signs: list[list[str]] = []
            for i, character in enumerate(m[0]):
                if signs and (places[i] == places[i - 1] or unicodedata.combining(character)):
                    signs[-1].append(character)
                else:
                    signs.append([character])
            return "".join("".join(sign) for sign in reversed(signs))

        return _LEFTWARD_WORD.sub(mended, text)

    def _usual_size(self, words: Sequence[tuple[int, int] | _Word]) -> float:
        """Return the size of most letters of a line; of three words where these agree."""
        few = {self._size(words[i][0]) for i in (0, len(words) // 2, -1)}
        if len(few) == 1:
            return few.pop()
        sizes: Counter[float] = Counter()
        for start, end, *_ in words:
            sizes[self._size(start)] += end - start
        return sizes.most_common(1)[0][0]

    def _line(self, words: list[_Word], text: str, size: float) -> Line:
        first, middle, last = words[0], words[len(words) // 2], words[-1]
        if _LEFTWARD.search(text):
            text = self._turned(text, first.start)
        base = self._base(
            next((w.start for w in words if self._size(w.start) == size), first.start)
        )
        return Line(
            text=_whole_characters(self._with_raised(text, first.start, base, size)),
            left=first.left,
            right=last.right if self.mirrored else max(first.left, self._edges(last.end - 1)[1]),
            base=base,
            size=size,
            first=max(0.0, self._edges(first.end - 1)[1] - first.left)
            if not self.mirrored
            else first.right - first.left,
            bold=self._is_bold(middle.start) and self._is_bold(last.end - 1),
            page=self.number,
            row=self.rows,
        )

    def _with_raised(self, text: str, at: int, base: float, size: float) -> str:
        """Mark raised figures: their lower edge stands clear of the line they stand in."""
        parts, done = [], 0
        clear = base - MIN_RAISED_BY * size
        for m in _FIGURES.finditer(text):
            start = m.end()
            while start > m.start() and self._bottom(at + start - 1) <= clear:
                start -= 1
            if start < m.end():
                parts += [text[done:start], RAISE, text[start : m.end()], LOWER]
                done = m.end()
        return "".join([*parts, text[done:]])

    def _edges(self, i: int) -> tuple[float, float]:
        """Return where a character begins and ends across the page as it is shown."""
        pdfium.FPDFText_GetLooseCharBox(self.text, i, self.box)
        box = self.box
        if self.turn == 0:
            edges = box.left, box.right
        elif self.turn == 1:
            edges = box.bottom, box.top
        elif self.turn == 2:
            edges = self.width - box.right, self.width - box.left
        else:
            edges = self.width - box.top, self.width - box.bottom
        return (self.width - edges[1], self.width - edges[0]) if self.mirrored else edges

    def _down(self, x: float, y: float) -> float:
        """Return how far a point lies below the page's top as it is shown."""
        return (self.height - y, x, y, self.height - x)[self.turn]

    def _base(self, i: int) -> float:
        pdfium.FPDFText_GetCharOrigin(self.text, i, self.x, self.y)
        return self._down(self.x.value, self.y.value)

    def _bottom(self, i: int) -> float:
        """Return how far the lower edge of a character's ink lies below the page's top."""
        left, right, bottom, top = self.tight
        pdfium.FPDFText_GetCharBox(self.text, i, left, right, bottom, top)
        edges = (left.value, bottom.value), (right.value, top.value)
        return max(self._down(x, y) for x, y in edges)

    def _size(self, i: int) -> float:
        """Return a character's size on the page, to a tenth of a point."""
        pdfium.FPDFText_GetMatrix(self.text, i, self.matrix)
        scale = math.hypot(self.matrix.c, self.matrix.d) or 1.0
        return round(float(pdfium.FPDFText_GetFontSize(self.text, i)) * scale, 1)

    def _is_bold(self, i: int) -> bool:
        """Tell by its name whether a character's font is bold; pdfium's weight is a guess."""
        n = pdfium.FPDFText_GetFontInfo(self.text, i, self.name, _FONT_NAME_BYTES, self.flags)
        name = self.name.raw[: max(0, min(int(n), _FONT_NAME_BYTES) - 1)]
        known = self.bold_names.get(name)
        if known is None:
            found = _BOLD_NAME.search(name.decode("utf-8", "replace"))
            known = self.bold_names[name] = found is not None
        return known


def _whole_characters(text: str) -> str:
    """Join the halves of characters beyond U+FFFF."""
    if not any("\ud800" <= c <= "\udfff" for c in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
