"""Which sense of a word is meant here, and how to say it shortly.

What a sense scores: how common it is (the dictionary's own weight), whether its part of speech
is the word's, and how many words of its definition, synonyms and examples stand around the word
(Lesk 1986, simplified by Kilgarriff & Rosenzweig 2000). A translation scores besides by the
synonyms it shares with the English sense that was chosen first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto
from functools import lru_cache

from chrestomathy.grade.frequency import frequency_of
from chrestomathy.grade.glosses.store import Sense
from chrestomathy.grade.lemmas import lemma_of
from chrestomathy.textkit.words import iter_words

TAG_FITS, TAG_WRONG = 1.5, -3.0
OVERLAP, MAX_OVERLAP = 0.8, 2.0
"""What one shared word counts, times its rarity (0 to 1), and all of them at most."""
SYNONYM, DEFINITION, MAX_SHARED = 1.2, 0.3, 3.6
"""What a synonym shared with the English sense counts, a word of its definition, and all."""
CIRCULAR = 0.6
"""What a sense loses that is explained by the word itself ("command": "be in command of")."""
CAPITAL = 3.5
"""What a sense that is written with a capital gains for a name."""
AGAIN = 0.6
"""What a translation gains by standing in a further entry of the headword."""
LONG_GLOSS = 14
"""Words above which a commoner synonym stands in for a definition."""
LONG_CLAUSE = 9
"""Words above which a gloss ends at its first comma."""
COMMONER, COMMON = 0.3, 4.3
"""How much commoner (Zipf) such a synonym must be, and how common at least."""
MAX_WORDS = 16
"""Words of a gloss, at most."""

_BRACKETS = re.compile(r"\s*\([^()]{0,200}\)|\s*\[[^\[\]]{0,100}\]")
_LEAD = re.compile(r"^(?:the|an?) (?:act|state|property|quality) of (?:being )?(?:an? |the )?")
_BREAKS = re.compile(r"; |: | -- |, (?=(?:especially|usually|often|or|and|as|such as|which) )")


@lru_cache(maxsize=50_000)
def clue_lemmas(text: str) -> frozenset[str]:
    """Return the lemmas of the content words of a text."""
    words = (word.lower for word in iter_words(text))
    lemmas = {lemma_of(word) for word in words if len(word) > 2}
    return frozenset(one for one in lemmas if frequency_of(one).rank > 120)


def rarity(lemma: str) -> float:
    """Return how telling a shared word is: 0 for a common one, 1 for a rare one."""
    return min(1.0, max(0.1, (6.5 - frequency_of(lemma).zipf) / 3.0))


def choose_sense(
    senses: Sequence[Sense], tag: str, context: Mapping[str, float], headword: str
) -> Sense | None:
    """Choose the English sense that fits best; None where there are none.

    Args:
        senses: All of the headword's.
        tag: Part of speech in context.
        context: Lemmas around the word, each with its weight, 1 for the same sentence.
        headword: The word, which is no clue to itself.
    """
    return max(
        _of_tag(senses, tag),
        key=lambda one: (
            one.weight
            + _tag_score(one.tag, tag)
            + _overlap(one, context, headword)
            - (CIRCULAR if headword in clue_lemmas(one.gloss) else 0.0)
        ),
        default=None,
    )


class Case(Enum):
    """How a word is printed, and what that tells."""

    SMALL = auto()
    """Without a capital: it is not the month of March, nor the Good Book."""
    CAPITAL = auto()
    """With a capital that tells nothing: a sentence or a title begins."""
    NAME = auto()
    """With a capital within a sentence: rather Turkey than a turkey."""


def of_case(senses: Sequence[Sense], case: Case) -> Sequence[Sense]:
    """Leave the senses of "March" out for "march", unless there are no others; raise them for a name."""
    if case is Case.SMALL:
        return [one for one in senses if not one.capital] or senses
    if case is Case.NAME:
        return [_raised(one) if one.capital else one for one in senses]
    return senses


def _raised(sense: Sense) -> Sense:
    tag = "NOUN" if sense.tag == "NAME" else sense.tag
    return sense._replace(tag=tag, weight=sense.weight + CAPITAL)


def agreeing(senses: Sequence[Sense], meant: Sense | None, headword: str) -> Sequence[Sense]:
    """Leave out the translations that stand for something else than the English sense.

    One with a capital has translations with a capital. A term's translations share a synonym with
    it or name none, where there are such.
    """
    if meant and meant.capital:
        return [one for one in senses if one.capital] or senses
    if meant and " " in headword:
        return [
            one for one in senses if not synonyms_of(one) or _shared(one, meant, headword) > 0
        ] or senses
    return senses


def choose_translation(
    senses: Iterable[Sense],
    tag: str,
    context: Mapping[str, float],
    headword: str,
    meant: Sense | None,
) -> Sense | None:
    """Choose the translation that fits best; None where there are none.

    Args:
        senses: All of the headword's.
        tag: Part of speech in context.
        context: Lemmas around the word, each with its weight, 1 for the same sentence.
        headword: The English word.
        meant: The English sense, where one was chosen.
    """
    scores: dict[str, float] = {}
    best: dict[str, Sense] = {}
    for one in _of_tag(senses, tag):
        if {one.tag, tag} == {"NOUN", "VERB"}:
            continue  # the one's translation misleads about the other: nothing is better
        score = one.weight + _tag_score(one.tag, tag) + _overlap(one, context, headword)
        score += _shared(one, meant, headword)
        if one.gloss not in scores:
            scores[one.gloss], best[one.gloss] = score, one
        else:
            scores[one.gloss] = max(score, scores[one.gloss]) + AGAIN
    return best[max(scores, key=lambda gloss: scores[gloss])] if scores else None


def _of_tag(senses: Iterable[Sense], tag: str) -> Sequence[Sense]:
    """Leave those of another part of speech out where the right one, or none, is told of others."""
    every = list(senses)
    fitting = [one for one in every if one.tag == tag]
    return [one for one in every if one.tag in (tag, "")] if tag and fitting else every


def _tag_score(told: str, tag: str) -> float:
    if not told or not tag:
        return 0.0
    return TAG_FITS if told == tag else TAG_WRONG


def _overlap(sense: Sense, context: Mapping[str, float], headword: str) -> float:
    shared = (clue_lemmas(sense.clues) & context.keys()) - {headword}
    return min(MAX_OVERLAP, OVERLAP * sum(rarity(one) * context[one] for one in shared))


def synonyms_of(sense: Sense) -> list[str]:
    """Return the synonyms that a sense names, in order."""
    named = sense.clues.partition("|")[0]
    return [one.strip() for one in named.split(",") if one.strip()]


def _shared(sense: Sense, meant: Sense | None, headword: str) -> float:
    if meant is None:
        return 0.0
    others = set(synonyms_of(meant))
    mine = set(synonyms_of(sense)) - {headword}
    score = SYNONYM * len(others & mine)
    definition = clue_lemmas(meant.gloss) - {headword}
    score += DEFINITION * len(definition & clue_lemmas(sense.clues))
    return min(MAX_SHARED, score)


def fitted(sense: Sense, headword: str) -> str:
    """Say an English sense shortly: its first clause, or a commoner synonym of one word.

    Example:
        >>> fitted(Sense("exercise authority over; as of nations", "VERB", 0, "rule | "), "govern")
        'exercise authority over'
    """
    bare = _BRACKETS.sub("", sense.gloss).strip()
    short = _BREAKS.split(bare or sense.gloss.strip("() "))[0].strip(" ,;:")
    if len(short.split()) > LONG_CLAUSE and short.partition(", ")[0].count(" ") >= 3:
        short = short.partition(", ")[0]
    if short.count(" ") >= LONG_GLOSS:
        short = _LEAD.sub("", short)
    words = short.split()
    circular = headword in clue_lemmas(short)
    if len(words) > LONG_GLOSS or circular:
        zipf = max(COMMON, frequency_of(headword).zipf + (0.0 if circular else COMMONER))
        for one in synonyms_of(sense):
            if " " not in one and one not in headword and frequency_of(one).zipf >= zipf:
                return one
    return short if len(words) <= MAX_WORDS else " ".join(words[:MAX_WORDS]) + " …"
