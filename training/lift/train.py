"""Build the tagger's table of words and its weights: the same bytes each time.

Run by ``make train-lift``. Reads the labelled pieces in `training/lift/pieces`, which were
written for this project, and where a WordNet stands (``--wordnet``; Debian's package
`wordnet-base`) the lexicographer fields of its words. Writes `words-en.npz` and `weights-en.npz`
into the package and out-of-fold figures into `docs/model-card-lift.md`. Nothing else is opened:
PolNeAR, PDNC and the German sets may only measure.
"""

from __future__ import annotations

import argparse
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from zlib import crc32

import lemminflect
import numpy as np

from chrestomathy.lift.tagger.fields import MIND, SPEECH, TABLE
from chrestomathy.lift.tagger.model import WEIGHTS, Model
from chrestomathy.lift.tagger.pieces import read_labelled
from chrestomathy.lift.tagger.training import Labelled, train
from chrestomathy.records import Span

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "src/chrestomathy/lift/tagger/data"
PIECES = ROOT / "training/lift/pieces"
CARD = ROOT / "docs/model-card-lift.md"
FOLDS = 3

VERB, NOUN, ADJECTIVE, ADVERB = range(4)
COMMUNICATION, COGNITION = 32, 31
ALSO = {COMMUNICATION: SPEECH[1], COGNITION: MIND[1]}
"""Fields of verbs that have such a sense second or third."""


# -- words ------------------------------------------------------------------------------------


def read_senses(folder: Path, part: str) -> Iterator[tuple[str, list[int], int]]:
    """Read the words of one part of speech: fields, first sense first, and how often tagged."""
    fields = {}
    with (folder / f"data.{part}").open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("  "):
                offset, field, _ = line.split(None, 2)
                fields[offset] = int(field)
    with (folder / f"index.{part}").open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("  ") or "_" in line.split(None, 1)[0]:
                continue
            row = line.split()
            tagged = int(row[5 + int(row[3])])
            yield row[0], [fields[offset] for offset in row[-int(row[2]) :]], tagged


def field_of_verb(fields: Sequence[int]) -> int:
    """Return the field of the first sense, or that it speaks or thinks in the next two."""
    for wanted, also in ALSO.items():
        if wanted in fields[:3]:
            return wanted if fields[0] == wanted else also
    return fields[0]


def forms_of(word: str, tags: Sequence[str]) -> set[str]:
    """List a word and its regular and irregular forms."""
    found = {word}
    for tag in tags:
        found.update(lemminflect.getInflection(word, tag=tag, inflect_oov=True))
    return {form.lower() for form in found}


def words_table(folder: Path) -> bytes:
    """Make the table of fields of all single words."""
    rows: dict[str, list[tuple[int, int]]] = defaultdict(lambda: [(0, -1)] * 4)

    def add(form: str, part: int, value: int, tagged: int) -> None:
        row = rows[form]
        if row[part][0] == 0 or tagged > row[part][1]:
            row[part] = (value, tagged)

    for word, fields, tagged in read_senses(folder, "verb"):
        for form in forms_of(word, ("VBD", "VBZ", "VBG", "VBN")):
            add(form, VERB, field_of_verb(fields), tagged)
    for word, fields, tagged in read_senses(folder, "noun"):
        for form in forms_of(word, ("NNS",)):
            add(form, NOUN, fields[0], tagged)
    for part, name in ((ADJECTIVE, "adj"), (ADVERB, "adv")):
        for word, _, tagged in read_senses(folder, name):
            add(word, part, 1, tagged)
    packed = {}
    for form, row in sorted(rows.items()):
        commonest = max(range(4), key=lambda part: row[part][1])
        packed[crc32(form.encode())] = (*(value for value, _ in row), commonest)
    keys = np.array(sorted(packed), np.uint32)
    kinds = sorted({*packed.values()})
    number = {kind: i for i, kind in enumerate(kinds)}
    file = io.BytesIO()
    np.savez_compressed(
        file,
        steps=np.diff(keys, prepend=np.uint32(0)),
        kind=np.array([number[packed[int(key)]] for key in keys], np.uint16),
        kinds=np.array(kinds, np.uint8),
    )
    return file.getvalue()


# -- figures ----------------------------------------------------------------------------------


def overlap(one: Sequence[Span], other: Sequence[Span]) -> float:
    """Return the intersection of two contents over their union, in characters."""
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)
    size = sum(span.end - span.start for span in (*one, *other))
    return both / (size - both) if size > both else 0.0


def measure(model: Model, texts: Sequence[Labelled]) -> tuple[int, int, int, int]:
    """Count labels, findings, contents found (half of the union), and these with their source."""
    labels = found = right = sourced = 0
    for one in texts:
        made = model.attributions(one.text, one.paragraphs)
        pairs = sorted(
            (
                (overlap(label.content, guess.content), i, j)
                for i, label in enumerate(one.labels)
                for j, guess in enumerate(made)
            ),
            reverse=True,
        )
        used_labels, used_made = set[int](), set[int]()
        for share, i, j in pairs:
            if share < 0.5 or i in used_labels or j in used_made:
                continue
            used_labels.add(i)
            used_made.add(j)
            right += 1
            source, label = made[j].source, one.labels[i]
            sourced += (
                any(source.start < b and a < source.end for a, b in label.source)
                if source
                else not label.source
            )
        labels += len(one.labels)
        found += len(made)
    return labels, found, right, sourced


def out_of_fold(texts: Sequence[Labelled]) -> tuple[float, float]:
    """Return F1 of contents, and of contents with their source, on texts not trained on."""
    counts = np.zeros(4)
    for fold in range(FOLDS):
        kept = [one for i, one in enumerate(texts) if i % FOLDS != fold]
        model = Model(train(kept))
        counts += measure(model, texts[fold::FOLDS])
    labels, found, right, sourced = counts.tolist()
    return 2 * right / (labels + found), 2 * sourced / (labels + found)


def main() -> None:
    """Build all; print and write the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    parser.add_argument("--weights-only", action="store_true", help="leave the table of words")
    chosen = parser.parse_args()
    if not chosen.weights_only:
        if not (chosen.wordnet / "index.verb").exists():
            parser.exit(
                2, f"There is no WordNet in {chosen.wordnet}: apt-get install wordnet-base.\n"
            )
        (DATA / TABLE).write_bytes(words_table(chosen.wordnet))
    texts = list(read_labelled(PIECES))
    (DATA / WEIGHTS).write_bytes(train(texts).to_bytes())
    content, sourced = out_of_fold(texts)
    figures = [
        f"| pieces | {len(texts)} |",
        f"| words | {sum(len(one.text.split()) for one in texts):,} |",
        f"| attributions | {sum(len(one.labels) for one in texts):,} |",
        f"| content found, F1, out of fold | {content:.3f} |",
        f"| content with its source, F1, out of fold | {sourced:.3f} |",
        f"| weights, bytes | {(DATA / WEIGHTS).stat().st_size:,} |",
        f"| table of words, bytes | {(DATA / TABLE).stat().st_size:,} |",
    ]
    print("\n".join(figures))
    card = CARD.read_text("utf-8")
    block = "\n".join(["<!-- figures -->", "| | |", "| --- | ---: |", *figures, "<!-- end -->"])
    CARD.write_text(
        re.sub(r"<!-- figures -->.*?<!-- end -->", block, card, flags=re.DOTALL), "utf-8"
    )


if __name__ == "__main__":
    main()
