"""A document as LIFT sees it: paragraphs of lines, whatever format it came from.

Readers of HTML and Markdown give blocks with a kind; of plain text only paragraphs parted by
blank lines. Here both become the same thing. Lines that are quoted with ">" lose that mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from chrestomathy.records import Block, BlockKind, Document, Span

_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n(?![^\S\n]*(?:\n|\Z))[^\n]*)*")
_QUOTE_MARK = re.compile(r"(?:>[ \t]?)+")
_CODE = re.compile(r"[{}=;<>]\s*$|\w\(|::|==", re.MULTILINE)
_MAY_BE_SET_IN = re.compile(r"\n(?:[ \t>]{3}|[ >]{0,2}\t)")
TAB = 8
SET_IN = 3
"""Columns from which on a paragraph is set in; chosen by hand."""
MAX_SET_IN_SHARE = 0.5
"""Where more paragraphs are set in, it is the page's manner and says nothing."""


@dataclass(slots=True)
class Line:
    """One printed line, without the white space around it."""

    start: int
    end: int
    text: str
    indent: int
    """Columns of white space before it."""
    quoted: bool = False
    """It began with ">", which is taken off."""


@dataclass(slots=True)
class Paragraph:
    """One block of a document."""

    start: int
    end: int
    kind: BlockKind = "paragraph"
    level: int | None = None


def paragraphs(document: Document) -> list[Paragraph]:
    """List the blocks of a document, without those that stand inside others."""
    if not document.blocks:
        plain = [Paragraph(*m.span()) for m in _PARAGRAPH.finditer(document.text)]
        return _set_in(document.text, plain)
    found: list[Paragraph] = []
    at = 0
    blocks = sorted(document.blocks, key=lambda block: (block.start, -block.end))
    holders = {"quote", "item"}
    for i, block in enumerate(blocks):
        inner = blocks[i + 1] if i + 1 < len(blocks) else None
        holds = inner is not None and inner.end <= block.end and inner.start >= block.start
        if block.kind in holders and holds and inner is not None and inner.kind != block.kind:
            outer = block.kind
            found += _around(document, block.start, block.end, outer, blocks[i + 1 :])
            at = block.end
        elif block.start >= at and block.start < block.end:
            found.append(Paragraph(block.start, block.end, block.kind, block.level))
            at = block.end
    return _set_in(document.text, found) if document.media_type == "text/plain" else found


def _set_in(text: str, found: list[Paragraph]) -> list[Paragraph]:
    """Take paragraphs that are set in behind a colon for block quotes: "… testified as follows:"."""
    if text[:1] not in (" ", "\t", ">") and not _MAY_BE_SET_IN.search(text):
        return found
    columns = [_indent(text, one.start) for one in found]
    if sum(column >= SET_IN for column in columns) > MAX_SET_IN_SHARE * len(found):
        return found
    kept = found[:1]
    if max(columns, default=0) < SET_IN:
        return found
    for i, (last, one) in enumerate(pairwise(found), 1):
        quoting = kept[-1].kind == "quote" or text[last.end - 1] in ":："
        deeper = columns[i] >= SET_IN + min(columns[i - 1], columns[0])
        deeper |= kept[-1].kind == "quote" and columns[i] >= columns[i - 1] >= SET_IN
        is_quote = (
            one.kind == "paragraph" and quoting and deeper and _is_prose(text[one.start : one.end])
        )
        kept.append(replace(one, kind="quote") if is_quote else one)
    return kept


def _is_prose(words: str) -> bool:
    """Tell whether a paragraph is sentences, not a program, a table or a list."""
    first, last = words[0], words.rstrip()[-1]
    whole = (first.isupper() or first in "[…") and last in ".!?…)]"  # marks tell by themselves
    every = [line for line in words.splitlines() if line.strip()]
    return whole and all(line[:1].isspace() for line in every[1:]) and not _CODE.search(words)


def _around(
    document: Document, start: int, end: int, outer: BlockKind, blocks: Sequence[Block]
) -> Iterator[Paragraph]:
    """Open a quote or item that holds blocks of its own: its paragraphs are the quote's."""
    at = start
    for block in blocks:
        inner_start, inner_end = block.start, block.end
        if inner_start >= end:
            break
        if inner_start < at or inner_end > end:
            continue
        yield from _rest(document.text, at, inner_start, outer)
        kind = block.kind
        yield Paragraph(inner_start, inner_end, outer if kind == "paragraph" else kind)
        at = inner_end
    yield from _rest(document.text, at, end, outer)


def _rest(text: str, start: int, end: int, kind: BlockKind) -> Iterator[Paragraph]:
    piece = text[start:end]
    if piece.strip(" \t\r\n>"):
        lead = len(piece) - len(piece.lstrip())
        yield Paragraph(start + lead, start + len(piece.rstrip()), kind)


def lines(text: str, paragraph: Paragraph) -> list[Line]:
    """Split a paragraph into its printed lines."""
    if text.find("\n", paragraph.start, paragraph.end) < 0:
        whole = text[paragraph.start : paragraph.end]
        if whole[:1] not in (">", " ", "\t", "") and len(whole.splitlines()) == 1:
            bare = whole.rstrip()
            indent = _indent(text, paragraph.start)
            return [Line(paragraph.start, paragraph.start + len(bare), bare, indent)]
    found: list[Line] = []
    at = paragraph.start
    for raw in text[paragraph.start : paragraph.end].splitlines(keepends=True):
        bare = raw.strip()
        start = at + (len(raw) - len(raw.lstrip()))
        at += len(raw)
        if not bare:
            continue
        quoted = False
        if bare[0] == ">" and (m := _QUOTE_MARK.match(bare)) and not bare.startswith(">>>"):
            quoted, start, bare = True, start + m.end(), bare[m.end() :]
            start += len(bare) - len(bare.lstrip())
            bare = bare.strip()
            if not bare:
                continue
        indent = _indent(text, start) if not found or quoted else _columns(raw)
        found.append(Line(start, start + len(bare), bare, indent, quoted))
    return found


def _columns(raw: str) -> int:
    lead = raw[: len(raw) - len(raw.lstrip())]
    return len(lead.expandtabs(TAB)) if "\t" in lead else len(lead)


def _indent(text: str, start: int) -> int:
    line_start = max(text.rfind("\n", max(0, start - 200), start), start - 200) + 1
    lead = text[line_start:start]
    return len(lead.expandtabs(TAB)) if not lead.strip(" \t>") else 0


def spans_of(held: list[Line]) -> tuple[Span, ...]:
    """Return the spans of lines: one for all, or one a line where ">" parts them."""
    if not held:
        return ()
    if any(line.quoted for line in held):
        return tuple(Span(line.start, line.end) for line in held)
    return (Span(held[0].start, held[-1].end),)
