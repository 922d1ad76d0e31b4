"""Dictionaries for dictd, as FreeDict and Debian have them: ``NAME.index`` and ``NAME.dict[.dz]``.

The index has ``headword TAB offset TAB length`` in base-64 digits. An entry of FreeDict's::

    peace /piːs/ <v>
    Friede <masc>, Frieden <masc> [pol.]
          "peace and quiet"  - Ruhe und Frieden
             Note: state of no war
       Synonyms: {calm}, {quiet}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from chrestomathy.dictionaries.files import encoding_of, read_bytes
from chrestomathy.dictionaries.markup import clean_headword, has_capital, strip_markup
from chrestomathy.dictionaries.translations import Translation, supported, weighed
from chrestomathy.errors import InputError
from chrestomathy.grade.glosses.store import Dictionary, Entry
from chrestomathy.textkit.languages import name_of

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
LANGUAGES = {
    "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "rus": "ru", "ita": "it",
    "por": "pt", "nld": "nl", "swe": "sv", "dan": "da", "nor": "no", "fin": "fi", "pol": "pl",
    "ces": "cs", "hun": "hu", "tur": "tr", "ara": "ar", "hin": "hi", "jpn": "ja", "zho": "zh",
    "kor": "ko", "ell": "el", "lat": "la", "eng": "en", "ukr": "uk", "bul": "bg", "hrv": "hr",
}  # fmt: skip
"""Three-letter codes in file names → tags."""
TAGS = {
    "masc": "NOUN", "fem": "NOUN", "neut": "NOUN", "pl": "NOUN", "n": "NOUN", "m": "NOUN",
    "f": "NOUN", "v": "VERB", "trans": "VERB", "intr": "VERB", "refl": "VERB", "adj": "ADJ",
    "adv": "ADV", "prep": "X", "conj": "X", "pron": "X", "int": "X", "art": "X", "num": "X",
}  # fmt: skip
DIGIT_VALUES = {digit: value for value, digit in enumerate(DIGITS)}

_ANGLE = re.compile(r"<([a-z, .]{0,30})>")
_LABEL = re.compile(r"\[([^\[\]]{0,60})\]")
_NUMBER = re.compile(r"^\d{1,2}\. ")
_SOUND = re.compile(r"/[^/\n]{1,120}/")
_OLD = re.compile(r"\[(?:obs|veraltet|vulg|slang|poet|selten|humor)", re.IGNORECASE)
_NAMED = re.compile(r"\{([^{}]{1,80})\}")
_COMMA = re.compile(r"[,;] ")
_OBJECTS = re.compile(r"(?: (?:sth|sb|smth|smb|sth/sb|sb/sth|oneself)\.?)+$")
"""What stands for a verb's object in a headword: "borrow sth.", "tell sb. sth."."""
_SHORT_OBJECTS = re.compile(r"^(?:[^\W\d_]{2,4}\.(?:/[^\W\d_]{2,4}\.)* )+")
"""The same before a translation: "etw. ", "jdn./etw. "."""
_SHORT_FORM = re.compile(r"(?<=[>\]])\s?[\w.]{1,6},\s{1,3}/[^/\n]{1,60}/")
"""An abbreviation and how it sounds, after the word: "Türkei <fem> [geogr.] TR,  /tˌiːˈɑː/"."""
_ASIDE = re.compile(r"\([^()]{0,200}\) ?")


def find_pair(path: Path) -> tuple[Path, Path] | None:
    """Return the index and the text of a dictionary, whichever of the two is given."""
    stem = re.sub(r"\.(?:index|dict(?:\.dz)?)$", "", path.name)
    if stem == path.name:
        return None
    index = path.with_name(stem + ".index")
    for ending in (".dict.dz", ".dict"):
        if index.is_file() and (text := path.with_name(stem + ending)).is_file():
            return index, text
    return None


def language_in(name: str) -> str | None:
    """Read the language of the glosses off a file name such as ``freedict-eng-deu``.

    Raises:
        InputError: The headwords are not English by that name.
    """
    pair = re.search(r"(?:^|[-_.])([a-z]{2,3})-([a-z]{2,3})(?:[-_.]|$)", name.lower())
    if not pair:
        return None
    source, target = (LANGUAGES.get(one, one) for one in pair.groups())
    if source != "en":
        raise InputError(
            f"{name} explains words of {name_of(source)}, not English ones",
            fix="Give a dictionary from English, such as freedict-eng-deu.",
        )
    return target


