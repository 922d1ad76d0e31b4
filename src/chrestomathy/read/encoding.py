"""Bytes → text: which encoding, and what was repaired, each decision noted.

In order: a byte order mark, the declared charset, strict UTF-8, a detector, and Windows-1252,
which nearly any byte can be. Afterwards mojibake (UTF-8 once read as something else) is
undone, and nothing else: curly marks, ligatures, widths, line ends, soft hyphens and
zero-width characters stay as they are, because passages are compared word for word.
"""

from __future__ import annotations

import codecs
import encodings
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from chrestomathy.errors import InputError

if TYPE_CHECKING:
    from ftfy import TextFixerConfig

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks, the longer before the shorter that it begins with."""

AS_BROWSERS_DO = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
"""Charsets that pages declare and the larger ones that they mean (WHATWG Encoding Standard)."""

_NO_CHARSETS = frozenset(
    ("utf-7", "unicode-escape", "raw-unicode-escape", "punycode", "idna", "undefined")
)
"""Codecs of Python that no page is written in."""

MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP file (or DOCX, EPUB, ODT)"),
    (b"\x1f\x8b", "gzip data"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office file"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
)
"""First bytes of files that hold no plain text, and what to call them."""

_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\v\f\r\x1b") + b"\x7f"
MAX_CONTROL_SHARE = 0.02
"""Largest share of control bytes in a text; random bytes have 0.11. Chosen by hand."""
_ESCAPES = ((b"\x1b$B", "iso2022_jp"), (b"\x1b$@", "iso2022_jp"), (b"\x1b$)C", "iso2022_kr"))
"""What begins Japanese and Korean text in encodings of seven bits, as old mail has it."""
_HIGH = bytes(range(128, 256))
MIN_WIDE_SHARE = 0.2
"""Smallest share of non-ASCII bytes in a text of an East Asian charset; chosen by hand."""
MIN_SURE = 0.97
"""Score of a reading with one byte a character from which on no other is tried."""
DETECTOR_BYTES = 100_000
"""Length of the stretch around the first non-ASCII byte that the detector is shown."""

_ODD_IN_WORD = re.compile(
    r"""
    (?<=[^\W\d_])                       # between two letters
    [\x80-\x8f\x95\x98-\x9d\xa1-\xac\xae-\xb6\xb8-\xbf†‡ˆ‰‹•˜™›\ufffd]
    (?=[^\W\d_])                        # "b³ad" (Polish read as Western), not "l’été"
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """The text of some bytes and how it was come by."""

    text: str
    encoding: str
    notes: tuple[str, ...]


def decode_text(data: bytes, *, declared: str | None = None, repair: bool = True) -> Decoded:
    """Decode bytes, drop NULs, undo mojibake.

    Args:
        data: A whole file.
        declared: The charset that a header or the file itself names.
        repair: Undo mojibake; a reader of markup does that itself, in what is text.

    Raises:
        InputError: The bytes are no text.
    """
    refuse_known_binary(data)
    text, encoding, why = _decode(data, declared)
    notes = [f"encoding {encoding}: {why}"]
    if "\0" in text:
        notes.append(f"{text.count(chr(0))} NUL characters dropped")
        text = text.replace("\0", "")
    text, repaired = undo_mojibake(text) if repair else (text, 0)
    if repaired:
        notes.append(f"mojibake undone in {repaired} lines")
    return Decoded(text=text, encoding=encoding, notes=tuple(notes))


def refuse_known_binary(data: bytes) -> None:
    """Raise where the first bytes tell a format that is not text.

    Raises:
        InputError: They do; the message names the format.
    """
    for magic, name in MAGIC:
        if data.startswith(magic):
            raise InputError(
                f"this is {name}, not text",
                at="byte 0",
                fix="Save it as plain text, Markdown or HTML and give that file.",
            )


