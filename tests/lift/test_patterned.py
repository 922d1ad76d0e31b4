"""Languages without capitals or with the verb last: a table is quick and tells its languages apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from time import perf_counter

import pytest

from chrestomathy.lift.lexicon.patterns import PATTERNS
from chrestomathy.lift.patterned import WINDOW, patterns_for

SLOW = 0.02
"""Seconds that no pattern may take for a window; they take under a thousandth."""
WORDS = {
    "ar": "قال الوزير في إن ، . :",
    "fa": "گفت وزیر در که ، . را",
    "he": "אמר השר על , . : כי",
    "hi": "कहा मंत्री ने के , । कि",
    "ko": "시장은 고 말했다 , . 라고 이",
    "tr": "dedi Bakan Ayşe , . göre diye konuştu ise",
}


def _windows(tongue: str) -> Iterator[str]:
    """Fill windows with each word of a language, and with each two in turn."""
    words = WORDS[tongue].split()
    for unit in [*words, *(f"{one} {other}" for one in words for other in words)]:
        filled = (f"{unit} " * WINDOW)[:WINDOW]
        yield from (filled, filled + "\x7f")


@pytest.mark.parametrize("tongue", PATTERNS)
def test_no_window_is_slow(tongue: str) -> None:
    """Patterns search windows of bounded length: none takes long on what repeats."""
    patterns = PATTERNS[tongue]
    topic = (patterns.topic,) if patterns.topic else ()
    for pattern in (*patterns.before, *patterns.after, *topic):
        assert max(_seconds(pattern, window) for window in _windows(tongue)) < SLOW


def _seconds(pattern: re.Pattern[str], window: str) -> float:
    begin = perf_counter()
    pattern.search(window)
    return perf_counter() - begin


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        ("الجسر للجميع", None, "ar"),
        ("این پل برای همه است", None, "fa"),
        ("الجسر للجميع", "ar", "ar"),
        ("הגשר של כולם", None, "he"),
        ("पुल सबका है", None, "hi"),
        ("다리는 모두의 것", None, "ko"),
        ("Köprü herkesindir", "tr", "tr"),
        ("Köprü herkesindir", None, None),
        ("The bridge is everyone's", "en", None),
        ("Мост для всех", "ru", None),
    ],
)
def test_a_table_is_found_by_script(words: str, language: str | None, expected: str | None) -> None:
    """The script tells the table; Turkish, in Latin letters, only a page's language."""
    found = patterns_for(words, 0, len(words), language)
    assert found is (PATTERNS[expected] if expected else None)
