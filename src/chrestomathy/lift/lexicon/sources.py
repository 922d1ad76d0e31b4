"""Nouns of what words come from, and of events, by language."""

from __future__ import annotations

from chrestomathy.lift.lexicon import words_of
from chrestomathy.records import Kind

KINDS: dict[str, dict[Kind, str]] = {
    "en": {
        "speech": "speech address remarks lecture talk sermon eulogy toast oration keynote "
        "testimony homily debate speeches lectures discourse comments",
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
        "law": "act constitution amendment statute judgment opinion ruling",
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
        "interview": "interview",
        "statement": "verklaring",
        "article": "artikel",
        "poem": "gedicht",
        "proverb": "spreekwoord gezegde",
        "law": "wet grondwet",
    },
    "ru": {
        "speech": "речь речи выступление выступления доклад лекция лекции",
        "letter": "письмо письма",
        "message": "послание телеграмма",
        "report": "отчёт отчет",
        "interview": "интервью беседа",
        "statement": "заявление",
        "article": "статья статьи",
        "poem": "стихотворение",
        "proverb": "пословица поговорка",
        "law": "закон конституция",
    },
    "zh": {
        "speech": "讲话 演讲 致辞 报告会",
        "letter": "贺信 信",
        "message": "贺电",
        "report": "报告",
        "instruction": "指示 批示",
    },
}
"""Nouns that name a kind of source; the kinds are the contract's closed list."""

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
    surah sirach wisdom tobit judith maccabees bible talmud gita dhammapada torah
    """
)  # fmt: skip
"""Books of scripture: with a verse they are works, not speakers."""

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
}
"""Words before a number or numeral that make it a place in a work."""

PAGE_OF_ONE: dict[str, str] = {
    "en": r"(?:quotations?|quotes?|sayings?|words|wisdom|aphorisms?|maxims?|excerpts?|passages?|"
    r"thoughts)(?:\s+\w+){0,3}?\s+(?:from|by|of)",
    "fr": r"(?:citations?|paroles|pensées|maximes)\s+(?:de|d['’])",
    "de": r"(?:zitate|aussprüche|worte|gedanken)\s+(?:von|aus)",
    "es": r"(?:citas|frases|palabras|pensamientos)\s+de",
    "it": r"(?:citazioni|frasi|parole|pensieri|aforismi)\s+di",
    "pt": r"(?:citações|frases|palavras|pensamentos)\s+de",
    "nl": r"(?:citaten|uitspraken|woorden)\s+van",
}
"""What a title or introduction says before the one speaker of a page."""

THE_SAME = words_of("ibid ibidem ebd ebenda idem id ders dies ид там-же")
"""Words that stand for the source just named."""

CONTENTS = words_of(
    """
    anonymous unknown anon anónimo anonimo anonyme anonym unbekannt unknown-author аноним неизвестный
    佚名 traditional
    """
)
"""Words that stand for a name that nobody knows."""
