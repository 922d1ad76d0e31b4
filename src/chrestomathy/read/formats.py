"""Which reader takes which bytes: a table, asked by media type, then suffix, then content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from chrestomathy.codec import Item
from chrestomathy.errors import InputError
from chrestomathy.read.encoding import decode_text
from chrestomathy.read.inputs import Raw, from_error, left_out
from chrestomathy.read.jsonl import looks_like_jsonl, read_jsonl
from chrestomathy.read.plain import blocks, with_language
from chrestomathy.records import Document, LeftOut
from chrestomathy.settings import ReadSettings

_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html)",
    re.IGNORECASE | re.DOTALL,
)
"""A page's beginning: `<!DOCTYPE html>`, `<html lang="en">`, not `<TEI>`."""
_HEADER_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?(?P<name>[\w.:-]{2,40})", re.IGNORECASE)
"""`text/html; charset=utf-8`, not `text/html; boundary=x`."""
SNIFFED_BYTES = 4096
_VAGUE = frozenset(("", "text/plain", "application/octet-stream", "binary/octet-stream"))
"""Media types that servers send for want of a better one."""


@dataclass(frozen=True, slots=True)
class Format:
    """One sort of input: how it is known and what reads it."""

    media_types: tuple[str, ...]
    """The first is the one that documents carry."""
    suffixes: tuple[str, ...]
    read: Callable[[Raw, ReadSettings], Iterator[Item | LeftOut]]


def read_raw(raw: Raw, *, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    """Read one input; what is wrong with it comes out as a `LeftOut`, never as an error."""
    try:
        for item in format_of(raw).read(raw, settings):
            yield with_language(item) if isinstance(item, Document) else item
    except InputError as error:
        yield from_error(raw.origin, error)


def format_of(raw: Raw) -> Format:
    """Find the reader: a telling media type, then the suffix, then the first bytes."""
    media_type = (raw.media_type or "").split(";", 1)[0].strip().lower()
    if media_type not in _VAGUE:
        for one in FORMATS:
            if media_type in one.media_types:
                return one
    suffix = Path(raw.name).suffix.lower()
    for one in FORMATS:
        if suffix in one.suffixes:
            return one
    head = raw.data[:SNIFFED_BYTES].removeprefix(b"\xef\xbb\xbf")
    if _HTML.match(head):
        return HTML
    return JSONL if looks_like_jsonl(head) else PLAIN


def document_id(data: bytes) -> str:
    """Name a document by its bytes: the first 16 hexadecimal digits of their SHA-256."""
    return hashlib.sha256(data).hexdigest()[:16]


def declared_charset(raw: Raw) -> str | None:
    """Read the charset of a Content-Type header."""
    m = _HEADER_CHARSET.search(raw.media_type or "")
    return m["name"] if m else None


def _read_plain(raw: Raw, _settings: ReadSettings) -> Iterator[Item | LeftOut]:
    decoded = decode_text(raw.data, declared=declared_charset(raw))
    found = blocks(decoded.text)
    if not found:
        yield _no_text(raw)
        return
    yield Document(
        id=document_id(raw.data),
        origin=raw.origin,
        media_type="text/plain",
        text=decoded.text,
        blocks=found,
        notes=decoded.notes,
    )


def _read_markdown(raw: Raw, _settings: ReadSettings) -> Iterator[Item | LeftOut]:
    from chrestomathy.read.markdown import document_from_markdown

    decoded = decode_text(raw.data, declared=declared_charset(raw))
    document = document_from_markdown(
        decoded.text, id=document_id(raw.data), origin=raw.origin, notes=decoded.notes
    )
    yield document if document.blocks else _no_text(raw)


def _read_html(raw: Raw, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    from chrestomathy.read.html import document_from_html

    document = document_from_html(
        raw.data,
        id=document_id(raw.data),
        origin=raw.origin,
        declared=declared_charset(raw),
        settings=settings,
    )
    yield document if document.blocks else _no_text(raw)


def _read_lines(raw: Raw, _settings: ReadSettings) -> Iterator[Item | LeftOut]:
    yield from read_jsonl(raw)


def _no_text(raw: Raw) -> LeftOut:
    return left_out(raw.origin, "there is no text in it", "Give a file with text in it.")


PLAIN = Format(("text/plain",), (".txt", ".text"), _read_plain)
MARKDOWN = Format(("text/markdown", "text/x-markdown"), (".md", ".markdown"), _read_markdown)
HTML = Format(("text/html", "application/xhtml+xml"), (".html", ".htm", ".xhtml"), _read_html)
JSONL = Format(
    ("application/jsonl", "application/x-ndjson", "application/ndjson", "application/json"),
    (".jsonl", ".ndjson", ".json"),
    _read_lines,
)

FORMATS = (HTML, MARKDOWN, JSONL, PLAIN)
"""Every reader there is. To add one: write its module, add its row."""
