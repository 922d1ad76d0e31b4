"""The order of the stages, once: read → lift → trace → grade → publish.

Stages know nothing of each other. This module hands the records of one to the next, turns a
path into a collection, and gathers what every stage left out. `make` runs the whole road.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from chrestomathy.records import (
    Bare,
    Consulted,
    Document,
    Drawn,
    Edition,
    Entry,
    Grading,
    LeftOut,
    Lines,
    Locus,
    Passage,
    Source,
    Span,
    Throughout,
    Verdict,
)
from chrestomathy.settings import ReadSettings, Settings
from chrestomathy.version import VERSION

if TYPE_CHECKING:
    from chrestomathy.codec import Item
    from chrestomathy.lift.explanation import ExplainedLine
    from chrestomathy.trace import Collection
    from chrestomathy.trace.ondisk import Volume
    from chrestomathy.trace.segment import Segment

T = TypeVar("T")

GENERATOR = f"chrestomathy {VERSION}"
"""Who made an edition, as it says itself."""

Progress = Callable[[str, int, int | None], None]
"""Told the stage, how much is done, and of how much where that is known."""


def silent(stage: str, done: int, total: int | None) -> None:
    """Report nothing."""


@dataclass(slots=True)
class Tray:
    """Where the stages put what they leave out; nothing disappears."""

    left_out: list[LeftOut] = field(default_factory=list)

    def keep(self, records: Iterable[T | LeftOut]) -> Iterator[T]:
        """Pass records on and keep what was left out."""
        for record in records:
            if isinstance(record, LeftOut):
                self.left_out.append(record)
            else:
                yield record

    @property
    def inputs_left_out(self) -> list[LeftOut]:
        """The inputs that were not done, as against passages that a stage set aside."""
        return [one for one in self.left_out if one.stage == "read"]


def read_inputs(
    inputs: Sequence[str],
    tray: Tray,
    *,
    settings: ReadSettings,
    allow_network: bool = False,
    stdin: BinaryIO | None = None,
    parallel: bool = False,
    progress: Progress = silent,
) -> Iterator[Item]:
    """Read files, folders, archives, addresses and JSON Lines into records.

    Args:
        inputs: What is named.
        tray: Takes what is left out.
        settings: Bounds.
        allow_network: Whether addresses may be fetched.
        stdin: What ``-`` reads.
        parallel: Whether many pages may be read in several processes; the order is the same.
            A program that asks for it must keep its own start behind ``__name__ == "__main__"``.
        progress: Told how many records were read.

    Raises:
        InputError: An input does not exist.
    """
    from chrestomathy.read import iter_raw, read

    raws = iter_raw(inputs, settings=settings, allow_network=allow_network, stdin=stdin)
    if parallel:
        from chrestomathy.read.parallel import read_in_processes

        kept: Iterator[Item] = tray.keep(read_in_processes(raws, settings=settings))
    else:
        kept = tray.keep(read(raws, settings=settings))
    for done, item in enumerate(kept, 1):
        progress("reading", done, None)
        yield item


def as_documents(items: Iterable[Item]) -> Iterator[Document | Passage]:
    """Take bare records for documents, as LIFT does."""
    from chrestomathy.read import document_from_text

    for item in items:
        if isinstance(item, Bare):
            yield document_from_text(
                item.text, id=item.id, origin=item.origin or "-", language=item.language
            )
        else:
            yield item


def as_passages(
    items: Iterable[Item | Document], tray: Tray, *, settings: Settings
) -> Iterator[Passage]:
    """Lift documents and take bare records for passages, as TRACE and GRADE do."""
    for item in items:
        if isinstance(item, Document):
            from chrestomathy.lift import lift

            yield from tray.keep(lift([item], settings=settings.lift))
        elif isinstance(item, Bare):
            yield Passage(id=item.id, text=item.text, origin=item.origin, language=item.language)
        else:
            yield item


def lift_items(items: Iterable[Item], tray: Tray, *, settings: Settings) -> Iterator[Passage]:
    """Lift documents and bare records; a record that is a passage already goes through."""
    return as_passages(as_documents(items), tray, settings=settings)


@dataclass(frozen=True, slots=True)
class Explained:
    """A page with its lines, and how each was read."""

    document: Document
    facts: tuple[str, ...]
    lines: tuple[ExplainedLine, ...]


def explain_items(items: Iterable[Item], tray: Tray, *, settings: Settings) -> Iterator[Explained]:
    """Lift documents and bare records and tell line by line what was read."""
    from chrestomathy.lift import lift_document
    from chrestomathy.lift.explanation import explain_lines, explain_page

    for document in as_documents(items):
        if isinstance(document, Document):
            lifted = lift_document(document, settings=settings.lift)
            tray.left_out += lifted.left_out
            lines = tuple(explain_lines(document, lifted))
            yield Explained(document, tuple(explain_page(lifted)), lines)


def load_collection(
    paths: Sequence[str],
    tray: Tray,
    *,
    settings: Settings,
    progress: Progress = silent,
) -> Collection:
    """Read and index sources: folders, JSON Lines files, single texts.

    A collection has its path's last name, or the whole path where another has that name.

    Raises:
        CollectionError: A path is missing or holds nothing that can be searched.
    """
    from chrestomathy.read import read_sources
    from chrestomathy.read.inputs import readable
    from chrestomathy.trace.collection import Collection, index_in_threads
    from chrestomathy.trace.ondisk import check_in_threads, is_collection, open_volumes

    names: dict[str, str] = {}
    segments: list[Segment] = []
    sources: list[Source] = []
    volumes: list[Volume] = []
    for path in dict.fromkeys(paths):
        shown = readable(path)
        last = Path(shown).name or readable(Path(path).resolve().name)
        name = last if names.setdefault(last, path) == path else shown
        if is_collection(path):
            opened = open_volumes(path, name)
            volumes += opened
            segments += [one.segment for one in opened]
            sources += [source for one in opened for source in one.sources]
            continue

        def read(path: str = path, name: str = name) -> Iterator[Source]:
            for done, one in enumerate(tray.keep(read_sources(path, settings=settings.read)), 1):
                progress(f"reading {Path(path).name}", done, None)
                yield replace(one, collection=name)

        segments += index_in_threads(read(), sources)
    return Collection(segments, sources, doubts=check_in_threads(volumes))


def entries_of(
    passages: Sequence[Passage],
    collection: Collection | None,
    *,
    settings: Settings,
    graded: bool = True,
    progress: Progress = silent,
) -> Iterator[Entry]:
    """Trace (where there are sources) and grade passages, with the evidence beside them."""
    from chrestomathy.grade import grade
    from chrestomathy.publish import evidence_for, key_of
    from chrestomathy.trace import trace

    verdicts: Iterable[Verdict | None] = [None] * len(passages)
    if collection is not None:
        verdicts = trace(passages, collection=collection, settings=settings.trace)
    gradings: Iterable[Grading | None] = [None] * len(passages)
    if graded:
        gradings = grade(passages, settings=settings.grade)
    sources = {key_of(one): one for one in collection.sources} if collection else {}
    for done, (passage, verdict, grading) in enumerate(
        zip(passages, verdicts, gradings, strict=True), 1
    ):
        progress("checking and grading" if collection else "grading", done, len(passages))
        evidence = evidence_for(verdict, sources) if verdict is not None else ()
        yield Entry(passage=passage, verdict=verdict, grading=grading, evidence=evidence)


def make(
    inputs: Sequence[str],
    *,
    collections: Sequence[str] = (),
    settings: Settings | None = None,
    allow_network: bool = False,
    title: str | None = None,
    graded: bool = True,
    stdin: BinaryIO | None = None,
    tray: Tray | None = None,
    parallel: bool = False,
    progress: Progress = silent,
) -> Edition:
    """Run every stage over the inputs and return the edition, ready to publish.

    Args:
        inputs: Files, folders, globs, archives, ``-`` or addresses.
        collections: Folders or JSON Lines files of sources; none: nothing is checked.
        settings: Of every stage.
        allow_network: Whether addresses may be fetched.
        title: Of the edition; otherwise the first document's.
        graded: Whether passages are graded; a check of quotations needs no levels.
        stdin: What ``-`` reads.
        tray: Takes what is left out, for the caller to report.
        parallel: Whether many pages may be read in several processes (see `read_inputs`).
        progress: Told how far each stage is.

    Raises:
        InputError, CollectionError: The call names something that is not there.
    """
    settings, tray = settings or Settings(), tray if tray is not None else Tray()
    collection = None
    if collections:
        collection = load_collection(collections, tray, settings=settings, progress=progress)
    items = read_inputs(
        inputs,
        tray,
        settings=settings.read,
        allow_network=allow_network,
        stdin=stdin,
        parallel=parallel,
        progress=progress,
    )
    return edition_of(
        items,
        inputs,
        collection,
        tray=tray,
        settings=settings,
        title=title,
        graded=graded,
        progress=progress,
    )


def edition_of(
    items: Iterable[Item],
    inputs: Sequence[str],
    collection: Collection | None,
    *,
    tray: Tray,
    settings: Settings,
    title: str | None = None,
    graded: bool = True,
    progress: Progress = silent,
) -> Edition:
    """Lift, trace and grade what was read, and order it as an edition."""
    from chrestomathy.publish import build_edition
    from chrestomathy.read import readable

    documents = list(items)
    passages = list(as_passages(documents, tray, settings=settings))
    read_documents = [one for one in documents if isinstance(one, Document)]
    drawn = drawn_from(read_documents, lifted_titles(tray))
    languages = {one.language for one in read_documents}
    entries = list(
        entries_of(passages, collection, settings=settings, graded=graded, progress=progress)
    )
    starts = line_starts(read_documents)
    loci = {one.id: one.loci for one in read_documents if one.loci}
    entries = [
        replace(
            one, lines=_passage_lines(one.passage, starts), locus=_passage_locus(one.passage, loci)
        )
        for one in entries
    ]
    return build_edition(
        entries,
        title=title or _title_of(drawn, inputs),
        language=languages.pop() if len(languages) == 1 else None,
        origins=tuple(dict.fromkeys(one.origin for one in drawn)) or tuple(map(readable, inputs)),
        documents=drawn,
        throughout=[_with_lines(one, entries, starts) for one in throughout_of(entries)],
        searched=collection.searched if collection else (),
        dictionaries=consulted(settings.grade.glosses) if graded else (),
        left_out=tuple(tray.left_out),
        generator=GENERATOR,
    )


def consulted(languages: Sequence[str]) -> tuple[Consulted, ...]:
    """Return the added dictionaries that words are explained from in these languages."""
    if not languages:
        return ()
    from chrestomathy.grade.glosses.store import list_dictionaries

    return tuple(
        Consulted(name=one.name, version=one.version, licence=one.licence, language=one.language)
        for one in list_dictionaries()
        if one.language is None or one.language in (*languages, "en")
    )


LineStarts = dict[str, list[int]]
"""By document, the offsets at which its file's lines begin."""

