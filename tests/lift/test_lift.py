"""Flags, ids, left-outs, formats, settings; and the founding page where it is there."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from chrestomathy.lift import lift, lift_document
from chrestomathy.read.markdown import document_from_markdown
from chrestomathy.read.plain import document_from_text
from chrestomathy.records import Attribution, Block, Document, LeftOut, Passage
from chrestomathy.settings import LiftSettings

SEED = Path(__file__).parents[3] / "shared" / "data" / "lift" / "seed"
PAGE = """On tides

A tide is a promise that the moon keeps with everyone at once.

— Anna Holt, speech at the Harbour Forum, May 3, 2011

Whoever fears the mud will never learn the channel.

— Anna Holt, remarks at the Harbour Forum, 3 May 2011

The sea has no doors and is always open.

— Anna Holt, Letters, 1999
"""


def plain(text: str) -> Document:
    return document_from_text(text, id="d", origin="page.txt", language="en")


def passages(document: Document) -> tuple[Passage, ...]:
    return lift_document(document, settings=LiftSettings()).passages


def test_same_source_in_other_words_has_one_key() -> None:
    """The speech at the Forum, cited twice in different words, is one source."""
    first, second, third = passages(plain(PAGE))
    assert first.source_key == second.source_key
    assert first.source_key != third.source_key


def test_name_alone_is_no_source() -> None:
    """A name without work, date or occasion claims no source: no key."""
    (one,) = passages(plain("“The sea has no doors at all.”\n— Anna Holt\n"))
    assert one.attribution.speaker == "Anna Holt"
    assert one.source_key is None


def test_single_source_page_is_flagged() -> None:
    """Every passage of a page by one speaker says so."""
    assert all("single-source-page" in one.flags for one in passages(plain(PAGE)))


def test_page_owner_is_no_speaker() -> None:
    """The document's author is never borrowed for a missing attribution."""
    document = replace(plain("He read: “Neither party shall fortify it.”"), author="Ida Roe")
    (one,) = passages(document)
    assert one.attribution.speaker != "Ida Roe"
    (two,) = passages(replace(plain("“Neither party shall fortify it.”"), author="Ida Roe"))
    assert two.attribution == Attribution()
    assert "no-attribution" in two.flags


def test_passage_has_the_document_s_data() -> None:
    """Id, origin, language and date come from the document."""
    document = replace(plain(PAGE), date="2012")
    first, *_ = passages(document)
    assert (first.document, first.origin, first.language) == ("d", "page.txt", "en")
    assert first.document_date == "2012"
    assert first.id.startswith("p-")
    assert len(first.id) == 14


def test_what_is_no_passage_leaves_with_a_reason() -> None:
    """Titles, mentions and headings are left out, each with a sentence."""
    lifted = lift_document(plain(PAGE), settings=LiftSettings())
    assert [one.text for one in lifted.left_out] == ["On tides"]
    prose = lift_document(plain("The “experts” left."), settings=LiftSettings())
    assert [one.span for one in prose.left_out] == [(4, 13)]
    assert "scare quotes" in prose.left_out[0].reason


def test_lift_yields_both() -> None:
    """The stage is a generator of passages and left-outs, in the documents' order."""
    out = list(lift([plain(PAGE), plain("The “experts” left.")], settings=LiftSettings()))
    assert [type(one) for one in out] == [Passage] * 3 + [LeftOut] * 2


def test_breaking_the_template_is_flagged() -> None:
    """One entry with its attribution behind the words, where all others have a line."""
    text = "".join(f"“Water number {i} is wet.”\n\n— Anna Holt, 190{i}\n\n" for i in range(5))
    found = passages(plain(text + "“Fire is not.” – Bernd Kruse, 1911\n"))
    assert ["breaks-template" in one.flags for one in found] == [False] * 5 + [True]
    assert found[-1].attribution.speaker == "Bernd Kruse"


def test_markdown_headings_behind_quotes_are_attributions() -> None:
    """A level of headings that only follows block quotes is the page's attribution line."""
    text = "> Rope remembers.\n#### Ilse Varga, 1952\n\n> Salt does not.\n#### Ilse Varga\n"
    first, second = passages(document_from_markdown(text, id="d", origin="a.md"))
    assert (first.text, first.attribution.speaker) == ("Rope remembers.", "Ilse Varga")
    assert first.attribution.date == "1952"
    assert second.attribution.date is None


