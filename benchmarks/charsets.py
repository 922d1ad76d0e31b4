"""How often an encoding is told from the bytes alone, and a language from few words.

Own sentences in 22 languages (`snippets.tsv`), in the encodings that each was written in before
UTF-8; an encoding counts as told where the text comes out exactly. Prints two tables.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from chrestomathy.errors import InputError
from chrestomathy.read.encoding import decode_text
from chrestomathy.textkit.languages import guess_language

SNIPPETS = Path(__file__).with_name("snippets.tsv")
WESTERN = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "fi")
ENCODINGS: dict[str, tuple[str, ...]] = {
    "cp1252": WESTERN,
    "iso8859-15": WESTERN,
    "iso8859-2": ("pl", "cs", "hu", "ro"),
    "cp1250": ("pl", "cs", "hu", "ro"),
    "cp1251": ("ru", "uk"),
    "koi8-r": ("ru",),
    "iso8859-5": ("ru", "uk"),
    "cp1253": ("el",),
    "cp1254": ("tr",),
    "shift_jis": ("ja",),
    "euc-jp": ("ja",),
    "gb18030": ("zh",),
    "big5": ("zh-Hant",),
    "euc-kr": ("ko",),
    "utf-16-le": ("en", "fr", "pl", "ru", "el", "zh", "ja", "ko"),
    "utf-16-be": ("en", "fr", "pl", "ru", "el", "zh", "ja", "ko"),
    "utf-8": (
        *WESTERN,
        "pl",
        "cs",
        "hu",
        "ro",
        "ru",
        "uk",
        "tr",
        "el",
        "zh",
        "ja",
        "ko",
        "zh-Hant",
    ),
}
WIDE = ("zh", "ja", "zh-Hant")
"""Written without spaces: eight words are sixteen characters."""


def snippets() -> dict[str, list[str]]:
    """Read the sentences by language."""
    rows = (line.split("\t") for line in SNIPPETS.read_text(encoding="utf-8").splitlines())
    return {language: sentences for language, *sentences in rows}


def cut(sentence: str, words: int, language: str) -> str:
    """Take the first words of a sentence."""
    return sentence[: 2 * words] if language in WIDE else " ".join(sentence.split()[:words])


def pieces(encoding: str, texts: dict[str, list[str]]) -> Iterator[tuple[str, bytes]]:
    """Yield texts in an encoding: single sentences, pairs, all three; none that is ASCII."""
    for language in ENCODINGS[encoding]:
        one, two, three = texts[language]
        for text in (one, two, three, f"{one} {two}", f"{two} {three}", f"{one}\n{two}\n{three}\n"):
            text = text.replace("’", "'") if encoding.startswith("iso8859") else text
            if text.isascii() and not encoding.startswith("utf-16"):
                continue
            try:
                yield text, text.encode(encoding)
            except UnicodeEncodeError:
                continue


def told_encodings(decode: Callable[[bytes], str]) -> dict[str, tuple[int, int]]:
    """Count by encoding the texts that come out exactly, of how many."""
    texts, counts = snippets(), {}
    for encoding in ENCODINGS:
        rows = list(pieces(encoding, texts))
        counts[encoding] = sum(decode(data) == text for text, data in rows), len(rows)
    return counts


def ours(data: bytes) -> str:
    """Decode as READ does."""
    try:
        return decode_text(data).text
    except InputError:
        return ""


def by_normalizer(data: bytes) -> str:
    """Decode as charset-normalizer does."""
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return data.decode(best.encoding, "replace") if best else ""


def told_languages(guess: Callable[[str], str | None]) -> dict[int, tuple[int, int, int]]:
    """Count by length right, undecided and all."""
    counts = {}
    for words in (4, 8, 20):
        rows = [
            (language.split("-")[0], guess(cut(one, words, language)))
            for language, sentences in snippets().items()
            for one in sentences
        ]
        right = sum(told == language for language, told in rows)
        counts[words] = right, sum(told is None for _, told in rows), len(rows)
    return counts


def main() -> None:
    """Print both tables."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    tables = {"READ": told_encodings(ours), "charset-normalizer": told_encodings(by_normalizer)}
    print("| encoding | texts |", " | ".join(tables), "|\n| --- | --- |", " --- |" * len(tables))
    for encoding in ENCODINGS:
        n = tables["READ"][encoding][1]
        print(
            f"| {encoding} | {n} |",
            " | ".join(f"{t[encoding][0] / n:.2f}" for t in tables.values()),
            "|",
        )
    guessers: dict[str, Callable[[str], str | None]] = {"READ": guess_language}
    try:
        import py3langid
    except ImportError:
        print("\npy3langid is not installed: it is not compared")
    else:
        guessers["py3langid"] = lambda text: str(py3langid.classify(text)[0])
    print(
        "\n| words | " + " | ".join(f"{name} right | wrong" for name in guessers),
        "|\n| --- |",
        " --- |" * 2 * len(guessers),
    )
    found = {name: told_languages(guess) for name, guess in guessers.items()}
    for words in (4, 8, 20):
        cells = [
            f"{r / n:.2f} | {(n - r - u) / n:.2f}" for r, u, n in (t[words] for t in found.values())
        ]
        print(f"| {words} |", " | ".join(cells), "|")


if __name__ == "__main__":
    main()
