"""READ: bytes → `Document`; the first of the five verbs.

::

    names ──iter_raw──▶ Raw ──read_raw──▶ Document | Passage | Bare | LeftOut
                              └ formats.py picks plain, markdown, html, jsonl, tei, xmlplain,
                                subtitles, mail or warc

Each format has one module; ``inputs.py`` (with ``fetch.py``) alone touches the world;
``encoding.py`` turns bytes into text and notes what it did, ``xmlfeed.py`` parses XML safely,
``canvas.py`` is where readers write blocks, places and speakers; ``parallel.py`` reads many
pages in several processes; ``sources.py`` reads the texts of
a collection through the same readers. What to make of the blocks is LIFT's business.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chrestomathy.codec import Item
from chrestomathy.read.formats import read_raw
from chrestomathy.read.inputs import Raw, iter_raw, readable
from chrestomathy.read.plain import document_from_text
from chrestomathy.read.sources import iter_sources, read_sources
from chrestomathy.records import LeftOut
from chrestomathy.settings import ReadSettings


def read(raws: Iterable[Raw | LeftOut], *, settings: ReadSettings) -> Iterator[Item | LeftOut]:
    """Read raw inputs one after another; what is already left out passes through."""
    for raw in raws:
        if isinstance(raw, LeftOut):
            yield raw
        else:
            yield from read_raw(raw, settings=settings)


__all__ = [
    "Raw",
    "document_from_text",
    "iter_raw",
    "iter_sources",
    "read",
    "read_raw",
    "read_sources",
    "readable",
]
