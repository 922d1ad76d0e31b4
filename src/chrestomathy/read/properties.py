"""What the properties of an office document or a book say of it, in Dublin Core.

Programs fill them in: a title from a template, the computer's name for the author's, the day
on which the file was made for the date. What no person can have meant is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from chrestomathy.read.metadata import parse_date
from chrestomathy.read.safexml import Attributes

DUBLIN_CORE = {
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "urn:oasis:names:tc:opendocument:xmlns:meta:1.0": "meta",
    "http://openoffice.org/2000/meta": "meta",
}
_NOBODY = frozenset(
    [
        *("python-docx", "microsoft office user", "microsoft", "windows user", "windows", "user"),
        *("admin", "administrator", "author", "unknown", "unknown author", "owner", "pandoc"),
        *("benutzer", "utilisateur", "usuario", "пользователь", "un-named", "word document"),
        *("microsoft account", "localadmin", "apache poi", "openoffice.org", "libreoffice"),
    ]
)
"""What programs write where nobody has given a name."""
_NO_TITLE = re.compile(
    r"word document|untitled.{0,10}|unbenannt.{0,10}|(?:document|dokument)\s?\d*|"
    r"microsoft word - .*|powerpoint presentation|.{0,200}\.(?:docx?|odt|rtf|txt)",
    re.IGNORECASE | re.DOTALL,
)
"""Titles that programs make up: `Document1`, `Microsoft Word - talk.doc`."""
FIRST_YEAR = "1985"
"""Before it no file was made by a program that writes such properties: a date before it was
given by hand."""
_MADE_UP = frozenset(("2013-12-23", "1601-01-01", "1970-01-01", "1980-01-01", "1899-12-30"))
"""Days of templates, and those from which clocks count."""
_FIELDS = {
    "dc:title": "title",
    "dc:creator": "creator",
    "meta:initial-creator": "author",
    "dcterms:created": "created",
    "meta:creation-date": "created",
    "dc:language": "language",
    "dc:rights": "rights",
}


@dataclass(slots=True)
class Properties:
    """Reads a part with properties; the first that says a thing counts."""

    told: dict[str, str] = field(default_factory=dict)
    _open: str | None = None
    _text: list[str] = field(default_factory=list)

    def start(self, name: str, _attributes: Attributes) -> None:
        """Begin a field."""
        self._open, self._text = _FIELDS.get(name), []

    def data(self, text: str) -> None:
        """Take a piece of a field."""
        if self._open:
            self._text.append(text)

    def end(self, _name: str) -> None:
        """End a field."""
        if self._open:
            self.tell(self._open, "".join(self._text))
            self._open = None

    def tell(self, name: str, value: str) -> None:
        """Note a value, unless there is one already or it is nothing but white space."""
        value = " ".join(value.split())
        if value:
            self.told.setdefault(name, value)

    def completed(self, other: Properties) -> Properties:
        """Fill gaps from what the text itself says: its title page."""
        return Properties({**self._meant(), **_without(other.told, self._meant())})

    @property
    def title(self) -> str | None:
        """The title, as a person has given it."""
        return self._meant().get("title")

    @property
    def author(self) -> str | None:
        """Who wrote it: the first author, not who saved it last."""
        meant = self._meant()
        return meant.get("author") or meant.get("creator")

    @property
    def date(self) -> str | None:
        """EDTF: a date that is printed as such, or the day on which the file was made."""
        meant = self._meant()
        return parse_date(meant["date"]) if "date" in meant else meant.get("created")

    @property
    def is_date_of_file(self) -> bool:
        """Whether the date is no more than the day on which the file was made."""
        return "date" not in self._meant() and self.date is not None and self.date > FIRST_YEAR

    def _meant(self) -> dict[str, str]:
        """Keep what a person can have meant."""
        meant = dict(self.told)
        if "title" in meant and _NO_TITLE.fullmatch(meant["title"]):
            del meant["title"]
        for key in ("author", "creator"):
            if meant.get(key, "").casefold() in _NOBODY:
                del meant[key]
        made = parse_date(meant.pop("created", "").split("T")[0])
        if made and made not in _MADE_UP:
            meant["created"] = made
        if "date" in meant and not parse_date(meant["date"]):
            del meant["date"]
        return meant


def _without(told: dict[str, str], known: dict[str, str]) -> dict[str, str]:
    """Leave out the author where a creator is known, who is the same."""
    creator = {"author"} if known.keys() & {"author", "creator"} else set()
    return {key: value for key, value in told.items() if key not in known.keys() | creator}
