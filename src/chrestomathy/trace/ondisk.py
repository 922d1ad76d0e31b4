"""Collections on disk: segments that never change, behind one manifest that is swapped at once.

::

    PATH/manifest             what there is: a line of JSON, and its checksum
    PATH/inputs-GENERATION    which file each source was read from, and what it was like
    PATH/lock                 held by the one writer
    PATH/segments/NAME/index    the arrays of a `Segment`, to be mapped into memory
                      /sources  the records, without their texts
                      /texts    the texts, each compressed by itself

A writer puts new segments beside the old ones, swaps the manifest, and only then removes what
no manifest names: killed at any moment, it leaves the last state or the next. Readers take no
lock; what they have opened stays theirs. Every file's size and checksum stand in the manifest.
Sizes and records are checked when a collection is opened, the index before it is first searched
(in threads that begin at opening), a text when it is read: what is damaged is named, and never
searched.
"""

from __future__ import annotations

import contextlib
import mmap
import os
import shutil
import sys
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, Self

import msgspec
import xxhash
import zstandard

from chrestomathy.errors import CollectionError
from chrestomathy.records import Locus, Source, SpeakerSpan
from chrestomathy.trace.collection import Collection, cores
from chrestomathy.trace.segment import INDEX_VERSION, Segment

FORMAT, VERSION = "chrestomathy-collection", 1
"""Of the files' layout. The arrays' own version is `INDEX_VERSION`."""
MANIFEST, LOCK, SEGMENTS, INPUTS = "manifest", "lock", "segments", "inputs-"
INDEX, SOURCES, TEXTS = "index", "sources", "texts"
LEVEL = 1
"""Of zstd: a third smaller files at the next three levels take twice the time."""
KEPT_TEXT = 64_000_000
"""Characters of texts that are kept once they were read."""
MOST_THREADS = 4
MOST_SMALL = 8
"""More segments than this of less than an eighth of the largest are merged when adding."""
DEFAULT_MEMORY = 1_000_000_000
BYTES_A_BYTE = 12
"""What indexing takes for a byte of UTF-8, the text included: some four for English, and at the
most so many, for a text of single letters. Measured."""
LEAST_SEGMENT, LARGEST_SEGMENT = 1_000_000, 64_000_000
"""Bytes of UTF-8 that a segment is made of, one long source aside."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What a file must be like."""

    bytes: int
    checksum: str
    """XXH3, 64 bits, in hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class SegmentRecord:
    """A segment, as the manifest describes it."""

    name: str
    sources: int
    words: int
    characters: int
    lengths: dict[str, int]
    """Of the arrays."""
    files: dict[str, FileRecord]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a collection consists of."""

    format: str = FORMAT
    version: int = VERSION
    index: int = field(default_factory=lambda: INDEX_VERSION)
    byteorder: str = sys.byteorder
    generation: int = 0
    segments: tuple[SegmentRecord, ...] = ()
    inputs: FileRecord | None = None


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that sources were read from, as it was then."""

    bytes: int
    mtime_ns: int
    digest: str
    """SHA-256."""
    ids: tuple[str, ...] = ()
    """Of the sources that were read from it."""
    name_pattern: str | None = None
    """What was taken from file names then."""


@dataclass(frozen=True, slots=True)
class Row:
    """A source as its segment keeps it: what says something of the whole, and where the rest is."""

    id: str
    title: str | None
    speaker: str | None
    date: str | None
    occasion: str | None
    language: str | None
    url: str | None
    rights: str | None
    document: str | None
    loci: msgspec.Raw
    speaker_spans: msgspec.Raw
    """Not decoded yet: a Bible has thirty thousand verses."""
    at: int
    size: int
    """Where its compressed text lies."""

    @classmethod
    def of(cls, source: Source, at: int, size: int) -> Row:
        """Take a source apart."""
        told = {name: getattr(source, name) for name in _TOLD}
        loci, spans = map(msgspec.json.encode, (source.loci, source.speaker_spans))
        return cls(
            **told, loci=msgspec.Raw(loci), speaker_spans=msgspec.Raw(spans), at=at, size=size
        )


_TOLD = "id title speaker date occasion language url rights document".split()
_LOCI = msgspec.json.Decoder(tuple[Locus, ...])
_SPANS = msgspec.json.Decoder(tuple[SpeakerSpan, ...])


def is_collection(path: str | Path) -> bool:
    """Tell whether there is a collection at a path."""
    return Path(path, MANIFEST).is_file()


def open_collection(path: str | Path, name: str | None = None) -> Collection:
    """Open a collection; readers and one writer may have it open at once.

    Args:
        path: Its folder.
        name: What its sources say they belong to; the path's last name by default.

    Raises:
        CollectionError: It is missing, damaged, of another version, or holds no words.
    """
    volumes = open_volumes(path, name)
    sources = [source for one in volumes for source in one.sources]
    return Collection([one.segment for one in volumes], sources, check_in_threads(volumes))


def check_in_threads(volumes: Sequence[Volume]) -> list[Future[None]]:
    """Begin to hold indexes against their checksums."""
    if not volumes:
        return []
    threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="check")
    doubts = [threads.submit(one.check_index) for one in volumes]
    threads.shutdown(wait=False)
    return doubts


def open_volumes(path: str | Path, name: str | None = None) -> list[Volume]:
    """Open the segments that the manifest names.

    Raises:
        CollectionError: As for `open_collection`, but for having no words.
    """
    path = Path(path)
    manifest = read_manifest(path)
    _refuse_other(path, manifest)
    while True:
        try:
            return [Volume(path, one, name or path.resolve().name) for one in manifest.segments]
        except FileNotFoundError as error:
            again = read_manifest(path)
            if again.generation == manifest.generation:
                raise _damaged(Path(error.filename), "it is missing") from error
            manifest = again  # a writer has put other segments in their place
        except OSError as error:
            raise CollectionError(
                f"{error.filename} cannot be read: {error.strerror}", fix="Check its permissions."
            ) from error


class StoredSource(Source):
    """A source of a collection on disk; its text, loci and speakers are read when asked for."""

    __slots__ = ("_row", "_spans", "_volume")
    _row: Row
    _volume: Volume

    @classmethod
    def of(cls, row: Row, collection: str, volume: Volume) -> StoredSource:
        """Take over what a row says of the whole."""
        one, put = object.__new__(cls), object.__setattr__
        for name in _TOLD:
            put(one, name, getattr(row, name))
        put(one, "collection", collection)
        put(one, "_row", row)
        put(one, "_volume", volume)
        return one

    @property
    def text(self) -> str:
        """The whole text.

        Raises:
            CollectionError: It is damaged.
        """
        return self._volume.text(self._row)

    @property
    def loci(self) -> tuple[Locus, ...]:
        """Its citable places."""
        return _LOCI.decode(self._row.loci)

    @property
    def speaker_spans(self) -> tuple[SpeakerSpan, ...]:
        """Who says which stretch."""
        spans: tuple[SpeakerSpan, ...] | None = getattr(self, "_spans", None)
        if spans is None:
            spans = _SPANS.decode(self._row.speaker_spans)
            object.__setattr__(self, "_spans", spans)
        return spans


class Volume:
    """One segment on disk, opened."""

    def __init__(self, path: Path, record: SegmentRecord, collection: str) -> None:
        """Map its files and read its records.

        Raises:
            CollectionError: A file is damaged.
            FileNotFoundError: A file is missing.
        """
        self.record, self.folder = record, path / SEGMENTS / record.name
        self._index, self._texts = self._map(INDEX), self._map(TEXTS)
        packed = (self.folder / SOURCES).read_bytes()
        self._check(SOURCES, packed)
        data = zstandard.ZstdDecompressor().decompress(packed)
        self.rows = msgspec.json.decode(data, type=list[Row])
        self.sources = [StoredSource.of(one, collection, self) for one in self.rows]
        self._kept: OrderedDict[str, str] = OrderedDict()
        self._kept_characters = 0

    @cached_property
    def segment(self) -> Segment:
        """Its arrays, which are not checked yet."""
        return Segment.mapped(self._index, self.record.lengths)

    def _map(self, name: str) -> memoryview:
        """Map a file of the size that it must have."""
        path = self.folder / name
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size != self.record.files[name].bytes:
                raise _damaged(
                    path, f"it has {size:,} bytes, not {self.record.files[name].bytes:,}"
                )
            if not size:
                return memoryview(b"")
            return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

    def _check(self, name: str, data: bytes | memoryview) -> None:
        if xxhash.xxh3_64_hexdigest(data) != self.record.files[name].checksum:
            raise _damaged(self.folder / name, "its checksum is wrong")

    def check_index(self) -> None:
        """Hold the index against its checksum.

        Raises:
            CollectionError: It is damaged.
        """
        self._check(INDEX, self._index)

    def check_texts(self) -> None:
        """Hold the texts against their checksum.

        Raises:
            CollectionError: They are damaged.
        """
        self._check(TEXTS, self._texts)

    def text(self, row: Row) -> str:
        """Read a text.

        Raises:
            CollectionError: It is damaged.
        """
        text = self._kept.get(row.id)
        if text is None:
            try:
                data = zstandard.ZstdDecompressor().decompress(
                    self._texts[row.at : row.at + row.size]
                )
            except zstandard.ZstdError as error:
                what = f"the text of {row.id!r} cannot be unpacked: {error}"
                raise _damaged(self.folder / TEXTS, what) from error
            text = self._kept[row.id] = data.decode("utf-8", "surrogatepass")
            self._kept_characters += len(text)
            while self._kept_characters > KEPT_TEXT and len(self._kept) > 1:
                self._kept_characters -= len(self._kept.popitem(last=False)[1])
        return text

    def wholes(self) -> Iterator[Source]:
        """Read all sources, texts included, one after the other."""
        for one in self.sources:
            told = {name: getattr(one, name) for name in _TOLD}
            yield Source(**told, text=one.text, loci=one.loci, speaker_spans=one.speaker_spans)
            self._kept.clear()
            self._kept_characters = 0


def read_manifest(path: Path) -> Manifest:
    """Read what a collection consists of.

    Raises:
        CollectionError: There is none, or it is damaged.
    """
    try:
        data = (path / MANIFEST).read_bytes()
    except FileNotFoundError as error:
        raise CollectionError(
            f"there is no collection at {str(path)!r}",
            fix="Make one with `chrestomathy collection build`.",
        ) from error
    except OSError as error:
        raise CollectionError(
            f"{path / MANIFEST} cannot be read: {error.strerror}", fix="Check its permissions."
        ) from error
    line, _, checksum = data.partition(b"\n")
    if checksum.strip() != xxhash.xxh3_64_hexdigest(line).encode():
        raise _damaged(path / MANIFEST, "its checksum is wrong")
    try:
        found = msgspec.json.decode(line)
        if found["format"] == FORMAT and found["version"] != VERSION:
            raise _other_version(path, f"layout {found['version']}, not {VERSION}")
        return msgspec.convert(found, Manifest)
    except (msgspec.MsgspecError, KeyError, TypeError) as error:
        raise _damaged(path / MANIFEST, f"it is no manifest: {error}") from error


def _refuse_other(path: Path, manifest: Manifest) -> None:
    if manifest.byteorder != sys.byteorder:
        raise _other_version(path, f"{manifest.byteorder}-endian machine")
    if manifest.index != INDEX_VERSION:
        raise _other_version(path, f"index {manifest.index}, not {INDEX_VERSION}")


def _other_version(path: Path, what: str) -> CollectionError:
    return CollectionError(
        f"the collection {str(path)!r} was made by another version of this program ({what})",
        fix=f"`chrestomathy collection merge {path}` indexes its texts anew.",
    )


def _damaged(path: Path, what: str) -> CollectionError:
    return CollectionError(
        f"{path} is damaged: {what}",
        fix="Take it from a backup, or build the collection again from its sources.",
    )


# -- writing ----------------------------------------------------------------------------------


class Writer:
    """The one writer of a collection: add, remove, merge, then `commit`; a context manager.

    What is not committed is gone when the context ends.
    """

    def __init__(self, path: str | Path, *, memory: int = DEFAULT_MEMORY) -> None:
        """Name a collection, which is made if there is none.

        Args:
            path: Its folder.
            memory: Bytes that indexing may take at the most, the file that is being read and
                the interpreter aside. A source longer than that allows takes what it needs.
        """
        self.path = Path(path)
        self._threads = max(1, min(MOST_THREADS, cores(), memory // (BYTES_A_BYTE * LEAST_SEGMENT)))
        share = memory // self._threads // BYTES_A_BYTE
        self._limit = min(max(share, LEAST_SEGMENT), LARGEST_SEGMENT)
        self._stack = contextlib.ExitStack()
        self._volumes: dict[str, Volume] = {}

    def __enter__(self) -> Self:
        """Lock the collection, and clean up behind a writer that was killed.

        Raises:
            CollectionError: Another process is writing, or the collection is damaged.
        """
        is_new = not self.path.exists()
        if self.path.exists() and not is_collection(self.path) and not _is_ours(self.path):
            raise CollectionError(
                f"{str(self.path)!r} is there already and is no collection",
                fix="Name a folder that does not exist yet.",
            )
        with self._no_space():
            (self.path / SEGMENTS).mkdir(parents=True, exist_ok=True)
            if is_new:
                self._stack.callback(self._remove_if_empty)
            self._stack.enter_context(_locked(self.path))
        try:
            fresh = not is_collection(self.path)
            self.manifest = Manifest() if fresh else read_manifest(self.path)
            self.inputs = {} if fresh else read_inputs(self.path, self.manifest)
            self.segments = list(self.manifest.segments)
            self._clean()
            self._ids = {
                one.id: record.name for record in self.segments for one in self._volume(record).rows
            }
        except BaseException:
            self._stack.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Forget what was not committed."""
        self._volumes.clear()
        with contextlib.suppress(OSError, CollectionError):
            if is_collection(self.path):
                self.manifest = read_manifest(self.path)  # a failed commit may have come so far
            self._clean()
        self._stack.close()

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all sources."""
        return tuple(self._ids)

    @property
    def n_sources(self) -> int:
        """How many sources there are."""
        return len(self._ids)

    def __contains__(self, id_: object) -> bool:
        """Tell whether a source of this id is there."""
        return id_ in self._ids

    def add(self, sources: Iterable[Source]) -> int:
        """Index sources whose ids are new, and return how many there were."""
        added = 0
        waiting: deque[tuple[list[str], Future[SegmentRecord]]] = deque()

        def take() -> None:
            ids, written = waiting.popleft()
            record = written.result()
            self._ids |= dict.fromkeys(ids, record.name)
            self.segments.append(record)

        with self._no_space(), ThreadPoolExecutor(self._threads) as threads:
            for batch in _batches(sources, self._limit):
                if len(waiting) == self._threads:
                    take()
                waiting.append(([one.id for one in batch], threads.submit(self._write, batch)))
                added += len(batch)
            while waiting:
                take()
        return added

    def remove(self, ids: Iterable[str]) -> int:
        """Take sources out, and return how many there were; their segments are written anew."""
        gone = {one for one in ids if one in self._ids}
        touched = {self._ids.pop(one) for one in gone}
        self._rewrite([one for one in self.segments if one.name in touched], gone)
        return len(gone)

    def merge(self) -> None:
        """Put small segments together, and index anew what another version has indexed."""
        if self.manifest.index != INDEX_VERSION or self.manifest.byteorder != sys.byteorder:
            self._rewrite(self.segments)
        else:
            self._put_together(self._limit // 2)

    def commit(self) -> None:
        """Make this the collection, at once and for good."""
        if sum(one.characters < self._limit // 8 for one in self.segments) > MOST_SMALL:
            self._put_together(self._limit // 8)
        generation = self.manifest.generation + 1
        with self._no_space():
            inputs = self._put(f"{INPUTS}{generation}", msgspec.json.encode(self.inputs))
            manifest = Manifest(generation=generation, segments=tuple(self.segments), inputs=inputs)
            line = msgspec.json.encode(manifest)
            checksum = xxhash.xxh3_64_hexdigest(line).encode()
            self._put(f"{MANIFEST}.new", line + b"\n" + checksum + b"\n")
            _sync_folder(self.path / SEGMENTS)
            (self.path / f"{MANIFEST}.new").replace(self.path / MANIFEST)
            _sync_folder(self.path)
        self.manifest = manifest

    def _volume(self, record: SegmentRecord) -> Volume:
        if record.name not in self._volumes:
            try:
                self._volumes[record.name] = Volume(self.path, record, "")
            except FileNotFoundError as error:
                raise _damaged(Path(error.filename), "it is missing") from error
        return self._volumes[record.name]

    def _put_together(self, size: int) -> None:
        """Make one of neighbouring segments of fewer than `size` characters."""
        runs = groupby(self.segments, key=lambda one: one.characters < size)
        small = [list(run) for is_small, run in runs if is_small]
        self._rewrite([one for run in small if len(run) > 1 for one in run])

    def _rewrite(self, old: Sequence[SegmentRecord], gone: Iterable[str] = ()) -> None:
        """Write segments anew without some sources, neighbours put together; order stays."""
        names, without = {one.name for one in old}, frozenset(gone)
        runs = groupby(self.segments, key=lambda one: one.name in names)
        self.segments = []
        for is_old, run in [(is_old, list(run)) for is_old, run in runs]:
            if is_old:
                self.add(
                    source
                    for record in run
                    for source in self._volume(record).wholes()
                    if source.id not in without
                )
            else:
                self.segments += run

    def _write(self, batch: Sequence[Source]) -> SegmentRecord:
        """Index some sources and write their segment."""
        name = f"{self.manifest.generation + 1:06d}-{os.urandom(6).hex()}"
        folder = self.path / SEGMENTS / name
        folder.mkdir()
        segment = Segment.of([one.text for one in batch])
        files = {INDEX: _write_file(folder / INDEX, segment.write)}
        lengths, words = segment.lengths, len(segment.words) - len(batch)
        del segment
        rows: list[Row] = []

        def write_texts(file: BinaryIO) -> None:
            packer = zstandard.ZstdCompressor(level=LEVEL, write_checksum=True)
            at = 0
            for one in batch:
                packed = packer.compress(one.text.encode("utf-8", "surrogatepass"))
                file.write(packed)
                rows.append(Row.of(one, at, len(packed)))
                at += len(packed)

        files[TEXTS] = _write_file(folder / TEXTS, write_texts)
        data = zstandard.ZstdCompressor(level=LEVEL).compress(msgspec.json.encode(rows))
        files[SOURCES] = _write_file(folder / SOURCES, lambda file: file.write(data))
        _sync_folder(folder)
        characters = sum(len(one.text) for one in batch)
        return SegmentRecord(name, len(batch), words, characters, lengths, files)

    def _put(self, name: str, data: bytes) -> FileRecord:
        return _write_file(self.path / name, lambda file: file.write(data))

    @contextlib.contextmanager
    def _no_space(self) -> Iterator[None]:
        """Say in a sentence what kept the collection from being written."""
        try:
            yield
        except OSError as error:
            raise CollectionError(
                f"the collection {str(self.path)!r} cannot be written: {error.strerror or error}",
                fix="Make room, or check its permissions, and try again; what is there is whole.",
            ) from error

    def _clean(self) -> None:
        """Remove what the manifest does not name."""
        for orphan in orphans(self.path, self.manifest):
            _delete(orphan)

    def _remove_if_empty(self) -> None:
        """Leave no folder behind where no collection was made."""
        if not is_collection(self.path):
            shutil.rmtree(self.path, ignore_errors=True)


def read_inputs(path: Path, manifest: Manifest) -> dict[str, InputFile]:
    """Read which files a collection was made of.

    Raises:
        CollectionError: The list is damaged.
    """
    if manifest.inputs is None:
        return {}
    file = path / f"{INPUTS}{manifest.generation}"
    try:
        data = file.read_bytes()
    except FileNotFoundError as error:
        raise _damaged(file, "it is missing") from error
    if xxhash.xxh3_64_hexdigest(data) != manifest.inputs.checksum:
        raise _damaged(file, "its checksum is wrong")
    return msgspec.json.decode(data, type=dict[str, InputFile])


def orphans(path: Path, manifest: Manifest) -> list[Path]:
    """List what a killed writer has left behind: what the manifest does not name."""
    named = {one.name for one in manifest.segments}
    found = [one for one in (path / SEGMENTS).iterdir() if one.name not in named]
    kept = f"{INPUTS}{manifest.generation}"
    found += [one for one in path.glob(f"{INPUTS}*") if one.name != kept]
    return sorted(found + [one for one in (path / f"{MANIFEST}.new",) if one.exists()])


def check(path: str | Path) -> list[CollectionError]:
    """Hold every file of a collection against its checksum; return what is damaged.

    Raises:
        CollectionError: There is no collection, or no telling what it consists of.
    """
    path = Path(path)
    manifest = read_manifest(path)
    found = []
    try:
        read_inputs(path, manifest)
    except CollectionError as error:
        found.append(error)
    for record in manifest.segments:
        try:
            volume = Volume(path, record, "")
        except FileNotFoundError as error:
            found.append(_damaged(Path(error.filename), "it is missing"))
            continue
        except CollectionError as error:
            found.append(error)
            continue
        for verify in (volume.check_index, volume.check_texts):
            try:
                verify()
            except CollectionError as error:
                found.append(error)
    return found


def clean(path: str | Path) -> int:
    """Remove what a killed writer has left behind, and return how many things that were.

    While another writer is at work, what it has not committed yet stays.

    Raises:
        CollectionError: There is no collection, or it is damaged.
    """
    path = Path(path)
    manifest = read_manifest(path)
    try:
        with _locked(path):
            found = orphans(path, manifest)
            for one in found:
                _delete(one)
    except CollectionError:
        return 0
    return len(found)


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def _batches(sources: Iterable[Source], limit: int) -> Iterator[list[Source]]:
    """Part sources so that each part has no more than `limit` bytes, or is one source."""
    batch: list[Source] = []
    size = 0
    for one in sources:
        length = len(one.text)
        if not one.text.isascii():
            length = len(one.text.encode("utf-8", "surrogatepass"))
        if batch and size + length > limit:
            yield batch
            batch, size = [], 0
        batch.append(one)
        size += length
    if batch:
        yield batch


class _Summing:
    """A file that is written, and its checksum."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.hash, self.bytes = xxhash.xxh3_64(), 0

    def write(self, data: bytes | memoryview) -> int:
        self.hash.update(data)
        self.bytes += len(data)
        return self._file.write(data)


def _write_file(path: Path, write: Callable[[BinaryIO], object]) -> FileRecord:
    """Write a file so that it stays, and return what it must be like."""
    with path.open("wb") as file:
        summing = _Summing(file)
        write(summing)  # type: ignore[arg-type]
        file.flush()
        os.fsync(file.fileno())
    return FileRecord(summing.bytes, summing.hash.hexdigest())


def _sync_folder(path: Path) -> None:
    """Make sure that the names in a folder stay."""
    if os.name == "posix":
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _is_ours(path: Path) -> bool:
    """Tell whether a folder without a manifest is empty, or what a killed first writer left."""
    known = (LOCK, SEGMENTS, f"{MANIFEST}.new")
    return path.is_dir() and all(
        one.name in known or one.name.startswith(INPUTS) for one in path.iterdir()
    )


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Be the only writer; the system takes the lock back when this process ends."""
    with (path / LOCK).open("w") as file:
        try:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass  # such a system has no such locks; then the caller sees to it
        except BlockingIOError as error:
            raise CollectionError(
                f"another process is writing to the collection {str(path)!r}",
                fix="Wait until it has ended, and try again.",
            ) from error
        yield
