"""One frozen settings record a stage, read from TOML; no globals.

A settings file (`chrestomathy.toml`, or ``--settings FILE``) has a table a stage with the
fields below. An unknown key is refused with the nearest known one.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from typing import Any

from chrestomathy.errors import SettingsError


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSettings:
    """Bounds of what READ takes; over them an input is left out with the reason."""

    max_bytes: int = 200_000_000
    """Largest single input, in bytes."""
    max_html_bytes: int = 10_000_000
    """Largest HTML page: extraction needs about 70 times its size in memory."""
    max_depth: int = 1_000
    """Deepest nesting of HTML elements: parsers are quadratic in it."""
    max_elements: int = 60_000
    """Most elements of an HTML page: a walk over them takes over a second."""
    max_step_s: float = 1.2
    """Longest computing on one page of a PDF or one part of a packed document."""
    max_reader_mb: int = 250
    """Most memory for reading a PDF or a packed document, in megabytes, besides the file's own."""
    ocr: bool = False
    """Have pages without a text layer recognised by tesseract, where it is installed."""
    ocr_language: str | None = None
    """Languages of such pages by tesseract's names: ``eng``, ``deu+fra``."""
    timeout_s: float = 20.0
    """Longest wait for an address."""
    max_processes: int = 8
    """Most processes in which the command line reads many pages; never more than cores."""
    name_pattern: str | None = None
    """What the file names of sources tell: ``{date}_{speaker}_{title}``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftSettings:
    """What LIFT takes for a passage."""

    indirect: bool = False
    """Also lift indirect speech."""
    model: str | None = None
    """Weights for that, made by `chrestomathy train-lift`, in place of those that come along."""
    min_quote_words: int = 4
    """Fewest words of a quotation in running prose; shorter ones are mentions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceSettings:
    """How TRACE searches."""

    before_own_date: bool = False
    """Leave out sources that are not older than the passage's own document."""
    nearest: int = 3
    """How many near places to show for what was not found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GradeSettings:
    """How GRADE grades."""

    coverage_ranks: tuple[int, ...] = (2000, 3000, 5000)
    """Vocabulary sizes whose coverage is reported."""
    glosses: tuple[str, ...] = ()
    """Languages in which every word is explained, from the dictionaries that were added."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of every stage."""

    read: ReadSettings = field(default_factory=ReadSettings)
    lift: LiftSettings = field(default_factory=LiftSettings)
    trace: TraceSettings = field(default_factory=TraceSettings)
    grade: GradeSettings = field(default_factory=GradeSettings)


LEAST = {"nearest": 0, "timeout_s": 0.1, "max_step_s": 0.1}
"""Least value of a setting where it is not 1."""


def parse_settings(text: str, *, at: str = "chrestomathy.toml") -> Settings:
    """Read settings from TOML.

    Raises:
        SettingsError: No TOML, an unknown key, or a value of the wrong type or too small.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{at} is no valid TOML: {error}", fix="Mend that line and try again."
        ) from error
    _refuse_unknown(tables, Settings, at)
    for name, table in tables.items():
        stage = type(getattr(Settings(), name))
        if isinstance(table, dict):
            _refuse_unknown(table, stage, f"{at}, table [{name}]")
    import msgspec

    try:
        settings = msgspec.convert(tables, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(
            f"{at} has a value that does not fit: {error}", fix="Mend that value and try again."
        ) from error
    for name, table in tables.items():
        _refuse_too_small(table, f"{at}, table [{name}]")
    return settings


def _refuse_too_small(table: dict[str, Any], at: str) -> None:
    for key, value in table.items():
        least = LEAST.get(key, 1)
        numbers = value if isinstance(value, list) else [value]
        if any(number < least for number in numbers if type(number) in (int, float)):
            raise SettingsError(
                f"{at} has {key} = {value}, which is too small", fix=f"Give {least} or more."
            )


def _refuse_unknown(table: dict[str, Any], kind: type, at: str) -> None:
    known = [one.name for one in fields(kind)]
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            raise SettingsError(
                f"{at} has the unknown key {key!r}",
                fix=f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(known)}.",
            )
