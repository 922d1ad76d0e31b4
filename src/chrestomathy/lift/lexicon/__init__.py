"""The words LIFT knows, by language: tables only, so that a language is data and not code.

``calendar`` holds months, eras and signs of doubt; ``sources`` the nouns of speeches, letters
and events; ``speech`` the verbs and pronouns of reporting. Every table maps a language to its
words; the languages are read together, because pages mix them and hardly a word clashes.
"""

from __future__ import annotations


def words_of(table: str) -> frozenset[str]:
    """Read a table of words parted by white space."""
    return frozenset(table.split())
