"""The linker's features, spelt out as strings: for training, and as the twin of `native/link.c`.

A template is a string with columns in it, such as "manner {manner} far {far}"; the columns of a
run and a candidate are how they stand to each other and what words are there.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

from chrestomathy.lift.tagger.tokens import HEADS, MAY_CLOSE, MAY_OPEN, PRONOUNS, Tokens

Kind = Literal["source", "cue", "content"]
KINDS: tuple[Kind, ...] = ("source", "cue", "content")
MOST_CANDIDATES = 2
"""More are more to be mistaken in: with four, two in a hundred fewer sources are right."""
_STEPS = (0, 1, 2, 3, 5, 8, 13, 21, 34)
"""Where distances in words part into classes."""
_MOST_MARKS = 4
"""Letters of the marks between two runs that are looked at."""

COLUMNS = (
    "name", "far", "apart", "inside", "gap", "marks", "manner", "short", "saying", "cue", "first",
    "form", "begins",
)  # fmt: skip
"""In the order of link.c: "content after" and the like; the class of the distance; whether another
sentence begins between; how many pieces of content, cues and sources stand between; the words
between, the marks among them; how content begins and ends, and that in two letters; the rank of the
cue's verb, its last word, its first; what form the source has; the first word of content."""

ALONE: Mapping[Kind, tuple[str, ...]] = {
    "content": ("{name}", "{name} {manner}", "{name} first {begins}"),
    "cue": ("{name}", "{name} {cue}", "{name} first {first}"),
}
"""Templates of tying a run to nothing."""
_ANY = (
    "{name}", "{name} far {far}", "{name} apart {apart}", "{name} in {inside}",
    "{name} gap {gap}", "{name} marks {marks}", "{name} in {inside} apart {apart}",
)  # fmt: skip
PAIR: Mapping[Kind, tuple[str, ...]] = {
    "content": (
        *_ANY[:-1], f"{_ANY[-1]} {{short}}", "{name} manner {manner} far {far}",
        "{name} manner {manner} apart {apart}", "{name} saying {saying} {manner}",
        "{name} cue {cue}", "{name} saying {saying} far {far}", "{name} cue first {first}",
    ),
    "cue": (
        *_ANY, "{name} form {form} far {far}", "{name} form {form} in {inside}",
        "{name} cue {cue}", "{name} cue first {first}", "{name} cue first {first} far {far}",
        "{name} in {inside} marks {marks}",
    ),
}  # fmt: skip
"""Templates of tying content to a cue, and a cue to a source."""


class Run(NamedTuple):
    """Neighbouring words of one kind, from `first` up to `end`."""

    kind: Kind
    first: int
    end: int


class Scene:
    """The runs of a document, and what stands between two of them."""

    def __init__(self, tokens: Tokens, runs: Sequence[Run]) -> None:
        """Spell the words out."""
        self._words = tokens.words
        self._low = [word.lower() for word in self._words]
        self._paragraph = tokens.paragraph.tolist()
        self._sentence = tokens.sentence.tolist()
        self._saying = tokens.kinds["saying"][tokens.types].tolist()
        is_mark = [not word[0].isalnum() for word in self._low]
        self._marks = [word for word, mark in zip(self._low, is_mark, strict=True) if mark]
        self._marks_before = [0, *accumulate(is_mark)]
        self._firsts = {
            kind: sorted(one.first for one in runs if one.kind == kind) for kind in KINDS
        }
        self._ends = {kind: sorted(one.end for one in runs if one.kind == kind) for kind in KINDS}

    def candidates(self, run: Run, pool: Sequence[Run]) -> list[Run]:
        """Return the nearest of some runs, of this paragraph and the one before."""
        own = self._paragraph[run.first]
        near = [one for one in pool if 0 <= own - self._paragraph[one.first] <= 1]
        near.sort(key=lambda one: max(one.first - run.end, run.first - one.end, 0))
        return near[:MOST_CANDIDATES]

    def alone(self, run: Run) -> list[str]:
        """Return the features of tying a run to nothing."""
        columns = {"name": f"{run.kind} none"} | self._own(run)
        return [template.format_map(columns) for template in ALONE[run.kind]]

    def pair(self, run: Run, other: Run) -> list[str]:
        """Return the features of tying a run to another."""
        after = other.first >= run.end
        low, high = (run.end, other.first) if after else (other.end, run.first)
        distance = max(high - low, 0)
        edge = run.end - 1 if after else run.first
        columns = {
            "name": f"{run.kind} {'after' if after else 'before'}",
            "far": str(bisect_left(_STEPS, distance)),
            "apart": str(int(self._sentence[other.first] != self._sentence[edge])),
            "inside": self._inside(low, high),
            "gap": " ".join(self._low[low:high])
            if distance <= 3
            else f"{self._low[low]}..{self._low[high - 1]}",
            "marks": self._marks_between(low, high),
        }
        columns |= self._own(run) | self._own(other)
        return [template.format_map(columns) for template in PAIR[run.kind]]

    def _own(self, run: Run) -> dict[str, str]:
        """Return the columns of a run by itself."""
        first, last = self._low[run.first], self._low[run.end - 1]
        if run.kind == "content":
            manner = self._manner(first, last)
            return {"manner": manner, "short": manner[:2], "begins": first}
        if run.kind == "cue":
            saying = str(max(self._saying[run.first : run.end]))
            return {"cue": last, "first": first, "saying": saying}
        capital = self._words[run.first][0].isupper()
        return {"form": first if first in PRONOUNS else "Name" if capital else "noun"}

    @staticmethod
    def _manner(first: str, last: str) -> str:
        """Tell how content begins and ends: in marks, with "that", or bare."""
        marks = ("o" if first in MAY_OPEN else "") + ("c" if last in MAY_CLOSE else "")
        return marks or (first if first in HEADS else "bare")

    def _marks_between(self, low: int, high: int) -> str:
        first = self._marks_before[low]
        end = max(first, min(self._marks_before[high], first + _MOST_MARKS))
        return "".join(self._marks[first:end])[:_MOST_MARKS]

    def _inside(self, low: int, high: int) -> str:
        """Count the runs of each kind between two words, two for more."""
        if high <= low:
            return "000"
        counts = (
            bisect_right(self._ends[kind], high) - bisect_left(self._firsts[kind], low)
            for kind in ("content", "cue", "source")
        )
        return "".join(str(max(0, min(count, 2))) for count in counts)
