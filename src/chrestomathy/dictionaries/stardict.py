"""StarDict: ``NAME.ifo`` tells of it, ``NAME.idx[.gz]`` finds, ``NAME.dict[.dz]`` explains."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from chrestomathy.dictionaries.files import encoding_of, read_bytes, read_text
from chrestomathy.dictionaries.freedict import language_in
from chrestomathy.dictionaries.markup import clean_headword, has_capital, shortened, strip_markup
from chrestomathy.errors import InputError
from chrestomathy.grade.glosses.store import Dictionary, Entry, Sense

TEXT_TYPES = "mlgtxyhk"
"""Kinds of data that are text: plain, marked up, HTML; W, P, r, w are sounds and pictures."""
MAX_HEADWORD = 256
"""Bytes, by the format."""


def read_stardict(path: Path, language: str | None) -> tuple[Dictionary, Iterator[Entry]]:
    """Read a dictionary by its ``.ifo`` file.

    Args:
        path: The ``.ifo`` file.
        language: Of the glosses; read off the name where None, English where that tells none.

    Raises:
        InputError: A file is missing or damaged.
    """
    lines = [line.partition("=") for line in read_text(path).splitlines()]
    told = {key.strip(): value.strip() for key, _, value in lines}
    index = _beside(path, ".idx", ".idx.gz")
    text = _beside(path, ".dict.dz", ".dict")
    wide = told.get("idxoffsetbits") == "64"
    about = Dictionary(
        name=strip_markup(told.get("bookname", "")) or path.stem, kind="stardict",
        language=language or language_in(path.stem) or "en",
        version=told.get("date") or told.get("version", "unknown"),
        licence=strip_markup(told.get("description", ""))[:120] or "not told", origin=str(path),
    )  # fmt: skip
    entries = _iter_entries(index, text, told.get("sametypesequence", ""), 8 if wide else 4)
    return about, entries


def _beside(path: Path, *endings: str) -> Path:
    for ending in endings:
        if (found := path.with_suffix(ending)).is_file():
            return found
    raise InputError(
        f"{path} stands alone: no {path.stem}{endings[0]} beside it",
        fix="Put all files of that dictionary in one folder.",
    )


def _iter_entries(index: Path, text: Path, types: str, width: int) -> Iterator[Entry]:
    finder, data = read_bytes(index), read_bytes(text)
    encoding = encoding_of(data)
    at = 0
    while at < len(finder):
        end = finder.find(b"\0", at, at + MAX_HEADWORD + 1)
        last = end + 1 + width + 4
        if end < 0 or last > len(finder):
            raise InputError(
                f"{index} is damaged: a headword has no end or no place",
                at=f"byte {at}",
                fix="Get that dictionary anew.",
            )
        start = int.from_bytes(finder[end + 1 : end + 1 + width], "big")
        size = int.from_bytes(finder[end + 1 + width : last], "big")
        if start + size > len(data):
            raise InputError(
                f"{index} is damaged: an entry lies beyond the end of {text.name}",
                at=f"byte {at}",
                fix="Get that dictionary anew.",
            )
        printed = finder[at:end].decode("utf-8", "replace")
        headword = clean_headword(printed)
        for rank, gloss in enumerate(_texts(data[start : start + size], types, encoding)):
            if headword and gloss:
                yield Entry(
                    headword, Sense(shortened(gloss), "", -0.5 * rank, "", has_capital(printed))
                )
        at = last


def _texts(data: bytes, types: str, encoding: str) -> Iterator[str]:
    """Take the texts of an entry; its first line each, where it has several."""
    kinds = types
    while data:
        kind, kinds = (kinds[0], kinds[1:]) if kinds else (chr(data[0]), "")
        if not types:
            data = data[1:]
        if kind.isupper():  # its size stands before it
            size = int.from_bytes(data[:4], "big")
            data = data[4 + size :]
            continue
        piece, _, data = data.partition(b"\0") if kinds or not types else (data, b"", b"")
        if kind in TEXT_TYPES:
            for line in piece.decode(encoding, "replace").replace("<br", "\n<br").split("\n"):
                yield strip_markup(line)
        if types and not kinds:
            return
