"""The texts of a collection → `Source` records, through the same readers as any input.

What a source says of itself (front matter, HTML metadata) and what a table beside the files
says of it (``sources.csv`` or ``metadata.csv``, which wins) become its title, speaker, date.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from chrestomathy.codec import decode
from chrestomathy.errors import CollectionError, InputError
from chrestomathy.read.encoding import decode_text
from chrestomathy.read.formats import JSONL, format_of, read_raw
from chrestomathy.read.inputs import Raw, from_error, iter_raw, left_out, read_file, readable
from chrestomathy.read.jsonl import iter_lines
from chrestomathy.read.metadata import Metadata, metadata_from, parse_front_matter
from chrestomathy.records import Document, LeftOut, Source, SpeakerSpan
from chrestomathy.settings import ReadSettings

SIDECARS = ("sources.csv", "metadata.csv")
"""Tables that tell of the files in their folder: columns ``file`` and any of Metadata's."""

_TURN = re.compile(
    r"""
    ^[ \t]*(?:
        \*\*(?P<bold>[^*\n]{2,40}?)[.:]?\*\*[.:]?   # "**HAMLET**", "**Hamlet:**"
      | (?P<caps>[A-Z][A-Z .'’\d-]{1,39}?)(?::(?=\s)|\.[ \t]*$)  # "MR. REED: …", "HAMLET."
      | (?P<named>[A-Z][\w.'’-]{1,20}(?:[ ][A-Z][\w.'’-]{1,20}){0,3}):(?=\s)  # "Mr. Smith: …"
    )
    """,
    re.VERBOSE | re.MULTILINE,
)
_SCENE = re.compile(r"^[ \t]*(?:#{1,6}[ \t]|(?:ACT|SCENE)\b).*$", re.MULTILINE)
"""A heading within a play, which ends a speech: `## SCENE II`."""
MIN_TURNS = 6
"""Fewest turns of a text with speakers; chosen by hand."""
MIN_TURNS_EACH = 2.0
"""Fewest turns per speaker on average: "Note:" and "Example:" come once each."""


def read_sources(path: str, *, settings: ReadSettings) -> Iterator[Source | LeftOut]:
    """Read the sources that passages are held against.

    Args:
        path: A folder of texts, a JSON Lines file of source records, or one text.
        settings: Bounds of reading.

    Raises:
        CollectionError: There is no such path (at the call), or nothing in it can be read
            (after everything in it has been tried).
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
        CollectionError: As for `read_sources`; a path of which all is known has sources.
    """
    known: set[str] = set()

    def passed_over(file: str) -> bool:
        ids = unchanged(file) if unchanged else None
        known.update(ids or ())
        return ids is not None

    try:
        raws = iter_raw([path], settings=settings, passed_over=passed_over)
    except InputError as error:
        raise CollectionError(
            f"there is no collection {path!r}",
            fix="Give a folder of texts or a JSON Lines file of sources.",
        ) from error
    return _iter_sources(path, raws, settings, known)


def find_speakers(text: str) -> tuple[SpeakerSpan, ...]:
    """Find who says which stretch of a text that is clearly a play or a debate.

    Returns:
        Stretches without the names before them; empty where the text has no speakers.
    """
    every = list(_TURN.finditer(text))
    for group in ("bold", "caps", "named"):
        turns = [m for m in every if m.lastgroup == group]
        names = Counter(m[group] for m in turns)
        if len(turns) >= MIN_TURNS and len(names) > 1 and _repeats(names):
            return tuple(_iter_turns(text, turns, group))
    return ()


def _repeats(names: Counter[str]) -> bool:
    return names.total() >= MIN_TURNS_EACH * len(names)


def _iter_turns(text: str, turns: list[re.Match[str]], group: str) -> Iterator[SpeakerSpan]:
    ends = [m.start() for m in turns[1:]] + [len(text)]
    for m, end in zip(turns, ends, strict=True):
        scene = _SCENE.search(text, m.end(), end)
        piece = text[m.end() : scene.start() if scene else end]
        start = m.end() + len(piece) - len(piece.lstrip())
        last = m.end() + len(piece.rstrip())
        if start < last:
            yield SpeakerSpan(m[group].strip(), start, last)


