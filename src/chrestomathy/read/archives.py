"""Archives and compressed files → their members, in memory and within bounds.

Nothing is unpacked to disk. An archive is somebody else's: its members' names, number, sizes
and depth are all checked before they are believed. No file is opened here.
"""

from __future__ import annotations

import io
import re
import stat
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from chrestomathy.errors import InputError

if TYPE_CHECKING:
    import bz2
    import lzma
    from zipfile import ZipFile, ZipInfo

    _Decompressor = zlib._Decompress | bz2.BZ2Decompressor | lzma.LZMADecompressor  # noqa: SLF001

MAX_MEMBERS = 20_000
"""Most members of one archive."""
MAX_TOTAL_FACTOR = 5
"""Most bytes all members may have together, in units of the largest allowed single input."""
MAX_RATIO = 100
"""Largest growth in unpacking of what unpacks to more than FREE_BYTES; text grows 3 to 20."""
FREE_BYTES = 20_000_000
MAX_NESTING = 3
"""Most archives within one another."""
CHUNK_BYTES = 1 << 20
"""Most that is unpacked before the bounds are looked at."""
SLICE_BYTES = 1 << 18

_UNSAFE_NAME = re.compile(
    r"""
    ^[/\\] | ^[A-Za-z]:                 # an absolute path: "/etc/passwd", "C:\\x"
    | (?:^|[/\\])\.\.(?:[/\\]|$)        # upwards: "../x", but not "a..b"
    | [\x00-\x1f\x7f]                   # control characters
    """,
    re.VERBOSE,
)


WhyNot = Callable[[str], str | None]
"""Says by its name why a member is not unpacked; None where it is."""


