"""Attacks by pages, Markdown, JSON Lines and encodings: refused or read, in time and memory.

Each is made here, read among the others as a file would be, and recorded for the table in
docs/reliability.md (``make attacks``).
"""

from __future__ import annotations

import html
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import timing
from chrestomathy.read.formats import read_raw
from chrestomathy.read.inputs import Raw
from chrestomathy.records import Document, LeftOut
from chrestomathy.settings import ReadSettings

pytestmark = [pytest.mark.slow, timing.timed]

MAX_SECONDS = 2.0
MAX_MEGABYTES = 300
N_DEEP = 100_000
WORDS = "It rained on the valley all the day and nobody minded. "


def _paragraphs(megabytes: float) -> str:
    return f"<p>{WORDS * 20}</p>\n" * int(megabytes * 1e6 / (20 * len(WORDS) + 8))


ATTACKS: dict[str, tuple[str, Callable[[], str | bytes], str]] = {
    "HTML, 100,000 nested div, 0.5 MB": (".html", lambda: "<div>" * N_DEEP + "x", "nested"),
    "HTML, 100,000 nested div with ends, 1.1 MB": (
        ".html",
        lambda: "<div>" * N_DEEP + "x" + "</div>" * N_DEEP,
        "nested",
    ),
    "HTML, 20,000 nested blockquotes, 0.2 MB": (
        ".html",
        lambda: "<blockquote>" * 20_000 + WORDS,
        "nested",
    ),
    "HTML, 100,000 nested font, ends missing, 0.6 MB": (
        ".html",
        lambda: "<font>" * N_DEEP + WORDS,
        "nested",
    ),
    "HTML, text 900 deep, 5 kB": (".html", lambda: "<div>" * 900 + f"<p>{WORDS}", ""),
    "HTML, a page of 20 MB": (".html", lambda: _paragraphs(20), "at most 10,000,000"),
    "HTML, 9.9 MB of paragraphs": (".html", lambda: _paragraphs(9.9), ""),
    "HTML, 59,000 paragraphs of a line, 3.5 MB": (
        ".html",
        lambda: '<nav><a href="/">x</a></nav>' + f"<p>{WORDS}\n" * 59_000,
        "",
    ),
    "HTML, a million empty elements, 7 MB": (".html", lambda: "x<p></p>" * 10**6, "elements"),
    "HTML, one line of 1 MB without a tag in it": (
        ".html",
        lambda: f"<html><p>{WORDS * 18_000}",
        "",
    ),
    "HTML, null bytes between all letters, 1 MB": (
        ".html",
        lambda: f"<html><p>{WORDS * 9_000}".replace("", "\0"),
        "",
    ),
    "HTML, 100,000 unclosed comments, 0.5 MB": (
        ".html",
        lambda: "<html><p>x" + "<!--" * N_DEEP,
        "",
    ),
    "HTML, 100,000 times <script, 0.8 MB": (
        ".html",
        lambda: "<html><p>x" + "<script>" * N_DEEP,
        "",
    ),
    "HTML, one tag with 50,000 attributes, 0.6 MB": (
        ".html",
        lambda: "<p " + "".join(f'a{i}="x" ' for i in range(50_000)) + f">{WORDS}",
        "attributes",
    ),
    "HTML, a class of 1 MB": (".html", lambda: f'<div class="{"post-" * 200_000}"><p>{WORDS}', ""),
    "HTML, 10,000 pull quotes, 1 MB": (
        ".html",
        lambda: "".join(f'<aside class="pull-quote">{i} {WORDS}</aside>' for i in range(10_000)),
        "",
    ),
    "HTML, 10,000 <q> in each other, 0.1 MB": (".html", lambda: "<q>" * 10_000 + WORDS, "nested"),
    "HTML, JSON-LD nested 100,000 deep": (
        ".html",
        lambda: f'<script type="application/ld+json">{"[" * N_DEEP}</script><p>{WORDS}',
        "",
    ),
    "HTML, frames around nothing": (
        ".html",
        lambda: '<html><frameset><frame src="a.html"><frame src="b.html"></frameset></html>',
        "a.html, b.html",
    ),
    "Markdown, quotations nested 20,000 deep": (".md", lambda: "> " * 20_000 + WORDS, ""),
    "Markdown, 50,000 opening brackets": (".md", lambda: "[" * 50_000 + WORDS, ""),
    "Markdown, 20,000 times *a _b": (".md", lambda: "*a _b " * 20_000, ""),
    "Markdown, lists nested 2,000 deep": (
        ".md",
        lambda: "".join(f"{'  ' * i}- a\n" for i in range(2_000)),
        "",
    ),
    "JSON Lines, an array nested 100,000 deep": (
        ".jsonl",
        lambda: '{"id": "a", "text": ' + "[" * N_DEEP,
        "",
    ),
    "JSON Lines, offsets beyond the text": (
        ".jsonl",
        lambda: (
            '{"id": "a", "origin": "o", "media_type": "text/plain", "text": "Wet.", "blocks": '
            '[{"kind": "paragraph", "start": -4, "end": 99999999999}]}'
        ),
        "",
    ),
    "JSON Lines, a number of 1 MB": (".jsonl", lambda: '{"id": ' + "9" * 10**6 + "}", ""),
    "text, UTF-16 without its last byte": (
        ".txt",
        lambda: b"\xff\xfe" + WORDS.encode("utf-16-le")[:-1],
        "",
    ),
    "text, declared UTF-7": (
        ".html",
        lambda: b'<meta charset="utf-7"><p>+ADw-script+AD4- It rained on the valley.',
        "",
    ),
    "text, 1 MB of random bytes": (
        ".txt",
        lambda: random.Random(1).randbytes(1_000_000),
        "",
    ),
    "text, mojibake on one line of 1 MB": (".txt", lambda: "cafÃ© " * 140_000, ""),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_attack(name: str, measure: Any, attack_record: Any) -> None:
    suffix, make, said = ATTACKS[name]
    made = make()
    data = made.encode() if isinstance(made, str) else made
    with measure() as measured:
        raw = Raw(origin="a", data=data, name=f"a{suffix}")
        found = list(read_raw(raw, settings=ReadSettings()))
    assert found
    left = [one for one in found if isinstance(one, LeftOut)]
    what = f"left out: {left[0].reason}" if left else "read"
    attack_record(name, what, measured.seconds, measured.megabytes)
    if said:
        assert said in f"{left[0].reason} {left[0].fix}"
    for one in found:
        if isinstance(one, Document):
            assert "<script>" not in one.text
            assert all(0 <= b.start < b.end <= len(one.text) for b in one.blocks)
    assert measured.seconds <= MAX_SECONDS
    assert measured.megabytes <= MAX_MEGABYTES


SCRIPTS = (
    *("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "javascript:alert(1)"),
    *("'-alert(1)-'", "</title><script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    *("\u202ealert(1)", "data:text/html,<script>alert(1)</script>", "jav\tascript:alert(1)"),
)


@pytest.mark.parametrize("script", SCRIPTS)
def test_attack_by_script_in_every_field(
    script: str, tmp_path: Path, measure: Any, attack_record: Any
) -> None:
    """What a page says of itself goes on as text; an address that runs something goes nowhere."""
    from chrestomathy.pipeline import make
    from chrestomathy.publish import publish

    said = html.escape(script, quote=True)
    page = (
        f'<html lang="{said}"><head><title>{said}</title><meta name="author" content="{said}">'
        f'<meta name="dc.rights" content="{said}"><link rel="canonical" href="{said}"></head>'
        f'<body><h1>{said}</h1><blockquote cite="{said}"><p>It rained on the valley {said} '
        f"all the day and nobody minded.</p><footer>— {said}, <cite>{said}</cite></footer>"
        f"</blockquote></body></html>"
    )
    file = tmp_path / "a.html"
    file.write_text(page, "utf-8")
    with measure() as measured:
        raw = Raw(origin=script, data=page.encode(), name="a.html")
        (document,) = read_raw(raw, settings=ReadSettings())
        printed = publish(make([str(file)]), ["html"])["index.html"].decode().lower()
    assert isinstance(document, Document)
    cites = [(block.cite or "").lower() for block in document.blocks]
    assert not any(one.startswith(("javascript", "data")) for one in cites)
    assert (document.url or "http").startswith("http")
    assert printed.count("<script") == printed.count("</script>") == 1
    assert "<img" not in printed
    assert 'href="javascript' not in printed
    assert 'href="data' not in printed
    attack_record(
        f"HTML, {script[:40]!r} in every field, then published",
        "read; printed as text",
        measured.seconds,
        measured.megabytes,
    )
