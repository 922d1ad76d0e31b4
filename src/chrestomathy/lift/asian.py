"""Who speaks in Chinese and Japanese prose, which parts no words and marks no names.

Chinese: "市长李明在开幕式上说：“…”", "“…”，居民王芳告诉记者". Japanese: "「…」と市長は言った",
"市長は「…」と述べた". The speaker is what stands before the place, the addressee and the verb.
"""

from __future__ import annotations

import re

from chrestomathy.lift.cues import Cue
from chrestomathy.records import Span
from chrestomathy.textkit.marks import Quotation

WINDOW = 80
"""How far from a quotation its speaker is looked for, in characters; chosen by hand."""
MAX_PARTED = 40
"""Longest narration that parts one speech, in characters; chosen by hand."""
CHARACTERS_PER_WORD = 2
"""Characters of a word, on the average of these languages."""

LETTER = "\u3005\u3040-\u30ff\u3400-\u9fff"
_LETTERS = re.compile(rf"[{LETTER}]")
_COUNTED = re.compile(rf"[{LETTER}\uac00-\ud7a3]")

_SAY = (
    "说道|说|表示|指出|强调|称|认为|写道|写到|问道|问|答道|笑道|叹道|回答说|回答|告诉记者|介绍说|介绍|坦言|透露|宣布"
    "|喊道|喊|叫道|骂道|呼吁|解释说|解释|补充说|补充道|回忆说|回忆道|感叹|感慨|直言|承认|反问|追问|回应|抱怨|提议|叮嘱|吩咐"
    "|道|說道|說|寫道|問道|問|強調|稱|認為|告訴記者|介紹|喊叫|嘆道|補充|解釋|回憶|呼籲|承認|反問|追問|回應|提議|叮囑"
)
_TIME = "昨日|昨天|今天|今日|日前|近日|当天|當天|随后|隨後|最后|最後|同日|此前|之后|之後|会后|會後|事后|事後|后来|後來"
_MANNER = (
    "忽然|突然|终于|終於|立刻|马上|馬上|连忙|連忙|低声|低聲|大声|大聲|轻声|輕聲|高声|高聲|冷冷|淡淡|缓缓|緩緩|慢慢|开口|開口"
    "|接着|接著|笑着|笑著|笑|哭着|哭著|点头|點頭|摇头|搖頭"
)
_OFFICES = (
    "书记|主任|局长|部长|省长|市长|县长|镇长|乡长|村长|区长|主席|总统|总理|经理|董事长|院长|校长|所长|站长|处长|科长|队长|教授"
    "|老师|教师|工程师|医生|护士|居民|村民|市民|学生|司机|负责人|发言人|专家|博士|研究员|馆长|作家|诗人|導演|导演"
    "|書記|局長|部長|縣長|市長|鎮長|鄉長|村長|里長|區長|總統|總理|經理|董事長|院長|校長|所長|議員|老師|教師|工程師|醫生|護士"
    "|學生|司機|負責人|發言人|專家|館長|詩人"
)
_NAME = rf"[{LETTER}·・A-Za-z\d]"
_CHINESE = rf"""
    (?:{_TIME})?
    (?P<speaker>{_NAME}{{1,16}}?)
    (?:{_TIME})?
    (?:在[^，。；：“「]{{1,24}}?(?:上|中|时|時|后|後|里|期间)|[对對向][^，。；：“「]{{1,14}}?)?
    (?:还|還|也|又|则|則|曾|再次|同时|同時|一再)?
    (?:(?:{_MANNER})地?|[^，。；：“「]{{2,4}}地|[^，。；：“「][着著][^，。；：“「]{{0,6}}?){{0,2}}
    (?:{_SAY})
"""
_BEFORE = re.compile(rf"(?:^|[，。；！？\s”」]){_CHINESE}[，,：:]?\s*\Z", re.VERBOSE)
_AFTER = re.compile(rf"[，,]?\s*{_CHINESE}(?=[，。；：！？\s]|\Z)", re.VERBOSE)
_OFFICE_AND_NAME = re.compile(
    rf".{{0,24}}[^副](?:副?(?:{_OFFICES}))(?P<name>[\u3400-\u9fff]{{2,3}})"
)
"""A name behind its office, what he is of before that; then the name is the speaker: 社区书记葛红旗, not 市长李明."""

