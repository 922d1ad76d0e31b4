"""Make what the bench works on: collections of 5, 50 and 500 MB, and 300 labelled passages.

The collections hold the demonstration's texts (King James Bible, plays, addresses) as far as
they go, and synthetic bulk beyond: runs of 3 to 7 words taken at random places of those
texts and set one after the other. So vocabulary, word frequencies and short phrases are real,
and longer runs of words are nearly all new. Everything follows from `SEED`: the same installed
texts give the same bytes on any machine.

The passages are made from the real texts of the smallest collection by the rules below, so that
the places of their words are known; fifty are in none of the sources. A megabyte is a million
bytes of text as UTF-8, without the JSON around it.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path

from chrestomathy import catalogue
from chrestomathy.codec import encode
from chrestomathy.records import Source

SEED = 1863
VERSION = 3
"""Raised when a rule below changes, so that what was cached is made anew."""
SIZES_MB = (5, 50, 500)
FILE_MB = 50
"""READ takes at most 200 MB a file: large collections are several files."""
PIECE_WORDS = 3, 7
PIECES_A_LINE = 12
LINES_A_TEXT = 300
"""A synthetic text has some 18,000 words, like a long book of the Bible."""

PLAN = {
    "exact": 60,
    "damaged": 25,
    "swap": 30,
    "insert": 25,
    "drop": 25,
    "number": 20,
    "ellipsis_short": 15,
    "ellipsis_wide": 15,
    "truncated": 20,
    "spliced": 15,
    "absent": 50,
}
"""How many passages are made by which rule."""
N_PASSAGES = sum(PLAN.values())

WORDING = {
    "exact": "exact",
    "damaged": "exact",
    "swap": "altered",
    "insert": "altered",
    "drop": "altered",
    "number": "altered",
    "ellipsis_short": "ellipsis",
    "ellipsis_wide": "ellipsis",
    "truncated": "truncated",
    "spliced": "spliced",
    "absent": "not_found",
}

WRITTEN = (
    "The ferry timetable changes twice a year, and nobody on the island reads the new one.",
    "My neighbour repairs accordions in a shed that smells of glue and wet dogs.",
    "A spreadsheet with forty hidden columns decided which of the three schools would close.",
    "She kept the receipts in a biscuit tin under the stairs, sorted by the colour of the ink.",
    "Every router in the building blinked amber while the caretaker looked for his ladder.",
    "The tram to the stadium was so full that the conductor sold tickets through the window.",
    "Nobody had told the choir that the piano would arrive a semitone flat.",
    "They painted the bicycle lane green, then blue, and then dug it up for the fibre cables.",
    "On Thursdays the bakery sells yesterday's rye at half price to whoever brings a bag.",
    "The museum lent its only dinosaur to a shopping centre and got back a different tail.",
    "He measured the kitchen three times and still ordered a refrigerator that opened inward.",
    "The weather balloon came down in a vineyard, and the pickers used it to keep off starlings.",
    "Her thesis on lichens grew by a chapter each time the funding agency asked for fewer pages.",
    "The lighthouse keeper's cat answered the telephone more often than the keeper did.",
    "Between the launderette and the mosque there is a shop that mends umbrellas and clocks.",
    "The referee blew for half time, although by every watch in the ground it was a minute early.",
    "An engineer from the water board drew the whole valley on the back of a menu.",
    "The last bus had gone, so the quartet played in the shelter until the batteries gave out.",
    "We planted two hundred alders along the ditch and the goats had eaten most by Easter.",
    "The printer jammed on the word freedom, which the trainees found funnier than the editor.",
    "Grandfather's recipe asks for a spoon of engine oil, and none of us has dared to ask why.",
    "The archive closes at noon because the radiator in the reading room frightens the visitors.",
    "A drone delivered the wrong spectacles to the right house for most of the winter.",
    "The dentist hums show tunes while drilling, always in a key that nobody else can find.",
    "Our podcast about roundabouts has eleven listeners, and two of them are roundabout planners.",
)
"""Sentences written for this bench; they stand in no source."""

NUMBERS = "two three four five six seven eight nine ten twelve twenty thirty forty fifty".split()


@dataclass(frozen=True, slots=True)
class Case:
    """One passage with its label."""

    id: str
    text: str
    kind: str
    """The rule that made it."""
    wording: str
    """The verdict that is right."""
    spans: tuple[tuple[str, int, int], ...] = ()
    """Source, start and end of its words; empty where it is in none."""


@dataclass(frozen=True, slots=True)
class Work:
    """Files that an engine is measured on; paths, so that it can be handed to a subprocess."""

    name: str
    megabytes: float
    collections: tuple[str, ...]
    passages: str
    n_sources: int
    n_passages: int

    def save(self, path: Path) -> Path:
        """Write it as JSON for a subprocess to read."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")
        return path


