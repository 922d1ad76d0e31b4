"""How English words sound, in IPA with stress: from dictionaries of sounds, then from espeak-ng.

A form with an ending that no dictionary lists ("nation's") sounds as its stem with the ending.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable, Sequence
from functools import lru_cache

from chrestomathy.grade.glosses.store import Compiled

SPEAKER = "espeak-ng"
TIMEOUT_S = 20
MAX_SPOKEN = 2_000
"""Words given to espeak-ng at once."""
_HISSES, _VOICELESS = ("s", "z", "ʃ", "ʒ"), ("p", "t", "k", "f", "θ")
_WEAK = {"a": "ə", "an": "ən", "the": "ðə"}
"""As they sound within a sentence."""


def sound_of(form: str, tag: str, dictionaries: Sequence[Compiled]) -> str | None:
    """Find the IPA of a word form; None where no dictionary has it.

    Args:
        form: Lower case.
        tag: Part of speech in context, which tells "record" from "record".
        dictionaries: Those compiled.
    """
    for one in dictionaries:
        if one.about.language is None and (found := _listed(form, tag, one)):
            return found
    return None


def _listed(form: str, tag: str, one: Compiled) -> str | None:
    if form in _WEAK:
        return _WEAK[form]
    if sounds := one.sounds(form):
        return next((ipa for of, ipa in sounds if of == tag), sounds[0][1])
    stem = form.removesuffix("'s") if form.endswith("'s") else form.removesuffix("'")
    if stem != form and (sounds := one.sounds(stem)):
        ipa = next((ipa for of, ipa in sounds if of == "NOUN"), sounds[0][1])
        return ipa if form.endswith("'") else ipa + _ending(ipa)
    return None


def _ending(ipa: str) -> str:
    if ipa.endswith(_HISSES):
        return "ɪz"
    return "s" if ipa.endswith(_VOICELESS) else "z"


def spoken(words: Iterable[str]) -> dict[str, str]:
    """Ask espeak-ng, where it is installed, for the IPA of words; it stays on this machine."""
    wanted = list(dict.fromkeys(words))[:MAX_SPOKEN]
    return {word: ipa for word, ipa in _ask(tuple(wanted)).items() if ipa} if wanted else {}


@lru_cache(maxsize=64)
def _ask(words: tuple[str, ...]) -> dict[str, str]:
    command = shutil.which(SPEAKER)
    if not command:
        return {}
    try:
        done = subprocess.run(  # noqa: S603  the words go in by standard input
            [command, "-q", "--ipa", "-v", "en-us", "--stdin"],
            input="\n".join(f"{word}.\n" for word in words),
            capture_output=True, text=True, timeout=TIMEOUT_S, check=True, encoding="utf-8",
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError, UnicodeError):
        return {}
    lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
    return dict(zip(words, lines, strict=True)) if len(lines) == len(words) else {}
