"""The command line: one thin command a verb.

Records go to standard output (or ``-o FILE``), messages and progress to standard error. Exit
status: 0 done; 1 done, but inputs were left out or ``--fail-on`` matched; 2 the call itself is
wrong. Heavy modules are imported by the command that needs them.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer
from typer.exceptions import TyperException

from chrestomathy import console
from chrestomathy.cli_collection import (
    LeftOutFile,
    NamePattern,
    Ocr,
    OcrLanguage,
    collection_app,
    with_ocr,
)
from chrestomathy.cli_dictionary import dictionary_app
from chrestomathy.errors import ChrestomathyError, InputError, SettingsError
from chrestomathy.settings import Settings, parse_settings

if TYPE_CHECKING:
    from chrestomathy.codec import Item
    from chrestomathy.pipeline import Progress, Tray
    from chrestomathy.publish.review import Review
    from chrestomathy.records import Edition, Verdict

T = TypeVar("T")

app = typer.Typer(
    name="chrestomathy",
    help="Lift quotations with who said them, hold each word for word against sources, "
    "and make a reader of them.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # its help loads Markdown and syntax colours: 0.15 s
    context_settings={"help_option_names": ["-h", "--help"]},
)

app.add_typer(collection_app, name="collection")
app.add_typer(dictionary_app, name="dictionary")

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="A file, folder, glob, archive, - for standard input, or an address.",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON Lines, one record a line.")]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write there, not to stdout.")
]
AllowNetwork = Annotated[
    bool, typer.Option("--allow-network", help="Allow addresses to be fetched.")
]
SettingsFile = Annotated[
    Path | None, typer.Option("--settings", metavar="FILE", help="A TOML file of settings.")
]
Collections = Annotated[
    list[str] | None,
    typer.Option(
        "--collection",
        metavar="C",
        help="Sources to hold passages against: a built collection, a folder, a JSON Lines file "
        "or catalogue:NAME. Repeatable.",
    ),
]
Glosses = Annotated[
    str | None,
    typer.Option(
        "--glosses",
        metavar="TAGS",
        help="Explain every word in these languages, such as en,de,zh, from the dictionaries "
        "that were added.",
    ),
]
BeforeOwnDate = Annotated[
    bool,
    typer.Option("--before-own-date", help="Leave out sources not older than the document."),
]
FailOn = Annotated[
    str | None,
    typer.Option(
        "--fail-on",
        metavar="WORDS",
        help="Exit with 1 on any of these, by commas: a wording, meaning, speaker, date, "
        "throughout.",
    ),
]
Indirect = Annotated[bool, typer.Option("--indirect", help="Also lift indirect speech.")]
Model = Annotated[
    str | None,
    typer.Option("--model", metavar="FILE", help="Weights of train-lift for --indirect."),
]
To = Annotated[str, typer.Option("--to", metavar="FORMATS", help="Formats, by commas.")]
Report = Annotated[
    list[Path] | None,
    typer.Option(
        "--report",
        metavar="FILE",
        help="Write findings: .html, .json, .sarif, .csv or .md. Repeatable.",
    ),
]
DecisionsFile = Annotated[
    Path | None,
    typer.Option(
        "--decisions",
        metavar="FILE",
        help="Decisions on findings; else DRAFT.decisions.toml beside each draft, if it is there.",
    ),
]
Baseline = Annotated[
    Path | None,
    typer.Option(
        "--baseline",
        metavar="FILE",
        help="An earlier report in JSON or a baseline: --fail-on looks only at what is new.",
    ),
]
WriteBaseline = Annotated[
    Path | None,
    typer.Option("--write-baseline", metavar="FILE", help="Write what was found as a baseline."),
]

WORDINGS = ("exact", "altered", "truncated", "ellipsis", "spliced", "not_found", "undecided")
CLAIMS = ("meaning", "speaker", "date")
THROUGHOUT = "throughout"
CHOICES = ("accept", "reject", "comment")
WHERE_PASSAGES_STAND = (
    "Passages stand in quotation marks, in block quotes, or above a line that names their "
    "speaker; `chrestomathy read` shows what was read."
)
NAME_AN_EDITION = "Name an edition.json that `make` wrote."
SHOWN_IDS = 5
"""How many ids are named where the beginning of one fits several."""


def _version(wanted: bool) -> None:
    if wanted:
        from chrestomathy import __version__

        print(__version__)
        raise typer.Exit


@app.callback()
def chrestomathy(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Lift quotations with who said them, hold each against sources, make a reader of them."""


