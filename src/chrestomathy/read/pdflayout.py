"""Lines with their places → one text with blocks: the typesetter's work undone.

::

    pages ──take_off──▶ ──columns──▶ flows ──paragraphs──▶ pieces ──join──▶ text, blocks
            heads, feet               lines below           kinds, levels,   hyphens, pages
                                      one another           notes            that go on

A *flow* is a run of lines below one another: a column, or what stands between two. Whether two
lines make one paragraph follows from what a typesetter does: he sets a word on the line where
it fits, so a line that had room for the next word ends a paragraph; he sets the first line in,
or leaves a space above it; and he changes size and weight only for another sort of text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest

from chrestomathy.read.limited import Tick
from chrestomathy.read.pdffurniture import labels, take_off
from chrestomathy.read.pdfpages import (
    COLUMN_GAP,
    LINE_END_HYPHENS,
    LOWER,
    RAISE,
    Line,
    OutlineEntry,
    Page,
)
from chrestomathy.read.plain import RECOGNISED_CHARS
from chrestomathy.records import Block, BlockKind, Locus
from chrestomathy.textkit.languages import guess_language

SAME_EDGE = 0.35
"""How far two left edges may differ and be the same, in sizes of type."""
SET_IN = 0.5
"""From how many sizes on a line is set in."""
FAR_IN = 6.0
"""From how many sizes on it is set apart: a signature, a line on the right."""
SPACE_ABOVE = 1.3
"""From how many usual distances on there is a space between two lines."""
OTHER_SIZE = 0.08
"""From what difference on a size is another, as a share of the text's."""
HEADING_SIZE = 1.12
"""Least size of a heading in larger type, as a share of the text's."""
NOTE_SIZE = 0.93
"""Largest size of notes, as a share of the text's."""
SPACE_WIDTH = 0.25
RAGGED_SLACK = 1.0
"""By how many sizes a line may miss the margin and have had no room for a word, where the
right edge is not straight; in a straight one by half as much."""
LOOSE = 2.5
"""By how many times more it may where no sentence ends there."""
STRAIGHT_SHARE = 0.5
"""Share of a column's lines that end at its right edge where that is straight."""
MAX_QUOTE_IN = 0.4
"""Share of a column's width that a quotation is set in at most."""
MAX_ONE_SIDED = 0.25
"""Share of a document's lines set in on the left only from which on that is its manner."""
FAR_SHORT = 3.0
"""By how many sizes a last line ends before the margin, so that its paragraph is surely over."""
QUOTE_IN = 0.8
"""By how many sizes a quotation is set in."""
GROUPS_A_STEP = 100
"""How many paragraphs are written before the child says that it goes on."""
MAX_VERSE_WIDTH = 0.8
"""Share of a column's width that half the lines of a verse keep within."""
MAX_HEADING_CHARS = 200
MAX_HEADING_LINES = 4
MIN_QUOTE_CHARS = 40
MIN_FRAME_LINES = 5
"""Fewest lines that tell a column's edges."""
MIN_MISORDERED = 0.15
"""Share of the lines that jump back up in their own column from which on the order in which a
page is drawn is not the order of reading."""
MIN_INTERLEAVED = 6
"""Fewest rows of two cells that may be two columns drawn line by line."""
MIN_GOING_ON = 0.3
"""Share of their cells that begin in small letters, as prose does and cells of a table do not."""
MARGIN_SIZE = 0.8
"""Largest size of a note in the margin, as a share of its line's."""
DROPPED_CAPITAL = 1.7

