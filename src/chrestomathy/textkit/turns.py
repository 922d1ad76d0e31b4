"""Who says which stretch of a play or a debate: turns that begin with a speaker's name.

Six ways of printing a turn are known (`WAYS`). A text has speakers where one of them is kept
throughout: several turns, names that come again, spread over the text. Prose that has a colon,
a recipe, a list of questions and answers has none. When in doubt there are no speakers: what
is said of a source as a whole then holds for all of it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from chrestomathy.records import SpeakerSpan

MIN_TURNS = 6
"""Fewest turns of a text with speakers; chosen by hand."""
MIN_TURNS_EACH = 2.0
"""Fewest turns per speaker on average: "Note:" and "Example:" come once each."""
MIN_TURNS_EACH_TITLED = 1.4
"""The same where most names have a title: in a general debate each speaks once, and the chair
between any two."""
MIN_SHARE = 0.03
"""Fewest turns as a share of the paragraphs: one scene does not make a novel a play, and a
speech in an assembly has some thirty paragraphs. Chosen by hand."""
MAX_DOUBTED = 0.5
"""Largest share of turns whose name may be a common word."""

_TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sir|Dame|Lord|Lady|The|An?|Senator|Representative|Rev|Gen|Hon|M|Mme|MM|Herr|Frau)"
_BEHIND = r"(?P<behind>(?:[ ]?[(（][^()（）\n]{1,60}[)）]){0,2})"
"""`(Norland) (spoke in French)`, `(laughing)`."""
_UPPER = "A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁ"
_CAPS = rf"[{_UPPER}][{_UPPER}.'’&-]{{0,24}}(?:[ ][{_UPPER}0-9][{_UPPER}0-9.'’&-]{{0,24}}){{0,4}}"
_WIDE = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af·・"
_PARTICLE = "of|de|van|von|der|la|al|bin"
_NAMED = rf"[{_UPPER}][\w.'’-]{{0,24}}(?:[ ](?:[{_UPPER}][\w.'’-]{{0,24}}|{_PARTICLE})){{0,5}}"

WAYS: Mapping[str, re.Pattern[str]] = {
    "bold": re.compile(
        rf"^[ \t]*\*\*(?P<name>[^*\n]{{2,60}}?)[.:]?\*\*{_BEHIND}[.:]?",
        re.MULTILINE,
    ),
    "italic": re.compile(rf"^[ \t]*_(?P<name>[{_UPPER}][\w ’']{{1,24}})\._(?=[ \n])", re.MULTILINE),
    "colon": re.compile(
        rf"^[ \t]*(?P<name>{_CAPS}|{_NAMED}){_BEHIND}:(?=\s)",
        re.MULTILINE,
    ),
    "wide": re.compile(
        rf"^[ \t\u3000]*(?P<name>[{_WIDE}]{{2,12}}){_BEHIND}[：:]",
        re.MULTILINE,
    ),
    "line": re.compile(
        rf"^[ \t]*(?P<name>{_CAPS}){_BEHIND}\.?[ \t]*\n(?=[ \t]*\S)",
        re.MULTILINE,
    ),
    "stop": re.compile(
        rf"""^[ \t]*(?P<name>{_TITLE}\.?[ ]{_CAPS}|{_CAPS})
        (?:[ ]of[ ][A-Z]\w+(?:[ ][A-Z]\w+)?|[ ]pro[ ]tempore)?{_BEHIND}
        \.[ ]?(?:—|--)?[ ](?=[^\sa-z])""",
        re.MULTILINE | re.VERBOSE,
    ),
}
"""How a turn may begin: `**HAMLET**`, `_Ham._ To be`, `MR. REED: I rise` and `Mr. Holt
(Norland): I rise`, `记者：…`, `HAMLET.` alone on its line, `Mr. REED. I rise` as in printed debates."""

_HEAD = re.compile(rf"^[ \t\u3000]*[*_{_UPPER}{_WIDE}]", re.MULTILINE)
"""A line that may begin a turn in any way: few do, and only those are looked at."""
_BREAK = re.compile(
    r"""
    ^[ \t]*(?:
        \#{1,6}[ \t].*                              # "## SCENE II"
      | (?:ACT|SCENE|CHAPTER|BOOK|PART)\b.*         # "ACT II", not "Act now"
      | (?:Act|Scene|Chapter|Part)[ ](?:[IVXLC]+|\d+)\b.{0,80}
      | (?:PROLOGUE|EPILOGUE|FINIS|THE[ ]END|EXEUNT)\b.*
      | \*{3}[ ]?END\b.*                            # the frame of a file
      | The[ ](?:meeting|sitting)[ ](?:rose|was[ ](?:closed|adjourned|suspended))\b.*
    )$
    """,
    re.VERBOSE | re.MULTILINE,
)
"""A line that ends a speech without beginning another."""
_PARAGRAPH = re.compile(r"\S[^\n]*(?:\n[ \t]*\S[^\n]*)*")
_NUMERAL = re.compile(r"(?:[IVXLC]+|\d+)\.?")
_WITH_TITLE = re.compile(rf"{_TITLE}\.?[ ]", re.IGNORECASE)

LABELS = frozenset(
    """
    note notes example examples answer question source sources from to subject date cc bcc title
    author place location address phone email price total status type name warning tip hint
    summary abstract keywords definition proof theorem lemma solution exercise ingredients method
    serves contents index preface introduction appendix illustration copyright isbn translator
    editor language release produced credits monday tuesday wednesday thursday friday saturday
    sunday 来源 编辑 责任编辑 作者 记者报道 时间 地点 日期 标题 关键词 摘要 出典 日時 場所
    """.split()
)
"""Words at the head of a line that name nobody."""
NUMBERED = frozenset(
    "chapter book act scene section article part page figure table volume step day week".split()
)
"""Words that name nobody where a number follows: `PAGE 2`, not the page of a play."""


def find_speakers(text: str) -> tuple[SpeakerSpan, ...]:
    """Find who says which stretch of a text that is clearly a play or a debate.

    Returns:
        Stretches without the names before them, in order; empty where the text has no speakers.
    """
    heads = [m.start() for m in _HEAD.finditer(text)]
    best: list[re.Match[str]] = []
    n_paragraphs = 0
    for way in WAYS.values():
        found = (way.match(text, head) for head in heads)
        turns = [m for m in found if m and not is_label(name_of(m))]
        if len(turns) < max(MIN_TURNS, len(best) + 1) or not _recurs(turns):
            continue
        n_paragraphs = n_paragraphs or sum(1 for _ in _PARAGRAPH.finditer(text))
        if len(turns) >= MIN_SHARE * n_paragraphs and not _is_form(text, turns):
            best = turns
    return tuple(_iter_turns(text, best))


def name_of(turn: re.Match[str]) -> str:
    """Return a turn's speaker as printed, without what stands behind the name."""
    return " ".join(turn["name"].split()).rstrip(".:")


