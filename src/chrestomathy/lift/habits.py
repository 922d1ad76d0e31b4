"""What a page is known to do with its attributions: names below or above, days, brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat

from chrestomathy.lift.attribution import (
    MARKER,
    MAX_LINE,
    WORD_MARKER,
    WORDS_BEFORE,
    Claim,
    may_claim,
    parse_claim,
)
from chrestomathy.lift.chunk import ENDS, MAX_INLINE, MAX_PLAIN, SURE
from chrestomathy.lift.dates import find_dates
from chrestomathy.lift.layout import Line, Paragraph, lines
from chrestomathy.lift.lexicon.sources import QUOTATIONS
from chrestomathy.lift.speakers import is_name, is_nobody
from chrestomathy.lift.tails import source_in_brackets
from chrestomathy.lift.titles import page_of_one
from chrestomathy.textkit.marks import ALL_MARKS

MIN_DATED, SURE_DATED = 3, 0.8
"""How many dated lines make a habit, and what each scores at least; chosen by hand."""

NAMED_SHARE = 0.55
"""Least share of a page's paragraphs of several lines that have a name on the same end; by hand."""

SET_BELOW = 4
"""How many columns a source below a saying is set in by at least; chosen by hand."""

_OPENING = tuple("\"“„«»「『‘'")
"""What words in marks begin with."""

MAX_HEAD, MAX_HEADS = 400, 5
"""How far each of the first paragraphs is looked at for a title; by hand."""

MAX_BARE, MAX_ENTRY = 60, 3000
"""Longest bare name, and longest paragraph that may end with one; chosen by hand."""

_NO_NAME_ENDS = frozenset(".,;:!?…")
"""What no bare name ends with."""

_OF_SAYINGS = re.compile(rf"(?:{QUOTATIONS})|\b(?i:say|says|said|sayings?|voices|proverbs?)\b")
"""How the head of a page of sayings speaks of them."""

_ANY_YEAR = re.compile(r"[12一二](?:\d{3}|[〇零一二三四五六七八九]{3})")
"""The years 1000 to 2999, in figures or in Chinese numerals."""

FREE_DASH = re.compile(r"[–—-](?<=\s[–—-])\s")
"""What parts two columns."""

_WORDED_LINE = re.compile(rf"\n[^\S\n]*+(?:{WORDS_BEFORE})\s?[:：]")
"""A later line that begins with "Source:" or the like."""


@dataclass(frozen=True, slots=True)
class Habits:
    """What a page is known to do with its attributions."""

    marker: str = ""
    """It puts this before them: a short line that begins with it is one."""
    names_below: bool = False
    """Bare names stand on the last line of its entries."""
    names_above: bool = False
    """They stand on the first line."""
    worded: bool = False
    """It says "Source:" or "Author:" again and again, and not only for itself."""
    bracketed: bool = False
    """Sources stand in brackets behind the words: "… end. (Speech at Ulm, 4 May 1999)"."""
    dated_above: bool = False
    """Lines with a day stand above the words in marks: "12 March 2014, press conference"."""
    of_one: bool = False
    """Its title names whose words they are: what ends a paragraph with a date is their source."""
    plain: bool = False
    """A paragraph without signs is one text, whatever its last line is."""
    dashes: bool = True
    """Dashes stand between spaces somewhere."""
    dated: bool = False
    """Lines that say what speech or letter of which day stand below the words, without a sign."""


def learn_habits(text: str, blocks: list[Paragraph], marker: str = "") -> Habits:
    """Learn what a page does with its attributions.

    Args:
        text: The document.
        blocks: Its paragraphs.
        marker: What the page is known to put before its attributions.
    """
    below = _has_names_below(text, blocks)
    above = not below and _has_names_above(text, blocks)
    of_one = any(page_of_one(text[one.start : one.end][:MAX_HEAD]) for one in blocks[:MAX_HEADS])
    return Habits(
        marker=marker,
        names_below=below,
        names_above=above,
        worded=_says_source(text),
        bracketed=of_one or _has_brackets_behind(text, blocks),
        dated_above=_has_dated_heads(text, blocks),
        of_one=of_one,
        plain=not below and not above and not of_one and not _has_odd_breaks(text),
        dashes=FREE_DASH.search(text) is not None,
        dated=_has_dated_lines(text),
    )


def _has_odd_breaks(text: str) -> bool:
    """Tell whether ``str.splitlines`` breaks lines elsewhere than at line feeds."""
    n_lines = text.count("\n") + (not text.endswith("\n"))
    return "\r" in text or len(text.splitlines()) != n_lines


def _says_source(text: str) -> bool:
    """Tell whether two lines or more begin with "Source:" or the like."""
    first = WORD_MARKER.match(text) is not None
    return first + sum(1 for _ in zip(range(2), _WORDED_LINE.finditer(text), strict=False)) > 1


def _has_names_below(text: str, blocks: list[Paragraph]) -> bool:
    """Tell whether most paragraphs of several lines end with a bare name."""
    several = 0
    short: list[Paragraph] = []
    for block in blocks:
        cut = text.rfind("\n", block.start, block.end)
        if cut < 0 or block.end - block.start > MAX_ENTRY:
            continue
        several += 1
        last = text[cut + 1 : block.end].strip()
        bare = len(last) <= MAX_BARE and last[:1].isupper()
        if (bare or text[cut + 1 : cut + 1 + SET_BELOW].isspace()) and last[
            -1:
        ] not in _NO_NAME_ENDS:
            short.append(block)
    enough = max(3, NAMED_SHARE * several)
    return (
        len(short) >= enough
        and sum(map(is_signed_below, map(lines, repeat(text), short))) >= enough
    )


