"""A page in chunks: texts, attribution lines, separators, headings, in order.

A chunk is a candidate for one passage or one attribution. Lines are joined to a text until an
attribution line, a line of separators, or the end of a quotation that ends with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, repeat
from typing import Literal

from chrestomathy.lift.attribution import (
    MARKER,
    MAX_LINE,
    TELLING,
    WORD_MARKER,
    WORDS_BEFORE,
    Claim,
    may_claim,
    parse_claim,
    stands_for_last,
)
from chrestomathy.lift.dates import find_dates
from chrestomathy.lift.fragments import title_case
from chrestomathy.lift.kinds import kind_of
from chrestomathy.lift.layout import Line, Paragraph, lines, spans_of
from chrestomathy.lift.lexicon.calendar import DAYS_OF_WEEK
from chrestomathy.lift.lexicon.sources import ATTRIBUTED, COLUMNS, QUOTATIONS
from chrestomathy.lift.speakers import is_name, is_nobody
from chrestomathy.lift.titles import page_of_one
from chrestomathy.records import Span
from chrestomathy.textkit.marks import ALL_MARKS, in_marks, quotations

Role = Literal["text", "attribution", "name", "separator", "heading"]

SURE = 0.5
"""A line with a marker scores at least this to be an attribution by itself; by hand."""
MIN_DATED, SURE_DATED = 3, 0.8
"""How many such lines make a habit, and what each scores at least; chosen by hand."""
MIN_BEHIND = 3
"""Most letters behind a quotation that are no words of their own; chosen by hand."""
MAX_BREAKS = 3
"""Most line ends of a source behind a dash; chosen by hand."""
MAX_DAY = 40
"""Longest line of a day of the week and its date; chosen by hand."""
MAX_KIND_AT = 50
"""How far from its dash such a noun stands at most, in characters; chosen by hand."""
MAX_INLINE = 200
MAX_SEARCHED = 20_000
"""Longest text that is searched for an attribution of its own, in characters."""
WRAPPED = 55
LONG = 110
"""A line longer than this was not wrapped: it is a paragraph; chosen by hand."""
MAX_LIST = 100
"""Most lines of a paragraph that is looked at as a list below a heading: time stays linear."""
NAMED_SHARE = 0.55
"""Least share of a page's paragraphs of several lines that have a name on the same end; by hand."""
SET_BELOW = 4
"""How many columns a source below a saying is set in by at least; chosen by hand."""
_OPENING = tuple("\"“„«»「『‘'")
MAX_HEAD, MAX_HEADS = 400, 5
"""How far each of the first paragraphs is looked at for a title; by hand."""
MAX_BARE = 60
MAX_ENTRY = 3000
"""Longest bare name, and longest paragraph that may end with one; chosen by hand."""
_ENDS = frozenset('.!?…”"’»。！？)')
_STOPPED = frozenset(".!?…,—–")
_NO_NAME_ENDS = frozenset(".,;:!?…")
MAX_PLAIN = 120
"""Longest line that the page's own marker alone makes an attribution; chosen by hand."""

