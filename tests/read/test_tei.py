"""TEI: header, verse, plays, quotations, notes, places, several texts; XML of other kinds."""

import pytest

from chrestomathy.lift import lift_document
from chrestomathy.read import Raw, read, read_sources
from chrestomathy.records import Document, LeftOut
from chrestomathy.settings import LiftSettings, ReadSettings

HEADER = """<teiHeader><fileDesc>
<titleStmt><title type="main">The Ferry</title><title type="sub">A Comedy</title>
<author><persName><forename>Ada</forename><surname>Lin</surname></persName></author></titleStmt>
<publicationStmt><p>Own</p><date when="2020-01-01"/><idno type="DOI">10.1234/ferry</idno>
<availability><licence target="https://example.org/by">Free to use</licence></availability>
</publicationStmt>
<sourceDesc><bibl><title>Plays</title><date when="1911-03">March 1911</date></bibl></sourceDesc>
</fileDesc><profileDesc><langUsage><language ident="en">English</language></langUsage>
<particDesc><listPerson><person xml:id="tom"><persName>Tom Reed</persName></person></listPerson>
</particDesc></profileDesc></teiHeader>"""


def items(data: str | bytes, name: str = "a.xml") -> list[object]:
    data = data.encode() if isinstance(data, str) else data
    return list(read([Raw(origin=name, data=data, name=name)], settings=ReadSettings()))


def tei(body: str, header: str = HEADER) -> Document:
    whole = (
        f'<TEI xmlns="http://www.tei-c.org/ns/1.0">{header}<text><body>{body}</body></text></TEI>'
    )
    (document,) = items(whole)
    assert isinstance(document, Document)
    return document


def shown(document: Document) -> list[tuple[str, str]]:
    return [(one.kind, document.text[one.start : one.end]) for one in document.blocks]


def places(document: Document) -> dict[str, str]:
    return {one.ref: document.text[one.start : one.end] for one in document.loci}


def test_the_header_tells_title_author_date_language_and_rights() -> None:
    one = tei("<p>It is wet.</p>")
    assert (one.title, one.author, one.date) == ("The Ferry: A Comedy", "Ada Lin", "1911-03")
    assert (one.language, one.rights) == ("en", "Free to use")
    assert one.url == "https://doi.org/10.1234/ferry"
    assert one.media_type == "application/tei+xml"


def test_verse_keeps_its_lines_and_numbers() -> None:
    one = tei(
        '<div type="canto" n="2"><head>Of the Tide</head><lg><l n="1">It goes <hi>out</hi>,</l>'
        "<l>it comes in.</l></lg><lg><l n='5'>Nobody asked.</l></lg></div>"
    )
    assert one.text == "Of the Tide\n\nIt goes out,\nit comes in.\n\nNobody asked."
    assert [kind for kind, _ in shown(one)] == ["heading", "line", "line", "line"]
    assert one.blocks[0].level == 2
    assert places(one)["Canto 2, l. 1"] == "It goes out,\nit comes in."
    assert places(one)["Canto 2, l. 5"] == "Nobody asked."


def test_speeches_keep_their_speakers_for_lift_and_for_a_collection() -> None:
    one = tei(
        "<sp><speaker>MARY.</speaker><p>Where is the boat?</p><stage>She looks.</stage>"
        "<p>I had two.</p></sp>"
        '<sp who="#tom"><l>The river has it,</l><l>and keeps it.</l></sp>'
        "<p>They went home.</p>"
    )
    assert shown(one) == [
        ("speech", "MARY: Where is the boat?"),
        ("note", "She looks."),
        ("speech", "I had two."),
        ("speech", "Tom Reed: The river has it,\nand keeps it."),
        ("paragraph", "They went home."),
    ]
    said = [(name, one.text[start:end]) for name, start, end in one.speaker_spans]
    assert said[-1] == ("Tom Reed", "The river has it,\nand keeps it.")
    lifted = lift_document(one, settings=LiftSettings())
    assert [(p.text, p.attribution.speaker) for p in lifted.passages] == [
        ("Where is the boat?", "MARY"),
        ("I had two.", "MARY"),
        ("The river has it,\nand keeps it.", "Tom Reed"),
    ]
    assert {p.rule for p in lifted.passages} == {"marked-speech"}


def test_spoken_words_of_a_parliament() -> None:
    one = tei(
        '<u who="#tom"><seg>We meet at noon.</seg> <seg>Bring water.</seg></u>'
        '<u who="#Ada_Lin"><s><w>No</w><pc join="left">,</pc>\n<w join="right">never</w>\n<pc>.</pc></s></u>'
        "<note>Applause</note>"
    )
    assert one.text == "Tom Reed: We meet at noon. Bring water.\n\nAda Lin: No, never.\n\nApplause"


def test_quotations_with_their_sources_and_their_marks() -> None:
    one = tei(
        "<p>He wrote <quote>never again</quote> and <q>“twice”</q>, <said>she <q>too</q> said</said>.</p>"
        "<cit><quote><p>Water is patient.</p></quote><bibl>Ada Lin, <title>Letters</title>, 1903</bibl></cit>"
    )
    assert shown(one) == [
        ("paragraph", "He wrote “never again” and “twice”, “she ‘too’ said”."),
        ("quote", "Water is patient."),
        ("attribution", "Ada Lin, Letters, 1903"),
    ]
    passages = lift_document(one, settings=LiftSettings()).passages
    assert [p.attribution.speaker for p in passages if p.text == "Water is patient."] == ["Ada Lin"]


