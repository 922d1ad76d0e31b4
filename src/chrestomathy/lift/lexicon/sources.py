"""Nouns of what words come from, and of events, by language."""

from __future__ import annotations

from chrestomathy.lift.lexicon import words_of
from chrestomathy.records import Kind

KINDS: dict[str, dict[Kind, str]] = {
    "en": {
        "speech": "speech address remarks lecture talk sermon eulogy toast oration keynote "
        "testimony homily debate speeches lectures discourse comments press_conference "
        "news_conference state_of_the_union",
        "letter": "letter letters epistle telegram email e-mail",
        "message": "message messages greeting greetings proclamation",
        "report": "report reports",
        "instruction": "instruction instructions directive directives order",
        "interview": "interview interviews conversation q&a",
        "statement": "statement statements declaration press-release testimony",
        "article": "article editorial op-ed column essay",
        "book": "book novel memoir memoirs autobiography diary journal notebooks",
        "poem": "poem poems sonnet ode",
        "play": "play tragedy comedy",
        "proverb": "proverb proverbs saying adage maxim",
        "post": "tweet post blog",
        "law": "act constitution amendment statute judgment opinion ruling decree edict laws",
        "other": "inscription inscriptions graffito graffiti epitaph",
    },
    "fr": {
        "speech": "discours allocution conférence intervention sermon déclaration-orale",
        "letter": "lettre lettres courrier",
        "message": "message messages vœux",
        "report": "rapport",
        "instruction": "instruction instructions directive",
        "interview": "entretien interview entrevue",
        "statement": "déclaration communiqué",
        "article": "article éditorial tribune essai",
        "poem": "poème",
        "play": "pièce tragédie comédie",
        "proverb": "proverbe proverbes dicton adage",
        "law": "loi constitution arrêt",
    },
    "de": {
        "speech": "rede ansprache vortrag predigt vorlesung bemerkungen grußwort "
        "regierungserklärung festrede",
        "letter": "brief briefe schreiben",
        "message": "botschaft nachricht",
        "report": "bericht",
        "instruction": "anweisung weisung erlass",
        "interview": "interview gespräch",
        "statement": "erklärung stellungnahme",
        "article": "artikel aufsatz leitartikel",
        "poem": "gedicht",
        "play": "drama tragödie",
        "proverb": "sprichwort sprichwörter",
        "law": "gesetz verfassung urteil grundgesetz",
    },
    "es": {
        "speech": "discurso conferencia alocución sermón",
        "letter": "carta cartas",
        "message": "mensaje",
        "report": "informe",
        "interview": "entrevista",
        "statement": "declaración comunicado",
        "article": "artículo ensayo",
        "poem": "poema soneto",
        "proverb": "proverbio refrán dicho",
        "law": "ley constitución sentencia",
    },
    "it": {
        "speech": "discorso conferenza intervento omelia",
        "letter": "lettera lettere",
        "message": "messaggio",
        "report": "rapporto relazione",
        "interview": "intervista",
        "statement": "dichiarazione",
        "article": "articolo saggio",
        "poem": "poesia sonetto",
        "proverb": "proverbio proverbi detto",
        "law": "legge costituzione sentenza",
    },
    "pt": {
        "speech": "discurso palestra sermão",
        "letter": "carta",
        "message": "mensagem",
        "report": "relatório",
        "interview": "entrevista",
        "statement": "declaração",
        "article": "artigo ensaio",
        "poem": "poema",
        "proverb": "provérbio ditado",
        "law": "lei constituição",
    },
    "nl": {
        "speech": "toespraak rede lezing speech",
        "letter": "brief",
        "message": "boodschap",
        "report": "verslag rapport",
        "interview": "interview gesprek",
        "statement": "verklaring",
        "article": "artikel",
        "poem": "gedicht",
        "proverb": "spreekwoord gezegde",
        "law": "wet grondwet",
    },
    "ru": {
        "speech": "речь речи выступление выступления доклад лекция лекции",
        "letter": "письмо письма",
        "message": "послание телеграмма приветствие поздравление обращение",
        "report": "отчёт отчет",
        "interview": "интервью беседа беседе",
        "statement": "заявление",
        "article": "статья статьи",
        "poem": "стихотворение",
        "proverb": "пословица поговорка",
        "law": "закон конституция",
    },
    "uk": {
        "speech": "промова промови виступ виступу доповідь доповіді лекція лекції",
        "letter": "лист листа листі",
        "message": "послання звернення",
        "interview": "інтерв'ю інтерв’ю",
        "article": "стаття статті",
        "proverb": "прислів'я прислів’я приказка",
        "law": "конституція",
    },
    "be": {"speech": "прамова выступленне", "letter": "ліст", "proverb": "прыказка"},
    "bg": {
        "speech": "реч изказване слово",
        "letter": "писмо",
        "interview": "интервю",
        "proverb": "поговорка",
    },
    "sr": {
        "speech": "govor govora говор говора предавање predavanje",
        "letter": "pismo pisma писмо писма",
        "interview": "intervju интервју",
        "article": "članak чланак",
        "proverb": "poslovica пословица izreka изрека",
    },
    "pl": {
        "speech": "przemówienie przemówienia wykład kazanie wystąpienie",
        "letter": "listu",
        "interview": "wywiad wywiadu",
        "statement": "oświadczenie",
        "article": "artykuł",
        "poem": "wiersz",
        "proverb": "przysłowie porzekadło",
        "law": "ustawa konstytucja",
    },
    "cs": {
        "speech": "projev projevu přednáška přednášky kázání",
        "letter": "dopis dopisu",
        "message": "poselství",
        "interview": "rozhovor rozhovoru",
        "statement": "prohlášení",
        "article": "článek",
        "proverb": "přísloví pořekadlo",
    },
    "sk": {"speech": "prejav prejavu prednáška", "proverb": "príslovie"},
    "sl": {"speech": "nagovor", "proverb": "pregovor"},
    "lt": {"speech": "kalba", "letter": "laiškas", "proverb": "patarlė"},
    "lv": {"speech": "runa", "letter": "vēstule", "interview": "intervija", "proverb": "paruna"},
    "et": {"speech": "kõne", "letter": "kiri", "interview": "intervjuu", "proverb": "vanasõna"},
    "is": {"speech": "ræða", "letter": "bréf", "proverb": "málsháttur"},
    "sv": {
        "speech": "anförande föreläsning högtidstal invigningstal",
        "letter": "brev",
        "interview": "intervju",
        "statement": "uttalande",
        "article": "artikel",
        "proverb": "ordspråk talesätt",
    },
    "da": {
        "speech": "foredrag forelæsning festtale",
        "letter": "brev",
        "interview": "interview intervju",
        "proverb": "ordsprog ordtak",
    },
    "fi": {
        "speech": "puhe puheessaan esitelmä",
        "letter": "kirje",
        "interview": "haastattelu",
        "proverb": "sananlasku",
    },
    "hu": {
        "speech": "beszéd beszéde előadás",
        "letter": "levél levele",
        "interview": "interjú",
        "proverb": "közmondás",
    },
    "ro": {
        "speech": "discurs discursul cuvântare cuvântarea prelegere conferința",
        "letter": "scrisoare scrisoarea scrisori",
        "message": "mesaj mesajul",
        "interview": "interviu interviul",
        "statement": "declarație declarația",
        "article": "articol articolul",
        "proverb": "proverb proverbul zicală",
    },
    "ca": {
        "speech": "discurs conferència",
        "letter": "carta",
        "message": "missatge",
        "interview": "entrevista",
        "article": "assaig",
        "proverb": "proverbi refrany dita",
    },
    "tr": {
        "speech": "konuşma konuşması konuşmasından nutuk nutku hitap hitabı",
        "letter": "mektup mektubu mektubundan",
        "message": "mesajı mesaj",
        "interview": "röportaj söyleşi",
        "statement": "açıklama açıklaması",
        "article": "makale makalesi",
        "poem": "şiir şiiri",
        "proverb": "atasözü deyiş",
    },
    "el": {
        "speech": "ομιλία λόγος διάλεξη",
        "letter": "επιστολή",
        "interview": "συνέντευξη",
        "proverb": "παροιμία",
    },
    "ar": {
        "speech": "خطاب كلمة محاضرة خطبة",
        "letter": "رسالة",
        "interview": "مقابلة حوار",
        "statement": "بيان",
        "article": "مقال",
        "proverb": "مثل",
    },
    "he": {
        "speech": "נאום הרצאה דרשה",
        "letter": "מכתב",
        "message": "איגרת",
        "interview": "ריאיון ראיון",
        "article": "מאמר",
        "poem": "שיר",
        "proverb": "פתגם",
    },
    "fa": {
        "speech": "سخنرانی",
        "letter": "نامه",
        "message": "پیام",
        "interview": "مصاحبه گفتگو",
        "article": "مقاله",
        "proverb": "ضرب‌المثل",
    },
    "hi": {
        "speech": "भाषण व्याख्यान संबोधन",
        "letter": "पत्र",
        "interview": "साक्षात्कार",
        "proverb": "लोकोक्ति कहावत",
    },
    "ko": {
        "speech": "연설 강연 기념사 축사 담화",
        "letter": "편지 서한",
        "interview": "인터뷰",
        "proverb": "속담 격언",
    },
    "ja": {
        "speech": "演説 講演 講義 挨拶 式辞 談話 スピーチ 記者会見 発言 答弁 訓示 あいさつ",
        "letter": "手紙 書簡",
        "interview": "インタビュー 対談",
        "proverb": "諺 ことわざ",
    },
    "id": {
        "speech": "pidato ceramah sambutan ucapan",
        "letter": "surat",
        "message": "pesan",
        "interview": "wawancara",
        "statement": "pernyataan",
        "article": "artikel",
        "proverb": "peribahasa pepatah",
    },
    "tl": {
        "speech": "talumpati",
        "letter": "liham",
        "interview": "panayam",
        "proverb": "salawikain",
    },
    "sw": {
        "speech": "hotuba",
        "letter": "barua",
        "message": "ujumbe",
        "interview": "mahojiano",
        "article": "makala",
        "poem": "shairi",
        "proverb": "methali",
    },
    "ha": {"speech": "jawabi", "letter": "wasiƙa", "proverb": "karin_magana"},
    "vi": {
        "speech": "bài_phát_biểu phát_biểu diễn_văn bài_nói bài_nói_chuyện",
        "letter": "thư bức_thư",
        "message": "thông_điệp lời_kêu_gọi",
        "report": "báo_cáo",
        "interview": "phỏng_vấn",
        "article": "bài_báo bài_viết",
        "poem": "bài_thơ",
        "proverb": "tục_ngữ ngạn_ngữ",
    },
    "bn": {"speech": "ভাষণ বক্তৃতা", "letter": "চিঠি", "interview": "সাক্ষাৎকার", "proverb": "প্রবাদ"},
    "ta": {
        "speech": "உரை சொற்பொழிவு",
        "letter": "கடிதம்",
        "interview": "நேர்காணல்",
        "proverb": "பழமொழி",
    },
    "th": {"speech": "สุนทรพจน์", "letter": "จดหมาย", "interview": "สัมภาษณ์", "proverb": "สุภาษิต"},
    "ur": {"speech": "تقریر", "letter": "خط", "interview": "انٹرویو", "proverb": "کہاوت"},
    "ka": {"speech": "სიტყვა", "letter": "წერილი", "interview": "ინტერვიუ", "proverb": "ანდაზა"},
    "hy": {"speech": "ճառ", "letter": "նամակ", "interview": "հարցազրույց", "proverb": "առած"},
    "zh": {
        "speech": "讲话 演讲 致辞 报告会 谈话 发言 講話 演講 致詞 談話 發言",
        "letter": "贺信 信",
        "message": "贺电",
        "report": "报告 報告",
        "instruction": "指示 批示",
        "interview": "采访 專訪 专访",
        "proverb": "谚语 俗语 諺語 俗語",
    },
}
"""Nouns that name a kind of source, ``_`` for a space; the kinds are the contract's closed list."""

