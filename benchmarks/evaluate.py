"""Measure every stage on the labelled data and write ``docs/evaluation.md``.

The scorers and the labelled data are not part of this repository: most of the data may be
measured with and not passed on. They are looked for in the folder given with ``--shared``;
each scorer runs the command line as anyone would and ends its output with one line of JSON.

``floors.toml`` holds a bound for every figure that must not get worse. With ``--raise`` the
bounds follow the figures upward; they are never lowered by machine.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FLOORS = Path(__file__).with_name("floors.toml")
PAGE = ROOT / "docs" / "evaluation.md"
SCORERS = {
    "trace": ["trace.py", "--set", "all"],
    "lift": ["lift.py", "--set", "all"],
    "grade": ["grade.py"],
    "glosses": [str(ROOT / "benchmarks" / "glosses.py"), "--figures"],
}
"""By stage, a script in the scorers' folder, or one of ours by its whole path."""
SLACK = 0.005
"""How far under a figure its floor is set: shares of small sets move by a passage."""
TIMES = ("texts_per_s", "ms")
"""Figures that depend on the machine, and have no bound."""

Figures = dict[str, Any]

SHOWN: dict[str, list[tuple[str, str]]] = {
    "trace": [
        ("cases.chars_f", "characters of source located, F1 (controlled edits)"),
        ("cases.spans_right", "every span right"),
        ("cases.wording", "wording right, six classes"),
        ("cases.wording_exact", "… of exact passages"),
        ("cases.wording_altered", "… of altered passages"),
        ("cases.wording_truncated", "… of truncated passages"),
        ("cases.wording_ellipsis", "… of passages with marked omissions"),
        ("cases.wording_spliced", "… of spliced passages"),
        ("cases.false_alarms", "passages from elsewhere that got a place (0 is right)"),
        ("cases.altered_called_exact", "altered passages vouched for, a count (0 is right)"),
        ("cases.flagged_number", "changed numbers reported as touching the meaning"),
        ("cases.flagged_negation", "changed negations reported so"),
        ("cases.flagged_name", "changed names reported so"),
        ("cases.flagged_exact", "exact passages with such a report (0 is right)"),
        ("cases.meaning_on_scan", "scan errors alone reported so (0 is right)"),
        ("cases.attribution", "claimed speaker and date judged rightly"),
        (
            "real.class.real_transcription.spans_right",
            "another transcript of the same speech found",
        ),
        ("real.class.real_translation.spans_right", "verses of a second translation found"),
        ("parts_faithful", "parts whose text stands at their offsets"),
    ],
    "lift": [
        ("seed.all", "founding page: passages with every field right"),
        ("seed.false", "founding page: passages that are none, a count"),
        ("seed.sources", "founding page: distinct sources (15 are right)"),
        ("pages.text_f", "compilation pages: text exact, F1"),
        ("pages.speaker", "compilation pages: speaker"),
        ("pages.date_right", "compilation pages: date right"),
        ("pages.date_invented", "compilation pages: dates invented (0 is right)"),
        ("fortunes.split_f", "fortune cookies parted into text and attribution, F1"),
        ("wikiquote.both_f", "wikitext: passage and speaker, F1"),
        ("polnear.direct_source_f", "English news: quotation with its source, F1"),
        ("polnear.content_iou_f", "English news, direct and indirect, F1"),
        ("polnear.content_source_f", "English news, direct and indirect, with source, F1"),
        ("pdnc.span_f", "novels: quoted pieces, F1"),
        ("pdnc.explicit", "novels: speaker where the text names one"),
        ("pdnc.all", "novels: speaker of every quotation"),
        ("litbank.span_f", "more novels: quoted pieces, F1"),
        ("dewikinews.direct_f", "German news: direct quotations, F1"),
        ("redewiedergabe.token_f", "German prose: words in direct speech, F1"),
    ],
    "grade": [
        ("readmepp.pearson", "ReadMe++ (never trained on): correlation"),
        ("readmepp.qwk", "ReadMe++: quadratic weighted kappa"),
        ("clear.pearson", "CLEAR (never trained on): correlation with teachers' judgement"),
        ("cefrsp_score.qwk", "SCoRE (never trained on): kappa"),
        ("cefrsp_wikiauto.any", "Wiki-Auto, held-out part: either annotator"),
        ("cefrsp_wikiauto.qwk", "Wiki-Auto, held-out part: kappa"),
        ("cefrsp_wikiauto.mae", "Wiki-Auto, held-out part: mean error in levels"),
        ("onestop.ordered", "OneStopEnglish: three versions in order (trained on; see the card)"),
        ("readmepp.interval", "ReadMe++: labels inside the 80 % interval"),
        ("cefrsp_wikiauto.interval", "Wiki-Auto: labels inside the 80 % interval"),
        ("texts_per_s", "texts a second, start-up included"),
    ],
    "glosses": [
        ("en", "running words with an English meaning, worst of the demo's three libraries"),
        ("zh", "… with a Chinese one"),
        ("de", "… with a German one"),
        ("ipa", "… with IPA"),
        ("de_right", "79 common words in their places: a right German word first"),
        ("zh_right", "… a right Chinese one"),
        ("judged_right", "200 glosses judged by reading: right"),
        ("ms", "milliseconds a word, all languages together"),
    ],
}
SMALLER_IS_BETTER = ("false", "invented", "called_exact", "flagged_exact", "on_scan", ".mae")