_SHARES = re.compile(
    r"""
    (?i:\s{0,8}(?:
      (?:(?:cop(?:y|iar|ier|ia)|kopieren|kopiuj|likes?|curtir|gostei|me\ gusta|j['’]aime|gefällt\ mir
        |mi\ piace|нравится|lubię|shares?|compartilhar|compartir|partager|teilen|condividi|поделиться
        |report|rate|favou?rite|save|pin\ it|tweet|comments?|views?|curtidas|点赞|收藏|分享|复制|いいね|シェア|좋아요
        |공유|\d[\d.,]{0,8}(?:\s?(?:k|m|mil|tys))?)(?!\w)[^\w\n]{0,6}){1,12}
      | (?:inserid[ao]|adicionad[ao]|enviad[ao]|publicad[ao]|added|submitted|posted|uploaded)\ (?:por|by)\ [^\n]{1,40}
    )\Z)
    """,
    re.VERBOSE,
)
"""A line of buttons below a quotation, or who put it there."""
_OF_SAYINGS = re.compile(rf"(?:{QUOTATIONS})|\b(?i:say|says|said|sayings?|voices|proverbs?)\b")
"""How the head of a page of sayings speaks of them."""
_SEPARATOR = re.compile(r"(?:[*·•∗⁂#=_~—–-]\s*){3,}|\*|⁂|[IVX]{1,5}\.?")
_NAME_LINE = re.compile(r"(?P<name>[^:：]{2,90}?)\s?[:：]")
_ITEM = re.compile(
    r"(?:[●○■□◆◇▪❖♦✦★☆▲△※]\s*(?=\w)|・(?=「)|(?:\d{1,3}[.)]|[-–•*·]|[★☆⭐½]{1,6}|\d{1,2}:\d\d(?::\d\d)?)\s+(?=[\"“«„「‘']))"
)
"""The mark of a list before a passage in quotation marks: '1. “…”', '★★★ “…”', '11:40 “…”'."""
_TIMED = re.compile(r"\d{1,2}:\d\d(?::\d\d)?\s")
"""How a line of notes on a recording begins."""
_HEADING_MARK = re.compile(r"[■□◆◇▼▽▲△◎❖▌█◼◾]\s*(?=\w)")
_BULLETS = "●○■▪◦•∙"
_ITEM_MARK = re.compile(r"[-–•·*]\s+")
_BULLET = re.compile(r"[*•+-]\s+")
_INNER = re.compile(r"[o◦▪+-]\s+(?=\S)")
_COLON = re.compile(r"\w{2,10}\s?[:：]")
"""The beginning of a line that may have a word for its marker: "Source:"."""
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
LIST_NUMBER = re.compile(r"(?P<n>\d{1,3})\s?[.)、．]\s*(?=\D)")
"""The number of a list before a passage: "3. Plant first", not "3.5 million"."""
_COUNTED_HEAD = re.compile(r"[一二三四五六七八九十]{1,3}、[^。！？]+\Z")
"""A heading that Chinese counts: "一、关于学校"."""
_DAY_NUMBER = re.compile(r"[^\W\d_]+,?\s\d{1,2}(?:\.|\s{2,}|\s?[·|—–]|$)")
"""How a calendar's page begins: "LUNES 4  ·  S. Rigoberto"."""
_ANY_YEAR = re.compile(r"[12一二](?:\d{3}|[〇零一二三四五六七八九]{3})")
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
_PAIR = re.compile(
    r"(?:[^\W\d_][^\s.!?…”]*|“[^“”]{1,20}”)(?:\s[^\s.!?…”]+){0,4}\s[–—-]\s[^–—]{2,40}"
)
MIN_PAIRS = 3
"""A line of a list in two columns, and how many make a list; chosen by hand."""
MIN_SAID = 3
MAX_TITLE = 8
"""Fewest words without a stop that a name and a colon introduce, and most of a title."""
_WORK_YEAR = re.compile(r"\W{0,3}\d{4}\W{0,2}\Z")
_CELL = re.compile(r"\s{0,20}(?:\t|\|)\s*")
_CELL_NUMBER = re.compile(r"\s*(?:[#№]\s?)?\d{1,4}[.)]?\s*")
_CELL_MARKS = str.maketrans("\t|", ";;")
_DITTO = re.compile(r"\t[ ]{0,8}[\"”〃][ ]{0,8}(?:\t|\Z)")
MIN_ROWS = 3
"""Fewest lines of a table that tabs part."""
MIN_CELL_WORDS = 4
"""Fewest words of a cell that is a passage; chosen by hand."""
_LINK_THEN_MARK = re.compile(r"[⮑→⇒:：—–-]\s*[“\"«„]")
_CLOSING = '”"»“'
MAX_BEHIND = 80
"""How much may follow the words of an attribution before them, in characters; by hand."""


_LINE_SIGN = rf"""
    [>—–―─‒•·∙▪◦*~›⁓○●■\#⮑→⇒↳∗⁂=+★☆⭐½-]         # what markers, separators and items begin with
    | _\s?[_*=-]                                # "___"
    | \d{{1,3}}[.):]                             # "1. “…”", "11:40 “…”"
    | (?:{WORDS_BEFORE})\s?[:：]                 # "Source:"
    | [IVX]{{1,5}}\.?[^\S\n]*+(?:\n|\Z)            # "IV."
"""
_SIGN = re.compile(rf"(?![a-z])(?:{_LINE_SIGN})", re.VERBOSE)
"""What the first line of a text may not begin with, if it is to be one text."""
_LATER_SIGN = re.compile(
    rf"""
    \n(?:[^\S\n]*+(?![a-z])(?:{_LINE_SIGN}
        | [(（\"“”„‟«»‹›‘‚‛「」『』]                # a source in brackets, the next quotation
      )
      | [^\n]{{{LONG}}}                           # a paragraph of its own
    )
    """,
    re.VERBOSE,
)
"""What a later line may not begin with, either."""
_ENDS_IN_MARK = re.compile(
    r"\n(?:(?<=[\"“”„‟«»‹›‘’‚‛'「」『』\s]\n)|(?<=[\"“”„‟«»‹›‘’‚‛'「」『』.,][.,]\n))"
)
"""The end of a line that may be a quotation's."""
_FREE_DASH = re.compile(r"[–—-](?<=\s[–—-])\s")
"""What parts two columns."""
_WORDED_LINE = re.compile(rf"\n[^\S\n]*+(?:{WORDS_BEFORE})\s?[:：]")


@dataclass(slots=True)
class Chunk:
    """A stretch of a page with one role."""

    role: Role
    start: int
    end: int
    gap: bool
    """A blank line, or a new block, stands before it."""
    spans: tuple[Span, ...] = ()
    """Of a text: the words, marks and attribution taken off."""
    text: str = ""
    quoted: bool = False
    """It stands in quotation marks as a whole."""
    block_quote: bool = False
    claim: Claim | None = None
    claim_at: Span | None = None
    marker: str = ""
    where: str = ""
    """Of a text with an attribution in it: "after" or "before" its words."""
    level: int | None = None
    half: bool = False
    """Only one of its two outer marks is there."""
    credited: bool = False
    """An attribution that the file itself marks as one."""


