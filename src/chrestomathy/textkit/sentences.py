"""Where sentences begin and end in running text.

Rules, not a model: a full stop, question or exclamation mark ends a sentence when what follows
looks like a beginning, unless the stop belongs to an abbreviation or an initial. A blank line
always ends one. LIFT, TRACE (is a passage cut?) and GRADE (sentence lengths) share this.
"""

from __future__ import annotations

import re
from itertools import pairwise

from chrestomathy.records import Span

ABBREVIATIONS = frozenset(
    """
    mr mrs ms messrs mme mlle dr prof rev hon gen col maj capt lieut lt cmdr adm sgt gov sen rep
    pres supt st ste mt ft no nos vol vols p pp fig figs art arts sec secs ch chap cf viz vs v al
    ed eds trans approx dept esq inst ult prox
    jan feb mar apr jun jul aug sep sept oct nov dec
    bros co corp inc ltd i.e e.g
    """.split()
)
"""Words whose full stop ends no sentence, lower case, without the stop. English first."""

CLOSERS = "\"'”’»)]}›」』"
OPENERS = "\"'“‘„«([{‹「『¿¡—–-"

_END = re.compile(
    rf"""
    (?P<stop>[.!?…]+|[。！？])          # "end."  "what?!"
    [{re.escape(CLOSERS)}]*             # closing marks belong to the sentence
    (?=\s|$|[^\x00-\u2fff])             # a space, the end, or a script without spaces
    """,
    re.VERBOSE,
)
_BLANK = re.compile(r"\n[ \t\r\f\v]*\n\s*")
_WORD_BEFORE = re.compile(r"[^\s\"'“”‘’«»()\[\]{}—–]+$")
_BEGINS = re.compile(rf"\s*[{re.escape(OPENERS)}\s]*(?P<first>\S)")


def ends_sentence(text: str, start: int, end: int) -> bool:
    """Tell whether the mark at ``text[start:end]`` ends a sentence.

    Args:
        text: Running text.
        start: Where the stop begins.
        end: Where the stop and the closing marks after it end.

    Example:
        >>> ends_sentence("Mr. Fox ran.", 2, 3), ends_sentence("Mr. Fox ran.", 11, 12)
        (False, True)
    """
    after = _BEGINS.match(text, end)
    if after is None or "\n\n" in text[end : after.start("first")].replace("\r", ""):
        return True
    first = after["first"]
    stop = text[start:end].rstrip(CLOSERS)
    if first.islower():
        return False
    if stop != ".":
        return True
    before = _WORD_BEFORE.search(text, max(0, start - 40), start)
    word = before[0] if before else ""
    if len(word) == 1 and word.isalpha() and word.isupper() and word != "I":
        return False
    return word.casefold() not in ABBREVIATIONS


def sentences(text: str) -> list[Span]:
    """Split a text into sentences, in order, without the white space between them.

    Example:
        >>> [text[a:b] for text in ["One. Two!"] for a, b in sentences(text)]
        ['One.', 'Two!']
    """
    cuts = {0, len(text)}
    cuts.update(m.end() for m in _BLANK.finditer(text))
    for m in _END.finditer(text):
        if ends_sentence(text, m.start(), m.end()):
            cuts.add(m.end())
    edges = sorted(cuts)
    found = []
    for start, end in pairwise(edges):
        piece = text[start:end]
        lead = len(piece) - len(piece.lstrip())
        if piece.strip():
            found.append(Span(start + lead, start + len(piece.rstrip())))
    return found
