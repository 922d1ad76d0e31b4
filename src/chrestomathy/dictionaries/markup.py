"""Entries of dictionaries as plain text: no HTML, no scripts, no control characters."""

from __future__ import annotations

import re

MAX_GLOSS = 400
"""Characters of a gloss that are kept: a paragraph is no gloss."""

_TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,500}>")
_UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")


def strip_markup(text: str) -> str:
    """Return what a browser would show of an entry; scripts and styles show nothing.

    Example:
        >>> strip_markup("<b>peace</b><script>alert(1)</script> &amp; quiet")
        'peace & quiet'
    """
    if "<" in text or "&" in text:
        from selectolax.lexbor import LexborHTMLParser

        tree = LexborHTMLParser(f"<body>{text}</body>")
        tree.strip_tags(["script", "style", "iframe", "object", "template"])
        body = tree.body
        text = body.text(separator="", strip=False) if body else ""
    return _SPACES.sub(" ", _UNSEEN.sub(" ", _TAG.sub("", text))).strip()


def clean_headword(text: str) -> str:
    """Return a headword as it is looked up: lower case, single spaces, straight apostrophes."""
    return _SPACES.sub(" ", _UNSEEN.sub("", text)).strip().lower().replace("’", "'")


def has_capital(printed: str) -> bool:
    """Tell whether a headword is written with capitals: "March", "the Good Book", not "I"."""
    return any(word[0].isupper() for word in printed.split() if word != "I")


def shortened(gloss: str) -> str:
    """Cut an overlong gloss at a word."""
    if len(gloss) <= MAX_GLOSS:
        return gloss
    return gloss[:MAX_GLOSS].rsplit(" ", 1)[0] + " …"
