"""The demonstration on three installed libraries, or a sentence that says what to install."""

from __future__ import annotations

import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest

from chrestomathy import catalogue, demo
from chrestomathy.errors import CollectionError, DependencyMissing

ROOT = Path(__file__).parents[1]


def silent(*_: object) -> None:
    """Report nothing."""


@pytest.mark.demo
@pytest.mark.slow
def test_the_demonstration_finds_what_is_known() -> None:
    """Ecclesiastes and Henry V are found, no address is held against itself or a later one."""
    edition = demo.demo_edition(progress=silent, say=silent)

    dates = {one.id: one.date or "" for one in edition.documents}
    found = [one for one in edition.entries if one.verdict and one.verdict.parts]
    sources = {part.source for one in found for part in one.verdict.parts}  # type: ignore[union-attr]
    assert "plays/henry-v" in sources
    assert "bible/Ecclesiastes" in sources
    for entry in found:
        assert entry.verdict
        for part in entry.verdict.parts:
            own = entry.passage.document or ""
            assert part.source != own
            assert not part.source.startswith("addresses/") or part.source[10:14] <= dates[own][:4]
    wordings = [entry.verdict.wording for entry in edition.entries if entry.verdict]
    assert wordings.count("exact") >= 60
    assert wordings[0] == "exact"
    assert wordings[-1] == "not_found"
    assert [one.name for one in edition.searched] == ["King James Bible", "Plays", "Addresses"]


@pytest.mark.demo
def test_a_play_keeps_its_speakers_and_scenes() -> None:
    play = next(one for one in catalogue.load_plays() if one.id == "plays/henry-v")
    at = play.text.index("We few, we happy few")

    assert next(s.name for s in play.speaker_spans if s.start <= at < s.end) == "KING HENRY V"
    assert "Act IV" in next(locus.ref for locus in play.loci if locus.start <= at < locus.end)


@pytest.mark.demo
def test_a_changed_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue, "BIBLE_SHA256", "0" * 64)

    with pytest.raises(CollectionError, match="King James Bible is not the text"):
        list(catalogue.load_bible())


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "files", absent)

    with pytest.raises(DependencyMissing, match=r'pip install "chrestomathy\[demo\]"'):
        list(catalogue.load_bible())


@pytest.mark.demo
@pytest.mark.slow
def test_the_case_of_the_addresses_has_its_figures_from_the_program() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs/case.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
