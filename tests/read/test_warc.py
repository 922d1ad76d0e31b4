"""Web archives: a page a document, the rest counted once, damage and length survived."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from chrestomathy.read import Raw, iter_raw, read, read_sources
from chrestomathy.records import Document, LeftOut, Source
from chrestomathy.settings import ReadSettings

SETTINGS = ReadSettings()
PAGE = "<html><head><title>{0}</title></head><body><p>The {0} is wet, and nobody minds it.</p></body></html>"


def record(kind: str, address: str, block: bytes, content_type: str) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-03-05T10:00:00Z\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: {content_type}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(
    name: str, body: bytes, content_type: str = "text/html", status: str = "200 OK", more: str = ""
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{more}\r\n".encode() + body
    return record(
        "response", f"https://example.org/{name}", http, "application/http; msgtype=response"
    )


def page(name: str) -> bytes:
    return answer(name, PAGE.format(name).encode())


RECORDS = [
    record("warcinfo", "", b"software: ours\r\n", "application/warc-fields"),
    record("request", "https://example.org/quay", b"GET / HTTP/1.1\r\n\r\n", "application/http"),
    page("quay"),
    answer("logo.png", b"\x89PNG", "image/png"),
    answer("gone", b"<p>no</p>", status="404 Not Found"),
    answer(
        "packed", gzip.compress(PAGE.format("river").encode()), more="Content-Encoding: gzip\r\n"
    ),
    answer("words.txt", "Été à la mer.".encode("latin-1"), "text/plain; charset=iso-8859-1"),
    record("conversion", "https://example.org/plain", b"Plain words.", "text/plain"),
]


def items(path: Path) -> Iterator[object]:
    return read(iter_raw([str(path)], settings=SETTINGS), settings=SETTINGS)


@pytest.mark.parametrize("packed", [False, True])
def test_each_page_is_a_document_with_its_address_and_date(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(b"".join(gzip.compress(one) if packed else one for one in RECORDS))
    *documents, left = items(path)
    assert [(one.origin, one.date, one.text) for one in documents if isinstance(one, Document)] == [
        ("https://example.org/quay", "2024-03-05", "The quay is wet, and nobody minds it."),
        ("https://example.org/packed", "2024-03-05", "The river is wet, and nobody minds it."),
        ("https://example.org/words.txt", "2024-03-05", "Été à la mer."),
        ("https://example.org/plain", "2024-03-05", "Plain words."),
    ]
    assert documents[0].notes[-1] == f"warc: record 3 of {path}, captured 2024-03-05"  # type: ignore[attr-defined]
    assert isinstance(left, LeftOut)
    assert left.reason == "2 of its 8 records are not read: 1 × image/png; 1 × answers 404"


def test_an_archive_without_a_name_is_known_by_its_beginning() -> None:
    raw = Raw(origin="-", data=page("quay"))
    assert [one.title for one in read([raw], settings=SETTINGS) if isinstance(one, Document)] == [
        "quay"
    ]


def test_what_is_not_read_is_said_once(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(
        page("quay") + b"".join(answer(f"{i}.png", b"x", "image/png") for i in range(500))
    )
    _, left = items(path)
    assert isinstance(left, LeftOut)
    assert left.reason == "500 of its 501 records are not read: 500 × image/png"


def test_a_truncated_and_a_damaged_archive_give_what_was_readable(tmp_path: Path) -> None:
    packed = [gzip.compress(page(name)) for name in ("quay", "river", "sea")]
    cut = tmp_path / "cut.warc.gz"
    cut.write_bytes(b"".join(packed)[:-40])
    found = list(items(cut))
    assert [one.title for one in found if isinstance(one, Document)][:2] == ["quay", "river"]
    assert "within a record (after record 3)" in next(
        o.reason for o in found if isinstance(o, LeftOut)
    )
    damaged = bytearray(b"".join(packed))
    damaged[len(packed[0]) + 40] ^= 0xFF
    path = tmp_path / "damaged.warc.gz"
    path.write_bytes(damaged)
    found = list(items(path))
    assert [one.title for one in found if isinstance(one, Document)] == ["quay"]
    assert "it is damaged" in next(one.reason for one in found if isinstance(one, LeftOut))
    none = tmp_path / "none.warc"
    none.write_bytes(b"this is no archive at all")
    (left,) = items(none)
    assert isinstance(left, LeftOut)


def test_an_archive_longer_than_any_input_is_streamed(tmp_path: Path) -> None:
    path = tmp_path / "long.warc"
    with path.open("wb") as file:
        for name in ("quay", "river"):
            file.write(page(name))
            file.write(answer("film", b"\0" * 1_000_000, "video/mp4"))
    small = ReadSettings(max_bytes=100_000)
    found = list(read(iter_raw([str(path)], settings=small), settings=small))
    assert [one.title for one in found if isinstance(one, Document)] == ["quay", "river"]


def test_pages_as_sources_have_their_address_as_id(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(
        gzip.compress(page("quay")) + gzip.compress(page("quay")) + gzip.compress(page("sea"))
    )
    found = list(read_sources(str(path), settings=SETTINGS))
    sources = [one for one in found if isinstance(one, Source)]
    assert [one.id.rpartition("/")[2] for one in sources] == ["quay", "quay#2", "sea"]
    assert {one.url for one in sources} == {"https://example.org/quay", "https://example.org/sea"}


def test_one_in_a_zip_archive_is_read_too(tmp_path: Path) -> None:
    import zipfile

    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("inner/a.warc.gz", gzip.compress(page("quay")))
    assert [one.title for one in items(path) if isinstance(one, Document)] == ["quay"]
