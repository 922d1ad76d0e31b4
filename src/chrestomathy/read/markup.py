"""Where words of a page stand in the markup that they were read from, by line and column.

The text of an HTML document is not its file's: tags are gone, entities are letters, spaces are
run together. An editor works in the file. So the words of a passage are looked for, one after
the other, among the words between the tags.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from chrestomathy.records import Lines
from chrestomathy.textkit.fold import fold

_PIECE = re.compile(
    r"""
    <!--.*?(?:-->|\Z)
    | <(?P<silent>script|style|template|title|noscript)\b.*?(?:</(?P=silent)\s*>|\Z)
    | (?P<reading><(?P<ruby>rt|rp)\b.*?(?:</(?P=ruby)\s*>|\Z))
    | (?P<inline></?(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|rb
      |ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr)\b[^>]*>)
    | <[^>]*(?:>|\Z)
    | (?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|\w{2,31});)
    """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
"""Comments, what is not read, how a word is read aloud, tags within a word, other tags, entities."""
_LINE_END = re.compile(r"\r\n?|\n")


class Words(NamedTuple):
    """The words of a page between its tags."""

    joined: str
    """Each with a space around it."""
    starts: list[int]
    """Where each begins in `joined`."""
    places: list[tuple[int, int]]
    """Where each stands in the markup."""


def find_lines(markup: str, texts: Iterable[str]) -> Iterator[Lines | None]:
    """Find where texts stand in a page's markup, in the order of the page.

    A text that stands in it twice is taken where it comes next after the text before.

    Args:
        markup: The file.
        texts: Passages as they were lifted.

    Yields:
        Lines and columns from 1, or ``None`` where the words do not stand in one piece.
    """
    words = _words(markup)
    lines = [0, *(m.end() for m in _LINE_END.finditer(markup))]
    at = 0
    for text in texts:
        wanted = f" {' '.join(fold(text).words())} "
        found = words.joined.find(wanted, at) if wanted.strip() else -1
        if found < 0:
            found = words.joined.find(wanted) if wanted.strip() else -1
        if found < 0:
            yield None
            continue
        at = found
        first = bisect_left(words.starts, found)
        last = first + wanted.count(" ") - 2
        yield _lines(words.places[first][0], words.places[last][1], lines)


def _lines(start: int, end: int, lines: list[int]) -> Lines:
    first, last = bisect_right(lines, start) - 1, bisect_right(lines, end) - 1
    return Lines(first + 1, start - lines[first] + 1, last + 1, end - lines[last] + 1)


def _words(markup: str) -> Words:
    """Fold what stands between the tags, with the way back to the markup."""
    out: list[str] = []
    back: list[int] = []
    at = 0
    for m in _PIECE.finditer(markup):
        out.append(markup[at : m.start()])
        back.extend(range(at, m.start()))
        piece = html.unescape(m[0]) if m["entity"] else "" if m["inline"] or m["reading"] else "\n"
        out.append(piece)
        back.extend([m.start()] * len(piece))
        at = m.end()
    out.append(markup[at:])
    back.extend(range(at, len(markup) + 1))
    folded = fold("".join(out))
    joined, starts, places = [" "], [], []
    length = 1
    for i, word in enumerate(folded.words()):
        start, end = folded.span(i, i + 1)
        starts.append(length - 1)
        places.append((back[start], back[end - 1] + 1))
        joined.append(f"{word} ")
        length += len(word) + 1
    return Words("".join(joined), starts, places)
