"""The level at which learners meet a word, from two published word lists.

`data/levels-en.tsv` holds the CEFR-J Wordlist 1.5 (A1 to B2) and the Octanove Vocabulary
Profile (C1, C2): columns headword, part of speech, level, in alphabetical order. The training
script writes it from the published files (`data/LICENCES.md`). A word in neither list has no
level here; how rare it is, `frequency` says.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from chrestomathy.grade.lemmas import lemmas_of

DIFFICULTY = (3.454, 0.734, -0.2085, -0.0051, 0.21)
"""Predicted level of a word: intercept, then per unit of Zipf value, squared Zipf value, letters,
syllables. Least squares on the words of both lists; `training/grade/train.py` prints the fit."""

LISTED_SHARE = 0.6
"""Weight of a listed level against the predicted one. Chosen by hand."""

NUMBERS = {"A1": 1, "A2": 2, "B1": 3, "B2": 4, "C1": 5, "C2": 6}
"""Levels as numbers, 1 to 6; 0 stands for "not listed" in arrays."""


@lru_cache(maxsize=1)
def load_levels() -> dict[str, dict[str, int]]:
    """Read the table: headword → part of speech (NOUN, VERB, ADJ, ADV, X) → level 1 to 6."""
    table: dict[str, dict[str, int]] = {}
    text = files(__package__).joinpath("data/levels-en.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        headword, tag, level = line.split("\t")
        entry = table.setdefault(headword.lower(), {})
        entry[tag] = min(NUMBERS[level], entry.get(tag, 6))
    return table


@lru_cache(maxsize=1)
def load_capitalised() -> frozenset[str]:
    """Read the headwords that are written with a capital ("English", "Monday"), lower case."""
    text = files(__package__).joinpath("data/levels-en.tsv").read_text(encoding="utf-8")
    heads = (line.split("\t")[0] for line in text.splitlines())
    return frozenset(head.lower() for head in heads if head[:1].isupper())


def find_level(form: str, *, tag: str | None = None) -> int | None:
    """Find the level of a word form, 1 (A1) to 6 (C2); None where no list has it.

    Where several dictionary forms or parts of speech are possible, the easiest counts: the
    commoner reading is the likelier one. A part of speech that is known narrows the choice.

    Args:
        form: The word in lower case.
        tag: NOUN, VERB, ADJ or ADV, where the text shows which it is.

    Example:
        >>> find_level("children"), find_level("xyzzy") is None
        (1, True)
    """
    table = load_levels()
    entries = [table[lemma] for lemma in lemmas_of(form) if lemma in table]
    if tag:
        fitting = [entry[tag] for entry in entries if tag in entry]
        if fitting:
            return min(fitting)
    return min((level for entry in entries for level in entry.values()), default=None)


def blend(level: int, guess: float) -> float:
    """Return how hard a word is, 1 to 6: its listed level, if it has one, and a guess together.

    Args:
        level: Listed level, 1 to 6; 0 where no list has it.
        guess: Predicted level, 1 to 6.
    """
    return LISTED_SHARE * level + (1 - LISTED_SHARE) * guess if level else guess


def guess_difficulty(zipf: float, n_letters: int, n_syllables: int) -> float:
    """Guess the level of a word that the frequency list has not, 1 to 6.

    Args:
        zipf: Zipf value of its lemma.
        n_letters: Its length.
        n_syllables: Its length as spoken.
    """
    one, by_zipf, by_square, by_letter, by_syllable = DIFFICULTY
    guess = one + by_zipf * zipf + by_square * zipf * zipf
    guess += by_letter * min(n_letters, 15) + by_syllable * min(n_syllables, 6)
    return min(6.0, max(1.0, guess))