_SAID = (
    "言っ|言い|言う|述べ|語っ|語る|話し|話す|答え|尋ね|訊い|訊ね|問う|問い|聞い|叫ん|叫び|笑っ|笑い|説明|指摘|強調|訴え|書い|書く"
    "|つぶや|呟|コメント|発言|振り返っ|繰り返し|主張|返し|応じ|応え|囁い|ささや|怒鳴|告げ|促し|続け|付け加え|つけ加え|頷い|うなずい"
    "|断言|明かし|伝え|呼びかけ|嘆い|打ち明け"
)
_TO = re.compile(
    rf"\s*と、?(?:(?P<speaker>[^はが、。「」『』\n]{{1,20}}?)[はが]、?)?[^、。「」『』\n]{{0,20}}?(?:{_SAID})"
)
"""Behind the words: "と市長は言った", "と述べた"."""
_LINE_BELOW = re.compile(
    rf"[ \u3000]{{0,4}}\n[ \u3000]{{0,4}}(?P<speaker>[^はが、。「」『』\n]{{1,20}}?)[はが]、?[^、。「」『』\n]{{0,12}}?(?:{_SAID})"
)
"""On the next line: "老人が言った。"."""
_TOPIC = re.compile(
    r"(?:^|[、。」\n])[ \u3000]{0,4}(?P<speaker>[^はが、。「」『』\n]{1,20}?)[はが]、?[^。「」『』]{0,40}\Z"
)
"""Before the words: "市長は", "市長は会見で"."""
_ENDS = frozenset("。！？…!?")
_BEFORE_SPEECH = frozenset("。！？：:」”』")

_PRONOUNS = frozenset("他 她 他们 她们 他們 她們 我 我们 我們 彼 彼女 彼ら 彼女ら 私 僕 俺".split())


def is_asian(text: str, at: int) -> bool:
    """Tell whether the letter at a place is a Chinese or Japanese one."""
    return "\u3005" <= text[at] <= "\u9fff" and _LETTERS.match(text, at) is not None


def is_speech(text: str, start: int, end: int) -> bool:
    """Tell whether marks hold speech and no term: a line of its own, or a sentence behind one.

    Args:
        text: The document.
        start: Where the opening mark stands.
        end: Behind the closing mark.
    """
    before = text[text.rfind("\n", 0, start) + 1 : start].strip()
    cut = text.find("\n", end)
    after = text[end : cut if cut >= 0 else len(text)].strip()
    if not before and not after:
        return True
    return text[end - 2] in _ENDS and (not before or before[-1] in _BEFORE_SPEECH)


def goes_on(text: str, first: Quotation, second: Quotation) -> bool:
    """Tell whether two quotations are one that is told of between: 「渡。」她說，「加五塊錢。」."""
    gap = text[first.end : second.start]
    told = gap.strip()
    if not 0 < len(told) <= MAX_PARTED or any(end in gap for end in "。！？\n"):
        return False
    if text[first.start] != text[second.start]:
        return False
    parted = text[first.end - 2] in "，、,"
    if not parted and text[second.end - 2] not in _ENDS:
        return False  # “…。”他还表示，“…”是…
    return told[-1] in "，、,—" or (parted and told[-1] in "：:")


def is_counted(text: str, at: int) -> bool:
    """Tell whether words are counted by letters from a place on: Korean too, whose are long."""
    return is_asian(text, at) or "\uac00" <= text[at] <= "\ud7a3"


def count_words(text: str, start: int, end: int) -> int:
    """Estimate how many words a stretch has, two letters a word."""
    letters = len(_COUNTED.findall(text, start, end))
    return max(letters // CHARACTERS_PER_WORD, min(letters, 1))


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
    m = _AFTER.match(text, end, right) or _LINE_BELOW.match(text, end, right)
    return _cue(m, "after") if m else None


def _cue(m: re.Match[str], side: str, shift: int = 0) -> Cue:
    start, end = m.span("speaker")
    if named := _OFFICE_AND_NAME.fullmatch(m["speaker"]):
        start += named.start("name")
    speaker = Span(start + shift, end + shift)
    clause = Span(speaker.start, m.end() + shift)
    return Cue(speaker, side, near=True, clause=clause, pronoun=m["speaker"] in _PRONOUNS)