def size_mb(sources: Sequence[Source]) -> float:
    """Return how much text sources hold, in MB."""
    return sum(len(one.text.encode()) for one in sources) / 1e6


def load_real() -> list[Source]:
    """Load the demonstration's texts, each checked against its checksum."""
    return [*catalogue.load_bible(), *catalogue.load_plays(), *catalogue.load_addresses()]


def some_of(sources: Sequence[Source], megabytes: float, seed: int = SEED) -> list[Source]:
    """Choose whole sources at random that together hold nearly `megabytes`."""
    shuffled = list(sources)
    random.Random(seed).shuffle(shuffled)
    chosen, bytes_left = [], megabytes * 1e6
    for one in shuffled:
        size = len(one.text.encode())
        if size <= bytes_left:
            chosen.append(one)
            bytes_left -= size
    return chosen


def iter_bulk(sources: Sequence[Source], megabytes: float, seed: int = SEED) -> Iterator[Source]:
    """Make synthetic sources out of runs of 3 to 7 words of real ones, up to `megabytes`."""
    draw = random.Random(seed)
    words = " ".join(chain.from_iterable(one.text.split() for one in sources)).split(" ")
    least, most = PIECE_WORDS
    last = len(words) - most
    bytes_left = int(megabytes * 1e6)
    number = 0
    while bytes_left > 0:
        lines = []
        for _ in range(LINES_A_TEXT):
            pieces: list[str] = []
            for _ in range(PIECES_A_LINE):
                at = int(draw.random() * last)
                pieces += words[at : at + least + int(draw.random() * (most - least + 1))]
            lines.append(" ".join(pieces))
        text = "\n".join(lines)
        data = text.encode()
        if len(data) > bytes_left:
            text = data[:bytes_left].decode(errors="ignore")
        yield Source(id=f"bulk/{number:05}", text=text, language="en", collection="Bulk")
        bytes_left -= len(data)
        number += 1


# -- passages ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cut:
    """Running words of one source, and where they stand in it."""

    source: Source
    words: tuple[str, ...]
    offsets: tuple[tuple[int, int], ...]
    before: str
    """The word before them in the source, or nothing."""
    after: str

    def span(self, first: int = 0, last: int | None = None) -> tuple[str, int, int]:
        """Return the place of words `first` to `last`, without the marks at the outer edges."""
        offsets = self.offsets[first:last]
        start, end = offsets[0][0], offsets[-1][1]
        text = self.source.text[start:end]
        start += len(text) - len(text.lstrip(_EDGES))
        end -= len(text) - len(text.rstrip(_EDGES))
        return self.source.id, start, end


Stretches = tuple[Source, list[tuple[int, int]]]
"""A source and the stretches of it that passages may be cut from."""

_EDGES = ".,;:!?\"'“”‘’()[]-—– "
_STOP = re.compile(r"[.!?][\"'”’)]*$")


