"""Trace one passage: search, align, accept, judge; the order of TRACE's own steps.

Acceptance is by information, not by length: the words that stand in the source, in order, must
tell enough against the size of the collection, and make up enough of what the passage tells.
Stock phrases tell little; a quotation of six rare words tells more than a line of common ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from chrestomathy.records import Nearest, Passage, Reason, Verdict
from chrestomathy.settings import TraceSettings
from chrestomathy.textkit.fold import Folded, Hashes, fold
from chrestomathy.trace import claims, judge
from chrestomathy.trace.collection import Collection
from chrestomathy.trace.search import Query, chain, seeded_runs, weak_runs, windows
from chrestomathy.trace.signs import Signs, read_signs
from chrestomathy.trace.stretches import Stretch, stretch_in, stretches_of

SURE_WORDS = 6
"""From this many words on, what stands verbatim is never undecided (the contract)."""
SPARE_BITS = 8.0
"""How much more than the size of the collection a short phrase must tell to be its own."""
ENOUGH_SHARE = 0.5
"""Least share of what a passage tells that must stand in the sources, in order."""
ENOUGH_RUN = 0.12
"""Least weight of adjacent words: scattered words in order are no quotation."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best answer of the search, before it is judged."""

    stretches: tuple[Stretch, ...]
    share: float
    """Share of what the passage tells that stands there, 0 to 1."""
    bits: float
    """What the words that stand there tell."""


def trace_passage(passage: Passage, collection: Collection, settings: TraceSettings) -> Verdict:
    """Hold one passage against a collection and say what was found."""
    folded = fold(passage.text)
    if not len(folded):
        reason = Reason(rule="no-words", detail="the passage has no words")
        return Verdict(passage=passage.id, wording="undecided", reasons=(reason,))
    signs = read_signs(folded)
    query = Query(
        words=folded.hashes,
        bits=collection.information(folded.hashes),
        marks=signs.marks,
        barred=barred_sources(passage, collection, settings),
    )
    found = search(query, collection)
    if found is None or not _accepted(query, collection, found):
        return _not_found(passage, folded, query, collection, signs, settings, found)
    return judge.verdict_on(
        passage, folded, signs, found.stretches, query.barred, collection, found.share
    )


def barred_sources(
    passage: Passage, collection: Collection, settings: TraceSettings
) -> frozenset[int]:
    """Return the sources that a passage must not be held against.

    These are the document that it was lifted from and, with `before_own_date`, all that are
    not older than that document.
    """
    barred = set()
    for index, source in enumerate(collection.sources):
        own = passage.document is not None and passage.document in (source.id, source.document)
        late = (
            settings.before_own_date
            and passage.document_date is not None
            and not claims.is_before(source.date, passage.document_date)
        )
        if own or late:
            barred.add(index)
    return frozenset(barred)


def search(query: Query, collection: Collection) -> Found | None:
    """Find the best way to read the passage from the collection, if any."""
    whole = verbatim_places(query.words, collection, query.barred)
    if len(whole):
        return _found(query, [_whole(query, collection, int(whole[0]))])
    runs = seeded_runs(query, collection)
    path = chain(query, collection, runs)
    if path and (weak := weak_runs(query, collection, path)):
        path = chain(query, collection, [*runs, *weak])
    best = None
    if path:
        best = _found(query, stretches_of(query, collection, path))
    if best is None or best.share < 0.8:
        for window in windows(query, collection, most=4):
            stretch = stretch_in(query, collection, window)
            other = _found(query, [stretch]) if stretch else None
            if other and (best is None or other.bits > best.bits * 1.1):
                best = other
    return best


def verbatim_places(
    words: Hashes, collection: Collection, barred: frozenset[int], most: int = 20_000
) -> np.ndarray:
    """Return the positions in the collection where words stand in a row, in order."""
    counts = collection.by_word.counts(words)
    rarest = int(np.argmin(counts))
    if not counts[rarest]:
        return np.arange(0)
    at = collection.by_word.find(words[rarest], most).astype(np.int64) - rarest
    at = at[(at >= 0) & (at + len(words) <= len(collection.words))]
    for k in range(len(words)):
        at = at[collection.words[at + k] == words[k]]
        if not len(at):
            return at
    first = np.searchsorted(collection.bounds, at, "right")
    last = np.searchsorted(collection.bounds, at + len(words) - 1, "right")
    at, source = at[first == last], first[first == last] - 1
    return at[~np.isin(source, list(barred))] if barred else at


def _whole(query: Query, collection: Collection, position: int) -> Stretch:
    from chrestomathy.trace.align import Op

    source = collection.source_of(position)
    start = position - int(collection.bounds[source])
    size = len(query.words)
    return Stretch(source, (Op("equal", 0, size, start, start + size),))


def _found(query: Query, stretches: Sequence[Stretch]) -> Found:
    matched = np.concatenate([one.matched() for one in stretches])
    bits = float(query.bits[matched].sum())
    return Found(tuple(stretches), bits / max(float(query.bits.sum()), 1e-9), bits)


def _accepted(query: Query, collection: Collection, found: Found) -> bool:
    """Tell whether what was found is enough to be the passage's place."""
    size = len(query.words)
    if found.share > 1 - 1e-9 and len(found.stretches) == 1:
        return True
    if size < SURE_WORDS:
        return found.share >= 0.6
    needed = np.log2(len(collection.words)) + SPARE_BITS
    return found.share >= ENOUGH_SHARE and found.bits >= needed


def _not_found(
    passage: Passage,
    folded: Folded,
    query: Query,
    collection: Collection,
    signs: Signs,
    settings: TraceSettings,
    found: Found | None,
) -> Verdict:
    """Say that a passage is not in this collection, with the nearest places as guesses."""
    nearest = []
    for window in windows(query, collection, most=settings.nearest):
        stretch = stretch_in(query, collection, window)
        if stretch is not None:
            nearest.append(judge.nearest_place(stretch, folded, collection))
    nearest.sort(key=lambda one: -one.similarity)
    share = found.share if found else 0.0
    reason = Reason(
        rule="not-found",
        detail=f"{share:.0%} of what the passage tells stands in order in one place at most; "
        f"{ENOUGH_SHARE:.0%} are needed",
    )
    return Verdict(
        passage=passage.id,
        wording="not_found",
        nearest=_distinct(nearest)[: settings.nearest],
        by_claim=claims.by_claim(passage.attribution, collection.sources, query.barred),
        similarity=nearest[0].similarity if nearest else 0.0,
        reasons=(reason,),
        flags=signs.flags,
    )


def _distinct(places: Sequence[Nearest]) -> tuple[Nearest, ...]:
    return tuple({(one.source, one.start // 200): one for one in reversed(places)}.values())[::-1]
