"""A passage word by word: lemma, part of speech, level, meaning in each language, sound."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from chrestomathy.grade.features import IRREGULAR, Sentence, Token, analyse
from chrestomathy.grade.frequency import frequency_of
from chrestomathy.grade.glosses.choose import (
    Case,
    agreeing,
    choose_sense,
    choose_translation,
    fitted,
    of_case,
)
from chrestomathy.grade.glosses.small import load_common, load_small, small_form, small_terms
from chrestomathy.grade.glosses.sound import sound_of, spoken
from chrestomathy.grade.glosses.store import Compiled, Sense, load_compiled
from chrestomathy.grade.glosses.tags import (
    BE,
    DEGREE,
    DO,
    HAVE,
    PARTICIPLE,
    POINTER,
    STOP,
    best_path,
)
from chrestomathy.grade.lemmas import CONTRACTED, lemmas_of, old_verb
from chrestomathy.grade.levels import find_level
from chrestomathy.records import GlossedWord, Level, Span

LEVELS: tuple[Level, ...] = ("A1", "A2", "B1", "B2", "C1", "C2")
NEAR = 2
"""Sentences before and after whose words tell what is meant."""
NEAR_WEIGHT, THEME_WEIGHT = 0.35, 0.7
"""What their words and those of a theme count beside the sentence's own."""
LONGEST_TERM = 5
"""Words of a term of several words."""
COMMON_RANK = 3_000
"""Rank to which a capitalised word is explained as a common one."""
COUNTED = 0.7
"""Weight from which an ambiguous term ("go for") is taken: met once in counted texts."""
RENOWN = 1.5
"""How much heavier one bearer of a name must be than each other: 4.5 times as often meant."""
COUNT_SCALE, MAX_PRIOR = 0.5, 3.5
"""What a word's count as a part of speech tells, by its logarithm, and at most."""
SMALL_COUNTED = 3.0
"""Logarithm of the count from which a small word may be another ("will", "like") as well."""
SMALL_COST = 1.5
"""What it loses as that: it is far commoner as a small one."""
ING_COST = 0.5
"""What "willing" loses as a form of the verb, whose count is that of all its forms."""
FREE_PARTICLES = frozenset("up out off away back down apart forth aside together".split())
"""Adverbs that make a phrasal verb wherever they stand after one; "in" and "for" need counting."""
MOVING = frozenset("come go walk run fall stand sit lie live stay step".split())
"""Verbs before whose particles a place or a time may follow, which makes no term."""
PLACED = ("DET", "NOUN", "NAME", "NUM")
TAGS = ("NOUN", "VERB", "ADJ", "ADV")
HELPERS = ("be", "have", "do")
FINER = {"be": BE, "have": HAVE, "do": DO}
FINER_SMALL = {
    **{form: {"ADV": DEGREE} for form in ("very", "too", "quite", "rather", "so")},
    **{form: {"PRON": POINTER} for form in ("these", "those")},
}
BOTH = ("art", "being")
"""Forms of helpers that are nouns as well."""
TAILS = {
    "'ve": "have", "'ll": "will", "'re": "be", "'d": "would", "n't": "not", "'m": "be",
    "'t": "it",
}  # fmt: skip
"""What stands after the apostrophe of a contraction; "'s" is too often an owner's."""

_BREAK = re.compile(r"[,;:()\[\]—–.!?\"“”]|--")


class _Word(NamedTuple):
    """One word with what was found of it."""

    token: Token
    lemma: str
    tag: str
    case: Case


