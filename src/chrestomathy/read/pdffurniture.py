"""Running heads, feet and page numbers: what a page prints around its text.

They are known by repetition: the same words at the same height on several pages, digits taken
for equal; a number at the edge of a row that goes up with the pages; and what stands at such a
height alone, apart from the text, even if its words come once (the head of a short chapter).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain, zip_longest
from typing import NamedTuple

from chrestomathy.read.pdfpages import RAISE, Line, Page

ROUNDS = 3
"""How many rows are looked at from each edge of a page, one after the other."""
SAME_HEIGHT = 3.0
"""How far the same head may stand higher or lower, in points."""
MIN_PAGES = 3
"""Fewest pages that show a head where there are many; of two or three pages two are enough."""
MIN_SHARE = 0.5
"""Share of a document's pages, left or right ones, that must have a head at one height before
a row there is one whose words come nowhere else."""
APART = 1.3
"""Least distance from a head to the text, in usual distances of lines."""
WIDEST_PITCH = 1.25
"""Distance of lines, in sizes of type, above which a distance parts in small type already."""
MOST = 0.8
"""Share of the rows whose number goes up with the pages where that number counts them."""
MAX_HEAD_CHARS = 160
HEADING_SIZE = 1.1
"""Size of type, as a share of the text's, from which on a numbered row is a heading."""

_DIGITS = re.compile(r"\d+")
_ROMAN = re.compile(r"(?=[ivxlc])c{0,3}(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_NUMBER_ALONE = re.compile(
    r"""
    \W*                                       # "- "
    (?:(?:page|pg|p|seite|s|página|pagina|стр)\b\.?\s*)?  # "Page "
    (?P<number>\d{1,4}|[ivxlc]{1,8})          # "12", "xiv"
    (?:\s*(?:of|/|von|sur|de|di|van|из)\s*\d{1,4})?  # " of 30"
    \W*                                       # " -"
    """,
    re.VERBOSE | re.IGNORECASE,
)
_EDGE_NUMBER = re.compile(
    r"\A\W*(?P<first>\d{1,4}|[ivxlc]{1,8})(?![\w.,:]\w)|(?<![\w.,:])(?P<last>\d{1,4}|[ivxlc]{1,8})\W*\Z",
    re.IGNORECASE,
)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


class Row(NamedTuple):
    """The lines of one page that stand side by side."""

    lines: tuple[Line, ...]
    base: float
    text: str


Outer = dict[int, tuple[Row, Row | None]]
"""By page, its outermost row and that row's neighbour."""


@dataclass(slots=True)
class Furniture:
    """What was found around the text of a document."""

    n_heads: int = 0
    """How many rows were taken off."""
    numbers: dict[int, str] = field(default_factory=dict)
    """The number that a page prints, by page."""


def take_off(pages: Sequence[Page], *, body: float, pitch: float) -> Furniture:
    """Take running heads, feet and page numbers off pages, which are changed in place.

    Args:
        pages: The pages with all their lines.
        body: Size of the text's type.
        pitch: Usual distance of two lines of text.
    """
    found = Furniture()
    for is_top in (True, False):
        rows = {page.number: _rows(page) for page in pages}
        for _ in range(ROUNDS):
            outer = {n: _outermost(one, is_top) for n, one in rows.items() if one}
            taken = _furniture(outer, body, pitch, found)
            if not taken:
                break
            gone = {id(line) for n in taken for line in outer[n][0].lines}
            for page in pages:
                if page.number in taken:
                    page.lines = [line for line in page.lines if id(line) not in gone]
                    rows[page.number] = [
                        row for row in rows[page.number] if id(row.lines[0]) not in gone
                    ]
            found.n_heads += len(taken)
    return found


def labels(pages: Sequence[Page], printed: dict[int, str]) -> list[str]:
    """Name the pages: as the file numbers them, as they print it, or by counting.

    The file's own numbers count where they say more than 1, 2, 3; a page without a number goes
    on from the last one that has one.
    """
    own = [page.label for page in pages]
    counted = [str(i + 1) for i in range(len(pages))]
    if any(own) and (own != counted or not printed):
        return [one or number for one, number in zip(own, counted, strict=True)]
    arabic = [(n, int(text)) for n, text in sorted(printed.items()) if text.isdigit()]
    named = []
    for i, page in enumerate(pages):
        if page.number in printed:
            named.append(printed[page.number])
            continue
        before = [pair for pair in arabic if pair[0] <= page.number]
        n, value = before[-1] if before else arabic[0] if arabic else (0, 1)
        number = value + page.number - n
        named.append(str(number) if number > 0 else counted[i])
    return named