class Maker:
    """Cuts running words out of sources and makes passages of them, one rule a method.

    A cut is taken only where its words stand once in all of the real texts, so that every label
    names the one place there is.
    """

    def __init__(self, sources: Sequence[Source], real: Sequence[Source], seed: int = SEED) -> None:
        """Find the stretches that passages may be cut from."""
        self.draw = random.Random(seed)
        self.written = list(WRITTEN)
        self.words: dict[tuple[str, int], list[tuple[str, int, int]]] = {}
        self.stretches = [(one, _stretches_of(one)) for one in sources]
        self.stretches = [(one, found) for one, found in self.stretches if found]
        self.folded = "\n".join(f" {_folded(one.text)} " for one in real)
        self.vocabulary = sorted(
            {word for one in sources[::5] for word in re.findall(r"\b[a-z]{5,9}\b", one.text)}
        )

    def make(self, plan: dict[str, int]) -> list[Case]:
        """Make passages by every rule of a plan, in a mixed order."""
        made = []
        for kind, count in plan.items():
            rule: Callable[[], tuple[str, tuple[tuple[str, int, int], ...]]]
            rule = getattr(self, f"_{kind}")
            made += [(kind, *rule()) for _ in range(count)]
        self.draw.shuffle(made)
        return [
            Case(f"p{number:03}", text, kind, WORDING[kind], spans)
            for number, (kind, text, spans) in enumerate(made)
        ]

    def _cut(
        self,
        least: int,
        most: int,
        fits: Callable[[Cut], bool],
        within: Stretches | None = None,
    ) -> Cut:
        """Cut words at random, of one source if it is given, until they fit and stand once."""
        while True:
            source, stretches = within or self.draw.choice(self.stretches)
            start, end = self.draw.choice(stretches)
            words = self._words_of(source, start, end)
            n = self.draw.randint(least, most)
            if len(words) < n + 2:
                continue
            at = self.draw.randrange(1, len(words) - n)
            picked = words[at : at + n]
            cut = Cut(
                source,
                tuple(word for word, _, _ in picked),
                tuple((a, b) for _, a, b in picked),
                words[at - 1][0],
                words[at + n][0],
            )
            if fits(cut) and self.folded.count(f" {_folded(' '.join(cut.words))} ") == 1:
                return cut

    def _phrase(
        self,
        least: int = 12,
        most: int = 30,
        within: Stretches | None = None,
    ) -> tuple[Cut, list[str]]:
        """Cut a phrase that claims to be nothing more: lower case, no mark at its end."""
        cut = self._cut(least, most, _is_phrase, within)
        words = list(cut.words)
        words[-1] = words[-1].rstrip(_EDGES)
        return cut, words

    def _exact(self) -> tuple[str, tuple[tuple[str, int, int], ...]]:
        """Copy whole sentences or a phrase."""
        if self.draw.random() < 0.5:
            cut, words = self._phrase()
        else:
            cut = self._cut(12, 40, _is_sentence)
            words = list(cut.words)
        return " ".join(words), (cut.span(),)

    def _damaged(self) -> tuple[str, tuple[tuple[str, int, int], ...]]:
        """Copy a phrase and harm only what folding mends: case, spaces, marks, a hyphen."""
        cut, words = self._phrase()
        longest = max(range(1, len(words) - 1), key=lambda i: words[i].isalpha() * len(words[i]))
        half = len(words[longest]) // 2
        words[longest] = f"{words[longest][:half]}-\n{words[longest][half:]}"
        for i in range(len(words)):
            if i not in (0, longest) and self.draw.random() < 0.15:
                words[i] = words[i].upper()
            words[i] = words[i].replace("'", "’")
        return self.draw.choice((" ", "  ", "\n")).join(words), (cut.span(),)

    def _swap(self) -> tuple[str, tuple[tuple[str, int, int], ...]]:
        """Put another word in a word's place."""
        cut, words = self._phrase()
        i = self._inner(words)
        words[i] = self._other(words[i])
        return " ".join(words), (cut.span(),)

    def _insert(self) -> tuple[str, tuple[tuple[str, int, int], ...]]:
        """Add a word or two."""
        cut, words = self._phrase()
        for _ in range(self.draw.randint(1, 2)):
            words.insert(self._inner(words), self._other(""))
        return " ".join(words), (cut.span(),)

    def _drop(self) -> tuple[str, tuple[tuple[str, int, int], ...]]:
        """Leave out a word or two without a mark."""
        cut, words = self._phrase()
        i = self._inner(words)
        del words[i : i + self.draw.randint(1, 2)]
        return " ".join(words), (cut.span(),)

    def _number(self) -> tuple[str, tuple[tuple[str, int, int], ...]]:
        """Change a number, in figures or in words."""
        cut = self._cut(12, 30, lambda one: _is_phrase(one) and _number_in(one.words) is not None)
        words = list(cut.words)
        words[-1] = words[-1].rstrip(_EDGES)
        i = _number_in(cut.words) or 0
        if words[i] in NUMBERS:
            others = [one for one in NUMBERS if one != words[i]]
            words[i] = self.draw.choice(others)
        else:
            words[i] = str(int(words[i]) + self.draw.randint(1, 30))
        return " ".join(words), (cut.span(),)

    def _ellipsis_short(self) -> tuple[str, tuple[tuple[str, int, int], ...]]:
        """Leave out three to eight words, with a mark."""
        cut, words = self._phrase(24, 36)
        first = self.draw.randint(8, 12)
        second = first + self.draw.randint(3, 8)
        text = " ".join([*words[:first], self._mark(), *words[second:]])
        return text, (cut.span(0, first), cut.span(second))

    def _ellipsis_wide(self) -> tuple[str, tuple[tuple[str, int, int], ...]]:
        """Leave out hundreds of words, with a mark."""
        long = [one for one in self.stretches if len(one[0].text) > 20_000] or self.stretches
        while True:
            within = self.draw.choice(long)
            first, words = self._phrase(9, 14, within)
            second, more = self._phrase(9, 14, within)
            if second.offsets[0][0] - first.offsets[-1][1] > 2_000:
                text = " ".join([*words, self._mark(), *more])
                return text, (first.span(), second.span())

    def _truncated(self) -> tuple[str, tuple[tuple[str, int, int], ...]]:
        """Offer the middle of a sentence as a sentence."""
        cut = self._cut(12, 24, _is_middle)
        words = list(cut.words)
        words[0] = words[0][0].upper() + words[0][1:]
        words[-1] += "."
        return " ".join(words), (cut.span(),)

    def _spliced(self) -> tuple[str, tuple[tuple[str, int, int], ...]]:
        """Join phrases of two sources without a mark."""
        first, words = self._phrase(9, 14)
        while True:
            second, more = self._phrase(9, 14)
            if second.source is not first.source:
                return " ".join([*words, *more]), (first.span(), second.span())

    def _absent(self) -> tuple[str, tuple[tuple[str, int, int], ...]]:
        """Take a written sentence; when there are no more, scramble runs of three words."""
        if self.written:
            return self.written.pop(), ()
        words = chain.from_iterable(self._three() for _ in range(self.draw.randint(4, 8)))
        return " ".join(words), ()

    def _words_of(self, source: Source, start: int, end: int) -> list[tuple[str, int, int]]:
        """Return the words of a stretch with their offsets; a long stretch is cut often."""
        key = source.id, start
        if key not in self.words:
            found = re.compile(r"\S+").finditer(source.text, start, end)
            self.words[key] = [(m[0], m.start(), m.end()) for m in found]
        return self.words[key]

    def _three(self) -> list[str]:
        source, stretches = self.draw.choice(self.stretches)
        start, end = self.draw.choice(stretches)
        words = source.text[start:end].split()
        at = self.draw.randrange(len(words) - 3)
        return words[at : at + 3]

    def _mark(self) -> str:
        return self.draw.choice(("…", "...", ". . .", "[…]"))

    def _inner(self, words: Sequence[str]) -> int:
        """Choose a word that is neither near an edge nor a little one."""
        inner = range(3, len(words) - 4)
        long = [i for i in inner if words[i].isalpha() and len(words[i]) > 3]
        return self.draw.choice(long or list(inner))

    def _other(self, word: str) -> str:
        while (other := self.draw.choice(self.vocabulary)) == word:
            pass
        return other


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def _stretches_of(source: Source) -> list[tuple[int, int]]:
    """Return the stretches of at least forty words: speeches of a play, paragraphs of a text."""
    spans = [(one.start, one.end) for one in source.speaker_spans]
    if not spans and source.loci:
        spans = [(0, len(source.text))]
    if not spans:
        spans = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", source.text)]
    return [(a, b) for a, b in spans if len(source.text[a:b].split()) >= 40]