def test_block_quote_with_a_source_line() -> None:
    """A block quote in prose is one passage, credited by the line under it."""
    text = (
        "The guild kept few books. One page is left.\n\n"
        "> We weighed the bread at dawn and found it honest.\n>\n> — Guild Book, 1603\n\n"
        "Nothing else is known of the weighing, nor of the bread, nor of the guild.\n"
    )
    (one,) = passages(document_from_markdown(text, id="d", origin="a.md"))
    assert one.text == "We weighed the bread at dawn and found it honest."
    assert one.attribution.date == "1603"


def test_html_blocks() -> None:
    """Quote and attribution blocks that a reader found are taken as they are."""
    text = "Bread\nA loaf is a clock.\nAda Pell, Crumbs, 1931\nSome more prose about bread follows."
    blocks = (
        Block(kind="heading", level=2, start=0, end=5),
        Block(kind="quote", level=1, start=6, end=24),
        Block(kind="attribution", start=25, end=47),
        Block(kind="paragraph", start=48, end=len(text)),
    )
    document = Document(id="d", origin="a.html", media_type="text/html", text=text, blocks=blocks)
    (one,) = passages(document)
    assert one.text == "A loaf is a clock."
    assert (one.attribution.speaker, one.attribution.work) == ("Ada Pell", "Crumbs")


def test_table_of_quotations() -> None:
    """A row with words in its longest cell and a source in the others is an entry."""
    rows = [
        "Quote | Who | Year",
        "---|---|---",
        "The tide keeps better time than the mayor. | Anna Holt | 2011",
        "A wall is a slow wave. | Bernd Kruse | 1991",
        "“Bread first, then arguments.” | Clara Diaz | 1934",
        "River | Tide | 12",
    ]
    found = passages(document_from_markdown("\n".join(rows), id="d", origin="a.md"))
    assert [one.text for one in found] == [
        "The tide keeps better time than the mayor.",
        "A wall is a slow wave.",
        "Bread first, then arguments.",
    ]
    assert [one.attribution.speaker for one in found] == ["Anna Holt", "Bernd Kruse", "Clara Diaz"]
    assert [one.attribution.date for one in found] == ["2011", "1991", "1934"]


def test_transcript() -> None:
    """Turns are passages; a paragraph without a name goes on with the turn."""
    text = (
        "Interview with a baker\n\nQ: When do you rise?\n\nPELL: At three.\n\n"
        "The dough rises at two.\n\nRelated stories\n\nQ: And sleep?\n\nPELL: Ask the dough.\n"
    )
    lifted = lift_document(plain(text), settings=LiftSettings())
    assert lifted.page_type.kind == "transcript"
    assert [one.attribution.speaker for one in lifted.passages] == ["Q", "PELL", "Q", "PELL"]
    assert lifted.passages[1].text == "At three. The dough rises at two."
    assert {one.attribution.kind for one in lifted.passages} == {"interview"}


def test_fortunes() -> None:
    """Cookies are parted by lines of a single percent sign."""
    text = "Rope remembers.\n\t\t-- Ilse Varga\n%\nSalt does not.\n%\n-- a dash\n-- is here\n%\n"
    lifted = lift_document(plain(text), settings=LiftSettings())
    assert lifted.page_type.kind == "fortune"
    assert [one.text for one in lifted.passages] == [
        "Rope remembers.",
        "Salt does not.",
        "-- a dash",
    ]
    assert lifted.passages[1].attribution.speaker is None


def test_wikitext() -> None:
    """List items with their source below; text without markup, span with it."""
    text = (
        "==Rope==\n[[File:a.jpg|thumb|not a passage ~ [[Nobody]]]]\n"
        "* '''Rope''' remembers [[w:Knot|every knot]].<br>Always.\n"
        "** [[Ilse Varga]], ''Salt and Paper'' (1952), p. 4\n\n"
        "* Salt does not.\n** ''The [[Long Shore]]'' (1960)\n\n"
        "{{citation|citation=Le sel oublie.}}\n{{Réf Livre|auteur=[[Odile Marchand]]|année=1934}}\n"
    )
    lifted = lift_document(plain(text), settings=LiftSettings())
    assert lifted.page_type.kind == "wikitext"
    first, second, third = lifted.passages
    assert first.text == "Rope remembers every knot.\nAlways."
    assert (first.attribution.speaker, first.attribution.date) == ("Ilse Varga", "1952")
    assert first.theme == ("Rope",)
    assert (second.attribution.speaker, second.attribution.work) == (None, "The Long Shore")
    assert (third.text, third.attribution.speaker) == ("Le sel oublie.", "Odile Marchand")


