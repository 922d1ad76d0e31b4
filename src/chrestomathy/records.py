"""Every record that crosses a stage: frozen, each field explained.

The flow is ``bytes → Document → Passage → Verdict, Grading → Edition``; a `Source` is what a
passage is held against, a `LeftOut` is what a stage could not pass on, with the reason. What
a page *claims* (`Attribution`) and what the sources *show* (`Verdict`) never share a field.

Offsets are Unicode code points, half-open: ``text[start:end]``. ``None`` means unknown, an
empty tuple means "looked, found none". The wire format of these records is ``codec.py``'s
business; their fields are the contract that scripts depend on and change only by addition.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Level = Literal["A1", "A2", "B1", "B2", "C1", "C2"]
"""A level of the Common European Framework of Reference for Languages."""

BlockKind = Literal[
    "heading",
    "paragraph",
    "quote",
    "item",
    "speech",
    "line",
    "table",
    "note",
    "attribution",
]
"""What a block of a document is; ``speech`` is a speaker's turn, ``line`` a line of verse."""

Mode = Literal["passage", "direct", "mixed", "indirect"]
"""How words are given: set apart, within marks, partly within marks, reported."""

Kind = Literal[
    "speech",
    "letter",
    "message",
    "report",
    "instruction",
    "interview",
    "statement",
    "article",
    "book",
    "poem",
    "play",
    "scripture",
    "proverb",
    "post",
    "law",
    "other",
]
"""What sort of thing the words are said to come from."""

PassageFlag = Literal[
    "no-attribution",
    "attribution-shared",
    "breaks-template",
    "unclosed-mark",
    "pronoun-resolved",
    "pronoun-unresolved",
    "heading-like",
    "text-damaged",
    "title-repeated",
    "role-only",
    "single-source-page",
    "date-doubtful",
    "scare-quote",
]
"""An oddity of a passage that its reader should know of."""

Wording = Literal["exact", "altered", "truncated", "ellipsis", "spliced", "not_found", "undecided"]
"""How a passage's words compare with the sources'; never whether they are true."""

Standing = Literal["agrees", "differs", "unknown"]
"""How one claim of an attribution compares with what the sources show."""

ChangeKind = Literal[
    "number",
    "negation",
    "name",
    "modal",
    "quantifier",
    "direction",
    "word",
    "spelling",
    "scan",
    "order",
]
"""What sort of change a change is; the first six may change the meaning."""

ChangeOp = Literal["replace", "delete", "insert"]
"""From source to passage: ``delete`` is a source word that the passage lacks."""

Fit = Literal["date", "speaker", "occasion", "day-named"]
"""What of a claim fits a source: ``day-named`` where its text begins with the claimed day."""

Choice = Literal["accept", "reject", "comment"]
"""What an editor may decide on a finding."""

Subject = Literal["words", "spelling", "speaker", "date"]
"""What is changed throughout: quoted words, their spelling, or what the page claims of them."""


class Span(NamedTuple):
    """Half-open range of Unicode code points in one text: ``text[start:end]``."""

    start: int
    end: int


class Lines(NamedTuple):
    """Where something stands in a file: lines and columns from 1, the last column excluded."""

    line: int
    column: int
    end_line: int
    end_column: int


class Locus(NamedTuple):
    """A citable place of a source, such as a verse, and the stretch that it names."""

    ref: str
    start: int
    end: int


