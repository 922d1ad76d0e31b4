"""Which pieces of a page are its content.

trafilatura is good at that, but drops attributions and knows no offsets, and most of its time
goes into menus and scripts. So it is given a small tree, made of the pieces alone, without what
no content is; the texts of its answer are looked up among the pieces. The smallest element that
holds what it found is taken, and from it the pieces found, what stands between them, and
whatever belongs to a quotation. Where that fails the whole body is taken but for navigation
and the like; a note says which way was gone.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from chrestomathy.read.htmlroles import BOILERPLATE_TAGS
from chrestomathy.read.htmlwalk import Frame, Piece

if TYPE_CHECKING:
    from lxml.etree import _Element

_EXTRACTED = frozenset("p head quote item cell code fw ab lb".split())
"""Elements of trafilatura's answer that hold one block's text."""
_TELLING = ("class", "id", "role", "itemprop", "itemtype")
"""Attributes that trafilatura looks at."""
_NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]+")
"""What no XML tree may hold."""
_NO_LETTERS = re.compile(r"[\W_]+")
MAX_NESTING = 150
"""Depth of the tree for trafilatura; deeper elements are laid into the one there. Its parts
call themselves for each level."""
MENU_PIECES = 4
"""Pieces in a row that are links and nothing else: a menu, and no content. Chosen by hand."""
MENU_LINK_SHARE = 0.85
MIN_KEY_CHARS = 20
"""Shortest squashed text that is looked up anywhere; shorter ones must be a whole block."""
BEGIN_CHARS = 24
"""Length of a squashed beginning that two texts share where trafilatura drops a name inside."""
CONTAINER_SHARE = 0.9
"""Share of the found text that the content's element must hold; chosen by hand."""
MIN_PLACED_SHARE = 0.5
"""Share of trafilatura's text that must be found again, or the whole body is taken."""
MIN_CLEAN_SHARE = 0.7
"""Share of the text found again that must be left without what is named like no content;
otherwise the names are wrong: `paywall` may be what stands behind it. Chosen by hand."""
MIN_CHOSEN_SHARE = 0.4
"""Share of the page's prose that must be chosen: pages of quotations are no articles."""
MAX_LINK_SHARE = 0.5
"""Share of link text from which a piece between two found ones is a menu."""
MAX_SOUGHT = 8_000
"""Most pieces in which an article is looked for, which takes trafilatura a second: books in one
page have more, and are no articles."""
MAX_BYLINE_CHARS = 150
"""Longest line of who wrote an article and when; longer, a class name is no proof."""
_BOXES = frozenset("div section article aside figure form details center fieldset".split())
"""Elements that part things which do not belong together; lists and tables do not."""
MAX_NAME_CHARS = 60
"""Longest link that may be the name under a quotation; chosen by hand."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The pieces that were chosen, and how."""

    pieces: list[Piece]
    note: str


def choose(pieces: list[Piece], *, is_forum: bool = False) -> Choice:
    """Choose the pieces that are a page's content.

    Args:
        pieces: Every piece of the page.
        is_forum: The page says that it is a discussion: comments are its content.
    """
    pieces = _without_repeated_pulls(pieces)
    if not any(piece.n_links or piece.boilerplate for piece in pieces):
        return _whole_body(pieces, "it holds no links and no navigation")
    if len(pieces) > MAX_SOUGHT:
        return _whole_body(pieces, f"an article is not looked for in {len(pieces):,} pieces")
    found = extract(pieces, is_forum=is_forum)
    if not found:
        return _whole_body(pieces, "nothing was recognised as the article")
    whole, singles = found[-1], frozenset(found)
    keys = [squash(piece.text) for piece in pieces]
    begins = frozenset(key[:BEGIN_CHARS] for key in found if len(key) >= BEGIN_CHARS)
    looked_up = [
        _is_placed(piece, key, singles, whole) or key[:BEGIN_CHARS] in begins
        for piece, key in zip(pieces, keys, strict=True)
    ]
    placed = _without_clutter(pieces, looked_up)
    if is_forum or _weigh(keys, placed) < MIN_CLEAN_SHARE * _weigh(keys, looked_up):
        placed = looked_up
    if _weigh(keys, placed) < MIN_PLACED_SHARE * len(whole):
        return _whole_body(pieces, "the article could not be found again in it")
    container = _container(pieces, keys, placed)
    inside = [container in piece.path for piece in pieces]
    taken = _grow(pieces, keys, placed, inside)
    chosen = [pieces[i] for i in taken]
    if _n_chars(chosen) < MIN_CHOSEN_SHARE * _n_chars(_prose(pieces)):
        return _whole_body(pieces, "what was recognised as the article is a small part of it")
    n_beside = sum(not placed[i] for i in taken)
    note = (
        f"html: the article as trafilatura finds it, {n_beside} pieces beside it kept, "
        f"{len(pieces) - len(chosen)} outside it left out"
    )
    return Choice(chosen, note)


def squash(text: str) -> str:
    """Leave letters and digits only, so that texts can be looked up in each other."""
    return _NO_LETTERS.sub("", text)


