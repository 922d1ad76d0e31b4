"""The own training sentences are well-formed and spread as `sentences.md` says."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from chrestomathy.grade.levels import NUMBERS

FILE = Path(__file__).resolve().parents[2] / "training/grade/sentences.tsv"


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_every_line_has_a_level_a_genre_and_a_text(rows: list[dict[str, str]]) -> None:
    for row in rows:
        assert set(row) == {"level", "genre", "text"}
        assert row["level"] in NUMBERS
        assert row["genre"]
        assert row["text"] == row["text"].strip() != ""


def test_no_sentence_stands_twice(rows: list[dict[str, str]]) -> None:
    counts = Counter(row["text"].casefold() for row in rows)
    assert [text for text, n in counts.items() if n > 1] == []


def test_levels_are_spread_within_genres(rows: list[dict[str, str]]) -> None:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row["genre"]].add(row["level"])
    assert len(found) >= 16
    assert [genre for genre, seen in found.items() if len(seen) < 5] == []
