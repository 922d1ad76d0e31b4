"""Collections from files: what has changed is read again, and nothing else."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chrestomathy import library
from chrestomathy.cli import app
from chrestomathy.errors import CollectionError
from chrestomathy.pipeline import Tray
from chrestomathy.read import inputs
from chrestomathy.settings import Settings

LAMPS = "The lamps on the upper quay were lit at six, and nobody thanked the widow who lit them."
NETS = "Nine nets were sold in one winter, and the tenth was given to the school for a hammock."
TOLL = "The toll was a penny for a cart and a halfpenny for a goose that walked on its own feet."


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    (folder / "inner").mkdir(parents=True)
    (folder / "lamps.txt").write_text(LAMPS)
    (folder / "inner" / "nets.md").write_text(f"---\ndate: 1921\nspeaker: Ines Marlow\n---\n{NETS}")
    return folder


@pytest.fixture
def was_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of files that were opened for reading since."""
    names: list[str] = []
    read_file = inputs.read_file

    def noting(path: str, settings: object) -> object:
        names.append(Path(path).name)
        return read_file(path, settings)  # type: ignore[arg-type]

    monkeypatch.setattr(inputs, "read_file", noting)
    return names


def build(path: Path, *given: Path) -> tuple[library.Outcome, Tray]:
    tray = Tray()
    return library.build(str(path), [str(one) for one in given], tray, settings=Settings()), tray


def ids(path: Path) -> list[str]:
    return sorted(one.id for one in library.sources_of(str(path)))


def test_only_what_has_changed_is_read_again(
    texts: Path, tmp_path: Path, was_read: list[str]
) -> None:
    kept = tmp_path / "kept"
    first, _ = build(kept, texts)
    assert (first.added, first.removed, first.unchanged) == (2, 0, 0)
    assert sorted(was_read) == ["lamps.txt", "nets.md"]

    was_read.clear()
    again, _ = build(kept, texts)
    assert (again.added, again.removed, again.unchanged) == (0, 0, 2)
    assert was_read == []

    (texts / "lamps.txt").write_text(TOLL)
    (texts / "toll.txt").write_text(TOLL)
    changed, _ = build(kept, texts)
    assert (changed.added, changed.removed, changed.unchanged) == (2, 1, 1)
    assert sorted(was_read) == ["lamps.txt", "toll.txt"]
    held = {one.id: one.text for one in library.sources_of(str(kept))}
    assert held["lamps"] == TOLL


def test_a_touched_file_of_the_same_words_is_no_other(
    texts: Path, tmp_path: Path, was_read: list[str]
) -> None:
    build(tmp_path / "kept", texts)
    was_read.clear()
    os.utime(texts / "lamps.txt", (1, 1))

    outcome, _ = build(tmp_path / "kept", texts)

    assert (outcome.unchanged, was_read) == (2, [])


def test_what_is_gone_goes_out_of_a_build_and_stays_when_adding(
    texts: Path, tmp_path: Path
) -> None:
    kept, more = tmp_path / "kept", tmp_path / "more"
    more.mkdir()
    (more / "toll.txt").write_text(TOLL)
    build(kept, texts)
    added = library.add(str(kept), [str(more)], Tray(), settings=Settings())
    assert (added.added, added.sources) == (1, 3)

    (texts / "lamps.txt").unlink()
    library.add(str(kept), [str(more)], Tray(), settings=Settings())
    assert ids(kept) == ["inner/nets", "lamps", "toll"]
    build(kept, texts)
    assert ids(kept) == ["inner/nets"]


