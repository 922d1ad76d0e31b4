"""Dates in EDTF, printed for people and placed on a line of years.

EDTF (ISO 8601-2) is what the records carry; nobody reads ``-0439~`` with pleasure. A form that
is not understood is printed as it stands rather than guessed at, and has no place on the line.
"""

from __future__ import annotations

import re
from typing import NamedTuple

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
"""EDTF writes a season where a month would stand."""

_DATE = re.compile(
    r"""
    (?P<sign>-?)(?P<year>[0-9]{1,2}XX|[0-9]{1,3}X|[0-9]{4})   # "1945"  "-0439"  "194X"  "19XX"
    (?:-(?P<month>[0-9]{2}|XX))?                            # "-07", a season "-21", "-XX"
    (?:-(?P<day>[0-9]{2}|XX))?                              # "-19", "-XX"
    (?:T[0-9:.,Z+-]*)?                                      # a time of day, not printed
    (?P<doubt>[~?%]?)                                       # about, uncertain, both
    """,
    re.VERBOSE,
)
_OPEN = ("", "..")


class Years(NamedTuple):
    """A stretch on the line of years; 440 BC is the astronomical year -439."""

    start: float
    end: float


class _Date(NamedTuple):
    year: str
    """Four characters, of which the last may be X."""
    sign: int
    month: int | None
    day: int | None
    doubt: str


def print_date(edtf: str) -> str:
    """Print an EDTF date as an English book would.

    Example:
        >>> [print_date(one) for one in ("2013-06-20", "2023-07", "1945~", "-0439~")]
        ['20 June 2013', 'July 2023', 'c. 1945', 'c. 440 BC']
        >>> print_date("1939/1945"), print_date("19XX"), print_date("next week")
        ('1939–1945', '20th century', 'next week')
    """
    if "/" in edtf:
        return _print_interval(edtf)
    date = _parse(edtf)
    if date is None:
        return edtf
    about = "c. " if date.doubt in ("~", "%") else ""
    unsure = "?" if date.doubt in ("?", "%") else ""
    return f"{about}{_print_parts(date)}{unsure}"


def print_year(year: int) -> str:
    """Print an astronomical year: ``-439`` is 440 BC, ``79`` is AD 79.

    Example:
        >>> print_year(-439), print_year(0), print_year(79), print_year(1946)
        ('440 BC', '1 BC', 'AD 79', '1946')
    """
    if year <= 0:
        return f"{1 - year} BC"
    return f"AD {year}" if year < 1000 else str(year)


def years_of(edtf: str) -> Years | None:
    """Place an EDTF date on the line of years, in years and fractions.

    Example:
        >>> years_of("2023-07"), years_of("194X"), years_of("soon")
        (Years(start=2023.5, end=2023.5833333333333), Years(start=1940, end=1950), None)
    """
    if "/" in edtf:
        ends = [_years(one) for one in edtf.split("/", 1) if one not in _OPEN]
        known = [one for one in ends if one is not None]
        return Years(known[0].start, known[-1].end) if known else None
    return _years(edtf)


def _years(edtf: str) -> Years | None:
    date = _parse(edtf)
    if date is None:
        return None
    width = 10 ** date.year.count("X")
    first = date.sign * int(date.year.replace("X", "0"))
    if date.sign < 0:
        first -= width - 1
    if date.month is None or date.month > 12:
        return Years(first, first + width)
    month = first + (date.month - 1) / 12
    if date.day is None:
        return Years(month, month + 1 / 12)
    return Years(month + (date.day - 1) / 365, month + date.day / 365)


def _parse(edtf: str) -> _Date | None:
    m = _DATE.fullmatch(edtf.strip())
    if m is None:
        return None
    month = int(m["month"]) if m["month"] and m["month"] != "XX" else None
    day = int(m["day"]) if month and m["day"] and m["day"] != "XX" else None
    if month is not None and not (1 <= month <= 12 or month in SEASONS):
        return None
    if day is not None and not 1 <= day <= 31:
        return None
    return _Date(m["year"].rjust(4, "0"), -1 if m["sign"] else 1, month, day, m["doubt"])


def _print_parts(date: _Date) -> str:
    if "X" in date.year:
        return _print_rounded(date)
    year = print_year(date.sign * int(date.year))
    if date.month is None:
        return year
    month = SEASONS.get(date.month) or MONTHS[date.month - 1]
    return f"{month} {year}" if date.day is None else f"{date.day} {month} {year}"


def _print_rounded(date: _Date) -> str:
    known = int(date.year.rstrip("X"))
    era = " BC" if date.sign < 0 else ""
    if date.year.endswith("XX"):
        return f"{_ordinal(known + 1)} century{era}"
    return f"{known * 10}s{era}"


def _print_interval(edtf: str) -> str:
    start, end = edtf.split("/", 1)
    if start in _OPEN and end in _OPEN:
        return edtf
    if start in _OPEN:
        return f"until {print_date(end)}"
    if end in _OPEN:
        return f"from {print_date(start)}"
    first, last = print_date(start), print_date(end)
    spaced = " " in first or " " in last
    return f"{first} – {last}" if spaced else f"{first}–{last}"


def _ordinal(n: int) -> str:
    if n % 100 in (11, 12, 13):
        return f"{n}th"
    return f"{n}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th') }"
