"""One latent difficulty, cut into levels.

Three regressors on the features of `features` and `grams`, each trained on the mean label of
two annotators, are averaged to a latent value on the scale of levels (1 is A1, 6 is C2):

* a linear model whose weights may only go the way that each feature must go (longer: harder);
* boosted trees under the same constraint (Ke et al. 2017, monotone);
* a ridge regression on the words themselves, as hashed letter runs and as places in a space of
  word vectors, beside the features; the vectors stay in training, each word keeps one number.

The constraints are what lets a model trained on encyclopaedic sentences be used on speeches and
dialogue. An ordered logit (McCullagh 1980) cuts the latent value into levels, and the interval
leaves out what lies beyond two tails, the upper one set so that the label of 86 % of held-out
sentences lay within (conformal prediction; Vovk, Gammerman & Shafer 2005).

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

LEFT_BELOW = 0.08
"""Probability that an interval leaves out below it. By hand, and less than above: the labels
learnt from are the higher of two judges', and a single judge is often a level lower."""

MAX_DEVIATION = 4.0
"""Features further from the training mean than this many standard deviations count as that far:
a linear model must not run away on a text of another kind."""

BLUR_WORDS = 3.0
"""Words at which the doubt about a text has twice the variance of a long one's. Likelihood on
held-out sentences is best at 2.6 to 5.6, depending on how rows are weighed, and flat there."""

PASSAGE_WORDS = 60.0
"""Words at which what was learnt on passages counts for two thirds. By hand: the stretches that
it was learnt on have 100 to 1000."""

KNOWN_ZIPF, TILT_ADDED = 6.5, 6.0
"""A word counts in the mean `Weights.tilt` by how far its Zipf value is under the first; the
second is added to the sum of these, as four ordinary words would."""

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
    tilt: Array
    """What each word adds in the mixed ridge, by rank in the frequency list, 0 for unseen words
    at the end; shape (lemmas + 1,)."""
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
    """Weights in a passage's latent value: intercept, the whole by all regressors (no weight, see
    `plain_of`), by features, its hard sentences, then the whole's standardised features; shape
    (4 + features,)."""
    passage_grams: Array
    """Weights of the whole's letter runs in a passage's latent value, shape (buckets,)."""
    passage_rarity: Array
    """Inverse document frequency of letter runs among passages, shape (buckets,)."""
    passage_tilt: Array
    """What each word adds in a passage's latent value, in the order of `tilt`."""
    cuts: Array
    """Between the levels, ascending, shape (5,)."""
    slope: float
    """Steepness of the ordered logit, per unit of the latent value."""
    above: float
    """Probability that an interval leaves out above it, `LEFT_BELOW` being left out below."""


@lru_cache(maxsize=1)
def load_weights() -> Weights:
    """Read the weights that the package ships."""
    with as_file(files(__package__).joinpath("data/weights.npz")) as path, np.load(path) as npz:
        arrays = {key: npz[key] for key in npz.files}
    whole = ("roots", "nodes")
    real = {
        key: value.astype(np.int64 if key in whole else np.float64)
        for key, value in arrays.items()
        if key not in ("name", "slope", "above")
    }
    return Weights(
        name=bytes(arrays["name"]).decode(),
        slope=float(arrays["slope"]),
        above=float(arrays["above"]),
        **real,
    )


def latent_of(sentences: Sequence[Sentence], weights: Weights) -> float:
    """Return the latent difficulty of a text, on the scale of levels (1 is A1, 6 is C2).

    Args:
        sentences: At least one, each with at least one word.
        weights: As loaded.
    """
    if len(sentences) == 1:
        return float(score_units([sentences], weights)[0])
    design = passage_design(sentences, weights)
    grams = unit_grams(sentences, weights.passage_rarity)
    words = unit_words(sentences, len(weights.tilt))
    return combine(design, grams, words, count_words(sentences), weights)


def count_words(sentences: Sequence[Sentence]) -> int:
    """Return how many words a text has."""
    return sum(len(sentence.tokens) for sentence in sentences)


