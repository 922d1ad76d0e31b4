"""PDF: text in reading order, blocks as they are set, pages as loci.

All files are made here, with words of our own: what must come out is known.
"""

from __future__ import annotations

import io
import re
from collections import Counter

import pytest
from pdf_files import Setter, pages_pdf, put, sentences, stream, width

import timing
from chrestomathy.errors import InputError
from chrestomathy.read import pdf as pdf_reader
from chrestomathy.read import read_raw
from chrestomathy.read.inputs import Raw
from chrestomathy.read.pdf import document_from_pdf
from chrestomathy.records import Document, LeftOut
from chrestomathy.settings import ReadSettings


def read(data: bytes, **settings: object) -> Document:
    return document_from_pdf(data, id="i", origin="o", settings=ReadSettings(**settings))[0]


def pieces(document: Document) -> list[tuple[str, str]]:
    return [(b.kind, document.text[b.start : b.end]) for b in document.blocks]


def grams(text: str) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    return Counter(zip(*(words[i:] for i in range(4)), strict=False))


def f1(got: str, known: str) -> float:
    a, b = grams(got), grams(known)
    shared = sum((a & b).values())
    return 2 * shared / (sum(a.values()) + sum(b.values()))


def book(setter: Setter, n_chapters: int = 3, n_paragraphs: int = 12) -> Setter:
    """Set chapters of paragraphs with a quotation and a note here and there."""
    for chapter in range(n_chapters):
        setter.heading(f"{('Morning', 'Evening', 'Winter')[chapter % 3]} by the water")
        for i in range(n_paragraphs):
            text = sentences(3 + i % 4, seed=100 * chapter + i)
            if i % 5 == 3:
                setter.quote(text)
            else:
                note = (
                    f"Compare the letter of {1900 + i}, page {7 * i}, on the same bridge."
                    if i % 4 == 2
                    else ""
                )
                setter.paragraph(text, note=note, indented=i > 0)
    return setter


