"""A tree of HTML elements → pieces of text, in reading order, each with what it is.

A piece is a run of inline text between two block boundaries. White space is collapsed as a
browser does, ``<br>`` is a line end, ``<q>`` gets its marks. Which pieces belong to the page's
content is ``htmlarticle.py``'s decision; here nothing but what a browser hides is dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chrestomathy.read.encoding import undo_mojibake
from chrestomathy.read.flow import DASH, MAX_CREDIT_CHARS, raised
from chrestomathy.read.htmlroles import (
    BLOCK,
    BOILERPLATE_ROLES,
    BOILERPLATE_TAGS,
    HIDDEN,
    UNNAMED,
    Named,
    is_note_id,
    read_names,
)
from chrestomathy.records import BlockKind

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    Attributes = dict[str, str | None]

_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_LISTS = frozenset("ul ol dl menu dir".split())
_ITEMS = frozenset("li dt dd".split())
_EMPHASIS = frozenset("em i small b strong".split())
_PAGE = frozenset("html body main article p".split())
"""Elements that hold content, however they are named."""
MAX_QUOTE_CHARS = 2_000
"""Longest text that a class name makes a quotation: longer, it is a page of them."""
MAX_BOILERPLATE_SHARE = 0.5
"""Share of a page's text from which a class name makes no boilerplate of an element."""
_NOTE_MARK = re.compile(r"\W*(?:\d{1,3}|[a-z*†‡])\W*", re.IGNORECASE)
"""What points to a footnote: `[12]`, `*`, not `2nd`."""
_SPACES = re.compile(r"[\t\n\r\f][ \t\n\r\f]*|[ ][ \t\n\r\f]+")
"""What HTML collapses: no-break and other wide spaces are the author's own."""
_SPACE = " \t\n\r\f"
_AROUND_LINE_END = re.compile(r"[ ]*\n[ ]*")
_AROUND_TAB = re.compile(r"[ ]*\t[ ]*")
_OPENING, _CLOSING = "“‘", "”’"
_PRINTED_MARKS = '"“”„«»‘‹'
_SCHEMES = frozenset(("http", "https", "urn", "doi", "isbn"))
"""Schemes of addresses that are kept of ``cite=``: `javascript:` names no source."""
_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.\-]*):")
MAX_ADDRESS_CHARS = 2_000
PLAIN, STYLED, CITE = 0, 1, 2
"""What a run of text stands in: nothing, emphasis, ``<cite>``."""


@dataclass(slots=True)
class Frame:
    """A block element that is open, and what holds inside it."""

    tag: str
    number: int
    outer: Frame | None = None
    attributes: Attributes = field(default_factory=dict)
    names: Named = UNNAMED
    kind: BlockKind | None = None
    level: int | None = None
    quotes: int = 0
    lists: int = 0
    boilerplate: bool = False
    outside: bool = False
    """Boilerplate by the element itself or its role."""
    pull: bool = False
    byline: bool = False
    preformatted: bool = False
    cells: bool = False
    has_quote: bool = False
    ended: bool = False
    group: bool = False
    """What stands beside the quotation in it says whose it is."""
    cite: str | None = None
    path: tuple[int, ...] = ()
    """Numbers of the elements around it and its own, outermost first."""
    element: object = None
    """What ``htmlarticle.py`` makes of it."""


@dataclass(slots=True)
class Piece:
    """One run of text and what stands around it; offsets are given later."""

    frame: Frame
    """The innermost block element."""
    kind: BlockKind
    level: int | None
    text: str
    n_links: int
    linked: int
    """Characters of the text that are within links."""
    cite: str | None = None

    @property
    def path(self) -> tuple[int, ...]:
        """Numbers of the elements around it, outermost first."""
        return self.frame.path

    @property
    def boilerplate(self) -> bool:
        """Whether it stands in navigation and the like."""
        return self.frame.boilerplate

    @property
    def link_share(self) -> float:
        """Share of the text that is within links, 0 to 1."""
        return min(1.0, self.linked / max(1, len(self.text)))


@dataclass(slots=True)
class _Run:
    """The inline text gathered since the last block boundary."""

    parts: list[tuple[str, int]] = field(default_factory=list)
    """Text, and whether it is plain, emphasised or within ``<cite>``."""
    linked: int = 0
    n_links: int = 0
    cites: set[str] = field(default_factory=set)
    """Addresses of the ``<q>`` in it."""


