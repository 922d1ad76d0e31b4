"""The text of a message → its own words, what it quotes, whose words those are, its signature.

Three manners are known: lines that begin with ``>``; a line such as ``On Monday Ada Lin
wrote:`` above them; and the block that Outlook puts above a whole earlier message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chrestomathy.records import BlockKind

_MARKS = re.compile(r"(?:[ \t]{0,2}>){1,40}[ \t]?")
_WROTE = re.compile(
    r"(?:wrote|writes|said|a[ ]écrit|schrieb|escribió|ha[ ]scritto|escreveu|schreef|napisał(?:\(a\))?"
    r"|пишет|писал(?:а)?|skrev|kirjoitti|napsal(?:a)?|írta|yazdı|写道|のメール)\s?[:：]?\s*\Z",
    re.IGNORECASE,
)
"""How a line ends that says whose words follow: `On 5 January Ada Lin wrote:`."""
_VERB_FIRST = re.compile(
    r"(?P<before>.*)\b(?:schrieb|skrev|escribió|escreveu|schreef|napisał)[ ](?P<name>[^:]{2,100}):\Z"
)
"""Where the name comes last: `Am 05.01.2026 um 10:00 schrieb Ada Lin:`."""
_BEGAN = re.compile(r"(?:Am|On|Le|El|Il|Em|Op|W dniu|Den|Dne|\d{4}-\d\d-\d\d)\b")
_RULE = re.compile(
    r"[-_ ]{0,10}(?:Original Message|Forwarded message|Ursprüngliche Nachricht|Message d'origine"
    r"|Mensaje original|Messaggio originale|Begin forwarded message:|Weitergeleitete Nachricht)"
    r"[-_ ]{0,10}\Z|_{10,}\Z|-{10,}\Z",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r"\**(?P<name>From|Von|De|Da|Van|Od|От|Sent|Gesendet|Envoyé|Enviado|Inviato|Date|Datum|Fecha"
    r"|To|An|À|Para|A|Aan|Cc|Subject|Betreff|Objet|Asunto|Oggetto|Assunto|Onderwerp)\s?:\**\s?"
    r"(?P<value>\S.{0,300})?\Z",
    re.IGNORECASE,
)
_SENDER = frozenset(("from", "von", "de", "da", "van", "od", "от"))
_WHEN = frozenset(("sent", "gesendet", "envoyé", "enviado", "inviato", "date", "datum", "fecha"))
MIN_FIELDS = 3
"""Fewest fields of the block above an earlier message."""
MAX_FIELDS = 8
MAX_SIGNATURE_LINES = 15


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph of a message, and what it is."""

    kind: BlockKind
    text: str
    level: int | None = None


def stretches(text: str) -> Iterator[Stretch]:
    r"""Part the text of a message.

    Example:
        >>> [(one.kind, one.text) for one in stretches("Yes.\n\nAda wrote:\n> Is it wet?")]
        [('paragraph', 'Yes.'), ('attribution', 'Ada'), ('quote', 'Is it wet?')]
    """
    lines = [_unmarked(line.rstrip()) for line in text.splitlines()]
    end = _signature(lines)
    body, signature = lines[:end], lines[end + 1 :]
    whole = _outlook(body)
    own = body[: whole[0]] if whole else body
    yield from _joined(_paragraphs(own))
    if whole:
        _, at, whose = whole
        yield Stretch("attribution", whose)
        yield from _joined(_paragraphs([(depth + 1, line) for depth, line in body[at:]]))
    if words := "\n".join(line for _, line in signature).strip():
        yield Stretch("note", words)


def stretches_of(blocks: Iterable[tuple[BlockKind, str, int | None]]) -> Iterator[Stretch]:
    """Part the blocks of a message that was a page: kind, text, level."""
    found = list(blocks)
    earlier = False
    for i, (kind, text, level) in enumerate(found):
        after = found[i + 1][0] if i + 1 < len(found) else None
        lines = [(0, line) for line in text.splitlines()]
        whole = None if earlier else _outlook(lines)
        if whole:
            earlier = True
            rest = "\n".join(line for _, line in lines[whole[1] :]).strip()
            if before := "\n".join(line for _, line in lines[: whole[0]]).strip():
                yield Stretch(kind, before, level)
            yield Stretch("attribution", whole[2])
            if rest:
                yield Stretch("quote", rest, 1)
        elif kind == "paragraph" and after == "quote" and (whose := _whose_words(text.strip())):
            yield Stretch("attribution", whose)
        elif earlier:
            yield Stretch("quote", text, 1 + (level or 0) * (kind == "quote"))
        else:
            yield Stretch(kind, text, level)


def _joined(found: Iterable[Stretch]) -> Iterator[Stretch]:
    """Make one stretch of the paragraphs of one quotation."""
    held: Stretch | None = None
    for one in found:
        if held and one.kind == held.kind == "quote" and one.level == held.level:
            held = Stretch("quote", f"{held.text}\n\n{one.text}", held.level)
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


_Line = tuple[int, str]
"""How deep it is quoted, and its words."""


def _unmarked(line: str) -> _Line:
    m = _MARKS.match(line)
    return (m[0].count(">"), line[m.end() :]) if m else (0, line)


