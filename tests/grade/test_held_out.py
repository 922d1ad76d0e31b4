"""Long own sentences that no weight was learnt from are ordered by their levels."""

import csv
from pathlib import Path

import numpy as np
import pytest

from chrestomathy.grade import grade_text
from chrestomathy.grade.levels import NUMBERS

FILE = Path(__file__).resolve().parents[2] / "training/grade/held-out.tsv"

LEAST_CORRELATION, LEAST_WITHIN_ONE = 0.93, 0.95
"""Measured .945 and .973."""


@pytest.fixture(scope="module")
def graded() -> tuple[list[int], list[int], list[float]]:
    """Given levels, found levels, difficulties."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = [grade_text(row["text"], id=str(i)) for i, row in enumerate(rows)]
    return (
        [NUMBERS[row["level"]] for row in rows],
        [NUMBERS[one.level or ""] for one in found],
        [one.difficulty or 0.0 for one in found],
    )


def test_difficulty_goes_with_the_level(graded: tuple[list[int], list[int], list[float]]) -> None:
    given, _, difficulty = graded
    assert np.corrcoef(given, difficulty)[0, 1] >= LEAST_CORRELATION


def test_levels_are_mostly_within_one(graded: tuple[list[int], list[int], list[float]]) -> None:
    given, found, _ = graded
    near = np.abs(np.array(given) - np.array(found)) <= 1
    assert near.mean() >= LEAST_WITHIN_ONE
