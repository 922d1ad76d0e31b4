"""One readable citation for a claim, and one for a source that was shown.

The manner is that of Chicago's notes: speaker, “title”, kind, occasion, place, date. What a
page claims is cited from its `Attribution`, what a collection shows from an `Evidence` or a
`Source`; the two are never mixed, and a title printed where a name could stand stays a title.
"""

from __future__ import annotations

from typing import Protocol
from urllib.parse import urlsplit

from chrestomathy.publish.dates import print_date
from chrestomathy.records import Attribution

KIND_WORDS = {
    "book": None,
    "other": None,
    "scripture": None,
    "proverb": "proverb",
}
"""Kinds that a citation does not print as they are; ``None`` is left unsaid."""


class Cited(Protocol):
    """What a source must tell of itself to be cited: `Evidence` and `Source` do."""

    @property
    def title(self) -> str | None:
        """The source's title."""

    @property
    def speaker(self) -> str | None:
        """Who speaks or writes."""

    @property
    def date(self) -> str | None:
        """EDTF."""

    @property
    def occasion(self) -> str | None:
        """The event."""


def cite_claim(attribution: Attribution) -> str | None:
    """Cite what a page claims, or ``None`` where it claims nothing.

    Example:
        >>> cite_claim(Attribution(speaker="the Mayor", kind="speech", date="1921-05"))
        'The Mayor, speech, May 1921.'
    """
    parts = [*claim_parts(attribution).values()]
    return _sentence(parts) if parts else None


def claim_parts(attribution: Attribution) -> dict[str, str]:
    """Return what a page claims, in citation order, by name; unknown parts are absent."""
    speaker, role = attribution.speaker, attribution.role
    if role and role.casefold() in (speaker or "").casefold():
        role = None
    kind = attribution.kind and KIND_WORDS.get(attribution.kind, attribution.kind)
    topic = attribution.topic
    if topic:
        kind, topic = f"{kind or 'words'} on {topic}", None
    found = {
        "speaker": speaker,
        "role": role,
        "work": attribution.work,
        "locus": attribution.locus,
        "kind": kind,
        "occasion": attribution.occasion,
        "place": attribution.place,
        "date": attribution.date and print_date(attribution.date),
    }
    return {name: text.strip() for name, text in found.items() if text and text.strip()}


def cite_source(source: Cited, *, locus: str | None = None) -> str:
    """Cite a source as its own record describes it.

    Example:
        >>> from chrestomathy.records import Source
        >>> cite_source(Source(id="a", title="On Bees", speaker="A. Keeper", date="1901", text=""))
        'A. Keeper, “On Bees,” 1901.'
    """
    title = f"“{source.title},”" if source.title else None
    occasion = source.occasion if source.occasion != source.title else None
    if title and not (occasion or source.date or locus):
        title = f"“{source.title}.”"
    date = source.date and print_date(source.date)
    parts = [one for one in (source.speaker, title, occasion, locus, date) if one]
    return _sentence(parts or ["a source without a title"])


def name_source(source: Cited, *, fallback: str) -> str:
    """Name a source in passing: title, year, speaker in brackets.

    A date that the title already holds is not said twice.

    Example:
        >>> from chrestomathy.records import Source
        >>> name_source(Source(id="a", title="On Bees", speaker="A. Keeper", date="1901-02-03",
        ...                    text=""), fallback="a")
        'On Bees, 1901 (A. Keeper)'
    """
    name = source.title or source.occasion or fallback
    year = print_date(source.date.split("/")[0][: _year_length(source.date)]) if source.date else ""
    if year and year not in name:
        name = f"{name}, {year}"
    return f"{name} ({source.speaker})" if source.speaker else name


def safe_url(url: str | None) -> str | None:
    """Return an address that may become a link: http or https with a host, else ``None``.

    Example:
        >>> safe_url("https://example.org/a"), safe_url("javascript:alert(1)")
        ('https://example.org/a', None)
    """
    if not url or any(char.isspace() or ord(char) < 32 for char in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.hostname else None


def _year_length(edtf: str) -> int:
    return 5 if edtf.startswith("-") else 4


def _sentence(parts: list[str]) -> str:
    text = ""
    for part in parts:
        text += part if not text else f" {part}" if text.endswith((",", ",”")) else f", {part}"
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", ".”", "!", "?")) else f"{text}."
