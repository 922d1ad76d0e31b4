"""The persons of a story: by which names they are printed, where, and whether "he" or "she".

Persons are those who are named beside a quotation somewhere, or have a title of address. A given
name, a surname and both together are one person where only one can be meant. Gender is read
from titles, from a few nouns, and from the text's own "he" and "she" behind a name.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from chrestomathy.lift.cues import Cue
from chrestomathy.lift.layout import Paragraph
from chrestomathy.lift.lexicon import words_of
from chrestomathy.lift.lexicon.speech import FEMALE_TITLES, MALE_TITLES, PARTICLES
from chrestomathy.records import Span

MIN_VOTES = 2
"""Fewest pronouns that tell a gender."""
VOTES_SHARE = 0.7
"""Least share of them that must agree; both chosen by hand."""
NEAR = 80
"""How far behind a name its pronoun is looked for, in characters."""

_BEFORE_NAMES = (
    "Mr Mrs Ms Miss Sir Lady Lord Dr Madame Madam Mme Mlle Monsieur Herr Frau Don Colonel"
    " Captain Inspector Professor President Major General Aunt Uncle"
)
_BY_INITIAL = {
    initial: "|".join(title[1:] for title in titles)
    for initial, titles in groupby(sorted(_BEFORE_NAMES.split()), itemgetter(0))
}
_TITLE = (
    f"(?<=[{''.join(_BY_INITIAL)}])"
    f"(?:{'|'.join(f'(?<={initial})(?:{rest})' for initial, rest in _BY_INITIAL.items())})"
)
_NAME = re.compile(
    rf"""
    [A-ZÀ-Þhs](?<![\w'’].)(?:           # ``re`` steps quickly over all else to a first letter
    (?P<he>(?<=h)(?:e|imself)\b)
    | (?P<she>(?<=s)he\b|(?<=h)erself\b)
    | {_TITLE}\.?\s+(?:[A-ZÀ-Þ][\w-]+\s+)?(?:de\s+)?[A-ZÀ-Þ][\w-]+
    | (?<![hs])[\w-]+(?:\s+[A-ZÀ-Þ][\w-]+)?
    )
    """,
    re.VERBOSE,
)
"""A name, or one of the groups "he" and "she"; the titles by their first letter, which is read."""
_MEN = words_of(
    """
    dad grandad grandpa daddy papa
    man boy gentleman father brother uncle son husband king duke count prince grandfather
    nephew fellow lad butler policeman priest waiter sergeant
    """
)
_WOMEN = words_of(
    """
    mum mom mummy mama grandma granny nan
    woman girl lady mother sister aunt daughter wife queen duchess countess princess grandmother
    niece maid nurse housekeeper landlady governess
    """
)
_NO_NAME = words_of(
    """
    his her my your our their its one how now there what all this that these those everybody
    nobody somebody no yes every other another both neither either
    """
)
_OWNED = ("'", "’", "'s", "’s")
_ARTICLES = ("the ", "a ", "an ", "his ", "her ", "my ")
_TITLES = (
    MALE_TITLES
    | FEMALE_TITLES
    | words_of("dr colonel captain inspector professor president major general aunt uncle")
)


@dataclass(slots=True)
class Said:
    """A quotation and the cue beside it."""

    start: int
    end: int
    spans: Sequence[Span]
    paragraph: int
    cue: Cue | None


class Mention(NamedTuple):
    """A place where a person is named in the narration."""

    at: int
    end: int
    who: int
    head: bool
    """It begins a sentence, and so is its subject."""


class Cast:
    """The persons of one text."""

    def __init__(self, text: str, blocks: Sequence[Paragraph], said: Sequence[Said]) -> None:
        self.text = text
        self._numbers: dict[str, int] = {}
        self._looked_up: dict[str, int | None] = {}
        self._printed: dict[int, list[Span]] = defaultdict(list)
        self._genders: dict[int, str] = {}
        self._learn_names(text, said)
        self.mentions = list(self._find_mentions(blocks, said))
        self._at = [one.at for one in self.mentions]
        for one in self.mentions:
            self._printed[one.who].append(Span(one.at, one.end))
        for places in self._printed.values():
            places.sort()

    def _learn_names(self, text: str, said: Sequence[Said]) -> None:
        """Number the persons: those beside quotations."""
        named = [one.cue.speaker for one in said if one.cue and not one.cue.pronoun]
        known = {key for place in named if (key := _key(text[slice(*place)]))}
        longer = _longer_names(known)
        for key in sorted(known, key=lambda one: (-len(one.split()), one)):
            same = next(iter(longer[key])) if len(longer.get(key, ())) == 1 else None
            who = self._numbers.get(same, len(self._genders)) if same else len(self._genders)
            self._numbers[key] = who
            self._genders[who] = self._genders.get(who) or gender_of(key)
        for place in named:
            who_spoke = self.number(text[slice(*place)])
            if who_spoke is not None:
                self._printed[who_spoke].append(place)
        self._named = {
            who
            for who, places in self._printed.items()
            if any(_is_named(text[slice(*place)]) for place in places)
        }

    def number(self, printed: str) -> int | None:
        """Number a person by a printed name."""
        if printed not in self._looked_up:
            self._looked_up[printed] = self._numbers.get(_key(printed))
        return self._looked_up[printed]

    def is_named(self, who: int) -> bool:
        """Tell whether a person has a name, and is not only "the stranger"."""
        return who in self._named

    def gender(self, who: int) -> str:
        """Tell "m", "f", or "" where the text does not show it."""
        return self._genders.get(who, "")

    def printed(self, who: int, at: int) -> Span:
        """Find where a person's name is printed last before a place, or first of all."""
        places = self._printed[who]
        i = bisect_left(places, Span(at, at))
        return places[max(0, i - 1)]

    def within(self, start: int, end: int) -> list[Mention]:
        """List who is named in the narration of a stretch."""
        return self.mentions[bisect_left(self._at, start) : bisect_left(self._at, end)]

    def addressed(self, start: int, end: int) -> Iterator[int]:
        """List whom the words of a quotation call by name: "Come, Emma," "Mr. Lee, you"."""
        for m in _NAME.finditer(self.text, start, end):
            if m.lastgroup or not (m.end() >= end or self.text[m.end()] in ",.!?;—-"):
                continue
            who = self.number(m[0])
            if who is None:
                continue
            before = self.text[max(start, m.start() - 8) : m.start()].rstrip()
            if not before or before[-1] in ",.!?;—-" or before.endswith(("dear", "Dear", "Oh")):
                yield who

    def _find_mentions(
        self, blocks: Sequence[Paragraph], said: Sequence[Said]
    ) -> Iterator[Mention]:
        """Read the narration: names, and the pronouns behind them as votes for a gender."""
        votes: dict[int, Counter[str]] = defaultdict(Counter)
        last: Mention | None = None
        for start, end in _narration(blocks, said):
            for m in _NAME.finditer(self.text, start, end):
                if m.lastgroup:
                    if last is not None and m.start() - last.end < NEAR:
                        votes[last.who]["m" if m.lastgroup == "he" else "f"] += 1
                    last = None
                elif (who := self.number(m[0])) is not None:
                    last = Mention(*m.span(), who, _begins(self.text, start, m.start()))
                    yield last
        for who, count in votes.items():
            gender, most = count.most_common(1)[0]
            if most >= MIN_VOTES and most >= VOTES_SHARE * count.total():
                self._genders[who] = self._genders[who] or gender


def _narration(blocks: Sequence[Paragraph], said: Sequence[Said]) -> Iterator[tuple[int, int]]:
    """List the stretches outside the quotations."""
    at = 0
    pieces = sorted(span for one in said for span in one.spans)
    i = 0
    for block in blocks:
        at = block.start
        while i < len(pieces) and pieces[i].end <= block.start:
            i += 1
        j = i
        while j < len(pieces) and pieces[j].start < block.end:
            if at < pieces[j].start:
                yield at, pieces[j].start
            at = max(at, pieces[j].end)
            j += 1
        if at < block.end:
            yield at, block.end


def _is_named(printed: str) -> bool:
    """Tell whether a printed name is one: "the Cat", not "the latter", "His wife", "How"."""
    words = printed.split()
    own = words[1:] if words[0].casefold() in ("the", "a", "an") else words
    if not own or own[0].casefold() in _NO_NAME:
        return False
    return own[0][0].isupper() and all(w[0].isupper() or w in PARTICLES for w in own)


def _begins(text: str, start: int, at: int) -> bool:
    """Tell whether a name begins a sentence of the narration."""
    before = text[max(start, at - 8) : at].rstrip(" \t\r\n\"'“”‘’")
    return not before or before[-1] in ".!?"


def _key(printed: str) -> str:
    """Fold a printed name: no article, title without its stop."""
    key = " ".join(printed.replace(".", " ").split()).casefold()
    if key.endswith(_OWNED):
        key = key.removesuffix("s")[:-1]
    if key.startswith(_ARTICLES):
        for article in _ARTICLES:
            key = key.removeprefix(article)
    return key


def _longer_names(known: set[str]) -> dict[str, set[str]]:
    """List which names a given name, a surname or a name without its title may stand for."""
    longer: dict[str, set[str]] = defaultdict(set)
    for key in known:
        words = key.split()
        names = words[1:] if words[0] in _TITLES else words
        if names:
            for short in (names[0], names[-1], " ".join(names)):
                if short != key:
                    longer[short].add(key)
    return longer


def gender_of(key: str) -> str:
    """Tell "m" or "f" by a folded name's title or noun; "" where neither shows it."""
    words = key.replace(".", " ").split()
    if not words:
        return ""
    if words[0] in MALE_TITLES or words[-1] in _MEN or words[0] == "uncle":
        return "m"
    if words[0] in FEMALE_TITLES or words[-1] in _WOMEN or words[0] == "aunt":
        return "f"
    return ""
