"""Quotation marks: which a text uses and which way round, and what stands between them.

A document teaches its own habits: »…« or «…», “…” or „…“, ”…”, ‘…’ against apostrophes,
``…'' and "…". Then one pass with a stack finds the quotations: nested ones, ones that go on
over paragraphs (an opening mark again at each), ones that are never closed. An odd mark never
costs more than its own paragraph. What a quotation *is* (words, a title, irony) is for LIFT.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from chrestomathy.records import Span

PAIRS: dict[str, str] = {
    "“": '”"',
    "„": '“”"‟',
    "‟": "”",
    "«": "»",
    "»": "«»",
    "‹": "›",
    "›": "‹",
    "‘": "’",
    "‚": "‘’",
    "「": "」",
    "『": "』",
    '"': '"”',
    "”": "”",
    "``": "''",
    "'": "'’",
}
"""Opening marks and the marks that may close them."""

ALL_MARKS = frozenset("\"“”„‟«»‹›‘’‚‛'「」『』")
_STOPS_SET = frozenset(".,!?…;:—–-")

_ELISION = re.compile(
    r"""
    (?:tis|twas|twere|twill|em|cause|til|till|bout|round|cept|neath|twixt|gainst|n|s|d|ll)\b
    | \d0s\b                            # '90s; not '1984'
    """,
    re.VERBOSE | re.IGNORECASE,
)
_OPENS_SINGLE = re.compile(r"['‘](?<![\w'’]['‘])\s?(?=[A-ZÀ-Þ])")
_ENDS_SINGLE = re.compile(r"[.,!?…]\s?['’](?!\w)")
_SURE_SINGLE_END = re.compile(r"[.,!?…—]['’](?!\w)|(?<!\w)‘")
_BOTH_WAYS = re.compile(r"»(?<!\S»)\w[^«»]*\S»(?=[\s.,;:!?)]|$)")
"""»…», as in Swedish and Finnish; not the arrows of a path: "Start » Wetter"."""
_NO_GERSHAYIM = '(?!(?<=[\u05d0-\u05ea]")[\u05d0-\u05ea])'
"""Not the mark of a Hebrew abbreviation, within its word."""
LOOK_AHEAD = 400
"""How far to look for a better closing single mark than one after "s"; chosen by hand."""


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """How one document uses quotation marks."""

    opening: frozenset[str]
    """Marks that only open."""
    closing: frozenset[str]
    """Marks that only close."""
    either: frozenset[str]
    """Marks whose neighbours decide."""
    spaced: bool = False
    """Words and marks are parted by spaces, as taggers print them: " Go , " she said ."""

    @property
    def known(self) -> frozenset[str]:
        """Every mark that is looked at."""
        return self.opening | self.closing | self.either


class Quotation(NamedTuple):
    """What stands between one opening mark and its closing mark."""

    start: int
    """Where the opening mark stands."""
    end: int
    """After the closing mark, or where the paragraph ends."""
    pieces: tuple[Span, ...]
    """The words, one span a paragraph, without marks and outer white space."""
    opener: str
    closed: bool = True
    depth: int = 0
    """0 for one that stands in no other."""


@dataclass(slots=True)
class _Open:
    mark: str
    start: int
    inside: int
    pieces: list[Span] = field(default_factory=list)
    children: list[Quotation] = field(default_factory=list)


def learn_marks(text: str) -> MarkStyle:
    r"""Learn which marks a text uses, and which way round.

    Example:
        >>> sorted(learn_marks("Er rief: »Komm!« und ging.").opening)
        ['»']
    """
    opening, closing, either = set[str](), set[str](), set[str]()
    for mark, other in (("«", "»"), ("‹", "›")):
        if mark not in text and other not in text:
            continue
        if other == "»" and mark not in text and _BOTH_WAYS.search(text):
            either.add(other)
        else:
            turned = _turned(text, mark, other)
            opening.add(other if turned else mark)
            closing.add(mark if turned else other)
    for opener, closer in (("「", "」"), ("『", "』")):
        if opener in text:
            opening.add(opener)
            closing.add(closer)
    _learn_curly(text, opening, closing, either)
    _learn_single(text, opening, closing, either)
    if '"' in text:
        either.add('"')
    if "``" in text:
        opening.add("``")
        closing.add("''")
    spaced = _is_spaced(text, either)
    return MarkStyle(frozenset(opening), frozenset(closing), frozenset(either), spaced)


def _is_spaced(text: str, either: set[str]) -> bool:
    """Tell whether straight marks and commas stand between spaces throughout."""
    return bool(either) and is_tokenised(text)


def is_tokenised(text: str) -> bool:
    """Tell whether words and marks are parted by spaces, as taggers print them.

    Example:
        >>> is_tokenised("Well , he said , go , then ."), is_tokenised("Well, go.")
        (True, False)
    """
    if text.count(" ,") < MIN_PARTED:  # counted more quickly, since it ends in no space
        return False
    parted = text.count(" , ")
    return parted >= MIN_PARTED and parted >= PARTED_SHARE * text.count(",")


def _turned(text: str, mark: str, other: str) -> bool:
    """Tell whether ``other`` opens and ``mark`` closes, as in »…«."""
    score = _opens_more(text, other) - _opens_more(text, mark)
    first = text.find(mark), text.find(other)
    return score > 0 or (score == 0 and first[1] >= 0 and not 0 <= first[0] < first[1])


def _opens_more(text: str, mark: str) -> int:
    """Count evidence that a mark opens, less the evidence that it closes."""
    score = 0
    for m in _neighbours(mark).finditer(text):
        before, space_before, space_after, after = m.groups()
        elided = not space_before and before in ("’", "'")  # French: "l’« or »."
        stopped = not space_after and (not after or after in ",.;:?!)")
        if bool(space_before) != bool(space_after) and not stopped and not elided:
            score += 2 if space_before or not before else -2
        if before in (":", "("):
            score += 2
        elif before in (",", "!", "?") and after and after.islower():
            score -= not _loose(text, m.start(), space_before, space_after)
        if after and after.isupper():
            score += 1
        elif after and after in ",.;:?!)":
            score -= 2
    return score


def _loose(text: str, comma: int, space_before: str, space_after: str) -> bool:
    """Tell whether a mark stands free behind a word and its comma: French "dit, « oui »"."""
    return bool(space_before and space_after) and not text[comma - 1 : comma].isspace()


@lru_cache(maxsize=32)
def _neighbours(mark: str) -> re.Pattern[str]:
    return re.compile(rf"(?:(\S)|^)(\s?){re.escape(mark)}(?=(\s?)(\S?))", re.MULTILINE)


def _learn_curly(text: str, opening: set[str], closing: set[str], either: set[str]) -> None:
    low, left, right = ("„" in text), ("“" in text), ("”" in text)
    if low:
        opening.add("„")
    if "‟" in text:
        (closing if low else opening).add("‟")
    if left and low:
        # „…“ closes with it; a text that mixes English and German keeps both readings
        (either if right and text.count("“") > 1.5 * text.count("„") else closing).add("“")
    elif left:
        (opening if right or '"' in text else either).add("“")
    if right:
        (closing if left or low else either).add("”")


def _learn_single(text: str, opening: set[str], closing: set[str], either: set[str]) -> None:
    if "‚" in text:
        opening.add("‚")
        closing.update("‘’")
        return
    if "‘" in text:
        opening.add("‘")
        closing.add("’")
    if "'" not in text:
        return
    doubles = sum(text.count(mark) for mark in '"“„«»')
    if text.count("'") + text.count("‘") <= max(1, doubles):
        return
    opens = len(_OPENS_SINGLE.findall(text))
    if opens > max(1, doubles) and 2 * len(_ENDS_SINGLE.findall(text)) >= opens:
        either.add("'")


@lru_cache(maxsize=256)
def _pattern(known: frozenset[str]) -> re.Pattern[str]:
    """Match a mark that is no apostrophe.

    Every branch begins with a mark, so that ``re`` steps quickly over all else.
    """
    parts = [
        re.escape(mark) + (_NO_GERSHAYIM if mark == '"' else "")
        for mark in sorted(known - set("'’"), key=lambda one: (-len(one), one))
    ]
    singles = sorted(known.intersection("'’"))
    parts += [rf"{mark}(?:(?![^\W\d_])|(?=[\uac00-\ud7a3])|(?<![^\W_]{mark}))" for mark in singles]
    return re.compile("|".join(parts) or r"(?!)")


@lru_cache(maxsize=256)
def _pairs(style: MarkStyle) -> re.Pattern[str]:
    """Match a mark as `_pattern` does, or two at once that are surely a pair.

    Sure is “…” with nothing but words and apostrophes inside, and "…" where also the white
    space around is as it should be. What stands inside is then the pattern's last group.
    """
    single = _pattern(style.known)
    if any(len(mark) > 1 for mark in style.known):
        return single
    inside = f"([^{''.join(map(re.escape, sorted(style.known - {'’'})))}]*+)"
    pairs = []
    for opener in sorted(style.opening):
        closers = (style.closing - style.opening).intersection(PAIRS[opener])
        if closers and "’" not in PAIRS[opener]:
            pairs.append(f"{opener}{inside}[{''.join(sorted(closers))}]")
    if '"' in style.either and not style.spaced:
        pairs.append(rf'"(?<![^\s([{{—–\-/]")(?=\S){inside}(?<![\s\d])"{_NO_GERSHAYIM}')
    return re.compile("|".join([*pairs, single.pattern]))


def quotations(
    text: str,
    paragraphs: Sequence[tuple[int, int]] | None = None,
    *,
    style: MarkStyle | None = None,
) -> list[Quotation]:
    """Find every quotation, in order of its opening mark.

    Args:
        text: A whole document.
        paragraphs: Where its paragraphs stand, in order; without them it is one paragraph.
        style: The marks to look for; learned from the text when not given.

    Example:
        >>> text = "“We ‘may’ go,” she said."
        >>> [(text[a:b], q.depth) for q in quotations(text) for a, b in q.pieces]
        [('We ‘may’ go,', 0), ('may', 1)]
    """
    style = style or learn_marks(text)
    if not style.known:
        return []
    scanner = _Scanner(text, style)
    for start, end in [(0, len(text))] if paragraphs is None else paragraphs:
        scanner.scan(start, end)
    return scanner.finish()


class _Scanner:
    """The stack of open marks, carried from paragraph to paragraph."""

    def __init__(self, text: str, style: MarkStyle) -> None:
        self.text, self.style = text, style
        self.marks, self.pairs = _pattern(style.known), _pairs(style)
        self.stack: list[_Open] = []
        self.found: list[Quotation] = []
        self.paragraph_end = 0
        self.first: int | None = None
        """Where the first paragraph begins; None behind it."""
        self.seen = False
        self.counted = False

    def scan(self, start: int, end: int) -> None:
        """Read one paragraph."""
        self.first = start if self.paragraph_end == 0 and self.first is None else None
        at = self._go_on(start)
        self.paragraph_end, self.counted = end, False
        while m := (self.marks if self.stack else self.pairs).search(self.text, at, end):
            at = m.end()
            if m.lastindex is None:
                self._take(m[0], m.start(), at, end)
            else:
                self._take_pair(m)

    def finish(self) -> list[Quotation]:
        """Close what is open and hand out the quotations in order."""
        self._close_unclosed()
        self.found.sort(key=lambda one: (one.start, -one.end))
        return self.found

    def _go_on(self, start: int) -> int:
        """Carry an open quotation into a paragraph that begins with its mark again."""
        if not self.stack:
            return start
        bottom = self.stack[0]
        again = (bottom.mark, PAIRS[bottom.mark][0]) if bottom.mark in "«»" else (bottom.mark,)
        if not bottom.children and self.text.startswith(again, start):
            bottom.pieces.extend(_trimmed(self.text, bottom.inside, self.paragraph_end))
            bottom.inside = start + len(bottom.mark)
            del self.stack[1:]
            return bottom.inside
        self._close_unclosed()
        return start

    def _take(self, mark: str, start: int, end: int, limit: int) -> None:
        """Open or close at one mark, or pass it over."""
        holder = self._closes(mark, start)
        if mark == '"' and holder is None and self._odd_one(start, end, limit):
            return
        if mark in self.style.opening:
            self._open(mark, start, end)
        elif mark in self.style.closing and mark != "’":
            if holder is not None:
                self._close(holder, start, end)
            elif not self.seen and self.first is not None:
                self._begun_before(mark, start, end)
        elif self.style.spaced and mark in "'\"":
            self._take_spaced(mark, start, end, holder)
        elif mark in "'’":
            self._take_single(mark, start, end, limit, holder)
        else:
            self._take_either(mark, start, end, holder)
        self.seen = True

    def _take_pair(self, m: re.Match[str]) -> None:
        """Take two marks at once, where nothing else is open."""
        start, end = m.span()
        pieces = _trimmed(self.text, *m.span(m.lastindex or 0))
        self.found.append(Quotation(start, end, pieces, self.text[start]))
        self.seen = True

    def _odd_one(self, start: int, end: int, limit: int) -> bool:
        """Tell whether a mark with spaces on both sides is one too many for its paragraph."""
        before, after = self._around(start, end)
        if self.counted or not (before.isspace() and after.isspace()):
            return False
        self.counted = True
        one_line = self.text.find("\n", start, limit) < 0
        return one_line and self.text.count('"', start, limit) % 2 == 1

    def _begun_before(self, mark: str, start: int, end: int) -> None:
        """Make a quotation of a text's beginning that is closed and was never opened."""
        opener = next((one for one in self.style.opening if mark in PAIRS[one]), None)
        pieces = _trimmed(self.text, self.first or 0, start)
        if opener is not None and pieces:
            self.found.append(Quotation(pieces[0].start, end, pieces, opener, closed=False))

    def _take_either(self, mark: str, start: int, end: int, holder: int | None) -> None:
        """Let the neighbours of a mark decide: '"' opens after a space, closes after a word."""
        before, after = self._around(start, end)
        opens = (before.isspace() or before in "([{—–-/") and not after.isspace()
        closes = not before.isspace() and (after.isspace() or not after.isalnum())
        if holder is not None:
            if before.isspace() and after.isalnum():
                self._give_up(holder, start)
                self._open(mark, start, end)
            elif not (before.isdigit() and self._feet(start)):
                self._close(holder, start, end)
        elif (opens or not closes) and not before.isdigit():
            self._open(mark, start, end)

    def _take_spaced(self, mark: str, start: int, end: int, holder: int | None) -> None:
        """Let lines and stops decide in a text whose marks have spaces on both sides.

        There each sentence has its line: a mark at its head opens, one at its end closes.
        """
        before, after = self._around(start, end)
        if not (before.isspace() and after.isspace()):
            if mark == '"':
                self._take_either(mark, start, end, holder)
            return  # "'s" and "n't"
        said = self.text[start - 2 : start - 1]
        heads, ends = before == "\n", after == "\n"
        if holder is None:
            owned = mark == "'" and said in "sS" and self.text[end + 1 : end + 2].islower()
            if not (ends and not heads) and not owned:
                self._open(mark, start, end)
        elif heads and not ends and said in ".!?\"'" and start > self.stack[holder].inside + 1:
            self._give_up(holder, start)
            self._open(mark, start, end)
        else:
            self._close(holder, start, end)

    def _take_single(self, mark: str, start: int, end: int, limit: int, holder: int | None) -> None:
        """Tell a closing single mark from an apostrophe."""
        before, after = self._around(start, end)
        if before.isspace() and after.isspace() and self.text[start - 2 : start - 1] in _STOPS_SET:
            before = self.text[start - 2 : start - 1]  # words and marks parted by spaces
            spaced = holder is not None
        else:
            spaced = False
        if holder is not None and (spaced or not before.isspace()):
            doubtful = before in "sS" and after == " " and self.stack[holder].mark in "'‘"
            if doubtful:
                better = _SURE_SINGLE_END.search(self.text, end, min(limit, end + LOOK_AHEAD))
                if better is not None and better[0] != "‘":
                    return
            self._close(holder, start, end)
        elif mark == "'" and mark in self.style.either and holder is None:
            starts = before.isspace() or before in '([{—–"“'
            starts = starts or self.text[start - 2 : start] == "--"
            after = self.text[end : end + 2].lstrip()[:1] if after == " " else after
            if (
                starts
                and (after.isalnum() or after in "_*-—–…")
                and not _ELISION.match(self.text, end)
            ):
                self._open(mark, start, end)

    def _around(self, start: int, end: int) -> tuple[str, str]:
        before = self.text[start - 1] if start else "\n"
        after = self.text[end] if end < len(self.text) else "\n"
        return before, after

    def _feet(self, start: int) -> bool:
        """Tell whether a mark is the inches of 5'11"."""
        return re.search(r"\d['’′]\s?\d{1,2}$", self.text[max(0, start - 6) : start]) is not None

    def _closes(self, mark: str, start: int) -> int | None:
        """Find the innermost open mark that this one closes."""
        for i in range(len(self.stack) - 1, -1, -1):
            if mark in PAIRS[self.stack[i].mark] and start >= self.stack[i].inside:
                return i
        return None

    def _open(self, mark: str, start: int, end: int) -> None:
        if len(self.stack) < MAX_DEPTH:
            self.stack.append(_Open(mark, start, end))

    def _close(self, i: int, start: int, end: int) -> None:
        one = self.stack[i]
        pieces = (*one.pieces, *_trimmed(self.text, one.inside, start))
        children = [child for each in self.stack[i:] for child in each.children]
        del self.stack[i:]
        made = Quotation(one.start, end, pieces, one.mark, depth=len(self.stack))
        if self.stack:
            self.stack[-1].children += [made, *children]
        else:
            self.found += [made, *children]

    def _give_up(self, i: int, end: int) -> None:
        """End a quotation without a closing mark where another of its kind begins."""
        del self.stack[i + 1 :]
        self.paragraph_end, kept = end, self.paragraph_end
        while len(self.stack) > i + 1:
            self.stack.pop()
        if i == 0:
            self._close_unclosed()
        else:
            del self.stack[i:]
        self.paragraph_end = kept

    def _close_unclosed(self) -> None:
        """End what is still open with the paragraph; what it held stands on its own."""
        if not self.stack:
            return
        bottom = self.stack[0]
        children = [child for each in self.stack for child in each.children]
        again = sum(one.mark == bottom.mark for one in self.stack)
        self.stack.clear()
        if again > MAX_AGAIN:  # ditto marks of a table
            self.found += children
            return
        same = [one for one in children if one.opener == bottom.mark and one.depth == 1]
        end = min((one.start for one in same), default=self.paragraph_end)
        pieces = (*bottom.pieces, *_trimmed(self.text, bottom.inside, end))
        if pieces:
            self.found.append(
                Quotation(bottom.start, pieces[-1].end, pieces, bottom.mark, closed=False)
            )
        for one in children:
            lift = 1 if one.start >= end else 0
            depth = max(0, one.depth - lift)
            self.found.append(
                Quotation(one.start, one.end, one.pieces, one.opener, one.closed, depth)
            )


