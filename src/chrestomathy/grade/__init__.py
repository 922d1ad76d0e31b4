"""GRADE: how hard a passage is to read, with the doubt and the reasons.

``passages → Grading``. `grade_text` does one text and is pure; `grade` does a stream. Lists and
weights are loaded by the first text, so importing this costs nothing. English only: a text in
another language comes back without a level, and the reason says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from chrestomathy.records import Bare, Grading, Passage
from chrestomathy.settings import GradeSettings

if TYPE_CHECKING:
    from chrestomathy.grade.features import Sentence

__all__ = ["grade", "grade_text"]


def grade(
    passages: Iterable[Passage | Bare], *, settings: GradeSettings | None = None
) -> Iterator[Grading]:
    """Grade passages one by one: each comes out once, in order.

    Args:
        passages: Lifted passages or bare texts.
        settings: How to grade.
    """
    for passage in passages:
        grading = grade_text(
            passage.text, id=passage.id, language=passage.language, settings=settings
        )
        yield _explained(grading, passage, settings) if settings and settings.glosses else grading


def _explained(grading: Grading, passage: Passage | Bare, settings: GradeSettings) -> Grading:
    """Add the meaning of every word; a text in another language has none to give."""
    if grading.level is None:
        return replace(grading, words=())
    from chrestomathy.grade.glosses import gloss_passage

    theme = passage.theme if isinstance(passage, Passage) else ()
    return replace(grading, words=gloss_passage(passage.text, settings.glosses, theme=theme))


def grade_text(
    text: str,
    *,
    id: str,  # noqa: A002  the record's own field name
    language: str | None = None,
    settings: GradeSettings | None = None,
) -> Grading:
    """Grade one text.

    Args:
        text: Running text of any length.
        id: Goes into the grading as it is.
        language: BCP 47 tag as declared; guessed where it is None. A text too short for a
            guess counts as English if its letters are Latin.
        settings: How to grade.

    Returns:
        A grading; its level is None, with a reason, where there are no words or the language
        is another than English.

    Example:
        >>> grade_text("This is my dog.", id="a").level
        'A1'
        >>> grade_text("Der Hund ist unter dem Tisch, und die Katze auch.", id="b").reasons
        ('the language is German; only English is graded',)
    """
    settings = settings or GradeSettings()
    if refusal := _refusal(text, language):
        return _no_level(id, refusal)

    from chrestomathy.grade.features import analyse, excerpt, parted_again

    sentences = analyse(parted_again(excerpt(text)))
    if not sentences:
        return _no_level(id, "there are no words to grade")
    return _with_level(id, text, sentences, settings)


def _refusal(text: str, language: str | None) -> str | None:
    """Say why a text cannot be graded; None where it can."""
    from chrestomathy.textkit.languages import dominant_script, guess_language, name_of

    if not text.strip():
        return "there is no text"
    if language and language.replace("_", "-").split("-")[0].lower() != "en":
        return f"the language is {name_of(language)}; only English is graded"
    script, _ = dominant_script(text.strip()[:20_000])
    if script is None:
        return "there are no words to grade"
    if script != "latin":
        guess = guess_language(text)
        known = f"is {name_of(guess)}" if guess else f"is not known; the script is {script}"
        return f"the language {known}; only English is graded"
    guess = None if language else guess_language(text)
    if guess not in (None, "en"):
        return f"the language is {name_of(guess)}; only English is graded"
    return None


def _no_level(name: str, reason: str) -> Grading:
    return Grading(
        id=name, level=None, probabilities={}, difficulty=None, coverage={}, reasons=(reason,)
    )


def _with_level(
    name: str, text: str, sentences: list[Sentence], settings: GradeSettings
) -> Grading:
    from chrestomathy.grade import model, reasons

    weights = model.load_weights()
    latent = model.latent_of(sentences, weights)
    n_words = model.count_words(sentences)
    chances = model.probabilities(latent, n_words, weights)
    level = model.level_of(chances)
    low, high = model.interval_of(chances, level, weights.above)
    coverage = reasons.coverage_of(sentences, settings.coverage_ranks)
    return Grading(
        id=name,
        level=model.LEVELS[level],
        interval=(model.LEVELS[low], model.LEVELS[high]),
        probabilities=_rounded(chances.tolist()),
        difficulty=round(model.difficulty_from(latent), 4),
        coverage={str(rank): round(share, 4) for rank, share in coverage.items()},
        reasons=reasons.reasons_for(sentences, n_chars=len(text)),
        model=weights.name,
    )


def _rounded(chances: list[float]) -> dict[str, float]:
    """Round to four places so that the sum stays 1: the largest takes the rest."""
    from chrestomathy.grade.model import LEVELS

    found = [round(one, 4) for one in chances]
    top = found.index(max(found))
    found[top] = round(1.0 - sum(found[:top]) - sum(found[top + 1 :]), 4)
    return dict(zip(LEVELS, found, strict=True))
