"""Where sentences begin and end in running text.

Rules, not a model: a full stop, question or exclamation mark ends a sentence when what follows
looks like a beginning, unless the stop belongs to an abbreviation or an initial. A blank line
always ends one. LIFT, TRACE (is a passage cut?) and GRADE (sentence lengths) share this.
"""

from __future__ import annotations

import re

import numpy as np

from chrestomathy import native
from chrestomathy.records import Span
from chrestomathy.textkit.characters import CLASSES, CLOSERS, OPENERS, Places, codes_of

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
    whole = np.array([[0, len(text)]], np.uint32)
    return [Span(start, end) for start, end in split_sentences(codes_of(text), whole).tolist()]


def split_sentences(codes: Places, paragraphs: Places) -> Places:
    """Split each paragraph of a text into sentences, as if it stood by itself.

    Args:
        codes: The text in code points (`codes_of`).
        paragraphs: Start and end of each, shape (n, 2).

    Returns:
        Start and end of each sentence, shape (n_sentences, 2).
    """
    found = np.empty((int((paragraphs[:, 1] - paragraphs[:, 0]).sum()), 2), np.uint32)
    record = native.Text(native.at(codes), *_KNOWN)
    n = native.load().chr_sentences(
        record, native.at(paragraphs), len(paragraphs), native.at(found)
    )
    return found[:n]


_PACKED = np.array([int.from_bytes(one.encode()) for one in sorted(ABBREVIATIONS)], np.uint64)
"""The abbreviations, a letter a byte."""
_KNOWN = native.at(CLASSES), native.at(_PACKED), len(_PACKED)
