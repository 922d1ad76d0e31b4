"""Running prose: direct quotations with the words that say who speaks, and block quotes.

Four words or more in marks are a passage, fewer only when they stand as an utterance; the rest
are mentions (titles, irony, words as words) and leave with that reason. “…,” she said, “…” is
one passage in two spans. A speaker is taken from the words beside the quotation, from its
sentence, or from the quotation before it in the same paragraph; never from the page's owner.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

from chrestomathy.lift import asian
from chrestomathy.lift.asian import asian_cue, count_words, is_asian, is_counted
from chrestomathy.lift.attribution import attribution_of, parse_claim
from chrestomathy.lift.blockquotes import lift_block_quotes
from chrestomathy.lift.cast import Said
from chrestomathy.lift.chunk import Chunk
from chrestomathy.lift.clauses import CONTEXT, SENTENCE_END, sentence_start
from chrestomathy.lift.conversations import Inferred, infer_speakers
from chrestomathy.lift.cues import (
    SAYING,
    Cue,
    Telling,
    cue_after,
    cue_before,
    cue_inside,
    cue_within,
    said_behind,
)
from chrestomathy.lift.dates import FoundDate, find_dates
from chrestomathy.lift.dialogues import lift_dialogues
from chrestomathy.lift.directions import without_directions
from chrestomathy.lift.draft import NO_CLAIM, Draft, Drafts, Dropped
from chrestomathy.lift.fragments import (
    MAX_PHRASE,
    goes_on,
    is_cited,
    is_fragment,
    is_phrase,
    is_title,
    reports_at_all,
    title_case,
)
from chrestomathy.lift.italics import lift_italics
from chrestomathy.lift.kinds import kind_in
from chrestomathy.lift.layout import Paragraph
from chrestomathy.lift.lexicon import CAPITALS, UNCASED
from chrestomathy.lift.lexicon.fragments import MOOD
from chrestomathy.lift.listings import is_listed, is_program, program_signs
from chrestomathy.lift.patterned import patterned_cue, patterns_for
from chrestomathy.lift.pronouns import resolve
from chrestomathy.lift.reported import lift_reported
from chrestomathy.lift.speakers import is_role
from chrestomathy.lift.stories import (
    is_announced,
    is_name,
    is_narrators,
    is_retold,
)
from chrestomathy.records import Attribution, PassageFlag, Span
from chrestomathy.settings import LiftSettings
from chrestomathy.textkit.marks import ALL_MARKS, Quotation, is_tokenised, quotations

MAX_GAP = 140
"""Longest "she said" between two pieces of one quotation, in characters; chosen by hand."""
CLAUSE = 160
"""How far behind a cue its clause may name a kind of source and a date, in characters."""
MANY = 20
"""Quotations of one paragraph, above which their windows overlap so much that `Telling` pays."""
MIN_STORY = 5
STORY_SHARE = 0.12
"""Fewest quotations of a story, and the least share that ends with "?" or "!": novels have a sixth
or more, news and interviews printed as news under a tenth."""
DIALOGUE_SHARE = 0.35
"""Paragraphs that begin with a mark, over all: from here on a text is dialogue."""

_LETTER = r"\w\u0900-\u0dff"
_WORD = re.compile(rf"[{_LETTER}]+(?:[’'-]\w+)*")
"""A word, with the vowel signs of Indian scripts, which are no letters to Python."""
_UNCASED = re.compile(f"[{UNCASED}]")
_BULLET = re.compile(r"[^\S\n]*(?:[•·*▪●○►‣–-]|\d{1,3}[.)])[^\S\n]*")
_AND = re.compile(r"\b(?:and|but|while|whereas|und|aber|et|mais|y|pero|e|ma|och|men|en|i|а|и|но)\b")
_TELLER = re.compile(rf"\s?[,–—]\s[^\W\d_{CAPITALS}]")
_BARE_NUMBER = re.compile(r"\d(?<![\w.,]\d)\d*+(?![\w.,])")
"""The numbers of "« previous 1 2 3 next »", which say nothing; not "3,210 victims"."""
_ALNUM = re.compile(r"[^\W_]")
_NAMED_LEAD = re.compile(rf"\s*[{CAPITALS}][\w’'-]+\.?\s[{CAPITALS}][\w’'-]+\b")
"""A sentence that begins with a name of two words."""
_BRACKETS = re.compile(r"\s?(?P<source>\([^()\n]{4,90}\))")
_DATED_LEAD = re.compile(
    r"""
    (?:On|In|Am|Im|Le|El|Il|Em|No|Op|В)?\s?(?:\w{1,12}\.?\s){0,2}?\d      # "On May 3, 2011, …"
    | (?:Speaking|Talking|Addressing|Writing)\s                       # "Speaking at Ulm on …"
    | (?:In|At|During|Dans|Lors|In\ einem|En)\ (?:an?|his|her|their|the|une?|der|einer)\s
      (?:\w+\s){0,2}?(?:speech|letter|interview|address|lecture|statement|message|sermon|report
      |discours|lettre|entretien|Rede|Brief|Interview|discurso|carta|entrevista)\b
    """,
    re.VERBOSE,
)
"""How a sentence begins whose date is the day of the words, and not of what they speak of."""
SURE_SOURCE = 0.6
"""Least score of a source in brackets; chosen by hand."""
_FINAL = frozenset(".!?…—–-。！？")
PROGRAM = "marks of a program: nobody says what they hold"
RETOLD = "retold in the narrator's person and tense: indirect speech, given with --indirect"
FRAGMENT = 0.5
"""Most confidence in a few words that a sentence quotes; chosen by hand."""


@dataclass(slots=True)
class _Found:
    """A quotation, or several pieces of one, with what was found beside it."""

    start: int
    end: int
    spans: list[Span]
    paragraph: int
    closed: bool
    cue: Cue | None = None
    inherited: bool = False
    words: int = 0
    """Its words, counted only as far as it matters how many they are."""
    utterance: bool = False
    fragment: bool = False
    """A few words that a sentence quotes; its marks may also keep a distance."""
    retold: bool = False
    """The narrator retells it within the marks: indirect speech."""
    inferred: Inferred | None = None


@dataclass(slots=True)
class _Prose:
    text: str
    settings: LiftSettings
    blocks: Sequence[Paragraph]
    ends: Sequence[int]
    """Where the paragraphs end."""
    found: list[_Found] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    fragments: list[_Found] = field(default_factory=list)
    dialogue: bool = False
    language: str | None = None
    story: bool = False
    """People ask and exclaim, as they seldom do in the quotations of news."""

    @property
    def enough(self) -> int:
        """Return how many words are as good as any number."""
        return max(MAX_PHRASE, 2 * self.settings.min_quote_words)

    @property
    def narrates(self) -> bool:
        """Tell whether it is an English story, whose narrator's words can be told by tables."""
        return self.story and (self.language or "en").startswith("en")

    @property
    def foreign(self) -> bool:
        """Tell whether it is known to be in another language than English."""
        return self.language is not None and not self.language.startswith("en")

    @property
    def talks(self) -> bool:
        """Tell whether the text has conversations, each turn a paragraph of its own."""
        return self.dialogue and self.story


