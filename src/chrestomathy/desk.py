"""What lies on an editor's desk beside a draft: decisions, a baseline, the day's date.

These are the files and the clock that a report needs and that no stage may touch. Which form
they have is known to `publish.review`; here they are found, read and written.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chrestomathy import console
from chrestomathy.errors import InputError, SettingsError
from chrestomathy.publish.review import Key, Review, edited, parse, whats_stale
from chrestomathy.read.inputs import DECISIONS

if TYPE_CHECKING:
    from chrestomathy.publish.reports import Finding, Habit
    from chrestomathy.records import Choice, Decision, Edition

BASELINE = "chrestomathy/baseline/1"
REPORT = "chrestomathy/report/1"
NAME_A_REPORT = "Name a report that `chrestomathy check … --report FILE.json` wrote."


def today() -> str:
    """Return the day as an ISO date, in UTC; ``SOURCE_DATE_EPOCH`` goes before the clock.

    Raises:
        SettingsError: That variable holds no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "").strip()
    if not epoch:
        return datetime.now(UTC).date().isoformat()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError) as error:
        raise SettingsError(
            f"SOURCE_DATE_EPOCH is {epoch!r}, which is no time",
            fix="Set it to seconds since 1970 as a whole number, or unset it.",
        ) from error


def decisions_beside(draft: str) -> Path:
    """Return where the decisions on a draft are kept by default.

    Example:
        >>> decisions_beside("drafts/speech.md").name
        'speech.decisions.toml'
    """
    path = Path(draft)
    return path.parent / f"{path.stem or path.name}{DECISIONS}"


def load_review(
    edition: Edition, *, decisions: Path | None = None, baseline: Path | None = None
) -> Review:
    """Gather what is known of a run's findings: the day, decisions, a baseline.

    Args:
        edition: The run.
        decisions: A file for all drafts; by default each draft has its own beside it.
        baseline: An earlier report in JSON, or what ``--write-baseline`` wrote.

    Raises:
        InputError: A file that was named is missing, or a file is damaged.
    """
    found: dict[str | None, Sequence[Decision]] = {}
    if decisions:
        found[None] = read_decisions(decisions)
    else:
        for origin in _drafts(edition):
            beside = decisions_beside(origin)
            if _is_file(beside):
                found[origin] = read_decisions(beside)
    return Review(
        read=today(),
        decisions=found,
        baseline=read_baseline(baseline) if baseline else None,
    )


def with_lines(edition: Edition) -> Edition:
    """Say on which lines of an HTML draft's file its passages stand, where the file is there.

    Of plain text and Markdown that is known already. A passage that is not found in one piece
    has no lines, and so have the places in it.
    """
    from dataclasses import replace

    from chrestomathy.read.encoding import decode_text
    from chrestomathy.read.markup import find_lines

    by_origin: dict[str, list[int]] = {}
    for i, one in enumerate(edition.entries):
        origin = one.passage.origin or ""
        if one.lines is None and origin.lower().endswith(MARKUP) and _is_file(Path(origin)):
            by_origin.setdefault(origin, []).append(i)
    if not by_origin:
        return edition
    entries = list(edition.entries)
    for origin, indices in by_origin.items():
        try:
            markup = decode_text(Path(origin).read_bytes()).text
        except (OSError, InputError):
            continue
        found = find_lines(markup, [entries[i].passage.text for i in indices])
        for i, lines in zip(indices, found, strict=True):
            entries[i] = replace(entries[i], lines=lines)
    known = {one.passage.id: one.lines for one in entries}
    throughout = [
        replace(
            one,
            places=tuple(replace(p, lines=p.lines or known.get(p.passage)) for p in one.places),
        )
        for one in edition.throughout
    ]
    return replace(edition, entries=tuple(entries), throughout=tuple(throughout))


MARKUP = (".html", ".htm", ".xhtml")


def _drafts(edition: Edition) -> Iterable[str]:
    """Return the files that passages come from; neither an address nor standard input is one."""
    origins = dict.fromkeys(one.passage.origin for one in edition.entries)
    return [one for one in origins if one and one != "-" and "://" not in one]


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def read_decisions(path: Path) -> list[Decision]:
    """Read a file of decisions.

    Raises:
        InputError: It cannot be read, or it is damaged.
    """
    return parse(_text(path), at=str(path))


def read_baseline(path: Path) -> Counter[Key]:
    """Read the findings that were there before.

    Raises:
        InputError: It is neither a report in JSON nor a baseline.
    """
    whole = _json(path)
    if whole.get("schema") not in (BASELINE, REPORT):
        raise InputError(
            f"{path} is neither a report nor a baseline",
            fix="Name a report in JSON, or a file that `--write-baseline` wrote.",
        )
    return Counter(_key(row, path) for row in _listed(whole, path))


def _listed(whole: dict[str, Any], path: Path) -> list[Any]:
    rows = [whole.get("throughout", []), whole.get("findings", [])]
    if not all(isinstance(one, list) for one in rows):
        raise InputError(f"{path} is damaged: its findings are no list", fix=NAME_A_REPORT)
    return [row for each in rows for row in each]


def write_baseline(findings: Sequence[Finding], habits: Sequence[Habit], path: Path) -> None:
    """Write what was found, sorted, so that later runs fail on nothing but what is new."""
    from chrestomathy import codec
    from chrestomathy.publish.review import beginning

    rows = [
        {"words": beginning(one.entry.passage.text), "wording": one.wording, "key": one.ruling.key}
        for one in findings
        if one.ruling.state != "clear"
    ]
    wide = [
        {"words": one.sentence, "wording": "throughout", "key": one.ruling.key} for one in habits
    ]
    content = codec.encode_pretty(
        {
            "schema": BASELINE,
            "throughout": [_named(row) for row in sorted(wide, key=_order)],
            "findings": [_named(row) for row in sorted(rows, key=_order)],
        }
    )
    with console.written(path) as file:
        file.write(content)


