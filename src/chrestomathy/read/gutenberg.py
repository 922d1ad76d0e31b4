"""The frame around a file of Project Gutenberg: what it says of the text, and what is no text.

The head names title, author and language, and a line of stars parts it from the text; behind
another such line stands the licence. The date in it is that of the file, not of the work.
"""

from __future__ import annotations

import re

from chrestomathy.read.metadata import Metadata

_STARS = r"^[ \t]*\*{3}[ ]?%s OF (?:THE|THIS) PROJECT GUTENBERG\b[^\n]*(?:\n[^\n*]*)?\*{3}[ \t\r]*$"
_START = re.compile(_STARS % "START", re.MULTILINE)
_END = re.compile(_STARS % "END", re.MULTILINE)
"""`*** START OF THE PROJECT GUTENBERG EBOOK EMMA ***`, the title on one line or two."""
_FIELD = re.compile(
    r"^(?P<name>Title|Author|Language):[ \t]*(?P<value>[^\r\n]*(?:\r?\n[ \t]+[^\r\n]+){0,3})",
    re.MULTILINE,
)
_NUMBER = re.compile(r"\[e(?:Book|text)[ ]#(?P<n>\d{1,6})\]", re.IGNORECASE)
MAX_HEAD_CHARS = 20_000
"""How far into a file the head may reach."""
LANGUAGES = {
    "chinese": "zh", "czech": "cs", "danish": "da", "dutch": "nl", "english": "en",
    "esperanto": "eo", "finnish": "fi", "french": "fr", "german": "de", "greek": "el",
    "hungarian": "hu", "italian": "it", "japanese": "ja", "latin": "la", "norwegian": "no",
    "polish": "pl", "portuguese": "pt", "russian": "ru", "spanish": "es", "swedish": "sv",
    "tagalog": "tl", "welsh": "cy",
}  # fmt: skip
"""Names of languages as the head has them; another is left to be recognised."""


def parse_frame(text: str) -> tuple[Metadata, int, int] | None:
    """Read the frame of a file of Project Gutenberg.

    Returns:
        What its head says, and where the text proper begins and ends; None where there is no
        such frame.
    """
    start = _START.search(text, 0, MAX_HEAD_CHARS)
    if start is None:
        return None
    end = _END.search(text, start.end())
    head = text[: start.start()]
    told: dict[str, str] = {}
    for m in _FIELD.finditer(head):
        told.setdefault(m["name"].lower(), " ".join(m["value"].split()))
    number = _NUMBER.search(head)
    address = f"https://www.gutenberg.org/ebooks/{number['n']}" if number else None
    metadata = Metadata(
        title=told.get("title") or None,
        author=told.get("author") or None,
        language=LANGUAGES.get(told.get("language", "").lower()),
        url=address,
        rights="Project Gutenberg, under the licence in its file.",
    )
    return metadata, start.end(), end.start() if end else len(text)
