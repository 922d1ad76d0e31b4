"""Who said it and when: any equal place may agree, and a play's speakers decide."""

from __future__ import annotations

import pytest

from chrestomathy.records import Attribution, Passage, Source, SpeakerSpan
from chrestomathy.settings import TraceSettings
from chrestomathy.trace import trace_one
from chrestomathy.trace.claims import names_agree
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
        ("Bert", "Ann Authry", WORDS, "differs"),
        ("Bert", "Ann Authry", ANSWER, "agrees"),
        ("Ann Authry", "Ann Authry", WORDS, "agrees"),
        ("Another", "Ann Authry", WORDS, "differs"),
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


ZH = "渡口每天都有人过河,船夫说今天的水比昨天高。"
LOST = "Every day people cross at the ferry, and the boatman says the water is higher than before."


def offered(claim: Attribution, *sources: Source, text: str = LOST) -> dict[str, tuple[str, ...]]:
    passage = Passage(id="p", text=text, attribution=claim, language="en")
    verdict = trace_one(passage, collection=Collection.of(list(sources)))
    assert verdict.wording == "not_found"
    return {one.source: one.by for one in verdict.by_claim}


def test_date_and_occasion_fit_in_one_language() -> None:
    claim = Attribution(speaker="the Mayor", date="1931-05-03", occasion="the opening of the ferry")
    right = Source(id="right", text=WORDS, date="1931-05-03", occasion="Opening of the ferry")
    other = Source(id="other", text=WORDS, date="1931-05-03", occasion="A funeral in winter")
    older = Source(id="older", text=WORDS, date="1930", occasion="Opening of the ferry")

    assert offered(claim, right, other, older) == {"right": ("date", "occasion")}


def test_in_another_script_the_same_day_is_enough() -> None:
    """Neither words nor occasion can be compared there, and a name in letters is no other name."""
    claim = Attribution(speaker="the Mayor", date="1931-05-03", occasion="the opening of the ferry")
    same = Source(id="same", text=ZH, date="1931-05-03", speaker="船夫", language="zh")
    year = Source(id="year", text=ZH, date="1931", speaker="船夫", language="zh")
    next_day = Source(id="next", text=ZH, date="1931-05-04", language="zh")

    assert offered(claim, same, year, next_day) == {"same": ("date",)}


@pytest.mark.parametrize(
    ("begins", "is_named"),
    [
        ("1931年5月3日,", True),
        ("本报5月4日电 5月3日下午,", True),
        ("1932年5月3日,", False),
        ("15月3日", False),
        ("5月30日,", False),
        ("Паром. 3 мая 1931 года. ", True),
        ("Паром. 3 мая 1932 года. ", False),
        ("Паром. 13 мая. ", False),
        ("03.05.1931. Паром. ", True),
    ],
)
def test_a_text_in_another_script_may_begin_with_the_day(begins: str, is_named: bool) -> None:
    claim = Attribution(speaker="the Mayor", date="1931-05-03")
    body = "Паромщик говорит, что вода сегодня выше. " * 9 if "Паром" in begins else ZH * 9
    paper = Source(id="paper", text=begins + body)

    assert offered(claim, paper) == ({"paper": ("day-named",)} if is_named else {})


def test_a_day_deep_in_a_text_or_in_an_older_one_is_none() -> None:
    claim = Attribution(date="1931-05-03")
    deep = Source(id="deep", text=ZH * 90 + "1931年5月3日")
    older = Source(id="older", text="5月3日" + ZH, date="1930-01-01")

    assert offered(claim, deep, older) == {}


def test_in_another_language_of_the_same_letters_the_day_is_enough() -> None:
    claim = Attribution(speaker="the Mayor", date="1931-05-03")
    text = "Der Fährmann sagt, das Wasser stehe heute höher als gestern, und niemand lacht. "
    german = Source(id="de", text=f"3. Mai 1931. {text}", language="de")
    named = Source(id="name", text=text, language="de", speaker="Anna Uferbach", date="1931-05-03")

    assert offered(claim, german, named) == {"name": ("date",), "de": ("day-named",)}
    differs = Attribution(speaker="Ann Pell", date="1931-05-03")
    assert offered(differs, named) == {}


@pytest.mark.parametrize(
    ("claimed", "shown", "standing"),
    [
        ("the First Keeper", "Dorothea Quill", "unknown"),
        ("the Lord Keeper of the Seal", "Ann Pell", "unknown"),
        ("the First Keeper's deputy", "Ann Pell", "unknown"),
        ("our captain", "Ann Pell", "unknown"),
        ("the Rev. John Moss", "Ann Pell", "differs"),
        ("the poet Pell", "John Moss", "differs"),
        ("Theodore Moss", "Ann Pell", "differs"),
        ("the poet Ann Pell", "Ann Pell", "agrees"),
    ],
)
def test_whatever_title_is_nobody_in_particular(claimed: str, shown: str, standing: str) -> None:
    assert names_agree(claimed, shown) == standing
