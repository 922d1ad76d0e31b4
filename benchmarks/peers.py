"""Run one peer on one piece of work and print what it found: ``peers.py NAME WORK.json SCRATCH``.

``tantivy`` only indexes: it is what others build such things on, and a measure of the machine.

This file runs in the bench's own environment (`make bench` fills it from the dependency group
``bench``), so it imports nothing of Chrestomathy. Each peer has one adapter, which uses it as
its own documents say and returns the places it reports for every passage. The time counted
begins after import and ends with the last answer, as ours does; reading the files is part of it.
"""

from __future__ import annotations

import csv
import json
import os
import re
import resource
import subprocess
import sys
import time
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

Hit = tuple[int, int, str, int, int, float]
"""Start and end in the passage, source, start and end in the source, score."""

MAX_EDITS_SHARE = 0.45
"""Of edlib: more edits than this share of a passage are no match."""
MIN_RATIO = 70
"""Of rapidfuzz."""
MIN_SCORE = 0.6
"""Of gtrex."""
MIN_SPAN_BYTES = 20
"""Of infini-gram: shorter verbatim spans are left out."""
NEAR_SHARE = 0.1
"""Of fuzzysearch: its cost grows steeply with the distance allowed."""
MIN_QUID_TOKENS = 5
SEPARATOR = "\n\n"
"""Between passages, for peers that compare one text with another."""

STOP_WORDS = """i me my we our ours you your yours he him his she her hers it its they them their
theirs what which who whom this that these those am is are was were be been being have has had
having do does did doing a an the and but if or because as until while of at by for with about
against between into through during before after above below to from up down in out on off over
under again further then once here there when where why how all any both each few more most other
some such no nor not only own same so than too very can will just should now"""
"""For text-matcher, in place of the list that its tokenizer would download."""


@dataclass(frozen=True, slots=True)
class Texts:
    """Sources and passages, read."""

    sources: list[tuple[str, str]]
    passages: list[str]
    collections: list[str]

    def joined(self) -> tuple[str, list[int]]:
        """Return all passages as one text, and where each begins."""
        starts, at = [], 0
        for one in self.passages:
            starts.append(at)
            at += len(one) + len(SEPARATOR)
        return SEPARATOR.join(self.passages), starts

    def deal(self, hits: Iterator[Hit]) -> list[list[Hit]]:
        """Hand hits in the joined text to the passages that they lie in."""
        _, starts = self.joined()
        dealt: list[list[Hit]] = [[] for _ in self.passages]
        for start, end, *rest in hits:
            first = bisect_right(starts, start) - 1
            for i in range(first, bisect_right(starts, end - 1)):
                low = max(start - starts[i], 0)
                high = min(end - starts[i], len(self.passages[i]))
                if low < high:
                    dealt[i].append((low, high, *rest))  # type: ignore[arg-type]
        return dealt


def read_texts(work: Path) -> Texts:
    """Read a piece of work."""
    given = json.loads(work.read_text("utf-8"))

    def records(path: str) -> Iterator[dict[str, str]]:
        with Path(path).open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)

    sources = [(one["id"], one["text"]) for path in given["collections"] for one in records(path)]
    passages = [one["text"] for one in records(given["passages"])]
    return Texts(sources, passages, given["collections"])


Search = Callable[[Texts, Path], list[list[Hit]]]


def edlib() -> Search:
    """Scan every source for every passage with the bit-parallel aligner (infix mode)."""
    import edlib as library

    def search(texts: Texts, _: Path) -> list[list[Hit]]:
        found = []
        for passage in texts.passages:
            best, most = None, int(MAX_EDITS_SHARE * len(passage))
            for name, text in texts.sources:
                answer = library.align(passage, text, mode="HW", task="distance", k=most)
                if answer["editDistance"] >= 0:
                    best, most = (name, text), max(answer["editDistance"] - 1, 0)
                    if not answer["editDistance"]:
                        break
            hits: list[Hit] = []
            if best:
                answer = library.align(passage, best[1], mode="HW", task="locations")
                start, end = answer["locations"][0]
                hits.append((0, len(passage), best[0], start, end + 1, 1.0))
            found.append(hits)
        return found

    return search


def rapidfuzz() -> Search:
    """Slide every passage over every source (`partial_ratio_alignment`)."""
    from rapidfuzz import fuzz

    def search(texts: Texts, _: Path) -> list[list[Hit]]:
        found = []
        for passage in texts.passages:
            least, hits = float(MIN_RATIO), []
            for name, text in texts.sources:
                if len(text) < len(passage):
                    continue
                answer = fuzz.partial_ratio_alignment(passage, text, score_cutoff=least)
                if answer is not None and answer.score >= least:
                    least = answer.score
                    place = answer.dest_start, answer.dest_end, answer.score
                    hits = [(0, len(passage), name, *place)]
            found.append(hits)
        return found

    return search


