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
from itertools import pairwise, zip_longest

from chrestomathy.read.limited import Tick
from chrestomathy.read.pdfflows import drop_watermarks, find_flows, leaning_piece, set_frames
from chrestomathy.read.pdffurniture import labels, take_off
from chrestomathy.read.pdfpages import (
    LINE_END_HYPHENS,
    Line,
    OutlineEntry,
    Page,
)
from chrestomathy.read.pdfparts import NOTE, OTHER_SIZE, Flow, Frame, Laid, Measures, Piece
from chrestomathy.read.pdfwriting import resolve_marks, write_text
from chrestomathy.records import BlockKind

SAME_EDGE = 0.35
"""How far two left edges may differ and be the same, in sizes of type."""
SET_IN = 0.5
"""From how many sizes on a line is set in."""
FAR_IN = 6.0
"""From how many sizes on it is set apart: a signature, a line on the right."""
SPACE_ABOVE = 1.3
"""From how many usual distances on there is a space between two lines."""
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
MAX_QUOTE_IN = 0.4
"""Share of a column's width that a quotation is set in at most."""
MAX_ONE_SIDED = 0.25
"""Share of a document's lines set in on the left only from which on that is its manner."""
FAR_SHORT = 3.0
"""By how many sizes a last line ends before the margin, so that its paragraph is surely over."""
QUOTE_IN = 0.8
"""By how many sizes a quotation is set in."""
MAX_VERSE_WIDTH = 0.8
"""Share of a column's width that half the lines of a verse keep within."""
MAX_HEADING_CHARS = 200
MAX_HEADING_LINES = 4
MIN_QUOTE_CHARS = 40
_LETTER = re.compile(r"[^\W\d_]")
_ITEM = re.compile(
    r"(?:[•‣▪▫●○◦■□◆◇➢➤*·-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|\((?:\d{1,3}|[a-z]|[ivx]{1,5})\))\s+(?=\S)"
)
_BULLET = re.compile(r"[•‣▪▫●○◦■□◆◇➢➤]")
_ENDS = re.compile(r"[.!?…:;。！？]['\"”’»›)\]]*\s*\Z")
"""What a paragraph ends in."""
_SENTENCE_END = re.compile(r"[.!?…。！？]['\"”’»›)\]]*\s*\Z")
_CREDIT = re.compile(r"[—–―]\s*[^\W\d_]|--?\s+[^\W\d_a-z]")
"""`— Ada Lovelace`, which begins a line of its own."""
_LEADER = re.compile(r"\s*\.(?:\s?\.){3,}\s*(?=[\divxlcA-Z-]{1,8}\Z)")
"""The dots of a table of contents: `Introduction . . . . 7`."""
_DOTS = re.compile(r"\s*\.(?:\s?\.){5,}\s*\Z")
"""The same where the number is a cell of its own."""
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
    drop_watermarks(pages, laid)
    tick()
    flows = [find_flows(page, measures) for page in pages]
    tick()
    set_frames([flow for some in flows for flow in some], measures)
    pieces: list[list[Piece]] = []
    unfinished = False
    for page, some in zip(pages, flows, strict=True):
        tick()
        notes, body = _split_notes(some, measures, unfinished)
        made = [piece for flow in body for piece in _pieces(flow, measures)]
        made += [leaning_piece(line) for line in page.lines if line.leaning]
        unfinished = bool(notes) and not _ENDS.search(notes[-1].lines[-1].text)
        pieces.append(made + notes)
    _mend_quotes(pieces)
    _mark_headings(pieces, measures, outline)
    tick()
    resolve_marks(pieces, laid)
    write_text(pieces, labels(pages, furniture.numbers), pages, laid, tick)
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


def _measure(lines: Sequence[Line], n_pages: int) -> Measures:
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
    return Measures(body, pitch, bold[True] > bold[False], n_pages)


def _split_notes(
    flows: list[Flow], measures: Measures, unfinished: bool
) -> tuple[list[Piece], list[Flow]]:
    """Part the notes at a page's foot from its text.

    They are in smaller type, at the end of a column or of the page, and begin with a mark; or
    they go on from the page before.
    """
    notes: list[Piece] = []
    body: list[Flow] = []
    has_text = any(line.size > NOTE_SIZE * measures.body for flow in flows for line in flow.lines)
    for flow in flows:
        at = len(flow.lines)
        while at and flow.lines[at - 1].size <= NOTE_SIZE * measures.body:
            at -= 1
        small = flow.lines[at:]
        begun = next((i for i, one in enumerate(small) if NOTE.match(one.text)), len(small))
        if unfinished and small and at and has_text:
            begun = 0
        if not has_text or begun == len(small):
            body.append(flow)
            continue
        notes += _note_pieces(small[begun:])
        unfinished = not _ENDS.search(notes[-1].lines[-1].text)
        rest = flow.lines[: at + begun]
        if rest:
            body.append(Flow(rest, flow.frame))
    return notes, body