@app.command()
def read(
    inputs: Inputs,
    as_json: AsJson = False,
    output: Output = None,
    allow_network: AllowNetwork = False,
    ocr: Ocr = False,
    ocr_language: OcrLanguage = None,
    left_out: LeftOutFile = None,
    settings_file: SettingsFile = None,
) -> None:
    """Read pages, drafts and records into documents."""
    from chrestomathy import pipeline

    _refuse_overwriting(inputs, output, left_out)
    settings = with_ocr(_settings(settings_file), ocr, ocr_language)
    tray = pipeline.Tray()
    with console.progress_bar() if output else nullcontext(pipeline.silent) as progress:
        items = _items(inputs, tray, settings, allow_network, progress)
        _print(pipeline.as_documents(items), console.print_documents, as_json, output, tray)
    _finish(tray, left_out)


@app.command()
def lift(
    inputs: Inputs,
    as_json: AsJson = False,
    output: Output = None,
    indirect: Indirect = False,
    model: Model = None,
    explain: Annotated[
        bool,
        typer.Option(
            "--explain", help="Print each page line by line: what it was taken for, and why."
        ),
    ] = False,
    allow_network: AllowNetwork = False,
    ocr: Ocr = False,
    ocr_language: OcrLanguage = None,
    left_out: LeftOutFile = None,
    settings_file: SettingsFile = None,
) -> None:
    """Lift every passage, with who is said to have said it, when and where."""
    from chrestomathy import pipeline

    if explain and (as_json or output):
        raise SettingsError(
            "--explain is for the terminal", fix="Leave out --json and -o, or --explain."
        )
    _refuse_overwriting(inputs, output, left_out)
    settings = with_ocr(_settings(settings_file), ocr, ocr_language)
    tray = pipeline.Tray()
    if indirect or model:
        chosen = replace(settings.lift, indirect=True, model=model or settings.lift.model)
        settings = replace(settings, lift=chosen)
    items = _items(inputs, tray, settings, allow_network)
    if explain:
        pages = pipeline.explain_items(items, tray, settings=settings)
        _print(pages, console.print_explained, as_json, output, tray)
    else:
        passages = pipeline.lift_items(items, tray, settings=settings)
        _print(passages, console.print_passages, as_json, output, tray)
    _finish(tray, left_out)


