"""The frame of a Gutenberg file: read, and cut away."""

from pathlib import Path

import pytest

from chrestomathy.read import read_sources
from chrestomathy.read.gutenberg import parse_frame
from chrestomathy.records import Source
from chrestomathy.settings import ReadSettings

HEAD = """The Project Gutenberg eBook of The Dry Well

This ebook is for the use of anyone.

Title: The Dry Well
        A Comedy

Author: Ada Holt

Release date: June 27, 2008 [eBook #11111]

Language: English

"""
STARS = "*** {} OF THE PROJECT GUTENBERG EBOOK THE DRY WELL ***\n"
FILE = f"{HEAD}{STARS.format('START')}\nIt was dry.\n\n{STARS.format('END')}\nThe licence."


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_file_tells_of_its_text(tmp_path: Path, line_end: str) -> None:
    (tmp_path / "pg11111.txt").write_bytes(FILE.replace("\n", line_end).encode())
    (well,) = read_sources(str(tmp_path), settings=ReadSettings())
    assert isinstance(well, Source)
    assert well.text.strip() == "It was dry."
    assert (well.title, well.speaker) == ("The Dry Well A Comedy", "Ada Holt")
    assert (well.language, well.date) == ("en", None)
    assert well.url == "https://www.gutenberg.org/ebooks/11111"
    assert well.rights


def test_the_line_of_stars_may_go_on() -> None:
    stars = "*** START OF THIS PROJECT GUTENBERG EBOOK THE DRY WELL, OR, A\nCOMEDY OF RAIN ***"
    framed = parse_frame(f"Title: The Dry Well\n\n{stars}\nIt was dry.")
    assert framed is not None
    told, start, end = framed
    assert told.title == "The Dry Well"
    assert f"Title: The Dry Well\n\n{stars}\nIt was dry."[start:end].strip() == "It was dry."


@pytest.mark.parametrize("text", ["", "*** a star ***", "Title: x\n\n*** START ***\ny"])
def test_another_text_has_no_frame(text: str) -> None:
    assert parse_frame(text) is None
