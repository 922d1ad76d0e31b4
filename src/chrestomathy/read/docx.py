"""DOCX (WordprocessingML) → one text with blocks.

Everything in a document is its content but for what Word itself does not print: deleted words,
comments, hidden text, field codes; a table of contents repeats the headings and is left out,
too. What a paragraph is, its style says, or the style that this one is based on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from chrestomathy.errors import InputError
from chrestomathy.read.flow import Content, Flow, Shape, raised, set_in
from chrestomathy.read.package import Package, resolved
from chrestomathy.read.properties import DUBLIN_CORE, Properties
from chrestomathy.read.safexml import Attributes, parse_xml
from chrestomathy.read.styles import Role, role_of

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PREFIXES = {
    _W: "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",  # the strict form
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "r",
}
_SKIPPED = frozenset(
    [
        *("w:del", "w:moveFrom", "w:delText", "w:instrText", "w:delInstrText"),
        *("mc:Fallback", "w:rt", "w:pPrChange", "w:rPrChange", "w:sectPr", "w:tblPr", "w:tcPr"),
        *("w:tblGrid", "w:tabs", "w:tblPrEx", "w:trPrChange"),
    ]
)
"""Elements of which nothing is read: deleted words, field codes, second copies, properties."""
MIN_INDENT = 400
"""Twentieths of a point on either side from which on a paragraph is set in: 7 mm."""
_OFF = ("0", "false", "off", "none")
BODY_LEVEL = 9
"""The outline level of text that is no heading."""
MAX_BASES = 20
"""Most styles that one is based on, one after another; a ring of them ends here."""


@dataclass(slots=True)
class _Style:
    """A paragraph style, or what a paragraph says in its style's place."""

    name: str = ""
    based_on: str = ""
    outline: int | None = None
    list_id: str | None = None
    list_level: int = 0
    left: int | None = None
    right: int | None = None


@dataclass(slots=True)
class _Paragraph(_Style):
    style: str = ""
    parts: list[str] = field(default_factory=list)
    joins_next: bool = False
    """Its end is deleted, so that its text runs on into the next."""


@dataclass(slots=True)
class _Run:
    is_hidden: bool = False
    is_raised: bool = False


def read_docx(package: Package) -> Content:
    """Read a document's text, its notes and its properties.

    Raises:
        InputError: The document part is missing or damaged.
    """
    main = _main_part(package)
    kin = _relations(package, main)
    styles = _Styles()
    if (name := kin.get("styles", "")) in package:
        parse_xml(package.read(name), styles, _PREFIXES, part="table of styles")
    flow = Flow()
    body = _Body(flow, styles)
    parse_xml(package.read(main), body, _PREFIXES)
    body.finish()
    remarks = []
    for kind in ("footnotes", "endnotes"):
        name = kin.get(kind, "")
        if name in package and body.note_ids[kind]:
            try:
                parse_xml(package.read(name), body, _PREFIXES, part=kind)
            except InputError as error:
                remarks.append(f"docx: its {kind} are left out: {error.what}")
    remarks += body.remarks()
    found = _properties(package)
    return Content(flow.finish(), found.completed(body.told), tuple(remarks))


def _main_part(package: Package) -> str:
    """Find the part that holds the text; files from some programs name it otherwise."""
    name = _relations(package, "").get("officeDocument", "word/document.xml")
    return name if name in package else "word/document.xml"


def _relations(package: Package, part: str) -> dict[str, str]:
    """Read which parts belong to one, by kind; what points outside belongs to none."""
    folder, _, base = part.rpartition("/")
    name = f"{folder}/_rels/{base}.rels".lstrip("/")
    found = _Relations(part)
    if name in package:
        parse_xml(package.read(name), found, _PREFIXES, part="table of parts")
    return found.by_kind


class _Relations:
    def __init__(self, part: str) -> None:
        self._part = part
        self.by_kind: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "r:Relationship" and attributes.get("TargetMode") != "External":
            target = resolved(self._part, attributes.get("Target", ""))
            if target:
                kind = attributes.get("Type", "").rpartition("/")[2]
                self.by_kind.setdefault(kind, target)

    def end(self, name: str) -> None:
        """Nothing stands in a relation."""

    def data(self, text: str) -> None:
        """Nothing stands in a relation."""


def _properties(package: Package) -> Properties:
    name = _relations(package, "").get("core-properties", "docProps/core.xml")
    found = Properties()
    if name in package:
        try:
            parse_xml(package.read(name), found, DUBLIN_CORE, part="properties")
        except InputError:
            return Properties()
    return found


