"""Where sentences begin and end: the C library against its slow twin."""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from chrestomathy.records import Span
from chrestomathy.textkit.characters import CLOSERS, codes_of
from chrestomathy.textkit.sentences import (
    ends_sentence,
    sentences,
    split_sentences,
)

_END = re.compile(
    rf"""
    (?P<stop>[.!?…]+|[。！？])          # "end."  "what?!"
    [{re.escape(CLOSERS)}]*             # closing marks belong to the sentence
    (?=\s|$|[^\x00-\u2fff])             # a space, the end, or a script without spaces
    """,
    re.VERBOSE,
)
_BLANK = re.compile(r"\n[ \t\r\f\v]*\n\s*")

PIECES = st.sampled_from(
    [
        *".!?…。！？”\"')」』»“‘(「¿—-_", *("..", "...", "Mr", "mr", "St", "\ufb06", "\u017ft", "e.g"),
        *(" ", "\n", "\n\n", "\r\n", "\t", "\x1c", "\u2028", "\u00a0", "\n \n", "A", "I", "b"),
        *("word", "Word", "é", "É", "中", "1", "\ud800", "ABCDEFGHIJ"),
    ]
)  # fmt: skip
TEXT = st.lists(PIECES, max_size=12).map("".join)


def twin(text: str) -> list[Span]:
    """Split a text into sentences, by regular expressions."""
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


@given(TEXT)
@example("\nA\n.中…")
@settings(max_examples=400, deadline=None)
def test_sentences_are_those_of_their_twin(text: str) -> None:
    assert sentences(text) == twin(text)


@given(st.lists(TEXT, max_size=3))
def test_paragraphs_stand_by_themselves(parts: list[str]) -> None:
    """No sentence goes over the edge of a paragraph, and none looks over it."""
    edges = np.cumsum([0, *map(len, parts)])
    spans = np.array([*pairwise(edges.tolist())], np.uint32).reshape(-1, 2)
    expected = [
        (at + a, at + b)
        for at, part in zip(edges.tolist(), parts, strict=False)
        for a, b in twin(part)
    ]
    found = split_sentences(codes_of("".join(parts)), spans)
    assert [*map(tuple, found.tolist())] == expected
