"""An edition as one self-contained HTML page, set like a book.

The page asks nothing of the network: style and script stand inside, and a content-security
policy names them by digest and forbids the rest. Every string is escaped by the template; only
http and https addresses become links. The script only adds filters: all is readable without.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from chrestomathy.publish.citations import (
    cite_claim,
    cite_source,
    claim_parts,
    name_source,
    safe_url,
)
from chrestomathy.publish.comparison import Comparison, compare
from chrestomathy.publish.credits import credits_of
from chrestomathy.publish.dates import print_date, years_of
from chrestomathy.publish.edition import SourceKey, document_name, file_name, in_order
from chrestomathy.publish.notes import flags_of_all
from chrestomathy.publish.plain import (
    WORDING_LABELS,
    WORDING_MEANINGS,
    Lead,
    change_note,
    change_sentence,
    flag_sentences,
    meaning_sentence,
    named_places,
    offer_words,
    omission_sentence,
    standing_sentences,
    throughout_sentence,
    verdict_lead,
    wording_of,
)
from chrestomathy.publish.timeline import lay_out
from chrestomathy.publish.words import (
    LISTED_FROM,
    Explanation,
    Line,
    WordBook,
    explained_words,
    harder_words,
    languages_of,
    lay_out_text,
)
from chrestomathy.records import Drawn, Edition, Entry, Evidence, Nearest, Passage, Place, Section

if TYPE_CHECKING:
    from jinja2 import Environment

MOST_CONTENTS = 40
"""Headings that a table of contents lists with their inner ones: a page. Chosen by hand."""
OMITTED_CHARS = 160
"""Longest quotation of something that was left out. Chosen by hand."""
RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he ku-arab nqo ps sd syr ug ur yi".split())
"""Languages written from right to left, by BCP 47 tag or its first part."""

_ANCHOR = re.compile(r"p-[\w.-]+", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that HTML forbids; they are printed as the mark of a damaged character."""
_OPENS_WITH_MARK = ("“", "„", "«", '"', "‘", "‹", "「", "『")


Titles = dict[SourceKey, Evidence]
"""Some evidence of each source, by its collection and id."""


class Other(NamedTuple):
    """Another place: one with the same words, or a guess."""

    name: str
    url: str | None
    text: str = ""
    similarity: int | None = None
    """Per cent, of a guess."""


class Difference(NamedTuple):
    """A change or an omission in words."""

    sentence: str
    note: str


class Shown(NamedTuple):
    """A source that the margin names."""

    citation: str
    url: str | None
    source: str
    before: str
    text: str
    after: str


class PassageView(NamedTuple):
    """A passage as the template prints it."""

    entry: Entry
    number: int
    anchor: str
    paragraphs: tuple[tuple[Line, ...], ...]
    harder: tuple[Explanation, ...]
    """Words from B1 upward, for the list under it; empty where none were explained."""
    bare: bool
    """It brings its own marks, or is no one's very words: printed without quotation marks."""
    lang: str | None
    dir: str | None
    claim: dict[str, str]
    citation: str | None
    wording: str
    lead: Lead
    places: tuple[Other, ...]
    meaning: str | None
    standing: tuple[str, ...]
    flags: tuple[str, ...]
    comparison: Comparison | None
    differences: tuple[Difference, ...]
    shown: tuple[Shown, ...]
    also: tuple[Other, ...]
    nearest: tuple[Other, ...]
    by_claim: tuple[Other, ...]
    quoted_in: Drawn | None
    """The document that quotes it, where the edition draws on several."""
    quoted_above: bool
    """The heading that it stands under names that document."""
    theme: str
    """Anchor of the first-level theme that it stands under."""


class SectionView(NamedTuple):
    """A heading and its passages."""

    section: Section
    anchor: str
    tag: str
    theme: str
    passages: tuple[PassageView, ...]
    total: int
    """Passages here and in the themes within it."""


class DateLine(NamedTuple):
    """One row of the list that equals the timeline."""

    date: str
    passages: tuple[PassageView, ...]


class Habit(NamedTuple):
    """What is changed again and again, and the passages that show it."""

    sentence: str
    passages: tuple[PassageView, ...]


class Omitted(NamedTuple):
    """Things left out of one input for one reason."""

    origin: str
    stage: str
    reason: str
    texts: tuple[str, ...]


