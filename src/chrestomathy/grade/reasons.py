"""What a grading says for itself, in words a reader can check against the text.

The model weighs a hundred features; a reader wants the two or three things that make this text
hard or easy. These are counted afresh from the words, not read off the weights.
"""

from __future__ import annotations

from collections.abc import Sequence

from chrestomathy.grade.features import MAX_WORDS, Sentence, Token

LONG_SENTENCE = 25
"""Words from which a sentence is called long: the 85th percentile of the Wiki-Auto sentences."""

SHOWN_WORDS = 4
"""Most words named in one reason."""

_NUMERALS = "no one two three four five six seven eight nine ten".split()


def coverage_of(sentences: Sequence[Sentence], ranks: Sequence[int]) -> dict[int, float]:
    """Return the share of running words among the commonest lemmas, by size of vocabulary.

    Names count as known: a reader need not learn them.
    """
    tokens = [token for sentence in sentences for token in sentence.tokens]
    return {
        rank: sum(token.name or token.known.rank <= rank for token in tokens) / len(tokens)
        for rank in ranks
    }


def reasons_for(sentences: Sequence[Sentence], *, n_chars: int) -> tuple[str, ...]:
    """Say what makes a text hard or easy, most telling first; at least one reason.

    Args:
        sentences: At least one, as judged.
        n_chars: Length of the whole text, to say where only a part was judged.
    """
    tokens = [token for sentence in sentences for token in sentence.tokens]
    found = [_of_length(sentences, len(tokens)), *_of_words(tokens), _of_rarity(tokens)]
    if n_chars > sentences[-1].end + 1000 or len(tokens) >= MAX_WORDS:
        found.append(f"judged by {len(tokens):,} words from its beginning, middle and end")
    if len(tokens) < 5:
        found.append(f"only {_count(len(tokens), 'word')}: a guess from very little")
    return tuple(one for one in found if one)


def _of_length(sentences: Sequence[Sentence], n_words: int) -> str:
    longest = max(len(sentence.tokens) for sentence in sentences)
    if len(sentences) == 1:
        return f"one sentence of {_count(longest, 'word')}"
    if longest >= LONG_SENTENCE:
        return f"longest sentence {longest} words"
    mean = _count(round(n_words / len(sentences)), "word")
    return f"short sentences: {mean} on average, longest {longest}"


def _of_words(tokens: Sequence[Token]) -> list[str]:
    """Name the words above C1, or above B1 where there are none."""
    levels = {t.known.lemma: t.known.level for t in tokens if not (t.name or t.known.kind)}
    if not levels:
        return []
    top = [lemma for lemma, level in levels.items() if level >= 5]
    if top:
        return [f"{_count(len(top), 'word')} at C1 or above: {_listed(top)}"]
    upper = [lemma for lemma, level in levels.items() if level == 4]
    if upper:
        return [f"{_count(len(upper), 'word')} at B2, none above: {_listed(upper)}"]
    hardest = max(levels.values())
    if hardest == 0:
        return ["no word is on the level lists"]
    return [f"no listed word above {('A1', 'A2', 'B1')[hardest - 1]}"]


def _of_rarity(tokens: Sequence[Token]) -> str:
    rare = [t for t in tokens if not t.name and t.known.rank > 5000]
    if not rare:
        return "all words are among the 5,000 commonest"
    named = _listed(list(dict.fromkeys(t.known.lemma for t in rare)))
    share = len(rare) / len(tokens)
    return f"{share:.0%} of the words are rarer than the 5,000 commonest: {named}"


def _count(number: int, noun: str) -> str:
    plural = noun if number == 1 else noun + "s"
    return f"{_NUMERALS[number] if number < len(_NUMERALS) else number} {plural}"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:SHOWN_WORDS]) + (", …" if len(words) > SHOWN_WORDS else "")
