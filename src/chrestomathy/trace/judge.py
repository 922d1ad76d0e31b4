"""From aligned stretches to a verdict: changes, omissions, wording, standing.

The wording follows from what was done, in the contract's order: spliced, altered, ellipsis,
truncated, exact. Every step leaves a `Reason`; `replay` derives the wording again from them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from rapidfuzz.distance import Levenshtein

from chrestomathy.records import (
    Change,
    Omission,
    Part,
    Passage,
    Place,
    Reason,
    Source,
    Span,
    Verdict,
    Wording,
)
from chrestomathy.textkit.fold import Folded, Hashes, fold, hash_word
from chrestomathy.trace import claims, english
from chrestomathy.trace.align import Op, similarity
from chrestomathy.trace.changes import (
    Difference,
    Known,
    mixed_scripts,
    same_written_out,
    type_change,
    written_in_doubles,
)
from chrestomathy.trace.collection import Barred, Collection
from chrestomathy.trace.search import FORWARD_WORDS, verbatim_places
from chrestomathy.trace.segment import SourceWords
from chrestomathy.trace.signs import (
    Signs,
    is_audience_note,
    sentence_begins,
    sentence_ends,
    spans_of,
)
from chrestomathy.trace.stretches import Stretch

RULES = "1"
MOST_PLACES = 50
"""Equal places listed for one part."""
TOO_COMMON = 20
"""A phrase under six words that stands in more places than this tells nothing of its source."""
SPARE_BITS = 8.0
"""How much more than the size of the collection a short phrase must tell to be its own."""
LOOSE = 0.6
"""Under this similarity the flag ``loose`` says that the passage may be another translation or
a retelling; chosen by hand between altered quotations (over .7) and second translations."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch or, at an omission, a part of one: what becomes a `Part`."""

    source: int
    ops: tuple[Op, ...]
    gap: Op | None = None
    """The omission after it."""
    marked: bool = False
    """Whether a mark admits that omission."""


def verdict_on(
    passage: Passage,
    folded: Folded,
    signs: Signs,
    stretches: Sequence[Stretch],
    barred: Barred,
    collection: Collection,
    share: float,
) -> Verdict:
    """Judge a passage whose place was found.

    Args:
        passage: As lifted.
        folded: Its words.
        signs: What its punctuation claims.
        stretches: Where its words stand, in its order.
        barred: Sources that must not be named.
        collection: What was searched.
        share: Share of what the passage tells that was found.
    """
    placed = [_best_place(one, signs, len(stretches) == 1, barred, collection) for one in stretches]
    pieces = [piece for one in placed for piece in _pieces(one, folded, signs, collection)]
    parts = tuple(_part(piece, folded, collection) for piece in pieces)
    changes = _changes(pieces, folded, signs, collection)
    omissions = tuple(_omissions(pieces, collection))
    also, places = _also(pieces, barred, collection)
    wording, reasons = _wording(folded, signs, stretches, pieces, changes, omissions, collection)
    if len(folded) < 6 and (wording != "exact" or _too_common(folded, collection, also)):
        wording = "undecided"
        reasons = (*reasons, Reason(rule="short", detail="too short or too common to tell"))
    alike = similarity(op for piece in pieces for op in piece.ops)
    located = Reason(rule="located", detail=_located(parts, share))
    return Verdict(
        passage=passage.id,
        wording=wording,
        meaning_changed=any(one.meaning for one in changes)
        or any(one.meaning for one in omissions if not one.marked),
        parts=parts,
        changes=changes,
        omissions=omissions,
        also=also,
        attribution=claims.attest(passage.attribution, places),
        similarity=round(alike, 4),
        coverage=round(sum(map(_matched, pieces)) / len(folded), 4),
        reasons=(located, *reasons),
        flags=_flags(folded, signs, changes, omissions, loose=alike < LOOSE),
        rules=RULES,
    )


def replay(reasons: Iterable[Reason]) -> Wording | None:
    """Derive the wording again from a verdict's reasons alone."""
    rules = {one.rule for one in reasons}
    order: tuple[tuple[str, Wording], ...] = (
        ("no-words", "undecided"),
        ("not-found", "not_found"),
        ("short", "undecided"),
        ("splice", "spliced"),
        ("change", "altered"),
        ("unmarked-omission", "altered"),
        ("marked-omission", "ellipsis"),
        ("cut-beginning", "truncated"),
        ("cut-end", "truncated"),
        ("located", "exact"),
    )
    return next((wording for rule, wording in order if rule in rules), None)


