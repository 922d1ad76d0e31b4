"""SubRip and WebVTT: speakers, times, sentences over several cues, captions that roll."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chrestomathy.lift import lift_document
from chrestomathy.read import Raw, read
from chrestomathy.records import Document, LeftOut
from chrestomathy.settings import LiftSettings, ReadSettings


def document(text: str, name: str = "a.srt") -> Document:
    raw = Raw(origin=name, data=text.encode(), name=name)
    (one,) = read([raw], settings=ReadSettings())
    assert isinstance(one, Document)
    return one


def srt(*cues: str, step: float = 3.0, shown: float = 2.9) -> str:
    def clock(seconds: float) -> str:
        return f"00:{int(seconds) // 60:02}:{int(seconds) % 60:02},{int(seconds * 1000) % 1000:03}"

    return "\n".join(
        f"{i + 1}\n{clock(i * step)} --> {clock(i * step + shown)}\n{cue}\n"
        for i, cue in enumerate(cues)
    )


def shown(one: Document) -> list[tuple[str, str]]:
    return [(block.kind, one.text[block.start : block.end]) for block in one.blocks]


def test_cues_that_go_on_are_one_sentence_and_their_times_are_places() -> None:
    one = document(srt("The river rose", "all night,\nand <i>nobody</i> slept.", "{\\an8}Nobody."))
    assert one.text == "The river rose all night, and nobody slept. Nobody."
    assert [(p.ref, one.text[p.start : p.end]) for p in one.loci] == [
        ("00:00:00", "The river rose"),
        ("00:00:03", "all night, and nobody slept."),
        ("00:00:06", "Nobody."),
    ]
    assert one.media_type == "application/x-subrip"


def test_voices_of_webvtt_are_speakers() -> None:
    one = document(
        "WEBVTT\nLanguage: en-GB\n\nNOTE by hand\n\nintro\n00:01.000 --> 00:04.000 align:start\n"
        "<v.loud Ada Lin>We borrowed the boat</v>\n\n00:04.000 --> 00:06.000\n<v Ada Lin>and we must return it.\n\n"
        "00:06.500 --> 00:08.000\n<v Tom &amp; May>Must we?\n<v Ada Lin>We must.\n",
        "a.vtt",
    )
    assert shown(one) == [
        ("speech", "Ada Lin: We borrowed the boat and we must return it."),
        ("speech", "Tom & May: Must we?"),
        ("speech", "Ada Lin: We must."),
    ]
    assert (one.language, one.loci[-1].ref) == ("en-GB", "00:00:06")
    passages = lift_document(one, settings=LiftSettings()).passages
    assert next((p.attribution.speaker, p.text) for p in passages) == (
        "Ada Lin",
        "We borrowed the boat and we must return it.",
    )


def test_two_dashes_are_two_speakers_and_a_name_in_capitals_is_one() -> None:
    one = document(
        srt(
            "- Where were you?\n- At the quay, waiting",
            "for the ferry.",
            "TOM: It never came.",
            "Later the rain began.",
            "Note: nobody was hurt.",
            ">> It was cold.",
        )
    )
    assert shown(one) == [
        ("paragraph", "Where were you?"),
        ("paragraph", "At the quay, waiting for the ferry."),
        ("speech", "TOM: It never came."),
        ("paragraph", "Later the rain began. Note: nobody was hurt."),
        ("paragraph", "It was cold."),
    ]


def test_a_name_holds_until_the_next_where_all_are_named() -> None:
    one = document(
        srt(
            "Ada Lin: We meet at noon.",
            "Bring water.",
            "Tom: Why?",
            "Ada Lin: It is dry.",
            "Tom: I see.",
        )
    )
    assert one.text == (
        "Ada Lin: We meet at noon. Bring water.\n\nTom: Why?\n\nAda Lin: It is dry.\n\nTom: I see."
    )
    assert [name for name, _, _ in one.speaker_spans] == ["Ada Lin", "Tom", "Ada Lin", "Tom"]


def test_captions_that_roll_come_once() -> None:
    lines = [
        "we built the",
        "harbour by hand",
        "and nobody thanked us",
        "for it at all",
        "not once",
    ]
    rolling = [lines[0]]
    for before, after in itertools.pairwise(lines):
        rolling += [before, f"{before}\n{after}"]
    one = document(srt(*rolling))
    assert one.text == " ".join(lines)
    assert any("rolling captions repeat" in note for note in one.notes)


def test_a_refrain_is_no_rolling_caption() -> None:
    cues = [
        "Row the boat.",
        "Row the boat.",
        "Down the river.",
        "It is wide.",
        "It is deep.",
        "We row.",
    ]
    assert document(srt(*cues)).text == " ".join(cues)


def test_a_silence_after_a_sentence_begins_a_paragraph() -> None:
    one = document(srt("It is wet.", "It is cold.", step=10))
    assert shown(one) == [("paragraph", "It is wet."), ("paragraph", "It is cold.")]


def test_sounds_and_music_are_left_out_and_counted() -> None:
    one = document(srt("[applause]", "(sighs) It is wet.", "♪ We row the boat ♪"))
    assert one.text == "It is wet. We row the boat"
    assert "subtitles: 4 descriptions of sounds left out" in one.notes


def test_careless_files_are_read() -> None:
    crlf = srt("It is wet.", "It is cold.").replace("\n", "\r\n")
    assert document(crlf).text == "It is wet. It is cold."
    without_gaps = (
        "1\n00:00:01,0 --> 00:00:02,0\nIt is wet.\n2\n00:00:02,5 --> 00:00:03,0\nIt is cold.\n"
    )
    assert document(without_gaps).text == "It is wet. It is cold."
    with_gap = "1\n00:00:01,000 --> 00:00:02,000\nIt is\n\nwet.\n\n2\n00:00:02,500 --> 00:00:03,000\nCold.\n"
    assert document(with_gap).text == "It is wet. Cold."
    assert document("3 < 4 --> no\n\n" + srt("It is <b>3</b> < 4.")).text == "It is 3 < 4."


def test_japanese_is_joined_without_spaces() -> None:
    assert document(srt("川は一晩中", "増え続けた。")).text == "川は一晩中増え続けた。"


def test_a_file_without_cues_says_so() -> None:
    (left,) = read(
        [Raw(origin="a.vtt", data=b"WEBVTT\n\nNOTE x\n", name="a.vtt")], settings=ReadSettings()
    )
    assert isinstance(left, LeftOut)
    assert "no subtitles" in left.reason


@pytest.mark.parametrize("name", ["noname", "a.txt"])
def test_they_are_known_by_their_beginning_where_nothing_else_tells(name: str) -> None:
    raw = Raw(origin=name, data=srt("It is wet.").encode(), name="noname")
    (one,) = read([raw], settings=ReadSettings())
    assert isinstance(one, Document)
    assert one.media_type == "application/x-subrip"


@given(st.text(alphabet="0123456789:,.-> \nab<v>♪[]", max_size=300))
def test_whatever_is_in_it_offsets_fit(text: str) -> None:
    for name in ("a.srt", "a.vtt"):
        for one in read([Raw(origin="o", data=text.encode(), name=name)], settings=ReadSettings()):
            if isinstance(one, Document):
                assert all(0 <= b.start < b.end <= len(one.text) for b in one.blocks)
                assert all(0 <= p.start < p.end <= len(one.text) for p in one.loci)
