"""Who speaks in a novel's conversation where no name stands beside the words.

Quotations of one paragraph are one turn. Names beside other turns, pronouns, who was addressed
and the taking of turns tell the rest, each by a rule that the passage names. Every rule says
nobody where two could be meant, and nothing here is asked of news, where a quotation without a
cue goes on with the speaker before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from chrestomathy.lift.cast import Cast, Said
from chrestomathy.lift.cues import Cue
from chrestomathy.lift.layout import Paragraph
from chrestomathy.lift.lexicon import words_of
from chrestomathy.lift.lexicon.speech import FEMALE, MALE
from chrestomathy.records import Span

FAR = 1500
"""How far back a pronoun's name is looked for in a conversation, in characters; by hand."""
CLOSE = 400
"""How far back the subjects of sentences go before other names, in characters; by hand."""
LAST_SENTENCE = 300
"""Longest sentence of narration that introduces a turn, in characters; by hand."""
SURE = {
    "paragraph": 0.6,
    "beside": 0.6,
    "announced": 0.6,
    "pronoun": 0.6,
    "addressed": 0.65,
    "turn": 0.6,
}
"""Confidence by rule, below that of a speaker who is named: docs/heuristics, "stories"."""


class Inferred(NamedTuple):
    """A speaker who is not named beside the quotation, and the rule that found the name."""

    name: Span
    rule: str
    confidence: float


@dataclass(slots=True)
class _Turn:
    """The quotations of one paragraph."""

    said: list[int]
    first: int
    last: int
    """First and last paragraph."""
    start: int
    end: int
    cue: Cue | None = None
    who: int | None = None
    """Number in the cast; ``NARRATOR`` for "I"."""
    rule: str = "cue"
    gender: str = ""
    addressed: frozenset[int] = frozenset()


NARRATOR = -1
"""Number of "I" among the persons: one who takes turns and has no name."""
_FIRST = words_of("i je ich yo io eu ik я")


def infer_speakers(
    text: str, blocks: Sequence[Paragraph], said: Sequence[Said]
) -> dict[int, Inferred]:
    """Infer speakers of quotations that have no name beside them.

    Returns:
        By number of the quotation; those that have a name, and those of which nothing can be
        said, are not in it.
    """
    if not said:
        return {}
    talk = _Talk(text, blocks, said, Cast(text, blocks, said))
    for i in range(len(talk.turns)):
        if talk.turns[i].who is None:
            talk.by_words(i)
        if talk.turns[i].who is None:
            talk.by_turns(i)
    for i in reversed(range(len(talk.turns))):
        talk.backwards(i)
    talk.doubt()
    return dict(talk.inferred())


