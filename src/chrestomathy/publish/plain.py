"""Verdicts, standings and flags in plain words, as a reader finds them in the margin.

Every sentence says what was seen and no more: "not in this collection", never "false"; "the
page says", never "the speaker said".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from chrestomathy.publish.citations import name_source
from chrestomathy.publish.dates import print_date
from chrestomathy.records import (
    Attribution,
    ByClaim,
    Change,
    Entry,
    Omission,
    Searched,
    Throughout,
    Verdict,
)
from chrestomathy.textkit.characters import CLOSERS
from chrestomathy.textkit.languages import name_of

WORDING_LABELS: Mapping[str, str] = {
    "exact": "Word for word",
    "altered": "Words differ",
    "truncated": "Cut off",
    "ellipsis": "Shortened, with a mark",
    "spliced": "Joined from two places",
    "not_found": "Not in this collection",
    "undecided": "Too short or too common",
    "unchecked": "Not checked",
}
"""A label for each wording, in the order in which counts and filters list them."""

WORDING_MEANINGS: Mapping[str, str] = {
    "exact": "The same words stand in the same order in the source that is named, once capitals, "
    "punctuation, quotation marks and spacing are set aside.",
    "altered": "Words were changed, added, moved, or dropped without a mark. "
    "Each change is listed.",
    "truncated": "The words stand in the source, but they look like a whole sentence and are "
    "not: the source’s sentence begins earlier or goes on.",
    "ellipsis": "The words stand in the source, with something left out where the page puts an "
    "ellipsis mark.",
    "spliced": "Stretches from two places were joined without a mark.",
    "not_found": "The words were not found in the collection that was searched. "
    "They may well stand somewhere else.",
    "undecided": "Too few or too common words to tell one place from another.",
    "unchecked": "No sources were given, so nothing was compared.",
}

FLAG_WORDS: Mapping[str, str] = {
    "no-attribution": "No speaker is named.",
    "attribution-shared": "One attribution stands for several passages.",
    "breaks-template": "Its attribution is written unlike the others on the page.",
    "unclosed-mark": "A quotation mark is opened and never closed; the end is a guess.",
    "pronoun-resolved": "The page has a pronoun for the speaker; whom it stands for was worked "
    "out from the text before it.",
    "pronoun-unresolved": "The page has a pronoun for the speaker, and it is not clear for whom.",
    "heading-like": "It looks like a heading.",
    "text-damaged": "The text is damaged here.",
    "title-repeated": "It repeats words of the title or of a heading.",
    "role-only": "A title is printed where a name could stand.",
    "single-source-page": "Every passage of the page is given to this one speaker.",
    "date-doubtful": "The date is doubtful.",
    "scare-quote": "The marks may be there to keep a distance, not to quote.",
    "edge-ellipsis": "An ellipsis mark stands at its edge; nothing is left out within.",
    "mark-without-omission": "An ellipsis mark stands where nothing is left out.",
    "loose": "So many words differ that it may be another translation, or a retelling.",
    "homoglyph": "A letter of another alphabet stands in a word and looks like its own.",
    "bidi": "The page has invisible marks of writing direction here.",
    "invisible": "The page has invisible characters here.",
}
"""What each flag says to a reader; another flag is printed as its name."""

CHANGE_KIND_WORDS: Mapping[str, str] = {
    "number": "a number",
    "negation": "a negation",
    "name": "a name",
    "modal": "a word of duty or possibility",
    "quantifier": "a word of quantity",
    "direction": "a word of direction",
    "word": "a word",
    "spelling": "spelling",
    "scan": "a slip of scanning or typing",
    "order": "word order",
}

LISTED_CHANGES = 3
"""Changes that a sentence lists before it says how many more there are. Chosen by hand."""
LISTED_PAIRS = 4
"""Forms of one substitution that a sentence lists. Chosen by hand."""
SHOWN_CHARS = 60
"""Longest quotation within a sentence of the margin. Chosen by hand."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_SENTENCE_END = re.compile(rf"[.!?…。！？][{re.escape(CLOSERS)}]*\s*$")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n\s*$")


class NamedPlace(NamedTuple):
    """A place of the sources, named in passing."""

    name: str
    url: str | None
    """As the source gives it: whoever makes a link checks it."""


class Lead(NamedTuple):
    """The beginning of a verdict's sentence, before the names of the places."""

    head: str
    """What a reader wants to see first."""
    tail: str
    """The rest, with its own comma, colon or space."""


def count_word(n: int) -> str:
    """Write a small number as a word.

    Example:
        >>> count_word(2), count_word(20)
        ('two', '20')
    """
    return _NUMBERS[n] if 0 <= n < len(_NUMBERS) else f"{n:,}"