def chunks(text: str, blocks: list[Paragraph], *, marker: str = "") -> list[Chunk]:
    """Part a page into chunks.

    Args:
        text: The document.
        blocks: Its paragraphs.
        marker: What the page is known to put before its attributions; a short line that
            begins with it is one, whatever it says.
    """
    found: list[Chunk] = []
    blocks = [_without_shares(text, block) for block in blocks]
    named = _names_below(text, blocks)
    above = not named and _names_above(text, blocks)
    of_one = any(page_of_one(text[one.start : one.end][:MAX_HEAD]) for one in blocks[:MAX_HEADS])
    plain = not named and not above and not of_one and not _odd_breaks(text)
    habits = Habits(
        marker,
        named,
        above,
        _worded(text),
        of_one or _in_brackets_behind(text, blocks),
        sum(_dated_head(lines(text, one)) for one in _headed(text, blocks)) >= MIN_DATED,
        of_one,
        plain,
        _FREE_DASH.search(text) is not None,
        _dated_lines(text),
    )
    for block in blocks:
        last = found[-1] if found else None
        if block.kind == "attribution" and last is not None and _begun(text, last, block):
            found[-1] = _longer(text, last, block.end)
            continue
        found.extend(_of_block(text, block, last, habits))
        if block.kind == "attribution":
            found[-1].credited = True
    return found


def _begun(text: str, last: Chunk, block: Paragraph) -> bool:
    """Tell whether an attribution that the file marks goes on in the next one: name, then role."""
    words = text[block.start].isalnum() or text[block.start] in '(«“"„*_'
    return last.credited and words and not text[last.end : block.start].strip()


def _longer(text: str, one: Chunk, end: int) -> Chunk:
    """Let an attribution end later."""
    raw = text[one.start : end]
    return replace(one, end=end, text=raw, claim=parse_claim(raw), claim_at=Span(one.start, end))


def _without_shares(text: str, block: Paragraph) -> Paragraph:
    """Take a quotation site's buttons off the end of a paragraph: "Copy  Like 98  Share"."""
    end = block.end
    while (cut := text.rfind("\n", block.start, end)) >= 0 and _SHARES.match(text, cut + 1, end):
        end = cut
    return block if end == block.end else replace(block, end=end)


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


def _odd_breaks(text: str) -> bool:
    """Tell whether ``str.splitlines`` breaks lines elsewhere than at line feeds."""
    n_lines = text.count("\n") + (not text.endswith("\n"))
    return "\r" in text or len(text.splitlines()) != n_lines


def _worded(text: str) -> bool:
    """Tell whether two lines or more begin with "Source:" or the like."""
    first = WORD_MARKER.match(text) is not None
    return first + sum(1 for _ in zip(range(2), _WORDED_LINE.finditer(text), strict=False)) > 1


def _names_below(text: str, blocks: list[Paragraph]) -> bool:
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
        len(short) >= enough and sum(map(_signed_below, map(lines, repeat(text), short))) >= enough
    )


def _signed_below(held: list[Line]) -> bool:
    """Tell whether the last line of a paragraph is a name, or a source that is set in."""
    return _bare_name(held) or _set_below(held)


def _headed(text: str, blocks: list[Paragraph]) -> Iterator[Paragraph]:
    """List the paragraphs whose second line begins with a mark."""
    for block in blocks:
        cut = text.find("\n", block.start, min(block.end, block.start + MAX_INLINE))
        if cut >= 0 and text[cut + 1 : cut + 8].lstrip()[:1] in _OPENING:
            yield block


def _dated_head(held: list[Line]) -> bool:
    """Tell whether a line with a day stands above words in marks."""
    first = held[0].text
    if len(held) < 2 or len(first) > MAX_INLINE or first[0] in ALL_MARKS or first[-1] in _ENDS:
        return False
    return held[1].text[0] in ALL_MARKS and bool(find_dates(first)) and may_claim(first)


def _dated_below(held: list[Line]) -> bool:
    """Tell whether the last line has a date and is no sentence, and the words above have ended."""
    last = held[-1].text
    if len(held) < 2 or len(last) > MAX_INLINE or held[-2].text[-1] not in _ENDS:
        return False
    return last[0] not in ALL_MARKS and bool(find_dates(last)) and may_claim(last)


def _set_below(held: list[Line]) -> bool:
    """Tell whether the last line stands further right than the sentence above, and is a source."""
    if len(held) < 2 or held[-1].indent < held[-2].indent + SET_BELOW:
        return False
    last = held[-1].text
    return len(last) <= MAX_PLAIN and held[-2].text[-1] in _ENDS and parse_claim(last).score >= SURE


def _names_above(text: str, blocks: list[Paragraph]) -> bool:
    """Tell whether most paragraphs of several lines begin with a bare name, on a page of sayings.

    A list of recipes has that shape too: so the page's head must speak of words or of saying.
    """
    several = [block for block in blocks if text.find("\n", block.start, block.end) >= 0]
    enough = max(3, NAMED_SHARE * len(several))
    if len(several) < enough or not blocks or not _OF_SAYINGS.search(text[: blocks[0].end]):
        return False
    return sum(_named_above(lines(text, one)) for one in several) >= enough


def _named_above(held: list[Line]) -> bool:
    """Tell whether the first line of a paragraph is a name, and sentences stand below."""
    if len(held) < 2 or len(held[0].text) > MAX_BARE or held[0].text[-1] in _NO_NAME_ENDS:
        return False
    whole = all(line.text[0] not in ALL_MARKS for line in held) and held[-1].text[-1] in _ENDS
    name = re.split(r"[,(]", held[0].text)[0]
    return whole and is_name(name) and parse_claim(held[0].text).score >= SURE


