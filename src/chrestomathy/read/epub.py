"""EPUB (2 and 3) → one text with blocks, in the order in which the book is read.

A book is a zip of pages. ``container.xml`` names the package document, whose *spine* lists the
pages in order; a table of contents names chapters, which stands in where a page has no heading
of its own. Cover and table of contents are left out; every other page is content as a whole.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chrestomathy.errors import InputError
from chrestomathy.read.encoding import decode_text
from chrestomathy.read.epubparts import Book, Label, read_book, read_labels, refuse_locked
from chrestomathy.read.flow import Entry, credited
from chrestomathy.read.html import declared_in_page, refuse_deep
from chrestomathy.read.htmlwalk import Walk, read_pieces
from chrestomathy.read.package import Package
from chrestomathy.settings import ReadSettings

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MAX_PAGES = 10_000
"""Most pages of a book that are read."""
MAX_LABEL_CHARS = 200
"""Longest chapter title that a paragraph may be in place of a heading."""
_CLOSED = re.compile(
    r"<(?P<tag>a|abbr|b|blockquote|caption|cite|code|dd|div|dl|dt|em|figure|h[1-6]|i|iframe|li|ol|p"
    r"|pre|q|s|script|section|small|span|strong|style|sub|sup|svg|table|tbody|td|textarea|th|title"
    r"|tr|u|ul)\b(?P<rest>[^<>]{0,2000})/>"
)
"""What XML closes at once and HTML leaves open: `<a id="p5"/>`, `<title/>`, not `<br/>`."""
_DOCTYPE = re.compile(r"<!DOCTYPE[^<>\[]{0,1000}\[[^\]]{0,8000}\]\s{0,100}>", re.IGNORECASE)
"""Declarations of a page's own, which are not read."""
HEAD_CHARS = 10_000
"""How far into a page such declarations are looked for."""
_TYPE = re.compile(r"\bepub:type\s*=")
_NOTE_TYPES = frozenset(("footnote", "endnote", "rearnote", "note"))
_UNREAD_TYPES = frozenset(("pagebreak", "noteref", "toc", "landmarks", "page-list", "lot", "loi"))
"""Parts of a page that are no text of the book: numbers of its pages and its notes, tables."""
_UNREAD_ROLES = {"doc-pagebreak": "pagebreak", "doc-noteref": "noteref", "doc-toc": "toc"}
_NOTE_ROLES = frozenset(("doc-footnote", "doc-endnote"))
_MARK = re.compile(r"\W*(?:\d{1,4}|[a-z*†‡§]{1,3})?\W*", re.IGNORECASE)
"""What points to a note or back from it: `[12]`, `*`, `↩`, not `the second`."""
_NOTE_LINK = re.compile(
    r"(?:foot|end)note|note-?ref|(?:^|[\s#_-])_?(?:e|f)t?n(?:ref)?[\d_-]", re.IGNORECASE
)
"""Class, id or address of such a link: `footnote-reference`, `ch1.xhtml#fn3`."""
_BACK_LINK = re.compile(r"back|fnref|noteref_|↩|↑|\^", re.IGNORECASE)
"""Of those, what points back to the text."""
_EMPTY = re.compile(r"\W+")


@dataclass(slots=True)
class BookText:
    """What a book holds."""

    book: Book
    entries: list[Entry] = field(default_factory=list)
    notes: tuple[str, ...] = ()
    problems: list[tuple[str, InputError]] = field(default_factory=list)
    """Pages that could not be read, with the reason."""


def read_epub(package: Package, *, settings: ReadSettings) -> BookText:
    """Read a book's text, chapter titles and metadata.

    Args:
        package: The book.
        settings: Bounds of a single page.

    Raises:
        InputError: The book is locked, or says nowhere which pages it has.
    """
    refuse_locked(package)
    book = read_book(package)
    labels = read_labels(package, book)
    found = BookText(book)
    counted: Counter[str] = Counter()
    done: set[str] = set()
    for part in book.spine:
        if part.name in done or len(done) >= MAX_PAGES:
            continue
        done.add(part.name)
        if part.problem:
            found.problems.append((part.name, part.problem))
            continue
        if part.is_apart:
            counted["pages with the cover or a table of contents left out"] += 1
            continue
        try:
            page = _page_text(package.read(part.name, max_bytes=settings.max_html_bytes), settings)
        except InputError as error:
            found.problems.append((part.name, error))
            continue
        found.entries += _titled(list(_entries(page, counted)), labels.get(part.name, ()))
    found.entries = credited(found.entries)
    found.notes = tuple(f"epub: {n} {what}" for what, n in counted.items() if n)
    return found


