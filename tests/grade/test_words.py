"""What the lists know of words: lemmas, levels, frequency, names, features."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chrestomathy.grade.features import (
    FUNCTION_WORDS,
    NAMES,
    analyse,
    count_syllables,
    known_word,
    parted_again,
    unit_features,
)
from chrestomathy.grade.frequency import UNSEEN_RANK, frequency_of, load_frequencies
from chrestomathy.grade.lemmas import find_names, lemma_of, lemmas_of
from chrestomathy.grade.levels import blend, find_level, guess_difficulty, load_levels
from chrestomathy.textkit.words import iter_words


@pytest.mark.parametrize(
    ("form", "lemma"),
    [("went", "go"), ("mice", "mouse"), ("won't", "will"), ("Pedro's".lower(), "pedro"), ("better", "good"), ("maketh", "make"), ("leadeth", "lead"), ("teeth", "tooth"), ("hath", "have")],
)  # fmt: skip
def test_lemma(form: str, lemma: str) -> None:
    assert lemma_of(form) == lemma


def test_ambiguous_forms_have_every_lemma() -> None:
    assert {"leaf", "leave"} <= set(lemmas_of("leaves"))


@given(st.text(max_size=60))
def test_any_form_has_a_lemma(form: str) -> None:
    found = lemmas_of(form)
    assert found
    assert known_word(form).syllables >= 1


def test_level_is_the_easiest_reading_unless_the_part_of_speech_is_known() -> None:
    assert find_level("found") == find_level("find") == 1
    assert find_level("qwxz") is None
    tags = load_levels()["light"]
    assert find_level("light") == min(tags.values())
    assert find_level("light", tag="NOUN") == tags["NOUN"]


def test_lists_are_whole() -> None:
    assert len(load_levels()) > 7000
    ranks = load_frequencies()
    assert len(ranks) > 40_000
    zipfs = [one.zipf for one in ranks.values()]
    assert zipfs == sorted(zipfs, reverse=True)
    assert frequency_of("qwxz").rank == UNSEEN_RANK


def test_listed_words_keep_near_their_level() -> None:
    easy, hard = guess_difficulty(6.0, 3, 1), guess_difficulty(2.5, 12, 4)
    assert 1 <= easy < hard <= 6
    assert blend(1, easy) < 2 < blend(6, hard) <= 6
    assert blend(0, hard) == hard


def test_words_that_no_list_has_are_as_hard_as_their_company() -> None:
    """Of two words as rare, the one that stands beside everyday words is the easier."""
    assert known_word("hummus").difficulty < known_word("magnetite").difficulty
    assert all(1 <= one.difficulty <= 6 for one in load_frequencies().values())


def test_one_rare_word_among_three_counts_less_than_among_many() -> None:
    short = dict(zip(NAMES, unit_features(analyse("Eat the hummus.")), strict=True))
    assert short["shrunk_difficulty"] < short["difficulty_content"]
    only_small = unit_features(analyse("He was with them."))
    assert dict(zip(NAMES, only_small, strict=True))["shrunk_zipf"] == 5.0


def test_no_small_word_has_two_classes() -> None:
    words = [word for group in FUNCTION_WORDS.values() for word in group.split()]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("We saw Mary there .", ["Mary"]),
        ("Mary saw us , and Mary left .", ["Mary", "Mary"]),
        ("I think I know .", []),
        ("THE END OF IT", []),
    ],
)
def test_names_by_their_capitals(sentence: str, names: list[str]) -> None:
    words = [word for word in sentence.split() if word.isalpha()]
    known = [word.lower() != "mary" for word in words]
    found = find_names(words, [0], known)
    assert [word for word, name in zip(words, found, strict=True) if name] == names


@pytest.mark.parametrize(("word", "n"), [("strength", 1), ("walked", 1), ("wanted", 2), ("idea", 2), ("b", 1)])  # fmt: skip
def test_syllables(word: str, n: int) -> None:
    assert count_syllables(word) == n


def test_words_have_their_places() -> None:
    text = "It’s well-known: e.g. 3rd-rate"
    assert [text[w.start : w.end] for w in iter_words(text)] == ["It’s", "well", "known", "e", "g", "rd", "rate"]  # fmt: skip


def test_features_have_names_and_are_finite() -> None:
    vector = unit_features(analyse("The committee, which had been formed in 1999, never met."))
    assert len(vector) == len(NAMES) == len(set(NAMES))
    assert all(math.isfinite(one) for one in vector)
    by_name = dict(zip(NAMES, vector, strict=True))
    assert by_name["passive"] == 1
    assert by_name["numbers"] > 0
    assert by_name["relative"] == pytest.approx(1 / 9)


@given(st.text(alphabet="abI .,'’\n!?ÉéA-", max_size=200))
def test_features_of_any_text_are_finite(text: str) -> None:
    for sentence in analyse(parted_again(text)):
        assert np.isfinite(unit_features([sentence])).all()
