"""Dates in attribution lines → EDTF, with the precision that is printed and no more.

Only what is plainly a date is one: life dates, page numbers and years inside the name of an
event ("the 2022 Summit") are refused. Months and eras come from ``lexicon.calendar``; Chinese
and Japanese dates may be in digits or numerals. Years before 1 are astronomical: 440 BC is
``-0439``; an approximate year ends in ``~``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from chrestomathy.lift.lexicon import by_first, calendar

DateRole = Literal["date", "life", "number"]
"""What a stretch with a year is: a date, someone's life, a page or the like."""

_MONTH_OF = {
    form.replace("_", " "): number
    for names in calendar.MONTHS.values()
    for number, forms in enumerate(names, 1)
    for form in forms.split()
}


_MONTH = by_first(map(re.escape, sorted(_MONTH_OF, key=len, reverse=True)))
_FOLDED_MONTHS = {form.casefold().replace("ı", "i"): n for form, n in _MONTH_OF.items()}
"""Months by their folded names: ``re`` takes the Turkish dotless i for an i, folding does not."""
_BC = "|".join(calendar.BEFORE_CHRIST.values())
_AD = "|".join(calendar.ANNO_DOMINI.values())
_CIRCA = "|".join(calendar.CIRCA.values())
_BIRTH = "|".join(calendar.BIRTH.values())
_YEARS = "|".join(calendar.YEAR_WORDS.values())

_APART = r"[\s,،.-]"
_WORD = r"[^\d\s,،.-]{1,20}+"
_NUMBER_AHEAD = rf"(?-i:(?={_WORD}(?:{_APART}++{_WORD}){{0,3}}{_APART}*+\d))"
"""A number behind one to four words: only there names of months are tried, "circa", "the"."""
_FIRST = "".join(sorted({era[0] for era in calendar.ERAS}))

