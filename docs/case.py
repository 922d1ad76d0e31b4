"""Write the figures of docs/case-addresses.md, and the reports that it speaks of.

``python docs/case.py`` checks the addresses of the demonstration, puts the figures between the
marks of the page, and writes the reports, which hold texts of others and are not kept, into
``build/case``. With ``--check`` it only says whether the figures are current.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from chrestomathy.demo import Checked, check_addresses
from chrestomathy.desk import today
from chrestomathy.pipeline import GENERATOR, drawn_from, throughout_of
from chrestomathy.publish import build_edition, report
from chrestomathy.publish.citations import name_source
from chrestomathy.publish.plain import (
    WORDING_LABELS,
    change_sentence,
    omission_sentence,
    throughout_sentence,
)
from chrestomathy.publish.review import Review
from chrestomathy.records import Edition, Entry

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/case-addresses.md"
REPORTS = ROOT / "build/case"
FORMS = (".html", ".json", ".sarif", ".csv", ".md")
FIGURES = re.compile(
    r"(?P<head><!-- figures: (?P<name>\w+) -->\n).*?(?P<tail><!-- end -->)", re.DOTALL
)
SHOWN = 12
"""Changes of meaning that the page lists, in order of date."""
MOST_WORDS = 40
"""Longest quotation that the page prints."""
LEAST_ALIKE = 0.75
"""Under this, a quotation is too free for a list of what differs."""


def edition_of(checked: Checked) -> Edition:
    """Put all quotations of the addresses into one edition, in order of date."""
    entries = list(checked.entries)
    return build_edition(
        entries,
        title="The quotations in 249 presidential addresses",
        language="en",
        origins=tuple(dict.fromkeys(one.origin for one in checked.documents)),
        documents=drawn_from(checked.documents),
        throughout=throughout_of(entries),
        searched=checked.searched,
        generator=GENERATOR,
    )


def figures(edition: Edition) -> dict[str, str]:
    """Return the text of each figure by name."""
    entries = edition.entries
    return {
        "counts": _counts(entries),
        "witnesses": _witnesses(entries),
        "meaning": _meaning(entries),
        "throughout": _throughout(edition),
    }


def _counts(entries: Sequence[Entry]) -> str:
    counts = Counter(one.verdict.wording for one in entries if one.verdict)
    rows = [
        f"| {WORDING_LABELS[name]} | `{name}` | {counts[name]} | {counts[name] / len(entries):.0%} |"
        for name in WORDING_LABELS
        if counts[name]
    ]
    changed = sum(one.verdict.meaning_changed for one in entries if one.verdict)
    head = ["| | | quotations | |", "| --- | --- | ---: | ---: |"]
    said = f"{len(entries)} quotations of six words or more; in {changed} a change may touch the meaning."
    return "\n".join([said, "", *head, *rows]) + "\n"


def _witnesses(entries: Sequence[Entry]) -> str:
    found: Counter[tuple[str, str]] = Counter()
    for one in entries:
        if one.verdict and one.verdict.parts:
            found[one.verdict.parts[0].collection or "", one.verdict.wording] += 1
    names = [name for name in WORDING_LABELS if any(name == wording for _, wording in found)]
    lines = [
        f"| found in | {' | '.join(WORDING_LABELS[name].lower() for name in names)} |",
        f"| --- |{' ---: |' * len(names)}",
    ]
    lines += [
        f"| {collection} | {' | '.join(str(found[collection, name]) for name in names)} |"
        for collection in sorted({one for one, _ in found})
    ]
    return "\n".join(lines) + "\n"


def _meaning(entries: Sequence[Entry]) -> str:
    """List short quotations with a change of meaning, in order of date."""
    rows = ["| address | quoted as | against | what differs |", "| --- | --- | --- | --- |"]
    for one in entries:
        verdict, words = one.verdict, one.passage.text.split()
        if verdict is None or not verdict.meaning_changed or len(words) > MOST_WORDS:
            continue
        if verdict.similarity is None or verdict.similarity < LEAST_ALIKE:
            continue
        differing = [change_sentence(c) for c in verdict.changes]
        differing += [omission_sentence(o) for o in verdict.omissions if not o.marked]
        source = name_source(one.evidence[0], fallback=verdict.parts[0].source)
        address = (one.passage.origin or "").removeprefix("addresses/")
        cells = [address, f"“{' '.join(words)}”", source, "; ".join(differing)]
        rows.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join(rows[: SHOWN + 2]) + "\n"


def _throughout(edition: Edition) -> str:
    if not edition.throughout:
        return "Nothing.\n"
    return "".join(
        f"- {said[:1].upper()}{said[1:]} ({_places(one.documents)}).\n"
        for one in edition.throughout
        for said in [throughout_sentence(one)]
    )


def _places(documents: Iterable[object]) -> str:
    return ", ".join(str(one.origin).removeprefix("addresses/") for one in documents)  # type: ignore[attr-defined]


def filled(page: str, texts: dict[str, str]) -> str:
    """Put the figures between their marks."""
    return FIGURES.sub(lambda m: f"{m['head']}{texts[m['name']]}{m['tail']}", page)


def main() -> int:
    """Write the figures and the reports, or say whether the figures are current."""
    edition = edition_of(check_addresses(progress=lambda *_: None, say=print))
    old = PAGE.read_text(encoding="utf-8")
    new = filled(old, figures(edition))
    if "--check" in sys.argv:
        print("current" if old == new else f"{PAGE.name} is stale; run: make case")
        return int(old != new)
    PAGE.write_text(new, encoding="utf-8")
    REPORTS.mkdir(parents=True, exist_ok=True)
    for form in FORMS:
        path = REPORTS / f"addresses{form}"
        path.write_bytes(report(edition, form, Review(read=today())))
        print(f"wrote {path.relative_to(ROOT)}, {path.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
