"""EPUB 2 and 3: pages in the order of the spine, chapter titles, notes, metadata, locks."""

from __future__ import annotations

import pytest
from office_files import Epub, document, left_out, shown, taken

from chrestomathy.records import Document, LeftOut

PAGES = {"a.xhtml": "<h1>Rain</h1><p>It falls.</p>", "b.xhtml": "<p>Wet.</p>"}


def point(title: str, src: str, inner: str = "") -> str:
    return f"<navPoint><navLabel><text>{title}</text></navLabel><content src='{src}'/>{inner}</navPoint>"


def test_pages_come_in_the_order_of_the_spine_each_once():
    book = Epub(PAGES, spine=["b.xhtml", "a.xhtml", "b.xhtml", "a.xhtml"])
    assert shown(document(bytes(book))) == [
        ("paragraph", None, "Wet."),
        ("heading", 1, "Rain"),
        ("paragraph", None, "It falls."),
    ]


@pytest.mark.parametrize("form", ["ncx", "nav"])
def test_the_table_of_contents_gives_titles_to_pages_without(form: str) -> None:
    pages = {
        **PAGES,
        "c.xhtml": "<p class='t'>Chapter the Third.</p><p>Hail.</p><p>SNOW</p><p>White.</p>",
    }
    titles = {"b.xhtml": "On Wet", "c.xhtml": "Chapter the third", "c.xhtml#s": "Snow"}
    titles = {"a.xhtml": "Another name", **titles}
    if form == "ncx":
        book = Epub(pages, ncx="".join(point(t, src) for src, t in titles.items()))
    else:
        items = "".join(f'<li><a href="{src}">{t}</a></li>' for src, t in titles.items())
        book = Epub(pages, nav=items)
    assert shown(document(bytes(book))) == [
        ("heading", 1, "Rain"),
        ("paragraph", None, "It falls."),
        ("heading", 1, "On Wet"),
        ("paragraph", None, "Wet."),
        ("heading", 1, "Chapter the Third."),
        ("paragraph", None, "Hail."),
        ("heading", 1, "SNOW"),
        ("paragraph", None, "White."),
    ]


def test_titles_of_inner_chapters_are_of_lower_level():
    book = Epub(PAGES, ncx=point("Part", "a.xhtml", point("On Wet", "b.xhtml")))
    assert ("heading", 2, "On Wet") in shown(document(bytes(book)))


def test_cover_and_table_of_contents_are_left_out():
    book = Epub(
        {"cover.xhtml": "<p>Cover</p>", **PAGES},
        nav="<li><a href='a.xhtml'>Rain</a></li>",
        guide='<reference type="cover" href="cover.xhtml"/>',
        spine=["cover.xhtml", "n", "a.xhtml", "b.xhtml"],
    )
    found = document(bytes(book))
    assert found.text == "Rain\n\nIt falls.\n\nWet."
    assert found.notes == ("epub: 2 pages with the cover or a table of contents left out",)


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        (
            '<a epub:type="noteref" href="#n1">1</a>',
            '<aside epub:type="footnote" id="n1" hidden=""><p>Seen in May.</p></aside>',
        ),
        (
            '<a role="doc-noteref" href="#n1">1</a>',
            '<section epub:type="endnotes"><ol><li role="doc-endnote"><p>Seen in May.<a href="#r">↩︎</a></p></li></ol></section>',
        ),
        (
            '<sup><a href="b.xhtml#fn1">1</a></sup>',
            '<div class="footnote"><p><a href="a.xhtml#fnref1" id="fn1">[1]</a> Seen in May.</p></div>',
        ),
        (
            '<a class="footnote-reference" href="#id5">1</a>',
            '<dl class="footnote"><dt><a class="fn-backref" href="#id1">1</a></dt><dd><p>Seen in May.</p></dd></dl>',
        ),
    ],
)
def test_notes(mark: str, note: str) -> None:
    found = document(bytes(Epub({"a.xhtml": f"<p>Rain{mark} falls.</p>{note}"})))
    assert shown(found) == [("paragraph", None, "Rain falls."), ("note", None, "Seen in May.")]
    assert found.notes == ("epub: 1 footnote marks left out of the text",)


def test_links_that_are_words_stay():
    page = '<p>See <a href="#fn1">the second</a> of <a href="#year">1921</a>.</p>'
    assert document(bytes(Epub({"a.xhtml": page}))).text == "See the second of 1921."


