"""A few words in marks within a sentence, names in marks, and who speaks, language by language."""

from __future__ import annotations

import pytest

from chrestomathy.lift import lift_document
from chrestomathy.read.plain import document_from_text
from chrestomathy.records import Passage
from chrestomathy.settings import LiftSettings


def lifted(text: str, language: str, *, indirect: bool = False) -> list[Passage]:
    document = document_from_text(text, id="d", origin="-", language=language)
    settings = LiftSettings(indirect=indirect)
    return list(lift_document(document, settings=settings).passages)


QUOTED = [
    ("de", "Der Förster nannte den neuen Zaun „völlig nutzlos“ und ging.", "völlig nutzlos"),
    ("de", "Der Zaun sei „viel zu niedrig“, hieß es im Dorf.", "viel zu niedrig"),
    ("de", "Laut Anna Holt war die Ernte „eher mager“ in diesem Jahr.", "eher mager"),
    ("de", "Die Müllerin bezeichnete den Zaun als „Wegelagerei“.", "Wegelagerei"),
    ("de", "Der Wirt sprach von einer „Katastrophe für alle“ im Tal.", "Katastrophe für alle"),
    ("fr", "La meunière a qualifié la clôture d’« inutile » hier soir.", "inutile"),
    ("es", "La molinera calificó la valla de «inútil» ante los vecinos.", "inútil"),
    ("it", "La mugnaia ha definito lo steccato «inutile» ieri sera.", "inutile"),
    ("pt", "A moleira classificou a cerca como “inútil” ontem à noite.", "inútil"),
    ("nl", "De molenaar noemde het hek “volkomen nutteloos” en ging.", "volkomen nutteloos"),
    ("ru", "Мельник назвал новый забор «бесполезным» и ушёл домой.", "бесполезным"),
    ("pl", "Młynarz nazwał nowy płot „bezużytecznym” i poszedł do domu.", "bezużytecznym"),
    ("sv", "Mjölnaren kallade det nya staketet ”onödigt” och gick hem.", "onödigt"),
]


@pytest.mark.parametrize(("language", "text", "words"), QUOTED)
def test_a_sentence_that_reports_quotes_a_few_words(language: str, text: str, words: str) -> None:
    (passage,) = lifted(text, language)

    assert passage.text == words
    assert "scare-quote" in passage.flags
    assert passage.confidence <= 0.5


def test_what_stands_beside_a_fragment_is_one() -> None:
    found = lifted("Der Wirt nannte den Zaun „hässlich“ und „teuer“.", "de")

    assert [one.text for one in found] == ["hässlich", "teuer"]


NOTHING_SAID = [
    ("de", "Im Wald steht ein „lebender“ Zaun aus Hasel und Weide."),
    ("de", "Der Zaun wird oft als „Wegelagerei“ bezeichnet."),
    ("de", "Sie sagte, der sogenannte „stumme“ Zaun sei alt."),
    ("de", "Der Förster sagte der „Waldzeitung“, der Zaun sei alt."),
    ("de", "Im Fachblatt „holz und wald“ sei davon zu lesen gewesen."),
    ("de", "Er sagte, der Zaun („stiller Wächter“) sei alt."),
    ("de", "Der Zaun sei bei „zaun.example“ bestellt worden, sagte er."),
    ("en", "She called the fence “useless” and left."),
    ("fr", "On voit dans la vallée une clôture « vivante » de saules."),
    ("es", "En el valle hay una valla «viva» de sauces."),
]


@pytest.mark.parametrize(("language", "text"), NOTHING_SAID)
def test_irony_terms_and_names_stay_mentions(language: str, text: str) -> None:
    assert lifted(text, language) == []


NAMES = [
    ("de", "Abends las sie den Roman „Der lange Weg zur Mühle“ am Ofen."),
    ("de", "Das Fest steht unter dem Motto „Wir gehen gemeinsam durch das Tal“ wie immer."),
    ("de", "Die „Gesellschaft zur Pflege alter Zäune“ wählte einen Vorstand."),
    ("fr", "Elle lisait le roman « Les longues routes du moulin » près du poêle."),
    ("es", "Leía la novela «Los largos caminos del molino» junto a la estufa."),
    ("ru", "Вечером она читала роман «Долгая дорога к мельнице» у печи."),
    ("sv", "På kvällen läste hon romanen ”Den långa vägen till kvarnen” vid spisen."),
    ("en", "In the evening she read the novel “The long road to the mill” by the stove."),
]


