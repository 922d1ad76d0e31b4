"""Direct, mixed and indirect speech of English prose, as the tagger sees it, on demand.

The rules of `prose` know quotation marks exactly and see a speaker beside them; the tagger sees
what stands in no marks, and speakers further away. An attribution of the tagger whose words all
stand in marks gives its source to the quotations that had none beside them, and one passage to
those that it ties together. One with other words too is a passage of its own, mixed or indirect,
and the quotations within it are parts of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from chrestomathy.lift.clauses import sentence_start
from chrestomathy.lift.cues import PRONOUNS, Cue, behind_addressee, subject_of
from chrestomathy.lift.draft import Draft
from chrestomathy.lift.indirect import quotes
from chrestomathy.lift.layout import Paragraph
from chrestomathy.lift.tagger import Attributed, Model
from chrestomathy.records import Attribution, PassageFlag, Span

Claim = Callable[[Cue, int], tuple[Attribution, list[PassageFlag]]]
"""Makes the claim of a cue in the paragraph of that number."""

SURE_CUE = 0.75
"""A quotation whose own rule is so sure keeps its speaker: a name right beside it."""
BARE_SHARE = 0.15
"""Least share of other words that makes a piece of content more than its quotations."""
MAX_CLAUSE = 200
"""Longest stretch of source and cue that is printed as one, in characters."""
_THAT = re.compile(r"that\s")
MIN_WORDS = 2
"""Fewest words of a report: "he said so" is none, "she refused to comment" is one."""
_LETTER = re.compile(r"[^\W_]")
_EDGES = " \t\r\n\u00a0,;:—–-"
KINDS = ("paragraph", "line", "item", "quote", "heading")
"""Blocks in which somebody can be reported to say something."""


@dataclass(slots=True)
class _Page:
    text: str
    blocks: Sequence[Paragraph]
    ends: Sequence[int]
    direct: Sequence[Draft]
    starts: Sequence[int]
    """Of the direct passages, sorted."""
    claim: Claim
    mentions: frozenset[int]


def lift_attributed(
    text: str,
    blocks: Sequence[Paragraph],
    direct: Sequence[Draft],
    model: Model,
    claim: Claim,
    mentions: frozenset[int] = frozenset(),
) -> list[Draft]:
    """Return the direct passages, some with a source they lacked, and the reported ones.

    Args:
        text: The document.
        blocks: Its running paragraphs.
        direct: The passages found in marks.
        model: The tagger.
        claim: Makes a claim of a speaker and a clause.
        mentions: Where marks begin that hold a name or a term.
    """
    direct = sorted(direct, key=lambda one: one.spans[0])
    starts = [one.spans[0].start for one in direct]
    page = _Page(text, blocks, [block.end for block in blocks], direct, starts, claim, mentions)
    left = dict(enumerate(direct))
    made: list[Draft] = []
    spans = [(block.start, block.end) for block in blocks if block.kind in KINDS]
    for one in model.attributions(text, spans):
        whole, parts, reported = _divide(page, one, left)
        if whole:
            made.append(_with_source(page, one, [left[i] for i in whole]))
        quoted = [left[i] for i in parts]
        told = bool(one.cue or one.source or quoted)
        if reported and told and (draft := _report(page, one, reported, quoted)):
            made.append(draft)
            whole += parts
        for i in whole:
            left.pop(i, None)
    return sorted([*left.values(), *made], key=lambda one: one.spans[0])


def _divide(
    page: _Page, one: Attributed, left: Mapping[int, Draft]
) -> tuple[list[int], list[int], list[Span]]:
    """Part the content of an attribution.

    Returns:
        The quotations that are all there is of a piece, those that are part of a longer piece,
        and the pieces with other words.
    """
    whole: list[int] = []
    parts: list[int] = []
    reported: list[Span] = []
    for piece in one.content:
        near = [i for i in _near(page, piece) if i in left and i not in whole and i not in parts]
        inside = _inside(page, piece, near)
        if inside and _bare(page, piece, inside) <= BARE_SHARE:
            whole += inside
        elif inside or not any(_common(left[i], piece) for i in near):
            parts += inside
            reported.append(piece)
    return whole, parts, reported


def _near(page: _Page, piece: Span) -> range:
    """Return the direct passages that begin near a piece of content."""
    low = bisect_left(page.starts, piece.start - MAX_CLAUSE)
    return range(max(0, low - 1), bisect_left(page.starts, piece.end))


def _inside(page: _Page, piece: Span, near: Sequence[int]) -> list[int]:
    """List the direct passages that stand within a piece, for the most part."""

    def size(draft: Draft) -> int:
        return sum(span.end - span.start for span in draft.spans)

    return [i for i in near if 2 * _common(page.direct[i], piece) >= size(page.direct[i])]


def _common(draft: Draft, piece: Span) -> int:
    return sum(max(0, min(one.end, piece.end) - max(one.start, piece.start)) for one in draft.spans)


def _bare(page: _Page, piece: Span, inside: Sequence[int]) -> float:
    """Return the share of a piece's letters that stand outside of its quotations."""
    start, bare = piece.start, 0
    for a, b in sorted(span for i in inside for span in page.direct[i].spans):
        bare += _letters(page.text, start, a)
        start = max(start, b)
    bare += _letters(page.text, start, piece.end)
    return bare / max(1, _letters(page.text, *piece))


