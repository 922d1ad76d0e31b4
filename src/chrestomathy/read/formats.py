"""Which reader takes which bytes: a table, asked by media type, then suffix, then content."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from chrestomathy.codec import Item
from chrestomathy.errors import InputError
from chrestomathy.read.encoding import decode_text
from chrestomathy.read.inputs import (
    MESSAGE,
    Raw,
    from_error,
    left_out,
    open_member,
    open_stream,
)
from chrestomathy.read.jsonl import looks_like_jsonl, read_jsonl
from chrestomathy.read.office import (
    MEDIA_TYPES,
    SUFFIXES,
    UNREAD_SUFFIXES,
    office_kind,
    read_office,
)
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
_XML = re.compile(rb"\s*(?:<\?xml\s|<(?:\w{1,20}:)?(?:TEI|teiCorpus)(?:\.2)?[\s>])")
"""What begins like XML, or like TEI that does not say so."""
SNIFFED_BYTES = 4096
PDF_MARK = b"%PDF-"
PDF_MARK_WITHIN = 16
"""A PDF begins with its mark, whatever its name; some have a few bytes before it."""
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
    """Find the reader by what an office file begins with, media type, suffix, first bytes."""
    if office_kind(raw.data):
        return OFFICE
    media_type = (raw.media_type or "").split(";", 1)[0].strip().lower()
    if media_type not in _VAGUE:
        for one in FORMATS:
            if media_type in one.media_types:
                return one
    if PDF_MARK in raw.data[:PDF_MARK_WITHIN]:
        return PDF
    name = raw.name.lower()
    head = raw.data[:SNIFFED_BYTES].removeprefix(b"\xef\xbb\xbf")
    for one in FORMATS:
        if name.endswith(one.suffixes):
            if one is OFFICE and _HTML.match(head):
                return HTML  # many a .doc is a page
            return _by_root(head) if one is XML else one
    return by_content(head)


def by_content(head: bytes) -> Format:
    """Tell a format by the first bytes of a file."""
    from chrestomathy.read.cues import SIGNS
    from chrestomathy.read.mail import looks_like_mailbox, looks_like_message

    if _HTML.match(head):
        return HTML
    if _XML.match(head):
        return _by_root(head)
    if head.startswith(b"WARC/1."):
        return WARC
    for one, sign in ((VTT, SIGNS["vtt"]), (SRT, SIGNS["srt"])):
        if sign.match(head):
            return one
    if looks_like_mailbox(head):
        return MBOX
    if looks_like_message(head):
        return MAIL
    return JSONL if looks_like_jsonl(head) else PLAIN


def _by_root(head: bytes) -> Format:
    """Tell the formats that are XML by their root element; a page may be XML too."""
    from chrestomathy.read.tei import ROOTS
    from chrestomathy.read.xmlfeed import root_name

    root = root_name(head)
    if root in ROOTS:
        return TEI
    return HTML if root is not None and root.lower() == "html" else XML


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


def _read_office(raw: Raw, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    kind = office_kind(raw.data)
    if kind is None:
        raise InputError(
            f"it is named {Path(raw.name).suffix or raw.media_type} and is nothing of the sort",
            fix="Open it in its program and save it again.",
        )
    id_ = document_id(raw.data)
    for one in read_office(raw.data, kind, id=id_, origin=raw.origin, settings=settings):
        if isinstance(one, Document):
            yield one if one.blocks else _no_text(raw)
        else:
            part, error = one
            yield from_error(f"{raw.origin}!{part}", error)


def _read_pdf(raw: Raw, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    from chrestomathy.read.pdf import HOW_TO_RECOGNISE, document_from_pdf

    document, problem = document_from_pdf(
        raw.data, id=document_id(raw.data), origin=raw.origin, settings=settings
    )
    yield document
    if problem:
        yield left_out(raw.origin, problem, HOW_TO_RECOGNISE)


def _read_lines(raw: Raw, _settings: ReadSettings) -> Iterator[Item | LeftOut]:
    yield from read_jsonl(raw)


def _read_tei(raw: Raw, _settings: ReadSettings) -> Iterator[Item | LeftOut]:
    from chrestomathy.read.tei import read_tei

    yield from read_tei(raw, id_=document_id(raw.data), declared=declared_charset(raw))


def _read_xml(raw: Raw, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    from chrestomathy.read.xmlplain import read_xml

    other = _by_root(raw.data[:SNIFFED_BYTES])
    if other is not XML:
        yield from other.read(raw, settings)
        return
    yield from read_xml(raw, id_=document_id(raw.data), declared=declared_charset(raw))


def _read_subtitles(media_type: str) -> Callable[[Raw, ReadSettings], Iterator[Item | LeftOut]]:
    def read(raw: Raw, _settings: ReadSettings) -> Iterator[Item | LeftOut]:
        from chrestomathy.read.subtitles import read_subtitles

        yield from read_subtitles(
            raw,
            id_=document_id(raw.data),
            declared=declared_charset(raw),
            media_type=media_type,
        )

    return read


def _read_mail(raw: Raw, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    from chrestomathy.read.mail import read_message

    for one in read_message(raw, settings, id_=document_id(raw.data), read_page=_read_html):
        if isinstance(one, Raw):
            for member in open_member(one, settings):
                yield from _read_or_left(member, settings)
        else:
            yield one


def _read_mbox(raw: Raw, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    from chrestomathy.read.mail import iter_messages

    number = 0
    for number, data in enumerate(iter_messages(raw.data), 1):
        one = replace(raw, origin=f"{raw.origin}!{number}", data=data, depth=raw.depth + 1)
        yield from _read_or_left(replace(one, media_type=MESSAGE), settings)
    if not number:
        yield left_out(raw.origin, "there are no messages in it", "Give a mailbox (mbox).")


def _read_warc(raw: Raw, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    from chrestomathy.read.warc import read_warc

    with open_stream(raw) as file:
        yield from read_warc(file, raw, settings, read_one=_read_or_left, takes=_takes)


def _takes(media_type: str) -> bool:
    return any(media_type in one.media_types for one in FORMATS if one not in (WARC, JSONL))


def _read_or_left(raw: Raw | LeftOut, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    if isinstance(raw, LeftOut):
        yield raw
    else:
        yield from read_raw(raw, settings=settings)


def _no_text(raw: Raw) -> LeftOut:
    return left_out(raw.origin, "there is no text in it", "Give a file with text in it.")


PLAIN = Format(("text/plain",), (".txt", ".text"), _read_plain)
MARKDOWN = Format(("text/markdown", "text/x-markdown"), (".md", ".markdown"), _read_markdown)
HTML = Format(("text/html", "application/xhtml+xml"), (".html", ".htm", ".xhtml"), _read_html)
PDF = Format(("application/pdf", "application/x-pdf"), (".pdf",), _read_pdf)
JSONL = Format(
    ("application/jsonl", "application/x-ndjson", "application/ndjson", "application/json"),
    (".jsonl", ".ndjson", ".json"),
    _read_lines,
)
TEI = Format(("application/tei+xml",), (".tei", ".teixml"), _read_tei)
XML = Format(("application/xml", "text/xml"), (".xml",), _read_xml)
SRT = Format(("application/x-subrip",), (".srt",), _read_subtitles("application/x-subrip"))
VTT = Format(("text/vtt",), (".vtt",), _read_subtitles("text/vtt"))
MAIL = Format((MESSAGE,), (".eml",), _read_mail)
MBOX = Format(("application/mbox",), (".mbox", ".mbx"), _read_mbox)
WARC = Format(("application/warc",), (".warc", ".warc.gz"), _read_warc)
OFFICE = Format(
    tuple(MEDIA_TYPES.values()),
    (*(suffix for each in SUFFIXES.values() for suffix in each), *UNREAD_SUFFIXES),
    _read_office,
)

FORMATS = (HTML, MARKDOWN, JSONL, TEI, XML, SRT, VTT, MAIL, MBOX, WARC, PDF, OFFICE, PLAIN)
"""Every reader there is. To add one: write its module, add its row."""
