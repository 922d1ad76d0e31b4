"""Kill writers and damage files, many times, and write docs/reliability.md.

Usage: ``python benchmarks/reliability.py [--kills N] [--damages N] [--check]``. With ``--check``
nothing is written: the tests run it so, with small numbers.

A *kill*: a process builds a collection, adds to it, removes from it or merges it, and gets
SIGKILL after a random part of the time that this takes. Then the collection must open, hold
exactly the sources of before or of after, answer as a collection made in memory of those, be
whole in every checksum, and take the next writer, who cleans up.

A *damage*: one bit is turned over, or one file is cut, lengthened or removed. Then `check` must
name the file; opening and tracing must name it too, or give the verdicts of before.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import signal
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import attacks

from chrestomathy.errors import CollectionError
from chrestomathy.records import Passage, Source, Verdict
from chrestomathy.trace import ondisk, trace_one
from chrestomathy.trace.collection import Collection
from chrestomathy.trace.ondisk import Writer, open_collection

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reliability.md"
SEED = 1863
SMALL = 20_000
"""Characters of a segment here: every step works on several."""
SUBJECTS = "the ferry|the mill|the quay|the school|the harbour|the widow|the clerk|a carter".split(
    "|"
)
VERBS = "kept|sold|counted|lost|mended|wrote down|carried|paid for|forgot|asked for".split("|")
OBJECTS = "nine nets|the salt|every lamp|two boats|the winter grain|a letter|the toll".split("|")
DAMAGED = ("index", "sources", "texts", "manifest", "inputs")


@dataclass(frozen=True, slots=True)
class State:
    """What a collection may hold, and what it must then answer."""

    ids: tuple[str, ...]
    verdicts: list[Verdict]


def sources(n: int, seed: int) -> list[Source]:
    """Make sources of some 600 words."""
    rng = random.Random(seed)
    made = []
    for number in range(n):
        said = [
            f"{rng.choice(SUBJECTS)} {rng.choice(VERBS)} {rng.choice(OBJECTS)} in {rng.randrange(1500, 1999)}."
            for _ in range(80)
        ]
        made.append(Source(id=f"{seed}-{number}", text=" ".join(said)))
    return made


def verdicts_of(asked: Sequence[Passage], collection: Collection) -> list[Verdict]:
    """Trace some passages."""
    return [trace_one(one, collection=collection) for one in asked]


class Trial:
    """A collection to work on, and what may become of it."""

    def __init__(self, folder: Path) -> None:
        """Make the collection that most trials begin with."""
        self.folder, self.path = folder, folder / "kept"
        self.first, self.second = sources(12, 1), sources(8, 2)
        cut = [" ".join(one.text.split()[100:118]) for one in [*self.first, *self.second]]
        nowhere = "no lamp in all of the upper valley ever burnt as long as that one did"
        self.asked = [Passage(id=str(n), text=text) for n, text in enumerate([*cut[::3], nowhere])]
        self.ready = folder / "ready"
        self._write(self.ready, lambda writer: writer.add(self.first))
        self.begun = self.state(self.first)
        self.steps: dict[str, tuple[Callable[[], object], State | None, State]] = {
            "build": (self._build, None, self.begun),
            "add": (self._add, self.begun, self.state([*self.first, *self.second])),
            "remove": (self._remove, self.begun, self.state(self.first[3:10])),
            "merge": (self._merge, self.begun, self.begun),
        }

    def state(self, held: Sequence[Source]) -> State:
        """Say what a collection of these sources must answer."""
        made = Collection.of(replace(one, collection="kept") for one in held)
        return State(tuple(one.id for one in held), verdicts_of(self.asked, made))

    def reset(self, *, empty: bool = False) -> None:
        """Put the collection back to what it was."""
        shutil.rmtree(self.path, ignore_errors=True)
        if not empty:
            shutil.copytree(self.ready, self.path)

    def _write(self, path: Path, work: Callable[[Writer], object]) -> None:
        with Writer(path, memory=1) as writer:
            work(writer)
            writer.commit()

    def _build(self) -> None:
        self._write(self.path, lambda writer: writer.add(self.first))

    def _add(self) -> None:
        self._write(self.path, lambda writer: writer.add(self.second))

    def _remove(self) -> None:
        gone = [*self.first[:3], *self.first[10:]]
        self._write(self.path, lambda writer: writer.remove([one.id for one in gone]))

    def _merge(self) -> None:
        with Writer(self.path) as writer:
            writer.merge()
            writer.commit()

    def answers(self) -> State:
        """Open the collection and ask it."""
        opened = open_collection(self.path)
        ids = tuple(one.id for one in opened.sources)
        return State(ids, verdicts_of(self.asked, opened))


def run_killed(work: Callable[[], object], after: float | None) -> bool:
    """Do something in a process that is killed after some seconds; tell whether it was.

    None: it is not killed.
    """
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def kill(trial: Trial, name: str, rng: random.Random, longest: float) -> str:
    """Kill one writer and say what was there afterwards: ``before`` or ``after``.

    Raises:
        AssertionError: Neither, or not whole.
    """
    work, before, after = trial.steps[name]
    trial.reset(empty=before is None)
    was_killed = run_killed(work, rng.random() * longest)
    left = trial.path.exists() and ondisk.is_collection(trial.path)
    if not left:
        assert before is None, f"{name}: the collection is gone"
        found = "before"
    else:
        assert ondisk.check(trial.path) == [], f"{name}: damaged"
        now = trial.answers()
        swapped = ondisk.read_manifest(trial.path).generation > (0 if before is None else 1)
        assert now == (after if swapped else before), f"{name}: not what the manifest says"
        found = "after" if swapped else "before"
    extra = sources(1, 9)
    trial._write(trial.path, lambda writer: writer.add(extra))  # noqa: SLF001
    assert extra[0].id in {one.id for one in open_collection(trial.path).sources}
    assert not ondisk.orphans(trial.path, ondisk.read_manifest(trial.path)), f"{name}: leftovers"
    return found if was_killed else "done"


def damage(trial: Trial, rng: random.Random) -> tuple[str, str]:
    """Damage one file, and say which and what came of it: ``named`` or ``harmless``.

    Raises:
        AssertionError: A verdict changed, or `check` did not name the file.
    """
    trial.reset()
    every = [one for one in trial.path.rglob("*") if one.is_file() and one.name != ondisk.LOCK]
    kind = rng.choice(DAMAGED)
    file = rng.choice([one for one in every if one.name.startswith(kind)])
    way = rng.choice(("bit", "bit", "bit", "cut", "longer", "gone"))
    size = file.stat().st_size
    if way == "bit":
        data = bytearray(file.read_bytes())
        data[rng.randrange(size)] ^= 1 << rng.randrange(8)
        file.write_bytes(data)
    elif way == "cut":
        os.truncate(file, rng.randrange(size))
    elif way == "longer":
        with file.open("ab") as more:
            more.write(rng.randbytes(rng.randrange(1, 99)))
    else:
        file.unlink()
    try:
        told = ondisk.check(trial.path)
    except CollectionError as error:
        told = [error]
    named = any(kind in str(one) or "no collection" in str(one) for one in told)
    assert named, f"{way} in {kind}: check names {told}"
    try:
        now: State | None = trial.answers()
    except CollectionError as error:
        named = kind in str(error) or "no collection" in str(error)
        now = None
    assert named, f"{way} in {kind}: the error names another file"
    if now is None:
        return f"{kind}, {way}", "named"
    assert now == trial.begun, f"{way} in {kind}: another verdict"
    return f"{kind}, {way}", "harmless"


def fill(trial: Trial, n: int) -> bool:
    """Add where files may have no more than `n` bytes; tell whether that failed.

    Raises:
        AssertionError: It failed without a sentence, or the collection is another.
    """
    import resource

    trial.reset()
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (n, n))
        try:
            trial.steps["add"][0]()
        except CollectionError:
            os._exit(3)
        except BaseException:
            os._exit(4)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status in (0, 3), f"a full disk ended with status {status}"
    assert ondisk.check(trial.path) == []
    assert trial.answers() == (trial.begun if status == 3 else trial.steps["add"][2])
    assert not ondisk.orphans(trial.path, ondisk.read_manifest(trial.path))
    return status == 3


def main() -> None:
    """Try all of it, and write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=2000)
    parser.add_argument("--damages", type=int, default=2000)
    parser.add_argument("--check", action="store_true", help="write nothing")
    chosen = parser.parse_args()
    ondisk.LEAST_SEGMENT = SMALL
    rng = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        trial = Trial(Path(folder))
        kills: dict[str, Counter[str]] = {}
        for name, (work, before, _) in trial.steps.items():
            times = []
            for _ in range(9):
                trial.reset(empty=before is None)
                begun = time.perf_counter()
                run_killed(work, None)
                times.append(time.perf_counter() - begun)
            longest = 1.1 * statistics.median(times)
            kills[name] = Counter(
                kill(trial, name, rng, longest) for _ in range(chosen.kills // len(trial.steps))
            )
            print(name, dict(kills[name]), flush=True)
        damages = Counter(damage(trial, rng) for _ in range(chosen.damages))
        print(sum(damages.values()), "damages", flush=True)
        limits = [rng.randrange(1, 60_000) for _ in range(chosen.damages // 10)]
        full = Counter(fill(trial, n) for n in limits)
        print(sum(full.values()), "full disks", flush=True)
    if not chosen.check:
        kept = attacks.section_of(PAGE.read_text("utf-8")) if PAGE.exists() else ""
        PAGE.write_text(attacks.with_section(page(kills, damages, full), kept), "utf-8")
        print(f"wrote {PAGE.name}")


def page(
    kills: dict[str, Counter[str]],
    damages: Counter[tuple[str, str]],
    full: Counter[bool],
) -> str:
    """Write what was tried and what came of it."""
    n_kills = sum(one["before"] + one["after"] for one in kills.values())
    kinds = sorted({what for what, _ in damages})
    lines = [
        "<!-- Written by benchmarks/reliability.py (make reliability); not by hand. -->",
        "",
        "# Reliability of collections on disk",
        "",
        "What a collection promises: a writer killed at any moment leaves the last state or the",
        "next, whole; a damaged file never gives a wrong verdict. This page counts how often that",
        "was tried. Every trial ends the run where the promise is broken, so a page that is here",
        "is one that was kept; `make reliability` tries it anew.",
        "",
        "## Killed writers",
        "",
        f"{n_kills:,} processes got SIGKILL at a random moment of their work. Afterwards the",
        "collection held exactly the sources of before or of after, gave the verdicts that a",
        "collection in memory gives, was whole in every checksum, and the next writer left no",
        "leftovers. *Ended first*: the work was done before the signal came.",
        "",
        "| work | killed | state of before | state of after | ended first |",
        "| --- | ---: | ---: | ---: | ---: |",
        *(
            f"| {name} | {one['before'] + one['after']:,} | {one['before']:,} | {one['after']:,} "
            f"| {one['done']:,} |"
            for name, one in kills.items()
        ),
        "",
        "## Damaged files",
        "",
        f"{sum(damages.values()):,} times one file was damaged. `check` named it each time.",
        "Opening and tracing named it too, or gave the verdicts of before (the list of input files",
        "is read by writers alone, so damage there is harmless to readers).",
        "",
        "| file, damage | tried | named when opened or searched | same verdicts |",
        "| --- | ---: | ---: | ---: |",
        *(
            f"| {what} | {damages[what, 'named'] + damages[what, 'harmless']:,} "
            f"| {damages[what, 'named']:,} | {damages[what, 'harmless']:,} |"
            for what in kinds
        ),
        "",
        "## Full disks",
        "",
        f"{sum(full.values()):,} times the system allowed files of a random size only, in place of",
        f"a full disk; {full[True]:,} of the writers failed, each with a sentence, and left the",
        f"state of before and nothing else; {full[False]:,} had room enough.",
        "The tests let every single write, rename and sync of one writer fail in turn.",
        "",
        "## What is not promised",
        "",
        "- A file that is cut short while a process has it open ends that process.",
        "- Damage is found by 64-bit checksums: they tell accidents, not forgeries.",
        "- Where a system has no `flock`, its users see to it that one writer works at a time.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
