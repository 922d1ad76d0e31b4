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
from itertools import pairwise

from chrestomathy.lift.clauses import sentence_start
from chrestomathy.lift.cues import BESIDE, SAYING, Cue, cue_after, cue_before
from chrestomathy.lift.draft import Draft
from chrestomathy.lift.layout import Line, Paragraph, lines
from chrestomathy.lift.lexicon.grammar import REFLEXIVE
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
_INNER_TURN = re.compile(r"(?<=[.!?…:]\s)[—–―][^\S\n](?=[^\W\d_a-zà-ÿ])")
"""A turn that begins within a paragraph, as news in Polish and Norwegian prints it."""
_DASH = re.compile(r"\s{0,9}[—–―]\s*|\s{1,9}--?\s+")
_PAUSE = re.compile(r"(?P<stop>[,!?…])\s+")
_COMMA = re.compile(r"\s?,\s+")
_FIRST_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NARRATED = re.compile(r"\w+(?:л|ла|лся|лась|ли|лись|вся|лася|ó|ou|eu|iu)")
"""The past tense of a story's verbs that no table has, in Russian, Spanish and Portuguese."""
_PAUSES = frozenset(",!?….")
MAX_TOLD = 30
"""Longest "he added." behind a dash that names nobody, in characters; chosen by hand."""
DASH_AND_GAP = 4
"""Most characters of a dash and the spaces around it."""
_SPEAKS = re.compile(
    r"""
    (?<!\w)(?i:
      I|me|my|we|us|our|you|your|yours|thou|thee|thy
      |je|j['’]\w+|tu|t['’]\w+|vous|nous|c['’]est|votre|vos|notre|nos|mon|ton|moi|toi
      |yo|tú|usted|ustedes|nosotros|mi|mis|tus?|me|te|nos
      |io|voi|noi|mio|tuo|lei
      |jag|du|vi|ni|mig|dig|min|din|er|jeg|meg|deg|mit|dit|I
      |я|ты|вы|мы|мне|тебе|вам|нам|мой|твой|ваш
      |eu|tu|noi|voi|mea|ta|meu|vostru
    )(?!\w)
    | [!?]\Z
    """,
    re.VERBOSE,
)
"""What shows that somebody speaks again behind "he said,": to someone, or of himself."""
_RESUMES = re.compile(
    r"(?:qu['’e]|mais|car|puisque|parce|si|ce|cela|ça|pero|porque|ma|perché|mas)(?!\w)"
)
"""How a clause goes on that "soupira Mathilde," parted: "qu'on aurait pu…"."""
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
    parted = _INNER_TURN.search(text) is not None
    if not parted and _LINE.match(text) is None and _LATER_LINE.search(text) is None:
        return []
    tokenised = is_tokenised(text)
    turns = [
        span
        for block in blocks
        if tokenised or _LINE.match(text, block.start) or _has_later(text, block)
        for turn in _turns(text, block, tokenised)
        for span in (_parted(text, turn) if parted and not tokenised else [turn])
    ]
    inner: list[Draft] = []
    if parted and not tokenised:
        inner = [draft for block in blocks for draft in _inner_turns(text, block)]
    drafts = [draft for turn in turns if (draft := _draft(text, turn, keep_dash=tokenised))]
    drafts = sorted([*drafts, *inner], key=lambda one: one.spans[0])
    told = [one for one in drafts if one.attribution.span is not None]
    if len(turns) < MIN_TURNS or _is_list(text, turns):
        return [] if tokenised else told
    return drafts if len(told) >= MIN_TOLD_SHARE * len(drafts) else []


def _has_later(text: str, block: Paragraph) -> bool:
    """Tell whether a later line of a paragraph begins with a dash."""
    return _LATER_LINE.search(text, block.start, block.end) is not None


def told_turns(text: str, blocks: Sequence[Paragraph]) -> int:
    """Count the turns with a dash that name their speaker."""
    return sum(one.attribution.span is not None for one in lift_dialogues(text, blocks))


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