def _best_place(
    stretch: Stretch,
    signs: Signs,
    only: bool,
    barred: Barred,
    collection: Collection,
) -> Stretch:
    """Of the places where the same source words stand, take the first in the set order.

    Where a passage is otherwise word for word, a place where it is a whole sentence goes
    before one where it is cut: those two are not equal.
    """
    begin, end = stretch.extent()
    alone = only and all(op.op == "equal" for op in stretch.ops)
    options = []
    for source, start in _places(stretch.source, begin, end, barred, collection):
        moved = stretch.moved(source, start - begin)
        cut = alone and bool(_cuts(signs, moved.ops, source, collection))
        options.append((cut, collection.ranks[source], start, moved))
    return min(options, key=lambda row: row[:3])[3] if options else stretch


def _places(
    source: int, begin: int, end: int, barred: Barred, collection: Collection
) -> list[tuple[int, int]]:
    """Return (source, first word) of every place where a source's words stand."""
    ids, _ = collection.look_up(collection.words_of(source).hashes(begin, end))
    found = []
    for position in verbatim_places(ids, barred).tolist():
        other = collection.source_of(position)
        found.append((other, position - int(collection.bounds[other])))
    return found


def _pieces(stretch: Stretch, folded: Folded, signs: Signs, collection: Collection) -> list[Piece]:
    """Part a stretch at its omissions, and drop what transcripts add to the words."""
    words = collection.words_of(stretch.source)
    pieces: list[Piece] = []
    current: list[Op] = []
    for op in _tidied(_slid(stretch.ops, signs.marks, words), folded, words):
        gap = op.b1 - op.b0 if op.op == "delete" else 0
        marked = gap > 0 and op.a0 in signs.marks
        if gap and _is_furniture(words, op.b0, op.b1):
            continue
        if (marked or gap > FORWARD_WORDS) and current:
            pieces.append(Piece(stretch.source, tuple(current), op, marked))
            current = []
        elif not (marked and not current):
            current.append(op)
    if current:
        pieces.append(Piece(stretch.source, tuple(current)))
    elif pieces:
        pieces[-1] = replace(pieces[-1], gap=None)
    return pieces


def _slid(ops: Sequence[Op], marks: frozenset[int], words: SourceWords) -> list[Op]:
    """Move an omission to the mark that admits it, where the words allow either place.

    "the king … rode" from "the king, if the king rode" leaves out "if the king" as well as
    "the king, if"; the mark says which.
    """
    out = list(ops)
    for k, op in enumerate(out):
        if op.op != "delete" or op.a0 in marks:
            continue
        before = out[k - 1] if k and out[k - 1].op == "equal" else None
        after = out[k + 1] if k + 1 < len(out) and out[k + 1].op == "equal" else None
        for mark in sorted(marks, key=lambda mark: abs(mark - op.a0)):
            step = mark - op.a0
            if step > 0 and after and step <= after.a1 - after.a0:
                same = (words.ids(op.b0, op.b0 + step) == words.ids(op.b1, op.b1 + step)).all()
            elif step < 0 and before and -step <= before.a1 - before.a0:
                same = (words.ids(op.b0 + step, op.b0) == words.ids(op.b1 + step, op.b1)).all()
            else:
                continue
            if same:
                out[k] = Op("delete", mark, mark, op.b0 + step, op.b1 + step)
                if before:
                    out[k - 1] = replace(before, a1=before.a1 + step, b1=before.b1 + step)
                elif step > 0:
                    out[k] = op
                    break
                if after:
                    out[k + 1] = replace(after, a0=after.a0 + step, b0=after.b0 + step)
                break
    return [op for op in out if op.a0 < op.a1 or op.b0 < op.b1]


