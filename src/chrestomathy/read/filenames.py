"""What a file's name tells of its text, by a pattern that the user gives.

``{date}_{speaker}_{title}`` reads ``1946-01-21_Anna-Holt_On_Water.txt``. A pattern is matched
from left to right without going back, so that no pattern and no name can make it slow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath

from chrestomathy.errors import SettingsError
from chrestomathy.read.metadata import Metadata, metadata_from, parse_date

FIELDS = ("title", "speaker", "date", "occasion", "language", "url", "rights")
"""What may stand in braces; empty braces pass over what stands there."""
MAX_PATTERN_CHARS = 300
MAX_DATE_TRIES = 8
"""How many ends of a date are tried: ``1946-01-21-holt`` has dashes within and behind it."""

TABLE_STEMS = ("metadata", "sources")
TABLE_SUFFIXES = (".csv", ".tsv")
"""Tables are called ``metadata.csv``, ``sources.csv`` or after their folder, or end in .tsv."""

_PIECES = re.compile(r"\{([^{}]*)\}")
_HOW = "Give one like '{date}_{speaker}_{title}', with any of " + ", ".join(
    f"{{{name}}}" for name in FIELDS
)


@dataclass(frozen=True, slots=True)
class NamePattern:
    """A pattern taken apart: what stands before each field, the fields, what stands at the end."""

    text: str
    heads: tuple[str, ...]
    fields: tuple[str, ...]
    tail: str

    def read(self, path: str) -> Metadata | None:
        """Read a file's path, as seen from its collection, without its suffix.

        Where the pattern has no ``/``, the last part of the path is read.

        Returns:
            What it tells; None where it does not fit the pattern.

        Example:
            >>> parse_pattern("{date}_{speaker}").read("old/1946-01-21_Anna_Holt").author
            'Anna Holt'
        """
        rest = path if "/" in self.text else PurePosixPath(path).name
        found: dict[str, str] = {}
        ends = (*self.heads[1:], self.tail)
        if not rest.startswith(self.heads[0]):
            return None
        rest = rest[len(self.heads[0]) :]
        for i, (field, end) in enumerate(zip(self.fields, ends, strict=True)):
            last = i == len(self.fields) - 1
            stop = _end_of_last(rest, end) if last else _end_of(rest, end, field)
            if stop is None:
                return None
            if field:
                found[field] = _as_text(rest[:stop], field)
            rest = rest[stop + len(end) :]
        return metadata_from(found)


def parse_pattern(text: str) -> NamePattern:
    """Take a pattern apart.

    Raises:
        SettingsError: It has no field, an unknown one, one twice, or two with nothing between.
    """
    if len(text) > MAX_PATTERN_CHARS:
        raise _wrong(text[:40] + "…", f"is longer than {MAX_PATTERN_CHARS} characters")
    pieces = _PIECES.split(text)
    literals, fields = pieces[0::2], [one.strip() for one in pieces[1::2]]
    if any("{" in one or "}" in one for one in literals):
        raise _wrong(text, "has a brace without its other half")
    if not any(fields):
        raise _wrong(text, "has no field")
    for name in fields:
        if name and name not in FIELDS:
            raise _wrong(text, f"has the unknown field {{{name}}}")
        if name and fields.count(name) > 1:
            raise _wrong(text, f"has the field {{{name}}} twice")
    if not all(literals[1:-1]):
        raise _wrong(text, "has two fields with nothing between them")
    return NamePattern(text, tuple(literals[:-1]), tuple(fields), literals[-1])


def _end_of(rest: str, end: str, field: str) -> int | None:
    """Find where a field ends: before the next literal, a date before the last that leaves one."""
    first = stop = rest.find(end, 1)
    if first < 0:
        return None
    if field != "date":
        return first
    for _ in range(MAX_DATE_TRIES):
        if parse_date(_as_text(rest[:stop], field)):
            first = stop
        stop = rest.find(end, stop + 1)
        if stop < 0:
            break
    return first


def _end_of_last(rest: str, end: str) -> int | None:
    stop = len(rest) - len(end)
    return stop if stop > 0 and rest.endswith(end) else None


def _as_text(value: str, field: str) -> str:
    """Write a part of a name as text: underscores are spaces, in a date they are dashes."""
    return " ".join(value.replace("_", " ").split()) if field != "date" else _as_date(value)


def _as_date(value: str) -> str:
    return value.replace("_", "-") if value[:4].isdecimal() else value.replace("_", " ")


def _wrong(pattern: str, what: str) -> SettingsError:
    return SettingsError(f"the name pattern {pattern!r} {what}", fix=f"{_HOW}.")


def is_table(path: str) -> bool:
    """Tell whether a file has the name of a table.

    Example:
        >>> [is_table(one) for one in ("a/sources.csv", "sea/sea.tsv", "a.zip!metadata.csv", "a.csv")]
        [True, True, True, False]
    """
    pure = PurePath(path.replace("!", "/"))
    beside = pure.parent.name
    stems = (*TABLE_STEMS, beside, beside.partition(".")[0] if "!" in path else beside)
    return pure.suffix.lower() in TABLE_SUFFIXES and pure.stem in stems
