"""TEI XML → documents: verse, plays, letters, debates, with their speakers and places.

The file is read as it streams by (``xmlfeed.py``): a text at a time of a ``teiCorpus``. Of two
readings of the same words one is taken and the choice is noted; notes and stage directions
stand apart, after the block that they belong to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from chrestomathy.errors import InputError
from chrestomathy.read.canvas import APART, Canvas, Run
from chrestomathy.read.encoding import undo_mojibake
from chrestomathy.read.inputs import Raw, from_error, left_out
from chrestomathy.read.metadata import Metadata
from chrestomathy.read.teiheader import XML, Header
from chrestomathy.read.xmlfeed import HEAD_BYTES, Target, feed, refuse_deep, root_name
from chrestomathy.records import BlockKind, Document, LeftOut

MEDIA_TYPE = "application/tei+xml"
ROOTS = frozenset(("TEI", "TEI.2", "teiCorpus", "teiCorpus.2"))
_TEXTS = frozenset(("TEI", "TEI.2"))
_CORPORA = frozenset(("teiCorpus", "teiCorpus.2"))

_DROPPED = frozenset(
    """
    facsimile sourceDoc standOff xenoData fw figDesc graphic media formula notatedMusic index
    interp interpGrp spanGrp linkGrp timeline del surplus secl handShift listChange
    """.split()
)
"""Elements whose text is not the work's: running heads, pictures, what was struck out."""
_DIVISIONS = re.compile(r"div[0-7]?\Z")
_PLAIN = frozenset(
    """
    p ab byline dateline salute signed opener closer trailer argument docAuthor docDate
    docImprint docEdition imprimatur postscript address addrLine head titlePart label item
    castItem castGroup l speaker row seg-block bibl biblStruct biblFull
    """.split()
)
"""Elements that are a block of text each."""
_KINDS: dict[str, BlockKind] = {
    "head": "heading",
    "titlePart": "heading",
    "l": "line",
    "item": "item",
    "castItem": "item",
    "label": "item",
    "row": "table",
}
_HOLDERS = frozenset(("cit", "epigraph"))
_QUOTES = frozenset(("quote", "q", "said", "soCalled", "mentioned"))
_ASIDE = frozenset(("note", "stage", "kinesic", "vocal", "incident", "noteGrp"))
"""Elements that stand apart: footnotes, stage directions, applause."""
_NOTE_MARKS = frozenset(("note", "noteAnchor", "noteref", "footnote"))
_SPEECHES = frozenset(("sp", "u"))
_EITHER = {
    "choice": ("corr", "reg", "expan", "ex", "seg", "unclear"),
    "app": ("lem", "rdg", "rdgGrp"),
    "subst": ("add",),
}
"""Elements that give the same words twice, and which of their children is taken, best first."""
_OPENING, _CLOSING = "“‘", "”’"
_PRINTED = "\"“”„«»‘’‹›'—–"
"""What a quotation may begin with where the file keeps its marks."""
_VERSE_UNITS = frozenset(("verse", "v"))
MAX_HEADING = 6


@dataclass(slots=True)
class _Frame:
    """An open element."""

    name: str
    kind: BlockKind | None = None
    """The kind of the blocks directly in it, where it says."""
    block: bool = False
    """Its end ends a block."""
    inline_mark: str | None = None
    """The closing mark that is due at its end."""
    aside: Run | None = None
    """What was being written when a note began, to go on with."""
    had_run: bool = False
    section: str | None = None
    """What it adds to the place: `Act 1`."""
    readings: dict[str, Run] | None = None
    """Of two readings: each, by its element."""
    last: str = ""
    """The element in it that ended last."""
    numbered: bool = False
    """It, or a line in it, has a number, which ends with it."""
    joined: bool = False
    """No space follows it, as with the parts of a word and its stop."""


@dataclass(slots=True)
class _Speech:
    """A speech in the making."""

    name: str | None
    printed: bool = False
    """The name stands in the text already."""


@dataclass(slots=True)
class _Text:
    """One text in the making."""

    canvas: Canvas = field(default_factory=Canvas)
    header: Header = field(default_factory=Header)
    language: str | None = None
    chosen: Counter[str] = field(default_factory=Counter)
    repaired: int = 0


