"""Pages opened in a headless Chromium, and what axe finds in them."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

AXE = "axe-core@4.10.3"
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
RULES = '["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]'


def opened(page: bytes | str, folder: Path, *options: str) -> str:
    """Open a page and return its document after the scripts ran."""
    file = folder / "page.html"
    file.write_bytes(page if isinstance(page, bytes) else page.encode())
    command = [
        *(shutil.which("chromium") or "chromium", "--headless", "--no-sandbox", "--disable-gpu"),
        *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
        *("--no-first-run", "--virtual-time-budget=20000", *options, "--dump-dom"),
    ]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        done = subprocess.run(
            [*command, f"--user-data-dir={profile}", file.as_uri()],
            capture_output=True,
            text=True,
            timeout=120,
            check=True,
        )
    return done.stdout


def played(page: str, acts: str, folder: Path, *options: str) -> str:
    """Open a page, run a script after its own, and return the title that it leaves."""
    free = POLICY.sub("", page).replace("</body>", f"<script>{acts}</script></body>")
    return re.search(r"<title>(.*?)</title>", opened(free, folder, *options), re.DOTALL)[1]


def violations(page: str, axe: str, folder: Path, look: str, before: str = "") -> str:
    """Return what axe finds, as JSON.

    Args:
        page: Its details are opened.
        axe: The library's text.
        folder: For the file.
        look: An option that sets the window's size, or ``dark``.
        before: A script to run first.
    """
    page = page.replace("<details", "<details open")
    if look == "dark":
        page = page.replace("(prefers-color-scheme: dark)", "all")
    acts = f"""{axe.replace("</script", "<" + chr(92) + "/script")}
      ;{before};
      axe.run(document, {{runOnly: {RULES}}}).then((found) => {{
        document.title = JSON.stringify(
          found.violations.map((one) => [one.id, one.nodes.map((node) => node.html)]));
      }});
    """
    return played(page, acts, folder, *([look] if look != "dark" else []))
