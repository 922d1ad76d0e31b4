"""Which language a text is in: script first, then its commonest small words.

Small tables, no model and no dependency. READ asks it where a page declares no language, LIFT
for the marks to expect, GRADE whether its tables apply at all. It is a guess and is built to
say "cannot tell" (`None`) rather than a wrong name: too few words, two languages in near
balance, or a language without a table here.

The tables hold words that are frequent *and* telling. A word that several languages share
("in", "de", "die") counts for each of them, but less the more of them there are.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

MIN_WORDS = 6
"""Fewest words of an alphabet that several languages use. Chosen by hand: with five, names and
titles ("Die Zeit, Hamburg, 12. Mai") are called a language too often."""

MIN_LETTERS = 4
"""Fewest letters of a script that stands for one language, such as Hangul."""

SAMPLE_CHARS = 4000
"""A long text is judged by its beginning, middle and end, each of this many characters."""

MIN_SHARE = 0.08
"""Least weight of telling words per word. Running text of every language below has 0.15 or
more in the tests; lists of names have under 0.05."""

MARGIN = 1.35
"""How far the best language must be ahead of the second, as a ratio. Chosen by hand: Danish
and Norwegian, which share most small words, often stay undecided."""

MIN_KINDS = 2
"""Fewest different telling words: "die" alone makes no German."""

HINT_WEIGHT = 0.5
"""What a word with a telling letter counts beside a telling word's 1."""

SCRIPTS: tuple[tuple[str, str, str], ...] = (
    ("latin", "A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ", ""),
    ("cyrillic", "Ѐ-ԯ", ""),
    ("arabic", "ؠ-يٮ-ۓ", ""),
    ("kana", "ぁ-ゖァ-ヺ", "ja"),
    ("hangul", "가-힣ᄀ-ᇿ", "ko"),
    ("han", "㐀-䶿一-鿿", "zh"),
    ("devanagari", "ऄ-हक़-ॡ", "hi"),
    ("greek", "Ͱ-Ͽἀ-῾", "el"),
    ("hebrew", "א-ת", "he"),
    ("thai", "ก-ฮ", "th"),
    ("bengali", "অ-হ", "bn"),
    ("gujarati", "અ-હ", "gu"),
    ("gurmukhi", "ਅ-ਹ", "pa"),
    ("tamil", "அ-ஹ", "ta"),
    ("telugu", "అ-హ", "te"),
    ("kannada", "ಅ-ಹ", "kn"),
    ("malayalam", "അ-ഹ", "ml"),
    ("sinhala", "අ-ෆ", "si"),
    ("georgian", "ა-ჺ", "ka"),
    ("armenian", "Ա-ֆ", "hy"),
    ("ethiopic", "ሀ-ፚ", "am"),
    ("khmer", "ក-អ", "km"),
    ("lao", "ກ-ຮ", "lo"),
    ("burmese", "က-အ", "my"),
    ("tibetan", "ཀ-ཬ", "bo"),
)
"""Name of a script, its letters as a character class, and the language it stands for, where one
stands for nearly all of its texts; empty: `WORDS` or `HINTS` decide."""

