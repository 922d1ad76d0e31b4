"""One latent difficulty, cut into levels.

Three regressors on the features of `features` and `grams`, each trained on the mean label of
two annotators, are averaged to a latent value on the scale of levels (1 is A1, 6 is C2):

* a linear model whose weights may only go the way that each feature must go (longer: harder);
* boosted trees under the same constraint (Ke et al. 2017, monotone);
* a ridge regression on hashed letter runs beside the features.

The constraints are what lets a model trained on encyclopaedic sentences be used on speeches and
dialogue. An ordered logit (McCullagh 1980) cuts the latent value into levels, and the interval
is widened until it held the label of four in five held-out sentences and a little more, since
new texts are judged by other people (conformal prediction; Vovk, Gammerman & Shafer 2005).

`weights.npz` is made by `training/grade/train.py`; `docs/model-card.md` has data and figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from chrestomathy.grade.features import Sentence, unit_features
from chrestomathy.grade.grams import GramVector, gram_vector
from chrestomathy.records import Level

Array = NDArray[np.float64]

LEVELS: tuple[Level, ...] = ("A1", "A2", "B1", "B2", "C1", "C2")

HARD_SHARE = 0.8
"""A passage's sentences count by this quantile of their difficulty, not by their mean: readers
stumble over the hard ones."""

SHARES = (0.25, 0.25, 0.5)
"""What the linear model, the trees and the mixed ridge count in the mean. By hand: the mixed
ridge is the best of the three within a corpus, the two others carry over to other texts."""

MAX_DEVIATION = 4.0
"""Features further from the training mean than this many standard deviations count as that far:
a linear model must not run away on a text of another kind."""

BLUR_WORDS = 3.0
"""Words at which the doubt about a text has twice the variance of a long one's. Likelihood on
held-out sentences is best at 2.6 to 5.6, depending on how rows are weighed, and flat there."""

PASSAGE_WORDS = 60.0
"""Words at which what was learnt on passages counts for two thirds. By hand: the stretches that
it was learnt on have 100 to 1000."""

MAX_SENTENCES = 200
"""Most sentences scored one by one; of more, evenly spread ones are taken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What training found; all arrays are read-only by habit."""

    name: str
    """Name and version of the model, printed with each grading."""
    centre: Array
    """Mean of each feature in training, shape (features,)."""
    scale: Array
    """Standard deviation of each feature, shape (features,)."""
    linear: Array
    """Weights of the constrained linear model on standardised features, shape (features,)."""
    mixed: Array
    """Weights of the mixed ridge on standardised features, shape (features,)."""
    grams: Array
    """Weights of the mixed ridge on letter runs, shape (buckets,)."""
    rarity: Array
    """Inverse document frequency of letter runs, shape (buckets,)."""
    intercepts: Array
    """Of linear, trees, mixed, shape (3,)."""
    roots: NDArray[np.int64]
    """Index of each tree's root node, shape (trees,)."""
    nodes: NDArray[np.int64]
    """Columns feature, left, right; a leaf points to itself; shape (nodes, 3)."""
    thresholds: Array
    """A value at or under it goes left, shape (nodes,)."""
    values: Array
    """What a leaf adds, shape (nodes,)."""
    passage: Array
    """Weights in a passage's latent value: intercept, latent value of the whole, of its hard
    sentences, then the whole's standardised features; shape (3 + features,)."""
    passage_grams: Array
    """Weights of the whole's letter runs in a passage's latent value, shape (buckets,)."""
    passage_rarity: Array
    """Inverse document frequency of letter runs among passages, shape (buckets,)."""
    cuts: Array
    """Between the levels, ascending, shape (5,)."""
    slope: float
    """Steepness of the ordered logit, per unit of the latent value."""
    held: float
    """Probability that an interval must gather to hold 80 % of labels."""


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """Read the weights that the package ships."""
    with as_file(files(__package__).joinpath("data/weights.npz")) as path, np.load(path) as npz:
        arrays = {key: npz[key] for key in npz.files}
    whole = ("roots", "nodes")
    real = {
        key: value.astype(np.int64 if key in whole else np.float64)
        for key, value in arrays.items()
        if key not in ("name", "slope", "held")
    }
    return Weights(
        name=bytes(arrays["name"]).decode(),
        slope=float(arrays["slope"]),
        held=float(arrays["held"]),
        **real,
    )


def latent_of(sentences: Sequence[Sentence], weights: Weights) -> float:
    """Return the latent difficulty of a text, on the scale of levels (1 is A1, 6 is C2).

    Args:
        sentences: At least one, each with at least one word.
        weights: As loaded.
    """
    rows, scores = score_units(units_of(sentences), weights)
    if len(sentences) == 1:
        return float(scores[0])
    design = passage_design(rows[0], scores, weights)
    grams = unit_grams(sentences, weights.passage_rarity)
    return combine(design, grams, count_words(sentences), weights)


def count_words(sentences: Sequence[Sentence]) -> int:
    """Return how many words a text has."""
    return sum(len(sentence.tokens) for sentence in sentences)


