"""Lines of a page → flows: columns and what stands between them, in the order of reading.

A *flow* is a run of lines below one another. Its *frame* is where its lines usually begin and
end; lines that were parted, dropped capitals and rows of two columns are put together first.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from chrestomathy.read.pdfpages import (
    COLUMN_GAP,
    LOWER,
    RAISE,
    Line,
    Page,
)
from chrestomathy.read.pdfparts import OTHER_SIZE, Flow, Frame, Laid, Measures, Piece

STRAIGHT_SHARE = 0.5
"""Share of a column's lines that end at its right edge where that is straight."""
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
_MARK = re.compile(r"\d{1,3}|[*∗†‡§¶]{1,4}")


def drop_watermarks(pages: Sequence[Page], laid: Laid) -> None:
    """Drop lines that run another way than their page and come on several."""
    seen = Counter(line.text for page in pages for line in page.lines if line.leaning)
    gone = {text for text, n in seen.items() if n > 1}
    if gone:
        n_gone = sum(seen[text] for text in gone)
        laid.notes.append(f"{n_gone} lines that run across pages left out")
        for page in pages:
            page.lines = [one for one in page.lines if not (one.leaning and one.text in gone)]


def leaning_piece(line: Line) -> Piece:
    """Make a paragraph of a line that runs up or down the page."""
    return Piece([line], "paragraph", open_start=False, open_end=False)


def find_flows(page: Page, measures: Measures) -> list[Flow]:
    """Put a page's lines in the order of reading and part them into flows."""
    lines = [line for line in page.lines if not line.leaning]
    lines = _without_dropped_capitals(_without_splits(lines), measures)
    lines = _in_order(_rejoined(lines))
    flows: list[Flow] = []
    for line in lines:
        last = flows[-1].lines[-1] if flows else None
        below = last is not None and line.base > last.base - 0.5 * last.size
        beside = last is not None and (line.left > last.right or line.right < last.left)
        far = last is not None and line.base - last.base > 4 * measures.pitch_of(line.size)
        if last is None or not below or (beside and far):
            flows.append(Flow([line]))
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


def _without_dropped_capitals(lines: list[Line], measures: Measures) -> list[Line]:
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


def set_frames(flows: list[Flow], measures: Measures) -> None:
    """Give each flow the edges of its column: its own, or those of the columns on such pages."""
    known: dict[int, list[Frame]] = defaultdict(list)
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


def _is_body(line: Line, measures: Measures) -> bool:
    return abs(line.size - measures.body) <= OTHER_SIZE * measures.body


def _own_frame(lines: Sequence[Line], measures: Measures) -> Frame:
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
    return Frame(left, right, straight=n_straight >= STRAIGHT_SHARE * len(lines))


def _usual_frames(frames: list[Frame]) -> list[Frame]:
    """Put equal frames together, those that come often first."""
    groups: dict[tuple[int, int], list[Frame]] = defaultdict(list)
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
        merged.append(Frame(lefts[len(some) // 2], rights[len(some) // 2], straight))
    return merged
