"""A tree of HTML elements → pieces of text, in reading order, each with what it is.

A piece is a run of inline text between two block boundaries. White space is collapsed as a
browser does, ``<br>`` is a line end, ``<q>`` gets its marks. Which pieces belong to the page's
content is ``html.py``'s decision; here nothing but what a browser hides is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chrestomathy.records import BlockKind

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_HIDDEN = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "select",
        "button",
        "textarea",
        "datalist",
        "head",
        "title",
        "rp",
        "rt",
        "dialog",
    ]
)
"""Elements whose text is not the page's."""
_BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_BOILERPLATE = frozenset(["nav", "header", "footer", "aside", "search"])
_BOILERPLATE_ROLES = frozenset(["navigation", "banner", "contentinfo", "complementary", "search"])
_BOILERPLATE_NAME = re.compile(
    r"""
    (?:^|[\s_-])(?:
        nav(?:bar|igation)?|menu|breadcrumbs?|sidebar|comments?|share|sharing|social
      | related|recommend(?:ed|ations)?|newsletter|subscribe|cookies?|promo|advert(?:isement)?
    )(?:[\s_-]|$)                       # class="post-comments", not "commented-text"
  | (?:^|\s)(?:(?:site|page|main|global)[_-])?(?:header|footer)(?:\s|$)  # not "entry-header"
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ATTRIBUTION_NAME = re.compile(
    r"""
    (?:^|[\s_-])(?:
        attribution|attrib|quotee|quote(?:_|-)?(?:author|source|by|credit)
    )(?:[\s_-]|$)                       # class="quote-author"
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CREDIT_NAME = re.compile(
    r"(?:^|[\s_-])(?:author|source|cite|citation|credit|speaker|byline|by)(?:[\s_-]|$)",
    re.IGNORECASE,
)
"""Class names that mean an attribution beside a quotation and a byline elsewhere."""
_QUOTE_NAME = re.compile(
    r"(?:^|\s)(?:quote|quotation|epigraph|(?:block)?quote[_-]?(?:text|body|content))(?:\s|$)",
    re.IGNORECASE,
)
"""Class names of a quotation that is no ``<blockquote>``: `quoteText`, not `quote-author`."""
MAX_QUOTE_CHARS = 2_000
"""Longest text that a class name makes a quotation: longer, it is a page of them."""
_SUPERSCRIPTS = str.maketrans("0123456789+-−=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿ")
_POWER = re.compile(r"[+\-−]?[0-9n]{1,4}\Z")
"""What a raised text must be to become raised characters: `2`, `-5`, not `nd`."""
_NOTE_NAME = re.compile(r"(?:^|[\s_-])(?:foot|end)notes?(?:[\s_-]|$)", re.IGNORECASE)
_NOTE_ID = re.compile(r"(?:fn|ftn|footnote|cite_note)[-:_.]?\w*", re.IGNORECASE)
_NOTE_MARK = re.compile(r"\W*(?:\d{1,3}|[a-z*†‡])\W*", re.IGNORECASE)
"""What points to a footnote: `[12]`, `*`, not `2nd`."""
_DASH = re.compile(r"\s*(?:[—–―‒]|--|-\s|~\s)")
_SPACES = re.compile(r"[ \t\n\r\f]+")
"""What HTML collapses: no-break and other wide spaces are the author's own."""
MAX_CREDIT_CHARS = 300
"""Longest attribution; chosen by hand."""
_OPENING, _CLOSING = "“‘", "”’"
_PRINTED_MARKS = '"“”„«»‘‹'


@dataclass(slots=True)
class Piece:
    """One run of text and what stands around it; offsets are given later."""

    node: LexborNode
    """The innermost block element."""
    path: tuple[int, ...]
    """Numbers of the elements around it, outermost first."""
    kind: BlockKind
    level: int | None
    text: str
    boilerplate: bool
    link_share: float
    """Share of the text that is within links, 0 to 1."""


@dataclass(slots=True)
class _Frame:
    """What holds inside an element."""

    tag: str
    number: int
    path: tuple[int, ...]
    kind: BlockKind | None = None
    level: int | None = None
    quotes: int = 0
    lists: int = 0
    boilerplate: bool = False
    preformatted: bool = False
    cells: bool = False
    has_quote: bool = False


@dataclass(slots=True)
class _Run:
    """The inline text gathered since the last block boundary."""

    parts: list[tuple[str, bool]] = field(default_factory=list)
    """Text, and whether it is within ``<cite>``."""
    linked: int = 0


@dataclass(slots=True)
class Walk:
    """What one walk over a page found besides the pieces."""

    max_depth: int = 0
    n_note_marks: int = 0


def iter_pieces(body: LexborNode, walk: Walk) -> Iterator[Piece]:
    """Walk a tree once, without recursion, and give its pieces in reading order."""
    state = _Walker(walk)
    depth = 0
    for node, entering in _iter_events(body):
        depth += 1 if entering else -1
        walk.max_depth = max(walk.max_depth, depth)
        if entering:
            yield from state.enter(node)
        else:
            yield from state.leave(node)


def _iter_events(top: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    """Enter and leave every node below `top`; what is hidden is stepped over."""
    todo: list[tuple[LexborNode, bool]] = [(top, True)]
    while todo:
        node, entering = todo.pop()
        yield node, entering
        if not entering:
            continue
        todo.append((node, False))
        children = []
        child = node.child
        while child is not None:
            if not _is_hidden(child):
                children.append((child, True))
            child = child.next
        todo.extend(reversed(children))


def _is_hidden(node: LexborNode) -> bool:
    tag = node.tag
    if tag == "-text":
        return False
    if tag is None or tag in _HIDDEN or tag.startswith(("-", "!", "_")):
        return True
    attributes = node.attributes
    if not attributes:
        return False
    style = (attributes.get("style") or "").replace(" ", "").lower()
    return "hidden" in attributes or "display:none" in style


class _Walker:
    """The state of one walk: the elements that are open and the text gathered in them."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.frames: list[_Frame] = [_Frame("#", 0, ())]
        self.run = _Run()
        self.last_kind: BlockKind | None = None
        self.is_dialogue = False  # the last words began with a dash, as turns of speech do
        self.inline: list[str] = []
        self.n_cite = self.n_link = self.n_q = self.n_sup = 0
        self.numbers = 0
        self.block_nodes: list[LexborNode] = []

    def enter(self, node: LexborNode) -> Iterator[Piece]:
        tag = node.tag or ""
        if tag == "-text":
            self._add_text(node.text_content or "")
        elif tag == "br":
            self.run.parts.append(("\n", self.n_cite > 0))
        elif tag in _BLOCK:
            frame = self._frame(node, tag)
            if tag in ("td", "th") and self.frames[-1].cells:
                if self.run.parts:
                    self.run.parts.append(("\t", False))
                frame.cells = True
            elif not self.frames[-1].cells or tag == "tr":
                yield from self._flush()
            self.frames.append(frame)
            self.block_nodes.append(node)
        else:
            self._enter_inline(node, tag)

    def leave(self, node: LexborNode) -> Iterator[Piece]:
        tag = node.tag or ""
        if tag in ("-text", "br"):
            return
        if tag in _BLOCK:
            frame = self.frames[-1]
            if not (frame.cells and tag in ("td", "th")):
                yield from self._flush()
            self.frames.pop()
            self.block_nodes.pop()
            if frame.kind == "quote":
                self.frames[-1].has_quote = True
        else:
            self._leave_inline()

    def _enter_inline(self, node: LexborNode, tag: str) -> None:
        if tag == "cite" or (self.frames[-1].quotes and _names(node, _ATTRIBUTION_NAME)):
            self.n_cite += 1
            self.inline.append("cite")
        elif tag == "a":
            self.n_link += 1
            self.inline.append("a")
        elif tag == "q":
            self.run.parts.append((_OPENING[self.n_q % 2], False))
            self.n_q += 1
            self.inline.append("q")
        elif tag == "sup":
            self._enter_sup(node)
        else:
            self.inline.append("")

    def _enter_sup(self, node: LexborNode) -> None:
        """Leave a footnote's mark out; write a power with raised characters: 10², not 102."""
        text = node.text() or ""
        if _is_note_mark(node):
            self.walk.n_note_marks += 1
        elif _POWER.match(text.strip()):
            self._add_text(text.strip().translate(_SUPERSCRIPTS))
        else:
            self.inline.append("")
            return
        self.n_sup += 1
        self.inline.append("sup")

    def _leave_inline(self) -> None:
        kind = self.inline.pop() if self.inline else ""
        if kind == "cite":
            self.n_cite -= 1
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
        if inner.endswith(("”", '"', "»")) and self.n_q % 2 == 0 and self._drop_own_mark():
            return
        self.run.parts.append((mark, False))

    def _drop_own_mark(self) -> bool:
        """Take back the opening mark of a ``<q>`` whose text brings marks of its own."""
        for i in range(len(self.run.parts) - 1, -1, -1):
            if self.run.parts[i][0] == "“":
                following = "".join(text for text, _ in self.run.parts[i + 1 : i + 3]).lstrip()
                if following[:1] and following[0] in _PRINTED_MARKS:
                    del self.run.parts[i]
                    return True
                return False
        return False

    def _add_text(self, text: str) -> None:
        if not text or self.n_sup:
            return
        if not self.frames[-1].preformatted:
            text = _SPACES.sub(" ", text)
        self.run.parts.append((text, self.n_cite > 0))
        if self.n_link:
            self.run.linked += len(text.strip())

    def _frame(self, node: LexborNode, tag: str) -> _Frame:
        """Say what holds inside a block element, from what holds around it."""
        outer = self.frames[-1]
        self.numbers += 1
        frame = _Frame(
            tag,
            self.numbers,
            (*outer.path, self.numbers),
            kind=outer.kind,
            level=outer.level,
            quotes=outer.quotes,
            lists=outer.lists,
            boilerplate=outer.boilerplate,
            preformatted=outer.preformatted or tag == "pre",
        )
        if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
            frame.kind, frame.level = "heading", int(tag[1])
        elif tag == "blockquote":
            frame.quotes += 1
            frame.kind, frame.level = "quote", frame.quotes
        elif tag in ("ul", "ol", "dl", "menu", "dir"):
            frame.lists += 1
        elif tag in ("li", "dt", "dd") and outer.kind != "note":
            frame.kind, frame.level = "item", max(1, frame.lists)
        elif tag == "tr":
            frame.cells = _is_data_row(node)
            if frame.cells:
                frame.kind, frame.level = "table", None
        self._mark_role(node, tag, frame, outer)
        return frame

    def _mark_role(self, node: LexborNode, tag: str, frame: _Frame, outer: _Frame) -> None:
        """Recognise attributions, notes and boilerplate by element, class and place."""
        if self._is_credit(node, tag, outer):
            frame.kind, frame.level = "attribution", None
        elif tag == "figcaption":
            frame.kind, frame.level = "note", None
        elif (
            tag in ("p", "div")
            and not outer.quotes
            and _names(node, _QUOTE_NAME)
            and len(node.text() or "") <= MAX_QUOTE_CHARS
        ):
            frame.quotes, frame.kind, frame.level = 1, "quote", 1
        elif _is_note(node, tag):
            frame.kind, frame.level = "note", None
        elif (
            tag in _BOILERPLATE
            or (node.attributes.get("role") or "") in _BOILERPLATE_ROLES
            or (tag not in ("body", "main", "article") and _names(node, _BOILERPLATE_NAME))
        ):
            frame.boilerplate = True

    def _is_credit(self, node: LexborNode, tag: str, outer: _Frame) -> bool:
        """Recognise an element that says whose the words beside it are."""
        follows = self.last_kind == "quote" and outer.has_quote
        if tag == "figcaption":
            figure = node.parent
            near = outer.quotes > 0 or follows
            near = near or (figure is not None and figure.css_first("blockquote, q") is not None)
        elif tag == "footer":
            near = outer.quotes > 0 or follows
        elif _names(node, _ATTRIBUTION_NAME):
            near = True
        else:
            beside = outer.quotes > 0 or self.last_kind in ("quote", "attribution")
            near = beside and _names(node, _CREDIT_NAME)
        return near and len(node.text() or "") <= MAX_CREDIT_CHARS

    def _flush(self) -> Iterator[Piece]:
        run, self.run = self.run, _Run()
        if not run.parts:
            return
        frame = self.frames[-1]
        for parts, is_cite in _split_cite(run.parts, quoted=frame.quotes > 0):
            text = "".join(text for text, _ in parts)
            text = text.strip("\r\n") if frame.preformatted else _tidy(text)
            if not text.strip():
                continue
            kind, level = self._kind(frame, text, is_cite)
            self.last_kind = kind
            yield Piece(
                node=self.block_nodes[-1],
                path=frame.path,
                kind=kind,
                level=level,
                text=text,
                boilerplate=frame.boilerplate,
                link_share=min(1.0, run.linked / max(1, len(text))),
            )

    def _kind(self, frame: _Frame, text: str, is_cite: bool) -> tuple[BlockKind, int | None]:
        kind, level = frame.kind or "paragraph", frame.level
        if len(text) > MAX_CREDIT_CHARS or kind not in ("paragraph", "quote"):
            return kind, level
        begins_with_dash = _DASH.match(text) is not None
        follows = self.last_kind == "quote" and not self.is_dialogue
        if is_cite and (frame.quotes > 0 or self.last_kind == "quote"):
            return "attribution", None
        if begins_with_dash and follows and not text.endswith(("?", "!")):
            return "attribution", None
        self.is_dialogue = begins_with_dash
        return kind, level


def _split_cite(
    parts: list[tuple[str, bool]], *, quoted: bool
) -> Iterator[tuple[list[tuple[str, bool]], bool]]:
    """Part a run whose last line is a ``<cite>`` (a dash before it allowed) from its words."""
    lines: list[list[tuple[str, bool]]] = [[]]
    for text, in_cite in parts:
        if text == "\n":
            lines.append([])
        else:
            lines[-1].append((text, in_cite))
    while len(lines) > 1 and not "".join(text for text, _ in lines[-1]).strip():
        lines.pop()
    last_is_cite = _is_all_cite(lines[-1])
    if len(lines) == 1:
        yield parts, last_is_cite
    elif quoted and last_is_cite:
        yield _joined(lines[:-1]), False
        yield lines[-1], True
    else:
        yield parts, False


def _joined(lines: list[list[tuple[str, bool]]]) -> list[tuple[str, bool]]:
    return [part for line in lines for part in (*line, ("\n", False))]


def _is_all_cite(parts: list[tuple[str, bool]]) -> bool:
    cited = "".join(text for text, in_cite in parts if in_cite).strip()
    outside = "".join(text for text, in_cite in parts if not in_cite)
    return bool(cited) and not outside.strip(" \t\n—–―‒-~,.()[]")


def _tidy(text: str) -> str:
    """Collapse what meets at element borders; line ends of ``<br>`` stay."""
    text = re.sub(r" *\n *", "\n", text)
    text = re.sub(r" *\t *", "\t", text)
    return re.sub(r"  +", " ", text).strip(" \t\n\r\f")


def _names(node: LexborNode, pattern: re.Pattern[str]) -> bool:
    attributes = node.attributes
    name = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return len(name) > 1 and pattern.search(name) is not None


def _is_note(node: LexborNode, tag: str) -> bool:
    attributes = node.attributes
    if (attributes.get("role") or "") in ("doc-endnotes", "doc-endnote", "doc-footnote"):
        return True
    if tag == "li" and _NOTE_ID.fullmatch(attributes.get("id") or ""):
        return True
    return _names(node, _NOTE_NAME)


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
                if inner.tag in _BLOCK:
                    return False
                inner = inner.next
        cell = cell.next
    return n_cells > 1
