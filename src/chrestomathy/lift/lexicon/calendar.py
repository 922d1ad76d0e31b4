"""Words of dates by language: months, eras, signs of doubt, and words before life dates."""

from __future__ import annotations

MONTHS: dict[str, tuple[str, ...]] = {
    "en": (
        "january jan", "february feb", "march mar", "april apr", "may", "june jun",
        "july jul", "august aug", "september sept sep", "october oct", "november nov",
        "december dec",
    ),
    "fr": (
        "janvier janv", "février fevrier févr", "mars", "avril avr", "mai", "juin", "juillet juil",
        "août aout", "septembre", "octobre", "novembre", "décembre decembre déc",
    ),
    "de": (
        "januar jänner", "februar", "märz maerz", "april", "mai", "juni", "juli", "august",
        "september", "oktober okt", "november", "dezember dez",
    ),
    "es": (
        "enero ene", "febrero", "marzo", "abril abr", "mayo", "junio", "julio", "agosto ago",
        "septiembre setiembre", "octubre", "noviembre", "diciembre dic",
    ),
    "it": (
        "gennaio gen", "febbraio", "marzo", "aprile", "maggio", "giugno", "luglio", "agosto",
        "settembre", "ottobre ott", "novembre", "dicembre",
    ),
    "pt": (
        "janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro",
        "outubro", "novembro", "dezembro",
    ),
    "nl": (
        "januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september",
        "oktober", "november", "december",
    ),
    "ru": (
        "января январь", "февраля февраль", "марта март", "апреля апрель", "мая май",
        "июня июнь", "июля июль", "августа август", "сентября сентябрь", "октября октябрь",
        "ноября ноябрь", "декабря декабрь",
    ),
    "uk": (
        "січня січень", "лютого лютий", "березня березень", "квітня квітень",
        "травня травень", "червня червень", "липня липень", "серпня серпень",
        "вересня вересень", "жовтня жовтень", "листопада листопад", "грудня грудень",
    ),
    "pl": (
        "stycznia styczeń", "lutego luty", "marca marzec", "kwietnia kwiecień", "maja maj",
        "czerwca czerwiec", "lipca lipiec", "sierpnia sierpień", "września wrzesień",
        "października październik", "listopada listopad", "grudnia grudzień",
    ),
    "cs": (
        "ledna leden", "února únor", "března březen", "dubna duben", "května květen",
        "června červen", "července červenec", "srpna srpen", "září", "října říjen",
        "listopadu", "prosince prosinec",
    ),
    "sv": (
        "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
        "oktober", "november", "december",
    ),
    "da": (
        "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september",
        "oktober", "november", "december desember",
    ),
    "fi": (
        "tammikuuta tammikuu", "helmikuuta helmikuu", "maaliskuuta maaliskuu",
        "huhtikuuta huhtikuu", "toukokuuta toukokuu", "kesäkuuta kesäkuu",
        "heinäkuuta heinäkuu", "elokuuta elokuu", "syyskuuta syyskuu", "lokakuuta lokakuu",
        "marraskuuta marraskuu", "joulukuuta joulukuu",
    ),
    "hu": (
        "január", "február", "március", "április", "május", "június", "július", "augusztus",
        "szeptember", "október", "november", "december",
    ),
    "ro": (
        "ianuarie", "februarie", "martie", "aprilie", "mai", "iunie", "iulie", "august",
        "septembrie", "octombrie", "noiembrie", "decembrie",
    ),
    "tr": (
        "ocak", "şubat", "mart", "nisan", "mayıs", "haziran", "temmuz", "ağustos", "eylül",
        "ekim", "kasım", "aralık",
    ),
    "el": (
        "ιανουαρίου ιανουάριος", "φεβρουαρίου φεβρουάριος", "μαρτίου μάρτιος",
        "απριλίου απρίλιος", "μαΐου μάιος", "ιουνίου ιούνιος", "ιουλίου ιούλιος",
        "αυγούστου αύγουστος", "σεπτεμβρίου σεπτέμβριος", "οκτωβρίου οκτώβριος",
        "νοεμβρίου νοέμβριος", "δεκεμβρίου δεκέμβριος",
    ),
    "id": (
        "januari", "februari", "maret", "april", "mei", "juni", "juli", "agustus", "september",
        "oktober", "november", "desember",
    ),
    "ar": (
        "يناير", "فبراير", "مارس", "أبريل ابريل إبريل", "مايو", "يونيو", "يوليو", "أغسطس اغسطس",
        "سبتمبر", "أكتوبر اكتوبر", "نوفمبر", "ديسمبر",
    ),
    "ar-sy": (
        "كانون_الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول",
        "تشرين_الأول", "تشرين_الثاني", "كانون_الأول",
    ),
    "fa": (
        "ژانویه", "فوریه", "مارس", "آوریل", "مه", "ژوئن", "ژوئیه", "اوت", "سپتامبر", "اکتبر",
        "نوامبر", "دسامبر",
    ),
    "he": (
        "ינואר בינואר", "פברואר בפברואר", "מרץ במרץ", "אפריל באפריל", "מאי במאי", "יוני ביוני",
        "יולי ביולי", "אוגוסט באוגוסט", "ספטמבר בספטמבר", "אוקטובר באוקטובר", "נובמבר בנובמבר",
        "דצמבר בדצמבר",
    ),
    "hi": (
        "जनवरी", "फरवरी फ़रवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर सितम्बर",
        "अक्टूबर अक्तूबर", "नवंबर नवम्बर", "दिसंबर दिसम्बर",
    ),
    "bg": (
        "януари", "февруари", "март", "април", "май", "юни", "юли", "август", "септември",
        "октомври", "ноември", "декември",
    ),
    "sr": (
        "januara јануара", "februara фебруара", "marta марта", "aprila априла", "maja маја",
        "juna јуна", "jula јула", "avgusta августа", "septembra септембра", "oktobra октобра",
        "novembra новембра", "decembra децембра",
    ),
    "hr": (
        "siječnja", "veljače", "ožujka", "travnja", "svibnja", "lipnja", "srpnja", "kolovoza",
        "rujna", "", "studenoga studenog", "prosinca",
    ),
    "sk": (
        "januára", "februára", "marca", "apríla", "mája", "júna", "júla", "augusta",
        "septembra", "októbra", "novembra", "decembra",
    ),
    "sl": (
        "januarja", "februarja", "marca", "aprila", "maja", "junija", "julija", "avgusta",
        "septembra", "oktobra", "novembra", "decembra",
    ),
    "ca": (
        "gener", "febrer", "març", "abril", "maig", "juny", "juliol", "agost", "setembre",
        "octubre", "novembre", "desembre",
    ),
    "et": (
        "jaanuar", "veebruar", "märts", "aprill", "mai", "juuni", "juuli", "august",
        "september", "oktoober", "november", "detsember",
    ),
    "lv": (
        "janvāris janvārī", "februāris februārī", "marts martā", "aprīlis aprīlī",
        "maijs maijā", "jūnijs jūnijā", "jūlijs jūlijā", "augusts augustā",
        "septembris septembrī", "oktobris oktobrī", "novembris novembrī", "decembris decembrī",
    ),
    "lt": (
        "sausio", "vasario", "kovo", "balandžio", "gegužės", "birželio", "liepos", "rugpjūčio",
        "rugsėjo", "spalio", "lapkričio", "gruodžio",
    ),
    "is": (
        "janúar", "febrúar", "mars", "apríl", "maí", "júní", "júlí", "ágúst", "september",
        "október", "nóvember", "desember",
    ),
    "sw": (
        "januari", "februari", "machi", "aprili", "mei", "juni", "julai", "agosti", "septemba",
        "oktoba", "novemba", "desemba",
    ),
    "tl": (
        "enero", "pebrero", "marso", "abril", "mayo", "hunyo", "hulyo", "agosto", "setyembre",
        "oktubre", "nobyembre", "disyembre",
    ),
    "bn": (
        "জানুয়ারি", "ফেব্রুয়ারি", "মার্চ", "এপ্রিল", "মে", "জুন", "জুলাই", "আগস্ট",
        "সেপ্টেম্বর", "অক্টোবর", "নভেম্বর", "ডিসেম্বর",
    ),
    "ta": (
        "ஜனவரி", "பிப்ரவரி", "மார்ச்", "ஏப்ரல்", "மே", "ஜூன்", "ஜூலை", "ஆகஸ்ட்",
        "செப்டம்பர்", "அக்டோபர்", "நவம்பர்", "டிசம்பர்",
    ),
    "ur": (
        "جنوری", "فروری", "مارچ", "اپریل", "مئی", "جون", "جولائی", "اگست", "ستمبر", "اکتوبر",
        "نومبر", "دسمبر",
    ),
}  # fmt: skip
"""January to December; each entry holds every form of the name, without a full stop, and with
``_`` for a space within one."""

