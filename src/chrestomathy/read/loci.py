"""Citable places of a text by the numbers that it prints: verses, acts and chapters, pages.

A number counts where it goes on from the one before, so that a time, a ratio or a reference
makes no verse and no page. Where a text has chapters and pages, a place is both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from chrestomathy.records import Locus

MIN_VERSES = 5
"""Fewest verses of a text that has verses."""
MIN_RUN = 3
"""Fewest verses in a row: one by itself is a time of day."""
MAX_ODD = 0.2
"""Most numbers at the heads of lines that go on from none, as a share of those that do."""
MAX_GAP = 3
"""How far a verse may be from the one before, where one is left out."""
MIN_PAGES = 3
MIN_AGREEING = 0.5
"""Least share of the pages whose printed number fits the others'."""
MAX_TITLE_CHARS = 80
MAX_BOOK_CHARS = 140
"""How far before a verse's number its line may begin."""

_VERSE = re.compile(r":(?P<v>\d{1,3})(?![\d:])[\])]?\.?[ \t]+(?=\S)")
_CHAPTER = re.compile(r"(?<![\w:.,])\d{1,3}\Z")
"""Both sides of the colon in `1:1 In the beginning`, `[4:12] And`, not `12:30:15`, `at 1:2.`"""
_BOOK = re.compile(
    r"[ \t]*[\[(]?(?P<book>(?:(?:[1-4]|I{1,3})[ ])?[A-Z]\w{1,20}\.?(?:[ ](?:of|the|[A-Z]\w{1,20})){0,4})?[ \t]*\Z"
)
"""What may stand before a verse's number at the head of a line: `1 Samuel`, `Song of Songs`."""
_HEADING_MARKS = " \t#*_=~-"
_CHAPTER_LINE = re.compile(r"(?:chapter|psalm|cap(?:ut)?\.?)?\s*[\dIVXLC]+\.?", re.IGNORECASE)
_APART = re.compile(r"\n[ \t]*\n[ \t]*\n")
"""Two blank lines, which end a verse: what follows is another book or the end."""


class _Verse(NamedTuple):
    book: str
    chapter: int
    verse: int
    start: int
    end: int
    """Where its words begin."""
    run: int
    """Which row of consecutive verses it belongs to."""


class _Heading(NamedTuple):
    level: int
    name: str
    start: int
    end: int


def find_loci(text: str, pages: Sequence[Locus] = ()) -> tuple[Locus, ...]:
    r"""Find the citable places of a text, in order; empty where it prints none.

    Args:
        text: The text.
        pages: Its pages, where its format knows them; otherwise the text is searched for them.

    Example:
        >>> [one.ref for one in find_loci("ACT I\n\nAda. No.\n\nACT II\n\nTom. Yes.")]
        ['Act I', 'Act II']
    """
    verses = _verses(text)
    if verses:
        return verses
    sections, pages = _sections(text), pages or _marked_pages(text) or _fed_pages(text)
    return crossed(text, sections, pages) if sections and pages else sections or tuple(pages)


def _verses(text: str) -> tuple[Locus, ...]:
    found: list[_Verse] = []
    n_odd = run = 0
    for m in _VERSE.finditer(text):
        before = _CHAPTER.search(text[max(0, m.start() - 4) : m.start()])
        if before is None:
            continue
        at = m.start() - len(before[0])
        begun = max(0, at - MAX_BOOK_CHARS)
        line = text.rfind("\n", begun, at) + 1
        head = _BOOK.match(text, line, at) if line or not begun else None
        chapter, verse = int(before[0]), int(m["v"])
        last = found[-1] if found else None
        book = (head["book"] or "").strip() if head else ""
        goes_on = last is not None and (not book or book == last.book)
        if last and goes_on and _is_next(last, chapter, verse, MAX_GAP if head else 1):
            found.append(_Verse(last.book, chapter, verse, line if head else at, m.end(), run))
        elif head and chapter and verse and (verse == 1 or last is None or book):
            run += 1
            start = line
            if not book and chapter == verse == 1:
                book, start = _title_above(text, line)
            found.append(_Verse(book, chapter, verse, start, m.end(), run))
        elif head:
            n_odd += 1
    sizes = Counter(one.run for one in found)
    ends = [one.start for one in found[1:]] + [len(text)]
    loci = []
    for one, end in zip(found, ends, strict=bool(found)):
        if sizes[one.run] < MIN_RUN:
            continue
        apart = _APART.search(text, one.end, end)
        ref = f"{one.book} {one.chapter}:{one.verse}".strip()
        loci.append(Locus(ref, one.end, _trimmed(text, one.end, apart.start() if apart else end)))
    n_odd += len(found) - len(loci)
    enough = len(loci) >= MIN_VERSES and n_odd <= MAX_ODD * len(loci)
    return tuple(loci) if enough else ()