_LETTER = re.compile(r"[^\W\d_]")
_ITEM = re.compile(
    r"(?:[•‣▪▫●○◦■□◆◇➢➤*·-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\((?:\d{1,3}|[a-z]|[ivx]{1,5})\))\s+(?=\S)"
)
_BULLET = re.compile(r"[•‣▪▫●○◦■□◆◇➢➤]")
_NOTE = re.compile(
    rf"(?:{RAISE}(?P<raised>[^{LOWER}]+){LOWER}|(?P<figure>\d{{1,3}})[.)]?(?=\s)|(?P<sign>[*∗†‡§¶]{{1,4}}))\s*"
)
_MARK = re.compile(r"\d{1,3}|[*∗†‡§¶]{1,4}")
_RAISED = re.compile(rf"{RAISE}([^{LOWER}]*){LOWER}")
_ENDS = re.compile(r"[.!?…:;。！？]['\"”’»›)\]]*\s*\Z")
"""What a paragraph ends in."""
_SENTENCE_END = re.compile(r"[.!?…。！？]['\"”’»›)\]]*\s*\Z")
_CREDIT = re.compile(r"[—–―]\s*[^\W\d_]|--?\s+[^\W\d_a-z]")
"""`— Ada Lovelace`, which begins a line of its own."""
_LEADER = re.compile(r"\s*\.(?:\s?\.){3,}\s*(?=[\divxlcA-Z-]{1,8}\Z)")
"""The dots of a table of contents: `Introduction . . . . 7`."""
_DOTS = re.compile(r"\s*\.(?:\s?\.){5,}\s*\Z")
"""The same where the number is a cell of its own."""
_UNITS = re.compile(r"(?:\d|(?<![^\W_])(?:[kcmdµ]?m|ft|in|yd|mi|s|[b-hj-zB-HJ-Z]))\Z")
"""After these a raised figure is a power: 10², km², x²."""
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
_LIGATURES = {
    **dict(zip("ﬀﬁﬂﬃﬄﬅﬆ", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)),
    **dict(zip("\x0b\x0c\x0d\x0e\x0f", ("ff", "fi", "fl", "ffi", "ffl"), strict=True)),
    "\uf001": "fi",
    "\uf002": "fl",
}
"""One sign for several letters, also where fonts without a map leave its number in the font."""
_LIGATURE = re.compile("|".join(map(re.escape, _LIGATURES)))
_PRESENTED = re.compile(r"[\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefe]+")
"""Arabic and Hebrew letters in the forms that they have beside others."""
_ACCENTS = dict(zip("¨ˆ˜ˇ˚´`", "\u0308\u0302\u0303\u030c\u030a\u0301\u0300", strict=True))
_ACCENT = re.compile(r"([¨ˆ˜ˇ˚]|(?<=[^\W\d_])[´`])([A-Za-zı])")
"""An accent printed as a sign of its own before its letter: `M¨uller`."""
_NO_QUOTE = frozenset(("abstract", "summary", "zusammenfassung", "résumé", "resumen", "sommario"))
"""Headings over a paragraph that is set in and no quotation."""


@dataclass(slots=True)
class Laid:
    """A document laid out as one text."""

    text: str = ""
    blocks: tuple[Block, ...] = ()
    loci: tuple[Locus, ...] = ()
    hyphens: tuple[int, ...] = ()
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Frame:
    """The edges of a column."""

    left: float
    right: float
    straight: bool = True


@dataclass(slots=True)
class _Flow:
    """Lines below one another."""

    lines: list[Line]
    frame: _Frame = field(default_factory=lambda: _Frame(0, 0))

    @property
    def page(self) -> int:
        return self.lines[0].page


@dataclass(slots=True)
class _Piece:
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
class _Measures:
    """What is usual in a document."""

    body: float
    pitch: float
    bold: bool
    pages: int

    def pitch_of(self, size: float) -> float:
        return self.pitch * size / self.body


def lay_out(pages: Sequence[Page], outline: Sequence[OutlineEntry], tick: Tick) -> Laid:
    """Make one text of pages.

    Args:
        pages: In order; their lines are changed.
        outline: The file's own table of contents, which names headings and their levels.
        tick: Told after each page and each step.
    """
    laid = Laid()
    for page in pages:
        tick()
        page.lines = [line for line in map(_cleaned, page.lines) if line.text]
    every = [line for page in pages for line in page.lines if not line.leaning]
    if not every:
        return laid
    measures = _measure(every, len(pages))
    tick()
    furniture = take_off(pages, body=measures.body, pitch=measures.pitch)
    if furniture.n_heads:
        laid.notes.append(f"{furniture.n_heads} running heads and page numbers left out")
    _drop_watermarks(pages, laid)
    tick()
    flows = [_flows(page, measures) for page in pages]
    tick()
    _frame([flow for some in flows for flow in some], measures)
    pieces: list[list[_Piece]] = []
    unfinished = False
    for page, some in zip(pages, flows, strict=True):
        tick()
        notes, body = _split_notes(some, measures, unfinished)
        made = [piece for flow in body for piece in _pieces(flow, measures)]
        made += [_leaning(line) for line in page.lines if line.leaning]
        unfinished = bool(notes) and not _ENDS.search(notes[-1].lines[-1].text)
        pieces.append(made + notes)
    _mend_quotes(pieces)
    _mark_headings(pieces, measures, outline)
    tick()
    _resolve_marks(pieces, laid)
    _write(pieces, labels(pages, furniture.numbers), pages, laid, tick)
    return laid


def _cleaned(line: Line) -> Line:
    """Write a line's letters as they are meant: ligatures, accents, no control characters."""
    text = line.text
    if not text.isascii() or _CONTROLS.search(text):
        hyphen = text[-1:] if text[-1:] in LINE_END_HYPHENS else ""
        text = _LIGATURE.sub(lambda m: _LIGATURES[m[0]], text[: len(text) - len(hyphen)])
        text = _ACCENT.sub(_accented, text)
        text = _PRESENTED.sub(lambda m: unicodedata.normalize("NFKC", m[0]), text)
        text = unicodedata.normalize("NFC", _CONTROLS.sub("", text))
        line.text = text.strip() + hyphen
    if ".." in line.text or ". ." in line.text:
        cells = _LEADER.sub("\t", _DOTS.sub("", line.text))
        line.is_row = "\t" in cells
        line.text = cells
    return line


