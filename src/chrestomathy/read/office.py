"""Office documents and books: known by what is in them, and made into a `Document`.

A suffix says little: a ``.doc`` may hold RTF or a zip, what comes through standard input has no
name, and a file with a password is another sort of file altogether. So these formats are
recognised by their content alone, and those that are not read say what they are.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from chrestomathy.errors import InputError
from chrestomathy.records import Document

if TYPE_CHECKING:
    from chrestomathy.read.flow import Content
    from chrestomathy.settings import ReadSettings

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "rtf": "application/rtf",
    "epub": "application/epub+zip",
}
"""The formats that are read, and the media type that their documents carry."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ZIP_END = b"PK\x05\x06"
_ZIP64_END = b"PK\x06\x07"
_ZIP_END_BYTES = 22
_ZIP_NOTE_BYTES = 65_535
MAX_DIRECTORY_BYTES = 4_000_000
"""Largest directory of a zip that is looked into: some 20,000 members."""
MOBI_AT = 60
"""Where a Kindle book says what it is."""
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.sun.xml.writer": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.graphics": "odg",
    b"application/epub+zip": "epub",
}
"""What the member ``mimetype`` says."""
_BY_MEMBER = (
    ("word/", "docx"),
    ("xl/", "xlsx"),
    ("ppt/", "pptx"),
    ("visio/", "vsdx"),
)
"""Folders of Microsoft's formats."""
_AS_TEXT = "Save the text in it as .docx, .odt or .txt and give that."
_TOLD = {
    "xlsx": ("it is a spreadsheet (XLSX)", _AS_TEXT),
    "pptx": ("it is a presentation (PPTX)", _AS_TEXT),
    "vsdx": ("it is a drawing (VSDX)", _AS_TEXT),
    "ods": ("it is a spreadsheet (ODS)", _AS_TEXT),
    "odp": ("it is a presentation (ODP)", _AS_TEXT),
    "odg": ("it is a drawing (ODG)", _AS_TEXT),
    "pages": ("it is a document of Apple's Pages", "Export it as .docx, .epub or .txt."),
    "doc": ("it is a document of Word before 2007 (DOC)", "Save it as .docx and give that."),
    "xls": ("it is an old spreadsheet (XLS)", _AS_TEXT),
    "ppt": ("it is an old presentation (PPT)", _AS_TEXT),
    "msg": ("it is a message of Outlook (MSG)", "Save it as text or HTML and give that."),
    "ole": ("it is a file of an old office program", "Save it as .docx and give that."),
    "locked": ("it is protected by a password", "Open it, save it without one and give that."),
    "mobi": ("it is a Kindle book (MOBI)", "Convert it to EPUB and give that."),
}
"""What is said of a file that is recognised and not read."""
_STREAMS = (
    ("EncryptedPackage", "locked"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("__substg1.0_", "msg"),
)
"""Parts of Microsoft's old container by which it tells what it holds."""
SUFFIXES = {
    "docx": (".docx", ".docm", ".dotx", ".dotm"),
    "odt": (".odt", ".ott", ".sxw"),
    "rtf": (".rtf",),
    "epub": (".epub",),
}
UNREAD_SUFFIXES = (
    *(".doc", ".dot", ".xls", ".xlsx", ".xlsm", ".ppt", ".pptx", ".ods", ".odp", ".odg"),
    *(".pages", ".mobi", ".azw", ".azw3"),
)
"""Suffixes of formats that are told from others and not read."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")


def office_kind(data: bytes) -> str | None:
    r"""Recognise an office file or a book by its content: a key of `MEDIA_TYPES` or another.

    Example:
        >>> office_kind(b"{\\rtf1 wet}"), office_kind(b"wet")
        ('rtf', None)
    """
    if data.startswith(_ZIP):
        return _zip_kind(data)
    if data.startswith(_OLE):
        found = (kind for name, kind in _STREAMS if name.encode("utf-16-le") in data)
        return next(found, "ole")
    if data[:200].lstrip()[:5].lower() == b"{\\rtf":
        return "rtf"
    return "mobi" if data[MOBI_AT : MOBI_AT + 8] == b"BOOKMOBI" else None


def _zip_kind(data: bytes) -> str | None:
    """Tell a document from an archive by its members' names, without unpacking any."""
    import zipfile

    end = data.rfind(_ZIP_END, max(0, len(data) - _ZIP_NOTE_BYTES - _ZIP_END_BYTES))
    directory = int.from_bytes(data[end + 12 : end + 16], "little") if end >= 0 else 0
    if end < 0 or data[30:38] == b"mimetype":
        kind = _kind_at_once(data)
        if kind:
            return kind
    if end < 0 or directory > MAX_DIRECTORY_BYTES or data[end - 20 : end - 16] == _ZIP64_END:
        return None
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    lower = {name.lower() for name in names}
    if "[content_types].xml" in lower:
        return next((kind for at, kind in _BY_MEMBER if _has(lower, at)), None)
    if "meta-inf/container.xml" in lower:
        return "epub"
    if "content.xml" in lower and ("styles.xml" in lower or "meta-inf/manifest.xml" in lower):
        return "odt"
    return "pages" if "index/document.iwa" in lower else None


def _kind_at_once(data: bytes) -> str | None:
    """Read the first member where it says what the file is; a damaged file still has it."""
    said = data[38:120]
    kinds = (kind for name, kind in _OPEN_DOCUMENT.items() if name in said)
    if data[30:38] == b"mimetype":
        return next(kinds, None)
    return "docx" if data[30:49] == b"[Content_Types].xml" and b"word/" in data else None


def _has(names: set[str], folder: str) -> bool:
    return any(name.startswith(folder) for name in names)


def read_office(
    data: bytes,
    kind: str,
    *,
    id: str,  # noqa: A002 - the record's own name for it
    origin: str,
    settings: ReadSettings,
) -> Iterator[Document | tuple[str, InputError]]:
    """Read an office document or a book.

    Args:
        data: The file.
        kind: As `office_kind` tells it.
        id: The document's id.
        origin: Where it comes from.
        settings: Bounds.

    Yields:
        The document, and a book's pages that could not be read, with the reason.

    Raises:
        InputError: The format is not read, the file is locked, damaged or over a bound.
    """
    if kind in _TOLD:
        what, fix = _TOLD[kind]
        raise InputError(what, fix=fix)
    if kind == "epub":
        yield from _read_book(data, id, origin, settings)
        return
    content = _content(data, kind, settings)
    yield _document(content, kind, id, origin)


def _content(data: bytes, kind: str, settings: ReadSettings) -> Content:
    if kind == "rtf":
        from chrestomathy.read.rtf import read_rtf

        return read_rtf(data)
    from chrestomathy.read.package import Package

    package = Package(data, max_bytes=settings.max_bytes)
    if kind == "odt":
        from chrestomathy.read.odt import read_odt

        return read_odt(package)
    from chrestomathy.read.docx import read_docx

    return read_docx(package)


def _document(content: Content, kind: str, id_: str, origin: str) -> Document:
    from chrestomathy.read.flow import join

    properties = content.properties
    text, blocks = join(content.entries)
    notes = content.notes
    if properties.is_date_of_file:
        notes = (*notes, f"{kind}: its date is the day on which the file was made")
    return Document(
        id=id_,
        origin=origin,
        media_type=MEDIA_TYPES[kind],
        title=properties.title or _title(content),
        author=properties.author,
        date=properties.date,
        language=_language(properties.told.get("language")),
        text=text,
        blocks=blocks,
        rights=properties.told.get("rights"),
        notes=notes,
    )


def _title(content: Content) -> str | None:
    """Take the one heading of the first level for the title, if the text begins with it."""
    first = [one for one in content.entries if one.kind == "heading" and one.level == 1]
    if len(first) != 1 or first[0] is not content.entries[0]:
        return None
    return " ".join(first[0].text.split())


def _language(tag: str | None) -> str | None:
    return tag.replace("_", "-") if tag and _LANGUAGE.fullmatch(tag) else None


def _read_book(
    data: bytes, id_: str, origin: str, settings: ReadSettings
) -> Iterator[Document | tuple[str, InputError]]:
    from chrestomathy.read.epub import read_epub
    from chrestomathy.read.flow import join
    from chrestomathy.read.package import Package

    found = read_epub(Package(data, max_bytes=settings.max_bytes), settings=settings)
    if not found.entries and found.problems:
        raise found.problems[0][1]
    text, blocks = join(found.entries)
    told = found.book.metadata
    yield Document(
        id=id_,
        origin=origin,
        media_type=MEDIA_TYPES["epub"],
        title=told.title,
        author=told.author,
        date=told.date,
        language=_language(told.language),
        text=text,
        blocks=blocks,
        url=told.url,
        rights=told.rights,
        notes=found.notes,
    )
    yield from found.problems
