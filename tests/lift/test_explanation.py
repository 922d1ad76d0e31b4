"""`lift --explain`: every line of a page with its role, and why."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from chrestomathy.lift import lift_document
from chrestomathy.lift.explanation import ExplainedLine, explain_lines, explain_page
from chrestomathy.read.plain import document_from_text
from chrestomathy.settings import LiftSettings

PAGE = """Skip to content

The Warden on Wells

Dig where it is dry

Whoever digs in the rain finds water everywhere and a well nowhere.

— On May 3, 2011, the Warden's speech at the Conference of Dry Towns

A rope that is a hand too short is no rope at all.

— Letter of the Warden to the Rope Guild, 9 June 2014

* * *

Read more about wells
"""


def explained(text: str) -> tuple[list[str], list[ExplainedLine]]:
    document = document_from_text(text, id="d", origin="page.txt", language="en")
    lifted = lift_document(document, settings=LiftSettings())
    return explain_page(lifted), list(explain_lines(document, lifted))


def test_every_line_has_its_role() -> None:
    """Title, heading, text, attribution, separator and what is left out, in the page's order."""
    _, lines = explained(PAGE)
    assert [one.role for one in lines] == [
        *("left out", "title", "heading", "text", "attribution", "text", "attribution"),
        *("separator", "left out"),
    ]
    assert [one.numbers for one in lines if one.numbers] == [(1,), (1,), (2,), (2,)]


def test_reasons_and_template_are_told() -> None:
    """The rule that made a passage, what its source claims, and the page's template."""
    facts, lines = explained(PAGE)
    assert facts[0] == "compilation"
    assert any("attribution after, own line, marker '— —'" in one or "'—'" in one for one in facts)
    assert lines[3].reason.startswith("attribution-line, 0.")
    assert lines[4].reason.startswith("speaker the Warden; date 2011-05-03; kind speech")
    assert lines[0].reason == "introduction: prose before the first passage"


def test_a_line_of_prose_is_parted() -> None:
    """What is quoted, who says so, and the rest of the sentence stand apart, in order."""
    _, lines = explained("“We waited an hour at the gate,” Holt said, and went home.")
    assert [(one.role, one.text) for one in lines] == [
        ("text", "“We waited an hour at the gate,”"),
        ("attribution", "Holt said"),
        ("left out", ", and went home."),
    ]


def test_one_source_for_several_passages_names_them_all() -> None:
    """A shared attribution has the numbers of all its passages."""
    _, lines = explained(
        "“A wall is a promise kept.”\n\n“No wall was ever lonely yet.”\n\n"
        "— both from Anna Holt, Walls, 1931\n\n“A gate has better manners.”\n\n"
        "— Anna Holt, Walls, 1931\n"
    )
    assert [one.numbers for one in lines if one.role == "attribution"] == [(1, 2), (3,)]


def test_headings_of_the_document_are_headings() -> None:
    """What READ found to be a heading is one, also where LIFT takes no theme from it."""
    _, lines = explained("On Walls\n--------\n\nNobody spoke of walls that year.\n")
    assert [one.role for one in lines] == ["heading", "separator", "left out"]


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.sampled_from("aA “”\"'—-:\n.,1%()>*[]{}="), max_size=200))
def test_no_word_is_lost(text: str) -> None:
    """Every letter of a page stands in some line of its explanation, in order."""
    _, lines = explained(text)
    told = "".join(c for one in lines for c in one.text if c.isalnum())
    assert told == "".join(c for c in text if c.isalnum())
