"""What is changed again and again is one finding with its places; what is changed once is none."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chrestomathy.records import (
    Attested,
    Attribution,
    ByClaim,
    Change,
    ChangeKind,
    Part,
    Passage,
    Source,
    Span,
    Throughout,
    Verdict,
)
from chrestomathy.trace import find_throughout, trace_one
from chrestomathy.trace.collection import Collection
from chrestomathy.trace.throughout import Pair, in_document, spelling_manner

MINUTES = (
    "When Agnes Tolliver came down to the harbor that gray morning, the color of the water "
    "honored nobody. Everybody in the town said that Tolliver would organize the labor of 400 "
    "men before the winter came. It was Agnes Tolliver's plan that the quay should be built of "
    "granite, and Agnes Tolliver never spoke again. They counted 400 boats "
    "on the eastern shore, and Mr. Tolliver rejoiced with every child of the parish."
)


def judged(*texts: str, **fields: object) -> list[tuple[Passage, Verdict]]:
    town = Collection.of([Source(id="minutes", text=MINUTES, speaker="Martin Oduya", date="1921")])
    run, at = [], 0
    for n, text in enumerate(texts):
        passage = Passage(
            id=f"p{n}",
            text=text,
            document="d",
            origin="draft.md",
            spans=(Span(at, at + len(text)),),
            **fields,  # type: ignore[arg-type]
        )
        run.append((passage, trace_one(passage, collection=town)))
        at += len(text) + 20
    return run


def named(found: tuple[Throughout, ...]) -> dict[str, int]:
    return {f"{one.source_text} → {one.passage_text}": one.count for one in found}


TITLED = (
    "When the Lord Mayor came down to the harbor that gray morning, the color of the water honored",
    "Everybody in the town said that the Lord Mayor would organize the labor of 400 men before",
    "It was the Lord Mayor's plan that the quay should be built of granite, and our Mayor never spoke again.",
    "They counted 400 boats on the eastern shore, and the Lord Mayor rejoiced with every child",
)


def test_a_name_printed_as_a_title_is_one_finding_whatever_its_form() -> None:
    run = judged(*TITLED)

    (one,) = find_throughout(run)

    assert (one.subject, one.kind, one.meaning) == ("words", "name", True)
    assert (one.source_text, one.passage_text, one.count) == ("Agnes Tolliver", "the Lord Mayor", 5)
    assert one.kept == 0
    assert [place.passage for place in one.places] == ["p0", "p1", "p2", "p2", "p3"]
    forms = {(pair.source_text, pair.passage_text): pair.count for pair in one.pairs}
    assert forms == {
        ("Agnes Tolliver", "the Lord Mayor"): 2,
        ("Tolliver", "the Lord Mayor"): 1,
        ("Agnes Tolliver", "our Mayor"): 1,
        ("Mr. Tolliver", "the Lord Mayor"): 1,
    }


def test_places_point_at_the_words_in_passage_document_and_source() -> None:
    run = judged(*TITLED)
    texts = {passage.id: passage for passage, _ in run}

    (one,) = find_throughout(run)

    for place in one.places:
        assert place.span is not None
        assert place.document_span is not None
        assert place.source_span is not None
        words = texts[place.passage].text[place.span.start : place.span.end]
        assert "Mayor" in words
        assert "Tolliver" in MINUTES[place.source_span.start : place.source_span.end]
        first = texts[place.passage].spans[0].start
        assert place.document_span == (place.span.start + first, place.span.end + first)


def test_a_finding_keeps_its_id_when_places_are_added() -> None:
    fewer, more = (find_throughout(judged(*texts)) for texts in (TITLED, [*TITLED, TITLED[1]]))

    assert fewer[0].id == more[0].id
    assert (fewer[0].count, more[0].count) == (5, 6)


def test_where_the_name_is_kept_is_counted_too() -> None:
    kept = "Everybody in the town said that Tolliver would organize the labor of 400 men"

    (one,) = find_throughout(judged(*TITLED[:1], *TITLED[2:], kept))

    assert (one.count, one.kept) == (4, 1)


def test_british_for_american_spelling_is_one_finding_of_many_words() -> None:
    run = judged(
        "When Agnes Tolliver came down to the harbour that grey morning, the colour of the water "
        "honoured nobody.",
        "Everybody in the town said that Tolliver would organise the labour of 400 men",
    )

    (one,) = find_throughout(run)

    assert (one.subject, one.count, one.meaning) == ("spelling", 6, False)
    assert one.rule == "British for American spelling"
    assert {pair.passage_text for pair in one.pairs} == {
        *("harbour", "grey", "colour", "honoured", "organise", "labour")
    }


def test_one_number_changed_twice_the_same_way() -> None:
    run = judged(
        "Tolliver would organize the labor of 500 men before the winter came",
        "They counted 500 boats on the eastern shore, and Mr. Tolliver rejoiced",
    )

    assert named(find_throughout(run)) == {"400 → 500": 2}


def test_a_name_of_two_words_for_two_is_not_torn_apart() -> None:
    """TRACE pairs words one by one where both sides have as many; here they belong together."""
    run = judged(
        "When the Mayor came down to the harbor that gray morning, the color of the water",
        "and the Mayor never spoke again. They counted 400 boats on the eastern shore",
    )

    assert named(find_throughout(run)) == {"Agnes Tolliver → the Mayor": 2}


def test_what_is_changed_once_is_no_habit() -> None:
    run = judged(
        "When the Mayor came down to the harbor that gray morning, the color of the water",
        "Tolliver would organize the labor of 500 men before the winter came",
    )

    assert find_throughout(run) == ()


def test_true_quotations_give_nothing() -> None:
    assert find_throughout(judged(MINUTES[:200], MINUTES[90:300])) == ()


def test_a_change_beside_another_is_found_within_it() -> None:
    """The name's title counts where the next word is changed as well."""
    run = judged(
        *TITLED[:2],
        "They counted 400 boats on the eastern shore, and the Lord Mayor wept with every child",
    )

    found = {one.passage_text: one.count for one in find_throughout(run)}

    assert found == {"the Lord Mayor": 3}