class Reader(Target):
    """Takes the events of a TEI file and makes documents of them."""

    def __init__(self) -> None:
        self.finished: list[_Text] = []
        self.corpus: Header | None = None
        self._frames: list[_Frame] = []
        self._text = _Text()
        self._run: Run | None = None
        self._kind: BlockKind = "paragraph"
        self._level: int | None = None
        self._notes: list[Run] = []
        self._speech: _Speech | None = None
        self._header: Header | None = None
        self._skipped = 0
        self._drop_space = False

    # events

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""
        name = tag.rpartition("}")[2]
        refuse_deep(len(self._frames) + self._skipped)
        if self._skipped:
            self._skipped += 1
        elif self._header is not None:
            refuse_deep(len(self._header.open))
            self._header.start(name, attributes)
        elif name == "teiHeader":
            self._header = Header()
        elif name in _DROPPED or (name == "ref" and attributes.get("type") in _NOTE_MARKS):
            self._skipped = 1
            self._text.chosen[name] += name in ("del", "surplus", "secl")
        else:
            self._begin(name, attributes)

    def end(self, tag: str) -> None:
        """End an element."""
        name = tag.rpartition("}")[2]
        if self._skipped:
            self._skipped -= 1
        elif self._header is not None:
            if name == "teiHeader":
                self._keep_header()
            else:
                self._header.end(name)
        elif self._frames:
            self._finish(self._frames.pop())

    def data(self, text: str) -> None:
        """Take text."""
        if self._skipped:
            return
        if not text.isascii():
            text, n_lines = undo_mojibake(text)
            self._text.repaired += n_lines
        if self._header is not None:
            self._header.data(text)
            return
        if self._drop_space:
            text = text.lstrip()
            self._drop_space = not text
        if self._run is None:
            if not text.strip() or not self._frames:
                return
            self._open_by_place()
        self._write(text)

    def take(self) -> list[_Text]:
        """Hand over the texts that are complete."""
        taken, self.finished = self.finished, []
        return taken

    def salvage(self) -> list[_Text]:
        """Hand over what there is of a text that broke off."""
        while self._frames:
            self._finish(self._frames.pop())
        if self._text.canvas.length:
            self._end_text()
        return self.take()

    # elements

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        frame = _Frame(name)
        if name in _TEXTS or name in _CORPORA:
            self._text = _Text(language=attributes.get(f"{XML}lang"))
        elif name == "text":
            self._text.language = attributes.get(f"{XML}lang") or self._text.language
        elif name in _EITHER:
            frame.readings = {}
        elif self._frames and self._frames[-1].readings is not None:
            frame.aside, frame.had_run = self._run, self._run is not None
            self._run = Run()
        elif _DIVISIONS.match(name):
            self._flush()
            self._enter_section(frame, attributes)
        elif name in _SPEECHES:
            self._flush()
            self._speech = _Speech(self._who(attributes.get("who")))
            frame.kind = "speech"
        elif name in _ASIDE:
            frame.aside, frame.had_run = self._run, self._run is not None
            self._run = Run()
        elif name in _HOLDERS:
            self._flush()
            frame.kind = "quote"
        elif name in _QUOTES:
            self._begin_quote(frame)
        elif name == "bibl" and self._run is not None:
            pass
        elif name in _PLAIN:
            self._begin_block(frame)
        elif name in ("list", "table", "lg", "castList", "listBibl", "titlePage", "div"):
            self._flush()
        else:
            self._begin_inline(name)
        self._frames.append(frame)
        self._note_place(frame, attributes)

    def _begin_block(self, frame: _Frame) -> None:
        self._flush()
        frame.block = True
        self._run = Run()
        self._kind = self._kind_of(frame.name)
        self._level = None
        if self._kind == "heading":
            depth = sum(one.section is not None for one in self._frames)
            self._level = 1 if frame.name == "titlePart" else max(1, min(MAX_HEADING, depth + 1))
        elif self._kind in ("item", "quote"):
            holders = ("list", "castList") if self._kind == "item" else (*_QUOTES, *_HOLDERS)
            self._level = max(1, sum(one.name in holders for one in self._frames))

    def _kind_of(self, name: str) -> BlockKind:
        if name == "bibl":
            after_quote = self._text.canvas.blocks[-1:] and self._frames
            quoted = after_quote and self._frames[-1].last in _QUOTES
            inside = any(one.name in (*_HOLDERS, *_QUOTES) for one in self._frames)
            if quoted or inside:
                return "attribution"
        if name in _KINDS and not (name == "l" and self._holder() not in (None, "speech")):
            return _KINDS[name]
        return self._holder() or "paragraph"

    def _holder(self) -> BlockKind | None:
        """Return the kind that the innermost element around gives its blocks."""
        for one in reversed(self._frames):
            if one.kind is not None:
                return one.kind
            if one.name == "item":
                return "item"
        return None

    def _open_by_place(self) -> None:
        """Begin a block where text stands directly in an element that holds blocks."""
        self._run = Run()
        self._kind, self._level = self._holder() or "paragraph", None
        if self._kind == "quote":
            self._level = 1

    def _begin_quote(self, frame: _Frame) -> None:
        """Begin a quotation: in a sentence it gets its marks, between blocks it is a block."""
        if self._run is None or not self._run.parts:
            in_block = bool(self._frames) and self._frames[-1].block
            if self._run is None or not in_block:
                self._flush()
                frame.kind = "quote"
                return
        nested = sum(one.inline_mark is not None for one in self._frames) % 2
        frame.inline_mark = _OPENING[nested]

    def _begin_inline(self, name: str) -> None:
        if self._run is None:
            return
        if name == "gap":
            self._write("[…]")
        elif name == "cell" and self._run.parts:
            self._write(" | ")

    def _finish(self, frame: _Frame) -> None:
        name = frame.name
        if frame.readings is not None:
            self._choose(frame)
        elif self._frames and self._frames[-1].readings is not None:
            if self._run is not None:
                self._frames[-1].readings.setdefault(name, self._run)
            self._run = frame.aside
        elif name == "speaker":
            self._keep_speaker()
        elif name in _ASIDE:
            self._keep_note(frame)
        elif name in _SPEECHES:
            self._flush()
            self._speech = None
        elif frame.inline_mark and frame.inline_mark in _CLOSING:
            self._close_mark(frame)
        elif frame.block or frame.kind == "quote" or _DIVISIONS.match(name):
            self._flush(after_line=name == "l")
        elif name in ("lg", "list", "table", "text", "body", "front", "back"):
            self._flush()
        if frame.section is not None:
            self._text.canvas.mark("section", self._place())
        elif name == "l" and frame.numbered and self._frames:
            self._frames[-1].numbered = True  # a number holds to the end of its verse
        elif frame.numbered:
            self._mark("section", self._place())
        if name in _TEXTS:
            self._end_text()
        if self._frames:
            self._frames[-1].last = name
        if frame.joined and self._run is not None:
            self._run.join()
            self._drop_space = True
        elif name in ("forename", "surname", "addrLine") and self._run is not None:
            self._run.write(" ")

    def _close_mark(self, frame: _Frame) -> None:
        if self._run is not None and self._run.last not in _PRINTED:
            self._run.join()
            self._run.write(frame.inline_mark or "")

    def _write(self, text: str) -> None:
        """Write text into the block, behind the opening mark that is due."""
        if self._run is None:
            return
        if text.strip():
            for one in self._frames:
                if one.inline_mark and one.inline_mark in _OPENING:
                    self._open_mark(one, text.lstrip())
        self._run.write(text)

    def _open_mark(self, frame: _Frame, text: str) -> None:
        printed = text[0] in _PRINTED or (self._run is not None and self._run.last in _PRINTED[:9])
        if (printed and self._run is not None and self._run.parts) or text[0] in _PRINTED:
            frame.inline_mark = None
            return
        opening = frame.inline_mark or ""
        frame.inline_mark = _CLOSING[_OPENING.index(opening)]
        if self._run is not None:
            self._run.write(opening)

    # places

    def _enter_section(self, frame: _Frame, attributes: dict[str, str]) -> None:
        kind, n = attributes.get("type", "").strip(), attributes.get("n", "").strip()
        frame.section = ""
        if n and len(n) <= 60:
            named = kind and kind.isalpha() and kind not in ("textpart", "edition", "book")
            numbered = n.replace(".", "").isalnum() and len(n) <= 8
            frame.section = f"{kind.capitalize()} {n}" if named and numbered else n
            if kind == "book" and numbered and n.isdigit():
                frame.section = f"Book {n}"

    def _place(self, unit: str = "") -> str | None:
        """Put together where we are: `Act 1, Scene 2, l. 14`, `Ruth 1:16`."""
        held = [one.section for one in self._frames if one.section]
        if unit.startswith(":") and held:
            chapter = re.search(r"(\d+)\Z", held[-1])
            before = " ".join(held[:-1])
            number = chapter[1] if chapter else held[-1]
            return f"{before} {number}{unit}".strip()
        unit = unit.removeprefix(":")
        return ", ".join([*held, unit] if unit else held) or None

    def _note_place(self, frame: _Frame, attributes: dict[str, str]) -> None:
        """Note the place where an element with a number begins."""
        name, n = frame.name, attributes.get("n", "").strip()
        if frame.section is not None:
            self._mark("section", self._place())
        elif name == "pb":
            self._mark("page", f"p. {n}" if n else None)
        elif name == "lb":
            self._break_line(attributes)
        elif name == "w" or name == "pc":
            if attributes.get("join") in ("left", "both") and self._run is not None:
                self._run.join()
            frame.joined = attributes.get("join") in ("right", "both")
        elif n and len(n) <= 40 and name in ("l", "ab", "seg", "milestone", "p"):
            unit = attributes.get("unit") or attributes.get("type") or ""
            frame.numbered = name != "milestone"
            self._mark("section", self._place(_unit(name, unit, n)))

    def _mark(self, row: str, ref: str | None) -> None:
        if self._run is not None:
            self._run.mark(row, ref)
        else:
            self._text.canvas.mark(row, ref)

    def _break_line(self, attributes: dict[str, str]) -> None:
        if self._run is None:
            return
        if attributes.get("break") == "no":
            self._run.join()
            self._drop_space = True
        else:
            self._run.write(" ")

    # ends of blocks

    def _flush(self, *, after_line: bool = False) -> None:
        """End the block that is being written, and write the notes that belong to it."""
        run, self._run = self._run, None
        canvas = self._text.canvas
        if run is not None and (run.parts or run.marks):
            verse = self._kind == "line"
            goes_on = verse and bool(self._frames) and self._frames[-1].last == "l"
            if self._speech is not None and self._kind in ("line", "speech", "paragraph"):
                self._add_speech(run, goes_on=goes_on)
            else:
                kind: BlockKind = "paragraph" if self._kind == "speech" else self._kind
                canvas.add(kind, run, level=self._level, gap="\n" if goes_on else APART)
        if self._speech is None or not after_line:
            self._write_notes()

    def _add_speech(self, run: Run, *, goes_on: bool) -> None:
        speech, canvas = self._speech, self._text.canvas
        if speech is None:
            return
        if goes_on and speech.printed and canvas.blocks and canvas.blocks[-1].kind == "speech":
            canvas.go_on(run)
            return
        name = None if speech.printed else speech.name
        if canvas.add("speech", run, speaker=speech.name, name=name) is not None:
            speech.printed = True

    def _write_notes(self) -> None:
        notes, self._notes = self._notes, []
        for note in notes:
            self._text.canvas.add("note", note)

    def _keep_note(self, frame: _Frame) -> None:
        if self._run is not None and self._run.parts:
            self._notes.append(self._run)
        self._run = frame.aside if frame.had_run else None
        if self._run is None:
            self._write_notes()

    def _keep_speaker(self) -> None:
        run, self._run = self._run, None
        name = run.text.strip(" .:,;—–\n") if run is not None else ""
        if self._speech is not None and name:
            self._speech.name = name
        elif name:
            self._text.canvas.add("paragraph", name)

    def _choose(self, frame: _Frame) -> None:
        """Take one of several readings and count which."""
        readings = frame.readings or {}
        order = [*_EITHER[frame.name], *readings]
        name = next((one for one in order if one in readings), None)
        if name is None:
            return
        if self._run is None:
            self._open_by_place()
        self._text.chosen[name] += 1
        if self._run is not None:
            self._run.add(readings[name])

    def _who(self, pointers: str | None) -> str | None:
        """Name the people that an attribute points to."""
        names = []
        for pointer in (pointers or "").split():
            key = pointer.rpartition("#")[2]
            known = self._text.header.people.get(key)
            if known is None and self.corpus is not None:
                known = self.corpus.people.get(key)
            names.append(known or key.replace("_", " "))
        return " and ".join(names) or None

    def _keep_header(self) -> None:
        header, self._header = self._header, None
        if header is None:
            return
        if self._frames and self._frames[-1].name in _CORPORA:
            self.corpus = header
        else:
            self._text.header = header

    def _end_text(self) -> None:
        self._flush()
        self.finished.append(self._text)
        self._text = _Text()


