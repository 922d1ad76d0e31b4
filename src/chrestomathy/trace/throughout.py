"""Over a whole run: what is changed again and again.

A name printed as a title in every passage, British for American spelling, one number changed
twice the same way: seen passage by passage each is one difference among many, and seen together
it is a decision that somebody took. The changes of all verdicts are put together::

    changes ─▶ runs (neighbours joined) ─▶ pairs (source phrase → printed phrase)
                                             ─▶ families (spellings, names) ─▶ findings

A pair is minimal: what both sides begin or end with is cut away, in whole words. Where runs
share a part, the pair is taken that explains most words at most places, as one chooses the
entries of a dictionary that makes a text shortest.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heappop, heappush
from itertools import product
from typing import NamedTuple, get_args

from chrestomathy.records import (
    Change,
    ChangeKind,
    InDocument,
    Occurrence,
    Part,
    Passage,
    Span,
    Subject,
    Substitution,
    Throughout,
    Verdict,
)
from chrestomathy.textkit.fold import Folded, fold
from chrestomathy.trace import claims, english

LEAST_PLACES = 2
"""What is changed once is no habit."""
LONGEST_RUN = 6
"""Neighbouring changes that are tried as one phrase. Chosen by hand: a name with its titles."""
COMMON_PLACES = 3
"""Places that a change among the commonest words must have in one document: "a" for "the"
comes twice by chance. Chosen by hand."""

Words = tuple[str, ...]
KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)
"""Kinds by weight: a phrase has the weightiest kind of its changes."""


Around = Mapping[tuple[str, int], tuple[str, str]]
"""By passage and part, the source's text before the part and after it."""


