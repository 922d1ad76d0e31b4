"""Block quotes and epigraphs inside prose: set-off words with a source line beside them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chrestomathy.lift.attribution import attribution_of, is_same, parse_claim, same_again
from chrestomathy.lift.chunk import Chunk
from chrestomathy.lift.cues import cue_before
from chrestomathy.lift.dates import find_dates
from chrestomathy.lift.draft import Draft, Drafts
from chrestomathy.records import Attribution, Span
from chrestomathy.textkit.marks import is_tokenised

MAX_EPIGRAPH = 700
"""Longest set-off text without marks that a source line makes an epigraph, in characters."""
MAX_SOURCE_LINE = 160
"""Longest source line below such a text; a longer line with a dash is an item of a list."""
SURE_SOURCE = 0.6
"""What a paragraph of a block quote scores at least to be its source; chosen by hand."""
SURE_DATED = 0.4
"""The same of one that has a date and what it is of, and no name."""
MIN_QUOTED_WORDS = 3
"""Fewest words in marks that a line behind them makes a quotation: a name in marks is none."""

_ADMONITION = re.compile(
    r"[*_\[!\s]{0,6}(?:note|warning|tip|important|caution|info|hint|danger|hinweis|achtung|wichtig|tipp"
    r"|warnung|remarque|attention|astuce|nota|aviso|atención|importante|attenzione|let op|внимание)"
    r"(?:[\]*_]|:\s|:\*|$)",
    re.IGNORECASE | re.MULTILINE,
)
"""How boxes of manuals begin: "**Note**", "[!WARNING]", "Tip: "."""
_WROTE = re.compile(
    r"(?P<name>[^:\n]{1,60}?)\s+(?:wrote|said|posted|schrieb|escribió|a écrit|ha scritto|schreef|написал)\b"
)
"""How a forum says whom it quotes: "marrow wrote on 3 May:"."""
_ITEM = re.compile(r"\s*(?:[•·*‣▪–—―]|--*)\s*(?=\w)")


def lift_block_quotes(text: str, chunks: Sequence[Chunk]) -> tuple[Drafts, set[int]]:
    """Lift set-off quotations; also say where the blocks that were used up begin."""
    passages: list[Draft] = []
    taken: set[int] = set()
    i = 0
    lined = not is_tokenised(text)  # there each sentence has a line, and none is a source's
    while i < len(chunks):
        one = chunks[i]
        if one.role != "text" or not (one.block_quote or (lined and _epigraph(chunks, i))):
            i += 1
            continue
        if one.block_quote and _ADMONITION.match(one.text):
            i += 1
            continue
        group = [one]
        while one.block_quote and i + len(group) < len(chunks):
            further = chunks[i + len(group)]
            if not _same(further) or _parted(text, group[-1], further):
                break
            group.append(further)
            if _signed(further):
                break
        following = chunks[i + len(group)] if i + len(group) < len(chunks) else None
        before = chunks[i - 1] if i else None
        made = _draft(text, group, before, following)
        if is_same(made.attribution):
            last = passages[-1].attribution if passages else None
            made = replace(made, attribution=same_again(made.attribution, last))
        passages.append(made)
        taken.update(chunk.start for chunk in group)
        if following is not None and following.role == "attribution":
            taken.add(following.start)
        i += len(group)
    return Drafts(tuple(one for one in passages if one.spans)), taken


def _same(one: Chunk) -> bool:
    return one.role == "text" and one.block_quote and not one.where


def _parted(text: str, one: Chunk, further: Chunk) -> bool:
    """Tell whether an empty line without its sign ">" ends a block quote before the next."""
    between = text[one.end : further.start].split("\n")
    signed = between[-1].lstrip().startswith(">")
    return signed and any(not line.strip() for line in between[1:-1])


def _epigraph(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a text that is no block quote has a source line of its own."""
    one = chunks[i]
    if one.where == "after" and one.quoted:
        claimed = one.claim is not None and one.claim.score >= 0.6
        words = len(one.text.split())
        return claimed and words >= MIN_QUOTED_WORDS and len(one.text) < 3 * MAX_EPIGRAPH
    following = chunks[i + 1] if i + 1 < len(chunks) else None
    if following is None or following.role != "attribution" or following.claim is None:
        return False
    further = chunks[i + 2] if i + 2 < len(chunks) else None
    if further is not None and further.role == "attribution":
        return False
    if one.quoted:
        return following.claim.score >= 0.6
    if following.text.isupper() and not following.marker:
        return False  # "III. THE BUDGET OF 1947" below a paragraph is the next heading
    listed = _ITEM.match(one.text) or len(following.text) > MAX_SOURCE_LINE
    return following.claim.score >= 0.6 and len(one.text) <= MAX_EPIGRAPH and not listed


