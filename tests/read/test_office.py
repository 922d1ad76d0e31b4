"""Which file is which, whatever it is called; what is not read says what it is."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from office_files import (
    SETTINGS,
    Epub,
    document,
    docx,
    docx_parts,
    left_out,
    odt,
    par,
    taken,
    zipped,
)

from chrestomathy.errors import InputError
from chrestomathy.read import iter_raw, read, read_sources
from chrestomathy.read.office import office_kind
from chrestomathy.read.package import Package, resolved
from chrestomathy.records import Document, LeftOut, Source

DOCX = docx(par("Wet."))
ODT = odt("<text:p>Wet.</text:p>")
EPUB = bytes(Epub({"a.xhtml": "<p>Wet.</p>"}))
RTF = rb"{\rtf1 Wet.\par}"
EVERY = {"docx": DOCX, "odt": ODT, "epub": EPUB, "rtf": RTF}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize("suffix", ["", ".doc", ".txt", ".docx", ".zip", ".bin"])
def test_content_tells(kind: str, suffix: str) -> None:
    assert office_kind(EVERY[kind]) == kind
    assert document(EVERY[kind], f"file{suffix}").text == "Wet."


@pytest.mark.parametrize("kind", EVERY)
def test_from_standard_input_a_folder_and_an_archive(kind: str, tmp_path: Path) -> None:
    (raw,) = iter_raw(["-"], settings=SETTINGS, stdin=io.BytesIO(EVERY[kind]))
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / f"a.{kind}").write_bytes(EVERY[kind])
    (tmp_path / "b.zip").write_bytes(zipped({f"inner/a.{kind}": EVERY[kind]}))
    (tmp_path / "c.zip").write_bytes(EVERY[kind])
    raws = [
        raw,
        *iter_raw(
            [str(folder), *(str(tmp_path / n) for n in ("b.zip", "c.zip"))], settings=SETTINGS
        ),
    ]
    found = list(read(raws, settings=SETTINGS))
    assert [one.text for one in found if isinstance(one, Document)] == ["Wet."] * 4
    assert len({one.id for one in found if isinstance(one, Document)}) == 1


def test_archives_are_archives_still():
    assert office_kind(zipped({"a.txt": "wet", "word/b.txt": "wet"})) is None
    assert office_kind(zipped({"a.docx": DOCX})) is None


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (OLE + "WordDocument".encode("utf-16-le"), "a.doc", "before 2007 (DOC)"),
        (OLE + "Workbook".encode("utf-16-le"), "a.xls", "an old spreadsheet"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), "a.ppt", "an old presentation"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx", "protected by a password"),
        (OLE, "a", "a file of an old office program"),
        (
            zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}),
            "a.xlsx",
            "spreadsheet (XLSX)",
        ),
        (zipped({"[Content_Types].xml": "", "ppt/a.xml": ""}), "a", "a presentation (PPTX)"),
        (
            zipped(
                {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, stored=("mimetype",)
            ),
            "a.odt",
            "a spreadsheet (ODS)",
        ),
        (zipped({"Index/Document.iwa": ""}), "a.pages", "Apple's Pages"),
        (bytes(60) + b"BOOKMOBI" + bytes(60), "a.mobi", "a Kindle book"),
        (b"wet", "a.docx", "named .docx and is nothing of the sort"),
        (zipped({"a.txt": "wet"}), "a.epub", "named .epub and is nothing of the sort"),
        (docx(par(" ")), "a.docx", "there is no text in it"),
    ],
)
def test_what_is_not_read_says_so(data: bytes, name: str, reason: str) -> None:
    found = left_out(data, name)
    assert reason in found.reason
    assert found.fix.endswith(".")


def test_a_page_that_is_named_as_a_document_is_a_page():
    found = document(b"<html><body><p>It is wet.</p></body></html>", "a.doc")
    assert found.media_type == "text/html"


def test_a_protected_zip_is_named():
    data = bytearray(DOCX)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(mark)
        while place >= 0:
            data[place + at] |= 1
            place = data.find(mark, place + 1)
    assert "protected by a password" in left_out(bytes(data)).reason


def test_collections_know_title_author_and_date(tmp_path: Path) -> None:
    told = (
        "<dc:title>On Water</dc:title><dc:creator>Ada Quill</dc:creator>"
        "<dcterms:created>2019-03-04T10:00:00Z</dcterms:created>"
    )
    (tmp_path / "a.docx").write_bytes(docx(par("It is wet."), properties=told))
    book = Epub(
        {"a.xhtml": "<p>It is wet.</p>"},
        metadata="<dc:title>On Rain</dc:title><dc:creator>Bo Reed</dc:creator><dc:date>1921</dc:date>",
    )
    (tmp_path / "b.epub").write_bytes(bytes(book))
    found = [
        one for one in read_sources(str(tmp_path), settings=SETTINGS) if isinstance(one, Source)
    ]
    assert [(one.id, one.title, one.speaker, one.date) for one in found] == [
        ("a", "On Water", "Ada Quill", "2019-03-04"),
        ("b", "On Rain", "Bo Reed", "1921"),
    ]


@pytest.mark.parametrize(
    ("base", "href", "part"),
    [
        ("", "word/document.xml", "word/document.xml"),
        ("word/document.xml", "styles.xml", "word/styles.xml"),
        ("word/document.xml", "/word/styles.xml", "word/styles.xml"),
        ("a/b/c.opf", "../d.xhtml#x", "a/d.xhtml"),
        ("a/b/c.opf", "../../d.xhtml", "d.xhtml"),
        ("a/b/c.opf", "../../../d.xhtml", None),
        ("c.opf", "../d.xhtml", None),
        ("c.opf", "a/../../d.xhtml", None),
        ("c.opf", "%2e%2e/d.xhtml", None),
        ("c.opf", "..\\d.xhtml", None),
        ("c.opf", "//host/d.xhtml", None),
        ("c.opf", "file:///etc/passwd", None),
        ("c.opf", "C:/x", None),
        ("c.opf", "a\0b", None),
        ("c.opf", "#x", None),
        ("c.opf", "", None),
    ],
)
def test_references_stay_within_the_package(base: str, href: str, part: str | None) -> None:
    assert resolved(base, href) == part


def test_parts_are_found_whatever_their_case_and_missing_ones_named():
    package = Package(zipped({"Word/Document.XML": "x", "../y": "y"}), max_bytes=100)
    assert package.read("word/document.xml") == b"x"
    assert "../y" not in package
    with pytest.raises(InputError, match=r"the part .* is missing"):
        package.read("../y")
    with pytest.raises(InputError, match="too large"):
        Package(zipped({"a": b"x" * 101}), max_bytes=100).read("a")


def test_an_unusual_way_of_packing_is_refused():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a", "x")
    with pytest.raises(InputError, match="packed in an unusual way"):
        Package(out.getvalue(), max_bytes=100).read("a")


def test_a_member_without_a_name_is_a_member(tmp_path: Path) -> None:
    data = bytearray(zipped({**docx_parts(par("Wet.")), "x": "x"}))
    for mark, at in ((b"PK\x03\x04", 26), (b"PK\x01\x02", 28)):
        struct.pack_into("<HH", data, data.rfind(mark) + at, 0, 1)  # its name is "extra"
    assert all(isinstance(one, LeftOut | Document) for one in taken(bytes(data)))
    (tmp_path / "a.zip").write_bytes(data.replace(b"word/document.xml", b"worx/document.xml"))
    assert list(iter_raw([str(tmp_path / "a.zip")], settings=SETTINGS))


def test_a_damaged_file_is_one_reason():
    for data in EVERY.values():
        for n in (10, len(data) // 2, len(data) - 10):
            assert all(isinstance(one, LeftOut | Document) for one in taken(data[:n], "a.docx"))