def gloss_passage(
    text: str,
    languages: Sequence[str] = ("en",),
    *,
    theme: Sequence[str] = (),
    store: Path | None = None,
    sounds: bool = True,
) -> tuple[GlossedWord, ...]:
    """Explain every running word of an English text.

    Args:
        text: Any length; words of another script come out without meaning.
        languages: Tags of the languages to explain in: "en", "de", "zh" …
        theme: Headings that the passage stands under; they help to choose a sense.
        store: The compiled dictionaries; the user's own where None.
        sounds: Whether to tell how words sound.

    Returns:
        The words in order. Each word of a term ("give up") has the term's meaning and span. A
        meaning that no dictionary has is None.

    Raises:
        InputError: The compiled dictionaries are damaged.

    Example:
        >>> [word.glosses["en"] for word in gloss_passage("because of the", store=Path("none"))]
        ['for the reason of', 'for the reason of', 'the one we know of']
    """
    dictionaries = load_compiled(store)
    sentences = analyse(text)
    explainer = _Explainer(dictionaries, tuple(languages), _lemmas_in(theme))
    bags = [frozenset(token.known.lemma for token in one.tokens) for one in sentences]
    words: list[GlossedWord] = []
    for i, sentence in enumerate(sentences):
        near = frozenset().union(*bags[max(0, i - NEAR) : i + NEAR + 1])
        context = dict.fromkeys(near, NEAR_WEIGHT) | dict.fromkeys(bags[i], 1.0)
        words += explainer.explain(text, sentence, context)
    return tuple(_with_sounds(text, words, dictionaries)) if sounds else tuple(words)


def missing_languages(languages: Sequence[str], store: Path | None = None) -> list[str]:
    """Return those of the languages that no compiled dictionary explains in.

    Raises:
        InputError: The compiled dictionaries are damaged.
    """
    known = {one.about.language for one in load_compiled(store)}
    return [one for one in languages if one not in known]


def _lemmas_in(theme: Sequence[str]) -> frozenset[str]:
    return frozenset(
        token.known.lemma
        for heading in theme
        for sentence in analyse(heading)
        for token in sentence.tokens
    )