LAYOUTS = {
    "one column": Setter(head="Letters from the river"),
    "two columns": Setter(size=(595, 842), columns=2, head="Letters from the river {n}"),
    "chapter heads": Setter(chapter_heads=True),
    "spaces, no indents": Setter(indent=0, space=8, head="Letters"),
    "ragged right": Setter(justified=False, hyphenated=False, head="Letters"),
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_known_text(name: str) -> None:
    """The words come out in their order, without heads, numbers, hyphens and marks."""
    setter = book(LAYOUTS[name])
    document = read(setter.done())
    known = {
        kind: [text for k, text in setter.blocks if k == kind]
        for kind in ("paragraph", "quote", "heading", "note")
    }
    got: dict[str, list[str]] = {kind: [] for kind in known}
    for kind, text in pieces(document):
        got[kind].append(text)
    running = " ".join(text for kind, text in setter.blocks if kind != "note")
    assert f1(" ".join(t for k, t in pieces(document) if k != "note"), running) >= 0.99
    assert f1(" ".join(got["note"]), " ".join(known["note"])) >= 0.99
    assert got["heading"] == known["heading"]
    for kind in ("paragraph", "quote"):
        share = len({*got[kind]} & {*known[kind]}) / len(known[kind])
        assert share >= 0.95, (kind, [t for t in known[kind] if t not in got[kind]][:2])


def test_pages_are_loci() -> None:
    """Each stretch of text knows its page, also where a paragraph goes on over two."""
    setter = book(Setter(head="Letters"), n_chapters=1)
    document = read(setter.done())
    assert {one.ref for one in document.loci} == {f"p. {n + 1}" for n in range(len(setter.pages))}
    assert all(a.end <= b.start for a, b in zip(document.loci, document.loci[1:], strict=False))
    parted = [
        b
        for b in document.blocks
        if len({one.ref for one in document.loci if one.start < b.end and b.start < one.end}) == 2
    ]
    assert any(b.kind == "paragraph" for b in parted)


def test_printed_numbers_name_the_pages() -> None:
    """An article that begins on page 345 is cited by the numbers that it prints."""
    pages = [
        b"".join(put(60, 500 - 14 * i, sentences(1, seed=20 * n + i)[:60]) for i in range(20))
        + put(200, 30, str(345 + n), 9)
        for n in range(4)
    ]
    assert [one.ref for one in read(pages_pdf(pages)).loci] == [
        "p. 345",
        "p. 346",
        "p. 347",
        "p. 348",
    ]


def test_labels_name_the_pages() -> None:
    """The file's own numbers count where it has them."""
    labels = b"/PageLabels<</Nums[0<</S/r>>2<</S/D>>]>>"
    pages = [put(60, 500, sentences(1, seed=n)) for n in range(4)]
    assert [one.ref for one in read(pages_pdf(pages, root_extra=labels)).loci] == [
        "p. i",
        "p. ii",
        "p. 1",
        "p. 2",
    ]


def test_hyphens_are_joined_and_can_be_put_back() -> None:
    """A word parted at a line's end is whole, a compound keeps its hyphen, and it is noted."""
    lines = [
        "The carpenter came before the morning to see the consider-",
        "ation of the council, which was a well-",
        "known and well-meant answer to the letters of the neigh-",
        "bours beside the river; the neighbours were not pleased.",
    ]
    document = read(
        pages_pdf([b"".join(put(60, 500 - 14 * i, line) for i, line in enumerate(lines))])
    )
    assert document.text == (
        "The carpenter came before the morning to see the consideration of the council, which "
        "was a well-known and well-meant answer to the letters of the neighbours beside the "
        "river; the neighbours were not pleased."
    )
    assert [document.text[at - 8 : at] for at in document.hyphens] == ["consider", "he neigh"]
    assert "2 words joined that are parted at line ends" in document.notes


def test_a_power_is_no_mark_of_a_note() -> None:
    """10 to the square is not 102; a note's mark is left out."""
    page = (
        put(60, 500, "The garden has 10")
        + put(60 + width_of("The garden has 10"), 504, "2", 7)
        + put(60, 486, "steps and the river is wide.")
        + put(60 + width_of("steps and the river is wide."), 490, "1", 7)
        + b"".join(put(60, 472 - 14 * i, sentences(1, seed=i)[:70]) for i in range(6))
        + put(60, 80, "1", 5.5)
        + put(64, 77, "Letters, volume two.", 8)
    )
    document = read(pages_pdf([page]))
    assert document.text.startswith("The garden has 10²\nsteps and the river is wide.\n\n")
    assert ("note", "1 Letters, volume two.") in pieces(document)


def width_of(text: str) -> float:
    return width(text, 11)


def test_a_table_keeps_its_rows() -> None:
    """Cells stand in their row, parted by tabs."""
    rows = [("Year", "Ships", "Grain"), ("1901", "12", "400"), ("1902", "15", "520")]
    page = b"".join(
        b"BT /F1 11 Tf 1 0 0 1 60 %d Tm (%s) Tj 120 0 Td (%s) Tj 90 0 Td (%s) Tj ET\n"
        % (500 - 16 * i, *(cell.encode() for cell in row))
        for i, row in enumerate(rows)
    )
    assert pieces(read(pages_pdf([page])))[:3] == [("table", "\t".join(row)) for row in rows]


def test_what_the_file_says_of_itself() -> None:
    """Title and author count, and what programs fill in does not; the day of making is no date."""
    page = [put(60, 500, sentences(1, seed=1))]
    info = [b"<</Title(Letters from the river)/Author(Ada Brook)/CreationDate(D:20010203)>>"]
    document = read(pages_pdf(page, more=info, trailer=b"/Info 5 0 R"))
    assert (document.title, document.author, document.date) == (
        "Letters from the river",
        "Ada Brook",
        None,
    )
    info = [b"<</Title(Microsoft Word - draft3.doc)/Author(Administrator)>>"]
    document = read(pages_pdf(page, more=info, trailer=b"/Info 5 0 R"))
    assert (document.title, document.author) == (None, None)


def test_xmp_tells_the_date() -> None:
    """A date of the text stands in Dublin Core."""
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
        b'xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description><dc:title><rdf:Alt><rdf:li>On Water'
        b"</rdf:li></rdf:Alt></dc:title><dc:date><rdf:Seq><rdf:li>1946-01-21</rdf:li></rdf:Seq></dc:date>"
        b"</rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    more = [stream(xmp, b"/Type/Metadata/Subtype/XML", packed=False)]
    document = read(
        pages_pdf([put(60, 500, sentences(1, seed=1))], more=more, root_extra=b"/Metadata 5 0 R")
    )
    assert (document.title, document.date) == ("On Water", "1946-01-21")


def leftward_pdf(lines: list[str]) -> bytes:
    """Draw lines as browsers do: letters from left to right, the last of a line first."""
    to_unicode = (
        b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
        b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap"
    )
    more = [
        b"<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        (
            b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Own/DW 500"
            b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>"
        ),
        stream(to_unicode),
    ]
    content = b"".join(
        b"BT /F3 11 Tf 1 0 0 1 %.2f %d Tm <%s> Tj ET\n"
        % (360 - 5.5 * len(line), 500 - 14 * i, line[::-1].encode("utf-16-be").hex().encode())
        for i, line in enumerate(lines)
    )
    made = pages_pdf([content], more=more)
    return made.replace(b"/Font<</F1 3 0 R/F2 4 0 R>>", b"/Font<</F1 3 0 R /F3 5 0 R>>")


