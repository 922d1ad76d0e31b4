"""Our own glosses of the small words that dictionaries leave out or bury: "because", "whose".

The commonest nouns, verbs and adjectives ("thing", "take") are in a second table, English only:
dictionaries part them into dozens of senses that no rule tells apart, and explain them by harder
words. A broad gloss in easy words says more.

`data/small-words.tsv`: word or words, part of speech, gloss in English, German, Chinese. The
words are our own. A word has a row for each use that its neighbours can tell apart.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from chrestomathy.grade.lemmas import OLD_FORMS

LANGUAGES = ("en", "de", "zh")
"""Columns of the table, in order."""
AS_FORMS = OLD_FORMS | {
    "am": "be", "is": "be", "are": "be", "was": "be", "were": "be", "been": "be", "being": "be",
    "art": "be", "wast": "be", "has": "have", "had": "have", "having": "have", "hadest": "have",
    "does": "do", "did": "do", "doing": "do", "done": "do", "doest": "do", "doeth": "do",
    "wilt": "will", "mayest": "may", "mayst": "may", "couldst": "could", "couldest": "could",
    "shouldest": "should", "wouldest": "would", "lets": "let", "letting": "let",
    "others": "other",
}  # fmt: skip
"""Forms of the table's words that have no row of their own."""


@lru_cache(maxsize=1)
def load_small() -> dict[str, dict[str, dict[str, str]]]:
    """Read the table: word → part of speech → language → gloss."""
    text = files("chrestomathy.grade").joinpath("data/small-words.tsv").read_text(encoding="utf-8")
    table: dict[str, dict[str, dict[str, str]]] = {}
    for line in text.splitlines():
        word, tag, *glosses = line.split("\t")
        table.setdefault(word, {})[tag] = dict(zip(LANGUAGES, glosses, strict=True))
    return table


@lru_cache(maxsize=1)
def load_common() -> dict[tuple[str, str], str]:
    """Read the table of common words: lemma and part of speech → English gloss."""
    text = files("chrestomathy.grade").joinpath("data/common-words.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return {(word, tag): gloss for word, tag, gloss in rows}


def small_form(form: str) -> str | None:
    """Return the table's word for a lower-case form; None where it is no small word.

    Example:
        >>> small_form("were"), small_form("thy"), small_form("river")
        ('be', 'thy', None)
    """
    known = AS_FORMS.get(form, form)
    return known if known in load_small() else None


@lru_cache(maxsize=1)
def small_terms() -> dict[str, frozenset[str]]:
    """Return the table's terms of several words by their first word."""
    found: dict[str, set[str]] = {}
    for one in load_small():
        if " " in one:
            found.setdefault(one.split(" ")[0], set()).add(one)
    return {first: frozenset(terms) for first, terms in found.items()}
