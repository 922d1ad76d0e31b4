"""The passage and its source side by side, as segments that a template can print.

Each side is a list of segments that say what they are, so that a difference can be printed in
words and marks and never by colour alone. Offsets come from a `Verdict`; one that points
outside its text is cut to fit, because a wrong offset must not cost the whole page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal, NamedTuple

from chrestomathy.records import Evidence, Part, Passage, Span, Verdict
from chrestomathy.textkit.sentences import sentences

SegmentKind = Literal["same", "added", "removed", "omitted", "marked", "context", "join", "gap"]
"""What a segment is.

``same``      stands on both sides
``added``     on the page, not in the source
``removed``   in the source, not on the page
``omitted``   source words left out between two stretches of the passage
``marked``    a change or an omission that the page itself shows: […], [he]
``context``   the rest of the source's sentence, where the passage cuts it
``join``      no text: here the passage goes on from another place
``gap``       stands for a long stretch that is the same; `words` counts it
"""

LONG_SAME_WORDS = 40
"""A longer stretch of equal words is shortened. Chosen by hand: some four lines."""
KEPT_WORDS = 12
"""Words kept at each end of a stretch that is shortened. Chosen by hand."""
LONG_OMISSION_WORDS = 60
"""A longer omission is shortened in the same way."""

_ELLIPSIS = re.compile(
    r"""
    [\[(]?\s*(?:…|\.\s?\.\s?\.(?:\s?\.)?)\s*[\])]?   # "…"  "[...]"  "(…)"  ". . ."
    | \*\s?\*\s?\*                                   # "* * *"
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"\S+")


class Segment(NamedTuple):
    """A run of text on one side of a comparison."""

    kind: SegmentKind
    text: str
    words: int = 0
    """How many words a ``gap`` stands for."""


class Comparison(NamedTuple):
    """Both sides of one passage."""

    passage: tuple[Segment, ...]
    source: tuple[Segment, ...]

    @property
    def page_differs(self) -> bool:
        """Tell whether the page's side shows more than the passage itself."""
        return any(one.kind not in ("same", "gap") for one in self.passage)


def compare(
    passage: Passage, verdict: Verdict, evidence: Sequence[Evidence] = ()
) -> Comparison | None:
    """Lay a passage beside its source, or ``None`` where no words differ.

    Args:
        passage: The passage that `verdict` is about.
        verdict: Its parts, changes and omissions.
        evidence: Context before and after the parts; shown where the passage is cut.
    """
    if not verdict.parts or verdict.wording in ("exact", "not_found", "undecided"):
        return None
    return Comparison(
        tuple(_shorten(_passage_side(passage.text, verdict))),
        tuple(_shorten(_source_side(verdict, evidence))),
    )


def _passage_side(text: str, verdict: Verdict) -> Iterator[Segment]:
    labels: list[SegmentKind] = ["added"] * len(text)
    for part in verdict.parts:
        _paint(labels, part.passage, "same")
    for m in _ELLIPSIS.finditer(text):
        if any(one.marked for one in verdict.omissions) and "added" in labels[m.start() : m.end()]:
            _paint(labels, Span(m.start(), m.end()), "marked")
    for change in verdict.changes:
        if change.op != "delete":
            _paint(labels, change.passage, "marked" if change.marked else "added")
    joins = _joins(verdict)
    for segment, start in _runs(text, labels):
        yield from _split_at_joins(segment, start, joins)


def _source_side(verdict: Verdict, evidence: Sequence[Evidence]) -> Iterator[Segment]:
    cut = verdict.wording == "truncated"
    first, last = _context(evidence, verdict)
    if cut and first and (before := _sentence_before(first)):
        yield Segment("context", before)
    for i, part in enumerate(verdict.parts):
        if i and _jumps(verdict.parts[i - 1], part, verdict):
            yield Segment("join", "")
        yield from _part_segments(i, part, verdict)
        yield from _omitted_after(i, verdict)
    if cut and last and (after := _sentence_after(last)):
        yield Segment("context", after)


def _part_segments(i: int, part: Part, verdict: Verdict) -> Iterator[Segment]:
    labels: list[SegmentKind] = ["same"] * len(part.text)
    for change in verdict.changes:
        if change.part == i and change.op != "insert":
            kind: SegmentKind = "marked" if change.marked else "removed"
            _paint(labels, _within(change.source, part), kind)
    for omission in verdict.omissions:
        if omission.part == i and omission.source.start < part.end:
            kind = "marked" if omission.marked else "omitted"
            _paint(labels, _within(omission.source, part), kind)
    for segment, _ in _runs(part.text, labels):
        yield segment


