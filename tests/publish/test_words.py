"""Every word of the page explained: where it stands, in a card, and in lists without a script."""

from __future__ import annotations

import dataclasses
import re

import publish_samples as samples
import pytest
from browsing import opened, played, violations
from hypothesis import given
from hypothesis import strategies as st
from tiny import write_wordnet

import timing
from chrestomathy.cli import app
from chrestomathy.codec import decode
from chrestomathy.dictionaries import add_dictionary
from chrestomathy.publish.html import render
from chrestomathy.publish.words import (
    Line,
    WordBook,
    explained_words,
    harder_words,
    lay_out_text,
)
from chrestomathy.records import Edition, Entry, GlossedWord, Grading, Passage, Span


def page(edition: Edition | None = None) -> str:
    made = edition or samples.edition(
        samples.explained(), samples.exact(), dictionaries=samples.CONSULTED
    )
    return render(made)["index.html"].decode()


def of_words(text: str, words: list[GlossedWord]) -> Entry:
    grading = Grading(id="p", level="B1", probabilities={}, coverage={}, words=tuple(words))
    return Entry(passage=Passage(id="p", text=text), grading=grading)


def noun(start: int, end: int, **fields: object) -> GlossedWord:
    glosses: dict[str, str | None] = {"en": "a thing"}
    return GlossedWord(
        **{"span": Span(start, end), "lemma": "x", "tag": "NOUN", "glosses": glosses, **fields}
    )


def laid_out(entry: Entry) -> tuple[tuple[Line, ...], ...]:
    words = tuple(explained_words(entry))
    return tuple(lay_out_text(entry.passage.text, words, WordBook()))


def plain(lines: tuple[tuple[object, ...], ...]) -> str:
    return "\n\n".join("\n".join("".join(p.text for p in line) for line in one) for one in lines)


def test_a_word_is_explained_once_and_found_where_it_stands():
    text = page()
    assert (
        '<span class="w" data-w="2">the</span> <span class="w" data-w="3" data-l="5">quay</span>'
        in text
    )
    assert len(re.findall('<div id="w-3">', text)) == 1
    entry = re.search('<div id="w-3">(.*?)</div>', text)[1]
    assert re.sub("<[^>]+>", "", entry) == "quay /kiː/noun, C1 a landing place"


def test_a_term_that_lines_part_is_one_on_both():
    assert re.findall('<span class="w" data-w="1" data-l="2">(.*?)</span>', page()) == [
        "gave",
        "up",
    ]
    assert '<dt lang="en">give up</dt><dd><span class="facts">expression' in page()


def test_harder_words_are_listed_under_their_passage():
    listed = re.search('<details class="harder">.*?</details>', page(), re.DOTALL)[0]
    assert re.findall('<dt lang="en">(\\w+)', listed) == ["quay"]
    easy = dataclasses.replace(samples.explained().grading.words[-1], level="B1")
    grading = dataclasses.replace(samples.explained().grading, words=(easy,))
    entry = dataclasses.replace(samples.explained(), grading=grading)
    assert '<details class="harder" hidden>' in page(samples.edition(entry))


def test_languages_without_a_dictionary_are_named_with_what_to_do():
    assert "Words are explained in English and German:" in " ".join(page().split())
    without = [
        dataclasses.replace(one, glosses={"zh": one.glosses["de"] if one.tag == "DET" else None})
        for one in samples.explained().grading.words
    ]
    grading = dataclasses.replace(samples.explained().grading, words=tuple(without))
    said = " ".join(
        page(samples.edition(dataclasses.replace(samples.explained(), grading=grading))).split()
    )
    assert "No dictionary that was added explains words in Chinese:" in said
    assert "chrestomathy dictionary add" in said


def test_dictionaries_are_named_with_their_licences():
    assert "Words are explained from tiny 1.0 (CC0) and tiny-de 1.0 (CC0)" in page()
    assert "Words are explained from" not in page(samples.edition())


def test_a_page_without_explained_words_is_as_it_was():
    text = page(samples.edition())
    for trace in ('class="w"', 'id="card"', "about-words", "all-words", "data-above"):
        assert f"{trace}" not in re.sub(
            "<style>.*?</style>|<script>.*?</script>", "", text, flags=re.DOTALL
        )


@given(
    st.text("ab \n\r\x0b\u2028.", max_size=60),
    st.lists(st.tuples(st.integers(-3, 60), st.integers(-3, 60), st.booleans()), max_size=6),
)
def test_no_letter_is_lost_whatever_the_spans(text: str, spans: list[tuple[int, int, bool]]):
    words = [
        noun(a, b, term=Span(a, b) if of else None, term_lemma="t" if of else None)
        for a, b, of in spans
    ]
    bare = plain(laid_out(of_words(text, [])))
    assert plain(laid_out(of_words(text, words))) == bare
    assert "".join(bare.split()) == "".join(text.split())
    harder_words(tuple(explained_words(of_words(text, words))))


