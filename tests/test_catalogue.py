"""The catalogue of source packages: what it lists, loads, refuses, and adds to a collection."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from typer.testing import CliRunner

from chrestomathy import catalogue, library
from chrestomathy.cli import app
from chrestomathy.errors import CollectionError, DependencyMissing
from chrestomathy.pipeline import Tray
from chrestomathy.records import Source
from chrestomathy.settings import Settings

NAMES = [entry.name for entry in catalogue.CATALOGUE]
WELLS = [Source(id="wells/1", text="The well of the lower town ran dry in the year of the fire.")]


@pytest.fixture
def wells(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """An entry of our own; the versions of its package that are installed, the last counts."""
    versions = ["1.0"]

    def load() -> Iterator[Source]:
        yield from WELLS

    entry = catalogue.CatalogueEntry(
        name="wells", title="Wells", package="wells", version="1.0", folder="wells",
        licence="MIT", rights="CC0", sources=1, megabytes=0.1, language="en",
    )  # fmt: skip
    monkeypatch.setitem(catalogue._BY_NAME, "wells", entry)
    monkeypatch.setattr(catalogue, "LOADERS", {**catalogue.LOADERS, "wells": load})
    monkeypatch.setattr(catalogue, "installed_version", lambda _: versions[-1])
    return versions


@pytest.mark.parametrize("name", NAMES)
def test_what_is_installed_is_what_was_looked_at(name: str) -> None:
    entry = catalogue.find_entry(f"catalogue:{name}")
    if catalogue.installed_version(entry) is None:
        pytest.skip(f"needs the package {entry.package}")
    sources = list(catalogue.load_entry(name))
    assert len(sources) == entry.sources
    assert len({one.id for one in sources}) == entry.sources
    for one in sources:
        assert one.rights
        assert one.language == entry.language
        assert all(0 <= start < end <= len(one.text) for _, start, end in one.loci)


def test_the_texts_of_the_demonstration_come_first() -> None:
    assert tuple(NAMES[:3]) == catalogue.DEMO
    assert set(catalogue.LOADERS) == set(NAMES)


def test_an_unknown_name_is_answered_with_a_near_one() -> None:
    with pytest.raises(CollectionError, match="Did you mean 'bible'"):
        catalogue.load_entry("catalogue:bibel")


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_installed_says_how_to(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(_: str) -> None:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "files", absent)
    with pytest.raises(DependencyMissing, match="Install them with: pip install "):
        list(catalogue.load_entry(name))


def test_the_command_lists_every_entry() -> None:
    told = CliRunner().invoke(app, ["collection", "catalogue"])
    assert [line for line in told.stdout.splitlines() if line[0] != " "] == [
        f"catalogue:{name}" for name in NAMES
    ]
    lines = CliRunner().invoke(app, ["collection", "catalogue", "--json"]).stdout.splitlines()
    assert {"name", "package", "licence", "rights", "installed"} <= set(json.loads(lines[0]))


def test_an_entry_is_added_once_and_again_when_its_package_changed(
    wells: list[str], tmp_path: Path
) -> None:
    def add() -> tuple[int, int, int]:
        tray = Tray()
        path, settings = str(tmp_path / "kept"), Settings()
        done = library.add(path, ["catalogue:wells"], tray, settings=settings)
        assert not tray.left_out
        return done.added, done.removed, done.unchanged

    assert add() == (1, 0, 0)
    assert add() == (0, 0, 1)
    wells.append("1.1")
    assert add() == (1, 1, 0)


def test_a_draft_is_checked_against_an_entry(wells: list[str], tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text("“The well of the lower town ran dry in the year of the flood.”")
    told = CliRunner().invoke(app, ["check", str(draft), "--sources", "catalogue:wells"])
    assert "“flood” stands for “fire” (word)" in told.stdout