def test_wikitext_with_the_source_on_the_same_line() -> None:
    """German pages print the source behind a dash; Spanish and Russian ones have templates."""
    text = (
        "== Brücken ==\n"
        '* "Eine Brücke ist ein Versprechen aus Stein." - [[Konrad Ellwanger]], Briefe, 1921\n'
        "* „Der Umweg ist höflich.“ - ''[[Marta Quent]]''\n"
        "* [[Nobody]] [[Else]]\n"
    )
    first, second, *_ = passages(plain(text))
    assert first.text == "Eine Brücke ist ein Versprechen aus Stein."
    assert (first.attribution.speaker, first.attribution.date) == ("Konrad Ellwanger", "1921")
    assert (second.text, second.attribution.speaker) == ("Der Umweg ist höflich.", "Marta Quent")


def test_fewest_words_is_a_setting() -> None:
    """Shorter quotations without an utterance's shape are mentions, longer ones passages."""
    document = plain("He called it “a very small thing” and left.")
    assert len(passages(document)) == 1
    assert not lift_document(document, settings=LiftSettings(min_quote_words=6)).passages


@pytest.mark.shared
@pytest.mark.skipif(not SEED.is_dir(), reason="the labelled pages are not shipped")
def test_founding_page() -> None:
    """The founding page: every field of every passage, five themes, fifteen sources."""
    labels = json.loads((SEED / "expected.json").read_text(encoding="utf-8"))
    document = plain((SEED / "page.txt").read_text(encoding="utf-8"))
    found = passages(document)
    headings = {one["id"]: one["text"] for one in labels["headings"]}
    assert [one.text for one in found] == [one["text"] for one in labels["passages"]]
    for one, label in zip(found, labels["passages"], strict=True):
        claim = one.attribution
        assert one.theme == (headings[label["heading"]],)
        assert (claim.speaker, claim.date) == (label["speaker"], label["date"])
        assert claim.kind == {"inspection": "speech"}.get(label["kind"], label["kind"])
        assert claim.topic == label["topic"]
    assert len({one.source_key for one in found}) == len(labels["sources"])


def test_headings_are_themes_in_prose_and_the_title_is_none() -> None:
    """Where READ marks headings, they stand over quotations in prose as over any passage."""
    text = "On Wells\n\nDeep\n\nShe said “a well is a ladder that nobody has to carry”.\n"
    blocks = (
        Block(kind="heading", level=1, start=0, end=8),
        Block(kind="heading", level=2, start=10, end=14),
        Block(kind="paragraph", start=16, end=len(text) - 1),
    )
    document = Document(
        id="d",
        origin="-",
        media_type="text/html",
        title="On Wells — The Almanac",
        text=text,
        blocks=blocks,
    )

    (passage,) = lift_document(document, settings=LiftSettings()).passages

    assert passage.theme == ("Deep",)


def test_a_sentence_behind_a_dated_source_line_is_the_next_passage() -> None:
    """In one block quote of several, as mail and PDF give them; a wrapped source goes on."""
    text = (
        "Nobody owns the tide, and nobody can sell it to another.\n"
        "— Ada Quill, at the opening of the fishing school, 3 May 1921\n"
        "The school is open to whoever comes by boat.\n"
        "— Tom Orr, at the laying of the foundation stone in the year\n"
        "1948, before the council of the port"
    )
    block = Block(kind="quote", level=1, start=0, end=len(text))
    document = Document(
        id="d",
        origin="a.eml",
        media_type="message/rfc822",
        text=text,
        blocks=(block,),
        language="en",
    )
    found = lift_document(document, settings=LiftSettings()).passages
    assert [(one.text, one.attribution.speaker) for one in found] == [
        ("Nobody owns the tide, and nobody can sell it to another.", "Ada Quill"),
        ("The school is open to whoever comes by boat.", "Tom Orr"),
    ]
