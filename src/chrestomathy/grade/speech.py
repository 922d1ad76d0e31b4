"""English read aloud by a synthesiser of this machine: piper with a voice, or espeak-ng.

Either runs as a program of its own; the text goes in by standard input and nowhere else. The same
text gives the same sound: piper's chance is switched off.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import wave
from pathlib import Path

from chrestomathy.errors import InputError, SettingsError

PIPER, ESPEAK = "piper", "espeak-ng"
HOW = (
    "Install one: espeak-ng (Debian: espeak-ng), or piper (PyPI: piper-tts) with --voice FILE.onnx."
)
WORDS_A_MINUTE = 160
"""The pace of espeak-ng, which a learner can follow."""
TIMEOUT_S, TIMEOUT_S_A_CHARACTER = 30.0, 0.05
"""Starting, and ten times what a loaded machine took for a character."""
SLOWEST, FASTEST = 3.0, 0.5


def speak(
    text: str, *, language: str | None = None, voice: Path | None = None, slower: float = 1.0
) -> bytes:
    """Read a text aloud.

    Args:
        text: What no one can say (control characters) is left out.
        language: Its tag; taken for English where None.
        voice: A voice of piper, an ``.onnx`` file with its ``.onnx.json``; espeak-ng where None.
        slower: How many times as long it takes, 0.5 to 3.

    Returns:
        A WAV file, one channel, 16 bits.

    Raises:
        InputError: It is not English, there is nothing to say, no synthesiser, or it failed.
        SettingsError: The pace or the voice cannot be used.
    """
    command = find_synthesiser(voice, slower)
    if (language or "en").split("-")[0].lower() != "en":
        raise InputError("it is not English", fix="Give English passages.")
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not any(c.isalnum() for c in words):
        raise InputError("there is nothing to say in it", fix="Give it words.")
    return _as_wave(_run(command, words))


def find_synthesiser(voice: Path | None = None, slower: float = 1.0) -> list[str]:
    """Return the command that reads aloud what it is given, as `speak` calls it.

    Raises:
        InputError: The program is not installed.
        SettingsError: The pace or the voice cannot be used.
    """
    if not FASTEST <= slower <= SLOWEST:
        raise SettingsError(f"a pace of {slower:g} is out of reach", fix="Take 0.5 to 3.")
    name = PIPER if voice is not None else ESPEAK
    program = shutil.which(name)
    if program is None:
        raise InputError(f"{name} is not installed", fix=HOW)
    if voice is None:
        pace = round(WORDS_A_MINUTE / slower)
        return [program, "-v", "en-us", "-s", str(pace), "--stdin", "--stdout"]
    for needed in (voice, voice.with_name(voice.name + ".json")):
        if not needed.is_file():
            raise SettingsError(
                f"{needed} is no file",
                fix="A voice is an .onnx file with its .onnx.json beside it.",
            )
    still = ["--noise-scale", "0", "--noise-w-scale", "0"]
    return [program, "-m", str(voice), "--length-scale", f"{slower:g}", *still, "-f", "-"]


def _run(command: list[str], words: str) -> bytes:
    limit = TIMEOUT_S + TIMEOUT_S_A_CHARACTER * len(words)
    try:
        done = subprocess.run(  # noqa: S603  the words go in by standard input
            command, input=words.encode(), capture_output=True, timeout=limit, check=False
        )
    except subprocess.TimeoutExpired:
        raise InputError(f"{command[0]} was not done in {limit:.0f} seconds", fix=HOW) from None
    if done.returncode or not done.stdout:
        lines = done.stderr.decode(errors="replace").strip().splitlines() or ["it said nothing"]
        raise InputError(f"{command[0]} failed: {lines[-1]}", fix=HOW)
    return done.stdout


def _as_wave(sound: bytes) -> bytes:
    """Write the length into the header, which a program that prints as it speaks cannot know."""
    try:
        with wave.open(io.BytesIO(sound)) as spoken:
            shape = (spoken.getnchannels(), spoken.getsampwidth(), spoken.getframerate())
            frames = spoken.readframes(len(sound))
    except (wave.Error, EOFError) as error:
        raise InputError(f"what was spoken is no WAV file: {error}", fix=HOW) from None
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(shape[0])
        written.setsampwidth(shape[1])
        written.setframerate(shape[2])
        written.writeframes(frames)
    return file.getvalue()
