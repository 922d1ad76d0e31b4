"""Debates as XML with a speech an element → source records that know who speaks where.

The form is that of the parliament parsers: ``<speech speakername="Anna Holt" url="…"><p>…</p>``.
A day is a source, dated by its file's name (``debates2019-03-12a.xml``):

    python examples/sources/publicwhip.py debates/*.xml > debates.jsonl
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from xml.etree import ElementTree

DATE = re.compile(r"\d{4}-\d\d-\d\d")


def source_of(path: Path) -> dict[str, object]:
    """Make one source of a day's debates."""
    text = ""
    spans: list[tuple[str, int, int]] = []
    url = None
    for element in ElementTree.parse(path).getroot():
        paragraphs = [" ".join("".join(one.itertext()).split()) for one in element.iter("p")]
        words = "\n\n".join(filter(None, paragraphs)) or " ".join(
            "".join(element.itertext()).split()
        )
        if not words:
            continue
        if text:
            text += "\n\n"
        name = element.get("speakername") if element.tag == "speech" else None
        if name:
            spans.append((name, len(text), len(text) + len(words)))
        text += words
        url = url or element.get("url")
    date = DATE.search(path.name)
    return {
        "id": path.stem,
        "title": f"Debates of {date[0]}" if date else path.stem,
        "date": date[0] if date else None,
        "url": url,
        "text": text,
        "speaker_spans": spans,
    }


def main() -> int:
    """Write a record a file to standard output; say which files were left out."""
    left_out = 0
    for name in sys.argv[1:]:
        try:
            source = source_of(Path(name))
        except (OSError, ElementTree.ParseError) as error:
            left_out += 1
            print(f"{name} is left out: {error}", file=sys.stderr)
            continue
        print(json.dumps(source, ensure_ascii=False))
    return 1 if left_out else 0


if __name__ == "__main__":
    raise SystemExit(main())
