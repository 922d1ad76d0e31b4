"""What makes a text hard to read, as named numbers.

A text becomes sentences of `Token`s, each with what the lists know of the word (`Known`);
`unit_features` turns one sentence or several into one vector. Every feature is a rate, a mean
or a quantile, so that a sentence and a passage stand on the same scale; only the passage model
(`model`) also looks at how sentences are spread. No tagger: grammar is counted by small words
and endings, which is crude but the same on any machine.

Sources: Flesch & Kincaid 1975 (grade formula); Vajjala & Meurers 2012 and Pilán 2016 (kinds of
features); the CEFR-J and Octanove lists (`levels`).
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from chrestomathy.grade.frequency import frequency_of
from chrestomathy.grade.lemmas import find_names, lemma_of
from chrestomathy.grade.levels import blend, find_level, guess_difficulty, load_capitalised
from chrestomathy.textkit.sentences import sentences
from chrestomathy.textkit.words import iter_words

MAX_WORDS = 20_000
"""Longer passages are judged by this many words, from beginning, middle and end."""

ADDED, ADDED_DIFFICULTY, ADDED_ZIPF, ADDED_SYLLABLES = 4, 2.2, 5.0, 1.6
"""Ordinary content words that a text is thinned with (`_shrunk`), and what they are like: about
the average of A2 sentences. By hand; 1 and 4 words were tried."""

FUNCTION_WORDS: dict[str, str] = {
    "article": "the a an",
    "determiner": """this these those some any each every either neither no all both half many
        much few little several such another other own same enough more most less least""",
    "first": "i me my mine myself we us our ours ourselves",
    "second": "you your yours yourself yourselves",
    "third": """he him his himself she her hers herself it its itself they them their theirs
        themselves one""",
    "preposition": """in on at by for from with without within of off over under into onto upon up
        down out through throughout across along around about above below behind beside besides
        between beyond among amongst amid against during before after since until till toward
        towards near past via per despite concerning regarding except like unlike as""",
    "coordinator": "and or but nor yet so plus",
    "subordinator": """because although though while whereas whilst unless if whether when whenever
        where wherever once lest than provided""",
    "relative": "which who whom whose that what whatever whoever whichever",
    "modal": "can could may might must shall should will would ought cannot",
    "be": "be am is are was were been being",
    "have": "have has had having",
    "do": "do does did doing done",
    "negation": "not never none nothing nobody nowhere n't",
    "adverb": "then there here now very too also just only how why well again ever even still",
    "to": "to",
    "connector": """however therefore moreover furthermore nevertheless nonetheless thus hence
        consequently accordingly meanwhile otherwise instead likewise indeed rather whereby thereby
        wherein therein thereof hitherto notwithstanding albeit insofar""",
}
"""Small words by what they do; each stands in one class."""

IRREGULAR = frozenset(
    """been become begun bent bitten bled blown born borne bought bound bred broken brought built
    burnt caught chosen come cost cut dealt done drawn driven drunk dug eaten fallen fed felt fled
    flown forbidden forgiven forgotten fought found frozen given gone grown heard held hidden hit
    hung hurt kept known laid lain learnt led left lent let lit lost made meant met overcome paid
    put read ridden risen run said sat seen sent set sewn shaken shed shot shown shut slain sold
    sought sown spent spoken spread sprung stolen stood struck stuck sung sunk sworn swum swept
    taken taught thought thrown told torn understood undertaken undergone upheld won worn woven
    written withdrawn""".split()
)
"""Past participles that do not end in -ed."""

NOMINAL = ("tion", "sion", "ment", "ness", "ity", "ism", "ance", "ence", "ship", "hood", "acy")
ADJECTIVAL = ("ous", "ive", "ical", "able", "ible", "ary", "ial")

_CLASS = {word: kind for kind, words in FUNCTION_WORDS.items() for word in words.split()}
_PARTED = re.compile(
    r"""
    (?<!\s)\s{1,9} (?= (?: n't | ['’](?:s|re|ve|ll|d|m) ) \b )   # "did n't", "it 's"
    | (?<!\s)\s{1,9} (?= [,.;:?!)\]%] )                          # "there ,"; not "there (so)"
    | (?<=[(\[])\s{1,9}                                         # "( so"
    """,
    re.VERBOSE,
)
_VOWELS = re.compile(r"[aeiouyà-ü]+")
_STRETCH = re.compile(r"[,;:()\[\]—–]|--")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Known(NamedTuple):
    """What the lists know of a word form, whoever uses it."""

    lemma: str
    level: int
    """1 (A1) to 6 (C2); 0 where no list has it."""
    zipf: float
    rank: int
    difficulty: float
    """1 to 6: the listed level smoothed by the predicted one."""
    syllables: int
    kind: str
    """Class of small word (`FUNCTION_WORDS`); empty for content words."""
    ending: str
    """What its last letters show: "ing", "ed", "ly", "nominal", "adjectival" or nothing."""
    participle: bool
    """Whether it can be a past participle."""


class Token(NamedTuple):
    """One word of a text in its place."""

    start: int
    end: int
    form: str
    """Lower case."""
    known: Known
    name: bool


class Sentence(NamedTuple):
    """One sentence: its words and the marks that tell of its build."""

    start: int
    end: int
    tokens: tuple[Token, ...]
    commas: int
    semicolons: int
    brackets: int
    dashes: int
    quotes: int
    numbers: int
    longest_stretch: int
    """Most words without a mark between them."""


def parted_again(text: str) -> str:
    """Undo tokenised spelling ("ca n't", "1920s .") so that corpora and pages look alike.

    Example:
        >>> parted_again("He did n't go , she said .")
        "He didn't go, she said."
    """
    return _PARTED.sub("", text)


def excerpt(text: str) -> str:
    """Return the text, or of a very long one its beginning, middle and end.

    The bound keeps the time a text takes bounded: about half a second.
    """
    part = MAX_WORDS * 2  # characters: a third of the words at six characters each
    if len(text) <= 3 * part:
        return text
    middle = len(text) // 2
    return "\n\n".join((text[:part], text[middle : middle + part], text[-part:]))


@lru_cache(maxsize=50_000)
def known_word(form: str) -> Known:
    """Look a lower-case word form up in every list."""
    lemma = lemma_of(form)
    rank, zipf, guess = min(frequency_of(lemma), frequency_of(form))
    kind = _CLASS.get(form) or ("negation" if form.endswith("n't") else "")
    syllables = count_syllables(form)
    level = find_level(form) or 0
    difficulty = blend(level, guess or guess_difficulty(zipf, len(form), syllables))
    ending, participle = _ending(form), _is_participle(form, kind)
    return Known(lemma, level, zipf, rank, difficulty, syllables, kind, ending, participle)


def _ending(form: str) -> str:
    if form.endswith(("ing", "ed", "ly")):
        return "ing" if form.endswith("ing") else form[-2:]
    if form.rstrip("s").endswith(NOMINAL):
        return "nominal"
    return "adjectival" if form.endswith(ADJECTIVAL) else ""


def count_syllables(form: str) -> int:
    """Count syllables by groups of vowels, a silent final e not counted; at least 1.

    Example:
        >>> [count_syllables(word) for word in ("make", "table", "reading", "area")]
        [1, 2, 2, 2]
    """
    groups = len(_VOWELS.findall(form))
    if (form.endswith("e") and not form.endswith(("le", "ee", "ye", "oe")) and groups > 1) or (
        form.endswith("ed") and not form.endswith(("ted", "ded")) and groups > 1
    ):
        groups -= 1
    return max(1, groups)


def analyse(text: str) -> list[Sentence]:
    """Part a text into sentences of known words; sentences without words are left out.

    Args:
        text: Natural spelling (`parted_again`).
    """
    found = []
    printed: list[str] = []
    starts = []
    for start, end in sentences(text):
        words = list(iter_words(text[start:end]))
        words = [w for w in words if len(w.lower) > 1 or w.lower in "aio"]
        if words:
            starts.append(len(printed))
            printed += [text[start + w.start : start + w.end] for w in words]
            found.append((start, end, words))
    known = [known_word(word) for _, _, words in found for word in (w.lower for w in words)]
    listed = [one.level > 0 or one.rank <= 20_000 or bool(one.kind) for one in known]
    names = find_names(printed, starts, listed)
    taught = load_capitalised()
    found_sentences = []
    at = 0
    for start, end, words in found:
        tokens = tuple(
            Token(
                start + w.start,
                start + w.end,
                w.lower,
                known[i],
                names[i] and w.lower not in taught,
            )
            for i, w in enumerate(words, at)
        )
        found_sentences.append(_sentence(text[start:end], start, end, tokens))
        at += len(words)
    return found_sentences


def _sentence(piece: str, start: int, end: int, tokens: tuple[Token, ...]) -> Sentence:
    return Sentence(
        start,
        end,
        tokens,
        commas=piece.count(","),
        semicolons=piece.count(";") + piece.count(":"),
        brackets=piece.count("(") + piece.count("["),
        dashes=piece.count("—") + piece.count("–") + piece.count("--"),
        quotes=sum(map(piece.count, '"“”«»')),
        numbers=len(_NUMBER.findall(piece)),
        longest_stretch=max(len(part.split()) for part in _STRETCH.split(piece)),
    )


def unit_features(unit: Sequence[Sentence]) -> list[float]:
    """Return the features of one sentence or several, in the order of `NAMES`.

    Args:
        unit: At least one sentence with at least one word.
    """
    tokens = [token for sentence in unit for token in sentence.tokens]
    return [*_shape(unit, tokens), *_words(unit, tokens), *_grammar(unit, tokens)]


SHAPE = (
    "log_words_per_sentence", "words_per_sentence", "letters_per_word", "syllables_per_word",
    "long_words", "three_syllables", "flesch_kincaid", "coleman_liau", "commas", "semicolons",
    "brackets", "dashes", "quotes", "numbers", "log_longest_stretch", "commas_per_word",
)  # fmt: skip


def _shape(unit: Sequence[Sentence], tokens: Sequence[Token]) -> list[float]:
    n, m = len(tokens), len(unit)
    letters = [token.end - token.start for token in tokens]
    syllables = [token.known.syllables for token in tokens]
    per_sentence, per_word = n / m, sum(syllables) / n
    commas = sum(one.commas for one in unit)
    return [
        sum(math.log(len(one.tokens)) for one in unit) / m,
        min(per_sentence, 80.0),
        sum(letters) / n,
        per_word,
        sum([one > 6 for one in letters]) / n,
        sum([one > 2 for one in syllables]) / n,
        0.39 * min(per_sentence, 80.0) + 11.8 * per_word - 15.59,
        5.88 * sum(letters) / n - 29.6 / max(per_sentence, 3.0),
        commas / m,
        sum(one.semicolons for one in unit) / m,
        sum(one.brackets for one in unit) / m,
        sum(one.dashes for one in unit) / m,
        sum(one.quotes for one in unit) / m,
        sum(one.numbers for one in unit) / (n + m),
        sum(math.log(1 + one.longest_stretch) for one in unit) / m,
        commas / n,
    ]


WORDS = (
    "zipf_mean", "zipf_content", "zipf_p10", "zipf_p25", "zipf_median", "zipf_least",
    "difficulty_mean", "difficulty_content", "difficulty_p75", "difficulty_p90",
    "difficulty_hardest", "difficulty_spread", "a1", "a2", "b1", "b2", "c1", "c2", "unlisted",
    "hard_per_sentence", "very_hard_per_sentence", "unlisted_per_sentence", "beyond_1000",
    "beyond_2000", "beyond_3000", "beyond_5000", "beyond_10000", "names", "names_per_sentence",
    "content", "content_per_sentence", "syllables_content", "letters_content",
    "zipf_content_low_sum", "difficulty_sum", "shrunk_difficulty", "shrunk_p75", "shrunk_p90",
    "shrunk_zipf_p10", "shrunk_zipf_p25", "shrunk_zipf", "shrunk_syllables", "length_by_difficulty",
    "root_difficulty_sum",
)  # fmt: skip


def _words(unit: Sequence[Sentence], tokens: Sequence[Token]) -> list[float]:
    m = len(unit)
    plain = [t.known for t in tokens if not t.name] or [tokens[0].known]
    content = [one for one in plain if not one.kind] or plain
    n, c = len(plain), len(content)
    zipfs = sorted(one.zipf for one in content)
    hard = sorted(one.difficulty for one in content)
    mean = sum(hard) / c
    levels = [one.level for one in content]
    ranks = sorted([one.rank for one in plain])
    load = sum([max(0.0, one - 2.0) for one in hard]) / m
    n_names = sum(token.name for token in tokens)
    return [
        sum([one.zipf for one in plain]) / n,
        sum(zipfs) / c,
        _quantile(zipfs, 0.10),
        _quantile(zipfs, 0.25),
        _quantile(zipfs, 0.50),
        sum(_ends(unit, "zipf")) / m,
        sum([one.difficulty for one in plain]) / n,
        mean,
        _quantile(hard, 0.75),
        _quantile(hard, 0.90),
        sum(_ends(unit, "difficulty")) / m,
        math.sqrt(sum([(one - mean) ** 2 for one in hard]) / c),
        *(levels.count(level) / c for level in (1, 2, 3, 4, 5, 6, 0)),
        math.log1p((c - bisect_left(hard, 3.6)) / m),
        math.log1p((c - bisect_left(hard, 4.6)) / m),
        math.log1p(levels.count(0) / m),
        *((n - bisect_right(ranks, rank)) / n for rank in (1000, 2000, 3000, 5000, 10_000)),
        n_names / len(tokens),
        math.log1p(n_names / m),
        c / n,
        math.log1p(c / m),
        sum([one.syllables for one in content]) / c,
        sum([len(one.lemma) for one in content]) / c,
        math.log1p(sum([max(0.0, 5.0 - one) for one in zipfs]) / m),
        math.log1p(load),
        *_shrunk(content if content is not plain else [], len(tokens) / m),
        math.sqrt(load),
    ]


def _shrunk(content: Sequence[Known], per_sentence: float) -> list[float]:
    """Return means and quantiles with `ADDED` ordinary words put in.

    One rare word among three does not make a sentence hard; means over few words say otherwise.
    """
    n = len(content) + ADDED
    hard = sorted([one.difficulty for one in content] + [ADDED_DIFFICULTY] * ADDED)
    zipfs = sorted([one.zipf for one in content] + [ADDED_ZIPF] * ADDED)
    mean = sum(hard) / n
    return [
        mean,
        _quantile(hard, 0.75),
        _quantile(hard, 0.90),
        _quantile(zipfs, 0.10),
        _quantile(zipfs, 0.25),
        sum(zipfs) / n,
        (sum(one.syllables for one in content) + ADDED_SYLLABLES * ADDED) / n,
        mean * math.log(per_sentence),
    ]


def _ends(unit: Sequence[Sentence], field: str) -> list[float]:
    """Return each sentence's rarest or hardest word's value, names left out."""
    worst = min if field == "zipf" else max
    default = 5.0 if field == "zipf" else 1.5
    place = Known._fields.index(field)
    return [
        worst(
            (float(t.known[place]) for t in one.tokens if not (t.name or t.known.kind)),
            default=default,
        )
        for one in unit
    ]


GRAMMAR = (
    *FUNCTION_WORDS, "passive", "perfect", "progressive", "to_infinitive", "ing", "ed", "ly",
    "nominal", "adjectival", "of", "and", "that", "subordination_per_sentence",
    "prepositions_per_sentence", "log_content_run", "variety", "verb_like", "contractions",
)  # fmt: skip


def _grammar(unit: Sequence[Sentence], tokens: Sequence[Token]) -> list[float]:
    m, n = len(unit), len(tokens)
    kinds = [token.known.kind for token in tokens]
    forms = [token.form for token in tokens]
    by_kind = [kinds.count(kind) / n for kind in FUNCTION_WORDS]
    participle = [token.known.participle for token in tokens]
    passive = perfect = progressive = infinitive = run = longest_runs = 0
    for sentence_start, sentence_end in _bounds(unit):
        run = longest = 0
        for i in range(sentence_start, sentence_end):
            run = 0 if kinds[i] else run + 1
            longest = max(longest, run)
            after = range(i + 1, min(i + 3, sentence_end))
            if kinds[i] == "be":
                passive += any(participle[j] for j in after)
                progressive += any(forms[j].endswith("ing") for j in after)
            elif kinds[i] == "have":
                perfect += any(participle[j] or forms[j] == "been" for j in after)
            elif kinds[i] == "to" and i + 1 < sentence_end:
                infinitive += not kinds[i + 1] and not tokens[i + 1].name
        longest_runs += longest
    endings = [token.known.ending for token in tokens if not token.known.kind]
    c = len(endings) or 1
    clauses = sum(kind in ("subordinator", "relative") for kind in kinds)
    return [
        *by_kind,
        passive / m,
        perfect / m,
        progressive / m,
        infinitive / m,
        *(endings.count(one) / c for one in ("ing", "ed", "ly", "nominal", "adjectival")),
        forms.count("of") / n,
        forms.count("and") / n,
        forms.count("that") / n,
        clauses / m,
        kinds.count("preposition") / m,
        math.log1p(longest_runs / m),
        len(set(forms[:100])) / min(n, 100) * min(1.0, n / 100),
        sum(participle) / n,
        sum(["'" in form for form in forms]) / m,
    ]


def _bounds(unit: Sequence[Sentence]) -> list[tuple[int, int]]:
    bounds = []
    at = 0
    for sentence in unit:
        bounds.append((at, at + len(sentence.tokens)))
        at += len(sentence.tokens)
    return bounds


def _is_participle(form: str, kind: str) -> bool:
    return not kind and (form in IRREGULAR or (form.endswith("ed") and len(form) > 4))


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Return a quantile by linear interpolation; `ordered` is sorted and not empty."""
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


NAMES: tuple[str, ...] = (*SHAPE, *WORDS, *GRAMMAR)
"""The features' names, in the order of the vector."""