def _is_phrase(cut: Cut) -> bool:
    return cut.words[0][0].islower() and cut.words[-1].rstrip(_EDGES)[-1:].islower()


def _is_sentence(cut: Cut) -> bool:
    """Tell whether a cut begins and ends where sentences do."""
    whole = cut.words[0][:1].isupper() and cut.after[:1].isupper()
    ends = _STOP.search(cut.words[-1]) and len(cut.words[-1]) > 5
    return bool(whole and ends and _STOP.search(cut.before) and len(cut.before) > 5)


def _is_middle(cut: Cut) -> bool:
    """Tell whether a sentence begins before a cut and goes on after it."""
    edges = cut.words[0].isalpha() and cut.words[-1].isalpha()
    lower = cut.words[0].islower() and cut.words[-1].islower() and cut.after[:1].islower()
    return edges and lower and cut.before.isalpha() and cut.before.islower()


def _number_in(words: Sequence[str]) -> int | None:
    """Return where a number stands among inner words, if one does."""
    inner = range(3, len(words) - 3)
    return next((i for i in inner if words[i].isdecimal() or words[i] in NUMBERS), None)


# -- files ------------------------------------------------------------------------------------


@dataclass(slots=True)
class Writer:
    """Writes sources into files of at most `FILE_MB` of text each."""

    folder: Path
    paths: list[str] = field(default_factory=list)
    megabytes: float = 0.0
    n_sources: int = 0
    in_file: float = FILE_MB

    def write(self, sources: Iterator[Source]) -> None:
        """Write sources, beginning a new file where one is full."""
        out = None
        for one in sources:
            size = len(one.text.encode()) / 1e6
            if out is None or self.in_file + size > FILE_MB:
                if out is not None:
                    out.close()
                path = self.folder / f"part-{len(self.paths):02}.jsonl"
                self.paths.append(str(path))
                out, self.in_file = path.open("wb"), 0.0
            out.write(encode(one) + b"\n")
            self.in_file += size
            self.megabytes += size
            self.n_sources += 1
        if out is not None:
            out.close()