EVENTS: dict[str, str] = {
    "en": "congress conference summit meeting symposium session forum ceremony tour study dinner "
    "convention assembly seminar workshop gala banquet rally debate hearing parliament graduation "
    "commencement anniversary visit conversation opening dedication inauguration funeral "
    "trial council plenary festival exhibition fair class lecture house senate university college",
    "fr": "congrès conférence sommet réunion colloque session forum cérémonie assemblée séance "
    "visite anniversaire inauguration",
    "de": "kongress konferenz gipfel tagung sitzung forum feier versammlung parteitag eröffnung "
    "besuch bundestag",
    "es": "congreso conferencia cumbre reunión simposio sesión foro ceremonia asamblea visita",
    "it": "congresso conferenza vertice riunione convegno sessione forum cerimonia assemblea visita",
    "pt": "congresso conferência cúpula cimeira reunião simpósio sessão fórum cerimônia assembleia",
    "nl": "congres conferentie top vergadering symposium zitting forum ceremonie opening bezoek",
    "ru": "съезд съезде конференция конференции саммит совещание совещании заседание заседании "
    "форум форуме собрание собрании пленум пленуме митинг митинге",
}
"""Nouns of events: after "in", they make an occasion of what else would be a place."""

SCRIPTURE = words_of(
    """
    genesis exodus leviticus numbers deuteronomy joshua judges ruth samuel kings chronicles ezra
    nehemiah esther job psalm psalms proverbs ecclesiastes isaiah jeremiah lamentations ezekiel
    daniel hosea joel amos obadiah jonah micah nahum habakkuk zephaniah haggai zechariah malachi
    matthew mark luke john acts romans corinthians galatians ephesians philippians colossians
    thessalonians timothy titus philemon hebrews james peter jude revelation koran quran qur'an
    surah sirach wisdom tobit judith maccabees bible talmud gita dhammapada torah baruch esdras
    ecclesiasticus song canticles apocalypse mishnah upanishad sutta nephi mormon
    """
)  # fmt: skip
"""Books of scripture: with a verse they are works, not speakers."""