def _parted(text: str, turn: Span) -> list[Span]:
    """Part a turn where another begins that has its own speaker: "– A, sier X. – B, sier Y."."""
    starts = [turn.start]
    inner = [m.start() for m in _INNER_TURN.finditer(text, turn.start + 1, turn.end)]
    for at, end in pairwise([*inner, turn.end]):
        if _by_comma(text, *_inside(text, Span(at, end)))[1] is not None:
            starts.append(at)
    return [Span(*edge) for edge in pairwise([*starts, turn.end])]


def _inner_turns(text: str, block: Paragraph) -> list[Draft]:
    """Lift what a dash opens within a paragraph of news, if its sentence says who speaks."""
    if block.kind not in ("paragraph", "line", "item") or _TURN.match(text, block.start):
        return []
    inner = [m.start() for m in _INNER_TURN.finditer(text, block.start, block.end)]
    found: list[Draft] = []
    for at, end in pairwise([*inner, block.end]):
        start = _inside(text, Span(at, end)).start
        cut = text.find("\n", start, end)
        draft = _draft(text, Span(at, cut if cut >= 0 else end), keep_dash=False, whole=False)
        if draft is not None and draft.attribution.span is not None:
            found.append(draft)
    return found


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


def _draft(text: str, turn: Span, *, keep_dash: bool, whole: bool = True) -> Draft | None:
    """Make a draft of a turn; where it is not its ``whole`` line, the narrator goes on behind it."""
    start, end = _inside(text, turn)
    pieces, cue = _by_dashes(text, start, end)
    if cue is None and len(pieces) == 1:
        pieces, cue = _by_comma(text, start, end)
        if not whole and cue is not None and pieces[-1].start > cue.clause.end:
            pieces = pieces[:1]
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
    broken = False
    edges = [(m.start(), m.end()) for m in _DASH.finditer(text, start, end)]
    for left, right in [*edges, (end, end)]:
        told = at > start and _tells(text, at, left)
        found = cue_after(text, at, left, ends=",") if told else None
        if found is not None:
            cue = cue or found
        elif at > start and (_breaks_in(text, at) or (told and left - at < MAX_TOLD)):
            broken = True
        else:
            pieces.append(Span(at, left))
        at = right
    return (pieces, cue) if cue or broken else ([Span(start, end)], None)


def _tells(text: str, at: int, end: int) -> bool:
    """Tell whether a verb of saying, or of a story, begins what stands behind a dash."""
    first = _FIRST_WORDS.findall(text, at, min(end, at + 40))[:3]
    if any(word in SAYING for word in first):
        return True
    verb = next((word for word in first if word not in REFLEXIVE), "")
    if verb in BESIDE or not verb.islower():
        return verb in BESIDE
    before = text[at - DASH_AND_GAP : at].rstrip("—–―- \t\u00a0")
    return before[-1:] in _PAUSES and _NARRATED.fullmatch(verb) is not None


def _breaks_in(text: str, at: int) -> bool:
    """Tell whether the narrator breaks in behind a dash that Spanish sets close: "—No —gruñó"."""
    return text[at : at + 1].islower() and text[at - 1] in "—–―" and text[at - 2].isspace()


def _by_comma(text: str, start: int, end: int) -> tuple[list[Span], Cue | None]:
    """Find the narrator behind a comma: "Oui, dit-elle. Demain."."""
    for i, m in enumerate(_PAUSE.finditer(text, start, end)):
        if i >= MAX_TRIES:
            break
        cue = cue_after(text, m.end(), end, ends=m["stop"])
        if cue is not None and cue.clause.start <= m.end() + 1:
            told = cue.clause.end - (text[cue.clause.end - 1] in ".!?…")
            stop = _SENTENCE_END.search(text, told, end)
            rest = stop.end() if stop else end
            for comma in _COMMA.finditer(text, cue.clause.end, rest):
                if _RESUMES.match(text, comma.end()) or _SPEAKS.search(text, comma.end(), rest):
                    rest = comma.end()
                    break
            again = _DASH.match(text, rest)
            return [Span(start, m.start() + 1), Span(again.end() if again else rest, end)], cue
    return [Span(start, end)], None


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \t\r\n\u00a0.,;:":
        start += 1
    while end > start and text[end - 1] in " \t\r\n\u00a0":
        end -= 1
    return Span(start, end)
