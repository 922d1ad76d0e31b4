"""Tie content to cues and cues to sources: a conditional logit over the nearest candidates.

For every piece of content the candidates are the two nearest cues of its paragraph and the one
before, and none; for every cue the two nearest sources, and none. What is looked at: the side,
the distance, what stands between, how the content begins, the words of cue and source. Pieces
with one cue are one attribution.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from chrestomathy.lift.tagger.tokens import PRONOUNS, Tokens

OUTSIDE, SOURCE, CUE, CONTENT, BEGINS = range(5)
"""What a word can be; `BEGINS` is the first of a piece of content."""
Kind = Literal["source", "cue", "content"]
_KINDS: tuple[Kind | None, ...] = (None, "source", "cue", "content", "content")
MOST_CANDIDATES = 2
"""More are more to be mistaken in: with four, two in a hundred fewer sources are right."""
_STEPS = (0, 1, 2, 3, 5, 8, 13, 21, 34)
"""Where distances in words part into classes."""
_MARKS_OPEN, _MARKS_CLOSE = "“\"„«‘'", "”\"»’'"
_HEADS = frozenset("that to whether if for how what why as about of on".split())
"""What indirect content begins with."""


_COUNTS = [f"{a}{b}{c}" for a in range(3) for b in range(3) for c in range(3)]


class Run(NamedTuple):
    """Neighbouring words of one kind, from `first` up to `end`."""

    kind: Kind
    first: int
    end: int


@dataclass(slots=True)
class Link:
    """One attribution, in runs."""

    content: list[Run]
    cue: Run | None = None
    source: Run | None = None
    confidence: float = 1.0


def runs_of(tags: NDArray[np.uint8], tokens: Tokens) -> list[Run]:
    """Part tagged words into runs, none over the edge of a paragraph."""
    found: list[Run] = []
    kinds = [_KINDS[tag] for tag in tags.tolist()]
    begins = tags == BEGINS
    starts = set(tokens.bounds.tolist())
    first = 0
    for i in range(1, len(kinds) + 1):
        if i < len(kinds) and kinds[i] == kinds[first] and not begins[i] and i not in starts:
            continue
        kind = kinds[first]
        if kind is not None:
            found.append(Run(kind, first, i))
        first = i
    return found


@dataclass(slots=True)
class Scene:
    """The runs of a document, and what stands between two of them."""

    tokens: Tokens
    runs: Sequence[Run]
    low: list[str] = field(init=False)
    """Words in lower case."""
    paragraph: list[int] = field(init=False)
    sentence: list[int] = field(init=False)
    saying: list[int] = field(init=False)
    before: dict[Kind, list[int]] = field(init=False)
    """For each kind and word, how many runs begin before it."""
    ending: dict[Kind, list[int]] = field(init=False)
    marks: list[str] = field(init=False)
    """All words that are punctuation."""
    marks_before: list[int] = field(init=False)
    """How many of them stand before each word."""

    def __post_init__(self) -> None:
        """Count the runs."""
        n = len(self.tokens)
        self.low = [word.lower() for word in self.tokens.words]
        self.paragraph = self.tokens.paragraph.tolist()
        self.sentence = self.tokens.sentence.tolist()
        self.saying = self.tokens.saying.tolist()
        is_mark = [not word[0].isalnum() for word in self.low]
        self.marks = [word for word, mark in zip(self.low, is_mark, strict=True) if mark]
        self.marks_before = [0, *accumulate(is_mark)]
        self.before, self.ending = {}, {}
        for kind in ("source", "cue", "content"):
            for held, edge in ((self.before, 0), (self.ending, 1)):
                marks = np.zeros(n + 2, np.int64)
                for one in self.runs:
                    if one.kind == kind:
                        marks[(one.end if edge else one.first) + 1] += 1
                held[kind] = np.cumsum(marks).tolist()

    def _between(self, low: int, high: int) -> str:
        """Count the runs of each kind between two words, two for more."""
        if high <= low:
            return _COUNTS[0]
        counts = 0
        for kind in ("content", "cue", "source"):
            held = self.ending[kind][high + 1] - self.before[kind][low]
            counts = 3 * counts + (2 if held > 2 else max(0, held))
        return _COUNTS[counts]

    def candidates(self, run: Run, pool: Sequence[Run]) -> list[Run]:
        """Return the nearest of some runs, of this paragraph and the one before."""
        own = self.paragraph[run.first]
        near = [one for one in pool if 0 <= own - self.paragraph[one.first] <= 1]
        near.sort(key=lambda one: max(one.first - run.end, run.first - one.end, 0))
        return near[:MOST_CANDIDATES]

    def alone(self, run: Run) -> list[str]:
        """Return the features of tying a run to nothing."""
        last = self._manner(run) if run.kind == "content" else self.low[run.end - 1]
        name = f"{run.kind} none"
        return [name, f"{name} {last}", f"{name} first {self.low[run.first]}"]

    def pair(self, run: Run, other: Run) -> list[str]:
        """Return the features of tying a run to another."""
        after = other.first >= run.end
        low, high = (run.end, other.first) if after else (other.end, run.first)
        distance = max(high - low, 0)
        edge = run.end - 1 if after else run.first
        apart = int(self.sentence[other.first] != self.sentence[edge])
        if distance <= 3:
            gap = " ".join(self.low[low:high])
        else:
            gap = f"{self.low[low]}..{self.low[high - 1]}"
        first = self.marks_before[low]
        marks = "".join(self.marks[first : max(first, min(self.marks_before[high], first + 4))])[:4]
        inside = self._between(low, high)
        name = f"{run.kind} {'after' if after else 'before'}"
        far = bisect_left(_STEPS, distance)
        common = [
            name, f"{name} far {far}", f"{name} apart {apart}", f"{name} in {inside}",
            f"{name} gap {gap}", f"{name} marks {marks}",
        ]  # fmt: skip
        own = (
            self._cue(run, other, far, apart, inside)
            if run.kind == "content"
            else (self._source(run, other, far, apart, inside, marks))
        )
        return common + [f"{name} {one}" for one in own]

    def _cue(self, run: Run, other: Run, far: int, apart: int, inside: str) -> list[str]:
        manner = self._manner(run)
        saying = max(self.saying[other.first : other.end])
        return [
            f"in {inside} apart {apart} {manner[:2]}", f"manner {manner} far {far}",
            f"manner {manner} apart {apart}", f"saying {saying} {manner}",
            f"cue {self.low[other.end - 1]}", f"saying {saying} far {far}",
            f"cue first {self.low[other.first]}",
        ]  # fmt: skip

    def _source(
        self, run: Run, other: Run, far: int, apart: int, inside: str, marks: str
    ) -> list[str]:
        word = self.low[other.first]
        capital = self.tokens.words[other.first][0].isupper()
        form = word if word in PRONOUNS else "Name" if capital else "noun"
        cue = self.low[run.first]
        return [
            f"in {inside} apart {apart}", f"form {form} far {far}", f"form {form} in {inside}",
            f"cue {self.low[run.end - 1]}", f"cue first {cue}", f"cue first {cue} far {far}",
            f"in {inside} marks {marks}",
        ]  # fmt: skip

    def _manner(self, run: Run) -> str:
        """Tell how content begins and ends: in marks, with "that", or bare."""
        opens = self.low[run.first] in _MARKS_OPEN
        closes = self.low[run.end - 1] in _MARKS_CLOSE
        if opens or closes:
            return ("o" if opens else "") + ("c" if closes else "")
        return self.low[run.first] if self.low[run.first] in _HEADS else "bare"


class Linker:
    """Chooses by the sums of weights."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        """Take the weights of features."""
        self._weights = weights

    def link(self, tokens: Tokens, runs: Sequence[Run]) -> list[Link]:
        """Tie runs to attributions, in the order of their content."""
        scene = Scene(tokens, runs)
        cues = [one for one in runs if one.kind == "cue"]
        sources = [one for one in runs if one.kind == "source"]
        by_cue: dict[Run, Link] = {}
        links: list[Link] = []
        for run in runs:
            if run.kind != "content":
                continue
            cue, sure = self._choose(scene, run, cues)
            known = by_cue.get(cue) if cue else None
            if known is not None:
                known.content.append(run)
                known.confidence = min(known.confidence, sure)
                continue
            link = Link([run], cue, None, sure)
            links.append(link)
            if cue is not None:
                by_cue[cue] = link
                link.source, surely = self._choose(scene, cue, sources)
                link.confidence = min(sure, surely)
        return links

    def _choose(self, scene: Scene, run: Run, pool: Sequence[Run]) -> tuple[Run | None, float]:
        """Return the likeliest candidate or none, and its probability."""
        near = scene.candidates(run, _around(run, pool))
        options = [scene.alone(run), *(scene.pair(run, one) for one in near)]
        get = self._weights.get
        scores = [sum(get(one, 0.0) for one in option) for option in options]
        best = max(range(len(scores)), key=scores.__getitem__)
        total = sum(math.exp(score - scores[best]) for score in scores)
        return (near[best - 1] if best else None), 1 / total


_REACH = 2 * MOST_CANDIDATES


def _around(run: Run, pool: Sequence[Run]) -> Sequence[Run]:
    """Return the runs of an ordered pool that stand around another one."""
    low, high = 0, len(pool)
    while low < high:
        middle = (low + high) // 2
        if pool[middle].first < run.first:
            low = middle + 1
        else:
            high = middle
    return pool[max(0, low - _REACH) : low + _REACH]
