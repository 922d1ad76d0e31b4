"""Hold the HTML reader against trafilatura and readability-lxml on labelled pages.

Usage: ``python benchmarks/read.py [FOLDER] [--rounds N] [--print]``. A labelled set has the form
of the scrapinghub article-extraction-benchmark: ``ground-truth.json`` maps an id to its
``articleBody``, and ``html/ID.html.gz`` (or ``html/ID.html``) is the page. Without a folder the
pages of ``tests/cases/read/html`` are taken, which were written for this; their labels name
attributions and headings too. Prints a table and keeps it as a section of
docs/benchmarks-read.md; ``--print`` writes nothing.

All extractors run in one process, page by page in turn, and time is that of the processor, the
least of some rounds: ratios within a run say more than figures.
"""

from __future__ import annotations

import argparse
import gzip
import json
import logging
import platform
import random
import re
import statistics
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from itertools import islice
from pathlib import Path

from chrestomathy.read.html import document_from_html
from chrestomathy.records import Document
from chrestomathy.settings import ReadSettings

ROOT = Path(__file__).resolve().parents[1]
OWN = ROOT / "tests" / "cases" / "read" / "html"
PAGE = ROOT / "docs" / "benchmarks-read.md"
SHINGLE_WORDS = 4
"""Length of the runs of words that are compared, as that benchmark has it."""
NEAR_CHARS = 40
"""Letters and digits that may stand between a quotation and its attribution; a table's column
of years between them is allowed, another quotation hardly. Chosen by hand."""
N_RESAMPLED = 500
"""Bootstrap samples behind a deviation."""
SEED = 1863
GROWN_KB = (60, 300)
"""Sizes to which our own pages are grown before they are timed: most pages of news sites."""


@dataclass(frozen=True, slots=True)
class Page:
    """A labelled page."""

    id: str
    data: bytes
    body: str
    attributions: tuple[tuple[str, str], ...] = ()
    """Quotation and the attribution that belongs to it."""
    headings: tuple[tuple[int, str], ...] = ()


@dataclass(slots=True)
class Result:
    """What one extractor made of a set."""

    name: str
    shares: list[tuple[float, float, float]] = field(default_factory=list)
    """Of each page: found and wanted, found and not wanted, missing; they sum to 1."""
    n_kept: int = 0
    failed: list[str] = field(default_factory=list)
    pages_per_s: float = 0.0


def load(folder: Path) -> list[Page]:
    """Read a labelled set."""
    own = folder / "labels.json"
    labels = json.loads((own if own.exists() else folder / "ground-truth.json").read_text("utf-8"))
    return [
        Page(
            id_,
            _bytes_of(folder, id_),
            label["articleBody"],
            tuple((quotation, name) for quotation, name in label.get("attributions", ())),
            tuple((level, text) for level, text in label.get("headings", ())),
        )
        for id_, label in sorted(labels.items())
    ]


def _bytes_of(folder: Path, id_: str) -> bytes:
    for place in (folder / f"{id_}.html", folder / "html" / f"{id_}.html"):
        if place.exists():
            return place.read_bytes()
    return gzip.decompress((folder / "html" / f"{id_}.html.gz").read_bytes())


# The extractors: each takes a page's bytes and gives its text.


def read_ours(data: bytes) -> Document:
    """Read a page as the program does."""
    return document_from_html(data, id="i", origin="o", settings=ReadSettings())


def ours(data: bytes) -> str:
    """Extract with the program's own reader."""
    return read_ours(data).text


def trafilatura_text(data: bytes, **options: bool) -> str:
    """Extract with trafilatura."""
    from trafilatura import extract

    return extract(data, include_comments=False, **options) or ""