def test_a_changed_table_is_told_of_every_file(texts: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    table = texts / "metadata.csv"
    table.write_text("file,title\nlamps.txt,Lamps\n")
    build(kept, texts)
    table.write_text("file,title\nlamps.txt,The lamps of the quay\n")
    outcome, _ = build(kept, texts)
    titles = {one.id: one.title for one in library.sources_of(str(kept))}
    assert titles["lamps"] == "The lamps of the quay"

    table.unlink()
    build(kept, texts)
    titles = {one.id: one.title for one in library.sources_of(str(kept))}
    assert titles["lamps"] != "The lamps of the quay"
    assert outcome.sources == 2


def test_a_removed_source_comes_back_when_it_is_built_again(texts: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    build(kept, texts)
    assert library.remove(str(kept), ["lamps"]).sources == 1
    assert ids(kept) == ["inner/nets"]

    build(kept, texts)

    assert ids(kept) == ["inner/nets", "lamps"]


def test_records_of_one_id_are_left_out_and_the_rest_is_done(texts: Path, tmp_path: Path) -> None:
    records = tmp_path / "records.jsonl"
    rows = [{"id": "lamps", "text": TOLL}, {"id": "toll", "text": TOLL}]
    records.write_text("".join(json.dumps(row) + "\n" for row in rows))

    outcome, tray = build(tmp_path / "kept", texts, records)

    assert outcome.added == 3
    assert ["'lamps' is there already" in one.reason for one in tray.left_out] == [True]


@pytest.mark.parametrize("given", ["nowhere", "empty"])
def test_nothing_is_made_of_nothing(given: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(CollectionError):
        build(tmp_path / "kept", tmp_path / given)

    assert not (tmp_path / "kept").exists()


def test_a_collection_within_its_own_folder_is_not_read(texts: Path) -> None:
    build(texts / "kept", texts)
    outcome, tray = build(texts / "kept", texts)

    assert (outcome.sources, outcome.added, tray.left_out) == (2, 0, [])


def run(*words: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["collection", *map(str, words)])
    if result.exception and not isinstance(result.exception, SystemExit):
        return 2, "", str(result.exception)
    return result.exit_code, result.stdout, result.stderr


def test_the_commands(texts: Path, tmp_path: Path) -> None:
    kept, other = tmp_path / "kept", tmp_path / "other"
    assert run("build", kept, texts)[0] == 0
    assert "1920s" in run("info", kept)[1]
    told = json.loads(run("info", kept, "--json")[1])
    assert (told["sources"], told["speakers"]) == (2, {"Ines Marlow": 1})
    assert run("list", kept)[1].splitlines()[0].startswith("lamps  undated")
    assert [json.loads(row)["id"] for row in run("list", kept, "--json")[1].splitlines()] == [
        "lamps",
        "inner/nets",
    ]
    assert run("check", kept)[0] == 0
    status, _, said = run("remove", kept, "nobody")
    assert status == 2
    assert "collection list" in said

    (texts / "toll.txt").write_text(TOLL)
    assert run("build", other, texts / "toll.txt")[0] == 0
    assert run("merge", kept, other)[0] == 0
    assert ids(kept) == ["inner/nets", "lamps", "toll"]

    index = next(kept.rglob("index"))
    index.write_bytes(index.read_bytes()[:-1] + b"!")
    status, _, said = run("check", kept)
    assert status == 1
    assert "damaged" in said
    assert str(index) in said


def test_a_built_collection_is_searched_beside_a_folder(texts: Path, tmp_path: Path) -> None:
    more = tmp_path / "more"
    more.mkdir()
    (more / "toll.txt").write_text(TOLL)
    build(tmp_path / "kept", texts)
    asked = json.dumps({"id": "1", "text": TOLL}) + "\n" + json.dumps({"id": "2", "text": NETS})

    result = CliRunner().invoke(
        app,
        ["trace", "-", "--json", "--collection", str(tmp_path / "kept"), "--collection", str(more)],
        input=asked,
    )

    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["wording"] for one in found] == ["exact", "exact"]
    assert [one["parts"][0]["collection"] for one in found] == ["more", "kept"]


def test_a_row_about_an_unchanged_file_is_no_mistake(texts: Path, tmp_path: Path) -> None:
    (texts / "metadata.csv").write_text("file,speaker\nlamps.txt,Ada\ninner/nets.md,Tom\n")
    kept = tmp_path / "kept"
    build(kept, texts)
    (texts / "toll.txt").write_text(TOLL)
    outcome, tray = build(kept, texts)
    assert (outcome.added, outcome.unchanged, tray.left_out) == (1, 2, [])
    assert {one.id: one.speaker for one in library.sources_of(str(kept))}["inner/nets"] == "Tom"


def test_names_tell_by_a_pattern(texts: Path, tmp_path: Path) -> None:
    (texts / "lamps.txt").rename(texts / "1921_Ada_Lamps.txt")
    (texts / "inner/nets.md").rename(texts / "inner/1922_Tom_Nets.md")
    arguments = ["collection", "build", str(tmp_path / "kept"), str(texts)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    pattern = ["--name-pattern", "{date}_{speaker}_{title}"]
    assert CliRunner().invoke(app, arguments + pattern).exit_code == 0
    told = {
        one.title: (one.date, one.speaker) for one in library.sources_of(str(tmp_path / "kept"))
    }
    assert told == {"Lamps": ("1921", "Ada"), "Nets": ("1921", "Ines Marlow")}
