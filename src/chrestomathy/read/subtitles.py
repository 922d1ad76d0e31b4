"""SubRip and WebVTT subtitles → a transcript: who speaks, in whole sentences, with the times.

``cues.py`` reads what is shown when. Here cues that go on are joined to turns and paragraphs;
the time of each cue is a place to cite. A name that a line begins with is a speaker's where it
is printed as one; it holds until somebody else speaks, or, where most of a film's lines have
no name, to the end of the sentence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from chrestomathy.errors import InputError
from chrestomathy.read.canvas import Canvas, Run
from chrestomathy.read.cues import Cue, Line, Track, read_track
from chrestomathy.read.encoding import decode_text
from chrestomathy.read.inputs import Raw, left_out
from chrestomathy.records import BlockKind, Document, LeftOut
from chrestomathy.textkit.turns import WAYS, is_label, name_of

MAX_BYTES = 10_000_000
"""Longest file: the subtitles of a whole day are a fifth of it."""
MAX_LINES = 100_000
MAX_LINE_CHARS = 5_000
"""Longest line; what is shown at once has 100."""
PAUSE_S = 2.5
"""Silence after a sentence from which on a paragraph ends; chosen by hand."""
LONG_CHARS = 700
"""Length of a paragraph that ends with its next sentence; chosen by hand."""
VERY_LONG_CHARS = 1400
"""Length at which a paragraph ends without one: captions by machine have no stops."""
MIN_NAMED_SHARE = 0.1
"""Least share of cues with a name where a name holds until the next; chosen by hand."""
_SENTENCE_END = re.compile(r"(?:[.!?。！？]|…|\.\.\.)[\"'”’»)\]]*\Z")
_WIDE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


@dataclass(slots=True)
class _Turn:
    """What one person says, or nobody knows who, as it grows."""

    name: str | None
    run: Run = field(default_factory=Run)
    ended: float = 0.0


def read_subtitles(
    raw: Raw, *, id_: str, declared: str | None, media_type: str
) -> Iterator[Document | LeftOut]:
    """Read a file of subtitles.

    Args:
        raw: The file.
        id_: The digest of its bytes.
        declared: The charset that a server declares.
        media_type: Of which sort it is.

    Raises:
        InputError: It is too long, or no text.
    """
    if len(raw.data) > MAX_BYTES:
        raise InputError(
            f"these subtitles are {len(raw.data):,} bytes long and at most {MAX_BYTES:,} are read",
            fix="Split them.",
        )
    decoded = decode_text(raw.data, declared=declared)
    if decoded.text.count("\n") > MAX_LINES:
        raise InputError(f"these subtitles have more than {MAX_LINES:,} lines", fix="Split them.")
    if max(map(len, decoded.text.splitlines()), default=0) > MAX_LINE_CHARS:
        raise InputError(
            f"these are no subtitles: a line has more than {MAX_LINE_CHARS:,} characters",
            fix="Give it as plain text.",
        )
    track = read_track(decoded.text)
    canvas = Canvas()
    for turn in _turns(_told(track.cues)):
        kind: BlockKind = "speech" if turn.name else "paragraph"
        canvas.add(kind, turn.run, speaker=turn.name, name=turn.name)
    if not canvas.blocks:
        yield left_out(raw.origin, "there are no subtitles in it", "Give a file with cues in it.")
        return
    text = canvas.text
    yield Document(
        id=id_,
        origin=raw.origin,
        media_type=media_type,
        language=track.language,
        text=text,
        blocks=tuple(canvas.blocks),
        notes=(*decoded.notes, *_notes(track)),
        loci=canvas.loci(text),
        speaker_spans=tuple(canvas.speaker_spans),
    )


def _notes(track: Track) -> Iterator[str]:
    yield f"subtitles: {len(track.cues)} cues joined to sentences"
    if track.n_repeated:
        yield f"subtitles: {track.n_repeated} lines that rolling captions repeat left out"
    if track.n_sounds:
        yield f"subtitles: {track.n_sounds} descriptions of sounds left out"


def _head(line: Line) -> tuple[str, str] | None:
    """Part a line at the name that it seems to begin with."""
    if ":" not in line.text and "：" not in line.text:
        return None
    for way in ("colon", "wide"):
        m = WAYS[way].match(f"{line.text} ")
        if m and not is_label(name_of(m)):
            return name_of(m), line.text[m.end() :].strip()
    return None


class _Told(NamedTuple):
    """A line, who says it as far as it tells, and its words."""

    cue: Cue
    first: bool
    """Of its cue."""
    dashed: bool
    name: str | None
    words: str


def _told(cues: Sequence[Cue]) -> list[_Told]:
    """Tell of each line who says it.

    The head of a line is a name where it is printed in capitals, or met more than once.
    """
    heads = [[_head(line) for line in cue.lines] for cue in cues]
    met = Counter(head[0] for row in heads for head in row if head)
    found = []
    for cue, row in zip(cues, heads, strict=True):
        for i, (line, head) in enumerate(zip(cue.lines, row, strict=True)):
            name, words = line.voice, line.text
            if head and (met[head[0]] > 1 or _is_in_capitals(head[0])):
                name, words = head
            found.append(_Told(cue, i == 0, line.dashed, name, words))
    return found


def _is_in_capitals(name: str) -> bool:
    return name.isupper() and len(name) > 1 and not _WIDE.search(name)


def _turns(told: Sequence[_Told]) -> Iterator[_Turn]:
    """Join lines to what one person says without a break."""
    n_cues = sum(one.first for one in told)
    named = [one for one in told if one.name]
    lasting = len(named) >= MIN_NAMED_SHARE * n_cues and len({one.name for one in named}) > 1
    turn = _Turn(None)
    for one in told:
        pause = one.cue.start - turn.ended if one.first else 0.0
        if _is_other(turn, one, lasting=lasting) or _is_long(turn, pause):
            if turn.run.parts:
                yield turn
            turn = _Turn(one.name or (turn.name if lasting and not one.dashed else None))
        if one.first or not turn.run.parts:
            turn.run.mark("section", _clock(one.cue.start))
        _write(turn.run, one.words)
        turn.ended = one.cue.end
    if turn.run.parts:
        yield turn


def _is_other(turn: _Turn, one: _Told, *, lasting: bool) -> bool:
    """Tell whether a line begins the turn of another, or of nobody known."""
    if one.dashed or (one.name is not None and one.name != turn.name):
        return True
    finished = bool(turn.run.parts and _SENTENCE_END.search(turn.run.parts[-1][-5:]))
    return one.name is None and turn.name is not None and not lasting and finished


def _is_long(turn: _Turn, pause: float) -> bool:
    """Tell whether a paragraph ends before the next line."""
    if _SENTENCE_END.search(turn.run.parts[-1][-5:] if turn.run.parts else ""):
        return turn.run.length > LONG_CHARS or pause >= PAUSE_S
    return turn.run.length > VERY_LONG_CHARS


def _write(run: Run, words: str) -> None:
    """Join a line to what stands before: with a space, where the script has spaces."""
    if run.last and not (_WIDE.match(run.last) and _WIDE.match(words)):
        run.write(" ")
    run.write(words)


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