WORDS: dict[str, str] = {
    "en": """the of and to in is was that for it with as his he be on at by i this had not are but
        from or have they which you were her she there been their we my me our shall will would
        who them when what him your an has than so no if its into these those do did all must
        can could should let us am how why where upon unto thou thee thy a about one some like more each most first other many only
        after before under over between because while same out down off up people time get make come
        see go says said know want please new year years long old don ll ve isn doesn didn ca
        become became very big good man men war die am an per use used here two world""",
    "de": """der die das und in den von zu mit sich des auf für ist im dem nicht ein eine als auch
        es an werden aus er hat dass daß sie nach wird bei einer um am sind noch wie einem über
        einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei wir ich
        ihr uns unser wenn was kann alle kein keine diese dieser schon""",
    "fr": """de la le et les des en un du une que est pour qui dans par plus pas au sur ne se ce il
        sont avec son aux cette ses mais comme ou si leur nous vous je elle on été être fait
        même tout sans où ils ont notre votre leurs ces très""",
    "es": """de la que el en y a los se del las un por con no una su para es al lo como más o pero
        sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había
        era muy hasta desde está mi porque qué yo nos nuestro nuestra ellos hay""",
    "it": """di e il la che in un a per è una sono non del si con i da le dei al nel della come più
        ma lo gli alla anche o ha delle dal se ci questo questa sua suo essere era dell quando
        stato perché nella noi io mi nostro ogni tutti chi cosa""",
    "pt": """de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele
        das à seu sua ou quando muito nos já eu também só pelo pela até isso ela entre depois
        sem mesmo aos seus quem nas me esse eles você essa num nem foi são está nós nosso""",
    "nl": """de en van het een in is dat te op met zijn voor niet aan er om die ook als dan maar of
        door bij naar uit nog worden wordt deze heeft hij ze wij we ik hun was werd tot over
        geen kan meer wat onze ons je zich al dit""",
    "pl": """w i na z do nie się że to o jest jak po od za przez co dla ale tak czy był są było
        jego ich już tylko oraz być jako ten który która które może tym przed lub bardzo mnie
        gdy ze by nas nasz""",
    "ru": """и в не на что с он как это по но из у за к от его то же все а для так мы или бы вы о
        был она они было быть была только уже если когда чтобы нет мне я нас наш которые который
        при до во со их""",
    "uk": """і в не на що з та як це до у за по але він для від його ми або був вони я ще про є
        які який бути було була також коли щоб так те її нас наш із зі й через цього вже тільки
        під якщо""",
    "bg": """на и да се в за от не с че са е по си до като ще това който която или но при ние аз
        към през след още което има беше""",
    "sr": """је и у да се на за су од са не као што који која из али или то ће нас били био би
        њих јер""",
    "sv": """och i att det som en på är av för med den till inte har de ett om han men var jag sig
        från så vi kan när hade nu eller skulle hon ska vara vår oss inga alla denna""",
    "da": """og i at det er en til af som på de med han den for der ikke et har jeg var fra men sig
        om vi så kan hun være blev når eller efter skal også hvor noget mig vores nogle
        havde deres hver hvert""",
    "nb": """og i det er på en til som av med for å ikke den har de han et var at jeg fra men seg
        om vi så kan hun være ble når eller etter skal også hvor noe meg vår noen
        hadde deres hver hvert""",
    "fi": """ja on ei että se oli ovat hän mutta ole joka kun mitä niin kuin myös jos ne sen tai
        minä me he olla sitä vain siitä mukaan jo jotka tämä nyt koska""",
    "cs": """a se v na je že o s z do i to k ve pro za by ale si po jako od jsem který která které
        byl jsou tak být jeho nebo už jen při až není bylo co jak kdy náš""",
    "hu": """a az és hogy nem is egy van ez azt meg csak de ha mint már volt még el vagy mert minden
        ki lehet amely aki nagy szerint kell nincs mi én""",
    "ro": """de și în la a că nu cu o pe din este un care mai pentru sunt se ca sau dar prin fi au
        lui al ale după când să noi el ea le fost acest această""",
    "tr": """ve bir bu da de için ile olarak çok daha gibi en o ne kadar ama değil olan sonra var
        her ya mi ki ben biz ancak şey diye göre tüm""",
    "id": """yang dan di untuk dengan ini itu tidak dari dalam pada adalah akan ke kita kami saya
        mereka oleh telah juga ada atau bisa karena sebagai dia bahwa""",
    "vi": """và của là có không được cho một các trong này những người với đã khi về tôi chúng để
        ở từ nhưng thì mà như cũng đó phải nước""",
    "la": """et in est non ad cum ut quod qui ex sed si quae per ab enim sunt aut esse hoc nec etiam
        eius atque quam autem de nos vos""",
}
"""Telling words of a language with a shared script, in lower case."""

HINTS: dict[str, str] = {
    "de": "ß", "fr": "œ", "es": "ñ¿¡", "pt": "ãõ", "pl": "łąęśżźćń", "cs": "řěů",
    "sv": "", "da": "", "nb": "", "hu": "őű", "ro": "țșă", "tr": "ğıİ", "vi": "ơưđạảấầẩậắằặẹẻẽếềểệịọỏốồổộớờởợụủứừửựỳỵỷỹ",
    "uk": "іїєґ", "ru": "ыэ", "bg": "ъ", "sr": "ђјљњћџ",
    "fa": "پچژگکی", "ur": "ٹڈڑےںھہ",
}  # fmt: skip
"""Letters that few languages but this one write."""

_CLASSES = {name: re.compile(f"[{letters}]+") for name, letters, _ in SCRIPTS}
_SPEAKS = {name: language for name, _, language in SCRIPTS}
_WORD, _ASCII_WORD = re.compile(r"[^\W\d_]+"), re.compile(r"[a-z]+")
_POSSESSIVE = re.compile(r"['’]s\b")  # English alone writes it so: "minister's", "he 's"
_ADDRESS = re.compile(r"\S+(?:://|@)\S+")  # "http://a.example/b", "me@a.example"; not "a/b"
_ALPHABETS = {
    "latin": [
        "en",
        "de",
        "fr",
        "es",
        "it",
        "pt",
        "nl",
        "pl",
        "sv",
        "da",
        "nb",
        "fi",
        "cs",
        "hu",
        "ro",
        "tr",
        "id",
        "vi",
        "la",
    ],
    "cyrillic": ["ru", "uk", "bg", "sr"],
}


