"""ODT: styles wherever they stand, notes, lists, tables, and what is not printed."""

from __future__ import annotations

import pytest
from office_files import document, left_out, odt, odt_parts, shown, zipped

QUOTE = '<style:style style:name="Quotations" style:display-name="Quotations" style:family="paragraph"/>'


def auto(name: str, inner: str = "", parent: str = "", family: str = "paragraph") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}" '
        f'style:parent-style-name="{parent}">{inner}</style:style>'
    )


def p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def test_styles_of_single_paragraphs_come_from_named_ones():
    styles = (
        QUOTE
        + auto("Heading_20_2", parent="Heading")
        + '<style:style style:name="Chapter" style:family="paragraph" style:default-outline-level="3"/>'
    )
    automatic = auto("P1", parent="Quotations") + auto("P2", parent="Heading_20_2")
    automatic += auto("P3", parent="Chapter") + auto("P4", parent="P5") + auto("P5", parent="P4")
    body = (
        p("On Water", "Title")
        + '<text:h text:outline-level="1" text:style-name="P9">Rain</text:h>'
        + p("It is wet.", "P1")
        + p("— Ada Quill", "P1")
        + p("Rivers", "P2")
        + p("Seas", "P3")
        + p("Plain.", "P4")
    )
    found = document(odt(body, styles=styles, automatic=automatic))
    assert shown(found) == [
        ("heading", 1, "On Water"),
        ("heading", 1, "Rain"),
        ("quote", 1, "It is wet."),
        ("attribution", None, "— Ada Quill"),
        ("heading", 2, "Rivers"),
        ("heading", 3, "Seas"),
        ("paragraph", None, "Plain."),
    ]
    assert found.title == "On Water"


@pytest.mark.parametrize(
    "name", ["Zitat", "Citation", "Cita", "Citação", "Цитата", "引用", "Block_20_Quotation"]
)
def test_localised_names(name: str) -> None:
    assert shown(document(odt(p("Rain.") + p("Wet.", name))))[1] == ("quote", 1, "Wet.")


def test_margins_on_both_sides_make_a_quotation():
    margins = '<style:paragraph-properties fo:margin-left="1cm" fo:margin-right="0.5in"/>'
    long = "It rained the whole of that day and the next."
    found = document(odt(p(long) + p(long, "P1") + p(long), automatic=auto("P1", margins)))
    assert [one[0] for one in shown(found)] == ["paragraph", "quote", "paragraph"]


def test_white_space_lists_and_tables():
    items = (
        "<text:list><text:list-item><text:p>One</text:p><text:list><text:list-item>"
        "<text:p>Inner</text:p></text:list-item></text:list></text:list-item></text:list>"
    )
    row = "".join(f"<table:table-cell>{p(one)}</table:table-cell>" for one in ("Rain", "May"))
    body = (
        p("  Two \n  lines<text:line-break/>and<text:s text:c='3'/>a<text:tab/>tab ")
        + items
        + f"<table:table><table:table-row>{row}</table:table-row></table:table>"
    )
    assert shown(document(odt(body))) == [
        ("paragraph", None, "Two lines\nand a\ttab"),
        ("item", 1, "One"),
        ("item", 2, "Inner"),
        ("table", None, "Rain\tMay"),
    ]


def test_notes_changes_comments_and_hidden_words():
    automatic = auto("T1", '<style:text-properties text:display="none"/>', family="text")
    automatic += auto(
        "T2", '<style:text-properties style:text-position="super 58%"/>', family="text"
    )
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p('Seen in May.')}</text:note-body></text:note>"
    )
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        f"{p('Gone.')}</text:deletion></text:changed-region></text:tracked-changes>"
    )
    box = f"<draw:frame><draw:text-box>{p('In a box.')}</draw:text-box></draw:frame>"
    body = (
        changes
        + p(f"Rain{note} falls<office:annotation>{p('Really?')}</office:annotation>.")
        + p('<text:span text:style-name="T1">hidden</text:span>shown')
        + p('10<text:span text:style-name="T2">2</text:span>')
        + p(f"{box}Beside it.")
        + f"<text:table-of-content><text:index-body>{p('Rain 1')}</text:index-body></text:table-of-content>"
        + f'<text:section text:display="none">{p("Hidden part.")}</text:section>'
        + f"<text:section>{p('Open part.')}</text:section>"
    )
    found = document(odt(body, automatic=automatic))
    assert [one[2] for one in shown(found)] == [
        *("Rain falls.", "shown", "10²", "In a box.", "Beside it.", "Open part.", "Seen in May."),
    ]
    assert shown(found)[-1][0] == "note"
    assert found.notes == (
        "odt: 1 footnote marks left out of the text",
        "odt: 1 stretches that are marked as deleted left out",
        "odt: 1 comments left out",
        "odt: 1 tables of contents and the like left out",
    )


def test_properties():
    meta = (
        "<dc:title>On Water</dc:title><meta:initial-creator>Ada Quill</meta:initial-creator>"
        "<dc:creator>Her Secretary</dc:creator><dc:language>en-GB</dc:language>"
        "<meta:creation-date>2019-03-04T10:00:00</meta:creation-date>"
    )
    found = document(odt(p("Wet."), meta=meta))
    assert (found.title, found.author, found.date) == ("On Water", "Ada Quill", "2019-03-04")
    assert found.language == "en-GB"
    assert found.notes == ("odt: its date is the day on which the file was made",)


def test_a_password_is_named():
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    parts = {**odt_parts(p("Wet.")), "META-INF/manifest.xml": manifest}
    assert left_out(zipped(parts)).reason == "it is protected by a password"
