"""Who speaks beside a quotation, in languages that print no capitals or put the verb last.

A table by language: words of saying, and where the speaker stands before the words, behind them,
or around them. `lift.patterned` reads it; a language more is a row more.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple


class Patterns(NamedTuple):
    """How one language says who speaks; each pattern has a group ``speaker``."""

    before: tuple[re.Pattern[str], ...] = ()
    """Searched in what stands before the words; they end where the words begin."""
    after: tuple[re.Pattern[str], ...] = ()
    """Matched right behind the words; without ``speaker`` where a topic before them speaks."""
    topic: re.Pattern[str] | None = None
    """The speaker before the words, whose verb stands behind them."""


def _alternatives(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


def _arabic() -> Patterns:
    word = r"[\u0620-\u0669\u066e-\u06ff]+"
    saying = _alternatives(
        """
        قال قالت قالوا يقول تقول أضاف أضافت يضيف تضيف أكد أكدت يؤكد تؤكد صرح صرحت أوضح أوضحت يوضح
        توضح ذكر ذكرت أشار أشارت تابع تابعت كتب كتبت سأل سألت أجاب أجابت رد ردت شدد شددت اعتبر اعتبرت
        أعلن أعلنت علق علقت همس همست صاح صاحت هتف هتفت ختم ختمت روى روت حذر حذرت لفت لفتت
        """
    )
    leads = _alternatives(
        "في خلال أثناء أمام عن على عبر إلى من بعد قبل اليوم أمس يوم إن أن إنه أنه بأن لدى عند مع وهو وهي"
        " للصحفيين للصحافيين بصوت ضاحكا مبتسما"
    )
    name = rf"(?P<speaker>(?!(?:{leads})\s){word}(?:\s(?!(?:{leads})\s){word}){{0,6}}?)"
    said = rf"(?<!\w)[وف]?(?:{saying})"
    tail = rf"(?:\s?،[^،:«»“”\"\n]{{1,60}}،)?(?:\s(?:{leads})\s[^:«»“”\"\n]{{0,90}}?)?"
    return Patterns(
        before=(
            re.compile(rf"{said}\s{name}{tail}\s?[:،]?\s*\Z"),
            re.compile(rf"(?:^|[.،؛!؟\n])\s*{name}{tail}\s{said}\s?[:،]?\s*\Z"),
            re.compile(
                rf"(?:وفقا?ً?\sل|و?بحسب\s|على\sحد\sقول\s|يقول\s){name}\s?[:،]?(?:\s?ف?إن)?\s*\Z"
            ),
        ),
        after=(re.compile(rf"\s*[،,.]?\s*{said}\s{name}(?=\s*[.،؛:!؟\n«]|\s(?:{leads})\s|\Z)"),),
    )


def _persian() -> Patterns:
    word = r"[\u0620-\u0669\u066e-\u06ff\u200c]+"
    saying = re.sub(
        "\u200c(?=داد|کرد|داشت|است)",
        "[\\\\s\u200c]",
        _alternatives(
            """
            گفت گفتند می‌گوید می‌گویند گفته‌است افزود نوشت می‌نویسد پرسید پاسخ‌داد تأکید‌کرد توضیح‌داد اظهار‌داشت
            """
        ),
    )
    leads = _alternatives("در با به از برای که نیز هم همچنین خطاب هنگام طی پس روز را و")
    name = rf"(?P<speaker>(?!(?:{leads})\s){word}(?:\s(?!(?:{leads})\s){word}){{0,5}}?)"
    tail = rf"(?:،[^.،«»]{{1,40}}،)?(?:\s(?:{leads})\s[^.:«»\n]{{0,90}}?)?"
    return Patterns(
        before=(
            re.compile(rf"(?:^|[.،؛!؟\n])\s*{name}{tail}\s(?:{saying})(?:\sکه)?\s?[:،]?\s*\Z"),
            re.compile(rf"به\sگفته[\u200c\s]?ی?\s?{name}\s?[:،]?\s*\Z"),
        ),
        after=(re.compile(rf"\s*[،,.]?\s*(?:را\s)?{name}\s(?:{saying})(?=\s*[.،؛:!؟\n]|\Z)"),),
    )


def _hebrew() -> Patterns:
    word = r"[\u05d0-\u05ea\u05f3'-]+"
    saying = _alternatives(
        """
        אמר אמרה אמרו אומר אומרת הוסיף הוסיפה סיפר סיפרה מספר מספרת ציין ציינה טען טענה הסביר הסבירה
        הדגיש הדגישה כתב כתבה שאל שאלה השיב השיבה ענה ענתה קרא קראה לחש לחשה הצהיר הצהירה מסר מסרה הודיע
        הודיעה הזהיר הזהירה סיכם סיכמה נזכר נזכרה צעק צעקה צחק צחקה נאנח נאנחה גיחך גיחכה מלמל מלמלה
        """
    )
    leads = _alternatives(
        "על אל עם כי את של אתמול היום בטקס בראיון לעיתונאים לכתבים בכנסת בפתח לאחר בקול"
    )
    name = rf"(?P<speaker>{word}(?:\s(?!(?:{leads})\b){word}){{0,5}}?)"
    said = rf"(?<!\w)ו?(?:{saying})(?:\sביום\s\S+)?"
    tail = rf"(?:\s(?:{leads})\b[^:\"“”„\n.]{{0,60}}?)?"
    return Patterns(
        before=(
            re.compile(rf"(?:^|[.!?\n]\s?){name}(?:,[^,:\n]{{1,40}},)?\s{said}{tail}[:,]?\s*\Z"),
            re.compile(rf"{said}\s{name}{tail}[:,]\s*\Z"),
            re.compile(rf"(?:לדברי|לפי)\s{name},?\s*\Z"),
        ),
        after=(re.compile(rf"\s*[,.]?\s*{said}\s{name}(?=\s*[.,;:\n]|\s(?:{leads})\b|\Z)"),),
    )


def _hindi() -> Patterns:
    word = r"[\u0900-\u0963\u0970-\u097f]+\.?"
    saying = "कहा|बताया|पूछा|जोड़ा|लिखा|बोला|बोले|बोलीं|समझाया|दोहराया|चेताया|माना"
    name = rf"(?P<speaker>{word}(?:\s{word}){{0,6}}?)"
    return Patterns(
        before=(
            re.compile(
                rf"(?:^|[।.,!?”\"\n])\s*{name}\sने\s(?:[^।“”\"\n]{{0,60}}?\s)?(?:{saying})"
                rf"(?:\s(?:है|था|हैं|थी))?(?:\sकि)?\s?[,:–-]?\s*\Z"
            ),
            re.compile(rf"(?:^|[।\n])\s*{name}\sके\s(?:अनुसार|मुताबिक),?\s*\Z"),
        ),
        after=(
            re.compile(
                rf"\s*[,।]?\s*{name}\sने\s(?:[^।“”\"\n]{{0,40}}?\s)?(?:{saying})(?=[\s।,.]|\Z)"
            ),
            re.compile(rf"\s*[,।]?\s*{name}(?:\s\S+कर)?\s(?:बोला|बोली|बोले|बोलीं)(?=[\s।,.]|\Z)"),
        ),
    )


def _korean() -> Patterns:
    saying = (
        "말했|말한|밝혔|밝힌|설명했|강조했|전했|덧붙였|지적했|주장했|답했|물었|썼|적었|외쳤|속삭였|회상했|"
        "이야기했|얘기했|했다|호소했|당부했|털어놨|되물었|중얼거렸|소리쳤|말하"
    )
    quoted = r"\s?(?:이라고|라고|라며|이라며|라면서|이라면서|고|며|면서|는)"
    return Patterns(
        before=(re.compile(r"(?:^|[.”\"\n])\s*(?P<speaker>[^.,“”\"\n]{1,24}?)에\s따르면,?\s*\Z"),),
        after=(
            re.compile(
                rf"\s(?P<speaker>[^.,“”\"\n]{{1,24}}?)(?:은|는|이|가)\s(?:[^.“”\"\n]{{0,30}}\s)?(?:{saying})"
            ),
            re.compile(
                rf"{quoted}\s(?P<speaker>[^.,“”\"\n]{{1,24}}?)(?:은|는|이|가)\s"
                rf"(?:[^.“”\"\n]{{0,30}}\s)?(?:{saying})"
            ),
            re.compile(
                rf"{quoted}\s?(?:[^.“”\"\n]{{0,40}}?\s)?(?:{saying})|\s?(?:이?라며|이?라면서|며|면서)\s"
            ),
        ),
        topic=re.compile(
            r"(?:^|[.”\"\n])\s*(?:(?:이에|이날|그러자|이어|앞서|지난|당시|한편|반면|또|다만|\d{1,4}[년월일])\s){0,8}(?P<speaker>[^.,“”\"\n]{1,24}?)(?:은|는|이|가)"
            r"\s(?:[^.“”\"\n]{0,60}[\s,])?\Z"
        ),
    )


def _turkish() -> Patterns:
    letter = "[A-ZÇĞİÖŞÜÂÎÛ]"
    capitals = rf"{letter}[\w’']*+(?:\s{letter}[\w’'.]*+){{0,4}}"
    name = rf"(?P<speaker>{capitals})"
    saying = (
        "dedi|demişti|diyor|der|diye (?:konuştu|yazdı|sordu|ekledi|cevap verdi|yanıt verdi|bağırdı|"
        "fısıldadı|mırıldandı|seslendi|açıkladı|belirtti)|şeklinde konuştu|ifadelerini kullandı"
    )
    verbs = "dedi|söyledi|belirtti|açıkladı|ekledi|vurguladı|yazdı|sordu|anlattı|konuştu"
    return Patterns(
        before=(
            re.compile(
                rf"(?:^|[.!?\n]\s?|,\s){name}(?:[^.“”\"\n]{{0,60}}?\s)?(?:{verbs})\s?[:,]\s*\Z"
            ),
            re.compile(rf"{name}(?:['’]\w+)?\s(?:göre),?\s*\Z"),
        ),
        after=(
            re.compile(
                rf",?\s*(?:diyen|diye konuşan|ifadelerini kullanan)\s(?:[^\W\d_A-Z]+\s){{0,3}}{name}"
            ),
            re.compile(
                rf",?\s*(?:{saying})\s(?P<speaker>{capitals}"
                r"|[^\W\d_A-Z]\w+(?:\s[^\W\d_A-Z]\w+)?(?=[.,;!?]))"
            ),
            re.compile(rf",?\s*(?:{saying}|diyerek|diye)(?!\w)"),
        ),
        topic=re.compile(
            rf"(?:^|[.!?…\n]\s?|[”\"]\s){name}(?:\s(?:ise|da|de))?(?:[,\s][^.!?“”\"\n]{{0,80}})?\s*\Z"
        ),
    )


LETTERS: dict[str, str] = {
    "ar": r"\u0600-\u06ff",
    "he": r"\u0590-\u05ff",
    "hi": r"\u0900-\u097f",
    "ko": r"\u1100-\u11ff\uac00-\ud7a3",
}
"""The letters that tell a language, as a character class; Persian has those of Arabic."""
_TABLES = {
    "ar": _arabic,
    "fa": _persian,
    "he": _hebrew,
    "hi": _hindi,
    "ko": _korean,
    "tr": _turkish,
}
TONGUES = tuple(_TABLES)


@cache
def patterns_of(tongue: str) -> Patterns:
    """Return the patterns of a language, made where the first text needs them."""
    return _TABLES[tongue]()
