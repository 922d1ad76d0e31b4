"""DOCX: what each paragraph is, and what Word itself does not print."""

from __future__ import annotations

import pytest
from office_files import document, docx, par, shown, style, taken, words

from chrestomathy.records import Document

TOLD = (
    "<dc:title>On Water</dc:title><dc:creator>Ada Quill</dc:creator>"
    "<dcterms:created>2019-03-04T10:00:00Z</dcterms:created>"
)
MADE_UP = (
    "<dc:title>Document1</dc:title><dc:creator>Microsoft Office User</dc:creator>"
    "<dcterms:created>2013-12-23T23:15:00Z</dcterms:created>"
)
QUOTES = [
    *("Quote", "Intense Quote", "Quotations", "Zitat", "Intensives Zitat", "Citation"),
    *("Citation intense", "Cita", "Cita destacada", "Citação", "Citação Intensa", "Citazione"),
    *("Цитата", "Выделенная цитата", "引用", "引用文", "明显引用", "Citaat", "Cytat", "Citát"),
    *("Block Text", "Blockquote", "Alıntı", "인용", "Epigraph", "My long quote"),
]


@pytest.mark.parametrize("name", QUOTES)
def test_quotations_are_known_by_the_name_of_their_style(name: str) -> None:
    found = document(docx(par("Rain.") + par("It is wet.", style="q"), styles=style("q", name)))
    assert shown(found) == [("paragraph", None, "Rain."), ("quote", 1, "It is wet.")]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Quote Source", "attribution"),
        ("Zitat Quelle", "attribution"),
        ("Reference List Citation", "paragraph"),
        ("Body Text", "paragraph"),
        ("Unquoted", "paragraph"),
        ("heading 3", "heading"),
        ("Überschrift 2", "heading"),
        ("見出し 1", "heading"),
        ("Title", "heading"),
    ],
)
def test_other_styles(name: str, kind: str) -> None:
    found = document(docx(par("One") + par("Two", style="s"), styles=style("s", name)))
    assert [one[0] for one in shown(found)] == ["paragraph", kind]


def test_a_style_is_what_the_one_is_that_it_is_based_on():
    styles = (
        style("Q", "Quote")
        + style("Mine", "Indented words", based_on="Q")
        + style("H", "Part", '<w:outlineLvl w:val="1"/>')
        + style("H2", "Part, centred", based_on="H")
        + style("a", "Ring", based_on="b")
        + style("b", "Ring 2", based_on="a")
    )
    body = par("It is wet.", style="Mine") + par("Rivers", style="H2") + par("Rain.", style="a")
    assert [one[:2] for one in shown(document(docx(body, styles=styles)))] == [
        ("quote", 1),
        ("heading", 2),
        ("paragraph", None),
    ]


def test_a_file_without_its_table_of_styles_is_known_by_their_identifiers():
    found = document(docx(par("Rivers", style="Heading2") + par("Wet.", style="IntenseQuote")))
    assert [one[:2] for one in shown(found)] == [("heading", 2), ("quote", 1)]


def test_an_outline_level_makes_a_heading_unless_it_is_a_whole_text():
    level = '<w:outlineLvl w:val="0"/>'
    body = par("Rivers", properties=level) + par("It rains. " * 50, properties=level)
    assert [one[:2] for one in shown(document(docx(body)))] == [
        ("heading", 1),
        ("paragraph", None),
    ]


def test_lists_tables_and_breaks():
    item = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr>'
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    row = (
        "<w:tr>" + "".join(f"<w:tc>{par(text)}</w:tc>" for text in ("Rain", "May", "")) + "</w:tr>"
    )
    essay = par("One.") + par("Two.") + par("Three.") + par("Four.")
    layout = f"<w:tr><w:tc>{essay}</w:tc><w:tc>{par('Beside.')}</w:tc></w:tr>"
    body = (
        par("Wet", properties=item)
        + par("No item", properties=none)
        + f"<w:tbl>{row}{layout}</w:tbl>"
        + par(words("Line one"), "<w:r><w:br/></w:r>", words("line two"))
        + par(words("Name"), "<w:r><w:tab/></w:r>", words("words"))
    )
    assert shown(document(docx(body))) == [
        ("item", 2, "Wet"),
        ("paragraph", None, "No item"),
        ("table", None, "Rain\tMay"),
        *(("paragraph", None, one) for one in ("One.", "Two.", "Three.", "Four.", "Beside.")),
        ("paragraph", None, "Line one\nline two"),
        ("paragraph", None, "Name\twords"),
    ]


def test_changes_that_are_tracked():
    """What is inserted stays, what is deleted goes, also paragraph marks and rows."""
    mark = "<w:rPr><w:del w:id='1'/></w:rPr>"
    deleted = f"<w:tr><w:trPr><w:del w:id='2'/></w:trPr><w:tc>{par('Gone')}</w:tc></w:tr>"
    body = (
        par(
            "It is ",
            "<w:del><w:r><w:delText>not </w:delText></w:r></w:del>",
            f"<w:ins>{words('very ')}</w:ins>",
            f"<w:moveFrom>{words('here ')}</w:moveFrom><w:moveTo>{words('there ')}</w:moveTo>",
            "wet.",
        )
        + par("One ", properties=mark)
        + par("sentence.")
        + f"<w:tbl>{deleted}</w:tbl>"
    )
    found = document(docx(body))
    assert [one[2] for one in shown(found)] == ["It is very there wet.", "One sentence."]
    assert "docx: 1 stretches that are marked as deleted left out" in found.notes