def _letters(text: str, start: int, end: int) -> int:
    return len(_LETTER.findall(text, start, max(start, end)))


def _with_source(page: _Page, one: Attributed, quoted: list[Draft]) -> Draft:
    """Join the quotations of one attribution; the surest of their speakers, else the tagger's."""
    first = max(quoted, key=lambda draft: draft.confidence)
    spans = tuple(sorted(span for draft in quoted for span in draft.spans))
    inherited = ("no-attribution", "attribution-shared")
    kept = [flag for draft in quoted for flag in draft.flags if flag not in inherited]
    if _is_sure(first) or one.source is None:
        return replace(first, spans=spans, flags=tuple(dict.fromkeys((*first.flags, *kept))))
    attribution, extra = _claim(page, one)
    return replace(
        first,
        spans=spans,
        rule="marks+tagger",
        confidence=round(0.5 + 0.4 * one.confidence, 2),
        attribution=attribution,
        flags=tuple(dict.fromkeys((*kept, *extra))),
    )


def _report(
    page: _Page, one: Attributed, pieces: Sequence[Span], quoted: Sequence[Draft]
) -> Draft | None:
    """Make a passage of what is reported in other words, some of them perhaps in marks."""
    pieces = [_without_addressee(page, one, piece) for piece in pieces]
    spans = tuple(span for piece in pieces if (span := _trim(page.text, piece)))
    if sum(len(page.text[slice(*span)].split()) for span in spans) < MIN_WORDS:
        return None
    sure = max(quoted, key=lambda draft: draft.confidence, default=None)
    if sure is not None and _is_sure(sure):
        attribution, flags = sure.attribution, list(sure.flags)
    else:
        attribution, flags = _claim(page, one)
    marked = bool(quoted) or any(quotes(page.text, span, page.mentions) for span in spans)
    return Draft(
        spans=spans,
        mode="mixed" if marked else "indirect",
        rule="tagger",
        confidence=round(0.3 + 0.4 * one.confidence, 2),
        attribution=attribution,
        flags=tuple(flags),
    )


def _without_addressee(page: _Page, one: Attributed, piece: Span) -> Span:
    """Take off whom it was told: "told [reporters he would stay]"."""
    if one.cue is None or not 0 <= piece.start - one.cue.end <= 1:
        return piece
    start = behind_addressee(page.text, one.cue, piece.end)
    return Span(start, piece.end) if start and start < piece.end else piece


def _is_sure(draft: Draft) -> bool:
    return draft.confidence >= SURE_CUE and "no-attribution" not in draft.flags


def _trim(text: str, span: Span) -> Span | None:
    start, end = span
    if (m := _THAT.match(text, start, end)) is not None:
        start = m.end()
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end) if end > start else None


def _claim(page: _Page, one: Attributed) -> tuple[Attribution, list[PassageFlag]]:
    source = one.source or _subject(page, one)
    if source is None:
        return Attribution(), ["no-attribution"]
    clause = source
    if one.cue is not None:
        both = Span(min(source.start, one.cue.start), max(source.end, one.cue.end))
        clause = both if both.end - both.start <= MAX_CLAUSE else clause
    printed = page.text[slice(*source)]
    side = "before" if source.start < one.content[0].start else "after"
    cue = Cue(source, side, False, clause, printed.casefold() in PRONOUNS)
    return page.claim(cue, _paragraph(page, source))


def _paragraph(page: _Page, span: Span) -> int:
    return min(bisect_left(page.ends, span.end), len(page.blocks) - 1)


def _subject(page: _Page, one: Attributed) -> Span | None:
    """Find the subject of the cue where the tagger saw no source: "But Lund claims …"."""
    if one.cue is None:
        return None
    block = page.blocks[_paragraph(page, one.cue)]
    start = sentence_start(page.text, block.start, one.cue.start)
    return subject_of(page.text, start, one.cue)
