"""Wikiquote's markup: list items with the source on the level below, and quotation templates.

``* words`` / ``** source`` and ``{{citation|…}}`` / ``{{Réf Livre|auteur=…}}`` are read, on any
page in that markup and through tables of field names by language. A passage's span is the
item with its markup; its text is what a reader of the page sees.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from chrestomathy.lift.attribution import attribution_of, parse_claim
from chrestomathy.lift.draft import HEADING_REASON, Draft, Drafts, Dropped
from chrestomathy.lift.lexicon.wiki import (
    AUTHOR,
    FILES,
    PAGE,
    QUOTE,
    QUOTE_TEMPLATES,
    REFERENCE_TEMPLATES,
    TITLE,
    YEAR,
)
from chrestomathy.lift.speakers import is_name
from chrestomathy.lift.tails import find_tail
from chrestomathy.records import Attribution, Span
from chrestomathy.textkit.marks import in_marks

_HEADING = re.compile(
    r"^[ \t]*(?P<level>={1,6})\s*(?P<name>[^=\n].*?)\s*={1,6}[ \t]*$", re.MULTILINE
)
_LINK = re.compile(r"\[\[[^\[\]\n]+\]\]")
_ITEM = re.compile(r"^(?P<marks>[*#:;]+)[ \t]*(?P<words>[^\n]*)$", re.MULTILINE)
_BRACES = re.compile(r"\{\{|\}\}")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_REFERENCE = re.compile(r"<ref\b[^<>]*?(?:/>|>.*?(?:</ref>|\Z))", re.DOTALL | re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>|</?poem>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_URL_LINK = re.compile(r"\[(?:https?:)?//[^\s\[\]]+(?:[ \t]+(?P<label>[^\[\]\n]*))?\]")
_PIPED = re.compile(r"\[\[(?:[^\[\]|\n]*\|)?(?P<label>[^\[\]|\n]*)\]\]")
_QUOTES = re.compile(r"'{2,5}")
_NOTE = re.compile(
    r"(?:variant|unsourced|translat|as\ (?:quoted|translated)|note|original|latin|variante|cf\.)",
    re.IGNORECASE,
)
_WORK_FIRST = re.compile(r"\s*(?:''(?!')|[\"“«]|''''')")
_FIRST_LINK = re.compile(
    r"""
    (?P<name>
      (?:[A-ZÀ-ÞА-Я][\w.’-]*\s+){0,3}     # "Sir", "Commander"
      \[\[[^\[\]\n]+\]\]                 # "[[Thomas Browne]]"
      (?:\s\((?!\d)[^()\n]{0,60}(?:\[\[[^\[\]\n]+\]\])?[^()\d\n]{0,20}\))?   # "(played by [[X]])"
    )
    """,
    re.VERBOSE,
)
_CHARACTER = re.compile(r"[\"“][^\"“”\d]{2,40}[\"”]\s\([^()\d]{3,60}\)")
"""A character with the actor: '"Nell" (played by X)'."""
_SENTENCE = re.compile(r"^[^,;(]*(?:,[^,;(]*)*(?<![A-Z])[.!?…]$(?<!\d\.)")
"""A line that is itself a sentence, a note or a variant: not "Name, Work, p. 4."."""
_NAME_ENDS = re.compile(
    r"""
    ,|;|:\s
    | \s\((?=[^()]*\d)                  # "Name (1950)", not "Name (played by X)"
    | \s(?=[\"“«])
    | \s(?:in|from|on|of|to|at|as|quoted|writing|speaking|dans|aus|zu|en)\s
    """,
    re.VERBOSE,
)


def is_wikitext(text: str) -> bool:
    """Tell whether a text is written in wiki markup."""
    if not any(one in text and 2 * one in text for one in "[{"):  # a single one is found quickest
        return False
    headed = _HEADING.search(text) is not None
    links = sum(1 for _, _ in zip(range(3), _LINK.finditer(text), strict=False))
    templates = sum(1 for _, _ in zip(range(3), re.finditer(r"\{\{\w", text), strict=False))
    return headed and (links >= 3 or templates >= 3)


@dataclass(slots=True)
class _Item:
    start: int
    end: int
    words: Span
    depth: int
    children: list[_Item] = field(default_factory=list)


def lift_wikitext(text: str) -> Drafts:
    """Lift list items and quotation templates, in the order of the page."""
    bare = _blank(text)
    themes = list(_headings(bare))
    dropped = [Dropped(Span(*m.span()), HEADING_REASON) for m in _HEADING.finditer(bare)]
    made = [*_from_templates(text, bare), *_from_items(text, bare)]
    made.sort(key=lambda one: one.spans[0])
    return Drafts(tuple(_themed(made, themes)), tuple(dropped))


def _blank(text: str) -> str:
    """Overwrite comments, references and pictures, so that offsets stay."""
    for pattern in (_COMMENT, _REFERENCE):
        text = pattern.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    out, at = [], 0
    for start, end in _files(text):
        if start >= at:
            out += [text[at:start], re.sub(r"[^\n]", " ", text[start:end])]
            at = end
    return "".join([*out, text[at:]])


def _files(text: str) -> Iterator[Span]:
    """Find [[File:…]] with the links inside it."""
    for m in FILES.finditer(text):
        depth, end = 0, m.end()
        for bracket in re.finditer(r"\[\[|\]\]|\n\n", text[m.start() : m.start() + 3000]):
            if bracket[0] == "\n\n":
                break
            depth += 1 if bracket[0] == "[[" else -1
            if depth == 0:
                end = m.start() + bracket.end()
                break
        yield Span(m.start(), end)


def _headings(text: str) -> Iterator[tuple[int, int, str]]:
    for m in _HEADING.finditer(text):
        yield m.start(), len(m["level"]), " ".join(render(m["name"]).split())


def _themed(made: list[Draft], themes: list[tuple[int, int, str]]) -> Iterator[Draft]:
    """Give every draft the headings above it."""
    stack: list[tuple[int, str]] = []
    i = 0
    for draft in made:
        while i < len(themes) and themes[i][0] < draft.spans[0].start:
            _, level, name = themes[i]
            stack = [one for one in stack if one[0] < level]
            stack.append((level, name))
            i += 1
        yield Draft(
            spans=draft.spans,
            rule=draft.rule,
            confidence=draft.confidence,
            text=draft.text,
            attribution=draft.attribution,
            flags=draft.flags,
            theme=tuple(name for _, name in stack if name),
        )


def render(markup: str) -> str:
    r"""Turn markup into what a reader sees.

    Example:
        >>> render("'''Love''' is [[w:Blindness|blind]].<br>Yes.")
        'Love is blind.\nYes.'
    """
    text = _REFERENCE.sub("", _COMMENT.sub("", markup))
    for start, end in reversed(list(_templates(text))):
        text = text[:start] + _visible(text[start + 2 : end - 2]) + text[end:]
    text = _BREAK.sub("\n", text)
    text = _PIPED.sub(lambda m: m["label"], text)
    text = _URL_LINK.sub(lambda m: m["label"] or "", text)
    text = _QUOTES.sub("", _TAG.sub("", text))
    return html.unescape(text).strip()


def _visible(inside: str) -> str:
    """Print what a small template shows: its last plain field."""
    fields = _fields(inside)
    plain = [value for key, value in fields[1:] if not key]
    return plain[-1] if plain else ""


def _templates(text: str) -> Iterator[Span]:
    """Find the outermost templates."""
    depth, start = 0, 0
    for m in _BRACES.finditer(text):
        if m[0] == "{{":
            if depth == 0:
                start = m.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield Span(start, m.end())


def _fields(inside: str) -> list[tuple[str, str]]:
    """Split a template into its name and its fields, links and inner templates kept whole."""
    parts, depth, start = [], 0, 0
    for m in re.finditer(r"\[\[|\]\]|\{\{|\}\}|\|", inside):
        if m[0] in ("[[", "{{"):
            depth += 1
        elif m[0] == "|":
            if depth == 0:
                parts.append(inside[start : m.start()])
                start = m.end()
        elif depth:
            depth -= 1
    parts.append(inside[start:])
    found = [("", parts[0].strip())]
    for part in parts[1:]:
        named = re.match(r"\s*(?P<key>[^=\[\]{}<>\"«“,.]{1,40}?)\s*=", part)
        if named:
            found.append((named["key"].strip().casefold(), part[named.end() :]))
        else:
            found.append(("", part))
    return found


def _from_templates(text: str, bare: str) -> Iterator[Draft]:
    spans = list(_templates(bare))
    for i, (start, end) in enumerate(spans):
        fields = _fields(text[start + 2 : end - 2])
        name = fields[0][1].casefold()
        if name not in QUOTE_TEMPLATES:
            continue
        words = next((value for key, value in fields[1:] if key in QUOTE), None)
        if words is None:
            words = next((value for key, value in fields[1:] if not key), "")
        if not words.strip() or not render(words):
            continue
        at = text.index(words.strip(), start)
        span = Span(at, at + len(words.strip()))
        source = (
            spans[i + 1]
            if i + 1 < len(spans) and not bare[end : spans[i + 1].start].strip("* \n")
            else None
        )
        attribution = _reference(text, Span(start, end), source)
        yield Draft(
            spans=(span,),
            rule="wikitext-template",
            confidence=0.95,
            text=render(words),
            attribution=attribution,
        )


def _reference(text: str, own: Span, source: Span | None) -> Attribution:
    """Read author, title, year and page from the template behind a quotation, or from its own."""
    for span in (source, own):
        if span is None:
            continue
        fields = _fields(text[span.start + 2 : span.end - 2])
        name = fields[0][1].casefold()
        if span is source and not name.startswith(REFERENCE_TEMPLATES):
            continue
        values = {key: render(value) for key, value in fields[1:] if key}
        speaker = next((values[key] for key in AUTHOR if values.get(key)), None)
        year = next((values[key] for key in YEAR if values.get(key)), None)
        if speaker or span is source:
            at = text.find(speaker, span.start, span.end) if speaker else -1
            found = parse_claim(f"X, {year}").date if year else None
            return Attribution(
                speaker=speaker,
                speaker_span=Span(at, at + len(speaker)) if speaker and at >= 0 else None,
                date=found.edtf if found else None,
                work=next((values[key] for key in TITLE if values.get(key)), None),
                locus=next((f"p. {values[key]}" for key in PAGE if values.get(key)), None),
                raw=text[slice(*span)],
                span=span,
            )
    return Attribution()


def _from_items(text: str, bare: str) -> Iterator[Draft]:
    for item in _tree(bare):
        words = text[slice(*item.words)]
        shown = render(words)
        if not shown or re.match(r"\s*\{\{", words) or len(shown) < 2:
            continue
        if item.children and _credits_below(text, item):
            for child in item.children:
                yield _draft(text, child, item)
        else:
            yield _draft(text, item, item.children[0] if item.children else None)


def _credits_below(text: str, item: _Item) -> bool:
    """Tell whether an item is the source and the items below it are the words."""
    head = text[slice(*item.words)]
    if not head.lstrip("' ").startswith("[[") or len(render(head)) > 120:
        return False
    if re.search(r"[.!?…][\"”»']*$", render(head)):
        return False
    below = [text[slice(*child.words)] for child in item.children]
    return (
        not any("[[" in one or "''" in one[:2] for one in below)
        and parse_claim(render(head)).score >= 0.6
    )


def _tree(bare: str) -> Iterator[_Item]:
    """Hang every list item under the one that it belongs to."""
    top: _Item | None = None
    for m in _ITEM.finditer(bare):
        marks = m["marks"]
        if marks[0] not in "*:#" or (marks[0] == ":" and "*" not in marks and top is None):
            continue
        item = _Item(m.start(), m.end(), Span(*m.span("words")), len(marks))
        if marks == "*" or (top is None and marks[-1] == "*"):
            if top is not None:
                yield top
            top = item
        elif top is not None:
            gap = bare[(top.children[-1] if top.children else top).end : m.start()]
            if gap.strip():
                yield top
                top = None
            elif marks in ("*:", ":") and not top.children:
                top.words = Span(top.words.start, m.end())
                top.end = m.end()
            else:
                top.children.append(item)
    if top is not None:
        yield top


def _draft(text: str, item: _Item, credit: _Item | None) -> Draft:
    words = _no_list_marks(text[slice(*item.words)])
    if credit is None and (inline := _inline(text, item.words, render(words))):
        return inline
    attribution = Attribution()
    if credit is not None:
        attribution = _credit(text, credit.words)
    return Draft(
        spans=(item.words,),
        rule="wikitext-item",
        confidence=0.95 if credit is not None and attribution.speaker else 0.8,
        text=render(words),
        attribution=attribution,
        flags=() if credit is not None else ("no-attribution",),
    )


def _inline(text: str, span: Span, shown: str) -> Draft | None:
    """Read an item with its source on the same line: '"Words." - Name, Work', as in German."""
    cut = find_tail(shown)
    if cut is None:
        return None
    body, tail, claim = cut
    raw = shown[slice(*tail)]
    found = attribution_of(claim, raw, 0)
    at = text.find(found.speaker, *span) if found.speaker else -1
    words = shown[slice(*body)].strip()
    return Draft(
        spans=(span,),
        rule="wikitext-inline",
        confidence=0.85,
        text=words[1:-1].strip() if in_marks(words) else words,
        attribution=replace(
            found,
            speaker_span=Span(at, at + len(found.speaker)) if found.speaker and at >= 0 else None,
            span=span,
        ),
    )


def _no_list_marks(words: str) -> str:
    return re.sub(r"\n[*:#]+[ \t]*", "\n", words)


def _credit(text: str, span: Span) -> Attribution:
    """Read the source line of an item: the name first, then whatever the grammar finds."""
    raw = text[slice(*span)]
    shown = " ".join(render(raw).split())
    claim = attribution_of(parse_claim(shown), shown, 0)
    works = _WORK_FIRST.match(raw) and not _CHARACTER.match(shown)
    name = None if works or _NOTE.match(shown) else _name(raw)
    at = text.find(name, *span) if name else -1
    return Attribution(
        speaker=name,
        speaker_span=Span(at, at + len(name)) if name and at >= 0 else None,
        role=claim.role,
        date=claim.date,
        occasion=claim.occasion,
        topic=claim.topic,
        kind=claim.kind,
        work=_work(raw) or claim.work,
        locus=claim.locus,
        place=claim.place,
        raw=raw.strip(),
        span=span,
    )


def _name(raw: str) -> str | None:
    """Take the name at the beginning of a source line: the first link, or up to a comma."""
    link = _FIRST_LINK.match(raw)
    if link is not None:
        shown = " ".join(render(link["name"]).split())
        return shown.strip(" .,") or None
    shown = " ".join(render(raw).split())
    if character := _CHARACTER.match(shown):
        return character[0]
    if raw.startswith("'''") or (_SENTENCE.search(shown) and not is_name(shown.split(",")[0])):
        return None
    m = _NAME_ENDS.search(shown)
    name = (shown[: m.start()] if m else shown).strip(" .–—-")
    return name if name and len(name) <= 100 and not re.search(r"[!?]$", name) else None


def _work(raw: str) -> str | None:
    m = re.search(r"(?<!')''(?!')(?P<title>.+?)(?<!')''(?!')", raw)
    return " ".join(render(m["title"]).split()) or None if m else None
