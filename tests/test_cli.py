"""The command line as people and scripts meet it: output, messages, exit status, bad input."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from chrestomathy import cli

ROOT = Path(__file__).parents[1]
DRAFT, SPEECHES = str(ROOT / "examples/draft.md"), str(ROOT / "examples/speeches")


class Done(NamedTuple):
    status: int
    out: str
    err: str

    @property
    def records(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.out.splitlines()]


Run = Callable[..., Done]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    def call(*arguments: str, stdin: bytes = b"") -> Done:
        monkeypatch.setattr(sys, "argv", ["chrestomathy", *arguments])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capfdbinary.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        sys.stdout.flush()
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        return Done(int(ended.value.code or 0), out.decode(), err.decode())

    return call


def test_lift_explains_a_page(run: Run) -> None:
    """`lift --explain` tells a page line by line; it is for people and makes no records."""
    page = "“The sea has no doors at all.”\n— Anna Holt, Letters, 1999\n".encode()
    done = run("lift", "-", "--explain", stdin=page)
    assert done.status == 0
    assert "text 1" in done.out
    assert "attribution 1" in done.out
    assert "speaker Anna Holt; date 1999" in done.out
    refused = run("lift", "-", "--explain", "--json", stdin=page)
    assert refused.status == 2
    assert "--explain is for the terminal" in refused.err


def test_each_verb_prints_its_record(run: Run) -> None:
    assert set(run("read", DRAFT, "--json").records[0]) >= {"id", "origin", "text", "blocks"}
    assert set(run("lift", DRAFT, "--json").records[0]) >= {"id", "text", "spans", "attribution"}
    traced = run("trace", DRAFT, "--collection", SPEECHES, "--json")
    assert [one["wording"] for one in traced.records][:2] == ["altered", "exact"]
    assert {one["level"] is not None for one in run("grade", DRAFT, "--json").records} == {True}


def test_verbs_pipe(run: Run) -> None:
    """What a verb prints, the next one takes; lifting happens on the way."""
    documents = run("read", DRAFT, "--json").out.encode()
    passages = run("lift", "-", "--json", stdin=documents).out.encode()

    direct = run("trace", "-", "--collection", SPEECHES, "--json", stdin=documents)
    stepwise = run("trace", "-", "--collection", SPEECHES, "--json", stdin=passages)

    assert direct.records == stepwise.records
    assert [one["wording"] for one in direct.records].count("exact") == 3


def test_bare_records_keep_their_ids_and_order(run: Run) -> None:
    lines = b"".join(b'{"id": "n%d", "text": "read slowly, count twice"}\n' % n for n in range(50))

    done = run("trace", "-", "--collection", SPEECHES, "--json", stdin=lines)

    assert [one["passage"] for one in done.records] == [f"n{n}" for n in range(50)]


def test_tables_are_for_people(run: Run) -> None:
    assert "Agnes Tolliver" in run("lift", DRAFT).out
    assert "“can” stands for “cannot” (negation)" in run("check", DRAFT, "--sources", SPEECHES).out


def test_make_writes_an_edition_and_a_reader(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "reader"

    done = run("make", DRAFT, "--collection", SPEECHES, "-o", str(out))

    assert done.status == 0
    assert f"Open {out / 'index.html'}" in done.err
    edition = json.loads((out / "edition.json").read_bytes())
    assert edition["schema"] == "chrestomathy/edition/1"
    assert len(edition["entries"]) == 7
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "Word for word" in page
    assert "What a verdict means" in page


def test_the_same_input_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run("make", DRAFT, "--collection", SPEECHES, "-o", str(tmp_path / name))

    for file in ("edition.json", "index.html"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_publish_adds_a_format(run: Run, tmp_path: Path) -> None:
    run("make", DRAFT, "-o", str(tmp_path))

    done = run("publish", str(tmp_path / "edition.json"), "--to", "markdown,csv")

    assert done.status == 0
    assert len(list(tmp_path.iterdir())) == 4


def test_explain_prints_the_reasons(run: Run, tmp_path: Path) -> None:
    run("make", DRAFT, "--collection", SPEECHES, "-o", str(tmp_path))
    edition = json.loads((tmp_path / "edition.json").read_bytes())
    passage = edition["entries"][0]["passage"]["id"]

    done = run("explain", passage, "--edition", str(tmp_path / "edition.json"))

    assert "altered" in done.out
    assert "“cannot” → “can” (negation)" in done.out
    assert run("explain", "p-none", "--edition", str(tmp_path / "edition.json")).status == 2


def test_fail_on_decides_the_exit_status(run: Run) -> None:
    check = ("check", DRAFT, "--sources", SPEECHES)

    assert run(*check).status == 0
    assert run(*check, "--fail-on", "spliced").status == 0
    assert run(*check, "--fail-on", "altered,spliced").status == 1
    assert run(*check, "--fail-on", "meaning").status == 1
    assert run(*check, "--fail-on", "speaker").status == 1
    assert run(*check, "--fail-on", "wrong").status == 2


@pytest.mark.parametrize("suffix", [".html", ".json", ".sarif", ".csv", ".md"])
def test_reports_in_every_form(run: Run, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"report{suffix}"

    done = run("check", DRAFT, "--sources", SPEECHES, "--report", str(path))

    assert done.status == 0
    assert "cannot" in path.read_text(encoding="utf-8")


def test_every_record_has_a_schema(run: Run) -> None:
    names = run("schema").out.split()

    assert {"document", "passage", "verdict", "grading", "edition", "source"} <= set(names)
    for name in names:
        assert "$defs" in json.loads(run("schema", name).out)
    assert run("schema", "nothing").status == 2


BAD = [
    ("empty.txt", b"", "empty"),
    ("binary.txt", bytes(range(256)) * 40, "binary"),
    ("nested.html", b"<div>" * 100_000 + b"deep", "nest"),
]


@pytest.mark.parametrize(("name", "content", "word"), BAD, ids=[row[0] for row in BAD])
def test_a_bad_input_is_named_and_the_others_are_done(
    run: Run, tmp_path: Path, name: str, content: bytes, word: str
) -> None:
    bad = tmp_path / name
    bad.write_bytes(content)

    done = run("lift", str(bad), DRAFT, "--json", "--left-out", str(tmp_path / "left.jsonl"))

    assert done.status == 1
    assert len(done.records) == 7
    assert name in done.err
    assert word in done.err.casefold()
    left_out = (tmp_path / "left.jsonl").read_text(encoding="utf-8").splitlines()
    assert any(json.loads(line)["origin"] == str(bad) for line in left_out)


def test_another_encoding_is_read(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("“Où sont les neiges d’antan, mon cher ami ?” demanda-t-il.".encode("cp1252"))

    assert "neiges d’antan" in run("read", str(path), "--json").records[0]["text"]  # type: ignore[operator]


@pytest.mark.slow
def test_a_line_of_100_megabytes(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(b"and so on " * 10_000_000)

    assert run("lift", str(path), "--json").status in (0, 1)


def test_a_page_without_passages_says_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "plain.txt"
    path.write_text("Nothing is quoted here. It rained.", encoding="utf-8")

    done = run("make", str(path), "-o", str(tmp_path / "out"))

    assert done.status == 2
    assert "no passage was found" in done.err
    assert not (tmp_path / "out").exists()


def test_an_odd_quotation_mark_loses_nothing(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "odd.txt"
    path.write_text(
        'He said "we will open the gate at noon" and left.\n\nShe wrote "nobody came at all.\n',
        encoding="utf-8",
    )

    texts = [str(one["text"]) for one in run("lift", str(path), "--json").records]

    assert any("open the gate" in text for text in texts)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["lift", "nowhere.txt"], "nowhere.txt"),
        (["trace", DRAFT], "--collection"),
        (["trace", DRAFT, "--collection", "nowhere"], "nowhere"),
        (["make", DRAFT, "-o", "x", "--to", "htlm"], "html"),
        (["publish", "nowhere.json"], "nowhere.json"),
        (["lift", "https://example.org/"], "--allow-network"),
        (["lift", DRAFT, "--settings", "none.toml"], "none.toml"),
    ],
)
def test_a_wrong_call_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], word: str
) -> None:
    monkeypatch.chdir(tmp_path)

    done = run(*arguments)

    assert done.status in (1, 2)
    assert word in done.err
    assert list(tmp_path.iterdir()) == []


def test_an_empty_collection_is_said(run: Run, tmp_path: Path) -> None:
    done = run("trace", DRAFT, "--collection", str(tmp_path))

    assert done.status == 2
    assert str(tmp_path) in done.err


def test_a_bad_line_does_not_stop_the_others(run: Run) -> None:
    lines = b'{"id": "a", "text": "read slowly"}\n{"id": 7\n{"id": "b", "text": "count twice"}\n'

    done = run("grade", "-", "--json", stdin=lines)

    assert done.status == 1
    assert [one["id"] for one in done.records] == ["a", "b"]
    assert "line 2" in done.err


def test_settings_are_checked(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "s.toml"
    path.write_text("[lift]\nmin_quote_word = 3\n", encoding="utf-8")

    done = run("lift", DRAFT, "--settings", str(path))

    assert done.status == 2
    assert "min_quote_words" in done.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full: a Linux system")
def test_a_full_disk_is_said() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "chrestomathy.cli", "lift", DRAFT, "--json"],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_file_appears_whole_or_not_at_all(run: Run, tmp_path: Path) -> None:
    tmp_path.joinpath("blocked").write_text("a file where a folder should be", encoding="utf-8")

    done = run("lift", DRAFT, "-o", str(tmp_path / "blocked" / "out.jsonl"))

    assert done.status == 2
    assert "cannot write" in done.err
    assert [one.name for one in tmp_path.iterdir()] == ["blocked"]


def test_a_closed_pipe_is_no_error() -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    with os.fdopen(write_end, "wb") as closed:
        done = subprocess.run(
            [sys.executable, "-m", "chrestomathy.cli", "lift", DRAFT, "--json"],
            stdout=closed,
            stderr=subprocess.PIPE,
            check=False,
        )

    assert done.returncode == 0
    assert done.stderr == b""


def test_ctrl_c_leaves_nothing_half_written(tmp_path: Path) -> None:
    heeding = (  # a shell's background job, where these tests may run, ignores Ctrl-C
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "from chrestomathy.cli import main; main()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", heeding, "lift", "-", "-o", str(tmp_path / "out.jsonl")],
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    time.sleep(2)
    child.send_signal(signal.SIGINT)
    _, err = child.communicate(timeout=20)

    assert child.returncode == 130
    assert b"stopped" in err
    assert b"Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_help_is_quick_because_heavy_modules_wait() -> None:
    """`--help` loads nothing that only one command needs."""
    heavy = {"numpy", "trafilatura", "jinja2", "selectolax", "lxml", "simplemma", "ftfy"}
    code = "import sys, chrestomathy.cli; print(*sys.modules)"

    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    assert not heavy & set(loaded.stdout.split())


def cpu_s(*words: str) -> float:
    """Return the processor time of a run of Python, the mean of three."""
    import resource

    begun = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(3):
        subprocess.run([sys.executable, *words], capture_output=True, check=True)
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (ended.ru_utime + ended.ru_stime - begun.ru_utime - begun.ru_stime) / 3


def test_help_takes_a_small_multiple_of_what_its_library_takes() -> None:
    """Twice, and .12 s, on a quiet machine; the ratio holds on a busy one."""
    assert cpu_s("-m", "chrestomathy.cli", "--help") < 4 * cpu_s("-c", "import typer")


def test_a_file_name_that_is_no_utf8_is_shown_as_damaged(run: Run, tmp_path: Path) -> None:
    page = os.fsdecode(bytes(tmp_path) + b"/caf\xe9.txt")
    Path(page).write_text("“Nobody can tell the sea to wait,” said Ann Reed.", encoding="utf-8")

    done = run("make", page, "--collection", page, "-o", str(tmp_path / "out"))

    assert done.status == 0
    edition = json.loads((tmp_path / "out" / "edition.json").read_text(encoding="utf-8"))
    assert edition["origins"] == [f"{tmp_path}/caf\ufffd.txt"]


def test_output_to_a_device_leaves_the_device_alone(run: Run, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)

    done = run("lift", DRAFT, "-o", str(pipe))

    assert done.status == 0
    assert reader.communicate(timeout=20)[0].startswith(b'{"id":')
    assert pipe.is_fifo()


def test_output_through_a_link_replaces_the_file_it_points_to(run: Run, tmp_path: Path) -> None:
    tmp_path.joinpath("link.jsonl").symlink_to("real.jsonl")

    run("lift", DRAFT, "-o", str(tmp_path / "link.jsonl"))

    assert tmp_path.joinpath("link.jsonl").is_symlink()
    assert tmp_path.joinpath("real.jsonl").read_bytes().startswith(b'{"id":')


@pytest.mark.parametrize("command", [["schema", "edition"], ["lift", DRAFT, "--json"]])
def test_closed_standard_streams_are_no_fault(command: list[str]) -> None:
    line = f"{sys.executable} -m chrestomathy.cli {' '.join(command)} <&- >&-"
    done = subprocess.run(["sh", "-c", line], stderr=subprocess.PIPE, check=False)

    assert (done.returncode, done.stderr) == (0, b"")


def test_letters_that_a_terminal_lacks_are_replaced() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "chrestomathy.cli", "lift", DRAFT],
        env=os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0
    assert b"Let nobody tell you" in done.stdout


def test_the_beginning_of_an_id_must_fit_one_passage(run: Run, tmp_path: Path) -> None:
    lines = tmp_path / "checked.jsonl"
    run("check", DRAFT, "--sources", SPEECHES, "-o", str(lines))

    several = run("explain", "p-", "--edition", str(lines))
    one = run("explain", "p-1f5", "--edition", str(lines))

    assert several.status == 2
    assert "7 passages of" in several.err
    assert "Name one of them: p-1f5bbea35d8e, " in several.err
    assert one.out.startswith("p-1f5bbea35d8e: altered")


def test_what_was_not_checked_cannot_be_explained(run: Run, tmp_path: Path) -> None:
    run("make", DRAFT, "-o", str(tmp_path))

    done = run("explain", "p-1f5", "--edition", str(tmp_path))

    assert done.status == 2
    assert "so there is nothing to explain" in done.err


def test_a_report_of_no_known_form_is_refused_before_any_work(run: Run) -> None:
    done = run("check", "nowhere.txt", "--sources", "nowhere", "--report", "findings")

    assert done.status == 2
    assert "the report has no suffix" in done.err


def test_several_documents_make_several_chapters(run: Run, tmp_path: Path) -> None:
    for name, heading in (("one", "On Sand"), ("two", "On Salt")):
        text = f"# {heading}\n\n“Nobody can tell the sea to wait,” said Ann Reed.\n"
        tmp_path.joinpath(f"{name}.md").write_text(text, encoding="utf-8")

    run("make", str(tmp_path / "one.md"), str(tmp_path / "two.md"), "-o", str(tmp_path / "out"))

    edition = json.loads((tmp_path / "out" / "edition.json").read_text(encoding="utf-8"))
    assert edition["title"] == "Passages from 2 documents"
    assert [one["heading"] for one in edition["sections"]] == ["On Sand", "On Salt"]


@pytest.mark.parametrize(
    "line",
    ["[lift]\nmin_quote_words = 0", "[trace]\nnearest = -1", "[grade]\ncoverage_ranks = [0]"],
)
def test_settings_that_are_too_small_are_refused(run: Run, tmp_path: Path, line: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(line, encoding="utf-8")

    done = run("lift", DRAFT, "--settings", str(path))

    assert done.status == 2
    assert "which is too small. Give " in done.err


def test_verdicts_where_passages_are_wanted_are_told_apart(run: Run, tmp_path: Path) -> None:
    verdicts = tmp_path / "verdicts.jsonl"
    run("trace", DRAFT, "--collection", SPEECHES, "-o", str(verdicts))

    done = run("grade", str(verdicts))

    assert done.status == 1
    assert "a verdict does not hold its passage's words (at line 1)" in done.err


@pytest.mark.parametrize("options", [["-o", "{}"], ["--left-out", "{}"]])
def test_an_input_is_never_written_over(run: Run, tmp_path: Path, options: list[str]) -> None:
    page = tmp_path / "page.txt"
    page.write_text("“Nobody can tell the sea to wait,” said Ann Reed.", encoding="utf-8")

    done = run("lift", str(page), *[one.format(page) for one in options])

    assert done.status == 2
    assert "is named twice" in done.err
    assert page.read_text(encoding="utf-8").startswith("“Nobody")


def test_a_page_without_passages_says_where_they_would_stand(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Hello there.", encoding="utf-8")

    for command in (["lift"], ["check", "--sources", SPEECHES]):
        done = run(*command, str(page))

        assert done.status == 0
        assert "no passage was found. Passages stand in quotation marks" in done.err
        assert "not checked" not in done.err


def test_a_finding_names_the_verse_and_the_sources_their_rights(run: Run, tmp_path: Path) -> None:
    verses = [f"1:{n} In year {n} the well of the lower town ran dry again." for n in range(1, 7)]
    (tmp_path / "well.txt").write_text("\n".join(verses))
    (tmp_path / "metadata.csv").write_text(
        "file;title;url;rights\nwell.txt;The Book of Wells;https://wells.example/;CC0\n"
    )
    draft = "It says: “In year 4 the well of the lower town ran dry again.”"
    done = run("check", "-", "--sources", str(tmp_path), stdin=draft.encode())
    assert done.status == 0
    assert "well, 1:4 [" in done.out
    assert "Sources\n    well: “The Book of Wells.” https://wells.example/. CC0." in done.out


def test_a_bad_name_pattern_is_a_wrong_call(run: Run) -> None:
    done = run("check", DRAFT, "--sources", SPEECHES, "--name-pattern", "{mood}")
    assert done.status == 2
    assert "has the unknown field {mood}. Give one like '{date}_{speaker}_{title}'" in done.err


def test_words_are_explained_from_added_dictionaries(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHRESTOMATHY_DATA", str(tmp_path / "data"))
    line = b'{"id": "a", "text": "The peace of the river."}\n'
    index = tmp_path / "freedict-eng-deu.index"
    index.write_text("peace\tA\tO\n", encoding="utf-8")
    index.with_suffix(".dict").write_text("peace\nFrieden\n", encoding="utf-8")

    none = run("grade", "-", "--json", "--glosses", "en,de", stdin=line)
    added = run("dictionary", "add", str(index), str(tmp_path / "absent"))
    some = run("grade", "-", "--json", "--glosses", "de", stdin=line)
    people = run("grade", "-", "--glosses", "de", stdin=line)

    assert "chrestomathy dictionary add" in none.err
    assert none.records[0]["words"][1]["glosses"]["de"] is None
    assert "freedict-eng-deu unknown: 1 headword, de glosses" in added.out
    assert "absent is not there" in added.err
    assert added.status == 1
    assert some.records[0]["words"][1]["glosses"] == {"de": "Frieden"}
    assert "Frieden" in people.out
    assert run("dictionary", "list", "--json").records[0]["name"] == "freedict-eng-deu"
    assert "licence:" in run("dictionary", "info", "freedict-eng-deu").out
    assert run("dictionary", "remove", "freedict-eng-deu").status == 0
    assert run("dictionary", "remove", "freedict-eng-deu").status == 2
    assert run("grade", "-", "--glosses", "?", stdin=line).status == 2