@dataclass(slots=True)
class Budget:
    """What one input may unpack to, archives within it included."""

    n_packed: int
    """Its own size."""
    max_bytes: int
    """Largest single member."""
    n_unpacked: int = 0
    n_read: int = 0
    """Of its own bytes, what was unpacked so far."""
    n_members: int = 0

    def spend(self, n_bytes: int, n_packed: int) -> None:
        """Count what was unpacked, and how long it was before.

        Raises:
            InputError: It is more than the input may unpack to.
        """
        self.n_unpacked += n_bytes
        self.n_read += n_packed
        most = MAX_TOTAL_FACTOR * self.max_bytes
        packed = min(self.n_packed, self.n_read)
        if self.n_unpacked > most or _is_bomb(self.n_unpacked, packed):
            raise _too_large(most)

    def count(self, n_members: int) -> None:
        """Count members.

        Raises:
            InputError: There are too many.
        """
        self.n_members += n_members
        if self.n_members > MAX_MEMBERS:
            raise InputError(
                f"the archive has more than {MAX_MEMBERS:,} members",
                fix="Unpack it and give the folder.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file of an archive, or the reason why it is left out."""

    name: str
    data: bytes = b""
    problem: str | None = None


def archive_kind(name: str) -> str | None:
    """Tell an archive by its file name: "zip", "tar", "gz", "bz2" or "xz"; None for others."""
    lower = name.lower()
    if lower.endswith(".zip"):
        return "zip"
    if lower.endswith((".tar", ".tgz", ".tar.gz", ".tbz2", ".tar.bz2", ".txz", ".tar.xz")):
        return "tar"
    for suffix in ("gz", "bz2", "xz"):
        if lower.endswith(f".{suffix}"):
            return suffix
    return None


def iter_members(
    data: bytes, name: str, *, budget: Budget, why_not: WhyNot | None = None
) -> Iterator[Member]:
    """Unpack an archive or a compressed file, member by member in its own order.

    Args:
        data: The whole archive.
        name: Its file name, which tells the kind.
        budget: What it may unpack to; what is unpacked is counted there.
        why_not: Says by its name why a member is not unpacked; None where it is.

    Raises:
        InputError: The archive itself is damaged, or over a bound.
    """
    kind = archive_kind(name)
    why_not = why_not or (lambda _: None)
    if kind == "zip":
        yield from _zip_members(data, budget, why_not)
    elif kind == "tar":
        yield from _tar_members(_tar_stream(data, name, budget), budget, why_not)
    elif kind:
        stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        content = inflate(data, kind, max_bytes=budget.max_bytes)
        budget.spend(len(content), len(data))
        yield Member(name=stem, data=content)


def inflate(data: bytes, kind: str, *, max_bytes: int) -> bytes:
    """Unpack gzip, bzip2 or xz data that is one stream or several after one another.

    Raises:
        InputError: It is damaged, or more than `max_bytes` come out.
    """
    out = bytearray()
    for piece in _stream(data, kind):
        out += piece
        if len(out) > max_bytes or _is_bomb(len(out), len(data)):
            raise _too_large(max_bytes)
    return bytes(out)


def _stream(data: bytes, kind: str) -> Iterator[bytes]:
    """Unpack a piece at a time."""
    pos = 0
    while data[pos : pos + 1] not in (b"", b"\0"):  # zeros may pad the end
        stream = _decompressor(kind)
        while not stream.eof:
            fed = data[pos : pos + SLICE_BYTES]
            if not fed:
                raise _damaged(kind, "it ends too early")
            pos += len(fed)
            yield from _iter_inflated(stream, fed, kind)
        pos -= len(stream.unused_data)


def _iter_inflated(stream: _Decompressor, fed: bytes, kind: str) -> Iterator[bytes]:
    """Unpack one slice, a bounded piece at a time."""
    import lzma

    while True:
        try:
            piece = stream.decompress(fed, CHUNK_BYTES)
        except (zlib.error, OSError, lzma.LZMAError, EOFError, ValueError) as error:
            raise _damaged(kind, str(error)) from error
        yield piece
        fed = getattr(stream, "unconsumed_tail", b"")
        if stream.eof or (not fed and len(piece) < CHUNK_BYTES):
            return


def _decompressor(kind: str) -> _Decompressor:
    import bz2
    import lzma

    if kind == "bz2":
        return bz2.BZ2Decompressor()
    if kind == "xz":
        return lzma.LZMADecompressor(memlimit=256 << 20)
    return zlib.decompressobj(wbits=31)


def _zip_members(data: bytes, budget: Budget, why_not: WhyNot) -> Iterator[Member]:
    import zipfile

    budget.count(data.count(_ZIP_ENTRY))  # before a list of them is made
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise _damaged("zip", str(error)) from error
    infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    refuse_overlaps(infos)
    for info in infos:
        problem = _name_problem(info.orig_filename) or why_not(info.filename)
        problem = problem or _zip_problem(info, budget.max_bytes)
        content = b"" if problem else _zip_content(archive, info, budget.max_bytes)
        if isinstance(content, str):
            problem, content = content, b""
        budget.spend(len(content), info.compress_size)
        yield Member(name=info.filename, data=content, problem=problem)


_ZIP_ENTRY = b"PK\x01\x02"
"""What each entry in the list of a zip archive begins with."""
_ZIP_HEADER_BYTES = 30
"""Shortest header before a member's bytes."""
_ENCRYPTED = 1
"""Bit of the flags."""


def refuse_overlaps(infos: Sequence[ZipInfo]) -> None:
    """Refuse an archive whose members share their bytes: nothing but a bomb does that.

    Raises:
        InputError: Two of them do.
    """
    end = 0
    for info in sorted(infos, key=lambda one: one.header_offset):
        if info.header_offset < end:
            raise _damaged("zip", "its members lie over one another")
        end = info.header_offset + _ZIP_HEADER_BYTES + info.compress_size


def _zip_problem(info: ZipInfo, max_bytes: int) -> str | None:
    if problem := _size_problem(info.file_size, max_bytes):
        return problem
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link or a device, not a file"
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted"
    if _is_bomb(info.file_size, info.compress_size):
        return "it is packed suspiciously small"
    return None


def _zip_content(archive: ZipFile, info: ZipInfo, max_bytes: int) -> bytes | str:
    """Return a member's bytes, or what is wrong with it."""
    import lzma
    import zipfile

    try:
        with archive.open(info) as file:
            return file.read(max_bytes + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, lzma.LZMAError) as error:
        return f"it is damaged: {error}"
    except (RuntimeError, NotImplementedError, ValueError) as error:
        return f"it cannot be unpacked: {error}"


class _Unpacked:
    """A packed file as it is read from front to back, within bounds."""

    def __init__(self, data: bytes, kind: str, budget: Budget) -> None:
        self._pieces = _stream(data, kind)
        self._n_packed, self._most = len(data), MAX_TOTAL_FACTOR * budget.max_bytes
        self._held = b""
        self._n_bytes = 0

    def read(self, size: int) -> bytes:
        while len(self._held) < size and (piece := next(self._pieces, None)) is not None:
            self._held += piece
            self._n_bytes += len(piece)
            if self._n_bytes > self._most or _is_bomb(self._n_bytes, self._n_packed):
                raise _too_large(self._most)
        taken, self._held = self._held[:size], self._held[size:]
        return taken


def _tar_stream(data: bytes, name: str, budget: Budget) -> IO[bytes]:
    lower = name.lower()
    for kind, suffixes in (("gz", ".gz .tgz"), ("bz2", ".bz2 .tbz2"), ("xz", ".xz .txz")):
        if lower.endswith(tuple(suffixes.split())):
            return cast("IO[bytes]", _Unpacked(data, kind, budget))
    return io.BytesIO(data)


def _tar_members(packed: IO[bytes], budget: Budget, why_not: WhyNot) -> Iterator[Member]:
    import tarfile

    try:
        with tarfile.open(fileobj=packed, mode="r|", bufsize=CHUNK_BYTES) as archive:
            for info in archive:
                budget.count(1)
                archive.members = []  # type: ignore[attr-defined]  # it would keep them all
                if info.isdir():
                    continue
                problem = _name_problem(info.name) or why_not(info.name)
                problem = problem or _size_problem(info.size, budget.max_bytes)
                if not problem and (not info.isreg() or info.issparse()):
                    problem = "it is a link or a device, not a file"
                file: IO[bytes] | None = None if problem else archive.extractfile(info)
                content = file.read() if file else b""
                budget.spend(len(content), len(content))
                yield Member(name=info.name, data=content, problem=problem)
    except (tarfile.TarError, EOFError, ValueError, OSError) as error:
        raise _damaged("tar", str(error)) from error


def _is_bomb(n_unpacked: int, n_packed: int) -> bool:
    return n_unpacked > FREE_BYTES and n_unpacked > MAX_RATIO * n_packed


def has_unsafe_name(name: str) -> bool:
    """Tell whether a member's name points outside its archive."""
    return _UNSAFE_NAME.search(name) is not None


def _name_problem(name: str) -> str | None:
    return "its name points outside the archive" if has_unsafe_name(name) else None


def _size_problem(size: int, max_bytes: int) -> str | None:
    if size > max_bytes:
        return f"it would be {size:,} bytes long and at most {max_bytes:,} are read"
    return None


def _too_large(max_bytes: int) -> InputError:
    return InputError(
        f"unpacked it is larger than the {max_bytes:,} bytes allowed, or packed suspiciously small",
        fix="If you trust it, unpack it and give the files, or raise max_bytes under [read].",
    )


def _damaged(kind: str, detail: str) -> InputError:
    return InputError(
        f"this {kind} data is damaged: {detail or 'it cannot be read'}",
        fix="Fetch or pack it again.",
    )