@app.command(name="train-lift")
def train_lift(
    data: Annotated[
        Path, typer.Argument(metavar="DATA", help="A file or folder of labelled texts.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="The weights.")],
) -> None:
    """Train who-says-what on labelled texts of one's own, for `lift --model`."""
    from chrestomathy.lift.tagger.pieces import read_labelled
    from chrestomathy.lift.tagger.training import train

    texts = list(read_labelled(data))
    labels = sum(len(one.labels) for one in texts)
    console.say(f"training on {len(texts):,} texts with {labels:,} attributions …")
    weights = train(texts)
    console.write_files({output.name: weights.to_bytes()}, output.parent)
    console.say(f"use it so: chrestomathy lift --model {output} INPUT")


@app.command()
def trace(
    inputs: Inputs,
    collection: Collections = None,
    as_json: AsJson = False,
    output: Output = None,
    report: Report = None,
    fail_on: FailOn = None,
    before_own_date: BeforeOwnDate = False,
    name_pattern: NamePattern = None,
    allow_network: AllowNetwork = False,
    left_out: LeftOutFile = None,
    settings_file: SettingsFile = None,
) -> None:
    """Hold every passage word for word against the sources."""
    from chrestomathy import pipeline
    from chrestomathy.trace import trace as traced

    wanted = _fail_on(fail_on)
    reports = _checked_reports(report)
    _refuse_overwriting([*inputs, *(collection or [])], output, *reports, left_out)
    settings = _settings(settings_file, before_own_date=before_own_date, name_pattern=name_pattern)
    tray = pipeline.Tray()
    with console.progress_bar() as progress:
        searched = pipeline.load_collection(
            _sources(collection), tray, settings=settings, progress=progress
        )
    items = _items(inputs, tray, settings, allow_network)
    matched: set[str] = set()
    if reports or THROUGHOUT in wanted:
        edition = pipeline.edition_of(
            items, inputs, searched, tray=tray, settings=settings, graded=False
        )
        verdicts: Iterable[Verdict] = [one.verdict for one in edition.entries if one.verdict]
        if edition.throughout:
            matched.update(wanted & {THROUGHOUT})
        _write_reports(edition, reports, None)
    else:
        passages = pipeline.as_passages(items, tray, settings=settings)
        verdicts = traced(passages, collection=searched, settings=settings.trace)
    noted = _note_matches(verdicts, wanted, matched)
    _print(noted, console.print_verdicts, as_json, output, tray)
    _finish(tray, left_out, matched)


@app.command()
def grade(
    inputs: Inputs,
    as_json: AsJson = False,
    glosses: Glosses = None,
    output: Output = None,
    allow_network: AllowNetwork = False,
    left_out: LeftOutFile = None,
    settings_file: SettingsFile = None,
) -> None:
    """Grade the English of every passage, A1 to C2, with the doubt and the reasons."""
    from chrestomathy import pipeline
    from chrestomathy.grade import grade as graded

    _refuse_overwriting(inputs, output, left_out)
    settings, tray = _settings(settings_file), pipeline.Tray()
    if glosses is not None:
        settings = _with_glosses(settings, glosses)
    items = _items(inputs, tray, settings, allow_network)
    passages = pipeline.as_passages(items, tray, settings=settings)
    _print(graded(passages, settings=settings.grade), console.print_gradings, as_json, output, tray)
    _finish(tray, left_out)


def _with_glosses(settings: Settings, tags: str) -> Settings:
    """Ask GRADE for the meaning of words; say which language has no dictionary."""
    from chrestomathy.grade.glosses import missing_languages

    languages = tuple(one for tag in tags.split(",") if (one := tag.strip().lower()))
    if not languages or not all(one.replace("-", "").isalnum() for one in languages):
        raise SettingsError(f"--glosses {tags!r} names no language", fix="Write it so: en,de,zh.")
    for one in missing_languages(languages):
        console.say(
            f"no dictionary for {one!r} has been added: only small words are explained, if any. "
            "`chrestomathy dictionary add` takes what is installed, or a file you name."
        )
    return replace(settings, grade=replace(settings.grade, glosses=languages))


@app.command()
def speak(
    inputs: Inputs,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUT", help="The folder to write.")
    ],
    voice: Annotated[
        Path | None,
        typer.Option(
            "--voice", metavar="FILE", help="A voice of piper (.onnx); espeak-ng without it."
        ),
    ] = None,
    slower: Annotated[
        float, typer.Option("--slower", metavar="N", help="How many times as long it takes.")
    ] = 1.0,
    allow_network: AllowNetwork = False,
    left_out: LeftOutFile = None,
    settings_file: SettingsFile = None,
) -> None:
    """Read every English passage aloud into WAV files, 001.wav and so on, on this machine."""
    from chrestomathy import pipeline
    from chrestomathy.grade.speech import find_synthesiser
    from chrestomathy.grade.speech import speak as spoken
    from chrestomathy.records import LeftOut

    find_synthesiser(voice, slower)
    settings, tray = _settings(settings_file), pipeline.Tray()
    passages = pipeline.as_passages(
        _items(inputs, tray, settings, allow_network), tray, settings=settings
    )
    written = 0
    for i, passage in enumerate(passages, start=1):
        name = f"{i:03}.wav"
        try:
            sound = spoken(passage.text, language=passage.language, voice=voice, slower=slower)
        except InputError as error:
            console.say(f"{name}, passage {passage.id}, is not written: {error}")
            tray.left_out.append(
                LeftOut(
                    stage="grade",
                    origin=passage.origin or "-",
                    reason=error.what,
                    fix=error.fix,
                    text=passage.text,
                )
            )
            continue
        console.write_files({name: sound}, output)
        written += 1
    console.say(f"wrote {written} WAV files in {output}")
    _finish(tray, left_out)


@app.command()
def make(
    inputs: Inputs,
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUT", help="The folder to write.")
    ],
    collection: Collections = None,
    to: To = "html",
    title: Annotated[str | None, typer.Option("--title", help="Title of the edition.")] = None,
    glosses: Glosses = None,
    before_own_date: BeforeOwnDate = False,
    name_pattern: NamePattern = None,
    allow_network: AllowNetwork = False,
    ocr: Ocr = False,
    ocr_language: OcrLanguage = None,
    left_out: LeftOutFile = None,
    settings_file: SettingsFile = None,
) -> None:
    """Run every stage and write edition.json and the formats asked for."""
    from chrestomathy import pipeline
    from chrestomathy.publish import publish as published

    settings = _settings(settings_file, before_own_date=before_own_date, name_pattern=name_pattern)
    settings = with_ocr(settings, ocr, ocr_language)
    if glosses is not None:
        settings = _with_glosses(settings, glosses)
    tray = pipeline.Tray()
    formats = _formats(to)
    with console.progress_bar() as progress:
        edition = pipeline.make(
            inputs,
            collections=collection or [],
            settings=settings,
            allow_network=allow_network,
            title=title,
            stdin=sys.stdin.buffer,
            tray=tray,
            parallel=True,
            progress=progress,
        )
    if not edition.entries and not tray.inputs_left_out:
        raise InputError(
            f"no passage was found in {', '.join(inputs)}",
            fix=WHERE_PASSAGES_STAND,
        )
    if edition.entries:
        console.write_files(published(edition, ["json", *formats]), output)
        _say_made(edition, output, formats)
    _finish(tray, left_out)


