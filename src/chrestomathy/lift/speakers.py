"""What a name looks like, and when a speaker is only a title: by shape, from no list of names.

A name is a short run of capitalised words, initials and particles ("Anna de la Tour
Holt", "A.B. Holt"), in scripts without capitals a short run of letters. Nothing here
guesses who is meant.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from chrestomathy.lift.lexicon import words_of
from chrestomathy.lift.lexicon.sources import CONTENTS, UNKNOWN
from chrestomathy.lift.lexicon.speech import (
    PARTICLES,
    ROLE_ADJECTIVES,
    ROLE_NOUNS,
    SUFFIXES,
    TITLES,
)

MAX_NAME_WORDS = 8
MAX_NAME_CHARS = 80
MAX_CJK_NAME = 12
"""Longest name; chosen by hand from title pages and mastheads."""

MAX_CALLING_WORDS = 3
"""Among how many words before a name its calling is looked for."""

_OF_ROLES = ROLE_NOUNS | ROLE_ADJECTIVES | TITLES
"""Words of which a title without a name is made."""
_WORD = re.compile(r"\S+")
_CASELESS = re.compile(
    r"[\u0590-\u08ff\u0900-\u0dff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_NO_CJK_NAME = re.compile(
    "[,，。、:：]|について|こと$|です$|ます$|ください|から$|まで$|より$|関于|關於|^关于"
)
"""What no Chinese or Japanese name holds: a heading does ("仕事について")."""
_BAD = re.compile(r"[!?;=<>{}|%@#\\/…“”\"«»„]|\.\.|\d{5}")
RETIRED = re.compile(r"\((?:ret|retd|emeritus|emerita|a\.\s?D|i\.\s?R)\.?\)", re.IGNORECASE)
"""Between a rank and a name: "Gen. (ret.) Otis Fane"."""
_UNKNOWN = re.compile(UNKNOWN)
_STARTERS = words_of(
    """
    if when while because it this that these those there here what why how where who we you i he
    she they my your but and so then now not no yes in on at for with from as to all every each
    some many do don't never always about tegen gegen beim aan bij devant ante contra vor aus auf
    """
)
"""Words that begin a sentence and hardly ever a name."""
_ALONE = words_of(
    """
    earlier previously later meanwhile recently once früher später zuletzt zuvor neulich antes después
    ayer hoy hier avant après ensuite prima poi ieri ontem ранее позже раніше пізніше однажды wcześniej
    později dříve source details price share save rate wait help note update
    """
)
"""Words with a capital that are no name by themselves."""


def is_name(text: str) -> bool:
    """Tell whether a text has the shape of a name.

    Example:
        >>> is_name("Anna de la Tour Holt"), is_name("Some walls never dry")
        (True, False)
    """
    text = text.strip().rstrip(",")
    if not text or len(text) > MAX_NAME_CHARS or _BAD.search(text):
        return False
    if _CJK.search(text):
        return 2 <= len(text) <= MAX_CJK_NAME and _NO_CJK_NAME.search(text) is None
    words = _WORD.findall(RETIRED.sub(" ", text) if "(" in text else text)
    if len(words) > MAX_NAME_WORDS:
        return False
    if _CASELESS.search(text):
        return len(words) <= 5
    first = words[0].strip("()'’‘\"")
    if first.casefold() in _STARTERS and len(words) > 1:
        return False
    if len(words) == 1 and first.casefold() in _ALONE:
        return False
    if _capitalised(first, words) and all(_fits(word) for word in words[1:]):
        return True
    return _titled(words)


def _titled(words: list[str]) -> bool:
    """Tell whether a calling in lower case stands before a name: "Ship's engineer Ann Lee"."""
    for i, word in enumerate(words[:MAX_CALLING_WORDS]):
        if word.islower() and word in ROLE_NOUNS:
            rest = words[i + 1 :]
            before = all(one[0].isupper() or one in ROLE_ADJECTIVES for one in words[:i])
            return before and bool(rest) and rest[0][0].isupper() and all(map(_fits, rest))
    return False


def _capitalised(first: str, words: list[str]) -> bool:
    """Tell whether the first word may begin a name."""
    if first[:1].isupper() or first.casefold() in TITLES:
        return True
    return first.casefold() in PARTICLES and len(words) > 1 and words[-1][:1].isupper()


def _fits(word: str) -> bool:
    """Tell whether a later word may stand in a name."""
    bare = word.strip("()'’‘\",")
    return (
        bare[:1].isupper()
        or bare.casefold() in PARTICLES
        or bare.casefold() in SUFFIXES
        or bare.casefold() in ("proverb", "saying", "proverbe", "sprichwort", "пословица")
        or (len(bare) > 2 and bare[1] in "'’" and bare[2].isupper())
        or not bare
    )


def is_nobody(text: str) -> bool:
    """Tell whether the page says that the speaker is unknown: "Anonymous"."""
    folded = text.strip().casefold()
    return folded in CONTENTS or _UNKNOWN.fullmatch(folded) is not None


@lru_cache(maxsize=4096)
def is_role(text: str) -> bool:
    """Tell whether a speaker is a title without a name.

    Example:
        >>> is_role("the Prime Minister"), is_role("President Holt")
        (True, False)
    """
    words = [word.strip(".,").casefold() for word in text.split()]
    if not words or len(words) > MAX_NAME_WORDS:
        return False
    head = words[: words.index("of")] if "of" in words else words
    if any(word in ROLE_NOUNS for word in head):
        return all(word in _OF_ROLES or word.endswith("-general") for word in head)
    return len(words) == 1 and words[0] in ROLE_NOUNS


def fold_name(text: str) -> str:
    """Fold a name for comparing: case, accents' composition, punctuation, titles.

    Example:
        >>> fold_name("Pres. J. F. Kennedy") == fold_name("J.F. Kennedy")
        False
    """
    text = unicodedata.normalize("NFKC", text).casefold().replace(".", " ")
    return " ".join(re.findall(r"\w+", text))