@dataclass(slots=True)
class Walk:
    """What one walk over a page found besides the pieces."""

    n_note_marks: int = 0
    n_repaired: int = 0


def read_pieces(body: LexborNode, walk: Walk) -> list[Piece]:
    """Walk a tree once, without recursion, and give its pieces in reading order."""
    walker = _Walker(walk, body)
    walker.enter(body, body.tag or "")
    node, depth = body.child, 1
    while node is not None:
        tag = node.tag
        if tag == "-text":
            walker.add_text(node.text_content or "")
        elif walker.enter(node, tag or ""):
            if (child := node.child) is not None:
                node = child
                depth += 1
                continue
            walker.leave()
        while (following := node.next) is None:
            depth -= 1
            if not depth:
                break
            walker.leave()
            parent = node.parent
            assert parent is not None
            node = parent
        node = following
    walker.leave()
    return walker.pieces


def hidden_nodes(body: LexborNode) -> frozenset[int]:
    """Find the elements that their attributes hide, by the numbers of their nodes."""
    hidden = [node.mem_id for node in body.css("[hidden]")]
    for node in body.css('[style*="display" i]'):
        style = (node.attributes.get("style") or "").replace(" ", "").lower()
        if "display:none" in style:
            hidden.append(node.mem_id)
    return frozenset(hidden)


def names_of(attributes: Attributes) -> Named:
    """Read an element's class and id."""
    class_, id_ = attributes.get("class"), attributes.get("id")
    return read_names(f"{class_ or ''} {id_ or ''}"[:1000]) if class_ or id_ else UNNAMED


