"""Indirect speech, which is lifted only when asked for."""

from __future__ import annotations

import pytest

from chrestomathy.lift import lift_document
from chrestomathy.read.plain import document_from_text
from chrestomathy.records import Passage
from chrestomathy.settings import LiftSettings


def lifted(text: str, *, indirect: bool = True) -> list[Passage]:
    document = document_from_text(text, id="d", origin="-", language="en")
    return list(lift_document(document, settings=LiftSettings(indirect=indirect)).passages)


REPORTS = [
    (
        "The mayor said that the ferry would run again before the winter.",
        "the ferry would run again before the winter",
        "The mayor",
    ),
    (
        "Ilse Brandt told reporters the bridge had been painted twice for nothing.",
        "the bridge had been painted twice for nothing",
        "Ilse Brandt",
    ),
    (
        "The harbour will be closed until the ice is gone, Captain Oduya said.",
        "The harbour will be closed until the ice is gone",
        "Captain Oduya",
    ),
    (
        "According to the port authority, nine ships were turned away last week.",
        "nine ships were turned away last week",
        "the port authority",
    ),
]


@pytest.mark.parametrize(("text", "words", "speaker"), REPORTS)
def test_a_report_is_lifted_with_its_speaker(text: str, words: str, speaker: str) -> None:
    (passage,) = lifted(text)

    assert passage.mode == "indirect"
    assert passage.text == words
    assert passage.attribution.speaker == speaker


def test_a_report_with_words_in_marks_is_mixed() -> None:
    (passage,) = lifted("The mayor said that the ferry was “a pig” and would be sold.")

    assert passage.mode == "mixed"


@pytest.mark.parametrize(
    "text",
    [
        "The mayor said so.",
        "The road that he had praised was closed.",
        "The clock, which had stopped, was sold.",
    ],
)
def test_no_report_is_made_up(text: str) -> None:
    assert lifted(text) == []


def test_nothing_indirect_is_lifted_unasked() -> None:
    assert lifted(REPORTS[0][0], indirect=False) == []