def lift_prose(
    text: str,
    blocks: Sequence[Paragraph],
    chunks: Sequence[Chunk],
    settings: LiftSettings,
    language: str | None = None,
) -> Drafts:
    """Lift block quotes and direct quotations from running prose; on demand what is reported."""
    quoted, taken = lift_block_quotes(text, chunks)
    running = [
        block
        for block in blocks
        if block.kind not in ("heading", "attribution", "table") and block.start not in taken
    ]
    page = _Prose(text, settings, running, [block.end for block in running], language=language)
    spans = [(block.start, block.end) for block in running]
    by_paragraph = _by_paragraph(quotations(text, spans), running)
    begun = sum(held[0].start == running[i].start for i, held in by_paragraph.items())
    page.dialogue = begun >= 5 and begun >= DIALOGUE_SHARE * len(running)
    page.story = _is_story(text, by_paragraph)
    signs = program_signs(text)
    for i, held in by_paragraph.items():
        start, end = running[i].start, running[i].end
        coded = bisect_left(signs, start) < bisect_left(signs, end)
        if coded and is_program(text[start:end]):
            page.dropped += [Dropped(Span(one.start, one.end), PROGRAM) for one in held]
            continue
        _read_paragraph(page, running[i], i, held)
    _inherit_over_paragraphs(page, running)
    _drop_phrases(page)
    _infer(page)
    drafts = [_draft(page, one, running) for one in _direct(page)]
    longer = [*quoted.passages, *_outside(lift_reported(text, running), drafts)]
    spoken = lift_dialogues(text, running)
    if len(spoken) <= 2 * len(drafts):
        told = [one for one in spoken if one.attribution.span is not None]
        spoken = [] if is_tokenised(text) else told
    longer += _outside(spoken, longer)
    direct = [*longer, *_outside(drafts, longer)]
    direct += _outside(lift_italics(text, running), direct)
    lifted = _with_reports(page, direct) if settings.indirect else direct
    fragments = [_draft(page, one, running) for one in page.fragments]
    passages = sorted([*lifted, *_outside(fragments, lifted)], key=lambda one: one.spans[0])
    return Drafts(tuple(passages), (*quoted.dropped, *page.dropped))