_DATE = re.compile(
    rf"""
    (?:(?=[\d{_FIRST}〇零○一二三四五六七八九])|(?<!\w){_NUMBER_AHEAD}|(?=ngày|tháng))
                                                    # where a date may begin
    (?:(?P<iso>(?<![\d-])(?P<iy>\d{{4}})-(?P<im>\d\d)(?:-(?P<id>\d\d))?(?![\d-]))
                                                    # 2016-04-19, not 1939-1945
    | (?P<cjk>(?:(?P<era>{"|".join(calendar.ERAS)})\s*(?P<ey>\d{{1,3}}|元|[一二三四五六七八九十]{{1,3}})
        |(?P<cy>\d{{4}}|[〇零○一二三四五六七八九]{{4}}))\s*[年년]
        (?:\s*(?P<cm>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*[月월]
        (?:\s*(?P<cd>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})\s*[日号號일]
        (?:\s?[至到~～—–-]\s?(?:\d{{1,2}}[月월]\s?)?\d{{1,2}}\s?[日号號일])?)?)?)
                                                    # 二〇一三年六月二十日, 2023年7月, 昭和33年
    | (?P<viet>(?:ngày\s+(?P<vd>\d{{1,2}})\s+)?tháng\s+(?P<vm>\d{{1,2}})[\s,]+(?:năm\s+)?(?P<vy>\d{{4}})(?!\w))
                                                    # ngày 3 tháng 5 năm 1961
    | (?P<ymd>(?<![\w.])(?P<y4>\d{{4}})\.?\s+(?P<m4>{_MONTH})\s+(?P<d4>\d{{1,2}})(?!\d|,?\s\d{{4}}))
                                                    # 1848. március 15., 1961 May 3
    | (?P<dmy>(?<![\w.])(?:(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|º|ª|\.)?
        [\s-]+(?:(?:{calendar.CONNECT})\s*)?)?
        (?<!\w)(?P<m1>{_MONTH})(?!\w)\.?[\s,،-]*(?:(?:{calendar.CONNECT})\s+)?(?P<y1>\d{{3,4}})(?![\w-])(?:\s+(?:{_YEARS})(?!\w))?)
                                                    # 20 June 2013, 3 de mayo de 1808, July 2023
    | (?P<mdy>(?<!\w)(?P<m2>{_MONTH})(?!\w)\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?
        (?:\s*,\s*|\s+)(?P<y2>\d{{3,4}})(?!\w))  # April 19, 2016; not "May 5 people"
    | (?P<num>(?<![\d.,/])(?P<n1>\d{{1,2}})(?P<sep>[./])\s?(?P<n2>\d{{1,2}})(?P=sep)\s?
        (?P<n3>[12]\d{{3}})(?![\d]))                # 19.4.2016, 04/19/2016
    | (?P<roman>(?<![\w.])(?P<rd>\d{{1,2}})[.\s]\s?(?-i:(?P<rm>[IVX]{{1,4}}))[.\s]\s?(?P<ry>[12]\d{{3}})(?!\w))
                                                    # 17 XI 1936
    | (?P<dots>(?<![\d.,/])(?P<dy>[12]\d{{3}})\.\s?(?P<dm>\d{{1,2}})\.\s?(?P<dd>\d{{1,2}})(?:\.|(?![\d.])))
                                                    # 2001. 10. 9.
    | (?P<decade>(?<![\w'’])(?:the\s+)?(?P<tens>[12]\d\d)0['’]?s\b)   # the 1930s, not '30s
    | (?P<year>(?:(?<!\w)(?P<circa>{_CIRCA})\s*)?
        (?<![\w.,:/–—-])(?P<y3>\d{{1,4}})(?![\w/:])(?!\s?[–—-]\s?\d)(?![.,]\d)
        (?:\s*(?:(?P<bc>{_BC})|(?P<ad>{_AD}))(?!\w))?)
                                                    # c. 440 BC, 1946; not 1874–1965, 3.14
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LIFE = re.compile(
    rf"""
    [(\[]\s*                                        # (1874–1965), (c. 551 - c. 479 BC)
    (?:(?:{_CIRCA})\s*)?\d{{1,4}}\s*(?:{_BC}|{_AD})?\s*[?]?
    \s?(?:--|[–—-])\s?
    (?:(?:{_CIRCA})\s*)?(?:\d{{1,4}}\s*(?:{_BC}|{_AD})?)?\s*[?]?\s*[)\]]
    | [(\[][^()\[\]]{{0,40}}?(?<!\w)(?:{_BIRTH}|\*|†)\s*(?:\w+\s+)?\d{{3,4}}[^()\[\]]{{0,40}}[)\]]
                                                    # (born 1950), not (1950)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_RANGE = re.compile(r"(?<!\d)\d{3,4}\s?[–—-]\s?\d{2,4}(?![\d–—-])")
_ENDS_BARE = re.compile(rf"\s*(?:$|[),.;:\]\n—–-]|(?:{_YEARS})(?!\w))")
"""What follows a bare year: "1946.", not "2022 Summit"."""
EARLIEST_BARE_YEAR = 1000
"""A bare number below this is no year without BC, AD or circa; chosen by hand."""
LATEST_YEAR = 2099


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A stretch of an attribution line that holds a year."""

    start: int
    end: int
    edtf: str | None
    role: DateRole = "date"
    doubtful: bool = False
    """Day and month could be the other way round."""
    bare: bool = False
    """A year and nothing else."""


_ROMAN = {
    number: str(i) for i, number in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)
}
_MAY_DATE = re.compile(r"[\d年년]")


def find_dates(text: str) -> list[FoundDate]:
    """Find dates and life dates in an attribution line, in order.

    Example:
        >>> [(d.edtf, d.role) for d in find_dates("Plato (427–347 BC), c. 380 BC")]
        [(None, 'life'), ('-0379~', 'date')]
    """
    if not _MAY_DATE.search(text):
        return []
    found = [FoundDate(*m.span(), None, "life") for m in _LIFE.finditer(text)]
    held = [(one.start, one.end) for one in found]
    ranges = [m.span() for m in _RANGE.finditer(text)]
    taken = held + ranges
    found += [one for one in _dates(text) if not _inside(one, taken)]
    return sorted(found, key=lambda one: one.start)


def _inside(one: FoundDate, spans: list[tuple[int, int]]) -> bool:
    return any(start < one.end and one.start < end for start, end in spans)


def _dates(text: str) -> Iterator[FoundDate]:
    for m in _DATE.finditer(text):
        if m["iso"]:
            edtf = _day(m["iy"], m["im"], m["id"])
        elif m["cjk"]:
            year = _of_era(m["era"], m["ey"]) if m["era"] else _cjk(m["cy"])
            edtf = _day(year, _cjk(m["cm"]), _cjk(m["cd"]))
        elif m["viet"]:
            edtf = _day(m["vy"], m["vm"], m["vd"])
        elif m["ymd"]:
            edtf = _day(m["y4"], _month(m["m4"]), m["d4"])
        elif m["dmy"]:
            edtf = _day(m["y1"], _month(m["m1"]), m["d1"])
        elif m["mdy"]:
            edtf = _day(m["y2"], _month(m["m2"]), m["d2"])
        elif m["num"]:
            yield from _numeric(m)
            continue
        elif m["roman"]:
            edtf = _day(m["ry"], _ROMAN.get(m["rm"]), m["rd"])
        elif m["dots"]:
            edtf = _day(m["dy"], m["dm"], m["dd"])
        elif m["decade"]:
            edtf = f"{m['tens']}X"
        else:
            yield from _year(m)
            continue
        if edtf:
            yield FoundDate(*m.span(), edtf)


def _numeric(m: re.Match[str]) -> Iterator[FoundDate]:
    first, second = int(m["n1"]), int(m["n2"])
    if m["sep"] == "/" and second > 12:
        first, second = second, first
    edtf = _day(m["n3"], str(second), str(first))
    doubtful = m["sep"] == "/" and first <= 12 and first != second
    if edtf:
        if doubtful:
            edtf = m["n3"]
        yield FoundDate(*m.span(), edtf, doubtful=doubtful)


def _year(m: re.Match[str]) -> Iterator[FoundDate]:
    year, marked = int(m["y3"]), bool(m["bc"] or m["ad"])
    sure = marked or bool(m["circa"] and year >= 100)
    if not year or year > LATEST_YEAR or (not sure and year < EARLIEST_BARE_YEAR):
        return
    if not sure and not _ENDS_BARE.match(m.string, m.end()):
        return
    edtf = _signed(1 - year if m["bc"] else year) + ("~" if m["circa"] else "")
    yield FoundDate(*m.span(), edtf, bare=not (marked or m["circa"]))


def _signed(year: int) -> str:
    return f"-{-year:04d}" if year < 0 else f"{year:04d}"


def _day(year: str | None, month: str | None, day: str | None) -> str | None:
    """Write year, month and day as EDTF; None when there is no such day."""
    if not year or not 0 < int(year) <= LATEST_YEAR:
        return None
    if not month:
        return _signed(int(year))
    if not 1 <= int(month) <= 12:
        return None
    if not day:
        return f"{_signed(int(year))}-{int(month):02d}"
    longest = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[int(month) - 1]
    if not 1 <= int(day) <= longest:
        return None
    return f"{_signed(int(year))}-{int(month):02d}-{int(day):02d}"


@cache
def _month(name: str) -> str:
    return str(_FOLDED_MONTHS[name.casefold().replace("ı", "i")])


def _of_era(era: str, year: str) -> str:
    """Count a year of an era: 昭和三十三年, 令和元年."""
    return str(calendar.ERAS[era] + (1 if year == "元" else int(_cjk(year) or 0)))


def _cjk(number: str | None) -> str | None:
    """Read a Chinese number of up to two places, or a year digit by digit."""
    if number is None or number.isascii():
        return number
    if "十" in number:
        tens, _, ones = number.partition("十")
        digit = calendar.CJK_DIGITS
        return f"{digit.get(tens, '1') if tens else '1'}{digit.get(ones, '0') if ones else '0'}"
    return "".join(calendar.CJK_DIGITS.get(c, c) for c in number)
