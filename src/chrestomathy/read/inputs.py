"""What the caller names → raw bytes: files, folders, globs, archives, stdin, addresses.

With ``fetch.py``, which only this module calls, the one place of READ that touches the world.
Names are checked before anything is read; afterwards nothing raises: what cannot be read comes
out as a `LeftOut` and the next input follows.
"""

from __future__ import annotations

import glob
import io
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from chrestomathy.errors import InputError
from chrestomathy.read.archives import (
    MAX_NESTING,
    Budget,
    archive_kind,
    iter_members,
)
from chrestomathy.read.filenames import is_table
from chrestomathy.read.office import SUFFIXES as OFFICE_SUFFIXES
from chrestomathy.read.office import office_kind
from chrestomathy.records import LeftOut
from chrestomathy.settings import ReadSettings

_JSON_SUFFIXES = (".json", ".jsonl", ".ndjson")
_XML_SUFFIXES = (".xml", ".tei", ".teixml")
_MAIL_SUFFIXES = (".eml", ".mbox", ".mbx")
_SUBTITLE_SUFFIXES = (".srt", ".vtt")
TEXT_SUFFIXES = frozenset(
    [
        *(
            "",
            ".txt",
            ".text",
            ".md",
            ".markdown",
            ".html",
            ".htm",
            ".xhtml",
            ".pdf",
            *_JSON_SUFFIXES,
        ),
        *(*_XML_SUFFIXES, *_MAIL_SUFFIXES, *_SUBTITLE_SUFFIXES, ".warc"),
        *(suffix for each in OFFICE_SUFFIXES.values() for suffix in each),
        *(".doc", ".dot"),  # often RTF or HTML in truth; what is not says so
    ]
)
"""What a folder or an archive is searched for; a file given by name may have any suffix."""