@app.command()
def publish(
    edition: Annotated[Path, typer.Argument(metavar="EDITION", help="An edition.json.")],
    to: To = "html",
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="OUT", help="The folder; else beside EDITION."),
    ] = None,
) -> None:
    """Print a finished edition in more formats."""
    from chrestomathy.publish import publish as published

    formats = _formats(to)
    path = _edition_in(edition)
    whole = _load_edition(path)
    folder = output or path.parent
    files = published(whole, formats)
    console.write_files(files, folder)
    for name in files:
        console.say(f"wrote {folder / name}")


@app.command()
def check(
    draft: Inputs,
    sources: Annotated[
        list[str],
        typer.Option(
            "--sources",
            "--collection",
            metavar="S",
            help="A built collection, a folder, a JSON Lines file or catalogue:NAME. Repeatable.",
        ),
    ],
    as_json: AsJson = False,
    output: Output = None,
    report: Report = None,
    fail_on: FailOn = None,
    decisions: DecisionsFile = None,
    baseline: Baseline = None,
    write_baseline: WriteBaseline = None,
    before_own_date: BeforeOwnDate = False,
    name_pattern: NamePattern = None,
    allow_network: AllowNetwork = False,
    left_out: LeftOutFile = None,
    settings_file: SettingsFile = None,
) -> None:
    """Check every quotation of a draft against sources: where it stands, what was changed."""
    from chrestomathy import desk, pipeline
    from chrestomathy.publish.reports import find, find_habits

    wanted = _fail_on(fail_on)
    reports = _checked_reports(report)
    beside = [desk.decisions_beside(one) for one in draft if one != "-"]
    read = [*draft, *sources, *map(str, filter(None, (decisions, baseline, *beside)))]
    _refuse_overwriting(read, output, *reports, write_baseline, left_out)
    for path in filter(None, (decisions, baseline)):
        desk.read_decisions(path) if path == decisions else desk.read_baseline(path)
    settings = _settings(settings_file, before_own_date=before_own_date, name_pattern=name_pattern)
    tray = pipeline.Tray()
    with console.progress_bar() as progress:
        edition = pipeline.make(
            draft,
            collections=sources,
            settings=settings,
            allow_network=allow_network,
            graded=False,
            stdin=sys.stdin.buffer,
            tray=tray,
            parallel=True,
            progress=progress,
        )
    edition = desk.with_lines(edition)
    review = desk.load_review(edition, decisions=decisions, baseline=baseline)
    _write_reports(edition, reports, review)
    findings, habits = find(edition, review), find_habits(edition, review)
    if write_baseline:
        desk.write_baseline(findings, habits, write_baseline)
        console.say(f"wrote {write_baseline}")
    matched: set[str] = set()
    asked = [one for one in findings if one.ruling.new and one.ruling.state != "accepted"]
    verdicts = [one.entry.verdict for one in asked if one.entry.verdict]
    for _ in _note_matches(verdicts, wanted, matched):
        pass
    if any(one.ruling.new and one.ruling.state != "accepted" for one in habits):
        matched.update(wanted & {THROUGHOUT})
    if as_json or output:
        with console.until_closed():
            console.write_lines(edition.entries, output)
    else:
        with console.until_closed():
            console.print_habits(habits, edition)
        _print(findings, console.print_findings, as_json, output, tray)
    if not as_json and edition.entries:
        console.say_summary(edition)
    _finish(tray, left_out, matched)