class _Walker:
    """The state of one walk: the elements that are open and the text gathered in them."""

    def __init__(self, walk: Walk, body: LexborNode) -> None:
        self.walk = walk
        self.body = body
        self.n_chars: int | None = None
        self.hidden = hidden_nodes(body)
        self.pieces: list[Piece] = []
        self.frame = Frame("#", 0)
        self.run = _Run()
        self.last_kind: BlockKind | None = None
        self.is_dialogue = False  # the last words began with a dash, as turns of speech do
        self.open: list[str] = []
        self.n_cite = self.n_styled = self.n_link = self.n_q = self.n_sup = 0
        self.numbers = 0

    def enter(self, node: LexborNode, tag: str) -> bool:
        """Begin an element; tell whether it is seen and must be left again."""
        if tag == "br":
            self.run.parts.append(("\n", CITE if self.n_cite else PLAIN))
            return False
        if tag in HIDDEN or not tag or not tag[0].isalpha() or node.mem_id in self.hidden:
            return False
        attributes = node.attributes
        names = names_of(attributes)
        if names.unseen and not self._holds_much(node):
            return False
        if tag in BLOCK:
            self._enter_block(node, tag, attributes, names)
        else:
            self._enter_inline(node, tag, attributes, names)
        return True

    def leave(self) -> None:
        """End the element that was begun last."""
        kind = self.open.pop()
        if kind != "block":
            self._leave_inline(kind)
            return
        frame = self.frame
        if not (frame.cells and frame.tag in ("td", "th")):
            self._flush()
        assert frame.outer is not None
        self.frame = frame.outer
        if frame.kind == "quote":
            self.frame.has_quote = True

    def _holds_much(self, node: LexborNode) -> bool:
        """Tell whether an element holds most of the page, so that its name says little."""
        if self.n_chars is None:
            self.n_chars = len(self.body.text() or "")
        return len(node.text() or "") > MAX_BOILERPLATE_SHARE * self.n_chars

    def _enter_block(
        self, node: LexborNode, tag: str, attributes: Attributes, names: Named
    ) -> None:
        frame = self._frame(node, tag, attributes, names)
        if tag in ("td", "th") and self.frame.cells:
            if self.run.parts:
                self.run.parts.append(("\t", PLAIN))
            frame.cells = True
        elif not self.frame.cells or tag == "tr":
            self._flush()
        self.frame = frame
        self.open.append("block")

    def _enter_inline(
        self, node: LexborNode, tag: str, attributes: Attributes, names: Named
    ) -> None:
        quoted = self.frame.quotes > 0
        kind = ""
        if tag == "cite" or (quoted and (names.attribution or _is_creator(attributes))):
            self.n_cite += 1
            kind = "cite"
        elif tag == "a":
            self.n_link += 1
            self.run.n_links += 1
            kind = "a"
        elif tag == "q":
            self.run.parts.append((_OPENING[self.n_q % 2], PLAIN))
            self.n_q += 1
            kind = "q"
            if address := address_of(attributes):
                self.run.cites.add(address)
        elif tag == "sup":
            kind = self._enter_sup(node)
        elif tag in _EMPHASIS:
            self.n_styled += 1
            kind = "styled"
        self.open.append(kind)

    def _enter_sup(self, node: LexborNode) -> str:
        """Leave a footnote's mark out; write a power with raised characters: 10², not 102."""
        text = node.text() or ""
        if _is_note_mark(node):
            self.walk.n_note_marks += 1
        elif (power := raised(text.strip())) != text.strip():
            self.add_text(power)
        else:
            return ""
        self.n_sup += 1
        return "sup"

    def _leave_inline(self, kind: str) -> None:
        if kind == "cite":
            self.n_cite -= 1
        elif kind == "styled":
            self.n_styled -= 1
        elif kind == "a":
            self.n_link -= 1
        elif kind == "sup":
            self.n_sup -= 1
        elif kind == "q":
            self.n_q -= 1
            self._close_q()

    def _close_q(self) -> None:
        inner = self.run.parts[-1][0].rstrip() if self.run.parts else ""
        mark = _CLOSING[self.n_q % 2]
        if self.n_q == 0 and self._printed_opening():
            return
        if not inner.endswith(mark):
            self.run.parts.append((mark, PLAIN))

    def _printed_opening(self) -> bool:
        """Take the mark back where the page prints one itself inside ``<q>``."""
        parts = self.run.parts
        for i in range(len(parts) - 1, -1, -1):
            if parts[i][0] == "“":
                following = "".join(text for text, _ in parts[i + 1 : i + 3]).lstrip()
                if following[:1] and following[0] in _PRINTED_MARKS:
                    del parts[i]
                    return True
                return False
        return False

    def add_text(self, text: str) -> None:
        """Take a run of text in."""
        if not text or self.n_sup:
            return
        if not self.frame.preformatted:
            if not self.run.parts and not text.strip(_SPACE):
                return
            if "  " in text or not text.isprintable():  # else each space is one already
                text = _SPACES.sub(" ", text)
        style = CITE if self.n_cite else STYLED if self.n_styled else PLAIN
        self.run.parts.append((text, style))
        if self.n_link:
            self.run.linked += len(text.strip())
            self.run.n_links = max(1, self.run.n_links)

    def _frame(self, node: LexborNode, tag: str, attributes: Attributes, names: Named) -> Frame:
        """Say what holds inside a block element, from what holds around it."""
        outer = self.frame
        self.numbers += 1
        frame = Frame(
            tag,
            self.numbers,
            outer,
            attributes,
            names,
            kind=outer.kind,
            level=outer.level,
            quotes=outer.quotes,
            lists=outer.lists,
            boilerplate=outer.boilerplate,
            outside=outer.outside,
            pull=outer.pull,
            byline=outer.byline,
            preformatted=outer.preformatted or tag == "pre",
            cite=outer.cite,
            path=(*outer.path, self.numbers),
        )
        if tag in _HEADINGS:
            frame.kind, frame.level = "heading", _HEADINGS[tag]
        elif outer.kind == "heading" and (self.run.parts or outer.ended):
            outer.ended = True  # a heading without its end tag: what follows is no part of it
            frame.kind, frame.level = None, None
        elif tag == "blockquote":
            frame.quotes += 1
            frame.kind, frame.level = "quote", frame.quotes
            frame.cite = address_of(attributes)
        elif tag in _LISTS:
            frame.lists += 1
        elif tag in _ITEMS and outer.kind != "note":
            frame.kind, frame.level = "item", max(1, frame.lists)
        elif tag == "tr":
            frame.cells = _is_data_row(node)
            if frame.cells:
                frame.kind, frame.level = "table", None
        self._mark_role(node, tag, frame, outer)
        return frame

    def _mark_role(self, node: LexborNode, tag: str, frame: Frame, outer: Frame) -> None:
        """Recognise attributions, notes and boilerplate by element, class and place."""
        names, attributes = frame.names, frame.attributes
        if self._is_credit(node, tag, frame, outer):
            frame.kind, frame.level = "attribution", None
            return
        frame.byline = outer.byline or (names.byline and not outer.quotes)
        if tag == "figcaption":
            frame.kind, frame.level = "note", None
        elif self._is_quote_by_name(node, tag, frame, outer):
            frame.pull = names.pull
            if node.css_first("blockquote") is None:
                frame.quotes, frame.kind, frame.level = 1, "quote", 1
            else:
                frame.group = True
        elif _is_quotation_item(attributes):
            frame.group = True
            frame.quotes = max(1, frame.quotes)
        elif outer.group and attributes.get("itemprop") == "text" and frame.kind != "heading":
            frame.kind, frame.level = "quote", frame.quotes
        elif _is_note(tag, attributes, names):
            frame.kind, frame.level = "note", None
        elif tag == "figure":
            frame.group = node.css_first("blockquote") is not None
        elif tag in BOILERPLATE_TAGS or (attributes.get("role") or "") in BOILERPLATE_ROLES:
            frame.boilerplate = frame.outside = True
            frame.pull = names.pull or tag == "aside"
        elif names.boilerplate and tag not in _PAGE and not self._holds_much(node):
            frame.boilerplate = True

    def _is_quote_by_name(self, node: LexborNode, tag: str, frame: Frame, outer: Frame) -> bool:
        named = frame.names.quote or frame.names.pull
        if not named or outer.quotes or tag not in ("p", "div", "aside", "section"):
            return False
        return len(node.text() or "") <= MAX_QUOTE_CHARS

    def _is_credit(self, node: LexborNode, tag: str, frame: Frame, outer: Frame) -> bool:
        """Recognise an element that says whose the words beside it are."""
        if frame.kind == "heading":
            return False
        follows = self.last_kind == "quote" and outer.has_quote
        names = frame.names
        if tag == "figcaption":
            figure = node.parent
            near = outer.quotes > 0 or follows
            near = near or (figure is not None and figure.css_first("blockquote, q") is not None)
        elif tag == "footer":
            near = outer.quotes > 0 or follows
        elif names.attribution or (outer.group and _may_be_credit(node, tag, frame)):
            near = True
        else:
            beside = outer.quotes > 0 or self.last_kind in ("quote", "attribution")
            near = beside and names.credit
        return near and len(node.text() or "") <= MAX_CREDIT_CHARS

    def _flush(self) -> None:
        run = self.run
        if not run.parts:
            if run.n_links:
                run.n_links = 0
            return
        self.run = _Run()
        frame = self.frame
        for parts, is_cite in _split_cite(run.parts, quoted=frame.quotes > 0):
            text = "".join([text for text, _ in parts])
            text = text.strip("\r\n") if frame.preformatted else _tidy(text)
            if not text or text.isspace():
                continue
            text, repaired = undo_mojibake(text)
            self.walk.n_repaired += repaired
            kind, level = self._kind(frame, text, is_cite)
            self.last_kind = kind
            cite = frame.cite if kind == "quote" else None
            if len(run.cites) == 1 and kind != "attribution":
                cite = next(iter(run.cites))
            self.pieces.append(Piece(frame, kind, level, text, run.n_links, run.linked, cite))

    def _kind(self, frame: Frame, text: str, is_cite: bool) -> tuple[BlockKind, int | None]:
        kind, level = frame.kind or "paragraph", frame.level
        if len(text) > MAX_CREDIT_CHARS or kind not in ("paragraph", "quote"):
            return kind, level
        begins_with_dash = DASH.match(text) is not None
        follows = self.last_kind == "quote" and not self.is_dialogue
        if is_cite and (frame.quotes > 0 or self.last_kind == "quote"):
            return "attribution", None
        if begins_with_dash and follows and not text.endswith(("?", "!")):
            return "attribution", None
        self.is_dialogue = begins_with_dash
        return kind, level


