"""LIFT: Document → Passage. Which words on a page are quoted, and who is said to have said them.

::

    document ─▶ layout ─▶ page type ─┬▶ fortunes ─────┐
                                     ├▶ wikitext ─────┤
                                     ├▶ transcripts ──┤
                                     ├▶ posts ────────┤
                                     ├▶ chunks ▶ template ▶ compilation ─┼▶ drafts ─▶ passages
                                     └▶ block quotes and prose ──────────┘

Nothing here opens a file or guesses who is meant: every passage says which rule made it, and
what looked like a passage and is none leaves as `LeftOut` with the reason.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from chrestomathy.lift.chunks import chunks
from chrestomathy.lift.compilation import INTRODUCTION, lift_compilation
from chrestomathy.lift.dialogues import told_turns
from chrestomathy.lift.draft import BETWEEN, HEADING_REASON, TITLE_REASON, Draft, Drafts, Dropped
from chrestomathy.lift.fortunes import lift_fortunes
from chrestomathy.lift.headings import credit_headings
from chrestomathy.lift.layout import Paragraph, paragraphs
from chrestomathy.lift.notes import with_notes, without_marks
from chrestomathy.lift.page_type import PageType, type_by_marks, type_by_template
from chrestomathy.lift.posts import lift_posts
from chrestomathy.lift.prose import lift_prose
from chrestomathy.lift.source_key import source_key
from chrestomathy.lift.speakers import fold_name, is_role
from chrestomathy.lift.template import MIN_REPEATS, learn_template
from chrestomathy.lift.themes import Themes
from chrestomathy.lift.transcripts import lift_spans, lift_transcript
from chrestomathy.lift.wikitext import lift_wikitext
from chrestomathy.records import Document, LeftOut, Passage, PassageFlag, Reason, Span
from chrestomathy.settings import LiftSettings
from chrestomathy.textkit.marks import in_marks


@dataclass(frozen=True, slots=True)
class Lifted:
    """What one document gave."""

    passages: tuple[Passage, ...]
    left_out: tuple[LeftOut, ...]
    page_type: PageType


def lift(documents: Iterable[Document], *, settings: LiftSettings) -> Iterator[Passage | LeftOut]:
    """Lift the passages of documents, in order, each document's left-outs after them."""
    for document in documents:
        lifted = lift_document(document, settings=settings)
        yield from lifted.passages
        yield from lifted.left_out


def lift_document(document: Document, *, settings: LiftSettings) -> Lifted:
    """Lift the passages of one document.

    Example:
        >>> from chrestomathy.settings import LiftSettings
        >>> page = Document(id="d", origin="-", media_type="text/plain", blocks=(),
        ...     text="“Begin, and the work is half done.” – Ann Lee, 1903")
        >>> [(p.text, p.attribution.speaker, p.attribution.date)
        ...     for p in lift_document(page, settings=LiftSettings()).passages]
        [('Begin, and the work is half done.', 'Ann Lee', '1903')]
    """
    page_type, drafts = _drafts(without_marks(document), settings)
    drafts = with_notes(document.text, drafts)
    themes = Themes(document)
    made = [_finish(document, draft, themes) for draft in drafts.passages]
    if document.media_type == "text/html":
        made = _without_copies(made)
    left_out = tuple(
        LeftOut(
            stage="lift",
            origin=document.origin,
            reason=one.reason,
            fix=_FIX,
            text=document.text[slice(*one.span)],
            span=one.span,
        )
        for one in drafts.dropped
    )
    return Lifted(tuple(_page_flags(document, made)), left_out, page_type)


_FIX = "If it is a passage after all, set it in quotation marks or give it a source line."


