"""Sort by cause what LIFT gets wrong on the labelled data, into ``docs/heuristics.md``.

Every label that was not found, and every passage without a label, is put under the first cause
that fits it; the causes are questions about the text around it, asked by the same code each
time, so that a change shows in the counts. Like `evaluate.py` it needs the data that is not
part of this repository; it reads labels, never a figure of the scorers.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from chrestomathy.lift import Lifted, lift_document
from chrestomathy.read.plain import document_from_text
from chrestomathy.records import Passage
from chrestomathy.settings import LiftSettings

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "heuristics.md"
BEGIN, END = "<!-- benchmarks/causes.py writes from here -->", "<!-- to here -->"

MARKS = "\"“”„‟«»‹›‘’‚‛'"
EDGES = MARKS + " \t\n\r\u00a0,.;:"
_NESTED = re.compile(r"(?:^|\s)['‘](?=\w)|\s\s+\w|['’](?=\s|$)")
"""Marks within marks, or the gap that some editions have in their place."""
_VERSE = re.compile(r"\n[ \t]{2,}\S|\w[^.\n]*\n[A-Z][^.\n]*\n[A-Z]")
_WRITTEN = re.compile(
    r"\b(?:letter|note|read|reads|wrote|written|words|motto|sign|inscription|headed|heading|title|"
    r"advertisement|paper|telegram|label\w*|repeat\w*|verse\w*|song|sang|sing|began)\b[^.!?]{0,80}$"
)
_CROWD = re.compile(
    r"\b(?:they|both|all|others|voices?|chorus|everybody|several|one of|another|somebody|soldiers|"
    r"crowd|people|of them)\b",
    re.IGNORECASE,
)

Span = tuple[int, int]
Row = dict[str, Any]


def rows(folder: Path, *names: str) -> Iterator[Row]:
    """Read labelled texts: every file, or those whose name begins with one of some words."""
    for path in sorted(folder.glob("*.jsonl.gz")):
        if not names or path.name.startswith(names):
            with gzip.open(path, "rt", encoding="utf-8") as lines:
                yield from map(json.loads, lines)


def lifted(row: Row, *, indirect: bool = False) -> Lifted:
    """Lift one labelled text."""
    document = document_from_text(row["text"], id=row["id"], origin="-")
    return lift_document(document, settings=LiftSettings(indirect=indirect))


def trimmed(text: str, span: Sequence[int]) -> Span:
    """Take marks, stops and white space off both ends."""
    start, end = span
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return start, end


def overlapping(span: Span, others: Sequence[Span]) -> list[Span]:
    """List the stretches that share a character with one."""
    return [one for one in others if one[0] < span[1] and one[1] > span[0]]


class Novel:
    """The labels and the passages of one story, and the causes of what differs."""

    def __init__(self, row: Row) -> None:
        self.text = row["text"]
        result = lifted(row)
        quotes = row["quotes"]
        spans = (one.get("spans") or [(one["start"], one["end"])] for one in quotes)
        self.gold = [trimmed(self.text, span) for held in spans for span in held]
        self.found: dict[Span, Passage] = {
            trimmed(self.text, span): one for one in result.passages for span in one.spans
        }
        self.dropped = [one.span for one in result.left_out if one.span]
        self.wrong = [span for span in self.found if span not in set(self.gold)]
        self.missed = [span for span in self.gold if span not in self.found and span[0] < span[1]]

    def causes(self) -> Iterator[str]:
        """Name a cause for each label that was missed and each passage without a label."""
        for span in self.missed:
            yield "label: " + self._missed(span)
        for span in self.wrong:
            if not overlapping(span, self.missed):
                yield "none: " + self._wrong(span)

    def _missed(self, span: Span) -> str:
        over = overlapping(span, self.wrong)
        if over:
            start, end = min(a for a, _ in over), max(b for _, b in over)
            if self.found[over[0]].rule.startswith("dialogue-dash"):
                return "turn with a dash ends elsewhere"
            if "(" in self.text[start:end]:
                return "cut at brackets, we keep them or cut too"
            nested = _NESTED.search(self.text, start, end)
            return "cut at a quotation within it, we keep it whole" if nested else "ends elsewhere"
        if overlapping(span, self.dropped):
            return "left out as a mention, a phrase, or retold"
        if self.text[max(0, span[0] - 2) : span[0]].strip()[-1:] in MARKS:
            return "not read as a quotation"
        return "no mark at its beginning"

    def _wrong(self, span: Span) -> str:
        words, before = self.text[slice(*span)], self.text[max(0, span[0] - 160) : span[0]]
        if _VERSE.search(words):
            return "verse"
        if _WRITTEN.search(before.rstrip(EDGES + "-—_")):
            return "a letter, sign, title or recital"
        cue = self.found[span].attribution.raw or ""
        if _CROWD.search(cue) or _CROWD.search(self.text[span[1] : span[1] + 40].split(".")[0]):
            return "said by several or by someone unnamed"
        if words[:1].islower():
            return "phrase within the narrator's sentence"
        if self.found[span].attribution.speaker or self.found[span].attribution.span:
            return "somebody says it, readers left it out"
        return "other"


def speaker_causes(row: Row) -> Iterator[str]:
    """Say how the speakers of a novel's quotations differ from their labels."""
    text, passages = row["text"], lifted(row).passages
    by_start = {trimmed(text, span)[0]: one for one in passages for span in one.spans}
    for label in row["quotes"]:
        one = by_start.get(trimmed(text, label["spans"][0])[0])
        if one is None:
            continue
        kind = "named beside it" if label["type"] == "Explicit" else "not named beside it"
        given = one.attribution.speaker
        if given is None:
            what = "no name given" if one.attribution.span is None else "pronoun left as it is"
            yield f"{kind}: {what}"
        elif not words_of(given) & words_of(" ".join(aliases(row, label["speaker"]))):
            yield f"{kind}: another name given"


