"""PDF → one canonical text with blocks, pages as loci, and what the file says of itself.

::

    bytes ──child──▶ pages (pdfpages.py) ──▶ layout (pdflayout.py) ──▶ text, blocks, loci
                          │ no text                                        ▲
                          └──child──▶ picture ──tesseract──▶ lines ────────┘   only with --ocr

pdfium is fast and written in C, and a file of 2 KB can keep it busy for minutes: nothing here
opens a file in this process. What a child finds comes back as JSON (``limited.py``).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from chrestomathy.codec import decode
from chrestomathy.errors import InputError
from chrestomathy.read.limited import Tick, run_limited
from chrestomathy.read.metadata import Metadata, merged, parse_date
from chrestomathy.read.safexml import make_parser
from chrestomathy.records import Block, Document, Locus
from chrestomathy.settings import ReadSettings

if TYPE_CHECKING:
    from chrestomathy.read.pdfpages import Line, Page, Pdf

MEDIA_TYPE = "application/pdf"
MAX_OUTLINE = 5_000
MAX_DAMAGED = 20
"""Pages in a row that cannot be opened after which no further one is tried."""
MIN_PAGE_BYTES = 20
"""Fewest bytes that a page takes in a file, packed as small as it goes; a file that declares
more pages than that repeats or lacks them."""
MIN_LETTERS = 200
"""Fewest letters of a page from which on they must look like words."""
MIN_LETTERS_SHARE = 0.5
"""And least share of its characters."""
MIN_VOWELS = 0.18
"""Least share of vowels among Latin letters; words of European languages have 0.35 to 0.5."""
MAX_JUNK = 0.3
"""Largest share of characters of a page that stand for nothing."""
MAX_LINE_JUNK = 0.5
"""The same of a line on a page that can be read."""
MAX_XMP_BYTES = 200_000
OCR_DOTS_PER_INCH = 300
OCR_PIXELS = 25_000_000
"""Largest picture: an A3 page at that density."""
OCR_SECONDS = 60
"""Longest that tesseract may take for a page."""

_FILE_NAME = re.compile(
    r"\.(?:docx?|odt|rtf|pdf|tex|dvi|indd|qxd|pptx?|xlsx?|html?|txt|p65|fm)\Z", re.IGNORECASE
)
_PROGRAM = re.compile(
    r"\A(?:Microsoft (?:Office )?(?:Word|PowerPoint|Excel)|Print|Untitled)\b[ -]*", re.IGNORECASE
)
_NO_TITLE = re.compile(
    r"\A(?:untitled.*|document\s*\d*|dokument\s*\d*|slide \d+|layout \d+|[\W\d_]*|title|no title)\Z",
    re.IGNORECASE,
)
_NO_AUTHOR = re.compile(
    r"\A(?:unknown|anonymous|author|user|owner|admin(?:istrator)?|root|default|scanner|[\W\d_]*)\Z",
    re.IGNORECASE,
)
_XMP = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_NO_CHARACTERS = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x08\x0b-\x1f\x7f-\x9f]")
_VOWELS = frozenset("aeiouyæœøıAEIOUYÆŒØ")
_OTHERWISE = "Give the text itself, or another copy of the file."


class Order(msgspec.Struct):
    """What a child is asked, before the file's bytes."""

    picture: int | None = None
    """The page to draw."""
    recognised: dict[int, str] = {}
    """By page, what tesseract read on it, in its table form."""


class Parts(msgspec.Struct):
    """What a child found."""

    n_pages: int
    title: str | None = None
    author: str | None = None
    date: str | None = None
    rights: str | None = None
    text: str = ""
    blocks: tuple[Block, ...] = ()
    loci: tuple[Locus, ...] = ()
    hyphens: tuple[int, ...] = ()
    notes: list[str] = []
    without_text: list[int] = []
    """Pages, from 0, that show something and have no text."""
    unreadable: list[int] = []
    """Pages whose text is no words."""
    damaged: list[int] = []
    junk_lines: int = 0
    """Lines on readable pages whose letters the font does not name."""


