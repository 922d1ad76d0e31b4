"""Build the tables and weights of the level model: the same bytes each time.

Run by ``make train-grade``. Reads the labelled sets (``--data``) and wordfreq's English list,
writes `levels-en.tsv`, `frequency-en.tsv` and `weights.npz` into the package, prints out-of-fold
figures for the sets it trains on and puts them into `docs/model-card.md`.

Trained on: CEFR-SP Wiki-Auto (rows of the train split), OneStopEnglish, the CEFR-J and Octanove
word lists. Nothing else is opened: ReadMe++, SCoRE and CLEAR may only measure.
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
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, hstack
from sklearn.ensemble import HistGradientBoostingRegressor
from sklearn.linear_model import Ridge
from threadpoolctl import threadpool_limits

from chrestomathy.grade import features, frequency, grams, levels, model
from chrestomathy.grade.features import NAMES, Sentence, analyse, parted_again, unit_features
from chrestomathy.grade.lemmas import lemma_of

ROOT = Path(__file__).resolve().parents[2]
PACKAGE_DATA = ROOT / "src/chrestomathy/grade/data"
CARD = ROOT / "docs/model-card.md"

NAME = "en-2"
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
    zipf_content_low_sum difficulty_sum subordinator relative passive perfect connector nominal
    adjectival of subordination_per_sentence prepositions_per_sentence log_content_run
    ly""".split()
)
"""Features that may only make a text harder."""

EASIER = frozenset(
    """zipf_mean zipf_content zipf_p10 zipf_p25 zipf_median zipf_least a1 a2 first second
    contractions do""".split()
)
"""Features that may only make a text easier."""

SIGNS = np.array([(name in HARDER) - (name in EASIER) for name in NAMES])

TREES: dict[str, Any] = {
    "max_iter": 300, "learning_rate": 0.04, "max_leaf_nodes": 12, "min_samples_leaf": 30,
    "l2_regularization": 5.0, "random_state": 0,
}  # fmt: skip
LINEAR_PENALTY = 30.0
MIXED_PENALTY = 1.5
MIXED_SHARE = 0.3
"""How strongly the mixed ridge takes features beside letter runs."""

CUT_FLATTEN = 0.25
"""The same for the cut points."""

HIGHER_COUNTS = 2
"""How often the higher of two annotators' levels counts beside the lower in the cut points."""

HELD_SHARE = 0.83
"""Share of held-out labels that intervals are calibrated to hold: a little over the 0.80 that is
promised, since new texts are judged by other people."""

PASSAGE_PENALTY = 30.0
PASSAGE_GRAMS_PENALTY = 30.0
PASSAGE_GRAMS_SHARE = 1.0
"""Spread of what letter runs say of a passage, the features' being 1."""

STRETCH_SENTENCES = 5
"""Articles are also cut into stretches of this many sentences: about the length of a passage."""

STYLE = (
    "first", "second", "contractions", "do", "dashes", "brackets", "semicolons", "quotes",
    "connector", "relative", "subordinator",
)  # fmt: skip
"""Features that tell one newspaper's house style, not passages' difficulty."""

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
    write_frequencies()
    print_word_fit()
    wiki = read_wiki(data / "cefrsp_wikiauto.jsonl")
    articles = read_articles(data / "onestopenglish.jsonl")
    figures = train(wiki, articles)
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


def write_frequencies() -> None:
    """Write lemma and Zipf value in order, from the data file of the wordfreq package.

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
    text = "".join(f"{lemma}\t{-value}\n" for value, lemma in kept)
    (PACKAGE_DATA / "frequency-en.tsv").write_text(text, encoding="utf-8")
    frequency.load_frequencies.cache_clear()
    features.known_word.cache_clear()


def print_word_fit() -> None:
    """Print what `levels.DIFFICULTY` should be."""
    rows, labels = [], []
    for head, entry in levels.load_levels().items():
        if head.isalpha():
            zipf = frequency.frequency_of(head).zipf
            syllables = features.count_syllables(head)
            rows.append([1.0, zipf, zipf * zipf, min(len(head), 15), min(syllables, 6)])
            labels.append(min(entry.values()))
    found, *_ = np.linalg.lstsq(np.array(rows), np.array(labels, dtype=float), rcond=None)
    print(f"word difficulty: fitted {found.round(3).tolist()}, in use {levels.DIFFICULTY}")


# -- rows -----------------------------------------------------------------------------------


def read_lines(path: Path) -> list[dict[str, Any]]:
    """Read JSON Lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_wiki(path: Path) -> Rows:
    """Read the sentences of Wiki-Auto's train split."""
    rows = [row for row in read_lines(path) if row["split"] == "train"]
    units = [analyse(parted_again(row["text"])) for row in rows]
    return Rows(
        units=units,
        features=np.array([unit_features(unit) for unit in units]),
        labels=np.array([float(row["level_mean"]) for row in rows]),
        strict=np.array([max(row["labels"]) for row in rows]),
        low=np.array([min(row["labels"]) for row in rows]),
        n_words=np.array([model.count_words(unit) for unit in units]),
    )


