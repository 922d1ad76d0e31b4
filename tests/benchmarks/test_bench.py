"""The bench measures what it says: its scorer, its made texts, and a quick run of ourselves."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as ET

import pytest

ROOT = Path(__file__).parents[2]
BENCHMARKS = ROOT / "benchmarks"
Load = Callable[[str], ModuleType]


@pytest.fixture
def load(monkeypatch: pytest.MonkeyPatch) -> Iterator[Load]:
    """Import a module of the bench, which is a folder of scripts and no package."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    yield importlib.import_module
    for path in BENCHMARKS.glob("*.py"):
        sys.modules.pop(path.stem, None)


def test_the_scorer_counts_characters_spans_and_alarms(load: Load) -> None:
    """Four passages by hand: right, half of one, one of two places, from nowhere."""
    score = load("score")
    truths = [
        [("a", 0, 100)],
        [("a", 200, 300)],
        [("a", 400, 450), ("b", 0, 50)],
        [],
    ]
    reports = [
        [("a", 0, 100)],
        [("a", 250, 350)],
        [("a", 400, 450)],
        [("c", 0, 50)],
    ]

    figures = score.score(truths, reports)

    assert figures.precision == (100 + 50 + 50) / (100 + 100 + 50 + 50)
    assert figures.recall == (100 + 50 + 50) / 300
    assert figures.spans_right == 2 / 3
    assert figures.false_alarms == 1.0


def test_of_overlapping_hits_the_best_is_kept(load: Load) -> None:
    score = load("score")

    kept = score.keep_best(
        [(0, 50, "a", 0, 50, 50.0), (40, 60, "b", 0, 20, 20.0), (60, 90, "c", 5, 35, 30.0)]
    )

    assert kept == [("a", 0, 50), ("c", 5, 35)]


@pytest.mark.demo
def test_what_is_made_is_the_same_each_time_and_labelled_rightly(load: Load) -> None:
    bulk = load("bulk")
    real = bulk.load_real()
    some = bulk.some_of(real, 1)
    plan = dict.fromkeys(bulk.PLAN, 3)

    texts = [one.text for one in bulk.iter_bulk(some, 0.3)]
    cases = bulk.Maker(some, some).make(plan)

    assert texts == [one.text for one in bulk.iter_bulk(some, 0.3)]
    assert texts != [one.text for one in bulk.iter_bulk(some, 0.3, seed=1)]
    assert 0.299 < sum(len(one.encode()) for one in texts) / 1e6 <= 0.3
    assert cases == bulk.Maker(some, some).make(plan)
    by_id = {one.id: one.text for one in some}
    assert all(bool(one.spans) == (one.kind != "absent") for one in cases)
    for one in cases:
        if one.kind == "exact":
            source, start, end = one.spans[0]
            assert one.text.split()[1:-1] == by_id[source][start:end].split()[1:-1]
        if one.kind in ("ellipsis_short", "ellipsis_wide", "spliced"):
            assert len(one.spans) == 2


def test_the_plot_is_an_svg_that_names_every_series(load: Load) -> None:
    plot = load("plot")
    series = [
        plot.Series("ours", ((5, 0.5), (50, 3.0), (500, 20.0)), "#b3261e", bold=True),
        plot.Series("a peer & more", ((5, 16.0),), "#1f5f8b"),
    ]

    root = ET.fromstring(plot.draw(series, title="Time", subtitle="by size"))

    told = [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"ours", "a peer & more", "Time", "by size"} <= set(told)
    assert len(list(root.iter("{http://www.w3.org/2000/svg}circle"))) == 4


@pytest.mark.demo
@pytest.mark.slow
def test_a_quick_run_measures_ourselves_at_one_megabyte() -> None:
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / "bench.py"), "--quick"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    row = next(line for line in done.stdout.splitlines() if line.startswith("| **chrestomathy**"))
    cells = [cell.strip() for cell in row.strip("|").split("|")]
    assert cells[1:3] == ["1", "300"]
    assert float(cells[9]) > 0.95
    assert float(cells[11]) <= 0.02