NAMES = dict(
    pair.split()
    for pair in """
    am Amharic, bg Bulgarian, bn Bengali, bo Tibetan, cs Czech, da Danish, de German, el Greek,
    en English, es Spanish, fa Persian, fi Finnish, fr French, gu Gujarati, he Hebrew, hi Hindi,
    hu Hungarian, hy Armenian, id Indonesian, it Italian, ja Japanese, ka Georgian, km Khmer,
    kn Kannada, ko Korean, la Latin, lo Lao, ml Malayalam, my Burmese, nb Norwegian, nl Dutch,
    pa Punjabi, pl Polish, pt Portuguese, ro Romanian, ru Russian, si Sinhala, sr Serbian,
    sv Swedish, ta Tamil, te Telugu, th Thai, tr Turkish, uk Ukrainian, ur Urdu, vi Vietnamese,
    zh Chinese
    """.replace("\n", " ").split(",")
)
"""English names of the languages that can be told apart, by tag."""


def name_of(tag: str) -> str:
    """Name a language in English; a tag that has no name here stands for itself.

    Example:
        >>> name_of("de-AT"), name_of("tlh")
        ('German', 'tlh')
    """
    return NAMES.get(tag.replace("_", "-").split("-")[0].lower(), tag)


def guess_language(text: str) -> str | None:
    """Guess the language of a text.

    Args:
        text: Running text of any length; markup counts as words.

    Returns:
        A BCP 47 primary subtag ("en", "zh"), or None where it cannot tell: fewer than
        `MIN_WORDS` words, two languages in near balance, no script with a table.

    Example:
        >>> guess_language("It was the best of times, it was the worst of times.")
        'en'
        >>> guess_language("Paris, Texas") is None
        True
    """
    sample = _sample(text)
    script, letters = dominant_script(sample)
    if script is None:
        return None
    if script in _ALPHABETS:
        return _by_words(sample, _ALPHABETS[script])
    if letters < MIN_LETTERS:
        return None
    if script == "arabic":
        return _by_letters(sample)
    return _SPEAKS[script] or None


def dominant_script(text: str) -> tuple[str | None, int]:
    """Name the script that most letters of a text belong to, and say how many they are.

    Japanese mixes three scripts: where a tenth of the ideographs' number is kana, it is kana.

    Example:
        >>> dominant_script("abc где"), dominant_script("123")
        (('latin', 3), (None, 0))
    """
    if text.isascii():
        letters = _count("latin", text)
        return ("latin", letters) if letters else (None, 0)
    kinds = "".join(set(text))
    counts = {name: _count(name, text) for name, one in _CLASSES.items() if one.search(kinds)}
    if counts.get("kana", 0) * 10 > counts.get("han", 0):
        counts["kana"] += counts.pop("han", 0)
    script = max(counts, key=lambda name: counts[name], default=None)
    return (script, counts[script]) if script else (None, 0)


def _count(script: str, text: str) -> int:
    """Count the letters of a script."""
    return sum(map(len, _CLASSES[script].findall(text)))


def _sample(text: str) -> str:
    if len(text) <= 3 * SAMPLE_CHARS:
        return text
    middle = len(text) // 2
    return " ".join(
        (text[:SAMPLE_CHARS], text[middle : middle + SAMPLE_CHARS], text[-SAMPLE_CHARS:])
    )


@lru_cache(maxsize=1)
def _weights() -> dict[str, dict[str, float]]:
    """Return, for each telling word, its weight by language: 1 ÷ languages that share it."""
    tables = {language: frozenset(words.split()) for language, words in WORDS.items()}
    shared = Counter(word for words in tables.values() for word in words)
    weights: dict[str, dict[str, float]] = {}
    for language, words in tables.items():
        for word in words:
            weights.setdefault(word, {})[language] = 1.0 / shared[word]
    return weights


def _by_words(text: str, languages: list[str]) -> str | None:
    bare = _ADDRESS.sub(" ", text) if "@" in text or "://" in text else text
    word = _ASCII_WORD if bare.isascii() else _WORD
    words = Counter(word.findall(_POSSESSIVE.sub(" is", bare).lower()))
    n_words = words.total()
    if n_words < MIN_WORDS:
        return None
    weights = _weights()
    scores = dict.fromkeys(languages, 0.0)
    kinds: dict[str, set[str]] = {language: set() for language in languages}
    for one, count in words.items():
        for language, weight in weights.get(one, {}).items():
            if language in scores:
                scores[language] += weight * count
                kinds[language].add(one)
    letters = set(text.lower())
    for language in languages:
        hints = letters.intersection(HINTS.get(language, ""))
        if hints:
            hinting = [one for one in words if not hints.isdisjoint(one)]
            scores[language] += HINT_WEIGHT * sum(map(words.__getitem__, hinting))
            kinds[language].update(hinting)
    first, second = sorted(languages, key=lambda one: -scores[one])[:2]
    if len(kinds[first]) < MIN_KINDS or scores[first] < max(1.0, MIN_SHARE * n_words):
        return None
    return first if scores[first] >= MARGIN * scores[second] else None


def _by_letters(text: str) -> str | None:
    """Tell Arabic, Persian and Urdu apart by the letters that Arabic does not write."""
    letters = _count("arabic", text)
    urdu, persian = (sum(map(text.count, HINTS[one])) for one in ("ur", "fa"))
    if urdu > 0.05 * letters:
        return "ur"
    return "fa" if persian > 0.05 * letters else "ar"
