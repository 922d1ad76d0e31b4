"""What sort of page this is, from the features of its lines, with the evidence for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from chrestomathy.lift.chunk import Chunk
from chrestomathy.lift.fortunes import is_fortune
from chrestomathy.lift.layout import Paragraph
from chrestomathy.lift.posts import is_thread
from chrestomathy.lift.template import Template, attributed
from chrestomathy.lift.titles import page_of_one
from chrestomathy.lift.transcripts import is_transcript
from chrestomathy.lift.wikitext import is_wikitext
from chrestomathy.records import Reason

PageKind = Literal[
    "compilation", "transcript", "posts", "fortune", "wikitext", "block-quotes", "prose", "empty"
]


@dataclass(frozen=True, slots=True)
class PageType:
    """What sort of page a document is."""

    kind: PageKind
    evidence: tuple[Reason, ...] = ()


ATTRIBUTED_SHARE = 0.35
"""Least share of a page's words in attributed passages to be a compilation; by hand."""
MAX_ALONE = 1500
"""Longest page that is one passage with its source, in characters; chosen by hand."""
MIN_OF_ONE, MAX_HEADS = 4, 4
"""Fewest whole paragraphs in marks below a title that names their speaker, within how many lines."""
QUOTED_SHARE = 0.75
"""Least share of words in whole quoted paragraphs, where nothing is attributed."""


def type_by_marks(text: str, blocks: Sequence[Paragraph]) -> PageType | None:
    """Recognise the types that show in single lines: cookies, wikitext, turns."""
    if not text.strip():
        return PageType("empty")
    if is_fortune(text):
        return PageType("fortune", (Reason(rule="separator", detail="lines of a single %"),))
    if is_wikitext(text):
        return PageType("wikitext", (Reason(rule="markup", detail="wiki lists, links, templates"),))
    if is_thread(text):
        return PageType(
            "posts", (Reason(rule="handles", detail="names with handles, again and again"),)
        )
    if is_transcript(text, blocks):
        detail = "most paragraphs begin with a name and a colon, and the names come back"
        return PageType("transcript", (Reason(rule="turns", detail=detail),))
    return None


def type_by_template(chunks: Sequence[Chunk], template: Template) -> PageType:
    """Tell compilations from prose by how many words are attributed passages."""
    words = {id(one): len(one.text) for one in chunks if one.role == "text"}
    total = sum(words.values()) or 1
    held = attributed(chunks, template.side)
    if template.sections:
        held = [one for one in chunks if one.role == "text" and one.quoted]
    in_passages = sum(words[id(one)] for one in held)
    quoted = [one for one in chunks if one.role == "text" and one.quoted and len(one.text) > 25]
    share = in_passages / total
    evidence = [
        Reason(rule="attributed", detail=f"{len(held)} passages, {share:.0%} of the text"),
        Reason(
            rule="template",
            detail=f"attribution {template.side or 'nowhere'}, "
            f"{'own line' if template.own_line else 'same line'}, marker {template.marker!r}",
        ),
    ]
    alone = len(held) == 1 and (len(words) > 3 or total > MAX_ALONE)
    if held and not alone and (share >= ATTRIBUTED_SHARE or (len(held) >= 8 and share >= 0.2)):
        return PageType("compilation", tuple(evidence))
    heads = [one.text[:400] for one in chunks[:MAX_HEADS] if one.role in ("text", "heading")]
    of_one = len(quoted) >= MIN_OF_ONE and any(map(page_of_one, heads))
    if len(quoted) >= 3 and (
        of_one or sum(words[id(one)] for one in quoted) >= QUOTED_SHARE * total
    ):
        detail = f"{len(quoted)} whole paragraphs in marks"
        return PageType("compilation", (Reason(rule="quoted", detail=detail),))
    if any(one.block_quote for one in chunks):
        return PageType("block-quotes", tuple(evidence))
    return PageType("prose", tuple(evidence))
