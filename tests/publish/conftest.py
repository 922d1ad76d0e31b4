"""What the tests of pages share."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from browsing import AXE


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Fetch axe-core from npm and return its text."""
    if not shutil.which("npm"):
        pytest.skip("needs npm: apt-get install npm")
    folder = tmp_path_factory.mktemp("axe")
    done = subprocess.run(
        ["npm", "install", "--silent", "--no-save", "--prefix", str(folder), AXE],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"needs {AXE}, which npm could not fetch: {done.stderr[-200:]}")
    return (folder / "node_modules/axe-core/axe.min.js").read_text("utf-8")
