"""Bad input for texts, mail, subtitles and archives: refused in time and memory, the next read."""

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import threading
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Self

import pytest

import timing
from chrestomathy.read import iter_raw, read
from chrestomathy.records import Document, LeftOut
from chrestomathy.settings import ReadSettings

pytestmark = [pytest.mark.slow, timing.timed]

SETTINGS = ReadSettings()
MAX_SECONDS = 2.0
MAX_MEGABYTES = 300
GOOD = "The good file is still read.\n"

Attack = Callable[[Path], str]
"""Writes the file and returns its name."""
ATTACKS: dict[str, Attack] = {}


def attack(name: str) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
    """Register what makes the bytes of `name`, a file name behind a sentence."""

    def register(make: Callable[[], bytes]) -> Callable[[], bytes]:
        title, _, file = name.rpartition(": ")

        def write(folder: Path) -> str:
            (folder / file).write_bytes(make())
            return file

        ATTACKS[title] = write
        return make

    return register


TEI = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>{}</p></body></text></TEI>'
SECRET = "the-secret-of-this-machine"


@attack("TEI, an entity that names a file (XXE): a.xml")
def _() -> bytes:
    doctype = '<!DOCTYPE TEI [<!ENTITY x SYSTEM "secret.txt">]>'
    return (doctype + TEI.format("It says &x; here.")).encode()


@attack("TEI, a parameter entity that names a file: a.xml")
def _() -> bytes:
    doctype = '<!DOCTYPE TEI [<!ENTITY % x SYSTEM "secret.txt"> %x; ]>'
    return (doctype + TEI.format("Wet.")).encode()


@attack("TEI, a DTD in another file: a.xml")
def _() -> bytes:
    return ('<!DOCTYPE TEI SYSTEM "secret.txt">' + TEI.format("Wet.")).encode()


@attack("TEI, XInclude: a.xml")
def _() -> bytes:
    include = (
        '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="secret.txt" parse="text"/>'
    )
    return TEI.format(include).encode()


@attack("TEI, a billion laughs: a.xml")
def _() -> bytes:
    entities = ['<!ENTITY a0 "ha">']
    entities += [f'<!ENTITY a{i + 1} "{f"&a{i};" * 10}">' for i in range(10)]
    return f"<!DOCTYPE TEI [{''.join(entities)}]>{TEI.format('&a10;')}".encode()


@attack("TEI, one long entity many times over: a.xml")
def _() -> bytes:
    return f'<!DOCTYPE TEI [<!ENTITY a "{"ha" * 50_000}">]>{TEI.format("&a;" * 50_000)}'.encode()


@attack("TEI, 200,000 elements within one another: a.xml")
def _() -> bytes:
    return TEI.format("<hi>" * 200_000 + "x" + "</hi>" * 200_000).encode()


@attack("XML, 200 elements within one another, 20,000 times: a.xml")
def _() -> bytes:
    return b"<?xml version='1.0'?><a>" + (b"<b>" * 200 + b"</b>" * 200) * 2_000 + b"</a>"


@attack("XML, an element with 100,000 attributes: a.xml")
def _() -> bytes:
    return b"<?xml version='1.0'?><a " + b" ".join(b"a%d='x'" % i for i in range(100_000)) + b"/>"


@attack("TEI that never ends: a.xml")
def _() -> bytes:
    return b"<TEI><text><body>" + b"<p>wet" * 100


@attack("a gzip of 1 GB: a.txt.gz")
def _() -> bytes:
    packer = zlib.compressobj(1, wbits=31)
    million = b"\0" * 1_000_000
    return b"".join(packer.compress(million) for _ in range(1_000)) + packer.flush()


@attack("a bzip2 of 300 MB: a.txt.bz2")
def _() -> bytes:
    return bz2.compress(b"\0" * 900_000 * 20, 9) * 17


@attack("an xz of 300 MB: a.txt.xz")
def _() -> bytes:
    return lzma.compress(b"\0" * 300_000_000, preset=0)


@attack("an xz that asks for 4 GB of memory: a.txt.xz")
def _() -> bytes:
    data = bytearray(lzma.compress(b"wet", format=lzma.FORMAT_ALONE, preset=0))
    struct.pack_into("<I", data, 1, 0xFFFFFFFF)  # the size of its dictionary
    return bytes(data)


def zipped(members: dict[str, bytes], level: int = 9) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


@attack("a zip of one file of 200 MB: a.zip")
def _() -> bytes:
    return zipped({"a.txt": b"\0" * 199_000_000}, 1)


@attack("a zip of 2,000 files of 10 MB: a.zip")
def _() -> bytes:
    return _copies(zipped({"a.txt": b"\0" * 10_000_000}), 2_000)


def _copies(archive: bytes, number: int) -> bytes:
    """Repeat the one member of a zip archive, bytes and entry, under other names."""
    at = archive.index(b"PK\x01\x02")
    member, entry = archive[:at], archive[at : archive.index(b"PK\x05\x06")]
    bodies, entries = [], []
    for i in range(number):
        name = b"%05d" % i
        bodies.append(member[:26] + struct.pack("<HH", 5, 0) + name + member[30 + 5 :])
        changed = bytearray(entry)
        struct.pack_into("<I", changed, 42, sum(map(len, bodies[:1])) * i)
        entries.append(bytes(changed[:46]) + name)
    body, listed = b"".join(bodies), b"".join(entries)
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, number, number, len(listed), len(body), 0)
    return body + listed + end


