"""Speech reported without marks, where a script's custom gives it word for word.

Chinese news prints a speaker, a verb and a comma ("他强调，…"), and then the words to the end
of the paragraph, in no marks. These are passages of a kind of their own, with less confidence;
reported speech in other languages is indirect and is for a model, not for these rules.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chrestomathy.lift.draft import Draft
from chrestomathy.lift.layout import Paragraph
from chrestomathy.lift.lexicon import words_of
from chrestomathy.records import Attribution, PassageFlag, Span

_VERBS = ("指出", "强调", "強調", "表示", "认为", "認為", "提出", "要求", "说", "說", "称")
_VERB_ENDS = frozenset(verb[-1] for verb in _VERBS)
"""Single characters are found most quickly, and most texts have none of these."""
_CUE = re.compile(
    rf"""
    (?:(?<=^)|(?<=[。！？\n]))[^\S\n]*
    (?P<who>[^\s,，、。:：；;“”「」]{{1,16}}?)     # "他", not a whole clause
    (?P<verb>{"|".join(_VERBS)})
    [,，:：]\s*
    """,
    re.VERBOSE | re.MULTILINE,
)
_MARKS, _STOP = re.compile(r"[“「『]"), re.compile(r"[。！？][”」』]?")
_PRONOUNS = words_of("他 她 他们 她们 我 我们")
MANY_MARKS = 3
"""Stretches in marks from which only one sentence is reported; chosen by hand."""
MIN_CHARS = 12
"""Shortest reported stretch, in characters; chosen by hand."""


def lift_reported(text: str, blocks: Sequence[Paragraph]) -> list[Draft]:
    """Lift what is reported without marks in Chinese prose."""
    if not any(sign in text for sign in _VERB_ENDS):
        return []
    cues = [
        (m, block)
        for block in blocks
        if block.kind == "paragraph"
        for m in _CUE.finditer(text, block.start, block.end)
    ]
    names = {m["who"] for m, _ in cues if m["who"] not in _PRONOUNS}
    found = []
    for i, (m, block) in enumerate(cues):
        end = block.end
        if i + 1 < len(cues) and cues[i + 1][0].start() < end:
            end = cues[i + 1][0].start()
        terms = len(_MARKS.findall(text, m.end(), end)) >= MANY_MARKS
        if terms and (stop := _STOP.search(text, m.end(), end)):
            end = stop.end()  # others are quoted further on, or terms stand in marks
        end = m.end() + len(text[m.end() : end].rstrip())
        if end - m.end() >= MIN_CHARS and text[m.end()] not in "“「":
            found.append(_draft(text, m, end, names))
    return found


def _draft(text: str, m: re.Match[str], end: int, names: set[str]) -> Draft:
    who: str | None = m["who"]
    flags: tuple[PassageFlag, ...] = ()
    if who in _PRONOUNS:
        who = next(iter(names)) if len(names) == 1 else None
        flags = ("pronoun-resolved",) if who else ("pronoun-unresolved",)
    return Draft(
        spans=(Span(m.end(), end),),
        rule="reported-clause",
        confidence=0.6,
        attribution=Attribution(
            speaker=who,
            speaker_span=Span(*m.span("who")),
            raw=text[m.start("who") : m.end()].strip(),
            span=Span(m.start("who"), m.end()),
        ),
        flags=flags,
    )
