"""Who speaks in Chinese and Japanese prose, which parts no words and marks no names.

Chinese: "市长李明在开幕式上说：“…”", "“…”，居民王芳告诉记者". Japanese: "「…」と市長は言った",
"市長は「…」と述べた". The speaker is what stands before the place, the addressee and the verb.
"""

from __future__ import annotations

import re

from chrestomathy.lift.cues import Cue
from chrestomathy.records import Span

WINDOW = 80
"""How far from a quotation its speaker is looked for, in characters; chosen by hand."""
CHARACTERS_PER_WORD = 2
"""Characters of a word, on the average of these languages."""

LETTER = "\u3005\u3040-\u30ff\u3400-\u9fff"
_LETTERS = re.compile(rf"[{LETTER}]")
_COUNTED = re.compile(rf"[{LETTER}\uac00-\ud7a3]")

_SAY = (
    "说道|说|表示|指出|强调|称|认为|写道|写到|问道|问|答道|回答说|回答|告诉记者|介绍说|介绍|坦言|透露|宣布"
    "|喊道|呼吁|解释说|解释|补充说|补充道|回忆说|回忆道|感叹|直言|承认|道|說道|說|寫道|問道|問|強調|認為|稱"
)
_TIME = "昨日|昨天|今天|今日|日前|近日|当天|當天|随后|隨後|最后|最後|同日|此前|之后|之後"
_NAME = rf"[{LETTER}·・A-Za-z]"
_CHINESE = rf"""
    (?:{_TIME})?
    (?P<speaker>{_NAME}{{1,16}}?)
    (?:{_TIME})?
    (?:在[^，。；：“”「」]{{1,24}}?(?:上|中|时|時|后|後|里|期间)|[对對向][^，。；：“”「」]{{1,14}}?)?
    (?:还|還|也|又|则|則|曾|再次|同时|同時|一再|笑着|哭着)?
    (?:{_SAY})
"""
_BEFORE = re.compile(rf"(?:^|[，。；！？\s”」]){_CHINESE}[，,：:]?\s*\Z", re.VERBOSE)
_AFTER = re.compile(rf"[，,]?\s*{_CHINESE}(?=[，。；：！？\s]|\Z)", re.VERBOSE)

_SAID = "言っ|言い|言う|述べ|語っ|語る|話し|話す|答え|尋ね|聞い|叫ん|笑っ|説明|指摘|強調|訴え|書い|書く|つぶや|呟|コメント|発言|振り返っ|繰り返し|主張"
_TO = re.compile(
    rf"と、?(?:(?P<speaker>[^はが、。「」『』\n]{{1,20}}?)[はが]、?)?[^、。「」『』\n]{{0,20}}?(?:{_SAID})"
)
"""Behind the words: "と市長は言った", "と述べた"."""
_TOPIC = re.compile(
    r"(?:^|[、。」\n])(?P<speaker>[^はが、。「」『』\n]{1,20}?)[はが]、?[^。「」『』\n]{0,24}\Z"
)
"""Before the words: "市長は", "市長は会見で"."""

_PRONOUNS = frozenset("他 她 他们 她们 他們 她們 我 我们 我們 彼 彼女 彼ら 彼女ら 私 僕 俺".split())


def is_asian(text: str, at: int) -> bool:
    """Tell whether the letter at a place is a Chinese or Japanese one."""
    return "\u3005" <= text[at] <= "\u9fff" and _LETTERS.match(text, at) is not None


def is_counted(text: str, at: int) -> bool:
    """Tell whether words are counted by letters from a place on: Korean too, whose are long."""
    return is_asian(text, at) or "\uac00" <= text[at] <= "\ud7a3"


def count_words(text: str, start: int, end: int) -> int:
    """Estimate how many words a stretch has, two letters a word."""
    return len(_COUNTED.findall(text, start, end)) // CHARACTERS_PER_WORD


def asian_cue(text: str, start: int, end: int, left: int, right: int) -> Cue | None:
    """Find who speaks beside a quotation.

    Args:
        text: The document.
        start: Where its opening mark stands.
        end: Behind its closing mark.
        left: Where what may be looked at before it begins.
        right: Where what may be looked at behind it ends.

    Example:
        >>> text = "「橋は渡るためにある」と市長は言った。"
        >>> cue = asian_cue(text, 0, 11, 0, len(text))
        >>> text[slice(*cue.speaker)]
        '市長'
    """
    left = max(left, start - WINDOW)
    if m := _TO.match(text, end, right):
        if m["speaker"]:
            return _cue(m, "after")
        before = _TOPIC.search(text[left:start])
        return _cue(before, "before", left) if before else None
    if m := _BEFORE.search(text[left:start]):
        return _cue(m, "before", left)
    m = _AFTER.match(text, end, right)
    return _cue(m, "after") if m else None


def _cue(m: re.Match[str], side: str, shift: int = 0) -> Cue:
    speaker = Span(m.start("speaker") + shift, m.end("speaker") + shift)
    clause = Span(speaker.start, m.end() + shift)
    return Cue(speaker, side, near=True, clause=clause, pronoun=m["speaker"] in _PRONOUNS)
