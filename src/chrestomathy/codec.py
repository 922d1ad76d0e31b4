"""Records ⇄ JSON and JSON Lines: the only module that knows the wire format.

msgspec encodes and checks the dataclasses of ``records.py`` as they are; a line that does not
fit is refused with the field that is wrong. Nothing here opens a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TypeVar

import msgspec

from chrestomathy.errors import InputError
from chrestomathy.records import RECORDS, Bare, Document, Passage

T = TypeVar("T")

Item = Document | Passage | Bare
"""What a line of a JSON Lines input can be."""

_encoder = msgspec.json.Encoder()
_decoders: dict[Any, msgspec.json.Decoder[Any]] = {}


def encode(record: object) -> bytes:
    """Write one record as one line of JSON, without the line end."""
    return _encoder.encode(record)


def encode_pretty(record: object) -> bytes:
    """Write one record as indented JSON with a final line end, the same bytes each time."""
    return msgspec.json.format(_encoder.encode(record), indent=1) + b"\n"


def decode(data: bytes | str, kind: type[T], *, at: str | None = None) -> T:
    """Read one record, checking every field.

    Args:
        data: One JSON object.
        kind: The record it must be.
        at: Where it stands, for the message.

    Raises:
        InputError: It is no JSON, or a field is missing or of the wrong type.
    """
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.json.Decoder(kind)
    try:
        value: T = decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        name = getattr(kind, "__name__", str(kind))
        raise InputError(
            f"this is no valid {name} record: {error}",
            at=at,
            fix=f"`chrestomathy schema {name.lower()}` prints the fields it must have.",
        ) from error
    return value


class _Shape(msgspec.Struct):
    """The fields that tell one record from another."""

    blocks: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    attribution: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    spans: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    text: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET
    wording: msgspec.Raw | msgspec.UnsetType = msgspec.UNSET


def decode_item(line: bytes, *, at: str | None = None) -> Item:
    """Read one line of a JSON Lines input by its fields.

    With ``blocks`` it is a `Document`, with ``attribution`` or ``spans`` a `Passage`,
    otherwise a `Bare` record.

    Raises:
        InputError: It is none of them; of a verdict it is said so.
    """
    shape = decode(line, _Shape, at=at)
    if shape.wording is not msgspec.UNSET and shape.text is msgspec.UNSET:
        raise InputError(
            "this is a verdict, and a verdict does not hold its passage's words",
            at=at,
            fix="Give the passages that `chrestomathy lift --json` prints.",
        )
    if shape.blocks is not msgspec.UNSET:
        return decode(line, Document, at=at)
    if shape.attribution is not msgspec.UNSET or shape.spans is not msgspec.UNSET:
        return decode(line, Passage, at=at)
    return decode(line, Bare, at=at)


def encode_lines(records: Iterable[object]) -> Iterator[bytes]:
    """Write records as JSON Lines, line ends included."""
    for record in records:
        yield _encoder.encode(record) + b"\n"


def json_schema(name: str) -> dict[str, Any]:
    """Return the JSON Schema of a record by its name (see `RECORDS`)."""
    return msgspec.json.schema(RECORDS[name])


__all__ = [
    "Item",
    "decode",
    "decode_item",
    "encode",
    "encode_lines",
    "encode_pretty",
    "json_schema",
]
