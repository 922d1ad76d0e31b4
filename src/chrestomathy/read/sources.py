"""The texts of a collection → `Source` records, through the same readers as any input.

What is known of a text comes from three places, and the first that knows counts, field by
field: the table beside the files (``sidecar.py``), what the text says of itself (front matter,
HTML metadata, the head of a Gutenberg file), and its name, where a pattern tells how to read it (``filenames.py``). Who
speaks where is found in plays and debates, and citable places by their numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, count
from pathlib import Path, PurePosixPath

from chrestomathy import catalogue
from chrestomathy.codec import decode
from chrestomathy.errors import CollectionError, InputError
from chrestomathy.read.filenames import NamePattern, parse_pattern
from chrestomathy.read.formats import JSONL, PDF, format_of, read_raw
from chrestomathy.read.gutenberg import parse_frame
from chrestomathy.read.inputs import Raw, from_error, is_address, iter_raw, left_out, readable
from chrestomathy.read.jsonl import iter_lines
from chrestomathy.read.loci import find_loci
from chrestomathy.read.metadata import HOW_TO_DATE, Metadata, merged, parse_front_matter
from chrestomathy.read.sidecar import Tables, read_tables
from chrestomathy.records import Document, LeftOut, Locus, Source
from chrestomathy.settings import ReadSettings
from chrestomathy.textkit.turns import find_speakers


def read_sources(path: str, *, settings: ReadSettings) -> Iterator[Source | LeftOut]:
    """Read the sources that passages are held against.

    Args:
        path: A folder of texts, a JSON Lines file of source records, one text, or an entry of
            the catalogue (``catalogue:bible``).
        settings: Bounds of reading.

    Raises:
        SettingsError: The name pattern is none (at the call).
        CollectionError: There is no such path or entry (at the call), or nothing in it can be
            read (after everything in it has been tried).
        DependencyMissing: The package of the entry is not installed.
    """
    return (item for _, item in iter_sources(path, settings=settings))


def iter_sources(
    path: str,
    *,
    settings: ReadSettings,
    unchanged: Callable[[str], Sequence[str] | None] | None = None,
) -> Iterator[tuple[str, Source | LeftOut]]:
    """Read sources and say which file each comes from.

    Args:
        path: As for `read_sources`.
        settings: Bounds of reading.
        unchanged: Asked of each file before it is read. The ids of its sources where they are
            known already and the file need not be read again; None where it must be.

    Raises:
        SettingsError, CollectionError: As for `read_sources`; a path of which all is known
            has sources.
    """
    if catalogue.is_entry(path):
        kept = unchanged is not None and unchanged(path) is not None
        return iter(()) if kept else ((path, one) for one in catalogue.load_entry(path))
    pattern = None if settings.name_pattern is None else parse_pattern(settings.name_pattern)
    known: set[str] = set()

    def passed_over(file: str) -> bool:
        ids = unchanged(file) if unchanged else None
        known.update(ids or ())
        if ids is not None:
            tables.note(_relative(readable(file), readable(path)))
        return ids is not None

    def table(raw: Raw) -> bool:
        folder = PurePosixPath(_relative(raw.origin, readable(path))).parent
        return tables.take(raw, folder.as_posix())

    try:
        raws = iter_raw([path], settings=settings, passed_over=passed_over, table=table)
    except InputError as error:
        raise CollectionError(
            f"there is no collection {path!r}",
            fix="Give a folder of texts or a JSON Lines file of sources.",
        ) from error
    tables = read_tables(path, settings)
    return _iter_sources(readable(path), raws, tables, pattern, settings, known)


def _iter_sources(
    path: str,
    raws: Iterator[Raw | LeftOut],
    tables: Tables,
    pattern: NamePattern | None,
    settings: ReadSettings,
    ids: set[str],
) -> Iterator[tuple[str, Source | LeftOut]]:
    name = Path(path).name or readable(Path(path).resolve().name)
    n_told = 0
    why = "it holds no text that can be read"
    for raw in chain([None], raws):
        for problem in tables.problems[n_told:]:  # more come with the tables in archives
            yield problem.origin, problem
        n_told = len(tables.problems)
        if raw is None:
            continue
        if isinstance(raw, LeftOut):
            if raw.origin not in tables.read:
                why = raw.reason if raw.origin == path else f"{raw.origin}: {raw.reason}"
                yield raw.origin, raw
            continue
        for one in _read_one(raw, path, tables, pattern, settings):
            if isinstance(one, Source):
                one = _once(one, raw, path, ids)
            if isinstance(one, Source):
                yield raw.origin, replace(one, collection=name)
            else:
                why = f"{one.origin}: {one.reason}"
                yield raw.origin, one
    for at, missing in tables.missing():
        fix = "Correct its name or remove the row."
        yield at, left_out(at, f"there is no file {missing!r}", fix)
    if not ids:
        raise CollectionError(
            f"the collection {path!r} has no sources: {why}",
            fix="Give a folder of texts or a JSON Lines file of sources.",
        )


def _read_one(
    raw: Raw, path: str, tables: Tables, pattern: NamePattern | None, settings: ReadSettings
) -> Iterator[Source | LeftOut]:
    if format_of(raw) is JSONL:
        yield from _read_records(raw)
        return
    for item in read_raw(raw, settings=settings):
        if isinstance(item, LeftOut):
            yield item
        elif isinstance(item, Document):
            relative = _name_in(item.origin, raw.origin, path)
            own, text = _own(item)
            named = pattern.read(_without_suffix(relative)) if pattern else None
            guess = Metadata(language=item.language)
            rows = [
                tables.about(one) for one in dict.fromkeys((relative, _relative(raw.origin, path)))
            ]
            told = merged(*rows, own, named or Metadata(), guess)
            if pattern and named is None:
                yield left_out(
                    item.origin,
                    f"its name does not fit the pattern {pattern.text!r}",
                    "Rename it or correct the pattern; its text is searched all the same.",
                )
            if told.unread_date and not told.date:
                yield left_out(
                    item.origin, f"its date {told.unread_date!r} is not understood", HOW_TO_DATE
                )
            yield _source(item, text, _without_suffix(relative), told)


def _own(document: Document) -> tuple[Metadata, str]:
    """Return what a document says of itself, and its text proper."""
    read = Metadata(
        title=document.title,
        author=document.author,
        date=document.date,
        language=document.language,
        url=document.url or (document.origin if is_address(document.origin) else None),
        rights=document.rights,
    )
    if document.media_type not in ("text/plain", "text/markdown"):
        return read, document.text
    read = replace(read, language=None)  # a guess, which a name may know better
    framed = parse_frame(document.text)
    if framed:
        front, start, end = framed
    else:
        (front, start), end = parse_front_matter(document.text), len(document.text)
    return merged(front, read), document.text[start:end]


def _read_records(raw: Raw) -> Iterator[Source | LeftOut]:
    n_records = 0
    for where, line in iter_lines(raw.data):
        n_records += 1
        try:
            yield decode(line, Source, at=where)
        except InputError as error:
            yield from_error(raw.origin, error)
    if not n_records:
        yield left_out(raw.origin, "it has no records", "Give one source record a line.")


def _once(source: Source, raw: Raw, path: str, ids: set[str]) -> Source | LeftOut:
    """Keep ids apart: two files by their suffix; of two records the second is left out."""
    if source.id in ids and is_address(source.id):  # a page that was captured again
        number = next(n for n in count(2) if f"{source.id}#{n}" not in ids)
        source = replace(source, id=f"{source.id}#{number}")
    elif source.id in ids and format_of(raw) is not JSONL:
        source = replace(source, id=_relative(raw.origin, path))
    if source.id in ids:
        return left_out(
            raw.origin, f"the id {source.id!r} comes twice", "Give each source its own id."
        )
    if not source.text.strip():
        return left_out(raw.origin, f"the source {source.id!r} has no text", "Add its text.")
    ids.add(source.id)
    return source


def _loci(document: Document, text: str) -> tuple[Locus, ...]:
    """Give the places to cite that a file marks; beside printed pages its own are looked for."""
    marked = document.loci if text == document.text else ()
    if not marked or document.media_type in PDF.media_types:
        return find_loci(text, marked)
    return marked


def _source(document: Document, text: str, id_: str, told: Metadata) -> Source:
    return Source(
        id=id_,
        title=told.title,
        speaker=told.author,
        date=told.date,
        occasion=told.occasion,
        language=told.language,
        text=text,
        url=told.url,
        rights=told.rights,
        loci=_loci(document, text),
        speaker_spans=document.speaker_spans or find_speakers(text),
        document=document.id,
    )


def _name_in(origin: str, file: str, path: str) -> str:
    """Name a document as seen from its collection; one of several in a file, after the file."""
    if origin.startswith(f"{file}!"):
        return f"{_relative(file, path)}/{origin[len(file) + 1 :]}"
    return _relative(origin, path)


def _relative(origin: str, path: str) -> str:
    """Name a file as seen from its collection, with forward slashes; a page by its address."""
    if is_address(origin):
        return origin
    rest = origin.removeprefix(path).lstrip("/\\!") if origin != path else Path(origin).name
    rest = rest.replace("\\", "/").replace("!", "/")
    return rest.removesuffix(".gz")


def _without_suffix(name: str) -> str:
    if is_address(name):
        return name
    pure = PurePosixPath(name)
    return str(pure.with_suffix("")) if pure.suffix and len(pure.suffix) <= 10 else name