def aliases(row: Row, speaker: str) -> set[str]:
    """Return the names of a character."""
    for one in row["characters"]:
        names = {one["Main Name"], *re.findall(r"'([^']+)'|\"([^\"]+)\"", one["Aliases"] or "")}
        flat = {part for name in names for part in ((name,) if isinstance(name, str) else name)}
        if speaker in flat:
            return flat
    return {speaker}


def words_of(name: str) -> set[str]:
    """Return the words of a name but for titles and articles."""
    return set(re.findall(r"\w+", name.casefold())) - {
        "the",
        "mr",
        "mrs",
        "miss",
        "lady",
        "sir",
        "",
    }


def news_causes(row: Row) -> Iterator[str]:
    """Say how the attributions of a news article differ from its labels."""
    found = [(set(_positions(one.spans)), one) for one in lifted(row, indirect=True).passages]
    used = set()
    for label in row["attributions"]:
        held = set(_positions(label["content"]))
        if not held:
            continue
        best = max(range(len(found)), key=lambda i: _share(held, found[i][0]), default=None)
        share = _share(held, found[best][0]) if best is not None else 0.0
        if best is not None and share >= 0.5:
            used.add(best)
            yield from _source_cause(label, found[best][1])
        elif share > 0:
            yield "label: content begins or ends elsewhere, by more than half"
        else:
            cue = "with a verb or noun for a cue" if label["cue"] else "without a cue"
            quoted = any(row["text"][i] in MARKS[:6] for i in held)
            yield f"label: not found, {'in marks' if quoted else 'reported, ' + cue}"
    for i, (_, one) in enumerate(found):
        if i not in used:
            yield f"none: {one.mode} words without a label"


def _source_cause(label: Row, one: Passage) -> Iterator[str]:
    given, source = one.attribution.speaker_span, label["source"]
    if source and not given:
        yield "label: found, no source given"
    elif given and not source:
        yield "label: found, a source given where readers saw none"
    elif given and not any(given.start < b and given.end > a for a, b in source):
        yield "label: found, another source given"


def _positions(spans: Sequence[Sequence[int]]) -> Iterator[int]:
    for start, end in spans:
        yield from range(start, end)


def _share(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other)


def table(title: str, labels: int, causes: Counter[str]) -> list[str]:
    """Write the causes of one set, the most frequent first."""
    lines = [f"**{title}**, {labels:,} labels:", "", "| cause | count |", "| --- | ---: |"]
    return [*lines, *(f"| {cause} | {count} |" for cause, count in causes.most_common()), ""]


def page(data: Path) -> str:
    """Write all tables."""
    lines = [BEGIN, ""]
    for name, title in (("pdnc", "Six novels, spans"), ("litbank", "Forty more, spans")):
        novels = [Novel(row) for row in rows(data / name)]
        causes = Counter(cause for one in novels for cause in one.causes())
        lines += table(title, sum(len(one.gold) for one in novels), causes)
    novels_rows = list(rows(data / "pdnc"))
    causes = Counter(cause for row in novels_rows for cause in speaker_causes(row))
    lines += table("Six novels, speakers", sum(len(row["quotes"]) for row in novels_rows), causes)
    news = list(rows(data / "polnear", "dev"))
    causes = Counter(cause for row in news for cause in news_causes(row))
    lines += table(
        "English news, direct and indirect", sum(len(row["attributions"]) for row in news), causes
    )
    return "\n".join([*lines, END])


def main() -> None:
    """Measure and write the tables into their place."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    shared = parser.parse_args().shared
    written = page(shared / "data" / "lift")
    text = PAGE.read_text("utf-8")
    head, rest = text.split(BEGIN, 1)
    PAGE.write_text(head + written + rest.split(END, 1)[1], "utf-8")


if __name__ == "__main__":
    main()