def render(edition: Edition) -> dict[str, bytes]:
    """Print an edition as ``index.html``."""
    words = WordBook()
    sections = _sections(edition, words)
    passages = [one for section in sections for one in section.passages]
    told = _claimed_dates(passages)
    quoted = _quoting_dates(passages)
    languages, unexplained = languages_of(edition)
    when = quoted if sum(map(bool, told)) * 2 < sum(map(bool, quoted)) else told
    page = render_template(
        "edition.html",
        edition=edition,
        sections=sections,
        contents=_contents(sections),
        themes=[one for one in sections if one.section.heading and one.section.level <= 1],
        several=len(edition.documents) > 1,
        n_passages=len(passages),
        origins=[(_shown_origin(one), safe_url(one)) for one in edition.origins],
        timeline=lay_out(when),
        claimed=when is told,
        dated=_dates(passages, when),
        wordings=_wording_counts(passages),
        meanings=_meanings(passages),
        cited=credits_of(edition.entries),
        habits=_habits(edition, passages),
        omitted=omitted(edition),
        has_differences=any(one.comparison for one in passages),
        word_list=words.listed(),
        word_languages=languages,
        unexplained=unexplained,
        listed_from=LISTED_FROM,
        style=_asset("edition.css"),
        script=_asset("edition.js"),
    )
    return {"index.html": page}


def _habits(edition: Edition, passages: Sequence[PassageView]) -> list[Habit]:
    """Say what is changed throughout, each with its passages in the order of the page."""
    habits = []
    for one in edition.throughout:
        ids = {place.passage for place in one.places}
        shown = tuple(view for view in passages if view.entry.passage.id in ids)
        sentence = throughout_sentence(one)
        habits.append(Habit(f"{sentence[:1].upper()}{sentence[1:]}.", shown))
    return habits


def render_template(template: str, *, style: str, script: str = "", **values: object) -> bytes:
    """Fill a template with its style, its script and the policy that allows just these."""
    policy = content_policy(style, script)
    text = (
        environment()
        .get_template(template)
        .render(style=style, script=script, policy=policy, **values)
    )
    return _CONTROL.sub("\ufffd", text).encode("utf-8", "replace")


def content_policy(style: str, script: str = "") -> str:
    """Return a policy that forbids everything but this very style and script."""
    scripts = f"script-src '{_digest(script)}'; " if script else ""
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; {scripts}"
        "base-uri 'none'; form-action 'none'"
    )


@cache
def environment() -> Environment:
    """Return the templates of this folder, escaping everything."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    made = Environment(
        loader=PackageLoader("chrestomathy.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["date"] = print_date
    made.filters["origin"] = _shown_origin
    made.filters["document"] = document_name
    made.filters["own"] = Markup  # only for the style and the script of this package
    return made


def _asset(name: str) -> str:
    """Read a style or script; its bytes are the digest's, so line ends must stay."""
    from importlib.resources import files

    return (files("chrestomathy.publish") / "templates" / name).read_text("utf-8")


def _digest(text: str) -> str:
    raw = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(raw).decode()}"


class _Whole(NamedTuple):
    """What printing one passage needs to know of the whole edition."""

    edition: Edition
    titles: Titles
    """Some evidence of each source, for a place that has none of its own."""
    noted: frozenset[str]
    """Flags that a note of the page says already."""
    drawn: dict[str | None, Drawn] | None
    """Documents by id; ``None`` where there is only one, which goes without saying."""
    words: WordBook
    """Takes what is explained."""


def _whole(edition: Edition, words: WordBook) -> _Whole:
    drawn: dict[str | None, Drawn] | None = None
    if len({(one.passage.document, one.passage.origin) for one in edition.entries}) > 1:
        drawn = {one.id: one for one in edition.documents}
    return _Whole(edition, titles_of(edition), flags_of_all(edition.entries), drawn, words)


def _sections(edition: Edition, words: WordBook) -> list[SectionView]:
    """Lay out the sections with their anchors, numbers and totals."""
    whole = _whole(edition, words)
    ordered = in_order(edition)
    views: list[SectionView] = []
    anchors: set[str] = set()
    number, theme, chapter = 0, "", ""
    for i, (section, entries) in enumerate(ordered):
        anchor = f"t-{i + 1}"
        if section.level <= 1 or not theme:
            theme, chapter = anchor, section.heading or ""
        printed = []
        for entry in entries:
            number += 1
            own = _anchor(entry.passage.id, anchors)
            anchors.add(own)
            printed.append(_passage(entry, number, whole, theme, own, chapter))
        tag = f"h{min(6, max(2, section.level + 1))}"
        total = _total(ordered[i:])
        views.append(SectionView(section, anchor, tag, theme, tuple(printed), total))
    return views


def _contents(sections: Sequence[SectionView]) -> list[SectionView]:
    """List the headings, or where they are very many only those of the first level."""
    headed = [one for one in sections if one.section.heading]
    if len(headed) <= MOST_CONTENTS:
        return headed
    return [one for one in headed if one.section.level <= 1]