def is_signed_below(held: list[Line]) -> bool:
    """Tell whether the last line of a paragraph is a name, or a source that is set in."""
    return _bare_name(held) or _set_below(held)


def _over_marks(text: str, blocks: list[Paragraph]) -> Iterator[Paragraph]:
    """List the paragraphs whose second line begins with a mark."""
    for block in blocks:
        cut = text.find("\n", block.start, min(block.end, block.start + MAX_INLINE))
        if cut >= 0 and text[cut + 1 : cut + 8].lstrip()[:1] in _OPENING:
            yield block


def _has_dated_heads(text: str, blocks: list[Paragraph]) -> bool:
    """Tell whether lines with a day stand above words in marks again and again."""
    heads = (is_dated_head(lines(text, one)) for one in _over_marks(text, blocks))
    return sum(heads) >= MIN_DATED


def is_dated_head(held: list[Line]) -> bool:
    """Tell whether a line with a day stands above words in marks."""
    first = held[0].text
    if len(held) < 2 or len(first) > MAX_INLINE or first[0] in ALL_MARKS or first[-1] in ENDS:
        return False
    return held[1].text[0] in ALL_MARKS and bool(find_dates(first)) and may_claim(first)


def is_dated_below(held: list[Line]) -> bool:
    """Tell whether the last line has a date and is no sentence, and the words above have ended."""
    last = held[-1].text
    if len(held) < 2 or len(last) > MAX_INLINE or held[-2].text[-1] not in ENDS:
        return False
    return last[0] not in ALL_MARKS and bool(find_dates(last)) and may_claim(last)


def _set_below(held: list[Line]) -> bool:
    """Tell whether the last line stands further right than the sentence above, and is a source."""
    if len(held) < 2 or held[-1].indent < held[-2].indent + SET_BELOW:
        return False
    last = held[-1].text
    return len(last) <= MAX_PLAIN and held[-2].text[-1] in ENDS and parse_claim(last).score >= SURE


def _has_names_above(text: str, blocks: list[Paragraph]) -> bool:
    """Tell whether most paragraphs of several lines begin with a bare name, on a page of sayings.

    A list of recipes has that shape too: so the page's head must speak of words or of saying.
    """
    several = [block for block in blocks if text.find("\n", block.start, block.end) >= 0]
    enough = max(3, NAMED_SHARE * len(several))
    if len(several) < enough or not blocks or not _OF_SAYINGS.search(text[: blocks[0].end]):
        return False
    return sum(is_named_above(lines(text, one)) for one in several) >= enough


def is_named_above(held: list[Line]) -> bool:
    """Tell whether the first line of a paragraph is a name, and sentences stand below."""
    if len(held) < 2 or len(held[0].text) > MAX_BARE or held[0].text[-1] in _NO_NAME_ENDS:
        return False
    whole = all(line.text[0] not in ALL_MARKS for line in held) and held[-1].text[-1] in ENDS
    name = re.split(r"[,(]", held[0].text)[0]
    return whole and is_name(name) and parse_claim(held[0].text).score >= SURE


def _has_brackets_behind(text: str, blocks: list[Paragraph]) -> bool:
    """Tell whether several paragraphs end with a dated speech, letter or the like in brackets."""
    several = 0
    for block in blocks:
        if text[block.end - 1] not in ")）*" or block.kind == "heading":
            continue
        found = source_in_brackets(text[max(block.start, block.end - MAX_LINE) : block.end])
        several += found is not None and is_own_source(found[1], block)
        if several > 1:
            return True
    return False


def is_own_source(claim: Claim, block: Paragraph) -> bool:
    """Tell whether a source in brackets is the words' own: a speech, on a list also a book."""
    return is_dated_kind(claim) or (
        block.kind == "item" and claim.date is not None and claim.work is not None
    )


def _has_dated_lines(text: str) -> bool:
    """Tell whether lines below words say what speech or letter of which day they are from."""
    n_found, end = 0, 0
    for m in _ANY_YEAR.finditer(text):
        if m.start() < end:
            continue  # the line is known
        start = text.rfind("\n", 0, m.start()) + 1
        end = text.find("\n", m.end())
        end = end if end >= 0 else len(text)
        above = text[max(0, start - 2) : start]
        if end - start > MAX_INLINE or len(above) < 2 or above[0] not in ENDS:
            continue  # a title above, or nothing
        n_found += is_dated_source(text[start:end].strip())
        if n_found >= MIN_DATED:
            return True
    return False


def is_dated_source(line: str) -> bool:
    """Tell whether a line is a dated speech, letter or the like, and no sentence."""
    if len(line) > MAX_INLINE or not _ANY_YEAR.search(line) or line[0] in ALL_MARKS:
        return False
    if line.endswith((".", "!", "?")) or MARKER.match(line) or not may_claim(line):
        return False
    claim = parse_claim(line)
    return claim.score >= SURE_DATED and claim.form == "event" and is_dated_kind(claim)


def is_dated_kind(claim: Claim) -> bool:
    """Tell a speech or letter of a day from what scholars cite: "(Holt 1998, p. 41)"."""
    return claim.kind is not None and claim.date is not None


def _bare_name(held: list[Line]) -> bool:
    """Tell whether the last line of a paragraph is a name, and the words above have ended."""
    if len(held) < 2:
        return False
    last = held[-1].text
    if len(last) > MAX_BARE or not last[0].isupper():
        return False
    if last[-1] in _NO_NAME_ENDS:
        return False
    if held[-2].text[-1] not in ENDS or parse_claim(last).score < SURE:
        return False
    return is_nobody(last) or is_name(re.split(r"[,(]|\s[—–]\s", last)[0])
