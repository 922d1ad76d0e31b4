"""Dictionary forms of English words, and which capitalised words are names.

Two sources behind one function: `simplemma`'s word list answers with one likely lemma,
`lemminflect`'s tables with every lemma by part of speech ("leaves": leaf, leave). Neither reads
context, so `lemma_of` gives the likeliest and `lemmas_of` all that are possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

CONTRACTED = {
    "n't": "not", "can't": "can", "won't": "will", "shan't": "shall", "ain't": "be",
    "i'm": "i", "it's": "it", "let's": "let", "o'clock": "o'clock", "'tis": "it", "'twas": "it",
}  # fmt: skip
"""Contractions that do not fall apart at the apostrophe into a word and a rest."""

OLD_FORMS = {
    "hath": "have", "hast": "have", "hadst": "have", "doth": "do", "dost": "do", "didst": "do",
    "saith": "say", "shalt": "shall", "canst": "can", "wouldst": "would", "shouldst": "should",
    "spake": "speak", "begat": "beget", "wert": "be", "sware": "swear", "builded": "build",
    "digged": "dig", "shewn": "show", "holpen": "help", "ope": "open", "stablish": "establish",
}  # fmt: skip
"""Verb forms of older English that no table has; those in -eth and -est are found by rule."""

OLD_ENDINGS = ("eth", "est", "'st")
"""Of verbs: "he maketh", "thou servest", "thou know'st"."""

RESTS = ("'s", "'re", "'ve", "'ll", "'d", "'m", "s'")
"""What may stand after a word's apostrophe without changing its lemma."""

CACHE_WORDS = 50_000
"""Word forms whose lemmas are kept: more than one library's vocabulary."""


def lemma_of(form: str) -> str:
    """Return the likeliest dictionary form of a word in lower case; itself where none is known.

    Example:
        >>> [lemma_of(form) for form in ("children", "taken", "don't", "qwxz")]
        ['child', 'take', 'do', 'qwxz']
    """
    return lemmas_of(form)[0]


@lru_cache(maxsize=CACHE_WORDS)
def lemmas_of(form: str) -> tuple[str, ...]:
    """Return every dictionary form a word can have, the likeliest first, never none.

    The form itself is among them where it is a headword of its own ("meeting").
    """
    import simplemma

    if form in CONTRACTED:
        return (CONTRACTED[form],)
    base = form
    if "'" in form:
        if form.endswith("n't"):
            return lemmas_of(form[:-3])
        for rest in RESTS:
            base = base.removesuffix(rest)
        base = base or form
    if not base or len(base) > 40:
        return (base,)
    first = simplemma.lemmatize(base, lang="en").lower()
    if first == base and not _by_tag(base):
        first = old_verb(base) or base
    others = [one for by_tag in _by_tag(base).values() for one in by_tag]
    return tuple(dict.fromkeys((first, *others, base)))


def old_verb(form: str) -> str | None:
    """Find the verb of an older form ("maketh", "servest", "know'st") through its form in -s."""
    if form in OLD_FORMS:
        return OLD_FORMS[form]
    for ending in OLD_ENDINGS:
        stem = form.removesuffix(ending)
        if stem != form and len(stem) > 1:
            for modern in (stem + "s", stem + "es", stem[:-1] + "s"):  # also "sittest": sits
                if verbs := _by_tag(modern).get("VERB"):
                    return verbs[0]
    return None


@lru_cache(maxsize=CACHE_WORDS)
def _by_tag(form: str) -> dict[str, tuple[str, ...]]:
    if len(form) < 2 or len(form) > 40 or not form.isascii():
        return {}
    import lemminflect

    return dict(lemminflect.getAllLemmas(form))


def find_names(words: Sequence[str], starts: Iterable[int], known: Iterable[bool]) -> list[bool]:
    """Tell which words of a text are names, by their capitals.

    A capital within a sentence makes a name, unless the word is "I". A capital at the beginning
    of a sentence makes one where the word is known to no list, or has a capital elsewhere in
    the text within a sentence and stands nowhere in lower case. A text in capitals throughout
    has no names.

    Args:
        words: The words as printed, in order.
        starts: Indices of the words that begin a sentence.
        known: For each word, whether a list knows it in lower case.
    """
    capital = [word[:1].isupper() for word in words]
    if sum(word.isupper() and len(word) > 1 for word in words) > 0.5 * len(words):
        return [False] * len(words)
    if len(words) > 4 and sum(capital) > 0.8 * len(words):
        return [False] * len(words)
    begins = set(starts)
    within = {w.lower() for i, w in enumerate(words) if capital[i] and i not in begins}
    small = {w for i, w in enumerate(words) if not capital[i]}
    names = []
    for i, (word, listed) in enumerate(zip(words, known, strict=True)):
        if not capital[i] or word == "I" or word.startswith(("I'", "I’")):
            names.append(False)
        elif i in begins:
            lower = word.lower()
            names.append(not listed or (lower in within and lower not in small))
        else:
            names.append(True)
    return names
