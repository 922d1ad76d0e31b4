"""Words that turn the sense, in English: numbers, negations, modals, quantities, directions.

Tables only. Another language is another module with the same names; what a change of each kind
means is decided in ``changes.py``. Known failures of each list: ``docs/heuristics.md``.
"""

from __future__ import annotations

UNITS = {
    "zero": 0, "nought": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
    "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "dozen": 12, "score": 20,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7,
    "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13,
    "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18,
    "nineteenth": 19, "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50,
    "sixtieth": 60, "seventieth": 70, "eightieth": 80, "ninetieth": 90,
}  # fmt: skip
SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "hundredth": 100, "thousandth": 1000, "millionth": 10**6,
}  # fmt: skip
FRACTIONS = frozenset(
    "half halves quarter quarters thirds fourths fifths tenths once twice thrice double triple "
    "twofold threefold fourfold tenfold hundreds thousands millions billions tens dozens scores "
    "percent".split()
)
NUMBER_WORDS = frozenset([*UNITS, *ORDINALS, *SCALES, *FRACTIONS])

MEASURES = (
    "mile", "miles", "yard", "yards", "foot", "feet", "inch", "inches", "league", "leagues",
    "fathom", "fathoms", "rod", "rods", "cubit", "cubits", "acre", "acres", "hectare", "hectares",
    "metre", "metres", "meter", "meters", "kilometre", "kilometres", "kilometer", "kilometers",
    "centimetre", "centimetres", "centimeter", "centimeters", "millimetre", "millimetres",
    "millimeter", "millimeters", "km", "cm", "mm", "pound", "pounds", "ounce", "ounces", "ton",
    "tons", "tonne", "tonnes", "stone", "gram", "grams", "kilogram", "kilograms", "kg", "mg",
    "gallon", "gallons", "litre", "litres", "liter", "liters", "pint", "pints", "quart", "quarts",
    "bushel", "bushels", "dollar", "dollars", "cent", "cents", "shilling", "shillings", "pence",
    "penny", "guinea", "guineas", "crown", "crowns", "euro", "euros", "franc", "francs", "yen",
    "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks",
    "fortnight", "month", "months", "quarter", "year", "years", "decade", "decades", "century",
    "centuries", "millennium", "millennia", "percent", "degree", "degrees", "celsius",
    "fahrenheit", "volt", "volts", "watt", "watts", "byte", "bytes", "am", "pm", "bc", "ad",
)  # fmt: skip
"""Units: one standing for another changes how much is meant."""

