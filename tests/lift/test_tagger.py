"""The tagger of reported speech: its parts against slow twins, and what it says of new prose."""

from __future__ import annotations

import math
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
import tagger_twins as twins
from hypothesis import given, settings
from hypothesis import strategies as st

from chrestomathy.errors import InputError
from chrestomathy.lift import lift_document
from chrestomathy.lift.tagger import Model, load_model
from chrestomathy.lift.tagger.features import COLUMNS, TEMPLATES, columns, features
from chrestomathy.lift.tagger.fields import fields_of
from chrestomathy.lift.tagger.linker import Linker, runs_of
from chrestomathy.lift.tagger.model import BATCH, Weights
from chrestomathy.lift.tagger.pieces import labelled, parse_piece, read_labelled
from chrestomathy.lift.tagger.scene import Kind, Run, Scene
from chrestomathy.lift.tagger.tokens import Tokens, tokenize
from chrestomathy.records import Document, Passage, Span
from chrestomathy.settings import LiftSettings

MASK = (1 << 64) - 1
PROSE = st.lists(
    st.sampled_from(
        """The the minister said says that she he “ ” " , . ? Lund's New York hopes to rebuild it
        2,000 were told U.S. -- and""".split()
    ),
    max_size=40,
).map(" ".join)
ODD = "aZé中1_.-’'–` \n\u2028\ud800“…US"
"""Letters and marks whose neighbours say where a word ends."""


def words_of(text: str) -> Tokens:
    """Cut a text with a blank line between its paragraphs."""
    edges = [0]
    for part in text.split("\n\n"):
        edges.append(edges[-1] + len(part) + 2)
    return tokenize(text, [(a, b - 2) for a, b in pairwise(edges)])


def lifted(text: str) -> list[Passage]:
    """Lift a text in English, reports too."""
    page = Document(
        id="d", origin="-", media_type="text/plain", blocks=(), text=text, language="en"
    )
    return list(lift_document(page, settings=LiftSettings(indirect=True)).passages)


def test_tokens_stand_where_they_say() -> None:
    """Sentences and paragraphs begin where they should."""
    text = "Mr. Lund’s well-known café opened. “Good!”\n\nIt cost $5."
    tokens = words_of(text)
    assert tokens.words == [
        "Mr.", "Lund’s", "well-known", "café", "opened", ".", "“", "Good", "!", "”",
        "It", "cost", "$", "5", ".",
    ]  # fmt: skip
    assert [text[slice(*tokens.span(i, i + 1))] for i in range(len(tokens))] == tokens.words
    assert tokens.bounds.tolist() == [0, 10, 15]
    assert sorted(set(tokens.sentence.tolist())) == [0, 6, 10]
    assert tokens.run(4, 10) == (1, 2)


def test_fields_of_words() -> None:
    """A verb of communication, a person, and a word that nobody knows."""
    said, mayor = fields_of("said"), fields_of("mayor")
    assert said is not None
    assert mayor is not None
    assert (said.verb, mayor.noun) == (32, 18)
    assert fields_of("zzyzxq") is None


def _mix(value: int) -> int:
    value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9 & MASK
    value = (value ^ value >> 27) * 0x94D049BB133111EB & MASK
    return value ^ value >> 31


@given(st.lists(st.text(ODD, max_size=12) | PROSE, max_size=6).map("".join))
@settings(max_examples=200, deadline=None)
def test_words_are_those_of_their_twin(text: str) -> None:
    """The C library cuts words where a regular expression does, and knows equal ones."""
    half = len(text) // 2
    paragraphs = [(0, half), (half, len(text))]
    tokens = tokenize(text, paragraphs)
    assert [*zip(tokens.starts, tokens.ends, strict=True)] == twins.words(text, paragraphs)
    of_type = dict(zip(tokens.types.tolist(), tokens.words, strict=True))
    assert [of_type[one] for one in tokens.types.tolist()] == tokens.words
    assert len(of_type) == len(set(tokens.words)) == len(tokens.kinds)


@given(PROSE, PROSE)
@settings(max_examples=60, deadline=None)
def test_columns_are_those_of_their_twin(one: str, other: str) -> None:
    """The C library fills every column, and rows for what is outside."""
    tokens = words_of(one + "\n\n" + other)
    rows = columns(tokens)
    inside = [i + 4 * (p + 1) for i, p in enumerate(tokens.paragraph.tolist())]
    assert (np.delete(rows, inside, axis=0) == 7).all()
    if len(tokens):
        twin = twins.columns(tokens)
        for name, column in zip(COLUMNS, rows[inside].T, strict=True):
            assert column.tolist() == twin[name].astype(np.uint32).tolist(), name


@given(PROSE, PROSE)
@settings(max_examples=30, deadline=None)
def test_features_are_those_of_their_twin(one: str, other: str) -> None:
    """The C library mixes the values that each template names, neighbours within a paragraph."""
    tokens = words_of(one + "\n\n" + other)
    made = features(tokens)
    if not len(tokens):
        return
    held = {
        name: column.astype(np.uint32).tolist() for name, column in twins.columns(tokens).items()
    }
    paragraph = tokens.paragraph.tolist()
    for i in range(len(tokens)):
        for k, template in enumerate(TEMPLATES):
            value = (k + 1) * 0x9E3779B97F4A7C15 & MASK
            for name, step in template:
                there = i + step
                inside = 0 <= there < len(tokens) and paragraph[there] == paragraph[i]
                value = _mix(value + (held[name][there] if inside else 7) & MASK)
            assert made[i, k] == value >> 32


