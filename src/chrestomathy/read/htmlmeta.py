"""Title, author, date, language, address and rights of a page: JSON-LD, meta elements, and what is printed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from chrestomathy.read.metadata import Metadata, parse_date

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_TITLE = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title")
_AUTHOR = ("author", "citation_author", "dc.creator", "dcterms.creator", "article:author")
_DATE = (
    *("article:published_time", "citation_publication_date", "citation_date", "datepublished"),
    *("dc.date", "dcterms.created", "dcterms.date", "dc.date.issued", "date", "pubdate"),
    *("parsely-pub-date", "sailthru.date", "publish-date", "og:published_time"),
)
_RIGHTS = (
    *("dc.rights", "dcterms.rights", "dcterms.license", "dc.rights.license", "license"),
    *("copyright", "rights"),
)
_EVERYBODY = re.compile(
    r"contributors to wikimedia|(?:wikipedia|wikisource) contributors", re.IGNORECASE
)
"""What wikis call the authors of their pages: whose words a page prints is another question."""
_FORUM = re.compile(r'"@type"\s*:\s*(?:\[\s*)?"DiscussionForumPosting"')
MAX_LD_CHARS = 300_000
"""Longest JSON-LD that is looked into."""


def read_metadata(tree: LexborHTMLParser) -> Metadata:
    """Read what a page says of itself; JSON-LD first, since it is meant for machines."""
    metas = _metas(tree)
    linked = _json_ld(tree)
    return Metadata(
        title=linked.get("title") or _first(metas, _TITLE) or _printed_title(tree),
        author=linked.get("author") or _author(tree, metas),
        date=linked.get("date") or _date(tree, metas),
        language=_language(tree, metas),
        url=_address(tree, metas) or linked.get("url"),
        rights=_first(metas, _RIGHTS) or linked.get("rights") or _license(tree),
    )


def is_forum(tree: LexborHTMLParser) -> bool:
    """Tell whether a page says that it is a discussion, whose posts are its content."""
    if tree.css_first('[itemtype$="/DiscussionForumPosting"]') is not None:
        return True
    return any(
        _FORUM.search(node.text() or "") for node in tree.css('script[type="application/ld+json"]')
    )


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (attributes.get(key) or "").strip().lower()
            value = " ".join((attributes.get("content") or "").split())
            if name and value:
                found.setdefault(name, value)
    return found


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str | None:
    return next((metas[name] for name in names if name in metas), None)


def _printed_title(tree: LexborHTMLParser) -> str | None:
    """Take the heading where the title merely adds the site's name to it."""
    title_node = tree.css_first("title")
    title = " ".join((title_node.text() or "").split()) if title_node else ""
    headings = tree.css("h1")
    heading = " ".join((headings[0].text() or "").split()) if headings else ""
    if heading and (not title or (len(headings) == 1 and title.startswith(heading))):
        return heading
    return title or None


def _author(tree: LexborHTMLParser, metas: dict[str, str]) -> str | None:
    name = _first(metas, _AUTHOR)
    if name and not name.startswith(("http:", "https:")):
        return name
    node = tree.css_first('[rel~="author"], [itemprop="author"] [itemprop="name"]')
    node = node or tree.css_first('[itemprop="author"]')
    printed = " ".join((node.text() or "").split()) if node else ""
    return printed if 0 < len(printed) <= 100 else None


def _date(tree: LexborHTMLParser, metas: dict[str, str]) -> str | None:
    for name in _DATE:
        date = parse_date(metas[name]) if name in metas else None
        if date:
            return date
    selectors = ('[itemprop="datePublished"]', "time[pubdate]", "article time", "header time")
    for selector in (*selectors, "main time", "time"):
        node = tree.css_first(selector)
        if node is not None:
            return parse_date(node.attributes.get("datetime") or node.text() or "")
    return None


def _language(tree: LexborHTMLParser, metas: dict[str, str]) -> str | None:
    node = tree.css_first("html")
    attributes = node.attributes if node else {}
    tag = attributes.get("lang") or attributes.get("xml:lang")
    tag = tag or metas.get("content-language") or metas.get("og:locale") or ""
    tag = tag.split(",")[0].strip().replace("_", "-")
    return tag or None


def _address(tree: LexborHTMLParser, metas: dict[str, str]) -> str | None:
    """Take the address that a page calls its own; a saved page has it nowhere else."""
    node = tree.css_first('link[rel~="canonical"][href]')
    address = (node.attributes.get("href") or "").strip() if node else metas.get("og:url", "")
    return address if address.lower().startswith(("http://", "https://")) else None


def _license(tree: LexborHTMLParser) -> str | None:
    """Take the address of the licence that a page links as its own."""
    node = tree.css_first('link[rel~="license"][href], a[rel~="license"][href]')
    return ((node.attributes.get("href") or "").strip() or None) if node else None


def _json_ld(tree: LexborHTMLParser) -> dict[str, str]:
    for node in tree.css('script[type="application/ld+json"]'):
        text = node.text() or ""
        if len(text) > MAX_LD_CHARS:
            continue
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            continue
        for one in _iter_objects(value):
            known = _from_object(one)
            if known:
                return known
    return {}


def _iter_objects(value: Any) -> Iterator[dict[str, Any]]:
    todo = [value]
    for _ in range(1000):
        if not todo:
            return
        one = todo.pop(0)
        if isinstance(one, list):
            todo.extend(one)
        elif isinstance(one, dict):
            yield one
            todo.append(one.get("@graph"))


def _from_object(one: dict[str, Any]) -> dict[str, str]:
    """Take what a work says of itself; a site or an organisation is no work."""
    if not any(isinstance(one.get(key), str) for key in ("headline", "datePublished")):
        return {}
    authors = one.get("author")
    every = authors if isinstance(authors, list) else [authors]
    names = [one.get("name") if isinstance(one, dict) else one for one in every]
    author = "; ".join(name.strip() for name in names if isinstance(name, str) and name.strip())
    date = one.get("datePublished") or one.get("dateCreated")
    if _EVERYBODY.search(author):
        author, date = "", None  # the day is the page's as well, not the text's
    found = {
        "title": one.get("headline"),
        "author": author,
        "date": parse_date(date) if isinstance(date, str) else None,
        "url": one.get("url"),
        "rights": one.get("license") or one.get("copyrightNotice"),
    }
    return {key: value.strip() for key, value in found.items() if value and isinstance(value, str)}
