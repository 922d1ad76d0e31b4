"""Who speaks in a story where no name stands beside the words, and what is left alone."""

from __future__ import annotations

import pytest

from chrestomathy.lift import lift_document
from chrestomathy.read.plain import document_from_text
from chrestomathy.records import Passage
from chrestomathy.settings import LiftSettings

OPENING = """"Is the ferry gone, Anna?" asked Mr. Holt. He looked at the river as he spoke.

"It left an hour ago," said Anna. She put down her basket when she saw him.

"""
"""Two speakers, each with a name and a gender that the text shows."""
REST = """

The river went by.

"Who told you that?" asked Mr. Holt, and he laughed.

"Nobody told me!" said Anna, and she turned away. Anna said that she was cold.

"Somebody must have told you."

"""
"""More of the same conversation, so that it is known for a story."""


def lifted(text: str) -> dict[str, Passage]:
    document = document_from_text(text, id="d", origin="story.txt", language="en")
    return {one.text: one for one in lift_document(document, settings=LiftSettings()).passages}


def speaker(text: str, words: str) -> str | None:
    return lifted(text)[words].attribution.speaker


def story(middle: str) -> str:
    return OPENING + middle + REST


def test_turns_are_taken_in_turn() -> None:
    """Two quotations without a cue go to the two who spoke before, and say by which rule."""
    text = story('"Then we must walk by the bridge."\n\n"It is six miles to the bridge!"')
    found = lifted(text)
    first = found["Then we must walk by the bridge."]
    assert (first.attribution.speaker, first.rule) == ("Mr. Holt", "marks+turn")
    assert first.flags == ("attribution-shared",)
    assert found["It is six miles to the bridge!"].attribution.speaker == "Anna"
    named = found["It left an hour ago,"]
    assert first.confidence < named.confidence


def test_narration_between_ends_the_turns() -> None:
    """Behind a paragraph of narration anyone may speak."""
    text = story('The bell rang twice over the water.\n\n"There is somebody on the landing."')
    found = lifted(text)["There is somebody on the landing."]
    assert found.attribution.speaker is None
    assert "no-attribution" in found.flags


def test_turns_against_a_later_name_are_taken_back() -> None:
    """Where a name shows that the turns did not alternate, nobody is named before it."""
    middle = '"Then we must walk."\n\n"I will not walk a mile."\n\n"You shall walk," said Anna.'
    assert speaker(story(middle), "I will not walk a mile.") is None


def test_pronoun_is_the_one_person_of_its_gender() -> None:
    """A "she" is Anna, and keeps its place."""
    text = story('"What now?" said he.\n\n"We could ask the miller for his cart," she said.')
    assert speaker(text, "What now?") == "Mr. Holt"
    found = lifted(text)["We could ask the miller for his cart,"]
    assert found.attribution.speaker == "Anna"
    start, end = found.attribution.speaker_span or (0, 0)
    assert text[start:end] == "she"
    assert "pronoun-resolved" in found.flags
    assert found.rule.endswith("+pronoun")


def test_pronoun_without_a_person_stays_open() -> None:
    """A "they" is nobody in particular."""
    found = lifted(story('"We could ask the miller for his cart," they said.'))
    one = found["We could ask the miller for his cart,"]
    assert one.attribution.speaker is None
    assert "pronoun-unresolved" in one.flags


def test_whoever_is_addressed_does_not_speak() -> None:
    """A vocative speaks against the one whose turn it would be."""
    text = story('"Mr. Holt, you are a stubborn man."')
    assert speaker(text, "Mr. Holt, you are a stubborn man.") != "Mr. Holt"


def test_whoever_is_addressed_answers() -> None:
    """The one who was called by name speaks next."""
    middle = (
        "The bell rang over the water.\n\n"
        '"Tell me, Anna, is the bridge open?"\n\n"It was open in the morning."'
    )
    found = lifted(story(middle))["It was open in the morning."]
    assert (found.attribution.speaker, found.rule) == ("Anna", "marks+addressed")


def test_subject_before_the_words_speaks() -> None:
    """The one person in the narration before a quotation says it."""
    text = story('The bell rang.\n\nAnna smiled. "There is always the other boat."')
    found = lifted(text)["There is always the other boat."]
    assert (found.attribution.speaker, found.rule) == ("Anna", "marks+beside")


def test_two_in_the_narration_are_nobody() -> None:
    """With two persons in the narration neither is taken."""
    text = story('The bell rang.\n\nAnna smiled at Mr. Holt. "There is always the other boat."')
    assert speaker(text, "There is always the other boat.") is None