@pytest.mark.parametrize(("language", "text"), NAMES)
def test_names_of_works_and_bodies_are_no_speech(language: str, text: str) -> None:
    assert lifted(text, language) == []


@pytest.mark.parametrize(
    "text",
    [
        "Der Wirt sagte: „Der lange Weg zur Mühle ist nun frei.“",
        "Sie riefen „Wir gehen heute nicht nach Hause“ und blieben.",
        "Der Rat will „bis zum Ende des Winters warten“ und dann bauen.",
    ],
)
def test_speech_that_a_sentence_runs_into_is_kept(text: str) -> None:
    (passage,) = lifted(text, "de")

    assert passage.mode == "direct"


def test_a_name_in_marks_makes_no_report_mixed() -> None:
    (passage,) = lifted("The mayor said that the “Daily Ferry” would be sold.", "en", indirect=True)

    assert passage.mode == "indirect"


SPEAKERS = [
    ("fr", "« Nous bâtirons le pont avant l’hiver », a déclaré Anne Martin.", "Anne Martin"),
    ("it", "Era tardi. «Faremo il ponte prima di sera», ha detto Anna Rossi.", "Anna Rossi"),
    ("es", "Era tarde. «Haremos el puente antes de mayo», ha dicho Ana Ruiz.", "Ana Ruiz"),
    ("ru", "Было поздно. «Мы построим мост до зимы», — сказала Анна Петрова.", "Анна Петрова"),
    ("pl", "Było późno. „Zbudujemy most przed zimą” – powiedziała Anna Wójcik.", "Anna Wójcik"),
    ("sv", "Det var sent. ”Vi bygger bron före vintern”, sade Anna Lind.", "Anna Lind"),
    ("sv", "Det var sent. »Vi bygger bron före vintern», sade Anna Lind.", "Anna Lind"),
    ("sv", "Enligt Per Holm ”finns det ingen tid att förlora” i dalen.", "Per Holm"),
    ("fr", "Pour Paul Durand, « le temps presse pour tout le monde » ici.", "Paul Durand"),
]


@pytest.mark.parametrize(("language", "text", "speaker"), SPEAKERS)
def test_who_speaks_in_other_languages(language: str, text: str, speaker: str) -> None:
    (passage,) = lifted(text, language)

    assert passage.attribution.speaker == speaker


INSERTED = [
    (
        "ru",
        "Было поздно. «Мы, — сказал Иван Петров, — не будем больше ждать».",
        ["Мы,", "не будем больше ждать"],
        "Иван Петров",
    ),
    (
        "pl",
        "Było późno. „My – powiedział Jan Nowak – nie będziemy już czekać”.",
        ["My", "nie będziemy już czekać"],
        "Jan Nowak",
    ),
    (
        "fr",
        "Il était tard. « Nous irons, a dit Anne Martin, jusqu’au vieux pont. »",
        ["Nous irons,", "jusqu’au vieux pont."],
        "Anne Martin",
    ),
]


@pytest.mark.parametrize(("language", "text", "pieces", "speaker"), INSERTED)
def test_said_within_the_marks(language: str, text: str, pieces: list[str], speaker: str) -> None:
    (passage,) = lifted(text, language)

    assert [text[slice(*one)] for one in passage.spans] == pieces
    assert passage.attribution.speaker == speaker


def test_dashes_within_marks_are_not_always_an_insertion() -> None:
    text = "Было поздно. «Мост — это дорога — и дом», — сказала Анна Петрова."
    (passage,) = lifted(text, "ru")

    assert len(passage.spans) == 1


def test_a_pronoun_behind_its_verb_is_no_name() -> None:
    (passage,) = lifted("« Nous irons demain au village », a-t-il expliqué.", "fr")

    assert passage.attribution.speaker is None
    assert passage.attribution.raw == "a-t-il expliqué"


def test_arrows_between_words_are_no_marks() -> None:
    assert lifted("Start » Wetter » Küste » Berge und Täler im Süden", "de") == []


def test_french_marks_with_spaces_on_both_sides_are_not_turned_round() -> None:
    text = "Il était tard. « Le pont est à nous tous », dit-il. Le maire répond : « Il est bien vieux »."
    found = lifted(text, "fr")

    assert [one.text for one in found] == ["Le pont est à nous tous", "Il est bien vieux"]
