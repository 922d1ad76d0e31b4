"""Names of templates and of their fields in wikis, by language, all lower case."""

from __future__ import annotations

import re

from chrestomathy.lift.lexicon import words_of

QUOTE_TEMPLATES = words_of(
    """
    citation quote cquote q zitat cita citazione citação citaat цитата citat quotation blockquote
    """
)
"""Templates that hold a quotation."""

REFERENCE_TEMPLATES = ("réf", "ref", "cite", "literatur", "cita ", "cit", "цитата", "bron")
"""Beginnings of the names of templates that hold its source."""

QUOTE = ("citation", "quote", "text", "texte", "zitat", "cita", "testo", "texto", "цитата", "1")
AUTHOR = ("auteur", "author", "autor", "autore", "автор", "auteurs", "source", "last", "2")
TITLE = ("titre", "title", "titel", "título", "titulo", "titolo", "заглавие", "название", "work")
YEAR = ("année", "year", "jahr", "año", "anno", "ano", "год", "date", "datum")
PAGE = ("page", "pages", "p", "seite", "página", "pagina", "страницы")
"""Fields by what they hold, in order of preference."""

FILES = re.compile(
    r"\[\[\s*(?:file|image|fichier|datei|bild|archivo|imagen|immagine|ficheiro|bestand|файл)\s*:",
    re.IGNORECASE,
)
"""The beginning of a picture."""
