"""What a run found, for an editor: in the order of the draft, and in five forms.

A report lists every passage, also those where nothing is to do; it ranks nothing and says
nothing of truth. SARIF is for code-review tools, which show its results beside the draft.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from chrestomathy.errors import SettingsError
from chrestomathy.publish.citations import cite_claim
from chrestomathy.publish.markdown import escape, findings
from chrestomathy.publish.plain import (
    FLAG_WORDS,
    WORDING_LABELS,
    WORDING_MEANINGS,
    count_word,
    flag_sentences,
    standing_sentences,
    wording_of,
)
from chrestomathy.publish.tables import changes_cell, write_table
from chrestomathy.records import Edition, Entry

SARIF_LEVELS: Mapping[str, str] = {
    "exact": "none",
    "altered": "warning",
    "truncated": "note",
    "ellipsis": "none",
    "spliced": "warning",
    "not_found": "none",
    "undecided": "none",
    "unchecked": "none",
}
"""How loudly a code-review tool shows each wording; nothing is an ``error``, for an editor
decides. Chosen by hand."""
SARIF_KINDS: Mapping[str, str] = {
    "exact": "pass",
    "altered": "fail",
    "truncated": "fail",
    "ellipsis": "pass",
    "spliced": "fail",
    "not_found": "review",
    "undecided": "open",
    "unchecked": "notApplicable",
}
"""What was not found is no failure: a person has to look."""
CLAIM_RULE = "claim_differs"
"""The SARIF rule for words that stand in a source of another speaker or date."""
PLAIN_SUFFIXES = (".txt", ".text", ".md", ".markdown")
"""Inputs whose offsets are offsets into the file; others are read into another text."""

QUOTED_WORDS = 12
"""Words of the passage that a SARIF message begins with. Chosen by hand."""


class Finding(NamedTuple):
    """One passage as a report lists it."""

    number: int
    entry: Entry
    wording: str
    label: str
    citation: str | None
    said: tuple[str, ...]


class Throughout(NamedTuple):
    """One change that is made again and again."""

    source_text: str
    passage_text: str
    passages: tuple[str, ...]


def report(edition: Edition, form: str) -> bytes:
    """Write the findings of a run.

    Args:
        edition: Passages with their verdicts.
        form: ``.html``, ``.json``, ``.sarif``, ``.csv`` or ``.md``; the dot may be missing.

    Raises:
        SettingsError: There is no such form.
    """
    return FORMS[report_form(form)](edition)


def report_form(form: str) -> str:
    """Return the name of a report's form as `FORMS` has it.

    Raises:
        SettingsError: There is no such form.
    """
    name = "." + form.lower().removeprefix(".")
    if name not in FORMS:
        what = f"a report cannot be written as {form!r}" if form else "the report has no suffix"
        raise SettingsError(what, fix=f"End its name with one of {', '.join(FORMS)}.")
    return name


def find(edition: Edition) -> list[Finding]:
    """List the findings in the order of the draft: by input, then by place in it."""
    order = {origin: i for i, origin in enumerate(edition.origins)}

    def place(entry: Entry) -> tuple[int, int]:
        passage = entry.passage
        first = min((span.start for span in passage.spans), default=0)
        return order.get(passage.origin or "", len(order)), first

    found = []
    for number, entry in enumerate(sorted(edition.entries, key=place), start=1):
        wording = wording_of(entry)
        flags = [flag for flag in entry.passage.flags if flag in FLAG_WORDS]
        said = (*findings(entry, edition), *flag_sentences(flags))
        citation = cite_claim(entry.passage.attribution)
        found.append(Finding(number, entry, wording, WORDING_LABELS[wording], citation, said))
    return found


def find_throughout(entries: Sequence[Entry]) -> list[Throughout]:
    """Find source words that are printed as the same other words in two passages or more."""
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    for entry in entries:
        for change in entry.verdict.changes if entry.verdict else ():
            if not change.marked:
                pair = (_folded(change.source_text), _folded(change.passage_text))
                places[pair].append(entry.passage.id)
    return [
        Throughout(source, passage, tuple(ids))
        for (source, passage), ids in sorted(places.items(), key=lambda one: -len(one[1]))
        if len(set(ids)) > 1
    ]


def _html(edition: Edition) -> bytes:
    from importlib.resources import files

    from chrestomathy.publish.html import render_template

    folder = files("chrestomathy.publish") / "templates"
    style = (folder / "edition.css").read_text("utf-8")
    return render_template(
        "report.html",
        style=style + (folder / "report.css").read_text("utf-8"),
        edition=edition,
        findings=find(edition),
        throughout=find_throughout(edition.entries),
    )


def _json(edition: Edition) -> bytes:
    from chrestomathy import codec

    return codec.encode_pretty(
        {
            "schema": "chrestomathy/report/1",
            "generator": edition.generator,
            "origins": edition.origins,
            "searched": edition.searched,
            "notes": edition.notes,
            "findings": [
                {
                    "number": one.number,
                    "passage": one.entry.passage,
                    "verdict": one.entry.verdict,
                    "said": one.said,
                }
                for one in find(edition)
            ],
            "throughout": [one._asdict() for one in find_throughout(edition.entries)],
            "left_out": edition.left_out,
        }
    )


def _sarif(edition: Edition) -> bytes:
    from chrestomathy import codec

    name, _, version = edition.generator.partition(" ")
    driver: dict[str, object] = {"name": name or "chrestomathy", "rules": _sarif_rules()}
    if version:
        driver["version"] = version
    results = []
    for one in find(edition):
        results.append(_sarif_result(one, one.wording, one.said))
        if differing := _differing_claims(one.entry):
            results.append(_sarif_result(one, CLAIM_RULE, differing))
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return codec.encode_pretty(
        {
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
            "version": "2.1.0",
            "runs": [run],
        }
    )


def _sarif_rules() -> list[dict[str, object]]:
    rules = [(one, label, WORDING_MEANINGS[one]) for one, label in WORDING_LABELS.items()]
    meaning = "The source that holds the words names another speaker or date than the page does."
    rules.append((CLAIM_RULE, "Speaker or date differs", meaning))
    return [
        {
            "id": one,
            "shortDescription": {"text": label},
            "fullDescription": {"text": meaning},
            "defaultConfiguration": {"level": SARIF_LEVELS.get(one, "warning")},
        }
        for one, label, meaning in rules
    ]


def _sarif_result(finding: Finding, rule: str, said: Sequence[str]) -> dict[str, object]:
    passage = finding.entry.passage
    origin = passage.origin or "-"
    location: dict[str, object] = {"artifactLocation": {"uri": _uri(origin)}}
    if passage.spans and origin.lower().endswith(PLAIN_SUFFIXES):
        start, end = passage.spans[0].start, passage.spans[-1].end
        location["region"] = {
            "charOffset": start,
            "charLength": end - start,
            "snippet": {"text": passage.text},
        }
    return {
        "ruleId": rule,
        "ruleIndex": [*WORDING_LABELS, CLAIM_RULE].index(rule),
        "kind": SARIF_KINDS.get(rule, "fail"),
        "level": SARIF_LEVELS.get(rule, "warning"),
        "message": {"text": f"“{_beginning(passage.text)}” {' '.join(said)}"},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"passage/v1": passage.id},
    }


def _differing_claims(entry: Entry) -> list[str]:
    verdict = entry.verdict
    if verdict is None or "differs" not in (verdict.attribution.speaker, verdict.attribution.date):
        return []
    return standing_sentences(verdict, entry.passage.attribution, entry.passage.flags)


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:QUOTED_WORDS]) + (" …" if len(words) > QUOTED_WORDS else "")


def _csv(edition: Edition) -> bytes:
    columns = ("number", "passage", "text", "claim", "wording", "finding", "changes", "origin")
    return write_table(
        columns,
        [
            (
                one.number,
                one.entry.passage.id,
                one.entry.passage.text,
                one.citation,
                one.wording,
                " ".join(one.said),
                changes_cell(one.entry),
                one.entry.passage.origin,
            )
            for one in find(edition)
        ],
    )


def _markdown(edition: Edition) -> bytes:
    blocks = [f"# What was found in {escape(edition.title)}"]
    if edition.notes:
        blocks.append("\n".join(f"- {escape(one)}" for one in edition.notes))
    for one in find(edition):
        said = "\n".join(f"- {escape(sentence)}" for sentence in one.said)
        claim = escape(one.citation) if one.citation else "nobody is named"
        blocks.append(
            f"## {one.number}. {one.label}\n\n> {escape(one.entry.passage.text)}\n>\n"
            f"> — {claim}\n\n{said}"
        )
    again = find_throughout(edition.entries)
    if again:
        listed = [f"- {escape(throughout_sentence(one))}" for one in again]
        blocks.append("## Changed again and again\n\n" + "\n".join(listed))
    return ("\n\n".join(blocks) + "\n").encode("utf-8", "replace")


def throughout_sentence(again: Throughout) -> str:
    """Say in words what is changed again and again.

    Example:
        >>> throughout_sentence(Throughout("shall", "will", ("p-1", "p-2")))
        '‘will’ stands for ‘shall’ two times'
    """
    times = f"{count_word(len(again.passages))} times"
    if not again.passage_text:
        return f"‘{again.source_text}’ is missing {times}"
    if not again.source_text:
        return f"‘{again.passage_text}’ is added {times}"
    return f"‘{again.passage_text}’ stands for ‘{again.source_text}’ {times}"


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _uri(origin: str) -> str:
    if origin == "-":
        return "stdin"
    return quote(origin.replace("\\", "/"), safe="/:?#[]@!$&'()*+,;=%~")


FORMS: Mapping[str, Callable[[Edition], bytes]] = {
    ".html": _html,
    ".json": _json,
    ".sarif": _sarif,
    ".csv": _csv,
    ".md": _markdown,
}
"""Every form of a report by its file ending."""