CONDITIONS = frozenset("if unless except provided only until but without however though".split())
"""Words that make a condition or a limit: leaving them out may change the meaning."""
NEGATIONS = frozenset(
    "not no never none nobody nothing nowhere neither nor cannot without hardly scarcely barely "
    "nay n't nought naught nohow notwithstanding unless except non un anti".split()
)
RUN_IN = frozenset("not no nothing nobody nowhere nought cannot".split())
"""Negations that a space makes or unmakes: no table, notable."""
RUN_INTO = frozenset(
    "notable notably notice notices noticed nomad novice novices nothing nobody nowhere".split()
)
"""Words that such a space makes, whether a collection holds them or not."""
RUN_OUT = frozenset("no not now".split())
"""What is left of them before the space."""
MODALS = frozenset(
    "will shall may must can should would could might ought need needs dare wilt shalt mayest "
    "canst wouldst shouldst couldst mightest perhaps possibly probably maybe presumably "
    "allegedly reportedly undoubtedly".split()
)
QUANTIFIERS = frozenset(
    "all some any many few several most more less fewer least every each both either only always "
    "often sometimes usually seldom rarely generally entirely wholly partly nearly almost about "
    "approximately exactly merely mostly whole much little enough completely everyone everybody "
    "everything everywhere someone somebody something somewhere anyone anybody anything anywhere "
    "numerous various countless lots plenty".split()
)
DIRECTIONS = (
    ("increase", "decrease"), ("increased", "decreased"), ("increases", "decreases"),
    ("increasing", "decreasing"), ("raise", "lower"), ("raised", "lowered"),
    ("rise", "fall"), ("rises", "falls"), ("rose", "fell"), ("rising", "falling"),
    ("up", "down"), ("upward", "downward"), ("above", "below"), ("over", "under"),
    ("before", "after"), ("north", "south"), ("east", "west"), ("northern", "southern"),
    ("eastern", "western"), ("left", "right"), ("import", "export"), ("imports", "exports"),
    ("buy", "sell"), ("bought", "sold"), ("win", "lose"), ("won", "lost"),
    ("accept", "reject"), ("accepted", "rejected"), ("support", "oppose"),
    ("supported", "opposed"), ("for", "against"), ("with", "without"), ("into", "out"),
    ("from", "to"), ("in", "out"), ("on", "off"), ("gain", "loss"), ("gains", "losses"),
    ("strengthen", "weaken"), ("expand", "reduce"), ("expanded", "reduced"),
    ("best", "worst"), ("better", "worse"), ("greater", "smaller"), ("more", "less"),
    ("more", "fewer"), ("most", "least"), ("largest", "smallest"), ("higher", "lower"),
    ("highest", "lowest"), ("early", "late"), ("earlier", "later"), ("past", "future"),
    ("old", "new"), ("public", "private"), ("peace", "war"), ("true", "false"),
    ("legal", "illegal"), ("allow", "forbid"), ("allowed", "forbidden"), ("begin", "end"),
    ("begun", "ended"), ("open", "closed"), ("rich", "poor"), ("surplus", "deficit"),
    ("success", "failure"), ("love", "hate"), ("friend", "enemy"), ("friends", "enemies"),
    ("good", "evil"), ("good", "bad"), ("right", "wrong"), ("credit", "debit"),
    ("outside", "inside"), ("outer", "inner"), ("life", "death"), ("alive", "dead"),
    ("strong", "weak"), ("stronger", "weaker"), ("guilty", "innocent"), ("same", "different"),
    ("majority", "minority"), ("maximum", "minimum"), ("include", "exclude"),
    ("including", "excluding"), ("included", "excluded"), ("present", "absent"),
    ("top", "bottom"), ("safe", "dangerous"), ("rises", "drops"), ("far", "near"),
    ("high", "low"), ("large", "small"), ("great", "small"), ("big", "small"), ("long", "short"),
    ("larger", "smaller"), ("longer", "shorter"), ("raising", "lowering"), ("growth", "decline"),
    ("loved", "hated"), ("loves", "hates"), ("wins", "loses"), ("buys", "sells"),
    ("ascend", "descend"), ("forward", "backward"), ("internal", "external"),
    ("interior", "exterior"), ("imported", "exported"), ("supports", "opposes"),
    ("raises", "lowers"), ("accepts", "rejects"), ("allows", "forbids"), ("ally", "enemy"),
    ("and", "or"), ("because", "although"), ("because", "despite"), ("inflation", "deflation"),
)  # fmt: skip
"""Pairs of opposites: one standing for the other turns the sense round."""
OPPOSITE_HEADS = (
    ("up", "down"), ("over", "under"), ("north", "south"), ("east", "west"), ("pro", "anti"),
    ("pre", "post"), ("en", "dis"), ("in", "out"),
)  # fmt: skip
"""Beginnings that turn a word round, like those of upstream and downstream."""
OPPOSITES = frozenset([*DIRECTIONS, *((b, a) for a, b in DIRECTIONS)])
TELLING = (
    NUMBER_WORDS
    | NEGATIONS
    | MODALS
    | QUANTIFIERS
    | frozenset(w for pair in DIRECTIONS for w in pair)
)
"""Words that turn the sense: where a passage has one, it is no scan error."""

MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
"""Names that stand before or after the day: March 3, 3 March."""

CONTRACTED = {
    "n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'d": " would", "'m": " am",
    "'s": " is",
}  # fmt: skip
IRREGULAR_CONTRACTIONS = {
    "can't": "can not", "cannot": "can not", "won't": "will not", "shan't": "shall not",
    "let's": "let us", "tis": "it is", "twas": "it was", "'tis": "it is", "gonna": "going to",
    "ain't": "is not",
}  # fmt: skip
CONTRACTED_NEGATIONS = frozenset(
    f"{verb}n't"
    for verb in "ai are ca could dare did does do had has have is may might must need ought sha "
    "should was were wo would".split()
)