def _accented(m: re.Match[str]) -> str:
    letter = "i" if m[2] == "ı" else m[2]
    whole = unicodedata.normalize("NFC", letter + _ACCENTS[m[1]])
    return whole if len(whole) == 1 else m[0]


def _measure(lines: Sequence[Line], n_pages: int) -> _Measures:
    """Find the size of the text's type, the distance of its lines and its weight."""
    sizes: Counter[float] = Counter()
    bold: Counter[bool] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    body = sizes.most_common(1)[0][0] or 1.0
    gaps: Counter[float] = Counter()
    for a, b in pairwise(lines):
        if a.size == body:
            bold[a.bold] += len(a.text)
        gap = b.base - a.base
        if a.page == b.page and a.size == b.size == body and 0.8 * body <= gap <= 3 * body:
            gaps[round(2 * gap) / 2] += 1
    pitch = gaps.most_common(1)[0][0] if gaps else 1.2 * body
    return _Measures(body, pitch, bold[True] > bold[False], n_pages)


def _drop_watermarks(pages: Sequence[Page], laid: Laid) -> None:
    """Drop lines that run another way than their page and come on several."""
    seen = Counter(line.text for page in pages for line in page.lines if line.leaning)
    gone = {text for text, n in seen.items() if n > 1}
    if gone:
        n_gone = sum(seen[text] for text in gone)
        laid.notes.append(f"{n_gone} lines that run across pages left out")
        for page in pages:
            page.lines = [one for one in page.lines if not (one.leaning and one.text in gone)]


def _leaning(line: Line) -> _Piece:
    return _Piece([line], "paragraph", open_start=False, open_end=False)


# --- from lines to flows -------------------------------------------------------------------


def _flows(page: Page, measures: _Measures) -> list[_Flow]:
    """Put a page's lines in the order of reading and part them into flows."""
    lines = [line for line in page.lines if not line.leaning]
    lines = _without_dropped_capitals(_without_splits(lines), measures)
    lines = _in_order(_rejoined(lines))
    flows: list[_Flow] = []
    for line in lines:
        last = flows[-1].lines[-1] if flows else None
        below = last is not None and line.base > last.base - 0.5 * last.size
        beside = last is not None and (line.left > last.right or line.right < last.left)
        far = last is not None and line.base - last.base > 4 * measures.pitch_of(line.size)
        if last is None or not below or (beside and far):
            flows.append(_Flow([line]))
        else:
            flows[-1].lines.append(line)
    return flows


def _without_splits(lines: list[Line]) -> list[Line]:
    """Join what stands on one baseline and was taken for two lines, as behind a raised figure."""
    kept: list[Line] = []
    for line in lines:
        last = kept[-1] if kept else None
        if last is None or last.row == line.row:
            kept.append(line)
            continue
        step = line.left - last.right
        size = max(line.size, last.size)
        beside = -0.1 * size <= step < COLUMN_GAP * size
        if beside and abs(line.base - last.base) <= 0.1 * size:
            space = " " if step > 0.12 * size else ""
            kept[-1] = _joined_lines(last, line, last.text + space + line.text)
        elif beside and _is_raised_beside(line, last):
            kept[-1] = _joined_lines(last, line, f"{last.text}{RAISE}{line.text}{LOWER}")
        else:
            kept.append(line)
    return kept


def _joined_lines(a: Line, b: Line, text: str) -> Line:
    main = a if len(a.text) >= len(b.text) or b.size < a.size else b
    return replace(
        main,
        text=text,
        left=a.left,
        right=b.right,
        first=a.first,
        row=b.row,
        bold=a.bold and b.bold,
    )


def _is_raised_beside(line: Line, last: Line) -> bool:
    """Tell whether a line is the raised figure of a note behind another."""
    raised = 0.15 * last.size <= last.base - line.base <= 0.7 * last.size
    return raised and line.size <= 0.85 * last.size and _MARK.fullmatch(line.text) is not None


def _without_dropped_capitals(lines: list[Line], measures: _Measures) -> list[Line]:
    """Put a large first letter before the line that stands beside it."""
    kept: list[Line] = []
    for line in lines:
        last = kept[-1] if kept else None
        if (
            last is not None
            and len(last.text.strip("\"'“‘«")) == 1
            and last.text[-1].isalpha()
            and last.size >= DROPPED_CAPITAL * measures.body
            and line.size < last.size
            and 0 <= line.left - last.left <= 2.5 * last.size
            and last.base - 1.2 * last.size <= line.base <= last.base + 0.3 * last.size
        ):
            line.text = last.text + line.text
            line.left = last.left
            kept[-1] = line
        else:
            kept.append(line)
    return kept