def _direct(page: _Prose) -> list[_Found]:
    """Leave out what is only retold within its marks, unless indirect speech is asked for."""
    if page.settings.indirect:
        return page.found
    page.dropped += [Dropped(Span(one.start, one.end), RETOLD) for one in page.found if one.retold]
    return [one for one in page.found if not one.retold]


def _with_reports(page: _Prose, direct: Sequence[Draft]) -> list[Draft]:
    """Add what is reported without marks: in English by the tagger, else by rules."""
    from chrestomathy.lift.indirect import lift_indirect  # only here is numpy needed

    text, blocks, model = page.text, page.blocks, page.settings.model
    if not model and (page.language or "").split("-")[0].lower() != "en":
        return [*direct, *lift_indirect(text, blocks, direct, _names(page))]
    from chrestomathy.lift.attributed import lift_attributed
    from chrestomathy.lift.tagger import load_model

    def claim(cue: Cue, number: int) -> tuple[Attribution, list[PassageFlag]]:
        return _attribution(page, cue, blocks, number)

    found = lift_attributed(text, blocks, direct, load_model(model), claim, _names(page))
    return [*found, *lift_indirect(text, blocks, found, _names(page), whole=True)]


def _names(page: _Prose) -> frozenset[int]:
    """List where marks begin that hold a name, which has a capital, and nothing said."""
    marks = "".join(ALL_MARKS)
    dropped = [one.span for one in page.dropped]
    return frozenset(a for a, b in dropped if page.text[a:b].lstrip(marks)[:1].isupper())


def _is_story(text: str, by_paragraph: Mapping[int, Sequence[Quotation]]) -> bool:
    """Tell a story from news: many quotations end with a question or an exclamation."""
    ends = [text[one.pieces[-1].end - 1] for held in by_paragraph.values() for one in held]
    raised = sum(end in "?!" for end in ends)
    return len(ends) >= MIN_STORY and raised >= STORY_SHARE * len(ends)


def _outside(drafts: Sequence[Draft], others: Sequence[Draft]) -> list[Draft]:
    """Keep the quotations that begin in none of the longer passages."""
    held = sorted((one.spans[0].start, one.spans[-1].end) for one in others)
    starts = [start for start, _ in held]

    def inside(one: Draft) -> bool:
        i = bisect_right(starts, one.spans[0].start) - 1
        return i >= 0 and one.spans[0].start < held[i][1]

    return [one for one in drafts if not inside(one)]