AFTER_SPEAKER: dict[str, str] = {
    "en": "at in during to on before about when while for from with",
    "fr": "à au aux lors sur devant en avec pour dans pendant",
    "de": "bei beim in im auf vor über zum zur am an mit",
    "es": "en ante sobre a al con durante para por",
    "it": "a al alla allo ai agli alle su nel nella per presso durante con",
    "pt": "em na no nas nos ao aos à às sobre durante perante para com",
    "nl": "op in over bij aan tijdens voor",
    "ru": "на в во перед к ко о об при по",
    "pl": "na w we do podczas przed z",
    "sv": "på vid i till inför om",
    "cs": "na v ve při před k ke o",
    "uk": "на в у перед до про при",
    "ro": "la în din către pentru despre",
    "id": "di pada dalam kepada tentang",
    "sw": "kwa katika mjini kuhusu",
    "vi": "tại trong gửi về nhân",
}
"""Prepositions between a speaker and what the speech was held at: "speech by X at Y"."""

BY_WORDS: dict[str, str] = {
    "en": "by of",
    "de": "von",
    "fr": "de du des",
    "es": "de del por",
    "it": "di do dell' dello della del da",
    "pt": "da do das por pelo pela",
    "nl": "van door",
    "sv": "av",
    "ro": "de lui",
    "id": "oleh",
    "sw": "ya wa",
    "vi": "của",
    "ca": "de",
}
"""Words between the kind of source and its speaker: "speech by X"."""

