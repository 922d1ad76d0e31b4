"""The page's own attribution template, learned from what repeats.

A page of quotations has a habit: a dash, a bullet or nothing before the source, on a line of
its own or behind the words, after them or before. The habit is counted here, then applied to
the whole page; whoever breaks it is flagged, not lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from chrestomathy.lift.attribution import Claim, may_claim, parse_claim
from chrestomathy.lift.chunk import SURE, Chunk
from chrestomathy.lift.speakers import is_name
from chrestomathy.records import Span

_SENTENCE_ENDS = frozenset('.!?…”"»。！？')
_PERSON = re.compile(
    r"\(\D{0,9}\d{3,4}\s?[–—-]|\b(?:b\.|born|geb\.|nacid[oa]|nat[oa]|née?)\s\d{4}|[^\W\d_]\.\s"
)
"""What only a person's name has beside it: life dates, an initial or a title with a stop."""
_BYLINE = re.compile(r"(?:By|Von|Par|Por|Di|Door|Av|Af)\s+[^\W\d_]")
"""Whoever wrote what stands below, on a page of news: nobody is quoted."""
_YEAR = re.compile(r"[\d年](?:(?<!\d)|\d\d)")
MAX_SOURCE, SURE_WITHOUT_MARKER = 200, 0.9
"""Longest source line without a marker, and the least score of one; chosen by hand."""
SURE_BELOW_WORDS = 0.7
"""Least score of a dated speech or letter below unmarked sentences; chosen by hand."""
MAX_NAMED = 120
"""Longest line that names somebody, with all it says of him; chosen by hand."""
MAX_SIGNATURE = 80
"""Longest name with a town or an office below a letter; chosen by hand."""
MIN_SECTIONS = 2
"""How many names must stand over several passages; chosen by hand."""
MIN_REPEATS = 3
"""How often a habit must show to be one; chosen by hand."""


@dataclass(frozen=True, slots=True)
class Template:
    """How a page attributes its passages."""

    side: str
    """Where the attribution stands: "after", "before", or "" where there is none."""
    own_line: bool
    """Mostly on a line of its own."""
    marker: str
    """What stands before it, most often."""
    attached: bool
    """No blank line between passage and attribution."""
    quoted: bool
    """Passages stand in quotation marks."""
    own_share: float
    marker_share: float
    quoted_share: float
    """How many entries keep each of these habits, 0 to 1."""
    entries: int
    """How many passages were seen to follow it."""
    sections: bool = False
    """A name stands as a heading over several passages."""
    heading_level: int | None = None
    """Headings of this level are attributions, as after block quotes in some Markdown."""


def learn_template(found: Sequence[Chunk]) -> tuple[Template, list[Chunk]]:
    """Learn a page's template; return it with the chunks read in its light."""
    level = _heading_level(found)
    chunks = [_as_attribution(one) if _is_level(one, level) else one for one in found]
    chunks, sections = _section_names(chunks, lead=True) if _names_lead(chunks) else (chunks, False)
    if not sections:
        chunks = _signatures(_bare_sources(_bare_names(_tied_names(chunks))))
        chunks, sections = _section_names(chunks)
    inline = Counter(one.where for one in chunks if one.where)
    own = [i for i, one in enumerate(chunks) if one.role in ("attribution", "name")]
    after = sum(1 for i in own if i and chunks[i - 1].role == "text")
    before = sum(1 for i in own if i + 1 < len(chunks) and chunks[i + 1].role == "text")
    side = "before" if sections else _side(chunks, own, after, before, inline)
    markers = Counter(chunks[i].marker for i in own)
    close = [i for i in own if (not chunks[i].gap if side == "after" else _next_close(chunks, i))]
    entries = (after if side == "after" else before) + inline[side]
    texts = attributed(chunks, side)
    n_quoted = sum(one.quoted for one in texts)
    template = Template(
        side=side if entries else "",
        own_line=len(own) >= inline[side],
        marker=markers.most_common(1)[0][0] if markers else "",
        attached=2 * len(close) > len(own),
        quoted=2 * n_quoted >= max(1, len(texts)),
        own_share=len(own) / max(1, len(own) + inline[side]),
        marker_share=max(markers.values(), default=0) / max(1, len(own)),
        quoted_share=n_quoted / max(1, len(texts)),
        entries=entries,
        sections=sections,
        heading_level=level,
    )
    return template, chunks


def _side(
    chunks: Sequence[Chunk], own: list[int], after: int, before: int, inline: Counter[str]
) -> str:
    """Decide whether attributions stand after or before their passages."""
    if not own:
        return "before" if inline["before"] > inline["after"] else "after"
    names = sum(chunks[i].role == "name" for i in own)
    if 2 * names > len(own):
        return "before"
    tied_after = sum(1 for i in own if i and not chunks[i].gap and chunks[i - 1].role == "text")
    tied_before = sum(1 for i in own if chunks[i].gap and _next_close(chunks, i))
    if tied_before > tied_after and not inline["after"]:
        return "before"
    if tied_after or inline["after"]:
        return "after"
    whole_before = sum(_whole(chunks, i - 1) for i in own)
    whole_after = sum(_whole(chunks, i + 1) for i in own)
    if len(own) >= MIN_REPEATS and abs(whole_before - whole_after) > len(own) / 2:
        return "before" if whole_after > whole_before else "after"
    if before != after and abs(before - after) > 1:
        return "before" if before > after else "after"
    first = chunks[own[0] - 1] if own[0] else None
    headed = first is None or first.role != "text" or _is_short(first, chunks)
    return "before" if headed and chunks[-1].role == "text" else "after"


