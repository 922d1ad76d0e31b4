"""What a run found, for an editor: in the order of the draft, and in five forms.

First comes what is changed throughout, then every passage, also those where nothing is to do.
A report ranks nothing and says nothing of truth. It holds the sources' own words around each
place with their digests and the day of reading, so that a finding can be shown when the source
is gone. SARIF is for code-review tools, which show its results beside the draft.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import quote

from chrestomathy.errors import SettingsError
from chrestomathy.publish.citations import cite_claim, cite_source
from chrestomathy.publish.dates import print_date
from chrestomathy.publish.edition import file_name
from chrestomathy.publish.markdown import escape, findings
from chrestomathy.publish.plain import (
    FLAG_WORDS,
    WORDING_LABELS,
    WORDING_MEANINGS,
    flag_sentences,
    standing_sentences,
    throughout_sentence,
    wording_of,
)
from chrestomathy.publish.review import (
    TO_DECIDE,
    Review,
    Ruling,
    State,
    rule,
    rule_throughout,
)
from chrestomathy.publish.tables import changes_cell, write_table
from chrestomathy.records import Edition, Entry, Evidence, Lines, Occurrence, Passage, Throughout

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
THROUGHOUT_RULE = "changed_throughout"
"""The SARIF rule for what is changed again and again."""
THROUGHOUT_LABEL = "Changed throughout"
RULE_HELP: Mapping[str, str] = {
    "exact": "Nothing is to be done.",
    "altered": "Print the source’s words, mark the change, or accept the finding.",
    "truncated": "Begin or end where the source’s sentence does, mark the cut with an ellipsis, "
    "or accept the finding.",
    "ellipsis": "Read what was left out, and whether the rest still says the same.",
    "spliced": "Give the two quotations apart, or join them with a mark.",
    "not_found": "Look at the nearest places and at the sources that fit the claim, add the "
    "source to the collection, or accept the finding.",
    "undecided": "Quote more words, or look the place up by hand.",
    "unchecked": "Give sources to compare with.",
    CLAIM_RULE: "Correct the speaker or the date, or accept the finding.",
    THROUGHOUT_RULE: "Decide once for all places: accepted, the finding covers every passage that "
    "differs in nothing else.",
}
"""What an editor can do, a rule each."""
STATE_WORDS: Mapping[State, str] = {
    "clear": "",
    "open": "Open",
    "accepted": "Accepted",
    "rejected": "To be mended",
}
"""How a report names where a finding stands."""
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
    ruling: Ruling
    where: str
    """File, line or page of the draft; empty where nothing tells it."""


class Habit(NamedTuple):
    """What is changed throughout, as a report lists it."""

    throughout: Throughout
    sentence: str
    ruling: Ruling


def report(edition: Edition, form: str, review: Review | None = None) -> bytes:
    """Write the findings of a run.

    Args:
        edition: Passages with their verdicts.
        form: ``.html``, ``.json``, ``.sarif``, ``.csv`` or ``.md``; the dot may be missing.
        review: The day of reading, an editor's decisions, a baseline.

    Raises:
        SettingsError: There is no such form.
    """
    name, review = report_form(form), review or Review()
    if review.read:
        entries = [
            replace(one, evidence=tuple(replace(e, read=review.read) for e in one.evidence))
            for one in edition.entries
        ]
        edition = replace(edition, entries=tuple(entries))
    return FORMS[name](edition, review)


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


def find(edition: Edition, review: Review | None = None) -> list[Finding]:
    """List the findings in the order of the draft: by input, then by place in it."""
    order = {origin: i for i, origin in enumerate(edition.origins)}

    def place(entry: Entry) -> tuple[int, int]:
        passage = entry.passage
        first = min((span.start for span in passage.spans), default=0)
        return order.get(passage.origin or "", len(order)), first

    entries = sorted(edition.entries, key=place)
    found = []
    for number, (entry, ruling) in enumerate(
        zip(entries, rule(edition, entries, review or Review()), strict=True), start=1
    ):
        wording = wording_of(entry)
        flags = [flag for flag in entry.passage.flags if flag in FLAG_WORDS]
        said = (*findings(entry, edition), *flag_sentences(flags))
        citation = cite_claim(entry.passage.attribution)
        found.append(
            Finding(
                number,
                entry,
                wording,
                WORDING_LABELS[wording],
                citation,
                said,
                ruling,
                where_said(entry, entry.passage, edition),
            )
        )
    return found


def find_habits(edition: Edition, review: Review | None = None) -> list[Habit]:
    """List what is changed throughout, the weightiest first."""
    rulings = rule_throughout(edition, review or Review())
    return [
        Habit(one, f"{_capital(throughout_sentence(one))}.", ruling)
        for one, ruling in zip(edition.throughout, rulings, strict=True)
    ]


def ruling_sentences(ruling: Ruling) -> list[str]:
    """Say in words what was decided on a finding, and whether it still holds."""
    said = []
    if ruling.through:
        said.append(f"Accepted by the finding on the whole draft, {ruling.through}.")
    for one, words in ((ruling.decision, ""), (ruling.stale, " The evidence has changed since.")):
        if one is None:
            continue
        what = {"accept": "Accepted", "reject": "To be mended", "comment": "Noted"}[one.decision]
        when = f" on {print_date(one.decided)}" if one.decided else ""
        head = f"Earlier: {what[:1].lower()}{what[1:]}" if words else what
        comment = f": {one.comment.strip()}" if one.comment else ""
        stop = "" if comment.endswith((".", "!", "?", "…")) else "."
        said.append(f"{head}{when}{comment}{stop}{words}")
    return said


def _html(edition: Edition, review: Review) -> bytes:
    from chrestomathy.publish.report_page import render

    return render(edition, review)


def _json(edition: Edition, review: Review) -> bytes:
    from chrestomathy import codec

    return codec.encode_pretty(
        {
            "schema": "chrestomathy/report/1",
            "generator": edition.generator,
            "read": review.read,
            "origins": edition.origins,
            "searched": edition.searched,
            "notes": edition.notes,
            "throughout": [
                {
                    **_ruled(one.ruling),
                    "said": one.sentence,
                    "throughout": one.throughout,
                }
                for one in find_habits(edition, review)
            ],
            "findings": [
                {
                    "number": one.number,
                    **_ruled(one.ruling),
                    "passage": one.entry.passage,
                    "lines": one.entry.lines,
                    "locus": one.entry.locus,
                    "verdict": one.entry.verdict,
                    "said": one.said,
                    "evidence": one.entry.evidence,
                }
                for one in find(edition, review)
            ],
            "left_out": edition.left_out,
        }
    )


def _ruled(ruling: Ruling) -> dict[str, object]:
    return {
        "state": ruling.state,
        "new": ruling.new,
        "key": ruling.key._asdict(),
        "decision": ruling.decision,
        "stale": ruling.stale,
        "through": ruling.through,
    }


def _sarif(edition: Edition, review: Review) -> bytes:
    """Write what asks for a decision, and how many quotations there are besides.

    Code hosts show every result as a problem, whatever its kind, and know no suppression: what
    needs nothing and what was accepted would bury the rest. The other forms have them all.
    """
    from chrestomathy import codec

    name, _, version = edition.generator.partition(" ")
    driver: dict[str, object] = {"name": name or "chrestomathy", "rules": _sarif_rules()}
    if version:
        driver["version"] = version
    passages = {one.passage.id: one for one in edition.entries}
    compared = review.baseline is not None
    habits = [one for one in find_habits(edition, review) if one.ruling.state != "accepted"]
    found = find(edition, review)
    asking = [one for one in found if one.ruling.state in ("open", "rejected")]
    results = [_sarif_throughout(one, passages, compared=compared) for one in habits]
    for one in asking:
        if one.wording in TO_DECIDE or one.ruling.state == "rejected":
            results.append(_sarif_result(one, one.wording, one.said, compared=compared))
        if differing := _differing_claims(one.entry):
            results.append(_sarif_result(one, CLAIM_RULE, differing, compared=compared))
    states = Counter(one.ruling.state for one in found)
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": results,
        "properties": {
            "quotations": len(found),
            "withNothingToDo": states["clear"],
            "accepted": states["accepted"],
        },
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
    meaning = "The same words are changed in the same way in two places or more."
    rules.append((THROUGHOUT_RULE, THROUGHOUT_LABEL, meaning))
    return [
        {
            "id": one,
            "name": f"Quotation{''.join(map(str.capitalize, one.split('_')))}",
            "shortDescription": {"text": label},
            "fullDescription": {"text": meaning},
            "help": {
                "text": f"{meaning} {RULE_HELP[one]}",
                "markdown": f"{meaning}\n\n**What to do:** {RULE_HELP[one]}",
            },
            "defaultConfiguration": {"level": SARIF_LEVELS.get(one, "warning")},
        }
        for one, label, meaning in rules
    ]


def _sarif_result(
    finding: Finding, rule_id: str, said: Sequence[str], *, compared: bool
) -> dict[str, object]:
    passage = finding.entry.passage
    spans = passage.spans
    span = (spans[0].start, spans[-1].end) if spans else None
    message = f"“{_beginning(passage.text)}” {' '.join(said)}"
    return {
        "ruleId": rule_id,
        "ruleIndex": _RULES.index(rule_id),
        "kind": SARIF_KINDS.get(rule_id, "fail"),
        "level": SARIF_LEVELS.get(rule_id, "warning"),
        "message": {"text": message},
        "locations": [
            {"physicalLocation": _location(passage.origin, finding.entry.lines, span, passage.text)}
        ],
        **_sarif_ruling(finding.ruling, rule_id, compared=compared),
    }


def _sarif_throughout(
    habit: Habit, entries: Mapping[str, Entry], *, compared: bool
) -> dict[str, object]:
    """Show what is changed throughout at its first place, with the others beside it."""
    locations = [
        {"physicalLocation": _location(entries[one.passage].passage.origin, one.lines, None, "")}
        for one in habit.throughout.places
        if one.passage in entries
    ]
    related = [
        {"id": n, "message": {"text": _words_at(one, entries)}, **location}
        for n, (one, location) in enumerate(
            zip(habit.throughout.places, locations, strict=False), 1
        )
    ]
    return {
        "ruleId": THROUGHOUT_RULE,
        "ruleIndex": _RULES.index(THROUGHOUT_RULE),
        "kind": "fail",
        "level": "warning",
        "message": {"text": habit.sentence},
        "locations": locations[:1],
        "relatedLocations": related[1:],
        **_sarif_ruling(habit.ruling, THROUGHOUT_RULE, compared=compared),
    }


def _words_at(place: Occurrence, entries: Mapping[str, Entry]) -> str:
    text = entries[place.passage].passage.text
    if place.span is None:
        return f"Claimed of “{_beginning(text)}”"
    return f"“{context_of(text, place.span.start, place.span.end)}”"


def context_of(text: str, start: int, end: int) -> str:
    """Return a stretch of a passage with some words around it, on one line.

    Example:
        >>> context_of("At noon the Mayor came in and nobody said a word", 8, 17)
        'At noon the Mayor came in and nobody …'
    """
    before, inside, after = (
        re.sub(r"\s+", " ", piece)
        for piece in (text[max(0, start - 400) : start], text[start:end], text[end : end + 400])
    )
    head = _AROUND_BEFORE.search(before)
    tail = _AROUND_AFTER.match(after)
    kept = (head[0] if head else "", tail[0] if tail else "")
    opened = "… " if len(kept[0].lstrip()) < len(before.lstrip()) else ""
    closed = " …" if len(kept[1].rstrip()) < len(after.rstrip()) else ""
    return f"{opened}{kept[0].lstrip()}{inside}{kept[1].rstrip()}{closed}"


_AROUND_BEFORE = re.compile(r"(?<!\S)(?:\S+ ){0,3}\S{1,30} ?$|\S{0,30}$")
"""Four words, or thirty characters of a language that parts no words. Chosen by hand."""
_AROUND_AFTER = re.compile(r"\S{0,30}(?!\S)(?: \S+){0,4}|\S{0,30}")
_RULES = (*WORDING_LABELS, CLAIM_RULE, THROUGHOUT_RULE)


def _sarif_ruling(ruling: Ruling, rule_id: str, *, compared: bool) -> dict[str, object]:
    """Give a finding what it is known by when lines move, and what was decided on it.

    Of a rejected finding the standard says that the wish to suppress it was rejected: it stays
    visible, with the editor's reason.
    """
    key = ruling.key
    place = f"{key.passage}:{key.near}" if key.near else key.passage
    told: dict[str, object] = {
        "partialFingerprints": {
            "primaryLocationLineHash": f"{place}:{rule_id}",
            "passage/v1": place,
            "evidence/v1": key.evidence,
        }
    }
    if compared:
        told["baselineState"] = "new" if ruling.new else "unchanged"
    if ruling.state == "rejected":
        reason = " ".join(ruling_sentences(ruling))
        told["suppressions"] = [{"kind": "external", "status": "rejected", "justification": reason}]
    return told


def _location(
    origin: str | None, lines: Lines | None, span: tuple[int, int] | None, text: str
) -> dict[str, object]:
    """Say where in a file something stands, where offsets of the text are offsets of the file."""
    origin = origin or "-"
    location: dict[str, object] = {"artifactLocation": {"uri": _uri(origin)}}
    region: dict[str, object] = {}
    if lines:
        region = {
            "startLine": lines.line,
            "startColumn": lines.column,
            "endLine": lines.end_line,
            "endColumn": lines.end_column,
        }
    if span and origin.lower().endswith(PLAIN_SUFFIXES):
        region |= {"charOffset": span[0], "charLength": span[1] - span[0]}
        region["snippet"] = {"text": text}
    if region:
        location["region"] = region
    return location


def _differing_claims(entry: Entry) -> list[str]:
    verdict = entry.verdict
    if verdict is None or "differs" not in (verdict.attribution.speaker, verdict.attribution.date):
        return []
    return standing_sentences(verdict, entry.passage.attribution, entry.passage.flags)


def _beginning(text: str) -> str:
    words = text.split()
    return " ".join(words[:QUOTED_WORDS]) + (" …" if len(words) > QUOTED_WORDS else "")


CSV_COLUMNS = (
    "number", "passage", "text", "claim", "wording", "finding", "changes", "origin",
    "line", "column", "state", "decision", "comment", "new",
    "source", "source_citation", "source_url", "source_rights", "source_date",
    "source_before", "source_text", "source_after", "source_sha256", "snapshot_sha256", "read",
    "passage_key", "evidence_key", "locus",
)  # fmt: skip


def _csv(edition: Edition, review: Review) -> bytes:
    rows = [_habit_row(one, review) for one in find_habits(edition, review)]
    rows += [_finding_row(one, review) for one in find(edition, review)]
    return write_table(CSV_COLUMNS, rows)


def _habit_row(habit: Habit, review: Review) -> tuple[object, ...]:
    one = habit.throughout
    lines = next((place.lines for place in one.places if place.lines), None)
    pairs = "; ".join(f"{p.source_text or '∅'} → {p.passage_text or '∅'}" for p in one.pairs)
    places = " ".join(dict.fromkeys(place.passage for place in one.places))
    origins = "; ".join(each.origin for each in one.documents if each.origin)
    return (
        None, one.id, places, None, THROUGHOUT_RULE, habit.sentence, pairs, origins,
        *_ruling_cells(lines, habit.ruling),
        *([None] * 10), review.read, habit.ruling.key.passage, habit.ruling.key.evidence,
        next((place.locus for place in one.places if place.locus), None),
    )  # fmt: skip


def _finding_row(one: Finding, review: Review) -> tuple[object, ...]:
    shown = _shown(one.entry)
    return (
        one.number,
        one.entry.passage.id,
        one.entry.passage.text,
        one.citation,
        one.wording,
        " ".join(one.said),
        changes_cell(one.entry),
        one.entry.passage.origin,
        *_ruling_cells(one.entry.lines, one.ruling),
        *(
            (
                shown.source, cite_source(shown, locus=shown.locus), shown.url, shown.rights,
                shown.date, shown.before, shown.text, shown.after, shown.digest, shown.snapshot,
            )
            if shown
            else [None] * 10
        ),
        review.read,
        one.ruling.key.passage,
        one.ruling.key.evidence,
        one.entry.locus,
    )  # fmt: skip


def _ruling_cells(lines: Lines | None, ruling: Ruling) -> tuple[object, ...]:
    decision = ruling.decision or ruling.stale
    return (
        lines.line if lines else None,
        lines.column if lines else None,
        ruling.state,
        decision.decision if decision else None,
        decision.comment if decision else None,
        str(ruling.new).lower(),
    )


def _shown(entry: Entry) -> Evidence | None:
    """Return the evidence of the first part; of what was not found nothing is evidence."""
    if entry.verdict is None or not entry.verdict.parts:
        return None
    return next((one for one in entry.evidence if one.part == 0), None)


def _markdown(edition: Edition, review: Review) -> bytes:
    blocks = [f"# What was found in {escape(edition.title)}"]
    passages = {one.passage.id: one for one in edition.entries}
    if habits := find_habits(edition, review):
        blocks.append(f"## {THROUGHOUT_LABEL}")
        for habit in habits:
            sentences = [habit.sentence, *_state_said(habit.ruling)]
            listed = [
                f"  - {escape(_place_said(one, passages, edition))}"
                for one in habit.throughout.places
                if one.passage in passages
            ]
            blocks.append("\n".join([f"- {escape(' '.join(sentences))}", *listed]))
    if edition.notes:
        blocks.append("## On the whole")
        blocks.append("\n".join(f"- {escape(one)}" for one in edition.notes))
    for one in find(edition, review):
        sentences = [*one.said, *_state_said(one.ruling)]
        said = "\n".join(f"- {escape(sentence)}" for sentence in sentences)
        claim = escape(one.citation) if one.citation else "nobody is named"
        blocks.append(
            f"## {one.number}. {one.label}\n\n> {escape(one.entry.passage.text)}\n>\n"
            f"> — {claim}{escape(f' ({one.where})') if one.where else ''}\n\n{said}"
        )
        blocks += _snapshots(one.entry)
    if edition.left_out:
        blocks.append("## What was left out, and why")
        blocks.append(
            "\n".join(
                f"- {escape(f'{one.origin} ({one.stage}): {one.reason} {one.fix}')}"
                for one in edition.left_out
            )
        )
    if review.read:
        blocks.append(f"The sources were read on {print_date(review.read)}.")
    return ("\n\n".join(blocks) + "\n").encode("utf-8", "replace")


def _state_said(ruling: Ruling) -> list[str]:
    said = ruling_sentences(ruling)
    if not ruling.new:
        said.append("It is in the baseline.")
    return said


def _place_said(place: Occurrence, entries: Mapping[str, Entry], edition: Edition) -> str:
    where = where_said(place, entries[place.passage].passage, edition)
    return f"{where}: {_words_at(place, entries)}" if where else _words_at(place, entries)


def place_said(place: Occurrence | Entry) -> str:
    """Say on which line or page of its file something stands; empty where nothing tells it."""
    return f"line {place.lines.line}" if place.lines else place.locus or ""


def where_said(place: Occurrence | Entry, passage: Passage, edition: Edition) -> str:
    """Say where a place stands: its line or page, and its file where there are several."""
    several = len(edition.origins) > 1 and passage.origin
    return ", ".join(
        filter(None, [file_name(passage.origin or "") if several else "", place_said(place)])
    )


def _snapshots(entry: Entry) -> Iterator[str]:
    """Show the source's words around each part, with what they can be known by."""
    if entry.verdict is None or not entry.verdict.parts:
        return
    for one in entry.evidence[: len(entry.verdict.parts)]:
        facts = [f"`{one.source}`", f"SHA-256 of the text {one.digest}"]
        facts += [f"of these words {one.snapshot}"] if one.snapshot else []
        facts += [escape(fact) for fact in (one.url, one.rights) if fact]
        words = f"{escape(one.before)} **{escape(one.text)}** {escape(one.after)}".strip()
        cited = escape(cite_source(one, locus=one.locus))
        yield f"In the source, {cited}\n\n> {words}\n\n{', '.join(facts)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _uri(origin: str) -> str:
    if origin == "-":
        return "stdin"
    return quote(origin.replace("\\", "/"), safe="/:?#[]@!$&'()*+,;=%~")


FORMS: Mapping[str, Callable[[Edition, Review], bytes]] = {
    ".html": _html,
    ".json": _json,
    ".sarif": _sarif,
    ".csv": _csv,
    ".md": _markdown,
}
"""Every form of a report by its file ending."""
