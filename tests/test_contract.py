"""Records, their wire form and the machine interface agree."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import chrestomathy
from chrestomathy import codec, records
from chrestomathy.errors import ChrestomathyError, InputError

CONTRACT = Path(__file__).parents[2] / "shared" / "CONTRACT.md"
EXAMPLES = {
    "read": records.Document,
    "lift": records.Passage,
    "trace": records.Verdict,
    "grade": records.Grading,
}


def keys_of(kind: Any) -> set[str]:
    return {one.name for one in msgspec.inspect.type_info(kind).fields}  # type: ignore[union-attr]


@pytest.mark.shared
@pytest.mark.parametrize("verb", EXAMPLES)
def test_each_field_of_the_interface_is_a_field_of_the_record(verb: str) -> None:
    page = CONTRACT.read_text(encoding="utf-8")
    section = re.search(rf"^## {verb}:.*?```json\n(.*?)```", page, re.DOTALL | re.MULTILINE)
    assert section
    named = set(re.findall(r'"(\w+)":', re.sub(r"\{[^{}]*\}", "{}", section[1][1:])))

    missing = {name for name in named if name.islower()} - keys_of(EXAMPLES[verb])

    assert not missing


@pytest.mark.shared
def test_every_flag_and_kind_of_the_interface_is_known() -> None:
    page = CONTRACT.read_text(encoding="utf-8")
    flags = re.search(r"`flags`, a closed list: (.*?)\n", page)
    kinds = re.search(r"`kind`: (speech, .*?) \(", page)
    assert flags
    assert kinds

    assert set(re.findall(r"`([\w-]+)`", flags[1])) == set(records.PassageFlag.__args__)  # type: ignore[attr-defined]
    assert set(kinds[1].split(", ")) == set(records.Kind.__args__)  # type: ignore[attr-defined]


def test_a_record_is_told_by_its_fields() -> None:
    document = {"id": "d", "origin": "-", "media_type": "text/plain", "text": "x", "blocks": []}

    assert isinstance(codec.decode_item(json.dumps(document).encode()), records.Document)
    assert isinstance(codec.decode_item(b'{"id":"a","text":"x","spans":[]}'), records.Passage)
    assert isinstance(codec.decode_item(b'{"id":"a","text":"x","attribution":{}}'), records.Passage)
    assert isinstance(codec.decode_item(b'{"id":"a","text":"x","more":1}'), records.Bare)


def test_spans_are_pairs_on_the_wire() -> None:
    passage = records.Passage(id="p", text="x", spans=(records.Span(1, 2),))

    assert json.loads(codec.encode(passage))["spans"] == [[1, 2]]
    assert codec.decode(codec.encode(passage), records.Passage) == passage


def test_a_wrong_field_is_named() -> None:
    with pytest.raises(InputError, match=r"\$\.id") as caught:
        codec.decode(b'{"id": 7, "text": "x"}', records.Bare, at="line 3")

    assert "line 3" in str(caught.value)
    assert "chrestomathy schema bare" in str(caught.value)


def test_errors_survive_pickling() -> None:
    error = InputError("no text in 'a.txt'", fix="Name another file.", at="line 1")

    copy = pickle.loads(pickle.dumps(error))

    assert isinstance(copy, ChrestomathyError)
    assert str(copy) == str(error) == "no text in 'a.txt' (at line 1). Name another file."


def test_every_record_is_frozen() -> None:
    for kind in records.RECORDS.values():
        assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PASSAGES = st.builds(
    records.Passage,
    id=TEXT,
    text=TEXT,
    document=st.none() | TEXT,
    theme=st.lists(TEXT, max_size=2).map(tuple),
    spans=st.lists(st.builds(records.Span, st.integers(0, 9), st.integers(0, 9))).map(tuple),
    attribution=st.builds(
        records.Attribution,
        speaker=st.none() | TEXT,
        speaker_span=st.none() | st.builds(records.Span, st.integers(0, 9), st.integers(0, 9)),
        date=st.none() | TEXT,
        kind=st.none() | st.sampled_from(["speech", "letter"]),
    ),
    confidence=st.none() | st.floats(0, 1),
    flags=st.just(()),
)


@given(PASSAGES)
def test_a_record_comes_back_as_it_went(passage: records.Passage) -> None:
    line = codec.encode(passage)

    assert b"\n" not in line
    assert codec.decode_item(line) == passage
    assert codec.encode(codec.decode_item(line)) == line


def test_sources_that_cannot_be_read_are_logged(tmp_path: Path, caplog: Any) -> None:
    tmp_path.joinpath("good.txt").write_text("Read slowly, count twice, answer letters.", "utf-8")
    tmp_path.joinpath("bad.txt").write_bytes(b"\0\1\2\3")

    (verdict,) = chrestomathy.trace(["Read slowly, count twice"], sources=str(tmp_path))

    assert verdict.wording == "exact"
    assert "bad.txt" in caplog.text
