"""HTML → one canonical text with blocks, attributions and headings kept.

trafilatura says *which* text is the page's content; it drops attributions and knows no
offsets. So its text is only looked up in the pieces of the original tree (``htmlwalk.py``):
the smallest element that holds what it found is taken, and from it the pieces found, what
stands between them, and whatever belongs to a quotation. Where that fails the whole body is
taken but for navigation and the like; the document's notes say which way was gone.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from dataclasses import dataclass

from chrestomathy.errors import InputError
from chrestomathy.read.encoding import decode_text
from chrestomathy.read.htmlmeta import read_metadata
from chrestomathy.read.htmlwalk import Piece, Walk, iter_pieces
from chrestomathy.records import Block, Document
from chrestomathy.settings import ReadSettings

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
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "frame",
        "keygen",
    ]
)
_CLOSE_THEMSELVES = frozenset(
    ["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup"]
)
"""Elements whose end may be left out, so that their number says nothing of the depth."""
_RAW_TEXT = frozenset(("script", "style", "textarea", "title", "xmp", "noframes"))
_EXTRACTED = frozenset(["p", "head", "quote", "item", "cell", "code", "fw", "ab", "lb"])
"""Elements of trafilatura's answer that hold one block's text."""
LXML_DEPTH = 250
"""Nesting from which trafilatura's parser loses text silently (256)."""
MIN_KEY_CHARS = 20
"""Shortest squashed text that is looked up anywhere; shorter ones must be a whole block."""
BEGIN_CHARS = 24
"""Length of a squashed beginning that two texts share where trafilatura drops a name inside."""
CONTAINER_SHARE = 0.9
"""Share of the found text that the content's element must hold; chosen by hand."""
MIN_PLACED_SHARE = 0.5
"""Share of trafilatura's text that must be found again, or the whole body is taken."""
MIN_CHOSEN_SHARE = 0.4
"""Share of the page's prose that must be chosen: pages of quotations are no articles."""
MAX_LINK_SHARE = 0.5
"""Share of link text from which a piece between two found ones is a menu."""


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
    decoded = decode_text(data, declared=declared or declared_in_page(data))
    refuse_deep(decoded.text, max_depth=settings.max_depth)
    return _read_page(decoded.text, id, origin, decoded.notes)


def declared_in_page(data: bytes) -> str | None:
    """Read the charset that a page itself declares."""
    m = _CHARSET.search(data[:CHARSET_BYTES])
    return (m["meta"] or m["xml"]).decode("ascii", "replace") if m else None


def refuse_deep(text: str, *, max_depth: int) -> None:
    """Count the nesting of elements in one pass, before any parser sees them.

    Raises:
        InputError: It is deeper than `max_depth`.
    """
    open_tags: Counter[str] = Counter()
    depth = pos = 0
    while (m := _TAG.search(text, pos)) is not None:
        pos = m.end()
        if m[0] == "<!--":
            pos = text.find("-->", pos)
            if pos < 0:
                return
            continue
        tag = m[2].lower()
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


@dataclass(frozen=True, slots=True)
class _Choice:
    pieces: list[Piece]
    note: str


def _read_page(text: str, id_: str, origin: str, notes: tuple[str, ...]) -> Document:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(text)
    metadata = read_metadata(tree)
    walk = Walk()
    pieces = list(iter_pieces(tree.body, walk)) if tree.body is not None else []
    if walk.max_depth > LXML_DEPTH:
        choice = _whole_body(pieces, f"it is nested {walk.max_depth} deep")
    else:
        choice = _choose(pieces, _extract(text))
    canonical, blocks = _join(choice.pieces)
    more = [choice.note]
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


def _extract(text: str) -> list[str]:
    """Ask trafilatura for the content's blocks, as texts without white space."""
    from trafilatura import bare_extraction

    log = logging.getLogger("trafilatura")
    if not log.handlers:
        log.addHandler(logging.NullHandler())  # it would print to the terminal
    try:
        result = bare_extraction(text, fast=True, include_comments=False, with_metadata=False)
    except Exception:
        return []
    body = getattr(result, "body", None)
    if body is None:
        return []
    keys = [
        _squash("".join(element.itertext()) + (element.tail or ""))
        for element in body.iter()
        if element.tag in _EXTRACTED
    ]
    keys.append(_squash(" ".join(body.itertext())))
    return [key for key in keys if key]