def _order(row: Mapping[str, Any]) -> tuple[str, str]:
    return str(row["words"]), repr(row["key"])


def _named(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "key": row["key"]._asdict()}


def decide(
    report: Path,
    finding: str | None,
    choice: Choice | None,
    *,
    comment: str | None,
    decisions: Path | None,
) -> tuple[Path, list[dict[str, Any]]]:
    """Write a decision on a finding of a report, and mark those that no longer hold.

    Args:
        report: A report in JSON: the decision is on what it shows.
        finding: Id of a passage or of what is changed throughout, or its beginning; ``None``
            only brings the file up to date.
        choice: What is decided.
        comment: Why.
        decisions: The file; by default the one beside the draft.

    Returns:
        The file, and those findings of the report that are open after this.

    Raises:
        InputError: The report or the file is damaged, or no finding or several have that id.
    """
    from chrestomathy.records import Decision

    whole = _json(report)
    if whole.get("schema") != REPORT:
        raise InputError(f"{report} is no report in JSON", fix=NAME_A_REPORT)
    rows = [_row(one, report) for one in _listed(whole, report)]
    new, row = [], None
    if finding is not None and choice is not None:
        row = _find(rows, finding, report)
        new = [
            Decision(
                finding=row["id"],
                decision=choice,
                comment=comment,
                decided=today(),
                words=row["words"],
                **row["key"]._asdict(),
            )
        ]
    path = decisions or decisions_beside(_draft(row, rows, report))
    text = _text(path) if _is_file(path) else ""
    here = [one for one in rows if decisions or _is_of(one, path)]
    drafts = ", ".join(dict.fromkeys(Path(each).name for one in here for each in one["origins"]))
    held = parse(text, at=str(path))
    stale = whats_stale([*held, *new], [one["key"] for one in here])
    if decisions:  # it may be about more drafts than this report
        stale = {key: mark for key, mark in stale.items() if mark != "passage"}
    content = edited(text, new, stale=stale, draft=drafts or "a draft", at=str(path))
    if new or (text and content != text):
        with console.written(path) as file:
            file.write(content.encode())
    closed = {(one.passage, one.evidence) for one in (*held, *new) if one.decision != "comment"}
    return path, [
        one
        for one in rows
        if one["state"] == "open" and (one["key"].passage, one["key"].evidence) not in closed
    ]


def _is_of(row: Mapping[str, Any], path: Path) -> bool:
    return any(decisions_beside(one) == path for one in row["origins"])


def _draft(row: Mapping[str, Any] | None, rows: Sequence[Mapping[str, Any]], report: Path) -> str:
    origins = list(
        dict.fromkeys(one for each in ([row] if row else rows) for one in each["origins"])
    )
    files = [one for one in origins if one != "-" and "://" not in one]
    if len({decisions_beside(one) for one in files}) != 1:
        which = "several drafts" if files else "no file"
        raise InputError(
            f"this finding of {report} is about {which}", fix="Name a file with --decisions."
        )
    return str(files[0])


def _row(row: Any, report: Path) -> dict[str, Any]:
    """Take from a finding of a report what a decision needs."""
    from chrestomathy.publish.review import beginning

    try:
        wide = row.get("throughout")
        about = wide or row["passage"]
        origins = [one["origin"] for one in wide["documents"]] if wide else [about["origin"]]
        return {
            "id": about["id"],
            "words": beginning(row["said"] if wide else about["text"]),
            "said": row["said"] if wide else f"“{beginning(about['text'])}”",
            "state": row["state"],
            "origins": [one for one in origins if one],
            "key": _key(row, report),
        }
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{report} has a damaged finding: {error}", fix=NAME_A_REPORT) from error


def _find(rows: Sequence[dict[str, Any]], finding: str, report: Path) -> dict[str, Any]:
    fitting = [one for one in rows if one["id"].startswith(finding)]
    same = [one for one in fitting if one["id"] == finding]
    if len(same) == 1 or len(fitting) == 1:
        return (same or fitting)[0]
    if not fitting:
        raise InputError(
            f"{report} has no finding {finding!r}",
            fix="Name a passage (p-…) or what is changed throughout (t-…) as `check` printed it.",
        )
    raise InputError(
        f"{len(fitting)} findings of {report} begin with {finding!r}",
        fix=f"Write more of it: {', '.join(one['id'] for one in fitting[:5])}.",
    )


def _key(row: Any, path: Path) -> Key:
    try:
        key = row["key"]
        return Key(str(key["passage"]), key["near"], str(key["evidence"]))
    except (KeyError, TypeError) as error:
        raise InputError(
            f"{path} has a finding without a key", fix="Write it anew with this version."
        ) from error


def _json(path: Path) -> dict[str, Any]:
    import json

    try:
        whole = json.loads(_text(path))
    except ValueError as error:
        raise InputError(f"{path} is no JSON: {error}", fix=NAME_A_REPORT) from error
    if not isinstance(whole, dict):
        raise InputError(f"{path} is no JSON object", fix=NAME_A_REPORT)
    return whole


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is no UTF-8 text", fix="Save it as UTF-8.") from error
    except OSError as error:
        raise InputError(
            f"cannot read {path}: {error.strerror}", fix="Check its name and its permissions."
        ) from error
