"""Who speaks beside a quotation in Arabic, Persian, Hebrew, Hindi, Korean and Turkish prose.

What `cues` reads by capitals and articles these languages tell by the place of the verb:
"وقال الوزير: «…»", "시장은 “…”라고 말했다", "Kaya, “…” dedi". The table is `lexicon.patterns`.
"""

from __future__ import annotations

import re

from chrestomathy.lift.cues import Cue
from chrestomathy.lift.lexicon.patterns import LETTERS, Patterns, patterns_of
from chrestomathy.records import Span

WINDOW = 160
"""How far from a quotation its speaker is looked for, in characters; chosen by hand."""
_TONGUE = re.compile("|".join(f"(?P<{tongue}>[{letters}])" for tongue, letters in LETTERS.items()))
_PERSIAN = re.compile("[پچژگ\u06a9\u06cc]")
"""Letters that Arabic has not."""


def patterns_for(text: str, start: int, end: int, language: str | None) -> Patterns | None:
    """Find the table for words in marks: by their script, Turkish by the page's language."""
    if text[start] < "\u0590":
        return patterns_of("tr") if (language or "")[:2] == "tr" else None
    m = _TONGUE.match(text, start)
    if m is None or m.lastgroup is None:
        return None
    if m.lastgroup == "ar" and (language or "")[:2] != "ar" and _PERSIAN.search(text, start, end):
        return patterns_of("fa")
    return patterns_of(m.lastgroup)


def patterned_cue(text: str, marks: Span, left: int, right: int, patterns: Patterns) -> Cue | None:
    """Find who speaks beside a quotation.

    Args:
        text: The document.
        marks: From its opening mark to behind its closing mark.
        left: Where what may be looked at before it begins.
        right: Where what may be looked at behind it ends.
        patterns: The table of its language.

    Example:
        >>> text = "وقال الوزير: «الجسر للجميع بلا استثناء»."
        >>> cue = patterned_cue(text, Span(13, 39), 0, len(text), patterns_of("ar"))
        >>> text[slice(*cue.speaker)]
        'الوزير'
    """
    left = max(left, marks.start - WINDOW)
    right = min(right, marks.end + WINDOW)
    before = text[left : marks.start]
    for pattern in patterns.before:
        if m := pattern.search(before):
            return _cue(m, "before", left)
    for pattern in patterns.after:
        if (m := pattern.match(text, marks.end, right)) is None:
            continue
        if "speaker" in pattern.groupindex:
            return _cue(m, "after")
        topic = patterns.topic.search(before) if patterns.topic else None
        return _cue(topic, "before", left) if topic else None
    return None


def _cue(m: re.Match[str], side: str, shift: int = 0) -> Cue:
    speaker = Span(m.start("speaker") + shift, m.end("speaker") + shift)
    return Cue(speaker, side, near=True, clause=Span(speaker.start, m.end() + shift))