DECISIONS = ".decisions.toml"
"""End of the name of a file with an editor's decisions: in a folder it belongs to the draft
beside it and is no input of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """The bytes of one input and what is known of them from outside."""

    origin: str
    """Path or address as given; ``-`` for standard input; ``archive!member`` for a member."""
    data: bytes
    media_type: str | None = None
    """As a server declares it, parameters included; None where nobody does."""
    name: str = ""
    """File name without folders and compression, whose suffix tells the format."""
    depth: int = field(default=0, compare=False)
    """How many archives and messages it is packed in."""
    budget: Budget | None = field(default=None, compare=False, repr=False)
    """What the archive that it comes from may still unpack to."""
    path: str | None = field(default=None, compare=False)
    """The file, where `data` is only its beginning: it is read as a stream."""


TableTaker = Callable[[Raw], bool]
"""Takes a table of metadata in an archive; tells whether it is one."""


def iter_raw(
    inputs: Sequence[str],
    *,
    settings: ReadSettings,
    allow_network: bool = False,
    stdin: BinaryIO | None = None,
    passed_over: Callable[[str], bool] | None = None,
    table: TableTaker | None = None,
) -> Iterator[Raw | LeftOut]:
    """Read inputs in the order given; every one comes out, as bytes or as left out.

    Args:
        inputs: Files, folders, globs, archives, ``-``, http(s) addresses.
        settings: Bounds.
        allow_network: Fetch addresses; otherwise they are left out.
        stdin: What ``-`` stands for; standard input by default.
        passed_over: Asked of each file before it is read, whether it need not be read again.
        table: Takes tables of metadata that lie in archives, before the texts beside them.

    Raises:
        InputError: A path does not exist or a glob fits nothing. All are checked at the call,
            before any is read.
    """
    for name in inputs:
        _refuse_missing(name)
    way = _Way(settings, passed_over, table)
    return _iter_checked(tuple(inputs), way, allow_network, stdin)


@dataclass(frozen=True, slots=True)
class _Way:
    """How files are read."""

    settings: ReadSettings
    passed_over: Callable[[str], bool] | None
    table: TableTaker | None

    def open(self, raw: Raw | LeftOut) -> Iterator[Raw | LeftOut]:
        return open_up(raw, self.settings, self.table)

    def passes_over(self, path: str) -> bool:
        return self.passed_over is not None and self.passed_over(path)


def is_address(name: str) -> bool:
    """Tell whether an input is an address on the web."""
    return name.lower().startswith(("http://", "https://"))


def readable(name: str) -> str:
    r"""Write a file's name as text: bytes of it that are no UTF-8 are shown as damaged.

    Example:
        >>> readable("caf\udce9.txt")
        'caf�.txt'
    """
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def left_out(origin: str, reason: str, fix: str) -> LeftOut:
    """Say that READ leaves an input out."""
    return LeftOut(stage="read", origin=readable(origin), reason=reason, fix=fix)


def from_error(origin: str, error: InputError) -> LeftOut:
    """Turn an error about one input into the record that says it is left out."""
    where = f" (at {error.at})" if error.at else ""
    return left_out(origin, f"{error.what}{where}", error.fix)


def _refuse_missing(name: str) -> None:
    if name == "-" or is_address(name):
        return
    if "\0" in name or not (_exists(name) or _match(name)):
        what = "nothing fits the pattern" if glob.has_magic(name) else "there is no file or folder"
        raise InputError(
            f"{what} {name!r}", fix="Check the spelling and the folder that you are in."
        )


def _match(name: str) -> list[str]:
    """List what fits a glob, spelt as the caller spells it; nothing for a plain name."""
    if not glob.has_magic(name):
        return []
    return sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - keeps "./" as given


def _exists(name: str) -> bool:
    try:
        return bool(name) and os.path.lexists(name)
    except ValueError:
        return False


def _iter_checked(
    inputs: tuple[str, ...], way: _Way, allow_network: bool, stdin: BinaryIO | None
) -> Iterator[Raw | LeftOut]:
    for name in inputs:
        if name == "-":
            yield from way.open(_read_stdin(stdin, way.settings))
        elif is_address(name):
            yield from way.open(_fetch(name, way.settings, allow_network))
        elif _exists(name):
            yield from _iter_path(name, way)
        else:
            for path in _match(name):
                yield from _iter_path(path, way)


def _fetch(address: str, settings: ReadSettings, allow_network: bool) -> Raw | LeftOut:
    if not allow_network:
        return left_out(
            address,
            "addresses are not fetched unless you ask for it",
            "Pass --allow-network, or save the page and give the file.",
        )
    from chrestomathy.read.fetch import fetch

    try:
        page = fetch(address, max_bytes=settings.max_bytes, timeout_s=settings.timeout_s)
    except InputError as error:
        return from_error(address, error)
    return Raw(origin=address, data=page.data, media_type=page.media_type, name=page.name)


def _read_stdin(stdin: BinaryIO | None, settings: ReadSettings) -> Raw | LeftOut:
    stream = sys.stdin.buffer if stdin is None else stdin
    try:
        data = stream.read(settings.max_bytes + 1)
    except OSError as error:
        return left_out("-", f"standard input cannot be read: {error.strerror}", "Try again.")
    return _checked_raw("-", "", data, settings)


def _iter_path(path: str, way: _Way) -> Iterator[Raw | LeftOut]:
    if Path(path).is_dir():
        yield from _iter_folder(path, way)
    elif not way.passes_over(path):
        yield from way.open(read_file(path, way.settings))


def _iter_folder(top: str, way: _Way) -> Iterator[Raw | LeftOut]:
    """Read a folder and the folders in it, by name; links to folders are not followed."""
    folders = [top]
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield left_out(folder, f"the folder cannot be read: {error.strerror}", _RIGHTS)
            continue
        inner = []
        for entry in entries:
            if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
                inner.append(entry.path)
            elif entry.name.endswith(DECISIONS):
                continue
            elif not (entry.is_file() and way.passes_over(entry.path)):
                yield from _iter_entry(entry, way)
        folders.extend(reversed(inner))
        if not entries and folder == top:
            yield left_out(top, "there is nothing in this folder", "Give one with files in it.")


_RIGHTS = "Check its permissions."


def _iter_entry(entry: os.DirEntry[str], way: _Way) -> Iterator[Raw | LeftOut]:
    message = _is_in_maildir(entry.path)
    problem = None if message else _name_problem(entry.name)
    if problem:
        yield left_out(entry.path, problem, _BY_NAME)
    elif entry.is_dir():
        yield left_out(entry.path, "it is a link to a folder", "Give that folder by name.")
    elif not entry.is_file():
        yield left_out(entry.path, "it is no regular file", "Give it by name to read it.")
    elif message:
        raw = read_file(entry.path, way.settings)
        yield replace(raw, media_type=MESSAGE) if isinstance(raw, Raw) else raw
    else:
        yield from way.open(read_file(entry.path, way.settings))


MESSAGE = "message/rfc822"


def _is_in_maildir(path: str) -> bool:
    """Tell whether a file is a message of a Maildir, whose names have no suffix to go by."""
    folder = Path(path).parent
    beside = [folder.parent / one for one in ("cur", "new", "tmp")]
    return folder.name in ("cur", "new") and all(one.is_dir() for one in beside)


_BY_NAME = "Give it by name to read it all the same, or ignore this."


def open_member(member: Raw, settings: ReadSettings) -> Iterator[Raw | LeftOut]:
    """Take what is packed in another input, such as an attachment, as an archive's member is."""
    problem = _name_problem(member.name)
    if problem is None and member.depth > MAX_NESTING:
        problem = "it is packed too deep"
    if problem:
        yield left_out(member.origin, problem, "Save it by itself and give the file.")
    else:
        yield from open_up(member, settings)


def is_streamed(name: str) -> bool:
    """Tell whether a file is read piece by piece, however long it is, packed or not."""
    return name.lower().endswith((".warc", ".warc.gz"))


def open_stream(raw: Raw) -> BinaryIO:
    """Open an input that is read piece by piece.

    Raises:
        InputError: The file is no longer there.
    """
    if raw.path is None:
        return io.BytesIO(raw.data)
    try:
        return open(raw.path, "rb")  # noqa: PTH123 - the caller closes it
    except OSError as error:
        raise InputError(f"it cannot be read: {error.strerror}", fix=_RIGHTS) from error


