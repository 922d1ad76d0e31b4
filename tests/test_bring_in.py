"""The small programs that bring sources in, and the commands of docs/sources.md."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from chrestomathy.read import read_sources
from chrestomathy.records import Source
from chrestomathy.settings import ReadSettings

ROOT = Path(__file__).parents[1]


def run(name: str, *arguments: Path | str) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "examples/sources" / name), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def sources(path: Path) -> dict[str, Source]:
    records = read_sources(str(path), settings=ReadSettings())
    return {one.id: one for one in records if isinstance(one, Source)}


@pytest.mark.parametrize("form", ["csv", "list", "lines"])
def test_a_table_of_texts(tmp_path: Path, form: str) -> None:
    rows = [
        {"slug": "well", "body": "The well is dry.", "by": "Ada", "on": "21 Jan 1946", "x": "1"},
        {"slug": "sea", "body": "The sea, it\nis wet.", "by": "", "on": "soon", "x": "2"},
        {"slug": "gone", "body": "", "by": "Tom", "on": "1946", "x": "3"},
    ]
    table = tmp_path / ("t.csv" if form == "csv" else "t.json")
    if form == "csv":
        lines = ["slug,body,by,on,x", *(",".join(f'"{v}"' for v in row.values()) for row in rows)]
        table.write_text("\n".join(lines))
    else:
        each = [json.dumps(row) for row in rows]
        table.write_text("[" + ",".join(each) + "]" if form == "list" else "\n".join(each))
    columns = ("--id", "slug", "--text", "body", "--speaker", "by", "--date", "on")
    status, out, err = run("table.py", table, *columns)
    (tmp_path / "s.jsonl").write_text(out)
    found = sources(tmp_path / "s.jsonl")
    assert (found["well"].speaker, found["well"].date) == ("Ada", "1946-01-21")
    assert found["sea"].text == "The sea, it\nis wet."
    assert status == 1
    assert "row 2 has a date that is not understood" in err
    assert "row 3 has no text in 'body'" in err


def test_debates_know_who_speaks(tmp_path: Path) -> None:
    day = tmp_path / "debates2019-03-12a.xml"
    day.write_text(
        "<publicwhip><major-heading>Wells</major-heading>"
        "<speech speakername='Anna Holt' url='https://x.example/1'><p>The well is <i>dry</i>.</p>"
        "<p>It is.</p></speech><speech nospeaker='true'><p>Interruption.</p></speech>"
        "<speech speakername='Tom Reed'><p>It is wet.</p></speech></publicwhip>"
    )
    (tmp_path / "broken.xml").write_text("<a>")
    status, out, err = run("publicwhip.py", day, tmp_path / "broken.xml")
    (tmp_path / "s.jsonl").write_text(out)
    (day_read,) = sources(tmp_path / "s.jsonl").values()
    said = [(one.name, day_read.text[one.start : one.end]) for one in day_read.speaker_spans]
    assert said == [("Anna Holt", "The well is dry.\n\nIt is."), ("Tom Reed", "It is wet.")]
    assert (day_read.date, day_read.url) == ("2019-03-12", "https://x.example/1")
    assert status == 1
    assert "broken.xml is left out" in err


def test_a_zotero_library(tmp_path: Path) -> None:
    cache = tmp_path / "storage/ABCD2345/.zotero-ft-cache"
    cache.parent.mkdir(parents=True)
    cache.write_text("The well is dry.")
    (tmp_path / "library.csv").write_text(
        "\ufeffKey,Title,Author,Date,Url,Rights,Language,File Attachments\n"
        'K1,On Wells,"Holt, Anna",2019-03,https://x.example/,CC BY,en,'
        "/home/x/Zotero/storage/ABCD2345/wells.pdf\n"
        "K2,On Seas,,,,,,\n"
    )
    status, _, err = run(
        "zotero.py", tmp_path / "library.csv", tmp_path / "storage", tmp_path / "texts"
    )
    found = sources(tmp_path / "texts")["ABCD2345"]
    assert (found.title, found.speaker, found.date) == ("On Wells", "Holt, Anna", "2019-03")
    assert (found.url, found.rights) == ("https://x.example/", "CC BY")
    assert status == 1
    assert "'On Seas' has no text" in err
