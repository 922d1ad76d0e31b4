"""Indirect speech, on demand: what somebody is reported to have said, without marks around it.

Three shapes, sentence by sentence: "X said that …", "…, X said." and "According to X, …". The
words run to the end of the sentence or of the clause; a sentence that also has words in marks
is *mixed*. Rules only, and only where the verb of saying has a subject beside it: what a reporter
thinks, knows or wants is no speech.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

import numpy as np

from chrestomathy.lift.cues import Cue, Report, report_after, report_before
from chrestomathy.lift.draft import Draft
from chrestomathy.lift.layout import Paragraph
from chrestomathy.records import Attribution, Mode, Span
from chrestomathy.textkit.characters import codes_of
from chrestomathy.textkit.sentences import split_sentences

MIN_WORDS = 3
"""Fewest words of a report; "he said so" is none."""
_QUOTED = re.compile(r"[“\"„«»‘][^“”\"„«»]{2,}[”\"“»«’]")


def lift_indirect(
    text: str,
    blocks: Sequence[Paragraph],
    taken: Sequence[Draft],
    mentions: frozenset[int] = frozenset(),
    *,
    whole: bool = False,
) -> list[Draft]:
    """Lift the reports of running prose that no passage covers already.

    Args:
        text: The document.
        blocks: Its running paragraphs.
        taken: Passages lifted before.
        mentions: Where marks begin that hold a name or a term: they make no report mixed.
        whole: Leave the whole sentence alone where one of these stands.
    """
    held = sorted((one.spans[0].start, one.spans[-1].end) for one in taken)
    ends = list(accumulate((end for _, end in held), max))
    spans = [(one.start, one.end) for one in blocks if one.kind in ("paragraph", "item", "quote")]
    found = []
    for start, end in split_sentences(
        codes_of(text), np.array(spans, np.uint32).reshape(-1, 2)
    ).tolist():
        sentence = Span(start, end)
        if whole and _covered(sentence, held, ends):
            continue
        found += [_draft(text, one, mentions) for one in _reports(text, sentence, held, ends)]
    return found


def _reports(
    text: str, sentence: Span, held: Sequence[tuple[int, int]], ends: Sequence[int]
) -> Iterator[Report]:
    """Find the report of a sentence; the words of a quotation already lifted are left alone."""
    for report in (report_before(text, *sentence), report_after(text, *sentence)):
        if report is None:
            continue
        content = report.content
        if not _covered(content, held, ends) and len(text[slice(*content)].split()) >= MIN_WORDS:
            yield report
            return


def _covered(span: Span, held: Sequence[tuple[int, int]], ends: Sequence[int]) -> bool:
    """Tell whether one of sorted stretches overlaps; ``ends`` is where those up to each end."""
    i = bisect_left(held, (span.end, 0))
    return i > 0 and ends[i - 1] > span.start


def quotes(text: str, span: Span, mentions: frozenset[int]) -> bool:
    """Tell whether a stretch has words in marks that are no mere mention."""
    return any(m.start() not in mentions for m in _QUOTED.finditer(text, *span))


def _draft(text: str, report: Report, mentions: frozenset[int]) -> Draft:
    cue: Cue = report.cue
    mode: Mode = "mixed" if quotes(text, report.content, mentions) else "indirect"
    return Draft(
        spans=(report.content,),
        mode=mode,
        rule=f"report+cue-{cue.side}",
        confidence=0.6,
        attribution=Attribution(
            speaker=None if cue.pronoun else " ".join(text[slice(*cue.speaker)].split()),
            speaker_span=cue.speaker,
            raw=text[slice(*cue.clause)],
            span=cue.clause,
        ),
        flags=("pronoun-unresolved",) if cue.pronoun else (),
    )
