"""Archives and compressed files → their members, in memory and within bounds.

Nothing is unpacked to disk. An archive is somebody else's: its members' names, number, sizes
and depth are all checked before they are believed. No file is opened here.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from chrestomathy.errors import InputError

if TYPE_CHECKING:
    import bz2
    import lzma

    _Decompressor = zlib._Decompress | bz2.BZ2Decompressor | lzma.LZMADecompressor  # noqa: SLF001

MAX_MEMBERS = 100_000
"""Most members of one archive."""
MAX_TOTAL_FACTOR = 5
"""Most bytes all members may have together, in units of the largest allowed single input."""
MAX_RATIO = 200
"""Largest growth in unpacking of what unpacks to more than FREE_BYTES; text grows 3 to 20."""
FREE_BYTES = 50_000_000
MAX_NESTING = 3
"""Most archives within one another."""
CHUNK_BYTES = 1 << 20
"""Most that is unpacked before the bounds are looked at."""
SLICE_BYTES = 1 << 18

_UNSAFE_NAME = re.compile(
    r"""
    ^/ | ^[A-Za-z]:                     # an absolute path: "/etc/passwd", "C:\\x"
    | (?:^|[/\\])\.\.(?:[/\\]|$)        # upwards: "../x", but not "a..b"
    | [\x00-\x1f\x7f]                   # control characters
    """,
    re.VERBOSE,
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


def iter_members(data: bytes, name: str, *, max_bytes: int) -> Iterator[Member]:
    """Unpack an archive or a compressed file, member by member in its own order.

    Args:
        data: The whole archive.
        name: Its file name, which tells the kind.
        max_bytes: Largest single member.

    Raises:
        InputError: The archive itself is damaged, or over a bound.
    """
    kind = archive_kind(name)
    if kind == "zip":
        yield from _zip_members(data, max_bytes)
    elif kind == "tar":
        yield from _tar_members(_inflated_tar(data, name, max_bytes), max_bytes)
    elif kind:
        stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        yield Member(name=stem, data=inflate(data, kind, max_bytes=max_bytes))


def inflate(data: bytes, kind: str, *, max_bytes: int) -> bytes:
    """Unpack gzip, bzip2 or xz data that is one stream or several after one another.

    Raises:
        InputError: It is damaged, or more than `max_bytes` come out.
    """
    out = bytearray()
    pos = 0
    while data[pos : pos + 1] not in (b"", b"\0"):  # zeros may pad the end
        stream = _decompressor(kind)
        while not stream.eof:
            fed = data[pos : pos + SLICE_BYTES]
            if not fed:
                raise _damaged(kind, "it ends too early")
            pos += len(fed)
            for piece in _iter_inflated(stream, fed, kind):
                out += piece
                if len(out) > max_bytes or _is_bomb(len(out), len(data)):
                    raise _too_large(max_bytes)
        pos -= len(stream.unused_data)
    return bytes(out)


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


def _zip_members(data: bytes, max_bytes: int) -> Iterator[Member]:
    import lzma
    import zipfile

    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise _damaged("zip", str(error)) from error
    infos = [info for info in archive.infolist() if not info.is_dir()]
    _refuse_many(len(infos))
    total = 0
    for info in infos:
        problem = _name_problem(info.filename) or _size_problem(info.file_size, max_bytes)
        if _is_bomb(info.file_size, info.compress_size):
            problem = problem or "it is packed suspiciously small"
        if problem:
            yield Member(name=info.filename, problem=problem)
            continue
        try:
            with archive.open(info) as file:
                content = file.read(max_bytes + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, lzma.LZMAError) as error:
            yield Member(name=info.filename, problem=f"it is damaged: {error}")
            continue
        except (RuntimeError, NotImplementedError) as error:
            yield Member(name=info.filename, problem=f"it cannot be unpacked: {error}")
            continue
        total += len(content)
        _refuse_total(total, max_bytes)
        yield Member(name=info.filename, data=content)


def _tar_members(data: bytes, max_bytes: int) -> Iterator[Member]:
    import tarfile

    total = 0
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for n, info in enumerate(archive):
                _refuse_many(n)
                if info.isdir():
                    continue
                problem = _name_problem(info.name) or _size_problem(info.size, max_bytes)
                file = archive.extractfile(info) if info.isreg() and not problem else None
                if file is None:
                    problem = problem or "it is a link or a device, not a file"
                    yield Member(name=info.name, problem=problem)
                    continue
                content = file.read()
                total += len(content)
                _refuse_total(total, max_bytes)
                yield Member(name=info.name, data=content)
    except (tarfile.TarError, EOFError, ValueError, OSError) as error:
        raise _damaged("tar", str(error)) from error


def _inflated_tar(data: bytes, name: str, max_bytes: int) -> bytes:
    lower = name.lower()
    kinds = {"gz": ".gz .tgz", "bz2": ".bz2 .tbz2", "xz": ".xz .txz"}
    for kind, suffixes in kinds.items():
        if lower.endswith(tuple(suffixes.split())):
            return inflate(data, kind, max_bytes=MAX_TOTAL_FACTOR * max_bytes)
    return data


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


def _refuse_many(n: int) -> None:
    if n > MAX_MEMBERS:
        raise InputError(
            f"the archive has more than {MAX_MEMBERS:,} members",
            fix="Unpack it and give the folder.",
        )


def _refuse_total(total: int, max_bytes: int) -> None:
    if total > MAX_TOTAL_FACTOR * max_bytes:
        raise _too_large(MAX_TOTAL_FACTOR * max_bytes)


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
