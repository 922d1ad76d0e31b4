"""Readers of untrusted bytes, each run in a child process with limits.

::

    parent ── bytes in a file without a name ──▶ child: limits, then TASKS[name]
           ◀── "." a step done … "=" and the answer, or "!" and what is wrong with the input

A parser of PDF or of packed documents may run for ever, eat all memory or crash, and only a
process of its own can be stopped at that. The child may write no file and dump no core; it is
ended by the system when one step (a page, a part) takes too much computing, by itself when it
has too much memory, and by the parent when all of it takes too long. Whatever happens to it,
the parent gets an answer or an `InputError` in a sentence, and the next input a new child.

What is limited is computing, not waiting: on a busy machine a good file is still read.
"""

from __future__ import annotations

import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from tempfile import TemporaryFile
from typing import IO, NoReturn

from chrestomathy.codec import decode, encode
from chrestomathy.errors import ChrestomathyError, InputError
from chrestomathy.settings import ReadSettings

Tick = Callable[[], None]
"""To be called by a reader after each step: the time for the next begins."""
Task = Callable[[bytes, ReadSettings, Tick], bytes]
"""A reader as it runs in the child."""

TASKS: dict[str, str] = {
    "pdf": "chrestomathy.read.pdf:read_in_child",
    "pdf-picture": "chrestomathy.read.pdf:draw_in_child",
}
"""The readers that may be run, by name: ``module:function``."""

BYTES_PER_SECOND = 40_000
"""Least speed of a reader over a whole file; below it the file is given up. A novel of 300
pages has about 600,000 bytes as a PDF and takes 2 to 4 seconds: a quarter of what it may."""
MAX_SECONDS = 300.0
"""Longest computing on one file, however large."""
PATIENCE = 20.0
"""How long the parent waits for a step that may compute for one second, should the child sleep
or the machine be busy."""
DATA_COPIES = 3
"""How many times its input's size a reader may have besides `max_reader_mb`."""
MAX_ANSWER_BYTES = 200_000_000
"""Longest answer that is taken from a child."""
HARD_MEMORY_FACTOR = 1.1
"""At how many times its allowance the system refuses memory, so that one great demand fails, and
many small ones where the machine is too busy to let the child look; below that the child watches
itself and can say what it died of, also when it is in a library that cannot."""
WATCH_SECONDS = 0.01
"""How often a child looks at its memory: pdfium fills some 5 MB in that time."""
CHUNK_BYTES = 1 << 16

EXIT_MEMORY = 97
"""Status of a child that had too much memory."""
_BOOT = (
    "import sys; sys.path[:] = sys.argv[2:]; "
    "from chrestomathy.read.limited import serve; serve(sys.argv[1])"
)
_STEP, _ANSWER, _PROBLEM = b".", b"=", b"!"
_LENGTH_BYTES = 8
"""The length comes first, so that an answer cut short is none."""


