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
    INSTRUCTING,
    JOINING,
    MOOD,
    NAMING,
    PERFORMING,
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
_LISTED_YEAR = re.compile(r"\(\d{4}[a-z]?\)\.\s*\Z")
_ENDS = frozenset(".!?…,;:")
_RUNS_IN = re.compile(r"[^\W_]['’]?\s*\Z")
"""How a sentence runs into marks: after a word, or an elision ("l’auteur d’« Un été »")."""
MIN_TITLE_WORDS = 3
CAPITALS_SHARE = 0.6
MAX_TITLE_CHARS = 100
"""Fewest words and longest text of a title, and its least share of words with capitals."""
MAX_PHRASE = 9
"""Words of a phrase in marks that may be nobody's speech; chosen by hand."""


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
    if is_named(before, tongue) or _is_performed(before, words, tongue):
        return True
    if (cue is None or not cue.near) and _is_instructed(before, tongue):
        return True
    inside = _WORD.findall(words)
    follows = _RUNS_IN.search(before[-4:]) is not None
    if follows and tongue not in MOOD and _exclaims(words, inside):
        return True
    runs_in = follows and words[0].isupper() and words[-1] not in _ENDS
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


def is_cited(text: str, at: int) -> bool:
    """Tell whether a mark opens a title in a list of references: 'Holt, A. (1998). “The ferry.”'."""
    return _LISTED_YEAR.search(text, max(0, at - 10), at) is not None


def _capitals(words: list[str]) -> bool:
    """Tell whether every longer word has a capital."""
    return all(word[0].isupper() for word in words if len(word) > 3)


def _exclaims(words: str, inside: list[str]) -> bool:
    """Tell whether a title ends with a mark of its own, as “Who Will Row?” does."""
    once = words[-1] in "?!" and not _ENDS.intersection(words[:-1])
    return once and len(inside) >= MIN_TITLE_WORDS and all(word[0].isupper() for word in inside)


def title_case(words: str) -> bool:
    """Tell whether words are printed as a title: the longer ones with capitals, and no stop.

    Example:
        >>> title_case("Come as You Are Day"), title_case("Come as you are")
        (True, False)
    """
    if words[-1] in ".!?…" or len(words) > MAX_TITLE_CHARS:
        return False
    inside = [word for word in words.split() if word[0].isalpha()]
    long = [word for word in inside if len(word) > 3]
    if not long or not all(word[0].isupper() for word in long):
        return False
    capitals = sum(word[0].isupper() for word in inside)
    edges = inside[0][0].isupper() and inside[-1][0].isupper()
    many = len(inside) >= MIN_TITLE_WORDS and capitals >= CAPITALS_SHARE * len(inside)
    return len(long) >= 2 or (edges and many)


def _is_performed(before: str, words: str, tongue: str) -> bool:
    """Tell whether a colon leads from a lecture, a song, a reading to its title.

    “Vortrag von Anna Holt: „Was uns die Flut lässt“” names the lecture, which a stop would end.
    """
    if not before.rstrip().endswith(":") or words[-1] in _ENDS:
        return False
    around = [word.casefold() for word in _WORD.findall(before[-80:])]
    return not _table(PERFORMING.get(tongue, "")).isdisjoint(around)


def _is_instructed(before: str, tongue: str) -> bool:
    """Tell whether a sentence says what to press or to type: "Enter “all is well.” and wait"."""
    first = _WORD.match(before.lstrip("0123456789.) -–•*"))
    return first is not None and first[0].casefold() in _table(INSTRUCTING.get(tongue, ""))


def is_phrase(text: str, one: Span, before: str) -> bool:
    """Tell whether marks hold a phrase that a sentence runs into: “the girl’s room”.

    Args:
        text: The document.
        one: The words, fewer than `MAX_PHRASE`, without their marks.
        before: What stands before the opening mark.
    """
    first, last = text[one.start], text[one.end - 1]
    return first.islower() and last not in ".!?…—–-," and before.rstrip()[-1:].isalpha()


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


def reports_at_all(text: str, language: str | None) -> bool:
    """Tell whether a word of reporting stands anywhere in a text."""
    around = frozenset(word.casefold() for word in _WORD.findall(text))
    return reports(around, (language or "")[:2])


def reports(around: frozenset[str], tongue: str) -> bool:
    """Tell whether words of a sentence show that it tells what somebody said."""
    tables = (CALLING, MOOD, speech.SAYING)
    return any(not around.isdisjoint(_table(one.get(tongue, ""))) for one in tables)