class _Explainer:
    """Looks words up for one passage."""

    def __init__(
        self, dictionaries: Sequence[Compiled], languages: tuple[str, ...], theme: frozenset[str]
    ) -> None:
        self._languages, self._theme = languages, theme
        self._english = [one for one in dictionaries if one.language == "en"]
        self._by_language = {
            language: [one for one in dictionaries if one.language == language]
            for language in languages
        }
        self._tagged = lru_cache(maxsize=20_000)(self._tags_of)

    def explain(
        self, text: str, sentence: Sentence, near: Mapping[str, float]
    ) -> Iterator[GlossedWord]:
        """Explain the words of one sentence."""
        words = self._tag(text, sentence)
        context = {**dict.fromkeys(self._theme, THEME_WEIGHT), **near}
        at = 0
        while at < len(words):
            size, term, tag = self._term_at(text, words, at)
            if size:
                glosses = self._of_term(term, tag, words[at : at + size], context)
                span = Span(words[at].token.start, words[at + size - 1].token.end)
                for word in words[at : at + size]:
                    yield _record(word, glosses, term=span, term_lemma=term)
                at += size
            else:
                yield self._single(words[at], context)
                at += 1

    def _of_term(
        self, term: str, tag: str, part: Sequence[_Word], context: Mapping[str, float]
    ) -> dict[str, str | None]:
        """Explain a term; a language that has it not explains its head instead."""
        glosses = self._glosses(term, tag, context, case=_case_of(part))
        if None in glosses.values():
            head = part[0] if tag == "VERB" else part[-1]
            heads = self._glosses(head.lemma, tag, context, head.token.form, case=head.case)
            glosses = {of: gloss or heads[of] for of, gloss in glosses.items()}
        return glosses

    def _single(self, word: _Word, context: Mapping[str, float]) -> GlossedWord:
        if word.tag == "NAME":
            return _record(word, self._of_name(word.lemma, context))
        glosses = self._contracted(word, context) or self._glosses(
            word.lemma, word.tag, context, word.token.form, case=word.case
        )
        return _record(word, glosses)

    def _contracted(
        self, word: _Word, context: Mapping[str, float]
    ) -> dict[str, str | None] | None:
        """Explain "we've" as "we have"; None where a word is no contraction."""
        form = word.token.form
        tail = next((one for one in TAILS if form.endswith(one) and form != one), None)
        if tail is None or form in CONTRACTED:
            return None
        head = form.removesuffix(tail)
        first = self._glosses(small_form(head) or lemmas_of(head)[0], "", context, head)
        second = self._glosses(TAILS[tail], "", context)
        both = {
            of: f"{one} {second[of]}" if one and second[of] else None for of, one in first.items()
        }
        if "en" in both:
            both["en"] = f"{head} {TAILS[tail]}" if TAILS[tail] != "be" else f"{head} (be)"
        return both

    def _is_name(self, token: Token, printed: str) -> bool:
        """Tell a name at the beginning of a sentence: no dictionary has it as a common word."""
        if token.name or not self._english or not printed[:1].isupper() or len(printed) < 2:
            return token.name
        if small_form(token.form) or "'" in token.form.removesuffix("'s"):
            return False
        found = [
            sense.tag
            for one in self._english
            for word in _spellings(token.known.lemma, token.form)
            for sense in one.look_up(word, "")
        ]
        return all(tag == "NAME" for tag in found) and not find_level(token.form)

    def _is_capital(self, form: str) -> bool:
        """Tell whether a small word has a capital in another sense: "in May"."""
        if len(form) < 3 or not small_form(form):
            return False
        return any(sense.capital for one in self._english for sense in one.look_up(form, ""))

    def _of_name(self, lemma: str, context: Mapping[str, float]) -> dict[str, str | None]:
        """Explain a name: by its bearer, or as the common word it is made of ("Congress")."""
        named = [s for one in self._english for s in one.look_up(lemma, "NAME") if s.tag == "NAME"]
        if find_level(lemma) or (frequency_of(lemma).rank <= COMMON_RANK and not named):
            return self._glosses(lemma, "NOUN", context, lemma, case=Case.NAME)
        found: dict[str, str | None] = {}
        meant = _by_far_the_commonest(named)
        for language in self._languages:
            if language == "en":
                found[language] = fitted(meant, lemma) if meant else None
            else:
                found[language] = self._translated(
                    language, lemma, "NAME", context, lemma, meant, case=Case.NAME
                )
        return found

    def _glosses(
        self,
        lemma: str,
        tag: str,
        context: Mapping[str, float],
        form: str = "",
        *,
        case: Case = Case.CAPITAL,
    ) -> dict[str, str | None]:
        small = load_small().get(lemma, {})
        own = small.get(tag) or (next(iter(small.values())) if small and tag not in TAGS else {})
        meant = self._meant(lemma, tag, context, form, case)
        found: dict[str, str | None] = {}
        for language in self._languages:
            if own and language in own:
                found[language] = own[language]
            elif language == "en":
                common = load_common().get((lemma, tag))
                found[language] = common or (fitted(meant, lemma) if meant else None)
            else:
                found[language] = self._translated(
                    language, lemma, tag, context, form, meant, case=case
                )
            if found[language] is None and small:
                found[language] = next(iter(small.values())).get(language)
        return found

    def _meant(
        self, lemma: str, tag: str, context: Mapping[str, float], form: str, case: Case
    ) -> Sense | None:
        for one in self._english:
            for word in _spellings(lemma, form):
                known = of_case(one.look_up(word, tag), case)
                senses = [s for s in known if s.tag != "NAME" or case is Case.NAME]
                if sense := choose_sense(senses or known, tag, context, word):
                    return sense
        return None

    def _translated(
        self, language: str, lemma: str, tag: str, context: Mapping[str, float], form: str,
        meant: Sense | None, *, case: Case,
    ) -> str | None:  # fmt: skip
        for one in self._by_language[language]:
            for word in _spellings(lemma, form):
                senses = agreeing(of_case(one.look_up(word, tag), case), meant, word)
                if sense := choose_translation(senses, tag, context, word, meant):
                    return sense.gloss
        return None

    def _tag(self, text: str, sentence: Sentence) -> list[_Word]:
        """Give each word of a sentence its part of speech and the lemma that goes with it."""
        slots: list[dict[str, float]] = []
        places: list[int] = []
        before = sentence.start
        for token in sentence.tokens:
            if places and _BREAK.search(text, before, token.start):
                slots.append({STOP: 0.0})
            places.append(len(slots))
            printed = text[token.start : token.end]
            if self._is_name(token, printed):
                slots.append({"NAME": 0.0})
            elif len(places) > 1 and printed.istitle() and self._is_capital(token.form):
                slots.append({"NOUN": 0.0})
            else:
                slots.append(dict(self._tagged(token.form)))
            if token.form.endswith("'s") and not small_form(token.form[:-2]):
                slots.append({"DET": 0.0})  # an owner stands as an article does
            before = token.end
        capitals = [text[token.start].isupper() for token in sentence.tokens]
        title = sum(capitals) * 2 > len(capitals)
        path = best_path(slots)
        tags = [path[place] for place in places]
        return [
            _Word(
                token,
                self._lemma(token, tag),
                _as_used(token.form, tag, tags[i + 1 : i + 4]),
                _case(capitals[i], tells=i > 0 and not title),
            )
            for i, (token, tag) in enumerate(zip(sentence.tokens, tags, strict=True))
        ]

    def _tags_of(self, form: str) -> dict[str, float]:
        """Return what a form can be, with how likely each is."""
        base = form.split("'")[0] if form.endswith("'s") else form
        small = small_form(base)
        fine = FINER_SMALL.get(small or "", {})
        found = {fine.get(tag, tag): 1.5 for tag in load_small().get(small or "", ())}
        if small in HELPERS:
            helper = FINER.get(small, "AUX")
            return {helper: 0.0, "NOUN": -2.0} if base in BOTH else {helper: 0.0}
        readings = [
            (tag, lemma, self._likelihood(lemma, tag)) for tag, lemma in _content_tags(base)
        ]
        inflected = any(
            tag == "VERB" and lemma != base and likely and likely >= COUNTED
            for tag, lemma, likely in readings
        )
        for tag, lemma, likely in readings:
            if likely is None or (tag != "VERB" and found.keys() & {"DET", "NUM"}):
                continue  # "some" as an adjective and "one" as a noun say no more
            if inflected and tag != "VERB" and likely <= 0:
                continue  # "growing" is what grows, not what is suitable for growth
            if not small or likely > SMALL_COUNTED or tag in found:
                prior = min(likely * COUNT_SCALE, MAX_PRIOR) - (SMALL_COST if small else 0)
                forms = _verb_forms(base, lemma) if tag == "VERB" else {tag: 0.0}
                for finer, cost in forms.items():
                    found.setdefault(finer, prior - cost)
        return found or {"ADV" if base.endswith("ly") else "NOUN": 0.0}

    def _likelihood(self, lemma: str, tag: str) -> float | None:
        """Return how common a lemma is as this part of speech; None where it is never that."""
        weights = [
            s.weight for one in self._english for s in one.look_up(lemma, tag) if s.tag == tag
        ]
        if weights:
            return math.log(sum(math.exp(min(w, 20.0)) for w in weights))
        known = any(one.look_up(lemma, tag) for one in self._english)
        return None if known or (self._english and tag in ("ADJ", "ADV")) else 0.0

    def _lemma(self, token: Token, tag: str) -> str:
        base = token.form.removesuffix("'s")
        small = small_form(token.form) or small_form(base)
        if base in BOTH and tag == "NOUN":
            return base
        if small and (tag not in TAGS or tag in load_small()[small]):
            return small
        if tag == "NAME":
            return base
        for of, lemma in _content_tags(base):
            if of == tag:
                return lemma
        return token.known.lemma

    def _term_at(self, text: str, words: Sequence[_Word], at: int) -> tuple[int, str, str]:
        """Find the longest term of several words that begins here: its length, lemma, tag."""
        first = words[at]
        begins = {first.token.form, first.lemma}
        known: dict[str, bool] = {}
        for begin in begins:
            known |= dict.fromkeys(small_terms().get(begin, ()), True)
            for one in self._english:
                known |= dict.fromkeys(one.phrases(begin), False) | known
        if not known:
            return 0, "", ""
        for size in range(min(LONGEST_TERM, len(words) - at), 1, -1):
            part = words[at : at + size]
            if _BREAK.search(text, part[0].token.start, part[-1].token.end):
                continue
            if size == 2 and _goes_somewhere(part, words[at + 2 : at + 3], text):
                continue
            for term in _readings(part):
                if term in known and (tag := self._term_tag(term, known[term], part)):
                    return size, term, tag
        return 0, "", ""

    def _term_tag(self, term: str, own: bool, part: Sequence[_Word]) -> str | None:
        """Return a term's part of speech; None where these words are no such term here."""
        if own:
            return next(iter(load_small()[term]))
        if all(small_form(word.token.form) for word in part):
            return None  # "in this" is two words, whatever a dictionary says
        senses = [s for one in self._english for s in one.look_up(term, "")]
        if all(one.capital for one in senses) and _case_of(part) is Case.SMALL:
            return None  # "a good book" is not the Good Book
        tags = {one.tag for one in senses}
        weight = max(one.weight for one in senses)
        names = any(word.tag == "NAME" for word in part)
        if tags == {"NAME"} or names:
            return "NAME" if names and "NAME" in tags else ("NOUN" if tags == {"NOUN"} else None)
        first, last = part[0], part[-1]
        if last.tag == "TO":
            return None  # "going to see" is not going to a place
        tag = next((one for one in ("VERB", "NOUN", "ADJ", "ADV") if one in tags), None)
        if first.tag in ("VERB", "AUX") and "VERB" in tags:
            if first.lemma == "be" or (first.lemma in ("have", "do") and weight < COUNTED):
                return None
            free = last.token.form in FREE_PARTICLES and last.tag in ("ADV", "PREP")
            return "VERB" if free or weight >= COUNTED or last.tag in TAGS[:1] else None
        if "VERB" in tags and len(tags) == 1:
            return None
        if last.tag == "NOUN" and "NOUN" in tags and first.tag in ("NOUN", "ADJ", "NUM"):
            return "NOUN"
        return tag if tag != "NOUN" and weight >= COUNTED else None


