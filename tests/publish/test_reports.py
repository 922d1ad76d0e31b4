"""Reports and tables."""

import csv
import dataclasses
import io
import json

import publish_samples as samples
import pytest

from chrestomathy.errors import SettingsError
from chrestomathy.publish import publish, report
from chrestomathy.publish.markdown import escape
from chrestomathy.publish.reports import FORMS, context_of, find
from chrestomathy.publish.tables import COLUMNS
from chrestomathy.records import Attested, Span


def _rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_tells_every_passage(form):
    content = report(samples.edition(), form).decode("utf-8-sig")
    for one in ("The chart is a debt we owe", "Nobody was ever drowned", "Harbour Council"):
        assert one in content
    assert report(samples.edition(), form.removeprefix(".")).decode("utf-8-sig") == content


def test_findings_come_in_the_order_of_the_draft():
    late, early = samples.exact(), samples.altered()
    late = dataclasses.replace(
        late, passage=dataclasses.replace(late.passage, spans=(Span(900, 950),))
    )
    assert [one.entry.passage.id for one in find(samples.edition(late, early))] == [
        "p-altered",
        "p-exact",
    ]


def test_sarif_has_what_the_standard_asks_for():
    sarif = json.loads(report(samples.edition(), ".sarif"))
    assert sarif["version"] == "2.1.0"
    run = sarif["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
        assert result["message"]["text"]
        assert result["level"] == "none" or result["kind"] == "fail"
        location = result["locations"][0]["physicalLocation"]
        assert location["artifactLocation"]["uri"] == "pages/harbour.html"
        assert "region" not in location, "offsets of a web page are not offsets into its file"
    for rule in run["tool"]["driver"]["rules"]:
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]


def test_sarif_shows_a_claim_that_differs_beside_words_that_agree():
    one = samples.exact()
    judged = dataclasses.replace(
        one.verdict,
        attribution=Attested(date="differs", source_date="1790-01-08"),
    )
    edition = samples.edition(dataclasses.replace(one, verdict=judged))
    results = json.loads(report(edition, ".sarif"))["runs"][0]["results"]
    assert [(each["ruleId"], each["kind"]) for each in results] == [("claim_differs", "fail")]


def test_sarif_has_only_what_asks_for_a_decision():
    """Code hosts show every result as a problem, also one of the kind "pass"."""
    run = json.loads(report(samples.edition(), ".sarif"))["runs"][0]

    assert [one["ruleId"] for one in run["results"]] == [
        *("altered", "claim_differs", "truncated", "spliced", "claim_differs", "not_found")
    ]
    assert run["properties"] == {"quotations": 8, "withNothingToDo": 4, "accepted": 0}


def test_sarif_points_into_plain_text():
    lost = samples.verdict("not_found")
    one = samples.entry(samples.passage("Bees hum.", origin="my draft.txt"), lost)
    result = json.loads(report(samples.edition(one), ".sarif"))["runs"][0]["results"][0]
    location = result["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "my%20draft.txt"
    assert (location["region"]["charOffset"], location["region"]["charLength"]) == (10, 9)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r", " ="])
def test_no_cell_is_a_formula(start):
    one = samples.entry(samples.passage(f"{start}HYPERLINK(1)"))
    for content in (
        publish(samples.edition(one), ["csv"])["passages.csv"],
        report(samples.edition(one), ".csv"),
    ):
        assert _rows(content)[0]["text"].startswith("'")


def test_table_has_a_row_for_each_passage():
    rows = _rows(publish(samples.edition(), ["csv"])["passages.csv"])
    assert tuple(rows[0]) == COLUMNS
    assert [row["wording"] for row in rows][:2] == ["exact", "altered"]
    assert rows[1]["changes"] == "shall → will; not → ∅"


def test_unknown_form_names_the_known_ones():
    with pytest.raises(SettingsError, match=r"'.pdf'.*\.html, \.json, \.sarif, \.csv, \.md"):
        report(samples.edition(), ".pdf")


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("<b>*x*</b>", r"\<b\>\*x\*\</b\>"),
        ("# not a heading", r"\# not a heading"),
        ("1. not a list", r"1\. not a list"),
        ("[a](javascript:b)", r"\[a\](javascript:b)"),
        ("plain (text), well-set: yes.", "plain (text), well-set: yes."),
        ("two\nlines", "two lines"),
    ],
)
def test_markdown_signs_stay_text(text, escaped):
    assert escape(text) == escaped


def test_markdown_edition_reads_as_a_page():
    page = publish(samples.edition(), ["markdown"])["edition.md"].decode()
    assert page.startswith("# The Harbour Reader\n")
    assert "> — Edith Marlowe, speech, 8 January 1790." in page
    assert "- Word for word in Address to the Harbour Council" in page


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("one two three four five, {the Mayor}; and four five six seven",
         "… two three four five, the Mayor; and four five six …"),
        ("大家都知道{老校长}自己出钱买了四十张长凳。", "大家都知道老校长自己出钱买了四十张长凳。"),
        ("{the Mayor}", "the Mayor"),
        ("It\nwas  {the Mayor’s} plan", "It was the Mayor’s plan"),
        ("字" * 99 + "{老校长}" + "字" * 99, "… " + "字" * 30 + "老校长" + "字" * 30 + " …"),
    ],
)  # fmt: skip
def test_a_place_is_shown_with_some_words_around_it(text, shown):
    start, end = text.index("{"), text.index("}") - 1

    assert context_of(text.replace("{", "").replace("}", ""), start, end) == shown
