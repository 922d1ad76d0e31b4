"""Invented sources, passages and verdicts, with defaults that a test overrides."""

from __future__ import annotations

from typing import Any

from chrestomathy.publish import build_edition, evidence_for, key_of
from chrestomathy.records import (
    Attested,
    Attribution,
    Change,
    Consulted,
    Edition,
    Entry,
    GlossedWord,
    Grading,
    LeftOut,
    Locus,
    Nearest,
    Omission,
    Part,
    Passage,
    Place,
    Searched,
    Source,
    Span,
    Verdict,
)

HARBOUR = Source(
    id="harbour/1790",
    title="Address to the Harbour Council",
    speaker="Edith Marlowe",
    date="1790-01-08",
    occasion="the opening of the new quay",
    url="https://example.org/harbour",
    text="Friends of the harbour, we shall not tax the fishing boats while one net hangs empty. "
    "If the winter is mild, the quay will stand before the herring return. "
    "No bridge was ever built by those who only measured the river. "
    "The lamp must burn every night, for the sea keeps no holidays, and neither shall we.",
)
LETTER = Source(
    id="letters/17",
    title="Letter to a Young Surveyor",
    speaker="Tobias Wren",
    date="1812",
    text="A map is a promise made to strangers: that the ford is where we say it is. "
    "Draw nothing that you have not walked. Nobody was ever drowned by an honest blank.",
    loci=(Locus("leaf 2:10", 0, 75), Locus("leaf 2:11", 75, 200)),
)
SOURCES = {key_of(one): one for one in (HARBOUR, LETTER)}
SEARCHED = Searched(
    name="harbour",
    sources=249,
    words=48_211,
    speakers=7,
    first_date="1790-01-08",
    last_date="1812",
)


def passage(text: str, name: str = "p-1", **fields: Any) -> Passage:
    """Make a passage of a page."""
    defaults: dict[str, Any] = {
        "origin": "pages/harbour.html",
        "spans": (Span(10, 10 + len(text)),),
        "attribution": Attribution(speaker="Edith Marlowe", date="1790-01-08", kind="speech"),
    }
    return Passage(id=name, text=text, **{**defaults, **fields})


def part(
    source: Source, first: str, last: str | None = None, *, at: tuple[int, int] = (0, 0)
) -> Part:
    """Make the part from the words `first` up to and with the words `last`."""
    start = source.text.index(first)
    tail = last or first
    end = source.text.index(tail, start) + len(tail)
    return Part(
        passage=Span(*at), source=source.id, start=start, end=end, text=source.text[start:end]
    )


def verdict(wording: str, **fields: Any) -> Verdict:
    """Make a verdict on the passage ``p-1``."""
    return Verdict(**{"passage": "p-1", "wording": wording, "coverage": 1.0, **fields})


def entry(one: Passage, judged: Verdict | None = None, **fields: Any) -> Entry:
    """Put a passage and its verdict together, with the evidence."""
    evidence = evidence_for(judged, SOURCES) if judged else ()
    return Entry(**{"passage": one, "verdict": judged, "evidence": evidence, **fields})


def exact() -> Entry:
    """Words that stand in the source, and in another place."""
    text = "the sea keeps no holidays, and neither shall we."
    found = part(HARBOUR, "the sea keeps", "shall we.", at=(0, len(text)))
    return entry(
        passage(text, "p-exact"),
        verdict(
            "exact",
            parts=(found,),
            also=(Place(source="letters/17", start=79, end=100, part=0),),
            attribution=Attested(speaker="agrees", date="agrees"),
        ),
        grading=Grading(
            id="p-exact",
            level="B1",
            interval=("A2", "B2"),
            probabilities={},
            coverage={},
            reasons=("short sentences",),
        ),
    )


def altered() -> Entry:
    """One word replaced and one missing, with another date."""
    text = "Friends of the harbour, we will tax the fishing boats while one net hangs empty."
    here, there = text.index("will"), HARBOUR.text.index("shall")
    return entry(
        passage(text, "p-altered", attribution=Attribution(speaker="E. Marlowe", date="1789")),
        verdict(
            "altered",
            meaning_changed=True,
            parts=(part(HARBOUR, "Friends", "hangs empty.", at=(0, len(text))),),
            changes=(
                Change(
                    op="replace",
                    part=0,
                    passage=Span(here, here + 4),
                    source=Span(there, there + 5),
                    passage_text="will",
                    source_text="shall",
                    kind="modal",
                    meaning=True,
                ),
                Change(
                    op="delete",
                    part=0,
                    passage=Span(here + 5, here + 5),
                    source=Span(there + 6, there + 9),
                    passage_text="",
                    source_text="not",
                    kind="negation",
                    meaning=True,
                ),
            ),
            attribution=Attested(
                speaker="agrees",
                date="differs",
                source_speaker="Edith Marlowe",
                source_date="1790-01-08",
            ),
        ),
    )


