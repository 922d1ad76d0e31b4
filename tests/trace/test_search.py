"""The index against brute force, the aligner against plain dynamic programming, bounds in time."""

from __future__ import annotations

from functools import cache

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import timing
from chrestomathy.records import Passage, Source
from chrestomathy.textkit.fold import fold
from chrestomathy.trace import trace_one
from chrestomathy.trace.align import EXTEND_PASSAGE, EXTEND_SOURCE, OPEN, SUBSTITUTE, align
from chrestomathy.trace.collection import Collection
from chrestomathy.trace.search import Query, seeded_runs, verbatim_places

pytestmark = timing.timed

WORDS = st.lists(st.sampled_from("ash birch cedar elm fir oak pine yew".split()), max_size=14)


def collection_of(*texts: str) -> Collection:
    return Collection.of(Source(id=str(n), text=text) for n, text in enumerate(texts))


@given(st.lists(WORDS.filter(bool), min_size=1, max_size=4), WORDS.filter(bool))
def test_verbatim_places_are_all_there_are(texts: list[list[str]], words: list[str]) -> None:
    """The shingles, or the rarest word, lead to the same places as reading everything."""
    collection = collection_of(*(" ".join(text) for text in texts))
    slow = [
        base + k
        for base, text in zip(collection.bounds.tolist(), texts, strict=False)
        for k in range(len(text) - len(words) + 1)
        if text[k : k + len(words)] == words
    ]

    ids, _ = collection.look_up(fold(" ".join(words)).hashes)
    found = verbatim_places(ids, collection.free)

    assert found.tolist() == slow


@given(
    WORDS, st.lists(st.sampled_from("ash birch cedar elm".split()), min_size=7, max_size=7), WORDS
)
def test_seven_words_in_common_share_a_winnowed_shingle(
    before: list[str], common: list[str], after: list[str]
) -> None:
    """Whatever stands around them, seven words are found as one run."""
    collection = collection_of(" ".join([*before, *common, *after]))
    query = Query.of(fold(" ".join(common)), frozenset(), collection.free, collection)

    assert any((run.i, run.length) == (0, 7) for run in seeded_runs(query))


def slow_score(a: list[str], b: list[str], weight: float, *, open_ends: bool) -> float:
    """Gotoh's recursion as it stands in the book."""

    @cache
    def match(i: int, j: int) -> float:
        if i == 0 and (j == 0 or open_ends):
            return 0.0
        if i == 0 or j == 0:
            return -np.inf
        gain = weight if a[i - 1] == b[j - 1] else SUBSTITUTE
        return best(i - 1, j - 1) + gain

    @cache
    def above(i: int, j: int) -> float:
        if i == 0:
            return -np.inf
        went = above(i - 1, j) + EXTEND_PASSAGE
        return max(went, max(match(i - 1, j), along(i - 1, j)) + OPEN)

    @cache
    def along(i: int, j: int) -> float:
        if j == 0:
            return -np.inf
        went = along(i, j - 1) + EXTEND_SOURCE
        return max(went, max(match(i, j - 1), above(i, j - 1)) + OPEN)

    def best(i: int, j: int) -> float:
        return max(match(i, j), above(i, j), along(i, j))

    if open_ends:
        return max(best(len(a), j) for j in range(len(b) + 1))
    return best(len(a), len(b))


def score_of(a: list[str], b: list[str], weight: float, *, open_ends: bool) -> float:
    """Add up what the operations of the fast aligner cost and gain."""
    ids = {word: k for k, word in enumerate({*a, *b})}
    ops = align(
        np.array([ids[word] for word in a], np.uint32),
        np.array([ids[word] for word in b], np.uint32),
        weights=np.full(len(a), weight),
        open_start=open_ends,
        open_end=open_ends,
    )
    total = 0.0
    for op in ops:
        la, lb = op.a1 - op.a0, op.b1 - op.b0
        if op.op == "equal":
            assert a[op.a0 : op.a1] == b[op.b0 : op.b1]
            total += weight * la
        elif op.op == "replace":
            assert la == lb
            total += SUBSTITUTE * la
        else:
            extend = EXTEND_PASSAGE if op.op == "insert" else EXTEND_SOURCE
            total += OPEN + extend * (la + lb - 1)
    assert [k for op in ops for k in range(op.a0, op.a1)] == list(range(len(a)))
    return total


@given(WORDS, WORDS.filter(bool), st.booleans())
def test_the_aligner_equals_plain_dynamic_programming(
    a: list[str], b: list[str], open_ends: bool
) -> None:
    fast = score_of(a, b, 1.25, open_ends=open_ends)

    assert np.isclose(fast, slow_score(a, b, 1.25, open_ends=open_ends))


def timed(text: str, collection: Collection) -> tuple[str, float]:
    wordings: list[str] = []

    def trace() -> None:
        wordings.append(trace_one(Passage(id="p", text=text), collection=collection).wording)

    took = timing.seconds(trace)
    return wordings[0], took


def test_ten_thousand_copies_of_a_source_take_no_longer() -> None:
    text = "The miller kept two ledgers, one for the river and one for the bank, and lost both."
    collection = collection_of(*[text] * 10_000)

    wording, seconds = timed("one for the river and one for the bank", collection)

    assert wording == "exact"
    assert seconds < 2


def test_a_shingle_repeated_a_million_times_keeps_time_bounded() -> None:
    collection = collection_of("round and " * 500_000 + "then the wheel stopped for good at noon")

    assert timed("then the wheel stopped for good at noon", collection)[0] == "exact"
    for passage in ("round and " * 200, "round and then the wheel stopped for bad at noon"):
        assert timed(passage, collection)[1] < 5


def test_a_passage_of_a_hundred_thousand_words() -> None:
    rng = np.random.default_rng(7)
    words = [f"w{n}" for n in rng.zipf(1.3, 120_000) % 30_000]
    collection = collection_of(" ".join(words))

    whole = " ".join(words[5_000:105_000])
    changed = " ".join([*words[5_000:50_000], "quite", *words[50_000:105_000]])

    assert timed(whole, collection)[0] == "exact"
    wording, seconds = timed(changed, collection)
    assert wording == "altered"
    assert seconds < 10


def test_a_chinese_passage_is_traced_in_chinese_sources() -> None:
    source = "子曰：「學而時習之，不亦說乎？有朋自遠方來，不亦樂乎？人不知而不慍，不亦君子乎？」"
    collection = collection_of(source)

    assert timed("有朋自遠方來，不亦樂乎", collection)[0] == "exact"
    assert timed("有朋自近方來，不亦樂乎？人不知而不慍", collection)[0] == "altered"


def test_of_equal_places_the_earliest_dated_comes_first_and_the_undated_last() -> None:
    text = "The tide keeps no calendar, and the ferry keeps none either."
    dates = [None, "1940", "-0043", "1899-05"]
    collection = Collection.of(Source(id=str(d), text=text, date=d) for d in dates)

    verdict = trace_one(Passage(id="p", text=text), collection=collection)

    found = [verdict.parts[0].source, *(one.source for one in verdict.also)]
    assert found == ["-0043", "1899-05", "1940", "None"]