class SpeakerSpan(NamedTuple):
    """The stretch of a source that one of its several speakers says."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One heading, paragraph, quotation, item… of a document, in reading order."""

    kind: BlockKind
    level: int | None = None
    """Of a heading, 1 to 6; of a quote or an item, its depth of nesting from 1."""
    start: int
    end: int
    cite: str | None = None
    """Address that the page's markup gives as the source of the quotation: a claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One page, speech or draft as it was read: made by READ."""

    id: str
    """Digest of the bytes; a bare record keeps its own."""
    origin: str
    """Path or address as given; ``-`` for standard input."""
    media_type: str
    title: str | None = None
    language: str | None = None
    """BCP 47 tag, as declared or as recognised."""
    author: str | None = None
    date: str | None = None
    """EDTF."""
    text: str
    """The one text that every offset points into."""
    blocks: tuple[Block, ...]
    url: str | None = None
    """The address that it calls its own, which a saved page's origin does not tell."""
    rights: str | None = None
    """Licence or public domain, in its own words."""
    notes: tuple[str, ...] = ()
    """What reading decided or repaired: encoding, mojibake, which extractor."""
    loci: tuple[Locus, ...] = ()
    """Citable places that the file itself marks: pages, verses, times."""
    speaker_spans: tuple[SpeakerSpan, ...] = ()
    """Who says which stretch, where the file itself marks it."""
    hyphens: tuple[int, ...] = ()
    """Where a hyphen at the end of a printed line was taken out of a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare:
    """A record with little more than words: a document for LIFT, a passage for the rest."""

    id: str
    text: str
    origin: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who the page SAYS spoke, when and where: a claim, never a fact."""

    speaker: str | None = None
    """As printed, never replaced by a guess at who is meant."""
    speaker_span: Span | None = None
    role: str | None = None
    """Office or description beside the name: "Senator", "the painter"."""
    date: str | None = None
    """EDTF; the printed form stays in `raw`."""
    occasion: str | None = None
    """The event at which it was said."""
    topic: str | None = None
    """What it was about, where the page says "a speech on X"."""
    kind: Kind | None = None
    work: str | None = None
    locus: str | None = None
    """Place in the work: page, chapter and verse, act and scene."""
    place: str | None = None
    raw: str | None = None
    """The attribution as printed, separators included."""
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of quoted text lifted from a document: made by LIFT."""

    id: str
    """Digest of the document's id and the spans."""
    document: str | None = None
    """The `Document`'s id."""
    origin: str | None = None
    text: str
    """The words without the marks around them; pieces are joined with one space."""
    spans: tuple[Span, ...] = ()
    mode: Mode = "passage"
    theme: tuple[str, ...] = ()
    """Headings above it, outermost first."""
    attribution: Attribution = Attribution()
    source_key: str | None = None
    """Equal for passages that claim the same source, in whatever words."""
    confidence: float | None = None
    """0 to 1; ``None`` where nobody lifted it."""
    rule: str | None = None
    """Which rule or model made it."""
    flags: tuple[PassageFlag, ...] = ()
    language: str | None = None
    document_date: str | None = None
    """EDTF date of the document that it was lifted from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One text of a collection that passages are held against."""

    id: str
    title: str | None = None
    speaker: str | None = None
    date: str | None = None
    """EDTF."""
    occasion: str | None = None
    language: str | None = None
    text: str
    url: str | None = None
    rights: str | None = None
    loci: tuple[Locus, ...] = ()
    speaker_spans: tuple[SpeakerSpan, ...] = ()
    """Who says which stretch, where a source has several speakers."""
    collection: str | None = None
    """Name of the collection that holds it; set when it is loaded."""
    document: str | None = None
    """Id of the `Document` that it was read from; no passage of that one is matched with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of the passage and the stretch of a source that answers to it."""

    passage: Span
    source: str
    start: int
    end: int
    text: str
    """What stands in the source there."""
    collection: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One difference in words, from source to passage."""

    op: ChangeOp
    part: int
    passage: Span
    source: Span
    passage_text: str
    source_text: str
    kind: ChangeKind
    meaning: bool
    """Number, negation, name, modality, quantity or direction changed."""
    marked: bool = False
    """The page shows it by editorial brackets."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Omission:
    """Source words that the passage leaves out between two of its own."""

    part: int
    """The part that the words come after."""
    source: Span
    marked: bool
    """An ellipsis mark says so."""
    text: str
    meaning: bool
    """They held a negation, a condition or a limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Another place where the same words stand."""

    source: str
    start: int
    end: int
    part: int
    collection: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """A place that shares much with a passage that was not found: a guess."""

    source: str
    start: int
    end: int
    text: str
    similarity: float
    collection: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ByClaim:
    """A source whose date and occasion fit the claim, whatever its words."""

    source: str
    title: str | None
    date: str | None
    occasion: str | None
    collection: str | None = None
    speaker: str | None = None
    language: str | None = None
    by: tuple[Fit, ...] = ()
    """What of the claim fits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attested:
    """How the claims of speaker and date compare with what the sources show."""

    speaker: Standing = "unknown"
    date: Standing = "unknown"
    source_speaker: str | None = None
    source_date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One step of a decision: which rule fired, on what."""

    rule: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What the sources show of one passage: made by TRACE."""

    passage: str
    """The `Passage`'s id."""
    wording: Wording
    meaning_changed: bool = False
    parts: tuple[Part, ...] = ()
    changes: tuple[Change, ...] = ()
    omissions: tuple[Omission, ...] = ()
    also: tuple[Place, ...] = ()
    nearest: tuple[Nearest, ...] = ()
    attribution: Attested = Attested()
    by_claim: tuple[ByClaim, ...] = ()
    similarity: float | None = None
    """1 − word edits ÷ the longer side's words."""
    coverage: float = 0.0
    """Share of the passage's words that are aligned."""
    reasons: tuple[Reason, ...] = ()
    flags: tuple[str, ...] = ()
    rules: str = "1"
    """Version of the rules that judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occurrence:
    """One place of what is changed throughout."""

    passage: str
    """The `Passage`'s id."""
    span: Span | None = None
    """In the passage's `text`; ``None`` for a claim, and empty where words are missing."""
    document_span: Span | None = None
    """In the document's text; ``None`` where the passage is not cut from it in one piece."""
    source: str | None = None
    source_span: Span | None = None
    """In the source's text."""
    collection: str | None = None
    lines: Lines | None = None
    """In the draft's file, where its text is kept as it stands there."""
    locus: str | None = None
    """The citable place in the draft, where its file marks such: a page of a PDF."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Substitution:
    """Source words and what is printed for them, with how often."""

    source_text: str
    passage_text: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InDocument:
    """How often something is changed in one document."""

    origin: str | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Throughout:
    """One substitution that is made again and again: made by TRACE from all verdicts of a run."""

    id: str
    """``t-`` and a digest of what is changed into what."""
    subject: Subject
    kind: ChangeKind | None = None
    """The sort of change; ``None`` for a claim."""
    source_text: str
    """As the sources print it most often; of a spelling, its letters. Empty: it is added."""
    passage_text: str
    """As the page prints it most often. Empty: it is left out."""
    rule: str
    """What the places have in common, in words."""
    meaning: bool = False
    """The sense may be another; a title for a name always counts."""
    count: int
    places: tuple[Occurrence, ...]
    """In the order of the run; at least two."""
    pairs: tuple[Substitution, ...]
    """The different words that it was seen in, the most frequent first."""
    kept: int | None = None
    """Places of the passages where the source's words were left as they are; ``None`` where
    that was not counted."""
    documents: tuple[InDocument, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """How hard a passage is to read, with the doubt: made by GRADE."""

    id: str
    """The `Passage`'s id."""
    level: Level | None
    interval: tuple[Level, Level] | None = None
    """Meant to hold the true level 80 % of the time."""
    probabilities: dict[str, float]
    """By level; empty where there is no level."""
    difficulty: float | None = None
    """One latent scale, 0 (easy) to 1 (hard)."""
    coverage: dict[str, float]
    """Share of running words among the 2000, 3000, 5000 commonest lemmas."""
    reasons: tuple[str, ...] = ()
    model: str | None = None
    words: tuple[GlossedWord, ...] | None = None
    """Every running word explained; None where that was not asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GlossedWord:
    """One running word explained in its place: made by GRADE."""

    span: Span
    lemma: str
    tag: str
    """NOUN, VERB, ADJ, ADV, NAME, or a small word's: DET, PRON, PREP, CONJ, AUX, TO, NUM, INT."""
    level: Level | None = None
    """Where learners meet it; None where no list has it, and for names."""
    name: bool = False
    term: Span | None = None
    """The term of several words that it belongs to ("give up"); the meanings are the term's."""
    term_lemma: str | None = None
    glosses: dict[str, str | None]
    """Meaning by language; None where no dictionary has it."""
    ipa: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What a stage could not pass on: the second output of every stage."""

    stage: Literal["read", "lift", "trace", "grade", "publish"]
    origin: str
    reason: str
    fix: str
    text: str | None = None
    """The words left out, where there are any."""
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A source's own words around one part of a verdict, kept for when it is gone."""

    part: int
    source: str
    title: str | None
    speaker: str | None
    date: str | None
    occasion: str | None
    locus: str | None
    """Citable place of the part's beginning (and end), such as "Ps. 95:10"."""
    url: str | None
    rights: str | None
    before: str
    """Up to 300 characters before the part."""
    text: str
    after: str
    digest: str
    """SHA-256 of the whole source text, in hexadecimal."""
    collection: str | None = None
    """Name of the collection that holds the source: two may use the same id."""
    snapshot: str | None = None
    """SHA-256 of `before`, `text` and `after` put together, in hexadecimal."""
    read: str | None = None
    """The day on which the source was read; a report says it, an edition does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A passage of an edition with all that is known of it."""

    passage: Passage
    verdict: Verdict | None = None
    """``None``: not checked, no sources were given."""
    grading: Grading | None = None
    evidence: tuple[Evidence, ...] = ()
    lines: Lines | None = None
    """Where it stands in the draft's file, where the text is kept as it stands there."""
    locus: str | None = None
    """The citable place in the draft, where its file marks such: a page of a PDF."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading of an edition and the passages under it, by id, in order."""

    heading: str | None
    level: int = 1
    """1 for a theme, 2 for a theme within a theme…"""
    note: str | None = None
    passages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What a collection holds, so that "not found" can say where."""

    name: str
    sources: int
    words: int
    speakers: int
    first_date: str | None
    last_date: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionInfo:
    """What a collection on disk holds."""

    name: str
    sources: int
    words: int
    characters: int
    languages: dict[str, int]
    """Sources of each; ``unknown`` where a source does not say."""
    speakers: dict[str, int]
    """Sources of each, those who speak in a play or a debate included."""
    years: dict[str, int]
    """Sources of each year, in time; ``undated`` last."""
    rights: dict[str, int]
    segments: int
    bytes: int
    """On disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A document that passages of an edition were lifted from."""

    id: str
    origin: str
    title: str | None = None
    author: str | None = None
    date: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consulted:
    """A dictionary that words of an edition were explained from."""

    name: str
    version: str
    licence: str
    language: str | None = None
    """Of its meanings; None where it only tells sounds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """The finished reader, chosen and ordered: what PUBLISH prints."""

    schema: str = "chrestomathy/edition/1"
    id: str
    """Digest of the passages and verdicts."""
    title: str
    subtitle: str | None = None
    language: str | None = None
    origins: tuple[str, ...]
    """The inputs, as given."""
    documents: tuple[Drawn, ...] = ()
    """The documents that its passages were lifted from; `Passage.document` names them."""
    sections: tuple[Section, ...]
    entries: tuple[Entry, ...]
    throughout: tuple[Throughout, ...] = ()
    """What is changed again and again over the whole run, the weightiest first."""
    searched: tuple[Searched, ...] = ()
    dictionaries: tuple[Consulted, ...] = ()
    """What words were explained from; empty where that was not asked for."""
    notes: tuple[str, ...] = ()
    """Observations on the whole page, in sentences."""
    left_out: tuple[LeftOut, ...] = ()
    generator: str
    """Name and version of this program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What an editor decided on one finding; it holds while passage and evidence are the same."""

    finding: str
    """Id of the passage, or of what is changed throughout, when it was decided."""
    decision: Choice
    """``accept``: the words may stand. ``reject``: they must be mended. ``comment``: neither."""
    comment: str | None = None
    decided: str | None = None
    """The day."""
    words: str = ""
    """The beginning of the passage, for whoever reads the file."""
    passage: str
    """Digest of the passage's folded words, or of what is changed throughout."""
    near: str | None = None
    """Digest of what stands around the passage, where its words stand in the draft twice."""
    evidence: str
    """Digest of the source's words, the changes, and how the claims compare."""
    stale: Literal["passage", "evidence"] | None = None
    """What has changed since; the finding is open again."""


RECORDS: dict[str, type] = {
    "document": Document,
    "bare": Bare,
    "passage": Passage,
    "source": Source,
    "verdict": Verdict,
    "throughout": Throughout,
    "grading": Grading,
    "edition": Edition,
    "decision": Decision,
    "leftout": LeftOut,
}
"""The records that are written on their own, by the name `chrestomathy schema` takes."""
