"""Quotation marks between spaces, as taggers print them."""

from __future__ import annotations

from chrestomathy.textkit.marks import learn_marks, quotations


def words(text: str) -> list[str]:
    return [text[a:b] for one in quotations(text) if not one.depth for a, b in one.pieces]


def test_single_marks_between_spaces() -> None:
    """A mark at the head of a line opens; "'s", "n't" and "boys '" are none."""
    text = (
        "' Come in , Anna , ' said Holt .\n"
        "It was Anna 's boat , and she did n't move .\n"
        "All the boys ' boats were gone .\n"
        "' The mill is shut , sir ! '\n"
        "He went on , and sat down .\n"
        "' Then take mine , ' said Anna .\n"
    )
    assert words(text) == ["Come in , Anna ,", "The mill is shut , sir !", "Then take mine ,"]


def test_stray_mark_between_spaces_costs_one_quotation() -> None:
    """A closing mark that nothing opened turns nothing round."""
    text = (
        'He was a miller , born in May . "\n'
        '" Come in , Anna , " said Holt , and sat down .\n'
        '" No , I shall not . "\n'
    )
    assert words(text) == ["Come in , Anna ,", "No , I shall not ."]


def test_unclosed_mark_ends_before_the_next_line_that_opens() -> None:
    """Lines that begin with a mark are quotations of their own."""
    text = '" One , two , three .\n" Four , " said Holt .\n'
    assert words(text) == ["One , two , three .", "Four ,"]


def test_printed_text_is_not_spaced() -> None:
    """Commas close behind their words are no tagger's."""
    assert not learn_marks('"Come, Anna, come," said Holt, and went.').spaced
    assert not learn_marks("").spaced


def test_single_marks_before_underscores_and_behind_dashes() -> None:
    """Printed in italics or behind a dash, speech in single marks is found too."""
    text = "'_You_ did it!' said Anna.\n'Never!' said Holt.--'It was the wind's work.'\n"
    assert words(text) == ["_You_ did it!", "Never!", "It was the wind's work."]
