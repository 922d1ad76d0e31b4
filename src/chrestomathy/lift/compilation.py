"""Pages of passages with attributions, under headings or not: the founding genre.

Chunks are walked in the light of the page's template. Between two attributions stand a
passage, sometimes a heading before it, sometimes a passage that nobody is named for. A
missing attribution stays missing; what is no passage leaves with its reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from chrestomathy.lift.attribution import (
    attribution_of,
    is_same,
    parse_claim,
    same_again,
    speaks_for_more,
    with_speaker,
)
from chrestomathy.lift.chunk import Chunk
from chrestomathy.lift.chunks import LIST_NUMBER
from chrestomathy.lift.draft import BETWEEN, HEADING_REASON, TITLE_REASON, Draft, Drafts, Dropped
from chrestomathy.lift.headings import credit_headings
from chrestomathy.lift.lexicon.sources import OWN_WORDS, VENUES
from chrestomathy.lift.speakers import fold_name, is_name, is_role
from chrestomathy.lift.template import MIN_REPEATS, Template, attributed
from chrestomathy.lift.titles import MAX_TITLE, page_of_one
from chrestomathy.records import Attribution, PassageFlag, Span
from chrestomathy.textkit.marks import ALL_MARKS

INTRODUCTION = "introduction: prose before the first passage"
MAX_HEADING_WORDS = 16
MAX_HEADING_CHARS = 120
"""A longer line is no heading; chosen by hand."""

HABIT = 0.7
"""Share of a page's entries that makes a habit which others can break; chosen by hand."""

