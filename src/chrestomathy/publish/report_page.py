"""A report as one self-contained HTML page: what is changed throughout, then side by side.

On the left stands the quotation, on the right the source's words with some around them. What
differs is marked in words for those who hear the page and with lines and signs for those who
see it, never by colour alone. The script only filters: all is readable without.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from importlib.resources import files
from typing import NamedTuple

from chrestomathy.publish.citations import cite_source, safe_url
from chrestomathy.publish.comparison import Segment, compare
from chrestomathy.publish.html import (
    Titles,
    direction,
    offered_places,
    omitted,
    render_template,
    titles_of,
)
from chrestomathy.publish.plain import (
    WORDING_LABELS,
    WORDING_MEANINGS,
    change_note,
    change_sentence,
    flag_sentences,
    meaning_sentence,
    omission_sentence,
    standing_sentences,
    verdict_lead,
)
from chrestomathy.publish.reports import (
    RULE_HELP,
    STATE_WORDS,
    Finding,
    Habit,
    context_of,
    find,
    find_habits,
    place_said,
    ruling_sentences,
    where_said,
)
from chrestomathy.publish.review import Review, asks
from chrestomathy.records import Edition, Entry, Evidence, Occurrence, Span, Substitution

CONTEXT_SHOWN = 120
"""Characters around the source's words that are shown at once. Chosen by hand: two lines."""

MOST_FORMS = 6
"""Forms of one substitution that are shown at once. Chosen by hand."""

HabitsAt = dict[str, list[tuple[str, Span]]]
"""By passage, the stretches that belong to a finding on the whole draft, and its id."""


class PlaceView(NamedTuple):
    """One place of what is changed throughout."""

    number: int | None
    where: str
    text: str


class HabitView(NamedTuple):
    """What is changed throughout, as the template prints it."""

    habit: Habit
    places: tuple[PlaceView, ...]
    pairs: tuple[Substitution, ...]
    folded: bool
    """The forms are many, or the sentence has them; they are shown when asked for."""
    state: str
    decided: tuple[str, ...]
    rule: str


class SourceView(NamedTuple):
    """What is known of one source that a finding shows."""

    evidence: Evidence
    citation: str
    url: str | None


class Difference(NamedTuple):
    """A change or an omission in words."""

    sentence: str
    note: str
    habit: str | None
    """The finding on the whole draft that it belongs to."""


class FindingView(NamedTuple):
    """A passage as the template prints it."""

    finding: Finding
    state: str
    lead: str
    tail: str
    passage: tuple[Segment, ...]
    source: tuple[Segment, ...]
    lang: str | None
    dir: str | None
    meaning: str | None
    differences: tuple[Difference, ...]
    standing: tuple[str, ...]
    flags: tuple[str, ...]
    sources: tuple[SourceView, ...]
    nearest: tuple[object, ...]
    by_claim: tuple[object, ...]
    decided: tuple[str, ...]
    help: str


def render(edition: Edition, review: Review) -> bytes:
    """Print the findings of a run."""
    folder = files("chrestomathy.publish") / "templates"
    style, more, script = (
        (folder / name).read_text("utf-8") for name in ("edition.css", "report.css", "report.js")
    )
    found = find(edition, review)
    titles = titles_of(edition)
    habits: HabitsAt = defaultdict(list)
    for habit in edition.throughout:
        for place in habit.places:
            if place.span:
                habits[place.passage].append((habit.id, place.span))
    return render_template(
        "report.html",
        style=style + more,
        script=script,
        edition=edition,
        read=review.read,
        findings=[_finding(one, edition, habits, titles) for one in found],
        habits=_habits(edition, review, found),
        wordings=_counts(found),
        states=_states(found),
        meanings=[(WORDING_LABELS[one], WORDING_MEANINGS[one]) for one, _, _ in _counts(found)],
        omitted=omitted(edition),
        compared=review.baseline is not None,
        place_said=place_said,
    )


def _counts(found: Sequence[Finding]) -> list[tuple[str, str, int]]:
    counts = Counter(one.wording for one in found)
    return [(name, label, counts[name]) for name, label in WORDING_LABELS.items() if counts[name]]


def _states(found: Sequence[Finding]) -> list[tuple[str, str, int]]:
    counts = Counter(one.ruling.state for one in found)
    return [
        (name, label, counts[name]) for name, label in STATE_WORDS.items() if label and counts[name]
    ]