@timing.timed
def test_a_long_poem_is_laid_out_in_linear_time():
    def entry(lines: int):
        text = "a rose is red\n" * lines
        return of_words(text, [noun(m.start(), m.end()) for m in re.finditer(r"\w+", text)])

    entries = {lines: entry(lines) for lines in (2_000, timing.FACTOR * 2_000)}

    def lay_out(lines: int) -> None:
        assert len(laid_out(entries[lines])[0]) == lines

    assert timing.growth(lay_out, 2_000).times <= timing.MAX_GROWTH


@pytest.mark.browser
def test_a_card_is_shown_by_a_click_and_closed_by_escape(tmp_path):
    acts = """
      const card = document.getElementById("card"), said = [];
      const word = [...document.querySelectorAll(".w")].find((one) => one.textContent === "gave");
      said.push(card.hidden);
      word.click();
      said.push(card.hidden, card.querySelector("dt").textContent, document.querySelectorAll(".chosen").length);
      document.dispatchEvent(new KeyboardEvent("keydown", {key: "Escape"}));
      said.push(card.hidden, document.querySelectorAll(".chosen").length);
      document.title = said.join("; ");
    """
    assert played(page(), acts, tmp_path) == "true; false; give up; 2; true; 0"


@pytest.mark.browser
def test_arrow_keys_go_from_word_to_word(tmp_path):
    acts = """
      const text = document.querySelector("blockquote.live"), said = [];
      for (const key of ["Enter", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "x"]) {
        text.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
        said.push(document.querySelector("#card dt").firstChild.textContent.trim());
      }
      document.title = said.join("; ") + "; " + text.tabIndex;
    """
    said = played(page(), acts, tmp_path)
    assert said == "Wren; give up; the; quay; the; the; 0"


@pytest.mark.browser
def test_the_level_to_mark_is_chosen(tmp_path):
    acts = """
      const above = document.getElementById("above"), list = document.querySelector(".harder"), said = [];
      for (const level of ["2", "5", "4", "0"]) {
        above.value = level;
        above.dispatchEvent(new Event("change"));
        const style = getComputedStyle(document.querySelector('.w[data-l="5"]')).textDecorationLine;
        said.push(`${style} ${list.hidden}`);
      }
      document.title = said.join("; ");
    """
    assert (
        played(page(), acts, tmp_path) == "underline false; none true; underline false; none true"
    )


@pytest.mark.browser
def test_the_policy_lets_the_card_be_placed(tmp_path):
    assert "tap or click one" in re.sub("<[^>]+>", "", opened(page(), tmp_path))
    assert '<blockquote lang="en" dir="ltr" class="live" tabindex="0">' in opened(page(), tmp_path)


@pytest.mark.browser
@pytest.mark.parametrize("look", ["--window-size=1280,900", "--window-size=390,844", "dark"])
def test_axe_finds_nothing_with_a_card_open(axe, tmp_path, look):
    before = "document.querySelector('.w[data-l=\"5\"]').click()"
    assert violations(page(), axe, tmp_path, look, before) == "[]"


def test_make_explains_and_publish_prints_without_a_dictionary(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CHRESTOMATHY_DATA", str(tmp_path / "data"))
    add_dictionary(write_wordnet(tmp_path / "wn"), store=tmp_path / "data" / "dictionaries.sqlite")
    draft = tmp_path / "draft.txt"
    draft.write_text("“They walked to the bank of the river.”\n— Edith Marlowe, 8 January 1790\n")
    made, again = tmp_path / "made", tmp_path / "again"

    app(["make", str(draft), "--glosses", "en,de", "-o", str(made)], standalone_mode=False)
    assert "no dictionary for 'de' has been added" in capsys.readouterr().err
    edition = decode((made / "edition.json").read_bytes(), Edition)
    assert [one.name for one in edition.dictionaries] == ["wordnet"]
    assert edition.entries[0].grading.words[4].glosses == {
        "en": "the sloping ground beside a river",
        "de": None,
    }

    monkeypatch.setenv("CHRESTOMATHY_DATA", str(tmp_path / "nothing"))
    app(["publish", str(made / "edition.json"), "-o", str(again)], standalone_mode=False)
    assert (again / "index.html").read_bytes() == (made / "index.html").read_bytes()
    assert b"words in German: only small words" in (made / "index.html").read_bytes()