def wording_of(entry: Entry) -> str:
    """Return the wording of an entry, ``unchecked`` where it has no verdict."""
    return entry.verdict.wording if entry.verdict else "unchecked"


def verdict_sentence(entry: Entry, searched: Sequence[Searched] = ()) -> str:
    """Say what the sources show of an entry's words, in one sentence without a capital.

    Example:
        >>> from chrestomathy.records import Passage
        >>> verdict_sentence(Entry(passage=Passage(id="p", text="Bees hum.")))
        'not checked: no sources given'
    """
    lead = verdict_lead(entry, searched)
    places = join_words([one.name for one in named_places(entry)])
    return f"{lead.head}{lead.tail} {places}".rstrip()


def verdict_lead(entry: Entry, searched: Sequence[Searched] = ()) -> Lead:
    """Say what the sources show, up to the names of the places, which come last."""
    verdict = entry.verdict
    if verdict is None:
        return Lead("not checked", "" if searched else ": no sources given")
    match verdict.wording:
        case "exact":
            return Lead("word for word", " in")
        case "altered":
            return _altered(verdict)
        case "truncated":
            return Lead(_cut(entry), "; the words stand in")
        case "ellipsis":
            return _shortened(verdict)
        case "spliced":
            return Lead(f"joined from {_places(verdict)} without a mark", ":")
        case "not_found":
            return Lead("not in this collection", _extent(searched))
        case _:
            return Lead("too short or too common to tell", "")


def named_places(entry: Entry) -> list[NamedPlace]:
    """Name the places of a verdict's parts in order, each once."""
    verdict = entry.verdict
    if verdict is None or verdict.wording in ("not_found", "undecided"):
        return []
    names: dict[tuple[str | None, str], NamedPlace] = {}
    loci: dict[tuple[str | None, str], list[str]] = {}
    for i, part in enumerate(verdict.parts):
        key = part.collection, part.source
        shown = next((e for e in entry.evidence if e.part == i and e.source == part.source), None)
        if shown is None:
            names.setdefault(key, NamedPlace(part.source, None))
            continue
        name = NamedPlace(name_source(shown, fallback=part.source), shown.url)
        names.setdefault(key, name)
        if shown.locus and shown.locus not in loci.setdefault(key, []):
            loci[key].append(shown.locus)
    return [
        one._replace(name=", ".join([one.name, join_words(loci[key])])) if loci.get(key) else one
        for key, one in names.items()
    ] or [NamedPlace("a source that is not named", None)]


def change_sentence(change: Change) -> str:
    """Say one change in words, from source to passage, without a capital or a stop.

    Example:
        >>> from chrestomathy.records import Span
        >>> change_sentence(Change(op="replace", part=0, passage=Span(3, 7), source=Span(3, 8),
        ...     passage_text="will", source_text="shall", kind="modal", meaning=True))
        '‘will’ stands for ‘shall’'
    """
    here, there = _shown(change.passage_text), _shown(change.source_text)
    if change.marked:
        return f"‘{here or there}’ is the page’s own mark"
    if change.op == "replace":
        return f"‘{here}’ stands for ‘{there}’"
    if change.op == "delete":
        return f"‘{there}’ is missing"
    return f"‘{here}’ is added"


def change_note(change: Change) -> str:
    """Say what sort of change it is, and whether the meaning may have changed with it.

    Nothing is said of a plain word: that it is one can be seen.
    """
    kind = CHANGE_KIND_WORDS.get(change.kind, change.kind)
    if change.meaning:
        return f"{kind}; the meaning may have changed"
    return "" if change.kind == "word" else kind


def fit_words(one: ByClaim) -> str:
    """Say what of a claim fits a source, and whether it is in another language.

    Example:
        >>> fit_words(ByClaim(source="a", title=None, date="1946", occasion=None, language="zh",
        ...                   by=("date", "occasion")))
        'date and occasion as claimed'
        >>> fit_words(ByClaim(source="a", title=None, date=None, occasion=None, by=("day-named",)))
        'it begins with the day that is claimed'
    """
    if one.by == ("day-named",):
        return "it begins with the day that is claimed"
    fits = [word for word in one.by if word != "day-named"] or ["date", "occasion"]
    return f"{join_words(fits)} as claimed"


def offer_words(one: ByClaim) -> str:
    """Name a source that fits a claim, with what is known of it and what fits."""
    name = one.title or one.occasion or one.source
    facts = [
        one.speaker,
        one.date and print_date(one.date),
        one.language and f"in {name_of(one.language)}",
    ]
    about = [fact for fact in facts if fact and fact not in name]
    return f"{name} ({', '.join([*about, fit_words(one)])})"