BEFORE_CHRIST: dict[str, str] = {
    "en": r"B\.?\s?C\.?\s?E\.?|B\.?\s?C\.?|before\ Christ",
    "fr": r"av(?:\.|ant)\s?J\.?-?\s?C\.?",
    "de": r"v\.\s?Chr\.|vor\ Christus|v\.\s?u\.\s?Z\.",
    "es": r"a\.\s?(?:de\s)?C\.|A\.\s?C\.",
    "it": r"a\.\s?C\.",
    "pt": r"a\.\s?C\.",
    "nl": r"v\.\s?Chr\.|v\.C\.",
    "ru": r"до\ н\.\s?э\.|до\ нашей\ эры",
}
"""Patterns after a year that count it before the year 1."""

ANNO_DOMINI: dict[str, str] = {
    "en": r"A\.?\s?D\.?|C\.?\s?E\.?",
    "fr": r"ap(?:\.|rès)\s?J\.?-?\s?C\.?",
    "de": r"n\.\s?Chr\.",
    "es": r"d\.\s?(?:de\s)?C\.",
    "it": r"d\.\s?C\.",
    "pt": r"d\.\s?C\.",
    "nl": r"n\.\s?Chr\.",
    "ru": r"н\.\s?э\.",
}
"""Patterns after a year that count it from the year 1."""