@attack("a zip whose 20,000 members share their bytes: a.zip")
def _() -> bytes:
    one = zipped({"a.txt": b"\0" * 10_000_000})
    at = one.index(b"PK\x01\x02")
    listed = one[at : one.index(b"PK\x05\x06")] * 20_000
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 20_000, 20_000, len(listed), at, 0)
    return one[:at] + listed + end


@attack("a zip of zips of zips, 16 in each: a.zip")
def _() -> bytes:
    inner = zipped({f"{i:02}.txt": b"\0" * 1_000_000 for i in range(16)})
    for _ in range(2):
        inner = zipped({f"{i:02}.zip": inner for i in range(16)})
    return inner


@attack("a zip in a zip, 40 times: a.zip")
def _() -> bytes:
    inner = zipped({"a.txt": b"wet"})
    for _ in range(40):
        inner = zipped({"a.zip": inner})
    return inner


@attack("a zip that lies about a member's size: a.zip")
def _() -> bytes:
    data = bytearray(zipped({"a.txt": b"\0" * 150_000_000}, 1))
    struct.pack_into("<I", data, 22, 100)
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, 100)
    return bytes(data)


@attack("a zip with 300,000 members: a.zip")
def _() -> bytes:
    entry = zipped({"a.txt": b""})
    listed = entry[entry.index(b"PK\x01\x02") : entry.index(b"PK\x05\x06")] * 300_000
    return listed + struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, 65535, 65535, len(listed), 0, 0)


@attack("a zip of members that point outside: a.zip")
def _() -> bytes:
    names = [
        "../../x.txt",
        "/etc/x.txt",
        "C:\\x.txt",
        "..\\..\\x.txt",
        "a/../../x.txt",
        "\\\\host\\x.txt",
    ]
    return zipped(dict.fromkeys(names, b"evil"))


@attack("a zip with a member's name cut by a NUL: a.zip")
def _() -> bytes:
    return zipped({"a.txtZ.exe": b"evil"}).replace(b"a.txtZ.exe", b"a.txt\0.exe")


@attack("a zip with a link to a file: a.zip")
def _() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return out.getvalue()


