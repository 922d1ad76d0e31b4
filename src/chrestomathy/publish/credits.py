"""Whose texts an edition shows: each source that stands as evidence, once, with its rights."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from chrestomathy.publish.citations import cite_source, safe_url
from chrestomathy.publish.edition import SourceKey
from chrestomathy.records import Entry


class Credit(NamedTuple):
    """A source as it is named where its words are shown."""

    citation: str
    url: str | None
    source: str
    rights: str | None
    """In the source's own words, without a stop."""
    digest: str


def credits_of(entries: Iterable[Entry]) -> list[Credit]:
    """List the sources shown as evidence, each once, in alphabetical order."""
    found: dict[SourceKey, Credit] = {}
    for entry in entries:
        if entry.verdict is None or not entry.verdict.parts:
            continue
        for one in entry.evidence:
            rights = one.rights and one.rights.strip().rstrip(".")
            credit = Credit(cite_source(one), safe_url(one.url), one.source, rights, one.digest)
            found.setdefault((one.collection, one.source), credit)
    return sorted(found.values(), key=lambda one: (one.citation.casefold(), one.source))


def credit_line(credit: Credit) -> str:
    """Name a source in one line, with its address and its rights.

    Example:
        >>> credit_line(Credit("“On Bees.”", "https://example.org/bees", "bees", "CC0", "0f"))
        '“On Bees.” https://example.org/bees. CC0.'
    """
    more = [f"{one}." for one in (credit.url, credit.rights) if one]
    return " ".join([credit.citation, *more])
