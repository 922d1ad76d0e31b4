"""An editor's desk: decisions beside a draft, baselines, the day of reading, reports in CI."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

import pytest
from pdf_files import pages_pdf, put

from chrestomathy import cli, desk
from chrestomathy.errors import SettingsError

MINUTES = """\
---
title: Minutes of the opening
author: Martin Oduya
date: 1921-05-03
url: https://example.org/minutes
rights: Public domain
---
When Agnes Tolliver came down to the harbor that gray morning, nobody took off his hat.
Everybody in the town said that Tolliver would organize the labor of 400 men before winter.
They counted 400 boats on the eastern shore, and Mr. Tolliver rejoiced with every child.
The lamp must burn every night, for the sea keeps no holidays, and neither shall we.
"""
DRAFT = """\
# The town remembers

"When the Lord Mayor came down to the harbor that gray morning, nobody took off his hat."

"Everybody in the town said that the Lord Mayor would organize the labor of 400 men".

"They counted 500 boats on the eastern shore, and the Lord Mayor rejoiced with every child."

"The lamp must burn every night, for the sea keeps no holidays".
"""


class Done(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Done]


@pytest.fixture
def run(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], tmp_path: Path
) -> Run:
    tmp_path.joinpath("sources").mkdir()
    tmp_path.joinpath("sources/minutes.md").write_text(MINUTES, "utf-8")
    tmp_path.joinpath("draft.md").write_text(DRAFT, "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")

    def call(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["chrestomathy", *arguments])
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        return Done(int(ended.value.code or 0), out.decode(), err.decode())

    return call


CHECK = ("check", "draft.md", "--sources", "sources")


def report(run: Run, *more: str) -> dict[str, object]:
    run(*CHECK, "--report", "r.json", *more)
    return json.loads(Path("r.json").read_bytes())  # type: ignore[no-any-return]


def ids(whole: dict[str, object]) -> list[str]:
    return [one["passage"]["id"] for one in whole["findings"]]  # type: ignore[attr-defined, index]


def states(whole: dict[str, object]) -> list[str]:
    return [one["state"] for one in whole["findings"]]  # type: ignore[attr-defined, index]


def test_what_is_changed_throughout_is_the_first_thing_in_every_report(run: Run) -> None:
    forms = [f"r{form}" for form in (".json", ".html", ".md", ".csv", ".sarif")]

    done = run(*CHECK, *(word for name in forms for word in ("--report", name)))

    sentence = "‘Agnes Tolliver’, ‘Mr. Tolliver’ or ‘Tolliver’"
    assert done.out.startswith("Changed throughout\n")
    for page in (done.out, *(Path(name).read_text("utf-8") for name in forms)):
        assert sentence in page
        assert page.index(sentence) < page.rindex("nobody took off his hat")
    assert "line 3: When the Lord Mayor came down" in done.out


def test_a_decision_holds_when_the_draft_moves_and_the_rest_changes(run: Run) -> None:
    first = ids(report(run))[2]

    assert run("decide", "r.json", first, "accept", "--comment", "So in the proofs.").status == 0
    decided = report(run)
    assert states(decided) == ["open", "open", "accepted", "clear"]
    text = "A new first line.\n\n" + DRAFT.replace("and the Lord Mayor rejoiced", "and, the Lord "
                                                   "Mayor rejoiced")  # fmt: skip
    Path("draft.md").write_text(text, "utf-8")

    assert states(report(run)) == ["open", "open", "accepted", "clear"]
    assert "Accepted on 14 November 2023: So in the proofs." in run(*CHECK).out


def test_a_decision_is_asked_again_when_the_source_changes(run: Run) -> None:
    run("decide", "r.json", ids(report(run))[2], "accept")
    minutes = MINUTES.replace("400 boats on", "450 boats on")
    Path("sources/minutes.md").write_text(minutes, "utf-8")

    whole = report(run)

    assert states(whole)[2] == "open"
    assert whole["findings"][2]["stale"]["decision"] == "accept"  # type: ignore[index]
    assert "The evidence has changed since." in run(*CHECK).out
    before = Path("draft.decisions.toml").read_text("utf-8")
    assert "stale" not in before
    assert run("decide", "r.json").status == 0
    (kept,) = tomllib.loads(Path("draft.decisions.toml").read_text("utf-8"))["decision"]
    assert kept["stale"] == "evidence"
    Path("sources/minutes.md").write_text(MINUTES, "utf-8")
    report(run)
    run("decide", "r.json")
    assert Path("draft.decisions.toml").read_text("utf-8") == before


def test_accepted_findings_do_not_fail_and_rejected_ones_do(run: Run) -> None:
    whole = report(run)
    altered = [one for one, state in zip(ids(whole), states(whole), strict=True) if state == "open"]
    fails = (*CHECK, "--fail-on", "altered,truncated")
    assert run(*fails).status == 1
    assert "--fail-on matched: altered" in run(*fails).err

    for one in altered:
        run("decide", "r.json", one, "accept")
    assert run(*fails).status == 0
    run("decide", "r.json", altered[0], "reject")
    assert run(*fails).status == 1
    run("decide", "r.json", altered[0], "comment", "--comment", "Ask.")
    assert run(*fails).status == 1


def test_one_decision_on_the_whole_draft_covers_its_places(run: Run) -> None:
    (wide,) = report(run)["throughout"]  # type: ignore[misc, attr-defined]

    run("decide", "r.json", wide["throughout"]["id"][:6], "accept")

    whole = report(run)
    assert states(whole)[0] == "accepted"
    assert whole["findings"][0]["through"] == wide["throughout"]["id"]  # type: ignore[index]
    assert states(whole)[2] == "open", "a number differs there as well"
    assert run(*CHECK, "--fail-on", "throughout").status == 0


def test_throughout_is_a_word_of_fail_on(run: Run) -> None:
    assert run(*CHECK, "--fail-on", "throughout").status == 1
    assert (
        run("trace", "draft.md", "--collection", "sources", "--fail-on", "throughout").status == 1
    )


@pytest.mark.parametrize("baseline", ["r.json", "base.json"])
def test_only_what_is_new_fails_against_a_baseline(run: Run, baseline: str) -> None:
    run(*CHECK, "--report", "r.json", "--write-baseline", "base.json")
    fails = (*CHECK, "--baseline", baseline, "--fail-on", "altered,truncated,throughout")

    assert run(*fails).status == 0
    Path("draft.md").write_text(DRAFT.replace("keeps no holidays", "keeps holidays"), "utf-8")
    assert run(*fails).status == 1
    results = json.loads((run(*fails, "--report", "r.sarif"), Path("r.sarif").read_bytes())[1])[
        "runs"
    ][0]["results"]
    assert [one["baselineState"] for one in results].count("new") == 1


def test_a_baseline_is_sorted_and_the_same_each_time(run: Run) -> None:
    run(*CHECK, "--write-baseline", "one.json")
    run(*CHECK, "--write-baseline", "two.json")

    assert Path("one.json").read_bytes() == Path("two.json").read_bytes()
    words = [one["words"] for one in json.loads(Path("one.json").read_bytes())["findings"]]
    assert words == sorted(words)


def test_the_evidence_shows_the_source_when_it_is_gone(run: Run) -> None:
    whole = report(run)
    text = MINUTES.split("---\n")[2]

    (shown,) = whole["findings"][3]["evidence"]  # type: ignore[index]

    assert shown["read"] == whole["read"] == "2023-11-14"
    assert (shown["url"], shown["rights"]) == ("https://example.org/minutes", "Public domain")
    whole_words = shown["before"] + shown["text"] + shown["after"]
    assert hashlib.sha256(whole_words.encode()).hexdigest() == shown["snapshot"]
    assert shown["text"] in text
    assert 250 < len(shown["before"]) <= 300
    rows = list(csv.DictReader(io.StringIO(_written(run, "r.csv").decode("utf-8-sig"))))
    assert rows[-1]["snapshot_sha256"] == shown["snapshot"]
    assert rows[-1]["read"] == "2023-11-14"
    for name in ("r.html", "r.md"):
        page = _written(run, name).decode()
        assert shown["digest"] in page
        assert "14 November 2023" in page


def _written(run: Run, name: str) -> bytes:
    run(*CHECK, "--report", name)
    return Path(name).read_bytes()


@pytest.mark.parametrize("form", [".json", ".html", ".md", ".csv", ".sarif"])
def test_the_same_day_gives_the_same_bytes(run: Run, form: str) -> None:
    assert _written(run, f"one{form}") == _written(run, f"two{form}")


def test_an_edition_has_no_day_in_it(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, day in (("one", "0"), ("two", "1700000000")):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", day)
        run("make", "draft.md", "--collection", "sources", "-o", name)

    assert Path("one/edition.json").read_bytes() == Path("two/edition.json").read_bytes()


def test_sarif_names_line_and_column(run: Run) -> None:
    results = json.loads(_written(run, "r.sarif"))["runs"][0]["results"]
    lines = Path("draft.md").read_text("utf-8").split("\n")

    for one in results:
        for place in (one["locations"] + one.get("relatedLocations", []))[:9]:
            region = place["physicalLocation"]["region"]
            assert region["startLine"] == region["endLine"]
            words = lines[region["startLine"] - 1][
                region["startColumn"] - 1 : region["endColumn"] - 1
            ]
            if one["ruleId"] == "changed_throughout":
                assert words == "the Lord Mayor"
            else:
                assert one["message"]["text"][1:].startswith(words[:20])


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_lines_are_counted_whatever_ends_them(run: Run, end: str) -> None:
    Path("draft.md").write_bytes(DRAFT.replace("\n", end).encode())

    assert [one["lines"][0] for one in report(run)["findings"]] == [3, 5, 7, 9]  # type: ignore[attr-defined]


def test_a_result_is_known_again_when_lines_move(run: Run) -> None:
    def fingerprints() -> list[object]:
        results = json.loads(_written(run, "r.sarif"))["runs"][0]["results"]
        return [one["partialFingerprints"] for one in results]

    before = fingerprints()
    Path("draft.md").write_text("One more.\n\n" + DRAFT, "utf-8")

    assert fingerprints() == before
    assert len({json.dumps(one) for one in before}) == len(before)


def test_a_folder_of_drafts_may_hold_their_decisions(run: Run) -> None:
    run("decide", "r.json", ids(report(run))[0], "accept")
    Path("drafts").mkdir()
    for name in ("draft.md", "draft.decisions.toml"):
        Path(name).rename(Path("drafts") / name)

    done = run("check", "drafts", "--sources", "sources")

    assert done.status == 0
    assert "Accepted on 14 November 2023." in done.out


def test_a_file_of_decisions_can_be_named(run: Run) -> None:
    report(run)
    run("decide", "r.json", ids(report(run))[0], "accept", "--decisions", "ours.toml")

    assert not Path("draft.decisions.toml").exists()
    assert "Accepted" in run(*CHECK, "--decisions", "ours.toml").out
    assert run(*CHECK, "--decisions", "none.toml").status == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("decide", "r.json", "p-none", "accept"), "no finding 'p-none'"),
        (("decide", "r.json", "p-", "accept"), "Write more of it"),
        (("decide", "r.json", "p-1", "perhaps"), "'perhaps' is no decision"),
        (("decide", "r.json", "p-1"), "nothing is decided"),
        (("decide", "r.json", "p-1", "comment"), "no words"),
        (("decide", "draft.md", "p-1", "accept"), "no JSON"),
        (("decide", "none.json", "p-1", "accept"), "cannot read none.json"),
        (("decide", "old.json", "p-1", "accept"), "damaged finding"),
        ((*CHECK, "--baseline", "list.json"), "no JSON object"),
        ((*CHECK, "--baseline", "empty.json"), "neither a report nor a baseline"),
        ((*CHECK, "--baseline", "old.json"), "without a key"),
        ((*CHECK, "--decisions", "draft.md"), "no valid TOML"),
        ((*CHECK, "--baseline", "r.json", "--report", "r.json"), "named twice"),
        ((*CHECK, "--write-baseline", "draft.decisions.toml"), "named twice"),
    ],
)
def test_bad_input_gets_a_sentence(run: Run, arguments: tuple[str, ...], said: str) -> None:
    report(run)
    Path("list.json").write_text("[]", "utf-8")
    Path("empty.json").write_text("{}", "utf-8")
    Path("old.json").write_text('{"schema": "chrestomathy/report/1", "findings": [{}]}', "utf-8")

    done = run(*arguments)

    assert done.status == 2
    assert said in done.err


def test_a_damaged_file_beside_the_draft_is_named(run: Run) -> None:
    Path("draft.decisions.toml").write_bytes(b"\xff")

    done = run(*CHECK)

    assert done.status == 2
    assert "draft.decisions.toml is no UTF-8 text" in done.err


def test_the_day_is_that_of_the_variable_or_of_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert desk.today() == "1970-01-02"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "tomorrow")
    with pytest.raises(SettingsError, match="SOURCE_DATE_EPOCH is 'tomorrow'"):
        desk.today()
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert desk.today() >= "2026"


def test_decisions_are_written_whole_or_not_at_all(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = ids(report(run))[:2]
    run("decide", "r.json", first, "accept")
    before = Path("draft.decisions.toml").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(Path, "replace", full)

    assert run("decide", "r.json", second, "accept").status == 2
    assert Path("draft.decisions.toml").read_bytes() == before
    assert [one.name for one in Path().iterdir() if one.name.startswith(".draft")] == []


def test_a_finding_stands_on_its_line_of_an_html_draft(run: Run) -> None:
    paragraphs = "".join(f"<p>\n{one}\n</p>\n" for one in DRAFT.split("\n\n")[1:])
    page = f"<!DOCTYPE html>\n<html lang=en><body><article>\n{paragraphs}</article></body></html>"
    Path("draft.html").write_text(page, "utf-8")

    run("check", "draft.html", "--sources", "sources", "--report", "r.sarif")

    results = json.loads(Path("r.sarif").read_bytes())["runs"][0]["results"]
    regions = [one["locations"][0]["physicalLocation"]["region"] for one in results]
    assert len(regions) == 4
    rows = page.split("\n")
    for one, region in zip(results, regions, strict=True):
        assert "charOffset" not in region
        words = rows[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
        assert "the Lord Mayor" in words, one


def test_a_finding_stands_on_its_page_of_a_pdf_draft(run: Run) -> None:
    page = "The clerk wrote on the {} day: “{}”".format
    said = ("the ferry keeps no calendar and the tide keeps none either", "nothing of that is so")
    pages = [
        b"".join(put(40, 500 - 16 * i, line) for i, line in enumerate(wrap(page(day, words), 60)))
        for day, words in zip(("first", "second"), said, strict=True)
    ]
    Path("draft.pdf").write_bytes(pages_pdf(pages))

    run("check", "draft.pdf", "--sources", "sources", "--report", "r.json", "--report", "r.md",
        "--report", "r.csv", "--report", "r.html")  # fmt: skip

    found = json.loads(Path("r.json").read_bytes())["findings"]
    assert [one["locus"] for one in found] == ["p. 1", "p. 2"]
    for name in ("r.md", "r.csv", "r.html"):
        assert "p. 2" in Path(name).read_text("utf-8"), name