_LINE_END = re.compile(r"\r\n?|\n")
AS_IN_FILE = ("text/plain", "text/markdown")
"""Kinds of documents whose text is that of their file."""


def line_starts(documents: Iterable[Document]) -> LineStarts:
    """Return where the lines of each document begin whose text is that of its file."""
    return {
        one.id: [0, *(m.end() for m in _LINE_END.finditer(one.text))]
        for one in documents
        if one.media_type in AS_IN_FILE
    }


def lines_at(span: Span | None, document: str | None, starts: LineStarts) -> Lines | None:
    """Return lines and columns of a stretch of a document.

    Example:
        >>> lines_at(Span(3, 9), "d", {"d": [0, 4]})
        Lines(line=1, column=4, end_line=2, end_column=6)
    """
    if span is None or document not in starts:
        return None
    here = starts[document]
    first, last = (max(0, bisect_right(here, at) - 1) for at in span)
    return Lines(first + 1, span.start - here[first] + 1, last + 1, span.end - here[last] + 1)


def _passage_lines(passage: Passage, starts: LineStarts) -> Lines | None:
    if not passage.spans:
        return None
    return lines_at(Span(passage.spans[0].start, passage.spans[-1].end), passage.document, starts)


def _passage_locus(passage: Passage, loci: Mapping[str, Sequence[Locus]]) -> str | None:
    from chrestomathy.publish.edition import locus_of

    here = loci.get(passage.document or "")
    return (
        locus_of(here, passage.spans[0].start, passage.spans[-1].end)
        if here and passage.spans
        else None
    )