def read_articles(path: Path) -> list[dict[str, Any]]:
    """Read OneStopEnglish, each text analysed."""
    rows = read_lines(path)
    for row in rows:
        row["unit"] = analyse(parted_again(row["text"]))
    return rows


# -- training -------------------------------------------------------------------------------


def train(wiki: Rows, articles: list[dict[str, Any]]) -> list[str]:
    """Fit everything, write the weights, return the figures as lines of Markdown."""
    fold = np.arange(len(wiki.labels)) % FOLDS
    fold = np.random.default_rng(0).permutation(fold)
    latent = np.zeros(len(fold))
    for k in range(FOLDS):
        part = fit_regressors(wiki, fold != k)
        held_out = [wiki.units[i] for i in np.flatnonzero(fold == k)]
        _, latent[fold == k] = model.score_units(held_out, part)
    weights = fit_regressors(wiki, fold >= 0)
    cuts, slope = fit_cuts(latent, wiki)
    weights = replace(weights, cuts=cuts, slope=slope)
    weights = replace(weights, held=fit_held(latent, wiki, weights))
    stretches = [one for row in articles for one in cut_article(row)]
    rarity = f32(fit_rarity([one.unit for one in stretches]))
    weights = replace(weights, passage_rarity=rarity)
    passages = [score_stretch(one, weights) for one in stretches]
    weights = fit_passage(passages, weights)
    write_weights(weights)
    return [
        *figures_wiki(latent, wiki, weights),
        *figures_articles(out_of_fold(passages, weights)),
    ]


def row_weights(labels: Array, flatten: float) -> Array:
    """Weigh rows so that rare levels count more: a level's n rows weigh n ** -flatten each."""
    whole = np.round(labels).astype(int)
    found = np.bincount(whole)[whole] ** -flatten
    return np.asarray(found / found.mean(), dtype=np.float64)


def fit_regressors(wiki: Rows, chosen: NDArray[np.bool_]) -> model.Weights:
    """Fit the three regressors on the chosen rows."""
    rows, labels = wiki.features[chosen], wiki.labels[chosen]
    units = [wiki.units[i] for i in np.flatnonzero(chosen)]
    weigh = row_weights(labels, FLATTEN)
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
    both = hstack([csr_matrix(standard[:, signed] * MIXED_SHARE), table]).tocsr()
    mixed.fit(both, labels, sample_weight=weigh)
    in_mixed = np.zeros(len(NAMES))
    in_mixed[signed] = mixed.coef_[: signed.sum()] * MIXED_SHARE
    roots, nodes, thresholds, values = flatten(trees)
    baseline = trees._baseline_prediction.item()  # noqa: SLF001  no public view, as above
    return model.Weights(
        name=NAME, centre=f32(centre), scale=f32(scale), linear=f32(by_sign), mixed=f32(in_mixed),
        grams=f32(mixed.coef_[signed.sum() :]), rarity=f32(rarity),
        intercepts=f32([linear.intercept_, baseline, mixed.intercept_]),
        roots=roots, nodes=nodes, thresholds=f32(thresholds), values=f32(values),
        passage=np.zeros(3 + len(NAMES)),
        passage_grams=np.zeros(grams.BUCKETS), passage_rarity=np.zeros(grams.BUCKETS), cuts=np.arange(1.5, 6.0), slope=2.0, held=0.7,
    )  # fmt: skip


@dataclass(frozen=True)
class Stretch:
    """A version of a OneStopEnglish article, whole or some sentences of it."""

    article: str
    level: int
    """0 elementary, 1 intermediate, 2 advanced."""
    whole: bool
    unit: list[Sentence]
    design: Array
    """Filled by `score_stretch`."""
    grams: grams.GramVector


def cut_article(row: dict[str, Any]) -> list[Stretch]:
    """Return a version whole and in stretches of `STRETCH_SENTENCES`, not yet scored."""
    unit, n = row["unit"], STRETCH_SENTENCES
    parts = [unit[i : i + n] for i in range(0, len(unit), n)]
    empty = np.zeros(0), grams.gram_vector((), np.zeros(0))
    return [
        Stretch(row["article"], row["level3_num"], i == 0, part, *empty)
        for i, part in enumerate([unit, *parts])
        if len(part) >= n // 2
    ]