class Pair(NamedTuple):
    """Folded words of the source, and those that are printed for them."""

    gone: Words
    come: Words


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a pair stands."""

    order: int
    """Rank of the passage in the run."""
    passage: Passage
    part: Part
    span: Span
    source_span: Span
    source_text: str
    passage_text: str
    kind: ChangeKind
    meaning: bool
    changes: frozenset[tuple[int, int]] = frozenset()
    """Rank of the passage and of each change: none is counted twice."""


def find_throughout(
    judged: Iterable[tuple[Passage, Verdict]], around: Around | None = None
) -> tuple[Throughout, ...]:
    """Find what is changed in two places or more the same way, the weightiest first.

    Args:
        judged: Every passage of a run with its verdict, in order.
        around: What stands in the source before and after a part, by passage and part. Words
            at a passage's edge that the source has not are taken for what stands there.

    Returns:
        Findings whose sense may be another first, then by number of places; words before claims.
    """
    run = list(judged)
    groups = [*_families(_placed(run, around or {}))]
    texts = _Texts(run)
    found = [_finding(subject, rule, pairs, texts) for subject, rule, pairs in groups]
    found += _claimed(run)
    kept = _distinct(one for one in found if _is_habit(one))
    return tuple(sorted(kept, key=_weight))


def _weight(one: Throughout) -> tuple[bool, int, int, str]:
    return not one.meaning, -one.count, get_args(Subject).index(one.subject), one.id


def _distinct(found: Iterable[Throughout]) -> Iterator[Throughout]:
    """Tell findings on one name apart: it is shortened in some places and filled up in others."""
    known: set[str] = set()
    for one in found:
        if one.id in known:
            forms = [(pair.source_text, pair.passage_text) for pair in one.pairs]
            one = replace(one, id=_id(one.subject, repr(forms)))
        known.add(one.id)
        yield one


# ── pairs ────────────────────────────────────────────────────────────────────────────────────


def _placed(run: Sequence[tuple[Passage, Verdict]], around: Around) -> dict[Pair, list[Place]]:
    """Choose the pairs that explain all changes, each change by one pair at most."""
    seen: dict[Pair, list[Place]] = defaultdict(list)
    for order, (passage, verdict) in enumerate(run):
        for neighbours in _runs(passage, verdict):
            for pair, place in _phrases(order, passage, verdict, neighbours):
                seen[pair].append(place)
            beside = list(_at_edge(order, passage, verdict, neighbours, around))
            for pair, place in _as_named(beside) or beside:
                seen[pair].append(place)
    chosen, used = _cover(seen)
    habits = [one for one in chosen if one.gone and one.come and not _is_common(one)]
    for order, (passage, verdict) in enumerate(run):
        for neighbours in _runs(passage, verdict):
            for rest in _left(order, neighbours, used):
                beside = list(_at_edge(order, passage, verdict, rest, around))
                for pair, place in _as_named(beside) or _phrase(order, passage, verdict, rest):
                    chosen[_within(pair, habits) or pair].append(place)
    return chosen


def _left(
    order: int, run: Sequence[tuple[int, Change]], used: set[tuple[int, int]]
) -> Iterator[list[tuple[int, Change]]]:
    """Give what no pair explains yet, spellings one by one, the rest as it stands together."""
    current: list[tuple[int, Change]] = []
    for index, change in run:
        is_used, is_spelt = (order, index) in used, change.kind == "spelling"
        if current and (is_used or is_spelt):
            yield current
            current = []
        if is_spelt and not is_used:
            yield [(index, change)]
        elif not is_used:
            current.append((index, change))
    if current:
        yield current


def _runs(passage: Passage, verdict: Verdict) -> Iterator[list[tuple[int, Change]]]:
    """Put neighbouring changes together: nothing but signs stands between them on either side."""
    current: list[tuple[int, Change]] = []
    for index, change in enumerate(verdict.changes):
        if change.marked or change.part >= len(verdict.parts):
            continue
        if current and not _adjoin(current[-1][1], change, passage, verdict):
            yield current
            current = []
        current.append((index, change))
    if current:
        yield current


def _adjoin(one: Change, other: Change, passage: Passage, verdict: Verdict) -> bool:
    if one.part != other.part:
        return False
    part = verdict.parts[one.part]
    here = passage.text[one.passage.end : other.passage.start]
    there = part.text[one.source.end - part.start : other.source.start - part.start]
    in_order = one.passage.end <= other.passage.start and one.source.end <= other.source.start
    return in_order and not any(map(str.isalnum, here + there))


def _phrases(
    order: int, passage: Passage, verdict: Verdict, run: Sequence[tuple[int, Change]]
) -> Iterator[tuple[Pair, Place]]:
    """Give every phrase of a run once; a long run is a loose translation, not a habit."""
    for first in range(len(run)):
        for last in range(first + 1, min(len(run), first + LONGEST_RUN) + 1):
            yield from _phrase(order, passage, verdict, run[first:last])


def _phrase(
    order: int, passage: Passage, verdict: Verdict, run: Sequence[tuple[int, Change]]
) -> Iterator[tuple[Pair, Place]]:
    """Cut a phrase to what differs and say where it stands; nothing where nothing differs."""
    part = verdict.parts[run[0][1].part]
    changes = [change for _, change in run]
    here = Span(changes[0].passage.start, changes[-1].passage.end)
    there = Span(changes[0].source.start, changes[-1].source.end)
    printed = passage.text[here.start : here.end]
    source = part.text[there.start - part.start : there.end - part.start]
    inside = _in_sentence(source, passage.text, here)
    there = Span(there.start + inside.start, there.start + inside.end)
    source = source[inside.start : inside.end]
    come, gone = fold(printed), fold(source)
    pair, head, tail = _trimmed(gone.words(), come.words())
    if not pair.gone and not pair.come:
        return
    span, source_span = _cut(come, head, tail), _cut(gone, head, tail)
    yield (
        pair,
        Place(
            order=order,
            passage=passage,
            part=part,
            span=Span(here.start + span.start, here.start + span.end),
            source_span=Span(there.start + source_span.start, there.start + source_span.end),
            source_text=_without_possessive(source[source_span.start : source_span.end], pair.gone),
            passage_text=_without_possessive(printed[span.start : span.end], pair.come),
            kind=min((one.kind for one in changes), key=KINDS.index),
            meaning=any(one.meaning for one in changes),
            changes=frozenset((order, index) for index, _ in run),
        ),
    )


def _in_sentence(source: str, text: str, here: Span) -> Span:
    """Keep of a source's words those of the sentence that a passage begins or ends with.

    A passage that has a word more than its source's sentence is aligned with the first word of
    the next one; the two have nothing to do with each other.
    """
    start, end = 0, len(source)
    ends = [m for m in _SENTENCE_END.finditer(source) if any(map(str.isalnum, source[m.end() :]))]
    if not ends:
        return Span(start, end)
    if not any(map(str.isalnum, text[here.end :])):
        end = ends[0].start()
    elif not any(map(str.isalnum, text[: here.start])):
        start = ends[-1].end()
    return Span(start, end) if any(map(str.isalnum, source[start:end])) else Span(0, len(source))


def _at_edge(
    order: int,
    passage: Passage,
    verdict: Verdict,
    run: Sequence[tuple[int, Change]],
    around: Around,
) -> Iterator[tuple[Pair, Place]]:
    """Let words that are added at an edge answer to those that the source's sentence has there.

    "The Mayor rose" from "Ann Pell rose" is found as "rose", with "The Mayor" added before it.
    """
    change = run[0][1]
    if len(run) > 1 or change.op != "insert":
        return
    part = verdict.parts[change.part]
    before, after = around.get((passage.id, change.part), ("", ""))
    for (pair, place), (end, outside) in product(
        list(_phrase(order, passage, verdict, run)), (("first", before), ("last", after))
    ):
        beside = (
            passage.text[: change.passage.start]
            if end == "first"
            else passage.text[change.passage.end :]
        )
        if any(map(str.isalnum, beside)):
            continue
        base = part.start - len(before) if end == "first" else part.end
        cut = list(_SENTENCE_END.finditer(outside))
        low = cut[-1].end() if cut and end == "first" else 0
        high = cut[0].start() if cut and end == "last" else len(outside)
        words = fold(outside[low:high])
        for k in range(1, min(len(words), len(pair.come) + 1, LONGEST_NAME) + 1):
            span = words.span(len(words) - k, len(words)) if end == "first" else words.span(0, k)
            gone = tuple(words.words()[-k:] if end == "first" else words.words()[:k])
            source_span = Span(base + low + span[0], base + low + span[1])
            text = " ".join(outside[low:high][span[0] : span[1]].split())
            yield Pair(gone, pair.come), replace(place, source_span=source_span, source_text=text)


_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)\]]*(?:\s|$)|\n\s*\n")


def _as_named(found: Sequence[tuple[Pair, Place]]) -> Sequence[tuple[Pair, Place]]:
    """Of what may stand at an edge, take the longest that is printed as a name, if any is."""
    named = [
        (pair, place)
        for pair, place in found
        if all(word[:1].isupper() for word in place.source_text.split())
        and not {*pair.gone} & {*english.PER_MILLION}
    ]
    return named[-1:]


def _trimmed(gone: Sequence[str], come: Sequence[str]) -> tuple[Pair, int, int]:
    """Cut away the words that both sides begin and end with, and a possessive that both have.

    Example:
        >>> _trimmed(["said", "ann", "pell's"], ["said", "the", "mayor's"])
        (Pair(gone=('ann', 'pell'), come=('the', 'mayor')), 1, 0)
    """
    least = min(len(gone), len(come))
    head = next((i for i in range(least) if gone[i] != come[i]), least)
    rest = least - head
    tail = next((i for i in range(rest) if gone[-1 - i] != come[-1 - i]), rest)
    a, b = list(gone[head : len(gone) - tail]), list(come[head : len(come) - tail])
    if a and b and a[-1].endswith("'s") and b[-1].endswith("'s"):
        a[-1], b[-1] = a[-1][:-2], b[-1][:-2]
    return Pair(tuple(a), tuple(b)), head, tail


def _cut(words: Folded, head: int, tail: int) -> Span:
    """Return where the words between a head and a tail stand; empty where there are none."""
    last = len(words) - tail
    if head < last:
        return Span(*words.span(head, last))
    at = words.span(head - 1, head)[1] if head else 0
    return Span(at, at)


def _without_possessive(text: str, words: Words) -> str:
    flat = " ".join(text.split())
    is_cut = words and not words[-1].endswith("'s") and flat[-2:].casefold() in ("'s", "’s")
    return flat[:-2] if is_cut else flat


def _cover(
    seen: dict[Pair, list[Place]],
) -> tuple[dict[Pair, list[Place]], set[tuple[int, int]]]:
    """Take the pairs one by one, those first that explain most words at most places.

    A pair's worth only falls as its changes are taken, so that a heap of old worths will do:
    what comes up is weighed anew, and put back if it has become lighter.
    """
    chosen: dict[Pair, list[Place]] = defaultdict(list)
    used: set[tuple[int, int]] = set()
    heap = [(-_worth(pair, places), pair) for pair, places in seen.items() if len(places) > 1]
    heapify(heap)
    while heap:
        worth, pair = heappop(heap)
        free = _free(seen[pair], used)
        if len(free) < LEAST_PLACES:
            continue
        if _worth(pair, free) < -worth:
            seen[pair] = free
            heappush(heap, (-_worth(pair, free), pair))
            continue
        chosen[pair] = free
        used.update(*(one.changes for one in free))
    return chosen, used


def _worth(pair: Pair, places: Sequence[Place]) -> int:
    return len(places) * (len(pair.gone) + len(pair.come))


def _free(places: Iterable[Place], used: set[tuple[int, int]]) -> list[Place]:
    """Return the places whose changes are explained by nothing yet, none over another."""
    free: list[Place] = []
    taken: set[tuple[int, int]] = set()
    for one in places:
        if used.isdisjoint(one.changes) and taken.isdisjoint(one.changes):
            free.append(one)
            taken |= one.changes
    return free


def _within(pair: Pair, habits: Sequence[Pair]) -> Pair | None:
    """Find a pair that is a habit and whose words stand within both sides of a longer one."""
    inner = [
        one for one in habits if _contains(pair.gone, one.gone) and _contains(pair.come, one.come)
    ]
    return max(inner, key=lambda one: (len(one.gone) + len(one.come), one), default=None)


def _contains(words: Words, inner: Words) -> bool:
    n = len(inner)
    return any(words[i : i + n] == inner for i in range(len(words) - n + 1))


# ── families ─────────────────────────────────────────────────────────────────────────────────

Pairs = dict[Pair, list[Place]]

NAME_RULE = "a name is printed otherwise"


def _families(placed: Pairs) -> Iterator[tuple[Subject, str, Pairs]]:
    """Put pairs together that are one decision: spellings of a sort, forms of a name."""
    spelt: dict[str, Pairs] = defaultdict(dict)
    named: Pairs = {}
    for pair, places in placed.items():
        kind = min((one.kind for one in places), key=KINDS.index)
        manner = spelling_manner(pair) if kind in ("spelling", "scan") else None
        if manner:
            spelt[manner][pair] = places
        elif kind == "name" or _is_name(pair, places):
            named[pair] = places
        else:
            yield "words", "the same words are printed for the same words", {pair: places}
    for manner, pairs in spelt.items():
        yield "spelling", manner, pairs
    for pairs in _by_name(named):
        yield "words", NAME_RULE, pairs


def _is_name(pair: Pair, places: Sequence[Place]) -> bool:
    """Tell whether the source prints what is gone as a name: "First Keeper" reads as a number."""
    words = _name_words(pair)
    return bool(words) and all(
        word[:1].isupper()
        for one in places
        for word in one.source_text.split()
        if {*fold(word.removesuffix("'s").removesuffix("’s")).words()} & words
    )


BRITISH = (
    ("our", "or"), ("ise", "ize"), ("isa", "iza"), ("isi", "izi"), ("yse", "yze"), ("ysi", "yzi"),
    ("tre", "ter"), ("bre", "ber"), ("gre", "ger"), ("ogue", "og"), ("ence", "ense"),
    ("gramme", "gram"), ("ll", "l"), ("grey", "gray"), ("plough", "plow"), ("cheque", "check"),
    ("sceptic", "skeptic"), ("aluminium", "aluminum"), ("ae", "e"), ("oe", "e"),
    ("gement", "gment"), ("practis", "practic"), ("behove", "behoove"),
)  # fmt: skip
"""British and American letters of the same words; what is left is named by its letters."""
ONE_L = ("wil", "skil", "fulfil", "instal", "instil", "enrol", "enthral", "distil", "appal")
"""Beginnings of words that British spelling writes with one l and American with two."""


def spelling_manner(pair: Pair) -> str | None:
    """Name the manner of a change of spelling, or ``None`` where it is no change of letters.

    Example:
        >>> spelling_manner(Pair(("color",), ("colour",)))
        'British for American spelling'
        >>> spelling_manner(Pair(("daß",), ("dass",)))
        '“ss” for “ß”'
    """
    if len(pair.gone) != len(pair.come) or not pair.gone:
        return None
    manners = {_manner(a, b) for a, b in zip(pair.gone, pair.come, strict=True) if a != b}
    return manners.pop() if len(manners) == 1 else None


def _manner(source: str, printed: str) -> str | None:
    if source.replace("'", "") == printed.replace("'", ""):
        return "an apostrophe"
    if source.startswith(ONE_L) and source.replace("ll", "l") == printed.replace("ll", "l"):
        is_american = printed.count("l") > source.count("l")
        return f"{'American for British' if is_american else 'British for American'} spelling"
    for british, american in BRITISH:
        if source in _with_one(printed, british, american):
            return "British for American spelling"
        if printed in _with_one(source, british, american):
            return "American for British spelling"
    least = min(len(source), len(printed))
    head = next((i for i in range(least) if source[i] != printed[i]), least)
    rest = least - head
    tail = next((i for i in range(rest) if source[-1 - i] != printed[-1 - i]), rest)
    gone, come = source[head : len(source) - tail], printed[head : len(printed) - tail]
    if max(len(gone), len(come)) > 3:
        return None
    if not gone or not come:
        return f"“{come or gone}” {'added' if come else 'left out'}"
    return f"“{come}” for “{gone}”"


def _with_one(word: str, old: str, new: str) -> Iterator[str]:
    """Give a word with each one of some letters rewritten, and with all of them."""
    at = word.find(old)
    while at >= 0:
        yield word[:at] + new + word[at + len(old) :]
        at = word.find(old, at + 1)
    yield word.replace(old, new) if old in word else ""


def _by_name(named: Pairs) -> Iterator[Pairs]:
    """Join the forms of a name: "Ann Pell" and "Pell" under one title, or under several.

    Two pairs belong together where one source phrase holds the other's words, titles aside,
    and what is printed for them has a word in common.
    """
    words = {pair: _name_words(pair) for pair in named}
    groups: list[tuple[set[str], Pairs]] = []
    for pair in sorted(named, key=lambda one: (len(words[one]), one)):
        fitting = [
            one
            for one in groups
            if one[0] and one[0] <= words[pair] and any(_alike(pair.come, x.come) for x in one[1])
        ]
        if fitting and not words[pair] <= {*pair.come}:
            fitting[0][1][pair] = named[pair]
        else:
            groups.append((words[pair], {pair: named[pair]}))
    for _, pairs in groups:
        yield pairs


# ── findings ─────────────────────────────────────────────────────────────────────────────────


def _finding(subject: Subject, rule: str, pairs: Pairs, texts: _Texts) -> Throughout:
    places = sorted(
        (one for group in pairs.values() for one in group),
        key=lambda one: (one.order, one.span.start),
    )
    substitutions = _substitutions((one.source_text, one.passage_text) for one in places)
    first = substitutions[0]
    named = rule if subject == "spelling" else repr(_root(pairs, rule))
    is_name = rule == NAME_RULE
    return Throughout(
        id=_id(subject, named),
        subject=subject,
        kind="name" if is_name else min((one.kind for one in places), key=KINDS.index),
        source_text=first.source_text,
        passage_text=first.passage_text,
        rule=rule,
        meaning=is_name or any(one.meaning for one in places),
        count=len(places),
        places=tuple(map(_occurrence, places)),
        pairs=substitutions,
        kept=_kept(pairs, places, texts) if subject == "words" else None,
        documents=_documents(one.passage for one in places),
    )


def _alike(one: Words, other: Words) -> bool:
    """Tell whether two phrases that are printed for a name have a telling word in common."""
    return bool({*one} & {*other} - {*english.PER_MILLION}) or one == other


def _name_words(pair: Pair) -> set[str]:
    """Return the words that tell a name; none where a phrase is none: too long, or with others."""
    words = {*pair.gone} - claims.TITLES - claims.PARTICLES
    if max(len(pair.gone), len(pair.come)) > LONGEST_NAME or words & {*english.PER_MILLION}:
        return set()
    return words


LONGEST_NAME = 6
"""Words of a name with its titles, on either side. Chosen by hand."""


def _root(pairs: Pairs, rule: str) -> Pair | Words:
    """Return what a finding is known by, whatever forms and places it has this time.

    A name is known by the words that all its forms have; one pair by itself.
    """
    if rule != NAME_RULE:
        return next(iter(pairs))
    shared = set.intersection(*map(_name_words, pairs))
    return tuple(sorted(shared)) or min(pairs)


def _id(subject: str, named: str) -> str:
    return f"t-{hashlib.sha256(f'{subject} {named}'.encode('utf-8', 'replace')).hexdigest()[:12]}"


def _substitutions(pairs: Iterable[tuple[str, str]]) -> tuple[Substitution, ...]:
    """Count pairs as printed, equal ones by their folded words, the most frequent first."""
    counts: Counter[tuple[Words, Words]] = Counter()
    printed: dict[tuple[Words, Words], tuple[str, str]] = {}
    for source, passage in pairs:
        key = tuple(fold(source).words()), tuple(fold(passage).words())
        counts[key] += 1
        printed.setdefault(key, (source, passage))
    return tuple(
        Substitution(source_text=printed[key][0], passage_text=printed[key][1], count=count)
        for key, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    )


def _occurrence(place: Place) -> Occurrence:
    return Occurrence(
        passage=place.passage.id,
        span=place.span,
        document_span=in_document(place.passage, place.span),
        source=place.part.source,
        source_span=place.source_span,
        collection=place.part.collection,
    )


def in_document(passage: Passage, span: Span) -> Span | None:
    """Return where a stretch of a passage stands in its document.

    ``None`` where the passage's words are not the document's, letter by letter: a block quote
    of several lines has marks between them. Pieces are joined with one space.

    Example:
        >>> one = Passage(id="p", text="It is wet.", spans=(Span(4, 6), Span(20, 27)))
        >>> in_document(one, Span(6, 9))
        Span(start=23, end=26)
    """
    at = 0
    lengths = [one.end - one.start for one in passage.spans]
    if not lengths or sum(lengths) + len(lengths) - 1 != len(passage.text):
        return None
    for piece, length in zip(passage.spans, lengths, strict=True):
        if at <= span.start and span.end <= at + length:
            return Span(piece.start + span.start - at, piece.start + span.end - at)
        at += length + 1
    return None


def _documents(passages: Iterable[Passage]) -> tuple[InDocument, ...]:
    counts: Counter[tuple[str | None, str | None]] = Counter(
        (one.document, one.origin) for one in passages
    )
    return tuple(InDocument(origin=origin, count=n) for (_, origin), n in counts.items())


class _Texts:
    """The folded words of the passages that were found, by document; folded when asked for."""

    def __init__(self, run: Sequence[tuple[Passage, Verdict]]) -> None:
        self._passages: dict[tuple[str | None, str | None], list[Passage]] = defaultdict(list)
        for passage, verdict in run:
            if verdict.parts:
                self._passages[passage.document, passage.origin].append(passage)
        self._texts: dict[tuple[str | None, str | None], str] = {}

    def of(self, document: tuple[str | None, str | None]) -> str:
        """Return a document's passages, one a line, a space around each word."""
        if document not in self._texts:
            self._texts[document] = "\n".join(
                f" {' '.join(fold(one.text).words())} ".replace("'s ", " 's ")
                for one in self._passages[document]
            )
        return self._texts[document]


