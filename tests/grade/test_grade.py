"""GRADE: a level with its doubt for English, a reason without a level for the rest."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import timing
from chrestomathy.grade import grade, grade_text
from chrestomathy.records import Bare, Grading, Passage
from chrestomathy.settings import GradeSettings

LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")

EASY = "Tom has a dog. The dog is big. They play in the garden every day."
MIDDLE = (
    "When the storm had passed, the villagers walked down to the harbour to see what was left of "
    "their boats, and those who had lost everything were helped by those who had not."
)
HARD = (
    "Notwithstanding the equivocal provenance of the manuscript, its marginalia betray a "
    "theological erudition scarcely reconcilable with the provincial obscurity that posterity has, "
    "with condescension rather than scruple, ascribed to its putative author."
)


def check(grading: Grading) -> None:
    """Hold a grading to what the record promises."""
    if grading.level is None:
        assert grading.interval is None
        assert grading.difficulty is None
        assert grading.probabilities == {}
        assert len(grading.reasons) == 1
        return
    assert tuple(grading.probabilities) == LEVELS
    assert sum(grading.probabilities.values()) == pytest.approx(1.0, abs=1e-9)
    assert all(0 <= one <= 1 for one in grading.probabilities.values())
    assert grading.interval is not None
    low, high = (LEVELS.index(one) for one in grading.interval)
    assert low <= LEVELS.index(grading.level) <= high
    assert grading.difficulty is not None
    assert 0 <= grading.difficulty <= 1
    shares = list(grading.coverage.values())
    assert shares == sorted(shares)
    assert all(0 <= one <= 1 for one in shares)
    assert 2 <= len(grading.reasons) <= 5
    assert grading.model


def test_harder_texts_are_harder() -> None:
    easy, middle, hard = (grade_text(text, id="x") for text in (EASY, MIDDLE, HARD))
    assert easy.difficulty is not None
    assert middle.difficulty is not None
    assert hard.difficulty is not None
    assert easy.difficulty < middle.difficulty < hard.difficulty
    assert easy.level in ("A1", "A2")
    assert middle.level in ("B1", "B2")
    assert hard.level in ("C1", "C2")


def test_reasons_name_what_is_in_the_text() -> None:
    reasons = " / ".join(grade_text(HARD, id="x").reasons)
    assert "one sentence of 32 words" in reasons
    assert "posterity" in reasons
    assert "rarer than the 5,000 commonest" in reasons


def test_names_are_no_hard_words() -> None:
    plain = grade_text("Then they went to the town and met the man there.", id="x")
    named = grade_text("Then they went to Ljubljana and met Szymborska there.", id="x")
    assert named.coverage["2000"] == 1.0
    assert named.difficulty == pytest.approx(plain.difficulty, abs=0.12)


def test_tokenised_spelling_grades_like_natural_spelling() -> None:
    natural = grade_text("He didn't go, and she said (twice) that it's late.", id="x")
    tokenised = grade_text("He did n't go , and she said ( twice ) that it 's late .", id="x")
    assert natural == tokenised


def test_every_input_comes_out_once_in_order() -> None:
    passages = [Bare(id="a", text=EASY), Passage(id="b", text=""), Bare(id="a", text=HARD)]
    found = list(grade(passages, settings=GradeSettings()))
    assert [one.id for one in found] == ["a", "b", "a"]
    assert [one.level is None for one in found] == [False, True, False]


def test_a_stream_is_not_read_ahead() -> None:
    def passages():
        yield Bare(id="a", text=EASY)
        raise AssertionError("read ahead")

    assert next(grade(passages())).id == "a"


@pytest.mark.parametrize(
    ("text", "language", "reason"),
    [
        ("", None, "there is no text"),
        (" \n\t", "en", "there is no text"),
        ("😀😀", None, "there are no words to grade"),
        ("12 + 30 = 42 …", None, "there are no words to grade"),
        ("xyz b", "de", "the language is German; only English is graded"),
        ("Am Abend gingen wir zum Fluss und sahen auf der Brücke einen Hund.", None,
         "the language is German; only English is graded"),
        ("傍晚我们走到河边，桥上没有人。", None, "the language is Chinese; only English is graded"),
        ("傍晚我们走到河边，桥上没有人。", "en", "the language is Chinese; only English is graded"),
        ("ᚠᛇᚻ᛫ᛒᛦᚦ", None, "there are no words to grade"),
    ],
)  # fmt: skip
def test_what_cannot_be_graded_says_why(text: str, language: str | None, reason: str) -> None:
    grading = grade_text(text, id="x", language=language)
    check(grading)
    assert grading.reasons == (reason,)


@pytest.mark.parametrize("language", [None, "en", "en-GB", "EN_us"])
def test_short_latin_text_counts_as_english(language: str | None) -> None:
    assert grade_text("Good morning!", id="x", language=language).level == "A1"


def test_few_words_leave_a_wide_doubt() -> None:
    grading = grade_text("Perspicacity.", id="x")
    assert grading.interval is not None
    assert LEVELS.index(grading.interval[1]) > LEVELS.index(grading.interval[0])
    assert any("guess from very little" in one for one in grading.reasons)


@pytest.mark.parametrize(
    "word", ["qwxzt", "a", "I", "n't", "O'Neill's", "ſlain", "naïveté", "x" * 9999]
)
def test_one_odd_word_is_graded(word: str) -> None:
    check(grade_text(word, id="x"))


def test_capitals_throughout_are_no_names() -> None:
    shouted = grade_text("THE CAT IS ON THE TABLE.", id="x")
    assert shouted.difficulty == grade_text("The cat is on the table.", id="x").difficulty


@timing.timed
def test_a_passage_of_100_000_words_takes_bounded_time() -> None:
    text = f"{MIDDLE} {HARD} {EASY} " * 1200
    assert len(text.split()) > 95_000
    grade_text(EASY, id="warm")
    gradings = []
    assert timing.seconds(lambda: gradings.append(grade_text(text, id="x"))) < 5
    assert any("judged by" in one for one in gradings[0].reasons)


def test_coverage_ranks_are_a_setting() -> None:
    grading = grade_text(EASY, id="x", settings=GradeSettings(coverage_ranks=(500, 8000)))
    assert list(grading.coverage) == ["500", "8000"]


def test_importing_loads_nothing_heavy() -> None:
    code = (
        "import sys; import chrestomathy.grade; "
        "print([m for m in ('numpy', 'simplemma', 'lemminflect') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


words = st.sampled_from(
    "the a dog Dog He said that, which of . ! ? — ; ( ) “ ” 's n't 42 I NATO perspicacious ein 我 é \n\n".split(
        " "
    )
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(words, max_size=60).map(" ".join)))
def test_any_text_keeps_the_promises_and_is_deterministic(text: str) -> None:
    grading = grade_text(text, id="x")
    check(grading)
    assert grade_text(text, id="x") == grading


@settings(max_examples=60, deadline=None)
@given(st.lists(words, min_size=1, max_size=60).map(" ".join))
def test_any_english_text_keeps_the_promises(text: str) -> None:
    check(grade_text(text, id="x", language="en"))
