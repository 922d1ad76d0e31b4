"""Titles and introductions that name the one speaker of a page: "Sayings of Anna Holt"."""

from __future__ import annotations

import re

from chrestomathy.lift.lexicon import CAPITALS
from chrestomathy.lift.lexicon.sources import PAGE_OF_ONE, QUOTATIONS, TITLE_OF_ONE
from chrestomathy.records import Span

MAX_TITLE = 400
"""How far a title or an introduction is looked at, in characters."""

_NAME = rf"[{CAPITALS}][\w.’'-]+"
_PAGE_OF_ONE = re.compile(
    rf"""
    \b(?i:{"|".join(PAGE_OF_ONE.values())})\s*
    (?P<name>{_NAME}(?:\s+(?:[a-z]{{2,3}}\s+)?{_NAME}){{1,3}})
    """,
    re.VERBOSE,
)
_TITLE_OF_ONE = re.compile(
    rf"""
    (?P<name>{_NAME}?(?:\s+(?:[a-z]{{2,3}}\s+)?{_NAME}?){{1,3}})
    (?:['’]s|['’](?<=s.)|\s?:)\s+(?:[\w’'-]+\s+){{0,6}}?
    (?i:{QUOTATIONS})\b                             # "Anna Holt: 12 of her best quotes"
    """,
    re.VERBOSE,
)
_WHOLE_TITLE = re.compile(rf"^(?:{'|'.join(TITLE_OF_ONE.values())})$", re.MULTILINE)


def page_of_one(head: str) -> Span | None:
    """Find where a title or introduction names the one speaker of its page.

    Example:
        >>> head = "Quotes by Anna Holt"
        >>> head[slice(*page_of_one(head))]
        'Anna Holt'
    """
    m = _PAGE_OF_ONE.search(head) or _TITLE_OF_ONE.match(head)
    if m is not None:
        return Span(*m.span("name"))
    m = _WHOLE_TITLE.search(head)
    return Span(*m.span(m.lastgroup or 0)) if m else None
