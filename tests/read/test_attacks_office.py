"""Hostile office files and books: each refused or skipped at once, and named.

Every attack is read through the command's own way in, with a good file behind it, and its time
and memory are measured.
"""

from __future__ import annotations

import io
import random
import socket
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from office_files import (
    BILLION_LAUGHS,
    OUTER_DTD,
    OUTSIDE,
    SETTINGS,
    Epub,
    docx,
    docx_parts,
    odt,
    odt_parts,
    par,
    zipped,
)

import timing
from chrestomathy.read import iter_raw, read
from chrestomathy.records import Document, LeftOut

pytestmark = [pytest.mark.slow, timing.timed]

MAX_SECONDS = 2.0
MAX_MEGABYTES = 300
PAGES = {"a.xhtml": "<p>Wet.</p>"}
NCX_POINT = "<navPoint><navLabel><text>x</text></navLabel><content src='a.xhtml'/></navPoint>"


def _inflating(n: int, unit: bytes = b"<w:p/>") -> bytes:
    """A DOCX of `n` megabytes when unpacked."""
    parts = docx_parts("@")
    head, _, tail = parts["word/document.xml"].encode().partition(b"@")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            if name != "word/document.xml":
                archive.writestr(name, data)
        with archive.open("word/document.xml", "w") as file:
            file.write(head)
            for _ in range(n):
                file.write(unit * (1_000_000 // len(unit)))
            file.write(tail)
    return out.getvalue()


def _lying(data: bytes, name: bytes, size: int) -> bytes:
    """Change the size that a zip's directory and headers declare of a member."""
    changed = bytearray(data)
    for mark, size_at, name_at in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        at = changed.find(mark)
        while at >= 0:
            if changed[at + name_at : at + name_at + len(name)] == name:
                struct.pack_into("<I", changed, at + size_at, size)
            at = changed.find(mark, at + 1)
    return bytes(changed)


def _overlapping() -> bytes:
    """A DOCX in which two hundred members of the directory share one member's bytes."""
    parts = docx_parts(par("Wet."), media="x" * 1_000_000)
    data = zipped(parts)
    out = bytearray()
    end = data.rfind(b"PK\x05\x06")
    directory, start = struct.unpack_from("<II", data, end + 12)
    rows = data[start : start + directory]
    row_at = rows.find(b"word/media.xml") - 46
    row = rows[row_at : row_at + 46 + len("word/media.xml")]
    more = b"".join(row.replace(b"media.xml", b"m%03d%s.xml" % (i, b"x")) for i in range(200))
    out += data[:start] + rows + more
    tail = bytearray(data[end:])
    n = struct.unpack_from("<H", tail, 10)[0] + 200
    struct.pack_into("<HH", tail, 8, n, n)
    struct.pack_into("<I", tail, 12, directory + len(more))
    return bytes(out + tail)


def _many_members(n: int) -> bytes:
    return zipped(
        {"[Content_Types].xml": "", "word/document.xml": "", **{f"{i}": "" for i in range(n)}}
    )


def _nested_zips() -> bytes:
    inner = zipped({"x": bytes(20_000_000)})
    for _ in range(4):
        inner = zipped({f"{i}.zip": inner for i in range(10)})
    parts: dict[str, str | bytes] = {**docx_parts(par("Wet.")), "word/embeddings/a.zip": inner}
    return zipped(parts)


def _with(parts: dict[str, str], name: str, content: str) -> bytes:
    return zipped({**parts, name: content})


def _noise(n: int) -> bytes:
    return random.Random(7).randbytes(n)


P = "<text:p>"
ATTACKS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    # what it is: suffix, the file, what the reason must say ("" where all of it may be read)
    "DOCX that inflates to 300 MB": (".docx", lambda: _inflating(300), "packed suspiciously small"),
    "DOCX that inflates to 9 MB of empty elements": (
        ".docx",
        lambda: _inflating(9, b"<w:b/>"),
        "elements",
    ),
    "DOCX with its sizes declared too small": (
        ".docx",
        lambda: _lying(docx(par("Wet. " * 100_000)), b"word/document.xml", 1000),
        "damaged",
    ),
    "DOCX with its sizes declared too large": (
        ".docx",
        lambda: _lying(docx(par("Wet.")), b"word/document.xml", 4_000_000_000),
        "too large",
    ),
    "DOCX whose members overlap": (".docx", _overlapping, "lie over one another"),
    "DOCX of 30,000 members": (".docx", lambda: _many_members(30_000), "more than 20,000 parts"),
    "zip of 300,000 members named .docx": (
        ".docx",
        lambda: _many_members(300_000),
        "nothing of the sort",
    ),
    "DOCX with zips within zips of 200 GB": (".docx", _nested_zips, ""),
    "DOCX, elements 100,000 deep": (
        ".docx",
        lambda: docx("<w:tbl>" * 100_000 + "</w:tbl>" * 100_000),
        "nested more than",
    ),
    "DOCX with an entity from a file": (
        ".docx",
        lambda: docx(par("&a;"), head=OUTSIDE),
        "declares entities",
    ),
    "DOCX with a billion laughs": (
        ".docx",
        lambda: docx(par("&j;"), head=BILLION_LAUGHS),
        "declares entities",
    ),
    "DOCX with styles based on each other in a ring of 10,000": (
        ".docx",
        lambda: docx(
            "".join(f'<w:p><w:pPr><w:pStyle w:val="s{i}"/></w:pPr></w:p>' for i in range(10_000))
            + par("Wet."),
            styles="".join(
                f'<w:style w:type="paragraph" w:styleId="s{i}"><w:basedOn w:val="s{(i + 1) % 10_000}"/></w:style>'
                for i in range(10_000)
            ),
        ),
        "",
    ),
    "DOCX whose parts point outside": (
        ".docx",
        lambda: _with(
            docx_parts(par("Wet.")),
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Type="x/styles" Target="../../../etc/passwd"/></Relationships>',
        ),
        "",
    ),
    "DOCX with one line of 5 million spaces": (
        ".docx",
        lambda: docx(par("Wet." + " " * 5_000_000 + "x")),
        "",
    ),
    "ODT that inflates to 100 MB": (
        ".odt",
        lambda: odt(P + " " * 100_000_000 + "</text:p>"),
        "suspiciously",
    ),
    "ODT, elements 100,000 deep": (
        ".odt",
        lambda: odt("<text:list>" * 100_000 + "</text:list>" * 100_000),
        "nested more than",
    ),
    "ODT with an entity from a file": (
        ".odt",
        lambda: odt(P + "&a;</text:p>", head=OUTSIDE),
        "declares entities",
    ),
    "ODT with a billion laughs": (
        ".odt",
        lambda: odt(P + "&j;</text:p>", head=BILLION_LAUGHS),
        "declares entities",
    ),
    "ODT with a million spaces told by numbers": (
        ".odt",
        lambda: odt(P + "Wet." + '<text:s text:c="99999"/>' * 100_000 + "</text:p>"),
        "",
    ),
    "RTF, groups 100,000 deep": (".rtf", lambda: rb"{\rtf1 " + b"{" * 100_000, "nested more than"),
    "RTF of a million groups": (".rtf", lambda: rb"{\rtf1 Wet." + b"{}" * 500_000 + b"}", ""),
    "RTF with a picture of 20 MB that does not end": (
        ".rtf",
        lambda: rb"{\rtf1 Wet.{\pict " + b"0123456789abcdef\n" * 1_200_000,
        "",
    ),
    "RTF with data of 10^10 bytes": (".rtf", lambda: rb"{\rtf1 Wet.{\pict\bin9999999999 xx}}", ""),
    "RTF with a footnote in a footnote, 900 deep": (
        ".rtf",
        lambda: rb"{\rtf1 Wet." + rb"{\footnote x" * 900 + b"}" * 901,
        "",
    ),
    "EPUB with an entity from a file in its package document": (
        ".epub",
        lambda: bytes(Epub(PAGES, head=OUTSIDE, metadata="<dc:title>&a;</dc:title>")),
        "declares entities",
    ),
    "EPUB with a billion laughs": (
        ".epub",
        lambda: bytes(Epub(PAGES, head=BILLION_LAUGHS, metadata="<dc:title>&j;</dc:title>")),
        "declares entities",
    ),
    "EPUB with a definition from the network": (
        ".epub",
        lambda: bytes(Epub(PAGES, head=OUTER_DTD)),
        "",
    ),
    "EPUB with an entity from a file on a page": (
        ".epub",
        lambda: bytes(
            Epub(
                PAGES, more={"OEBPS/a.xhtml": f"{OUTSIDE}<html><body><p>Wet.&a;</p></body></html>"}
            )
        ),
        "",
    ),
    "EPUB whose spine names one page 100,000 times": (
        ".epub",
        lambda: bytes(Epub(PAGES, spine=["a.xhtml"] * 100_000)),
        "",
    ),
    "EPUB with a page outside": (
        ".epub",
        lambda: bytes(Epub(PAGES, hrefs={"x": "../../../../etc/passwd"})),
        "points outside the book",
    ),
    "EPUB with a page 100,000 deep": (
        ".epub",
        lambda: bytes(Epub({**PAGES, "b.xhtml": "<div>" * 100_000})),
        "nested more than",
    ),
    "EPUB with a hundred pages that inflate to 900 MB": (
        ".epub",
        lambda: bytes(Epub({f"{i}.xhtml": " " * 9_000_000 for i in range(100)})),
        "packed suspiciously small",
    ),
    "EPUB with a table of contents 100,000 deep": (
        ".epub",
        lambda: bytes(Epub(PAGES, ncx="<navPoint>" * 100_000 + "</navPoint>" * 100_000)),
        "",
    ),
    "EPUB with 20,000 chapters on one page": (
        ".epub",
        lambda: bytes(Epub(PAGES, ncx=NCX_POINT * 20_000)),
        "",
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_over_at_once_and_the_next_file_is_read(
    name: str, tmp_path: Path, attack_record: Callable, measure: Callable
) -> None:
    suffix, make, reason = ATTACKS[name]
    (tmp_path / f"a{suffix}").write_bytes(make())
    (tmp_path / "b.docx").write_bytes(docx(par("A good file.")))
    list(read(iter_raw([str(tmp_path / "b.docx")], settings=SETTINGS), settings=SETTINGS))
    with measure() as measured:
        found = list(read(iter_raw([str(tmp_path)], settings=SETTINGS), settings=SETTINGS))
    good = found.pop()
    assert isinstance(good, Document)
    assert good.text == "A good file."
    left = [one for one in found if isinstance(one, LeftOut)]
    texts = [one.text for one in found if isinstance(one, Document)]
    if reason:
        assert any(reason in one.reason for one in left), (left, texts)
        assert all(one.origin.startswith(str(tmp_path / f"a{suffix}")) for one in left)
    else:
        assert not left
        assert "Wet." in texts[0]
    assert not any("root:" in text for text in texts)
    assert measured.seconds <= MAX_SECONDS
    assert measured.megabytes <= MAX_MEGABYTES
    what = f"left out: {left[0].reason}" if left else "read"
    attack_record(name, what, measured.seconds, measured.megabytes)


@pytest.mark.parametrize("kind", ["docx", "odt", "epub"])
def test_nothing_is_fetched(kind: str, tmp_path: Path) -> None:
    """A definition, an entity and a page at an address: nobody knocks there."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/x"
        for head in (
            f'<!DOCTYPE x SYSTEM "{address}">',
            f'<!DOCTYPE x [<!ENTITY % a SYSTEM "{address}"> %a;]>',
        ):
            every = {
                "docx": docx(par("Wet."), head=head),
                "odt": odt("<text:p>Wet.</text:p>", head=head),
                "epub": bytes(Epub(PAGES, head=head, hrefs={"x": address})),
            }
            (tmp_path / f"a.{kind}").write_bytes(every[kind])
            assert list(read(iter_raw([str(tmp_path)], settings=SETTINGS), settings=SETTINGS))
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("suffix", [".docx", ".odt", ".epub", ".rtf"])
def test_random_and_truncated_bytes(suffix: str, tmp_path: Path) -> None:
    """Nothing but documents and reasons comes out of any beginning of a file, or of noise."""
    whole = {
        ".docx": docx(par("Wet. " * 50)),
        ".odt": odt("<text:p>Wet.</text:p>" * 20),
        ".epub": bytes(Epub({"a.xhtml": "<p>Wet.</p>" * 20})),
        ".rtf": rb"{\rtf1\ansi{\stylesheet{\s1 Quote;}}" + rb"\pard\s1 Wet.\par" * 20 + b"}",
    }[suffix]
    chance = random.Random(3)
    for i in range(150):
        data = bytearray(whole[: chance.randrange(1, len(whole) + 1)])
        for _ in range(chance.randrange(4)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        (tmp_path / f"{i:03}{suffix}").write_bytes(data)
    (tmp_path / f"x{suffix}").write_bytes(_noise(10_000))
    found = list(read(iter_raw([str(tmp_path)], settings=SETTINGS), settings=SETTINGS))
    assert len(found) >= 151
    assert all(isinstance(one, Document | LeftOut) for one in found)


def test_a_part_that_is_damaged_within(tmp_path: Path) -> None:
    """XML cut anywhere, within a sound zip."""
    for parts in (docx_parts(par("Wet.", style="Q")), odt_parts("<text:p>Wet.</text:p>")):
        for name, content in parts.items():
            for n in range(0, len(content), 37):
                (tmp_path / "a.docx").write_bytes(_with(parts, name, content[:n]))
                found = list(read(iter_raw([str(tmp_path)], settings=SETTINGS), settings=SETTINGS))
                assert len(found) == 1
