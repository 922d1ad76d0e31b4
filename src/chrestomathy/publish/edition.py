"""Entries put together into an `Edition`: sections, page-wide notes, and the sources' words.

Pure: what a time or a version says comes in as an argument, so the same entries always give
the same edition.
"""

from __future__ import annotations

import hashlib
import re
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from chrestomathy.publish.dates import print_date
from chrestomathy.publish.notes import page_notes
from chrestomathy.records import (
    Consulted,
    Drawn,
    Edition,
    Entry,
    Evidence,
    LeftOut,
    Locus,
    Searched,
    Section,
    Source,
    Throughout,
    Verdict,
)

CONTEXT_CHARS = 300
"""Characters of the source kept before and after a part; the contract of `Evidence`."""
SourceKey = tuple[str | None, str]
"""A source's collection and id; the id alone may come in two collections."""
ALSO_KEPT = 5
"""Other places of the same words for which evidence is kept. Chosen by hand."""

_SAME_HEAD = re.compile(r"(?P<head>.*[\s:.])(?P<last>[0-9]+[a-z]?)")


def build_edition(
    entries: Sequence[Entry],
    *,
    title: str,
    origins: Sequence[str],
    generator: str,
    documents: Sequence[Drawn] = (),
    throughout: Sequence[Throughout] = (),
    searched: Sequence[Searched] = (),
    dictionaries: Sequence[Consulted] = (),
    left_out: Sequence[LeftOut] = (),
    subtitle: str | None = None,
    sections: Sequence[Section] | None = None,
    language: str | None = None,
) -> Edition:
    """Put entries together into the finished reader.

    Args:
        entries: Passages with what is known of them, in the order of the page.
        title: Title of the reader.
        origins: The inputs, as given.
        generator: Name and version of the program that asks.
        documents: What the passages were lifted from.
        throughout: What is changed again and again over all entries.
        searched: The collections that were searched; empty where none was given.
        dictionaries: What words were explained from.
        left_out: What the stages could not pass on.
        subtitle: A line under the title.
        sections: Headings and passages by id; by default from the passages' themes, of several
            documents one after the other.
        language: BCP 47 tag of the page.
    """
    return Edition(
        id=_edition_id(entries),
        title=title,
        subtitle=subtitle,
        language=language,
        origins=tuple(origins),
        documents=tuple(documents),
        sections=tuple(sections_of(entries, title, documents) if sections is None else sections),
        entries=tuple(entries),
        throughout=tuple(throughout),
        searched=tuple(searched),
        dictionaries=tuple(dictionaries),
        notes=page_notes(entries, searched=searched, left_out=left_out),
        left_out=tuple(left_out),
        generator=generator,
    )


def sections_of(entries: Sequence[Entry], title: str, documents: Sequence[Drawn]) -> list[Section]:
    """Group the passages of one page by theme; of several, make each a section of its own."""
    of_document: dict[tuple[str | None, str | None], list[Entry]] = {}
    for entry in entries:
        of_document.setdefault((entry.passage.document, entry.passage.origin), []).append(entry)
    quoting = [one for one in dict.fromkeys(documents) if (one.id, one.origin) in of_document]
    if len(quoting) < 2:
        return sections_by_theme(entries, title)
    sections: list[Section] = []
    for one in quoting:
        name = document_name(one)
        first, *rest = [
            replace(section, level=section.level + bool(section.heading))
            for section in sections_by_theme(of_document[one.id, one.origin], name)
        ]
        note = ", ".join(filter(None, [one.author, one.date and print_date(one.date)])) or None
        if first.heading is None:
            sections.append(replace(first, heading=name, note=note))
        else:
            sections += [Section(heading=name, level=1, note=note), first]
        for section in rest:
            is_loose = section.heading is None
            sections.append(
                replace(section, heading="Without a theme", level=2) if is_loose else section
            )
    return sections


def document_name(document: Drawn) -> str:
    """Name a document: by its title, its address, or its file's name without the suffix."""
    if document.title or "://" in document.origin:
        return document.title or document.origin
    name = file_name(document.origin)
    stem = name.rpartition(".")[0] or name
    return " ".join(stem.replace("_", " ").split())


def file_name(origin: str) -> str:
    """Return a file's name without its folders: a reader is published, paths are private."""
    return origin.replace("\\", "/").rstrip("/").split("/")[-1]


def sections_by_theme(entries: Iterable[Entry], title: str | None = None) -> list[Section]:
    """Group passages under their headings, in order of first appearance.

    A heading within a heading makes a section of level 2 after its parent. A heading that
    stands above every passage and only repeats the title is left off.
    """
    themed = [(entry.passage.id, entry.passage.theme) for entry in entries]
    if title and themed and all(_repeats(theme, title) for _, theme in themed):
        themed = [(name, theme[1:]) for name, theme in themed]
    groups: dict[tuple[str, ...], list[str]] = {}
    for _, theme in themed:
        for depth in range(min(1, len(theme)), len(theme) + 1):
            groups.setdefault(theme[:depth], [])
    for name, theme in themed:
        groups.setdefault(theme, []).append(name)
    return [
        Section(
            heading=theme[-1] if theme else None, level=max(1, len(theme)), passages=tuple(names)
        )
        for theme, names in _outline(groups)
    ]