def readability_text(data: bytes) -> str:
    """Extract with readability-lxml, whose answer is HTML: a line for each block of it."""
    from lxml.html import fromstring
    from readability import Document as Readable

    parts: list[str] = []
    summary = fromstring(Readable(data).summary())
    for element in summary.iter():
        inline = element.tag in ("a", "abbr", "b", "cite", "em", "i", "q", "span", "strong", "sup")
        parts += ["" if inline else "\n", element.text or ""]
        for child in element:
            child.tail = (
                f"{'' if child.tag in ('a', 'b', 'em', 'i', 'span') else ' '}{child.tail or ''}"
            )
    return str(summary.text_content())


EXTRACTORS: dict[str, Callable[[bytes], str]] = {
    "chrestomathy": ours,
    "trafilatura": trafilatura_text,
    "trafilatura, fast": partial(trafilatura_text, fast=True),
    "readability-lxml": readability_text,
}


# The measures.


def words(text: str) -> list[str]:
    """Cut a text into words: compatible forms alike, invisible characters ignored."""
    text = unicodedata.normalize("NFKC", text)
    return re.findall(r"\w+", "".join(c for c in text if unicodedata.category(c) != "Cf"))


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Count the runs of four words of a text; a shorter text is one run."""
    every = words(text)
    runs = zip(*(islice(every, i, None) for i in range(SHINGLE_WORDS)), strict=False)
    return Counter(runs if len(every) >= SHINGLE_WORDS else [tuple(every)] if every else [])


def compare(wanted: str, found: str) -> tuple[float, float, float]:
    """Share out a page's shingles: in both, only found, only wanted.

    Each page weighs the same, however long it is: the three are divided by their sum.
    """
    a, b = shingles(wanted), shingles(found)
    both = sum((a & b).values())
    extra, missing = b.total() - both, a.total() - both
    total = both + extra + missing
    return (both / total, extra / total, missing / total) if total else (1.0, 0.0, 0.0)


def without_title(text: str, titles: Sequence[str]) -> str:
    """Take the page's title off a text's beginning: some labels and answers have it, some not."""
    every = words(text)
    for title in titles:
        own = words(title)
        if own and every[: len(own)] == own:
            return " ".join(every[len(own) :])
    return text


def titles_of(data: bytes) -> list[str]:
    """List what may be a page's title: its headings of the first level, and what it calls itself."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(data.decode("utf-8", "replace"))
    printed = [node.text() or "" for node in tree.css("h1, title")]
    return [*printed, read_ours(data).title or ""]


def f1(shares: Sequence[tuple[float, float, float]]) -> tuple[float, float, float]:
    """Sum a set up: F1, precision, recall."""
    both, extra, missing = (sum(one[i] for one in shares) for i in range(3))
    precision = both / (both + extra) if both + extra else 0.0
    recall = both / (both + missing) if both + missing else 0.0
    total = precision + recall
    return (2 * precision * recall / total if total else 0.0), precision, recall


def deviation(shares: Sequence[tuple[float, float, float]]) -> float:
    """Estimate how much F1 would differ on other pages of the sort, by drawing from these."""
    rng = random.Random(SEED)
    return statistics.pstdev(f1(rng.choices(shares, k=len(shares)))[0] for _ in range(N_RESAMPLED))


def is_kept(quotation: str, attribution: str, text: str) -> bool:
    """Tell whether an attribution stands in a text beside the quotation it belongs to."""
    text, quotation, attribution = _letters(text), _letters(quotation), _letters(attribution)
    at = text.find(quotation)
    while at >= 0:
        end = at + len(quotation)
        after = text[end : end + NEAR_CHARS + len(attribution)]
        before = text[max(0, at - NEAR_CHARS - len(attribution)) : at]
        if attribution in after or attribution in before:
            return True
        at = text.find(quotation, at + 1)
    return False


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def headings_of(document: Document) -> list[tuple[int, str]]:
    """List a document's headings with their levels."""
    return [
        (block.level or 0, document.text[block.start : block.end])
        for block in document.blocks
        if block.kind == "heading"
    ]


