"""Tiny dictionaries in the real formats, in our own words."""

from __future__ import annotations

import gzip
from pathlib import Path

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

SYNSETS = {
    "noun": [
        (["bank"], "17", "", "the sloping ground beside a river; \"they sat on the bank by the water\"", 20),
        (["bank", "lender"], "14", "", "a firm that keeps and lends money; \"a loan from the bank\"", 25),
        (["river"], "17", "", "a large stream of water", 9),
        (["boat"], "06", "", "a small vessel for water", 9),
        (["Avonlea"], "15", "@i", "a small town on an island", 1),
        (["spite"], "12", "", "the wish to hurt", 3),
        (["March"], "28", "", "the third month", 9),
        (["May"], "28", "", "the fifth month", 9),
        (["march"], "04", "", "a long walk of soldiers", 12),
        (["Heron", "Grey_Heron"], "15", "@i", "a harbour town by that name", 2),
        (["heron"], "05", "", "a tall bird that fishes", 4),
        (["Good_Book"], "10", "", "the scripture of a faith", 2),
        (["need"], "26", "", "what one cannot do without", 90),
        (["bound"], "15", "", "the end of what is allowed", 5),
    ],
    "verb": [
        (["give_up", "stop"], "41", "", "stop trying; \"do not give up\"", 3),
        (["give"], "40", "", "hand over to another", 50),
        (["bank"], "40", "", "put money into a bank", 2),
        (["walk"], "38", "", "go on foot", 30),
        (["go_up"], "38", "", "move towards the sky", 30),
        (["go_to"], "38", "", "be there when it happens", 30),
        (["march"], "38", "", "walk as soldiers do", 7),
        (["bound"], "38", "", "move by jumps", 9),
        (["grow"], "30", "", "become larger", 20),
        (["supersede"], "41", "", "take the place of", 2),
        (["promise"], "32", "", "say that one will surely do a thing", 20),
    ],
    "adj": [
        (["swift", "fast"], "00", "", "moving very fast", 8),
        (["growing"], "00", "", "of use for growth", 0),
        (["promising"], "00", "", "likely to become good", 3),
    ],
    "adv": [(["swiftly"], "02", "", "in a swift way", 8)],
}  # fmt: skip
LETTERS = {"noun": ("n", 1), "verb": ("v", 2), "adj": ("a", 3), "adv": ("r", 4)}


def write_wordnet(folder: Path) -> Path:
    """Write a WordNet database of some two dozen synsets."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = []
    for part, synsets in SYNSETS.items():
        letter, digit = LETTERS[part]
        data = b"  1 WordNet 3.0 tiny\n"
        index: dict[str, list[int]] = {}
        for words, field, pointer, gloss, count in synsets:
            offset = len(data)
            listed = " ".join(f"{word} 0" for word in words)
            pointers = f"001 {pointer} 00000000 n 0000" if pointer else "000"
            line = (
                f"{offset:08d} {field} {letter} {len(words):02x} {listed} {pointers} | {gloss}  \n"
            )
            data += line.encode()
            for word in words:
                offsets = index.setdefault(word.lower(), [])
                offsets.append(offset)
                counts.append(f"{word.lower()}%{digit}:{field}:00:: {len(offsets)} {count}")
        (folder / f"data.{part}").write_bytes(data)
        lines = ["  1 head"]
        for word, offsets in sorted(index.items()):
            places = " ".join(f"{one:08d}" for one in offsets)
            lines.append(f"{word} {letter} {len(offsets)} 0 {len(offsets)} 0 {places}  ")
        (folder / f"index.{part}").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "cntlist.rev").write_text("\n".join(counts) + "\n", encoding="utf-8")
    return folder


def write_freedict(
    folder: Path,
    entries: dict[str, str],
    *,
    name: str = "freedict-eng-deu",
    encoding: str = "utf-8",
) -> Path:
    """Write a dictionary for dictd; return its index."""
    folder.mkdir(parents=True, exist_ok=True)
    text, index = b"", []
    for headword, entry in entries.items():
        piece = entry.encode(encoding)
        index.append(f"{headword}\t{_digits(len(text))}\t{_digits(len(piece))}")
        text += piece
    (folder / f"{name}.dict.dz").write_bytes(gzip.compress(text, mtime=0))
    path = folder / f"{name}.index"
    path.write_text("\n".join(index) + "\n", encoding="utf-8")
    return path


def _digits(value: int) -> str:
    out = DIGITS[value % 64]
    while value := value // 64:
        out = DIGITS[value % 64] + out
    return out


GERMAN = {
    "00databaseinfo": "Edition: 0.1\nCC BY-SA 4.0\n",
    "bank": "bank /bank/\nUfer <neut>\n         Note: of a river\n",
    "Bank": "bank /bank/\nBank <fem>, Geldhaus <neut> [fin.]\n   Synonym: {lender}\n",
    "give up": "give up /gɪv ʌp/ <v>\naufgeben <v, intr>, hinwerfen <v, intr> [ugs.]\n",
    "walk": "walk /wɔːk/ <v>\ngehen <v, intr>\n",
    "river": "river /rɪvə/\nFluss <masc>\n",
    "march": "march /mɑːtʃ/\nMarsch <masc>, Wanderung <fem>\n",
    "March": "March /mɑːtʃ/\nMärz <masc> [astron.] Mrz,  /ɛmˈaʁ/\n",
    "heron": "heron /hɛɹən/\nReiher <masc>\n",
    "Heron": "Heron /hɛɹən/\nReiherstadt <fem>\n",
    "go to (into) pieces": "go to (into) pieces /ɡəʊ/\nzerfallen <v, intr>\n",
}

CEDICT = """# CC-CEDICT
#! date=2020-01-01T00:00:00Z
#! license=https://example.org/licence
河 河 [he2] /river/CL:條|条[tiao2]/
銀行 银行 [yin2 hang2] /bank/lender/
銀行家 银行家 [yin2 hang2 jia1] /banker/
岸 岸 [an4] /bank/shore/
放棄 放弃 [fang4 qi4] /to give up; to abandon/
走 走 [zou3] /to walk/to go/
"""


def write_cedict(folder: Path) -> Path:
    """Write a CC-CEDICT file of six entries."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "cedict.txt"
    path.write_text(CEDICT, encoding="utf-8")
    return path


def write_stardict(folder: Path, entries: dict[str, str], *, kind: str = "h") -> Path:
    """Write a StarDict dictionary; return its .ifo."""
    folder.mkdir(parents=True, exist_ok=True)
    text, index = b"", b""
    for headword, entry in sorted(entries.items()):
        piece = entry.encode()
        index += headword.encode() + b"\0" + len(text).to_bytes(4, "big")
        index += len(piece).to_bytes(4, "big")
        text += piece
    (folder / "tiny.idx").write_bytes(index)
    (folder / "tiny.dict").write_bytes(text)
    path = folder / "tiny.ifo"
    path.write_text(
        "StarDict's dict ifo file\nversion=2.4.2\nbookname=Tiny\n"
        f"description=own words, free\nsametypesequence={kind}\n",
        encoding="utf-8",
    )
    return path


CMUDICT = ";;; tiny\nRECORD  R EH1 K ER0 D\nRECORD(2)  R AH0 K AO1 R D\nRIVER  R IH1 V ER0\nBANK  B AE1 NG K\n"
