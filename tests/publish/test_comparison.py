"""Both sides of a comparison, and what is said of them."""

import publish_samples as samples
from hypothesis import given
from hypothesis import strategies as st

from chrestomathy.publish.comparison import LONG_SAME_WORDS, compare
from chrestomathy.publish.plain import (
    meaning_sentence,
    standing_sentences,
    verdict_sentence,
)
from chrestomathy.records import Change, Omission, Part, Span


def _sides(entry):
    return compare(entry.passage, entry.verdict, entry.evidence)


def _of(side, kind):
    return [one.text for one in side if one.kind == kind]


def test_exact_words_need_no_comparison():
    assert _sides(samples.exact()) is None


def test_changes_are_marked_on_the_side_that_has_the_words():
    both = _sides(samples.altered())
    assert _of(both.passage, "added") == ["will"]
    assert _of(both.source, "removed") == ["shall", "not"]


def test_cut_sentence_shows_how_it_began_and_no_more():
    both = _sides(samples.truncated())
    assert _of(both.source, "context") == ["If the winter is mild, "]
    assert not both.page_differs


def test_omission_stands_where_the_mark_is():
    both = _sides(samples.ellipsis())
    assert [one.strip() for one in _of(both.passage, "marked")] == ["[…]"]
    assert _of(both.source, "marked")[0].startswith(": that the ford")


def test_splice_shows_the_join_on_both_sides():
    both = _sides(samples.spliced())
    assert [one.kind for one in both.passage].count("join") == 1
    assert [one.kind for one in both.source].count("join") == 1


def test_long_equal_stretch_is_shortened_and_counted():
    text = " ".join(f"w{i}" for i in range(LONG_SAME_WORDS + 10)) + " new"
    old = text.replace("new", "old")
    at = len(text) - 3
    judged = samples.verdict(
        "altered",
        parts=(Part(passage=Span(0, len(text)), source="s", start=0, end=len(old), text=old),),
        changes=(
            Change(
                op="replace",
                part=0,
                passage=Span(at, at + 3),
                source=Span(at, at + 3),
                passage_text="new",
                source_text="old",
                kind="word",
                meaning=False,
            ),
        ),
    )
    both = compare(samples.passage(text), judged)
    gaps = [one.words for one in both.passage if one.kind == "gap"]
    assert gaps == [LONG_SAME_WORDS + 10 - 24]
    assert _of(both.passage, "added") == ["new"]


spans = st.builds(Span, st.integers(-5, 60), st.integers(-5, 60))
changes = st.builds(
    Change,
    op=st.sampled_from(["replace", "delete", "insert"]),
    part=st.integers(0, 2),
    passage=spans,
    source=spans,
    passage_text=st.text(max_size=5),
    source_text=st.text(max_size=5),
    kind=st.sampled_from(["word", "number"]),
    meaning=st.booleans(),
    marked=st.booleans(),
)
omissions = st.builds(
    Omission,
    part=st.integers(0, 2),
    source=spans,
    marked=st.booleans(),
    text=st.text(max_size=20),
    meaning=st.booleans(),
)
parts = st.builds(
    Part,
    passage=spans,
    source=st.sampled_from(["a", "b"]),
    start=st.integers(0, 40),
    end=st.integers(0, 60),
    text=st.text(max_size=40),
)


@given(
    text=st.text(min_size=1, max_size=50),
    parts=st.lists(parts, min_size=1, max_size=3),
    changes=st.lists(changes, max_size=3),
    omissions=st.lists(omissions, max_size=2),
    wording=st.sampled_from(["altered", "spliced", "ellipsis", "truncated"]),
)
def test_no_word_of_the_passage_is_lost_whatever_the_offsets(
    text, parts, changes, omissions, wording
):
    judged = samples.verdict(
        wording, parts=tuple(parts), changes=tuple(changes), omissions=tuple(omissions)
    )
    both = compare(samples.passage(text), judged)
    if not any(one.kind == "gap" for one in both.passage):
        assert "".join(one.text for one in both.passage) == text


def test_verdicts_in_words():
    said = [verdict_sentence(one, (samples.SEARCHED,)) for one in samples.every_wording()]
    assert said == [
        "word for word in Address to the Harbour Council, 1790 (Edith Marlowe)",
        (
            "two words differ: ‘will’ stands for ‘shall’ and ‘not’ is missing; "
            "compared with Address to the Harbour Council, 1790 (Edith Marlowe)"
        ),
        (
            "begins in the middle of a sentence; the words stand in "
            "Address to the Harbour Council, 1790 (Edith Marlowe)"
        ),
        (
            "shortened by ten words, and the page marks it; the words stand in "
            "Letter to a Young Surveyor, 1812 (Tobias Wren), leaf 2:10 and leaf 2:11"
        ),
        (
            "joined from two places without a mark: "
            "Letter to a Young Surveyor, 1812 (Tobias Wren), leaf 2:11 and "
            "Address to the Harbour Council, 1790 (Edith Marlowe)"
        ),
        "not in this collection (249 sources: harbour)",
        "too short or too common to tell",
        "not checked",
    ]
    assert verdict_sentence(samples.unchecked()) == "not checked: no sources given"


def test_standing_and_meaning_in_words():
    one = samples.altered()
    assert standing_sentences(one.verdict, one.passage.attribution) == [
        "The speaker agrees with the source.",
        "The source is dated 8 January 1790; the page says 1789.",
    ]
    assert meaning_sentence(one.verdict) == (
        "The meaning may have changed: a word of duty or possibility and a negation."
    )


def test_nothing_is_said_of_a_claim_where_nothing_was_found():
    one = samples.not_found()
    assert standing_sentences(one.verdict, one.passage.attribution) == []