def _iter_sources(
    path: str, raws: Iterator[Raw | LeftOut], settings: ReadSettings, ids: set[str]
) -> Iterator[tuple[str, Source | LeftOut]]:
    table, told = _read_sidecar(path, settings)
    path = readable(path)
    name = Path(path).name or readable(Path(path).resolve().name)
    yield from ((one.origin, one) for one in told)
    why = "it holds no text that can be read"
    for raw in raws:
        if isinstance(raw, LeftOut):
            if Path(raw.origin).name not in SIDECARS:
                why = raw.reason if raw.origin == path else f"{raw.origin}: {raw.reason}"
                yield raw.origin, raw
            continue
        for one in _read_one(raw, path, table, settings):
            if isinstance(one, Source):
                one = _once(one, raw, path, ids)
            if isinstance(one, Source):
                yield raw.origin, replace(one, collection=name)
            else:
                why = f"{one.origin}: {one.reason}"
                yield raw.origin, one
    for missing in sorted(set(table) - {key for i in ids for key in _keys_of(i, table)}):
        why = "the table of sources names it, but it is not there"
        absent = left_out(f"{path}/{missing}", why, "Mend it.")
        yield absent.origin, absent
    if not ids:
        raise CollectionError(
            f"the collection {path!r} has no sources: {why}",
            fix="Give a folder of texts or a JSON Lines file of sources.",
        )


def _read_one(
    raw: Raw, path: str, table: dict[str, Metadata], settings: ReadSettings
) -> Iterator[Source | LeftOut]:
    if format_of(raw) is JSONL:
        yield from _read_records(raw)
        return
    relative = _relative(raw.origin, path)
    for item in read_raw(raw, settings=settings):
        if isinstance(item, LeftOut):
            yield item
        elif isinstance(item, Document):
            told = table.get(relative) or table.get(_without_suffix(relative)) or Metadata()
            yield _from_document(item, _without_suffix(relative), told)


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
    if source.id in ids and format_of(raw) is not JSONL:
        source = replace(source, id=_relative(raw.origin, path))
    if source.id in ids:
        return left_out(
            raw.origin, f"the id {source.id!r} comes twice", "Give each source its own id."
        )
    if not source.text.strip():
        return left_out(raw.origin, f"the source {source.id!r} has no text", "Add its text.")
    ids.add(source.id)
    return source


def _from_document(document: Document, id_: str, told: Metadata) -> Source:
    is_page = document.media_type == "text/html"
    own, start = (Metadata(), 0) if is_page else parse_front_matter(document.text)
    text = document.text[start:]
    return Source(
        id=id_,
        title=told.title or own.title or document.title,
        speaker=told.author or own.author or document.author,
        date=told.date or own.date or document.date,
        occasion=told.occasion or own.occasion,
        language=told.language or own.language or document.language,
        text=text,
        url=told.url or own.url,
        rights=told.rights or own.rights,
        speaker_spans=find_speakers(text),
        document=document.id,
    )


def _relative(origin: str, path: str) -> str:
    """Name a file as seen from its collection, with forward slashes."""
    rest = origin.removeprefix(path).lstrip("/\\!") if origin != path else Path(origin).name
    rest = rest.replace("\\", "/").replace("!", "/")
    return rest.removesuffix(".gz")


def _without_suffix(name: str) -> str:
    pure = PurePosixPath(name)
    return str(pure.with_suffix("")) if pure.suffix and len(pure.suffix) <= 10 else name


def _keys_of(id_: str, table: dict[str, Metadata]) -> list[str]:
    return [key for key in table if id_ in (key, _without_suffix(key))]


def _read_sidecar(
    path: str, settings: ReadSettings
) -> tuple[dict[str, Metadata], tuple[LeftOut, ...]]:
    """Read the table beside the files: what it says by file, and what is wrong with it."""
    import csv
    import io

    for name in SIDECARS:
        sidecar = Path(path) / name
        if not sidecar.is_file():
            continue
        raw = read_file(str(sidecar), settings)
        if isinstance(raw, LeftOut):
            return {}, (raw,)
        try:
            rows = list(csv.DictReader(io.StringIO(decode_text(raw.data).text), strict=True))
        except (csv.Error, InputError) as error:
            return {}, (left_out(str(sidecar), f"the table is damaged: {error}", "Mend it."),)
        if not rows or "file" not in {str(key).strip().lower() for key in rows[0]}:
            why = "the table has no rows with a column 'file'"
            return {}, (left_out(str(sidecar), why, "Add the column, one file a row."),)
        return dict(_row(row) for row in rows), ()
    return {}, ()


def _row(row: dict[str | None, str | None]) -> tuple[str, Metadata]:
    cells = {k.strip().lower(): v or "" for k, v in row.items() if isinstance(k, str)}
    return cells.pop("file").strip().replace("\\", "/"), metadata_from(cells)