def fuzzysearch() -> Search:
    """Search every source for every passage, a tenth of its letters free to differ."""
    from fuzzysearch import find_near_matches

    def search(texts: Texts, _: Path) -> list[list[Hit]]:
        found = []
        for passage in texts.passages:
            hits: list[Hit] = []
            for name, text in texts.sources:
                near = find_near_matches(passage, text, max_l_dist=int(NEAR_SHARE * len(passage)))
                hits += [
                    (0, len(passage), name, one.start, one.end, -float(one.dist)) for one in near
                ]
            found.append(hits)
        return found

    return search


def gtrex() -> Search:
    """Index each source and ask each index for the best span."""
    from gtrex import SourceIndex

    def search(texts: Texts, _: Path) -> list[list[Hit]]:
        indexes = [(name, SourceIndex(text)) for name, text in texts.sources]
        found = []
        for passage in texts.passages:
            hits = []
            for name, index in indexes:
                span = index.best_span(passage)
                if span is not None and span.score >= MIN_SCORE:
                    hits.append((0, len(passage), name, span.start, span.end, span.score))
            found.append(hits)
        return found

    return search


def quid() -> Search:
    """Compare each source with all passages joined."""
    from quid.core.Quid import Quid

    def search(texts: Texts, _: Path) -> list[list[Hit]]:
        joined, _starts = texts.joined()

        def hits() -> Iterator[Hit]:
            for name, text in texts.sources:
                engine = Quid(min_match_length=MIN_QUID_TOKENS, include_text_in_result=False)
                for one in engine.compare(text, joined):
                    source, target = one.source_span, one.target_span
                    length = float(target.end - target.start)
                    yield (target.start, target.end, name, source.start, source.end, length)

        return texts.deal(hits())

    return search


def text_matcher() -> Search:
    """Run its own command (GPL) on a folder with a file a source and one with a file a passage."""
    command = Path(sys.executable).with_name("text-matcher")
    if not command.exists():
        raise ModuleNotFoundError("the command text-matcher is not installed")

    def search(texts: Texts, scratch: Path) -> list[list[Hit]]:
        stops = scratch / "nltk" / "corpora" / "stopwords"
        stops.mkdir(parents=True, exist_ok=True)
        (stops / "english").write_text("\n".join(STOP_WORDS.split()), encoding="utf-8")
        texts_dir, passages_dir = scratch / "texts", scratch / "passages"
        for folder, given in (
            (texts_dir, [text for _, text in texts.sources]),
            (passages_dir, texts.passages),
        ):
            folder.mkdir(exist_ok=True)
            for number, text in enumerate(given):
                (folder / f"{number}.txt").write_text(text, encoding="utf-8", newline="")
        log = scratch / "log.csv"
        subprocess.run(
            [str(command), str(texts_dir), str(passages_dir), "--logfile", str(log)],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=os.environ | {"NLTK_DATA": str(scratch / "nltk")},
        )
        found: list[list[Hit]] = [[] for _ in texts.passages]
        with log.open(newline="", encoding="utf-8") as lines:
            for row in csv.DictReader(lines):
                name = texts.sources[int(Path(row["Text A"]).stem)][0]
                hits = found[int(Path(row["Text B"]).stem)]
                theirs, ours = _pairs(row["Locations in A"]), _pairs(row["Locations in B"])
                for (low, high), (start, end) in zip(theirs, ours, strict=True):
                    hits.append((start, end, name, low, high, float(end - start)))
        return found

    return search


def _pairs(text: str) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in re.findall(r"\((\d+), (\d+)\)", text)]


