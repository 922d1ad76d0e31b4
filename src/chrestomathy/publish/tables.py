"""An edition as a table, one row a passage, that a spreadsheet can open safely."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from chrestomathy.publish.citations import cite_source
from chrestomathy.publish.plain import verdict_sentence, wording_of
from chrestomathy.records import Edition, Entry

COLUMNS = (
    "passage",
    "theme",
    "text",
    "speaker",
    "date",
    "occasion",
    "kind",
    "work",
    "attribution",
    "wording",
    "meaning_changed",
    "finding",
    "changes",
    "speaker_standing",
    "date_standing",
    "source",
    "source_citation",
    "level",
    "level_interval",
    "flags",
    "origin",
    "start",
    "end",
)
"""Columns in order; the names of the records where a column is a field."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def render(edition: Edition) -> dict[str, bytes]:
    """Print an edition as ``passages.csv``."""
    rows = [_row(entry, edition) for entry in edition.entries]
    return {"passages.csv": write_table(COLUMNS, rows)}


def write_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Write a table as RFC 4180 with a byte order mark, so that spreadsheets read UTF-8.

    A cell that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def safe_cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    Example:
        >>> safe_cell("=1+1"), safe_cell("plain"), safe_cell(None)
        ("'=1+1", 'plain', '')
    """
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \n").startswith(_FORMULA) else text


def changes_cell(entry: Entry) -> str:
    """Return an entry's changes as ``source → page``, one after another."""
    changes = entry.verdict.changes if entry.verdict else ()
    return "; ".join(f"{one.source_text or '∅'} → {one.passage_text or '∅'}" for one in changes)


def _row(entry: Entry, edition: Edition) -> tuple[object, ...]:
    passage, verdict, grading = entry.passage, entry.verdict, entry.grading
    claim = passage.attribution
    parts = verdict.parts if verdict else ()
    cited = [e for e in entry.evidence if any(part.source == e.source for part in parts)]
    span = (passage.spans[0].start, passage.spans[-1].end) if passage.spans else (None, None)
    return (
        passage.id,
        " / ".join(passage.theme),
        passage.text,
        claim.speaker,
        claim.date,
        claim.occasion,
        claim.kind,
        claim.work,
        claim.raw,
        wording_of(entry),
        None if verdict is None else str(verdict.meaning_changed).lower(),
        verdict_sentence(entry, edition.searched),
        changes_cell(entry),
        verdict.attribution.speaker if verdict else None,
        verdict.attribution.date if verdict else None,
        "; ".join(dict.fromkeys(part.source for part in parts)),
        " ".join(dict.fromkeys(cite_source(e, locus=e.locus) for e in cited[: len(parts)])),
        grading.level if grading else None,
        "–".join(grading.interval) if grading and grading.interval else None,
        " ".join(passage.flags),
        passage.origin,
        *span,
    )
