"""Every word explained in its place, from tiny dictionaries; the real ones where installed."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import CMUDICT, GERMAN, write_cedict, write_freedict, write_wordnet

from chrestomathy.dictionaries import add_dictionary, find_dictionaries
from chrestomathy.grade.glosses import gloss_passage, missing_languages
from chrestomathy.grade.glosses.choose import fitted
from chrestomathy.grade.glosses.small import load_common, load_small
from chrestomathy.grade.glosses.sound import sound_of
from chrestomathy.grade.glosses.store import Sense, load_compiled
from chrestomathy.grade.glosses.tags import KINDS, PAIRS, best_path
from chrestomathy.records import GlossedWord

NONE = Path("no such file")
JUDGED = Path(__file__).parents[1] / "cases" / "grade" / "gloss-judgements.json"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dictionaries")
    path = folder / "dictionaries.sqlite"
    add_dictionary(write_wordnet(folder / "wn"), store=path)
    add_dictionary(write_freedict(folder, GERMAN), store=path)
    add_dictionary(write_cedict(folder), store=path)
    (folder / "cmudict").write_text(CMUDICT, encoding="utf-8")
    add_dictionary(folder / "cmudict", store=path)
    return path


def explain(text: str, store: Path) -> dict[str, GlossedWord]:
    words = gloss_passage(text, ("en", "de", "zh"), store=store)
    return {text[word.span.start : word.span.end].lower(): word for word in words}


def test_the_neighbours_choose_the_sense(store: Path) -> None:
    river = explain("We tied the boat and sat on the bank by the water of the river.", store)[
        "bank"
    ]
    money = explain("The firm asked the bank for a loan and the bank lent money.", store)["bank"]

    assert river.glosses["en"] == "the sloping ground beside a river"
    assert river.glosses["de"] == "Ufer"
    assert money.glosses["en"] == "a firm that keeps and lends money"
    assert (money.glosses["de"], money.glosses["zh"]) == ("Bank", "银行")


def test_a_term_is_explained_as_one(store: Path) -> None:
    words = explain("They gave up in spite of the river.", store)

    assert words["gave"].term_lemma == "give up"
    assert words["gave"].term == words["up"].term == (5, 12)
    assert words["up"].glosses == {
        "en": "stop trying or doing; hand over",
        "de": "aufgeben",
        "zh": "放弃",
    }
    assert words["spite"].term_lemma == "in spite of"
    assert words["spite"].glosses["de"] == "trotz"


def test_names_are_names(store: Path) -> None:
    words = explain("Yesterday we walked to Avonlea with Zorbachek.", store)

    assert words["avonlea"].glosses["en"] == "a small town on an island"
    assert words["zorbachek"].name
    assert words["zorbachek"].level is None
    assert words["zorbachek"].glosses == {"en": None, "de": None, "zh": None}


def test_the_part_of_speech_is_read_off_the_place(store: Path) -> None:
    words = explain("He walked swiftly to the bank.", store)

    assert [words[one].tag for one in ("walked", "swiftly", "to", "bank")] == [
        "VERB", "ADV", "PREP", "NOUN",
    ]  # fmt: skip
    assert words["walked"].lemma == "walk"
    assert words["walked"].level == "A1"


@pytest.mark.parametrize(("text", "word", "tag"), [
    ("It was a very promising walk.", "promising", "ADJ"),
    ("The growing river is swift.", "growing", "VERB"),
    ("They walked within those bounds.", "bounds", "NOUN"),
    ("The march superseded the walk.", "superseded", "VERB"),
    ("The Lord hath need of him.", "need", "NOUN"),
    ("He need not walk.", "need", "AUX"),
    ("I have done it.", "done", "VERB"),
])  # fmt: skip
def test_neighbours_tell_the_part_of_speech(text: str, word: str, tag: str, store: Path) -> None:
    assert explain(text, store)[word].tag == tag


def test_capitals_tell_the_month_from_the_march(store: Path) -> None:
    small = explain("The march was long.", store)["march"]
    month = explain("He walked there in March.", store)["march"]

    assert (small.glosses["en"], small.glosses["de"]) == ("a long walk of soldiers", "Marsch")
    assert (month.glosses["en"], month.glosses["de"]) == ("the third month", "März")


def test_a_name_is_not_the_common_word(store: Path) -> None:
    bird = explain("They saw a heron there.", store)["heron"]
    town = explain("They walked from Heron to the river.", store)["heron"]

    assert (bird.glosses["en"], bird.glosses["de"]) == ("a tall bird that fishes", "Reiher")
    assert (town.glosses["en"], town.glosses["de"]) == (
        "a harbour town by that name", "Reiherstadt",
    )  # fmt: skip


def test_a_term_with_capitals_needs_one(store: Path) -> None:
    assert explain("It is a good book.", store)["book"].term is None
    assert explain("It is in the Good Book.", store)["book"].term_lemma == "good book"


@pytest.mark.parametrize(("text", "term"), [
    ("He went up.", "go up"),
    ("He went up swiftly.", "go up"),
    ("He went up the river.", None),
    ("He went up March river.", None),
])  # fmt: skip
def test_going_somewhere_is_no_term(text: str, term: str | None, store: Path) -> None:
    assert explain(text, store)["up"].term_lemma == term


def test_may_with_a_capital_is_the_month(store: Path) -> None:
    assert explain("They walked in May.", store)["may"].tag == "NOUN"
    assert explain("They may walk.", store)["may"].tag == "AUX"
    assert explain("May they walk?", store)["may"].tag == "AUX"


def test_an_older_spelling_is_the_word(store: Path) -> None:
    assert explain("They saw his cloke.", store)["cloke"].lemma == "cloak"


def test_what_one_is_going_to_do_is_no_place(store: Path) -> None:
    assert explain("She is going to walk.", store)["going"].term is None
    assert explain("She goes to the bank.", store)["goes"].term_lemma == "go to"


def test_a_word_no_list_knows(store: Path) -> None:
    word = explain("The qwxzzy sat by a river.", store)["qwxzzy"]
    assert (word.glosses["en"], word.level, word.name) == (None, None, False)


def test_sounds_with_stress(store: Path) -> None:
    words = explain("The river's bank is a record.", store)

    assert (words["river's"].ipa, words["bank"].ipa) == ("ˈɹɪvɚz", "ˈbæŋk")
    assert sound_of("record", "", load_compiled(store)) == "ˈɹɛkɚd"


def test_without_dictionaries_the_small_words_are_explained() -> None:
    words = explain("Whose is this, because of them?", NONE)

    assert words["whose"].glosses["en"] == "of whom, of which"
    assert words["of"].glosses["zh"] == "因为"
    assert missing_languages(["en", "de"], NONE) == ["en", "de"]


@pytest.mark.parametrize("text", ["", "1 2 3", "和平与发展", "Слово", "word", "I", "’'’", "A\0b"])
def test_short_and_foreign_texts(text: str, store: Path) -> None:
    for word in gloss_passage(text, ("en", "xx"), store=store):
        assert word.glosses.keys() == {"en", "xx"}
        assert word.glosses["xx"] is None


@given(st.text(max_size=80))
def test_spans_are_of_the_text(text: str) -> None:
    words = gloss_passage(text, store=NONE, sounds=False)
    places = [word.span for word in words]
    assert places == sorted(places)
    assert all(0 <= start < end <= len(text) for start, end in places)


@pytest.mark.slow
def test_a_hundred_thousand_words(store: Path) -> None:
    text = "He walked swiftly to the bank of the river and gave up. " * 8_400
    started = time.process_time()
    words = gloss_passage(text, ("en", "de"), store=store, sounds=False)
    assert len(words) >= 100_000
    assert (time.process_time() - started) / len(words) < 0.002


def test_common_words_are_explained_in_easy_words() -> None:
    for (word, tag), gloss in load_common().items():
        assert tag in ("NOUN", "VERB", "ADJ", "ADV")
        assert len(gloss.split()) <= 14, word
        assert word == "do" or word not in gloss.split(), word


def test_a_noun_is_no_verb_after_be(store: Path) -> None:
    assert explain("They are banks.", store)["banks"].tag == "NOUN"
    assert explain("He has walked.", store)["walked"].tag == "VERB"


def test_small_words_are_short_and_complete() -> None:
    table = load_small()
    assert len(table) >= 150
    for word, uses in table.items():
        for tag, glosses in uses.items():
            assert all(glosses.values()), (word, tag)
            assert len(glosses["en"].split()) <= 12, word


def test_the_table_of_neighbours_names_tags_that_exist() -> None:
    tags = {tag for uses in load_small().values() for tag in uses} | {"ADJ", "NAME", "STOP"}
    assert {KINDS.get(one, one) for pair in PAIRS for one in pair} <= tags
    assert best_path([]) == []


@pytest.mark.parametrize(
    ("gloss", "said"),
    [
        ("exercise authority over; as of nations", "exercise authority over"),
        ("(of a sea) without waves", "without waves"),
        ("(old)", "old"),
        ("a thing " + "and on " * 30, "a thing" + " and on" * 7 + " …"),
    ],
)
def test_glosses_are_fitted(gloss: str, said: str) -> None:
    assert fitted(Sense(gloss, "NOUN", 0.0, " | "), "x") == said


def test_the_judgements_are_whole_and_hold_the_target() -> None:
    kept = json.loads(JUDGED.read_text(encoding="utf-8"))
    cases = kept["cases"]
    assert len(cases) == 200
    assert all(one["note"] for one in cases if not one["right"])
    assert sum(one["right"] for one in cases) / len(cases) >= 0.85


@pytest.mark.dictionaries
@pytest.mark.slow
def test_with_real_dictionaries(tmp_path: Path) -> None:
    found, store = {path.name: path for path in find_dictionaries()}, tmp_path / "s.sqlite"
    wordnet = add_dictionary(found["wordnet"], store=store)
    french = add_dictionary(found["freedict-eng-fra.index"], store=store)
    assert wordnet.headwords > 140_000
    assert (french.language, french.licence) == ("fr", "GPL-2.0 or later")
    assert french.headwords > 8_000

    text = "The government gave up the war in spite of the people."
    words = gloss_passage(text, ("en", "fr"), store=store, sounds=False)

    assert all(word.glosses["en"] for word in words)
    assert words[1].glosses["fr"] == "gouvernement"
