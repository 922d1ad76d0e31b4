"""What marks hold in a story and no one says: a phrase of the narrator's, words retold.

Novels set off in marks what runs on in the narrator's own sentence (‘kept on a “yo, yo”’), and
what a character said or thought in the narrator's tense and person: ‘“No, he had never written.
Had she a letter?”’ The first is nobody's speech, the second is indirect (free indirect) speech.
"""

from __future__ import annotations

import re

from chrestomathy.lift.cues import SAYING, Cue
from chrestomathy.lift.fragments import MAX_PHRASE
from chrestomathy.lift.lexicon import words_of
from chrestomathy.records import Span

MIN_RETOLD = 6
"""Fewest words that show tense and person well enough; chosen by hand."""

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_SENTENCE = re.compile(r"[.!?]\s+[A-Z]")
_LAST_WORD = re.compile(r"(\w+)\W*\Z")
_CALLED = ("called", "named", "termed", "dubbed", "entitled", "titled", "headed", "labelled")
_TITLED = ("title", "heading", "motto")
_NAMED = re.compile(
    r"(?:,|\b(?:is|was|are|were|be|been|being|so|also|and))\s+"
    rf"(?:{'|'.join(_CALLED)})\s*\Z|\b(?:{'|'.join(_TITLED)})\s*\Z"
)
"""What a name follows: ‘a chamber, called “the girl’s room”’; not ‘she called “…”’."""
_ADDRESSING = words_of("i me my mine we us our ours you your yours thou thee thy")
_THIRD = words_of("he she him her his hers they them their himself herself themselves")
_PAST = words_of("was were had did could would should might")
_PRESENT = words_of(
    """
    is are am has have do does can will shall may must it's that's there's he's she's what's i'll
    we'll you'll they'll don't doesn't can't won't isn't aren't haven't hasn't
    """
)
_ANNOUNCING = (
    SAYING - words_of("called calls call calling named names told tell tells telling")
) | words_of(
    """
    crying asking answering replying exclaiming shouting whispering muttering murmuring repeating
    """
)
"""Verbs before marks that hold what is said, and no name."""
_BETWEEN = words_of("to her him out aloud")
MAX_ANNOUNCING = 9
"""How many words before a comma and the marks may hold the verb of saying; chosen by hand."""
_OWNED = words_of("the a an his her their its of")
"""Words before a phrase that is a noun of the narrator's: ‘the “walk in” was uttered’."""
_LEADS_IN = words_of("that was were is being saying said")
"""After these a sentence goes on with words that were said: ‘said she was “very glad”’."""


def is_narrators(text: str, words: Span, opening: int, cue: Cue | None, *, first: bool) -> bool:
    """Tell whether English words in marks are the narrator's own: ‘his “very great regret”’.

    Args:
        text: The document.
        words: What stands in the marks.
        opening: Where the opening mark stands.
        cue: Who speaks, where the sentence says so; one right beside the words is believed.
        first: No quotation stands before it in its paragraph, which might go on here.
    """
    held = text[slice(*words)]
    before = text[max(0, opening - 40) : opening].rstrip()
    if not held[0].islower():
        return False
    if before.endswith(",") and cue is None:
        return first and held[-1] == "." and not _speaks(_words(held))
    last = _LAST_WORD.search(before)
    if last is None or not before[-1].isalpha():
        return False
    if last[1].casefold() in _OWNED and len(held.split()) < MAX_PHRASE:
        return True
    if (cue is not None and cue.near) or last[1] in _LEADS_IN:
        return False
    return not _speaks(_words(held)) and not _SENTENCE.search(held)


def is_announced(text: str, opening: int) -> bool:
    """Tell whether a verb of saying stands right before the marks: ‘saying to herself “…”’.

    Example:
        >>> is_announced("She began to say “", 17), is_announced("He said he had the “", 19)
        (True, False)
    """
    before = text[max(0, opening - 60) : opening].rstrip()
    words = _WORD.findall(before[_after_stop(before) :])[-MAX_ANNOUNCING:]
    if before[-1:] in ",:":
        return any(word.casefold() in _ANNOUNCING for word in words)
    while len(words) > 1 and (words[-1] in _BETWEEN or words[-1].endswith(("self", "ly"))):
        words.pop()
    return bool(words) and words[-1] in _ANNOUNCING


def _after_stop(before: str) -> int:
    return max(before.rfind(mark) for mark in ".!?;") + 1


def is_name(text: str, words: Span, opening: int) -> bool:
    """Tell whether a short phrase in marks is what something is called."""
    start = max(0, opening - 40)
    if not text[start:opening].rstrip().endswith(_CALLED + _TITLED):
        return False
    if not _NAMED.search(text, start, opening):
        return False
    held = text[slice(*words)]
    return len(held.split()) < MAX_PHRASE and held[-1] not in "!?…"


def is_retold(text: str, words: Span, cue: Cue | None, *, first: bool) -> bool:
    """Tell whether marks hold what somebody said in the narrator's person and tense.

    To be asked of words within a paragraph of narration, not of a turn in a conversation.

    Args:
        text: The document.
        words: What stands in the marks.
        cue: Who speaks, where the sentence says so.
        first: No quotation stands before it in its paragraph, which might go on here.
    """
    held = _words(text[slice(*words)])
    if len(held) < MIN_RETOLD or _speaks(held) or _THIRD.isdisjoint(held):
        return False
    if first and text.startswith("that ", words.start):
        return True
    beside = cue is not None and cue.near
    return not beside and not _PAST.isdisjoint(held) and _PRESENT.isdisjoint(held)


def _words(held: str) -> list[str]:
    return [word.casefold().replace("’", "'") for word in _WORD.findall(held)]


def _speaks(words: list[str]) -> bool:
    """Tell whether words have an "I" or a "you" in them."""
    return any(word.split("'")[0] in _ADDRESSING for word in words)
