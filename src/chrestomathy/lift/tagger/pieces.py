"""Read labelled texts to train on: marked-up pieces, or JSON Lines with offsets.

Pieces stand in plain text files, each behind a line ``=== name | genre``. ``{S1 …}`` is a source,
``{C1 …}`` a cue, ``{Q1 …}`` content; a number ties them together, ``{S1,2 …}`` is the source of
two, braces nest. JSON Lines have ``{"id", "text", "attributions": [{"source", "cue",
"content"}]}``, each a list of ``[start, end]`` in code points, as PolNeAR's labels do.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from chrestomathy.errors import InputError
from chrestomathy.lift.layout import paragraphs
from chrestomathy.lift.tagger.training import Label, Labelled
from chrestomathy.records import Document, Span

_HEAD = re.compile(r"^=== *(?P<name>[^|\n]+)(?:\|[^\n]*)?\n", re.MULTILINE)
_OPEN = re.compile(r"\{(?P<kind>[SCQ])(?P<numbers>\d+(?:,\d+)*) ?")
_KINDS = {"S": "source", "C": "cue", "Q": "content"}
_FORM = (
    'Write {"id": …, "text": …, "attributions": [{"source": [[0, 5]], "cue": …, "content": …}]}.'
)


def read_labelled(path: Path) -> Iterator[Labelled]:
    """Read one file of labelled texts, or all of a folder, in the order of their names.

    Raises:
        InputError: There is nothing there, or a text is not in the form.
    """
    if path.is_dir():
        found = sorted(one for one in path.rglob("*") if one.name.endswith(SUFFIXES))
        if not found:
            what = "there is no labelled text in this folder"
            raise InputError(what, at=str(path), fix=f"Its files end with {', '.join(SUFFIXES)}.")
        for one in found:
            yield from read_labelled(one)
        return
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        text = raw.decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", at=str(path), fix="Check the file.") from error
    read = _pieces if path.suffix == ".txt" else _rows
    yield from read(text, str(path))


SUFFIXES = (".txt", ".jsonl", ".jsonl.gz")


def _rows(text: str, path: str) -> Iterator[Labelled]:
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            row: dict[str, Any] = msgspec.json.decode(line)
            labels = [
                Label(*(_spans(one.get(kind) or [], row["text"]) for kind in _KINDS.values()))
                for one in row["attributions"]
            ]
            yield labelled(row["text"], labels)
        except (msgspec.DecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise InputError(
                f"this is no labelled text: {error}", at=f"{path}:{number}", fix=_FORM
            ) from error


def _spans(pairs: Iterable[tuple[int, int]], text: str) -> tuple[Span, ...]:
    spans = tuple(Span(start, end) for start, end in pairs)
    if any(not 0 <= start <= end <= len(text) for start, end in spans):
        raise ValueError(f"a label outside of its text of {len(text)} characters")
    return spans


def _pieces(text: str, path: str) -> Iterator[Labelled]:
    heads = list(_HEAD.finditer(text))
    ends = [m.start() for m in heads[1:]] + [len(text)]
    for m, end in zip(heads, ends, strict=True):
        try:
            yield labelled(*parse_piece(text[m.end() : end].strip()))
        except ValueError as error:
            at = f"{path}: {m['name'].strip()}"
            raise InputError(str(error), at=at, fix="Mend the braces.") from error
    if not heads:
        what = "there is no piece in this file"
        raise InputError(what, at=path, fix="Put a line “=== name | genre” before each.")


def parse_piece(marked: str) -> tuple[str, list[Label]]:
    """Take the labels out of a piece.

    Example:
        >>> parse_piece("{S1 She} {C1 says} {Q1 it rains}.")[0]
        'She says it rains.'

    Raises:
        ValueError: A brace does not open or close a label.
    """
    found: dict[int, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    opened: list[tuple[str, str, int]] = []
    out: list[str] = []
    length = at = 0
    while at < len(marked):
        m = _OPEN.match(marked, at)
        if m is not None:
            opened.append((m["kind"], m["numbers"], length))
            at = m.end()
            continue
        if marked[at] == "{" or (marked[at] == "}" and not opened):
            raise ValueError(
                f"a brace that belongs to no label: {marked[max(0, at - 20) : at + 20]}"
            )
        if marked[at] == "}":
            kind, numbers, start = opened.pop()
            for number in map(int, numbers.split(",")):
                found[number][kind].append(Span(start, length))
        else:
            out.append(marked[at])
            length += 1
        at += 1
    if opened:
        raise ValueError(f"a label that is never closed: {{{opened[-1][0]}{opened[-1][1]}")
    labels = [Label(*(tuple(sorted(kinds[kind])) for kind in _KINDS)) for kinds in found.values()]
    return "".join(out), sorted(labels, key=lambda one: one.content)


def labelled(text: str, labels: Iterable[Label]) -> Labelled:
    """Make a labelled text; attributions within the content of others are left out."""
    kept = [one for one in labels if one.content]
    document = Document(id="-", origin="-", media_type="text/plain", blocks=(), text=text)
    blocks = tuple(Span(one.start, one.end) for one in paragraphs(document))
    contents = [(k, span) for k, one in enumerate(kept) for span in one.content]

    def nested(k: int, one: Label) -> bool:
        return any(
            j != k and held != span and held.start <= span.start and span.end <= held.end
            for span in one.content
            for j, held in contents
        )

    outer = tuple(one for k, one in enumerate(kept) if not nested(k, one))
    return Labelled(text, blocks, outer)
