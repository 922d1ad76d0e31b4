"""Cases as data: pages, prose, negatives, attribution lines, dates, marks.

Each file of ``tests/cases/lift`` names by its own name where its texts come from; "own" texts
were written for this project. A librarian can read and correct them.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from chrestomathy.lift import Lifted, lift_document
from chrestomathy.lift.attribution import attribution_of, parse_claim
from chrestomathy.lift.dates import find_dates
from chrestomathy.read.formats import read_raw
from chrestomathy.read.inputs import Raw
from chrestomathy.read.plain import document_from_text
from chrestomathy.records import Document, Passage
from chrestomathy.settings import LiftSettings, ReadSettings
from chrestomathy.textkit.marks import quotations

CASES = Path(__file__).parents[1] / "cases" / "lift"
Case = dict[str, Any]


def load(name: str) -> list[Any]:
    """Read a file of cases; a known failure must go on failing until its reason is taken out."""
    return [
        pytest.param(case, id=case["label"], marks=_marks(case))
        for case in json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))
    ]


def _marks(case: Case) -> tuple[pytest.MarkDecorator, ...]:
    reason = case.get("known_failure")
    return (pytest.mark.xfail(reason=reason, strict=True),) if reason else ()


def lift_case(case: Case) -> Lifted:
    return lift_document(document_of(case), settings=LiftSettings())


def document_of(case: Case) -> Document:
    """Make the document of a case; a text is English where the case names no other language."""
    text, form = case["text"], case.get("format", "text")
    if form == "text":
        language = case.get("language", "en")
        return document_from_text(text, id="case", origin="case.txt", language=language)
    name = {"html": "case.html", "markdown": "case.md"}[form]
    raw = Raw(origin=name, name=name, data=text.encode())
    (document,) = read_raw(raw, settings=ReadSettings())
    assert isinstance(document, Document)
    return document


def field(passage: Passage, name: str) -> Any:
    if name in ("text", "mode", "rule"):
        return getattr(passage, name)
    if name in ("theme", "flags"):
        return list(getattr(passage, name))
    return getattr(passage.attribution, name)


PAGES = (
    "own-pages",
    "own-pages-2",
    "own-pages-3",
    "own-pages-4",
    "own-pages-5",
    "own-pages-languages",
    "own-pages-html",
    "own-prose",
    "own-prose-languages",
)
NEGATIVES = ("own-negatives", "own-negatives-2")
"""Texts in which nobody is quoted, or one person among look-alikes."""


@pytest.mark.parametrize("case", [case for name in (*PAGES, *NEGATIVES) for case in load(name)])
def test_pages(case: Case) -> None:
    """A page gives the passages that its case lists, in order, and no others."""
    lifted = lift_case(case)
    expected = case["expect"]["passages"]
    assert [one.text for one in lifted.passages] == [one["text"] for one in expected]
    for passage, wanted in zip(lifted.passages, expected, strict=True):
        for name, value in wanted.items():
            found = field(passage, name)
            if name == "flags":
                assert set(value) <= set(found)
            else:
                assert found == value, name
    assert case["expect"].get("page_type", lifted.page_type.kind) == lifted.page_type.kind


@pytest.mark.parametrize("case", load("own-attributions"))
def test_attributions(case: Case) -> None:
    """An attribution line gives the fields that its case lists."""
    claim = attribution_of(parse_claim(case["text"]), case["text"], 0)
    assert {name: getattr(claim, name) for name in case["expect"]} == case["expect"]


@pytest.mark.parametrize("case", load("own-dates"))
def test_dates(case: Case) -> None:
    """A line holds the dates that its case lists."""
    found = [one.edtf for one in find_dates(case["text"]) if one.role == "date"]
    assert found == case["expect"]


@pytest.mark.parametrize("case", load("own-marks"))
def test_marks(case: Case) -> None:
    """The outer quotations of a text are the pieces that its case lists."""
    text = case["text"]
    paragraphs = [m.span() for m in re.finditer(r"[^\n]+", text)]
    found = [
        [text[start:end] for start, end in one.pieces]
        for one in quotations(text, paragraphs)
        if one.depth == 0
    ]
    assert found == case["expect"]