@app.command()
def decide(
    report: Annotated[
        Path, typer.Argument(metavar="REPORT", help="A report in JSON that `check` wrote.")
    ],
    finding: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="A finding's id, or its beginning: p-… or t-…."),
    ] = None,
    choice: Annotated[
        str | None, typer.Argument(metavar="CHOICE", help="accept, reject or comment.")
    ] = None,
    comment: Annotated[
        str | None, typer.Option("--comment", metavar="TEXT", help="Why, in a sentence.")
    ] = None,
    decisions: DecisionsFile = None,
) -> None:
    """Write an editor's decision on a finding beside the draft; without ID, show what is open."""
    from chrestomathy import desk

    if finding is not None and choice not in CHOICES:
        given = f"{choice!r} is no decision" if choice else "nothing is decided"
        raise SettingsError(given, fix=f"Say {', '.join(CHOICES[:-1])} or {CHOICES[-1]} after ID.")
    if choice == "comment" and not comment:
        raise SettingsError("the comment has no words", fix="Add --comment TEXT.")
    path, rows = desk.decide(report, finding, choice, comment=comment, decisions=decisions)  # type: ignore[arg-type]
    if finding is not None:
        console.say(f"wrote {path}")
        return
    with console.until_closed():
        for row in rows:
            print(console.printable(f"{row['id']}  {row['said']}"))
    console.say(f"{len(rows)} open; decisions are kept in {path}")


@app.command()
def explain(
    passage: Annotated[str, typer.Argument(metavar="ID", help="A passage's id, or its beginning.")],
    edition: Annotated[
        Path,
        typer.Option("--edition", metavar="FILE", help="An edition.json or lines of verdicts."),
    ] = Path("edition.json"),
) -> None:
    """Print why a passage was judged as it was, step by step."""
    from chrestomathy.trace import explain as explained

    with console.until_closed():
        print(
            console.printable(explained(_find_verdict(_load_verdicts(edition), passage, edition)))
        )


@app.command()
def schema(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="A record's name.")] = None,
) -> None:
    """Print the JSON Schema of a record; without a name, the names."""
    import json

    from chrestomathy.codec import json_schema
    from chrestomathy.records import RECORDS

    if name and name.lower() not in RECORDS:
        raise SettingsError(f"no record is named {name!r}", fix=f"Known: {', '.join(RECORDS)}.")
    with console.until_closed():
        if name:
            print(json.dumps(json_schema(name.lower()), indent=2, ensure_ascii=False))
        else:
            print("\n".join(RECORDS))


@app.command()
def demo(
    output: Annotated[
        Path, typer.Option("-o", "--output", metavar="OUT", help="The folder to write.")
    ] = Path("chrestomathy-demo"),
) -> None:
    """Check the quotations in 249 presidential addresses against three installed libraries."""
    from chrestomathy.demo import demo_edition
    from chrestomathy.publish import publish as published

    with console.progress_bar() as progress:
        edition = demo_edition(progress=progress, say=console.say)
    console.write_files(published(edition, ["json", "html"]), output)
    _say_made(edition, output, ["html"])


def _items(
    inputs: list[str],
    tray: Tray,
    settings: Settings,
    allow_network: bool,
    progress: Progress | None = None,
) -> Iterator[Item]:
    from chrestomathy.pipeline import read_inputs, silent

    return read_inputs(
        inputs,
        tray,
        settings=settings.read,
        allow_network=allow_network,
        stdin=sys.stdin.buffer,
        parallel=True,
        progress=progress or silent,
    )


