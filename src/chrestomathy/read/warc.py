"""Web archives (WARC) → the pages in them, one at a time, never the archive as a whole.

Each answer of a type that a reader takes is a document under its own address; what else there
is (requests, pictures, errors) is counted and said once. An archive that breaks off gives what
could be read.
"""

from __future__ import annotations

import io
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import unquote, urlsplit

from chrestomathy.codec import Item
from chrestomathy.read.archives import MAX_RATIO
from chrestomathy.read.inputs import Raw, left_out
from chrestomathy.records import Document, LeftOut
from chrestomathy.settings import ReadSettings

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

MAX_RECORD_BYTES = 20_000_000
"""Longest answer that is read; a page of text has 100,000."""
FREE_BYTES = 30_000_000
"""Length up to which a record may be packed as small as it likes."""
MAX_HEADER_BYTES = 1 << 16
SHOWN_REASONS = 12
"""How many sorts of what is not read are named."""
_READ_TYPES = ("response", "resource", "conversion")
_AS_IT_COMES = frozenset(("", "application/octet-stream", "binary/octet-stream"))

ReadOne = Callable[[Raw, ReadSettings], Iterator[Item | LeftOut]]
"""Reads one page."""
Takes = Callable[[str], bool]
"""Tells whether a reader takes a media type."""


@dataclass(slots=True)
class _Counted:
    """A file that counts what is read of it."""

    file: BinaryIO
    n_bytes: int = 0

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        self.n_bytes += len(data)
        return data

    def tell(self) -> int:
        return self.n_bytes

    def seek(self, *_where: int) -> int:
        raise io.UnsupportedOperation("it is read once, from its beginning")

    def close(self) -> None:
        self.file.close()


@dataclass(slots=True)
class _Counts:
    n_records: int = 0
    n_unpacked: int = 0
    """Bytes of all pages, unpacked."""
    broken: int = 0
    """The record that ends before its end."""
    not_read: Counter[str] = field(default_factory=Counter)


def read_warc(
    file: BinaryIO, raw: Raw, settings: ReadSettings, *, read_one: ReadOne, takes: Takes
) -> Iterator[Item | LeftOut]:
    """Read the pages of an archive.

    Args:
        file: The archive, packed or not.
        raw: Says where it comes from.
        settings: Bounds.
        read_one: Reads one page.
        takes: Tells which media types are read.
    """
    counts = _Counts()
    problem = None
    stream = _Counted(file)
    try:
        for record in _records(stream):
            counts.n_records += 1
            n_bytes = max(record.content_length, counts.n_unpacked)
            if n_bytes > FREE_BYTES and n_bytes > MAX_RATIO * stream.n_bytes:
                problem = "a record is packed suspiciously small"
                break
            page = _page(record, raw, counts, takes)
            for one in _read_page(page, settings, read_one) if page else ():
                if isinstance(one, LeftOut):
                    counts.not_read[one.reason] += 1
                else:
                    yield one
    except (OSError, ValueError, EOFError, RuntimeError) as error:
        problem = f"it is damaged: {_in_words(error)}"
    yield from _summary(raw, counts, problem)


def _records(stream: _Counted) -> Iterator[WarcRecord]:
    from fastwarc.warc import ArchiveIterator

    yield from ArchiveIterator(stream, parse_http=False)


def _unpacked(data: bytes, packing: str) -> bytes:
    """Undo a page's packing, up to a byte more than is read; what is damaged is cut there."""
    if packing == "br":
        import brotli

        try:
            return bytes(
                brotli.Decompressor().process(data, output_buffer_limit=MAX_RECORD_BYTES + 1)
            )
        except brotli.error:
            return b""
    if packing not in ("gzip", "x-gzip", "deflate"):
        return data
    for bits in (47, -15):  # with a header, or without as some servers send it
        stream = zlib.decompressobj(wbits=bits)
        try:
            return stream.decompress(data, MAX_RECORD_BYTES + 1)
        except zlib.error:
            continue
    return data


