"""Attribution lines → who, when, where, in what: by grammar, in any order, from tables.

Three families of lines are read. *Clauses and noun phrases about an event*: "On April 19,
2016, the Minister's speech at the Symposium", "X sent a letter to the Summit", "Speech by X
at Y on D". *Lists*: "Name (1874–1965), role, “Work”, Act 2, p. 14 (1946)". *Works with a
character*: "Falstaff in “Henry IV”, William Shakespeare". Dates, life dates and places in
works are cut out first; what is left is parted at commas, outside marks and brackets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from chrestomathy.lift.dates import FoundDate, find_dates
from chrestomathy.lift.kinds import COMPOUND, KIND_OF, kind_of
from chrestomathy.lift.lexicon import by_first, sources, speech
from chrestomathy.lift.speakers import RETIRED, is_name, is_nobody, is_role
from chrestomathy.records import Attribution, Kind, Span

MAX_WORDS = 60
MAX_OFFICE_WORDS = 4
"""Most words of an office and what it is of, where no capital begins it; chosen by hand."""
MAX_PROVERB = 8
"""Most words of a proverb's source, with the land that it comes from; chosen by hand."""
MAX_NAME_LINE = 55
"""Longest name with a line of its own above the rest of its source; chosen by hand."""
MAX_LINE = 320
"""Longest line that is read as an attribution, in characters; chosen by hand."""

MAX_DATE = 40
"""How much of a line is looked at for a date at its head, in characters."""

WORDS_BEFORE = (
    "Source|Quelle|Fuente|Fonte|Bron|Källa|Kilde|Źródło|Zdroj|Джерело|Источник|出处|来源|出典|Opis|Popis"
    "|Author|Autor|Auteur|Autore|Автор|作者"
)
WORD_MARKER = re.compile(rf"^[^\S\n]*(?:{WORDS_BEFORE})\s?[:：]", re.MULTILINE)
MARKERS = rf"""
    (?:[—–―─‒-]\s*){{1,4}}               # "— —", "--", "-"
    | [•·∙▪◦*~›⁓○●■]\s+                 # "• Name"
    | ~\s*
    | \#{{1,6}}\s+                      # "#### Name"
    | (?:⮑|→|⇒|↳)\s*
    | (?:{WORDS_BEFORE})\s?[:：]\s*
"""
MARKER = re.compile(rf"\s*(?P<marker>{MARKERS})", re.VERBOSE)

_WIDE = str.maketrans("（），、；：。．،؛／", "(),,;:..,;;")
"""Punctuation of other scripts, read like its Latin counterpart."""

TELLING = (
    frozenset(word for words in speech.SAYING.values() for word in words.split())
    - speech.IN_SOURCES
    - frozenset(KIND_OF)
)
"""Verbs that make a sentence of what could be a source line."""


def _kinds(*languages: str) -> str:
    """Make a pattern of the nouns of sources in some languages."""
    tables = [nouns for language in languages for nouns in sources.KINDS[language].values()]
    nouns = {noun.replace("_", " ") for table in tables for noun in table.split()}
    return "|".join(sorted(nouns, key=len, reverse=True))


_KIND = "|".join([*sorted(map(re.escape, KIND_OF), key=len, reverse=True), COMPOUND])
_EVENT = re.compile(
    rf"\b(?:{'|'.join(sorted({w for t in sources.EVENTS.values() for w in t.split()}))})s?\b",
    re.IGNORECASE,
)
_ADJECTIVES = r"(?:[\w’'-]+\s+){0,4}?"
_AFTER_SPEAKER = "|".join(
    sorted({w for t in sources.AFTER_SPEAKER.values() for w in t.split()}, key=len, reverse=True)
)
_BY_WORD = "|".join(
    sorted({w for t in sources.BY_WORDS.values() for w in t.split()}, key=len, reverse=True)
)
_AFTER_ARABIC = "في|إلى|الى|أمام|خلال|حول|عن|مع|بمناسبة|در|به|بر"
_ARTICLE = r"(?:the|a|an|his|her|their|its|some|several|une?|le|la|les|l['’]|eine[rnm]?|die|der|das|el|los|las|il|lo|um|uma|een|het)"

