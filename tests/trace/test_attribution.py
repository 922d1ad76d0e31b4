"""Who said it and when: any equal place may agree, and a play's speakers decide."""

from __future__ import annotations

import pytest

from chrestomathy.records import Attribution, Passage, Source, SpeakerSpan
from chrestomathy.settings import TraceSettings
from chrestomathy.trace import trace_one
from chrestomathy.trace.collection import Collection

WORDS = "the ferry waited for the tide all night and nobody paid the miller"
ANSWER = "And the abbot laughed at everyone who came."


@pytest.fixture
def town() -> Collection:
    return Collection.of(
        [
            Source(id="b", text=f"At last {WORDS}.", speaker="Agnes Pell", date="1950-01-02"),
            Source(id="a", text=f"Then {WORDS}.", speaker="John Moss", date="1940"),
        ]
    )


def test_the_claim_does_not_choose_the_place(town: Collection) -> None:
    claim = Attribution(speaker="Agnes Pell", date="1950")
    verdict = trace_one(Passage(id="p", text=WORDS, attribution=claim), collection=town)

    assert [one.source for one in (*verdict.parts, *verdict.also)] == ["a", "b"]
    assert (verdict.attribution.speaker, verdict.attribution.date) == ("agrees", "agrees")


def test_younger_sources_may_be_left_out(town: Collection) -> None:
    passage = Passage(id="p", text=WORDS, document_date="1945-01-01")
    settings = TraceSettings(before_own_date=True)

    assert not trace_one(passage, collection=town, settings=settings).also


@pytest.mark.parametrize(
    ("claimed", "author", "words", "standing"),
    [
        ("Bert", "An Author", WORDS, "differs"),
        ("Bert", "An Author", ANSWER, "agrees"),
        ("An Author", "An Author", WORDS, "agrees"),
        ("Another", "An Author", WORDS, "differs"),
        ("Bert", "Bert", WORDS, "differs"),
    ],
    ids=["another character", "the character", "the author", "nobody", "an interview's answerer"],
)
def test_the_speakers_of_a_play_decide(
    claimed: str, author: str, words: str, standing: str
) -> None:
    text = f"ANNA. {WORDS}.\nBERT. {ANSWER}"
    spans = (SpeakerSpan("Anna", 0, 74), SpeakerSpan("Bert", 74, len(text)))
    play = Collection.of([Source(id="s", text=text, speaker=author, speaker_spans=spans)])
    claim = Attribution(speaker=claimed)
    verdict = trace_one(Passage(id="p", text=words, attribution=claim), collection=play)

    assert verdict.attribution.speaker == standing