def _by_paragraph(
    found: Sequence[Quotation], blocks: Sequence[Paragraph]
) -> dict[int, list[Quotation]]:
    """Sort the outer quotations by the paragraph that they begin in."""
    held: dict[int, list[Quotation]] = {}
    i = 0
    for one in found:
        if one.depth or not one.pieces:
            continue
        while i + 1 < len(blocks) and one.start >= blocks[i].end:
            i += 1
        held.setdefault(i, []).append(one)
    return held


def _read_paragraph(page: _Prose, block: Paragraph, number: int, held: Sequence[Quotation]) -> None:
    """Find the cues of a paragraph's quotations, join pieces, let the rest inherit."""
    text = page.text
    reach = max(block.end, held[-1].end + CONTEXT)
    telling = Telling(text, block.start, reach) if len(held) > MANY else None
    enough = page.enough
    last: _Found | None = None
    edge = block.start  # where the narration begins again: mentions belong to it
    for i, one in enumerate(held):
        left = held[i - 1].end if i else block.start
        right = held[i + 1].start if i + 1 < len(held) else block.end
        if right < one.end:  # it went on over paragraphs, and its cue may stand in the last
            right = page.ends[bisect_left(page.ends, one.end)] if page.ends else one.end
        found = _Found(one.start, one.end, list(one.pieces), number, one.closed)
        found.spans = without_directions(text, found.spans)
        found.words = _count_words(text, one, enough)
        if last is not None and _joins(page, last, held[i - 1], one, left):
            last.spans += found.spans
            last.end, last.closed = one.end, last.closed and one.closed
            last.words += found.words
            edge = one.end
            continue
        found.cue = _cue(page, one, edge, right, telling)
        if found.cue is None and one.start == block.start and number:
            found.cue = _announced(text, page.blocks[number - 1])
        _take_out_incise(page, found)
        found.utterance = _is_utterance(text, one, left, found.cue) or (
            page.story and _stands_alone(text, one, left, right)
        )
        if _is_fragment(page, block, one, found):
            page.fragments.append(found)
            continue
        if _is_mention(page, one, found, first=last is None) or _is_title(page, block, one, found):
            page.dropped.append(
                Dropped(Span(one.start, one.end), _mention(_count_words(text, one)))
            )
            continue
        narrated = page.narrates and one.start > block.start and (last is None or last.cue is None)
        found.retold = (
            narrated
            and one.closed
            and is_retold(text, one.pieces[0], found.cue, first=last is None)
        )
        if found.cue is None and last is not None and not _told_apart(page, one, left):
            _inherit(text, last, found, left)
        page.found.append(found)
        last, edge = found, one.end


def _cue(
    page: _Prose, one: Quotation, left: int, right: int, telling: Telling | None
) -> Cue | None:
    """Find who speaks: right behind, right before, or elsewhere in the sentence."""
    text = page.text
    first = one.pieces[0].start
    if is_asian(text, first):
        return asian_cue(text, one.start, one.end, left, right) if one.closed else None
    if text[first] >= "\u0590" or page.language == "tr":
        patterns = patterns_for(text, *one.pieces[0], page.language)
        if patterns is not None:
            return patterned_cue(text, Span(one.start, one.end), left, right, patterns)
    ends = text[one.pieces[-1].end - 1]
    after = None
    if one.closed:
        after = cue_after(text, one.end, right, ends=ends, any_verb=page.foreign)
    sentence = sentence_start(text, left, one.start)
    line = text.rfind("\n", sentence, one.start) + 1
    if line and _BULLET.fullmatch(text, line, one.start):
        sentence = one.start  # an item of a list: what stands above does not lead to it
    before = cue_before(text, sentence, one.start, telling=telling)
    introduced = before is not None and text[sentence : one.start].rstrip().endswith((",", ":"))
    if before is not None and before.near and introduced and (after is None or ends != ","):
        return before
    if after is not None:
        return after
    if before is not None:
        return before
    if ends in ".!?" and text[one.start - 1 : one.start].isspace() and sentence == one.start:
        return None
    within = cue_within(text, sentence, one.start, telling=telling)
    if within is None and ends not in ".!?":
        stop = SENTENCE_END.search(text, one.end, min(right, one.end + 2 * CONTEXT))
        last = min(stop.end() if stop else right, one.end + CONTEXT)
        within = cue_within(text, one.end, last, telling=telling)
    return within


