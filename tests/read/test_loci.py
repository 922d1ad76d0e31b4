"""Citable places: verses, acts and scenes, chapters, pages, and what is none of them."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import timing
from chrestomathy.read.loci import find_loci

pytestmark = timing.timed

CASES = json.loads((Path(__file__).parents[1] / "cases/read/loci.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_a_case_of_places(case: dict[str, object]) -> None:
    text = str(case["text"])
    assert [[one.ref, text[one.start : one.end]] for one in find_loci(text)] == case["loci"]


@given(st.lists(st.sampled_from(["1:1 ", "1:2 ", "ACT I", "Act 2.", "\n", "\f", "[p. 1]", "a "])))
def test_places_stand_in_the_text_in_order(pieces: list[str]) -> None:
    text = "".join(pieces) * 3
    at = 0
    for ref, start, end in find_loci(text):
        assert ref
        assert at <= start < end <= len(text)
        at = end


@pytest.mark.parametrize("piece", ["1:1 ", "1:", "\n", "ACT I\n", "\f", "[p. 1]", "Chapter ", "# "])
def test_no_text_is_slow(piece: str) -> None:
    assert timing.seconds(lambda: find_loci(piece * 50_000)) < 3
