"""The C library: that it loads and says what is wrong, and that it equals its slow twins."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import twins
from hypothesis import given
from hypothesis import strategies as st

from chrestomathy import native
from chrestomathy.errors import DependencyMissing, InternalError
from chrestomathy.trace.align import align
from chrestomathy.trace.search import Run, chain


@pytest.fixture
def fresh() -> Any:
    native.load.cache_clear()
    yield
    native.load.cache_clear()


def test_a_missing_library_says_what_to_do(
    fresh: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(native.NAMED, str(tmp_path / "none.so"))

    with pytest.raises(DependencyMissing, match=r"missing.*none\.so.*pip install"):
        native.load()


def test_a_library_that_cannot_be_loaded_says_why(
    fresh: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "bad.so").write_text("no library")
    monkeypatch.setenv(native.NAMED, str(tmp_path / "bad.so"))

    with pytest.raises(DependencyMissing, match="cannot be loaded"):
        native.load()


def test_a_library_of_another_version_is_refused(
    fresh: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(native, "ABI", native.ABI + 1)

    with pytest.raises(InternalError, match="has version"):
        native.load()


def test_an_array_is_passed_by_its_address() -> None:
    array = np.arange(10, dtype=np.uint32)
    locked = array.copy()
    locked.flags.writeable = False

    assert native.at(array) == array.ctypes.data
    assert native.at(array[3:]) == array.ctypes.data + 12
    assert native.at(locked) == locked.ctypes.data
    native.at(array[:0])
    with pytest.raises(InternalError, match="gaps"):
        native.at(array[::2])


@st.composite
def rectangles(draw: st.DrawFn) -> dict[str, Any]:
    """Two runs of words of a small alphabet; a stem is shared by two words."""
    some = st.lists(st.integers(0, draw(st.integers(0, 6))), max_size=24)
    a, b = (np.array(draw(some), np.uint32) for _ in range(2))
    bits = st.one_of(st.sampled_from([0.5, 1.0, 2.5]), st.floats(0.5, 2.5))
    weights = draw(st.lists(bits, min_size=len(a), max_size=len(a)))
    return {
        "a": a,
        "b": b,
        "weights": np.array(weights, np.float64),
        "stems": (a // 2, b // 2) if draw(st.booleans()) else None,
        "free_before": draw(st.frozensets(st.integers(0, len(a)), max_size=3)),
        "open_start": draw(st.booleans()),
        "open_end": draw(st.booleans()),
    }


@given(rectangles())
def test_the_aligner_equals_its_twin(rectangle: dict[str, Any]) -> None:
    assert align(**rectangle) == twins.align(**rectangle)


def test_a_large_rectangle_equals_its_twin() -> None:
    random = np.random.default_rng(1)
    a, b = (random.integers(0, 40, size, dtype=np.uint32) for size in (90, 400))
    b[100:160] = a[20:80]
    weights = random.uniform(0.5, 2.5, len(a))

    assert align(a, b, weights=weights) == twins.align(a, b, weights=weights)


def test_weights_of_other_words_are_refused() -> None:
    ids = np.arange(4, dtype=np.uint32)

    with pytest.raises(InternalError, match="4 and 4 words"):
        align(ids, ids, weights=np.ones(3))


@st.composite
def chains(draw: st.DrawFn) -> tuple[Any, frozenset[int], Any, list[Run]]:
    """A passage's words and runs anywhere in three sources of 100 words."""
    size = draw(st.integers(1, 40))
    bits = draw(st.lists(st.floats(0, 20), min_size=size, max_size=size))
    marks = draw(st.frozensets(st.integers(0, size), max_size=3))
    runs = []
    for _ in range(draw(st.integers(0, 12))):
        i, source = draw(st.integers(0, size - 1)), draw(st.integers(0, 2))
        length = draw(st.integers(1, size - i))
        j = 100 * source + draw(st.integers(0, 100 - length))
        runs.append(Run(i, j, length))
    return np.array(bits), marks, np.array([0, 100, 200, 300]), runs


@given(chains())
def test_chaining_equals_its_twin(given: tuple[Any, frozenset[int], Any, list[Run]]) -> None:
    bits, marks, bounds, runs = given
    query: Any = SimpleNamespace(words=bits, bits=bits, marks=marks)
    collection: Any = SimpleNamespace(bounds=bounds)

    assert chain(query, collection, runs) == twins.chain(bits, marks, bounds, runs)
