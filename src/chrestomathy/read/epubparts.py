"""The parts of an EPUB that are not its text: which pages it has, and what it says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from chrestomathy.errors import InputError
from chrestomathy.read.metadata import Metadata, parse_date
from chrestomathy.read.package import Package, resolved
from chrestomathy.read.safexml import Attributes, parse_xml

_PREFIXES = {
    "urn:oasis:names:tc:opendocument:xmlns:container": "c",
    "http://www.idpf.org/2007/opf": "opf",
    "http://openebook.org/namespaces/oeb-package/1.0/": "opf",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/elements/1.0/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.daisy.org/z3986/2005/ncx/": "ncx",
    "http://www.w3.org/1999/xhtml": "h",
    "http://www.w3.org/2001/04/xmlenc#": "enc",
}
MAX_PART_BYTES = 5_000_000
"""Largest package document or table of contents; a dictionary of 3,000 pages has one million."""
_PAGES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/xml")
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
"""Ways of changing fonts so that they serve one book alone; the text is not locked by them."""
_LOCKS = {
    "META-INF/license.lcpl": "LCP",
    "META-INF/rights.xml": "Adobe's",
    "META-INF/sinf.xml": "Apple's",
}
_NO_PUBLICATION = ("modification", "conversion", "creation", "ops-publication")
_NO_AUTHOR = re.compile(r"unknown|anonymous|n/a|various", re.IGNORECASE)
MAX_AUTHORS = 20


@dataclass(slots=True)
class Part:
    """One page of the book, in reading order."""

    name: str
    problem: InputError | None = None
    is_apart: bool = False
    """It is the cover or a table of contents."""


class Label(NamedTuple):
    """A chapter's title in the table of contents."""

    title: str
    level: int
    is_of_page: bool
    """It names the page as a whole and not a place in it."""


@dataclass(slots=True)
class Book:
    """What the package document says."""

    metadata: Metadata
    spine: list[Part]
    contents: list[str] = field(default_factory=list)
    """Parts with a table of contents, the newer form first."""


class _Item(NamedTuple):
    href: str
    media_type: str
    properties: frozenset[str]


def refuse_locked(package: Package) -> None:
    """Refuse a book whose text only a certain program may open.

    Raises:
        InputError: It is locked.
    """
    if "META-INF/encryption.xml" not in package:
        return
    found = _Locks()
    data = package.read("META-INF/encryption.xml", max_bytes=MAX_PART_BYTES)
    parse_xml(data, found, _PREFIXES, part="table of locks")
    if found.is_locked:
        whose = next((whose for name, whose in _LOCKS.items() if name in package), "a seller's")
        raise InputError(
            f"the book is locked by {whose} copy protection (DRM)",
            fix="Ask the seller or the publisher for a copy without it.",
        )


class _Locks:
    """Reads ``encryption.xml``."""

    def __init__(self) -> None:
        self.is_locked = False
        self._in_key = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if self._in_key or name == "enc:EncryptedKey":
            self._in_key += 1  # how the key is packed says nothing of what is locked by it
        elif name == "enc:EncryptionMethod" and attributes.get("Algorithm") not in _FONTS:
            self.is_locked = True

    def end(self, _name: str) -> None:
        if self._in_key:
            self._in_key -= 1

    def data(self, text: str) -> None:
        """Nothing that matters stands between the tags."""


def read_book(package: Package) -> Book:
    """Read which pages the book has, in order, and what it says of itself.

    Raises:
        InputError: There is no package document, or it names no page.
    """
    name = _package_document(package)
    found = _Opf()
    parse_xml(package.read(name, max_bytes=MAX_PART_BYTES), found, _PREFIXES, part="list of pages")
    spine = [_part(package, name, found, idref) for idref in dict.fromkeys(found.spine)]
    if not spine:
        raise InputError("the book names no pages", fix="Save it again from its program.")
    contents = [one.href for one in found.items.values() if "nav" in one.properties]
    contents += [one.href for one in found.items.values() if one.media_type == _NCX]
    targets = [resolved(name, href) for href in contents]
    return Book(found.metadata(), spine, [one for one in targets if one and one in package])


_NCX = "application/x-dtbncx+xml"


def _package_document(package: Package) -> str:
    if "META-INF/container.xml" in package:
        found = _Container()
        data = package.read("META-INF/container.xml", max_bytes=MAX_PART_BYTES)
        parse_xml(data, found, _PREFIXES, part="container")
        for path in found.paths:
            name = resolved("", path)
            if name and name in package:
                return name
    for name in package.names():
        if name.lower().endswith(".opf"):
            return name
    raise InputError("the book has no list of its pages", fix="Save it again from its program.")


class _Container:
    def __init__(self) -> None:
        self.paths: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c:rootfile":
            self.paths.append(attributes.get("full-path", ""))

    def end(self, name: str) -> None:
        """A root file is an empty element."""

    def data(self, text: str) -> None:
        """A root file is an empty element."""


def _part(package: Package, opf: str, found: _Opf, idref: str) -> Part:
    """Find the page that the spine names, or say what is wrong with it."""
    item = found.items.get(idref)
    if item is None:
        return Part(idref, InputError(f"the list of pages does not hold {idref!r}", fix=_AGAIN))
    name = resolved(opf, item.href)
    if name is None:
        what = f"its address {item.href[:200]!r} points outside the book"
        return Part(item.href[:200], InputError(what, fix="It is left out; ask where it is from."))
    if name not in package:
        return Part(name, InputError("the page is missing in the book", fix=_AGAIN))
    apart = "nav" in item.properties or name in found.apart(opf)
    return Part(name, is_apart=apart or item.media_type not in _PAGES)


