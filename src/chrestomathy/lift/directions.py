"""Stage directions within a quotation, as in "Not I (laughing), I never go".

A narrator's or reporter's words in brackets are nobody's speech, and the quotation stands in
pieces around them. Only gestures, tones of voice and the noises of an audience are known; a
speaker's own brackets stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from chrestomathy.lift.lexicon import words_of
from chrestomathy.records import Span

MAX_DIRECTION = 120
"""Longest direction, in characters; chosen by hand."""

_BRACKETS = re.compile(rf"[(\[]([^()\[\]\"“”«»]{{2,{MAX_DIRECTION}}})[)\]]")
_GESTURES = words_of(
    """
    nodding smiling laughing blushing sighing whispering bowing hesitating weeping sobbing grinning
    frowning shrugging winking coughing giggling trembling colouring coloring chuckling pausing
    recollecting inclining interrupting
    laughter laughs applause cheers cheering pause sighs smiles whispers shouts interruption
    lachend lächelnd nickend flüsternd seufzend errötend gelächter beifall
    riant souriant rires applaudissements
    """
)
_MANNERS = words_of(
    """
    air blush bow elevation eyes face frown glance grin laugh laughter look looks manner nod shrug
    sigh smile smiles sneer sob start tear tears tone tones voice voices wink whisper whispers
    """
)
_WORD = re.compile(r"[^\W\d_]+")
_SELF = re.compile(
    r"\b(?:(?:him|her)self|themselves|as\ s?he|(?:his|her)\ (?:voice|head|hands?|eyes|face|arms?))\b"
    r"|\b(?:to|towards?|at|upon)\ (?:(?:Mr|Mrs|Miss|Ms|Dr|Sir|Lady)\b|[A-ZÀ-Þ]"
    r"|h(?:er|is)\ (?:father|mother|husband|wife|sisters?|brother|son|daughter|friend|companion)\b)",
)
_TO_SOMEBODY = re.compile(r"(?:turning\s+)?to\s+(?:(?:Mr|Mrs|Miss|Ms|Dr)\.?\s+)?[A-ZÀ-Þ]\w+[,.]?\Z")
_AUDIENCE = re.compile(
    r"(?:[a-z]+\s+){0,3}(?:hear,?\s+hear|cheer(?:s|ing)|applause|laughter)[,.!]?\Z", re.IGNORECASE
)
_MOVES = re.compile(
    r"(?:look|sit|stand|turn|lean|step|speak|draw|return|walk)ing\b(?:\s\w+)?\s"
    r"(?:down|round|up|away|back|aside|lower|louder|softly|again)\b"
)


def without_directions(text: str, pieces: Sequence[Span]) -> list[Span]:
    """Cut the pieces of a quotation at the stage directions in them.

    Example:
        >>> text = "Not I (laughing), I never go there (in May)."
        >>> [text[a:b] for a, b in without_directions(text, [Span(0, len(text))])]
        ['Not I', 'I never go there (in May).']
    """
    first, last = pieces[0].start, pieces[-1].end
    if text.find("(", first, last) < 0 and text.find("[", first, last) < 0:
        return list(pieces)
    return [part for piece in pieces for part in _parts(text, piece)]


def _parts(text: str, piece: Span) -> Iterator[Span]:
    at = piece.start
    for m in _BRACKETS.finditer(text, *piece):
        if _is_direction(" ".join(m[1].split())):
            yield from _trimmed(text, at, m.start())
            at = m.end()
    if at == piece.start:
        yield piece
    else:
        yield from _trimmed(text, at, piece.end)


def _is_direction(inside: str) -> bool:
    """Tell whether words in brackets say how something is said: "with a sigh"."""
    words = [word.casefold() for word in _WORD.findall(inside)]
    if not words:
        return False
    if _AUDIENCE.match(inside) or _TO_SOMEBODY.match(inside):
        return True
    if words[0] in ("with", "in") or words[0].endswith("ly"):
        return not _MANNERS.isdisjoint(words) and len(words) > 1
    first = (
        words[1] if words[0] in ("half", "still", "again", "and") and len(words) > 1 else words[0]
    )
    if first in _GESTURES:
        return True
    if len(words) <= 2 and words[-1].endswith("ingly"):
        return True
    return first.endswith("ing") and (
        inside.endswith(",") or _SELF.search(inside) is not None or _MOVES.match(inside) is not None
    )


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    """Take white space and loose stops off the edges of a part."""
    while start < end and text[start] in " \t\r\n,;":
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if any(map(str.isalnum, text[start:end])):
        yield Span(start, end)