LOCUS_WORDS: dict[str, str] = {
    "en": r"pp?|pgg?|pages?|vols?|volume|ch(?:ap(?:ter)?)?s?|bk|book|act|scene|sc|canto|line|ll|"
    r"verse|section|sec|season|series|episode|ep|part|pt|no|stanza|sonnet|letter\ no|psalm|ps",
    "fr": r"page|tome|livre|chapitre|chap|acte|scène|vers|partie|section",
    "de": r"S|Seite|Bd|Band|Kapitel|Kap|Akt|Aufzug|Szene|Vers|Teil",
    "es": r"pág|página|capítulo|cap|libro|tomo|acto|escena|parte",
    "it": r"pag|pagina|capitolo|libro|atto|scena|parte|canto",
    "pt": r"pág|capítulo|livro|ato|cena|parte",
    "nl": r"blz|pagina|hoofdstuk|deel|boek",
    "ru": r"с|стр|гл|глава|т|том|кн|книга|акт|действие|сцена|часть",
    "pl": r"str|rozdział|rozdz|tom|księga",
    "tr": r"sayfa|bölüm|cilt",
    "sv": r"sid|sidan|kapitel|del",
}
"""Words before a number or numeral that make it a place in a work."""

PAGE_OF_ONE: dict[str, str] = {
    "en": r"(?:quotations?|quotes?|sayings?|words|wisdom|aphorisms?|maxims?|excerpts?|passages?|"
    r"thoughts|sayings|(?<=other\s)lines)(?:\s+\w+){0,3}?\s+(?:from|by|of)(?:\s+the\s+late)?",
    "fr": r"(?:citations?|paroles|pensées|maximes|formules|répliques|bons\s+mots)\s+(?:de|d['’])",
    "de": r"(?:zitate|aussprüche|worte|gedanken)\s+(?:von|aus)",
    "es": r"(?:citas|frases|palabras|pensamientos|dichos|máximas)\s+de",
    "it": r"(?:citazioni|frasi|parole|pensieri|aforismi)\s+di",
    "pt": r"(?:citações|frases|palavras|pensamentos)\s+de",
    "ru": r"(?:цитаты|высказывания|изречения|афоризмы|слова)\s+(?=[А-ЯЁ])",
    "pl": r"(?:cytaty|myśli|słowa|powiedzenia)\s+(?=[A-ZŁŚŻ])",
    "cs": r"(?:citáty|výroky|slova)\s+(?=[A-ZČŘŠŽ])",
    "nl": r"(?:citaten|uitspraken|woorden)\s+van",
    "sw": r"(?:maneno|semi|nukuu)\s+ya",
    "id": r"(?:kutipan|kata-kata|perkataan)(?:\s+dari)?",
    "vi": r"(?:(?:những\s+)?(?:câu\s+nói|lời|lời\s+dạy|danh\s+ngôn))\s+của",
    "ca": r"(?:cites|frases|paraules)\s+de",
    "ro": r"(?:citate\s+(?:de|din)|cuvintele\s+lui|vorbele\s+lui)",
}
"""What a title or introduction says before the one speaker of a page."""