def _page_text(data: bytes, settings: ReadSettings) -> str:
    """Decode a page and write its XML so that it is the same read as HTML."""
    text = decode_text(data, declared=declared_in_page(data), repair=False).text
    text = _DOCTYPE.sub("", text[:HEAD_CHARS], count=1) + text[HEAD_CHARS:]
    if "epub:type" in text:
        text = _TYPE.sub("data-type=", text)
    if "/>" in text:
        text = _CLOSED.sub(r"<\g<tag>\g<rest>></\g<tag>>", text)
    refuse_deep(text, max_depth=settings.max_depth)
    return text


def _entries(text: str, counted: Counter[str]) -> Iterator[Entry]:
    """Walk over a page; nothing in it is taken for navigation but what says so itself."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    n_marks = _mark_types(tree)
    if tree.body is None:
        return
    walk = Walk()
    for piece in read_pieces(tree.body, walk):
        yield Entry(piece.kind, piece.level, piece.text, cite=piece.cite)
    if n_marks + walk.n_note_marks:
        counted["footnote marks left out of the text"] += n_marks + walk.n_note_marks


def _mark_types(tree: LexborHTMLParser) -> int:
    """Take out what is no text of the book, and name its notes as the walk knows them.

    Returns:
        How many footnote marks were taken out.
    """
    n_marks = 0
    for node in tree.css("[data-type], [role]"):
        types = _types(node)
        if types & _NOTE_TYPES:
            attributes = node.attrs
            attributes["role"] = "doc-footnote"
            if "hidden" in node.attributes:
                del attributes["hidden"]
        elif unread := types & _UNREAD_TYPES:
            n_marks += "noteref" in unread
            node.decompose()
    for node in tree.css("a[href*='#']"):
        told = " ".join(node.attributes.get(key) or "" for key in ("class", "id", "href"))
        text = node.text() or ""
        if _MARK.fullmatch(text) and text.strip() and _is_note_link(told, text):
            n_marks += _BACK_LINK.search(told + text) is None
            node.decompose()
    return n_marks


def _is_note_link(told: str, text: str) -> bool:
    arrows = not any(c.isalnum() for c in text) and _BACK_LINK.search(text)
    return bool(arrows) or _NOTE_LINK.search(told) is not None


def _types(node: LexborNode) -> set[str]:
    attributes = node.attributes
    types = set((attributes.get("data-type") or "").split())
    role = attributes.get("role") or ""
    if role in _UNREAD_ROLES:
        types.add(_UNREAD_ROLES[role])
    elif role in _NOTE_ROLES:
        types.add("footnote")
    return types


def _titled(entries: list[Entry], labels: tuple[Label, ...]) -> list[Entry]:
    """Give a page without headings those that the table of contents names for it.

    A short paragraph that reads like a chapter's title becomes its heading; where there is none
    for the first title, it is put above the page.
    """
    if not entries or not labels or any(one.kind == "heading" for one in entries):
        return entries
    known = {_key(label.title): label for label in labels}
    found: list[Entry] = []
    for one in entries:
        label = known.get(_key(one.text)) if len(one.text) <= MAX_LABEL_CHARS else None
        if label and one.kind in ("paragraph", "quote", "table"):
            one = Entry("heading", label.level, one.text)
            del known[_key(one.text)]
        found.append(one)
    first = labels[0]
    if first.is_of_page and not any(one.kind == "heading" for one in found):
        found.insert(0, Entry("heading", first.level, first.title))
    return found


def _key(text: str) -> str:
    return _EMPTY.sub("", html.unescape(text)).casefold()
