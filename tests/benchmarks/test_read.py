"""The measures of `make bench-read` and the table of `make attacks`."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import attacks

import read


def test_shingles_are_shared_out() -> None:
    assert read.compare("a b c d e", "a b c d e") == (1.0, 0.0, 0.0)
    assert read.compare("a b c d e", "a b c d") == (0.5, 0.0, 0.5)
    assert read.compare("a b c d", "") == (0.0, 0.0, 1.0)
    assert read.compare("", "") == (1.0, 0.0, 0.0)
    assert read.f1([(0.5, 0.5, 0.0), (1.0, 0.0, 0.0)]) == pytest.approx((1.5 * 2 / 3.5, 0.75, 1.0))


def test_an_attribution_is_kept_where_it_stands_beside_its_quotation() -> None:
    assert read.is_kept("It rained.", "Ann", "It rained. — Ann")
    assert read.is_kept("It rained.", "Ann", "Ann: It rained.")
    assert not read.is_kept(
        "It rained.", "Ann", "It rained." + " Then nothing came of it." * 4 + " Ann"
    )
    assert not read.is_kept("It rained.", "Ann", "Ann")


def test_a_title_is_taken_off_a_beginning_only() -> None:
    assert read.without_title("Rain It rained", ["Rain"]) == "It rained"
    assert read.without_title("It rained. Rain", ["Rain", ""]) == "It rained. Rain"


def test_the_table_of_attacks_stays_while_the_page_is_written_anew() -> None:
    table = attacks.section([attacks.Attack("a | b <script>", "left out: x", 0.1, 3)])
    assert r"| a \| b \<script\> | left out: x | 0.10 | 3 |" in table
    page = attacks.with_section("# Page\n", table)
    assert attacks.section_of(page) == table
    assert attacks.with_section("# Other\n", attacks.section_of(page)) == f"# Other\n\n{table}"
    assert attacks.with_section(page, table) == page
    assert attacks.with_section("# Page\n", attacks.section_of("# Page\n")) == "# Page\n"
