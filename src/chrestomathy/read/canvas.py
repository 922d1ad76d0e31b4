"""The one text of a document in the making: blocks, places and speakers with their offsets.

Readers of marked-up formats (``tei.py``, ``subtitles.py``, ``mail.py``) write on it from top to
bottom. A `Run` is the text of one block before it is finished: white space collapses as it
comes, and marks keep the place at which a page or a verse begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from chrestomathy.read.loci import crossed
from chrestomathy.records import Block, BlockKind, Locus, Span, SpeakerSpan

APART = "\n\n"
"""What stands between two blocks."""

Mark = tuple[str, str | None, int]
"""Row (such as ``page``), what begins (None: nothing more), and where."""


@dataclass(slots=True)
class Run:
    """Text that is being gathered for one block."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)
    led: bool = False
    """White space stood before its first word."""
    _space: bool = False

    def write(self, text: str) -> None:
        """Append text; a row of white space becomes one space, and none begins a block."""
        words = text.split()
        if not words:
            self._space = self._space or bool(text)
            return
        if text[0].isspace():
            self._space = True
        self.led = self.led or (self._space and not self.parts)
        self._put(" ".join(words))
        self._space = text[-1].isspace()

    def join(self) -> None:
        """Forget white space that stands last: what comes next belongs to the same word."""
        self._space = False

    def end_line(self) -> None:
        """Begin a new line."""
        if self.parts:
            self._space = False
            self.parts.append("\n")
            self.length += 1

    def mark(self, row: str, ref: str | None) -> None:
        """Note that a place begins with what is written next."""
        self.marks.append((row, ref, self.length + (self._space and self.length > 0)))

    def add(self, other: Run) -> None:
        """Append another run with its marks."""
        if not other.parts:
            self._space = self._space or other._space
            self.marks += [(row, ref, self.length) for row, ref, _ in other.marks]
            return
        if self._space or other.led:
            self._space = True
            self._put("")
        self.marks += [(row, ref, self.length + at) for row, ref, at in other.marks]
        self._put("".join(other.parts))
        self._space = other._space

    @property
    def last(self) -> str:
        """The last character; a space where one is due; empty at the beginning."""
        if self._space:
            return " "
        return self.parts[-1][-1:] if self.parts else ""

    def _put(self, text: str) -> None:
        if self._space and self.parts and not self.parts[-1].endswith("\n"):
            text = f" {text}"
        self._space = False
        if text:
            self.parts.append(text)
            self.length += len(text)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self.parts)


@dataclass(slots=True)
class Canvas:
    """The text so far and what stands where in it."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    blocks: list[Block] = field(default_factory=list)
    speaker_spans: list[SpeakerSpan] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def add(
        self,
        kind: BlockKind,
        run: Run | str,
        *,
        level: int | None = None,
        gap: str = APART,
        speaker: str | None = None,
        name: str | None = None,
    ) -> Span | None:
        """Write one block.

        Args:
            kind: What it is.
            run: Its text; white space at its ends is left off.
            level: Of a heading, a quote, an item.
            gap: What parts it from the block before.
            speaker: Who says it.
            name: The speaker's name as it is printed before the words; None: it is not.

        Returns:
            Where the words stand; None where there are none.
        """
        words = run.text if isinstance(run, Run) else run
        lead = len(words) - len(words.lstrip())
        words = words.strip()
        marks = run.marks if isinstance(run, Run) else []
        if not words:
            self.marks += [(row, ref, self.length) for row, ref, _ in marks]
            return None
        if self.length:
            self._write(gap)
        start = self.length
        if name:
            self._write(f"{name}: ")
        at = self.length
        for row, ref, where in marks:
            self.marks.append((row, ref, at + where - lead if where > lead else start))
        self._write(words)
        self.blocks.append(Block(kind=kind, level=level, start=start, end=self.length))
        if speaker:
            self.speaker_spans.append(SpeakerSpan(speaker, at, self.length))
        return Span(at, self.length)

    def go_on(self, run: Run | str, *, gap: str = "\n") -> None:
        """Write on in the last block, as the next line of the same verse or speech."""
        last, n_spans = self.blocks.pop(), len(self.speaker_spans)
        spoken = bool(n_spans and self.speaker_spans[-1].end == last.end)
        if self.add(last.kind, run, gap=gap) is None:
            self.blocks.append(last)
            return
        self.blocks[-1] = replace(last, end=self.length)
        if spoken:
            self.speaker_spans[-1] = self.speaker_spans[-1]._replace(end=self.length)

    def mark(self, row: str, ref: str | None) -> None:
        """Note that a place begins with the next block."""
        self.marks.append((row, ref, self.length))

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self.parts)

    def loci(self, text: str) -> tuple[Locus, ...]:
        """Return the places; where there are sections and pages, a place is both."""
        rows = [row for name in ("section", "page") if (row := self._row(name, text))]
        return crossed(text, *rows) if len(rows) == 2 else tuple(*rows)

    def _row(self, name: str, text: str) -> Sequence[Locus]:
        marks = [(ref, at) for row, ref, at in self.marks if row == name]
        ends = [at for _, at in marks[1:]] + [len(text)]
        found: list[Locus] = []
        for (ref, at), end in zip(marks, ends, strict=bool(marks)):
            piece = text[at:end]
            start = at + len(piece) - len(piece.lstrip())
            if ref and piece.strip():
                last = at + len(piece.rstrip())
                if found and found[-1].ref == ref:
                    start = found.pop().start
                found.append(Locus(ref, start, last))
        return tuple(found)
