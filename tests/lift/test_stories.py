"""What marks hold in a story that nobody says, what is only retold, and dialogue in corpora."""

from __future__ import annotations

import pytest

from chrestomathy.lift import Lifted, lift_document
from chrestomathy.lift.stories import is_announced, is_name
from chrestomathy.read.plain import document_from_text
from chrestomathy.records import Span
from chrestomathy.settings import LiftSettings

BEFORE = """“Is the ferry gone, Anna?” asked Mr. Holt. He looked at the river.

“It left an hour ago,” said Anna. She put down her basket.

"""
AFTER = """

The river went by.

“Who told you that?” asked Mr. Holt, and he laughed.

“Nobody told me!” said Anna, and she turned away.

“Somebody must have told you.”
"""


def lifted(middle: str, *, indirect: bool = False) -> Lifted:
    text = BEFORE + middle + AFTER
    document = document_from_text(text, id="d", origin="story.txt", language="en")
    return lift_document(document, settings=LiftSettings(indirect=indirect))


def texts(middle: str) -> set[str]:
    return {one.text for one in lifted(middle).passages}


@pytest.mark.parametrize(
    ("middle", "words"),
    [
        (
            "She kept the letter, to his “very great surprise and lasting annoyance.” He left.",
            "very great surprise and lasting annoyance.",
        ),
        ("The “walk along the wall” was a joke between them.", "walk along the wall"),
        (
            "Behind it lay a shed, called “the old man’s kingdom.” It rained.",
            "the old man’s kingdom.",
        ),
        (
            "The boat lay at the wall, “on account of the low water.” Nobody spoke.",
            "on account of the low water.",
        ),
    ],
)
def test_phrases_of_the_narrator_are_nobodys_speech(middle: str, words: str) -> None:
    found = lifted(middle)
    assert words not in {one.text for one in found.passages}
    assert any(words in (one.text or "") for one in found.left_out)


@pytest.mark.parametrize(
    ("middle", "words"),
    [
        ("He bent to the child, whispering softly, “Not now.” The child slept.", "Not now."),
        ("She could only answer, “Oh! dear me, no,” before the door shut.", "Oh! dear me, no,"),
        ("Anna began to say “My brother—” but stopped.", "My brother—"),
        ("CHAPTER IV\n“Ferry!”\n\nNo answer came.", "Ferry!"),
        ("Says he, “hush! hush!” and he pointed at the boat.", "hush! hush!"),
        (
            "All she said was that “you may keep the boat until Easter.” He nodded.",
            "you may keep the boat until Easter.",
        ),
    ],
)
def test_short_words_behind_a_verb_of_saying_are_speech(middle: str, words: str) -> None:
    assert words in texts(middle)


RETOLD = "No, he had not written to her; he was never at home before the evening."


def test_words_retold_within_marks_are_indirect_speech() -> None:
    """Third person, past tense, no speaker beside them, within a paragraph of narration."""
    middle = f"The answer did not please her. “{RETOLD}” She shut the window."
    found = lifted(middle)
    assert RETOLD not in {one.text for one in found.passages}
    assert any("retold" in one.reason for one in found.left_out)
    (one,) = [one for one in lifted(middle, indirect=True).passages if one.text == RETOLD]
    assert one.mode == "indirect"


@pytest.mark.parametrize(
    "middle",
    [
        f"“{RETOLD}”",
        f"“{RETOLD}” said Anna.",
        f"“Absurd!” said Anna. “{RETOLD}”",
        "The answer did not please her. “No, I had not written; he was never at home.” She left.",
        "The answer did not please her. “He is never at home, and he had his reasons.” She left.",
    ],
)
def test_turns_in_the_past_tense_are_speech(middle: str) -> None:
    """A turn of its own, with a cue, behind one with a cue, in the first person, in the present."""
    assert len(texts(middle)) > len(texts("The rain went on."))


def test_what_something_is_called_and_what_someone_says() -> None:
    for text, named in (
        ("It was called “the long room” by all", True),
        ("under the title “Ten Years on the River” he", True),
        ("She called “come down at once” twice", False),
    ):
        start = text.index("“")
        assert is_name(text, Span(start + 1, text.index("”")), start) is named
    assert is_announced("He cried out aloud “", 19)
    assert not is_announced("He said that he had seen “", 25)


TOKENISED = """He came down the stairs and called out :
— Come up , Nolan !
Come up , you old thief !
Solemnly he walked to the wall .
— Thanks , old friend , he cried briskly .
That will do , will you stop ?
He looked at the sea and smiled .
— Tell me , Nolan , Peter said quietly .
— Yes , my son ?
— How long is that man going to stay in my house ?
Nolan nodded at the wall : — Until you throw him out .
"""


def test_dialogue_with_dashes_in_a_tokenised_text() -> None:
    """A sentence a line, no paragraphs: turns go on while they speak, and keep their dash."""
    document = document_from_text(TOKENISED, id="d", origin="corpus.txt", language="en")
    found = lift_document(document, settings=LiftSettings()).passages
    spans = [TOKENISED[slice(*span)] for one in found for span in one.spans]
    assert "— Come up , Nolan !\nCome up , you old thief !" in spans
    assert "— Thanks , old friend ," in spans
    assert "That will do , will you stop ?" in spans
    assert "— Until you throw him out ." in spans
    assert not any("Solemnly" in one or "looked" in one for one in spans)


def test_a_dialogue_goes_on_behind_a_comma_where_it_speaks_to_someone() -> None:
    """‘—Look at it, he said, you fool!’ in a text with paragraphs, whose dash is no word of it."""
    text = "\n\n".join(
        (
            "—Look at it, he said, you poor fool!",
            "—I looked, Peter said, turning to the wall.",
            "—And what do you see there? Nolan asked.",
            "—My own face.",
        )
    )
    document = document_from_text(text, id="d", origin="novel.txt", language="en")
    found = [one.text for one in lift_document(document, settings=LiftSettings()).passages]
    assert found[0] == "Look at it, you poor fool!"
    assert found[1] == "I looked,"


def test_numbers_between_dashes_are_no_turns() -> None:
    text = TOKENISED.replace("He came", "— IV — He came", 1)
    document = document_from_text(text, id="d", origin="corpus.txt", language="en")
    found = lift_document(document, settings=LiftSettings()).passages
    assert not any("IV" in one.text for one in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            "Then the tallest of them cried out three times, _Bring him the ladder_; and they ran.",
            "Bring him the ladder",
        ),
        ("He had brought two books, and he said that _The Long Road_ was his own.", None),
        ("He said, _never_, and went on.", None),
        ("The captain said, as he read, _Hope and Glory_.", None),
    ],
)
def test_speech_in_italics(text: str, words: str | None) -> None:
    """Behind a verb of saying, and neither one word nor a title."""
    document = document_from_text(text, id="d", origin="novel.txt", language="en")
    found = lift_document(document, settings=LiftSettings()).passages
    assert [one.text for one in found] == ([words] if words else [])