def test_words_from_right_to_left() -> None:
    """They come in the order of reading, each with its letters in order."""
    lines = [
        "העיר הייתה שקטה באותו בוקר וברחובות נראו רק",
        "כמה סוחרים שסידרו את מרכולתם לפני בוא הקונים.",
    ]
    assert read(leftward_pdf(lines)).text == " ".join(lines)
    lines = [
        "كانت المدينة هادئة في ذلك الصباح ولم يكن في",
        "الشوارع سوى بعض الباعة قبل وصول الناس.",
    ]
    assert read(leftward_pdf(lines)).text.replace("\n", " ") == " ".join(lines)


PICTURE = b"q 200 0 0 200 100 100 cm BI /W 2 /H 2 /CS /G /BPC 8 /F /AHx ID 00ff00ff> EI Q\n"


def test_a_page_without_text_needs_ocr() -> None:
    """It is named, and the other pages are read."""
    pages = [put(60, 500, sentences(1, seed=1)), put(60, 500, sentences(2, seed=2)), PICTURE, b""]
    items = list(
        read_raw(Raw(origin="o.pdf", name="o.pdf", data=pages_pdf(pages)), settings=ReadSettings())
    )
    assert isinstance(items[0], Document)
    assert "page 3 has no text: it needs OCR" in items[0].notes
    assert isinstance(items[1], LeftOut)
    assert items[1].reason == "page 3 has no text: it needs OCR"
    assert "--ocr" in items[1].fix


def test_a_file_without_text_needs_ocr() -> None:
    """A scan is no empty document."""
    with pytest.raises(InputError, match="needs OCR"):
        read(pages_pdf([PICTURE, PICTURE]))


def test_fonts_without_a_map_need_ocr() -> None:
    """Numbers of a font are no letters, though they may look like some."""
    shifted = "".join(
        chr((ord(c) - 97 + 7) % 26 + 97) if c.isalpha() and c.islower() else c for c in "the " * 10
    )
    consonants = ("wkh txlfn eurzq ira mxpsv ryhu wkh odcb grj dqg uxqv dzdb " + shifted) * 2
    page = b"".join(
        put(40, 500 - 14 * i, consonants[:70].replace("a", "z").replace("u", "x").replace("i", "k"))
        for i in range(8)
    )
    with pytest.raises(InputError, match="fonts give no readable text"):
        read(pages_pdf([page]))