def measure(pages: Sequence[Page]) -> list[Result]:
    """Run every extractor over every page, for what it finds."""
    results = [Result(name) for name in EXTRACTORS]
    for page in pages:
        titles = titles_of(page.data)
        wanted = without_title(page.body, titles)
        for result in results:
            try:
                text = EXTRACTORS[result.name](page.data)
            except Exception as error:  # whatever an extractor does to a page, the next one is due
                text = ""
                result.failed.append(f"{page.id}: {type(error).__name__}")
            result.shares.append(compare(wanted, without_title(text, titles)))
            result.n_kept += sum(is_kept(*pair, text) for pair in page.attributions)
    return results


def measure_time(pages: Sequence[bytes], results: Iterable[Result], *, rounds: int) -> None:
    """Time every extractor on every page in turn; the least of the rounds counts."""
    results = list(results)
    least = {result.name: [float("inf")] * len(pages) for result in results}
    for _ in range(rounds):
        for i, data in enumerate(pages):
            for result in results:
                begun = time.process_time()
                try:
                    EXTRACTORS[result.name](data)
                except Exception:  # counted already
                    continue
                least[result.name][i] = min(least[result.name][i], time.process_time() - begun)
    for result in results:
        done = [one for one in least[result.name] if one < float("inf")]
        result.pages_per_s = len(done) / sum(done) if done else 0.0


# Pages as large as those of real sites.


def grown(page: Page, rng: random.Random) -> bytes:
    """Put around a page what real ones are full of, so that it is as long as they are."""
    size = rng.randrange(GROWN_KB[0] * 1000, GROWN_KB[1] * 1000)
    text = page.data.decode("utf-8", "replace")
    head, body = [], []
    length = len(text)
    while length < size:
        kind = rng.random()
        part = _script(rng) if kind < 0.5 else _style(rng) if kind < 0.6 else _teasers(rng)
        (head if kind < 0.6 else body).append(part)
        length += len(part)
    i = (m.start() if (m := re.search("</head>", text, re.IGNORECASE)) else 0) or text.find("<body")
    j = max(text.lower().rfind("</body>"), i)
    return f"{text[:i]}{''.join(head)}{text[i:j]}{''.join(body)}{text[j:]}".encode()


NAMES = "amber birch cedar delta ember fjord grove hazel inlet jetty kelp larch".split()


def _script(rng: random.Random) -> str:
    state = {f"{rng.choice(NAMES)}{i}": rng.choices(NAMES, k=6) for i in range(60)}
    return f"<script>window.__state_{rng.randrange(99)} = {json.dumps(state)};</script>\n"


def _style(rng: random.Random) -> str:
    rules = (f".{rng.choice(NAMES)}-{i}{{margin:{i}px;color:#{i:03x}}}" for i in range(80))
    return f"<style>{''.join(rules)}</style>\n"


def _teasers(rng: random.Random) -> str:
    """Write a box of links to other articles, as deep in elements as they are."""
    cards = "".join(
        f'<li class="card card--{name}"><div class="card__in"><a class="card__link" href="/{name}/{i}">'
        f'<picture><img src="/i/{i}.jpg" alt="" loading="lazy"></picture><h3 class="card__title">'
        f"<span>More on the {name} and the {rng.choice(NAMES)}</span></h3></a></div></li>\n"
        for i, name in enumerate(rng.choices(NAMES, k=12))
    )
    return (
        f'<div class="related-{rng.randrange(9)}"><div class="row"><ul>{cards}</ul></div></div>\n'
    )


# The table.


