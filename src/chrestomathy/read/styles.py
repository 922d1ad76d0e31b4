"""What the name of a paragraph style says of the paragraphs that have it.

Word keeps English names for its own styles in every language and LibreOffice keeps others;
people name theirs as they like. So the words of a name are looked up in tables.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_HEADING = (
    *("heading", "überschrift", "berschrift", "titre", "título", "titulo", "ttulo", "titolo"),
    *("заголовок", "見出し", "标题", "標題", "제목", "kop", "nagłówek", "nagwek", "rubrik"),
    *("overskrift", "otsikko", "nadpis", "başlık", "címsor", "επικεφαλίδα", "titlu", "naslov"),
    *("antraštė", "virsraksts", "pealkiri", "כותרת", "عنوان", "tiêu đề", "judul", "encabezado"),
)
"""Words before a heading's number; some as identifiers have them, without their first letter."""
_LEVEL = re.compile(rf"(?:{'|'.join(_HEADING)}) ?(?P<level>[1-9])(?: char)?")
"""`heading 2`, `Überschrift 1`, `見出し1`, not `heading` alone."""
_TITLE = frozenset(
    [
        *("title", "titel", "titre", "título", "titulo", "titolo", "название", "表題", "书名"),
        *("tytuł", "titul", "název", "otsikko", "tittel", "book title", "document title"),
    ]
)
_QUOTE_WORDS = frozenset(
    [
        *("quote", "quotes", "quoted", "quotation", "quotations", "blockquote", "blockquotation"),
        *("epigraph", "zitat", "zitate", "blockzitat", "citation", "citations", "cita", "citas"),
        *("citação", "citações", "citao", "citazione", "citazioni", "цитата", "цитаты", "цитат"),
        *("citaat", "citaten", "cytat", "cytaty", "citat", "citatet", "citát", "citáty", "sitat"),
        *("lainaus", "idézet", "alıntı", "tsitaat", "citāts", "citata", "kutipan", "παράθεση"),
        *("ציטוט", "اقتباس", "blocktext"),
    ]
)
_QUOTE_PHRASES = ("block text", "long quote", "引用", "引文", "인용", "trích dẫn")
"""Parts of names, of several words or in scripts without spaces; pandoc writes "Block Text"."""
_NO_QUOTE_WORDS = frozenset(("list", "liste", "reference", "references", "bibliography", "index"))
_CREDIT_WORDS = frozenset(
    [
        *("attribution", "author", "source", "credit", "speaker", "autor", "quelle", "auteur"),
        *("autore", "fuente", "fonte", "автор", "источник", "auteurs", "bron", "źródło"),
    ]
)
"""Words that make a quotation's style that of the line which says whose it is."""
_CONTENTS = re.compile(
    r"""
    (?:toc|contents|verzeichnis|tm|tdc|indice|índice|sommario|inhaltsverzeichnis|оглавление)
    (?:[ ]heading|[ ]?\d{1,2}) | toc | table[ ]of[ ](?:contents|figures)
    | (?:contents|index|user[ ]index|figure[ ]index|table[ ]index)[ ](?:heading|\d{1,2})
    """,
    re.VERBOSE,
)
"""`toc 1`, `TOC Heading`, LibreOffice's `Contents 2`."""
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-Z])|[\s_-]+")
"""Where an identifier is parted: `IntenseQuote`, `intense-quote`."""
_CODED = re.compile(r"_([0-9a-f]{2,4})_")
"""How ODT writes a character that a name may not have: `Heading_20_1`."""

Roles = ("heading", "title", "subtitle", "quote", "attribution", "contents", "author", "date")


class Role(NamedTuple):
    """What paragraphs of a style are."""

    name: str
    """One of `Roles`."""
    level: int | None = None


_EXACT = {
    "subtitle": Role("subtitle"),
    "untertitel": Role("subtitle"),
    "sous titre": Role("subtitle"),
    "author": Role("author"),
    "date": Role("date"),
    "attribution": Role("attribution"),
}
"""Names that say it all; pandoc writes "Author" and "Date"."""


def role_of(name: str) -> Role | None:
    """Tell what a style's name says of its paragraphs; None for nothing.

    Example:
        >>> [role_of(name) for name in ("heading 2", "Intense Quote", "Quote Source", "Body")]
        [Role(name='heading', level=2), Role(name='quote', level=1), Role(name='attribution', level=None), None]
    """
    plain = " ".join(one for one in _CAMEL.split(_CODED.sub(_decoded, name)) if one).casefold()
    if m := _LEVEL.fullmatch(plain):
        return Role("heading", int(m["level"]))
    if plain in _TITLE:
        return Role("title", 1)
    if plain in _EXACT:
        return _EXACT[plain]
    if _CONTENTS.fullmatch(plain):
        return Role("contents")
    words = frozenset(plain.split())
    if words & _NO_QUOTE_WORDS:
        return None
    if words & _QUOTE_WORDS or any(one in plain for one in _QUOTE_PHRASES):
        return Role("attribution") if words & _CREDIT_WORDS else Role("quote", 1)
    return None


def _decoded(m: re.Match[str]) -> str:
    return chr(int(m[1], 16))
