"""Which words count as kindred, and that a second version is found by them."""

from __future__ import annotations

from itertools import chain

import pytest

from chrestomathy.records import Passage, Source
from chrestomathy.textkit.fold import fold
from chrestomathy.trace import english, trace_one
from chrestomathy.trace.collection import Collection
from chrestomathy.trace.glossary import kindred


def stem_of(word: str) -> int:
    folded = fold(word)
    return int(kindred(folded.hashes, folded.stems)[0])


@pytest.mark.parametrize(
    "words",
    ["thou you", "saith said", "kine cattle", "crieth cry", "sinned sin", "dieth dead",
     "using use", "preach preacheth", "smote stricken"],
)  # fmt: skip
def test_kindred(words: str) -> None:
    one, other = words.split()
    assert stem_of(one) == stem_of(other)


@pytest.mark.parametrize("words", ["bed bad", "day die", "ask ass", "king kin", "you your"])
def test_not_kindred(words: str) -> None:
    one, other = words.split()
    assert stem_of(one) != stem_of(other)


def test_no_word_is_in_two_groups() -> None:
    words = list(chain.from_iterable(english.KINDRED))
    assert len(words) == len(set(words))


def test_an_older_version_is_found_and_no_word_of_it_vouched_for() -> None:
    old = (
        "He that keepeth the ferry and doth hearken unto the miller, the same shall eat of his "
        "own corn; but whoso smiteth the kine of his brethren, thou shalt shut thy gate unto him. "
        "And when the elders came down from the upper valley, they spake unto the people of the "
        "lower mill, and the women brought forth their children to see the barges pass."
    )
    other = " ".join(f"The clerk of ward {n} wrote down what the river took." for n in range(40))
    held = Collection.of([Source(id="old", text=old), Source(id="other", text=other)])
    new = (
        "Whoever keeps the ferry and listens to the miller will eat of his own grain; but if one "
        "strikes the cattle of his brothers, you will close your gate to him. When elders had come "
        "from the upper valley they spoke to people at the lower mill, and women brought out "
        "children who saw the barges passing."
    )

    verdict = trace_one(Passage(id="new", text=new), collection=held)

    assert verdict.wording == "altered"
    assert [part.source for part in verdict.parts] == ["old"]
    assert "loose" in verdict.flags
