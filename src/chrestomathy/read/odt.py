"""ODT (OpenDocument text) → one text with blocks.

The text stands in ``content.xml``. What a paragraph is, its style says or one of those that
this one comes from, some of which stand in ``styles.xml``; ``meta.xml`` has the properties.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from chrestomathy.errors import InputError
from chrestomathy.read.flow import Content, Flow, Shape, raised, set_in
from chrestomathy.read.package import Package
from chrestomathy.read.properties import DUBLIN_CORE, Properties
from chrestomathy.read.safexml import Attributes, parse_xml
from chrestomathy.read.styles import Role, role_of

_NAMES = "urn:oasis:names:tc:opendocument:xmlns"
_PREFIXES = {
    f"{_NAMES}:office:1.0": "office",
    f"{_NAMES}:text:1.0": "text",
    f"{_NAMES}:style:1.0": "style",
    f"{_NAMES}:table:1.0": "table",
    f"{_NAMES}:drawing:1.0": "draw",
    f"{_NAMES}:svg-compatible:1.0": "svg",
    f"{_NAMES}:manifest:1.0": "manifest",
    "http://openoffice.org/2000/office": "office",
    "http://openoffice.org/2000/text": "text",
    "http://openoffice.org/2000/style": "style",
    "http://openoffice.org/2000/table": "table",
    "http://openoffice.org/2000/drawing": "draw",
}
"""The form of today and that of OpenOffice.org 1."""
_SKIPPED = frozenset(
    [
        *("text:note-citation", "text:tracked-changes", "text:ruby-text", "text:index-title"),
        *("text:footnote-citation", "text:endnote-citation", "text:hidden-text"),
        *("text:sequence-decls", "text:variable-decls", "text:user-field-decls"),
        *("office:annotation", "office:forms", "office:scripts", "office:binary-data"),
        *("office:event-listeners", "svg:title", "svg:desc", "draw:object", "draw:plugin"),
    ]
)
"""Elements of which nothing is read."""
_CONTENTS = frozenset(
    [
        *("text:table-of-content", "text:illustration-index", "text:table-index"),
        *("text:object-index", "text:user-index", "text:alphabetical-index"),
    ]
)
"""Tables of contents and the like, which repeat what stands elsewhere."""
_NOTES = frozenset(("text:note", "text:footnote", "text:endnote"))
_SPACES = re.compile(r"[\t\r\n][ \t\r\n]*|[ ][ \t\r\n]+")
_RAISED = re.compile(r"super|0*[1-9]")
"""A position above the line: `super 58%`, `33% 80%`, not `-33% 58%`."""
_LENGTH = re.compile(r"(?P<n>-?\d{0,6}(?:\.\d{0,6})?)\s*(?P<unit>cm|mm|in|inch|pt|pc|px)")
_MILLIMETRES = {
    "cm": 10.0, "mm": 1.0, "in": 25.4, "inch": 25.4, "pt": 0.353, "pc": 4.23, "px": 0.265,
}  # fmt: skip
MIN_INDENT_MM = 7.0
"""Margin on either side from which on a paragraph is set in."""
MAX_SPACES = 100
"""Most spaces that an element for several is taken to stand for."""
MAX_BASES = 20
"""Most styles that one comes from, one after another; a ring of them ends here."""


@dataclass(slots=True)
class _Style:
    names: tuple[str, ...] = ()
    parent: str = ""
    outline: int | None = None
    left_mm: float | None = None
    right_mm: float | None = None
    is_hidden: bool = False
    is_raised: bool = False


@dataclass(slots=True)
class _Paragraph:
    style: str
    outline: int | None
    list_depth: int
    parts: list[str] = field(default_factory=list)


def read_odt(package: Package) -> Content:
    """Read a document's text, its notes and its properties.

    Raises:
        InputError: It is protected by a password, or its text is missing or damaged.
    """
    _refuse_protected(package)
    flow = Flow()
    styles = _Styles()
    if "styles.xml" in package:
        parse_xml(package.read("styles.xml"), styles, _PREFIXES, part="table of styles")
    body = _Body(flow, styles)
    parse_xml(package.read("content.xml"), body, _PREFIXES)
    found = Properties()
    if "meta.xml" in package:
        try:
            parse_xml(package.read("meta.xml"), found, DUBLIN_CORE, part="properties")
        except InputError:
            found = Properties()
    return Content(flow.finish(), found.completed(body.told), tuple(body.remarks()))


def _refuse_protected(package: Package) -> None:
    if "META-INF/manifest.xml" not in package:
        return
    manifest = _Manifest()
    parse_xml(package.read("META-INF/manifest.xml"), manifest, _PREFIXES, part="table of parts")
    if manifest.is_protected:
        raise InputError("it is protected by a password", fix="Save it without one.")


class _Manifest:
    is_protected = False

    def start(self, name: str, _attributes: Attributes) -> None:
        self.is_protected |= name == "manifest:encryption-data"

    def end(self, name: str) -> None:
        """Nothing stands in a row of the manifest."""

    def data(self, text: str) -> None:
        """Nothing stands in a row of the manifest."""


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else None


def _millimetres(text: str | None) -> float | None:
    m = _LENGTH.fullmatch(text or "")
    try:
        return float(m["n"]) * _MILLIMETRES[m["unit"]] if m else None
    except ValueError:
        return None


class _Styles:
    """Reads styles wherever they stand and tells what each makes of a paragraph or a span."""

    def __init__(self) -> None:
        self._styles: dict[str, _Style] = {}
        self._open: _Style | None = None
        self._resolved: dict[str, tuple[Role | None, _Style]] = {}

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "style:style":
            self._start_style(attributes)
        elif self._open is None:
            return
        elif name in ("style:paragraph-properties", "style:properties"):
            self._open.left_mm = _millimetres(attributes.get("margin-left"))
            self._open.right_mm = _millimetres(attributes.get("margin-right"))
        if self._open and name in ("style:text-properties", "style:properties"):
            self._open.is_hidden = attributes.get("display") == "none"
            self._open.is_raised = bool(_RAISED.match(attributes.get("text-position", "")))

    def _start_style(self, attributes: Attributes) -> None:
        own = attributes.get("name", "")
        self._open = _Style(
            names=(attributes.get("display-name", ""), own),
            parent=attributes.get("parent-style-name", ""),
            outline=_number(attributes.get("default-outline-level")),
        )
        if attributes.get("family", "paragraph") in ("paragraph", "text"):
            self._styles[own] = self._open

    def end(self, name: str) -> None:
        if name == "style:style":
            self._open = None

    def data(self, text: str) -> None:
        """Nothing that matters stands between the tags."""

    def of(self, name: str) -> tuple[Role | None, _Style]:
        """Say what a style makes of what has it, with what it has from its parents."""
        if name not in self._resolved:
            self._resolved[name] = self._resolve(name)
        return self._resolved[name]

    def _resolve(self, name: str) -> tuple[Role | None, _Style]:
        found = _Style()
        role: Role | None = None
        for _ in range(MAX_BASES):
            style = self._styles.get(name)
            names = style.names if style else (name,)
            role = role or next(filter(None, map(role_of, names)), None)
            if style is None:
                break
            if role is None and found.outline is None:
                found.outline = style.outline
            found.left_mm = style.left_mm if found.left_mm is None else found.left_mm
            found.right_mm = style.right_mm if found.right_mm is None else found.right_mm
            found.is_hidden |= style.is_hidden
            found.is_raised |= style.is_raised
            name = style.parent
            if not name:
                break
        return role, found


class _Body:
    """Reads ``content.xml``: the styles of single paragraphs first, then the text."""

    def __init__(self, flow: Flow, styles: _Styles) -> None:
        self._flow, self._styles = flow, styles
        self._skipped = 0
        self._in_text = False
        self._paragraphs: list[_Paragraph] = []
        self._spans: list[_Style] = []
        self._lists: list[int] = [0]
        self._n_contents = self._n_comments = self._n_marks = self._n_deleted = 0
        self.told = Properties()

    def start(self, name: str, attributes: Attributes) -> None:
        if self._skipped:
            self._skipped += 1
            self._n_deleted += name == "text:deletion"
        elif not self._in_text:
            self._in_text = name in ("office:text", "office:body")
            self._styles.start(name, attributes)
        elif name in _SKIPPED or name in _CONTENTS:
            self._skipped = 1
            self._n_contents += name in _CONTENTS
            self._n_comments += name == "office:annotation"
        elif name in _NOTES:
            self._n_marks += 1
            self._lists.append(0)
            self._flow.open_note()
        elif (method := _STARTS.get(name)) is not None:
            method(self, attributes)

    def end(self, name: str) -> None:
        if self._skipped:
            self._skipped -= 1
        elif not self._in_text:
            self._styles.end(name)
        elif name in _NOTES:
            self._lists.pop()
            self._flow.close_note()
        elif (method := _ENDS.get(name)) is not None:
            method(self)

    def data(self, text: str) -> None:
        if self._paragraphs and not self._skipped:
            text = _SPACES.sub(" ", text)
            if self._spans and self._spans[-1].is_raised:
                text = raised(text)
            self._write(text)

    def remarks(self) -> list[str]:
        """Say what was left out of the text."""
        told = (
            (self._n_marks, "footnote marks left out of the text"),
            (self._n_deleted, "stretches that are marked as deleted left out"),
            (self._n_comments, "comments left out"),
            (self._n_contents, "tables of contents and the like left out"),
        )
        return [f"odt: {n} {what}" for n, what in told if n]

    def _write(self, text: str) -> None:
        if self._paragraphs and not (self._spans and self._spans[-1].is_hidden):
            self._paragraphs[-1].parts.append(text)

    def start_paragraph(self, attributes: Attributes) -> None:
        style = attributes.get("style-name", "")
        self._paragraphs.append(_Paragraph(style, None, self._lists[-1]))
        self._spans.append(_Style())

    def start_heading(self, attributes: Attributes) -> None:
        level = _number(attributes.get("outline-level") or attributes.get("level"))
        style = attributes.get("style-name", "")
        self._paragraphs.append(_Paragraph(style, level or 1, self._lists[-1]))
        self._spans.append(_Style())

    def end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        self._spans.pop()
        text = "".join(paragraph.parts)
        role, style = self._styles.of(paragraph.style)
        outline = paragraph.outline or style.outline
        if not text.strip() or style.is_hidden:
            return
        if role and role.name == "contents":
            self._n_contents += 1
            return
        if role and role.name == "heading":
            role = Role("heading", paragraph.outline or role.level)
        shape = Shape(
            role=role,
            own_outline=paragraph.outline,
            outline=outline,
            item=min(10, paragraph.list_depth) or None,
            set_in=set_in(style.left_mm, style.right_mm, MIN_INDENT_MM),
        )
        self._flow.place(text, shape, self.told)

    def start_span(self, attributes: Attributes) -> None:
        _, style = self._styles.of(attributes.get("style-name", ""))
        outer = self._spans[-1] if self._spans else _Style()
        span = _Style(
            is_hidden=outer.is_hidden or style.is_hidden,
            is_raised=outer.is_raised or style.is_raised,
        )
        self._spans.append(span)

    def end_span(self) -> None:
        if self._spans:
            self._spans.pop()

    def write_spaces(self, attributes: Attributes) -> None:
        self._write(" " * min(MAX_SPACES, _number(attributes.get("c")) or 1))

    def write_tab(self, _attributes: Attributes) -> None:
        self._write("\t")

    def write_break(self, _attributes: Attributes) -> None:
        self._write("\n")

    def start_section(self, attributes: Attributes) -> None:
        if attributes.get("display") == "none":
            self._skipped = 1

    def start_list(self, _attributes: Attributes) -> None:
        self._lists[-1] += 1

    def end_list(self) -> None:
        self._lists[-1] -= 1

    def start_box(self, _attributes: Attributes) -> None:
        self._lists.append(0)

    def end_box(self) -> None:
        self._lists.pop()

    def start_row(self, _attributes: Attributes) -> None:
        self._flow.open_row()

    def end_row(self) -> None:
        self._flow.close_row()

    def start_cell(self, _attributes: Attributes) -> None:
        self._lists.append(0)
        self._flow.open_cell()

    def end_cell(self) -> None:
        self._lists.pop()
        self._flow.close_cell()


_STARTS: Mapping[str, Callable[[_Body, Attributes], None]] = {
    "text:p": _Body.start_paragraph,
    "text:h": _Body.start_heading,
    "text:span": _Body.start_span,
    "text:s": _Body.write_spaces,
    "text:tab": _Body.write_tab,
    "text:tab-stop": _Body.write_tab,
    "text:line-break": _Body.write_break,
    "text:section": _Body.start_section,
    "text:list": _Body.start_list,
    "text:ordered-list": _Body.start_list,
    "text:unordered-list": _Body.start_list,
    "draw:text-box": _Body.start_box,
    "table:table-row": _Body.start_row,
    "table:table-cell": _Body.start_cell,
}
_ENDS: Mapping[str, Callable[[_Body], None]] = {
    "text:p": _Body.end_paragraph,
    "text:h": _Body.end_paragraph,
    "text:span": _Body.end_span,
    "text:list": _Body.end_list,
    "text:ordered-list": _Body.end_list,
    "text:unordered-list": _Body.end_list,
    "draw:text-box": _Body.end_box,
    "table:table-row": _Body.end_row,
    "table:table-cell": _Body.end_cell,
}