def infini_gram() -> Search:
    """Build a suffix array of bytes; take maximal verbatim spans, as OLMoTrace does.

    Its indexer imports `transformers` and uses none of it where there is no tokenizer: an empty
    stand-in is enough, and spares two gigabytes of packages.
    """
    import numpy as np
    from infini_gram import engine, indexing

    def search(texts: Texts, scratch: Path) -> list[list[Hit]]:
        data, index = scratch / "data", scratch / "index"
        options = ["--data_dir", str(data), "--save_dir", str(index), "--token_dtype", "u8"]
        options += ["--cpus", "2", "--mem", "8", "--ulimit", "4096"]
        stand_in = scratch / "transformers.py"
        stand_in.write_text(
            "class utils:\n    class logging:\n"
            "        set_verbosity = staticmethod(lambda level: None)\n",
            encoding="utf-8",
        )
        data.mkdir(exist_ok=True)
        for number, path in enumerate(texts.collections):
            link = data / f"{number:02}.jsonl"
            link.unlink(missing_ok=True)
            link.symlink_to(Path(path).resolve())
        subprocess.run(
            [sys.executable, indexing.__file__, *options],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            cwd=Path(indexing.__file__).parent,
            env=os.environ | {"PYTHONPATH": str(scratch)},
        )
        searcher = engine.InfiniGramEngine(
            index_dir=str(index), eos_token_id=0, vocab_size=255, token_dtype="u8"
        )
        starts = np.fromfile(index / "offset.0", dtype=np.uint64).tolist()
        encoded = [text.encode() for _, text in texts.sources]

        def place(pointer: int, length: int) -> tuple[str, int, int]:
            """Turn a pointer into the index into code points of a source."""
            number = bisect_right(starts, pointer) - 1
            at = pointer - starts[number] - 1
            before = len(encoded[number][:at].decode(errors="ignore"))
            inside = len(encoded[number][at : at + length].decode(errors="ignore"))
            return texts.sources[number][0], before, before + inside

        found = []
        for passage in texts.passages:
            asked = passage.encode()
            answer = searcher.attribute(
                input_ids=list(asked),
                delim_ids=[],
                min_len=MIN_SPAN_BYTES,
                max_cnt=10,
                enforce_bow=False,
            )
            hits = []
            for span in answer["spans"]:
                if span["docs"]:
                    start = len(asked[: span["l"]].decode(errors="ignore"))
                    end = len(asked[: span["r"]].decode(errors="ignore"))
                    where = place(span["docs"][0]["ptr"], span["length"])
                    hits.append((start, end, *where, float(span["length"])))
            found.append(hits)
        return found

    return search


PIECE_CHARACTERS = 2000
"""Of tantivy, which knows documents and no places in them."""


def index_with_tantivy(texts: Texts, scratch: Path) -> float:
    """Index all sources on one core, with positions, in pieces; return the seconds it took."""
    import tantivy

    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])
    begun = time.perf_counter()
    schema = tantivy.SchemaBuilder()
    schema.add_text_field("text", stored=False, index_option="position")
    index = tantivy.Index(schema.build(), path=str(scratch))
    writer = index.writer(heap_size=256_000_000, num_threads=1)
    for _, text in texts.sources:
        for at in range(0, len(text), PIECE_CHARACTERS):
            writer.add_document(tantivy.Document(text=text[at : at + PIECE_CHARACTERS]))
    writer.commit()
    writer.wait_merging_threads()
    return time.perf_counter() - begun


PEERS: dict[str, Callable[[], Search]] = {
    "infini-gram": infini_gram,
    "edlib": edlib,
    "rapidfuzz": rapidfuzz,
    "fuzzysearch": fuzzysearch,
    "gtrex": gtrex,
    "text-matcher": text_matcher,
    "quid": quid,
}


def main() -> None:
    """Run one peer and print one line of JSON; a failure is an answer too."""
    name, work, scratch = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]).resolve()
    scratch.mkdir(parents=True, exist_ok=True)
    try:
        version = metadata.version(name)
        if name == "tantivy":
            seconds = index_with_tantivy(read_texts(work), scratch)
            print(json.dumps({"version": version, "seconds": seconds}))
            return
        search = PEERS[name]()
        begun = time.perf_counter()
        texts = read_texts(work)
        hits = search(texts, scratch)
        seconds = time.perf_counter() - begun
    except subprocess.CalledProcessError as error:
        said = (error.stderr or b"").decode(errors="replace").strip().splitlines()
        print(json.dumps({"failed": said[-1] if said else f"exit status {error.returncode}"}))
        return
    except Exception as error:
        print(json.dumps({"failed": f"{type(error).__name__}: {error}"}))
        return
    print(json.dumps({"version": version, "seconds": seconds, "rss_mb": peak_mb(), "hits": hits}))


def peak_mb() -> float:
    """Return the most memory that this process, or one of its children, held at once."""
    unit = 1e6 if sys.platform == "darwin" else 1e3
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    status = Path("/proc/self/status")
    if status.exists() and (m := re.search(r"VmHWM:\s+(\d+)", status.read_text())):
        own = int(m[1]) / 1e3  # the figure above begins with what the parent held
    return max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit)


if __name__ == "__main__":
    main()
