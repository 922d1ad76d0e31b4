"""Posts of a social network, copied as text: a name, its handle and day, the words, the counts.

    Otis Fenn
    @otisfenn · Mar 3, 2021
    My daughter learned to read off that panel.
    3 Replies   12 Reposts   140 Likes

The handle is what tells such a page; a post ends at its counts, at its time of day, or where the
next name stands. What it answers or repeats is no part of its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chrestomathy.lift.dates import find_dates
from chrestomathy.lift.draft import BETWEEN, Draft, Drafts, Dropped
from chrestomathy.lift.layout import Line, Paragraph, lines
from chrestomathy.records import Attribution, Span

MIN_POSTS = 2
MAX_NAME = 60
"""Longest name above a handle, in characters; chosen by hand."""

_HANDLE = re.compile(r"@[A-Za-z0-9_.]{2,30}(?:\s*[·•|,–-]\s*(?P<when>[^@]{1,40}))?$")
_BESIDE = re.compile(
    r"(?P<name>[^@\n]{2,60}?)\s+(?P<handle>\(?@[A-Za-z0-9_.]{2,30}\)?)\s*[·•|,–-]\s*(?P<when>[^@]{1,40})$"
)
"""Name, handle and day on one line."""
_COUNTS = re.compile(
    r"[\d.,]+\s?[KMkm]?\s+(?:repl(?:y|ies)|re(?:post|tweet|blog)s?|likes?|quotes?|views?|comments?"
    r"|bookmarks?|shares?|antworten|gefällt|réponses?|respuestas?|me gusta)\b",
    re.IGNORECASE,
)
_TIME = re.compile(r"\d{1,2}[:.]\d\d\s?(?:[AaPp]\.?[Mm]\.?)?\s*[·•|,–-]\s*(?P<when>[^\n]{4,40})$")
_ANSWERED = re.compile(
    r"(?:replying to|quoting|in reply to|antwort an|en réponse à|en respuesta a)\s+@", re.IGNORECASE
)
_VERIFIED = " ✓✔☑\ufe0f"


@dataclass(slots=True)
class _Post:
    """One post on its way."""

    name: Span
    head: Span
    when: str | None
    words: list[Line] = field(default_factory=list)


def is_thread(text: str) -> bool:
    """Tell whether handles below or beside names stand on a page again and again."""
    if "@" not in text:
        return False
    held = [line.strip() for line in text.splitlines() if "@" in line]
    return sum(bool(_HANDLE.match(line) or _BESIDE.match(line)) for line in held) >= MIN_POSTS


def lift_posts(text: str, blocks: Sequence[Paragraph]) -> Drafts:
    """Lift the posts of a thread."""
    every = [line for block in blocks for line in lines(text, block)]
    passages: list[Draft] = []
    used: list[Span] = []
    for post in _posts(every):
        if post.words:
            span = Span(post.words[0].start, post.words[-1].end)
            passages.append(_draft(text, post, span))
            used += [post.head, span]
    dropped = [
        Dropped(Span(line.start, line.end), BETWEEN)
        for line in every
        if not any(span.start <= line.start < span.end for span in used)
    ]
    return Drafts(tuple(passages), tuple(dropped))


def _posts(every: Sequence[Line]) -> Iterator[_Post]:
    """Walk the lines: a head opens a post, counts or the next head close it."""
    post: _Post | None = None
    for i, line in enumerate(every):
        if head := _head(every, i):
            if post is not None:
                yield post
            post = head
        elif (
            post is None
            or _begins_head(every, i)
            or _ANSWERED.match(line.text)
            or (_HANDLE.match(line.text) and not post.words)
        ):
            continue
        elif (m := _TIME.match(line.text)) is not None:
            post.when = post.when or m["when"]
        elif _COUNTS.match(line.text):
            yield post
            post = None
        else:
            post.words.append(line)
    if post is not None:
        yield post


def _head(every: Sequence[Line], i: int) -> _Post | None:
    """Read the head that ends with a line: its handle, with the name on it or above it."""
    line = every[i]
    if m := _BESIDE.match(line.text):
        at = line.start + m.start("name")
        name = Span(at, at + len(m["name"].rstrip(_VERIFIED)))
        return _Post(name, Span(line.start, line.end), m["when"])
    m = _HANDLE.match(line.text)
    if m is None or not i or len(every[i - 1].text) > MAX_NAME or "@" in every[i - 1].text:
        return None
    above = every[i - 1]
    name = Span(above.start, above.start + len(above.text.rstrip(_VERIFIED)))
    return _Post(name, Span(above.start, line.end), m["when"])


def _begins_head(every: Sequence[Line], i: int) -> bool:
    """Tell whether a line is the name above the next line's handle."""
    return (
        i + 1 < len(every)
        and _head(every, i + 1) is not None
        and not _BESIDE.match(every[i + 1].text)
    )


def _draft(text: str, post: _Post, words: Span) -> Draft:
    dates = find_dates(post.when) if post.when else []
    return Draft(
        spans=(words,),
        rule="post",
        confidence=0.9,
        attribution=Attribution(
            speaker=text[slice(*post.name)],
            speaker_span=post.name,
            kind="post",
            date=dates[0].edtf if len(dates) == 1 else None,
            raw=text[slice(*post.head)],
            span=post.head,
        ),
    )
