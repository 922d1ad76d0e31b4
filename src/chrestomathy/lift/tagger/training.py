"""Train tagger and linker from labelled texts.

The tagger's weights are fitted by python-crfsuite (L-BFGS with L1 and L2 penalties; MIT), which
only training needs; the linker's here, by AdaGrad (Duchi, Hazan, Singer 2011) in a fixed order.
The same texts give the same bytes.
"""

from __future__ import annotations

import math
import random
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from chrestomathy.errors import DependencyMissing
from chrestomathy.lift.tagger.features import features
from chrestomathy.lift.tagger.linker import BEGINS, CONTENT, CUE, SOURCE
from chrestomathy.lift.tagger.model import Weights
from chrestomathy.lift.tagger.scene import Run, Scene
from chrestomathy.lift.tagger.tokens import Tokens, tokenize
from chrestomathy.records import Span

N_TAGS = 5


@dataclass(frozen=True, slots=True)
class Penalties:
    """How the tagger is fitted."""

    l1: float = 4.0
    l2: float = 0.05
    rounds: int = 60
    least_count: int = 1
    """Features met less often are left out."""


@dataclass(frozen=True, slots=True)
class Label:
    """One attribution of a labelled text."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text, its paragraphs, and all its attributions; none within another's content."""

    text: str
    paragraphs: tuple[Span, ...]
    labels: tuple[Label, ...]


def train(texts: Sequence[Labelled], penalties: Penalties | None = None) -> Weights:
    """Fit tagger and linker.

    Raises:
        DependencyMissing: python-crfsuite is not installed.
    """
    penalties = penalties or Penalties()
    keys, weights, scale, transitions = _fit_tagger(texts, penalties)
    links = _fit_linker([choice for one in texts for choice in _choices(one)])
    return Weights(keys, weights, scale, transitions, dict(sorted(links.items())))


def tags_of(tokens: Tokens, labels: Iterable[Label]) -> NDArray[np.uint8]:
    """Tag the words of a labelled text."""
    tags = np.zeros(len(tokens), np.uint8)
    labels = list(labels)
    for label in labels:
        for span in label.content:
            first, end = tokens.run(*span)
            tags[first:end] = CONTENT
            tags[first : min(first + 1, end)] = BEGINS
    for label in labels:
        for spans, tag in ((label.source, SOURCE), (label.cue, CUE)):
            for span in spans:
                first, end = tokens.run(*span)
                tags[first:end] = tag
    return tags


def _fit_tagger(
    texts: Sequence[Labelled], penalties: Penalties
) -> tuple[NDArray[np.uint32], NDArray[np.int8], float, NDArray[np.float32]]:
    try:
        import pycrfsuite
    except ImportError:
        raise DependencyMissing(
            "python-crfsuite is needed to train",
            at="train-lift",
            fix="Install it: pip install 'chrestomathy[train]'.",
        ) from None
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(
        {
            "c1": penalties.l1,
            "c2": penalties.l2,
            "max_iterations": penalties.rounds,
            "feature.minfreq": penalties.least_count,
            "feature.possible_transitions": True,
        }
    )
    for one in texts:
        tokens = tokenize(one.text, one.paragraphs)
        rows, tags = features(tokens).tolist(), tags_of(tokens, one.labels).tolist()
        bounds = tokens.bounds.tolist()
        for first, end in pairwise(bounds):
            trainer.append(
                [[*map(str, row)] for row in rows[first:end]], [*map(str, tags[first:end])]
            )
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder, "tagger"))
        trainer.train(path)
        tagger = pycrfsuite.Tagger()
        tagger.open(path)
        return _packed(tagger.info())


def _packed(info: Any) -> tuple[NDArray[np.uint32], NDArray[np.int8], float, NDArray[np.float32]]:
    """Round the weights to small integers; those that vanish are left out."""
    largest = max(abs(weight) for weight in info.state_features.values())
    scale = largest / 127
    rows: dict[int, list[int]] = defaultdict(lambda: [0] * N_TAGS)
    for (feature, tag), weight in info.state_features.items():
        if rounded := round(weight / scale):
            rows[int(feature)][int(tag)] = rounded
    keys = np.array(sorted(rows), np.uint32)
    transitions = np.full((N_TAGS, N_TAGS), -10.0, np.float32)
    for (one, other), weight in info.transitions.items():
        transitions[int(one), int(other)] = weight
    return keys, np.array([rows[int(key)] for key in keys], np.int8), scale, transitions


Choice = tuple[list[list[str]], int]
"""The features of each candidate, none first, and which is right."""


def _choices(one: Labelled) -> Iterator[Choice]:
    """List what the linker had to choose in a labelled text."""
    tokens = tokenize(one.text, one.paragraphs)

    def runs(kind: Any, spans: Iterable[Span]) -> list[Run]:
        found = (Run(kind, *tokens.run(*span)) for span in spans)
        return [run for run in found if run.end > run.first]

    rows = [
        (runs("content", label.content), runs("cue", label.cue), runs("source", label.source))
        for label in one.labels
    ]
    every = sorted({run for row in rows for held in row for run in held}, key=lambda run: run.first)
    scene = Scene(tokens, every)
    cues = [run for run in every if run.kind == "cue"]
    sources = [run for run in every if run.kind == "source"]
    for contents, own_cues, own_sources in rows:
        for run in contents:
            yield _choice(scene, run, cues, own_cues)
        for run in own_cues[:1]:
            yield _choice(scene, run, sources, own_sources)


def _choice(scene: Scene, run: Run, pool: Sequence[Run], right: Sequence[Run]) -> Choice:
    near = scene.candidates(run, pool)
    options = [scene.alone(run), *(scene.pair(run, one) for one in near)]
    return options, next((k for k, one in enumerate(near, 1) if one in right), 0)


def _fit_linker(
    choices: list[Choice], *, epochs: int = 4, rate: float = 0.15, penalty: float = 1e-5
) -> dict[str, float]:
    """Fit a conditional logit by AdaGrad."""
    weights: dict[str, float] = defaultdict(float)
    squares: dict[str, float] = defaultdict(float)
    order = random.Random(1863)  # noqa: S311 (an order, no secret)
    for _ in range(epochs):
        order.shuffle(choices)
        for options, right in choices:
            scores = [sum(weights[one] for one in option) for option in options]
            highest = max(scores)
            shares = [math.exp(score - highest) for score in scores]
            total = sum(shares)
            for k, option in enumerate(options):
                slope = shares[k] / total - (k == right)
                if abs(slope) < 1e-4:
                    continue
                for one in option:
                    step = slope + penalty * weights[one]
                    squares[one] += step * step
                    weights[one] -= rate * step / (1e-6 + math.sqrt(squares[one]))
    return {key: round(weight, 3) for key, weight in weights.items() if abs(weight) >= 0.01}
