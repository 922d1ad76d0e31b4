"""Mail: headers, quoted replies, signatures, attachments, mailboxes, Maildir folders."""

import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from chrestomathy.lift import lift_document
from chrestomathy.read import Raw, iter_raw, read, read_sources
from chrestomathy.records import Document, LeftOut, Source
from chrestomathy.settings import LiftSettings, ReadSettings

SETTINGS = ReadSettings()
QUOTED = "The quay is wet, and we never asked it to be.\n\nSo it stays."


def message(body: str = "It is wet.", subtype: str = "plain", **headers: str) -> EmailMessage:
    one = EmailMessage()
    for name, value in {
        "From": "Ada Lin <ada@example.org>",
        "Subject": "The quay",
        "Date": "Mon, 05 Jan 2026 23:30:00 -0500",
        **headers,
    }.items():
        one[name] = value
    one.set_content(body, subtype=subtype)
    return one


def items(data: bytes, name: str = "a.eml") -> list[object]:
    return list(read([Raw(origin=name, data=data, name=name)], settings=SETTINGS))


def only(data: bytes | EmailMessage, name: str = "a.eml") -> Document:
    (one,) = items(data.as_bytes() if isinstance(data, EmailMessage) else data, name)
    assert isinstance(one, Document)
    return one


def shown(one: Document) -> list[tuple[str, str]]:
    return [(block.kind, one.text[block.start : block.end]) for block in one.blocks]


def test_the_header_tells_title_author_and_date() -> None:
    one = only(message("Ça va.", Subject="Un été à Brême", From="Zoë Lin <z@example.org>"))
    assert (one.title, one.author, one.date) == ("Un été à Brême", "Zoë Lin", "2026-01-05")
    assert (one.text, one.media_type) == ("Ça va.", "message/rfc822")


@pytest.mark.parametrize(
    ("header", "author"),
    [
        ("=?iso-8859-1?q?Zo=EB?= <z@example.org>", "Zoë"),
        ('"Lin, Ada" <ada@example.org>', "Lin, Ada"),
        ("ada@example.org", "ada@example.org"),
        ("<ada@example.org>", "ada@example.org"),
        ("=?utf-8?b?broken", "=?utf-8?b?broken"),
    ],
)
def test_senders_in_every_form(header: str, author: str) -> None:
    assert only(f"From: {header}\nSubject: x\nDate: soon\n\nIt is wet.".encode()).author == author


def test_eight_bit_text_without_a_charset_is_guessed() -> None:
    head = b"From: a@example.org\nSubject: x\nTo: b\n\n"
    assert only(head + "Le café est fermé.".encode("cp1252")).text == "Le café est fermé."


REPLIES = {
    "english": "On Mon, 5 Jan 2026 at 10:00 AM Ada Lin <ada@example.org> wrote:",
    "two lines": "On Mon, 5 Jan 2026 at 10:00, Ada Lin\n<ada@example.org> wrote:",
    "german": "Am 05.01.2026 um 10:00 schrieb Ada Lin <ada@example.org>:",
    "french": "Le lun. 5 janv. 2026 à 10:00, Ada Lin <ada@example.org> a écrit :",
}


@pytest.mark.parametrize("line", REPLIES.values(), ids=REPLIES)
def test_a_reply_quotes_with_whose_words_they_are(line: str) -> None:
    quoted = "\n".join(f"> {one}".rstrip() for one in QUOTED.splitlines())
    one = only(message(f"Yes.\n\n{line}\n{quoted}\n\nBye"))
    assert shown(one)[:2] == [("paragraph", "Yes."), ("quote", QUOTED)]
    assert shown(one)[2][0] == "attribution"
    assert shown(one)[2][1].startswith("— Ada Lin") or "schrieb" in line
    assert shown(one)[3] == ("paragraph", "Bye")


def test_lift_gives_the_speaker_of_a_quoted_reply() -> None:
    quoted = "\n".join(f"> {one}".rstrip() for one in QUOTED.splitlines())
    one = only(message(f"Yes.\n\n{REPLIES['english']}\n{quoted}\n"))
    (passage,) = lift_document(one, settings=LiftSettings()).passages
    assert (passage.attribution.speaker, passage.attribution.date) == ("Ada Lin", "2026-01-05")


def test_replies_between_the_lines_and_older_words_within() -> None:
    text = "Ada Lin wrote:\n> One.\nMine.\n> Two.\n>> Older.\n"
    assert shown(only(message(text))) == [
        ("quote", "One."),
        ("attribution", "— Ada Lin"),
        ("paragraph", "Mine."),
        ("quote", "Two."),
        ("attribution", "— Ada Lin"),
        ("quote", "Older."),
    ]