def _rejoined(lines: list[Line]) -> list[Line]:
    """Say what the cells of one printed line are: columns, notes in the margin, a table's row."""
    rows: list[list[Line]] = []
    for line in lines:
        if rows and rows[-1][0].row == line.row:
            rows[-1].append(line)
        else:
            rows.append([line])
    joined: list[Line] = []
    i = tried = 0
    while i < len(rows):
        n = _interleaved(rows, i) if i >= tried else 0
        if n < 0:
            tried = i - n  # rows that were looked at are not looked at from each other
        elif n:
            cells = [cell for row in rows[i : i + n] for cell in row]
            gutter = _gutter(rows[i : i + n])
            joined += [cell for cell in cells if cell.left < gutter]
            joined += [cell for cell in cells if cell.left >= gutter]
            i += n
            continue
        joined += _row_lines(rows[i])
        i += 1
    return joined


def _interleaved(rows: list[list[Line]], start: int) -> int:
    """Count the rows from here on that are two columns of prose, drawn line by line.

    Returns:
        Their number; the negative number of rows that look like it and are a table.
    """
    if len(rows[start]) != 2:
        return 0
    n, pairs = 0, []
    low, high = rows[start][0].right, rows[start][1].left
    for row in rows[start:]:
        if len(row) == 2:
            low, high = max(low, row[0].right), min(high, row[1].left)
            if high <= low:
                break
            pairs.append(row)
        elif len(row) > 2 or (row[0].left < low and row[0].right > high):
            break
        n += 1
    if len(pairs) < MIN_INTERLEAVED:
        return -n
    for side in (0, 1):
        cells = [row[side].text for row in pairs]
        going_on = sum(cell[:1].islower() for cell in cells)
        if going_on < MIN_GOING_ON * len(cells) or sum(map(len, cells)) < 15 * len(cells):
            return -n
    return n


def _gutter(rows: list[list[Line]]) -> float:
    return min(row[1].left for row in rows if len(row) == 2) - 0.1


def _row_lines(cells: list[Line]) -> list[Line]:
    """Join the cells of a row by tabs; small type beside a line is a note in the margin."""
    if len(cells) == 1:
        return cells
    largest = max(cell.size for cell in cells)
    edge = [cell for cell in (cells[0], cells[-1]) if cell.size <= MARGIN_SIZE * largest]
    kept = [cell for cell in cells if cell not in edge]
    for cell in edge:
        cell.text = f"[{cell.text}]"
        cell.row = -1
    if len(kept) > 1:
        first = kept[0]
        first.text = "\t".join(cell.text for cell in kept)
        first.right = kept[-1].right
        first.is_row = True
        kept = [first]
    return kept + edge


def _in_order(lines: list[Line]) -> list[Line]:
    """Sort a page's lines by columns where the order in which they are drawn makes no sense."""
    back = sum(
        b.base < a.base - 0.5 * a.size and b.left < a.right and a.left < b.right
        for a, b in pairwise(lines)
    )
    if back <= max(2, MIN_MISORDERED * len(lines)):
        return lines
    return list(_cut(lines, 0))


def _cut(lines: list[Line], depth: int) -> Iterator[Line]:
    """Cut a page by its widest empty stripes, first downwards, then across."""
    if len(lines) > 2 and depth < 40:
        spans = sorted((line.left, line.right) for line in lines)
        split = _stripe(spans, least=1.0 * lines[0].size)
        if split is not None:
            yield from _cut([line for line in lines if line.left < split], depth + 1)
            yield from _cut([line for line in lines if line.left >= split], depth + 1)
            return
        heights = sorted((line.base - line.size, line.base) for line in lines)
        split = _stripe(heights, least=0.6 * lines[0].size)
        if split is not None:
            yield from _cut([line for line in lines if line.base - line.size < split], depth + 1)
            yield from _cut([line for line in lines if line.base - line.size >= split], depth + 1)
            return
    yield from sorted(lines, key=lambda line: (round(line.base), line.left))


def _stripe(spans: list[tuple[float, float]], *, least: float) -> float | None:
    """Return the middle of the widest gap between sorted spans."""
    best, split, reach = least, None, spans[0][1]
    for start, end in spans:
        if start - reach > best:
            best, split = start - reach, (start + reach) / 2
        reach = max(reach, end)
    return split


# --- the edges of columns ------------------------------------------------------------------


def _frame(flows: list[_Flow], measures: _Measures) -> None:
    """Give each flow the edges of its column: its own, or those of the columns on such pages."""
    known: dict[int, list[_Frame]] = defaultdict(list)
    for flow in flows:
        lines = [line for line in flow.lines if _is_body(line, measures)]
        if len(lines) >= MIN_FRAME_LINES:
            known[flow.page % 2].append(_own_frame(lines, measures))
    usual = {parity: _usual_frames(frames) for parity, frames in known.items()}
    everywhere = _usual_frames([frame for frames in known.values() for frame in frames])
    for flow in flows:
        left = min(line.left for line in flow.lines)
        right = max(line.right for line in flow.lines)
        near = usual.get(flow.page % 2, []) + everywhere
        fits = [
            one
            for one in near
            if one.left - measures.body <= left and right <= one.right + measures.body
        ]
        narrow = min(fits, key=lambda one: one.right - one.left, default=None)
        if narrow is not None:
            flow.frame = narrow
        else:
            flow.frame = _own_frame(flow.lines, measures)


