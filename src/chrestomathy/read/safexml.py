"""XML of strangers → events, with nothing in it fetched or built.

The one place where a parser of XML is made. Mostly no tree is, so that a large part needs no
more memory than a small one. Parts of packed documents (`parse_xml`) may declare no entities at all; texts in
XML, which do (``xmlfeed.py``), may only have their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from chrestomathy.errors import InputError

if TYPE_CHECKING:
    from lxml import etree

MAX_DEPTH = 500
"""Deepest nesting; documents with tables within tables reach some 40."""
MAX_ELEMENTS = 600_000
"""Most elements of one part; a book of 1,000 pages has some 500,000, and more cost over a second."""
MAX_NAMES = 2_000
"""Most names of elements and attributes that are remembered; formats have some hundreds."""
SLICE_BYTES = 1 << 16
"""How much the parser is given at a time: its buffer is bounded."""

_ENTITY = tuple("<!ENTITY".encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be"))
"""What begins a declaration that no document needs and every attack by entities has."""

Attributes = Mapping[str, str]
"""Attributes by their local names."""


class Handler(Protocol):
    """What is told of the elements of a part, as they come."""

    def start(self, name: str, attributes: Attributes) -> None:
        """Take an element's beginning; `name` is ``prefix:local``."""

    def end(self, name: str) -> None:
        """Take its end."""

    def data(self, text: str) -> None:
        """Take characters, perhaps a part of what stands between two tags."""


def make_parser(
    target: object = None, *, own_entities: bool = False, encoding: str | None = None
) -> etree.XMLParser:
    """Make a parser that opens no file, no address and no DTD.

    Args:
        target: What lxml hands the events to; None to make a tree, of something small.
        own_entities: Replace the entities that a file declares for itself, within libxml2's
            bound on their growth; otherwise none.
        encoding: How what it is fed is encoded, whatever the file says.
    """
    from lxml import etree

    return etree.XMLParser(
        target=target,
        encoding=encoding,
        resolve_entities="internal" if own_entities else False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


def parse_xml(
    data: bytes, handler: Handler, prefixes: Mapping[str, str], *, part: str = "document"
) -> None:
    """Tell a handler what stands in an XML document.

    Args:
        data: The document.
        handler: What is told.
        prefixes: Namespace → the prefix under which the handler knows it, whatever the document
            calls it; elements of others come with the prefix ``?``.
        part: What the document is called in a message.

    Raises:
        InputError: No XML, entities of its own, too deep, too many elements.
    """
    from lxml import etree

    if any(mark in data for mark in _ENTITY):
        raise InputError(f"its {part} declares entities of its own", fix="Do not trust it.")
    parser = make_parser(_Target(handler, prefixes, part))
    try:
        for at in range(0, len(data), SLICE_BYTES):
            parser.feed(data[at : at + SLICE_BYTES])
        parser.close()
    except (etree.XMLSyntaxError, LookupError, ValueError, AssertionError) as error:
        raise InputError(
            f"its {part} is no proper XML: {str(error).splitlines()[0][:200] if str(error) else error!r}",
            fix="Open it in its program and save it again.",
        ) from error


class _Target:
    """Between the parser and a handler: counts, and gives names their prefixes."""

    def __init__(self, handler: Handler, prefixes: Mapping[str, str], part: str) -> None:
        self._handler, self._prefixes, self._part = handler, prefixes, part
        self._names: dict[str, str] = {}
        self._locals: dict[str, str] = {}
        self._depth = self._n_elements = 0
        self.data = handler.data

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._depth += 1
        self._n_elements += 1
        if self._depth > MAX_DEPTH or self._n_elements > MAX_ELEMENTS:
            raise self._too_much()
        name = self._names.get(tag) or self._named(tag)
        if attributes:
            known = self._locals
            attributes = {
                known.get(key) or self._local(key): value for key, value in attributes.items()
            }
        self._handler.start(name, attributes)

    def end(self, tag: str) -> None:
        self._depth -= 1
        self._handler.end(self._names.get(tag) or self._named(tag))

    def close(self) -> None:
        """End as the parser wants it."""

    def _named(self, tag: str) -> str:
        space, _, local = tag.rpartition("}")
        name = f"{self._prefixes.get(space[1:], '?')}:{local}"
        if len(self._names) < MAX_NAMES:
            self._names[tag] = name
        return name

    def _local(self, key: str) -> str:
        local = key.rpartition("}")[2]
        if len(self._locals) < MAX_NAMES:
            self._locals[key] = local
        return local

    def _too_much(self) -> InputError:
        deep = self._depth > MAX_DEPTH
        what = f"nested more than {MAX_DEPTH:,} deep" if deep else f"more than {MAX_ELEMENTS:,}"
        return InputError(
            f"the elements of its {self._part} are {what}",
            fix="Save it as plain text and give that.",
        )