_WROTE = re.compile(r"\b(?:wrote|said|posted|schrieb|escribió|a écrit|ha scritto|schreef)\b")
"""How a forum names whom it quotes: "marrow wrote on 3 May"."""
_Parts = list[tuple[str, int]]


def _split_cite(parts: _Parts, *, quoted: bool) -> list[tuple[_Parts, bool]]:
    """Part a run from a credit at its end or beginning; say which part is one.

    A last line is one that is a ``<cite>`` or that alone is emphasised (a dash before either
    allowed); a beginning is one that is a ``<cite>`` and ends with a colon.
    """
    if not any(style for _, style in parts):
        return [(parts, False)]
    lines: list[_Parts] = [[]]
    for part in parts:
        if part[0] == "\n":
            lines.append([])
        else:
            lines[-1].append(part)
    while len(lines) > 1 and not "".join([text for text, _ in lines[-1]]).strip():
        lines.pop()
    last_is_cite = _is_all(lines[-1], CITE)
    if len(lines) == 1:
        if last_is_cite or not quoted:
            return [(parts, last_is_cite)]
        return _split_beginning(parts)
    said = _joined(lines[:-1])
    if quoted and (last_is_cite or _is_all(lines[-1], STYLED)) and not _is_all(said, STYLED):
        return [(said, False), (lines[-1], True)]
    return _split_beginning(parts) if quoted else [(parts, False)]


