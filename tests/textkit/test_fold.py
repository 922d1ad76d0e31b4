"""The folding contract, rule by rule, and the fast folding against its slow twin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chrestomathy.textkit.fold import fold, hash_word

EQUAL = [
    ("The END", "the end"),
    ("one\n two\tthree", "one two three"),
    ("“Don’t” ‘go’", "\"Don't\" 'go'"),
    ("well-known — fact", "well known fact"),
    ("infor-\nmation", "information"),
    ("so\u00adft", "soft"),
    ("ﬁnd ſome Cæsar", "find some Caesar"),
    ("ＡＢ１２", "ab12"),
    ("e\u0301te\u0301", "été"),
    ("1,000 and 1,234,567", "1000 and 1234567"),
    ("5% or 5 per cent or 5 per-cent", "5 percent or 5 percent or 5 %"),
    ("$5 and $5 million", "5 dollars and 5 million dollars"),
    ("$1", "1 dollar"),
    ("the U.S. and the U. S.", "the US and the US"),
    ("J. F. Kennedy", "J.F. Kennedy"),
    ("لا ريب ۛ فيه ۛ هدى", "لا ريب فيه هدى"),
    ("pe\u200bace \u202eup\u202c", "peace up"),
]
APART = [
    ("10.0", "100"),
    ("10²", "102"),
    ("−5", "5"),
    ("-5", "5"),
    ("3/4", "34"),
    ("3/4", "3 4"),
    ("1,5", "15"),
    ("$5", "£5"),
    ("£5", "5"),
    ("its", "it's"),
    ("don't", "do not"),
    ("to gether", "together"),
    ("p\u0430y", "pay"),
    ("résumé", "resume"),
    ("R&D", "R D"),
    ("x ≤ 5", "x 5"),
]


@pytest.mark.parametrize(("a", "b"), EQUAL)
def test_what_the_contract_folds_is_equal(a: str, b: str) -> None:
    assert fold(a).words() == fold(b).words()
    assert fold(a).hashes.tolist() == fold(b).hashes.tolist()


@pytest.mark.parametrize(("a", "b"), APART)
def test_what_the_contract_keeps_apart_differs(a: str, b: str) -> None:
    assert fold(a).hashes.tolist() != fold(b).hashes.tolist()


def test_scripts_without_spaces_are_taken_by_character() -> None:
    assert fold("学而时习之，不亦说乎？").words() == list("学而时习之不亦说乎")


def test_a_word_maps_back_to_what_was_printed() -> None:
    folded = fold("He paid $5 mil-\nlion in the U. S.")

    pieces = [folded.text[a:b] for a, b in zip(folded.starts, folded.ends, strict=True)]

    assert pieces == ["He", "paid", "$5", "mil-\nlion", "$5 mil-\nlion", "in", "the", "U. S"]


TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("abcXYZ019 .,-'’$%/\n\t—[]²−\u200b\u00adſæéÅ中の\u0301"), st.characters()
    ),
    max_size=60,
)


@given(TEXTS)
def test_the_fast_folding_equals_the_slow_one(text: str) -> None:
    """Each word's hash is that of the word spelt out character by character."""
    folded = fold(text)

    assert [hash_word(word) for word in folded.words()] == folded.hashes.tolist()


@given(TEXTS)
def test_words_stand_in_order_inside_the_text(text: str) -> None:
    folded = fold(text)

    assert (folded.starts[1:] >= folded.starts[:-1]).all()
    assert (folded.ends[1:] >= folded.ends[:-1]).all()
    assert all(0 <= a < b <= len(text) for a, b in zip(folded.starts, folded.ends, strict=True))


@given(TEXTS, TEXTS)
def test_folding_is_local(a: str, b: str) -> None:
    """Texts parted by a blank line fold as each alone does."""
    joined = fold(f"{a} \n\n {b}").words()

    assert joined == fold(a + " ").words() + fold(" " + b).words()
