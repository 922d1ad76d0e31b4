"""A document that is a zip file → its parts, each checked before it is unpacked.

DOCX, ODT and EPUB files are zips of XML parts. The parts are read by name, in memory; nothing
is unpacked to disk, and what no reader asks for (pictures, archives in the archive) is never
touched. What the directory declares is believed of no part: overlapping entries, sizes that
lie and growth no text has are refused.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from urllib.parse import unquote

from chrestomathy.errors import InputError
from chrestomathy.read.archives import has_unsafe_name, refuse_overlaps

MAX_PARTS = 20_000
"""Most parts of one document; a book with a picture on each page has some thousands."""
MAX_PART_BYTES = 64_000_000
"""Largest part: the text of a long book in DOCX, with all its markup, has some 10 million."""
MAX_RATIO = 100
"""Largest growth of what unpacks to more than FREE_BYTES; XML of documents grows 5 to 40."""
FREE_BYTES = 10_000_000
_PLAIN_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""All that the three formats allow."""
_PROTECTED = 1
"""The flag of a member that is encrypted."""


class Package:
    """The parts of a zipped document."""

    def __init__(self, data: bytes, *, max_bytes: int) -> None:
        """Read the directory and check it.

        Args:
            data: The whole file.
            max_bytes: Most that all parts read may have together.

        Raises:
            InputError: It is damaged, its members overlap or are too many.
        """
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise _damaged(str(error)) from error
        members = [one for one in self._archive.infolist() if not one.filename.endswith("/")]
        if len(members) > MAX_PARTS:
            raise InputError(
                f"it has more than {MAX_PARTS:,} parts", fix="Save it anew from its program."
            )
        refuse_overlaps(members)
        self._max_bytes = max_bytes
        self._members = {
            one.filename: one
            for one in members
            if one.filename and not has_unsafe_name(one.filename)
        }
        self._lower: dict[str, str] | None = None
        self._n_packed = self._n_read = 0

    def __contains__(self, name: str) -> bool:
        return self._find(name) is not None

    def names(self) -> list[str]:
        """List the parts in the order of the file."""
        return list(self._members)

    def read(self, name: str, *, max_bytes: int = MAX_PART_BYTES) -> bytes:
        """Unpack a part.

        Raises:
            InputError: There is none of that name, it is damaged or protected, or over a bound.
        """
        member = self._find(name)
        if member is None:
            raise InputError(f"the part {name!r} is missing in it", fix=_AGAIN)
        if member.flag_bits & _PROTECTED:
            raise InputError("it is protected by a password", fix="Save it without one.")
        if member.compress_type not in _PLAIN_METHODS:
            raise InputError(f"its part {name!r} is packed in an unusual way", fix=_AGAIN)
        self._refuse_large(member, max_bytes)
        try:
            with self._archive.open(member) as file:
                data = file.read(member.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
            raise _damaged(f"{name}: {error}") from error
        except (RuntimeError, NotImplementedError) as error:
            raise InputError(
                f"its part {name!r} cannot be unpacked: {error}", fix=_AGAIN
            ) from error
        if len(data) != member.file_size:
            raise _damaged(f"{name} has not the length it declares")
        return data

    def _find(self, name: str) -> zipfile.ZipInfo | None:
        """Look a part up; programs differ in upper and lower case."""
        if name in self._members:
            return self._members[name]
        if self._lower is None:
            self._lower = {one.lower(): one for one in reversed(self._members)}
        known = self._lower.get(name.lower())
        return self._members[known] if known else None

    def _refuse_large(self, member: zipfile.ZipInfo, max_bytes: int) -> None:
        """Count what has been read, so that many small bombs are one large one."""
        self._n_read += member.file_size
        self._n_packed += member.compress_size
        grows = self._n_read > FREE_BYTES and self._n_read > MAX_RATIO * self._n_packed
        if grows or member.file_size > max_bytes or self._n_read > self._max_bytes:
            raise InputError(
                f"unpacked, its part {member.filename!r} is {member.file_size:,} bytes long, "
                "which is too large or packed suspiciously small",
                fix="If you trust it, save it as plain text and give that.",
            )


def resolved(base: str, href: str) -> str | None:
    """Follow a reference from one part to another, without its fragment.

    Args:
        base: The part that holds it.
        href: The reference, with percent signs as in an address.

    Returns:
        The other part's name; None where it points outside the package.

    Example:
        >>> resolved("OEBPS/book.opf", "text/a%20b.xhtml#n1")
        'OEBPS/text/a b.xhtml'
        >>> resolved("OEBPS/book.opf", "../../etc/passwd"), resolved("a.opf", "http://b.org/c")
        (None, None)
    """
    path = unquote(href.partition("#")[0]).strip().replace("\\", "/")
    if not path or ":" in path.partition("/")[0] or path.startswith("//"):
        return None
    joined = posixpath.normpath(posixpath.join("/", posixpath.dirname(base), path))
    depth = len([one for one in posixpath.dirname(base).split("/") if one])
    if not path.startswith("/") and _climbs(path) > depth:
        return None
    name = joined.lstrip("/")
    return None if not name or has_unsafe_name(name) else name


def _climbs(path: str) -> int:
    """Count how far above its own folder a path reaches at its highest."""
    depth = highest = 0
    for one in path.split("/"):
        depth += {"..": -1, ".": 0, "": 0}.get(one, 1)
        highest = max(highest, -depth)
    return highest


_AGAIN = "Open it in its program and save it again."


def _damaged(detail: str) -> InputError:
    return InputError(f"this file is damaged: {detail or 'it cannot be read'}", fix=_AGAIN)