@dataclass(frozen=True, slots=True)
class _Page:
    raw: Raw
    note: str
    date: str | None


def _page(record: WarcRecord, raw: Raw, counts: _Counts, takes: Takes) -> _Page | None:
    """Take a page out of a record; None, and counted, where it holds none that is read."""
    kind = str(record.record_type).lower()
    if kind not in _READ_TYPES:
        if kind not in ("warcinfo", "request", "metadata"):
            counts.not_read[f"{kind} records"] += 1
        return None
    headers = record.headers
    address = str(headers.get("WARC-Target-URI") or "").strip("<> ")
    media_type = str(headers.get("Content-Type") or "")
    coded, packing = False, ""
    if kind == "response":
        if not media_type.startswith("application/http"):
            counts.not_read["answers that are no pages"] += 1
            return None
        record.parse_http(auto_decode="transfer", max_header_len=MAX_HEADER_BYTES, quirks_mode=True)
        answer = record.http_headers
        status: Any = getattr(answer, "status_code", None)
        if status not in (200, None):
            counts.not_read[f"answers {status}"] += 1
            return None
        if answer is not None:
            media_type = str(answer.get("Content-Type") or "")
            packing = str(answer.get("Content-Encoding") or "").strip().lower()
            coded = bool(answer.get("Transfer-Encoding"))
    bare = media_type.split(";", 1)[0].strip().lower()
    if bare not in _AS_IT_COMES and not takes(bare):
        counts.not_read[bare] += 1
        return None
    data = record.reader.read(MAX_RECORD_BYTES + 1) if record.reader is not None else b""
    broken = not coded and len(data) < min(record.content_length, MAX_RECORD_BYTES)
    data = _unpacked(data, packing)
    counts.n_unpacked += len(data)
    if len(data) > MAX_RECORD_BYTES or not data:
        counts.not_read["longer than is read" if data else "empty"] += 1
        return None
    number = counts.n_records
    origin = address or f"{raw.origin}!{number}"
    name = unquote(urlsplit(address).path.rsplit("/", 1)[-1]) if address else ""
    moment = str(headers.get("WARC-Date") or "")
    note = f"warc: record {number} of {raw.origin}, captured {moment[:10] or 'on an unknown day'}"
    if broken:
        counts.broken = number
        note += "; it breaks off"
    page = Raw(origin=origin, data=data, media_type=media_type, name=name, depth=raw.depth + 1)
    return _Page(page, note, moment[:10] or None)


def _read_page(page: _Page, settings: ReadSettings, read_one: ReadOne) -> Iterator[Item | LeftOut]:
    for one in read_one(page.raw, settings):
        if isinstance(one, Document):
            one = replace(
                one,
                date=one.date or page.date,
                url=one.url or one.origin,
                notes=(*one.notes, page.note),
            )
        yield one


def _in_words(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


def _summary(raw: Raw, counts: _Counts, problem: str | None) -> Iterator[LeftOut]:
    """Say once what of an archive is not read, and where it breaks off."""
    if counts.broken and not problem:
        problem = "it ends within a record"
    if problem:
        where = f"after record {counts.n_records}" if counts.n_records else "at its beginning"
        yield left_out(
            raw.origin,
            f"{problem} ({where}); what stands before is read",
            "Fetch it again, or give its other part.",
        )
    elif not counts.n_records:
        yield left_out(raw.origin, "there are no records in it", "Give a WARC file.")
    n_left = counts.not_read.total()
    if n_left:
        named = [f"{n:,} × {why}" for why, n in counts.not_read.most_common(SHOWN_REASONS)]
        rest = len(counts.not_read) - len(named)
        more = f" and {rest} more sorts" if rest > 0 else ""
        yield left_out(
            raw.origin,
            f"{n_left:,} of its {counts.n_records:,} records are not read: {'; '.join(named)}{more}",
            "Nothing needs to be done where they are pictures and errors.",
        )