def score_stretch(stretch: Stretch, weights: model.Weights) -> Stretch:
    """Score a stretch whole and by sentences."""
    rows, scores = model.score_units(model.units_of(stretch.unit), weights)
    return replace(
        stretch,
        design=model.passage_design(rows[0], scores, weights),
        grams=model.unit_grams(stretch.unit, weights.passage_rarity),
    )


def fit_passage(stretches: Sequence[Stretch], weights: model.Weights) -> model.Weights:
    """Learn what tells the versions of one article apart, on the scale of the plain value.

    Of the features, only differences from the article's own mean: what an article is about says
    nothing of its level. They are constrained in sign as the sentence models are. Mean and
    spread over whole articles are then set to those of the plain latent value, because three
    names of levels have no scale of their own.
    """
    designs = np.array([one.design for one in stretches])
    table = csr_rows([one.grams for one in stretches])
    labels = np.array([one.level - 1.0 for one in stretches])
    whole = np.array([one.whole for one in stretches])
    articles = np.array([one.article for one in stretches])
    within = designs.copy()
    for name in sorted(set(articles)):
        within[articles == name] -= within[articles == name].mean(axis=0)
    signs = np.concatenate([[0, 1, 1], np.where(np.isin(NAMES, STYLE), 0, SIGNS)])
    free = signs != 0
    fitted = Ridge(PASSAGE_PENALTY, positive=True, fit_intercept=False)
    fitted.fit(within[:, free] * signs[free], labels)
    by_design = np.zeros(len(signs))
    by_design[free] = fitted.coef_ * signs[free]
    by_grams = Ridge(PASSAGE_GRAMS_PENALTY, solver="sparse_cg", tol=1e-6).fit(table, labels).coef_
    by_design /= (designs[whole] @ by_design).std()
    by_grams *= PASSAGE_GRAMS_SHARE / (table[whole] @ by_grams).std()
    plain = designs[whole, 1:3].mean(axis=1)
    learnt = designs[whole] @ by_design + table[whole] @ by_grams
    scale = plain.std() / learnt.std()
    by_design[0] = (plain.mean() - scale * learnt.mean()) / scale
    return replace(weights, passage=f32(by_design * scale), passage_grams=f32(by_grams * scale))


def out_of_fold(
    stretches: Sequence[Stretch], weights: model.Weights
) -> dict[str, dict[int, float]]:
    """Return the latent value of each version, learnt from other articles."""
    names = sorted({one.article for one in stretches})
    found: dict[str, dict[int, float]] = defaultdict(dict)
    for k in range(FOLDS):
        tested = set(names[k::FOLDS])
        part = fit_passage([one for one in stretches if one.article not in tested], weights)
        for one in stretches:
            if one.whole and one.article in tested:
                latent = model.combine(one.design, one.grams, model.count_words(one.unit), part)
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
    labels = np.concatenate([wiki.strict] * HIGHER_COUNTS + [wiki.low])
    values = np.tile(latent, HIGHER_COUNTS + 1)
    blur = np.tile(np.sqrt(wiki.n_words / (wiki.n_words + model.BLUR_WORDS)), HIGHER_COUNTS + 1)
    weigh = row_weights(labels.astype(float), CUT_FLATTEN)
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


def fit_held(latent: Array, wiki: Rows, weights: model.Weights) -> float:
    """Find the probability an interval must gather so that it holds `HELD_SHARE` of labels."""
    chances = chances_of(latent, wiki, weights)
    best = min(
        np.arange(0.40, 0.96, 0.005),
        key=lambda held: abs(held_share(chances, wiki.strict, float(held))[0] - HELD_SHARE),
    )
    return round(float(best), 3)


def chances_of(latent: Array, wiki: Rows, weights: model.Weights) -> list[Array]:
    """Return each sentence's probabilities by level."""
    return [
        model.probabilities(float(one), int(n_words), weights)
        for one, n_words in zip(latent, wiki.n_words, strict=True)
    ]


def held_share(
    chances: Sequence[Array], labels: NDArray[np.int64], held: float
) -> tuple[float, float]:
    """Return the share of labels within their intervals, and the mean width in levels."""
    inside, widths = [], []
    for one, label in zip(chances, labels, strict=True):
        low, high = model.interval_of(one, model.level_of(one), held)
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
            elif key in ("slope", "held", "cuts"):
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
    inside, width = held_share(chances, strict, weights.held)
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