MIN_PARTED = 3
PARTED_SHARE = 0.8
"""Commas between spaces, their number and least share, that show a text printed by a tagger."""
MAX_AGAIN = 2
"""How often a mark may be opened again without being closed; more are ditto marks."""
MAX_DEPTH = 8
"""Deepest nesting that is followed; deeper marks are passed over."""


def _trimmed(text: str, start: int, end: int) -> tuple[Span, ...]:
    """Take the white space off a stretch; what holds nothing else is no piece."""
    piece = text[start:end]
    bare = piece.strip()
    if not bare:
        return ()
    if len(bare) < len(piece):
        start += piece.index(bare[0])
    return (Span(start, start + len(bare)),)


def in_marks(text: str) -> bool:
    """Tell whether a text begins with an opening mark and ends with one that closes it.

    Example:
        >>> in_marks("“Go.”"), in_marks("“Go,” she said.")
        (True, False)
    """
    text = text.strip()
    if len(text) < 3 or text[0] not in ALL_MARKS or text[-1] not in ALL_MARKS:
        return False
    first = _first_close(text)
    if first is not None:
        return first == len(text)
    whole = [one for one in quotations(text) if one.depth == 0]
    return len(whole) == 1 and whole[0].closed and (whole[0].start, whole[0].end) == (0, len(text))


_DOUBLE = re.compile(r"[“”‟\"]")


def _first_close(text: str) -> int | None:
    """Return where the quotation that a text begins with ends, if one look tells it.

    It does between “ and ” and between " and " that stand close to their words, with no other
    double mark between: whatever else is open there ends with them.
    """
    if text[0] not in '“"' or "„" in text:
        return None
    m = _DOUBLE.search(text, 1)
    if m is None:
        return None
    if text[0] == "“":
        return m.end() if m[0] == "”" else None
    before = text[m.start() - 1]
    close = m[0] == '"' and not (text[1].isspace() or before.isspace() or before.isdigit())
    return m.end() if close else None