def _in_brackets_behind(text: str, blocks: list[Paragraph]) -> bool:
    """Tell whether several paragraphs end with a dated speech, letter or the like in brackets."""
    several = 0
    for block in blocks:
        if text[block.end - 1] not in ")）*" or block.kind == "heading":
            continue
        found = _bracketed(text[max(block.start, block.end - MAX_LINE) : block.end])
        several += found is not None and _is_behind(found[1], block)
        if several > 1:
            return True
    return False


def _is_behind(claim: Claim, block: Paragraph) -> bool:
    """Tell whether a source in brackets is the words' own: a speech, on a list also a book."""
    return _dated_kind(claim) or (
        block.kind == "item" and claim.date is not None and claim.work is not None
    )


def _dated_lines(text: str) -> bool:
    """Tell whether lines below words say what speech or letter of which day they are from."""
    n_found, end = 0, 0
    for m in _ANY_YEAR.finditer(text):
        if m.start() < end:
            continue  # the line is known
        start = text.rfind("\n", 0, m.start()) + 1
        end = text.find("\n", m.end())
        end = end if end >= 0 else len(text)
        above = text[max(0, start - 2) : start]
        if end - start > MAX_INLINE or len(above) < 2 or above[0] not in _ENDS:
            continue  # a title above, or nothing
        n_found += _is_dated_source(text[start:end].strip())
        if n_found >= MIN_DATED:
            return True
    return False


def _is_dated_source(line: str) -> bool:
    """Tell whether a line is a dated speech, letter or the like, and no sentence."""
    if len(line) > MAX_INLINE or not _ANY_YEAR.search(line) or line[0] in ALL_MARKS:
        return False
    if line.endswith((".", "!", "?")) or MARKER.match(line) or not may_claim(line):
        return False
    claim = parse_claim(line)
    return claim.score >= SURE_DATED and claim.form == "event" and _dated_kind(claim)


def _ends_entry(pending: list[Line], following: Line, habits: Habits) -> bool:
    """Tell whether a list's next number, or the source in brackets behind a line, ends an entry."""
    if habits.dated and LIST_NUMBER.match(following.text):
        return True
    first = pending[0].text
    if habits.dashes and len(pending) == 1 and _FREE_DASH.search(following.text):
        return find_tail(first) is not None and find_tail(following.text) is not None
    if first[0] in ALL_MARKS and pending[-1].text[-1] in ")）":
        return find_tail("\n".join(line.text for line in pending)) is not None
    found = _bracketed(pending[-1].text) if habits.bracketed else None
    return found is not None and _dated_kind(found[1])


def _dated_kind(claim: Claim) -> bool:
    """Tell a speech or letter of a day from what scholars cite: "(Holt 1998, p. 41)"."""
    return claim.kind is not None and claim.date is not None


def _of_block(text: str, block: Paragraph, last: Chunk | None, habits: Habits) -> Iterator[Chunk]:
    whole = habits.plain and not habits.dated and block.kind in _OF_LINES
    if whole and _is_whole(text, block, dashes=habits.dashes):
        raw = text[block.start : block.end].rstrip()
        if not habits.bracketed:
            yield _bare_chunk(text, block.start, raw, gap=True)
            return
        line = Line(block.start, block.start + len(raw), raw, 0)
        yield text_chunk(text, block, [line], gap=True, bracketed=True)
        return
    held = lines(text, block)
    if not held:
        return
    if block.kind == "heading":
        after_quote = last is not None and last.block_quote
        claim = parse_claim(text[block.start : block.end]) if after_quote else None
        yield Chunk(
            "heading",
            block.start,
            block.end,
            True,
            text=text[block.start : block.end],
            level=block.level or 1,
            claim=claim,
            claim_at=Span(block.start, block.end),
        )
        return
    if len(held) == 1 and (head := _marked_heading(held[0])):
        yield head
        return
    if block.kind == "table":
        separator = Chunk("separator", block.start, block.end, True)
        yield _row(text, block) or separator
        return
    if block.kind == "attribution":
        yield attribution_chunk(text, held, gap=True)
        return
    if len(held) >= MIN_ROWS and all("\t" in line.text for line in held[1:]):
        yield from _table(text, held)
        return
    if cut := _nested(held):
        yield text_chunk(text, block, [_without(held[0], _BULLET), *held[1:cut]], gap=True)
        yield attribution_chunk(text, [_without(held[cut], _INNER), *held[cut + 1 :]], gap=False)
        return
    yield from _of_lines(text, block, held, habits)


def _marked_heading(line: Line) -> Chunk | None:
    """Read a short line by itself behind a square or the like as a heading: "■ 仕事について"."""
    m = _HEADING_MARK.match(line.text)
    if m is None or len(line.text) > MAX_PLAIN or line.text[-1] in _ENDS or line.text[-1] in ":：":
        return None
    start = line.start + m.end()
    return Chunk("heading", start, line.end, True, text=line.text[m.end() :], level=2)


