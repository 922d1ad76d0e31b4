"""Patterns of file names: what they read, what they refuse, and that none is slow."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import timing
from chrestomathy.errors import SettingsError
from chrestomathy.read.filenames import parse_pattern

pytestmark = timing.timed


@pytest.mark.parametrize(
    ("pattern", "name", "told"),
    [
        ("{date}_{speaker}_{title}", "1946-01-21_Holt_On_Water", ("1946-01-21", "Holt")),
        ("{date}-{speaker}", "1946-01-21-Anna Holt", ("1946-01-21", "Anna Holt")),
        ("{date}_{speaker}", "1946_01_21_Anna_Holt", ("1946-01-21", "Anna Holt")),
        ("{speaker}-{date}", "holt-19460121", ("1946-01-21", "holt")),
        ("{speaker} ({date})", "Anna Holt (21 Jan 1946)", ("1946-01-21", "Anna Holt")),
        ("{speaker}/{date}_{}", "Holt/1946_x_y", ("1946", "Holt")),
        ("speech {date}", "old/speech 1946", ("1946", None)),
    ],
)
def test_a_name_is_read(pattern: str, name: str, told: tuple[str, str | None]) -> None:
    known = parse_pattern(pattern).read(name)
    assert known is not None
    assert (known.date, known.author) == told


@pytest.mark.parametrize("name", ["", "_", "1946", "1946_", "_Holt"])
def test_a_name_that_does_not_fit_tells_nothing(name: str) -> None:
    assert parse_pattern("{date}_{speaker}").read(name) is None


def test_a_date_that_is_none_is_kept_for_the_message() -> None:
    known = parse_pattern("{date}_{speaker}").read("soon_Holt")
    assert known is not None
    assert (known.unread_date, known.author) == ("soon", "Holt")


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        ("title", "has no field"),
        ("{}", "has no field"),
        ("{date}{title}", "has two fields with nothing between them"),
        ("{name}_{date}", "has the unknown field {name}"),
        ("{date}_{date}", "has the field {date} twice"),
        ("{date", "has a brace without its other half"),
        ("{date}_" + "x" * 400, "is longer than 300 characters"),
    ],
)
def test_a_bad_pattern_is_refused(pattern: str, what: str) -> None:
    with pytest.raises(SettingsError) as caught:
        parse_pattern(pattern)
    assert what in caught.value.what
    assert "{date}_{speaker}_{title}" in caught.value.fix


def test_no_name_makes_a_pattern_slow() -> None:
    pattern = parse_pattern("{title}a{speaker}a{occasion}aa{date}b")
    name = "a" * 200_000
    assert pattern.read(name) is None
    assert timing.seconds(lambda: pattern.read(name)) < 0.5


@given(st.text(max_size=40), st.text("{}ab_", max_size=12))
def test_any_name_is_read_or_not(name: str, pattern: str) -> None:
    try:
        parsed = parse_pattern(pattern + "{title}")
    except SettingsError:
        return
    parsed.read(name)
