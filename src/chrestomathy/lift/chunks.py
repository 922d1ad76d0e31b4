"""A page in chunks: texts, attribution lines, separators, headings, in order.

A chunk is a candidate for one passage or one attribution. Lines are joined to a text until an
attribution line, a line of separators, or the end of a quotation that ends with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from chrestomathy.lift.attribution import (
    MARKER,
    MAX_LINE,
    WORD_MARKER,
    WORDS_BEFORE,
    parse_claim,
    stands_for_last,
)
from chrestomathy.lift.chunk import ENDS, MAX_PLAIN, SURE, Chunk, Role, unmark
from chrestomathy.lift.dates import find_dates
from chrestomathy.lift.habits import (
    FREE_DASH,
    Habits,
    is_dated_below,
    is_dated_head,
    is_dated_kind,
    is_dated_source,
    is_named_above,
    is_own_source,
    is_signed_below,
    learn_habits,
)
from chrestomathy.lift.layout import Line, Paragraph, lines, spans_of
from chrestomathy.lift.lexicon.calendar import DAYS_OF_WEEK
from chrestomathy.lift.speakers import is_name
from chrestomathy.lift.tables import MIN_ROWS, read_row, read_table
from chrestomathy.lift.tails import (
    LINK_THEN_MARK,
    find_below_year,
    find_head,
    find_tail,
    source_in_brackets,
)
from chrestomathy.records import Span
from chrestomathy.textkit.marks import ALL_MARKS, in_marks

MAX_DAY = 40
"""Longest line of a day of the week and its date; chosen by hand."""

MAX_SEARCHED = 20_000
"""Longest text that is searched for an attribution of its own, in characters."""

WRAPPED, LONG = 55, 110
"""Shortest and longest line that was wrapped; a longer one is a paragraph; chosen by hand."""

MAX_LIST = 100
"""Most lines of a paragraph that is looked at as a list below a heading: time stays linear."""

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

LIST_NUMBER = re.compile(r"(?P<n>\d{1,3})\s?[.)、．]\s*(?=\D)")
"""The number of a list before a passage: "3. Plant first", not "3.5 million"."""

_COUNTED_HEAD = re.compile(r"[一二三四五六七八九十]{1,3}、[^。！？]+\Z")
"""A heading that Chinese counts: "一、关于学校"."""

_DAY_NUMBER = re.compile(r"[^\W\d_]+,?\s\d{1,2}(?:\.|\s{2,}|\s?[·|—–]|$)")
"""How a calendar's page begins: "LUNES 4  ·  S. Rigoberto"."""

_PAIR = re.compile(
    r"(?:[^\W\d_][^\s.!?…”]*|“[^“”]{1,20}”)(?:\s[^\s.!?…”]+){0,4}\s[–—-]\s[^–—]{2,40}"
)
"""A line of a list in two columns: "The Ferryman – Ian Dunn"."""

MIN_PAIRS = 3
"""How many such lines make a list; chosen by hand."""

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
    habits = learn_habits(text, blocks, marker)
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
    if text[end - 1] in ENDS:
        return block
    while (cut := text.rfind("\n", block.start, end)) >= 0 and _SHARES.match(text, cut + 1, end):
        end = cut
    return block if end == block.end else replace(block, end=end)


def _ends_entry(pending: list[Line], following: Line, habits: Habits) -> bool:
    """Tell whether a list's next number, or the source in brackets behind a line, ends an entry."""
    if habits.dated and LIST_NUMBER.match(following.text):
        return True
    first = pending[0].text
    if habits.dashes and len(pending) == 1 and FREE_DASH.search(following.text):
        return find_tail(first) is not None and find_tail(following.text) is not None
    if first[0] in ALL_MARKS and pending[-1].text[-1] in ")）":
        return find_tail("\n".join(line.text for line in pending)) is not None
    found = source_in_brackets(pending[-1].text) if habits.bracketed else None
    return found is not None and is_dated_kind(found[1])


