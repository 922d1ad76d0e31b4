"""Cases of passages, each with the verdict it must get.

A case is held against the text that it brings (`source`), or against three short speeches.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chrestomathy.codec import decode
from chrestomathy.records import Passage, Source, Verdict
from chrestomathy.trace import explain, trace_one
from chrestomathy.trace.claims import dates_agree, names_agree
from chrestomathy.trace.collection import Collection
from chrestomathy.trace.judge import replay

FOLDER = Path(__file__).parents[1] / "cases" / "trace"
THEMES = "wordings folding cuts marks brackets furniture scripts changes".split()


def read_cases(theme: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((FOLDER / f"{theme}.json").read_text(encoding="utf-8"))
    return cases


CASES = [case for theme in THEMES for case in read_cases(theme)]


@pytest.fixture(scope="module")
def speeches() -> Collection:
    lines = (FOLDER / "sources.jsonl").read_bytes().splitlines()
    return Collection.of(decode(line, Source) for line in lines)


Judged = tuple[dict[str, Any], Verdict, Collection]


def judge(case: dict[str, Any], speeches: Collection) -> Judged:
    own = Collection.of([Source(id="s", text=case["source"])]) if "source" in case else speeches
    return case, trace_one(Passage(id="p", text=case["passage"]), collection=own), own


@pytest.fixture(params=CASES, ids=lambda case: case["label"])
def judged(request: pytest.FixtureRequest, speeches: Collection) -> Judged:
    return judge(request.param, speeches)


def test_each_passage_gets_its_wording(judged: Judged) -> None:
    check(*judged)


def check(case: dict[str, Any], verdict: Verdict, _: Collection) -> None:
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


def test_each_verdict_follows_from_its_reasons(judged: Judged) -> None:
    _, verdict, _ = judged

    assert replay(verdict.reasons) == verdict.wording
    assert all(one.detail in explain(verdict) for one in verdict.reasons)


def test_each_place_is_faithful(judged: Judged) -> None:
    """Parts, changes and omissions stand where they say, in both texts."""
    case, verdict, collection = judged
    texts = {one.id: one.text for one in collection.sources}
    for part in verdict.parts:
        text = texts[part.source]
        assert part.text == text[part.start : part.end]
    for change in verdict.changes:
        text = texts[verdict.parts[change.part].source]
        assert change.passage_text == case["passage"][slice(*change.passage)]
        assert change.source_text == text[slice(*change.source)]
    for omission in verdict.omissions:
        text = texts[verdict.parts[omission.part].source]
        assert omission.text == text[slice(*omission.source)]


def test_a_passage_is_never_held_against_its_own_document(speeches: Collection) -> None:
    words = "it is a lamp that one hand lights from another, and the first flame"
    passage = Passage(id="p", text=words, document="school/1934")

    assert trace_one(passage, collection=speeches).wording == "not_found"


@pytest.mark.parametrize("case", read_cases("known_failures"), ids=lambda case: case["comment"])
@pytest.mark.xfail(strict=True, reason="known; the case says why")
def test_a_known_failure_still_fails(case: dict[str, Any], speeches: Collection) -> None:
    check(*judge(case, speeches))


@pytest.mark.parametrize("case", read_cases("claims"), ids=lambda case: case["label"])
def test_each_claim_is_compared(case: dict[str, Any]) -> None:
    compare = {"names": names_agree, "dates": dates_agree}[case["kind"]]

    assert compare(case["claimed"], case["shown"]) == case["expect"]
    assert compare(case["shown"], case["claimed"]) == case["expect"]