def _note_pieces(lines: list[Line]) -> Iterator[Piece]:
    """Part notes: each begins with a mark, raised or the next number."""
    piece: list[Line] = []
    mark, number = "", None
    for line in lines:
        m = NOTE.match(line.text)
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


def _note(lines: list[Line], mark: str) -> Piece:
    return Piece(lines, "note", mark=mark, open_start=not mark)


def _pieces(flow: Flow, measures: Measures) -> Iterator[Piece]:
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


def _is_open_start(line: Line, flow: Flow, after: list[Line]) -> bool:
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


def _verse_lines(flow: Flow, measures: Measures) -> dict[int, tuple[float, bool]]:
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
    flow: Flow,
    piece: list[int],
    i: int,
    measures: Measures,
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


def _is_display(line: Line, measures: Measures) -> bool:
    """Tell whether a line is in a heading's type, where indents and short lines say nothing."""
    larger = line.size >= HEADING_SIZE * measures.body
    return larger or (line.bold and not measures.bold)


def _is_deeper(a: Line, b: Line) -> bool:
    return abs(b.left - a.left) >= SET_IN * b.size


def _ends_by_indent(
    flow: Flow, piece: list[int], a: Line, b: Line, c: Line | None, room: bool
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


def _is_centred(line: Line, frame: Frame) -> bool:
    before, behind = line.left - frame.left, frame.right - line.right
    return before > 1.5 * line.size and abs(before - behind) < 1.2 * line.size


def _piece(
    flow: Flow,
    indices: list[int],
    breaks: set[int],
    open_start: bool,
    ended: bool,
    measures: Measures,
) -> Piece:
    """Name what a run of lines is, but for headings."""
    lines = [flow.lines[i] for i in indices]
    first, last = lines[0], lines[-1]
    if first.is_row:
        return Piece(lines, "table", open_start=False, open_end=False)
    if first.row == -1:
        return Piece(lines, "note", open_start=False, open_end=False)
    item = _ITEM.match(first.text)
    set_in = None if item else _set_in(lines, flow.frame, measures)
    kind: BlockKind = "item" if item else "quote" if set_in else "paragraph"
    short = last.right + FAR_SHORT * last.size < flow.frame.right
    hyphen = last.text.endswith(tuple(LINE_END_HYPHENS))
    return Piece(
        lines,
        kind,
        None if kind == "paragraph" else 1,
        breaks,
        open_start=open_start and not item,
        open_end=not ended and not (short and not hyphen and _ENDS.search(last.text)),
        one_sided=set_in == "left",
    )


def _set_in(lines: list[Line], frame: Frame, measures: Measures) -> str | None:
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


def _mend_quotes(pages: list[list[Piece]]) -> None:
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


def _mark_headings(
    pages: list[list[Piece]], measures: Measures, outline: Sequence[OutlineEntry]
) -> None:
    """Find headings: in larger or bolder type, or named in the file's table of contents."""
    named = _outline_keys(outline)
    styles: dict[tuple[float, bool], list[Piece]] = defaultdict(list)
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


def _close(piece: Piece) -> None:
    piece.open_start = piece.open_end = False
    piece.breaks.clear()


def _ranks(styles: list[tuple[float, bool]], measures: Measures) -> dict[tuple[float, bool], int]:
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


def _plain(piece: Piece) -> str:
    return " ".join(line.text for line in piece.lines)


def _may_be_heading(piece: Piece) -> bool:
    text = _plain(piece)
    return (
        len(piece.lines) <= MAX_HEADING_LINES
        and len(text) <= MAX_HEADING_CHARS
        and _LETTER.search(text) is not None
    )


def _is_set_off(piece: Piece, after: Piece | None, measures: Measures) -> bool:
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


def _mend_abstracts(pages: list[list[Piece]]) -> None:
    """A paragraph set in below "Abstract" is no quotation."""
    for some in pages:
        for a, b in pairwise(some):
            over = a.kind == "heading" and _plain(a).strip(" .:—").casefold() in _NO_QUOTE
            if over and b.kind == "quote":
                b.kind, b.level = "paragraph", None