def _goes_somewhere(part: Sequence[_Word], after: Sequence[_Word], text: str) -> bool:
    """Tell "came in May" and "went up the hill" from "came in": a place or time follows."""
    verb, particle = part
    if verb.lemma not in MOVING or particle.tag not in ("PREP", "ADV", "TO") or not after:
        return False
    here = not _BREAK.search(text, particle.token.end, after[0].token.start)
    return here and particle.token.form != "to" and after[0].tag in PLACED


def _by_far_the_commonest(named: Sequence[Sense]) -> Sense | None:
    """Return the bearer of a name that is meant without a word more: London, not any Johnson."""
    ordered = sorted(named, key=lambda one: -one.weight)
    if len(ordered) > 1 and ordered[0].weight - ordered[1].weight < RENOWN:
        return None
    return ordered[0] if ordered else None


def _case(capital: bool, *, tells: bool) -> Case:
    return (Case.NAME if tells else Case.CAPITAL) if capital else Case.SMALL


def _case_of(part: Sequence[_Word]) -> Case:
    """Tell how a term is printed: the capital that says most counts."""
    return max((word.case for word in part), key=list(Case).index)


def _verb_forms(form: str, lemma: str) -> dict[str, float]:
    """Tell a verb's participles, with their cost, from its other forms; many are both."""
    if form.endswith("ing") and form != lemma:
        return {PARTICIPLE: ING_COST}
    if (form.endswith("ed") and form != lemma) or form in IRREGULAR:
        return {"VERB": 0.0, PARTICIPLE: 0.0}
    return {"VERB": 0.0}