def _number(text: str | None) -> int | None:
    try:
        return int(float(text or ""))
    except (ValueError, OverflowError):
        return None


def _is_on(attributes: Attributes) -> bool:
    return attributes.get("val", "1").lower() not in _OFF


def _take_property(into: _Style, name: str, attributes: Attributes) -> None:
    """Note what an element of ``w:pPr`` says that matters here."""
    if name == "w:outlineLvl":
        into.outline = _number(attributes.get("val"))
    elif name == "w:numId":
        into.list_id = attributes.get("val", "0")
    elif name == "w:ilvl":
        into.list_level = _number(attributes.get("val")) or 0
    elif name == "w:ind":
        left = attributes.get("left", attributes.get("start"))
        right = attributes.get("right", attributes.get("end"))
        into.left = _number(left) if left else into.left
        into.right = _number(right) if right else into.right


class _Styles:
    """Reads ``styles.xml`` and tells what each style makes of a paragraph."""

    def __init__(self) -> None:
        self._styles: dict[str, _Style] = {}
        self._open: _Style | None = None
        self._changed = 0
        self._resolved: dict[str, tuple[Role | None, _Style]] = {}
        self.default = ""

    def start(self, name: str, attributes: Attributes) -> None:
        if self._changed or name in ("w:pPrChange", "w:tblStylePr"):
            self._changed += 1
        elif name == "w:style" and attributes.get("type", "paragraph") == "paragraph":
            self._open = _Style()
            id_ = attributes.get("styleId", "")
            self._styles[id_] = self._open
            if attributes.get("default") in ("1", "true"):
                self.default = id_
        elif self._open is None:
            return
        elif name == "w:name":
            self._open.name = attributes.get("val", "")
        elif name == "w:basedOn":
            self._open.based_on = attributes.get("val", "")
        else:
            _take_property(self._open, name, attributes)

    def end(self, name: str) -> None:
        if self._changed:
            self._changed -= 1
        elif name == "w:style":
            self._open = None

    def data(self, text: str) -> None:
        """Nothing that matters stands between the tags."""

    def of(self, id_: str) -> tuple[Role | None, _Style]:
        """Say what a style makes of a paragraph, with what it has from those it is based on."""
        id_ = id_ or self.default
        if id_ not in self._resolved:
            self._resolved[id_] = self._resolve(id_)
        return self._resolved[id_]

    def _resolve(self, id_: str) -> tuple[Role | None, _Style]:
        found = _Style()
        role: Role | None = None
        for _ in range(MAX_BASES):
            style = self._styles.get(id_)
            role = role or role_of(id_) if style is None else role or role_of(style.name)
            if style is None:
                break
            role = role or role_of(id_)
            if role is None and style.outline is not None and found.outline is None:
                found.outline = style.outline
            for key in ("list_id", "left", "right"):
                if getattr(found, key) is None:
                    setattr(found, key, getattr(style, key))
            found.list_level = found.list_level or style.list_level
            id_ = style.based_on
            if not id_:
                break
        return role, found


def _outline(level: int | None) -> int | None:
    """Count a level of the outline from 1; None for the text's own."""
    return None if level is None or level >= BODY_LEVEL else level + 1


