"""Compare what a page claims with what the sources show: speaker and date.

Claims are looked at after the words are judged, and never change what was found. A title
without a name is nobody in particular (`unknown`); a date agrees if one contains the other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Sequence

from chrestomathy.records import Attested, Attribution, ByClaim, Fit, Passage, Source, Standing
from chrestomathy.textkit.languages import dominant_script, guess_language

NICKNAMES = {
    "abe": "abraham", "al": "albert", "alex": "alexander", "andy": "andrew", "ben": "benjamin",
    "bill": "william", "bob": "robert", "charlie": "charles", "chris": "christopher",
    "dan": "daniel", "dave": "david", "dick": "richard", "don": "donald", "ed": "edward",
    "frank": "franklin", "fred": "frederick", "george": "george", "gerry": "gerald",
    "jack": "john", "jerry": "gerald", "jim": "james", "jimmy": "james", "joe": "joseph",
    "johnny": "john", "ken": "kenneth", "kate": "katherine", "liz": "elizabeth",
    "mike": "michael", "nick": "nicholas", "pat": "patrick", "pete": "peter", "phil": "philip",
    "ron": "ronald", "sam": "samuel", "steve": "steven", "teddy": "theodore", "tim": "timothy",
    "tom": "thomas", "tony": "anthony", "will": "william", "woody": "woodrow",
}  # fmt: skip
"""Short forms of given names. Known failure: a short form of two names (Al, Ed, Jack)."""
SUFFIXES = frozenset("jr sr esq phd md kg kbe mp".split())
REGNAL = re.compile(r"(?=[ivx])x{0,2}(?:ix|iv|v?i{0,3})")
"""Numbers that tell rulers, and a father from his son, apart."""
PARTICLES = frozenset("van von de der den di da du la le del della al el bin ibn ben st".split())
TITLES = frozenset(
    """
    president mr mrs ms miss dr prof professor sir dame lord lady king queen prince princess pope
    saint st senator representative congressman congresswoman governor mayor judge justice chief
    general gen col colonel capt captain maj major lt sgt rev reverend father brother sister hon
    honorable honourable secretary minister prime chancellor chairman chairwoman chair comrade
    emperor empress the a an of former late his her excellency majesty holiness supreme leader
    commander director speaker ambassador vice deputy archbishop bishop cardinal rabbi imam sheikh
    premier first lady party state
    """.split()
)
_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*", re.UNICODE)


def name_words(name: str) -> list[str]:
    """Return the words of a personal name, folded, without titles and suffixes.

    Example:
        >>> name_words("President Joseph R. Biden Jr."), name_words("the Supreme Leader")
        (['joseph', 'r', 'biden'], [])
    """
    words = [word for word in _all_words(name) if word not in SUFFIXES]
    while words and words[0] in TITLES:
        del words[0]
    return [word for word in words[:-1] if word not in TITLES] + words[-1:]


def _all_words(name: str) -> list[str]:
    """Return the words of a name, folded, surname last; what names an office is left out."""
    plain = re.sub(r"\([^)]*\)", " ", name)
    head, of, _ = plain.partition(" of ")
    if of and _OFFICE.search(head) and not {*_WORDS.findall(head.casefold())} <= TITLES:
        plain = head
    last, comma, first = plain.partition(",")
    if comma:
        given, _, rest = first.partition(",")
        suffix = given.strip().rstrip(".").casefold()
        words = set(_WORDS.findall(given.casefold()))
        if suffix in SUFFIXES or REGNAL.fullmatch(suffix):
            plain = f"{last} {suffix}"
        elif words & TITLES - PARTICLES or any(c.isdigit() for c in given) or len(words) > 4:
            plain = last
        else:
            plain = f"{given} {last} {rest}"
    plain = unicodedata.normalize("NFKD", plain.casefold()).translate(_STROKES)
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return [word.replace("’", "'") for word in _WORDS.findall(plain)]


_OFFICE = re.compile(
    r"\b(?:senator|president|king|queen|secretary|minister|governor|bishop|mayor|duke|earl)\b",
    re.IGNORECASE,
)
_STROKES = str.maketrans("øłđ", "old")


def names_agree(claimed: str, shown: str) -> Standing:
    """Compare two personal names.

    They agree by surname and compatible given names or initials. A whole given name that only
    one of them has makes another person (John Adams, John Quincy Adams); a title without a
    name is unknown. A source may name several, parted by semicolons: one that agrees is enough.

    Example:
        >>> names_agree("J. F. Kennedy", "John F. Kennedy"), names_agree("Lincoln", "A. Lincoln")
        ('agrees', 'agrees')
        >>> names_agree("John Adams", "John Quincy Adams"), names_agree("the President", "Taft")
        ('differs', 'unknown')
        >>> names_agree("Reed", "Anna Holt; Tom Reed"), names_agree("Bell", "Anna Holt; Tom Reed")
        ('agrees', 'differs')
    """
    if ";" in shown:
        each = [names_agree(claimed, one) for one in shown.split(";") if one.strip()]
        return next((one for one in ("agrees", "unknown") if one in each), "differs")
    if claimed.strip().casefold() == shown.strip().casefold():
        return "agrees"
    a, b = name_words(claimed), name_words(shown)
    if any(map(_is_office, (claimed, shown))) and not {*a} & {*b}:
        return "unknown"
    numbers = [_number_in_name(_all_words(name)) for name in (claimed, shown)]
    a, b = (
        words[:-1] if number in words[-1:] else words
        for words, number in zip((a, b), numbers, strict=True)
    )
    if not a or not b:
        return "unknown"
    if all(numbers) and numbers[0] != numbers[1]:
        return "differs"
    if _initials_of(claimed, b) or _initials_of(shown, a) or sorted(a) == sorted(b):
        return "agrees"
    short, long = sorted((a, b), key=len)
    if long[-len(short) :] == short:
        return "agrees"
    if len(short) == 1 and short[0] == long[0]:
        return "unknown"
    if a[-1] != b[-1]:
        return "differs"
    return "agrees" if _given_compatible(_given(a), _given(b)) else "differs"


def _is_office(name: str) -> bool:
    """Tell whether a phrase is a title or a description, whatever its words: nobody's name.

    It begins with an article or a possessive and ends with a common noun ("the abbot's clerk"),
    or has no word but capitals after the article ("the Lord Keeper"). Known failures: a band
    (The Animals), a name with an article (The Rock).

    Example:
        >>> [_is_office(one) for one in ("the First Keeper", "our clerk", "the poet Auden")]
        [True, True, False]
    """
    first, *rest = name.split() or [""]
    if first.casefold() not in DETERMINERS or not rest:
        return False
    if rest[0].casefold().rstrip(".") in HONORIFICS:
        return False
    return rest[-1][:1].islower() or all(
        word[:1].isupper() or word in ("of", "and", "the", "for") for word in rest
    )


DETERMINERS = frozenset("the a an our my his her its their your this that".split())
HONORIFICS = frozenset(
    "rev reverend hon honorable honourable rt right most very late venerable blessed emperor "
    "empress prophet apostle president".split()
)
"""After an article these go before a name: the Rev. John Moss."""


def _number_in_name(words: Sequence[str]) -> str | None:
    """Return the regnal number, or Jr and Sr, that a name ends with."""
    last = words[-1] if len(words) > 1 else ""
    return last if last in ("jr", "sr") or REGNAL.fullmatch(last) else None


def _initials_of(name: str, words: Sequence[str]) -> bool:
    """Tell whether a name is the initials of another: JFK, F.D.R."""
    letters = name.replace(".", "").replace(" ", "")
    return (
        2 <= len(letters) <= 4
        and letters.isupper()
        and len(words) == len(letters)
        and letters.casefold() == "".join(word[0] for word in words)
    )


def _given(words: Sequence[str]) -> list[str]:
    spread: list[str] = []
    for word in words[:-1]:
        if word in PARTICLES:
            continue
        spread.append(NICKNAMES.get(word, word))
    return spread


def _given_compatible(a: Sequence[str], b: Sequence[str]) -> bool:
    """Match given names in order; initials fit names, and the last ones may be missing."""
    if not a or not b:
        return True
    if len(a) > len(b):
        a, b = b, a
    if all(map(_fits, a, b)):
        return all(len(word) == 1 for word in b[len(a) :])
    middle = [word for word in b[1:] if len(word) > 1]
    return len(a) == 1 and any(_fits(a[0], word) for word in middle) and len(b[0]) == 1


def _fits(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])


_DATE = re.compile(r"(-?\d{4}|-?\d{2,3}X{1,2})(?:-(\d{2}))?(?:-(\d{2}))?[~?%]*")


def date_bounds(date: str) -> tuple[tuple[int, int, int], tuple[int, int, int]] | None:
    """Return the first and last day that an EDTF date may mean, or None if it is none.

    Example:
        >>> date_bounds("1946"), date_bounds("1939/1945-05")
        (((1946, 1, 1), (1946, 12, 31)), ((1939, 1, 1), (1945, 5, 31)))
    """
    if "/" in date:
        first, _, last = date.partition("/")
        low, high = date_bounds(first), date_bounds(last)
        return (low[0], high[1]) if low and high else None
    m = _DATE.fullmatch(date.strip())
    if not m:
        return None
    year, month, day = m.groups()
    if not 1 <= int(month or 1) <= 12 or not 1 <= int(day or 1) <= 31:
        return None
    low_year, high_year = (int(year.replace("X", d)) for d in "09")
    if year.startswith("-"):
        low_year, high_year = sorted((low_year, high_year))
    return (
        (low_year, int(month or 1), int(day or 1)),
        (high_year, int(month or 12), int(day or 31)),
    )


def dates_agree(claimed: str, shown: str) -> Standing:
    """Compare two EDTF dates: they agree if one contains the other."""
    a, b = date_bounds(claimed), date_bounds(shown)
    if a is None or b is None:
        return "unknown"
    inside = a[0] <= b[0] and b[1] <= a[1]
    around = b[0] <= a[0] and a[1] <= b[1]
    return "agrees" if inside or around else "differs"


def is_before(date: str | None, other: str) -> bool:
    """Tell whether a date is surely before another; an unknown date is before every date."""
    if date is None:
        return True
    a, b = date_bounds(date), date_bounds(other)
    return a is None or b is None or a[1] < b[0]


def speaker_at(source: Source, start: int, end: int) -> str | None:
    """Return who says a stretch of a source; `speaker_spans` decide where it has them."""
    if not source.speaker_spans:
        return source.speaker
    shares = {
        span: min(end, span.end) - max(start, span.start)
        for span in source.speaker_spans
        if span.start < end and start < span.end
    }
    if not shares:
        return source.speaker
    return max(shares, key=lambda span: (shares[span], -span.start)).name


def attest(claim: Attribution, parts: Sequence[Sequence[tuple[Source, int, int]]]) -> Attested:
    """Compare a claim with the places of each part of a passage.

    Args:
        claim: What the page says.
        parts: For each part, the places where its words stand, the chosen one first. The
            claim agrees where every part has a place that agrees.
    """
    speakers = [[speaker_at(*place) for place in places] for places in parts]
    claimed = [[_speaker_standing(claim.speaker, *place) for place in places] for places in parts]
    dates = [[place[0].date for place in places] for places in parts]
    return Attested(
        speaker=_standing(claimed),
        date=_standing([[_compare(dates_agree, claim.date, d) for d in p] for p in dates]),
        source_speaker=speakers[0][0] if speakers else None,
        source_date=dates[0][0] if dates else None,
    )


def _speaker_standing(claimed: str | None, source: Source, start: int, end: int) -> Standing:
    """Compare a claimed speaker with who says a stretch.

    Words of a play are its author's as well as the character's; whoever speaks in the source
    himself, as in an interview, is held to his own words.
    """
    shown = speaker_at(source, start, end)
    standing = _compare(names_agree, claimed, shown)
    if standing != "differs" or not source.speaker_spans or not source.speaker:
        return standing
    names = {span.name for span in source.speaker_spans}
    if any(names_agree(source.speaker, name) == "agrees" for name in names):
        return standing
    author = _compare(names_agree, claimed, source.speaker)
    return author if author == "agrees" else standing


def _compare(
    agree: Callable[[str, str], Standing], claimed: str | None, shown: str | None
) -> Standing:
    if not claimed or not shown:
        return "unknown"
    return agree(claimed, shown)


def _standing(parts: Iterable[Sequence[Standing]]) -> Standing:
    """Combine the answers: any place will do for a part, and every part must agree."""
    each: list[Standing] = [
        "agrees" if "agrees" in p else "unknown" if "unknown" in p else "differs" for p in parts
    ]
    if not each or ("unknown" in each and "differs" not in each):
        return "unknown"
    return "differs" if "differs" in each else "agrees"


MOST_OPENED = 2000
"""Sources whose beginnings are searched for the claimed day; in a larger collection a day without
a year is named too often to tell anything. Chosen by hand."""
BEGINNING = 1200
"""Characters of a text in which its day is looked for: headline, dateline, first sentence."""


def by_claim(
    passage: Passage, sources: Sequence[Source], barred: Container[int], most: int = 3
) -> tuple[ByClaim, ...]:
    """Name sources that fit what a passage claims, whatever their words.

    The date must fit, and the speaker or the occasion with it. Where a source is in another
    language, neither its words nor its occasion can be compared: the same day is enough there,
    or that its text begins with that day. All of it is an offer and no finding.
    """
    claim = passage.attribution
    if not claim.date or date_bounds(claim.date) is None or len(claim.date.rstrip("~?%")) < 7:
        return ()
    day = _day_pattern(claim.date) if len(sources) <= MOST_OPENED else None
    here = passage.language or guess_language(passage.text)
    fitting = []
    for index, source in enumerate(sources):
        if index in barred:
            continue
        fits, occasion = _fits_claim(passage, here, source, day)
        if fits:
            fitting.append(
                (-len(fits), fits[-1] == "day-named", -occasion, source.id, fits, source)
            )
    fitting.sort(key=lambda row: row[:4])
    return tuple(
        ByClaim(
            source=source.id,
            title=source.title,
            date=source.date,
            occasion=source.occasion,
            collection=source.collection,
            speaker=source.speaker,
            language=source.language,
            by=fits,
        )
        for *_, fits, source in fitting[:most]
    )


def _fits_claim(
    passage: Passage, here: str | None, source: Source, day: re.Pattern[str] | None
) -> tuple[tuple[Fit, ...], float]:
    """Say what of a claim fits a source, and how much of the occasion; nothing if too little."""
    claim = passage.attribution
    standing = _compare(dates_agree, claim.date, source.date)
    speaker = _compare(names_agree, claim.speaker, source.speaker)
    occasion = _shared(claim.occasion, source.occasion or source.title)
    fits: list[Fit] = ["date"] if standing == "agrees" else []
    if speaker == "agrees":
        fits.append("speaker")
    if occasion >= ENOUGH_OCCASION:
        fits.append("occasion")
    if standing == "agrees" and (
        speaker == "agrees" or (speaker == "unknown" and occasion >= ENOUGH_OCCASION)
    ):
        return tuple(fits), occasion
    if (speaker == "differs" and _same_script(claim, source)) or _is_same(here, source.language):
        return (), 0.0
    if standing == "agrees" and min(len(claim.date or ""), len(source.date or "")) >= WHOLE_DATE:
        return (tuple(fits), occasion) if _is_foreign(passage, here, source) else ((), 0.0)
    may_tell = source.date is None or not is_before(source.date, claim.date or "")
    if day is not None and may_tell and day.search(source.text[:BEGINNING]):
        return (("day-named",), 0.0) if _is_foreign(passage, here, source) else ((), 0.0)
    return (), 0.0


WHOLE_DATE = len("1946-01-21")
ENOUGH_OCCASION = 0.5
"""Share of an occasion's longer words that must be another's. Chosen by hand."""


def _is_same(one: str | None, other: str | None) -> bool:
    return bool(one and other and one.split("-")[0] == other.split("-")[0])


def _is_foreign(passage: Passage, here: str | None, source: Source) -> bool:
    """Tell whether words cannot be compared: another script, or another language."""
    begins = source.text[:BEGINNING]
    scripts = dominant_script(passage.text)[0], dominant_script(begins)[0]
    if None not in scripts and scripts[0] != scripts[1]:
        return True
    there = source.language or guess_language(begins)
    return bool(here and there) and not _is_same(here, there)


def _same_script(claim: Attribution, source: Source) -> bool:
    """Tell whether two names are written in one script, so that they can differ."""
    return dominant_script(claim.speaker or "")[0] == dominant_script(source.speaker or "")[0]


MONTHS = tuple(
    "|".join(names.split())
    for names in (
        "jan ene gen янв", "feb fév fev фев", "mar mär марта", "apr avr abr апр", "may mai mag mayo ма[йя]",
        "jun juin giu июн", "jul juil lug июл", "aug ago août авг", "sep set сен", "oct okt ott out окт",
        "nov ноя", "dec dez déc dic дек",
    )
)  # fmt: skip
"""Beginnings of the names of months in some languages. Known failure: any other language."""


def _day_pattern(date: str) -> re.Pattern[str] | None:
    """Match a day in figures, in Chinese or Japanese, or with a month's name; its year, if any."""
    m = re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})[~?%]*", date)
    if m is None:
        return None
    year, month, day = m[1], int(m[2]), int(m[3])
    names = MONTHS[month - 1] if 1 <= month <= 12 else ""
    return re.compile(
        rf"""
        (?<!\d)(?:
            (?:{year}\s?年\s?|(?<![年\d\s])\s?) 0?{month}\s?月\s?0?{day}\s?[日号號]  # 2014年2月27日, 2月27日
          | {year}[-./]0?{month}[-./]0?{day} (?!\d)                       # 2014-02-27
          | 0?{day}[-./]\s?0?{month}[-./]\s?{year} (?!\d)                 # 27.2.2014
          | 0?{day}\.?\s(?:de\s)?(?:{names})\w*\.?(?!\s(?:de\s)?\d{{4}}) # 27 février
          | 0?{day}\.?\s(?:de\s)?(?:{names})\w*\.?\s(?:de\s)?{year}      # 27. Februar 2014
        )
        """,
        re.VERBOSE | re.IGNORECASE,
    )


def _shared(a: str | None, b: str | None) -> float:
    """Return the share of the rarer side's words that both have."""
    one, other = ({w.casefold() for w in _WORDS.findall(t or "") if len(w) > 3} for t in (a, b))
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0
