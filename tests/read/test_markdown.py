"""Markdown: blocks by kind, offsets into the file's own text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from chrestomathy.read.markdown import blocks, document_from_markdown
from chrestomathy.read.metadata import parse_front_matter

PAGE = """---
title: "On Water"
author: Ada Marsh
date: 21 January 1946
lang: en
---
# Rivers #

It is *wet*
and cold.

> The river goes round,
> and so does the stone.
>
> > I said so.

— Ada Marsh

- one
- two

  more of two
  1. deep

Set
===

| a | b |
|---|---|
| c | d |

```text
code
```

<!-- no words -->

[^1]: Ibid.
"""


def read(text: str) -> list[tuple[str, int | None, str]]:
    return [(b.kind, b.level, text[b.start : b.end]) for b in blocks(text)]


def test_every_kind_of_block_is_found_without_its_markers() -> None:
    document = document_from_markdown(PAGE, id="i", origin="o")
    assert [(b.kind, b.level, PAGE[b.start : b.end]) for b in document.blocks] == [
        ("heading", 1, "Rivers"),
        ("paragraph", None, "It is *wet*\nand cold."),
        ("quote", 1, "The river goes round,\n> and so does the stone."),
        ("quote", 2, "I said so."),
        ("paragraph", None, "— Ada Marsh"),
        ("item", 1, "one"),
        ("item", 1, "two"),
        ("item", 1, "more of two"),
        ("item", 2, "deep"),
        ("heading", 1, "Set"),
        ("table", None, "a | b"),
        ("table", None, "c | d"),
        ("paragraph", None, "code"),
        ("note", None, "[^1]: Ibid."),
    ]


def test_front_matter_tells_of_the_document_and_is_no_block() -> None:
    document = document_from_markdown(PAGE, id="i", origin="o")
    assert (document.title, document.author) == ("On Water", "Ada Marsh")
    assert (document.date, document.language) == ("1946-01-21", "en")
    assert document.text == PAGE


def test_two_rules_around_prose_are_no_front_matter() -> None:
    text = "---\nIt was said that water is wet.\n---\n\nMore.\n"
    assert "It was said that water is wet." in [t for _, _, t in read(text)]


def test_line_ends_do_not_move_offsets() -> None:
    text = "# A\r\n\r\n> b\r\n> c\r\n"
    assert read(text) == [("heading", 1, "A"), ("quote", 1, "b\r\n> c")]


def test_what_is_nested_too_deep_is_still_there() -> None:
    assert "x marks the spot" in read("> " * 300 + "x marks the spot\n")[-1][2]


@settings(deadline=None)
@given(st.text(alphabet="ab \n#>-*1.`|[]^:=<\r\t", max_size=80))
def test_offsets_stay_inside_and_no_letter_is_lost(text: str) -> None:
    found = blocks(text)
    assert all(0 <= b.start < b.end <= len(text) for b in found)
    assert list(found) == sorted(found, key=lambda b: b.start)


def test_front_matter_may_have_lists_remarks_and_several_lines() -> None:
    text = (
        "---\n# made by hand\ntitle: 'On: Water' # the first\nauthors: x\nauthor:\n"
        "  - name: Ada Byron\n    email: a@x.example\n  - Tom Reed\n"
        "rights: >-\n  Public domain\n  in Utopia.\ntags:\n- a\noccasion: Dinner #5\ndate: 1 May 1890\n---\nIt is wet.\n"
    )
    known, start = parse_front_matter(text)
    assert (known.title, known.author) == ("On: Water", "Ada Byron; Tom Reed")
    assert (known.rights, known.date) == ("Public domain in Utopia.", "1890-05-01")
    assert known.occasion == "Dinner #5"
    assert text[start:] == "It is wet.\n"


@given(
    st.lists(
        st.sampled_from(["title: ", "- ", "  ", '"', "#", "[", "]", ":", "|", "a", "\n", "---\n"])
    )
)
def test_any_front_matter_is_read_or_is_text(pieces: list[str]) -> None:
    text = "---\n" + "".join(pieces) + "\n---\nwords"
    _, start = parse_front_matter(text)
    assert 0 <= start <= len(text)
