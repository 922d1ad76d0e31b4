"""A few words in marks within a sentence: somebody's, or a name, a term, irony?

“Er nannte den Plan ‚unbezahlbar‘” quotes one word; “die Zeitung ‚Morgenblatt‘” none. Four signs
tell, by tables of words for each language: whether the sentence reports at all (a speaker beside
the words, a verb of calling, the mood of report), whether the first letter is a capital, what
noun stands before the marks, and whether the words run on from the sentence or begin anew.
"""

from __future__ import annotations

import re
from functools import lru_cache

from chrestomathy.lift.cues import SAYING, Cue
from chrestomathy.lift.lexicon import speech
from chrestomathy.lift.lexicon.fragments import (
    CALLED,
    CALLED_AS,
    CALLING,
    COMPOUNDING,
    JOINING,
    MOOD,
    NAMING,
)
from chrestomathy.records import Span
from chrestomathy.textkit.marks import Quotation

MAX_NAME = 8
"""Most words of a title or name that a sentence runs into; chosen by hand."""
MIN_ENDING = 4
"""Shortest noun that is looked for at the end of a compound; chosen by hand."""

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_LAST = re.compile(r"(?<![^\W_])(?<!-)([^\W_]++(?:-[^\W_]++)*+)\s*+\Z")
_NO_PROSE = re.compile(r"\w[./@]\w|\d|^[^\W\d_]?[^\W\d_A-ZÀ-Þ][A-Z]")
_ENDS = frozenset(".!?…,;:")


@lru_cache(maxsize=256)
def _table(words: str) -> frozenset[str]:
    """Read one language's words of a table."""
    return frozenset(words.split())


def is_fragment(
    text: str, one: Quotation, sentence: Span, cue: Cue | None, language: str | None
) -> bool:
    """Tell whether a few words within a sentence are quoted from somebody.

    Args:
        text: The document.
        one: Words in marks, fewer than make a passage.
        sentence: The sentence that holds them.
        cue: Who speaks, where something in the sentence says so.
        language: The document's; without a table for it nothing is a fragment.
    """
    tongue = (language or "")[:2]
    if tongue not in CALLING or not one.closed or len(one.pieces) != 1:
        return False
    before, after = text[sentence.start : one.start], text[one.end : sentence.end]
    words = text[slice(*one.pieces[0])]
    if before.endswith("(") or after.startswith("-") or _NO_PROSE.search(words):
        return False
    if is_named(before, tongue) or is_named((after.split() or [""])[0].rstrip(","), tongue):
        return False
    around = frozenset(word.casefold() for word in _WORD.findall(f"{before} {after}"))
    if words[0].islower():
        if tongue in MOOD:  # nouns have capitals there: what begins without one is no name
            return cue is not None or reports(around, tongue)
        return (cue is not None and cue.near) or not around.isdisjoint(_table(CALLING[tongue]))
    return _called(before, around, tongue)


def _called(before: str, around: frozenset[str], tongue: str) -> bool:
    """Tell whether a noun in marks is what somebody was called: "nannte ihn einen"."""
    frame = CALLED_AS.get(tongue)
    if frame is None or around.isdisjoint(_table(CALLED[tongue])):
        return False
    return re.search(frame, before[-20:]) is not None


def goes_on(between: str, language: str | None) -> bool:
    """Tell whether a fragment stands beside the one before: “… ‚hart‘ und ‚falsch‘”."""
    words = between.casefold().replace(",", " ").split()
    joining = _table(JOINING.get((language or "")[:2], ""))
    return len(words) <= 2 and all(word in joining for word in words)


def is_title(
    text: str, one: Quotation, sentence: Span, cue: Cue | None, language: str | None
) -> bool:
    """Tell whether a longer stretch in marks is the name of a book, a party, a campaign.

    A noun says so before it ("the novel “…”"), or the sentence, which reports nothing, runs on
    into a capital and out again without a stop: there words that somebody said begin anew.
    """
    tongue = (language or "")[:2]
    before, after = text[sentence.start : one.start], text[one.end : sentence.end]
    words = text[slice(*one.pieces[0])]
    if len(one.pieces) != 1 or not one.closed:
        return False
    if is_named(before, tongue):
        return True
    inside = _WORD.findall(words)
    runs_in = before.rstrip()[-1:].isalnum() and words[0].isupper() and words[-1] not in _ENDS
    if not runs_in or len(inside) > MAX_NAME:
        return False
    around = frozenset(word.casefold() for word in _WORD.findall(f"{before} {after}"))
    if cue is not None:
        last = _LAST.search(before[-60:])
        named = last is not None and last[1] not in SAYING and _capitals(inside)
        return named and not _called(before, around, tongue)
    if any(word.casefold() in speech.FIRST_SECOND for word in inside):
        return False
    return not reports(around, tongue)


def _capitals(words: list[str]) -> bool:
    """Tell whether every longer word has a capital."""
    return all(word[0].isupper() for word in words if len(word) > 3)


def is_named(before: str, tongue: str) -> bool:
    """Tell whether a sentence comes to a noun after which marks hold a name.

    Example:
        >>> is_named("In der Fachzeitschrift ", "de"), is_named("Er rief: ", "de")
        (True, False)
    """
    last = _LAST.search(before[-60:])
    if last is None or tongue not in NAMING:
        return False
    word, nouns = last[1].casefold(), _table(NAMING[tongue])
    if word in nouns:
        return True
    endings = [word[i:] for i in range(1, len(word) - MIN_ENDING + 1)]
    return tongue in COMPOUNDING and any(ending in nouns for ending in endings)


def reports(around: frozenset[str], tongue: str) -> bool:
    """Tell whether words of a sentence show that it tells what somebody said."""
    tables = (CALLING, MOOD, speech.SAYING)
    return any(not around.isdisjoint(_table(one.get(tongue, ""))) for one in tables)