def _with_lines(one: Throughout, entries: Sequence[Entry], starts: LineStarts) -> Throughout:
    """Say of each place where it stands: on a line of its own, or else as its passage does."""
    by_id = {entry.passage.id: entry for entry in entries}
    places = []
    for place in one.places:
        entry = by_id[place.passage]
        lines = lines_at(place.document_span, entry.passage.document, starts)
        places.append(replace(place, lines=lines or entry.lines, locus=entry.locus))
    return replace(one, places=tuple(places))


def throughout_of(entries: Sequence[Entry]) -> tuple[Throughout, ...]:
    """Find what is changed again and again over the entries of a run."""
    from chrestomathy.trace import find_throughout

    around = {
        (entry.passage.id, one.part): (one.before, one.after)
        for entry in entries
        for one in reversed(entry.evidence)  # the first of a part is its own
    }
    return find_throughout(((one.passage, one.verdict) for one in entries if one.verdict), around)


def drawn_from(
    documents: Sequence[Document], titles: Mapping[str, str] | None = None
) -> tuple[Drawn, ...]:
    """Keep of each document what an edition says of where its passages were lifted from.

    Args:
        documents: What was read.
        titles: By origin, for documents that declare none and share it with no other.
    """
    n_of_origin = Counter(one.origin for one in documents)
    told = {origin: title for origin, title in (titles or {}).items() if n_of_origin[origin] == 1}
    return tuple(
        Drawn(
            id=one.id,
            origin=one.origin,
            title=one.title or told.get(one.origin),
            author=one.author,
            date=one.date,
            language=one.language,
        )
        for one in documents
    )


def lifted_titles(tray: Tray) -> dict[str, str]:
    """Return by origin the titles that LIFT recognised in texts that declare none."""
    from chrestomathy.lift import TITLE_REASON

    found: dict[str, str] = {}
    for one in tray.left_out:
        if one.reason == TITLE_REASON and one.text:
            found.setdefault(one.origin, " ".join(one.text.split()))
    return found


def _title_of(drawn: Sequence[Drawn], inputs: Sequence[str]) -> str:
    """Name an edition: after its one document, its one input, or by how many there are."""
    from chrestomathy.read import readable

    if len(drawn) == 1 and drawn[0].title:
        return drawn[0].title
    if len(inputs) == 1 and inputs[0] != "-" and not set("*?[") & set(inputs[0]):
        stem = readable(Path(inputs[0]).stem).replace("_", " ").replace("-", " ").strip()
        return stem or "Passages"
    return f"Passages from {len(drawn)} documents" if len(drawn) > 1 else "Passages"
