"""Tie content to cues and cues to sources: a conditional logit over the nearest candidates.

For every piece of content the candidates are the two nearest cues of its paragraph and the one
before, and none; for every cue the two nearest sources, and none. What is looked at: the side,
the distance, what stands between, how the content begins, the words of cue and source (`scene`).
Pieces with one cue are one attribution. The candidates are weighed in `native/link.c`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from chrestomathy import native
from chrestomathy.lift.tagger.scene import ALONE, COLUMNS, MOST_CANDIDATES, PAIR
from chrestomathy.lift.tagger.tokens import Tokens

OUTSIDE, SOURCE, CUE, CONTENT, BEGINS = range(5)
"""What a word can be; `BEGINS` is the first of a piece of content."""
Runs = NDArray[np.uint32]
"""Neighbouring words of one kind: what they are, the first, and the end, shape (n, 3)."""
_NONE = -1
"""In place of a run."""


@dataclass(slots=True)
class Link:
    """One attribution, in numbers of runs; -1 is none."""

    content: list[int]
    cue: int
    source: int
    confidence: float


def runs_of(tags: NDArray[np.uint8], tokens: Tokens) -> Runs:
    """Part tagged words into runs, none over the edge of a paragraph."""
    kinds = np.minimum(tags, CONTENT)
    starts = tags == BEGINS
    starts[1:] |= kinds[1:] != kinds[:-1]
    starts[tokens.bounds[:-1]] = True
    firsts = np.flatnonzero(starts)
    ends = np.append(firsts[1:], len(tags))
    runs = np.stack([kinds[firsts], firsts, ends], axis=1).astype(np.uint32)
    return np.ascontiguousarray(runs[runs[:, 0] != OUTSIDE])


class Linker:
    """Chooses by the sums of weights."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        """Take the weights of features."""
        size = 1 << (2 * len(weights) + 1).bit_length()
        self._table = np.zeros(size, np.uint64), np.zeros(size, np.float64)
        self._record = native.Links(
            *map(native.at, self._table), size - 1,
            *((_lines(held["content"]), _lines(held["cue"])) for held in (ALONE, PAIR)),
        )  # fmt: skip
        lines = "".join(f"{name}\n" for name in weights)
        codes = np.frombuffer(lines.encode("utf-32-le", "surrogatepass"), np.uint32)
        given = np.array([*weights.values()], np.float64)
        native.load().chr_learn_links(native.at(codes), len(codes), native.at(given), self._record)

    def link(self, tokens: Tokens, runs: Runs) -> list[Link]:
        """Tie runs to attributions, in the order of their content."""
        chosen, shares = self.choose(tokens, runs)
        by_cue: dict[int, Link] = {}
        links: list[Link] = []
        for run in np.flatnonzero(runs[:, 0] == CONTENT).tolist():
            cue, sure = chosen[run], shares[run]
            known = by_cue.get(cue)
            if known is not None:
                known.content.append(run)
                known.confidence = min(known.confidence, sure)
                continue
            if cue == _NONE:
                links.append(Link([run], _NONE, _NONE, sure))
                continue
            link = by_cue[cue] = Link([run], cue, chosen[cue], min(sure, shares[cue]))
            links.append(link)
        return links

    def choose(self, tokens: Tokens, runs: Runs) -> tuple[list[int], list[float]]:
        """Choose a cue for each piece of content and a source for each cue.

        Returns:
            The number of the run chosen, or -1, and its probability; of sources no matter what.
        """
        n = len(runs)
        chosen, scores = np.full(n, _NONE, np.int32), np.zeros((n, MOST_CANDIDATES + 1))
        failed = native.load().chr_link(
            tokens.record(), self._record, native.at(runs), n, native.at(chosen), native.at(scores)
        )
        if failed:
            raise MemoryError("no memory to link what was tagged")
        return chosen.tolist(), [_share(row) for row in scores.tolist()]


def _share(scores: Sequence[float]) -> float:
    """Return the probability of the highest score."""
    best = max(scores)
    return 1 / sum(math.exp(score - best) for score in scores)


def _lines(templates: Iterable[str]) -> bytes:
    """Write templates as link.c reads them: a line each, a byte from 128 on for a column."""
    codes = {name: chr(0x80 + number) for number, name in enumerate(COLUMNS)}
    return "".join(f"{one.format_map(codes)}\n" for one in templates).encode("latin-1")