def _print(
    records: Iterable[T],
    for_people: Callable[[Iterable[T]], int],
    as_json: bool,
    output: Path | None,
    tray: Tray,
) -> None:
    """Write records as JSON Lines, or for people where nobody asked for them."""
    with console.until_closed():
        if as_json or output:
            console.write_lines(records, output)
        elif not for_people(records) and not tray.inputs_left_out:
            console.say(f"no passage was found. {WHERE_PASSAGES_STAND}")


def _settings(
    path: Path | None, *, before_own_date: bool = False, name_pattern: str | None = None
) -> Settings:
    """Read the settings named, or those in the folder, or the defaults."""
    settings = Settings()
    here = path or Path("chrestomathy.toml")
    if path or here.is_file():
        try:
            settings = parse_settings(here.read_text(encoding="utf-8"), at=str(here))
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"cannot read the settings {here}: {getattr(error, 'strerror', None) or error}",
                fix="Name a readable TOML file.",
            ) from error
    if before_own_date:
        settings = replace(settings, trace=replace(settings.trace, before_own_date=True))
    if name_pattern is not None:
        settings = replace(settings, read=replace(settings.read, name_pattern=name_pattern))
    return settings


def _sources(paths: list[str] | None) -> list[str]:
    if not paths:
        raise InputError(
            "no sources are given", fix="Name a folder or a JSON Lines file with --collection."
        )
    return paths


def _refuse_overwriting(inputs: Iterable[str], *outputs: Path | None) -> None:
    """Refuse to write over what is read, or two results into one file."""
    named = [Path(one) for one in inputs]
    for path in filter(None, outputs):
        if any(_is_same_file(path, other) for other in named):
            raise InputError(
                f"{path} is named twice, and writing it would lose what it holds",
                fix="Give each result a file of its own.",
            )
        named.append(path)


def _is_same_file(path: Path, other: Path) -> bool:
    """Tell whether two paths name one file; a device may well be named twice."""
    path, other = path.resolve(), other.resolve()
    return path == other and (path.is_file() or not path.exists())


def _fail_on(words: str | None) -> frozenset[str]:
    wanted = frozenset(word.strip() for word in (words or "").split(",") if word.strip())
    known = (*WORDINGS, *CLAIMS, THROUGHOUT)
    if unknown := sorted(wanted - set(known)):
        raise SettingsError(
            f"--fail-on does not know {', '.join(unknown)}", fix=f"Known: {', '.join(known)}."
        )
    return wanted


def _note_matches(
    verdicts: Iterable[Verdict], wanted: frozenset[str], matched: set[str]
) -> Iterator[Verdict]:
    """Pass verdicts on and note which of the words of ``--fail-on`` any of them fits."""
    for verdict in verdicts:
        fits = {verdict.wording: True, "meaning": verdict.meaning_changed}
        fits["speaker"] = verdict.attribution.speaker == "differs"
        fits["date"] = verdict.attribution.date == "differs"
        matched.update(word for word in wanted if fits.get(word))
        yield verdict


def _formats(to: str) -> list[str]:
    """Read the formats asked for, before any work is done for an unknown one."""
    from chrestomathy.publish import formats_named

    return formats_named(name.strip() for name in to.split(",") if name.strip())


def _checked_reports(paths: list[Path] | None) -> list[Path]:
    """Refuse a report of an unknown form before any work is done for it."""
    from chrestomathy.publish import report_form

    for path in paths or []:
        report_form(path.suffix)
    return paths or []


def _write_reports(edition: Edition, paths: Iterable[Path], review: Review | None) -> None:
    from chrestomathy import desk
    from chrestomathy.publish import report

    if review is None and paths:
        edition = desk.with_lines(edition)
    for path in paths:
        content = report(edition, path.suffix, review or desk.load_review(edition))
        with console.written(path) as file:
            file.write(content)
        console.say(f"wrote {path}")


def _edition_in(path: Path) -> Path:
    """Find the edition in a folder that `make` wrote; a file is taken as it is."""
    return path / "edition.json" if path.is_dir() else path


