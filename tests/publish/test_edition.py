"""Entries put together: sections, notes, evidence."""

import hashlib
import re
from dataclasses import fields
from pathlib import Path

import publish_samples as samples

from chrestomathy import codec
from chrestomathy.publish import build_edition, evidence_for, key_of
from chrestomathy.publish.edition import CONTEXT_CHARS, sections_by_theme
from chrestomathy.records import (
    Attested,
    Attribution,
    ByClaim,
    Change,
    Drawn,
    Edition,
    Entry,
    Evidence,
    Grading,
    InDocument,
    LeftOut,
    Nearest,
    Occurrence,
    Omission,
    Part,
    Passage,
    Place,
    Reason,
    Searched,
    Section,
    Source,
    Span,
    SpeakerSpan,
    Substitution,
    Throughout,
    Verdict,
)


def _themed(*themes):
    return [
        samples.entry(samples.passage("Bees hum.", f"p-{i}", theme=theme))
        for i, theme in enumerate(themes)
    ]


def test_sections_come_from_themes_in_order_of_first_appearance():
    entries = _themed(("Sea",), ("Maps", "Lost"), ("Sea",), ("Maps",), ())
    found = [(one.heading, one.level, one.passages) for one in sections_by_theme(entries)]
    assert found == [
        ("Sea", 1, ("p-0", "p-2")),
        ("Maps", 1, ("p-3",)),
        ("Lost", 2, ("p-1",)),
        (None, 1, ("p-4",)),
    ]


def test_heading_that_only_repeats_the_title_is_left_off():
    entries = _themed(("The Sea", "Tides"), ("the sea", "Wrecks"))
    assert [one.heading for one in sections_by_theme(entries, "The Sea")] == ["Tides", "Wrecks"]


def test_page_by_one_titled_speaker_is_noted():
    claim = Attribution(speaker="the Supreme Gardener", date="2013-06-20")
    entries = [
        samples.entry(
            samples.passage(
                "Bees hum.",
                f"p-{i}",
                attribution=claim,
                source_key=f"s-{i % 15}",
                flags=("role-only",),
            )
        )
        for i in range(20)
    ]
    notes = build_edition(entries, title="T", origins=("a",), generator="g").notes
    assert "All 20 passages are by one speaker, the Supreme Gardener." in notes
    assert "15 distinct sources are claimed." in notes
    assert "None was checked: no sources were given." in notes
    assert any(one.startswith("A title is printed where a name could stand") for one in notes)


def test_wordings_are_counted():
    notes = " ".join(samples.edition().notes)
    assert "Of seven passages checked: 1 word for word; 1 with words that differ;" in notes
    assert "One passage was not checked." in notes
    assert "In one passage the date differs" in notes


def test_evidence_keeps_context_cut_at_words():
    words = [f"word{i}" for i in range(200)]
    source = Source(id="s", text=" ".join(words))
    start = source.text.index("word100")
    found = samples.part(source, "word100", "word104")
    one = evidence_for(samples.verdict("exact", parts=(found,)), {(None, "s"): source})[0]
    assert len(one.before) <= CONTEXT_CHARS
    assert len(one.after) <= CONTEXT_CHARS
    assert set(one.before.split()) | set(one.after.split()) <= set(words)
    assert source.text[start - len(one.before) : start] == one.before
    assert one.digest == hashlib.sha256(source.text.encode()).hexdigest()


def test_evidence_names_the_speaker_of_the_stretch_and_the_locus():
    source = Source(
        id="play",
        speaker=None,
        text="To sea! Never.",
        speaker_spans=(SpeakerSpan("First", 0, 7), SpeakerSpan("Second", 8, 14)),
    )
    found = samples.part(source, "Never.")
    assert evidence_for(samples.verdict("exact", parts=(found,)), {(None, "play"): source})[
        0
    ].speaker == ("Second")
    assert samples.ellipsis().evidence[1].locus == "leaf 2:11"


def test_evidence_of_other_places_and_of_guesses_follows():
    assert [(one.part, one.source) for one in samples.exact().evidence] == [
        (0, "harbour/1790"),
        (0, "letters/17"),
    ]
    assert [one.source for one in samples.not_found().evidence] == ["letters/17"]
    lost = samples.verdict("exact", also=(Place(source="gone", start=0, end=1, part=0),))
    assert evidence_for(lost, {}) == ()


def test_edition_survives_its_json():
    edition = samples.edition()
    assert codec.decode(codec.encode_pretty(edition), Edition) == edition


def test_id_comes_from_passages_and_verdicts():
    one, two = samples.edition(samples.exact()), samples.edition(samples.exact(), title="Other")
    assert one.id == two.id != samples.edition(samples.altered()).id


def test_every_field_is_documented():
    page = (Path(__file__).parents[2] / "docs" / "edition.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z_]+)`", page))
    for record in (
        *(Edition, Section, Entry, Passage, Attribution, Verdict, Part, Change, Omission, Place),
        *(Nearest, ByClaim, Attested, Reason, Grading, Evidence, Searched, LeftOut, Drawn),
        *(Throughout, Occurrence, Substitution, InDocument),
    ):
        assert {one.name for one in fields(record)} <= named, record.__name__


def test_of_two_sources_with_one_id_the_right_one_is_shown():
    told = Source(id="a", text="Bees hum in May.", collection="told")
    other = Source(id="a", text="Cows sleep in winter.", collection="other")
    found = Part(passage=Span(0, 8), source="a", start=0, end=8, text="Bees hum", collection="told")
    shown = evidence_for(
        samples.verdict("exact", parts=(found,)), {key_of(one): one for one in (told, other)}
    )
    assert [(one.text, one.collection) for one in shown] == [("Bees hum", "told")]


def test_a_decade_is_named_with_its_article():
    entries = [
        samples.entry(samples.passage("Bees hum.", f"p-{i}", attribution=Attribution(date=date)))
        for i, date in enumerate(("1831-07-04", "198X"))
    ]
    notes = build_edition(entries, title="T", origins=("a",), generator="g").notes
    assert "The claimed dates run from 4 July 1831 to the 1980s." in notes
