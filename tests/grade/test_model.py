"""The level model: the same everywhere, monotone where it must be, and as good as it says."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chrestomathy.grade import grade_text, model
from chrestomathy.grade.features import NAMES
from chrestomathy.grade.frequency import load_frequencies
from chrestomathy.grade.grams import BUCKETS, gram_vector

SHARED = Path(__file__).resolve().parents[3] / "shared/data/teach"


def test_weights_fit_the_features() -> None:
    weights = model.load_weights()
    assert weights.linear.shape == weights.mixed.shape == (len(NAMES),)
    assert weights.grams.shape == weights.rarity.shape == (BUCKETS,)
    assert weights.passage_grams.shape == weights.passage_rarity.shape == (BUCKETS,)
    assert weights.passage.shape == (4 + len(NAMES),)
    assert weights.tilt.shape == weights.passage_tilt.shape == (len(load_frequencies()) + 1,)
    assert (np.diff(weights.cuts) > 0).all()
    assert weights.nodes[:, 0].max() < len(NAMES)


def test_weights_are_small() -> None:
    folder = Path(model.__file__).parent / "data"
    assert (folder / "weights.npz").stat().st_size < 5_000_000


@given(st.floats(-5, 15), st.integers(1, 5000))
def test_probabilities_sum_to_one_and_intervals_hold_the_level(latent: float, n: int) -> None:
    weights = model.load_weights()
    chances = model.probabilities(latent, n, weights)
    assert chances.sum() == pytest.approx(1)
    assert (chances >= 0).all()
    level = model.level_of(chances)
    low, high = model.interval_of(chances, level, weights.above)
    assert 0 <= low <= level <= high <= 5
    assert chances[low : high + 1].sum() >= 1 - model.LEFT_BELOW - weights.above - 1e-9


@given(st.floats(0, 8), st.floats(0, 8))
def test_level_rises_with_the_latent_value(one: float, other: float) -> None:
    weights = model.load_weights()
    low, high = sorted((one, other))
    levels = [model.level_of(model.probabilities(value, 20, weights)) for value in (low, high)]
    assert levels[0] <= levels[1]
    assert model.difficulty_from(low) <= model.difficulty_from(high)


@given(st.lists(st.text(max_size=12), max_size=30))
def test_letter_runs_are_a_unit_vector(lemmas: list[str]) -> None:
    found = gram_vector(lemmas, np.ones(BUCKETS))
    length = float(found.values @ found.values)
    assert length == pytest.approx(1.0 if lemmas else 0.0)
    assert (np.diff(found.places) > 0).all()


def held_out(name: str) -> Iterator[dict[str, Any]]:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"needs {name} of the labelled data")
    with path.open(encoding="utf-8") as lines:
        yield from (row for row in map(json.loads, lines) if row["split"] != "train")


@pytest.mark.shared
@pytest.mark.parametrize(
    ("name", "pearson"),
    [("cefrsp_wikiauto.jsonl", 0.85), ("cefrsp_score.jsonl", 0.73), ("readmepp_en.jsonl", 0.77)],
)  # fmt: skip
def test_agreement_with_people_does_not_fall(name: str, pearson: float) -> None:
    """Floors a little under the figures of the model card; what intervals promise."""
    rows = list(held_out(name))
    found = [grade_text(row["text"], id=row["id"], language="en") for row in rows]
    truth = [row.get("level_mean") or row["level_num"] for row in rows]
    difficulty = [one.difficulty for one in found]
    assert np.corrcoef(difficulty, truth)[0, 1] >= pearson
    inside = [
        one.interval is not None and one.interval[0] <= row["level"] <= one.interval[1]
        for one, row in zip(found, rows, strict=True)
    ]
    assert 0.76 <= np.mean(inside) <= 0.84