def _is_body(line: Line, measures: _Measures) -> bool:
    return abs(line.size - measures.body) <= OTHER_SIZE * measures.body


def _own_frame(lines: Sequence[Line], measures: _Measures) -> _Frame:
    """Find a column's edges from its lines: where many begin, and where the longest end."""
    lefts = Counter(round(line.left) for line in lines)
    enough = max(2, 0.1 * len(lines))
    often = [left for left in lefts if lefts[left] + lefts[left + 1] + lefts[left - 1] >= enough]
    about = min(often, default=min(lefts))
    left = min(line.left for line in lines if abs(line.left - about) <= 1.5)
    rights = sorted(line.right for line in lines)
    right = rights[-1]
    while len(rights) > 4 and right - rights[-2] > measures.body:  # one line that sticks out
        rights.pop()
        right = rights[-1]
    n_straight = sum(abs(line.right - right) <= 0.25 * measures.body + 1 for line in lines)
    return _Frame(left, right, straight=n_straight >= STRAIGHT_SHARE * len(lines))


def _usual_frames(frames: list[_Frame]) -> list[_Frame]:
    """Put equal frames together, those that come often first."""
    groups: dict[tuple[int, int], list[_Frame]] = defaultdict(list)
    for one in frames:
        for left in (-1, 0, 1):
            for right in (-1, 0, 1):
                key = round(one.left / 4) + left, round(one.right / 4) + right
                if key in groups:
                    groups[key].append(one)
                    break
            else:
                continue
            break
        else:
            groups[round(one.left / 4), round(one.right / 4)].append(one)
    merged = []
    for some in sorted(groups.values(), key=len, reverse=True):
        straight = sum(one.straight for one in some) * 2 >= len(some)
        lefts, rights = sorted(one.left for one in some), sorted(one.right for one in some)
        merged.append(_Frame(lefts[len(some) // 2], rights[len(some) // 2], straight))
    return merged


# --- notes ---------------------------------------------------------------------------------


def _split_notes(
    flows: list[_Flow], measures: _Measures, unfinished: bool
) -> tuple[list[_Piece], list[_Flow]]:
    """Part the notes at a page's foot from its text.

    They are in smaller type, at the end of a column or of the page, and begin with a mark; or
    they go on from the page before.
    """
    notes: list[_Piece] = []
    body: list[_Flow] = []
    has_text = any(line.size > NOTE_SIZE * measures.body for flow in flows for line in flow.lines)
    for flow in flows:
        at = len(flow.lines)
        while at and flow.lines[at - 1].size <= NOTE_SIZE * measures.body:
            at -= 1
        small = flow.lines[at:]
        begun = next((i for i, one in enumerate(small) if _NOTE.match(one.text)), len(small))
        if unfinished and small and at and has_text:
            begun = 0
        if not has_text or begun == len(small):
            body.append(flow)
            continue
        notes += _note_pieces(small[begun:])
        unfinished = not _ENDS.search(notes[-1].lines[-1].text)
        rest = flow.lines[: at + begun]
        if rest:
            body.append(_Flow(rest, flow.frame))
    return notes, body


def _note_pieces(lines: list[Line]) -> Iterator[_Piece]:
    """Part notes: each begins with a mark, raised or the next number."""
    piece: list[Line] = []
    mark, number = "", None
    for line in lines:
        m = _NOTE.match(line.text)
        begins = m is not None and (
            m["raised"] is not None
            or m["sign"] is not None
            or number is None
            or int(m["figure"]) == number + 1
        )
        if m and begins:
            if piece:
                yield _note(piece, mark)
            piece, mark = [], (m["raised"] or m["sign"] or m["figure"] or "")
            number = int(mark) if mark.isdigit() else number
        piece.append(line)
    if piece:
        yield _note(piece, mark)


def _note(lines: list[Line], mark: str) -> _Piece:
    return _Piece(lines, "note", mark=mark, open_start=not mark)


# --- from flows to pieces ------------------------------------------------------------------


def _pieces(flow: _Flow, measures: _Measures) -> Iterator[_Piece]:
    """Part a flow into paragraphs, rows and items."""
    lines = flow.lines
    verse = _verse_lines(flow, measures)
    piece = [0]
    breaks: set[int] = set()
    open_start = _is_open_start(lines[0], flow, lines[1:2])
    for i in range(1, len(lines)):
        end = _ends_between(flow, piece, i, measures, verse)
        if end == "line":
            breaks.add(len(piece) - 1)
            piece.append(i)
        elif end:
            yield _piece(flow, piece, breaks, open_start, end != "", measures)
            piece, breaks, open_start = [i], set(), False
        else:
            piece.append(i)
    yield _piece(flow, piece, breaks, open_start, False, measures)


def _is_open_start(line: Line, flow: _Flow, after: list[Line]) -> bool:
    """Tell whether a flow's first line may go on from elsewhere: it is not set in."""
    if line.text[:1].islower():
        return True
    below = after[0].left if after else flow.frame.left
    return line.left - below < SET_IN * line.size and not _ITEM.match(line.text)


def _had_room(a: Line, b: Line, right: float, straight: bool) -> bool:
    """Tell whether the first word of a line would have fitted on the line above."""
    ragged = 1.0 if _SENTENCE_END.search(a.text) else LOOSE
    slack = RAGGED_SLACK * a.size * (0.5 if straight else ragged)
    return a.right + SPACE_WIDTH * a.size + b.first <= right - slack


def _verse_lines(flow: _Flow, measures: _Measures) -> dict[int, tuple[float, bool]]:
    """Find for each line the right edge of the lines that begin where it does.

    Returns:
        By line: that edge, and whether most of these lines end before they must.
    """
    found: dict[int, tuple[float, bool]] = {}
    lines = flow.lines
    start = 0
    for i in range(1, len(lines) + 1):
        same = i < len(lines) and (
            abs(lines[i].left - lines[i - 1].left) < SAME_EDGE * measures.body
            and abs(lines[i].size - lines[i - 1].size) <= OTHER_SIZE * measures.body
            and lines[i].base - lines[i - 1].base <= SPACE_ABOVE * measures.pitch_of(lines[i].size)
            and not _ITEM.match(lines[i].text)
        )
        if same:
            continue
        run = lines[start:i]
        right = max(line.right for line in run)
        indented = run[0].left - flow.frame.left >= QUOTE_IN * measures.body
        if not indented or len(run) < 3 or right > flow.frame.right - SET_IN * measures.body:
            right = flow.frame.right
        short = sum(
            _had_room(a, b, right, flow.frame.straight)
            and not a.text.endswith(tuple(LINE_END_HYPHENS))
            for a, b in pairwise(run)
        )
        widths = sorted(line.right - line.left for line in run)
        narrow = widths[len(run) // 2] <= MAX_VERSE_WIDTH * (flow.frame.right - flow.frame.left)
        verse = narrow and len(run) >= 3 and short >= 0.6 * (len(run) - 1)
        for j in range(start, i):
            found[j] = right, verse
        start = i
    return found


def _ends_between(
    flow: _Flow,
    piece: list[int],
    i: int,
    measures: _Measures,
    verse: dict[int, tuple[float, bool]],
) -> str:
    """Say what parts a line from the one before: nothing (empty), a line's end, a paragraph's."""
    lines = flow.lines
    a, b = lines[i - 1], lines[i]
    c = lines[i + 1] if i + 1 < len(lines) else None
    if a.is_row or b.is_row:
        return "row"
    if b.row == -1 or a.row == -1:
        return "margin"
    gap = b.base - a.base
    usual = measures.pitch_of(max(a.size, b.size))
    if len(piece) > 1:
        own = a.base - lines[piece[-2]].base
        usual = min(usual, own) if own > 0.7 * a.size else usual
    if gap > SPACE_ABOVE * usual:
        return "space"
    if _is_display(a, measures) and _is_display(b, measures) and a.bold == b.bold:
        return "size" if abs(a.size - b.size) > OTHER_SIZE * measures.body else ""
    right, is_verse = verse[i - 1]
    room = _had_room(a, b, right, flow.frame.straight)
    if a.text.endswith(tuple(LINE_END_HYPHENS[1:])) and not is_verse:
        room = False
    step = abs(a.size - b.size) / measures.body
    display = _is_display(a, measures) or _is_display(b, measures)
    if step > OTHER_SIZE and (display or room or step > 3 * OTHER_SIZE or gap > 1.1 * usual):
        return "size"
    if a.bold != b.bold and room:
        return "weight"
    if _ITEM.match(b.text) and (_BULLET.match(b.text) or room or _ENDS.search(a.text)):
        numbered = _ITEM.match(lines[piece[0]].text)
        if _BULLET.match(b.text) or room or numbered or _is_deeper(a, b):
            return "item"
    if _CREDIT.match(b.text) and room:
        return "credit"
    indent = _ends_by_indent(flow, piece, a, b, c, room)
    if indent is not None:
        return indent
    if is_verse and verse[i][1]:
        return "line"
    if room:
        if len(piece) > 1 or _SENTENCE_END.search(a.text):
            return "short"
        return "line"
    return ""


def _is_display(line: Line, measures: _Measures) -> bool:
    """Tell whether a line is in a heading's type, where indents and short lines say nothing."""
    larger = line.size >= HEADING_SIZE * measures.body
    return larger or (line.bold and not measures.bold)


def _is_deeper(a: Line, b: Line) -> bool:
    return abs(b.left - a.left) >= SET_IN * b.size


def _ends_by_indent(
    flow: _Flow, piece: list[int], a: Line, b: Line, c: Line | None, room: bool
) -> str | None:
    """Judge by where lines begin; None where that says nothing."""
    size = b.size
    step = b.left - a.left
    if abs(step) < SAME_EDGE * size:
        first = c is not None and b.left - c.left >= SET_IN * size and room
        return "indent" if first else None
    if _is_centred(a, flow.frame) and _is_centred(b, flow.frame):
        return "line" if room else None
    if step >= FAR_IN * size:
        return "apart"
    if step >= SET_IN * size:
        if len(piece) == 1 and not room and _ITEM.match(a.text):
            return ""
        below = c is not None and abs(c.left - a.left) < SAME_EDGE * size
        if below:
            return "indent"
        hanging = c is not None and abs(c.left - b.left) < SAME_EDGE * size
        if hanging and len(piece) == 1 and not room:
            return ""
        if len(piece) == 1 and not room and not _ENDS.search(a.text):
            return ""
        return "indent"
    if -step >= SET_IN * size:
        if len(piece) == 1 and not room:
            return ""
        return "outdent"
    return None


def _is_centred(line: Line, frame: _Frame) -> bool:
    before, behind = line.left - frame.left, frame.right - line.right
    return before > 1.5 * line.size and abs(before - behind) < 1.2 * line.size


def _piece(
    flow: _Flow,
    indices: list[int],
    breaks: set[int],
    open_start: bool,
    ended: bool,
    measures: _Measures,
) -> _Piece:
    """Name what a run of lines is, but for headings."""
    lines = [flow.lines[i] for i in indices]
    first, last = lines[0], lines[-1]
    if first.is_row:
        return _Piece(lines, "table", open_start=False, open_end=False)
    if first.row == -1:
        return _Piece(lines, "note", open_start=False, open_end=False)
    item = _ITEM.match(first.text)
    set_in = None if item else _set_in(lines, flow.frame, measures)
    kind: BlockKind = "item" if item else "quote" if set_in else "paragraph"
    short = last.right + FAR_SHORT * last.size < flow.frame.right
    hyphen = last.text.endswith(tuple(LINE_END_HYPHENS))
    return _Piece(
        lines,
        kind,
        None if kind == "paragraph" else 1,
        breaks,
        open_start=open_start and not item,
        open_end=not ended and not (short and not hyphen and _ENDS.search(last.text)),
        one_sided=set_in == "left",
    )


def _set_in(lines: list[Line], frame: _Frame, measures: _Measures) -> str | None:
    """Tell whether a paragraph is set in: on both sides, or on the left in all its lines."""
    lefts = [line.left - frame.left for line in lines]
    inner, behind = min(lefts), frame.right - max(line.right for line in lines)
    too_far = inner > MAX_QUOTE_IN * (frame.right - frame.left)
    if len(lines) == 1 or inner < QUOTE_IN * measures.body or too_far:
        return None
    if sum(len(line.text) for line in lines) < MIN_QUOTE_CHARS:
        return None
    ragged = max(lefts) - inner >= SET_IN * measures.body
    if ragged and all(_is_centred(line, frame) for line in lines):
        return None
    if behind >= max(0.4 * measures.body, inner / 4):
        return "both"
    return "left" if len(lines) >= 3 else None


def _mend_quotes(pages: list[list[_Piece]]) -> None:
    """Take back quotations that are set in on the left where that means something else.

    It does in a document where much is set in so, and below an item of a list, which goes on.
    """
    every = [piece for some in pages for piece in some if piece.kind in ("paragraph", "quote")]
    n_left = sum(len(piece.lines) for piece in every if piece.one_sided)
    manner = n_left > MAX_ONE_SIDED * sum(len(piece.lines) for piece in every)
    for some in pages:
        after_item = False
        for piece in some:
            if piece.one_sided and (manner or after_item):
                piece.kind, piece.level = "paragraph", None
            after_item = piece.kind == "item" or (after_item and piece.one_sided)


# --- headings ------------------------------------------------------------------------------


def _mark_headings(
    pages: list[list[_Piece]], measures: _Measures, outline: Sequence[OutlineEntry]
) -> None:
    """Find headings: in larger or bolder type, or named in the file's table of contents."""
    named = _outline_keys(outline)
    styles: dict[tuple[float, bool], list[_Piece]] = defaultdict(list)
    for some in pages:
        for piece, after in zip_longest(some, some[1:]):
            if piece.kind not in ("paragraph", "item", "quote"):
                continue
            level = named.get((piece.lines[0].page, _outline_key(_plain(piece))))
            if level is not None and _may_be_heading(piece):
                piece.kind, piece.level = "heading", min(6, level)
                _close(piece)
            elif _may_be_heading(piece) and _is_set_off(piece, after, measures):
                line = piece.lines[0]
                styles[line.size, line.bold].append(piece)
    ranked = sorted(styles, key=lambda style: (-style[0], not style[1]))
    ranks = _ranks(ranked, measures)
    for style, found in styles.items():
        for piece in found:
            piece.kind, piece.level = "heading", min(6, ranks[style])
            _close(piece)
    _mend_abstracts(pages)


def _close(piece: _Piece) -> None:
    piece.open_start = piece.open_end = False
    piece.breaks.clear()


def _ranks(styles: list[tuple[float, bool]], measures: _Measures) -> dict[tuple[float, bool], int]:
    """Number styles from the largest down; sizes that hardly differ are one."""
    ranks: dict[tuple[float, bool], int] = {}
    rank, last = 0, (0.0, False)
    for style in styles:
        if abs(style[0] - last[0]) > 0.05 * measures.body or style[1] != last[1]:
            rank += 1
        ranks[style] = rank
        last = style
    return ranks


def _outline_keys(outline: Sequence[OutlineEntry]) -> dict[tuple[int, str], int]:
    keys: dict[tuple[int, str], int] = {}
    for entry in outline:
        key = _outline_key(entry.title)
        if key:
            keys.setdefault((entry.page, key), entry.level)
    return keys


def _outline_key(text: str) -> str:
    """Compare headings without the numbers before them."""
    text = re.sub(r"\A\W*(?:(?:chapter|part|kapitel|teil)\s+)?(?:[\d.]+|[IVXLC]+\.?)\s+", "", text)
    return "".join(c for c in text.casefold() if c.isalnum())


def _plain(piece: _Piece) -> str:
    return " ".join(line.text for line in piece.lines)


def _may_be_heading(piece: _Piece) -> bool:
    text = _plain(piece)
    return (
        len(piece.lines) <= MAX_HEADING_LINES
        and len(text) <= MAX_HEADING_CHARS
        and _LETTER.search(text) is not None
    )


def _is_set_off(piece: _Piece, after: _Piece | None, measures: _Measures) -> bool:
    """Tell whether type sets a short paragraph off from the text."""
    text = _plain(piece)
    line = piece.lines[0]
    ends = text.rstrip()[-1:]
    larger = line.size >= HEADING_SIZE * measures.body
    bolder = all(one.bold for one in piece.lines) and not measures.bold
    if larger:
        return ends not in ",;" and not (len(piece.lines) > 2 and ends in ".!?" and not bolder)
    if line.size < (1 - OTHER_SIZE) * measures.body or piece.kind == "quote":
        return False
    if bolder:
        return ends not in ".,;" or (ends == "." and len(text) <= 60 and piece.kind != "item")
    letters = [c for c in text if c.isalpha()]
    capitals = len(letters) >= 4 and all(c.isupper() for c in letters)
    return capitals and len(piece.lines) <= 2 and ends not in ",;" and after is not None


def _mend_abstracts(pages: list[list[_Piece]]) -> None:
    """A paragraph set in below "Abstract" is no quotation."""
    for some in pages:
        for a, b in pairwise(some):
            over = a.kind == "heading" and _plain(a).strip(" .:—").casefold() in _NO_QUOTE
            if over and b.kind == "quote":
                b.kind, b.level = "paragraph", None


# --- marks of notes ------------------------------------------------------------------------


def _resolve_marks(pages: list[list[_Piece]], laid: Laid) -> None:
    """Leave the marks of notes out of the text; write powers with raised characters."""
    n_marks = 0
    rising = _rising_marks(pages)
    for some in pages:
        marks = {piece.mark for piece in some if piece.kind == "note"}
        for piece in some:
            for line in piece.lines:
                if RAISE not in line.text:
                    continue
                if piece.kind == "note" and (m := _NOTE.match(line.text)) and m["raised"]:
                    line.text = f"{m['raised']} {line.text[m.end() :]}"
                line.text, n = _without_marks(line.text, marks, rising)
                n_marks += n
    if n_marks:
        laid.notes.append(f"{n_marks} footnote marks left out of the text")


def _rising_marks(pages: list[list[_Piece]]) -> bool:
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


# --- from pieces to a text -----------------------------------------------------------------


def _write(
    pages: list[list[_Piece]], names: Sequence[str], order: Sequence[Page], laid: Laid, tick: Tick
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


def _groups(pages: list[list[_Piece]]) -> list[list[_Piece]]:
    """Put pieces that go on over columns and pages together; notes follow behind their page."""
    groups: list[list[_Piece]] = []
    last: list[_Piece] | None = None
    last_note: list[_Piece] | None = None
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


def _goes_on(a: _Piece, b: _Piece) -> bool:
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


_MAKE_COMPOUNDS = frozenset(("well", "self"))
"""English words that make compounds with a hyphen: `well-known`, `self-evident`."""
_COMPOUND = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*(?:-[^\W\d_]+)*")
_LAST = re.compile(r"\w[\w’'-]*\Z")
_FIRST = re.compile(r"\w[\w’'-]*")
