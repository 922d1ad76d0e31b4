"""Dialogue with dashes, as novels in French, Spanish, Italian, Portuguese and Russian print it.

``— Oui, dit-elle. Demain.`` / ``—No sé —dijo ella—. Tal vez.`` / ``— Да, — сказал он, — завтра.``
A line that begins with a dash is a turn; the narrator's "she said" inside it is its cue, between
dashes or behind a comma. Only in texts with several such lines and none of them a source line.

A tokenised text (`textkit.marks.is_tokenised`), as corpora are, has a line for each sentence and
no paragraphs: there a turn goes on as long as its sentences speak to someone, may begin behind
"he cried :", and keeps its dash, which such corpora label as the first token of the turn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice

from chrestomathy.lift.clauses import sentence_start
from chrestomathy.lift.cues import SAYING, Cue, cue_after, cue_before
from chrestomathy.lift.draft import Draft
from chrestomathy.lift.layout import Line, Paragraph, lines
from chrestomathy.lift.speakers import is_name
from chrestomathy.records import Attribution, Span
from chrestomathy.textkit.marks import is_tokenised

MIN_TURNS = 3
"""Fewest lines with a dash that make a dialogue; chosen by hand."""
MIN_TOLD_SHARE = 0.15
"""Least share of the turns that name their speaker: a list of measures has dashes too. In five
languages' novels a quarter or more do; in the lists of state papers one in twenty seems to."""
MAX_TRIES = 6
"""How many commas of a turn are tried for a cue behind them."""

_TURN = re.compile(r"(?:[—–―]|--?)[ \t\u00a0]*(?=[\w¡¿«“\"…])(?!(?:[IVXLC]{1,6}|\d{1,4})\s?[—–―-])")
"""The dash of a turn; not of "— IV —", which numbers a chapter or a page."""
_LINE = re.compile(r"[^\S\n]*(?:[—–―]|--?)[^\S\n]*[\w¡¿«“\"…]")
_LATER_LINE = re.compile(rf"\n{_LINE.pattern}")
_DASH = re.compile(r"\s{0,9}[—–―]\s*|\s{1,9}--?\s+")
_PAUSE = re.compile(r"(?P<stop>[,!?…])\s+")
_COMMA = re.compile(r"\s?,\s+")
_FIRST_WORDS = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?…]\s+|[.!?…]?\Z")
_ENDS = frozenset('.!?…»”"')
_ANNOUNCED = re.compile(r"(?<= : )[—–―]\s(?=\w)")
"""A turn behind "he called out : " in a tokenised text."""
_SPEAKING = re.compile(
    r"\b(?i:I|me|my|we|us|our|you|your|yours|thou|thee|thy)\b|[!?]\Z|\s['’](?:s|re|ll|m)\s(?=not?\b)"
)
_NARRATING = re.compile(r"(?:He|She|They|It|[A-Z]\w+(?:\s[A-Z]\w+)?)\s(?:\w+\s){0,2}?\w+ed\b")
"""How a sentence of the narrator begins: "Stephen nodded", "He shaved warily"."""
MAX_UNSURE = 2
"""Sentences that show neither speech nor narration and may stand between two of speech."""


def lift_dialogues(text: str, blocks: Sequence[Paragraph]) -> list[Draft]:
    """Lift the turns of a dialogue with dashes."""
    first = _LINE.match(text) is not None
    if first + sum(1 for _ in islice(_LATER_LINE.finditer(text), MIN_TURNS)) < MIN_TURNS:
        return []
    tokenised = is_tokenised(text)
    turns = [span for block in blocks for span in _turns(text, block, tokenised)]
    if len(turns) < MIN_TURNS or _is_list(text, turns):
        return []
    drafts = [draft for turn in turns if (draft := _draft(text, turn, keep_dash=tokenised))]
    told = sum(1 for one in drafts if one.attribution.span is not None)
    return drafts if told >= MIN_TOLD_SHARE * len(drafts) else []


def _turns(text: str, block: Paragraph, tokenised: bool) -> list[Span]:
    """Cut a paragraph at its lines that begin with a dash."""
    if block.kind not in ("paragraph", "line", "item"):
        return []
    if not _TURN.match(text, block.start, block.end) and "\n" not in text[block.start : block.end]:
        return []
    held = lines(text, block)
    begins = [start for line in held if (start := _begins(line, tokenised)) is not None]
    first = [i for i, line in enumerate(held) if _begins(line, tokenised) is not None]
    if first == [0]:
        return [Span(block.start, held[-1].end)]
    last = [_last_line(held, i, tokenised) for i in first]
    return [Span(start, held[i].end) for start, i in zip(begins, last, strict=True)]


