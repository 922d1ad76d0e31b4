"""Markdown → blocks with offsets into the file's own text, which is kept unchanged.

markdown-it-py says which lines belong to which block; the spans are cut to the words here. In
a block of several lines the markers of the inner lines (``> ``) stay inside the span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from chrestomathy.read.metadata import Metadata, parse_front_matter
from chrestomathy.records import Block, BlockKind, Document

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_LINE_END = re.compile(r"\r\n?|\n")
_MARKERS = re.compile(
    r"""
    (?: \s
      | >                               # a quotation
      | [-*+](?=\s) | \d{1,9}[.)](?=\s) # a list item: "- ", "12. ", not "-5"
      | \#{1,6}(?=\s)                   # a heading
      | \|                              # a table's edge
    )*
    """,
    re.VERBOSE,
)
_NO_WORDS = re.compile(r"[\s>|:*_=`~#+-]*\Z")
"""A line of markup alone: a rule, a fence, `|---|---|`."""
_NOTE = re.compile(r"\[\^[^\]\s]{1,80}\]:")
"""A footnote's text: `[^1]: See below.`, not `[1]: http://x`."""
_TAG_OR_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<[^>]*(?:>|\Z)", re.DOTALL)
_MARKUP_ALONE = "\0"
"""Stands for the content of a block that holds no words."""
MAX_NESTING = 100
"""Deepest nesting that is followed; deeper lines become paragraphs."""


def document_from_markdown(
    text: str,
    *,
    id: str,  # noqa: A002 - the record's own name for it
    origin: str,
    notes: tuple[str, ...] = (),
) -> Document:
    """Make a document of Markdown, with the title and date that its front matter gives.

    Without one, the title is the one heading of the first level, if the page begins with it.
    """
    metadata, start = parse_front_matter(text)
    found = blocks(text, start=start)
    return Document(
        id=id,
        origin=origin,
        media_type="text/markdown",
        title=metadata.title or _sole_heading(text, found),
        language=metadata.language,
        author=metadata.author,
        date=metadata.date,
        text=text,
        blocks=found,
        url=metadata.url,
        rights=metadata.rights,
        notes=notes + _unread(metadata),
    )


def _unread(metadata: Metadata) -> tuple[str, ...]:
    date = metadata.unread_date
    return (f"the date {date!r} of its front matter is not understood",) if date else ()


def _sole_heading(text: str, found: tuple[Block, ...]) -> str | None:
    first = [one for one in found if one.kind == "heading" and one.level == 1]
    if len(first) != 1 or first[0] != found[0]:
        return None
    return " ".join(text[first[0].start : first[0].end].split())


def blocks(text: str, *, start: int = 0) -> tuple[Block, ...]:
    r"""Find the blocks of a Markdown text in reading order.

    Args:
        text: The whole file.
        start: Where the text proper begins, after the front matter.

    Example:
        >>> text = "# On Water\n\n> It is\n> wet.\n"
        >>> [(b.kind, b.level, text[b.start : b.end]) for b in blocks(text)]
        [('heading', 1, 'On Water'), ('quote', 1, 'It is\n> wet.')]
    """
    body = text[start:]
    lines = _line_spans(body, start)
    found: list[Block] = []
    covered = bytearray(len(lines))
    for kind, level, first, last, content in _leaves(_parser().parse(body)):
        last = min(last, len(lines))
        covered[first:last] = b"\1" * (last - first)
        if first < last:
            found.append(_cut(text, lines[first:last], kind, level, content))
    found.extend(_left_over(text, lines, covered))
    return tuple(sorted((b for b in found if b.start < b.end), key=lambda b: b.start))


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table")
    parser.core.ruler.disable("inline")  # blocks alone matter, and they are the fast half
    return parser


def _line_spans(body: str, base: int) -> list[tuple[int, int]]:
    spans = []
    start = 0
    for m in _LINE_END.finditer(body):
        spans.append((base + start, base + m.start()))
        start = m.end()
    spans.append((base + start, base + len(body)))
    return spans


Leaf = tuple[BlockKind, int | None, int, int, str]
"""Kind, level, first line, line after the last, the words as the parser gives them."""


def _leaves(tokens: list[Token]) -> Iterator[Leaf]:
    """Walk the tokens; the innermost quotation or list around a block says what it is."""
    around: list[BlockKind] = []
    row: Token | None = None
    heading: Token | None = None
    for token in tokens:
        if token.type == "blockquote_open":
            around.append("quote")
        elif token.type == "list_item_open":
            around.append("item")
        elif token.type in ("blockquote_close", "list_item_close"):
            around.pop()
        elif token.type == "tr_open":
            row = token
        elif token.type == "tr_close" and row is not None and row.map:
            yield "table", None, row.map[0], row.map[0] + 1, ""
            row = None
        elif token.type == "heading_open":
            heading = token
        elif token.type == "inline" and row is None and token.map:
            first, last = token.map[0], token.map[0] + token.content.count("\n") + 1
            if heading is not None and heading.map:
                yield "heading", int(heading.tag[1]), first, heading.map[1], token.content
                heading = None
            else:
                yield *_kind(around, token.content), first, last, token.content
        elif token.type == "fence" and token.map:
            first = token.map[0] + 1
            yield "paragraph", None, token.map[0], token.map[1], _MARKUP_ALONE
            yield *_kind(around, ""), first, first + token.content.count("\n"), token.content
        elif token.type in ("code_block", "html_block") and token.map:
            has_words = _TAG_OR_COMMENT.sub("", token.content).strip()
            content = token.content if has_words or token.type == "code_block" else _MARKUP_ALONE
            yield *_kind(around, ""), token.map[0], token.map[1], content


def _kind(around: list[BlockKind], content: str) -> tuple[BlockKind, int | None]:
    if _NOTE.match(content):
        return "note", None
    if not around:
        return "paragraph", None
    return around[-1], around.count(around[-1])


def _cut(
    text: str, lines: list[tuple[int, int]], kind: BlockKind, level: int | None, content: str
) -> Block:
    """Cut a block's lines to its words, leaving out the markers before and after them."""
    if content == _MARKUP_ALONE:
        return Block(kind=kind, start=0, end=0)
    if kind == "heading":
        lines = lines[: content.count("\n") + 1]
    first_words = content.split("\n", 1)[0].strip()
    start = text.find(first_words, *lines[0]) if first_words else -1
    if start < 0:
        m = _MARKERS.match(text, *lines[0])
        start = m.end() if m else lines[0][0]
    last_words = content.rstrip().rsplit("\n", 1)[-1].strip()
    end = text.rfind(last_words, *lines[-1]) + len(last_words) if last_words else -1
    if end <= start:
        end = lines[-1][1]
    while end > start and (text[end - 1].isspace() or (kind == "table" and text[end - 1] == "|")):
        end -= 1
    return Block(kind=kind, level=level, start=start, end=end)


def _left_over(text: str, lines: list[tuple[int, int]], covered: bytearray) -> Iterator[Block]:
    """Give words outside every block their own: one-word notes, link targets, what is too deep."""
    for (start, end), done in zip(lines, covered, strict=True):
        if done or _NO_WORDS.match(text, start, end):
            continue
        m = _MARKERS.match(text, start, end)
        start = m.end() if m else start
        kind: BlockKind = "note" if text.startswith("[", start) else "paragraph"
        yield Block(kind=kind, start=start, end=start + len(text[start:end].rstrip()))