def _of_block(text: str, block: Paragraph, last: Chunk | None, habits: Habits) -> Iterator[Chunk]:
    whole = habits.plain and not habits.dated and block.kind in _OF_LINES
    if whole and _is_whole(text, block, dashes=habits.dashes):
        raw = text[block.start : block.end].rstrip()
        if not habits.bracketed:
            yield _bare_chunk(text, block.start, raw, gap=True)
            return
        line = Line(block.start, block.start + len(raw), raw, 0)
        yield text_chunk(text, block, [line], habits, gap=True)
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
        yield read_row(text, block) or separator
        return
    if block.kind == "attribution":
        yield attribution_chunk(text, held, gap=True)
        return
    if len(held) >= MIN_ROWS and all("\t" in line.text for line in held[1:]):
        yield from read_table(text, held)
        return
    if cut := _nested(held):
        words = [_without(held[0], _BULLET), *held[1:cut]]
        yield text_chunk(text, block, words, Habits(), gap=True)  # their source is the bullet
        yield attribution_chunk(text, [_without(held[cut], _INNER), *held[cut + 1 :]], gap=False)
        return
    yield from _of_lines(text, block, held, habits)


def _marked_heading(line: Line) -> Chunk | None:
    """Read a short line by itself behind a square or the like as a heading: "■ 仕事について"."""
    m = _HEADING_MARK.match(line.text)
    if m is None or len(line.text) > MAX_PLAIN or line.text[-1] in ENDS or line.text[-1] in ":：":
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
        LINK_THEN_MARK.search(text, start + 2, first)
        or (dashes and FREE_DASH.search(text, start, end))
    )


def _of_lines(text: str, block: Paragraph, held: list[Line], habits: Habits) -> Iterator[Chunk]:
    pending: list[Line] = []
    gap = True
    i = 0
    while i < len(held):
        line = held[i]
        width = _attribution_width(held, i, bool(pending), habits)
        named = _is_name_line(held, i, pending)
        named = named or (habits.names_above and i == 0 and is_named_above(held))
        if width or _is_separator(line) or named:
            if pending:
                yield text_chunk(text, block, pending, habits, gap=gap)
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
            yield text_chunk(text, block, pending, habits, gap=gap)
            pending, gap = [], False
    if pending:
        yield text_chunk(text, block, pending, habits, gap=gap)


def _attribution_width(held: list[Line], i: int, after_text: bool, habits: Habits) -> int:
    """Count the lines of an attribution that begins at line ``i``; 0 where none does."""
    line = held[i]
    if (
        i
        and i == len(held) - 1
        and (
            _in_brackets(line)
            or (habits.names_below and is_signed_below(held))
            or (habits.of_one and is_dated_below(held))
        )
    ):
        return 1
    if habits.dated_above and i == 0 and is_dated_head(held):
        return 1
    below_words = habits.dated and i and held[i - 1].text[-1] in ENDS
    if below_words and (is_dated_source(line.text) or stands_for_last(line.text)):
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
        and held[top].text[-1] not in ENDS
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
    if following.quoted and last.endswith(":"):
        return True  # "On 3 May, Ann Lee wrote:" and lines that begin with ">"
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
    if len(last) > LONG and last[-1] in ENDS:
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
    text: str, block: Paragraph, held: list[Line], habits: Habits, *, gap: bool
) -> Chunk:
    """Make a chunk of the lines of a text, its own attribution and marks taken off."""
    start, end = held[0].start, held[-1].end
    if item := _ITEM.match(held[0].text):
        start += item.end()
    raw = text[start:end]
    block_quote = block.kind == "quote" or held[0].quoted
    cut = source_in_brackets(raw) if block_quote or habits.bracketed else None
    if cut is not None and (
        block_quote or (habits.of_one and cut[1].date) or is_own_source(cut[1], block)
    ):
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
        where, parts = "after", find_tail(raw) or find_below_year(raw)
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


def _pairs(held: list[Line]) -> bool:
    """Tell whether lines are a list of two columns: "The Ferryman – Ian Dunn"."""
    if len(held) < MIN_PAIRS:
        return False
    paired = sum(_PAIR.fullmatch(line.text) is not None for line in held)
    return paired >= MIN_PAIRS and 3 * paired >= 2 * len(held)


def _from(spans: tuple[Span, ...], start: int) -> tuple[Span, ...]:
    """Let the first span begin behind the mark of a list."""
    return (Span(max(start, spans[0].start), spans[0].end), *spans[1:])


def _before(text: str, spans: tuple[Span, ...], at: int) -> tuple[Span, ...]:
    """Cut spans off at the source behind them."""
    cut = [Span(one.start, min(one.end, at)) for one in spans if one.start < at]
    bare = [Span(one.start, one.start + len(text[slice(*one)].rstrip())) for one in cut]
    return tuple(one for one in bare if one.start < one.end)