def document_from_pdf(
    data: bytes,
    *,
    id: str,  # noqa: A002 - the record's own name for it
    origin: str,
    settings: ReadSettings,
) -> tuple[Document, str | None]:
    """Read a PDF.

    Returns:
        The document, and what is left out of it: a sentence on the pages without text.

    Raises:
        InputError: It is encrypted, damaged, too demanding, or has no text at all.
    """
    parts = _ask(Order(), data, settings)
    problem = None
    missing = sorted({*parts.without_text, *parts.unreadable})
    if missing:
        problem = _missing(parts)
    if missing and settings.ocr:
        try:
            parts, problem = _recognised(missing, data, settings), None
        except InputError as error:
            if not parts.text:
                raise
            problem = f"{problem}; {error.what}"
    if not parts.text:
        raise _no_text(parts)
    document = Document(
        id=id,
        origin=origin,
        media_type=MEDIA_TYPE,
        title=parts.title,
        author=parts.author,
        date=parts.date,
        rights=parts.rights,
        text=parts.text,
        blocks=parts.blocks,
        loci=parts.loci,
        hyphens=parts.hyphens,
        notes=(*parts.notes, *([problem] if problem else [])),
    )
    return document, problem


def _recognised(missing: Sequence[int], data: bytes, settings: ReadSettings) -> Parts:
    """Read the file anew with the pages that tesseract reads."""
    texts = {page: recognise(_draw(page, data, settings), settings) for page in missing}
    parts = _ask(Order(recognised=texts), data, settings)
    parts.notes.append(f"{_pages(missing)} recognised by tesseract")
    return parts


HOW_TO_RECOGNISE = "Read it with --ocr, for which tesseract must be installed, or give its text."


def _missing(parts: Parts) -> str:
    """Say which pages have no text that can be read."""
    said = []
    if parts.without_text:
        one = len(parts.without_text) == 1
        have = "has no text: it needs OCR" if one else "have no text: they need OCR"
        said.append(f"{_pages(parts.without_text)} {have}")
    if parts.unreadable:
        said.append(f"the fonts give no readable text on {_pages(parts.unreadable)}: needs OCR")
    return "; ".join(said)


def _no_text(parts: Parts) -> InputError:
    if not parts.n_pages:
        return InputError("it has no pages", fix=_OTHERWISE)
    if parts.unreadable:
        return InputError(
            "the file's fonts give no readable text: it needs OCR", fix=HOW_TO_RECOGNISE
        )
    if parts.without_text:
        return InputError("none of its pages has text: it needs OCR", fix=HOW_TO_RECOGNISE)
    if parts.damaged:
        return InputError("it is damaged: none of its pages can be read", fix=_OTHERWISE)
    return InputError("there is no text in it", fix=_OTHERWISE)


