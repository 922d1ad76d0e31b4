"""One page in many layouts: the same passages, themes and claims come out of each."""

from __future__ import annotations

import json
import re
import textwrap
from pathlib import Path

import pytest

from chrestomathy.lift import lift_document
from chrestomathy.read.plain import document_from_text
from chrestomathy.settings import LiftSettings

CASES = Path(__file__).parents[1] / "cases" / "lift" / "own-pages.json"
PAGE: str = json.loads(CASES.read_text(encoding="utf-8"))[0]["text"]
LINES = [line.strip() for line in PAGE.split("\n") if line.strip()]
FOUND = tuple[list[str], list[str | None], set[tuple[str, ...]], int]


def lifted(text: str) -> FOUND:
    document = document_from_text(text, id="d", origin="-")
    made = lift_document(document, settings=LiftSettings()).passages
    return (
        [" ".join(one.text.split()) for one in made],
        [one.attribution.date for one in made],
        {one.theme for one in made},
        len({one.source_key for one in made}),
    )


def quoted(line: str, following: str) -> str:
    return f"“{line}”" if following.startswith("—") else line


LAYOUTS = {
    "blank lines with two line ends": PAGE.replace("\n", "\r\n"),
    "no blank lines": "\n".join(LINES),
    "set in": "\n\n".join("   " + line for line in LINES),
    "one dash": PAGE.replace("— — ", "- "),
    "an en dash": PAGE.replace("— — ", "– "),
    "a bullet": PAGE.replace("— — ", "• "),
    "the word Source": PAGE.replace("— — ", "Source: "),
    "no marker": PAGE.replace("— — ", ""),
    "in brackets": re.sub(r"— — (.*)", r"(\1)", PAGE),
    "attribution on the next line": PAGE.replace("\n\n— —", "\n— —"),
    "attribution on the same line": PAGE.replace("\n\n— —", " — —"),
    "wrapped at 72": "\n\n".join(textwrap.fill(line, 72) for line in LINES),
    "in marks": "\n\n".join(
        quoted(line, following) for line, following in zip(LINES, [*LINES[1:], ""], strict=True)
    ),
}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS)
def test_layout_does_not_matter(text: str) -> None:
    """Blank lines, indentation, markers, brackets, wrapping and marks change nothing."""
    assert lifted(text) == lifted(PAGE)