def by_claim_sentence(verdict: Verdict) -> str | None:
    """Name the sources that fit a claim though no words were matched, or ``None``."""
    if not verdict.by_claim:
        return None
    named = join_words([offer_words(one) for one in verdict.by_claim])
    return f"The claim fits {named}; no words were matched there."


def omission_sentence(omission: Omission) -> str:
    """Say one omission in words."""
    n = len(omission.text.split())
    what = f"{count_word(n)} {'word' if n == 1 else 'words'} of the source left out"
    how = "with a mark" if omission.marked else "without a mark"
    tail = "; they held a negation, a condition or a limit" if omission.meaning else ""
    return f"{what} {how}{tail}"


def meaning_sentence(verdict: Verdict) -> str | None:
    """Say why the meaning may have changed, or ``None``."""
    if not verdict.meaning_changed:
        return None
    kinds = [CHANGE_KIND_WORDS.get(one.kind, one.kind) for one in verdict.changes if one.meaning]
    touched = list(dict.fromkeys(kinds))
    if any(one.meaning and not one.marked for one in verdict.omissions):
        touched.append("words left out without a mark")
    if not touched:
        return "The meaning may have changed."
    return f"The meaning may have changed: {join_words(touched)}."


def throughout_sentence(one: Throughout) -> str:
    """Say in one sentence what is changed again and again, without a stop.

    Example:
        >>> from chrestomathy.records import Occurrence, Substitution
        >>> throughout_sentence(Throughout(id="t-1", subject="words", kind="modal", rule="",
        ...     source_text="shall", passage_text="will", count=2, kept=0,
        ...     places=(Occurrence(passage="p-1"), Occurrence(passage="p-2")),
        ...     pairs=(Substitution(source_text="shall", passage_text="will", count=2),)))
        '‘will’ stands for ‘shall’ in two places; it is kept nowhere'
    """
    n = count_word(one.count)
    passages = f"{n} {'passage' if one.count == 1 else 'passages'}"
    if one.subject == "speaker":
        by_claim = "no words were matched" in one.rule
        where = "that fit what is claimed " if by_claim else ""
        return (
            f"‘{one.passage_text}’ is printed as the speaker of {passages}; "
            f"the sources {where}name {one.source_text}"
        )
    if one.subject == "date":
        claimed, shown = print_date(one.passage_text), print_date(one.source_text)
        return f"{passages} are dated {claimed}; the source is dated {shown}"
    places = f"in {n} places"
    if one.subject == "spelling":
        return f"{one.rule} {places}: {_pairs(one)}"
    here, there = _shown(one.passage_text), _shown(one.source_text)
    if len(one.pairs) > 1:
        said = f"{_several(one)} {places}"
    elif not here:
        said = f"‘{there}’ is missing {places}"
    elif not there:
        return f"‘{here}’ is added {places}"
    else:
        said = f"‘{here}’ stands for ‘{there}’ {places}"
    if one.kept is None:
        return said
    return f"{said}; it is kept {f'in {count_word(one.kept)} more' if one.kept else 'nowhere'}"


def _several(one: Throughout) -> str:
    """Say which forms of a phrase are printed as what, each side once."""
    sources = _counted((_shown(pair.source_text), pair.count) for pair in one.pairs)
    printed = _counted((_shown(pair.passage_text), pair.count) for pair in one.pairs)
    named = _listed([f"‘{text}’" for text, _ in sources], "or")
    if len(printed) == 1 and (text := printed[0][0]):
        return f"‘{text}’ stands for {named}"
    how = [f"as ‘{text}’ ({n})" if text else f"not at all ({n})" for text, n in printed]
    return f"{named} is printed {_listed(how)}"


