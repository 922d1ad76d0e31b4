"""Who is said to say it: reporting verbs beside a quotation, and the name or noun beside them.

Read by words, not by a parser: a verb of saying (from the tables, or any past tense standing
between a closing mark and a name), then the run of words that can be its subject. Looks only at
a short window on each side, so that time stays linear.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from chrestomathy.lift.lexicon import speech, words_of
from chrestomathy.lift.lexicon.grammar import (
    ADDRESSED,
    ADVERBS,
    AND,
    ANSWERS,
    APART,
    AUXILIARIES,
    BARE_ADDRESSED,
    BEING,
    CROWD,
    DEGREES,
    DETERMINERS,
    DOING,
    ENDS_NOUN,
    EPITHETS,
    GENITIVE,
    GERMAN,
    HABITS,
    HAVING,
    ITALIAN,
    LEADING,
    LINKS,
    NAMING,
    NEVER_NAMES,
    NO_BARE,
    NO_HEAD,
    OWNED,
    PERFECT,
    PREPOSITIONS,
    REFLEXIVE,
    REPORTING,
    ROMANCE,
    TELLING,
)
from chrestomathy.lift.lexicon.speech import ABBREVIATED, PARTICLES, TITLES
from chrestomathy.records import Span

WINDOW = 220
"""How many characters on each side of a quotation are looked at; chosen by hand."""
AT_ONCE = 4
"""How many words behind a mark are read at once: mostly these tell enough."""
MAX_AFTER_VERB = 12
"""Most words between a verb before a quotation and its opening mark."""

SAYING = frozenset(word for words in speech.SAYING.values() for word in words.split())
BESIDE = SAYING | frozenset(
    word.replace("'", mark)
    for words in (*speech.BESIDE.values(), speech.SAYING["fr"])
    for word in words.split()
    for mark in "'’"
)
"""Verbs that count right beside a quotation."""
_BARE = frozenset(
    word
    for tongue in speech.BARE
    for table in (speech.SAYING, speech.BESIDE)
    for word in table.get(tongue, "").split()
) - words_of(
    " ".join(words for tongue, words in speech.SAYING.items() if tongue not in speech.BARE)
)
"""Verbs whose subject may be a noun without an article."""
PRONOUNS = frozenset(word for words in speech.PRONOUNS.values() for word in words.split())
_INVERTING = frozenset(
    word for tongue, words in speech.SAYING.items() if tongue != "en" for word in words.split()
)
"""Verbs of languages in which the subject follows the verb: "erklärte er: …"."""
_ACCORDING = re.compile(rf"(?<!\w)(?:{'|'.join(speech.ACCORDING.values())})\s+", re.VERBOSE)
_SHORT = "|".join(sorted(ABBREVIATED | words_of("Messrs Capt Rev Hon Maj Adm Mme")))
_TOKEN = re.compile(
    rf"""
    (?:{_SHORT})\.
    | (?:[A-Z]\.)+(?!\w)                # "U.S.", "J."
    | [^\W_]++(?=-(?:(?:t-)?(?:ils?|elles?|je)|t-on)\b)  # "dit-il", "a-t-elle"
    | [^\W_]+(?:[’'-][^\W_]+)*[’']?    # "didn’t", "so-called", not "Sudan--with"
    | [^\w\s]
    """,
    re.VERBOSE,
)
MAX_INCISE = 80
"""Longest "said X" within the marks of a quotation, in characters; chosen by hand."""
_INCISE = re.compile(r"(?:[,!?…]?\s(?P<dash>[—–-]\s)|,\s)(?P<verb>\w+)")
_DASH_AGAIN = re.compile(r"[^—–«»“”„\n]{0,40}(?:[—–]|(?<=[\s])-)\s")
_COMMA_AGAIN = re.compile(r"[,.]\s")
_BY_COMMA = frozenset(f"{speech.SAYING['fr']} {speech.SAYING['it']}".split())
_ELIDED = re.compile(r"[lL]['’]\w")
_STOPS = frozenset(".!?…;")
_CLOSES = _STOPS | frozenset(",:(—–")
"""What stands behind a name that is put beside a calling."""
_LEADS_INTO = PREPOSITIONS - {"on"}
"""What leads to a name in marks, not to a speech: “began with ‘Who Will Row?’”, not “went on ‘…’”."""
_FOREIGN = BESIDE - words_of(speech.SAYING["en"])
_NO_CALLING = LEADING | DETERMINERS
_NO_VERBS = LEADING | NO_BARE | NAMING
_WITH_NOUN = GERMAN | OWNED
"""What stands before a noun that goes with the name behind it: "his daughter Anna"."""
_GERUND = re.compile(r".+(?:[aei]ndo|ndos[ei]|ndol[oae])\Z")
"""Spanish, Portuguese and Italian: "el cartero quitándose la gorra"."""
_ADJECTIVE = re.compile(r".+(?:[ыио]й|ая|яя|[иі]й|y|i|ý|í|á|a)\Z")
_ADVERBIAL = re.compile(r".+(?:[оoě]|ie|še|le|ąc|вши|[аяи]сь|igt|[ae]nde)\Z")
_VERB_BEHIND = re.compile(r"(?:,|,?\s?[–—-])\s(?P<verb>[^\W\d_]+)")
_ENCLITIC = re.compile(r"-(?:se|lhes?|me|nos)\Z")


class Cue(NamedTuple):
    """A speaker and a reporting verb beside a quotation."""

    speaker: Span
    side: str
    """"before", "after" or "within" the sentence."""
    near: bool
    """Nothing else stands between it and the quotation."""
    clause: Span
    pronoun: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """Words reported without marks, and who is said to have said them."""

    content: Span
    cue: Cue


class _Words:
    """The words and punctuation of a window, with offsets into the whole text.

    They are read one by one as they are asked for, since the few behind a mark mostly tell
    enough; or all at once, without their places, where their number is asked for.
    """

    __slots__ = ("_places", "_unread", "_whole", "_window", "words")

    def __init__(self, text: str, start: int, end: int) -> None:
        while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
            start += 1
        self._window = text, start, end
        self._unread = _TOKEN.finditer(text, start, end)
        self._places: list[re.Match[str]] = []
        self.words: list[str] = []
        self._whole = False

    def __len__(self) -> int:
        if not self._whole:
            self.words = _TOKEN.findall(*self._window)
            self._whole = True
        return len(self.words)

    def word(self, i: int) -> str:
        """Return a word; "" where there is none."""
        if i < 0:
            return ""
        try:
            return self.words[i]
        except IndexError:
            return self.words[i] if self._reaches(i) else ""

    def _reaches(self, i: int) -> bool:
        """Read on up to a word; tell whether it is there."""
        if self._whole:
            return False
        for m in islice(self._unread, max(AT_ONCE, i + 1 - len(self.words))):
            self._places.append(m)
            self.words.append(m[0])
        self._whole = i >= len(self.words)
        return not self._whole

    def place(self, i: int) -> re.Match[str]:
        """Return the match of a word that is there."""
        while i >= len(self._places):
            self._places.append(next(self._unread))
        return self._places[i]

    def span(self, i: int, j: int) -> Span:
        """Return where the words from ``i`` to before ``j`` stand, or to the last that there is."""
        self.word(max(i, j - 1))
        last = min(j, len(self.words)) - 1
        return Span(self.place(i).start(), self.place(last).end())

    def saying(self, first: int, last: int) -> Iterator[int]:
        """Number the verbs of saying from word ``last`` back to ``first``."""
        if SAYING.isdisjoint(self.words[first : last + 1]):
            return
        for v in range(last, first - 1, -1):
            if self.words[v] in SAYING:
                yield v


_RUN = re.compile(r"[^\W_]+")
_TELLING_RUNS = frozenset(_RUN.findall(word)[-1] for word in SAYING)
_ACCORDING_SIGN = re.compile("|".join(map(re.escape, speech.ACCORDING_SIGNS)))


class Telling:
    """Where something in a paragraph may tell who speaks: verbs of saying, "According to".

    Made where a paragraph has many quotations, whose windows overlap: to look here before each
    window is read keeps time in line with the text.
    """

    def __init__(self, text: str, start: int, end: int) -> None:
        verbs = [m.start() for m in _RUN.finditer(text, start, end) if m[0] in _TELLING_RUNS]
        sources = [m.start() for m in _ACCORDING_SIGN.finditer(text, start, end)]
        self._at = sorted(verbs + sources)

    def stands_in(self, start: int, end: int) -> bool:
        """Tell whether there is anything in a stretch."""
        i = bisect_left(self._at, start)
        return i < len(self._at) and self._at[i] < end


def cue_after(text: str, start: int, end: int, *, ends: str, any_verb: bool = False) -> Cue | None:
    """Find "… said X" or "… X said" right behind a quotation.

    Args:
        text: The document.
        start: Behind the closing mark.
        end: Where the next quotation or the paragraph's end stands.
        ends: The last character within the quotation.
        any_verb: A word in lower case before a name is a verb, though no table has it: not in
            English, where it may be a calling ("painter Ann Lee").
    """
    if start >= end:
        return None
    words = _Words(text, start, min(end, start + WINDOW))
    i = 0
    while i < 2 and words.word(i) in (",", "—", "–", "-"):
        i += 1
    if i and words.word(i) == "as":
        i += 1  # "“…”, as your reporter said"
    first = words.word(i)
    if not first or first.endswith("ing") or (ends == "." and i == 0 and first not in SAYING):
        return None
    if (m := _ACCORDING.match(text, words.place(i).start())) is not None:
        return _according(text, m, end)
    if first in ("was", "were") and (np := _whose_answer(words, i + 1)):
        return _owner(_cue(words, np, "after", near=True, last=np[1]), text)
    if first == "aldus" and (np := _noun_from(words, i + 1) or _called(words, i + 1)):
        return _cue(words, np, "after", near=True, last=np[1])
    if first == "so" and (np := _noun_from(words, i + 1)):
        closed = words.word(np[1]) in ("", ".", ",", ":", ";", "in", "zu", "gegenüber", "wörtlich")
        return _cue(words, np, "after", near=True, last=np[1]) if closed else None
    if (np := _inserted(words, i)) is not None:
        return _cue(words, np, "after", near=True, last=np[1] + 1)
    if first in PERFECT:
        i = next((j for j in range(i + 1, i + 6) if words.word(j) in BESIDE), i)
    elif first in REFLEXIVE and words.word(i + 1) in BESIDE:
        i += 1
    if i == 0 and ends.isalnum() and words.word(0) in DOING:
        return None
    said = words.word(i)
    said = _ENCLITIC.sub("", said) if "-" in said else said
    if said in BESIDE or (ends in ",?!…—-" and _past(said)):
        np = _behind_verb(words, i + 1, bare=said in _BARE, known=said in _FOREIGN)
        return _cue(words, np, "after", near=True, last=np[1]) if np else None
    if any_verb and i and (np := _behind_any_verb(words, i)):
        return _cue(words, np, "after", near=True, last=np[1])
    np = _noun_from(words, i)
    if np is None or (i == 0 and ends in "?!" and words.word(i) in ("He", "She", "They")):
        return None
    verb = _verb_after(words, np[1], shape=ends in ",?!…—-")
    if verb is None:
        return None
    return _cue(words, _apposed(words, np), "after", near=True, last=verb + 1)


def _behind_verb(words: _Words, i: int, *, bare: bool, known: bool) -> tuple[int, int] | None:
    """Find the subject behind a verb: "said softly the judge", "řekl jim tiše převozník"."""
    while words.word(i) in ADDRESSED or (bare and words.word(i) in BARE_ADDRESSED):
        i += 1
    if words.word(i).endswith("ly"):
        i += 1
    np = _noun_from(words, i) or (_bare_noun(words, i) if bare else None)
    if np is None and known:
        np = _behind_adverbials(words, i)
    return _apposed(words, np) if np else None


MAX_ADVERBIALS = 9
"""Most words of "jeudi à la presse" between a verb and its subject; chosen by hand."""


def _behind_adverbials(words: _Words, i: int) -> tuple[int, int] | None:
    """Find a subject behind a day and those who heard it: "a déclaré jeudi à la presse la préfète"."""
    for j in range(i, i + MAX_ADVERBIALS):
        word, before = words.word(j), words.word(j - 1).casefold() if j > i else ""
        if not word or not word[0].isalnum():
            return None
        if before in LEADING or word in LEADING:
            continue
        if _begins_name(word):
            return (j, _name_end(words, j))
        if word.casefold() in DETERMINERS or _ELIDED.match(word):
            return _noun_from(words, j)
    return None


def _called(words: _Words, i: int) -> tuple[int, int] | None:
    """Find a name behind its calling: "aldus ingenieur Paul Kok"."""
    j = i
    while words.word(j)[:1].islower() and words.word(j) not in _NO_CALLING and j < i + 3:
        j += 1
    word = words.word(j)
    return (j, _name_end(words, j)) if j > i and word and _begins_name(word) else None


def _behind_any_verb(words: _Words, i: int) -> tuple[int, int] | None:
    """Find a name, or a noun with its article, right behind a word that can only be a verb."""
    verb = words.word(i)
    if verb in REFLEXIVE:
        i += 1
        verb = words.word(i)
    other = verb in _NO_VERBS or verb.casefold() in DETERMINERS
    if not verb.islower() or not verb.isalpha() or other or verb in PRONOUNS:
        return None
    i += words.word(i + 1) in REFLEXIVE
    np = _noun_from(words, i + 1) or _called(words, i + 1)
    if np is None or words.word(np[1])[:1].isalpha():
        return None
    return np if np[0] > i + 1 or not words.word(np[0]).islower() or np[1] > np[0] + 1 else None


def said_behind(text: str, end: int) -> bool:
    """Tell whether a verb of saying stands right behind a quotation, with a subject or without."""
    m = _VERB_BEHIND.match(text, end)
    return m is not None and m["verb"] in BESIDE


def _inserted(words: _Words, i: int) -> tuple[int, int] | None:
    """Find the pronoun of "dit-il", or of "a-t-elle ajouté" before its verb."""
    j = i + 1
    while words.word(j) in ("-", "t"):
        j += 1
    if j == i + 1 or words.word(j) not in PRONOUNS:
        return None
    said = words.word(i) in BESIDE or (words.word(i) in PERFECT and words.word(j + 1) in BESIDE)
    return (j, j + 1) if said else None


def _owner(cue: Cue, text: str) -> Cue:
    """Take the ending off an owner's name: "Anna's"."""
    start, end = cue.speaker
    owner = text[start:end]
    bare = owner.removesuffix("s").rstrip("'’") if owner.endswith(("'s", "’s")) else owner
    return cue._replace(speaker=Span(start, start + len(bare.rstrip("'’"))))


def _whose_answer(words: _Words, i: int) -> tuple[int, int] | None:
    """Find whose "… was Anna's only answer" it was."""
    np = _noun_from(words, i)
    if np is None or np[1] - np[0] > 5:
        return None
    last = words.word(np[1] - 1)
    owned = last.endswith(("’s", "'s", "’", "'")) or words.word(np[1]) in ("'s", "’s", "s")
    answers = any(words.word(i) in ANSWERS for i in range(np[1], np[1] + 5))
    return np if owned and answers else None


def cue_before(text: str, start: int, end: int, *, telling: Telling | None = None) -> Cue | None:
    """Find "X said, …", "X: …" or "According to X, …" before a quotation."""
    first = max(start, end - WINDOW)
    if start >= end:
        return None
    if telling and not telling.stands_in(first, end) and text.find(":", first, end) < 0:
        return None
    words = _Words(text, first, end)
    last = len(words) - 1
    while last >= 0 and words.word(last) in (",", ":", "—", "–", "-", "("):
        last -= 1
    if last < 0:
        return None
    colon = words.word(last + 1) == ":"
    np = _noun_to(words, last) if colon and words.word(last)[0].isupper() else None
    if np is not None and np[0] == last and words.word(last) in speech.NO_NAMES:
        return None  # "Music: “Down to the Weir”"
    if np is not None and (np[0] == 0 or words.word(np[0] - 1) in _STOPS):
        cue = _cue(words, np, "before", near=True, last=len(words))
        return cue if "\n" not in text[slice(*cue.speaker)] else None
    for v in words.saying(max(0, last - MAX_AFTER_VERB + 1), last):
        if not _STOPS.isdisjoint(words.words[v : last + 1]):
            break
        if words.word(v) in _INVERTING and (np := _inverted(words, v, last)):
            return _cue(words, np, "before", near=True, last=len(words))
        if np := _subject(words, v):
            runs_in = last == len(words) - 1 and words.word(last) in _LEADS_INTO
            return _cue(words, np, "before", near=last - v <= 3 and not runs_in, last=len(words))
    m = None
    for m in _accordings(text, first, end):
        pass
    if m is None and colon and first == start:
        return _introducer(words, last)
    if m is not None and not re.search(r"[.!?]\s", text[m.end() : end].rstrip()):
        return _according(text, m, end)
    return None


def _introducer(words: _Words, last: int) -> Cue | None:
    """Find the subject of a sentence that leads to the words: "The baker shrugged: “…”"."""
    np = _noun_from(words, 0)
    if np is None or np[1] > last or not words.word(np[1])[:1].islower():
        return None
    full = np[1] > np[0] + 1 and all(words.word(i)[:1].isupper() for i in range(*np))
    if not full and words.word(np[1] - 1) not in speech.ROLE_NOUNS:
        return None  # "The sign reads: “…”", "Once again: “…”"
    return _cue(words, np, "before", near=False, last=len(words))


def cue_inside(text: str, start: int, end: int) -> tuple[Cue, Span] | None:
    """Find "— said X —" within a quotation's marks, and the stretch that is not quoted.

    Russian and Polish print it so, French with commas: «Мы, — сказал он, — уходим»,
    « Oui, dit-il, nous partons ». Only verbs count that stand before their subject.
    """
    for m in _INCISE.finditer(text, start, end):
        dash = m["dash"] is not None
        if m["verb"] not in PERFECT and m["verb"] not in (_INVERTING if dash else _BY_COMMA):
            continue
        first = m.start("verb")
        cue = cue_after(text, first, min(end, first + MAX_INCISE), ends=";")
        if cue is None or cue.side != "after":
            continue
        behind = max(cue.clause.end, cue.speaker.end)
        stop = (_DASH_AGAIN if dash else _COMMA_AGAIN).match(text, behind, end)
        if stop is not None:
            return cue, Span(m.start() + (text[m.start()] in ",!?…"), stop.end())
    return None


def cue_within(text: str, start: int, end: int, *, telling: Telling | None = None) -> Cue | None:
    """Find a speaker and a verb anywhere in a stretch of a sentence; the nearest to its end."""
    if start >= end or (telling and not telling.stands_in(start, end)):
        return None
    words = _Words(text, max(start, end - 2 * WINDOW), end)
    for v in words.saying(0, len(words) - 1):
        if np := _subject(words, v):
            return _cue(words, np, "within", near=False, last=v + 1)
    for m in _accordings(text, start, end):
        return _according(text, m, end)
    return None


def subject_of(text: str, start: int, verb: Span) -> Span | None:
    """Find the subject of a verb of saying in its sentence, which begins at ``start``."""
    words = _Words(text, max(start, verb.start - 2 * WINDOW), verb.end)
    v = next((i for i in range(len(words)) if words.place(i).start() >= verb.start), None)
    np = _subject(words, v) if v else None
    return words.span(*np) if np and np[1] <= (v or 0) else None


def behind_addressee(text: str, verb: Span, end: int) -> int | None:
    """Return where a report begins behind a verb of telling and whom it told.

    Example:
        >>> text = "She told reporters he would stay."
        >>> text[behind_addressee(text, Span(4, 8), len(text)) :]
        'he would stay.'
    """
    printed = text[slice(*verb)]
    if not any(word in printed for word in TELLING):
        return None
    words = _Words(text, verb.start, end)
    told = sum(words.place(i).end() <= verb.end for i in range(len(words)))
    first = _report_begins(words, told) if words.word(told - 1) in TELLING else None
    return words.place(first).start() if first is not None else None


def report_before(text: str, start: int, end: int) -> Report | None:
    """Find "X said that …" or "According to X, …" in a sentence: the words run to its end."""
    if (m := _ACCORDING.match(text, start, end)) and (cue := _according(text, m, end)):
        comma = text.find(",", cue.clause.end, end)
        return Report(_report_span(text, comma + 1, end), cue) if comma >= 0 else None
    words = _Words(text, start, end)
    for v in range(1, len(words) - 2):
        if words.word(v) not in REPORTING:
            continue
        np = _subject(words, v)
        if np is None or np[1] > v:
            continue
        first = _report_begins(words, v + 1)
        if first is not None:
            content = _report_span(text, words.place(first).start(), end)
            return Report(content, _cue(words, np, "before", near=True, last=v + 1))
    return None


def report_after(text: str, start: int, end: int) -> Report | None:
    """Find "…, X said." at the end of a sentence: the words are what stands before."""
    comma = text.rfind(",", start, end)
    if comma < 0 or comma - start < 10:
        return None
    if (m := _ACCORDING.match(text, comma + 2, end)) and (cue := _according(text, m, end)):
        return Report(_report_span(text, start, comma), cue)
    cue = cue_after(text, comma, end, ends=",")
    if cue is None or end - cue.clause.end > 60:
        return None
    return Report(_report_span(text, start, comma), cue)


def _report_begins(words: _Words, i: int) -> int | None:
    """Find the first word of what is reported behind a verb of saying.

    "said that the …", "told reporters the …", "said the …"; not "said so", "said nothing".
    """
    for j in range(i, min(i + 7, len(words) - 1)):
        if words.word(j) == "that":
            return j + 1
        if not words.word(j)[0].isalnum():
            break
    if words.word(i - 1) in TELLING:
        np = _noun_from(words, i)
        i = np[1] if np else i + 1
    word = words.word(i).casefold()
    begins = (
        word in DETERMINERS
        or word in PRONOUNS
        or word == "there"
        or _begins_name(words.word(i) or "x")
    )
    return i if begins and words.word(i) and words.word(i)[0].isalnum() else None


def _report_span(text: str, start: int, end: int) -> Span:
    while start < end and not text[start].isalnum() and text[start] not in '“"‘«„$€£':
        start += 1
    while end > start and text[end - 1] in " \t\r\n.,;:":
        end -= 1
    return Span(start, end)


def _accordings(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Find each "According to" of a stretch; most have none, and a look at their letters tells it."""
    window = text[start:end]
    if any(sign in window for sign in speech.ACCORDING_SIGNS):
        return _ACCORDING.finditer(text, start, end)
    return iter(())


def _according(text: str, m: re.Match[str], end: int) -> Cue | None:
    words = _Words(text, m.end(), min(end, m.end() + 120))
    if words.word(0) in ("des", "dem"):
        np = _noun_behind(words, 0)
    else:
        article = words.word(0) == "il"  # no pronoun here
        np = _noun_behind(words, 0) if article else _noun_from(words, 0) or _behind_calling(words)
        if np is None and m[0].split()[0].casefold() in speech.ACCORDING_BARE:
            np = _bare_noun(words, 0)
    if np is None:
        return None
    if not _begins_name(words.word(np[0])) and words.word(np[1]) == ",":
        np = _apposed(words, np)
    span = words.span(*np)
    pronoun = np[1] - np[0] == 1 and words.word(np[0]).casefold() in PRONOUNS
    return Cue(span, "before", near=True, clause=Span(m.start(), span.end), pronoun=pronoun)


def _behind_calling(words: _Words) -> tuple[int, int] | None:
    """Find a name behind a calling that has no article: "Zdaniem inżyniera Jana Zawady"."""
    for i in range(1, 4):
        word = words.word(i)
        if not words.word(i - 1)[:1].islower() or not word:
            return None
        if _begins_name(word):
            return (i, _name_end(words, i))
    return None


def _cue(words: _Words, np: tuple[int, int], side: str, *, near: bool, last: int) -> Cue:
    span = words.span(*np)
    first = min(np[0], last - 1)
    if side == "after":
        first = 0 if words.word(0) not in ",—–-" else 1
    clause = words.span(min(first, np[0]), max(last, np[1]))
    pronoun = np[1] - np[0] == 1 and _is_pronoun(words, np[0], first, last)
    return Cue(span, side, near, clause, pronoun)


def _is_pronoun(words: _Words, i: int, first: int, last: int) -> bool:
    """Tell whether a subject is a pronoun; some are names where no such verb stands beside them."""
    word = words.word(i).casefold()
    if word not in speech.BARE_PRONOUNS:
        return word in PRONOUNS
    return not _BARE.isdisjoint(words.words[first : last + 1])


def _lower_verb(words: _Words, i: int) -> bool:
    return words.word(i) in SAYING


def _past(word: str) -> bool:
    """Tell whether a word has the shape of a past tense: "deadpanned", "murmelte"."""
    return len(word) > 4 and word.islower() and word.endswith(("ed", "te", "ten"))


def _apposed(words: _Words, np: tuple[int, int]) -> tuple[int, int]:
    """Take the name behind a calling: "the harbour master, Edwin Pryce,"."""
    i = np[1] + 1
    if words.word(i - 1) != "," or not words.word(i) or not _begins_name(words.word(i)):
        return np
    j = _name_end(words, i)
    closed = not words.word(j) or words.word(j) in _CLOSES
    return (i, j) if closed and _is_calling(words, np) else np


def _is_calling(words: _Words, np: tuple[int, int]) -> bool:
    """Tell whether a subject says what somebody is, and not his name: "the mayor of Ulm"."""
    first, last = words.word(np[0]).casefold(), words.word(np[1] - 1)
    noun = last.islower() or (np[1] - np[0] == 2 and first != "the")  # German: "der Müller"
    return (first in DETERMINERS and noun) or words.word(np[0] - 1) in LINKS


def _verb_after(words: _Words, i: int, *, shape: bool) -> int | None:
    """Find the verb behind a subject, past an apposition and adverbs."""
    if words.word(i) in (",", "("):
        closing = "," if words.word(i) == "," else ")"
        for j in range(i + 1, i + 16):
            if words.word(j) == closing:
                i = j + 1
                break
            if not words.word(j) or (words.word(j) in _STOPS and closing != ")"):
                return None
        else:
            return None
    if words.word(i) in ("in", "of", "at", "for", "from", "with"):
        for j in range(i + 1, i + 8):
            if words.word(j) in SAYING:
                return j
            if not words.word(j)[:1].isalnum():
                return None
    if words.word(i) in HABITS and words.word(i + 1) == "to":
        i += 2
        if f"{words.word(i)}s" in SAYING:
            return i  # "he used to tell me"
    for _ in range(3):
        word = words.word(i)
        if word in SAYING or (shape and _past(word)):
            return i
        if word in ADVERBS or (word.endswith("ly") and word.islower()):
            i += 1
        else:
            return None
    return None


def _noun_from(words: _Words, i: int) -> tuple[int, int] | None:
    """Read a subject that begins at word ``i``: a pronoun, a name, "the old man"."""
    word = words.word(i)
    if not word or not word[0].isalpha():
        return None
    if word == "il" and words.word(i - 1) in ITALIAN:
        return _noun_behind(words, i)  # an article there, a pronoun in French
    if word.casefold() in PRONOUNS and word.casefold() not in ("it", "who", "o"):
        return (i, i + 1)
    if _begins_name(word):
        return (i, _name_end(words, i))
    if word.casefold() in DETERMINERS:
        return _noun_behind(words, i)
    if _ELIDED.match(word):
        behind = _noun_behind(words, i)  # "l'homme en gris" has its article in one word
        return (i, behind[1] if behind else i + 1)
    if word in EPITHETS and words.word(i + 1)[:1].isupper():
        return (i + 1, _name_end(words, i + 1))
    if word in CROWD:
        return (i, i + 1)
    return None


def _bare_noun(words: _Words, i: int) -> tuple[int, int] | None:
    """Read a noun without an article, or the name behind it: "burmistrz Anna Lipska"."""
    j = i
    while words.word(j)[:1].islower() and words.word(j) not in NO_BARE and j < i + 4:
        j += 1
    if j == i:
        return None
    if words.word(j) and _begins_name(words.word(j)):
        return (j, _name_end(words, j))
    if words.word(i) in speech.BARE_PRONOUNS:
        return (i, i + 1)
    n = 2 if _ADJECTIVE.fullmatch(words.word(i)) and j > i + 1 else 1
    return None if _ADVERBIAL.fullmatch(words.word(i)) and n == 1 else (i, i + n)


def _bare_noun_to(words: _Words, i: int) -> tuple[int, int] | None:
    """Read a noun without an article that ends with word ``i``: "Тогда капитан сказал"."""
    word, before = words.word(i) if i >= 0 else "", words.word(i - 1)
    known = word in NO_BARE or word in ADVERBS or _ADVERBIAL.fullmatch(word)
    if not word.islower() or not word.isalpha() or known:
        return None
    if before[:1].isupper() and i > 1 and _begins_name(before):
        return (_name_start(words, i - 1), i)  # Hungarian: "Nagy Péter mérnök"
    adjective = before.islower() and before not in NO_BARE and _ADJECTIVE.fullmatch(before)
    return (i - bool(adjective), i + 1)


def _noun_behind(words: _Words, i: int) -> tuple[int, int] | None:
    """Read a noun behind the determiner at word ``i``."""
    j = i + 1
    article = words.word(i).casefold()
    romance = article in ROMANCE or article.startswith(("l'", "l’"))
    while j < i + 7 and words.word(j) and _in_noun(words, j, past=not romance):
        if romance and _GERUND.match(words.word(j)):
            break
        if words.word(j) in AND and not _goes_with(words, j + 1):
            break
        if article in GERMAN and _behind_noun(words, j):
            break
        j += 1
    told_of = words.word(j) in BEING or words.word(i + 1) in ("de", "du", "di")
    if j == i + 1 or words.word(j - 1) in NO_HEAD or told_of:
        return None
    return (_name_within(words, i, j), j)


def _behind_noun(words: _Words, j: int) -> bool:
    """Tell whether a word in lower case ends a German noun: "der Sohn kleinlaut"."""
    word = words.word(j)
    joins = word in PARTICLES or word in GENITIVE or word in AND
    return word.islower() and words.word(j - 1)[:1].isupper() and not joins


def _goes_with(words: _Words, i: int) -> bool:
    """Tell whether a second subject begins: "le maire et le préfet", not "der Vater und ging"."""
    word = words.word(i)
    return bool(word) and (word[0].isupper() or word.casefold() in DETERMINERS)


def _name_within(words: _Words, i: int, j: int) -> int:
    """Find the name that ends "the gallant Mr. Elton", "el poeta Ruiz"; else the article.

    Not in German, which prints every noun with a capital; not in "the mayor of Ulm".
    """
    if words.word(i).casefold() in _WITH_NOUN or not words.word(j - 1)[:1].isupper():
        return i
    k = j - 1
    while k > i and (word := words.word(k - 1)) and (word[0].isupper() or _joins_name(words, k)):
        k -= 1
    noun = words.word(k - 1)
    linked = noun in PARTICLES or noun in LINKS or noun == "for"
    linked = linked or (words.word(i) == "a" and noun in EPITHETS)  # "a young Lucas"
    return k if k > i + 1 and not linked and words.word(j) not in ("of", "and") else i


def _joins_name(words: _Words, k: int) -> bool:
    """Tell whether a particle stands within a name: "Ana de la Cruz", not "maire de Paris"."""
    named = words.word(k - 2)[:1].isupper() or words.word(k - 2) in PARTICLES
    return words.word(k - 1) in PARTICLES and words.word(k)[:1].isupper() and named


def _in_noun(words: _Words, j: int, *, past: bool = True) -> bool:
    """Tell whether a word may belong to a noun; ``past``: what looks like a past tense does not."""
    word = words.word(j)
    return (
        word[0].isalpha()
        and word not in ENDS_NOUN
        and word not in SAYING
        and word not in AUXILIARIES
        and word not in DEGREES
        and not (word.endswith("ly") and word.islower())
        and not (past and _past(word))
    )


def _begins_name(word: str) -> bool:
    folded = word.casefold()
    return word[0].isupper() and folded not in DETERMINERS and folded not in NEVER_NAMES


def _name_end(words: _Words, i: int) -> int:
    """Find the end of a name that begins at word ``i``."""
    j = i + 1
    while j < i + 8 and (word := words.word(j)):
        if word[0].isupper() and word.casefold() not in PRONOUNS:
            j += 1
        elif word.casefold() in PARTICLES and words.word(j + 1)[:1].isupper() and word != "and":
            j += 2
        else:
            break
        if words.word(j - 1).endswith(".") and not _keeps_stop(words.word(j - 1)):
            break
    return j


def _keeps_stop(word: str) -> bool:
    bare = word.rstrip(".")
    return len(bare) <= 2 or bare.casefold() in TITLES or word.casefold() in TITLES


def _subject(words: _Words, v: int) -> tuple[int, int] | None:
    """Find the subject before the verb at ``v``, or behind it when it is turned round."""
    i = v - 1
    begins = i == 0 or (i > 0 and not words.word(i - 1)[:1].isalnum())
    if begins and words.word(i).casefold() in NEVER_NAMES and words.word(v) in _INVERTING:
        return _noun_from(words, v + 1)  # "Dann sagte sie leise, …"
    while i >= 0 and (
        words.word(i) in ADVERBS or (words.word(i).endswith("ly") and words.word(i).islower())
    ):
        i -= 1
    if words.word(i) == "to" and words.word(i - 1) in HABITS:
        i -= 2  # "my father used to say"
    elif words.word(i) == "to" and words.word(i - 1) == "this" and words.word(i - 2) in HAVING:
        i -= 3  # "Jan Keel has this to say"
    if (told := _perfect(words, v)) is not None:
        i = told - 1  # "Lund hat am Dienstag erklärt"
    beside = i
    if words.word(i) in (",", ")"):
        opening = "," if words.word(i) == "," else "("
        for j in range(i - 1, max(-1, i - 18), -1):
            if words.word(j) == opening:
                i = j - 1
                break
            if words.word(j) in _STOPS and opening != "(":
                return None
        else:
            return _first_noun(words, v) if words.word(v - 1) == "," else None
    if words.word(i) in ("which", "that", "who", "die", "der", "das", "qui", "que", "che"):
        i -= 2 if words.word(i - 1) == "," else 1
    if words.word(v).endswith("ing") or words.word(i) in ("and", "but", "or"):
        return _first_noun(words, v)
    if words.word(i).endswith(("’s", "'s")):
        return None
    np = _noun_to(words, i)
    if np is None and words.word(v) in _BARE:
        np = _bare_noun_to(words, i)
    if np is None and words.word(v - 1) == ",":
        return _first_noun(words, v)
    named = _apposed(words, np) if np and words.word(beside) == "," else None
    return named if named and named[1] == beside else np


def _perfect(words: _Words, v: int) -> int | None:
    """Find the German or Dutch auxiliary that a participle ends: "hat am Dienstag erklärt"."""
    if words.word(v) not in _INVERTING or words.word(v)[-1] not in "tnd":
        return None
    for i in range(v - 1, max(-1, v - 9), -1):
        if words.word(i) in APART:
            return i
        if not words.word(i)[:1].isalnum():
            return None
    return None


def _inverted(words: _Words, v: int, last: int) -> tuple[int, int] | None:
    """Find a subject between the verb and the quotation: "äußerte sich der Präsident: …"."""
    i = v + 1
    if words.word(i) in ("sich", "dazu", "daraufhin"):
        i += 1
    np = _noun_from(words, i)
    if np is None and words.word(v) in _BARE:
        np = _bare_noun(words, i)
    if np is None or (last - np[1] > 1 and words.word(np[1]) not in ("in", "zu", "am", "im")):
        return None
    return np


def _first_noun(words: _Words, v: int) -> tuple[int, int] | None:
    """Find the subject of the sentence that the verb at ``v`` goes on with: "X rose, saying"."""
    first = v
    while first > 0 and words.word(first - 1) not in _STOPS:
        first -= 1
    for i in range(first, v):
        if i and words.word(i - 1).casefold() in ENDS_NOUN:
            continue
        if words.word(i).casefold() in NEVER_NAMES:
            continue
        if (np := _noun_from(words, i)) and np[1] < v and words.word(np[1]) not in ("’", "'"):
            return np
    return None


def _noun_to(words: _Words, i: int) -> tuple[int, int] | None:
    """Read a subject that ends with word ``i``."""
    word = words.word(i) if i >= 0 else ""
    if not word or not word[0].isalnum():
        return None
    if word.casefold() in PRONOUNS and word.casefold() not in ("who", "o"):
        return (i, i + 1)
    if _begins_name(word):
        return (_name_start(words, i), i + 1)
    if word in CROWD:
        return (i, i + 1)
    if word.casefold() in NO_HEAD or not word[0].isalpha():
        return None
    for j in range(i - 1, max(-1, i - 6), -1):
        before = words.word(j)
        if not before[0].isalnum() or before in SAYING or before in AUXILIARIES:
            return None
        if before in ENDS_NOUN:
            return None
        if before.casefold() in DETERMINERS:
            dated = any(c.isdigit() for k in range(j, i + 1) for c in words.word(k))
            return None if dated else _with_head(words, j, i + 1)
    return None


def _with_head(words: _Words, i: int, j: int) -> tuple[int, int] | None:
    """Put a noun behind a preposition to the noun that it belongs to: "the head of the firm".

    Alone behind a preposition it is no subject: "on its face".
    """
    if words.word(i - 1) not in LINKS:
        return None if words.word(i - 1).casefold() in ENDS_NOUN & PREPOSITIONS else (i, j)
    head = _noun_to(words, i - 2)
    return (head[0], j) if head else None


def _name_start(words: _Words, i: int) -> int:
    """Find the beginning of a name that ends with word ``i``, a determiner with it."""
    j = i
    while j > 0 and i - j < 9:
        word = words.word(j - 1)
        if not word[0].isalnum() or (word.endswith(".") and not _keeps_stop(word)):
            break
        if word.casefold() in NEVER_NAMES:
            break
        if word[0].isupper() and word.casefold() not in PRONOUNS:
            j -= 1
        elif word.casefold() in PARTICLES - {"and"} and j > 1 and words.word(j - 2)[:1].isupper():
            j -= 2
        elif word.casefold() in TITLES or word.casefold() in ("spokesman", "spokeswoman"):
            j -= 1
        else:
            break
    if j > 0 and words.word(j - 1) in ("the", "The"):
        j -= 1
    return j
