"""Where the sentence around a quotation begins and ends, as far as a look at its cue needs it.

`textkit.sentences` splits a whole text; here a quotation is given, and marks and brackets belong
to the sentence that they close.
"""

from __future__ import annotations

import re

from chrestomathy.lift.lexicon import CAPITALS, UNCASED

CONTEXT = 600
"""How far around a quotation its sentence, or a pronoun's name, is looked for, in characters."""
SENTENCE_END = re.compile(
    r"[.!?…。！？؟۔।](?:(?<=[。！？])"
    rf"|[\"”»’)\]]*\s+(?=[\"“«‘„”»(\[—–]*\s?[{CAPITALS}{UNCASED}]))"
)
_ABBREVIATED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Prof|St|Jr|Sr|Col|Lt|Sgt|Rev|U\.S|[A-Z])$"
)


def sentence_start(text: str, left: int, at: int) -> int:
    """Return where the sentence that holds a place begins, no earlier than ``left``."""
    start = max(left, at - CONTEXT)
    for m in SENTENCE_END.finditer(text, start, at):
        if not _is_abbreviation(text, m.start()):
            start = m.end()
    return start


def _is_abbreviation(text: str, at: int) -> bool:
    return text[at] == "." and _ABBREVIATED.search(text, max(0, at - 6), at) is not None
