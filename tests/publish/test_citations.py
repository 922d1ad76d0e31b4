"""Citations and dates for people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chrestomathy.publish.citations import cite_claim, cite_source, name_source, safe_url
from chrestomathy.publish.dates import print_date, years_of
from chrestomathy.publish.timeline import BINS, MAX_TICKS, lay_out
from chrestomathy.records import Attribution, Source


@pytest.mark.parametrize(
    ("edtf", "printed"),
    [
        ("2013-06-20", "20 June 2013"),
        ("2023-07", "July 2023"),
        ("1945~", "c. 1945"),
        ("1945?", "1945?"),
        ("1945%", "c. 1945?"),
        ("-0439~", "c. 440 BC"),
        ("0079-08-24", "24 August AD 79"),
        ("0000", "1 BC"),
        ("194X", "1940s"),
        ("18XX", "19th century"),
        ("20XX", "21st century"),
        ("11XX", "12th century"),
        ("2001-21", "spring 2001"),
        ("2016-04-XX", "April 2016"),
        ("1939/1945", "1939–1945"),
        ("2016-04-19/2016-05", "19 April 2016 – May 2016"),
        ("1939/..", "from 1939"),
        ("../1945", "until 1945"),
        ("2016-04-19T10:00:00Z", "19 April 2016"),
        ("2016-13", "2016-13"),
        ("some day", "some day"),
        ("", ""),
    ],
)
def test_dates_are_printed_for_people(edtf, printed):
    assert print_date(edtf) == printed


@given(st.text(alphabet="0123456789-X~?%/.T", max_size=12))
def test_no_date_is_too_odd_to_print_or_place(edtf):
    assert isinstance(print_date(edtf), str)
    years = years_of(edtf)
    assert years is None or years.start <= 10_000


def test_claim_is_cited_as_printed_and_a_title_stays_a_title():
    claim = Attribution(
        speaker="the Supreme Gardener",
        kind="speech",
        occasion="the Symposium on Hedges",
        date="2016-04-19",
    )
    assert cite_claim(claim) == (
        "The Supreme Gardener, speech, the Symposium on Hedges, 19 April 2016."
    )
    assert cite_claim(Attribution()) is None


def test_source_is_cited_from_its_own_record():
    source = Source(id="s", title="On Bees", speaker="A. Keeper", date="1901-02-03", text="")
    assert cite_source(source, locus="leaf 3") == "A. Keeper, “On Bees,” leaf 3, 3 February 1901."
    assert name_source(source, fallback="s") == "On Bees, 1901 (A. Keeper)"
    bare = Source(id="s", text="")
    assert name_source(bare, fallback="s") == "s"
    assert cite_source(bare) == "A source without a title."


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//example.org",
        "http://",
        "https://[",
        "file:///etc/passwd",
        None,
        "",
    ],
)
def test_only_web_addresses_become_links(url):
    assert safe_url(url) is None


@pytest.mark.parametrize("n", [1, 20, 300])
def test_timeline_takes_few_and_many_dates(n):
    line = lay_out([f"{1800 + i % 200}-03" for i in range(n)])
    assert line.n_dates == n
    assert len(line.dots) == n or 0 < len(line.bars) <= BINS
    assert len({(dot.x, dot.row) for dot in line.dots}) == len(line.dots)
    assert 1 <= len(line.ticks) <= MAX_TICKS
    assert all(0 <= one.x <= 100 for one in (*line.dots, *line.bars, *line.ticks))


def test_timeline_reaches_before_christ():
    line = lay_out(["-0439~", "1951-11", "unreadable", ""])
    assert line.n_dates == 2
    assert [tick.label for tick in line.ticks] == ["1 BC", "AD 500", "1000", "1500"]
    assert lay_out(["unreadable"]) is None