def read_freedict(
    index: Path, text: Path, language: str | None
) -> tuple[Dictionary, Iterator[Entry]]:
    """Read a dictionary for dictd.

    Args:
        index: Its index.
        text: Its text, packed or not.
        language: Of the glosses; read off the file's name where None.

    Raises:
        InputError: A file is damaged, is no text, or does not tell its language.
    """
    name = index.name.removesuffix(".index")
    language = language or language_in(name)
    if language is None:
        raise InputError(
            f"the file name {name} does not tell the language of its glosses",
            fix="Name it with --language, for instance --language de.",
        )
    data = read_bytes(text)
    encoding = encoding_of(data)
    head = data[:4000].decode(encoding, "replace")
    edition = re.search(r"^Edition: (\S+)", head, re.MULTILINE)
    about = Dictionary(
        name=name, kind="freedict", language=language,
        version=edition[1] if edition else "unknown", licence=_licence(head), origin=str(text),
    )  # fmt: skip
    return about, supported(weighed(_iter_translations(index, data, encoding)))


def _licence(head: str) -> str:
    folded = " ".join(head.split())
    if "GNU Affero" in folded:
        return "GPL-3.0 and AGPL-3.0"
    if version := re.search(r"General Public License ver(?:\.|sion) ?(\d)", folded):
        return f"GPL-{version[1]}.0 or later"
    named = re.search(r"(Creative Commons[^.]{0,80}|CC BY[-A-Z0-9. ]{0,20})", folded)
    return named[1].strip() if named else "not told: see the dictionary's own pages"


def _iter_translations(index: Path, data: bytes, encoding: str) -> Iterator[Translation]:
    lines = read_bytes(index).decode(encoding, "replace").splitlines()
    seen = set()
    for number, line in enumerate(lines, 1):
        try:
            headword, offset, length = line.split("\t")[:3]
            start, size = _number(offset), _number(length)
        except (ValueError, KeyError) as error:
            raise _damaged(index, number, "it is no line of an index") from error
        if start + size > len(data):
            raise _damaged(index, number, "it points beyond the end of the text")
        if headword.startswith("00") or (headword, start) in seen:
            continue
        seen.add((headword, start))
        entry = data[start : start + size].decode(encoding, "replace")
        yield from _of_entry(headword, entry)


def _damaged(index: Path, number: int, why: str) -> InputError:
    return InputError(
        f"{index} is damaged: {why}", at=f"line {number}", fix="Get that dictionary anew."
    )


def _number(digits: str) -> int:
    value = 0
    for digit in digits:
        value = value * 64 + DIGIT_VALUES[digit]
    return value


def _of_entry(headword: str, entry: str) -> Iterator[Translation]:
    """Take the translations of one entry, with what it says of their use."""
    head, _, body = entry.partition("\n")
    printed = _SOUND.split(head)[0].strip() or headword
    bare = _ASIDE.sub("", _ANGLE.sub("", printed)).split(" (")[0].strip()
    word = _OBJECTS.sub("", clean_headword(bare))
    if not word or word.endswith(("!", "?")):
        return
    lines = body.split("\n") if body.strip() else [head.removeprefix(headword)]
    clues = _clues(lines)
    capital = has_capital(bare)
    usage = " ".join(line.split('" ', 1)[1] for line in lines if '" ' in line)
    tags = _tags(head)
    for line in lines:
        if not line.strip() or line.startswith(("  ", " see:", "   Syn")):
            continue
        line = _SHORT_FORM.sub("", line)
        rest = tags or _tags(line)
        marked = len(_LABEL.findall(line)) + 2 * bool(_OLD.search(line))
        line = _ANGLE.sub(lambda m: m[0].replace(",", "."), line)  # "<v, intr>" is one mark
        for rank, part in enumerate(_COMMA.split(_NUMBER.sub("", line.strip()))):
            gloss = strip_markup(_LABEL.sub("", _ANGLE.sub("", part)))
            gloss = _SHORT_OBJECTS.sub("", _ASIDE.sub("", gloss).strip()).strip()
            yield Translation(word, gloss, _tags(part) or rest, rank, marked, clues, usage, capital)
            usage = ""


def _tags(text: str) -> str:
    for inside in _ANGLE.findall(text):
        for one in re.split(r"[, .]+", inside):
            if tag := TAGS.get(one):
                return tag
    return ""


def _clues(lines: list[str]) -> str:
    """Gather synonyms, then notes and English examples."""
    synonyms, notes = [], []
    for line in lines:
        bare = line.strip()
        if bare.startswith("Synonym"):
            synonyms += _NAMED.findall(bare)
        elif bare.startswith("Note:"):
            notes.append(bare.removeprefix("Note:"))
        elif bare.startswith('"'):
            notes.append(bare.split('"')[1])
    return " | ".join((", ".join(synonyms), strip_markup(" ".join(notes))[:300])).lower()
