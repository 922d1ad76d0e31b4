"""The table beside the texts of a collection: what is known of each file, a row a file.

Its first line names the columns: ``file`` (or ``id``) and any of title, speaker, date,
occasion, language, url, rights. Encoding and delimiter are recognised. What is wrong with a
row or a column is said with its place, and costs nothing else.
"""

from __future__ import annotations

import csv
import io
import os
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path, PurePath, PurePosixPath

from chrestomathy.errors import InputError
from chrestomathy.read.encoding import decode_text
from chrestomathy.read.filenames import TABLE_STEMS, TABLE_SUFFIXES, is_table
from chrestomathy.read.inputs import Raw, from_error, left_out, read_file, readable
from chrestomathy.read.metadata import (
    HOW_TO_DATE,
    KNOWN_NAMES,
    Metadata,
    known_name,
    merged,
    metadata_from,
)
from chrestomathy.records import LeftOut
from chrestomathy.settings import ReadSettings

FILE_COLUMNS = ("file", "filename", "path", "id")
"""What the column is called that names the text: a file as seen from the table's folder, with
or without its suffix."""
PASSED_OVER = ("_", "x-", "x_")
"""Beginnings of the names of columns that are somebody else's: nothing is said of them."""
DELIMITERS = ",;\t|"

_Row = tuple[int, list[str]]


@dataclass(slots=True)
class Tables:
    """What the tables of a collection say, by the file's path as seen from the collection."""

    rows: dict[str, list[tuple[str, Metadata]]] = field(default_factory=dict)
    """For each file the rows about it, the nearest table's first, each with its place."""
    names: dict[str, str] = field(default_factory=dict)
    """How a row spells the file."""
    read: set[str] = field(default_factory=set)
    """The tables themselves, which are no texts."""
    problems: list[LeftOut] = field(default_factory=list)
    _used: set[str] = field(default_factory=set)

    def about(self, relative: str) -> Metadata:
        """Return what is known of a file and note that it is there."""
        found: list[Metadata] = []
        for key in dict.fromkeys((_key(relative), _key(_without_suffix(relative)))):
            if key in self.rows:
                self._used.add(key)
                found += [one for _, one in self.rows[key]]
        return merged(*found)

    def take(self, table: Raw, inside: str) -> bool:
        """Take in a table.

        Args:
            table: The table.
            inside: Its folder or archive as seen from the collection.

        Returns:
            Whether it is one: a file that is called after its folder may hold anything.
        """
        found, problems = read_table(table)
        if not found and PurePath(table.name).stem not in TABLE_STEMS:
            return False
        self.read.add(table.origin)
        self.problems += problems
        for at, name, known in found:
            spelt = PurePosixPath(inside, name).as_posix()
            key = _key(spelt)
            self.names.setdefault(key, readable(spelt))
            # an inner table is read after the outer one, and knows better
            self.rows.setdefault(key, []).insert(0, (at, known))
        return True

    def note(self, relative: str) -> None:
        """Note that a file, or an archive with all that is in it, is there and not read now."""
        keys = (_key(relative), _key(_without_suffix(relative)))
        self._used.update(key for key in self.rows if key in keys or key.startswith(keys[0] + "/"))

    def missing(self) -> Iterator[tuple[str, str]]:
        """List the files that rows name and nobody asked for: place of the row, file."""
        for key, rows in self.rows.items():
            if key not in self._used:
                yield rows[0][0], self.names[key]


def read_tables(path: str, settings: ReadSettings) -> Tables:
    """Read the tables in a folder and the folders in it; for one text, those beside it."""
    tables = Tables()
    if Path(path).is_dir():
        for folder, inner, _ in os.walk(path):
            inner[:] = sorted(name for name in inner if not name.startswith("."))
            _read_folder(Path(folder), Path(folder).relative_to(path), settings, tables)
    elif Path(path).is_file():
        _read_folder(Path(path).parent, Path(), settings, tables)
        only = {_key(Path(path).name), _key(Path(path).stem)}
        tables.rows = {key: rows for key, rows in tables.rows.items() if key in only}
        if not tables.rows:
            tables.problems.clear()  # the table is about others
    return tables


def _read_folder(folder: Path, inside: Path, settings: ReadSettings, tables: Tables) -> None:
    for stem in dict.fromkeys((*TABLE_STEMS, folder.resolve().name)):
        for suffix in TABLE_SUFFIXES:
            path = folder / (stem + suffix)
            if not path.is_file():
                continue
            raw = read_file(str(path), settings)
            if isinstance(raw, Raw):
                tables.take(raw, inside.as_posix())
            elif stem in TABLE_STEMS:
                tables.problems.append(raw)
                tables.read.add(raw.origin)


