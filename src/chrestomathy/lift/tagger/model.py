"""A model's weights, and what it makes of paragraphs: tags, then attributions."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from chrestomathy import native
from chrestomathy.errors import InputError
from chrestomathy.lift.tagger.features import PLAN
from chrestomathy.lift.tagger.linker import Linker, runs_of
from chrestomathy.lift.tagger.tokens import Tokens, tokenize
from chrestomathy.records import Span

WEIGHTS = "weights-en.npz"
VERSION = 1
"""Of features and arrays: weights of another version are refused."""
BUCKET_BITS, FILTER_BITS = 16, 17
"""Upper bits of keys that say where to look for one, and whether there can be any."""
BATCH = 200_000
"""Characters that are tagged at a time: some 15 MB of features."""


@dataclass(frozen=True, slots=True)
class Attributed:
    """Words that somebody is reported to have said or thought."""

    content: tuple[Span, ...]
    source: Span | None
    cue: Span | None
    confidence: float
    """Share of the linker's choices, 0 to 1."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What training leaves behind.

    Attributes:
        keys: Hashed features, sorted, shape (n,).
        weights: For each key and tag, in units of `scale`, shape (n, 5).
        transitions: From each tag to each, shape (5, 5).
        links: Features of the linker and their weights.
    """

    keys: NDArray[np.uint32]
    weights: NDArray[np.int8]
    scale: float
    transitions: NDArray[np.float32]
    links: dict[str, float]

    def to_bytes(self) -> bytes:
        """Write the weights; the same weights are the same bytes."""
        file = io.BytesIO()
        np.savez_compressed(
            file,
            version=np.array(VERSION),
            steps=_steps(self.keys),
            weights=self.weights,
            scale=np.array(self.scale, np.float32),
            transitions=self.transitions,
            links=np.frombuffer("\n".join(self.links).encode(), np.uint8),
            link_weights=np.array([*self.links.values()], np.float32),
        )
        return file.getvalue()

    @classmethod
    def of(cls, data: bytes, *, name: str) -> Weights:
        """Read what `to_bytes` has written.

        Raises:
            InputError: It is no such file, or of another version.
        """
        fix = "Train it again: chrestomathy train-lift DATA."
        try:
            with np.load(io.BytesIO(data)) as held:
                if int(held["version"]) != VERSION:
                    raise InputError("the model was made by another version", at=name, fix=fix)
                links = held["links"].tobytes().decode().split("\n")
                return cls(
                    np.cumsum(held["steps"], dtype=np.uint32),
                    np.ascontiguousarray(held["weights"]),
                    float(held["scale"]),
                    np.ascontiguousarray(held["transitions"]),
                    dict(zip(links, held["link_weights"].tolist(), strict=True)),
                )
        except (OSError, ValueError, KeyError, EOFError, BadZipFile) as error:
            raise InputError("this is no model for attributions", at=name, fix=fix) from error


def _steps(keys: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return np.diff(keys, prepend=np.uint32(0)).astype(np.uint32)


class Model:
    """A tagger and a linker that are ready."""

    def __init__(self, weights: Weights) -> None:
        """Make the weights ready."""
        self._weights = weights
        edges = np.arange((1 << BUCKET_BITS) + 1, dtype=np.uint64) << np.uint64(32 - BUCKET_BITS)
        self._buckets = np.searchsorted(weights.keys.astype(np.uint64), edges).astype(np.uint32)
        self._filter = np.zeros(1 << (FILTER_BITS - 5), np.uint32)
        bits = weights.keys >> np.uint32(32 - FILTER_BITS)
        np.bitwise_or.at(self._filter, bits >> 5, np.uint32(1) << (bits & 31))
        self._record = native.Tagger(
            native.at(weights.keys), native.at(self._buckets), native.at(self._filter),
            native.at(weights.weights), native.at(weights.transitions), weights.scale,
        )  # fmt: skip
        self._linker = Linker(weights.links)

    def tag(self, tokens: Tokens) -> NDArray[np.uint8]:
        """Return a tag for every word: OUTSIDE, SOURCE, CUE, CONTENT or BEGINS."""
        tags = np.zeros(len(tokens), np.uint8)
        if not len(tokens):
            return tags
        failed = native.load().chr_tag(self._record, tokens.record(), PLAN, native.at(tags))
        if failed:
            raise MemoryError("no memory to tag a text")
        return tags

    def attributions(self, text: str, paragraphs: Iterable[Sequence[int]]) -> list[Attributed]:
        """Find who says or thinks what in paragraphs of a text, in order."""
        return [one for batch in _batches(paragraphs) for one in self._attributions(text, batch)]

    def _attributions(self, text: str, paragraphs: Sequence[Sequence[int]]) -> Iterator[Attributed]:
        tokens = tokenize(text, paragraphs)
        if not len(tokens):
            return
        runs = runs_of(self.tag(tokens), tokens)
        starts, ends = tokens.starts[runs[:, 1]].tolist(), tokens.ends[runs[:, 2] - 1].tolist()
        spans: list[Span | None] = [*map(Span, starts, ends), None]
        for link in self._linker.link(tokens, runs):
            content = tuple(Span(starts[one], ends[one]) for one in link.content)
            yield Attributed(content, spans[link.source], spans[link.cue], link.confidence)


def _batches(paragraphs: Iterable[Sequence[int]]) -> Iterator[list[Sequence[int]]]:
    """Part paragraphs so that their features fit into memory; a cue is sought in one part."""
    batch: list[Sequence[int]] = []
    size = 0
    for one in paragraphs:
        if batch and size + one[1] - one[0] > BATCH:
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += one[1] - one[0]
    if batch:
        yield batch


@cache
def load_model(path: str | None = None) -> Model:
    """Return a model that `chrestomathy train-lift` has written, or the one that comes along.

    Raises:
        InputError: It cannot be read, or is none.
    """
    if path is None:
        data = (files(__package__) / "data" / WEIGHTS).read_bytes()
        return Model(Weights.of(data, name=WEIGHTS))
    try:
        return Model(Weights.of(Path(path).read_bytes(), name=path))
    except OSError as error:
        what = f"the model cannot be read: {error.strerror}"
        raise InputError(what, at=path, fix="Check the path.") from error
