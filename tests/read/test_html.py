"""HTML: content found, headings and attributions kept, offsets into one text.

A case is a page in ``tests/cases/read/`` and beside it a JSON file with what must come out:
``blocks`` as kind, level, text, and the metadata. All pages were written for this test.
"""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import timing
from chrestomathy.errors import InputError
from chrestomathy.read.html import document_from_html, refuse_deep
from chrestomathy.records import Document
from chrestomathy.settings import ReadSettings

CASES = Path(__file__).parent.parent / "cases" / "read"


def read(data: bytes | str, limits: ReadSettings | None = None) -> Document:
    data = data.encode() if isinstance(data, str) else data
    return document_from_html(data, id="i", origin="o", settings=limits or ReadSettings())


def pieces(document: Document) -> list[list[object]]:
    return [[b.kind, b.level, document.text[b.start : b.end]] for b in document.blocks]


def texts(document: Document) -> list[str]:
    return [document.text[b.start : b.end] for b in document.blocks]


@pytest.mark.parametrize("path", sorted(CASES.glob("*.html")), ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    document = read(path.read_bytes())
    assert pieces(document) == expected["blocks"]
    for name in ("title", "author", "date", "language"):
        assert getattr(document, name) == expected[name], name


@pytest.mark.parametrize("path", sorted(CASES.glob("*.html")), ids=lambda path: path.stem)
def test_attributions_and_headings_of_the_page_are_kept(path: Path) -> None:
    """Held against the page's own markup, so that a wrong expectation cannot hide a loss."""
    from selectolax.lexbor import LexborHTMLParser

    document = read(path.read_bytes())
    flat = "".join(document.text.split())
    tree = LexborHTMLParser(path.read_bytes().decode("cp1252" if "old" in path.stem else "utf-8"))
    selectors = "figcaption, blockquote cite, blockquote footer, .attribution, .authorOrTitle"
    inside = "#content, #main, main, article, .container, .mainContent, body > table"
    for area in tree.css(inside):
        for node in area.css(f"{selectors}, h1, h2, .quote-author"):
            parent = node.parent
            while parent is not None and parent.attributes.get("id") != "comments":
                parent = parent.parent
            if parent is None:
                assert "".join(node.text().split()) in flat


def test_white_space_is_a_browser_s() -> None:
    document = read("<p>  one <b>two</b>\n three<br>four  </p><pre> a\n  b</pre><p>c\u00a0 d")
    assert texts(document) == ["one two three\nfour", " a\n  b", "c\u00a0 d"]


def test_quotation_elements_get_marks_once() -> None:
    assert texts(read("<p>She said <q>no, <q>never</q></q>.</p>")) == ["She said “no, ‘never’”."]
    assert texts(read("<p>He said <q>“yes”</q>.</p>")) == ["He said “yes”."]


def test_a_power_stays_a_power_and_a_footnote_mark_goes() -> None:
    document = read('<p>10<sup>2</sup> or 2<sup>nd</sup> try.<sup><a href="#n1">[1]</a></sup></p>')
    assert texts(document) == ["10² or 2nd try."]
    assert document.notes[-1] == "1 footnote marks left out of the text"


def test_nested_quotations_have_levels() -> None:
    page = "<blockquote>One<blockquote>Two</blockquote>Three</blockquote>"
    assert pieces(read(page)) == [["quote", 1, "One"], ["quote", 2, "Two"], ["quote", 1, "Three"]]


def test_turns_that_begin_with_a_dash_are_no_attributions() -> None:
    page = "<blockquote><p>— Where to?</p><p>— Home.</p><p>— Why?</p></blockquote>"
    assert [kind for kind, _, _ in pieces(read(page))] == ["quote"] * 3


def test_the_footer_of_a_page_is_no_attribution() -> None:
    page = "<main><blockquote><p>Wet.</p></blockquote></main><footer>© 2019 The Weir</footer>"
    assert pieces(read(page)) == [["quote", 1, "Wet."]]


def test_hidden_text_and_scripts_are_no_text() -> None:
    page = "<p>Seen.</p><p hidden>Not.</p><p style='display: none'>Nor.</p><script>no()</script>"
    assert texts(read(page)) == ["Seen."]


def test_the_way_that_was_gone_is_noted() -> None:
    page = (CASES / "html" / "31-index-of-articles.html").read_bytes()
    assert any("the whole body, because" in note for note in read(page).notes)
    page = (CASES / "figure-figcaption.html").read_bytes()
    assert any("as trafilatura finds it" in note for note in read(page).notes)


def test_the_declared_charset_counts() -> None:
    page = '<meta charset="windows-1251"><p>Все люди</p>'.encode("cp1251")
    assert texts(read(page)) == ["Все люди"]
    page = '<?xml version="1.0" encoding="ISO-8859-1"?><html><p>Größe</p></html>'.encode("latin-1")
    assert texts(read(page)) == ["Größe"]


@timing.timed
@pytest.mark.parametrize("tags", ["<div>", "<b>", "<div></b>", "<svg><g>", "<ul><li>", "<font>"])
def test_deep_nesting_is_refused_at_once(tags: str) -> None:
    def refuse() -> None:
        with pytest.raises(InputError, match=r"nested more than 1,000 deep \(at character"):
            read(tags * 100_000 + "x")

    assert timing.seconds(refuse) < 2


@pytest.mark.parametrize("page", ["<p>x" * 5000, "<table>" + "<tr><td>x" * 5000, "<li>x" * 5000])
def test_open_elements_that_close_themselves_are_not_deep(page: str) -> None:
    refuse_deep(page, max_depth=100)


def test_deep_pages_within_the_bound_lose_nothing() -> None:
    assert texts(read("<div>" * 600 + "deep words")) == ["deep words"]


def test_a_large_page_is_refused() -> None:
    with pytest.raises(InputError, match="at most 1,000 are read"):
        read("x" * 1001, ReadSettings(max_html_bytes=1000))


def test_a_page_of_which_little_is_recognised_is_taken_whole() -> None:
    page = "<p>start</p><div>A stray sentence without an element of its own"
    assert texts(read(page)) == ["start", "A stray sentence without an element of its own"]


TAGS = "p div blockquote cite q li ul table tr td h2 sup a br pre figure figcaption".split()


@settings(deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [f"<{t}>" for t in TAGS] + [f"</{t}>" for t in TAGS] + ["wet ", "— A", "\n"]
        ),
        max_size=40,
    )
)
def test_any_soup_gives_blocks_in_order(soup: list[str]) -> None:
    document = read("<p>start</p>" + "".join(soup))
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end <= len(document.text)
        end = block.end
    if any("whole body" in note for note in document.notes):
        assert document.text.count("wet") == soup.count("wet ")


def test_json_ld_names_every_author_the_address_and_the_licence() -> None:
    page = (
        '<title>Rain</title><script type="application/ld+json">{"@type": "Article", '
        '"headline": "Rain", "url": "https://x.example/rain", "license": "CC BY 4.0", '
        '"author": [{"name": "Ada Holt"}, {"name": "Tom Reed"}]}</script><p>It rains.</p>'
    )
    document = document_from_html(page.encode(), id="d", origin="-", settings=ReadSettings())
    assert document.author == "Ada Holt; Tom Reed"
    assert (document.url, document.rights) == ("https://x.example/rain", "CC BY 4.0")


def test_a_wiki_s_own_author_and_day_are_not_the_text_s() -> None:
    page = (
        '<title>The Well</title><script type="application/ld+json">{"@type": "Article", '
        '"headline": "The Well", "datePublished": "2008-01-02T00:00:00Z", '
        '"author": {"name": "Contributors to Wikimedia projects"}}</script><p>It was dry.</p>'
    )
    document = document_from_html(page.encode(), id="d", origin="-", settings=ReadSettings())
    assert (document.title, document.author, document.date) == ("The Well", None, None)