def _pages(numbers: Sequence[int]) -> str:
    """Name pages counted from 0 as people count them.

    Example:
        >>> _pages([2]), _pages([0, 1, 2, 6])
        ('page 3', 'pages 1–3, 7')
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    named = [f"{a + 1}–{b + 1}" if b > a else f"{a + 1}" for a, b in runs]
    return f"page{'s' if len(numbers) > 1 else ''} {', '.join(named)}"


def _ask(order: Order, data: bytes, settings: ReadSettings) -> Parts:
    asked = msgspec.json.encode(order) + b"\n" + data
    return decode(run_limited("pdf", asked, settings=settings), Parts)


def _draw(page: int, data: bytes, settings: ReadSettings) -> bytes:
    asked = msgspec.json.encode(Order(picture=page)) + b"\n" + data
    return run_limited("pdf-picture", asked, settings=settings)


def recognise(picture: bytes, settings: ReadSettings) -> str:
    """Have a picture read by tesseract.

    Returns:
        Its table: a row a word, with its place.

    Raises:
        InputError: It is not installed, does not know the language, or takes too long.
    """
    program = shutil.which("tesseract")
    if program is None:
        raise InputError(
            "it needs OCR, and tesseract is not installed",
            fix="Install tesseract (its package is often called tesseract-ocr), or give the text.",
        )
    command = [program, "stdin", "stdout", "--dpi", str(OCR_DOTS_PER_INCH)]
    if settings.ocr_language:
        command += ["-l", settings.ocr_language]
    try:
        done = subprocess.run(  # noqa: S603 - no shell; the picture is ours
            [*command, "tsv"],
            input=picture,
            capture_output=True,
            timeout=OCR_SECONDS,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # its threads wait for each other
        )
    except subprocess.TimeoutExpired:
        raise InputError(
            f"tesseract takes longer than {OCR_SECONDS} seconds for a page", fix=_OTHERWISE
        ) from None
    if done.returncode:
        why = " ".join(done.stderr.decode("utf-8", "replace").split())[-200:]
        raise InputError(
            f"tesseract cannot read it: {why}",
            fix="`tesseract --list-langs` tells which languages --ocr-language may name.",
        )
    return done.stdout.decode("utf-8", "replace")


# --- in the child --------------------------------------------------------------------------


def draw_in_child(asked: bytes, _settings: ReadSettings, _tick: Tick) -> bytes:
    """Draw one page as a grey picture."""
    from chrestomathy.read.pdfpages import Pdf

    header, _, data = asked.partition(b"\n")
    page = decode(header, Order).picture or 0
    return Pdf(data).render(page, dots_per_inch=OCR_DOTS_PER_INCH, most_pixels=OCR_PIXELS)


def read_in_child(asked: bytes, _settings: ReadSettings, tick: Tick) -> bytes:
    """Read a file's pages and lay them out."""
    from chrestomathy.read.pdflayout import lay_out
    from chrestomathy.read.pdfpages import Pdf

    header, _, data = asked.partition(b"\n")
    recognised = decode(header, Order).recognised
    pdf = Pdf(data)
    if pdf.n_pages * MIN_PAGE_BYTES > len(data):
        raise InputError(
            f"it is damaged: it declares {pdf.n_pages:,} pages, more than it has room for",
            fix=_OTHERWISE,
        )
    parts = Parts(n_pages=pdf.n_pages)
    pages = _read_pages(pdf, recognised, parts, tick)
    laid = lay_out(pages, list(pdf.outline(most=MAX_OUTLINE)), tick)
    tick()
    told = _metadata(pdf, data)
    parts.title, parts.author, parts.date = told.title, told.author, told.date
    parts.rights = told.rights
    parts.text, parts.blocks, parts.loci = laid.text, laid.blocks, laid.loci
    parts.hyphens = laid.hyphens
    parts.title = parts.title or _printed_title(laid.text, laid.blocks)
    parts.notes = [f"pdf: {pdf.n_pages} pages", *laid.notes]
    if parts.junk_lines:
        parts.notes.append(f"{parts.junk_lines} lines without readable letters left out")
    if parts.damaged:
        parts.notes.append(f"{_pages(parts.damaged)} cannot be opened")
    return msgspec.json.encode(parts)


def _read_pages(pdf: Pdf, recognised: dict[int, str], parts: Parts, tick: Tick) -> list[Page]:
    pages = []
    for number in range(pdf.n_pages):
        page = pdf.read_page(number)
        if number in recognised:
            page.lines = lines_from_table(recognised[number], number)
        if page.damaged:
            parts.damaged.append(number)
            if parts.damaged[-MAX_DAMAGED:] == list(range(number - MAX_DAMAGED + 1, number + 1)):
                parts.damaged += range(number + 1, pdf.n_pages)
                break
        elif not page.lines:
            if page.drawn:
                parts.without_text.append(number)
        elif not is_readable(page.lines):
            parts.unreadable.append(number)
            page.lines = []
        else:
            n_lines = len(page.lines)
            page.lines = [line for line in page.lines if _junk(line.text) < MAX_LINE_JUNK]
            parts.junk_lines += n_lines - len(page.lines)
        pages.append(page)
        tick()
    return pages


