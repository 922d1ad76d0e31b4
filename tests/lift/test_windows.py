"""What is asked before a window of words is read never hides a cue; a window ends where it ends."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from chrestomathy.lift import cues, lift_document
from chrestomathy.lift.lexicon import speech
from chrestomathy.read.plain import document_from_text
from chrestomathy.settings import LiftSettings

_PIECES = st.sampled_from(
    [
        *("Anna Holt", "she", "er", "the old man", "der Präsident", "der", "who", "quietly", "."),
        *("said", "sagte", "s'écria", "ha-detto", "dit-il", "a-t-elle dit", "told", "used to say"),
        *("according to", "Laut", "vorlaut", "Nach Angaben von", "selon", "d’après", "Pour", "как"),
        *("по словам", "Según", "secondo", "segundo", "volgens", "według", "zdaniem", "enligt"),
        *("«", "»", "“", "”", ",", ":", "—", "-", "(", "'s", "\n", "x" * 90, "I", "J.", "U.S."),
    ]
)
TEXTS = st.lists(st.tuples(_PIECES, st.sampled_from(["", " ", " "])), max_size=40).map(
    lambda held: "".join(piece + space for piece, space in held)
)


@given(TEXTS, st.integers(0, 300), st.integers(0, 300))
def test_telling_hides_no_cue(text: str, one: int, other: int) -> None:
    """A stretch in which `Telling` knows of nothing has no cue that the words would show."""
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    telling = cues.Telling(text, 0, len(text))
    for find in (cues.cue_before, cues.cue_within):
        assert find(text, start, end, telling=telling) == find(text, start, end)


@given(TEXTS)
def test_signs_hide_no_source(text: str) -> None:
    """Every "According to" has one of the signs that are looked for first."""
    quick = [m.span() for m in cues._accordings(text, 0, len(text))]
    assert quick == [m.span() for m in cues._ACCORDING.finditer(text)]


def test_each_according_has_a_sign() -> None:
    """The signs stand in the table itself, for every language."""
    for pattern in speech.ACCORDING.values():
        for one in re.split(r"(?<![(:?])\|(?![^(]*\))", pattern):
            bare = re.sub(r"\(\?:\\ von\)\?|\(\?=.*?\)$", "", one).replace("\\ ", " ")
            assert any(sign in f"{bare} " for sign in speech.ACCORDING_SIGNS), one


def test_window_that_ends_behind_a_pronoun() -> None:
    """Nothing stands behind "dit-il" where the next quotation begins: the cue ends with it."""
    page = document_from_text("« Nous partons demain, oui » dit-il« Bien. »", id="d", origin="-")
    (first, *_) = lift_document(page, settings=LiftSettings()).passages
    assert first.attribution.raw == "dit-il"


def test_according_begins_a_word() -> None:
    """The end of another word names nobody: "vorlaut der …" has no "laut der"."""
    text = "Er fiel vorlaut der Ministerin ins Wort: „Wir bauen die Brücke im Mai.“"
    assert [m.start() for m in cues._accordings(text, 0, len(text))] == []
    assert [m.start() for m in cues._accordings("Laut der Ministerin", 0, 19)] == [0]
