"""The sources of a collection, from a folder, from records, from one text."""

import gzip
from pathlib import Path

import pytest

from chrestomathy import codec
from chrestomathy.errors import CollectionError
from chrestomathy.read import read_sources
from chrestomathy.read.sources import find_speakers
from chrestomathy.records import LeftOut, Source
from chrestomathy.settings import ReadSettings

PLAY = """# The Well

## SCENE I

**Ada**
Is the well dry?

**Tom**
It is not dry. Note: it is deep.

**Ada**
Then draw.

## SCENE II

**Tom**
I draw.

**Ada**
Well?

**Tom**
Water.
"""


def sources(path: Path) -> tuple[dict[str, Source], list[LeftOut]]:
    records = list(read_sources(str(path), settings=ReadSettings()))
    found = {one.id: one for one in records if isinstance(one, Source)}
    return found, [one for one in records if isinstance(one, LeftOut)]


def test_a_folder_with_front_matter_html_and_a_table(tmp_path: Path) -> None:
    folder = tmp_path / "speeches"
    (folder / "1946").mkdir(parents=True)
    (folder / "1946" / "well.md").write_text("---\nspeaker: Ada\ndate: 21 Jan 1946\n---\nWet.\n")
    (folder / "rain.html").write_text(
        "<html lang=en><title>Rain</title><meta name=author content=Tom><p>It rains a lot."
    )
    (folder / "sea.txt").write_text("The sea.")
    (folder / "sea.md").write_text("Another sea.")
    (folder / "bad.txt").write_bytes(bytes(range(256)))
    (folder / "sources.csv").write_text(
        "file,title,speaker,date,occasion,language,url,rights\n"
        "sea.txt,On the Sea,Mary,1 May 1890,a dinner,en,http://x.example/,CC0\n"
        "gone.txt,,,,,,,\n"
    )
    found, left = sources(folder)
    assert sorted(found) == ["1946/well", "rain", "sea", "sea.txt"]
    assert found["1946/well"].text.strip() == "Wet."
    assert (found["1946/well"].speaker, found["1946/well"].date) == ("Ada", "1946-01-21")
    assert (found["rain"].title, found["rain"].speaker) == ("Rain", "Tom")
    assert found["rain"].language == "en"
    sea = found["sea.txt"]
    assert (sea.title, sea.speaker, sea.date) == ("On the Sea", "Mary", "1890-05-01")
    assert (sea.occasion, sea.rights, sea.collection) == ("a dinner", "CC0", "speeches")
    assert [Path(one.origin).name for one in left] == ["bad.txt", "gone.txt"]


def test_records_and_twice_the_same_id(tmp_path: Path) -> None:
    path = tmp_path / "s.jsonl.gz"
    one = Source(id="a", text="Wet.", speaker="Ada")
    lines = [codec.encode(one), codec.encode(one), b"oops", b'{"id": "b", "text": "Dry."}']
    path.write_bytes(gzip.compress(b"\n".join(lines)))
    found, left = sources(path)
    assert list(found) == ["a", "b"]
    assert found["a"].collection == "s.jsonl.gz"
    assert left[0].reason == "the id 'a' comes twice"
    assert "line 3" in left[1].reason


def test_one_text(tmp_path: Path) -> None:
    (tmp_path / "well.txt").write_text("Wet.")
    found, _ = sources(tmp_path / "well.txt")
    assert found["well"].text == "Wet."


def test_missing_and_empty_collections_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="there is no collection"):
        read_sources(str(tmp_path / "nope"), settings=ReadSettings())
    with pytest.raises(CollectionError, match="has no sources: there is nothing in this folder"):
        sources(tmp_path)
    (tmp_path / "x.txt").write_bytes(b"")
    with pytest.raises(CollectionError, match="it is empty"):
        sources(tmp_path)


def test_a_play_says_who_speaks() -> None:
    spans = find_speakers(PLAY)
    assert [(s.name, PLAY[s.start : s.end]) for s in spans] == [
        ("Ada", "Is the well dry?"),
        ("Tom", "It is not dry. Note: it is deep."),
        ("Ada", "Then draw."),
        ("Tom", "I draw."),
        ("Ada", "Well?"),
        ("Tom", "Water."),
    ]


def test_a_debate_says_who_speaks() -> None:
    text = "MS. BELL: Is it wet?\n\nMR. REED: It is.\n" * 3
    assert [s.name for s in find_speakers(text)] == ["MS. BELL", "MR. REED"] * 3


def test_prose_with_colons_has_no_speakers() -> None:
    text = "\n".join(
        f"{word}: it is wet." for word in ["Note", "Example", "Warning", "Tip", "Hint", "Also"]
    )
    assert find_speakers(text) == ()
    assert find_speakers("WASHINGTON: It rained.\n" * 8) == ()