def _tidied(ops: Iterable[Op], folded: Folded, words: SourceWords) -> list[Op]:
    """Put neighbouring small differences together, then part them word by word again.

    A replacement of equally many words becomes single pairs, unless the words are the same
    ones in another order or with other spaces. Line-end hyphens make no difference.
    """
    merged: list[Op] = []
    for op in ops:
        last = merged[-1] if merged else None
        small = max(op.a1 - op.a0, op.b1 - op.b0) <= 3
        if last and "equal" not in (last.op, op.op) and small and _size(last) <= 6:
            merged[-1] = _typed(last.a0, op.a1, last.b0, op.b1)
        else:
            merged.append(op)
    if merged:
        merged[0] = _fitted(merged[0], folded, words, at_end=False)
        merged[-1] = _fitted(merged[-1], folded, words, at_end=True)
    return [piece for op in merged for piece in _split(op, folded, words)]


def _fitted(op: Op, folded: Folded, words: SourceWords, *, at_end: bool) -> Op:
    """Let a replacement at an edge answer to the source words that it joins, parts or contracts."""
    if op.op != "replace" or _size(op) > 3:
        return op
    come = folded.words(op.a0, op.a1)
    for size in range(1, _size(op) + 2):
        b0, b1 = (op.b0, op.b0 + size) if at_end else (op.b1 - size, op.b1)
        gone = words.words(b0, b1) if b0 >= 0 and b1 <= len(words) else []
        if gone and ("".join(gone) == "".join(come) or same_written_out(gone, come)):
            return replace(op, b0=b0, b1=b1)
    return op


def _size(op: Op) -> int:
    return max(op.a1 - op.a0, op.b1 - op.b0)


def _typed(a0: int, a1: int, b0: int, b1: int) -> Op:
    if a0 == a1:
        return Op("delete", a0, a1, b0, b1)
    return Op("insert" if b0 == b1 else "replace", a0, a1, b0, b1)


def _split(op: Op, folded: Folded, words: SourceWords) -> list[Op]:
    if op.op != "replace":
        return [op]
    a, b = folded.words(op.a0, op.a1), words.words(op.b0, op.b1)
    if "".join(a) == "".join(b):
        return [replace(op, op="equal")] if _hyphened(op, folded, words) else [op]
    if len(a) != len(b) or sorted(a) == sorted(b):
        return [op]
    pairs = [
        Op("equal" if x == y else "replace", op.a0 + k, op.a0 + k + 1, op.b0 + k, op.b0 + k + 1)
        for k, (x, y) in enumerate(zip(a, b, strict=True))
    ]
    spaced = any(x.startswith(y) or y.startswith(x) for x, y in zip(a, b, strict=True) if x != y)
    return [op] if spaced and len(a) > 1 and _near(a, b) else pairs


