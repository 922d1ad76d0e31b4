"""English WordNet's database folder: ``index.noun``, ``data.noun`` and so on (wndb(5WN))."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path

from chrestomathy.dictionaries.markup import strip_markup
from chrestomathy.errors import InputError
from chrestomathy.grade.glosses.store import Dictionary, Entry, Sense

PARTS = {"noun": "NOUN", "verb": "VERB", "adj": "ADJ", "adv": "ADV"}
_KINDS = {"1": "noun", "2": "verb", "3": "adj", "4": "adv", "5": "adj"}
"""Digit of a sense key → part."""
FILES = tuple(f"{kind}.{part}" for part in PARTS for kind in ("index", "data"))
LICENCE = "WordNet licence (Princeton University)"
RANK_COST = 0.35
"""How much less likely each further sense is, where nobody has counted. Chosen by hand."""
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
                    found = [_synset(data, offset) for offset in offsets]
                except (ValueError, IndexError) as error:
                    raise InputError(
                        f"{path / f'index.{part}'} is damaged: {error}",
                        at=f"line {number}",
                        fix="Install that WordNet again and add it again.",
                    ) from error
                for rank, (words, gloss, field, instance) in enumerate(found, 1):
                    weight = math.log(1 + counts.get((lemma, part, rank), 0))
                    yield Entry(
                        lemma.replace("_", " "),
                        _sense(words, gloss, field, lemma, "NAME" if instance else tag,
                               weight - RANK_COST * (rank - 1)),
                    )  # fmt: skip


def _synset(data: bytes, offset: int) -> tuple[list[str], str, str, bool]:
    """Read the synonyms, the gloss, the field, and whether it names a single thing."""
    end = data.index(b"\n", offset)
    head, _, gloss = data[offset:end].decode("utf-8", "replace").partition(" | ")
    fields = head.split(" ")
    if int(fields[0]) != offset:
        raise ValueError(f"no entry at {offset}")
    n_words = int(fields[3], 16)
    words = [fields[4 + 2 * i].split("(")[0].replace("_", " ") for i in range(n_words)]
    return words, gloss.strip(), fields[1], "@i" in fields


def _sense(words: list[str], gloss: str, field: str, lemma: str, tag: str, weight: float) -> Sense:
    definition, _, examples = gloss.partition('; "')
    others = [word for word in words if word.lower().replace(" ", "_") != lemma]
    clues = " | ".join([", ".join(others), f"{FIELDS.get(field, '')} {definition} {examples}"])
    return Sense(strip_markup(definition), tag, round(weight, 3), strip_markup(clues).lower())


def _read_counts(path: Path) -> dict[tuple[str, str, int], int]:
    """Read how often each sense was met in texts; no such file, no counts."""
    counts: dict[tuple[str, str, int], int] = {}
    if not path.is_file():
        return counts
    for line in path.read_text(encoding="utf-8", errors="replace").splitlines():
        fields = line.split()
        if len(fields) == 3 and fields[1].isdigit() and fields[2].isdigit():
            lemma, _, key = fields[0].partition("%")
            counts[lemma, _KINDS.get(key[:1], ""), int(fields[1])] = int(fields[2])
    return counts
