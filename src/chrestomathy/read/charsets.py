"""Which old encoding bytes are in, from the letters that come out.

A text of one byte a character is read in each encoding for each language that was written in
it: the right reading has the language's own letters, none in the middle of a word that does
not belong there, no capital behind a small letter, and some of its commonest words. East Asian
encodings, and UTF-16 without its mark, show by how many of the commonest characters come out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from chrestomathy.textkit.languages import WORDS

SAMPLE_BYTES = 8_000
"""How much is looked at, around the first byte that is not ASCII."""
SAMPLE_CHARS = 50_000
"""The same of an East Asian text."""
MIN_SCORE = 0.6
"""Least score of a reading that is believed; a right one has about 1. Chosen by hand."""
MIN_COMMON = 0.15
"""Least share of the commonest characters in an East Asian text; right readings have 0.4."""
MIN_WIDE = 0.15
MAX_ASCII_SHARE = 0.5
"""The same for UTF-16, whose bytes are not mostly spaces and letters from a to z."""
_ASCII = b" abcdefghijklmnopqrstuvwxyz"
PRIOR = 0.003
"""How far a rarer encoding must be ahead of one that comes before it in the table."""
MAX_DAMAGED = 0.01
"""Largest share of damaged characters in an East Asian text."""
WORD_WEIGHT = 1.0

LETTERS = {
    "en": "éèêëïôöüçàâæœ",
    "de": "äöüßé",
    "fr": "àâçéèêëîïôùûüÿœæ",
    "es": "áéíóúüñ",
    "it": "àèéìíòóù",
    "pt": "ãõáâàçéêíóôúü",
    "nl": "áéëèïíóöüú",
    "sv": "åäöé",
    "da": "æøåé",
    "fi": "äöå",
    "is": "áðéíóúýþæö",
    "et": "äöõüšž",
    "pl": "ąćęłńóśźż",
    "cs": "áčďéěíňóřšťúůýž",
    "sk": "áäčďéíĺľňóôŕšťúýž",
    "hu": "áéíóöőúüű",
    "ro": "ăâîşţ",
    "hr": "čćđšž",
    "tr": "çğıöşüâîû",
    "lt": "ąčęėįšųūž",
    "lv": "āčēģīķļņšūž",
    "el": "αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",
    "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "bg": "абвгдежзийклмнопрстуфхцчшщъьюя",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "he": "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
    "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءأإآؤئپچگ",
}
"""Letters beyond a to z."""
_WEST = ("en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "fi")
_MIDDLE = ("pl", "cs", "sk", "hu", "ro", "hr")
_RUS = ("ru", "uk", "bg", "sr")
READINGS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("cp1252", _WEST),
    ("cp1250", _MIDDLE),
    ("cp1251", _RUS),
    ("iso8859-2", _MIDDLE),
    ("cp1254", ("tr",)),
    ("cp1252", ("is",)),
    ("cp1253", ("el",)),
    ("koi8-r", ("ru",)),
    ("koi8-u", ("uk",)),
    ("iso8859-5", _RUS),
    ("iso8859-7", ("el",)),
    ("cp1257", ("et", "lt", "lv")),
    ("iso8859-15", _WEST),
    ("mac-roman", _WEST),
    ("cp850", _WEST),
    ("cp866", ("ru",)),
    ("mac-cyrillic", _RUS),
    ("cp1255", ("he",)),
    ("cp1256", ("ar",)),
    ("iso8859-6", ("ar",)),
)
"""Encodings, the likelier first, and the languages that were written in them."""

FREQUENT = {
    "el": "αοιετσνηυρ",
    "ru": "оеаинтсрвл",
    "uk": "оаниівтерс",
    "bg": "аиоетнрсвл",
    "sr": "аиоенрсјту",
    "he": "יוהלאמשתרב",
    "ar": "اليمنرتوهب",
}
"""The ten commonest letters where all letters are beyond a to z: two thirds of a text."""
USUAL_SHARE = 0.55
COMMON_WEIGHT = 1.5
CAPITALS_WEIGHT = 0.1
"""What a text loses for rarer letters than usual, and for capitals: read in a wrong encoding,
small letters often come out as capitals. Chosen by hand."""
_MARKS = frozenset("«»„“”‚‘’‹›–—…·¿¡§°№€£\u00a0")
"""Signs that any language may print between words."""
_WORD = re.compile(r"[^\W\d_]+")
_TWO_SCRIPTS = re.compile(r"[A-Za-z][Ͱ-ϿЀ-ӿ]|[Ͱ-ϿЀ-ӿ][A-Za-z]")
_CAPITAL_INSIDE = re.compile(r"[ß-öø-ÿа-яёα-ωά-ώ](?=[A-ZÀ-ÖØ-ÞА-ЯЁΑ-Ω])|[a-z](?=[À-ÖØ-ÞА-ЯЁΑ-Ω])")
"""A capital behind a small letter, one of them no plain one: not `pubDate`."""
_RARE = ("mac-roman", "cp850", "cp866", "mac-cyrillic")
RARE_LOSS = 0.03
"""What a reading loses in the encodings of machines that are gone."""

_HAN_BOTH = "的一是不了人我在有他中大上到和地出生可也下得着子那以小好自天如水之心家要只用年"
_COMMON = {
    "gb18030": _HAN_BOTH
    + "们这来为个说对时过会么没发学经后里当还从动两开面国样现长实关问见门书，。、",
    "big5": _HAN_BOTH
    + "們這來為個說對時過會麼沒發學經後裡當還從動兩開面國樣現長實關問見門書，。、",
    "cp949": "이다는가의에을를은지고하리기로도서사어나한아있그자대라들것게으인보해시스일수오정만여면부우제장적니지 까러무세",
    "euc_jp": "".join(map(chr, range(0x3041, 0x3094))) + "、。ー",
}
_COMMON["cp932"] = _COMMON["euc_jp"]
_EAST = ("cp932", "euc_jp", "cp949", "gb18030", "big5")
_PLAIN = re.compile(
    r"[ -~\n\r\t\u00c0-\u024f\u0370-\u03ff\u0410-\u0457\u0490\u0491\u2013-\u201e\u3001\u3002\uff0c]"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """An encoding and how well the text fits that comes out."""

    encoding: str
    score: float


def best_single(data: bytes) -> Reading | None:
    """Find the best encoding of one byte a character."""
    sample = _sample(data)
    best: Reading | None = None
    for encoding, languages in READINGS:
        text = sample.decode(encoding, "replace")
        score = max(_score(text, one) for one in languages) - RARE_LOSS * (encoding in _RARE)
        if best is None or score > best.score + PRIOR:
            best = Reading(encoding, score)
    return best


def best_east_asian(data: bytes) -> Reading | None:
    """Find the East Asian encoding in which most of the commonest characters come out."""
    best: Reading | None = None
    for encoding in _EAST:
        text = data.decode(encoding, "replace")
        n_signs = len(text) - len(text.encode("ascii", "ignore"))
        if text.count("\ufffd") > MAX_DAMAGED * n_signs:
            continue
        first = next((i for i, c in enumerate(text) if c > "\x7f"), 0)
        share = _share_common(text[first : first + SAMPLE_CHARS], _COMMON[encoding])
        if share >= MIN_COMMON and (best is None or share > best.score):
            best = Reading(encoding, share)
    return best


def best_wide(data: bytes) -> str | None:
    """Tell which UTF-16 bytes without a mark are; None where they are neither."""
    n_ascii = len(data) - len(data.translate(None, _ASCII))
    if len(data) % 2 or len(data) < 8 or n_ascii > MAX_ASCII_SHARE * len(data):
        return None
    shares = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data[: SAMPLE_BYTES * 2].decode(encoding)
        except UnicodeDecodeError:
            continue
        plain = len(_PLAIN.findall(text)) / len(text)
        shares[encoding] = max(plain, *(_share_common(text, one) for one in _COMMON.values()))
    if not shares:
        return None
    best = max(shares, key=lambda one: shares[one])
    other = min(shares.values()) if len(shares) > 1 else 0.0
    return best if shares[best] >= MIN_WIDE and shares[best] > 3 * other else None


def _sample(data: bytes) -> bytes:
    first = re.search(rb"[\x80-\xff]", data)
    start = max(0, (first.start() if first else 0) - SAMPLE_BYTES // 2)
    return data[start : start + SAMPLE_BYTES]


def _score(text: str, language: str) -> float:
    """Score a reading as a language: 1 where every sign fits, more for its common words."""
    ours = _alphabet(language)
    n_signs, points = 0, 0.0
    for word in re.findall(r"[^\x00-\x7f]+", text):
        for sign in word:
            n_signs += 1
            if sign in ours or sign in _MARKS:
                points += 1
            elif sign.isalpha():
                points -= 1
            else:
                points -= 2
    if not n_signs:
        return 0.0
    points -= 2 * len(_CAPITAL_INSIDE.findall(text))
    points -= 2 * len(re.findall(r"[^\W\d_][«»„“”‚‹›…·¿¡§°№€£](?=[^\W\d_])", text))
    points -= 2 * len(_TWO_SCRIPTS.findall(text))
    lower = text.lower()
    if frequent := FREQUENT.get(language):
        points += COMMON_WEIGHT * min(0, sum(map(lower.count, frequent)) - USUAL_SHARE * n_signs)
        points -= CAPITALS_WEIGHT * sum(sign.isupper() for sign in text if sign > "\x7f")
    words = _WORD.findall(lower)
    known = sum(word in _words(language) for word in words) / (len(words) or 1)
    return points / n_signs + WORD_WEIGHT * known


@cache
def _alphabet(language: str) -> frozenset[str]:
    small = LETTERS[language]
    return frozenset(small + small.upper() + ("İ" if language == "tr" else ""))


@cache
def _words(language: str) -> frozenset[str]:
    return frozenset(WORDS.get(language, "").split())


def _share_common(text: str, common: str) -> float:
    signs = [c for c in text if c > "\x7f"]
    return sum(map(_set(common).__contains__, signs)) / len(signs) if signs else 0.0


@cache
def _set(common: str) -> frozenset[str]:
    return frozenset(common) - {" "}
