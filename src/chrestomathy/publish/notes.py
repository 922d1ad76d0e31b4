"""Observations on a whole page, in sentences: what no single passage shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from chrestomathy.publish.dates import print_date, years_of
from chrestomathy.publish.plain import WORDING_LABELS, count_word, wording_of
from chrestomathy.records import Entry, LeftOut, Searched

COUNTED_AS: dict[str, str] = {
    "exact": "word for word",
    "altered": "with words that differ",
    "truncated": "cut off",
    "ellipsis": "shortened with a mark",
    "spliced": "joined from two places without a mark",
    "not_found": "not in the collection searched",
    "undecided": "too short or too common to tell",
}
"""How a count names each wording."""
NOTED_FLAGS = frozenset({"role-only", "single-source-page"})
"""Flags that a note says once for the page when every passage has them."""


def page_notes(
    entries: Sequence[Entry],
    *,
    searched: Sequence[Searched] = (),
    left_out: Sequence[LeftOut] = (),
) -> tuple[str, ...]:
    """Say what holds of the page as a whole, each in a sentence."""
    return (
        *_speakers(entries),
        *_sources(entries),
        *_dates(entries),
        *_wordings(entries, searched),
        *_claims(entries),
        *_left_out(left_out),
    )


def flags_of_all(entries: Sequence[Entry]) -> frozenset[str]:
    """Return the flags that every passage has and that a note of the page says already."""
    if len(entries) < 2:
        return frozenset()
    return NOTED_FLAGS.intersection(*(entry.passage.flags for entry in entries))


def _speakers(entries: Sequence[Entry]) -> Iterator[str]:
    names = [entry.passage.attribution.speaker for entry in entries]
    said = [name for name in names if name]
    alike = {" ".join(name.casefold().split()) for name in said}
    if len(said) == len(entries) > 1 and len(alike) == 1:
        yield f"All {count_word(len(said))} passages are by one speaker, {said[0]}."
    elif len(alike) > 1:
        yield f"{_capital(count_word(len(alike)))} speakers are named."
    missing = len(entries) - len(said)
    if missing:
        yield f"{_passages(missing)} {_name(missing)} no speaker."
    titles = sum("role-only" in entry.passage.flags for entry in entries)
    if titles:
        where = "on every passage" if titles == len(entries) > 1 else f"on {_count(titles)}"
        yield (
            f"A title is printed where a name could stand ({where}); it was not replaced by a name."
        )


def _sources(entries: Sequence[Entry]) -> Iterator[str]:
    keys = {entry.passage.source_key for entry in entries if entry.passage.source_key}
    if keys:
        n = len(keys)
        yield (
            f"{_capital(count_word(n))} distinct {'source is' if n == 1 else 'sources are'} claimed."
        )


def _dates(entries: Sequence[Entry]) -> Iterator[str]:
    claimed = {entry.passage.attribution.date for entry in entries}
    placed = sorted(
        (years, date) for date in claimed if date and (years := years_of(date)) is not None
    )
    if len(placed) > 1:
        first, last = _named(placed[0][1]), _named(placed[-1][1])
        yield f"The claimed dates run from {first} to {last}."


def _named(date: str) -> str:
    """Print a date within a sentence: "the 1980s", "the 20th century"."""
    printed = print_date(date)
    return f"the {printed}" if "X" in date and "/" not in date and printed != date else printed


def _wordings(entries: Sequence[Entry], searched: Sequence[Searched]) -> Iterator[str]:
    counts = Counter(wording_of(entry) for entry in entries)
    unchecked = counts.pop("unchecked", 0)
    if unchecked and not counts:
        why = ": no sources were given" if not searched else ""
        yield f"None was checked{why}."
        return
    checked = sum(counts.values())
    if checked:
        listed = [f"{counts[one]:,} {COUNTED_AS[one]}" for one in WORDING_LABELS if counts.get(one)]
        yield f"Of {_count(checked)} checked: {'; '.join(listed)}."
    if unchecked:
        yield f"{_passages(unchecked)} {'was' if unchecked == 1 else 'were'} not checked."


def _claims(entries: Sequence[Entry]) -> Iterator[str]:
    verdicts = [entry.verdict for entry in entries if entry.verdict]
    meaning = sum(one.meaning_changed for one in verdicts)
    if meaning:
        yield f"In {_count(meaning)} the change may touch the meaning."
    for claim in ("speaker", "date"):
        n = sum(getattr(one.attribution, claim) == "differs" for one in verdicts)
        if n:
            yield f"In {_count(n)} the {claim} differs from the source’s."


def _left_out(left_out: Sequence[LeftOut]) -> Iterator[str]:
    """Tell words that are no passages from inputs that could not be used."""
    words = sum(one.stage == "lift" for one in left_out)
    if words:
        what = "stretch was" if words == 1 else "stretches were"
        yield (
            f"{_capital(count_word(words))} {what} not taken for {'a passage' if words == 1 else 'passages'}, "
            "such as headings and introductions; the list at the end says which."
        )
    rest = len(left_out) - words
    if rest:
        what = "thing was" if rest == 1 else "things were"
        yield f"{_capital(count_word(rest))} {what} left out; the list at the end says why."


def _count(n: int) -> str:
    return f"{count_word(n)} {'passage' if n == 1 else 'passages'}"


def _passages(n: int) -> str:
    return _capital(_count(n))


def _name(n: int) -> str:
    return "names" if n == 1 else "name"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
