"""Speech set in italics, as books of the eighteenth century and their plain texts print it.

``he cried out three times, _Open the gate_`` has no quotation mark: the underscores are the
typist's italics. Only behind a verb of saying, since italics mostly stress a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chrestomathy.lift.clauses import sentence_start
from chrestomathy.lift.cues import cue_before
from chrestomathy.lift.draft import Draft
from chrestomathy.lift.layout import Paragraph
from chrestomathy.lift.stories import is_announced
from chrestomathy.records import Attribution, Span
from chrestomathy.textkit.marks import is_tokenised

_ITALIC = re.compile(r"_(?<!\w_)\s?(?P<words>[A-ZÀ-Þ¿¡][^_\n]{2,300})_(?!\w)")
MIN_WORDS = 2
"""Fewest words in italics that are speech and no stressed word."""


def lift_italics(text: str, blocks: Sequence[Paragraph]) -> list[Draft]:
    """Lift the words in italics that a verb of saying stands right before.

    In a tokenised text they keep their underscores, which corpora label with the words.
    """
    if "_" not in text:
        return []
    keep = is_tokenised(text)
    return [
        _draft(text, block, Span(*m.span(0 if keep else "words")), m.start())
        for block in blocks
        for m in _ITALIC.finditer(text, block.start, block.end)
        if is_announced(text, m.start()) and not _names(m["words"])
    ]


def _names(words: str) -> bool:
    """Tell whether italics hold one word, or a title: every longer word has a capital."""
    long = [word for word in words.split() if len(word) > 3]
    return len(words.split()) < MIN_WORDS or all(word[0].isupper() for word in long)


def _draft(text: str, block: Paragraph, words: Span, opening: int) -> Draft:
    cue = cue_before(text, sentence_start(text, block.start, opening), opening)
    end = words.start + len(text[slice(*words)].rstrip())
    span = Span(words.start, end)
    if cue is None:
        return Draft(
            spans=(span,), mode="direct", rule="italics", confidence=0.6, flags=("no-attribution",)
        )
    return Draft(
        spans=(span,),
        mode="direct",
        rule="italics+cue-before",
        confidence=0.7,
        attribution=Attribution(
            speaker=None if cue.pronoun else " ".join(text[slice(*cue.speaker)].split()),
            speaker_span=cue.speaker,
            raw=text[slice(*cue.clause)].strip(),
            span=cue.clause,
        ),
        flags=("pronoun-unresolved",) if cue.pronoun else (),
    )
