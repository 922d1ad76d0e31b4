"""Compile the C library when the package is installed or a wheel is built.

With the system's compiler where there is one that works; otherwise the build asks for the
package `ziglang`, which brings one along.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from packaging.tags import platform_tags

FLAGS = "-O3 -std=c11 -fPIC -shared -Wall -Wextra -fvisibility=hidden -ffp-contract=off".split()
"""The processor stays the baseline; sums are not contracted, so that every machine breaks ties
alike."""
FOLDER = Path("src", "chrestomathy", "native")
LIBRARY = FOLDER / "_chrestomathy.so"
"""Of this name on every system; ctypes asks for a file and not for an ending."""


class LibraryHook(BuildHookInterface[Any]):
    """hatchling's hook for wheels, editable ones too."""

    def dependencies(self) -> list[str]:
        """Ask for a compiler where the system has none."""
        return [] if system_compiler() else ["ziglang"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and tell hatchling that the wheel is for one platform and every Python 3."""
        library = Path(self.root, LIBRARY)
        if version != "editable" or is_stale(library):
            compile_library(library)
        build_data["artifacts"].append(f"/{LIBRARY.as_posix()}")
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform()}"


def platform() -> str:
    """Return the tag of this platform; a C library alone promises nothing about old systems."""
    return next(tag for tag in platform_tags() if not tag.startswith(("manylinux", "musllinux")))


@cache
def system_compiler() -> list[str] | None:
    """Return the command of a C compiler that works, headers included, or None.

    What CC names is taken as it is, so that a mistake in it is seen.
    """
    if os.environ.get("CC"):
        return shlex.split(os.environ["CC"])
    for name in ("cc", "gcc", "clang"):
        if shutil.which(name):
            trial = [name, "-x", "c", "-fsyntax-only", "-"]
            code = b"#include <math.h>\n#include <stdlib.h>\n#include <string.h>\n"
            if subprocess.run(trial, input=code, capture_output=True, check=False).returncode == 0:
                return [name]
    return None


def is_stale(library: Path) -> bool:
    """Tell whether a source, or this file, is newer than the library."""
    if not library.exists():
        return True
    sources = [*library.parent.glob("*.[ch]"), Path(__file__)]
    return max(source.stat().st_mtime for source in sources) > library.stat().st_mtime


def compile_library(library: Path, *more_flags: str) -> None:
    """Compile all sources beside the library into it; an older one is replaced at the end.

    Raises:
        SystemExit: There is no compiler, or it failed; the message says what to do.
    """
    command = system_compiler() or [sys.executable, "-m", "ziglang", "cc", "-mcpu=baseline"]
    sources = sorted(str(path) for path in Path(__file__).parent.joinpath(FOLDER).glob("*.c"))
    beside = library.with_name(f"{library.name}.{os.getpid()}")
    whole = [*command, *FLAGS, *more_flags, "-o", str(beside), *sources]
    try:
        done = subprocess.run(whole, capture_output=True, text=True, check=False)
        failed, said = done.returncode != 0, done.stderr.strip()
    except OSError as error:
        failed, said = True, str(error)
    if failed:
        beside.unlink(missing_ok=True)
        raise SystemExit(
            f"{said}\n\nThe C library of Chrestomathy could not be compiled (in {library.parent}, "
            f"with `{shlex.join(command)}`). Install a C compiler with its headers "
            "(Debian: apt-get install gcc libc6-dev; macOS: xcode-select --install), "
            "or name one in the variable CC, and install again."
        )
    if said:
        sys.stderr.write(f"{said}\n")
    beside.replace(library)
