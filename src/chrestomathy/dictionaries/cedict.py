"""CC-CEDICT turned round: Chinese → English becomes English → Chinese, the commonest word first.

A line is ``traditional simplified [pinyin] /meaning/meaning/``. Every short meaning becomes a
headword. How usual a Chinese word is, its productivity tells: how many other words contain it.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from chrestomathy.dictionaries.files import read_text
from chrestomathy.dictionaries.markup import clean_headword, has_capital
from chrestomathy.dictionaries.translations import supported
from chrestomathy.errors import InputError
from chrestomathy.grade.glosses.store import Dictionary, Entry, Sense

LONGEST_PART = 4
"""Characters of a Chinese word looked for within others."""
MAX_WORDS = 4
"""Words of a meaning that can be a headword."""
POSITION_COST, LATER_COST = 0.6, 0.25
"""A second meaning of an entry is less its own; and each further one a little."""
COMMON = 0.6
"""What a word counts that others contain, by the natural logarithm of their number."""
ONE_CHARACTER, LONG, MARKED = -1.8, -1.2, -2.0
"""Weights: one character is often bookish or bound; four are a saying; "(archaic)" says it."""

_LINE = re.compile(r"(\S+) (\S+) \[([^\]]*)\] /(.*)/\s*$")
_BRACKETS = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,80}\]")
_ARTICLE = re.compile(r"^(?:to be |to |an? |the )")
_SKIPPED = re.compile(
    r"^(?:CL:|see |see also|variant of|old variant|also written|also pr|abbr\. |used |surname "
    r"|same as|equivalent of|Kangxi|Japanese variant|erhua|classifier|Taiwan pr)"
)
_MARKS = re.compile(
    r"archaic|literary|old|dialect|slang|vulgar|coll|Tw|loanword|obsolete|bound form"
)


def is_cedict(head: str) -> bool:
    """Tell by its beginning whether a text is in this format."""
    lines = [line for line in head.splitlines()[:-1] if line and not line.startswith(("#", "%"))]
    return "CC-CEDICT" in head[:200] or bool(lines and all(map(_LINE.match, lines[:5])))


def read_cedict(path: Path) -> tuple[Dictionary, Iterator[Entry]]:
    """Read a CC-CEDICT file, packed or not.

    Raises:
        InputError: It is damaged or has no entries.
    """
    text = read_text(path)
    date = re.search(r"^#! ?date=(\S{10})", text, re.MULTILINE)
    licence = re.search(r"^#! ?license=(\S+)", text, re.MULTILINE)
    about = Dictionary(
        name="cc-cedict", kind="cedict", language="zh", version=date[1] if date else "unknown",
        licence=f"CC BY-SA 4.0 ({licence[1]})" if licence else "unknown", origin=str(path),
    )  # fmt: skip
    return about, supported(_turned_round(text, path))


def _turned_round(text: str, path: Path) -> Iterator[Entry]:
    lines = [m for m in map(_LINE.match, text.splitlines()) if m]
    if not lines:
        raise InputError(f"{path} has no entry of CC-CEDICT", fix="Give a complete file.")
    productive = _count_parts({m[2] for m in lines})
    for m in lines:
        meanings = [one for one in m[4].split("/") if one and not _SKIPPED.match(one)]
        word = m[2]
        base = COMMON * math.log(1 + productive[word]) + _by_length(word)
        clues = " | ".join((", ".join(_bare(one) for one in meanings), "")).lower()
        if m[3][:1].isupper():
            base -= 2.0  # a name of a place or person
        for i, meaning in enumerate(meanings):
            weight = base - (POSITION_COST + LATER_COST * i if i else 0)
            yield from _of_meaning(word, meaning, weight, clues)


def _of_meaning(word: str, meaning: str, weight: float, clues: str) -> Iterator[Entry]:
    marks = " ".join(_BRACKETS.findall(meaning))
    weight += MARKED if _MARKS.search(marks) else -0.5 if marks else 0.0
    for part in _BRACKETS.sub("", meaning).split(";"):
        bare = part.strip()
        tag = "VERB" if bare.startswith("to ") and not bare.startswith("to be ") else ""
        printed = _ARTICLE.sub("", bare)
        headword = clean_headword(printed).rstrip("!?.")
        if headword and len(headword.split()) <= MAX_WORDS:
            sense = Sense(word, tag, round(weight, 3), clues, has_capital(printed))
            yield Entry(headword, sense)


def _bare(meaning: str) -> str:
    return _ARTICLE.sub("", _BRACKETS.sub("", meaning).strip())


def _by_length(word: str) -> float:
    return ONE_CHARACTER if len(word) == 1 else LONG if len(word) >= LONGEST_PART else 0.0


def _count_parts(words: set[str]) -> Counter[str]:
    """Count for each word in how many words it is contained."""
    counts: Counter[str] = Counter()
    for word in words:
        n = min(len(word), 12)
        parts = {
            word[i : i + size] for size in range(1, LONGEST_PART + 1) for i in range(n - size + 1)
        }
        counts.update(part for part in parts if part in words)
    return counts