@given(PROSE.filter(bool), st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_tags_are_the_best_of_all_paths(text: str, seed: int) -> None:
    """Viterbi's path has the score of the best among all."""
    draw = np.random.default_rng(seed)
    tokens = words_of(" ".join(text.split()[:4]))
    made = features(tokens)
    keys = np.unique(draw.choice(made.ravel(), 30))
    weights = draw.integers(-99, 99, (len(keys), 5)).astype(np.int8)
    transitions = draw.normal(size=(5, 5)).astype(np.float32)
    tags = Model(Weights(keys, weights, 0.05, transitions, {})).tag(tokens)
    row = {int(key): weights[i].astype(float) for i, key in enumerate(keys)}
    local = [
        sum((0.05 * row.get(int(one), np.zeros(5)) for one in own), np.zeros(5)) for own in made
    ]

    def score(path: tuple[int, ...]) -> float:
        steps = sum(float(transitions[a, b]) for a, b in pairwise(path))
        return steps + sum(float(local[i][tag]) for i, tag in enumerate(path))

    best = max(score(path) for path in product(range(5), repeat=len(tokens)))
    assert score(tuple(tags.tolist())) == pytest.approx(best, abs=1e-4)


@given(PROSE, PROSE, st.integers(0, 10_000))
@settings(max_examples=100, deadline=None)
def test_links_are_those_of_their_twin(one: str, other: str, seed: int) -> None:
    """The C library weighs the candidates by the features that training spells out."""
    draw = np.random.default_rng(seed)
    tokens = words_of(one + "\n\n" + other)
    if not len(tokens):
        return
    runs = runs_of(draw.choice(5, len(tokens)).repeat(2)[: len(tokens)].astype(np.uint8), tokens)
    kinds: tuple[Kind, ...] = ("source", "cue", "content")
    spelt = [Run(kinds[kind - 1], first, end) for kind, first, end in runs.tolist()]
    scene = Scene(tokens, spelt)
    options: dict[int, tuple[list[Run], list[list[str]]]] = {}
    for i, run in enumerate(spelt):
        if run.kind != "source":
            wanted = "cue" if run.kind == "content" else "source"
            near = scene.candidates(run, [held for held in spelt if held.kind == wanted])
            options[i] = near, [scene.alone(run), *(scene.pair(run, held) for held in near)]
    names = sorted({name for _, held in options.values() for option in held for name in option})
    weights = {name: float(draw.normal()) for name in names if draw.random() < 0.8}
    chosen, shares = Linker(weights).choose(tokens, runs)
    for i, (near, held) in options.items():
        scores = [sum(weights.get(name, 0.0) for name in option) for option in held]
        best = max(range(len(scores)), key=scores.__getitem__)
        total = sum(math.exp(score - scores[best]) for score in scores)
        assert chosen[i] == (spelt.index(near[best - 1]) if best else -1)
        assert shares[i] == pytest.approx(1 / total)


def test_runs_end_with_their_paragraph() -> None:
    """Neighbouring words of one kind are a run; a piece of content may begin behind another."""
    tokens = words_of("one two three four\n\nfive six")
    tags = np.array([4, 3, 4, 3, 3, 0], np.uint8)
    assert runs_of(tags, tokens).tolist() == [[3, 0, 2], [3, 2, 4], [3, 4, 5]]


@pytest.mark.parametrize(
    ("text", "mode", "speaker", "words"),
    [
        (
            (
                "The harbour office opened on Monday. Ingrid Vasquez, the town's engineer, warned that "
                "the old crane would not last another winter."
            ),
            "indirect",
            "Ingrid Vasquez",
            "would not last another winter",
        ),
        (
            "According to the report, the pumps had failed twice before the flood.",
            "indirect",
            "the report",
            "the pumps had failed twice",
        ),
        (
            (
                "Deputy Amara Nwosu told the council that the repairs were “a gift to the next "
                "generation”."
            ),
            "mixed",
            "Amara Nwosu",
            "a gift to the next generation",
        ),
        (
            "“We have waited long enough for this bridge,” said Tomasz Wilk, who owns the bakery.",
            "direct",
            "Tomasz Wilk",
            "We have waited long enough for this bridge,",
        ),
        (
            "The factory will close in May, the company announced.",
            "indirect",
            "the company",
            "The factory will close in May",
        ),
    ],
)
def test_new_prose(text: str, mode: str, speaker: str, words: str) -> None:
    """Sentences of the common shapes, none of them trained on."""
    (passage,) = lifted(text)
    assert passage.mode == mode
    assert speaker in (passage.attribution.speaker or "")
    assert words in passage.text


def test_whom_it_was_told_is_no_part_of_it() -> None:
    """Behind "told reporters" the report begins with its own first word."""
    (passage,) = lifted("Tomas Lind told reporters he still expects the work to begin in May.")
    assert passage.text.startswith("he still expects")


def test_a_long_text_is_tagged_in_parts() -> None:
    """Every paragraph is found, also where one part ends and the next begins."""
    paragraph = "Ingrid Vasquez warned that the old crane would not last another winter."
    n = 2 * BATCH // len(paragraph)
    text = "\n\n".join([paragraph] * n)
    assert len(lifted(text)) == n


def test_nobody_is_reported() -> None:
    """Facts without a source, titles and scare quotes are no reports."""
    text = (
        "The bridge is ninety metres long. It carries two lanes of traffic and a footpath. "
        "Its “temporary” railings were put up in 1971, and the film “The Long Span” was shot there."
    )
    assert lifted(text) == []


def test_pieces_of_one_quotation_are_one_passage() -> None:
    """What goes on behind the speaker belongs to the same report."""
    text = "“The water came at night,” Ruth Amadi said. “Nobody had time to save the boats.”"
    (passage,) = lifted(text)
    assert len(passage.spans) == 2
    assert passage.attribution.speaker == "Ruth Amadi"
    assert passage.flags == ()


def test_pieces_are_parsed() -> None:
    """Labels nest, share numbers, and stand where they were written."""
    text, labels = parse_piece(
        "{S1,2 She} {C1 hoped} {Q1 to stay} and {C2 said} {Q2 {S3 he} {C3 knew} {Q3 why}}."
    )
    assert text == "She hoped to stay and said he knew why."
    assert [text[slice(*one.cue[0])] for one in labels] == ["hoped", "said", "knew"]
    assert labels[0].source == labels[1].source == (Span(0, 3),)
    outer = labelled(text, labels)
    assert [text[slice(*one.cue[0])] for one in outer.labels] == ["hoped", "said"]


@pytest.mark.parametrize("marked", ["{X1 she} says", "{S1 she says", "she} says"])
def test_broken_pieces(tmp_path: Path, marked: str) -> None:
    """A brace that does not fit is named with its file and piece."""
    path = tmp_path / "broken.txt"
    path.write_text(f"=== first | news\n{marked}\n", encoding="utf-8")
    with pytest.raises(InputError, match="first"):
        list(read_labelled(path))


@pytest.mark.parametrize(
    "line",
    [
        "[]",
        '{"text": "a"}',
        '{"text": "a", "attributions": [{"content": [[0, 9]]}]}',
        '{"text": "a", "attributions": [{"content": [0]}]}',
        "{",
    ],
)
def test_broken_rows(tmp_path: Path, line: str) -> None:
    """A row that is no labelled text is named with its line."""
    path = tmp_path / "rows.jsonl"
    path.write_text(f'{{"text": "a b", "attributions": []}}\n{line}\n', encoding="utf-8")
    with pytest.raises(InputError, match=r"rows[.]jsonl:2"):
        list(read_labelled(path))


def test_no_texts(tmp_path: Path) -> None:
    """An empty folder and a missing file get a sentence."""
    with pytest.raises(InputError, match="no labelled text"):
        list(read_labelled(tmp_path))
    with pytest.raises(InputError, match="cannot be read"):
        list(read_labelled(tmp_path / "none.jsonl"))


@pytest.mark.parametrize("data", [b"", b"nothing", b"PK\x03\x04broken"])
def test_no_model(tmp_path: Path, data: bytes) -> None:
    """What is no model is refused with its name and what to do."""
    path = tmp_path / "model.npz"
    path.write_bytes(data)
    with pytest.raises(InputError, match="train-lift"):
        load_model(str(path))
    with pytest.raises(InputError, match="cannot be read"):
        load_model(str(tmp_path / "none.npz"))


def test_training_learns_and_repeats_itself(tmp_path: Path) -> None:
    """The same texts give the same bytes, and a model that knows them."""
    training = pytest.importorskip("chrestomathy.lift.tagger.training")
    pytest.importorskip("pycrfsuite", reason="pip install 'chrestomathy[train]'")
    names = ["Ruth Amadi", "The mayor", "Ilse", "The board", "A spokesman", "Professor Wu"]
    cues = ["said", "believes", "announced", "fears"]
    pieces = [
        f"=== p{i}{j} | news\n{{S1 {name}}} {{C1 {cue}}} {{Q1 that the pier would be closed}}. "
        "It rained all day.\n"
        for i, name in enumerate(names)
        for j, cue in enumerate(cues)
    ]
    path = tmp_path / "pieces.txt"
    path.write_text("".join(pieces), encoding="utf-8")
    texts = list(read_labelled(path))
    light = training.Penalties(l1=0.1)
    weights = training.train(texts, light)
    assert training.train(texts, light).to_bytes() == weights.to_bytes()
    model = Model(Weights.of(weights.to_bytes(), name="own"))
    text = "Ilse fears that the pier would be closed. It rained all day."
    (found,) = model.attributions(text, [(0, len(text))])
    assert found.source == Span(0, 4)
    assert [text[slice(*one)] for one in found.content] == ["that the pier would be closed"]