def _drafts(document: Document, settings: LiftSettings) -> tuple[PageType, Drafts]:
    """Recognise the page and hand it to the lifter of its type."""
    text = document.text
    blocks = paragraphs(document)
    if document.speaker_spans:
        return _speeches(document, blocks, settings)
    page_type = type_by_marks(text, blocks)
    if page_type is None:
        return _by_template(document, blocks, settings)
    if page_type.kind == "fortune":
        return page_type, lift_fortunes(text)
    if page_type.kind == "wikitext":
        return page_type, lift_wikitext(text)
    if page_type.kind == "posts":
        return page_type, _with_prose(document, lift_posts(text, blocks), settings)
    if page_type.kind == "transcript":
        turns = lift_transcript(text, blocks, title=document.title)
        return page_type, _with_prose(document, turns, settings)
    return page_type, Drafts()


def _by_template(
    document: Document, blocks: list[Paragraph], settings: LiftSettings
) -> tuple[PageType, Drafts]:
    """Lift a compilation, or the quotations in prose."""
    text = document.text
    found = chunks(text, blocks)
    template, found = learn_template(found)
    habit = template.own_line and template.marker and template.entries >= MIN_REPEATS
    if habit and 10 * template.entries >= len(found):
        found = chunks(text, blocks, marker=template.marker)
        template, found = learn_template(found)
    page_type = type_by_template(found, template)
    if page_type.kind == "compilation" and template.entries <= told_turns(text, blocks):
        page_type = PageType(
            "prose", (Reason(rule="dialogue", detail="turns that begin with a dash"),)
        )
    if page_type.kind == "compilation":
        compiled = lift_compilation(text, found, template)
        return page_type, _with_prose(document, compiled, settings)
    if template.side == "before":
        found = [one for one in found if one.role != "attribution" or one.marker or one.credited]
    prose = lift_prose(text, blocks, found, settings, document.language)
    if page_type.kind == "block-quotes":
        prose = Drafts(tuple(credit_headings(text, found, prose.passages)), prose.dropped)
    return page_type, _without_headline(text, blocks, prose)


def _speeches(
    document: Document, blocks: Sequence[Paragraph], settings: LiftSettings
) -> tuple[PageType, Drafts]:
    """Lift the speeches that a file marks, and the quotations in what stands between them."""
    spoken = document.speaker_spans
    starts = [one.start for one in spoken]

    def is_spoken(block: Paragraph) -> bool:
        i = bisect_right(starts, block.end - 1) - 1
        return i >= 0 and spoken[i].end > block.start

    rest = [one for one in blocks if not is_spoken(one)]
    _, between = _by_template(document, rest, settings)
    speeches = lift_spans(document.text, spoken)
    passages = sorted([*speeches, *between.passages], key=lambda one: one.spans[0])
    reason = Reason(rule="marked", detail="the file itself says who speaks where")
    return PageType("transcript", (reason,)), Drafts(tuple(passages), between.dropped)


MIN_BLOCKS = 3
"""Fewest blocks of a page that has a headline."""
MAX_HEADLINE = 120
"""Longest headline in quotation marks, in characters; chosen by hand."""


def _without_headline(text: str, blocks: Sequence[Paragraph], drafts: Drafts) -> Drafts:
    """Take a page's first line that stands in marks and ends no sentence for its title."""
    if len(blocks) < MIN_BLOCKS or not drafts.passages:
        return drafts
    first, one = text[blocks[0].start : blocks[0].end], drafts.passages[0]
    headline = len(first) <= MAX_HEADLINE and in_marks(first) and first.strip()[-2] not in ".!,…。"
    if not headline or one.rule != "marks" or one.spans[-1].end > blocks[0].end:
        return drafts
    dropped = Dropped(Span(blocks[0].start, blocks[0].end), TITLE_REASON)
    return Drafts(drafts.passages[1:], (dropped, *drafts.dropped))


def _with_prose(document: Document, drafts: Drafts, settings: LiftSettings) -> Drafts:
    """Lift the direct quotations in the prose between passages or turns too."""
    rest = [one for one in drafts.dropped if one.reason in (INTRODUCTION, BETWEEN)]
    blocks = [Paragraph(*one.span) for one in rest]
    inner = lift_prose(document.text, blocks, [], settings, document.language)
    found = _with_themes(document.text, inner.passages, drafts)
    passages = sorted([*drafts.passages, *found], key=lambda one: one.spans[0])
    dropped = sorted([*drafts.dropped, *inner.dropped], key=lambda one: one.span)
    return Drafts(tuple(passages), tuple(dropped))


