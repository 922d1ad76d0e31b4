"""An edition as one Markdown page: readable as it stands, and safe to render.

Words from the page are escaped, so that a star stays a star and a tag stays text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chrestomathy.publish.citations import cite_claim, safe_url
from chrestomathy.publish.credits import credit_line, credits_of
from chrestomathy.publish.edition import in_order
from chrestomathy.publish.plain import (
    WORDING_LABELS,
    WORDING_MEANINGS,
    by_claim_sentence,
    change_note,
    change_sentence,
    flag_sentences,
    join_words,
    meaning_sentence,
    named_places,
    omission_sentence,
    standing_sentences,
    verdict_lead,
    verdict_sentence,
    wording_of,
)
from chrestomathy.records import Change, Edition, Entry

_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~]")
_BEGINS_BLOCK = re.compile(r"[-+#=:]|(?<=[0-9])[.)]")


def render(edition: Edition) -> dict[str, bytes]:
    """Print an edition as ``edition.md``."""
    blocks = [*_front(edition), *_body(edition), *_back(edition)]
    return {"edition.md": ("\n\n".join(blocks) + "\n").encode("utf-8", "replace")}


def escape(text: str) -> str:
    r"""Escape what Markdown or HTML would take for a sign, and keep to one line.

    Example:
        >>> print(escape("2 * 3 < 7"))
        2 \* 3 \< 7
    """
    flat = _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
    digits = len(flat) - len(flat.lstrip("0123456789"))
    sign = _BEGINS_BLOCK.match(flat, digits)
    return f"{flat[:digits]}\\{flat[digits:]}" if sign else flat


def findings(entry: Entry, edition: Edition) -> list[str]:
    """Say in words what is known of an entry's words and claims."""
    verdict, passage = entry.verdict, entry.passage
    said = [_sentence(_found(entry, edition))]
    if verdict is None:
        return said
    if offered := by_claim_sentence(verdict):
        said.append(offered)
    if meaning := meaning_sentence(verdict):
        said.append(meaning)
    said += [_sentence(_change(one)) for one in verdict.changes]
    said += [_sentence(omission_sentence(one)) for one in verdict.omissions]
    return said + standing_sentences(verdict, passage.attribution, passage.flags)


def _change(change: Change) -> str:
    note = change_note(change)
    return f"{change_sentence(change)} ({note})" if note else change_sentence(change)


def _found(entry: Entry, edition: Edition) -> str:
    """Return the verdict's sentence without the changes, which get a line each."""
    if entry.verdict is None or entry.verdict.wording != "altered":
        return verdict_sentence(entry, edition.searched)
    places = join_words([one.name for one in named_places(entry)])
    return f"{verdict_lead(entry).head}, compared with {places}"


def _front(edition: Edition) -> Iterator[str]:
    yield f"# {escape(edition.title)}"
    if edition.subtitle:
        yield f"*{escape(edition.subtitle)}*"
    yield f"From {', '.join(_origin(one) for one in edition.origins)}"
    if edition.notes:
        yield "\n".join(f"- {escape(note)}" for note in edition.notes)


def _body(edition: Edition) -> Iterator[str]:
    number = 0
    for section, entries in in_order(edition):
        if section.heading:
            yield f"{'#' * min(6, section.level + 1)} {escape(section.heading)}"
        if section.note:
            yield f"*{escape(section.note)}*"
        for entry in entries:
            number += 1
            yield from _passage(entry, number, edition)


def _passage(entry: Entry, number: int, edition: Edition) -> Iterator[str]:
    passage = entry.passage
    paragraphs = [escape(one) for one in re.split(r"\n\s*\n", passage.text) if one.strip()]
    citation = cite_claim(passage.attribution)
    caption = escape(citation) if citation else "No speaker is named."
    quoted = "\n>\n".join(f"> {one}" for one in [*paragraphs, f"— {caption}"])
    yield f"**{number}**\n\n{quoted}"
    said = [*findings(entry, edition), *flag_sentences(passage.flags)]
    if entry.grading and entry.grading.level:
        interval = entry.grading.interval
        between = f", between {interval[0]} and {interval[1]}" if interval else ""
        said.append(f"Level {entry.grading.level}{between}.")
    yield "\n".join(f"- {escape(one)}" for one in said)


def _back(edition: Edition) -> Iterator[str]:
    cited = credits_of(edition.entries)
    if cited:
        yield "## Sources"
        yield "\n".join(f"- {escape(credit_line(one))}" for one in cited)
    if edition.left_out:
        yield "## What was left out, and why"
        yield "\n".join(
            f"- {escape(f'{one.origin} ({one.stage}): {one.reason} {one.fix}')}"
            for one in edition.left_out
        )
    used = {wording_of(entry) for entry in edition.entries}
    if used:
        yield "## What a verdict means"
        yield "\n".join(
            f"- *{WORDING_LABELS[one]}*: {escape(WORDING_MEANINGS[one])}"
            for one in WORDING_LABELS
            if one in used
        )
    yield f"Made by {escape(edition.generator)} as edition {escape(edition.id)}."


def _origin(origin: str) -> str:
    url = safe_url(origin)
    return f"<{url}>" if url and not re.search(r"[<>]", url) else escape(origin)


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}."
