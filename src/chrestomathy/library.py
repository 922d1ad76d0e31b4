"""Collections as their owner keeps them: files go in, stay as they are, and go out again.

`trace.ondisk` keeps segments and knows nothing of files; READ turns files into sources. This
module holds the two together: which file each source came from, and whether it has changed.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from chrestomathy import catalogue
from chrestomathy.errors import CollectionError, InputError
from chrestomathy.pipeline import Progress, Tray, silent
from chrestomathy.read import iter_sources
from chrestomathy.read.inputs import iter_raw, left_out
from chrestomathy.read.sidecar import is_table
from chrestomathy.records import CollectionInfo, LeftOut, Source
from chrestomathy.settings import Settings
from chrestomathy.trace import ondisk
from chrestomathy.trace.ondisk import DEFAULT_MEMORY, InputFile, Writer

NO_YEAR = "undated"
UNNAMED = "unknown"
"""What `info` calls sources without a language or a speaker."""


@dataclass(slots=True)
class Outcome:
    """What was done to a collection."""

    added: int = 0
    removed: int = 0
    unchanged: int = 0
    """Sources whose files were not read again."""
    sources: int = 0
    """How many there are now."""


def build(
    path: str,
    inputs: Sequence[str],
    tray: Tray,
    *,
    settings: Settings,
    memory: int = DEFAULT_MEMORY,
    progress: Progress = silent,
) -> Outcome:
    """Make a collection of what the inputs hold now, or bring it up to date.

    Sources of files that are no longer there go out, those of changed files come in anew,
    and files that are as they were are not read.

    Args:
        path: The collection's folder.
        inputs: Folders of texts, JSON Lines files of source records, single texts.
        tray: Takes what is left out.
        settings: Bounds of reading.
        memory: Bytes that indexing may take.
        progress: Told how many sources were read.

    Raises:
        CollectionError: An input is missing, or the collection is damaged or being written.
    """
    return _bring_in(path, inputs, tray, settings, memory, progress, only_these=True)


def add(
    path: str,
    inputs: Sequence[str],
    tray: Tray,
    *,
    settings: Settings,
    memory: int = DEFAULT_MEMORY,
    progress: Progress = silent,
) -> Outcome:
    """Add what the inputs hold, or bring it up to date; the rest stays. Otherwise as `build`."""
    return _bring_in(path, inputs, tray, settings, memory, progress, only_these=False)


def _bring_in(
    path: str,
    inputs: Sequence[str],
    tray: Tray,
    settings: Settings,
    memory: int,
    progress: Progress,
    *,
    only_these: bool,
) -> Outcome:
    for one in inputs:
        if Path(one).resolve() == Path(path).resolve():
            raise CollectionError(
                f"{one!r} is the collection itself",
                fix="Name the folder or file that its sources are in.",
            )
    with Writer(path, memory=memory) as writer:
        before = writer.n_sources
        files = {
            name: [file for file in _files_of(name, settings) if not _is_within(file, path)]
            for name in dict.fromkeys(inputs)
        }
        pattern = settings.read.name_pattern
        known = _unchanged(writer, files, pattern)
        there = {_key(file) for every in files.values() for file in every}
        stale = [key for key in writer.inputs if key not in known and (only_these or key in there)]
        gone = [id_ for key in stale for id_ in writer.inputs.pop(key).ids]
        outcome = Outcome(removed=writer.remove(gone))
        if only_these:
            outcome.removed += writer.remove(_strangers(writer))
        outcome.unchanged = writer.n_sources
        ids: dict[str, list[str]] = {key: [] for key in there if is_table(key)}

        def fresh() -> Iterator[Source]:
            taken: set[str] = set()
            for name in files:
                for origin, one in iter_sources(name, settings=settings.read, unchanged=known_ids):
                    if isinstance(one, Source) and (one.id in writer or one.id in taken):
                        fix = "Give each source its own id."
                        one = left_out(origin, f"the id {one.id!r} is there already", fix)
                    if isinstance(one, LeftOut):
                        tray.left_out.append(one)
                        continue
                    taken.add(one.id)
                    ids.setdefault(_key(_file_of(origin)), []).append(one.id)
                    progress("reading sources", len(taken), None)
                    yield one

        def known_ids(file: str) -> tuple[str, ...] | None:
            key = _key(file)
            if _is_within(file, path):
                return ()
            return writer.inputs[key].ids if key in known else None

        outcome.added = writer.add(fresh())
        for key, its in ids.items():
            if state := _state(key, tuple(its), pattern):
                writer.inputs[key] = state
        if not writer.n_sources:
            raise CollectionError(
                f"the collection {path!r} would have no sources",
                fix="Name a folder of texts, or a JSON Lines file of source records.",
            )
        if outcome.added or outcome.removed or before == 0:
            writer.commit()
        outcome.sources = writer.n_sources
        return outcome


def remove(path: str, ids: Sequence[str], *, memory: int = DEFAULT_MEMORY) -> Outcome:
    """Take sources out by their ids.

    Raises:
        CollectionError: One of them is not there, or none would be left; nothing is changed.
    """
    ondisk.read_manifest(Path(path))
    with Writer(path, memory=memory) as writer:
        missing = [one for one in ids if one not in writer]
        if missing:
            raise CollectionError(
                f"{path!r} has no source {missing[0]!r}",
                fix=f"`chrestomathy collection list {path}` prints the ids.",
            )
        removed = writer.remove(ids)
        if not writer.n_sources:
            raise CollectionError(
                f"no source would be left in {path!r}", fix="Delete the folder instead."
            )
        gone = {*ids}
        left = {
            key: replace(one, ids=tuple(id_ for id_ in one.ids if id_ not in gone))
            for key, one in writer.inputs.items()
        }
        writer.inputs = {
            key: one for key, one in left.items() if one.ids or not writer.inputs[key].ids
        }
        writer.commit()
        return Outcome(removed=removed, unchanged=writer.n_sources, sources=writer.n_sources)


def merge(path: str, others: Sequence[str], tray: Tray, *, memory: int = DEFAULT_MEMORY) -> Outcome:
    """Take in the sources of other collections, and put small segments together.

    A collection of another version of this program is indexed anew.

    Raises:
        CollectionError: One of them is missing or damaged.
    """
    ondisk.read_manifest(Path(path))
    with Writer(path, memory=memory) as writer:
        outcome = Outcome(unchanged=writer.n_sources)
        for other in others:
            outcome.added += writer.add(_taken_in(other, writer, tray))
        writer.merge()
        writer.commit()
        outcome.sources = writer.n_sources
        return outcome


def _taken_in(other: str, writer: Writer, tray: Tray) -> Iterator[Source]:
    for volume in ondisk.open_volumes(other):
        for one in volume.wholes():
            if one.id in writer:
                why = f"the id {one.id!r} is there already"
                tray.left_out.append(left_out(other, why, "Give each source its own id."))
            else:
                yield one


def sources_of(path: str) -> list[Source]:
    """List the sources of a collection; their texts are read when they are asked for.

    Raises:
        CollectionError: There is no collection, or it is damaged.
    """
    return [source for volume in ondisk.open_volumes(path) for source in volume.sources]


def describe(path: str) -> CollectionInfo:
    """Say what a collection holds, and so what "not found" in it means.

    Raises:
        CollectionError: There is no collection, or it is damaged.
    """
    volumes = ondisk.open_volumes(path)
    sources = [source for volume in volumes for source in volume.sources]
    speakers = Counter(one.speaker for one in sources if one.speaker)
    speakers.update({turn.name for one in sources for turn in one.speaker_spans})
    files = [file for one in volumes for file in one.record.files.values()]
    return CollectionInfo(
        name=Path(path).resolve().name,
        sources=len(sources),
        words=sum(one.record.words for one in volumes),
        characters=sum(one.record.characters for one in volumes),
        languages=_counted(one.language or UNNAMED for one in sources),
        speakers=_counted(speakers.elements()),
        years=dict(sorted(Counter(_year(one.date) for one in sources).items(), key=_in_time)),
        rights=_counted(one.rights or UNNAMED for one in sources),
        segments=len(volumes),
        bytes=sum(file.bytes for file in files),
    )


def check(path: str) -> tuple[int, list[CollectionError]]:
    """Hold every file against its checksum, and clean up behind a writer that was killed.

    Returns:
        How many leftovers were removed, and what is damaged.

    Raises:
        CollectionError: There is no collection, or no telling what it consists of.
    """
    damaged = ondisk.check(path)
    return (0 if damaged else ondisk.clean(path)), damaged


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items(), key=lambda row: (-row[1], row[0])))


def _year(date: str | None) -> str:
    """Return the year of an EDTF date."""
    sign = "-" if date and date.startswith("-") else ""
    year = (date or "").lstrip("-")[:4]
    return f"{sign}{year}" if year.isdigit() else NO_YEAR


def _in_time(row: tuple[str, int]) -> tuple[bool, int]:
    return (row[0] == NO_YEAR, 0 if row[0] == NO_YEAR else int(row[0]))


# -- files ------------------------------------------------------------------------------------


def _files_of(name: str, settings: Settings) -> list[str]:
    """List the files of an input without reading any; an entry of the catalogue is one."""
    if catalogue.is_entry(name):
        catalogue.find_entry(name)
        return [name]
    files: list[str] = []

    def noted(file: str) -> bool:
        files.append(file)
        return True

    try:
        for _ in iter_raw([name], settings=settings.read, passed_over=noted):
            pass
    except InputError as error:
        raise CollectionError(error.what, fix=error.fix) from error
    return files


def _unchanged(writer: Writer, files: dict[str, list[str]], pattern: str | None) -> set[str]:
    """Return the keys of files that are as they were when they were read in the same way.

    Where a table of sources has changed, every file that it may tell of is read again.
    """
    known: set[str] = set()
    for every in files.values():
        same = {_key(file) for file in every if _is_same(writer, _key(file), pattern)}
        told = {_key(file) for file in every if is_table(file)}
        were = {key for key in writer.inputs if is_table(key)}
        folders = {Path(key).parent for key in (told - same) | (were - told)}
        known |= {key for key in same if not folders & {*Path(key).parents}}
    return known


def _is_same(writer: Writer, key: str, pattern: str | None) -> bool:
    before = writer.inputs.get(key)
    if catalogue.is_entry(key):
        return before is not None and before.digest == _digest(key)
    if before is None or before.name_pattern != pattern:
        return False
    try:
        now = Path(key).stat()
    except OSError:
        return False
    if before.bytes != now.st_size:
        return False
    if before.mtime_ns == now.st_mtime_ns:
        return True
    return _digest(key) == before.digest


def _state(key: str, ids: tuple[str, ...], pattern: str | None) -> InputFile | None:
    if catalogue.is_entry(key):
        return InputFile(0, 0, _digest(key), ids)
    try:
        now = Path(key).stat()
        return InputFile(now.st_size, now.st_mtime_ns, _digest(key), ids, pattern)
    except OSError:
        return None


def _digest(key: str) -> str:
    if catalogue.is_entry(key):
        return str(catalogue.installed_version(catalogue.find_entry(key)))
    with Path(key).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _is_within(file: str, folder: str) -> bool:
    return not catalogue.is_entry(file) and Path(folder).absolute() in Path(file).absolute().parents


def _key(file: str) -> str:
    return file if catalogue.is_entry(file) else str(Path(file).absolute())


def _file_of(origin: str) -> str:
    """Return the file of an origin; a member of an archive stands behind a mark."""
    if Path(origin).exists() or "!" not in origin:
        return origin
    parts = origin.split("!")
    heads = ("!".join(parts[:n]) for n in range(len(parts) - 1, 0, -1))
    return next((head for head in heads if Path(head).exists()), origin)


def _strangers(writer: Writer) -> list[str]:
    """List sources that no file is known for: they came from another collection."""
    told = {id_ for one in writer.inputs.values() for id_ in one.ids}
    return [id_ for id_ in writer.ids if id_ not in told]