def undo_mojibake(text: str) -> tuple[str, int]:
    """Repair UTF-8 that was once read as something else, and nothing besides.

    Returns:
        The text and the number of lines that were changed; a clean text comes back as it is.
    """
    if text.isascii():
        return text, 0
    fix_text, config = _mojibake_fixer()
    lines = text.split("\n")
    changed = 0
    for i, line in enumerate(lines):
        if line.isascii() or not _may_be_mojibake(line):
            continue
        fixed = fix_text(line, config)
        if fixed != line:
            lines[i] = fixed
            changed += 1
    return ("\n".join(lines), changed) if changed else (text, 0)


_LEADS = re.compile(
    r"""
    [\x80-\x9f\ufffd]                   # C1 controls: text of 1252 read as 8859-1
    | [\xc2-\xf4ƒ-ώА-я‚-™†-∞]            # what a UTF-8 lead byte turns into ("Ã", "â", "Ð")
      [^\x00-\x7f]                      # and a continuation byte beside it, not "Âge"
    | [\xc2\xc3\xe2][ ]                 # a no-break space among them, lost
    """,
    re.VERBOSE,
)


def _may_be_mojibake(line: str) -> bool:
    return _LEADS.search(line) is not None


@cache
def _mojibake_fixer() -> tuple[Callable[[str, TextFixerConfig], str], TextFixerConfig]:
    """Load ftfy, set up to undo mojibake and to leave all else alone.

    Some packages register a codec that answers to every name that Python does not know, and
    so to the names of ftfy's own codecs: it is put behind ftfy's.
    """
    module = sys.modules.get("future_typing.codec")
    greedy = getattr(module, "search_function", None)
    if greedy is not None:
        for _ in range(8):  # it may be registered more than once
            codecs.unregister(greedy)
    try:
        from ftfy import TextFixerConfig, fix_text
    finally:
        if greedy is not None:
            codecs.register(greedy)
    config = TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_encoding=True,
        restore_byte_a0=True,
        replace_lossy_sequences=True,
        decode_inconsistent_utf8=True,
        fix_c1_controls=True,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
        explain=False,
    )
    return fix_text, config


def _decode(data: bytes, declared: str | None) -> tuple[str, str, str]:
    """Return text, encoding and who decided."""
    for bom, encoding in BOMS:
        if data.startswith(bom):
            text = data[len(bom) :].decode(encoding, errors="replace")
            damaged = ", with damaged bytes replaced" if "\ufffd" in text else ""
            return text, encoding, f"byte order mark{damaged}"
    wide = _guess_wide(data)
    if wide:
        return data.decode(wide, errors="replace"), wide, "every second byte is NUL"
    for escape, seven_bit in _ESCAPES:
        escaped = _try(data, seven_bit) if escape in data else None
        if escaped is not None:
            return escaped, seven_bit, "its escape sequences"
    utf8 = _try(data, "utf-8")
    name = _python_name(declared)
    if (utf8 is None and name is None) or _has_controls(data[:8192]):
        from chrestomathy.read.charsets import best_wide

        wide = best_wide(data)
        if wide:
            return data.decode(wide, errors="replace"), wide, "its characters, two bytes each"
    _refuse_control_bytes(data)
    if name and name != "utf-8":
        if utf8 is not None and not data.isascii() and _is_single_byte(name):
            return utf8, "utf-8", f"the bytes are UTF-8, though {declared} is declared"
        text_or_none = _try(data, name)
        if text_or_none is not None:
            return text_or_none, name, "declared"
    if utf8 is not None:
        return utf8, "utf-8", "declared" if name == "utf-8" else "valid UTF-8"
    return _guess(data)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _python_name(declared: str | None) -> str | None:
    """Name a declared charset as Python does; None where it is unknown or cannot be true."""
    if not declared:
        return None
    codec = encodings.search_function(declared.strip().strip("\"'").lower())
    if codec is None or not codec._is_text_encoding:  # noqa: SLF001 - "zip" is a codec as well
        return None
    name = codec.name
    if name.startswith(("utf-16", "utf-32")) or name.replace("_", "-") in _NO_CHARSETS:
        return None  # no byte order mark, no NULs: it cannot be
    return AS_BROWSERS_DO.get(name, name)