def _counted(forms: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Add up forms that are equal but for capitals, the most frequent first."""
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for text, n in forms:
        key = text.casefold()
        counts[key] += n
        written[key] = max(written.get(key, text), text)
    return [(written[key], n) for key, n in counts.most_common()]


def _listed(words: Sequence[str], last: str = "and") -> str:
    rest = len(words) - LISTED_PAIRS
    more = [f"{count_word(rest)} more"] if rest > 0 else []
    return join_words([*words[:LISTED_PAIRS], *more], last)


def _pairs(one: Throughout) -> str:
    """List what is printed for what."""
    return _listed([f"‘{_shown(p.passage_text)}’ for ‘{_shown(p.source_text)}’" for p in one.pairs])


def standing_sentences(
    verdict: Verdict | None, attribution: Attribution, flags: Sequence[str] = ()
) -> list[str]:
    """Say how the claims of speaker and date compare with what the sources show."""
    if verdict is None or not verdict.parts:
        return []
    attested = verdict.attribution
    if attested.speaker == attested.date == "agrees" and attribution.speaker and attribution.date:
        return ["Speaker and date agree with the source."]
    said = (_speaker_sentence(verdict, attribution, flags), _date_sentence(verdict, attribution))
    return [one for one in said if one]


def flag_sentences(flags: Sequence[str]) -> list[str]:
    """Say each flag in words."""
    return [FLAG_WORDS.get(flag, f"{flag.replace('-', ' ').capitalize()}.") for flag in flags]


def join_words(words: Sequence[str], last: str = "and") -> str:
    """Join with commas and a last "and", or another word.

    Example:
        >>> join_words(["a", "b", "c"])
        'a, b and c'
    """
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def _altered(verdict: Verdict) -> Lead:
    unmarked = [one for one in verdict.changes if not one.marked]
    dropped = [one for one in verdict.omissions if not one.marked]
    n = len(unmarked) + len(dropped)
    if n == 0:
        return Lead("the words differ", ", compared with")
    said = [change_sentence(one) for one in unmarked]
    said += [omission_sentence(one) for one in dropped]
    listed = said[:LISTED_CHANGES]
    if n > LISTED_CHANGES:
        listed.append(f"{count_word(n - LISTED_CHANGES)} more")
    single = not dropped and all(_is_single(one) for one in unmarked)
    thing = "word" if single else "place"
    head = f"{count_word(n)} {thing} differs" if n == 1 else f"{count_word(n)} {thing}s differ"
    return Lead(head, f": {join_words(listed)}; compared with")


def _is_single(change: Change) -> bool:
    return len(change.passage_text.split()) <= 1 and len(change.source_text.split()) <= 1


def _cut(entry: Entry) -> str:
    begins, ends = _cut_edges(entry)
    if begins and ends:
        return "begins and ends in the middle of a sentence"
    if begins:
        return "begins in the middle of a sentence"
    if ends:
        return "ends before the source’s sentence does"
    return "looks like a whole sentence and is not"


def _cut_edges(entry: Entry) -> tuple[bool, bool]:
    verdict = entry.verdict
    if verdict is None or not verdict.parts:
        return False, False
    by_part = {one.part: one for one in reversed(entry.evidence)}
    first, last = by_part.get(0), by_part.get(len(verdict.parts) - 1)
    text = entry.passage.text.lstrip("“‘\"'«([")
    begins = bool(
        first
        and first.before.strip()
        and text[:1].isupper()
        and not _SENTENCE_END.search(first.before)
        and not _BLANK_LINE.search(first.before)
    )
    ends = bool(
        last
        and last.after.strip()
        and _SENTENCE_END.search(entry.passage.text)
        and not _SENTENCE_END.search(last.text)
        and last.after.lstrip(CLOSERS)[:1] not in ".!?…。！？"
    )
    return begins, ends


def _shortened(verdict: Verdict) -> Lead:
    words = sum(len(one.text.split()) for one in verdict.omissions if one.marked)
    if not words:
        return Lead("shortened", ", and the page marks it; the words stand in")
    head = f"shortened by {count_word(words)} {'word' if words == 1 else 'words'}"
    return Lead(head, ", and the page marks it; the words stand in")


def _places(verdict: Verdict) -> str:
    n = len(verdict.parts)
    return f"{count_word(n)} places" if n > 1 else "two places"


def _extent(searched: Sequence[Searched]) -> str:
    if not searched:
        return ""
    sources = sum(one.sources for one in searched)
    names = join_words([one.name for one in searched][:4])
    return f" ({sources:,} {'source' if sources == 1 else 'sources'}: {names})"


def _speaker_sentence(
    verdict: Verdict, attribution: Attribution, flags: Sequence[str]
) -> str | None:
    attested, claimed = verdict.attribution, attribution.speaker
    shown = attested.source_speaker
    if attested.speaker == "agrees":
        return "The speaker agrees with the source." if claimed else None
    if attested.speaker == "differs" and claimed:
        return f"The source gives {shown or 'another speaker'}; the page says {claimed}."
    if not claimed or not shown:
        return None
    if "role-only" in flags:
        return f"The source gives {shown}; the page prints a title, {claimed}, and no name."
    return (
        f"The source gives {shown}; the page says {claimed}. Whether they are one was not judged."
    )


def _date_sentence(verdict: Verdict, attribution: Attribution) -> str | None:
    attested, claimed = verdict.attribution, attribution.date
    shown = attested.source_date
    if not claimed:
        return None
    if attested.date == "agrees":
        return "The date agrees with the source."
    if attested.date == "differs":
        dated = f"is dated {print_date(shown)}" if shown else "has another date"
        return f"The source {dated}; the page says {print_date(claimed)}."
    return None


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SHOWN_CHARS else f"{text[: SHOWN_CHARS - 1].rstrip()}…"