def truncated() -> Entry:
    """A sentence that the source begins earlier."""
    text = "The quay will stand before the herring return."
    found = part(HARBOUR, "the quay", "return.", at=(0, len(text)))
    return entry(passage(text, "p-truncated"), verdict("truncated", parts=(found,)))


def ellipsis() -> Entry:
    """Words left out with a mark."""
    text = "A map is a promise made to strangers […]. Draw nothing that you have not walked."
    gap = Span(LETTER.text.index(": that"), LETTER.text.index(" Draw"))
    omitted = LETTER.text[gap.start : gap.end]
    return entry(
        passage(text, "p-ellipsis"),
        verdict(
            "ellipsis",
            parts=(
                part(LETTER, "A map", "strangers", at=(0, text.index(" ["))),
                part(LETTER, "Draw", "walked.", at=(text.index("Draw"), len(text))),
            ),
            omissions=(Omission(part=0, source=gap, marked=True, text=omitted, meaning=False),),
        ),
    )


def spliced() -> Entry:
    """Two places joined."""
    text = "Nobody was ever drowned by an honest blank, no bridge was ever built."
    cut = text.index(", no")
    return entry(
        passage(text, "p-spliced"),
        verdict(
            "spliced",
            parts=(
                part(LETTER, "Nobody", "blank", at=(0, cut)),
                part(HARBOUR, "No bridge was ever built", at=(cut + 2, len(text) - 1)),
            ),
            attribution=Attested(speaker="differs", source_speaker="Tobias Wren"),
        ),
    )


def not_found() -> Entry:
    """Words that no source holds, with a guess."""
    guess = Nearest(source="letters/17", start=0, end=36, text=LETTER.text[:36], similarity=0.41)
    one = passage(
        "The chart is a debt we owe.",
        "p-lost",
        attribution=Attribution(speaker="the Surveyor General", date="1804-05", kind="speech"),
        flags=("role-only",),
    )
    return entry(one, verdict("not_found", nearest=(guess,), coverage=0.0))


def undecided() -> Entry:
    """Words too common to tell."""
    one = passage(
        "the sea, the sea", "p-short", attribution=Attribution(), flags=("no-attribution",)
    )
    return entry(one, verdict("undecided"))


def unchecked() -> Entry:
    """Words in another language, of an old date, that nothing was compared with."""
    return entry(
        passage(
            "Wer eine Brücke baut,\nder schelte nicht den Fluss.",
            "p-de",
            language="de",
            attribution=Attribution(speaker="Anna Uferbach", date="-0439~", kind="poem"),
        )
    )


def explained() -> Entry:
    """A passage of two verses whose words are explained: a name, a term that two lines part."""
    text = "Wren gave\nup the quay"
    said = [
        ("Wren", "wren", "NAME", None, {"en": None, "de": None}, None, "ɹɛn"),
        ("gave", "give", "VERB", "A1", {"en": "stop trying", "de": "aufgeben"}, "give up", "ɡeɪv"),
        ("up", "up", "ADV", "A2", {"en": "stop trying", "de": "aufgeben"}, "give up", "ʌp"),
        ("the", "the", "DET", "A1", {"en": "the one known", "de": "der, die, das"}, None, "ðə"),
        ("quay", "quay", "NOUN", "C1", {"en": "a landing place", "de": None}, None, "kiː"),
    ]
    term = Span(text.index("gave"), text.index("up") + 2)
    words = tuple(
        GlossedWord(
            span=Span(text.index(form), text.index(form) + len(form)), lemma=lemma, tag=tag,
            level=level, name=tag == "NAME", term=term if of else None, term_lemma=of,
            glosses=glosses, ipa=ipa,
        )
        for form, lemma, tag, level, glosses, of, ipa in said
    )  # fmt: skip
    grading = Grading(
        id="p-words", level="A2", probabilities={}, coverage={}, words=words,
    )  # fmt: skip
    return entry(passage(text, "p-words", language="en"), grading=grading)


CONSULTED = tuple(
    Consulted(name=name, version="1.0", licence="CC0", language=language)
    for name, language in (("tiny", "en"), ("tiny-de", "de"))
)


def every_wording() -> list[Entry]:
    """Return an entry of each wording."""
    return [
        exact(),
        altered(),
        truncated(),
        ellipsis(),
        spliced(),
        not_found(),
        undecided(),
        unchecked(),
    ]


def edition(*entries: Entry, **fields: Any) -> Edition:
    """Make an edition; without entries, one of each wording."""
    defaults: dict[str, Any] = {
        "title": "The Harbour Reader",
        "origins": ("pages/harbour.html",),
        "generator": "chrestomathy 0.0.0",
        "searched": (SEARCHED,),
        "language": "en",
        "left_out": (
            LeftOut(
                stage="lift",
                origin="pages/harbour.html",
                reason="Two words are a mention.",
                fix="Ask for shorter ones.",
                text="honest blank",
            ),
        ),
    }
    return build_edition(entries or every_wording(), **{**defaults, **fields})