@attack("an encrypted zip: a.zip")
def _() -> bytes:
    data = bytearray(zipped({"a.txt": b"wet"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def tarred(*members: tuple[str, bytes, bytes, str]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind, data, target in members:
            info = tarfile.TarInfo(name)
            info.type, info.size, info.linkname = kind, len(data), target
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


@attack("a tar of links, devices and members that point outside: a.tar")
def _() -> bytes:
    return tarred(
        ("link.txt", tarfile.SYMTYPE, b"", "/etc/passwd"),
        ("hard.txt", tarfile.LNKTYPE, b"", "../../x.txt"),
        ("pipe.txt", tarfile.FIFOTYPE, b"", ""),
        ("device.txt", tarfile.CHRTYPE, b"", ""),
        ("../../x.txt", tarfile.REGTYPE, b"evil", ""),
        ("/etc/x.txt", tarfile.REGTYPE, b"evil", ""),
    )


@attack("a tar with a member that says it has 1 TB: a.tar")
def _() -> bytes:
    info = tarfile.TarInfo("a.txt")
    info.size = 1 << 40
    return info.tobuf(tarfile.GNU_FORMAT) + b"wet".ljust(512, b"\0")


@attack("a tar of 1 GB packed with gzip: a.tar.gz")
def _() -> bytes:
    packer = zlib.compressobj(1, wbits=31)
    out = packer.compress(tarred(("a.txt", tarfile.REGTYPE, b"wet", ""))[:1024])
    info = tarfile.TarInfo("b.txt")
    info.size = 1_000_000_000
    out += packer.compress(info.tobuf(tarfile.GNU_FORMAT))
    return out + b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(1_000)) + packer.flush()


@attack("a tar with 100,000 members: a.tar")
def _() -> bytes:
    return tarfile.TarInfo("a.bin").tobuf(tarfile.GNU_FORMAT) * 100_000


def warc_head(length: int) -> bytes:
    return (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"Content-Type: application/http\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


ANSWER = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@attack("a WARC with a record of 1 GB: a.warc.gz")
def _() -> bytes:
    packer = zlib.compressobj(1, wbits=31)
    out = packer.compress(warc_head(1_000_000_000) + ANSWER + b"\r\n")
    return out + b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(1_000)) + packer.flush()


@attack("a WARC with a page of 1 GB packed in it: a.warc")
def _() -> bytes:
    packer = zlib.compressobj(1, wbits=31)
    page = b"".join(packer.compress(b"\0" * 1_000_000) for _ in range(1_000)) + packer.flush()
    block = ANSWER + b"Content-Encoding: gzip\r\n\r\n" + page
    return warc_head(len(block)) + block + b"\r\n\r\n"


@attack("a WARC with 200 pages of 18 MB packed in it: a.warc")
def _() -> bytes:
    block = ANSWER + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(b"<p>" * 6_000_000, 1)
    return (warc_head(len(block)) + block + b"\r\n\r\n") * 200


@attack("a WARC whose header never ends: a.warc")
def _() -> bytes:
    return b"WARC/1.0\r\n" + b"X-Header: wet\r\n" * 3_000_000


@attack("a mailbox whose message's header never ends: a.mbox")
def _() -> bytes:
    return b"From a@example.org Mon Jan  5 10:00:00 2026\n" + b"X-Header: wet\n" * 3_000_000


@attack("a message of 20,000 parts within parts: a.eml")
def _() -> bytes:
    parts = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (i, i) for i in range(20_000)
    )
    return b"From: a\nSubject: b\nMIME-Version: 1.0\n" + parts + b"\n\nwet"


@attack("a message of 50,000 attachments: a.eml")
def _() -> bytes:
    head = b'From: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
    return (
        head + b"--b\nContent-Disposition: attachment; filename=a.txt\n\nwet\n" * 50_000 + b"--b--"
    )


@attack("messages within messages, 500 deep: a.eml")
def _() -> bytes:
    return b"From: a\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n" * 500 + b"From: b\n\nwet"


@attack("a message with 20 MB of > signs: a.eml")
def _() -> bytes:
    return b"From: a\nSubject: b\nTo: c\n\n" + (b">" * 1_000 + b" wet\n") * 20_000


@attack("a subject of 900,000 encoded words: a.eml")
def _() -> bytes:
    return b"Subject: " + b"=?utf-8?q?a?= " * 60_000 + b"\nFrom: a\n\nwet"


@attack("subtitles (VTT) of 50 MB: a.vtt")
def _() -> bytes:
    return b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\nwet\n\n" * 1_700_000


@attack("subtitles of one line of 9 MB: a.srt")
def _() -> bytes:
    return b"1\n00:00:01,000 --> 00:00:02,000\n" + b"<v a>(" * 1_600_000


@attack("subtitles of 95,000 lines with a name each: a.srt")
def _() -> bytes:
    return b"1\n00:00:01,000 --> 00:00:02,000\n" + b"A B: x\n" * 95_000


ADDED = tuple(ATTACKS.items())


@pytest.mark.parametrize(("title", "write"), ADDED, ids=[name for name, _ in ADDED])
def test_an_attack_is_refused_in_time_and_the_next_file_is_read(
    title: str,
    write: Attack,
    tmp_path: Path,
    attack_record,
    measure,  # type: ignore[no-untyped-def]
) -> None:
    name = write(tmp_path)
    (tmp_path / "secret.txt").write_text(SECRET)
    (tmp_path / "zz.txt").write_text(GOOD)
    inputs = [str(tmp_path / name), str(tmp_path / "zz.txt")]
    with measure() as measured:
        found = list(read(iter_raw(inputs, settings=SETTINGS), settings=SETTINGS))
    good, bad = found[-1], found[:-1]
    left = [one for one in bad if isinstance(one, LeftOut)]
    read_all = [one for one in bad if isinstance(one, Document)]
    happened = left[0].reason if left else f"{len(read_all)} documents, nothing of it followed"
    attack_record(title, happened, measured.seconds, measured.megabytes)
    assert isinstance(good, Document)
    assert good.text == GOOD
    assert left or read_all
    assert not any(SECRET in one.text or "root:" in one.text for one in read_all)
    assert not any("evil" in one.text for one in read_all)
    assert measured.seconds < MAX_SECONDS
    assert measured.megabytes < MAX_MEGABYTES
    assert not (tmp_path.parent / "x.txt").exists()


def test_a_file_that_vanishes_or_changes_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("wet")
    raws = iter_raw([str(tmp_path)], settings=SETTINGS)
    found = [next(raws)]
    (tmp_path / "b.txt").unlink()
    found += list(raws)
    kinds = [type(one).__name__ for one in found]
    assert kinds == ["Raw", "LeftOut", "Raw"]

    growing = tmp_path / "c.txt"
    real = open

    def slow(path: object, *args: object, **kwargs: object) -> object:
        file = real(path, *args, **kwargs)  # type: ignore[call-overload]
        if str(path).endswith("c.txt"):

            def write() -> None:
                with real(growing, "a") as more:
                    more.write("ter")

            held = file.read

            def read_then_write(*size: int) -> bytes:
                data: bytes = held(*size)
                thread = threading.Thread(target=write)
                thread.start()
                thread.join()
                return data

            class Slow:
                def __enter__(self) -> Self:
                    return self

                def __exit__(self, *_: object) -> None:
                    file.close()

                read = staticmethod(read_then_write)
                fileno = file.fileno

            return Slow()
        return file

    monkeypatch.setattr("builtins.open", slow)
    (left,) = iter_raw([str(growing)], settings=SETTINGS)
    assert isinstance(left, LeftOut)
    assert left.reason == "the file changed while it was read"
