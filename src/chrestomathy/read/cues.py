"""SubRip and WebVTT → cues: a time, and lines with who says them, tags and positions taken off."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMING = re.compile(rf"\s*(?P<start>{_TIME})\s*--?>\s*(?P<end>{_TIME})")
"""`00:00:01,000 --> 00:00:04,000`, `00:01.000 --> 00:04.000 align:start`."""
_TAG = re.compile(r"<(?P<tag>/?[a-zA-Z][^<>]{0,200}|/?|[\d:.]{5,15})>|\{\\[^{}]{1,60}\}")
"""`<i>`, `<c.loud>`, `<00:00:01.500>`, `{\\an8}`, not `3 < 4`."""
_VOICE = re.compile(r"<v(?:\.[\w.-]{1,60})?[ \t]+(?P<name>[^<>]{1,80})>")
"""`<v Ada Lin>`, `<v.loud Ada>`."""
SIGNS = {
    "vtt": re.compile(rb"WEBVTT(?:[ \t\r\n]|\Z)"),
    "srt": re.compile(rb"\s*\d{1,6}[ \t]*\r?\n" + _TIME.encode() + rb"[ \t]*-->"),
}
"""How the files begin, by their suffix."""
_BLOCKS = ("NOTE", "STYLE", "REGION", "WEBVTT", "X-TIMESTAMP-MAP")
_SOUND = re.compile(r"[(\[（【][^()\[\]（）【】]{1,80}[)\]）】]|[♪♫♬#]{1,3}(?=\s|$)")
"""`[applause]`, `(door slams)`, `♪`."""
_SOUND_SIGN = re.compile(r"[(\[（【♪♫♬#]")
MIN_ROLLING_SHARE = 0.4
"""Least share of cues that begin with the end of the one before, where captions roll; a
refrain repeats a line now and then. Chosen by hand."""
MIN_ROLLING = 4


class Line(NamedTuple):
    """One line of a cue."""

    text: str
    voice: str | None = None
    """Who says it, where a tag tells."""
    dashed: bool = False
    """It began with a dash or with ``>>``: somebody else speaks."""


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown at one time."""

    start: float
    """Seconds."""
    end: float
    lines: tuple[Line, ...]


@dataclass(slots=True)
class Track:
    """The cues of a file, and what was left out of them."""

    cues: list[Cue]
    n_sounds: int = 0
    n_repeated: int = 0
    language: str | None = None


def read_track(text: str) -> Track:
    """Read the cues of a file, in order of time; captions that roll come once."""
    track = Track([])
    for block in _blocks(text):
        at = next((i for i, one in enumerate(block[:3]) if _TIMING.match(one)), None)
        if at is None:
            if not block[0].startswith(_BLOCKS):
                _go_on(track, block)
            elif m := re.search(r"^Language:\s*([\w-]{2,12})\s*$", "\n".join(block), re.MULTILINE):
                track.language = m[1]
            continue
        track.cues += _cues(block[at:], track)
    track.cues.sort(key=lambda cue: cue.start)
    _unroll(track)
    return track


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in text.splitlines():
        if line.strip():
            block.append(line.strip("\ufeff"))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _go_on(track: Track, block: Sequence[str]) -> None:
    """Give lines behind an empty line, which a careless hand left, to the cue before."""
    if track.cues and not all(one.strip().isdigit() for one in block):
        last = track.cues[-1]
        track.cues[-1] = replace(last, lines=(*last.lines, *_lines(block, track)))


def _cues(block: Sequence[str], track: Track) -> Iterator[Cue]:
    """Read the cues of one block; several where the empty lines between them are missing."""
    timed = [(i, m) for i, one in enumerate(block) if (m := _TIMING.match(one))]
    for (i, m), (j, _) in pairwise([*timed, (len(block), timed[0][1])]):
        payload = block[i + 1 : j]
        if j < len(block) and payload and payload[-1].strip().isdigit():
            payload = payload[:-1]
        lines = tuple(_lines(payload, track))
        if lines:
            yield Cue(_seconds(m["start"]), _seconds(m["end"]), lines)


def _seconds(time: str) -> float:
    whole, _, rest = time.replace(",", ".").partition(".")
    seconds = 0
    for part in whole.split(":"):
        seconds = 60 * seconds + int(part)
    return seconds + int(rest.ljust(3, "0")) / 1000


def _lines(payload: Sequence[str], track: Track) -> Iterator[Line]:
    voice: str | None = None
    for raw in payload:
        at = 0
        for m in [*_VOICE.finditer(raw), None]:
            yield from _line(raw[at : m.start() if m else len(raw)], voice, track)
            if m:
                voice, at = " ".join(html.unescape(m["name"]).split()) or None, m.end()


def _line(raw: str, voice: str | None, track: Track) -> Iterator[Line]:
    text = html.unescape(_TAG.sub("", raw)) if "<" in raw or "{" in raw or "&" in raw else raw
    bare, n_sounds = _SOUND.subn(" ", text) if _SOUND_SIGN.search(text) else (text, 0)
    track.n_sounds += n_sounds
    bare = " ".join(bare.split())
    dashed = False
    for mark in (">>>", ">>", "–", "—", "‐", "-"):
        if bare.startswith(mark) and not bare.startswith("--"):
            bare, dashed = bare.removeprefix(mark).lstrip(), True
            break
    if any(c.isalnum() for c in bare):
        yield Line(bare, voice, dashed)


def _unroll(track: Track) -> None:
    """Take out what each cue of rolling captions repeats of the one before."""
    shared = [_n_shared(a.lines, b.lines) for a, b in pairwise(track.cues)]
    n_rolling = sum(n > 0 for n in shared)
    if n_rolling < MIN_ROLLING or n_rolling < MIN_ROLLING_SHARE * len(shared):
        return
    kept: list[Cue] = track.cues[:1]
    for cue, n in zip(track.cues[1:], shared, strict=True):
        track.n_repeated += n
        lines = cue.lines[n:]
        if not n and cue.lines and kept and (rest := _grown(kept[-1].lines, cue.lines)):
            lines = rest
            track.n_repeated += 1
        if lines:
            kept.append(replace(cue, lines=lines))
    track.cues = kept


def _n_shared(before: Sequence[Line], after: Sequence[Line]) -> int:
    """Count the lines at the end of one cue with which the next begins."""
    for n in range(min(len(before), len(after)), 0, -1):
        if [one.text for one in before[-n:]] == [one.text for one in after[:n]]:
            return n
    return 0


def _grown(before: Sequence[Line], after: Sequence[Line]) -> tuple[Line, ...]:
    """Return what a cue adds to the last line before, where it is the same line, longer."""
    last, first = before[-1].text, after[0]
    if first.text.startswith(f"{last} "):
        return (first._replace(text=first.text[len(last) :].lstrip()), *after[1:])
    return ()