_AGAIN = "Save the book again from its program; the other pages are read."


@dataclass(slots=True)
class _Field:
    name: str
    id: str
    role: str
    event: str
    text: str = ""


class _Opf:
    """Reads the package document."""

    def __init__(self) -> None:
        self.items: dict[str, _Item] = {}
        self.spine: list[str] = []
        self._guide: list[str] = []
        self._apart: frozenset[str] | None = None
        self._fields: list[_Field] = []
        self._refined: dict[tuple[str, str], str] = {}
        self._open: _Field | None = None
        self._meta: tuple[str, str] | None = None
        self._text: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        self._text = []
        if name.startswith("dc:"):
            self._open = _Field(
                name=name.partition(":")[2].lower(),
                id=attributes.get("id", ""),
                role=attributes.get("role", ""),
                event=attributes.get("event", "").lower(),
            )
        elif name == "opf:meta" and "property" in attributes:
            about = attributes.get("refines", "").lstrip("#")
            self._meta = about, attributes["property"].rpartition(":")[2]
        elif name == "opf:item":
            self.items[attributes.get("id", "")] = _Item(
                attributes.get("href", ""),
                attributes.get("media-type", "").lower(),
                frozenset(attributes.get("properties", "").split()),
            )
        elif name == "opf:itemref":
            self.spine.append(attributes.get("idref", ""))
        elif name == "opf:reference" and attributes.get("type", "").lower() in ("cover", "toc"):
            self._guide.append(attributes.get("href", ""))

    def data(self, text: str) -> None:
        self._text.append(text)

    def end(self, name: str) -> None:
        text = " ".join("".join(self._text).split())
        if self._open and name.startswith("dc:"):
            self._open.text = text
            self._fields.append(self._open)
            self._open = None
        elif self._meta and name == "opf:meta":
            self._refined.setdefault(self._meta, text)
            self._meta = None

    def apart(self, opf: str) -> frozenset[str]:
        """Name the pages that the guide calls the cover or the table of contents."""
        if self._apart is None:
            self._apart = frozenset(filter(None, (resolved(opf, href) for href in self._guide)))
        return self._apart

    def metadata(self) -> Metadata:
        """Return title, authors, date and the like."""
        return Metadata(
            title=self._title(),
            author=self._author(),
            date=self._date(),
            language=self._first("language"),
            url=next((one for one in self._all("identifier", "source") if _is_address(one)), None),
            rights=self._first("rights"),
        )

    def _all(self, *names: str) -> list[str]:
        return [one.text for one in self._fields if one.name in names and one.text]

    def _first(self, name: str) -> str | None:
        return next(iter(self._all(name)), None)

    def _title(self) -> str | None:
        """Take the main title, with the subtitle left out where the book tells them apart."""
        for one in self._fields:
            if one.name == "title" and self._refined.get((one.id, "title-type")) == "main":
                return one.text or None
        return self._first("title")

    def _author(self) -> str | None:
        """Join those who wrote it; an editor or translator is none where roles are told."""
        creators = [one for one in self._fields if one.name == "creator" and one.text]
        roles = [one.role or self._refined.get((one.id, "role"), "") for one in creators]
        named = [one.text for one, role in zip(creators, roles, strict=True) if role in ("", "aut")]
        names = dict.fromkeys(one for one in named if not _NO_AUTHOR.fullmatch(one))
        return "; ".join(list(names)[:MAX_AUTHORS]) or None

    def _date(self) -> str | None:
        """Take the day of publication; the day of a conversion says nothing of the book."""
        dates = [one for one in self._fields if one.name == "date"]
        dates.sort(key=lambda one: one.event != "publication")
        for one in dates:
            date = parse_date(one.text) if one.event not in _NO_PUBLICATION else None
            if date and not date.startswith("01"):
                return date
        return None


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://"))


def read_labels(package: Package, book: Book) -> dict[str, tuple[Label, ...]]:
    """Read the table of contents: for each page, the chapters that begin on it.

    A damaged table says nothing; the pages are read all the same.
    """
    for name in book.contents:
        found = _Contents(name)
        try:
            data = package.read(name, max_bytes=MAX_PART_BYTES)
            parse_xml(data, found, _PREFIXES, part="table of contents")
        except InputError:
            pass
        if found.labels:
            return {page: tuple(labels) for page, labels in found.labels.items()}
    return {}


class _Contents:
    """Reads a table of contents, in the form of EPUB 3 (``nav``) or of EPUB 2 (NCX)."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.labels: dict[str, list[Label]] = {}
        self._depth = 0
        self._nav: bool | None = None
        self._text: list[str] | None = None
        self._href = ""
        self._title = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "h:nav":
            self._nav = attributes.get("type", "toc") == "toc"
        elif name in ("ncx:navPoint", "h:ol"):
            self._depth += 1
        elif name == "h:a" and self._nav:
            self._href, self._text = attributes.get("href", ""), []
        elif name == "ncx:text" and self._depth:
            self._text = []
        elif name == "ncx:content" and self._depth:
            self._add(self._title, attributes.get("src", ""))

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, name: str) -> None:
        if name == "h:nav":
            self._nav = None
        elif name in ("ncx:navPoint", "h:ol"):
            self._depth -= 1
        elif name == "h:a" and self._text is not None:
            self._add("".join(self._text), self._href)
            self._text = None
        elif name == "ncx:text" and self._text is not None:
            self._title, self._text = "".join(self._text), None

    def _add(self, title: str, href: str) -> None:
        title = " ".join(title.split())
        page = resolved(self._name, href)
        if title and page:
            level = min(6, max(1, self._depth))
            known = self.labels.setdefault(page, [])
            known.append(Label(title, level, is_of_page="#" not in href or not known))