def _signature(lines: Sequence[_Line]) -> int:
    """Find the last line that is two dashes by themselves, near the end."""
    for i in range(len(lines) - 1, max(-1, len(lines) - 2 - MAX_SIGNATURE_LINES), -1):
        if lines[i] == (0, "--"):
            return i
    return len(lines)


def _outlook(lines: Sequence[_Line]) -> tuple[int, int, str] | None:
    """Find the block above an earlier message: where it begins and ends, and whose it is."""
    for i, (depth, line) in enumerate(lines):
        if depth or not _FIELD.match(line.strip()):
            continue
        fields: dict[str, str] = {}
        at = i
        while at < len(lines) and len(fields) < MAX_FIELDS:
            m = _FIELD.match(lines[at][1].strip())
            if m is None:
                break
            fields.setdefault(m["name"].lower(), (m["value"] or "").strip())
            at += 1
        sender = next((value for name, value in fields.items() if name in _SENDER and value), "")
        if len(fields) < MIN_FIELDS or not sender:
            continue
        when = next((value for name, value in fields.items() if name in _WHEN and value), "")
        above = i - 1
        while above >= 0 and not lines[above][1].strip():
            above -= 1
        start = above if above >= 0 and _RULE.match(lines[above][1].strip()) else i
        return start, at, ", ".join(filter(None, (_name(sender), when)))
    return None


def _name(sender: str) -> str:
    """Leave the address off a name that stands beside it."""
    name = re.split(r"[<\[]", sender, maxsplit=1)[0].strip(" \"'*")
    return name or sender.strip("<>[] ")


def _paragraphs(lines: Sequence[_Line]) -> Iterator[Stretch]:
    """Join lines of one depth to paragraphs, and find the lines that say whose words follow."""
    held: list[str] = []
    at = 0
    for i, (depth, line) in enumerate([*lines, (-1, "")]):
        if held and (depth != at or not line.strip()):
            deeper = _next_depth(lines, i) > at
            yield from _ended(held, at, before_quote=deeper)
            held = []
        if line.strip() and depth >= 0:
            at = depth
            held.append(line)


def _next_depth(lines: Sequence[_Line], i: int) -> int:
    return next((depth for depth, line in lines[i:] if line.strip()), -1)


def _ended(held: Sequence[str], depth: int, *, before_quote: bool) -> Iterator[Stretch]:
    kind: BlockKind = "quote" if depth else "paragraph"
    level = depth or None
    if before_quote:
        for n in (1, 2, 3):
            said = " ".join(one.strip() for one in held[-n:])
            whose = _whose_words(said)
            if whose is None or len(held) < n:
                break
            if n == len(held) or _BEGAN.match(held[-n].strip()):
                if held[:-n]:
                    yield Stretch(kind, "\n".join(held[:-n]), level)
                yield Stretch("attribution", whose)
                return
    yield Stretch(kind, "\n".join(held), level)


def _whose_words(said: str) -> str | None:
    """Read a line that says whose words follow; None where it says nothing of the kind."""
    if m := _VERB_FIRST.match(said):
        return _whose(f"{m['before'].strip()} {m['name'].strip()}")
    m = _WROTE.search(said)
    return _whose(said[: m.start()]) if m else None


_ADDRESS = re.compile(r"\s*[<\[(](?:mailto:)?[^\s<>\[\]()]{1,100}@[^\s<>\[\]()]{1,100}[>\])]")
_ON = re.compile(r"(?:On|Am|Le|El|Il giorno|Il|Em|Op|W dniu|Den|Dne)\s+")
_TIME = re.compile(
    r",?\s*(?:at|um|à|a las|alle|às|om|kl\.)?\s*\d{1,2}[:.h]\d{2}(?::\d{2})?\s?(?:[AP]M\b)?"
    r"(?:\s?Uhr)?(?:\s?\(?[+-]\d{4}\)?)?\s*,?",
    re.IGNORECASE,
)


_WEEKDAY = re.compile(r"\A[^\W\d_]{2,10}\.?,\s+(?=\d|\w{3,9}\.?\s\d)")
"""`Mon, ` before `5 Jan 2026`."""


def _whose(said: str) -> str:
    """Turn `On Mon, 5 Jan 2026 at 10:00, Ada Lin <a@x.org>` into `Ada Lin, 5 Jan 2026`.

    Example:
        >>> _whose("On Mon, 5 Jan 2026 at 10:00 AM Ada Lin <ada@example.org>")
        'Ada Lin, 5 Jan 2026'
    """
    bare = _ADDRESS.sub("", said).strip(" ,")
    on = _ON.match(bare)
    if on is None:
        return bare
    rest = bare[on.end() :]
    clock = _TIME.search(rest)
    if clock is not None:
        when, name = rest[: clock.start()].strip(" ,"), rest[clock.end() :].strip(" ,")
    else:
        year = re.search(r"\b\d{4}\b,?", rest)
        if year is None:
            return bare
        when, name = rest[: year.end()].strip(" ,"), rest[year.end() :].strip(" ,")
    return ", ".join(filter(None, (name, _WEEKDAY.sub("", when))))