def extract(pieces: Sequence[Piece], *, is_forum: bool) -> list[str]:
    """Ask trafilatura for the content's blocks, squashed; the last is its whole text."""
    from trafilatura import bare_extraction

    log = logging.getLogger("trafilatura")
    if not log.handlers:
        log.addHandler(logging.NullHandler())  # it would print to the terminal
    tree = _small_tree(pieces, is_forum=is_forum)
    try:
        result = bare_extraction(tree, fast=True, include_comments=False, with_metadata=False)
    except Exception:
        return []
    body = getattr(result, "body", None)
    if body is None:
        return []
    keys = [
        squash("".join(element.itertext()) + (element.tail or ""))
        for element in body.iter()
        if element.tag in _EXTRACTED
    ]
    keys.append(squash(" ".join(body.itertext())))
    return [key for key in keys if key]


def _small_tree(pieces: Sequence[Piece], *, is_forum: bool) -> _Element:
    """Make a tree of the pieces and the elements around them, but for menus."""
    from lxml.etree import SubElement
    from lxml.html import html_parser

    root = html_parser.makeelement("html")
    if is_forum:
        script = SubElement(SubElement(root, "head"), "script", type="application/ld+json")
        script.text = '{"@type": "DiscussionForumPosting"}'
    body = SubElement(root, "body")
    for is_menu, run in groupby(pieces, _is_link_alone):
        members = list(run)
        if is_menu and len(members) >= MENU_PIECES:
            continue
        for piece in members:
            if not piece.frame.outside:
                _add_piece(_element_of(piece.frame, body), piece)
    return root


def _is_link_alone(piece: Piece) -> bool:
    return piece.link_share >= MENU_LINK_SHARE


def _element_of(frame: Frame, body: _Element) -> _Element:
    """Return the element that stands for a block of the page; make it where there is none."""
    from lxml.etree import SubElement

    missing = []
    one: Frame | None = frame
    while one is not None and one.element is None and one.tag not in ("#", "body", "html"):
        missing.append(one)
        one = one.outer
    element: _Element = body
    if one is not None and one.element is not None:
        element = one.element
    depth = len(one.path) if one is not None else 0
    for one in reversed(missing):
        depth += 1
        if depth <= MAX_NESTING:
            telling = {
                key: _NO_XML.sub("", value)
                for key in _TELLING
                if (value := one.attributes.get(key))
            }
            element = SubElement(element, _tag_of(one), telling)
        one.element = element
    return element


def _tag_of(frame: Frame) -> str:
    """Rename what trafilatura drops unseen although it may hold quotations."""
    if frame.tag in BOILERPLATE_TAGS or frame.tag in (
        "figure",
        "figcaption",
        "frameset",
        "noframes",
    ):
        return "div"
    return frame.tag


