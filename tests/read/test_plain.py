"""Plain text: one block a paragraph, offsets into the text exactly as given."""

from hypothesis import given, settings
from hypothesis import strategies as st

from chrestomathy.read import document_from_text
from chrestomathy.read.plain import blocks


def words(text: str) -> list[tuple[str, str]]:
    return [(b.kind, text[b.start : b.end]) for b in blocks(text)]


def test_blank_lines_part_paragraphs_whatever_the_line_end() -> None:
    for end in ("\n", "\r\n", "\r"):
        text = f"  One{end}more.{end} \t{end}{end}　Two. {end}"
        assert words(text) == [("paragraph", f"One{end}more."), ("paragraph", "Two.")]


def test_a_line_under_a_line_makes_a_heading() -> None:
    assert words("  On Water\n  ========\nWet.\n\nRivers\n------\n") == [
        ("heading", "On Water"),
        ("paragraph", "Wet."),
        ("heading", "Rivers"),
    ]
    assert [b.level for b in blocks("A head\n======\n\nRivers\n------\n")] == [1, 2]


def test_a_short_rule_under_a_sentence_makes_no_heading() -> None:
    text = "This is a whole sentence that somebody said.\n---"
    assert words(text) == [("paragraph", text)]


def test_a_form_feed_and_a_paragraph_separator_part_paragraphs() -> None:
    assert [text for _, text in words("One\fTwo\u2029Three")] == ["One", "Two", "Three"]


def test_text_without_words_has_no_blocks() -> None:
    assert blocks("") == blocks(" \n\n\t\n") == ()


def test_the_text_of_a_document_is_kept_unchanged() -> None:
    text = "\ufeff  a\u00adb\u200b\r\n\r\n\x00c "
    document = document_from_text(text, id="i", origin="-", language="en")
    assert (document.text, document.id, document.language) == (text, "i", "en")


@settings(deadline=None)
@given(st.text(alphabet=" \t\r\n\f=-ab\u2029　", max_size=60))
def test_blocks_hold_every_word_once_in_order(text: str) -> None:
    found = blocks(text)
    ends = [0]
    for block in found:
        assert ends[-1] <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        ends.append(block.end)
    held = "".join(text[b.start : b.end] for b in found)
    assert [c for c in held if c in "ab"] == [c for c in text if c in "ab"]