CIRCA: dict[str, str] = {
    "en": r"c\.|ca\.?|circa|about|around|approx\.?",
    "fr": r"vers|env\.|environ",
    "de": r"um|etwa|ca\.",
    "es": r"hacia|h\.",
    "it": r"verso|circa",
    "pt": r"por\ volta\ de|cerca\ de",
    "nl": r"omstreeks|rond|ca\.",
    "ru": r"около|ок\.",
}
"""Patterns before a year that make it approximate."""

YEAR_WORDS: dict[str, str] = {
    "ru": r"года|году|год|г\.",
    "de": r"Jahr",
    "uk": r"року|рік|р\.",
    "pl": r"roku|r\.",
    "ar": r"م\.?",
}
"""Words after a year that only say so."""

BIRTH: dict[str, str] = {
    "en": r"born|died|b\.|d\.|fl\.|lived",
    "fr": r"né(?:e)?(?:\ en)?|mort(?:e)?(?:\ en)?",
    "de": r"geb(?:oren|\.)|gest(?:orben|\.)",
    "es": r"nacid[oa]|muert[oa]|n\.",
    "it": r"nat[oa]|mort[oa]",
    "pt": r"nascid[oa]",
    "nl": r"geboren|overleden",
    "ru": r"род\.|родился|родилась|ум\.",
}
"""Words before a year of someone's life."""

CONNECT = r"del\s+año|de|del|di|of|do|d['’]"
"""Words between day, month and year: "3 de mayo de 1808"."""

CJK_DIGITS = dict(zip("〇零○一二三四五六七八九", "000123456789", strict=True)) | {"两": "2"}
"""Chinese numerals that stand for single digits."""

ERAS: dict[str, int] = {
    "明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "民國": 1911, "民国": 1911,
}  # fmt: skip
"""Eras of the Japanese and Chinese calendars, with the year before their first."""

DAYS_OF_WEEK = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
    lundi mardi mercredi jeudi vendredi samedi dimanche
    lunes martes miércoles jueves viernes sábado domingo
    lunedì martedì mercoledì giovedì venerdì sabato domenica
    segunda-feira terça-feira quarta-feira quinta-feira sexta-feira segunda terça quarta quinta sexta
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag
    måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag
    poniedziałek wtorek środa czwartek piątek sobota niedziela
    pondělí úterý středa čtvrtek pátek neděle
    понедельник вторник среда четверг пятница суббота воскресенье
    """.split()
)