def read_table(raw: Raw) -> tuple[list[tuple[str, str, Metadata]], list[LeftOut]]:
    """Read one table: its rows (place, file, what is known), and what is wrong with it."""
    origin = raw.origin
    try:
        text = decode_text(raw.data).text
    except InputError as error:
        return [], [from_error(origin, error)]
    lines, problems = _parse(text, origin)
    if not lines:
        return [], problems or [_wrong(origin, "the table is empty", "Give it rows or remove it.")]
    columns = [name.strip() for name in lines[0][1]]
    folded = [name.lower() for name in columns]
    key = next((folded.index(name) for name in FILE_COLUMNS if name in folded), None)
    if key is None:
        why = f"the first line of the table names no column 'file', but {_named(columns)}"
        return [], [_wrong(origin, why, "Add the column: the file's name, a row a file.")]
    problems += _strange_columns(columns, key, origin)
    rows: list[tuple[str, str, Metadata]] = []
    seen: dict[str, int] = {}
    for line, cells in lines[1:]:
        problem, row = _row(line, cells, columns, key)
        if row and (first := seen.setdefault(_key(row[0]), line)) != line:
            what = f"line {line} names {row[0]!r} again, after line {first}"
            problem, row = (what, "Keep one row a file; the first counts."), None
        if row:
            rows.append((f"{origin}, line {line}", *row))
        if problem:
            problems.append(_wrong(origin, *problem))
    return rows, problems


def _row(
    line: int, cells: Sequence[str], columns: Sequence[str], key: int
) -> tuple[tuple[str, str] | None, tuple[str, Metadata] | None]:
    """Read one row: what is wrong with it and what to do, and the file with what is known."""
    spare = [one for one in cells[len(columns) :] if one.strip()]
    if spare:
        what = f"line {line} has {len(cells)} cells and the table {len(columns)} columns"
        return (what, "Put a cell that holds the delimiter in quotation marks."), None
    name = cells[key].strip().replace("\\", "/").removeprefix("./") if key < len(cells) else ""
    if not name:
        return (f"line {line} names no file", "Name it in the column 'file'."), None
    pairs = dict(zip(columns, cells, strict=False))
    del pairs[columns[key]]
    known = metadata_from(pairs)
    if known.unread_date:
        what = f"line {line} has the date {known.unread_date!r}, which is not understood"
        return (what, HOW_TO_DATE), (name, replace(known, unread_date=None))
    return None, (name, known)


def _parse(text: str, origin: str) -> tuple[list[_Row], list[LeftOut]]:
    """Cut a table into rows of cells, each with the line that it begins in."""
    skipped = 0
    text = text.removeprefix("\ufeff")
    if text[:4].lower() == "sep=" and text[5:6] in ("\r", "\n"):  # as a spreadsheet writes it
        text = text[5:].lstrip("\r\n")
        skipped = 1
    rows: list[_Row] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(one.strip() for one in cells):
                rows.append((line + skipped, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        what = f"the table is damaged in the row that begins in line {line + skipped}: {error}"
        return rows, [_wrong(origin, what, "Mend its quotation marks; the rows before it count.")]
    return rows, []


def _delimiter(text: str) -> str:
    """Find the delimiter under which the first line names most known columns."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def n_known(delimiter: str) -> int:
        names = [one.strip().strip('"').lower() for one in first.split(delimiter)]
        return sum(name in FILE_COLUMNS or known_name(name) is not None for name in names)

    return max(DELIMITERS, key=n_known)


def _strange_columns(columns: Sequence[str], key: int, origin: str) -> list[LeftOut]:
    problems = []
    for i, name in enumerate(columns):
        lower = name.lower()
        if i == key or known_name(name) or lower.startswith(PASSED_OVER) or not name:
            continue
        near = get_close_matches(lower, KNOWN_NAMES, n=1)
        hint = f"Did you mean {near[0]!r}?" if near else f"Known are {', '.join(KNOWN_NAMES)}."
        what = f"the column {name!r} is not known and not read"
        problems.append(_wrong(origin, what, f"{hint} Put x- before its name to pass it over."))
    return problems


def _named(columns: Sequence[str]) -> str:
    shown = ", ".join(map(repr, columns[:6]))
    return f"{shown} and {len(columns) - 6} more" if len(columns) > 6 else shown


def _wrong(origin: str, what: str, fix: str) -> LeftOut:
    return left_out(origin, what, fix)


def _key(name: str) -> str:
    """Fold a path for comparing: how a disk spells an accent says nothing."""
    return unicodedata.normalize("NFC", readable(name))


def _without_suffix(name: str) -> str:
    pure = PurePosixPath(name)
    return str(pure.with_suffix("")) if pure.suffix and len(pure.suffix) <= 10 else name


__all__ = ["Tables", "is_table", "read_table", "read_tables"]