MAX_HEADS = 3
"""Among how many heads of a page the name of its one speaker is looked for; chosen by hand."""
_STOP = re.compile(r"[.!?…。！？:;,][\"”»’)]*$")
_SET_OFF = re.compile(
    r"[\"“«„「][^\"“”«»„「」]{16,120}[\"”»“」]\s?[(（—–-]|[(（\[][^()（）\[\]]*[)）\]]$"
)
"""No heading: a quotation with what could not be read as its source, "(source unknown)"."""
_OWN_WORDS = re.compile(rf"(?:{'|'.join(OWN_WORDS.values())})\s*:?", re.IGNORECASE)
MAX_SMALL_WORD, MAX_TITLE_WORDS = 4, 8
"""Longest word that a title prints small, and most words of a title; chosen by hand."""
MIN_WORDS = 4
"""Fewest words in marks that are a passage without an attribution; chosen by hand."""
MAX_PARAGRAPHS = 6
"""Most paragraphs of one passage; chosen by hand."""
MAX_REPEATED = 60
"""Longest line that is furniture where it comes three times; chosen by hand."""
_LED = re.compile(
    r"(?P<lead>[^:]{6,160}?),\s(?P<who>[^,:]{1,40}?)\s(?:said|wrote|declared|remarked|added|told\s[^,:]{1,40})\s?:"
)
_LEADS = re.compile(r"\b(?:said|says|wrote|writes|declared|added|told)\b[^.]{0,40}:$")
"""How a line leads to words: no heading."""
_BULLET = re.compile(r"[•·▪◦●○■□▸►‣❖]\s+(?=\S)")
_NUMBER = re.compile(r"^(?:\d{1,3}|[IVX]{1,5})[.)]\s+")
_FURNITURE = re.compile(
    r"""
    https?://|www\.|©|»\s*READ|[|>]\s|\bcookies?\b|^[►▶]
    | ^(?:skip\ to|share\ (?:this|on)|tweet|subscribe|sign\ (?:in|up)|log\ in|register|print
      |read\ (?:more|next|also)|related\ (?:articles?|posts?|content|pages)|you\ may\ also
      |advertisement|leave\ a\ (?:comment|reply)|\d+\ comments?|comments?\b|tags?:|filed\ under
      |(?:last\ )?(?:updated|modified)|published|posted|back\ to\ top|home$|menu$|search$
      |compartir|comparte|partager|teilen|condividi|compartilhar|delen|поделиться|分享到|paylaş
      |udostępnij|dela\b|공유|シェア)
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""What the site says around a page: links, buttons, dates of its own."""


@dataclass(slots=True)
class _Walk:
    text: str
    template: Template
    norm: float
    """Median length of an attributed passage."""
    shortest: int
    headed: bool
    """Some line of the page is plainly a heading."""
    sectioned: bool = False
    """A heading stands between two of its passages."""
    n_top: int = 0
    """Headings of the first level."""
    passages: list[Draft] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    themes: list[tuple[int, str]] = field(default_factory=list)


def lift_compilation(text: str, chunks: Sequence[Chunk], template: Template) -> Drafts:
    """Lift the passages of a compilation page."""
    lengths = [len(one.text) for one in attributed(chunks, template.side)]
    chunks, repeated = _without_repeated(chunks)
    chunks = _led(chunks)
    walk = _Walk(
        text,
        template,
        norm=median(lengths) if lengths else 0.0,
        shortest=min(lengths, default=0),
        headed=any(_plain_heading(one) for one in chunks if one.role == "text"),
        n_top=sum(one.role == "heading" and one.level == 1 for one in chunks),
    )
    walk.dropped += repeated
    walk.sectioned = any(
        last.role == "attribution" and one.role == "text" and _is_heading(walk, one, following)
        for last, one, following in zip(chunks, chunks[1:], chunks[2:], strict=False)
    )
    if template.sections:
        _walk_sections(walk, chunks)
    elif template.side == "before":
        _walk_before(walk, chunks)
    else:
        _walk_after(walk, chunks)
    walk.passages = credit_headings(text, chunks, walk.passages)
    passages = _without_numbers(text, _speaker_of_page(walk, chunks))
    titles = {id(one) for one in passages if _is_title(text, one)}
    if len(titles) >= MIN_REPEATS and 10 * len(titles) >= 8 * len(passages):
        walk.dropped += [Dropped(one.spans[0], _TITLES) for one in passages if id(one) in titles]
        passages = [one for one in passages if id(one) not in titles]
    return Drafts(tuple(passages), tuple(walk.dropped))


_TITLES = "one of a list of titles in marks: nobody said it"


def _is_title(text: str, one: Draft) -> bool:
    """Tell whether a passage in marks is a title: few words, the longer ones with capitals."""
    words = text[slice(*one.spans[0])].split()
    if not words:
        return False
    marked = one.spans[0].start > 0 and text[one.spans[0].start - 1] in ALL_MARKS
    long = [word for word in words if len(word) > MAX_SMALL_WORD]
    capitals = all(word[0].isupper() for word in [words[0], words[-1], *long])
    return marked and len(words) <= MAX_TITLE_WORDS and capitals and words[-1][-1].isalnum()


def _without_repeated(chunks: Sequence[Chunk]) -> tuple[list[Chunk], list[Dropped]]:
    """Leave out short lines that come again and again: links, buttons."""
    seen = Counter(one.text for one in chunks if _may_repeat(one))
    kept = [one for one in chunks if not (_may_repeat(one) and seen[one.text] >= MIN_REPEATS)]
    dropped = [
        Dropped(Span(one.start, one.end), "a line that the page repeats: no passage")
        for one in chunks
        if _may_repeat(one) and seen[one.text] >= MIN_REPEATS
    ]
    return kept, dropped


def _led(chunks: Sequence[Chunk]) -> list[Chunk]:
    """Give words the dated line that leads to them: "On 3 May 1999, at a dinner, he said:"."""
    made: list[Chunk] = []
    for last, one in zip([None, *chunks], chunks, strict=False):
        m = _LED.fullmatch(last.text.strip()) if last and last.role == "text" else None
        claim = parse_claim(m["lead"]) if m else None
        if last is None or m is None or claim is None or not claim.date or one.role != "text":
            made.append(one)
            continue
        if claim.speaker is None and is_name(m["who"]):
            claim = replace(claim, speaker=Span(m.start("who"), m.end("who")))
        made[-1] = replace(last, role="separator")
        at = Span(last.start, last.end)
        made.append(one if one.where else replace(one, claim=claim, claim_at=at, where="before"))
    return made


def _may_repeat(one: Chunk) -> bool:
    return one.role == "text" and len(one.text) <= MAX_REPEATED and not (one.quoted or one.where)


def _without_numbers(text: str, passages: Sequence[Draft]) -> list[Draft]:
    """Take a list's bullets off its passages, and its numbers, where they count on."""
    passages = [_without_bullet(text, one) for one in passages]
    numbers = [LIST_NUMBER.match(text, one.spans[0].start) for one in passages]
    counted = [int(m["n"]) for m in numbers if m]
    steps = sum(b - a == 1 or b == 1 for a, b in pairwise(counted))
    if len(counted) < MIN_REPEATS or 10 * len(counted) < 6 * len(passages):
        return passages
    if 10 * steps < 8 * (len(counted) - 1):
        return passages
    return [
        replace(one, spans=(Span(m.end(), one.spans[0].end), *one.spans[1:])) if m else one
        for one, m in zip(passages, numbers, strict=True)
    ]


def _without_bullet(text: str, one: Draft) -> Draft:
    m = _BULLET.match(text, one.spans[0].start)
    if m is None or one.text is not None:
        return one
    return replace(one, spans=(Span(m.end(), one.spans[0].end), *one.spans[1:]))


def _walk_after(walk: _Walk, chunks: Sequence[Chunk]) -> None:
    buffer: list[Chunk] = []
    for i, one in enumerate(chunks):
        if one.role in ("attribution", "name"):
            if buffer and buffer[-1].role == "text":
                _settle(walk, buffer, one)
            else:
                walk.dropped.append(Dropped(Span(one.start, one.end), _STRAY))
            buffer = []
        elif one.role == "separator":
            _settle(walk, buffer, None)
            buffer = []
        elif one.role == "heading":
            _settle(walk, buffer, None)
            _add_heading(walk, one, first=i == 0)
            buffer = []
        elif one.where:
            _settle(walk, [*buffer, one], one)
            buffer = []
        else:
            buffer.append(one)
    _settle(walk, buffer, None)


_STRAY = "an attribution line with no passage beside it"


def _walk_sections(walk: _Walk, chunks: Sequence[Chunk]) -> None:
    """Give every quotation below a name to the name, until the next heading."""
    credit: Chunk | None = None
    first = True
    for i, one in enumerate(chunks):
        if one.role == "attribution":
            credit, first = one, True
        elif one.role == "heading":
            credit = None
            _add_heading(walk, one, first=i == 0)
        elif one.role == "text" and one.quoted:
            _add_passage(walk, [one], credit, shared=not first)
            first = False
        elif one.role == "text":
            _place(walk, one, leads=False, first=i == 0)


def _settle(walk: _Walk, buffer: Sequence[Chunk], credit: Chunk | None) -> None:
    """Decide what the texts before one attribution, or before none, are."""
    if not buffer:
        return
    held = list(buffer)
    own: list[Chunk] = [held.pop()] if credit is not None else []
    while own and _goes_on(walk, held, own):
        own.insert(0, held.pop())
    shared = _shared(walk, held, credit) if credit is not None else 0
    for i, one in enumerate(held):
        last = i + 1 == len(held)
        if i >= len(held) - shared:
            _add_passage(walk, [one], credit, shared=True)
            continue
        leads = last and bool(own)
        first = not walk.passages and all(_FURNITURE.search(other.text) for other in held[:i])
        _place(walk, one, leads=leads, first=first, following=own[0] if leads else None)
    if own and credit is not None:
        _add_passage(walk, own, credit)


def _shared(walk: _Walk, held: Sequence[Chunk], credit: Chunk) -> int:
    """Count the quotations before the last that its source line stands for too."""
    if credit.claim_at is None or not speaks_for_more(walk.text[slice(*credit.claim_at)]):
        return 0
    count = 0
    while count < len(held) and (held[-1 - count].quoted or held[-1 - count].block_quote):
        count += 1
    return count


def _goes_on(walk: _Walk, held: list[Chunk], own: list[Chunk]) -> bool:
    """Tell whether the passage began in the paragraph before."""
    if not held:
        return False
    before, first = held[-1], own[0]
    if before.block_quote and first.block_quote:
        return first.gap is False or before.block_quote
    if before.block_quote != first.block_quote:
        return False
    if before.where or before.quoted != first.quoted:
        return before.half and not before.where and first.half
    if before.quoted:
        return before.half and walk.text[before.end - 1 : before.end] not in '”"»'
    if walk.template.quoted or walk.template.attached:
        return False
    if _is_heading(walk, before, first) or _is_furniture(before) or len(own) >= MAX_PARAGRAPHS:
        return False
    if walk.passages:
        return True
    if not walk.headed:
        return len(held) == 1 and len(before.text) < 3 * walk.norm
    return walk.sectioned and any(
        _is_heading(walk, one, held[i + 2]) for i, one in enumerate(held[1:-1])
    )


def _place(
    walk: _Walk, one: Chunk, *, leads: bool, first: bool, following: Chunk | None = None
) -> None:
    """Place a text that no attribution follows: heading, passage or something else."""
    n_words = sum(any(map(str.isalpha, word)) for word in one.text.split())
    if (one.quoted and n_words >= MIN_WORDS) or one.block_quote:
        _add_passage(walk, [one], None)
    elif _is_heading(walk, one, following) and (leads or first or _plain_heading(one)):
        _add_heading(walk, one, first=first and not leads)
    elif walk.passages and _unattributed(walk, one):
        _add_passage(walk, [one], None)
    else:
        reason = INTRODUCTION if not walk.passages else BETWEEN
        walk.dropped.append(Dropped(Span(one.start, one.end), reason))


def _unattributed(walk: _Walk, one: Chunk) -> bool:
    """Tell whether a text is an entry like the others, only without its attribution."""
    t = walk.template
    return (
        t.attached
        and not t.quoted
        and one.gap
        and _STOP.search(one.text) is not None
        and 0.3 * walk.norm <= len(one.text) <= 3 * walk.norm
    )


def _plain_heading(one: Chunk) -> bool:
    """Tell whether a text has the shape of a heading: short, one line, no final stop."""
    text = one.text.strip()
    return (
        not one.quoted
        and not one.where
        and not one.block_quote
        and "\n" not in text
        and len(text) <= MAX_HEADING_CHARS
        and len(text.split()) <= MAX_HEADING_WORDS
        and not _SET_OFF.match(text)
        and not (_STOP.search(text) and not text.endswith(("?", ":")))
        and not _LEADS.search(text)
        and not _FURNITURE.search(text)
    )


def _is_heading(walk: _Walk, one: Chunk, following: Chunk | None = None) -> bool:
    """Tell whether a text is a heading on this page; some end with a full stop."""
    if _plain_heading(one):
        return True
    text = one.text.strip()
    return (
        walk.headed
        and not one.quoted
        and not one.where
        and "\n" not in text
        and len(text.split()) <= MAX_HEADING_WORDS
        and len(text)
        < min(walk.shortest, 0.4 * max(walk.norm, len(following.text) if following else 0))
        and _NUMBER.sub("", text).count(".") <= 1
        and not _SET_OFF.match(text)
        and not _FURNITURE.search(text)
    )


def _add_heading(walk: _Walk, one: Chunk, *, first: bool) -> None:
    """Make a theme of a heading, or the page's title of the first."""
    text = " ".join(one.text.split())
    span = Span(one.start, one.end)
    marked_title = one.role == "heading" and one.level == 1 and walk.n_top == 1
    if (marked_title or (first and one.role != "heading")) and not (walk.themes or walk.passages):
        walk.themes.append((0, text))
        walk.dropped.append(Dropped(span, TITLE_REASON))
        return
    level = one.level or 1
    walk.themes = [(other, name) for other, name in walk.themes if other < level]
    walk.themes.append((level, text))
    walk.dropped.append(Dropped(span, HEADING_REASON))


def _theme(walk: _Walk) -> tuple[str, ...]:
    return tuple(name for level, name in walk.themes if level > 0)


def _add_passage(
    walk: _Walk, own: Sequence[Chunk], credit: Chunk | None, *, shared: bool = False
) -> None:
    """Make a draft of the texts and the attribution that belongs to them."""
    flags: list[PassageFlag] = ["attribution-shared"] if shared else []
    attribution = Attribution()
    rule, confidence = "unattributed-passage", 0.7
    if credit is not None and credit.claim is not None and credit.claim_at is not None:
        raw = walk.text[slice(*credit.claim_at)]
        attribution = attribution_of(credit.claim, raw, credit.claim_at.start)
        if is_same(attribution):
            last = walk.passages[-1].attribution if walk.passages else None
            attribution = same_again(attribution, last)
            flags.append("attribution-shared")
        rule = "attribution-inline" if credit.where else "attribution-line"
        confidence = round(min(0.98, 0.6 + 0.4 * credit.claim.score), 2)
        if _breaks(walk.template, own[-1], credit):
            flags.append("breaks-template")
    else:
        flags.append("no-attribution")
    if any(one.half for one in own):
        flags.append("unclosed-mark")
    spans = tuple(span for one in own for span in one.spans)
    if not spans:
        return
    if not own[-1].quoted and _plain_heading(own[-1]) and len(own[-1].text.split()) <= 8:
        flags.append("heading-like")
    walk.passages.append(
        Draft(
            spans=spans,
            rule=rule,
            confidence=confidence,
            theme=_theme(walk),
            attribution=attribution,
            flags=tuple(flags),
        )
    )


def _breaks(template: Template, own: Chunk, credit: Chunk) -> bool:
    """Tell whether an entry is made otherwise than most of the page."""
    if template.entries < 4:
        return False
    own_line = credit.role != "text"
    breaks = own_line and template.own_share <= 1 - HABIT
    breaks |= not own_line and template.own_share >= HABIT
    marker = credit.marker[:1] != template.marker[:1]
    breaks |= own_line and marker and template.marker_share >= HABIT
    return breaks or (not own.quoted and template.quoted_share >= HABIT)


def _walk_before(walk: _Walk, chunks: Sequence[Chunk]) -> None:
    credit: Chunk | None = None
    own: list[Chunk] = []
    shared = False

    def close() -> None:
        nonlocal credit, own, shared
        if credit is not None and own:
            _add_passage(walk, own, credit, shared=shared)
        elif credit is not None:
            walk.dropped.append(Dropped(Span(credit.start, credit.end), _STRAY))
        credit, own, shared = None, [], False

    for i, one in enumerate(chunks):
        if one.role in ("attribution", "name"):
            close()
            credit = one
        elif one.where:
            close()
            _add_passage(walk, [one], one)
        elif one.role in ("separator", "heading"):
            close()
            if one.role == "heading":
                _add_heading(walk, one, first=i == 0)
        elif credit is not None and own and _is_another(own[-1], one):
            _add_passage(walk, own, credit, shared=shared)
            own, shared = [one], True
        elif credit is not None and (not own or _goes_on_below(walk, credit, own[-1], one)):
            own.append(one)
        else:
            close()
            following = chunks[i + 1] if i + 1 < len(chunks) else None
            leads = following is not None and following.role in ("attribution", "name")
            _place(walk, one, leads=leads, first=i == 0)
    close()


def _goes_on_below(walk: _Walk, credit: Chunk, before: Chunk, one: Chunk) -> bool:
    """Tell whether words go on after a paragraph; not below a bare name that stands close to them."""
    bare = credit.role == "name" and credit.text.rstrip()[-1:] not in ":："
    ended = bare and walk.template.attached and one.gap and _STOP.search(before.text.strip())
    return not ended and _continues(before, one)


def _is_another(before: Chunk, one: Chunk) -> bool:
    """Tell whether a quotation follows on the line below another, for the same source."""
    return before.quoted and one.quoted and not (one.gap or before.half or one.half)


def _continues(before: Chunk, one: Chunk) -> bool:
    """Tell whether a paragraph goes on with the passage that the one before began."""
    if not one.gap:
        return True
    if before.quoted or one.quoted:
        return False
    return not _plain_heading(one) and not _is_furniture(one)


def _is_furniture(one: Chunk) -> bool:
    """Tell whether a short line is the site's own: a link, a button, a date of the page."""
    short = len(one.text) <= MAX_HEADING_CHARS and not _STOP.search(one.text.strip())
    return short and not one.quoted and _FURNITURE.search(one.text) is not None


def _speaker_of_page(walk: _Walk, chunks: Sequence[Chunk]) -> list[Draft]:
    """Give the one speaker whom title or introduction name to attributions that name none."""
    first = min((one.spans[0].start for one in walk.passages), default=0)
    heads = [one for one in chunks if one.role in ("text", "heading") and one.start < first]
    names = Counter(fold_name(one.attribution.speaker or "") for one in walk.passages)
    if (own := _own_words(walk, heads)) is not None:
        return own
    if names.keys() - {""} and not _mostly_unnamed(walk.passages):
        return _the_only_one(walk, heads, names)
    for one in heads:
        place = page_of_one(one.text[:MAX_TITLE])
        name = one.text[slice(*place)] if place else ""
        if place and is_name(name) and not is_role(name):
            span = Span(one.start + place.start, one.start + place.end)
            return [
                draft if _says_who(draft) else _give(draft, name, span) for draft in walk.passages
            ]
    return _the_only_one(walk, heads, names)


def _mostly_unnamed(passages: Sequence[Draft]) -> bool:
    """Tell whether half of the passages or more name no person."""
    return 2 * sum(map(_says_who, passages)) <= len(passages)


def _says_who(draft: Draft) -> bool:
    """Tell whether a passage names its speaker, and no house, school or bay in a dated source."""
    name = draft.attribution.speaker
    if not name:
        return False
    words = {word.strip("'’,.").casefold() for word in name.split()}
    return not draft.attribution.date or VENUES.isdisjoint(words)


def _own_words(walk: _Walk, heads: Sequence[Chunk]) -> list[Draft] | None:
    """Give the person whose name is the page's title what stands under "Quotations"."""
    titles = [(one.start, one.text.strip().split("\n")[0].strip()) for one in heads[:MAX_HEADS]]
    title = next((one for one in titles if " " in one[1] and is_name(one[1])), None)
    if title is None or not any(_OWN_WORDS.fullmatch(one.text.strip()) for one in heads):
        return None
    start, name = title
    span = Span(start, start + len(name))
    return [
        _give(one, name, span)
        if not one.attribution.speaker and any(map(_OWN_WORDS.fullmatch, one.theme))
        else one
        for one in walk.passages
    ]


def _the_only_one(walk: _Walk, heads: Sequence[Chunk], names: Counter[str]) -> list[Draft]:
    """Give the only speaker of a page to dated occasions without one, if its title names her."""
    known = [name for name in names if name]
    if len(known) != 1 or names[known[0]] < 2 or names[known[0]] < names[""]:
        return walk.passages
    told = next((one for one in heads if f" {known[0]} " in f" {fold_name(one.text[:400])} "), None)
    model = next(one.attribution for one in walk.passages if one.attribution.speaker)
    if told is None or model.speaker is None:
        return walk.passages
    span = Span(told.start, told.end)
    return [
        _give(one, model.speaker, span)
        if not one.attribution.speaker and one.attribution.kind and one.attribution.date
        else one
        for one in walk.passages
    ]


def _give(draft: Draft, name: str, span: Span) -> Draft:
    """Give a draft the one speaker of its page."""
    given = with_speaker(draft.attribution, name, span)
    flags = tuple(flag for flag in draft.flags if flag != "no-attribution")
    return replace(draft, attribution=given, flags=flags, rule=draft.rule + "+page-introduction")
