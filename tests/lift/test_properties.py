"""What holds of every text: spans stand inside it, nothing raises, time grows in line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import timing
from chrestomathy.lift import lift_document
from chrestomathy.lift.attribution import attribution_of, parse_claim
from chrestomathy.lift.dates import find_dates
from chrestomathy.read.markdown import document_from_markdown
from chrestomathy.read.plain import document_from_text
from chrestomathy.settings import LiftSettings
from chrestomathy.textkit.marks import quotations

MARKED = st.text(
    alphabet=st.sampled_from(
        "abc ABC.,:!?-—–\n\"'“”„«»‹›‘’‚「」『』%*#>[]{}|=()1940~•\t\u00a0é你年"
    ),
    max_size=400,
)
WORDS = st.lists(
    st.sampled_from(
        [
            "“", "”", "\"", "'", "said", "he", "Mr.", "Anna Holt", "\n\n", "\n", "— ", "-- ", "• ",
            "1946", "(1874–1965)", "on May 3, 2011,", "speech", "at", "the Forum", ":", "%", "> ",
            "water is wet.", "The river", "#### ", "* ", "** ", "[[Anna]]", "{{citation|", "}}",
            "==A==", "他强调，", "«", "»", "„", "according to", ",", "Name:", "\ufffd", "\r\n",
        ]
    ),
    max_size=60,
).map(" ".join)  # fmt: skip
ANY = MARKED | WORDS | st.text(max_size=200)


@settings(max_examples=300, deadline=None)
@given(ANY)
def test_spans_stand_in_the_text(text: str) -> None:
    """Whatever the text, spans lie inside it and hold the passage's words."""
    for make in (document_from_text, document_from_markdown):
        document = make(text, id="d", origin="-")
        lifted = lift_document(document, settings=LiftSettings())
        for one in lifted.passages:
            assert one.spans
            for start, end in one.spans:
                assert 0 <= start < end <= len(text)
            if not one.rule or not one.rule.startswith("wikitext"):
                assert one.text == " ".join(text[start:end] for start, end in one.spans)
            claim = one.attribution
            for span in (claim.span, claim.speaker_span):
                assert span is None or 0 <= span.start <= span.end <= len(text)
        for out in lifted.left_out:
            assert out.reason
            assert out.span is not None
            assert out.text == text[slice(*out.span)]


@settings(max_examples=200, deadline=None)
@given(ANY)
def test_same_text_same_passages(text: str) -> None:
    """Ids come from content; two runs give the same records, each with its own id."""
    document = document_from_text(text, id="d", origin="-")
    first = lift_document(document, settings=LiftSettings())
    assert first == lift_document(document, settings=LiftSettings())
    ids = [one.id for one in first.passages]
    assert len(ids) == len(set(ids))


@settings(max_examples=200, deadline=None)
@given(ANY)
def test_lines_never_fail(text: str) -> None:
    """Attribution lines, dates and marks take any text; pieces stand in order."""
    claim = attribution_of(parse_claim(text), text, 0)
    assert claim.speaker_span is None or claim.speaker_span.end <= len(text)
    for date in find_dates(text):
        assert 0 <= date.start < date.end <= len(text)
    for one in quotations(text):
        assert one.start < one.end <= len(text)
        edges = [edge for piece in one.pieces for edge in piece]
        assert edges == sorted(edges)


NOTICED = 0.1
"""Seconds below which nothing is compared."""
UNITS = {
    "unclosed quotations": "“word ",
    "straight marks": '"word ',
    "guillemets": "«a» ",
    "all marks": '„a“ ”b“ «c» ‘d’ "e" ',
    "single marks": "'Word ",
    "dashes": "— ",
    "dashes before names": "-- Name ",
    "spaces": " ",
    "tabs": "\t",
    "line ends": "\n",
    "open paragraphs": "“One two three four.\n\n",
    "names": "Mr. Smith ",
    "colons": "a: ",
    "name and colon": "Name: ",
    "brackets": "(1900",
    "links": "[[",
    "templates": "{{",
    "comments": "<!-- ",
    "references": "<ref>",
    "pictures": "[[File:a ",
    "italics": "''''' ",
    "wiki page": "== a ==\n* a [[b]]\n** [[c]], ''d'' {{e|f}}\n",
    "cookies": "a\n%\n",
    "quoted lines": "> a b c\n",
    "digits": "1",
    "dates": "1 May 1900 ",
    "capitals": "Abc ",
    "said": '"A b c d," said Tom. ',
    "reported in Chinese": "他强调，",
    "quoted in Chinese": "市长说：“这座桥等了三十年，今天终于通车了。”然后“大桥开通了真的”",
    "terms in Chinese": "“大桥开通了真的好”",
    "notes": '"A b c d e."[^1] ',
    "turns in lines": "Tom: hello there.\nAnn: yes I do.\n",
    "speeches below words": "1. Go on now.\nOn May 1, 1900, Tom's speech at the Rally\n",
    "quotations below a name": 'Tom Lee (1900-1950):\n"Go on now, all."\n"Go on then, all."\n\n',
    "prose between entries": 'Go on now.\n\n— Tom Lee, 1900\n\nI read that "one two three four five" '
    "was what Ann said to us all, and more than that.\n\n",
    "turns": "Tom: hello there.\n\nAnn: yes I do.\n\n",
    "entries": "Go on now.\n\n— Tom Lee, 1900\n\n",
    "attribution lines": "— Tom Lee\n",
}


@timing.timed
@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_time_grows_in_line(unit: str) -> None:
    """Four times the text takes no more than about four times as long."""

    def lift(size: int) -> object:
        text = (unit * (size // len(unit) + 1))[:size]
        document = document_from_text(text, id="d", origin="-")
        return lift_document(document, settings=LiftSettings())

    grown = timing.growth(lift, 5_000)
    assert grown.times <= timing.MAX_GROWTH or grown.seconds < NOTICED
