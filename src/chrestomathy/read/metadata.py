"""What a text says of itself: front matter, and dates in whatever form, as EDTF."""

from __future__ import annotations

import re
from calendar import monthrange
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
_BLOCK = re.compile(r"[|>][-+]?\s*")
"""A value that stands in the lines below: `>-`."""
_QUOTED = re.compile(r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')\s*(?:#.*)?""")
"""A value in quotation marks, with or without a remark behind it."""
_REMARK = re.compile(r"(?:^|\s)#(?:\s|\Z)")
"""A remark behind a value: `On Water # first version`, not `C#`, not `Speech #5`."""

_NAMES = {
    "title": "title",
    "headline": "title",
    "speaker": "author",
    "author": "author",
    "by": "author",
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
"""What each field may be called; the first name that has a value counts (the speaker of a
speech before the author of the page that prints it)."""

_MONTH_NAMES = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTHS = {name[:n]: i for i, name in enumerate(_MONTH_NAMES, 1) for n in (3, 4, len(name))}
"""Full names and their first three or four letters: "jan", "sept"."""
_ISO = re.compile(
    r"""
    (?P<y>-?\d{4})                      # "1946", "-0043"
    (?:[-/.](?P<m>\d{1,2})              # "1946-01"
    (?:[-/.](?P<d>\d{1,2}))?)?          # "1946-01-21", "1946/1/21"
    (?P<doubt>[~?%]?)                   # "1623~": about
    (?:[T ]\d\d:\d\d.*)?\Z              # "…T10:30:00Z", not "1946-48"
    """,
    re.VERBOSE,
)
_DIGITS = re.compile(r"(?P<y>\d{4})(?P<m>\d\d)(?P<d>\d\d)\Z")
"""`19460121`, as file names have it."""
_DOTTED = re.compile(r"(?P<d>\d{1,2})\.\s?(?P<m>\d{1,2})\.\s?(?P<y>\d{4})\Z")
"""`21.1.1946`; `1/2/1946` is read differently in different countries, and not here."""
_DECADE = re.compile(r"-?\d{2}(?:\dX|XX)\Z")
"""`194X`, `19XX`."""
_ABOUT = re.compile(r"(?:c|ca|circa|about)\b\.?\s*(?P<y>\d{4})\Z", re.IGNORECASE)
"""`c. 1623`."""
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
    unread_date: str | None = None
    """A date that was given and not understood, as given."""


def merged(*known: Metadata) -> Metadata:
    """Join what is known from several places, field by field; the first that knows counts.

    Example:
        >>> merged(Metadata(title="On Water"), Metadata(title="x", date="1946")).date
        '1946'
    """
    fields = (
        *("title", "author", "date", "occasion", "language", "url", "rights"),
        "unread_date",
    )
    return Metadata(
        **{name: next(filter(None, (getattr(one, name) for one in known)), None) for name in fields}
    )


def parse_front_matter(text: str) -> tuple[Metadata, int]:
    """Read ``key: value`` lines between two ``---`` at the very start.

    Returns:
        What they say and the offset at which the text proper begins; 0 where there are none.
    """
    m = _FRONT.match(text)
    if not m:
        return Metadata(), 0
    pairs = _pairs(m["lines"])
    return (metadata_from(pairs), m.end()) if pairs else (Metadata(), 0)


def _pairs(lines: str) -> dict[str, str]:
    """Read the part of YAML that people write: pairs, lists, values that go on indented.

    Nothing comes out where a line is none of these: two rules around prose are no front matter.
    """
    pairs: dict[str, str] = {}
    key = ""
    for line in map(str.rstrip, lines.splitlines()):
        if not line or line.startswith("#"):
            continue
        if key and line.startswith((" ", "\t", "- ")):
            pairs[key] = _joined(pairs[key], line.strip())
            continue
        pair = _PAIR.match(line)
        if pair:
            key = pair["key"].lower()
            pairs[key] = "" if _BLOCK.fullmatch(pair["value"] or "") else _value(pair["value"])
        elif not line.startswith((" ", "\t", "-")):
            return {}
    return pairs


def _joined(value: str, line: str) -> str:
    """Add a line to a value: the next item of a list, the rest of a sentence, a name within."""
    item = line.startswith("- ")
    line = line[2:].strip() if item else line
    inner = _PAIR.match(line)
    if inner and inner["value"] and inner["key"].islower():
        if inner["key"] != "name":
            return value
        line = inner["value"]
    return f"{value}{'; ' if item else ' '}{_value(line)}" if value else _value(line)


def _value(text: str | None) -> str:
    """Read a value: in quotation marks, a list in brackets, or plain with a remark behind it."""
    text = (text or "").strip()
    if m := _QUOTED.fullmatch(text):
        return (m["double"] or m["single"] or "").strip()
    text = _REMARK.split(text, maxsplit=1)[0].strip()
    if text.startswith("[") and text.endswith("]"):
        return "; ".join(_unquoted(one) for one in text[1:-1].split(","))
    return "" if text in ("~", "null") else text


def metadata_from(pairs: dict[str, str]) -> Metadata:
    """Make a record of named values, under whichever of their usual names."""
    given = {key.strip().lower(): _unquoted(value) for key, value in pairs.items()}
    known: dict[str, str] = {}
    for key, name in _NAMES.items():
        if given.get(key):
            known.setdefault(name, given[key])
    if "date" in known:
        given_date = known.pop("date")
        date = parse_date(given_date)
        known["date" if date else "unread_date"] = date or given_date
    return Metadata(**known)


def known_name(key: str) -> str | None:
    """Return the field that a name stands for, or None."""
    return _NAMES.get(key.strip().lower())


KNOWN_NAMES = tuple(_NAMES)
HOW_TO_DATE = (
    "Write it as 1946-01-21, 1946-01 or 1946; 1946~ is about 1946, 1939/1945 from one year to "
    "another, -0043 the year 44 before our era."
)
"""What to do about a date that is not understood."""


def parse_date(text: str) -> str | None:
    """Write a date as EDTF; None where it is not understood.

    Example:
        >>> [parse_date(s) for s in ("21 January 1946", "Jan. 1946", "1946-01-21T10:00Z", "soon")]
        ['1946-01-21', '1946-01', '1946-01-21', None]
        >>> [parse_date(s) for s in ("c. 1623", "1939/1945", "19XX", "1946-02-30", "1/2/1946")]
        ['1623~', '1939/1945', '19XX', None, None]
    """
    text = text.strip()
    for form in (_ISO, _DIGITS, _DOTTED):
        if m := form.match(text):
            doubt = m.groupdict().get("doubt") or ""
            date = _edtf(m["y"], int(m["m"] or 0), int(m["d"] or 0))
            return date and date + doubt
    m = _DAY_FIRST.match(text) or _MONTH_FIRST.match(text)
    if m and m["name"].lower() in _MONTHS:
        return _edtf(m["y"], _MONTHS[m["name"].lower()], int(m["d"] or 0))
    if m := _ABOUT.match(text):
        return f"{m['y']}~"
    if _DECADE.match(text):
        return text
    first, slash, last = text.partition("/")
    if slash and "/" not in last:
        dates = parse_date(first), parse_date(last)
        return f"{dates[0]}/{dates[1]}" if all(dates) else None
    return None


def _edtf(year: str, month: int, day: int) -> str | None:
    if month > 12 or (day and not month):
        return None
    if not month:
        return year
    days = monthrange(int(year), month)[1] if int(year) > 0 else 31
    if day > days:
        return None
    return f"{year}-{month:02}-{day:02}" if day else f"{year}-{month:02}"


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value
