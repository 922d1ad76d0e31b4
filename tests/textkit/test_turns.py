"""Who speaks in plays and debates, and that nobody does in other texts."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import timing
from chrestomathy.textkit.turns import find_speakers

pytestmark = timing.timed

CASES = json.loads((Path(__file__).parents[1] / "cases/textkit/turns.json").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_a_case_of_who_speaks(case: dict[str, object]) -> None:
    text = str(case["text"])
    turns = [[one.name, text[one.start : one.end]] for one in find_speakers(text)]
    assert turns == case["turns"]


def test_one_scene_does_not_make_a_novel_a_play() -> None:
    scene = "ADA: Is it wet?\n\nTOM: It is.\n\n" * 4
    assert len(find_speakers(scene)) == 8
    assert find_speakers("It rained in town all day.\n\n" * 400 + scene) == ()


@given(st.text("AB:. \n*_aé1", max_size=200))
def test_turns_stand_in_the_text_in_order(text: str) -> None:
    at = 0
    for name, start, end in find_speakers(text * 3):
        assert name
        assert at <= start < end <= 3 * len(text)
        at = end


@pytest.mark.parametrize("piece", ["A", "A ", "MR. ", "**", "A.\n", "(", "_A", "\n", " \n"])
def test_no_text_is_slow(piece: str) -> None:
    assert timing.seconds(lambda: find_speakers(piece * 100_000)) < 3