def _total(ordered: Sequence[tuple[Section, tuple[Entry, ...]]]) -> int:
    """Count the passages of the first section and of the themes within it."""
    first, entries = ordered[0]
    total = len(entries)
    for section, inner in ordered[1:]:
        if section.level <= first.level:
            break
        total += len(inner)
    return total


def _passage(
    entry: Entry, number: int, whole: _Whole, theme: str, anchor: str, chapter: str
) -> PassageView:
    passage, verdict = entry.passage, entry.verdict
    quoted_in = _quoted_in(passage, whole)
    lang = passage.language or whole.edition.language
    changes = verdict.changes if verdict else ()
    omissions = verdict.omissions if verdict else ()
    wording = wording_of(entry)
    words = tuple(explained_words(entry))
    return PassageView(
        entry=entry,
        number=number,
        anchor=anchor,
        paragraphs=tuple(lay_out_text(passage.text, words, whole.words)),
        harder=harder_words(words),
        bare=passage.mode == "indirect" or passage.text.startswith(_OPENS_WITH_MARK),
        lang=lang,
        dir=direction(lang),
        claim=claim_parts(passage.attribution),
        citation=cite_claim(passage.attribution),
        wording=wording,
        lead=_lead(entry, whole.edition),
        places=tuple(Other(one.name, safe_url(one.url)) for one in named_places(entry)),
        meaning=meaning_sentence(verdict) if verdict else None,
        standing=tuple(standing_sentences(verdict, passage.attribution, passage.flags)),
        flags=tuple(flag_sentences(_told(entry, whole))),
        comparison=compare(passage, verdict, entry.evidence) if verdict else None,
        differences=(
            *(Difference(_capital(change_sentence(one)), change_note(one)) for one in changes),
            *(Difference(_capital(omission_sentence(one)), "") for one in omissions),
        ),
        shown=tuple(_shown(entry)),
        also=tuple(_also(entry, whole.titles)),
        nearest=tuple(_nearest(entry, whole.titles)),
        by_claim=tuple(_by_claim(entry, whole.titles)),
        quoted_in=quoted_in,
        quoted_above=quoted_in is not None and document_name(quoted_in) == chapter,
        theme=theme,
    )


def _quoted_in(passage: Passage, whole: _Whole) -> Drawn | None:
    """Return what quotes a passage, where the edition draws on several documents."""
    if whole.drawn is None:
        return None
    drawn = whole.drawn.get(passage.document)
    if drawn is not None or not passage.origin:
        return drawn
    return Drawn(id=passage.document or "", origin=passage.origin, date=passage.document_date)


def _told(entry: Entry, whole: _Whole) -> list[str]:
    """Return the flags to print; what the caption or a note says already is left out."""
    said = set(whole.noted)
    if not claim_parts(entry.passage.attribution):
        said.add("no-attribution")
    found = [*entry.passage.flags, *(entry.verdict.flags if entry.verdict else ())]
    return [one for one in dict.fromkeys(found) if one not in said]


def _lead(entry: Entry, edition: Edition) -> Lead:
    lead = verdict_lead(entry, edition.searched)
    return lead._replace(head=_capital(lead.head))


def _shown(entry: Entry) -> Iterator[Shown]:
    """Cite the sources of the parts, each once."""
    if entry.verdict is None:
        return
    seen = set()
    for i, part in enumerate(entry.verdict.parts):
        one = next((e for e in entry.evidence if e.part == i and e.source == part.source), None)
        if one is None:
            continue
        citation = cite_source(one, locus=one.locus)
        if citation not in seen:
            seen.add(citation)
            yield Shown(
                citation, safe_url(one.url), one.source, _line(one.before), one.text,
                _line(one.after),
            )  # fmt: skip


def _also(entry: Entry, titles: Titles) -> Iterator[Other]:
    if entry.verdict is None:
        return
    rest = list(entry.evidence)[len(entry.verdict.parts) :]
    seen = set()
    for place in entry.verdict.also:
        own = next((e for e in rest if _shows(e, place) and e.part == place.part), None)
        if own is not None:
            rest.remove(own)
        other = _other(place.source, own or titles.get((place.collection, place.source)))
        if other not in seen:
            seen.add(other)
            yield other


def _nearest(entry: Entry, titles: Titles) -> Iterator[Other]:
    for place in entry.verdict.nearest if entry.verdict else ():
        own = next((e for e in entry.evidence if _shows(e, place)), None)
        other = _other(place.source, own or titles.get((place.collection, place.source)))
        percent = min(99, int(place.similarity * 100))
        yield other._replace(text=_line(place.text), similarity=percent)


