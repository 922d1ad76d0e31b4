r"""RTF: groups, code pages, ``\u``, styles, notes, tables."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_files import document, left_out, shown, taken

HEAD = r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Serif;}{\f1\fcharset204 Other;}{\f2\fcharset128 Mincho;}}"
STYLES = (
    r"{\stylesheet{\s0 Normal;}{\s1\sbasedon0 heading 1;}{\s2 Quote;}{\s3\sbasedon2 My words;}"
    r"{\s4\sbasedon5 a;}{\s5\sbasedon4 b;}{\*\cs6 Quote Char;}{\s7\outlinelevel1 Part;}{\s8 Title;}}"
)


def rtf(body: str, info: str = "") -> bytes:
    return (HEAD + STYLES + info + body + "}").encode("latin-1")


def texts(body: str) -> list[str]:
    return [one[2] for one in shown(document(rtf(body)))]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"caf\'e9 \ldblquote wet\rdblquote\emdash so", "café “wet”—so"),
        (r"\u8220 ?wet\u8221 ?", "“wet”"),
        (r"\uc2\u8220 ??wet\uc0\u8221 ", "“wet”"),
        (r"{\uc0\u8220 }wet\u8221\'94", "“wet”"),
        (r"\u-10179 ?\u-8704 ? and \u65533 ?", "😀 and \ufffd"),
        (r"{\f1 \'c4\'ee\'e6\'e4\'fc} rain", "Дождь rain"),
        (r"{\f2 \'89J} rain", "雨 rain"),
        (r"{\f2 \'89\'4a} rain", "雨 rain"),
        (r"a\~b\_c\-d \{x\} \\", "a\u00a0b\u2011cd {x} \\"),
        (r"one\line two\tab three", "one\ntwo\tthree"),
        (r"10{\super 2} and 2{\super nd}", "10² and 2nd"),
        (r"{\v hidden}shown{\deleted gone}", "shown"),
        (r"{\field{\*\fldinst HYPERLINK x}{\fldrslt rain}}", "rain"),
        (r"{\*\unknown secret}rain{\pict\wmetafile8 0102}", "rain"),
        (r"{\pict\bin5 }}}}}}rain", "rain"),
        (r"wet {\*\bkmkstart a}rain", "wet rain"),
        (r"{\upr{rain}{\*\ud{Regen}}}", "rain"),
    ],
)
def test_characters(body: str, text: str) -> None:
    assert texts(body + r"\par") == [text]


def test_code_page_of_the_whole_file():
    data = rb"{\rtf1\ansi\ansicpg1251 \'c4\'ee\'e6\'e4\'fc\par}"
    assert document(data).text == "Дождь"
    assert document(rb"{\rtf1\mac caf\'8e\par}").text == "café"


def test_what_paragraphs_are():
    long = "It rained the whole of that day and the next."
    body = (
        r"\pard\s8 On Water\par\pard\s1 Rain\par\pard\plain It falls.\par\pard\s3 Wet.\par"
        r"\pard\s4 Round.\par\pard\s7 Part\par\pard{\listtext 1.\tab}\ls1\ilvl1 Item\par"
        rf"\pard\li720\ri720 {long}\par\pard\li720 {long}\par\pard She wrote:\par\pard\li720 {long}\par"
    )
    assert [one[:2] for one in shown(document(rtf(body)))] == [
        ("heading", 1),
        ("heading", 1),
        ("paragraph", None),
        ("quote", 1),
        ("paragraph", None),
        ("heading", 2),
        ("item", 2),
        ("quote", 1),
        ("paragraph", None),
        ("paragraph", None),
        ("quote", 1),
    ]


def test_notes_boxes_and_tables():
    body = (
        r"Rain{\super\chftn}{\footnote\pard{\super\chftn} Seen in {\i May}.\par Twice.} falls"
        r"{\*\annotation Really?}.\par"
        r"{\shp{\*\shpinst\shpleft0{\sp{\sn x}{\sv 1}}{\shptxt In a box.\par}}{\shprslt In a box.}}"
        r"\trowd\intbl Rain\cell May\cell\row\intbl Hail\cell June\cell\row\pard After.\par"
        r"{\header Page 1\par}"
    )
    found = document(rtf(body))
    assert shown(found) == [
        ("paragraph", None, "Rain falls."),
        ("paragraph", None, "In a box."),
        ("table", None, "Rain\tMay"),
        ("table", None, "Hail\tJune"),
        ("paragraph", None, "After."),
        ("note", None, "Seen in May.\nTwice."),
    ]
    assert found.notes == (
        "rtf: 1 footnote marks left out of the text",
        "rtf: 1 comments left out",
    )


def test_properties():
    info = (
        r"{\info{\title On W\'e4ter}{\author Ada Quill}{\operator Her Secretary}"
        r"{\creatim\yr2019\mo3\dy4\hr10}{\revtim\yr2020\mo1\dy1}}"
    )
    found = document(rtf(r"Wet.\par", info))
    assert (found.title, found.author, found.date) == ("On Wäter", "Ada Quill", "2019-03-04")


def test_a_file_that_breaks_off_is_read_up_to_there():
    whole = rtf(r"Rain falls.\par\intbl Wet\cell{\footnote A note")
    assert "Rain falls." in document(whole[:-2]).text
    for n in range(5, len(whole)):
        taken(whole[:n])


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                *"{}\\ a5'*",
                r"\par",
                r"\u8220",
                r"\'e9",
                r"\footnote",
                r"\cell",
                r"\row",
                r"\intbl",
                r"\shptxt",
                r"\info",
                r"\title",
                r"\s1",
                r"\stylesheet",
                r"\bin3 ",
                r"\f2",
                r"\f1",
                r"\'89",
                r"\pard",
                r"\*",
                r"\uc9 ",
                r"\shpinst",
                r"\li-99999999",
                r"\yr0",
                r"\creatim",
            ]
        ),
        max_size=60,
    )
)
def test_any_order_of_words_is_survived(words: list[str]) -> None:
    taken((HEAD + STYLES + "".join(words)).encode("latin-1"))


def test_no_text():
    assert left_out(rb"{\rtf1\ansi }").reason == "there is no text in it"