def _as_used(form: str, tag: str, after: Sequence[str]) -> str:
    """Tell "have gone" from "have a house": a helper where a verb follows."""
    if small_form(form) not in HELPERS or tag == "NOUN":
        return tag
    for follows in after:
        if follows in ("VERB", "AUX"):
            return "AUX"
        if follows not in ("ADV", "PRON"):
            break
    return "VERB"


@lru_cache(maxsize=50_000)
def _content_tags(form: str) -> tuple[tuple[str, str], ...]:
    """Return the open parts of speech that a form can have, each with its lemma."""
    import lemminflect

    if not form.isascii() or not 1 < len(form) <= 40:
        return (("NOUN", form),)
    form = _OLD_WORDS.get(form, form)
    found = {tag: lemmas[0] for tag, lemmas in lemminflect.getAllLemmas(form).items()}
    for tag in TAGS:  # a headword of its own: "meeting", "born"
        if tag not in found and tag != "VERB":
            found[tag] = form
    if "VERB" not in found and (verb := old_verb(form) or _inflected_verb(form)):
        found["VERB"] = verb
    return tuple((tag, lemma.lower()) for tag, lemma in found.items() if tag in TAGS)


def _inflected_verb(form: str) -> str | None:
    """Return the verb of a form that the tables of inflections lack: "superseded"."""
    lemma = lemmas_of(form)[0]
    return lemma if form.endswith(("ed", "ing")) and lemma != form else None


