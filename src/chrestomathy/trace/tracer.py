"""Trace one passage: search, align, accept, judge; the order of TRACE's own steps.

Acceptance is by information, not by length: the words that stand in the source, in order, must
tell enough against the size of the collection, and make up enough of what the passage tells.
Stock phrases tell little; a quotation of six rare words tells more than a line of common ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from chrestomathy.records import Nearest, Passage, Reason, Verdict
from chrestomathy.settings import TraceSettings
from chrestomathy.textkit.fold import fold
from chrestomathy.trace import claims, judge
from chrestomathy.trace.align import KINDRED, Op, similarity
from chrestomathy.trace.collection import Collection
from chrestomathy.trace.search import (
    Query,
    Window,
    chain,
    densest,
    seeded_runs,
    verbatim_places,
    weak_runs,
    windows,
)
from chrestomathy.trace.signs import Signs, read_signs, spans_of
from chrestomathy.trace.stretches import Stretch, kindred_words, stretch_in, stretches_of

SURE_WORDS = 6
"""From this many words on, what stands verbatim is never undecided (the contract)."""
ENOUGH_SHARE = 0.5
"""Least share of what a passage tells that must stand in the sources, in order."""
MISSING_WEIGHT = 0.5
SURPLUS_BITS = 28.0
"""What stands there, less half of what does not, must tell this much more than the size of the
collection. Chosen on the labelled cases and on short phrases of the demonstration: stock
phrases of seven words share four by chance."""
LOOSE_SHARE, LOOSE_BITS, LOOSE_RIVALS, LOOSE_SIMILARITY = 0.37, 70.0, 1.5, 0.25
"""A loose version: what it must share, tell, tell more than any other place by how many times,
and how alike it must be word by word. Chosen on verses of a second translation against
passages from elsewhere and scrambled ones."""
SCRAMBLED_SHARE, SCRAMBLED_LOST, SCRAMBLED_PAIRS = 0.45, 0.85, 0.85
"""Shuffled words: what stands at the place in another order tells this share of what stands in
order, and nearly all that is missing, and fewer of the passage's pairs of words stand there
than this. Of second translations none has the first, of swapped clauses none the last."""
UNHEARD_BITS = 8.0
"""What a missing word tells that the collection never holds: a scan error is no other word."""
UNALIGNED = 0.5
"""What of a hopeless place's standing counts against others, since it is not aligned."""
ENOUGH_FOR_SEEDS = 0.95
"""From this share on the chain of seeds is taken; under it, whole places are aligned too."""
CLEARLY_BETTER = 1.03
WHOLE_FOR_SPLICE = 0.8
NEAR_PLACES = 3
"""How many places are aligned whole where no chain of seeds explains a passage."""


@dataclass(frozen=True, slots=True)
class Found:
    """The best answer of the search, before it is judged."""

    stretches: tuple[Stretch, ...]
    share: float
    """Share of what the passage tells that stands there, 0 to 1."""
    bits: float
    """What the words that stand there tell."""
    lost: float
    """What the other words of the passage tell."""

    @property
    def similarity(self) -> float:
        """1 − word edits ÷ the longer side's words."""
        return similarity(op for one in self.stretches for op in one.ops)


@dataclass(frozen=True, slots=True)
class Searched:
    """The best answer, if any, and the places that share most rare stems with the passage."""

    found: Found | None
    near: tuple[Window, ...] = ()
    rival_bits: float = 0.0
    """What the words tell that stand at the best of the other places."""


def trace_passage(passage: Passage, collection: Collection, settings: TraceSettings) -> Verdict:
    """Hold one passage against a collection and say what was found."""
    folded = fold(passage.text)
    if not len(folded):
        reason = Reason(rule="no-words", detail="the passage has no words")
        return Verdict(passage=passage.id, wording="undecided", reasons=(reason,))
    collection.assure()
    signs = read_signs(folded)
    before = passage.document_date if settings.before_own_date else None
    barred = collection.barred(passage.document, before)
    query = Query.of(folded, signs.marks, barred, collection)
    searched = search(query, collection)
    found = searched.found
    if found is None or not _accepted(query, collection, searched):
        return _not_found(passage, query, collection, signs, settings, searched)
    return judge.verdict_on(
        passage, folded, signs, found.stretches, query.barred, collection, found.share
    )


def search(query: Query, collection: Collection) -> Searched:
    """Find the best way to read the passage from the collection, if any."""
    whole = verbatim_places(query.ids, query.barred)
    if len(whole):
        return Searched(_found(query, [_whole(query, collection, int(whole[0]))], collection))
    runs = seeded_runs(query)
    path = chain(query, collection, runs)
    if path and (weak := weak_runs(query, collection, path)):
        path = chain(query, collection, [*runs, *weak])
    best = None
    if path:
        best = _found(query, stretches_of(query, collection, path), collection)
    if best is not None and best.share >= ENOUGH_FOR_SEEDS and len(best.stretches) == 1:
        return Searched(best)
    near = windows(query, collection, most=NEAR_PLACES)
    others = [_found_in(query, collection, place) for place in near]
    for other in others:
        if other.stretches and (best is None or _is_better(other, best)):
            best = other
    rivals = [one.bits for one in others if best is None or not _same_place(one, best)]
    return Searched(best, tuple(near), max(rivals, default=0.0))


def _is_better(one: Found, other: Found) -> bool:
    """Tell whether an answer from one place is better than the best so far.

    Of places that tell about the same, the one with fewer edits is meant; and one place that
    explains nearly as much as a splice of two is no splice.
    """
    if len(other.stretches) > 1:
        return one.bits > WHOLE_FOR_SPLICE * other.bits
    mine, theirs = (
        one.bits * (1 + one.similarity),
        other.bits * (1 + other.similarity),
    )
    return mine > theirs * CLEARLY_BETTER