def write_work(folder: Path, name: str, sources: Iterator[Source], cases: Sequence[Case]) -> Work:
    """Write a collection and its passages, and say where they are."""
    target = folder / name
    target.mkdir(parents=True, exist_ok=True)
    writer = Writer(target)
    writer.write(sources)
    passages = write_passages(folder / f"{name}-passages.jsonl", cases)
    return Work(
        name, writer.megabytes, tuple(writer.paths), str(passages), writer.n_sources, len(cases)
    )


def write_passages(path: Path, cases: Sequence[Case]) -> Path:
    """Write passages as bare records, without their labels."""
    lines = (json.dumps({"id": one.id, "text": one.text}, ensure_ascii=False) for one in cases)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


@dataclass(frozen=True, slots=True)
class Made:
    """All that the bench works on."""

    works: dict[float, Work]
    """By size in MB."""
    cases: list[Case]
    smallest: list[Source]
    """The sources of the smallest collection, for the work of slow peers."""


def make_all(folder: Path, sizes_mb: Sequence[float] = SIZES_MB) -> Made:
    """Make collections and passages, or take them from the folder if they are there already."""
    folder.mkdir(parents=True, exist_ok=True)
    real = load_real()
    smallest = some_of(real, min(sizes_mb))
    cases = Maker(smallest, real).make(PLAN)
    works = {}
    for size in sizes_mb:
        name = f"{size:g}mb"
        made = folder / f"{name}.json"
        key = f"{VERSION}/{SEED}/{digest(cases)}"
        if made.exists() and (kept := json.loads(made.read_text("utf-8")))["key"] == key:
            kept["work"]["collections"] = tuple(kept["work"]["collections"])
            works[size] = Work(**kept["work"])
            continue
        given = smallest if size == min(sizes_mb) else real
        extra = size - size_mb(given)
        sources = chain(given, iter_bulk(real, extra) if extra > 0.1 else ())
        works[size] = write_work(folder, name, iter(sources), cases)
        made.write_text(json.dumps({"key": key, "work": asdict(works[size])}), encoding="utf-8")
    return Made(works, cases, smallest)


def digest(records: Sequence[object]) -> str:
    """Return a short digest of records, for caching and for tests."""
    hashed = hashlib.sha256()
    for one in records:
        hashed.update(encode(one))
    return hashed.hexdigest()[:16]
