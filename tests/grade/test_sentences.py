"""The own training texts are well-formed and spread as `sentences.md` says."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from chrestomathy.grade.levels import NUMBERS
from chrestomathy.textkit.sentences import sentences

FOLDER = Path(__file__).resolve().parents[2] / "training/grade"

Rows = list[dict[str, str]]


def read(name: str) -> Rows:
    with (FOLDER / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(params=["sentences.tsv", "passages.tsv"])
def rows(request: pytest.FixtureRequest) -> Rows:
    return read(request.param)


def test_every_line_has_a_level_a_genre_and_a_text(rows: Rows) -> None:
    for row in rows:
        assert set(row) == {"level", "genre", "text"}
        assert row["level"] in NUMBERS
        assert row["genre"]
        assert row["text"] == row["text"].strip() != ""


def test_no_sentence_stands_twice(rows: Rows) -> None:
    counts = Counter(row["text"].casefold() for row in rows)
    assert [text for text, n in counts.items() if n > 1] == []


def genres_of(rows: Rows) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row["genre"]].add(row["level"])
    return found


def test_levels_are_spread_within_genres() -> None:
    found = genres_of(read("sentences.tsv"))
    assert len(found) >= 16
    assert [genre for genre, seen in found.items() if len(seen) < 5] == []


def test_passages_of_both_kinds_have_all_levels() -> None:
    every = set(NUMBERS)
    assert genres_of(read("passages.tsv")) == {"literary": every, "informational": every}


def test_passages_have_several_sentences() -> None:
    counts = [len(sentences(row["text"])) for row in read("passages.tsv")]
    assert 2 <= min(counts) <= max(counts) <= 7
