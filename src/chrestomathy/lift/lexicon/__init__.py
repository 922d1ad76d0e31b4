"""The words LIFT knows, by language: tables only, so that a language is data and not code.

``calendar`` holds months, eras and signs of doubt; ``sources`` the nouns of speeches, letters
and events; ``speech`` the verbs and pronouns of reporting. Every table maps a language to its
words; the languages are read together, because pages mix them and hardly a word clashes.
"""

from __future__ import annotations

from collections.abc import Iterable

TOGETHER = 6
"""How many first letters are looked at together before one of them."""


def _class_of(letters: Iterable[str]) -> str:
    """Write letters, in the order of their code points, as a character class with ranges."""
    ranges: list[list[str]] = []
    for letter in letters:
        if ranges and ord(letter) == ord(ranges[-1][1]) + 1:
            ranges[-1][1] = letter
        else:
            ranges.append([letter, letter])
    return "".join(first if first == last else f"{first}-{last}" for first, last in ranges)


CAPITALS = _class_of(letter for letter in map(chr, range(0x41, 0x0557)) if letter.isupper())
"""The capitals of Latin, Greek, Cyrillic and Armenian, for use within a character class."""
UNCASED = "\u0590-\u08ff\u0900-\u109f\u10d0-\u11ff\u1780-\u17b3\uac00-\ud7a3"
"""Letters of scripts that have no capitals, and put spaces between words."""


def words_of(table: str) -> frozenset[str]:
    """Read a table of words parted by white space."""
    return frozenset(table.split())


def by_first(patterns: Iterable[str]) -> str:
    r"""Write alternatives without regard to case, grouped by their first letters: few are tried.

    Their order counts only among those that begin alike.

    Example:
        >>> by_first(["page", "act", r"pp?"])
        '(?=[pa])(?:(?=[p])(?:page|pp?)|(?=[a])(?:act))'
    """
    groups: dict[str, list[str]] = {}
    for one in patterns:
        groups.setdefault(one[0].casefold().replace("ı", "i"), []).append(one)
    firsts = list(groups)
    together = [firsts[i : i + TOGETHER] for i in range(0, len(firsts), TOGETHER)]
    held = {one: f"(?=[{one}])(?:{'|'.join(groups[one])})" for one in firsts}
    return "|".join(
        f"(?=[{''.join(some)}])(?:{'|'.join(held[one] for one in some)})" for some in together
    )
