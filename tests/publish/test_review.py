"""Decisions hold while passage and evidence are the same, and nothing of their file is lost."""

import dataclasses
import re
import tomllib
from collections import Counter

import publish_samples as samples
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chrestomathy.errors import InputError
from chrestomathy.publish.reports import find, find_habits
from chrestomathy.publish.review import (
    Key,
    Review,
    edited,
    evidence_key,
    parse,
    passage_keys,
    throughout_key,
    whats_stale,
)
from chrestomathy.records import (
    Attribution,
    Decision,
    Occurrence,
    Span,
    Substitution,
    Throughout,
)


def decision(key: Key, choice: str = "accept", **fields: object) -> Decision:
    return Decision(finding="p-1", decision=choice, **key._asdict(), **fields)  # type: ignore[arg-type]


def changed(entry, **fields):
    return dataclasses.replace(entry, passage=dataclasses.replace(entry.passage, **fields))


def test_a_decision_holds_when_the_passage_moves_and_its_signs_change():
    one = samples.altered()
    moved = changed(
        one, id="p-other", spans=(Span(900, 980),), text=one.passage.text.replace(", ", "; ")
    )

    assert passage_keys([one]) == passage_keys([samples.exact(), moved])[1:]


@pytest.mark.parametrize("text", ["Friends of the harbour, we must tax the fishing boats."])
def test_another_word_makes_another_passage(text):
    one = samples.altered()

    assert passage_keys([one])[0].passage != passage_keys([changed(one, text=text)])[0].passage


def test_evidence_changes_with_the_source_the_change_and_the_claim():
    one = samples.altered()
    judged, passage = one.verdict, one.passage
    keys = {
        evidence_key(passage, judged),
        evidence_key(passage, dataclasses.replace(judged, changes=judged.changes[:1])),
        evidence_key(passage, dataclasses.replace(judged, wording="spliced")),
        evidence_key(
            dataclasses.replace(passage, attribution=Attribution(speaker="X", date="1799")), judged
        ),
    }
    other = dataclasses.replace(judged.parts[0], text=judged.parts[0].text + " More.")
    keys.add(evidence_key(passage, dataclasses.replace(judged, parts=(other,))))

    assert len(keys) == 5


def test_where_the_same_words_stand_in_another_place_of_a_source_is_the_same_evidence():
    one = samples.altered()
    part = dataclasses.replace(one.verdict.parts[0], source="copy", start=70, end=150)
    copy = dataclasses.replace(one.verdict, parts=(part,))

    assert evidence_key(one.passage, one.verdict) == evidence_key(one.passage, copy)


def test_words_that_stand_twice_are_told_apart_by_what_stands_around():
    twice = [samples.altered(), samples.exact(), samples.altered(), samples.spliced()]
    keys = passage_keys(twice)

    assert keys[0].passage == keys[2].passage
    assert keys[0].near != keys[2].near
    assert keys[1].near is None


def test_words_that_stand_twice_in_the_same_surroundings_are_counted():
    keys = passage_keys([samples.altered()] * 4)

    assert len(set(keys)) == 4


@pytest.mark.parametrize(
    ("choice", "state"), [("accept", "accepted"), ("reject", "rejected"), ("comment", "open")]
)
def test_a_decision_is_shown_with_its_finding(choice, state):
    one = samples.altered()
    made = decision(passage_keys([one])[0], choice, comment="As in the first print.")

    (found,) = find(samples.edition(one), Review(decisions={None: [made]}))

    assert (found.ruling.state, found.ruling.decision) == (state, made)


def test_a_decision_on_other_evidence_is_stale_and_the_finding_is_open_again():
    one = samples.altered()
    made = decision(passage_keys([one])[0]._replace(evidence="0" * 16))

    (found,) = find(samples.edition(one), Review(decisions={None: [made]}))

    assert (found.ruling.state, found.ruling.decision, found.ruling.stale) == ("open", None, made)


def test_decisions_beside_a_draft_are_for_that_draft_alone():
    one, other = samples.altered(), changed(samples.altered(), id="p-2", origin="other.md")
    made = decision(passage_keys([one])[0])
    review = Review(decisions={"pages/harbour.html": [made]})

    assert [each.ruling.state for each in find(samples.edition(one, other), review)] == [
        "accepted",
        "open",
    ]


def habit(entry, *changes: int) -> Throughout:
    made = [entry.verdict.changes[i] for i in changes]
    return Throughout(
        id="t-1",
        subject="words",
        kind="modal",
        source_text="shall",
        passage_text="will",
        rule="",
        meaning=True,
        count=len(made),
        places=tuple(
            Occurrence(passage=entry.passage.id, span=one.passage, source_span=one.source)
            for one in made
        ),
        pairs=(Substitution(source_text="shall", passage_text="will", count=2),),
        documents=(),
    )


def test_an_accepted_habit_covers_a_passage_that_differs_in_nothing_else():
    one = samples.altered()
    agreeing = dataclasses.replace(
        one,
        verdict=dataclasses.replace(
            one.verdict, attribution=dataclasses.replace(one.verdict.attribution, date="agrees")
        ),
    )
    for entry, wide, state in (
        (agreeing, habit(one, 0, 1), "accepted"),
        (agreeing, habit(one, 0), "open"),
        (one, habit(one, 0, 1), "open"),
    ):
        wide = dataclasses.replace(
            wide, documents=(samples_document := _document("pages/harbour.html"),)
        )
        assert samples_document.count == 2
        edition = samples.edition(entry, throughout=(wide,))
        review = Review(decisions={None: [decision(throughout_key(wide))]})
        (found,) = find(edition, review)
        assert find_habits(edition, review)[0].ruling.state == "accepted"
        assert found.ruling.state == state
        assert (found.ruling.through == "t-1") == (state == "accepted")