class _Body:
    """Reads the text: of ``document.xml`` first, then the parts with its notes."""

    def __init__(self, flow: Flow, styles: _Styles) -> None:
        self._flow, self._styles = flow, styles
        self._skipped = 0
        self._paragraphs: list[_Paragraph] = []
        self._runs: list[_Run] = []
        self._controls: list[bool] = []  # content controls: whether what is in them is left out
        self._rows: list[bool] = []  # whether the row is deleted
        self._carried: list[str] = []
        self._text: list[str] | None = None
        self._in_paragraph_properties = self._in_row_properties = False
        self.note_ids: dict[str, set[str]] = {"footnotes": set(), "endnotes": set()}
        self._n_contents = self._n_deleted = self._n_marks = self._n_chunks = 0
        self._comments: set[str] = set()
        self.told = Properties()
        """What paragraphs in the styles "Title", "Author" and "Date" say."""

    def start(self, name: str, attributes: Attributes) -> None:
        if self._skipped:
            self._skipped += 1
        elif name in _SKIPPED:
            self._skip(name)
        elif (method := _STARTS.get(name)) is not None:
            method(self, attributes)
        elif self._in_paragraph_properties and self._paragraphs:
            _take_property(self._paragraphs[-1], name, attributes)

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif (method := _ENDS.get(name)) is not None:
            method(self)

    def data(self, text: str) -> None:
        if self._text is not None and not self._skipped:
            self._text.append(text)

    def finish(self) -> None:
        """Give what waits for a next paragraph that does not come."""
        if self._carried:
            self._flow.add("".join(self._carried))
            self._carried = []

    def remarks(self) -> list[str]:
        """Say what was left out of the text."""
        told = (
            (self._n_marks, "footnote marks left out of the text"),
            (self._n_deleted, "stretches that are marked as deleted left out"),
            (len(self._comments), "comments left out"),
            (self._n_contents, "lines of its table of contents left out"),
            (self._n_chunks, "embedded documents left out"),
        )
        return [f"docx: {n} {what}" for n, what in told if n]

    def _skip(self, name: str) -> None:
        """Step over an element, and note where it is a mark that something is deleted."""
        self._skipped = 1
        if name in ("w:del", "w:moveFrom"):
            if self._in_paragraph_properties and self._paragraphs:
                self._paragraphs[-1].joins_next = True
            elif self._in_row_properties and self._rows:
                self._rows[-1] = True
            else:
                self._n_deleted += name == "w:del"

    # Paragraphs and their properties

    def start_paragraph(self, _attributes: Attributes) -> None:
        self._paragraphs.append(_Paragraph())

    def start_paragraph_properties(self, _attributes: Attributes) -> None:
        self._in_paragraph_properties = bool(self._paragraphs)

    def end_paragraph_properties(self) -> None:
        self._in_paragraph_properties = False

    def start_style(self, attributes: Attributes) -> None:
        if self._in_paragraph_properties:
            self._paragraphs[-1].style = attributes.get("val", "")

    def end_paragraph(self) -> None:
        if not self._paragraphs:
            return
        paragraph = self._paragraphs.pop()
        if self._carried:
            paragraph.parts = [*self._carried, *paragraph.parts]
            self._carried = []
        if paragraph.joins_next:
            self._carried = paragraph.parts
            return
        text = "".join(paragraph.parts)
        if text.strip():
            self._place(paragraph, text)

    def _place(self, paragraph: _Paragraph, text: str) -> None:
        """Say what a paragraph is, from itself first and then from its style."""
        role, style = self._styles.of(paragraph.style)
        outline = style.outline if paragraph.outline is None else paragraph.outline
        list_id = style.list_id if paragraph.list_id is None else paragraph.list_id
        if role and role.name == "contents":
            self._n_contents += 1
            return
        level = paragraph.list_level or style.list_level
        left = style.left if paragraph.left is None else paragraph.left
        right = style.right if paragraph.right is None else paragraph.right
        shape = Shape(
            role=role,
            own_outline=_outline(paragraph.outline),
            outline=_outline(outline),
            item=None if list_id in (None, "", "0") else min(9, max(0, level)) + 1,
            set_in=set_in(left, right, MIN_INDENT),
        )
        self._flow.place(text, shape, self.told)

    # Runs of characters

    def start_run(self, _attributes: Attributes) -> None:
        self._runs.append(_Run())

    def end_run(self) -> None:
        if self._runs:
            self._runs.pop()

    def start_vanish(self, attributes: Attributes) -> None:
        if self._runs and not self._in_paragraph_properties:
            self._runs[-1].is_hidden = _is_on(attributes)

    def start_vertical(self, attributes: Attributes) -> None:
        if self._runs and not self._in_paragraph_properties:
            self._runs[-1].is_raised = attributes.get("val") == "superscript"

    def start_position(self, attributes: Attributes) -> None:
        if self._runs and not self._in_paragraph_properties:
            self._runs[-1].is_raised |= (_number(attributes.get("val")) or 0) > 0

    def start_text(self, _attributes: Attributes) -> None:
        self._text = []

    def end_text(self) -> None:
        text = "".join(self._text or ())
        self._text = None
        self._write(raised(text) if self._runs and self._runs[-1].is_raised else text)

    def _write(self, text: str) -> None:
        if self._paragraphs and not (self._runs and self._runs[-1].is_hidden):
            self._paragraphs[-1].parts.append(text)

    def write_tab(self, _attributes: Attributes) -> None:
        if self._runs:
            self._write("\t")

    def write_break(self, _attributes: Attributes) -> None:
        if self._runs:
            self._write("\n")

    def write_hyphen(self, _attributes: Attributes) -> None:
        self._write("\u2011")

    def write_symbol(self, attributes: Attributes) -> None:
        """Write a character given by number; those of symbol fonts have no meaning without."""
        try:
            code = int(attributes.get("char", ""), 16)
        except ValueError:
            return
        if 0x20 <= code < 0xD800:
            self._write(chr(code))

    def start_note_mark(self, kind: str, attributes: Attributes) -> None:
        self.note_ids[kind].add(attributes.get("id", ""))
        self._n_marks += 1
        if "customMarkFollows" in attributes and self._runs and _is_mark(attributes):
            self._runs[-1].is_hidden = True

    def start_comment(self, attributes: Attributes) -> None:
        self._comments.add(attributes.get("id", ""))

    # What holds paragraphs

    def start_box(self, _attributes: Attributes) -> None:
        self._runs.append(_Run())

    def start_row(self, _attributes: Attributes) -> None:
        self._rows.append(False)
        self._flow.open_row()

    def end_row(self) -> None:
        if self._rows:
            self._flow.close_row(dropped=self._rows.pop())

    def start_cell(self, _attributes: Attributes) -> None:
        self._flow.open_cell()

    def end_cell(self) -> None:
        self._flow.close_cell()

    def start_row_properties(self, _attributes: Attributes) -> None:
        self._in_row_properties = True

    def end_row_properties(self) -> None:
        self._in_row_properties = False

    def start_control(self, _attributes: Attributes) -> None:
        self._controls.append(False)

    def end_control(self) -> None:
        if self._controls:
            self._controls.pop()

    def start_gallery(self, attributes: Attributes) -> None:
        if self._controls and attributes.get("val") == "Table of Contents":
            self._controls[-1] = True
            self._n_contents += 1

    def start_placeholder(self, attributes: Attributes) -> None:
        if self._controls and _is_on(attributes):
            self._controls[-1] = True

    def start_control_content(self, _attributes: Attributes) -> None:
        if self._controls and self._controls[-1]:
            self._skipped = 1

    def start_chunk(self, _attributes: Attributes) -> None:
        self._n_chunks += 1

    def start_note(self, kind: str, attributes: Attributes) -> None:
        """Begin a note; the lines that part notes from text are notes as well, and not read."""
        if attributes.get("id", "") in self.note_ids[kind] and "type" not in attributes:
            self._flow.open_note()
        else:
            self._skipped = 1

    def end_note(self) -> None:
        self._flow.close_note()