def _found_in(query: Query, collection: Collection, place: Window) -> Found:
    """Align the whole passage at one place, unless too little stands there to be accepted."""
    stretch = None
    if place.standing >= LOOSE_SHARE * float(_told(query, collection).sum()):
        stretch = stretch_in(query, collection, place)
    if stretch is None:
        return Found((), 0.0, UNALIGNED * place.standing, 0.0)
    return _found(query, [stretch], collection)


def _same_place(one: Found, other: Found) -> bool:
    """Tell whether two answers overlap in a source."""
    return any(
        a.source == b.source and a.extent()[0] < b.extent()[1] and b.extent()[0] < a.extent()[1]
        for a in one.stretches
        for b in other.stretches
    )


def _whole(query: Query, collection: Collection, position: int) -> Stretch:
    source = collection.source_of(position)
    start = position - int(collection.bounds[source])
    size = len(query.words)
    return Stretch(source, (Op("equal", 0, size, start, start + size),))


def _found(query: Query, stretches: Sequence[Stretch], collection: Collection) -> Found:
    """Weigh what stands there: equal words whole, kindred words half."""
    matched = np.concatenate([one.matched() for one in stretches])
    kindred = np.concatenate([kindred_words(one, query, collection) for one in stretches])
    bits = float(query.bits[matched].sum() + KINDRED * query.bits[kindred].sum())
    missing = np.ones(len(query.words))
    missing[matched] = 0.0
    missing[kindred] = 1 - KINDRED
    lost = float((missing * _told(query, collection)).sum())
    return Found(tuple(stretches), bits / max(bits + lost, 1e-9), bits, lost)


def _told(query: Query, collection: Collection) -> NDArray[np.float64]:
    """Return what each word of a passage tells where it is missing."""
    told: NDArray[np.float64] = np.where(
        query.bits >= collection.unheard_bits, UNHEARD_BITS, query.bits
    )
    return told


def _accepted(query: Query, collection: Collection, searched: Searched) -> bool:
    """Tell whether what was found is enough to be the passage's place.

    A loose version of a source shares less with it than a quotation does, but more than with
    any other place: it is accepted if no rival comes near and its words keep their order.
    """
    found, size = searched.found, len(query.words)
    if found is None:
        return False
    if found.share > 1 - 1e-9 and len(found.stretches) == 1:
        return True
    if size < SURE_WORDS:
        return found.share >= 0.6
    if len(found.stretches) == 1 and _scrambled(query, collection, found):
        return False
    surplus = found.bits - MISSING_WEIGHT * found.lost - collection.size_bits
    if found.share >= ENOUGH_SHARE and surplus >= SURPLUS_BITS:
        return True
    alone = found.bits >= LOOSE_RIVALS * searched.rival_bits
    told = found.share >= LOOSE_SHARE and found.bits >= LOOSE_BITS
    return alone and told and found.similarity >= LOOSE_SIMILARITY


def _scrambled(query: Query, collection: Collection, found: Found) -> bool:
    """Tell whether a passage is the words of a place shuffled: no quotation of it."""
    if found.lost < SCRAMBLED_SHARE * found.bits:
        return False
    stretch, size = found.stretches[0], len(query.words)
    low, high = collection.extent(stretch.source)
    first, last = (low + place for place in stretch.extent())
    words = query.ids[collection.segment_of(stretch.source)].tolist()
    place = collection.ids(stretch.source, max(low, first - size), min(high, last + size)).tolist()
    matched = stretch.matched().tolist()
    spare = Counter(place)
    spare.subtract(words[i] for i in matched)
    misplaced = 0.0
    for i in sorted({*range(size)} - {*matched}):
        if spare[words[i]] > 0:
            spare[words[i]] -= 1
            misplaced += float(query.bits[i])
    if misplaced < max(SCRAMBLED_SHARE * found.bits, SCRAMBLED_LOST * found.lost):
        return False
    pairs = set(pairwise(place))
    standing = sum(pair in pairs for pair in pairwise(words))
    return standing < SCRAMBLED_PAIRS * (size - 1)


def _not_found(
    passage: Passage,
    query: Query,
    collection: Collection,
    signs: Signs,
    settings: TraceSettings,
    searched: Searched,
) -> Verdict:
    """Say that a passage is not in this collection, with the nearest places as guesses."""
    nearest = [_nearest(query, collection, one) for one in searched.near]
    nearest.sort(key=lambda one: -one.similarity)
    share = searched.found.share if searched.found else 0.0
    reason = Reason(
        rule="not-found",
        detail=f"{share:.0%} of what the passage tells stands in order in one place at most; "
        "that is too little to be its place",
    )
    return Verdict(
        passage=passage.id,
        wording="not_found",
        nearest=tuple(nearest[: settings.nearest]),
        by_claim=claims.by_claim(passage, collection.sources, query.barred),
        similarity=nearest[0].similarity if nearest else 0.0,
        reasons=(reason,),
        flags=signs.flags,
    )


def _nearest(query: Query, collection: Collection, window: Window) -> Nearest:
    """Describe a place that shares much with a passage that was not found."""
    start, end, shared = densest(query, collection, window)
    source, base = collection.sources[window.source], int(collection.bounds[window.source])
    span = spans_of(collection.words_of(window.source), start - base, end - base)
    return Nearest(
        source=source.id,
        start=span.start,
        end=span.end,
        text=source.text[span.start : span.end],
        similarity=round(shared / max(len(query.words), 1), 4),
        collection=source.collection,
    )
