"""What kind of source a noun names, and a clause of prose names: "said in a letter to the editor"."""

from __future__ import annotations

import re

from chrestomathy.lift.lexicon.sources import KINDS
from chrestomathy.records import Kind

KIND_OF: dict[str, Kind] = {
    noun.replace("_", " "): kind
    for kinds in reversed(KINDS.values())
    for kind, nouns in kinds.items()
    for noun in nouns.split()
}
_FOLDED = {noun.casefold().replace("ı", "i"): kind for noun, kind in KIND_OF.items()}
_IN_KIND = re.compile(
    rf"""
    \b(?:in|at|during|from|dans|lors\ d['’]|en|nel|em|per)\s+  # "in"
    (?:an?|his|her|their|the|une?|son|sa|eine[mr]?|un[ao]?|su)\s+
    (?:[\w-]+\s+){{0,2}}?                               # "a public"
    (?P<kind>{"|".join(sorted(map(re.escape, KIND_OF), key=len, reverse=True))})\b
    """,
    re.VERBOSE | re.IGNORECASE,
)


def kind_in(clause: str) -> Kind | None:
    """Find the kind of source that a clause names.

    Example:
        >>> kind_in("she said in an open letter"), kind_in("she said in a low voice")
        ('letter', None)
    """
    m = _IN_KIND.search(clause)
    return kind_of(m["kind"]) if m else None


def kind_of(noun: str) -> Kind | None:
    """Return what kind of source a noun names, in whatever case: "Grußwort", "KONUŞMASI"."""
    return _FOLDED.get(noun.casefold().replace("ı", "i"))
