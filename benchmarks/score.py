"""Score located passages: one scorer for every engine, so that figures can be held together.

An engine that reports several overlapping places for a passage is read greedily: its best place
first, then whatever does not overlap a better one within the passage. Figures count characters
of source. ``spans right``: every true span is at least half covered, and at most half of what is
reported lies outside of them. ``false alarms``: the share of absent passages given a place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Span = tuple[str, int, int]
"""Source, start, end."""


class Hit(NamedTuple):
    """One place that an engine reports for one passage."""

    start: int
    """In the passage."""
    end: int
    source: str
    source_start: int
    source_end: int
    score: float


@dataclass(frozen=True, slots=True)
class Figures:
    """How well places were found."""

    precision: float
    recall: float
    f: float
    spans_right: float
    false_alarms: float
    n: int


def keep_best(hits: Iterable[Sequence[object]]) -> list[Span]:
    """Return the places of the best hits that do not overlap within the passage.

    Example:
        >>> keep_best([(0, 9, "a", 5, 14, 9.0), (4, 9, "b", 0, 5, 5.0), (10, 15, "c", 3, 8, 5.0)])
        [('a', 5, 14), ('c', 3, 8)]
    """
    kept: list[Hit] = []
    for hit in sorted((Hit(*one) for one in hits), key=lambda one: -one.score):  # type: ignore[arg-type]
        if all(hit.end <= one.start or one.end <= hit.start for one in kept):
            kept.append(hit)
    return [(one.source, one.source_start, one.source_end) for one in kept]


def places(spans: Iterable[Span]) -> set[tuple[str, int]]:
    """Return the characters of spans, one by one: slow, obvious, and enough for passages."""
    return {(source, at) for source, start, end in spans for at in range(start, end)}


def score(truths: Sequence[Sequence[Span]], reports: Sequence[Sequence[Span]]) -> Figures:
    """Compare what was reported for each passage with where its words stand."""
    right = reported = gold = spans_right = located = alarms = absent = 0
    for truth, report in zip(truths, reports, strict=True):
        true, told = places(map(_as_span, truth)), places(report)
        common = len(true & told)
        right, reported, gold = right + common, reported + len(told), gold + len(true)
        if not truth:
            absent += 1
            alarms += bool(report)
            continue
        located += 1
        halves = all(2 * len(places([_as_span(one)]) & told) >= one[2] - one[1] for one in truth)
        spans_right += halves and len(told) <= 2 * common
    precision, recall = right / max(reported, 1), right / max(gold, 1)
    return Figures(
        precision,
        recall,
        2 * precision * recall / max(precision + recall, 1e-9),
        spans_right / max(located, 1),
        alarms / max(absent, 1),
        len(truths),
    )


def _as_span(one: Sequence[object]) -> Span:
    source, start, end = one
    return str(source), int(start), int(end)  # type: ignore[call-overload]