def run_limited(task: str, data: bytes, *, settings: ReadSettings) -> bytes:
    """Run a reader on bytes that nobody vouches for.

    Args:
        task: Its name in `TASKS`.
        data: The input.
        settings: Handed to the reader; `max_step_s` and `max_reader_mb` are its limits.

    Returns:
        What the reader returned.

    Raises:
        InputError: What the reader says is wrong with the input; or it took too long, had too
            much memory or crashed.
    """
    _refuse_without_limits()
    seconds = total_seconds(len(data), settings)
    path = [os.path.abspath(one) for one in sys.path if one]  # noqa: PTH100 - no resolving
    command = [sys.executable, "-I", "-S", "-B", "-c", _BOOT, TASKS[task], *path]
    with _as_file(encode(settings) + b"\n" + data) as file:
        child = subprocess.Popen(  # noqa: S603 - this very Python
            command,
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        steps, kind, answer, why = _listen(child, seconds)
    finally:
        child.kill()
        status = child.wait()
        if child.stdout:
            child.stdout.close()
    length, content = answer[:_LENGTH_BYTES], answer[_LENGTH_BYTES:]
    if not length or int.from_bytes(length) != len(content):
        raise _died(status, why, steps, seconds, settings)
    if kind == _PROBLEM:
        what, at, fix = decode(content, list[str | None])
        raise InputError(what or "", at=at, fix=fix or "")
    return content


def total_seconds(size: int, settings: ReadSettings) -> float:
    """Return how long a reader may compute on a file of so many bytes."""
    return min(MAX_SECONDS, settings.max_step_s + size / BYTES_PER_SECOND)


def _refuse_without_limits() -> None:
    if not hasattr(signal, "setitimer"):
        raise InputError(
            "this system sets no limits on a process, and files of this kind are read with limits only",
            fix="Read it on Linux or macOS, or save it as plain text.",
        )


@contextmanager
def _as_file(data: bytes) -> Iterator[IO[bytes]]:
    """Put bytes into a file without a name, to be read from its beginning."""
    in_memory = hasattr(os, "memfd_create")
    with os.fdopen(os.memfd_create("in"), "w+b") if in_memory else TemporaryFile() as file:
        file.write(data)
        file.flush()
        file.seek(0)
        yield file


def _listen(child: subprocess.Popen[bytes], seconds: float) -> tuple[int, bytes, bytes, str]:
    """Take what a child says until it ends, keeps still too long or says too much.

    Returns:
        Steps done, kind of the answer (empty: none), the answer, why it was stopped.
    """
    assert child.stdout is not None
    steps, kind, answer = 0, b"", bytearray()
    patience = PATIENCE * max(1.0, seconds)
    deadline = time.monotonic() + patience
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        while True:
            if not selector.select(max(0.0, deadline - time.monotonic())):
                return steps, kind, bytes(answer), f"it was not done in {patience:.0f} seconds"
            chunk = os.read(child.stdout.fileno(), CHUNK_BYTES)
            if not chunk:
                return steps, kind, bytes(answer), ""
            if not kind:
                rest = chunk.lstrip(_STEP)
                steps += len(chunk) - len(rest)
                kind, chunk = rest[:1], rest[1:]
            answer += chunk
            if len(answer) > MAX_ANSWER_BYTES:
                return steps, kind, b"", f"more than {MAX_ANSWER_BYTES:,} bytes came out of it"


def _died(status: int, why: str, steps: int, seconds: float, settings: ReadSettings) -> InputError:
    """Say in a sentence what a child died of."""
    at = _place(steps)
    if why:
        return InputError(why, at=at, fix=_OTHERWISE)
    if status == -signal.SIGXCPU:
        return _too_long(seconds, steps)
    if status == -signal.SIGPROF:
        return InputError(
            f"one page or part of it takes longer than {settings.max_step_s:g} seconds",
            at=at,
            fix=f"Raise max_step_s under [read] in the settings if you trust it. {_OTHERWISE}",
        )
    if status == EXIT_MEMORY:
        return InputError(
            f"it needs more than {settings.max_reader_mb:,} MB of memory",
            at=at,
            fix=f"Raise max_reader_mb under [read] in the settings if you trust it. {_OTHERWISE}",
        )
    how = f"by signal {-status}" if status < 0 else f"with status {status}"
    return InputError(f"it is damaged: its reader crashed {how}", at=at, fix=_OTHERWISE)


def _too_long(seconds: float, steps: int) -> InputError:
    return InputError(
        f"all of it takes longer than {seconds:.1f} seconds",
        at=_place(steps),
        fix=f"Split it, or raise max_step_s under [read] in the settings. {_OTHERWISE}",
    )


def _place(steps: int) -> str | None:
    """Name the step that comes after those that were done."""
    return f"page or part {steps + 1:,}" if steps else None


_OTHERWISE = "Otherwise open it in its own program and save it again, or as plain text."


def serve(target: str) -> NoReturn:
    """Be the child: read the input, take on the limits, run the reader, answer, end.

    Args:
        target: ``module:function`` of the reader.
    """
    header, _, data = sys.stdin.buffer.read().partition(b"\n")
    settings = decode(header, ReadSettings)
    module, _, name = target.partition(":")
    task: Task = getattr(import_module(module), name)
    out = sys.stdout.fileno()
    steps, seconds = 0, total_seconds(len(data), settings)
    last = time.process_time() + seconds
    _take_on_limits(len(data), last, settings)

    def tick() -> None:
        nonlocal steps
        steps += 1
        if time.process_time() > last:
            raise _too_long(seconds, steps)
        signal.setitimer(signal.ITIMER_PROF, settings.max_step_s)
        _write(out, _STEP)

    try:
        kind, answer = _ANSWER, task(data, settings, tick)
    except ChrestomathyError as error:
        kind, answer = _PROBLEM, encode([error.what, error.at, error.fix])
    except MemoryError:
        os._exit(EXIT_MEMORY)
    except Exception as error:  # whatever a parser raises over bad bytes
        what = f"it is damaged: {type(error).__name__}: {' '.join(str(error).split())[:200]}"
        kind, answer = _PROBLEM, encode([what, None, _OTHERWISE])
    signal.setitimer(signal.ITIMER_PROF, 0)
    _write(out, kind + len(answer).to_bytes(_LENGTH_BYTES) + answer)
    os._exit(0)


def _write(file: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]


def _take_on_limits(size: int, last: float, settings: ReadSettings) -> None:
    """Limit this process; whatever a system does not know is left to the other limits.

    The timer counts computing, also within C code, and its signal ends the process. The limit
    on all computing, to a whole second, is for a reader that ticks and does not end.
    """
    import resource

    seconds = int(last) + 2
    allowed = settings.max_reader_mb * 1_000_000 + DATA_COPIES * size
    limits = {
        "RLIMIT_CORE": (0, 0),
        "RLIMIT_FSIZE": (0, 0),
        "RLIMIT_CPU": (seconds, seconds + 1),
        "RLIMIT_DATA": (int(HARD_MEMORY_FACTOR * allowed),) * 2,
    }
    for name, limit in limits.items():
        try:
            resource.setrlimit(getattr(resource, name), limit)
        except (AttributeError, ValueError, OSError):
            continue
    threading.Thread(target=_watch_memory, args=(allowed,), daemon=True).start()
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_PROF, settings.max_step_s)


def _watch_memory(allowed: int) -> None:
    """End this process once it has more memory than it may."""
    while memory_used() <= allowed:
        time.sleep(WATCH_SECONDS)
    os._exit(EXIT_MEMORY)


def memory_used() -> int:
    """Return how many bytes of memory this process has, or had at most where that is all we know."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - a hundred times a second
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        import resource

        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024