def _unit(name: str, kind: str, n: str) -> str:
    """Say which place inside a section a number is."""
    if not n.replace(".", "").isdigit() and not (n[:-1].isdigit() and n[-1].isalpha()):
        return n
    if kind in _VERSE_UNITS or (name in ("ab", "seg") and not kind):
        return f":{n}"
    if name == "l":
        return f"l. {n}"
    if name == "p":
        return f"§ {n}"
    return f"{kind} {n}".strip()


def read_tei(raw: Raw, *, id_: str, declared: str | None) -> Iterator[Document | LeftOut]:
    """Read a TEI file: a document, or one for each text of a corpus.

    Args:
        raw: The file.
        id_: The digest of its bytes.
        declared: The charset that a server declares.
    """
    reader = Reader()
    notes: list[str] = []
    corpus = root_name(raw.data[:HEAD_BYTES]) in _CORPORA
    made = 0
    problem: InputError | None = None
    for text in _texts(raw, reader, declared, notes):
        if isinstance(text, InputError):
            problem = text
            continue
        made += 1
        number = made if corpus or made > 1 else 0
        yield from _documents(text, raw, id_, notes, reader.corpus, number)
    if problem is not None:
        yield from_error(raw.origin, problem)
    elif not made:
        yield left_out(raw.origin, "there is no text in it", "Give a file with text in it.")


