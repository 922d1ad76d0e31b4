"""Headings that say whose words stand below them: a person with life dates, a book and its author."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from chrestomathy.lift.attribution import Claim, parse_claim, with_speaker
from chrestomathy.lift.chunk import Chunk
from chrestomathy.lift.draft import Draft
from chrestomathy.lift.speakers import is_name
from chrestomathy.records import Span

MIN_HEADS = 2
"""Fewest such headings; chosen by hand."""
_MARKED = re.compile(r"[\"“«„*_《『]")
"""What a title of a book stands in."""
_LIFE = re.compile(r"\(\D{0,12}\d{3,4}\s?(?:[–—-]\s?\D{0,12}\d{0,4}\s?)?\)")


def credit_headings(text: str, chunks: Sequence[Chunk], passages: Sequence[Draft]) -> list[Draft]:
    """Give passages without a speaker to the person whom the heading above them names.

    All headings over such passages must name somebody, and half must show a person or a book, or
    one where no passage of the page names anybody itself.

    Args:
        text: The document.
        chunks: Its chunks, headings among them.
        passages: In the order of the page.
    """
    heads = [one for one in chunks if one.role == "heading"]
    starts = [one.start for one in heads]
    above = [bisect_right(starts, one.spans[0].start) - 1 for one in passages]
    used = {i for i, one in zip(above, passages, strict=True) if not one.attribution.speaker}
    if len(used) < MIN_HEADS or -1 in used:
        return list(passages)
    claims = {i: parse_claim(_line(heads[i])) for i in used}
    if not all(_names(claim, heads[i]) for i, claim in claims.items()):
        return list(passages)
    sure = sum(_is_sure(claim, heads[i]) for i, claim in claims.items())
    named = any(one.attribution.speaker for one in passages)
    if not sure or (named and 2 * sure < len(used)):
        return list(passages)
    return [
        one if one.attribution.speaker else _credit(text, one, heads[i], claims[i])
        for one, i in zip(passages, above, strict=True)
    ]


def _line(head: Chunk) -> str:
    return " ".join(head.text.split())


def _names(claim: Claim, head: Chunk) -> bool:
    """Tell whether a heading has the shape of a name, alone or before a work."""
    if claim.speaker is None:
        return False
    name = _line(head)[slice(*claim.speaker)]
    return is_name(name) and (" " in name or _LIFE.search(head.text) is not None)


def _is_sure(claim: Claim, head: Chunk) -> bool:
    """Tell whether a heading shows a person or a book: life dates, a work."""
    marked = claim.work is not None and _MARKED.search(head.text) is not None
    return marked or _LIFE.search(head.text) is not None


def _credit(text: str, one: Draft, head: Chunk, claim: Claim) -> Draft:
    """Give a passage what its heading says."""
    if claim.speaker is None:
        return one
    name = _line(head)[slice(*claim.speaker)]
    at = text.find(name, head.start, head.end)
    span = Span(at, at + len(name)) if at >= 0 else Span(head.start, head.end)
    known = one.attribution
    given = replace(
        with_speaker(known, name, span),
        work=known.work or claim.work,
        date=known.date or (claim.date.edtf if claim.date else None),
    )
    flags = tuple(flag for flag in one.flags if flag != "no-attribution")
    return replace(one, attribution=given, flags=flags, rule=f"{one.rule}+heading")
