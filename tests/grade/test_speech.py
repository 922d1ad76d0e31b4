"""Passages read aloud: by espeak-ng where it is installed, by played programs elsewhere."""

from __future__ import annotations

import io
import shutil
import wave
from pathlib import Path

import pytest

from chrestomathy.errors import InputError, SettingsError
from chrestomathy.grade import speech
from chrestomathy.grade.speech import speak


def played(tmp_path: Path, name: str, script: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a program of that name on the path and nothing else."""
    program = tmp_path / name
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda one: str(program) if one == name else None)
    return program


def seconds(sound: bytes) -> float:
    with wave.open(io.BytesIO(sound)) as file:
        assert file.getnframes() * 2 + 44 == len(sound)
        return file.getnframes() / file.getframerate()


@pytest.mark.speech
def test_a_sentence_is_spoken_the_same_each_time_and_slower() -> None:
    text = "The miller kept two ledgers,\x00 one for the river and one for the bank."
    sound = speak(text)
    assert sound == speak(text)
    assert 2 < seconds(sound) < 8
    assert seconds(speak(text, slower=2)) > 1.5 * seconds(sound)


def test_without_a_synthesiser_it_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(InputError, match="espeak-ng is not installed") as caught:
        speak("One word.")
    assert "Debian: espeak-ng" in caught.value.fix


def test_what_cannot_be_said_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("", " \n", "…", "\x00"):
        with pytest.raises(InputError, match="nothing to say"):
            speak(text)
    for slower in (0.0, 9.0, float("nan")):
        with pytest.raises(SettingsError, match="out of reach"):
            speak("One.", slower=slower)
    played(tmp_path, "espeak-ng", "cat >/dev/null; echo no voice >&2; exit 3", monkeypatch)
    with pytest.raises(InputError, match="failed: no voice"):
        speak("One.")
    played(tmp_path, "espeak-ng", "cat >/dev/null; echo RIFFless", monkeypatch)
    with pytest.raises(InputError, match="no WAV file"):
        speak("One.")
    monkeypatch.setattr(speech, "TIMEOUT_S", 0.2)
    played(tmp_path, "espeak-ng", "exec sleep 20", monkeypatch)
    with pytest.raises(InputError, match="was not done in"):
        speak("One.")


def test_a_voice_is_a_file_and_its_description(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    voice = tmp_path / "voice.onnx"
    played(tmp_path, "piper", 'echo "$@" > "$0.said"; cat >/dev/null', monkeypatch)
    with pytest.raises(SettingsError, match="is no file"):
        speak("One.", voice=voice)
    voice.touch()
    with pytest.raises(SettingsError, match=r"voice\.onnx\.json is no file"):
        speak("One.", voice=voice)
    voice.with_name("voice.onnx.json").touch()
    with pytest.raises(InputError, match="it said nothing"):
        speak("One.", voice=voice, slower=1.5)
    said = (tmp_path / "piper.said").read_text()
    assert f"-m {voice} --length-scale 1.5" in said