def claim(n: int, said: str, shown: str, **fields: object) -> tuple[Passage, Verdict]:
    passage = Passage(id=f"p{n}", text="…", attribution=Attribution(speaker=said, date="1931"))
    part = Part(passage=Span(0, 1), source="s", start=0, end=1, text="…")
    attested = Attested(source_speaker=shown, source_date="1931", date="agrees")
    verdict = Verdict(passage=passage.id, wording="exact", parts=(part,), attribution=attested)
    return passage, replace(verdict, **fields)  # type: ignore[arg-type]


def test_a_title_claimed_where_the_sources_name_somebody_is_one_finding() -> None:
    run = [claim(n, "the Chairman", name) for n, name in enumerate(["Ann Pell", "A. Pell"])]

    (one,) = find_throughout(run)

    assert (one.subject, one.source_text, one.count) == ("speaker", "Ann Pell", 2)
    assert "a title is printed" in one.rule


def test_a_title_is_found_by_claim_where_no_words_can_be_compared() -> None:
    offer = ByClaim(source="zh", title=None, date="1931", occasion=None, speaker="Ann Pell")
    lost = {
        "wording": "not_found",
        "parts": (),
        "attribution": Attested(),
        "by_claim": (offer,),
    }
    run = [claim(n, "the Chairman", "", **lost) for n in range(3)]

    (one,) = find_throughout(run)

    assert (one.source_text, one.count) == ("Ann Pell", 3)
    assert "no words were matched" in one.rule


def test_a_claim_that_agrees_is_no_finding() -> None:
    assert find_throughout([claim(n, "A. Pell", "Ann Pell") for n in range(3)]) == ()


def test_dates_that_differ_alike_are_one_finding() -> None:
    attested = Attested(date="differs", source_date="1921")

    (one,) = find_throughout([claim(n, "Pell", "", attribution=attested) for n in range(2)])

    assert (one.subject, one.source_text, one.passage_text) == ("date", "1921", "1931")


def changed(
    n: int, document: str, source: str, printed: str, kind: ChangeKind = "word"
) -> tuple[Passage, Verdict]:
    passage = Passage(id=f"p{n}", text=f"… {printed} …", document=document, origin=document)
    part = Part(
        passage=Span(0, len(passage.text)), source="s", start=0, end=9, text=f"… {source} …"
    )
    change = Change(
        op="replace",
        part=0,
        passage=Span(2, 2 + len(printed)),
        source=Span(2, 2 + len(source)),
        passage_text=printed,
        source_text=source,
        kind=kind,
        meaning=False,
    )
    return passage, Verdict(passage=passage.id, wording="altered", parts=(part,), changes=(change,))


