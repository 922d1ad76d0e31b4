"""What an element of a page is for, as far as its name, class, role and microdata tell.

Class names are nobody's standard, but people choose the same words: ``post-comments`` is none of
an article, ``quote-author`` names somebody. Here they are only read; ``htmlwalk.py`` weighs
them with where an element stands, since a page within ``<div class="profile">`` is still a page.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

HIDDEN = frozenset(
    "script style template noscript svg math iframe object embed audio video canvas select button "
    "textarea datalist head title rp rt dialog amp-sidebar amp-ad".split()
)
"""Elements whose text is not the page's."""
BLOCK = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main "
    "menu nav noframes ol p pre search section summary table tbody td tfoot th thead tr ul".split()
)
"""Elements that begin a line of their own."""
BOILERPLATE_TAGS = frozenset("nav header footer aside search".split())
BOILERPLATE_ROLES = frozenset(
    "navigation banner contentinfo complementary search dialog alertdialog".split()
)


class Named(NamedTuple):
    """What the class and id of an element say."""

    unseen: bool
    """Not for those who read, or not for those who print."""
    boilerplate: bool
    attribution: bool
    credit: bool
    """An attribution beside a quotation, and a byline elsewhere."""
    quote: bool
    pull: bool
    """A quotation that repeats the text around it."""
    note: bool
    byline: bool


def _token(words: str) -> re.Pattern[str]:
    """Compile words that stand alone in a class or between hyphens and underscores of one."""
    return re.compile(rf"(?:^|[\s_-])(?:{words})(?:[\s_-]|$)", re.IGNORECASE)


def _whole(words: str) -> re.Pattern[str]:
    """Compile words that are a class by themselves."""
    return re.compile(rf"(?:^|\s)(?:{words})(?:\s|$)", re.IGNORECASE)


_UNSEEN = re.compile(
    r"(?:^|\s)(?:no-?print|d-print-none|print[_-]hidden|sr-only|visually-?hidden|screen-reader-text"
    r"|(?:\w+-)?editsection|(?:\w+-)?skip(?:-?(?:link|nav|to-content|to-main))?)(?:\s|$)",
    re.IGNORECASE,
)
"""`noprint`, `sr-only`, `mw-editsection`, `skip-link`."""
_BOILERPLATE = _token(
    "nav(?:bar|igation)?|menu|breadcrumbs?|sidebar|comments?|share|sharing|social"
    "|related|recommend(?:ed|ations)?|newsletter|subscribe|subscription|paywall|regwall"
    "|cookies?|consent|promo|advert(?:isement)?|ads?|sponsored|pagination|pager|toolbar"
    "|signature|postprofile|toc|catlinks|most-(?:read|popular)"
)
"""`post-comments`, not `commented-text`."""
_PAGE_EDGE = _whole("(?:(?:site|page|main|global)[_-])?(?:header|footer)")
"""`site-header`, not `entry-header`."""
_ATTRIBUTION = _token(
    "attribution|attrib|quotee|(?:quote|quotation|epigraph)[_-]{0,2}(?:author|source|by|credit|name)"
    "|(?:testimonial|review)s?[_-]{1,2}(?:author|name|person|client|role|position|source|by)"
)
"""`quote-author`."""
_CREDIT = _token("author|source|cite|citation|credit|speaker|byline|by")
_QUOTE = _whole(
    "quote|quotation|epigraph|(?:block)?quote[_-]{0,2}(?:text|body|content)"
    "|testimonials?[_-]{1,2}(?:text|body|content|quote)"
)
"""`quoteText`, not `quote-author`."""
_PULL = re.compile(r"(?:^|[\s_-])pull-?_?quotes?(?:[\s_-]|$)", re.IGNORECASE)
"""`pull-quote`."""
_NOTE = _token("(?:foot|end)notes?")
_BYLINE = _token(
    "byline|dateline|(?:post|entry|article|story|page)[_-]?(?:meta|info|date|author|timestamp)"
    "|timestamp|reading-?time|published|speechify-ignore"
)
_SUBJECT = re.compile(r"(?:^|(?<=\s))(?:tag|category|cat|topic|section)-[\w-]*", re.IGNORECASE)
"""What an article is about, which says nothing of the element: `category-social`."""
_NOTE_ID = re.compile(r"(?:fn|ftn|footnote|cite_note)[-:_.]?\w*", re.IGNORECASE)


@lru_cache(maxsize=4096)
def read_names(names: str) -> Named:
    """Read the class and id of an element, put together with a space.

    Example:
        >>> read_names("post-comments").boilerplate, read_names("commented-text").boilerplate
        (True, False)
    """
    names = _SUBJECT.sub("", names)

    def has(pattern: re.Pattern[str]) -> bool:
        return pattern.search(names) is not None

    return Named(
        unseen=has(_UNSEEN),
        boilerplate=has(_BOILERPLATE) or has(_PAGE_EDGE),
        attribution=has(_ATTRIBUTION),
        credit=has(_CREDIT),
        quote=has(_QUOTE),
        pull=has(_PULL),
        note=has(_NOTE),
        byline=has(_BYLINE),
    )


UNNAMED = read_names("")


def is_note_id(name: str) -> bool:
    """Tell the id of a footnote: `fn1`, `cite_note-3`."""
    return _NOTE_ID.fullmatch(name) is not None
