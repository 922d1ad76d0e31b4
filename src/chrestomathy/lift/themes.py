"""The headings above a passage, where a document says what its headings are.

Compilations find their own themes, because plain text marks no heading; everywhere else the
headings that READ found are the themes, without the page's title.
"""

from __future__ import annotations

from bisect import bisect_right

from chrestomathy.records import Document


class Themes:
    """The headings of a document, as a path for every place in it."""

    def __init__(self, document: Document) -> None:
        """Walk the headings once, in order."""
        self.starts: list[int] = []
        self.paths: list[tuple[str, ...]] = []
        above: list[tuple[int, str]] = []
        for block in document.blocks:
            if block.kind != "heading":
                continue
            words = " ".join(document.text[block.start : block.end].split())
            level = block.level or 1
            above = [one for one in above if one[0] < level]
            if not _is_title(words, document, first=not self.starts):
                above.append((level, words))
            self.starts.append(block.end)
            self.paths.append(tuple(name for _, name in above))

    def at(self, offset: int) -> tuple[str, ...]:
        """Return the headings above a place, outermost first."""
        i = bisect_right(self.starts, offset) - 1
        return self.paths[i] if i >= 0 else ()


def _is_title(words: str, document: Document, *, first: bool) -> bool:
    """Tell whether the first heading is the page's title, as the page declares it or not.

    A declared title often has the site's name behind it: "On bridges — The Almanac".
    """
    return first and bool(document.title) and words.casefold() in (document.title or "").casefold()
