"""The quick ways of reading prose give what the careful ones give, and time grows with the text."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import chrestomathy.lift.chunks  # noqa: F401 - the name of the function hides the module
import timing
from chrestomathy.lift import lift_document
from chrestomathy.lift.layout import paragraphs
from chrestomathy.records import Document
from chrestomathy.settings import LiftSettings
from chrestomathy.textkit import marks

pytestmark = timing.timed

CHUNKS = sys.modules["chrestomathy.lift.chunks"]

_PIECES = st.sampled_from(
    [
        *('"', "“", "”", "„", "‟", "«", "»", "‘", "’", "'", "``", "''", "「", "」"),
        *("Come", "go", "Anna", "5'11", "1903", "isn't", " ", " ", " ", "\n", "\n", "\n\n"),
        *(",", " , ", ".", ":", "--", "— ", "- ", "(", ")", "1. ", "Source: ", "IV.", "* ", "> "),
        *("— Ann Lee, 1903", "She was a miller and went home.", "\r", "x" * 111, "\t", "Ann Lee"),
    ]
)
TEXTS = st.lists(_PIECES, max_size=30).map("".join)


def page(text: str) -> Document:
    return Document(id="d", origin="-", media_type="text/plain", blocks=(), text=text)


@given(TEXTS)
def test_pairs_are_what_the_stack_finds(text: str) -> None:
    """Two marks taken at once are the quotation that they are when taken one by one."""
    spans = [(one.start, one.end) for one in paragraphs(page(text))]
    quick = marks.quotations(text, spans)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(marks, "_pairs", lambda style: marks._pattern(style.known))
        assert quick == marks.quotations(text, spans)


@given(TEXTS)
def test_first_close_is_what_the_stack_finds(text: str) -> None:
    """Where one look tells whether a text stands in marks, the stack says the same."""
    for mark in ("", "“", '"'):
        quick = marks.in_marks(mark + text)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(marks, "_first_close", lambda _: None)
            assert quick == marks.in_marks(mark + text)


@given(TEXTS)
def test_whole_paragraphs_are_what_the_lines_give(text: str) -> None:
    """A paragraph that is taken for one text without a look at its lines is one."""
    blocks = paragraphs(page(text))
    quick = CHUNKS.chunks(text, blocks)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(CHUNKS, "_is_whole", lambda *_, **__: False)
        assert quick == CHUNKS.chunks(text, blocks)


NOVEL = (
    "“You will be late,” said Anna Holt,\nand shut the door of the mill behind her.\n\n"
    "The rain had stopped. She looked at the river for a while, and then\n"
    "she told him: “It is higher than in May. Will you look?”\n\n"
    "“I shall not,” he cried, “and you know why!”\n\n"
)


def test_time_grows_with_the_text() -> None:
    """A story four times as long takes about four times as long."""

    def lift(times: int) -> object:
        document = page(NOVEL * times)
        return lift_document(document, settings=LiftSettings(indirect=False))

    lift(10)  # what is made once and kept
    assert timing.growth(lift, 250).times <= timing.MAX_GROWTH