def _is_mark(attributes: Attributes) -> bool:
    return attributes["customMarkFollows"].lower() not in _OFF


_STARTS: Mapping[str, Callable[[_Body, Attributes], None]] = {
    "w:p": _Body.start_paragraph,
    "w:pPr": _Body.start_paragraph_properties,
    "w:pStyle": _Body.start_style,
    "w:r": _Body.start_run,
    "w:vanish": _Body.start_vanish,
    "w:vertAlign": _Body.start_vertical,
    "w:position": _Body.start_position,
    "w:t": _Body.start_text,
    "m:t": _Body.start_text,
    "w:tab": _Body.write_tab,
    "w:ptab": _Body.write_tab,
    "w:br": _Body.write_break,
    "w:cr": _Body.write_break,
    "w:noBreakHyphen": _Body.write_hyphen,
    "w:sym": _Body.write_symbol,
    "w:footnoteReference": lambda body, one: body.start_note_mark("footnotes", one),
    "w:endnoteReference": lambda body, one: body.start_note_mark("endnotes", one),
    "w:commentReference": _Body.start_comment,
    "w:txbxContent": _Body.start_box,
    "w:tr": _Body.start_row,
    "w:trPr": _Body.start_row_properties,
    "w:tc": _Body.start_cell,
    "w:sdt": _Body.start_control,
    "w:docPartGallery": _Body.start_gallery,
    "w:showingPlcHdr": _Body.start_placeholder,
    "w:sdtContent": _Body.start_control_content,
    "w:altChunk": _Body.start_chunk,
    "w:footnote": lambda body, one: body.start_note("footnotes", one),
    "w:endnote": lambda body, one: body.start_note("endnotes", one),
}
_ENDS: Mapping[str, Callable[[_Body], None]] = {
    "w:p": _Body.end_paragraph,
    "w:pPr": _Body.end_paragraph_properties,
    "w:r": _Body.end_run,
    "w:t": _Body.end_text,
    "m:t": _Body.end_text,
    "w:txbxContent": _Body.end_run,
    "w:tr": _Body.end_row,
    "w:trPr": _Body.end_row_properties,
    "w:tc": _Body.end_cell,
    "w:sdt": _Body.end_control,
    "w:footnote": _Body.end_note,
    "w:endnote": _Body.end_note,
}
