"""English WordNet's database folder: ``index.noun``, ``data.noun`` and so on (wndb(5WN))."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from chrestomathy.dictionaries.markup import strip_markup
from chrestomathy.errors import InputError
from chrestomathy.grade.glosses.store import Dictionary, Entry, Sense

PARTS = {"noun": "NOUN", "verb": "VERB", "adj": "ADJ", "adv": "ADV"}
_DIGITS = {"n": 1, "v": 2, "a": 3, "r": 4, "s": 5}
"""Type of a synset → digit of its senses' keys."""
FILES = tuple(f"{kind}.{part}" for part in PARTS for kind in ("index", "data"))
LICENCE = "WordNet licence (Princeton University)"
RANK_COST = 0.35
"""How much less likely each further sense is, where nobody has counted. Chosen by hand."""
COUNTED_COST = 0.15
"""The same for a sense that was met in texts: its count tells already."""
FIELDS = {
    "04": "act", "05": "animal", "06": "artifact", "08": "body", "13": "food", "14": "group",
    "15": "location", "18": "person", "20": "plant", "21": "possession", "28": "time",
}  # fmt: skip
"""WordNet's own domains that are also words of texts."""

_VERSION = re.compile(r"WordNet (\d\.\d)")


def is_wordnet(path: Path) -> bool:
    """Tell whether this folder is a WordNet database."""
    return path.is_dir() and all((path / name).is_file() for name in FILES)


def read_wordnet(path: Path) -> tuple[Dictionary, Iterator[Entry]]:
    """Read a database folder; the entries are read as they are taken.

    Raises:
        InputError: A file is damaged, as the entries are taken.
    """
    with (path / "data.noun").open(encoding="utf-8", errors="replace") as head:
        found = _VERSION.search(head.read(3000))
    about = Dictionary(
        name="wordnet", kind="wordnet", language="en", version=found[1] if found else "unknown",
        licence=LICENCE, origin=str(path),
    )  # fmt: skip
    return about, _iter_entries(path)


def _iter_entries(path: Path) -> Iterator[Entry]:
    counts = _read_counts(path / "cntlist.rev")
    for part, tag in PARTS.items():
        data = (path / f"data.{part}").read_bytes()
        with (path / f"index.{part}").open(encoding="utf-8", errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                if line.startswith(" "):
                    continue
                try:
                    lemma, *fields = line.split()
                    n_synsets = int(fields[1])
                    offsets = [int(one) for one in fields[-n_synsets:]]
                    found = [_synset(data, offset, lemma) for offset in offsets]
                except (ValueError, IndexError) as error:
                    raise InputError(
                        f"{path / f'index.{part}'} is damaged: {error}",
                        at=f"line {number}",
                        fix="Install that WordNet again and add it again.",
                    ) from error
                for rank, one in enumerate(found):
                    count = counts.get(one.key, 0)
                    cost = COUNTED_COST if count else RANK_COST
                    weight = math.log(1 + count) - cost * rank
                    yield Entry(lemma.replace("_", " "), _sense(one, lemma, tag, weight))


class _Synset(NamedTuple):
    """What a line of a data file says of one lemma."""

    words: list[str]
    """The synonyms."""
    gloss: str
    field: str
    is_instance: bool
    """It names a single thing."""
    capital: bool
    """The lemma has a capital in it."""
    key: str
    """The sense's key, by which uses are counted."""


def _synset(data: bytes, offset: int, lemma: str) -> _Synset:
    """Read a synset.

    Raises:
        ValueError: There is no entry at this place.
    """
    end = data.index(b"\n", offset)
    head, _, gloss = data[offset:end].decode("utf-8", "replace").partition(" | ")
    fields = head.split(" ")
    if int(fields[0]) != offset:
        raise ValueError(f"no entry at {offset}")
    forms, numbers = _forms(fields)
    words = [form.split("(")[0].replace("_", " ") for form in forms]
    bare = [word.lower().replace(" ", "_") for word in words]
    at = bare.index(lemma) if lemma in bare else None
    number = numbers[at] if at is not None else 0
    capital = at is not None and words[at] != words[at].lower()
    of = ""
    if fields[2] == "s" and "&" in fields:  # a satellite's key names the adjective at its centre
        centre = data[int(fields[fields.index("&") + 1]) :].partition(b"\n")[0]
        heads, head_numbers = _forms(centre[:400].decode("utf-8", "replace").split(" "))
        of = f"{heads[0].lower()}:{head_numbers[0]:02d}"
    key = f"{lemma}%{_DIGITS[fields[2]]}:{fields[1]}:{number:02d}:{of or ':'}"
    return _Synset(words, gloss.strip(), fields[1], "@i" in fields, capital, key)


def _forms(fields: list[str]) -> tuple[list[str], list[int]]:
    """Read the words of an entry and their numbers within its field."""
    pairs = fields[4 : 4 + 2 * int(fields[3], 16)]
    return pairs[::2], [int(one, 16) for one in pairs[1::2]]


def _sense(one: _Synset, lemma: str, tag: str, weight: float) -> Sense:
    definition, _, examples = one.gloss.partition('"')
    definition = definition.rstrip(" ;,:")
    others = [word for word in one.words if word.lower().replace(" ", "_") != lemma]
    told = f"{FIELDS.get(one.field, '')} {definition} {examples}"
    clues = strip_markup(" | ".join([", ".join(others), told])).lower()
    tag = "NAME" if one.is_instance else tag
    return Sense(strip_markup(definition), tag, round(weight, 3), clues, one.capital)


def _read_counts(path: Path) -> dict[str, int]:
    """Read how often each sense was met in texts, by its key; no such file, no counts.

    The keys are trusted, not the numbers of senses: Debian's numbers are another edition's.
    """
    counts: dict[str, int] = {}
    if not path.is_file():
        return counts
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        fields = line.split()
        if len(fields) == 3 and fields[2].isdigit():
            counts[fields[0]] = int(fields[2])
    return counts