def measure(shared: Path) -> dict[str, Figures]:
    """Run the scorers one after the other and return their figures by stage."""
    figures = {}
    for stage, (script, *options) in SCORERS.items():
        print(f"measuring {stage} …", file=sys.stderr, flush=True)
        done = subprocess.run(
            [sys.executable, str(shared / "eval" / script), *options],
            stdout=subprocess.PIPE,
            text=True,
            check=False,
            env=os.environ,
        )
        lines = done.stdout.strip().splitlines()
        if not lines or not lines[-1].startswith("{"):
            raise SystemExit(f"{script} gave no figures (exit status {done.returncode})")
        figures[stage] = json.loads(lines[-1])
    return figures


def is_ceiling(name: str) -> bool:
    """Tell whether less is better."""
    return any(word in name for word in SMALLER_IS_BETTER)


def missed(figures: dict[str, Figures], floors: dict[str, dict[str, float]]) -> list[str]:
    """Return a sentence for each bound that does not hold."""
    out = []
    for stage, bounds in floors.items():
        for name, bound in bounds.items():
            value = figures[stage].get(name)
            bad = value is None or (value > bound if is_ceiling(name) else value < bound)
            if bad:
                out.append(f"{stage}: {name} is {value}, its bound is {bound}")
    return out


def raised(
    figures: dict[str, Figures], floors: dict[str, dict[str, float]]
) -> dict[str, dict[str, float]]:
    """Let every bound follow its figure where the figure got better."""
    new: dict[str, dict[str, float]] = {}
    for stage, rows in SHOWN.items():
        new[stage] = {}
        for name, _ in rows:
            value, old = figures[stage].get(name), floors.get(stage, {}).get(name)
            if value is None or name in TIMES:
                continue
            if is_ceiling(name):
                bound = value + SLACK if value else 0.0
                new[stage][name] = round(bound if old is None else min(old, bound), 4)
            else:
                bound = value if value == 1.0 or value == 15 else value - SLACK
                new[stage][name] = round(bound if old is None else max(old, bound), 4)
    return new


def page(figures: dict[str, Figures], floors: dict[str, dict[str, float]]) -> str:
    """Write the figures as a page."""
    lines = [
        "<!-- Written by benchmarks/evaluate.py (make evaluate); not by hand. -->",
        "",
        "# Evaluation",
        "",
        "Measured through the command line on labelled data that is not part of this repository.",
        "Where less is better the row says so; the bound is what the figure must keep.",
        "",
    ]
    for stage, rows in SHOWN.items():
        lines += [f"## {stage}", "", "| figure | | value | bound |", "| --- | --- | ---: | ---: |"]
        for name, meaning in rows:
            value, bound = figures[stage].get(name), floors.get(stage, {}).get(name, "")
            shown = "–" if value is None else f"{value:g}"
            lines.append(f"| `{name}` | {meaning} | {shown} | {bound} |")
        lines.append("")
    lines += [f"Python {platform.python_version()}, {platform.machine()}.", ""]
    return "\n".join(lines)


def write_floors(floors: dict[str, dict[str, float]]) -> None:
    """Write the bounds."""
    lines = ["# Bounds of the figures in docs/evaluation.md. They only get stricter;", ""]
    lines[0] += " `benchmarks/evaluate.py --raise` moves them."
    for stage, bounds in floors.items():
        lines += [f"[{stage}]", *(f'"{name}" = {value}' for name, value in bounds.items()), ""]
    FLOORS.write_text("\n".join(lines), encoding="utf-8")


def main() -> int:
    """Measure, write the page, and end with 1 where a bound does not hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--raise", dest="raise_", action="store_true", help="raise the bounds")
    chosen = parser.parse_args()
    if not (chosen.shared / "eval").is_dir():
        print(f"the scorers are not in {chosen.shared}; name their folder with --shared")
        return 2
    figures = measure(chosen.shared)
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    bad = missed(figures, floors)
    if chosen.raise_:
        floors = raised(figures, floors)
        write_floors(floors)
    PAGE.write_text(page(figures, floors), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")
    for line in bad:
        print(f"missed: {line}", file=sys.stderr)
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