def _spellings(lemma: str, form: str) -> list[str]:
    """Return what to look up, in order: the lemma, the form, other lemmas, British and American."""
    bare = form.removesuffix("'s").removesuffix("'")
    tried = [lemma, bare, *(lemmas_of(bare) if bare else ())]
    for word in (lemma, bare):
        tried += [
            word.replace(british, american) for british, american in _SPELT if british in word
        ]
        if "'" in word:
            tried += [lemmas_of(word)[0], word.replace("'", "e"), word.replace("'", "v")]
    return [one for one in dict.fromkeys(tried) if one]


_OLD_WORDS = {
    "alway": "always", "armourbearer": "squire", "chiefest": "chief", "cloke": "cloak",
    "fulness": "fullness", "grandam": "grandmother", "grandsire": "grandfather",
    "mongst": "amongst", "publickly": "publicly", "stedfast": "steadfast",
    "stedfastly": "steadfastly", "stedfastness": "steadfastness", "st": "saint",
    "thenceforward": "thereafter", "throughly": "thoroughly", "treaders": "treader",
    "tween": "between", "unthankfulness": "ingratitude", "winefat": "vat", "pressfat": "vat",
    "wot": "know", "yond": "yonder", "shewbread": "bread", "musick": "music", "publick": "public",
    "intreat": "entreat", "subtil": "subtle", "chuse": "choose",
}  # fmt: skip
"""Older words and spellings that no dictionary has, with one that it has."""
_SPELT = (
    ("our", "or"),
    ("ise", "ize"),
    ("isa", "iza"),
    ("ence", "ense"),
    ("re", "er"),
    ("ll", "l"),
)
"""British → American endings, tried where a dictionary has only the other."""


def _readings(part: Sequence[_Word]) -> list[str]:
    """Spell a run of words as a dictionary may have it: by forms, by lemmas, first or last only."""
    forms = [word.token.form for word in part]
    lemmas = [word.lemma for word in part]
    ways = (forms, [lemmas[0], *forms[1:]], [*forms[:-1], lemmas[-1]], lemmas)
    return list(dict.fromkeys(" ".join(way) for way in ways))


def _record(
    word: _Word,
    glosses: dict[str, str | None],
    *,
    term: Span | None = None,
    term_lemma: str | None = None,
) -> GlossedWord:
    tag = word.tag if word.tag in TAGS else None
    name = word.tag == "NAME"
    level = None if name else find_level(word.token.form, tag=tag)
    return GlossedWord(
        span=Span(word.token.start, word.token.end),
        lemma=word.lemma,
        tag=word.tag,
        level=LEVELS[level - 1] if level else None,
        name=name,
        term=term,
        term_lemma=term_lemma,
        glosses=glosses,
    )


def _with_sounds(
    text: str, words: Sequence[GlossedWord], dictionaries: Sequence[Compiled]
) -> Iterator[GlossedWord]:
    forms = [text[one.span.start : one.span.end].lower().replace("’", "'") for one in words]
    sounds = [sound_of(form, one.tag, dictionaries) for form, one in zip(forms, words, strict=True)]
    others = spoken(form for form, ipa in zip(forms, sounds, strict=True) if ipa is None)
    for word, form, ipa in zip(words, forms, sounds, strict=True):
        yield replace(word, ipa=ipa or others.get(form))
