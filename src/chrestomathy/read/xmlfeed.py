"""XML bytes → events, a piece at a time, and nothing that a file should not be able to do.

lxml's parser is fed in slices and hands each event to a target, so that a long text needs no
tree. No other file, no address and no DTD is opened; entities that a file declares for itself
are replaced within libxml2's bound on their growth; names such as ``&mdash;``, which TEI and
DocBook files use without declaring them, mean what they mean in HTML.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.entities import html5

from chrestomathy.errors import InputError
from chrestomathy.read.encoding import decode_text
from chrestomathy.read.safexml import make_parser

SLICE_CHARS = 1 << 16
HEAD_BYTES = 4096
"""Length of the beginning in which a root element is looked for."""
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,200}\?>")
_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']\s*(?P<name>[\w.:-]{2,40})")
_ROOT = re.compile(
    rb"""
    \s*(?:<\?[^>]{0,1000}\?>\s*            # <?xml version="1.0"?>, <?xml-model x?>
    | <!--(?:[^-]|-(?!->)){0,3000}-->\s*   # a remark
    | <!DOCTYPE[^\[>]{0,500}(?:\[[^\]]{0,3000}\]\s*)?>\s*
    ){0,20}
    <(?:[\w.-]{1,40}:)?(?P<name>[A-Za-z_][\w.-]{0,60})[\s/>]
    """,
    re.VERBOSE,
)
"""Up to the root element's name: `<TEI xmlns=…`, `<tei:TEI>`, `<book>`."""
_NAMED = re.compile(r"&(?P<name>[A-Za-z][A-Za-z0-9]{1,30});")
_DECLARED = re.compile(r"<!ENTITY\s+(?P<name>[\w.-]{1,60})\s")
_XML_OWN = frozenset(("amp", "lt", "gt", "quot", "apos"))
_LONGEST_NAME = 40


def root_name(head: bytes) -> str | None:
    """Name the root element of what begins like XML, without its prefix; None for the rest.

    Example:
        >>> root_name(b'<?xml version="1.0"?><!-- a --><tei:TEI xmlns:tei="x">'), root_name(b"a <b>")
        ('TEI', None)
    """
    m = _ROOT.match(head.removeprefix(codecs.BOM_UTF8))
    return m["name"].decode("ascii", "replace") if m else None


MAX_DEPTH = 250
"""Deepest nesting of elements; a richly marked play has 20."""


def refuse_deep(depth: int) -> None:
    """Refuse elements that are nested too deep.

    Raises:
        InputError: They are.
    """
    if depth > MAX_DEPTH:
        raise InputError(
            f"its elements are nested more than {MAX_DEPTH:,} deep",
            fix="Save it as plain text; what stands before that place is read.",
        )


class Target:
    """What events go to; the names are lxml's."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Begin an element."""

    def end(self, tag: str) -> None:
        """End an element."""

    def data(self, text: str) -> None:
        """Take text."""

    def close(self) -> None:
        """Take the end."""


def feed(data: bytes, target: Target, *, declared: str | None) -> Iterator[str]:
    """Parse a file slice by slice.

    Args:
        data: The whole file.
        target: Takes the events.
        declared: The charset that a server declares.

    Yields:
        After each slice, a note where there is one (the encoding), otherwise nothing: the
        moment to take away what the target has finished.

    Raises:
        InputError: It is no well-formed XML; what was handed over before stands.
    """
    from lxml import etree

    parser = make_parser(target, own_entities=True, encoding="utf-8")
    note, slices = _slices(data, declared)
    yield note
    try:
        for piece in slices:
            parser.feed(piece.encode())
            yield ""
        parser.close()
    except etree.XMLSyntaxError as error:
        what, line = _in_words(error), error.lineno
        raise InputError(
            f"this XML is damaged: {what}",
            at=f"line {line}" if line else None,
            fix="Mend it there, or fetch it again; what stands before that place is read.",
        ) from error
    yield ""


def _in_words(error: Exception) -> str:
    said = str(error).split(", line ", 1)[0].strip().rstrip(".")
    if "amplification" in said:
        return "its entities grow beyond all measure"
    if "Excessive depth" in said:
        return "its elements are nested too deep"
    if m := re.match(r"Entity '([^']{1,60})' not defined", said):
        return f"the entity &{m[1]}; is not declared in the file, and no other file is opened"
    return said or "it ends before it begins"


def _slices(data: bytes, declared: str | None) -> tuple[str, Iterator[str]]:
    """Return a note on the encoding, and the text in slices that cut no entity."""
    m = _ENCODING.match(data[:HEAD_BYTES].lstrip())
    name = declared or (m["name"].decode("ascii", "replace") if m else None)
    if (not name or name.lower().replace("_", "-") in ("utf-8", "utf8")) and _is_utf8(data):
        why = "declared" if name else "valid UTF-8"
        pieces = _decoded(data.removeprefix(codecs.BOM_UTF8))
        return f"encoding utf-8: {why}", _with_characters(pieces)
    decoded = decode_text(data, declared=name)
    text = decoded.text
    cut = (text[at : at + SLICE_CHARS] for at in range(0, len(text), SLICE_CHARS))
    return "; ".join(decoded.notes), _with_characters(cut)


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    try:
        for at in range(0, len(data), SLICE_CHARS):
            if "\0" in decoder.decode(view[at : at + SLICE_CHARS]):
                return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(data: bytes) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-8")()
    view = memoryview(data)
    for at in range(0, len(data), SLICE_CHARS):
        yield decoder.decode(view[at : at + SLICE_CHARS])


def _with_characters(pieces: Iterator[str]) -> Iterator[str]:
    """Replace HTML's names of characters, and drop the declaration, which may be untrue."""
    declared: frozenset[str] | None = None
    held = ""

    def character(m: re.Match[str]) -> str:
        name = m["name"]
        if name in _XML_OWN or name in (declared or ()):
            return m[0]
        found = html5.get(f"{name};", m[0])
        return {"<": "&lt;", "&": "&amp;"}.get(found, found)

    for piece in pieces:
        piece = held + piece
        if declared is None:
            declared = frozenset(_DECLARED.findall(piece))
            if m := _DECLARATION.match(piece):
                piece = "\n" * piece.count("\n", 0, m.end()) + piece[m.end() :]
            piece = piece.lstrip("\ufeff")
        cut = piece.rfind("&", max(0, len(piece) - _LONGEST_NAME))
        held, piece = (piece[cut:], piece[:cut]) if cut >= 0 else ("", piece)
        yield _NAMED.sub(character, piece) if "&" in piece else piece
    if held:
        yield _NAMED.sub(character, held)