def _load_edition(path: Path) -> Edition:
    from chrestomathy.codec import decode
    from chrestomathy.records import Edition

    try:
        return decode(_bytes(path), Edition, at=str(path))
    except InputError as error:
        raise InputError(error.what, at=error.at, fix=NAME_AN_EDITION) from error


def _load_verdicts(path: Path) -> list[Verdict]:
    """Read the verdicts of an edition, or of lines that `trace` or `check` wrote."""
    from chrestomathy.codec import decode
    from chrestomathy.records import Entry, Verdict

    path = _edition_in(path)
    data = _bytes(path)
    if b'"chrestomathy/edition/' in data[:200]:
        entries = list(_load_edition(path).entries)
    else:
        lines = [(f"{path}, line {n}", one) for n, one in enumerate(data.splitlines(), 1)]
        if not data.startswith(b'{"passage":{'):
            return [decode(line, Verdict, at=at) for at, line in lines if line.strip()]
        entries = [decode(line, Entry, at=at) for at, line in lines if line.strip()]
    verdicts = [one.verdict for one in entries if one.verdict]
    if not verdicts:
        raise InputError(
            f"nothing in {path} was checked, so there is nothing to explain",
            fix="Give sources: `chrestomathy make … --collection FOLDER`.",
        )
    return verdicts


def _find_verdict(verdicts: list[Verdict], passage: str, path: Path) -> Verdict:
    """Find the verdict on a passage by its id, or by a beginning that fits no other."""
    fitting = {one.passage: one for one in verdicts if one.passage.startswith(passage)}
    if passage in fitting or len(fitting) == 1:
        return fitting.get(passage) or next(iter(fitting.values()))
    if not fitting:
        raise InputError(
            f"{path} has no verdict on {passage!r}",
            fix="Name a passage's id as `make`, `trace` or `check` printed it.",
        )
    named = ", ".join(list(fitting)[:SHOWN_IDS])
    more = f" and {len(fitting) - SHOWN_IDS} more" if len(fitting) > SHOWN_IDS else ""
    raise InputError(
        f"{len(fitting)} passages of {path} begin with {passage!r}",
        fix=f"Name one of them: {named}{more}.",
    )


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}", fix=NAME_AN_EDITION) from error


def _say_made(edition: Edition, folder: Path, formats: list[str]) -> None:
    console.say_summary(edition)
    page = folder / ("index.html" if "html" in formats else "edition.json")
    console.say(f"Open {page}")


def _finish(tray: Tray, left_out: Path | None, matched: Iterable[str] = ()) -> None:
    """Name the inputs left out, write them where asked, and end with the contract's status."""
    if left_out:
        console.write_lines(tray.left_out, left_out)
    console.say_left_out(tray.inputs_left_out)
    if words := sorted(matched):
        console.say(f"--fail-on matched: {', '.join(words)}.")
    if tray.inputs_left_out or words:
        raise typer.Exit(1)


COLLECTED = (20_000, 20, 20)
"""How rarely cycles of objects are looked for: records hold none, and lifting a novel, which makes
many small ones, takes a twentieth less time than with Python's (700, 10, 10)."""


def main() -> NoReturn:
    """Run the command line; every expected failure is one sentence and an exit status."""
    console.mend_streams()
    gc.freeze()
    gc.set_threshold(*COLLECTED)
    try:
        status = app(standalone_mode=False)
    except (KeyboardInterrupt, typer.Abort):
        status = 130
    except TyperException as error:
        show = getattr(error, "show", None)
        show() if show else console.say(f"chrestomathy: {error}")
        status = getattr(error, "exit_code", 2)
    except ChrestomathyError as error:
        console.say(f"chrestomathy: {error}")
        status = 2
    except OSError as error:
        console.say(f"chrestomathy: {error.filename or 'standard output'}: {error.strerror}.")
        console.drop_output()
        status = 2
    except Exception as error:
        if os.environ.get("CHRESTOMATHY_DEBUG"):
            raise
        console.say(f"chrestomathy: {console.internal(error)}")
        status = 2
    if status == 130:
        console.say("chrestomathy: stopped; nothing half-written was left behind.")
    sys.exit(status if isinstance(status, int) else 0)


if __name__ == "__main__":
    main()