def _squash(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _choose(pieces: list[Piece], found: list[str]) -> _Choice:
    """Choose the content's pieces; the last of `found` is the whole of trafilatura's text."""
    if not found:
        return _whole_body(pieces, "nothing was recognised as the article")
    whole, singles = found[-1], frozenset(found)
    keys = [_squash(piece.text) for piece in pieces]
    begins = frozenset(key[:BEGIN_CHARS] for key in found if len(key) >= BEGIN_CHARS)
    placed = [
        _is_placed(piece, key, singles, whole) or key[:BEGIN_CHARS] in begins
        for piece, key in zip(pieces, keys, strict=True)
    ]
    n_placed = sum(len(key) for key, yes in zip(keys, placed, strict=True) if yes)
    if n_placed < MIN_PLACED_SHARE * len(whole):
        return _whole_body(pieces, "the article could not be found again in it")
    container = _container(pieces, keys, placed)
    inside = [container in piece.path for piece in pieces]
    chosen = _grow(pieces, keys, placed, inside)
    if _n_chars(chosen) < MIN_CHOSEN_SHARE * _n_chars(_prose(pieces)):
        return _whole_body(pieces, "what was recognised as the article is a small part of it")
    n_beside = len(chosen) - sum(placed)
    note = (
        f"html: the article as trafilatura finds it, {n_beside} pieces beside it kept, "
        f"{len(pieces) - len(chosen)} outside it left out"
    )
    return _Choice(chosen, note)


def _is_placed(piece: Piece, key: str, singles: frozenset[str], whole: str) -> bool:
    """Look a piece up; a pull quote in an aside is part of the text, but not a second time."""
    if not key:
        return False
    return key in singles or (len(key) >= MIN_KEY_CHARS and not piece.boilerplate and key in whole)


def _container(pieces: list[Piece], keys: list[str], placed: list[bool]) -> int:
    """Find the deepest element that holds nearly all of the found text."""
    weights: Counter[int] = Counter()
    for piece, key, yes in zip(pieces, keys, placed, strict=True):
        if yes:
            for number in piece.path:
                weights[number] += len(key)
    total = sum(len(key) for key, yes in zip(keys, placed, strict=True) if yes)
    return max(number for number, n in weights.items() if n >= CONTAINER_SHARE * total)


def _grow(
    pieces: list[Piece], keys: list[str], placed: list[bool], inside: list[bool]
) -> list[Piece]:
    """Take what was found, what stands between, and what belongs to a quotation or heading."""
    indices = [i for i, yes in enumerate(placed) if yes and (inside[i] or len(keys[i]) > 40)]
    in_container = [i for i in indices if inside[i]]
    first, last = min(in_container), _end_of_run(pieces, max(in_container), inside)
    take = set(indices)
    for i, piece in enumerate(pieces):
        between = first < i <= last and inside[i]
        if (between and not piece.boilerplate and piece.link_share < MAX_LINK_SHARE) or (
            inside[i] and piece.kind in ("quote", "note", "table") and not piece.boilerplate
        ):
            take.add(i)
    _take_neighbours(pieces, first, take)
    return [pieces[i] for i in sorted(take)]


def _end_of_run(pieces: list[Piece], last: int, inside: list[bool]) -> int:
    """Go on after the last piece found while prose follows in the same element."""
    while last + 1 < len(pieces) and inside[last + 1] and _prose([pieces[last + 1]]):
        last += 1
    return last


def _prose(pieces: list[Piece]) -> list[Piece]:
    return [p for p in pieces if not p.boilerplate and p.link_share < MAX_LINK_SHARE]


def _n_chars(pieces: list[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _take_neighbours(pieces: list[Piece], first: int, take: set[int]) -> None:
    """Add attributions after what is taken, and the headings directly above the first piece."""
    for i, piece in enumerate(pieces):
        if piece.kind == "attribution" and (i - 1 in take or i + 1 in take):
            take.add(i)
    i = first - 1
    while i >= 0 and pieces[i].kind == "heading":
        take.add(i)
        i -= 1
    if not any(pieces[i].kind == "heading" and pieces[i].level == 1 for i in take):
        tops = [i for i in range(first) if pieces[i].kind == "heading" and pieces[i].level == 1]
        take.update(tops[-1:])


def _whole_body(pieces: list[Piece], why: str) -> _Choice:
    kept = [piece for piece in pieces if not piece.boilerplate]
    if not kept:
        return _Choice(pieces, f"html: everything, because {why}")
    left = len(pieces) - len(kept)
    return _Choice(
        kept, f"html: the whole body, because {why}; {left} pieces of navigation left out"
    )


def _join(pieces: list[Piece]) -> tuple[str, tuple[Block, ...]]:
    """Write the pieces one after another, with a blank line between, and note their offsets."""
    parts: list[str] = []
    blocks: list[Block] = []
    at = 0
    for piece in pieces:
        blocks.append(Block(kind=piece.kind, level=piece.level, start=at, end=at + len(piece.text)))
        parts.append(piece.text)
        at += len(piece.text) + 2
    return "\n\n".join(parts), tuple(blocks)