def is_readable(lines: Sequence[Line]) -> bool:
    """Tell whether a page's text is words, as against numbers of a font without a map."""
    text = "".join(line.text for line in lines)
    if _junk(text) > MAX_JUNK:
        return False
    plain = unicodedata.normalize("NFD", text)
    latin = [c for c in plain if c.isalpha() and c < "\u0250"]
    if len(latin) < max(MIN_LETTERS, MIN_LETTERS_SHARE * len(text)):
        return True  # numbers, dots, another script
    return sum(c in _VOWELS for c in latin) >= MIN_VOWELS * len(latin)


def _junk(text: str) -> float:
    """Return the share of characters that stand for nothing; a hyphen at the end does."""
    body = text.rstrip("\u0002\ufffe")
    return len(_NO_CHARACTERS.findall(body)) / max(1, len(body))


def lines_from_table(table: str, page: int) -> list[Line]:
    """Make lines of tesseract's table: level, page, block, paragraph, line, word, place, text."""
    from chrestomathy.read.pdfpages import Line

    scale = 72 / OCR_DOTS_PER_INCH
    words: dict[tuple[str, ...], list[tuple[float, float, float, float, str]]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == 12 and cells[0] == "5" and cells[11].strip():
            left, top, width, height = (float(cell) * scale for cell in cells[6:10])
            place = left, left + width, top + height, height, cells[11].strip()
            words.setdefault(tuple(cells[1:5]), []).append(place)
    heights = sorted(max(word[3] for word in line) for line in words.values())
    usual = heights[len(heights) // 2] if heights else 10.0
    lines = []
    for i, line in enumerate(words.values()):
        height = max(word[3] for word in line)
        same = 0.75 * usual <= height <= 1.35 * usual  # a picture gives no sizes, only shapes
        bottoms = sorted(word[2] for word in line)
        lines.append(
            Line(
                " ".join(word[4] for word in line),
                left=line[0][0],
                right=line[-1][1],
                base=bottoms[len(bottoms) // 2],
                size=round(usual if same else height, 1),
                first=line[0][1] - line[0][0],
                page=page,
                row=i,
            )
        )
    return lines


# --- what a file says of itself ------------------------------------------------------------


def _metadata(pdf: Pdf, data: bytes) -> Metadata:
    """Take title, author and date from XMP and from the document's information.

    The day on which a file was made is no date of its text and is not taken for one.
    """
    return merged(
        _clean(_xmp(data)),
        _clean(Metadata(title=pdf.metadata("Title"), author=pdf.metadata("Author"))),
    )


def _clean(told: Metadata) -> Metadata:
    """Drop what programs fill in: file names, "Untitled", the user of the computer."""
    title = _PROGRAM.sub("", " ".join((told.title or "").split()))
    if _FILE_NAME.search(title) or _NO_TITLE.match(title):
        title = ""
    author = " ".join((told.author or "").split()).strip(" ,;")
    if _NO_AUTHOR.match(author):
        author = ""
    return replace(told, title=title or None, author=author or None)


def _xmp(data: bytes) -> Metadata:
    """Read the file's XMP where it stands as plain XML."""
    start = data.find(b"<x:xmpmeta")
    m = _XMP.match(data, start, start + MAX_XMP_BYTES) if start >= 0 else None
    if m is None:
        return Metadata()
    from lxml import etree

    try:
        tree = etree.fromstring(m[0], make_parser())
    except (etree.XMLSyntaxError, ValueError):
        return Metadata()

    def first(name: str) -> str | None:
        found = tree.findall(f".//{{http://purl.org/dc/elements/1.1/}}{name}")
        texts = [" ".join("".join(node.itertext()).split()) for node in found]
        return next(filter(None, texts), None)

    date = first("date")
    return Metadata(
        title=first("title"),
        author=first("creator"),
        date=parse_date(date) if date else None,
        rights=first("rights"),
    )


def _printed_title(text: str, blocks: Sequence[Block]) -> str | None:
    """Take the first heading where nothing but headings stands before the text."""
    if blocks and blocks[0].kind == "heading" and blocks[0].level == 1:
        return text[blocks[0].start : blocks[0].end]
    return None