def _take_out_incise(page: _Prose, found: _Found) -> None:
    """Split a quotation at the "— said X —" that some languages print within its marks."""
    if len(found.spans) != 1 or page.language in (None, "en"):
        return
    (whole,) = found.spans
    inside = cue_inside(page.text, *whole)
    if inside is not None:
        found.cue, gap = inside
        found.spans = [Span(whole.start, gap.start), Span(gap.end, whole.end)]


def _announced(text: str, block: Paragraph) -> Cue | None:
    """Find the speaker in a paragraph that does not end: "The judge added:"."""
    end = block.start + len(text[block.start : block.end].rstrip())
    if end == block.start or text[end - 1] in '.!?…"”»’)':
        return None
    cue = cue_before(text, sentence_start(text, block.start, end), end)
    return cue if cue and (cue.near or text[end - 1] in ":：") else None


def _joins(page: _Prose, last: _Found, before: Quotation, one: Quotation, left: int) -> bool:
    """Tell whether a quotation goes on with the one before: “…,” she said, “…”."""
    gap = page.text[last.end : one.start]
    if last.end == left and one.pieces and is_asian(page.text, one.pieces[0].start):
        return asian.goes_on(page.text, before, one)
    if last.cue is None or last.end != left or len(gap) > MAX_GAP or not one.pieces:
        return False
    if last.cue.side != "after" or last.cue.speaker.end > one.start:
        return False
    first = page.text[one.pieces[0].start]
    ends = page.text[last.spans[-1].end - 1]
    tail = gap.rstrip()
    if (m := _AND.search(gap)) and not SAYING.isdisjoint(_WORD.findall(gap, m.end())):
        return False  # “…,” said A, and B asked them “to leave”
    if not (tail.endswith((",", "—", "–", ";")) or (ends in ",—–-" and first.islower())):
        return False
    # “…,” she said. As Holt put it, “…”: two sentences, two quotations
    return sentence_start(page.text, last.end, one.start) == last.end


def _told_apart(page: _Prose, one: Quotation, left: int) -> bool:
    """Tell whether somebody else may be told of beside words, whom no table finds.

    So it is behind a colon without a verb of saying; in another language than English also before
    a comma and a word in lower case, or in another sentence of a script without capitals.
    """
    text = page.text
    lead = text[left : one.start]
    led = lead.rstrip().endswith(":") and SAYING.isdisjoint(_WORD.findall(lead))
    if not page.foreign:
        return led
    if _is_uncased(text[one.pieces[0].start]):
        return sentence_start(text, left, one.start) > left
    return led or (_TELLER.match(text, one.end) is not None and not said_behind(text, one.end))


def _inherit(text: str, last: _Found, found: _Found, left: int) -> None:
    """Let a quotation without a cue have the speaker of the one before it."""
    if last.cue is None or last.end > found.start:
        return
    between = text[left : found.start]
    apart = "\n" if is_asian(text, found.spans[0].start) else "\n\n"
    if len(between) > 2 * MAX_GAP or apart in between:
        return
    if not _NAMED_LEAD.match(text, sentence_start(text, left, found.start), found.start):
        found.cue, found.inherited = last.cue, True  # nobody else is about to speak


def _inherit_over_paragraphs(page: _Prose, blocks: Sequence[Paragraph]) -> None:
    """Let a paragraph that is one quotation go on with the speaker before it, in news."""
    if page.dialogue:
        return
    for last, one in pairwise(page.found):
        block = blocks[one.paragraph]
        whole = one.start == block.start and one.end >= block.end - 1
        if whole and one.cue is None and last.cue and one.paragraph == last.paragraph + 1:
            one.cue, one.inherited = last.cue, True


