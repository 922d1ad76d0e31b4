"""Marks that a program, a table or a list of works prints: nobody says what they hold.

`"name": "Port Avery"` is data, `$ echo "all is well"` a command, `Holt, Anna. “On Walls”, vol. 3`
a reference. Each rule looks at one line, or at a few characters on either side.
"""

from __future__ import annotations

import re

from chrestomathy.records import Span
from chrestomathy.textkit.marks import Quotation

MAX_HEAD = 120
"""Longest row of authors before a title, in characters; chosen by hand."""
MAX_PROGRAM_LINE = 120
"""Longest lines of a program, on the average, in characters; chosen by hand."""
CODE_SHARE = 0.1
"""Brackets and the like over all characters around a quotation: from here on it is code."""

_CODE = re.compile(r"\w\(|.?[={\[<`]\n?", re.DOTALL)
_BEFORE_CODE = frozenset("(={[<`\n")
"""What such an opening ends with; a look at it is quick."""
_SYMBOLS = re.compile(r"[{}()\[\]=<>_|\\`]")
_KEY = re.compile(r"[\"']\s?:\s?$")
_VALUE = re.compile(r"\s?:\s?(?:[\"\[{]|\d|true\b|false\b|null\b)")
"""What stands before a value and behind a key of a program's data."""
_FIELD = re.compile(r"[\s-]*[a-z_][\w-]*:\s")
"""How a line of settings begins: 'motto: "open when the tide is"'."""
_TIME = re.compile(r"\d{1,2}[.:]\d\d\s+")
"""What stands before a title in a programme of an evening, with nothing behind it."""
_PROMPT = re.compile(r"\s*(?:\$|>>>|PS>|[A-Z]:\\[\w\\]*>|[\w.-]+@[\w.-]+[:~\w/]*[$#])\s")
"""How a line begins that is typed into a computer."""
_PROGRAM_SIGNS = ("{\n", ");", "$ ", "npm ", "import ", "=> ", " = ")
_PROGRAM_SIGN = re.compile("|".join(map(re.escape, _PROGRAM_SIGNS)))
_PROGRAM = re.compile(
    r"[;{}]\s*(?://.*)?$|\)\s*[;{]|^\s*(?:import|from|const|let|var|def|class|function|return|#include|\$|npm|pip"
    r"|echo|sudo|git|curl|print|console)\b.*[(\"'=`/.-]|^\s*(?://|#!|\$\s)"
)
"""How lines of programs end and begin."""
_LEADER = re.compile(r"\.(?:\.{3}|\s(?:\.\s){3})")
_LONG_WORD = re.compile(r"[^\W\d_]{3}")
_ROW = re.compile(
    r"[^\S\n]?(?:\([^()\n]{1,40}\)[^\S\n]?)?"
    r"(?:[–—-][^\S\n]?\d{1,4}(?:[.:,]\d\d)?|\d{1,3}[:.,]\d\d)(?:\s?[€$£]|\s[A-Z]{2,3})?[^\S\n]*(?:\n|\Z)"
)
"""A length, a price or a page that ends the line: “Who Will Row?” – 4:05."""
_AUTHORS = re.compile(
    r"""
    (?:\[?\d{1,3}[\].]\s)?                                      # "[1] "
    (?:(?:[A-ZÀ-ÞА-Я][\w’'-]*+[.,:]*+                           # "A. Holt,"
        |and|und|et|y|e|и|&|al\.|eds?\.|\(\d{4}[a-z]?\)[.,:]?   # "and", "(1998)."
        |[–—-])\s+){1,14}
    """,
    re.VERBOSE,
)
_PUBLISHED = re.compile(
    r"[,.;]?\s?(?:\(?\d{4}\)?[.;]?\s*(?:\n|\Z)"  # ", 1988"
    r"|(?!\()[^()\n]{0,80}?\b(?:vol|no|pp?|eds?|Bd|Nr|Jg|Proc|fasc)\.\s?[\dA-Z]"  # ", J. Eng., vol. 12"
    r"|[^()\n]{0,60}?\d\s?\(\d{1,4}\))"  # " Journal 12 (1998)"
)


def is_listed(text: str, one: Quotation, paragraph: Span) -> bool:
    """Tell whether marks belong to a program, to data, a table or a list of works.

    Args:
        text: The document.
        one: A quotation as `textkit.marks` found it.
        paragraph: Where its paragraph begins and ends.
    """
    start, end = one.start, one.end
    if is_code(text, start, end) or _is_data(text, one) or _is_table(text, one.pieces[0]):
        return True
    if _ROW.match(text, end, paragraph.end):
        return True
    line = text.rfind("\n", paragraph.start, start) + 1 or paragraph.start
    return line < start and (
        _PROMPT.match(text, line, start) is not None
        or (
            one.opener == '"'
            and _FIELD.fullmatch(text, line, start) is not None
            and _FIELD.match(text, paragraph.start) is not None  # no wrapped line of prose
        )
        or (_TIME.fullmatch(text, line, start) is not None and not _behind(text, end))
        or _is_reference(text, one, line, paragraph.end)
    )


def program_signs(text: str) -> list[int]:
    """List where a text has signs of a program: only there `is_program` need be asked."""
    if not any(sign in text for sign in _PROGRAM_SIGNS):
        return []
    return [m.start() for m in _PROGRAM_SIGN.finditer(text)]


def is_program(words: str) -> bool:
    """Tell whether a paragraph is a program or commands: half of its lines end or begin so."""
    held = [line for line in words.splitlines() if line.strip()]
    if len(words) > MAX_PROGRAM_LINE * len(held):
        return False
    return 2 * sum(_PROGRAM.search(line) is not None for line in held) >= len(held)


def is_code(text: str, start: int, end: int) -> bool:
    """Tell whether a quotation stands behind or among the symbols of a program."""
    if text[start - 1 : start] in _BEFORE_CODE and _CODE.fullmatch(text, max(0, start - 2), start):
        return True
    start, end = max(0, start - 20), min(len(text), end + 20, start + 200)
    return len(_SYMBOLS.findall(text, start, end)) > CODE_SHARE * (end - start)


def _behind(text: str, end: int) -> str:
    """Return what follows a quotation on its line."""
    return text[end : end + MAX_HEAD].split("\n", 1)[0].strip()


def _is_data(text: str, one: Quotation) -> bool:
    """Tell whether straight marks hold a key, its value, or a cell between commas."""
    if one.opener != '"' or not one.pieces:
        return False
    if text[one.pieces[0].start] in ",;":
        return True  # an odd mark: '," – ",B2)'
    before, after = text[max(0, one.start - 4) : one.start], text[one.end : one.end + 2]
    if after in (',"', ';"') or before[-2:] in ('",', '";'):
        return True
    if ":" in after and _VALUE.match(text, one.end):
        return True
    return ":" in before and _KEY.search(before) is not None


def _is_table(text: str, words: Span) -> bool:
    """Tell whether marks hold figures or a row of dots: ditto marks in a list."""
    return _LEADER.search(text, *words) is not None and _LONG_WORD.search(text, *words) is None


def _is_reference(text: str, one: Quotation, line: int, end: int) -> bool:
    """Tell whether a line names authors, a title in marks, and where it was printed."""
    if one.start - line > MAX_HEAD or not _AUTHORS.fullmatch(text, line, one.start):
        return False
    return _PUBLISHED.match(text, one.end, end) is not None
