"""JSON Lines → the records they hold, a line at a time; a bad line never costs the others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO

import msgspec

from chrestomathy.codec import Item, decode, decode_item
from chrestomathy.errors import InputError
from chrestomathy.read.inputs import Raw, from_error, left_out
from chrestomathy.records import Document, LeftOut

_BOM = b"\xef\xbb\xbf"
_LOOKS_LIKE = re.compile(rb'\s*\{\s*(?:"|\})')
"""An object's beginning: `{"id": …`, not `{see note}`."""
_SPREAD = re.compile(rb"\s*(?:\[|\{[^\S\n]*\n)")
"""An array, or an object over several lines: JSON, but not JSON Lines."""


def looks_like_jsonl(data: bytes) -> bool:
    """Tell whether bytes of unknown kind begin like a JSON object."""
    return _LOOKS_LIKE.match(data.removeprefix(_BOM)) is not None


def read_jsonl(raw: Raw) -> Iterator[Item | LeftOut]:
    """Read records line by line; each bad line is left out by its number.

    A record without an origin gets the input's. An array, or one object over several lines,
    is read as well.
    """
    n_records = 0
    for where, line in iter_lines(raw.data):
        n_records += 1
        try:
            yield _with_origin(decode_item(line, at=where), raw.origin, where)
        except InputError as error:
            yield _bad_line(raw, where, error)
    if not n_records:
        yield left_out(raw.origin, "it has no records", "Give one JSON object a line.")


def _bad_line(raw: Raw, where: str, error: InputError) -> LeftOut:
    if "_Shape" not in error.what:
        return from_error(raw.origin, error)
    detail = error.what.split(": ", 1)[-1]
    return left_out(
        raw.origin,
        f"{where} is no JSON object: {detail}",
        "Mend that line; if the file is plain text, name it .txt.",
    )


def iter_lines(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Part JSON Lines (or an array of objects) into single objects, each with its place."""
    data = data.removeprefix(_BOM)
    if _SPREAD.match(data):
        whole = _whole(data)
        if whole is not None:
            yield from ((f"record {n}", bytes(one)) for n, one in enumerate(whole, 1))
            return
    for n, line in enumerate(BytesIO(data), 1):
        if not line.isspace():
            yield f"line {n}", line


def _whole(data: bytes) -> list[msgspec.Raw] | None:
    try:
        if data.lstrip().startswith(b"["):
            return decode(data, list[msgspec.Raw])
        return [decode(data, msgspec.Raw)]
    except InputError:
        return None


def _with_origin(item: Item, origin: str, where: str) -> Item:
    if isinstance(item, Document):
        for block in item.blocks:
            if not 0 <= block.start <= block.end <= len(item.text):
                raise InputError(
                    f"the block {block.start}–{block.end} lies outside the document's text of "
                    f"{len(item.text)} characters",
                    at=where,
                    fix="Offsets are Unicode code points into `text`; make the record again.",
                )
    if item.origin:
        return item
    return replace(item, origin=origin)