def _signed(last: Chunk) -> Chunk | None:
    """Read the last paragraph of a block quote as its source: a name in bold, a dated occasion."""
    if last.where or len(last.text) > MAX_SOURCE_LINE or last.text.endswith((".", "!", "?")):
        return None
    claim = parse_claim(last.text)
    bold = last.text.startswith(("**", "__"))
    dated = claim.date and (claim.kind or claim.occasion or claim.work) and not claim.speaker
    sure = claim.score >= (SURE_SOURCE if bold else SURE_DATED)
    at = Span(last.start, last.end)
    return replace(last, claim=claim, claim_at=at) if sure and (bold or dated) else None


def _answered(head: Chunk, wrote: re.Match[str], spans: tuple[Span, ...]) -> Draft:
    """Make a draft of what a forum quotes of somebody: "marrow wrote: Tue Mar 03, 2020"."""
    at = head.start + wrote.start("name")
    dates = find_dates(head.text[wrote.end() :])
    return Draft(
        spans=spans,
        rule="block-quote+wrote",
        confidence=0.85,
        attribution=Attribution(
            speaker=wrote["name"],
            speaker_span=Span(at, at + len(wrote["name"])),
            kind="post",
            date=dates[0].edtf if len(dates) == 1 else None,
            raw=head.text,
            span=Span(head.start, head.end),
        ),
    )


def _draft(
    text: str, group: Sequence[Chunk], before: Chunk | None, following: Chunk | None
) -> Draft:
    if len(group) > 1 and (credit := _signed(group[-1])):
        group, following = group[:-1], credit
    spans = tuple(span for one in group for span in one.spans)
    last = group[-1]
    credit = last if last.where else following
    if credit is not None and credit.credited and _WROTE.match(credit.text):
        credit = None  # whom the next block quotes
    if credit is not None and credit.claim and credit.claim_at and credit.role != "heading":
        raw = text[slice(*credit.claim_at)]
        return Draft(
            spans=spans,
            rule="block-quote+source-line",
            confidence=0.9,
            attribution=attribution_of(credit.claim, raw, credit.claim_at.start),
        )
    if before is not None and before.credited and (wrote := _WROTE.match(before.text)):
        return _answered(before, wrote, spans)
    if before is not None and before.role == "text" and before.text.rstrip().endswith((":", ",")):
        end = before.start + len(before.text.rstrip())
        cue = cue_before(text, max(before.start, end - 300), end)
        if cue is not None and not cue.pronoun:
            dates = find_dates(text[max(before.start, end - 300) : end])
            return Draft(
                spans=spans,
                rule="block-quote+introduced",
                confidence=0.8,
                attribution=Attribution(
                    speaker=" ".join(text[slice(*cue.speaker)].split()),
                    speaker_span=cue.speaker,
                    date=dates[0].edtf if len(dates) == 1 and not dates[0].bare else None,
                    raw=text[slice(*cue.clause)],
                    span=Span(*cue.clause),
                ),
            )
    return Draft(spans=spans, rule="block-quote", confidence=0.7, flags=("no-attribution",))