def test_notes_stand_apart_and_comments_are_left_out():
    body = par(
        "Rain",
        '<w:r><w:footnoteReference w:id="2"/></w:r>',
        '<w:r><w:commentReference w:id="5"/></w:r>',
        " falls",
        '<w:r><w:endnoteReference w:id="1" w:customMarkFollows="1"/><w:t>*</w:t></w:r>',
        ".",
    )
    notes = (
        f'<w:footnote w:type="separator" w:id="0">{par("---")}</w:footnote>'
        f'<w:footnote w:id="2">{par("<w:r><w:footnoteRef/></w:r>", " Seen in May.")}'
        f"{par('Twice.')}</w:footnote><w:footnote w:id='9'>{par('Nobody points here.')}</w:footnote>"
    )
    ends = f'<w:endnote w:id="1">{par("See below.")}</w:endnote>'
    found = document(docx(body, footnotes=notes, endnotes=ends))
    assert shown(found) == [
        ("paragraph", None, "Rain falls."),
        ("note", None, "Seen in May.\nTwice."),
        ("note", None, "See below."),
    ]
    assert found.notes == (
        "docx: 2 footnote marks left out of the text",
        "docx: 1 comments left out",
    )


def test_what_is_not_printed():
    """Hidden words, field codes, placeholders, second copies; a table of contents is no text."""
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    contents = '<w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
    body = (
        control.format(contents, par("Rivers 1"))
        + par("Rivers\t1", style="TOC1")
        + par(words("hidden", "<w:vanish/>"), words("shown", '<w:vanish w:val="0"/>'))
        + control.format("<w:showingPlcHdr/>", par("Click here."))
        + control.format("", par("Kept."))
        + par("<w:r><w:instrText>DATE</w:instrText></w:r>", "May")
        + par(
            "<w:ruby><w:rt>"
            + words("あ")
            + "</w:rt><w:rubyBase>"
            + words("雨")
            + "</w:rubyBase></w:ruby>"
        )
    )
    found = document(docx(body))
    assert [one[2] for one in shown(found)] == ["shown", "Kept.", "May", "雨"]
    assert "docx: 2 lines of its table of contents left out" in found.notes


def test_text_boxes_powers_and_formulas():
    box = f"<w:txbxContent>{par('In a box.')}</w:txbxContent>"
    both = (
        "<w:r><mc:AlternateContent><mc:Choice><wps:txbx>"
        f"{box}</wps:txbx></mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>"
    raised = words("2", '<w:vertAlign w:val="superscript"/>')
    body = (
        par(both, "Beside it.")
        + par(old, "And this.")
        + par(
            "10",
            raised,
            " is ",
            "<m:oMath><m:r><m:t>x=y</m:t></m:r></m:oMath>",
        )
    )
    assert [one[2] for one in shown(document(docx(body)))] == [
        "In a box.",
        "Beside it.",
        "In a box.",
        "And this.",
        "10² is x=y",
    ]


def test_paragraphs_set_in_from_both_sides_are_quotations():
    both = '<w:ind w:left="720" w:right="720"/>'
    left = '<w:ind w:left="720"/>'
    long = "It rained the whole of that day and the next."
    body = (
        par(long * 3)
        + par(long, properties=both)
        + par("— Ada Quill", properties=both)
        + par(long, properties=left)
        + par("She wrote:")
        + par(long, properties=left)
    )
    assert [one[0] for one in shown(document(docx(body)))] == [
        *("paragraph", "quote", "attribution", "paragraph", "paragraph", "quote"),
    ]
    everything = par(long, properties=both) + par(long, properties=both)
    assert {one[0] for one in shown(document(docx(everything)))} == {"paragraph"}


@pytest.mark.parametrize(
    ("properties", "told"),
    [
        (
            TOLD,
            ("On Water", "Ada Quill", "2019-03-04"),
        ),
        (
            MADE_UP,
            (None, None, None),
        ),
        ("", (None, None, None)),
    ],
)
def test_properties_that_a_person_can_have_meant(
    properties: str, told: tuple[str | None, ...]
) -> None:
    found = document(docx(par("Wet."), properties=properties))
    assert (found.title, found.author, found.date) == told


def test_the_title_page_says_what_the_properties_do_not():
    body = par("On Water", style="Title") + par("Ada Quill", style="Author")
    found = document(docx(body + par("May 4, 1921", style="Date") + par("Wet.")))
    assert (found.title, found.author, found.date) == ("On Water", "Ada Quill", "1921-05-04")


def test_a_note_part_that_is_damaged_does_not_cost_the_text():
    data = docx(par("Rain", '<w:r><w:footnoteReference w:id="2"/></w:r>'), footnotes="<w:p>")
    (found,) = taken(data)
    assert isinstance(found, Document)
    assert found.text == "Rain"
    assert any("its footnotes are left out" in note for note in found.notes)