def _document(origin: str):
    from chrestomathy.records import InDocument

    return InDocument(origin=origin, count=2)


def test_a_habit_stays_decided_when_it_gets_another_place():
    one = habit(samples.altered(), 0, 1)
    more = dataclasses.replace(one, count=9, places=one.places * 2)
    other = dataclasses.replace(
        one, pairs=(*one.pairs, Substitution(source_text="must", passage_text="will", count=1))
    )

    assert throughout_key(one) == throughout_key(more)
    assert throughout_key(one).evidence != throughout_key(other).evidence


def test_the_baseline_answers_for_as_many_as_it_has():
    two = [samples.altered(), samples.spliced()]
    known = Counter(passage_keys(two)[:1])

    found = find(samples.edition(*two), Review(baseline=known))

    assert [one.ruling.new for one in found] == [False, True]
    assert all(one.ruling.new for one in find(samples.edition(*two), Review()))


# ── the file ─────────────────────────────────────────────────────────────────────────────────

A, B = Key("aa", None, "11"), Key("bb", "cc", "22")
HAND = """\
# Ours. Keep this line.
[[decision]]
# Ask Martin before the print.
decision = "accept"
passage = "aa"
evidence = "11"
words = "zebra"
ticket = 12
"""


def test_a_new_file_says_what_it_is_and_is_read_back():
    made = decision(A, words="Zebra crossings", comment='say "no"\n\x7f', decided="2026-01-02")

    text = edited("", [made], stale={}, draft="draft.md", at="x")

    assert "findings of draft.md" in text
    assert "may be edited by hand" in text
    assert parse(text, at="x") == [made]


def test_decisions_are_sorted_by_their_words():
    text = edited(
        "", [decision(A, words="zebra"), decision(B, words="Apple")], stale={}, draft="d", at="d"
    )

    assert [one.words for one in parse(text, at="d")] == ["Apple", "zebra"]
    assert edited(text, [], stale={}, draft="d", at="d") == text


def test_what_was_written_by_hand_is_kept():
    text = edited(HAND, [decision(B, words="apple")], stale={}, draft="d", at="d")

    assert text.startswith("# Ours. Keep this line.")
    assert HAND.partition("\n")[2] in text
    again = edited(text, [decision(A, "reject", words="zebra")], stale={}, draft="d", at="d")
    assert "# Ask Martin before the print." in again
    assert tomllib.loads(again)["decision"][1]["ticket"] == 12
    assert [one.decision for one in parse(again, at="d")] == ["accept", "reject"]


def test_a_new_decision_keeps_the_comment_unless_it_has_one():
    text = edited("", [decision(A, comment="Why not.")], stale={}, draft="d", at="d")

    assert parse(edited(text, [decision(A, "reject")], stale={}, draft="d", at="d"), at="d") == [
        decision(A, "reject", comment="Why not.")
    ]


def test_what_no_longer_holds_is_marked_and_kept_and_can_hold_again():
    held = [decision(A, words="zebra"), decision(B, words="apple")]
    text = edited("", held, stale={}, draft="d", at="d")

    marks = whats_stale(held, [Key("aa", None, "other")])
    assert marks == {A: "evidence", B: "passage"}
    stale = edited(text, [], stale=marks, draft="d", at="d")
    assert {one.words: one.stale for one in parse(stale, at="d")} == {
        "zebra": "evidence",
        "apple": "passage",
    }
    back = edited(stale, [], stale=whats_stale(held, [A, B]), draft="d", at="d")
    assert back == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("decision = 1", "no table"),
        ("[[decision]\n", "no valid TOML"),
        ("[[decision]]\npassage = 'a'\nevidence = 'b'", "no decision"),
        ("[[decision]]\ndecision = 'maybe'\npassage = 'a'\nevidence = 'b'", "'maybe'"),
        ("[[decision]]\ndecision = 'accept'\nevidence = 'b'", "no passage"),
    ],
)
def test_a_damaged_file_is_refused_with_what_to_do(text, said):
    with pytest.raises(InputError, match=said) as caught:
        parse(text, at="draft.decisions.toml")

    assert "draft.decisions.toml" in str(caught.value)
    assert re.search(r"Known: accept|\[\[decision\]\]", str(caught.value))


def test_a_line_that_only_looks_like_a_decision_is_not_torn_apart():
    text = 'note = """\n[[decision]]\n"""\n'

    with pytest.raises(InputError, match="line \\[\\[decision\\]\\] of its own"):
        edited(text, [decision(A)], stale={}, draft="d", at="d")


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.lists(st.tuples(TEXT, TEXT, TEXT), max_size=5))
def test_any_words_survive_the_file(rows):
    made = [
        decision(Key(f"{n:x}", None, "e"), comment=comment or None, words=words, decided="2026")
        for n, (comment, words, _) in enumerate(rows)
    ]

    text = edited("", made, stale={}, draft="d", at="d")

    assert sorted(parse(text, at="d"), key=repr) == sorted(made, key=repr)
    assert edited(text, made, stale={}, draft="d", at="d") == text
