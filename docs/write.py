"""Write the documents that come from code: the command line, the records, real output.

``python docs/write.py`` writes them; with ``--check`` it only says which are stale and ends
with 1. Between ``<!-- output: COMMAND -->`` and ``<!-- end -->`` stands what the command
prints, run anew each time.
"""

from __future__ import annotations

import ast
import difflib
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OUTPUT = re.compile(
    r"(?P<head><!-- output: (?P<command>[^\n]+?) -->\n)```\w*\n.*?```\n(?P<tail><!-- end -->)",
    re.DOTALL,
)
GENERATED = "<!-- Written by docs/write.py; change the code, not this page. -->\n"


def command_line() -> str:
    """Describe every command with its options."""
    from typer.main import get_command

    from chrestomathy.cli import app

    group = get_command(app)
    context = group.make_context("chrestomathy", [], resilient_parsing=True)
    lines = [GENERATED, "# The command line\n"]
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        lines += _command(name, command)
        for inner in getattr(command, "commands", {}):
            lines += _command(f"{name} {inner}", command.commands[inner])
    lines += [
        "## Exit status\n",
        "| | |",
        "| --- | --- |",
        "| 0 | done, whatever the verdicts say |",
        "| 1 | done, but some inputs were left out (each is named), or `--fail-on` matched |",
        "| 2 | the call itself is wrong: an option, a missing file, unreadable sources |",
        "| 130 | stopped by Ctrl-C |",
        "",
    ]
    return "\n".join(lines)


def _command(name: str, command: Any) -> list[str]:
    """Describe one command with its options."""
    lines = [f"## chrestomathy {name}\n", f"{command.help}\n"]
    if command.params and not hasattr(command, "commands"):
        lines += ["| | |", "| --- | --- |"]
        for option in command.params:
            flags = ", ".join(f"`{flag}`" for flag in option.opts)
            metavar = f" {option.metavar}" if option.metavar and option.opts[0][0] == "-" else ""
            several = "..." if option.nargs == -1 else ""
            argument = f"`{option.metavar}{several}`"
            shown = argument if option.opts[0][0] != "-" else f"{flags}{metavar}"
            lines.append(f"| {shown} | {option.help or ''} |")
        lines.append("")
    return lines


def records() -> str:
    """Describe every record with its fields, from the strings beside them."""
    tree = ast.parse((ROOT / "src/chrestomathy/records.py").read_text(encoding="utf-8"))
    lines = [GENERATED, "# The records\n", _first_paragraphs(ast.get_docstring(tree) or ""), ""]
    for node in tree.body:
        if not isinstance(node, ast.ClassDef):
            continue
        lines += [f"## {node.name}\n", _one_line(ast.get_docstring(node)), ""]
        lines += ["| field | type | |", "| --- | --- | --- |"]
        for field, after in zip(node.body, [*node.body[1:], None], strict=True):
            if isinstance(field, ast.AnnAssign):
                kind = ast.unparse(field.annotation).replace("|", "\\|")
                lines.append(f"| `{ast.unparse(field.target)}` | `{kind}` | {_said(after)} |")
        lines.append("")
    return "\n".join(lines)


def _said(node: ast.stmt | None) -> str:
    """Return the string that stands under a field."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return _one_line(str(node.value.value)).replace("|", "\\|")
    return ""


def _one_line(text: str | None) -> str:
    return " ".join((text or "").split())


def _first_paragraphs(text: str) -> str:
    return "\n\n".join(_one_line(part) for part in text.split("\n\n"))


def with_output(page: str) -> str:
    """Run the commands of a page and put in what they print."""

    def run(m: re.Match[str]) -> str:
        words = shlex.split(m["command"])
        words[0] = str(Path(sys.executable).parent / words[0])
        done = subprocess.run(  # noqa: S603 - commands of our own README
            words,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "COLUMNS": "100", "NO_COLOR": "1"},
        )
        if done.returncode > 1 or not done.stdout.strip():
            raise RuntimeError(f"{m['command']} failed: {done.stderr or 'it printed nothing'}")
        printed = (done.stdout + done.stderr).strip("\n")
        return f"{m['head']}```text\n{printed}\n```\n{m['tail']}"

    return OUTPUT.sub(run, page)


def pages() -> dict[Path, str]:
    """Return every page that comes from code, as it should be."""
    shown = [ROOT / "README.md", ROOT / "docs/case-addresses.md"]
    return {
        ROOT / "docs/cli.md": command_line(),
        ROOT / "docs/records.md": records(),
        **{page: with_output(page.read_text(encoding="utf-8")) for page in shown},
    }


def main() -> int:
    """Write the pages, or say which are stale."""
    stale = 0
    for path, content in pages().items():
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        if old == content:
            continue
        if "--check" in sys.argv:
            stale = 1
            diff = difflib.unified_diff(old.splitlines(), content.splitlines(), lineterm="", n=0)
            print(f"{path.relative_to(ROOT)} is stale; run: make docs")
            print("\n".join(list(diff)[:12]))
        else:
            path.write_text(content, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")
    return stale


if __name__ == "__main__":
    raise SystemExit(main())