def _nested(held: list[Line]) -> int:
    """Find the line of a bullet within a bullet, which is its source; 0 where none is.

    So encyclopedias of sayings look as plain text: "* words", and set in below it "o source".
    """
    if not _BULLET.match(held[0].text):
        return 0
    inner = [i for i, line in enumerate(held) if i and _INNER.match(line.text)]
    if len(inner) != 1 or held[inner[0]].indent <= held[0].indent:
        return 0
    return inner[0] if parse_claim(held[inner[0]].text[2:]).score > 0 else 0


def _without(line: Line, mark: re.Pattern[str]) -> Line:
    """Take its bullet off a line."""
    m = mark.match(line.text)
    cut = m.end() if m else 0
    return replace(line, start=line.start + cut, text=line.text[cut:])


_OF_LINES = ("paragraph", "line", "item")


def _is_whole(text: str, block: Paragraph, *, dashes: bool) -> bool:
    """Tell quickly whether a paragraph is one text, as nearly every one of running prose is.

    Then no line of it begins like an attribution, a separator, an item or a quotation, none is
    longer than a wrapped line, and it leads to no passage: `_of_lines` would give one chunk.
    """
    start, end = block.start, block.end
    if text[start].isspace() or _SIGN.match(text, start, end):
        return False
    first = text.find("\n", start, end)
    if text[start : first if first >= 0 else end].rstrip()[-1] in ":：":
        return False
    if first < 0:
        return True
    if first - start > LONG or _LATER_SIGN.search(text, first, end):
        return False
    if text[start] in ALL_MARKS and _ENDS_IN_MARK.search(text, start, end):
        return False
    return not (
        _LINK_THEN_MARK.search(text, start + 2, first)
        or (dashes and _FREE_DASH.search(text, start, end))
    )


def _table(text: str, held: list[Line]) -> Iterator[Chunk]:
    """Read a table that tabs part; a first line with names of columns tells which are which."""
    head = [_column(cell) for cell in held[0].text.split("\t")]
    known = "quote" in head and len(set(head) - {None, "quote"}) > 0
    above: Chunk | None = None
    for line in held[known:]:
        row = _known_row(text, line, head) if known else None
        if row is None and not known:
            row = _row(text, Paragraph(line.start, line.end, "table"))
        if row is not None and above is not None and not row.where and _DITTO.search(line.text):
            row = replace(row, where="after", claim=above.claim, claim_at=above.claim_at)
        above = row if row is not None and row.where else above
        yield row or Chunk("separator", line.start, line.end, True, text=line.text)


def _column(head: str) -> str | None:
    """Tell what the head of a column announces: "quote", "who", "when" or "source"."""
    words = set(re.findall(r"[^\W\d_]+", head.casefold()))
    return next((name for name, heads in COLUMNS.items() if words & heads), None)


def _known_row(text: str, line: Line, head: list[str | None]) -> Chunk | None:
    """Read a row by the names of its columns."""
    cells: dict[str, list[Span]] = {}
    at = line.start
    for name, cell in zip(head, text[line.start : line.end].split("\t"), strict=False):
        bare = cell.strip()
        start = at + len(cell) - len(cell.lstrip())
        if name and bare and bare not in ('"', "''", "”"):
            cells.setdefault(name, []).append(Span(start, start + len(bare)))
        at += len(cell) + 1
    words = cells.pop("quote", [])
    if not words or _n_words(text[slice(*words[0])]) < 2:
        return None
    spans, quoted, half = unmark(text, *words[0])
    raw = text[line.start : line.end]
    told = sorted(one for held in cells.values() for one in held)
    if not told:
        return Chunk("text", line.start, line.end, True, spans, raw, quoted, half=half)
    source = Span(told[0].start, told[-1].end)
    blank = list(" " * (source.end - source.start))
    for start, end in told:
        blank[start - source.start : end - source.start] = text[start:end]
        if end < source.end:
            blank[end - source.start] = ";"
    claim = parse_claim("".join(blank))
    return Chunk(
        "text", line.start, line.end, True, spans, raw, quoted, False, claim, source,
        where="after", half=half,
    )  # fmt: skip


def _row(text: str, block: Paragraph) -> Chunk | None:
    """Read a row of a table of quotations: the words in one cell, their source in the others."""
    raw = text[block.start : block.end]
    cuts = [m.span() for m in _CELL.finditer(raw)]
    if not cuts:
        return None
    edges = [
        (0, cuts[0][0]),
        *zip([b for _, b in cuts], [a for a, _ in cuts[1:]] + [len(raw)], strict=True),
    ]
    if _CELL_NUMBER.fullmatch(raw[slice(*edges[0])]):
        edges = edges[1:]
    words = max(edges, key=lambda edge: edge[1] - edge[0])
    held = raw[slice(*words)]
    if len(edges) < 2 or words not in (edges[0], edges[-1]) or _n_words(held) < MIN_CELL_WORDS:
        return None
    source = (edges[1][0], len(raw)) if words == edges[0] else (edges[0][0], edges[-2][1])
    if held.rstrip()[-1] not in _ENDS:
        return None  # a title: "Introduction to knots | Ned Ruiz"
    claim = parse_claim(raw[slice(*source)].translate(_CELL_MARKS))
    if claim.score < SURE:
        return None
    spans, quoted, half = unmark(text, block.start + words[0], block.start + words[1])
    at = Span(block.start + source[0], block.start + source[1])
    return Chunk(
        "text",
        block.start,
        block.end,
        True,
        spans,
        raw,
        quoted,
        False,
        claim,
        at,
        where="after",
        half=half,
    )


