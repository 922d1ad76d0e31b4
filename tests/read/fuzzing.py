"""Every reader is fed damaged files: only documents and left-out records may come out.

A seed is a small valid file of each suffix; it is cut, turned over, repeated and mixed, and now
and then replaced by noise. ``python tests/read/fuzzing.py --seconds N`` runs until the time is
over (``make fuzz-read``), half of it guided by coverage where atheris is installed; what fails
is written to ``build/fuzz/`` and named, so that it can become a case.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import office_files as office

from chrestomathy.read.formats import FORMATS, read_raw
from chrestomathy.read.inputs import Raw
from chrestomathy.records import Bare, Document, LeftOut, Passage, Source
from chrestomathy.settings import ReadSettings

BUILD = Path(__file__).resolve().parents[2] / "build" / "fuzz"
KINDS = (Document, LeftOut, Bare, Passage, Source)
MAX_SECONDS = 2.0
"""Of computing, for one damaged file of some kilobytes."""
MAX_MEGABYTES = 300
MAX_BYTES = 60_000
"""Longest file that a mutation makes."""
SETTINGS = ReadSettings(max_bytes=5_000_000)
MARKS = (
    *(b"\0", b"<", b">", b"</p>", b"<blockquote>", b"<!--", b"<![CDATA[", b"&#x0;", b"&#xD800;"),
    *(b"{", b"}", b"[", b"]]", b'"', b"\\", b"\\u0000", b"\xff\xfe", b"\xef\xbb\xbf", b"\r\n\r\n"),
    *(
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"%PDF-",
        b"-->",
        b"99999999999999999999",
        b"-1",
        b"\xed\xa0\x80",
    ),
)


def _html() -> bytes:
    return (
        b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Rain</title></head>'
        b'<body><nav><a href="/">Home</a></nav><article><h1>Rain</h1><p>It rained, and <q>it will '
        b'rain</q>.</p><blockquote cite="https://x.example/1"><p>Wet.<br>Very.</p><footer>'
        b"\xe2\x80\x94 Ann</footer></blockquote><ul><li>One<sup><a href='#n1'>1</a></sup></ul>"
        b"<table><tr><td>a<td>b</table></article></body></html>"
    )


def _markdown() -> bytes:
    return b"---\ntitle: Rain\n---\n# Rain\n\nIt *rained*.\n\n> Wet.\n>\n> > Very.\n\n- one\n  - two\n\n[a](b)\n"


def _jsonl() -> bytes:
    return (
        b'{"id": "a", "text": "It rained."}\n{"id": "d", "origin": "o", "media_type": "text/plain",'
        b' "text": "Wet.", "blocks": [{"kind": "paragraph", "start": 0, "end": 4}]}\n'
    )


def _tei() -> bytes:
    return (
        b'<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc>'
        b"<titleStmt><title>Rain</title></titleStmt></fileDesc></teiHeader><text><body><div>"
        b'<head>One</head><sp who="#a"><speaker>ANN</speaker><l>Wet.</l></sp><p>It <hi>rained</hi>'
        b".</p></div></body></text></TEI>"
    )


def _mail() -> bytes:
    return (
        b"From: Ann <a@x.example>\nSubject: =?utf-8?q?Rain?=\nDate: Fri, 6 Mar 1998 18:22:05 +0100\n"
        b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: '
        b"text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nIt rained=2E\n"
        b"> Wet.\n--b\nContent-Type: text/html\n\n<p>Wet.</p>\n--b--\n"
    )


def _warc() -> bytes:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>It rained all day.</p>"
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/\r\nWARC-Date: "
        b"2020-01-02T03:04:05Z\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: application/http; "
        b"msgtype=response\r\nContent-Length: %d\r\n\r\n" % len(page)
    )
    return head + page + b"\r\n\r\n"


def _pdf() -> bytes:
    """Write a page with a line on it."""
    stream = b"BT /F1 12 Tf 72 700 Td (It rained all day.) Tj ET"
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R"
            b"/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>"
        ),
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    )
    out, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = (
        b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
    )
    return out + tail % (table, len(out))


SEEDS: dict[str, Callable[[], bytes]] = {
    ".html": _html,
    ".md": _markdown,
    ".jsonl": _jsonl,
    ".tei": _tei,
    ".xml": lambda: b'<?xml version="1.0"?><r><p>It <b>rained</b>.</p><p>Wet.</p></r>',
    ".srt": lambda: (
        b"1\n00:00:01,000 --> 00:00:02,500\n<i>ANN:</i> It rained.\n\n2\n00:00:03,000 --> "
        b"00:00:04,000\n- Wet.\n"
    ),
    ".vtt": lambda: (
        b"WEBVTT\n\nNOTE x\n\n00:01.000 --> 00:02.500 align:start\n<v Ann>It rained.</v>\n"
    ),
    ".eml": _mail,
    ".mbox": lambda: b"From a@x.example Fri Mar  6 18:22:05 1998\n" + _mail() + b"\n",
    ".warc": _warc,
    ".docx": lambda: office.docx(office.par("Rain", style="Heading1") + office.par("It rained.")),
    ".odt": lambda: office.odt('<text:h text:outline-level="1">Rain</text:h><text:p>Wet.</text:p>'),
    ".rtf": lambda: (
        rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 It \b rained\b0.\par Wet \'e9\u8212?.\par}"
    ),
    ".epub": lambda: office.zipped(_epub_parts(), stored=("mimetype",)),
    ".pdf": _pdf,
    ".txt": "It rained.\n\n“Wet.”\n— Ann, 1921\n".encode,
}
"""A valid file for each reader, by the suffix that leads to it."""


def _epub_parts() -> dict[str, str]:
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"'
        ' version="1.0"><rootfiles><rootfile full-path="b.opf" media-type="application/'
        'oebps-package+xml"/></rootfiles></container>',
        "b.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc='
        '"http://purl.org/dc/elements/1.1/"><dc:title>Rain</dc:title></metadata><manifest><item id='
        '"a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref='
        '"a"/></spine></package>',
        "a.xhtml": '<html xmlns="http://www.w3.org/1999/xhtml"><body><h1>Rain</h1><p>Wet.</p></body>'
        "</html>",
    }


def unseeded() -> list[str]:
    """Name the readers of the table that no seed leads to."""
    return [one.media_types[0] for one in FORMATS if not set(one.suffixes) & set(SEEDS)]


def seeds() -> dict[str, bytes]:
    """Make the seeds of the readers that there are."""
    known = {suffix for one in FORMATS for suffix in one.suffixes}
    return {suffix: make() for suffix, make in SEEDS.items() if suffix in known}


def mutate(data: bytes, rng: random.Random) -> bytes:
    """Damage a file in one to six ways."""
    made = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(made) + 1)
        end = min(len(made), at + rng.choice((1, 4, 30, 400)))
        way = rng.randrange(8)
        if way == 0:
            del made[at:]
        elif way == 1:
            del made[at:end]
        elif way == 2 and at < len(made):
            made[at] ^= 1 << rng.randrange(8)
        elif way == 3:
            made[at:at] = rng.choice(MARKS) * rng.choice((1, 1, 1, 2, 50, 700))
        elif way == 4:
            made[at:at] = made[at:end] * rng.choice((1, 2, 40))
        elif way == 5:
            made[at:end] = rng.randbytes(end - at)
        elif way == 6:
            there = rng.randrange(len(made) + 1)
            made[there:there] = made[at:end]
        elif rng.random() < 0.1:
            made = bytearray(rng.randbytes(rng.choice((1, 60, 3000))))
    return bytes(made[:MAX_BYTES])


def feed(data: bytes, suffix: str) -> None:
    """Read a damaged file.

    Raises:
        AssertionError: Something else than a record came out, or it took too long.
    """
    begun = time.process_time()
    for one in read_raw(Raw(origin="fuzz", data=data, name=f"fuzz{suffix}"), settings=SETTINGS):
        assert isinstance(one, KINDS), type(one)
        if isinstance(one, Document):
            for block in one.blocks:
                assert 0 <= block.start < block.end <= len(one.text), block
        elif isinstance(one, LeftOut):
            assert one.reason, one
            assert one.fix, one
    taken = time.process_time() - begun
    assert taken < MAX_SECONDS, f"it took {taken:.1f} seconds"


def keep(data: bytes, suffix: str) -> Path:
    """Write a file that a reader failed on."""
    BUILD.mkdir(parents=True, exist_ok=True)
    path = BUILD / f"{hashlib.sha256(data).hexdigest()[:12]}{suffix}"
    path.write_bytes(data)
    return path


def run(seconds: float, seed: int) -> int:
    """Feed damaged files until the time is over; return how many failed."""
    rng, end = random.Random(seed), time.monotonic() + seconds
    every, tried, seen = list(seeds().items()), Counter[str](), set[str]()
    while time.monotonic() < end:
        suffix, valid = rng.choice(every)
        data = mutate(valid, rng)
        tried[suffix] += 1
        try:
            feed(data, suffix)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            name = f"{suffix} {type(error).__name__} {Path(where.filename).name}:{where.lineno}"
            if name not in seen:
                seen.add(name)
                print(f"{name}: {str(error)[:200]}\n  kept as {keep(data, suffix)}", flush=True)
    print(f"seed {seed}:", ", ".join(f"{n} {suffix}" for suffix, n in sorted(tried.items())))
    return len(seen)


def guided(seconds: int, suffix: str) -> None:
    """Let atheris look for what it has not seen, in this process; it ends the process."""
    import atheris

    BUILD.mkdir(parents=True, exist_ok=True)
    corpus = BUILD / f"corpus{suffix}"
    corpus.mkdir(exist_ok=True)
    (corpus / "seed").write_bytes(seeds()[suffix])
    atheris.instrument_all()
    options = [f"-max_total_time={seconds}", f"-max_len={MAX_BYTES}", "-timeout=20"]
    options += [f"-rss_limit_mb={MAX_MEGABYTES + 500}", f"-artifact_prefix={BUILD}/crash{suffix}-"]
    atheris.Setup(["fuzz", *options, str(corpus)], lambda data: feed(data, suffix))
    atheris.Fuzz()


def main() -> int:
    """Run for some seconds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("--guided", metavar="SUFFIX", help="one reader, by atheris")
    chosen = parser.parse_args()
    if chosen.guided:
        guided(chosen.seconds, chosen.guided)
        return 0
    try:
        import atheris  # noqa: F401 - is it there?
    except ImportError:
        print("atheris is not installed: nothing is guided by coverage")
        return run(chosen.seconds, chosen.seed) > 0
    failed = run(chosen.seconds / 2, chosen.seed) > 0
    each = max(2, chosen.seconds // 2 // len(seeds()))
    for suffix in seeds():
        command = [sys.executable, __file__, "--guided", suffix, "--seconds", str(each)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            failed = True
            print(f"{suffix}, guided:\n{done.stdout[-1500:]}{done.stderr[-1500:]}")
    return failed


if __name__ == "__main__":
    raise SystemExit(main())