def test_ocr_without_tesseract_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is recognised where nothing can be."""
    monkeypatch.setattr(pdf_reader.shutil, "which", lambda name: None)
    with pytest.raises(InputError, match="tesseract is not installed"):
        read(pages_pdf([PICTURE]), ocr=True)


def test_ocr_gives_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """What tesseract reads goes the same way as printed text; here it is played."""
    head = "level\tpage\tblock\tpar\tline\tword\tleft\ttop\twidth\theight\tconf\ttext"
    rows = [head]
    for i, text in enumerate(
        ["The river is wide and the bridge is", "narrow; the morning is quiet."]
    ):
        for j, word in enumerate(text.split(), 1):
            rows.append(
                f"5\t1\t1\t1\t{i + 1}\t{j}\t{250 + 130 * j}\t{300 + 60 * i}\t110\t40\t96\t{word}"
            )
    monkeypatch.setattr(pdf_reader, "recognise", lambda picture, settings: "\n".join(rows))
    document = read(pages_pdf([PICTURE]), ocr=True)
    assert document.text == "The river is wide and the bridge is narrow; the morning is quiet."
    assert "page 1 recognised by tesseract" in document.notes


def scanned(data: bytes) -> bytes:
    """Return a PDF of one page that shows the first page of another as a picture."""
    import pypdfium2 as pdfium

    with pdfium.PdfDocument(data) as printed, pdfium.PdfDocument.new() as scan:
        width, height = printed[0].get_size()
        picture = pdfium.PdfImage.new(scan)
        picture.set_bitmap(printed[0].render(scale=300 / 72))
        picture.set_matrix(pdfium.PdfMatrix().scale(width, height))
        page = scan.new_page(width, height)
        page.insert_obj(picture)
        page.gen_content()
        file = io.BytesIO()
        scan.save(file)
        return file.getvalue()


@pytest.mark.tesseract
def test_a_scan_is_read_by_tesseract() -> None:
    """A page that is a picture of words comes out as those words."""
    lines = [
        "The tide keeps no calendar, and the ferry",
        "keeps none either, said the harbour master.",
    ]
    page = b"".join(put(40, 500 - 16 * i, line) for i, line in enumerate(lines))
    data = scanned(pages_pdf([page]))
    with pytest.raises(InputError, match="needs OCR"):
        read(data)
    document = read(data, ocr=True)
    assert document.text == " ".join(lines)
    assert "page 1 recognised by tesseract" in document.notes


def test_a_turned_page_is_read() -> None:
    """A page that is shown turned by a quarter has its lines in order."""
    lines = ["The river is wide in the morning,", "and the bridge is narrow."]
    page = b"".join(
        b"BT /F1 11 Tf 0 1 -1 0 %d 60 Tm (%s) Tj ET\n" % (100 + 14 * i, line.encode())
        for i, line in enumerate(lines)
    )
    turned = pages_pdf([page], page_extra=b"/Rotate 90")
    assert read(turned).text == " ".join(lines)


def test_the_content_tells_a_pdf() -> None:
    """A PDF is read as one whatever its name."""
    data = pages_pdf([put(60, 500, sentences(1, seed=1))])
    for name in ("draft.txt", "draft", "draft.pdf"):
        item = next(iter(read_raw(Raw(origin=name, name=name, data=data), settings=ReadSettings())))
        assert isinstance(item, Document)
        assert item.media_type == "application/pdf"


@pytest.mark.slow
@timing.timed
def test_three_hundred_pages_in_four_seconds(measure) -> None:  # type: ignore[no-untyped-def]
    """A book is read in seconds of computing, the child's start included."""
    setter = Setter(head="Letters from the river", body=9)
    n = 0
    while len(setter.pages) < 300:
        setter.paragraph(sentences(9, seed=n))
        n += 1
    data = setter.done()
    with measure() as measured:
        document = read(data)
    assert len(document.text) > 400_000
    assert measured.seconds < 4
