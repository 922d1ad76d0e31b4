"""The words of running text, with their places: what GRADE counts and looks up.

A word is a run of letters with apostrophes inside it ("don't", "o'clock"); a hyphen parts words,
as in "well-known", and digits are no words. Folding for comparison is another matter: TRACE's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

APOSTROPHES = "'’ʼ"

_WORD = re.compile(
    rf"""
    [^\W\d_]+                           # "word", "naïve"; not "2nd" from its digit
    (?: [{APOSTROPHES}] [^\W\d_]+ )*    # "don't", "o'clock"; not the marks in "'word'"
    """,
    re.VERBOSE,
)


class Word(NamedTuple):
    """One word of a text: ``text[start:end]``."""

    start: int
    end: int
    lower: str
    """Lower case, with straight apostrophes."""


def iter_words(text: str) -> Iterator[Word]:
    """Iterate over the words of a text in order.

    Example:
        >>> [word.lower for word in iter_words("Don’t be well-known in 1999.")]
        ["don't", 'be', 'well', 'known', 'in']
    """
    for m in _WORD.finditer(text):
        yield Word(m.start(), m.end(), m[0].lower().replace("’", "'").replace("ʼ", "'"))