def _kept(pairs: Pairs, places: Sequence[Place], texts: _Texts) -> int | None:
    """Count the places where the source's words stand in the passages that were found."""
    phrases = {one.gone for one in pairs}
    if not all(phrases):
        return None
    ends = {one[-1] for one in phrases}
    if len(phrases) > 1 and len(ends) == 1 and not ends & claims.TITLES:
        phrases = {tuple(ends)}
    shortest = [one for one in phrases if not any(one != x and _contains(one, x) for x in phrases)]
    documents = {(one.passage.document, one.passage.origin): None for one in places}
    return sum(
        texts.of(document).count(f" {' '.join(one)} ") for document in documents for one in shortest
    )


def _is_habit(one: Throughout) -> bool:
    """Tell a habit from chance: two places, and more of them where common words are swapped."""
    if one.count < LEAST_PLACES:
        return False
    if one.subject != "words" or one.kind != "word":
        return True
    common = all(
        _is_common(Pair(tuple(fold(p.source_text).words()), tuple(fold(p.passage_text).words())))
        for p in one.pairs
    )
    return not common or max(each.count for each in one.documents) >= COMMON_PLACES


def _is_common(pair: Pair) -> bool:
    return all(word in english.PER_MILLION for word in (*pair.gone, *pair.come))