def _habits(edition: Edition, review: Review, found: Sequence[Finding]) -> list[HabitView]:
    numbered = {one.entry.passage.id: one for one in found}
    return [
        HabitView(
            habit,
            tuple(_place(one, numbered, edition) for one in habit.throughout.places),
            habit.throughout.pairs if len(habit.throughout.pairs) > 1 else (),
            habit.throughout.subject == "spelling" or len(habit.throughout.pairs) > MOST_FORMS,
            STATE_WORDS[habit.ruling.state],
            tuple(ruling_sentences(habit.ruling)),
            habit.throughout.rule,
        )
        for habit in find_habits(edition, review)
    ]


def _place(place: Occurrence, numbered: dict[str, Finding], edition: Edition) -> PlaceView:
    one = numbered.get(place.passage)
    if one is None:
        return PlaceView(None, "", "")
    passage = one.entry.passage
    text = context_of(passage.text, *(place.span or (0, 0)))
    return PlaceView(one.number, where_said(place, passage, edition), text)


def _finding(one: Finding, edition: Edition, habits: HabitsAt, titles: Titles) -> FindingView:
    entry, verdict = one.entry, one.entry.verdict
    passage = entry.passage
    lead = verdict_lead(entry, edition.searched)
    lang = passage.language or edition.language
    compared = compare(passage, verdict, entry.evidence) if verdict else None
    sides = compared or (None, None)
    altered = one.wording == "altered"
    nearest, by_claim = offered_places(entry, titles) if asks(entry) else ((), ())
    return FindingView(
        finding=one,
        state=STATE_WORDS[one.ruling.state],
        lead="" if lead.head.casefold() == one.label.casefold() else _capital(lead.head),
        tail="" if altered else lead.tail.partition(";")[0].removesuffix(" in").rstrip(" :,"),
        passage=sides[0] or (Segment("same", passage.text),),
        source=tuple(_source_side(entry, sides[1])),
        lang=lang,
        dir=direction(lang),
        meaning=meaning_sentence(verdict) if verdict else None,
        differences=tuple(_differences(entry, habits.get(passage.id, ()))),
        standing=tuple(standing_sentences(verdict, passage.attribution, passage.flags)),
        flags=tuple(flag_sentences([*passage.flags, *(verdict.flags if verdict else ())])),
        sources=tuple(_sources(entry)),
        nearest=nearest,
        by_claim=by_claim,
        decided=tuple(ruling_sentences(one.ruling)),
        help=RULE_HELP[one.wording] if asks(entry) or one.wording == "undecided" else "",
    )


def _source_side(entry: Entry, segments: Sequence[Segment] | None) -> Iterator[Segment]:
    """Give the source's words with some around them."""
    verdict = entry.verdict
    if verdict is None or not verdict.parts:
        return
    first = next((e for e in entry.evidence if e.part == 0), None)
    last = next((e for e in entry.evidence if e.part == len(verdict.parts) - 1), None)
    cut = verdict.wording == "truncated"
    if first and not cut and (before := _last_words(first.before)):
        yield Segment("context", before)
    if segments is not None:
        yield from segments
    else:
        for i, part in enumerate(verdict.parts):
            if i:
                yield Segment("join", "")
            yield Segment("same", part.text)
    if last and not cut and (after := _first_words(last.after)):
        yield Segment("context", after)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _last_words(text: str) -> str:
    text = " ".join(text.split()) + (" " if text[-1:].isspace() else "")
    if len(text) <= CONTEXT_SHOWN:
        return text
    return f"… {text[-CONTEXT_SHOWN:].partition(' ')[2]}"


def _first_words(text: str) -> str:
    text = (" " if text[:1].isspace() else "") + " ".join(text.split())
    if len(text) <= CONTEXT_SHOWN:
        return text
    return f"{text[:CONTEXT_SHOWN].rpartition(' ')[0]} …"


def _differences(entry: Entry, habits: Sequence[tuple[str, Span]]) -> Iterator[Difference]:
    """Say each difference in words; those that are made throughout lead there."""
    if entry.verdict is None:
        return
    for change in entry.verdict.changes:
        habit = next(
            (
                name
                for name, span in habits
                if span.start <= change.passage.start and change.passage.end <= span.end
            ),
            None,
        )
        yield Difference(_capital(change_sentence(change)), change_note(change), habit)
    for omission in entry.verdict.omissions:
        yield Difference(_capital(omission_sentence(omission)), "", None)


def _sources(entry: Entry) -> Iterator[SourceView]:
    """Give the evidence of each part; of a guess there is none."""
    if entry.verdict is None:
        return
    for i, part in enumerate(entry.verdict.parts):
        one = next((e for e in entry.evidence if e.part == i and e.source == part.source), None)
        if one:
            yield SourceView(one, cite_source(one, locus=one.locus), safe_url(one.url))
