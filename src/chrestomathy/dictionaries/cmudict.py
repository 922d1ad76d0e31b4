"""The Carnegie Mellon Pronouncing Dictionary's file, from ARPAbet to IPA by table.

A line is ``record  R EH1 K ER0 D``; a further sound of the same word is ``record(2)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from chrestomathy.dictionaries.files import read_text
from chrestomathy.dictionaries.markup import clean_headword
from chrestomathy.dictionaries.packages import stress_moved
from chrestomathy.grade.glosses.store import Dictionary, Entry

IPA = {
    "AA": "ɑ", "AE": "æ", "AH": "ʌ", "AO": "ɔ", "AW": "aʊ", "AY": "aɪ", "B": "b", "CH": "tʃ",
    "D": "d", "DH": "ð", "EH": "ɛ", "ER": "ɝ", "EY": "eɪ", "F": "f", "G": "ɡ", "HH": "h",
    "IH": "ɪ", "IY": "i", "JH": "dʒ", "K": "k", "L": "l", "M": "m", "N": "n", "NG": "ŋ",
    "OW": "oʊ", "OY": "ɔɪ", "P": "p", "R": "ɹ", "S": "s", "SH": "ʃ", "T": "t", "TH": "θ",
    "UH": "ʊ", "UW": "u", "V": "v", "W": "w", "Y": "j", "Z": "z", "ZH": "ʒ",
}  # fmt: skip
UNSTRESSED = {"AH": "ə", "ER": "ɚ"}
MARKS = {"1": "ˈ", "2": "ˌ"}
LICENCE = "CMUdict licence (BSD-like, Carnegie Mellon University)"

_LINE = re.compile(r"([A-Za-z'.\-]+)(?:\(\d+\))?\s+((?:[A-Z]{1,2}[012]?\s?)+)(?:#.*)?$")


def is_cmudict(head: str) -> bool:
    """Tell by its beginning whether a text is in this format."""
    lines = [line for line in head.splitlines()[:-1] if line[:1].isalpha()][-5:]
    return bool(lines) and all(map(_to_entry, lines))


def read_cmudict(path: Path) -> tuple[Dictionary, Iterator[Entry]]:
    """Read the file.

    Raises:
        InputError: It is missing or no text.
    """
    text = read_text(path)
    about = Dictionary(
        name="cmudict", kind="cmudict", language=None, version="unknown", licence=LICENCE,
        origin=str(path),
    )  # fmt: skip
    return about, (entry for line in text.splitlines() if (entry := _to_entry(line)))


def _to_entry(line: str) -> Entry | None:
    m = _LINE.match(line) if len(line) < 300 else None
    phones = m[2].split() if m else []
    if not m or any(phone.rstrip("012") not in IPA for phone in phones):
        return None
    return Entry(clean_headword(m[1]), None, stress_moved([ipa_of(phone) for phone in phones]))


def ipa_of(phone: str) -> str:
    """Return the IPA of one ARPAbet phone, with its stress before it.

    Example:
        >>> ipa_of("AO1"), ipa_of("AH0")
        ('ˈɔ', 'ə')
    """
    bare, digit = phone.rstrip("012"), phone[-1]
    if digit == "0" and bare in UNSTRESSED:
        return UNSTRESSED[bare]
    return MARKS.get(digit, "") + IPA[bare]