def _whole(chunks: Sequence[Chunk], i: int) -> bool:
    """Tell whether a text is there and ends like a sentence: a title or a link does not."""
    if not 0 <= i < len(chunks) or chunks[i].role != "text":
        return False
    return chunks[i].quoted or chunks[i].text.rstrip()[-1:] in _SENTENCE_ENDS


def _is_short(one: Chunk, chunks: Sequence[Chunk]) -> bool:
    """Tell whether a text is far shorter than the page's others, as a heading is."""
    lengths = sorted(len(other.text) for other in chunks if other.role == "text")
    return 3 * len(one.text) < lengths[-1] and one.text[-1] not in '.!?”"»'


def _next_close(chunks: Sequence[Chunk], i: int) -> bool:
    return i + 1 < len(chunks) and chunks[i + 1].role == "text" and not chunks[i + 1].gap


def attributed(chunks: Sequence[Chunk], side: str) -> list[Chunk]:
    """List the texts that have an attribution in them, or beside them on the given side."""
    step = 1 if side == "before" else -1
    found = []
    for i, one in enumerate(chunks):
        if one.role == "text" and one.where:
            found.append(one)
        beside = i + step if one.role in ("attribution", "name") else -1
        if 0 <= beside < len(chunks) and chunks[beside].role == "text" and not chunks[beside].where:
            found.append(chunks[beside])
    return found


def _heading_level(found: Sequence[Chunk]) -> int | None:
    """Find a level of headings that only ever follows block quotes."""
    levels = Counter(one.level for one in found if one.role == "heading")
    behind = Counter(
        one.level
        for last, one in pairwise(found)
        if one.role == "heading" and last.role == "text" and last.block_quote
    )
    for level, count in behind.most_common(1):
        if count >= 2 and 10 * count >= 8 * levels[level]:
            return level
    return None


def _is_level(one: Chunk, level: int | None) -> bool:
    return level is not None and one.role == "heading" and one.level == level


def _as_attribution(one: Chunk) -> Chunk:
    return replace(one, role="attribution", marker="#", gap=False)


def _tied_names(chunks: list[Chunk]) -> list[Chunk]:
    """Take a name right below words in marks, in their paragraph, for an attribution."""
    at = [
        i
        for i, one in enumerate(chunks)
        if i
        and one.role == "text"
        and not (one.gap or one.where or one.quoted or one.block_quote)
        and len(one.text) < MAX_NAMED
        and chunks[i - 1].role == "text"
        and chunks[i - 1].quoted
        and (_is_source(one) or (one.text.rstrip()[-1:] not in _SENTENCE_ENDS and _names(one)))
    ]
    others = sum(one.role == "attribution" and not one.gap for one in chunks)
    if len(at) + others < MIN_REPEATS - 1:
        return chunks
    return _attributions_at(chunks, at)


def _bare_names(chunks: list[Chunk]) -> list[Chunk]:
    """Take lines that name somebody for attributions, where passages in marks lead to them."""
    at = [
        i
        for i, one in enumerate(chunks)
        if i
        and one.role == "text"
        and not one.where
        and not one.quoted
        and len(one.text) < MAX_NAMED
        and chunks[i - 1].role == "text"
        and (chunks[i - 1].quoted or chunks[i - 1].block_quote)
    ]
    loose = sum(1 for one in chunks if one.role == "text" and (one.quoted or one.block_quote))
    enough = max(MIN_REPEATS, loose / 2)
    if len(at) >= enough:
        at = [i for i in at if _names(chunks[i]) or _is_source(chunks[i])]
    if len(at) < enough:
        return chunks
    return _attributions_at(chunks, at)


def _names_lead(chunks: Sequence[Chunk]) -> bool:
    """Tell whether names stand above the quotations: one above the first, none below the last."""
    quoted = [i for i, one in enumerate(chunks) if one.role == "text" and one.quoted]
    if len(quoted) < MIN_REPEATS or not quoted[0]:
        return False
    first, last = chunks[quoted[0] - 1], chunks[quoted[-1] + 1 : quoted[-1] + 2]
    return _heads(first) and not any(one.role == "text" and _heads(one) for one in last)


def _heads(one: Chunk) -> bool:
    """Tell whether a text is a short line that names somebody."""
    line = one.text.strip()
    short = "\n" not in line and len(line) < MAX_NAMED and line[-1:] not in _SENTENCE_ENDS
    return one.role in ("heading", "text") and short and not one.quoted and _names(one)


