"""Plain text → blocks: one a paragraph, with offsets into the text exactly as given.

Conservative on purpose. Whether a short line is a heading, an attribution or a speaker's name
is LIFT's decision, from the features of all lines together; only what the writer has plainly
marked up (a line with a rule of its own length drawn under it) is called a heading here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chrestomathy.records import Block, Document
from chrestomathy.textkit.languages import guess_language

_BREAK = re.compile(
    r"""
    [\r\n\f\u2029](?:                   # ``re`` steps quickly over all else to one of these
    (?:(?<=\n)|(?<=\r)\n?+)            # the end of a line
    (?:[^\S\r\n\u2029]*(?>\r\n|\n|\r))+ # and blank lines: "one\n\ntwo", not "one\ntwo"
    | (?<=[\f\u2029])                   # a page break, Unicode's own paragraph separator
    )
    """,
    re.VERBOSE,
)
_UNDERLINED = re.compile(
    r"""
    (?P<title>\S[^\r\n]{0,119})         # "On Water"
    (?:\r\n|\n|\r)
    [^\S\r\n]*(?P<rule>={3,}|-{3,})     # "========", not "=-=-="
    [^\S\r\n]*(?:$|\r\n|\n|\r)          # and nothing beside it
    """,
    re.VERBOSE,
)
RECOGNISED_CHARS = 4000
"""How much of a text its language is recognised from."""
MIN_RULE_SHARE = 0.8
"""Shortest rule under a heading, as a share of the heading's length; chosen by hand.

A rule of three dashes under a whole sentence parts two passages and makes no heading.
"""


def document_from_text(
    text: str,
    *,
    id: str,  # noqa: A002 - the record's own name for it
    origin: str,
    language: str | None = None,
    media_type: str = "text/plain",
    title: str | None = None,
) -> Document:
    """Make a document of plain text, which is kept unchanged: its offsets are the giver's."""
    document = Document(
        id=id,
        origin=origin,
        media_type=media_type,
        title=title,
        language=language,
        text=text,
        blocks=blocks(text),
    )
    return with_language(document)


def with_language(document: Document) -> Document:
    """Recognise a document's language where it declares none."""
    if document.language:
        return document
    guess = guess_language(document.text[:RECOGNISED_CHARS])
    return replace(document, language=guess) if guess else document


def blocks(text: str) -> tuple[Block, ...]:
    r"""Find the paragraphs of a plain text, parted by blank lines.

    Spans are trimmed of white space; single line ends inside a paragraph stay inside.

    Example:
        >>> [(b.kind, b.start, b.end) for b in blocks("On Water\n--------\n\n  It is\nwet.\n")]
        [('heading', 0, 8), ('paragraph', 21, 31)]
    """
    found: list[Block] = []
    for start, end in _paragraphs(text):
        start, end = _trim(text, start, end)
        m = _UNDERLINED.match(text, start, end)
        if m and len(m["rule"]) >= MIN_RULE_SHARE * len(m["title"].rstrip()):
            level = 1 if m["rule"][0] == "=" else 2
            last = start + len(m["title"].rstrip())
            found.append(Block(kind="heading", level=level, start=start, end=last))
            start, end = _trim(text, m.end(), end)
        if start < end:
            found.append(Block(kind="paragraph", start=start, end=end))
    return tuple(found)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for m in _BREAK.finditer(text):
        yield start, m.start()
        start = m.end()
    yield start, len(text)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end].rstrip()
    return start + len(piece) - len(piece.lstrip()), start + len(piece)
