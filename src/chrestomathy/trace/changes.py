"""What kind of change a change is, and whether it may turn the sense.

A change is two runs of folded words, one from the passage and one from the source. The rules
are tried in the order written below; the first that fits names the change. A rule decides on
the words that differ, never on a ratio: a sentence and its negation are 99 % alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from chrestomathy.records import ChangeKind
from chrestomathy.trace import english

Known = Callable[[str], bool]
"""Tells whether the collection holds a word: a scan error rarely makes one."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two runs of words that answer to each other without being equal."""

    passage: tuple[str, ...]
    """Folded words of the passage."""
    source: tuple[str, ...]
    passage_text: str
    """As printed, for capitals."""
    source_text: str
    opens_sentence: bool
    """It begins a sentence, so that a capital tells nothing."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A change's kind, whether it may turn the sense, and the rule that said so."""

    kind: ChangeKind
    meaning: bool
    rule: str


def type_change(difference: Difference, known: Known) -> Judged:
    """Name the kind of one change.

    Args:
        difference: What differs.
        known: Whether the collection holds a word.
    """
    gone, come = _differing(difference.passage, difference.source)
    if not gone and not come:
        return Judged("order", _order_tells(difference), "the same words in another order")
    if same_written_out(difference.passage, difference.source):
        return Judged("word", False, "a contraction and its full form")
    if any(mixed_scripts(word) for word in (*gone, *come)) or written_in_doubles(gone, come):
        return Judged("spelling", False, "a letter of another script")
    if "".join(difference.passage) == "".join(difference.source):
        return _spaced(difference, gone, come, known)
    if judged := _reversed(gone, come) or _measured(gone, come):
        return judged
    if judged := _spelling(difference, gone, come, known):
        return judged
    numbers = [word for word in _numbers((*gone, *come)) if not _misread(word, known)]
    titled = [word for word in numbers if _is_of_a_title(word, difference)]
    if numbers and not (titled == numbers and (not _numbers(gone) or not _numbers(come))):
        return _judge_numbers(difference, numbers)
    full_gone, full_come = _differing(
        _contracted(difference.passage).split(), _contracted(difference.source).split()
    )
    full = {*full_gone, *full_come}
    if full & english.NEGATIONS:
        return Judged("negation", True, "a negation differs")
    if _names(difference, gone, come):
        return Judged("name", True, "a name or title differs")
    for kind, words in (("modal", english.MODALS), ("quantifier", english.QUANTIFIERS)):
        if full & words:
            return Judged(kind, True, f"a {kind} differs")  # type: ignore[arg-type]
    return Judged("word", False, "the words differ")


def _order_tells(difference: Difference) -> bool:
    """Tell whether words in another order say something else.

    They do where a negation moved, or where names or numbers have changed places.
    """
    if set(_contracted(difference.passage).split()) & english.NEGATIONS:
        return True
    names = [
        [m[0].casefold() for m in _WORD.finditer(text) if m[0][0].isupper() and len(m[0]) > 1]
        for text in (difference.passage_text, difference.source_text)
    ]
    return _numbers(difference.passage) != _numbers(difference.source) or (
        sorted(names[0]) == sorted(names[1]) and names[0] != names[1]
    )


def _spaced(
    difference: Difference, gone: Sequence[str], come: Sequence[str], known: Known
) -> Judged:
    """Judge a difference of spaces: a slip, unless it makes or unmakes a negation or a number."""
    told = [bool(english.RUN_IN & {*words}) for words in (gone, come)]
    makes_words = all(map(known, come)) or (
        english.RUN_INTO & {*gone, *come} and english.RUN_OUT & {*gone, *come}
    )
    if told[0] != told[1] and makes_words:
        return Judged("negation", True, "a negation runs into another word")
    inner = [re.sub(r"\s", "", text) for text in (difference.passage_text, difference.source_text)]
    if all(word.isdecimal() for word in (*gone, *come)) and inner[0] != inner[1]:
        return Judged("number", True, "a number is parted")
    return Judged("scan", False, "a space within a word")


