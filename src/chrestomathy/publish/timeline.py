"""A line of the claimed dates, laid out for an SVG that a template draws.

Places are percentages of the width, so letters keep their size when a phone makes the drawing
narrow. Dates that fall together are piled up in one of `BINS` columns; a pile that would be too
high becomes a bar. Only a few years are lettered, so that nothing overlaps.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from chrestomathy.publish.dates import Years, print_year, years_of

BINS = 48
"""Columns: 7 px each on a phone, so that dots of radius 3 stay apart."""
MAX_PILE = 12
"""Dots in a column before columns become bars. Chosen by hand."""
MAX_TICKS = 7
"""Years lettered at most: "440 BC" seven times fits a phone's width."""
DOT_PX = 8
"""Height of one dot in a pile."""
MARGIN = 3.0
"""Percent of the width kept free at each end."""


class Dot(NamedTuple):
    """One date: where it stands, and how high in its pile."""

    x: float
    row: int


class Bar(NamedTuple):
    """A column of many dates."""

    x: float
    height: int
    n_dates: int


class Tick(NamedTuple):
    """A lettered year."""

    x: float
    label: str
    anchor: str


class Timeline(NamedTuple):
    """What the drawing needs; `height` is that of the piles in pixels."""

    dots: tuple[Dot, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    height: int
    n_dates: int


def lay_out(dates: Sequence[str]) -> Timeline | None:
    """Lay out EDTF dates on a line, or ``None`` where none can be placed."""
    placed = [years for date in dates if (years := years_of(date)) is not None]
    if not placed:
        return None
    start, end = _range(placed)
    piles: dict[int, int] = {}
    dots: list[Dot] = []
    for years in sorted(placed):
        column = min(BINS - 1, int(((years.start + years.end) / 2 - start) / (end - start) * BINS))
        dots.append(Dot(_percent((column + 0.5) / BINS), piles.get(column, 0)))
        piles[column] = piles.get(column, 0) + 1
    highest = max(piles.values())
    ticks = tuple(_ticks(start, end))
    if highest <= MAX_PILE:
        return Timeline(tuple(dots), (), ticks, highest * DOT_PX, len(placed))
    height = MAX_PILE * DOT_PX
    bars = tuple(
        Bar(_percent((column + 0.5) / BINS), max(2, round(n / highest * height)), n)
        for column, n in sorted(piles.items())
    )
    return Timeline((), bars, ticks, height, len(placed))


def _range(placed: Sequence[Years]) -> tuple[float, float]:
    """Return whole years around all dates, at least two apart."""
    start = float(min(one.start for one in placed) // 1)
    end = float(-(-max(one.end for one in placed) // 1))
    if end - start < 2:
        return start - 1, max(end, start + 1) + 1
    return start, end


def _ticks(start: float, end: float) -> list[Tick]:
    step = _step(end - start)
    first = int(-(-start // step) * step)
    ticks = []
    for year in range(first, int(end) + 1, step):
        x = _percent((year - start) / (end - start))
        anchor = "start" if x < 8 else "end" if x > 92 else "middle"
        ticks.append(Tick(x, _label(year, step), anchor))
    return ticks


def _label(year: int, step: int) -> str:
    """Letter a tick; in steps of centuries -500 is 500 BC, one year off and rounder."""
    return f"{-year} BC" if year < 0 and step >= 100 else print_year(year)


def _step(years: float) -> int:
    for power in range(6):
        for step in (1, 2, 5):
            if years / (step * 10**power) <= MAX_TICKS - 1:
                return int(step * 10**power)
    return 10**6


def _percent(share: float) -> float:
    return round(MARGIN + share * (100 - 2 * MARGIN), 2)
