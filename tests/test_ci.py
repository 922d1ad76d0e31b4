"""What other repositories use: the hook and the action call the command line as it is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from chrestomathy.cli import app

ROOT = Path(__file__).parents[1]


def options_of(name: str) -> set[str]:
    group = get_command(app)
    command = group.get_command(group.make_context("x", [], resilient_parsing=True), name)  # type: ignore[attr-defined]
    return {option for one in command.params for option in one.opts if option.startswith("--")}


def script() -> str:
    page = (ROOT / "action.yml").read_text("utf-8")
    lines = page.partition("      run: |\n")[2].splitlines()
    return "\n".join(line.removeprefix(" " * 8) for line in lines)


@pytest.mark.parametrize("name", ["action.yml", ".pre-commit-hooks.yaml"])
def test_only_options_that_exist_are_used(name: str) -> None:
    used = set(
        re.findall(
            r"(?<![\w-])--(?!quiet|constraint)[a-z][a-z-]+", (ROOT / name).read_text("utf-8")
        )
    )

    assert used <= options_of("check")


def test_docs_use_only_options_that_exist() -> None:
    page = (ROOT / "docs/ci.md").read_text("utf-8")

    for command in re.findall(r"^chrestomathy (\w+) .*$", page, re.MULTILINE):
        lines = re.findall(rf"^chrestomathy {command} (.*?)(?:#.*)?$", page, re.MULTILINE)
        assert set(re.findall(r"--[a-z-]+", " ".join(lines))) <= options_of(command)


def test_what_a_caller_names_is_never_pasted_into_the_script() -> None:
    assert "${{" not in script()


@pytest.mark.skipif(shutil.which("bash") is None, reason="needs bash")
@pytest.mark.parametrize(("fail_on", "status"), [("meaning", 1), ("", 0)])
def test_the_action_s_script_runs(tmp_path: Path, fail_on: str, status: int) -> None:
    outputs = tmp_path / "outputs"
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", script()],
        cwd=ROOT,
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_OUTPUT": str(outputs),
            "DRAFTS": "examples/draft.md\n",
            "SOURCES": "examples/speeches\n",
            "FAIL_ON": fail_on,
            "DECISIONS": "",
            "BASELINE": "",
            "REPORTS": str(tmp_path / "reports and more"),
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == status, done.stderr
    assert {one.name for one in (tmp_path / "reports and more").iterdir()} == {
        *("report.html", "report.json", "report.sarif")
    }
    assert f"sarif={tmp_path}/reports and more/report.sarif" in outputs.read_text("utf-8")


def test_the_hook_is_the_command_line() -> None:
    page = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")

    assert "entry: chrestomathy check\n" in page
    assert "language: python\n" in page