# ── claims ───────────────────────────────────────────────────────────────────────────────────


def _claimed(run: Sequence[tuple[Passage, Verdict]]) -> Iterator[Throughout]:
    """Find one speaker printed for another, or a title for a name, and dates that differ alike."""
    speakers: dict[tuple[Words, str], list[tuple[Passage, Verdict, str]]] = {}
    dates: dict[tuple[str, str], list[tuple[Passage, Verdict, str]]] = defaultdict(list)
    for passage, verdict in run:
        claim, attested = passage.attribution, verdict.attribution
        shown = attested.source_speaker if verdict.parts else _speaker_by_claim(verdict)
        if claim.speaker and shown and claims.names_agree(claim.speaker, shown) != "agrees":
            words = tuple(fold(claim.speaker).words())
            key = next(
                (k for k in speakers if k[0] == words and _one_person(k[1], shown)), (words, shown)
            )
            speakers.setdefault(key, []).append((passage, verdict, shown))
        if claim.date and attested.source_date and attested.date == "differs":
            dates[claim.date, attested.source_date].append((passage, verdict, attested.source_date))
    for (_, shown), rows in speakers.items():
        if len(rows) >= LEAST_PLACES:
            yield _of_claims("speaker", shown, rows[0][0].attribution.speaker or "", rows)
    for (claimed, shown), rows in dates.items():
        if len(rows) >= LEAST_PLACES:
            yield _of_claims("date", shown, claimed, rows)


