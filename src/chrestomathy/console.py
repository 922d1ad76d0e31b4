"""What the command line shows and writes: files, progress, messages, tables for people.

Files are written beside their place and renamed, so that no half-written one is left behind.
Progress and messages go to standard error, and progress only to a terminal.
"""

from __future__ import annotations

import errno
import io
import os
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, BinaryIO

from chrestomathy.errors import InputError, InternalError

if TYPE_CHECKING:
    from rich.console import Console

    from chrestomathy.pipeline import Explained, Progress
    from chrestomathy.publish.reports import Finding, Habit
    from chrestomathy.records import (
        Document,
        Edition,
        Entry,
        Evidence,
        GlossedWord,
        Grading,
        LeftOut,
        Passage,
        Verdict,
    )

NO_FOLDER = (errno.EEXIST, errno.ENOTDIR)
"""What the system says where a folder cannot be made because a file has its name."""
SHOWN_PLACES = 3
"""Places that the terminal shows of what is changed throughout. Chosen by hand."""
SHOWN_LEFT_OUT = 20
"""How many left-out inputs are named on standard error before they are only counted."""


@contextmanager
def written(path: Path | None) -> Iterator[BinaryIO | IO[bytes]]:
    """Open standard output, or a file that takes its name only when all is written.

    What is no regular file (a device, a pipe) is written to and stays what it is; of a link,
    the file that it points to is replaced.

    Raises:
        InputError: The file cannot be written: no such folder, no right, no space.
    """
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if path.exists() and not path.is_file() and not path.is_dir():
        try:
            with path.open("wb") as device:
                yield device
        except OSError as error:
            raise cannot_write(path, error) from error
        return
    path, named = Path(os.path.realpath(path)), path
    beside = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(
            dir=path.parent, prefix=f".{path.name}.", delete=False
        ) as file:
            beside = Path(file.name)
            yield file
        beside.chmod(0o666 & ~_umask())
        beside.replace(path)
        beside = None
    except OSError as error:
        raise cannot_write(named, error) from error
    finally:
        if beside is not None:
            with suppress(OSError):
                beside.unlink()


def cannot_write(path: Path, error: OSError) -> InputError:
    """Say why a file cannot be written and what to do."""
    why = "a file stands where a folder is needed" if error.errno in NO_FOLDER else error.strerror
    fix = "Free some space" if error.errno == errno.ENOSPC else "Choose another place"
    return InputError(f"cannot write {path}: {why}", fix=f"{fix} and try again.")


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def write_lines(records: Iterable[object], path: Path | None) -> None:
    """Write records as JSON Lines as they come; to a file, only when all came."""
    from chrestomathy.codec import encode_lines

    with written(path) as file:
        for line in encode_lines(records):
            file.write(line)
            if path is None and sys.stdout.isatty():
                file.flush()


@contextmanager
def until_closed() -> Iterator[None]:
    """Write to standard output until whoever reads it has had enough; then write no more."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:
        drop_output()


def mend_streams() -> None:
    """Replace a stream that is closed, and let a terminal show what letters it can."""
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - stays open
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def drop_output() -> None:
    """Send what is left of standard output nowhere, where nobody can take it any more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Write a format's files into a folder, each one whole or not at all."""
    for name, content in files.items():
        with written(folder / name) as file:
            file.write(content)


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """Show how far each stage is on standard error, if that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn()
    with Bar(*columns, TimeElapsedColumn(), console=messages(), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int | None) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done, total=total)

        yield show


def messages() -> Console:
    """Return the console of standard error."""
    from rich.console import Console

    return Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """Write one line for people on standard error."""
    print(printable(text), file=sys.stderr)


def internal(error: Exception) -> InternalError:
    """Turn a fault of our own into a sentence that says what to report."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return InternalError(
        f"{type(error).__name__}: {error}",
        at=f"{Path(last.filename).name}, line {last.lineno}",
        fix="This is a fault of this program: please report it with the input that caused it. "
        "CHRESTOMATHY_DEBUG=1 shows where it happened.",
    )