def _infer(page: _Prose) -> None:
    """Let a novel's conversation tell who speaks where no name stands beside the words."""
    if not page.talks:
        return
    said = [
        Said(one.start, one.end, one.spans, one.paragraph, None if one.inherited else one.cue)
        for one in page.found
    ]
    for i, inferred in infer_speakers(page.text, page.blocks, said).items():
        page.found[i].inferred = inferred


def _is_utterance(text: str, one: Quotation, left: int, cue: Cue | None) -> bool:
    """Tell whether a few words in marks are said by someone, like “Yes”."""
    first, ends = text[one.pieces[0].start], text[one.pieces[-1].end - 1]
    before = text[left : one.start].rstrip()
    if is_asian(text, one.pieces[0].start):
        told = cue is not None and cue.near and ends in "。！？…"
        return told or asian.is_speech(text, one.start, one.end)
    if _is_uncased(first):
        return cue is not None and cue.near  # a script without capitals
    alone = not before or before[-1] in ',:.!?…—–-)”"»'
    if alone and first.isupper() and said_behind(text, one.end):
        return True
    if ends == "," and first.isupper() and (not before or before[-1] in '.!?”"('):
        return True
    if not (first.isupper() or first in "—–-…'’¿¡_" or first.isdigit()) and before:
        return False
    said = cue is not None and cue.near
    if cue is not None and cue.near and cue.side == "before" and ends in ".!?" and first.isupper():
        return True  # 'the Queen said "Turn them over!"'
    return alone and (ends in _FINAL or said)


def _is_uncased(letter: str) -> bool:
    """Tell whether a letter is of a script without capitals that parts its words."""
    return letter >= "\u0590" and _UNCASED.match(letter) is not None


def _stands_alone(text: str, one: Quotation, left: int, right: int) -> bool:
    """Tell whether words are a sentence by themselves, or the narrator breaks in with a dash."""
    before, after = text[left : one.start].rstrip(), text[one.end : right].lstrip()
    ends = text[one.pieces[-1].end - 1]
    if not text[one.pieces[0].start].isupper() and ends not in "!?":
        return False
    begins = not before or before[-1] in ".!?" or before.isupper()
    alone = begins and (not after or after.startswith(("--", "—", "–", "(")) or ends in "!?")
    return alone or is_announced(text, one.start)


def _is_fragment(page: _Prose, block: Paragraph, one: Quotation, found: _Found) -> bool:
    """Tell whether a sentence quotes a few words, by itself or beside those before them."""
    if page.dialogue or found.utterance or not 0 < found.words < page.settings.min_quote_words:
        return False
    last = page.fragments[-1] if page.fragments else None
    beside = last is not None and last.end > block.start
    if last is not None and beside and goes_on(page.text[last.end : one.start], page.language):
        found.cue = found.cue or last.cue
        found.fragment = one.closed and page.text[one.pieces[0].start].islower()
    if not found.fragment:
        sentence = _sentence(page.text, block, one)
        found.fragment = is_fragment(page.text, one, sentence, found.cue, page.language)
    return found.fragment


def _is_title(page: _Prose, block: Paragraph, one: Quotation, found: _Found) -> bool:
    """Tell whether words in marks are a name that the sentence runs into."""
    if page.dialogue or found.utterance:
        return False
    sentence = _sentence(page.text, block, one)
    return is_title(page.text, one, sentence, found.cue, page.language)


def _sentence(text: str, block: Paragraph, one: Quotation) -> Span:
    """Find the sentence that a quotation stands in, within its paragraph."""
    start = sentence_start(text, block.start, one.start)
    stop = SENTENCE_END.search(text, one.end, min(block.end, one.end + CONTEXT))
    end = stop.start() if stop else min(block.end, one.end + CONTEXT)
    return Span(start, max(end, one.end))