def units_of(sentences: Sequence[Sentence]) -> list[Sequence[Sentence]]:
    """Return what is scored of a text: the whole, then sentence by sentence where it has more."""
    if len(sentences) == 1:
        return [sentences]
    step = -(-len(sentences) // MAX_SENTENCES)
    return [sentences, *([one] for one in sentences[::step])]


def combine(
    design: Array, grams: GramVector, words: GramVector, n_words: int, weights: Weights
) -> float:
    """Return the latent value of a passage of several sentences.

    Between a plain value, half way between the whole's and its hard sentences', and a learnt
    one, which tells versions of one article apart; the learnt one counts the more, the longer
    the passage is.

    Args:
        design: As from `passage_design`.
        grams: Letter runs of the whole, weighed by `Weights.passage_rarity`.
        words: As from `unit_words` of the whole.
        n_words: Words of the whole.
        weights: As loaded.
    """
    plain = plain_of(design)
    learnt = design @ weights.passage + grams.values @ weights.passage_grams[grams.places]
    learnt += words.values @ weights.passage_tilt[words.places]
    share = 1.0 - np.exp(-n_words / PASSAGE_WORDS)
    return float((1 - share) * plain + share * learnt)


def plain_of(design: Array) -> float:
    """Return the latent value before anything is learnt on passages."""
    return float((design[1] + design[3]) / 2)


def passage_design(sentences: Sequence[Sentence], weights: Weights) -> Array:
    """Return what `Weights.passage` is multiplied with, shape (4 + features,).

    Letter runs and words count for the whole only: of single sentences they cost much time, and
    they say less of texts of another kind than the features do.
    """
    rows = feature_rows(units_of(sentences))
    by_features = score_features(rows, weights).mean(axis=1)
    whole = (
        by_features[0] * sum(SHARES[:2])
        + score_words(rows[:1], [sentences], weights)[0] * SHARES[2]
    )
    hard = np.quantile(by_features[1:], HARD_SHARE)
    found: Array = np.concatenate(
        [[1.0, whole, by_features[0], hard], standardise(rows[0], weights)]
    )
    return found


def standardise(rows: Array, weights: Weights) -> Array:
    """Put features on the scale of training, bounded by `MAX_DEVIATION`."""
    found: Array = np.clip((rows - weights.centre) / weights.scale, -MAX_DEVIATION, MAX_DEVIATION)
    return found


def feature_rows(units: Sequence[Sequence[Sentence]]) -> Array:
    """Return the features of each unit, shape (units, features)."""
    return np.array([unit_features(unit) for unit in units], dtype=np.float64)


def score_units(units: Sequence[Sequence[Sentence]], weights: Weights) -> Array:
    """Return the latent value of each unit by all three regressors, shape (units,)."""
    rows = feature_rows(units)
    by_features = score_features(rows, weights) @ np.array(SHARES[:2])
    found: Array = by_features + SHARES[2] * score_words(rows, units, weights)
    return found


def unit_grams(unit: Sequence[Sentence], rarity: Array) -> GramVector:
    """Return the letter runs of a unit's words, names left out."""
    lemmas = (t.known.lemma for sentence in unit for t in sentence.tokens if not t.name)
    return gram_vector(lemmas, rarity)


def unit_words(unit: Sequence[Sentence], n_places: int) -> GramVector:
    """Return the content words of a unit by rank, each with its share of the mean tilt.

    Args:
        unit: Its sentences.
        n_places: Length of `Weights.tilt`; words that are not listed stand in the last place.
    """
    found = [
        (min(t.known.rank, n_places) - 1, KNOWN_ZIPF - t.known.zipf)
        for sentence in unit
        for t in sentence.tokens
        if not (t.name or t.known.kind) and t.known.zipf < KNOWN_ZIPF
    ]
    places = np.array([place for place, _ in found], dtype=np.int64)
    counts = np.array([count for _, count in found], dtype=np.float64)
    return GramVector(places, counts / (counts.sum() + TILT_ADDED))


def score_features(rows: Array, weights: Weights) -> Array:
    """Return what the linear model and the trees say of features, shape (n, 2)."""
    linear = standardise(rows, weights) @ weights.linear
    found: Array = np.stack([linear, _trees(rows, weights)], axis=1) + weights.intercepts[:2]
    return found


def score_words(rows: Array, units: Sequence[Sequence[Sentence]], weights: Weights) -> Array:
    """Return what the mixed ridge says of units and their features, shape (n,)."""
    grams = [unit_grams(unit, weights.rarity) for unit in units]
    words = [unit_words(unit, len(weights.tilt)) for unit in units]
    by_grams = np.array([one.values @ weights.grams[one.places] for one in grams])
    by_words = np.array([one.values @ weights.tilt[one.places] for one in words])
    by_feature = standardise(rows, weights) @ weights.mixed
    found: Array = by_feature + by_grams + by_words + weights.intercepts[2]
    return found


def _trees(rows: Array, weights: Weights) -> Array:
    """Return the sum of the leaves that each row falls into, shape (n,)."""
    here = np.broadcast_to(weights.roots, (len(rows), len(weights.roots)))
    feature, left, right = weights.nodes.T
    values, row = rows.ravel(), np.arange(len(rows))[:, None] * rows.shape[1]
    while True:
        go_left = values.take(row + feature.take(here)) <= weights.thresholds.take(here)
        there = np.where(go_left, left.take(here), right.take(here))
        if np.array_equal(there, here):
            total: Array = weights.values.take(here).sum(axis=1)
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


def interval_of(chances: Array, level: int, above: float) -> tuple[int, int]:
    """Return the levels that are left when the unlikely ends are cut off.

    Args:
        chances: Probability of each level.
        level: Index of the level itself, which is always within.
        above: Most probability to leave out above; below it is `LEFT_BELOW`.

    Returns:
        First and last level's index.
    """
    under = np.cumsum(chances)
    low = int(np.searchsorted(under, LEFT_BELOW, side="right"))
    high = int(np.searchsorted(under, 1.0 - above))
    return min(low, level), min(5, max(high, level))


def difficulty_from(latent: float) -> float:
    """Put the latent value on 0 (easy) to 1 (hard): 0.5 below A1's middle to 0.5 above C2's."""
    return min(1.0, max(0.0, (latent - 0.5) / 6.0))