@dataclass(slots=True)
class _Talk:
    """The turns of one text, in order, and what is known of who speaks them."""

    text: str
    blocks: Sequence[Paragraph]
    said: Sequence[Said]
    cast: Cast
    turns: list[_Turn] = field(default_factory=list)

    def __post_init__(self) -> None:
        for i, one in enumerate(self.said):
            last = self.turns[-1] if self.turns else None
            if last is not None and last.last == one.paragraph:
                last.said.append(i)
                last.end = one.end
            else:
                last = _Turn([i], one.paragraph, one.paragraph, one.start, one.end)
                self.turns.append(last)
            while last.last + 1 < len(self.blocks) and self.blocks[last.last].end < one.end:
                last.last += 1
            if last.cue is None and one.cue is not None:
                last.cue = one.cue
        for turn in self.turns:
            self._begin(turn)

    def _begin(self, turn: _Turn) -> None:
        """Take what stands beside a turn: a name, a pronoun's gender, who is addressed."""
        heard = (self.cast.addressed(*span) for i in turn.said for span in self.said[i].spans)
        turn.addressed = frozenset(who for each in heard for who in each)
        if turn.cue is None:
            return
        if not turn.cue.pronoun:
            turn.who = self.cast.number(self.text[slice(*turn.cue.speaker)])
            return
        word = self.text[slice(*turn.cue.speaker)].casefold()
        if word in _FIRST:
            turn.who = NARRATOR
        turn.gender = "m" if word in MALE else "f" if word in FEMALE else "?"

    def next_to(self, i: int, j: int) -> bool:
        """Tell whether two turns follow each other without a paragraph between."""
        if not 0 <= i < j < len(self.turns):
            return False
        while i < j and self.turns[i].last + 1 == self.turns[i + 1].first:
            i += 1
        return i == j

    def by_words(self, i: int) -> None:
        """Find the one whom the narration of the same paragraph means."""
        turn = self.turns[i]
        if turn.cue is not None:
            self._pronoun(i)
        else:
            self._beside(i)

    def _beside(self, i: int) -> None:
        """Find the subject of the sentence before a turn: "Emma smiled. '...'"."""
        turn = self.turns[i]
        here = self.cast.within(self.blocks[turn.first].start, turn.start)
        heads = {one.who for one in here if one.head}
        if len(heads) == 1 and len({one.who for one in here}) == 1:
            (who,) = heads
            if self._fits(turn, who):
                turn.who, turn.rule = who, "beside"
                return
        self._announced(i)

    def _announced(self, i: int) -> None:
        """Find the subject of the last sentence of a paragraph of narration before a turn."""
        turn = self.turns[i]
        if turn.first == 0 or turn.start != self.blocks[turn.first].start:
            return
        if i and self.turns[i - 1].last + 1 >= turn.first:
            return
        block = self.blocks[turn.first - 1]
        if not self.text[block.start : block.end].rstrip().endswith((",", ":", ";", "-", "—", "–")):
            return
        here = self.cast.within(block.start, block.end)
        heads = [one for one in here if one.head]
        if not heads or heads[-1].end < block.end - LAST_SENTENCE:
            return
        if self.text.find(". ", heads[-1].end + 3, block.end) >= 0:
            return
        if self._fits(turn, heads[-1].who):
            turn.who, turn.rule = heads[-1].who, "announced"

    def _pronoun(self, i: int) -> None:
        """Find whom "he" or "she" stands for."""
        turn = self.turns[i]
        if turn.gender not in ("m", "f") or turn.cue is None:
            return
        before = self.turns[i - 1] if self.next_to(i - 1, i) else None
        if turn.start > self.blocks[turn.first].start:
            before = None  # the one who spoke last may go on after some narration
        for who in self._meant(i, turn.cue.speaker.start):
            if self._fits(turn, who) and (before is None or who != before.who):
                turn.who, turn.rule = who, "pronoun"
                return

    def _meant(self, i: int, at: int) -> Iterator[int]:
        """List whom a pronoun may mean: named here, two turns ago, addressed, named before."""
        turn = self.turns[i]
        start = self.blocks[turn.first].start
        here = self.cast.within(start, at)
        yield from (one.who for one in reversed(here) if one.head)
        yield from (one.who for one in reversed(here))
        if self.next_to(i - 2, i) and (other := self.turns[i - 2].who) is not None:
            yield other
        if self.next_to(i - 1, i):
            yield from self.turns[i - 1].addressed
        back = self.cast.within(max(0, at - FAR), start)
        yield from (one.who for one in reversed(back) if one.head and one.at > at - CLOSE)
        yield from (one.who for one in reversed(back))
        yield from (
            one.who for one in reversed(self.turns[max(0, i - 3) : i]) if one.who is not None
        )

    def by_turns(self, i: int) -> None:
        """Give a turn without a name to the one who was addressed, or whose turn it is."""
        turn = self.turns[i]
        if not self._free(turn) or not self.next_to(i - 1, i):
            return
        before = self.turns[i - 1]
        if len(before.addressed) == 1 and before.addressed.isdisjoint({before.who}):
            (called,) = before.addressed
            if self._fits(turn, called):
                turn.who, turn.rule = called, "addressed"
                return
        if self.next_to(i - 2, i):
            who = self.turns[i - 2].who
            if who is not None and who != before.who and self._fits(turn, who):
                turn.who, turn.rule = who, "turn"

    def backwards(self, i: int) -> None:
        """Give a turn to the one who speaks two turns later."""
        turn = self.turns[i]
        if turn.who is not None or not self._free(turn) or not self.next_to(i, i + 2):
            return
        who, between = self.turns[i + 2].who, self.turns[i + 1].who
        before = self.turns[i - 1].who if self.next_to(i - 1, i) else None
        if who is None or between is None or who in (between, before):
            return
        if self._fits(turn, who):
            turn.who, turn.rule = who, "turn"

    def doubt(self) -> None:
        """Take back turns that a name behind them speaks against."""
        for i, turn in enumerate(self.turns):
            if turn.rule in ("turn", "addressed") or turn.who is None:
                continue
            if i and self.turns[i - 1].who == turn.who and self.next_to(i - 1, i):
                j = i - 1
                while j >= 0 and self.turns[j].rule == "turn" and self.next_to(j, j + 1):
                    self.turns[j].who = None
                    j -= 1

    def _free(self, turn: _Turn) -> bool:
        """Tell whether no name stands beside a turn."""
        return turn.cue is None or turn.cue.pronoun

    def _fits(self, turn: _Turn, who: int) -> bool:
        """Tell whether a person may speak a turn: not addressed in it, and of its gender."""
        if who in turn.addressed or turn.gender == "?":
            return False
        if turn.gender in ("m", "f"):
            return who != NARRATOR and self.cast.gender(who) == turn.gender
        return True

    def inferred(self) -> Iterator[tuple[int, Inferred]]:
        """Hand out the speakers that no name beside the quotation gives."""
        for turn in self.turns:
            if turn.who is None or not self.cast.is_named(turn.who):
                continue
            for i in turn.said:
                cue = self.said[i].cue
                if cue is not None and not cue.pronoun:
                    continue
                if turn.rule == "cue" and cue is None:
                    continue
                rule = "paragraph" if turn.rule == "cue" else turn.rule
                name = self.cast.printed(turn.who, turn.start)
                yield i, Inferred(name, rule, SURE[rule])