def _omitted_after(i: int, verdict: Verdict) -> Iterator[Segment]:
    part = verdict.parts[i]
    for omission in verdict.omissions:
        if omission.part == i and omission.source.start >= part.end:
            yield Segment("same", " ")
            yield Segment("marked" if omission.marked else "omitted", omission.text.strip())
            yield Segment("same", " ")


def _joins(verdict: Verdict) -> list[int]:
    """Return where, in the passage, it goes on from another place of the sources."""
    pairs = zip(verdict.parts, verdict.parts[1:], strict=False)
    return [after.passage.start for before, after in pairs if _jumps(before, after, verdict)]


def _jumps(before: Part, after: Part, verdict: Verdict) -> bool:
    if verdict.wording == "spliced" or before.source != after.source:
        return True
    return after.start < before.end


def _context(
    evidence: Sequence[Evidence], verdict: Verdict
) -> tuple[Evidence | None, Evidence | None]:
    """Return the evidence of the first and of the last part."""
    by_part: dict[int, Evidence] = {}
    for one in evidence:
        by_part.setdefault(one.part, one)
    return by_part.get(0), by_part.get(len(verdict.parts) - 1)


def _sentence_before(evidence: Evidence) -> str:
    """Return how the sentence began that the part begins within."""
    before = evidence.before
    spans = sentences(f"{before}{evidence.text}")
    inside = next((one for one in spans if one.start < len(before) < one.end), None)
    if inside is None:
        return ""
    return before[inside.start :] if inside.start else f"…{before}"


def _sentence_after(evidence: Evidence) -> str:
    """Return how the sentence goes on that the part ends within."""
    end = len(evidence.text)
    spans = sentences(f"{evidence.text}{evidence.after}")
    inside = next((one for one in spans if one.start < end < one.end), None)
    if inside is None:
        return ""
    rest = evidence.after[: inside.end - end]
    return rest if inside.end - end < len(evidence.after) else f"{rest}…"


def _within(span: Span, part: Part) -> Span:
    return Span(span.start - part.start, span.end - part.start)


def _paint(labels: list[SegmentKind], span: Span, kind: SegmentKind) -> None:
    for i in range(max(0, span.start), min(len(labels), span.end)):
        labels[i] = kind


def _runs(text: str, labels: Sequence[SegmentKind]) -> Iterator[tuple[Segment, int]]:
    """Group code points of one label; punctuation and spaces alone are no difference."""
    at = 0
    for kind, group in groupby(_quiet(text, labels)):
        length = sum(1 for _ in group)
        yield Segment(kind, text[at : at + length]), at
        at += length


def _quiet(text: str, labels: Sequence[SegmentKind]) -> list[SegmentKind]:
    quiet = list(labels)
    at = 0
    for kind, group in groupby(labels):
        length = sum(1 for _ in group)
        run = text[at : at + length]
        if kind == "added":
            bare = run.strip(" \t\r\n,;:")
            first = run.find(bare) if any(char.isalnum() for char in bare) else length
            last = first + len(bare)
            quiet[at : at + first] = ["same"] * first
            quiet[at + last : at + length] = ["same"] * max(0, length - last)
        elif kind == "marked" and run.strip():
            first, last = length - len(run.lstrip()), len(run.rstrip())
            quiet[at : at + first] = ["same"] * first
            quiet[at + last : at + length] = ["same"] * (length - last)
        at += length
    return quiet


def _split_at_joins(segment: Segment, start: int, joins: Iterable[int]) -> Iterator[Segment]:
    at = 0
    for join in joins:
        cut = join - start
        if at <= cut < len(segment.text):
            if cut > at:
                yield Segment(segment.kind, segment.text[at:cut])
            yield Segment("join", "")
            at = cut
    if segment.text[at:]:
        yield Segment(segment.kind, segment.text[at:])


def _shorten(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Replace the middle of a long stretch by a gap that counts its words."""
    for segment in segments:
        limit = LONG_SAME_WORDS if segment.kind == "same" else LONG_OMISSION_WORDS
        words = list(_WORD.finditer(segment.text))
        if segment.kind in ("context", "added", "removed") or len(words) <= limit:
            yield segment
            continue
        head, tail = words[KEPT_WORDS - 1].end(), words[-KEPT_WORDS].start()
        yield Segment(segment.kind, segment.text[:head])
        yield Segment("gap", "", len(words) - 2 * KEPT_WORDS)
        yield Segment(segment.kind, segment.text[tail:])
