"""Mail → documents: one message (.eml), a mailbox (mbox), the messages of a Maildir folder.

Each message is a document with its subject, sender and date. What it quotes of an earlier
message are blocks of kind ``quote`` with the line that says whose words they are; its
signature is a note. Attachments are handed on as inputs of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from chrestomathy.codec import Item
from chrestomathy.errors import InputError
from chrestomathy.read.canvas import Canvas
from chrestomathy.read.encoding import decode_text, undo_mojibake
from chrestomathy.read.inputs import Raw, left_out
from chrestomathy.read.replies import Stretch, stretches, stretches_of
from chrestomathy.records import Document, LeftOut
from chrestomathy.settings import ReadSettings

MEDIA_TYPE = "message/rfc822"
MAX_HEADER_BYTES = 1_000_000
"""Longest header of one message; chosen by hand, a long one has 20,000."""
MAX_FIELD_CHARS = 4_000
"""Longest field of a header."""
_BOUNDARY = re.compile(rb"boundary=[ \t]*\"?([^\s\";]{1,80})", re.IGNORECASE)
MAX_PARTS = 1_000
"""Most parts of one message."""
MAX_BOUNDARIES = 100
"""Deepest nesting of parts within parts."""
_FROM_LINE = re.compile(
    rb"^From [^\n]{0,200}[ \t]\d{1,2}:\d{2}(?::\d{2})?[^\n]{0,60}\d{4}[^\n]{0,20}\r?\n",
    re.MULTILINE,
)
"""What parts the messages of a mailbox: `From ada@example.org Mon Jan  5 10:00:00 2026`."""
_STUFFED = re.compile(rb"^>(>*From )", re.MULTILINE)
_HEADER = re.compile(
    rb"(?:From [^\n]{0,200}\n)?(?:(?:Return-Path|Received|Delivered-To|From|To|Cc|Subject|Date"
    rb"|Message-ID|MIME-Version|X-[\w-]{1,40}|DKIM-Signature|Reply-To):[ \t][^\n]{0,900}\r?\n"
    rb"(?:[ \t][^\n]{0,900}\r?\n){0,50}){3}",
    re.IGNORECASE,
)
"""Three lines as a message begins with."""

_DRESS = frozenset(
    ("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature")
)
"""Parts that are no attachments: signatures that a program makes."""

ReadPage = Callable[[Raw, ReadSettings], Iterator[Item | LeftOut]]
"""Reads a page of HTML."""


def looks_like_message(head: bytes) -> bool:
    """Tell whether bytes begin like one message."""
    return _HEADER.match(head) is not None


def looks_like_mailbox(head: bytes) -> bool:
    """Tell whether bytes begin like a mailbox."""
    return _FROM_LINE.match(head) is not None


def iter_messages(data: bytes) -> Iterator[bytes]:
    """Part a mailbox into its messages."""
    starts = [(m.start(), m.end()) for m in _FROM_LINE.finditer(data) if _begins(data, m.start())]
    ends = [start for start, _ in starts[1:]] + [len(data)]
    for (_, at), end in zip(starts, ends, strict=bool(starts)):
        yield _STUFFED.sub(rb"\1", data[at:end])


def _begins(data: bytes, at: int) -> bool:
    """Tell a parting line from one in a message: an empty line stands before it."""
    return at == 0 or (
        data[max(0, at - 2) : at] in (b"\n\n", b"\r\n")
        and (data[at - 2 : at] == b"\n\n" or data[max(0, at - 4) : at] == b"\r\n\r\n")
    )


def read_message(
    raw: Raw, settings: ReadSettings, *, id_: str, read_page: ReadPage
) -> Iterator[Document | LeftOut | Raw]:
    """Read one message.

    Args:
        raw: The message's bytes; its origin is the message's.
        settings: Bounds.
        id_: The document's id.
        read_page: Reads a message that is in HTML.

    Yields:
        The message, then its attachments, to be read as members of an archive are.

    Raises:
        InputError: Its header has no end.
    """
    message = _parsed(raw.data)
    parts = _parts(message)
    body = _body(parts)
    document: Document | LeftOut | None = None
    if body is not None and body.get_content_type() == "text/html":
        document = _from_html(body, raw, id_, settings, read_page)
    elif body is not None:
        document = _from_plain(body, raw, id_)
    if isinstance(document, Document):
        yield _with_header(document, message)
    else:
        fix = "Nothing needs to be done; its attachments are read by themselves."
        yield document or left_out(raw.origin, "the message has no text", fix)
    yield from _attachments(parts, body, raw)


class _Policy(policy.EmailPolicy):
    """The standard's, with fields no longer than anybody reads: it is slow over long ones."""

    def header_source_parse(self, sourcelines: Sequence[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(list(sourcelines))
        return name, value[:MAX_FIELD_CHARS]


_POLICY = _Policy()


def _too_many_parts() -> InputError:
    return InputError(
        f"the message has more than {MAX_PARTS:,} parts",
        fix="Save its text as plain text, and its attachments beside it.",
    )


def _parsed(data: bytes) -> EmailMessage:
    head = re.search(rb"\r?\n\r?\n", data[: MAX_HEADER_BYTES + 4])
    if head is None and len(data) > MAX_HEADER_BYTES:
        raise InputError(
            f"the message's header is longer than {MAX_HEADER_BYTES:,} bytes",
            fix="Save the message as plain text.",
        )
    boundaries = set(_BOUNDARY.findall(data))
    if max(len(boundaries), data.count(b"message/rfc822")) > MAX_BOUNDARIES:
        raise InputError(
            f"the message has more than {MAX_BOUNDARIES} parts within parts",
            fix="Save its text as plain text, and its attachments beside it.",
        )
    if sum(data.count(b"--" + one) for one in boundaries) > 2 * MAX_PARTS:
        raise _too_many_parts()
    message = BytesParser(policy=_POLICY).parsebytes(data)
    assert isinstance(message, EmailMessage)
    return message


def _parts(message: EmailMessage) -> list[EmailMessage]:
    """List the parts that hold something; a message within is one of them, and not opened."""
    found: list[EmailMessage] = []
    waiting = [message]
    while waiting:
        part = waiting.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            inner = [one for one in part.iter_parts() if isinstance(one, EmailMessage)]
            waiting += reversed(inner)
        else:
            found.append(part)
        if len(found) > MAX_PARTS:
            raise _too_many_parts()
    return found


def _body(parts: list[EmailMessage]) -> EmailMessage | None:
    """Choose the text: plain before HTML, but not an empty plain part before a full page."""
    for kind in ("text/plain", "text/html"):
        for part in parts:
            if part.get_content_type() != kind or part.get_content_disposition() == "attachment":
                continue
            if _payload(part).strip():
                return part
    return None


def _payload(part: EmailMessage) -> bytes:
    found = part.get_payload(decode=True)
    return found if isinstance(found, bytes) else b""


def _from_plain(body: EmailMessage, raw: Raw, id_: str) -> Document | LeftOut:
    decoded = decode_text(_payload(body), declared=body.get_content_charset())
    text = decoded.text
    if _parameter(body, "format") == "flowed":
        text = _unflowed(text, delsp=_parameter(body, "delsp") == "yes")
    canvas = Canvas()
    n_quotes = _write(canvas, list(stretches(text)))
    if not canvas.blocks:
        return left_out(raw.origin, "the message has no text", "Nothing needs to be done.")
    quoted = (f"mail: {n_quotes} stretches quoted from earlier messages",) if n_quotes else ()
    return Document(
        id=id_,
        origin=raw.origin,
        media_type=MEDIA_TYPE,
        text=canvas.text,
        blocks=tuple(canvas.blocks),
        notes=(*decoded.notes, *quoted),
    )


def _write(canvas: Canvas, found: list[Stretch]) -> int:
    """Write the stretches; behind each quotation stands whose words it is, as in print.

    Replies between the lines part a quotation: it is the same person's behind each of them.
    """
    n_quotes = 0
    whose: str | None = None
    for one in found:
        if one.kind == "attribution":
            whose = one.text
            continue
        canvas.add(one.kind, one.text, level=one.level)
        n_quotes += one.kind == "quote"
        if one.kind == "quote" and one.level == 1 and whose:
            canvas.add("attribution", f"— {whose}", gap="\n")
    return n_quotes


def _parameter(part: EmailMessage, name: str) -> str:
    return str(part.get_param(name, "") or "").lower()


def _unflowed(text: str, *, delsp: bool) -> str:
    """Join lines that end in a space, as ``format=flowed`` means them (RFC 3676)."""
    out: list[str] = []
    flowing = False
    for line in text.splitlines():
        depth = len(line) - len(line.lstrip(">"))
        bare = line[depth:]
        bare = bare.removeprefix(" ")
        marks = ">" * depth + (" " if depth else "")
        goes_on = flowing and out and out[-1].startswith(marks) and bare != "-- "
        if goes_on and len(out[-1]) - len(out[-1].lstrip(">")) == depth:
            out[-1] += bare
        else:
            out.append(marks + bare)
        flowing = bare.endswith(" ") and bare != "-- "
        if flowing and delsp:
            out[-1] = out[-1][:-1]
    return "\n".join(out)


def _from_html(
    body: EmailMessage, raw: Raw, id_: str, settings: ReadSettings, read_page: ReadPage
) -> Document | LeftOut:
    charset = body.get_content_charset()
    media_type = f"text/html; charset={charset}" if charset else "text/html"
    page = Raw(origin=raw.origin, data=_payload(body), media_type=media_type, name="body.html")
    for item in read_page(page, settings):
        if isinstance(item, Document):
            canvas = Canvas()
            blocks = ((one.kind, item.text[one.start : one.end], one.level) for one in item.blocks)
            _write(canvas, list(stretches_of(blocks)))
            return replace(
                item,
                id=id_,
                media_type=MEDIA_TYPE,
                title=None,
                url=None,
                text=canvas.text,
                blocks=tuple(canvas.blocks),
            )
        if isinstance(item, LeftOut):
            return item
    return left_out(raw.origin, "the message has no text", "Nothing needs to be done.")


def _with_header(document: Document, message: EmailMessage) -> Document:
    return replace(
        document,
        title=_header(message, "Subject") or document.title,
        author=_sender(message) or document.author,
        date=_date(message) or document.date,
        language=(_header(message, "Content-Language") or "").split(",")[0].strip()
        or document.language,
    )


def _header(message: EmailMessage, name: str) -> str | None:
    """Read a header, encoded words and folded lines undone; None where it is damaged or absent."""
    try:
        value = message.get(name)
        text = " ".join(str(value or "").split())
    except Exception:  # a codec that another package registered may raise anything
        return None
    text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return undo_mojibake(text)[0] or None


def _sender(message: EmailMessage) -> str | None:
    text = _header(message, "From")
    if text is None:
        return None
    name, bracket, address = text.rpartition("<")
    name = name.strip().strip("\"'").strip()
    return name or address.rstrip(">").strip() or text if bracket else text.strip("\"'")


def _date(message: EmailMessage) -> str | None:
    text = _header(message, "Date")
    try:
        moment: datetime | None = parsedate_to_datetime(text) if text else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.date().isoformat() if moment else None


def _attachments(
    parts: list[EmailMessage], body: EmailMessage | None, raw: Raw
) -> Iterator[Raw | LeftOut]:
    """Hand on what is attached, by its name; what only dresses the message is passed over."""
    number = 0
    for part in parts:
        if part is body:
            continue
        kind, name = part.get_content_type(), _file_name(part)
        attached = part.get_content_disposition() == "attachment" or bool(name)
        if kind == "message/rfc822":
            inner = part.get_payload()
            first = inner[0] if isinstance(inner, list) and inner else None
            data = first.as_bytes() if isinstance(first, EmailMessage) else b""
            name = name or "message.eml"
        elif not attached or kind in _DRESS or (part["Content-ID"] and kind.startswith("image/")):
            continue
        else:
            data = _payload(part)
        number += 1
        name = name or f"attachment-{number}"
        if data:
            origin = f"{raw.origin}{'/' if '!' in raw.origin else '!'}{name}"
            sort = _kind(part)
            yield Raw(origin=origin, data=data, name=name, media_type=sort, depth=raw.depth + 1)


def _kind(part: EmailMessage) -> str | None:
    """Return the media type where it is text's: senders know the charset, and little else."""
    charset = part.get_content_charset()
    plain = part.get_content_maintype() == "text" and charset
    return f"{part.get_content_type()}; charset={charset}" if plain else None


def _file_name(part: EmailMessage) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, AttributeError, IndexError, TypeError):
        return ""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(c if c.isprintable() else "\ufffd" for c in name).strip(". ")[:120]
