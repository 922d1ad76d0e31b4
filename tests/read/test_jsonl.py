"""JSON Lines: records by their fields, bad lines by their number."""

from chrestomathy import codec
from chrestomathy.read import Raw, document_from_text, read_raw
from chrestomathy.records import Bare, Document, LeftOut, Passage
from chrestomathy.settings import ReadSettings


def read(data: bytes, name: str = "x.jsonl", origin: str = "x.jsonl") -> list[object]:
    return list(read_raw(Raw(origin=origin, data=data, name=name), settings=ReadSettings()))


def test_records_are_told_by_their_fields_and_get_the_origin() -> None:
    document = document_from_text("wet", id="d", origin="page.html")
    data = b"\n".join(
        (b'{"id": "a", "text": "wet"}', b'{"id": "p", "text": "x", "spans": [[0, 1]]}')
    )
    bare, passage, same = read(data + b"\r\n\n" + codec.encode(document))
    assert isinstance(bare, Bare)
    assert isinstance(passage, Passage)
    assert (bare.origin, passage.origin) == ("x.jsonl", "x.jsonl")
    assert same == document


def test_a_bad_line_is_named_and_costs_no_other() -> None:
    good = b'{"id": "a", "text": "wet"}\n'
    first, bad, nope, last = read(good + b"oops\n" + b'{"id": 5, "text": "x"}\n' + good)
    assert isinstance(first, Bare)
    assert isinstance(last, Bare)
    assert isinstance(bad, LeftOut)
    assert bad.reason.startswith("line 2 is no JSON object")
    assert isinstance(nope, LeftOut)
    assert "line 3" in nope.reason
    assert "`$.id`" in nope.reason


def test_arrays_and_spread_objects_are_read() -> None:
    assert len(read(b'[{"id": "a", "text": "x"},\n {"id": "b", "text": "y"}]', "x.json")) == 2
    assert read(b'{\n "id": "a",\n "text": "x"\n}', "x.json") == [
        Bare(id="a", text="x", origin="x.jsonl")
    ]


def test_standard_input_is_sniffed() -> None:
    (bare,) = read(b' {"id": "a", "text": "x"}\n', name="", origin="-")
    assert isinstance(bare, Bare)
    assert bare.origin == "-"
    (document,) = read(b"{see the note} it said", name="", origin="-")
    assert isinstance(document, Document)


def test_blocks_outside_their_text_are_refused() -> None:
    data = (
        b'{"id":"d","origin":"o","media_type":"text/plain","text":"ab",'
        b'"blocks":[{"kind":"paragraph","start":0,"end":9}]}'
    )
    (bad,) = read(data)
    assert isinstance(bad, LeftOut)
    assert "lies outside" in bad.reason


def test_a_file_without_records_says_so() -> None:
    (bad,) = read(b"\n\n")
    assert isinstance(bad, LeftOut)
    assert bad.reason == "it has no records"