NEGATIVE_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "de")
"""Prefixes that turn a word round: lawful, unlawful."""
NOT_NEGATED = frozenset(
    "informed inform informs information indeed inside income deserve deserves deserved design "
    "designed discover discovered discovery mistake mistaken impart imparted import important "
    "imported intent intend intended under until undertake demand demanded depart departed "
    "department depend degree detail desire inspire inspired increase increased inhabit dispute "
    "disputed display dispatch discharge discourse district impress impressed improve improved "
    "invent invest involve involved install inward union universe defend defence described "
    "declare declared deport report denote derive derived delight delay impose imposed".split()
)
"""Words that only look as if they had such a prefix."""
NEGATED = frozenset(
    [("never", "ever"), ("none", "one"), ("nor", "or"), ("neither", "either"), ("nobody", "body"),
     ("nowhere", "where"), ("nothing", "thing"), ("unless", "less"), ("unless", "if"),
     ("moral", "amoral"), ("typical", "atypical"), ("political", "apolitical")]
)  # fmt: skip
"""Negations and what is left of them without their n."""
NUMBER_LOOKALIKES = frozenset(
    "mine wine line fine tree even weight your hour tour fire live give give men then than tan "
    "once son won forth tens hive dive four's sever fever eights threw thee".split()
)
"""Words one letter off a number word: never its scan error."""

SPELLING_RULES = (
    ("ae", "e"), ("oe", "e"), ("our", "or"), ("ise", "ize"), ("isa", "iza"), ("isi", "izi"),
    ("yse", "yze"), ("ysi", "yzi"), ("tre", "ter"), ("bre", "ber"), ("gre", "ger"),
    ("ogue", "og"), ("xion", "ction"), ("gramme", "gram"), ("ence", "ense"), ("ll", "l"),
    ("gement", "gment"), ("shew", "show"), ("behove", "behoove"), ("grey", "gray"),
    ("plough", "plow"), ("cheque", "check"), ("programme", "program"), ("sceptic", "skeptic"),
    ("aluminium", "aluminum"), ("intrench", "entrench"), ("inclos", "enclos"),
    ("indors", "endors"), ("inquir", "enquir"), ("insur", "ensur"), ("practis", "practic"),
    ("y", "i"), ("'", ""), ("ck", "c"), ("ph", "f"),
)  # fmt: skip
"""Ends and stems that differ between British, American and older spelling; both words are
rewritten by every rule and compared, so a rule must not make two real words equal often."""

CONFUSIONS = (
    ("rn", "m"), ("cl", "d"), ("vv", "w"), ("li", "h"), ("ii", "u"), ("nn", "m"), ("ri", "n"),
    ("tl", "d"), ("fi", "h"), ("lo", "b"), ("ci", "a"), ("in", "m"), ("ni", "m"),
)  # fmt: skip
CONFUSABLE = tuple(
    "o0 l1 i1 il ij s5 b8 b6 g9 g6 z2 ec eo co un hb fs ft tr ao ae vy uv nm nh lt lf rn it "
    "q9 o6 s8 d0 t7 y7 cq gq kx e6 a4".split()
)
"""Letters that scanning takes for each other, singly or two for one."""

PER_MILLION = {
    "the": 60000, "of": 32000, "and": 29000, "to": 26000, "a": 22000, "in": 20000, "that": 11000,
    "is": 10000, "it": 9500, "was": 9500, "for": 9000, "i": 8000, "on": 7000, "with": 7000,
    "he": 7000, "be": 6500, "as": 6500, "you": 6000, "his": 5000, "at": 5000, "by": 5000,
    "have": 5000, "not": 5000, "are": 4800, "this": 4700, "but": 4500, "had": 4500, "from": 4300,
    "we": 4000, "they": 4000, "which": 3600, "or": 3600, "she": 3500, "an": 3400, "her": 3400,
    "were": 3000, "all": 2800, "one": 2800, "my": 2800, "there": 2700, "has": 2600, "their": 2600,
    "would": 2500, "who": 2400, "been": 2400, "will": 2400, "so": 2300, "if": 2300, "no": 2100,
    "when": 2000, "what": 2000, "our": 1800, "them": 1700, "do": 1700, "its": 1600, "more": 1600,
    "can": 1600, "me": 1500, "up": 1500, "him": 1500, "out": 1500, "some": 1400, "into": 1400,
    "said": 1300, "could": 1300, "only": 1200, "than": 1200, "then": 1200, "other": 1100,
    "time": 1100, "about": 1100, "now": 1000, "your": 1000, "may": 1000, "any": 1000, "us": 900,
}  # fmt: skip
"""How often the commonest words stand in a million words of English, rounded by hand: a prior
that keeps a small collection from taking "the" for a rare word."""

