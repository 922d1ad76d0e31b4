"""Tables of quotations: rows whose cells are the words and their source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chrestomathy.lift.attribution import parse_claim
from chrestomathy.lift.chunk import ENDS, SURE, Chunk, unmark
from chrestomathy.lift.layout import Line, Paragraph
from chrestomathy.lift.lexicon.sources import COLUMNS
from chrestomathy.records import Span

_CELL = re.compile(r"\s{0,20}(?:\t|\|)\s*")

_CELL_NUMBER = re.compile(r"\s*(?:[#№]\s?)?\d{1,4}[.)]?\s*")

_CELL_MARKS = str.maketrans("\t|", ";;")

_DITTO = re.compile(r"\t[ ]{0,8}[\"”〃][ ]{0,8}(?:\t|\Z)")

MIN_ROWS = 3
"""Fewest lines of a table that tabs part."""

MIN_CELL_WORDS = 4
"""Fewest words of a cell that is a passage; chosen by hand."""


def read_table(text: str, held: list[Line]) -> Iterator[Chunk]:
    """Read a table that tabs part; a first line with names of columns tells which are which."""
    head = [_column(cell) for cell in held[0].text.split("\t")]
    known = "quote" in head and len(set(head) - {None, "quote"}) > 0
    above: Chunk | None = None
    for line in held[known:]:
        row = _known_row(text, line, head) if known else None
        if row is None and not known:
            row = read_row(text, Paragraph(line.start, line.end, "table"))
        if row is not None and above is not None and not row.where and _DITTO.search(line.text):
            row = replace(row, where="after", claim=above.claim, claim_at=above.claim_at)
        above = row if row is not None and row.where else above
        yield row or Chunk("separator", line.start, line.end, True, text=line.text)


def _column(head: str) -> str | None:
    """Tell what the head of a column announces: "quote", "who", "when" or "source"."""
    words = set(re.findall(r"[^\W\d_]+", head.casefold()))
    return next((name for name, heads in COLUMNS.items() if words & heads), None)


def _known_row(text: str, line: Line, head: list[str | None]) -> Chunk | None:
    """Read a row by the names of its columns."""
    cells: dict[str, list[Span]] = {}
    at = line.start
    for name, cell in zip(head, text[line.start : line.end].split("\t"), strict=False):
        bare = cell.strip()
        start = at + len(cell) - len(cell.lstrip())
        if name and bare and bare not in ('"', "''", "”"):
            cells.setdefault(name, []).append(Span(start, start + len(bare)))
        at += len(cell) + 1
    words = cells.pop("quote", [])
    if not words or _n_words(text[slice(*words[0])]) < 2:
        return None
    spans, quoted, half = unmark(text, *words[0])
    raw = text[line.start : line.end]
    told = sorted(one for held in cells.values() for one in held)
    if not told:
        return Chunk("text", line.start, line.end, True, spans, raw, quoted, half=half)
    source = Span(told[0].start, told[-1].end)
    blank = list(" " * (source.end - source.start))
    for start, end in told:
        blank[start - source.start : end - source.start] = text[start:end]
        if end < source.end:
            blank[end - source.start] = ";"
    claim = parse_claim("".join(blank))
    return Chunk(
        "text", line.start, line.end, True, spans, raw, quoted, False, claim, source,
        where="after", half=half,
    )  # fmt: skip


def read_row(text: str, block: Paragraph) -> Chunk | None:
    """Read a row of a table of quotations: the words in one cell, their source in the others."""
    raw = text[block.start : block.end]
    cuts = [m.span() for m in _CELL.finditer(raw)]
    if not cuts:
        return None
    edges = [
        (0, cuts[0][0]),
        *zip([b for _, b in cuts], [a for a, _ in cuts[1:]] + [len(raw)], strict=True),
    ]
    if _CELL_NUMBER.fullmatch(raw[slice(*edges[0])]):
        edges = edges[1:]
    words = max(edges, key=lambda edge: edge[1] - edge[0])
    held = raw[slice(*words)]
    if len(edges) < 2 or words not in (edges[0], edges[-1]) or _n_words(held) < MIN_CELL_WORDS:
        return None
    source = (edges[1][0], len(raw)) if words == edges[0] else (edges[0][0], edges[-2][1])
    if held.rstrip()[-1] not in ENDS:
        return None  # a title: "Introduction to knots | Ned Ruiz"
    claim = parse_claim(raw[slice(*source)].translate(_CELL_MARKS))
    if claim.score < SURE:
        return None
    spans, quoted, half = unmark(text, block.start + words[0], block.start + words[1])
    at = Span(block.start + source[0], block.start + source[1])
    return Chunk(
        "text",
        block.start,
        block.end,
        True,
        spans,
        raw,
        quoted,
        False,
        claim,
        at,
        where="after",
        half=half,
    )


def _n_words(held: str) -> int:
    """Count the words of a cell; where none are parted, by letters."""
    letters = sum("\u3040" <= letter <= "\u9fff" for letter in held)
    return max(len(held.split()), letters // 2)
