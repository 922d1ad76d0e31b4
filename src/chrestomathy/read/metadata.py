"""What a text says of itself: front matter, and dates in whatever form, as EDTF."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FRONT = re.compile(
    r"""
    \A\ufeff?---[ \t]*(?:\r\n|\n|\r)            # "---"
    (?P<lines>(?:[^\r\n]*(?:\r\n|\n|\r)){0,60}?)  # "title: On Water"
    (?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)       # "---"
    """,
    re.VERBOSE,
)
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w .-]{0,40}?)\s*:(?:\s+(?P<value>.*))?\Z")
"""`title: On Water`, not `- a list` and not `http://x`."""

_NAMES = {
    "title": "title",
    "headline": "title",
    "author": "author",
    "by": "author",
    "speaker": "author",
    "creator": "author",
    "date": "date",
    "published": "date",
    "occasion": "occasion",
    "event": "occasion",
    "language": "language",
    "lang": "language",
    "url": "url",
    "source": "url",
    "rights": "rights",
    "license": "rights",
    "licence": "rights",
}

_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = {name[:n]: i for i, name in enumerate(_MONTH_NAMES, 1) for n in (3, 4, len(name))}
"""Full names and their first three or four letters: "jan", "sept"."""
_ISO = re.compile(
    r"""
    (?P<y>\d{4})                        # "1946"
    (?:[-/.](?P<m>\d{1,2})              # "1946-01"
    (?:[-/.](?P<d>\d{1,2}))?)?          # "1946-01-21", "1946/1/21"
    (?:[T ]\d\d:\d\d.*)?\Z              # "…T10:30:00Z", not "1946-48"
    """,
    re.VERBOSE,
)
_DAY_FIRST = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(?P<d>\d{1,2})(?:st|nd|rd|th)?\s+(?P<name>[A-Za-z]{3,9})\.?,?\s+(?P<y>\d{4})"
)
"""`21 January 1946`, `Mon, 21 Jan 1946 10:00:00 GMT`."""
_MONTH_FIRST = re.compile(
    r"(?:[A-Za-z]{3,9},\s+)?(?P<name>[A-Za-z]{3,9})\.?\s+(?:(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<y>\d{4})"
)
"""`January 21, 1946`, `Jan. 1946`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known of a text besides its words; None is unknown."""

    title: str | None = None
    author: str | None = None
    date: str | None = None
    """EDTF."""
    occasion: str | None = None
    language: str | None = None
    url: str | None = None
    rights: str | None = None


def parse_front_matter(text: str) -> tuple[Metadata, int]:
    """Read ``key: value`` lines between two ``---`` at the very start.

    Returns:
        What they say and the offset at which the text proper begins; 0 where there are none.
    """
    m = _FRONT.match(text)
    if not m:
        return Metadata(), 0
    pairs: dict[str, str] = {}
    for line in m["lines"].splitlines():
        pair = _PAIR.match(line.rstrip())
        if pair:
            pairs[pair["key"].lower()] = (pair["value"] or "").strip()
        elif line.strip() and not line.startswith((" ", "\t", "-", "#")):
            return Metadata(), 0  # two rules around prose are no front matter
    return (metadata_from(pairs), m.end()) if pairs else (Metadata(), 0)


def metadata_from(pairs: dict[str, str]) -> Metadata:
    """Make a record of named values, under whichever of their usual names; the first counts."""
    known: dict[str, str] = {}
    for key, value in pairs.items():
        name = _NAMES.get(key.strip().lower())
        value = _unquoted(value)
        if name and value:
            known.setdefault(name, value)
    if "date" in known:
        known["date"] = parse_date(known["date"]) or known.pop("date")
    return Metadata(**known)


def parse_date(text: str) -> str | None:
    """Write a date as EDTF; None where it is not understood.

    Example:
        >>> [parse_date(s) for s in ("21 January 1946", "Jan. 1946", "1946-01-21T10:00Z", "soon")]
        ['1946-01-21', '1946-01', '1946-01-21', None]
    """
    text = text.strip()
    m = _ISO.match(text)
    if m:
        return _edtf(m["y"], int(m["m"] or 0), int(m["d"] or 0))
    m = _DAY_FIRST.match(text) or _MONTH_FIRST.match(text)
    if m and m["name"].lower() in _MONTHS:
        return _edtf(m["y"], _MONTHS[m["name"].lower()], int(m["d"] or 0))
    return None


def _edtf(year: str, month: int, day: int) -> str | None:
    if month > 12 or day > 31:
        return None
    if not month:
        return year
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value
