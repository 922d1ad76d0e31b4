"""No regular expression takes more than linear time, on hostile text of the sort it meets.

Each pattern is run in the ways in which the code runs it, on runs of one unit (a letter, a
mark, a space, a name …); four times the text may take eight times as long, not sixteen times.
Short times are noise and are not compared.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from importlib import import_module
from math import inf
from pathlib import Path
from pkgutil import iter_modules
from time import process_time
from typing import NamedTuple

import pytest

import chrestomathy.lift  # noqa: F401 - the name of the function hides the package
import timing
from chrestomathy.lift.lexicon import wiki
from chrestomathy.textkit import marks

pytestmark = timing.timed

PACKAGE = Path(sys.modules["chrestomathy.lift"].__file__ or "").parent
MODULES = [import_module(f"chrestomathy.lift.{one.name}") for one in iter_modules([str(PACKAGE)])]
SHORT, LONG = 250, 2000
"""Characters of the shortest and the longest text."""
NOTICED = 0.003
"""Seconds below which nothing is compared."""
TOO_LONG = 1.0
"""Seconds that no short text may take, whatever a longer one does."""
SEARCHING = {"search", "finditer", "findall", "sub", "split"}
UNITS = [
    *("a", "A", "1", "é", "Д", "年", "一", "的", "р", " ", "\n", "\t", "\x00", "\u00a0", "_", "#"),
    *("“", "«", '"', "'", "(", "[", "{", "|", "=", "-", "—", ":", "*", "%", "<", "§", "。", "「"),
    *("a ", "A ", "1 ", "a. ", "A. ", "a, ", "A, ", "- ", "— ", "\x00 ", "\n\n", "\n- a", "\n> a"),
    *("[[", "]]", "{{", "}}", "{{a|", "<ref", "<!--", "http://", "a”", "’s ", "a’b-", " “a” "),
    *(
        "the ",
        "of ",
        "by ",
        "at ",
        "speech ",
        "letter by ",
        "Ann Lee, ",
        "Mr. ",
        "said ",
        "he said ",
    ),
    *(
        "1900",
        "1900, ",
        "1900-",
        "3 May ",
        "p. 1, ",
        "1:1 ",
        ".. ",
        "年一",
        "का ",
        "Q. ",
        "a：",
        "г. ",
    ),
]
EDGES = [("", ""), ("“", "!\x7f"), ("A ", "\x7f")]
"""What stands before and behind: an opening mark, an end that nothing matches."""


class Slow(NamedTuple):
    how: str
    text: str
    growth: timing.Growth


def patterns() -> Iterator[tuple[str, re.Pattern[str], list[str]]]:
    """List every pattern with the ways in which the code runs it."""
    files = {one.stem: one.read_text(encoding="utf-8") for one in PACKAGE.glob("*.py")}
    everywhere = "\n".join(files.values())
    for module in [*MODULES, wiki, marks]:
        name = module.__name__.split(".")[-1]
        own = files.get(name) or Path(module.__file__ or "").read_text(encoding="utf-8")
        for variable, value in vars(module).items():
            if isinstance(value, re.Pattern):
                source = own if variable.startswith("_") else everywhere + own
                found = re.findall(rf"\b{variable}\s*\.(\w+)\(", source)
                ways = {"finditer" if one in SEARCHING else one for one in found}
                ways &= {"finditer", "match", "fullmatch"}
                yield f"{name}.{variable}", value, sorted(ways or {"fullmatch"})
    style = marks.learn_marks("“a” «b» „c“ ‘d’ \"e\" 'f' 'g' 「h」 ``i''")
    yield "marks.pattern", marks._pattern(style.known), ["finditer"]
    yield "marks.neighbours", marks._neighbours("«"), ["finditer"]


def slow_run(
    pattern: re.Pattern[str], how: str, before: str, unit: str, behind: str
) -> Slow | None:
    """Double a text until its time is noticed, and return the run if it grows too fast."""

    def run(size: int) -> object:
        text = before + unit * (size // len(unit)) + behind
        if how == "finditer":
            return [None for _ in pattern.finditer(text)]
        return getattr(pattern, how)(text)

    size = SHORT
    while size <= LONG:
        begun = process_time()
        run(size)
        first = process_time() - begun
        if first > NOTICED:
            grown = timing.Growth(first, inf) if first > TOO_LONG else timing.growth(run, size)
            fast = grown.times <= timing.MAX_GROWTH
            return None if fast else Slow(how, before + unit, grown)
        size *= 2
    return None


@pytest.mark.parametrize(
    ("pattern", "ways"), [pytest.param(p, ways, id=name) for name, p, ways in patterns()]
)
def test_patterns_take_linear_time(pattern: re.Pattern[str], ways: list[str]) -> None:
    """A pattern's time grows with the text, not with its square."""
    for how in ways:
        for unit in UNITS:
            for before, behind in EDGES:
                assert slow_run(pattern, how, before, unit, behind) is None