_POSSESSIVE = re.compile(
    rf"""
    (?P<speaker>[^,;:]{{1,79}}?[^\s,;:])(?:['’]s|(?<=s)['’])\s+      # "the Minister's"
    (?P<adjectives>{_ADJECTIVES})(?P<kind>{_KIND})\b        # "first speech"
    (?P<tail>.*)                                            # "at the Forum"
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_CLAUSE = re.compile(
    rf"""
    (?P<speaker>[^;:]{{1,79}}?[^\s;:,]),?\s+               # "the Minister"
    (?:has\s+|a\s+|hat\s+)?
    (?:delivered|delivers|gave|gives|made|makes|sent|sends|issued|wrote|published|held|presented
      |prononcé|envoyé|donné|fait|adressé|hielt|sandte|schickte|gehalten|pronunció|envió|dio
      |pronunciò|tenne|inviò|proferiu|enviou|hield|stuurde|произн[её]с|направил)\s+
    (?:{_ARTICLE}\s*)?(?P<adjectives>{_ADJECTIVES})(?P<kind>{_KIND})\b    # "a congratulatory letter"
    (?P<tail>.*)                                            # "to the Forum"
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_PRESIDED = re.compile(
    rf"""
    (?P<speaker>[^;:,]{{1,60}}?[^\s;:,])\s+
    (?:presided\s+over|chaired|attended|inspected|visited|addressed|opened|convened|hosted|met\s+with
      |took\s+part\s+in|participated\s+in|went\s+to)\s+(?P<occasion>.{{3,160}}?),?\s+and\s+
    (?:delivered|made|gave|issued)\s+(?:{_ARTICLE}\s*)?(?P<adjectives>{_ADJECTIVES})(?P<kind>{_KIND})\b
    (?P<tail>.*)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
"""What news of ceremonies says: "the Governor opened the meeting and made a speech"."""
_NOUN_BY = re.compile(
    rf"""
    (?:(?:from|in|de|aus)\s+)?(?:{_ARTICLE}\s+)?
    (?P<adjectives>{_ADJECTIVES})(?P<kind>{_KIND})\s+       # "Opening speech"
    (?P<link>(?:{_BY_WORD}|par)\s+|dell['’])                 # "by"
    (?P<speaker>[^,;:]{{1,79}}?[^\s,;:])                   # "the Minister"
    (?P<tail>(?:,|\s+(?:{_AFTER_SPEAKER})\s|\s+(?:all|nell)['’]).*)?
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_GENITIVE = re.compile(
    rf"""
    (?P<adjectives>)(?i:(?P<kind>{_kinds("ru")}))\s+
    (?P<speaker>(?:[а-яё]+\s+){{0,3}}?(?:[А-ЯЁ]\.\s*){{0,2}}(?:[А-ЯЁ]\w+(?:\s+[А-ЯЁ]\w+)?|[а-яё]+))
                                                          # "А. Лебедевой", "директора завода"
    (?P<tail>(?:,|\s+(?:(?:на|в|во|перед|к|ко|о|об|при|по|для)\s
      |(?:[а-яё]+(?:ам|ям)|газете|журналу|каналу|агентству|радио)\b)).*)?     # "на съезде"
    """,
    re.VERBOSE | re.DOTALL,
)
_NOUN = re.compile(
    rf"""
    (?:(?:from|in|at|during|aus|dans|en)\s+)?(?:{_ARTICLE}\s+)?
    (?P<adjectives>{_ADJECTIVES})(?P<kind>{_KIND})\b        # "Commencement address"
    (?P<tail>.*)                                            # "at the University"
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_POSTPOSED = re.compile(
    rf"""
    (?P<adjectives>)(?:(?P<where>[^,;:\n]{{1,40}}?)(?:에서|での|における)\s?)?    # "포럼에서"
    (?P<speaker>[^,;:\n]{{1,40}}?)\s?(?:का|के|की|の|의)\s?(?:\S{{1,12}}\s){{0,2}}  # "시장의"
    (?P<kind>{_kinds("hi", "ja", "ko")})(?P<tail>)                         # "연설"
    """,
    re.VERBOSE,
)
_CONSTRUCT = re.compile(
    rf"""
    (?P<adjectives>)(?P<kind>{_kinds("ar", "he", "fa")})\s+                # "خطاب"
    (?!(?:{_AFTER_ARABIC})\s)(?P<speaker>[^,;:]{{1,39}}?[^\s,;:])          # "الوزير"
    (?P<tail>\s+(?:{_AFTER_ARABIC})\s.*)?                                # "في مؤتمر المعلمين"
    """,
    re.VERBOSE | re.DOTALL,
)
_ARABIC = re.compile(
    rf"(?P<kind>{_kinds('ar', 'he', 'fa')})\s+(?:{_AFTER_ARABIC})\s(?P<what>.+)", re.DOTALL
)
"""Without a speaker: "خطاب في الميناء"."""
_CHINESE = re.compile(
    rf"""
    (?P<speaker>[^在致向同与,;:]{{1,20}}?)?
    (?:[在同与](?P<occasion>.+?)(?:上|时|時|中|期间|期間|闭幕时)?|[致向](?P<to>.+?))
    (?:发表|發表|作|做)?的?(?:重要)?
    (?P<kind>{_kinds("zh")})
    """,
    re.VERBOSE | re.DOTALL,
)
_ASIAN_EVENT = re.compile(
    rf"(?P<what>[\u3040-\u30ff\u3400-\u9fff]{{2,16}}?(?:会|式|院|大会|論壇|论坛|会議|会议))(?:上|で|に|の|的)*"
    rf"(?P<kind>{_kinds('ja', 'zh')})"
)
"""A council's or ceremony's own: "市議会答弁", "入学式の式辞"."""
_KOREAN_EVENT = re.compile(
    rf"(?P<what>[\uac00-\ud7af ]{{1,40}}?(?:행사|대회|회의|위원회|총회|기념식|포럼|의회|국회|세미나)(?:에서|에 보낸)?)의?\s"
    rf"(?P<kind>{_kinds('ko')})"
)
"""An occasion's own: "세계 물의 날 행사 연설"."""
_SPEAKING = re.compile(
    r"""
    (?P<speaker>[^,;:]{1,79}?[^\s,;:]),?\s+
    (?:speaking\s+|talking\s+)?
    (?P<tail>(?:vor\s+(?:de[mnr]|einem|einer)|auf\s+(?:de[mr]|einem|einer)|bei(?:m|\s+(?:der|einem|einer))
      |anlässlich|devant|lors\s+d(?:e|u|['’])|ante\s+(?:el|la|los|las)|davanti\s+a\w*|tijdens|voor\s+(?:de|het)
      |at|during|when|while|addressing|speaking\s+to|talking\s+(?:to|with)
      |in\s+(?:conversation|an\s+interview)\s+with|i(?:m|n\s+(?:eine|seine|ihre)m)\s+(?:Gespräch|Interview)(?:\s+mit)?
      |(?:dans|lors\s+d['’])\s*une?\s+(?:entretien|interview)(?:\s+(?:avec|à|au|accordée?\s+à))?
      |in\s+un['’]\s?intervista(?:\s+a)?|n?uma\s+entrevista(?:\s+(?:a|à|ao|com))?|en\s+una\s+entrevista
      |en\s+entrevista\s+con|en\s+entretien\s+avec|in\s+gesprek\s+met|в\s+беседе\s+с)\s+.+)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_OCCASION = re.compile(
    r"""
    [\s,]*(?:(?:delivered|given|made|issued|held|broadcast|gehalten|prononcée?|pronunciad[oa])\s+)?
    (?P<link>(?:on\ the\ occasion\ of|at|during|before|when|while|addressing|for|lors\ d[eu]|bei|auf
      |beim|anlässlich|vor|devant|ante|durante|tijdens|bij|op|au|à|n[ao]s?|nell[ao]|alla|на|при|podczas
      |vid|på)\s+|(?:lors\ d|à\ l|all|nell|dell)['’]\s*)
    (?P<what>.+)
    """,
    re.VERBOSE | re.IGNORECASE | re.DOTALL,
)
_PLACE = re.compile(
    r"[\s,]*(?:(?:delivered|given|made|issued|held|broadcast|gehalten)\s+)?"
    r"(?:in|from|en|à|dans|em|v|в)\s+(?P<what>.+)",
    re.IGNORECASE | re.DOTALL,
)
_TOPIC = re.compile(
    r"[\s,]*(?:on|about|regarding|concerning|sur|über|zu|zum|zur|sobre|acerca\ de|su|over|о|об)\s+"
    r"(?P<what>.+)",
    re.IGNORECASE | re.DOTALL,
)
_TO = re.compile(
    r"[\s,]*(?:(?:delivered|given|sent)\s+)?(?P<link>to|an|à|aux?|al?|alla|aan|к)\s+(?P<what>.+)",
    re.IGNORECASE | re.DOTALL,
)
_BY = re.compile(r"(?:^|\s)(?:by|von|par|por)\s+(?P<who>[^,;]{2,60})$", re.IGNORECASE)
_TOPIC_THEN_PLACE = re.compile(r"(?P<topic>.*?\S)\s+(?P<rest>(?:at|during)\s+.+)", re.DOTALL)

_LOCUS_WORD = by_first("|".join(sources.LOCUS_WORDS.values()).split("|"))
_NUMBER = r"(?:\d+[\d\s–—:.,-]*\d|\d+[a-z]?|[IVXLC]{1,7})(?!\w)"
_LOCUS = re.compile(
    rf"""
    (?=[(\[§\d第]|(?<!\w)[^\W\d_])                         # where one may begin
    (?:[(\[]\s*)?
    (?:(?<!\w)(?:{_LOCUS_WORD})\.?\s*{_NUMBER}              # "p. 14", "Act II", "pg508"
      (?:\s*[,;:]?\s*(?:{_LOCUS_WORD})\.?\s*{_NUMBER})*)    # ", scene 3"
    (?:\s*[)\]])?
    | (?<![\w§])§{{1,2}}\s?\d+
    | 第\s?(?:\d{{1,4}}(?:\s?[–-]\s?\d{{1,4}})?|[一二三四五六七八九十百]{{1,5}})\s?[页頁章节節卷册冊回條条期号號版]
    | (?<!\d)\d{{1,4}}(?:\s?[–~-]\s?\d{{1,4}})?\s?(?:쪽|면)(?!\w)
    | (?<![\w:])\d{{1,3}}:\d{{1,3}}(?:\s?[–-]\s?\d{{1,3}})?(?![\w:])    # "95:10", not "8:30:00"
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PUBLISHING = re.compile(f"(?:{sources.PUBLISHING})", re.IGNORECASE)
_PRICE = re.compile(r"[€$£]\s?\d{1,4}(?:[.,]\d\d)?\b|\b\d{1,4}(?:[.,]\d\d)?\s?€")
"""What is for sale is no source."""
_TELEVISION = re.compile(r"\b(?:season|series|episode|ep)\b", re.IGNORECASE)
_STAGE = re.compile(r"\b(?:act|acte|akt|aufzug|atto|acto|scene|scène|sc)\b", re.IGNORECASE)
_URL = re.compile(r"(?:https?://|www\.)\S+")
_YEAR_PAGE = re.compile(
    r"(?<![\w.,/:–-])(?P<year>\d{4})[a-z]?(?:\s?:\s?(?P<page>\d{1,4}(?:\s?[–-]\s?\d{1,4})?)(?![\w:])"
    r"|,\s(?P<end>\d{1,3}(?:\s?[–-]\s?\d{1,3})?)(?=[\s).]*$))"
)
"""A year with its page, as scholars cite: "(Holt 1988: 41)", "(Holt 1988, 41–43)"."""
_YEAR_OF = re.compile(
    rf"(?<![\w.,/-])(?P<year>1[5-9]\d\d|20\d\d)\s(?=(?:[\w-]{{2,20}}\s){{0,2}}(?:{_KIND})\b)",
    re.IGNORECASE,
)
"""A year before a kind of source: "1999 interview"."""
_LISTED = re.compile(r"\s*\d{1,3}[.)]\s+(?=\w)")
"""A number of a list before a source: "3. Anna Holt, 1988"."""
_IN_COLON = re.compile(r"(?<=\s(?:in|en)):(?=\s)")
"""The colon of "Trijn Hofstra in: De natte jaren"."""
_SUFFIXED = re.compile(r"['’]n?[ıiuü]n\Z")
"""The Turkish genitive of a name: "Mehmet Kaya’nın"."""
_SHARED = re.compile(rf"\s*(?:{'|'.join(sources.SHARED.values())})\s+", re.IGNORECASE)
_BY_PEOPLE = re.compile(r"[A-Z]\w+(?:ish|an|ese|ch|ic|eek|ss|li|er)(?:\s+(?:and\s+)?[a-z-]+){1,4}")
"""A people's adjective and a calling: "Danish pilot", "German poet and critic"."""
_CALLING = re.compile(r"(?P<role>[^・·\s]{1,8})[・·](?P<name>[^・·]{2,10})")
"""An office before a name: 知事・大野健一."""
_CALLED = re.compile(
    r"(?P<role>[a-zà-ÿ-]{2,20}(?:er|or|ist|man|woman|ian|eur|ess|smith|wright)) (?P<name>[A-ZÀ-Þ].{2,60})"
)
"""A calling in lower case before a name: "clockmaker S. Tolland"."""
_IN_WORK = re.compile(
    r"(?P<who>[^,;]{1,60}?)\s+(?:in|aus|dans|en|from)\s+"
    r"(?P<what>[\"“«„‘_*].+|(?:the\s+)?[A-ZÀ-ÞА-Я].+|(?:haar|zijn|his|her|their|seine[rmn]?|ihre[rmn]?)\s.+)"
)
_ON_TOPIC = re.compile(r"(?P<who>[^,;]{2,60}?),?\s+(?:on|about)\s+(?P<what>\S.+)")
_BY_AUTHOR = re.compile(r"(?P<what>.{2,120}?),?\s+(?:by|von|par)\s+(?P<who>[^,;]{2,60})")
_COUNTED = re.compile(r"[^\W\d_][).]?\s?[–—-]\s?\d{1,3}(?:[.:,]\d\d)?(?:\s?[€$£])?\Z")
COUNTED_CHARS = 16
"""A page, a price or a length behind a last dash: "Bernd Kruse – 11" stands in a table."""
_STARRED = re.compile(r"\s*(\*{1,2})\([^()*]+\)(\*{1,2})\.?\s*")
"""A source that Markdown sets in italics with its brackets: "*(Memoirs, 1949)*"."""
_ATTRIBUTED = re.compile(
    rf"(?:{sources.ATTRIBUTED}|quoted\s+by|said|said\s+by|by)\s+",
    re.IGNORECASE,
)
_QUOTED_IN = re.compile(
    r"(?:quoted\s+in|from|in|aus|dans|tiré\s+de|de|z|ze|из|uit)\s+(?=[\"“«„‘*_])", re.IGNORECASE
)
"""Before a work in marks: 'from “The Long Quay”'."""
_MARKED = re.compile(r"^[\"“«„‘'_*《『]{1,3}\s?(?P<what>\S.*?)\s?[\"”“»’'_*》』]{1,3}$", re.DOTALL)
_BEFORE_DATE = re.compile(r"(?<!\s)\s+(?:on|in|at|am|vom|le|el|op|em|il|de|of|from|dated)$")
_TO_PERSON = re.compile(r"(?P<who>[^,;]{2,60}?)\s+(?:to|an|aan|à|a)\s+(?P<what>[^,;]{2,60})")
_ADDRESSED = re.compile(r"(?:To|À|Aan)\s+(?:\w+\s+){0,2}?[\w.]+(?:\s+[\w.]+)?(?=$|[,;\x00(])")
"""The head of a letter: "To his brother, Port Avery, 4 May 1911"."""
_SCRIPTURE = re.compile(
    r"(?P<book>(?:[1-3]\s+|I{1,3}\s+)?[A-Z][\w’']+(?:\s+of\s+[A-Z]\w+)?)\s+(?P<verse>\d{1,3}(?::\d[\d\s,;:–-]*)?)$"
)
_LEAD = re.compile(
    r"\s*(?:(?:on|in|from|dated|at|am|le|el|em|op|il|den|since|by)\s*)?(?P<date>\x00+)"
    r"(?:\s*[,:.])?\s*",
    re.IGNORECASE,
)
_INTERVIEW = re.compile(
    r"(?:interview|gespräch|entretien|entrevista|intervista|gesprek)\b.*", re.IGNORECASE
)
_GLUED = re.compile(r"\s[—–-]([^\W\d_]{2,20})\b")
"""A dash that touches the next word but not the one before."""
_LAND = re.compile(r"(?:Aus|From|Из|Uit|De|Dal)\s+(?P<place>[A-ZÀ-ÞА-Я][\w-]{2,})")
"""A land or town for a source: "Aus Litauen"."""
_SOMEBODY = re.compile(
    r"(?:An?|Eine?|Une?|Una?|Uma?|Een)\s[a-zà-ÿ-]{3,20}(?:\s[a-zà-ÿ-]{3,20})?"
    r"(?:,?\s(?:from|in|of|aus|de|di|uit)\s[A-ZÀ-Þ][\w-]+(?:\s[A-ZÀ-Þ][\w-]+)?)?"
)
"""Whoever gave no name: "A reader from Ulm"."""
_TAKEN_FROM = re.compile(
    r"\s*(?:(?:taken\s+)?from|aus|uit|extrait\s+de|tiré\s+de|Из|из)\s+|\s*(?:摘自|引自|选自|出自)"
)
_TRAIL = re.compile(
    r"(?<![\s,(\[])[\s,(\[]*(?:\b(?:on|in|from|dated|of|am|vom|le|du|el|em|op|il|del|den|от)\s+)?"
    r"(?<!\x00)(?P<date>\x00+)[\s)\].,]*$",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Claim:
    """What one attribution line says; offsets point into the line."""

    speaker: Span | None = None
    role: str | None = None
    date: FoundDate | None = None
    occasion: str | None = None
    topic: str | None = None
    kind: Kind | None = None
    work: str | None = None
    locus: str | None = None
    place: str | None = None
    form: str = ""
    """Which family of lines it is: event, list, bare."""
    score: float = 0.0
    """How much it looks like an attribution, 0 to 1."""


@dataclass(slots=True)
class _Line:
    """A line under work: dates and places in works are overwritten with NUL."""

    raw: str
    text: str
    claim: Claim = field(default_factory=Claim)


_MAYBE_DIGIT = re.compile(r"[0-9²³¹\u0100-\u200f\u2028-\U0010ffff]")
"""All but the letters and marks of Western texts."""


def may_claim(raw: str) -> bool:
    """Tell quickly whether a stretch is worth parsing: most prose is not.

    Example:
        >>> may_claim("Anna Holt, Letters"), may_claim("She took the lamp and went to the door.")
        (True, False)
    """
    words = raw.split()
    low = [word for word in words if word[0].islower()]
    if len(low) < 4 or any(map(str.isdigit, _MAYBE_DIGIT.findall(raw))):
        return len(words) <= MAX_WORDS
    if not TELLING.isdisjoint([word.rstrip(",.;:") for word in low]):
        return False
    return 2 * len(low) <= len(words) or not KIND_OF.keys().isdisjoint(
        [word.rstrip(",.") for word in low]
    )


@lru_cache(maxsize=1024)
def parse_claim(raw: str) -> Claim:
    """Read an attribution line, with or without its marker.

    A page's lines are asked for several times, so what they gave is kept: leave it unchanged.

    Example:
        >>> raw = "— Ada Lovelace (1815–1852), mathematician. Letter to Babbage (5 July 1843)."
        >>> claim = parse_claim(raw)
        >>> raw[slice(*claim.speaker)], claim.date.edtf, claim.kind
        ('Ada Lovelace', '1843-07-05', 'letter')
    """
    if len(raw) > MAX_LINE or not raw.strip() or _PUBLISHING.search(raw) or _PRICE.search(raw):
        return Claim()
    m = MARKER.match(raw)
    if m is None and raw.rstrip().endswith("。"):
        return Claim()  # a sentence
    start = m.end() if m else len(raw) - len(raw.lstrip())
    if lead := _listed(raw, start) or _SHARED.match(raw, start):
        start = lead.end()
    line = _Line(raw, " " * start + _IN_COLON.sub(" ", raw[start:].translate(_WIDE)))
    _part_below_name(line, start)
    for m in RETIRED.finditer(line.text):
        _blank(line, *m.span(), " ")
    _unwrap(line)
    _cut_dates(line)
    for m in _URL.finditer(line.text):
        _blank(line, *m.span(), "\x01")
    if not _read_scripture(line):
        _cut_loci(line)
        if not _read_event(line):
            _read_list(line)
    if line.claim.speaker and (suffix := _SUFFIXED.search(raw[slice(*line.claim.speaker)])):
        cut = len(suffix[0])
        line.claim.speaker = Span(line.claim.speaker.start, line.claim.speaker.end - cut)
    line.claim.score = _score(line)
    return line.claim


def _listed(raw: str, start: int) -> re.Match[str] | None:
    """Match the number of a list before a source; not the day of "12. března 2014"."""
    m = _LISTED.match(raw, start)
    first = next(iter(find_dates(raw[start : start + MAX_DATE])), None) if m else None
    return None if first is not None and first.start == 0 and not first.bare else m


def attribution_of(claim: Claim, raw: str, at: int) -> Attribution:
    """Make the record of a claim whose line stands at offset ``at``."""
    lead = len(raw) - len(raw.lstrip())
    speaker = claim.speaker
    return Attribution(
        speaker=" ".join(raw[slice(*speaker)].split()) if speaker else None,
        speaker_span=Span(at + speaker.start, at + speaker.end) if speaker else None,
        role=claim.role,
        date=claim.date.edtf if claim.date else None,
        occasion=claim.occasion,
        topic=claim.topic,
        kind=claim.kind,
        work=claim.work,
        locus=claim.locus,
        place=claim.place,
        raw=raw.strip(),
        span=Span(at + lead, at + len(raw.rstrip())),
    )


def speaks_for_more(raw: str) -> re.Match[str] | None:
    """Tell whether a source line stands for several passages above it: "both from …".

    Example:
        >>> bool(speaks_for_more("— both from Anna Holt, Letters"))
        True
    """
    m = MARKER.match(raw)
    return _SHARED.match(raw, m.end() if m else 0)


def same_again(claim: Attribution, last: Attribution | None) -> Attribution:
    """Fill "ibid." with the claims of the passage before it."""
    if last is None:
        return replace(claim, speaker=None, speaker_span=None)
    return replace(
        claim,
        speaker=last.speaker,
        speaker_span=last.speaker_span,
        work=claim.work or last.work,
        date=claim.date or last.date,
        kind=claim.kind or last.kind,
        occasion=claim.occasion or last.occasion,
    )


def is_same(claim: Attribution) -> bool:
    """Tell whether a source stands for the one named before it: "ibid."."""
    return stands_for_last(claim.speaker or claim.work or "")


def stands_for_last(text: str) -> bool:
    """Tell whether words are "ibid.", "same as above" or the like."""
    return text.strip(" .,").casefold().replace(" ", "-") in sources.THE_SAME


def _part_below_name(line: _Line, start: int) -> None:
    """Part a line that is a name from what stands on the next: a role, a work."""
    cut = line.text.find("\n")
    if cut < 0:
        return
    head, after = line.text[start:cut].strip(), line.text[cut:].strip()
    whole = head and after[:1].isupper() and head.split()[-1].casefold() not in speech.PARTICLES
    if whole and " " in head and len(head) <= MAX_NAME_LINE and is_name(head):
        line.text = f"{line.text[:cut]},{line.text[cut + 1 :]}"


def _unwrap(line: _Line) -> None:
    """Take brackets off a line that stands in them as a whole."""
    if (m := _STARRED.fullmatch(line.text)) is not None:
        _blank(line, m.start(1), m.end(1), " ")
        _blank(line, m.start(2), m.end(2), " ")
    bare = line.text.strip()
    pair = {"(": ")", "[": "]"}.get(bare[:1])
    if pair and bare.endswith((pair, pair + ".")) and _closes_last(bare, bare[0], pair):
        line.text = line.text.replace(bare[0], " ", 1)
        end = line.text.rindex(pair)
        line.text = line.text[:end] + " " * (len(line.text) - end)


def _closes_last(bare: str, opening: str, closing: str) -> bool:
    """Tell whether the bracket at the beginning is closed at the very end, not before."""
    depth = 0
    for i, c in enumerate(bare):
        depth += (c == opening) - (c == closing)
        if depth == 0:
            return i >= len(bare) - 2
    return False


def _blank(line: _Line, start: int, end: int, fill: str = "\x00") -> None:
    line.text = line.text[:start] + fill * (end - start) + line.text[end:]


def _cut_dates(line: _Line) -> None:
    """Choose the most precise date and overwrite all of them."""
    if m := _YEAR_PAGE.search(line.text):
        line.claim.date = FoundDate(*m.span("year"), m["year"], bare=True)
        line.claim.locus = m["page"] or m["end"]
        _blank(line, m.start(), m.end())
    found = [
        one for one in find_dates(line.text) if not (one.bare and _in_quotes(line.text, one.start))
    ]
    pages = [m.span() for m in _LOCUS.finditer(line.text)]
    found = [
        one
        for one in found
        if not (one.bare and any(start <= one.start < end for start, end in pages))
    ]
    dates = [one for one in found if one.role == "date"]
    if not dates and (m := _YEAR_OF.search(line.text)):
        dates = [FoundDate(*m.span("year"), m["year"], bare=True)]
        found += dates
    if dates and line.claim.date is None:
        line.claim.date = max(
            dates, key=lambda one: (len((one.edtf or "").rstrip("~")), -one.start)
        )
    for one in found:
        _blank(line, one.start, one.end, "\x00" if one is line.claim.date else "\x01")


def _in_quotes(text: str, at: int) -> bool:
    before = text[:at]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1


def _cut_loci(line: _Line) -> None:
    found = []
    for m in _LOCUS.finditer(line.text):
        if "\x00" in m[0] or _in_quotes(line.text, m.start()):
            continue
        found.append(" ".join(m[0].strip("()[] ,").split()))
        _blank(line, *m.span(), "\x02")
    line.claim.locus = ", ".join(found) or line.claim.locus


def _read_scripture(line: _Line) -> bool:
    """Read "John 3:16" and "Psalm 95"."""
    bare = _bare(line.text, 0, len(line.text))
    m = _SCRIPTURE.match(line.text, bare.start, bare.end)
    if m is None or m["book"].split()[-1].casefold() not in sources.SCRIPTURE:
        return False
    line.claim.work, line.claim.locus = m["book"], m["verse"].strip()
    line.claim.kind, line.claim.form = "scripture", "list"
    return True


def _bare(text: str, start: int, end: int) -> Span:
    """Trim white space, separators and overwritten stretches off both ends."""
    junk = " \t\r\n,;:.()[]\x00\x01\x02—–-·|"
    while start < end and text[start] in junk:
        start += 1
    while end > start and text[end - 1] in junk:
        if text[end - 1] == "." and _abbreviated(text, start, end):
            break
        if text[end - 1] in ")]" and {")": "(", "]": "["}[text[end - 1]] in text[start:end]:
            break
        end -= 1
    return Span(start, end)


def _abbreviated(text: str, start: int, end: int) -> bool:
    """Tell whether a final stop belongs to an initial or to "Jr."."""
    word = text[start : end - 1].split(" ")[-1]
    return word.casefold() in ("jr", "sr", "etc", "inc", "co", "esq", "ph.d", "m.d") or (
        len(word) == 1 and word.isupper() and end - start > 3
    )


def _clean(text: str) -> str | None:
    """Print a stretch without marks, brackets and holes at its ends."""
    text = re.sub(r"[\x00-\x02]+", " ", text)
    span = _bare(text, 0, len(text))
    text = " ".join(text[slice(*span)].split())
    m = _MARKED.match(text)
    return (m["what"] if m else text) or None


def _event_text(line: _Line) -> Span | None:
    """Find what is left between a date at the start and a date at the end."""
    start, end = 0, len(line.text)
    if m := _TAKEN_FROM.match(line.text):
        start = m.end()
    if m := _LEAD.match(line.text, start):
        start = m.end()
    elif m := _TRAIL.search(line.text):
        end = m.start()
    span = _bare(line.text, start, end)
    return span if span.start < span.end else None


def _read_event(line: _Line) -> bool:
    """Read a clause or noun phrase about a speech, letter or other event."""
    span = _event_text(line)
    if span is None or _is_proverb(line.text[slice(*span)]):
        return False
    foreign = not line.text.isascii()
    if foreign and (m := _CHINESE.fullmatch(line.text, *span)):
        return _take_chinese(line, m)
    if foreign and (m := _KOREAN_EVENT.fullmatch(line.text, *span)):
        line.claim.form, line.claim.kind = "event", kind_of(m["kind"])
        line.claim.occasion = _clean(m["what"])
        return True
    if foreign and (m := _ARABIC.fullmatch(line.text, *span)):
        line.claim.form, line.claim.kind = "event", kind_of(m["kind"])
        line.claim.occasion = _clean(m["what"])
        return True
    if line.claim.date and _ADDRESSED.match(line.text, *span):
        line.claim.kind, line.claim.form = "letter", "event"
        return True
    told = foreign or not _KIND_PARTS.isdisjoint(_WORDS.findall(line.text.casefold()))
    told = told or _COMPOUNDED.search(line.text) is not None
    m = _PRESIDED.fullmatch(line.text, *span) if told else None
    if m and _is_speaker(m["speaker"]):
        line.claim.speaker = _bare(line.text, *m.span("speaker"))
        line.claim.occasion = _clean(m["occasion"])
        return _take_event(line, m)
    for pattern in (*_IN_LATIN * told, *_IN_OTHERS * foreign):
        m = pattern.fullmatch(line.text, *span)
        if m and pattern is _NOUN_BY and _is_indonesian(m):
            continue
        if m and _is_speaker(m["speaker"]) and not _quoted_before(line.text, m.start("kind")):
            line.claim.speaker = _bare(line.text, *m.span("speaker"))
            if pattern is _POSTPOSED:
                line.claim.occasion = _clean(m["where"] or "")
                if m["speaker"].endswith((*_CEREMONIES, "で", "へ")):
                    line.claim.occasion = m["speaker"].strip().rstrip("でへ")
                    line.claim.speaker = None
            return _take_event(line, m)
    m = _SPEAKING.fullmatch(line.text, *span)
    if m and _is_speaker(m["speaker"]) and "\x01" not in m[0]:
        line.claim.speaker = _bare(line.text, *m.span("speaker"))
        line.claim.form = "event"
        line.claim.kind = next(filter(None, map(kind_of, m["tail"].split()[:3])), None)
        _read_tail(line.claim, m["tail"], None)
        if talk := _INTERVIEW.search(line.claim.place or ""):
            line.claim.work, line.claim.place = talk[0], None
        return True
    m = _NOUN.fullmatch(line.text, *span) if told else None
    if m and "," not in m["adjectives"] and not _is_persons(m[0]):
        return _take_event(line, m)
    return False


def _is_indonesian(m: re.Match[str]) -> bool:
    """Tell whether "di" is "at", as behind "sambutan", not "of", as behind "discorso"."""
    return m["link"].strip() == "di" and m["kind"].casefold() in _INDONESIAN


_INDONESIAN = frozenset(" ".join(sources.KINDS["id"].values()).split())


def _is_persons(text: str) -> bool:
    """Tell whether a stretch is a name, not "Entretien à Ouest-Quai"."""
    words = (_clean(text) or "").split()
    begins = len(words) > 1 and words[1].islower() and kind_of(words[0]) is not None
    return is_name(text) and not (begins or kind_of(" ".join(words)))


_CEREMONIES = ("式", "会", "大会", "集会", "会議", "総会", "祭", "회의", "대회", "총회", "समारोह")
"""Ends of occasions, which speak nothing: 入学式の式辞."""
_IN_LATIN = (_POSSESSIVE, _CLAUSE, _NOUN_BY)
_IN_OTHERS = (_GENITIVE, _POSTPOSED, _CONSTRUCT)
"""Clauses by script: a line of ASCII need not be tried against those of other scripts."""
_WORDS = re.compile(r"\w+")
_COMPOUNDED = re.compile(rf"\b{COMPOUND}\b", re.IGNORECASE)
_KIND_PARTS = frozenset(_WORDS.findall(noun.casefold())[0] for noun in KIND_OF)
"""Beginnings of the nouns of sources: a line of ASCII without any is no clause about one."""


def _take_chinese(line: _Line, m: re.Match[str]) -> bool:
    """Read "某某在大会上的讲话" and "某某致大会的贺信"."""
    claim = line.claim
    claim.form, claim.kind = "event", kind_of(m["kind"])
    claim.speaker = _bare(line.text, *m.span("speaker")) if m["speaker"] else None
    claim.occasion = _clean(m["occasion"] or m["to"] or "")
    return True


def _quoted_before(text: str, at: int) -> bool:
    return any(mark in text[:at] for mark in '"“«')


def _is_speaker(text: str) -> bool:
    """Tell whether a stretch can be the speaker in an event phrase."""
    bare = _clean(text) or ""
    if not bare or "\x00" in text or kind_of(bare.split()[-1]) is not None:
        return False  # "Speech at Ulm": the speech is no speaker
    return (
        is_name(bare)
        or is_role(bare)
        or _is_office(bare)
        or (
            bare.casefold().startswith(("the ", "der ", "die ", "das "))
            and len(bare.split()) <= 6
            and any(word[0].isupper() for word in bare.split()[1:])
        )
    )


def _is_office(text: str) -> bool:
    """Tell whether a stretch is an office and of what, in lower case: "директора завода"."""
    words = text.casefold().split()
    return words[0] in speech.ROLE_NOUNS and 1 < len(words) <= MAX_OFFICE_WORDS


def _take_event(line: _Line, m: re.Match[str]) -> bool:
    claim = line.claim
    claim.form = "event"
    claim.kind = kind_of(m["kind"])
    tail = m["tail"] or ""
    if claim.speaker is None and (by := _BY.search(tail)):
        at = m.start("tail") + by.start("who")
        claim.speaker = _bare(line.text, at, at + len(by["who"]))
        tail = tail[: by.start()]
    _read_tail(claim, tail, m)
    return True


def _read_tail(claim: Claim, tail: str, m: re.Match[str] | None) -> None:
    """Read what follows the noun: at an occasion, in a place, on a topic, to someone."""
    if not _clean(tail):
        if m is not None and m["adjectives"].strip() and claim.work is None:
            name = _clean(m["adjectives"] + m["kind"]) or ""
            if name[:1].isupper() and claim.speaker is None:
                claim.work = name
        return
    if topic := _TOPIC.fullmatch(tail):
        if parted := _TOPIC_THEN_PLACE.fullmatch(topic["what"]):
            claim.topic = _clean(parted["topic"])
            _read_tail(claim, " " + parted["rest"], m)
        else:
            claim.topic = _clean(topic["what"])
    elif occasion := _OCCASION.fullmatch(tail):
        claim.occasion = _clean(occasion["what"])
    elif to := _TO.fullmatch(tail):
        if _EVENT.search(to["what"]):
            claim.occasion = _clean(to["what"])
        elif m is not None:
            claim.work = _clean(m["kind"] + tail)
    elif place := _PLACE.fullmatch(tail):
        if _EVENT.search(place["what"]):
            claim.occasion = _clean(place["what"])
        else:
            claim.place = _clean(place["what"])
    elif m is not None:
        claim.work = _clean(m["adjectives"] + m["kind"] + tail)


def _read_list(line: _Line) -> None:
    """Read "Name, role, “Work”, locus (date)" in any order."""
    claim = line.claim
    claim.form = "list"
    pieces = list(_segments(line.text))
    if m := (
        _ATTRIBUTED.match(line.text, pieces[0].start)
        or _QUOTED_IN.match(line.text, pieces[0].start)
        if pieces
        else None
    ):
        pieces[0] = _bare(line.text, m.end(), pieces[0].end)
    work_first = bool(pieces) and _MARKED.match(line.text[slice(*pieces[0])]) is not None
    for i, span in enumerate(pieces):
        _read_piece(line, span, i, last=i == len(pieces) - 1, work_first=work_first)
    if claim.speaker is not None and claim.locus and len(pieces) <= 2 and claim.work is None:
        _work_not_speaker(line)
    if claim.speaker is not None and len(pieces) > 1:
        _place_not_speaker(line, pieces[0])
    if claim.locus and _TELEVISION.search(claim.locus):
        claim.work = line.raw[slice(*pieces[-1])] if pieces else claim.work
        claim.speaker = None
    if claim.speaker is None and claim.work is None and claim.kind is None and len(pieces) == 1:
        claim.form = "bare"


def _place_not_speaker(line: _Line, first: Span) -> None:
    """Take "Ogród, Kraków 1934, str. 5" for a book and where it was printed."""
    claim = line.claim
    if claim.speaker is None or claim.speaker.start <= first.end or not claim.locus:
        return
    town = line.raw[slice(*claim.speaker)].strip()
    if " " not in town and line.text[claim.speaker.end :].lstrip(" ").startswith("\x00"):
        claim.place, claim.speaker = town, None
        claim.work = claim.work or line.raw[slice(*first)].strip(" ,")


def _work_not_speaker(line: _Line) -> None:
    """Take "Hamlet, Act III" for a play: an act follows a work, not a person."""
    claim = line.claim
    if claim.locus and claim.speaker and _STAGE.search(claim.locus):
        after = line.text[claim.speaker.end :].lstrip(" ,(")
        if after.startswith("\x02"):
            claim.work, claim.speaker = line.raw[slice(*claim.speaker)], None
            claim.kind = "play"


def _segments(text: str) -> Iterator[Span]:
    """Part a line at commas and stops that stand outside marks and brackets."""
    depth, start, quoted = 0, 0, ""
    for i, c in enumerate(text):
        if quoted:
            if c == quoted:
                quoted = ""
            continue
        if c in "《『" and depth == 0:
            yield from _segment(text, start, i)
            start, quoted = i, "》" if c == "《" else "』"
        elif c in '“«"':
            quoted = {"“": "”", "«": "»", '"': '"'}[c]
            if quoted not in text[i + 1 :]:
                quoted = ""
        elif c in "([":
            if depth == 0 and text[i + 1 : i + 2] not in ("\x00", "\x01"):
                yield from _segment(text, start, i)
                start = i
            depth += 1
        elif c in ")]" and depth:
            depth -= 1
            if depth == 0:
                yield from _segment(text, start, i)
                start = i + 1
        elif depth == 0 and (c in ",;，；\x00\x02" or _stops(text, i)):
            yield from _segment(text, start, i)
            start = i + 1
    yield from _segment(text, start, len(text))


def _stops(text: str, i: int) -> bool:
    """Tell whether a stop, colon or dash parts two segments: not in "A. B. Holt"."""
    after = text[i + 1 : i + 2]
    if text[i] in ":—–-·|" and after.isspace() and i and text[i - 1].isspace() and text[i] != ":":
        return True
    if text[i] == ":":
        return after.isspace()
    if text[i] != "." or not (after.isspace() or after in "\x00\x01("):
        return False
    word = re.split(r"[\s.(]", text[max(0, i - 20) : i])[-1]
    if f"{word}.".casefold() in speech.TITLES:
        return False
    return len(word) > 3 or (len(word) > 1 and word.islower())


def _segment(text: str, start: int, end: int) -> Iterator[Span]:
    span = _bare(text, start, end)
    if span.start < span.end:
        yield span


def _read_piece(line: _Line, span: Span, i: int, *, last: bool, work_first: bool) -> None:
    """Read one segment of a list."""
    claim, text = line.claim, line.text[slice(*span)]
    if line.text[span.end :].lstrip()[:1] == "\x00" and (m := _BEFORE_DATE.search(text)):
        span = Span(span.start, span.start + m.start())
        text = line.text[slice(*span)]
    if re.fullmatch(r"[A-Z]{1,4}-[A-Z][\w.]*", text):
        claim.role = claim.role or text
        return
    if text.casefold() in ("jr", "jr.", "sr", "sr.", "esq", "esq."):
        if claim.speaker:
            claim.speaker = Span(claim.speaker.start, span.end)
        return
    if len(text) <= 3 and text.isalpha() and (text.islower() or _leads_to_date(line, span, i)):
        return  # what is left of "le 3 mai"
    if marked := _MARKED.match(text):
        if i == 0 and text[0] in "*_" and is_name(marked["what"]):  # Markdown's emphasis
            start = span.start + marked.start("what")
            claim.speaker = Span(start, start + len(marked["what"]))
            return
        _read_title(claim, marked["what"])
        return
    if i and _read_kind(line, span):
        return
    if not text.isascii() and (m := _ASIAN_EVENT.fullmatch(text) or _KOREAN_EVENT.fullmatch(text)):
        claim.kind, claim.form = kind_of(m["kind"]), "event"
        claim.occasion = claim.occasion or m["what"]
        return
    may_name = claim.speaker is None and (i == 0 or work_first or last)
    may_name = may_name and not (i and claim.kind == "interview")
    if may_name and _read_named(line, span, first=i == 0):
        return
    if i == 0:
        claim.work = claim.work or _clean(text)
    elif i == 1 and claim.role is None and claim.speaker and _BY_PEOPLE.fullmatch(text):
        claim.role = text
    elif text[0].islower() or is_role(text) or _names_office(text):
        if m := re.fullmatch(r"(?:on|about)\s+(.+)", text):
            claim.topic = m[1]
        elif m := re.fullmatch(r"(?:in|à|en|em|te|в)\s+([A-ZÀ-ÞА-Я][\w-]+)", text):
            claim.place = claim.place or m[1]
        elif m := re.fullmatch(r"(?:quoted\s+|cited\s+)?(?:in|from|aus|dans)\s+(.+)", text):
            claim.work = claim.work or _clean(m[1])
        elif m := _OCCASION.fullmatch(" " + text):
            claim.occasion = claim.occasion or _clean(m["what"])
        else:
            claim.role = claim.role or _clean(text)
    elif claim.role and not claim.place:
        claim.place = _clean(text)
    elif claim.work is None:
        claim.work = _clean(text)


def _leads_to_date(line: _Line, span: Span, i: int) -> bool:
    """Tell whether a line begins with a date: "On 3 March 2011, at the opening"."""
    return i == 0 and line.text[span.end :].lstrip()[:1] == "\x00"


def _read_title(claim: Claim, title: str) -> None:
    """Read a work in marks; a Chinese one may say the occasion: 《在大会上的讲话》."""
    claim.work = claim.work or _clean(title.rstrip(","))
    if m := _CHINESE.fullmatch(title):
        claim.kind = claim.kind or kind_of(m["kind"])
        claim.occasion = claim.occasion or _clean(m["occasion"] or m["to"] or "")


def _names_office(text: str) -> bool:
    return is_role(text.split(" of ")[0])


def _read_kind(line: _Line, span: Span) -> bool:
    """Read a segment such as "Letter to Babbage" or "in a speech at Oxford"."""
    m = _NOUN.fullmatch(line.text, *span) or _NOUN_BY.fullmatch(line.text, *span)
    if m is None or line.claim.kind is not None:
        return False
    claim = line.claim
    claim.kind = kind_of(m["kind"])
    _read_tail(claim, m["tail"] or "", m)
    said_more = claim.occasion or claim.place or claim.topic or claim.speaker
    if claim.work is None and not said_more and (m["tail"] or m[0][0].isupper()):
        claim.work = _clean(m[0])
    return True


def _read_named(line: _Line, span: Span, *, first: bool) -> bool:
    """Read a segment that holds the speaker's name."""
    claim, text = line.claim, line.text[slice(*span)]
    if _is_proverb(text):
        claim.speaker, claim.kind = span, "proverb"
        return True
    if first and (land := _LAND.fullmatch(text)):
        claim.place = land["place"]
        return True
    if first and kind_of(text) == "interview":
        claim.kind = "interview"
        return True
    if first and _SOMEBODY.fullmatch(text):
        claim.speaker = span
        return True
    if first and (m := _CALLED.fullmatch(text)) and is_name(m["name"]):
        claim.role = m["role"]
        claim.speaker = Span(span.start + m.start("name"), span.end)
        return True
    for pattern in (_IN_WORK, _BY_AUTHOR, _ON_TOPIC):
        m = pattern.fullmatch(text)
        if m and pattern is _BY_AUTHOR and is_name(text):
            continue  # "Otto von Lind" wrote no work by Lind
        if m and (is_name(m["who"]) or (pattern is _BY_AUTHOR and " " not in m["who"])):
            start = span.start + m.start("who")
            if pattern is _ON_TOPIC:
                claim.topic = _clean(m["what"])
            else:
                what = _clean(m["what"]) or ""
                claim.kind = claim.kind or kind_of(what.split()[-1]) if what else claim.kind
                claim.work = None if claim.kind and what[:1].islower() else what or None
            author = _later_name(line, span.end) if pattern is _IN_WORK else None
            claim.speaker = author or _bare(line.text, start, start + len(m["who"]))
            return True
    m = _TO_PERSON.fullmatch(text)
    letter = first and m and claim.date and kind_of(m["who"].split()[-1]) is None
    if letter and m and is_name(m["who"]) and is_name(m["what"]):
        claim.speaker = _bare(line.text, span.start, span.start + len(m["who"]))
        claim.kind = "letter"
        return True
    if first and (m := _CALLING.fullmatch(text)) and m["role"] in speech.ROLE_NOUNS:
        claim.role = m["role"]
        claim.speaker = Span(span.start + m.start("name"), span.end)
        return True
    if is_name(text) or is_nobody(text) or (first and _nickname(text)):
        claim.speaker = span
        return True
    return False


_WHOSE = frozenset("in from of among aus der von du de des della dei dal uit van из с".split())
"""What leads to a proverb's land or people."""


def _is_proverb(text: str) -> bool:
    """Tell whether a source is a people's proverb: "Zen proverb", "an old saying in Lower Marn"."""
    words = text.casefold().split()
    at = next((i for i, word in enumerate(words) if kind_of(word) == "proverb"), None)
    if at is None:
        return False
    whose = words[at + 1 : at + 2]
    return len(words) <= 4 or (at <= 3 and len(words) <= MAX_PROVERB and whose[0] in _WHOSE)


def _later_name(line: _Line, at: int) -> Span | None:
    """Find the author after a character in a work: "Orr in “The Shore”, P. Kell"."""
    for span in _segments(line.text[at:]):
        text = line.text[at + span.start : at + span.end]
        if is_name(text):
            return Span(at + span.start, at + span.end)
    return None


def _nickname(text: str) -> bool:
    return re.fullmatch(r"[\w.-]{3,20}", text) is not None and any(c.isdigit() for c in text)


def _score(line: _Line) -> float:
    """Weigh how much a line looks like an attribution."""
    claim, bare = line.claim, line.raw.strip()
    speaker = line.raw[slice(*claim.speaker)] if claim.speaker else ""
    score = 0.0
    if speaker:
        sure = is_name(speaker) or is_nobody(speaker) or claim.kind == "proverb"
        sure |= _SOMEBODY.fullmatch(speaker) is not None
        score += 0.6 if sure else 0.4
    score += 0.6 * (claim.kind == "scripture") + 0.2 * (claim.kind == "other")
    score += 0.3 * bool(claim.date) + 0.1 * bool(claim.locus)
    score += 0.3 * bool(claim.date and claim.occasion and not speaker)
    score += 0.3 * bool(claim.kind and claim.form == "event") + 0.1 * bool(claim.kind)
    score += 0.3 * bool(claim.work and re.search(r"[\"“«_*《『]", bare)) + 0.1 * bool(claim.work)
    if bare.rstrip("\"”»’' ").endswith(("!", "?", ":", ";", ",")):
        score -= 0.5
    if not claim.date and _COUNTED.search(bare[-COUNTED_CHARS:]):
        score -= 0.5
    if (claim.form != "event" and _is_sentence(line)) or _speaks(line.text):
        score -= 0.6
    if WORD_MARKER.match(line.raw) and (claim.work or claim.date or speaker):
        score += 0.4
    if claim.form == "bare" or (not speaker and not claim.date and not claim.kind):
        score -= 0.3
    if len(bare.split()) > 30:
        score -= 0.3
    return round(max(0.0, min(1.0, score)), 3)


def _speaks(text: str) -> bool:
    """Tell whether a line is one of a dialogue: "—Una carta —dijo Julio—. Para ti."."""
    return any(m[1].casefold() in TELLING for m in _GLUED.finditer(text))


def _is_sentence(line: _Line) -> bool:
    """Tell whether a list is rather a sentence: "Tom, he said, never knew of it."."""
    words = re.findall(r"[^\W\d_]+", line.text)
    low = [word for word in words if word[0].islower()]
    if any(word in TELLING for word in low):
        return True
    understood = line.claim.work or line.claim.kind
    return len(low) > 7 and 10 * len(low) > 6 * len(words) and not understood


def with_speaker(attribution: Attribution, name: str, span: Span) -> Attribution:
    """Give a speaker from elsewhere on the page to an attribution that names none."""
    return replace(attribution, speaker=name, speaker_span=span)