def _reversed(gone: Sequence[str], come: Sequence[str]) -> Judged | None:
    """Tell whether a word stands for its contrary: no slip of a letter does that by chance."""
    if _negative_pair(gone, come):
        return Judged("negation", True, "a negative prefix differs")
    if any((a, b) in english.NEGATED or (b, a) in english.NEGATED for a in gone for b in come):
        return Judged("negation", True, "a negation differs")
    if any(_opposite(a, b) for a in gone for b in come):
        return Judged("direction", True, "one word stands for its opposite")
    return None


def _opposite(a: str, b: str) -> bool:
    if (a, b) in english.OPPOSITES:
        return True
    for pair in english.OPPOSITE_HEADS:
        for one, other in (pair, pair[::-1]):
            rest = a.removeprefix(one)
            if len(rest) > 2 and a.startswith(one) and b == other + rest:
                return True
    return False


def _is_of_a_title(word: str, difference: Difference) -> bool:
    """Tell whether an ordinal is part of a title: the First Keeper, the Second Secretary."""
    said = f"{difference.passage_text} {difference.source_text}"
    title = rf"\b{word.title()}\s+(?!{word.title()})[A-Z]"
    return word in english.ORDINALS and re.search(title, said) is not None


def _differing(
    passage: Sequence[str], source: Sequence[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the source's and the passage's words without those that both have."""
    come, gone = Counter(passage), Counter(source)
    return tuple((gone - come).elements()), tuple((come - gone).elements())


def same_written_out(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether words are equal with contractions written out; 'd and 's have two readings."""
    return any(
        _contracted(one, d, s) == _contracted(other, d, s)
        for d in (" would", " had")
        for s in (" is", " has")
    )


def _contracted(words: Sequence[str], d: str = " would", s: str = " is") -> str:
    """Write contractions out, so that "don't" and "do not" are equal."""
    tails = {**english.CONTRACTED, "'d": d, "'s": s}
    out = []
    for word in words:
        full = english.IRREGULAR_CONTRACTIONS.get(word)
        if full is None:
            full = word
            for tail, expansion in tails.items():
                if word.endswith(tail) and len(word) > len(tail):
                    full = word[: -len(tail)] + expansion
        out.append(full)
    return " ".join(out).replace("can not", "cannot")


def _spelling(
    difference: Difference, gone: Sequence[str], come: Sequence[str], known: Known
) -> Judged | None:
    """Tell a slip of scanning or spelling from another word."""
    passage, source = "".join(difference.passage), "".join(difference.source)
    if not passage or not source:
        return None
    if _both_numbers(gone, come):
        return None
    if _scanned(passage) == _scanned(source):
        return Judged("scan", False, "letters that scanning takes for each other")
    spaced = [*map(len, gone)] != [*map(len, come)] and max(len(gone), len(come)) > 1
    if len(gone) == len(come):
        named = _names(difference, gone, ()) and _names(difference, (), come)
        kinds = {_slip(a, b, known, named=named) for a, b in zip(gone, come, strict=True)}
        if None not in kinds:
            if "scan" in kinds:
                return Judged("scan", False, "a slip of a letter")
            return Judged("spelling", False, "another spelling of the same word")
    joined = Levenshtein.distance(passage, source)
    near = 0 < joined <= 1 + len(source) // 8 and len(source) > 5
    if spaced and near and not all(map(known, come)):
        return Judged("scan", False, "a space and a letter within a word")
    return None


def _slip(source: str, passage: str, known: Known, *, named: bool) -> str | None:
    """Tell how one word is a slip of another: ``spelling``, ``scan`` or not at all.

    A name is held to the letters that scanning confuses: another letter makes another name.
    """
    if _is_number(source) and _is_number(passage):
        return None
    if _respelt(source) == _respelt(passage) and min(len(source), len(passage)) > 3:
        return "spelling"
    if _scanned(source) == _scanned(passage):
        return "scan" if not known(passage) else None
    if known(passage) or passage in english.TELLING or _HAS_DIGIT.search(source):
        return None
    number = _is_number(source)
    if len(source) == len(passage):
        pairs = [
            frozenset(pair) for pair in zip(source, passage, strict=True) if len(set(pair)) > 1
        ]
        if all(pair in _CONFUSABLE for pair in pairs):
            return "scan" if not number or passage not in english.NUMBER_LOOKALIKES else None
    if number:
        return None
    if _confused(source, passage):
        return "scan"
    length = max(len(source), len(passage))
    if named and passage.replace("'", "").isalpha():
        return None
    edits = Levenshtein.distance(source, passage)
    return "scan" if length >= 4 and edits <= max(1, length // 4) else None


def _confused(source: str, passage: str) -> bool:
    """Tell whether two letters were read as one, or one as two."""
    return any(
        whole[: m.start()] + one + whole[m.end() :] == other
        for two, one in english.CONFUSIONS
        for whole, other in ((source, passage), (passage, source))
        for m in re.finditer(two, whole)
    )


def _respelt(word: str) -> str:
    """Rewrite a word by every rule of spelling."""
    for long, short in english.SPELLING_RULES:
        word = word.replace(long, short)
    return word


_CONFUSABLE = frozenset(map(frozenset, english.CONFUSABLE))
_SCANNED_PAIRS = str.maketrans("01568924", "olsbbgza")


def _scanned(word: str) -> str:
    """Rewrite a word so that what scanning confuses is equal: digits for letters, rn for m."""
    word = word.translate(_SCANNED_PAIRS)
    for two, one in english.CONFUSIONS[:3]:
        word = word.replace(two, one)
    return word.replace("i", "l").replace("j", "l")


_DOUBLES = str.maketrans("аеорсухіјѕԁһкмтвн", "aeopcyxijsdhkmtbh")


def written_in_doubles(gone: Sequence[str], come: Sequence[str]) -> bool:
    """Tell whether whole words are written in the doubles of another script."""
    return gone != come and sorted(w.translate(_DOUBLES) for w in gone) == sorted(
        w.translate(_DOUBLES) for w in come
    )


def mixed_scripts(word: str) -> bool:
    r"""Tell whether a word mixes Latin letters with their doubles from another script.

    Example:
        >>> mixed_scripts("pe\u0430ce"), mixed_scripts("peace")
        (True, False)
    """
    if word.isascii():
        return False
    scripts = {unicodedata.name(c, "").split(" ")[0] for c in word if c.isalpha()}
    return len(scripts & {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}) > 1


_HAS_DIGIT = re.compile(r"[\d¼-¾⅐-⅞²³¹⁰-⁹]")
_NUMERAL = re.compile(
    r"[-+]?[\d.,:/⁄]*\d(?:['’]s|(?<=0)s|st|nd|rd|th|d|[ap]m|[kcm]m|[km]g|[¼-¾⅐-⅞²³])?"
)
_ROMAN = re.compile(r"(?=.)m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})")
_ORDINAL_TAIL = re.compile(r"(?<=\d)(?:st|nd|rd|th)$")


def _is_number(word: str) -> bool:
    return word in english.NUMBER_WORDS or bool(_HAS_DIGIT.search(word)) or word in ("$", "£", "€")


def _both_numbers(gone: Sequence[str], come: Sequence[str]) -> bool:
    """Tell whether digits answer to digits: 1916 for 1918 is no slip of scanning."""
    return all(any(_NUMERAL.fullmatch(word) for word in side) for side in (gone, come))


def _misread(word: str, known: Known) -> bool:
    """Tell whether a word with a digit is a scanned word: "t0" for "to"."""
    return not word.isdecimal() and not known(word) and known(word.translate(_SCANNED_PAIRS))


def _measured(gone: Sequence[str], come: Sequence[str]) -> Judged | None:
    """Tell whether Roman numerals or units of measure differ, which look like slips of letters."""
    for a in gone:
        for b in come:
            if len(a) + len(b) > 2 and _ROMAN.fullmatch(a) and _ROMAN.fullmatch(b):
                return Judged("number", True, "a Roman numeral differs")
            if {a, b} <= _MEASURES and a.rstrip("s") != b.rstrip("s"):
                return Judged("number", True, "a unit of measure differs")
    return None


def _numbers(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(word for word in words if _is_number(word))


def _judge_numbers(difference: Difference, numbers: Sequence[str]) -> Judged:
    """Tell whether two numbers differ in value or only in how they are written."""
    values = [_value(side) for side in (difference.passage, difference.source)]
    if values[0] is not None and values[0] == values[1]:
        return Judged("number", False, "the same number, written otherwise")
    return Judged("number", True, f"a number differs: {' '.join(numbers)}")


def _value(words: Sequence[str]) -> tuple[float, tuple[str, ...]] | None:
    """Return the value of a number in words or digits and its unit, or None if it has none.

    Example:
        >>> _value(["two", "and", "a", "half"]), _value(["10", "20"])
        ((2.5, ()), None)
    """
    total = current = 0.0
    seen = False
    units = []
    for word in words:
        plain = _ORDINAL_TAIL.sub("", word)
        if plain in _UNITS_OF_MEASURE:
            units.append(plain)
            continue
        if plain in ("and", "a"):
            continue
        if plain in english.SCALES:
            current = (current or 1) * english.SCALES[plain]
            if english.SCALES[plain] > 100:
                total, current = total + current, 0.0
        else:
            value = _single_value(plain)
            if value is None or not _may_follow(value, current):
                return None
            current += value
        seen = True
    return (total + current, tuple(units)) if seen else None


_MEASURES = frozenset(english.MEASURES)
_UNITS_OF_MEASURE = ("percent", "dollars", "dollar")
_FRACTION = re.compile(r"(\d+)[/⁄](\d+)")


def _single_value(word: str) -> float | None:
    """Return the value of one word or numeral."""
    if word in english.UNITS or word in english.ORDINALS:
        return english.UNITS.get(word, english.ORDINALS.get(word, 0))
    if word in ("half", "quarter"):
        return 0.5 if word == "half" else 0.25
    if (m := _FRACTION.fullmatch(word)) and int(m[2]):
        return int(m[1]) / int(m[2])
    head, last = word[:-1], word[-1:]
    if last and not last.isdigit() and unicodedata.numeric(last, None) is not None:
        whole = float(head) if head.isdecimal() else 0.0 if not head else None
        return None if whole is None else whole + unicodedata.numeric(last)
    try:
        return float(word)
    except ValueError:
        return None


def _may_follow(value: float, before: float) -> bool:
    """Tell whether a number goes on with another: forty two, three hundred five, two ½."""
    if not before or 0 < value < 1:
        return True
    return (before % 100 == 0 and value < 100) or (
        before % 10 == 0 and before % 100 >= 20 and value < 10
    )


def _negative_pair(gone: Sequence[str], come: Sequence[str]) -> bool:
    """Tell whether one word is another with a negative prefix or with -less for -ful."""
    for a in gone:
        for b in come:
            short, long = sorted((a, b), key=len)
            if long in english.NOT_NEGATED:
                continue
            prefixes = {*english.NEGATIVE_PREFIXES} - {*gone, *come}
            if len(short) > 3 and any(long == prefix + short for prefix in prefixes):
                return True
            stem = short[:-3] if short.endswith("ful") else None
            if stem and long == stem + "less":
                return True
    return False


_WORD = re.compile(r"[^\W\d_][\w'’-]*")


def _names(difference: Difference, gone: Sequence[str], come: Sequence[str]) -> bool:
    """Tell whether a word that differs is printed with a capital that a name would have."""
    for text, words in ((difference.source_text, gone), (difference.passage_text, come)):
        first = True
        for m in _WORD.finditer(text):
            capital = m[0][0].isupper() and not (first and difference.opens_sentence)
            if capital and m[0] not in ("I", "O") and _folds_to(m[0], words):
                return True
            first = False
    return False


def _folds_to(printed: str, words: Sequence[str]) -> bool:
    plain = printed.casefold().replace("’", "'")
    return any(word == plain or word in plain.split("-") for word in words)