def _rows(page: Page) -> list[Row]:
    """Put lines that stand side by side together, from the top down."""
    rows: list[list[Line]] = []
    for line in sorted((one for one in page.lines if not one.leaning), key=lambda one: one.base):
        if rows and line.base - rows[-1][0].base < 0.4 * min(line.size, rows[-1][0].size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [_row(sorted(one, key=lambda line: line.left)) for one in rows]


def _row(lines: list[Line]) -> Row:
    return Row(tuple(lines), lines[0].base, " ".join(line.text for line in lines))


def _outermost(rows: list[Row], is_top: bool) -> tuple[Row, Row | None]:
    """Return the outermost row of a page and its neighbour."""
    if is_top:
        return rows[0], rows[1] if len(rows) > 1 else None
    return rows[-1], rows[-2] if len(rows) > 1 else None


def _furniture(outer: Outer, body: float, pitch: float, found: Furniture) -> set[int]:
    """Return the pages whose outermost row is no text."""
    enough = MIN_PAGES if len(outer) > MIN_PAGES else 2
    taken = _numbered(outer, body, pitch, enough, found) | _repeated(outer, body, pitch, enough)
    return taken | _at_their_height(outer, taken, pitch)


def _numbered(outer: Outer, body: float, pitch: float, enough: int, found: Furniture) -> set[int]:
    """Find rows with a number at an edge that goes up with the pages; headings may, too."""
    steps: dict[tuple[bool, int], dict[int, str]] = defaultdict(dict)
    for n, (row, _) in outer.items():
        if row.lines[0].size > HEADING_SIZE * body or row.text.startswith(RAISE):
            continue
        for is_roman, value, text in _edge_numbers(row.text):
            steps[is_roman, value - n].setdefault(n, text)
    taken: set[int] = set()
    for numbers in sorted(steps.values(), key=len, reverse=True):
        if len(numbers) < enough:
            numbers = {n: text for n, text in numbers.items() if _is_lone_number(*outer[n], pitch)}
        for n, text in numbers.items():
            if len(numbers) >= enough or len(outer) <= MIN_PAGES:
                found.numbers.setdefault(n, text)
        taken |= numbers.keys()
    return taken


def _is_lone_number(row: Row, neighbour: Row | None, pitch: float) -> bool:
    """Tell whether a row is nothing but a number, apart from the text: `- 7 -`."""
    alone = _NUMBER_ALONE.fullmatch(row.text) is not None
    return alone and neighbour is not None and _is_apart(row, neighbour, pitch)


def _edge_numbers(text: str) -> list[tuple[bool, int, str]]:
    """Read the numbers at both ends of a row: is it Roman, its value, as printed."""
    if len(text) > MAX_HEAD_CHARS:
        return []
    alone = _NUMBER_ALONE.fullmatch(text)
    printed = [alone["number"]] if alone else []
    if not alone:
        printed = [m["first"] or m["last"] for m in _EDGE_NUMBER.finditer(text)]
    numbers = []
    for one in printed:
        if one.isdigit():
            numbers.append((False, int(one), one))
        elif _ROMAN.fullmatch(one) and (alone or one.islower()):
            numbers.append((True, _roman(one), one))
    return numbers


def _roman(text: str) -> int:
    values = [_ROMAN_VALUES[c] for c in text.lower()]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def _repeated(outer: Outer, body: float, pitch: float, enough: int) -> set[int]:
    """Find rows whose words come at the same height on several pages.

    They stand apart from the text, or on most pages: "Ibid." comes often at a page's foot, too.
    """
    places: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for n, (row, _) in outer.items():
        key = _key(row.text)
        if key and len(row.text) <= MAX_HEAD_CHARS and not row.text.startswith(RAISE):
            places[key].append((row.base, n))
    taken: set[int] = set()
    for found in places.values():
        found.sort()
        group: list[tuple[float, int]] = []
        for base, n in [*found, (float("inf"), -1)]:
            if group and base - group[0][0] > SAME_HEIGHT:
                for some in _same_numbers(outer, [number for _, number in group], body):
                    if len(some) < MIN_SHARE * len(outer):
                        some = [number for number in some if _is_apart(*outer[number], pitch)]
                    if len(some) >= enough:
                        taken.update(some)
                group = []
            group.append((base, n))
    return taken


def _same_numbers(outer: Outer, pages: list[int], body: float) -> list[list[int]]:
    """Part rows that differ in their digits, unless these count the pages.

    "Chapter 3" and "Chapter 4" at the top of two pages are two headings; "Chapter 3" on two
    pages is a running head, and so are "page 7 of 30" and "page 8 of 30".
    """
    numbers = {n: [int(m[0]) for m in _DIGITS.finditer(outer[n][0].text)] for n in pages}
    counting = [
        max(Counter(v - n for v, n in zip(column, pages, strict=True)).values())
        >= max(2, MOST * len(pages))
        for column in zip(*numbers.values(), strict=True)
    ]
    alike: dict[str, list[int]] = defaultdict(list)
    for n in pages:
        larger = outer[n][0].lines[0].size > HEADING_SIZE * body
        kept = iter([False] * len(counting) if larger else counting)
        pieces = _DIGITS.split(outer[n][0].text)
        shown = ["#" if next(kept) else str(number) for number in numbers[n]]
        alike["".join(chain(*zip_longest(pieces, shown, fillvalue="")))].append(n)
    return list(alike.values())


def _key(text: str) -> str:
    return "".join(_DIGITS.sub("#", text).casefold().split())


def _at_their_height(outer: Outer, taken: set[int], pitch: float) -> set[int]:
    """Find rows that stand where most pages have a head, apart from the text, in its type."""
    more: set[int] = set()
    for parity in (0, 1):
        pages = [n for n in outer if n % 2 == parity]
        heights = Counter(round(outer[n][0].base) for n in pages if n in taken)
        if not heights:
            continue
        height = heights.most_common(1)[0][0]
        heads = [n for n in pages if n in taken and abs(outer[n][0].base - height) <= SAME_HEIGHT]
        if len(heads) < MIN_SHARE * len(pages) or len(heads) < 2:
            continue
        sizes = {outer[n][0].lines[0].size for n in heads}
        more.update(
            n
            for n in pages
            if n not in taken
            and abs(outer[n][0].base - height) <= SAME_HEIGHT
            and outer[n][0].lines[0].size in sizes
            and len(outer[n][0].text) <= MAX_HEAD_CHARS
            and _is_apart(*outer[n], pitch)
        )
    return more


def _is_apart(row: Row, neighbour: Row | None, pitch: float) -> bool:
    if neighbour is None:
        return True
    size = max(row.lines[0].size, neighbour.lines[0].size)
    return abs(row.base - neighbour.base) >= APART * min(pitch, WIDEST_PITCH * size)
