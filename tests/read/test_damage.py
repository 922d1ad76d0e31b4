"""Good files cut off and changed at random: documents whose offsets fit, or a sentence."""

import gzip
import io
import tarfile
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chrestomathy.lift import lift_document
from chrestomathy.read import Raw, read
from chrestomathy.read.inputs import open_up
from chrestomathy.records import Document, LeftOut
from chrestomathy.settings import LiftSettings, ReadSettings

SETTINGS = ReadSettings()
TEI = (
    '<?xml version="1.0" encoding="UTF-8"?><TEI xml:lang="en"><teiHeader><fileDesc><titleStmt><title>A</title>'
    '<author>Ada</author></titleStmt><publicationStmt><date when="1946-01"/></publicationStmt></fileDesc>'
    '</teiHeader><text><body><div type="act" n="1"><head>One</head><sp who="#t"><speaker>TOM</speaker>'
    '<l n="1">It <choice><sic>keepp</sic><corr>keeps</corr></choice> still,</l><l>and <q>wet</q>.</l></sp>'
    '<cit><quote>Water.</quote><bibl>Lin, 1903</bibl></cit><list><item>a</item></list><pb n="2"/><p>b<note>c</note>'
    "é &mdash; <app><lem>d</lem><rdg>e</rdg></app></p></div></body></text></TEI>"
).encode()
SRT = b"1\n00:00:01,000 --> 00:00:02,000\n- Wet?\n- TOM: Yes.\n\n2\n00:00:03,0 --> 00:00:04,0\n[rain] <i>So.</i>\n"
VTT = b"WEBVTT\nLanguage: en\n\n00:01.000 --> 00:02.000\n<v Ada>Wet?\n\n00:02.000 --> 00:04.000\n<v Ada>Wet?\n<v Tom>Yes.\n"
MAIL = (
    b"From: =?utf-8?q?Ada_L=C3=AFn?= <a@example.org>\nSubject: Quay\nDate: Mon, 5 Jan 2026 10:00:00 +0000\n"
    b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: text/plain; charset=utf-8; '
    b"format=flowed\n\nYes. \nOn 5 Jan 2026 at 10:00, Tom <t@example.org> wrote:\n> Wet?\n>> Dry.\n\n-- \nAda\n--b\n"
    b"Content-Type: message/rfc822\n\nFrom: b\n\nInner.\n--b\nContent-Disposition: attachment; filename=a.txt\n\nNotes.\n--b--\n"
)
MBOX = (b"From a@example.org Mon Jan  5 10:00:00 2026\n" + MAIL + b"\n") * 2
_BLOCK = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n"
    + gzip.compress(b"<html><body><p>The quay is wet.</p></body></html>")
)
WARC = (
    b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/\r\nWARC-Date: 2024-03-05T10:00:00Z\r\n"
    b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\nContent-Type: application/http\r\n"
    b"Content-Length: %d\r\n\r\n%b\r\n\r\n" % (len(_BLOCK), _BLOCK)
) * 2


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/b.txt", "It is wet. " * 20)
        archive.writestr("c.srt", SRT)
    return out.getvalue()


def _tar() -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        info = tarfile.TarInfo("a/b.txt")
        info.size = 10
        archive.addfile(info, io.BytesIO(b"It is wet."))
    return out.getvalue()


GOOD = {
    "a.xml": TEI,
    "b.xml": TEI.replace(b"TEI", b"doc"),
    "a.srt": SRT,
    "a.vtt": VTT,
    "a.eml": MAIL,
    "a.mbox": MBOX,
    "a.warc": WARC,
    "a.warc.gz": gzip.compress(WARC),
    "a.zip": _zip(),
    "a.tgz": _tar(),
    "a.txt.gz": gzip.compress(b"It is wet."),
}


def holds(name: str, data: bytes) -> int:
    """Read damaged bytes; return how many documents there were."""
    raws = open_up(Raw(origin=name, data=data, name=name), SETTINGS)
    found = list(read(raws, settings=SETTINGS))
    assert found
    for one in found:
        if isinstance(one, LeftOut):
            assert one.reason
            assert one.fix
            continue
        assert isinstance(one, Document)
        n_chars = len(one.text)
        assert all(0 <= b.start < b.end <= n_chars for b in one.blocks)
        assert all(0 <= p.start < p.end <= n_chars for p in one.loci)
        assert all(0 <= p.start < p.end <= n_chars for p in one.speaker_spans)
        lift_document(one, settings=LiftSettings())
    return sum(isinstance(one, Document) for one in found)


@pytest.mark.parametrize("name", GOOD)
def test_the_good_file_is_read(name: str) -> None:
    assert holds(name, GOOD[name])


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(data=st.data())
@pytest.mark.parametrize("name", GOOD)
def test_a_damaged_file_gives_documents_or_sentences(name: str, data: st.DataObject) -> None:
    good = GOOD[name]
    cut = data.draw(st.integers(0, len(good)))
    damaged = bytearray(good[: cut or len(good)])
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        piece = data.draw(
            st.binary(max_size=6)
            | st.sampled_from([b"<", b"<l>", b"</div>", b"\n\n", b"&x;", b"--b"])
        )
        damaged[at : at + data.draw(st.integers(0, 20))] = piece
        if not damaged:
            return
    holds(name, bytes(damaged))
