"""What kind of source a noun names, and a clause of prose names: "said in a letter to the editor"."""

from __future__ import annotations

import re
from typing import cast

from chrestomathy.lift.lexicon.sources import COMPOUNDS, KINDS
from chrestomathy.records import Kind

KIND_OF: dict[str, Kind] = {
    noun.replace("_", " "): kind
    for kinds in reversed(KINDS.values())
    for kind, nouns in kinds.items()
    for noun in nouns.split()
}


def _fold(text: str) -> str:
    """Fold case, and the two kinds of the letter i that Turkish has."""
    return text.casefold().replace("i̇", "i").replace("ı", "i")


_FOLDED = {_fold(noun): kind for noun, kind in KIND_OF.items()}
_IN_KIND = re.compile(
    rf"""
    [iadflenp](?<!\w.)                 # ``re`` steps quickly over all else to a first letter
    (?:(?<=[ie])n|(?<=a)t|(?<=d)(?:uring|ans)|(?<=f)rom|(?<=l)ors\ d['’]|(?<=n)el|(?<=e)m|(?<=p)er)
    \s+
    (?:an?|his|her|their|the|une?|son|sa|eine[mr]?|un[ao]?|su)\s+
    (?:[\w-]+\s+){{0,2}}?                               # "a public"
    (?P<kind>{"|".join(sorted(map(re.escape, _FOLDED), key=len, reverse=True))})\b
    """,
    re.VERBOSE,
)
"""In folded text: "in" or "at", an article, at most two words, and a noun of a kind."""


def kind_in(clause: str) -> Kind | None:
    """Find the kind of source that a clause names.

    Example:
        >>> kind_in("she said in an open letter"), kind_in("she said in a low voice")
        ('letter', None)
    """
    m = _IN_KIND.search(_fold(clause))
    return _FOLDED[m["kind"]] if m else None


_ENDING: dict[str, Kind] = {
    ending: cast("Kind", kind) for kind, endings in COMPOUNDS.items() for ending in endings.split()
}
COMPOUND = rf"[^\W\d_]{{4,24}}(?:{'|'.join(_ENDING)})"
"""A pattern of such nouns with another before them in one word, without regard to case."""
_COMPOUND = re.compile(rf"[^\W\d_]{{4,24}}?(?P<ending>{'|'.join(_ENDING)})")


def kind_of(noun: str) -> Kind | None:
    """Return what kind of source a noun names: "Grußwort", "KONUŞMASI", "Neujahrsansprache"."""
    folded = _fold(noun)
    if kind := _FOLDED.get(folded):
        return kind
    m = _COMPOUND.fullmatch(folded)
    return _ENDING[m["ending"]] if m else None