def test_the_commonest_words_are_swapped_by_chance() -> None:
    twice = [changed(n, "a", "the", "a") for n in range(2)]

    assert find_throughout(twice) == ()
    assert find_throughout([*twice, changed(2, "b", "the", "a")]) == ()
    assert [one.count for one in find_throughout([*twice, changed(2, "a", "the", "a")])] == [3]


def test_a_run_of_several_documents_counts_each() -> None:
    run = [changed(0, "a", "ship", "vessel"), changed(1, "b", "ship", "vessel")]

    (one,) = find_throughout(run)

    assert [(each.origin, each.count) for each in one.documents] == [("a", 1), ("b", 1)]


@pytest.mark.parametrize(
    ("source", "printed", "manner"),
    [
        ("organise", "organize", "American for British spelling"),
        ("travelled", "traveled", "American for British spelling"),
        ("wilful", "willful", "American for British spelling"),
        ("installment", "instalment", "British for American spelling"),
        ("theater", "theatre", "British for American spelling"),
        ("defense", "defence", "British for American spelling"),
        ("daß", "dass", "“ss” for “ß”"),
        ("tbe", "the", "“h” for “b”"),
        ("ship", "vessel", None),
    ],
)
def test_manners_of_spelling(source: str, printed: str, manner: str | None) -> None:
    assert spelling_manner(Pair((source,), (printed,))) == manner


def test_a_name_shortened_and_filled_up_is_two_findings() -> None:
    rows = [("Ann Pell", "Pell"), ("Pell", "Ann Pell"), ("Pell", "the Mayor")] * 2
    run = [changed(n, "a", *row, kind="name") for n, row in enumerate(rows)]

    found = find_throughout(run)

    assert len({one.id for one in found}) == len(found) > 1
    assert sum(one.count for one in found) == 6


def test_phrases_with_a_common_word_between_them_are_no_name() -> None:
    """Seen in the addresses: "that" in "That Government expressed"."""
    rows = [("That Government expressed", "because of"), ("that", "the Mexican")]
    run = [changed(n, "a", *row, kind="name") for n, row in enumerate(rows)]

    assert find_throughout(run) == ()


def test_a_title_with_a_number_word_is_a_title_and_stands_at_an_edge_too() -> None:
    """TRACE takes "First" for a number, and words at a passage's edge for added."""
    texts = [
        "The First Keeper came down to the harbor that gray morning, the color of the water",
        "Everybody in the town said that the First Keeper would organize the labor of 400 men",
    ]
    run = judged(*texts)
    around = {("p0", 0): ("When Agnes Tolliver ", " honored nobody.")}

    (one,) = find_throughout(run, around)

    assert (one.kind, one.count, one.meaning) == ("name", 2, True)
    assert [(pair.source_text, pair.passage_text) for pair in one.pairs] == [
        ("Agnes Tolliver", "The First Keeper"),
        ("Tolliver", "the First Keeper"),
    ]
    start = run[0][1].parts[0].start
    assert one.places[0].source_span == (start - len("Agnes Tolliver "), start - 1)
    assert MINUTES[start - len("Agnes Tolliver ") : start - 1] == "Agnes Tolliver"


def test_a_title_longer_than_the_name_does_not_reach_into_the_next_sentence() -> None:
    """TRACE pairs its last word with the first one of the sentence that follows."""
    source = Source(
        id="s",
        text="The whole council of the town went out to meet Agnes. And it rained all that night "
        "on the men who came. Nobody would ever say what they had promised Agnes. Still they paid.",
    )
    texts = [
        "The whole council of the town went out to meet the Mayor.",
        "Nobody would ever say what they had promised the Mayor.",
    ]
    passages = [Passage(id=f"p{n}", text=text) for n, text in enumerate(texts)]
    town = Collection.of([source])

    (one,) = find_throughout([(each, trace_one(each, collection=town)) for each in passages])

    assert (one.source_text, one.passage_text, one.count) == ("Agnes", "the Mayor", 2)


def test_different_things_printed_for_parts_of_a_name_are_no_habit() -> None:
    """Seen in the addresses: "US" for "United States", and "act" for "States" elsewhere."""
    rows = [("United States", "US"), ("States", "act"), ("between the States, but to", "x")]
    run = [changed(n, "a", *row, kind="name") for n, row in enumerate(rows)]

    assert find_throughout(run) == ()