KINDRED = tuple(
    tuple(group.split())
    for group in """
    you thou thee ye; your thy thine yours; yourself thyself; my mine; be am is are art been was
    were wast wert being; do does doth dost did didst done doing doeth; have has hath hast had
    hadst having; will shall wilt shalt would should wouldst shouldst; can could canst couldst;
    may might mayest mightest mayst; say says said saith saidst sayest saying; tell tells told
    telleth; speak spoke spake spoken; lord jehovah yahweh; to unto; on upon; until till; toward
    towards; among amongst amidst; between betwixt; whoever whosoever whoso; whatever whatsoever;
    wherever wheresoever; where whither; there thither; here hither; behold lo look; truly verily
    amen; yes yea; no nay; anything aught ought; nothing nought naught; why wherefore; therefore
    thus; perhaps peradventure; before ere afore; immediately straightway forthwith; not neither
    nor; every each; which who that; man men; woman women; child children; brother brothers
    brethren; cattle cow cows kine; foot feet; tooth teeth; ox oxen; wife wives; life lives; die
    died dies dieth dead death dying; angry wroth; afraid fear feared feareth; girl damsel maiden;
    boy lad; bird birds fowl fowls; donkey donkeys ass asses; tomb tombs sepulchre sepulchres
    grave; grain corn; belt girdle; clothes clothing garment garments raiment apparel robe robes;
    prostitute harlot whore; food meat victuals; become becomes became waxed waxen waxeth; live
    lived dwell dwelt dwelleth; kill kills killed slay slew slain slayeth; strike struck stricken
    smite smote smitten smiteth; listen listened hearken hearkened; ask asks asked asketh besought
    beseech; begin began begun; bear bore bare borne born beget begot begat begotten; bind bound;
    break broke brake broken; bring brought; build built; buy buys bought; catch caught; choose
    chose chosen; come came cometh; drink drank drunk drunken; drive drove drave driven; eat ate
    eats eaten eateth; fall fell fallen; feed fed; fight fought; find found; flee fled; fly flew
    flown; get got gat gotten; give gave given gavest; go went gone goes goest goeth; grow grew
    grown; hear heard; hide hid hidden; hold held; keep kept; lay laid; lead led; leave left; let
    allow; lose lost; make made; meet met; ride rode ridden; rise arise rose arose risen arisen;
    run ran running; see saw seen sees seest seeth; seek sought; sell sold; send sent; show shew
    showed shewed shown; shut closed close; sing sang sung; sink sank sunk; sit sat sits sitteth;
    sleep slept asleep; stand stood; steal stole stolen; swear swore sware sworn; take took taken;
    teach taught; tear tore rent rend torn; think thought; throw threw thrown cast casting
    casteth; wear wore worn; weep wept; win won; write wrote written; great mighty; evil wicked
    bad; anger wrath fury; servant servants slave slaves; army host hosts armies; desert
    wilderness; demon demons devil devils; people nation nations; city town cities
    towns; land country; earth ground; family house; know knew known perceive understand; hell
    hades sheol; spirit ghost spirits
    """.split(";")
)
"""Words that stand for each other in older and newer versions of a text, a word in one group at
most; each counts as the first of its group."""
SHORT_WORDS = tuple(
    """
    act add age aid aim arm art ask bed beg bow box boy buy cap cow cry cup cut day dig dip dog
    dry ear eat end err eye fat fig fit fly god gun hew hit hop hut inn ink jar job joy key kin
    law lay leg lip lot map mix mow net oak oar oil own pay pen pit ply pot ram rob rod row rub
    sea set sew sin sit son sow sum sun tax tie toe try use vow war way web win woe
    """.split()
)
"""Words so short that their stem is lost when they are inflected."""
INFLECTIONS = ("s", "es", "d", "ed", "eth", "th", "est", "st", "ing", "er", "ers")
"""Endings of regular nouns and verbs, older ones too."""
