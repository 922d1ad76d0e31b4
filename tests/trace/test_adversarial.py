"""Edits that must never pass: each edited passage is altered, each unedited twin is not.

The passages are sentences of an invented chronicle, the edits generated: numbers, signs,
decimal points, negations, quantifiers, word order, dropped words, doubles from other scripts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from chrestomathy.records import Passage, Source
from chrestomathy.textkit.fold import fold
from chrestomathy.trace import explain, trace_one
from chrestomathy.trace.collection import Collection

PLACES = "Arden Brack Corvale Dunmere Estry Farrow Glint Harrow Isling Jarrow".split()
GOODS = "barley timber salt wool copper linen honey iron candles herring".split()
PEOPLE = "the miller|the bailiff|a widow|the ferryman|every tenant|no stranger|the abbot".split("|")
DEEDS = (
    "paid {n} shillings for {g} at {p}|would not sell {n} barrels of {g} to {p}|"
    "shall carry {g} from {p} before the {o} day|owed {d} pounds and all of the {g} in {p}|"
    "had never seen {n} carts of {g} leave {p} by night|must store {g} below {d} degrees at {p}|"
    "lost {n} of the {m} sacks of {g} that {p} had sent|may keep some of the {g} until {p} asks"
).split("|")
VOUCHED = {"exact", "truncated", "ellipsis"}
EDITS = 1_500
MANY_EDITS = 24_000


def chronicle(seed: int, size: int) -> list[str]:
    rng = random.Random(seed)
    sentences = []
    for year in range(1100, 1100 + size):
        deed = rng.choice(DEEDS).format(
            n=rng.randrange(2, 99),
            m=rng.randrange(100, 999),
            d=f"{rng.randrange(1, 40)}.{rng.randrange(1, 9)}",
            o=rng.choice("third fifth ninth twelfth".split()),
            g=rng.choice(GOODS),
            p=rng.choice(PLACES),
        )
        who, other = rng.choice(PEOPLE), rng.choice(PEOPLE)
        sentences.append(
            f"In {year} {who} {deed}, and {other} wrote it down beside the {year % 7} seals."
        )
    return sentences


def words_of(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"[^\W_]+(?:[.'][^\W_]+)*", text)]


def replaced(text: str, span: tuple[int, int], new: str) -> str:
    return text[: span[0]] + new + text[span[1] :]


def change_number(text: str, rng: random.Random) -> str:
    span = rng.choice([s for s in words_of(text) if text[s[0]].isdigit()])
    return replaced(text, span, str(rng.randrange(1000, 9999)))


def move_point(text: str, rng: random.Random) -> str:
    return re.sub(r"(\d)\.(\d)", r"\1\2", text, count=1)


def add_sign(text: str, rng: random.Random) -> str:
    return re.sub(r" (\d)", rng.choice([r" −\1", r" -\1"]), text, count=1)


def add_negation(text: str, rng: random.Random) -> str:
    at = rng.choice(words_of(text)[2:])[0]
    return text[:at] + rng.choice(["not ", "never ", "no ", "hardly "]) + text[at:]


def drop_negation(text: str, rng: random.Random) -> str:
    return re.sub(r"\b(not|never|no) ", "", text, count=1)


def change_quantifier(text: str, rng: random.Random) -> str:
    return re.sub(r"\b(all|every|some|no)\b", rng.choice(["few", "most", "many"]), text, count=1)


def swap_words(text: str, rng: random.Random) -> str:
    spans = words_of(text)
    k = rng.randrange(len(spans) - 1)
    (a, b), (c, d) = spans[k], spans[k + 1]
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def drop_word(text: str, rng: random.Random) -> str:
    a, b = rng.choice(words_of(text)[1:-1])
    return text[:a] + text[b:].lstrip()


def add_word(text: str, rng: random.Random) -> str:
    at = rng.choice(words_of(text)[1:])[0]
    return text[:at] + rng.choice(["indeed ", "great ", "own ", "the "]) + text[at:]


def use_double(text: str, rng: random.Random) -> str:
    at = rng.choice([m.start() for m in re.finditer("[aeopc]", text)])
    return replaced(text, (at, at + 1), "аеорс"["aeopc".index(text[at])])


def split_word(text: str, rng: random.Random) -> str:
    a, b = rng.choice([s for s in words_of(text) if s[1] - s[0] > 4 and text[s[0]].isalpha()])
    middle = rng.randrange(a + 1, b - 1)
    return text[:middle] + " " + text[middle:]


def change_name(text: str, rng: random.Random) -> str:
    return re.sub("|".join(PLACES), "Quill", text, count=1)


def trade_power(text: str, rng: random.Random) -> str:
    return re.sub(r" (\d+) ", rng.choice([r" \1² ", r" \1‰ ", r" $\1 ", r" \1½ "]), text, count=1)


def drop_clause(text: str, rng: random.Random) -> str:
    spans = words_of(text)
    first = rng.randrange(1, len(spans) - 7)
    return text[: spans[first][0]] + text[spans[first + rng.randrange(2, 6)][0] :]


def move_word(text: str, rng: random.Random) -> str:
    a, b = rng.choice(words_of(text)[2:-2])
    word, rest = text[a:b], text[:a] + text[b:].lstrip()
    at = rng.choice(words_of(rest)[1:])[0]
    return f"{rest[:at]}{word} {rest[at:]}"


def contract(text: str, rng: random.Random) -> str:
    return re.sub(r"\b(would|must) not\b|\b(would|must)\b", r"\1\2n't", text, count=1)


Edit = Callable[[re.Match[str]], str]


def first(pattern: str, edit: str | Edit) -> Callable[[str, random.Random], str]:
    """Return an operation that edits the first place where a pattern fits."""

    def operation(text: str, rng: random.Random) -> str:
        return re.sub(pattern, edit, text, count=1)

    return operation


def pick(options: str) -> Callable[[re.Match[str], random.Random], str]:
    """Return a choice of another word than the one that stands there."""
    words = options.split()

    def choose(m: re.Match[str], rng: random.Random) -> str:
        return rng.choice([word for word in words if word != m[0]])

    return choose


def other(pattern: str, options: str) -> Callable[[str, random.Random], str]:
    """Return an operation that puts another of the options for the first that stands there."""
    choose = pick(options)

    def operation(text: str, rng: random.Random) -> str:
        return re.sub(pattern, lambda m: choose(m, rng), text, count=1)

    return operation


def swap_names(text: str, rng: random.Random) -> str:
    return re.sub(rf"({ANY_PLACE})(.*?)({ANY_PLACE})", r"\3\2\1", text, count=1)


def move_negation(text: str, rng: random.Random) -> str:
    m = re.search(r" (not|never)\b", text)
    if m is None:
        return text
    rest = text[: m.start()] + text[m.end() :]
    at = rng.choice([b for a, b in words_of(rest)[2:-1] if abs(b - m.start()) > 4])
    return rest[:at] + m[0] + rest[at:]


def swap_clauses(text: str, rng: random.Random) -> str:
    return re.sub(r"(.*), and (.*?)([.] In|[.]$)", r"\2, and \1\3", text, count=1)


def repeat_word(text: str, rng: random.Random) -> str:
    a, b = rng.choice(words_of(text))
    return f"{text[:b]} {text[a:]}"


def replace_first_word(text: str, rng: random.Random) -> str:
    return re.sub(r"^\w+", rng.choice(["By", "After", "Until"]), text)


def replace_last_word(text: str, rng: random.Random) -> str:
    return re.sub(r"\w+(?=\W*$)", rng.choice(["ledgers", "bells"]), text)


def tense(text: str, rng: random.Random) -> str:
    return re.sub(r"\b(paid|lost|owed|wrote)\b", r"has \1", text, count=1)


ANY_PLACE = "|".join(PLACES)
ORDINALS = "third fifth ninth twelfth"
change_ordinal = other(r"\b(?:third|fifth|ninth|twelfth)\b", ORDINALS)
change_unit = other(r"\b(?:shillings|pounds|degrees)\b", "shillings pounds pence degrees dollars")
change_currency = first(r"(\d+) shillings", r"€\1")
change_modal = other(r"\b(?:would|shall|must|may)\b(?! not)", "would shall must may can might")
change_direction = other(r"\b(?:from|to|below|before|until|beside)\b", "from to above after under")
change_pronoun = first(r"\bit\b", "them")
make_numeral_roman = first(r"\b(\d) seals", lambda m: "nulla i ii iii iv v vi".split()[int(m[1])])
make_fraction = first(r"\b(\d+)(?= (?:shillings|barrels|carts))", r"\1/2")
change_decade = first(r"In (\d{3})\d", r"In the \g<1>0s")
extend_number = first(r" (\d+) ", r" \g<1>0 ")
part_number = first(r" (\d\d)(\d\d?)\b", r" \1,\2")
Operation = Callable[[str, random.Random], str]
NUMBERS_AND_NEGATIONS: list[Operation] = [
    change_number,
    move_point,
    add_sign,
    change_ordinal,
    change_unit,
    make_fraction,
    extend_number,
    part_number,
    add_negation,
    drop_negation,
    move_negation,
    change_name,
    swap_names,
    change_modal,
]
"""Edits that must also be reported with ``meaning``."""
OPERATIONS: list[Operation] = [
    change_number,
    move_point,
    add_sign,
    add_negation,
    drop_negation,
    change_quantifier,
    swap_words,
    drop_word,
    add_word,
    use_double,
    split_word,
    change_name,
    trade_power,
    drop_clause,
    move_word,
    contract,
    change_ordinal,
    change_unit,
    change_currency,
    change_modal,
    change_direction,
    change_pronoun,
    make_numeral_roman,
    make_fraction,
    change_decade,
    extend_number,
    part_number,
    swap_names,
    move_negation,
    swap_clauses,
    repeat_word,
    replace_first_word,
    replace_last_word,
    tense,
]


def name_of(operation: Operation) -> str:
    """Return the name under which an operation stands in this module."""
    return next(name for name, one in globals().items() if one is operation)


def upper(text: str, rng: random.Random) -> str:
    return text.upper()


def title(text: str, rng: random.Random) -> str:
    return text.title()


def drop_commas(text: str, rng: random.Random) -> str:
    return text.replace(", ", " ")


def add_commas(text: str, rng: random.Random) -> str:
    return re.sub(r"(?<=[a-z]) (?=[a-z])", lambda _: rng.choice([" ", " ", ", ", "; "]), text)


def break_lines(text: str, rng: random.Random) -> str:
    return re.sub(" ", lambda _: rng.choice([" ", "  ", "\n", "\u00a0"]), text)


def hyphenate(text: str, rng: random.Random) -> str:
    return re.sub(r"\b([a-z]{3})([a-z]{4,})", r"\1-\n\2", text, count=1)


def quote(text: str, rng: random.Random) -> str:
    return f"“{text}”"


def old_letters(text: str, rng: random.Random) -> str:
    return re.sub(r"s(?=[a-z])", "ſ", text).replace("fi", "ﬁ")


HARMLESS: list[Operation] = [
    upper,
    title,
    drop_commas,
    add_commas,
    break_lines,
    hyphenate,
    quote,
    old_letters,
]
"""Edits that folding takes away: the passage stays exact."""


@pytest.fixture(scope="module")
def sentences() -> list[str]:
    return chronicle(seed=3, size=700)


@pytest.fixture(scope="module")
def collection(sentences: list[str]) -> Collection:
    half = len(sentences) // 2
    texts = [" ".join(sentences[:half]), "\n".join(sentences[half:])]
    return Collection.of(Source(id=str(n), text=text) for n, text in enumerate(texts))


@pytest.mark.parametrize("edits", [EDITS, pytest.param(MANY_EDITS, marks=pytest.mark.slow)])
@pytest.mark.parametrize("operation", OPERATIONS, ids=name_of)
def test_no_edit_is_vouched_for(
    operation: Operation, edits: int, sentences: list[str], collection: Collection
) -> None:
    rng = random.Random(f"{name_of(operation)} {edits}")
    made = 0
    while made < edits // len(OPERATIONS):
        k = rng.randrange(len(sentences) - 1)
        original = " ".join(sentences[k : k + rng.choice([1, 1, 2])])
        edited = operation(original, rng)
        made += 1
        if fold(edited).words() == fold(original).words():
            continue
        verdict = trace_one(Passage(id="p", text=edited), collection=collection)
        assert verdict.wording not in VOUCHED, (edited, explain(verdict))


@pytest.mark.parametrize("operation", NUMBERS_AND_NEGATIONS, ids=name_of)
def test_what_turns_the_sense_is_reported(
    operation: Operation, sentences: list[str], collection: Collection
) -> None:
    rng = random.Random(name_of(operation))
    for k in rng.sample(range(len(sentences) - 1), 40):
        original = " ".join(sentences[k : k + 2])
        edited = operation(original, rng)
        if fold(edited).words() != fold(original).words():
            verdict = trace_one(Passage(id="p", text=edited), collection=collection)
            assert verdict.meaning_changed, (edited, explain(verdict))


@pytest.mark.parametrize("operation", HARMLESS, ids=name_of)
def test_what_folding_takes_away_stays_exact(
    operation: Operation, sentences: list[str], collection: Collection
) -> None:
    rng = random.Random(name_of(operation))
    for original in rng.sample(sentences, 25):
        passage = Passage(id="p", text=operation(original, rng))
        verdict = trace_one(passage, collection=collection)
        assert verdict.wording == "exact", (passage.text, explain(verdict))


def test_the_unedited_twins_are_vouched_for(sentences: list[str], collection: Collection) -> None:
    rng = random.Random(11)
    for sentence in sentences:
        spans = words_of(sentence)
        first = rng.randrange(0, len(spans) - 8)
        last = rng.randrange(first + 7, len(spans))
        piece = sentence[spans[first][0] : spans[last][1]]
        for passage in (sentence, piece, piece.upper()):
            verdict = trace_one(Passage(id="p", text=passage), collection=collection)
            assert verdict.wording in {"exact", "truncated"}, (passage, explain(verdict))
