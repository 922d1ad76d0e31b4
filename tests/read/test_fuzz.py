"""A short run of what ``make fuzz-read`` does at length, and the cases that it found."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from fuzzing import feed, mutate, seeds, unseeded
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chrestomathy.read.formats import read_raw
from chrestomathy.read.inputs import Raw
from chrestomathy.records import LeftOut
from chrestomathy.settings import ReadSettings

CASES = Path(__file__).parent.parent / "cases" / "read" / "fuzz"
SEEDS = seeds()
N_DAMAGED = 25


def test_every_reader_has_a_seed() -> None:
    assert unseeded() == []


SUFFIXES = [  # each PDF is read in a process of its own, which takes a while to start
    pytest.param(one, marks=pytest.mark.slow) if one == ".pdf" else one for one in sorted(SEEDS)
]


@pytest.mark.parametrize("suffix", sorted(SEEDS))
def test_a_seed_is_a_valid_file(suffix: str) -> None:
    raw = Raw(origin="seed", data=SEEDS[suffix], name=f"seed{suffix}")
    found = list(read_raw(raw, settings=ReadSettings()))
    assert found
    assert not [one for one in found if isinstance(one, LeftOut)]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_damaged_files_give_records_only(suffix: str) -> None:
    rng = random.Random(suffix)
    for _ in range(N_DAMAGED):
        feed(mutate(SEEDS[suffix], rng), suffix)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300))
def test_any_bytes_give_records_only(suffix: str, data: bytes) -> None:
    feed(data, suffix)


@pytest.mark.parametrize("path", sorted(CASES.glob("*")), ids=lambda path: path.name)
def test_case(path: Path) -> None:
    feed(path.read_bytes(), path.suffix)
