"""Measure LIFT on pages that were written and labelled by people who knew nothing of its code.

``unseen.json`` holds them, set by set, with what each set gave by the code before anybody had
looked at them, measured by this script. What has been mended since measures no longer; the
figures show what is still wrong. Written into ``docs/heuristics.md`` by ``make unseen``.

A label may list more than one good reading of a text, a speaker or a date (``alt``), and
passages that are right with or without (``optional``).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from chrestomathy.lift import lift_document
from chrestomathy.read.formats import read_raw
from chrestomathy.read.inputs import Raw
from chrestomathy.records import Document, Passage
from chrestomathy.settings import LiftSettings, ReadSettings

ROOT = Path(__file__).resolve().parents[1]
PAGES = Path(__file__).with_name("unseen.json")
DOCS = ROOT / "docs" / "heuristics.md"
BEGIN, END = "<!-- benchmarks/unseen.py writes from here -->", "<!-- to there -->"
NAMES = {"text": "page.txt", "html": "page.html", "markdown": "page.md"}

Label = dict[str, Any]

_MARKS = re.compile(r"[“”„‟«»\"‘’'「」『』]")
_DASHES = re.compile(r"[‐-―─-]+")


def fold(text: str | None) -> str:
    """Fold what typography does: white space, marks, dashes, stops at the ends, case."""
    text = _DASHES.sub("-", _MARKS.sub('"', unicodedata.normalize("NFKC", text or "")))
    return " ".join(text.split()).strip(' ".,;:').casefold()


def lifted(page: dict[str, Any]) -> Sequence[Passage]:
    """Lift a page as `chrestomathy lift` does."""
    name = NAMES[page["format"]]
    raw = Raw(origin=name, name=name, data=page["text"].encode())
    documents = [one for one in read_raw(raw, settings=ReadSettings()) if isinstance(one, Document)]
    return [
        one for each in documents for one in lift_document(each, settings=LiftSettings()).passages
    ]


def readings(label: Label, field: str) -> set[str]:
    """List what is right for a field of a label, folded."""
    return {fold(one) for one in (label[field], *label.get("alt", {}).get(field, ()))}


def measure(pages: Sequence[dict[str, Any]]) -> Counter[str]:
    """Count labels, passages, those that agree, and speakers and dates of these."""
    count = Counter[str]()
    for page in pages:
        left = list(lifted(page))
        wrong = 0
        for label in page["passages"]:
            texts = readings(label, "text")
            one = next((one for one in left if fold(one.text) in texts), None)
            if one is not None:
                left.remove(one)
            if label.get("optional"):
                continue
            count["labels"] += 1
            count["found"] += one is not None
            claim = one.attribution if one else None
            who = claim is not None and fold(claim.speaker) in readings(label, "speaker")
            when = claim is not None and fold(claim.date) in readings(label, "date")
            count["speaker"] += who
            count["date"] += when
            wrong += not (who and when)
        surplus = [one for one in left if "scare-quote" not in one.flags]
        count["surplus"] += len(surplus)
        count["whole"] += not wrong and not surplus
        count["pages"] += 1
    return count


def f_score(count: Counter[str]) -> float:
    """Return F1 of the texts."""
    both = 2 * count["found"] + count["surplus"] + count["labels"] - count["found"]
    return 2 * count["found"] / both if both else 1.0


def table(sets: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Write the table, a set a row."""
    yield BEGIN
    yield ""
    yield "| pages | wholly right before | now | texts, F1, before | now | speakers before | now | dates now |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for one in sets:
        count, before = measure(one["pages"]), one["before"]
        found = count["found"]
        yield (
            f"| {one['set']}: {count['pages']}, {count['labels']} passages "
            f"| {before['whole']} | {count['whole']} "
            f"| {before['text_f']:.3f} | {f_score(count):.3f} | {before['speaker']} "
            f"| {count['speaker']} of {found} | {count['date']} of {found} |"
        )
    yield ""
    yield END


def main() -> None:
    """Measure every set and write the table into the page."""
    sets = json.loads(PAGES.read_text(encoding="utf-8"))
    written = "\n".join(table(sets))
    text = DOCS.read_text(encoding="utf-8")
    head, rest = text.split(BEGIN, 1)
    DOCS.write_text(head + written + rest.split(END, 1)[1], encoding="utf-8")
    print(written)


if __name__ == "__main__":
    main()
