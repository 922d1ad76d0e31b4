"""Run the tests that attack the readers and write what happened into docs/reliability.md.

Usage: ``python benchmarks/attacks.py [-k EXPRESSION]``. The tests themselves record each attack
(``tests/read/conftest.py``); one that breaks its bounds fails there, and then nothing is
written. The table stands between marks, which ``benchmarks/reliability.py`` leaves where they are.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reliability.md"
BEGIN, END = "<!-- Written by benchmarks/attacks.py (make attacks) -->", "<!-- end of attacks -->"
_SECTION = re.compile(rf"{re.escape(BEGIN)}.*?{re.escape(END)}\n", re.DOTALL)
_READ = re.compile(r"read\b|\d+ documents")
"""What is recorded where nothing had to be left out."""
MAX_CHARS = 160
"""Longest account of what happened in a cell; a message may name a long file."""


@dataclass(frozen=True, slots=True)
class Attack:
    """One attack and what came of it."""

    name: str
    what_happened: str
    seconds: float
    megabytes: float


def section_of(page: str) -> str:
    """Return the table that a page has, with its marks; empty where it has none."""
    m = _SECTION.search(page)
    return m[0] if m else ""


def with_section(page: str, section: str) -> str:
    """Put the table into a page: where the old one stands, or at the end."""
    bare = _SECTION.sub("", page).rstrip("\n")
    return f"{bare}\n\n{section}" if section else f"{bare}\n"


def run(expression: str) -> list[Attack]:
    """Run the attacks one after the other, in the order of the tests.

    Raises:
        SystemExit: One of them broke its bounds.
    """
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "attacks.jsonl"
        command = [sys.executable, "-m", "pytest", "-q", "-n0", "tests/read", "-k", expression]
        environment = os.environ | {"CHRESTOMATHY_ATTACKS": str(file)}
        done = subprocess.run(command, cwd=ROOT, env=environment, check=False)
        if done.returncode:
            raise SystemExit("An attack broke its bounds: nothing is written.")
        lines = file.read_text("utf-8").splitlines() if file.exists() else []
    every = [Attack(**json.loads(line)) for line in lines]
    return list({one.name: one for one in every}.values())


def section(attacks: list[Attack]) -> str:
    """Write the table."""
    slowest = max((one.seconds for one in attacks), default=0)
    largest = max((one.megabytes for one in attacks), default=0)
    n_read = sum(bool(_READ.match(one.what_happened)) for one in attacks)
    rows = [
        f"| {_cell(one.name)} | {_cell(one.what_happened)} | {one.seconds:.2f} "
        f"| {one.megabytes:,.0f} |"
        for one in attacks
    ]
    return "\n".join(
        [
            BEGIN,
            "## Attacks on the readers",
            "",
            f"{len(attacks)} files made to harm a reader, each made and read by a test.",
            f"{n_read} did none and were read; {len(attacks) - n_read} were left out, named.",
            f"None took more than {slowest:.1f} seconds and {largest:,.0f} MB more than before.",
            "A second is one of computing, or of waiting where the machine has nothing else to do.",
            "",
            "| attack | what happened | seconds | MB |",
            "| --- | --- | ---: | ---: |",
            *rows,
            END,
            "",
        ]
    )


def _cell(text: str) -> str:
    text = " ".join("".join(c if c.isprintable() else "�" for c in text).split())
    text = text if len(text) <= MAX_CHARS else f"{text[:MAX_CHARS]}…"
    escaped = text.replace("\\", "\\\\").replace("|", "\\|")
    return re.sub(r"([<>*_`\[\]])", r"\\\1", escaped)


def main() -> None:
    """Attack, and write the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("-k", default="attack", help="which tests, as pytest's -k")
    attacks = run(parser.parse_args().k)
    PAGE.write_text(with_section(PAGE.read_text("utf-8"), section(attacks)), "utf-8")
    print(f"wrote {len(attacks)} attacks into {PAGE.name}")


if __name__ == "__main__":
    main()