def _is_mention(page: _Prose, one: Quotation, found: _Found, *, first: bool) -> bool:
    """Tell whether marks hold a title, a word as a word, irony, code: nothing said."""
    text = page.text
    block = page.blocks[found.paragraph]
    if found.words == 0 or is_listed(text, one, Span(block.start, block.end)):
        return True
    if is_cited(text, one.start):
        return True
    if found.cue is None and is_asian(text, one.pieces[0].start) and not found.utterance:
        return not _alone(text, one, block)
    numbers = len(_BARE_NUMBER.findall(text, *one.pieces[0]))
    if numbers and 2 * numbers > _count_words(text, one):
        return True
    if found.words < page.settings.min_quote_words:
        return not (found.utterance and one.closed)
    if not one.closed and found.words < 2 * page.settings.min_quote_words:
        return True
    words = one.pieces[0]
    if is_name(text, words, one.start):
        return True
    if page.narrates and is_narrators(text, words, one.start, found.cue, first=first):
        return True
    if found.cue is not None and found.cue.near:
        return False
    return title_case(text[slice(*one.pieces[0])]) or (page.story and _is_phrase(text, found))


def _alone(text: str, one: Quotation, block: Paragraph) -> bool:
    """Tell whether words in marks are all that a paragraph says."""
    beside = _ALNUM.search(text, block.start, one.start) or _ALNUM.search(text, one.end, block.end)
    return beside is None


def _is_phrase(text: str, found: _Found) -> bool:
    """Tell whether marks hold a phrase that nobody in its sentence says: “the girl’s room”."""
    before = text[max(0, found.start - 4) : found.start]
    short = found.words < MAX_PHRASE and len(found.spans) == 1
    return found.cue is None and short and is_phrase(text, found.spans[0], before)


def _drop_phrases(page: _Prose) -> None:
    """Leave out phrases in lower case where the whole text reports nothing.

    Not in German, where words without a capital are no name or term.
    """
    if (
        page.story
        or (page.language or "")[:2] in MOOD
        or any(one.cue is not None for one in page.found)
    ):
        return
    phrases = {one.start for one in page.found if _is_phrase(page.text, one)}
    if not phrases or reports_at_all(page.text, page.language):
        return
    page.dropped += [
        Dropped(Span(one.start, one.end), _mention(one.words))
        for one in page.found
        if one.start in phrases
    ]
    page.found = [one for one in page.found if one.start not in phrases]


def _count_words(text: str, one: Quotation, enough: int = sys.maxsize) -> int:
    """Count the words in marks, no further in a piece than to where there are enough."""
    count = 0
    for start, end in one.pieces:
        if is_counted(text, start):
            count += count_words(text, start, end)
            continue
        many = end - start > 2 * enough and _many(enough).match(text, start, end)
        count += enough if many else len(_WORD.findall(text, start, end))
    return count


@lru_cache(maxsize=8)
def _many(enough: int) -> re.Pattern[str]:
    """Match so many words at once, which is quicker than to count them."""
    return re.compile(rf"(?:[^{_LETTER}]*+[{_LETTER}]++(?:[’'-]\w++)*+){{{enough}}}")


def _mention(words: int) -> str:
    count = "no word" if not words else f"{words} word{'s' * (words > 1)}"
    return f"mention or scare quotes: {count} in marks, given as nobody's speech"


def _draft(page: _Prose, one: _Found, blocks: Sequence[Paragraph]) -> Draft:
    """Make a draft of a quotation and its cue."""
    flags: list[PassageFlag] = []
    marks = "fragment" if one.fragment else "marks"
    attribution, rule, confidence = NO_CLAIM, marks, 0.6
    if one.cue is not None:
        attribution, extra = _attribution(page, one.cue, blocks, one.paragraph)
        flags += extra
        rule = f"{marks}+cue-{one.cue.side}" + ("+inherited" if one.inherited else "")
        confidence = 0.6 if one.inherited else 0.92 if one.cue.near else 0.7
        if one.inherited:
            flags.append("attribution-shared")
    elif (source := _source_behind(page.text, one)) is not None:
        attribution, rule, confidence = source, "marks+source-in-brackets", 0.85
    else:
        flags.append("no-attribution")
    if one.inferred is not None:
        attribution, flags = _with_inferred(page.text, attribution, one.inferred)
        rule = f"{rule}+{one.inferred.rule}"
        confidence = one.inferred.confidence
    if not one.closed:
        flags.append("unclosed-mark")
        confidence -= 0.2
    if one.fragment:
        flags.append("scare-quote")
        confidence = min(confidence, FRAGMENT)
    return Draft(
        spans=tuple(one.spans),
        mode="indirect" if one.retold else "direct",
        rule=f"{rule}+retold" if one.retold else rule,
        confidence=round(confidence, 2),
        attribution=attribution,
        flags=tuple(flags),
    )


