"""Cookie files: passages parted by lines of a single "%", with "-- Name" at their end."""

from __future__ import annotations

import re

from chrestomathy.lift.attribution import attribution_of, parse_claim
from chrestomathy.lift.draft import Draft, Drafts
from chrestomathy.records import Attribution, Span

_PART = re.compile(r"^[ \t]*%+[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_CREDIT = re.compile(r"^[ \t]*(?:--+|[—―–])[ \t]*(?=\S)", re.MULTILINE)
MIN_PARTS = 3
"""Fewest lines of "%" that make a cookie file; chosen by hand."""


def is_fortune(text: str) -> bool:
    """Tell whether a text is a cookie file."""
    return "\n%" in text and sum(1 for _ in _PART.finditer(text)) >= MIN_PARTS


def lift_fortunes(text: str) -> Drafts:
    """Lift every cookie, parted into words and attribution."""
    passages = []
    at = 0
    for m in [*_PART.finditer(text), None]:
        end = m.start() if m else len(text)
        if draft := _cookie(text, at, end):
            passages.append(draft)
        at = m.end() if m else end
    return Drafts(tuple(passages))


def _cookie(text: str, start: int, end: int) -> Draft | None:
    """Part one cookie; the last line that opens with a dash begins its attribution."""
    body = text[start:end]
    if not body.strip():
        return None
    marked = list(_CREDIT.finditer(body))
    last = marked[-1] if marked else None
    if last is not None and not body[: last.start()].strip():
        last = None
    words = body[: last.start()] if last else body
    lead = len(words) - len(words.lstrip())
    span = Span(start + lead, start + len(words.rstrip()))
    if last is None:
        return Draft(spans=(span,), rule="fortune", confidence=0.9, flags=("no-attribution",))
    raw = body[last.start() :]
    return Draft(
        spans=(span,),
        rule="fortune",
        confidence=0.95,
        attribution=_credit(raw, start + last.start()),
    )


def _credit(raw: str, at: int) -> Attribution:
    """Read an attribution that may run over lines; offsets stay those of the file."""
    flat = re.sub(r"\s", " ", raw)
    return attribution_of(parse_claim(flat), raw, at)