def test_a_noun_takes_its_turn_without_being_named() -> None:
    """No other quotation could be given to "the miller", which is no name."""
    middle = (
        '"Is the road dry?" asked the miller.\n\n"It is dry as far as the mill," said Anna.\n\n'
        '"Then I shall lend you the cart."'
    )
    assert speaker(story(middle), "Then I shall lend you the cart.") is None


def test_news_has_no_turns() -> None:
    """Without questions and exclamations quotations are left as they were."""
    text = "\n\n".join(
        [
            '"The bridge will open in May," said Anna Holt.',
            '"The cost is four million," said Peter Lind.',
            '"We have waited for this since the flood."',
            '"The council has been informed," said Anna Holt.',
            '"The work is in the hands of two firms," said Peter Lind.',
            '"The river is high," said Anna Holt.',
        ]
    )
    assert speaker(text, "We have waited for this since the flood.") != "Anna Holt"


def test_answer_that_was_somebodys() -> None:
    """An answer that was "Anna's" names the speaker; the mill's last name does not."""
    found = lifted('"I never saw him at the mill," was Anna\'s only answer.\n')
    assert found["I never saw him at the mill,"].attribution.speaker == "Anna"
    other = lifted('"The turning stone of the parish," was the mill\'s last name.\n')
    assert all(one.attribution.speaker is None for one in other.values())


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ('"The road is dry," said the gallant Mr. Holt.', "Mr. Holt"),
        ('"The road is dry," said the poet Holt.', "Holt"),
        ('"The road is dry," said the Cat very slowly.', "the Cat"),
        ('"The road is dry," said the old miller.', "the old miller"),
    ],
)
def test_name_within_a_subject(printed: str, name: str) -> None:
    """A name at the end of a subject is the speaker; a noun keeps its article."""
    (one,) = lifted(printed + "\n").values()
    assert one.attribution.speaker == name


@pytest.mark.parametrize(
    ("printed", "texts"),
    [
        ("Not I (laughing), I never go there.", ["Not I", "I never go there."]),
        ("You, (turning to Anna,) must help me.", ["You", "must help me."]),
        ("Well, (with a sigh,) let us begin.", ["Well", "let us begin."]),
        ("We shall win (loud cheers) this spring.", ["We shall win", "this spring."]),
    ],
)
def test_stage_directions_are_nobodys_words(printed: str, texts: list[str]) -> None:
    """How something is said stands outside the quotation."""
    text = f'"{printed}" said Anna.\n'
    (one,) = lifted(text).values()
    assert [text[a:b].rstrip(",") for a, b in one.spans] == texts


@pytest.mark.parametrize(
    "printed",
    [
        "We sold the mill (including the wheel) last year.",
        "We sold the mill (with a loss of ten pounds) last year.",
        "We sold the mill (meaning her brother's share) last year.",
    ],
)
def test_a_speakers_own_brackets_stay(printed: str) -> None:
    """A parenthesis that says something is said."""
    (one,) = lifted(f'"{printed}" said Anna.\n').values()
    assert one.text == printed


def test_a_phrase_in_a_story_is_nobodys_speech() -> None:
    """A few words in marks in the narration are a mention."""
    text = story('The loft had "the girl of the house" in red on its door.')
    assert "the girl of the house" not in lifted(text)


def test_words_in_brackets_are_no_code() -> None:
    """A whole aside in brackets is speech; an argument of a function is not."""
    found = lifted('She looked up ("The boat is here," thought Anna) and ran.\n')
    assert found["The boat is here,"].attribution.speaker == "Anna"
    assert not lifted('Call print("the boat is here now") and wait for it.\n')


def test_short_words_after_a_verb() -> None:
    """Speech behind its verb needs no comma."""
    found = lifted('Anna turned to the miller and said "Stop it!" and she meant it.\n')
    assert found["Stop it!"].attribution.speaker == "Anna"


def test_a_word_that_stands_alone_is_said() -> None:
    """One or two words are speech where they are a whole paragraph, or a dash breaks in."""
    found = lifted(
        story('"Oh! no"--cried Anna, and ran.\n\nHe turned. "The ferry"\n\nIt was late.')
    )
    assert found["Oh! no"].attribution.speaker == "Anna"
    assert "The ferry" in found  # its last dash was lost
    assert "Emma" not in lifted(story('The book was called "Emma" in those years.'))
