"""Whom "he" and "she" stand for, where only one person can be meant; otherwise nobody.

Conservative: the names that were said to speak, or stand before a verb, in the same paragraph
or the one before; gender from titles and from the text's own use. Two candidates are none.
"""

from __future__ import annotations

import re

from chrestomathy.lift.cast import gender_of
from chrestomathy.lift.lexicon import CAPITALS, words_of
from chrestomathy.lift.lexicon.speech import (
    BARE_PRONOUNS,
    FEMALE,
    FEMALE_TITLES,
    FIRST_SECOND,
    MALE,
    MALE_TITLES,
    PRONOUNS,
)
from chrestomathy.lift.speakers import is_role

_SMALL = rf"(?:[^\W\d_{CAPITALS}]|[’'-])"
_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Lady|Lord|Miss|Sen|Gov|Rep|Gen|Prof|President|Senator)\.?\s+)?"
    rf"[{CAPITALS}]{_SMALL}+(?:\s+(?:[A-Z]\.\s*)?(?:(?:de|van|von|la|der)\s+)?[{CAPITALS}]{_SMALL}+){{0,3}}"
)
_TOO_COMMON = words_of(
    """
    the a an he she it they we i in on at but and if when as so then this that there what who his
    her for no yes to of by with from after before while monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november
    december mr mrs ms dr sir le les un une der die das ein eine el los las il lo gli
    """
) | frozenset(
    word for words in (*PRONOUNS.values(), " ".join(BARE_PRONOUNS)) for word in words.split()
)
_NO_FIRST = _TOO_COMMON - MALE_TITLES - FEMALE_TITLES
_ARTICLE = re.compile(
    r"\b(?i:the|an?|das|d[ei][er]|de[nm]|eine?[rnm]?|im|zum|zur|l[ae]s?|los|las|el|il|lo|een|het)\s+\Z"
)
_GENDERED = MALE | FEMALE


def resolve(pronoun: str, before: str) -> tuple[int, int] | None:
    """Find the one named person whom a pronoun can stand for, as a span of ``before``.

    Example:
        >>> text = "Mrs. Lee came in. "
        >>> resolve("she", text), resolve("he", text)
        ((0, 8), None)
    """
    word = pronoun.casefold()
    if word in FIRST_SECOND or word not in _GENDERED:
        return None
    people: dict[str, tuple[int, int, str]] = {}
    for m in _NAME.finditer(before):
        name = m[0]
        words = name.split()
        first, last = words[0].casefold().rstrip("."), words[-1].casefold()
        if last in _TOO_COMMON or first in _NO_FIRST or "--" in name or is_role(name):
            continue
        if len(words) == 1 and last not in people and _is_doubtful(before, m.start()):
            continue
        gender = gender_of(name.casefold())
        known = people.get(last)
        people[last] = (*(known[:2] if known else m.span()), gender or (known[2] if known else ""))
    fitting = [one for one in people.values() if one[2] in ("", "m" if word in MALE else "f")]
    return fitting[0][:2] if len(fitting) == 1 else None


def _is_doubtful(text: str, at: int) -> bool:
    """Tell whether a capital may be a sentence's, or a noun's behind its article."""
    return _starts_sentence(text, at) or _ARTICLE.search(text[max(0, at - 8) : at]) is not None


def _starts_sentence(text: str, at: int) -> bool:
    head = text[:at].rstrip()
    return not head or text[at - 1] == "\n" or head[-1] in '.!?"”’“‘«»„(:'
