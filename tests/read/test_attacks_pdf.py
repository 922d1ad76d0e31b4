"""PDF files made to hurt: refused or read within 2 seconds and 300 MB, and the next is read.

Each attack is made here, and what happened is noted for whoever writes the table of attacks.
"""

from __future__ import annotations

import os
import random
import zlib
from collections.abc import Callable

import pytest
from pdf_files import pages_pdf, pdf, put, sentences, stream

import timing
from chrestomathy.read import read
from chrestomathy.read.inputs import Raw
from chrestomathy.records import Document, LeftOut
from chrestomathy.settings import ReadSettings

pytestmark = [pytest.mark.slow, timing.timed]

MAX_SECONDS = 2.0
MAX_MEGABYTES = 300.0
GOOD_TEXT = sentences(3, seed=5)
GOOD = pages_pdf([put(60, 500, GOOD_TEXT[:70]), put(60, 500, GOOD_TEXT[70:140])])
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 500]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
ONE_PAGE = b"<</Type/Pages/Count 1/Kids[3 0 R]>>"


def bomb() -> bytes:
    """Return 2 KB that inflate twice, to 280 MB of text."""
    text = b"BT /F1 1 Tf (river) Tj ET\n"
    packed = zlib.compress(zlib.compress(text * (280_000_000 // len(text)), 9), 9)
    content = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>\nstream\n%s\nendstream" % (
        len(packed),
        packed,
    )
    return pdf([CATALOG, ONE_PAGE, PAGE, content, FONT])


def bomb_of_spaces() -> bytes:
    """Return a small stream that inflates to 280 MB of nothing."""
    packed = zlib.compress(zlib.compress(b" " * 280_000_000, 9), 9)
    content = b"<</Length %d/Filter[/FlateDecode/FlateDecode]>>\nstream\n%s\nendstream" % (
        len(packed),
        packed,
    )
    return pdf([CATALOG, ONE_PAGE, PAGE, content, FONT])


def picture_bomb() -> bytes:
    """Return a page with a picture of 60,000 by 60,000 dots."""
    packed = zlib.compress(b"\0" * 50_000_000, 9)
    image = (
        b"<</Type/XObject/Subtype/Image/Width 60000/Height 60000/ColorSpace/DeviceRGB"
        b"/BitsPerComponent 8/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream"
        % (len(packed), packed)
    )
    page = PAGE.replace(b"/Font<</F1 5 0 R>>", b"/XObject<</I 5 0 R>>")
    return pdf([CATALOG, ONE_PAGE, page, stream(b"/I Do"), image])


def endless_pages() -> bytes:
    """Return a tree of pages that is its own branch."""
    return pdf([CATALOG, b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R]>>"])


def endless_branches() -> bytes:
    """Return two branches of the tree of pages that hold each other twice."""
    branches = [
        b"<</Type/Pages/Count 999999/Kids[4 0 R 4 0 R]>>",
        b"<</Type/Pages/Count 999999/Kids[3 0 R 3 0 R]>>",
    ]
    return pdf([CATALOG, b"<</Type/Pages/Count 999999/Kids[3 0 R]>>", *branches])


def many_pages() -> bytes:
    """Return a file that declares 100,000 pages and has one."""
    return pdf(
        [
            CATALOG,
            b"<</Type/Pages/Count 100000/Kids[3 0 R]>>",
            PAGE,
            stream(put(60, 400, "One page.")),
            FONT,
        ]
    )


def same_page() -> bytes:
    """Return a file whose one page comes 100,000 times."""
    kids = b"3 0 R " * 100_000
    return pdf(
        [
            CATALOG,
            b"<</Type/Pages/Count 100000/Kids[%s]>>" % kids,
            PAGE,
            stream(put(60, 400, GOOD_TEXT[:60])),
            FONT,
        ]
    )


def deep_arrays() -> bytes:
    """Return an array in an array, 200,000 deep."""
    return pdf(
        [
            CATALOG,
            ONE_PAGE,
            PAGE.replace(b"/Contents", b"/X" + b"[" * 200_000 + b"]" * 200_000 + b"/Contents"),
            stream(b""),
            FONT,
        ]
    )


def deep_forms() -> bytes:
    """Return a drawing that draws itself."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 6 0 R>>>>"
    page = PAGE.replace(b"/Font<</F1 5 0 R>>", b"/XObject<</F 6 0 R>>")
    return pdf(
        [CATALOG, ONE_PAGE, page, stream(b"/F Do /F Do"), FONT, stream(b"/F Do /F Do", form)]
    )


def doubling_forms() -> bytes:
    """Return drawings that draw the next one ten times each, thirty deep."""
    page = PAGE.replace(b"/Font<</F1 5 0 R>>", b"/Font<</F1 5 0 R>>/XObject<</F 6 0 R>>")
    forms = [
        stream(
            b"/F Do " * 10 + b"BT /F1 9 Tf (river) Tj ET",
            b"/Type/XObject/Subtype/Form/BBox[0 0 400 400]/Resources<</Font<</F1 5 0 R>>/XObject<</F %d 0 R>>>>"
            % (7 + i),
        )
        for i in range(30)
    ]
    return pdf([CATALOG, ONE_PAGE, page, stream(b"/F Do"), FONT, *forms])


def endless_outline() -> bytes:
    """Return a table of contents whose entries name each other."""
    outline = [
        b"<</Type/Outlines/First 7 0 R/Last 7 0 R/Count 9>>",
        b"<</Title(A)/Parent 6 0 R/Next 8 0 R/First 8 0 R>>",
        b"<</Title(B)/Parent 6 0 R/Next 7 0 R/First 7 0 R>>",
    ]
    root = b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>"
    return pdf([root, ONE_PAGE, PAGE, stream(put(60, 400, GOOD_TEXT[:60])), FONT, *outline])


def much_text() -> bytes:
    """Return a page of four million letters."""
    return pages_pdf([b"".join(put(i % 400, i % 590, GOOD_TEXT[:200], 1) for i in range(20_000))])


def encrypted() -> bytes:
    """Return a file that is encrypted with a password that nobody knows."""
    guard = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (
        b"11" * 32,
        b"22" * 32,
    )
    return pages_pdf([put(60, 500, "Secret.")], trailer=guard)


ATTACKS: dict[str, tuple[Callable[[], bytes], str]] = {
    "PDF of 2 KB that inflates to 280 MB of text": (bomb, "takes longer than|needs more than"),
    "PDF that inflates to 280 MB of spaces": (bomb_of_spaces, ""),
    "PDF with a picture of 60,000 × 60,000 dots": (picture_bomb, ""),
    "PDF whose tree of pages is its own branch": (endless_pages, ""),
    "PDF with branches of pages that hold each other": (endless_branches, ""),
    "PDF that declares 100,000 pages and has one": (many_pages, "more than it has room for"),
    "PDF whose one page comes 100,000 times": (same_page, "more than it has room for"),
    "PDF with arrays 200,000 deep": (deep_arrays, ""),
    "PDF with a drawing that draws itself": (deep_forms, ""),
    "PDF with drawings in drawings, 10 to the power of 30": (doubling_forms, ""),
    "PDF with an endless table of contents": (endless_outline, ""),
    "PDF with four million letters on a page": (much_text, ""),
    "encrypted PDF": (encrypted, "encrypted and needs a password"),
    "PDF without pages": (
        lambda: pdf([CATALOG, b"<</Type/Pages/Count 0/Kids[]>>"]),
        "no pages|damaged",
    ),
    "PDF that is only its mark": (lambda: b"%PDF-1.7\n", "damaged or no PDF"),
    "random bytes behind the mark of a PDF": (
        lambda: b"%PDF-1.7\n" + random.Random(3).randbytes(200_000),
        "damaged or no PDF",
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_attack(name, attack_record, measure) -> None:
    """It ends in time and memory, with a sentence where nothing is read."""
    make, wanted = ATTACKS[name]
    data = make()
    with measure() as measured:
        items = list(
            read([Raw(origin="bad.pdf", name="bad.pdf", data=data)], settings=ReadSettings())
        )
    what = items[-1].reason if isinstance(items[-1], LeftOut) else "read"
    attack_record(name, what, measured.seconds, measured.megabytes)
    assert items
    if wanted:
        assert isinstance(items[0], LeftOut)
        assert any(one in what for one in wanted.split("|")), what
    assert measured.seconds < MAX_SECONDS
    assert measured.megabytes < MAX_MEGABYTES


def test_a_good_file_after_each_bad_one_is_read() -> None:
    """What a bad file does, it does to itself."""
    bad = [bomb(), endless_pages(), encrypted(), b"%PDF-1.7\n", deep_arrays()]
    raws = [
        Raw(origin=f"{i}.pdf", name="x.pdf", data=data)
        for one in bad
        for i, data in enumerate((one, GOOD))
    ]
    items = list(read(raws, settings=ReadSettings()))
    assert sum(isinstance(one, Document) for one in items) >= len(bad)
    good = [one for one in items if isinstance(one, Document) and one.origin == "1.pdf"]
    assert len(good) == len(bad)
    assert all(isinstance(one, Document | LeftOut) for one in items)


N_CUTS = int(os.environ.get("CHRESTOMATHY_CUTS", "12"))
"""At how many places the file is cut; more for a thorough run."""


def test_a_file_cut_short_is_read_or_refused(attack_record, measure) -> None:
    """A download that broke off gives its pages or a sentence, wherever it broke off."""
    kinds = set()
    step = max(1, len(GOOD) // N_CUTS)
    worst = 0.0
    for end in range(10, len(GOOD), step):
        with measure() as measured:
            (item, *_) = read(
                [Raw(origin="cut.pdf", name="cut.pdf", data=GOOD[:end])], settings=ReadSettings()
            )
        worst = max(worst, measured.seconds)
        kinds.add(type(item))
        assert isinstance(item, Document | LeftOut)
        assert measured.seconds < MAX_SECONDS
    attack_record(
        f"PDF cut short at {N_CUTS} places", "read as far as it goes, or refused", worst, 0
    )
    assert LeftOut in kinds


def test_changed_bytes_are_read_or_refused() -> None:
    """A file with a byte changed here and there never brings an error of its own."""
    chance = random.Random(7)
    for _ in range(N_CUTS):
        data = bytearray(GOOD)
        for _ in range(10):
            data[chance.randrange(9, len(data))] = chance.randrange(256)
        items = list(
            read([Raw(origin="o.pdf", name="o.pdf", data=bytes(data))], settings=ReadSettings())
        )
        assert all(isinstance(one, Document | LeftOut) for one in items)