def _n_words(held: str) -> int:
    """Count the words of a cell; where none are parted, by letters."""
    letters = sum("\u3040" <= letter <= "\u9fff" for letter in held)
    return max(len(held.split()), letters // 2)


def _of_lines(text: str, block: Paragraph, held: list[Line], habits: Habits) -> Iterator[Chunk]:
    pending: list[Line] = []
    gap = True
    i = 0
    while i < len(held):
        line = held[i]
        width = _attribution_width(held, i, bool(pending), habits)
        named = _is_name_line(held, i, pending)
        named = named or (habits.names_above and i == 0 and _named_above(held))
        if width or _is_separator(line) or named:
            if pending:
                yield text_chunk(
                    text, block, pending, gap=gap, bracketed=habits.bracketed, of_one=habits.of_one
                )
                gap = False
            pending = []
            if width:
                yield attribution_chunk(text, held[i : i + width], gap=gap)
            elif _is_separator(line):
                yield Chunk("separator", line.start, line.end, gap, text=line.text)
            else:
                yield attribution_chunk(text, [line], gap=gap, role="name")
            gap = False
            i += max(1, width)
            continue
        pending.append(line)
        i += 1
        if (
            i < len(held)
            and block.kind != "quote"
            and (_complete(text, pending, held[i]) or _ends_entry(pending, held[i], habits))
        ):
            yield text_chunk(
                text, block, pending, gap=gap, bracketed=habits.bracketed, of_one=habits.of_one
            )
            pending, gap = [], False
    if pending:
        yield text_chunk(
            text, block, pending, gap=gap, bracketed=habits.bracketed, of_one=habits.of_one
        )


def _attribution_width(held: list[Line], i: int, after_text: bool, habits: Habits) -> int:
    """Count the lines of an attribution that begins at line ``i``; 0 where none does."""
    line = held[i]
    if (
        i
        and i == len(held) - 1
        and (
            _in_brackets(line)
            or (habits.names_below and _signed_below(held))
            or (habits.of_one and _dated_below(held))
        )
    ):
        return 1
    if habits.dated_above and i == 0 and _dated_head(held):
        return 1
    below_words = habits.dated and i and held[i - 1].text[-1] in _ENDS
    if below_words and (_is_dated_source(line.text) or stands_for_last(line.text)):
        return 1
    if line.text[0] in ALL_MARKS or (line.text[0].isalnum() and not _COLON.match(line.text)):
        return 0
    m = MARKER.match(line.text)
    if m and m["marker"][0].isalnum() and not (i or habits.worded):
        return 0
    if m and _ITEM_MARK.fullmatch(m["marker"]) and _is_list(held, m["marker"]):
        return 0
    if m and m["marker"][0] in _BULLETS and (line.text[-1] in "。！？!?" or _has_source(held, i)):
        return 0
    if m and i and _lists(held, i, m["marker"]):
        return 0
    if m and m["marker"][0] == "#" and not (i and held[i - 1].quoted):
        return 0
    if len(line.text) > MAX_LINE:
        return 0
    ends_quote = m is not None and 0 < i == len(held) - 1
    if m is None or (line.quoted and not m["marker"].startswith("#") and not ends_quote):
        return 0
    width = 1
    set_in = line.indent > held[i - 1].indent if i else held[-1].indent > line.indent
    while i + width < len(held) and _runs_on(held[i + width - 1], held[i + width], line, set_in):
        width += 1
    raw = " ".join(one.text for one in held[i : i + width])
    rest = raw[m.end() :] if m else raw
    if (_ITEM.match(raw) and find_tail(rest) is not None) or find_head(rest) is not None:
        return 0
    worded = WORD_MARKER.match(line.text) is not None
    if not worded and ((rest[:1] in ALL_MARKS and rest[:1] not in '"“') or in_marks(rest)):
        return 0
    score = parse_claim(raw).score
    if habits.marker and m["marker"].strip() == habits.marker and (after_text or i == 0):
        return width if score > 0 or len(raw) <= MAX_PLAIN else 0
    if m and m["marker"].strip() in ("-", "–", "*", "•") and not after_text and i:
        return width if score >= SURE + 0.1 else 0
    return width if score >= SURE else 0


def _has_source(held: list[Line], i: int) -> bool:
    """Tell whether the next line begins with a dash, so that this one is words and no source."""
    return i + 1 < len(held) and held[i + 1].text[0] in "—–―─"


def _is_list(held: list[Line], marker: str) -> bool:
    """Tell whether every line begins with the same mark: items, and none is a source."""
    return len(held) > 1 and all(line.text.startswith(marker.strip()) for line in held)


def _lists(held: list[Line], i: int, marker: str) -> bool:
    """Tell whether a line is an item below a heading: no words end above, others follow."""
    if len(held) > MAX_LIST:
        return False
    bare = marker.strip()
    top = i
    while top and held[top].text.startswith(bare):
        top -= 1
    below = held[top + 1 :]
    return (
        len(below) > 1
        and held[top].text[-1] not in _ENDS
        and all(line.text.startswith(bare) for line in below)
    )


def _runs_on(last: Line, following: Line, first: Line, set_in: bool) -> bool:
    """Tell whether an attribution goes on with the next line: set in as well, or wrapped."""
    if MARKER.match(following.text) or following.text[0] in ALL_MARKS:
        return False
    if last.text[-1].isdigit() and following.text[0].isupper() and following.text[-1] in ".!?…":
        return False  # a date has ended it, and a sentence begins
    if set_in and following.indent >= first.indent:
        return True
    wrapped = WRAPPED <= len(last.text) <= LONG and last.text[-1] not in ".!?)"
    return wrapped and len(following.text) <= len(last.text) + 20


def _in_brackets(line: Line) -> bool:
    """Tell whether a last line is a source in brackets: "(Holt 1988, p. 41)"."""
    whole = line.text[0] in "(（" and line.text.endswith((")", ").", "）"))
    return whole and len(line.text) <= MAX_PLAIN and parse_claim(line.text).score >= SURE


def _bare_name(held: list[Line]) -> bool:
    """Tell whether the last line of a paragraph is a name, and the words above have ended."""
    if len(held) < 2:
        return False
    last = held[-1].text
    if len(last) > MAX_BARE or not last[0].isupper():
        return False
    if last[-1] in _NO_NAME_ENDS:
        return False
    if held[-2].text[-1] not in _ENDS or parse_claim(last).score < SURE:
        return False
    return is_nobody(last) or is_name(re.split(r"[,(]|\s[—–]\s", last)[0])


def _is_separator(line: Line) -> bool:
    if len(line.text) >= 80 or (len(line.text) > 6 and line.text[0].isalnum()):
        return False
    return _SEPARATOR.fullmatch(line.text) is not None


def _is_name_line(held: list[Line], i: int, pending: list[Line]) -> bool:
    """Tell whether a line is "Name :" and the passage follows on the next."""
    if pending or held[i].text[-1] not in ":：":
        return False
    m = _NAME_LINE.fullmatch(held[i].text)
    if m is None or is_name(m["name"]):
        return m is not None
    claim = parse_claim(m["name"])
    return claim.score >= SURE + 0.1 and bool(claim.kind or claim.date or claim.form != "event")


def _complete(text: str, pending: list[Line], following: Line) -> bool:
    """Tell whether the lines so far are a whole: in marks, or with their attribution."""
    first, last = pending[0].text, pending[-1].text
    if pending[0].quoted:
        return False
    if _ITEM.match(following.text) or _long_line(first, last, following.text):
        return True
    if _TIMED.match(following.text) and _TIMED.match(first):
        return True
    if first is last and len(first) <= MAX_PLAIN and (_is_day(first) or _COUNTED_HEAD.match(first)):
        return True
    if first[0] in ALL_MARKS and last.rstrip(".,")[-1:] in ALL_MARKS:
        end = pending[0].start + len(text[pending[0].start : pending[-1].end].rstrip(".,"))
        return in_marks(text[pending[0].start : end])
    if following.text[0] in ALL_MARKS and following.text[0] not in "'’":
        if len(pending) == 1 and first[0] not in ALL_MARKS:
            return True
        chunk_text = text[pending[0].start : pending[-1].end]
        return find_tail(chunk_text) is not None or find_head(chunk_text) is not None
    return find_head(following.text) is not None and find_head(first) is not None


def _is_day(line: str) -> bool:
    """Tell whether a line is a day of the week, with or without its date."""
    words = re.findall(r"[^\W\d_]+", line.casefold())
    if words and words[0] in DAYS_OF_WEEK and _DAY_NUMBER.match(line) and line[-1] not in "!?…":
        return True
    return (
        bool(words) and words[0] in DAYS_OF_WEEK and (len(words) == 1 or len(find_dates(line)) == 1)
    )


def _long_line(first: str, last: str, following: str) -> bool:
    """Tell whether lines are paragraphs: longer than any wrapped line, and whole."""
    if len(last) > LONG and last[-1] in _ENDS:
        return True
    heads = first is last and len(last) <= MAX_PLAIN and len(following) > LONG
    return heads and len(last) < len(following) / 2


def attribution_chunk(
    text: str, held: list[Line], *, gap: bool, role: Role = "attribution"
) -> Chunk:
    """Make a chunk of the lines of an attribution."""
    start, end = held[0].start, held[-1].end
    raw = text[start:end]
    m = MARKER.match(raw)
    bare = raw.rstrip(" :：") if role == "name" else raw
    return Chunk(
        role,
        start,
        end,
        gap,
        text=raw,
        claim=parse_claim(bare),
        claim_at=Span(start, end),
        marker=m["marker"].strip() if m else ":" if role == "name" else "",
    )


def text_chunk(
    text: str,
    block: Paragraph,
    held: list[Line],
    *,
    gap: bool,
    bracketed: bool = False,
    of_one: bool = False,
) -> Chunk:
    """Make a chunk of the lines of a text, its own attribution and marks taken off."""
    start, end = held[0].start, held[-1].end
    if item := _ITEM.match(held[0].text):
        start += item.end()
    raw = text[start:end]
    block_quote = block.kind == "quote" or held[0].quoted
    cut = _bracketed(raw) if block_quote or bracketed else None
    if cut is not None and (block_quote or (of_one and cut[1].date) or _is_behind(cut[1], block)):
        at, claim = Span(start + cut[0].start, start + cut[0].end), cut[1]
        spans = _before(text, _from(spans_of(held), start), at.start)
        quoted = False
        if len(spans) == 1:
            spans, quoted, _ = unmark(text, *spans[0])
        return Chunk(
            "text", start, end, gap, spans, raw, quoted, block_quote, claim, at, "(", "after"
        )
    if any(line.quoted for line in held):
        spans = spans_of(held)
        if len(spans) == 1:
            spans, _, _ = unmark(text, *spans[0])
        return Chunk("text", start, end, gap, spans, raw, block_quote=True)
    found = _bare_chunk(text, start, raw, gap=gap, listed=_pairs(held))
    found.block_quote = block_quote
    return found


def _bare_chunk(text: str, start: int, raw: str, *, gap: bool, listed: bool = False) -> Chunk:
    """Make a chunk of a text without the signs of a list or a block quote.

    Args:
        text: The document.
        start: Where the words begin.
        raw: The words.
        gap: A blank line stands before them.
        listed: They are a list of two columns, in which no dash leads to a source.
    """
    end = start + len(raw)
    where, parts = "", None
    if not listed and len(raw) < MAX_SEARCHED:
        where, parts = "after", find_tail(raw) or _below_year(raw)
        if parts is None:
            where, parts = "before", find_head(raw)
    if parts is None:
        spans, quoted, half = unmark(text, start, end)
        return Chunk("text", start, end, gap, spans, raw, quoted, half=half)
    body, claim_span, claim = parts
    spans, quoted, half = unmark(text, start + body.start, start + body.end)
    at = Span(start + claim_span.start, start + claim_span.end)
    m = MARKER.match(text[at.start : at.end])
    marker = m["marker"].strip() if m else ""
    return Chunk(
        "text", start, end, gap, spans, raw, quoted, False, claim, at, marker, where, half=half
    )


def _below_year(raw: str) -> tuple[Span, Span, Claim] | None:
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


def _pairs(held: list[Line]) -> bool:
    """Tell whether lines are a list of two columns: "The Ferryman – Ian Dunn"."""
    if len(held) < MIN_PAIRS:
        return False
    paired = sum(_PAIR.fullmatch(line.text) is not None for line in held)
    return paired >= MIN_PAIRS and 3 * paired >= 2 * len(held)


def _bracketed(raw: str) -> tuple[Span, Claim] | None:
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


def _from(spans: tuple[Span, ...], start: int) -> tuple[Span, ...]:
    """Let the first span begin behind the mark of a list."""
    return (Span(max(start, spans[0].start), spans[0].end), *spans[1:])


def _before(text: str, spans: tuple[Span, ...], at: int) -> tuple[Span, ...]:
    """Cut spans off at the source behind them."""
    cut = [Span(one.start, min(one.end, at)) for one in spans if one.start < at]
    bare = [Span(one.start, one.start + len(text[slice(*one)].rstrip())) for one in cut]
    return tuple(one for one in bare if one.start < one.end)


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
    if not _LINK_THEN_MARK.search(raw, 2, 300):
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


def unmark(text: str, start: int, end: int) -> tuple[tuple[Span, ...], bool, bool]:
    """Take the outer quotation marks off a text; tell whether there were both, or one."""
    raw = text[start:end]
    if raw[-1:] in (".", ",") and raw[0] in ALL_MARKS and in_marks(raw[:-1]):
        raw, end = raw[:-1], end - 1  # «…», and the stop of the sentence behind it
    if not raw:
        return (), False, False
    if len(raw) > 2 and raw[0] in "*_" and raw[0] == raw[-1] and raw.count(raw[0]) == 2:
        return _trim(text, start + 1, end - 1), False, False  # emphasis, as Markdown has it
    first, last = raw[0] in ALL_MARKS, raw[-1] in ALL_MARKS
    whole = first and (in_marks(raw) or (last and raw.count(raw[0]) == 1))
    if whole:
        return _trim(text, start + 1, end - 1), True, False
    if last and not first and _odd(raw) and not _closes_own(raw):
        return _trim(text, start, end - 1), True, True
    if first and not last and _odd(raw) and not _closes_within(raw):
        return _trim(text, start + 1, end), True, True
    return (Span(start, end),), False, False


def _closes_own(raw: str) -> bool:
    """Tell whether the mark at a text's end closes a quotation within: als „Wortbruch“."""
    return any(one.closed and one.end == len(raw) for one in quotations(raw))


def _closes_within(raw: str) -> bool:
    """Tell whether the quotation that begins a text is closed, and words follow: “…”, so Keel."""
    outer = next((one for one in quotations(raw) if one.depth == 0), None)
    if outer is None or outer.start != 0 or not outer.closed:
        return False
    return sum(map(str.isalpha, raw[outer.end :])) > MIN_BEHIND


def _odd(raw: str) -> bool:
    """Tell whether a text has one outer mark more than it should."""
    if raw[-1] == '"' or raw[0] == '"':
        return raw.count('"') % 2 == 1
    opened = sum(raw.count(mark) for mark in "“«„")
    return opened != raw.count("”") + raw.count("»") and raw.count("'") < 2


def _trim(text: str, start: int, end: int) -> tuple[Span, ...]:
    piece = text[start:end]
    bare = piece.strip()
    if not bare:
        return ()
    lead = len(piece) - len(piece.lstrip())
    return (Span(start + lead, start + lead + len(bare)),)