def table(results: Sequence[Result], pages: Sequence[Page]) -> list[str]:
    """Write what was measured as a table."""
    n_attributions = sum(len(page.attributions) for page in pages)
    lines = [
        "| reader | F1 | ± | precision | recall | attributions kept | pages/s | failed |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for result in results:
        whole, precision, recall = f1(result.shares)
        kept = f"{result.n_kept} of {n_attributions}" if n_attributions else "not labelled"
        lines.append(
            f"| {result.name} | {whole:.3f} | {deviation(result.shares):.3f} | {precision:.3f} "
            f"| {recall:.3f} | {kept} | {result.pages_per_s:.0f} | {len(result.failed)} |"
        )
    return lines


def section(name: str, results: Sequence[Result], pages: Sequence[Page], sizes: list[int]) -> str:
    """Write the section of one set."""
    versions = ", ".join(f"{one} {version(one)}" for one in ("trafilatura", "readability-lxml"))
    n_headings, n_right = heading_figures(pages)
    lines = [
        f"<!-- set: {name} -->",
        f"## {name}",
        "",
        (
            f"{len(pages)} pages; timed at {min(sizes) / 1e3:.0f} to {max(sizes) / 1e3:.0f} KB, "
            f"{statistics.median(sizes) / 1e3:.0f} in the middle. {versions}, "
            f"Python {platform.python_version()}."
        ),
        "",
        *table(results, pages),
    ]
    if n_headings:
        lines += ["", f"Headings found with their level by our reader: {n_right} of {n_headings}."]
    return "\n".join([*lines, "<!-- end -->"])


def heading_figures(pages: Sequence[Page]) -> tuple[int, int]:
    """Count the labelled headings, and those that our reader gives with their level."""
    n = right = 0
    for page in pages:
        if page.headings:
            wanted = Counter((level, _letters(text)) for level, text in page.headings)
            n += wanted.total()
            given = headings_of(read_ours(page.data))
            right += (wanted & Counter((level, _letters(text)) for level, text in given)).total()
    return n, right


HEAD = """\
<!-- Written by benchmarks/read.py (make bench-read); not by hand. -->

# Reading HTML, beside others

The text of each page is cut into words, and every run of four words is counted.
Runs that stand in the label and in the answer are right, runs of the answer alone are extra, runs of the label alone are missing; each page weighs the same.
From the sums come precision, recall and F1, as the scrapinghub article-extraction-benchmark has it; ± is the deviation over 500 draws of as many pages.
The page's title at the beginning of a text is taken off labels and answers alike, since some have it and others not.
An attribution is *kept* if it stands in the answer within forty letters of its quotation.
*pages/s* is of one core, by processor time, all readers in turn on the same page in one process.
Our reader keeps headings, quotations and attributions as blocks with offsets, which the others do not give.

Our own pages were written for this, with their labels, before the reader was first run on them.
At first sight it had F1 0.945 (trafilatura 0.881, titles counted), 74 of 84 attributions and 58 of 64 headings.
Since then it has been mended on them: they say what it can do, and [a labelled set](../benchmarks/read.py) of other people's pages says how well.
`python benchmarks/read.py FOLDER` takes one.
"""


def write(name: str, text: str) -> None:
    """Replace one set's section of the page, and keep the others."""
    old = PAGE.read_text("utf-8") if PAGE.exists() else ""
    kept = dict(re.findall(r"(?s)<!-- set: ([^\n]+?) -->\n(.*?)<!-- end -->", old))
    sections = {key: f"<!-- set: {key} -->\n{value}<!-- end -->" for key, value in kept.items()}
    sections[name] = text
    PAGE.write_text("\n".join([HEAD, *(f"{one}\n" for one in sections.values())]), "utf-8")


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--print", action="store_true", help="write nothing")
    chosen = parser.parse_args()
    logging.disable(logging.ERROR)
    name = chosen.folder.resolve().name if chosen.folder else "Our own pages"
    try:
        pages = load(chosen.folder or OWN)
    except (OSError, KeyError) as error:
        sys.exit(f"{chosen.folder}: no labelled set ({error}). See the head of this file.")
    results = measure(pages)
    rng = random.Random(SEED)
    timed = [page.data if chosen.folder else grown(page, rng) for page in pages]
    measure_time(timed, results, rounds=chosen.rounds)
    text = section(name, results, pages, [len(one) for one in timed])
    print(text)
    for result in results:
        for line in result.failed:
            print(f"{result.name} failed: {line}", file=sys.stderr)
    if not chosen.print:
        write(name, text)


if __name__ == "__main__":
    main()
