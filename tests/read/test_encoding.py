"""Bytes to text: who decides, what is repaired, what is left alone."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chrestomathy.errors import InputError
from chrestomathy.read.encoding import decode_text, undo_mojibake

CLEAN = (
    "“It’s curly,” she said — ‘quite’.",
    "„So ist es“, sagte er. «Никогда» — не знаю.",
    "ﬁne ligatures, ＦＵＬＬ width, ½, e\u0301 and é",
    "soft\u00adhyphen, zero\u200bwidth\u200d, \ufeffmark, no\u00a0break",
    "a\r\nb\rc\u2028d\u0085e\x0cf\x07",
    "Âge, Ângelo, Ã la carte? ÐÑ, Ø, señor, naïve, Größe, coöperate",
    "人人生而自由。すべての人間は、自由である。",
    "&amp; &eacute; stay; \x1b[31mred\x1b[0m stays",
)


@pytest.mark.parametrize("text", CLEAN)
def test_clean_text_comes_back_as_it_is(text: str) -> None:
    assert undo_mojibake(text)[1] == (1 if "\u0085" in text else 0)
    if "\u0085" not in text:
        assert decode_text(text.encode()).text == text.removeprefix("\ufeff")


@pytest.mark.parametrize("text", ["café — naïve", "It’s wet", "Größe über alles", "Ségolène"])
def test_mojibake_is_undone_and_noted(text: str) -> None:
    broken = text.encode().decode("cp1252")
    decoded = decode_text(f"clean\n{broken}\nclean".encode())
    assert decoded.text == f"clean\n{text}\nclean"
    assert decoded.notes[-1] == "mojibake undone in 1 lines"


@pytest.mark.parametrize(
    ("data", "declared", "text", "encoding"),
    [
        (b"\xef\xbb\xbfwet", None, "wet", "utf-8"),
        ("\ufeffwet".encode("utf-16-le"), None, "wet", "utf-16-le"),
        ("plain wet".encode("utf-16-be"), None, "plain wet", "utf-16-be"),
        ("Zażółć gęślą".encode("iso8859-2"), "ISO-8859-2", "Zażółć gęślą", "iso8859-2"),
        ("It’s".encode("cp1252"), "latin-1", "It’s", "cp1252"),
        ("It’s".encode(), "iso-8859-1", "It’s", "utf-8"),
        ("It’s".encode(), "no-such-charset", "It’s", "utf-8"),
        ("“Où donc ?” dit-elle".encode("cp1252"), "utf-8", "“Où donc ?” dit-elle", "cp1252"),
        ("Все люди рождаются свободными и равными".encode("cp1251"), None, None, "cp1251"),
        (b"MIME is no charset", "base64", "MIME is no charset", "utf-8"),
        (rb"no escape \ud800", "unicode_escape", r"no escape \ud800", "utf-8"),
    ],
)
def test_who_decides(data: bytes, declared: str | None, text: str | None, encoding: str) -> None:
    decoded = decode_text(data, declared=declared)
    assert decoded.encoding == encoding
    assert decoded.notes[0].startswith(f"encoding {encoding}: ")
    assert text in (None, decoded.text)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"%PDF-1.7\n", "this is a PDF"),
        (b"PK\x03\x04rest", "a ZIP file"),
        (bytes(range(256)) * 50, "binary data"),
        (b"\0" * 1000, "binary data"),
    ],
)
def test_binary_data_is_refused_in_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(InputError, match=says) as info:
        decode_text(data)
    assert info.value.at is not None
    assert info.value.fix.endswith(".")


def test_a_stray_nul_is_dropped_and_noted() -> None:
    decoded = decode_text(b"a few words" * 20 + b"\0 more")
    assert "\0" not in decoded.text
    assert decoded.notes[-1] == "1 NUL characters dropped"


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_refused(data: bytes) -> None:
    try:
        decoded = decode_text(data)
    except InputError:
        return
    assert isinstance(decoded.text, str)
    decoded.text.encode()


SNIPPETS = Path(__file__).resolve().parents[2] / "benchmarks" / "charsets.py"


def _benchmark() -> ModuleType:
    spec = spec_from_file_location("encodings_benchmark", SNIPPETS)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_old_encodings_are_told_from_a_sentence() -> None:
    """Hold the figures of docs/heuristics.md: 95 of 100 sentences in every encoding."""
    benchmark = _benchmark()
    for encoding, (right, n) in benchmark.told_encodings(benchmark.ours).items():
        assert right >= 0.95 * n, encoding


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "“It’s the finest coast we have,” she said – and closed the book."),
        ("cp1252", "ÜBER DIE STRASSE UND WEITER"),
        ("cp1252", "Það var köld nótt og enginn þorði út"),
        ("mac-roman", "“It’s the finest coast we have,” she said."),
        ("cp850", "Le café est fermé à côté de la mère."),
        ("cp1250", "Můj děda říkal: „Není každý den svátek.“"),
        ("cp1251", "СЛОВО О ВОДЕ"),
        ("koi8-r", "Слово о воде"),
        ("cp1254", "Ağaç yaşken eğilir"),
        ("cp1257", "Šiandien upė yra labai rami ir graži"),
        ("iso8859-7", "Η θάλασσα είναι ήσυχη σήμερα"),
        ("euc_jp", "水についての本"),
        ("cp949", "물에 대한 책"),
        ("big5", "關於水的書"),
        ("utf-16-be", "Слово о воде"),
    ],
)
def test_a_few_words_tell_an_old_encoding(encoding: str, text: str) -> None:
    assert decode_text(text.encode(encoding)).text == text