def _texts(
    raw: Raw, reader: Reader, declared: str | None, notes: list[str]
) -> Iterator[_Text | InputError]:
    """Yield the texts as they are complete; where the file breaks off, what there is, and why."""
    try:
        for note in feed(raw.data, reader, declared=declared):
            notes += [note] if note else []
            yield from reader.take()
    except InputError as error:
        yield from reader.salvage()
        yield error


def _documents(
    text: _Text, raw: Raw, id_: str, notes: list[str], corpus: Header | None, number: int
) -> Iterator[Document | LeftOut]:
    origin = f"{raw.origin}!{number}" if number else raw.origin
    canvas = text.canvas
    whole = canvas.text
    if not canvas.blocks:
        yield left_out(origin, "there is no text in it", "Give a file with text in it.")
        return
    known, shared = text.header.known(), corpus.known() if corpus else Metadata()
    yield Document(
        id=f"{id_}-{number}" if number else id_,
        origin=origin,
        media_type=MEDIA_TYPE,
        title=known.title or shared.title,
        language=text.language or known.language or shared.language,
        author=known.author or shared.author,
        date=known.date or shared.date,
        text=whole,
        blocks=tuple(canvas.blocks),
        url=known.url,
        rights=known.rights or shared.rights,
        notes=(*notes, *_notes(text, known)),
        loci=canvas.loci(whole),
        speaker_spans=tuple(canvas.speaker_spans),
    )


def _notes(text: _Text, known: Metadata) -> Iterator[str]:
    chosen = {name: n for name, n in text.chosen.items() if n}
    struck = sum(chosen.pop(name, 0) for name in ("del", "surplus", "secl"))
    if chosen:
        said = ", ".join(f"{n} × {name}" for name, n in sorted(chosen.items()))
        yield f"tei: of several readings one is taken: {said}"
    if struck:
        yield f"tei: {struck} stretches that were struck out left out of the text"
    if text.repaired:
        yield f"mojibake undone in {text.repaired} lines"
    if known.unread_date:
        yield f"tei: the date {known.unread_date!r} is not understood"