def _name_problem(name: str) -> str | None:
    """Say why a file of a folder or an archive is not read; None where it is."""
    base = name.rstrip("/").rsplit("/", 1)[-1]
    if base.startswith(".") or "__MACOSX/" in name:
        return "it is hidden"
    if archive_kind(base) or is_streamed(base):
        return None
    suffix = Path(base).suffix.lower()
    if suffix not in TEXT_SUFFIXES:
        return f"no reader takes the suffix {suffix!r}"
    return None


def read_file(path: str, settings: ReadSettings) -> Raw | LeftOut:
    """Read one file, pipe or device, up to the largest size allowed."""
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - the origin is the path as given
            status = os.fstat(file.fileno())
            regular = stat.S_ISREG(status.st_mode)
            if regular and is_streamed(path):
                data, name = file.read(HEAD_BYTES), Path(path).name
                return Raw(origin=readable(path), data=data, name=name, path=path)
            if regular and status.st_size > settings.max_bytes:
                return _too_large(path, f"{status.st_size:,} bytes", settings)
            data = file.read(settings.max_bytes + 1)
            if regular and _state(os.fstat(file.fileno())) != _state(status):
                fix = "Give it again when nothing writes to it any more."
                return left_out(path, "the file changed while it was read", fix)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return left_out(path, f"the file cannot be read: {why}", _RIGHTS)
    return _checked_raw(path, Path(path).name, data, settings)


HEAD_BYTES = 4096
"""How much of a file that is read piece by piece is looked at to tell its format."""


def _state(status: os.stat_result) -> tuple[int, int]:
    return status.st_size, status.st_mtime_ns


def _checked_raw(origin: str, name: str, data: bytes, settings: ReadSettings) -> Raw | LeftOut:
    if len(data) > settings.max_bytes:
        return _too_large(origin, "longer", settings)
    return Raw(origin=readable(origin), data=data, name=name)


def _too_large(origin: str, size: str, settings: ReadSettings) -> LeftOut:
    return left_out(
        origin,
        f"it is {size} and at most {settings.max_bytes:,} bytes are read at once",
        "Split it, or raise max_bytes under [read] in the settings.",
    )


def open_up(
    raw: Raw | LeftOut, settings: ReadSettings, table: TableTaker | None = None
) -> Iterator[Raw | LeftOut]:
    """Pass a plain input on; open an archive, and archives in it, up to a depth.

    Args:
        raw: The input.
        settings: Bounds.
        table: Takes tables of metadata that lie in archives, before the texts beside them.
    """
    if isinstance(raw, LeftOut):
        yield raw
    elif not raw.data:
        yield left_out(raw.origin, "it is empty", "Give a file with text in it.")
    elif is_streamed(raw.name) or not archive_kind(raw.name) or office_kind(raw.data):
        yield raw
    elif raw.depth >= MAX_NESTING:
        yield left_out(raw.origin, "archives are packed too deep", "Unpack the inner ones.")
    else:
        yield from _open_archive(raw, settings, table)


def _open_archive(
    raw: Raw, settings: ReadSettings, table: TableTaker | None
) -> Iterator[Raw | LeftOut]:
    packed_alone = archive_kind(raw.name) in ("gz", "bz2", "xz")
    n_members = 0
    why_not = (lambda _: None) if packed_alone else _name_problem
    try:
        tables = () if packed_alone or not table else _take_tables(raw, table, settings)
        budget = raw.budget or Budget(len(raw.data), settings.max_bytes)
        for member in iter_members(raw.data, raw.name, budget=budget, why_not=why_not):
            n_members += 1
            origin = raw.origin if packed_alone else f"{raw.origin}!{readable(member.name)}"
            if origin in tables:
                continue
            if member.problem:
                yield left_out(
                    origin, member.problem, "Unpack the archive to read it all the same."
                )
                continue
            name = member.name.rsplit("/", 1)[-1]
            inner = replace(raw, origin=origin, data=member.data, name=name, depth=raw.depth + 1)
            yield from open_up(replace(inner, budget=budget), settings, table)
    except InputError as error:
        yield from_error(raw.origin, error)
        return
    if not n_members:
        yield left_out(raw.origin, "the archive is empty", "Give one with files in it.")


def _take_tables(raw: Raw, table: TableTaker, settings: ReadSettings) -> frozenset[str]:
    """Hand over the tables of an archive before its texts; return their origins."""

    def why_not(name: str) -> str | None:
        return None if is_table(f"{raw.origin}!{name}") else "it is no table"

    taken = []
    budget = Budget(len(raw.data), settings.max_bytes)
    for member in iter_members(raw.data, raw.name, budget=budget, why_not=why_not):
        origin = f"{raw.origin}!{readable(member.name)}"
        if not member.problem and table(Raw(origin=origin, data=member.data, name=member.name)):
            taken.append(origin)
    return frozenset(taken)