def _near(a: Sequence[str], b: Sequence[str]) -> bool:
    x, y = "".join(a), "".join(b)
    return Levenshtein.distance(x, y) <= max(1, len(y) // 8)


_LINE_HYPHEN = re.compile(r"(?<=[^\W\d_])[-‐‑\xad]\s*[\n\f]\s*(?=[^\W\d_])")


def _hyphened(op: Op, folded: Folded, words: SourceWords) -> bool:
    """Tell whether two stretches are equal once line-end hyphens are read as joining or parting."""
    a, b = spans_of(folded, op.a0, op.a1), spans_of(words, op.b0, op.b1)
    sides = (folded.text[a.start : a.end], words.text[b.start : b.end])
    read = [{tuple(fold(_LINE_HYPHEN.sub(to, text)).words()) for to in ("", " ")} for text in sides]
    return bool(read[0] & read[1])


def _is_furniture(words: SourceWords, first: int, last: int) -> bool:
    """Tell whether source words are no part of what was said.

    Audience notes in brackets are not, nor are verse and page numbers.
    """
    span = spans_of(words, first, last)
    text = words.text
    inside = text[span.start : span.end]
    before, after = text[: span.start].rstrip()[-1:], text[span.end :].lstrip(" .!")[:1]
    if (before, after) in (("[", "]"), ("(", ")")):
        page = _PAGE if before == "[" else _NAMED_PAGE
        return is_audience_note(inside) or bool(page.fullmatch(inside))
    line_start = text.rfind("\n", 0, span.start) + 1
    if text[line_start : span.start].strip(" \t[({#") or not _LINE_NUMBER.fullmatch(inside):
        return False
    line_end = text.find("\n", span.end)
    rest = text[span.end : line_end if line_end >= 0 else len(text)]
    alone = inside.isdecimal() and not rest.strip(" \t.)]}")
    return alone or _numbers_lines(text, span, int(_LINE_NUMBER.fullmatch(inside)["verse"]))  # type: ignore[index]


_PAGE = re.compile(r"(?:p(?:age|g)?\.?\s*)?\d{1,4}", re.IGNORECASE)
_NAMED_PAGE = re.compile(r"p(?:age|g)?\.?\s*\d{1,4}", re.IGNORECASE)
_LINE_NUMBER = re.compile(r"(?:\d{1,3}[:.])?(?P<verse>\d{1,4})")


def _numbers_lines(text: str, span: Span, number: int) -> bool:
    """Tell whether a number at the head of a line is one of three in a row, as verse numbers are."""
    pattern = r"(?m)^[ \t]*[\[({]?(?:\d{1,3}[:.])?(\d{1,3})\b"
    before = {int(m[1]) for m in re.finditer(pattern, text[max(0, span.start - 3000) : span.start])}
    after = {int(m[1]) for m in re.finditer(pattern, text[span.end : span.end + 3000])}
    lower, upper = number - 1 in before, number + 1 in after
    return (lower and upper) or (lower and number - 2 in before) or (upper and number + 2 in after)


def _part(piece: Piece, folded: Folded, collection: Collection) -> Part:
    source, words = collection.sources[piece.source], collection.words_of(piece.source)
    held = [op for op in piece.ops if op.op != "insert"]
    span = spans_of(words, held[0].b0, held[-1].b1) if held else Span(0, 0)
    return Part(
        passage=spans_of(folded, piece.ops[0].a0, piece.ops[-1].a1),
        source=source.id,
        start=span.start,
        end=span.end,
        text=source.text[span.start : span.end],
        collection=source.collection,
    )


def _changes(
    pieces: Sequence[Piece], folded: Folded, signs: Signs, collection: Collection
) -> tuple[Change, ...]:
    """List every difference of words, typed."""
    return tuple(
        _mark_moved(
            [
                _change(
                    op, index, folded, collection.words_of(piece.source), signs, collection.holds
                )
                for index, piece in enumerate(pieces)
                for op in piece.ops
                if op.op != "equal"
            ]
        )
    )


def _change(
    op: Op, part: int, folded: Folded, words: SourceWords, signs: Signs, known: Known
) -> Change:
    """Describe and type one operation that is no match."""
    span, source_span = spans_of(folded, op.a0, op.a1), spans_of(words, op.b0, op.b1)
    near = slice(max(0, source_span.start - _WITNESS_CHARS), source_span.end + _WITNESS_CHARS)
    witness = words.text[near]
    difference = Difference(
        passage=tuple(folded.words(op.a0, op.a1)),
        source=tuple(words.words(op.b0, op.b1)),
        passage_text=folded.text[span.start : span.end],
        source_text=words.text[source_span.start : source_span.end],
        opens_sentence=(
            sentence_begins(words.text, source_span.start)
            or sentence_begins(folded.text, span.start)
        )
        and not _is_proper(words.text, source_span, witness)
        and not _is_proper(folded.text, span, witness),
    )
    judged = type_change(difference, known)
    marked = any(a <= op.a0 and op.a1 <= b and op.a0 < op.a1 for a, b, _ in signs.bracketed)
    kind, meaning = judged.kind, judged.meaning
    if marked and judged.kind not in ("number", "negation"):
        kind, meaning = "word", False
    return Change(
        op=op.op if op.op != "equal" else "replace",
        part=part,
        passage=span,
        source=source_span,
        passage_text=difference.passage_text,
        source_text=difference.source_text,
        kind=kind,
        meaning=meaning,
        marked=marked,
    )


_FIRST_WORD = re.compile(r"[^\W\d_]+")
_WITNESS_CHARS = 100_000
"""How far around a change its source is asked how it prints a word."""


def _is_proper(text: str, span: Span, witness: str) -> bool:
    """Tell whether a stretch begins with a word that a source always prints with a capital.

    At the head of a sentence a capital tells nothing; within the sentences of the witness it does.
    """
    m = _FIRST_WORD.match(text, span.start, span.end)
    if m is None or not m[0].istitle():
        return False
    word = re.escape(m[0])
    return bool(
        re.search(rf"(?<=[a-z,;] ){word}\b", witness)
        and not re.search(rf"\b{word.lower()}\b", witness)
    )


_FEW_WORDS = 3
"""A stretch of this many words or fewer that has a name in it is taken for a name."""


def _mark_moved(changes: Sequence[Change]) -> list[Change]:
    """Call a pair of equal words taken out here and put in there a change of order.

    A number, a negation or a name says something else in another place.
    """

    def stays(change: Change) -> bool:
        moved = (change.source_text or change.passage_text).casefold().split()
        named = len(moved) <= _FEW_WORDS and not english.MONTHS & {*moved}
        return change.kind in ("number", "negation") or (change.kind == "name" and named)

    out = list(changes)
    for i, gone in enumerate(out):
        if gone.op != "delete" or stays(gone):
            continue
        for k, come in enumerate(out):
            same = gone.source_text.casefold().strip() == come.passage_text.casefold().strip()
            if come.op == "insert" and same and come.kind != "order" and not stays(come):
                out[i] = replace(gone, kind="order", meaning=False)
                out[k] = replace(come, kind="order", meaning=False)
                break
    return out


@cache
def _telling() -> Hashes:
    """Return the hashes of words whose omission may change the meaning."""
    words = english.NEGATIONS | english.CONTRACTED_NEGATIONS | english.CONDITIONS
    return np.array(sorted(map(hash_word, words)), np.uint64)


def _omissions(pieces: Sequence[Piece], collection: Collection) -> Iterable[Omission]:
    for index, piece in enumerate(pieces):
        if piece.gap is None:
            continue
        words = collection.words_of(piece.source)
        span = spans_of(words, piece.gap.b0, piece.gap.b1)
        left_out = words.hashes(piece.gap.b0, piece.gap.b1)
        yield Omission(
            part=index,
            source=span,
            marked=piece.marked,
            text=words.text[span.start : span.end],
            meaning=bool(np.isin(left_out, _telling()).any()),
        )


def _also(
    pieces: Sequence[Piece], barred: Barred, collection: Collection
) -> tuple[tuple[Place, ...], list[list[tuple[Source, int, int]]]]:
    """List the other places of each part, and all its places with the chosen one first."""
    also: list[Place] = []
    every: list[list[tuple[Source, int, int]]] = []
    for index, piece in enumerate(pieces):
        held = [op for op in piece.ops if op.op != "insert"]
        if not held:
            continue
        begin, end = held[0].b0, held[-1].b1
        places = []
        for source, start in _places(piece.source, begin, end, barred, collection):
            span = spans_of(collection.words_of(source), start, start + end - begin)
            chosen = (source, start) == (piece.source, begin)
            places.append((not chosen, collection.ranks[source], span.start, source, span))
        rows = [(collection.sources[s], span.start, span.end) for *_, s, span in sorted(places)]
        if not rows:
            span = spans_of(collection.words_of(piece.source), begin, end)
            rows = [(collection.sources[piece.source], span.start, span.end)]
        every.append(rows)
        also += [
            Place(source=s.id, start=a, end=b, part=index, collection=s.collection)
            for s, a, b in rows[1 : MOST_PLACES + 1]
        ]
    return tuple(also), every


def _wording(
    folded: Folded,
    signs: Signs,
    stretches: Sequence[Stretch],
    pieces: Sequence[Piece],
    changes: Sequence[Change],
    omissions: Sequence[Omission],
    collection: Collection,
) -> tuple[Wording, tuple[Reason, ...]]:
    """Decide the wording, with a reason for every rule that fired."""
    reasons = []
    if len(stretches) > 1:
        reasons.append(Reason(rule="splice", detail=_joint(signs, stretches, collection)))
    notes = {spans_of(folded, a, b) for a, b, is_note in signs.bracketed if is_note}
    for change in changes:
        if change.op == "insert" and change.marked and _within(change.passage, notes):
            reasons.append(Reason(rule="editor's-note", detail=change.passage_text))
        else:
            reasons.append(Reason(rule="change", detail=_change_detail(change)))
    for omission in omissions:
        rule = "marked-omission" if omission.marked else "unmarked-omission"
        reasons.append(Reason(rule=rule, detail=f"{len(omission.text.split())} words left out"))
    if pieces:
        whole = [op for piece in pieces for op in piece.ops]
        first, last = pieces[0].source, pieces[-1].source
        cuts = _cuts(signs, whole, first, collection, last)
        reasons += cuts
    wording = replay([Reason(rule="located", detail=""), *reasons])
    assert wording is not None
    return wording, tuple(reasons)


def _joint(signs: Signs, stretches: Sequence[Stretch], collection: Collection) -> str:
    """Say what was joined, and that a mark, if one stands there, admits something else."""
    names = list(dict.fromkeys(collection.sources[one.source].id for one in stretches))
    places = f"{len(stretches)} places of {names[0]}" if len(names) == 1 else " and ".join(names)
    marked = any(one.ops[0].a0 in signs.marks for one in stretches[1:])
    how = "a mark admits an omission, not a jump back or to another source"
    return f"pieces of {places}, {how if marked else 'joined without a mark'}"


def _within(span: Span, notes: set[Span]) -> bool:
    return any(note.start <= span.start and span.end <= note.end for note in notes)


def _change_detail(change: Change) -> str:
    names = {"insert": "added", "delete": "missing", "replace": "changed"}
    texts = " → ".join(f"“{t}”" for t in (change.source_text, change.passage_text) if t)
    return f"{names[change.op]}: {texts} ({change.kind})"


def _cuts(
    signs: Signs,
    ops: Sequence[Op],
    source: int,
    collection: Collection,
    last_source: int | None = None,
) -> list[Reason]:
    """Say where a passage claims to be whole and is not."""
    held = [op for op in ops if op.op != "insert"]
    found = []
    if not held:
        return []
    words = collection.words_of(source)
    if signs.begins and ops[0].op == "equal":
        start, _ = words.span(held[0].b0, held[0].b0 + 1)
        if not sentence_begins(words.text, start):
            before = words.text[max(0, start - 40) : start]
            found.append(
                Reason(rule="cut-beginning", detail=f"the sentence begins earlier: “…{before}”")
            )
    words = collection.words_of(source if last_source is None else last_source)
    if signs.ends and ops[-1].op == "equal":
        start, end = words.span(held[-1].b1 - 1, held[-1].b1)
        if not sentence_ends(words.text, start, end):
            after = words.text[end : end + 40]
            found.append(Reason(rule="cut-end", detail=f"the sentence goes on: “{after}…”"))
    return found


def _too_common(folded: Folded, collection: Collection, also: Sequence[Place]) -> bool:
    """Tell whether a phrase under six words says too little to name its source."""
    bits = float(collection.information(folded.hashes, collection.look_up(folded.hashes)[1]).sum())
    return bits < collection.size_bits + SPARE_BITS or len(also) >= TOO_COMMON


def _located(parts: Sequence[Part], share: float) -> str:
    places = "; ".join(f"{one.source} {one.start}–{one.end}" for one in parts)
    return f"{share:.0%} of what the passage tells stands at {places}"


def _matched(piece: Piece) -> int:
    return sum(op.a1 - op.a0 for op in piece.ops if op.op == "equal")


def _uses_doubles(change: Change) -> bool:
    come, gone = change.passage_text.casefold().split(), change.source_text.casefold().split()
    return any(map(mixed_scripts, come)) or (
        change.kind == "spelling" and written_in_doubles(gone, come)
    )


def _flags(
    folded: Folded,
    signs: Signs,
    changes: Sequence[Change],
    omissions: Sequence[Omission],
    *,
    loose: bool,
) -> tuple[str, ...]:
    flags = list(signs.flags)
    if loose and changes:
        flags.append("loose")
    if any(map(_uses_doubles, changes)):
        flags.append("homoglyph")
    if signs.marks & {0, len(folded)}:
        flags.append("edge-ellipsis")
    inner = signs.marks - {0, len(folded)}
    if inner and not any(one.marked for one in omissions):
        flags.append("mark-without-omission")
    return tuple(flags)