def _split_beginning(parts: _Parts) -> list[tuple[_Parts, bool]]:
    """Part ``<cite>Ann wrote:</cite> words`` into the two."""
    n = 0
    while n < len(parts) and (parts[n][1] == CITE or not parts[n][0].strip()):
        n += 1
    beginning = "".join([text for text, _ in parts[:n]]).strip()
    told = beginning.endswith((":", "：")) or _WROTE.search(beginning)
    if told and n < len(parts):
        return [(parts[:n], True), (parts[n:], False)]
    return [(parts, False)]


def _joined(lines: list[_Parts]) -> _Parts:
    return [part for line in lines for part in (*line, ("\n", PLAIN))]


def _is_all(parts: _Parts, style: int) -> bool:
    """Tell whether all words of a line are in a style, or in a stronger one."""
    inside = "".join([text for text, one in parts if one >= style]).strip()
    outside = "".join([text for text, one in parts if one < style])
    return bool(inside) and not outside.strip(" \t\n—–―‒-~,.()[]")


def _tidy(text: str) -> str:
    """Collapse what meets at element borders; line ends of ``<br>`` stay."""
    if "\n" in text:
        text = _AROUND_LINE_END.sub("\n", text)
    if "\t" in text:
        text = _AROUND_TAB.sub("\t", text)
    if "  " in text:
        text = re.sub(r"  +", " ", text)
    return text.strip(_SPACE)


def address_of(attributes: Attributes) -> str | None:
    """Return the address in ``cite=``, if it is one that may be followed."""
    address = "".join((attributes.get("cite") or "").split())
    if not address or len(address) > MAX_ADDRESS_CHARS:
        return None
    m = _SCHEME.match(address)
    return None if m and m[1].lower() not in _SCHEMES else address


def _is_quotation_item(attributes: Attributes) -> bool:
    """Tell an element of microdata that is a schema.org ``Quotation``."""
    return (attributes.get("itemtype") or "").rstrip("/#").endswith("schema.org/Quotation")


def _is_creator(attributes: Attributes) -> bool:
    return (attributes.get("itemprop") or "") in ("creator", "author", "spokenByCharacter")


def _may_be_credit(node: LexborNode, tag: str, frame: Frame) -> bool:
    """Tell what stands beside the quotation of a group, from what is it or holds it."""
    if tag in ("blockquote", "q") or frame.attributes.get("itemprop") == "text":
        return False
    return node.css_first("blockquote, q, [itemprop=text], img, p + p") is None


def _is_note(tag: str, attributes: Attributes, names: Named) -> bool:
    if (attributes.get("role") or "") in ("doc-endnotes", "doc-endnote", "doc-footnote"):
        return True
    return names.note or (tag == "li" and is_note_id(attributes.get("id") or ""))


def _is_note_mark(node: LexborNode) -> bool:
    """Tell a footnote's number, a link within the page, from "10²"."""
    link = node.css_first("a[href]")
    if link is None:
        parent = node.parent
        link = parent if parent is not None and parent.tag == "a" else None
    if link is None or "#" not in (link.attributes.get("href") or ""):
        return False
    return _NOTE_MARK.fullmatch(node.text(deep=True) or "") is not None


def _is_data_row(row: LexborNode) -> bool:
    """Tell a row of a table from a row that lays out a page: its cells hold no blocks."""
    n_cells = 0
    cell = row.child
    while cell is not None:
        if cell.tag in ("td", "th"):
            n_cells += 1
            inner = cell.child
            while inner is not None:
                if inner.tag in BLOCK:
                    return False
                inner = inner.next
        cell = cell.next
    return n_cells > 1