def test_quotations_and_what_html_would_misread():
    page = (
        '<a id="p5"/><p>One.</p><span epub:type="pagebreak">6</span><blockquote><p>It is wet.</p>'
        "<footer>Ada Quill</footer></blockquote><p class='menu'>Soup&nbsp;and bread.</p>"
    )
    assert shown(document(bytes(Epub({"a.xhtml": page})))) == [
        ("paragraph", None, "One."),
        ("quote", 1, "It is wet."),
        ("attribution", None, "Ada Quill"),
        ("paragraph", None, "Soup\u00a0and bread."),
    ]


def test_metadata_of_both_versions():
    old = (
        '<dc:title>On Water</dc:title><dc:creator opf:role="aut">Ada Quill</dc:creator>'
        '<dc:creator opf:role="trl">Bo Reed</dc:creator><dc:creator opf:role="aut">Cy Fenn</dc:creator>'
        '<dc:date opf:event="conversion">2020-01-02</dc:date>'
        '<dc:date opf:event="publication">1921-05</dc:date><dc:language>en-GB</dc:language>'
        "<dc:rights>Public domain</dc:rights><dc:identifier>http://example.org/1</dc:identifier>"
    )
    new = (
        '<dc:title id="s">A Study</dc:title><meta refines="#s" property="title-type">subtitle</meta>'
        '<dc:title id="t">On Water</dc:title><meta refines="#t" property="title-type">main</meta>'
        '<dc:creator id="c">Ada Quill</dc:creator><meta refines="#c" property="role">aut</meta>'
        '<dc:creator id="d">Cy Fenn</dc:creator><dc:creator id="e">Bo Reed</dc:creator>'
        '<meta refines="#e" property="role">ill</meta><dc:date>1921-05</dc:date>'
        "<dc:language>en-GB</dc:language><dc:rights>Public domain</dc:rights>"
        "<dc:source>http://example.org/1</dc:source>"
    )
    for metadata in (old, new):
        found = document(bytes(Epub(PAGES, metadata=metadata)))
        assert (found.title, found.author, found.date) == (
            "On Water",
            "Ada Quill; Cy Fenn",
            "1921-05",
        )
        assert (found.language, found.rights, found.url) == (
            *("en-GB", "Public domain", "http://example.org/1"),
        )


@pytest.mark.parametrize("told", ["0101-01-01T00:00:00+00:00", "unknown", ""])
def test_dates_that_are_none(told: str) -> None:
    assert document(bytes(Epub(PAGES, metadata=f"<dc:date>{told}</dc:date>"))).date is None


def encryption(algorithm: str) -> str:
    return (
        '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
        'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
        f'<enc:EncryptionMethod Algorithm="{algorithm}"/></enc:EncryptedData></encryption>'
    )


def test_a_locked_book_is_refused_and_one_with_locked_fonts_is_read():
    locked = encryption("http://www.w3.org/2001/04/xmlenc#aes256-cbc")
    more = {"META-INF/encryption.xml": locked, "META-INF/license.lcpl": "{}"}
    found = left_out(bytes(Epub(PAGES, more=more)))
    assert found.reason == "the book is locked by LCP copy protection (DRM)"
    fonts = {"META-INF/encryption.xml": encryption("http://www.idpf.org/2008/embedding")}
    assert document(bytes(Epub(PAGES, more=fonts))).text.startswith("Rain")


def test_pages_that_cannot_be_read_are_named_and_the_others_read():
    book = Epub(
        PAGES,
        hrefs={"x": "../../etc/passwd", "y": "http://127.0.0.1/", "z": "gone.xhtml"},
        spine=["x", "a.xhtml", "y", "z", "w", "b.xhtml"],
    )
    found, *left = taken(bytes(book))
    assert isinstance(found, Document)
    assert found.text == "Rain\n\nIt falls.\n\nWet."
    assert [one.reason for one in left if isinstance(one, LeftOut)] == [
        "its address '../../etc/passwd' points outside the book",
        "its address 'http://127.0.0.1/' points outside the book",
        "the page is missing in the book",
        "the list of pages does not hold 'w'",
    ]


def test_a_book_without_container_or_pages():
    parts = Epub(PAGES).parts()
    del parts["META-INF/container.xml"]
    from office_files import zipped

    assert document(zipped(parts, stored=("mimetype",))).title == "On Water"
    assert left_out(bytes(Epub(PAGES, spine=[]))).reason == "the book names no pages"
