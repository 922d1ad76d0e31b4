"""XML of no known kind → the text of its elements, in order.

Nothing is known of the elements but how they are used: one that holds text beside its children
is a paragraph, with all that is in it; one that holds only elements is not. A few names are so
common that they are believed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from chrestomathy.errors import InputError
from chrestomathy.read.canvas import Canvas, Run
from chrestomathy.read.inputs import Raw, from_error, left_out
from chrestomathy.read.xmlfeed import Target, feed, refuse_deep
from chrestomathy.records import BlockKind, Document, LeftOut

MEDIA_TYPE = "application/xml"
_KINDS: dict[str, BlockKind] = {
    "title": "heading",
    "heading": "heading",
    "head": "heading",
    "subtitle": "heading",
    "quote": "quote",
    "blockquote": "quote",
    "attribution": "attribution",
    "cite": "attribution",
    "item": "item",
    "listitem": "item",
    "li": "item",
    "line": "line",
    "verse": "line",
    "v": "line",
    "footnote": "note",
    "note": "note",
}
_DROPPED = frozenset(("script", "style", "binary", "image", "svg", "math", "annotation-xml"))

_Piece = tuple[str, Run]
"""Name of the element, its text."""


@dataclass(slots=True)
class _Frame:
    name: str
    pieces: list[_Piece] = field(default_factory=list)
    mixed: bool = False
    """It holds text of its own."""


class _Reader(Target):
    def __init__(self) -> None:
        self.canvas = Canvas()
        self._frames: list[_Frame] = []
        self._skipped = 0
        self._held = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        name = tag.rpartition("}")[2].lower()
        refuse_deep(len(self._frames) + self._skipped)
        if self._skipped or name in _DROPPED:
            self._skipped += 1
            return
        self._frames.append(_Frame(name))

    def data(self, text: str) -> None:
        if self._skipped or not self._frames:
            return
        frame = self._frames[-1]
        if text.strip():
            frame.mixed = True
        if frame.pieces and frame.pieces[-1][0] == "":
            frame.pieces[-1][1].write(text)
        elif text:
            run = Run()
            run.write(text)
            frame.pieces.append(("", run))
            self._held = self._held or frame.mixed

    def end(self, tag: str) -> None:  # noqa: ARG002
        if self._skipped:
            self._skipped -= 1
            return
        frame = self._frames.pop()
        if frame.mixed:
            whole = Run()
            for _, run in frame.pieces:
                whole.add(run)
            pieces = [(frame.name, whole)]
        else:
            pieces = [(name, run) for name, run in frame.pieces if name]
            if frame.name in _KINDS:
                pieces = [(frame.name, run) for _, run in pieces]
        if self._frames and (self._frames[-1].mixed or frame.mixed):
            self._frames[-1].pieces += pieces
            self._held = True
        else:
            self.write_held()
            self._write(pieces)

    def write_held(self) -> None:
        """Write what the open elements hold, the outermost first."""
        if not self._held:
            return
        self._held = False
        for frame in self._frames:
            self._write([(name or frame.name, run) for name, run in frame.pieces])
            frame.pieces.clear()

    def _write(self, pieces: list[_Piece]) -> None:
        for name, run in pieces:
            kind = _KINDS.get(name, "paragraph") if name else None
            if kind is not None:
                depth = min(6, max(1, len(self._frames) - 1))
                self.canvas.add(kind, run, level=depth if kind == "heading" else None)


def read_xml(raw: Raw, *, id_: str, declared: str | None) -> Iterator[Document | LeftOut]:
    """Read the text of an XML file's elements.

    Args:
        raw: The file.
        id_: The digest of its bytes.
        declared: The charset that a server declares.
    """
    reader = _Reader()
    notes: list[str] = []
    problem = None
    try:
        notes = [note for note in feed(raw.data, reader, declared=declared) if note]
    except InputError as error:
        problem = from_error(raw.origin, error)
        reader.write_held()
    canvas = reader.canvas
    if canvas.blocks:
        yield Document(
            id=id_,
            origin=raw.origin,
            media_type=MEDIA_TYPE,
            text=canvas.text,
            blocks=tuple(canvas.blocks),
            notes=(*notes, "xml: of no known kind, the text of its elements in order"),
        )
    if problem is not None:
        yield problem
    elif not canvas.blocks:
        yield left_out(raw.origin, "there is no text in it", "Give a file with text in it.")
