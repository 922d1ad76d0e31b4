"""Dictionaries of every format come in; damaged ones are refused with a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import CMUDICT, GERMAN, write_cedict, write_freedict, write_stardict, write_wordnet

from chrestomathy.dictionaries import add_dictionary
from chrestomathy.dictionaries.markup import strip_markup
from chrestomathy.errors import InputError
from chrestomathy.grade.glosses import gloss_passage
from chrestomathy.grade.glosses.store import (
    Sense,
    list_dictionaries,
    load_compiled,
    remove_dictionary,
)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "data" / "dictionaries.sqlite"


def senses(store: Path, word: str, tag: str = "") -> list[Sense]:
    return [one for compiled in load_compiled(store) for one in compiled.look_up(word, tag)]


def test_wordnet(tmp_path: Path, store: Path) -> None:
    about = add_dictionary(write_wordnet(tmp_path / "wn"), store=store)

    assert (about.name, about.version, about.headwords) == ("wordnet", "3.0", 27)
    assert "WordNet licence" in about.licence
    verb, *nouns = senses(store, "bank", "VERB")
    assert verb.gloss == "put money into a bank"
    assert nouns[0].gloss == "the sloping ground beside a river"
    assert "they sat on the bank" in nouns[0].clues
    assert senses(store, "avonlea")[0].tag == "NAME"
    (compiled,) = load_compiled(store)
    assert compiled.phrases("give") == {"give up"}


def test_freedict(tmp_path: Path, store: Path) -> None:
    about = add_dictionary(write_freedict(tmp_path, GERMAN), store=store)

    assert (about.language, about.version, about.licence) == ("de", "0.1", "CC BY-SA 4.0")
    assert {one.gloss for one in senses(store, "bank")} == {"Ufer", "Bank", "Geldhaus"}
    assert {(one.gloss, one.tag) for one in senses(store, "give up")} == {
        ("aufgeben", "VERB"),
        ("hinwerfen", "VERB"),
    }
    assert senses(store, "00databaseinfo") == []
    assert {(one.gloss, one.capital) for one in senses(store, "march")} == {
        ("Marsch", False), ("Wanderung", False), ("März", True),
    }  # fmt: skip
    assert [one.gloss for one in senses(store, "go to pieces")] == ["zerfallen"]
    assert not senses(store, "go to")


def test_cedict_is_turned_round(tmp_path: Path, store: Path) -> None:
    about = add_dictionary(write_cedict(tmp_path), store=store)

    assert (about.language, about.version) == ("zh", "2020-01-01")
    banks = sorted(senses(store, "bank"), key=lambda one: -one.weight)
    assert [one.gloss for one in banks] == ["银行", "岸"]
    assert [(one.gloss, one.tag) for one in senses(store, "abandon")] == [("放弃", "VERB")]
    assert not any("CL" in one.gloss for one in senses(store, "river"))


def test_stardict_without_its_scripts(tmp_path: Path, store: Path) -> None:
    hostile = "<i>n</i> calm<script>alert('x')</script><style>b{}</style> &amp; <b onclick=x>quiet"
    path = write_stardict(tmp_path / "sd", {"peace": hostile, "bank": "Ufer"})

    about = add_dictionary(path, language="de", store=store)

    assert (about.name, about.headwords, about.licence) == ("Tiny", 2, "own words, free")
    assert [one.gloss for one in senses(store, "peace")] == ["n calm & quiet"]


def test_cmudict(tmp_path: Path, store: Path) -> None:
    path = tmp_path / "cmudict.dict"
    path.write_text(CMUDICT, encoding="utf-8")

    about = add_dictionary(path, store=store)

    assert (about.language, about.headwords) == (None, 3)
    (compiled,) = load_compiled(store)
    assert compiled.sounds("record") == [("", "ˈɹɛkɚd"), ("", "ɹəˈkɔɹd")]


def _database(path: Path, script: str) -> Path:
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()
    return path


def test_databases_of_packages(tmp_path: Path, store: Path) -> None:
    words = """CREATE TABLE words (id INTEGER, word TEXT, language_code TEXT);
        CREATE TABLE definitions (id INTEGER, word_id INTEGER, definition TEXT, pos TEXT);
        INSERT INTO words VALUES (1, 'Calm', 'en'), (2, 'paix', 'fr');
        INSERT INTO definitions VALUES (1, 1, 'not <b>stormy</b>', 'adjective'), (2, 2, 'x', '');"""
    sounds = """CREATE TABLE word_phonemes (word TEXT, pron_order INTEGER, phonemes TEXT, role TEXT);
        INSERT INTO word_phonemes VALUES ('record', 0, 'ɹ ˈɛ k ɚ d', 'gruut:NN'),
          ('record', 1, 'ɹ ɪ k ˈɔ ɹ d', 'gruut:VB');"""

    add_dictionary(_database(tmp_path / "a.db", words), store=store)
    add_dictionary(_database(tmp_path / "b.db", sounds), store=store)

    assert [(one.gloss, one.tag) for one in senses(store, "calm")] == [("not stormy", "ADJ")]
    assert senses(store, "paix") == []
    assert load_compiled(store)[1].sounds("record") == [("NOUN", "ˈɹɛkɚd"), ("VERB", "ɹɪˈkɔɹd")]
    with pytest.raises(InputError, match="no dictionary that is known"):
        add_dictionary(_database(tmp_path / "c.db", "CREATE TABLE t (x)"), store=store)


def test_adding_again_replaces_and_removing_removes(tmp_path: Path, store: Path) -> None:
    index = write_freedict(tmp_path, GERMAN)
    add_dictionary(index, store=store)
    add_dictionary(index.with_name("freedict-eng-deu.dict.dz"), store=store)
    assert [one.name for one in list_dictionaries(store)] == ["freedict-eng-deu"]
    assert len(senses(store, "river")) == 1

    assert remove_dictionary("freedict-eng-deu", store)
    assert not remove_dictionary("freedict-eng-deu", store)
    assert list_dictionaries(store) == []


def test_another_encoding(tmp_path: Path, store: Path) -> None:
    body = {f"w{n}": f"w{n}\nGrüße für schöne Straßen\n" for n in range(30)}
    add_dictionary(write_freedict(tmp_path, body, encoding="cp1252"), store=store)

    assert senses(store, "w3")[0].gloss == "Grüße für schöne Straßen"


def _beyond(folder: Path) -> Path:
    index = write_freedict(folder, GERMAN)
    index.write_text("bank\tzzzz\tzz\n", encoding="utf-8")
    return index


def _no_index(folder: Path) -> Path:
    index = write_freedict(folder, GERMAN)
    index.write_text("this is prose, not an index\n", encoding="utf-8")
    return index


def _cut_gzip(folder: Path) -> Path:
    index = write_freedict(folder, GERMAN)
    text = index.with_name("freedict-eng-deu.dict.dz")
    text.write_bytes(text.read_bytes()[:60])
    return index


def _wrong_way(folder: Path) -> Path:
    return write_freedict(folder, GERMAN, name="freedict-deu-eng")


def _no_language(folder: Path) -> Path:
    return write_freedict(folder, GERMAN, name="words")


def _cut_stardict(folder: Path) -> Path:
    path = write_stardict(folder, {"peace": "calm"})
    path.with_suffix(".dict").write_bytes(b"c")
    return path


def _lone_ifo(folder: Path) -> Path:
    path = write_stardict(folder, {"peace": "calm"})
    path.with_suffix(".idx").unlink()
    return path


def _bad_wordnet(folder: Path) -> Path:
    write_wordnet(folder)
    (folder / "index.noun").write_text("bank n 1 0 1 0 00000007\n", encoding="utf-8")
    return folder


def _bad_database(folder: Path) -> Path:
    path = folder / "x.db"
    path.write_bytes(b"SQLite format 3\0" + b"\1" * 200)
    return path


def _prose(folder: Path) -> Path:
    path = folder / "x.txt"
    path.write_text("Once there was a river.\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (_beyond, "beyond the end"),
        (_no_index, "no line of an index"),
        (_cut_gzip, "dict.dz"),
        (_wrong_way, "German, not English"),
        (_no_language, "--language"),
        (_cut_stardict, "beyond the end"),
        (_lone_ifo, "stands alone"),
        (_bad_wordnet, "damaged"),
        (_bad_database, "damaged"),
        (_prose, "no dictionary of a known format"),
        (lambda folder: folder / "absent", "not there"),
        (lambda folder: folder, "no dictionary that is known"),
    ],
)
def test_bad_dictionaries_are_refused(
    make: Callable[[Path], Path], says: str, tmp_path: Path, store: Path
) -> None:
    folder = tmp_path / "bad"
    folder.mkdir()
    add_dictionary(write_cedict(tmp_path), store=store)

    with pytest.raises(InputError) as refused:
        add_dictionary(make(folder), store=store)

    assert says in str(refused.value)
    assert [one.name for one in list_dictionaries(store)] == ["cc-cedict"]


def test_a_damaged_store_is_refused(store: Path) -> None:
    store.parent.mkdir()
    store.write_bytes(b"no database at all, but long enough to be looked at" * 40)
    with pytest.raises(InputError, match="damaged"):
        load_compiled(store)


@given(st.text(max_size=200))
def test_nothing_of_markup_is_left(text: str) -> None:
    found = strip_markup(f"<p>{text}</p><script>{text}</script>")
    assert "<script" not in found.lower()
    assert "\n" not in found


VERBS = {
    "borrow": "borrow /b/\nHandkarren <masc> [transp.]\n",
    "borrow sth": "borrow sth. /b/\netw. ausleihen <v, trans>, (sich) etw. borgen <v, trans>\n",
    "tell sb sth": "tell sb. sth. /t/\njdm./etw. (kurz) erzählen <v, trans>\n",
    "and so": "and so /s/\nund so\n",
    "harbour": "harbour /h/\nZuflucht <fem>, Hafen <masc>\n",
    "harbour entrance": "harbour entrance /h/\nHafeneinfahrt <fem>\n",
    "harbour master": "harbour master /h/\nHafenmeister <masc>\n",
}


def test_a_verb_with_its_object_is_the_verb(tmp_path: Path, store: Path) -> None:
    add_dictionary(write_freedict(tmp_path, VERBS), store=store)
    (german,) = load_compiled(store)
    assert {(s.gloss, s.tag) for s in german.look_up("borrow", "")} == {
        ("Handkarren", "NOUN"), ("ausleihen", "VERB"), ("borgen", "VERB"),
    }  # fmt: skip
    assert [(s.gloss, s.tag) for s in german.look_up("tell", "")] == [("erzählen", "VERB")]
    assert not german.look_up("and", "")
    words = gloss_passage("She tells them to borrow it.", ("de",), store=store, sounds=False)
    assert words[4].glosses["de"] == "ausleihen"


def test_what_longer_headwords_have_is_the_usual_translation(tmp_path: Path, store: Path) -> None:
    add_dictionary(write_freedict(tmp_path, VERBS), store=store)
    (german,) = load_compiled(store)
    assert max(german.look_up("harbour", "NOUN"), key=lambda s: s.weight).gloss == "Hafen"


def test_no_noun_explains_a_verb(tmp_path: Path, store: Path) -> None:
    only = {"borrow": VERBS["borrow"]}
    add_dictionary(write_freedict(tmp_path, only), store=store)
    words = gloss_passage("They borrowed it.", ("de",), store=store, sounds=False)
    assert (words[1].tag, words[1].glosses["de"]) == ("VERB", None)