TITLE_OF_ONE: dict[str, str] = {
    "zh": r"(?P<zh>[\u3400-\u9fff·]{2,6}?)(?:同志|先生|主席|院长|書記|书记)?"
    r"(?:[论論谈談][^。，,\n]{1,20}?[（(]?(?:摘[编編录錄登]|选编|選編|语录|語錄|金句|集萃)[）)]?"
    r"|(?:经典|經典)?(?:语录|語錄|名言录?|箴言|金句)(?:摘[编編录錄登]|选[编登]|精[选選]|集锦|集)?)",
    "ja": r"(?P<ja>[\u3040-\u30ff\u3400-\u9fff・]{2,10}?)(?:氏|さん|先生)?(?:の)?(?:名言|語録|ことば)(?:集|選)?",
    "ko": r"(?P<ko>[\uac00-\ud7a3]{2,4})(?:\s(?:옹|선생|회장|대통령|교수))?의?\s(?:어록|명언|말말말)(?:\s?모음)?",
}
"""A whole title that names the one speaker of a page, in languages without spaces or capitals."""

COLUMNS: dict[str, frozenset[str]] = {
    "quote": words_of(
        "quote quotes quotation quotations saying sayings words text passage zitat zitate ausspruch cita "
        "citation citations frase frases citazione citação citat цитата cytat 语录 名言 原文 言葉 명언"
    ),
    "who": words_of(
        "who author speaker name person by autor auteur urheber sprecher quién autore fonte de автор 作者 "
        "说话人 人物 著者 저자"
    ),
    "when": words_of(
        "when date year datum jahr fecha año année data anno ano дата год 日期 时间 年"
    ),
    "source": words_of(
        "source work where occasion book quelle werk anlass fuente obra source œuvre opera origem "
        "источник 出处 场合 出典 출처"
    ),
}
"""What heads of columns call the words, who said them, when and where."""

VENUES = words_of(
    """
    house assembly hall school college university church chapel cathedral senate chamber parliament
    congress radio television broadcast opening prize-giving conference forum council institute club
    society hospital station theatre hotel square street bay island river valley palace court
    christmas easter eve association union chambers rotary stadium airport harbour harbor port market museum library
    """
)
"""Words of what is no person, in the sources of a page that its title gives to one speaker."""

PUBLISHING = (
    r"发布时间|发布日期|发表时间|浏览次数|点击数|阅读量|字号[:：]|责任编辑|來源時間|瀏覽人次|最終更新|更新日[:：]"
    r"|작성일|조회수|\blast updated\b|\bposted (?:on|by)\b|\bmin read\b"
    r"|\d (?:views|likes|comments|shares|просмотр|vues|vistas|aufrufe)"
)
"""What a site prints of its own page: no source of what stands beside it."""