def _one_person(a: str, b: str) -> bool:
    return claims.names_agree(a, b) == "agrees"


def _speaker_by_claim(verdict: Verdict) -> str | None:
    """Return whom the sources name that fit a claim's date and occasion, if they name one."""
    names = list(dict.fromkeys(one.speaker for one in verdict.by_claim if one.speaker))
    return names[0] if names and all(_one_person(names[0], one) for one in names) else None


def _of_claims(
    subject: Subject, shown: str, claimed: str, rows: Sequence[tuple[Passage, Verdict, str]]
) -> Throughout:
    by_words = sum(bool(verdict.parts) for _, verdict, _ in rows)
    what = "the speaker" if subject == "speaker" else "the date"
    if by_words == len(rows):
        rule = f"{what} of the places where the words stand"
    elif by_words:
        rule = f"{what} of the places where the words stand, or of sources that fit the claim"
    else:
        rule = f"{what} of sources that fit the claim; no words were matched"
    is_named = subject != "speaker" or claims.names_agree(claimed, shown) == "differs"
    return Throughout(
        id=_id(subject, repr((tuple(fold(shown).words()), tuple(fold(claimed).words())))),
        subject=subject,
        source_text=shown,
        passage_text=claimed,
        rule=rule if is_named else f"a title is printed for {what[4:]}’s name: {rule}",
        meaning=True,
        count=len(rows),
        places=tuple(
            Occurrence(
                passage=passage.id,
                document_span=(
                    passage.attribution.speaker_span
                    if subject == "speaker"
                    else passage.attribution.span
                ),
                source=_witness(verdict),
            )
            for passage, verdict, _ in rows
        ),
        pairs=_substitutions((name, claimed) for _, _, name in rows),
        documents=_documents(passage for passage, _, _ in rows),
    )


def _witness(verdict: Verdict) -> str | None:
    if verdict.parts:
        return verdict.parts[0].source
    return verdict.by_claim[0].source if verdict.by_claim else None
