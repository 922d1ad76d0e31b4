"""Thirty-two pages in the markup of real sites: what their labels name is kept.

The pages and ``labels.json`` in ``tests/cases/read/html/`` were written for this, before the
reader was run on them. ``benchmarks/read.py`` measures the same pages beside other readers.
"""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from chrestomathy.read.html import document_from_html
from chrestomathy.read.markup import find_lines
from chrestomathy.records import Document
from chrestomathy.settings import ReadSettings

PAGES = Path(__file__).parent.parent / "cases" / "read" / "html"
LABELS: dict[str, dict[str, Any]] = json.loads((PAGES / "labels.json").read_text("utf-8"))
NEAR_CHARS = 40

every_page = pytest.mark.parametrize("name", sorted(LABELS))


def read(name: str) -> Document:
    data = (PAGES / f"{name}.html").read_bytes()
    return document_from_html(data, id="i", origin="o", settings=ReadSettings())


def letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


@every_page
def test_each_quotation_is_kept_with_its_attribution(name: str) -> None:
    text = letters(read(name).text)
    for quotation, attribution in LABELS[name]["attributions"]:
        said, by = letters(quotation), letters(attribution)
        reach = len(by) + NEAR_CHARS
        places = [m.start() for m in re.finditer(re.escape(said), text)]
        around = [text[max(0, at - reach) : at + len(said) + reach] for at in places]
        assert any(by in one for one in around), attribution
    for quotation in LABELS[name]["quotations"]:
        assert letters(quotation) in text


@every_page
def test_headings_have_their_levels(name: str) -> None:
    document = read(name)
    given = [
        [block.level, letters(document.text[block.start : block.end])]
        for block in document.blocks
        if block.kind == "heading"
    ]
    wanted = [[level, letters(text)] for level, text in LABELS[name]["headings"]]
    rest = iter(given)
    assert all(one in rest for one in wanted), given


@every_page
def test_addresses_of_quotations_are_kept(name: str) -> None:
    document = read(name)
    given = {
        (letters(document.text[block.start : block.end]), block.cite)
        for block in document.blocks
        if block.cite
    }
    for quotation, address in LABELS[name]["cites"]:
        assert any(letters(quotation) in text and one == address for text, one in given)


@every_page
def test_blocks_tile_the_text(name: str) -> None:
    document = read(name)
    end = -2
    for block in document.blocks:
        assert document.text[max(0, end) : block.start] == ("\n\n" if end >= 0 else "")
        assert document.text[block.start : block.end].strip()
        end = block.end
    assert end == len(document.text)


@every_page
def test_quotations_are_found_again_in_the_markup(name: str) -> None:
    """The report of a draft in HTML leads to the line of the file."""
    markup = (PAGES / f"{name}.html").read_text("utf-8")
    quotations = LABELS[name]["quotations"]
    found = list(find_lines(markup, quotations))
    lines = markup.split("\n")
    for quotation, place in zip(quotations, found, strict=True):
        assert place is not None, quotation
        first = letters(quotation)[:3]
        assert (
            letters(lines[place.line - 1][place.column - 1 :].replace("<b>", ""))[:1] == first[:1]
        )