def _is_next(last: _Verse, chapter: int, verse: int, gap: int) -> bool:
    if chapter == last.chapter:
        return 0 < verse - last.verse <= gap
    return chapter == last.chapter + 1 and verse == 1


def _title_above(text: str, line: int) -> tuple[str, int]:
    """Take the short line above a first verse for the name of its book."""
    at = line
    for _ in range(4):
        end = at - 1
        if end < 0:
            break
        at = text.rfind("\n", 0, end) + 1
        title = text[at:end].strip(_HEADING_MARKS + "\r")
        if not title or _CHAPTER_LINE.fullmatch(title):
            continue
        fits = len(title) <= MAX_TITLE_CHARS and title[-1] not in ".,;:!?" and title[0].isupper()
        return (title, at) if fits else ("", line)
    return "", line


_NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty first second third fourth fifth sixth seventh "
    "eighth ninth tenth"
).split()
_KIND = "volume|book|part|act|chapter|canto|scene"
_NUMBER = rf"(?:the[ ])?(?:[ivxlc]{{1,7}}|\d{{1,3}}|{'|'.join(_NUMBER_WORDS)})"
_HEADING = re.compile(
    rf"""
    ^(?P<marks>[ \t]*(?:\#{{1,6}}[ \t]+)?[*_]{{0,2}})
    (?P<kind>{_KIND})[ ](?P<number>{_NUMBER})
    (?:[.,:;]?[ ]+(?P<kind2>scene|chapter|canto)[ ](?P<number2>{_NUMBER}))?
    (?P<rest>(?:[.:,;]|[ ]?[—–-]|[*_]{{1,2}}|[ ]*$).{{0,100}}|[ ]+[A-Z\[(].{{0,80}})?[ \t\r]*$
    """,
    re.VERBOSE | re.MULTILINE | re.IGNORECASE,
)
"""`ACT I`, `## SCENE II. A hall.`, `Act I, Scene 2`, `CHAPTER THE FIRST`, `Chapter 3: Rain`."""
LEVELS = {"volume": 0, "book": 1, "part": 2, "act": 3, "chapter": 3, "canto": 3, "scene": 4}
_BACK = re.compile(r"^[ \t]*(?:\*{3} ?END\b|THE END\b|FINIS\b).*$", re.MULTILINE)


def _sections(text: str) -> tuple[Locus, ...]:
    """Find acts and scenes, or chapters; the table of contents, which names them too, is none."""
    headings = _without_contents(text, list(_iter_headings(text)))
    names: dict[int, str] = {}
    loci: list[Locus] = []
    for i, one in enumerate(headings):
        names = {level: name for level, name in names.items() if level < one.level}
        names[one.level] = one.name
        end = headings[i + 1].start if i + 1 < len(headings) else len(text)
        back = _BACK.search(text, one.end, end)
        end = _trimmed(text, one.end, back.start() if back else end)
        if end > one.end:
            loci.append(Locus(", ".join(names.values()), one.start, end))
    return tuple(loci) if len(loci) > 1 else ()


def _iter_headings(text: str) -> Iterator[_Heading]:
    last = 0
    for m in _HEADING.finditer(text):
        certain = m["kind"].isupper() or "#" in m["marks"]
        follows = last > 0 and not text[last : m.start()].strip()
        if m["kind"].islower() or not (certain or follows or _stands_alone(text, m)):
            continue
        last = m.end()
        for kind, number in ((m["kind"], m["number"]), (m["kind2"], m["number2"])):
            if kind:
                name = f"{kind.capitalize()} {_number(number)}"
                yield _Heading(LEVELS[kind.lower()], name, m.start(), m.end())


