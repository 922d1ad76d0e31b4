"""Sources in footnotes: "“…”[^3]" and, further down, "[^3]: Anna Holt, *Letters*, 1988, p. 41".

Only Markdown keeps its notes' marks in the text; the other readers leave them out.
"""

from __future__ import annotations

import re
from dataclasses import replace

from chrestomathy.lift.attribution import attribution_of, parse_claim
from chrestomathy.lift.chunk import SURE
from chrestomathy.lift.draft import Draft, Drafts
from chrestomathy.lift.speakers import fold_name
from chrestomathy.records import Attribution, Document

_MARK = re.compile(r"\[\^[^\s\[\]]{1,40}\](?!:)")
_BEHIND = re.compile(r"[\"”’»'.,;:!?*_)]{0,3}\s?(?P<mark>\[\^[^\s\[\]]{1,40}\])")
"""A mark behind a quotation: its closing marks and a stop may stand between."""
_NOTE = re.compile(r"^(?P<mark>\[\^[^\s\[\]]{1,40}\]):[ \t]*(?P<text>\S[^\n]{0,400})", re.MULTILINE)
_FILLED = ("work", "date", "locus", "kind", "occasion", "place")
"""What a note adds to a speaker whom the text names."""


def without_marks(document: Document) -> Document:
    """Overwrite the marks of notes with spaces, which keeps every place."""
    if "[^" not in document.text:
        return document
    return replace(document, text=_MARK.sub(lambda m: " " * len(m[0]), document.text))


def with_notes(text: str, drafts: Drafts) -> Drafts:
    """Give the passages what their notes say.

    Args:
        text: The document, with its marks.
        drafts: What was lifted from it without them.
    """
    if "[^" not in text:
        return drafts
    notes = {m["mark"]: (m["text"], m.start("text")) for m in _NOTE.finditer(text)}
    return replace(drafts, passages=tuple(_with_note(text, one, notes) for one in drafts.passages))


def _with_note(text: str, one: Draft, notes: dict[str, tuple[str, int]]) -> Draft:
    m = _BEHIND.match(text, one.spans[-1].end)
    if one.text is None and any(_MARK.search(text, *span) for span in one.spans):
        words = (_MARK.sub("", text[slice(*span)]) for span in one.spans)
        one = replace(one, text=" ".join(words))
    if m is None or m["mark"] not in notes:
        return one
    raw, at = notes[m["mark"]]
    claim = parse_claim(raw)
    return _cited(one, attribution_of(claim, raw, at)) if claim.score >= SURE else one


def _cited(one: Draft, note: Attribution) -> Draft:
    """Give a passage what its note says; where the text names another, the note is only his book."""
    own = one.attribution
    if own.raw is None and not own.speaker:
        flags = tuple(flag for flag in one.flags if flag != "no-attribution")
        return replace(one, attribution=note, flags=flags, rule=f"{one.rule}+note")
    same = note.speaker is None or _last(note.speaker) == _last(own.speaker or "")
    if not same:
        return one
    added = {name: getattr(own, name) or getattr(note, name) for name in _FILLED}
    return replace(one, attribution=replace(own, **added), rule=f"{one.rule}+note")


def _last(name: str) -> str:
    return (fold_name(name).split() or [""])[-1]