def _with_themes(text: str, found: Sequence[Draft], drafts: Drafts) -> list[Draft]:
    """Give quotations the heading right before them, or the theme of the passage before them."""
    heads = [one.span for one in drafts.dropped if one.reason == HEADING_REASON]
    marks = sorted([
        *((one.spans[-1].end, one.theme) for one in drafts.passages),
        *((head.end, (" ".join(text[slice(*head)].split()),)) for head in heads),
    ])  # fmt: skip

    def theme_at(place: int) -> tuple[str, ...]:
        i = bisect_right(marks, place, key=lambda mark: mark[0])
        return marks[i - 1][1] if i else ()

    return [replace(one, theme=one.theme or theme_at(one.spans[0].start)) for one in found]


def _finish(document: Document, draft: Draft, themes: Themes) -> Passage:
    """Add what every passage of a document has: id, origin, language, key."""
    places = ";".join(f"{start}-{end}" for start, end in draft.spans)
    digest = hashlib.sha256(f"{document.id}\x1f{places}".encode()).hexdigest()
    text = draft.text
    if text is None:
        text = " ".join(document.text[start:end] for start, end in draft.spans)
    flags: list[PassageFlag] = list(draft.flags)
    speaker = draft.attribution.speaker
    if speaker and is_role(speaker) and "role-only" not in flags:
        flags.append("role-only")
    if draft.attribution.raw is None and not speaker and "no-attribution" not in flags:
        flags.append("no-attribution")
    if "\ufffd" in text:
        flags.append("text-damaged")
    return Passage(
        id="p-" + digest[:12],
        document=document.id,
        origin=document.origin,
        text=text,
        spans=draft.spans,
        mode=draft.mode,
        theme=draft.theme or themes.at(draft.spans[0].start),
        attribution=draft.attribution,
        source_key=source_key(draft.attribution),
        confidence=draft.confidence,
        rule=draft.rule,
        flags=tuple(flags),
        language=document.language,
        document_date=document.date,
    )


MIN_COPY = 40
"""Shortest words that a page prints twice only because it shows them twice, in characters."""


def _without_copies(made: Sequence[Passage]) -> list[Passage]:
    """Leave out what a page shows again with the same source: the slides of a carousel."""
    seen: set[tuple[str, str | None, str | None]] = set()
    kept: list[Passage] = []
    for one in made:
        key = (" ".join(one.text.split()), one.attribution.speaker, one.attribution.date)
        if len(one.text) < MIN_COPY or key not in seen:
            kept.append(one)
        seen.add(key)
    return kept


MIN_SAME_WORDS = 7
"""Longest run of words that a passage may share with a heading by chance; by hand."""


def _page_flags(document: Document, made: list[Passage]) -> Iterator[Passage]:
    """Flag what only the whole page shows: one speaker, words of the title come back."""
    names = {fold_name(name) for name in {one.attribution.speaker or "" for one in made}}
    single = len(made) >= 2 and len(names) == 1 and names != {""}
    heads = {one.theme[-1] for one in made if one.theme}
    if document.title:
        heads.add(document.title)
    runs = {run for head in heads for run in _runs(head)}
    for one in made:
        flags = list(one.flags)
        if single:
            flags.append("single-source-page")
        if runs and one.mode == "passage" and not runs.isdisjoint(_runs(one.text)):
            flags.append("title-repeated")
        yield replace(one, flags=tuple(flags)) if len(flags) != len(one.flags) else one


def _runs(text: str) -> set[str]:
    words = fold_name(text).split()
    return {" ".join(words[i : i + MIN_SAME_WORDS]) for i in range(len(words) - MIN_SAME_WORDS + 1)}


__all__ = ["TITLE_REASON", "Lifted", "PageType", "lift", "lift_document"]
