"""What every lifter makes before it becomes a `Passage`: spans, a claim, a rule, flags.

A `Draft` knows nothing of ids and documents; `_finish` in ``__init__`` adds what is the same for
all of a page. A `Dropped` stretch looked like a passage and is none; it leaves with a reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from chrestomathy.records import Attribution, Mode, PassageFlag, Span

TITLE_REASON = "title of the page"
"""Why a title is left out; the pipeline takes an edition's title from it."""
BETWEEN = "text between the passages, in no marks and with no attribution"
"""Why prose between passages is left out; what is quoted in it is lifted as from any prose."""
HEADING_REASON = "heading: it stands as the theme of what follows"
NO_CLAIM = Attribution()
"""The page says nothing of who spoke."""


@dataclass(slots=True, kw_only=True)  # not frozen, which would treble the time to make one
class Draft:
    """A passage in the making."""

    spans: tuple[Span, ...]
    rule: str
    confidence: float
    mode: Mode = "passage"
    theme: tuple[str, ...] = ()
    attribution: Attribution = NO_CLAIM
    flags: tuple[PassageFlag, ...] = ()
    text: str | None = None
    """The words where markup stands between them; otherwise what stands at the spans."""


class Dropped(NamedTuple):
    """A stretch that is no passage, with the reason."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """What one lifter found on one page."""

    passages: tuple[Draft, ...] = ()
    dropped: tuple[Dropped, ...] = ()
