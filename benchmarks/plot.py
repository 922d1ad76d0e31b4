"""Draw times against sizes as an SVG, both axes logarithmic, with nothing but Python."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 860, 540
LEFT, RIGHT, TOP, BOTTOM = 78, 150, 62, 66
LABEL_GAP = 17
"""Least distance of two labels, in pixels."""


@dataclass(frozen=True, slots=True)
class Series:
    """Points of one engine; more than one are joined."""

    name: str
    points: tuple[tuple[float, float], ...]
    """MB of text and seconds."""
    colour: str
    bold: bool = False
    dash: str = ""


def draw(series: Sequence[Series], *, title: str, subtitle: str) -> str:
    """Return the plot as SVG text."""
    xs = [x for one in series for x, _ in one.points]
    ys = [y for one in series for _, y in one.points]
    low_x, high_x = math.log10(min(xs)) - 0.15, math.log10(max(xs)) + 0.12
    low_y = math.floor(math.log10(min(ys)) * 2) / 2
    high_y = math.ceil(math.log10(max(ys)) * 2 + 0.2) / 2

    def at(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - low_x) / (high_x - low_x)
        up = (math.log10(y) - low_y) / (high_y - low_y)
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (
            HEIGHT - TOP - BOTTOM
        )

    out = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
            f'width="{WIDTH}" height="{HEIGHT}" role="img" aria-label="{escape(title)}" '
            'font-family="system-ui, sans-serif" font-size="13">'
        ),
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="26" font-size="17" fill="#222">{escape(title)}</text>',
        f'<text x="{LEFT}" y="46" fill="#666">{escape(subtitle)}</text>',
        *_grid(at, (low_x, high_x), (low_y, high_y)),
    ]
    for one in series:
        placed = [at(x, y) for x, y in one.points]
        width = 2.6 if one.bold else 1.6
        if len(placed) > 1:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
            dash = f' stroke-dasharray="{one.dash}"' if one.dash else ""
            out.append(
                f'<polyline points="{path}" fill="none" stroke="{one.colour}" '
                f'stroke-width="{width}"{dash}/>'
            )
        out += [
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{5 if one.bold else 4}" '
            f'fill="{one.colour}" stroke="#fff" stroke-width="1.2"/>'
            for x, y in placed
        ]
    out += _labels([(one, at(*one.points[-1])) for one in series])
    return "\n".join([*out, "</svg>", ""])


def _grid(
    at: Callable[[float, float], tuple[float, float]],
    x_range: tuple[float, float],
    y_range: tuple[float, float],
) -> list[str]:
    """Draw the axes with a line for each power of ten and a tick for 2 and 5."""
    out = []
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    for value in _ticks(*y_range):
        y = at(1, value)[1]
        strong = _is_power(value)
        out.append(
            f'<line x1="{LEFT}" x2="{right}" y1="{y:.1f}" y2="{y:.1f}" '
            f'stroke="{"#c8c8c8" if strong else "#eee"}"/>'
            f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end" '
            f'fill="{"#333" if strong else "#999"}">{value:g} s</text>'
        )
    for value in _ticks(*x_range):
        x = at(value, 1)[0]
        strong = _is_power(value)
        out.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{bottom}" '
            f'stroke="{"#c8c8c8" if strong else "#eee"}"/>'
            f'<text x="{x:.1f}" y="{bottom + 20}" text-anchor="middle" '
            f'fill="{"#333" if strong else "#999"}">{value:g}</text>'
        )
    middle = (LEFT + right) / 2
    out.append(
        f'<text x="{middle:.0f}" y="{bottom + 46}" text-anchor="middle" fill="#333">'
        "size of the collection, MB of text</text>"
    )
    return out


def _labels(ends: list[tuple[Series, tuple[float, float]]]) -> list[str]:
    """Name each series beside its last point, moved down where two names would overlap.

    Lines are named on their right; single points on their left, where no line runs, unless they
    stand at the edge.
    """
    out: list[str] = []
    taken: list[tuple[float, float, float]] = []
    edge = min(x for _, (x, _) in ends)
    for one, (x, y) in sorted(ends, key=lambda end: (end[1][0] != edge, end[1][1])):
        side = -1 if len(one.points) == 1 and x > edge else 1
        width = 7.4 * len(one.name) + 18
        low, high = min(x, x + side * width), max(x, x + side * width)
        at = y
        while any(abs(at - y2) < LABEL_GAP and low < b and a < high for a, b, y2 in taken):
            at += 1
        taken.append((low, high, at))
        moved = abs(at - y) > 3
        if moved:
            out.append(
                f'<line x1="{x + side * 5:.1f}" y1="{y:.1f}" x2="{x + side * 14:.1f}" '
                f'y2="{at:.1f}" stroke="{one.colour}" stroke-width="0.8"/>'
            )
        out.append(
            f'<text x="{x + side * (16 if moved else 11):.1f}" y="{at + 4:.1f}" '
            f'text-anchor="{"start" if side > 0 else "end"}" fill="{one.colour}" '
            f'font-weight="{600 if one.bold else 400}">{escape(one.name)}</text>'
        )
    return out


def _ticks(low: float, high: float) -> list[float]:
    values = [
        n * 10.0**power for power in range(math.floor(low), math.ceil(high) + 1) for n in (1, 2, 5)
    ]
    return [one for one in values if low <= math.log10(one) <= high]


def _is_power(value: float) -> bool:
    return abs(math.log10(value) - round(math.log10(value))) < 1e-9
