"""The table beside the texts: encodings, delimiters, and what is said of a bad row."""

import codecs
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chrestomathy.read import Raw
from chrestomathy.read.metadata import Metadata
from chrestomathy.read.sidecar import read_table, read_tables
from chrestomathy.settings import ReadSettings

SETTINGS = ReadSettings()


def read(path: Path, content: str | bytes) -> tuple[dict[str, Metadata], list[str]]:
    data = content if isinstance(content, bytes) else content.encode()
    rows, problems = read_table(Raw(origin=str(path), data=data, name=path.name))
    return {name: known for _, name, known in rows}, [one.reason for one in problems]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encoding_and_delimiter_are_recognised(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    lines = ["File,Speaker,Title", "sea.txt,Zoë Müller,Über das Meer", "été.txt,André,L’été"]
    table = "\r\n".join(lines).replace(",", delimiter)
    rows, problems = read(tmp_path / "metadata.csv", table.encode(encoding))
    assert rows["sea.txt"].author == "Zoë Müller"
    assert rows["été.txt"].title == "L’été"
    assert not problems


def test_a_spreadsheet_s_first_line_is_no_row(tmp_path: Path) -> None:
    rows, problems = read(tmp_path / "metadata.csv", "sep=;\r\nid;date\r\nsea;1946\r\n")
    assert rows["sea"].date == "1946"
    assert not problems


@pytest.mark.parametrize(
    ("table", "reason"),
    [
        ("file,date\nsea.txt,soon", "line 2 has the date 'soon', which is not understood"),
        ("file,date\nsea.txt,2023-02-29", "line 2 has the date '2023-02-29', which is not"),
        ("file,date\n,1946\nsea.txt,1946", "line 2 names no file"),
        ("file,title\nsea.txt,A\nsea.txt,B", "line 3 names 'sea.txt' again, after line 2"),
        ("file,title\nsea.txt,Sea, a poem", "line 2 has 3 cells and the table 2 columns"),
        ("file,titel\nsea.txt,Sea", "the column 'titel' is not known and not read"),
        ("name,title\nsea.txt,Sea", "the first line of the table names no column 'file', but"),
        ('file,title\nsea.txt,Sea\nx.txt,"A', "the table is damaged in the row that begins in"),
        ("\n\n", "the table is empty"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, table: str, reason: str) -> None:
    _, problems = read(tmp_path / "metadata.csv", table)
    assert [one[: len(reason)] for one in problems] == [reason]


def test_a_bad_cell_costs_nothing_else(tmp_path: Path) -> None:
    rows, problems = read(
        tmp_path / "metadata.csv",
        "file,speaker,date,mood\nsea.txt,Ada,soon,calm\n\nrain.txt,Tom,1946,wet\n",
    )
    assert rows["sea.txt"] == Metadata(author="Ada")
    assert rows["rain.txt"] == Metadata(author="Tom", date="1946")
    assert len(problems) == 2


def test_a_column_that_is_somebody_else_s_is_passed_over(tmp_path: Path) -> None:
    _, problems = read(tmp_path / "metadata.csv", "file,x-desk,_n\nsea.txt,a,1\n")
    assert not problems


def test_a_row_may_name_a_file_in_any_spelling(tmp_path: Path) -> None:
    (tmp_path / "metadata.csv").write_text("file,title\nold\\caf\u00e9.txt,A\n./sea,B\n")
    tables = read_tables(str(tmp_path), SETTINGS)
    assert tables.about("old/cafe\u0301.txt").title == "A"
    assert tables.about("sea.md").title == "B"
    assert not list(tables.missing())


def test_the_table_of_an_inner_folder_knows_better(tmp_path: Path) -> None:
    inner = tmp_path / "old"
    inner.mkdir()
    (tmp_path / "sources.csv").write_text("file,title,speaker\nold/sea.txt,Outer,Ada\n")
    (inner / "old.csv").write_text("file,title\nsea.txt,Inner\n")
    known = read_tables(str(tmp_path), SETTINGS).about("old/sea.txt")
    assert (known.title, known.author) == ("Inner", "Ada")


def test_binary_rubbish_is_one_sentence(tmp_path: Path) -> None:
    rows, problems = read(tmp_path / "metadata.csv", codecs.BOM_UTF8 + bytes(range(32)) * 9)
    assert not rows
    assert len(problems) == 1


def test_a_table_about_others_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / "rain.csv").write_text("year,rain\n1946,12\n")
    (tmp_path / "metadata.csv").write_text("file,mood\nsea.txt,calm\n")
    (tmp_path / "rain.txt").write_text("It rained.")
    tables = read_tables(str(tmp_path / "rain.txt"), SETTINGS)
    assert not tables.problems
    folder = tmp_path / "rain"
    folder.mkdir()
    (folder / "rain.csv").write_text("year,rain\n1946,12\n")
    assert not read_tables(str(folder), SETTINGS).problems


CELLS = st.text('ab,;"\n\r\t|é\x00 -/0129', max_size=8) | st.sampled_from(["file", "date", "1946"])


TABLES = st.lists(st.lists(CELLS, max_size=4).map(",".join)).map(
    lambda one: "\n".join(one).encode()
)


@given(st.binary(max_size=60) | TABLES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_table_gives_rows_or_sentences(tmp_path: Path, content: bytes) -> None:
    rows, problems = read(tmp_path / "metadata.csv", content)
    assert all(rows)
    assert all(one and len(one) < 1000 for one in problems)