def _lead(text: str, blocks: Sequence[Paragraph], cue: Cue) -> str:
    """Return what its sentence says before a cue: "On May 3, 2011, at the Forum, she said:"."""
    if cue.side != "before":
        return ""
    at = bisect_right(blocks, cue.clause.start, key=attrgetter("start")) - 1
    if at < 0:
        return ""
    return text[sentence_start(text, blocks[at].start, cue.clause.start) : cue.clause.start]


def _source_behind(text: str, one: _Found) -> Attribution | None:
    """Read the source in brackets behind a quotation: “…” (Holt 1998, p. 41), “…” (Tobit 6:3)."""
    m = _BRACKETS.match(text, one.end) if one.closed else None
    claim = parse_claim(m["source"]) if m is not None else None
    if m is None or claim is None or claim.score < SURE_SOURCE:
        return None
    if not (claim.date or claim.locus) or not (claim.speaker or claim.work):
        return None
    return attribution_of(claim, m["source"], m.start("source"))


def _with_inferred(
    text: str, claimed: Attribution, inferred: Inferred
) -> tuple[Attribution, list[PassageFlag]]:
    """Add the name that a conversation gave; a pronoun keeps its place."""
    speaker = " ".join(text[slice(*inferred.name)].split())
    if claimed.speaker_span is not None:
        return replace(claimed, speaker=speaker), ["pronoun-resolved"]
    return Attribution(speaker=speaker, speaker_span=inferred.name), ["attribution-shared"]


_YEAR = re.compile(r"[\d年년〇一二](?:(?<!\d)|\d\d)")


def _whole_dates(clause: str) -> list[FoundDate]:
    """Find the dates of a clause that are more than a year."""
    if not _YEAR.search(clause):
        return []
    return [one for one in find_dates(clause) if one.role == "date" and not one.bare]


def _attribution(
    page: _Prose, cue: Cue, blocks: Sequence[Paragraph], number: int
) -> tuple[Attribution, list[PassageFlag]]:
    """Make the claim of a cue: the speaker as printed, kind and date where the clause has them.

    In a conversation ``conversations`` says whom a pronoun means.
    """
    text = page.text
    printed = " ".join(text[slice(*cue.speaker)].split())
    speaker: str | None = printed
    flags: list[PassageFlag] = []
    if cue.pronoun:
        speaker = None
        back = blocks[max(0, number - 1)].start
        back = max(back, cue.speaker.start - CONTEXT)
        found = None if page.talks else resolve(printed, text[back : cue.speaker.start])
        if found:
            speaker = " ".join(text[back + found[0] : back + found[1]].split())
        flags.append("pronoun-resolved" if speaker else "pronoun-unresolved")
    elif is_role(printed):
        flags.append("role-only")
    last = min(blocks[number].end, cue.clause.end + CLAUSE)
    stop = SENTENCE_END.search(text, cue.clause.end, last)
    clause = text[cue.clause.start : stop.start() if stop else max(last, cue.clause.end)]
    dates = _whole_dates(clause)
    lead = _lead(text, blocks, cue)
    if not dates and _DATED_LEAD.match(lead):
        dates = _whole_dates(lead)
    raw = text[slice(*cue.clause)]
    return (
        Attribution(
            speaker=speaker,
            speaker_span=cue.speaker,
            kind=kind_in(clause) or (kind_in(lead) if lead else None),
            date=dates[0].edtf if len(dates) == 1 else None,
            raw=raw.strip(),
            span=cue.clause,
        ),
        flags,
    )