def printable(text: str) -> str:
    r"""Take control characters out of text that comes from outside, for a terminal.

    Example:
        >>> printable("red \x1b[31m alert")
        'red �[31m alert'
    """
    return "".join(
        c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def say_left_out(left_out: Iterable[LeftOut]) -> None:
    """Name each input that was left out, why, and what to do."""
    rows = list(left_out)
    for row in rows[:SHOWN_LEFT_OUT]:
        say(f"left out: {row.origin}: {row.reason}. {row.fix}")
    if len(rows) > SHOWN_LEFT_OUT:
        say(f"… and {len(rows) - SHOWN_LEFT_OUT} more; --left-out FILE writes them all.")


def print_documents(documents: Iterable[Document | Passage]) -> int:
    """Print documents block by block for people; return how many there were."""
    from chrestomathy.records import Document

    count = 0
    for count, document in enumerate(documents, 1):
        if not isinstance(document, Document):
            print(printable(document.text))
            continue
        facts = [document.title, document.author, document.date, document.language]
        print(printable(f"{document.origin}  {' · '.join(filter(None, facts))}".rstrip()))
        for block in document.blocks:
            line = " ".join(document.text[block.start : block.end].split())
            depth = f" {block.level}" if block.level else ""
            print(printable(f"  {block.kind + depth:12} {_cut(line, 100)}"))
    return count


def print_passages(passages: Iterable[Passage]) -> int:
    """Print passages under their themes for people; return how many there were."""
    theme: tuple[str, ...] = ()
    count = 0
    for count, passage in enumerate(passages, 1):
        if passage.theme != theme:
            theme = passage.theme
            print(printable(f"\n{' › '.join(theme) or '(no theme)'}"))
        print(printable(f"\n  {_cut(' '.join(passage.text.split()), 300)}"))
        said = passage.attribution
        facts = [said.speaker, said.date, said.kind, said.occasion or said.work, said.topic]
        print(printable(f"    — {' · '.join(filter(None, facts)) or 'no attribution'}"))
        if passage.flags:
            print(f"      ({', '.join(passage.flags)})")
    return count


def print_explained(pages: Iterable[Explained]) -> int:
    """Print pages line by line with what LIFT took each line for; return how many there were."""
    count = 0
    for count, page in enumerate(pages, 1):
        kind, *facts = page.facts
        print(printable(f"{page.document.origin}: {kind}"))
        for fact in facts:
            print(printable(f"  {fact}"))
        print()
        for line in page.lines:
            numbers = ",".join(map(str, line.numbers))
            print(
                printable(
                    f"  {f'{line.role} {numbers}':15} {_cut(' '.join(line.text.split()), 90)}"
                )
            )
            if line.reason:
                print(printable(f"  {'':15}   · {line.reason}"))
        print()
    return count


def print_verdicts(verdicts: Iterable[Verdict]) -> int:
    """Print verdicts for people, a few lines each; return how many there were."""
    count = 0
    for count, verdict in enumerate(verdicts, 1):
        print(printable("\n".join(verdict_lines(verdict))))
    return count


def verdict_lines(verdict: Verdict, evidence: Sequence[Evidence] = ()) -> list[str]:
    """Say one verdict in a few lines; the evidence tells the loci of its places."""
    from chrestomathy.publish.plain import offer_words

    changed = ", the meaning may be changed" if verdict.meaning_changed else ""
    lines = [f"{verdict.passage}  {verdict.wording.replace('_', ' ')}{changed}"]
    for i, part in enumerate(verdict.parts):
        shown = next((e for e in evidence if (e.part, e.source) == (i, part.source)), None)
        locus = f", {shown.locus}" if shown and shown.locus else ""
        lines.append(f"    {part.source}{locus} [{part.start}:{part.end}]")
    for change in verdict.changes:
        if change.op == "insert":
            lines.append(f"    added: “{change.passage_text}” ({change.kind})")
        elif change.op == "delete":
            lines.append(f"    missing: “{_cut(change.source_text, 120)}” ({change.kind})")
        else:
            was, now = _cut(change.source_text, 80), _cut(change.passage_text, 80)
            lines.append(f"    “{now}” stands for “{was}” ({change.kind})")
    for omission in verdict.omissions:
        mark = "marked" if omission.marked else "not marked"
        lines.append(f"    left out ({mark}): “{_cut(omission.text, 120)}”")
    lines += [f"    fits the claim: {offer_words(one)}" for one in verdict.by_claim]
    lines += [
        f"    nearest, a guess: {place.source} [{place.start}:{place.end}]"
        for place in verdict.nearest
    ]
    for claim in ("speaker", "date"):
        if getattr(verdict.attribution, claim) == "differs":
            shown = getattr(verdict.attribution, f"source_{claim}")
            lines.append(f"    the {claim} differs: the source has {shown}")
    return lines


def print_findings(findings: Iterable[Finding]) -> int:
    """Print each quotation with what the sources show of it; return how many there were."""
    from chrestomathy.publish.reports import ruling_sentences

    kept: list[Entry] = []
    for finding in findings:
        entry = finding.entry
        kept.append(entry)
        where = f" ({finding.where})" if finding.where else ""
        print(printable(f"“{_cut(' '.join(entry.passage.text.split()), 200)}”{where}"))
        lines = verdict_lines(entry.verdict, entry.evidence) if entry.verdict else ["not checked"]
        lines += [f"    {one}" for one in ruling_sentences(finding.ruling)]
        if not finding.ruling.new:
            lines.append("    in the baseline")
        for line in lines:
            print(printable(f"    {line}"))
        print()
    print_credits(kept)
    return len(kept)


def print_credits(entries: Iterable[Entry]) -> None:
    """Print the address and the rights of the sources that were shown and have them."""
    from chrestomathy.publish.credits import credit_line, credits_of

    lines = [
        f"    {one.source}: {credit_line(one)}"
        for one in credits_of(entries)
        if one.url or one.rights
    ]
    if lines:
        print(printable("\n".join(["Sources", *lines, ""])))


def print_habits(habits: Iterable[Habit], edition: Edition) -> None:
    """Print what is changed throughout, with its first places: an editor wants it first."""
    from chrestomathy.publish.reports import context_of, ruling_sentences, where_said

    shown = list(habits)
    passages = {one.passage.id: one.passage for one in edition.entries}
    if shown:
        print("Changed throughout")
    for habit in shown:
        print(printable(f"  {habit.throughout.id}  {habit.sentence}"))
        for said in ruling_sentences(habit.ruling):
            print(printable(f"      {said}"))
        for place in habit.throughout.places[:SHOWN_PLACES]:
            passage = passages[place.passage]
            around = context_of(passage.text, *(place.span or (0, 0)))
            where = where_said(place, passage, edition)
            print(printable(f"      {passage.id}  {f'{where}: ' if where else ''}{around}"))
        if (rest := len(habit.throughout.places) - SHOWN_PLACES) > 0:
            print(f"      and {rest} more place{'s' * (rest > 1)}")
    if shown:
        print()


def say_summary(edition: Edition) -> None:
    """Say how many passages there are and how their wordings count, on standard error."""
    wordings = Counter(one.verdict.wording for one in edition.entries if one.verdict)
    counts = [f"{count} {name.replace('_', ' ')}" for name, count in wordings.most_common()]
    passages = f"{len(edition.entries)} passage{'s' * (len(edition.entries) != 1)}"
    say(
        f"{passages}: {', '.join(counts)}."
        if counts
        else f"{passages}, not checked: no sources given."
    )


def print_gradings(gradings: Iterable[Grading]) -> int:
    """Print gradings for people, one a line; return how many there were."""
    count = 0
    for count, grading in enumerate(gradings, 1):
        span = ""
        if grading.interval and len(set(grading.interval)) > 1:
            span = f" ({grading.interval[0]}–{grading.interval[1]})"
        print(
            printable(f"{grading.id}  {grading.level or '—'}{span}  {'; '.join(grading.reasons)}")
        )
        for line in gloss_lines(grading.words or ()):
            print(printable(line))
    return count


def gloss_lines(words: Sequence[GlossedWord]) -> list[str]:
    """Return a line for each word or term of a passage, each once."""
    lines = []
    for word in words:
        said = "; ".join(f"{tag}: {gloss}" for tag, gloss in word.glosses.items() if gloss)
        sound = f" /{word.ipa}/" if word.ipa and not word.term else ""
        level = f" {word.level}" if word.level and not word.term else ""
        lines.append(f"    {word.term_lemma or word.lemma}{sound}{level}  {said or '—'}")
    return list(dict.fromkeys(lines))


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