def _add_piece(element: _Element, piece: Piece) -> None:
    """Write a piece's text into an element, after what is in it, with its links and lines."""
    from lxml.etree import SubElement

    text = _NO_XML.sub("", piece.text)
    if piece.frame.cells:
        for cell in text.split("\t"):
            SubElement(element, "td").text = cell
        return
    if piece.n_links:
        cut = -(-piece.linked // piece.n_links)
        for i in range(piece.n_links):
            SubElement(element, "a", href="#").text = text[i * cut : (i + 1) * cut]
        text = text[piece.n_links * cut :]
    first, *lines = text.split("\n")
    _append(element, first)
    for line in lines:
        SubElement(element, "br").tail = line


def _append(element: _Element, text: str) -> None:
    if len(element):
        element[-1].tail = f"{element[-1].tail or ''}{text}"
    else:
        element.text = f"{element.text or ''}{text}"


def _without_repeated_pulls(pieces: list[Piece]) -> list[Piece]:
    """Leave pull quotes out whose words stand in the text as well."""
    if not any(piece.frame.pull for piece in pieces):
        return pieces
    whole = "\n".join(squash(piece.text) for piece in pieces if not piece.frame.pull)
    return [piece for piece in pieces if not (piece.frame.pull and squash(piece.text) in whole)]


def _without_clutter(pieces: list[Piece], placed: list[bool]) -> list[bool]:
    """Take bylines and what is named like no content from what was found."""
    return [
        yes and not piece.boilerplate and not _is_byline(piece)
        for piece, yes in zip(pieces, placed, strict=True)
    ]


def _weigh(keys: list[str], chosen: list[bool]) -> int:
    return sum(len(key) for key, yes in zip(keys, chosen, strict=True) if yes)


def _is_byline(piece: Piece) -> bool:
    return piece.frame.byline and len(piece.text) <= MAX_BYLINE_CHARS


def _is_placed(piece: Piece, key: str, singles: frozenset[str], whole: str) -> bool:
    """Look a piece up; of several lines it is enough that most are there."""
    if not key:
        return False
    if key in singles or (len(key) >= MIN_KEY_CHARS and key in whole):
        return True
    if "\n" not in piece.text:
        return False
    lines = [squash(line) for line in piece.text.split("\n")]
    n_found = sum(len(line) for line in lines if line in singles)
    return n_found >= CONTAINER_SHARE * len(key)


def _container(pieces: list[Piece], keys: list[str], placed: list[bool]) -> int:
    """Find the deepest element that holds nearly all of the found text."""
    weights: Counter[int] = Counter()
    for piece, key, yes in zip(pieces, keys, placed, strict=True):
        if yes:
            for number in piece.path:
                weights[number] += len(key)
    total = _weigh(keys, placed)
    return max(number for number, n in weights.items() if n >= CONTAINER_SHARE * total)


def _grow(
    pieces: list[Piece], keys: list[str], placed: list[bool], inside: list[bool]
) -> list[int]:
    """Take what was found, what stands between, and what belongs to a quotation or heading."""
    indices = [i for i, yes in enumerate(placed) if yes and (inside[i] or len(keys[i]) > 40)]
    in_container = [i for i in indices if inside[i]]
    first, last = min(in_container), _end_of_run(pieces, max(in_container), inside)
    take = set(indices)
    beside = {number for i in indices for number in pieces[i].path}
    for i, piece in enumerate(pieces):
        between = first < i <= last and inside[i] and _stands_beside(piece, beside)
        if (between and _is_prose(piece) and not _is_byline(piece)) or (
            inside[i] and piece.kind in ("quote", "note", "table") and not piece.boilerplate
        ):
            take.add(i)
    _take_neighbours(pieces, first, take)
    _take_linked_names(pieces, take)
    return _without_bare_headings(pieces, sorted(take))


def _stands_beside(piece: Piece, found: set[int]) -> bool:
    """Tell a piece in a box that holds found ones too, from one in a box of its own."""
    if piece.kind in ("heading", "attribution"):
        return True
    frame: Frame | None = piece.frame
    if frame is not None and frame.tag in _BOXES and frame.number not in found:
        frame = frame.outer
    while frame is not None and frame.number not in found and frame.tag not in _BOXES:
        frame = frame.outer
    return frame is not None and frame.number in found


def _end_of_run(pieces: list[Piece], last: int, inside: list[bool]) -> int:
    """Go on after the last piece found while prose follows in the same element."""
    while last + 1 < len(pieces) and inside[last + 1] and _is_prose(pieces[last + 1]):
        last += 1
    return last


def _is_prose(piece: Piece) -> bool:
    return not piece.boilerplate and piece.link_share < MAX_LINK_SHARE


def _prose(pieces: list[Piece]) -> list[Piece]:
    return [piece for piece in pieces if _is_prose(piece)]


def _n_chars(pieces: list[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _take_neighbours(pieces: list[Piece], first: int, take: set[int]) -> None:
    """Add attributions after what is taken, and the headings directly above the first piece."""
    for i, piece in enumerate(pieces):
        if piece.kind == "attribution" and (i - 1 in take or i + 1 in take):
            take.add(i)
    i = first - 1
    while i >= 0 and pieces[i].kind == "heading":
        if not _is_prose(pieces[i]) and _is_topped(pieces, take):
            break  # a site's name that leads home, above the article's own heading
        take.add(i)
        i -= 1
    if not any(pieces[i].kind == "heading" and pieces[i].level == 1 for i in take):
        tops = [i for i in range(first) if pieces[i].kind == "heading" and pieces[i].level == 1]
        take.update(i for i in tops[-1:] if _is_prose(pieces[i]) or not _is_topped(pieces, take))


def _is_topped(pieces: list[Piece], take: set[int]) -> bool:
    """Tell whether what is taken begins with a heading."""
    return bool(take) and pieces[min(take)].kind == "heading"


def _take_linked_names(pieces: list[Piece], take: set[int]) -> None:
    """Add the link under each of several quotations that leads to whoever said it.

    It is one link, the first thing after the words and in the same box as they; a button is
    the same in every box.
    """
    under = [
        i
        for i in range(1, len(pieces))
        if i - 1 in take and i not in take and _may_be_name(pieces[i - 1], pieces[i])
    ]
    seen = Counter(pieces[i].text for i in under)
    if len(under) > 1:
        take.update(i for i in under if seen[pieces[i].text] * 2 <= len(under))


def _may_be_name(words: Piece, link: Piece) -> bool:
    if link.boilerplate or link.n_links != 1 or len(link.text) > MAX_NAME_CHARS:
        return False
    if link.kind == "heading" or words.kind == "heading" or not _is_prose(words):
        return False
    n_shared = sum(a == b for a, b in zip(words.path, link.path, strict=False))
    return n_shared >= min(len(words.path), len(link.path)) - 1


def _without_bare_headings(pieces: list[Piece], taken: list[int]) -> list[int]:
    """Leave headings out at the end of what is taken: what stood under them is none of it."""
    while len(taken) > 1 and pieces[taken[-1]].kind == "heading":
        taken.pop()
    return taken


def _whole_body(pieces: list[Piece], why: str) -> Choice:
    kept = [piece for piece in pieces if not piece.boilerplate]
    if not kept:
        return Choice(pieces, f"html: everything, because {why}")
    left = len(pieces) - len(kept)
    return Choice(
        kept, f"html: the whole body, because {why}; {left} pieces of navigation left out"
    )
