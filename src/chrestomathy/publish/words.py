"""The words of an edition, explained: where each stands in a passage, and each explanation once.

Nothing is looked up here: what GRADE found stands in the edition. An explanation that several
passages share is printed once, in a list at the end; the harder ones besides under their passage.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, get_args

from chrestomathy.records import Edition, Entry, GlossedWord, Level, Span
from chrestomathy.textkit.languages import name_of

LEVELS: tuple[Level, ...] = get_args(Level)
UNLISTED = len(LEVELS) + 1
"""Rank of a word that no list of levels has: harder than all, as far as is known."""
LISTED_FROM = 3
"""Rank from which a word is listed under its passage: B1; a reader chooses from there upward."""
PARTS = {
    "NOUN": "noun", "VERB": "verb", "ADJ": "adjective", "ADV": "adverb", "NAME": "name",
    "DET": "determiner", "PRON": "pronoun", "PREP": "preposition", "CONJ": "conjunction",
    "AUX": "auxiliary verb", "TO": "particle", "NUM": "numeral", "INT": "interjection",
}  # fmt: skip
OPEN_PARTS = frozenset(("NOUN", "VERB", "ADJ", "ADV"))
LONGEST_VERSE_LINE = 60
"""Line breaks are kept where no line is longer: it is verse. Longer lines are only wrapped."""

_PARAGRAPH_END = re.compile(r"\n[ \t\r]*\n\s*")
_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


class Meaning(NamedTuple):
    """What a word means, in one language."""

    lang: str
    text: str


class Explanation(NamedTuple):
    """A word or term as the page explains it."""

    heading: str
    """As printed, small unless it is a name; a term in its dictionary form."""
    ipa: str | None
    facts: tuple[str, ...]
    """The dictionary form where it is another, the part of speech, the level."""
    meanings: tuple[Meaning, ...]
    rank: int
    """1 for A1 to 6 for C2; 7 for a word of no list, 0 for a name or a small word of none."""


class Piece(NamedTuple):
    """A run of a passage's text: a word with the number of its explanation, or what is between."""

    text: str
    word: int | None = None
    rank: int = 0


Line = tuple[Piece, ...]
Explained = tuple[Span, Explanation]
"""Where a word or term stands in its passage, and what is said of it."""


class WordBook:
    """Every explanation of an edition, numbered as they are met."""

    def __init__(self) -> None:
        self._numbers: dict[Explanation, int] = {}

    def number_of(self, explanation: Explanation) -> int:
        """Return the number of an explanation, the same for equal ones."""
        return self._numbers.setdefault(explanation, len(self._numbers))

    def listed(self) -> list[tuple[int, Explanation]]:
        """Return all with their numbers, in alphabetical order."""
        by_name = sorted(self._numbers.items(), key=lambda one: (one[0].heading.casefold(), one[1]))
        return [(number, one) for one, number in by_name]


def explained_words(entry: Entry) -> Iterator[Explained]:
    """Return every word and term of a passage where it stands, with what is said of it."""
    text = entry.passage.text
    end = 0
    for span, group in groupby(_words_of(entry), key=lambda one: one.term or one.span):
        if end <= span.start < span.end <= len(text):  # else it is of another text
            yield span, explain(text, list(group))
            end = span.end


def harder_words(words: Sequence[Explained]) -> tuple[Explanation, ...]:
    """Return what is listed under a passage, in its order, each once."""
    return tuple(dict.fromkeys(one for _, one in words if one.rank >= LISTED_FROM))


def lay_out_text(
    text: str, explained: Sequence[Explained], book: WordBook
) -> Iterator[tuple[Line, ...]]:
    """Split a passage into paragraphs, and a paragraph of short lines into its verses.

    Args:
        text: The passage's.
        explained: Its words and terms, in order.
        book: Takes their explanations.
    """
    words = [(span, book.number_of(one), one.rank) for span, one in explained]
    for ranges in _paragraphs(text):
        lines = [[one] for one in ranges]
        if len(ranges) > 1 and max(end - start for start, end in ranges) > LONGEST_VERSE_LINE:
            lines = [ranges]
        yield tuple(tuple(_pieces(text, line, words)) for line in lines)


def _words_of(entry: Entry) -> Sequence[GlossedWord]:
    return (entry.grading.words if entry.grading else None) or ()


def _paragraphs(text: str) -> Iterator[list[Span]]:
    """Return the lines of each paragraph, without the spaces around them."""
    start = 0
    ends = [*((m.start(), m.end()) for m in _PARAGRAPH_END.finditer(text)), (len(text), 0)]
    for end, after in ends:
        lines = []
        for m in _LINE.finditer(text, start, end):
            line = m[0]
            first = m.start() + len(line) - len(line.lstrip())
            if line.strip():
                lines.append(Span(first, first + len(line.strip())))
        if lines:
            yield lines
        start = after


def _pieces(
    text: str, ranges: Sequence[Span], words: Sequence[tuple[Span, int, int]]
) -> Iterator[Piece]:
    """Cut stretches of the text, joined with a space, into words and what is between them."""
    for i, (start, end) in enumerate(ranges):
        at, lead = start, " " if i else ""
        first = bisect_right(words, start, key=lambda one: one[0].end)
        for span, number, rank in words[first : bisect_left(words, end, key=_start)]:
            if lead or span.start > at:
                yield Piece(lead + text[at : span.start])
            at, lead = min(span.end, end), ""
            yield Piece(text[max(span.start, start) : at], number, rank)
        if lead or at < end:
            yield Piece(lead + text[at:end])


def _start(one: tuple[Span, int, int]) -> int:
    return one[0].start


def explain(text: str, words: Sequence[GlossedWord]) -> Explanation:
    """Say what the page says of a word, or of the words of a term.

    Example:
        >>> word = GlossedWord(span=Span(3, 7), lemma="give", tag="VERB", level="A1",
        ...                    glosses={"en": "hand over", "de": None}, ipa="ɡeɪv")
        >>> explain("He gave it.", [word])[:3]
        ('gave', 'ɡeɪv', ('from give', 'verb', 'A1'))
    """
    word = words[0]
    meanings = tuple(Meaning(lang, gloss) for lang, gloss in word.glosses.items() if gloss)
    rank = max(map(_rank, words))
    if word.term_lemma:
        return Explanation(word.term_lemma, None, ("expression",), meanings, rank)
    printed = text[word.span.start : word.span.end]
    heading = printed if word.name else printed.lower()
    facts = [] if word.lemma == printed.lower() else [f"from {word.lemma}"]
    facts.append(PARTS.get(word.tag, word.tag.lower()))
    facts += [word.level] if word.level else []
    return Explanation(heading, word.ipa, tuple(facts), meanings, rank)


def _rank(word: GlossedWord) -> int:
    if word.level:
        return LEVELS.index(word.level) + 1
    return UNLISTED if word.tag in OPEN_PARTS and not word.name else 0


def languages_of(edition: Edition) -> tuple[list[str], list[str]]:
    """Name the languages that words are explained in, and those asked for without a dictionary."""
    asked = dict.fromkeys(
        lang for entry in edition.entries for word in _words_of(entry) for lang in word.glosses
    )
    known = {one.language for one in edition.dictionaries}
    return (
        [name_of(lang) for lang in asked if lang in known],
        [name_of(lang) for lang in asked if lang not in known],
    )
