"""Guessing a language: right on running text, silent on too little."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chrestomathy.textkit.languages import dominant_script, guess_language

RUNNING = {
    "en": "We walked down to the river in the evening, and there was nobody on the bridge.",
    "de": "Am Abend gingen wir zum Fluss hinunter, und auf der Brücke war niemand zu sehen.",
    "fr": "Le soir, nous sommes descendus vers la rivière et il n'y avait personne sur le pont.",
    "es": "Por la tarde bajamos hasta el río y no había nadie en el puente de piedra.",
    "it": "La sera siamo scesi fino al fiume e sul ponte non c'era nessuno che ci vedesse.",
    "pt": "À tarde descemos até ao rio e não havia ninguém na ponte, nem nas margens.",
    "nl": "In de avond liepen we naar de rivier en er was niemand op de brug te zien.",
    "pl": "Wieczorem poszliśmy nad rzekę i nie było tam nikogo, tylko stary most i cisza.",
    "ru": "Вечером мы пошли к реке, и на мосту никого не было, только ветер и вода.",
    "uk": "Увечері ми пішли до річки, і на мосту нікого не було, тільки вітер та вода.",
    "sv": "På kvällen gick vi ner till floden och det fanns ingen på bron som vi kunde se.",
    "fi": "Illalla me menimme joelle, mutta sillalla ei ollut ketään ja se oli hiljainen.",
    "cs": "Večer jsme šli k řece, ale na mostě nikdo nebyl a bylo ticho jako v kostele.",
    "hu": "Este lementünk a folyóhoz, de a hídon nem volt senki, csak egy öreg halász.",
    "ro": "Seara am coborât la râu și pe pod nu era nimeni, dar apa se auzea în noapte.",
    "tr": "Akşam nehre indik ve köprüde kimse yoktu, ama su çok güzel bir ses ile akıyordu.",
    "vi": "Buổi tối chúng tôi đi xuống sông và không có ai trên cây cầu cũ của làng.",
    "zh": "傍晚我们走到河边，桥上没有人，只有风声和水声。",
    "ja": "夕方、私たちは川まで歩いたが、橋の上には誰もいなかった。",
    "ko": "저녁에 우리는 강가로 내려갔고 다리 위에는 아무도 없었다.",
    "ar": "في المساء نزلنا إلى النهر ولم يكن هناك أحد على الجسر.",
    "fa": "عصر به کنار رودخانه رفتیم و هیچ کس روی پل نبود و باد می‌وزید.",
    "hi": "शाम को हम नदी तक चले और पुल पर कोई नहीं था।",
    "el": "Το βράδυ κατεβήκαμε στο ποτάμι και στη γέφυρα δεν ήταν κανείς.",
    "he": "בערב ירדנו אל הנהר ולא היה איש על הגשר.",
}


@pytest.mark.parametrize("language", RUNNING)
def test_running_text_has_its_language(language: str) -> None:
    assert guess_language(RUNNING[language]) == language


@pytest.mark.parametrize(
    "text",
    ["", " \n", "12 + 30 = 42", "Paris, Texas", "The end", "😀😀😀", "http://a.example/b?c=d"],
)
def test_too_little_is_no_language(text: str) -> None:
    assert guess_language(text) is None


def test_names_alone_are_no_language() -> None:
    names = "Anna Karlsson, Pedro Ramos, Jean Dupont, Luigi Bianchi, Olga Petrova, Kemal Aydin"
    assert guess_language(names) is None


def test_balance_of_two_languages_is_none() -> None:
    assert guess_language(f"{RUNNING['en']} {RUNNING['de']}") is None


def test_a_quoted_foreign_word_does_not_turn_the_language() -> None:
    assert guess_language(RUNNING["en"] + " «Достаточно», he said.") == "en"


def test_japanese_with_many_ideographs_stays_japanese() -> None:
    assert guess_language("東京都知事選挙の結果を発表した。") == "ja"


def test_long_texts_are_sampled() -> None:
    assert guess_language(RUNNING["en"] * 50_000) == "en"


@given(st.text())
def test_never_raises(text: str) -> None:
    found = guess_language(text)
    assert found is None or 2 <= len(found) <= 3
    script, letters = dominant_script(text)
    assert (script is None) == (letters == 0)
