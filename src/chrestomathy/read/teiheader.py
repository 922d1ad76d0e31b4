"""The header of a TEI file → what is known of the text, and who its people are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from chrestomathy.read.metadata import Metadata, parse_date

XML = "{http://www.w3.org/XML/1998/namespace}"
"""How lxml writes ``xml:id`` and ``xml:lang``."""

_DATES = ("creation", "setting", "recording", "sourceDesc", "publicationStmt")
"""Where the date of the work may stand, the best first: the last is the edition's own."""
_WHEN = ("when", "when-iso", "from", "notBefore", "value", "when-custom")
"""Attributes that give a date in figures."""
_DOI = re.compile(r"(?:doi:\s*)?(?P<doi>10\.\d{4,9}/\S+)\Z", re.IGNORECASE)


@dataclass(slots=True)
class Header:
    """Gathers the header's elements as they end."""

    open: list[str] = field(default_factory=list)
    titles: list[tuple[str, str]] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    unread_date: str | None = None
    languages: list[str] = field(default_factory=list)
    rights: str | None = None
    url: str | None = None
    people: dict[str, str] = field(default_factory=dict)
    """Names by ``xml:id``."""
    _texts: list[list[str]] = field(default_factory=list)
    _attributes: list[dict[str, str]] = field(default_factory=list)
    _person: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        self.open.append(name)
        self._texts.append([])
        self._attributes.append(attributes)
        if name in ("person", "personGrp", "role", "org"):
            self._person = attributes.get(f"{XML}id")
        elif name == "language" and attributes.get("ident"):
            self.languages.append(attributes["ident"])

    def data(self, text: str) -> None:
        """Take text for the elements that are open."""
        if self._texts:
            self._texts[-1].append(text)

    def end(self, name: str) -> None:
        """End an element and keep what it says."""
        self.open.pop()
        attributes, text = self._attributes.pop(), "".join(self._texts.pop())
        if self._texts:
            self._texts[-1].append(f" {text} " if name in ("forename", "surname") else text)
        text = " ".join(text.split())
        if name in ("persName", "name", "role", "orgName") and self._person and text:
            self.people.setdefault(self._person, text)
        elif name == "title" and self.open[-1:] == ["titleStmt"] and text:
            self.titles.append((attributes.get("type", "main"), text))
        elif name == "author" and self.open[-1:] == ["titleStmt"] and text:
            self.authors.append(text)
        elif name == "date":
            self._keep_date(attributes, text)
        elif name in ("licence", "license", "availability") and not self.rights:
            self.rights = text or attributes.get("target") or None
        elif name in ("idno", "ref", "ptr") and "publicationStmt" in self.open and not self.url:
            self.url = _address(text) or _address(attributes.get("target", ""))

    def _keep_date(self, attributes: dict[str, str], text: str) -> None:
        given = next((attributes[one] for one in _WHEN if attributes.get(one)), text)
        until = attributes.get("to") if given == attributes.get("from") else None
        date = parse_date(f"{given}/{until}" if until else given) or parse_date(text)
        where = next((one for one in _DATES if one in self.open), None)
        if where and date:
            self.dates.setdefault(where, date)
        elif where and given.strip():
            self.unread_date = self.unread_date or given

    def known(self) -> Metadata:
        """Return what the header says of the text."""
        date = next((self.dates[one] for one in _DATES if one in self.dates), None)
        return Metadata(
            title=self._title(),
            author="; ".join(dict.fromkeys(self.authors)) or None,
            date=date,
            language=self.languages[0] if len(set(self.languages)) == 1 else None,
            url=self.url,
            rights=self.rights,
            unread_date=None if date else self.unread_date,
        )

    def _title(self) -> str | None:
        main = [text for kind, text in self.titles if kind not in ("sub", "short", "alt", "desc")]
        under = [text for kind, text in self.titles if kind == "sub"]
        if not main:
            return self.titles[0][1] if self.titles else None
        return f"{main[0]}: {under[0]}" if under and len(main) == 1 else main[0]


def _address(text: str) -> str | None:
    text = text.strip()
    if text.lower().startswith(("http://", "https://")) and " " not in text:
        return text
    m = _DOI.match(text)
    return f"https://doi.org/{m['doi']}" if m else None
