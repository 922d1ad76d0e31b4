"""Reading a dictionary's files, within bounds."""

from __future__ import annotations

from pathlib import Path

from chrestomathy.errors import InputError
from chrestomathy.read.archives import inflate
from chrestomathy.read.encoding import decode_text

MAX_BYTES = 600_000_000
"""Largest file of a dictionary, unpacked."""


def read_bytes(path: Path) -> bytes:
    """Read a file, unpacked where it is gzip (dictzip is).

    Raises:
        InputError: It is missing, too large, or damaged; the message names it.
    """
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= MAX_BYTES else None
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}", fix="Check the path and its rights."
        ) from error
    if data is None:
        raise InputError(f"{path} is too large", fix=f"Give at most {MAX_BYTES:,} bytes.")
    try:
        return inflate(data, "gz", max_bytes=MAX_BYTES) if data[:2] == b"\x1f\x8b" else data
    except InputError as error:
        raise InputError(f"{path}: {error.what}", at=error.at, fix=error.fix) from error


def encoding_of(data: bytes) -> str:
    """Return the encoding of a dictionary's text.

    Raises:
        InputError: It is no text.
    """
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        around = data[max(0, error.start - 100_000) : error.start + 100_000]
        return decode_text(around, repair=False).encoding
    return "utf-8"


def read_text(path: Path) -> str:
    """Read a text file in whatever encoding.

    Raises:
        InputError: It is missing, damaged, or no text.
    """
    data = read_bytes(path)
    return data.decode(encoding_of(data), "replace")
