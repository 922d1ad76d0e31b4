"""Cases of passages held against three short speeches, each with the verdict it must get."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chrestomathy.codec import decode
from chrestomathy.records import Passage, Source, Verdict
from chrestomathy.trace import explain, trace_one
from chrestomathy.trace.collection import Collection
from chrestomathy.trace.judge import replay

FOLDER = Path(__file__).parents[1] / "cases" / "trace"
CASES = json.loads((FOLDER / "wordings.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def collection() -> Collection:
    lines = (FOLDER / "sources.jsonl").read_bytes().splitlines()
    return Collection.of(decode(line, Source) for line in lines)


@pytest.fixture(params=CASES, ids=lambda case: case["label"])
def judged(
    request: pytest.FixtureRequest, collection: Collection
) -> tuple[dict[str, Any], Verdict]:
    case = request.param
    passage = Passage(id="p", text=case["passage"])
    return case, trace_one(passage, collection=collection)


def test_each_passage_gets_its_wording(judged: tuple[dict[str, Any], Verdict]) -> None:
    case, verdict = judged
    expect = case["expect"]

    assert verdict.wording == expect["wording"], explain(verdict)
    if "meaning" in expect:
        assert verdict.meaning_changed == expect["meaning"], verdict.changes
    if "kinds" in expect:
        assert [one.kind for one in verdict.changes] == expect["kinds"], verdict.changes
    if "sources" in expect:
        assert [one.source for one in verdict.parts] == expect["sources"]
    if "also" in expect:
        assert [one.source for one in verdict.also] == expect["also"]
    if "parts" in expect:
        assert len(verdict.parts) == expect["parts"]
    if "omissions_meaning" in expect:
        assert any(one.meaning for one in verdict.omissions)
    assert set(expect.get("flags", [])) <= set(verdict.flags)


def test_each_verdict_follows_from_its_reasons(judged: tuple[dict[str, Any], Verdict]) -> None:
    _, verdict = judged

    assert replay(verdict.reasons) == verdict.wording
    assert all(one.detail in explain(verdict) for one in verdict.reasons)


def test_each_place_is_faithful(
    judged: tuple[dict[str, Any], Verdict], collection: Collection
) -> None:
    """Parts, changes and omissions stand where they say, in both texts."""
    case, verdict = judged
    for part in verdict.parts:
        text = collection.sources_by_id[part.source].text
        assert part.text == text[part.start : part.end]
    for change in verdict.changes:
        text = collection.sources_by_id[verdict.parts[change.part].source].text
        assert change.passage_text == case["passage"][slice(*change.passage)]
        assert change.source_text == text[slice(*change.source)]
    for omission in verdict.omissions:
        text = collection.sources_by_id[verdict.parts[omission.part].source].text
        assert omission.text == text[slice(*omission.source)]


def test_a_passage_is_never_held_against_its_own_document(collection: Collection) -> None:
    words = "it is a lamp that one hand lights from another, and the first flame"
    passage = Passage(id="p", text=words, document="school/1934")

    assert trace_one(passage, collection=collection).wording == "not_found"