def _is_single_byte(name: str) -> bool:
    return name.startswith(("cp125", "iso8859", "koi8", "mac", "cp85", "cp86", "cp43"))


def _guess_wide(data: bytes) -> str | None:
    """Recognise UTF-16 without its mark, by Latin letters' NUL bytes."""
    head = data[:4096]
    half = len(head) // 2
    if half < 2 or head.count(0) < 0.35 * len(head):
        return None
    if head[1::2].count(0) > 0.7 * half and head[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if head[0::2].count(0) > 0.7 * half and head[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
    return None


def _has_controls(data: bytes) -> bool:
    return len(data.translate(None, _CONTROLS)) < len(data)


def _refuse_control_bytes(data: bytes) -> None:
    """Raise where too many control bytes stand at the beginning or in the whole."""
    for part in (data[:8192], data):
        n_controls = len(part) - len(part.translate(None, _CONTROLS))
        if n_controls > MAX_CONTROL_SHARE * len(part):
            first = next(i for i, b in enumerate(part) if b in _CONTROLS)
            raise InputError(
                f"this is binary data, not text: {100 * n_controls / len(part):.0f} % of its "
                "bytes are control characters",
                at=f"byte {first}",
                fix="Give a text, Markdown, HTML or JSON Lines file.",
            )


def _guess(data: bytes) -> tuple[str, str, str]:
    """Guess an encoding that is neither declared nor UTF-8.

    What letters come out decides first (``charsets.py``), then the detector, whose word counts
    against Windows-1252 only where that would put odd signs inside words, or where the text is
    of another script throughout: it often calls short Western texts Central European.
    """
    from chrestomathy.read.charsets import MIN_SCORE, best_east_asian, best_single

    single, east = best_single(data), None
    n_high = len(data) - len(data.translate(None, _HIGH))
    if not (single and single.score >= MIN_SURE):
        east = best_east_asian(data)
    unfit = single is None or single.score < MIN_SCORE
    if east is not None and (unfit or n_high > MIN_WIDE_SHARE * len(data)):
        text = data.decode(east.encoding, errors="replace")
        return text, east.encoding, "guessed from its characters"
    if single is not None and single.score >= MIN_SCORE and single.encoding != "cp1252":
        text = data.decode(single.encoding, errors="replace")
        return text, single.encoding, "guessed from its letters"
    western = data.decode("cp1252", errors="replace")
    detected = None if single and single.score >= MIN_SCORE else _detect(data)
    if detected and not _is_single_byte(detected) and n_high > MIN_WIDE_SHARE * len(data):
        text_or_none = _try(data, detected)
        if text_or_none is not None:
            return text_or_none, detected, "guessed by the detector"
    if (
        detected
        and _is_single_byte(detected)
        and (_ODD_IN_WORD.search(western) or _is_other_script(detected, data))
    ):
        text_or_none = _try(data, detected)
        if text_or_none is not None:
            return text_or_none, detected, "guessed by the detector"
    n_bad = western.count("\ufffd")
    damaged = f", {n_bad} bytes that it lacks replaced" if n_bad else ""
    return western, "cp1252", f"neither declared nor UTF-8, so Windows-1252{damaged}"


def _is_other_script(encoding: str, data: bytes) -> bool:
    text = _try(data, encoding) or ""
    letters = [c for c in text[:DETECTOR_BYTES] if c.isalpha()]
    return sum(c > "\u036f" for c in letters) > 0.5 * len(letters)


def _detect(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    first = re.search(rb"[\x80-\xff]", data)
    start = max(0, (first.start() if first else 0) - DETECTOR_BYTES // 2)
    start = data.rfind(b"\n", 0, start) + 1 if start else 0
    best = from_bytes(data[start : start + DETECTOR_BYTES]).best()
    return codecs.lookup(best.encoding).name if best else None
