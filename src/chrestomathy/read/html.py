"""HTML → one canonical text with blocks, attributions and headings kept.

The page is parsed once; ``htmlwalk.py`` cuts it into pieces, ``htmlarticle.py`` chooses those
that are its content, and here they are written one after another. What is too large or too
deep is refused before any parser sees it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from chrestomathy.errors import InputError
from chrestomathy.read.encoding import decode_text
from chrestomathy.read.flow import join
from chrestomathy.read.htmlarticle import Choice, choose
from chrestomathy.read.htmlmeta import is_forum, read_metadata
from chrestomathy.read.htmlwalk import Walk, read_pieces
from chrestomathy.records import Document
from chrestomathy.settings import ReadSettings

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_CHARSET = re.compile(
    rb"""
    <meta[^>]{0,200}?charset\s*=\s*["']?\s*(?P<meta>[\w.:-]{2,40})  # charset="utf-8"
    | <\?xml[^>]{0,100}?encoding\s*=\s*["'](?P<xml>[\w.:-]{2,40})   # <?xml encoding="utf-8"
    """,
    re.VERBOSE | re.IGNORECASE,
)
CHARSET_BYTES = 4096
"""Length of the beginning in which a page must declare its charset."""
_TAG = re.compile(r"<!--|<(/?)([a-zA-Z][^\s/>]*)")
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr frame keygen".split()
)
_CLOSE_THEMSELVES = frozenset(
    ["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup"]
)
"""Elements whose end may be left out, so that their number says nothing of the depth."""
_RAW_TEXT = frozenset(("script", "style", "textarea", "title", "xmp", "noframes"))


LONG_TAG = 20_000
"""Characters from which a tag's attributes are counted."""
MAX_ATTRIBUTES = 5_000
"""Attributes of an element that take the parser a twentieth of a second."""


def document_from_html(
    data: bytes,
    *,
    id: str,  # noqa: A002 - the record's own name for it
    origin: str,
    settings: ReadSettings,
    declared: str | None = None,
) -> Document:
    """Read a page.

    Args:
        data: The page's bytes.
        id: The document's id.
        origin: Where it comes from.
        settings: Bounds, checked before anything is parsed.
        declared: The charset that a server declares.

    Raises:
        InputError: Too large, too deep, no text at all.
    """
    if len(data) > settings.max_html_bytes:
        raise InputError(
            f"the page is {len(data):,} bytes long and at most {settings.max_html_bytes:,} are read",
            fix="Split it, save it as plain text, or raise max_html_bytes under [read].",
        )
    decoded = decode_text(data, declared=declared or declared_in_page(data), repair=False)
    refuse_deep(decoded.text, max_depth=settings.max_depth, max_elements=settings.max_elements)
    return _read_page(decoded.text, id, origin, decoded.notes)


def declared_in_page(data: bytes) -> str | None:
    """Read the charset that a page itself declares."""
    m = _CHARSET.search(data[:CHARSET_BYTES])
    return (m["meta"] or m["xml"]).decode("ascii", "replace") if m else None


def refuse_deep(
    text: str, *, max_depth: int, max_elements: int = ReadSettings().max_elements
) -> None:
    """Count elements and their nesting in one pass, before any parser sees them.

    Raises:
        InputError: There are more than `max_elements`, deeper than `max_depth`, or one of them
            has too many attributes.
    """
    open_tags: Counter[str] = Counter()
    depth = pos = counted = n_elements = 0
    while (m := _TAG.search(text, pos)) is not None:
        pos = m.end()
        if m[0] == "<!--":
            pos = text.find("-->", pos)
            if pos < 0:
                return
            continue
        tag = m[2].lower()
        n_elements += not m[1]
        if n_elements > max_elements:
            raise InputError(
                f"it has more than {max_elements:,} elements",
                fix="Split it, save it as plain text, or raise max_elements under [read].",
            )
        if pos >= counted and "=" in text[pos + LONG_TAG : pos + LONG_TAG + 100]:
            counted = _refuse_attributes(text, pos)
        if tag in _VOID or tag in _CLOSE_THEMSELVES:
            continue
        if m[1]:
            if open_tags[tag]:
                open_tags[tag] -= 1
                depth -= 1
        elif tag in _RAW_TEXT:
            end = re.compile(f"</{tag}", re.IGNORECASE).search(text, pos)
            if end is None:
                return
            pos = end.end()
        else:
            open_tags[tag] += 1
            depth += 1
            if depth > max_depth:
                raise InputError(
                    f"its elements are nested more than {max_depth:,} deep",
                    at=f"character {m.start()}",
                    fix="Save the page as plain text, or raise max_depth under [read].",
                )


def _refuse_attributes(text: str, start: int) -> int:
    """Count the attributes of a long tag, whose end is returned: a parser compares each with all."""
    end = text.find(">", start)
    end = len(text) if end < 0 else end
    n = text.count("=", start, end)
    if n > MAX_ATTRIBUTES:
        raise InputError(
            f"an element of it has some {n:,} attributes",
            at=f"character {start}",
            fix="Save the page as plain text.",
        )
    return end


def _read_page(text: str, id_: str, origin: str, notes: tuple[str, ...]) -> Document:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    more = []
    if tree.body is None:
        tree = _without_frames(tree)
        more.append("html: the page is set in frames; read is what it shows without them")
    metadata = read_metadata(tree)
    walk = Walk()
    pieces = read_pieces(tree.body, walk) if tree.body is not None else []
    choice = choose(pieces, is_forum=is_forum(tree)) if pieces else Choice([], "html: no text")
    canonical, blocks = join(choice.pieces)
    more.append(choice.note)
    if walk.n_repaired:
        more.append(f"mojibake undone in {walk.n_repaired} lines")
    if walk.n_note_marks:
        more.append(f"{walk.n_note_marks} footnote marks left out of the text")
    return Document(
        id=id_,
        origin=origin,
        media_type="text/html",
        title=metadata.title,
        language=metadata.language,
        author=metadata.author,
        date=metadata.date,
        text=canonical,
        blocks=blocks,
        url=metadata.url,
        rights=metadata.rights,
        notes=(*notes, *more),
    )


def _without_frames(tree: LexborHTMLParser) -> LexborHTMLParser:
    """Parse what a page in frames has for those who see none.

    Raises:
        InputError: It has nothing; the message names the pages in its frames.
    """
    from selectolax.lexbor import LexborHTMLParser

    inner = [node.text() or "" for node in tree.css("noframes")]
    if any(re.search(r"\w", re.sub(r"<[^>]*>", "", one)) for one in inner):
        head = tree.head.html or "" if tree.head is not None else ""
        return LexborHTMLParser(head + "".join(inner))
    names = [node.attributes.get("src") or "" for node in tree.css("frame[src]")]
    raise InputError(
        "the page is set in frames and holds no text itself",
        fix=f"Give the pages in its frames: {', '.join(names[:5])}."
        if names
        else "Give a page with text in it.",
    )
