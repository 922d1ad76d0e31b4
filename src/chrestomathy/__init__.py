"""Chrestomathy: passages with their sources, held word for word, made into a reader.

::

    bytes ──read──▶ Document ──lift──▶ Passage ──trace──▶ Verdict ─┐
                                          │       ▲ sources         ├──▶ Edition ──publish──▶ files
                                          └──────grade──▶ Grading ──┘

Five verbs are the product; folders, functions, commands and documents use the same five.
`make` runs them in order. Records are frozen and explained in ``records.py``; whatever goes
wrong is a `ChrestomathyError` that says what, where and what to do.

Example:
    >>> import chrestomathy
    >>> speech = chrestomathy.Source(id="1934", text="Read slowly, count twice, answer letters.")
    >>> [one.wording for one in chrestomathy.trace(["read slowly, count twice"], sources=[speech])]
    ['exact']
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType
from typing import TYPE_CHECKING

from chrestomathy.errors import (
    ChrestomathyError,
    CollectionError,
    DependencyMissing,
    InputError,
    InternalError,
    SettingsError,
)
from chrestomathy.records import (
    Attribution,
    Bare,
    Block,
    Document,
    Edition,
    Entry,
    Grading,
    LeftOut,
    Passage,
    Source,
    Span,
    Verdict,
)
from chrestomathy.settings import Settings
from chrestomathy.version import VERSION

if TYPE_CHECKING:
    from chrestomathy.trace.collection import Collection

__version__ = VERSION

__all__ = [
    "Attribution",
    "Bare",
    "Block",
    "ChrestomathyError",
    "CollectionError",
    "DependencyMissing",
    "Document",
    "Edition",
    "Entry",
    "Grading",
    "InputError",
    "InternalError",
    "LeftOut",
    "Passage",
    "Settings",
    "SettingsError",
    "Source",
    "Span",
    "Verdict",
    "grade",
    "lift",
    "make",
    "publish",
    "read",
    "trace",
]


_log = logging.getLogger(__name__)


class _Package(ModuleType):
    """This package, whose verbs stay functions when the folders of their names are imported."""

    def __setattr__(self, name: str, value: object) -> None:
        """Keep a verb: importing ``chrestomathy.read`` would put the folder in its place."""
        if not (isinstance(value, ModuleType) and callable(self.__dict__.get(name))):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def read(*inputs: str, settings: Settings | None = None) -> Iterator[Document | LeftOut]:
    """Read files, folders, globs or archives into documents.

    Raises:
        InputError: An input does not exist.
    """
    from chrestomathy import pipeline

    settings, tray = settings or Settings(), pipeline.Tray()
    items = pipeline.read_inputs(inputs, tray, settings=settings.read)
    for document in pipeline.as_documents(items):
        if isinstance(document, Document):
            yield document
    yield from tray.left_out


def lift(
    documents: Iterable[Document | LeftOut | str], *, settings: Settings | None = None
) -> Iterator[Passage | LeftOut]:
    """Lift every passage of documents or plain texts, with who is said to have said it."""
    from chrestomathy.lift import lift as lifted
    from chrestomathy.read import document_from_text

    settings = settings or Settings()
    for number, one in enumerate(documents, 1):
        if isinstance(one, LeftOut):
            yield one
            continue
        if isinstance(one, str):
            one = document_from_text(one, id=str(number), origin="-")
        yield from lifted([one], settings=settings.lift)


def trace(
    passages: Iterable[Passage | str],
    *,
    sources: Collection | Iterable[Source] | str,
    settings: Settings | None = None,
) -> Iterator[Verdict]:
    """Hold passages word for word against sources, each exactly once and in order.

    Args:
        passages: Passages, or their words alone.
        sources: Source records, a path to a folder or JSON Lines file of them, or an indexed
            `Collection`, which is worth keeping when passages come one by one.
        settings: How to search.

    Raises:
        CollectionError: The sources are missing or hold no words. What of a folder cannot be
            read is left out and logged as a warning.
    """
    from chrestomathy import pipeline
    from chrestomathy.trace import trace as traced
    from chrestomathy.trace.collection import Collection

    settings = settings or Settings()
    if isinstance(sources, str):
        tray = pipeline.Tray()
        sources = pipeline.load_collection([sources], tray, settings=settings)
        for one in tray.left_out:
            _log.warning("left out: %s: %s. %s", one.origin, one.reason, one.fix)
    elif not isinstance(sources, Collection):
        sources = Collection.of(sources)
    records = (
        Passage(id=str(number), text=one) if isinstance(one, str) else one
        for number, one in enumerate(passages, 1)
    )
    yield from traced(records, collection=sources, settings=settings.trace)


def grade(
    passages: Iterable[Passage | Bare | str], *, settings: Settings | None = None
) -> Iterator[Grading]:
    """Grade the English of passages, or of plain texts, each exactly once and in order."""
    from chrestomathy.grade import grade as graded

    records = (
        Bare(id=str(number), text=one) if isinstance(one, str) else one
        for number, one in enumerate(passages, 1)
    )
    yield from graded(records, settings=(settings or Settings()).grade)


def publish(edition: Edition, to: Sequence[str] = ("html",)) -> dict[str, bytes]:
    """Make an edition's files: content by path within a folder.

    Raises:
        SettingsError: A format is not known.
    """
    from chrestomathy.publish import publish as published

    return published(edition, to)


def make(*inputs: str, sources: Sequence[str] = (), settings: Settings | None = None) -> Edition:
    """Run every stage over files, folders or archives; `publish` prints the edition.

    Raises:
        InputError, CollectionError: The call names something that is not there.
    """
    from chrestomathy import pipeline

    return pipeline.make(inputs, collections=sources, settings=settings)
