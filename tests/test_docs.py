"""The documents are true: commands, records and outputs are the code's own, links lead somewhere."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from pathlib import Path

import pytest

import chrestomathy
from chrestomathy import errors, records
from chrestomathy.records import ChangeKind

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_the_readme_s_python_runs() -> None:
    result = doctest.testfile(str(ROOT / "README.md"), module_relative=False)

    assert result.attempted >= 3
    assert result.failed == 0


def test_no_document_is_stale() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs/write.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_to_files(page: Path) -> None:
    text = page.read_text(encoding="utf-8")

    for target in re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", text):
        assert (page.parent / target).exists(), target


def test_every_error_is_drawn_in_the_tree() -> None:
    kinds = [one for one in vars(errors).values() if isinstance(one, type)]

    for kind in kinds:
        if issubclass(kind, errors.ChrestomathyError):
            assert kind.__name__ in (errors.__doc__ or "")


def test_every_kind_of_change_has_its_rule_explained() -> None:
    page = (ROOT / "docs/heuristics.md").read_text(encoding="utf-8")
    kinds = ChangeKind.__args__  # type: ignore[attr-defined]

    for kind in kinds:
        assert kind in page


def test_the_public_names_are_there() -> None:
    assert all(hasattr(chrestomathy, name) for name in chrestomathy.__all__)
    assert all(callable(getattr(chrestomathy, verb)) for verb in ("read", "lift", "trace", "grade"))


def test_no_file_names_a_registry_or_a_machine() -> None:
    """Nothing in the repository points at a package index or at one machine's folders."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files"], capture_output=True, text=True, check=False
    ).stdout.split("\n")
    words = ("pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js.org", "/wo" + "rk/")
    for name in filter(None, listed):
        data = (ROOT / name).read_bytes()
        assert not any(word.encode() in data for word in words), name


def test_the_glossary_names_records_that_exist() -> None:
    page = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| \*\*[^*]+\*\* \(`(\w+)`\)", page, re.MULTILINE)

    assert len(named) > 10
    for name in named:
        assert hasattr(records, name) or name == "Collection", name


def test_the_glossary_explains_every_value_of_a_wording() -> None:
    page = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    row = next(line for line in page.splitlines() if line.startswith("| **wording**"))

    for wording in records.Wording.__args__:  # type: ignore[attr-defined]
        assert wording.replace("_", " ") in row
