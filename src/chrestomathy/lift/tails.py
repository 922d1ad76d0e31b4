"""Sources that stand with the words: behind a dash, in brackets, before a colon."""

from __future__ import annotations

import re
from itertools import pairwise

from chrestomathy.lift.attribution import (
    MAX_LINE,
    TELLING,
    Claim,
    may_claim,
    parse_claim,
    stands_for_last,
)
from chrestomathy.lift.chunk import MAX_INLINE, SURE
from chrestomathy.lift.fragments import title_case
from chrestomathy.lift.kinds import kind_of
from chrestomathy.lift.lexicon.sources import ATTRIBUTED
from chrestomathy.records import Span
from chrestomathy.textkit.marks import ALL_MARKS, in_marks, quotations

MAX_BREAKS = 3
"""Most line ends of a source behind a dash; chosen by hand."""

MAX_KIND_AT = 50
"""How far from its dash the noun of a kind of source stands at most, in characters; chosen by hand."""

_STOPPED = frozenset(".!?…,—–")
"""What the words somebody said end with, and a title does not."""

_BRACKETS = re.compile(
    r"[.!?…”\"»’。！？]\s?\*{0,2}(?P<tail>[(（][^()（）]{3,120}[)）])\*{0,2}\.?\s*$"
)
"""A source in brackets behind set-off words: "… in yams. (Holt 1998, p. 41)"."""

_PAGE_REF = re.compile(
    r"[(（]\s?(?:pp?|S|f|fol|str|с|стр|pág|ch|l)\.\s?[\divxlcIVXLC][\d–—\-, ]{0,12}[)）]"
)
"""A page, and nothing else: "(p. 44)"."""

_TAIL_DASH = re.compile(
    r"""
    [—–―─~-](?<=[\s.!?…”"»“’')\]」』。！？][—–―─~-])   # behind a sentence or white space
    (?<!-(?!-|\s?[^\W\d_]))                      # not "-1"
    """,
    re.VERBOSE,
)

_BEFORE_DASH = frozenset(".!?…”\"»“’')]」』。！？*_")
"""What ends the words before an attribution, where no wide gap does: '… live." - Lecture'."""

_FIRST_WORD = re.compile(r"[—–―─~\s-]*([^\W\d_]+)")

_BEGINS_CLAIM = re.compile(
    r"[—–―─~\s-]*(?![a-zà-ÿ]+(?![a-zà-ÿ])\s+[a-zà-ÿ])[^\W_]|[—–―─~\s-]*[\"“«_*(\[]"
    rf"|[—–―─~\s-]*(?:{ATTRIBUTED})\s"
)
"""What an attribution may begin with: "– Name", not "- and so on"."""

_AFTER_MARK = re.compile(
    r"""
    [”\"»“](?:\s*[,.])?\s+                        # the closing mark
    (?P<tail>(?:\*?\(|\*\*|__)?[^\W\d_]            # "(Name, «Work», 1911)", "**Name**"
      (?:[^”\"»«“]|«[^«»]{1,80}»|“[^“”]{1,80}”|\"[^\"]{1,80}\"){2,160})$
    """,
    re.VERBOSE,
)

_YEAR_LEAD = re.compile(r"(?P<year>1[5-9]\d\d|20\d\d)\s?[:–—-]\s*(?=[\"“«„])")
"""A year before a quotation: '1998: “…”'."""

_WIDE_TAIL = re.compile(r"[」』]\s?(?P<tail>[（(][^（()）]{2,80}[）)])\Z")

_NAME_AFTER_MARK = re.compile(r"[”\"»“](?:\s*[,.])?\s+(?:\*?\(|\*\*|__|[^\W\d_a-z])")
"""Whether it is worth looking for: no name begins with a small letter."""

_HEAD = re.compile(
    r"""
    (?P<head>[^“”\"«»„\n]{2,200}?(?:[\"“«][^“”\"«»]{1,80}[\"”»][^“”\"«»„\n]{0,60}?)?)
    \s*(?P<link>⮑|→|⇒|[:：]|\s[—–-])\s*             # "Name, Work (1865) ⮑"
    (?P<open>[“\"«„])                                # the passage begins
    """,
    re.VERBOSE,
)

MIN_SAID, MAX_TITLE = 3, 8
"""Fewest words without a stop that a name and a colon introduce, and most of a title."""

_WORK_YEAR = re.compile(r"\W{0,3}\d{4}\W{0,2}\Z")

LINK_THEN_MARK = re.compile(r"[⮑→⇒:：—–-]\s*[“\"«„]")

_CLOSING = '”"»“'

MAX_BEHIND = 80
"""How much may follow the words of an attribution before them, in characters; by hand."""


def find_below_year(raw: str) -> tuple[Span, Span, Claim] | None:
    """Find the year before a quotation and the source in brackets behind it, read as one.

    '1998: “…” (Remarks at the Tarr School, May 4)' is of 4 May 1998.
    """
    lead = _YEAR_LEAD.match(raw)
    if lead is None:
        return None
    rest = raw[lead.end() :]
    tail = _BRACKETS.search(rest, max(0, len(rest) - MAX_LINE))
    if tail is None:
        return None
    body = Span(lead.end(), lead.end() + len(rest[: tail.start("tail")].rstrip()))
    claim = parse_claim(f" {tail['tail'][1:-1]}, {lead['year']}")
    if claim.score < SURE or not in_marks(raw[slice(*body)]):
        return None
    return body, Span(lead.end() + tail.start("tail"), lead.end() + tail.end("tail")), claim