def _begins(line: Line, tokenised: bool) -> int | None:
    """Find where a turn begins in a line: at its head, or behind a colon."""
    if _TURN.match(line.text):
        return line.start
    announced = _ANNOUNCED.search(line.text) if tokenised else None
    return line.start + announced.start() if announced else None


def _last_line(held: Sequence[Line], i: int, tokenised: bool) -> int:
    """Find the line that ends a turn among others: with a sentence, or before the next dash."""
    while i + 1 < len(held) and (held[i].text[-1] not in _ENDS or held[i + 1].text[0].islower()):
        if _begins(held[i + 1], tokenised) is not None:
            break
        i += 1
    return _spoken_on(held, i) if tokenised else i


def _spoken_on(held: Sequence[Line], i: int) -> int:
    """Find the last sentence that still speaks, where nothing shows the end of a paragraph."""
    last = i
    for j in range(i + 1, len(held)):
        line = held[j].text
        if _begins(held[j], True) is not None or j - last > MAX_UNSURE + 1:
            break
        if _SPEAKING.search(line):
            last = j
        elif _NARRATING.match(line):
            break
    return last


def _is_list(text: str, turns: Sequence[Span]) -> bool:
    """Tell whether the lines are a list of things or names: few of them are sentences."""
    ended = sum(text[end - 1] in '.!?…»”"' for _, end in turns)
    names = sum(is_name(text[slice(*_inside(text, turn))]) for turn in turns)
    return 3 * ended < 2 * len(turns) or 2 * names > len(turns)


def _inside(text: str, turn: Span) -> Span:
    m = _TURN.match(text, turn.start)
    return Span(m.end() if m else turn.start, turn.end)


def _draft(text: str, turn: Span, *, keep_dash: bool) -> Draft | None:
    start, end = _inside(text, turn)
    pieces, cue = _by_dashes(text, start, end)
    if cue is None:
        pieces, cue = _by_comma(text, start, end)
    if cue is None and keep_dash:
        cue = cue_before(text, sentence_start(text, 0, turn.start), turn.start)
    if keep_dash:
        pieces[0] = Span(turn.start, pieces[0].end)
    spans = tuple(span for a, b in pieces if (span := _trim(text, a, b)).start < span.end)
    if not spans:
        return None
    if cue is None:
        return Draft(
            spans=spans,
            mode="direct",
            rule="dialogue-dash",
            confidence=0.7,
            flags=("no-attribution",),
        )
    speaker = " ".join(text[slice(*cue.speaker)].split())
    return Draft(
        spans=spans,
        mode="direct",
        rule=f"dialogue-dash+cue-{cue.side}",
        confidence=0.8,
        attribution=Attribution(
            speaker=None if cue.pronoun else speaker,
            speaker_span=cue.speaker,
            raw=text[slice(*cue.clause)],
            span=cue.clause,
        ),
        flags=("pronoun-unresolved",) if cue.pronoun else (),
    )


def _by_dashes(text: str, start: int, end: int) -> tuple[list[Span], Cue | None]:
    """Part a turn at its inner dashes; a part that begins with a verb of saying is the cue."""
    pieces: list[Span] = []
    cue: Cue | None = None
    at = start
    edges = [(m.start(), m.end()) for m in _DASH.finditer(text, start, end)]
    for left, right in [*edges, (end, end)]:
        first = _FIRST_WORDS.findall(text, at, min(left, at + 40))[:3]
        told = at > start and any(word in SAYING for word in first)
        found = cue_after(text, at, left, ends=",") if told else None
        if found is not None:
            cue = cue or found
        else:
            pieces.append(Span(at, left))
        at = right
    return (pieces, cue) if cue else ([Span(start, end)], None)


def _by_comma(text: str, start: int, end: int) -> tuple[list[Span], Cue | None]:
    """Find the narrator behind a comma: "Oui, dit-elle. Demain."."""
    for i, m in enumerate(_PAUSE.finditer(text, start, end)):
        if i >= MAX_TRIES:
            break
        cue = cue_after(text, m.end(), end, ends=m["stop"])
        if cue is not None and cue.clause.start <= m.end() + 1:
            stop = _SENTENCE_END.search(text, cue.clause.end, end)
            rest = stop.end() if stop else end
            comma = _COMMA.match(text, cue.clause.end)
            if comma and _SPEAKING.search(text, comma.end(), rest):  # "he said, you old fool!"
                rest = comma.end()
            return [Span(start, m.start() + 1), Span(rest, end)], cue
    return [Span(start, end)], None


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \t\r\n\u00a0.,;:":
        start += 1
    while end > start and text[end - 1] in " \t\r\n\u00a0":
        end -= 1
    return Span(start, end)