def units_of(sentences: Sequence[Sentence]) -> list[Sequence[Sentence]]:
    """Return what is scored of a text: the whole, then sentence by sentence where it has more."""
    if len(sentences) == 1:
        return [sentences]
    step = -(-len(sentences) // MAX_SENTENCES)
    return [sentences, *([one] for one in sentences[::step])]


def combine(design: Array, grams: GramVector, n_words: int, weights: Weights) -> float:
    """Return the latent value of a passage of several sentences.

    Between a plain value, half way between the whole's and its hard sentences', and a learnt
    one, which tells versions of one article apart; the learnt one counts the more, the longer
    the passage is.

    Args:
        design: As from `passage_design`.
        grams: Letter runs of the whole, weighed by `Weights.passage_rarity`.
        n_words: Words of the whole.
        weights: As loaded.
    """
    plain = design[1:3].mean()
    learnt = design @ weights.passage + grams.values @ weights.passage_grams[grams.places]
    share = 1.0 - np.exp(-n_words / PASSAGE_WORDS)
    return float((1 - share) * plain + share * learnt)


def passage_design(row: Array, scores: Array, weights: Weights) -> Array:
    """Return what `Weights.passage` is multiplied with, shape (3 + features,)."""
    hard = np.quantile(scores[1:], HARD_SHARE)
    found: Array = np.concatenate([[1.0, scores[0], hard], standardise(row, weights)])
    return found


def standardise(rows: Array, weights: Weights) -> Array:
    """Put features on the scale of training, bounded by `MAX_DEVIATION`."""
    found: Array = np.clip((rows - weights.centre) / weights.scale, -MAX_DEVIATION, MAX_DEVIATION)
    return found


def score_units(units: Sequence[Sequence[Sentence]], weights: Weights) -> tuple[Array, Array]:
    """Return the features, shape (units, features), and the latent value of each unit."""
    rows = np.array([unit_features(unit) for unit in units], dtype=np.float64)
    grams = [unit_grams(unit, weights.rarity) for unit in units]
    return rows, score_rows(rows, grams, weights) @ np.array(SHARES)


def unit_grams(unit: Sequence[Sentence], rarity: Array) -> GramVector:
    """Return the letter runs of a unit's words, names left out."""
    lemmas = (t.known.lemma for sentence in unit for t in sentence.tokens if not t.name)
    return gram_vector(lemmas, rarity)


def score_rows(rows: Array, grams: Sequence[GramVector], weights: Weights) -> Array:
    """Return what each regressor says of each row.

    Args:
        rows: Features, shape (n, features).
        grams: Letter runs of the same texts.
        weights: As loaded.

    Returns:
        Shape (n, 3): linear, trees, mixed.
    """
    standard = standardise(rows, weights)
    by_grams = np.array([one.values @ weights.grams[one.places] for one in grams])
    parts = np.stack(
        [standard @ weights.linear, _trees(rows, weights), standard @ weights.mixed + by_grams],
        axis=1,
    )
    found: Array = parts + weights.intercepts
    return found


def _trees(rows: Array, weights: Weights) -> Array:
    """Return the sum of the leaves that each row falls into, shape (n,)."""
    here = np.broadcast_to(weights.roots, (len(rows), len(weights.roots)))
    feature, left, right = weights.nodes.T
    row = np.arange(len(rows))[:, None]
    while True:
        go_left = rows[row, feature[here]] <= weights.thresholds[here]
        there = np.where(go_left, left[here], right[here])
        if np.array_equal(there, here):
            total: Array = weights.values[here].sum(axis=1)
            return total
        here = there


def probabilities(latent: float, n_words: int, weights: Weights) -> Array:
    """Return the probability of each level, shape (6,), summing to 1.

    Args:
        latent: As from `latent_of`.
        n_words: Words it was judged by: few words blur the cut points.
        weights: As loaded.
    """
    slope = weights.slope * np.sqrt(n_words / (n_words + BLUR_WORDS))
    under = 1.0 / (1.0 + np.exp(-slope * (weights.cuts - latent)))
    edges = np.concatenate([[0.0], np.maximum.accumulate(under), [1.0]])
    found: Array = np.diff(edges)
    return found


def level_of(chances: Array) -> int:
    """Return the median level's index, 0 (A1) to 5 (C2): least expected distance in levels."""
    return min(5, int(np.searchsorted(np.cumsum(chances), 0.5)))


def interval_of(chances: Array, level: int, held: float) -> tuple[int, int]:
    """Widen an interval from `level` to its likelier neighbour until it gathers `held`.

    Returns:
        First and last level's index.
    """
    low = high = level
    while chances[low : high + 1].sum() < held and (low > 0 or high < 5):
        down = chances[low - 1] if low > 0 else -1.0
        up = chances[high + 1] if high < 5 else -1.0
        low, high = (low - 1, high) if down > up else (low, high + 1)
    return low, high


def difficulty_from(latent: float) -> float:
    """Put the latent value on 0 (easy) to 1 (hard): 0.5 below A1's middle to 0.5 above C2's."""
    return min(1.0, max(0.0, (latent - 0.5) / 6.0))