def source_in_brackets(raw: str) -> tuple[Span, Claim] | None:
    """Find a source in brackets at the end of a block quote."""
    m = _BRACKETS.search(raw, max(0, len(raw) - MAX_LINE))
    if m is None:
        return None
    claim = parse_claim(m["tail"])
    same = re.match(r"[\w-]+", m["tail"][1:])
    told = claim.score >= SURE and bool(claim.date or claim.locus or claim.kind or claim.work)
    if not told and not (same and stands_for_last(same[0])) and not _PAGE_REF.fullmatch(m["tail"]):
        return None
    return Span(*m.span("tail")), claim


def find_tail(raw: str) -> tuple[Span, Span, Claim] | None:
    """Find an attribution at the end of a text: '“…” – Name', '… end. - Lecture, 2004.'."""
    if not raw:
        return None
    tail = raw[-MAX_LINE:]
    offset = len(raw) - len(tail)
    starts = _tail_starts(tail, max(0, len(tail) - MAX_INLINE - 2))[-6:]
    for at in starts:
        named = _BEGINS_CLAIM.match(tail, at) is not None
        if not (named or _begins_with_kind(tail[at:])) or not may_claim(tail[at:]):
            continue
        if tail.count("\n", at) > MAX_BREAKS or _narrates(tail, at):
            continue
        claim = parse_claim(tail[at:])
        if not (named or claim.date or claim.kind == "proverb"):
            continue
        if claim.score >= SURE and len(tail) - at <= MAX_INLINE and offset + at > 3:
            body = len(raw[: offset + at].rstrip())
            return Span(0, body), Span(offset + at, len(raw)), claim
    if raw[-1] in "）)】" and (wide := _WIDE_TAIL.search(tail)):
        claim = parse_claim(wide["tail"])
        if claim.score >= SURE:
            at = offset + wide.start("tail")
            return Span(0, len(raw[:at].rstrip())), Span(at, len(raw)), claim
    marked = raw[0] in ALL_MARKS and _NAME_AFTER_MARK.search(tail)
    m = _AFTER_MARK.search(tail) if marked else None
    if m is not None and (
        m["tail"][0] in "(*_" or m["tail"][0].isupper() or not m["tail"][0].isascii()
    ):
        claim = parse_claim(m["tail"]) if may_claim(m["tail"]) else Claim()
        event = m["tail"][0] == "(" and claim.kind is not None
        if claim.score >= SURE + 0.1 and (claim.form == "list" or event):
            at = offset + m.start("tail")
            body = len(raw[:at].rstrip(" ,."))
            return Span(0, body), Span(at, len(raw)), claim
    return None


def _narrates(tail: str, at: int) -> bool:
    """Tell whether a verb of saying stands behind a dash: "- подчеркнул Велихов. - Иначе …"."""
    m = _FIRST_WORD.match(tail, at)
    return m is not None and m[1] in TELLING


def _begins_with_kind(tail: str) -> bool:
    """Tell whether a noun of a kind of source is near: "-- in a letter to his wife, 1966"."""
    words = re.findall(r"[^\W\d_]+", tail[:MAX_KIND_AT])
    return any(kind_of(word) for word in words[:4])


def _tail_starts(tail: str, near: int) -> list[int]:
    """List the dashes from ``near`` on that stand behind a sentence or a wide gap."""
    starts = []
    for m in _TAIL_DASH.finditer(tail, near):
        at = m.start()
        words = len(tail[:at].rstrip())
        if words >= max(near, 1) and (tail[words - 1] in _BEFORE_DASH or at - words > 1):
            starts.append(at)
    return starts


def find_head(raw: str) -> tuple[Span, Span, Claim] | None:
    """Find an attribution at the beginning of a text: 'Name, Work (1865): “…”'."""
    if not LINK_THEN_MARK.search(raw, 2, 300):
        return None
    close = max(map(raw.rfind, _CLOSING)) + 1
    if not close or len(raw) - close > MAX_BEHIND:
        return None
    m = _HEAD.match(raw)
    if m is None or close <= m.end():
        return None
    head = m["head"].replace("**", "  ")
    claim = parse_claim(head) if may_claim(head) else Claim()
    told = claim.speaker or claim.work or (claim.date and (claim.kind or claim.occasion))
    if claim.score < SURE or not told:
        return None
    if _is_label(raw[m.end() : close - 1], raw[close:]) or _narrated(raw[m.start("open") : close]):
        return None
    return Span(m.start("open"), close), Span(0, len(m["head"])), claim


def _narrated(body: str) -> bool:
    """Tell whether words of a narrator stand between two quotations: “…”, he said, “…”."""
    if in_marks(body):
        return False
    outer = [one for one in quotations(body) if one.depth == 0]
    gaps = (body[one.end : other.start] for one, other in pairwise(outer) if one.closed)
    return any(any(map(str.isalpha, gap)) for gap in gaps)


def _is_label(words: str, behind: str) -> bool:
    """Tell whether marks behind a name hold a mark or a work: 'Sums: “good”', '– “Walls”, 1988'."""
    bare = words.splitlines()[0].strip(' ”»“"') if words.strip() else ""
    if not bare or bare[-1] in _STOPPED or not bare[-1].isascii():
        return False
    count = len(bare.split())
    return (
        count < MIN_SAID
        or title_case(bare)
        or (count <= MAX_TITLE and _WORK_YEAR.match(behind) is not None)
    )