def test_one_of_two_readings_is_taken_and_said() -> None:
    one = tei(
        "<p>It <choice><sic>keepps</sic><corr>keeps</corr></choice>"
        " <choice><orig>vp</orig><reg>up</reg></choice> <choice><abbr>wt</abbr><expan>with</expan></choice>"
        " <app><lem>the</lem><rdg>a</rdg></app> <del>old</del><add>new</add> tide<gap/></p>"
    )
    assert one.text == "It keeps up with the new tide[…]"
    assert (
        "tei: of several readings one is taken: 1 × corr, 1 × expan, 1 × lem, 1 × reg" in one.notes
    )
    assert "tei: 1 stretches that were struck out left out of the text" in one.notes


def test_notes_stand_apart_and_pages_are_places() -> None:
    one = tei(
        "<pb n='7'/><p>The quay is wet<note place='foot'>It has been since <hi>May</hi>.</note>"
        " and co<lb break='no'/>ld. <pb n='8'/>It stays so.</p>"
    )
    assert shown(one) == [
        ("paragraph", "The quay is wet and cold. It stays so."),
        ("note", "It has been since May."),
    ]
    assert places(one)["p. 7"] == "The quay is wet and cold."
    assert places(one)["p. 8"].startswith("It stays so.")


def test_chapter_and_verse() -> None:
    one = tei(
        '<div type="book" n="Ruth"><div type="chapter" n="1"><p><milestone unit="verse" n="1"/>It rained.'
        ' <milestone unit="verse" n="2"/>It went on</p><p>raining.</p></div>'
        '<div type="chapter" n="2"><ab n="1">Now the sea.</ab><p>No verse.</p></div></div>'
    )
    assert places(one) == {
        "Ruth 1:1": "It rained.",
        "Ruth 1:2": "It went on\n\nraining.",
        "Ruth 2:1": "Now the sea.",
        "Ruth, Chapter 2": "No verse.",
    }


def test_each_text_of_a_corpus_is_a_document() -> None:
    text = "<TEI>{}<text><body><p>Text {}.</p></body></text></TEI>"
    first = text.format(HEADER.replace("The Ferry", "One"), "one")
    second = text.format("<teiHeader/>", "two")
    found = items(f"<teiCorpus>{HEADER}{first}{second}</teiCorpus>", "corpus.xml")
    assert [(one.origin, one.title, one.text) for one in found if isinstance(one, Document)] == [
        ("corpus.xml!1", "One: A Comedy", "Text one."),
        ("corpus.xml!2", "The Ferry: A Comedy", "Text two."),
    ]
    assert len({one.id for one in found if isinstance(one, Document)}) == 2


def test_what_stands_before_the_damage_is_read_and_the_place_is_said() -> None:
    document, left = items(
        "<TEI><text><body><p>Whole.</p>\n<p>Broken <hi>here</p></body></text></TEI>"
    )
    assert isinstance(document, Document)
    assert document.text == "Whole.\n\nBroken here"
    assert isinstance(left, LeftOut)
    assert "this XML is damaged" in left.reason
    assert "(at line 2)" in left.reason


@pytest.mark.parametrize(
    ("encoding", "says"),
    [
        ("iso-8859-2", "encoding iso8859-2: declared"),
        ("utf-16", "encoding utf-16-le: byte order mark"),
    ],
)
def test_the_encoding_is_as_declared(encoding: str, says: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?><TEI><text><p>Žlutý kůň.</p></text></TEI>'
    (one,) = items(text.encode(encoding))
    assert isinstance(one, Document)
    assert (one.text, one.notes[0]) == ("Žlutý kůň.", says)


def test_mojibake_is_undone_and_characters_by_name_are_known() -> None:
    one = tei("<p>Itâ€™s caf&eacute; &mdash; closed</p>")
    assert one.text == "It’s café — closed"
    assert "mojibake undone in 1 lines" in one.notes


def test_other_xml_is_read_element_by_element() -> None:
    (one,) = items(
        "<?xml version='1.0'?><book><title>On Water</title><part><p>It is <b>wet</b> there.</p>\n"
        "<p><i>And</i> cold.</p><quote><p>Bring a coat.</p></quote></part></book>"
    )
    assert isinstance(one, Document)
    assert shown(one) == [
        ("heading", "On Water"),
        ("paragraph", "It is wet there."),
        ("paragraph", "And cold."),
        ("quote", "Bring a coat."),
    ]
    (empty,) = items("<?xml version='1.0'?><a><b x='1'/></a>")
    assert isinstance(empty, LeftOut)


def test_a_page_that_is_xml_and_tei_without_a_suffix_are_known_by_their_root() -> None:
    page = b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Wet.</p></body></html>'
    assert [one.media_type for one in items(page) if isinstance(one, Document)] == ["text/html"]
    prefixed = (
        b'<t:TEI xmlns:t="http://www.tei-c.org/ns/1.0"><t:text><t:p>Wet.</t:p></t:text></t:TEI>'
    )
    (one,) = items(prefixed, "noname")
    assert isinstance(one, Document)
    assert (one.media_type, one.text) == ("application/tei+xml", "Wet.")


def test_a_play_as_a_source_has_speakers_and_places(tmp_path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "play.xml"
    path.write_text(
        f"<TEI>{HEADER}<text><body><div type='act' n='1'><sp><speaker>TOM</speaker><p>It is wet.</p></sp>"
        "</div></body></text></TEI>"
    )
    (source,) = read_sources(str(path), settings=ReadSettings())
    assert not isinstance(source, LeftOut)
    assert source.speaker_spans[0].name == "TOM"
    assert (source.loci[0].ref, source.title, source.date) == (
        "Act 1",
        "The Ferry: A Comedy",
        "1911-03",
    )