def test_pieces_and_marks_within_a_passage() -> None:
    """Where the passage's words are not the document's, letter by letter, no place is named."""
    pieces = Passage(id="p", text="It is wet.", spans=(Span(4, 6), Span(20, 27)))
    quoted = Passage(id="p", text="It is wet.", spans=(Span(4, 16),))

    assert in_document(pieces, Span(0, 2)) == (4, 6)
    assert in_document(pieces, Span(1, 5)) is None
    assert in_document(quoted, Span(0, 2)) is None


WORDS = st.sampled_from("ship vessel the a boat Pell Mayor 400 500 sea".split())


@given(st.lists(st.tuples(st.sampled_from("ab"), WORDS, WORDS), max_size=12))
def test_no_change_is_counted_twice_and_order_does_not_matter(
    rows: list[tuple[str, str, str]],
) -> None:
    run = [changed(n, *row) for n, row in enumerate(rows) if row[1] != row[2]]
    found = find_throughout(run)

    places = [(one.subject, place.passage) for one in found for place in one.places]
    assert len(places) == len(set(places))
    assert all(one.count == len(one.places) >= 2 for one in found)
    assert len({one.id for one in found}) == len(found)
    shuffled = list(run)
    random.Random(1).shuffle(shuffled)
    assert {(one.id, one.count) for one in found} == {
        (one.id, one.count) for one in find_throughout(shuffled)
    }


TITLES = ("the Supreme Leader", "the First Keeper", "our Captain", "the Minister of State")
NAMES = "Moses Abraham Pharaoh David Saul Jacob Solomon Elijah Joshua Absalom Aaron Joseph".split()


@pytest.mark.demo
@pytest.mark.parametrize("seed", [1, 2])
def test_a_name_replaced_in_five_verses_is_one_finding_with_every_place(seed: int) -> None:
    """On texts that nobody here wrote: whatever the name, the title and the place of it."""
    from chrestomathy.demo import load_bible
    from chrestomathy.publish import evidence_for, key_of

    books = [one for one in load_bible() if one.title and len(one.text) > 60_000][:14]
    bible = Collection.of(books)
    sources = {key_of(one): one for one in bible.sources}
    verses = [v for one in books for v in one.text.split("\n") if 70 <= len(v) <= 260]
    chance = random.Random(seed)
    places = found = other = 0
    for name in NAMES:
        title = chance.choice(TITLES)
        run, around = [], {}
        for n, verse in enumerate(chance.sample([v for v in verses if f" {name} " in v], 5)):
            text, count = re.subn(rf"\b{name}\b", title, verse)
            passage = Passage(id=f"p{n}", text=text[:1].upper() + text[1:])
            verdict = trace_one(passage, collection=bible)
            run.append((passage, verdict))
            places += count
            for one in reversed(evidence_for(verdict, sources)):
                around[passage.id, one.part] = (one.before, one.after)
        habits = find_throughout(run, around)
        found += max((one.count for one in habits if name in one.source_text), default=0)
        other += len(habits) - 1

    assert found >= 0.95 * places
    assert other <= 1


def test_other_languages_are_no_other_matter() -> None:
    french = Source(
        id="fr",
        text="Jeanne Dupont a ouvert l'école du port sans attendre l'avis de personne. Tout le "
        "monde savait que Dupont avait payé les 40 bancs de sa poche.",
    )
    chinese = Source(
        id="zh",
        text="陈守义在港口办起了一所学校,没有等任何人的同意。大家都知道陈守义自己出钱买了四十张长凳。是"
        "陈守义教水手们识字的,没有人嘲笑他。",
    )
    texts = [
        "La Directrice a ouvert l'école du port sans attendre l'avis de personne.",
        "Tout le monde savait que la Directrice avait payé les 40 bancs de sa poche.",
        "大家都知道老校长自己出钱买了四十张长凳。",
        "是老校长教水手们识字的,没有人嘲笑他。",
    ]
    both = Collection.of([french, chinese])
    passages = [Passage(id=f"p{n}", text=text) for n, text in enumerate(texts)]

    found = find_throughout([(each, trace_one(each, collection=both)) for each in passages])

    assert {(one.passage_text.casefold(), one.count) for one in found} == {
        ("la directrice", 2),
        ("老校长", 2),
    }