def test_an_earlier_message_under_its_own_header() -> None:
    text = (
        "Agreed.\n\n-----Original Message-----\nFrom: Ada Lin <ada@example.org>\n"
        "Sent: 5 January 2026 10:00\nTo: Tom\nSubject: Quay\n\nIt is wet there.\n"
    )
    assert shown(only(message(text))) == [
        ("paragraph", "Agreed."),
        ("quote", "It is wet there."),
        ("attribution", "— Ada Lin, 5 January 2026 10:00"),
    ]


def test_a_page_as_message() -> None:
    page = (
        "<html><body><p>Agreed.</p><p>On Mon, 5 Jan 2026 at 10:00, Ada Lin &lt;a@example.org&gt; wrote:</p>"
        "<blockquote>It is wet there, and it was wet before.</blockquote></body></html>"
    )
    one = only(message(page, "html"))
    assert shown(one) == [
        ("paragraph", "Agreed."),
        ("quote", "It is wet there, and it was wet before."),
        ("attribution", "— Ada Lin, 5 Jan 2026"),
    ]
    assert (one.title, one.media_type) == ("The quay", "message/rfc822")


def test_the_signature_stands_apart_and_flowed_lines_are_joined() -> None:
    one = message("It is \nwet.\n\n-- \nAda Lin\nHarbour office\n")
    one.set_param("format", "flowed")
    assert shown(only(one)) == [("paragraph", "It is wet."), ("note", "Ada Lin\nHarbour office")]


def test_plain_text_is_taken_before_a_page_but_not_when_it_is_empty() -> None:
    both = message("It is wet.")
    both.add_alternative("<p>It is <b>html</b>.</p>", subtype="html")
    assert only(both).text == "It is wet."
    empty = message(" \n")
    empty.add_alternative("<p>It is html.</p>", subtype="html")
    assert only(empty).text == "It is html."


def test_attachments_are_read_as_members_or_named() -> None:
    one = message("It is wet.")
    one.add_attachment("These are notes.", filename="notes.txt")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inner/speech.md", "# On Water")
    one.add_attachment(packed.getvalue(), "application", "zip", filename="../up.zip")
    one.add_attachment(b"MZ", "application", "x-program", filename="x.exe")
    one.add_attachment(message("Inner.", Subject="Inner"))
    found = items(one.as_bytes())
    assert [(i.origin, i.text) for i in found if isinstance(i, Document)] == [
        ("a.eml", "It is wet."),
        ("a.eml!notes.txt", "These are notes.\n"),
        ("a.eml!up.zip!inner/speech.md", "# On Water"),
        ("a.eml!message.eml", "Inner."),
    ]
    assert [i.origin for i in found if isinstance(i, LeftOut)] == ["a.eml!x.exe"]


def mailbox(*messages: EmailMessage) -> bytes:
    return b"".join(
        b"From ada@example.org Mon Jan  5 10:00:00 2026\n" + one.as_bytes() + b"\n"
        for one in messages
    )


def test_each_message_of_a_mailbox_is_a_document(tmp_path: Path) -> None:
    data = mailbox(
        message("One.\n\n>From here on.\nFrom the quay at 10:00 in 2026 we left.\n"),
        message("Two.", Subject="Second"),
    )
    found = items(data, "box.mbox")
    assert [(i.origin, i.title, i.text) for i in found if isinstance(i, Document)] == [
        (
            "box.mbox!1",
            "The quay",
            "One.\n\nFrom here on.\nFrom the quay at 10:00 in 2026 we left.",
        ),
        ("box.mbox!2", "Second", "Two."),
    ]
    assert [i.text for i in items(data, "noname") if isinstance(i, Document)][1] == "Two."
    path = tmp_path / "box.mbox"
    path.write_bytes(data)
    sources = [s for s in read_sources(str(path), settings=SETTINGS) if isinstance(s, Source)]
    assert [(s.id, s.speaker) for s in sources] == [
        ("box.mbox/1", "Ada Lin"),
        ("box.mbox/2", "Ada Lin"),
    ]


def test_a_maildir_folder(tmp_path: Path) -> None:
    for name in ("cur", "new", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "cur/1700.M1P1.host:2,S").write_bytes(message("One.").as_bytes())
    (tmp_path / "new/1701.M1P1.host").write_bytes(message("Two.").as_bytes())
    found = list(read(iter_raw([str(tmp_path)], settings=SETTINGS), settings=SETTINGS))
    assert [i.text for i in found if isinstance(i, Document)] == ["One.", "Two."]


def test_a_message_alone_is_known_by_its_header() -> None:
    data = b"Return-Path: <a@example.org>\nReceived: by x\nSubject: The quay\nFrom: a@example.org\n\nWet."
    assert only(data, "noname").title == "The quay"
    plain = b"From: the sea\n\nIt is no message.\n"
    assert only(plain, "noname").media_type == "text/plain"
