"""The index against reading everything: places, offsets, runs, votes; one segment or many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from twins import heaviest_subsequence

from chrestomathy.records import Passage, Source
from chrestomathy.textkit.fold import fold
from chrestomathy.trace import collection as collections
from chrestomathy.trace import trace_one
from chrestomathy.trace.align import KINDRED
from chrestomathy.trace.collection import Collection
from chrestomathy.trace.search import Query, Run, seeded_runs, weak_runs, windows

TREES = "ash birch cedar elm fir oak pine yew".split()
WORDS = st.lists(st.sampled_from(TREES), max_size=30)
TEXTS = st.lists(WORDS.filter(bool), min_size=1, max_size=4)
ODD_TEXTS = st.text(
    alphabet=st.one_of(
        st.sampled_from("abcXYZ019 .,-'’$%/\n\t—[]²−\u200b\u00adſæéÅ中の\u0301"), st.characters()
    ),
    max_size=400,
)


def collection_of(*texts: str) -> Collection:
    return Collection.of(Source(id=str(n), text=text) for n, text in enumerate(texts))


def query_for(words: list[str], collection: Collection) -> Query:
    return Query.of(fold(" ".join(words)), frozenset(), collection.free, collection)


def slow_runs(passage: list[str], texts: list[list[str]], least: int) -> set[tuple[int, int, int]]:
    """Read every diagonal of every text."""
    found, base = set(), 0
    for text in texts:
        for i in range(len(passage)):
            for j in range(len(text)):
                if passage[i] != text[j] or (i and j and passage[i - 1] == text[j - 1]):
                    continue
                length = 0
                while (
                    i + length < len(passage)
                    and j + length < len(text)
                    and passage[i + length] == text[j + length]
                ):
                    length += 1
                if length >= least:
                    found.add((i, base + j, length))
        base += len(text) + 1
    return found


@given(WORDS.filter(bool), TEXTS)
def test_every_run_that_is_found_is_one_and_every_long_one_is_found(
    passage: list[str], texts: list[list[str]]
) -> None:
    collection = collection_of(*map(" ".join, texts))

    found = {(r.i, r.j, r.length) for r in seeded_runs(query_for(passage, collection))}

    assert found <= slow_runs(passage, texts, 3)
    assert found >= slow_runs(passage, texts, 7)


@given(WORDS.filter(lambda words: len(words) > 1), TEXTS)
def test_weak_runs_are_runs_of_their_source(passage: list[str], texts: list[list[str]]) -> None:
    """A path that covers nothing lets the whole passage be searched in the first source."""
    collection = collection_of(*map(" ".join, texts))
    nothing = [Run(0, 0, 0)]

    found = {
        (r.i, r.j, r.length) for r in weak_runs(query_for(passage, collection), collection, nothing)
    }

    assert found <= slow_runs(passage, texts[:1], min(3, len(passage)))


@given(st.lists(ODD_TEXTS, min_size=1, max_size=4))
def test_words_stand_where_folding_put_them(texts: list[str]) -> None:
    """A byte a word, exceptions apart, gives every offset back, from any word on."""
    folded = [fold(text) for text in texts]
    if not any(map(len, folded)):
        return
    collection = collection_of(*texts)
    for source, one in enumerate(folded):
        words = collection.words_of(source)
        assert len(words) == len(one)
        assert words.words(0, len(one)) == one.words()
        assert words.hashes(0, len(one)).tolist() == one.hashes.tolist()
        for i in range(len(one)):
            assert words.span(i, i + 1) == one.span(i, i + 1)
            assert words.words(i, i + 1) == [one.word(i)]


@given(WORDS.filter(bool), TEXTS)
def test_windows_are_ordered_by_what_stands_there(
    passage: list[str], texts: list[list[str]]
) -> None:
    """Each place weighs as much as the slow twin says, and stays within its source."""
    collection = collection_of(*map(" ".join, texts))
    query = query_for(passage, collection)
    shared = {word for text in texts for word in text} & set(passage)

    found = windows(query, collection, most=3)

    assert bool(found) == bool(shared)
    weights = [one.standing for one in found]
    assert weights == sorted(weights, reverse=True)
    for one in found:
        low, high = collection.extent(one.source)
        assert low <= one.start < one.end <= high
        words = collection.ids(one.source, one.start, one.end).tolist()
        stems = collection.stems(one.source, one.start, one.end).tolist()
        row = query.ids[collection.segment_of(one.source)].tolist()
        gains = [
            [
                bits if a == b else KINDRED * bits if x == y else 0.0
                for a, x, bits in zip(row, query.stems.tolist(), query.bits.tolist(), strict=True)
            ]
            for b, y in zip(words, stems, strict=True)
        ]
        assert one.standing == pytest.approx(heaviest_subsequence(gains))


@pytest.fixture
def small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collections, "FIRST_SEGMENT", 40)
    monkeypatch.setattr(collections, "LARGEST_SEGMENT", 80)


def test_many_segments_answer_as_one(small_segments: None, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(7)
    texts = [" ".join(rng.choice(TREES, size=rng.integers(5, 40))) for _ in range(40)]
    many = collection_of(*texts)
    monkeypatch.undo()
    one = collection_of(*texts)
    passages = [
        Passage(id=str(n), text=" ".join(texts[n].split()[:12] + texts[n + 1].split()[3:12]))
        for n in range(30)
    ]

    assert len(many.segments) > 10 > len(one.segments)
    assert [one.bounds.tolist()] == [many.bounds.tolist()]
    for passage in passages:
        assert trace_one(passage, collection=many) == trace_one(passage, collection=one)


def test_a_crowded_bucket_costs_no_more_than_its_first_places() -> None:
    """One shingle a million times, and what shares its bucket, are found at once."""
    collection = collection_of("so it goes on and on " * 170_000 + "until the last lamp went out")
    passage = Passage(id="p", text="and on until the last lamp went out")

    verdict = trace_one(passage, collection=collection)

    assert verdict.wording == "exact"