@lru_cache(maxsize=1024)
def is_label(name: str) -> bool:
    """Tell whether what a line begins with names nobody: `Note`, `PAGE 2`."""
    words = name.replace(".", " ").split()
    numbers = [bool(_NUMERAL.fullmatch(word)) for word in words]
    if all(numbers) or len("".join(words)) < 2:
        return True
    first = words[0].casefold()
    return first in LABELS or (first in NUMBERED and len(words) > 1 and all(numbers[1:]))


def _recurs(turns: Sequence[re.Match[str]]) -> bool:
    """Tell whether there are two speakers or more, and most speak more than once."""
    names = Counter(map(name_of, turns))
    titled = sum(n for name, n in names.items() if _WITH_TITLE.match(name))
    least = MIN_TURNS_EACH_TITLED if 2 * titled >= len(turns) else MIN_TURNS_EACH
    return len(names) > 1 and len(turns) >= least * len(names)


def _is_form(text: str, turns: Sequence[re.Match[str]]) -> bool:
    """Tell whether the heads are words, not names: the text has most in lower case as well."""
    names = Counter(map(name_of, turns))
    doubted = sum(n for name, n in names.items() if " " not in name and f" {name.lower()} " in text)
    return doubted > MAX_DOUBTED * len(turns)


def _iter_turns(text: str, turns: Sequence[re.Match[str]]) -> Iterator[SpeakerSpan]:
    ends = [*(m.start() for m in turns[1:]), len(text)][: len(turns)]
    for m, end in zip(turns, ends, strict=True):
        cut = _BREAK.search(text, m.end(), end)
        piece = text[m.end() : cut.start() if cut else end]
        start = m.end() + len(piece) - len(piece.lstrip())
        last = m.end() + len(piece.rstrip())
        if start < last:
            yield SpeakerSpan(name_of(m), start, last)