def _stands_alone(text: str, m: re.Match[str]) -> bool:
    """Tell whether a line in small letters is a heading: `Chapter 3`, not `Part two was wet`."""
    above = text[max(0, m.start() - 200) : m.start()].rstrip(" \t\r")
    blank = not above.strip() or above[:-1].rstrip(" \t\r").endswith("\n")
    rest = (m["rest"] or "").strip()
    return blank and (not rest or rest[0] in ".:,;—–-*_")


def _number(printed: str) -> str:
    """Write a number as it is cited: `II`, `12`, `the First`."""
    return " ".join(
        word.upper()
        if set(word.upper()) <= set("IVXLC")
        else word.lower()
        if word.lower() == "the"
        else word.capitalize()
        for word in printed.split()
    )


def _without_contents(text: str, headings: Sequence[_Heading]) -> list[_Heading]:
    """Drop rows of headings with nothing between them, but for one that goes a level down."""
    kept: list[_Heading] = []
    row: list[_Heading] = []
    for i, one in enumerate(headings):
        row.append(one)
        after = headings[i + 1].start if i + 1 < len(headings) else len(text)
        if not text[one.end : after].strip():
            continue
        kept += _real(row)
        row = []
    return kept + _real(row)


def _real(row: Sequence[_Heading]) -> list[_Heading]:
    falls = [i for i in range(1, len(row)) if row[i].level <= row[i - 1].level]
    if not falls:
        return list(row)
    tail = list(row[falls[-1] :])
    return tail if tail[0].name == row[0].name else []


_MARK = re.compile(r"[\[{](?:p|pg|page)\.?[ ]?(?P<n>\d{1,4}|[ivxlc]{1,8})[\]}]", re.IGNORECASE)
"""`[p. 12]`, `[Pg 12]`, `{page xii}`: the page begins there."""


def _marked_pages(text: str) -> tuple[Locus, ...]:
    marks = list(_MARK.finditer(text))
    numbers = [int(m["n"]) if m["n"].isdigit() else None for m in marks]
    steps = list(pairwise(numbers))
    rising = sum(a is None or b is None or b - a in (1, 2) for a, b in steps)
    if len(marks) < MIN_PAGES or rising < (1 - MAX_ODD) * len(steps):
        return ()
    ends = [m.start() for m in marks[1:]] + [len(text)]
    return tuple(
        Locus(f"p. {m['n']}", m.start(), end)
        for m, end in zip(marks, ends, strict=True)
        if text[m.end() : end].strip()
    )


_FIRST_OR_LAST = re.compile(
    r"\A\s*-?\s*(\d{1,4})\s*-?\s*(?:\n|\Z)|(?:\A|\n)[ \t-]*(\d{1,4})[ \t-]*\s*\Z"
)
"""A number alone on the first or the last line of a page."""


def _fed_pages(text: str) -> tuple[Locus, ...]:
    """Cut a text at its form feeds; the printed number counts where most pages agree on it."""
    pages = text.split("\f")
    if len(pages) < MIN_PAGES:
        return ()
    printed = Counter(
        int(m[1] or m[2]) - i for i, page in enumerate(pages) if (m := _FIRST_OR_LAST.search(page))
    )
    first, n_agreeing = printed.most_common(1)[0] if printed else (1, 0)
    if n_agreeing < MIN_AGREEING * len(pages):
        first = 1
    loci, at = [], 0
    for i, page in enumerate(pages):
        if page.strip() and first + i > 0:
            loci.append(Locus(f"p. {first + i}", at, at + len(page)))
        at += len(page) + 1
    return tuple(loci)


def crossed(text: str, sections: Sequence[Locus], pages: Sequence[Locus]) -> tuple[Locus, ...]:
    """Cut two rows of places at each other's edges: `Chapter II, p. 14`."""
    edges = sorted({edge for one in (*sections, *pages) for edge in (one.start, one.end)})
    loci: list[Locus] = []
    i = j = 0
    for start, end in pairwise(edges):
        while i < len(sections) and sections[i].end <= start:
            i += 1
        while j < len(pages) and pages[j].end <= start:
            j += 1
        here = [
            row[k].ref
            for row, k in ((sections, i), (pages, j))
            if k < len(row) and row[k].start <= start
        ]
        if here and text[start:end].strip():
            loci.append(Locus(", ".join(here), start, end))
    return tuple(loci)


def _trimmed(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())
