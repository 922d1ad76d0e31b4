"""PUBLISH: an `Edition` into files, one function a format.

Records go in and bytes come out: no file is opened, no clock asked, and the same edition gives
the same bytes. `build_edition` makes the edition, `FORMATS` names what it can become, and
`report` tells an editor what a run found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from typing import TYPE_CHECKING

from chrestomathy.errors import SettingsError
from chrestomathy.publish.edition import build_edition, evidence_for, key_of
from chrestomathy.records import Edition

if TYPE_CHECKING:
    from chrestomathy.publish.review import Review

Files = dict[str, bytes]
"""Path within the output folder → content."""


def _html(edition: Edition) -> Files:
    from chrestomathy.publish.html import render

    return render(edition)


def _json(edition: Edition) -> Files:
    from chrestomathy import codec

    return {"edition.json": codec.encode_pretty(edition)}


def _markdown(edition: Edition) -> Files:
    from chrestomathy.publish.markdown import render

    return render(edition)


def _csv(edition: Edition) -> Files:
    from chrestomathy.publish.tables import render

    return render(edition)


FORMATS: Mapping[str, Callable[[Edition], Files]] = {
    "html": _html,
    "json": _json,
    "markdown": _markdown,
    "csv": _csv,
}
"""Every format by the name that ``--to`` takes."""


def publish(edition: Edition, formats: Iterable[str] = ("html",)) -> Files:
    """Make the files of an edition.

    Args:
        edition: What to print.
        formats: Names from `FORMATS`.

    Returns:
        Content by path within the output folder.

    Raises:
        SettingsError: A format is not known.
    """
    files: Files = {}
    for name in formats_named(formats):
        files.update(FORMATS[name](edition))
    return files


def formats_named(names: Iterable[str]) -> list[str]:
    """Return the names of formats as given.

    Raises:
        SettingsError: One of them is not known.
    """
    named = list(names)
    for name in named:
        if name not in FORMATS:
            near = get_close_matches(name, FORMATS, n=1)
            hint = f"Did you mean {near[0]!r}? " if near else ""
            raise SettingsError(
                f"the format {name!r} is not known", fix=f"{hint}Known: {', '.join(FORMATS)}."
            )
    return named


def report(edition: Edition, form: str, review: Review | None = None) -> bytes:
    """Write the findings of a run for an editor; see `reports.report`.

    Args:
        edition: Passages with their verdicts.
        form: ``.html``, ``.json``, ``.sarif``, ``.csv`` or ``.md``.
        review: The day of reading, an editor's decisions, a baseline.

    Raises:
        SettingsError: There is no such form.
    """
    from chrestomathy.publish import reports

    return reports.report(edition, form, review)


def report_form(form: str) -> str:
    """Return a report's form as it is named; see `reports.report_form`.

    Raises:
        SettingsError: There is no such form.
    """
    from chrestomathy.publish import reports

    return reports.report_form(form)


__all__ = [
    "FORMATS",
    "Files",
    "build_edition",
    "evidence_for",
    "formats_named",
    "key_of",
    "publish",
    "report",
    "report_form",
]