def _by_claim(entry: Entry, titles: Titles) -> Iterator[Other]:
    for one in entry.verdict.by_claim if entry.verdict else ():
        known = titles.get((one.collection, one.source))
        yield Other(offer_words(one), safe_url(known.url) if known else None)


def offered_places(entry: Entry, titles: Titles) -> tuple[tuple[Other, ...], tuple[Other, ...]]:
    """Return the nearest places and the sources that fit the claim, both no more than offers."""
    return tuple(_nearest(entry, titles)), tuple(_by_claim(entry, titles))


def _shows(evidence: Evidence, place: Place | Nearest) -> bool:
    return (evidence.collection, evidence.source) == (place.collection, place.source)


def _other(source: str, evidence: Evidence | None) -> Other:
    if evidence is None:
        return Other(source, None)
    name = name_source(evidence, fallback=source)
    name = f"{name}, {evidence.locus}" if evidence.locus else name
    return Other(name, safe_url(evidence.url))


def titles_of(edition: Edition) -> Titles:
    """Return some evidence of each source, without its locus, for a place that has none."""
    from dataclasses import replace

    found: Titles = {}
    for entry in edition.entries:
        for one in entry.evidence:
            found.setdefault((one.collection, one.source), replace(one, locus=None))
    return found


def _anchor(name: str, taken: set[str]) -> str:
    """Make an anchor that stays the same as long as the passage does."""
    if _ANCHOR.fullmatch(name):
        anchor = name
    else:
        slug = re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip("-")
        plain = slug and slug == name
        anchor = f"p-{slug}" if plain else f"p-{hashlib.sha256(name.encode()).hexdigest()[:12]}"
    while anchor in taken:
        anchor += "-x"
    return anchor


def direction(lang: str | None) -> str | None:
    """Return the direction of a language's script; ``auto`` lets the letters decide."""
    if lang is None:
        return "auto"
    tag = lang.casefold()
    return "rtl" if tag in RIGHT_TO_LEFT or tag.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def _claimed_dates(passages: Sequence[PassageView]) -> list[str]:
    """Return the date that the page claims for each passage, or an empty string."""
    return [one.entry.passage.attribution.date or "" for one in passages]


def _quoting_dates(passages: Sequence[PassageView]) -> list[str]:
    """Return the date of the document that quotes each passage, or an empty string."""
    return [(one.quoted_in.date if one.quoted_in else None) or "" for one in passages]


def _shown_origin(origin: str) -> str:
    """Show an address whole and a file by its name."""
    return origin if safe_url(origin) else file_name(origin)


def _dates(passages: Sequence[PassageView], dates: Sequence[str]) -> list[DateLine]:
    """List dates in order, each with its passages; unreadable ones at the end."""
    by_date: dict[str, list[PassageView]] = {}
    for one, date in zip(passages, dates, strict=True):
        if date:
            by_date.setdefault(date, []).append(one)

    def order(date: str) -> tuple[float, str]:
        years = years_of(date)
        return (years.start if years else float("inf"), date)

    return [DateLine(print_date(date), tuple(by_date[date])) for date in sorted(by_date, key=order)]


def _wording_counts(passages: Sequence[PassageView]) -> list[tuple[str, str, int]]:
    counts = Counter(one.wording for one in passages)
    return [(name, label, counts[name]) for name, label in WORDING_LABELS.items() if counts[name]]


def _meanings(passages: Sequence[PassageView]) -> list[tuple[str, str]]:
    used = {one.wording for one in passages}
    return [(WORDING_LABELS[one], WORDING_MEANINGS[one]) for one in WORDING_LABELS if one in used]


def omitted(edition: Edition) -> list[Omitted]:
    """Group what was left out by input and reason, in order of first appearance.

    What to do about it is said once: headings and introductions share it.
    """
    groups: dict[tuple[str, str, str], list[str]] = {}
    said: dict[str, str] = {}
    for one in edition.left_out:
        reason = f"{_capital(one.reason.strip().rstrip('.'))}."
        first = said.setdefault(one.fix, reason) == reason
        why = f"{reason} {one.fix}" if first else reason
        texts = groups.setdefault((_shown_origin(one.origin), one.stage, why), [])
        if one.text:
            texts.append(_shortened(_line(one.text)))
    return [Omitted(*key, tuple(texts)) for key, texts in groups.items()]


def _shortened(text: str) -> str:
    if len(text) <= OMITTED_CHARS:
        return text
    return text[:OMITTED_CHARS].rpartition(" ")[0] + " …"


def _line(text: str) -> str:
    return " ".join(text.split())


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