def in_order(edition: Edition) -> list[tuple[Section, tuple[Entry, ...]]]:
    """Return the sections with their entries as they are printed: every entry once.

    What several sections name stands under the first; what none names stands in a last section.
    """
    waiting: dict[str, deque[Entry]] = {}
    for entry in edition.entries:
        waiting.setdefault(entry.passage.id, deque()).append(entry)
    printed: list[tuple[Section, tuple[Entry, ...]]] = []
    for section in edition.sections:
        here = [waiting[name].popleft() for name in section.passages if waiting.get(name)]
        printed.append((section, tuple(here)))
    rest = tuple(entry for queue in waiting.values() for entry in queue)
    if rest:
        heading = "Further passages" if edition.sections else None
        printed.append((Section(heading=heading), rest))
    return printed


def key_of(source: Source) -> SourceKey:
    """Return what tells a source from all others: its collection and its id."""
    return source.collection, source.id


def evidence_for(verdict: Verdict, sources: Mapping[SourceKey, Source]) -> tuple[Evidence, ...]:
    """Keep the sources' own words around what a verdict points at.

    First the verdict's parts in order, then the first other places (`also`) under the number of
    the part that they repeat; where nothing was found, the nearest places, numbered from 0. A
    source that is not in `sources` (by `key_of`) is passed over.
    """
    if not verdict.parts:
        return tuple(
            _evidence(i, place.start, place.end, sources[place.collection, place.source])
            for i, place in enumerate(verdict.nearest)
            if (place.collection, place.source) in sources
        )
    parts = [
        _evidence(i, part.start, part.end, sources[part.collection, part.source])
        for i, part in enumerate(verdict.parts)
        if (part.collection, part.source) in sources
    ]
    also = [
        _evidence(place.part, place.start, place.end, sources[place.collection, place.source])
        for place in verdict.also[:ALSO_KEPT]
        if (place.collection, place.source) in sources
    ]
    return (*parts, *also)


def _evidence(part: int, start: int, end: int, source: Source) -> Evidence:
    text = source.text
    before, inside, after = _before(text, start), text[start:end], _after(text, end)
    return Evidence(
        part=part,
        source=source.id,
        title=source.title,
        speaker=_speaker_at(source, start, end) or source.speaker,
        date=source.date,
        occasion=source.occasion,
        locus=locus_of(source.loci, start, end),
        url=source.url,
        rights=source.rights,
        before=before,
        text=inside,
        after=after,
        digest=sha256(text),
        collection=source.collection,
        snapshot=sha256(before + inside + after),
    )


def sha256(text: str) -> str:
    """Return the digest of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def locus_of(loci: Sequence[Locus], start: int, end: int) -> str | None:
    """Name the citable place where a stretch begins, and the one where it ends if another.

    Example:
        >>> psalm = (Locus("Ps. 95:10", 0, 40), Locus("Ps. 95:11", 40, 90))
        >>> locus_of(psalm, 5, 20), locus_of(psalm, 5, 60)
        ('Ps. 95:10', 'Ps. 95:10–11')
    """
    first, last = _locus_at(loci, start), _locus_at(loci, max(start, end - 1))
    if first is None or last is None or first == last:
        return first or last
    a, b = _SAME_HEAD.fullmatch(first), _SAME_HEAD.fullmatch(last)
    if a and b and a["head"] == b["head"]:
        return f"{first}–{b['last']}"
    return f"{first} – {last}"


def _locus_at(loci: Sequence[Locus], at: int) -> str | None:
    """Return the narrowest locus around a code point."""
    around = [one for one in loci if one.start <= at < one.end]
    return min(around, key=lambda one: one.end - one.start).ref if around else None


def _speaker_at(source: Source, start: int, end: int) -> str | None:
    names = [one.name for one in source.speaker_spans if one.start < end and start < one.end]
    return names[0] if len(set(names)) == 1 else None


def _before(text: str, start: int) -> str:
    cut = max(0, start - CONTEXT_CHARS)
    piece = text[cut:start]
    if cut and not text[cut - 1].isspace():
        piece = piece.partition(" ")[2] or piece
    return piece.lstrip()


def _after(text: str, end: int) -> str:
    piece = text[end : end + CONTEXT_CHARS]
    if end + CONTEXT_CHARS < len(text) and not text[end + CONTEXT_CHARS].isspace():
        piece = piece.rpartition(" ")[0] or piece
    return piece.rstrip()


def _outline(
    groups: Mapping[tuple[str, ...], list[str]],
) -> list[tuple[tuple[str, ...], list[str]]]:
    """Put every sub-theme after its parent, in order of first appearance."""
    rank = {theme: i for i, theme in enumerate(groups)}

    def place(theme: tuple[str, ...]) -> list[int]:
        return [rank[theme[:depth]] for depth in range(1, len(theme) + 1)] or [rank[theme]]

    return sorted(groups.items(), key=lambda item: place(item[0]))


def _repeats(theme: tuple[str, ...], title: str) -> bool:
    return bool(theme) and theme[0].strip().casefold() == title.strip().casefold()


def _edition_id(entries: Sequence[Entry]) -> str:
    from chrestomathy import codec

    digest = hashlib.sha256()
    for entry in entries:
        digest.update(codec.encode([entry.passage, entry.verdict]) + b"\n")
    return f"e-{digest.hexdigest()[:16]}"
