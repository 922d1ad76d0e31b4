"""Killed writers, damaged files and full disks: a small run of what `make reliability` does."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "reliability.py"


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="needs fork")
def test_collections_survive_kills_and_damage_is_named() -> None:
    command = [sys.executable, str(SCRIPT), "--kills", "60", "--damages", "60", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)

    assert done.returncode == 0, done.stderr
    assert "60 damages" in done.stdout