def _section_names(chunks: list[Chunk], *, lead: bool = False) -> tuple[list[Chunk], bool]:
    """Take headings that are persons for the attribution of all the quotations below them.

    "Courage" has the shape of a name too; so half of the headings must show that they are
    persons, by life dates, a title, a role or an occasion, and two must stand over several
    quotations, or all must be as sure, unless the page shows (``lead``) that names stand above.
    """
    if any(one.role in ("attribution", "name") or one.where for one in chunks):
        return chunks, False
    at = [
        i
        for i, one in enumerate(chunks[:-1])
        if (one.role == "heading" or (one.role == "text" and not one.quoted))
        and "\n" not in one.text.strip()
        and len(one.text) < MAX_NAMED
        and one.text.rstrip()[-1:] not in _SENTENCE_ENDS
        and chunks[i + 1].role == "text"
        and chunks[i + 1].quoted
    ]
    if len(at) < MIN_REPEATS - 1 or not all(_names(chunks[i]) for i in at):
        return chunks, False
    sure = sum(_is_person(chunks[i]) for i in at)
    several = sum(i + 2 < len(chunks) and chunks[i + 2].quoted for i in at)
    all_sure = sure == len(at) >= MIN_REPEATS
    few = not lead and several < min(MIN_SECTIONS, len(at)) and not all_sure
    if 2 * sure < len(at) or few:
        return chunks, False
    return _attributions_at(chunks, at), True


def _signatures(chunks: list[Chunk]) -> list[Chunk]:
    """Take names below unmarked paragraphs for attributions: letters to an editor.

    A heading may look like a name, but no page ends with a heading: so its last line must be a
    name, and so must every short line behind a sentence.
    """
    if any(one.role != "text" or one.where or one.quoted or one.block_quote for one in chunks):
        return chunks
    below = [
        i
        for i, one in enumerate(chunks)
        if i and len(one.text) <= MAX_SIGNATURE and not _whole(chunks, i) and _whole(chunks, i - 1)
    ]
    if len(below) < MIN_REPEATS or below[-1] != len(chunks) - 1:
        return chunks
    if any("\n" in chunks[i].text.strip() or not _signed(chunks[i]) for i in below):
        return chunks
    return _attributions_at(chunks, below)


def _signed(one: Chunk) -> bool:
    """Tell whether a line begins with a name of two words or more."""
    claim = parse_claim(one.text)
    name = one.text[slice(*claim.speaker)] if claim.speaker else ""
    return " " in name and is_name(name) and one.text.startswith(name)


def _is_person(one: Chunk) -> bool:
    claim = parse_claim(one.text)
    said = claim.role or claim.date or (claim.form == "event" and claim.occasion)
    return bool(said) or _PERSON.search(one.text) is not None


def _bare_sources(chunks: list[Chunk]) -> list[Chunk]:
    """Take dated source lines without any marker for attributions, where they come back."""
    at = [
        i
        for i, one in enumerate(chunks)
        if i
        and one.role == "text"
        and not (one.where or one.quoted or one.block_quote)
        and len(one.text) <= MAX_SOURCE
        and chunks[i - 1].role == "text"
        and _YEAR.search(one.text)
        and not _BYLINE.match(one.text)
        and may_claim(one.text)
        and (claim := parse_claim(one.text)).date is not None
        and (
            claim.score >= SURE_WITHOUT_MARKER or (_tells(claim) and _said_above(chunks, i, claim))
        )
    ]
    if len(at) < MIN_REPEATS:
        return chunks
    return _attributions_at(chunks, at)


def _said_above(chunks: Sequence[Chunk], i: int, claim: Claim) -> bool:
    """Tell whether a line has words above it: in marks, or whole sentences where it is none."""
    if chunks[i - 1].quoted:
        return True
    line = chunks[i].text.rstrip()
    return (
        claim.score >= SURE_BELOW_WORDS and line[-1] not in _SENTENCE_ENDS and _whole(chunks, i - 1)
    )


def _tells(claim: Claim) -> bool:
    """Tell whether a dated line says what sort of occasion it was: "Speech at Ulm, 4 May 1998"."""
    return claim.form == "event" and claim.kind is not None


def _names(one: Chunk) -> bool:
    claim = parse_claim(one.text)
    return (
        claim.speaker is not None
        and is_name(one.text[slice(*claim.speaker)])
        and claim.score >= SURE
    )


def _is_source(one: Chunk) -> bool:
    """Tell whether a line is a people's proverb, a land, or a dated letter or speech."""
    claim = parse_claim(one.text)
    of_land = claim.place is not None and claim.speaker is None and claim.work is None
    return claim.kind == "proverb" or of_land or (_tells(claim) and claim.date is not None)


def _attributions_at(chunks: Sequence[Chunk], places: Sequence[int]) -> list[Chunk]:
    """Take the texts at some places for attributions."""
    made = list(chunks)
    for i in places:
        one = chunks[i]
        at = Span(one.start, one.end)
        made[i] = replace(one, role="attribution", claim=parse_claim(one.text), claim_at=at)
    return made
