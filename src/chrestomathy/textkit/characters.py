"""A text in code points for the C library, and what each code point is.

The classes are those of Python's `str`; they are looked up when a character is first met.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.uint32]

CLOSERS = "\"'”’»)]}›」』"
OPENERS = "\"'“‘„«([{‹「『¿¡—–-"
"""Marks behind the last word of a sentence and before the first."""
_PARTING = frozenset("\"'“”‘’«»()[]{}—–")
"""Signs that an abbreviation does not reach over."""

CLASSES = np.zeros(0x110000, np.uint8)
"""The flags of characters.h for each code point; 0 where it was not met so far."""


def codes_of(text: str) -> Places:
    """Return the code points of a text, all of whose classes are known."""
    codes = np.frombuffer(bytearray(text.encode("utf-32-le", "surrogatepass")), np.uint32)
    odd = codes[codes >= 0x80]
    if len(odd):
        _learn(odd)
    return codes


def _learn(codes: Places) -> None:
    for code in np.unique(codes[CLASSES[codes] == 0]).tolist():
        CLASSES[code] = _class_of(chr(code))


def _class_of(letter: str) -> int:
    """Return the flags of a character, in the order of characters.h."""
    space, in_word = letter.isspace(), letter.isalnum() or letter == "_"
    holds = (
        space, in_word, not space and not in_word,
        letter.islower(), letter.isupper() and letter.isalpha(),
        letter in OPENERS, letter in CLOSERS, space or letter in _PARTING,
    )  # fmt: skip
    return sum(1 << place for place, held in enumerate(holds) if held)


_learn(np.arange(0x80, dtype=np.uint32))