QUOTATIONS = (
    "[Qq]uotes|[Qq]uotations|[Ss]ayings|[Ww]ords|[Rr]emarks|[Ss]peeches|[Ww]isdom|[Aa]phorisms|[Cc]itations|[Zz]itate|[Ss]prüche|[Ff]rases|[Cc]itas"
    "|[Ff]rasi|[Cc]itazioni|[Cc]itações|[Cc]itaten|[Uu]itspraken|[Цц]итаты|[Cc]ytaty|[Cc]itat"
)
"""What a title calls the words of the person whom it names first."""
OWN_WORDS: dict[str, str] = {
    "en": r"quotes?|quotations?|sayings|sourced|aphorisms|in\s+(?:his|her|their)\s+own\s+words",
    "fr": r"citations|paroles|maximes",
    "de": r"zitate|aussprüche|überprüft",
    "es": r"citas|frases",
    "it": r"citazioni|frasi|aforismi",
    "pt": r"citações|frases",
    "nl": r"citaten|uitspraken",
    "ru": r"цитаты|высказывания|афоризмы",
    "uk": r"цитати|вислови",
    "pl": r"cytaty|wypowiedzi",
    "cs": r"(?:nejznámější\s+)?(?:citáty|výroky)",
    "sv": r"citat",
    "zh": r"名言|語錄|语录",
    "ja": r"語録|名言",
    "ar": r"اقتباسات|أقوال",
}
"""The heading of a page's own words, where the title of the page is the person's name."""

SHARED: dict[str, str] = {
    "en": r"(?:both|all(?:\s+(?:two|three|four|five|six))?|the\s+(?:last\s+)?(?:two|three))"
    r"(?:\s+(?:of\s+(?:these|them)|quotations|passages))?\s+(?:are\s+)?(?:from|by)",
    "fr": r"(?:tous(?:\s+(?:deux|trois))?|toutes(?:\s+(?:deux|trois))?|les\s+(?:deux|trois))\s+(?:de|tirées?\s+de)",
    "de": r"(?:beide|alle(?:\s+(?:drei|vier))?)\s+(?:aus|von)",
    "es": r"(?:ambas|ambos|todas|todos|las\s+(?:dos|tres))\s+de",
    "it": r"(?:entrambe|entrambi|tutte|tutti)(?:\s+e\s+(?:due|tre))?\s+(?:da|di)",
    "pt": r"(?:ambas|ambos|todas|todos)\s+de",
    "nl": r"(?:beide|alle(?:\s+(?:drie|vier))?)\s+(?:uit|van)",
    "ru": r"(?:обе|оба|все(?:\s+три)?)\s+из",
}
"""What a source line says that stands for several passages above it: "both from"."""

THE_SAME = words_of(
    "ibid ibidem ebd ebenda idem id ders dies ид там-же same-as-above as-above same-source المصدر-نفسه نفسه שם tamże tamtéž там-само 同上 同前"
)
"""Words that stand for the source just named."""

ATTRIBUTED = r"attributed\s+to|attribuée?\s+à|zugeschrieben|atribuid[oa]\s+a|attribuit[oa]\s+a"
"""What stands before a name that the words are only said to be of."""
COMPOUNDS: dict[str, str] = {
    "speech": "ansprache rede vortrag predigt toespraak lezing",
    "letter": "brief",
    "message": "botschaft",
    "interview": "interview gespräch gesprek",
    "statement": "erklärung verklaring",
}
"""Nouns that others are put before in one word: "Neujahrsansprache"."""
UNKNOWN = (
    r"author\s+unknown|unknown\s+author|anonymous\s+[a-z]{3,20}|(?:verfasser|autor)\s+unbekannt"
    r"|unbekannte[rn]?\s+(?:verfasser|autor)|auteur\s+(?:inconnu|onbekend)|autor\s+desconocido"
    r"|autore\s+(?:sconosciuto|ignoto)|autor\s+(?:desconhecido|nieznany|neznámý|necunoscut)"
    r"|neznámý\s+autor|автор\s+неизвестен|неизвестный\s+автор|автор\s+невідомий"
    r"|لم\s+يُ?ذكر\s+القائل|مجهول|قائل\s+مجهول|作者不详|作者不詳|作者不明|שם\s+המחבר\s+לא\s+ידוע"
    r"|okänd\s+författare|ukendt\s+forfatter|ukjent\s+forfatter"
)
"""Phrases that stand for a name that nobody knows."""

CONTENTS = words_of(
    """
    anonymous unknown anon anónimo anonimo anonyme anonym unbekannt unknown-author аноним неизвестный
    佚名 traditional
    """
)
"""Words that stand for a name that nobody knows."""
